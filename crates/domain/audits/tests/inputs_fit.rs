//! Whether what an audit starts from fits together: names against the standard ones, cast vote records against the
//! manifest, Colorado's published lists against both.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use scr_audits::inputs::cards::{self, BatchCount, Matched, Phantoms, Source};
use scr_audits::inputs::contests::StandardContest;
use scr_audits::inputs::manifest::{self, AuditKind, Manifest};
use scr_audits::inputs::names::{
    self, Because, Mapping, Renamed, Standardised, Used, UsedChoice, UsedContest,
};
use scr_audits::inputs::{Limits, Told, published};
use scr_audits::sample::ballots::{Positions, draw};
use scr_audits::sample::colorado;
use scr_core::Problem;
use scr_tabulation::cvr::columns::{Builder, Columns};
use scr_tabulation::cvr::{Card, Choice, ChoiceKind, Contest, Contests, Mark, Sink as _};
use scr_tabulation::read::dominion_csv;
use std::collections::{BTreeMap, BTreeSet};

fn told<T>(read: Result<Told<T>, Vec<Problem>>) -> Vec<String> {
    let problems = read.map_or_else(|problems| problems, |told| told.warnings);
    problems.iter().map(Problem::to_string).collect()
}

fn manifest_of(text: &str, kind: AuditKind) -> Manifest {
    manifest::read(text.as_bytes(), "m.csv", kind, &Limits::default()).unwrap().input
}

// Names.

fn standard(name: &str, jurisdictions: Option<&[&str]>, choices: &[&str]) -> StandardContest {
    let owned = |list: &[&str]| list.iter().map(|name| (*name).to_owned()).collect();
    StandardContest {
        name: name.to_owned(),
        jurisdictions: jurisdictions.map(owned),
        choices: Some(owned(choices)).filter(|list: &Vec<String>| !list.is_empty()),
    }
}

fn used(jurisdiction: &str, contests: &[(&str, &[&str])]) -> Used {
    let contest = |(name, choices): &(&str, &[&str])| UsedContest {
        name: (*name).to_owned(),
        choices: choices
            .iter()
            .map(|name| UsedChoice { name: (*name).to_owned(), is_standing: !name.starts_with("Write-in") })
            .collect(),
    };
    Used {
        jurisdiction: jurisdiction.to_owned(),
        file: format!("{jurisdiction}.csv"),
        contests: contests.iter().map(contest).collect(),
    }
}

fn mapping(jurisdiction: &str, contest: Option<&str>, used: &str, standard: &str) -> Mapping {
    Mapping {
        jurisdiction: jurisdiction.to_owned(),
        contest: contest.map(str::to_owned),
        used: used.to_owned(),
        standard: standard.to_owned(),
    }
}

fn standardise(
    list: &[StandardContest],
    used: &[Used],
    mappings: &[Mapping],
) -> Result<Told<Standardised>, Vec<Problem>> {
    names::standardise(list, used, mappings, "names.csv")
}

#[test]
fn every_name_that_changes_is_in_the_trail_and_no_other() {
    let list = [
        standard("Mayor", None, &["Ann Lee", "Ben"]),
        standard("Question 1-2", Some(&["Adams"]), &["Yes", "No"]),
    ];
    let jurisdictions = [
        used(
            "Adams",
            &[("MAYOR", &["Ann  Lee", "Ben", "Write-in 1"]), ("Sheriff", &["X"]), ("2-Jan", &["YES", "No"])],
        ),
        used("Bent", &[("Mayor", &["ANN LEE", "Benjamin"])]),
    ];
    let said =
        [mapping("Adams", None, "2-Jan", "Question 1-2"), mapping("Bent", Some("Mayor"), "Benjamin", "Ben")];
    let found = standardise(&list, &jurisdictions, &said).unwrap();
    assert_eq!(found.warnings, []);
    let found = found.input;
    let entry = |jurisdiction: &str, contest: Option<&str>, used: &str, standard: &str, because| Renamed {
        jurisdiction: jurisdiction.to_owned(),
        contest: contest.map(str::to_owned),
        used: used.to_owned(),
        standard: standard.to_owned(),
        because,
    };
    assert_eq!(
        found.trail,
        [
            entry("Adams", None, "2-Jan", "Question 1-2", Because::Person),
            entry("Adams", None, "MAYOR", "Mayor", Because::Spelling),
            entry("Adams", Some("Mayor"), "Ann  Lee", "Ann Lee", Because::Spelling),
            entry("Adams", Some("Question 1-2"), "YES", "Yes", Because::Spelling),
            entry("Bent", Some("Mayor"), "ANN LEE", "Ann Lee", Because::Spelling),
            entry("Bent", Some("Mayor"), "Benjamin", "Ben", Because::Person),
        ]
    );
    let adams = &found.jurisdictions[0];
    assert_eq!(adams.contests[0].as_ref().unwrap().choices, ["Ann Lee", "Ben", "Write-in 1"]);
    assert_eq!(adams.contests[1], None, "a contest that is not audited is left alone");
    assert_eq!(adams.contests[2].as_ref().unwrap().standard, 1);
    let trail = found.trail[5].trail();
    assert_eq!((trail.used.as_str(), trail.standard.as_str()), ("Mayor - Benjamin", "Mayor - Ben"));
    // Names that are the standard ones leave no trail.
    let same = [used("Bent", &[("Mayor", &["Ann Lee", "Ben"])])];
    assert_eq!(standardise(&list, &same, &[]).unwrap().input.trail, []);
}

