//! A pattern that was read.

use crate::ast::ObservationExpression;
use crate::error::{Departure, PatternError};
use crate::limits::Limits;
use crate::parse;
use std::fmt;

/// By which text a pattern is read.
///
/// The standard's prose and the tools that OASIS publishes beside it (`STIXPattern.g4`, stix2-patterns, stix2-matcher)
/// differ in a few places. [`Rule`](crate::Rule) lists those that concern the form of a pattern. One concerns what it
/// means: §9.5.1 says that the last observation of `WITHIN x SECONDS` must not lie x seconds or more behind the first;
/// the tools take exactly x seconds too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reading {
    /// STIX 2.1 §9, prose and grammar.
    #[default]
    Standard,
    /// The grammar alone, with the meaning that OASIS's matcher gives it. What departs from the prose is noted.
    Tools,
}

/// A STIX pattern (STIX 2.1 §9). Prints as its normal form, which is read as the same pattern again.
#[derive(Debug, Clone, PartialEq)]
pub struct Pattern {
    pub(crate) expression: ObservationExpression,
    pub(crate) reading: Reading,
    departures: Vec<Departure>,
}

impl Pattern {
    /// Reads a pattern by the standard.
    ///
    /// # Errors
    /// What is wrong first, with its place: the text is no pattern, breaks a rule of the standard's prose, or is larger
    /// than the limits.
    pub fn parse(text: &str, limits: &Limits) -> Result<Self, PatternError> {
        Self::parse_as(text, Reading::Standard, limits)
    }

    /// Reads a pattern by the standard or as OASIS's tools do.
    ///
    /// # Errors
    /// As [`parse`](Self::parse); the rules of the prose are noted instead under [`Reading::Tools`].
    pub fn parse_as(text: &str, reading: Reading, limits: &Limits) -> Result<Self, PatternError> {
        let (expression, departures) = parse::parse(text, reading, limits)?;
        Ok(Self { expression, reading, departures })
    }

    /// A pattern that was put together: its normal form must be one.
    ///
    /// # Errors
    /// As [`parse`](Self::parse), with places in the normal form.
    pub fn from_expression(
        expression: &ObservationExpression,
        limits: &Limits,
    ) -> Result<Self, PatternError> {
        Self::parse(&expression.to_string(), limits)
    }

    /// What it asks.
    pub fn expression(&self) -> &ObservationExpression {
        &self.expression
    }

    /// By which text it was read.
    pub fn reading(&self) -> Reading {
        self.reading
    }

    /// Where it departs from the standard's prose: always empty under [`Reading::Standard`].
    pub fn departures(&self) -> &[Departure] {
        &self.departures
    }

    /// Regular expressions of the pattern that cannot be run, and why. It compiles them all.
    pub fn unsupported(&self) -> Vec<crate::EvalError> {
        let regexps = self.expression.tests().into_iter().filter_map(|test| match &test.operator {
            crate::ast::Operator::Matches(regexp) => regexp.trouble(),
            _ => None,
        });
        regexps.collect()
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.expression.fmt(out)
    }
}
