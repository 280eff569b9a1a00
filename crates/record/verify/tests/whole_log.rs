//! fsck on published logs, and on logs that were changed in one place each.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod common;

use std::collections::BTreeMap;

use common::{Log, ORIGIN, numbered, signer, trust};
use scr_canon::{Hash32, to_canonical};
use scr_merkle::tile::bundle_push;
use scr_note::Algorithm;
use scr_testing::data;
use scr_verify::{DirectorySource, EntryRules, FetchSource, FsckError, Trust, fsck};
use serde_json::{Value, json};

fn ours() -> Trust {
    trust(&[&signer(ORIGIN, Algorithm::Ed25519, 1)])
}

fn key_file(path: &std::path::Path) -> Trust {
    Trust::Keys(vec![std::fs::read_to_string(path).unwrap().trim_end().parse().unwrap()])
}

/// data/record/generated/log-1000; the root is the one that Go's tlog computed (golden_roots_entry-i.csv).
#[test]
fn the_log_of_a_thousand_entries_is_sound() {
    let Some(folder) = data("record/generated") else { return };
    let trust = key_file(&folder.join("log.vkey"));
    let report = fsck(&DirectorySource::new(folder.join("log-1000")), &trust, EntryRules::Any).unwrap();
    let golden = std::fs::read_to_string(folder.join("golden_roots_entry-i.csv")).unwrap();
    let line = golden.lines().find(|line| line.starts_with("1000,")).unwrap();
    assert!(line.contains(&report.root.to_string()) || line.contains(&report.root.to_hex()), "{line}");
    assert_eq!(report.size, 1000);
}

/// data/record/tessera-testlog: a checkpoint at every size from 0 to 15 over one set of tiles.
#[test]
fn every_size_of_the_tessera_log_is_sound() {
    let Some(folder) = data("record/tessera-testlog") else { return };
    let trust = key_file(&folder.join("log.vkey"));
    for size in 0..=15u64 {
        let source = FetchSource(|path: &str| {
            let path = if path == "checkpoint" { format!("checkpoint.{size}") } else { path.to_owned() };
            Ok(std::fs::read(folder.join("log").join(path)).ok())
        });
        assert_eq!(fsck(&source, &trust, EntryRules::Any).unwrap().size, size);
    }
}

#[test]
fn our_logs_are_sound_at_the_edges_of_tiles() {
    for size in [0, 1, 255, 256, 257, 511, 512, 700] {
        let report = fsck(&numbered(size).source(), &ours(), EntryRules::Any).unwrap();
        assert_eq!(report.size, size as u64);
    }
}

#[test]
fn a_full_tile_may_stand_in_for_a_partial_one() {
    let (long, short) = (numbered(600), numbered(400));
    let mut files = long.files;
    files.insert("checkpoint".into(), short.files["checkpoint"].clone());
    let source = FetchSource(|path: &str| Ok(files.get(path).cloned()));
    // Level 1 had one hash at size 400 and was dropped when it had two.
    let with_edge = FetchSource(|path: &str| match path {
        "tile/1/000.p/1" => Ok(short.files.get(path).cloned()),
        _ => Ok(files.get(path).cloned()),
    });
    assert_eq!(fsck(&with_edge, &ours(), EntryRules::Any).unwrap().size, 400);
    let error = fsck(&source, &ours(), EntryRules::Any).unwrap_err();
    assert_eq!(error, FsckError::Missing("tile/1/000.p/1".into()));
}

/// Any one changed byte of any tile or bundle is found, and what was changed is named.
#[test]
fn the_first_wrong_thing_is_named() {
    let log = numbered(700);
    for path in log.files.keys().filter(|path| *path != "checkpoint") {
        for at in [5, log.files[path].len() / 2, log.files[path].len() - 1] {
            let mut changed = log.clone();
            changed.files.get_mut(path).unwrap()[at] ^= 1;
            let error = fsck(&changed.source(), &ours(), EntryRules::Any).unwrap_err();
            assert_eq!(error.exit_code(), 1);
            match &error {
                FsckError::Entry { bundle, .. } => assert_eq!(bundle, path, "{error}"),
                FsckError::Tile { tile, position } => {
                    assert_eq!((tile, *position), (path, at / 32), "{error}")
                }
                FsckError::Form(form) => assert_eq!(form, path, "{error}"),
                other => panic!("{path}: {other}"),
            }
        }
    }
}

