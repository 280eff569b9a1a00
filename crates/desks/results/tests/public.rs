//! The public pages, asked as a reader asks, over a small election made by the real commands.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use scr_core::{ElectionId, Role};
use scr_desk_results::ResultsDesk;
use scr_desk_results::commands::{
    NewContest, NewElection, NewPublication, NewTable, create_election, define_contest, import_table, publish,
};
use scr_engine::ActError;
use scr_engine::testing::TestEngine;
use scr_i18n::{Finding, Sources, check_texts};
use scr_results::{Contestant, NewRow, RowKind, SourceInfo, Table};
use scr_verify::{NumberError, Trust, verify_number};
use scr_web::{App, Desk, Gate, LoginInfo, WebConfig, router};
use serde_json::{Value, json};
use std::path::Path;
use std::sync::Arc;
use tower::ServiceExt as _;

struct Nobody;

impl Gate for Nobody {
    fn login(&self, _: &str) -> Option<LoginInfo> {
        None
    }
}

struct Site {
    app: Arc<App>,
    _folder: tempfile::TempDir,
}

const EVIL: &str = "<script>alert(1)</script> & Söhne";

fn contestants() -> Vec<Contestant> {
    let one = |id: &str, name: &str| Contestant { id: id.to_owned(), name: name.to_owned(), group: None };
    vec![one("ann", "Ann Ärlig"), one("bob", EVIL)]
}

/// Units 01, 02 and `03/a`; Ann has `ann` votes in the first.
fn table(ann: u64) -> Table {
    let source = SourceInfo { id: "final".to_owned(), ..SourceInfo::default() };
    let mut table = Table::new(source, "president");
    table.add_field("registered").unwrap();
    for contestant in contestants() {
        table.add_contestant(contestant).unwrap();
    }
    for (unit, numbers) in [("01", [100, ann, 30]), ("02", [200, 50, 60]), ("03/a", [300, 70, 80])] {
        let new =
            NewRow { kind: RowKind::Unit, unit, name: "=School", parents: &["North"], part: None, line: 0 };
        let row = table.push_row(&new).unwrap();
        for (name, value) in ["registered", "ann", "bob"].iter().zip(numbers) {
            table.set(row, table.column(name).unwrap(), Some(value)).unwrap();
        }
    }
    table
}

fn election() -> ElectionId {
    ElectionId::new("president-2026").unwrap()
}

fn import(test: &TestEngine, ann: u64, reason: Option<&str>) -> Result<u64, ActError> {
    let new = NewTable {
        election: election(),
        contest: "president".to_owned(),
        source: "final".to_owned(),
        source_name: "Final count".to_owned(),
        table: &table(ann),
        findings: &json!({"groups": []}),
        findings_count: 0,
        mapping: None,
        file_name: "results.csv".to_owned(),
        file: Some(b"file"),
        reason: reason.map(str::to_owned),
    };
    import_table(&test.engine, &TestEngine::actor(Role::Manager), &new).map(|receipts| receipts[0].index)
}

fn publication(version: u64, status: &str, reason: Option<&str>) -> NewPublication {
    NewPublication {
        election: election(),
        contest: "president".to_owned(),
        source: "final".to_owned(),
        version,
        status: status.to_owned(),
        reason: reason.map(str::to_owned),
    }
}

fn story(test: &TestEngine) {
    let manager = TestEngine::actor(Role::Manager);
    let new = NewElection {
        id: election(),
        title: "President 2026".to_owned(),
        day: "2026-11-22".to_owned(),
        zone: "Europe/Warsaw".to_owned(),
    };
    create_election(&test.engine, &manager, &new).unwrap();
    let contest = NewContest {
        election: election(),
        id: "president".to_owned(),
        title: "President".to_owned(),
        votes_per_ballot: 1,
        contestants: contestants(),
    };
    define_contest(&test.engine, &manager, &contest).unwrap();
    import(test, 40, None).unwrap();
    publish(&test.engine, &manager, &publication(1, "unofficial-complete", None)).unwrap();
    import(test, 55, Some("A digit was misread in 01")).unwrap();
    publish(&test.engine, &manager, &publication(2, "certified", Some("A digit was misread in 01"))).unwrap();
}

