//! Values against what their properties may hold.

use super::kinds::{Kind, Targets};
use super::{Checker, Code, clipped, domain, extensions, forms, is_known_type, is_observable, vocab};
use crate::{Id, Timestamp};
use serde_json::{Map, Value};

impl Checker {
    fn expected(&mut self, what: &'static str) {
        self.add(Code::TypeWrong, vec![("expected", what.to_owned())]);
    }

    pub(super) fn value(&mut self, value: &Value, what: Kind, of: &str) {
        match what {
            Kind::Elsewhere => {}
            Kind::Bool => {
                if !value.is_boolean() {
                    self.expected("boolean");
                }
            }
            Kind::Int(least, most) => self.integer(value, least, most),
            Kind::Number(least, most) => self.number(value, least, most),
            Kind::Texts => self.list(value, |checker, item| checker.text_of(item, |_, _| {})),
            Kind::Refs(to) => {
                self.list(value, |checker, item| checker.text_of(item, |c, text| c.reference(text, to)))
            }
            Kind::Opens(words) => {
                self.list(value, |checker, item| {
                    checker.text_of(item, |c, text| c.word(text, words, Code::NotInVocabulary))
                });
            }
            Kind::Closeds(words) => {
                self.list(value, |checker, item| {
                    checker.text_of(item, |c, text| c.word(text, words, Code::NotInEnumeration))
                });
            }
            Kind::Objects(shape) => self.list(value, |checker, item| match item {
                Value::Object(members) => checker.part(members, shape),
                _ => checker.expected("object"),
            }),
            Kind::Object(shape) => match value {
                Value::Object(members) => self.part(members, shape),
                _ => self.expected("object"),
            },
            Kind::Hashes | Kind::Dictionary | Kind::Header | Kind::Observables | Kind::Extensions => {
                match value {
                    Value::Object(members) if members.is_empty() => self.add(Code::Empty, Vec::new()),
                    Value::Object(members) => self.dictionary(members, what, of),
                    _ => self.expected("object"),
                }
            }
            _ => self.text_of(value, |checker, text| checker.text(text, what)),
        }
    }

    /// A part of an object, with a table of its own.
    fn part(&mut self, members: &Map<String, Value>, shape: &'static super::Shape) {
        if members.is_empty() {
            return self.add(Code::Empty, Vec::new());
        }
        self.shape(members, shape, "", false);
        let text = |name: &str| members.get(name).and_then(Value::as_str);
        if let (Some(source), Some(id)) = (text("source_name"), text("external_id"))
            && !forms::is_external_id(source, id)
        {
            self.at("external_id", |checker| checker.say(Code::ExternalIdInvalid, id));
        }
    }

    fn list(&mut self, value: &Value, each: impl Fn(&mut Self, &Value)) {
        let Value::Array(items) = value else { return self.expected("list") };
        if items.is_empty() {
            return self.add(Code::Empty, Vec::new());
        }
        for (at, item) in items.iter().enumerate() {
            // What is listed is enough to see what is wrong.
            if self.found.len() > super::MOST {
                return;
            }
            self.item(at, |checker| each(checker, item));
        }
    }

    fn text_of(&mut self, value: &Value, then: impl FnOnce(&mut Self, &str)) {
        match value {
            Value::String(text) => then(self, text),
            _ => self.expected("text"),
        }
    }

    fn integer(&mut self, value: &Value, least: i64, most: i64) {
        match value {
            Value::Number(number) if number.is_i64() || number.is_u64() => {
                if !number.as_i64().is_some_and(|number| (least..=most).contains(&number)) {
                    let args = [
                        ("value", number.to_string()),
                        ("least", least.to_string()),
                        ("most", most.to_string()),
                    ];
                    self.add(Code::OutOfRange, args.to_vec());
                }
            }
            _ => self.expected("integer"),
        }
    }

    fn number(&mut self, value: &Value, least: f64, most: f64) {
        match value.as_f64() {
            Some(number) if (least..=most).contains(&number) => {}
            Some(number) => {
                let args =
                    [("value", number.to_string()), ("least", least.to_string()), ("most", most.to_string())];
                self.add(Code::OutOfRange, args.to_vec());
            }
            None => self.expected("number"),
        }
    }

    fn word(&mut self, text: &str, words: &[&str], code: Code) {
        if !words.contains(&text) {
            self.say(code, text);
        }
    }

