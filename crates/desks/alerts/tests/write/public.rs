//! What everybody reads, and what is checked with it.

use crate::site::{BEN, CEM, Site};
use axum::body::{Body, HttpBody as _};
use axum::http::{Request, header};
use scr_alerts::{Limits, Scanned, authenticate};
use scr_desk_alerts::AlertsDesk;
use scr_desk_alerts::issued::Issued;
use scr_verify::Trust;
use scr_web::router;
use std::pin::Pin;
use tower::ServiceExt as _;

/// The log's checkpoint covers an alert within moments.
async fn proven(site: &Site, one: &Issued) {
    for _ in 0..200 {
        let answer = site.get("", &format!("/alerts/{}.bundle", one.id)).await;
        if answer.status == 200 {
            return;
        }
        assert_eq!((answer.status, answer.header("retry-after").as_str()), (503, "10"));
        assert!(answer.body().contains("SCR-ALR-243"));
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("no checkpoint came");
}

#[tokio::test]
async fn the_files_are_the_alert_and_hold_under_pinned_keys_alone() {
    let site = Site::open();
    let one = site.released("actual", None).await;
    proven(&site, &one).await;
    let trust = Trust::Keys(site.app.engine.ledger().verifiers().to_vec());
    for file in ["bundle", "txt", "short"] {
        let answer = site.get("", &format!("/alerts/{}.{file}", one.id)).await;
        assert_eq!(answer.status, 200, "{file}");
        let scanned = Scanned::read(&answer.bytes).unwrap();
        let found = authenticate(&scanned, &trust, &Limits::default()).unwrap();
        assert_eq!((&found.alert, found.index, found.leaf), (&one.text, one.index, one.leaf));
        assert_eq!(found.is_proven(), file != "short");
    }
    let by_place = site.get("", &format!("/alerts/{}.bundle", one.index)).await;
    assert_eq!(by_place.status, 200, "the place in the log is an address too");

    let cap = site.get("", &format!("/alerts/{}.cap", one.id)).await;
    let limits = scr_cap::Limits::default();
    let reading = scr_cap::read(&cap.bytes, &limits).unwrap();
    let pem = site.get("", "/alerts/signer.pem").await.body();
    let pins = scr_cap::Pin::from_pem("emb", &pem).unwrap();
    let checked = scr_cap::verify(&reading, &pins, None, &limits);
    assert!(matches!(checked[0].state, scr_cap::State::Valid { .. }), "{checked:?}");
    let other = scr_cap::Signer::from_bytes(&[7; 32]).unwrap().public_key().unwrap().to_pem();
    let pins = scr_cap::Pin::from_pem("other", &other).unwrap();
    let foreign = scr_cap::verify(&reading, &pins, None, &limits);
    assert!(!matches!(foreign[0].state, scr_cap::State::Valid { .. }), "{foreign:?}");
    let text = cap.body();
    assert!(text.contains("<identifier>") && text.contains(&one.id), "{text}");
    for part in ["<language>en</language>", "<language>en-x-expert</language>", "<language>ar</language>"] {
        assert!(text.contains(part), "{part}");
    }
}

#[tokio::test]
async fn the_page_says_what_to_do_and_how_to_check_it() {
    let site = Site::open();
    let one = site.released("actual", None).await;
    proven(&site, &one).await;
    let body = site.get("", &format!("/alerts/{}", one.id)).await.body();
    for part in [
        "Stay open until 20:00",
        "Tell voters.",
        "Keep the official times.",
        "North",
        "South",
        "emb office",
        "<svg",
    ] {
        assert!(body.contains(part), "{part}: {body}");
    }
    assert!(!body.contains("in your language"));
    let arabic = site.get("", &format!("/alerts/{}?lang=ar", one.id)).await.body();
    assert!(arabic.contains("dir=\"rtl\""));
    let expert = site.get("", &format!("/alerts/{}?level=expert", one.id)).await.body();
    assert!(expert.contains("Three look-alike domains & more."), "{expert}");
    let french = site.get("", &format!("/alerts/{}?lang=fr", one.id)).await.body();
    assert!(french.contains("lang=\"en\""), "words that are not there in French are in the main language");
    let words = scr_alerts::words::comparing_words(&one.leaf, scr_alerts::words::Tongue::En).join(" ");
    for page in ["", "/print"] {
        assert!(site.get("", &format!("/alerts/{}{page}", one.id)).await.body().contains(&words), "{page}");
    }
    let list = site.get("", "/alerts").await.body();
    assert!(list.contains("1 alert holds now") && list.contains(&format!("/alerts/{}", one.id)), "{list}");
    site.clock.advance(7_200);
    let body = site.get("", &format!("/alerts/{}", one.id)).await.body();
    assert!(body.contains("does not hold any more"), "{body}");
    let list = site.get("", "/alerts").await.body();
    assert!(list.contains("No alert holds now") && list.contains("Over"), "{list}");
    let nothing = site.get("", "/alerts/none").await;
    assert!(nothing.status == 404 && nothing.body().contains("SCR-ALR-242"));
    assert_eq!(site.get("", "/alerts/99999.cap").await.status, 404);
}

/// What stands between the drawing of an id and the end of it.
fn drawn<'a>(page: &'a str, id: &str) -> &'a str {
    let mark = format!("id=\"{id}\"");
    let mut parts = page.split(mark.as_str());
    let (part, more) = (parts.nth(1).unwrap(), parts.next());
    assert!(more.is_none(), "one {id}");
    let begin = part.find("<svg").unwrap();
    &part[begin..part.find("</svg>").unwrap() + 6]
}

