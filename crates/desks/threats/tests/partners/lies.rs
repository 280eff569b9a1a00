//! Partners that lie: one bad object never keeps the others out.

use super::site::{GREEN, Other, Site, envelope, indicator, moment};
use serde_json::Value;

fn reasons(state: &Value) -> Vec<(String, u64)> {
    let all = state["last"]["reasons"].as_array().unwrap().iter();
    all.map(|one| (one["why"].as_str().unwrap().to_owned(), one["count"].as_u64().unwrap())).collect()
}

#[test]
fn nobody_speaks_for_a_member_from_outside() {
    let beta = scr_threats::identity_of(&scr_core::OrgId::new("beta").unwrap());
    let forged = indicator(1, GREEN).replacen(
        "\"type\": \"indicator\"",
        &format!("\"type\":\"indicator\",\"created_by_ref\":\"{beta}\""),
        1,
    );
    let name = format!(
        r#"{{"type":"identity","spec_version":"2.1","id":"{beta}","created":"2026-11-01T08:00:00Z","modified":"2026-11-01T08:00:00Z","name":"Somebody else","object_marking_refs":["{GREEN}"]}}"#
    );
    let body = format!("{{\"objects\":[{forged},{name},{}]}}", indicator(2, GREEN));
    let other = Other::new(move |_, stream| envelope(stream, Some(&moment(3)), &body));
    let site = Site::new();
    let id = site.source("taxii", &other.collection());
    let state = site.poll(&id);
    assert_eq!((&state["last"]["taken"], &state["last"]["refused"]), (&1.into(), &2.into()), "{state}");
    assert!(reasons(&state)[0].0.contains("a member of this community made it"), "{state}");
    assert_eq!(site.objects("beta"), [indicator(2, GREEN)]);
}

#[test]
fn a_newer_version_of_a_members_object_is_not_taken() {
    let beta = scr_threats::identity_of(&scr_core::OrgId::new("beta").unwrap());
    let with = |text: &str| {
        text.replacen(
            "\"type\": \"indicator\"",
            &format!("\"type\":\"indicator\",\"created_by_ref\":\"{beta}\""),
            1,
        )
    };
    let own = with(&indicator(1, GREEN));
    // The partner says that nobody in particular made it, and revokes it.
    let revoked = indicator(1, GREEN)
        .replace("08:00:00.54019Z\",\"name\"", "09:00:00.54019Z\",\"revoked\":true,\"name\"");
    assert!(revoked.contains("revoked"));
    let body = format!("{{\"objects\":[{revoked},{own}]}}");
    let other = Other::new(move |_, stream| envelope(stream, Some(&moment(3)), &body));
    let site = Site::new();
    site.share("beta", std::slice::from_ref(&own));
    let id = site.source("taxii", &other.collection());
    let state = site.poll(&id);
    assert_eq!((&state["last"]["known"], &state["last"]["refused"]), (&1.into(), &1.into()), "{state}");
    assert_eq!(site.objects("gamma"), [own]);
}

#[test]
fn broken_objects_are_counted_by_their_reasons() {
    let deep = format!(
        "{{\"type\":\"x-deep\",\"id\":\"x-deep--00000000-0000-4000-8000-000000000001\",\"a\":{}1{}}}",
        "[".repeat(200),
        "]".repeat(200)
    );
    let broken = [
        deep,
        "17".to_owned(),
        r#"{"type":"indicator"}"#.to_owned(),
        r#"{"type":"indicator","id":"indicator--9"}"#.to_owned(),
        indicator(3, GREEN).replace("2026-11-01T08:00:00.540190Z", "yesterday"),
    ];
    let objects: Vec<String> =
        broken.iter().cloned().flat_map(|one| [one, indicator(7, GREEN), indicator(8, GREEN)]).collect();
    let body = format!("{{\"objects\":[{}]}}", objects.join(","));
    let other = Other::new(move |_, stream| envelope(stream, Some(&moment(3)), &body));
    let site = Site::new();
    let id = site.source("taxii", &other.collection());
    let state = site.poll(&id);
    assert!(state["trouble"].is_null(), "{state}");
    let last = ["taken", "known", "refused"].map(|name| state["last"][name].as_u64().unwrap());
    assert_eq!(last, [2, 8, 5], "{state}");
    assert!(reasons(&state).len() >= 4, "{state}");
    assert_eq!(site.objects("beta"), [indicator(7, GREEN), indicator(8, GREEN)]);
    assert_eq!(state["refused"], 5);
}

/// Reasons are made of what the other server sends: there are not as many as it likes.
#[test]
fn reasons_do_not_flood_anybody() {
    let objects: Vec<String> =
        (0..300).map(|number| format!("{{\"type\":\"indicator\",\"id\":\"indicator--7d3a0000-0000-4000-8000-{number:012}\",\"created\":\"<b>{number}\"}}")).collect();
    let body = format!("{{\"objects\":[{}]}}", objects.join(","));
    let other = Other::new(move |_, stream| envelope(stream, None, &body));
    let site = Site::new();
    let id = site.source("taxii", &other.collection());
    let state = site.poll(&id);
    assert_eq!(state["last"]["refused"], 300);
    assert!(reasons(&state).len() <= 21, "{state}");
    assert!(state.to_string().len() < 20_000);
}

#[test]
fn two_contents_under_one_version_are_one_too_many() {
    let one = indicator(1, GREEN);
    let two = one.replace("sign", "another");
    let body = format!("{{\"objects\":[{one},{two}]}}");
    let other = Other::new(move |_, stream| envelope(stream, Some(&moment(1)), &body));
    let site = Site::new();
    let id = site.source("taxii", &other.collection());
    assert_eq!(site.counts(&id), [1, 0, 1]);
    assert_eq!(site.objects("beta"), [one]);
}
