//! What `scr_results::nist` writes, read again by the reader of this crate, which was written for other
//! people's files. One way through the numbers of a real report, where it is there.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use crate::common::data;
use scr_intake::{Format, Input, Intake, Limits, Mapping, read};
use scr_results::nist::{self, Contest, Form, Report};
use scr_results::{Contestant, CountStatus, NewRow, RowKind, SourceInfo, Table};
use std::collections::BTreeMap;

fn report(tables: &[Table]) -> Report {
    let contest = |(index, table): (usize, &Table)| Contest {
        id: format!("c{index}"),
        title: table.contest.clone(),
        votes_per_ballot: 1,
        contestants: table.contestants().to_vec(),
        publication: 2,
        import: 1,
        status: CountStatus::UnofficialComplete,
    };
    Report {
        election: "e".into(),
        title: "Election".into(),
        day: "2026-11-22".into(),
        generated: "2026-11-23T01:02:03Z".into(),
        issuer: "log.example/org/emb".into(),
        log: "log.example".into(),
        status: CountStatus::UnofficialComplete,
        is_test: false,
        contests: tables.iter().enumerate().map(contest).collect(),
    }
}

fn again(tables: &[Table], form: Form, parts: bool) -> Intake {
    let mut out = Vec::new();
    let mut give = |index: usize| Ok::<_, String>(tables[index].clone());
    nist::write(&report(tables), form, &mut give, &mut out).unwrap();
    let mut mapping = Mapping::new(Format::Nist);
    mapping.nist.types_as_parts = parts;
    let name = if form == Form::Json { "r.json" } else { "r.xml" };
    read(Input { name, bytes: &out }, &mapping, &Limits::default())
}

/// Votes by (unit, part, contestant's name); the reader's unit is the report's identifier.
type Votes = BTreeMap<(String, Option<String>, String), u64>;

fn votes(table: &Table, unit: impl Fn(&str) -> String) -> Votes {
    let mut out = Votes::new();
    for row in table.units() {
        for (index, contestant) in table.contestants().iter().enumerate() {
            if let Some(votes) = row.votes(index) {
                let part = row.part().map(str::to_owned);
                out.insert((unit(row.unit()), part, contestant.name.clone()), votes);
            }
        }
    }
    out
}

/// From the identifier of a unit back to its code.
fn code(id: &str) -> String {
    let rest = id.strip_prefix("ru-").unwrap();
    let mut parts = rest.split('_');
    let mut bytes = parts.next().unwrap().as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).unwrap());
        bytes.extend_from_slice(&part.as_bytes()[2..]);
    }
    String::from_utf8(bytes).unwrap()
}

fn small() -> Table {
    let mut table = Table::new(SourceInfo { id: "final".into(), ..SourceInfo::default() }, "President");
    table.add_field("overvotes").unwrap();
    for (id, name, group) in [("ann", "Ann & <Ärlig>", Some("Fern")), ("bob", "Bob \"B\"", None)] {
        let group = group.map(str::to_owned);
        table.add_contestant(Contestant { id: id.into(), name: name.into(), group }).unwrap();
    }
    for (unit, part, parents, numbers) in [
        ("01", Some("paper"), &["North", "Hill"][..], [Some(1), Some(40), Some(0)]),
        ("01", Some("election-day"), &["North", "Hill"], [None, Some(2), None]),
        ("02 é/_", None, &["North"], [Some(3), Some(7), Some(9)]),
    ] {
        let new = NewRow { kind: RowKind::Unit, unit, name: "School", parents, part, line: 0 };
        let row = table.push_row(&new).unwrap();
        for (column, value) in table.columns().collect::<Vec<_>>().into_iter().zip(numbers) {
            table.set(row, column, value).unwrap();
        }
    }
    table
}

#[test]
fn what_is_written_is_read_again() {
    let table = small();
    for form in [Form::Json, Form::Xml] {
        let intake = again(std::slice::from_ref(&table), form, true);
        assert!(intake.is_complete(), "{:?}", intake.problems);
        let read = &intake.tables[0];
        assert_eq!(votes(read, code), votes(&table, str::to_owned));
        assert_eq!(read.contest, "President");
        assert_eq!(read.contestants()[0].group.as_deref(), Some("Fern"));
        assert_eq!(read.source.status, Some(CountStatus::UnofficialComplete));
        assert!(read.totals().next().is_none(), "places have no counts of their own");
        let over: Vec<_> = read.units().filter_map(|row| row.field("overvotes")).collect();
        assert_eq!(over, [1, 3]);
    }
}

#[test]
fn a_real_report_keeps_its_votes() {
    let name = "results/nist-err/err-2022-11-08-Massachusetts-Cambridge.json";
    let Some(bytes) = data(name) else { return };
    let original = read(Input { name, bytes: &bytes }, &Mapping::new(Format::Nist), &Limits::default());
    for form in [Form::Json, Form::Xml] {
        let intake = again(&original.tables, form, false);
        assert!(intake.is_complete(), "{:?}", intake.problems);
        assert_eq!(intake.tables.len(), original.tables.len());
        for (read, table) in intake.tables.iter().zip(&original.tables) {
            assert_eq!(votes(read, code), votes(table, str::to_owned), "{}", table.contest);
        }
        // The sum of all counts as computed by an independent script (PROVENANCE.md of the data).
        let sum: u64 = intake.tables.iter().flat_map(|t| t.rows()).filter_map(|row| row.votes_sum()).sum();
        assert_eq!(sum, 533_917);
    }
}
