//! What a log could do that lies, or somebody between it and us.

use crate::log::{Authority, BEGAN_MS, Log};
use crate::reading::{filled, whole};
use rcgen::KeyPair;
use scr_canon::Hash32;
use scr_merkle::ProofError;
use scr_names::ct::{
    Advance, Batch, CtFault, CtLimits, Cursor, DataTile, HeadFault, ReadFault, SignedHead, Step,
    read_checkpoint, read_data_tile, read_entries,
};

fn batch(log: &Log, first: u64, end: u64) -> Batch {
    Batch {
        first,
        leaves: read_entries(log.get_entries(first, end).as_bytes(), &CtLimits::default()).unwrap(),
    }
}

fn advance(
    cursor: &Cursor,
    log: &Log,
    head: &SignedHead,
    batch: &Batch,
    reach: &[Hash32],
) -> Result<Advance, CtFault> {
    let old = cursor.head().map_or(0, |head| head.head.size);
    let growth = if old < head.head.size { log.consistency(old, head.head.size) } else { Vec::new() };
    let step = Step { head, growth: &growth, batch, reach };
    cursor.advance(&log.log_key(), &step, &CtLimits::default())
}

impl Log {
    /// The same log, from here on with another history.
    pub(crate) fn fork(&self) -> Self {
        let key = KeyPair::from_pem(&self.key.serialize_pem()).unwrap();
        let (entries, leaves) = (self.entries.clone(), self.leaves.clone());
        Self { key, origin: self.origin.clone(), entries, leaves, indexed: self.indexed }
    }
}

/// A log of 20 entries that has been read, and a fork of it after 15.
fn forked() -> (Authority, Log, Log, Cursor, SignedHead) {
    let (authority, log) = filled(false, 20);
    let mut fork = log.fork();
    fork.entries.truncate(15);
    fork.leaves.truncate(15);
    for number in 0..10 {
        fork.add(&authority, &[&format!("other{number}.example")]);
    }
    let (read, head) = whole(&log);
    (authority, log, fork, read.cursor, head)
}

#[test]
fn two_trees_of_one_size_are_evidence() {
    let (_, log, fork, cursor, known) = forked();
    let other = fork.head(20, BEGAN_MS + 5);
    let fault = advance(&cursor, &fork, &other, &Batch::nothing(20), &[]).unwrap_err();
    let CtFault::SplitView { first, second } = &fault else { panic!("{fault}") };
    // Anybody who has the log's key can check the evidence.
    assert_eq!((first.verify(&log.log_key()), second.verify(&log.log_key())), (Ok(()), Ok(())));
    assert_eq!((&**first, &**second), (&known, &other));
    assert_eq!(first.head.size, second.head.size);
    assert_ne!(first.head.root, second.head.root);
    let kept: SignedHead = serde_json::from_str(&serde_json::to_string(&second).unwrap()).unwrap();
    assert_eq!((kept.verify(&log.log_key()), &kept), (Ok(()), &other));
}

#[test]
fn a_tree_that_shrinks_is_evidence_and_one_that_lags_is_not() {
    let (_, log, _, cursor, known) = forked();
    let shrunk = log.head(19, BEGAN_MS + 5);
    let fault = advance(&cursor, &log, &shrunk, &Batch::nothing(20), &[]).unwrap_err();
    let CtFault::Rollback { earlier, later } = &fault else { panic!("{fault}") };
    assert_eq!((&**earlier, &**later), (&known, &shrunk));
    let older = log.head(19, BEGAN_MS - 5);
    let fault = advance(&cursor, &log, &older, &Batch::nothing(20), &[]).unwrap_err();
    assert_eq!(fault, CtFault::Stale { size: 19 });
}

#[test]
fn a_larger_tree_of_an_earlier_time_is_evidence() {
    let (_, log, _, _, _) = forked();
    let half = log.head(10, BEGAN_MS + 9);
    let read = advance(&Cursor::start(log.log_key().id()), &log, &half, &batch(&log, 0, 10), &[]).unwrap();
    let larger = log.head(20, BEGAN_MS);
    let fault = advance(&read.cursor, &log, &larger, &Batch::nothing(10), &[]).unwrap_err();
    assert_eq!(fault, CtFault::Rollback { earlier: Box::new(larger), later: Box::new(half) });
}

#[test]
fn another_history_is_not_consistent() {
    let (_, log, fork, cursor, known) = forked();
    let larger = fork.head(25, BEGAN_MS + 5);
    let fault = advance(&cursor, &fork, &larger, &batch(&fork, 20, 25), &[]).unwrap_err();
    let CtFault::Inconsistent { earlier, later, cause } = &fault else { panic!("{fault}") };
    assert_eq!((&**earlier, &**later, cause), (&known, &larger, &ProofError::Mismatch));
    assert_eq!(later.verify(&log.log_key()), Ok(()));
    let step = Step { head: &larger, growth: &[], batch: &batch(&fork, 20, 25), reach: &[] };
    let missing = cursor.advance(&log.log_key(), &step, &CtLimits::default()).unwrap_err();
    assert!(matches!(missing, CtFault::Inconsistent { cause: ProofError::Length { .. }, .. }), "{missing}");
}

