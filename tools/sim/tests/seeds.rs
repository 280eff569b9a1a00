//! Two hundred histories, and that they are what they say.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use scr_ledger::store::memory::MemoryStore;
use scr_ledger::store::sqlite::SqliteStore;
use scr_sim::{End, Hardware, History, Mutation, agree, run, run_without};
use std::collections::BTreeMap;

/// The histories of these seeds, two at a time.
fn histories(seeds: u64) -> Vec<(u64, History)> {
    let half = |first: u64| {
        (first..seeds).step_by(2).map(|seed| (seed, run(seed, 120).unwrap())).collect::<Vec<_>>()
    };
    std::thread::scope(|scope| {
        let other = scope.spawn(|| half(1));
        let mut all = half(0);
        all.extend(other.join().unwrap());
        all
    })
}

#[test]
fn two_hundred_histories_hold() {
    let mut ends: BTreeMap<End, u64> = BTreeMap::new();
    let (mut acts, mut signed, mut rounds, mut cosigned, mut faults) = (0, 0, 0, 0, 0);
    for (seed, history) in histories(200) {
        if history.hardware == Hardware::Honest {
            assert_eq!(history.end, End::Sound, "seed {seed}");
        }
        *ends.entry(history.end).or_default() += 1;
        acts += history.acts;
        signed += history.signed;
        rounds += history.rounds;
        cosigned += history.cosigned;
        faults += history.faults;
    }
    println!(
        "200 histories, {acts} acts, {signed} signed trees, {rounds} rounds, {cosigned} cosignatures, {faults} faults of the network: {ends:?}"
    );
    // Every end happens: none of the checks looks away.
    assert_eq!(ends.len(), 7, "{ends:?}");
}

#[test]
fn what_is_left_out_is_missed() {
    for mutation in [Mutation::NoGuard, Mutation::NoComparison, Mutation::NoStop, Mutation::Forgetful] {
        // The disk lies in every second history: there the guard and the others are needed. A witness that
        // forgets is seen in any.
        let step = if mutation == Mutation::Forgetful { 1 } else { 2 };
        let missed = (1..200).step_by(step).find_map(|seed| run_without(mutation, seed, 120).err());
        println!("{mutation:?}: {}", missed.unwrap_or_else(|| panic!("nobody misses {mutation:?}")));
    }
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
