//! Our own TAXII server as a partner: the two halves agree, byte for byte.

use super::site::{CLEAR, GREEN, SIGNS, SOURCES, Site, indicator};
use serde_json::json;

const AMBER: &str = "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421";

#[test]
fn everything_arrives_byte_for_byte_and_once() {
    let (theirs, ours) = (Site::new(), Site::new());
    let first: Vec<String> = (0..900).map(|number| indicator(number, GREEN)).collect();
    theirs.share("alpha", &first);
    let address = theirs.serve();
    let login = json!({"with": "password", "user": "beta", "password": "manager!beta"});
    let id = ours.done(SOURCES, &json!({"kind": "taxii", "address": address, "login": login}))["id"].clone();
    let path = format!("{SOURCES}/{}", id.as_str().unwrap());
    let (_, offer) = ours.call("manager!alpha", &format!("{path}/offer"), None);
    let offered: Vec<_> = offer["collections"].as_array().unwrap().iter().collect();
    assert_eq!(offered.len(), 1, "{offer}");
    assert_eq!((&offered[0]["title"], &offered[0]["can_read"]), (&json!("Signs"), &json!(true)), "{offer}");
    let collection = offered[0]["address"].as_str().unwrap();
    assert!(collection.ends_with(&format!("/taxii2/linden/collections/{SIGNS}/")), "{collection}");
    let to = json!({"theirs": collection, "community": "linden", "collection": "signs", "at_least": "TLP:GREEN", "every_seconds": 60});
    ours.done(&path, &json!({"to": to}));
    let id = id.as_str().unwrap();
    assert_eq!(ours.counts(id), [900, 0, 0]);
    assert_eq!(ours.objects("gamma"), first);
    assert_eq!(ours.counts(id), [0, 0, 0], "added_after leaves out what is here");
    let more: Vec<String> = (2_000..2_003).map(|number| indicator(number, CLEAR)).collect();
    theirs.share("alpha", &more);
    assert_eq!(ours.counts(id), [3, 0, 0]);
    assert_eq!(ours.objects("gamma"), [first, more].concat());
    // The server dies before it writes down how far it went: everything is there already.
    ours.forget(id);
    assert_eq!(ours.counts(id), [0, 903, 0]);
    assert_eq!(ours.objects("gamma").len(), 903);
}

#[test]
fn what_comes_in_is_at_least_as_narrow_as_its_member_wants() {
    let (theirs, ours) = (Site::new(), Site::new());
    theirs.share("alpha", &[indicator(1, CLEAR), indicator(2, GREEN), indicator(3, AMBER)]);
    theirs.objects("alpha");
    let address = format!("{}/taxii2/linden/collections/{SIGNS}/", theirs.serve());
    let login = json!({"with": "bearer", "token": "manager!alpha"});
    let new = json!({"kind": "taxii", "address": address, "login": login});
    let id = ours.source_with(&new, "TLP:AMBER");
    assert_eq!(ours.counts(&id), [3, 0, 0]);
    // They wait for their batch, and a poll in between knows them.
    assert_eq!(ours.counts(&id), [0, 0, 0]);
    ours.forget(&id);
    assert_eq!(ours.counts(&id), [0, 3, 0]);
    assert!(ours.objects("gamma").is_empty(), "AMBER is for the circle");
    assert_eq!(ours.objects("beta").len(), 3);
    ours.forget(&id);
    assert_eq!(ours.counts(&id), [0, 3, 0]);
    ours.done(&format!("{SOURCES}/{id}/remove"), &json!({}));
    let clear = ours.source_with(&new, "TLP:CLEAR");
    assert_eq!(ours.counts(&clear), [0, 3, 0], "once narrow, it does not come a second time");
}

#[test]
fn a_member_that_may_not_share_any_more_brings_nothing_in() {
    let (theirs, ours) = (Site::new(), Site::new());
    theirs.share("alpha", &[indicator(1, GREEN)]);
    let address = format!("{}/taxii2/linden/collections/{SIGNS}/", theirs.serve());
    let login = json!({"with": "bearer", "token": "manager!alpha"});
    let id = ours.source_with(&json!({"kind": "taxii", "address": address, "login": login}), "TLP:GREEN");
    let leave = scr_threats::Step::Leave;
    scr_desk_threats::acts::step(&ours.app.engine, &super::site::actor("alpha"), "linden", &leave).unwrap();
    assert_eq!(ours.trouble(&id), "here");
    assert!(ours.objects("beta").is_empty());
}
