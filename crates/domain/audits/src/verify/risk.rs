//! The risk of each contest after a round, and whether the record says the same.

use super::sample::{Drawn, Prepared};
use super::{Check, RoundRisk};
use crate::batch::Drawn as DrawnBatch;
use crate::decimal::{PValue, RiskLimit};
use crate::record::{Contest, Counted, Cvr, Decision, Method, Round};
use crate::risk::bravo;
use crate::risk::discrepancy::{PairError, Recorded, Seen, error, p_value, worst};
use crate::risk::kaplan_markov::{DilutedMargin, Gamma, Understatements};
use std::collections::BTreeMap;

impl Check<'_> {
    pub(super) fn risk(&mut self, round: &Round, prepared: &Prepared, drawn: &Drawn<'_>) -> RoundRisk {
        let record = self.record;
        let found: Vec<Option<PValue>> =
            (0..record.contests.len()).map(|at| self.measure(at, prepared, drawn)).collect();
        if round.decision != Decision::Open {
            self.compare(round, &found);
        }
        let p_values = found.iter().map(|p| p.map(|p| p.to_string())).collect();
        RoundRisk { number: round.number, draws: round.draws.len(), p_values }
    }

    fn measure(&self, at: usize, prepared: &Prepared, drawn: &Drawn<'_>) -> Option<PValue> {
        match self.record.settings.method {
            Method::BatchComparison => {
                // Batches are drawn for the first targeted contest; others are measured on the same draws.
                let by = self.record.contests.iter().position(|contest| contest.targeted)?;
                batches(at, prepared.batches[at].as_ref()?, prepared.batches[by].as_ref()?, drawn)
            }
            Method::BallotPolling => polling(&self.record.contests[at], self.record.cards(), at, drawn),
            Method::BallotComparison => self.comparison(at, drawn),
        }
    }

    fn comparison(&self, at: usize, drawn: &Drawn<'_>) -> Option<PValue> {
        let contest = &self.record.contests[at];
        let pairs = pairs(contest)?;
        let least = pairs
            .iter()
            .map(|(winner, loser)| contest.votes[*winner].saturating_sub(contest.votes[*loser]))
            .min()?;
        let margin = DilutedMargin::new(least, self.record.cards()).ok()?;
        let cvrs: BTreeMap<(usize, Option<u32>), &Cvr> =
            self.record.cvrs.iter().map(|cvr| ((cvr.batch, Some(cvr.position)), cvr)).collect();
        let mut times: BTreeMap<(usize, Option<u32>), u64> = BTreeMap::new();
        drawn.draws.iter().for_each(|draw| *times.entry((draw.batch, draw.position)).or_default() += 1);
        let mut cards = Vec::new();
        for (place, times) in times {
            let hand = drawn.counted.get(&place)?;
            let machine = cvrs.get(&place);
            let errors = pairs.iter().map(|(winner, loser)| PairError {
                error: error(
                    recorded(machine.copied(), at, *winner, *loser),
                    seen(hand, at, *winner, *loser),
                ),
                difference: contest.votes[*winner].saturating_sub(contest.votes[*loser]),
            });
            cards.push((worst(errors)?, times));
        }
        Some(p_value(margin, &Gamma::default(), cards, Understatements::Ignored))
    }

    /// Whether the record says the same as was computed, and decides as the limits say.
    fn compare(&mut self, round: &Round, found: &[Option<PValue>]) {
        let record = self.record;
        let mut all_met = true;
        for (at, (contest, found)) in record.contests.iter().zip(found).enumerate() {
            let said = round.measured.iter().find(|measured| measured.contest == at);
            let Some(said) = said else {
                if contest.targeted {
                    self.says(
                        "SCR-AUD-130",
                        Some(round.number),
                        format!("no risk is stated for {:?}", contest.name),
                    );
                }
                continue;
            };
            let Some(found) = found else {
                self.says(
                    "SCR-AUD-130",
                    Some(round.number),
                    format!("{:?} cannot be measured, and {} is stated", contest.name, said.p_value),
                );
                continue;
            };
            if !same(&said.p_value, *found) {
                self.says(
                    "SCR-AUD-130",
                    Some(round.number),
                    format!("the risk of {:?} is {found}, the record says {}", contest.name, said.p_value),
                );
            }
            let met = RiskLimit::parse(&contest.risk_limit).is_ok_and(|limit| found.meets(&limit));
            if met != said.met {
                let is = if met { "met" } else { "not met" };
                self.says(
                    "SCR-AUD-131",
                    Some(round.number),
                    format!(
                        "the limit {} of {:?} is {is}, the record says otherwise",
                        contest.risk_limit, contest.name
                    ),
                );
            }
            all_met &= met || !contest.targeted;
        }
        if round.decision == Decision::Stop && !all_met {
            self.says(
                "SCR-AUD-132",
                Some(round.number),
                "the audit stopped although a targeted contest had not met its risk limit",
            );
        }
    }
}

