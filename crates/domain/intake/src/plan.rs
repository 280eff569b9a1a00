//! A mapping made ready for one sheet: every column found, or a problem for each that is not.

use crate::codes;
use crate::columns::{Place, Sheet};
use crate::mapping::{Mapping, Wide, WideColumn};
use crate::problems::Problems;
use scr_results::Contestant;

/// Which cells are what.
pub(crate) struct Plan {
    pub(crate) key: Vec<Place>,
    pub(crate) name: Option<Place>,
    pub(crate) parents: Vec<Place>,
    pub(crate) part: Option<Place>,
    pub(crate) contest: Vec<Place>,
    pub(crate) fields: Vec<(String, Vec<Place>)>,
    pub(crate) wide: Vec<(Contestant, Place)>,
    pub(crate) long: Option<LongPlan>,
    pub(crate) totals: Vec<(Place, Vec<String>)>,
    pub(crate) filter: Vec<(Place, Vec<String>, Vec<String>)>,
}

/// The columns of a long file.
pub(crate) struct LongPlan {
    pub(crate) contestant: Place,
    pub(crate) votes: Place,
    pub(crate) group: Option<Place>,
    pub(crate) parts: Vec<Place>,
}

/// Finds columns, those of joined files by `alias!heading`.
pub(crate) struct Finder<'a, 'g> {
    pub(crate) sheet: &'a Sheet<'g>,
    pub(crate) joined: &'a [(String, Sheet<'g>)],
}

impl Finder<'_, '_> {
    pub(crate) fn place(&self, column: &str, problems: &mut Problems) -> Option<Place> {
        match column {
            "@row" => return Some(Place::Line),
            "@sheet" => return Some(Place::SheetName),
            "@file" => return Some(Place::FileName),
            _ => {}
        }
        if let Some((alias, rest)) = column.split_once('!')
            && let Some(at) = self.joined.iter().position(|(known, _)| known == alias)
        {
            return self.joined[at].1.find(rest, problems).map(|index| Place::Joined(at, index));
        }
        self.sheet.find(column, problems).map(Place::Cell)
    }

    fn places(&self, columns: &[String], problems: &mut Problems) -> Vec<Place> {
        columns.iter().filter_map(|column| self.place(column, problems)).collect()
    }

    fn maybe(&self, column: Option<&String>, problems: &mut Problems) -> Option<Place> {
        column.and_then(|column| self.place(column, problems))
    }

    /// Name of a column for messages.
    pub(crate) fn label(&self, place: Place) -> String {
        match place {
            Place::Cell(index) => self.sheet.heading(index),
            Place::Joined(at, index) => format!("{}!{}", self.joined[at].0, self.joined[at].1.heading(index)),
            Place::Line => "@row".into(),
            Place::SheetName => "@sheet".into(),
            Place::FileName => "@file".into(),
        }
    }
}

/// Finds every column of the mapping.
pub(crate) fn plan(mapping: &Mapping, finder: &Finder<'_, '_>, problems: &mut Problems) -> Plan {
    let fields: Vec<(String, Vec<Place>)> = mapping
        .fields
        .iter()
        .map(|(name, source)| (name.clone(), finder.places(source.columns(), problems)))
        .collect();
    let wide = mapping.wide.as_ref().map(|wide| contestants(wide, finder, problems)).unwrap_or_default();
    let long = mapping.long.as_ref().and_then(|long| {
        Some(LongPlan {
            contestant: finder.place(&long.contestant, problems)?,
            votes: finder.place(&long.votes, problems)?,
            group: finder.maybe(long.group.as_ref(), problems),
            parts: finder.places(&long.parts, problems),
        })
    });
    refuse_double_use(&fields, &wide, finder, problems);
    Plan {
        key: finder.places(&mapping.unit.key, problems),
        name: finder.maybe(mapping.unit.name.as_ref(), problems),
        parents: finder.places(&mapping.unit.parents, problems),
        part: finder.maybe(mapping.unit.part.as_ref(), problems),
        contest: finder.places(&mapping.contest.columns, problems),
        fields,
        wide,
        long,
        totals: (mapping.totals.rows.iter())
            .filter_map(|rule| Some((finder.place(&rule.column, problems)?, rule.values.clone())))
            .collect(),
        filter: (mapping.filter.iter())
            .filter_map(|rule| {
                Some((finder.place(&rule.column, problems)?, rule.keep.clone(), rule.leave.clone()))
            })
            .collect(),
    }
}

