//! The risk of each contest after a round, and whether the record says the same.

mod assertions;
mod comparison;
mod polling;
mod whole;

use super::asserted;
use super::sample::{Drawn, Place, Prepared};
use super::{AssertionRisk, Check, RoundRisk};
use crate::assorter::CardStyle;
use crate::batch::{BatchAudit, Drawn as DrawnBatch};
use crate::decimal::{PValue, RiskLimit};
use crate::record::{Contest, Counted, Decision, Method, Round};
use scr_tabulation::cvr::Mark;

/// What a contest is measured on.
struct Sample<'a> {
    /// Its places, in the order of the draws, as often as they were drawn.
    places: Vec<Place>,
    /// How many there were after each round.
    ends: Vec<usize>,
    drawn: &'a Drawn<'a>,
}

impl<'a> Sample<'a> {
    /// What was read at a place; none: nothing yet.
    fn counted(&self, place: Place) -> Option<&'a Counted> {
        self.drawn.counted.get(&place).copied()
    }

    /// How many different places.
    fn different(&self) -> u64 {
        let different: std::collections::BTreeSet<&Place> = self.places.iter().collect();
        u64::try_from(different.len()).unwrap_or(u64::MAX)
    }
}

impl Check<'_> {
    pub(super) fn risk(&mut self, round: &Round, prepared: &Prepared<'_>, drawn: &Drawn<'_>) -> RoundRisk {
        let record = self.record;
        let mut found = Vec::with_capacity(record.contests.len());
        let mut assertions = Vec::new();
        let apart = drawn.draws.iter().any(|draw| draw.contest.is_some());
        for at in 0..record.contests.len() {
            // Drawn from the cards with another contest: those without it could not be.
            if apart && record.settings.card_style == CardStyle::Known && !record.contests[at].targeted {
                found.push(None);
                assertions.push(Vec::new());
                continue;
            }
            let sample = self.sample_of(at, prepared, drawn);
            if record.settings.method.asserts() {
                let risks = self.by_assertions(at, prepared, &sample).unwrap_or_default();
                found.push(risks.iter().map(|(_, p)| *p).reduce(PValue::max));
                let words = |(claim, p): (String, PValue)| AssertionRisk { claim, p_value: p.to_string() };
                assertions.push(risks.into_iter().map(words).collect());
            } else {
                found.push(self.measure(at, prepared, &sample));
            }
        }
        if round.decision != Decision::Open {
            self.compare(round, &found);
        }
        let meets = |(p, contest): (&Option<PValue>, &Contest)| p.is_some_and(|p| met(contest, p));
        let met = found.iter().zip(&record.contests).map(meets).collect();
        let p_values = found.iter().map(|p| p.map(|p| p.to_string())).collect();
        RoundRisk { number: round.number, draws: round.draws.len(), p_values, met, assertions }
    }

    /// The draws that count for a contest. One without a sample of its own is measured on that of the first contest
    /// that has one.
    fn sample_of<'d>(&self, at: usize, prepared: &Prepared<'_>, drawn: &'d Drawn<'d>) -> Sample<'d> {
        let record = self.record;
        if let Some(places) = drawn.credited.get(at) {
            return Sample { places: places.clone(), ends: Vec::new(), drawn };
        }
        let own = if record.contests[at].targeted { Some(at) } else { None };
        let own = own.or_else(|| record.contests.iter().position(|contest| contest.targeted));
        let counts = |draw: &&&crate::record::Draw| draw.contest.is_none() || draw.contest == own;
        let known = record.settings.card_style == CardStyle::Known;
        let holds = |(batch, position): &Place| {
            !known || position.is_some_and(|position| prepared.cards.holds(*batch, position, at))
        };
        let (mut places, mut ends, mut from) = (Vec::new(), Vec::new(), 0);
        for end in &drawn.ends {
            let draws = drawn.draws[from..*end].iter().filter(counts);
            places.extend(draws.map(|draw| (draw.batch, draw.position)).filter(holds));
            ends.push(places.len());
            from = *end;
        }
        Sample { places, ends, drawn }
    }

    fn measure(&self, at: usize, prepared: &Prepared<'_>, sample: &Sample<'_>) -> Option<PValue> {
        let method = self.record.settings.method;
        if !method.draws_batches()
            && sample.different() >= asserted::population(self.record, &prepared.cards, at)
        {
            return self.whole(at, sample);
        }
        match method {
            Method::BatchComparison => {
                // Batches are drawn for a targeted contest; others are measured on the same draws.
                let targeted = self.record.contests.iter().position(|contest| contest.targeted)?;
                let apart = sample.drawn.draws.iter().any(|draw| draw.contest == Some(at));
                let by = if apart { at } else { targeted };
                let audits = (prepared.batches[at].as_ref()?, prepared.batches[by].as_ref()?);
                batches(at, &self.record.contests[at].votes, audits, sample)
            }
            Method::BallotPolling => {
                polling::bravo(&self.record.contests[at], self.record.cards(), at, sample)
            }
            Method::Minerva | Method::Providence => self.by_rounds(at, sample),
            Method::BallotComparison | Method::BallotComparisonColorado => {
                self.comparison(at, prepared, sample)
            }
            Method::Hybrid => self.hybrid(at, prepared, sample),
            Method::AssertionPolling | Method::AssertionComparison => None,
        }
    }

    /// Whether the record says the same as was computed, and decides as the limits say.
    fn compare(&mut self, round: &Round, found: &[Option<PValue>]) {
        let record = self.record;
        let strange = round.measured.iter().enumerate().find(|(at, one)| {
            one.contest >= found.len()
                || round.measured[..*at].iter().any(|other| other.contest == one.contest)
        });
        if let Some((_, one)) = strange {
            let what = format!("the risk of contest {} stands there twice, or there is none", one.contest);
            self.says("SCR-AUD-130", Some(round.number), what);
        }
        let mut all_met = true;
        for (at, (contest, found)) in record.contests.iter().zip(found).enumerate() {
            let said = round.measured.iter().find(|measured| measured.contest == at);
            let (Some(said), Some(found)) = (said, found) else {
                let what = match said {
                    Some(said) => {
                        format!("{:?} cannot be measured, and {} is stated", contest.name, said.p_value)
                    }
                    None => format!("no risk is stated for {:?}", contest.name),
                };
                if said.is_some() || contest.targeted {
                    self.says("SCR-AUD-130", Some(round.number), what);
                }
                all_met &= !contest.targeted;
                continue;
            };
            if !same(&said.p_value, *found) {
                let name = &contest.name;
                let what = format!("the risk of {name:?} is {found}, the record says {}", said.p_value);
                self.says("SCR-AUD-130", Some(round.number), what);
            }
            let met = met(contest, *found);
            if met != said.met {
                let is = if met { "met" } else { "not met" };
                let limit = &contest.risk_limit;
                let what =
                    format!("the limit {limit} of {:?} is {is}, the record says otherwise", contest.name);
                self.says("SCR-AUD-131", Some(round.number), what);
            }
            all_met &= met || !contest.targeted;
        }
        if round.decision == Decision::Stop && !all_met {
            let what = "the audit stopped although a targeted contest had not met its risk limit";
            self.says("SCR-AUD-132", Some(round.number), what);
        }
    }
}

