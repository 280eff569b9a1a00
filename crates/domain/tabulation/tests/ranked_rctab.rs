//! `RCTab`'s own test sets (BrightSpots/rcv 2167c240, v2.0.1, `src/test/resources/network/brightspots/rcv/test_data`):
//! every configuration through configuration, readers, count and report, and every number against every expected
//! JSON report, and against every cell of the CSV report beside it. Numbers are compared as numbers: `RCTab` writes `13914` and `13914.0000` for one.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod rctab;

use rctab::Sets;
use scr_tabulation::ranked::{self, RankedError, report};
use serde_json::Value;

/// Sets that have no report: refused, or a person is asked.
const REFUSED: [(&str, &str); 4] = [
    ("invalid_params_test", "SCR-TAB-003"),
    ("invalid_sources_test", "SCR-TAB-002"),
    ("max_ranking_enforcement", "SCR-TAB-016"),
    ("sample_interactive_tiebreak", "SCR-TAB-040"),
];

/// Sets that cannot be equal, with what is said instead, word for word, and why.
const KNOWN: [(&str, &[&str], &str); 2] = [
    (
        "dominion_kansas",
        &["SCR-CVR-032 kansas_input_data member=\"CvrExport.json or CvrExport_0.json\""],
        "its cards (CvrExport.json) are not among the data of these tests",
    ),
    (
        "first_round_determines_threshold_test",
        &["/summary/totalNumBallots: \"16\", expected \"19\"", "/summary/undervotes: 0, expected 3"],
        "RCTab takes three rows without one cell (18, 1048575, 1048576) for blank ballots",
    ),
];

/// A number without zeros at the end; other text as it is.
fn plain(text: &str) -> String {
    match text.split_once('.') {
        Some((whole, decimals)) if decimals.bytes().all(|byte| byte.is_ascii_digit()) => {
            let decimals = decimals.trim_end_matches('0');
            if decimals.is_empty() { whole.to_owned() } else { format!("{whole}.{decimals}") }
        }
        _ => text.to_owned(),
    }
}

fn normal(value: &Value) -> Value {
    match value {
        Value::String(text) => Value::String(plain(text)),
        Value::Array(list) => Value::Array(list.iter().map(normal).collect()),
        Value::Object(object) => {
            Value::Object(object.iter().map(|(name, value)| (name.clone(), normal(value))).collect())
        }
        other => other.clone(),
    }
}

