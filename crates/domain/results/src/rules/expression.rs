//! The rule language: `sum == sum` or `sum <= sum`.
//!
//! ```text
//! rule    = sum ("==" | "<=") sum
//! sum     = term *("+" term)
//! term    = name ["?"] | "sum(contestants)" ["?"] | number
//! name    = a field name (lower case letters, digits, "_")
//! ```
//! A missing number makes the rule untestable for that row; `?` says that missing counts as 0.
//! `sum(contestants)` adds the stated votes and is missing when no contestant has any.

use crate::field;
use crate::model::{Column, MAX_VALUE, RowView, Table};

/// Terms on both sides together.
pub const MAX_TERMS: usize = 64;
/// Bytes of one rule.
pub const MAX_RULE: usize = 2_000;

/// How two sides must relate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// `==`
    Equal,
    /// `<=`
    AtMost,
}

impl Relation {
    /// Whether two numbers stand in this relation.
    pub fn holds(self, left: u64, right: u64) -> bool {
        match self {
            Self::Equal => left == right,
            Self::AtMost => left <= right,
        }
    }

    /// As it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Equal => "==",
            Self::AtMost => "<=",
        }
    }
}

/// What is added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operand {
    /// A line of the tally sheet.
    Field(String),
    /// The stated votes of all contestants.
    Contestants,
    /// A number.
    Number(u64),
}

/// One addend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// What is added.
    pub operand: Operand,
    /// Whether missing counts as 0.
    pub missing_is_zero: bool,
}

/// A parsed rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expression {
    /// Left side.
    pub left: Vec<Term>,
    /// The relation that must hold.
    pub relation: Relation,
    /// Right side.
    pub right: Vec<Term>,
}

/// Where and why a rule cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("at character {offset}: {what}")]
pub struct SyntaxError {
    /// Characters before the place.
    pub offset: usize,
    /// What is wrong, in words.
    pub what: String,
}

impl Expression {
    /// Reads a rule.
    pub fn parse(text: &str) -> Result<Self, SyntaxError> {
        if text.len() > MAX_RULE {
            return Err(SyntaxError { offset: 0, what: format!("longer than {MAX_RULE} bytes") });
        }
        let mut parser = Parser { letters: text.chars().collect(), at: 0, terms: 0 };
        let left = parser.sum()?;
        let relation = parser.relation()?;
        let right = parser.sum()?;
        parser.skip_spaces();
        match parser.peek() {
            None => Ok(Self { left, relation, right }),
            Some(letter) => parser.fail(format!("{letter:?} is too much here")),
        }
    }

    /// Looks the columns up. `Err` names the first field that the table does not have (fields
    /// marked `?` may be absent, but not all fields of a side).
    pub fn bind<'a>(&'a self, table: &Table) -> Result<Bound<'a>, &'a str> {
        Ok(Bound {
            left: bind(&self.left, table)?,
            relation: self.relation,
            right: bind(&self.right, table)?,
            of: self,
        })
    }
}

impl std::fmt::Display for Expression {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write_sum(f, &self.left)?;
        write!(f, " {} ", self.relation.as_str())?;
        write_sum(f, &self.right)
    }
}

fn write_sum(f: &mut std::fmt::Formatter<'_>, terms: &[Term]) -> std::fmt::Result {
    for (index, term) in terms.iter().enumerate() {
        if index > 0 {
            f.write_str(" + ")?;
        }
        match &term.operand {
            Operand::Field(name) => f.write_str(name)?,
            Operand::Contestants => f.write_str("sum(contestants)")?,
            Operand::Number(number) => write!(f, "{number}")?,
        }
        if term.missing_is_zero {
            f.write_str("?")?;
        }
    }
    Ok(())
}

/// A rule with its columns looked up in one table.
#[derive(Debug)]
pub struct Bound<'a> {
    left: Vec<Addend>,
    relation: Relation,
    right: Vec<Addend>,
    /// The rule.
    pub of: &'a Expression,
}

