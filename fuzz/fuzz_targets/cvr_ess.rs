//! ES&S's CVR file and a file of ballots, and RCTab's CSV.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scr_tabulation::cvr::Card;
use scr_tabulation::read::ess::BallotsFile;
use scr_tabulation::read::rctab_csv::Layout;
use scr_tabulation::read::{Limits, ess, rctab_csv};

/// What stands between the CVR file and the file of ballots.
const BETWEEN: &[u8] = b"\n---\n";

fuzz_target!(|bytes: &[u8]| {
    let at = bytes.windows(BETWEEN.len()).position(|part| part == BETWEEN);
    let (cvr, mut ballots) = at.map_or((bytes, bytes), |at| (&bytes[..at], &bytes[at + BETWEEN.len()..]));
    let limits = Limits::default();
    let mut cards: Vec<Card> = Vec::new();
    if let Ok(reading) = ess::read(cvr, "f", Vec::new(), &limits, &mut cards) {
        assert_eq!(reading.cards, cards.len() as u64);
    }
    let file = BallotsFile { name: "b", input: &mut ballots };
    let _ = ess::read(cvr, "f", vec![file], &limits, &mut cards);
    let column = bytes.len();
    let layout = Layout {
        contest: String::new(),
        first_vote_column: column % 4,
        first_vote_row: column / 4 % 4,
        id_column: Some(column % 3),
        batch_column: None,
        precinct_column: None,
        undeclared_write_in: String::new(),
    };
    let _ = rctab_csv::read(cvr, "f", &layout, &limits, &mut cards);
});
