//! What somebody could try in a run, and what they read.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

#[expect(dead_code, reason = "each test file uses its part")]
mod common;

use common::{AGENT, Part, T0, id, plan_of, playbook_of, start_of};
use scr_canon::Hash32;
use scr_playbooks::run::{Act, By, Clock, Ending, Entry, Mode, Place, Refusal, Run, What};
use scr_playbooks::{EXTENSION_ID, Limits, Plan, Playbook};
use serde_json::json;
use std::collections::BTreeMap;

/// One step that two sign, with a file, within ten minutes; then the end.
fn plan() -> Plan {
    let action = id("action", 1);
    let value = json!({
        "type": "playbook", "spec_version": "cacao-2.0", "id": id("playbook", 1), "name": "p",
        "created_by": id("identity", 1), "created": "2026-11-01T00:00:00.000Z", "modified": "2026-11-01T00:00:00.000Z",
        "playbook_variables": {
            "__n__": {"type": "integer"}, "__c__": {"type": "string", "value": "x", "constant": true},
            "__e__": {"type": "integer", "external": true},
        },
        "workflow_start": id("start", 1),
        "workflow": {
            id("start", 1): {"type": "start", "on_completion": action},
            action: {
                "type": "action", "agent": AGENT, "timeout": 600_000, "delay": 1_000, "out_args": ["__n__"],
                "commands": [{"type": "manual", "command": "do it"}], "on_completion": id("end", 1),
                "step_extensions": {EXTENSION_ID: {"sign_off": 2, "sign_off_agent": id("group", 2), "evidence": "file"}},
            },
            id("end", 1): {"type": "end"},
        },
        "agent_definitions": {
            AGENT: {"type": "group", "name": "g", "agent_target_extensions": {EXTENSION_ID: {"role": "it"}}},
            id("group", 2): {"type": "group", "name": "h", "agent_target_extensions": {EXTENSION_ID: {"role": "head"}}},
        },
        "extension_definitions": {EXTENSION_ID: {
            "type": "extension-definition", "name": "e", "created_by": id("identity", 1), "schema": "s", "version": "1",
        }},
    });
    plan_of(&Playbook::from_value(&value, &Limits::default()).unwrap())
}

fn external() -> BTreeMap<String, String> {
    BTreeMap::from([("__e__".to_owned(), "7".to_owned())])
}

fn started(plan: &Plan) -> Run {
    Run::start(plan, &start_of(plan, external()), &Limits::default()).unwrap()
}

fn entry(name: &str, after: i64, by: Option<(&str, &str)>, act: Act) -> Entry {
    let by = by.map(|(person, role)| By { person: person.into(), role: role.into() });
    Entry { id: name.into(), mode: Mode::Real, at: T0 + after, by, act }
}

fn done(plan: &Plan, output: &str) -> Act {
    Act::Done {
        place: Place::at(0),
        evidence: Some(plan.digest),
        note: None,
        outputs: BTreeMap::from([("__n__".to_owned(), output.to_owned())]),
    }
}

/// A change of what a start says: digest, variables, clock, depth.
type Change<'a> = dyn Fn(&mut Hash32, &mut BTreeMap<String, String>, &mut Clock, &mut u32) + 'a;

fn refused(run: &Run, plan: &Plan, entry: &Entry) -> Refusal {
    let mut run = run.clone();
    let before = run.clone();
    let refusal = run.apply(plan, entry).unwrap_err();
    assert_eq!(run, before);
    assert!(!refusal.to_string().is_empty());
    refusal
}

#[test]
fn a_run_begins_only_as_what_it_is() {
    let plan = plan();
    let limits = Limits::default();
    let start = start_of(&plan, external());
    let try_with = |change: &dyn Fn(&mut Entry)| {
        let mut entry = start.clone();
        change(&mut entry);
        Run::start(&plan, &entry, &limits).unwrap_err()
    };
    let act = |entry: &mut Entry, set: &Change<'_>| {
        if let Act::Started { digest, variables, clock, depth, .. } = &mut entry.act {
            set(digest, variables, clock, depth);
        }
    };
    let other = scr_canon::sha256(b"another text under the same id");
    assert_eq!(try_with(&|entry| act(entry, &|digest, _, _, _| *digest = other)), Refusal::NotThisPlaybook);
    assert_eq!(try_with(&|entry| act(entry, &|_, _, clock, _| clock.rate = 60)), Refusal::Clock);
    assert_eq!(try_with(&|entry| act(entry, &|_, _, _, depth| *depth = 5)), Refusal::TooDeep(4));
    assert_eq!(
        try_with(&|entry| act(entry, &|_, variables, _, _| variables.clear())),
        Refusal::NoValue(vec!["__e__".into()])
    );
    let value = |name: &'static str, value: &'static str| {
        try_with(&move |entry| {
            act(entry, &|_, variables, _, _| drop(variables.insert(name.into(), value.into())))
        })
    };
    for refusal in [value("__n__", "1"), value("__c__", "y"), value("__e__", "x"), value("__none__", "1")] {
        assert!(matches!(refusal, Refusal::Value { .. }), "{refusal}");
    }
    assert_eq!(try_with(&|entry| entry.at = -1), Refusal::Time);
    // A drill may have a clock of its own.
    let clock = Clock { wall: T0, run: T0 - 86_400_000, rate: 60 };
    assert_eq!(
        (clock.run_time(T0 + 1_000), clock.wall_time(clock.run + 60_001)),
        (clock.run + 60_000, T0 + 1_001)
    );
    let mut drill = start.clone();
    drill.mode = Mode::Exercise;
    act(&mut drill, &|_, _, own, _| *own = clock);
    let run = Run::start(&plan, &drill, &limits).unwrap();
    assert_eq!(run.mode(), Mode::Exercise);
    // An entry in earnest is not taken into it.
    assert_eq!(
        refused(&run, &plan, &entry("a", 2_000, Some(("ann", "it")), done(&plan, "1"))),
        Refusal::OtherMode
    );
}

