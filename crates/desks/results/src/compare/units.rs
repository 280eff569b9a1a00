//! The list of a comparison: units that differ, or that one source alone has; in pages, and as CSV.

use super::data::{self, Side};
use super::view::{Number, numbers_between};
use rusqlite::Connection;
use scr_results::compare::{Comparison, RowId};
use scr_results::export::safe_cell;
use scr_results::published::PublishedRow;

/// Which units are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Show {
    /// Those in which a number differs.
    Differing,
    /// Those of the first source alone.
    OnlyFirst,
    /// Those of the second source alone.
    OnlySecond,
}

impl Show {
    pub(crate) const ALL: [Self; 3] = [Self::Differing, Self::OnlyFirst, Self::OnlySecond];

    /// Its name in an address.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Differing => "differing",
            Self::OnlyFirst => "only-first",
            Self::OnlySecond => "only-second",
        }
    }

    pub(crate) fn parse(text: &str) -> Self {
        Self::ALL.into_iter().find(|show| show.code() == text).unwrap_or(Self::Differing)
    }
}

/// A unit of the list.
#[derive(Debug, Clone)]
pub(crate) struct Listed {
    /// Its place in the whole list: the key of paging.
    pub(crate) key: usize,
    pub(crate) unit: String,
    pub(crate) part: String,
    pub(crate) name: String,
    pub(crate) votes_affected: u64,
    /// The numbers of both; those that only one source has stand without the other.
    pub(crate) numbers: Vec<Number>,
}

/// The list of a comparison with its filters.
pub(crate) struct List<'a> {
    pub(crate) comparison: &'a Comparison,
    pub(crate) first: &'a Side,
    pub(crate) second: &'a Side,
    pub(crate) show: Show,
    /// Text that the unit's code or name contains; empty: all.
    pub(crate) search: String,
}

impl List<'_> {
    fn ids(&self) -> Box<dyn Iterator<Item = (&RowId, u64)> + '_> {
        match self.show {
            Show::Differing => {
                Box::new(self.comparison.rows.iter().map(|row| (&row.row, row.votes_affected)))
            }
            Show::OnlyFirst => Box::new(self.comparison.only_left.iter().map(|row| (row, 0))),
            Show::OnlySecond => Box::new(self.comparison.only_right.iter().map(|row| (row, 0))),
        }
    }

    /// At most `limit` units behind the key `after`, those with most votes affected first.
    pub(crate) fn page(
        &self,
        views: &Connection,
        after: Option<usize>,
        limit: usize,
    ) -> rusqlite::Result<Vec<Listed>> {
        let search = self.search.to_lowercase();
        let from = after.map_or(0, |after| after.saturating_add(1));
        let matches = |id: &RowId| {
            search.is_empty()
                || id.unit.to_lowercase().contains(&search)
                || id.name.to_lowercase().contains(&search)
        };
        let found = self.ids().enumerate().skip(from).filter(|(_, (id, _))| matches(id)).take(limit);
        found.map(|(key, (id, votes))| self.listed(views, key, id, votes)).collect()
    }

    fn listed(&self, views: &Connection, key: usize, id: &RowId, votes: u64) -> rusqlite::Result<Listed> {
        let row = |side: &Side| -> rusqlite::Result<PublishedRow> {
            let line = data::line(views, side.index, &id.unit, id.part.as_deref())?;
            let parsed = line.and_then(|line| serde_json::from_str(&line).ok());
            Ok(parsed.unwrap_or_else(|| PublishedRow {
                fields: Default::default(),
                name: String::new(),
                parents: Vec::new(),
                part: None,
                total: false,
                unit: id.unit.clone(),
                votes: Default::default(),
            }))
        };
        let (before, now) = (row(self.first)?, row(self.second)?);
        let mut numbers = numbers_between(&before, &now, None);
        if self.show == Show::Differing {
            // What only one of the sources counts at all is no difference between them.
            let compared = |number: &Number| {
                self.comparison
                    .columns
                    .iter()
                    .any(|c| c.contestant == number.votes && c.column == number.column)
            };
            numbers.retain(compared);
        }
        Ok(Listed {
            key,
            unit: id.unit.clone(),
            part: id.part.clone().unwrap_or_default(),
            name: id.name.clone(),
            votes_affected: votes,
            numbers,
        })
    }

    /// Exactly this list, whole, one line for each number.
    pub(crate) fn csv(&self, views: &Connection) -> rusqlite::Result<String> {
        let mut out = String::from("unit,part,name,kind,column,first,second,votes_affected\r\n");
        let entry = |side: &Side| format!("entry {}", side.index);
        out.insert_str(0, &format!("# first: {}, second: {}\r\n", entry(self.first), entry(self.second)));
        for one in self.page(views, None, usize::MAX)? {
            for number in &one.numbers {
                let value = |value: Option<u64>| value.map(|n| n.to_string()).unwrap_or_default();
                let cells = [
                    quoted(&one.unit),
                    quoted(&one.part),
                    quoted(&one.name),
                    if number.votes { "votes" } else { "field" }.to_owned(),
                    quoted(&number.column),
                    value(number.before),
                    value(number.now),
                    one.votes_affected.to_string(),
                ];
                out.push_str(&cells.join(","));
                out.push_str("\r\n");
            }
        }
        Ok(out)
    }
}

/// RFC 4180, and safe to open in a spreadsheet.
fn quoted(cell: &str) -> String {
    let cell = safe_cell(cell);
    if cell.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_string()
    }
}
