//! JSON over HTTPS by a template: what most commercial gateways take.

use super::http::{Agent, status};
use super::{Outcome, Ready, Reason, address};
use crate::send::gateway::Settings;
use serde_json::Value;
use ureq::http::{HeaderName, HeaderValue, Request, header};

/// What a template may hold.
const PLACEHOLDERS: [&str; 4] = ["to", "text", "reference", "callback"];
/// Largest template, in bytes; deepest.
const MAX_TEMPLATE: usize = 4_000;
const MAX_DEPTH: u8 = 8;

/// Reads a template: a JSON document with `{to}` and `{text}` in its texts and no other placeholders than those we know.
/// What is put in is put into texts, so that it can never become anything else.
pub(crate) fn check_template(template: &str) -> Option<Value> {
    if template.len() > MAX_TEMPLATE {
        return None;
    }
    let value: Value = serde_json::from_str(template).ok()?;
    let mut found = Vec::new();
    collect(&value, MAX_DEPTH, &mut found)?;
    let is_known = found.iter().all(|name| PLACEHOLDERS.contains(&name.as_str()));
    let has = |name: &str| found.iter().any(|one| one == name);
    (is_known && has("to") && has("text")).then_some(value)
}

fn collect(value: &Value, depth: u8, found: &mut Vec<String>) -> Option<()> {
    let depth = depth.checked_sub(1)?;
    match value {
        Value::String(text) => {
            for piece in text.split('{').skip(1) {
                found.push(piece.split_once('}')?.0.to_owned());
            }
            Some(())
        }
        Value::Array(all) => all.iter().try_for_each(|one| collect(one, depth, found)),
        Value::Object(all) => all.values().try_for_each(|one| collect(one, depth, found)),
        _ => Some(()),
    }
}

fn filled(value: &Value, message: &Ready<'_>) -> Value {
    match value {
        Value::String(text) => Value::String(fill(text, message)),
        Value::Array(all) => Value::Array(all.iter().map(|one| filled(one, message)).collect()),
        Value::Object(all) => {
            Value::Object(all.iter().map(|(name, one)| (name.clone(), filled(one, message))).collect())
        }
        other => other.clone(),
    }
}

/// In one pass: what is put in is not looked at again.
fn fill(text: &str, message: &Ready<'_>) -> String {
    let mut out = String::with_capacity(text.len() + message.text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        out.push_str(match name {
            "to" => message.to,
            "text" => message.text,
            "reference" => message.reference,
            "callback" => message.report_to,
            _ => "",
        });
        rest = after;
    }
    out.push_str(rest);
    out
}

pub(super) fn hand(agent: &Agent, settings: &Settings, message: &Ready<'_>) -> Outcome {
    let Settings::Json { id_at, ok_at, ok_is, .. } = settings else { return Outcome::Down(Reason::Sealed) };
    let Some(request) = request(settings, message) else { return Outcome::Down(Reason::Sealed) };
    let answer = match agent.send(request) {
        Ok(answer) => answer,
        Err(outcome) => return outcome,
    };
    if !answer.status.is_success() {
        return status(answer.status);
    }
    let body: Value = serde_json::from_str(&answer.body).unwrap_or_default();
    let text = |pointer: &str| match body.pointer(pointer) {
        Some(Value::String(text)) => Some(text.clone()),
        Some(Value::Null) | None => None,
        Some(other) => Some(other.to_string()),
    };
    if !ok_at.is_empty() && text(ok_at).as_deref() != Some(ok_is.as_str()) {
        return Outcome::Later(Reason::Answer);
    }
    let id = (!id_at.is_empty()).then(|| text(id_at)).flatten();
    Outcome::Handed(
        id.filter(|id| (1..=100).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_graphic())),
    )
}

fn request(settings: &Settings, message: &Ready<'_>) -> Option<Request<String>> {
    let Settings::Json { address, header: name, secret, template, .. } = settings else { return None };
    let body = filled(&check_template(template)?, message);
    let mut request = Request::post(address::read(address)?).header(header::CONTENT_TYPE, "application/json");
    if !name.is_empty() {
        let mut value = HeaderValue::from_str(secret).ok()?;
        value.set_sensitive(true);
        request = request.header(HeaderName::from_bytes(name.as_bytes()).ok()?, value);
    }
    request.body(body.to_string()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn message() -> Ready<'static> {
        Ready {
            reference: "r1",
            to: "+431",
            text: "a \"quoted\" {to} text\\",
            subject: "",
            files: &[],
            site: "",
            report_to: "https://x.example/sms/g/s?reference=r1",
            now: 0,
        }
    }

    #[test]
    fn templates_take_what_is_put_in_as_text_only() {
        let template =
            r#"{"recipients":["{to}"],"body":"{text}","ref":"n-{reference}","cb":"{callback}","n":1}"#;
        let value = check_template(template).unwrap();
        let wanted = json!({
            "recipients": ["+431"], "body": "a \"quoted\" {to} text\\", "ref": "n-r1",
            "cb": "https://x.example/sms/g/s?reference=r1", "n": 1,
        });
        assert_eq!(filled(&value, &message()), wanted);
        for wrong in [
            "",
            "[]",
            r#"{"to":"{to}"}"#,
            r#"{"to":"{to}","text":"{text}","x":"{password}"}"#,
            r#"{"to":"{to}","text":"{text"}"#,
            r#"{"to":"{to}","text":"{text}"} x"#,
            r#"[[[[[[[["{to}{text}"]]]]]]]]"#,
        ] {
            assert!(check_template(wrong).is_none(), "{wrong}");
        }
    }
}