#[test]
fn entries_that_are_not_the_trees_are_refused() {
    let (_, log) = filled(false, 40);
    let (key, start) = (log.log_key(), Cursor::start(log.log_key().id()));
    let head = log.head(40, BEGAN_MS);
    for end in [13, 40] {
        let reach = log.consistency(end, 40);
        let good = batch(&log, 0, end);
        assert_eq!(advance(&start, &log, &head, &good, &reach).unwrap().cursor.next(), end);
        let mut swapped = good.clone();
        swapped.leaves.swap(3, 4);
        let mut replaced = good.clone();
        replaced.leaves[12] = good.leaves[11].clone();
        let mut short = good.clone();
        short.leaves.remove(5);
        for wrong in [swapped, replaced, short] {
            let fault = advance(&start, &log, &head, &wrong, &reach).unwrap_err();
            assert!(matches!(&fault, CtFault::EntriesDiffer { read, .. } if *read <= end), "{fault}");
        }
    }
    let partial = advance(&start, &log, &head, &batch(&log, 0, 13), &[]).unwrap_err();
    assert!(matches!(partial, CtFault::EntriesDiffer { cause: ProofError::Length { .. }, .. }), "{partial}");
    let gap = advance(&start, &log, &head, &batch(&log, 1, 13), &[]).unwrap_err();
    assert_eq!(gap, CtFault::Gap { expected: 0, found: 1 });
    let small = log.head(5, BEGAN_MS);
    assert_eq!(
        advance(&start, &log, &small, &batch(&log, 0, 13), &[]).unwrap_err(),
        CtFault::PastEnd { size: 5 }
    );
    let few = CtLimits { entries: 12, ..CtLimits::default() };
    let step = Step { head: &head, growth: &[], batch: &batch(&log, 0, 13), reach: &[] };
    assert_eq!(start.advance(&key, &step, &few).unwrap_err(), CtFault::TooMany { limit: 12 });
}

#[test]
fn heads_that_are_not_the_logs_are_refused() {
    let (_, log) = filled(false, 4);
    let (_, other) = filled(false, 4);
    let start = Cursor::start(log.log_key().id());
    let good = log.head(4, BEGAN_MS);
    let entries = batch(&log, 0, 4);
    let mut fields = [good.clone(), good.clone(), good.clone(), good.clone()];
    fields[0].head.size = 3;
    fields[1].head.timestamp_ms += 1;
    fields[2].head.root.0[7] ^= 1;
    *fields[3].signature.last_mut().unwrap() ^= 1;
    for wrong in fields {
        let fault = advance(&start, &log, &wrong, &Batch::nothing(0), &[]).unwrap_err();
        assert_eq!(fault, CtFault::Head(HeadFault::Signature));
    }
    let mut forms = [good.clone(), good.clone(), good];
    forms[0].signature[0] = 2;
    forms[1].signature.push(0);
    forms[2].signature.truncate(3);
    for wrong in forms {
        let fault = advance(&start, &log, &wrong, &Batch::nothing(0), &[]).unwrap_err();
        assert_eq!(fault, CtFault::Head(HeadFault::Form));
    }
    let fault = advance(&start, &log, &other.head(4, BEGAN_MS), &entries, &[]).unwrap_err();
    assert_eq!(fault, CtFault::Head(HeadFault::OtherLog));
    let fault = advance(&start, &other, &other.head(4, BEGAN_MS), &entries, &[]).unwrap_err();
    assert_eq!(fault, CtFault::OtherLog(log.log_key().id()));
}

#[test]
fn a_log_without_entries_has_the_root_of_nothing() {
    let mut log = Log::new("ct.example", false);
    let start = Cursor::start(log.log_key().id());
    let empty = log.head(0, BEGAN_MS);
    let read = advance(&start, &log, &empty, &Batch::nothing(0), &[]).unwrap();
    log.add(&Authority::new(), &["a.example"]);
    let one = log.head(1, BEGAN_MS + 1);
    assert_eq!(advance(&read.cursor, &log, &one, &batch(&log, 0, 1), &[]).unwrap().found.len(), 1);
    // The same key signs a tree of no entries with the root of one.
    let lie = log.signed(0, BEGAN_MS, one.head.root);
    let fault = advance(&start, &log, &lie, &Batch::nothing(0), &[]).unwrap_err();
    assert!(matches!(fault, CtFault::EntriesDiffer { read: 0, .. }), "{fault}");
}