/// Whether a risk meets the limit of a contest, before any rounding.
fn met(contest: &Contest, p: PValue) -> bool {
    RiskLimit::parse(&contest.risk_limit).is_ok_and(|limit| p.meets(&limit))
}

/// The winners' and losers' places; `None`: a tie, or nothing is decided.
fn pairs(contest: &Contest) -> Option<Vec<(usize, usize)>> {
    let (winners, losers) = elected(contest)?;
    let all = winners.iter().flat_map(|winner| losers.iter().map(move |loser| (*winner, *loser)));
    Some(all.collect::<Vec<_>>()).filter(|all| !all.is_empty())
}

/// The choices by their votes, winners apart.
fn elected(contest: &Contest) -> Option<(Vec<usize>, Vec<usize>)> {
    let mut order: Vec<usize> = (0..contest.votes.len()).collect();
    order.sort_by_key(|at| (std::cmp::Reverse(contest.votes[*at]), *at));
    let losers = order.get(contest.winners..)?.to_vec();
    order.truncate(contest.winners);
    Some((order, losers))
}

/// How many votes the winner has more than the loser.
fn lead(contest: &Contest, (winner, loser): (usize, usize)) -> u64 {
    contest.votes[winner].saturating_sub(contest.votes[loser])
}

/// What was read on a ballot in a contest.
enum Read {
    /// The ballot was not found.
    NotFound,
    /// The contest is not on it.
    Without,
    /// These marks.
    Marks(Vec<Mark>),
}

fn read(contest: &Contest, counted: &Counted, at: usize) -> Read {
    match counted.votes.get(at) {
        None => Read::NotFound,
        Some(None) => Read::Without,
        Some(Some(marked)) => {
            let marked = marked.iter().map(|choice| u16::try_from(*choice).unwrap_or(Mark::OVERVOTE));
            Read::Marks(contest.marks(marked))
        }
    }
}

fn batches(
    at: usize,
    reported: &[u64],
    (audit, by): (&BatchAudit, &BatchAudit),
    sample: &Sample<'_>,
) -> Option<PValue> {
    let mut draws = Vec::with_capacity(sample.places.len());
    for place in &sample.places {
        let counted = sample.counted(*place)?;
        let votes = counted.votes.get(at)?.as_ref()?;
        draws.push(DrawnBatch { batch: place.0, counted: votes, together: &counted.together });
    }
    if whole::refuted(audit, reported, &draws) {
        return Some(PValue::ONE);
    }
    Some(PValue::from_ln(audit.measure_by(&draws, by).p_value.ln()))
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
