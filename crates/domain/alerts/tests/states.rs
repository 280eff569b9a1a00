//! What holds now: times, clocks, updates and cancellations in any order.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod common;

use common::*;
use proptest::prelude::*;
use scr_alerts::{Authentic, Card, ClockState, Kind, Known, Limits, Refused, State, Status, Verdict, judge};

fn at(found: &Authentic, known: &Known, now: u64) -> Verdict {
    judge(found, known, now, &Limits::default()).unwrap()
}

#[test]
fn time_decides_whether_it_holds() {
    let mut later = text(Kind::Alert, 7, vec![]);
    later.effective_after = 3_600;
    let found = proven(&later, 17);
    let none = Known::default();
    for (now, state, code) in [
        (NOW + 60, State::NotYet, "not-yet"),
        (NOW + 3_599, State::NotYet, "not-yet"),
        (NOW + 3_600, State::ValidNow, "valid-now"),
        (NOW + 7_199, State::ValidNow, "valid-now"),
        (NOW + 7_200, State::Expired, "expired"),
    ] {
        let verdict = at(&found, &none, now);
        assert_eq!((verdict.state, verdict.code()), (state, code));
    }
}

#[test]
fn a_clock_that_cannot_be_right_is_said_so() {
    let found = proven(&text(Kind::Alert, 7, vec![]), 17);
    let none = Known::default();
    // Witnesses saw it at NOW + 10, + 11 and + 12; the middle one counts.
    assert_eq!(at(&found, &none, NOW + 111).clock, ClockState::Plausible { age: 100 });
    assert_eq!(at(&found, &none, NOW).clock, ClockState::Plausible { age: 0 });
    let behind = at(&found, &none, 0);
    assert_eq!((behind.clock, behind.code()), (ClockState::Behind { by: NOW + 11 }, "clock-doubtful"));
    assert_eq!(at(&found, &none, NOW + 100_000).clock, ClockState::Old { age: 99_989 });
    // What is over by signed times is over, whatever the clock says.
    let mut known = Known::default();
    known.note_time(NOW + 9_000);
    let over = at(&found, &known, 0);
    assert_eq!((over.state, over.code()), (State::Expired, "expired"));
}

#[test]
fn one_false_witness_clock_moves_nothing() {
    let text = text(Kind::Alert, 7, vec![]);
    let entry = entry(&text);
    let proof = proof(&entry, 3, 9, NOW + 10);
    let bundle = scr_alerts::Bundle::from_proof(&proof, &entry, 16).unwrap();
    let note = scr_note::Checkpoint::new(ORIGIN, bundle.size, bundle.root).to_string();
    let liar = witnesses().remove(2);
    let lie = liar.sign(&note, NOW + 1_000_000).unwrap();
    let mut bundle = bundle;
    for one in bundle.cosignatures.iter_mut().filter(|one| one.key == liar.verifier().id()) {
        one.time = NOW + 1_000_000;
        one.signature = lie[8..].try_into().unwrap();
    }
    assert_eq!(genuine(&bundle.to_bytes().unwrap()).newest_time(), NOW + 11);
}

#[test]
fn exercises_and_tests_never_read_as_anything_else() {
    for (status, code) in [(Status::Exercise, "exercise"), (Status::Test, "test")] {
        let mut drill = text(Kind::Alert, 7, vec![]);
        drill.status = status;
        let found = proven(&drill, 17);
        for now in [0, NOW + 60, NOW + 100_000_000] {
            assert_eq!(at(&found, &Known::default(), now).code(), code);
        }
    }
}

#[test]
fn a_cancellation_takes_back_whenever_it_comes() {
    let found = proven(&text(Kind::Alert, 7, vec![]), 17);
    let mut later = text(Kind::Cancel, 8, vec![named(&found)]);
    later.sent += 600;
    let cancel = proven(&later, 20);
    let mut known = Known::default();
    known.note(&cancel);
    let verdict = at(&found, &known, NOW + 700);
    assert_eq!((verdict.state, verdict.code()), (State::Cancelled { by: 20 }, "cancelled"));
    assert_eq!(at(&found, &known, 0).code(), "cancelled");
    assert_eq!(at(&cancel, &known, NOW + 700).state, State::ValidNow);
}

#[test]
fn a_cancellation_older_than_what_it_names_is_refused() {
    let found = proven(&text(Kind::Alert, 7, vec![]), 17);
    // By its place.
    let early = bundle_at(&text(Kind::Cancel, 8, vec![named(&found)]), 16).to_bytes().unwrap();
    let refused =
        scr_alerts::authenticate(&scr_alerts::Scanned::read(&early).unwrap(), &trust(2), &Limits::default());
    assert_eq!(refused.unwrap_err(), Refused::Older { named: 17 });
    // By its time, once the alert is known; and it takes nothing back.
    let mut before = text(Kind::Cancel, 8, vec![named(&found)]);
    before.sent -= 100;
    let cancel = proven(&before, 18);
    let mut known = Known::default();
    known.note(&cancel);
    known.note(&found);
    assert_eq!(judge(&cancel, &known, NOW + 60, &Limits::default()), Err(Refused::Older { named: 17 }));
    assert_eq!(at(&found, &known, NOW + 60).state, State::ValidNow);
}

