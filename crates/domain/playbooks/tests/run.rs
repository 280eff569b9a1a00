//! Runs: any order of what happens at the same time gives one state, every run can end, nothing counts twice.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

mod common;

use common::{T0, answer, parts, plan_of, playbook_of, start_of, walk};
use proptest::prelude::*;
use scr_playbooks::Limits;
use scr_playbooks::Plan;
use scr_playbooks::run::{Act, Applied, Entry, Place, Run, What};
use std::collections::{BTreeMap, VecDeque};

fn begun(plan: &Plan) -> Run {
    Run::start(plan, &start_of(plan, BTreeMap::new()), &Limits::default()).unwrap()
}

/// Numbers from a list, again and again.
fn numbers(list: Vec<u64>) -> impl FnMut() -> u64 {
    let mut at = 0_usize;
    move || {
        at += 1;
        list[at % list.len()].wrapping_add(u64::try_from(at).unwrap() * 7)
    }
}

/// Only what goes well: sent back and refused are turned into done.
fn well(mut next: impl FnMut() -> u64) -> impl FnMut() -> u64 {
    move || {
        let number = next();
        number - number % 16 + number % 14
    }
}

fn place_of(entry: &Entry) -> Option<Place> {
    match &entry.act {
        Act::Begun { place }
        | Act::Done { place, .. }
        | Act::Countersigned { place }
        | Act::SentBack { place, .. }
        | Act::Refused { place, .. }
        | Act::Evaluated { place, .. } => Some(place.clone()),
        _ => None,
    }
}

fn lists() -> impl Strategy<Value = Vec<u64>> {
    prop::collection::vec(any::<u32>().prop_map(u64::from), 8..40)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// Each place keeps its own order, as each pair of hands does; everything else is shuffled.
    #[test]
    fn any_order_of_what_happens_at_once_converges(
        parts in parts(), exception in any::<bool>(), list in lists(), shuffle in lists(), good in any::<bool>(),
    ) {
        let plan = plan_of(&playbook_of(&parts, exception));
        let mut one = begun(&plan);
        // Timeouts depend on when they are noted: a slow clock keeps them out.
        let (entries, _) = if good {
            walk(&plan, &mut one, T0, &mut well(numbers(list)))
        } else {
            walk(&plan, &mut one, T0, &mut numbers(list))
        };
        prop_assume!(!entries.iter().any(|entry| matches!(entry.act, Act::TimedOut { .. })));
        let mut lines: BTreeMap<Option<Place>, VecDeque<&Entry>> = BTreeMap::new();
        for entry in &entries {
            lines.entry(place_of(entry)).or_default().push_back(entry);
        }
        let mut other = begun(&plan);
        let mut choose = numbers(shuffle);
        loop {
            let keys: Vec<Option<Place>> = lines.keys().cloned().collect();
            let from = usize::try_from(choose()).unwrap();
            let taken = (0..keys.len())
                .map(|at| &keys[(from + at) % keys.len()])
                .find(|key| other.apply(&plan, lines[*key][0]).is_ok());
            let Some(key) = taken else { break };
            let line = lines.get_mut(key).unwrap();
            line.pop_front();
            if line.is_empty() {
                lines.remove(key);
            }
        }
        prop_assert!(lines.is_empty(), "not taken: {lines:?}");
        prop_assert_eq!(one, other);
    }

    /// From wherever a run has got to, with refusals, timeouts, pauses and returns, it comes to an end.
    #[test]
    fn every_run_of_a_checked_playbook_can_end(
        parts in parts(), exception in any::<bool>(), list in lists(), steps in 0_usize..60, late in 0_i64..20_000_000,
    ) {
        let plan = plan_of(&playbook_of(&parts, exception));
        let mut run = begun(&plan);
        let mut choose = numbers(list.clone());
        let mut now = T0;
        for number in 0..steps {
            now += late % 700_000;
            let todo = run.todo(&plan, now);
            let Some(one) = todo.first() else { break };
            let entry = answer(&plan, one, now.max(one.from), &format!("x{number}"), choose());
            now = entry.at;
            run.apply(&plan, &entry).unwrap();
        }
        walk(&plan, &mut run, now + late, &mut well(numbers(list)));
        prop_assert!(run.ending().is_some() && run.is_closed());
        prop_assert!(run.tasks().is_empty());
    }

    /// A record folded twice, or each entry twice, is the same run; a refused entry leaves it as it was.
    #[test]
    fn nothing_counts_twice_and_a_refusal_changes_nothing(parts in parts(), list in lists(), other in lists()) {
        let plan = plan_of(&playbook_of(&parts, true));
        let mut run = begun(&plan);
        let (entries, _) = walk(&plan, &mut run, T0, &mut numbers(list));
        let mut all = vec![start_of(&plan, BTreeMap::new())];
        all.extend(entries.iter().cloned());
        let twice: Vec<Entry> = all.iter().flat_map(|entry| [entry.clone(), entry.clone()]).collect();
        prop_assert_eq!(&run, &Run::fold(&plan, &all, &Limits::default()).unwrap());
        prop_assert_eq!(&run, &Run::fold(&plan, &twice, &Limits::default()).unwrap());
        for entry in &all {
            prop_assert_eq!(run.apply(&plan, entry), Ok(Applied::Known));
        }
        // Entries of another course, under ids of their own, at every state of this one.
        let mut strange = begun(&plan);
        let (others, _) = walk(&plan, &mut strange, T0, &mut numbers(other));
        let mut again = begun(&plan);
        for entry in &entries {
            for hostile in others.iter().take(12) {
                let hostile = Entry { id: format!("h-{}", hostile.id), ..hostile.clone() };
                let mut tried = again.clone();
                if tried.apply(&plan, &hostile).is_err() {
                    prop_assert_eq!(&tried, &again);
                }
            }
            again.apply(&plan, entry).unwrap();
        }
        prop_assert_eq!(again, run);
    }

    /// Whatever anybody sends, nothing panics, and what is refused changes nothing.
    #[test]
    fn arbitrary_entries_are_taken_or_refused(
        parts in parts(), texts in prop::collection::vec(("[a-z]{1,3}", "([0-9]{1,2}\\.[0-9]-)?[0-9]{1,2}", any::<i64>(), 0_u8..8), 1..40),
    ) {
        let plan = plan_of(&playbook_of(&parts, false));
        let mut run = begun(&plan);
        for (id, place, at, kind) in texts {
            let Ok(place) = place.parse::<Place>() else { continue };
            let act = match kind {
                0 => Act::Begun { place },
                1 => Act::Countersigned { place },
                2 => Act::TimedOut { place },
                3 => Act::Evaluated { place, answer: "true".into() },
                4 => Act::Paused { reason: "x".into() },
                5 => Act::Resumed,
                6 => Act::VariableSet { name: "__v0__".into(), value: "true".into() },
                _ => Act::Refused { place, reason: "x".into() },
            };
            let by = common::person(&plan, None, "eve").filter(|_| kind.is_multiple_of(2));
            let at = T0.saturating_add(at % 10_000_000);
            let entry = Entry { id, mode: scr_playbooks::run::Mode::Real, at, by, act };
            let before = run.clone();
            if run.apply(&plan, &entry).is_err() {
                prop_assert_eq!(&before, &run);
            }
            run.todo(&plan, at);
        }
    }

    /// Places are written in one way.
    #[test]
    fn places_are_read_as_they_are_written(text in "([0-9]{1,3}\\.[0-9]{1,2}-){0,3}[0-9]{1,3}") {
        if let Ok(place) = text.parse::<Place>() {
            prop_assert_eq!(place.to_string(), text);
        }
    }
}

