//! Published mean sample sizes, simulated again; and, for every method, how often it confirms a wrong outcome.
//!
//! Seeds are fixed. Without `SCRUTINEER_SIMULATE` the runs are short; `just simulate` repeats them with more
//! replications, and over all rows below. A mean agrees if it is within three standard errors, of ours and of the
//! published figure together (both are simulations), and half a unit of rounding.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]
#![expect(clippy::disallowed_methods, reason = "a longer run is asked for in the environment")]

use scr_audits::bounded_mean::{Agrapa, Hypothesis, Running, ShrinkTrunc, Test, Top};
use scr_audits::decimal::{PValue, RiskLimit};
use scr_audits::risk::bravo::{Contest, Sample};
use scr_audits::risk::kaplan_markov::{self, DilutedMargin, Discrepancies, Gamma, Understatements};
use scr_audits::risk::minerva::{Reported, Round};
use scr_audits::risk::strata::{Strata, Stratum};
use scr_audits::risk::suite::{Compared, Hybrid, Polled, product};
use scr_audits::sample::ppeb::Pcg64;

/// Replications of a long run; `None` in a short one.
fn long() -> Option<u32> {
    std::env::var("SCRUTINEER_SIMULATE").ok().map(|text| text.parse().unwrap())
}

/// Values with how often each occurs.
#[derive(Clone)]
struct Urn {
    kinds: Vec<(f64, u64)>,
    total: u64,
    replaced: bool,
}

impl Urn {
    fn new(kinds: &[(f64, u64)], replaced: bool) -> Self {
        Self { kinds: kinds.to_vec(), total: kinds.iter().map(|(_, n)| n).sum(), replaced }
    }

    /// Shares of ones and zeros, with replacement.
    fn shares(ones: f64) -> Self {
        let thousandths = |share: f64| format!("{:.0}", share * 1_000_000.0).parse().unwrap();
        Self::new(&[(1.0, thousandths(ones)), (0.0, thousandths(1.0 - ones))], true)
    }

    fn draw(&mut self, random: &mut Pcg64) -> f64 {
        let mut at = random.next_f64() * self.total as f64;
        for (value, count) in &mut self.kinds {
            if at < *count as f64 {
                if !self.replaced {
                    *count -= 1;
                    self.total -= 1;
                }
                return *value;
            }
            at -= *count as f64;
        }
        self.kinds[0].0
    }
}

/// Draws until the p-value is at most `limit`, at most `most`.
fn stops(test: Test, of: Hypothesis, urn: &Urn, limit: f64, most: u64, random: &mut Pcg64) -> Option<u64> {
    let (mut running, mut urn) = (Running::new(test, of).unwrap(), urn.clone());
    (1..=most).find(|_| {
        running.push(urn.draw(random)).unwrap();
        running.p().value() <= limit
    })
}

/// A published mean and the number of simulations behind it.
struct Cell<'a> {
    name: &'a str,
    test: Test,
    of: Hypothesis,
    urn: Urn,
    /// Beyond it, all `of.cards` are counted.
    most: u64,
    printed: f64,
    published: f64,
}

fn agrees(cell: &Cell<'_>, replications: u32) {
    let mut random = Pcg64::new(cell.name);
    let sizes: Vec<f64> = (0..replications)
        .map(|_| stops(cell.test, cell.of, &cell.urn, 0.05, cell.most, &mut random))
        .map(|size| size.unwrap_or(cell.of.cards.unwrap_or(cell.most)) as f64)
        .collect();
    let count = f64::from(replications);
    let mean = sizes.iter().sum::<f64>() / count;
    let variance = sizes.iter().map(|n| (n - mean).powi(2)).sum::<f64>() / (count - 1.0);
    let error = (variance / count + variance / cell.published).sqrt();
    let within = 3.0 * error + 0.5;
    println!("{}: {mean:.1} ± {error:.1}, printed {}", cell.name, cell.printed);
    assert!(
        (mean - cell.printed).abs() <= within,
        "{}: {mean:.1} is not {} ± {within:.1}",
        cell.name,
        cell.printed
    );
}

const HALF: Hypothesis = Hypothesis { mean: 0.5, upper: 1.0, cards: None };

