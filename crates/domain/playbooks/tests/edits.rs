//! Changes keep what is unknown and leave the playbook sound.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

#[expect(dead_code, reason = "each test file uses its part")]
mod common;

use common::{AGENT, Part, id, parts, plan_of, playbook_of};
use proptest::prelude::*;
use scr_playbooks::edit::{NewStep, Where, next_modified};
use scr_playbooks::graph::Graph;
use scr_playbooks::{
    Code, Edit, EditError, Evidence, Limits, Playbook, check, edit, layout, starters::STARTERS,
};
use serde_json::{Value, json};

const LATER: &str = "2026-12-01T00:00:00.000Z";

fn new(number: usize) -> NewStep {
    NewStep {
        id: id("action", 900 + number),
        name: "new".into(),
        instruction: "do".into(),
        agent: AGENT.into(),
    }
}

fn strange() -> Playbook {
    let act = Part::Act { double: false, timeout: Some(5), caught: true };
    let mut value = playbook_of(&[act.clone(), Part::If(vec![act], None)], false).value();
    value["x-own"] = json!({"kept": [1, 2.5, null]});
    for step in value["workflow"].as_object_mut().unwrap().values_mut() {
        step["x-step"] = json!("kept");
        if let Some(commands) = step.get_mut("commands") {
            commands[0]["x-command"] = json!(true);
        }
    }
    value["signatures"] = json!([{"x": 1}]);
    Playbook::from_value(&value, &Limits { findings: 500, ..Limits::default() }).unwrap()
}

#[test]
fn what_is_unknown_is_kept_and_signatures_go() {
    let before = strange();
    let plan = {
        let mut value = before.value();
        value.as_object_mut().unwrap().remove("signatures");
        plan_of(&Playbook::from_value(&value, &Limits::default()).unwrap())
    };
    let step =
        plan.steps.iter().find(|step| step.agent().is_some() && step.otherwise.is_some()).unwrap().id.clone();
    let edits = [
        Edit::SetTimes { step: step.clone(), deadline: Some(1_000), timeout: None },
        Edit::SetEvidence { step: step.clone(), evidence: Evidence::Note },
        Edit::SetSignOff { step: step.clone(), is_double: true, agent: Some(AGENT.into()) },
        Edit::SetText {
            step: Some(step.clone()),
            language: None,
            name: Some("named".into()),
            description: None,
            commands: Some(vec!["told".into()]),
        },
    ];
    let after = edit(&before, &edits, LATER, &Limits::default()).unwrap();
    let value = after.value();
    assert_eq!(value["x-own"], before.value()["x-own"]);
    assert!(value.get("signatures").is_none());
    assert_eq!(after.modified(), Some(LATER));
    let changed = &value["workflow"][&step];
    assert_eq!((&changed["x-step"], &changed["commands"][0]["x-command"]), (&json!("kept"), &json!(true)));
    assert_eq!((&changed["name"], &changed["commands"][0]["command"]), (&json!("named"), &json!("told")));
    assert!(changed.get("timeout").is_none());
    let plan = plan_of(&after);
    let own = &plan.steps[plan.place(&step).unwrap()];
    assert!(own.extension.is_double() && own.second == Some(0) && own.evidence() == Evidence::Note);
    // And back: nothing of ours is left in the step.
    let back = [
        Edit::SetTimes { step: step.clone(), deadline: None, timeout: Some(300_000) },
        Edit::SetEvidence { step: step.clone(), evidence: Evidence::None },
        Edit::SetSignOff { step: step.clone(), is_double: false, agent: None },
    ];
    let again = edit(&after, &back, "2026-12-02T00:00:00.000Z", &Limits::default()).unwrap();
    assert!(again.value()["workflow"][&step].get("step_extensions").is_none());
}

