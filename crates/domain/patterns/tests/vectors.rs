//! OASIS's own tests: 301 evaluations of its matcher and 60 patterns of its validator.
//!
//! `patterns/matcher_vectors_v21.jsonl` and `obs_*.json`: oasis-open/cti-pattern-matcher @ 73c1cb94, its tests;
//! stix2-matcher 3.0.0 (PyPI) agrees with all. `validator_cases_v21.jsonl`: oasis-open/cti-pattern-validator
//! @ e1d38d68, its tests; stix2-patterns 2.1.2 (PyPI) agrees with all.

use scr_patterns::{EvalLimits, Limits, Observations, Pattern, Reading, Rule};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

fn lines(file: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(file).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn json(file: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap()
}

fn outcome(pattern: &str, reading: Reading, bundles: &[Value]) -> &'static str {
    let Ok(pattern) = Pattern::parse_as(pattern, reading, &Limits::default()) else { return "error" };
    let observations = Observations::from_bundles(bundles).unwrap();
    match pattern.matches(&observations, &EvalLimits::default()) {
        Ok(outcome) if outcome.is_match() => "match",
        Ok(_) => "nomatch",
        Err(_) => "error",
    }
}

/// Every vector whose outcome differs under a reading: pattern, expected, ours.
fn differences(folder: &Path, reading: Reading) -> Vec<(String, String, &'static str)> {
    let mut sets: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    let vectors = lines(&folder.join("matcher_vectors_v21.jsonl"));
    assert_eq!(vectors.len(), 301);
    let mut differences = Vec::new();
    for vector in vectors {
        let text = |key: &str| vector[key].as_str().unwrap().to_owned();
        let name = text("observations_ref");
        let bundles = sets.entry(name).or_insert_with_key(|name| {
            json(&folder.join(format!("obs_{name}.json"))).as_array().unwrap().clone()
        });
        let ours = outcome(&text("pattern"), reading, bundles);
        if ours != text("expect") {
            differences.push((text("pattern"), text("expect"), ours));
        }
    }
    differences
}

#[test]
fn all_vectors_of_the_matcher_agree() {
    let Some(folder) = scr_testing::data("threats/patterns") else { return };
    assert_eq!(differences(&folder, Reading::Tools), []);
}

/// Where the standard's prose says something else than OASIS's matcher does.
#[test]
fn by_the_standard_five_vectors_come_out_differently() {
    let Some(folder) = scr_testing::data("threats/patterns") else { return };
    let found = differences(&folder, Reading::Standard);
    let found: Vec<_> =
        found.iter().map(|(pattern, expect, ours)| (pattern.as_str(), expect.as_str(), *ours)).collect();
    assert_eq!(
        found,
        [
            // §9.5.1: the last observation must not lie the whole window behind the first.
            ("[person:name > 'aaron'] REPEATS 5 TIMES WITHIN 1 SECONDS", "match", "nomatch"),
            // §9.5.1: no qualifier twice.
            ("[person:age < 20] REPEATS 2 TIMES REPEATS 3 TIMES", "nomatch", "error"),
            // §9.5.1, as the first.
            ("([person:name = 'alice'] AND [person:name < 'carol']) WITHIN 5 SECONDS", "match", "nomatch"),
            // §9.5.1: no time is at or after START and before STOP.
            (
                "[person:name = 'bob'] START t'1994-11-29T13:37:58Z' STOP t'1994-11-29T13:37:58Z'",
                "nomatch",
                "error"
            ),
            (
                "[person:name = 'bob'] START t'1994-11-29T13:37:59Z' STOP t'1994-11-29T13:37:58Z'",
                "nomatch",
                "error"
            ),
        ]
    );
}

/// The validator's own list calls three days valid that no calendar has; §9.2 asks for a timestamp of §2.16, which is
/// one of RFC 3339.
const NO_SUCH_DAY: [&str; 3] = [
    "[x:created = t'2024-02-30T12:00:00Z']",
    "[x:created = t'2024-04-31T12:00:00Z']",
    "[x:created = t'2023-02-29T12:00:00Z']",
];

#[test]
fn the_patterns_of_the_validator_are_read() {
    let Some(folder) = scr_testing::data("threats/patterns") else { return };
    let cases = lines(&folder.join("validator_cases_v21.jsonl"));
    assert_eq!(cases.len(), 60);
    let mut departing = Vec::new();
    for case in &cases {
        let text = case["pattern"].as_str().unwrap();
        assert_eq!(case["valid"], true);
        let read = Pattern::parse_as(text, Reading::Tools, &Limits::default());
        assert_eq!(read.is_ok(), !NO_SUCH_DAY.contains(&text), "{text}: {read:?}");
        let Ok(pattern) = read else { continue };
        let strict = Pattern::parse(text, &Limits::default());
        assert_eq!(strict.is_ok(), pattern.departures().is_empty(), "{text}: {strict:?}");
        departing
            .extend(pattern.departures().iter().map(|departure| (text, departure.offset, departure.rule)));
        assert_eq!(
            Pattern::parse_as(&pattern.to_string(), Reading::Tools, &Limits::default()).unwrap().expression(),
            pattern.expression()
        );
    }
    let [operator, qualifier, types] = departing.as_slice() else { panic!("{departing:?}") };
    assert_eq!((Some(operator.1), operator.2), (operator.0.find("=="), Rule::OperatorName));
    assert_eq!((Some(qualifier.1), qualifier.2), (qualifier.0.rfind("WITHIN"), Rule::RepeatedQualifier));
    assert_eq!((Some(types.1), types.2), (types.0.find("user-account"), Rule::MixedTypes));
}

#[test]
fn the_examples_of_the_specification_are_read_and_printed_as_they_stand() {
    let Some(folder) = scr_testing::data("threats/patterns") else { return };
    let text = std::fs::read_to_string(folder.join("stix21_spec_pattern_examples.txt")).unwrap();
    let mut number = 0;
    for line in text.lines() {
        let pattern = Pattern::parse(line, &Limits::default()).unwrap_or_else(|why| panic!("{line}: {why}"));
        // No space before a string, parentheses that say nothing, and a network that is written in full.
        let normal = line
            .replace("MATCHES'", "MATCHES '")
            .replace("([file:name = 'foo.dll'] AND", "[file:name = 'foo.dll'] AND")
            .replace("bar']) OR", "bar'] OR")
            .replace("2001:0db8:dead:beef:0000:0000:0000:0000/64", "2001:db8:dead:beef::/64");
        assert_eq!(pattern.to_string(), normal);
        number += 1;
    }
    assert_eq!(number, 23);
}