fn contestants(wide: &Wide, finder: &Finder<'_, '_>, problems: &mut Problems) -> Vec<(Contestant, Place)> {
    let listed: Vec<(Place, &WideColumn)> = (wide.columns.iter())
        .filter_map(|column| Some((finder.place(&column.column, problems)?, column)))
        .collect();
    let mut places: Vec<Place> = Vec::new();
    if let Some(start) = wide.from.as_ref().or(wide.after.as_ref()) {
        let skip = usize::from(wide.after.is_some());
        let first = finder.place(start, problems);
        let last = match &wide.to {
            Some(column) => finder.place(column, problems),
            None => first.map(|first| last_column(first, finder)),
        };
        let except: Vec<Place> = finder.places(&wide.except, problems);
        match (first, last) {
            (Some(Place::Cell(first)), Some(Place::Cell(last))) => {
                places.extend((first + skip..=last).map(Place::Cell))
            }
            (Some(Place::Joined(at, first)), Some(Place::Joined(to, last))) if at == to => {
                places.extend((first + skip..=last).map(|index| Place::Joined(at, index)));
            }
            (Some(_), Some(_)) => problems.push(problems.error(codes::MAPPING_INVALID).with("why", "range")),
            _ => {}
        }
        places.retain(|place| !except.contains(place) && !is_empty_column(*place, finder));
    }
    places.extend(
        listed.iter().map(|(place, _)| *place).filter(|place| !places.contains(place)).collect::<Vec<_>>(),
    );
    let mut found: Vec<(Contestant, Place)> = Vec::new();
    for place in places {
        let label = finder.label(place);
        let own = listed.iter().find(|(listed, _)| *listed == place).map(|(_, column)| *column);
        let name = own.and_then(|column| column.name.clone()).unwrap_or_else(|| label.clone());
        let id = own.and_then(|column| column.id.clone()).unwrap_or(label);
        if found.iter().any(|(known, _)| known.id == id) {
            problems.push(problems.error(codes::AMBIGUOUS_COLUMN).in_column(&id));
        } else {
            found.push((Contestant { id, name, group: own.and_then(|column| column.group.clone()) }, place));
        }
    }
    found
}

fn last_column(first: Place, finder: &Finder<'_, '_>) -> Place {
    match first {
        Place::Joined(at, _) => Place::Joined(at, finder.joined[at].1.columns().saturating_sub(1)),
        _ => Place::Cell(finder.sheet.columns().saturating_sub(1)),
    }
}

/// A column of a range without heading and without any cell (a trailing delimiter) is no contestant.
fn is_empty_column(place: Place, finder: &Finder<'_, '_>) -> bool {
    let (sheet, index) = match place {
        Place::Cell(index) => (finder.sheet, index),
        Place::Joined(at, index) => (&finder.joined[at].1, index),
        _ => return false,
    };
    sheet.headings.get(index).is_none_or(String::is_empty)
        && sheet.records.iter().all(|record| record.cell(index).trim().is_empty())
}

fn refuse_double_use(
    fields: &[(String, Vec<Place>)],
    wide: &[(Contestant, Place)],
    finder: &Finder<'_, '_>,
    problems: &mut Problems,
) {
    for (name, places) in fields {
        for place in places {
            if wide.iter().any(|(_, taken)| taken == place) {
                let label = finder.label(*place);
                problems.push(problems.error(codes::COLUMN_TWICE).in_column(&label).with("field", name));
            }
        }
    }
}
