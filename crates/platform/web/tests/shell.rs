//! What surrounds every page: headers, limits, methods, figures, and the codes of the shell.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use scr_core::{BoardKey, BoardLogin, Role};
use scr_engine::testing::TestEngine;
use scr_engine::{Fault, KindSpec, View};
use scr_i18n::Lang;
use scr_web::{
    Allow, App, AtBoard, Desk, Gate, LoginInfo, NavItem, Posted, Reply, Routes, Secret, ServeLimits, Visit,
    WebConfig,
};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tower::ServiceExt as _;

/// The cookie's value is the role.
struct ByName;

impl Gate for ByName {
    fn login(&self, token: &str) -> Option<LoginInfo> {
        let actor = TestEngine::actor(Role::parse(token)?);
        Some(LoginInfo { actor, name: token.to_owned(), organisation: "emb".to_owned() })
    }

    fn look(&self, secret: &Secret) -> Result<Option<LoginInfo>, Fault> {
        match secret {
            Secret::Cookie(token) if token == "away" => Err(Fault::log(&"the database does not answer")),
            Secret::Cookie(token) => Ok(self.login(token)),
            Secret::Bearer(_) => Ok(None),
        }
    }

    fn board(&self, token: &str) -> Result<Option<BoardLogin>, Fault> {
        let number = match token {
            "away" => return Err(Fault::log(&"the database does not answer")),
            token => token.parse().ok(),
        };
        let key =
            |board| BoardKey { audit: "a".into(), version: 1, round: 1, jurisdiction: "j".into(), board };
        let org = TestEngine::actor(Role::Manager).org;
        Ok(number.map(|board| BoardLogin { key: key(board), org }))
    }
}

struct Probe;

impl Desk for Probe {
    fn name(&self) -> &'static str {
        "probe"
    }
    fn kinds(&self) -> &'static [KindSpec] {
        &[]
    }
    fn views(&self) -> Vec<Box<dyn View>> {
        Vec::new()
    }
    fn routes(&self) -> Routes {
        const MANAGERS: Allow = Allow::Roles(&[Role::Manager]);
        Routes::new()
            .get("/page", Allow::Public, || async { axum::response::Html("<p>page</p>") })
            .get("/fault", Allow::Public, |visit: Visit| async move {
                Reply::fault(&visit, &Fault::log(&"broken"))
            })
            .get("/panic", Allow::Public, panics)
            .get("/slow", Allow::Public, || async {
                tokio::time::sleep(Duration::from_secs(3)).await;
                "done"
            })
            .get("/who", Allow::Public, |ConnectInfo(peer): ConnectInfo<SocketAddr>| async move {
                peer.ip().to_string()
            })
            .get("/board", Allow::Anybody, |visit: Visit| async move { visit.csrf })
            .get(
                "/board/work",
                Allow::Board,
                |AtBoard(board): AtBoard| async move { board.key.board.to_string() },
            )
            .post("/board/work", Allow::Board, |AtBoard(board): AtBoard, posted: Posted| async move {
                format!("{} {}", board.key.board, posted.form.value("name"))
            })
            .get("/board/open", Allow::Anybody, |AtBoard(_): AtBoard| async { "never" })
            .get("/desk/thing", MANAGERS, || async { "thing" })
            .post(
                "/desk/thing",
                MANAGERS,
                |posted: Posted| async move { posted.form.value("name").to_owned() },
            )
    }
    fn nav(&self) -> &'static [NavItem] {
        &[]
    }
    fn texts(&self) -> &'static [(Lang, &'static str)] {
        &[]
    }
}

async fn panics() -> &'static str {
    panic!("as the test wants it")
}

struct Site {
    app: Arc<App>,
    _folder: tempfile::TempDir,
}

fn site(change: impl FnOnce(&mut WebConfig)) -> Site {
    let folder = tempfile::tempdir().unwrap();
    let test = TestEngine::new(folder.path(), &[], Vec::new()).unwrap();
    let engine = Arc::into_inner(test.engine).unwrap();
    let mut config = WebConfig::default();
    change(&mut config);
    Site { app: App::new(engine, Arc::new(ByName), config, &[&Probe]).unwrap(), _folder: folder }
}

