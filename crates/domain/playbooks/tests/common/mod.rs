//! Playbooks and runs for tests.

use proptest::prelude::*;
use scr_playbooks::run::{Act, By, Clock, Entry, Mode, Place, Run, Todo, What};
use scr_playbooks::{EXTENSION_ID, Limits, Plan, Playbook};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

pub(crate) const T0: i64 = 1_793_700_000_000;

pub(crate) fn id(kind: &str, number: usize) -> String {
    format!("{kind}--00000000-0000-4000-8000-{number:012x}")
}

/// A workflow as it grows.
#[derive(Debug, Clone)]
pub(crate) enum Part {
    /// A manual step: signed by two, with a timeout in minutes, with something to follow its failure.
    Act {
        double: bool,
        timeout: Option<u32>,
        caught: bool,
    },
    Parallel(Vec<Vec<Part>>),
    If(Vec<Part>, Option<Vec<Part>>),
    Switch(Vec<Vec<Part>>),
    While(u64, Vec<Part>),
}

pub(crate) fn parts() -> impl Strategy<Value = Vec<Part>> {
    let act = (any::<bool>(), prop::option::of(1_u32..200), any::<bool>())
        .prop_map(|(double, timeout, caught)| Part::Act { double, timeout, caught });
    let part = act.prop_recursive(3, 24, 3, |inner| {
        let list = || prop::collection::vec(inner.clone(), 0..3);
        prop_oneof![
            prop::collection::vec(list(), 2..4).prop_map(Part::Parallel),
            (list(), prop::option::of(list())).prop_map(|(one, other)| Part::If(one, other)),
            prop::collection::vec(list(), 1..3).prop_map(Part::Switch),
            (1_u64..4, list()).prop_map(|(bound, body)| Part::While(bound, body)),
        ]
    });
    prop::collection::vec(part, 1..5)
}

/// Makes a playbook of parts.
#[derive(Default)]
pub(crate) struct Maker {
    pub(crate) steps: Map<String, Value>,
    pub(crate) variables: Map<String, Value>,
    next: usize,
}

impl Maker {
    fn new_id(&mut self, kind: &str) -> String {
        self.next += 1;
        id(kind, self.next)
    }

    fn variable(&mut self, kind: &str) -> String {
        let name = format!("__v{}__", self.variables.len());
        self.variables.insert(name.clone(), json!({"type": kind}));
        name
    }

    /// A chain of parts up to an end step of its own; gives its first step.
    pub(crate) fn chain(&mut self, parts: &[Part]) -> String {
        let mut next = self.new_id("end");
        self.steps.insert(next.clone(), json!({"type": "end"}));
        for part in parts.iter().rev() {
            next = self.part(part, &next);
        }
        next
    }

    fn act(&mut self, next: &str, returns: Option<&str>) -> String {
        let id = self.new_id("action");
        let mut step = json!({
            "type": "action", "agent": AGENT, "on_completion": next,
            "commands": [{"type": "manual", "command": "do it"}],
        });
        if let Some(name) = returns {
            step["out_args"] = json!([name]);
        }
        self.steps.insert(id.clone(), step);
        id
    }

    fn part(&mut self, part: &Part, next: &str) -> String {
        match part {
            Part::Act { double, timeout, caught } => {
                let id = self.act(next, None);
                let step = self.steps.get_mut(&id).unwrap();
                if *double {
                    step["step_extensions"] = json!({EXTENSION_ID: {"sign_off": 2, "deadline": 60_000}});
                }
                if let Some(minutes) = timeout {
                    step["timeout"] = json!(minutes * 60_000);
                }
                if *caught {
                    let step = step.as_object_mut().unwrap();
                    step.remove("on_completion");
                    step.insert("on_success".into(), next.into());
                    step.insert("on_failure".into(), next.into());
                }
                id
            }
            Part::Parallel(branches) => {
                let entries: Vec<String> = branches.iter().map(|branch| self.chain(branch)).collect();
                self.put("parallel", json!({"next_steps": entries, "on_completion": next}))
            }
            Part::If(one, other) => {
                let name = self.variable("bool");
                let mut step = json!({"condition": format!("{name}:value = true"), "on_completion": next});
                step["on_true"] = self.chain(one).into();
                if let Some(other) = other {
                    step["on_false"] = self.chain(other).into();
                }
                let asks = self.put("if-condition", step);
                self.act(&asks, Some(&name))
            }
            Part::Switch(branches) => {
                let name = self.variable("string");
                let mut cases = Map::new();
                for (at, branch) in branches.iter().enumerate() {
                    cases.insert(format!("case{at}"), self.chain(branch).into());
                }
                let step = json!({"switch": format!("{name}:value"), "cases": cases, "on_completion": next});
                let asks = self.put("switch-condition", step);
                self.act(&asks, Some(&name))
            }
            Part::While(bound, body) => self.turns(*bound, body, next),
        }
    }

    fn turns(&mut self, bound: u64, body: &[Part], next: &str) -> String {
        let name = self.variable("integer");
        let end = self.new_id("end");
        self.steps.insert(end.clone(), json!({"type": "end"}));
        let mut entry = self.act(&end, Some(&name));
        for part in body.iter().rev() {
            entry = self.part(part, &entry);
        }
        let step = json!({
            "condition": format!("{name}:value > 0"), "on_true": entry,
            "on_success": next, "on_failure": next,
            "step_extensions": {EXTENSION_ID: {"max_turns": bound}},
        });
        let asks = self.put("while-condition", step);
        self.act(&asks, Some(&name))
    }

    fn put(&mut self, kind: &str, mut step: Value) -> String {
        let id = self.new_id(kind);
        step["type"] = kind.into();
        self.steps.insert(id.clone(), step);
        id
    }
}