/// ALPHA (arXiv 2201.02707, alpha21.tex), table 1: θ, η, ALPHA with d = 10, 100, 500, 1000, BRAVO; 1,000
/// replications; `-` is not a number there.
const TABLE_1: &str = "
0.51  0.51  24598 21598 19577 18841 14930
0.52  0.505  5531  4944  4699  4797  8424
0.52  0.51   5547  4889  4551  4490  4959
0.52  0.52   5584  4882  4291  4127  3590
0.52  0.53   5594  4854  4287  4091  4583
0.52  0.6    5797  6020  9973 15609     -
0.53  0.53   2473  2192  1964  1852  1717
0.54  0.52   1323  1201  1162  1169  1257
0.55  0.505   820   801   959  1102  3172
0.55  0.55    822   702   626   608   598
0.55  0.6     826   737   799   898     -
0.6   0.51    195   227   316   378   783
0.6   0.55    191   183   191   194   199
0.6   0.6     187   160   151   151   149
0.6   0.7     195   197   271   326     -
0.65  0.65     82    71    69    69    69
0.7   0.505    54    85   146   189   757
0.7   0.7      45    40    39    39    40
";

#[test]
fn alpha_table_1_polling_with_replacement() {
    for row in TABLE_1.lines().filter(|line| !line.is_empty()) {
        let cells: Vec<&str> = row.split_whitespace().collect();
        let (theta, eta): (f64, f64) = (cells[0].parse().unwrap(), cells[1].parse().unwrap());
        if long().is_none()
            && !matches!(cells[0], "0.55" | "0.6" | "0.65" | "0.7")
            && (cells[0], cells[1]) != ("0.52", "0.52")
        {
            continue;
        }
        let tests = [10.0, 100.0, 500.0, 1000.0].map(|d| Test::ShrinkTrunc(ShrinkTrunc::new(eta, d, 0.5)));
        for (test, printed) in tests.into_iter().chain([Test::Fixed(eta)]).zip(&cells[2..]) {
            let Ok(printed) = printed.parse() else { continue };
            let name = format!("table 1: θ {theta}, η {eta}, {test:?}");
            let urn = Urn::shares(theta);
            let cell =
                Cell { name: &name, test, of: HALF, urn, most: 10_000_000, printed, published: 1_000.0 };
            agrees(&cell, long().unwrap_or(300));
        }
    }
}

/// The same, table 2: N = 20,000 without replacement, 100,000 replications; η, d (`-`: Wald's), θ, mean if at
/// most 2,000 are drawn before a full count, mean without that bound.
const TABLE_2: &str = "
0.51    -  0.55  2620 1392
0.55    -  0.55   832  578
0.55    -  0.6    199  199
0.7     -  0.7     38   38
0.51   10  0.55  1373  780
0.51  100  0.6    227  227
0.55   10  0.52 15568 4089
0.55   10  0.55  1407  780
0.55  100  0.52 14429 3726
0.55  100  0.55  1052  676
0.55  500  0.55   857  609
0.55 1000  0.55   823  594
0.55  100  0.64   105  105
0.7   100  0.64    85   85
0.7   500  0.7     38   38
";

#[test]
fn alpha_table_2_polling_without_replacement() {
    for row in TABLE_2.lines().filter(|line| !line.is_empty()) {
        let cells: Vec<&str> = row.split_whitespace().collect();
        let number = |i: usize| -> f64 { cells[i].parse().unwrap() };
        let (eta, theta) = (number(0), number(2));
        let test = cells[1]
            .parse()
            .map_or(Test::Constant(eta), |d| Test::ShrinkTrunc(ShrinkTrunc::new(eta, d, 0.5)));
        let ones: u64 = format!("{:.0}", 20_000.0 * theta).parse().unwrap();
        for (most, printed) in [(2_000, number(3)), (20_000, number(4))] {
            let name = format!("table 2: θ {theta}, at most {most}, {test:?}");
            let urn = Urn::new(&[(1.0, ones), (0.0, 20_000 - ones)], false);
            let of = Hypothesis { cards: Some(20_000), ..HALF };
            agrees(
                &Cell { name: &name, test, of, urn, most, printed, published: 100_000.0 },
                long().unwrap_or(300),
            );
        }
    }
}

