//! Until when signs hold: proposed, shown, and over.

use super::site::{Site, hidden, plain, site};
use axum::http::StatusCode;
use serde_json::Value;

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
    assert!(form.contains("30 days for addresses of the internet") && form.contains("730 for files"), "{form}");
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