impl Site {
    async fn send(&self, request: Request<Body>) -> (StatusCode, HeaderMap, String) {
        let response = scr_web::router(&self.app, &[&Probe]).oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, 1 << 20).await.unwrap();
        (parts.status, parts.headers, String::from_utf8(body.to_vec()).unwrap())
    }

    async fn get(&self, path: &str) -> (StatusCode, HeaderMap, String) {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }
}

/// The answer has this status, shows this code, and carries every header.
fn is(answer: &(StatusCode, HeaderMap, String), status: u16, code: &str) {
    let (found, headers, body) = answer;
    assert_eq!(found.as_u16(), status, "{body}");
    assert!(body.contains(code), "{code}: {body}");
    for name in [
        "content-security-policy",
        "x-content-type-options",
        "referrer-policy",
        "permissions-policy",
        "cross-origin-opener-policy",
        "cross-origin-resource-policy",
        "x-request-id",
    ] {
        assert!(headers.contains_key(name), "{status} {code} lacks {name}");
    }
}

#[tokio::test]
async fn every_error_is_a_page_with_its_code_and_all_headers() {
    let site = site(|config| config.timeout_seconds = 1);
    is(&site.get("/fault").await, 500, "SCR-WEB-001");
    is(&site.get("/panic").await, 500, "SCR-WEB-001");
    is(&site.get("/nowhere").await, 404, "SCR-WEB-007");
    is(&site.get("/slow").await, 503, "SCR-WEB-008");
    let posted = site.send(Request::post("/page").body(Body::empty()).unwrap()).await;
    is(&posted, 405, "SCR-WEB-009");
    assert_eq!(posted.1[header::ALLOW], "GET,HEAD");
    let clerk = Request::get("/desk/thing").header(header::COOKIE, "scr_login=clerk");
    is(&site.send(clerk.body(Body::empty()).unwrap()).await, 403, "SCR-WEB-002");
    // Nobody is sent to sign in again because a database is away.
    let nobody_knows = Request::get("/desk/thing").header(header::COOKIE, "scr_login=away");
    is(&site.send(nobody_knows.body(Body::empty()).unwrap()).await, 503, "SCR-WEB-011");
}

#[tokio::test]
async fn forms_that_are_not_taken() {
    let site = site(|_| ());
    let token = scr_canon::sha256(b"scrutineer form v1\nmanager").to_hex();
    let post = |body: String, from: &str| {
        let request = Request::post("/desk/thing")
            .header(header::COOKIE, "scr_login=manager")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", from);
        request.body(Body::from(body)).unwrap()
    };
    let fine = site.send(post(format!("csrf={token}&name=Ann"), "same-origin")).await;
    assert_eq!((fine.0, fine.2.as_str()), (StatusCode::OK, "Ann"));
    is(&site.send(post("csrf=wrong&name=Ann".to_owned(), "same-origin")).await, 403, "SCR-WEB-003");
    is(&site.send(post(format!("csrf={token}"), "cross-site")).await, 403, "SCR-WEB-004");
    let long = format!("csrf={token}&name={}", "x".repeat(256 * 1024));
    is(&site.send(post(long, "same-origin")).await, 413, "SCR-WEB-005");
    let many = format!("csrf={token}{}", "&a=b".repeat(5_000));
    is(&site.send(post(many, "same-origin")).await, 413, "SCR-WEB-005");
    // A form is UTF-8 (URL Standard, application/x-www-form-urlencoded); a lone byte FF is none.
    let mut broken = post(String::new(), "same-origin");
    *broken.body_mut() = Body::from(vec![b'a', b'=', 0xff]);
    is(&site.send(broken).await, 422, "SCR-WEB-006");
}

