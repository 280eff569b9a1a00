//! Records of every method: what is measured stands beside its formula, or a published vector.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod attacks;
mod schema;
mod suite;

use scr_audits::assorter::{CardStyle, Share};
use scr_audits::contest::Outcome;
use scr_audits::record::{
    Batch, Commitment, Contest, Counted, Cvr, Decision, Method, Record, Round, Sampler, Settings, TestRule,
};
use scr_audits::sample::{colorado, cryptorandom};
use scr_audits::verify::{Cvrs, Report, Size, next_round, verify};
use std::collections::BTreeSet;

const SEED: &str = "31415926535897932384";
const FRESH: &str = "27182818284590452353";

type Votes = Vec<Option<Vec<u64>>>;

fn contest(name: &str, choices: &[&str], votes: &[u64], ballots: u64) -> Contest {
    Contest {
        name: name.to_owned(),
        choices: choices.iter().map(|name| (*name).to_owned()).collect(),
        votes: votes.into(),
        winners: 1,
        votes_allowed: 1,
        ballots,
        risk_limit: "0.05".to_owned(),
        targeted: true,
        ..Contest::default()
    }
}

fn batches(count: usize, ballots: u32) -> Vec<Batch> {
    let batch = |at: usize| Batch {
        jurisdiction: format!("J{}", at / 4),
        tabulator: Some(format!("T{}", at % 2)),
        batch: format!("B{at}"),
        ballots,
        ..Batch::default()
    };
    (0..count).map(batch).collect()
}

fn record(method: Method, sampler: Sampler, contests: Vec<Contest>, batches: Vec<Batch>) -> Record {
    let mut settings = Settings::new(method, sampler, 20);
    settings.test = method.asserts().then_some(TestRule::CappedBet { bet: 1.8, max_loss: 0.9 });
    Record::new("Test", "scrutineer test", settings, contests, batches)
}

/// A CVR for each ballot.
fn with_cvrs(record: &mut Record, of: impl Fn(usize, u32) -> Votes) {
    for (at, batch) in record.batches.iter().enumerate() {
        if batch.pool || batch.cvrs == Some(false) {
            continue;
        }
        for position in 1..=batch.ballots {
            let narrow = |list: Vec<u64>| list.iter().map(|choice| u16::try_from(*choice).unwrap()).collect();
            let votes = of(at, position).into_iter().map(|votes| votes.map(narrow)).collect();
            record.cvrs.push(Cvr { batch: at, position, votes });
        }
    }
}

/// Draws a round, reads every new ballot, and leaves it open.
fn round(record: &mut Record, seed: &str, size: &Size, hand: impl Fn(usize, u32) -> Votes) {
    let draws = next_round(record, &Cvrs::new(), seed, size).unwrap();
    let mut known: BTreeSet<(usize, Option<u32>)> =
        record.rounds.iter().flat_map(|round| &round.counted).map(|one| (one.batch, one.position)).collect();
    let mut counted = Vec::new();
    for draw in &draws {
        if known.insert((draw.batch, draw.position)) {
            let votes = hand(draw.batch, draw.position.unwrap());
            counted.push(Counted { batch: draw.batch, position: draw.position, votes, ..Counted::default() });
        }
    }
    if let Some(last) = record.rounds.last_mut() {
        last.decision = Decision::NextRound;
    }
    let wanted = if let Size::Wanted(wanted) = size { wanted.clone() } else { Vec::new() };
    let number = u32::try_from(record.rounds.len()).unwrap() + 1;
    record.rounds.push(Round { wanted, ..Round::open(number, seed, draws, counted) });
    record.commitment = Commitment::of(record).unwrap();
}

/// Nothing speaks against the record but that open rounds before the last state no risk.
fn sound(record: &Record) -> Report {
    let report = verify(record);
    let other: Vec<_> = report.deviations.iter().filter(|one| one.code != "SCR-AUD-130").collect();
    assert!(other.is_empty(), "{other:#?}");
    report
}

fn risk(report: &Report, contest: usize) -> &str {
    report.rounds.last().unwrap().p_values[contest].as_deref().unwrap()
}

fn whole(count: usize) -> i32 {
    i32::try_from(count).unwrap()
}

/// 600 for the first and 400 for the second of 1,000 ballots in 10 batches.
fn marked(_: usize, position: u32) -> Votes {
    vec![Some(vec![u64::from(position > 60)])]
}

