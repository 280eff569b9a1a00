//! Two hundred histories, and that they are what they say.

use scr_ledger::store::memory::MemoryStore;
use scr_ledger::store::sqlite::SqliteStore;
use scr_sim::{End, Hardware, agree, run};
use std::collections::BTreeMap;

#[test]
fn two_hundred_histories_hold() {
    let mut ends: BTreeMap<End, u64> = BTreeMap::new();
    let (mut acts, mut signed) = (0, 0);
    for seed in 0..200 {
        let history = run(seed, 120).unwrap();
        if history.hardware == Hardware::Honest {
            assert_eq!(history.end, End::Sound, "seed {seed}");
        }
        *ends.entry(history.end).or_default() += 1;
        acts += history.acts;
        signed += history.signed;
    }
    println!("200 histories, {acts} acts, {signed} signed trees: {ends:?}");
    // Every end happens: none of the checks looks away.
    assert_eq!(ends.len(), 5, "{ends:?}");
}

#[test]
fn a_seed_gives_the_same_history() {
    assert_eq!(run(7, 150).unwrap(), run(7, 150).unwrap());
}

#[test]
fn memory_and_sqlite_hold_the_same_log() {
    for seed in 0..5 {
        let folder = tempfile::tempdir().unwrap();
        let sqlite = SqliteStore::open(&folder.path().join("record.db")).unwrap();
        let size = agree(seed, vec![Box::new(MemoryStore::new()), Box::new(sqlite)]).unwrap();
        assert!(size > 256, "{size} entries are more than one tile");
    }
}
