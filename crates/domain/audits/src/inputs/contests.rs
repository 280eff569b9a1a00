//! Standardised contests, as Arlo takes them: `Contest Name`, `Jurisdictions` (`all`, or names separated by commas) and,
//! where the names of choices differ between jurisdictions, `Choice Names` separated by semicolons.

use super::near::{Near, folded};
use super::table::{Column, Row, Table};
use super::write::{Out, row};
use super::{Limits, Told, Wrong};
use scr_core::Problem;
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};
use std::io::{self, Read, Write};

/// A contest under its standard name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StandardContest {
    /// Its name.
    pub name: String,
    /// The jurisdictions that vote on it; none: all do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jurisdictions: Option<Vec<String>>,
    /// The names of its choices; none: nobody has stated them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choices: Option<Vec<String>>,
}

impl StandardContest {
    /// Whether a jurisdiction votes on it.
    pub fn is_in(&self, jurisdiction: &str) -> bool {
        self.jurisdictions.as_ref().is_none_or(|list| list.iter().any(|name| name == jurisdiction))
    }
}

const COLUMNS: [Column; 3] = [
    Column { name: "Contest Name", also: &["Contest"], needed: true },
    Column { name: "Jurisdictions", also: &["Jurisdiction"], needed: true },
    Column { name: "Choice Names", also: &["Choices", "Choice Name"], needed: false },
];

/// Reads standardised contests. With `jurisdictions` every name must be one of them.
///
/// # Errors
/// Everything that is wrong (SCR-AUD-010 to -019, -023, -024, -029, -032, -034, -049).
pub fn read(
    input: impl Read,
    file: &str,
    jurisdictions: Option<&[String]>,
    limits: &Limits,
) -> Result<Told<Vec<StandardContest>>, Vec<Problem>> {
    let mut wrong = Wrong::with(file);
    let Some(mut table) = Table::open(input, &COLUMNS, limits, &mut wrong) else {
        return Err(wrong.into_list());
    };
    table.leave_others(&COLUMNS, &mut wrong);
    let known = jurisdictions.unwrap_or_default();
    let mut reader = Reader {
        known: jurisdictions.map(|names| names.iter().map(String::as_str).collect()),
        near: Near::among(known.iter().map(String::as_str)),
        list: Vec::new(),
        seen: HashMap::new(),
    };
    if let (Some(name), Some(at)) = (table.at[0], table.at[1]) {
        while let Some(row) = table.next(&mut wrong) {
            reader.row(&table, row, (name, at), &mut wrong);
        }
        if reader.list.is_empty() && !wrong.has_errors() {
            wrong.push(wrong.error("SCR-AUD-010").with("what", "no contest under the headings"));
        }
    }
    wrong.told(reader.list)
}

struct Reader<'a> {
    known: Option<HashSet<&'a str>>,
    near: Near<'a>,
    list: Vec<StandardContest>,
    seen: HashMap<String, u64>,
}