fn mayor() -> Vec<Contest> {
    vec![contest("Mayor", &["Ann", "Ben"], &[600, 400], 1000)]
}

/// A comparison without errors by betting: each draw multiplies by 1 + λ(x - 1/2), x = 1/(2 - v/u), v = 0.2.
#[test]
fn a_comparison_by_assertions_is_measured_by_its_formula() {
    let mut clean =
        record(Method::AssertionComparison, Sampler::ConsistentWithReplacement, mayor(), batches(10, 100));
    with_cvrs(&mut clean, marked);
    round(&mut clean, SEED, &Size::Draws(40), marked);
    let factor: f64 = 1.0 + 1.8 * (1.0 / 1.8 - 0.5);
    assert_eq!(risk(&sound(&clean), 0), format!("{:.10}", factor.powi(-40)));
    // Another bet, and the same with what the first draw shows against it: a two-vote overstatement is worth 0.
    let first = clean.rounds[0].draws[0].clone();
    let times = clean.rounds[0].draws.iter().filter(|draw| draw.ticket == first.ticket).count();
    assert_eq!(times, 1);
    let lost = clean.rounds[0]
        .counted
        .iter_mut()
        .find(|one| one.position == first.position && one.batch == first.batch);
    let was_winner = first.position.unwrap() <= 60;
    lost.unwrap().votes = if was_winner { vec![Some(vec![1])] } else { Vec::new() };
    // A loser's ballot that is not found was worth 0 already.
    let value = if was_winner { 0.0 } else { 1.0 / 1.8 };
    let p = 1.0 / ((1.0 + 1.8 * (value - 0.5)) * factor.powi(39));
    assert_eq!(risk(&sound(&clean), 0), format!("{:.10}", p.min(1.0)));
}

/// ONEAudit: half of the batches have totals only. A ballot of a pool of mean A(pool) that shows the winner is worth
/// (1 - (A(pool) - 1))/(2 - v), one that shows the loser (1 - A(pool))/(2 - v).
#[test]
fn ballots_of_pools_are_compared_with_the_mean_of_their_batch() {
    let mut all = batches(10, 100);
    for batch in &mut all[5..] {
        (batch.pool, batch.votes) = (true, vec![vec![60, 40]]);
    }
    let mut record = record(Method::AssertionComparison, Sampler::ConsistentWithReplacement, mayor(), all);
    with_cvrs(&mut record, marked);
    round(&mut record, SEED, &Size::Draws(50), marked);
    let mut expected = 1.0_f64;
    let mut most = 1.0_f64;
    for draw in &record.rounds[0].draws {
        let hand = if draw.position.unwrap() <= 60 { 1.0 } else { 0.0 };
        let machine = if draw.batch < 5 { hand } else { 0.6 };
        expected *= 1.0 + 1.8 * ((1.0 - (machine - hand)) / 1.8 - 0.5);
        most = most.max(expected);
    }
    assert_eq!(risk(&sound(&record), 0), format!("{:.10}", 1.0 / most));
    // Totals that do not add up to what was reported.
    record.batches[7].votes[0] = vec![61, 39];
    assert_eq!(verify(&record).deviations.last().unwrap().code, "SCR-AUD-123");
}

/// ALPHA with d = 0 and no estimate but the truncation is not a formula of one line; Wald's is: betting on the value
/// alone. Here: 1 + 1.8(x - 1/2) with x = 1 for the winner and 0 for the loser, and an overvote or blank of 1/2.
#[test]
fn ballots_alone_are_measured_by_assertions() {
    let mut contests = mayor();
    contests[0].votes = vec![700, 200];
    let hand = |_: usize, position: u32| {
        vec![Some(match position {
            0..=70 => vec![0],
            71..=90 => vec![1],
            91..=95 => vec![],
            _ => vec![0, 1],
        })]
    };
    let mut record =
        record(Method::AssertionPolling, Sampler::ConsistentWithReplacement, contests, batches(10, 100));
    round(&mut record, SEED, &Size::Draws(60), hand);
    let (mut product, mut most) = (1.0_f64, 1.0_f64);
    for draw in &record.rounds[0].draws {
        let x = match draw.position.unwrap() {
            0..=70 => 1.0,
            71..=90 => 0.0,
            _ => 0.5,
        };
        product *= 1.0 + 1.8 * (x - 0.5);
        most = most.max(product);
    }
    assert_eq!(risk(&sound(&record), 0), format!("{:.10}", 1.0 / most));
    assert!(sound(&record).rounds[0].assertions[0][0].claim.contains("Ann has more votes than Ben"));
}

