//! Audit records: sound ones agree, and whatever is changed in a copy is named first.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod made;
mod report;

use made::{ballots, batch, batches, published, sealed};
use scr_audits::record::{Decision, Method, Record, Version};
use scr_audits::verify::{Order, verify};

#[test]
fn sound_records_agree() {
    let report = verify(&batches());
    assert_eq!((report.deviations.as_slice(), report.order), (&[][..], Order::Witnessed));
    assert_eq!(report.rounds.len(), 2);
}

/// Kaplan-Markov by its formula: (1-m/2g)^n, g = 1.03905, and one two-vote overstatement (1-1/g)^-1.
#[test]
fn a_ballot_comparison_is_measured_by_its_formula() {
    let marked = |_: usize, position: u32| u16::from(position > 120);
    let hand = move |at: usize, position: u32| vec![Some(vec![u64::from(marked(at, position))])];
    let record = ballots(Method::BallotComparison, 60, marked, hand);
    let clean = (1.0 - 0.2 / (2.0 * 1.03905_f64)).powi(60);
    assert_eq!(verify(&record).rounds[0].p_values, [Some(format!("{clean:.10}"))]);
    let first = &record.rounds[0].draws[0];
    let (one, times) = (
        (first.batch, first.position),
        record.rounds[0]
            .draws
            .iter()
            .filter(|draw| (draw.batch, draw.position) == (first.batch, first.position))
            .count(),
    );
    let lost = ballots(Method::BallotComparison, 60, marked, move |at, position| {
        if (at, Some(position)) == one { Vec::new() } else { hand(at, position) }
    });
    let p = clean * (1.0 - 1.0 / 1.03905_f64).powi(-i32::try_from(times).unwrap());
    assert_eq!(verify(&lost).rounds[0].p_values, [Some(format!("{:.10}", p.min(1.0)))]);
}

/// BRAVO by its formula: (s/0.5)^w ((1-s)/0.5)^l, s = 0.6.
#[test]
fn ballot_polling_is_measured_by_its_formula() {
    let marked = |_: usize, position: u32| u16::from(position > 120);
    let record = ballots(Method::BallotPolling, 100, marked, move |at, position| {
        vec![Some(vec![u64::from(marked(at, position))])]
    });
    let winners = record.rounds[0].draws.iter().filter(|draw| draw.position.unwrap() <= 120).count();
    let t =
        1.2_f64.powi(i32::try_from(winners).unwrap()) * 0.8_f64.powi(i32::try_from(100 - winners).unwrap());
    let report = verify(&record);
    assert_eq!(report.deviations, []);
    assert_eq!(report.rounds[0].p_values, [Some(format!("{:.10}", (1.0 / t).min(1.0)))]);
}

type Change = fn(&mut Record);

