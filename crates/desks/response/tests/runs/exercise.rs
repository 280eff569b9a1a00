//! A drill cannot look real, and nothing real can pass for a drill.

use crate::made;
use crate::site::{code, new_run, site, site_with};
use axum::http::StatusCode;
use scr_desk_response::runs::acts::{Deed, Person};
use scr_desk_response::runs::requests;
use scr_desk_response::runs::targets::{self, Target};
use scr_desk_response::runs::works::note;
use scr_playbooks::http::Allowed;
use scr_playbooks::starters::STARTERS;
use scr_web::WebConfig;
use std::net::TcpListener;

const MARY: &str = "manager-mary";

#[tokio::test]
async fn every_surface_of_an_exercise_says_so() {
    let site = site();
    let mut new = new_run(STARTERS[0].text.as_bytes());
    new.drill = Some("spring".to_owned());
    assert_eq!(code(site.start(MARY, &new)), "SCR-RSP-043", "no drill, no exercise");
    site.drill("spring", 60);
    let run = site.start(MARY, &new).unwrap();
    let place = site.place(MARY, &run).await;
    site.take(MARY, &run, &place);
    let base = format!("/desk/response/runs/{run}");
    for path in [
        base.clone(),
        format!("{base}/wall"),
        format!("{base}/report"),
        format!("{base}/report/print"),
        format!("{base}/steps/{place}"),
        format!("{base}/pause"),
        format!("{base}/abort"),
        format!("{base}/variables"),
    ] {
        for (lang, word) in [("en", "EXERCISE"), ("fr", "EXERCICE"), ("es", "SIMULACRO"), ("ar", "تمرين")]
        {
            let page = site.get(MARY, &format!("{path}?lang={lang}")).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            assert!(page.body.contains("class=\"is-exercise\""), "hatched: {path}");
            page.says(word);
        }
    }
    site.get(MARY, "/desk/response/runs").await.says("EXERCISE · Write down what was noticed");
    let report = site.get(MARY, &format!("{base}/report.json")).await.json();
    assert_eq!((report["exercise"].as_bool(), report["mode"].as_str()), (Some(true), Some("exercise")));
    let api = site.api(MARY, &format!("/api/v1/response/runs/{run}")).await.json();
    assert_eq!((api["exercise"].as_bool(), api["drill"].as_str()), (Some(true), Some("spring")));
    assert_eq!(site.get("", &format!("/response/runs/{run}")).await.status, StatusCode::NOT_FOUND);
    new.is_public = true;
    assert_eq!(code(site.start(MARY, &new)), "SCR-RSP-066", "an exercise is never public");
}

#[tokio::test]
async fn its_clock_is_the_drill_s() {
    let site = site();
    site.drill("spring", 60);
    let mut new = new_run(STARTERS[0].text.as_bytes());
    new.drill = Some("spring".to_owned());
    let run = site.start(MARY, &new).unwrap();
    // The first step has half an hour, which is half a minute on the wall.
    site.clock.advance(29);
    let base = format!("/desk/response/runs/{run}");
    site.get(MARY, &base).await.is_silent_about("min late");
    site.clock.advance(2);
    site.get(MARY, &base).await.says("1 min late");
}

#[tokio::test]
async fn with_its_drill_a_run_stands_still_and_can_only_be_broken_off() {
    let site = site();
    site.drill("spring", 60);
    let mut new = new_run(STARTERS[0].text.as_bytes());
    new.drill = Some("spring".to_owned());
    let run = site.start(MARY, &new).unwrap();
    let place = site.place(MARY, &run).await;
    site.take(MARY, &run, &place);
    let base = format!("/desk/response/runs/{run}");
    let step = format!("{base}/steps/{place}");
    site.get(MARY, &base).await.is_silent_about("The drill of this run has ended");
    assert!(site.get(MARY, &step).await.body.contains(&format!("{step}/done")));
    site.clock.advance(10);
    site.end_drill("spring");
    // An hour on the wall are two and a half days of the drill: nothing is late of it, and nothing times out.
    site.clock.advance(3_600);
    assert_eq!(code(site.done(MARY, &run, &place, &[])), "SCR-RSP-069");
    let pause = Deed::Pause { reason: "lunch".into() };
    assert_eq!(code(site.act(MARY, &run, &pause)), "SCR-RSP-069");
    assert_eq!(note(&site.app.engine).unwrap(), 0);
    let board = site.get(MARY, &base).await;
    board.says("The drill of this run has ended: its clock stands.");
    board.is_silent_about("min late");
    assert!(board.body.contains(&format!("{base}/abort")) && !board.body.contains(&format!("{base}/pause")));
    let shown = site.get(MARY, &step).await;
    shown.says("The drill of this run has ended: its clock stands.");
    assert!(!shown.body.contains(&format!("action=\"{step}")), "no form where nothing can be done");
    site.get(MARY, &format!("{base}/wall")).await.says("The drill has ended.");
    site.act(MARY, &run, &Deed::Abort { reason: "the drill is over".into() }).unwrap();
    site.get(MARY, &base).await.says("The run has ended.");
}

