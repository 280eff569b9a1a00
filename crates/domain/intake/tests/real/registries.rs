//! Real registries with the counts of `reports.md` 4.1.

use scr_intake::{Input, Limits, RegistryIntake, RegistryMapping, Repeats, codes, registry};

fn read(name: &str, change: impl Fn(&mut RegistryMapping)) -> Option<RegistryIntake> {
    let bytes = crate::common::data(&format!("reports/geography/{name}.csv"))?;
    let text = String::from_utf8_lossy(&bytes);
    let headings: Vec<String> = text
        .lines()
        .next()
        .unwrap_or_default()
        .split(',')
        .map(|cell| cell.trim_matches('"').to_owned())
        .collect();
    let proposed = RegistryMapping::propose(&headings);
    assert!(proposed.is_some(), "no mapping is proposed for {name}");
    let mut mapping = proposed?;
    change(&mut mapping);
    let intake = registry(Input { name, bytes: &bytes }, &mapping, &Limits::default());
    for problem in intake.problems.iter().take(4) {
        println!("{problem}");
    }
    Some(intake)
}

fn listed(intake: &RegistryIntake, code: &str) -> u64 {
    intake.problems.iter().filter(|problem| problem.code == code).count() as u64
        + intake.unlisted.iter().filter(|(known, _)| **known == code).map(|(_, count)| count).sum::<u64>()
}

#[test]
fn complete_registries_keep_every_record() {
    for (name, records) in [
        ("romania-polling-stations", 19_870),
        ("norway-polling-stations", 1_603),
        ("poland-localities", 2_593),
        ("romania-diaspora-stations-latlon", 964),
    ] {
        let Some(intake) = read(name, |_| {}) else { return };
        assert!(intake.is_complete(), "{name}");
        assert_eq!(
            (intake.records, intake.places.len(), intake.refused),
            (records, usize::try_from(records).unwrap(), 0)
        );
        assert_eq!(intake.repeats, 0, "{name}");
        if name.ends_with("latlon") {
            assert!(intake.places.iter().all(|place| place.latitude.is_some() && place.longitude.is_some()));
        }
    }
}

#[test]
fn a_key_that_repeats_is_refused_with_a_suggestion() {
    // 817 (path, number) keys cover 8,644 rows; only DisplayOrder is unique.
    let Some(refused) = read("buenos-aires-polling-stations", |_| {}) else { return };
    assert!(!refused.is_complete() && refused.places.is_empty());
    assert_eq!((refused.records, refused.repeats), (8_825, 8_644 - 817));
    assert_eq!(listed(&refused, codes::PLACE_TWICE), refused.repeats);
    let suggestion =
        refused.problems.iter().find(|problem| problem.code == codes::PLACE_KEY_SUGGESTION).unwrap();
    assert_eq!(suggestion.args["add"], "DisplayOrder");

    let Some(numbered) = read("buenos-aires-polling-stations", |m| m.repeats = Repeats::Number) else {
        return;
    };
    assert_eq!((numbered.places.len(), numbered.repeats), (8_825, 8_644 - 817));
    let Some(further) = read("buenos-aires-polling-stations", |m| m.further = vec!["DisplayOrder".into()])
    else {
        return;
    };
    assert_eq!((further.places.len(), further.repeats), (8_825, 0));
    let Some(by_address) = read("buenos-aires-polling-stations", |m| m.further = vec!["Address".into()])
    else {
        return;
    };
    assert!(by_address.repeats > 0 && by_address.repeats <= 16);
}

#[test]
fn places_without_codes_and_exact_repeats() {
    let Some(ecuador) = read("ecuador-locations", |_| {}) else { return };
    assert!(ecuador.is_complete());
    assert_eq!((ecuador.records, ecuador.places.len(), ecuador.repeats), (4_349, 4_349, 1_519));
    let Some(raw) = read("buenos-aires-raw", |_| {}) else { return };
    assert_eq!((raw.records, raw.places.len()), (1_125, 1_125));
}

#[test]
fn coordinates_that_are_none() {
    let Some(intake) = read("nemo_invalid_geographic", |_| {}) else { return };
    assert_eq!((intake.records, intake.places.len(), intake.repeats), (26, 26, 1));
    let codes_at = |code: &str| intake.problems.iter().find(|problem| problem.code == code).unwrap();
    assert_eq!(codes_at(codes::COORDINATE_RANGE).value.as_deref(), Some("224.48416"));
    assert_eq!(codes_at(codes::COORDINATE).value.as_deref(), Some("TBD"));
    assert_eq!(intake.places.iter().filter(|place| place.latitude.is_none()).count(), 2);
}

#[test]
fn latin_1_names_are_read() {
    let Some(intake) = read("nemo_iso_8859_1", |_| {}) else { return };
    assert!(intake.is_complete());
    assert_eq!(intake.places[0].path, ["Équateur"]);
}