#[test]
fn what_is_nearly_a_name_is_proposed_and_never_taken() {
    let list = [standard("Question 0012", None, &["Yes", "No"]), standard("Mayor", None, &["Ann"])];
    let found = standardise(&list, &[used("Adams", &[("Question 12", &["Yes"]), ("Mayor", &["Anne"])])], &[]);
    assert_eq!(
        told(found),
        [
            "SCR-AUD-033 Adams.csv column \"Mayor\" value \"Anne\" closest \"Ann\" jurisdiction=\"Adams\"",
            "SCR-AUD-033 Adams.csv value \"Question 0012\" closest \"Question 12\" jurisdiction=\"Adams\"",
            "SCR-AUD-036 Adams.csv column \"Mayor\" value \"Ann\" jurisdiction=\"Adams\"",
        ]
    );
    let elsewhere = [standard("Mayor", Some(&["Bent"]), &[])];
    assert_eq!(
        told(standardise(&elsewhere, &[used("Adams", &[("Mayor", &["Ann"])])], &[])),
        ["SCR-AUD-037 Adams.csv value \"Mayor\" jurisdiction=\"Adams\""]
    );
}

#[test]
fn two_names_never_become_one() {
    let list = [standard("Mayor", None, &["Ann", "Ben"])];
    let found = told(standardise(
        &list,
        &[used("A", &[("Mayor", &["Ann", "ANN"]), ("MAYOR", &["Ann", "Ben"])])],
        &[],
    ));
    assert_eq!(
        found[..2],
        [
            "SCR-AUD-034 A.csv column \"Mayor\" value \"ANN\" jurisdiction=\"A\" other=\"Ann\"",
            "SCR-AUD-034 A.csv column \"Mayor\" value \"MAYOR\" jurisdiction=\"A\" other=\"Mayor\"",
        ]
    );
    // A person cannot make one of two either.
    let said = [mapping("A", Some("Mayor"), "Ben", "Ann"), mapping("A", Some("Mayor"), "Bill", "Ann")];
    let found = told(standardise(&list, &[used("A", &[("Mayor", &["Ann", "Ben", "Bill"])])], &said));
    assert!(found[0].starts_with("SCR-AUD-035 A.csv value \"Ann\" closest \"Ben\""), "{found:?}");
    assert!(found[1].starts_with("SCR-AUD-034 A.csv column \"Mayor\" value \"Bill\""), "{found:?}");
    // Nor is one of two standard names chosen that differ in punctuation alone.
    let twins = [standard("Measure A", None, &[]), standard("Measure-A", None, &[])];
    let found = told(standardise(&twins, &[used("A", &[("MEASURE A", &[]), ("Measure A", &[])])], &[]));
    assert!(found[0].contains("SCR-AUD-034") && found[0].contains("one=\"Measure A\""), "{found:?}");
    let said = [mapping("A", None, "MEASURE A", "Measure-A")];
    assert!(standardise(&twins, &[used("A", &[("MEASURE A", &[]), ("Measure A", &[])])], &said).is_ok());
    let both = [mapping("A", None, "X", "Measure A"), mapping("A", None, "X", "Measure-A")];
    assert!(
        told(standardise(&twins, &[used("A", &[("X", &[])])], &both))[0].starts_with("SCR-AUD-034 names.csv")
    );
}

