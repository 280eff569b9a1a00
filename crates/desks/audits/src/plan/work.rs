//! The engine, asked within bounds: whatever is typed, one page takes a small part of a second.
//!
//! Before an audit is run on paper a formula says about how long it will be. What would take too long is not run: then
//! the method's own formula stands alone, or the answer is that it is more than so many.

use super::even;
use super::guess::{Guess, Hard, guess};
use super::typed::{Contest, Wanted};
use scr_audits::plan::{
    self as engine, Asked, Decimal, Found, Need, Rates, Reported, Request, Rule, Sample, Why,
};
use scr_audits::risk::kaplan_markov::Understatements;
use scr_audits::risk::plan::{Source, different};
use scr_core::Problem;

/// The seed of every plan: the same request has the same figures, here and on the command line.
pub(super) const SEED: &str = "plan";
/// The chances for which sizes are shown, in percent.
pub(super) const PERCENTS: [u8; 4] = [50, 70, 90, 99];
/// An audit is run on paper so often at most, and at least.
const AUDITS: (u64, u64) = (50, 500);
/// With fewer audits the largest of a hundred is not known.
const FOR_THE_LAST: u32 = 100;
/// Claims that the engine runs on paper when it polls, at most.
const TRIED: u64 = 3;

/// How risk is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    KaplanMarkov,
    Betting,
    Bravo,
    Alpha,
    Batch,
}

/// What people do, whatever formula measures the risk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    Comparison,
    Polling,
    Batches,
}

impl Family {
    pub(super) const ALL: [Self; 3] = [Self::Comparison, Self::Polling, Self::Batches];

    /// As in texts and files.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Comparison => "comparison",
            Self::Polling => "polling",
            Self::Batches => "batches",
        }
    }
}

impl Method {
    const ALL: [Self; 5] = [Self::KaplanMarkov, Self::Betting, Self::Bravo, Self::Alpha, Self::Batch];

    /// As the engine and the command line call it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::KaplanMarkov => "kaplan-markov",
            Self::Betting => "betting",
            Self::Bravo => "bravo",
            Self::Alpha => "alpha",
            Self::Batch => "batch",
        }
    }

    pub(super) fn family(self) -> Family {
        match self {
            Self::KaplanMarkov | Self::Betting => Family::Comparison,
            Self::Bravo | Self::Alpha => Family::Polling,
            Self::Batch => Family::Batches,
        }
    }

    fn fits(self, reported: &Reported) -> bool {
        let most = matches!(reported, Reported::Plurality { .. } | Reported::Approval { .. });
        match self {
            Self::KaplanMarkov => {
                !matches!(reported, Reported::Share { .. } | Reported::HighestAverages { .. })
            }
            Self::Betting => true,
            Self::Bravo => most,
            Self::Alpha => !matches!(reported, Reported::Margin { .. }),
            Self::Batch => most || matches!(reported, Reported::Runoff { .. }),
        }
    }

    /// Whether one ballot can be drawn again.
    fn puts_back(self) -> bool {
        matches!(self, Self::KaplanMarkov | Self::Bravo | Self::Batch)
    }

    /// Cards that may be drawn on paper in one request: a few hundredths of a second each.
    fn budget(self) -> u64 {
        match self {
            Self::KaplanMarkov => 400_000,
            Self::Betting => 300_000,
            Self::Bravo => 900_000,
            Self::Alpha | Self::Batch => 600_000,
        }
    }
}

/// The answer to what was typed.
pub(super) struct Plan {
    pub(super) contests: Vec<Planned>,
    /// One sample for all contests, by each method that can have one.
    pub(super) together: Vec<Together>,
}

/// One contest.
pub(super) struct Planned {
    /// The smallest difference, in votes where it is one, and as a share of the ballots. `None`: it is a tie.
    pub(super) margin: Option<Margin>,
    /// The methods; none where it is a tie.
    pub(super) rows: Vec<Row>,
}

/// How close it is.
pub(super) struct Margin {
    pub(super) votes: Option<u64>,
    /// The claim that decides about the size, in the engine's words.
    pub(super) claim: String,
    /// How many claims are tested.
    pub(super) claims: usize,
}

/// One method.
pub(super) struct Row {
    pub(super) method: Method,
    pub(super) outcome: Outcome,
    /// What the engine was asked, where it ran the audit on paper: the command line takes the same.
    pub(super) request: Option<Request>,
}

/// What an audit by one method needs.
pub(super) enum Outcome {
    Sample(Sizes),
    /// A sample would hardly be smaller than everything.
    Full,
    /// Too many to run it on paper here.
    Beyond(u64),
}

