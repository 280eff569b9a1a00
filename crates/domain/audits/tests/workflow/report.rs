//! The report against one that Arlo has written: the statewide audit of Georgia, November 2025
//! (`ga2025-psc2/final_audit_report.csv`, as published by the Secretary of State). And the report of ballots against the
//! columns that Arlo gives them.

use super::course::formed;
use scr_audits::import_arlo::{import, read_bundle, read_report};
use scr_audits::record::{Batch, Contest, Record, Round};
use scr_audits::workflow::change::Change;
use scr_audits::workflow::discrepancy::compare;
use scr_audits::workflow::report::{Board, Facts, Section, csv, sections};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;

type Sections = BTreeMap<String, Vec<Vec<String>>>;

/// The sections of a report as rows of cells, without the empty cells that a spreadsheet has added.
fn read(bytes: &[u8]) -> Sections {
    let mut found = Sections::new();
    let mut now = String::new();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
    let mut width = 0;
    for row in reader.records() {
        let cells: Vec<String> = row.unwrap().iter().map(str::to_owned).collect();
        if let Some(name) = cells[0].strip_prefix("######## ") {
            now = name.trim_end_matches(" ########").to_owned();
            width = 0;
        } else if cells.iter().any(|cell| !cell.is_empty()) {
            if width == 0 {
                width = cells.iter().rposition(|cell| !cell.is_empty()).unwrap() + 1;
            }
            found.entry(now.clone()).or_default().push(cells[..width].to_vec());
        }
    }
    found
}

fn facts_of(record: &Record, report: &scr_audits::import_arlo::Report) -> Facts {
    let place = |jurisdiction: &str, name: &str| {
        let same = |batch: &Batch| batch.jurisdiction == jurisdiction && batch.batch == name;
        record.batches.iter().position(same)
    };
    let mut facts = Facts {
        organization: "Georgia".into(),
        election: "November 4,2025 Municipal General/Special Election".into(),
        state: "GA".into(),
        times: vec![("2025-11-12T20:21:36.046696+00:00".into(), "2025-11-17T17:02:15.944791+00:00".into())],
        ..Facts::default()
    };
    // Boards called two batches that they could not tell apart by one name, which stands in the report alone.
    for group in report.sampled.iter().filter(|sampled| !sampled.combined.is_empty()) {
        let members = group.combined.strip_prefix("Combines ").unwrap().split(", ");
        let at: Vec<usize> = members.filter_map(|name| place(&group.jurisdiction, name)).collect();
        for counted in record.rounds.iter().flat_map(|round| &round.counted) {
            if !at.is_empty() && at.iter().all(|member| counted.together.contains(member)) {
                facts.combined.insert(counted.batch, group.batch.clone());
            }
        }
    }
    facts
}

#[test]
fn georgias_report_comes_out_cell_by_cell() {
    let Some(folder) = scr_testing::data("audit/ga2025-psc2") else { return };
    let open = |name: &str| File::open(folder.join(name)).unwrap();
    let manifests = read_bundle(open("manifests_bundle.zip"), "manifests_bundle.zip").unwrap();
    let totals = read_bundle(open("candidate_totals_bundle.zip"), "candidate_totals_bundle.zip").unwrap();
    let official = std::fs::read(folder.join("final_audit_report.csv")).unwrap();
    let report = read_report(&official, "final_audit_report.csv").unwrap();
    let record = import(&manifests, &totals, &report).unwrap();
    let facts = facts_of(&record, &report);
    let (ours, theirs) = (read(&csv(&sections(&record, &facts))), read(&official));
    assert_eq!(ours.keys().collect::<Vec<_>>(), theirs.keys().collect::<Vec<_>>());
    for (name, theirs) in &theirs {
        let ours = &ours[name];
        assert_eq!(ours[0], theirs[0], "columns of {name}");
        // Arlo's database sorts the batches of a county in an order of its own.
        let set = |rows: &[Vec<String>]| rows.iter().cloned().collect::<BTreeSet<_>>();
        let (ours_set, theirs_set) = (set(&ours[1..]), set(&theirs[1..]));
        let missing: Vec<_> = theirs_set.difference(&ours_set).collect();
        let more: Vec<_> = ours_set.difference(&theirs_set).collect();
        assert!(missing.is_empty() && more.is_empty(), "{name}\nmissing {missing:#?}\nmore {more:#?}");
        assert_eq!(ours.len(), theirs.len(), "{name}");
        assert_eq!(ours.last(), theirs.last());
    }
    let rows = &ours["SAMPLED BATCHES"];
    assert!(rows[1..rows.len() - 1].is_sorted_by_key(|row| row[0].clone()));
}