#[tokio::test]
async fn a_camera_reads_text_that_the_saved_page_takes_and_a_scanner_the_bytes() {
    let site = Site::open();
    for status in ["actual", "test"] {
        let one = site.released(status, None).await;
        proven(&site, &one).await;
        for page in ["", "/print"] {
            let (bundle, line, body) = at_one_moment(&site, &one, page).await;
            assert!(line.starts_with("SCRUTINEER ") && !line.contains('\n'), "{line}");
            let trust = Trust::Keys(site.app.engine.ledger().verifiers().to_vec());
            let scanned = Scanned::read(line.as_bytes()).unwrap();
            assert_eq!(authenticate(&scanned, &trust, &Limits::default()).unwrap().leaf, one.leaf);
            let title = "For the camera of a telephone: copy the text, and paste it into the saved page";
            assert!(drawn(&body, "qr-text") == scr_charts::qr_long(&line, title).unwrap(), "{page}");
            let title = "QR code: the alert with its proof";
            assert!(drawn(&body, "qr-bytes") == scr_charts::qr_bytes(&bundle, title).unwrap(), "{page}");
            assert_eq!(body.matches("class=\"qr\"").count(), 2, "{page}");
            assert!(body.contains("For a scanner and the program: the same as binary file"), "{page}");
        }
    }
}

/// Bundle, its text in one line and a page, all under one checkpoint: the log goes on meanwhile.
async fn at_one_moment(site: &Site, one: &Issued, page: &str) -> (Vec<u8>, String, String) {
    for _ in 0..50 {
        let bundle = site.get("", &format!("/alerts/{}.bundle", one.id)).await.bytes;
        let text = site.get("", &format!("/alerts/{}.txt", one.id)).await.body();
        let body = site.get("", &format!("/alerts/{}{page}", one.id)).await.body();
        if bundle == site.get("", &format!("/alerts/{}.bundle", one.id)).await.bytes {
            return (bundle, text.lines().collect::<Vec<_>>().join(" "), body);
        }
    }
    panic!("the log does not stand still")
}