/// Tables 3 and 4: cards without a vote. θ among the votes, N, percent without a vote, η, d (`-`: not adaptive),
/// mean of 1,000 replications.
const TABLES_3_AND_4: &str = "
0.51 10000  10 0.51   10  6265
0.51 10000  25 0.51  100  6449
0.51 10000  50 0.55    -  6728
0.51 10000  75 0.6     -  7901
0.55 10000  50 0.6     -  1030
0.55 10000  25 0.7   100   981
0.55 100000 10 0.7    10  1008
0.55 100000 50 0.7  1000  1487
0.55 10000  75 0.7     -  1840
0.6  10000  10 0.51   10   229
0.6  10000  25 0.51  100   324
0.6  100000 50 0.51   10   521
0.6  500000 10 0.51   10   228
0.7  10000  10 0.7    10    48
0.7  10000  25 0.7   100    56
0.7  100000 50 0.7  1000   101
0.7  500000 75 0.7     -   349
";

#[test]
fn alpha_tables_3_and_4_cards_without_a_vote() {
    for row in TABLES_3_AND_4.lines().filter(|line| !line.is_empty()) {
        let cells: Vec<&str> = row.split_whitespace().collect();
        let number = |i: usize| -> f64 { cells[i].parse().unwrap() };
        let whole = |i: usize| -> u64 { cells[i].parse().unwrap() };
        let (theta, cards, eta) = (number(0), whole(1), number(3));
        let votes = cards * (100 - whole(2)) / 100;
        let ones: u64 = format!("{:.0}", (votes as f64 * theta).floor()).parse().unwrap();
        let urn = Urn::new(&[(1.0, ones), (0.0, votes - ones), (0.5, cards - votes)], false);
        let shangrla = (votes as f64 * eta + (cards - votes) as f64 / 2.0) / cards as f64;
        // The paper's program takes c from the share among the votes.
        let adaptive =
            |d| Test::ShrinkTrunc(ShrinkTrunc { c: (eta - 0.5) / 2.0, ..ShrinkTrunc::new(shangrla, d, 0.5) });
        let test = cells[4].parse().map_or(Test::Constant(shangrla), adaptive);
        let (name, of) = (format!("tables 3, 4: {row}"), Hypothesis { cards: Some(cards), ..HALF });
        let (printed, published) = (number(5), 1_000.0);
        agrees(&Cell { name: &name, test, of, urn, most: cards, printed, published }, long().unwrap_or(300));
    }
}

/// Tables 6 and 7, comparison: mass at 1 (0.001 at 0, the rest uniform), N = 10,000; the method and its mean of
/// 10,000 replications. Without replacement from a random population: draws of the mixture.
#[test]
fn alpha_tables_6_and_7_comparison() {
    let alpha = |eta, d| Test::ShrinkTrunc(ShrinkTrunc::new(eta, d, 0.5));
    let cells = [
        (0.99, alpha(0.99, 10.0), 5.0),
        (0.99, alpha(0.9, 100.0), 6.0),
        (0.99, alpha(0.75, 10.0), 7.0),
        (0.99, alpha(0.55, 10.0), 11.0),
        (0.99, alpha(0.55, 100.0), 19.0),
        (0.99, Test::KaplanKolmogorov(0.01), 5.0),
        (0.99, Test::KaplanKolmogorov(0.2), 6.0),
        (0.99, Test::KaplanWald(0.01), 5.0),
        (0.99, Test::KaplanWald(0.2), 6.0),
        (0.9, alpha(0.99, 100.0), 6.0),
        (0.9, alpha(0.75, 100.0), 9.0),
        (0.9, alpha(0.55, 10.0), 12.0),
    ];
    for (mass, test, printed) in cells {
        let name = format!("tables 6, 7: mass {mass}, {test:?}");
        let mut random = Pcg64::new(&name);
        let replications = long().unwrap_or(2_000);
        let of = Hypothesis { cards: Some(10_000), ..HALF };
        let sizes: Vec<f64> = (0..replications)
            .map(|_| {
                let mut running = Running::new(test, of).unwrap();
                while running.p().value() > 0.05 {
                    let (x, y) = (random.next_f64(), random.next_f64());
                    running
                        .push(if y <= mass {
                            1.0
                        } else if y >= 0.999 {
                            0.0
                        } else {
                            x
                        })
                        .unwrap();
                }
                running.draws() as f64
            })
            .collect();
        let mean = sizes.iter().sum::<f64>() / f64::from(replications);
        let variance = sizes.iter().map(|n| (n - mean).powi(2)).sum::<f64>() / f64::from(replications);
        let within = 3.0 * (variance / f64::from(replications) + variance / 10_000.0).sqrt() + 0.5;
        println!("{name}: {mean:.2}, printed {printed}");
        assert!((mean - printed).abs() <= within, "{name}: {mean} is not {printed} ± {within}");
    }
}

