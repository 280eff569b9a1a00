//! JSON that is read strictly: every name once, nothing too deep or too large, no number that a reader of I-JSON (RFC 7493)
//! would change. What passes is printed again as the same values, which canonical forms and edits rely on.

use crate::limits::Limits;
use serde::de::{DeserializeSeed, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::cell::Cell;
use std::fmt;

/// 2^53: whole numbers from here on are not exact in a double.
const EXACT: f64 = 9_007_199_254_740_992.0;
const EXACT_INTEGER: u64 = 1 << 53;

/// Why a file is not read at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// More bytes than are taken.
    #[error("the file has {0} bytes, {1} are taken at most")]
    TooLarge(usize, usize),
    /// Not JSON, or JSON that two readers could read differently: the message says what and where.
    #[error("not JSON that is taken: {0}")]
    Json(String),
    /// JSON, but no object.
    #[error("a playbook is a JSON object")]
    NotAnObject,
}

/// Reads one JSON object.
///
/// # Errors
/// See [`ReadError`]; the message names line and column.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Value, ReadError> {
    if bytes.len() > limits.bytes {
        return Err(ReadError::TooLarge(bytes.len(), limits.bytes));
    }
    let nodes = Cell::new(limits.nodes);
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = Node { depth: limits.depth, nodes: &nodes }
        .deserialize(&mut reader)
        .and_then(|value| reader.end().map(|()| value))
        .map_err(|error| ReadError::Json(error.to_string()))?;
    if value.is_object() { Ok(value) } else { Err(ReadError::NotAnObject) }
}

#[derive(Clone, Copy)]
struct Node<'a> {
    depth: usize,
    nodes: &'a Cell<usize>,
}

impl Node<'_> {
    fn inner<E: serde::de::Error>(self) -> Result<Self, E> {
        match self.depth.checked_sub(1) {
            Some(depth) => Ok(Self { depth, ..self }),
            None => Err(E::custom("nested too deep")),
        }
    }
}

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = Value;

    fn deserialize<D: serde::Deserializer<'de>>(self, from: D) -> Result<Value, D::Error> {
        let left = self.nodes.get().checked_sub(1).ok_or_else(|| D::Error::custom("too many values"))?;
        self.nodes.set(left);
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Value, E> {
        if value > EXACT_INTEGER {
            return Err(E::custom("a number that is not exact in a double (RFC 7493)"));
        }
        Ok(Value::Number(value.into()))
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Value, E> {
        if value.unsigned_abs() > EXACT_INTEGER {
            return Err(E::custom("a number that is not exact in a double (RFC 7493)"));
        }
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Value, E> {
        if value.abs() >= EXACT {
            return Err(E::custom("a number that is not exact in a double (RFC 7493)"));
        }
        Number::from_f64(value).map(Value::Number).ok_or_else(|| E::custom("not a number"))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::String(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::String(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let inner = self.inner()?;
        let mut items = Vec::new();
        while let Some(item) = list.next_element_seed(inner)? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let inner = self.inner()?;
        let mut map = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            if map.contains_key(&name) {
                let shown: String = name.chars().take(80).collect();
                return Err(A::Error::custom(format!("the name {shown:?} stands twice in one object")));
            }
            let value = members.next_value_seed(inner)?;
            map.insert(name, value);
        }
        Ok(Value::Object(map))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        read(text.as_bytes(), &Limits::default()).unwrap_err().to_string()
    }

    #[test]
    fn what_two_readers_could_read_differently_is_refused() {
        assert!(refused(r#"{"a":1,"a":2}"#).contains("twice"));
        assert!(refused(r#"{"a":9007199254740993}"#).contains("not exact"));
        assert!(refused(r#"{"a":1e400}"#).contains("number out of range"));
        assert!(refused(r#"{"a":1} {}"#).contains("trailing"));
        assert!(refused(r#"{"a":"\ud800"}"#).contains("hex escape"));
        assert_eq!(refused("[]"), "a playbook is a JSON object");
        let deep = format!("{{\"a\":{}{}}}", "[".repeat(40), "]".repeat(40));
        assert!(refused(&deep).contains("too deep"));
        let many = format!("{{\"a\":[{}1]}}", "1,".repeat(200_000));
        assert!(refused(&many).contains("too many"));
        let limits = Limits { bytes: 3, ..Limits::default() };
        assert_eq!(read(b"{   }", &limits), Err(ReadError::TooLarge(5, 3)));
    }

    #[test]
    fn unknown_things_stay() {
        let text = r#"{"a":[1,-2,0.5,null,true,"é\u0000"],"x-own":{"":{}}}"#;
        let value = read(text.as_bytes(), &Limits::default()).unwrap();
        assert_eq!(value, serde_json::from_str::<Value>(text).unwrap());
    }
}