/// The sizes of a sample.
#[derive(Clone)]
pub(super) struct Sizes {
    pub(super) expected: Size,
    /// Percent of audits, and what is enough in them; nothing where only a formula is known.
    pub(super) enough: Vec<(u8, Enough)>,
    /// Audits run on paper; `None`: nothing is left to chance, or it is the method's formula.
    pub(super) audits: Option<u32>,
    /// The method's own formula: its name, and draws.
    pub(super) formula: Option<(&'static str, u64)>,
}

/// One size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Size {
    /// Draws; with replacement one ballot can be drawn twice.
    pub(super) draws: u64,
    /// Ballots that are looked at.
    pub(super) ballots: u64,
    /// Batches that they are in, where whole batches are drawn.
    pub(super) batches: Option<u64>,
}

/// What is enough in a share of audits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Enough {
    Size(Size),
    /// Those audits count everything.
    All,
    /// It is not known: more than was run, or too few audits were.
    Unknown,
}

/// One sample for all contests.
pub(super) struct Together {
    pub(super) method: Method,
    /// The place of the contest that needs most.
    pub(super) largest: usize,
    pub(super) sizes: Sizes,
}

/// Plans what was typed.
///
/// # Errors
/// What keeps the engine from planning a contest, with the number of the contest.
pub(super) fn plan(wanted: &Wanted) -> Result<Plan, Vec<(usize, Problem)>> {
    let (mut contests, mut problems) = (Vec::new(), Vec::new());
    for contest in &wanted.contests {
        match (Work { wanted, contest }).planned() {
            Ok(planned) => contests.push(planned),
            Err(wrong) => problems.extend(wrong.into_iter().map(|problem| (contest.number, problem))),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let together = together(wanted, &contests);
    Ok(Plan { contests, together })
}

struct Work<'a> {
    wanted: &'a Wanted,
    contest: &'a Contest,
}

impl Work<'_> {
    fn planned(&self) -> Result<Planned, Vec<Problem>> {
        let reported = &self.contest.reported;
        // One draw of one audit: what the contest rests on, and nothing that takes time. A comparison of pools, and no
        // pools, fits every rule with votes.
        let of_votes = Method::KaplanMarkov.fits(reported);
        let probe = if of_votes { self.method(Method::KaplanMarkov) } else { no_pools() };
        let found = answer(&self.request(reported, probe, 1, 1))?;
        let tie = matches!(found.need, Need::FullHandCount { why: Why::Tie | Why::Unseen, .. });
        let Some(hardest) = found.hardest.filter(|_| !tie) else {
            return Ok(Planned { margin: None, rows: Vec::new() });
        };
        let votes = hardest.votes.filter(|_| of_votes);
        let hard = Hard { votes, margin: hardest.margin, difficulty: hardest.difficulty };
        let mut rows = Vec::new();
        for method in Method::ALL.into_iter().filter(|method| method.fits(reported)) {
            if method == Method::Batch {
                rows.extend(self.batches()?.map(|outcome| Row { method, outcome, request: None }));
            } else {
                rows.push(self.drawn(method, &hard)?);
            }
        }
        let margin = Margin { votes: hardest.votes, claim: hardest.claim, claims: found.assertions };
        Ok(Planned { margin: Some(margin), rows })
    }

    /// One contest and one method, as the engine is asked.
    fn request(&self, reported: &Reported, audit: engine::Method, replications: u64, most: u64) -> Request {
        let asked = Asked {
            name: self.contest.name.clone(),
            risk_limit: Decimal(self.wanted.limit.clone()),
            cards: Some(self.contest.ballots),
            targeted: true,
            reported: reported.clone(),
            audit,
        };
        Request {
            contests: vec![asked],
            styles: Vec::new(),
            seed: SEED.to_owned(),
            replications: u32::try_from(replications).unwrap_or(1),
            most: Some(most),
        }
    }

    fn rates(&self) -> Rates {
        let none = || Decimal("0".to_owned());
        Rates { o1: Decimal(thousandths(&self.wanted.errors)), o2: none(), u1: none(), u2: none() }
    }

    /// With the constants that the command line takes when none are given.
    fn method(&self, method: Method) -> engine::Method {
        let decimal = |text: &str| Decimal(text.to_owned());
        let (rates, seen) = (self.rates(), Found::default());
        match method {
            Method::KaplanMarkov => engine::Method::KaplanMarkov {
                gamma: decimal("1.03905"),
                understatements: Understatements::Ignored,
                rates,
                seen,
            },
            Method::Betting => {
                engine::Method::Betting { bet: decimal("1.8"), max_loss: decimal("0.9"), rates, seen }
            }
            Method::Bravo => engine::Method::Bravo { seen: engine::Votes::new() },
            Method::Alpha | Method::Batch => engine::Method::Alpha { d: decimal("100") },
        }
    }

    /// Single ballots.
    fn drawn(&self, method: Method, hard: &Hard) -> Result<Row, Vec<Problem>> {
        let (reported, ballots) = (&self.contest.reported, self.contest.ballots);
        let mut hard = *hard;
        if method == Method::Alpha {
            // Another claim can be the hardest to poll.
            let probe = answer(&self.request(reported, self.method(method), 1, 1))?;
            if let Some(hardest) = probe.hardest {
                hard = Hard { margin: hardest.margin, difficulty: hardest.difficulty, ..hard };
            }
        }
        let guess = guess(method, &hard, reported, ballots, self.wanted);
        let row = |outcome| Row { method, outcome, request: None };
        if guess.formula.is_some_and(|(_, draws)| draws >= ballots) {
            return Ok(row(Outcome::Full));
        }
        // Where nine ballots of ten would be drawn all are counted.
        let most = ballots as f64 * if method.puts_back() { 1.0 } else { 0.9 };
        let Some(draws) = guess.draws.filter(|draws| *draws < most) else { return Ok(row(Outcome::Full)) };
        let budget = self.budget(method);
        // Without errors one audit is like every other.
        let (least, most) = if guess.exact { (1, 1) } else { AUDITS };
        let audits = whole(budget as f64 / draws.max(1.0)).min(most);
        if audits < least || !guess.runs {
            return Ok(row(beyond(&guess, ballots, budget / least)));
        }
        let most = whole(draws * 15.0).saturating_add(1_000).min(ballots);
        let request = self.request(reported, self.method(method), audits, most);
        let outcome = match answer(&request)?.need {
            Need::Sample(sample) => Outcome::Sample(sizes(&sample, &guess, ballots, most)),
            Need::FullHandCount { .. } => Outcome::Full,
        };
        Ok(Row { method, outcome, request: Some(request) })
    }

    fn budget(&self, method: Method) -> u64 {
        let tried = match (method.family(), &self.contest.reported) {
            (Family::Polling, Reported::Plurality { votes, .. } | Reported::Approval { votes, .. })
                if votes.len() == 2 =>
            {
                1
            }
            (Family::Polling, _) => TRIED,
            _ => 1,
        };
        method.budget() / tried / (self.wanted.contests.len() as u64).max(1)
    }

    /// Whole batches; `None` where no number of them was typed.
    fn batches(&self) -> Result<Option<Outcome>, Vec<Problem>> {
        let Some(batches) = self.wanted.batches else { return Ok(None) };
        let Some((reported, method)) = even::spread(&self.contest.reported, self.contest.ballots, batches)
        else {
            return Ok(None);
        };
        let found = answer(&self.request(&reported, method, 1, 1))?;
        let Need::Sample(sample) = found.need else { return Ok(Some(Outcome::Full)) };
        let Some(first) = sample.ballots.first() else { return Ok(None) };
        let size = Size {
            draws: first.draws,
            ballots: whole(first.ballots.ceil()),
            batches: first.batches.map(|batches| whole(batches.ceil())),
        };
        Ok(Some(Outcome::Sample(Sizes {
            expected: size,
            enough: PERCENTS.map(|percent| (percent, Enough::Size(size))).into(),
            audits: None,
            formula: None,
        })))
    }
}

