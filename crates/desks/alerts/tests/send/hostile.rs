//! Gateways that are slow, broken, false, or somebody else's.

use crate::fake::{Fake, answer};
use crate::site::{Site, content, manager, site, text};
use scr_desk_alerts::send::{self, Settings, State, Way};
use std::io::Write as _;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

const SHOWN: [State; 4] = [State::Waiting, State::Handed, State::Failed, State::Doubtful];

/// What an alert comes to with such a gateway in one go, and why the gateway takes nothing.
fn once(fake: &Fake) -> ([u64; 4], String) {
    let folder = tempfile::tempdir().unwrap();
    let site = site(folder.path());
    site.kannel(&fake.address);
    let index = site.release(&text(1), &content());
    site.send(Way::Sms);
    (site.sms(index, SHOWN), trouble(&site))
}

fn trouble(site: &Site) -> String {
    let rows =
        site.app.store().unwrap().query(&scr_store::sql!("SELECT trouble FROM alerts_gateway")).unwrap();
    rows[0].text("trouble").unwrap().to_owned()
}

#[test]
fn errors_with_and_without_a_status_lose_nothing() {
    let said = |status, body| once(&Fake::saying(status, body));
    assert_eq!(
        said("200 OK", "<html>Error: no credit</html>"),
        ([4, 0, 0, 0], String::new()),
        "200, and an error"
    );
    assert_eq!(said("202 Accepted", ""), ([4, 0, 0, 0], String::new()), "nothing at all");
    assert_eq!(said("403 Forbidden", "Authorization failed"), ([4, 0, 0, 0], "login".to_owned()));
    assert_eq!(said("503 X", "Temporal failure"), ([4, 0, 0, 0], "busy".to_owned()));
    assert_eq!(said("400 Bad", "Garbage 'to' field"), ([0, 0, 4, 0], String::new()), "it will never take it");
}

/// An error may come after the message was taken, from the gateway or from a server in front of it: a gateway that does not
/// recognise repeats gets the message once more, and no more.
#[test]
fn an_error_of_the_gateway_leaves_it_in_doubt_and_it_goes_once_more() {
    for status in ["500 X", "502 Bad Gateway", "504 Gateway Timeout"] {
        let folder = tempfile::tempdir().unwrap();
        let site = site(folder.path());
        let fake = Fake::saying(status, "0: Accepted");
        site.kannel(&fake.address);
        let index = site.release(&text(1), &content());
        site.send(Way::Sms);
        let states = site.sms(index, SHOWN);
        assert!(states[3] >= 3 && states[1] == 0, "{status}: {states:?}");
        assert_eq!(trouble(&site), "status");
        for _ in 0..30 {
            site.later(61);
            site.send(Way::Sms);
        }
        assert_eq!(site.sms(index, SHOWN), [0, 0, 4, 0], "{status}");
        assert_eq!(fake.asked().len(), 8, "{status}: each went twice");
    }
    // Whoever recognises repeats is asked until the alert ends.
    let folder = tempfile::tempdir().unwrap();
    let site = site(folder.path());
    let fake = Fake::saying("502 Bad Gateway", "");
    send::set_up(&site.app, &manager(), &Site::wanted(Site::json(&fake.address))).unwrap();
    let index = site.release(&text(1), &content());
    for _ in 0..6 {
        site.send(Way::Sms);
        site.later(61);
    }
    assert_eq!(site.sms(index, SHOWN), [4, 0, 0, 0]);
}

#[test]
fn ten_megabytes_and_broken_answers_are_in_doubt_and_bounded() {
    let begun = Instant::now();
    let large = Fake::new(|_, stream| {
        drop(stream.write_all(b"HTTP/1.1 202 X\r\ncontent-length: 10485760\r\n\r\n0: Accepted"));
        for _ in 0..160 {
            if stream.write_all(&[b' '; 65_536]).is_err() {
                return false;
            }
        }
        false
    });
    let (states, trouble) = once(&large);
    assert!(states[3] >= 3 && states[1] == 0, "{states:?}");
    assert_eq!(trouble, "too-large");
    let cut = Fake::new(|_, stream| {
        drop(stream.write_all(b"HTTP/1.1 202 X\r\ncontent-length: 100\r\n\r\n0:"));
        false
    });
    let (states, trouble) = once(&cut);
    assert!(states[3] >= 3 && states[1] == 0, "{states:?}");
    assert_eq!(trouble, "cut-off");
    let nonsense = Fake::new(|_, stream| {
        drop(stream.write_all(b"220 mail.example ESMTP\r\n"));
        false
    });
    let (states, _) = once(&nonsense);
    assert_eq!((states[1], states[2]), (0, 0), "{states:?}");
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
}

