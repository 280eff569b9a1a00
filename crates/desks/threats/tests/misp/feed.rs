//! The feed, as the reader of this project's own MISP library reads any feed.

use super::site::{CLEAR, GREEN, Site, indicator, site};
use super::{NOBODY, RED, filled};
use axum::http::{StatusCode, header};
use scr_misp::Limits;
use scr_misp::event::Event;
use scr_misp::feed::{Manifest, hash_lines, read_feed_event, read_manifest};
use std::collections::BTreeSet;

/// The feed, whose files agree with one another.
async fn feed(site: &Site, who: &str) -> (Manifest, Vec<Event>) {
    let limits = Limits::default();
    let got = site.misp(who, "feed/manifest.json").await;
    assert_eq!((got.status, got.header(header::CONTENT_TYPE)), (StatusCode::OK, "application/json"));
    let manifest = read_manifest(got.text.as_bytes(), &limits).unwrap();
    assert!(manifest.warnings.listed().is_empty(), "{:?}", manifest.warnings);
    let hashes = site.misp(who, "feed/hashes.csv").await.text;
    let (mut events, mut lines) = (Vec::new(), Vec::new());
    for (uuid, entry) in &manifest.entries {
        let file = site.misp(who, &format!("feed/{uuid}.json")).await;
        let (event, warnings) = read_feed_event(file.text.as_bytes(), *uuid, &limits).unwrap();
        assert!(warnings.listed().is_empty(), "{warnings:?}");
        assert_eq!((&entry.info, entry.timestamp, &entry.tags), (&event.info, event.timestamp, &event.tags));
        assert_eq!((entry.orgc.as_ref(), entry.date), (Some(&event.orgc), Some(event.date)));
        lines.extend(hash_lines(&event).lines().map(str::to_owned));
        events.push(event);
    }
    assert_eq!(hashes.lines().collect::<BTreeSet<_>>(), lines.iter().map(String::as_str).collect());
    (manifest, events)
}

fn values(events: &[Event]) -> BTreeSet<&str> {
    events.iter().flat_map(Event::all_attributes).map(|one| one.value.as_str()).collect()
}

#[tokio::test]
async fn everybody_gets_what_reaches_them() {
    let site = filled();
    for (who, expected) in [
        ("", vec!["clear.example"]),
        ("manager!delta", vec!["clear.example"]),
        ("viewer!gamma", vec!["clear.example", "green.example"]),
        ("viewer!beta", vec!["amber.example", "clear.example", "green.example", "red.example"]),
    ] {
        let (_, events) = feed(&site, who).await;
        assert_eq!(values(&events), expected.into_iter().collect(), "{who}");
    }
    let (_, events) = feed(&site, "viewer!beta").await;
    let tagged: BTreeSet<(&str, &str)> = events
        .iter()
        .flat_map(|event| {
            event.attributes.iter().map(|one| (one.value.as_str(), event.tags[0].name.as_str()))
        })
        .collect();
    let expected = [
        ("amber.example", "tlp:amber"),
        ("clear.example", "tlp:clear"),
        ("green.example", "tlp:green"),
        ("red.example", "tlp:red"),
    ];
    assert_eq!(tagged, expected.into());
    assert_eq!(events[0].orgc.name, "Lindenland", "who has made nothing known of it stays unnamed");
}

#[tokio::test]
async fn a_file_for_others_is_as_if_it_had_never_been() {
    let site = filled();
    let (own, _) = feed(&site, "viewer!beta").await;
    for who in ["", "manager!delta", "viewer!gamma"] {
        let (seen, _) = feed(&site, who).await;
        let hidden: Vec<_> = own.entries.keys().filter(|uuid| !seen.entries.contains_key(uuid)).collect();
        assert!(hidden.len() >= 2, "{who}");
        for uuid in hidden {
            let secret = site.misp(who, &format!("feed/{uuid}.json")).await;
            let never = site.misp(who, &format!("feed/{NOBODY}.json")).await;
            assert_eq!(secret.status, StatusCode::NOT_FOUND);
            assert_eq!(secret.headers, never.headers);
            assert_eq!(secret.text, never.text.replace(NOBODY, &uuid.to_string()));
        }
    }
}

#[tokio::test]
async fn what_somebody_does_not_see_changes_nothing_for_them() {
    let site = filled();
    let files = ["feed/manifest.json", "feed/hashes.csv", "feed/"];
    let mut before = Vec::new();
    for (who, file) in ["", "viewer!gamma"].into_iter().flat_map(|who| files.map(|file| (who, file))) {
        before.push((who, file, site.misp(who, file).await));
    }
    site.share("alpha", "signs", Some(&["beta"]), &[indicator(5, "other.example", RED)]);
    site.share("alpha", "open", Some(&["beta"]), &[indicator(6, "another.example", RED)]);
    for (who, file, old) in &before {
        let new = site.misp(who, file).await;
        assert_eq!((&old.headers, &old.text), (&new.headers, &new.text), "{who} {file}");
        let mark = old.header(header::ETAG);
        if !mark.is_empty() {
            let same = site.with(who, file, &[(header::IF_NONE_MATCH, &format!("\"x\", W/{mark}"))]).await;
            assert_eq!((same.status, same.text.len()), (StatusCode::NOT_MODIFIED, 0), "{who} {file}");
        }
    }
    site.share("alpha", "signs", None, &[indicator(7, "seen.example", GREEN)]);
    for (who, file, old) in before.iter().filter(|(_, file, _)| *file != "feed/") {
        let mark = old.header(header::ETAG);
        let new = site.with(who, file, &[(header::IF_NONE_MATCH, mark)]).await;
        let expected = if who.is_empty() { StatusCode::NOT_MODIFIED } else { StatusCode::OK };
        assert_eq!(new.status, expected, "{who} {file}");
    }
    let manifest = before[0].2.header(header::ETAG);
    let other = site.with("", "feed/hashes.csv", &[(header::IF_NONE_MATCH, manifest)]).await;
    assert_eq!(other.status, StatusCode::OK, "the mark of one file is not that of another");
}

#[tokio::test]
async fn a_later_version_changes_an_attribute_where_it_stands() {
    let site = site();
    site.share("alpha", "open", None, &[indicator(1, "first.example", CLEAR)]);
    let (_, before) = feed(&site, "").await;
    let mut next = indicator(1, "second.example", CLEAR);
    next["modified"] = "2026-11-05T08:00:00.000Z".into();
    site.share("alpha", "open", None, &[next.clone()]);
    let (_, after) = feed(&site, "").await;
    assert_eq!((before.len(), after.len()), (1, 1));
    let (old, new) = (&before[0], &after[0]);
    assert_eq!((old.uuid, old.attributes[0].uuid), (new.uuid, new.attributes[0].uuid));
    assert_eq!(new.attributes[0].value, "second.example");
    assert!(new.timestamp >= old.timestamp && new.publish_timestamp > 0);
    // What stands in a second collection too is one attribute.
    site.share("alpha", "signs", None, &[next]);
    let (_, both) = feed(&site, "viewer!beta").await;
    assert_eq!(both.iter().flat_map(Event::all_attributes).count(), 1);
}
