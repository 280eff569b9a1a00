//! Records that their publisher has made so that a wrong or unmeasured outcome looks confirmed: all hashes are right, and
//! every risk is stated as it is computed.

use crate::{FRESH, SEED, batches, contest, mayor, record, round, with_cvrs};
use scr_audits::assorter::CardStyle;
use scr_audits::record::{Commitment, Decision, FullCount, Measured, Method, Record, Sampler};
use scr_audits::verify::{Report, Size, verify};

/// States what is computed, ends the audit, and asks whether all agrees.
fn published(record: &mut Record) -> Report {
    record.commitment = Commitment::of(record).unwrap();
    let found = verify(record).rounds;
    for (round, found) in record.rounds.iter_mut().zip(found) {
        let stated = |(contest, p): (usize, Option<String>)| {
            let p_value = p?;
            let met = p_value.strip_prefix('<').is_some() || p_value.parse::<f64>().unwrap() <= 0.05;
            Some(Measured { contest, p_value, met })
        };
        round.measured = found.p_values.into_iter().enumerate().filter_map(stated).collect();
    }
    if let Some(last) = record.rounds.last_mut() {
        last.decision = Decision::Stop;
    }
    verify(record)
}

/// The paper: 400 for Ann and 600 for Ben.
fn truth(_: usize, position: u32) -> Vec<Option<Vec<u64>>> {
    vec![Some(vec![u64::from(position > 40)])]
}

fn says(report: &Report, code: &str) -> bool {
    report.deviations.iter().any(|one| one.code == code)
}

/// Who counts every ballot and finds another winner has not confirmed the reported one.
#[test]
fn a_full_sample_that_shows_another_winner_confirms_nothing() {
    for method in [Method::BallotPolling, Method::Minerva, Method::BallotComparison] {
        let mut wrong = record(method, Sampler::ConsistentWithReplacement, mayor(), batches(10, 1));
        wrong.contests[0].votes = vec![6, 4];
        wrong.contests[0].ballots = 10;
        if method.compares_ballots() {
            with_cvrs(&mut wrong, |batch, _| vec![Some(vec![u64::from(batch > 5)])]);
        }
        let mut all = wrong.clone();
        round(&mut all, SEED, &Size::Draws(80), |batch, _| vec![Some(vec![u64::from(batch > 3)])]);
        let report = published(&mut all);
        assert_eq!(report.rounds[0].p_values, [Some("1.0000000000".to_owned())], "{method:?}");
        assert!(says(&report, "SCR-AUD-132"), "{method:?}");
        round(&mut wrong, SEED, &Size::Draws(80), |batch, _| vec![Some(vec![u64::from(batch > 5)])]);
        let places = wrong.rounds[0].counted.len();
        let report = published(&mut wrong);
        assert_eq!(
            (places, report.deviations),
            (10, Vec::new()),
            "{method:?}: the same outcome is confirmed"
        );
    }
}

/// Without a ballot there is no sample that holds all of them.
#[test]
fn an_empty_manifest_confirms_nothing() {
    for method in [Method::BallotPolling, Method::Minerva, Method::Providence] {
        let mut nothing = record(method, Sampler::ConsistentWithReplacement, mayor(), Vec::new());
        nothing.contests[0].ballots = 0;
        round(&mut nothing, SEED, &Size::Draws(0), truth);
        assert!(!published(&mut nothing).agrees(), "{method:?}");
    }
}

