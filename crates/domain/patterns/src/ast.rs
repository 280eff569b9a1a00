//! A pattern as a tree (STIX 2.1 §9.1).

use crate::like::Like;
use crate::moment::Moment;
use crate::network::Network;
use crate::regexp::Regexp;

/// What is asked of observations.
///
/// Chains of one operator are flat: `[a] AND [b] AND [c]` is one `And` of three, with parentheses or without, because
/// all three operators are associative.
#[derive(Debug, Clone, PartialEq)]
pub enum ObservationExpression {
    /// `[…]`: one observation.
    Single(ComparisonExpression),
    /// All of them, each on observations of its own. At least two.
    And(Vec<Self>),
    /// One of them. At least two.
    Or(Vec<Self>),
    /// All of them, each not before those that stand before it. At least two.
    FollowedBy(Vec<Self>),
    /// An expression, and qualifiers that apply from left to right. At least one qualifier.
    Qualified(Box<Self>, Vec<Qualifier>),
}

/// What is asked of one object, or of one that it refers to.
#[derive(Debug, Clone, PartialEq)]
pub enum ComparisonExpression {
    /// One comparison.
    Test(PropertyTest),
    /// All of them. At least two.
    And(Vec<Self>),
    /// One of them. At least two.
    Or(Vec<Self>),
}

/// One property, and what it is compared with.
#[derive(Debug, Clone, PartialEq)]
pub struct PropertyTest {
    /// Which property.
    pub path: ObjectPath,
    /// `NOT` before the operator.
    pub negated: bool,
    /// How, and with what.
    pub operator: Operator,
}

/// A comparison operator with its constant.
#[derive(Debug, Clone, PartialEq)]
pub enum Operator {
    /// `=`
    Equal(Constant),
    /// `!=`
    NotEqual(Constant),
    /// `<`
    Less(Constant),
    /// `<=`
    LessOrEqual(Constant),
    /// `>`
    Greater(Constant),
    /// `>=`
    GreaterOrEqual(Constant),
    /// `IN (…)`: constants of one type, or none at all.
    In(Vec<Constant>),
    /// `LIKE '…'`
    Like(Like),
    /// `MATCHES '…'`
    Matches(Regexp),
    /// `ISSUBSET '…'`
    IsSubset(Network),
    /// `ISSUPERSET '…'`
    IsSuperset(Network),
    /// `EXISTS path`
    Exists,
}

/// A constant (STIX 2.1 §9.2).
#[derive(Debug, Clone, PartialEq)]
pub enum Constant {
    /// `'…'`
    Text(Box<str>),
    /// A whole number from -(2^53)+1 to 2^53-1.
    Integer(i64),
    /// A finite number.
    Float(f64),
    /// `true` or `false`.
    Boolean(bool),
    /// `t'…'`
    Timestamp(Moment),
    /// `h'…'`
    Hex(Vec<u8>),
    /// `b'…'`: never empty, as in OASIS's grammar.
    Binary(Vec<u8>),
}

/// `type:property.property[index]`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectPath {
    /// The type of the object where the path begins.
    pub object_type: Box<str>,
    /// At least one step, and the first is a key.
    pub steps: Vec<Step>,
}

/// One step of an object path.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// A property, or the key of a dictionary.
    Key(Box<str>),
    /// An element of a list. A negative one names no element ([`Rule::NegativeIndex`](crate::Rule::NegativeIndex)).
    Index(i64),
    /// `[*]`: any element of a list.
    Any,
}

/// A restriction of when or how often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Qualifier {
    /// `REPEATS n TIMES`
    Repeats(u64),
    /// `WITHIN n SECONDS`, in nanoseconds, greater than zero.
    Within(u128),
    /// `START x STOP y`
    StartStop(Moment, Moment),
}

impl ObservationExpression {
    /// Every comparison of the expression, from left to right.
    pub fn tests(&self) -> Vec<&PropertyTest> {
        let mut found = Vec::new();
        self.each_single(&mut |comparison| comparison.each_test(&mut |test| found.push(test)));
        found
    }

    /// Calls with every bracketed expression, from left to right.
    pub fn each_single<'a>(&'a self, with: &mut impl FnMut(&'a ComparisonExpression)) {
        match self {
            Self::Single(comparison) => with(comparison),
            Self::And(parts) | Self::Or(parts) | Self::FollowedBy(parts) => {
                for part in parts {
                    part.each_single(with);
                }
            }
            Self::Qualified(inner, _) => inner.each_single(with),
        }
    }
}

impl ComparisonExpression {
    /// Calls with every comparison, from left to right.
    pub fn each_test<'a>(&'a self, with: &mut impl FnMut(&'a PropertyTest)) {
        match self {
            Self::Test(test) => with(test),
            Self::And(parts) | Self::Or(parts) => {
                for part in parts {
                    part.each_test(with);
                }
            }
        }
    }
}

impl ObjectPath {
    /// A path of plain properties: `ObjectPath::of("file", &["hashes", "SHA-256"])`.
    pub fn of(object_type: &str, keys: &[&str]) -> Self {
        let steps = keys.iter().map(|key| Step::Key((*key).into())).collect();
        Self { object_type: object_type.into(), steps }
    }

    /// The last property of the path, which says how its values are written (`_hex`, `_bin`).
    pub fn last_key(&self) -> Option<&str> {
        self.steps.iter().rev().find_map(|step| match step {
            Step::Key(key) => Some(&**key),
            Step::Index(_) | Step::Any => None,
        })
    }
}

impl Constant {
    /// A string.
    pub fn text(text: &str) -> Self {
        Self::Text(text.into())
    }
}