#[test]
fn a_gateway_that_is_away_is_left_alone_and_then_asked_with_one_message_first() {
    let folder = tempfile::tempdir().unwrap();
    let site = site(folder.path());
    let count = std::sync::Arc::new(AtomicU32::new(0));
    let counted = std::sync::Arc::clone(&count);
    let fake = Fake::new(move |_, stream| {
        let is_up = counted.fetch_add(1, Ordering::SeqCst) >= 6;
        if is_up { answer(stream, "202 X", "0: Accepted") } else { answer(stream, "503 X", "later") }
    });
    site.kannel(&fake.address);
    let index = site.release(&text(1), &content());
    site.send(Way::Sms);
    let first = fake.asked().len();
    assert!((1..=4).contains(&first), "no more than it has connections: {first}");
    assert_eq!(site.send(Way::Sms), 0);
    assert_eq!(fake.asked().len(), first, "it is left alone");
    for _ in 0..10 {
        site.later(61);
        let before = fake.asked().len();
        if site.send(Way::Sms) > 0 {
            break;
        }
        assert_eq!(fake.asked().len(), before + 1, "one message tries");
    }
    assert_eq!(site.sms(index, SHOWN), [0, 4, 0, 0]);
    assert_eq!(trouble(&site), "");
    let nobody = Fake::kind();
    let closed = nobody.address.replace("127.0.0.1", "127.0.0.2");
    let mut down = once(&Fake::kind());
    assert_eq!(down.1, "");
    let folder = tempfile::tempdir().unwrap();
    let other = crate::site::site(folder.path());
    other.kannel(&closed);
    let index = other.release(&text(1), &content());
    other.send(Way::Sms);
    down = (other.sms(index, SHOWN), trouble(&other));
    assert_eq!(down, ([4, 0, 0, 0], "unreachable".to_owned()));
}

#[test]
fn nobody_is_led_to_another_server() {
    let secret = Fake::kind();
    let to = secret.address.clone();
    let fake = Fake::new(move |_, stream| {
        write!(stream, "HTTP/1.1 302 Found\r\nlocation: {to}\r\ncontent-length: 0\r\n\r\n").is_ok()
    });
    assert_eq!(once(&fake), ([4, 0, 0, 0], "redirect".to_owned()));
    assert!(secret.asked().is_empty());
}

#[test]
fn a_slow_gateway_is_waited_for() {
    let fake = Fake::new(|_, stream| {
        std::thread::sleep(Duration::from_millis(1_500));
        answer(stream, "202 X", "0: Accepted")
    });
    let begun = Instant::now();
    assert_eq!(once(&fake), ([0, 4, 0, 0], String::new()), "slow is not wrong");
    assert!(begun.elapsed() < Duration::from_secs(15));
}

/// It takes the request and says nothing any more: nobody knows whether it has the message.
#[test]
fn a_silent_gateway_is_not_waited_for_without_end() {
    let fake = Fake::new(|_, _| {
        std::thread::sleep(Duration::from_secs(300));
        false
    });
    let begun = Instant::now();
    let (states, trouble) = once(&fake);
    let took = begun.elapsed();
    // Twenty seconds for each of the connections, which wait at the same time.
    assert!((Duration::from_secs(19)..Duration::from_secs(60)).contains(&took), "{took:?}");
    assert!(states[3] >= 3 && states[1] == 0 && states[2] == 0, "{states:?}");
    assert_eq!(states.iter().sum::<u64>(), 4, "{states:?}");
    assert_eq!(trouble, "slow");
}

#[test]
pub(crate) fn the_rate_of_a_gateway_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let site = site(folder.path());
    let fake = Fake::kind();
    let settings = Site::json(&fake.address);
    let wanted = send::Wanted { rate: 2, ..Site::wanted(settings) };
    send::set_up(&site.app, &manager(), &wanted).unwrap();
    site.release(&text(1), &content());
    let begun = Instant::now();
    assert_eq!(site.send(Way::Sms), 4);
    assert!(begun.elapsed() >= Duration::from_millis(1_400), "{:?}", begun.elapsed());
    let asked = fake.asked();
    let body: serde_json::Value = serde_json::from_str(&asked[0].body).unwrap();
    assert!(body["to"].as_str().unwrap().starts_with("+45") && body["ref"].as_str().unwrap().len() == 24);
}

