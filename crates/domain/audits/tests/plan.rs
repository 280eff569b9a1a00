//! Plans: exact where nothing is left to chance, otherwise within the errors of the stated simulation of figures
//! that others published.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use scr_audits::bounded_mean::{Hypothesis, Running, Test, clean_draws};
use scr_audits::decimal::RiskLimit;
use scr_audits::risk::kaplan_markov::{Gamma, Rates, Understatements};
use scr_audits::risk::plan::{Distribution, Method, Plan, Source, Values, Votes, different, distribution};

fn plan(method: Method, cards: u64, limit: &str) -> Plan {
    let limit = RiskLimit::parse(limit).unwrap();
    Plan {
        limit,
        cards,
        method,
        so_far: Vec::new(),
        most: cards,
        seed: "a plan".to_owned(),
        replications: 2_000,
    }
}

fn bravo(winner: u64) -> Plan {
    let votes = Votes { winner: winner * 10_000, loser: (100 - winner) * 10_000 };
    plan(Method::Bravo { reported: votes, assumed: votes }, 1_000_000, "0.1")
}

fn comparison(margin: u64, rates: Rates) -> Plan {
    let (gamma, understatements) = (Gamma::default(), Understatements::Ignored);
    plan(Method::KaplanMarkov { gamma, understatements, margin, rates }, 100_000, "5%")
}

fn betting(margin: u64, rates: Rates) -> Plan {
    plan(Method::Betting { bet: 1.8, max_loss: 0.9, margin, rates }, 100_000, "5%")
}

fn quantile(of: &Distribution, percent: u8) -> u64 {
    of.quantiles.iter().find(|(q, _)| *q == percent).unwrap().1
}

/// Lindeman, Stark and Yates (2012), table 1 (10 %): the expected numbers (Wald's approximation), and sizes that
/// finish in 90 % of audits (r2b2 of the Minerva authors against that table, in the project's reference).
#[test]
fn bravo_against_its_published_table() {
    for (share, expected, ninety) in
        [(70, 31, 60), (65, 54, 108), (60, 119, 244), (58, 185, 381), (55, 470, 974)]
    {
        let found = distribution(&bravo(share)).unwrap();
        let expected = f64::from(expected);
        // Wald's approximation ignores part of the overshoot: a draw or two at these shares.
        assert!(
            (found.mean - expected).abs() <= 3.0 * found.standard_error + 2.0,
            "{share}: {} {expected}",
            found.mean
        );
        let three = 3.0 * (0.9_f64 * 0.1 / 2_000.0).sqrt();
        assert!(found.finished_by(ninety) >= 0.9 - three, "{share}: {}", found.finished_by(ninety));
        assert!(found.finished_by(ninety - 1) <= 0.9 + three, "{share}: {}", found.finished_by(ninety - 1));
    }
}

/// ALPHA, table 2 (N = 20,000, θ = η = 0.55, d = 100, 5 %): 676; drawn at most 2,000 times before a full count:
/// 1,052.
#[test]
fn alpha_against_its_published_table() {
    let votes = Votes { winner: 11_000, loser: 9_000 };
    let mut plan = plan(Method::Alpha { reported: votes, assumed: votes, d: 100.0 }, 20_000, "0.05");
    let unbounded = distribution(&plan).unwrap();
    assert!((unbounded.mean - 676.0).abs() <= 3.0 * unbounded.standard_error + 0.5, "{}", unbounded.mean);
    plan.most = 2_000;
    let bounded = distribution(&plan).unwrap();
    assert!((bounded.mean - 1_052.0).abs() <= 3.0 * bounded.standard_error + 0.5, "{}", bounded.mean);
    assert!(bounded.full_counts > 0.0 && bounded.full_counts < 0.1 && unbounded.full_counts < 1e-9);
}

