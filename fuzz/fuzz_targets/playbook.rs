//! Playbooks: what is taken is what serde_json reads; it is checked, drawn and, where it is sound, run to its end and edited
//! without a panic. Bytes behind a NUL choose what people do.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scr_playbooks::graph::Graph;
use scr_playbooks::http::{Allowed, request};
use scr_playbooks::run::{Act, By, Clock, Entry, Mode, Run, What};
use scr_playbooks::{Doing, Edit, Evidence, Limits, Plan, Playbook, check, edit, layout};
use std::collections::BTreeMap;

fuzz_target!(|bytes: &[u8]| {
    let (text, choices) = match bytes.iter().position(|byte| *byte == 0) {
        Some(at) => (&bytes[..at], &bytes[at + 1..]),
        None => (bytes, &[][..]),
    };
    let limits = Limits { bytes: 1 << 16, steps: 200, ..Limits::default() };
    let Ok(playbook) = Playbook::read(text, &limits) else { return };
    let value: serde_json::Value = serde_json::from_slice(text).expect("what is taken is JSON");
    assert_eq!(playbook.value(), value);
    let again = Playbook::from_value(&value, &limits);
    assert!(again.is_err() || again.is_ok_and(|again| again.value() == value));
    let report = check(&playbook, &limits);
    assert!(report.findings.len() <= limits.findings + 1);
    let graph = Graph::of(&playbook, &limits);
    assert_eq!(layout(&graph).at.len(), graph.nodes.len());
    let Ok(plan) = Plan::of(&playbook, &limits) else { return };
    assert!(report.is_sound());
    assert_eq!(plan.outline().len(), plan.steps.len());
    requests(&plan, &playbook);
    let mut edits = Vec::new();
    for step in plan.steps.iter().filter(|step| step.agent().is_some()) {
        edits.push(Edit::SetEvidence { step: step.id.clone(), evidence: Evidence::Note });
        edits.push(Edit::SetSignOff { step: step.id.clone(), is_double: true, agent: None });
    }
    if let Ok(changed) = edit(&playbook, &edits, "9999-01-01T00:00:00.000Z", &limits) {
        assert!(check(&changed, &limits).is_sound());
    }
    run(&plan, choices, &limits);
});

/// No request leaves for another host than the one that is allowed.
fn requests(plan: &Plan, playbook: &Playbook) {
    let allowed = [Allowed {
        methods: vec!["GET".into(), "POST".into()],
        host: "example.com".into(),
        port: None,
        path: "/*".into(),
        plain: false,
        credential: None,
    }];
    for step in &plan.steps {
        let Doing::Act { commands, targets, .. } = &step.doing else { continue };
        for command in commands {
            for target in targets.iter().filter_map(|id| playbook.entry("target_definitions", id)) {
                if let Ok(made) = request(command, target, &allowed, &|_| Some("../a?b#c\r\n".into())) {
                    assert_eq!((made.host.as_str(), command.kind.as_str()), ("example.com", "http-api"));
                    assert!(
                        made.target.starts_with('/')
                            && !made.target[1..].split('?').next().unwrap_or("").contains('/')
                    );
                    assert!(made.headers.iter().all(|(_, value)| !value.contains(['\r', '\n'])));
                }
            }
        }
    }
}

fn run(plan: &Plan, choices: &[u8], limits: &Limits) {
    let variables =
        plan.variables.iter().filter(|(_, variable)| variable.is_external && variable.value.is_none());
    let variables: BTreeMap<String, String> =
        variables.map(|(name, _)| (name.clone(), "1".to_owned())).collect();
    let act = Act::Started {
        playbook: plan.id.clone(),
        digest: plan.digest,
        variables,
        clock: Clock::real(),
        depth: 0,
    };
    let mut now = 1_793_700_000_000;
    let start = Entry { id: "s".into(), mode: Mode::Real, at: now, by: None, act };
    let Ok(mut run) = Run::start(plan, &start, limits) else { return };
    let mut all = vec![start];
    for (number, choice) in choices.iter().take(200).enumerate() {
        now += i64::from(*choice) * 1_000;
        let todo = run.todo(plan, now);
        if todo.is_empty() {
            break;
        }
        let one = &todo[usize::from(*choice) % todo.len()];
        let by = || {
            let agent = one.agent.or((!plan.agents.is_empty()).then_some(0))?;
            Some(By { person: format!("p{}", choice % 3), role: plan.agents[agent].role.clone() })
        };
        let place = one.place.clone().unwrap_or_else(|| scr_playbooks::run::Place::at(0));
        let (by, act) = match &one.what {
            What::Evaluate(answer) => (None, Act::Evaluated { place, answer: answer.clone() }),
            What::TimeOut => (None, Act::TimedOut { place }),
            What::GoOn => (None, Act::Begun { place }),
            What::Close(ending) => (None, Act::Ended { ending: *ending }),
            What::Countersign => (by(), Act::Countersigned { place }),
            What::SetVariables(names) => {
                (by(), Act::VariableSet { name: names[0].clone(), value: "1".into() })
            }
            _ if choice % 5 == 0 => (by(), Act::Refused { place, reason: "no".into() }),
            _ => {
                let names = &plan.steps[place.step()].returns;
                let outputs = names.iter().map(|name| (name.clone(), "1".to_owned())).collect();
                (by(), Act::Done { place, evidence: Some(plan.digest), note: Some("x".into()), outputs })
            }
        };
        let entry = Entry { id: number.to_string(), mode: Mode::Real, at: now.max(one.from), by, act };
        let before = run.clone();
        match run.apply(plan, &entry) {
            Ok(_) => all.push(entry),
            Err(_) => assert_eq!(before, run),
        }
    }
    assert_eq!(Run::fold(plan, &all, limits).as_ref(), Ok(&run));
}
