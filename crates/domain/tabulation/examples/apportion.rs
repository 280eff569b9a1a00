//! Seats for other programs to compare: a JSON document on each line (`votes`, `seats`, `method`), and a line with the
//! seats or with `null` where a lot is needed.

use scr_tabulation::seats::{Divisors, List, Method, Quota, Threshold, TooMany, allocate, kieswet};
use std::io::BufRead as _;

#[derive(serde::Deserialize)]
struct Case {
    votes: Vec<u64>,
    seats: u32,
    method: String,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for line in std::io::stdin().lock().lines() {
        let case: Case = serde_json::from_str(&line?)?;
        let lists: Vec<List> = (0..)
            .zip(&case.votes)
            .map(|(at, votes)| List { name: format!("L{at}"), votes: *votes, candidates: None })
            .collect();
        let found = match method(&case.method)? {
            None => kieswet::allocate(&lists, case.seats, &[]),
            Some(method) => allocate(&lists, case.seats, &method, &Threshold::default(), &[]),
        };
        println!("{}", serde_json::to_string(&found.ok().map(|found| found.seats))?);
    }
    Ok(())
}

/// The method of this name; `None`: the Dutch law.
fn method(name: &str) -> Result<Option<Method>, String> {
    Ok(Some(match name {
        "dhondt" => Method::HighestAverages(Divisors::DHondt),
        "saintelague" => Method::HighestAverages(Divisors::SainteLague),
        "modified" => Method::HighestAverages(Divisors::ModifiedSainteLague { numerator: 7, denominator: 5 }),
        "adams" => Method::HighestAverages(Divisors::Adams),
        "huntington" => Method::HighestAverages(Divisors::HuntingtonHill),
        "danish" => Method::HighestAverages(Divisors::Danish),
        "imperiali" => Method::HighestAverages(Divisors::Imperiali),
        "hare" => Method::LargestRemainders { quota: Quota::Hare, too_many: TooMany::Refuse },
        "droop" => Method::LargestRemainders { quota: Quota::Droop, too_many: TooMany::Refuse },
        "hagenbach" => {
            Method::LargestRemainders { quota: Quota::HagenbachBischoff, too_many: TooMany::Refuse }
        }
        "kieswet" => return Ok(None),
        other => return Err(format!("no method {other}")),
    }))
}
