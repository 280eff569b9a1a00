//! The public pages along the course of an audit.

use super::people::*;
use super::site::{Site, percent, plain, site};
use super::small::{SEED, polled, read};
use axum::http::StatusCode;
use scr_audits::record::{Decision, Published, Record};
use scr_audits::sample::inputs::{SamplerInputs, draw};
use scr_audits::verify::{Order, Size, verify};
use scr_desk_audits::acts::{abandon, decide};
use scr_desk_audits::boards::board_step;
use scr_desk_audits::data;
use scr_desk_audits::rounds::{deal_boards, explain, open_round};

async fn page(site: &Site, path: &str) -> String {
    let answer = site.get("", path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
    assert!(path.ends_with("json") || answer.body.len() < 100_000, "{} bytes", answer.body.len());
    plain(&answer.body)
}

/// The page in every language, small enough, without a word that is missing.
async fn everywhere(site: &Site, path: &str) -> String {
    for lang in ["fr", "es", "ar"] {
        page(site, &format!("{path}?lang={lang}")).await;
    }
    page(site, path).await
}

#[tokio::test]
async fn the_page_says_where_the_audit_stands_and_never_what_boards_have_read_too_early() {
    let site = site();
    assert!(everywhere(&site, "/audits").await.contains("No audit is recorded yet"));
    let engine = &site.app.engine;
    let course = Course::committed(engine, &polled(), false);
    let path = format!("/audits/{}", percent("mayor-of-zilina"));
    let html = everywhere(&site, &path).await;
    assert!(html.contains("Everything is fixed. Next the dice are thrown in public."), "{html}");
    assert!(html.contains("2 of 2 jurisdictions have signed"), "{html}");
    course.seed(SEED);
    assert!(everywhere(&site, &path).await.contains(SEED));
    open_round(engine, &manager(), &course.id, (&Size::Draws(80), &[])).unwrap();
    let names: Vec<String> = course.kept().audit.rounds()[0].opening.units.keys().cloned().collect();
    for name in &names {
        deal_boards(engine, &supervisor(name), &course.id, (name, 1)).unwrap();
    }
    let lines = engine.read(|views| data::boards(views, (&course.id, 1, 1), None)).unwrap();
    course.board(&lines[0].key, &read);
    let html = everywhere(&site, &path).await;
    assert!(html.contains("Round 1 is under way: "), "{html}");
    // One board has signed, and neither page nor record says what it read.
    let record: Record = serde_json::from_str(&page(&site, &format!("{path}/record.json")).await).unwrap();
    assert_eq!(record.rounds[0].counted, Vec::new());
    assert!(!html.contains("Measured risk"), "{html}");
    let late = &read(&course.work(&lines[1].key), 0)[0];
    abandon(engine, &manager(), &course.id, "The hall was flooded").unwrap();
    let html = everywhere(&site, &path).await;
    assert!(html.contains("given up") && html.contains("The hall was flooded"), "{html}");
    assert_eq!(refused(board_step(engine, &lines[1].key, late)).code, "SCR-AUD-238");
}

#[tokio::test]
async fn a_finished_audit_shows_its_risk_and_the_record_agrees() {
    let site = site();
    let engine = &site.app.engine;
    let course = Course::committed(engine, &polled(), false);
    course.seed(SEED);
    course.round((80, &[]), 1, &read);
    let path = format!("/audits/{}", course.id);
    let html = everywhere(&site, &path).await;
    assert!(html.contains("every limit is met") && html.contains("Measured risk"), "{html}");
    decide(engine, &manager(), &course.id, (Decision::Stop, "")).unwrap();
    let html = everywhere(&site, &path).await;
    assert!(html.contains("The audit supports the reported outcome."), "{html}");
    assert!(html.contains("at most 10%"), "{html}");
    // Once a checkpoint covers them, the entries of commitment and seed stand in the record with their proofs.
    let size = engine.log().size().unwrap();
    while engine.log().checkpoint().unwrap().is_none_or(|signed| signed.size < size) {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let bytes = page(&site, &format!("{path}/record.json")).await;
    let mut record = Record::read(bytes.as_bytes()).unwrap();
    let report = verify(&record);
    assert_eq!((report.deviations, report.order), (Vec::new(), Order::Witnessed));
    let proven = |published: &&mut Published| {
        let evidence = published.evidence.as_ref();
        evidence.is_some_and(|one| one.proof.starts_with("c2sp.org/tlog-proof@v1"))
    };
    assert_eq!(record.published_mut().filter(proven).count(), 2);
    let inputs = page(&site, &format!("{path}/sampler-inputs.json")).await;
    let inputs: SamplerInputs = serde_json::from_str(&inputs).unwrap();
    let drawn = draw(&inputs, "sampler-inputs.json").unwrap();
    let tickets: Vec<_> = drawn.into_iter().filter_map(|one| one.ticket).collect();
    let said: Vec<_> = record.rounds[0].draws.iter().map(|draw| draw.ticket.clone()).collect();
    assert_eq!(tickets, said);
    let report = page(&site, &format!("{path}/report.csv")).await;
    assert!(report.contains("######## SAMPLED BALLOTS ########"), "{report}");
    let events = everywhere(&site, &format!("{path}/events")).await;
    assert!(events.contains("A board signed: round 1, North, board 1"), "{events}");
    assert!(page(&site, "/api/v1/audits").await.contains("\"state\":\"finished\""));
    assert!(everywhere(&site, "/audits").await.contains("Mayor of Žilina"));
    assert_eq!(site.get("", "/audits/nothing").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_explanation_stands_in_the_order_of_events() {
    let site = site();
    let engine = &site.app.engine;
    let course = Course::committed(engine, &polled(), false);
    let why = "A pile was counted with its neighbour";
    assert_eq!(
        refused(explain(engine, &supervisor("South"), &course.id, (0, None), why)).code,
        "SCR-AUD-220"
    );
    assert_eq!(
        refused(explain(engine, &supervisor("North"), &course.id, (0, None), " ")).code,
        "SCR-AUD-222"
    );
    assert_eq!(refused(explain(engine, &manager(), &course.id, (99, None), why)).code, "SCR-AUD-239");
    explain(engine, &supervisor("North"), &course.id, (0, Some(3)), why).unwrap();
    let events = everywhere(&site, &format!("/audits/{}/events", course.id)).await;
    assert!(events.contains(why), "{events}");
}

/// A change of a record, with the code of the first thing that then does not agree.
type Tampered = (&'static str, &'static str, fn(&mut serde_json::Value));

/// The first round without the log's entry of its seed, which would give away whoever changes the seed.
fn unwitnessed(record: &mut serde_json::Value) -> &mut serde_json::Value {
    let round = &mut record["rounds"][0];
    round["seeded"].as_object_mut().unwrap().remove("evidence");
    round
}

/// Whoever changes a downloaded record is found out, at the first place that was changed.
const TAMPERED: [Tampered; 20] = [
    ("another method's settings", "SCR-AUD-120", |r| r["settings"]["seed_digits"] = 21.into()),
    ("another program", "SCR-AUD-120", |r| r["software"] = "other 9".into()),
    ("more votes for the loser", "SCR-AUD-120", |r| r["contests"][0]["votes"][1] = 16.into()),
    ("a choice renamed", "SCR-AUD-120", |r| r["contests"][0]["choices"][0] = "Eve".into()),
    ("a softer limit", "SCR-AUD-120", |r| r["contests"][0]["risk_limit"] = "0.2".into()),
    ("not targeted", "SCR-AUD-120", |r| r["contests"][0]["targeted"] = false.into()),
    ("a ballot more in a batch", "SCR-AUD-120", |r| r["batches"][0]["ballots"] = 21.into()),
    ("a batch of another jurisdiction", "SCR-AUD-120", |r| r["batches"][2]["jurisdiction"] = "North".into()),
    ("another root", "SCR-AUD-121", |r| r["commitment"]["root"] = r["commitment"]["parts"]["cvrs"].clone()),
    ("another hash of a part", "SCR-AUD-120", |r| {
        r["commitment"]["parts"]["contests"] = r["commitment"]["parts"]["cvrs"].clone();
    }),
    ("a version without a reason", "SCR-AUD-121", |r| {
        r["versions"] = serde_json::json!([{"root": r["commitment"]["root"], "reason": ""}]);
    }),
    ("another round number", "SCR-AUD-124", |r| unwitnessed(r)["number"] = 2.into()),
    ("a short seed", "SCR-AUD-125", |r| unwitnessed(r)["seed"] = "1234".into()),
    ("another seed", "SCR-AUD-127", |r| unwitnessed(r)["seed"] = "99999999999999999999".into()),
    ("two draws exchanged", "SCR-AUD-127", |r| r["rounds"][0]["draws"].as_array_mut().unwrap().swap(0, 1)),
    ("a draw of another ballot", "SCR-AUD-127", |r| r["rounds"][0]["draws"][3]["position"] = 1.into()),
    ("a ballot left out", "SCR-AUD-129", |r| drop(r["rounds"][0]["counted"].as_array_mut().unwrap().pop())),
    ("a ballot counted twice", "SCR-AUD-128", |r| {
        let first = r["rounds"][0]["counted"][0].clone();
        r["rounds"][0]["counted"].as_array_mut().unwrap().push(first);
    }),
    ("a vote read otherwise", "SCR-AUD-130", |r| {
        let all = r["rounds"][0]["counted"].as_array_mut().unwrap();
        let ada = all.iter_mut().find(|one| one["votes"][0] == serde_json::json!([0])).unwrap();
        ada["votes"][0] = serde_json::json!([1]);
    }),
    ("a smaller risk", "SCR-AUD-130", |r| r["rounds"][0]["measured"][0]["p_value"] = "0.0001".into()),
];

#[tokio::test]
async fn a_record_that_was_changed_after_the_download_is_found_out() {
    let site = site();
    let course = Course::committed(&site.app.engine, &polled(), false);
    course.seed(SEED);
    course.round((80, &[]), 1, &read);
    decide(course.engine, &manager(), &course.id, (Decision::Stop, "")).unwrap();
    let bytes = page(&site, &format!("/audits/{}/record.json", course.id)).await;
    let whole: serde_json::Value = serde_json::from_str(&bytes).unwrap();
    for (what, code, change) in TAMPERED {
        let mut tampered = whole.clone();
        change(&mut tampered);
        assert_ne!(tampered, whole, "{what}");
        let record: Record = serde_json::from_value(tampered).unwrap();
        let found = verify(&record).deviations;
        assert_eq!(found.first().map(|first| first.code.as_str()), Some(code), "{what}: {found:?}");
    }
}
