//! Evaluates patterns against observations, line by line: what other matchers are compared with (`tools/interop/threats`).
//!
//! Each line of the input is a JSON object with `pattern` and `bundles`, a list of bundles with observed-data. Each line
//! of the output is `match`, `nomatch`, or `error` and why. The argument `tools` reads patterns as OASIS's tools do,
//! `standard` by the text of STIX 2.1.

#![expect(clippy::print_stdout, reason = "a program for the command line")]

use scr_patterns::{EvalLimits, Limits, Observations, Pattern, Reading};
use serde_json::Value;
use std::error::Error;
use std::io::BufRead as _;

fn main() -> Result<(), Box<dyn Error>> {
    let reading = match std::env::args().nth(1).as_deref() {
        Some("tools") => Reading::Tools,
        Some("standard") => Reading::Standard,
        _ => return Err("tools or standard".into()),
    };
    for line in std::io::stdin().lock().lines() {
        let case: Value = serde_json::from_str(&line?)?;
        println!("{}", outcome(&case, reading)?);
    }
    Ok(())
}

fn outcome(case: &Value, reading: Reading) -> Result<String, Box<dyn Error>> {
    let text = case["pattern"].as_str().ok_or("no pattern")?;
    let bundles = case["bundles"].as_array().ok_or("no bundles")?;
    let pattern = match Pattern::parse_as(text, reading, &Limits::default()) {
        Ok(pattern) => pattern,
        Err(why) => return Ok(format!("error {:?} {why}", why.code)),
    };
    let observations = match Observations::from_bundles(bundles) {
        Ok(observations) => observations,
        Err(why) => return Ok(format!("error {why}")),
    };
    Ok(match pattern.matches(&observations, &EvalLimits::default()) {
        Ok(outcome) if outcome.is_match() => "match".to_owned(),
        Ok(_) => "nomatch".to_owned(),
        Err(why) => format!("error {why}"),
    })
}