#[tokio::test]
async fn a_board_and_a_login_do_not_open_each_others_pages() {
    let site = site(|config| config.https = true);
    let ask = |method: Method, path: &str, cookies: &str, body: &str| {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::COOKIE, cookies)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        request.body(Body::from(body.to_owned())).unwrap()
    };
    let page = site.send(ask(Method::GET, "/board/work", "scr_board=7; scr_login=manager", "")).await;
    assert_eq!((page.0, page.2.as_str()), (StatusCode::OK, "7"));
    assert_eq!(page.1[header::CACHE_CONTROL], "no-store");
    let to =
        |answer: &(StatusCode, HeaderMap, String)| answer.1[header::LOCATION].to_str().unwrap().to_owned();
    for cookies in ["scr_login=manager", "scr_login=7", "scr_board=manager", "scr_form=7"] {
        let page = site.send(ask(Method::GET, "/board/work", cookies, "")).await;
        assert_eq!((page.0, to(&page).as_str()), (StatusCode::SEE_OTHER, "/board"), "{cookies}");
        is(&site.send(ask(Method::POST, "/board/work", cookies, "")).await, 401, "SCR-WEB-012");
    }
    let desk = site.send(ask(Method::GET, "/desk/thing", "scr_board=manager", "")).await;
    assert!(to(&desk).starts_with("/desk/sign-in"));
    is(&site.send(ask(Method::GET, "/board/work", "scr_board=away", "")).await, 503, "SCR-WEB-011");
    is(&site.send(ask(Method::GET, "/board/open", "scr_board=7", "")).await, 401, "SCR-WEB-012");

    // Forms are bound to the secret of whoever acts there, and before that to one of their own.
    let token = |secret: &str| scr_canon::sha256(format!("scrutineer form v1\n{secret}").as_bytes()).to_hex();
    let both = "scr_board=7; scr_login=manager";
    let post =
        |secret: &str| ask(Method::POST, "/board/work", both, &format!("csrf={}&name=Ann", token(secret)));
    assert_eq!(site.send(post("7")).await.2, "7 Ann");
    is(&site.send(post("manager")).await, 403, "SCR-WEB-003");
    let door = site.send(ask(Method::GET, "/board", "scr_login=manager", "")).await;
    let cookie = door.1[header::SET_COOKIE].to_str().unwrap();
    assert!(cookie.contains("; Path=/board; HttpOnly") && cookie.contains("; Secure"), "{cookie}");
    let secret = cookie.split([';', '=']).nth(1).unwrap();
    assert_eq!(door.2, token(secret));
}

#[tokio::test]
async fn head_says_what_get_says_without_the_body() {
    let site = site(|_| ());
    let get = site.get("/page").await;
    let head = site.send(Request::head("/page").body(Body::empty()).unwrap()).await;
    assert_eq!((head.0, head.2.as_str()), (StatusCode::OK, ""));
    assert_eq!(head.1[header::ETAG], get.1[header::ETAG]);
    assert_eq!(head.1[header::CONTENT_LENGTH], get.2.len().to_string());
    assert_eq!(head.1[header::CONTENT_TYPE], get.1[header::CONTENT_TYPE]);
}

#[tokio::test]
async fn only_a_trusted_proxy_says_for_whom_it_speaks() {
    let proxy: IpAddr = "192.0.2.7".parse().unwrap();
    let site = site(|config| config.trusted_proxies = vec![proxy]);
    let from = |peer: &str, said: &str| {
        let mut request = Request::get("/who").header("x-forwarded-for", said).body(Body::empty()).unwrap();
        let peer = SocketAddr::new(peer.parse().unwrap(), 4000);
        request.extensions_mut().insert(ConnectInfo(peer));
        request
    };
    for (peer, said, seen) in [
        ("192.0.2.7", "203.0.113.5", "203.0.113.5"),
        // Whatever the reader claims stands before what the proxy saw.
        ("192.0.2.7", "10.0.0.1, 203.0.113.5", "203.0.113.5"),
        ("192.0.2.7", "203.0.113.5, 192.0.2.7", "203.0.113.5"),
        ("192.0.2.7", "nonsense", "192.0.2.7"),
        ("198.51.100.9", "203.0.113.5", "198.51.100.9"),
    ] {
        assert_eq!(site.send(from(peer, said)).await.2, seen, "{peer} says {said}");
    }
}

#[tokio::test]
async fn transport_security_is_demanded_where_the_site_is_reached_by_https() {
    let plain = site(|_| ()).get("/page").await.1;
    assert!(!plain.contains_key(header::STRICT_TRANSPORT_SECURITY));
    let site = site(|config| config.https = true);
    assert!(site.get("/page").await.1.contains_key(header::STRICT_TRANSPORT_SECURITY));
    let sign_in = site.get("/desk/thing").await;
    let cookie = sign_in.1[header::SET_COOKIE].to_str().unwrap().to_owned();
    assert!(cookie.contains("; Secure") && cookie.contains("HttpOnly"), "{cookie}");
}