#[test]
fn what_would_break_it_is_refused_and_named() {
    let playbook = playbook_of(&[Part::Act { double: false, timeout: None, caught: false }], false);
    let plan = plan_of(&playbook);
    let act = plan.steps.iter().find(|step| step.agent().is_some()).unwrap().id.clone();
    let no = |change: Edit| edit(&playbook, &[change], LATER, &Limits::default()).unwrap_err();
    let unsound = |change: Edit| match no(change) {
        EditError::Unsound(finding) => finding.code,
        other => panic!("{other}"),
    };
    assert_eq!(unsound(Edit::SetAgent { step: act.clone(), agent: id("group", 9) }), Code::AgentMissing);
    assert_eq!(
        unsound(Edit::SetTimes { step: act.clone(), deadline: Some(0), timeout: None }),
        Code::BadExtension
    );
    let role = Some(id("group", 9));
    assert_eq!(
        unsound(Edit::SetSignOff { step: act.clone(), is_double: true, agent: role }),
        Code::RoleMissing
    );
    assert_eq!(unsound(Edit::SetBound { step: act.clone(), max_turns: 3 }), Code::BadExtension);
    assert!(matches!(no(Edit::RemoveStep(id("end", 77))), EditError::NoStep(_)));
    assert!(matches!(no(Edit::RemoveStep(plan.steps[plan.start].id.clone())), EditError::NotMovable(_)));
    assert!(matches!(
        no(Edit::AddStep(NewStep { id: act.clone(), ..new(1) }, Where::After(act.clone()))),
        EditError::Id(_)
    ));
    let end = plan.steps.iter().find(|step| step.next.is_none()).unwrap().id.clone();
    assert!(matches!(no(Edit::AddStep(new(1), Where::After(end))), EditError::NoPlace(_)));
    assert!(matches!(no(Edit::MoveStep(act.clone(), Where::After(act.clone()))), EditError::NoPlace(_)));
    let text = |language: &str| Edit::SetText {
        step: Some(act.clone()),
        language: Some(language.into()),
        name: Some("x".into()),
        description: None,
        commands: None,
    };
    assert!(matches!(no(text("../etc")), EditError::Text(_)));
    let old = edit(&playbook, &[text("fr")], "2026-11-01T00:00:00.000Z", &Limits::default());
    assert!(matches!(old, Err(EditError::Time(_))));
    let adopted = Edit::Adopt { id: id("playbook", 5), created_by: id("identity", 5), created: LATER.into() };
    let own = edit(&playbook, &[adopted, text("fr")], LATER, &Limits::default()).unwrap();
    assert_eq!(own.value()["derived_from"], json!([id("playbook", 1)]));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

    /// Adding, moving and taking out: the playbook stays sound, and every other step stays what it was.
    #[test]
    fn steps_come_and_go(parts in parts(), picks in prop::collection::vec((0_u8..3, any::<u16>(), any::<u16>()), 1..12)) {
        let mut playbook = playbook_of(&parts, true);
        for (number, (kind, one, other)) in picks.into_iter().enumerate() {
            let plan = plan_of(&playbook);
            let acts: Vec<&str> =
                plan.steps.iter().filter(|step| step.agent().is_some()).map(|step| step.id.as_str()).collect();
            let step = acts[usize::from(one) % acts.len()].to_owned();
            let after = plan.steps[usize::from(other) % plan.steps.len()].clone();
            let place = match after.branches.first() {
                Some((label, _)) if other.is_multiple_of(2) => Where::Branch(after.id.clone(), label.clone()),
                _ => Where::After(after.id.clone()),
            };
            let change = match kind {
                0 => Edit::AddStep(new(number), place),
                1 => Edit::MoveStep(step.clone(), place),
                _ => Edit::RemoveStep(step.clone()),
            };
            let modified = format!("2026-12-01T00:00:{number:02}.000Z");
            match edit(&playbook, std::slice::from_ref(&change), &modified, &Limits::default()) {
                Ok(changed) => {
                    prop_assert!(check(&changed, &Limits::default()).is_sound());
                    let names = |playbook: &Playbook| playbook.dictionary("workflow").count();
                    let difference = [1, 0, -1][usize::from(kind)];
                    prop_assert_eq!(names(&changed) as i64 - names(&playbook) as i64, difference);
                    playbook = changed;
                }
                Err(EditError::Unsound(_) | EditError::NoPlace(_) | EditError::NotMovable(_)) => {}
                Err(other) => prop_assert!(false, "{other}"),
            }
        }
    }

    /// No two steps stand in one place, and the same workflow comes out the same.
    #[test]
    fn pictures_are_drawn(parts in parts()) {
        let graph = Graph::of(&playbook_of(&parts, true), &Limits::default());
        let one = layout(&graph);
        prop_assert_eq!(&one, &layout(&graph));
        let places: std::collections::BTreeSet<(usize, usize)> = one.at.iter().copied().collect();
        prop_assert_eq!(places.len(), graph.nodes.len());
        for line in &one.lines {
            prop_assert_eq!(line.is_back, one.at[line.to].0 <= one.at[line.from].0);
        }
    }
}

