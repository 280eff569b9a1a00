//! Cards as a table for people: CSV with a row for each card and contest.
//!
//! Columns: `card` (from 1, in the order of the export), `tabulator`, `batch`, `position`, `sheet`, `id`, `imprinted`,
//! `group`, `precinct`, `style`, `contest_id`, `contest`, `says` and `marks`. `says` is `votes`, `blank`, `overvote`,
//! or `ranking` where the contest is ranked. `marks` has the names of what is marked with ` | ` between them, ranked
//! as `1=Ann | 2=Ben`; `*` stands for an overvote of which nobody says what was marked. `|`, `\`, `*` and `=` in a name
//! have a `\` before them. A card without a contest has a row in which the last four are empty. A cell that a
//! spreadsheet would take for a formula begins with `'`.

use super::columns::Told;
use super::{Card, Contest, Contests, Mark, Sink};
use scr_core::{Problem, Severity};
use std::borrow::Cow;
use std::io::{self, Write};

/// The columns.
pub const COLUMNS: [&str; 14] = [
    "card",
    "tabulator",
    "batch",
    "position",
    "sheet",
    "id",
    "imprinted",
    "group",
    "precinct",
    "style",
    "contest_id",
    "contest",
    "says",
    "marks",
];

/// Writes the table.
pub struct Writer<W: Write> {
    out: csv::Writer<W>,
    cards: u64,
}

impl<W: Write> Writer<W> {
    /// Begins.
    ///
    /// # Errors
    /// Those of the file.
    pub fn new(out: W) -> io::Result<Self> {
        let mut out = csv::Writer::from_writer(out);
        out.write_record(COLUMNS)?;
        Ok(Self { out, cards: 0 })
    }

    /// Ends it.
    ///
    /// # Errors
    /// Those of the file.
    pub fn finish(self) -> io::Result<W> {
        self.out.into_inner().map_err(csv::IntoInnerError::into_error)
    }

    fn row(&mut self, card: &Card, rest: [&str; 4]) -> csv::Result<()> {
        let number = self.cards.to_string();
        let (position, sheet) = (card.position.to_string(), card.sheet.to_string());
        let zero = |text: String| if text == "0" { String::new() } else { text };
        let (position, sheet) = (zero(position), zero(sheet));
        let names = [
            number.as_str(),
            &card.tabulator,
            &card.batch,
            &position,
            &sheet,
            &card.id,
            &card.imprinted,
            &card.group,
            &card.precinct,
            &card.style,
        ];
        self.out.write_record(names.into_iter().chain(rest).map(|text| safe(text).into_owned()))
    }
}

impl<W: Write> Sink for Writer<W> {
    fn card(&mut self, contests: &Contests, card: &Card) -> Result<(), Box<Problem>> {
        self.cards += 1;
        let mut written = Ok(());
        let mut is_empty = true;
        for (number, marks) in card.contests() {
            let Some(contest) = contests.list().get(usize::from(number)) else { continue };
            is_empty = false;
            let row = [contest.id.as_str(), &contest.name, says(contest, marks), &marked(contest, marks)];
            written = written.and_then(|()| self.row(card, row));
        }
        if is_empty {
            written = self.row(card, [""; 4]);
        }
        written
            .map_err(|error| Box::new(Problem::new("SCR-CVR-068", Severity::Error, "").with("what", error)))
    }
}

fn says(contest: &Contest, marks: &[Mark]) -> &'static str {
    match contest.told(marks) {
        Told::Blank => "blank",
        _ if contest.ranks > 0 => "ranking",
        Told::Votes => "votes",
        Told::Overvote => "overvote",
    }
}

fn marked(contest: &Contest, marks: &[Mark]) -> String {
    let mut text = String::new();
    for mark in marks {
        if !text.is_empty() {
            text.push_str(" | ");
        }
        if mark.rank > 0 {
            text.push_str(&mark.rank.to_string());
            text.push('=');
        }
        match contest.choices.get(usize::from(mark.choice)) {
            Some(choice) => {
                for letter in choice.name.chars() {
                    if matches!(letter, '|' | '\\' | '*' | '=') {
                        text.push('\\');
                    }
                    text.push(letter);
                }
            }
            None => text.push('*'),
        }
    }
    text
}

/// A cell that a spreadsheet takes as it is.
fn safe(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\'']) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}