#[tokio::test]
async fn operators_learn_the_state_in_figures() {
    let site = site(|_| ());
    site.app.add_metrics(|| {
        let values = vec![("state=\"dead\"".to_owned(), 2)];
        vec![scr_web::Gauge { name: "scrutineer_test", help: "A test", values }]
    });
    site.get("/page").await;
    site.get("/nowhere").await;
    let ready = site.get("/health/ready").await;
    assert_eq!(ready.0, StatusCode::OK);
    assert!(ready.2.contains("accepts yes"), "{}", ready.2);
    assert_eq!(site.get("/health/live").await.2, "live\n");
    let text = site.get("/metrics").await.2;
    for line in [
        "scrutineer_record_entries 1",
        "scrutineer_record_accepts 1",
        "scrutineer_requests_total{status=\"4xx\"} 1",
        "scrutineer_requests_total{status=\"2xx\"} 3",
        "scrutineer_request_seconds_bucket{le=\"+Inf\"} 4",
        "scrutineer_requests_running 1",
        "scrutineer_test{state=\"dead\"} 2",
    ] {
        assert!(text.lines().any(|found| found == line), "{line}: {text}");
    }
    // Prometheus' text format: every line is a comment, or a name with labels and a number.
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let (name, value) = line.rsplit_once(' ').unwrap();
        assert!(name.starts_with("scrutineer_") && value.parse::<f64>().is_ok(), "{line}");
    }
}

struct Served {
    address: SocketAddr,
    stop: tokio::sync::oneshot::Sender<()>,
    ended: tokio::task::JoinHandle<()>,
    _site: Site,
}

async fn served(limits: ServeLimits) -> Served {
    let site = site(|_| ());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let router = scr_web::router(&site.app, &[&Probe]);
    let ended =
        tokio::spawn(scr_web::serve(listener, None, router, limits, async move { drop(stopped.await) }));
    Served { address, stop, ended, _site: site }
}

impl Served {
    async fn say(&self, bytes: &[u8]) -> tokio::net::TcpStream {
        let mut stream = tokio::net::TcpStream::connect(self.address).await.unwrap();
        stream.write_all(bytes).await.unwrap();
        stream
    }
}

async fn answer(mut stream: tokio::net::TcpStream) -> String {
    let mut text = Vec::new();
    let read = tokio::time::timeout(Duration::from_secs(10), stream.read_to_end(&mut text));
    // A connection that is reset has ended, too.
    drop(read.await.unwrap());
    String::from_utf8_lossy(&text).into_owned()
}

