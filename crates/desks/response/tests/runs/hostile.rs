//! A playbook that tries to run a command, and what people read.

use crate::made;
use crate::site::{code, new_run, site};
use axum::http::StatusCode;
use scr_desk_response::runs::acts::Deed;
use scr_desk_response::runs::works::note;
use serde_json::json;

const MARY: &str = "manager-mary";

#[tokio::test]
async fn commands_of_machines_are_shown_and_never_executed() {
    let folder = tempfile::tempdir().unwrap();
    let mark = folder.path().join("it-ran");
    for kind in ["bash", "powershell", "ssh", "caldera-cmd", "jupyter", "kestrel", "sigma", "yara"] {
        let site = site();
        let text = format!("touch {} && echo <script>alert(1)</script>", mark.display());
        let mut command = json!({"type": kind, "command": text});
        if !matches!(kind, "bash" | "powershell" | "ssh" | "caldera-cmd") {
            let name = if matches!(kind, "jupyter" | "kestrel" | "sigma" | "yara") {
                "command_b64"
            } else {
                "content_b64"
            };
            command = json!({"type": kind, name: scr_canon::b64(text.as_bytes())});
        }
        let step = json!({"type": "action", "name": "Clean up <img src=x>", "commands": [command]});
        let bytes = made::playbook(vec![step, made::manual("Look")], json!({}));
        let run = site.start(MARY, &new_run(&bytes)).unwrap();
        for _ in 0..3 {
            site.clock.advance(3_600);
            note(&site.app.engine).unwrap();
        }
        assert!(scr_desk_response::runs::requests::due(&site.app.engine).unwrap().is_empty());
        let place = site.place(MARY, &run).await;
        let here = format!("/desk/response/runs/{run}/steps/{place}");
        let page = site.get(MARY, &here).await;
        page.says("Commands that this program never executes");
        page.says("shown as text, never executed");
        page.says("<script>alert(1)</script>");
        assert!(!page.body.contains("<script>alert") && !page.body.contains("<img src"), "{kind}");
        let board = site.get(MARY, &format!("/desk/response/runs/{run}")).await;
        assert!(!board.body.contains("<img src"), "{kind}");
        board.says("Read commands that are never executed here, and decide");
        site.post(MARY, &format!("{here}/refuse"), &[("reason", "Nobody here asked for this")]).await;
        let board = site.get(MARY, &format!("/desk/response/runs/{run}")).await;
        board.says("Nobody here asked for this");
        assert!(!mark.exists(), "{kind} ran");
    }
}

#[tokio::test]
async fn what_is_no_sound_playbook_is_not_started() {
    let site = site();
    let mut new = new_run(&made::playbook(vec![made::manual("Look")], json!({})));
    for bytes in [
        Vec::new(),
        b"{}".to_vec(),
        b"[".repeat(100_000),
        made::playbook(vec![json!({"type": "action", "name": "x", "commands": []})], json!({})),
        made::playbook(vec![made::manual("Look")], json!({"workflow_start": made::id("start", 1)})),
    ] {
        new.source.bytes = bytes;
        assert_eq!(code(site.start(MARY, &new)), "SCR-RSP-042");
    }
}

#[tokio::test]
async fn forms_of_others_and_broken_ones_do_nothing() {
    let site = site();
    let run = site.start(MARY, &new_run(&made::playbook(vec![made::manual("Look")], json!({})))).unwrap();
    let place = site.place(MARY, &run).await;
    let here = format!("/desk/response/runs/{run}/steps/{place}");
    site.take(MARY, &run, &place);
    let foreign = site.upload(MARY, &format!("{here}/done"), &[("csrf", "x"), ("note", "x")], b"").await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);
    let large = vec![b'x'; (8 << 20) + 1];
    let answer = site.upload(MARY, &format!("{here}/done"), &[("note", "x")], &large).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    answer.says("The file is larger than 8 MB");
    let long = "x".repeat(17 << 10);
    let answer = site.upload(MARY, &format!("{here}/done"), &[("note", long.as_str())], b"").await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    for wrong in ["x", "-1", "99999999999999999999", "1.2-", "5", "00"] {
        let path = format!("/desk/response/runs/{run}/steps/{wrong}");
        assert_ne!(site.get(MARY, &path).await.status, StatusCode::INTERNAL_SERVER_ERROR, "{wrong}");
        assert_ne!(site.get(MARY, &path).await.status, StatusCode::OK, "{wrong}");
    }
    assert_eq!(site.waits(MARY, &run).await, [(place.clone(), "taken".to_owned())], "nothing has happened");
    site.act(
        MARY,
        &run,
        &Deed::Done {
            place: place.parse().unwrap(),
            note: String::new(),
            file: None,
            outputs: Default::default(),
        },
    )
    .unwrap();
    site.get(MARY, &format!("/desk/response/runs/{run}")).await.says("Completed");
}