/// ONEAudit (Stark 2023), synthetic Alice against Bob: 10,000 cards with records, 5 + 5 pools of 1,000 with 90 %
/// for one of them; pbstark/ONEAudit at 872ad4b, oa-batch.ipynb, 10,000 replications, draws counted from 0. (Its program rounds 499.99 cards down: 19,999 in all.)
#[test]
fn oneaudit_alice_against_bob() {
    let margin = 0.05;
    let upper = 2.0 / (2.0 - margin);
    let value = |pool: f64, card: f64| (1.0 + card - pool) / (2.0 - margin);
    let kinds = [
        (value(1.0, 1.0), 10_000),
        (value(0.9, 1.0), 4_500),
        (value(0.9, 0.0), 499),
        (value(0.1, 1.0), 500),
        (value(0.1, 0.0), 4_500),
    ];
    let of = Hypothesis { mean: 0.5, upper, cards: Some(19_999) };
    let alpha = |eta: f64, d| Test::ShrinkTrunc(ShrinkTrunc { c: 0.5, ..ShrinkTrunc::new(eta, d, 0.5) });
    let polled = Hypothesis { upper: 1.0, ..of };
    let rows = [
        ("ONEAudit AvB, d 10", alpha(upper, 10.0), of, 2_697.655_8),
        ("ONEAudit AvB, d 100", alpha(upper, 100.0), of, 910.887_2),
        ("ONEAudit AvB, d 1000", alpha(upper, 1_000.0), of, 960.937_9),
        // The notebook polls the same values, with 1 as their bound and 0.525 as the alternative.
        ("ONEAudit AvB polled, constant", Test::Constant(0.525), polled, 2_232.156_5),
        ("ONEAudit AvB polled, d 100", alpha(0.525, 100.0), polled, 3_202.157_5),
    ];
    for (name, test, of, printed) in rows {
        let urn = Urn::new(&kinds, false);
        let cell = Cell { name, test, of, urn, most: 19_999, printed: printed + 1.0, published: 10_000.0 };
        agrees(&cell, long().unwrap_or(300));
    }
}

/// At most the risk limit of audits of a wrong outcome end with it confirmed: a one-sided bound, 3.3 standard
/// errors of the simulation above the limit.
fn keeps(name: &str, limit: f64, replications: u32, mut confirms: impl FnMut(&mut Pcg64) -> bool) {
    let mut random = Pcg64::new(name);
    let confirmed = (0..replications).filter(|_| confirms(&mut random)).count();
    let count = f64::from(replications);
    let share = f64::from(u32::try_from(confirmed).unwrap()) / count;
    let bound = limit + 3.3 * (limit * (1.0 - limit) / count).sqrt();
    println!("{name}: {share:.4} of {replications} confirm a wrong outcome, limit {limit}");
    assert!(share <= bound, "{name}: {share} > {bound}");
}