/// A workflow that is broken in any way is drawn all the same.
#[test]
fn broken_workflows_are_drawn() {
    for starter in STARTERS {
        let value: Value = serde_json::from_str(starter.text).unwrap();
        let ids: Vec<String> = value["workflow"].as_object().unwrap().keys().cloned().collect();
        for (at, from) in ids.iter().enumerate() {
            let mut broken = value.clone();
            broken["workflow"][from]["on_completion"] = ids[(at * 7 + 3) % ids.len()].as_str().into();
            let playbook = Playbook::from_value(&broken, &Limits::default()).unwrap();
            let picture = layout(&Graph::of(&playbook, &Limits::default()));
            assert_eq!(picture.at.len(), ids.len());
            check(&playbook, &Limits::default());
        }
    }
}

/// A way that leads nowhere is led to a step again, and one that is not needed is taken away.
#[test]
fn ways_out_are_led_elsewhere() {
    let playbook = playbook_of(&[Part::Act { double: false, timeout: None, caught: false }], false);
    let plan = plan_of(&playbook);
    let act = plan.steps.iter().find(|step| step.agent().is_some()).unwrap().id.clone();
    let end = plan.steps.iter().find(|step| step.id.starts_with("end--")).unwrap().id.clone();
    let mut value = playbook.value();
    value["workflow"][&act]["on_completion"] = json!(id("action", 77));
    let broken = Playbook::from_value(&value, &Limits::default()).unwrap();
    assert!(check(&broken, &Limits::default()).find(Code::StepMissing).is_some());
    let link = |exit: &str, to: Option<&str>| Edit::Link {
        step: act.clone(),
        exit: exit.to_owned(),
        to: to.map(str::to_owned),
    };
    let mended = edit(&broken, &[link("on_completion", Some(&end))], LATER, &Limits::default()).unwrap();
    assert_eq!(check(&mended, &Limits::default()).errors, 0);
    // Nothing is left half done: no such step, no such way, a way away that is needed.
    let no =
        |change: Edit| edit(&mended, &[change], "2026-12-02T00:00:00.000Z", &Limits::default()).unwrap_err();
    assert_eq!(no(link("on_completion", Some("end--none"))), EditError::NoStep("end--none".to_owned()));
    for exit in ["commands", "next_steps/x", "next_steps/7", "on_completion/0", ""] {
        assert_eq!(no(link(exit, Some(&end))), EditError::NoPlace(exit.to_owned()));
    }
    assert!(matches!(no(link("on_completion", None)), EditError::Unsound(_)));
}

#[test]
fn a_next_version_is_later_whatever_the_clock_says() {
    let playbook = strange();
    let last = playbook.modified().unwrap().to_owned();
    for now in [0, 1_795_514_400, 4_000_000_000] {
        let next = next_modified(&playbook, now);
        assert!(next > last, "{next} after {last}");
        assert!(edit(&playbook, &[], &next, &Limits::default()).is_ok(), "{next}");
    }
}
