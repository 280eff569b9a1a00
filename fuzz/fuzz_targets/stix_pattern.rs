//! STIX patterns, and behind a line with `#` alone, objects to evaluate them on.
//!
//! What is taken prints as what is taken as the same; every evaluation ends; the index says what looking says; and the
//! same texts as assets and as patterns of other languages break nothing.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scr_patterns::assets::{Asset, Assets};
use scr_patterns::other::Language;
use scr_patterns::{EvalLimits, Index, Limits, Observations, Pattern, Reading};
use serde_json::{Value, json};

const LANGUAGES: [&str; 5] = ["pcre", "sigma", "snort", "suricata", "yara"];

fuzz_target!(|text: &str| {
    let limits = Limits { bytes: 1 << 16, regex_bytes: 1 << 16, ..Limits::default() };
    let work = EvalLimits { steps: 100_000, copies: 1_000 };
    let (text, objects) = text.split_once("\n#\n").unwrap_or((text, ""));
    let objects: Value = serde_json::from_str(objects).unwrap_or(Value::Null);
    let objects = match objects {
        Value::Array(objects) => objects,
        _ => vec![json!({"type": "a", "b": ["x", 1, null], "c_hex": "00ff", "d_ref": "0", "id": "0"})],
    };
    let mut assets = Assets::new();
    for (at, line) in text.lines().take(8).enumerate() {
        if let Ok(asset) = Asset::parse(line) {
            assert_eq!(Asset::parse(&asset.to_string()).as_ref(), Ok(&asset));
            assets.insert(at, asset);
        }
    }
    for language in LANGUAGES {
        let _ = Language::of(language).expect("not stix").check(text, &limits);
    }
    for object in &objects {
        let _ = assets.touched_by_object(object, &work);
    }
    let strict = Pattern::parse(text, &limits);
    let Ok(pattern) = Pattern::parse_as(text, Reading::Tools, &limits) else {
        assert!(strict.is_err());
        return;
    };
    assert_eq!(strict.is_ok(), pattern.departures().is_empty());
    let unlimited = Limits { bytes: usize::MAX, ..limits };
    let again = Pattern::parse_as(&pattern.to_string(), Reading::Tools, &unlimited).expect("its own normal form");
    assert_eq!(again.expression(), pattern.expression());
    let _ = assets.touched_by_pattern(&pattern, &work);
    let Ok(observations) = Observations::from_objects(&objects) else { return };
    let outcome = pattern.matches(&observations, &work).map(|outcome| outcome.is_match());
    let mut index = Index::new();
    index.insert((), pattern);
    let hits = index.matching(&observations, &work);
    match outcome {
        Ok(is_match) => assert_eq!(!hits.matching.is_empty(), is_match),
        // What is stopped by the limits may be settled where the index looks at less.
        Err(scr_patterns::EvalError::TooMuchWork { .. }) => {}
        Err(_) => assert_eq!(hits.undecided.len(), 1),
    }
});
