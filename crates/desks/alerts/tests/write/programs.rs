//! Drafts as programs read them: what stands in them, what every channel would carry, and at which page people sign.

use crate::going::contact;
use crate::site::{ANA, Answer, BEN, CEM, DOT, ELECTION, Site, acting};
use axum::body::Body;
use axum::http::{Request, header};
use scr_desk_alerts::network::contacts::{self, Holder, Level, Mode};
use scr_desk_alerts::write::{Beginning, begin};
use scr_testing::schema_fault;
use serde_json::{Value, json};

const PATH: &str = "/api/v1/alerts/drafts";

async fn ask(site: &Site, who: &str, path: &str) -> Answer {
    let request = Request::get(path);
    let request =
        if who.is_empty() { request } else { request.header(header::AUTHORIZATION, format!("Bearer {who}")) };
    site.send(request.body(Body::empty()).unwrap()).await
}

async fn send(site: &Site, who: &str, path: &str, body: &str) -> Answer {
    let request = Request::post(path)
        .header(header::AUTHORIZATION, format!("Bearer {who}"))
        .header(header::CONTENT_TYPE, "application/json");
    site.send(request.body(Body::from(body.to_owned())).unwrap()).await
}

async fn value(site: &Site, who: &str, path: &str, definition: &str) -> Value {
    let answer = ask(site, who, path).await;
    assert_eq!(
        (answer.status, answer.header("cache-control")),
        (200, "no-store".to_owned()),
        "{}",
        answer.body()
    );
    let value: Value = serde_json::from_slice(&answer.bytes).unwrap();
    assert_eq!(schema_fault(definition, &value), None, "{value}");
    value
}

fn id_of(href: &str) -> &str {
    href.rsplit('/').next().unwrap()
}

#[tokio::test]
async fn a_draft_says_what_it_waits_for_and_where_people_sign() {
    let site = Site::open();
    let href = site.draft("actual", None, "severe").await;
    let path = format!("{PATH}/{}", id_of(&href));
    let list = value(&site, ANA, PATH, "AlertDrafts").await;
    let listed = &list["drafts"][0];
    assert_eq!((&listed["href"], &listed["languages"]["en"]), (&json!(href), &json!("waits")));
    assert_eq!(listed["languages"]["fr"], "none");
    assert_eq!(listed["missing"][0]["code"], "SCR-ALR-233");
    assert!(
        listed["missing"][0]["detail"].as_str().unwrap().contains("is not approved as it stands now"),
        "{listed}"
    );

    let draft = value(&site, CEM, &path, "KeptAlertDraft").await;
    let words = &draft["words"]["ar"];
    assert_eq!((&words["state"], &words["approved"]), (&json!("waits"), &Value::Null));
    assert_eq!(words["page"], format!("{href}/approve/ar"));
    assert_eq!(draft["release"], json!({"agreed": 0, "needed": 2, "page": format!("{href}/release")}));
    // The hash is that of the page where these words are approved.
    let page = site.get(CEM, &format!("{href}/approve/ar")).await.body();
    assert!(page.contains(words["hash"].as_str().unwrap()), "{words}");
    for language in ["en", "ar"] {
        site.approve(CEM, &href, language).await;
    }
    site.release(CEM, &href, "actual").await;
    let draft = value(&site, ANA, &path, "KeptAlertDraft").await;
    assert!(draft["words"]["ar"]["approved"].is_u64() && draft["words"]["ar"]["state"] == "approved");
    assert_eq!((&draft["release"]["agreed"], &draft["missing"]), (&json!(1), &json!([])));
    site.release(BEN, &href, "actual").await;
    let draft = value(&site, ANA, &path, "KeptAlertDraft").await;
    assert_eq!((&draft["state"], &draft["release"]), (&json!("released"), &Value::Null));
    assert!(ask(&site, "", draft["alert"].as_str().unwrap()).await.status == 200);
    assert_eq!(value(&site, ANA, PATH, "AlertDrafts").await, json!({"drafts": []}));
    let preview = ask(&site, ANA, &format!("{path}/preview")).await;
    assert!(preview.status == 409 && preview.body().contains("SCR-ALR-240"), "{}", preview.body());
}

