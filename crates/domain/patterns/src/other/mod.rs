//! Patterns of other languages (STIX 2.1 §10.19): how far they are looked at, and what is wrong with them.
//!
//! Nothing but PCRE is run here, so nothing else is called correct: of YARA, Snort and Suricata the outline is looked at
//! (brackets, quotes, the parts of a rule), Sigma is carried as it is.

mod snort;
mod yara;

use crate::error::Unsupported;
use crate::limits::Limits;
use crate::regexp::Regexp;

/// A pattern language other than STIX's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// Perl-compatible regular expressions.
    Pcre,
    /// Sigma rules (YAML).
    Sigma,
    /// Snort rules.
    Snort,
    /// Suricata rules.
    Suricata,
    /// YARA rules.
    Yara,
    /// A `pattern_type` that the open vocabulary does not know.
    Unknown,
}

/// How far a pattern was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Check {
    /// It is read by what would run it.
    Checked,
    /// It may be correct, and cannot be run here.
    Unsupported(Unsupported),
    /// Its outline is in order. Whether the engine takes it is not known.
    Outline,
    /// Carried, not checked.
    Carried,
}

/// What is wrong with a pattern, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("byte {offset}: {fault}")]
pub struct OtherError {
    /// Byte in the pattern, from 0.
    pub offset: usize,
    /// What is wrong.
    pub fault: Fault,
}

/// Kinds of mistakes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Fault {
    /// Longer than [`Limits::bytes`].
    #[error("the pattern is too long")]
    TooLong,
    /// Nothing but space.
    #[error("the pattern is empty")]
    Empty,
    /// A control character other than tabulator and line end.
    #[error("a control character")]
    Control,
    /// A bracket without its partner.
    #[error("a bracket without its partner")]
    Bracket,
    /// A string, regular expression or comment without its end.
    #[error("a string, expression or comment without its end")]
    Unclosed,
    /// Not a rule: YARA's begin with `rule`, those of Snort and Suricata with an action, and have options.
    #[error("no rule")]
    NoRule,
    /// A YARA rule without `condition:`.
    #[error("a rule without a condition")]
    NoCondition,
    /// The part of a Snort rule before its options is neither action, protocol, addresses, ports and direction, nor
    /// action and protocol.
    #[error(
        "the head of a rule has other parts than action, protocol, address, port, direction, address, port"
    )]
    Head,
    /// An option of a Snort rule without a name, or without a semicolon behind it.
    #[error("an option without a name or a semicolon")]
    Option,
}

impl Language {
    /// The language of a `pattern_type`; `None` for `stix`, which [`Pattern`](crate::Pattern) reads.
    pub fn of(pattern_type: &str) -> Option<Self> {
        Some(match pattern_type {
            "stix" => return None,
            "pcre" => Self::Pcre,
            "sigma" => Self::Sigma,
            "snort" => Self::Snort,
            "suricata" => Self::Suricata,
            "yara" => Self::Yara,
            _ => Self::Unknown,
        })
    }

    /// Looks at a pattern as far as it is understood.
    ///
    /// # Errors
    /// What is certainly wrong first, with its place.
    pub fn check(self, text: &str, limits: &Limits) -> Result<Check, OtherError> {
        if text.len() > limits.bytes {
            return Err(OtherError { offset: limits.bytes, fault: Fault::TooLong });
        }
        if text.trim().is_empty() {
            return Err(OtherError { offset: 0, fault: Fault::Empty });
        }
        if self == Self::Pcre {
            let regexp = Regexp::new(text, limits.regex_bytes);
            return Ok(regexp.why_not().map_or(Check::Checked, Check::Unsupported));
        }
        let is_control = |letter: char| letter.is_control() && !matches!(letter, '\t' | '\n' | '\r');
        if let Some(offset) = text.find(is_control) {
            return Err(OtherError { offset, fault: Fault::Control });
        }
        match self {
            Self::Snort | Self::Suricata => snort::check(text).map(|()| Check::Outline),
            Self::Yara => yara::check(text).map(|()| Check::Outline),
            Self::Pcre | Self::Sigma | Self::Unknown => Ok(Check::Carried),
        }
    }
}

#[cfg(test)]
mod tests;
