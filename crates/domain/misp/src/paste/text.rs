//! Indicators out of running text.

use super::classify::{Value, classify};
use super::{Doubt, Indicator, Kind, LeftOut, Reason, refang};
use crate::json::ReadError;
use crate::limits::Limits;
use crate::warning::clip;
use serde::Serialize;
use std::collections::BTreeMap;

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Reading {
    /// The indicators, in the order in which they stand first, each once.
    pub indicators: Vec<Indicator>,
    /// What looks like one and was not taken.
    pub left_out: Vec<LeftOut>,
    /// How much more was not taken than is listed.
    pub unlisted: u64,
}

/// Reads pasted text. Lines end with LF, CRLF or CR.
///
/// # Errors
/// More bytes than allowed.
pub fn read_text(text: &str, limits: &Limits) -> Result<Reading, ReadError> {
    if text.len() > limits.bytes {
        return Err(ReadError::TooLarge { bytes: text.len(), limit: limits.bytes });
    }
    let mut scan = Scan::new(limits);
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    for (number, line) in (1..).zip(lines(text)) {
        if scan.full {
            break;
        }
        scan.line(line, number);
    }
    Ok(scan.finish())
}

/// Old programs end lines with CR alone.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n').flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split('\r'))
}

/// Collects what is found, each value once.
pub(super) struct Scan<'l> {
    limits: &'l Limits,
    places: BTreeMap<(Kind, String), usize>,
    reading: Reading,
    full: bool,
}

impl<'l> Scan<'l> {
    pub(super) fn new(limits: &'l Limits) -> Self {
        Self { limits, places: BTreeMap::new(), reading: Reading::default(), full: false }
    }

    /// Takes an indicator, or counts it once more; `None` where there are too many.
    pub(super) fn take(&mut self, value: Value, line: u64, defanged: bool) -> Option<&mut Indicator> {
        let key = (value.kind, value.text.clone());
        if let Some(at) = self.places.get(&key) {
            let known = self.reading.indicators.get_mut(*at)?;
            known.again(line);
            return Some(known);
        }
        if self.reading.indicators.len() >= self.limits.attributes {
            if !self.full {
                self.leave_out(&value.text, line, Reason::TooMany);
            }
            self.full = true;
            return None;
        }
        self.places.insert(key, self.reading.indicators.len());
        self.reading.indicators.push(Indicator::new(value, line, defanged));
        self.reading.indicators.last_mut()
    }

    fn leave_out(&mut self, text: &str, line: u64, reason: Reason) {
        if self.reading.left_out.len() < self.limits.warnings {
            self.reading.left_out.push(LeftOut { text: clip(text), line, reason });
        } else {
            self.reading.unlisted += 1;
        }
    }

    fn line(&mut self, line: &str, number: u64) {
        let mut line = line;
        if line.len() > self.limits.text {
            let end = (0..=self.limits.text).rev().find(|end| line.is_char_boundary(*end)).unwrap_or(0);
            self.leave_out(line, number, Reason::LineTooLong);
            line = line.get(..end).unwrap_or("");
        }
        let whole = refang(line);
        let words: Vec<&str> = whole.split(is_between_words).filter(|word| !word.is_empty()).collect();
        let mut at = 0;
        while let Some(word) = words.get(at) {
            at += 1;
            // `192.0.2.1 - 192.0.2.9`
            if let (Some(dash), Some(to)) = (words.get(at), words.get(at + 1))
                && matches!(*dash, "-" | "–" | "—" | "to" | "bis")
                && word.starts_with(|c: char| c.is_ascii_hexdigit())
                && let Ok(value) = classify(&format!("{word}-{}", trim(to)))
                && value.kind == Kind::Network
            {
                self.take(value, number, false);
                at += 2;
                continue;
            }
            self.word(word, line, number);
        }
    }

