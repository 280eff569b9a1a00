//! The code of the audit's course against the table in `docs/reference/audit-states.md`.

use super::course::*;
use proptest::prelude::*;
use scr_audits::record::{Decision, Measured};
use scr_audits::workflow::{Audit, Opening, Party, Phase, Step, What};
use scr_canon::sha256;
use std::collections::{BTreeMap, BTreeSet};

const DOCUMENT: &str = include_str!("../../../../../docs/reference/audit-states.md");

/// (state, step) to the states that may follow, as the document has it.
fn documented() -> BTreeMap<(String, String), BTreeSet<String>> {
    let rows = DOCUMENT.lines().filter(|line| line.starts_with("| `"));
    let three = rows.map(|line| line.trim_matches('|').split(" | ").map(str::trim).collect::<Vec<_>>());
    let states: BTreeSet<&str> = Phase::ALL.iter().map(|phase| phase.as_str()).collect();
    let word = |cell: &str| cell.trim_matches('`').to_owned();
    three
        .filter(|cells| cells.len() == 3 && states.contains(word(cells[0]).as_str()))
        .map(|cells| ((word(cells[0]), word(cells[1])), cells[2].split(", ").map(word).collect()))
        .collect()
}

/// A step that could be taken in some state, and by whom.
fn steps() -> impl Strategy<Value = (Party, Step)> {
    let measured = |p: &str, met: bool| vec![Measured { contest: 0, p_value: p.to_owned(), met }];
    let aa = |step: Step| Just((Party::Administrator, step));
    let reason = || "the court ordered it".to_owned();
    prop_oneof![
        aa(Step::NameJurisdictions(BTreeSet::from(["North".to_owned()]))),
        aa(Step::ChooseContest(contest())),
        aa(Step::DropContest { name: "Mayor".into() }),
        Just((north(), upload(What::Manifest, "manifest"))),
        aa(upload(What::Totals, "totals")),
        Just((north(), Step::SignUploads { jurisdiction: "North".into(), over: sha256(b"") })),
        (0..9_u8).prop_map(|at| (Party::Administrator, Step::Commit(commitment_to(&at.to_string())))),
        (0..4_u8).prop_map(|at| (Party::Observer, Step::Seed { seed: seed(at), failed: 0 })),
        (0..3_u64).prop_map(|units| (Party::Administrator, Step::OpenRound(opening(units)))),
        (1..3_u64).prop_map(|units| (north(), deal(&[units]))),
        Just((board(1), Step::SignBoard { jurisdiction: "North".into(), board: 1, over: sha256(b"read") })),
        aa(Step::ReopenBoard { jurisdiction: "North".into(), board: 1, reason: reason() }),
        aa(Step::CloseRound { counted: sha256(b"counted"), measured: measured("0.0312000000", true) }),
        aa(Step::CloseRound { counted: sha256(b"counted"), measured: measured("0.3000000000", false) }),
        aa(Step::Decide { decision: Decision::NextRound, reason: reason() }),
        aa(Step::Decide { decision: Decision::FullHandCount, reason: reason() }),
        aa(Step::Decide { decision: Decision::Stop, reason: String::new() }),
        aa(Step::Abandon { reason: reason() }),
        aa(Step::Reopen { reason: reason() }),
        aa(Step::Finish { result: sha256(b"result") }),
    ]
}

/// Signs what stands there, whatever it is.
fn with_what_stands_there(audit: &Audit, step: Step) -> Step {
    match step {
        Step::SignUploads { jurisdiction, over } => {
            let over = audit.to_sign(&jurisdiction).unwrap_or(over);
            Step::SignUploads { jurisdiction, over }
        }
        other => other,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]
    #[test]
    fn no_walk_leaves_the_diagram(
        walk in proptest::collection::vec(steps(), 1..60), fresh in any::<bool>(), start in 0..4_usize
    ) {
        let documented = documented();
        let mut audit = [draft(fresh), committed(fresh), seeded(fresh), opened(fresh)][start].clone();
        for (by, step) in walk {
            let step = with_what_stands_there(&audit, step);
            let key = (audit.phase().as_str().to_owned(), step.name().to_owned());
            match (audit.step(&by, &step), documented.get(&key)) {
                (Ok(next), Some(allowed)) => {
                    prop_assert!(allowed.contains(next.phase().as_str()), "{key:?} to {:?}", next.phase());
                    holds(&audit, &next)?;
                    audit = next;
                }
                (Ok(_), None) => prop_assert!(false, "{key:?} is not in the document"),
                (Err(refusal), Some(_)) => prop_assert!(refusal.code.starts_with("SCR-AUD-2"), "{refusal}"),
                (Err(refusal), None) => {
                    let wanted = if key.0 == "draft" && key.1 == "seed" { "SCR-AUD-229" } else { "SCR-AUD-221" };
                    prop_assert_eq!(refusal.code, wanted, "{:?}", key);
                }
            }
        }
    }
}

