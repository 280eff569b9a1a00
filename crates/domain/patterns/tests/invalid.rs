//! Patterns that are none.
//!
//! `invalid_patterns.jsonl` was written for this project: pattern, mistake, and the code, place and finding that the
//! parser must give. `peer` says what stix2-patterns 2.1.2 (PyPI) does with it; where that does not refuse, `standard`
//! names the section of STIX 2.1 that does. `tools/interop/threats/patterns_run` compares that column with the package.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use scr_patterns::{Departure, ErrorCode, Limits, Pattern, Reading};
use serde_json::Value;

fn cases() -> Vec<Value> {
    include_str!("invalid_patterns.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn each_invalid_pattern_is_refused_at_its_place() {
    let cases = cases();
    assert!(cases.len() > 180);
    for case in cases {
        let text = case["pattern"].as_str().unwrap();
        let error = Pattern::parse(text, &Limits::default()).expect_err(text);
        let code = match error.code {
            ErrorCode::Standard(rule) => format!("{rule:?}"),
            other => format!("{other:?}"),
        };
        assert_eq!(code, case["code"], "{text}: {error}");
        assert_eq!(error.offset, case["offset"], "{text}: {error}");
        assert_eq!(error.found, case["found"], "{text}: {error}");
        assert!(!error.expected.is_empty());
    }
}

/// Where a peer takes what we refuse, the standard must say so; and what the prose alone refuses is read as the tools do.
#[test]
fn where_a_peer_accepts_the_standard_is_named() {
    let mut accepted = 0;
    for case in cases() {
        let text = case["pattern"].as_str().unwrap();
        if case["peer"] == "accepts" {
            accepted += 1;
            assert!(case["standard"].is_string(), "{text}");
        }
        let error = Pattern::parse(text, &Limits::default()).expect_err(text);
        let as_tools = Pattern::parse_as(text, Reading::Tools, &Limits::default());
        match error.code {
            ErrorCode::Standard(rule) => {
                if let Ok(pattern) = as_tools {
                    assert!(
                        pattern.departures().contains(&Departure { offset: error.offset, rule }),
                        "{text}"
                    );
                    assert!(case["standard"].as_str().is_none_or(|text| text.starts_with(rule.section())));
                }
            }
            _ => assert!(as_tools.is_err(), "{text}"),
        }
    }
    assert_eq!(accepted, 35);
}

#[test]
fn limits_hold_and_say_where() {
    let limits = Limits {
        bytes: 200,
        depth: 3,
        comparisons: 4,
        observations: 3,
        constants: 3,
        path: 3,
        repeats: 10,
        ..Limits::default()
    };
    let refused = |text: &str, offset: usize| {
        let error = Pattern::parse(text, &limits).expect_err(text);
        assert_eq!((error.code, error.offset), (ErrorCode::TooLarge, offset), "{text}: {error}");
    };
    refused(&format!("[a:b = '{}']", "é".repeat(100)), 200);
    refused(&format!("[a:b = '{}']", "x".repeat(200)), 200);
    refused("(((([a:b = 1]))))", 3);
    refused("([((((a:b = 1))))])", 4);
    refused("[a:b = 1 OR a:b = 2 OR a:b = 3 OR a:b = 4 OR a:b = 5]", 45);
    refused("[a:b = 1] OR [a:b = 2] OR [a:b = 3] OR [a:b = 4]", 39);
    refused("[a:b IN (1, 2) OR a:b IN (3, 4)]", 29);
    refused("[a:b.c.d.e = 1]", 11);
    refused("[a:b = 1] REPEATS 11 TIMES", 18);
    refused("[a:b = 1] REPEATS 99999999999999999999 TIMES", 18);
    for text in ["(([(a:b = 1)]))", "[a:b.c.d = 1] REPEATS 10 TIMES", "[a:b IN (1, 2, 3)]"] {
        Pattern::parse(text, &limits).unwrap();
    }
}

#[test]
fn deep_nesting_ends_in_an_error() {
    for open in ["(", "[("] {
        let text = open.repeat(100_000);
        assert!(Pattern::parse(&text, &Limits { bytes: usize::MAX, ..Limits::default() }).is_err());
    }
}