pub(crate) const AGENT: &str = "group--00000000-0000-4000-8000-00000000aaaa";

pub(crate) fn playbook_of(parts: &[Part], exception: bool) -> Playbook {
    let mut maker = Maker::default();
    let first = maker.chain(parts);
    // A workflow has an action, whatever its parts are.
    let first = maker.act(&first, None);
    let start = maker.put("start", json!({"on_completion": first}));
    let mut value = json!({
        "type": "playbook", "spec_version": "cacao-2.0", "id": id("playbook", 1), "name": "made",
        "created_by": id("identity", 1), "created": "2026-11-01T00:00:00.000Z", "modified": "2026-11-01T00:00:00.000Z",
        "workflow_start": start,
        "agent_definitions": {AGENT: {"type": "group", "name": "office"}},
        "extension_definitions": {EXTENSION_ID: {
            "type": "extension-definition", "name": "ours", "created_by": id("identity", 1), "schema": "x", "version": "1",
        }},
    });
    if exception {
        let end = maker.new_id("end");
        maker.steps.insert(end.clone(), json!({"type": "end"}));
        value["workflow_exception"] = maker.act(&end, None).into();
    }
    value["playbook_variables"] = Value::Object(maker.variables);
    value["workflow"] = Value::Object(maker.steps);
    Playbook::from_value(&value, &Limits::default()).unwrap()
}

pub(crate) fn plan_of(playbook: &Playbook) -> Plan {
    Plan::of(playbook, &Limits::default()).unwrap_or_else(|report| panic!("{report:#?}"))
}

pub(crate) fn person(plan: &Plan, agent: Option<usize>, name: &str) -> Option<By> {
    let agent = agent.unwrap_or(0);
    Some(By { person: name.into(), role: plan.agents[agent].role.clone() })
}

pub(crate) fn start_of(plan: &Plan, variables: BTreeMap<String, String>) -> Entry {
    let act = Act::Started {
        playbook: plan.id.clone(),
        digest: plan.digest,
        variables,
        clock: Clock::real(),
        depth: 0,
    };
    Entry { id: "start".into(), mode: Mode::Real, at: T0, by: None, act }
}

/// A value of a type, by a number.
fn value_of(kind: &str, number: u64) -> String {
    match kind {
        "bool" => number.is_multiple_of(2).to_string(),
        "integer" => (number % 3).to_string(),
        _ => format!("case{}", number % 3),
    }
}

/// What somebody does about one thing that is to be done. `number` decides what; 0 to 6 go well.
pub(crate) fn answer(plan: &Plan, todo: &Todo, at: i64, name: &str, number: u64) -> Entry {
    let place = todo.place.clone().unwrap_or_else(|| Place::at(0));
    let (by, act) = match &todo.what {
        What::Act | What::Carry | What::Request => {
            let step = &plan.steps[place.step()];
            let kind =
                |name: &String| step.variables.get(name).or(plan.variables.get(name)).unwrap().kind.clone();
            let outputs = step.returns.iter().map(|name| (name.clone(), value_of(&kind(name), number / 16)));
            let by = person(plan, todo.agent, "ann");
            if number % 16 == 15 {
                (by, Act::Refused { place, reason: "no".into() })
            } else if number % 16 == 14 {
                (by, Act::Begun { place })
            } else {
                let digest = Some(plan.digest);
                (
                    by,
                    Act::Done {
                        place,
                        evidence: digest,
                        note: Some("done".into()),
                        outputs: outputs.collect(),
                    },
                )
            }
        }
        What::Countersign => {
            let by = person(plan, todo.agent, "bob");
            if number % 16 == 15 {
                (by, Act::SentBack { place, reason: "again".into() })
            } else {
                (by, Act::Countersigned { place })
            }
        }
        What::Evaluate(answer) => (None, Act::Evaluated { place, answer: answer.clone() }),
        What::SetVariables(names) => {
            let kind = plan.variables[&names[0]].kind.clone();
            let act = Act::VariableSet { name: names[0].clone(), value: value_of(&kind, number) };
            (person(plan, None, "ann"), act)
        }
        What::StartPlaybook { .. } => {
            let ending = scr_playbooks::run::Ending::Completed;
            (None, Act::ChildEnded { place, run: "child".into(), ending, outputs: BTreeMap::new() })
        }
        What::GoOn => (None, Act::Begun { place }),
        What::TimeOut => (None, Act::TimedOut { place }),
        What::Close(ending) => (None, Act::Ended { ending: *ending }),
    };
    Entry { id: name.into(), mode: Mode::Real, at, by, act }
}

/// Goes on until nothing is to be done; gives what happened. `choices` picks among what is to be done.
pub(crate) fn walk(
    plan: &Plan,
    run: &mut Run,
    mut now: i64,
    choices: &mut impl FnMut() -> u64,
) -> (Vec<Entry>, i64) {
    let mut entries = Vec::new();
    for number in 0.. {
        assert!(number < 50_000, "the run does not end");
        now += 1_000 + i64::try_from(choices() % 5_000).unwrap();
        let todo = run.todo(plan, now);
        if todo.is_empty() {
            break;
        }
        let one = &todo[usize::try_from(choices() % todo.len() as u64).unwrap()];
        now = now.max(one.from);
        let entry = answer(plan, one, now, &format!("e{number}"), choices());
        if matches!(entry.act, Act::Begun { .. }) && one.begun_by.is_some() {
            continue;
        }
        run.apply(plan, &entry).unwrap_or_else(|refusal| panic!("{refusal}: {entry:?}"));
        entries.push(entry);
    }
    (entries, now)
}
