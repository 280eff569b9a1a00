//! From PCRE's syntax to that of the `regex` crate.
//!
//! Most of it is the same. What both have with another meaning (`[a&&b]`, `\<`, `\v`, possessive quantifiers, `(?R)`)
//! is translated or refused here, so that no expression quietly means something else. Only whether there is a match is
//! asked, so groups capture nothing and laziness is dropped.

use super::class;
use crate::error::Unsupported;
use std::fmt::Write as _;

/// What the expression is run on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Alphabet {
    /// Characters of a text.
    Letters,
    /// Octets of binary data, without Unicode.
    Octets,
}

/// An expression for the engine.
#[derive(Debug)]
pub(super) struct Translated {
    pub(super) text: String,
    /// `$` stands in it, and `\z` does not.
    pub(super) before_last_newline: bool,
    /// No character beyond U+00FF is asked for.
    pub(super) has_byte_for_all: bool,
    /// A text that every match contains, in small or large letters if `ignores_case`.
    pub(super) literal: Option<String>,
    /// Letters may be small or large, here or there.
    pub(super) ignores_case: bool,
    /// Every run of characters that stand for themselves, in groups and alternatives too.
    pub(super) runs: Vec<String>,
}

/// Spaces that `\h` matches, and line ends that `\v` does (PCRE2, "Generic character types").
pub(super) const HORIZONTAL: &[(u32, u32)] = &[
    (0x09, 0x09),
    (0x20, 0x20),
    (0xA0, 0xA0),
    (0x1680, 0x1680),
    (0x180E, 0x180E),
    (0x2000, 0x200A),
    (0x202F, 0x202F),
    (0x205F, 0x205F),
    (0x3000, 0x3000),
];
pub(super) const VERTICAL: &[(u32, u32)] = &[(0x0A, 0x0D), (0x85, 0x85), (0x2028, 0x2029)];

pub(super) fn translate(source: &[char], alphabet: Alphabet) -> Result<Translated, Unsupported> {
    let mut translator = Translator {
        source,
        at: 0,
        alphabet,
        out: String::with_capacity(source.len() + 8),
        depth: 0,
        has_dollar: false,
        has_end: false,
        is_multiline: false,
        has_byte_for_all: true,
        ignores_case: false,
        literal: Literal::default(),
    };
    while let Some(letter) = translator.next() {
        translator.step(letter)?;
    }
    let Translator { out, has_dollar, has_end, has_byte_for_all, mut literal, ignores_case, .. } = translator;
    literal.interrupt();
    Ok(Translated {
        text: out,
        before_last_newline: has_dollar && !has_end,
        has_byte_for_all,
        literal: (!literal.has_given_up && !literal.longest.is_empty()).then_some(literal.longest),
        ignores_case,
        runs: literal.runs,
    })
}

pub(super) struct Translator<'a> {
    pub(super) source: &'a [char],
    pub(super) at: usize,
    pub(super) alphabet: Alphabet,
    pub(super) out: String,
    depth: usize,
    has_dollar: bool,
    has_end: bool,
    is_multiline: bool,
    has_byte_for_all: bool,
    ignores_case: bool,
    literal: Literal,
}