#[test]
fn a_step_is_done_by_its_role_in_its_time_with_its_evidence() {
    let plan = plan();
    let run = started(&plan);
    let no =
        |after: i64, by: Option<(&str, &str)>, act: Act| refused(&run, &plan, &entry("a", after, by, act));
    let it = Some(("ann", "it"));
    assert_eq!(no(2_000, Some(("ann", "head")), done(&plan, "1")), Refusal::Role { wanted: "it".into() });
    assert_eq!(no(2_000, None, done(&plan, "1")), Refusal::Who);
    assert!(matches!(no(500, it, done(&plan, "1")), Refusal::TooEarly { from, .. } if from == T0 + 1_000));
    assert!(matches!(no(601_000, it, done(&plan, "1")), Refusal::TooLate(_)));
    assert!(matches!(no(-1, it, done(&plan, "1")), Refusal::Time));
    assert!(matches!(no(2_000, it, done(&plan, "one")), Refusal::Value { .. }));
    let without = |evidence: Option<Hash32>, outputs: BTreeMap<String, String>| {
        no(2_000, it, Act::Done { place: Place::at(0), evidence, note: None, outputs })
    };
    assert_eq!(without(None, external()), Refusal::Evidence("a file"));
    assert!(matches!(without(Some(plan.digest), BTreeMap::new()), Refusal::Value { .. }));
    let outputs = BTreeMap::from([("__n__".into(), "1".into()), ("__c__".into(), "y".into())]);
    assert!(matches!(without(Some(plan.digest), outputs), Refusal::Value { .. }));
    let far = Act::Begun { place: "7.1-0".parse().unwrap() };
    assert!(matches!(no(2_000, it, far), Refusal::NotThere(_)));
    let huge = Act::Refused { place: Place::at(0), reason: "x".repeat(20_000) };
    assert!(matches!(no(2_000, it, huge), Refusal::TooMuch(_)));
    // Nobody's clock decides that a time is over, and no person says what the program notes.
    assert!(matches!(no(600_999, None, Act::TimedOut { place: Place::at(0) }), Refusal::NoTimeout(_)));
    assert_eq!(no(700_000, it, Act::TimedOut { place: Place::at(0) }), Refusal::Who);
    assert!(matches!(no(2_000, None, Act::Ended { ending: Ending::Completed }), Refusal::NotEnded));
    assert!(matches!(no(2_000, None, Act::Countersigned { place: Place::at(0) }), Refusal::NotNow(_)));
    let strange = Act::Evaluated { place: Place::at(0), answer: "true".into() };
    assert!(matches!(no(2_000, None, strange), Refusal::NotNow(_)));
    let constant = Act::VariableSet { name: "__c__".into(), value: "y".into() };
    assert!(matches!(no(2_000, it, constant), Refusal::Value { .. }));
    assert!(matches!(
        no(2_000, Some(("eve", "nobody")), Act::Aborted { reason: "x".into() }),
        Refusal::Role { .. }
    ));
    assert_eq!(
        refused(&run, &plan, &entry("start", 0, None, Act::Resumed)),
        Refusal::OtherEntry("start".into())
    );
    let again = Entry { id: "again".into(), ..start_of(&plan, external()) };
    assert_eq!(refused(&run, &plan, &again), Refusal::Begun);
}

