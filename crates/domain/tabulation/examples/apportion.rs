//! Seats for other programs to compare: on each line a JSON document with `votes`, `seats` and rules as
//! `scr_tabulation::rules` reads them, and for it a line with the seats, or with `null` where a lot is needed or the
//! quota gives too many.

use scr_tabulation::rules::Rules;
use scr_tabulation::seats::List;
use std::io::BufRead as _;

#[derive(serde::Deserialize)]
struct Case {
    votes: Vec<u64>,
    #[serde(default)]
    candidates: Vec<u32>,
    seats: u32,
    rules: serde_json::Value,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for line in std::io::stdin().lock().lines() {
        let case: Case = serde_json::from_str(&line?)?;
        let lists: Vec<List> = (0..)
            .zip(&case.votes)
            .map(|(at, votes)| List {
                name: format!("L{at}"),
                votes: *votes,
                candidates: case.candidates.get(at).copied(),
            })
            .collect();
        let rules =
            Rules::read(case.rules.to_string().as_bytes(), "rules").map_err(|all| format!("{all:?}"))?;
        let found = rules.seats_of(&lists, case.seats).ok_or("no method for lists")?;
        println!("{}", serde_json::to_string(&found.ok().map(|found| found.seats))?);
    }
    Ok(())
}
