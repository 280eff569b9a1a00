//! Small registries and wide files, each of which brings about one code.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use scr_intake::{Input, Limits, Mapping, RegistryMapping, codes, read, registry};

fn said_of_places(rows: &str) -> Vec<&'static str> {
    let headings = ["Number", "Level1", "Level2"].map(str::to_owned);
    let mapping = RegistryMapping::propose(&headings).unwrap();
    let text = format!("Number,Level1,Level2\n{rows}");
    let intake = registry(Input { name: "r", bytes: text.as_bytes() }, &mapping, &Limits::default());
    intake.problems.iter().map(|problem| problem.code).collect()
}

#[test]
fn an_empty_level_above_one_that_is_not() {
    assert!(said_of_places("1,North,Hill\n2,,Hill\n").contains(&codes::LEVEL_GAP));
    assert!(!said_of_places("1,North,Hill\n2,North,Hill\n").contains(&codes::LEVEL_GAP));
}

#[test]
fn a_station_without_a_number() {
    assert!(said_of_places("1,North,Hill\n,North,Hill\n").contains(&codes::PLACE_NO_CODE));
}

#[test]
fn a_column_for_two_things() {
    let text = "version = 1\nformat = \"delimited\"\n[unit]\nkey = [\"Unit\"]\n[contest]\nname = \"Mayor\"\n[fields]\nregistered_voters = \"Ann\"\n[wide]\nfrom = \"Ann\"\n";
    let mapping = Mapping::parse(text, "m").unwrap();
    let intake = read(Input { name: "f", bytes: b"Unit,Ann,Bob\n1,2,3\n" }, &mapping, &Limits::default());
    assert!(intake.problems.iter().any(|problem| problem.code == codes::COLUMN_TWICE));
}