    fn text(&mut self, text: &str, what: Kind) {
        let (good, code) = match what {
            Kind::Text => (!text.trim().is_empty(), Code::TextEmpty),
            Kind::Time => (Timestamp::parse(text).is_ok(), Code::TimestampInvalid),
            Kind::Millis => return self.millis(text),
            Kind::Ref(to) => return self.reference(text, to),
            Kind::Open(words) => (words.contains(&text), Code::NotInVocabulary),
            Kind::Closed(words) => (words.contains(&text), Code::NotInEnumeration),
            Kind::Hex => (forms::is_hex(text), Code::HexInvalid),
            Kind::Base64 => (forms::is_base64(text), Code::Base64Invalid),
            Kind::Url => (forms::is_url(text), Code::UrlInvalid),
            Kind::Ipv4 => (forms::is_ipv4(text), Code::AddressInvalid),
            Kind::Ipv6 => (forms::is_ipv6(text), Code::AddressInvalid),
            Kind::Mac => (forms::is_mac(text), Code::AddressInvalid),
            Kind::Domain => (forms::is_domain(text), Code::AddressInvalid),
            Kind::Email => (forms::is_email(text), Code::AddressInvalid),
            Kind::MediaType => (forms::is_media_type(text), Code::MediaTypeInvalid),
            Kind::Charset => (forms::is_charset(text), Code::CharsetInvalid),
            Kind::Lang => (forms::is_language(text), Code::LanguageInvalid),
            Kind::Country => (vocab::is_country(text), Code::CountryInvalid),
            Kind::Cpe => (forms::is_cpe(text), Code::CpeInvalid),
            _ => return,
        };
        if !good {
            self.say(code, text);
        }
    }

    /// Section 3.2: `created` and `modified` are precise to the millisecond.
    fn millis(&mut self, text: &str) {
        if Timestamp::parse(text).is_err() {
            self.say(Code::TimestampInvalid, text);
        } else if text.len() < "2026-11-03T20:00:00.000Z".len() {
            self.say(Code::TimestampCoarse, text);
        }
    }

    fn reference(&mut self, text: &str, to: Targets) {
        let Ok(id) = Id::parse(text) else { return self.say(Code::ReferenceInvalid, text) };
        let kind = id.kind();
        let (fits, expected) = match to {
            Targets::Any => return,
            Targets::Only(kinds) => (kinds.contains(&kind), kinds.join(", ")),
            Targets::Not(kinds) => (!kinds.contains(&kind), format!("not {}", kinds.join(", "))),
            Targets::Observable => (is_observable(kind), "an observable".to_owned()),
        };
        if !fits {
            let code = if is_known_type(kind) || kind == "bundle" {
                Code::ReferenceType
            } else {
                Code::ReferenceCustom
            };
            self.add(code, vec![("value", clipped(text)), ("expected", expected)]);
        }
    }

    fn dictionary(&mut self, members: &Map<String, Value>, what: Kind, of: &str) {
        for (name, value) in members {
            if self.found.len() > super::MOST {
                return;
            }
            self.at(name, |checker| match what {
                Kind::Hashes => checker.hash(name, value),
                Kind::Extensions => checker.extension(name, value, of),
                Kind::Observables => checker.nested(value),
                _ if !forms::is_key(name) => checker.say(Code::NameInvalid, name),
                Kind::Header => match value {
                    Value::Array(_) => checker.list(value, |c, item| c.text_of(item, |_, _| {})),
                    _ => checker.text_of(value, |_, _| {}),
                },
                _ => {}
            });
        }
    }

    fn hash(&mut self, algorithm: &str, value: &Value) {
        if algorithm.len() < 3 || !forms::is_key(algorithm) {
            return self.say(Code::HashNameInvalid, algorithm);
        }
        if !vocab::HASH_ALGORITHM.contains(&algorithm) {
            self.say(Code::NotInVocabulary, algorithm);
        }
        self.text_of(value, |checker, text| {
            if !forms::is_hash(algorithm, text) {
                checker.say(Code::HashInvalid, text);
            }
        });
    }

    fn extension(&mut self, name: &str, value: &Value, of: &str) {
        let Value::Object(members) = value else { return self.expected("object") };
        if let Some(shape) = extensions::shape(of, name) {
            self.part(members, shape);
        } else if name.starts_with("extension-definition--") && Id::parse(name).is_ok() {
            self.part(members, &domain::EXTENSION);
        } else {
            self.say(Code::CustomExtension, name);
            if members.is_empty() {
                self.add(Code::Empty, Vec::new());
            }
        }
    }

    /// An observable within observed data, as STIX 2.0 has it.
    fn nested(&mut self, value: &Value) {
        let Value::Object(members) = value else { return self.expected("object") };
        let Some(kind) = members.get("type").and_then(Value::as_str) else {
            return self.at("type", |checker| checker.add(Code::RequiredMissing, Vec::new()));
        };
        if is_known_type(kind) && !is_observable(kind) {
            self.at("type", |checker| checker.say(Code::NotAnObservable, kind));
        }
    }
}
