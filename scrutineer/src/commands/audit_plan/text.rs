//! A plan for people.

use scr_audits::plan::{Answer, Ballots, Need, Planned, Rule, Sample, Size, Unit, Why};
use scr_audits::risk::plan::Source;
use std::fmt::Write as _;

pub(super) fn answer(answer: &Answer) -> String {
    let mut text = String::new();
    for (at, contest) in answer.contests.iter().enumerate() {
        if at > 0 {
            text.push('\n');
        }
        one(contest, &mut text);
    }
    if let Some(together) = &answer.together {
        let _ = writeln!(text, "\nOne sample for all ({} needs most):", together.largest);
        rows(&together.ballots, &mut text);
        for chance in &together.opportunistic {
            let _ = writeln!(
                text,
                "  on the way, {} is confirmed in {:.0} of 100 audits that draw what 90 of 100 need",
                chance.name,
                chance.chance * 100.0
            );
        }
    }
    text
}

fn one(contest: &Planned, text: &mut String) {
    let opportunistic = if contest.targeted { "" } else { ", opportunistic" };
    let _ = writeln!(
        text,
        "{}: {} at a risk limit of {}, {} cards{opportunistic}.",
        contest.name, contest.method, contest.risk_limit, contest.cards
    );
    if let Some(hardest) = &contest.hardest {
        let of = if contest.assertions > 1 {
            format!("the hardest of {} assertions", contest.assertions)
        } else {
            "one assertion".to_owned()
        };
        let votes = hardest.votes.map(|votes| format!("{votes} votes, ")).unwrap_or_default();
        let _ = writeln!(
            text,
            "  {of}: {} ({votes}margin {:.6}, difficulty {:.1})",
            hardest.claim, hardest.margin, hardest.difficulty
        );
    }
    match &contest.need {
        Need::FullHandCount { why, cards } => {
            let why = match why {
                Why::Tie => "it is a tie",
                Why::Unseen => "ballots that nobody has counted yet, or that are in no batch, could turn it",
                Why::AsLarge => "a sample would hardly be smaller",
            };
            let _ = writeln!(text, "  A full hand count of all {cards} cards: {why}.");
        }
        Need::Sample(sample) => drawn(sample, text),
    }
}

fn drawn(sample: &Sample, text: &mut String) {
    if let Some(draws) = &sample.draws {
        let unit = match sample.unit {
            Unit::Ballots => "cards",
            Unit::Batches => "batches",
        };
        let again = if sample.with_replacement { ", one can be drawn twice" } else { "" };
        let _ = writeln!(text, "  {:.0} {unit} are drawn on average{again}.", draws.mean);
        rows(&sample.ballots, text);
        if draws.full_counts > 0.0 {
            let _ =
                writeln!(text, "  {:.1} of 100 audits become a full hand count.", draws.full_counts * 100.0);
        }
    }
    for size in &sample.sizes {
        let _ = writeln!(text, "  {:>9}  {}", size.draws, words(size));
    }
    if let Some(bet) = sample.bet {
        let _ = writeln!(text, "  With a bet of {bet:.4}, to be fixed before the first draw (--bet).");
    }
    match sample.draws.as_ref().map(|draws| &draws.source) {
        Some(Source::Exact) => text.push_str("  Computed exactly: nothing is left to chance.\n"),
        Some(Source::Simulated { seed, replications }) => {
            let _ = writeln!(text, "  Simulated {replications} times with the seed {seed:?}.");
        }
        None => {}
    }
}

/// Columns: percent of audits, draws, different batches, different cards.
fn rows(rows: &[Ballots], text: &mut String) {
    let with_batches = rows.iter().any(|row| row.batches.is_some());
    let batches = if with_batches { "  different batches" } else { "" };
    let _ = writeln!(text, "  of 100 audits      draws{batches}  different cards");
    for row in rows {
        let batches = row.batches.map(|batches| format!("{batches:>19.1}")).unwrap_or_default();
        let _ = writeln!(text, "  {:>13}  {:>9}{batches}  {:>15.0}", row.percent, row.draws, row.ballots);
    }
}

fn words(size: &Size) -> String {
    let percent = size.chance.map(|chance| format!("{:.0} of 100", chance * 100.0));
    match (size.rule, percent) {
        (Rule::Asn, Some(percent)) => format!("BRAVO's expected number (ASN); enough in {percent} audits"),
        (Rule::Asn, None) => "BRAVO's expected number (ASN)".to_owned(),
        (Rule::Round, percent) => format!("in one round, enough in {} audits", percent.unwrap_or_default()),
        (Rule::NoErrors, _) => "if no card shows an error".to_owned(),
        (Rule::ExpectedErrors, _) => "with the errors expected, by Arlo's formula".to_owned(),
        (Rule::Macro, _) => "batches by MACRO, if none shows an error".to_owned(),
        (Rule::AssorterTotals, _) => {
            "batches drawn in proportion to assorter totals, if none shows an error".to_owned()
        }
        (Rule::Polled, _) => "cards without records, polled, if they show what was reported".to_owned(),
        (Rule::Compared, _) => "cards with records, compared, if none shows an error".to_owned(),
    }
}
