//! The pages: from an address to objects, without knowing an id.

use super::site::{GREEN, MEDIA, Other, SIGNS, Site, envelope, indicator, moment, say};
use axum::http::StatusCode;
use scr_desk_threats::{ThreatsDesk, partners};
use scr_i18n::Lang;
use scr_web::{Desk as _, Visit};

const HOME: &str = "/desk/threats/sources";
const WHO: &str = "manager!alpha";
const PASSWORD: &str = "correct-horse-battery";

/// A server with two collections, one of which is not for us.
fn server() -> Other {
    Other::new(|asked, stream| {
        let json =
            |stream: &mut std::net::TcpStream, body: &str| say(stream, 200, &[("Content-Type", MEDIA)], body);
        match asked.path.as_str() {
            "/" => say(stream, 404, &[], ""),
            "/taxii2/" => json(stream, r#"{"title":"Neighbours","api_roots":["/root/"]}"#),
            "/root/" => json(
                stream,
                r#"{"title":"The root","versions":["application/taxii+json;version=2.1"],"max_content_length":1000}"#,
            ),
            "/root/collections/" => json(
                stream,
                &format!(
                    r#"{{"collections":[{{"id":"{SIGNS}","title":"Signs of <b>attack</b>","can_read":true,"can_write":false}},{{"id":"other","title":"Secrets","can_read":false,"can_write":true}},{{"id":"../../etc","title":"Wrong","can_read":true}}]}}"#
                ),
            ),
            _ => envelope(stream, Some(&moment(1)), &format!("{{\"objects\":[{},17]}}", indicator(1, GREEN))),
        }
    })
}

#[test]
fn a_manager_adds_a_source_without_knowing_an_id() {
    let (site, other) = (Site::new(), server());
    let (_, _, empty) = site.page(WHO, HOME, None);
    assert!(empty.contains("Add a source"));
    assert!(site.page(WHO, &format!("{HOME}/new"), None).2.contains("Password, token or key"));
    let wrong = [
        ("kind", "taxii"),
        ("address", "neighbours"),
        ("login", "password"),
        ("user", "me"),
        ("secret", PASSWORD),
    ];
    let (status, _, page) = site.page(WHO, &format!("{HOME}/new"), Some(&wrong));
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        page.contains("This address cannot be used") && page.contains("neighbours"),
        "what was typed stays"
    );
    assert!(!page.contains(PASSWORD), "but the password");
    let fields = [
        ("kind", "taxii"),
        ("address", other.address.as_str()),
        ("name", "Neighbours"),
        ("login", "password"),
        ("user", "analyst"),
        ("secret", PASSWORD),
    ];
    let (status, setup, _) = site.page(WHO, &format!("{HOME}/new"), Some(&fields));
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (_, _, page) = site.page(WHO, &setup, None);
    assert!(page.contains("Signs of &#60;b&#62;attack") && page.contains("The root"), "{page}");
    assert!(page.contains("Secrets") && page.contains("not for us") && !page.contains("Wrong"));
    assert!(!page.contains(PASSWORD) && !page.contains("analyst"));
    let theirs = format!("{}/root/collections/{SIGNS}/", other.address);
    let place = format!("linden/{SIGNS}");
    let (status, _, page) =
        site.page(WHO, &setup, Some(&[("place", ""), ("at_least", "x"), ("every", "often")]));
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(page.matches("class=\"field-error\"").count(), 4, "each beside its field");
    let fields = [("theirs", theirs.as_str()), ("place", &place), ("at_least", "green"), ("every", "3600")];
    let (status, one, _) = site.page(WHO, &setup, Some(&fields));
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (_, _, page) = site.page(WHO, &one, None);
    assert!(
        page.contains("It is fetched within some seconds") && page.contains("Lindenland – Signs"),
        "{page}"
    );
    assert_eq!(partners::poll_due(&site.app).unwrap(), 1);
    let path = one.split('?').next().unwrap();
    let (_, _, page) = site.page("clerk!alpha", path, None);
    assert!(page.contains("It works: one object has come.") && page.contains("What was not taken"), "{page}");
    assert!(page.contains("Fetch now") && !page.contains("Pause") && !page.contains(PASSWORD), "{page}");
    assert!(site.page(WHO, HOME, None).2.contains("Everything that is switched on works."));
    assert_eq!(site.objects("beta"), [indicator(1, GREEN)]);
}