/// Whoever recognises repeats gets a message again until it answers, always with one reference.
#[tokio::test]
async fn a_gateway_with_numbers_of_its_own_that_forgets_to_answer() {
    let folder = tempfile::tempdir().unwrap();
    let site = site(folder.path());
    let count = AtomicU32::new(0);
    let fake = Fake::new(move |asked, stream| {
        let body: serde_json::Value = serde_json::from_str(&asked.body).unwrap();
        if count.fetch_add(1, Ordering::SeqCst) == 0 {
            return false;
        }
        let text =
            format!(r#"{{"messages":[{{"id":"m-{}","status":"queued"}}]}}"#, body["to"].as_str().unwrap());
        answer(stream, "200 OK", &text)
    });
    let settings = Settings::Json {
        address: fake.address.clone(),
        header: "Authorization".to_owned(),
        secret: "Bearer geheim-2".to_owned(),
        template: r#"{"to":"{to}","body":"{text}","ref":"{reference}"}"#.to_owned(),
        id_at: "/messages/0/id".to_owned(),
        ok_at: "/messages/0/status".to_owned(),
        ok_is: "queued".to_owned(),
        repeats: true,
        callback: String::new(),
    };
    let set_up = send::set_up(&site.app, &manager(), &Site::wanted(settings)).unwrap();
    let index = site.release(&text(1), &content());
    site.send(Way::Sms);
    site.later(10);
    site.send(Way::Sms);
    assert_eq!(site.sms(index, SHOWN), [0, 4, 0, 0]);
    let asked = fake.asked();
    assert!(asked.len() >= 5 && asked.iter().all(|one| one.header("authorization") == "Bearer geheim-2"));
    let mut references: Vec<String> = asked
        .iter()
        .map(|one| {
            serde_json::from_str::<serde_json::Value>(&one.body).unwrap()["ref"].as_str().unwrap().to_owned()
        })
        .collect();
    references.sort();
    references.dedup();
    assert_eq!(references.len(), 4, "a repeat has the same reference");
    let report = r#"{"id":"m-+4512345001","status":"delivered"}"#;
    let request = axum::http::Request::post(&set_up.door)
        .header("content-type", "application/json")
        .body(axum::body::Body::from(report))
        .unwrap();
    let router = scr_web::router(&site.app, &[&scr_desk_alerts::AlertsDesk]);
    let answer = tower::ServiceExt::oneshot(router, request).await.unwrap();
    assert!(answer.status().is_success());
    assert_eq!(site.sms(index, [State::Delivered, State::Handed]), [1, 3]);
}

#[test]
fn webhooks_are_signed_and_say_what_is_public() {
    let folder = tempfile::tempdir().unwrap();
    let site = site(folder.path());
    let fake = Fake::saying("204 No Content", "");
    let settings =
        Settings::Webhook { address: fake.address.clone(), secret: "0123456789abcdef-key".to_owned() };
    send::set_up(&site.app, &manager(), &Site::wanted(settings)).unwrap();
    let index = site.release(&text(1), &content());
    assert_eq!(site.send(Way::Webhook), 1);
    assert_eq!(site.send(Way::Webhook), 0);
    let asked = fake.asked();
    let signature = asked[0].header("scrutineer-signature");
    let (at, hex) = signature.strip_prefix("t=").unwrap().split_once(",v1=").unwrap();
    let mut mac =
        <hmac::Hmac<sha2::Sha256> as hmac::KeyInit>::new_from_slice(b"0123456789abcdef-key").unwrap();
    hmac::Mac::update(&mut mac, format!("{at}.{}", asked[0].body).as_bytes());
    let own: String =
        hmac::Mac::finalize(mac).into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(hex, own);
    assert_eq!(asked[0].header("idempotency-key").len(), 24);
    let body: serde_json::Value = serde_json::from_str(&asked[0].body).unwrap();
    assert_eq!((body["index"].as_u64(), body["status"].as_str()), (Some(index), Some("actual")));
    assert_eq!(body["words"]["fr"]["official"]["headline"], "Faux formulaires");
}
