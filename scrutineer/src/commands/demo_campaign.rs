//! An invented campaign against an invented election, told by those who saw a part of it each. Names and addresses are of
//! the kinds that are kept free for examples (RFC 2606, RFC 5737).

use scr_core::OrgId;
use scr_threats::identity_of;
use serde_json::{Value, json};

/// Some objects of STIX 2.1.
pub(super) type Objects = Vec<Value>;

const GREEN: &str = "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb";
const CLEAR: &str = "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487";
const AMBER: &str = "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421";

/// An id that is the same in every demonstration.
fn id(kind: &str, number: u32) -> String {
    format!("{kind}--7d3a0000-0000-4000-8000-{number:012}")
}

fn identity(org: &str) -> Option<String> {
    OrgId::new(org).ok().map(|org| identity_of(&org))
}

/// What every object has.
fn object(kind: &str, number: u32, by: &str, at: &str, marking: &str, more: Value) -> Value {
    let mut object = json!({
        "type": kind, "spec_version": "2.1", "id": id(kind, number), "created_by_ref": identity(by),
        "created": at, "modified": at, "object_marking_refs": [marking],
    });
    if let (Some(object), Value::Object(more)) = (object.as_object_mut(), more) {
        object.extend(more);
    }
    object
}

fn member(org: &str, name: &str, sector: &str) -> Value {
    json!({
        "type": "identity", "spec_version": "2.1", "id": identity(org), "created": "2026-11-01T08:00:00.000Z",
        "modified": "2026-11-01T08:00:00.000Z", "name": name, "identity_class": "organization", "sectors": [sector],
        "object_marking_refs": [GREEN],
    })
}

fn link(number: u32, by: &str, at: &str, from: &str, kind: &str, to: &str) -> Value {
    let more = json!({"relationship_type": kind, "source_ref": from, "target_ref": to});
    object("relationship", number, by, at, GREEN, more)
}

fn indicator(number: u32, by: &str, at: &str, name: &str, description: &str, pattern: &str) -> Value {
    let more = json!({
        "name": name, "description": description, "pattern": pattern, "pattern_type": "stix",
        "indicator_types": ["malicious-activity"], "valid_from": at, "valid_until": "2027-01-31T00:00:00Z",
    });
    object("indicator", number, by, at, GREEN, more)
}

fn technique(number: u32, name: &str, external: &str) -> Value {
    let more = json!({
        "name": name, "external_references": [{"source_name": "DISARM", "external_id": external}],
    });
    object("attack-pattern", number, "national-cert", "2026-11-10T09:00:00.000Z", GREEN, more)
}

/// The campaign as the security centre has put it together.
pub(super) fn campaign() -> Objects {
    let (cert, at) = ("national-cert", "2026-11-12T09:30:00.000Z");
    let mut all = vec![
        member(cert, "National Cyber Security Centre of Lindenland", "government"),
        object(
            "intrusion-set",
            1,
            cert,
            at,
            GREEN,
            json!({
                "name": "Glass Heron", "description": "Sets up copies of official sites before votes, and changes what they say on polling day.",
                "first_seen": "2025-04-02T00:00:00Z", "goals": ["lower turnout", "doubt about results"],
                "resource_level": "organization", "primary_motivation": "ideology",
            }),
        ),
        object(
            "campaign",
            1,
            cert,
            at,
            GREEN,
            json!({
                "name": "Polling-day mirrors", "description": "Copies of the commission's site that give wrong addresses of polling stations.",
                "first_seen": "2026-11-03T06:10:00Z", "last_seen": "2026-11-20T22:40:00Z",
                "objective": "Send voters to the wrong polling station",
            }),
        ),
        object(
            "infrastructure",
            1,
            cert,
            at,
            GREEN,
            json!({
                "name": "Rented servers of the copies", "infrastructure_types": ["phishing", "hosting-target-lists"],
                "first_seen": "2026-11-03T06:10:00Z",
            }),
        ),
        technique(1, "Create Inauthentic News Sites", "T0098.001"),
        technique(2, "Co-Opt Trusted Sources", "T0100"),
    ];
    all.extend(signs());
    all.extend(links());
    all
}