#[test]
fn wrong_beginnings_are_refused() {
    let (_, log) = filled(false, 20);
    let (key, head) = (log.log_key(), log.head(20, BEGAN_MS));
    let path = log.inclusion(19, 20);
    assert!(Cursor::from_end(&key, &head, log.leaves[19], &path).is_ok());
    for (last, path) in [(log.leaves[18], &path[..]), (log.leaves[19], &path[1..]), (log.leaves[19], &[])] {
        let fault = Cursor::from_end(&key, &head, last, path).unwrap_err();
        assert!(matches!(fault, CtFault::EntriesDiffer { .. }), "{fault}");
    }
    let mut tiles = log.tiles(20).0;
    assert!(matches!(Cursor::from_tiles(&key, &head, |_| None).unwrap_err(), CtFault::EntriesDiffer { .. }));
    tiles.values_mut().for_each(|bytes| bytes[40] ^= 1);
    let fault = Cursor::from_tiles(&key, &head, |path| tiles.get(path).cloned()).unwrap_err();
    assert!(matches!(fault, CtFault::EntriesDiffer { cause: ProofError::Mismatch, .. }), "{fault}");
    let kept = serde_json::to_string(&whole(&log).0.cursor).unwrap();
    assert!(serde_json::from_str::<Cursor>(&kept.replace("\"size\":20", "\"size\":21")).is_err());
    assert!(serde_json::from_str::<Cursor>(&kept.replacen("\"size\":20", "\"size\":5", 1)).is_err());
}

#[test]
fn checkpoints_of_other_forms_are_refused() {
    let (_, log) = filled(true, 3);
    let (key, limits) = (log.log_key(), CtLimits::default());
    let good = log.checkpoint(&log.head(3, BEGAN_MS));
    let read = |text: &str| read_checkpoint(text.as_bytes(), &key, &log.origin, &limits);
    assert_eq!(read(&good).unwrap().verify(&key), Ok(()));
    let signature = good.lines().last().unwrap();
    for (wrong, why) in [
        (good.replace("\n3\n", "\n03\n"), "the size is not a decimal number"),
        (good.replace("\n3\n", "\n3\nextra\n"), "the root is not a hash"),
        (good.replacen("\n\n", "\nextra\n\n", 1), "extension lines, which this signature does not cover"),
        (good.replacen("ct.example", "ct.example.org", 1), "another origin"),
        (good.trim_end().to_owned(), "the last line does not end"),
        (good.replace("\u{2014} ct", "- ct"), "a line of a signature has the wrong form"),
        (good.replace("\u{2014} ct", "\u{2014} other"), "no signature of this log's key"),
        (format!("{good}{signature}\n"), "two signatures of the same key"),
        (good.replace('\n', "\r\n"), "control characters"),
        (good.replace("\n\n", "\n"), "no blank line before the signatures"),
    ] {
        assert_eq!(read(&wrong), Err(ReadFault::Checkpoint(why)), "{wrong}");
    }
    let changed = good.replace("\n3\n", "\n2\n");
    assert_eq!(read(&changed).unwrap().verify(&key), Err(HeadFault::Signature));
    let other = filled(true, 1).1;
    let of_other = read_checkpoint(good.as_bytes(), &other.log_key(), &log.origin, &limits);
    assert_eq!(of_other, Err(ReadFault::Checkpoint("no signature of this log's key")));
}

#[test]
fn data_tiles_of_another_place_or_width_are_refused() {
    let (_, log) = filled(true, 300);
    let limits = CtLimits::default();
    let (full, part) = (DataTile::new(0, 256).unwrap(), DataTile::new(1, 44).unwrap());
    let bytes = log.data_tile(part);
    assert_eq!(read_data_tile(&bytes, part, &limits).unwrap().len(), 44);
    let fault = |bytes: &[u8], tile| match read_data_tile(bytes, tile, &limits).unwrap_err() {
        ReadFault::Wire { entry, fault } => (entry, fault.what),
        other => panic!("{other}"),
    };
    let elsewhere = DataTile::new(2, 44).unwrap();
    assert_eq!(fault(&bytes, elsewhere), (0, "leaf_index is that of another place"));
    assert_eq!(fault(&bytes, DataTile::new(1, 43).unwrap()), (43, "more follows than there may be"));
    assert_eq!(fault(&bytes, DataTile::new(1, 45).unwrap()), (44, "the structure ends too early"));
    assert_eq!(fault(&log.data_tile(full)[1..], full).0, 0);
    let small = CtLimits { body: 100, ..limits };
    assert!(matches!(read_data_tile(&bytes, part, &small), Err(ReadFault::TooLong { limit: 100, .. })));
}