#[test]
fn tests_of_a_mean_keep_the_risk_limit_when_the_outcome_is_wrong() {
    let replications = long().unwrap_or(1_500);
    let agrapa = Test::Agrapa(Agrapa { first: 0.5, c_first: 0.6, c_last: 0.9, grow: 1.0 });
    let margin = ShrinkTrunc { f: 0.5, top: Top::Margin, ..ShrinkTrunc::new(0.6, 50.0, 0.5) };
    let both = [
        Test::Fixed(0.6),
        Test::Constant(0.6),
        Test::ShrinkTrunc(ShrinkTrunc::new(0.6, 50.0, 0.5)),
        Test::ShrinkTrunc(margin),
        Test::Bet(0.7),
        Test::CappedBet { bet: 1.8, max_loss: 0.9 },
        agrapa,
        Test::KaplanWald(0.2),
        Test::KaplanKolmogorov(0.2),
    ];
    let tie = [(1.0, 180), (0.5, 240), (0.0, 180)];
    // Margin 10 % reported, a tie in truth: five percent of cards overstate it by two votes.
    let upper = 2.0 / 1.9;
    let errors = [(upper / 2.0, 950), (0.0, 50)];
    for test in both {
        for cards in [None, Some(600)] {
            let (urn, of) = (Urn::new(&tie, cards.is_none()), Hypothesis { cards, ..HALF });
            let name = format!("polling a tie, {cards:?} cards, {test:?}");
            keeps(&name, 0.1, replications, |random| stops(test, of, &urn, 0.1, 600, random).is_some());
        }
        let (urn, of) = (Urn::new(&errors, true), Hypothesis { upper, ..HALF });
        let name = format!("comparing a tie, {test:?}");
        keeps(&name, 0.1, replications, |random| stops(test, of, &urn, 0.1, 400, random).is_some());
    }
    let urn = Urn::new(&tie, true);
    let test = Test::KaplanMarkov(0.2);
    keeps("Kaplan-Markov", 0.1, replications, |random| stops(test, HALF, &urn, 0.1, 600, random).is_some());
}

/// Looked at after every ballot, with ballots that show neither and one loser of three who tied.
#[test]
fn bravo_keeps_the_risk_limit_when_the_outcome_is_wrong() {
    let limit = RiskLimit::percent(10).unwrap();
    let contest = Contest { ballots: 10_000, winners: vec![4_400], losers: vec![3_600, 1_000] };
    let urn = Urn::new(&[(0.0, 4_000), (1.0, 4_000), (2.0, 1_000), (3.0, 1_000)], true);
    keeps("BRAVO", 0.1, long().unwrap_or(1_000), |random| {
        let (mut urn, mut sample) =
            (urn.clone(), Sample { winners: vec![0], losers: vec![0, 0], not_found: 0 });
        (1..400).any(|drawn| {
            match urn.draw(random) {
                0.0..0.5 => sample.winners[0] += 1,
                0.5..1.5 => sample.losers[0] += 1,
                1.5..2.5 => sample.losers[1] += 1,
                _ => {}
            }
            contest.risks(&sample, drawn).unwrap().iter().all(|risk| risk.p.meets(&limit))
        })
    });
}

#[test]
fn kaplan_markov_keeps_the_risk_limit_when_the_outcome_is_wrong() {
    let (margin, gamma) = (DilutedMargin::new(1_000, 10_000).unwrap(), Gamma::default());
    let limit = RiskLimit::percent(10).unwrap();
    let ways = [
        ("two-vote errors", vec![(0.0, 950), (2.0, 50)]),
        ("one-vote errors", vec![(0.0, 900), (1.0, 100)]),
        ("errors both ways", vec![(0.0, 840), (1.0, 110), (2.0, 20), (-1.0, 20), (-2.0, 10)]),
    ];
    for (name, kinds) in ways {
        let balance: f64 = kinds.iter().map(|(e, n)| e * *n as f64).sum::<f64>()
            / kinds.iter().map(|(_, n)| *n as f64).sum::<f64>();
        assert!(balance >= 0.1, "{name}: the outcome must be wrong");
        let urn = Urn::new(&kinds, true);
        for under in [Understatements::Counted, Understatements::Ignored] {
            let name = format!("Kaplan-Markov, {name}, understatements {under:?}");
            keeps(&name, 0.1, long().unwrap_or(800), |random| {
                let (mut urn, mut found) = (urn.clone(), Discrepancies::default());
                (1..600).any(|draws| {
                    found.count(format!("{:.0}", urn.draw(random)).parse().unwrap());
                    kaplan_markov::p_value(draws, margin, &gamma, found, under).meets(&limit)
                })
            });
        }
    }
}