    /// One word between spaces; several indicators may stand in it.
    fn word(&mut self, word: &str, line: &str, number: u64) {
        let Some(at) = word.find("://") else { return self.pieces(word, line, number) };
        let before = word.get(..at).unwrap_or("");
        let scheme = before.rfind(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '+' | '-'));
        let start = scheme.map_or(0, |place| {
            place + before.get(place..).and_then(|s| s.chars().next()).map_or(1, char::len_utf8)
        });
        self.pieces(word.get(..start).unwrap_or(""), line, number);
        let address = word.get(start..).unwrap_or("");
        let (address, rest) = part(address);
        let address = closed(address);
        match classify(address) {
            Ok(value) => self.found(value, address, line, number),
            Err(Some(reason)) => self.leave_out(address, number, reason),
            Err(None) => {}
        }
        if !rest.is_empty() {
            self.word(rest, line, number);
        }
    }

    fn pieces(&mut self, word: &str, line: &str, number: u64) {
        for piece in word.split([',', ';', '(', ')', '[', ']', '{', '}', '=', '\'']) {
            let piece = trim(piece);
            if piece.is_empty() {
                continue;
            }
            let mut said = classify(piece);
            let mut taken = piece;
            // `IP:192.0.2.1`, `md5:…`, `domain:example.org`
            if said.is_err()
                && let Some((label, rest)) = piece.split_once(':')
                && label.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
                && !rest.is_empty()
                && let Ok(value) = classify(trim(rest))
            {
                said = Ok(value);
                taken = trim(rest);
            }
            match said {
                Ok(value) => self.found(value, taken, line, number),
                Err(Some(reason)) => self.leave_out(piece, number, reason),
                Err(None) => {
                    if !line.contains(piece) && piece.contains('.') && !piece.contains("..") {
                        self.leave_out(piece, number, Reason::NoName);
                    }
                }
            }
        }
    }

    fn found(&mut self, value: Value, written: &str, line: &str, number: u64) {
        let defanged = !line.contains(written);
        let uncertain =
            value.doubts.contains(&Doubt::UnknownSuffix) || value.doubts.contains(&Doubt::PublicSuffix);
        // In a sentence, `report.pdf` and `end.Next` are no names. Who takes the trouble of brackets means one.
        if uncertain && !defanged && value.kind == Kind::Domain {
            self.leave_out(written, number, Reason::UnknownSuffix);
            return;
        }
        self.take(value, number, defanged);
    }

    pub(super) fn finish(mut self) -> Reading {
        let addresses =
            |kind: Kind| matches!(kind, Kind::Domain | Kind::Url | Kind::Ipv4 | Kind::Ipv6 | Kind::Email);
        if self.reading.indicators.iter().any(|indicator| indicator.defanged) {
            for indicator in &mut self.reading.indicators {
                if !indicator.defanged && addresses(indicator.kind) {
                    indicator.doubts.push(Doubt::NotDefanged);
                }
            }
        }
        self.reading
    }
}

fn is_between_words(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '"' | '`' | '<' | '>' | '|' | '“' | '”' | '„' | '«' | '»' | '‘' | '’')
}

/// Punctuation that belongs to the sentence.
fn trim(piece: &str) -> &str {
    piece
        .trim_start_matches(['*', '•', '-', '–', '—', ':', '.', '!', '?', '#', '/', '\\', '_', '+', '~'])
        .trim_end_matches(['.', ':', '!', '?', '*', '-', '–', '—', '…', '\\', '~'])
}

/// Where an address of the web ends and another one begins, in `http://a.example,http://b.example`.
fn part(address: &str) -> (&str, &str) {
    // Longer ones are no addresses; looking at every comma of them would take time.
    const LONGEST: usize = 4_096;
    if address.len() > LONGEST {
        return (address, "");
    }
    let separators = address.match_indices([',', ';']);
    for (at, separator) in separators {
        let rest = address.get(at + separator.len()..).unwrap_or("");
        let scheme = rest.split("://").next().filter(|start| start.len() < rest.len());
        let begins = scheme.is_some_and(|scheme| scheme.bytes().all(|b| b.is_ascii_alphabetic()));
        let next = rest.split([',', ';']).next().unwrap_or(rest);
        if begins || classify(trim(next)).is_ok() {
            return (address.get(..at).unwrap_or(address), rest);
        }
    }
    (address, "")
}

/// Without the punctuation behind it; a closing bracket stays where its opening one is within.
fn closed(address: &str) -> &str {
    let mut address = address;
    loop {
        let Some(last) = address.chars().next_back() else { return address };
        let opening = match last {
            ')' => '(',
            ']' => '[',
            '}' => '{',
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '…' | '\\' => '\0',
            _ => return address,
        };
        let opened = address.matches(opening).count();
        if opening != '\0' && opened >= address.matches(last).count() {
            return address;
        }
        address = address.get(..address.len() - last.len_utf8()).unwrap_or("");
    }
}
