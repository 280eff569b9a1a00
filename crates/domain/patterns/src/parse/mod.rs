//! From text to tree: observation expressions (STIX 2.1 §9.5). What stands in brackets is read in [`comparison`].

mod comparison;

use crate::ast::{ObservationExpression, Qualifier};
use crate::error::{Departure, ErrorCode, PatternError, Rule};
use crate::limits::Limits;
use crate::moment::Moment;
use crate::pattern::Reading;
use crate::token::{Lexer, Token};

/// The largest whole number of STIX (§2.10): 2^53 - 1.
const LARGEST: u64 = (1 << 53) - 1;

/// Reads a whole pattern.
pub(crate) fn parse(
    text: &str,
    reading: Reading,
    limits: &Limits,
) -> Result<(ObservationExpression, Vec<Departure>), PatternError> {
    let mut lexer = Lexer::new(text, reading);
    if text.len() > limits.bytes {
        return Err(lexer.wrong(limits_end(text, limits.bytes), ErrorCode::TooLarge, "a shorter pattern"));
    }
    let (token, start) = lexer.next()?;
    let mut parser =
        Parser { lexer, token, start, limits, depth: 0, comparisons: 0, observations: 0, constants: 0 };
    let expression = parser.followed_by()?;
    if parser.token != Token::End {
        return Err(parser.unexpected("AND, OR, FOLLOWEDBY, a qualifier or the end"));
    }
    let mut departures = parser.lexer.departures;
    departures.sort_unstable();
    Ok((expression, departures))
}

/// The last place within the limit where a character begins.
fn limits_end(text: &str, limit: usize) -> usize {
    (0..=limit).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// One token ahead. Parentheses alone make it call itself, and their depth is limited.
struct Parser<'a> {
    lexer: Lexer<'a>,
    token: Token<'a>,
    start: usize,
    limits: &'a Limits,
    depth: usize,
    comparisons: usize,
    observations: usize,
    constants: usize,
}