#[tokio::test]
async fn the_preview_is_that_of_the_page() {
    let site = Site::open();
    let until = site.app.clock.now() + 30 * 86_400;
    let stations = [(1, "+33612345001"), (2, "+33612345002")];
    let mut all: Vec<_> = stations
        .map(|(number, sms)| contact(Holder::Station(number), "en", Level::Official, Some(sms), until))
        .into();
    all.push(contact(Holder::Area("S".to_owned()), "en", Level::Official, None, until));
    contacts::import(&site.app.engine, &acting(BEN).unwrap(), ELECTION, Mode::All, &all).unwrap();
    let href = site.draft("test", None, "minor").await;
    let path = format!("{PATH}/{}/preview", id_of(&href));
    let first = value(&site, ANA, &path, "AlertPreview").await;
    assert_eq!(first["languages"][0]["sms"]["cost"], Value::Null);
    let price = [("draft", id_of(&href)), ("price", "0.045"), ("currency", "EUR")];
    site.post(BEN, "/desk/alerts/price", &price).await;
    site.approve(CEM, &href, "en").await;
    let preview = value(&site, ANA, &path, "AlertPreview").await;
    assert_eq!((&preview["stations"], &preview["voters"]), (&json!(3), &json!(3_000)));
    let (english, arabic) = (&preview["languages"][0], &preview["languages"][1]);
    assert_eq!((&english["approved"], &arabic["approved"]), (&json!(true), &json!(false)));
    let (sms, parts) = (&english["sms"], english["sms"]["parts"].as_u64().unwrap());
    assert_eq!((&sms["messages"], &sms["contacts"]), (&json!(2 * parts), &json!(2)));
    assert_eq!(sms["alphabet"], "GSM-7");
    assert_eq!((&preview["mails"], &preview["programs"]), (&json!(1), &json!(0)));
    assert_eq!(
        sms["cost"],
        json!({"amount": format!("{:.2}", 0.09 * parts as f64 + 0.000_1), "currency": "EUR"})
    );
    assert!(sms["text"].as_str().unwrap().starts_with("TEST"), "{sms}");
    assert_eq!(arabic["sms"]["alphabet"], "UCS-2");
    // What the page shows.
    let page = site.get(ANA, &format!("{href}/preview")).await.body();
    for text in [&sms["text"], &arabic["sms"]["text"], &english["spoken"]] {
        let first = text.as_str().unwrap().replace(['\u{2068}', '\u{2069}'], "");
        assert!(page.contains(first.lines().next().unwrap()), "{first}");
    }
    assert!(preview["cap"].as_str().unwrap().contains("<status>Test</status>"));
    assert!(preview["bytes"]["compact"].as_u64().unwrap() <= 350 && preview["qr_version"].is_u64());
}

