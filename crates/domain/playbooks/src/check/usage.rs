//! What steps refer to: variables, agents, targets, definitions, conditions, our extension, and what is run of them.

use super::semantics::texts;
use crate::condition::Condition;
use crate::extension::{self, AgentExtension, EXTENSION_ID, PlaybookExtension, StepExtension};
use crate::finding::{Code, Findings};
use crate::forms;
use crate::graph::{Graph, StepKind};
use crate::limits::Limits;
use crate::playbook::Playbook;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Variables that a step reads and writes.
#[derive(Default, Clone)]
struct Use {
    reads: BTreeSet<String>,
    writes: BTreeSet<String>,
}

pub(super) fn check(found: &mut Findings, playbook: &Playbook, graph: &Graph, limits: &Limits) {
    let mut uses: BTreeMap<&str, Use> = BTreeMap::new();
    found.at("workflow", |found| {
        for (id, step) in playbook.dictionary("workflow") {
            let Some(step) = step.as_object() else { continue };
            uses.insert(id, found.at(id, |found| one_step(found, playbook, step, limits)));
        }
        together(found, graph, &uses);
    });
    for dictionary in ["agent_definitions", "target_definitions"] {
        found.at(dictionary, |found| {
            for (id, agent) in playbook.dictionary(dictionary) {
                found.at(id, |found| self::agent(found, playbook, agent));
            }
        });
    }
    found.at("markings", |found| {
        for (at, id) in texts(playbook.members(), "markings").enumerate() {
            defined(found, playbook, &at.to_string(), "data_marking_definitions", Some(id));
        }
    });
    extensions(found, playbook, playbook.members(), "playbook_extensions");
    let own: Result<PlaybookExtension, String> =
        extension::read(Some(&playbook.value()), "playbook_extensions");
    let languages = |own: PlaybookExtension| {
        let language = own.language.filter(|language| !extension::is_language(language));
        language.map(|_| "language: none".to_owned()).or_else(|| extension::language_trouble(&own.texts))
    };
    if let Some(trouble) = own.map_or_else(Some, languages) {
        in_extension(found, "playbook_extensions", &trouble);
    }
}

fn in_extension(found: &mut Findings, extensions: &str, trouble: &str) {
    found.at(extensions, |found| {
        found.at(EXTENSION_ID, |found| found.say(Code::BadExtension, "wanted", trouble))
    });
}

/// A definition that is referred to.
fn defined(found: &mut Findings, playbook: &Playbook, at: &str, dictionary: &str, id: Option<&str>) {
    if let Some(id) = id.filter(|id| playbook.entry(dictionary, id).is_none()) {
        let code = match dictionary {
            "agent_definitions" => Code::AgentMissing,
            "target_definitions" => Code::TargetMissing,
            _ => Code::DefinitionMissing,
        };
        found.at(at, |found| found.say(code, "value", id));
    }
}

fn extensions(found: &mut Findings, playbook: &Playbook, holder: &Map<String, Value>, name: &str) {
    let used = holder.get(name).and_then(Value::as_object).into_iter().flatten();
    found.at(name, |found| {
        for (id, _) in used {
            defined(found, playbook, id, "extension_definitions", Some(id));
        }
    });
}

fn agent(found: &mut Findings, playbook: &Playbook, agent: &Value) {
    let Some(members) = agent.as_object() else { return };
    let authentication = members.get("authentication_info").and_then(Value::as_str);
    defined(found, playbook, "authentication_info", "authentication_info_definitions", authentication);
    extensions(found, playbook, members, "agent_target_extensions");
    let own: Result<AgentExtension, String> = extension::read(Some(agent), "agent_target_extensions");
    match own {
        Err(trouble) => in_extension(found, "agent_target_extensions", &trouble),
        Ok(own) => {
            let role = own.role.as_deref().filter(|role| !extension::is_role(role));
            if let Some(trouble) =
                role.map(|_| "role".to_owned()).or_else(|| extension::language_trouble(&own.texts))
            {
                in_extension(found, "agent_target_extensions", &trouble);
            }
            defined(
                found,
                playbook,
                "agent_target_extensions",
                "agent_definitions",
                own.reports_to.as_deref(),
            );
        }
    }
}

