//! Whether observations match a pattern.

use crate::ast::{ComparisonExpression, ObservationExpression, Operator, PropertyTest};
use crate::compare::{self, Truth};
use crate::error::EvalError;
use crate::limits::EvalLimits;
use crate::observations::{Observation, Observations, Root};
use crate::pattern::Pattern;
use crate::resolve::{self, Place};
use crate::solve;
use crate::work::Work;
use serde_json::Value;

/// What came of an evaluation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Observations (their numbers in [`Observations::as_slice`], ascending) that together satisfy the pattern: one such
    /// set of possibly many. `None` where the pattern does not match.
    pub witness: Option<Vec<usize>>,
    /// For each bracketed expression of the pattern, from left to right, the observations that satisfy it alone,
    /// whatever operators and qualifiers say.
    pub by_expression: Vec<Vec<usize>>,
}

impl Outcome {
    /// Whether the pattern matches.
    pub fn is_match(&self) -> bool {
        self.witness.is_some()
    }
}

/// The observations that satisfy one bracketed expression, and those of which it cannot be said.
#[derive(Debug, Default)]
pub(crate) struct Candidates {
    pub(crate) certain: Vec<usize>,
    pub(crate) unknown: Vec<usize>,
}

impl Pattern {
    /// Whether observations match (STIX 2.1 §9.4).
    ///
    /// Observed-data say between which times something was seen, and not when: operators and qualifiers of time are
    /// satisfied if times within those bounds could be, each operator and qualifier looked at for itself.
    ///
    /// # Errors
    /// The pattern neither matches nor fails to match, because a part on which it depends cannot be decided: a regular
    /// expression that cannot be run, a property that should be a timestamp, observations without a time. Or there is
    /// too much to try. A part that cannot be decided and does not matter is no error.
    pub fn matches(
        &self,
        observations: &Observations<'_>,
        limits: &EvalLimits,
    ) -> Result<Outcome, EvalError> {
        let mut work = Work::new(limits);
        let mut candidates = Vec::new();
        let mut failed = None;
        self.expression.each_single(&mut |comparison| {
            if failed.is_none() {
                match find(comparison, observations, &mut work) {
                    Ok(found) => candidates.push(found),
                    Err(error) => failed = Some(error),
                }
            }
        });
        if let Some(error) = failed {
            return Err(error);
        }
        let witness = solve::solve(self, observations, &candidates, &mut work)?;
        let by_expression = candidates.into_iter().map(|found| found.certain).collect();
        Ok(Outcome { witness, by_expression })
    }

    /// Whether one object matches: the same as for [`Observations::from_object`]. What is no STIX object matches
    /// nothing.
    ///
    /// # Errors
    /// As [`matches`](Self::matches).
    pub fn matches_object(&self, object: &Value, limits: &EvalLimits) -> Result<bool, EvalError> {
        let Ok(observations) = Observations::from_object(object) else { return Ok(false) };
        if let (ObservationExpression::Single(comparison), [observation]) =
            (&self.expression, observations.as_slice())
        {
            let mut work = Work::new(limits);
            return match satisfied(comparison, &observations, observation, &mut work)? {
                Truth::Unknown => Err(work.take_trouble().unwrap_or(EvalError::NoTime)),
                truth => Ok(truth == Truth::True),
            };
        }
        self.matches(&observations, limits).map(|outcome| outcome.is_match())
    }
}

fn find(
    comparison: &ComparisonExpression,
    observations: &Observations<'_>,
    work: &mut Work,
) -> Result<Candidates, EvalError> {
    let mut candidates = Candidates::default();
    for (at, observation) in observations.list.iter().enumerate() {
        match satisfied(comparison, observations, observation, work)? {
            Truth::True => candidates.certain.push(at),
            Truth::Unknown => candidates.unknown.push(at),
            Truth::False => {}
        }
    }
    Ok(candidates)
}

/// Whether one object of the observation satisfies all of a bracketed expression (§9.5).
pub(crate) fn satisfied(
    comparison: &ComparisonExpression,
    observations: &Observations<'_>,
    observation: &Observation<'_>,
    work: &mut Work,
) -> Result<Truth, EvalError> {
    let place = Place { observations, observation };
    let mut values = Vec::new();
    let mut best = Truth::False;
    for root in &observation.roots {
        work.spend(1)?;
        best = best.max(expression(comparison, *root, place, &mut values, work)?);
        if best == Truth::True {
            break;
        }
    }
    Ok(best)
}

fn expression<'a>(
    comparison: &ComparisonExpression,
    root: Root<'a>,
    place: Place<'_, 'a>,
    values: &mut Vec<&'a Value>,
    work: &mut Work,
) -> Result<Truth, EvalError> {
    match comparison {
        ComparisonExpression::Test(test) => property(test, root, place, values, work),
        ComparisonExpression::And(parts) => {
            let mut least = Truth::True;
            for part in parts {
                least = least.min(expression(part, root, place, values, work)?);
                if least == Truth::False {
                    break;
                }
            }
            Ok(least)
        }
        ComparisonExpression::Or(parts) => {
            let mut best = Truth::False;
            for part in parts {
                best = best.max(expression(part, root, place, values, work)?);
                if best == Truth::True {
                    break;
                }
            }
            Ok(best)
        }
    }
}

/// A test is false where its path leads nowhere, `NOT` or not (§9.6); but `NOT EXISTS` is true on an object of the type
/// that lacks the property.
fn property<'a>(
    test: &PropertyTest,
    root: Root<'a>,
    place: Place<'_, 'a>,
    values: &mut Vec<&'a Value>,
    work: &mut Work,
) -> Result<Truth, EvalError> {
    if *test.path.object_type != *root.object_type {
        return Ok(Truth::False);
    }
    let writing = resolve::values(&test.path, root, place, values, work)?;
    if test.operator == Operator::Exists {
        return Ok((values.is_empty() == test.negated).into());
    }
    let mut best = Truth::False;
    for value in values.iter() {
        work.spend(1)?;
        best = best.max(compare::holds(test, value, writing, work)?);
        if best == Truth::True {
            break;
        }
    }
    Ok(best)
}
