//! Every refusal of the desk's acts, met on purpose.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use scr_core::{Actor, ElectionId, OrgId, Role};
use scr_desk_results::ResultsDesk;
use scr_desk_results::commands::{
    NewContest, NewElection, NewPublication, NewTable, create_election, define_contest, import_table, publish,
};
use scr_engine::testing::TestEngine;
use scr_engine::{ActError, Receipt};
use scr_results::{Contestant, NewRow, RowKind, SourceInfo, Table};
use scr_web::{App, Desk, Gate, LoginInfo, WebConfig, router};
use serde_json::json;
use std::sync::Arc;
use tower::ServiceExt as _;

struct Acts {
    test: TestEngine,
    actor: Actor,
    _folder: tempfile::TempDir,
}

fn election() -> NewElection {
    NewElection {
        id: ElectionId::new("mayor-2026").unwrap(),
        title: "Mayor".to_owned(),
        day: "2026-11-22".to_owned(),
        zone: "Europe/Warsaw".to_owned(),
    }
}

fn contestant(id: &str) -> Contestant {
    Contestant { id: id.to_owned(), name: id.to_uppercase(), group: None }
}

fn contest() -> NewContest {
    NewContest {
        election: election().id,
        id: "mayor".to_owned(),
        title: "Mayor".to_owned(),
        votes_per_ballot: 1,
        contestants: vec![contestant("ann"), contestant("bob")],
    }
}

fn table(contestants: &[&str]) -> Table {
    let mut table = Table::new(SourceInfo::default(), "mayor");
    for id in contestants {
        table.add_contestant(contestant(id)).unwrap();
    }
    let new = NewRow { kind: RowKind::Unit, unit: "1", name: "School", parents: &[], part: None, line: 1 };
    table.push_row(&new).unwrap();
    table
}

fn publication(status: &str) -> NewPublication {
    NewPublication {
        election: election().id,
        contest: "mayor".to_owned(),
        source: "final".to_owned(),
        version: 1,
        status: status.to_owned(),
        reason: None,
    }
}

impl Acts {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let test = TestEngine::new(folder.path(), ResultsDesk.kinds(), ResultsDesk.views()).unwrap();
        Self { test, actor: TestEngine::actor(Role::Manager), _folder: folder }
    }

    fn with_contest() -> Self {
        let acts = Self::new();
        create_election(&acts.test.engine, &acts.actor, &election()).unwrap();
        define_contest(&acts.test.engine, &acts.actor, &contest()).unwrap();
        acts
    }

    fn create(&self, change: impl FnOnce(&mut NewElection)) -> Result<Vec<Receipt>, ActError> {
        let mut new = election();
        change(&mut new);
        create_election(&self.test.engine, &self.actor, &new)
    }

    fn define(&self, change: impl FnOnce(&mut NewContest)) -> Result<Vec<Receipt>, ActError> {
        let mut new = contest();
        change(&mut new);
        define_contest(&self.test.engine, &self.actor, &new)
    }

    fn import(&self, actor: &Actor, contest: &str, contestants: &[&str]) -> Result<Vec<Receipt>, ActError> {
        let table = table(contestants);
        let new = NewTable {
            election: election().id,
            contest: contest.to_owned(),
            source: "final".to_owned(),
            source_name: "Final count".to_owned(),
            table: &table,
            findings: &json!({"groups": []}),
            findings_count: 0,
            mapping: None,
            file_name: "results.csv".to_owned(),
            file: None,
            reason: None,
        };
        import_table(&self.test.engine, actor, &new)
    }
}

/// The act is refused with this code, about this field, and nothing is recorded.
fn refused(
    acts: &Acts,
    act: impl FnOnce() -> Result<Vec<Receipt>, ActError>,
    code: &str,
    field: Option<&str>,
) {
    let before = acts.test.engine.log().size().unwrap();
    match act() {
        Err(ActError::Refused(refusal)) => {
            assert_eq!((refusal.code.as_str(), refusal.field.as_deref()), (code, field));
        }
        other => panic!("{code} was expected: {other:?}"),
    }
    assert_eq!(acts.test.engine.log().size().unwrap(), before, "{code}: nothing is recorded");
}