#[test]
fn what_is_wrong_is_said_in_words_and_can_be_mended() {
    let site = Site::new();
    let other = Other::new(|asked, stream| {
        if asked.head.contains("Bearer new-token") {
            return envelope(stream, None, "{}");
        }
        say(stream, 401, &[], "");
    });
    let address = other.collection();
    let fields =
        [("kind", "taxii"), ("address", address.as_str()), ("login", "bearer"), ("secret", "old-token")];
    let (_, setup, _) = site.page(WHO, &format!("{HOME}/new"), Some(&fields));
    let (_, _, page) = site.page(WHO, &setup, None);
    assert!(page.contains("It does not accept our login (401)") && page.contains("Look again"), "{page}");
    let id = setup.split('/').nth(4).unwrap().to_owned();
    let (_, _, list) = site.page(WHO, HOME, None);
    assert!(list.contains("not set up"));
    site.done(&format!("/api/v1/threats/sources/{id}"), &serde_json::json!({"to": {"community": "linden", "collection": "signs", "at_least": "TLP:GREEN", "every_seconds": 60}}));
    assert_eq!(site.trouble(&id), "login");
    let (_, _, page) = site.page(WHO, &format!("{HOME}/{id}"), None);
    assert!(page.contains("gives nothing") && page.contains("Type it anew, or ask your partner"), "{page}");
    assert!(site.page(WHO, HOME, None).2.contains("One source gives nothing now."));
    let path = format!("{HOME}/{id}");
    let (status, to, _) =
        site.page(WHO, &format!("{path}/login"), Some(&[("login", "bearer"), ("secret", "new-token")]));
    assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, path.as_str()));
    assert_eq!(partners::poll_due(&site.app).unwrap(), 1, "it is tried at once");
    assert!(site.state(&id)["trouble"].is_null());
    site.page(WHO, &format!("{path}/switch"), Some(&[("on", "no")]));
    assert!(site.page(WHO, &path, None).2.contains("Nothing is fetched while it is paused."));
    site.page(WHO, &format!("{path}/switch"), Some(&[("on", "yes")]));
    assert_eq!(site.page("clerk!alpha", &format!("{path}/poll"), Some(&[])).0, StatusCode::SEE_OTHER);
    assert!(site.page(WHO, &format!("{path}/remove"), None).2.contains("Remove this source?"));
    site.page(WHO, &format!("{path}/remove"), Some(&[]));
    assert_eq!(site.page(WHO, &path, None).0, StatusCode::NOT_FOUND);
}

#[test]
fn pages_are_their_organisations_alone() {
    let (site, other) = (Site::new(), server());
    let id = site.source("taxii", &other.collection());
    for tail in ["", "/setup", "/login", "/remove"] {
        assert_eq!(
            site.page("manager!beta", &format!("{HOME}/{id}{tail}"), None).0,
            StatusCode::NOT_FOUND,
            "{tail}"
        );
    }
    for tail in ["/setup", "/login", "/remove", "/switch", "/poll"] {
        let fields = [
            ("login", "nothing"),
            ("place", "linden/signs"),
            ("theirs", "x"),
            ("at_least", "red"),
            ("every", "60"),
        ];
        let (status, ..) = site.page("manager!beta", &format!("{HOME}/{id}{tail}"), Some(&fields));
        assert_eq!(status, StatusCode::NOT_FOUND, "{tail}");
    }
    for who in ["clerk!alpha", "viewer!alpha"] {
        assert_eq!(
            site.page(who, &format!("{HOME}/{id}/remove"), Some(&[])).0,
            StatusCode::FORBIDDEN,
            "{who}"
        );
    }
    assert_eq!(site.page("viewer!alpha", HOME, None).0, StatusCode::FORBIDDEN);
    assert_eq!(site.state(&id)["on"], true);
}

#[test]
fn every_code_has_its_words() {
    for lang in [Lang::En, Lang::Fr, Lang::Es, Lang::Ar] {
        let visit = Visit::with_texts(lang, ThreatsDesk.texts());
        for number in 50..=57 {
            let key = format!("error-scr-thr-{number:03}");
            let text = visit.ta(&key, &[("what", "x".into())]);
            assert!(!text.contains(&key) && text.len() > 10, "{lang:?} {text}");
        }
    }
}
