//! A draft read: its mapping, its table, and who of its contestants the contest knows.

use super::data::ContestRow;
use super::draft::Draft;
use super::upload::limits;
use scr_canon::sha256;
use scr_core::slug;
use scr_engine::ActError;
use scr_intake::{Counts, Input, Mapping};
use scr_results::{Closest, Contestant, NewRow, Problem, Table, TableError};
use scr_web::App;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// What comes of a draft. There is a table only when nothing is wrong with the file.
pub(crate) struct Reading {
    pub(crate) file: Vec<u8>,
    pub(crate) problems: Vec<Problem>,
    /// Problems that are counted and not listed.
    pub(crate) unlisted: u64,
    pub(crate) counts: Counts,
    /// Names of the contests in the file.
    pub(crate) found: Vec<String>,
    pub(crate) table: Option<Table>,
    /// Contestants of the file that the contest does not know, with the closest that it does.
    pub(crate) unknown: Vec<(Contestant, Option<Contestant>)>,
    /// The mapping as it is recorded.
    pub(crate) mapping: String,
}

/// Reads a draft. With a contest, its contestants get the ids and names that the contest gives them.
pub(crate) fn of(app: &App, draft: &Draft, contest: Option<&ContestRow>) -> Result<Reading, ActError> {
    let file = draft.file(app)?;
    let mut reading = Reading {
        file,
        problems: Vec::new(),
        unlisted: 0,
        counts: Counts::default(),
        found: Vec::new(),
        table: None,
        unknown: Vec::new(),
        mapping: draft.mapping.clone(),
    };
    let mut mapping = match Mapping::parse(&draft.mapping, "mapping.toml") {
        Ok(mapping) => mapping,
        Err(problem) => {
            reading.problems.push(*problem);
            return Ok(reading);
        }
    };
    mapping.source.id.clone_from(&draft.source);
    mapping.source.name.clone_from(&draft.source_name);
    let input = Input { name: &draft.file_name, bytes: &reading.file };
    let mut intake = scr_intake::read(input, &mapping, &limits(app));
    reading.unlisted = intake.unlisted.values().sum();
    reading.counts = intake.counts;
    reading.found = intake.tables.iter().map(|table| table.contest.clone()).collect();
    // A file with several contests needs `contest.only` in its mapping: nothing is chosen silently.
    if intake.is_complete() && intake.tables.len() == 1 {
        reading.table = intake.tables.pop();
    }
    reading.problems = intake.problems;
    reading.mapping = mapping.to_toml();
    if let (Some(table), Some(contest)) = (&mut reading.table, contest) {
        // The file's name stays private; its hash says which file it was.
        table.source.file = String::new();
        table.source.object = Some(sha256(&reading.file).to_string());
        contest.id.clone_into(&mut table.contest);
        let (known, unknown) = who_is_who(table.contestants(), contest, &draft.same_as);
        reading.unknown = unknown;
        if reading.unknown.is_empty() {
            note_ids(&mut reading.mapping, table.contestants(), &known);
            *table = with_contestants(table, &known).map_err(|error| scr_engine::Fault::log(&error))?;
        }
    }
    Ok(reading)
}

type Unknown = Vec<(Contestant, Option<Contestant>)>;

/// For each contestant of a file, who of the contest it is: by id, as a person said, or by name.
fn who_is_who(
    file: &[Contestant],
    contest: &ContestRow,
    same_as: &BTreeMap<String, String>,
) -> (Vec<Contestant>, Unknown) {
    let mut taken = BTreeSet::new();
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    let mut closest = Closest::among(contest.contestants.iter().map(|c| c.name.as_str()));
    for one in file {
        let said = same_as.get(&one.id);
        let id = slug(&one.id);
        let name = one.name.trim().to_lowercase();
        let all = &contest.contestants;
        let found = match said {
            Some(said) => all.iter().find(|c| c.id == *said),
            None => all
                .iter()
                .find(|c| c.id == one.id)
                .or_else(|| all.iter().find(|c| c.name.trim().to_lowercase() == name))
                .or_else(|| all.iter().find(|c| !id.is_empty() && c.id == id)),
        };
        match found.filter(|found| taken.insert(found.id.clone())) {
            Some(found) => known.push(found.clone()),
            None => {
                let near = closest.to(&one.name).and_then(|name| all.iter().find(|c| c.name == name));
                unknown.push((one.clone(), near.cloned()));
            }
        }
    }
    (known, unknown)
}

/// Says in the recorded mapping under which id a contestant of the file was taken in.
fn note_ids(mapping: &mut String, file: &[Contestant], known: &[Contestant]) {
    for (from, to) in file.iter().zip(known).filter(|(from, to)| from.id != to.id) {
        let heading: String = from.id.chars().filter(|c| !c.is_control()).collect();
        let _ = write!(mapping, "\n# contestant {heading:?} is {:?}", to.id);
    }
}

/// The same numbers under other contestants.
fn with_contestants(table: &Table, contestants: &[Contestant]) -> Result<Table, TableError> {
    let mut out = Table::new(table.source.clone(), table.contest.clone());
    for field in table.fields() {
        out.add_field(field)?;
    }
    for contestant in contestants {
        out.add_contestant(contestant.clone())?;
    }
    for row in table.rows() {
        let parents: Vec<&str> = row.parents().collect();
        let (kind, unit, name) = (row.kind(), row.unit(), row.name());
        let new = NewRow { kind, unit, name, parents: &parents, part: row.part(), line: row.line() };
        let index = out.push_row(&new)?;
        for column in table.columns() {
            out.set(index, column, row.value(column))?;
        }
        if row.numberless() {
            out.set_numberless(index)?;
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contestant(id: &str, name: &str) -> Contestant {
        Contestant { id: id.into(), name: name.into(), group: None }
    }

    #[test]
    fn contestants_are_known_by_id_name_or_word_of_a_person_and_never_twice() {
        let contest = ContestRow {
            id: "president".into(),
            title: "President".into(),
            votes_per_ballot: 1,
            contestants: vec![contestant("ann", "Ann Archer"), contestant("bob", "Bob Baker")],
        };
        let file = [contestant("ANN ARCHER", "ANN ARCHER"), contestant("Bob Bakker", "Bob Bakker")];
        let (known, unknown) = who_is_who(&file, &contest, &BTreeMap::new());
        assert_eq!(known, [contestant("ann", "Ann Archer")]);
        assert_eq!(unknown[0].1, Some(contestant("bob", "Bob Baker")));
        let said = |to: &str| BTreeMap::from([("Bob Bakker".to_owned(), to.to_owned())]);
        let (known, unknown) = who_is_who(&file, &contest, &said("bob"));
        assert_eq!((known.len(), unknown.len()), (2, 0));
        let (_, unknown) = who_is_who(&file, &contest, &said("ann"));
        assert_eq!(unknown.len(), 1, "Ann has numbers already");
    }
}
