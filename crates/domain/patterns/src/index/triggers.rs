//! What must be seen before a pattern can match: values under which the index finds it.

use super::Index;
use crate::ast::{ComparisonExpression, Constant, ObjectPath, ObservationExpression, Operator, PropertyTest};
use crate::compare::{latin, normal};
use crate::network::Network;
use crate::resolve::{Operand, Writing};

/// Three octets of UTF-8 that stand beside each other in a text.
pub(super) type Gram = [u8; 3];

/// One condition. A pattern has a list of them, of which one at least holds wherever the pattern matches or cannot be
/// decided.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Trigger {
    /// The path leads to this value.
    Equal(ObjectPath, Key),
    /// The path leads to a network within this one.
    Within(ObjectPath, Network),
    /// The path leads to a network around this one.
    Around(ObjectPath, Network),
    /// The path leads to a text in which this stands.
    Contains(ObjectPath, Gram),
    /// The path leads anywhere.
    Present(ObjectPath),
    /// There is an object of this type.
    Type(Box<str>),
}

/// A value that is compared for equality.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    Text(Box<str>),
    Bytes(Box<[u8]>),
    /// The bits of the number as a double, zero without a sign.
    Number(u64),
    Boolean(bool),
}

impl Key {
    fn number(number: f64) -> Self {
        // Adding zero makes the negative zero a positive one.
        Self::Number((number + 0.0).to_bits())
    }

    /// The keys under which a value may stand.
    pub(super) fn of(operand: &Operand<'_>, has_bytes: bool) -> Vec<Self> {
        match operand {
            Operand::Text(text) => {
                let mut keys = vec![Self::Text((*text).into())];
                if has_bytes {
                    keys.extend(latin(text).map(|bytes| Self::Bytes(bytes.into())));
                }
                keys
            }
            Operand::Bytes(bytes) => vec![Self::Bytes((**bytes).into())],
            Operand::Integer(number) => vec![Self::number(*number as f64)],
            Operand::Float(number) => vec![Self::number(*number)],
            Operand::Boolean(truth) => vec![Self::Boolean(*truth)],
            Operand::Other => Vec::new(),
        }
    }
}

/// Conditions, and how many patterns are found under them already: few is good.
pub(super) struct Chosen {
    pub(super) triggers: Vec<Trigger>,
    cost: usize,
}

/// A property that merely is there says little.
const COST_OF_PRESENCE: usize = 1_000;
const COST_OF_TYPE: usize = 10_000;
/// Part of a text says less than the whole.
const COST_OF_GRAM: usize = 20;
/// So many octets of a text are looked at for the best three.
const MOST_GRAMS: usize = 64;

impl<K: Ord + Clone> Index<K> {
    /// The best conditions of a pattern.
    pub(super) fn choose(&self, expression: &ObservationExpression) -> Chosen {
        match expression {
            ObservationExpression::Single(comparison) => self.of_comparison(comparison),
            ObservationExpression::And(parts) | ObservationExpression::FollowedBy(parts) => {
                cheapest(parts.iter().map(|part| self.choose(part)))
            }
            ObservationExpression::Or(parts) => any(parts.iter().map(|part| self.choose(part))),
            ObservationExpression::Qualified(inner, _) => self.choose(inner),
        }
    }

    fn of_comparison(&self, comparison: &ComparisonExpression) -> Chosen {
        match comparison {
            ComparisonExpression::Test(test) => self.of_test(test),
            ComparisonExpression::And(parts) => cheapest(parts.iter().map(|part| self.of_comparison(part))),
            ComparisonExpression::Or(parts) => any(parts.iter().map(|part| self.of_comparison(part))),
        }
    }