/// The winners' and losers' places; `None`: a tie, or nothing is decided.
fn pairs(contest: &Contest) -> Option<Vec<(usize, usize)>> {
    let mut order: Vec<usize> = (0..contest.votes.len()).collect();
    order.sort_by_key(|at| (std::cmp::Reverse(contest.votes[*at]), *at));
    let (winners, losers) = order.split_at_checked(contest.winners)?;
    let all = winners.iter().flat_map(|winner| losers.iter().map(move |loser| (*winner, *loser)));
    Some(all.collect::<Vec<_>>()).filter(|all| !all.is_empty())
}

fn batches(
    at: usize,
    audit: &crate::batch::BatchAudit,
    by: &crate::batch::BatchAudit,
    drawn: &Drawn<'_>,
) -> Option<PValue> {
    let mut draws = Vec::with_capacity(drawn.draws.len());
    for draw in &drawn.draws {
        let counted = drawn.counted.get(&(draw.batch, None))?;
        let votes = counted.votes.get(at)?.as_ref()?;
        draws.push(DrawnBatch { batch: draw.batch, counted: votes, together: &counted.together });
    }
    Some(PValue::from_ln(audit.measure_by(&draws, by).p_value.ln()))
}

fn polling(contest: &Contest, ballots: u64, at: usize, drawn: &Drawn<'_>) -> Option<PValue> {
    let mut order: Vec<usize> = (0..contest.votes.len()).collect();
    order.sort_by_key(|at| (std::cmp::Reverse(contest.votes[*at]), *at));
    let (winners, losers) = order.split_at_checked(contest.winners)?;
    let of = |places: &[usize]| places.iter().map(|at| contest.votes[*at]).collect::<Vec<_>>();
    let reported = bravo::Contest { ballots, winners: of(winners), losers: of(losers) };
    let (mut votes, mut not_found) = (vec![0_u64; contest.votes.len()], 0);
    for draw in &drawn.draws {
        let counted = drawn.counted.get(&(draw.batch, draw.position))?;
        match counted.votes.get(at) {
            None => not_found += 1,
            Some(Some(marked)) if marked.len() as u64 <= contest.votes_allowed => {
                for choice in marked {
                    *votes.get_mut(usize::try_from(*choice).ok()?)? += 1;
                }
            }
            Some(_) => {}
        }
    }
    let seen = |places: &[usize]| places.iter().map(|at| votes[*at]).collect::<Vec<_>>();
    let sample = bravo::Sample { winners: seen(winners), losers: seen(losers), not_found };
    let risks = reported.risks(&sample, drawn.counted.len() as u64).ok()?;
    risks.into_iter().map(|risk| risk.p).reduce(PValue::max)
}

fn recorded(cvr: Option<&Cvr>, contest: usize, winner: usize, loser: usize) -> Recorded {
    let Some(cvr) = cvr else { return Recorded::NotInRecords };
    let Some(marked) = cvr.votes.get(contest).and_then(Option::as_ref) else {
        return Recorded::WithoutContest;
    };
    let votes = |at: usize| u8::from(marked.iter().any(|choice| usize::from(*choice) == at));
    Recorded::Votes(votes(winner), votes(loser))
}

fn seen(hand: &Counted, contest: usize, winner: usize, loser: usize) -> Seen {
    let Some(marked) = hand.votes.get(contest) else { return Seen::NotFound };
    let Some(marked) = marked else { return Seen::WithoutContest };
    let votes = |at: usize| u8::from(marked.contains(&(at as u64)));
    Seen::Votes(votes(winner), votes(loser), u8::try_from(marked.len()).unwrap_or(u8::MAX))
}

/// Whether a printed risk is what was computed, to the last digit printed.
fn same(said: &str, found: PValue) -> bool {
    if let Some(bound) = said.strip_prefix('<') {
        return bound.parse::<f64>().is_ok_and(|bound| bound <= 1e-6 && found.value() < bound);
    }
    let (whole, places) = said.split_once('.').unwrap_or((said, ""));
    let digits = |text: &str| text.bytes().all(|digit| digit.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(places) || places.len() > 30 {
        return false;
    }
    // Spreadsheets strip zeros: few places are ten of which the last are zeros, not a coarser figure.
    let printed = if places.len() < 4 { 10 } else { places.len() };
    // Half a unit of the last place, and the rounding of the computation itself.
    let half = 0.5 * 10.0_f64.powi(-i32::try_from(printed).unwrap_or(30));
    said.parse::<f64>().is_ok_and(|said| (said - found.value()).abs() <= half + 1e-12 * found.value())
}
