//! The outline of YARA's rules: `rule name : tags { meta: … strings: … condition: … }`.

use super::{Fault, OtherError};

/// What matters of a rule's text.
#[derive(Debug, PartialEq)]
enum Part<'a> {
    Word(&'a str),
    Sign(char),
    /// A string or regular expression.
    Text,
}

pub(super) fn check(text: &str) -> Result<(), OtherError> {
    let mut reader = Reader { text, at: 0, last: None };
    let mut open: Vec<(char, usize)> = Vec::new();
    let mut outline = Outline { rule: None, rules: 0, has_condition: false, condition: false };
    while let Some((part, offset)) = reader.next()? {
        let wrong = |fault| OtherError { offset, fault };
        match part {
            Part::Sign(bracket @ ('{' | '(' | '[')) => open.push((bracket, offset)),
            Part::Sign(bracket @ ('}' | ')' | ']')) => {
                let partner = match bracket {
                    '}' => '{',
                    ')' => '(',
                    _ => '[',
                };
                if open.pop().map(|(bracket, _)| bracket) != Some(partner) {
                    return Err(wrong(Fault::Bracket));
                }
            }
            _ => {}
        }
        outline.see(&part, offset, open.len()).map_err(|(offset, fault)| OtherError { offset, fault })?;
    }
    if let Some((_, offset)) = open.pop() {
        return Err(OtherError { offset, fault: Fault::Bracket });
    }
    match outline.rule {
        Some(offset) => Err(OtherError { offset, fault: Fault::NoRule }),
        None if outline.rules > 0 => Ok(()),
        None => Err(OtherError { offset: 0, fault: Fault::NoRule }),
    }
}

/// How far a rule has come.
struct Outline {
    /// Where `rule` stands, until the rule is closed.
    rule: Option<usize>,
    rules: usize,
    has_condition: bool,
    /// The word `condition` was just read.
    condition: bool,
}

impl Outline {
    /// `depth` counts the brackets that are open behind the part.
    fn see(&mut self, part: &Part<'_>, offset: usize, depth: usize) -> Result<(), (usize, Fault)> {
        let was_condition = std::mem::replace(&mut self.condition, false);
        match part {
            Part::Word("rule") if depth == 0 && self.rule.is_none() => self.rule = Some(offset),
            Part::Word("condition") if depth == 1 => self.condition = true,
            Part::Sign(':') if was_condition => self.has_condition = true,
            Part::Sign('{') if depth == 1 && self.rule.is_none() => return Err((offset, Fault::NoRule)),
            Part::Sign('}') if depth == 0 => {
                if !std::mem::replace(&mut self.has_condition, false) {
                    return Err((self.rule.unwrap_or(offset), Fault::NoCondition));
                }
                self.rule = None;
                self.rules += 1;
            }
            _ => {}
        }
        Ok(())
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    /// The sign or word before: a slash behind `=`, `(` or `matches` begins a regular expression.
    last: Option<&'a str>,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Result<Option<(Part<'a>, usize)>, OtherError> {
        self.skip()?;
        let start = self.at;
        let rest = &self.text[start..];
        let Some(letter) = rest.chars().next() else { return Ok(None) };
        let length;
        let part = if letter.is_alphanumeric() || letter == '_' {
            let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
            length = rest.find(|letter| !is_part(letter)).unwrap_or(rest.len());
            Part::Word(&rest[..length])
        } else if letter == '"' || letter == '/' && self.may_be_expression() {
            length = self.quoted(letter)?;
            Part::Text
        } else {
            length = letter.len_utf8();
            Part::Sign(letter)
        };
        self.at += length;
        self.last = Some(&self.text[start..self.at]);
        Ok(Some((part, start)))
    }

    fn may_be_expression(&self) -> bool {
        matches!(self.last, Some("=" | "(" | "," | "matches"))
    }

    /// Bytes from a quote or slash to the next that is not escaped, which stands on the same line.
    fn quoted(&self, quote: char) -> Result<usize, OtherError> {
        let mut is_escaped = false;
        for (at, letter) in self.text[self.at..].char_indices().skip(1) {
            match letter {
                '\n' => break,
                _ if is_escaped => is_escaped = false,
                '\\' => is_escaped = true,
                _ if letter == quote => return Ok(at + 1),
                _ => {}
            }
        }
        Err(OtherError { offset: self.at, fault: Fault::Unclosed })
    }

    fn skip(&mut self) -> Result<(), OtherError> {
        loop {
            let rest = &self.text[self.at..];
            let trimmed = rest.trim_start();
            self.at += rest.len() - trimmed.len();
            self.at += if trimmed.starts_with("//") {
                trimmed.find('\n').unwrap_or(trimmed.len())
            } else if let Some(comment) = trimmed.strip_prefix("/*") {
                let end = comment.find("*/");
                end.ok_or(OtherError { offset: self.at, fault: Fault::Unclosed })? + 4
            } else {
                return Ok(());
            };
        }
    }
}
