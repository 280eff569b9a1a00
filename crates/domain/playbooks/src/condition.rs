//! Conditions: STIX patterning over variables (CACAO 2.0 sections 4.8 to 4.10), `__name__:value = 'text'`.
//!
//! The grammar is that of STIX comparison expressions with the name of a variable in place of an object's type. The standard
//! does not say whether brackets stand around it: both are read. What is about time and order of observations has no
//! meaning here and is refused.

use crate::check::values::is_value_of;
use crate::forms;
use scr_patterns::ast::{ComparisonExpression, ObservationExpression, Operator, PropertyTest, Step};
use scr_patterns::{EvalLimits, Pattern, Reading};
use serde_json::{Value, json};

/// A condition that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    source: Box<str>,
    expression: Expression,
    variables: Vec<String>,
}

#[derive(Debug, Clone, PartialEq)]
enum Expression {
    Test { variable: String, is_exists: bool, negated: bool, pattern: Box<Pattern> },
    And(Vec<Self>),
    Or(Vec<Self>),
}

/// Why a text is no condition.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConditionError {
    /// Not a comparison expression.
    #[error("{0}")]
    Pattern(String),
    /// Something else than `__name__:value`.
    #[error("{0}: a condition compares variables, written __name__:value")]
    NotAVariable(String),
    /// Time and order of observations.
    #[error("qualifiers and FOLLOWEDBY have no meaning for variables")]
    Observations,
}

/// Why a condition is neither true nor false.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Undecided {
    /// Variables without a value on which it depends.
    #[error("no value yet: {}", .0.join(", "))]
    NoValue(Vec<String>),
    /// A comparison that cannot be made.
    #[error("{0}")]
    Pattern(String),
}

impl Condition {
    /// Reads a condition.
    ///
    /// # Errors
    /// What is wrong; places are bytes of the text.
    pub fn parse(text: &str) -> Result<Self, ConditionError> {
        let bare = text.trim();
        let is_bracketed = bare.starts_with('[');
        let pattern = if is_bracketed { bare.to_owned() } else { format!("[{bare}]") };
        let limits = scr_patterns::Limits {
            bytes: 4_096,
            depth: 16,
            comparisons: 64,
            observations: 64,
            constants: 256,
            ..scr_patterns::Limits::default()
        };
        let read = Pattern::parse_as(&pattern, Reading::Tools, &limits).map_err(|mut error| {
            if !is_bracketed {
                error.offset = error.offset.saturating_sub(1).min(bare.len());
                if error.offset == bare.len() {
                    // The bracket that was put there.
                    error.found = "the end".to_owned();
                }
            }
            ConditionError::Pattern(error.to_string())
        })?;
        let expression = of_observations(read.expression(), &limits)?;
        let mut variables = Vec::new();
        expression.each_variable(&mut |name| {
            if !variables.iter().any(|known| known == name) {
                variables.push(name.to_owned());
            }
        });
        Ok(Self { source: text.into(), expression, variables })
    }

    /// As it was written.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The variables that it asks for, each once.
    pub fn variables(&self) -> &[String] {
        &self.variables
    }

    /// Whether it holds; `value_of` gives the type and the value of a variable.
    ///
    /// A part that is unknown does not matter where the rest decides: `false AND unknown` is false.
    ///
    /// # Errors
    /// It depends on variables without a value, or on a comparison that cannot be made.
    pub fn holds<'a>(
        &self,
        value_of: &dyn Fn(&str) -> Option<(&'a str, &'a str)>,
    ) -> Result<bool, Undecided> {
        let mut without = Vec::new();
        match self.expression.truth(value_of, &mut without)? {
            Some(truth) => Ok(truth),
            None => Err(Undecided::NoValue(without)),
        }
    }
}

fn of_observations(
    expression: &ObservationExpression,
    limits: &scr_patterns::Limits,
) -> Result<Expression, ConditionError> {
    let all = |parts: &[ObservationExpression]| {
        parts.iter().map(|part| of_observations(part, limits)).collect::<Result<Vec<_>, _>>()
    };
    match expression {
        ObservationExpression::Single(comparison) => of_comparison(comparison, limits),
        ObservationExpression::And(parts) => Ok(Expression::And(all(parts)?)),
        ObservationExpression::Or(parts) => Ok(Expression::Or(all(parts)?)),
        ObservationExpression::FollowedBy(_) | ObservationExpression::Qualified(..) => {
            Err(ConditionError::Observations)
        }
    }
}

fn of_comparison(
    comparison: &ComparisonExpression,
    limits: &scr_patterns::Limits,
) -> Result<Expression, ConditionError> {
    let all = |parts: &[ComparisonExpression]| {
        parts.iter().map(|part| of_comparison(part, limits)).collect::<Result<Vec<_>, _>>()
    };
    match comparison {
        ComparisonExpression::And(parts) => Ok(Expression::And(all(parts)?)),
        ComparisonExpression::Or(parts) => Ok(Expression::Or(all(parts)?)),
        ComparisonExpression::Test(test) => of_test(test, limits),
    }
}