#[test]
fn what_a_person_says_must_fit_something() {
    let list = [standard("Mayor", None, &["Ann"])];
    let said = [
        mapping("Bent", None, "Mayor", "Mayor"),
        mapping("Adams", None, "Majr", "Mayor"),
        mapping("Adams", Some("Mayor"), "A. Lee", "Anne"),
    ];
    let found = told(standardise(&list, &[used("Adams", &[("Mayor", &["A. Lee"])])], &said));
    assert_eq!(
        found,
        [
            "SCR-AUD-035 Adams.csv value \"Anne\" closest \"Ann\" jurisdiction=\"Adams\" used=\"A. Lee\"",
            "SCR-AUD-035 names.csv value \"Bent\" jurisdiction=\"Bent\"",
            "SCR-AUD-035 names.csv value \"Majr\" closest \"Mayor\" jurisdiction=\"Adams\"",
            "SCR-AUD-036 Adams.csv column \"Mayor\" value \"Ann\" jurisdiction=\"Adams\"",
        ]
    );
    let text =
        "Jurisdiction,Contest Name,Used Name,Standard Name\nAdams,,Majr,Mayor\nAdams,Mayor,A. Lee,Ann\n";
    let read = names::read(text.as_bytes(), "n.csv", &Limits::default()).unwrap().input;
    assert_eq!(
        read,
        [mapping("Adams", None, "Majr", "Mayor"), mapping("Adams", Some("Mayor"), "A. Lee", "Ann")]
    );
}

// Cast vote records against the manifest.

/// Cards as (tabulator, batch, record, sheet, whether the second contest is on it).
fn columns(cards: &[(&str, &str, u32, u32, bool)]) -> Columns {
    let mut contests = Contests::default();
    for name in ["Mayor", "Council"] {
        let choice =
            Choice { id: "A".into(), name: "A".into(), party: String::new(), kind: ChoiceKind::Regular };
        let contest =
            Contest { id: name.into(), name: name.into(), votes_allowed: 1, ranks: 0, choices: vec![choice] };
        contests.contest(name, || contest).unwrap();
    }
    let mut builder = Builder::new(1000);
    for (number, (tabulator, batch, position, sheet, council)) in cards.iter().enumerate() {
        let mut card = Card::default();
        (*tabulator).clone_into(&mut card.tabulator);
        (*batch).clone_into(&mut card.batch);
        (card.position, card.sheet) = (*position, *sheet);
        card.id = number.to_string();
        card.imprinted = format!("{tabulator}-{batch}-{position}");
        card.add(0, &[Mark::vote(0)]);
        if *council {
            card.add(1, &[]);
        }
        builder.card(&contests, &card).unwrap();
    }
    builder.finish("Test", &contests)
}

const MANIFEST: &str = "Tabulator,Batch Name,Number of Ballots\nT1,B1,3\nT1,B2,2\nT2,B1,4\n";

fn matched(manifest: &Manifest, all: &[&Columns]) -> Result<Told<Matched>, Vec<Problem>> {
    let sources: Vec<Source<'_>> = all.iter().map(|columns| Source { file: "c.csv", columns }).collect();
    cards::compare("J", manifest, &sources, &BTreeMap::new(), "m.csv")
}

