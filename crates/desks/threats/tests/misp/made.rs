//! Which objects make which event.

use super::site::{AMBER, CLEAR, GREEN, indicator, indicator_id, site};
use super::{relationship, report};
use scr_desk_threats::{Exchange, share_under_pseudonym};
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn technique() -> Value {
    json!({
        "type": "attack-pattern", "spec_version": "2.1", "id": "attack-pattern--7d3a0000-0000-4000-8000-000000000001",
        "created": "2026-11-01T08:00:00.000Z", "modified": "2026-11-01T08:00:00.000Z", "name": "Phishing",
        "external_references": [{"source_name": "mitre-attack", "external_id": "T1566"}],
        "object_marking_refs": [GREEN],
    })
}

fn identity() -> Value {
    json!({
        "type": "identity", "spec_version": "2.1", "id": "identity--7d3a0000-0000-4000-8000-000000000009",
        "created": "2026-11-01T08:00:00.000Z", "modified": "2026-11-01T08:00:00.000Z", "name": "Desk of the CERT",
        "identity_class": "organization", "object_marking_refs": [GREEN],
    })
}

/// A report is an event of its own id; what two reports name has one id in the first and another in the second.
#[tokio::test]
async fn reports_are_events_and_no_id_of_an_attribute_stands_twice() {
    let site = site();
    let signs = [
        indicator(1, "one.example", GREEN),
        indicator(2, "two.example", GREEN),
        indicator(3, "three.example", GREEN),
    ];
    site.share("alpha", "signs", None, &signs);
    let (one, two, three) = (indicator_id(1), indicator_id(2), indicator_id(3));
    site.share("alpha", "signs", None, &[report(1, "First", &[&one, &two], GREEN)]);
    site.share("alpha", "signs", None, &[report(2, "Second", &[&two, &one], GREEN)]);
    let found = site.searched("viewer!gamma", "events", &json!({})).await;
    let events = found.as_array().unwrap();
    let titles: BTreeSet<&str> = events.iter().map(|one| one["Event"]["info"].as_str().unwrap()).collect();
    assert_eq!(titles.len(), 3, "{titles:?}");
    assert!(titles.contains("First") && titles.contains("Second"));
    assert!(
        titles
            .iter()
            .any(|title| title.starts_with("Lindenland: The signs, ") && title.ends_with(", TLP:GREEN"))
    );
    let mut ids = BTreeSet::new();
    for event in events.iter().map(|one| &one["Event"]) {
        for attribute in event["Attribute"].as_array().unwrap() {
            assert!(ids.insert(attribute["uuid"].as_str().unwrap().to_owned()), "{attribute}");
        }
        let is_report = event["uuid"].as_str().unwrap().starts_with("7d3b0000");
        let of_one = event["Attribute"].as_array().unwrap().iter().any(|one| one["value"] == "three.example");
        assert_eq!(of_one, !is_report, "{event}");
    }
    assert_eq!(ids.len(), 5);
    for own in [one, two, three] {
        assert!(ids.contains(own.trim_start_matches("indicator--")), "{own}");
    }
}