/// What polling stations and providers can look for.
fn signs() -> Objects {
    let (cert, at) = ("national-cert", "2026-11-12T09:30:00.000Z");
    vec![
        indicator(
            1,
            cert,
            at,
            "Copy of the commission's site",
            "Shows other addresses of polling stations than the commission does.",
            "[domain-name:value = 'wahl-lindenland.example']",
        ),
        indicator(
            2,
            cert,
            at,
            "Second copy of the commission's site",
            "The letter l of the name is the digit 1.",
            "[domain-name:value = 'e1ectoral-commission.example']",
        ),
        indicator(
            3,
            cert,
            at,
            "Servers behind the copies",
            "A block of eight addresses that were rented together.",
            "[ipv4-addr:value ISSUBSET '203.0.113.64/29']",
        ),
    ]
}

/// How it belongs together, and the report on it.
fn links() -> Objects {
    let (cert, at) = ("national-cert", "2026-11-12T09:30:00.000Z");
    let (set, campaign) = (id("intrusion-set", 1), id("campaign", 1));
    vec![
        link(1, cert, at, &campaign, "attributed-to", &set),
        link(2, cert, at, &campaign, "uses", &id("infrastructure", 1)),
        link(3, cert, at, &campaign, "uses", &id("attack-pattern", 1)),
        link(4, cert, at, &campaign, "uses", &id("attack-pattern", 2)),
        link(5, cert, at, &id("indicator", 1), "indicates", &campaign),
        link(6, cert, at, &id("indicator", 2), "indicates", &campaign),
        link(7, cert, at, &id("indicator", 3), "indicates", &id("infrastructure", 1)),
        object(
            "report",
            1,
            cert,
            "2026-11-14T12:00:00.000Z",
            GREEN,
            json!({
                "name": "Copies of the commission's site before polling day", "published": "2026-11-14T12:00:00Z",
                "description": "What is known, what is not, and what polling stations can do.", "report_types": ["campaign"],
                "object_refs": [campaign, set, id("indicator", 1), id("indicator", 2), id("indicator", 3)],
            }),
        ),
    ]
}

/// A newsroom has seen one of the copies, and doubts who is behind it.
pub(super) fn seen_by_newsroom() -> Objects {
    let (media, at) = ("daily-herald", "2026-11-18T15:20:00.000Z");
    vec![
        member(media, "The Daily Herald", "communications"),
        object(
            "sighting",
            1,
            media,
            at,
            GREEN,
            json!({
                "sighting_of_ref": id("indicator", 1), "count": 14, "first_seen": "2026-11-16T05:00:00Z",
                "last_seen": "2026-11-18T14:00:00Z", "where_sighted_refs": [identity(media)],
                "description": "Readers sent screenshots of the copy.",
            }),
        ),
        object(
            "opinion",
            1,
            media,
            at,
            GREEN,
            json!({
                "opinion": "disagree", "explanation": "The domain was paid for by a marketing firm that also works for two candidates.",
                "object_refs": [id("relationship", 1)],
            }),
        ),
    ]
}

/// A party has seen the servers in its own logs.
pub(super) fn seen_by_party() -> Objects {
    let (party, at) = ("river-party", "2026-11-19T10:05:00.000Z");
    vec![
        member(party, "River Party", "non-profit"),
        object(
            "sighting",
            2,
            party,
            at,
            GREEN,
            json!({
                "sighting_of_ref": id("indicator", 3), "count": 230, "first_seen": "2026-11-17T01:00:00Z",
                "last_seen": "2026-11-19T09:00:00Z", "where_sighted_refs": [identity(party)],
            }),
        ),
    ]
}

/// What voters may know.
pub(super) fn published() -> Objects {
    let (cert, at) = ("national-cert", "2026-11-20T08:00:00.000Z");
    vec![
        object(
            "report",
            2,
            cert,
            at,
            CLEAR,
            json!({
                "name": "Where voters find the address of their polling station", "published": at, "report_types": ["threat-report"],
                "description": "Several sites look like the commission's and give wrong addresses. The right address is on the polling card.",
                "object_refs": [id("indicator", 4)],
            }),
        ),
        {
            let mut clear = indicator(
                4,
                cert,
                at,
                "Copy of the commission's site",
                "Gives wrong addresses of polling stations.",
                "[domain-name:value = 'wahl-lindenland.example']",
            );
            clear["object_marking_refs"] = json!([CLEAR]);
            clear
        },
    ]
}

/// What only the commission may know for now.
pub(super) fn for_the_commission() -> Objects {
    let (cert, at) = ("national-cert", "2026-11-20T18:00:00.000Z");
    vec![object(
        "note",
        1,
        cert,
        at,
        AMBER,
        json!({
            "abstract": "An account of the registry was used from the same servers",
            "content": "The account of a former employee was used on 19 November from 203.0.113.66. It is closed.",
            "object_refs": [id("infrastructure", 1)],
        }),
    )]
}
