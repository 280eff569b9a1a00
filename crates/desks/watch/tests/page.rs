//! The page of a mirror, asked as a reader asks.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use scr_core::{Clock, FixedClock, Role, SeededEntropy};
use scr_desk_watch::WatchDesk;
use scr_engine::Engine;
use scr_engine::testing::{NOW, TestEngine};
use scr_i18n::{Lang, Sources, check_texts};
use scr_mirror::remote::Sink;
use scr_mirror::{MirrorFolder, Monitor, MonitorConfig, PageLimits, Remote, RemoteError};
use scr_web::{App, Desk, Gate, LoginInfo, WebConfig, router};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tower::ServiceExt as _;

struct Nobody;

impl Gate for Nobody {
    fn login(&self, _: &str) -> Option<LoginInfo> {
        None
    }
}

/// The log's server; what is put beside stands in for its checkpoint.
struct Server(Arc<Engine>, Arc<Mutex<Option<String>>>);

impl Remote for Server {
    fn fetch(&self, path: &str, _: u64, sink: Sink<'_>) -> Result<bool, RemoteError> {
        let path = path.strip_prefix("/log/").unwrap();
        let instead = self.1.lock().unwrap().clone().filter(|_| path == "checkpoint");
        let bytes = instead.map(String::into_bytes).or_else(|| self.0.log().resource(path).ok());
        let Some(bytes) = bytes else { return Ok(false) };
        sink(&bytes).map(|()| true).map_err(|what| RemoteError::Own { path: path.to_owned(), what })
    }
}

struct Site {
    log: TestEngine,
    instead: Arc<Mutex<Option<String>>>,
    monitor: Monitor,
    app: Arc<App>,
    _folders: [tempfile::TempDir; 2],
}

impl Site {
    fn new() -> Self {
        let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
        let log = TestEngine::new(folders[0].path(), &[], Vec::new()).unwrap();
        let instead = Arc::new(Mutex::new(None));
        let server = Server(Arc::clone(&log.engine), Arc::clone(&instead));
        let clock: Arc<dyn Clock> = Arc::new(FixedClock::at(NOW));
        let keys = log.engine.ledger().verifiers().to_vec();
        let folder =
            MirrorFolder::open(folders[1].path(), keys, Arc::clone(&clock), Arc::new(SeededEntropy::new(1)));
        let folder = folder.unwrap();
        let engine = Engine::open(folder.parts, folders[1].path(), &[], Vec::new()).unwrap();
        let web = WebConfig { public_only: true, ..WebConfig::default() };
        let app = App::new(engine, Arc::new(Nobody), web, &[&WatchDesk]).unwrap();
        let pages = PageLimits { settle: Duration::ZERO, ..PageLimits::default() };
        let monitor = Monitor::new(
            folder.follower,
            Box::new(server),
            (folder.alarms_folder, folder.alarms),
            ("https://log.test.example", &folder.origin),
            clock,
            MonitorConfig { stale_seconds: 1_800, pages },
        );
        scr_desk_watch::follow(&app, monitor.watch());
        Self { log, instead, monitor, app, _folders: folders }
    }

    /// Two more entries, under a checkpoint.
    fn grow(&self) {
        let before = self.log.engine.log().size().unwrap();
        self.log.engine.record(&TestEngine::actor(Role::Manager), &|_, _| Ok(Vec::new())).unwrap();
        let size = self.log.engine.log().size().unwrap().max(before);
        while self.log.engine.log().checkpoint().unwrap().is_none_or(|c| c.size < size) {
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    async fn get(&self, path: &str) -> (StatusCode, axum::http::HeaderMap, String) {
        let request = Request::get(path).body(Body::empty()).unwrap();
        let response = router(&self.app, &[&WatchDesk]).oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, 1 << 24).await.unwrap();
        (parts.status, parts.headers, String::from_utf8_lossy(&bytes).into_owned())
    }
}

#[test]
fn every_text_is_there_in_four_languages_and_used() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let findings = check_texts(&Sources {
        own: WatchDesk.texts(),
        shared: scr_web::SHELL_TEXTS,
        folders: &[&here.join("src"), &here.join("templates")],
    });
    assert_eq!(findings, []);
    assert_eq!(WatchDesk.texts().len(), Lang::ALL.len());
}

#[tokio::test]
async fn a_reader_learns_what_was_checked_and_what_was_found() {
    let mut site = Site::new();
    let body = site.get("/watch").await.2;
    assert!(body.contains("still fetching and checking"), "{body}");
    let old = loop {
        if let Some(note) = site.log.engine.log().checkpoint_note().unwrap() {
            break note;
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    site.grow();
    site.monitor.round(&mut |_, _| ()).unwrap();
    let body = site.get("/watch").await.2;
    assert!(body.contains("has checked all <bdi>2</bdi> entries"), "{body}");
    assert!(body.contains("class=\"notice-bar\"") && body.contains("This is a mirror of"), "{body}");

    *site.instead.lock().unwrap() = Some("no checkpoint".to_owned());
    site.monitor.round(&mut |_, _| ()).unwrap_err();
    for (lang, words) in [
        ("en", "The checkpoint that came is not signed by the log"),
        ("ar", "نقطة التحقق التي وصلت غير موقَّعة"),
    ] {
        let body = site.get(&format!("/watch?lang={lang}")).await.2;
        assert!(body.contains(words) && body.contains("SCR-MIR-004"), "{lang}: {body}");
    }

    *site.instead.lock().unwrap() = Some(old);
    site.monitor.round(&mut |_, _| ()).unwrap_err();
    let body = site.get("/watch").await.2;
    assert!(body.contains("notice alarm") && body.contains("The log shows an older record"), "{body}");
    assert!(body.contains("There is <bdi>1</bdi> open alarm") && body.contains("SCR-MIR-021"), "{body}");
    assert!(body.contains("notice-bar alarm"), "every page says it: {body}");
    for (lang, words) in [
        ("fr", "Le registre montre un état plus ancien"),
        ("es", "El registro muestra un estado anterior"),
        ("ar", "يعرض السجل حالة أقدم"),
    ] {
        let body = site.get(&format!("/watch?lang={lang}")).await.2;
        assert!(body.contains(words), "{lang}: {body}");
    }
    let link = body.split("href=\"").find(|link| link.starts_with("/watch/evidence/")).unwrap();
    let link = link.split('"').next().unwrap();
    let (status, headers, file) = site.get(link).await;
    assert_eq!(status, StatusCode::OK);
    assert!(headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
    assert!(file.starts_with("log.test.example/2026\n2\n"), "{file}");
    for wrong in ["/watch/evidence/x/seen.checkpoint", &format!("{link}x")] {
        let (status, _, body) = site.get(wrong).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{wrong}");
        assert!(body.contains("SCR-WATCH-001"), "{body}");
    }
}

#[tokio::test]
async fn nobody_signs_in_or_writes_at_a_mirror() {
    let site = Site::new();
    let open: Vec<_> = site
        .app
        .matrix()
        .iter()
        .filter(|route| route.allow != scr_web::Allow::Public || route.method != axum::http::Method::GET)
        .collect();
    assert_eq!(open, Vec::<&scr_web::Route>::new());
    for path in ["/desk", "/desk/sign-in", "/desk/jobs"] {
        assert_eq!(site.get(path).await.0, StatusCode::NOT_FOUND, "{path}");
    }
}