#[test]
fn positions_are_ranks_and_what_is_missing_is_a_phantom() {
    let manifest = manifest_of(MANIFEST, AuditKind::BallotComparison);
    // Record numbers with gaps, in the order of the scanner's memory; T2's batch has another file.
    let one = columns(&[
        ("T1", "B1", 9, 0, true),
        ("T1", "B1", 2, 0, false),
        ("T1", "B1", 5, 0, true),
        ("T1", "B2", 7, 0, true),
    ]);
    let two = columns(&[("T2", "B1", 10, 0, false), ("T2", "B1", 1, 0, true)]);
    let found = matched(&manifest, &[&one, &two]).unwrap();
    let warned: Vec<String> = found.warnings.iter().map(Problem::to_string).collect();
    assert_eq!(warned, ["SCR-AUD-040 m.csv ballots=\"9\" batches=\"2\" cvrs=\"6\" phantoms=\"3\""]);
    let found = found.input;
    let count = |cvrs, phantoms| BatchCount { cvrs, phantoms };
    assert_eq!(found.batches, [count(3, 0), count(1, 1), count(2, 2)]);
    assert_eq!((found.cards, found.phantoms()), (6, 3));
    let places: Vec<_> = (0..4).map(|card| found.place(0, card).unwrap()).collect();
    assert_eq!(places, [(0, 3), (0, 1), (0, 2), (1, 1)]);
    assert_eq!([found.place(1, 0), found.place(1, 1), found.place(1, 2)], [Some((2, 2)), Some((2, 1)), None]);
    let contests: Vec<_> = found
        .contests
        .iter()
        .map(|contest| (contest.name.as_str(), contest.cvrs, contest.phantoms))
        .collect();
    assert_eq!(contests, [("Council", 4, 3), ("Mayor", 6, 3)]);
    let sources = [Source { file: "c.csv", columns: &one }, Source { file: "c.csv", columns: &two }];
    let frame = |phantoms| {
        let frame = found.frame(&manifest, &sources, |columns| columns.find("Council"), phantoms);
        frame
            .into_iter()
            .map(|batch| (batch.tabulator.unwrap(), batch.batch, batch.positions))
            .collect::<Vec<_>>()
    };
    let only = |tabulator: &str, batch: &str, list: &[u32]| {
        (tabulator.to_owned(), batch.to_owned(), Positions::Only(list.to_vec()))
    };
    assert_eq!(
        frame(Phantoms::LeftOut),
        [only("T1", "B1", &[2, 3]), only("T1", "B2", &[1]), only("T2", "B1", &[1])]
    );
    assert_eq!(
        frame(Phantoms::Drawn),
        [only("T1", "B1", &[2, 3]), only("T1", "B2", &[1, 2]), only("T2", "B1", &[1, 3, 4])]
    );
    // The sampler takes it.
    let batches = found.frame(&manifest, &sources, |columns| columns.find("Council"), Phantoms::Drawn);
    assert_eq!(draw("12345678901234567890", &batches, 0, 7, false).unwrap().len(), 7);
    assert_eq!(manifest.frame("J").len(), 3);
}

#[test]
fn more_records_than_ballots_are_refused_with_the_batch_named() {
    let manifest = manifest_of(
        "Tabulator,Batch Name,Number of Ballots\nT1,B1,1\nT1,B2,2\n",
        AuditKind::BallotComparison,
    );
    let cvrs = columns(&[("T1", "B1", 1, 0, true), ("T1", "B1", 2, 0, true), ("T1", "B2", 1, 0, true)]);
    assert_eq!(
        told(matched(&manifest, &[&cvrs])),
        ["SCR-AUD-038 m.csv value \"T1, B1\" ballots=\"1\" cvrs=\"2\""]
    );
    let cvrs = columns(&[
        ("T1", "B1", 1, 0, true),
        ("T1", "B1", 2, 0, true),
        ("T1", "B2", 1, 0, true),
        ("T1", "B2", 2, 0, true),
    ]);
    assert!(
        told(matched(&manifest, &[&cvrs])).contains(&"SCR-AUD-039 m.csv ballots=\"3\" cvrs=\"4\"".to_owned())
    );
}

#[test]
fn records_that_lie_nowhere_are_refused_with_the_closest_batch() {
    let manifest =
        manifest_of("Tabulator,Batch Name,Number of Ballots\nT1,0012,9\n", AuditKind::BallotComparison);
    let cvrs = columns(&[
        ("T1", "12", 1, 0, true),
        ("T1", "12", 2, 0, true),
        ("T9", "77", 1, 0, true),
        ("T1", "0012", 0, 0, true),
    ]);
    let found = told(matched(&manifest, &[&cvrs]));
    assert_eq!(
        found[..3],
        [
            "SCR-AUD-041 c.csv value \"T1, 12\" closest \"T1, 0012\" cards=\"2\" first id=\"0\"",
            "SCR-AUD-041 c.csv value \"T9, 77\" cards=\"1\" first id=\"2\"",
            "SCR-AUD-044 m.csv value \"T1, 0012\" cards=\"1\"",
        ]
    );
    // A manifest without tabulators knows batches by their name.
    let plain = manifest_of("Batch Name,Number of Ballots\nB1,2\n", AuditKind::BallotPolling);
    assert_eq!(
        told(matched(&plain, &[&columns(&[("T1", "B1", 1, 0, true), ("T2", "B1", 2, 0, true)])])),
        [""; 0]
    );
}

