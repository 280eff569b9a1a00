//! ES&S's CVR file and a file of ballots, and RCTab's CSV.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scr_tabulation::cvr::Card;
use scr_tabulation::read::ess::BallotsFile;
use scr_tabulation::read::rctab_csv::Layout;
use scr_tabulation::read::{Limits, ess, rctab_csv};

fuzz_target!(|files: (&[u8], &[u8], u8)| {
    let (cvr, mut ballots, column) = files;
    let limits = Limits::default();
    let mut cards: Vec<Card> = Vec::new();
    let _ = ess::read(cvr, "f", Vec::new(), &limits, &mut cards);
    let file = BallotsFile { name: "b", input: &mut ballots };
    let _ = ess::read(cvr, "f", vec![file], &limits, &mut cards);
    let layout = Layout {
        contest: String::new(),
        first_vote_column: usize::from(column % 8),
        first_vote_row: usize::from(column / 64),
        id_column: Some(usize::from(column % 3)),
        batch_column: None,
        precinct_column: None,
        undeclared_write_in: String::new(),
    };
    let _ = rctab_csv::read(cvr, "f", &layout, &limits, &mut cards);
});