fn of_test(test: &PropertyTest, limits: &scr_patterns::Limits) -> Result<Expression, ConditionError> {
    let is_value = matches!(test.path.steps.as_slice(), [Step::Key(key)] if &**key == "value");
    if !is_value || !forms::is_variable(&test.path.object_type) {
        return Err(ConditionError::NotAVariable(test.path.to_string()));
    }
    let single = ObservationExpression::Single(ComparisonExpression::Test(test.clone()));
    let pattern = Pattern::from_expression(&single, limits)
        .map_err(|error| ConditionError::Pattern(error.to_string()))?;
    Ok(Expression::Test {
        variable: test.path.object_type.to_string(),
        is_exists: test.operator == Operator::Exists,
        negated: test.negated,
        pattern: Box::new(pattern),
    })
}

impl Expression {
    fn each_variable<'a>(&'a self, with: &mut impl FnMut(&'a str)) {
        match self {
            Self::Test { variable, .. } => with(variable),
            Self::And(parts) | Self::Or(parts) => {
                for part in parts {
                    part.each_variable(with);
                }
            }
        }
    }

    /// `None` where a variable without a value decides.
    fn truth<'a>(
        &self,
        value_of: &dyn Fn(&str) -> Option<(&'a str, &'a str)>,
        without: &mut Vec<String>,
    ) -> Result<Option<bool>, Undecided> {
        match self {
            Self::Test { variable, is_exists, negated, pattern } => {
                let value = value_of(variable);
                if *is_exists {
                    return Ok(Some(value.is_some() != *negated));
                }
                let Some((kind, text)) = value else {
                    if !without.contains(variable) {
                        without.push(variable.clone());
                    }
                    return Ok(None);
                };
                let object = json!({"type": variable, "value": typed(kind, text)});
                let limits = EvalLimits { steps: 100_000, ..EvalLimits::default() };
                pattern
                    .matches_object(&object, &limits)
                    .map(Some)
                    .map_err(|error| Undecided::Pattern(error.to_string()))
            }
            Self::And(parts) => joined(parts, false, value_of, without),
            Self::Or(parts) => joined(parts, true, value_of, without),
        }
    }
}

/// AND and OR of three values: one part that is `decides` decides.
fn joined<'a>(
    parts: &[Expression],
    decides: bool,
    value_of: &dyn Fn(&str) -> Option<(&'a str, &'a str)>,
    without: &mut Vec<String>,
) -> Result<Option<bool>, Undecided> {
    let mut all_known = true;
    for part in parts {
        match part.truth(value_of, without)? {
            Some(truth) if truth == decides => return Ok(Some(decides)),
            Some(_) => {}
            None => all_known = false,
        }
    }
    Ok(all_known.then_some(!decides))
}

/// A value in the JSON type of its variable; text where it is not one.
fn typed(kind: &str, text: &str) -> Value {
    if !is_value_of(kind, text) {
        return Value::String(text.to_owned());
    }
    match kind {
        "bool" => Value::Bool(text == "true"),
        "integer" | "long" => text.parse::<i64>().map_or_else(|_| text.into(), Value::from),
        "float" => text.parse::<f64>().map_or_else(|_| text.into(), Value::from),
        _ => Value::String(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(text: &str) -> Result<bool, Undecided> {
        let value_of = |name: &str| match name {
            "__n__" => Some(("integer", "12")),
            "__s__" => Some(("string", "12")),
            "__on__" => Some(("bool", "true")),
            "__ip__" => Some(("ipv4-addr", "10.1.2.3")),
            "__f__" => Some(("float", "0.5")),
            _ => None,
        };
        Condition::parse(text).unwrap().holds(&value_of)
    }

    #[test]
    fn variables_are_compared_in_their_types() {
        for text in [
            "__n__:value > 9",
            "__s__:value = '12'",
            "__s__:value == '12'",
            "__on__:value = true",
            "__ip__:value ISSUBSET '10.0.0.0/8'",
            "__f__:value < 1 AND __n__:value = 12",
            "[__n__:value = 1] OR [__s__:value LIKE '1%']",
            "NOT EXISTS __none__:value",
            "__none__:value = 'x' OR __n__:value IN (11, 12)",
            " [ __s__:value MATCHES '^1.$' ] ",
        ] {
            assert_eq!(holds(text), Ok(true), "{text}");
        }
        for text in ["__s__:value > 9", "__n__:value = '12'", "__none__:value = 'x' AND __n__:value = 1"] {
            assert_eq!(holds(text), Ok(false), "{text}");
        }
    }

    #[test]
    fn what_has_no_value_is_named() {
        let unknown = holds("__none__:value = 'x' AND __n__:value = 12 AND __other__:value NOT = 'y'");
        assert_eq!(unknown, Err(Undecided::NoValue(vec!["__none__".into(), "__other__".into()])));
    }

    #[test]
    fn what_is_no_condition_is_refused_with_a_reason() {
        let refused = |text: &str| Condition::parse(text).unwrap_err().to_string();
        assert!(
            refused("ipv4-addr:value = '1.2.3.4'")
                .contains("ipv4-addr:value: a condition compares variables")
        );
        assert!(refused("__a__:size = 1").contains("written __name__:value"));
        assert!(refused("[__a__:value = 1] FOLLOWEDBY [__b__:value = 1]").contains("FOLLOWEDBY"));
        assert!(refused("__a__:value = ").contains("byte 13: found the end"));
        assert!(refused("").contains("byte"));
        assert!(refused(&"(".repeat(100)).contains("byte"));
    }
}
