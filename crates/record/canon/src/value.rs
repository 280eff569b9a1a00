//! From any `Serialize` to a JSON value, refusing what the record does not hold.
//!
//! serde_json's own `to_value` turns NaN into null; a record must not change a value in silence.

use serde::ser::{self, Serialize};
use serde_json::{Map, Value};

use crate::{CanonError, MAX_DEPTH, MAX_INTEGER};

/// A serializer whose output is a `Value` without floats or large integers.
#[derive(Clone, Copy)]
pub(crate) struct ToValue {
    levels_left: usize,
}

impl ToValue {
    pub(crate) fn root() -> Self {
        Self { levels_left: MAX_DEPTH + 1 }
    }

    fn below(self) -> Result<Self, CanonError> {
        let levels_left = self.levels_left.checked_sub(1).ok_or(CanonError::Depth)?;
        Ok(Self { levels_left })
    }

    fn integer<I: TryInto<i64> + ToString + Copy>(value: I) -> Result<Value, CanonError> {
        match value.try_into() {
            Ok(integer) if (-MAX_INTEGER..=MAX_INTEGER).contains(&integer) => Ok(Value::from(integer)),
            _ => Err(CanonError::Number(value.to_string())),
        }
    }
}

/// Items of an array, wrapped in `{variant: …}` for enum variants.
pub(crate) struct Items {
    inside: ToValue,
    items: Vec<Value>,
    variant: Option<&'static str>,
}

/// Members of an object, wrapped in `{variant: …}` for enum variants.
pub(crate) struct Members {
    inside: ToValue,
    members: Map<String, Value>,
    key: Option<String>,
    variant: Option<&'static str>,
}

fn wrapped(variant: Option<&'static str>, value: Value) -> Value {
    match variant {
        Some(name) => Value::Object(Map::from_iter([(name.to_owned(), value)])),
        None => value,
    }
}

impl ser::Serializer for ToValue {
    type Ok = Value;
    type Error = CanonError;
    type SerializeSeq = Items;
    type SerializeTuple = Items;
    type SerializeTupleStruct = Items;
    type SerializeTupleVariant = Items;
    type SerializeMap = Members;
    type SerializeStruct = Members;
    type SerializeStructVariant = Members;

    fn serialize_bool(self, value: bool) -> Result<Value, CanonError> {
        Ok(Value::Bool(value))
    }
    fn serialize_i8(self, value: i8) -> Result<Value, CanonError> {
        Self::integer(value)
    }
    fn serialize_i16(self, value: i16) -> Result<Value, CanonError> {
        Self::integer(value)
    }
    fn serialize_i32(self, value: i32) -> Result<Value, CanonError> {
        Self::integer(value)
    }
    fn serialize_i64(self, value: i64) -> Result<Value, CanonError> {
        Self::integer(value)
    }
    fn serialize_i128(self, value: i128) -> Result<Value, CanonError> {
        Self::integer(value)
    }
    fn serialize_u8(self, value: u8) -> Result<Value, CanonError> {
        Self::integer(value)
    }
    fn serialize_u16(self, value: u16) -> Result<Value, CanonError> {
        Self::integer(value)
    }
    fn serialize_u32(self, value: u32) -> Result<Value, CanonError> {
        Self::integer(value)
    }
    fn serialize_u64(self, value: u64) -> Result<Value, CanonError> {
        Self::integer(value)
    }
    fn serialize_u128(self, value: u128) -> Result<Value, CanonError> {
        Self::integer(value)
    }
    fn serialize_f32(self, value: f32) -> Result<Value, CanonError> {
        Err(CanonError::Number(value.to_string()))
    }
    fn serialize_f64(self, value: f64) -> Result<Value, CanonError> {
        Err(CanonError::Number(value.to_string()))
    }
    fn serialize_char(self, value: char) -> Result<Value, CanonError> {
        Ok(Value::String(value.to_string()))
    }
    fn serialize_str(self, value: &str) -> Result<Value, CanonError> {
        Ok(Value::String(value.to_owned()))
    }
    fn serialize_bytes(self, value: &[u8]) -> Result<Value, CanonError> {
        Ok(Value::Array(value.iter().map(|byte| Value::from(*byte)).collect()))
    }
    fn serialize_none(self) -> Result<Value, CanonError> {
        Ok(Value::Null)
    }
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Value, CanonError> {
        value.serialize(self)
    }
    fn serialize_unit(self) -> Result<Value, CanonError> {
        Ok(Value::Null)
    }
    fn serialize_unit_struct(self, _name: &'static str) -> Result<Value, CanonError> {
        Ok(Value::Null)
    }
    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<Value, CanonError> {
        Ok(Value::String(variant.to_owned()))
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Value, CanonError> {
        value.serialize(self)
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Value, CanonError> {
        Ok(wrapped(Some(variant), value.serialize(self.below()?)?))
    }
    fn serialize_seq(self, _length: Option<usize>) -> Result<Items, CanonError> {
        Ok(Items { inside: self.below()?, items: Vec::new(), variant: None })
    }
    fn serialize_tuple(self, _length: usize) -> Result<Items, CanonError> {
        self.serialize_seq(None)
    }
    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Items, CanonError> {
        self.serialize_seq(None)
    }
    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Items, CanonError> {
        Ok(Items { inside: self.below()?.below()?, items: Vec::new(), variant: Some(variant) })
    }
    fn serialize_map(self, _length: Option<usize>) -> Result<Members, CanonError> {
        Ok(Members { inside: self.below()?, members: Map::new(), key: None, variant: None })
    }
    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Members, CanonError> {
        self.serialize_map(None)
    }
    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Members, CanonError> {
        Ok(Members { inside: self.below()?.below()?, members: Map::new(), key: None, variant: Some(variant) })
    }
}

impl Items {
    fn push<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), CanonError> {
        self.items.push(value.serialize(self.inside)?);
        Ok(())
    }

    fn finish(self) -> Value {
        wrapped(self.variant, Value::Array(self.items))
    }
}

impl Members {
    fn insert<T: Serialize + ?Sized>(&mut self, key: String, value: &T) -> Result<(), CanonError> {
        let value = value.serialize(self.inside)?;
        match self.members.insert(key, value) {
            None => Ok(()),
            Some(_) => Err(CanonError::Serialize("a key occurs twice".to_owned())),
        }
    }

