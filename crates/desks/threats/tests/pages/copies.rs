//! A copy without some of an object: what it has, who gets it, and what it never carries.

use super::site::{AMBER, CLEAR, GREEN, RED, Site, actor, hidden, indicator, indicator_id, plain, site};
use axum::http::StatusCode;
use scr_threats::identity_of;
use serde_json::{Value, json};

const ALPHA: &str = "clerk!alpha";
const GAMMA: &str = "manager!gamma";
const HOME: &str = "/desk/threats/linden";
const SIGNS: &str = "5c0ffee0-0000-4000-8000-000000000001";
const OPEN: &str = "5c0ffee0-0000-4000-8000-000000000002";

/// GREEN, but for its description, which is RED.
fn narrow(number: u32) -> Value {
    let mut object = indicator(number, "wahl.example", GREEN);
    object["description"] = json!("Told by Anna Kovacs of the northern office.");
    object["granular_markings"] = json!([{"marking_ref": RED, "selectors": ["description"]}]);
    object
}

fn copy_of(number: u32) -> String {
    format!("{HOME}/objects/{}/copy", indicator_id(number))
}

/// Looks at the copy and confirms what was shown.
async fn confirmed(site: &Site, who: &str, path: &str, fields: &[(&str, &str)]) -> super::site::Answer {
    let check = site.post(who, path, fields).await;
    assert_eq!(check.status, StatusCode::OK, "{}", plain(&check.body));
    let carried = ["copy", "link", "at", "digest"].map(|name| (name, hidden(&check.body, name)));
    let mut all = fields.to_vec();
    all.extend(carried.iter().map(|(name, value)| (*name, value.as_str())));
    site.post(who, &format!("{}/share", path.split('?').next().unwrap()), &all).await
}

fn shared(site: &Site) -> String {
    site.close();
    String::new()
}

#[tokio::test]
async fn a_red_part_keeps_it_from_others_until_a_copy_leaves_it_out() {
    let site = site();
    site.share("alpha", "signs", None, &[narrow(1)]);
    assert_eq!(
        site.get(GAMMA, &format!("{HOME}/objects/{}", indicator_id(1))).await.status,
        StatusCode::NOT_FOUND
    );
    let page = plain(&site.get(ALPHA, &format!("{HOME}/objects/{}", indicator_id(1))).await.body);
    assert!(
        page.contains("A part of it keeps it from others") && page.contains("Make a copy without"),
        "{page}"
    );
    let form = site.get(ALPHA, &copy_of(1)).await.body;
    // What is marked narrower is ticked, and nothing else; the label is that of the rest.
    assert!(form.contains("name=\"drop-description\" value=\"yes\" checked"), "{form}");
    assert!(!form.contains("name=\"drop-name\" value=\"yes\" checked"));
    assert!(form.contains("value=\"green\" checked") && plain(&form).contains("TLP:RED"));
    assert!(
        plain(&form).contains("What to look for (pattern) – it cannot be without this"),
        "{}",
        plain(&form)
    );
    let fields = [("drop-description", "yes"), ("label", "green"), ("into", SIGNS), ("disclose", "no")];
    let check = plain(&site.post(ALPHA, &copy_of(1), &fields).await.body);
    assert!(check.contains("Who gets the copy: all members: Beta Team, Gamma Press"), "{check}");
    assert!(check.contains("Readers of the copy do not learn of it") && !check.contains("Kovacs"), "{check}");
    let done = confirmed(&site, ALPHA, &copy_of(1), &fields).await;
    assert!(done.to.starts_with(&format!("{HOME}/status/")), "{} {}", done.status, plain(&done.body));
    shared(&site);
    let api = site.get_api("viewer!gamma", "/api/v1/threats/linden/objects").await;
    let objects = api["objects"].as_array().unwrap();
    assert_eq!(objects.len(), 1, "the copy, and no link: {api}");
    let copy = &objects[0]["object"];
    assert_ne!(copy["id"], indicator_id(1).as_str());
    assert_eq!(copy["created_by_ref"], identity_of(&actor("alpha").org).as_str());
    assert_eq!(
        (copy["pattern"].as_str(), copy.get("description")),
        (Some("[domain-name:value = 'wahl.example']"), None)
    );
    assert!(!api.to_string().contains(&indicator_id(1)) && !api.to_string().contains("Kovacs"));
    // Whoever has the original sees what was made of it.
    let own = site.get_api("viewer!alpha", "/api/v1/threats/linden/objects?type=relationship").await;
    let link = &own["objects"][0]["object"];
    assert_eq!(link["relationship_type"], "derived-from");
    assert_eq!((&link["source_ref"], &link["target_ref"]), (&copy["id"], &json!(indicator_id(1))));
}

