//! Rows of a delimited table, one after another, with a limit on each.

use super::{Limits, Problems, TextReader};
use crate::cvr::{Choice, ChoiceKind, ChoiceNo, Contest, ContestNo, Contests, TooMany};
use csv::ByteRecord;
use std::cell::Cell;
use std::collections::HashMap;
use std::io::{self, Read};
use std::rc::Rc;

/// What is known of the bytes that went by.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// Bytes that may still be read for the row or record that is being read.
    pub(super) left: Cell<usize>,
    last: Cell<u8>,
}

/// Bytes of a file that ends with an error where a row or record is too long.
pub(super) struct Watched<R> {
    pub(super) inner: R,
    pub(super) seen: Rc<Seen>,
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let left = self.seen.left.get();
        if left == 0 {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, "a row is too long"));
        }
        let length = self.inner.read(into)?;
        self.seen.left.set(left.saturating_sub(length));
        if let Some(last) = length.checked_sub(1).and_then(|at| into.get(at)) {
            self.seen.last.set(*last);
        }
        Ok(length)
    }
}

/// The rows of a table.
pub(super) struct Rows<R> {
    inner: csv::Reader<Watched<TextReader<R>>>,
    seen: Rc<Seen>,
    limit: usize,
    row: u64,
    is_text: bool,
}

impl<R: Read> Rows<R> {
    /// Looks at the first bytes; what is wrong is said as SCR-CVR-021.
    pub(super) fn open(input: R, limits: &Limits, problems: &mut Problems) -> Option<Self> {
        let text = match TextReader::new(input) {
            Ok(text) => text,
            Err(error) => {
                let problem = problems.error("SCR-CVR-021").with("what", error);
                problems.add(problem);
                return None;
            }
        };
        let seen = Rc::new(Seen::default());
        let watched = Watched { inner: text, seen: Rc::clone(&seen) };
        let inner = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(watched);
        Some(Self { inner, seen, limit: limits.record.max(1 << 16), row: 0, is_text: true })
    }

    /// The number of the row that was read last, from 1.
    pub(super) fn row(&self) -> u64 {
        self.row
    }

    /// Whether the file ends within a line.
    pub(super) fn ends_within_a_line(&self) -> bool {
        !matches!(self.seen.last.get(), 0 | b'\n' | b'\r')
    }

    /// Reads the next row; `false`: there is none, or it cannot be read (SCR-CVR-021, -039). The first row that is
    /// no UTF-8 is named as a warning (SCR-CVR-041).
    pub(super) fn next(&mut self, record: &mut ByteRecord, problems: &mut Problems) -> bool {
        self.row += 1;
        self.seen.left.set(self.limit);
        match self.inner.read_byte_record(record) {
            Ok(false) => return false,
            Ok(true) => {}
            Err(error) => {
                let too_long = matches!(error.kind(), csv::ErrorKind::Io(io) if io.kind() == io::ErrorKind::FileTooLarge);
                let problem = if too_long {
                    problems.error("SCR-CVR-039").with("limit", self.limit)
                } else {
                    problems.error("SCR-CVR-021").with("what", error)
                };
                problems.add(problem.at_row(self.row));
                return false;
            }
        }
        if self.is_text && std::str::from_utf8(record.as_slice()).is_err() {
            self.is_text = false;
            let cell = record.iter().find(|cell| std::str::from_utf8(cell).is_err()).unwrap_or_default();
            let problem = problems.warning("SCR-CVR-041").at_row(self.row).with_value(&super::cell(cell));
            problems.add(problem);
        }
        true
    }
}

/// A column name without what varies between versions and spreadsheets: letters and digits in lower case.
pub(super) fn folded(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Contests and choices of columns that have names and no ids. Of two of one name the first has it as its id.
#[derive(Default)]
pub(super) struct Titles {
    pub(super) contests: Contests,
    by_limits: HashMap<(String, u16, u16), ContestNo>,
    /// How many columns of a contest, a rank and a name there were.
    columns: HashMap<(ContestNo, u16, String), u16>,
    /// The first choice of a name, the second …
    choices: HashMap<(ContestNo, String, u16), ChoiceNo>,
}

impl Titles {
    /// The contest of a column, which has this rank at least. Contests of one name with other `limits` (votes allowed,
    /// and ranks as every column of a contest states them) are others.
    pub(super) fn contest(
        &mut self,
        name: &str,
        limits: (u16, u16),
        ranks: u16,
    ) -> Result<ContestNo, TooMany> {
        let (votes_allowed, stated) = limits;
        let key = (name.to_owned(), votes_allowed, stated);
        if let Some(known) = self.by_limits.get(&key) {
            let most = self.contests.list()[usize::from(*known)].ranks.max(ranks);
            self.contests.set_limits(*known, votes_allowed, most);
            return Ok(*known);
        }
        let limits = if ranks > 0 { "ranked".to_owned() } else { format!("Vote For={votes_allowed}") };
        let id =
            if self.contests.find(name).is_none() { name.to_owned() } else { format!("{name} ({limits})") };
        let id = free(&id, 2, |id| self.contests.find(id).is_none());
        let (name, choices) = (name.to_owned(), Vec::new());
        let make = || Contest { id: String::new(), name, votes_allowed, ranks, choices };
        let number = self.contests.contest(&id, make)?;
        self.by_limits.insert(key, number);
        Ok(number)
    }

    /// The choice of a column. Two of one name at one rank (`Write-in`, say) are two, in the order in which they stand.
    pub(super) fn choice(
        &mut self,
        contest: ContestNo,
        rank: u16,
        name: &str,
        party: &str,
        kind: ChoiceKind,
    ) -> Result<ChoiceNo, TooMany> {
        let before = self.columns.entry((contest, rank, name.to_owned())).or_default();
        let key = (contest, name.to_owned(), *before);
        *before = before.saturating_add(1);
        if let Some(known) = self.choices.get(&key) {
            return Ok(*known);
        }
        let id =
            free(name, key.2.saturating_add(1).max(2), |id| self.contests.find_choice(contest, id).is_none());
        let make = || Choice { id: String::new(), name: name.to_owned(), party: party.to_owned(), kind };
        let number = self.contests.choice(contest, &id, make)?;
        self.choices.insert(key, number);
        Ok(number)
    }
}

/// The name, or the name with the first number from this that makes it another.
fn free(name: &str, from: u16, is_free: impl Fn(&str) -> bool) -> String {
    let numbered = (u32::from(from)..).map(|number| format!("{name} #{number}"));
    std::iter::once(name.to_owned()).chain(numbered).find(|id| is_free(id)).unwrap_or_default()
}
