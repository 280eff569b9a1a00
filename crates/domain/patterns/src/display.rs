//! The normal form of a pattern: one space between parts, parentheses only where they say something, `=` and `!=`,
//! lower-case hexadecimal digits, no comments. It may be longer than what was read.

use crate::ast::{
    ComparisonExpression, Constant, ObjectPath, ObservationExpression, Operator, PropertyTest, Qualifier,
    Step,
};
use crate::token::is_plain_name;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::fmt::{self, Display, Formatter, Write as _};

impl Display for ObservationExpression {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Single(comparison) => write!(out, "[{comparison}]"),
            Self::And(parts) => joined(out, parts, " AND ", |part| strength(part) < 3),
            Self::Or(parts) => joined(out, parts, " OR ", |part| strength(part) < 2),
            Self::FollowedBy(parts) => joined(out, parts, " FOLLOWEDBY ", |part| strength(part) < 1),
            Self::Qualified(inner, qualifiers) => {
                let is_bracketed = matches!(**inner, Self::Single(_));
                if is_bracketed {
                    write!(out, "{inner}")?
                } else {
                    write!(out, "({inner})")?
                }
                qualifiers.iter().try_for_each(|qualifier| write!(out, " {qualifier}"))
            }
        }
    }
}

/// How strongly an expression binds (§9.5.3).
fn strength(expression: &ObservationExpression) -> u8 {
    match expression {
        ObservationExpression::FollowedBy(_) => 0,
        ObservationExpression::Or(_) => 1,
        ObservationExpression::And(_) => 2,
        ObservationExpression::Single(_) | ObservationExpression::Qualified(..) => 3,
    }
}

impl Display for ComparisonExpression {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Test(test) => write!(out, "{test}"),
            Self::And(parts) => joined(out, parts, " AND ", |part| !matches!(part, Self::Test(_))),
            Self::Or(parts) => joined(out, parts, " OR ", |part| matches!(part, Self::Or(_))),
        }
    }
}

fn joined<T: Display>(
    out: &mut Formatter<'_>,
    parts: &[T],
    between: &str,
    in_parentheses: impl Fn(&T) -> bool,
) -> fmt::Result {
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            out.write_str(between)?;
        }
        if in_parentheses(part) { write!(out, "({part})")? } else { write!(out, "{part}")? }
    }
    Ok(())
}

impl Display for PropertyTest {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let Self { path, negated, operator } = self;
        let not = if *negated { "NOT " } else { "" };
        match operator {
            Operator::Equal(constant) => write!(out, "{path} {not}= {constant}"),
            Operator::NotEqual(constant) => write!(out, "{path} {not}!= {constant}"),
            Operator::Less(constant) => write!(out, "{path} {not}< {constant}"),
            Operator::LessOrEqual(constant) => write!(out, "{path} {not}<= {constant}"),
            Operator::Greater(constant) => write!(out, "{path} {not}> {constant}"),
            Operator::GreaterOrEqual(constant) => write!(out, "{path} {not}>= {constant}"),
            Operator::In(constants) => {
                write!(out, "{path} {not}IN (")?;
                joined(out, constants, ", ", |_| false)?;
                out.write_str(")")
            }
            Operator::Like(like) => write!(out, "{path} {not}LIKE {}", Quoted(like.source())),
            Operator::Matches(regexp) => write!(out, "{path} {not}MATCHES {}", Quoted(regexp.source())),
            Operator::IsSubset(network) => write!(out, "{path} {not}ISSUBSET '{network}'"),
            Operator::IsSuperset(network) => write!(out, "{path} {not}ISSUPERSET '{network}'"),
            Operator::Exists => write!(out, "{not}EXISTS {path}"),
        }
    }
}

impl Display for ObjectPath {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.object_type)?;
        for (at, step) in self.steps.iter().enumerate() {
            match step {
                Step::Key(key) => {
                    out.write_str(if at == 0 { ":" } else { "." })?;
                    if is_plain_name(key) { out.write_str(key)? } else { write!(out, "{}", Quoted(key))? }
                }
                Step::Index(index) => write!(out, "[{index}]")?,
                Step::Any => out.write_str("[*]")?,
            }
        }
        Ok(())
    }
}

impl Display for Constant {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => write!(out, "{}", Quoted(text)),
            Self::Integer(number) => write!(out, "{number}"),
            Self::Float(number) => {
                let written = number.to_string();
                // Without a point it would be read as an integer.
                out.write_str(&written)?;
                if written.contains('.') { Ok(()) } else { out.write_str(".0") }
            }
            Self::Boolean(truth) => write!(out, "{truth}"),
            Self::Timestamp(moment) => write!(out, "t'{moment}'"),
            Self::Hex(bytes) => write!(out, "h'{}'", hex::encode(bytes)),
            Self::Binary(bytes) => write!(out, "b'{}'", STANDARD.encode(bytes)),
        }
    }
}

impl Display for Qualifier {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Repeats(times) => write!(out, "REPEATS {times} TIMES"),
            Self::Within(nanoseconds) => {
                let (seconds, rest) = (nanoseconds / 1_000_000_000, nanoseconds % 1_000_000_000);
                write!(out, "WITHIN {seconds}")?;
                if rest != 0 {
                    write!(out, ".{}", format!("{rest:09}").trim_end_matches('0'))?;
                }
                out.write_str(" SECONDS")
            }
            Self::StartStop(start, stop) => write!(out, "START t'{start}' STOP t'{stop}'"),
        }
    }
}

/// A string constant as patterns write it.
pub(crate) struct Quoted<'a>(pub(crate) &'a str);

impl Display for Quoted<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.write_str("'")?;
        for letter in self.0.chars() {
            if matches!(letter, '\'' | '\\') {
                out.write_str("\\")?;
            }
            out.write_char(letter)?;
        }
        out.write_str("'")
    }
}
