//! ATT&CK for mobile devices 17.1 (mitre-attack/attack-stix-data @ 7ad8a86f) and DISARM's red framework
//! (DISARMFoundation/DISARMframeworks @ 49df5f64), as their publishers ship them. Counts were taken from the files by
//! other means (Python's json and csv).

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use scr_stix::vocabulary::{Columns, EntryKind, Vocabulary, VocabularyError, attack, disarm, disarm_id};
use scr_stix::{Id, Limits};
use std::collections::BTreeMap;
use std::path::PathBuf;

fn read(path: PathBuf) -> Vec<u8> {
    std::fs::read(path).unwrap()
}

fn kinds(vocabulary: &Vocabulary) -> BTreeMap<EntryKind, usize> {
    let mut counts = BTreeMap::new();
    vocabulary.entries().for_each(|entry| *counts.entry(entry.kind).or_default() += 1);
    counts
}

fn ids(list: &[&scr_stix::vocabulary::Entry]) -> Vec<String> {
    list.iter().map(|entry| entry.external_id.clone()).collect()
}

fn red_framework() -> Option<Vocabulary> {
    let bundle = read(scr_testing::data("threats/disarm/DISARM.json")?);
    let columns = Columns::read(&read(scr_testing::data("threats/disarm/red_framework_ids.csv")?)).unwrap();
    Some(disarm(&bundle[..], Some(&columns), &Limits::default()).unwrap())
}

#[test]
fn disarm_has_its_techniques_in_the_order_of_its_columns() {
    let Some(vocabulary) = red_framework() else { return };
    assert_eq!(kinds(&vocabulary), BTreeMap::from([(EntryKind::Tactic, 16), (EntryKind::Technique, 391)]));
    assert_eq!(vocabulary.left_out, Vec::<String>::new());
    let order: Vec<(&str, &str)> =
        vocabulary.tactics.iter().map(|t| (t.phase.as_deref().unwrap(), t.external_id.as_str())).collect();
    assert_eq!((order[0], order[2], order[15]), (("P01", "TA01"), ("P02", "TA05"), ("P03", "TA18")));
    assert_eq!((vocabulary.techniques_of("TA15").len(), vocabulary.techniques_of("TA01").len()), (74, 6));
    let entry = vocabulary.by_external_id("t0002").unwrap();
    assert_eq!(
        (entry.name.as_str(), &entry.tactics[..]),
        ("Facilitate State Propaganda", &["TA02".to_owned()][..])
    );
    assert!(entry.text.ends_with("groups to push state propaganda."), "{}", entry.text);
    assert_eq!((vocabulary.title.as_deref(), vocabulary.chain.as_deref()), (None, Some("mitre-attack")));
    let tactic = vocabulary.by_external_id("TA02").unwrap();
    assert_eq!(tactic.short_name.as_deref(), Some("plan-objectives"));
    assert_eq!(entry.summary, "Organise citizens around pro-state messaging.");
    assert!(entry.url.as_deref().unwrap().ends_with("/techniques/T0002.md"));
    let part = vocabulary.by_external_id("T0015.001").unwrap();
    assert_eq!(part.parent.as_deref(), Some("T0015"));
    assert_eq!(vocabulary.entries().filter(|entry| entry.parent.is_some()).count(), 288);
}

/// What Python's `uuid.uuid5` gives.
#[test]
fn our_identifiers_of_disarm_follow_from_external_ones() {
    let expected = [
        "attack-pattern--e16150fb-3f02-5f53-aefb-54292f855420",
        "x-mitre-tactic--dc2f8b69-e59b-58e1-9037-4f65b8972f08",
    ];
    assert_eq!(["T0002", "TA01"].map(|id| disarm_id(id).unwrap().to_string()), expected);
    let Some(vocabulary) = red_framework() else { return };
    let entry = vocabulary.by_external_id("T0002").unwrap();
    assert_eq!(entry.id.as_str(), expected[0]);
    // As published in this build, which the next build changes.
    let published = Id::parse("attack-pattern--70717452-f7e3-4ce8-956f-39a4d34c5cfb").unwrap();
    assert_eq!((vocabulary.by_id(&published), vocabulary.by_id(&entry.id)), (Some(entry), Some(entry)));
    let all: std::collections::BTreeSet<&Id> = vocabulary.entries().map(|entry| &entry.id).collect();
    assert_eq!(all.len(), 407);
}

