//! A playbook as it was read: its bytes, and what stands in them. Nothing is dropped.

use crate::json::{self, ReadError};
use crate::limits::Limits;
use scr_canon::Hash32;
use serde_json::{Map, Value};

/// A CACAO playbook, or what says that it is one: [`check`](crate::check) tells what is wrong with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Playbook {
    raw: Box<str>,
    members: Map<String, Value>,
}

impl Playbook {
    /// Reads the bytes of one JSON object. Whether it is a playbook is the question of [`check`](crate::check).
    ///
    /// # Errors
    /// It is no JSON object, or one that two readers could read differently, or larger than the limits.
    pub fn read(bytes: &[u8], limits: &Limits) -> Result<Self, ReadError> {
        let text = std::str::from_utf8(bytes).map_err(|error| ReadError::Json(error.to_string()))?;
        match json::read(bytes, limits)? {
            Value::Object(members) => Ok(Self { raw: text.into(), members }),
            _ => Err(ReadError::NotAnObject),
        }
    }

    /// From a value that was put together: its bytes are indented JSON with the names in order.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub fn from_value(value: &Value, limits: &Limits) -> Result<Self, ReadError> {
        let mut text =
            serde_json::to_string_pretty(value).map_err(|error| ReadError::Json(error.to_string()))?;
        text.push('\n');
        Self::read(text.as_bytes(), limits)
    }

    /// The bytes that were read.
    pub fn raw(&self) -> &str {
        &self.raw
    }

    /// SHA-256 of the bytes: runs name it, so that nobody runs another text under the same id.
    pub fn digest(&self) -> Hash32 {
        scr_canon::sha256(self.raw.as_bytes())
    }

    /// Everything that stands there, unknown names included.
    pub fn members(&self) -> &Map<String, Value> {
        &self.members
    }

    /// The value of the whole.
    pub fn value(&self) -> Value {
        Value::Object(self.members.clone())
    }

    /// A property that is a text.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.members.get(name)?.as_str()
    }

    /// `id`.
    pub fn id(&self) -> Option<&str> {
        self.text("id")
    }

    /// `name`.
    pub fn name(&self) -> Option<&str> {
        self.text("name")
    }

    /// `modified`: which version it is.
    pub fn modified(&self) -> Option<&str> {
        self.text("modified")
    }

    /// The entries of a dictionary such as `workflow`; none when there is no such dictionary.
    pub fn dictionary(&self, name: &str) -> impl Iterator<Item = (&str, &Value)> {
        let entries = self.members.get(name).and_then(Value::as_object);
        entries.into_iter().flatten().map(|(key, value)| (key.as_str(), value))
    }

    /// One entry of a dictionary.
    pub fn entry(&self, dictionary: &str, key: &str) -> Option<&Value> {
        self.members.get(dictionary)?.get(key)
    }
}
