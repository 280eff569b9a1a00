//! Why a pattern is refused, and why one cannot be decided.

use std::fmt;

/// A pattern that is not one: where, what stands there, what had to.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("byte {offset}: found {found}, expected {expected}")]
pub struct PatternError {
    /// Byte in the pattern's text, from 0.
    pub offset: usize,
    /// What kind of mistake.
    pub code: ErrorCode,
    /// What stands there: at most 40 characters in quotes, or words such as "the end".
    pub found: String,
    /// What is wanted instead.
    pub expected: &'static str,
}

/// Kinds of mistakes in a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ErrorCode {
    /// The grammar wants something else.
    Syntax,
    /// A character that belongs to no token.
    Character,
    /// A string without its end, or a backslash before anything but `'` and `\`.
    Text,
    /// A number that is written wrongly or lies outside of STIX 2.1 §2.
    Number,
    /// A timestamp that is written wrongly or does not exist.
    Timestamp,
    /// `b'…'` that is not base64.
    Binary,
    /// `h'…'` that is not pairs of hexadecimal digits.
    Hex,
    /// A set of constants of different types.
    Set,
    /// A constant of `ISSUBSET` or `ISSUPERSET` that is neither address nor CIDR network.
    Network,
    /// A number of seconds or times that must be greater than zero.
    Positive,
    /// More than [`Limits`](crate::Limits) allow.
    TooLarge,
    /// OASIS's grammar takes it, the text of the standard does not.
    Standard(Rule),
}

/// Rules of STIX 2.1 that are stated in its prose and not in OASIS's grammar (`STIXPattern.g4`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// §9.2: a positive number has no plus sign.
    PlusSign,
    /// §9.2: hexadecimal digits are 0-9 and a-f.
    UpperHex,
    /// §9.6.1: the operators are `=` and `!=`; the grammar takes `==` and `<>` too.
    OperatorName,
    /// §9.4: what stands between the parts of a pattern is whitespace; the grammar takes comments too.
    Comment,
    /// §9.7.2: an index of a list is `*` or a number from 0.
    NegativeIndex,
    /// §9.5.1: no observation expression has two qualifiers of one kind.
    RepeatedQualifier,
    /// §9.5: comparisons that are joined by AND must be satisfiable with the same object.
    MixedTypes,
    /// §9.5.1: `START x STOP y` takes times with x <= time < y, of which there are none.
    EmptyInterval,
}

impl Rule {
    /// The section of STIX 2.1.
    pub fn section(self) -> &'static str {
        match self {
            Self::PlusSign | Self::UpperHex => "9.2",
            Self::OperatorName => "9.6.1",
            Self::Comment => "9.4",
            Self::NegativeIndex => "9.7.2",
            Self::RepeatedQualifier | Self::EmptyInterval => "9.5.1",
            Self::MixedTypes => "9.5",
        }
    }

    pub(crate) fn expected(self) -> &'static str {
        match self {
            Self::PlusSign => "a number without a plus sign",
            Self::UpperHex => "hexadecimal digits 0-9 and a-f",
            Self::OperatorName => "= or !=",
            Self::Comment => "whitespace and no comment",
            Self::NegativeIndex => "an index from 0, or *",
            Self::RepeatedQualifier => "each qualifier once",
            Self::MixedTypes => "comparisons of the same object type under AND",
            Self::EmptyInterval => "a STOP after START",
        }
    }
}

/// A place where a pattern follows OASIS's grammar and departs from the text of the standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Departure {
    /// Byte in the pattern's text, from 0.
    pub offset: usize,
    /// From what.
    pub rule: Rule,
}

/// A pattern that these observations neither match nor do not match.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EvalError {
    /// A regular expression that the engine cannot run, such as one with back-references or look-around.
    #[error("unsupported regular expression {regex}: {why}")]
    Unsupported {
        /// As the pattern has it, at most 200 characters.
        regex: String,
        /// What is not supported.
        why: Unsupported,
    },
    /// A property that is compared with a timestamp and is none.
    #[error("{path} is {value}, which is no timestamp")]
    Timestamp {
        /// The object path.
        path: String,
        /// The value, at most 200 characters.
        value: String,
    },
    /// An operator or qualifier of time, and observations that say no time.
    #[error("an observation without a time cannot be put before, after or within others")]
    NoTime,
    /// The evaluation needs more steps than [`EvalLimits`](crate::EvalLimits) allow.
    #[error("too much work: more than {steps} steps")]
    TooMuchWork {
        /// The limit.
        steps: u64,
    },
}

/// Why a regular expression cannot be run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unsupported {
    /// A construct of PCRE that a linear-time engine has not: named here.
    Construct(&'static str),
    /// It compiles to more than [`Limits::regex_bytes`](crate::Limits::regex_bytes).
    TooLarge,
    /// The engine refuses it: its own words, the last line alone.
    Syntax(String),
}

impl fmt::Display for Unsupported {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Construct(name) => out.write_str(name),
            Self::TooLarge => out.write_str("compiled too large"),
            Self::Syntax(words) => out.write_str(words),
        }
    }
}

/// Data that are no observations in the sense of STIX.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ObservationError {
    /// Neither a bundle, nor observed-data, nor a list of objects.
    #[error("object {at} is not a JSON object with a type")]
    NotAnObject {
        /// Which, from 0.
        at: usize,
    },
    /// A property of observed-data that is missing or wrong.
    #[error("observed-data {id}: {property} is missing or wrong")]
    Property {
        /// The object's id, or its number from 0 where it has none.
        id: String,
        /// Which property.
        property: &'static str,
    },
}

/// At most `most` characters of a text.
pub(crate) fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