impl<'a> Parser<'a> {
    fn advance(&mut self) -> Result<Token<'a>, PatternError> {
        let (token, start) = self.lexer.next()?;
        self.start = start;
        Ok(std::mem::replace(&mut self.token, token))
    }

    fn unexpected(&self, expected: &'static str) -> PatternError {
        self.lexer.wrong(self.start, ErrorCode::Syntax, expected)
    }

    fn at_word(&self, word: &str) -> bool {
        matches!(self.token, Token::Word(found) if found == word)
    }

    fn at_sign(&self, sign: &str) -> bool {
        matches!(self.token, Token::Sign(found) if found == sign)
    }

    /// Steps over a keyword if it stands here.
    fn take_word(&mut self, word: &str) -> Result<bool, PatternError> {
        let is_here = self.at_word(word);
        if is_here {
            self.advance()?;
        }
        Ok(is_here)
    }

    fn expect_word(&mut self, word: &'static str) -> Result<(), PatternError> {
        if self.take_word(word)? { Ok(()) } else { Err(self.unexpected(word)) }
    }

    fn expect_sign(&mut self, sign: &str, expected: &'static str) -> Result<(), PatternError> {
        if !self.at_sign(sign) {
            return Err(self.unexpected(expected));
        }
        self.advance().map(|_| ())
    }

    /// Counts one more of something that is limited.
    fn count(
        &self,
        counted: impl FnOnce(&Limits) -> usize,
        now: usize,
        expected: &'static str,
    ) -> Result<usize, PatternError> {
        if now >= counted(self.limits) {
            return Err(self.lexer.wrong(self.start, ErrorCode::TooLarge, expected));
        }
        Ok(now + 1)
    }

    /// What stands in parentheses; the opening one is the token here.
    fn parenthesised<T>(
        &mut self,
        inner: impl FnOnce(&mut Self) -> Result<T, PatternError>,
        expected: &'static str,
    ) -> Result<T, PatternError> {
        self.depth = self.count(|limits| limits.depth, self.depth, "fewer parentheses within each other")?;
        self.advance()?;
        let inner = inner(self)?;
        self.expect_sign(")", expected)?;
        self.depth -= 1;
        Ok(inner)
    }

    fn followed_by(&mut self) -> Result<ObservationExpression, PatternError> {
        self.chain("FOLLOWEDBY", Self::or, ObservationExpression::FollowedBy, |chain, part| match part {
            ObservationExpression::FollowedBy(parts) => chain.extend(parts),
            other => chain.push(other),
        })
    }

    fn or(&mut self) -> Result<ObservationExpression, PatternError> {
        self.chain("OR", Self::and, ObservationExpression::Or, |chain, part| match part {
            ObservationExpression::Or(parts) => chain.extend(parts),
            other => chain.push(other),
        })
    }

    fn and(&mut self) -> Result<ObservationExpression, PatternError> {
        self.chain("AND", Self::qualified, ObservationExpression::And, |chain, part| match part {
            ObservationExpression::And(parts) => chain.extend(parts),
            other => chain.push(other),
        })
    }

    /// Operands of one operator; those that are themselves chains of it (in parentheses) become part of the chain.
    fn chain<T>(
        &mut self,
        operator: &str,
        mut operand: impl FnMut(&mut Self) -> Result<T, PatternError>,
        whole: impl FnOnce(Vec<T>) -> T,
        add: impl Fn(&mut Vec<T>, T),
    ) -> Result<T, PatternError> {
        let first = operand(self)?;
        if !self.at_word(operator) {
            return Ok(first);
        }
        let mut chain = Vec::new();
        add(&mut chain, first);
        while self.take_word(operator)? {
            add(&mut chain, operand(self)?);
        }
        Ok(whole(chain))
    }

    fn qualified(&mut self) -> Result<ObservationExpression, PatternError> {
        let expression = if self.at_sign("(") {
            self.parenthesised(Self::followed_by, "AND, OR, FOLLOWEDBY, a qualifier or )")?
        } else if self.at_sign("[") {
            self.observations =
                self.count(|limits| limits.observations, self.observations, "fewer observations")?;
            self.advance()?;
            let comparison = self.comparison()?;
            self.expect_sign("]", "AND, OR or ]")?;
            ObservationExpression::Single(comparison)
        } else {
            return Err(self.unexpected("[ or ("));
        };
        let qualifiers = self.qualifiers()?;
        if qualifiers.is_empty() {
            return Ok(expression);
        }
        Ok(ObservationExpression::Qualified(Box::new(expression), qualifiers))
    }

    fn qualifiers(&mut self) -> Result<Vec<Qualifier>, PatternError> {
        let mut qualifiers: Vec<Qualifier> = Vec::new();
        loop {
            let start = self.start;
            let qualifier = if self.take_word("WITHIN")? {
                let window = self.window()?;
                self.expect_word("SECONDS")?;
                Qualifier::Within(window)
            } else if self.take_word("REPEATS")? {
                let times = self.times()?;
                self.expect_word("TIMES")?;
                Qualifier::Repeats(times)
            } else if self.take_word("START")? {
                self.interval()?
            } else {
                return Ok(qualifiers);
            };
            let kind = std::mem::discriminant(&qualifier);
            if qualifiers.iter().any(|earlier| std::mem::discriminant(earlier) == kind) {
                self.lexer.depart(start, Rule::RepeatedQualifier)?;
            }
            // Under the grammar alone there may be any number: each counts as an observation does.
            if qualifiers.len() > self.limits.observations {
                return Err(self.lexer.wrong(start, ErrorCode::TooLarge, "fewer qualifiers"));
            }
            qualifiers.push(qualifier);
        }
    }

    /// `START t'…' STOP t'…'` behind the word START.
    fn interval(&mut self) -> Result<Qualifier, PatternError> {
        let from = self.moment()?;
        self.expect_word("STOP")?;
        let stop = self.start;
        let to = self.moment()?;
        if to <= from {
            self.lexer.depart(stop, Rule::EmptyInterval)?;
        }
        Ok(Qualifier::StartStop(from, to))
    }

    fn moment(&mut self) -> Result<Moment, PatternError> {
        let Token::Timestamp(moment) = self.token else { return Err(self.unexpected("a timestamp t'…'")) };
        self.advance()?;
        Ok(moment)
    }

    fn times(&mut self) -> Result<u64, PatternError> {
        const EXPECTED: &str = "a whole number greater than zero";
        let Token::Number(digits) = self.token else { return Err(self.unexpected(EXPECTED)) };
        let wrong = |code| self.lexer.wrong(self.start, code, EXPECTED);
        let is_whole = digits.bytes().all(|byte| byte.is_ascii_digit());
        let times: u64 = match digits.parse() {
            Ok(0) => return Err(wrong(ErrorCode::Positive)),
            Ok(times) if is_whole => times,
            Err(_) if is_whole => u64::MAX,
            _ if digits.starts_with('-') => return Err(wrong(ErrorCode::Positive)),
            _ => return Err(wrong(ErrorCode::Number)),
        };
        if times > self.limits.repeats {
            return Err(self.lexer.wrong(self.start, ErrorCode::TooLarge, "fewer times"));
        }
        self.advance()?;
        Ok(times)
    }

    /// Seconds in nanoseconds; a rest below a nanosecond counts as one, so that a window is never empty.
    fn window(&mut self) -> Result<u128, PatternError> {
        const EXPECTED: &str = "a number greater than zero";
        let Token::Number(digits) = self.token else { return Err(self.unexpected(EXPECTED)) };
        let wrong = |code, expected| self.lexer.wrong(self.start, code, expected);
        if digits.starts_with('-') {
            return Err(wrong(ErrorCode::Positive, EXPECTED));
        }
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let seconds: u64 = if whole.is_empty() { Some(0) } else { whole.parse().ok() }
            .filter(|seconds| *seconds <= LARGEST)
            .ok_or_else(|| wrong(ErrorCode::Number, "at most 9007199254740991 seconds"))?;
        let (nano, beyond) = fraction.split_at(fraction.len().min(9));
        let padded = nano.bytes().chain(std::iter::repeat(b'0')).take(9);
        let nanoseconds = padded.fold(0_u128, |sum, digit| sum * 10 + u128::from(digit - b'0'));
        let rest = u128::from(beyond.bytes().any(|digit| digit != b'0'));
        let window = u128::from(seconds) * 1_000_000_000 + nanoseconds + rest;
        if window == 0 {
            return Err(wrong(ErrorCode::Positive, EXPECTED));
        }
        self.advance()?;
        Ok(window)
    }
}
