//! JSON of strangers: bounded while it is parsed, and read leniently afterwards.

use crate::limits::Limits;
use crate::warning::{Code, Log};
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::cell::{Cell, RefCell};
use std::fmt;

/// Why a document cannot be read at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// More bytes than allowed.
    #[error("{bytes} bytes, at most {limit} are read")]
    TooLarge {
        /// Bytes of the document.
        bytes: usize,
        /// [`Limits::bytes`].
        limit: usize,
    },
    /// Not JSON.
    #[error("not JSON, line {line} column {column}: {why}")]
    Syntax {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What the parser says.
        why: String,
    },
    /// Arrays and objects too deep within one another.
    #[error("nested deeper than {0} levels")]
    TooDeep(usize),
    /// More values, events or entries than allowed.
    #[error("more than {limit} {what}")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// The limit.
        limit: usize,
    },
    /// JSON, but not what was asked for.
    #[error("this is not {0}")]
    NotThis(&'static str),
}

/// A parsed document, and the names that stood twice in one object of it (at most 20).
pub(crate) struct Document {
    pub(crate) value: Value,
    pub(crate) twice: Vec<String>,
}

/// Parses within the limits on bytes, depth and values.
pub(crate) fn parse(bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    if bytes.len() > limits.bytes {
        return Err(ReadError::TooLarge { bytes: bytes.len(), limit: limits.bytes });
    }
    // Windows editors put a byte order mark in front.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let state = State {
        depth: limits.depth,
        left: Cell::new(limits.values),
        stopped: RefCell::new(None),
        twice: RefCell::default(),
    };
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let seed = Build { state: &state, depth: 0 };
    let read = seed.deserialize(&mut reader).and_then(|value| reader.end().map(|()| value));
    match (read, state.stopped.into_inner()) {
        (Ok(value), _) => Ok(Document { value, twice: state.twice.into_inner() }),
        (Err(_), Some(Stop::Deep)) => Err(ReadError::TooDeep(limits.depth)),
        (Err(_), Some(Stop::Many)) => Err(ReadError::TooMany { what: "values", limit: limits.values }),
        (Err(error), None) => {
            Err(ReadError::Syntax { line: error.line(), column: error.column(), why: error.to_string() })
        }
    }
}

#[derive(Clone, Copy)]
enum Stop {
    Deep,
    Many,
}

struct State {
    depth: usize,
    left: Cell<usize>,
    stopped: RefCell<Option<Stop>>,
    twice: RefCell<Vec<String>>,
}

impl State {
    fn stop<E: serde::de::Error>(&self, why: Stop) -> E {
        *self.stopped.borrow_mut() = Some(why);
        E::custom("a limit is passed")
    }

    fn count<E: serde::de::Error>(&self) -> Result<(), E> {
        match self.left.get().checked_sub(1) {
            Some(left) => {
                self.left.set(left);
                Ok(())
            }
            None => Err(self.stop(Stop::Many)),
        }
    }
}

#[derive(Clone, Copy)]
struct Build<'s> {
    state: &'s State,
    depth: usize,
}

impl Build<'_> {
    fn deeper<E: serde::de::Error>(self) -> Result<Self, E> {
        if self.depth >= self.state.depth {
            return Err(self.state.stop(Stop::Deep));
        }
        Ok(Self { depth: self.depth + 1, ..self })
    }
}