/// Where two reports differ; who wrote them is passed over, and the order within a round's list of decisions.
fn differences(ours: &Value, theirs: &Value, at: &str, found: &mut Vec<String>) {
    match (ours, theirs) {
        (Value::Object(a), Value::Object(b)) => {
            let mut names: Vec<&String> = a.keys().chain(b.keys()).collect();
            names.sort();
            names.dedup();
            for name in names.into_iter().filter(|name| *name != "generatedBy") {
                let none = Value::Null;
                let (ours, theirs) = (a.get(name).unwrap_or(&none), b.get(name).unwrap_or(&none));
                differences(ours, theirs, &format!("{at}/{name}"), found);
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            let mut sorted = [a.clone(), b.clone()];
            if at.ends_with("tallyResults") {
                sorted.iter_mut().for_each(|list| list.sort_by_key(ToString::to_string));
            }
            for (number, (ours, theirs)) in sorted[0].iter().zip(&sorted[1]).enumerate() {
                differences(ours, theirs, &format!("{at}/{number}"), found);
            }
        }
        _ if ours == theirs => {}
        _ => found.push(format!("{at}: {ours}, expected {theirs}")),
    }
}

/// What became of one set, in a line; and whether it is as expected.
fn run(sets: &Sets, name: &str, file: &str, tables: &mut [usize; 2]) -> (String, bool) {
    let expected = sets.reports(name);
    let refused = REFUSED.iter().find(|(set, _)| *set == name).map(|(_, code)| *code);
    let found = match sets.count(file) {
        Err(problems) => {
            let text = problems.join("; ");
            let known = KNOWN.iter().any(|(set, said, _)| *set == name && problems == *said);
            let good = known || refused.is_some_and(|code| text.contains(code));
            return (format!("{name}: refused: {}", text.chars().take(300).collect::<String>()), good);
        }
        Ok(found) => found,
    };
    if expected.is_empty() {
        return (format!("{name}: counted, no report to compare"), name == "invalid_output_directory");
    }
    let (config, counts) = found;
    let mut wrong = Vec::new();
    let mut equal = 0;
    for (file, theirs) in &expected {
        let ours = match theirs["config"].as_object().and_then(|about| {
            ["precinct", "batch"].into_iter().find_map(|kind| Some((kind, about.get(kind)?.as_str()?)))
        }) {
            None => {
                let pass = (1..=counts.len()).find(|pass| file.contains(&format!("_{pass}_expected")));
                report::report(&config, &counts[pass.unwrap_or(1) - 1])
            }
            Some((kind, part)) => match counts[0].parts.iter().position(|known| known == part) {
                Some(at) => report::part_report(&config, &counts[0], at, kind),
                None => Value::Null,
            },
        };
        let before = wrong.len();
        differences(&normal(&ours), &normal(theirs), "", &mut wrong);
        let is_known = KNOWN.iter().any(|(set, _, _)| *set == name);
        if let Some(csv) = sets.table(file).filter(|_| !is_known) {
            // The round by which the threshold, and each share, is computed.
            let rules = &config.rules;
            let of_first = rules.number_of_winners > 1 || rules.first_round_determines_threshold;
            let (cells, compared) = rctab::table::differences(&ours, csv, of_first);
            *tables = [tables[0] + 1, tables[1] + compared];
            wrong.extend(cells.into_iter().map(|cell| format!("CSV {cell}")));
        }
        equal += usize::from(wrong.len() == before);
    }
    let line = format!("{name}: {equal} of {} reports equal", expected.len());
    let detail: Vec<String> = wrong.iter().take(6).map(|difference| format!("\n    {difference}")).collect();
    let known = KNOWN.iter().any(|(set, said, _)| *set == name && wrong == *said);
    (line + &detail.concat(), wrong.is_empty() || known)
}

#[test]
fn every_set_gives_the_expected_reports() {
    let Some(sets) = Sets::open() else { return };
    let configs = sets.configs();
    assert_eq!(configs.len(), 55);
    let mut bad = 0;
    let (mut reports, mut tables) = (0, [0, 0]);
    for (name, file) in &configs {
        let (line, good) = run(&sets, name, file, &mut tables);
        reports += sets.reports(name).len();
        bad += usize::from(!good);
        println!("{} {line}", if good { "ok" } else { "NO" });
    }
    for (name, _, why) in KNOWN {
        println!("not equal: {name}: {why}");
    }
    println!("{} configurations, {reports} reports, {bad} not as expected", configs.len());
    println!("{} tables, {} cells", tables[0], tables[1]);
    assert_eq!((bad, tables[0]), (0, 55));
}

/// A tie where a person is asked: the count stops, says among whom, and goes on with the lot.
#[test]
fn a_lot_is_asked_for_and_taken() {
    let Some(sets) = Sets::open() else { return };
    let (config, ballots) =
        sets.gather("sample_interactive_tiebreak/sample_interactive_tiebreak_config.json").unwrap();
    let mut lots: Vec<String> = Vec::new();
    let count = loop {
        match ranked::count(&ballots, &config.rules, &lots) {
            Err(RankedError::Lot(scr_tabulation::lots::LotError::Needed(needed))) => {
                assert!(needed.among.len() > 1, "{needed}");
                lots.push(needed.among[0].clone());
            }
            other => break other.unwrap(),
        }
    };
    assert!(!lots.is_empty());
    assert_eq!(count.lots.len(), lots.len());
    assert!(ranked::explain(&count).iter().any(|line| line.contains("by lot")));
}
