//! Uploads that are not whole leave nothing; imports that were never finished are removed, and nothing else.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use axum::body::{Body, Bytes, to_bytes};
use axum::http::{Request, StatusCode, header};
use scr_canon::Hash32;
use scr_core::{ElectionId, FixedClock, Role};
use scr_desk_results::ResultsDesk;
use scr_desk_results::commands::{
    NewContest, NewElection, NewTable, create_election, define_contest, import_table,
};
use scr_engine::testing::{NOW, TestEngine};
use scr_jobs::{Ended, Jobs, Worker};
use scr_results::{Contestant, SourceInfo, Table};
use scr_store::Store;
use scr_web::{App, Desk, Gate, LoginInfo, WebConfig, router};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use tower::ServiceExt as _;

struct Manager;

impl Gate for Manager {
    fn login(&self, _: &str) -> Option<LoginInfo> {
        let actor = TestEngine::actor(Role::Manager);
        Some(LoginInfo { actor, name: "Olga".to_owned(), organisation: "emb".to_owned() })
    }
}

struct Site {
    app: Arc<App>,
    clock: Arc<FixedClock>,
    folder: tempfile::TempDir,
}

fn site() -> Site {
    let folder = tempfile::tempdir().unwrap();
    let test = TestEngine::new(folder.path(), ResultsDesk.kinds(), ResultsDesk.views()).unwrap();
    let election = NewElection {
        id: ElectionId::new("mayor-2026").unwrap(),
        title: "Mayor".to_owned(),
        day: "2026-11-22".to_owned(),
        zone: "Europe/Warsaw".to_owned(),
    };
    create_election(&test.engine, &TestEngine::actor(Role::Manager), &election).unwrap();
    let (engine, clock) = (Arc::into_inner(test.engine).unwrap(), test.clock);
    let app = App::new(engine, Arc::new(Manager), WebConfig::default(), &[&ResultsDesk]).unwrap();
    Site { app, clock, folder }
}

const TOKEN: &str = "scrutineer form v1\nmanager";
const PATH: &str = "/desk/elections/mayor-2026/import";

fn head() -> String {
    let csrf = scr_canon::sha256(TOKEN.as_bytes()).to_hex();
    format!(
        "--X\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{csrf}\r\n--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n"
    )
}

