//! What leads to a step: taking a step out of the flow and putting it in.

use super::{EditError, Where};
use serde_json::{Map, Value};

const FLOWS: [&str; 3] = ["on_completion", "on_success", "on_failure"];

fn workflow(members: &mut Map<String, Value>) -> Option<&mut Map<String, Value>> {
    members.get_mut("workflow")?.as_object_mut()
}

/// The property by which a step goes on when things went well.
fn main_flow(step: &Map<String, Value>) -> Option<&'static str> {
    ["on_success", "on_completion"].into_iter().find(|name| step.contains_key(*name))
}

/// Lets everything that leads to a step lead to what follows it. The step itself stays, led to by nothing.
pub(super) fn unlink(members: &mut Map<String, Value>, id: &str) -> Result<(), EditError> {
    let wrong = || EditError::NotMovable(id.to_owned());
    let steps = workflow(members).ok_or_else(wrong)?;
    let step = steps.get(id).and_then(Value::as_object).ok_or_else(|| EditError::NoStep(id.to_owned()))?;
    if !matches!(step.get("type").and_then(Value::as_str), Some("action" | "playbook-action")) {
        return Err(wrong());
    }
    let next =
        main_flow(step).and_then(|name| step.get(name)?.as_str()).map(str::to_owned).ok_or_else(wrong)?;
    if next == id {
        return Err(wrong());
    }
    for (_, other) in steps.iter_mut().filter(|(other, _)| *other != id) {
        let Value::Object(other) = other else { continue };
        for name in FLOWS.into_iter().chain(["on_true", "on_false"]) {
            redirect(other.get_mut(name), id, &next);
        }
        for name in ["next_steps", "cases"] {
            match other.get_mut(name) {
                Some(Value::Array(list)) => list.iter_mut().for_each(|one| redirect(Some(one), id, &next)),
                Some(Value::Object(cases)) => {
                    cases.values_mut().for_each(|one| redirect(Some(one), id, &next))
                }
                _ => {}
            }
        }
    }
    redirect(members.get_mut("workflow_exception"), id, &next);
    Ok(())
}

fn redirect(pointer: Option<&mut Value>, from: &str, to: &str) {
    if let Some(pointer) = pointer.filter(|pointer| pointer.as_str() == Some(from)) {
        *pointer = to.into();
    }
}

/// Puts a step that nothing leads to into the flow.
pub(super) fn link(members: &mut Map<String, Value>, id: &str, place: &Where) -> Result<(), EditError> {
    let (holder, label) = match place {
        Where::After(step) => (step, None),
        Where::Branch(step, label) => (step, Some(label.as_str())),
    };
    let wrong = || EditError::NoPlace(holder.clone());
    let steps = workflow(members).ok_or_else(wrong)?;
    if holder == id {
        return Err(wrong());
    }
    let step = steps
        .get_mut(holder)
        .and_then(Value::as_object_mut)
        .ok_or_else(|| EditError::NoStep(holder.clone()))?;
    let pointer = match label {
        None => main_flow(step).and_then(|name| step.get_mut(name)),
        Some(label) => branch(step, label),
    };
    let pointer = pointer.ok_or_else(wrong)?;
    let next = std::mem::replace(pointer, id.into());
    let own =
        steps.get_mut(id).and_then(Value::as_object_mut).ok_or_else(|| EditError::NoStep(id.to_owned()))?;
    let flow = main_flow(own).unwrap_or("on_completion");
    own.insert(flow.to_owned(), next);
    Ok(())
}

/// Lets one way out of a step lead elsewhere, or takes it away.
pub(super) fn set(
    members: &mut Map<String, Value>,
    id: &str,
    exit: &str,
    to: Option<&str>,
) -> Result<(), EditError> {
    let wrong = || EditError::NoPlace(exit.to_owned());
    let steps = workflow(members).ok_or_else(wrong)?;
    if let Some(to) = to.filter(|to| !steps.contains_key(*to)) {
        return Err(EditError::NoStep(to.to_owned()));
    }
    let step =
        steps.get_mut(id).and_then(Value::as_object_mut).ok_or_else(|| EditError::NoStep(id.to_owned()))?;
    match exit.split_once('/') {
        Some(("next_steps", number)) => {
            let list = step.entry("next_steps").or_insert_with(|| Value::Array(Vec::new()));
            let list = list.as_array_mut().ok_or_else(wrong)?;
            let at = number.parse::<usize>().ok().filter(|at| *at <= list.len()).ok_or_else(wrong)?;
            match (to, at == list.len()) {
                (Some(to), true) => list.push(to.into()),
                (Some(to), false) => list[at] = to.into(),
                (None, false) => drop(list.remove(at)),
                (None, true) => return Err(wrong()),
            }
        }
        Some(("cases", case)) => {
            let cases = step.entry("cases").or_insert_with(|| Value::Object(Map::new()));
            super::steps::set(cases.as_object_mut().ok_or_else(wrong)?, case, to.map(Value::from));
        }
        None if FLOWS.contains(&exit) || ["on_true", "on_false"].contains(&exit) => {
            super::steps::set(step, exit, to.map(Value::from));
        }
        _ => return Err(wrong()),
    }
    Ok(())
}

fn branch<'a>(step: &'a mut Map<String, Value>, label: &str) -> Option<&'a mut Value> {
    match step.get("type")?.as_str()? {
        "parallel" => step.get_mut("next_steps")?.get_mut(label.parse::<usize>().ok()?),
        "switch-condition" => step.get_mut("cases")?.get_mut(label),
        _ => step.get_mut(match label {
            "true" => "on_true",
            "false" => "on_false",
            _ => return None,
        }),
    }
}
