//! Messages in every order of arrival.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

#[path = "made/dice.rs"]
mod dice;

use dice::Dice;
use scr_cap::{Effect, History, Ineffective, Message, MsgType, Reference, Standing, Status, Time};
use std::collections::BTreeMap;

fn at(minute: i64) -> Time {
    Time::from_utc(1_800_000_000 + minute * 60).unwrap()
}

fn name(sender: &str, identifier: &str, minute: i64) -> Reference {
    Reference { sender: sender.to_owned(), identifier: identifier.to_owned(), sent: at(minute) }
}

fn message(kind: MsgType, own: &Reference, about: &[&Reference], index: Option<u64>) -> Message {
    let mut hash = [0; 32];
    hash[0] = own.identifier.as_bytes()[0];
    Message {
        reference: own.clone(),
        msg_type: kind,
        status: Status::Actual,
        references: about.iter().map(|one| (*one).clone()).collect(),
        expires: None,
        index,
        hash,
    }
}

fn same(by: &str, of: &str) -> bool {
    by == of
}

fn history(messages: &[Message]) -> History {
    let mut history = History::new();
    messages.iter().cloned().for_each(|one| history.add(one));
    history
}

/// Calls with every order (Heap's algorithm).
fn orders(items: &mut Vec<Message>, count: usize, visit: &mut dyn FnMut(&[Message])) {
    if count <= 1 {
        return visit(items);
    }
    for at in 0..count {
        orders(items, count - 1, visit);
        items.swap(if count.is_multiple_of(2) { at } else { 0 }, count - 1);
    }
}

#[test]
fn a_cancel_that_comes_first_is_held_and_takes_effect() {
    let (alert, cancel) = (name("s", "a", 0), name("s", "c", 5));
    let first = message(MsgType::Cancel, &cancel, &[&alert], Some(9));
    let mut held = history(std::slice::from_ref(&first));
    assert_eq!(held.effects(&first, &same), [(alert.clone(), Effect::Held)]);
    assert!(held.standings(at(6), &same).is_empty());
    held.add(message(MsgType::Alert, &alert, &[], Some(4)));
    assert_eq!(held.effects(&first, &same), [(alert.clone(), Effect::Applied)]);
    assert_eq!(held.standings(at(6), &same), BTreeMap::from([(alert, Standing::Cancelled { by: cancel })]));
}

#[test]
fn what_must_have_no_effect_has_none() {
    let alert = name("s", "a", 10);
    let target = message(MsgType::Alert, &alert, &[], Some(5));
    let late = name("s", "c", 20);
    let cases = [
        // Recorded before the alert: played back, whatever time it claims.
        (message(MsgType::Cancel, &late, &[&alert], Some(4)), Ineffective::Older),
        // Sent before the alert.
        (message(MsgType::Cancel, &name("s", "c", 9), &[&alert], Some(6)), Ineffective::Older),
        (message(MsgType::Update, &name("s", "c", 9), &[&alert], None), Ineffective::Older),
        (message(MsgType::Cancel, &name("other", "c", 20), &[&alert], Some(6)), Ineffective::NoAuthority),
        (
            Message { status: Status::Exercise, ..message(MsgType::Cancel, &late, &[&alert], Some(6)) },
            Ineffective::OtherStatus,
        ),
        (message(MsgType::Update, &late, &[&late], Some(6)), Ineffective::Itself),
    ];
    for (other, fault) in cases {
        let both = history(&[other.clone(), target.clone()]);
        let effects = both.effects(&other, &same);
        assert_eq!(effects[0].1, Effect::Refused(fault), "{other:?}");
        assert_eq!(both.standings(at(30), &same)[&alert], Standing::Active);
    }
    let cancel = message(MsgType::Cancel, &late, &[&alert], Some(6));
    let again = message(MsgType::Cancel, &name("s", "d", 21), &[&late], Some(7));
    let all = history(&[target.clone(), cancel, again.clone()]);
    assert_eq!(all.effects(&again, &same), [(late.clone(), Effect::Refused(Ineffective::NotAnAlert))]);
    assert_eq!(all.standings(at(30), &same)[&alert], Standing::Cancelled { by: late });
    // With authority another sender may.
    let other = message(MsgType::Cancel, &name("national", "c", 20), &[&alert], Some(6));
    let both = history(&[target, other]);
    let all_may = |by: &str, of: &str| by == of || by == "national";
    assert!(matches!(both.standings(at(30), &all_may)[&alert], Standing::Cancelled { .. }));
}