fn contest(name: &str, choices: [&str; 3], votes: [u64; 3], targeted: bool) -> Contest {
    formed(json!({
        "name": name, "choices": choices, "votes": votes, "winners": 1, "votes_allowed": 1, "ballots": 100,
        "risk_limit": "0.025", "targeted": targeted
    }))
}

fn round(number: u32, draws: &[(u32, &str)], counted: &Value, decision: &str) -> Round {
    let draws: Vec<Value> = draws
        .iter()
        .map(|(position, ticket)| json!({"ticket": ticket, "batch": 0, "position": position}))
        .collect();
    let measured = if decision == "abandoned" {
        json!([])
    } else {
        json!([{"contest": 0, "p_value": "0.2000000000", "met": false}])
    };
    formed(json!({
        "number": number, "seed": format!("3436337019039120856{number}"), "draws": draws, "counted": counted,
        "measured": measured, "decision": decision
    }))
}

fn ballots() -> Record {
    let first = round(
        1,
        &[(1, "0.1"), (2, "0.2"), (1, "0.25"), (3, "0.3"), (4, "0.4")],
        &json!([
            {"batch": 0, "position": 1, "votes": [[1], null]},
            {"batch": 0, "position": 2, "votes": [[0, 1], []]},
            {"batch": 0, "position": 3},
            {"batch": 0, "position": 4, "votes": [[0], [2]]},
        ]),
        "next-round",
    );
    let read = json!([{"batch": 0, "position": 6, "votes": [[1], null]}]);
    let given_up = round(2, &[(6, "0.45")], &read, "abandoned");
    let second = round(3, &[(1, "0.5"), (5, "0.6")], &json!([]), "next-round");
    let mut record: Record = formed(json!({
        "format": scr_audits::record::FORMAT,
        "title": "=1+1",
        "software": "test",
        "settings": {"method": "ballot-comparison", "sampler": "consistent-with-replacement", "seed_digits": 20},
        "contests": [],
        "batches": [{"jurisdiction": "North", "tabulator": "T1", "batch": "B1", "ballots": 100}],
        "cvrs": [
            {"batch": 0, "position": 1, "votes": [[0], null]},
            {"batch": 0, "position": 2, "votes": [[0], []]},
            {"batch": 0, "position": 3, "votes": [[0], [1]]},
            {"batch": 0, "position": 5, "votes": [[0, 1], [1]]},
        ],
        "commitment": {"parts": {}, "root": scr_canon::sha256(b"")},
        "rounds": [],
    }));
    record.contests = vec![
        contest("Mayor", ["Ada", "Ben", "Cleo"], [50, 30, 5], true),
        contest("Clerk", ["X", "Y", "Z"], [10, 20, 30], false),
    ];
    record.rounds = vec![first, given_up, second];
    record
}

fn section<'a>(sections: &'a [Section], name: &str) -> &'a Section {
    sections.iter().find(|section| section.name == name).unwrap()
}

fn facts() -> Facts {
    Facts {
        boards: vec![Board {
            jurisdiction: "North".into(),
            name: "Board 1".into(),
            members: vec![("@ines".into(), String::new())],
        }],
        containers: vec![Some("Box 1".into())],
        ..Facts::default()
    }
}

#[test]
fn ballots_stand_beside_what_machines_read() {
    let record = ballots();
    let sections = sections(&record, &facts());
    let sampled = section(&sections, "SAMPLED BALLOTS");
    let of = |contest: &str| {
        ["Audit Result", "CVR Result", "Change in Results", "Change in Margin"]
            .map(|column| format!("{column}: {contest}"))
    };
    let mut columns: Vec<String> = [
        "Jurisdiction Name",
        "Container",
        "Tabulator",
        "Batch Name",
        "Ballot Position",
        "Ticket Numbers: Mayor",
        "Audited?",
    ]
    .map(str::to_owned)
    .into();
    columns.extend(of("Mayor").into_iter().chain(of("Clerk")));
    assert_eq!(sampled.columns, columns);
    let rows: Vec<String> = sampled.rows.iter().map(|row| row[4..].join("|")).collect();
    let wanted = [
        // The machine had one more for Ada and one fewer for Ben: the lead was two too large.
        "1|Round 1: 0.1, 0.25, Round 3: 0.5|AUDITED|Ben|Ada|Ada: +1; Ben: -1|2|CONTEST_NOT_ON_BALLOT|||",
        // People see two marks: none counts.
        "2|Round 1: 0.2|AUDITED|OVERVOTE; Ada, Ben|Ada|Ada: +1|1|BLANK|Blank||",
        "3|Round 1: 0.3|NOT_FOUND||Ada||2||Y||2",
        // No machine has read it: as wrong as can be.
        "4|Round 1: 0.4|AUDITED|Ada|Ballot not in CVR||2|Z|Ballot not in CVR||2",
        "5|Round 3: 0.6|NOT_AUDITED||Overvote||||Y||",
    ];
    assert_eq!(rows, wanted);
}