/// What is changed in a copy of a sound record, and the code of the first deviation.
const CHANGES: [(&str, &str, Change); 26] = [
    ("ballots of a batch", "SCR-AUD-120", |record| record.batches[7].ballots += 1),
    ("reported votes of a batch", "SCR-AUD-120", |record| record.batches[7].votes[0][0] -= 1),
    ("reported votes of the contest", "SCR-AUD-120", |record| record.contests[0].votes[0] += 100),
    ("the winner", "SCR-AUD-120", |record| record.contests[0].votes.swap(0, 1)),
    ("the risk limit", "SCR-AUD-120", |record| record.contests[0].risk_limit = "0.2".to_owned()),
    ("a name", "SCR-AUD-120", |record| record.contests[0].choices[1] = "Bob".to_owned()),
    ("the order of the manifest", "SCR-AUD-120", |record| record.batches.swap(3, 4)),
    ("the method", "SCR-AUD-120", |record| record.settings.method = Method::BallotPolling),
    ("the program", "SCR-AUD-120", |record| record.software.push('2')),
    ("a hash that was committed to", "SCR-AUD-120", |record| {
        record.commitment.parts.insert("names".to_owned(), scr_canon::sha256(b"x"));
    }),
    ("a part without a hash", "SCR-AUD-120", |record| {
        record.commitment.parts.remove("cvrs");
    }),
    ("the root", "SCR-AUD-121", |record| record.commitment.root = scr_canon::sha256(b"x")),
    ("a version without a reason", "SCR-AUD-121", |record| {
        record.versions.push(Version {
            root: scr_canon::sha256(b"x"),
            reason: " ".to_owned(),
            published: None,
        });
    }),
    ("a seed before the commitment", "SCR-AUD-122", |record| {
        record.rounds[0].seeded = published("2026-11-10T08:59:59Z", 39)
    }),
    ("a seed before it in the log", "SCR-AUD-122", |record| {
        record.rounds[1].seeded = published("2026-11-10T10:00:00Z", 40)
    }),
    ("a round left out", "SCR-AUD-124", |record| {
        record.rounds.remove(0);
    }),
    ("a round after the end", "SCR-AUD-124", |record| record.rounds[0].decision = Decision::Stop),
    ("a short seed", "SCR-AUD-125", |record| record.rounds[0].seed = "1234567890".to_owned()),
    ("the seed", "SCR-AUD-127", |record| record.rounds[0].seed = "12345678901234567891".to_owned()),
    ("a ticket", "SCR-AUD-127", |record| record.rounds[0].draws[2].ticket.push('1')),
    ("two draws", "SCR-AUD-127", |record| record.rounds[1].draws.swap(0, 1)),
    ("a batch counted twice", "SCR-AUD-128", |record| {
        let again = record.rounds[0].counted[0].clone();
        record.rounds[1].counted.push(again);
    }),
    ("a count left out", "SCR-AUD-129", |record| {
        record.rounds[0].counted.remove(1);
    }),
    ("a hand count", "SCR-AUD-130", |record| {
        let votes = record.rounds[0].counted[1].votes[0].as_mut().unwrap();
        votes[0] -= 30;
    }),
    ("a measured risk", "SCR-AUD-130", |record| {
        record.rounds[1].measured[0].p_value = "0.0100000000".to_owned()
    }),
    ("whether the limit is met", "SCR-AUD-131", |record| record.rounds[0].measured[0].met = true),
];

#[test]
fn what_is_changed_in_a_copy_is_named_first() {
    for (what, code, change) in CHANGES {
        let mut record = batches();
        change(&mut record);
        let report = verify(&record);
        let first = report.deviations.first().unwrap_or_else(|| panic!("{what} goes unnoticed"));
        assert_eq!(first.code, code, "{what}: {first:?}");
    }
    let mut early = batches();
    early.rounds.pop();
    early.rounds[0].decision = Decision::Stop;
    assert_eq!(verify(&early).deviations[0].code, "SCR-AUD-132");
    let mut tied = batches();
    tied.contests[0].votes = vec![2640, 2640];
    tied.batches.iter_mut().for_each(|batch| batch.votes[0] = vec![50, 50]);
    assert!(verify(&sealed(tied)).deviations.iter().any(|deviation| deviation.code == "SCR-AUD-126"));
    let mut unknown = batches();
    unknown.rounds[0].draws[0].batch = 400;
    assert_eq!(verify(&unknown).deviations[0].code, "SCR-AUD-123");
}

/// Whoever has the record can put new hashes into it: the arithmetic still names what was computed otherwise.
#[test]
fn a_record_that_is_sealed_again_still_has_to_add_up() {
    let mut record = batches();
    record.batches[record.rounds[0].draws[0].batch].votes[0][0] -= 2;
    assert_eq!(verify(&sealed(record)).deviations[0].code, "SCR-AUD-130");
}

fn comparison() -> Record {
    let marked = |_: usize, position: u32| u16::from(position > 120);
    let hand = move |at: usize, position: u32| vec![Some(vec![u64::from(marked(at, position))])];
    ballots(Method::BallotComparison, 60, marked, hand)
}