#[test]
fn two_people_sign_and_the_record_closes() {
    let plan = plan();
    let mut run = started(&plan);
    run.apply(&plan, &entry("a", 2_000, Some(("ann", "it")), done(&plan, "1"))).unwrap();
    let sign = |after: i64, person: &str, role: &str| {
        entry("b", after, Some((person, role)), Act::Countersigned { place: Place::at(0) })
    };
    assert_eq!(refused(&run, &plan, &sign(3_000, "ann", "head")), Refusal::SamePerson);
    assert!(matches!(refused(&run, &plan, &sign(3_000, "bob", "it")), Refusal::Role { .. }));
    assert_eq!(refused(&run, &plan, &sign(1_500, "bob", "head")), Refusal::Time);
    assert_eq!(run.todo(&plan, T0 + 3_000)[0].what, What::Countersign);
    let back = Act::SentBack { place: Place::at(0), reason: "which disk?".into() };
    run.apply(&plan, &entry("c", 3_000, Some(("bob", "head")), back)).unwrap();
    assert_eq!(run.todo(&plan, T0 + 3_000)[0].what, What::Act);
    assert_eq!(
        refused(&run, &plan, &entry("d", 2_500, Some(("ann", "it")), done(&plan, "2"))),
        Refusal::Time
    );
    run.apply(&plan, &entry("d", 4_000, Some(("ann", "it")), done(&plan, "2"))).unwrap();
    run.apply(&plan, &sign(5_000, "bob", "head")).unwrap();
    assert_eq!(run.ending(), Some((Ending::Completed, T0 + 5_000)));
    assert_eq!(run.variables()["__n__"].value, "2");
    let past = &run.past()[&Place::at(0)][0];
    assert_eq!(past.second.as_ref().unwrap().0.person, "bob");
    assert_eq!(
        refused(&run, &plan, &entry("e", 6_000, Some(("ann", "it")), done(&plan, "3"))),
        Refusal::Ended
    );
    assert_eq!(
        refused(&run, &plan, &entry("f", 6_000, None, Act::Ended { ending: Ending::Failed })),
        Refusal::NotEnded
    );
    run.apply(&plan, &entry("f", 6_000, None, Act::Ended { ending: Ending::Completed })).unwrap();
    assert!(run.is_closed() && run.todo(&plan, T0 + 7_000).is_empty());
}

#[test]
fn while_the_clocks_stand_nothing_is_done_and_nothing_is_late() {
    let plan = plan();
    let mut run = started(&plan);
    let it = Some(("ann", "it"));
    run.apply(&plan, &entry("p", 5_000, it, Act::Paused { reason: "alarm".into() })).unwrap();
    assert_eq!(refused(&run, &plan, &entry("a", 6_000, it, done(&plan, "1"))), Refusal::Paused);
    assert_eq!(
        refused(&run, &plan, &entry("q", 6_000, it, Act::Paused { reason: "x".into() })),
        Refusal::Paused
    );
    assert!(!run.todo(&plan, T0 + 10_000_000)[0].is_late);
    // What was done before, away from the network, still counts.
    run.apply(&plan, &entry("a", 4_000, it, done(&plan, "1"))).unwrap();
    run.apply(&plan, &entry("r", 10_000_000, it, Act::Resumed)).unwrap();
    assert_eq!(refused(&run, &plan, &entry("s", 10_000_001, it, Act::Resumed)), Refusal::NotPaused);
    // Ten minutes and a second of delay, of which four seconds had passed, and the pause.
    assert_eq!(run.todo(&plan, T0 + 10_000_000)[0].times_out, Some(T0 + 10_000_000 + 596_000));
}

#[test]
fn failures_go_to_what_takes_them_up() {
    let act = |caught| Part::Act { double: false, timeout: None, caught };
    // Refused within a branch: the others go on, then the whole fails, up to the exception handler.
    let plan = plan_of(&playbook_of(&[Part::Parallel(vec![vec![act(false)], vec![act(false)]])], true));
    let mut run = Run::start(&plan, &start_of(&plan, BTreeMap::new()), &Limits::default()).unwrap();
    let by = |plan: &Plan| common::person(plan, Some(0), "ann");
    let mut number = 0;
    let mut next = |run: &mut Run, refuse: bool| {
        number += 1;
        let now = T0 + number * 1_000;
        let todo = run.todo(&plan, now).remove(0);
        let place = todo.place.unwrap();
        let act = if refuse {
            Act::Refused { place, reason: "no".into() }
        } else {
            Act::Done { place, evidence: None, note: None, outputs: BTreeMap::new() }
        };
        run.apply(&plan, &Entry { id: number.to_string(), mode: Mode::Real, at: now, by: by(&plan), act })
            .unwrap();
    };
    next(&mut run, false);
    assert_eq!(run.tasks().len(), 2);
    next(&mut run, true);
    assert_eq!((run.tasks().len(), run.ending()), (1, None));
    next(&mut run, false);
    // The handler's step.
    assert_eq!(run.tasks().len(), 1);
    next(&mut run, false);
    assert_eq!(run.ending().unwrap().0, Ending::Failed);
}