#[test]
fn the_number_of_a_changed_entry_is_right() {
    let log = numbered(700);
    for index in [0usize, 3, 256, 511, 699] {
        let mut changed = log.clone();
        let mut entries = log.entries.clone();
        entries[index] = b"something else".to_vec();
        for (path, chunk) in
            ["tile/entries/000", "tile/entries/001", "tile/entries/002.p/188"].iter().zip(entries.chunks(256))
        {
            let mut bundle = Vec::new();
            chunk.iter().for_each(|entry| bundle_push(&mut bundle, entry).unwrap());
            assert!(changed.files.insert((*path).to_owned(), bundle).is_some());
        }
        let error = fsck(&changed.source(), &ours(), EntryRules::Any).unwrap_err();
        assert!(matches!(error, FsckError::Entry { index: found, .. } if found == index as u64), "{error}");
        assert_eq!(error.code(), "SCR-VERIFY-043");
    }
}

#[test]
fn missing_and_misshapen_resources_and_other_roots_are_found() {
    let log = numbered(700);
    for path in log.files.keys() {
        let mut without = log.clone();
        without.files.remove(path);
        let error = fsck(&without.source(), &ours(), EntryRules::Any).unwrap_err();
        assert_eq!((error.code(), error), ("SCR-VERIFY-041", FsckError::Missing(path.clone())));
    }
    let mut short = log.clone();
    short.files.get_mut("tile/0/001").unwrap().truncate(8_000);
    assert_eq!(fsck(&short.source(), &ours(), EntryRules::Any).unwrap_err().code(), "SCR-VERIFY-042");
    let mut long = log.clone();
    long.files.get_mut("tile/0/001").unwrap().push(0);
    assert_eq!(fsck(&long.source(), &ours(), EntryRules::Any).unwrap_err().code(), "SCR-VERIFY-040");
    let mut tile = log.clone();
    tile.files.get_mut("tile/0/001").unwrap()[64] ^= 1;
    assert_eq!(fsck(&tile.source(), &ours(), EntryRules::Any).unwrap_err().code(), "SCR-VERIFY-044");
    let mut root = log.clone();
    root.sign(Hash32([7; 32]));
    assert_eq!(fsck(&root.source(), &ours(), EntryRules::Any).unwrap_err().code(), "SCR-VERIFY-045");
    let refusing = FetchSource(|_: &str| Err("no network".to_owned()));
    let error = fsck(&refusing, &ours(), EntryRules::Any).unwrap_err();
    assert_eq!((error.code(), error.exit_code()), ("SCR-VERIFY-040", 2));
    let stranger = trust(&[&signer("x.example", Algorithm::Ed25519, 8)]);
    assert_eq!(fsck(&log.source(), &stranger, EntryRules::Any).unwrap_err().code(), "SCR-VERIFY-004");
}

fn entry(at: &str, seq: &[(&str, u64)]) -> Vec<u8> {
    let subjects: Vec<&str> = seq.iter().map(|(subject, _)| *subject).collect();
    let seq: BTreeMap<&str, u64> = seq.iter().copied().collect();
    let value: Value = json!({"v": 1, "t": "case.note.added/1", "id": "x", "iss": "org", "at": at, "sub": subjects,
        "seq": seq, "pub": {}, "com": [], "ref": [], "sig": []});
    to_canonical(&value).unwrap()
}

#[test]
fn counters_time_and_form_of_entries_are_checked() {
    let good = vec![
        entry("2026-11-24T10:00:00Z", &[("case:a", 1)]),
        entry("2026-11-24T10:00:00Z", &[("case:b", 1), ("case:a", 2)]),
        entry("2026-11-24T10:00:01Z", &[("case:a", 3)]),
    ];
    let code = |entries: &[Vec<u8>]| {
        let log = Log::of(entries.to_vec());
        fsck(&log.source(), &ours(), EntryRules::Scrutineer)
            .map(|report| report.subjects)
            .map_err(|e| (e.code(), e))
    };
    assert_eq!(code(&good), Ok(2));
    let with = |position: usize, entry: Vec<u8>| {
        let mut entries = good.clone();
        entries[position] = entry;
        code(&entries).unwrap_err()
    };
    // A gap, a repetition, a first number that is not 1.
    for (position, number) in [(2, 4), (2, 2), (0, 2)] {
        let (code, error) = with(position, entry("2026-11-24T10:00:01Z", &[("case:a", number)]));
        assert_eq!(code, "SCR-VERIFY-047");
        assert!(
            matches!(error, FsckError::Counter { index, found, .. } if index == position as u64 && found == number)
        );
    }
    assert_eq!(with(2, entry("2026-11-24T09:59:59Z", &[("case:a", 3)])).0, "SCR-VERIFY-048");
    assert_eq!(with(2, entry("yesterday", &[("case:a", 3)])).0, "SCR-VERIFY-046");
    let mut spaced = good[2].clone();
    spaced.push(b'\n');
    assert_eq!(with(2, spaced).0, "SCR-VERIFY-046");
    assert_eq!(with(2, b"{\"v\":1}".to_vec()).0, "SCR-VERIFY-046");
}
