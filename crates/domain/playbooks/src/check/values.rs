//! Single values: texts, numbers, times, identifiers, addresses.

use super::shape::{Form, of_type};
use crate::finding::{Code, Findings, clipped};
use crate::forms;
use serde_json::Value;
use std::net::{Ipv4Addr, Ipv6Addr};

pub(super) fn simple(found: &mut Findings, value: &Value, form: &'static Form) {
    match form {
        Form::Bool => {
            of_type(found, value.as_bool(), "boolean");
        }
        Form::Integer(least, most) => integer(found, value, *least, *most),
        Form::TextOrNull | Form::TimeOrNull if value.is_null() => {}
        _ => {
            if let Some(text) = of_type(found, value.as_str(), "string") {
                text_of(found, text, form);
            }
        }
    }
}

fn text_of(found: &mut Findings, text: &str, form: &'static Form) {
    match form {
        Form::Id if forms::type_of(text).is_none() => found.say(Code::BadIdentifier, "value", text),
        Form::IdOf(kinds) => match forms::type_of(text) {
            None => found.say(Code::BadIdentifier, "value", text),
            Some(kind) if !kinds.contains(&kind) => {
                found.add(Code::NotAllowed, vec![("value", clipped(text)), ("wanted", kinds.join(", "))]);
            }
            Some(_) => {}
        },
        Form::Time | Form::TimeOrNull => time(found, text),
        Form::Enum(terms) if !terms.contains(&text) => {
            found.add(
                Code::NotAllowed,
                vec![("value", clipped(text)), ("wanted", clipped(&terms.join(", ")))],
            );
        }
        Form::Open(terms) if !terms.contains(&text) => found.say(Code::UnknownTerm, "value", text),
        // The standard lets a variable stand for an address, which its schemas refuse.
        Form::Url | Form::Ipv4 | Form::Ipv6 | Form::Mac
            if forms::variables_in(text).is_empty() && !is_address(text, form) =>
        {
            found.say(Code::BadAddress, "value", text);
        }
        _ => {}
    }
}

fn time(found: &mut Findings, text: &str) {
    if !forms::is_time(text) {
        found.say(Code::BadTime, "value", text);
    } else if !text.starts_with(|digit: char| digit.is_ascii_digit()) || forms::instant(text).is_none() {
        found.say(Code::NoSuchDay, "value", text);
    }
}

/// A whole number as the schemas count it: 1.0 is one.
pub(crate) fn whole(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| {
        let number = value.as_f64()?;
        // Readers take nothing beyond 2^53, so that the text of a whole double is that of an integer.
        if number.fract() == 0.0 { format!("{number:.0}").parse().ok() } else { None }
    })
}

fn integer(found: &mut Findings, value: &Value, least: i64, most: i64) {
    let Some(number) = of_type(found, whole(value), "integer") else { return };
    if number < least || number > most {
        found.add(
            Code::OutOfBounds,
            vec![("value", number.to_string()), ("wanted", format!("{least} to {most}"))],
        );
    }
}

fn is_address(text: &str, form: &Form) -> bool {
    match form {
        Form::Ipv4 => text.parse::<Ipv4Addr>().is_ok(),
        Form::Ipv6 => text.parse::<Ipv6Addr>().is_ok(),
        Form::Mac => {
            let parts: Vec<&str> = text.split(':').collect();
            parts.len() == 6
                && parts
                    .iter()
                    .all(|part| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_hexdigit()))
        }
        _ => is_url(text),
    }
}

/// A host with a dot and an end of two to six letters, as the schema asks; its pattern takes schemes and paths around it.
fn is_url(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"():/.@%_+~#=".contains(&byte) || byte == b'?';
    let bytes = text.as_bytes();
    bytes.iter().enumerate().any(|(at, byte)| {
        let before = bytes[..at].iter().rev().take_while(|byte| fits(**byte)).count();
        let after = bytes[at + 1..].iter().take_while(|byte| byte.is_ascii_lowercase()).count();
        let ends =
            bytes.get(at + 1 + after).is_none_or(|next| !next.is_ascii_alphanumeric() && *next != b'_');
        *byte == b'.' && before >= 2 && (2..=6).contains(&after) && ends
    })
}

/// Whether a value is one of its variable's type (section 10.18.4); of unknown types everything is.
pub(crate) fn is_value_of(kind: &str, value: &str) -> bool {
    let hex = |length: usize| value.len() == length && value.bytes().all(|byte| byte.is_ascii_hexdigit());
    match kind {
        "bool" => matches!(value, "true" | "false"),
        "integer" | "long" => value.parse::<i64>().is_ok(),
        "float" => value.parse::<f64>().is_ok_and(f64::is_finite),
        "hexstring" => value.len().is_multiple_of(2) && value.bytes().all(|byte| byte.is_ascii_hexdigit()),
        "md5-hash" => hex(32),
        "sha256-hash" => hex(64),
        "ipv4-addr" => is_network(value, 32, |text| text.parse::<Ipv4Addr>().is_ok()),
        "ipv6-addr" => is_network(value, 128, |text| text.parse::<Ipv6Addr>().is_ok()),
        "mac-addr" => is_address(value, &Form::Mac),
        "uuid" => forms::type_of(&format!("uuid--{value}")).is_some(),
        "dictionary" => serde_json::from_str::<serde_json::Map<String, Value>>(value).is_ok(),
        _ => true,
    }
}

/// One address, or a network in CIDR notation.
fn is_network(text: &str, most: u32, is_one: impl Fn(&str) -> bool) -> bool {
    match text.split_once('/') {
        None => is_one(text),
        Some((address, bits)) => is_one(address) && bits.parse::<u32>().is_ok_and(|bits| bits <= most),
    }
}
