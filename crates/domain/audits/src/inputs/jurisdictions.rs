//! Jurisdictions that take part, as Arlo takes them: `Jurisdiction`, `Admin Email`, and where the state knows it already
//! `Expected Number of Ballots`. A jurisdiction with several administrators has several rows.

use super::manifest::Manifest;
use super::near::{Near, folded};
use super::table::{Column, Row, Table, says_total};
use super::write::{Out, row};
use super::{Limits, Told, Wrong};
use scr_core::Problem;
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};
use std::io::{self, Read, Write};

/// A jurisdiction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Jurisdiction {
    /// Its name.
    pub name: String,
    /// Who administers it.
    pub emails: Vec<String>,
    /// How many ballots its manifest should have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<u64>,
}

const COLUMNS: [Column; 3] = [
    Column { name: "Jurisdiction", also: &["Jurisdiction Name"], needed: true },
    Column { name: "Admin Email", also: &["Email", "E-mail", "Admin E-mail"], needed: true },
    Column { name: "Expected Number of Ballots", also: &["Expected Ballots"], needed: false },
];

/// Reads jurisdictions.
///
/// # Errors
/// Everything that is wrong (SCR-AUD-010 to -019, -022 to -024, -030, -031, -034, -049).
pub fn read(input: impl Read, file: &str, limits: &Limits) -> Result<Told<Vec<Jurisdiction>>, Vec<Problem>> {
    let mut wrong = Wrong::with(file);
    let Some(mut table) = Table::open(input, &COLUMNS, limits, &mut wrong) else {
        return Err(wrong.into_list());
    };
    table.leave_others(&COLUMNS, &mut wrong);
    let mut reader = Reader::default();
    if let (Some(name), Some(email)) = (table.at[0], table.at[1]) {
        while let Some(row) = table.next(&mut wrong) {
            reader.row(&table, &row, (name, email), &mut wrong);
        }
        if reader.list.is_empty() && !wrong.has_errors() {
            wrong.push(wrong.error("SCR-AUD-010").with("what", "no jurisdiction under the headings"));
        }
    }
    wrong.told(reader.list)
}

#[derive(Default)]
struct Reader {
    list: Vec<Jurisdiction>,
    by_name: HashMap<String, usize>,
    by_folded: HashMap<String, String>,
    rows: HashSet<(String, String)>,
}

impl Reader {
    fn row<R: Read>(
        &mut self,
        table: &Table<R>,
        row: &Row,
        (name, email): (usize, usize),
        wrong: &mut Wrong,
    ) {
        if says_total(&row.cells[name]) {
            wrong.push(wrong.error("SCR-AUD-022").at_row(row.line).with_value(&row.cells[name]));
            return;
        }
        let (column, email_column) = (&table.head[name], &table.head[email]);
        let name = table.name(row, name, wrong);
        let email = table.name(row, email, wrong).filter(|email| {
            let sound = is_address(email);
            if !sound {
                let problem = wrong.error("SCR-AUD-031").at_row(row.line).in_column(email_column);
                wrong.push(problem.with_value(email));
            }
            sound
        });
        let expected =
            table.at[2].filter(|at| !row.cells[*at].is_empty()).and_then(|at| table.count(row, at, wrong));
        let (Some(name), Some(email)) = (name, email) else { return };
        let other = self.by_folded.entry(folded(&name)).or_insert_with(|| name.clone());
        if *other != name {
            let problem = wrong.error("SCR-AUD-034").at_row(row.line).in_column(column).with_value(&name);
            wrong.push(problem.with("other", other));
        }
        if !self.rows.insert((name.clone(), email.to_lowercase())) {
            let problem = wrong.error("SCR-AUD-019").at_row(row.line).in_column(column);
            wrong.push(problem.with_value(&format!("{name}, {email}")));
            return;
        }
        let at = *self.by_name.entry(name.clone()).or_insert(self.list.len());
        let Some(known) = self.list.get_mut(at) else {
            self.list.push(Jurisdiction { name, emails: vec![email], expected });
            return;
        };
        known.emails.push(email);
        if expected.is_some() && known.expected.is_some() && expected != known.expected {
            let (said, before) = (expected.unwrap_or_default(), known.expected.unwrap_or_default());
            let problem = wrong.error("SCR-AUD-030").at_row(row.line).with_value(&name);
            wrong.push(problem.with("expected", before).with("found", said));
        }
        known.expected = known.expected.or(expected);
    }
}

/// Whether this can be an address of electronic mail: one `@`, and a dot behind it with something on both sides.
fn is_address(text: &str) -> bool {
    let Some((who, host)) = text.split_once('@') else { return false };
    let plain =
        |part: &str| !part.contains(|letter: char| letter == '@' || letter.is_whitespace() || letter == ',');
    !who.is_empty()
        && plain(who)
        && plain(host)
        && host.split('.').count() > 1
        && host.split('.').all(|part| !part.is_empty())
}

/// Compares jurisdictions with the manifests that there are, each with the jurisdiction's name and its file: one whose
/// jurisdiction is not in the list is an error (SCR-AUD-029), one that is missing a warning (SCR-AUD-045), and so is
/// another number of ballots than expected (SCR-AUD-030).
pub fn compare(
    jurisdictions: &[Jurisdiction],
    manifests: &[(&str, &str, &Manifest)],
    file: &str,
) -> Vec<Problem> {
    let mut wrong = Wrong::with(file);
    let known: HashMap<&str, &Jurisdiction> =
        jurisdictions.iter().map(|jurisdiction| (jurisdiction.name.as_str(), jurisdiction)).collect();
    let mut near = Near::among(known.keys().copied());
    for (name, of, manifest) in manifests {
        let mut problem = match known.get(name) {
            None => wrong.error("SCR-AUD-029").with_value(name).closest_to(near.to(name)),
            Some(jurisdiction) => {
                let found = manifest.ballots();
                let Some(expected) = jurisdiction.expected.filter(|expected| *expected != found) else {
                    continue;
                };
                wrong.warning("SCR-AUD-030").with_value(name).with("expected", expected).with("found", found)
            }
        };
        (*of).clone_into(&mut problem.file);
        wrong.push(problem);
    }
    let given: HashSet<&str> = manifests.iter().map(|(name, ..)| *name).collect();
    for jurisdiction in
        jurisdictions.iter().filter(|jurisdiction| !given.contains(jurisdiction.name.as_str()))
    {
        wrong.push(wrong.warning("SCR-AUD-045").with_value(&jurisdiction.name));
    }
    wrong.into_list()
}

/// Writes them as [`read`] takes them.
///
/// # Errors
/// Those of the output.
pub fn write(jurisdictions: &[Jurisdiction], out: &mut impl Write) -> io::Result<()> {
    let expected = jurisdictions.iter().any(|jurisdiction| jurisdiction.expected.is_some());
    let head =
        ["Jurisdiction", "Admin Email"].into_iter().chain(expected.then_some("Expected Number of Ballots"));
    row(out, head.map(Out::Name))?;
    for jurisdiction in jurisdictions {
        for email in &jurisdiction.emails {
            let count = expected.then(|| jurisdiction.expected.map_or(Out::Nothing, Out::Count));
            row(out, [Out::Name(&jurisdiction.name), Out::Name(email)].into_iter().chain(count))?;
        }
    }
    Ok(())
}