#[test]
fn columns_of_another_version_are_refused() {
    let Some(path) = scr_testing::data("threats/disarm/DISARM.json") else { return };
    let bundle = read(path);
    let with =
        |columns: &[u8]| disarm(&bundle[..], Some(&Columns::read(columns).unwrap()), &Limits::default());
    for (columns, what) in [
        (&b"P01\nTA01\nT0073\n"[..], "407 entries, 2 in columns"),
        (b"P01\nTA01\nT9999\n", "T9999 is not in the bundle"),
        (b"P01\nTA01\nT0002\n", "T0002 is not under TA01"),
    ] {
        assert_eq!(with(columns).unwrap_err(), VocabularyError::Columns(what.to_owned()));
    }
    let without = disarm(&bundle[..], None, &Limits::default()).unwrap();
    assert!(without.tactics.iter().map(|tactic| &tactic.external_id).is_sorted());
}

#[test]
fn attack_has_its_matrix() {
    let Some(path) = scr_testing::data("threats/attack/mobile-attack-17.1.json") else { return };
    let vocabulary = attack(&read(path)[..], &Limits::default()).unwrap();
    let expected = [(EntryKind::Tactic, 14), (EntryKind::Technique, 188), (EntryKind::Mitigation, 15)];
    assert_eq!(kinds(&vocabulary), BTreeMap::from(expected));
    assert_eq!((vocabulary.version.as_deref(), vocabulary.left_out.len()), (Some("17.1"), 0));
    let count =
        |of: fn(&scr_stix::vocabulary::Entry) -> bool| vocabulary.entries().filter(|entry| of(entry)).count();
    assert_eq!(count(|e| e.kind == EntryKind::Technique && e.revoked), 53);
    assert_eq!(count(|e| e.kind == EntryKind::Technique && e.deprecated), 14);
    let order: Vec<&str> = vocabulary.tactics.iter().map(|tactic| tactic.external_id.as_str()).collect();
    assert_eq!((order[0], order.len()), ("TA0027", 14));
    let entry = vocabulary.by_external_id("T1603").unwrap();
    assert_eq!(
        (entry.name.as_str(), &entry.tactics[..]),
        ("Scheduled Task/Job", &["TA0041".to_owned(), "TA0028".to_owned()][..])
    );
    assert_eq!(entry.id, entry.published_id);
    assert_eq!(count(|entry| entry.replaced_by.is_some() && entry.revoked), 50);
    assert_eq!(count(|entry| entry.replaced_by.is_some()), 50);
}

#[test]
fn entries_are_found_by_what_people_write() {
    let Some(vocabulary) = red_framework() else { return };
    let search = |query: &str, most: usize| ids(&vocabulary.search(query, most));
    assert_eq!(search("T0015", 3), ["T0015", "T0015.001", "T0015.002"]);
    assert_eq!(search("  facilitate state ", 5), ["T0002"]);
    assert_eq!(search("propaganda state", 1), ["T0002"]);
    assert_eq!(search("ta0", 100), ["TA01", "TA02", "TA05", "TA06", "TA07", "TA08", "TA09"]);
    assert_eq!((search("", 5), search("%&/", 5), search("zzzz", 5)), (vec![], vec![], vec![]));
    assert_eq!(search("content", 7).len(), 7);
    let long = "content ".repeat(10_000);
    assert!(vocabulary.search(&long, 5).len() <= 5);
}

#[test]
fn bundles_without_techniques_are_refused() {
    assert_eq!(
        attack(&b"{\"type\":\"bundle\"}"[..], &Limits::default()).unwrap_err(),
        VocabularyError::Empty
    );
    assert!(matches!(attack(&b"["[..], &Limits::default()), Err(VocabularyError::Envelope(_))));
}