/// SUITE: one ballot of the compared stratum, or none, is no proof for the other.
#[test]
fn a_stratum_that_was_read_whole_does_not_speak_for_the_other() {
    for compared in [0, 1] {
        let mut all = batches(2, 0);
        (all[0].ballots, all[0].cvrs) = (compared, Some(true));
        (all[1].ballots, all[1].cvrs) = (1000, Some(false));
        let contests = vec![contest("Mayor", &["Ann", "Ben"], &[601, 400], 1000 + u64::from(compared))];
        let mut hybrid = record(Method::Hybrid, Sampler::ConsistentWithReplacement, contests, all);
        with_cvrs(&mut hybrid, |_, _| vec![Some(vec![0])]);
        let size = Size::Strata { compared: compared as usize, polled: 20 };
        round(&mut hybrid, SEED, &size, |batch, position| {
            vec![Some(vec![u64::from(batch == 1 && position > 400)])]
        });
        let report = published(&mut hybrid);
        let p = report.rounds[0].p_values[0].clone();
        assert!(p.is_none_or(|p| p.parse::<f64>().unwrap() > 0.05), "{compared}");
        assert!(!report.agrees());
    }
    // CVRs of the polled stratum would be votes that nobody compares.
    let mut all = batches(2, 100);
    (all[0].cvrs, all[1].cvrs) = (Some(true), Some(false));
    let contests = vec![contest("Mayor", &["Ann", "Ben"], &[120, 80], 200)];
    let mut hybrid = record(Method::Hybrid, Sampler::ConsistentWithReplacement, contests, all);
    with_cvrs(&mut hybrid, |_, position| vec![Some(vec![u64::from(position > 60)])]);
    let mut stray = hybrid.cvrs[0].clone();
    stray.batch = 1;
    hybrid.cvrs.push(stray);
    assert!(says(&published(&mut hybrid), "SCR-AUD-123"));
}

/// A loser who is reported without votes and has them on paper.
#[test]
fn a_loser_without_reported_votes_is_measured() {
    for method in [Method::Minerva, Method::Providence, Method::BallotPolling] {
        let contests = vec![contest("Mayor", &["Ann", "Ben", "Cem"], &[990, 10, 0], 1000)];
        let mut hidden = record(method, Sampler::ConsistentWithReplacement, contests, batches(10, 100));
        round(&mut hidden, SEED, &Size::Draws(60), |_, position| {
            vec![Some(vec![if position > 40 { 2 } else { 0 }])]
        });
        let report = published(&mut hidden);
        assert_eq!(report.rounds[0].p_values, [Some("1.0000000000".to_owned())], "{method:?}");
        // By its formula: 2^-n where all n ballots show the winner.
        hidden.contests[0].votes = vec![1000, 0, 0];
        hidden.rounds.clear();
        round(&mut hidden, SEED, &Size::Draws(10), |_, _| vec![Some(vec![0])]);
        let report = published(&mut hidden);
        assert_eq!(report.rounds[0].p_values, [Some("0.0009765625".to_owned())], "{method:?}");
        assert_eq!(report.deviations, [], "{method:?}");
    }
}

/// Rounds of a contest that has a sample of its own are those of this sample.
#[test]
fn rounds_are_those_of_the_contest() {
    let mut contests = mayor();
    contests.push(contest("Judge", &["Cem", "Dee"], &[700, 300], 1000));
    let of = |_: usize, position: u32| {
        vec![Some(vec![u64::from(position > 60)]), Some(vec![u64::from(position > 70)])]
    };
    let mut both = record(Method::Providence, Sampler::ConsistentWithReplacement, contests, batches(10, 100));
    round(&mut both, SEED, &Size::ByContest(vec![(0, 40), (1, 30)]), of);
    round(&mut both, FRESH, &Size::ByContest(vec![(0, 50), (1, 20)]), of);
    let mut alone = record(Method::Providence, Sampler::ConsistentWithReplacement, mayor(), batches(10, 100));
    let first = |at: usize, position: u32| of(at, position)[..1].to_vec();
    round(&mut alone, SEED, &Size::Draws(40), first);
    round(&mut alone, FRESH, &Size::Draws(50), first);
    let (both, alone) = (verify(&both), verify(&alone));
    assert!(alone.rounds[1].p_values[0].is_some());
    assert_eq!(both.rounds[1].p_values[0], alone.rounds[1].p_values[0]);
    assert!(both.rounds[1].p_values[1].is_some());
}

/// The end in a full hand count says what was counted, and by its votes who won.
#[test]
fn a_full_hand_count_says_what_it_found() {
    let mut counted =
        record(Method::BallotPolling, Sampler::ConsistentWithReplacement, mayor(), batches(10, 100));
    round(&mut counted, SEED, &Size::Draws(20), truth);
    published(&mut counted);
    counted.rounds[0].decision = Decision::FullHandCount;
    assert!(says(&verify(&counted), "SCR-AUD-132"));
    counted.full_counts = vec![FullCount { contest: 0, votes: vec![400, 600], winners: vec![0] }];
    assert!(says(&verify(&counted), "SCR-AUD-123"));
    counted.full_counts[0].winners = vec![1];
    let report = verify(&counted);
    assert_eq!(report.deviations, []);
    assert!(report.notices.iter().any(|one| one.code == "SCR-AUD-132" && one.what.contains("other winners")));
}