    fn of_test(&self, test: &PropertyTest) -> Chosen {
        let path = || test.path.clone();
        let writing = test.path.last_key().map_or(Writing::Plain, Writing::of);
        let present = || one(Trigger::Present(path()), COST_OF_PRESENCE);
        if test.negated {
            return match test.operator {
                Operator::Exists => one(Trigger::Type(test.path.object_type.clone()), COST_OF_TYPE),
                _ => present(),
            };
        }
        match &test.operator {
            Operator::Equal(constant) => self.of_constants(test, std::slice::from_ref(constant), writing),
            Operator::In(constants) => self.of_constants(test, constants, writing),
            Operator::IsSubset(network) => {
                let cost = self.at(&test.path).map_or(0, |at| at.within.count(*network));
                one(Trigger::Within(path(), *network), cost + 2)
            }
            Operator::IsSuperset(network) => {
                let cost = self.at(&test.path).map_or(0, |at| at.around.count(*network));
                one(Trigger::Around(path(), *network), cost + 2)
            }
            Operator::Like(like) if writing == Writing::Plain => {
                let longest = like.literals().into_iter().max_by_key(String::len);
                self.of_literal(test, longest)
            }
            // What cannot be run must be found wherever it could matter.
            Operator::Matches(regexp) if writing == Writing::Plain && regexp.can_be_run() => {
                self.of_literal(test, regexp.literal())
            }
            _ => present(),
        }
    }

    fn of_constants(&self, test: &PropertyTest, constants: &[Constant], writing: Writing) -> Chosen {
        let at = self.at(&test.path);
        let mut triggers = Vec::new();
        let mut cost = 0;
        for constant in constants {
            let key = match (constant, writing) {
                (Constant::Text(text), Writing::Plain) => Key::Text(text.clone()),
                // No octets are equal to a text that cannot be written in octets.
                (Constant::Text(text), Writing::Hex | Writing::Base64) => match latin(text) {
                    Some(bytes) => Key::Bytes(bytes.into()),
                    None => continue,
                },
                (Constant::Hex(bytes) | Constant::Binary(bytes), _) => Key::Bytes(bytes.as_slice().into()),
                (Constant::Integer(number), _) => Key::number(*number as f64),
                (Constant::Float(number), _) => Key::number(*number),
                (Constant::Boolean(truth), _) => Key::Boolean(*truth),
                (Constant::Timestamp(_), _) => {
                    return one(Trigger::Present(test.path.clone()), COST_OF_PRESENCE);
                }
            };
            cost += 1 + at.and_then(|at| at.equal.get(&key)).map_or(0, Vec::len);
            triggers.push(Trigger::Equal(test.path.clone(), key));
        }
        Chosen { triggers, cost }
    }

    fn of_literal(&self, test: &PropertyTest, literal: Option<String>) -> Chosen {
        let at = self.at(&test.path);
        let count = |gram: &Gram| at.and_then(|at| at.grams.get(gram)).map_or(0, Vec::len);
        let literal = literal.unwrap_or_default();
        let best = grams(&literal).take(MOST_GRAMS).min_by_key(count);
        match best {
            Some(gram) => one(Trigger::Contains(test.path.clone(), gram), COST_OF_GRAM + count(&gram)),
            None => one(Trigger::Present(test.path.clone()), COST_OF_PRESENCE),
        }
    }
}

/// All runs of three octets of a text.
pub(super) fn grams(text: &str) -> impl Iterator<Item = Gram> + '_ {
    text.as_bytes().windows(3).filter_map(|window| window.try_into().ok())
}

/// The runs of three octets of a value as `LIKE` and `MATCHES` see it.
pub(super) fn grams_of_value(text: &str) -> Vec<Gram> {
    let mut found: Vec<Gram> = grams(&normal(text)).collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn one(trigger: Trigger, cost: usize) -> Chosen {
    Chosen { triggers: vec![trigger], cost }
}

/// All must hold: one list of conditions is enough.
fn cheapest(parts: impl Iterator<Item = Chosen>) -> Chosen {
    parts.min_by_key(|part| part.cost).unwrap_or(Chosen { triggers: Vec::new(), cost: 0 })
}

/// One must hold: all conditions are needed.
fn any(parts: impl Iterator<Item = Chosen>) -> Chosen {
    let mut all = Chosen { triggers: Vec::new(), cost: 0 };
    for part in parts {
        all.triggers.extend(part.triggers);
        all.cost = all.cost.saturating_add(part.cost);
    }
    all
}