impl Translator<'_> {
    pub(super) fn next(&mut self) -> Option<char> {
        let letter = self.source.get(self.at).copied();
        self.at += usize::from(letter.is_some());
        letter
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.source.get(self.at).copied()
    }

    /// Steps over these characters if they stand here.
    pub(super) fn take(&mut self, wanted: &str) -> bool {
        let length = wanted.chars().count();
        let is_here = self.source[self.at..].iter().copied().take(length).eq(wanted.chars());
        self.at += if is_here { length } else { 0 };
        is_here
    }

    fn step(&mut self, letter: char) -> Result<(), Unsupported> {
        match letter {
            '\\' => self.escape(),
            '[' => {
                self.literal.interrupt();
                class::class(self)
            }
            '(' => self.open(),
            ')' => {
                self.literal.interrupt();
                self.depth = self.depth.saturating_sub(1);
                self.out.push(')');
                Ok(())
            }
            '*' | '+' | '?' => {
                self.out.push(letter);
                self.quantified(letter != '+')
            }
            '{' => self.brace(),
            '|' => {
                self.literal.alternative(self.depth);
                self.out.push('|');
                Ok(())
            }
            '$' => self.dollar(),
            '^' | '.' => {
                self.literal.interrupt();
                self.out.push(letter);
                Ok(())
            }
            other => {
                self.character(other);
                Ok(())
            }
        }
    }

    /// A character that stands for itself.
    fn character(&mut self, letter: char) {
        self.literal.push(letter, self.depth);
        self.write(letter);
    }

    /// Writes a character that stands for itself, within a class or outside.
    pub(super) fn write(&mut self, letter: char) {
        let number = u32::from(letter);
        self.has_byte_for_all &= number < 0x100;
        if letter.is_ascii_alphanumeric() || (self.alphabet == Alphabet::Letters && number >= 0x80) {
            self.out.push(letter);
        } else if letter.is_ascii_graphic() {
            // `<` and `>` must not be escaped: with a backslash they are borders of words.
            if !matches!(letter, '<' | '>') {
                self.out.push('\\');
            }
            self.out.push(letter);
        } else if self.alphabet == Alphabet::Octets {
            let _ = write!(self.out, "\\x{:02X}", number.min(0xFF));
        } else {
            let _ = write!(self.out, "\\x{{{number:X}}}");
        }
    }

    /// `$`: also before a line feed at the very end, which the engine does not know.
    fn dollar(&mut self) -> Result<(), Unsupported> {
        self.literal.interrupt();
        if !self.is_multiline && !matches!(self.peek(), None | Some(')' | '|' | '$')) {
            return Err(Unsupported::Construct("$ before the end"));
        }
        self.has_dollar = true;
        self.out.push('$');
        Ok(())
    }

    /// Behind a quantifier, which was written.
    fn quantified(&mut self, may_be_none: bool) -> Result<(), Unsupported> {
        self.literal.quantified(may_be_none);
        self.take("?");
        match self.peek() {
            Some('+') => Err(Unsupported::Construct("possessive quantifiers")),
            Some('*' | '?') => Err(Unsupported::Construct("a quantifier of a quantifier")),
            _ => Ok(()),
        }
    }

    /// `{`: a quantifier, or the character.
    fn brace(&mut self) -> Result<(), Unsupported> {
        let inner: String = self.source[self.at..].iter().take_while(|letter| **letter != '}').collect();
        let is_closed = self.source.len() > self.at + inner.chars().count();
        let (low, high) = inner.split_once(',').unwrap_or((&inner, ""));
        let is_number = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
        if !is_closed || !is_number(low) || !is_number(high) || inner.is_empty() || inner == "," {
            self.character('{');
            return Ok(());
        }
        if low.is_empty() {
            // A quantifier for PCRE2 10.43 and later, four characters for those before.
            return Err(Unsupported::Construct("{,n}"));
        }
        let _ = write!(self.out, "{{{inner}}}");
        self.at += inner.chars().count() + 1;
        self.quantified(low.bytes().all(|digit| digit == b'0'))
    }

    fn open(&mut self) -> Result<(), Unsupported> {
        self.literal.interrupt();
        if self.take("*") {
            return Err(Unsupported::Construct("verbs (*…)"));
        }
        if !self.take("?") {
            return self.group();
        }
        const REFUSED: [(&str, &str); 13] = [
            ("=", "look-ahead"),
            ("!", "look-ahead"),
            ("<=", "look-behind"),
            ("<!", "look-behind"),
            (">", "atomic groups"),
            ("|", "branch reset"),
            ("(", "conditions"),
            ("P=", "back-references"),
            ("P>", "recursion"),
            ("&", "recursion"),
            ("R", "recursion"),
            ("+", "recursion"),
            ("C", "callouts"),
        ];
        for (start, name) in REFUSED {
            if self.take(start) {
                return Err(Unsupported::Construct(name));
            }
        }
        if self.take("#") {
            // A quantifier behind the comment belongs to what stands before it.
            self.literal.give_up();
            while self.next().is_some_and(|letter| letter != ')') {}
            return Ok(());
        }
        for (start, end) in [("P<", '>'), ("<", '>'), ("'", '\'')] {
            if self.take(start) {
                while self.next().is_some_and(|letter| letter != end) {}
                return self.group();
            }
        }
        self.options()
    }

    fn group(&mut self) -> Result<(), Unsupported> {
        self.depth += 1;
        self.out.push_str("(?:");
        Ok(())
    }

    /// `(?i)`, `(?i-s:…)`, `(?:…)`.
    fn options(&mut self) -> Result<(), Unsupported> {
        let mut options = String::new();
        loop {
            match self.next() {
                Some(option @ ('i' | 's' | '-')) => options.push(option),
                Some('m') => {
                    self.is_multiline = true;
                    options.push('m');
                }
                // What captures, and what is greedy, does not matter here.
                Some('U' | 'n' | 'J') => {}
                Some(end @ (':' | ')')) => {
                    self.ignores_case |= options.contains('i');
                    let options = options.trim_end_matches('-');
                    if end == ':' {
                        self.depth += 1;
                        let _ = write!(self.out, "(?{options}:");
                    } else if !options.is_empty() {
                        let _ = write!(self.out, "(?{options})");
                    }
                    return Ok(());
                }
                Some('0'..='9') => return Err(Unsupported::Construct("recursion")),
                Some('x') => return Err(Unsupported::Construct("option x")),
                _ => return Err(Unsupported::Construct("an unknown group")),
            }
        }
    }

    fn escape(&mut self) -> Result<(), Unsupported> {
        let Some(letter) = self.next() else { return Err(Unsupported::Construct("a backslash at the end")) };
        let simple = match letter {
            '1'..='9' | 'g' | 'k' => return Err(Unsupported::Construct("back-references")),
            'K' => "\\K",
            'G' => "\\G",
            'X' => "\\X",
            'C' => "\\C",
            'R' => "\\R",
            _ => "",
        };
        if !simple.is_empty() {
            return Err(Unsupported::Construct(simple));
        }
        match letter {
            'Q' => {
                while !self.take("\\E") {
                    let Some(letter) = self.next() else { break };
                    self.character(letter);
                }
            }
            'E' => {}
            'Z' => {
                self.literal.interrupt();
                self.has_dollar = true;
                self.out.push_str("\\z");
            }
            'A' | 'z' | 'b' | 'B' => {
                self.literal.interrupt();
                self.has_end |= letter == 'z';
                self.out.push('\\');
                self.out.push(letter);
                if self.peek() == Some('{') {
                    // `\b{start}` means something to the engine.
                    return Err(Unsupported::Construct("a quantifier of an anchor"));
                }
            }
            'N' => {
                self.literal.interrupt();
                self.out.push_str("[^\\n]");
            }
            _ => {
                if class::shorthand(self, letter)? {
                    self.literal.interrupt();
                } else {
                    let character = class::escaped(self, letter)?;
                    self.character(character);
                }
            }
        }
        Ok(())
    }
}

/// Runs of characters that stand for themselves.
#[derive(Debug, Default)]
struct Literal {
    run: String,
    /// The run stands in a group, which may be one alternative of several.
    is_in_group: bool,
    /// The longest that stands in every match.
    longest: String,
    runs: Vec<String>,
    has_given_up: bool,
}

impl Literal {
    fn push(&mut self, letter: char, depth: usize) {
        self.is_in_group = depth > 0;
        self.run.push(letter);
    }

    fn interrupt(&mut self) {
        if self.run.is_empty() {
            return;
        }
        let run = std::mem::take(&mut self.run);
        if !self.is_in_group && run.len() > self.longest.len() {
            self.longest.clone_from(&run);
        }
        self.runs.push(run);
    }

    fn quantified(&mut self, may_be_none: bool) {
        if may_be_none {
            self.run.pop();
        }
        self.interrupt();
    }

    fn alternative(&mut self, depth: usize) {
        self.interrupt();
        self.has_given_up |= depth == 0;
    }

    fn give_up(&mut self) {
        self.has_given_up = true;
    }
}