/// Sealed again, so that only the record itself speaks against it.
fn first(mut record: Record, change: Change) -> String {
    change(&mut record);
    verify(&sealed(record)).deviations.first().map(|one| one.code.clone()).unwrap_or_default()
}

#[test]
fn what_is_reported_must_follow_from_manifest_and_cvrs() {
    // CVRs and hand say 600 to 400: reported is the other winner, or a larger margin.
    assert_eq!(first(comparison(), |record| record.contests[0].votes.swap(0, 1)), "SCR-AUD-123");
    assert_eq!(first(comparison(), |record| record.contests[0].votes[0] += 1), "SCR-AUD-123");
    assert_eq!(first(comparison(), |record| record.contests[0].ballots += 1), "SCR-AUD-123");
    assert_eq!(first(comparison(), |record| record.cvrs[1] = record.cvrs[0].clone()), "SCR-AUD-123");
    assert_eq!(first(comparison(), |record| record.cvrs[0].votes[0] = Some(vec![2])), "SCR-AUD-123");
    assert_eq!(first(comparison(), |record| record.batches[4].batch = "B3".to_owned()), "SCR-AUD-123");
    // Fewer ballots than the manifest has change no risk: cards are drawn from all of it.
    let mut few = comparison();
    few.contests[0].ballots = 60;
    assert_eq!(verify(&sealed(few)).rounds[0].p_values, verify(&comparison()).rounds[0].p_values);
}

#[test]
fn counts_without_form_are_named_and_not_measured() {
    let marked = |_: usize, position: u32| u16::from(position > 120);
    for choices in [vec![99], vec![0, 0]] {
        let mut record = ballots(Method::BallotPolling, 20, marked, move |at, position| {
            vec![Some(vec![u64::from(marked(at, position))])]
        });
        record.rounds[0].counted[0].votes[0] = Some(choices);
        let report = verify(&record);
        assert_eq!(report.deviations[0].code, "SCR-AUD-128");
        assert_eq!(report.rounds[0].p_values, [None]);
    }
    for others in [vec![9999], vec![0, 0]] {
        let mut record = batches();
        let one = &mut record.rounds[0].counted[0];
        one.together = [vec![one.batch], others].concat();
        assert_eq!(verify(&record).deviations[0].code, "SCR-AUD-128");
    }
    // Votes in no batch, on as many ballots at least as one choice has votes: nothing is left of the margin.
    let mut nothing = batches();
    nothing.contests[0].votes = vec![10, 0];
    nothing.contests[0].votes_allowed = 2;
    nothing.batches = vec![batch(0, 0, vec![vec![0, 0]]), batch(1, 0, vec![vec![0, 0]])];
    nothing.rounds.truncate(1);
    (nothing.rounds[0].draws, nothing.rounds[0].counted) = (Vec::new(), Vec::new());
    assert_eq!(verify(&sealed(nothing)).rounds[0].p_values, [None]);
}

#[test]
fn a_risk_is_stated_with_its_places() {
    for said in ["0", "0.0", "<1", "<0.5", "1e-9", "-0.0", ""] {
        let mut record = batches();
        record.rounds[1].measured[0].p_value = said.to_owned();
        assert_eq!(verify(&record).deviations[0].code, "SCR-AUD-130", "{said}");
    }
}

/// However many deviations come before it.
#[test]
fn what_does_not_exist_stops_the_computation() {
    let mut record = batches();
    let version = Version { root: scr_canon::sha256(b"x"), reason: String::new(), published: None };
    record.versions = vec![version; 2000];
    record.rounds[0].draws[0].batch = 400;
    let report = verify(&record);
    assert_eq!((report.deviations.len(), report.rounds.len()), (1000, 0));
}