/// What is to be done says who, until when, and what is late; pauses move it.
#[test]
fn deadlines_are_counted_without_pauses() {
    let parts = [common::Part::Act { double: true, timeout: Some(10), caught: true }];
    let plan = plan_of(&playbook_of(&parts, false));
    let mut run = begun(&plan);
    // The first step of every made playbook has no deadline.
    let first = &run.todo(&plan, T0)[0];
    assert_eq!((first.due, first.is_late), (None, false));
    let entry = answer(&plan, first, T0, "a", 0);
    run.apply(&plan, &entry).unwrap();
    let due = |run: &Run, now: i64| {
        let todo = run.todo(&plan, now).remove(0);
        (todo.what, todo.due, todo.times_out, todo.is_late)
    };
    let minute = 60_000;
    assert_eq!(due(&run, T0), (What::Act, Some(T0 + minute), Some(T0 + 10 * minute), false));
    assert!(due(&run, T0 + minute + 1).3);
    let say = |id: &str, at: i64, act: Act| Entry {
        id: id.into(),
        mode: scr_playbooks::run::Mode::Real,
        at,
        by: common::person(&plan, None, "ann"),
        act,
    };
    run.apply(&plan, &say("p", T0 + minute / 2, Act::Paused { reason: "lunch".into() })).unwrap();
    assert_eq!(due(&run, T0 + 20 * minute).1, Some(T0 + minute + 20 * minute - minute / 2));
    assert!(!due(&run, T0 + 20 * minute).3);
    run.apply(&plan, &say("r", T0 + 20 * minute, Act::Resumed)).unwrap();
    let end = T0 + 10 * minute + 20 * minute - minute / 2;
    assert_eq!(due(&run, T0 + 20 * minute).2, Some(end));
    assert_eq!(due(&run, end).0, What::TimeOut);
}
