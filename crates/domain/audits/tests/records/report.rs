//! What a report says beside deviations of the arithmetic: signatures, evidence, where the audit stands.

use crate::made::{SEED, batches, published, sealed};
use scr_audits::record::{Decision, Record, Version};
use scr_audits::verify::{Standing, verify};

fn signed(by: &[&str]) -> Vec<scr_audits::record::Signature> {
    let one = |by: &&str| scr_audits::record::Signature {
        role: "board member".to_owned(),
        by: (*by).to_owned(),
        entry: None,
    };
    by.iter().map(one).collect()
}

/// As many different people as the settings ask for.
#[test]
fn signatures_are_counted_by_who_signed() {
    let mut record = batches();
    record.settings.sign_offs = scr_audits::record::SignOffs { commitment: 1, counted: 2, round: 1 };
    let both = signed(&["Board 1, first", "Board 1, second"]);
    for round in &mut record.rounds {
        round.signed = signed(&["administrator"]);
        round.counted.iter_mut().for_each(|one| one.signed.clone_from(&both));
    }
    let mut record = sealed(record);
    record.commitment.signed = signed(&["administrator"]);
    assert_eq!(verify(&record).deviations, []);
    let code = |change: fn(&mut Record)| {
        let mut changed = record.clone();
        change(&mut changed);
        verify(&changed).deviations.first().map(|one| (one.code.clone(), one.round))
    };
    let expected = |round| Some(("SCR-AUD-133".to_owned(), round));
    assert_eq!(code(|record| record.commitment.signed.clear()), expected(None));
    assert_eq!(code(|record| record.rounds[1].signed.clear()), expected(Some(2)));
    assert_eq!(code(|record| drop(record.rounds[0].counted[2].signed.pop())), expected(Some(1)));
    let twice = |record: &mut Record| record.rounds[0].counted[2].signed = signed(&["one", "one"]);
    assert_eq!(code(twice), expected(Some(1)));
}

/// The entry that is shown as evidence must name the root, or the seed and its round; its proof is checked by whoever
/// knows the log's key.
#[test]
fn evidence_names_what_it_is_evidence_of() {
    let mut record = batches();
    let with = |entry: String| Some(scr_audits::record::Evidence { entry, proof: String::new() });
    let root = record.commitment.root.to_hex();
    let published = |record: &mut Record, entry: String| {
        record.commitment.published.as_mut().unwrap().evidence = with(entry);
    };
    published(&mut record, format!(r#"{{"kind":"audit.committed/1","root":"{root}"}}"#));
    record.rounds[1].seeded.as_mut().unwrap().evidence = with(format!(r#"{{"round":2,"seed":"{SEED}"}}"#));
    assert_eq!(verify(&record).deviations, []);
    // One seed draws both rounds: it was stated before the first.
    record.rounds[1].seeded.as_mut().unwrap().evidence = with(format!(r#"{{"round":1,"seed":"{SEED}"}}"#));
    assert_eq!(verify(&record).deviations, []);
    for other in [format!(r#"{{"round":3,"seed":"{SEED}"}}"#), r#"{"round":1,"seed":"1"}"#.to_owned()] {
        record.rounds[1].seeded.as_mut().unwrap().evidence = with(other);
        assert_eq!(verify(&record).deviations[0].code, "SCR-AUD-122");
    }
    record.rounds[1].seeded.as_mut().unwrap().evidence = None;
    published(&mut record, r#"{"kind":"audit.committed/1","root":"00"}"#.to_owned());
    assert_eq!(verify(&record).deviations[0].code, "SCR-AUD-122");
}

/// What a report says beside deviations: where the audit stands, what was given up, what to look at.
#[test]
fn a_report_says_where_the_audit_stands() {
    let report = verify(&batches());
    assert_eq!((report.standing, report.abandoned.as_slice()), (Standing::Stopped, &[][..]));
    let mut record = batches();
    record.rounds[1].decision = Decision::Abandoned;
    let report = verify(&record);
    assert_eq!((report.standing, report.abandoned.as_slice()), (Standing::Running, &[2][..]));
    let codes: Vec<&str> = report.notices.iter().map(|one| one.code.as_str()).collect();
    assert_eq!(codes, ["SCR-AUD-135"]);
    assert_eq!(report.rounds.len(), 1);
    // Its draws had to follow from the seed all the same.
    record.rounds[1].draws.swap(0, 1);
    assert_eq!(verify(&record).deviations[0].code, "SCR-AUD-127");
    let mut record = batches();
    record.settings.seed_digits = 4;
    assert!(verify(&record).notices.iter().any(|one| one.code == "SCR-AUD-136"));
    record.rounds.clear();
    assert_eq!(verify(&record).standing, Standing::Committed);
    let mut twice = batches();
    let again = twice.rounds[0].measured[0].clone();
    twice.rounds[0].measured.push(again);
    assert_eq!(verify(&twice).deviations[0].code, "SCR-AUD-130");
    twice.rounds[0].measured[1].contest = 7;
    assert_eq!(verify(&twice).deviations[0].code, "SCR-AUD-130");
    // A version that replaces one has to be later, and another.
    let mut early = batches();
    let version = |root, at, index| Version {
        root,
        reason: "a late upload".to_owned(),
        published: published(at, index),
    };
    early.versions = vec![version(scr_canon::sha256(b"x"), "2026-11-10T09:30:00Z", 39)];
    assert_eq!(verify(&early).deviations[0].code, "SCR-AUD-121");
    early.versions = vec![version(early.commitment.root, "2026-11-10T08:30:00Z", 39)];
    assert_eq!(verify(&early).deviations[0].code, "SCR-AUD-121");
    early.versions = vec![version(scr_canon::sha256(b"x"), "2026-11-10T08:30:00Z", 39)];
    assert_eq!(verify(&early).deviations, []);
}
