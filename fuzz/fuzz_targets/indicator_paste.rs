//! Pasted text and tables: no panic, every indicator has its one form, a pattern that is one, and is found by it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scr_misp::Limits;
use scr_misp::paste::{Indicator, Kind, classify, read_table, read_text};
use scr_patterns::{EvalLimits, Pattern};

fn check(indicator: &Indicator) {
    assert!(!indicator.lines.is_empty() && indicator.count >= indicator.lines.len() as u64);
    let again = classify(&indicator.value).map(|value| (value.kind, value.text));
    assert_eq!(again, Ok((indicator.kind, indicator.value.clone())));
    let Some(pattern) = indicator.pattern() else {
        assert_eq!(indicator.kind, Kind::Cve);
        return;
    };
    let pattern = Pattern::parse(&pattern, &scr_patterns::Limits::default())
        .unwrap_or_else(|error| panic!("{pattern}: {error}"));
    for observable in indicator.observables() {
        assert!(matches!(pattern.matches_object(&observable, &EvalLimits::default()), Ok(true)), "{observable}");
    }
}

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let limits = Limits { attributes: 500, ..Limits::default() };
    if let Ok(reading) = read_text(text, &limits) {
        reading.indicators.iter().for_each(check);
    }
    if let Ok(table) = read_table(text, &limits) {
        table.reading.indicators.iter().for_each(check);
    }
});
