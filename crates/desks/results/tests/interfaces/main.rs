//! What programs and other systems get: files, feed, the JSON interface, maps.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod api;
mod files;
mod map;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use scr_core::{ElectionId, PersonId, Role};
use scr_desk_results::ResultsDesk;
use scr_desk_results::commands::{
    NewContest, NewElection, NewPublication, NewTable, create_election, define_contest, import_table, publish,
};
use scr_engine::Engine;
use scr_engine::testing::TestEngine;
use scr_results::{Contestant, NewRow, RowKind, SourceInfo, Table};
use scr_web::{App, Desk, Gate, LoginInfo, WebConfig, router};
use serde_json::{Value, json};
use std::path::Path;
use std::sync::Arc;
use tower::ServiceExt as _;

/// The token of a login is the name of its role, in the cookie as in the header; what follows a dot
/// makes it another person.
struct ByName;

impl Gate for ByName {
    fn bearer(&self, token: &str) -> Option<LoginInfo> {
        self.login(token)
    }

    fn login(&self, token: &str) -> Option<LoginInfo> {
        let (role, person) = token.split_once('.').unwrap_or((token, token));
        let mut actor = TestEngine::actor(Role::parse(role)?);
        actor.person = PersonId::new(person).ok()?;
        Some(LoginInfo { actor, name: token.to_owned(), organisation: "Commission".to_owned() })
    }
}

pub(crate) struct Site {
    pub(crate) app: Arc<App>,
    _folder: tempfile::TempDir,
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    pub(crate) fn header(&self, name: header::HeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

impl Site {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let test = fresh(folder.path());
        let engine = Arc::into_inner(test.engine).unwrap();
        let config = WebConfig { max_upload_bytes: 100_000, ..WebConfig::default() };
        Self { app: App::new(engine, Arc::new(ByName), config, &[&ResultsDesk]).unwrap(), _folder: folder }
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = router(&self.app, &[&ResultsDesk]).oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = String::from_utf8(to_bytes(body, 1 << 26).await.unwrap().to_vec()).unwrap();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn unchanged(&self, path: &str) -> bool {
        let tag = self.get(path).await.header(header::ETAG).to_owned();
        let request = Request::get(path).header(header::IF_NONE_MATCH, &tag).body(Body::empty()).unwrap();
        !tag.is_empty() && self.send(request).await.status == StatusCode::NOT_MODIFIED
    }

    /// The checkpoint has come: every entry has its proof.
    pub(crate) fn settle(&self) {
        let size = self.app.engine.log().size().unwrap();
        while self.app.engine.log().checkpoint().unwrap().is_none_or(|c| c.size < size) {
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
    }

    pub(crate) fn story(&self) {
        story(&self.app.engine);
        self.settle();
    }
}

/// An election with three stations, published in two versions.
pub(crate) fn story(engine: &Engine) {
    let manager = TestEngine::actor(Role::Manager);
    let new = NewElection {
        id: election(),
        title: "President <2026> & \"more\"".to_owned(),
        day: "2026-11-22".to_owned(),
        zone: "Europe/Warsaw".to_owned(),
    };
    create_election(engine, &manager, &new).unwrap();
    let contest = NewContest {
        election: election(),
        id: "president".to_owned(),
        title: "President".to_owned(),
        votes_per_ballot: 1,
        contestants: contestants(),
    };
    define_contest(engine, &manager, &contest).unwrap();
    for (version, ann, reason) in [(1, 40, None), (2, 55, Some("A digit was misread"))] {
        let reason = reason.map(str::to_owned);
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
            reason: reason.clone(),
        };
        import_table(engine, &manager, &new).unwrap();
        let publication = NewPublication {
            election: election(),
            contest: "president".to_owned(),
            source: "final".to_owned(),
            version,
            status: "unofficial-complete".to_owned(),
            reason,
        };
        publish(engine, &manager, &publication).unwrap();
    }
}

/// Why a document is not of a published schema (JSON Schema 2020-12, read by `boon`); nothing when it
/// is. `part` names one of its definitions.
pub(crate) fn wrong(schema: &str, part: Option<&str>, document: &Value) -> Option<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../docs/schemas");
    let part = part.map(|part| format!("#/$defs/{part}")).unwrap_or_default();
    let mut schemas = boon::Schemas::new();
    let index =
        boon::Compiler::new().compile(&format!("{folder}/{schema}.schema.json{part}"), &mut schemas).unwrap();
    schemas.validate(document, index).err().map(|error| format!("{error:#}"))
}

pub(crate) fn fresh(folder: &Path) -> TestEngine {
    TestEngine::new(folder, ResultsDesk.kinds(), ResultsDesk.views()).unwrap()
}

pub(crate) fn election() -> ElectionId {
    ElectionId::new("president-2026").unwrap()
}

fn contestants() -> Vec<Contestant> {
    let one = |id: &str, name: &str, group: Option<&str>| Contestant {
        id: id.to_owned(),
        name: name.to_owned(),
        group: group.map(str::to_owned),
    };
    vec![one("ann", "=Ann, \"Ärlig\"", Some("Fern")), one("bob", "Bob\nBaker", None)]
}

/// Units 01, 02 and `03/a`; Ann has `ann` votes in the first.
fn table(ann: u64) -> Table {
    let source = SourceInfo { id: "final".to_owned(), ..SourceInfo::default() };
    let mut table = Table::new(source, "president");
    table.add_field("registered").unwrap();
    table.add_field("voters").unwrap();
    for contestant in contestants() {
        table.add_contestant(contestant).unwrap();
    }
    for (unit, place, name, numbers) in [
        ("01", "North", "=HYPERLINK(\"x\")", [100, 90, ann, 30]),
        ("02", "North", "School, \"big\"\nannex", [200, 120, 50, 60]),
        ("03/a", "South", "+49", [300, 150, 70, 80]),
    ] {
        let new = NewRow { kind: RowKind::Unit, unit, name, parents: &[place], part: None, line: 0 };
        let row = table.push_row(&new).unwrap();
        for (name, value) in ["registered", "voters", "ann", "bob"].iter().zip(numbers) {
            table.set(row, table.column(name).unwrap(), Some(value)).unwrap();
        }
    }
    table
}
