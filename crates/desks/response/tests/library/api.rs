//! Playbooks for programs.

use crate::site::{CLERK, FOREIGN, MANAGER, SUPERVISOR, site};
use axum::http::StatusCode;
use scr_playbooks::starters::STARTERS;
use serde_json::{Value, json};

const LIST: &str = "/api/v1/response/playbooks";

#[tokio::test]
async fn a_program_imports_lists_and_reads() {
    let site = site();
    let body = json!({"file": scr_canon::b64(STARTERS[2].text.as_bytes()), "playbook": "results"});
    assert_eq!(site.call(CLERK, LIST, &body).await.status, StatusCode::FORBIDDEN);
    let done = site.call(MANAGER, LIST, &body).await;
    assert_eq!((done.status, done.to.as_str()), (StatusCode::CREATED, "/api/v1/response/playbooks/results"));
    let receipt: Value = serde_json::from_str(&done.body).unwrap();
    assert!(
        receipt["recorded"]
            .as_array()
            .unwrap()
            .iter()
            .any(|one| one["kind"] == "response.playbook.imported/1")
    );
    assert_eq!(site.ask(None, LIST).await["playbooks"], json!([]));
    let one = site.ask(None, &format!("{LIST}/results")).await;
    assert_eq!(one["code"], "SCR-RSP-002");
    crate::story::adopted(&site, SUPERVISOR, "results").await;
    let list = site.ask(None, LIST).await;
    assert_eq!(
        (&list["playbooks"][0]["playbook"], &list["playbooks"][0]["in_force"][0]["organisation"]),
        (&json!("results"), &json!("emb"))
    );
    let one = site.ask(Some(FOREIGN), &format!("{LIST}/results")).await;
    let content: Value = serde_json::from_str(STARTERS[2].text).unwrap();
    assert_eq!(
        (&one["content"], &one["versions"], &one["tlp"]),
        (&content, &json!([1]), &json!("TLP:CLEAR"))
    );
    assert_eq!(site.ask(None, &format!("{LIST}/results?version=x")).await["code"], "SCR-RSP-002");
}

#[tokio::test]
async fn a_playbook_is_checked_and_nothing_kept() {
    let site = site();
    let body = json!({"file": scr_canon::b64(STARTERS[2].text.as_bytes())});
    let answer = site.call(CLERK, &format!("{LIST}/check"), &body).await;
    let found: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(
        (&found["sound"], &found["errors"], &found["findings"]),
        (&json!(true), &json!(0), &json!([]))
    );
    let bad = site.call(CLERK, &format!("{LIST}/check"), &json!({"file": scr_canon::b64(b"{")})).await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(bad.body.contains("SCR-RSP-003"));
    assert_eq!(site.ask(Some(MANAGER), LIST).await["playbooks"], json!([]));
}