/// A vote that needs two thirds, D'Hondt and an instant runoff, all in one sample.
fn every_rule() -> Record {
    let share = Share { numerator: 2, denominator: 3 };
    let mut contests = vec![
        contest("Measure", &["Yes", "No"], &[750, 250], 1000),
        contest("Lists", &["A", "B", "C"], &[500, 300, 200], 1000),
        contest("Ranked", &["Ann", "Ben", "Cem"], &[450, 350, 200], 1000),
    ];
    contests[0].rule = Some(Outcome::Share { share, winners: vec![0] });
    // D'Hondt, 4 seats: quotients 500 300 250 200 167 150: two, one, one.
    let divisors = (1..=5).collect();
    contests[1].rule = Some(Outcome::HighestAverages { seats: vec![2, 1, 1], divisors, threshold: None });
    contests[2].rule = Some(Outcome::InstantRunoff { winner: 1 });
    contests[1].targeted = false;
    contests[2].risk_limit = "0.075".to_owned();
    // Cem goes out first, and 180 of 200 prefer Ben: 530 to 470.
    let of = |_: usize, position: u32| {
        let list = match position {
            0..=50 => 0,
            51..=80 => 1,
            _ => 2,
        };
        let ranked = match position {
            0..=45 => vec![0],
            46..=80 => vec![1, 2],
            81..=98 => vec![2, 1, 0],
            _ => vec![2, 0],
        };
        vec![Some(vec![u64::from(position > 75)]), Some(vec![list]), Some(ranked)]
    };
    let (method, sampler) = (Method::AssertionComparison, Sampler::ConsistentWithoutReplacement);
    let mut record = record(method, sampler, contests, batches(10, 100));
    with_cvrs(&mut record, of);
    round(&mut record, SEED, &Size::Draws(60), of);
    round(&mut record, FRESH, &Size::Draws(100), of);
    record
}

#[test]
fn every_rule_is_measured_in_one_sample() {
    let record = every_rule();
    let report = sound(&record);
    let assertions = &report.rounds[1].assertions;
    let counts: Vec<usize> = assertions.iter().map(Vec::len).collect();
    assert!((counts[0], counts[1]) == (1, 6) && counts[2] >= 2, "{assertions:#?}");
    // Each ballot once over both rounds, whatever the seeds.
    let draws = record.rounds.iter().flat_map(|round| &round.draws);
    let places: BTreeSet<_> = draws.map(|draw| (draw.batch, draw.position)).collect();
    assert_eq!(places.len(), 160);
    for (earlier, later) in report.rounds[0].p_values.iter().zip(&report.rounds[1].p_values) {
        assert!(later < earlier, "{earlier:?} {later:?}");
    }
}

/// Assertions that stand in the record must suffice, and the CVRs must bear them.
#[test]
fn assertions_of_the_record_are_proven() {
    use scr_audits::raire::Assertion::NotEliminatedNext;
    let mut record = every_rule();
    let next = |winner, loser, continuing: &[usize]| NotEliminatedNext {
        winner,
        loser,
        continuing: continuing.to_vec(),
    };
    let said = |record: &Record| {
        let report = verify(record);
        let first = report.deviations.iter().find(|one| one.code == "SCR-AUD-126");
        first.map(|one| one.what.clone()).unwrap_or_default()
    };
    record.contests[2].assertions = vec![next(1, 2, &[0, 1, 2]), next(1, 0, &[0, 1]), next(1, 2, &[1, 2])];
    record.commitment = Commitment::of(&record).unwrap();
    assert_eq!(said(&record), "");
    let third = record.contests[2].assertions.pop().unwrap();
    assert!(said(&record).contains("SCR-AUD-077"), "{}", said(&record));
    record.contests[2].assertions.extend([third, next(2, 1, &[0, 1, 2])]);
    assert!(said(&record).contains("SCR-AUD-081"), "{}", said(&record));
    record.contests[2].rule = Some(Outcome::InstantRunoff { winner: 0 });
    record.contests[2].assertions.clear();
    assert!(said(&record).contains("SCR-AUD-070"), "{}", said(&record));
}