#[tokio::test]
async fn programs_read_only_what_their_people_read_and_sign_nothing() {
    let site = Site::open();
    site.election("other", DOT);
    let new = Beginning { election: "other", status: "test", drill: None, of: None, source: ("", "") };
    let others = begin(&site.app, &acting(DOT).unwrap(), &new).unwrap();
    let href = site.draft("actual", None, "minor").await;
    let own = format!("{PATH}/{}", id_of(&href));
    for (who, path, status, code) in [
        (ANA, format!("{PATH}/{others}"), 404, "SCR-ALR-221"),
        (ANA, format!("{PATH}/{others}/preview"), 404, "SCR-ALR-221"),
        (DOT, own.clone(), 404, "SCR-ALR-221"),
        ("eve.viewer.emb", own.clone(), 403, "SCR-WEB-002"),
        ("eve.observer.emb", PATH.to_owned(), 403, "SCR-WEB-002"),
        ("", PATH.to_owned(), 401, "SCR-WEB-002"),
        ("", format!("{own}/preview"), 401, "SCR-WEB-002"),
    ] {
        let answer = ask(&site, who, &path).await;
        assert!(answer.status == status && answer.body().contains(code), "{who} {path}: {}", answer.body());
    }
    assert_eq!(value(&site, DOT, PATH, "AlertDrafts").await["drafts"].as_array().unwrap().len(), 1);

    // There is no call by which a program approves, releases, or takes back.
    let hash = value(&site, CEM, &own, "KeptAlertDraft").await["words"]["en"]["hash"].clone();
    let body = json!({"language": "en", "hash": hash}).to_string();
    for path in ["approvals", "release", "approve/en"] {
        let answer = send(&site, CEM, &format!("{own}/{path}"), &body).await;
        assert_eq!(answer.status, 404, "{path}: {}", answer.body());
        let page = send(&site, CEM, &format!("{href}/{path}"), &body).await;
        assert!(page.status >= 400 || page.to().contains("sign-in"), "{path}: {} {}", page.status, page.to());
    }
    assert_eq!(site.count("alerts.wording.approved/1") + site.count("alerts.release.agreed/1"), 0);
    for (body, code) in [
        ("", "SCR-API-002"),
        ("[]", "SCR-API-002"),
        ("{\"election\": \"x\"}", "SCR-API-002"),
        (&format!("{{\"a\":{}", "[".repeat(100_000)), "SCR-API-002"),
        (&"x".repeat(300_000), "SCR-API-003"),
    ] {
        let answer = send(&site, ANA, PATH, body).await;
        assert!(answer.body().contains(code), "{code}: {}", &answer.body()[..200.min(answer.body().len())]);
    }
}

#[tokio::test]
async fn a_cancellation_is_drafted_by_a_program_and_released_by_people() {
    let site = Site::open();
    let alert = site.released("actual", None).await;
    let mut body = json!({
        "election": ELECTION, "status": "actual", "of": {"entry": alert.index, "kind": "cancel"},
        "event": "official-disinformation", "category": "Security", "urgency": "Past", "severity": "minor",
        "certainty": "Observed", "audience": "station", "areas": ["N", "S"], "goal": "read", "main": "en",
        "expires": scr_engine::utc_text(site.app.clock.now() + 3_600),
        "source": "Copies of our site", "source_href": "/desk/threats/linden/objects/report--1",
        "words": {"en": {"headline": "It is over", "instruction": "Go on as usual.", "levels": {"public":
            {"headline": "It is over", "description": "The false messages stopped.", "instruction": "Go on."}}}},
    });
    assert_eq!(schema_fault("NewAlertDraft", &body), None);
    let answer = send(&site, ANA, PATH, &body.to_string()).await;
    let begun: Value = serde_json::from_slice(&answer.bytes).unwrap();
    assert_eq!((answer.status, schema_fault("AlertDraft", &begun)), (201, None), "{begun}");
    let draft =
        value(&site, CEM, &format!("{PATH}/{}", begun["id"].as_str().unwrap()), "KeptAlertDraft").await;
    assert_eq!((&draft["kind"], &draft["names"]), (&json!("cancel"), &json!([alert.index])));
    assert_eq!(draft["release"]["needed"], 2, "what is meant is taken back by two");
    assert_eq!(
        (&draft["source"], &draft["source_href"]),
        (&json!("Copies of our site"), &json!("/desk/threats/linden/objects/report--1"))
    );
    let page = site.get(ANA, begun["href"].as_str().unwrap()).await.body();
    assert!(page.contains("Copies of our site /desk/threats/linden/objects/report--1"), "{page}");
    body["source_href"] = json!("https://elsewhere.example/");
    let answer = send(&site, ANA, PATH, &body.to_string()).await;
    let other: Value = serde_json::from_slice(&answer.bytes).unwrap();
    let path = format!("{PATH}/{}", other["id"].as_str().unwrap());
    let other = value(&site, CEM, &path, "KeptAlertDraft").await;
    assert_eq!(other["source_href"], "", "only addresses of this site are kept");
    body["of"]["entry"] = json!(9_999);
    let answer = send(&site, ANA, PATH, &body.to_string()).await;
    assert!(answer.status == 422 && answer.body().contains("SCR-ALR-236"), "{}", answer.body());
}
