//! The day on which an object becomes public.

use super::site::{AMBER, CLEAR, GREEN, RED, Site, indicator, indicator_id, plain, site};
use axum::http::StatusCode;
use serde_json::json;

const ALPHA: &str = "clerk!alpha";
const HOME: &str = "/desk/threats/linden";

fn day_of(number: u32) -> String {
    format!("{HOME}/objects/{}/day?collection=open", indicator_id(number))
}

fn ahead(site: &Site, days: i64) -> String {
    let at = site.app.clock.now() + days * 24 * 3600;
    site.app.config.zone.day_of(at).unwrap()
}

#[tokio::test]
async fn a_day_is_set_changed_and_lifted() {
    let site = site();
    site.share("alpha", "open", Some(&["beta"]), &[indicator(1, "wahl.example", AMBER)]);
    let page = plain(&site.get(ALPHA, &format!("{HOME}/objects/{}", indicator_id(1))).await.body);
    assert!(page.contains("Let it become public on a day"), "{page}");
    assert!(plain(&site.get(ALPHA, &day_of(1)).await.body).contains("No day is set"));
    let first = ahead(&site, 10);
    let set =
        |day: &str| vec![("day", day.to_owned()), ("looked", "yes".to_owned()), ("step", "set".to_owned())];
    let post = async |fields: Vec<(&str, String)>| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        site.post(ALPHA, &day_of(1), &fields).await
    };
    for wrong in ["", "tomorrow", "2026-13-01", "2026-02-30"] {
        assert!(post(set(wrong)).await.body.contains("Enter a day like"), "{wrong}");
    }
    let past = post(set("2001-01-01")).await;
    assert!(
        plain(&past.body).contains("This day is past, or more than ten years away"),
        "{}",
        plain(&past.body)
    );
    assert!(
        post(vec![("day", first.clone()), ("step", "set".to_owned())])
            .await
            .body
            .contains("Tick the box first")
    );
    let done = post(set(&first)).await;
    assert!(done.to.contains("/day?collection="), "{}", plain(&done.body));
    let waits = plain(&site.get(ALPHA, &done.to).await.body);
    assert!(waits.contains("It waits for the next batch") && waits.contains("It becomes public:"), "{waits}");
    site.close();
    let recorded = plain(&site.get(ALPHA, &done.to).await.body);
    assert!(
        !recorded.contains("It waits for the next batch") && recorded.contains("Change the day"),
        "{recorded}"
    );
    let list = plain(&site.get(ALPHA, &format!("{HOME}/days")).await.body);
    assert!(list.contains("One object of Office of Alpha is due") && list.contains("wahl.example"), "{list}");
    // Nobody else sees what is due.
    for who in ["manager!beta", "manager!gamma"] {
        let list = plain(&site.get(who, &format!("{HOME}/days")).await.body);
        assert!(!list.contains("wahl.example") && list.contains("No day is set"), "{who} {list}");
    }
    post(set(&ahead(&site, 20))).await;
    site.close();
    site.wait_days(15);
    assert!(
        !site.get("", "/threats/linden").await.body.contains("wahl.example"),
        "the first day holds no more"
    );
    post(vec![("step", "lift".to_owned())]).await;
    assert!(
        plain(&site.get(ALPHA, &day_of(1)).await.body).contains("No day is set"),
        "at once, for its owner"
    );
    site.close();
    site.wait_days(10);
    assert!(!site.get("", "/threats/linden").await.body.contains("wahl.example"), "lifted");
}

#[tokio::test]
async fn on_its_day_everybody_sees_it_and_since_when() {
    let site = site();
    site.share("alpha", "open", Some(&["beta"]), &[indicator(1, "wahl.example", AMBER)]);
    site.share("alpha", "open", None, &[indicator(2, "always.example", CLEAR)]);
    let none = plain(&site.get("", "/threats/linden?only=released").await.body);
    assert!(
        none.contains("Nothing has become public on a set day yet") && !none.contains("always.example"),
        "{none}"
    );
    let day = ahead(&site, 3);
    site.post(ALPHA, &day_of(1), &[("day", &day), ("looked", "yes"), ("step", "set")]).await;
    site.close();
    let object = format!("/threats/linden/objects/{}", indicator_id(1));
    site.wait_days(1);
    assert_eq!(site.get("", &object).await.status, StatusCode::NOT_FOUND);
    site.wait_days(3);
    let page = plain(&site.get("", &object).await.body);
    assert!(
        page.contains("Public since")
            && page.contains("It was for members before. Its owner had set this day"),
        "{page}"
    );
    let list = plain(&site.get("", "/threats/linden?only=released").await.body);
    assert!(
        list.contains("wahl.example") && list.contains("public since") && !list.contains("always.example"),
        "{list}"
    );
    let all = plain(&site.get("", "/threats/linden").await.body);
    assert!(all.contains("wahl.example") && all.contains("always.example"), "{all}");
    assert!(plain(&site.get(ALPHA, &format!("{HOME}/days")).await.body).contains("No day is set"));
    assert!(
        plain(&site.get("viewer!gamma", &format!("{HOME}/objects/{}", indicator_id(1))).await.body)
            .contains("Its owner let it become public")
    );
    assert_eq!(site.get(ALPHA, &day_of(1)).await.status, StatusCode::CONFLICT, "it is public");
}

