//! The canonical form of JSON (RFC 8785), integers only.

use crate::CanonError;
use crate::value::ToValue;
use serde::Serialize;
use serde_json::{Number, Value};

/// Deepest nesting that is read or written.
pub const MAX_DEPTH: usize = 32;

/// Largest absolute value of a recorded integer: 2^53 - 1 (I-JSON, RFC 7493 section 2.2).
pub const MAX_INTEGER: i64 = 9_007_199_254_740_991;

/// The canonical bytes of a value.
pub fn to_canonical<T: Serialize>(value: &T) -> Result<Vec<u8>, CanonError> {
    canonical_value(&value.serialize(ToValue::root())?)
}

/// The canonical bytes of a JSON value.
pub fn canonical_value(value: &Value) -> Result<Vec<u8>, CanonError> {
    let mut out = Vec::with_capacity(256);
    write_value(value, 0, &mut out)?;
    Ok(out)
}

/// Reads bytes that are their own canonical form, and no others: no spaces, no repeated keys, no
/// other order, no other escapes.
pub fn parse_canonical(bytes: &[u8]) -> Result<Value, CanonError> {
    let value: Value = serde_json::from_slice(bytes).map_err(|e| CanonError::Syntax(e.to_string()))?;
    if canonical_value(&value)? == bytes { Ok(value) } else { Err(CanonError::NotCanonical) }
}

fn write_value(value: &Value, depth: usize, out: &mut Vec<u8>) -> Result<(), CanonError> {
    if depth > MAX_DEPTH {
        return Err(CanonError::Depth);
    }
    match value {
        Value::Null => out.extend_from_slice(b"null"),
        Value::Bool(true) => out.extend_from_slice(b"true"),
        Value::Bool(false) => out.extend_from_slice(b"false"),
        Value::Number(number) => write_number(number, out)?,
        Value::String(text) => write_string(text, out),
        Value::Array(items) => {
            out.push(b'[');
            for (position, item) in items.iter().enumerate() {
                if position > 0 {
                    out.push(b',');
                }
                write_value(item, depth + 1, out)?;
            }
            out.push(b']');
        }
        Value::Object(members) => {
            let mut keys: Vec<&String> = members.keys().collect();
            // RFC 8785 section 3.2.3: order by UTF-16 code units, which differs from the order of
            // UTF-8 bytes for characters beyond U+FFFF.
            keys.sort_by(|a, b| a.encode_utf16().cmp(b.encode_utf16()));
            out.push(b'{');
            for (position, key) in keys.into_iter().enumerate() {
                if position > 0 {
                    out.push(b',');
                }
                write_string(key, out);
                out.push(b':');
                write_value(&members[key], depth + 1, out)?;
            }
            out.push(b'}');
        }
    }
    Ok(())
}

fn write_number(number: &Number, out: &mut Vec<u8>) -> Result<(), CanonError> {
    match number.as_i64() {
        Some(n) if (-MAX_INTEGER..=MAX_INTEGER).contains(&n) => {
            out.extend_from_slice(n.to_string().as_bytes());
            Ok(())
        }
        _ => Err(CanonError::Number(number.to_string())),
    }
}

/// RFC 8785 section 3.2.2.2.
fn write_string(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    for c in text.chars() {
        match c {
            '"' => out.extend_from_slice(b"\\\""),
            '\\' => out.extend_from_slice(b"\\\\"),
            '\u{8}' => out.extend_from_slice(b"\\b"),
            '\t' => out.extend_from_slice(b"\\t"),
            '\n' => out.extend_from_slice(b"\\n"),
            '\u{c}' => out.extend_from_slice(b"\\f"),
            '\r' => out.extend_from_slice(b"\\r"),
            c if u32::from(c) < 0x20 => out.extend_from_slice(format!("\\u{:04x}", u32::from(c)).as_bytes()),
            c => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn text(value: &Value) -> String {
        String::from_utf8(canonical_value(value).unwrap()).unwrap()
    }

    /// RFC 8785 section 3.2.3, the sorting example.
    #[test]
    fn rfc_8785_order_of_keys() {
        let input = json!({"\u{20ac}": "Euro Sign", "\r": "Carriage Return", "\u{fb33}": "Hebrew Letter Dalet With Dagesh",
            "1": "One", "\u{1f600}": "Emoji: Grinning Face", "\u{80}": "Control", "\u{f6}": "Latin Small Letter O With Diaeresis"});
        let order: Vec<usize> = ["Carriage", "One", "Control", "Latin", "Euro", "Emoji", "Hebrew"]
            .iter()
            .map(|word| text(&input).find(word).unwrap())
            .collect();
        assert!(order.is_sorted(), "{order:?}");
    }

    /// RFC 8785 section 3.2.2, the string and literals of the example.
    #[test]
    fn rfc_8785_strings_and_literals() {
        let input = json!({"string": "\u{20ac}$\u{f}\nA'B\"\\\\\"/", "literals": [null, true, false]});
        assert_eq!(
            text(&input),
            "{\"literals\":[null,true,false],\"string\":\"\u{20ac}$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}"
        );
    }

    #[test]
    fn numbers_are_integers_of_53_bits() {
        assert_eq!(text(&json!(MAX_INTEGER)), "9007199254740991");
        assert_eq!(text(&json!(-MAX_INTEGER)), "-9007199254740991");
        for wrong in [json!(1.5), json!(1e3), json!(MAX_INTEGER + 1), json!(u64::MAX)] {
            assert!(matches!(canonical_value(&wrong), Err(CanonError::Number(_))), "{wrong}");
        }
    }

    #[test]
    fn only_the_canonical_bytes_are_read() {
        assert!(parse_canonical(br#"{"a":1,"b":[true,null]}"#).is_ok());
        for wrong in [
            r#"{"b":1,"a":1}"#,
            r#"{"a":1,"a":1}"#,
            r#"{"a": 1}"#,
            r#"{"a":"\u0041"}"#,
            r#"{"a":1.0}"#,
            r#"{"a":-0}"#,
            "{\"a\":1}\n",
            r#"{"a":01}"#,
            "",
            "{",
        ] {
            assert!(parse_canonical(wrong.as_bytes()).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn depth_is_limited() {
        let deep = format!("{}{}", "[".repeat(40), "]".repeat(40));
        assert_eq!(parse_canonical(deep.as_bytes()), Err(CanonError::Depth));
    }

    fn any_value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            (-MAX_INTEGER..=MAX_INTEGER).prop_map(Value::from),
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 32, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::btree_map(any::<String>(), inner, 0..6)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(value in any_value()) {
            prop_assert_eq!(parse_canonical(&canonical_value(&value).unwrap()).unwrap(), value);
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = parse_canonical(&bytes);
        }
    }
}