impl<'de> DeserializeSeed<'de> for Build<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Build<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<Value, E> {
        self.state.count()?;
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Value, E> {
        self.state.count()?;
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Value, E> {
        self.state.count()?;
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Value, E> {
        self.state.count()?;
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<Value, E> {
        self.state.count()?;
        Ok(Value::String(value.to_owned()))
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<Value, E> {
        self.state.count()?;
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        self.state.count()?;
        let inner = self.deeper()?;
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(inner)? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        self.state.count()?;
        let inner = self.deeper()?;
        let mut map = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            let value = members.next_value_seed(inner)?;
            let mut twice = self.state.twice.borrow_mut();
            if map.contains_key(&name) && twice.len() < 20 {
                twice.push(name.clone());
            }
            drop(twice);
            map.insert(name, value);
        }
        Ok(Value::Object(map))
    }
}

/// The fields of one JSON object, taken out one after another; what is left at the end is unknown.
pub(crate) struct Fields<'w> {
    map: Map<String, Value>,
    pub(crate) path: String,
    log: &'w Log<'w>,
}

impl<'w> Fields<'w> {
    /// `None`, with a warning, where the value is no object.
    pub(crate) fn of(value: Value, path: String, log: &'w Log<'w>) -> Option<Self> {
        match value {
            Value::Object(map) => Some(Self { map, path, log }),
            other => {
                log.push(&path, Code::LeftOut, kind_of(&other));
                None
            }
        }
    }

    pub(crate) fn warn(&self, field: &str, code: Code, detail: &str) {
        self.log.push(&format!("{}.{field}", self.path), code, detail);
    }

    /// The value of a field; `null` is like not there.
    pub(crate) fn take(&mut self, name: &str) -> Option<Value> {
        self.map.remove(name).filter(|value| !value.is_null())
    }

    /// A text; numbers and truth values are written out.
    pub(crate) fn text(&mut self, name: &str) -> Option<String> {
        let limit = self.log.limits.text;
        self.text_within(name, limit)
    }

    pub(crate) fn text_within(&mut self, name: &str, limit: usize) -> Option<String> {
        let mut text = match self.take(name)? {
            Value::String(text) => text,
            Value::Number(number) => number.to_string(),
            Value::Bool(value) => u8::from(value).to_string(),
            other => {
                self.warn(name, Code::WrongKind, kind_of(&other));
                return None;
            }
        };
        if text.len() > limit {
            let end = (0..=limit).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
            text.truncate(end);
            self.warn(name, Code::Cut, &format!("{limit} bytes"));
        }
        Some(text)
    }

    /// A text that says something: empty is like not there.
    pub(crate) fn words(&mut self, name: &str) -> Option<String> {
        self.text(name).filter(|text| !text.trim().is_empty())
    }

    /// An integer, as a number or a text.
    pub(crate) fn integer(&mut self, name: &str) -> Option<i64> {
        let value = self.take(name)?;
        let number = match &value {
            Value::Number(number) => number.as_i64().or_else(|| whole(number.as_f64()?)),
            Value::String(text) if text.trim().is_empty() => return None,
            Value::String(text) => {
                let text = text.trim();
                text.parse().ok().or_else(|| whole(text.parse().ok()?))
            }
            Value::Bool(value) => Some(i64::from(*value)),
            _ => None,
        };
        if number.is_none() {
            self.warn(name, Code::WrongKind, &value.to_string());
        }
        number
    }

    /// A small code such as a threat level, within these bounds.
    pub(crate) fn code(&mut self, name: &str, within: std::ops::RangeInclusive<u8>) -> Option<u8> {
        let number = self.integer(name)?;
        let code = u8::try_from(number).ok().filter(|code| within.contains(code));
        if code.is_none() {
            self.warn(name, Code::OutOfRange, &number.to_string());
        }
        code
    }

    /// A truth value, as `true`, `1` or `"1"`.
    pub(crate) fn truth(&mut self, name: &str) -> Option<bool> {
        let value = self.take(name)?;
        let truth = match &value {
            Value::Bool(value) => Some(*value),
            Value::Number(number) => match number.as_i64() {
                Some(0) => Some(false),
                Some(1) => Some(true),
                _ => None,
            },
            Value::String(text) => match text.trim().to_ascii_lowercase().as_str() {
                "1" | "true" => Some(true),
                "0" | "false" | "" => Some(false),
                _ => None,
            },
            _ => None,
        };
        if truth.is_none() {
            self.warn(name, Code::WrongKind, &value.to_string());
        }
        truth
    }

    /// A list, at most `limit` long. PHP writes an empty object for an empty list and the other way about, and some
    /// programs write one item without the list.
    pub(crate) fn list(&mut self, name: &str, limit: usize) -> Vec<Value> {
        let mut items = match self.take(name) {
            None => Vec::new(),
            Some(Value::Array(items)) => items,
            Some(Value::Object(map)) if map.is_empty() => Vec::new(),
            Some(item @ Value::Object(_)) => {
                self.warn(name, Code::WrongKind, "one object where a list is expected");
                vec![item]
            }
            Some(other) => {
                self.warn(name, Code::WrongKind, kind_of(&other));
                Vec::new()
            }
        };
        if items.len() > limit {
            self.warn(name, Code::LeftOut, &format!("{} of {}", items.len() - limit, items.len()));
            items.truncate(limit);
        }
        items
    }

    /// An object; an empty list is none (PHP).
    pub(crate) fn object(&mut self, name: &str) -> Option<Value> {
        match self.take(name)? {
            Value::Array(items) if items.is_empty() => None,
            value => Some(value),
        }
    }

    /// Drops fields that are local to the database that they come from.
    pub(crate) fn drop_local(&mut self, names: &[&str]) {
        for name in names {
            self.map.remove(*name);
        }
    }

    /// Says which fields are left.
    pub(crate) fn finish(self) {
        for name in self.map.keys() {
            self.log.push(&self.path, Code::UnknownField, name);
        }
    }
}

/// A float without a fraction, as an integer that a double holds exactly.
fn whole(number: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if !number.is_finite() || number.abs() > EXACT {
        return None;
    }
    // A double within 2^53 prints all of its digits.
    format!("{:.0}", number.trunc()).parse().ok()
}

/// What a value is, for a warning.
pub(crate) fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a truth value",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_hold_while_parsing() {
        let limits = Limits { depth: 3, values: 5, bytes: 100, ..Limits::default() };
        assert!(parse(b"[[[1]]]", &limits).is_ok());
        assert_eq!(parse(b"[[[[1]]]]", &limits).err(), Some(ReadError::TooDeep(3)));
        assert!(parse(b"[1,2,3,4]", &limits).is_ok());
        assert_eq!(
            parse(b"[1,2,3,4,5]", &limits).err(),
            Some(ReadError::TooMany { what: "values", limit: 5 })
        );
        assert_eq!(parse(&[b' '; 101], &limits).err(), Some(ReadError::TooLarge { bytes: 101, limit: 100 }));
        assert!(matches!(parse(b"{\"a\":", &limits), Err(ReadError::Syntax { line: 1, .. })));
        assert!(matches!(parse(b"{} {}", &limits), Err(ReadError::Syntax { .. })));
        assert!(parse(b"\xef\xbb\xbf{}", &limits).is_ok());
    }