#[derive(Debug)]
enum Addend {
    Cell(Column, bool),
    Contestants(bool),
    Number(u64),
}

/// A rule applied to a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// A number that the rule needs is missing.
    Untestable,
    /// It holds.
    Holds,
    /// It does not hold: left side, right side.
    Departs(u64, u64),
}

impl Bound<'_> {
    /// Applies the rule to a row of the table it was bound to.
    pub fn apply(&self, row: &RowView<'_>) -> Outcome {
        match (add(&self.left, row), add(&self.right, row)) {
            (Some(left), Some(right)) if self.relation.holds(left, right) => Outcome::Holds,
            (Some(left), Some(right)) => Outcome::Departs(left, right),
            _ => Outcome::Untestable,
        }
    }
}

fn bind<'a>(terms: &'a [Term], table: &Table) -> Result<Vec<Addend>, &'a str> {
    let mut addends = Vec::with_capacity(terms.len());
    let mut absent = None;
    for term in terms {
        match &term.operand {
            Operand::Number(number) => addends.push(Addend::Number(*number)),
            Operand::Contestants => addends.push(Addend::Contestants(term.missing_is_zero)),
            Operand::Field(name) => match table.field_index(name) {
                Some(index) => addends.push(Addend::Cell(Column::Field(index), term.missing_is_zero)),
                None if term.missing_is_zero => {
                    absent.get_or_insert(name.as_str());
                }
                None => return Err(name),
            },
        }
    }
    // A side of which the table has nothing at all would read as 0: the rule cannot be applied.
    match absent {
        Some(name) if addends.is_empty() => Err(name),
        _ => Ok(addends),
    }
}

fn add(addends: &[Addend], row: &RowView<'_>) -> Option<u64> {
    let mut sum = 0u64;
    for addend in addends {
        let (value, missing_is_zero) = match addend {
            Addend::Number(number) => (Some(*number), false),
            Addend::Contestants(zero) => (row.votes_sum(), *zero),
            Addend::Cell(column, zero) => (row.value(*column), *zero),
        };
        sum += match value {
            Some(value) => value,
            None if missing_is_zero => 0,
            None => return None,
        };
    }
    Some(sum)
}

struct Parser {
    letters: Vec<char>,
    at: usize,
    terms: usize,
}

impl Parser {
    fn sum(&mut self) -> Result<Vec<Term>, SyntaxError> {
        let mut terms = vec![self.term()?];
        loop {
            self.skip_spaces();
            if self.peek() != Some('+') {
                return Ok(terms);
            }
            self.at += 1;
            terms.push(self.term()?);
        }
    }

    fn term(&mut self) -> Result<Term, SyntaxError> {
        self.skip_spaces();
        self.terms += 1;
        if self.terms > MAX_TERMS {
            return self.fail(format!("more than {MAX_TERMS} terms"));
        }
        let start = self.at;
        let word: String =
            self.letters[start..].iter().take_while(|c| c.is_ascii_alphanumeric() || **c == '_').collect();
        self.at += word.len();
        let operand = if word.starts_with(|c: char| c.is_ascii_digit()) {
            match word.parse::<u64>() {
                Ok(number) if number <= MAX_VALUE => {
                    return Ok(Term { operand: Operand::Number(number), missing_is_zero: false });
                }
                _ => return self.fail_at(start, format!("{word:?} is not a number up to {MAX_VALUE}")),
            }
        } else if word == "sum" {
            self.word("(")?;
            self.word("contestants")?;
            self.word(")")?;
            Operand::Contestants
        } else if field::is_name(&word) {
            Operand::Field(word)
        } else {
            return self.fail_at(start, "a field name, a number or sum(contestants) belongs here".to_owned());
        };
        let missing_is_zero = self.peek() == Some('?');
        self.at += usize::from(missing_is_zero);
        Ok(Term { operand, missing_is_zero })
    }

