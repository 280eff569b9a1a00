//! What stands in brackets: comparison expressions (STIX 2.1 §9.6) and object paths (§9.7).

use super::{LARGEST, Parser};
use crate::ast::{ComparisonExpression, Constant, ObjectPath, Operator, PropertyTest, Step};
use crate::error::{ErrorCode, PatternError, Rule};
use crate::like::Like;
use crate::network::Network;
use crate::regexp::Regexp;
use crate::token::{Token, is_reserved};
use std::collections::BTreeSet;

impl<'a> Parser<'a> {
    /// OR of ANDs.
    pub(super) fn comparison(&mut self) -> Result<ComparisonExpression, PatternError> {
        self.chain("OR", Self::comparison_and, ComparisonExpression::Or, |chain, part| match part {
            ComparisonExpression::Or(parts) => chain.extend(parts),
            other => chain.push(other),
        })
    }

    fn comparison_and(&mut self) -> Result<ComparisonExpression, PatternError> {
        let mut starts = Vec::new();
        let operand = |parser: &mut Self| {
            starts.push(parser.start);
            parser.property_test()
        };
        let chain = self.chain("AND", operand, ComparisonExpression::And, |chain, part| match part {
            ComparisonExpression::And(parts) => chain.extend(parts),
            other => chain.push(other),
        })?;
        if let ComparisonExpression::And(parts) = &chain
            && let Some(at) = foreign(parts)
        {
            // Operands in parentheses may have become several parts of the chain.
            let at = if starts.len() == parts.len() { at } else { 1 };
            self.lexer.depart(starts.get(at).copied().unwrap_or_default(), Rule::MixedTypes)?;
        }
        Ok(chain)
    }

    fn property_test(&mut self) -> Result<ComparisonExpression, PatternError> {
        if self.at_sign("(") {
            return self.parenthesised(Self::comparison, "AND, OR or )");
        }
        self.comparisons = self.count(|limits| limits.comparisons, self.comparisons, "fewer comparisons")?;
        let negated = self.take_word("NOT")?;
        let test = if self.take_word("EXISTS")? {
            PropertyTest { path: self.path()?, negated, operator: Operator::Exists }
        } else if negated {
            return Err(self.unexpected("EXISTS"));
        } else {
            let path = self.path()?;
            let negated = self.take_word("NOT")?;
            let expected = if negated { "a comparison operator" } else { "NOT or a comparison operator" };
            PropertyTest { path, negated, operator: self.operator(expected)? }
        };
        Ok(ComparisonExpression::Test(test))
    }

    fn operator(&mut self, expected: &'static str) -> Result<Operator, PatternError> {
        let operator = match self.token {
            Token::Sign(sign @ ("=" | "==" | "!=" | "<>" | "<" | "<=" | ">" | ">=")) => sign,
            Token::Word(word @ ("IN" | "LIKE" | "MATCHES" | "ISSUBSET" | "ISSUPERSET")) => word,
            _ => return Err(self.unexpected(expected)),
        };
        self.advance()?;
        Ok(match operator {
            "=" | "==" => Operator::Equal(self.constant()?),
            "!=" | "<>" => Operator::NotEqual(self.constant()?),
            "<" => Operator::Less(self.orderable()?),
            "<=" => Operator::LessOrEqual(self.orderable()?),
            ">" => Operator::Greater(self.orderable()?),
            ">=" => Operator::GreaterOrEqual(self.orderable()?),
            "IN" => Operator::In(self.set()?),
            "LIKE" => Operator::Like(Like::new(&self.string()?)),
            "MATCHES" => Operator::Matches(Regexp::new(&self.string()?, self.limits.regex_bytes)),
            "ISSUBSET" => Operator::IsSubset(self.network()?),
            _ => Operator::IsSuperset(self.network()?),
        })
    }

    fn string(&mut self) -> Result<String, PatternError> {
        if !matches!(self.token, Token::Text(_)) {
            return Err(self.unexpected("a string '…'"));
        }
        match self.advance()? {
            Token::Text(text) => Ok(text.into_owned()),
            _ => Ok(String::new()),
        }
    }

    fn network(&mut self) -> Result<Network, PatternError> {
        let start = self.start;
        let text = self.string()?;
        Network::parse(&text).ok_or_else(|| {
            self.lexer.wrong(
                start,
                ErrorCode::Network,
                "an IPv4 or IPv6 address or CIDR network in apostrophes",
            )
        })
    }

    fn orderable(&mut self) -> Result<Constant, PatternError> {
        if self.at_word("true") || self.at_word("false") {
            return Err(self.unexpected("a string, number, timestamp, hex or binary constant"));
        }
        self.constant()
    }

    fn constant(&mut self) -> Result<Constant, PatternError> {
        let constant = match &self.token {
            Token::Number(digits) => self.number(digits)?,
            Token::Word("true") => Constant::Boolean(true),
            Token::Word("false") => Constant::Boolean(false),
            Token::Timestamp(moment) => Constant::Timestamp(*moment),
            Token::Text(_) | Token::Hex(_) | Token::Binary(_) => {
                return Ok(match self.advance()? {
                    Token::Text(text) => Constant::Text(text.into()),
                    Token::Hex(bytes) => Constant::Hex(bytes),
                    Token::Binary(bytes) => Constant::Binary(bytes),
                    _ => return Err(self.unexpected("a constant")),
                });
            }
            _ => return Err(self.unexpected("a constant")),
        };
        self.advance()?;
        Ok(constant)
    }