/// What a method does not measure it does not pass over.
#[test]
fn what_a_method_does_not_measure_is_refused() {
    let changes: [fn(&mut Record); 7] = [
        |record| record.contests[0].pending = 500,
        |record| record.contests[0].runoff = true,
        |record| record.contests[0].votes = vec![u64::MAX, u64::MAX - 1],
        |record| record.contests[0].choices[1] = "Ann".to_owned(),
        |record| record.contests.push(record.contests[0].clone()),
        |record| {
            let choices: Vec<String> = (0..2000).map(|at| at.to_string()).collect();
            record.contests[0].votes = vec![0; choices.len()];
            (record.contests[0].choices, record.contests[0].winners) = (choices, 1000);
        },
        |record| {
            let mut next = record.rounds[0].clone();
            next.decision = Decision::Abandoned;
            record.rounds = vec![next; 1001];
        },
    ];
    for (at, change) in changes.into_iter().enumerate() {
        let mut changed =
            record(Method::BallotPolling, Sampler::ConsistentWithReplacement, mayor(), batches(10, 100));
        round(&mut changed, SEED, &Size::Draws(20), truth);
        change(&mut changed);
        changed.commitment = Commitment::of(&changed).unwrap_or_else(|_| changed.commitment.clone());
        assert!(says(&verify(&changed), "SCR-AUD-123"), "{at}");
    }
}

/// Known style: a contest that its CVRs do not show on as many cards as it has ballots; one that is not targeted and of
/// which cards without the targeted contest were never drawn; fewer wanted than before.
#[test]
fn cards_that_cannot_be_drawn_are_not_measured() {
    let mut contests = mayor();
    contests.push(contest("Ward", &["Cem", "Dee"], &[300, 200], 500));
    contests[1].targeted = false;
    let of = |_: usize, position: u32| {
        let ward = position.is_multiple_of(2).then(|| vec![u64::from(position % 10 > 5)]);
        vec![Some(vec![u64::from(position > 60)]), ward]
    };
    let make = |method, sampler| {
        let mut styled = record(method, sampler, contests.clone(), batches(10, 100));
        styled.settings.card_style = CardStyle::Known;
        with_cvrs(&mut styled, of);
        styled
    };
    let mut apart = make(Method::BallotComparison, Sampler::ConsistentWithReplacement);
    let in_cvrs = |choice: u64| {
        (1..=100_u32).filter(|at| at.is_multiple_of(2) && u64::from(at % 10 > 5) == choice).count()
    };
    apart.contests[1].votes = vec![in_cvrs(0) as u64 * 10, in_cvrs(1) as u64 * 10];
    let mut hidden = apart.clone();
    round(&mut apart, SEED, &Size::ByContest(vec![(0, 60)]), of);
    assert_eq!(verify(&apart).rounds[0].p_values[1], None);
    hidden.contests[1].ballots = 501;
    assert!(says(&published(&mut hidden), "SCR-AUD-123"));
    let mut fewer = make(Method::AssertionComparison, Sampler::Cryptorandom);
    fewer.contests[1].votes.clone_from(&apart.contests[1].votes);
    round(&mut fewer, SEED, &Size::Wanted(vec![40, 20]), of);
    round(&mut fewer, SEED, &Size::Wanted(vec![30, 20]), of);
    let report = verify(&fewer);
    assert!(report.deviations.iter().any(|one| one.code == "SCR-AUD-123" && one.what.contains("fewer")));
}

/// Pools whose totals exceed their ballots, although all add up to what was reported.
#[test]
fn pools_hold_no_more_votes_than_ballots() {
    let mut all = batches(10, 100);
    for batch in &mut all[5..] {
        (batch.pool, batch.votes) = (true, vec![vec![60, 40]]);
    }
    (all[5].votes, all[6].votes) = (vec![vec![110, 40]], vec![vec![10, 40]]);
    let mut contests = mayor();
    contests[0].votes_allowed = 2;
    let mut pools = record(Method::AssertionComparison, Sampler::ConsistentWithReplacement, contests, all);
    with_cvrs(&mut pools, |_, position| vec![Some(vec![u64::from(position > 60)])]);
    assert!(says(&published(&mut pools), "SCR-AUD-123"));
}