/// Colorado: pick i = SHA-256(seed,i) mod N + 1, and understatements count: (1 + 1/2γ)^-u1.
#[test]
fn colorado_draws_by_number_and_counts_understatements() {
    let mut record = record(Method::BallotComparisonColorado, Sampler::Colorado, mayor(), batches(10, 100));
    // Some ballots are blank for the machines, and votes for Ann.
    let machine = |at: usize, position: u32| {
        if position % 20 == 1 && position <= 60 { vec![Some(vec![])] } else { marked(at, position) }
    };
    record.contests[0].votes = vec![570, 400];
    with_cvrs(&mut record, machine);
    round(&mut record, SEED, &Size::Draws(80), marked);
    let picks: Vec<u64> = colorado::picks(SEED, 1000).take(80).collect();
    let tickets: Vec<u64> = record.rounds[0].draws.iter().map(|draw| draw.ticket.parse().unwrap()).collect();
    assert_eq!(tickets, picks);
    let blank = picks.iter().filter(|pick| (**pick - 1) % 100 % 20 == 0 && (**pick - 1) % 100 < 60).count();
    assert!(blank > 0);
    let (g, m) = (1.03905_f64, 0.17);
    let p = (1.0 - m / (2.0 * g)).powi(80) * (1.0 + 1.0 / (2.0 * g)).powi(-whole(blank));
    assert_eq!(risk(&sound(&record), 0), format!("{p:.10}"));
    // As Arlo computes it they are ignored.
    record.settings.method = Method::BallotComparison;
    record.commitment = Commitment::of(&record).unwrap();
    assert_eq!(risk(&sound(&record), 0), format!("{:.10}", (1.0 - m / (2.0 * g)).powi(80)));
}

/// Two contests of which one is on a fifth of the cards: it is measured on these, and the sample holds as many as both
/// want. The order of the cards is that of their numbers (`cryptorandom_sha256.json` checks these elsewhere).
#[test]
fn cards_are_taken_until_each_contest_has_what_it_wants() {
    let mut contests = mayor();
    contests.push(contest("Ward", &["Cem", "Dee"], &[150, 50], 200));
    let of = |at: usize, position: u32| {
        let ward = position.is_multiple_of(5).then(|| vec![u64::from(position.is_multiple_of(20))]);
        vec![marked(at, position).remove(0), ward]
    };
    let mut record = record(Method::AssertionComparison, Sampler::Cryptorandom, contests, batches(10, 100));
    record.settings.card_style = CardStyle::Known;
    with_cvrs(&mut record, of);
    round(&mut record, SEED, &Size::Wanted(vec![30, 20]), of);
    let order = cryptorandom::card_order(SEED, 1000);
    let on = |card: usize| -> &[usize] { if (card % 100 + 1).is_multiple_of(5) { &[0, 1] } else { &[0] } };
    let sample = cryptorandom::for_contests(&order, on, &[30, 20]);
    let tickets: Vec<usize> =
        record.rounds[0].draws.iter().map(|draw| draw.ticket.parse::<usize>().unwrap() - 1).collect();
    assert_eq!(tickets, sample.cards);
    round(&mut record, SEED, &Size::Wanted(vec![60, 40]), of);
    let report = sound(&record);
    // Without errors and without replacement: m_j = (N/2 - S)/(N - j + 1), each draw multiplies by 1 + λ(x - m_j).
    for (contest, (margin, population, cards)) in [(0.2, 1000, 60), (0.5, 200, 40)].into_iter().enumerate() {
        let x = 1.0 / (2.0 - margin);
        let (mut sum, mut product) = (0.0, 1.0_f64);
        let mut credited = cards;
        if contest == 0 {
            credited = cryptorandom::for_contests(&order, on, &[60, 40]).credited[0];
        }
        for drawn in 0..credited {
            let m = (f64::from(population) / 2.0 - sum) / f64::from(population - whole(drawn));
            product *= 1.0 + 1.8_f64.min(0.9 / m) * (x - m);
            sum += x;
        }
        assert_eq!(risk(&report, contest), format!("{:.10}", 1.0 / product));
    }
    // A seed of its own would choose other cards.
    record.rounds[1].seed = FRESH.to_owned();
    assert!(verify(&record).deviations.iter().any(|one| one.code == "SCR-AUD-125"));
}