#[tokio::test]
async fn what_is_left_out_stands_nowhere_in_the_copy() {
    let site = site();
    let mut object = narrow(1);
    object["name"] = json!("Anna Kovacs saw it");
    object["labels"] = json!(["wahl.example copy"]);
    object["external_references"] =
        json!([{"source_name": "intern", "url": "https://intern.example/7"}, {"source_name": "b"}]);
    site.share("alpha", "signs", None, &[object]);
    let base = [("label", "green"), ("into", SIGNS), ("disclose", "no")];
    let with = |more: &[(&'static str, &'static str)]| [&base[..], more].concat();
    // A name in a part that is RED, and in the title too: no way on without leaving the title out.
    let answer = site.post(ALPHA, &copy_of(1), &with(&[("drop-description", "yes")])).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = plain(&answer.body);
    assert!(
        text.contains("“anna kovacs” is in what you leave out (Description), and still stands in: Name"),
        "{text}"
    );
    // What keeps its own label: the library and the page say so.
    let answer = site.post(ALPHA, &copy_of(1), &with(&[("drop-name", "yes")])).await;
    assert!(plain(&answer.body).contains("is for fewer readers than the copy"), "{}", plain(&answer.body));
    // A trace of what is not marked: somebody has to look.
    let fields =
        with(&[("drop-description", "yes"), ("drop-name", "yes"), ("drop-external_references.[0]", "yes")]);
    let done = confirmed(&site, ALPHA, &copy_of(1), &fields).await;
    assert!(done.to.contains("/status/"), "{} {}", done.status, plain(&done.body));
    let fields = with(&[("drop-labels", "yes"), ("drop-description", "yes"), ("drop-name", "yes")]);
    let check = plain(&site.post(ALPHA, &copy_of(1), &fields).await.body);
    assert!(
        check.contains("“wahl.example”") || check.contains("Something left out may still show"),
        "{check}"
    );
    let unseen = confirmed(&site, ALPHA, &copy_of(1), &fields).await;
    assert_eq!(unseen.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", plain(&unseen.body));
    assert!(plain(&unseen.body).contains("Look at each of these"));
    let looked = [&fields[..], &[("looked", "yes")]].concat();
    assert!(confirmed(&site, ALPHA, &copy_of(1), &looked).await.to.contains("/status/"));
    let nothing = site.post(ALPHA, &copy_of(1), &base).await;
    assert!(plain(&nothing.body).contains("Tick at least one thing"));
}

#[tokio::test]
async fn ids_that_are_made_of_content_give_nothing_away() {
    let site = site();
    let id = scr_stix::sco_id("file", &json!({"name": "stimmen.xlsx"})).unwrap();
    let file = json!({
        "type": "file", "spec_version": "2.1", "id": id.as_str(), "name": "stimmen.xlsx", "size": 7,
        "hashes": {"MD5": "d41d8cd98f00b204e9800998ecf8427e"}, "object_marking_refs": [AMBER],
    });
    site.share("alpha", "signs", Some(&["beta"]), &[file]);
    let path = format!("{HOME}/objects/{}/copy", id.as_str());
    let fields = [("drop-name", "yes"), ("label", "green"), ("into", SIGNS), ("disclose", "yes")];
    let answer = site.post(ALPHA, &path, &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        plain(&answer.body).contains("The id of the original is made of its content"),
        "{}",
        plain(&answer.body)
    );
    let fields =
        [("drop-name", "yes"), ("label", "green"), ("into", SIGNS), ("disclose", "no"), ("looked", "yes")];
    let check = plain(&site.post(ALPHA, &path, &fields).await.body);
    assert!(check.contains("The copy keeps fingerprints"), "{check}");
    let done = confirmed(&site, ALPHA, &path, &fields).await;
    assert!(done.to.contains("/status/"), "{}", plain(&done.body));
    shared(&site);
    let api = site.get_api("viewer!gamma", "/api/v1/threats/linden/objects").await;
    let copy = &api["objects"][0]["object"];
    // Its id follows from what is left of it (STIX 2.1 section 2.9), so that it is the same wherever somebody makes it.
    let follows =
        scr_stix::sco_id("file", &json!({"hashes": {"MD5": "d41d8cd98f00b204e9800998ecf8427e"}})).unwrap();
    assert_eq!(copy["id"], follows.as_str());
    assert!(!api.to_string().contains(id.as_str()) && !api.to_string().contains("stimmen"));
}

#[tokio::test]
async fn a_copy_refers_to_nothing_that_its_readers_do_not_see() {
    let site = site();
    site.share("alpha", "signs", Some(&["beta"]), &[indicator(1, "amber.example", AMBER)]);
    site.share("alpha", "signs", None, &[indicator(2, "green.example", GREEN)]);
    let report = json!({
        "type": "report", "spec_version": "2.1", "id": "report--7d3a0000-0000-4000-8000-000000000009", "name": "What happened",
        "created": "2026-11-01T08:00:00.000Z", "modified": "2026-11-01T08:00:00.000Z", "published": "2026-11-01T08:00:00Z",
        "description": "All of it.", "object_refs": [indicator_id(1), indicator_id(2)], "object_marking_refs": [AMBER],
    });
    site.share("alpha", "signs", Some(&["beta"]), &[report]);
    let path = format!("{HOME}/objects/report--7d3a0000-0000-4000-8000-000000000009/copy");
    let fields = [("drop-description", "yes"), ("label", "green"), ("into", SIGNS), ("disclose", "no")];
    let check = plain(&site.post(ALPHA, &path, &fields).await.body);
    assert!(check.contains("leads to something that readers of the copy may not see"), "{check}");
    confirmed(&site, ALPHA, &path, &fields).await;
    shared(&site);
    let api = site.get_api("viewer!gamma", "/api/v1/threats/linden/objects?type=report").await;
    assert_eq!(api["objects"][0]["object"]["object_refs"], json!([indicator_id(2)]), "{api}");
    // For both who have the AMBER object a copy may name it.
    let fields = [
        ("drop-description", "yes"),
        ("label", "amber"),
        ("into", SIGNS),
        ("disclose", "yes"),
        ("to-beta", "yes"),
    ];
    confirmed(&site, ALPHA, &path, &fields).await;
    shared(&site);
    let api = site.get_api("viewer!beta", "/api/v1/threats/linden/objects?type=report&label=TLP:AMBER").await;
    let copy = api["objects"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["object"].get("description").is_none())
        .unwrap();
    assert_eq!(copy["object"]["object_refs"], json!([indicator_id(1), indicator_id(2)]));
    let links = site.get_api("viewer!beta", "/api/v1/threats/linden/objects?type=relationship").await;
    assert!(links.to_string().contains(copy["id"].as_str().unwrap()), "the original is named: {links}");
}

#[tokio::test]
async fn others_pass_on_less_and_never_further() {
    let site = site();
    site.share("alpha", "signs", Some(&["gamma"]), &[indicator(1, "amber.example", AMBER)]);
    site.share("alpha", "signs", None, &[indicator(2, "green.example", GREEN)]);
    // Somebody who may not see it learns nothing; somebody who may is told that its source alone decides.
    let body = |answer: super::site::Answer, number: u32| {
        let text = plain(&answer.body).replace(&indicator_id(number), "X");
        let (before, rest) = text.split_once("request ").unwrap_or((&text, ""));
        (answer.status, format!("{before}{}", rest.split_once('<').map_or("", |(_, rest)| rest)))
    };
    let (secret, never) =
        (site.get("clerk!beta", &copy_of(1)).await, site.get("clerk!beta", &copy_of(77)).await);
    assert_eq!(secret.status, StatusCode::NOT_FOUND);
    assert_eq!(body(secret, 1), body(never, 77));
    let fields = [("drop-description", "yes"), ("label", "clear"), ("into", SIGNS), ("disclose", "no")];
    let (secret, never) = (
        site.post("clerk!beta", &copy_of(1), &fields).await,
        site.post("clerk!beta", &copy_of(77), &fields).await,
    );
    assert_eq!(body(secret, 1), body(never, 77));
    assert_eq!(site.get(GAMMA, &copy_of(1)).await.status, StatusCode::FORBIDDEN);
    let form = plain(&site.get("clerk!beta", &copy_of(2)).await.body);
    assert!(form.contains("It is another member’s") && !form.contains("TLP:CLEAR – for everybody"), "{form}");
    let wide = site.post("clerk!beta", &copy_of(2), &fields).await;
    assert!(plain(&wide.body).contains("further than the object"), "{}", plain(&wide.body));
    let fields = [("drop-description", "yes"), ("label", "green"), ("into", SIGNS), ("disclose", "no")];
    assert!(confirmed(&site, "clerk!beta", &copy_of(2), &fields).await.to.contains("/status/"));
    for who in ["viewer!alpha", "observer!alpha", "manager!delta"] {
        assert_eq!(site.get(who, &copy_of(1)).await.status, StatusCode::FORBIDDEN, "{who}");
        assert_eq!(site.post(who, &copy_of(1), &fields).await.status, StatusCode::FORBIDDEN, "{who}");
    }
}

#[tokio::test]
async fn what_is_confirmed_is_what_was_shown() {
    let site = site();
    site.share("alpha", "signs", None, &[narrow(1)]);
    let fields = [("drop-description", "yes"), ("label", "green"), ("into", SIGNS), ("disclose", "no")];
    let check = site.post(ALPHA, &copy_of(1), &fields).await.body;
    let carried = ["copy", "link", "at", "digest"].map(|name| (name, hidden(&check, name)));
    let mut all: Vec<(&str, &str)> =
        vec![("drop-description", "yes"), ("label", "clear"), ("into", OPEN), ("disclose", "no")];
    all.extend(carried.iter().map(|(name, value)| (*name, value.as_str())));
    let changed = site.post(ALPHA, &format!("{}/share", copy_of(1)), &all).await;
    assert!(
        plain(&changed.body).contains("Something has changed since you looked"),
        "{}",
        plain(&changed.body)
    );
    let late = site.post(ALPHA, &format!("{}/share", copy_of(1)), &fields).await;
    assert!(plain(&late.body).contains("You waited longer than an hour"));
    let back = [&fields[..], &[("step", "change")]].concat();
    assert!(
        site.post(ALPHA, &copy_of(1), &back)
            .await
            .body
            .contains("name=\"drop-description\" value=\"yes\" checked")
    );
}

#[tokio::test]
async fn in_the_steps_of_sharing_a_copy_goes_along() {
    let site = site();
    let mut telling = narrow(2);
    telling["name"] = json!("Anna Kovacs saw it");
    let bundle = json!({"type": "bundle", "id": "bundle--7d3a0000-0000-4000-8000-000000000001", "objects": [narrow(1), telling]});
    let next = site.post(ALPHA, &format!("{HOME}/share/text"), &[("text", &bundle.to_string())]).await;
    let whom = site.get(ALPHA, &next.to).await.body;
    assert!(
        plain(&whom).contains("2 objects have a part for fewer readers")
            && whom.contains("name=\"copies\" value=\"yes\" checked")
    );
    let fields = [("collection", SIGNS), ("label", "green")];
    let without = plain(&site.post(ALPHA, &format!("{HOME}/share/check"), &fields).await.body);
    assert!(
        without.contains("Others will not see it") && without.contains("2 objects would be shared"),
        "{without}"
    );
    let fields = [("collection", SIGNS), ("label", "green"), ("copies", "yes")];
    let check = site.post(ALPHA, &format!("{HOME}/share/check"), &fields).await.body;
    let text = plain(&check);
    assert!(
        text.contains("One copy without its narrower part goes along")
            && text.contains("copy without the narrower part"),
        "{text}"
    );
    assert!(text.contains("“anna kovacs” is in what you leave out"), "the other is made by hand: {text}");
    let digest = hidden(&check, "digest");
    let confirmed = [&fields[..], &[("digest", digest.as_str()), ("despite", "yes")]].concat();
    let done = site.post(ALPHA, &format!("{HOME}/share/confirm"), &confirmed).await;
    assert!(done.to.contains("/status/"), "{}", plain(&done.body));
    shared(&site);
    let api = site.get_api("viewer!gamma", "/api/v1/threats/linden/objects").await;
    assert_eq!(api["objects"].as_array().unwrap().len(), 1, "{api}");
    assert!(!api.to_string().contains("Kovacs") && !api.to_string().contains(&indicator_id(1)));
    let own = site.get_api("viewer!alpha", "/api/v1/threats/linden/objects").await;
    assert_eq!(own["objects"].as_array().unwrap().len(), 4, "two originals, a copy, and its link: {own}");
}

#[tokio::test]
async fn what_everybody_sees_becomes_a_public_copy_only_when_somebody_says_so() {
    let site = site();
    site.share("alpha", "open", Some(&["beta"]), &[indicator(1, "wahl.example", AMBER)]);
    let fields = [("drop-description", "yes"), ("label", "clear"), ("into", OPEN), ("disclose", "no")];
    let check = plain(&site.post(ALPHA, &copy_of(1), &fields).await.body);
    assert!(check.contains("The copy is TLP:CLEAR: it is published at once"), "{check}");
    confirmed(&site, ALPHA, &copy_of(1), &fields).await;
    shared(&site);
    let public = site.get_api("", "/api/v1/threats/linden/objects").await;
    assert_eq!(public["objects"][0]["object"]["object_marking_refs"], json!([CLEAR]));
    assert!(!public.to_string().contains(&indicator_id(1)));
}