#[tokio::test]
async fn parts_for_fewer_readers_never_become_public_with_the_rest() {
    let site = site();
    let mut object = indicator(1, "wahl.example", GREEN);
    object["granular_markings"] = json!([{"marking_ref": RED, "selectors": ["description"]}]);
    site.share("alpha", "open", None, &[object.clone()]);
    let form = plain(&site.get(ALPHA, &day_of(1)).await.body);
    assert!(
        form.contains("A part of it is for fewer readers") && form.contains("/copy?collection="),
        "{form}"
    );
    let day = ahead(&site, 3);
    let fields = [("day", day.as_str()), ("looked", "yes"), ("step", "set")];
    let refused = site.post(ALPHA, &day_of(1), &fields).await;
    assert!(plain(&refused.body).contains("A part of it has a narrower label"), "{}", plain(&refused.body));
    // A later version with such parts is held back on the day.
    site.share("alpha", "open", None, &[indicator(2, "later.example", GREEN)]);
    site.post(ALPHA, &day_of(2), &fields).await;
    site.close();
    let mut later = indicator(2, "later.example", GREEN);
    later["modified"] = json!("2026-11-02T08:00:00.000Z");
    later["granular_markings"] = object["granular_markings"].clone();
    site.share("alpha", "open", None, &[later]);
    site.wait_days(5);
    assert!(!site.get("", "/threats/linden").await.body.contains("later.example"));
    assert!(
        plain(&site.get(ALPHA, &format!("{HOME}/days")).await.body).contains("held back: a newer version")
    );
}

#[tokio::test]
async fn only_whoever_shared_it_sets_a_day() {
    let site = site();
    site.share("alpha", "open", Some(&["beta"]), &[indicator(1, "wahl.example", AMBER)]);
    let day = ahead(&site, 3);
    let fields = [("day", day.as_str()), ("looked", "yes"), ("step", "set")];
    assert_eq!(site.post("clerk!beta", &day_of(1), &fields).await.status, StatusCode::FORBIDDEN);
    for who in ["viewer!alpha", "administrator!alpha", "manager!delta"] {
        assert_eq!(site.post(who, &day_of(1), &fields).await.status, StatusCode::FORBIDDEN, "{who}");
    }
    let body = |answer: super::site::Answer, number: u32| {
        let text = plain(&answer.body).replace(&indicator_id(number), "X");
        let (before, rest) = text.split_once("request ").unwrap_or((&text, ""));
        (answer.status, format!("{before}{}", rest.split_once('<').map_or("", |(_, rest)| rest)))
    };
    let (secret, never) =
        (site.get("clerk!gamma", &day_of(1)).await, site.get("clerk!gamma", &day_of(77)).await);
    assert_eq!(secret.status, StatusCode::NOT_FOUND);
    assert_eq!(body(secret, 1), body(never, 77));
    let (secret, never) = (
        site.post("clerk!gamma", &day_of(1), &fields).await,
        site.post("clerk!gamma", &day_of(77), &fields).await,
    );
    assert_eq!(body(secret, 1), body(never, 77));
}

#[tokio::test]
async fn what_becomes_public_with_it_is_said_beforehand() {
    let site = site();
    site.share("alpha", "signs", None, &[indicator(1, "green.example", GREEN)]);
    let note = json!({
        "type": "note", "spec_version": "2.1", "id": "note--7d3a0000-0000-4000-8000-000000000003", "content": "See there.",
        "created": "2026-11-01T08:00:00.000Z", "modified": "2026-11-01T08:00:00.000Z", "object_refs": [indicator_id(1)],
        "object_marking_refs": [GREEN],
    });
    site.share("alpha", "signs", None, &[note]);
    let path = format!("{HOME}/objects/note--7d3a0000-0000-4000-8000-000000000003/day");
    let page = plain(&site.get(ALPHA, &path).await.body);
    assert!(page.contains("It names what is not public") && page.contains("green.example"), "{page}");
    assert!(page.contains("“The signs” is none"), "{page}");
}