#[tokio::test]
async fn a_head_that_trickles_or_never_ends_is_cut_off() {
    let head = Duration::from_millis(300);
    let served = served(ServeLimits { head, ..ServeLimits::default() }).await;
    let slow = served.say(b"GET /page HTTP/1.1\r\nHost: a\r\n").await;
    assert!(!answer(slow).await.contains("200 OK"), "the head never ended");
    let mut lines = b"GET /page HTTP/1.1\r\nHost: a\r\n".to_vec();
    for number in 0..200 {
        lines.extend(format!("x-{number}: 1\r\n").into_bytes());
    }
    lines.extend(b"\r\n");
    assert!(answer(served.say(&lines).await).await.contains("431 "), "too many lines");
    let long = format!("GET /page HTTP/1.1\r\nHost: a\r\nx: {}\r\n\r\n", "y".repeat(64 << 10));
    assert!(answer(served.say(long.as_bytes()).await).await.contains("431 "), "too long");
    let fine = served.say(b"GET /page HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await;
    assert!(answer(fine).await.starts_with("HTTP/1.1 200 OK"));
}

#[tokio::test(flavor = "multi_thread")]
async fn told_to_stop_it_finishes_what_is_under_way_and_takes_nothing_new() {
    let served = served(ServeLimits::default()).await;
    let under_way = served.say(b"GET /slow HTTP/1.1\r\nHost: a\r\n\r\n").await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    served.stop.send(()).unwrap();
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(tokio::net::TcpStream::connect(served.address).await.is_err(), "nothing new is taken");
    assert!(answer(under_way).await.contains("done"), "what was under way ends");
    served.ended.await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_end_does_not_wait_for_ever() {
    let end = Duration::from_millis(200);
    let served = served(ServeLimits { end, ..ServeLimits::default() }).await;
    let _under_way = served.say(b"GET /slow HTTP/1.1\r\nHost: a\r\n\r\n").await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    served.stop.send(()).unwrap();
    tokio::time::timeout(Duration::from_secs(2), served.ended).await.unwrap().unwrap();
}

#[tokio::test]
async fn methods_that_write_are_never_public() {
    let site = site(|_| ());
    assert!(site.app.public_writes().is_empty());
    let trace = Request::builder().method(Method::TRACE).uri("/page").body(Body::empty()).unwrap();
    is(&site.send(trace).await, 405, "SCR-WEB-009");
}

#[tokio::test]
async fn who_waits_too_long_for_a_turn_is_told_to_come_back() {
    let site = site(|config| (config.heavy_at_once, config.heavy_wait) = (1, Duration::from_millis(50)));
    let turn = site.app.heavy_turn().await.unwrap();
    assert_eq!(site.app.heavy_turn().await.unwrap_err().code, "SCR-ENG-007");
    drop(turn);
    drop(site.app.heavy_turn().await.unwrap());
}

/// Jobs as their pages show them, and who may do what.
#[tokio::test(flavor = "multi_thread")]
async fn long_work_is_shown_cancelled_and_tried_again() {
    let site = site(|_| ());
    let folder = tempfile::tempdir().unwrap();
    let store = scr_store::Store::open_sqlite(&folder.path().join("jobs.db")).unwrap();
    let (clock, entropy) = (Arc::clone(&site.app.clock), Arc::clone(&site.app.entropy));
    let jobs = scr_jobs::Jobs::open(store, clock, entropy).unwrap();
    site.app.use_jobs(jobs.clone());
    let ask = |key: &str, owner: &str| {
        let job = scr_jobs::NewJob {
            kind: "access.sweep".to_owned(),
            key: key.to_owned(),
            owner: owner.to_owned(),
            input: String::new(),
            max_attempts: 3,
        };
        jobs.enqueue(&job).unwrap().id
    };
    let (ours, servers, theirs) = (ask("a", "emb"), ask("b", ""), ask("c", "others"));
    let get = |who: &str, path: String| {
        let request = Request::get(path).header(header::COOKIE, format!("scr_login={who}"));
        site.send(request.body(Body::empty()).unwrap())
    };
    let list = get("manager", "/desk/jobs".to_owned()).await;
    assert!(list.2.contains(&format!("/desk/jobs/{ours}")) && list.2.contains("Remove logins"), "{}", list.2);
    assert!(!list.2.contains(&format!("/desk/jobs/{servers}\"")), "the server's own are the administrator's");
    for (who, job, status) in [
        ("manager", ours, 200),
        ("manager", servers, 404),
        ("administrator", servers, 200),
        ("administrator", theirs, 404),
    ] {
        let page = get(who, format!("/desk/jobs/{job}")).await;
        assert_eq!(page.0.as_u16(), status, "{who} {job}: {}", page.2);
    }
    let lease = jobs.claim(&["access.sweep"]).unwrap().unwrap();
    lease.heartbeat(3, 10).unwrap();
    let page = get("manager", format!("/desk/jobs/{ours}")).await;
    assert!(page.2.contains("You may leave this page") && page.2.contains("/cancel"), "{}", page.2);
    let page = get("viewer", format!("/desk/jobs/{ours}")).await;
    assert!(!page.2.contains("/cancel"), "only managers and administrators act");
    let post = |who: &str, path: String| {
        let token = scr_canon::sha256(format!("scrutineer form v1\n{who}").as_bytes()).to_hex();
        let request = Request::post(path)
            .header(header::COOKIE, format!("scr_login={who}"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        site.send(request.body(Body::from(format!("csrf={token}"))).unwrap())
    };
    assert_eq!(post("viewer", format!("/desk/jobs/{ours}/cancel")).await.0, StatusCode::FORBIDDEN);
    assert_eq!(post("manager", format!("/desk/jobs/{ours}/cancel")).await.0, StatusCode::SEE_OTHER);
    assert_eq!(lease.heartbeat(4, 10), Err(scr_jobs::Stop::Cancelled));
    lease.cancelled().unwrap();
    assert!(get("manager", format!("/desk/jobs/{ours}")).await.2.contains("/again"));
    assert_eq!(post("manager", format!("/desk/jobs/{ours}/again")).await.0, StatusCode::SEE_OTHER);
    assert_eq!(jobs.get(ours).unwrap().unwrap().state, scr_jobs::JobState::Waiting);
    assert!(site.get("/metrics").await.2.contains("scrutineer_jobs{state=\"waiting\"} 3"));
}
