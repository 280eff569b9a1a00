//! Every code has a playbook that earns it, at the place that is named.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

#[expect(dead_code, reason = "each test file uses its part")]
mod common;

use common::{AGENT, Part, id, playbook_of};
use scr_playbooks::{Code, EXTENSION_ID, Limits, Plan, Playbook, check, check_together};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// start → action → while(action) → end, with everything that refers to something.
fn sound() -> Value {
    let act = |next: String| {
        json!({
            "type": "action", "agent": AGENT, "targets": [AGENT], "on_completion": next, "out_args": ["__n__"],
            "commands": [{"type": "manual", "command": "look at __n__:value"}],
        })
    };
    json!({
        "type": "playbook", "spec_version": "cacao-2.0", "id": id("playbook", 1), "name": "p",
        "created_by": id("identity", 1), "created": "2026-11-01T00:00:00.000Z", "modified": "2026-11-02T00:00:00.000Z",
        "playbook_variables": {"__n__": {"type": "integer", "value": "1"}},
        "workflow_start": id("start", 1),
        "workflow": {
            id("start", 1): {"type": "start", "on_completion": id("action", 1)},
            id("action", 1): act(id("while-condition", 1)),
            id("while-condition", 1): {
                "type": "while-condition", "condition": "__n__:value > 0", "on_true": id("action", 2),
                "timeout": 1000, "on_completion": id("end", 1),
            },
            id("action", 2): act(id("end", 2)),
            id("end", 1): {"type": "end"},
            id("end", 2): {"type": "end"},
        },
        "agent_definitions": {AGENT: {"type": "group", "name": "g"}},
        "target_definitions": {AGENT: {"type": "group", "name": "g"}},
        "extension_definitions": {EXTENSION_ID: {
            "type": "extension-definition", "name": "e", "created_by": id("identity", 1), "schema": "s", "version": "1",
        }},
    })
}

fn with(change: impl FnOnce(&mut Value)) -> Value {
    let mut value = sound();
    change(&mut value);
    value
}

fn step<'a>(value: &'a mut Value, kind: &str, number: usize) -> &'a mut Map<String, Value> {
    value["workflow"][id(kind, number)].as_object_mut().unwrap()
}

fn set(kind: &'static str, number: usize, name: &'static str, new: Value) -> impl FnOnce(&mut Value) {
    move |value| {
        step(value, kind, number).insert(name.into(), new);
    }
}

fn top(name: &'static str, new: Value) -> impl FnOnce(&mut Value) {
    move |value| value[name] = new
}

fn ours(new: &Value) -> Value {
    json!({EXTENSION_ID: new})
}

type Case = (Code, String, Value);

/// A place in a step.
fn at(kind: &str, number: usize, rest: &str) -> String {
    format!("/workflow/{}{rest}", id(kind, number))
}

fn variables(extra: &Value) -> Value {
    json!({"__n__": {"type": "integer"}, "__m__": extra})
}

/// Playbooks, and the code and place that each earns.
fn cases() -> Vec<Case> {
    [cases_1(), cases_2(), cases_3(), cases_4(), cases_5()].concat()
}

fn cases_1() -> Vec<Case> {
    vec![
        (Code::Missing, "/name".into(), with(|value| drop(value.as_object_mut().unwrap().remove("name")))),
        (Code::WrongType, "/labels".into(), with(top("labels", json!("x")))),
        (Code::NotAllowed, "/spec_version".into(), with(top("spec_version", json!("cacao-1.1")))),
        (Code::BadIdentifier, "/created_by".into(), with(top("created_by", json!("me")))),
        (Code::BadTime, "/modified".into(), with(top("modified", json!("2026-11-02")))),
        (Code::OutOfBounds, "/priority".into(), with(top("priority", json!(101)))),
        (Code::TooFew, "/labels".into(), with(top("labels", json!([])))),
        (
            Code::Forbidden,
            at("end", 1, "/on_success"),
            with(set("end", 1, "on_success", json!(id("end", 2)))),
        ),
        (
            Code::OneOf,
            "/signatures/0".into(),
            with(top("signatures", json!([{"thumbprint": "a", "cert_url": "b"}]))),
        ),
        (
            Code::BadAddress,
            format!("/target_definitions/{}/address/ipv4/0", id("ssh", 1)),
            with(|value| {
                value["target_definitions"][id("ssh", 1)] =
                    json!({"type": "ssh", "name": "s", "address": {"ipv4": ["1.2.3"]}})
            }),
        ),
        (
            Code::BadKey,
            "/playbook_variables/n".into(),
            with(|value| value["playbook_variables"]["n"] = json!({})),
        ),
        (
            Code::UnknownType,
            at("action", 1, "/commands/0/type"),
            with(set("action", 1, "commands", json!([{"type": "pong"}]))),
        ),
        (Code::UnknownProperty, "/x-own".into(), with(top("x-own", json!(1)))),
        (Code::UnknownTerm, "/playbook_types/0".into(), with(top("playbook_types", json!(["ours"])))),
        (Code::NoSuchDay, "/created".into(), with(top("created", json!("2026-02-30T00:00:00.000Z")))),
        (Code::TimesReversed, "/modified".into(), with(top("modified", json!("2025-11-02T00:00:00.000Z")))),
        (
            Code::BothContinuations,
            at("action", 1, ""),
            with(set("action", 1, "on_failure", json!(id("end", 1)))),
        ),
    ]
}