/// Two objects of one number are two attributes of different ids, and an event's number is no attribute's.
#[tokio::test]
async fn a_number_that_two_types_share_is_given_once() {
    let site = site();
    let number = "7d3a0000-0000-4000-8000-000000000001";
    let weakness = json!({
        "type": "vulnerability", "spec_version": "2.1", "id": format!("vulnerability--{number}"),
        "created": "2026-11-01T08:00:00.000Z", "modified": "2026-11-01T08:00:00.000Z", "name": "CVE-2026-0001",
        "object_marking_refs": [GREEN],
    });
    let mut about = report(1, "About it", &[&format!("vulnerability--{number}"), &indicator_id(2)], GREEN);
    about["id"] = json!(format!("report--{}", &indicator_id(2)["indicator--".len()..]));
    site.share(
        "alpha",
        "signs",
        None,
        &[indicator(1, "one.example", GREEN), indicator(2, "two.example", GREEN)],
    );
    site.share("alpha", "signs", None, &[weakness, about]);
    let found = site.searched("viewer!gamma", "attributes", &json!({})).await;
    let mut ids: BTreeSet<&str> = BTreeSet::new();
    for attribute in found["Attribute"].as_array().unwrap() {
        ids.insert(attribute["uuid"].as_str().unwrap());
        ids.insert(attribute["Event"]["uuid"].as_str().unwrap());
    }
    assert_eq!(found["Attribute"].as_array().unwrap().len(), 3);
    assert_eq!(ids.len(), 5, "three attributes in two events: {ids:?}");
    assert!(ids.contains(number), "whoever was first keeps the number: {ids:?}");
}

/// Techniques hang on what a link leads from, and on nothing else; a narrower link brings nothing along.
#[tokio::test]
async fn techniques_are_tags_where_a_link_says_so() {
    let site = site();
    let signs = [indicator(1, "one.example", GREEN), indicator(2, "two.example", GREEN), technique()];
    site.share("alpha", "signs", None, &signs);
    let to = technique()["id"].as_str().unwrap().to_owned();
    site.share("alpha", "signs", None, &[relationship(1, "indicates", (&indicator_id(1), &to), GREEN)]);
    site.share(
        "alpha",
        "signs",
        Some(&["beta"]),
        &[relationship(2, "indicates", (&indicator_id(2), &to), AMBER)],
    );
    let tag = "misp-galaxy:mitre-attack-pattern=\"Phishing - T1566\"";
    for who in ["viewer!beta", "viewer!gamma"] {
        assert_eq!(site.values(who, &json!({"tags": tag})).await, ["one.example"], "{who}");
        let found = site.searched(who, "events", &json!({})).await;
        assert_eq!(found.as_array().unwrap().len(), 1, "a technique alone is no event");
        assert_eq!(found[0]["Event"]["Tag"].as_array().unwrap().len(), 1, "{}", found[0]["Event"]["Tag"]);
    }
}

#[tokio::test]
async fn events_are_their_creators_where_these_are_known() {
    let site = site();
    let mut own = indicator(1, "one.example", GREEN);
    own["created_by_ref"] = identity()["id"].clone();
    site.share("alpha", "signs", None, &[own, identity()]);
    let found = site.searched("viewer!gamma", "events", &json!({})).await;
    assert_eq!(found.as_array().unwrap().len(), 1, "who has made something is no item: {found}");
    assert_eq!(found[0]["Event"]["Orgc"]["name"], "Desk of the CERT");
    assert_eq!(found[0]["Event"]["Object"], json!([]));
    assert_eq!(site.values("viewer!gamma", &json!({"org": "desk of%"})).await, ["one.example"]);
}

/// Observables of observed data are values once; what has no counterpart makes no event.
#[tokio::test]
async fn observed_data_is_said_once() {
    let site = site();
    let address = json!({
        "type": "ipv4-addr", "spec_version": "2.1", "id": "ipv4-addr--7d3a0000-0000-5000-8000-000000000001",
        "value": "198.51.100.7", "object_marking_refs": [CLEAR],
    });
    let seen = json!({
        "type": "observed-data", "spec_version": "2.1", "id": "observed-data--7d3a0000-0000-4000-8000-000000000001",
        "created": "2026-11-01T08:00:00.000Z", "modified": "2026-11-01T08:00:00.000Z",
        "first_observed": "2026-11-01T08:00:00Z", "last_observed": "2026-11-01T09:00:00Z", "number_observed": 1,
        "object_refs": [address["id"]], "object_marking_refs": [CLEAR],
    });
    let unknown = json!({
        "type": "x-polling-station-report", "spec_version": "2.1",
        "id": "x-polling-station-report--7d3a0000-0000-4000-8000-000000000001", "created": "2026-11-01T08:00:00.000Z",
        "modified": "2026-11-01T08:00:00.000Z", "name": "closed", "object_marking_refs": [CLEAR],
    });
    site.share("alpha", "open", None, &[seen, address, unknown]);
    assert_eq!(site.values("viewer!gamma", &json!({})).await, ["198.51.100.7"]);
    assert_eq!(site.searched("viewer!gamma", "events", &json!({})).await.as_array().unwrap().len(), 1);
}

