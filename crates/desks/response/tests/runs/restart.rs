//! Nothing is kept in memory: the program may be closed between any two steps.

use crate::made;
use crate::site::{actor, at, code, new_run, site_at, site_in};
use scr_desk_response::runs::acts::{Deed, Person};
use scr_desk_response::runs::works::note;
use scr_desk_response::runs::{acts, targets};
use scr_engine::testing::{NOW, TestEngine};
use scr_playbooks::starters::STARTERS;
use scr_web::{Desk as _, WebConfig};
use serde_json::json;
use std::path::Path;

const MARY: &str = "manager-mary";

fn again(folder: &Path, after: i64) -> crate::site::Site {
    site_at(folder, WebConfig::default(), NOW + after)
}

#[tokio::test]
async fn a_run_goes_on_after_each_step_whatever_happened_in_between() {
    let folder = tempfile::tempdir().unwrap();
    let site = site_in(folder.path(), WebConfig::default());
    let run = site.start(MARY, &new_run(STARTERS[0].text.as_bytes())).unwrap();
    let place = site.place(MARY, &run).await;
    drop(site);
    let site = again(folder.path(), 60);
    site.take(MARY, &run, &place);
    drop(site);
    let site = again(folder.path(), 120);
    site.done(MARY, &run, &place, &[]).unwrap();
    let place = site.place(MARY, &run).await;
    drop(site);
    let site = again(folder.path(), 180);
    site.take(MARY, &run, &place);
    site.done(MARY, &run, &place, &[("__is_plausible__", "false")]).unwrap();
    drop(site);
    let site = again(folder.path(), 240);
    assert_eq!(code(site.sign(MARY, &run, &place)), "SCR-RSP-048");
    site.sign("supervisor-sam", &run, &place).unwrap();
    assert_eq!(site.waits(MARY, &run).await.len(), 1, "the other branch");
    let before = site.api(MARY, &format!("/api/v1/response/runs/{run}")).await.body;
    drop(site);
    let site = again(folder.path(), 240);
    assert_eq!(site.api(MARY, &format!("/api/v1/response/runs/{run}")).await.body, before);
}

#[tokio::test]
async fn timers_that_were_due_while_the_program_stood_still_are_noted_late_and_once() {
    let folder = tempfile::tempdir().unwrap();
    let site = site_in(folder.path(), WebConfig::default());
    let delayed = json!({"type": "action", "name": "Second", "delay": 3_600_000,
        "commands": [{"type": "manual", "command": "do it"}]});
    let mut first = made::manual("First");
    first["timeout"] = json!(600_000);
    first["on_success"] = json!(made::id("action", 2));
    first["on_failure"] = json!(made::id("action", 2));
    let run = site.start(MARY, &new_run(&made::playbook(vec![first, delayed], json!({})))).unwrap();
    let place = site.place(MARY, &run).await;
    drop(site);
    // A week later.
    let site = again(folder.path(), 7 * 86_400);
    assert_eq!(code(site.done(MARY, &run, &place, &[])), "SCR-RSP-054");
    assert_eq!(note(&site.app.engine).unwrap(), 1);
    assert_eq!(note(&site.app.engine).unwrap(), 0);
    let waits = site.waits(MARY, &run).await;
    assert_eq!(waits[0].1, "later");
    assert_eq!(code(site.done(MARY, &run, &waits[0].0, &[])), "SCR-RSP-053");
    site.clock.advance(3_600);
    site.act(MARY, &run, &Deed::Take { place: at(&waits[0].0), over: false }).unwrap();
    site.done(MARY, &run, &waits[0].0, &[]).unwrap();
    site.get(MARY, &format!("/desk/response/runs/{run}")).await.says("Completed");
}

#[tokio::test]
async fn a_whole_run_with_a_condition_ends_and_the_views_are_the_same_when_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    let kinds = scr_desk_response::ResponseDesk.kinds();
    let test = TestEngine::new(folder.path(), kinds, scr_desk_response::ResponseDesk.views()).unwrap();
    let person = actor(MARY);
    let mary = Person { actor: &person, name: "Mary" };
    let bytes = made::playbook(vec![made::manual("One"), made::manual("Two")], json!({}));
    let (run, _) = acts::start(&test.engine, mary, &new_run(&bytes)).unwrap();
    for place in ["0", "1"] {
        let place = at(place);
        acts::act(&test.engine, mary, &run, &Deed::Take { place: place.clone(), over: false }).unwrap();
        let file = Some(b"a file".to_vec());
        acts::act(
            &test.engine,
            mary,
            &run,
            &Deed::Done { place, note: "x".into(), file, outputs: Default::default() },
        )
        .unwrap();
    }
    let listed = targets::Target {
        name: "T".into(),
        allowed: scr_playbooks::http::Allowed {
            methods: vec!["GET".into()],
            host: "t.example".into(),
            port: None,
            path: "/".into(),
            plain: false,
            credential: None,
        },
    };
    targets::allow(&test.engine, mary, &listed, false).unwrap();
    let views = scr_desk_response::ResponseDesk.views();
    let [incremental, rebuilt] = test.incremental_and_rebuilt(kinds, views).unwrap();
    assert!(incremental.contains_key("runs_entry"));
    assert_eq!(incremental, rebuilt);
}