    fn number(&self, digits: &str) -> Result<Constant, PatternError> {
        if digits.contains('.') {
            let number: Option<f64> = digits.parse().ok().filter(|number: &f64| number.is_finite());
            return number
                .map(Constant::Float)
                .ok_or_else(|| self.lexer.wrong(self.start, ErrorCode::Number, "a double-precision number"));
        }
        let number = digits.parse().ok().filter(|number: &i64| number.unsigned_abs() <= LARGEST);
        number.map(Constant::Integer).ok_or_else(|| {
            self.lexer.wrong(
                self.start,
                ErrorCode::Number,
                "a number from -9007199254740991 to 9007199254740991",
            )
        })
    }

    fn set(&mut self) -> Result<Vec<Constant>, PatternError> {
        self.expect_sign("(", "( and constants")?;
        let mut constants: Vec<Constant> = Vec::new();
        if !self.at_sign(")") {
            loop {
                let start = self.start;
                self.constants = self.count(|limits| limits.constants, self.constants, "fewer constants")?;
                let constant = self.constant()?;
                if constants.first().is_some_and(|first| kind(first) != kind(&constant)) {
                    return Err(self.lexer.wrong(
                        start,
                        ErrorCode::Set,
                        "a constant of the same type as the first",
                    ));
                }
                constants.push(constant);
                if !self.at_sign(",") {
                    break;
                }
                self.advance()?;
            }
        }
        self.expect_sign(")", if constants.is_empty() { "a constant or )" } else { ", or )" })?;
        Ok(constants)
    }

    fn path(&mut self) -> Result<ObjectPath, PatternError> {
        let Token::Word(object_type) = self.token else { return Err(self.unexpected("an object type")) };
        if is_reserved(object_type) {
            return Err(self.unexpected("an object type"));
        }
        self.advance()?;
        self.expect_sign(":", ":")?;
        let mut steps = vec![self.key()?];
        loop {
            if self.at_sign(".") {
                self.advance()?;
                steps.push(self.key()?);
            } else if self.at_sign("[") {
                self.advance()?;
                steps.push(self.index()?);
                self.expect_sign("]", "]")?;
            } else {
                return Ok(ObjectPath { object_type: object_type.into(), steps });
            }
            if steps.len() > self.limits.path {
                return Err(self.lexer.wrong(self.start, ErrorCode::TooLarge, "a shorter object path"));
            }
        }
    }

    fn key(&mut self) -> Result<Step, PatternError> {
        const EXPECTED: &str =
            "a property name, in apostrophes where it has other characters than A-Z, a-z, 0-9 and _";
        let key = match &self.token {
            Token::Word(word) if !is_reserved(word) && !word.contains('-') => (*word).into(),
            Token::Text(text) => text.as_ref().into(),
            _ => return Err(self.unexpected(EXPECTED)),
        };
        self.advance()?;
        Ok(Step::Key(key))
    }

    fn index(&mut self) -> Result<Step, PatternError> {
        const EXPECTED: &str = "* or a number from 0";
        let step = match self.token {
            Token::Sign("*") => Step::Any,
            Token::Number(digits) if !digits.contains('.') => match self.number(digits)? {
                Constant::Integer(index) => {
                    if digits.starts_with('-') {
                        self.lexer.depart(self.start, Rule::NegativeIndex)?;
                    }
                    Step::Index(index)
                }
                _ => return Err(self.unexpected(EXPECTED)),
            },
            _ => return Err(self.unexpected(EXPECTED)),
        };
        self.advance()?;
        Ok(step)
    }
}

/// Constants of one kind may stand in one set: whole and broken numbers are one, hex and binary are one.
fn kind(constant: &Constant) -> u8 {
    match constant {
        Constant::Text(_) => 0,
        Constant::Integer(_) | Constant::Float(_) => 1,
        Constant::Boolean(_) => 2,
        Constant::Timestamp(_) => 3,
        Constant::Hex(_) | Constant::Binary(_) => 4,
    }
}

/// The first part that no object can satisfy together with those before it.
fn foreign(parts: &[ComparisonExpression]) -> Option<usize> {
    let mut common = types(parts.first()?);
    for (at, part) in parts.iter().enumerate().skip(1) {
        if let (ComparisonExpression::Test(test), 1) = (part, common.len())
            && common.contains(&*test.path.object_type)
        {
            continue;
        }
        let own = types(part);
        common.retain(|object_type| own.contains(object_type));
        if common.is_empty() {
            return Some(at);
        }
    }
    None
}

/// Types of the objects that could satisfy an expression.
fn types(expression: &ComparisonExpression) -> BTreeSet<&str> {
    match expression {
        ComparisonExpression::Test(test) => BTreeSet::from([&*test.path.object_type]),
        ComparisonExpression::Or(parts) => parts.iter().flat_map(types).collect(),
        ComparisonExpression::And(parts) => {
            let mut common = parts.first().map(types).unwrap_or_default();
            for part in parts.iter().skip(1) {
                let own = types(part);
                common.retain(|object_type| own.contains(object_type));
            }
            common
        }
    }
}