fn cases_2() -> Vec<Case> {
    vec![
        (
            Code::NoCommand,
            at("action", 1, "/commands/0"),
            with(set("action", 1, "commands", json!([{"type": "bash"}]))),
        ),
        (
            Code::TypeAndId,
            format!("/workflow/{}/type", id("step", 9)),
            with(|value| value["workflow"][id("step", 9)] = json!({"type": "end"})),
        ),
        (Code::StartNotStart, "/workflow_start".into(), with(top("workflow_start", json!(id("action", 1))))),
        (
            Code::StepKindMissing,
            "/workflow".into(),
            with(|value| value["workflow"] = json!({id("end", 1): {"type": "end"}})),
        ),
        (Code::ActivitiesMissing, String::new(), with(top("playbook_types", json!(["attack"])))),
        (
            Code::ConstantChanged,
            at("action", 1, "/out_args/0"),
            with(|value| value["playbook_variables"]["__n__"]["constant"] = json!(true)),
        ),
        (
            Code::BadValue,
            "/playbook_variables/__m__/value".into(),
            with(top("playbook_variables", variables(&json!({"type": "ipv4-addr", "value": "x"})))),
        ),
        (
            Code::SecretInside,
            format!("/authentication_info_definitions/{}/password", id("http-basic", 1)),
            with(top(
                "authentication_info_definitions",
                json!({id("http-basic", 1): {"type": "http-basic", "password": "p"}}),
            )),
        ),
        (
            Code::StepMissing,
            at("action", 2, "/on_completion"),
            with(set("action", 2, "on_completion", json!(id("end", 9)))),
        ),
    ]
}

fn cases_3() -> Vec<Case> {
    vec![
        (
            Code::Unreachable,
            at("end", 3, ""),
            with(|value| value["workflow"][id("end", 3)] = json!({"type": "end"})),
        ),
        (
            Code::NextMissing,
            at("action", 1, ""),
            with(|value| drop(step(value, "action", 1).remove("on_completion"))),
        ),
        (
            Code::EndImplied,
            at("while-condition", 1, ""),
            with(|value| drop(step(value, "while-condition", 1).remove("on_completion"))),
        ),
        (Code::NoEnd, at("action", 2, ""), with(set("action", 2, "on_completion", json!(id("action", 2))))),
        (
            Code::EndlessLoop,
            at("action", 1, ""),
            with(set("action", 1, "on_completion", json!(id("action", 1)))),
        ),
        (
            Code::UnboundedLoop,
            at("while-condition", 1, ""),
            with(|value| drop(step(value, "while-condition", 1).remove("timeout"))),
        ),
        (
            Code::LoopChangesNothing,
            at("while-condition", 1, ""),
            with(|value| drop(step(value, "action", 2).remove("out_args"))),
        ),
        (Code::EndShared, at("end", 1, ""), with(set("action", 2, "on_completion", json!(id("end", 1))))),
        (
            Code::StepShared,
            at("while-condition", 1, ""),
            with(set("action", 2, "on_completion", json!(id("while-condition", 1)))),
        ),
        (
            Code::VariableMissing,
            at("action", 1, "/commands/0"),
            with(top("playbook_variables", json!({"__m__": {"type": "string"}}))),
        ),
    ]
}

fn cases_4() -> Vec<Case> {
    vec![
        (
            Code::AgentMissing,
            at("action", 1, "/agent"),
            with(set("action", 1, "agent", json!(id("group", 9)))),
        ),
        (
            Code::TargetMissing,
            at("action", 1, "/targets/0"),
            with(set("action", 1, "targets", json!([id("group", 9)]))),
        ),
        (Code::DefinitionMissing, "/markings/0".into(), with(top("markings", json!([id("marking-tlp", 1)])))),
        (
            Code::BadCondition,
            at("while-condition", 1, "/condition"),
            with(set("while-condition", 1, "condition", json!("n > 0"))),
        ),
        (
            Code::BadExtension,
            at("action", 1, &format!("/step_extensions/{EXTENSION_ID}")),
            with(set("action", 1, "step_extensions", ours(&json!({"sign_off": 3})))),
        ),
        (
            Code::RoleMissing,
            at("action", 1, "/step_extensions"),
            with(set(
                "action",
                1,
                "step_extensions",
                ours(&json!({"sign_off": 2, "sign_off_agent": id("group", 9)})),
            )),
        ),
        (
            Code::NotExecuted,
            at("action", 1, "/commands/0"),
            with(set("action", 1, "commands", json!([{"type": "bash", "command": "rm"}]))),
        ),
    ]
}

fn cases_5() -> Vec<Case> {
    vec![(
        Code::BadRequest,
        at("action", 1, "/commands/0/command"),
        with(set(
            "action",
            1,
            "commands",
            json!([{"type": "http-api", "command": "GET http://a/ HTTP/1.1"}]),
        )),
    )]
}