#[test]
fn a_comparison_without_errors_is_exact() {
    let found = distribution(&comparison(5_000, Rates::none())).unwrap();
    assert_eq!(found.source, Source::Exact);
    // (1 - 0.05/2.0781)^n <= 0.05 first at n = 124 (by hand: ln 0.05/ln 0.975940 = 123.01).
    assert!(found.quantiles.iter().all(|(_, n)| *n == 124), "{found:?}");
    let clean = 1.0 / (2.0 - 0.05);
    let closed = clean_draws(&RiskLimit::percent(5).unwrap(), clean, 1.8).unwrap();
    let drawn = quantile(&distribution(&betting(5_000, Rates::none())).unwrap(), 50);
    // Without replacement the null's mean falls a little, so a draw fewer is possible.
    assert!(drawn == closed || drawn + 1 == closed, "{drawn} {closed}");
}

/// Belgium 2024 (rlauxe, docs/cases/Belgium2024.md): cards at 5 %, bets of 1.8, drawn without replacement from the
/// valid votes, every card as recorded. The values are printed with six digits there, so sizes agree to the share
/// that the sixth digit makes.
#[test]
fn clean_bets_against_belgium() {
    for (noerror, upper, printed) in
        [(0.502_437, 1.5, 684_u32), (0.505_404, 1.5, 310), (0.503_001, 1.0, 556), (0.501_659, 2.0, 1_005)]
    {
        let margin = upper * (2.0 - 1.0 / noerror);
        let of = Hypothesis { mean: 0.5, upper: 2.0 / (2.0 - margin / upper), cards: Some(700_000) };
        let mut running = Running::new(Test::CappedBet { bet: 1.8, max_loss: 0.9 }, of).unwrap();
        while running.p().value() > 0.05 {
            running.push(noerror).unwrap();
        }
        let sixth = f64::from(printed) * 0.000_000_5 / (noerror - 0.5);
        let apart = (running.draws() as f64 - f64::from(printed)).abs();
        assert!(apart <= sixth + 1.5, "{noerror}: {} {printed}", running.draws());
    }
}

#[test]
fn errors_make_samples_larger_and_the_simulation_can_be_repeated() {
    for make in [comparison, betting] {
        let none = distribution(&make(2_000, Rates::none())).unwrap();
        let few = distribution(&make(2_000, Rates::first_round())).unwrap();
        let many = distribution(&make(2_000, Rates::parse("0.005", "0.0005", "0", "0").unwrap())).unwrap();
        assert!(none.mean < few.mean && few.mean < many.mean, "{} {} {}", none.mean, few.mean, many.mean);
        assert_eq!(few, distribution(&make(2_000, Rates::first_round())).unwrap());
        let Source::Simulated { seed, replications } = &few.source else { panic!("{few:?}") };
        assert_eq!((seed.as_str(), *replications), ("a plan", 2_000));
        let ascending = few.quantiles.windows(2).all(|pair| pair[0].1 <= pair[1].1);
        assert!(ascending && few.finished_by(quantile(&few, 90)) >= 0.9);
        let curve = few.curve(20);
        assert!(
            curve.len() <= 21 && curve.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 < pair[1].1)
        );
        assert!((curve.last().unwrap().1 - 1.0).abs() < 1e-12);
    }
}

#[test]
fn a_further_round_starts_from_what_was_seen() {
    let mut next = comparison(5_000, Rates::none());
    next.so_far = vec![0; 100];
    assert_eq!(quantile(&distribution(&next).unwrap(), 50), 24);
    next.so_far.push(2);
    let after = quantile(&distribution(&next).unwrap(), 50);
    // One two-vote overstatement: (1 - 1/γ)^-1 = 26.61, so (ln 20 + ln 26.61)/0.024354 = 257.7 draws in all.
    assert_eq!(after, 258 - 101);
    next.so_far = vec![0; 124];
    assert_eq!(quantile(&distribution(&next).unwrap(), 95), 0);
    let mut polled = bravo(60);
    polled.so_far = vec![1; 200];
    assert!(distribution(&polled).unwrap().mean < 1e-9);
}