/// The engine's answer for the only contest of a request.
fn answer(request: &Request) -> Result<engine::Planned, Vec<Problem>> {
    engine::plan(request)?.contests.pop().ok_or_else(Vec::new)
}

/// ONEAudit without a pool: no draw of it is made that counts.
fn no_pools() -> engine::Method {
    engine::Method::Oneaudit { pools: Vec::new(), d: None, bet: Some(Decimal("1.8".to_owned())) }
}

/// "2.5" of a thousand as a share.
pub(super) fn thousandths(digits: &str) -> String {
    let (whole, places) = digits.split_once('.').unwrap_or((digits, ""));
    let whole = format!("{whole:0>4}");
    let (above, below) = whole.split_at(whole.len() - 3);
    format!("{above}.{below}{places}")
}

/// What is known of a sample that is too large to be run on paper here.
fn beyond(guess: &Guess, ballots: u64, most: u64) -> Outcome {
    let Some((_, draws)) = guess.formula else { return Outcome::Beyond(most.min(ballots)) };
    Outcome::Sample(Sizes {
        expected: size(draws, ballots, true),
        enough: Vec::new(),
        audits: None,
        formula: guess.formula,
    })
}

fn size(draws: u64, ballots: u64, with_replacement: bool) -> Size {
    let looked = if with_replacement { whole(different(draws, ballots).ceil()) } else { draws };
    Size { draws, ballots: looked.min(ballots), batches: None }
}