fn fresh(folder: &Path) -> TestEngine {
    TestEngine::new(folder, ResultsDesk.kinds(), ResultsDesk.views()).unwrap()
}

fn site() -> Site {
    let folder = tempfile::tempdir().unwrap();
    let test = fresh(folder.path());
    story(&test);
    let size = test.engine.log().size().unwrap();
    while test.engine.log().checkpoint().unwrap().is_none_or(|c| c.size < size) {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let engine = Arc::into_inner(test.engine).unwrap();
    let app = App::new(engine, Arc::new(Nobody), WebConfig::default(), &[&ResultsDesk]).unwrap();
    Site { app, _folder: folder }
}

async fn get(site: &Site, path: &str) -> (StatusCode, String) {
    let request = Request::get(path).body(Body::empty()).unwrap();
    let response = router(&site.app, &[&ResultsDesk]).oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, 1 << 24).await.unwrap();
    (parts.status, String::from_utf8_lossy(&bytes).into_owned())
}

const CONTEST: &str = "/elections/president-2026/contests/president";

#[test]
fn every_text_is_there_in_four_languages() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let findings = check_texts(&Sources {
        own: ResultsDesk.texts(),
        shared: scr_web::SHELL_TEXTS,
        folders: &[&here.join("src"), &here.join("templates")],
    });
    // Texts for the codes of the domain crates are used there, not here.
    let wrong: Vec<&Finding> = findings
        .iter()
        .filter(|f| !matches!(f, Finding::Unused(key) if key.starts_with("problem-") || key.starts_with("error-") || key.starts_with("intake-") || key.starts_with("mapping-")))
        // Refusals of the shell are told by the words of their status.
        .filter(|f| !matches!(f, Finding::Missing(key, _) if key.starts_with("error-scr-web-")))
        .collect();
    assert_eq!(wrong, Vec::<&Finding>::new());
}

#[tokio::test]
async fn the_answer_comes_first_with_its_figures() {
    let site = site();
    let (status, body) = get(&site, CONTEST).await;
    assert_eq!(status, StatusCode::OK);
    // 55 + 50 + 70 of (55 + 50 + 70) + (30 + 60 + 80)
    assert!(
        body.contains("<bdi>Ann Ärlig</bdi> leads with <bdi>175</bdi> of <bdi>345</bdi> votes"),
        "{body}"
    );
    assert!(body.contains("Certified") && body.contains("A digit was misread in 01"));
    assert!(
        !body.contains("<script>") && body.contains("&#60;script&#62;") || body.contains("&lt;script&gt;")
    );
    assert!(body.len() < 100_000);
    for path in ["/", "/elections/president-2026"] {
        let (status, body) = get(&site, path).await;
        assert_eq!(status, StatusCode::OK, "{path}");
        assert!(body.contains("President 2026"), "{path}");
    }
    let (_, arabic) = get(&site, &format!("{CONTEST}?lang=ar")).await;
    assert!(arabic.contains("dir=\"rtl\"") && arabic.contains("معتمدة"));
}

