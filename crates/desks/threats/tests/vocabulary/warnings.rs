//! Warning lists before something is shared.

use super::import::{PATH, import};
use super::site::{AMBER, GREEN, hidden, indicator, indicator_id, plain, site};
use axum::http::StatusCode;
use serde_json::{Value, json};

const ALPHA: &str = "manager!alpha";
const HOME: &str = "/desk/threats/linden";
const SIGNS: &str = "5c0ffee0-0000-4000-8000-000000000001";

/// A list in the form of MISP's, with an address of a network for tests of benchmarks (RFC 2544).
pub(crate) fn list() -> Vec<u8> {
    json!({
        "name": "List of known Cloudflare IP ranges", "description": "Made for tests.", "version": 20_261_101, "type": "cidr",
        "matching_attributes": ["ip-src", "ip-dst"], "list": ["198.18.0.0/15", "not a network"],
    })
    .to_string()
    .into_bytes()
}

#[tokio::test]
async fn an_address_of_a_large_network_is_confirmed_before_it_is_shared_and_that_is_noted() {
    let site = site();
    let page = import(&site, &list()).await;
    assert!(
        page.contains("One entry") && page.contains("One thing is odd") && page.contains("not a network"),
        "{page}"
    );
    let library = plain(&site.get(ALPHA, PATH).await.body);
    assert!(library.contains("Many sites at once would be cut off"), "{library}");
    let seen = [("sort", "address"), ("value", "198.18.4.4"), ("description", "It scans us.")];
    assert_eq!(site.post(ALPHA, &format!("{HOME}/share/form"), &seen).await.to, format!("{HOME}/share/whom"));
    let fields = [("collection", SIGNS), ("label", "amber"), ("to-gamma", "yes")];
    let check = site.post(ALPHA, &format!("{HOME}/share/check"), &fields).await.body;
    let text = plain(&check);
    for words in
        ["Think about this one first", "198.18.4.4", "blocking it would block all of them", "198.18.0.0/15"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    let digest = hidden(&check, "digest");
    let without = [&fields[..], &[("digest", digest.as_str())]].concat();
    let refused = site.post(ALPHA, &format!("{HOME}/share/confirm"), &without).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        plain(&refused.body).contains("Confirm that you have looked at the warnings"),
        "{}",
        refused.body
    );
    assert_eq!(hidden(&refused.body, "digest"), digest, "the same page, to be confirmed from there");
    let with = [&without[..], &[("despite", "yes")]].concat();
    let done = site.post(ALPHA, &format!("{HOME}/share/confirm"), &with).await;
    assert!(done.to.contains("/status/"), "{} {}", done.status, done.body);
    site.close();
    let home = site.get("manager!gamma", HOME).await.body;
    let id = home.split("/objects/").nth(1).unwrap().split(['"', '?']).next().unwrap().to_owned();
    let object = plain(&site.get("manager!gamma", &format!("{HOME}/objects/{id}")).await.body);
    assert!(object.contains("Shared in spite of a warning") && object.contains("Cloudflare"), "{object}");
}

#[tokio::test]
async fn what_is_ones_own_is_not_shared_without_a_thought() {
    let site = site();
    let watched = ["vote.lindenau.eu", "198.51.99.0/24"].map(str::to_owned);
    scr_desk_threats::Exchange::of(&site.app).watch(&super::site::actor("alpha"), &watched).unwrap();
    site.close();
    let look = async |who: &str| {
        let object = indicator(1, "mail.vote.lindenau.eu", GREEN).to_string();
        site.post(who, &format!("{HOME}/share/text"), &[("text", &object)]).await;
        plain(
            &site
                .post(who, &format!("{HOME}/share/check"), &[("collection", SIGNS), ("label", "green")])
                .await
                .body,
        )
    };
    let own = look(ALPHA).await;
    assert!(
        own.contains("This is your own: others would block you") && own.contains("vote.lindenau.eu"),
        "{own}"
    );
    // What alpha watches is alpha's secret.
    let other = look("manager!beta").await;
    assert!(!other.contains("Think about") && other.contains("One object"), "{other}");
}

#[tokio::test]
async fn a_program_is_told_and_nothing_fails() {
    let site = site();
    let mut plain_one = indicator(3, "fine-lindenau.eu", GREEN);
    plain_one["name"] = json!("fine");
    let body = json!({"collection": "signs", "audience": ["beta"], "objects":
        [indicator(1, "www.example.com", GREEN), indicator(2, "a.vote.gov", AMBER), plain_one]});
    let answer = command(&site, &body).await;
    let message = |list: &str, at: usize| answer[list][at]["message"].as_str().unwrap_or_default().to_owned();
    assert!(message("successes", 0).starts_with("warning: www.example.com stands on the list"), "{answer}");
    assert_eq!(message("successes", 1), "", "{answer}");
    assert!(message("pendings", 0).contains("Names of election bodies"), "{answer}");
    assert_eq!(answer["failure_count"], 0);
    let page = plain(&site.get("viewer!beta", &format!("{HOME}/objects/{}", indicator_id(1))).await.body);
    assert!(!page.contains("in spite of"), "nobody confirmed it: {page}");
    // With the word of a person it is noted.
    let body =
        json!({"collection": "signs", "despite_warnings": true, "objects": [indicator(4, "b.test", GREEN)]});
    assert_eq!(command(&site, &body).await["success_count"], 1);
    site.seen();
    let page = plain(&site.get("viewer!beta", &format!("{HOME}/objects/{}", indicator_id(4))).await.body);
    assert!(page.contains("Shared in spite of a warning") && page.contains("b.test stands on"), "{page}");
}

async fn command(site: &super::site::Site, body: &Value) -> Value {
    let request = axum::http::Request::post("/api/v1/threats/linden/objects")
        .header("authorization", "Bearer clerk!alpha")
        .header("content-type", "application/json");
    let answer = site.send(request.body(axum::body::Body::from(body.to_string())).unwrap()).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    serde_json::from_str(&answer.body).unwrap()
}

#[tokio::test]
async fn taxii_takes_what_stands_on_a_list_and_says_so_in_its_status() {
    let site = site();
    import(&site, &list()).await;
    let mut one = indicator(1, "x", GREEN);
    one["pattern"] = json!("[ipv4-addr:value ISSUBSET '198.18.7.0/24']");
    let body = json!({"objects": [one, indicator(2, "fine-lindenau.eu", GREEN)]});
    let login = scr_canon::b64(b"alpha:manager!alpha");
    let request = axum::http::Request::post(format!("/taxii2/linden/collections/{SIGNS}/objects/"))
        .header("authorization", format!("Basic {login}"))
        .header("content-type", "application/taxii+json;version=2.1")
        .header("accept", "application/taxii+json;version=2.1");
    let answer = site.send(request.body(axum::body::Body::from(body.to_string())).unwrap()).await;
    assert_eq!(answer.status, StatusCode::ACCEPTED, "{}", answer.body);
    let status: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!((&status["success_count"], &status["failure_count"]), (&json!(2), &json!(0)), "{status}");
    let message = status["successes"][0]["message"].as_str().unwrap();
    assert!(message.contains("198.18.7.0/24") && message.contains("Cloudflare"), "{message}");
    assert_eq!(status["successes"][1]["message"], Value::Null);
}
