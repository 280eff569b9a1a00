//! Gateways that know a secret, and use it for what is not theirs; servers that drip and flood, and what people read of it.

use crate::fake::{Fake, answer};
use crate::site::{Site, content, manager, site, text};
use axum::http::StatusCode;
use scr_desk_alerts::send::{self, Settings, State, Way};
use std::io::Write as _;
use std::time::{Duration, Instant};

const HOME: &str = "/desk/alerts/sending";

/// A gateway whose secret address has become known: whoever has it can lie about messages that this gateway was given, and
/// about no others. Setting it up anew ends that.
#[tokio::test]
async fn a_gateway_reports_on_its_own_messages_only() {
    let folder = tempfile::tempdir().unwrap();
    let site = site(folder.path());
    let fake = Fake::kind();
    let one = site.kannel(&fake.address);
    let other = site.kannel(&fake.address);
    let index = site.release(&text(1), &content());
    site.send(Way::Sms);
    let reference = fake.asked()[0].reference();
    // The other gateway knows a right secret, its own, and a right reference.
    for kind in ["1", "2", "8", "16"] {
        let answer = site.ask("GET", &format!("{}?ref={reference}&type={kind}", other.door), "", "").await;
        assert_eq!((answer.status, answer.body.as_str()), (StatusCode::OK, ""));
    }
    assert_eq!(site.sms(index, [State::Handed, State::Delivered, State::Failed]), [4, 0, 0]);
    // Its secret with the name of the first one.
    let (base, _) = one.door.rsplit_once('/').unwrap();
    let (_, secret) = other.door.rsplit_once('/').unwrap();
    let mixed = site.ask("GET", &format!("{base}/{secret}?ref={reference}&type=1"), "", "").await;
    assert_eq!((mixed.status, mixed.body.as_str()), (StatusCode::NOT_FOUND, ""));
    let home = site.ask("GET", HOME, "manager", "").await.body;
    assert!(
        home.contains("A gateway reports on messages that it was not given")
            && home.contains("They count for nothing.")
            && home.contains("which gives it another secret address"),
        "{home}"
    );
    // A forged message with a code that nobody has is answered, and counts for nothing.
    let forged = site.ask("GET", &format!("{}?from=%2B45&text=0000010000000000", other.door), "", "").await;
    assert_eq!(forged.status, StatusCode::OK);
    assert!(!forged.body.contains("Thank you"), "{}", forged.body);
    assert_eq!(site.acks(index).iter().filter(|(_, step)| *step > 0).count(), 0);
}

/// A second manager moves a gateway to a server of their own, leaves the password empty and presses the button for a test: the
/// password does not come along. SCR-ALR-252, SCR-ALR-265.
#[tokio::test]
async fn a_password_follows_no_gateway_to_another_server() {
    let folder = tempfile::tempdir().unwrap();
    let site = site(folder.path());
    let (own, elsewhere) = (Fake::kind(), Fake::kind());
    let set_up = site.kannel(&own.address);
    let path = format!("{HOME}/{}", set_up.id);
    let page = site.ask("GET", &path, "manager", "").await.body;
    let token = page.split("name=\"csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let change = async |address: &str, password: &str| {
        let address = scr_web::in_address(address);
        let form = format!(
            "csrf={token}&kind=sms-kannel&address={address}&user=scrutineer&password={password}&post=no&rate=0&connections=1&name=x"
        );
        site.ask("POST", &format!("{path}/change"), "manager", &form).await
    };
    let test = async || {
        let form = format!("csrf={token}&to=%2B45123456&language=en");
        site.ask("POST", &format!("{path}/test"), "manager", &form).await
    };
    let port = |fake: &Fake| fake.address.replace("/cgi-bin/sendsms", "");
    for other in [elsewhere.address.clone(), format!("{}/other", port(&own))] {
        let refused = change(&other, "").await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{other}");
        assert!(refused.body.contains("For another server or address the password is given anew"), "{other}");
        test().await;
    }
    assert!(elsewhere.asked().is_empty());
    assert!(own.asked().iter().all(|one| one.target.starts_with("/cgi-bin/sendsms?")));
    // With a password it goes there; and without one it stays where it was, whatever stands behind the path.
    assert!(change(&format!("{}?smsc=b", own.address), "").await.status.is_success());
    assert!(change(&elsewhere.address, "geheim-2").await.status.is_success());
    test().await;
    let asked = elsewhere.asked();
    assert_eq!((asked.len(), asked[0].get("password").as_str()), (1, "geheim-2"));
}

