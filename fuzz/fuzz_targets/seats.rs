//! Tables of lists and rules of apportionment: whatever is read gives seats, or it is said why not.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scr_tabulation::rules::Rules;
use scr_tabulation::seats::{self, List};

/// What stands between the table and the rules.
const BETWEEN: &[u8] = b"\n---\n";

fuzz_target!(|bytes: &[u8]| {
    let at = bytes.windows(BETWEEN.len()).position(|part| part == BETWEEN);
    let (table, law) = at.map_or((bytes, bytes), |at| (&bytes[..at], &bytes[at + BETWEEN.len()..]));
    let lists = seats::read::read(table, "lists.csv").map(|(lists, _)| lists);
    let Ok(rules) = Rules::read(law, "law.toml") else { return };
    let usual = ["A", "B", "C"].into_iter().zip([60_u64, 30, 10]);
    let usual = || usual.clone().map(|(name, votes)| List { name: name.to_owned(), votes, candidates: None });
    let lists: Vec<List> = lists.unwrap_or_else(|_| usual().collect());
    let _ = rules.unknown_names(&lists);
    let wanted = rules.seats.unwrap_or(7).min(200);
    if let Some(Ok(found)) = rules.seats_of(&lists, wanted) {
        assert_eq!(found.seats.len(), lists.len());
        assert!(found.seats.iter().map(|seats| u64::from(*seats)).sum::<u64>() <= u64::from(wanted));
        let _ = found.explain(&lists);
    }
});