/// A manifest with more cards than CVRs: what is drawn there is a phantom, which counts 1/2 for the machines and, if
/// nothing is found, 0 by hand.
#[test]
fn cards_without_cvrs_are_phantoms() {
    let mut all = batches(10, 100);
    all[9].ballots = 110;
    let mut record = record(Method::AssertionComparison, Sampler::ConsistentWithReplacement, mayor(), all);
    record.contests[0].ballots = 1010;
    with_cvrs(&mut record, marked);
    record.cvrs.retain(|cvr| cvr.position <= 100);
    let hand = |at: usize, position: u32| if position > 100 { Vec::new() } else { marked(at, position) };
    round(&mut record, "00000000000000000042", &Size::Draws(150), hand);
    let phantoms = record.rounds[0].draws.iter().filter(|draw| draw.position > Some(100)).count();
    assert!(phantoms > 0);
    let clean = 1.0 / (2.0 - 200.0 / 1010.0);
    let factor = |x: f64| (1.0 + 1.8 * (x - 0.5)).ln();
    let (mut ln, mut most) = (0.0_f64, 0.0_f64);
    for draw in &record.rounds[0].draws {
        ln += factor(if draw.position > Some(100) { clean / 2.0 } else { clean });
        most = most.max(ln);
    }
    assert!(most < 20.0, "the figure has digits to compare");
    assert_eq!(risk(&sound(&record), 0), format!("{:.10}", (-most).exp()));
}

/// Minerva and Providence with a fresh seed for each round; the figures of one round of 60 to 40 are those of the
/// tails: P(X >= k | n, 1/2) / P(X >= k | n, 0.6).
#[test]
fn minerva_and_providence_need_fresh_seeds() {
    for method in [Method::Minerva, Method::Providence] {
        let mut record = record(method, Sampler::ConsistentWithReplacement, mayor(), batches(10, 100));
        round(&mut record, SEED, &Size::Draws(40), marked);
        let winner = record.rounds[0].draws.iter().filter(|draw| draw.position <= Some(60)).count();
        let tail = |p: f64| -> f64 {
            let choose = |k: usize| (1..=k).map(|i| (40 - k + i) as f64 / i as f64).product::<f64>();
            (winner..=40).map(|k| choose(k) * p.powi(whole(k)) * (1.0 - p).powi(whole(40 - k))).sum()
        };
        let p: f64 = tail(0.5) / tail(0.6);
        let said: f64 = risk(&sound(&record), 0).parse().unwrap();
        assert!((said - p).abs() < 1e-9, "{said} {p}");
        round(&mut record, FRESH, &Size::Draws(40), marked);
        sound(&record);
        record.rounds[1].seed = SEED.to_owned();
        assert!(
            verify(&record).deviations.iter().any(|one| one.code == "SCR-AUD-125" && one.round == Some(2))
        );
    }
}

/// Samples of their own, as Arlo draws them: each contest is measured on its own draws, the third on the first's.
#[test]
fn contests_can_have_samples_of_their_own() {
    let mut contests = mayor();
    contests.push(contest("Judge", &["Cem", "Dee"], &[700, 300], 1000));
    contests.push(contest("Clerk", &["Eve", "Fay"], &[800, 200], 1000));
    contests[2].targeted = false;
    let of = |_: usize, position: u32| {
        vec![
            Some(vec![u64::from(position > 60)]),
            Some(vec![u64::from(position > 70)]),
            Some(vec![u64::from(position > 80)]),
        ]
    };
    let mut record =
        record(Method::BallotComparison, Sampler::ConsistentWithReplacement, contests, batches(10, 100));
    with_cvrs(&mut record, of);
    round(&mut record, SEED, &Size::ByContest(vec![(0, 30), (1, 20)]), of);
    round(&mut record, SEED, &Size::ByContest(vec![(0, 10)]), of);
    let report = sound(&record);
    let p = |m: f64, n: i32| format!("{:.10}", (1.0 - m / (2.0 * 1.03905)).powi(n));
    assert_eq!([risk(&report, 0), risk(&report, 1), risk(&report, 2)], [p(0.2, 40), p(0.4, 20), p(0.6, 40)]);
    // The first draws of both are the same ballots: tickets do not depend on the contest.
    let tickets = |at: usize| -> Vec<&str> {
        let draws = record.rounds[0].draws.iter().filter(|draw| draw.contest == Some(at));
        draws.map(|draw| draw.ticket.as_str()).collect()
    };
    assert_eq!(tickets(0)[..20], tickets(1)[..]);
    record.rounds[0].draws[3].contest = Some(2);
    assert_eq!(verify(&record).deviations[0].code, "SCR-AUD-123");
    record.rounds[0].draws[3].contest = None;
    assert_eq!(verify(&record).deviations[0].code, "SCR-AUD-123");
}