#[test]
fn settings_boards_and_rounds_stand_in_their_sections() {
    let sections = sections(&ballots(), &facts());
    let settings = &section(&sections, "AUDIT SETTINGS").rows[0];
    assert_eq!(settings[..4], ["'=1+1", "BALLOT_COMPARISON", "SUPERSIMPLE", "2.5%"]);
    assert!(settings[4].starts_with("Round 1: 34363370190391208561; Round 2: "), "{}", settings[4]);
    assert_eq!(section(&sections, "AUDIT BOARDS").rows[0], ["North", "Board 1", "'@ines", "", "", ""]);
    let rounds = &section(&sections, "ROUNDS").rows;
    let audited: Vec<(&str, &str, &str)> =
        rounds.iter().map(|row| (row[3].as_str(), row[5].as_str(), row[8].as_str())).collect();
    assert_eq!(
        audited,
        [
            ("5", "0.2000000000", "Ada: 1; Ben: 1; Cleo: 0"),
            ("", "", "X: 0; Y: 0; Z: 1"),
            ("1", "ABANDONED", "Ada: 0; Ben: 1; Cleo: 0"),
            ("", "ABANDONED", "X: 0; Y: 0; Z: 0"),
            ("2", "0.2000000000", "Ada: 0; Ben: 0; Cleo: 0"),
            ("", "", "X: 0; Y: 0; Z: 0"),
        ]
    );
}

#[test]
fn different_limits_are_named_with_their_contests() {
    let mut record = ballots();
    record.contests[1].risk_limit = "0.1".into();
    let settings = &sections(&record, &Facts::default());
    assert_eq!(section(settings, "AUDIT SETTINGS").rows[0][3], "Mayor: 2.5%; Clerk: 10%");
}

/// As Arlo states them in Georgia's report: Houston, Lamar, Spalding and Wilkes counties.
#[test]
fn a_change_is_reported_less_audited_and_a_margin_the_worst_of_its_pairs() {
    let mut of = contest("PSC", ["Echols", "Johnson", "Other"], [582_403, 980_470, 0], true);
    let cases: [([u64; 3], [u64; 3], &str, i64); 4] = [
        ([2338, 1671, 0], [2337, 1672, 0], "Echols: +1; Johnson: -1", -1),
        ([937, 541, 0], [936, 541, 0], "Echols: +1", 0),
        ([14, 118, 0], [14, 120, 0], "Johnson: -2", -2),
        ([24, 65, 0], [24, 64, 0], "Johnson: +1", 1),
    ];
    for (reported, audited, words, margin) in cases {
        let change = Change::of(&of, &reported, &audited);
        // Against the third choice the lead changes less than against the second.
        assert_eq!((change.words(&of).as_str(), change.margin), (words, margin));
        assert!(change.is_any());
    }
    of.winners = 2;
    let change = Change::of(&of, &[5, 9, 1], &[5, 7, 4]);
    assert_eq!((change.words(&of).as_str(), change.margin), ("Johnson: +2; Other: -3", 5));
    assert!(!Change::of(&of, &[5, 9, 1], &[5, 9, 1]).is_any());
}

/// Where the style of cards is known, a contest that the machine has recorded and people do not find on the ballot counts as
/// the worst that it could hold, also where the machine found nobody marked.
#[test]
fn a_contest_that_is_not_on_the_ballot_differs_where_styles_are_known() {
    let mut record = ballots();
    record.cvrs[0].votes = vec![Some(vec![1]), Some(Vec::new())];
    let of_clerk = |record: &Record| {
        let all = compare(record, &record.cvrs).all;
        let own = all.into_iter().find(|one| one.position == Some(1) && one.contest == 1);
        own.map(|one| (one.change.absent, one.change.words(&record.contests[1])))
    };
    assert_eq!(of_clerk(&record), None);
    record.settings = record.settings.styled(true);
    assert_eq!(of_clerk(&record), Some((true, "contest not on the ballot".to_owned())));
    record.cvrs[0].votes[1] = Some(vec![2]);
    assert_eq!(of_clerk(&record), Some((true, "Z: +1; contest not on the ballot".to_owned())));
    record.cvrs[0].votes[1] = None;
    assert_eq!(of_clerk(&record), None);
}
