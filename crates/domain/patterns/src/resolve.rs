//! From an object path to the values that it names (STIX 2.1 §9.7).

use crate::ast::{ObjectPath, Step};
use crate::error::EvalError;
use crate::observations::{Observation, Observations, Root};
use crate::token::BASE64;
use crate::work::Work;
use base64::Engine as _;
use serde_json::Value;
use std::borrow::Cow;

/// How the string of a property is to be taken: its name says so (§3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Writing {
    Plain,
    /// `…_hex`
    Hex,
    /// `…_bin`
    Base64,
}

impl Writing {
    pub(crate) fn of(key: &str) -> Self {
        if key.ends_with("_hex") {
            Self::Hex
        } else if key.ends_with("_bin") {
            Self::Base64
        } else {
            Self::Plain
        }
    }
}

/// A value in the form in which it is compared (§9.6.4).
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Operand<'a> {
    Text(&'a str),
    Bytes(Cow<'a, [u8]>),
    Integer(i128),
    Float(f64),
    Boolean(bool),
    /// Null, a list, an object, or text that should be binary and is not: nothing compares with it.
    Other,
}

impl<'a> Operand<'a> {
    pub(crate) fn of(value: &'a Value, writing: Writing) -> Self {
        match (value, writing) {
            (Value::String(text), Writing::Plain) => Self::Text(text),
            (Value::String(text), Writing::Hex) => {
                hex::decode(text).map_or(Self::Other, |bytes| Self::Bytes(Cow::Owned(bytes)))
            }
            (Value::String(text), Writing::Base64) => {
                let bytes = if text.contains('\n') {
                    BASE64.decode(text.replace('\n', ""))
                } else {
                    BASE64.decode(text)
                };
                bytes.map_or(Self::Other, |bytes| Self::Bytes(Cow::Owned(bytes)))
            }
            (Value::Bool(truth), _) => Self::Boolean(*truth),
            (Value::Number(number), _) => {
                let whole = number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from));
                match (whole, number.as_f64()) {
                    (Some(whole), _) => Self::Integer(whole),
                    (None, Some(float)) => Self::Float(float),
                    (None, None) => Self::Other,
                }
            }
            (Value::Null | Value::Array(_) | Value::Object(_), _) => Self::Other,
        }
    }
}

/// Where references lead from an observation.
#[derive(Clone, Copy)]
pub(crate) struct Place<'o, 'a> {
    pub(crate) observations: &'o Observations<'a>,
    pub(crate) observation: &'o Observation<'a>,
}

/// The values that a path names, and how they are written. None where the path leads nowhere.
///
/// Behind a property that ends in `_ref` or `_refs`, a further property is one of the object that the reference leads
/// to. A path that ends there names the reference itself, which is a string.
pub(crate) fn values<'a>(
    path: &ObjectPath,
    root: Root<'a>,
    place: Place<'_, 'a>,
    found: &mut Vec<&'a Value>,
    work: &mut Work,
) -> Result<Writing, EvalError> {
    found.clear();
    let mut writing = Writing::Plain;
    if *path.object_type != *root.object_type {
        return Ok(writing);
    }
    found.push(root.object);
    let mut is_reference = false;
    for step in &path.steps {
        work.spend(found.len())?;
        match step {
            Step::Key(key) => {
                if is_reference {
                    follow(place, found);
                }
                step_into(found, |value| value.as_object()?.get(&**key));
                writing = Writing::of(key);
                is_reference = key.ends_with("_ref") || key.ends_with("_refs");
            }
            Step::Index(index) => {
                let index = usize::try_from(*index).ok();
                step_into(found, |value| value.as_array()?.get(index?));
            }
            Step::Any => {
                let lists = std::mem::take(found);
                let lists = lists.iter().filter_map(|value| value.as_array());
                for list in lists {
                    work.spend(list.len())?;
                    found.extend(list);
                }
            }
        }
        if found.is_empty() {
            break;
        }
    }
    Ok(writing)
}

fn step_into<'a>(found: &mut Vec<&'a Value>, step: impl Fn(&'a Value) -> Option<&'a Value>) {
    let mut kept = 0;
    for at in 0..found.len() {
        if let Some(next) = step(found[at]) {
            found[kept] = next;
            kept += 1;
        }
    }
    found.truncate(kept);
}

/// Replaces references by what they lead to, each object once: many may lead to the same.
fn follow<'a>(place: Place<'_, 'a>, found: &mut Vec<&'a Value>) {
    let referred = |value: &'a Value| place.observations.referred(place.observation, value.as_str()?);
    step_into(found, referred);
    if found.len() > 1 {
        found.sort_unstable_by_key(|value| std::ptr::from_ref::<Value>(value));
        found.dedup_by_key(|value| std::ptr::from_ref::<Value>(value));
    }
}