/// A plan for any assorter with the values of plurality is the plan of plurality.
#[test]
fn values_of_any_assorter() {
    let test = Test::CappedBet { bet: 1.8, max_loss: 0.9 };
    let values = |u, v, errors: &[(f64, u64)], cards| Values::comparison(u, v, errors, cards).unwrap();
    let of = |values: Values, cards| plan(Method::Values { test, values }, cards, "5%");
    let plurality = distribution(&of(values(1.0, 0.02, &[(-1.0, 0), (-0.5, 0)], 100_000), 100_000)).unwrap();
    assert_eq!(plurality.quantiles, distribution(&betting(2_000, Rates::none())).unwrap().quantiles);
    assert_eq!(plurality.source, Source::Exact);
    // A D'Hondt assorter with u = 1.5 (Belgium 2024, Limbourg: mean 0.507277): 684 cards.
    let margin = 2.0 * 0.507_277 - 1.0;
    let cards = quantile(&distribution(&of(values(1.5, margin, &[], 700_000), 700_000)).unwrap(), 50);
    assert!(cards.abs_diff(684) <= 1, "{cards}");
    let mut limbourg = of(values(1.5, margin, &[(0.5, 7_000)], 700_000), 700_000);
    limbourg.so_far = vec![1; 100];
    assert!(distribution(&limbourg).unwrap().mean > 684.0 - 100.0, "one card in a hundred overstates by 1/2");
    let code = |kinds: Vec<(f64, u64)>| {
        let method = Method::Values { test, values: Values { upper: 1.5, kinds } };
        distribution(&Plan { method, ..limbourg.clone() }).unwrap_err().code
    };
    assert_eq!(code(vec![(0.5, 1)]), "SCR-AUD-060");
    assert_eq!(code(vec![(3.5, 700_000)]), "SCR-AUD-051");
    assert_eq!(code(vec![(0.5, 700_000)]), "SCR-AUD-060", "a draw of a value that is not there");
    assert_eq!(Values::comparison(1.0, 0.1, &[(0.5, 11)], 10).unwrap_err().code, "SCR-AUD-060");
    assert_eq!(Values::comparison(1.0, 0.1, &[(1.5, 1)], 10).unwrap_err().code, "SCR-AUD-060");
}

#[test]
fn ties_are_full_counts_and_hopeless_audits_become_them() {
    assert_eq!(quantile(&distribution(&comparison(0, Rates::none())).unwrap(), 50), 100_000);
    let tie = Votes { winner: 500, loser: 500 };
    let alpha = plan(Method::Alpha { reported: tie, assumed: tie, d: 10.0 }, 1_000, "0.05");
    assert_eq!(quantile(&distribution(&alpha).unwrap(), 50), 1_000);
    let found = distribution(&plan(Method::Bravo { reported: tie, assumed: tie }, 1_000, "0.05")).unwrap();
    assert!((found.full_counts - 1.0).abs() < 1e-12 && quantile(&found, 50) == 1_000);
    let hopeless = Votes { winner: 500_000, loser: 500_000 };
    let reported = Votes { winner: 600_000, loser: 400_000 };
    let found =
        distribution(&plan(Method::Bravo { reported, assumed: hopeless }, 100_000_000, "0.05")).unwrap();
    assert!(matches!(found.source, Source::Simulated { replications: 20.., .. }) && found.full_counts > 0.9);
}

#[test]
fn plans_that_cannot_be_are_refused() {
    let code = |change: fn(&mut Plan)| {
        let mut plan = bravo(60);
        change(&mut plan);
        distribution(&plan).unwrap_err().code
    };
    assert_eq!(code(|plan| plan.cards = 0), "SCR-AUD-060");
    assert_eq!(code(|plan| plan.cards = 10), "SCR-AUD-053");
    assert_eq!(code(|plan| plan.replications = 0), "SCR-AUD-060");
    assert_eq!(code(|plan| plan.so_far = vec![2]), "SCR-AUD-060");
    let lost = Votes { winner: 1, loser: 2 };
    let method = Method::Alpha { reported: lost, assumed: lost, d: 10.0 };
    assert_eq!(distribution(&plan(method, 10, "0.05")).unwrap_err().code, "SCR-AUD-058");
    assert_eq!(
        distribution(&comparison(5_000, Rates::parse("1", "1", "0", "0").unwrap())).unwrap_err().code,
        "SCR-AUD-060"
    );
}

#[test]
fn different_cards_of_draws_with_replacement() {
    assert!((different(1, 1_000) - 1.0).abs() < 1e-9);
    assert!((different(1_000, 1_000) - 632.3).abs() < 0.1);
}