/// Else the same evidence would count twice.
#[test]
fn a_seed_that_comes_back_goes_on_where_it_was_left() {
    let mut record = batches();
    let mut third = record.rounds[0].clone();
    third.number = 3;
    third.counted.clear();
    record.rounds[1].seed = "98765432109876543210".to_owned();
    record.rounds[1].decision = Decision::NextRound;
    record.rounds.push(third);
    let found = verify(&record).deviations;
    assert!(found.iter().any(|one| one.code == "SCR-AUD-127" && one.round == Some(3)), "{found:#?}");
}

#[test]
fn what_is_no_record_is_refused() {
    let said = |text: &str| Record::read(text.as_bytes()).unwrap_err().to_string();
    assert!(said("{").starts_with("SCR-AUD-111 this is no audit record"));
    assert!(
        said(r#"{"format":"other/v1"}"#).starts_with("SCR-AUD-112 this is a record of the form \"other/v1\"")
    );
    let mut more = serde_json::to_value(batches()).unwrap();
    more["surprise"] = 1.into();
    assert!(said(&more.to_string()).contains("unknown field `surprise`"));
    assert!(scr_audits::record::RecordError::TooLarge(9).to_string().starts_with("SCR-AUD-110"));
}

/// The published schema describes what is written, and nothing else.
#[test]
fn records_are_as_their_schema_says() {
    let schema: serde_json::Value =
        serde_json::from_str(include_str!("../../../../../docs/schemas/audit-record.schema.json")).unwrap();
    let mut schemas = boon::Schemas::new();
    let mut compiler = boon::Compiler::new();
    compiler.add_resource("schema.json", schema).unwrap();
    let index = compiler.compile("schema.json", &mut schemas).unwrap();
    let marked = |_: usize, position: u32| u16::from(position > 120);
    let comparison = ballots(Method::BallotComparison, 10, marked, |_, _| vec![None]);
    for record in [batches(), comparison] {
        let value = serde_json::to_value(&record).unwrap();
        schemas.validate(&value, index).unwrap_or_else(|error| panic!("{error}"));
        let mut more = value;
        more["rounds"][0]["surprise"] = 1.into();
        assert!(schemas.validate(&more, index).is_err());
    }
}

/// Batches that were all counted and show another winner; votes in no batch where several choices may be marked.
#[test]
fn batches_confirm_only_what_they_show() {
    let mut all = batches();
    all.rounds.truncate(1);
    let audit = all.batch_audit(0).unwrap();
    let drawn = scr_audits::sample::ppeb::draw(made::SEED, &audit.weights(), 0, 40);
    let round = &mut all.rounds[0];
    round.draws = drawn
        .into_iter()
        .map(|draw| scr_audits::record::Draw { ticket: draw.ticket, batch: draw.at, ..Default::default() })
        .collect();
    let counted = |votes: Vec<u64>| {
        let of = move |batch| scr_audits::record::Counted {
            batch,
            votes: vec![Some(votes.clone())],
            ..Default::default()
        };
        (0..40).map(of).collect::<Vec<_>>()
    };
    round.counted = counted(vec![60, 40]);
    assert_eq!(verify(&all).rounds[0].p_values, [Some("0.0000000000".to_owned())]);
    all.rounds[0].counted = counted(vec![40, 60]);
    assert_eq!(verify(&all).rounds[0].p_values, [Some("1.0000000000".to_owned())]);
    // 3,000 votes for Ann lie in no batch: at least so many ballots, although two choices may be marked.
    let mut missing = batches();
    missing.contests[0].votes[0] += 3000;
    missing.contests[0].votes_allowed = 2;
    missing.batches.iter_mut().for_each(|batch| batch.votes[0].swap(0, 1));
    let votes: u64 = missing.batches.iter().map(|batch| batch.votes[0][1]).sum();
    missing.contests[0].votes[1] = votes;
    missing.contests[0].votes[0] = 4000 - votes + 3000;
    assert!(verify(&sealed(missing)).deviations.iter().any(|one| one.code == "SCR-AUD-126"));
}
