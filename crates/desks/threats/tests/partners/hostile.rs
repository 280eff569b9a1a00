//! Servers that answer wrongly, slowly, too much, or send us elsewhere.

use super::site::{GREEN, MEDIA, Other, SOURCES, Site, envelope, indicator, moment, say};
use scr_desk_threats::partners;
use scr_web::WebConfig;
use serde_json::json;
use std::io::Write as _;
use std::net::TcpStream;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

/// Status, headers and body of an answer, and what it comes to.
type Case = (u16, &'static [(&'static str, &'static str)], &'static str, &'static str);

fn good(stream: &mut TcpStream) {
    envelope(stream, Some(&moment(1)), &format!("{{\"objects\":[{}]}}", indicator(1, GREEN)));
}

#[test]
fn answers_that_are_none_are_said_in_words() {
    let cases: [Case; 12] = [
        (401, &[], "", "login"),
        (403, &[], "", "login"),
        (404, &[], "", "missing"),
        (406, &[], "", "media"),
        (429, &[("Retry-After", "7200")], "", "busy"),
        (500, &[], "", "status"),
        (503, &[], "", "busy"),
        (200, &[("Content-Type", "text/html")], "<html>", "media"),
        (200, &[], "{}", "media"),
        (200, &[("Content-Type", MEDIA)], "{\"objects\":[", "broken"),
        (200, &[("Content-Type", MEDIA)], "[]", "broken"),
        (200, &[("Content-Type", MEDIA)], "{\"objects\":{}}", "broken"),
    ];
    let site = Site::new();
    for (status, headers, body, expected) in cases {
        let other = Other::new(move |_, stream| say(stream, status, headers, body));
        let id = site.source("taxii", &other.collection());
        assert_eq!(site.trouble(&id), expected, "{status} {body}");
        site.done(&format!("{SOURCES}/{id}/remove"), &json!({}));
    }
    let nobody = site.source("taxii", "http://127.0.0.1:1/root/collections/x/");
    assert_eq!(site.trouble(&nobody), "unreachable");
    let (_, refused) = site.call("manager!alpha", &format!("{SOURCES}/{nobody}/offer"), None);
    assert_eq!(refused["code"], "SCR-THR-055");
    site.done(&format!("{SOURCES}/{nobody}/remove"), &json!({}));
    let nowhere = site.source("taxii", "http://nowhere.invalid/root/collections/x/");
    assert!(["no-host", "unreachable"].contains(&site.trouble(&nowhere).as_str()));
}

#[test]
fn whoever_fails_is_asked_more_and_more_seldom_and_then_as_before() {
    let count = AtomicU32::new(0);
    let other = Other::new(move |_, stream| {
        if count.fetch_add(1, Ordering::SeqCst) < 6 {
            return say(stream, 500, &[], "");
        }
        good(stream);
    });
    let site = Site::new();
    let id = site.source("taxii", &other.collection());
    let (mut pauses, mut since) = (Vec::new(), Vec::new());
    for _ in 0..6 {
        let state = site.poll(&id);
        let seconds = |name: &str| scr_engine::parse_utc(state[name].as_str().unwrap()).unwrap();
        pauses.push(seconds("next_poll") - seconds("last_poll"));
        since.push(seconds("failing_since"));
    }
    assert!(pauses[0] >= 2_700 && pauses[0] <= 4_500, "{pauses:?}");
    assert!(pauses[1] > pauses[0] && pauses[5] >= 6 * 2_700 && pauses[5] <= 6 * 4_500, "{pauses:?}");
    assert!(since.windows(2).all(|pair| pair[0] == pair[1]), "since the first failure");
    assert_eq!(site.counts(&id), [1, 0, 0]);
    assert!(site.state(&id)["failing_since"].is_null());
}

#[test]
fn a_server_that_asks_to_be_left_alone_is() {
    let other = Other::new(|_, stream| say(stream, 503, &[("Retry-After", "80000")], ""));
    let site = Site::new();
    let id = site.source("taxii", &other.collection());
    assert_eq!(site.trouble(&id), "busy");
    site.clock.advance(79_000);
    assert_eq!(partners::poll_due(&site.app).unwrap(), 0);
    site.clock.advance(1_001);
    assert_eq!(partners::poll_due(&site.app).unwrap(), 1);
}

#[test]
fn the_login_goes_to_no_other_server() {
    let thief = Other::new(|_, stream| good(stream));
    let to = thief.collection();
    let other = Other::new(move |asked, stream| match asked.path.as_str() {
        "/away/" | "/away/objects/" => say(stream, 307, &[("Location", &to)], ""),
        "/round/objects/" => say(stream, 308, &[("Location", "/round/objects/")], ""),
        "/old/objects/" => say(stream, 301, &[("Location", "/new/objects/")], ""),
        "/taxii2/" => say(
            stream,
            200,
            &[("Content-Type", MEDIA)],
            &format!("{{\"title\":\"x\",\"api_roots\":[\"{to}\"]}}"),
        ),
        _ => good(stream),
    });
    let site = Site::new();
    let login = json!({"with": "password", "user": "alpha", "password": "geheim"});
    let add = |path: &str| {
        let address = format!("{}{path}", other.address);
        site.source_with(&json!({"kind": "taxii", "address": address, "login": login}), "TLP:GREEN")
    };
    assert_eq!(site.trouble(&add("/away/")), "redirect");
    let all: Vec<String> = site.call("manager!alpha", SOURCES, None).1["sources"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["id"].as_str().unwrap().to_owned())
        .collect();
    let clean = |id: &str| site.done(&format!("{SOURCES}/{id}/remove"), &json!({}));
    all.iter().for_each(|id| drop(clean(id)));
    let round = add("/round/");
    assert_eq!(site.trouble(&round), "loop");
    clean(&round);
    let moved = add("/old/");
    assert_eq!(site.counts(&moved), [1, 0, 0], "within the server it is followed");
    assert!(other.asked().last().unwrap().head.contains("Basic YWxwaGE6Z2VoZWlt"));
    let discovery = site.done(
        SOURCES,
        &json!({"kind": "taxii", "address": format!("{}/taxii2/", other.address), "login": login}),
    );
    let path = format!("{SOURCES}/{}", discovery["id"].as_str().unwrap());
    let (_, offer) = site.call("manager!alpha", &format!("{path}/offer"), None);
    assert_eq!(
        (&offer["elsewhere"], offer["collections"].as_array().unwrap().len()),
        (&json!(1), 0),
        "{offer}"
    );
    let to = json!({"theirs": thief.collection(), "community": "linden", "collection": "signs", "at_least": "TLP:GREEN", "every_seconds": 60});
    let (status, refused) = site.call("manager!alpha", &path, Some(&json!({"to": to})));
    assert_eq!((status.as_u16(), &refused["code"]), (422, &json!("SCR-THR-057")), "{refused}");
    assert_eq!(thief.asked().len(), 0, "it was never asked");
}

/// By number, by name, in the clothes of another address, and after the name was looked up.
#[test]
fn machines_of_our_own_network_are_not_asked() {
    let other = Other::new(|_, stream| good(stream));
    let port = other.address.rsplit(':').next().unwrap().to_owned();
    let site = Site::with(WebConfig::default());
    for host in
        ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "169.254.169.254", "10.0.0.1"]
    {
        let address = format!("https://{host}:{port}/root/");
        let id = site.source("taxii", &address);
        assert_eq!(site.trouble(&id), "private", "{host}");
        site.done(&format!("{SOURCES}/{id}/remove"), &json!({}));
    }
    let plain = json!({"kind": "taxii", "address": other.collection()});
    let (status, refused) = site.call("manager!alpha", SOURCES, Some(&plain));
    assert_eq!(
        (status.as_u16(), &refused["code"]),
        (422, &json!("SCR-THR-051")),
        "without encryption: {refused}"
    );
    assert!(other.asked().is_empty());
}