#[test]
fn alerts_expire_and_do_not_come_back() {
    let (alert, update) = (name("s", "a", 0), name("s", "u", 5));
    let first = Message { expires: Some(at(60)), ..message(MsgType::Alert, &alert, &[], Some(1)) };
    let only = history(std::slice::from_ref(&first));
    assert_eq!(only.standings(at(59), &same)[&alert], Standing::Active);
    assert_eq!(only.standings(at(60), &same)[&alert], Standing::Expired);
    let second = Message { expires: Some(at(30)), ..message(MsgType::Update, &update, &[&alert], Some(2)) };
    let both = history(&[first, second]);
    let standings = both.standings(at(40), &same);
    assert_eq!(standings[&update], Standing::Expired);
    assert_eq!(standings[&alert], Standing::Superseded { by: update });
}

#[test]
fn of_two_files_with_one_name_the_one_in_the_log_counts() {
    let alert = name("s", "a", 0);
    let genuine = message(MsgType::Alert, &alert, &[], Some(3));
    let forged = Message { hash: [0; 32], index: None, ..genuine.clone() };
    for order in [[genuine.clone(), forged.clone()], [forged, genuine.clone()]] {
        let both = history(&order);
        assert_eq!(both.message(&alert).unwrap().hash, genuine.hash, "what is in the log counts");
    }
    // The same file by another way, and twice in the log.
    let direct = Message { index: None, ..genuine.clone() };
    let again = Message { index: Some(8), ..genuine.clone() };
    let all = history(&[direct, again, genuine]);
    assert_eq!(all.message(&alert).unwrap().index, Some(3));
}

/// Up to six messages that refer to each other in every way, some without a place in the log, some twice, some under
/// one name.
fn drawn(seed: u64) -> Vec<Message> {
    let dice = &mut Dice::new(seed);
    let minute = |place: usize, dice: &mut Dice| i64::try_from(place / 2 + dice.below(2)).unwrap();
    let names: Vec<Reference> = (0..6)
        .map(|place| {
            let sender = dice.one(&["s", "s", "s", "s", "t"]);
            let letter = char::from(b'a' + u8::try_from(place).unwrap());
            name(sender, &letter.to_string(), minute(place, dice))
        })
        .collect();
    let count = 4 + dice.below(3);
    let mut messages = Vec::new();
    for place in 0..count {
        let own = &names[if dice.below(6) == 0 { dice.below(6) } else { place }];
        let about = [&names[dice.below(place + 1)], &names[dice.below(6)]];
        let kinds = [MsgType::Alert, MsgType::Update, MsgType::Update, MsgType::Cancel, MsgType::Ack];
        let kind = if place == 0 { MsgType::Alert } else { dice.one(&kinds) };
        let index = Some(place + dice.below(3)).filter(|_| dice.below(4) > 0).map(|place| place as u64);
        let status =
            dice.one(&[Status::Actual, Status::Actual, Status::Actual, Status::Actual, Status::Exercise]);
        let expires = Some(at(i64::try_from(dice.below(8)).unwrap())).filter(|_| dice.below(2) == 0);
        let mut hash = [0; 32];
        hash[0] = u8::try_from(dice.below(2)).unwrap();
        messages.push(Message { status, expires, hash, ..message(kind, own, &about, index) });
    }
    messages
}

#[test]
fn every_order_of_arrival_ends_in_the_same() {
    let (mut runs, mut ended) = (0, 0);
    for seed in 0..120 {
        let mut messages = drawn(seed);
        // One hash is one file: the second one with the same name and hash is the first.
        let mut seen: BTreeMap<(Reference, [u8; 32]), Message> = BTreeMap::new();
        for one in &mut messages {
            let known = seen.entry((one.reference.clone(), one.hash)).or_insert_with(|| one.clone());
            *one = Message { index: one.index, ..known.clone() };
        }
        let expected = history(&messages);
        let count = messages.len();
        orders(&mut messages, count, &mut |order| {
            let found = history(order);
            assert_eq!(found, expected, "{seed}");
            for minute in [0, 3, 9] {
                assert_eq!(
                    found.standings(at(minute), &same),
                    expected.standings(at(minute), &same),
                    "{seed}"
                );
            }
            runs += 1;
        });
        let standings = expected.standings(at(2), &same);
        ended +=
            standings.values().filter(|one| !matches!(one, Standing::Active | Standing::Expired)).count();
        for one in expected.messages() {
            assert!(expected.effects(one, &same).len() <= 2);
        }
    }
    assert!(runs > 10_000 && ended > 50, "{runs} orders, {ended} ended");
    println!("{runs} orders");
}
