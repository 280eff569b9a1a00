//! Bytes that nobody sent, and certificates that nobody should have issued.

use crate::log::Log;
use crate::reading::{filled, whole};
use proptest::prelude::*;
use scr_names::ct::{
    Batch, CertificateNames, CtFault, CtLimits, Cursor, DataTile, Leaf, LogKey, ReadFault, Step,
    read_checkpoint, read_consistency, read_data_tile, read_entries, read_head,
};
use std::sync::OnceLock;

fn log() -> &'static (Vec<u8>, Log) {
    static LOG: OnceLock<(Vec<u8>, Log)> = OnceLock::new();
    LOG.get_or_init(|| {
        let (authority, log) = filled(true, 6);
        (authority.issue(&["a.example", "*.b.example"], true), log)
    })
}

/// Flips, cuts and repeats.
fn mangled(bytes: &[u8], changes: &[(usize, u8)]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for (at, what) in changes {
        let at = at % bytes.len().max(1);
        match what % 8 {
            0 => bytes.truncate(at.max(1)),
            1 => bytes.insert(at, *what),
            _ => bytes[at] ^= what,
        }
    }
    bytes
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let (limits, key) = (CtLimits::default(), log().1.log_key());
        let _ = read_head(&bytes, key.id(), &limits);
        let _ = read_entries(&bytes, &limits);
        let _ = read_consistency(&bytes, &limits);
        let _ = read_checkpoint(&bytes, &key, "ct.example/2026h2", &limits);
        let _ = read_data_tile(&bytes, DataTile::new(0, 6).unwrap(), &limits);
        let _ = Leaf::decode(&bytes, &bytes);
        let _ = CertificateNames::of_certificate(&bytes, 10);
        let _ = CertificateNames::of_tbs(&bytes, 10);
        let _ = LogKey::from_der(&bytes);
    }

    #[test]
    fn damaged_certificates_break_nothing(changes in prop::collection::vec((0usize..2_000, 1u8..), 1..6)) {
        let der = mangled(&log().0, &changes);
        if let Ok(names) = CertificateNames::of_certificate(&der, 10) {
            prop_assert!(names.names.len() <= 10 && names.issuer.chars().count() <= 300);
        }
        let _ = CertificateNames::of_tbs(&der[4.min(der.len())..], 10);
        let _ = LogKey::from_der(&mangled(&log().1.public_key(), &changes));
    }

    /// Whatever is changed in a tile, only what the tree does not cover can get through: precertificates and chains.
    #[test]
    fn damaged_tiles_are_not_believed(changes in prop::collection::vec((0usize..6_000, 1u8..), 1..4)) {
        let (limits, log) = (CtLimits::default(), &log().1);
        let (key, head, tile) = (log.log_key(), log.head(6, 1), DataTile::new(0, 6).unwrap());
        let good = read_data_tile(&log.data_tile(tile), tile, &limits).unwrap();
        let Ok(leaves) = read_data_tile(&mangled(&log.data_tile(tile), &changes), tile, &limits) else { return Ok(()) };
        let covered = leaves.iter().zip(&good).all(|(one, other)| one.kind == other.kind
            && one.timestamp_ms == other.timestamp_ms && one.extensions == other.extensions);
        let batch = Batch::of_tile(tile, leaves, 0);
        let step = Step { head: &head, growth: &[], batch: &batch, reach: &[] };
        match Cursor::start(key.id()).advance(&key, &step, &limits) {
            Ok(_) => prop_assert!(covered),
            Err(CtFault::EntriesDiffer { .. }) => prop_assert!(!covered),
            Err(other) => prop_assert!(false, "{}", other),
        }
    }

    #[test]
    fn damaged_answers_are_not_believed(changes in prop::collection::vec((0usize..20_000, 1u8..), 1..4)) {
        let (limits, log) = (CtLimits::default(), &log().1);
        let answer = mangled(log.get_entries(0, 6).as_bytes(), &changes);
        let Ok(leaves) = read_entries(&answer, &limits) else { return Ok(()) };
        let (key, head) = (log.log_key(), log.head(6, 1));
        let kinds: Vec<_> = leaves.iter().map(|leaf| leaf.kind.clone()).collect();
        let batch = Batch { first: 0, leaves };
        let step = Step { head: &head, growth: &[], batch: &batch, reach: &[] };
        if Cursor::start(key.id()).advance(&key, &step, &limits).is_ok_and(|advance| advance.cursor.next() == 6) {
            let good = read_entries(log.get_entries(0, 6).as_bytes(), &limits).unwrap();
            prop_assert_eq!(kinds, good.iter().map(|leaf| leaf.kind.clone()).collect::<Vec<_>>());
        }
    }
}

#[test]
fn answers_of_other_forms_are_refused() {
    let limits = CtLimits { entries: 2, proof: 1, ..CtLimits::default() };
    let id = log().1.log_key().id();
    for wrong in [
        r"{}",
        r#"{"tree_size":-1,"timestamp":1,"sha256_root_hash":"","tree_head_signature":""}"#,
        r#"{"tree_size":1.5,"timestamp":1,"sha256_root_hash":"","tree_head_signature":""}"#,
        r#"{"tree_size":1,"tree_size":2,"timestamp":1,"sha256_root_hash":"","tree_head_signature":""}"#,
        r#"[1]"#,
    ] {
        assert!(matches!(read_head(wrong.as_bytes(), id, &limits), Err(ReadFault::Json(_))), "{wrong}");
    }
    let short = r#"{"tree_size":1,"timestamp":1,"sha256_root_hash":"AAAA","tree_head_signature":""}"#;
    let field = ReadFault::Base64 { field: "sha256_root_hash", entry: 0 };
    assert_eq!(read_head(short.as_bytes(), id, &limits), Err(field));
    let three = log().1.get_entries(0, 3);
    assert_eq!(read_entries(three.as_bytes(), &limits), Err(ReadFault::TooMany { limit: 2 }));
    let two = r#"{"consistency":["AAAA","AAAA"]}"#;
    assert_eq!(read_consistency(two.as_bytes(), &limits), Err(ReadFault::TooMany { limit: 1 }));
    let urls = r#"{"entries":[{"leaf_input":"AA==","extra_data":"-_-_"}]}"#;
    let field = ReadFault::Base64 { field: "extra_data", entry: 0 };
    assert_eq!(read_entries(urls.as_bytes(), &limits), Err(field));
    let deep = format!("{{\"entries\":{}", "[".repeat(100_000));
    assert!(matches!(read_entries(deep.as_bytes(), &limits), Err(ReadFault::Json(_))));
    // Members that RFC 6962 does not know are passed over.
    let more = format!("{{\"x\":[1,{{}}],{}", &log().1.get_entries(0, 1)[1..]);
    assert_eq!(read_entries(more.as_bytes(), &limits).unwrap().len(), 1);
}

#[test]
fn a_certificate_of_very_many_names_is_cut_and_counted() {
    let names: Vec<String> = (0..3_000).map(|n| format!("n{n}.example")).collect();
    let authority = crate::log::Authority::new();
    let der = authority.issue(&names.iter().map(String::as_str).collect::<Vec<_>>(), false);
    let read = CertificateNames::of_certificate(&der, 100).unwrap();
    assert_eq!((read.names.len(), read.left_out), (100, 2_900));
    assert_eq!(read.names[99], "n99.example");
    let all = CertificateNames::of_certificate(&der, 5_000).unwrap();
    assert_eq!((all.names.len(), all.left_out), (3_000, 0));
}

#[test]
fn the_whole_of_an_untouched_log_is_believed() {
    assert_eq!(whole(&log().1).0.found.len(), 6);
}
