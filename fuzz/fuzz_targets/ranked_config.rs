//! Configurations of RCTab: whatever is read is counted with a few ballots, or it is said why not.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scr_tabulation::cvr::{Card, Choice, ChoiceKind, Contest, Contests, Mark, Sink};
use scr_tabulation::ranked::config::{self, Config};
use scr_tabulation::ranked::{self, Gather};

/// The candidates that the configuration names, in one contest.
fn contests(config: &Config, id: &str) -> Option<Contests> {
    let choices = config.candidates.iter().map(|named| Choice {
        id: named.name.clone(),
        name: named.name.clone(),
        party: String::new(),
        kind: ChoiceKind::Regular,
    });
    let contest = Contest {
        id: id.to_owned(),
        name: id.to_owned(),
        votes_allowed: 1,
        ranks: 4,
        choices: choices.take(20).collect(),
    };
    Contests::of(vec![contest]).ok()
}

fuzz_target!(|bytes: &[u8]| {
    let Ok((config, _)) = config::read(bytes, "config.json") else { return };
    let Some(mut gather) = Gather::new(&config) else { return };
    let Some(contests) = config.sources.first().and_then(|source| contests(&config, &source.contest_id)) else {
        return;
    };
    let choices = contests.list()[0].choices.len();
    let mut card = Card::default();
    for (at, pair) in bytes.chunks(3).take(40).enumerate() {
        card.clear();
        card.position = u32::try_from(at).unwrap_or(0);
        let marks = (1_u16..).zip(pair).filter(|(_, byte)| usize::from(**byte) % (choices + 1) < choices);
        let marks: Vec<Mark> = marks
            .map(|(rank, byte)| Mark::ranked(u16::from(*byte) % u16::try_from(choices + 1).unwrap_or(1), rank))
            .collect();
        card.add(0, &marks);
        if gather.card(&contests, &card).is_err() {
            return;
        }
    }
    let Ok(ballots) = gather.finish() else { return };
    if let Ok(counts) = ranked::passes(&ballots, &config.rules, &[]) {
        for count in &counts {
            let _ = ranked::explain(count);
            let _ = ranked::report::report(&config, count);
        }
    }
});
