//! Rows and values.

use crate::{Param, StoreError};
use std::sync::Arc;

/// One row of an answer. Columns are asked for by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub(crate) names: Arc<[String]>,
    pub(crate) values: Vec<Param>,
}

impl Row {
    fn get(&self, column: &str) -> Result<&Param, StoreError> {
        let place = self.names.iter().position(|name| name == column);
        place.and_then(|place| self.values.get(place)).ok_or_else(|| StoreError::NoColumn(column.to_owned()))
    }

    /// An integer.
    ///
    /// # Errors
    /// [`StoreError::NoColumn`], [`StoreError::Type`]; so for all of these.
    pub fn int(&self, column: &str) -> Result<i64, StoreError> {
        self.opt_int(column)?.ok_or_else(|| wrong(column, "an integer", &Param::Null))
    }

    /// An integer from 0 on.
    pub fn count(&self, column: &str) -> Result<u64, StoreError> {
        let number = self.int(column)?;
        u64::try_from(number).map_err(|_| wrong(column, "a count", &Param::Int(number)))
    }

    /// An integer that is 0 or 1.
    pub fn flag(&self, column: &str) -> Result<bool, StoreError> {
        match self.int(column)? {
            0 => Ok(false),
            1 => Ok(true),
            other => Err(wrong(column, "0 or 1", &Param::Int(other))),
        }
    }

    /// Text.
    pub fn text(&self, column: &str) -> Result<&str, StoreError> {
        self.opt_text(column)?.ok_or_else(|| wrong(column, "text", &Param::Null))
    }

    /// Bytes.
    pub fn bytes(&self, column: &str) -> Result<&[u8], StoreError> {
        match self.get(column)? {
            Param::Blob(bytes) => Ok(bytes),
            other => Err(wrong(column, "bytes", other)),
        }
    }

    /// An integer or nothing.
    pub fn opt_int(&self, column: &str) -> Result<Option<i64>, StoreError> {
        match self.get(column)? {
            Param::Int(number) => Ok(Some(*number)),
            Param::Null => Ok(None),
            other => Err(wrong(column, "an integer", other)),
        }
    }

    /// Text or nothing.
    pub fn opt_text(&self, column: &str) -> Result<Option<&str>, StoreError> {
        match self.get(column)? {
            Param::Text(text) => Ok(Some(text)),
            Param::Null => Ok(None),
            other => Err(wrong(column, "text", other)),
        }
    }
}

fn wrong(column: &str, wanted: &'static str, found: &Param) -> StoreError {
    let found = match found {
        Param::Null => "nothing",
        Param::Int(_) => "an integer",
        Param::Text(_) => "text",
        Param::Blob(_) => "bytes",
    };
    StoreError::Type { column: column.to_owned(), wanted, found }
}

/// What can stand in for a `$n`.
pub trait IntoParam {
    /// The value as the database gets it.
    fn into_param(self) -> Param;
}

macro_rules! into_param {
    ($($from:ty => $value:ident $make:expr;)+) => {$(
        impl IntoParam for $from {
            fn into_param(self) -> Param {
                let $value = self;
                $make
            }
        }
    )+};
}

into_param! {
    Param => value value;
    i64 => value Param::Int(value);
    i32 => value Param::Int(value.into());
    u32 => value Param::Int(value.into());
    bool => value Param::Int(value.into());
    &str => value Param::Text(value.to_owned());
    String => value Param::Text(value);
    &String => value Param::Text(value.clone());
    Vec<u8> => value Param::Blob(value);
    &[u8] => value Param::Blob(value.to_vec());
}

impl<T: IntoParam> IntoParam for Option<T> {
    fn into_param(self) -> Param {
        self.map_or(Param::Null, T::into_param)
    }
}