impl Reader<'_> {
    fn row<R: Read>(
        &mut self,
        table: &Table<R>,
        mut row: Row,
        (name, at): (usize, usize),
        wrong: &mut Wrong,
    ) {
        // Long names run over lines in workbooks.
        row.cells[name] = without_vote_for(&one_line(&row.cells[name])).to_owned();
        row.cells[at] = one_line(&row.cells[at]);
        let name_of = table.name(&row, name, wrong);
        let jurisdictions = self.jurisdictions(table, &row, at, wrong);
        let choices = table.at[2].map(|at| {
            row.cells[at] = one_line(&row.cells[at]);
            choices(table, &row, at, wrong)
        });
        let Some(name_of) = name_of else { return };
        if let Some(first) = self.seen.insert(name_of.clone(), row.line) {
            let problem = wrong.error("SCR-AUD-019").at_row(row.line).in_column(&table.head[name]);
            wrong.push(problem.with_value(&name_of).with("first", first));
            return;
        }
        self.list.push(StandardContest { name: name_of, jurisdictions, choices });
    }

    /// `None`: all.
    fn jurisdictions<R: Read>(
        &mut self,
        table: &Table<R>,
        row: &Row,
        at: usize,
        wrong: &mut Wrong,
    ) -> Option<Vec<String>> {
        let parts = row.cells[at].split([',', ';']).map(str::trim);
        let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
        if parts.is_empty() {
            wrong.push(wrong.error("SCR-AUD-016").at_row(row.line).in_column(&table.head[at]));
        }
        if let [all] = parts.as_slice()
            && all.eq_ignore_ascii_case("all")
        {
            return None;
        }
        let mut list: Vec<String> = Vec::new();
        let mut begin = 0;
        while begin < parts.len() {
            // Names can hold commas: the longest that is known counts.
            let length = self.known.as_ref().and_then(|known| {
                let joined =
                    |length: &usize| known.contains(parts[begin..begin + length].join(", ").as_str());
                (1..=(parts.len() - begin).min(8)).rev().find(joined)
            });
            let name = parts[begin..begin + length.unwrap_or(1)].join(", ");
            begin += length.unwrap_or(1);
            if self.known.is_some() && length.is_none() {
                let problem = wrong.error("SCR-AUD-029").at_row(row.line).in_column(&table.head[at]);
                wrong.push(problem.with_value(&name).closest_to(self.near.to(&name)));
            }
            if !list.contains(&name) {
                list.push(name);
            }
        }
        Some(list)
    }
}

fn choices<R: Read>(table: &Table<R>, row: &Row, at: usize, wrong: &mut Wrong) -> Vec<String> {
    let mut list: Vec<String> = Vec::new();
    let mut seen = HashMap::new();
    for choice in row.cells[at].split(';').map(str::trim).filter(|choice| !choice.is_empty()) {
        let fold = folded(choice);
        let same = seen.insert(if fold.is_empty() { choice.to_owned() } else { fold }, choice);
        if let Some(other) = same {
            let problem = wrong.error("SCR-AUD-034").at_row(row.line).in_column(&table.head[at]);
            wrong.push(problem.with_value(choice).with("other", other));
        }
        list.push(choice.to_owned());
    }
    if list.is_empty() {
        wrong.push(wrong.error("SCR-AUD-032").at_row(row.line).in_column(&table.head[at]));
    }
    list
}

fn one_line(text: &str) -> String {
    text.split(['\r', '\n']).map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A name as Dominion's export has it, without `(Vote For=1)`.
fn without_vote_for(name: &str) -> &str {
    let is_count = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let shorter = |name: &'_ str| {
        let (rest, count) = name.strip_suffix(')')?.rsplit_once(" (Vote For=")?;
        (is_count(count) && !rest.trim().is_empty()).then(|| rest.trim_end().len())
    };
    let mut name = name;
    while let Some(length) = shorter(name) {
        name = &name[..length];
    }
    name
}

/// Writes them as [`read`] takes them. Either all have their choices stated or none.
///
/// # Errors
/// Those of the output.
pub fn write(contests: &[StandardContest], out: &mut impl Write) -> io::Result<()> {
    let stated = contests.iter().any(|contest| contest.choices.is_some());
    let head = ["Contest Name", "Jurisdictions"].into_iter().chain(stated.then_some("Choice Names"));
    row(out, head.map(Out::Name))?;
    for contest in contests {
        let jurisdictions = contest.jurisdictions.as_ref().map_or("all".to_owned(), |list| list.join(", "));
        let choices = contest.choices.as_ref().map(|list| list.join("; ")).unwrap_or_default();
        let cells = [Out::Name(&contest.name), Out::Name(&jurisdictions)];
        row(out, cells.into_iter().chain(stated.then_some(Out::Name(&choices))))?;
    }
    Ok(())
}
