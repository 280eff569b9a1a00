//! Files of version 1 are read for ever.

use scr_alerts::{Card, Known, Limits, Scanned, authenticate, from_armour, judge, to_armour};
use scr_verify::Trust;
use std::path::Path;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../fixtures/alerts");
/// 2026-11-27T11:00:00Z
const NOW: u64 = 1_795_777_200;

#[test]
fn the_files_of_the_fixtures_hold() {
    let read = |name: &str| std::fs::read(Path::new(FOLDER).join(name)).unwrap();
    let card: Card = String::from_utf8(read("station.card")).unwrap().parse().unwrap();
    let trust = Trust::Policy(Box::new(card.policy));
    let limits = Limits::default();
    for (name, expected) in [
        ("alert", "valid-now"),
        ("alert-short", "valid-now"),
        ("exercise", "exercise"),
        ("exercise-short", "exercise"),
        ("test", "test"),
        ("test-short", "test"),
        ("cancel", "valid-now"),
        ("cancel-before", "SCR-ALR-018"),
        ("fullest", "valid-now"),
    ] {
        let (bytes, text) = (read(&format!("{name}.bundle")), read(&format!("{name}.txt")));
        let (label, inside) = from_armour(std::str::from_utf8(&text).unwrap()).unwrap();
        assert_eq!((&inside, to_armour(label, &bytes).as_bytes()), (&bytes, text.as_slice()), "{name}");
        for form in [&bytes, &text] {
            let said = authenticate(&Scanned::read(form).unwrap(), &trust, &limits)
                .and_then(|found| judge(&found, &Known::default(), NOW, &limits))
                .map_or_else(|refused| refused.code(), |verdict| verdict.code());
            assert_eq!(said, expected, "{name}");
        }
    }
}