/// A day with more than a thousand signs is several events; what comes later changes the last of them alone.
#[tokio::test]
async fn a_large_day_is_parted() {
    let site = site();
    let many = |from: u32, to: u32| -> Vec<Value> {
        (from..to).map(|number| indicator(number, &format!("sign-{number}.example"), GREEN)).collect()
    };
    site.share("alpha", "signs", None, &many(1, 1_011));
    let before = site.misp("viewer!gamma", "events/index").await.json();
    let counts = |list: &Value| {
        let of_one = |one: &Value| one["attribute_count"].as_str().unwrap().parse::<u32>().unwrap();
        let mut counts: Vec<u32> = list.as_array().unwrap().iter().map(of_one).collect();
        counts.sort_unstable();
        counts
    };
    assert_eq!(counts(&before), [10, 1_000]);
    site.share("alpha", "signs", None, &many(2_000, 2_005));
    let after = site.misp("viewer!gamma", "events/index").await.json();
    assert_eq!(counts(&after), [15, 1_000]);
    let full = |list: &Value| {
        let all = list.as_array().unwrap();
        all.iter().find(|one| one["attribute_count"] == "1000").unwrap().clone()
    };
    assert_eq!(full(&before), full(&after));
}

/// Who shares under a pseudonym, or says nothing of who made a thing, is not named in MISP either.
#[tokio::test]
async fn nobody_is_named_who_does_not_name_himself() {
    let site = site();
    site.share("alpha", "signs", None, &[indicator(1, "own.example", GREEN)]);
    let exchange = Exchange::of(&site.app);
    let hidden = [indicator(2, "hidden.example", GREEN).to_string()];
    share_under_pseudonym(&exchange, &super::site::actor("alpha"), "linden", "signs", "Heron", &hidden)
        .unwrap();
    site.close();
    let found = site.searched("viewer!gamma", "events", &json!({})).await.to_string();
    assert!(found.contains("own.example") && found.contains("hidden.example"), "{found}");
    for word in ["alpha", "Alpha", "Heron"] {
        assert!(!found.contains(word), "{word}: {found}");
    }
}

/// What is narrower than its report says so itself, for whoever sees it; others get the report without it.
#[tokio::test]
async fn a_report_holds_what_its_reader_sees() {
    let site = site();
    site.share("alpha", "signs", None, &[indicator(1, "wide.example", GREEN)]);
    site.share("alpha", "signs", Some(&["beta"]), &[indicator(2, "narrow.example", AMBER)]);
    site.share("alpha", "signs", None, &[report(1, "Both", &[&indicator_id(1), &indicator_id(2)], GREEN)]);
    assert_eq!(site.values("viewer!gamma", &json!({"eventinfo": "Both"})).await, ["wide.example"]);
    assert_eq!(
        site.values("viewer!beta", &json!({"eventinfo": "Both"})).await,
        ["narrow.example", "wide.example"]
    );
    let found = site.searched("viewer!beta", "attributes", &json!({"value": "narrow.example"})).await;
    let narrow = &found["Attribute"][0];
    assert_eq!((&narrow["Tag"][0]["name"], &narrow["distribution"]), (&json!("tlp:amber"), &json!("1")));
    let found = site.searched("viewer!beta", "attributes", &json!({"value": "wide.example"})).await;
    assert_eq!(found["Attribute"][0]["distribution"], "5");
}