/// Reported 330 to 210 in each stratum of 600, a tie in truth: 60 of the compared cards overstate by two votes,
/// and the polled stratum is even.
#[test]
fn suite_keeps_the_risk_limit_when_the_outcome_is_wrong() {
    let limit = RiskLimit::percent(10).unwrap();
    let votes = Urn::new(&[(1.0, 270), (-1.0, 270), (0.0, 60)], false);
    let errors = Urn::new(&[(0.0, 540), (2.0, 60)], true);
    keeps("SUITE", 0.1, long().map_or(150, |n| n.min(2_000)), |random| {
        let mut polled =
            Polled { cards: 600, winner: 330, loser: 210, drawn: 40, seen_winner: 0, seen_loser: 0 };
        let mut votes = votes.clone();
        for _ in 0..40 {
            let vote = votes.draw(random);
            polled.seen_winner += u64::from(vote > 0.5);
            polled.seen_loser += u64::from(vote < -0.5);
        }
        let (mut found, mut errors) = (Discrepancies::default(), errors.clone());
        (0..40).filter(|_| errors.draw(random) > 1.0).for_each(|_| found.o2 += 1);
        let compared = Compared { cards: 600, winner: 330, loser: 210, drawn: 40, different: 30, found };
        Hybrid { polled, compared, gamma: Gamma::default() }.p_value(&limit).unwrap().meets(&limit)
    });
}

/// Two strata with means 0.6 and 0.4, a tie in all, tested against the allocation that is true.
#[test]
fn a_product_over_strata_keeps_the_risk_limit_when_the_outcome_is_wrong() {
    let strata = [
        (0.6, Urn::new(&[(1.0, 180), (0.0, 120)], false)),
        (0.4, Urn::new(&[(1.0, 120), (0.0, 180)], false)),
    ];
    keeps("product over strata", 0.1, long().unwrap_or(1_500), |random| {
        let mut running: Vec<(Running, Urn)> = strata
            .iter()
            .map(|(mean, urn)| {
                let test = Test::ShrinkTrunc(ShrinkTrunc::new(mean + 0.1, 20.0, *mean));
                let of = Hypothesis { mean: *mean, upper: 1.0, cards: Some(300) };
                (Running::new(test, of).unwrap(), urn.clone())
            })
            .collect();
        (0..300).any(|_| {
            for (running, urn) in &mut running {
                running.push(urn.draw(random)).unwrap();
            }
            let now: Vec<f64> = running.iter().map(|(running, _)| running.ln_statistic()).collect();
            product(&now) <= PValue::from_ln(0.1_f64.ln())
        })
    });
}

/// A stratum of 300 compared and one of 300 polled, reported 60 % in both, a tie in truth: a tenth of the compared
/// cards overstate by one vote pair, the polled ones are even. Looked at after every card.
#[test]
fn betting_on_strata_keeps_the_risk_limit_when_the_outcome_is_wrong() {
    let bets = Agrapa { first: 0.2, c_first: 0.3, c_last: 0.9, grow: 0.5 };
    let stratum = |recorded_mean| Stratum { cards: 300, recorded_mean, bets };
    let errors = Urn::new(&[(0.0, 270), (1.0, 30)], false);
    let votes = Urn::new(&[(1.0, 150), (0.0, 150)], false);
    keeps("betting on strata", 0.1, long().unwrap_or(400), |random| {
        let (mut errors, mut votes) = (errors.clone(), votes.clone());
        let mut strata = Strata::new([stratum(Some(0.6)), stratum(None)], 1.0, 50).unwrap();
        (0..300).any(|_| {
            strata.push(0, errors.draw(random)).unwrap();
            strata.push(1, votes.draw(random)).unwrap();
            strata.p() <= PValue::from_ln(0.1_f64.ln())
        })
    });
}

/// Minerva and Providence, 60 % reported and a tie in truth, looked at after rounds of 40, 60 and 100 ballots.
#[test]
fn round_by_round_polling_keeps_the_risk_limit_when_the_outcome_is_wrong() {
    let limit = RiskLimit::percent(10).unwrap();
    let reported = Reported { ballots: 10_000, winner: 6_000, loser: 4_000 };
    let urn = Urn::new(&[(1.0, 1), (0.0, 1)], true);
    for minerva in [true, false] {
        let name = if minerva { "Minerva" } else { "Providence" };
        keeps(name, 0.1, long().unwrap_or(2_000), |random| {
            let mut rounds = Vec::new();
            [40, 60, 100].into_iter().any(|size| {
                let ones = (0..size).filter(|_| urn.clone().draw(random) > 0.5).count();
                let winner = u64::try_from(ones).unwrap();
                rounds.push(Round { winner, loser: size - winner });
                let p =
                    if minerva { reported.minerva(&rounds, &limit) } else { reported.providence(&rounds) };
                p.unwrap().meets(&limit)
            })
        });
    }
}