/// What holds whatever was done.
fn holds(before: &Audit, after: &Audit) -> Result<(), TestCaseError> {
    let drawn = after.phase() >= Phase::Committed;
    prop_assert_eq!(drawn, after.committed().is_some(), "a commitment from the end of the draft on");
    let seed = matches!(after.phase(), Phase::Seeded | Phase::RoundOpen | Phase::RoundClosed);
    prop_assert!(!seed || after.seed().is_some());
    prop_assert!(!matches!(after.phase(), Phase::Draft | Phase::Committed) || after.seed().is_none());
    // Nothing that has happened goes away.
    let all = |audit: &Audit| {
        audit.past().iter().map(|past| past.rounds.len()).sum::<usize>() + audit.rounds().len()
    };
    prop_assert!(all(after) >= all(before) && after.past().len() >= before.past().len());
    prop_assert!(after.version() as usize == after.past().len() + 1);
    for round in after.rounds() {
        prop_assert_eq!(round.measured.is_empty(), round.counted.is_none(), "a risk only of a closed round");
        prop_assert!(round.counted.is_none() || round.waits_for().next().is_none());
        prop_assert!(after.is_spent(&round.seed));
    }
    prop_assert!(after.phase() != Phase::Finished || after.result().is_some() || after.all_met());
    // What the record holds is what is folded.
    let text = serde_json::to_string(after).unwrap();
    prop_assert_eq!(&serde_json::from_str::<Audit>(&text).unwrap(), after);
    Ok(())
}

#[test]
fn every_row_of_the_document_can_be_gone() {
    let mut gone = BTreeSet::new();
    for fresh in [false, true] {
        for start in starts(fresh) {
            for (by, step) in each_step(&start) {
                if let Ok(next) = start.step(&by, &step) {
                    let key = (start.phase().as_str().to_owned(), step.name().to_owned());
                    gone.insert((key, next.phase().as_str().to_owned()));
                }
            }
        }
    }
    let rows: BTreeSet<_> = documented()
        .into_iter()
        .flat_map(|(key, states)| states.into_iter().map(move |state| (key.clone(), state)))
        .collect();
    assert_eq!(gone, rows);
}

/// An audit in each state; with an open round undealt, dealt, and signed.
fn starts(fresh: bool) -> Vec<Audit> {
    let undealt = take(&seeded(fresh), &AA, &Step::OpenRound(opening(2)));
    let dealt = take(&undealt, &north(), &deal(&[2]));
    let mut all = vec![draft(fresh), committed(fresh), seeded(fresh), undealt, dealt, opened(fresh)];
    all.extend([closed(fresh, true), closed(fresh, false), counting(fresh)]);
    all
}

/// Each kind of step once, as it fits the state best.
fn each_step(audit: &Audit) -> Vec<(Party, Step)> {
    let aa = Party::Administrator;
    let why = || "late ballots".to_owned();
    let measured = vec![Measured { contest: 0, p_value: "0.04".into(), met: true }];
    let decide = |decision| (aa.clone(), Step::Decide { decision, reason: why() });
    let mut steps = vec![
        (aa.clone(), Step::NameJurisdictions(BTreeSet::from(["North".to_owned()]))),
        (aa.clone(), Step::ChooseContest(contest())),
        (aa.clone(), Step::DropContest { name: "Mayor".into() }),
        (north(), upload(What::Manifest, "other")),
        (north(), Step::SignUploads { jurisdiction: "North".into(), over: audit.to_sign("North").unwrap() }),
        (aa.clone(), Step::Commit(commitment())),
        (aa.clone(), Step::Seed { seed: seed(9), failed: 1 }),
        (aa.clone(), Step::OpenRound(opening(1))),
        (north(), deal(&[2])),
        (board(1), Step::SignBoard { jurisdiction: "North".into(), board: 1, over: sha256(b"read") }),
        (aa.clone(), Step::ReopenBoard { jurisdiction: "North".into(), board: 1, reason: why() }),
        (aa.clone(), Step::CloseRound { counted: sha256(b"read"), measured }),
        (aa.clone(), Step::Abandon { reason: why() }),
        (aa.clone(), Step::Reopen { reason: why() }),
        (aa.clone(), Step::Finish { result: sha256(b"result") }),
    ];
    steps.extend([Decision::NextRound, Decision::FullHandCount, Decision::Stop].map(decide));
    steps
}

/// `Opening` of the fixtures has as many draws as units, and one more.
#[test]
fn the_fixtures_are_what_they_say() {
    assert_eq!(opening(2), Opening { draws: 3, ..opening(2) });
    assert_eq!(opened(false).phase(), Phase::RoundOpen);
    assert_eq!(counting(true).phase(), Phase::FullHandCount);
}