/// Whatever a gateway does, a page says it in words and what to do.
#[tokio::test]
async fn what_a_hostile_gateway_does_is_said_in_words() {
    let flood = Fake::new(|_, stream| {
        drop(stream.write_all(b"HTTP/1.1 202 X\r\ncontent-length: 10485760\r\n\r\n0: Accepted"));
        while stream.write_all(&[b' '; 65_536]).is_ok() {}
        false
    });
    let elsewhere = Fake::kind();
    let to = elsewhere.address.clone();
    let leads = Fake::new(move |_, stream| {
        write!(stream, "HTTP/1.1 307 X\r\nlocation: {to}\r\ncontent-length: 0\r\n\r\n").is_ok()
    });
    let private = Fake::new(|_, stream| {
        let to = "http://169.254.169.254/latest/meta-data/";
        write!(stream, "HTTP/1.1 302 X\r\nlocation: {to}\r\ncontent-length: 0\r\n\r\n").is_ok()
    });
    let login = Fake::new(|_, stream| answer(stream, "403 X", "no"));
    for (fake, words) in [
        (&flood, "The gateway answered with more than an answer can be."),
        (&leads, "The gateway sends us to another server. That is not followed"),
        (&private, "The gateway sends us to another server. That is not followed"),
        (&login, "The gateway does not accept the login. Change user and password."),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let site = site(folder.path());
        let set_up = site.kannel(&fake.address);
        site.release(&text(1), &content());
        site.send(Way::Sms);
        let page = site.ask("GET", &format!("{HOME}/{}", set_up.id), "manager", "").await.body;
        assert!(page.contains("Takes nothing at present") && page.contains(words), "{words}: {page}");
        assert!(page.contains("What waits is not lost."), "{page}");
    }
    assert!(elsewhere.asked().is_empty());
}

/// Silence has an end, and a message that may have arrived is called that; both are said where somebody looks.
#[tokio::test]
async fn silence_and_doubt_are_said_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let site = site(folder.path());
    let silent = Fake::new(|_, _| {
        std::thread::sleep(Duration::from_secs(40));
        false
    });
    let one = site.kannel(&silent.address);
    let path = format!("{HOME}/{}", one.id);
    let form = format!("csrf={}&to=%2B4512345001&language=en", crate::pages::csrf(&site, &path).await);
    let begun = Instant::now();
    let answer = site.ask("POST", &format!("{path}/test"), "manager", &form).await;
    assert!(answer.body.contains("No answer came within the time."), "{}", answer.body);
    assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());
    // It takes messages, and says nothing of them.
    let folder = tempfile::tempdir().unwrap();
    let site = crate::site::site(folder.path());
    let mute = Fake::new(|_, _| false);
    site.kannel(&mute.address);
    let index = site.release(&text(1), &content());
    for _ in 0..30 {
        site.send(Way::Sms);
        site.later(61);
    }
    assert_eq!(site.sms(index, [State::Waiting, State::Doubtful, State::Failed]), [0, 0, 4]);
    let page = site.ask("GET", HOME, "manager", "").await.body;
    assert!(
        page.contains(
            "Nobody knows whether the gateway has it: twice the answer did not come or was an error."
        ) && page.contains("Reach the station by telephone."),
        "{page}"
    );
}

/// What stands in an alert is text in a message: nothing of it becomes a parameter, a header or a member of an object.
#[test]
fn nothing_in_an_alert_becomes_a_parameter() {
    let folder = tempfile::tempdir().unwrap();
    let site = site(folder.path());
    let fake = Fake::kind();
    let post = Settings::Kannel {
        address: fake.address.clone(),
        user: "scrutineer".to_owned(),
        password: "geheim-1".to_owned(),
        sender: "Elections".to_owned(),
        post: true,
        callback: String::new(),
    };
    send::set_up(&site.app, &manager(), &Site::wanted(post)).unwrap();
    let mut bad = content();
    for levels in bad.words.values_mut() {
        for words in levels.values_mut() {
            words.headline = "A&to=+4599999999\r\nX-Kannel-To: +4599999999".to_owned();
            words.instruction = "{to}{callback}\",\"to\":\"+4599999999".to_owned();
        }
    }
    site.release(&text(1), &bad);
    assert_eq!(site.send(Way::Sms), 4);
    for one in fake.asked() {
        assert_eq!(
            one.head.lines().filter(|line| line.to_ascii_lowercase().starts_with("x-kannel-to:")).count(),
            1
        );
        assert!(one.header("x-kannel-to").starts_with("+4512345"), "{one:?}");
    }
    let folder = tempfile::tempdir().unwrap();
    let site = crate::site::site(folder.path());
    let fake = Fake::saying("200 OK", "");
    let json = Site::json(&fake.address);
    send::set_up(&site.app, &manager(), &Site::wanted(json)).unwrap();
    site.release(&text(1), &bad);
    assert_eq!(site.send(Way::Sms), 4);
    for one in fake.asked() {
        let body: serde_json::Value = serde_json::from_str(&one.body).unwrap();
        assert_eq!(body.as_object().unwrap().len(), 3, "{body}");
        assert!(body["to"].as_str().unwrap().starts_with("+4512345"), "{body}");
        assert!(body["body"].as_str().unwrap().contains("{to}{callback}"), "{body}");
    }
}
