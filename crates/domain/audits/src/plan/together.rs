//! Draws as ballots, and one sample for several contests.

use super::answer::{Ballots, Chance, Need, Planned, Sample, Together, Unit};
use super::problem;
use super::request::Request;
use crate::risk::plan::{Distribution, PERCENTS, Style, different, with_styles};
use scr_core::{Closest, Problem};

/// Different ballots at each quantile; `from` is what is drawn from with replacement.
pub(super) fn ballots(draws: &Distribution, from: Option<u64>) -> Vec<Ballots> {
    let of = |(percent, draws): &(u8, u64)| {
        let ballots = from.map_or(*draws as f64, |cards| different(*draws, cards));
        Ballots { percent: *percent, draws: *draws, ballots, batches: None }
    };
    draws.quantiles.iter().map(of).collect()
}

/// What is wrong with the styles: unknown contests, or cards that are not those of the contest.
pub(super) fn styles(request: &Request, contests: &[Planned]) -> Vec<Problem> {
    if request.styles.is_empty() {
        return Vec::new();
    }
    let names = || contests.iter().map(|contest| contest.name.as_str());
    let mut closest = Closest::among(names());
    let mut problems = Vec::new();
    for (at, style) in request.styles.iter().enumerate() {
        let unknown = style.contests.iter().filter(|name| !names().any(|known| known == name.as_str()));
        problems.extend(unknown.map(|name| {
            problem("SCR-AUD-065", &format!("styles[{at}].contests"), name).closest_to(closest.to(name))
        }));
    }
    for contest in contests {
        let with = request.styles.iter().filter(|style| style.contests.contains(&contest.name));
        let cards = with.fold(0_u64, |sum, style| sum.saturating_add(style.cards));
        if cards != contest.cards {
            problems.push(
                problem("SCR-AUD-065", "cards", contest.cards)
                    .with("contest", &contest.name)
                    .with("styles", cards),
            );
        }
    }
    problems
}

fn sample(planned: &Planned) -> Option<(&Sample, &Distribution)> {
    match &planned.need {
        Need::Sample(sample) => Some((sample, sample.draws.as_ref()?)),
        Need::FullHandCount { .. } => None,
    }
}

/// The draws of so many percent.
fn at(draws: &Distribution, percent: u8) -> u64 {
    draws.quantiles.iter().find(|(one, _)| *one == percent).map_or(0, |(_, draws)| *draws)
}

/// One sample for all targeted contests: each draw serves all of them, so the largest need holds the others. With
/// styles cards are drawn where they are needed. `None` for a single contest, for batches, and where draws of one
/// contest put cards back and those of another do not.
pub(super) fn one_sample(request: &Request, contests: &[Planned]) -> Option<Together> {
    let targeted: Vec<&Planned> = contests.iter().filter(|contest| contest.targeted).collect();
    let samples: Vec<_> = targeted.iter().map(|contest| sample(contest)).collect::<Option<_>>()?;
    let (first, _) = samples.first()?;
    let alike = samples
        .iter()
        .all(|(one, _)| one.unit == Unit::Ballots && one.with_replacement == first.with_replacement);
    // Without styles all contests must be on the same cards.
    let same_cards = !request.styles.is_empty() || targeted.iter().all(|one| one.cards == targeted[0].cards);
    if contests.len() < 2 || !alike || !same_cards {
        return None;
    }
    let (largest, needed) = targeted
        .iter()
        .zip(&samples)
        .map(|(contest, (_, draws))| (contest, at(draws, 90)))
        .reduce(|one, other| if other.1 > one.1 { other } else { one })?;
    let styles: Vec<Style> = request
        .styles
        .iter()
        .map(|style| Style {
            cards: style.cards,
            contests: (0..targeted.len()).filter(|at| style.contests.contains(&targeted[*at].name)).collect(),
        })
        .collect();
    let row = |percent: &u8| {
        let sizes: Vec<u64> = samples.iter().map(|(_, draws)| at(draws, *percent)).collect();
        let draws = sizes.iter().copied().max().unwrap_or(0);
        let ballots = if styles.is_empty() {
            if first.with_replacement { different(draws, targeted[0].cards) } else { draws as f64 }
        } else {
            with_styles(&styles, &sizes)
        };
        Ballots { percent: *percent, draws, ballots, batches: None }
    };
    let chances = contests.iter().filter(|contest| !contest.targeted && styles.is_empty());
    let opportunistic = chances
        .filter_map(|contest| {
            let (_, draws) = sample(contest)?;
            Some(Chance { name: contest.name.clone(), chance: draws.finished_by(needed) })
        })
        .collect();
    Some(Together {
        ballots: PERCENTS.iter().map(row).collect(),
        largest: largest.name.clone(),
        opportunistic,
    })
}