    fn relation(&mut self) -> Result<Relation, SyntaxError> {
        self.skip_spaces();
        let pair: String = self.letters[self.at..].iter().take(2).collect();
        let relation = match pair.as_str() {
            "==" => Relation::Equal,
            "<=" => Relation::AtMost,
            _ => return self.fail("== or <= belongs here".to_owned()),
        };
        self.at += 2;
        Ok(relation)
    }

    fn word(&mut self, expected: &str) -> Result<(), SyntaxError> {
        self.skip_spaces();
        for letter in expected.chars() {
            if self.peek() != Some(letter) {
                return self.fail(format!("{expected:?} belongs here"));
            }
            self.at += 1;
        }
        Ok(())
    }

    fn peek(&self) -> Option<char> {
        self.letters.get(self.at).copied()
    }

    fn skip_spaces(&mut self) {
        while self.peek() == Some(' ') {
            self.at += 1;
        }
    }

    fn fail<T>(&self, what: String) -> Result<T, SyntaxError> {
        self.fail_at(self.at, what)
    }

    fn fail_at<T>(&self, offset: usize, what: String) -> Result<T, SyntaxError> {
        Err(SyntaxError { offset, what })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Contestant, NewRow, RowKind, SourceInfo};

    #[test]
    fn a_rule_reads_back_as_it_is_written() {
        for text in [
            "ballots_received == ballots_unused + ballots_issued",
            "ballots_cast <= ballots_issued + ballots_from_envelopes?",
            "votes_valid == sum(contestants)",
            "sum(contestants)? <= 3 + x_1?",
        ] {
            assert_eq!(Expression::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_is_not_a_rule_is_refused_with_its_place() {
        for (text, offset) in [
            ("", 0),
            ("a", 1),
            ("a = b", 2),
            ("a >= b", 2),
            ("a == ", 5),
            ("a == b c", 7),
            ("a + == b", 4),
            ("a == sum(votes)", 9),
            ("a == -1", 5),
            ("A == b", 0),
            ("a == 4294967295", 5),
            ("a == b\n", 6),
            ("é == b", 0),
            ("a == 1?", 6),
        ] {
            assert_eq!(Expression::parse(text).unwrap_err().offset, offset, "{text:?}");
        }
        let long = vec!["a"; MAX_TERMS].join(" + ") + " == b";
        assert!(Expression::parse(&long).unwrap_err().what.contains("terms"));
        assert!(Expression::parse(&"a".repeat(MAX_RULE + 1)).is_err());
    }

    #[test]
    fn missing_makes_a_rule_untestable_unless_marked() {
        let mut table = Table::new(SourceInfo::default(), "c");
        let cast = table.add_field("cast").unwrap();
        table.add_field("envelopes").unwrap();
        let ann =
            table.add_contestant(Contestant { id: "ann".into(), name: "Ann".into(), group: None }).unwrap();
        table
            .push_row(&NewRow { kind: RowKind::Unit, unit: "1", name: "", parents: &[], part: None, line: 1 })
            .unwrap();
        table.set(0, cast, Some(5)).unwrap();
        let apply = |table: &Table, text: &str| {
            let rule = Expression::parse(text).unwrap();
            rule.bind(table).unwrap().apply(&table.row(0).unwrap())
        };
        assert_eq!(apply(&table, "cast == envelopes + 5"), Outcome::Untestable);
        assert_eq!(apply(&table, "cast == envelopes? + 5"), Outcome::Holds);
        assert_eq!(apply(&table, "cast == absent? + 4"), Outcome::Departs(5, 4));
        assert_eq!(apply(&table, "cast == sum(contestants)"), Outcome::Untestable);
        table.set(0, ann, Some(6)).unwrap();
        assert_eq!(apply(&table, "sum(contestants) <= cast"), Outcome::Departs(6, 5));
        assert_eq!(Expression::parse("cast == absent").unwrap().bind(&table).unwrap_err(), "absent");
        let nothing = Expression::parse("cast == absent? + other?").unwrap();
        assert_eq!(nothing.bind(&table).unwrap_err(), "absent", "a side of nothing is not 0");
    }
}