#[test]
fn every_code_is_earned_where_it_says() {
    let read = |value: &Value| Playbook::from_value(value, &Limits::default()).unwrap();
    assert_eq!(check(&read(&sound()), &Limits::default()).findings, []);
    let mut seen = BTreeSet::new();
    for (code, path, value) in cases() {
        let report = check(&read(&value), &Limits::default());
        let found = report.findings.iter().any(|finding| finding.code == code && finding.path == path);
        assert!(found, "{code:?} at {path}: {:#?}", report.findings);
        assert!(!code.advice().is_empty());
        seen.insert(code);
    }
    // These have tests of their own below.
    let others = [
        Code::TooNested,
        Code::TooManySteps,
        Code::VariableRace,
        Code::PlaybookLoop,
        Code::PlaybookMissing,
        Code::More,
    ];
    let missing: Vec<&Code> =
        Code::ALL.iter().filter(|code| !seen.contains(code) && !others.contains(code)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    let names: BTreeSet<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(names.len(), Code::ALL.len());
}

#[test]
fn limits_hold() {
    let act = || Part::Act { double: false, timeout: None, caught: false };
    let mut parts = vec![act()];
    for _ in 0..20 {
        parts = vec![Part::If(parts, None)];
    }
    let deep = playbook_of(&parts, false);
    assert!(check(&deep, &Limits::default()).find(Code::TooNested).is_some());
    let few = Limits { steps: 10, ..Limits::default() };
    let report = check(&deep, &few);
    assert!(report.find(Code::TooManySteps).is_some() && !report.is_sound());
    let two = Limits { findings: 2, ..Limits::default() };
    let many = with(|value| {
        for name in ["name", "id", "created", "modified"] {
            value.as_object_mut().unwrap().remove(name);
        }
    });
    let report = check(&Playbook::from_value(&many, &two).unwrap(), &two);
    // What is not listed counts all the same.
    assert_eq!((report.findings.len(), report.errors), (3, 4));
    assert_eq!(report.findings[2].code, Code::More);
}

#[test]
fn branches_that_write_each_other_s_variables_are_named() {
    let act = |next: String, name: &str| {
        json!({
            "type": "action", "agent": AGENT, "on_completion": next, "out_args": [name],
            "commands": [{"type": "manual", "command": "do it"}],
        })
    };
    let value = |other: &str| {
        with(|value| {
            value["playbook_variables"]["__m__"] = json!({"type": "string"});
            step(value, "start", 1).insert("on_completion".into(), json!(id("parallel", 1)));
            value["workflow"][id("parallel", 1)] = json!({
                "type": "parallel", "next_steps": [id("action", 3), id("action", 4)], "on_completion": id("action", 1),
            });
            value["workflow"][id("action", 3)] = act(id("end", 3), "__n__");
            value["workflow"][id("action", 4)] = act(id("end", 4), other);
            value["workflow"][id("end", 3)] = json!({"type": "end"});
            value["workflow"][id("end", 4)] = json!({"type": "end"});
        })
    };
    let race = |other: &str| {
        let playbook = Playbook::from_value(&value(other), &Limits::default()).unwrap();
        check(&playbook, &Limits::default()).find(Code::VariableRace).cloned()
    };
    assert_eq!(race("__n__").unwrap().arg("value"), Some("__n__"));
    assert_eq!(race("__m__"), None);
}

#[test]
fn playbooks_that_start_each_other_are_looked_at_together() {
    let calls = |own: usize, called: &[usize]| {
        let value = with(|value| {
            value["id"] = json!(id("playbook", own));
            for (at, called) in called.iter().enumerate() {
                let before =
                    step(value, "action", 1).insert("on_completion".into(), json!(id("playbook-action", at)));
                value["workflow"][id("playbook-action", at)] = json!({"type": "playbook-action", "playbook_id": id("playbook", *called), "on_completion": before});
            }
        });
        common::plan_of(&Playbook::from_value(&value, &Limits::default()).unwrap())
    };
    let codes = |plans: &[Plan], limits: &Limits| -> Vec<Vec<Code>> {
        let reports = check_together(plans, limits);
        reports.iter().map(|report| report.findings.iter().map(|finding| finding.code).collect()).collect()
    };
    let limits = Limits::default();
    let fine = [calls(1, &[2, 3]), calls(2, &[3]), calls(3, &[])];
    assert_eq!(codes(&fine, &limits), [vec![], vec![], vec![]]);
    let shallow = Limits { playbooks: 1, ..limits };
    assert_eq!(codes(&fine, &shallow), [vec![Code::PlaybookLoop], vec![], vec![]]);
    let ring = [calls(1, &[2]), calls(2, &[1]), calls(3, &[1, 9])];
    let loops = codes(&ring, &limits);
    assert_eq!(loops[0], [Code::PlaybookLoop]);
    assert_eq!(loops[1], [Code::PlaybookLoop]);
    assert!(loops[2].contains(&Code::PlaybookLoop) && loops[2].contains(&Code::PlaybookMissing));
}