#[tokio::test]
async fn a_form_cannot_mix_them() {
    let site = site();
    site.drill("spring", 60);
    let code = site.adopt("insider");
    let code = code.as_str();
    let all = |mode: &'static str, drill: &'static str| {
        vec![("playbook", code), ("occasion", "x"), ("mode", mode), ("drill", drill)]
    };
    let roles: Vec<String> = scr_roles();
    for (mode, drill, status) in [
        ("", "spring", StatusCode::UNPROCESSABLE_ENTITY),
        ("exercise", "", StatusCode::UNPROCESSABLE_ENTITY),
        ("exercise", "no-such", StatusCode::UNPROCESSABLE_ENTITY),
        ("REAL", "", StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        let mut fields = all(mode, drill);
        fields.extend(roles.iter().map(|role| (role.as_str(), "emb")));
        let answer = site.post(MARY, "/desk/response/runs/new", &fields).await;
        assert_eq!(answer.status, status, "{mode} {drill}");
        answer.says("Say whether it is real or an exercise");
    }
    // What nobody has adopted is only practised.
    let mut fields = vec![("playbook", "starter:insider"), ("occasion", "x"), ("mode", "real")];
    fields.extend(roles.iter().map(|role| (role.as_str(), "emb")));
    site.post(MARY, "/desk/response/runs/new", &fields).await.says("This playbook is not in force");
    fields[2] = ("mode", "exercise");
    fields.push(("drill", "spring"));
    let practised = site.post(MARY, "/desk/response/runs/new", &fields).await;
    site.get(MARY, &practised.to).await.says("EXERCISE");
    // Whatever is meant belongs to no drill, whatever stands in the field beside it.
    let mut fields = all("real", "spring");
    fields.extend(roles.iter().map(|role| (role.as_str(), "emb")));
    let started = site.post(MARY, "/desk/response/runs/new", &fields).await;
    site.get(MARY, &started.to).await.is_silent_about("EXERCISE");
}

fn scr_roles() -> Vec<String> {
    let bytes = STARTERS[0].text.as_bytes();
    new_run(bytes).roles.keys().map(|role| format!("role-{role}")).collect()
}

#[tokio::test]
async fn an_exercise_sends_nothing() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let site = site_with(WebConfig { private_partners: true, ..WebConfig::default() });
    site.drill("spring", 1);
    let person = crate::site::actor(MARY);
    let allowed = Allowed {
        methods: vec!["POST".into()],
        host: "127.0.0.1".into(),
        port: Some(port),
        path: "/tickets".into(),
        plain: true,
        credential: None,
    };
    let target = Target { name: "Tickets".into(), allowed };
    targets::allow(&site.app.engine, Person { actor: &person, name: MARY }, &target, true).unwrap();
    let mut new = new_run(&made::playbook(vec![made::request()], made::target("127.0.0.1", port)));
    new.drill = Some("spring".to_owned());
    let run = site.start(MARY, &new).unwrap();
    assert!(requests::due(&site.app.engine).unwrap().is_empty());
    let place = site.place(MARY, &run).await;
    site.get(MARY, &format!("/desk/response/runs/{run}/steps/{place}"))
        .await
        .says("An exercise sends nothing");
    listener.set_nonblocking(true).unwrap();
    assert!(listener.accept().is_err());
}