#[tokio::test]
async fn what_begins_later_says_so() {
    let site = Site::open();
    let href = site.draft("actual", None, "minor").await;
    let zone = scr_i18n::Zone::utc();
    let field = |seconds: i64| zone.field_of(site.app.clock.now() + seconds).unwrap();
    let page = format!("{href}/where");
    let version = site.version(BEN, &page).await;
    let (from, to) = (field(3_600), field(7_200));
    let fields = [
        ("version", version.as_str()),
        ("area", "EX"),
        ("effective", &from),
        ("expires", &to),
        ("step", "next"),
    ];
    site.post(BEN, &page, &fields).await;
    site.approve(CEM, &href, "en").await;
    site.release(BEN, &href, "actual").await;
    let one = site.issued(href.rsplit('/').next().unwrap()).unwrap();
    assert_eq!((one.text.effective_after, one.text.expires_after), (3_600, 7_200));
    let body = site.get("", &format!("/alerts/{}", one.id)).await.body();
    assert!(body.contains("Begins later"), "{body}");
}

#[tokio::test]
async fn the_feed_is_atom_and_tells_whether_anything_is_new() {
    let site = Site::open();
    let empty = site.get("", "/alerts/feed.atom").await;
    assert_eq!(
        (empty.status, empty.header("content-type").as_str()),
        (200, "application/atom+xml; charset=utf-8")
    );
    let one = site.released("actual", None).await;
    let feed = site.get("", "/alerts/feed.atom").await;
    let body = String::from_utf8(feed.bytes.clone()).unwrap();
    let limits = scr_cap::Limits::default();
    let document = scr_cap::xml::Document::parse(body.as_bytes(), &limits).unwrap();
    assert!(document.text().contains(&format!("<id>urn:uuid:{}</id>", one.id)));
    let enclosure = format!(
        "rel=\"enclosure\" type=\"application/cap+xml\" href=\"https://alerts.example/alerts/{}.cap\"",
        one.id
    );
    assert!(body.contains(&enclosure), "{body}");
    let (tag, modified) = (feed.header("etag"), feed.header("last-modified"));
    assert_ne!(tag, empty.header("etag"));
    for (name, value) in [(header::IF_NONE_MATCH, &tag), (header::IF_MODIFIED_SINCE, &modified)] {
        let request =
            Request::get("/alerts/feed.atom").header(name, value.as_str()).body(Body::empty()).unwrap();
        let answer = site.send(request).await;
        assert_eq!((answer.status, answer.bytes.len()), (304, 0));
    }
}

/// Events of the stream, until as many have come.
async fn events(site: &Site, request: Request<Body>, count: usize) -> String {
    let response = router(&site.app, &[&AlertsDesk]).oneshot(request).await.unwrap();
    assert_eq!(response.headers().get(header::CONTENT_TYPE).unwrap(), "text/event-stream");
    let mut body = response.into_body();
    let mut text = String::new();
    while text.matches("event: alert").count() < count {
        let frame = std::future::poll_fn(|context| Pin::new(&mut body).poll_frame(context));
        let frame = tokio::time::timeout(std::time::Duration::from_secs(20), frame).await.unwrap();
        let data = frame.unwrap().unwrap().into_data().unwrap();
        text.push_str(std::str::from_utf8(&data).unwrap());
    }
    text
}

#[tokio::test(flavor = "multi_thread")]
async fn the_stream_goes_on_where_a_reader_left_it() {
    let site = Site::open();
    let (one, two) = (site.released("actual", None).await, site.released("test", None).await);
    let from = |last: &str| {
        Request::get("/alerts/stream").header("last-event-id", last).body(Body::empty()).unwrap()
    };
    let all = events(&site, from("0"), 2).await;
    assert!(
        all.contains(&format!("id: {}\n", one.index)) && all.contains(&format!("id: {}\n", two.index)),
        "{all}"
    );
    let rest = events(&site, from(&one.index.to_string()), 1).await;
    assert!(!rest.contains(&one.id) && rest.contains(&two.id) && rest.contains("TEST: Stay open"), "{rest}");
}
