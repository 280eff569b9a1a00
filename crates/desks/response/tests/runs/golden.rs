//! Entries of every kind, written for `fixtures/events`.

use crate::made;
use crate::site::{actor, at, new_run, site_with};
use scr_desk_response::runs::acts::Person;
use scr_desk_response::runs::requests;
use scr_desk_response::runs::targets::{self, Target};
use scr_playbooks::http::Allowed;
use scr_web::WebConfig;
use serde_json::json;

#[tokio::test]
async fn dump() {
    let Ok(folder) = std::env::var("GOLDEN") else { return };
    let site = site_with(WebConfig { private_partners: true, ..WebConfig::default() });
    let mary = "manager-mary";
    let person = actor(mary);
    let person = Person { actor: &person, name: "Mary" };
    let mut target = Target { name: "Tickets".into(), allowed: Allowed { methods: vec!["POST".into()], host: "127.0.0.1".into(), port: Some(9), path: "/tickets".into(), plain: true, credential: None } };
    targets::allow(&site.app.engine, person, &target, true).unwrap();
    target.name = "Other".into();
    targets::allow(&site.app.engine, person, &target, true).unwrap();
    let mut new = new_run(&made::playbook(vec![made::request(), made::manual("Look")], made::target("127.0.0.1", 9)));
    new.is_public = true;
    let run = site.start(mary, &new).unwrap();
    requests::send_all(&site.app, &mut |_, _| true).unwrap();
    let place = site.place(mary, &run).await;
    requests::repeat(&site.app.engine, person, &run, &at(&place)).unwrap();
    site.clock.advance(1);
    site.take(mary, &run, &place);
    site.done(mary, &run, &place, &[]).unwrap();
    let place = site.place(mary, &run).await;
    site.take(mary, &run, &place);
    site.done(mary, &run, &place, &[]).unwrap();
    let page = site.get(mary, "/desk/response/targets").await;
    let action = page.body.split("action=\"").find(|part| part.contains("/remove")).unwrap();
    site.post(mary, action.split('"').next().unwrap(), &[]).await;
    let chosen: serde_json::Map<_, _> = scr_playbooks::severity::CATEGORIES.iter().map(|one| (one.name.to_owned(), json!(one.options[2].0))).collect();
    let body = json!({"title": "Portal of results not reachable", "chosen": chosen, "polls": "opens", "minutes": 60, "voters": 5_000});
    site.call(mary, "/api/v1/response/severity", body).await;
    site.drill("spring", 60);
    let mut exercise = new;
    exercise.is_public = false;
    exercise.drill = Some("spring".into());
    let second = site.start(mary, &exercise).unwrap();
    let mut seen = std::collections::BTreeSet::new();
    for index in 0.. {
        let Ok(bytes) = site.app.engine.log().entry(index) else { break };
        let entry: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        let kind = entry["t"].as_str().unwrap().to_owned();
        let mut case = "one".to_owned();
        if kind == "response.run.started/1" {
            case = if entry["pub"]["run"] == json!(second) { "exercise" } else { "public" }.into();
        }
        if kind == "response.run.stepped/1" {
            case = entry["pub"]["act"].as_str().unwrap().to_owned();
        }
        if kind == "response.request.answered/1" { case = "unreachable".into(); }
        if kind == "response.run.ended/1" { case = "completed".into(); }
        if kind.starts_with("response.run") || kind.starts_with("response.request") || kind.starts_with("response.target") || kind.starts_with("response.severity") {
            if !seen.insert((kind.clone(), case.clone())) { continue; }
            let (name, version) = kind.split_once('/').unwrap();
            let to = std::path::Path::new(&folder).join(name).join(version);
            std::fs::create_dir_all(&to).unwrap();
            std::fs::write(to.join(format!("{case}.json")), bytes).unwrap();
        }
    }
}
