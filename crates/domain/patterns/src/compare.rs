//! One value against one constant (STIX 2.1 §9.2 and §9.6).

use crate::ast::{Constant, Operator, PropertyTest};
use crate::error::{EvalError, shortened};
use crate::moment::Moment;
use crate::network::Network;
use crate::resolve::{Operand, Writing};
use crate::work::Work;
use serde_json::Value;
use std::borrow::Cow;
use std::cmp::Ordering;
use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfc_quick};

/// Whether something holds. `Unknown` where it cannot be decided; the order makes `min` AND and `max` OR.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Truth {
    False,
    Unknown,
    True,
}

impl Truth {
    pub(crate) fn not(self) -> Self {
        match self {
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
            Self::True => Self::False,
        }
    }
}

impl From<bool> for Truth {
    fn from(is_true: bool) -> Self {
        if is_true { Self::True } else { Self::False }
    }
}

/// How a value and a constant stand to each other.
enum Compared {
    Are(Ordering),
    /// Their types do not compare.
    Incompatible,
    /// A timestamp is compared with a string that is none.
    Undecided,
}

/// Whether a value passes a test, `NOT` included. `EXISTS` is not a question about values and never comes here.
pub(crate) fn holds(
    test: &PropertyTest,
    value: &Value,
    writing: Writing,
    work: &mut Work,
) -> Result<Truth, EvalError> {
    let operand = Operand::of(value, writing);
    let truth = match &test.operator {
        Operator::Equal(constant) => equal(test, constant, &operand, work),
        Operator::NotEqual(constant) => equal(test, constant, &operand, work).not(),
        Operator::Less(constant) => ordered(test, constant, &operand, work, Ordering::is_lt),
        Operator::LessOrEqual(constant) => ordered(test, constant, &operand, work, Ordering::is_le),
        Operator::Greater(constant) => ordered(test, constant, &operand, work, Ordering::is_gt),
        Operator::GreaterOrEqual(constant) => ordered(test, constant, &operand, work, Ordering::is_ge),
        Operator::In(constants) => {
            work.spend(constants.len() / 16)?;
            let each = constants.iter().map(|constant| equal(test, constant, &operand, work));
            each.max().unwrap_or(Truth::False)
        }
        Operator::Like(like) => match &operand {
            Operand::Text(text) => like.matches_text(&normal(text), work)?.into(),
            Operand::Bytes(bytes) => like.matches_bytes(bytes, work)?.into(),
            _ => Truth::False,
        },
        Operator::Matches(regexp) => {
            let found = match &operand {
                Operand::Text(text) => regexp.finds_in_text(&normal(text), work),
                Operand::Bytes(bytes) => regexp.finds_in_bytes(bytes, work),
                _ => Ok(false),
            };
            match found {
                Ok(found) => found.into(),
                Err(unsupported @ EvalError::Unsupported { .. }) => {
                    work.note(|| unsupported);
                    Truth::Unknown
                }
                Err(other) => return Err(other),
            }
        }
        Operator::IsSubset(network) => network_of(&operand).is_some_and(|own| network.contains(own)).into(),
        Operator::IsSuperset(network) => {
            network_of(&operand).is_some_and(|own| own.contains(*network)).into()
        }
        Operator::Exists => Truth::True,
    };
    Ok(if test.negated { truth.not() } else { truth })
}

/// NFC, which `LIKE` and `MATCHES` ask for (§9.6.2).
pub(crate) fn normal(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfc().collect())
    }
}

fn network_of(operand: &Operand<'_>) -> Option<Network> {
    match operand {
        Operand::Text(text) => Network::parse(text),
        _ => None,
    }
}

fn equal(test: &PropertyTest, constant: &Constant, operand: &Operand<'_>, work: &mut Work) -> Truth {
    match compared(operand, constant) {
        Compared::Are(order) => order.is_eq().into(),
        Compared::Incompatible => Truth::False,
        Compared::Undecided => undecided(test, operand, work),
    }
}

fn ordered(
    test: &PropertyTest,
    constant: &Constant,
    operand: &Operand<'_>,
    work: &mut Work,
    wanted: impl Fn(Ordering) -> bool,
) -> Truth {
    match compared(operand, constant) {
        Compared::Are(order) => wanted(order).into(),
        Compared::Incompatible => Truth::False,
        Compared::Undecided => undecided(test, operand, work),
    }
}

fn undecided(test: &PropertyTest, operand: &Operand<'_>, work: &mut Work) -> Truth {
    let value = match operand {
        Operand::Text(text) => shortened(text, 200),
        _ => String::new(),
    };
    work.note(|| EvalError::Timestamp { path: test.path.to_string(), value });
    Truth::Unknown
}

fn compared(operand: &Operand<'_>, constant: &Constant) -> Compared {
    let order = match (operand, constant) {
        (Operand::Text(text), Constant::Text(wanted)) => Some((*text).cmp(&**wanted)),
        (Operand::Text(text), Constant::Hex(wanted) | Constant::Binary(wanted)) => {
            latin(text).map(|bytes| bytes.as_slice().cmp(wanted))
        }
        (Operand::Bytes(bytes), Constant::Hex(wanted) | Constant::Binary(wanted)) => {
            Some((**bytes).cmp(wanted))
        }
        (Operand::Bytes(bytes), Constant::Text(wanted)) => {
            latin(wanted).map(|wanted| (**bytes).cmp(wanted.as_slice()))
        }
        (Operand::Text(text), Constant::Timestamp(wanted)) => match Moment::parse(text) {
            Ok(moment) => Some(moment.cmp(wanted)),
            Err(_) => return Compared::Undecided,
        },
        (Operand::Boolean(truth), Constant::Boolean(wanted)) => Some(truth.cmp(wanted)),
        (Operand::Integer(number), Constant::Integer(wanted)) => Some(number.cmp(&i128::from(*wanted))),
        (Operand::Integer(number), Constant::Float(wanted)) => float(*number).partial_cmp(wanted),
        (Operand::Float(number), Constant::Integer(wanted)) => {
            number.partial_cmp(&float(i128::from(*wanted)))
        }
        (Operand::Float(number), Constant::Float(wanted)) => number.partial_cmp(wanted),
        _ => None,
    };
    order.map_or(Compared::Incompatible, Compared::Are)
}

/// A string of characters below U+0100 as octets (§9.2).
pub(crate) fn latin(text: &str) -> Option<Vec<u8>> {
    if text.is_ascii() {
        return Some(text.as_bytes().to_vec());
    }
    text.chars().map(|letter| u8::try_from(u32::from(letter)).ok()).collect()
}

/// Exact for STIX's integers, which lie within 2^53.
fn float(number: i128) -> f64 {
    number as f64
}
