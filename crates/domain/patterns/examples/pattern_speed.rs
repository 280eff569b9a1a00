//! How fast patterns are read and evaluated.
//!
//! `pattern_speed [INDICATORS] [OBJECTS]` makes indicators (100,000) and objects (10,000) by a formula, of which one in
//! ten shows an indicator. `tools/interop/threats/pattern_speed.py` gives the first of them to stix2-matcher. One
//! evaluation is one pattern against one observation.

#![expect(clippy::print_stdout, reason = "a program for the command line")]

use scr_patterns::assets::{Asset, Assets};
use scr_patterns::{EvalLimits, Index, Limits, Pattern};
use serde_json::{Value, json};
use std::error::Error;
use std::hint::black_box;
use std::time::Instant;

/// The n-th indicator.
fn pattern(n: usize) -> String {
    match n % 20 {
        0..=7 => format!("[domain-name:value = '{}']", domain(n)),
        8..=11 => format!("[ipv4-addr:value = '{}']", address(n)),
        12 | 13 => format!("[ipv4-addr:value ISSUBSET '{}/28']", address(n)),
        14..=16 => format!("[file:hashes.'SHA-256' = '{}']", hash(n)),
        17 => format!("[url:value = 'https://{}/login?id={n}']", domain(n)),
        18 => format!("[domain-name:value LIKE '%.vote{n}.example.net']"),
        _ => format!(
            "[email-message:subject = 'Ballot {n}' AND email-message:from_ref.value = 'a{n}@{}']",
            domain(n)
        ),
    }
}

fn domain(n: usize) -> String {
    format!("results-{n}.district{}.example", n % 97)
}

fn address(n: usize) -> String {
    // Spread over 10.0.0.0/8.
    let number = n * 7919 % (1 << 24);
    format!("10.{}.{}.{}", number >> 16, number >> 8 & 255, number & 255)
}

fn hash(n: usize) -> String {
    format!("{:016x}", n as u64 * 0x9E37_79B9 + 1).repeat(4)
}

/// The n-th object; one in ten shows an indicator.
fn object(n: usize, indicators: usize) -> Value {
    let shown = if n.is_multiple_of(10) { n * 31 % indicators } else { indicators + n };
    match n % 4 {
        0 => json!({"type": "domain-name", "value": domain(shown)}),
        1 => json!({"type": "ipv4-addr", "value": format!("192.0.2.{}", n % 256)}),
        2 => json!({"type": "file", "name": "a.exe", "hashes": {"SHA-256": hash(shown)}}),
        _ => json!({"type": "url", "value": format!("https://{}/", domain(shown))}),
    }
}

/// What went on for how long, as so many a second.
fn report(what: &str, number: usize, start: Instant) {
    let seconds = start.elapsed().as_secs_f64();
    println!("{what:<58} {:>16.0}/s  ({number} in {seconds:.3} s)", number as f64 / seconds);
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let indicators = arguments.next().map_or(Ok(100_000), |text| text.parse())?;
    let objects = arguments.next().map_or(Ok(10_000), |text| text.parse())?;
    let texts: Vec<String> = (0..indicators).map(pattern).collect();
    let objects: Vec<Value> = (0..objects).map(|n| object(n, indicators)).collect();
    let limits = EvalLimits::default();

    let start = Instant::now();
    let patterns: Vec<Pattern> =
        texts.iter().map(|text| Pattern::parse(text, &Limits::default())).collect::<Result<_, _>>()?;
    report("patterns read", patterns.len(), start);

    let few = objects.get(..objects.len().min(40)).unwrap_or_default();
    let start = Instant::now();
    let mut matching = 0;
    for object in few {
        for pattern in &patterns {
            matching += usize::from(black_box(pattern.matches_object(object, &limits)?));
        }
    }
    report("evaluations, one pattern after the other", few.len() * patterns.len(), start);

    let start = Instant::now();
    let mut index = Index::new();
    for (key, pattern) in patterns.into_iter().enumerate() {
        index.insert(key, pattern);
    }
    report("patterns put into the index", index.len(), start);
    let found: usize = few.iter().map(|object| index.matching_object(object, &limits).matching.len()).sum();
    if found != matching {
        return Err(format!("the index finds {found}, looking at all finds {matching}").into());
    }

    let start = Instant::now();
    let hits: usize =
        objects.iter().map(|object| index.matching_object(object, &limits).matching.len()).sum();
    report("objects looked up", objects.len(), start);
    report("evaluations by the index", objects.len() * index.len(), start);
    println!("{hits} hits");

    let start = Instant::now();
    (0..indicators).for_each(|key| {
        index.remove(&key);
    });
    report("patterns taken out", indicators, start);
    watch(&texts, &objects, indicators)
}

/// As many assets as indicators, and what the indicators and objects are about.
fn watch(texts: &[String], objects: &[Value], number: usize) -> Result<(), Box<dyn Error>> {
    let limits = EvalLimits::default();
    let mut assets = Assets::new();
    let start = Instant::now();
    for n in 0..number {
        let text = match n % 4 {
            0 => format!("owner-{n}.example"),
            1 => format!("district{n}.example"),
            2 => format!("{}/29", address(n)),
            _ => hash(n),
        };
        assets.insert(n, Asset::parse(&text)?);
    }
    report("assets put into the index", number, start);
    let patterns: Vec<Pattern> =
        texts.iter().map(|text| Pattern::parse(text, &Limits::default())).collect::<Result<_, _>>()?;
    let start = Instant::now();
    let touched: usize =
        patterns.iter().map(|pattern| assets.touched_by_pattern(pattern, &limits).found.len()).sum();
    report("patterns looked up among the assets", patterns.len(), start);
    let start = Instant::now();
    let seen: usize =
        objects.iter().map(|object| assets.touched_by_object(object, &limits).found.len()).sum();
    report("objects looked up among the assets", objects.len(), start);
    println!("{touched} and {seen} touches");
    Ok(())
}