#[tokio::test]
async fn a_unit_shows_where_versions_differ_and_its_receipt_holds() {
    let site = site();
    let (status, body) = get(&site, &format!("{CONTEST}/unit?unit=01")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(body.contains(">55<") && body.contains(">40<"), "{body}");
    let trust = || Trust::Keys(site.app.engine.ledger().verifiers().to_vec());
    for unit in ["01", "02", "03%2Fa"] {
        let (status, receipt) = get(&site, &format!("{CONTEST}/receipt?unit={unit}")).await;
        assert_eq!(status, StatusCode::OK, "{unit}");
        let report = verify_number(receipt.as_bytes(), &trust()).unwrap();
        assert_eq!(report.rows, 3);
        let tampered = receipt.replace("\\\"bob\\\":", "\\\"bot\\\":");
        assert_ne!(tampered, receipt);
        let refused = verify_number(tampered.as_bytes(), &trust()).unwrap_err();
        assert!(matches!(refused, NumberError::NotIncluded { .. }), "{refused}");
    }
    for path in ["unit?unit=99", "receipt?unit=99", "receipt?unit=01&part=x"] {
        assert_eq!(get(&site, &format!("{CONTEST}/{path}")).await.0, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn a_total_that_somebody_saw_is_looked_up_in_every_publication() {
    let site = site();
    for (votes, words) in [
        ("175", "175</bdi> votes for <bdi>Ann Ärlig</bdi> were published"),
        ("160", "It was published, and has been replaced since"),
        ("1%20750", "were never published"),
        ("%D9%A1%D9%A7%D9%A5", "175</bdi> votes for <bdi>Ann Ärlig</bdi> were published"),
        ("x", "Type a number"),
    ] {
        let body = get(&site, &format!("{CONTEST}/seen?contestant=ann&votes={votes}")).await.1;
        assert!(body.contains(words), "{votes}: {body}");
    }
}

#[tokio::test]
async fn never_is_only_said_of_somebody_who_stands() {
    let site = site();
    for whose in ["", "nobody", "Ann%20%C3%84rlig"] {
        let body = get(&site, &format!("{CONTEST}/seen?contestant={whose}&votes=175")).await.1;
        assert!(
            body.contains("Choose the contestant") && !body.contains("never published"),
            "{whose}: {body}"
        );
    }
}

#[tokio::test]
async fn files_say_what_the_pages_say() {
    let site = site();
    let (_, csv) = get(&site, "/elections/president-2026/results.csv").await;
    assert_eq!(csv.lines().count(), 1 + 3 * 3);
    assert!(csv.contains(",01,,'=School,votes,ann,55\r\n"), "a formula is not run by a spreadsheet: {csv}");
    let (_, body) = get(&site, "/elections/president-2026/results.json").await;
    let json: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(json["contests"][0]["units"][0]["numbers"]["ann"], 55);
    let (_, feed) = get(&site, "/elections/president-2026/feed.atom").await;
    assert_eq!(feed.matches("<entry>").count(), 2);
    assert!(feed.contains("President: version 2 published") && feed.contains("/receipts/"), "{feed}");
}

#[tokio::test]
async fn what_is_not_published_is_not_found() {
    let site = site();
    for path in [
        "/elections/none",
        "/elections/none/contests/x",
        "/elections/president-2026/contests/none",
        "/elections/none/results.csv",
    ] {
        let (status, body) = get(&site, path).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
        assert!(body.contains("SCR-RES-017"), "{path}");
    }
}

#[test]
fn a_later_version_needs_a_reason_and_nothing_is_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let test = fresh(folder.path());
    story(&test);
    let before = test.engine.log().size().unwrap();
    let refused = |error: ActError| match error {
        ActError::Refused(refusal) => refusal.code,
        ActError::Fault(fault) => fault.id,
    };
    assert_eq!(refused(import(&test, 1, None).unwrap_err()), "SCR-RES-012");
    let manager = TestEngine::actor(Role::Manager);
    let again = publish(&test.engine, &manager, &publication(2, "certified", None)).unwrap_err();
    assert_eq!(refused(again), "SCR-RES-012");
    let none = publish(&test.engine, &manager, &publication(9, "certified", Some("x"))).unwrap_err();
    assert_eq!(refused(none), "SCR-RES-014");
    let clerk =
        publish(&test.engine, &TestEngine::actor(Role::Clerk), &publication(1, "certified", Some("x")));
    assert_eq!(refused(clerk.unwrap_err()), "SCR-RES-001");
    assert_eq!(test.engine.log().size().unwrap(), before);
}

#[test]
fn views_rebuilt_are_the_views_that_grew() {
    let folder = tempfile::tempdir().unwrap();
    let test = fresh(folder.path());
    story(&test);
    let [grown, rebuilt] = test.incremental_and_rebuilt(ResultsDesk.kinds(), ResultsDesk.views()).unwrap();
    assert_eq!(grown, rebuilt);
    assert!(grown.len() >= 2 + 10, "every table has its digest");
}