#[test]
fn elections_that_cannot_be_created() {
    let acts = Acts::new();
    refused(&acts, || acts.create(|new| " ".clone_into(&mut new.title)), "SCR-RES-002", Some("title"));
    refused(&acts, || acts.create(|new| new.title = "x".repeat(201)), "SCR-RES-003", Some("title"));
    refused(&acts, || acts.create(|new| "22.11.2026".clone_into(&mut new.day)), "SCR-RES-004", Some("day"));
    refused(
        &acts,
        || acts.create(|new| "Europe/Nowhere".clone_into(&mut new.zone)),
        "SCR-RES-005",
        Some("zone"),
    );
    acts.create(|_| ()).unwrap();
    refused(&acts, || acts.create(|_| ()), "SCR-RES-006", Some("id"));
}

#[test]
fn contests_that_cannot_be_defined() {
    let acts = Acts::with_contest();
    refused(&acts, || acts.define(|new| new.contestants.clear()), "SCR-RES-007", Some("contestants"));
    let many = (0..201).map(|n| contestant(&format!("c{n}"))).collect();
    refused(&acts, || acts.define(|new| new.contestants = many), "SCR-RES-007", Some("contestants"));
    let twice = vec![contestant("ann"), contestant("ann")];
    refused(&acts, || acts.define(|new| new.contestants = twice), "SCR-RES-008", Some("contestants"));
    let elsewhere = ElectionId::new("no-such-election").unwrap();
    refused(&acts, || acts.define(|new| new.election = elsewhere), "SCR-RES-009", None);
    acts.import(&acts.actor, "mayor", &["ann", "bob"]).unwrap();
    refused(&acts, || acts.define(|_| ()), "SCR-RES-010", Some("id"));
}

#[test]
fn tables_that_cannot_be_imported() {
    let acts = Acts::with_contest();
    refused(&acts, || acts.import(&acts.actor, "senator", &["ann"]), "SCR-RES-015", None);
    refused(&acts, || acts.import(&acts.actor, "mayor", &["ann", "eve"]), "SCR-RES-016", None);
    acts.import(&acts.actor, "mayor", &["ann", "bob"]).unwrap();
    refused(&acts, || acts.import(&acts.actor, "mayor", &["ann", "bob"]), "SCR-RES-012", Some("reason"));
    let mut other = TestEngine::actor(Role::Observer);
    other.org = OrgId::new("civic-watch").unwrap();
    refused(&acts, || acts.import(&other, "mayor", &["ann", "bob"]), "SCR-RES-031", Some("source"));
}

#[test]
fn results_that_cannot_be_published() {
    let acts = Acts::with_contest();
    let publish = |status: &str| publish(&acts.test.engine, &acts.actor, &publication(status));
    refused(&acts, || publish("final"), "SCR-RES-013", Some("status"));
    refused(&acts, || publish("certified"), "SCR-RES-014", Some("version"));
}

struct Manager;

impl Gate for Manager {
    fn login(&self, _: &str) -> Option<LoginInfo> {
        let actor = TestEngine::actor(Role::Manager);
        Some(LoginInfo { actor, name: "Olga".to_owned(), organisation: "emb".to_owned() })
    }
}

#[tokio::test]
async fn an_import_that_is_not_there_is_named_with_its_code() {
    let acts = Acts::with_contest();
    let engine = Arc::into_inner(acts.test.engine).unwrap();
    let app = App::new(engine, Arc::new(Manager), WebConfig::default(), &[&ResultsDesk]).unwrap();
    let request = Request::get(format!("/desk/imports/{}", "0".repeat(64)))
        .header(header::COOKIE, "scr_login=manager")
        .body(Body::empty())
        .unwrap();
    let response = router(&app, &[&ResultsDesk]).oneshot(request).await.unwrap();
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
    let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
    let body = String::from_utf8(body.to_vec()).unwrap();
    assert!(body.contains("SCR-RES-032"), "{body}");
}
