//! Steps, agents and texts as values.

use super::{EditError, NewStep, Where, define_extension, links, put_extension};
use crate::extension::{EXTENSION_ID, is_language};
use crate::forms;
use serde_json::{Map, Value, json};

/// The members of a step.
pub(super) fn step<'a>(
    members: &'a mut Map<String, Value>,
    id: &str,
) -> Result<&'a mut Map<String, Value>, EditError> {
    members
        .get_mut("workflow")
        .and_then(|workflow| workflow.get_mut(id)?.as_object_mut())
        .ok_or_else(|| EditError::NoStep(id.to_owned()))
}

/// Sets a member, or takes it out.
pub(super) fn set(members: &mut Map<String, Value>, name: &str, value: Option<Value>) {
    match value {
        Some(value) => {
            members.insert(name.to_owned(), value);
        }
        None => {
            members.remove(name);
        }
    }
}

pub(super) fn add(members: &mut Map<String, Value>, new: &NewStep, place: &Where) -> Result<(), EditError> {
    let steps = members.get_mut("workflow").and_then(Value::as_object_mut);
    let steps = steps.ok_or_else(|| EditError::NoPlace("workflow".to_owned()))?;
    if forms::type_of(&new.id) != Some("action") || steps.contains_key(&new.id) {
        return Err(EditError::Id(new.id.clone()));
    }
    steps.insert(
        new.id.clone(),
        json!({
            "type": "action",
            "name": new.name,
            "agent": new.agent,
            "commands": [{"type": "manual", "command": new.instruction}],
        }),
    );
    links::link(members, &new.id, place)
}

pub(super) fn drop_step(members: &mut Map<String, Value>, id: &str) {
    if let Some(Value::Object(steps)) = members.get_mut("workflow") {
        steps.remove(id);
    }
}

pub(super) fn put_agent(
    members: &mut Map<String, Value>,
    id: &str,
    name: &str,
    role: Option<&str>,
    reports_to: Option<&str>,
) -> Result<(), EditError> {
    let kind = forms::type_of(id).filter(|kind| matches!(*kind, "group" | "individual" | "organization"));
    let kind = kind.ok_or_else(|| EditError::Id(id.to_owned()))?;
    let agents = members.entry("agent_definitions").or_insert_with(|| json!({}));
    let agent =
        agents.as_object_mut().map(|agents| agents.entry(id).or_insert_with(|| json!({"type": kind})));
    let agent = agent.and_then(Value::as_object_mut).ok_or_else(|| EditError::Id(id.to_owned()))?;
    agent.insert("name".to_owned(), name.into());
    put_extension(agent, "agent_target_extensions", "role", role.map(Value::from));
    put_extension(agent, "agent_target_extensions", "reports_to", reports_to.map(Value::from));
    if role.is_some() || reports_to.is_some() {
        define_extension(members);
    }
    Ok(())
}

/// Texts that are to be set.
pub(super) struct NewTexts<'a> {
    pub(super) name: &'a Option<String>,
    pub(super) description: &'a Option<String>,
    pub(super) commands: &'a Option<Vec<String>>,
}

pub(super) fn set_text(
    members: &mut Map<String, Value>,
    step_id: Option<&str>,
    language: Option<&str>,
    texts: &NewTexts<'_>,
) -> Result<(), EditError> {
    if step_id.is_none() && texts.commands.is_some() {
        return Err(EditError::Text("a playbook has no commands of its own"));
    }
    let Some(language) = language else {
        let holder = match step_id {
            Some(id) => step(members, id)?,
            None => members,
        };
        return own_text(holder, texts);
    };
    if !is_language(language) {
        return Err(EditError::Text("a language is written fr, or pt-BR"));
    }
    let (holder, extensions) = match step_id {
        Some(id) => (step(members, id)?, "step_extensions"),
        None => (&mut *members, "playbook_extensions"),
    };
    let own = holder.get(extensions).and_then(|all| all.get(EXTENSION_ID)?.get("texts")?.as_object());
    let mut all = own.cloned().unwrap_or_default();
    let mut one = all.get(language).and_then(Value::as_object).cloned().unwrap_or_default();
    for (name, text) in [("name", texts.name), ("description", texts.description)] {
        if let Some(text) = text {
            one.insert(name.to_owned(), text.as_str().into());
        }
    }
    if let Some(commands) = texts.commands {
        one.insert("commands".to_owned(), json!(commands));
    }
    all.insert(language.to_owned(), Value::Object(one));
    put_extension(holder, extensions, "texts", Some(Value::Object(all)));
    define_extension(members);
    Ok(())
}

/// Texts in the playbook's own language.
fn own_text(holder: &mut Map<String, Value>, texts: &NewTexts<'_>) -> Result<(), EditError> {
    for (name, text) in [("name", texts.name), ("description", texts.description)] {
        if let Some(text) = text {
            holder.insert(name.to_owned(), text.as_str().into());
        }
    }
    let Some(new) = texts.commands else { return Ok(()) };
    let commands = holder.get_mut("commands").and_then(Value::as_array_mut);
    let commands = commands.ok_or(EditError::Text("the step has no commands"))?;
    let is_manual = |command: &Value| command.get("type").and_then(Value::as_str) == Some("manual");
    if commands.len() != new.len() || !commands.iter().all(is_manual) {
        return Err(EditError::Text("texts are set for manual commands, one for each"));
    }
    for (command, text) in commands.iter_mut().zip(new) {
        if let Value::Object(command) = command {
            command.remove("command_b64");
            command.insert("command".to_owned(), text.as_str().into());
        }
    }
    Ok(())
}