#[test]
fn no_record_is_taken_twice() {
    let manifest = manifest_of(MANIFEST, AuditKind::BallotComparison);
    let one = columns(&[("T1", "B1", 1, 0, true), ("T1", "B1", 2, 0, true)]);
    let again = columns(&[("T1", "B1", 2, 0, true)]);
    let found = told(matched(&manifest, &[&one, &again]));
    assert_eq!(
        found[..2],
        [
            "SCR-AUD-042 c.csv column \"imprinted id\" value \"T1-B1-2\" card=\"1\" first card=\"2\"",
            "SCR-AUD-042 c.csv column \"record\" value \"T1, B1\" record=\"2\"",
        ]
    );
}

#[test]
fn a_ballot_of_several_cards_is_one_where_ballots_are_counted() {
    let cvrs = columns(&[("T1", "B1", 4, 1, true), ("T1", "B1", 4, 2, false), ("T1", "B1", 8, 1, true)]);
    let ballots =
        manifest_of("Tabulator,Batch Name,Number of Ballots\nT1,B1,2\n", AuditKind::BallotComparison);
    let found = matched(&ballots, &[&cvrs]).unwrap();
    assert_eq!((found.warnings, found.input.batches[0].cvrs), (Vec::new(), 2));
    let places: Vec<_> = (0..3).map(|card| found.input.place(0, card).unwrap().1).collect();
    assert_eq!(places, [1, 1, 2]);
    let cards =
        manifest_of("Tabulator,Batch Name,Number of Ballot Cards\nT1,B1,3\n", AuditKind::BallotComparison);
    let found = matched(&cards, &[&cvrs]).unwrap();
    assert_eq!((found.warnings, found.input.batches[0].cvrs), (Vec::new(), 3));
    let places: Vec<_> = (0..3).map(|card| found.input.place(0, card).unwrap().1).collect();
    assert_eq!(places, [1, 2, 3]);
}

#[test]
fn batches_without_records_are_left_out_and_bounds_are_kept() {
    let text = "Tabulator,Batch Name,Number of Ballots,CVR\nT1,B1,3,Y\nT1,B2,9,N\n";
    let manifest = manifest_of(text, AuditKind::Hybrid);
    let cvrs = columns(&[("T1", "B1", 1, 0, true), ("T1", "B2", 1, 0, true)]);
    let found = matched(&manifest, &[&cvrs]).unwrap();
    let warned: Vec<String> = found.warnings.iter().map(Problem::to_string).collect();
    assert_eq!(
        warned,
        [
            "SCR-AUD-043 m.csv value \"T1, B2\" cards=\"1\"",
            "SCR-AUD-040 m.csv ballots=\"3\" batches=\"1\" cvrs=\"1\" phantoms=\"2\""
        ]
    );
    assert_eq!((found.input.phantoms(), found.input.place(0, 1)), (2, None));
    let sources = [Source { file: "c.csv", columns: &cvrs }];
    let with = |bound: u64| {
        let bounds = BTreeMap::from([("Mayor".to_owned(), bound)]);
        cards::compare("J", &manifest, &sources, &bounds, "m.csv")
    };
    let mayor = with(3).unwrap().input.contests.into_iter().find(|contest| contest.name == "Mayor").unwrap();
    assert_eq!((mayor.cvrs, mayor.phantoms), (2, 1));
    for bound in [1, 13] {
        assert!(told(with(bound))[0].starts_with("SCR-AUD-039 m.csv column \"Mayor\""), "{bound}");
    }
}

/// Dominion's own test export (Colorado 2017): every card lies where the manifest says, and positions are the ranks of
/// the record numbers in each batch, counted here apart.
#[test]
fn a_real_export_fits_a_manifest_of_its_batches() {
    let Some(path) = scr_testing::data("audit/cvr-dominion-csv/dominion-2017-CVR_Export_20170310104116.csv")
    else {
        return;
    };
    let mut builder = Builder::new(100_000);
    let bytes = std::fs::read(path).unwrap();
    let reading =
        dominion_csv::read(bytes.as_slice(), "c.csv", &scr_tabulation::read::Limits::default(), &mut builder);
    let reading = reading.unwrap();
    let columns = builder.finish(&reading.election, &reading.contests);
    let mut batches: BTreeMap<(String, String), BTreeSet<u32>> = BTreeMap::new();
    let mut card = Card::default();
    for number in 0..columns.cards() {
        assert!(columns.card(number, &mut card));
        batches.entry((card.tabulator.clone(), card.batch.clone())).or_default().insert(card.position);
    }
    let mut text = "Tabulator,Batch Name,Number of Ballots\n".to_owned();
    for ((tabulator, batch), records) in &batches {
        text.push_str(&format!("{tabulator},{batch},{}\n", records.len()));
    }
    let manifest = manifest_of(&text, AuditKind::BallotComparison);
    let found = matched(&manifest, &[&columns]).unwrap();
    assert_eq!((found.warnings, found.input.cards), (Vec::new(), columns.cards()));
    for number in 0..columns.cards() {
        assert!(columns.card(number, &mut card));
        let location = columns.location(number).unwrap();
        assert_eq!((location.batch, location.id), (card.batch.as_str(), card.id.as_str()));
        let (batch, position) = found.input.place(0, number).unwrap();
        assert_eq!(manifest.batches[batch].name, card.batch);
        let records = &batches[&(card.tabulator.clone(), card.batch.clone())];
        let rank = records.iter().filter(|record| **record <= card.position).count();
        assert_eq!(usize::try_from(position).unwrap(), rank);
    }
}

