//! Playbooks made for a test.

use scr_playbooks::EXTENSION_ID;
use serde_json::{Map, Value, json};

pub(crate) fn id(kind: &str, number: usize) -> String {
    format!("{kind}--00000000-0000-4000-8000-{number:012x}")
}

/// A chain of steps, each as an object without its link; `more` is put into the playbook.
pub(crate) fn playbook(steps: Vec<Value>, more: Value) -> Vec<u8> {
    let mut workflow = Map::new();
    let end = id("end", 99);
    workflow.insert(end.clone(), json!({"type": "end"}));
    let mut next = end;
    let agent = id("group", 1);
    for (at, mut step) in steps.into_iter().enumerate().rev() {
        let kind = step["type"].as_str().unwrap_or("action").to_owned();
        step["type"] = json!(kind);
        if kind == "action" && step.get("agent").is_none() {
            step["agent"] = json!(agent);
        }
        if step.get("on_success").is_none() {
            step["on_completion"] = json!(next);
        }
        let own = id(&kind, at + 1);
        workflow.insert(own.clone(), step);
        next = own;
    }
    let start = id("start", 98);
    workflow.insert(start.clone(), json!({"type": "start", "on_completion": next}));
    let mut value = json!({
        "type": "playbook", "spec_version": "cacao-2.0", "id": id("playbook", 1), "name": "Made for a test",
        "created_by": id("identity", 1), "created": "2026-11-01T00:00:00.000Z",
        "modified": "2026-11-01T00:00:00.000Z", "workflow_start": start, "workflow": workflow,
        "agent_definitions": {agent: {"type": "group", "name": "Office"}},
        "extension_definitions": {EXTENSION_ID: {"type": "extension-definition", "name": "ours",
            "created_by": id("identity", 1), "schema": "x", "version": "1"}},
    });
    let Value::Object(more) = more else { return Vec::new() };
    for (name, part) in more {
        value[name] = part;
    }
    value.to_string().into_bytes()
}

pub(crate) fn manual(name: &str) -> Value {
    json!({"type": "action", "name": name, "commands": [{"type": "manual", "command": "do it"}]})
}

/// A step that asks `host` by `POST /tickets`.
pub(crate) fn request() -> Value {
    json!({"type": "action", "name": "Open a ticket", "targets": [id("http-api", 5)],
        "commands": [{"type": "http-api", "command": "POST /tickets HTTP/1.1",
            "headers": {"Content-Type": ["application/json"]}, "content": "{\"title\": \"help\"}"}]})
}

pub(crate) fn target(host: &str, port: u16) -> Value {
    json!({"target_definitions": {id("http-api", 5): {"type": "http-api", "name": "tickets",
        "address": {"ipv4": [host]}, "port": port.to_string()}}})
}