fn one_step(found: &mut Findings, playbook: &Playbook, step: &Map<String, Value>, limits: &Limits) -> Use {
    let kind = step.get("type").and_then(Value::as_str).unwrap_or_default();
    let mut uses = Use::default();
    extensions(found, playbook, step, "step_extensions");
    let own: Result<StepExtension, String> =
        extension::read(Some(&Value::Object(step.clone())), "step_extensions");
    match own {
        Err(trouble) => in_extension(found, "step_extensions", &trouble),
        Ok(own) => {
            if let Some(trouble) = own.trouble(kind == StepKind::While.as_str(), limits.turns) {
                in_extension(found, "step_extensions", &trouble);
            }
            if let Some(agent) = &own.sign_off_agent
                && (!extension::is_agent(agent) || playbook.entry("agent_definitions", agent).is_none())
            {
                found.at("step_extensions", |found| found.say(Code::RoleMissing, "value", agent));
            }
            let is_bounded = own.max_turns.is_some() || step.contains_key("timeout");
            if kind == StepKind::While.as_str() && !is_bounded {
                found.add(Code::UnboundedLoop, Vec::new());
            }
        }
    }
    refers(found, playbook, step, kind, &mut uses);
    asks(found, playbook, step, kind, &mut uses);
    uses
}

/// Agents, targets, commands, arguments.
fn refers(found: &mut Findings, playbook: &Playbook, step: &Map<String, Value>, kind: &str, uses: &mut Use) {
    let text = |name: &str| step.get(name).and_then(Value::as_str);
    if kind == StepKind::Action.as_str() {
        defined(found, playbook, "agent", "agent_definitions", text("agent"));
        let agent = text("agent").and_then(|id| playbook.entry("agent_definitions", id));
        found.at("agent", |found| used_in(found, playbook, step, agent, uses));
        found.at("targets", |found| {
            for (at, id) in texts(step, "targets").enumerate() {
                defined(found, playbook, &at.to_string(), "target_definitions", Some(id));
                let target = playbook.entry("target_definitions", id);
                found.at(&at.to_string(), |found| used_in(found, playbook, step, target, uses));
            }
        });
        found.at("commands", |found| {
            let commands = step.get("commands").and_then(Value::as_array).into_iter().flatten();
            for (at, command) in commands.enumerate() {
                found.at(&at.to_string(), |found| {
                    used_in(found, playbook, step, Some(command), uses);
                    runs(found, command);
                });
            }
        });
    }
    for (list, is_written) in [("in_args", false), ("out_args", true)] {
        found.at(list, |found| {
            for (at, name) in texts(step, list).enumerate() {
                found.at(&at.to_string(), |found| is_defined(found, playbook, step, name));
                // What is local to the step concerns nobody else.
                if !is_local(step, name) {
                    let set = if is_written { &mut uses.writes } else { &mut uses.reads };
                    set.insert(name.to_owned());
                }
            }
        });
    }
}

/// What is run of a command.
fn runs(found: &mut Findings, command: &Value) {
    let text = |name: &str| command.get(name).and_then(Value::as_str);
    match text("type") {
        Some("manual") | None => {}
        Some("http-api") => {
            if let Err(error) = crate::http::StartLine::parse(text("command").unwrap_or_default()) {
                found.at("command", |found| found.say(Code::BadRequest, "wanted", &error.to_string()));
            }
        }
        Some(other) => found.say(Code::NotExecuted, "value", other),
    }
}