/// Colorado Secretary of State, November 2017, round 1: the lists of six counties follow from their manifests; where the
/// manifest has other cards, the number behind the list is found.
#[test]
fn colorados_lists_follow_from_their_manifests() {
    let Some(folder) = scr_testing::data("audit/co2017") else { return };
    let expected: serde_json::Value =
        serde_json::from_slice(&std::fs::read(folder.join("expected.json")).unwrap()).unwrap();
    let seed = expected["seed"].as_str().unwrap();
    for facts in expected["counties"].as_array().unwrap() {
        let county = facts["county"].as_str().unwrap();
        let text = std::fs::read_to_string(folder.join(format!("county_manifest_{county}.csv"))).unwrap();
        let mut manifest = manifest_of(&text, AuditKind::BallotComparison);
        let list = std::fs::read(folder.join(format!("ballot_list_{county}.csv"))).unwrap();
        let list = published::read(list.as_slice(), "list.csv", &Limits::default()).unwrap().input;
        let found = published::compare(&list, seed, &manifest, 0, "list.csv").unwrap();
        assert_eq!(facts["manifest_cards"], found.input.stated);
        assert_eq!(facts["manifest_cards"], found.input.follows_from);
        assert_eq!(facts["distinct_cards"], found.input.distinct);
        assert_eq!(facts["draws_needed"], found.input.picks);
        // Lincoln's list names scanner 3, its manifest device 1: every one of its batches is said.
        let strange = found.warnings.iter().filter(|problem| problem.code == "SCR-AUD-047").count();
        assert_eq!(strange > 0, county == "Lincoln", "{county}");
        let last = manifest.batches.iter_mut().rev().find(|batch| batch.ballots > 4).unwrap();
        last.ballots -= 4;
        let cards = manifest.ballots();
        let refused = told(published::compare(&list, seed, &manifest, 0, "list.csv"));
        assert!(
            refused.contains(&format!("SCR-AUD-046 list.csv stated=\"{cards}\" tried within=\"0\"")),
            "{county}"
        );
        let found = published::compare(&list, seed, &manifest, 10, "list.csv").unwrap();
        assert_eq!(found.input.follows_from, cards + 4, "{county}");
        assert!(found.warnings.iter().any(|problem| problem.code == "SCR-AUD-046"), "{county}");
    }
}

#[test]
fn a_list_that_follows_from_nothing_is_refused() {
    let manifest =
        manifest_of("Tabulator,Batch Name,Number of Ballots\n1,1,90\n", AuditKind::BallotComparison);
    let head = "scanner_id,batch_id,record_id,imprinted_id,ballot_type,storage_location,cvr_number,audited\n";
    let list = |numbers: &[u64]| {
        let rows: String =
            numbers.iter().map(|number| format!("1,1,{number},x,y,z,{number},Yes\n")).collect();
        published::read(format!("{head}{rows}").as_bytes(), "l.csv", &Limits::default()).unwrap().input
    };
    let seed = "84437724778708423271";
    let (drawn, _) = colorado::distinct(seed, 90, 5);
    assert!(published::compare(&list(&drawn), seed, &manifest, 0, "l.csv").is_ok());
    let mut others = drawn;
    others[0] = others[0] % 90 + 1;
    assert_eq!(
        told(published::compare(&list(&others), seed, &manifest, 3, "l.csv")),
        ["SCR-AUD-046 l.csv stated=\"90\" tried within=\"3\""]
    );
    assert!(told(published::compare(&list(&[]), seed, &manifest, 3, "l.csv"))[0].starts_with("SCR-AUD-046"));
}