fn chunk(stream: &mut TcpStream, text: &str) -> bool {
    stream.write_all(format!("{:x}\r\n{text}\r\n", text.len()).as_bytes()).is_ok()
}

#[test]
fn an_envelope_of_a_hundred_megabytes_is_not_held() {
    let other = Other::new(|_, stream| {
        let head = format!("HTTP/1.1 200 X\r\nContent-Type: {MEDIA}\r\nTransfer-Encoding: chunked\r\n\r\n");
        drop(stream.write_all(head.as_bytes()));
        let first = indicator(1, GREEN);
        chunk(stream, &format!("{{\"objects\":[{first}"));
        let filler = format!(",{}{}\"\n}}", "{\"x\":\"", "y".repeat(1 << 20));
        for _ in 0..100 {
            if !chunk(stream, &filler) {
                return;
            }
        }
        if chunk(stream, "]}") {
            drop(stream.write_all(b"0\r\n\r\n"));
        }
    });
    let site = Site::new();
    let id = site.source("taxii", &other.collection());
    assert_eq!(site.trouble(&id), "too-large");
    assert_eq!(site.objects("beta"), [indicator(1, GREEN)], "what was read before is here");
}

#[test]
fn a_connection_that_breaks_off_leaves_what_came() {
    let other = Other::new(|_, stream| {
        let body = format!("{{\"objects\":[{},{}", indicator(1, GREEN), indicator(2, GREEN));
        let head = format!(
            "HTTP/1.1 200 X\r\nContent-Type: {MEDIA}\r\nContent-Length: {}\r\n\r\n",
            body.len() + 500
        );
        drop(stream.write_all(format!("{head}{body}").as_bytes()));
    });
    let site = Site::new();
    let id = site.source("taxii", &other.collection());
    assert_eq!(site.trouble(&id), "cut-off");
    assert!(!site.objects("beta").is_empty());
}

/// Two nodes look at the same moment; one of them polls.
#[test]
fn nobody_polls_a_source_twice_at_once() {
    let other = Other::new(|_, stream| {
        std::thread::sleep(Duration::from_millis(700));
        good(stream);
    });
    let site = Site::new();
    let id = site.source("taxii", &other.collection());
    let begun = Instant::now();
    std::thread::scope(|scope| {
        let polls: Vec<_> = (0..4).map(|_| scope.spawn(|| partners::poll_due(&site.app).unwrap())).collect();
        let all: u64 = polls.into_iter().map(|poll| poll.join().unwrap()).sum();
        assert_eq!(all, 1);
    });
    assert_eq!(other.asked().len(), 1, "{:?}", begun.elapsed());
    assert_eq!(site.state(&id)["taken"], 1);
}

/// A node that died in the middle holds its source for two minutes, and no longer.
#[test]
fn a_poll_that_died_is_taken_up_again() {
    let other = Other::new(|_, stream| good(stream));
    let site = Site::new();
    let id = site.source("taxii", &other.collection());
    let held = scr_store::sql!(
        "UPDATE threats_source SET lease = 'dead', lease_until = $1",
        scr_core::Clock::now(&*site.clock) + 120
    );
    site.store.execute(&held).unwrap();
    assert_eq!(partners::poll_due(&site.app).unwrap(), 0);
    site.clock.advance(121);
    assert_eq!(partners::poll_due(&site.app).unwrap(), 1);
    assert_eq!(site.state(&id)["taken"], 1);
}