/// Conditions and what a switch asks for.
fn asks(found: &mut Findings, playbook: &Playbook, step: &Map<String, Value>, kind: &str, uses: &mut Use) {
    let name = if kind == StepKind::Switch.as_str() { "switch" } else { "condition" };
    let has = [StepKind::If, StepKind::While, StepKind::Switch].iter().any(|asking| asking.as_str() == kind);
    let Some(text) = step.get(name).and_then(Value::as_str).filter(|_| has) else { return };
    let names = if name == "switch" {
        switch_variable(text).map(|name| vec![name.to_owned()]).ok_or_else(|| "__name__:value".to_owned())
    } else {
        Condition::parse(text)
            .map(|condition| condition.variables().to_vec())
            .map_err(|error| error.to_string())
    };
    found.at(name, |found| match names {
        Err(wanted) => found.say(Code::BadCondition, "wanted", &wanted),
        Ok(names) => {
            for name in names {
                is_defined(found, playbook, step, &name);
                if !is_local(step, &name) {
                    uses.reads.insert(name);
                }
            }
        }
    });
}

/// The variable of a switch, with `:value` or without.
pub(crate) fn switch_variable(text: &str) -> Option<&str> {
    let name = text.trim();
    let name = name.strip_suffix(":value").unwrap_or(name);
    forms::is_variable(name).then_some(name)
}

/// Every `__name__:value` in the texts of a value.
fn used_in(
    found: &mut Findings,
    playbook: &Playbook,
    step: &Map<String, Value>,
    value: Option<&Value>,
    uses: &mut Use,
) {
    let mut names = BTreeSet::new();
    // No deeper than the file's own limit on nesting.
    fn collect<'a>(value: &'a Value, names: &mut BTreeSet<&'a str>) {
        match value {
            Value::String(text) => names.extend(forms::variables_in(text)),
            Value::Array(items) => items.iter().for_each(|item| collect(item, names)),
            Value::Object(members) => members.values().for_each(|member| collect(member, names)),
            _ => {}
        }
    }
    if let Some(value) = value {
        collect(value, &mut names);
    }
    for name in names {
        is_defined(found, playbook, step, name);
        if !is_local(step, name) {
            uses.reads.insert(name.to_owned());
        }
    }
}

fn is_local(step: &Map<String, Value>, name: &str) -> bool {
    step.get("step_variables").is_some_and(|own| own.get(name).is_some())
}

fn is_defined(found: &mut Findings, playbook: &Playbook, step: &Map<String, Value>, name: &str) {
    if !is_local(step, name) && playbook.entry("playbook_variables", name).is_none() {
        found.say(Code::VariableMissing, "value", name);
    }
}

/// What branches do to each other's variables, and loops to their own.
fn together(found: &mut Findings, graph: &Graph, uses: &BTreeMap<&str, Use>) {
    let mut totals: Vec<Use> = vec![Use::default(); graph.scopes.len()];
    for node in &graph.nodes {
        if let (Some(scope), Some(own)) = (node.scope, uses.get(node.id.as_str())) {
            totals[scope].reads.extend(own.reads.iter().cloned());
            totals[scope].writes.extend(own.writes.iter().cloned());
        }
    }
    // A scope stands behind the one around it.
    for at in (0..graph.scopes.len()).rev() {
        if let Some(parent) = graph.scopes[at].parent {
            let inner = totals[at].clone();
            totals[parent].reads.extend(inner.reads);
            totals[parent].writes.extend(inner.writes);
        }
    }
    let none = Use::default();
    for (at, node) in graph.nodes.iter().enumerate() {
        let branch = |number: usize| graph.branch(at, number).map_or(&none, |scope| &totals[scope]);
        if node.kind == StepKind::Parallel {
            let mut races: BTreeSet<&str> = BTreeSet::new();
            for one in 0..node.branches.len() {
                for other in (0..node.branches.len()).filter(|other| *other != one) {
                    let touched = |name: &&String| {
                        branch(other).writes.contains(*name) || branch(other).reads.contains(*name)
                    };
                    races.extend(branch(one).writes.iter().filter(touched).map(String::as_str));
                }
            }
            for name in races {
                found.at(&node.id, |found| found.say(Code::VariableRace, "value", name));
            }
        }
        if let (StepKind::While, Some(own)) = (node.kind, uses.get(node.id.as_str()))
            && own.reads.is_disjoint(&branch(0).writes)
        {
            found.at(&node.id, |found| found.add(Code::LoopChangesNothing, Vec::new()));
        }
    }
}
