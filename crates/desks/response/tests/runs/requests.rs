//! Requests leave once, to what is on the list; what nobody knows, a person decides.

use crate::made;
use crate::site::{Site, actor, at, code, new_run, site_in, site_with};
use scr_desk_response::runs::acts::{Deed, Person};
use scr_desk_response::runs::requests::{self, repeat};
use scr_desk_response::runs::targets::{self, Target};
use scr_playbooks::http::Allowed;
use scr_web::WebConfig;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

const MARY: &str = "manager-mary";

fn config() -> WebConfig {
    WebConfig { private_partners: true, ..WebConfig::default() }
}

/// A server that answers so, and counts.
fn server(answer: &'static str) -> (u16, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let times = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&times);
    std::thread::spawn(move || {
        while let Ok((mut stream, _)) = listener.accept() {
            counted.fetch_add(1, Ordering::SeqCst);
            drop(stream.set_read_timeout(Some(Duration::from_millis(300))));
            let mut all = Vec::new();
            let mut piece = [0; 2_000];
            while let Ok(count @ 1..) = stream.read(&mut piece) {
                all.extend_from_slice(&piece[..count]);
                if all.ends_with(b"{\"title\":\"help\"}") || all.ends_with(b"{\"title\": \"help\"}") {
                    break;
                }
            }
            drop(stream.write_all(answer.as_bytes()));
        }
    });
    (port, times)
}

fn allowed(port: u16, path: &str) -> Target {
    let allowed = Allowed {
        methods: vec!["POST".into()],
        host: "127.0.0.1".into(),
        port: Some(port),
        path: path.into(),
        plain: true,
        credential: None,
    };
    Target { name: "Tickets".into(), allowed }
}

fn allow(site: &Site, target: &Target) {
    let person = actor(MARY);
    targets::allow(&site.app.engine, Person { actor: &person, name: MARY }, target, true).unwrap();
}

fn asks(port: u16) -> Vec<u8> {
    made::playbook(vec![made::request(), made::manual("Look")], made::target("127.0.0.1", port))
}

const FINE: &str = "HTTP/1.1 201 X\r\nContent-Length: 12\r\n\r\n{\"ticket\":7}";

#[tokio::test]
async fn a_request_on_the_list_is_sent_once_and_ends_its_step() {
    let (port, times) = server(FINE);
    let site = site_with(config());
    let run = site.start(MARY, &new_run(&asks(port))).unwrap();
    requests::send_all(&site.app, &mut |_, _| true).unwrap();
    assert_eq!(times.load(Ordering::SeqCst), 0, "nothing is on the list");
    let place = site.place(MARY, &run).await;
    let here = format!("/desk/response/runs/{run}/steps/{place}");
    site.get(MARY, &here).await.says("is not on the allow list of this installation");
    allow(&site, &allowed(port, "/other"));
    requests::send_all(&site.app, &mut |_, _| true).unwrap();
    assert_eq!(times.load(Ordering::SeqCst), 0, "another path");
    allow(&site, &allowed(port, "/tickets"));
    site.get(MARY, &here).await.says("It is sent within seconds.");
    requests::send_all(&site.app, &mut |_, _| true).unwrap();
    requests::send_all(&site.app, &mut |_, _| true).unwrap();
    assert_eq!(times.load(Ordering::SeqCst), 1);
    let page = site.get(MARY, &here).await;
    page.says("{\"ticket\":7}");
    page.says("201");
    assert_ne!(site.place(MARY, &run).await, place, "the playbook goes on");
}