#[test]
fn a_drill_takes_back_no_alert_and_an_unproven_message_none_that_is_proven() {
    let found = proven(&text(Kind::Alert, 7, vec![]), 17);
    let mut drill = text(Kind::Cancel, 1, vec![named(&found)]);
    drill.status = Status::Exercise;
    let mut known = Known::default();
    known.note(&proven(&drill, 20));
    assert_eq!(at(&found, &known, NOW + 60).state, State::ValidNow);
    let cancel = text(Kind::Cancel, 8, vec![named(&found)]);
    known.note(&unproven(&cancel, 21));
    let verdict = at(&found, &known, NOW + 60);
    assert_eq!((verdict.state, verdict.announced), (State::ValidNow, Some(21)));
    // The short form of the alert itself is taken back by it.
    assert_eq!(
        at(&unproven(&text(Kind::Alert, 7, vec![]), 17), &known, NOW + 60).state,
        State::Cancelled { by: 21 }
    );
    known.note(&proven(&cancel, 21));
    assert_eq!(at(&found, &known, NOW + 60).state, State::Cancelled { by: 21 });
}

#[test]
fn two_entries_at_one_place_are_a_contradiction() {
    let mut known = Known::default();
    known.note(&proven(&text(Kind::Alert, 7, vec![]), 17));
    known.note(&unproven(&text(Kind::Alert, 7, vec![]), 17));
    assert!(known.contradictions().is_empty());
    known.note(&proven(&text(Kind::Alert, 8, vec![]), 17));
    assert_eq!(known.contradictions(), [17]);
}

fn story() -> Vec<Authentic> {
    let first = proven(&text(Kind::Alert, 1, vec![]), 10);
    let mut update = text(Kind::Update, 2, vec![named(&first)]);
    update.sent += 10;
    let second = proven(&update, 12);
    let mut update = text(Kind::Update, 3, vec![named(&first), named(&second)]);
    update.sent += 20;
    let third = unproven(&update, 14);
    let mut cancel = text(Kind::Cancel, 4, vec![named(&second)]);
    cancel.sent += 30;
    vec![first, second, third, proven(&cancel, 15), unproven(&cancel, 15)]
}

#[test]
fn in_whatever_order_and_however_often_they_come_the_same_holds() {
    let story = story();
    let mut expected = Known::default();
    story.iter().for_each(|one| expected.note(one));
    proptest!(ProptestConfig::with_cases(200), |(order in prop::collection::vec(0usize..5, 0..12).prop_map(|mut more| {
        more.extend(0..5);
        more
    }).prop_shuffle())| {
        let mut known = Known::default();
        for one in order {
            known.note(&story[one]);
        }
        prop_assert_eq!(&known, &expected);
    });
    let states: Vec<State> = story.iter().map(|one| at(one, &expected, NOW + 100).state).collect();
    assert_eq!(
        states,
        [
            State::Superseded { by: 12 },
            State::Cancelled { by: 15 },
            State::ValidNow,
            State::ValidNow,
            State::ValidNow
        ]
    );
}

#[test]
fn a_card_is_a_policy_and_has_one_spelling() {
    let card = card(2);
    let text = card.to_string();
    assert!(text.len() <= scr_alerts::card::MAX_CARD_BYTES);
    let read: Card = text.parse().unwrap();
    assert_eq!(read.to_string(), text);
    assert_eq!(text.trim_end().parse::<Card>().unwrap().digest(), card.digest());
    let policy: scr_note::Policy = text.parse().unwrap();
    assert_eq!(policy.witnesses(), card.policy.witnesses());
    for (from, to) in [
        ("alert-card/1", "alert-card/2"),
        ("# election ex-2026", "# election ex 2026"),
        ("# station 004711", "# station 4711"),
        ("# seen 12 ", "# seen 012 "),
        ("# seen", "# unknown"),
        ("quorum all", "quorum  all"),
        ("quorum all", "quorum none"),
        ("log ", "# a comment\nlog "),
        ("witness party-b", "witness party-a"),
    ] {
        let other = text.replacen(from, to, 1);
        assert_ne!(other, text);
        let digest = other.parse::<Card>().map(|card| card.digest());
        assert!(digest.is_err() || digest.unwrap() != card.digest(), "{to}");
    }
}
