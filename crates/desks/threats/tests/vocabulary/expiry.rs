//! Until when signs hold: proposed, shown, and over.

use super::site::{AMBER, GREEN, Site, hidden, indicator, indicator_id, plain, site};
use axum::http::StatusCode;
use serde_json::{Value, json};

const ALPHA: &str = "manager!alpha";
const HOME: &str = "/desk/threats/linden";
const SIGNS: &str = "5c0ffee0-0000-4000-8000-000000000001";
const DAY: i64 = 86_400;

/// The object that a form makes.
async fn made(site: &Site, sort: &str, value: &str, more: &[(&str, &str)]) -> Value {
    let fields = [&[("sort", sort), ("value", value), ("description", "Seen.")], more].concat();
    let next = site.post(ALPHA, &format!("{HOME}/share/form"), &fields).await;
    assert_eq!(next.to, format!("{HOME}/share/whom"), "{}", next.body);
    let fields = [("collection", SIGNS), ("label", "green")];
    let check = site.post(ALPHA, &format!("{HOME}/share/check"), &fields).await.body;
    assert!(plain(&check).contains("holds until"), "it is shown: {check}");
    let digest = hidden(&check, "digest");
    let confirmed = [&fields[..], &[("digest", digest.as_str()), ("despite", "yes")]].concat();
    let done = site.post(ALPHA, &format!("{HOME}/share/confirm"), &confirmed).await;
    assert!(done.to.contains("/status/"), "{} {}", done.status, done.body);
    site.seen();
    let home = site.get(ALPHA, HOME).await.body;
    let id = home.split("/objects/").nth(1).unwrap().split(['"', '?']).next().unwrap().to_owned();
    let raw = site.get(ALPHA, &format!("{HOME}/objects/{id}/raw.json")).await;
    serde_json::from_str(&raw.body).unwrap()
}

fn seconds(value: &Value, name: &str) -> i64 {
    let time = scr_stix::Timestamp::parse(value[name].as_str().unwrap()).unwrap();
    time.micros().div_euclid(1_000_000)
}

#[tokio::test]
async fn a_usual_end_is_proposed_for_each_sort() {
    let site = site();
    let form = plain(&site.get(ALPHA, &format!("{HOME}/share")).await.body);
    assert!(
        form.contains("30 days for addresses of the internet") && form.contains("730 for files"),
        "{form}"
    );
    let today = site.app.clock.now().div_euclid(DAY) * DAY;
    let hash = "aa".repeat(32);
    for (sort, value, days) in [
        ("address", "198.18.0.9", 30),
        ("url", "https://lindenau-wahl.eu/x", 90),
        ("domain", "lindenau-wahl.eu", 180),
        ("email", "a@lindenau-wahl.eu", 180),
        ("hash", hash.as_str(), 730),
    ] {
        let object = made(&site, sort, value, &[("end", "usual")]).await;
        assert_eq!(seconds(&object, "valid_until"), today + days * DAY, "{sort}");
    }
    let day = made(&site, "domain", "b-wahl.eu", &[("end", "day"), ("until", "2031-01-31")]).await;
    assert_eq!(day["valid_until"], "2031-01-31T00:00:00Z");
    let none = made(&site, "domain", "c-wahl.eu", &[("end", "none")]).await;
    assert_eq!(none["valid_until"], Value::Null);
    let fields = [("sort", "domain"), ("value", "d-wahl.eu"), ("description", "x"), ("end", "day")];
    let wrong = site.post(ALPHA, &format!("{HOME}/share/form"), &fields).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(plain(&wrong.body).contains("Say until which day"), "{}", wrong.body);
}

#[tokio::test]
async fn what_is_over_is_shown_as_over_and_touches_nobody() {
    let site = site();
    let watched = ["a-wahl.lindenau.eu", "b-wahl.lindenau.eu"].map(str::to_owned);
    scr_desk_threats::Exchange::of(&site.app).watch(&super::site::actor("beta"), &watched).unwrap();
    site.close();
    // Whenever the clock of these tests stands: 2001 is over, 2099 is not.
    let sign = |number, name: &str, until: &str| {
        let mut one = indicator(number, name, GREEN);
        one["valid_from"] = json!("2000-01-01T00:00:00Z");
        one["valid_until"] = json!(until);
        one
    };
    let all = [
        sign(1, "a-wahl.lindenau.eu", "2001-01-01T00:00:00Z"),
        sign(2, "b-wahl.lindenau.eu", "2099-01-01T00:00:00Z"),
    ];
    site.share("alpha", "signs", None, &all);
    let touches = plain(&site.get("viewer!beta", "/desk/threats/assets").await.body);
    assert!(touches.contains(&indicator_id(2)) && !touches.contains(&indicator_id(1)), "{touches}");
    let over = plain(&site.get("viewer!beta", &format!("{HOME}/objects/{}", indicator_id(1))).await.body);
    assert!(over.contains("over"), "{over}");
    let graph = plain(&site.get("viewer!beta", &format!("{HOME}/graph/{}", indicator_id(1))).await.body);
    assert!(graph.to_lowercase().contains("expired") || graph.contains("over"), "{graph}");
}

#[tokio::test]
async fn what_others_say_reaches_whoever_shared_it_and_nobody_else() {
    let site = site();
    site.share("alpha", "signs", Some(&["beta", "gamma"]), &[indicator(7, "wahl-lindenau.eu", AMBER)]);
    let object = format!("{HOME}/objects/{}", indicator_id(7));
    let seen = [("count", "3"), ("note", "In our mail.")];
    let done = site.post("clerk!beta", &format!("{object}/seen"), &seen).await;
    assert!(done.to.contains("/status/"), "it waits for its batch: {} {}", done.status, done.body);
    let done =
        site.post("manager!gamma", &format!("{object}/false-alarm"), &[("reason", "It is ours.")]).await;
    assert!(done.to.contains("/status/"), "{}", done.body);
    site.close();
    // On the pages of the source: the object, and what needs it.
    let page = plain(&site.get(ALPHA, &object).await.body);
    assert!(
        page.contains("3 times, by one organisation") && page.contains("says that it is a false alarm"),
        "{page}"
    );
    let home = plain(&site.get(ALPHA, "/desk/threats").await.body);
    assert!(home.contains("Others have answered to “wahl-lindenau.eu”"), "{home}");
    assert!(home.contains("Seen by one other; one calls it a false alarm."), "{home}");
    // Over TAXII too, for the source alone: beta does not learn what gamma says.
    let taxii = async |who: &str, kind: &str| {
        let path = format!("/taxii2/linden/collections/{SIGNS}/objects/?match[type]={kind}");
        let login = scr_canon::b64(format!("{}:{who}", who.rsplit('!').next().unwrap()).as_bytes());
        let request = axum::http::Request::get(path).header("authorization", format!("Basic {login}"));
        let answer = site.send(request.body(axum::body::Body::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        let value: Value = serde_json::from_str(&answer.body).unwrap();
        value["objects"].as_array().cloned().unwrap_or_default()
    };
    let sighting = taxii("manager!alpha", "sighting").await;
    assert_eq!((sighting.len(), &sighting[0]["count"]), (1, &json!(3)));
    let opinion = taxii("manager!alpha", "opinion").await;
    assert_eq!((opinion.len(), &opinion[0]["opinion"]), (1, &json!("strongly-disagree")));
    assert_eq!(taxii("manager!beta", "opinion").await, Vec::<Value>::new());
    assert_eq!(taxii("manager!gamma", "sighting").await, Vec::<Value>::new());
    assert!(!plain(&site.get("clerk!beta", "/desk/threats").await.body).contains("Others have answered"));
}