    #[test]
    fn names_that_stand_twice_are_listed() {
        let document = parse(br#"{"a":1,"b":{"c":1,"c":2}}"#, &Limits::default()).unwrap();
        assert_eq!(document.twice, ["c"]);
        assert_eq!(document.value["b"]["c"], 2);
    }

    #[test]
    fn fields_are_read_leniently() {
        let limits = Limits::default();
        let log = Log::new(&limits);
        let value = serde_json::json!({
            "a": "7", "b": 7, "c": 7.0, "d": "x", "e": 12, "f": "1", "g": true, "h": [], "i": {"x": 1}, "j": 1.5,
            "k": {}, "left": 1,
        });
        let mut fields = Fields::of(value, "E".into(), &log).unwrap();
        assert_eq!(fields.integer("a"), Some(7));
        assert_eq!(fields.integer("b"), Some(7));
        assert_eq!(fields.integer("c"), Some(7));
        assert_eq!(fields.integer("d"), None);
        assert_eq!(fields.text("e").as_deref(), Some("12"));
        assert_eq!(fields.truth("f"), Some(true));
        assert_eq!(fields.truth("g"), Some(true));
        assert_eq!(fields.object("h"), None);
        assert_eq!(fields.list("i", 5).len(), 1);
        assert_eq!(fields.integer("j"), Some(1));
        assert!(fields.list("k", 5).is_empty());
        fields.finish();
        let warnings = log.into_inner();
        let listed: Vec<_> = warnings.listed().iter().map(|w| (w.path.as_str(), w.code)).collect();
        assert_eq!(listed, [("E.d", Code::WrongKind), ("E.i", Code::WrongKind), ("E", Code::UnknownField)]);
    }
}