impl Site {
    async fn send(&self, path: &str, body: Body) -> (StatusCode, String, String) {
        let request = Request::post(path)
            .header(header::COOKIE, "scr_login=manager")
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=X");
        let response = router(&self.app, &[&ResultsDesk]).oneshot(request.body(body).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let to = parts.headers.get(header::LOCATION).map_or("", |to| to.to_str().unwrap()).to_owned();
        let body = to_bytes(body, 1 << 24).await.unwrap();
        (parts.status, to, String::from_utf8(body.to_vec()).unwrap())
    }

    async fn upload(&self, file: &str) -> Hash32 {
        let body = format!("{}{file}\r\n--X--\r\n", head());
        let (status, to, body) = self.send(PATH, Body::from(body)).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{body}");
        Hash32::from_hex(to.rsplit('/').next().unwrap()).unwrap()
    }

    /// Every file below the object store.
    fn files(&self) -> Vec<String> {
        fn walk(folder: &Path, into: &mut Vec<String>) {
            for entry in folder.read_dir().unwrap().flatten() {
                if entry.path().is_dir() {
                    walk(&entry.path(), into);
                } else {
                    into.push(entry.file_name().into_string().unwrap());
                }
            }
        }
        let mut files = Vec::new();
        walk(&self.folder.path().join("objects"), &mut files);
        files.sort();
        files
    }

    /// Records a table with this mapping; gives the mapping's object.
    fn record_with_mapping(&self, mapping: &str) -> Hash32 {
        let election = ElectionId::new("mayor-2026").unwrap();
        let ann = Contestant { id: "ann".to_owned(), name: "Ann".to_owned(), group: None };
        let contest = NewContest {
            election: election.clone(),
            id: "mayor".to_owned(),
            title: "Mayor".to_owned(),
            votes_per_ballot: 1,
            contestants: vec![ann.clone()],
        };
        let manager = TestEngine::actor(Role::Manager);
        define_contest(&self.app.engine, &manager, &contest).unwrap();
        let mut table = Table::new(SourceInfo::default(), "mayor");
        table.add_contestant(ann).unwrap();
        let new = NewTable {
            election,
            contest: "mayor".to_owned(),
            source: "final".to_owned(),
            source_name: "Final count".to_owned(),
            table: &table,
            findings: &serde_json::json!({"groups": []}),
            findings_count: 0,
            mapping: Some(mapping),
            file_name: "results.csv".to_owned(),
            file: None,
            reason: None,
        };
        import_table(&self.app.engine, &manager, &new).unwrap();
        scr_canon::sha256(mapping.as_bytes())
    }

    fn has(&self, hash: &Hash32) -> bool {
        self.app.engine.objects().size(hash).unwrap().is_some()
    }

    /// Makes an object look as if it had been put so many days before now.
    fn age(&self, hash: &Hash32, days: u64) {
        let name = hash.to_hex();
        let path = self.folder.path().join("objects").join(&name[..2]).join(&name);
        let at = SystemTime::UNIX_EPOCH + Duration::from_secs(NOW.unsigned_abs() - days * 86_400);
        std::fs::File::options().write(true).open(path).unwrap().set_modified(at).unwrap();
    }
}

#[tokio::test]
async fn an_upload_that_breaks_off_leaves_nothing() {
    let site = site();
    let whole = format!("{}a;b\n1;2\n", head());
    let pieces = [Ok(Bytes::from(whole)), Err(std::io::Error::other("the line broke"))];
    let body = Body::from_stream(stream(pieces.into()));
    let (status, _, text) = site.send(PATH, body).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{text}");
    assert!(text.contains("SCR-WEB-006"), "{text}");
    // The writer ends in a thread of its own.
    for _ in 0..200 {
        if site.files().is_empty() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(site.files(), Vec::<String>::new());
}

type Pieces = std::collections::VecDeque<Result<Bytes, std::io::Error>>;

fn stream(
    pieces: Vec<Result<Bytes, std::io::Error>>,
) -> impl futures_core::Stream<Item = Result<Bytes, std::io::Error>> {
    struct Once(Pieces);
    impl futures_core::Stream for Once {
        type Item = Result<Bytes, std::io::Error>;
        fn poll_next(
            mut self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Self::Item>> {
            std::task::Poll::Ready(self.0.pop_front())
        }
    }
    Once(pieces.into())
}

/// 256 files stand where the object store's folders must go.
#[tokio::test]
async fn a_store_that_cannot_keep_the_file_leaves_nothing_half_written() {
    let site = site();
    for byte in 0..=255u8 {
        std::fs::write(site.folder.path().join(format!("objects/{byte:02x}")), "").unwrap();
    }
    let body = format!("{}a;b\n1;2\n\r\n--X--\r\n", head());
    let (status, _, text) = site.send(PATH, Body::from(body)).await;
    assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(text.contains("SCR-WEB-001"), "{text}");
    assert_eq!(site.files().len(), 256, "no piece is left");
}

#[tokio::test]
async fn only_unfinished_imports_are_removed_and_only_when_they_are_old() {
    let site = site();
    let objects = site.app.engine.objects();
    let old = site.upload("old;file\n1;2\n").await;
    let young = site.upload("young;file\n1;2\n").await;
    let upload_of = |draft: &Hash32| {
        let bytes = objects.get(draft, 1 << 20).unwrap().unwrap();
        let draft: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        Hash32::from_hex(draft["file"].as_str().unwrap()).unwrap()
    };
    let (old_upload, young_upload) = (upload_of(&old), upload_of(&young));
    // A mapping that begins like an upload, and that an entry names: it stays for ever.
    let named = site.record_with_mapping("scrutineer/upload/1\nnamed by an entry");
    let stranger = objects.put(b"no upload and no draft").unwrap();
    for hash in [&old, &old_upload, &young_upload, &named, &stranger] {
        site.age(hash, 31);
    }
    site.age(&young, 29);
    let store = Store::open_sqlite(&site.folder.path().join("jobs.db")).unwrap();
    let clock: Arc<dyn scr_core::Clock> = Arc::clone(&site.clock) as _;
    let jobs = Jobs::open(store, Arc::clone(&clock), Arc::clone(&site.app.entropy)).unwrap();
    let worker = Worker::new(jobs, ResultsDesk.works(&site.app), clock);
    worker.ask_for_recurring().unwrap();
    assert_eq!(worker.run_once().unwrap(), Ended::Done);
    let left = [&old, &old_upload, &young, &young_upload, &named, &stranger].map(|hash| site.has(hash));
    assert_eq!(left, [false, false, true, true, true, true]);
}