    fn finish(self) -> Value {
        wrapped(self.variant, Value::Object(self.members))
    }
}

macro_rules! items_are {
    ($($name:ident $method:ident),*) => {$(
        impl ser::$name for Items {
            type Ok = Value;
            type Error = CanonError;
            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), CanonError> {
                self.push(value)
            }
            fn end(self) -> Result<Value, CanonError> {
                Ok(self.finish())
            }
        }
    )*};
}
items_are!(SerializeSeq serialize_element, SerializeTuple serialize_element);
items_are!(SerializeTupleStruct serialize_field, SerializeTupleVariant serialize_field);

macro_rules! members_are {
    ($($name:ident),*) => {$(
        impl ser::$name for Members {
            type Ok = Value;
            type Error = CanonError;
            fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), CanonError> {
                self.insert(key.to_owned(), value)
            }
            fn end(self) -> Result<Value, CanonError> {
                Ok(self.finish())
            }
        }
    )*};
}
members_are!(SerializeStruct, SerializeStructVariant);

impl ser::SerializeMap for Members {
    type Ok = Value;
    type Error = CanonError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), CanonError> {
        match key.serialize(ToValue { levels_left: 0 })? {
            Value::String(key) => {
                self.key = Some(key);
                Ok(())
            }
            other => Err(CanonError::Serialize(format!("a key must be a string, not {other}"))),
        }
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), CanonError> {
        let key = self.key.take().ok_or_else(|| CanonError::Serialize("a value without a key".to_owned()))?;
        self.insert(key, value)
    }

    fn end(self) -> Result<Value, CanonError> {
        Ok(self.finish())
    }
}

impl ser::Error for CanonError {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        Self::Serialize(message.to_string())
    }
}

#[cfg(test)]
mod tests {
    use crate::{CanonError, MAX_INTEGER, to_canonical};
    use serde::Serialize;
    use serde_json::Value;
    use std::collections::BTreeMap;

    #[derive(Serialize)]
    struct Sample {
        zeta: Option<u8>,
        alpha: Kind,
        pair: (i8, char),
        list: Vec<Kind>,
    }

    #[derive(Serialize)]
    enum Kind {
        Unit,
        New(u16),
        Tuple(bool, String),
        Struct { inner: i64 },
    }

    /// serde_json's own serializer is the peer for the shapes of Rust types.
    #[test]
    fn rust_types_take_the_shape_that_serde_json_gives_them() {
        let sample = Sample {
            zeta: None,
            alpha: Kind::Struct { inner: -5 },
            pair: (-1, 'é'),
            list: vec![Kind::Unit, Kind::New(7), Kind::Tuple(true, "x".into())],
        };
        let ours: Value = serde_json::from_slice(&to_canonical(&sample).unwrap()).unwrap();
        assert_eq!(ours, serde_json::to_value(&sample).unwrap());
        let numbered = BTreeMap::from([(1, 2)]);
        assert!(matches!(to_canonical(&numbered), Err(CanonError::Serialize(_))));
    }

    #[test]
    fn no_float_is_recorded_not_even_as_null() {
        for float in [0.0, 1.5, f64::NAN, f64::INFINITY] {
            assert!(matches!(to_canonical(&[Some(float)]), Err(CanonError::Number(_))), "{float}");
        }
        assert!(matches!(to_canonical(&u128::MAX), Err(CanonError::Number(_))));
        assert_eq!(to_canonical(&MAX_INTEGER).unwrap(), b"9007199254740991");
    }
}
