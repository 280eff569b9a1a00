//! Contests as raire-rs takes them and assertions as SHANGRLA has them: whatever is read is answered, and what was
//! found proves the winner.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scr_audits::raire::{
    NotFound, find, read_problem, read_shangrla, sufficient, write_shangrla, write_solution,
};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(audits) = read_shangrla(bytes, None) {
        for audit in &audits {
            let set: Vec<_> = audit.assertions.iter().collect();
            if audit.candidates.len() <= 8 {
                let _ = sufficient(&set, audit.candidates.len(), audit.winner);
            }
        }
        let _ = write_shangrla(&audits);
    }
    let Ok((input, mut ballots)) = read_problem(bytes) else { return };
    for winner in 0..input.num_candidates.min(4) {
        let found = find(&mut ballots, winner, input.trim_algorithm.unwrap_or_default(), 10_000);
        let _ = write_solution(&input, winner, &found);
        match found {
            Ok(found) => {
                let set: Vec<_> = found.assertions.iter().map(|one| &one.assertion).collect();
                assert_eq!(sufficient(&set, input.num_candidates, winner), Ok(()));
                assert!(
                    found
                        .assertions
                        .iter()
                        .all(|one| one.margin > 0 && ballots.margin(&one.assertion) == one.margin)
                );
                // Unless there are more ways in which lots could fall than are followed.
                assert!(ballots.winner().is_ok_and(|one| one == winner) || input.num_candidates > 8);
            }
            Err(NotFound::NotExcluded { .. }) => assert_ne!(ballots.winner(), Ok(winner)),
            Err(_) => {}
        }
    }
});