#[tokio::test]
async fn a_no_is_for_a_person_to_decide() {
    let (port, times) = server("HTTP/1.1 503 X\r\nContent-Length: 4\r\n\r\nbusy");
    let site = site_with(config());
    allow(&site, &allowed(port, "/tickets"));
    let run = site.start(MARY, &new_run(&asks(port))).unwrap();
    requests::send_all(&site.app, &mut |_, _| true).unwrap();
    site.clock.advance(600);
    requests::send_all(&site.app, &mut |_, _| true).unwrap();
    assert_eq!(times.load(Ordering::SeqCst), 1, "not again by itself");
    let place = site.place(MARY, &run).await;
    let here = format!("/desk/response/runs/{run}/steps/{place}");
    let page = site.get(MARY, &here).await;
    page.says("The request was not accepted");
    page.says("busy");
    let person = actor(MARY);
    let mary = Person { actor: &person, name: MARY };
    site.post(MARY, &format!("{here}/repeat"), &[]).await;
    assert_eq!(code(repeat(&site.app.engine, mary, &run, &at(&place))), "SCR-RSP-064");
    requests::send_all(&site.app, &mut |_, _| true).unwrap();
    assert_eq!(times.load(Ordering::SeqCst), 2);
    // By hand.
    site.take(MARY, &run, &place);
    requests::send_all(&site.app, &mut |_, _| true).unwrap();
    site.get(MARY, &here).await.says("Somebody does by hand what the request asks for.");
    site.done(MARY, &run, &place, &[]).unwrap();
    assert_eq!(times.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn what_the_second_person_sends_back_is_not_handed_in_again_by_itself() {
    let (port, times) = server(FINE);
    let site = site_with(config());
    allow(&site, &allowed(port, "/tickets"));
    let mut double = made::request();
    double["step_extensions"] = serde_json::json!({scr_playbooks::EXTENSION_ID: {"sign_off": 2}});
    let bytes = made::playbook(vec![double, made::manual("Look")], made::target("127.0.0.1", port));
    let run = site.start(MARY, &new_run(&bytes)).unwrap();
    requests::send_all(&site.app, &mut |_, _| true).unwrap();
    requests::send_all(&site.app, &mut |_, _| true).unwrap();
    let [(place, state)] = site.waits(MARY, &run).await.try_into().unwrap();
    assert_eq!((state.as_str(), times.load(Ordering::SeqCst)), ("second", 1));
    site.clock.advance(60);
    let back = Deed::SendBack { place: at(&place), reason: "The ticket is for another house".into() };
    site.act(MARY, &run, &back).unwrap();
    requests::send_all(&site.app, &mut |_, _| true).unwrap();
    assert_eq!(site.waits(MARY, &run).await, [(place.clone(), "waits".to_owned())]);
    site.take(MARY, &run, &place);
    site.done(MARY, &run, &place, &[]).unwrap();
    assert_eq!(times.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn cut_off_between_intent_and_answer_it_is_never_sent_again_by_itself() {
    let (port, times) = server(FINE);
    let folder = tempfile::tempdir().unwrap();
    let site = site_in(folder.path(), config());
    allow(&site, &allowed(port, "/tickets"));
    let run = site.start(MARY, &new_run(&asks(port))).unwrap();
    let place = site.place(MARY, &run).await;
    // The intent is recorded, and then the program is gone.
    assert!(requests::intend(&site.app.engine, &run, &at(&place)).unwrap().is_some());
    drop(site);
    let site = site_in(folder.path(), config());
    let (size, _) = site.app.engine.progress();
    site.app.engine.wait_for(size, Duration::from_secs(20));
    assert!(requests::intend(&site.app.engine, &run, &at(&place)).unwrap().is_none());
    requests::send_all(&site.app, &mut |_, _| true).unwrap();
    let here = format!("/desk/response/runs/{run}/steps/{place}");
    site.get(MARY, &here).await.says("It was sent; the answer is awaited.");
    site.clock.advance(3_600);
    requests::send_all(&site.app, &mut |_, _| true).unwrap();
    assert_eq!(times.load(Ordering::SeqCst), 0);
    site.get(MARY, &here).await.says("Nobody knows whether it arrived");
    let eve = actor("manager-eve!other");
    let eve = Person { actor: &eve, name: "Eve" };
    assert_eq!(code(repeat(&site.app.engine, eve, &run, &at(&place))), "SCR-RSP-040");
    site.post(MARY, &format!("{here}/repeat"), &[]).await;
    requests::send_all(&site.app, &mut |_, _| true).unwrap();
    requests::send_all(&site.app, &mut |_, _| true).unwrap();
    assert_eq!(times.load(Ordering::SeqCst), 1);
}

/// What another system does is said in words, whatever it does.
#[tokio::test]
async fn what_came_of_a_request_is_said_in_words() {
    for (answer, words) in [
        (
            "HTTP/1.1 307 X\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n",
            "The other system sends us elsewhere; that is not followed.",
        ),
        ("HTTP/1.1 500 X\r\nContent-Length: 0\r\n\r\n", "The other system refused it."),
    ] {
        let (port, times) = server(answer);
        let site = site_with(config());
        allow(&site, &allowed(port, "/tickets"));
        let run = site.start(MARY, &new_run(&asks(port))).unwrap();
        requests::send_all(&site.app, &mut |_, _| true).unwrap();
        requests::send_all(&site.app, &mut |_, _| true).unwrap();
        assert_eq!(times.load(Ordering::SeqCst), 1, "{answer}");
        let place = site.place(MARY, &run).await;
        let page = site.get(MARY, &format!("/desk/response/runs/{run}/steps/{place}")).await;
        page.says(words);
        page.says("The request was not accepted");
    }
}

#[tokio::test]
async fn without_leave_no_machine_of_ones_own_network_is_asked() {
    let (port, times) = server(FINE);
    let site = site_with(WebConfig::default());
    let person = actor(MARY);
    let mary = Person { actor: &person, name: MARY };
    let plain = allowed(port, "/tickets");
    assert_eq!(code(targets::allow(&site.app.engine, mary, &plain, false)), "SCR-RSP-062");
    let mut safe = plain.clone();
    safe.allowed.plain = false;
    targets::allow(&site.app.engine, mary, &safe, false).unwrap();
    let run = site.start(MARY, &new_run(&asks(port))).unwrap();
    requests::send_all(&site.app, &mut |_, _| true).unwrap();
    assert_eq!(times.load(Ordering::SeqCst), 0);
    let place = site.place(MARY, &run).await;
    site.get(MARY, &format!("/desk/response/runs/{run}/steps/{place}")).await.says(
        "Not sent: the address is not on the public internet, and this installation does not allow that.",
    );
    site.act(MARY, &run, &Deed::Refuse { place: at(&place), reason: "not from here".into() }).unwrap();
}

#[tokio::test]
async fn the_list_is_changed_on_its_page_by_managers() {
    let site = site_with(WebConfig::default());
    let fields =
        [("name", "Tickets"), ("methods", "POST"), ("host", "Tickets.Example"), ("path", "/api/*/notes")];
    let made = site.post(MARY, "/desk/response/targets", &fields).await;
    site.get(MARY, &made.to).await.says("POST https://tickets.example/api/*/notes");
    let wrong = [("name", "T"), ("methods", "POST"), ("host", "https://x"), ("path", "/"), ("port", "x")];
    site.post(MARY, "/desk/response/targets", &wrong).await.says("This entry cannot be allowed");
    let page = site.get("supervisor-sam", "/desk/response/targets").await;
    page.says("Tickets");
    page.is_silent_about("Allow an address");
    assert_eq!(site.post("supervisor-sam", "/desk/response/targets", &fields).await.status.as_u16(), 403);
    site.get("manager-eve!other", "/desk/response/targets").await.is_silent_about("tickets.example");
    let page = site.get(MARY, "/desk/response/targets").await;
    let action = page.body.split("action=\"").find(|part| part.contains("/remove")).unwrap();
    let action = action.split('"').next().unwrap().to_owned();
    site.post(MARY, &action, &[]).await;
    site.get(MARY, "/desk/response/targets").await.says("Nothing is allowed");
    assert_eq!(site.post(MARY, &action, &[]).await.status.as_u16(), 404);
    let sam = actor("supervisor-sam");
    let sam = Person { actor: &sam, name: "Sam" };
    assert_eq!(code(targets::allow(&site.app.engine, sam, &allowed(1, "/"), true)), "SCR-RSP-065");
    let mary = actor(MARY);
    let mary = Person { actor: &mary, name: "Mary" };
    assert_eq!(code(targets::remove(&site.app.engine, mary, "none")), "SCR-RSP-063");
}