fn sizes(sample: &Sample, guess: &Guess, ballots: u64, most: u64) -> Sizes {
    let size = |draws: u64| size(draws, ballots, sample.with_replacement);
    let Some(draws) = &sample.draws else {
        return Sizes { expected: size(0), enough: Vec::new(), audits: None, formula: None };
    };
    let audits = match &draws.source {
        Source::Exact => None,
        Source::Simulated { replications, .. } => Some(*replications),
    };
    let asn = sample.sizes.iter().find(|size| size.rule == Rule::Asn).map(|size| size.draws);
    // An audit that was broken off counts with all ballots in the mean.
    let broken_off = draws.full_counts > 0.0 && most < ballots;
    let mean = if broken_off { guess.draws.unwrap_or(draws.mean) } else { draws.mean };
    let expected = size(asn.unwrap_or_else(|| whole(mean.round())));
    let of = |percent: u8| {
        let found = draws.quantiles.iter().find(|(one, _)| *one == percent);
        let finished = 1.0 - draws.full_counts >= f64::from(percent) / 100.0;
        let known = percent < 99 || audits.is_none_or(|audits| audits >= FOR_THE_LAST);
        match found {
            Some((_, draws)) if finished && known => Enough::Size(size(*draws)),
            Some(_) if known && most >= ballots => Enough::All,
            _ => Enough::Unknown,
        }
    };
    let enough = PERCENTS.map(|percent| (percent, of(percent))).into();
    Sizes { expected, enough, audits, formula: guess.formula }
}

/// One sample for all contests, where all have the same ballots: each draw serves all of them, so the largest need
/// holds the others.
fn together(wanted: &Wanted, contests: &[Planned]) -> Vec<Together> {
    let ballots: Vec<u64> = wanted.contests.iter().map(|contest| contest.ballots).collect();
    if contests.len() < 2 || ballots.iter().any(|one| *one != ballots[0]) {
        return Vec::new();
    }
    Method::ALL
        .into_iter()
        .filter(|method| *method != Method::Batch)
        .filter_map(|method| one_sample(method, contests))
        .collect()
}

fn one_sample(method: Method, contests: &[Planned]) -> Option<Together> {
    let sizes: Vec<&Sizes> = contests
        .iter()
        .map(|contest| match &contest.rows.iter().find(|row| row.method == method)?.outcome {
            Outcome::Sample(sizes) => Some(sizes),
            _ => None,
        })
        .collect::<Option<_>>()?;
    let need = |sizes: &Sizes| sizes.expected.draws;
    let (largest, first) = sizes
        .iter()
        .enumerate()
        .reduce(|one, other| if need(other.1) > need(one.1) { other } else { one })?;
    let enough = PERCENTS.iter().enumerate().map(|(at, percent)| {
        let each =
            sizes.iter().map(|sizes| sizes.enough.get(at).map_or(Enough::Unknown, |(_, enough)| *enough));
        (*percent, each.reduce(larger).unwrap_or(Enough::Unknown))
    });
    let sizes = Sizes { enough: enough.collect(), formula: None, ..(*first).clone() };
    Some(Together { method, largest, sizes })
}

fn larger(one: Enough, other: Enough) -> Enough {
    match (one, other) {
        (Enough::Unknown, _) | (_, Enough::Unknown) => Enough::Unknown,
        (Enough::All, _) | (_, Enough::All) => Enough::All,
        (Enough::Size(one), Enough::Size(other)) => {
            Enough::Size(if other.draws > one.draws { other } else { one })
        }
    }
}

/// A number without its sign and its part below one; the largest there is for what is larger.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "such a cast ends at the limits, and that is meant"
)]
pub(super) fn whole(value: f64) -> u64 {
    value as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_many_in_a_thousand_are_an_exact_share() {
        let all = ["1", "0", "2.5", "100", "0.25"].map(thousandths);
        assert_eq!(all, ["0.001", "0.000", "0.0025", "0.100", "0.00025"]);
    }
}
