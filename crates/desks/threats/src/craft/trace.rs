//! What is left out of a copy, looked for in what stays: whole, in other spellings, by its parts that tell most, as a
//! fingerprint, and in ids that are made of it.

use scr_canon::b64;
use scr_stix::{Selector, Timestamp, sco_id};
use serde_json::{Value, json};
use sha2::{Digest, Sha256, Sha512};
use std::collections::BTreeSet;

/// Shortest text that says something by standing elsewhere too, in characters.
const SHORTEST: usize = 4;
/// Shortest part of a text that is looked for, in characters.
const SHORTEST_PART: usize = 5;
/// Pieces that are looked for; an object with more needs somebody who looks.
const MOST: usize = 600;
/// Properties that are the copy's own, or say how it is written.
const OWN: [&str; 10] = [
    "id",
    "type",
    "spec_version",
    "created",
    "modified",
    "created_by_ref",
    "object_marking_refs",
    "granular_markings",
    "pattern_type",
    "pattern_version",
];

/// How something that is left out shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Way {
    /// It stands there, in this spelling or another.
    Text,
    /// A hash of it stands there.
    Hash,
    /// An id that is made of it stands there.
    Id,
    /// The copy has fingerprints of a content of which something is left out.
    Fingerprint,
    /// There is too much to compare.
    Much,
}

impl Way {
    /// Its name in texts and programs.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Hash => "hash",
            Self::Id => "id",
            Self::Fingerprint => "fingerprint",
            Self::Much => "much",
        }
    }
}

/// A trace of something that is left out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Found {
    /// How it shows.
    pub(crate) way: Way,
    /// Where in the copy: a property.
    pub(crate) property: String,
    /// What was left out.
    pub(crate) left_out: String,
    /// The text that gives it away.
    pub(crate) piece: String,
    /// Whether what was left out has a narrower label than the copy.
    pub(crate) is_narrow: bool,
}

/// A text as it is compared: lower case, without what people write so that nobody clicks, and without what is not seen.
fn plain(text: &str) -> String {
    let mut lower = text.to_lowercase();
    for (from, to) in [
        ("[.]", "."),
        ("(.)", "."),
        ("{.}", "."),
        ("[dot]", "."),
        ("(dot)", "."),
        ("[@]", "@"),
        ("[at]", "@"),
        ("(at)", "@"),
        ("[:]", ":"),
        ("hxxp", "http"),
        ("%2e", "."),
        ("%40", "@"),
        ("%2f", "/"),
        ("%3a", ":"),
    ] {
        lower = lower.replace(from, to);
    }
    let unseen = ['\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}', '\u{feff}', '\u{ad}', '\\'];
    lower.chars().filter(|c| !unseen.contains(c)).collect()
}

/// Every text in a value. Names of properties say something where they stay, for they may be anything in an extension; of
/// what is left out they are mostly the standard's.
fn texts(value: &Value, has_names: bool, all: &mut Vec<String>) {
    match value {
        Value::String(text) => all.push(text.clone()),
        Value::Number(number) => all.push(number.to_string()),
        Value::Array(list) => list.iter().for_each(|one| texts(one, has_names, all)),
        Value::Object(members) => {
            for (name, value) in members {
                if has_names {
                    all.push(name.clone());
                }
                texts(value, has_names, all);
            }
        }
        Value::Null | Value::Bool(_) => {}
    }
}

fn is_part(c: char) -> bool {
    c.is_alphanumeric() || ".-_@:/[]()%+=".contains(c)
}

/// Parts of a text that tell what it is about: addresses, names of servers, fingerprints, numbers, names of people.
fn parts(text: &str) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for token in text.split(|c| !is_part(c)) {
        let token = plain(token);
        let token = token.trim_matches(|c: char| !c.is_alphanumeric());
        let inner = |c: char| token.trim_matches(c).contains(c);
        let tells = token.chars().any(|c| c.is_ascii_digit()) || ['.', '@', '/'].into_iter().any(inner);
        if !tells || token.chars().count() < SHORTEST_PART || Timestamp::parse(&token.to_uppercase()).is_ok()
        {
            continue;
        }
        all.insert(token.to_owned());
        // The host of an address tells as much as the address.
        if let Some((_, rest)) = token.split_once("://") {
            let host = rest.split(['/', ':', '?']).next().unwrap_or_default();
            if host.chars().count() >= SHORTEST_PART {
                all.insert(host.to_owned());
            }
        }
        if let Some((_, host)) = token.rsplit_once('@').filter(|(_, host)| host.contains('.')) {
            all.insert(host.to_owned());
        }
    }
    all.extend(names(text));
    all
}

/// Two words or more with capitals after each other: mostly somebody's name.
fn names(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut run: Vec<&str> = Vec::new();
    for word in text.split_whitespace().chain([""]) {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        if bare.chars().next().is_some_and(char::is_uppercase) && bare.chars().count() > 1 {
            run.push(bare);
            if word.ends_with(bare) {
                continue;
            }
        }
        if run.len() > 1 {
            all.push(plain(&run.join(" ")));
        }
        run.clear();
    }
    all
}

/// Fingerprints of a text, as people write them.
fn hashes(text: &str) -> Vec<String> {
    let bytes = text.as_bytes();
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    vec![hex(&Sha256::digest(bytes)), hex(&Sha512::digest(bytes)), b64(bytes).to_lowercase()]
}

/// Ids that STIX makes of a value alone (STIX 2.1 section 2.9).
fn ids(text: &str) -> Vec<String> {
    let value = json!({"value": text});
    let kinds = ["domain-name", "url", "email-addr", "ipv4-addr", "ipv6-addr", "mac-addr"];
    let of_value = kinds.into_iter().filter_map(|kind| sco_id(kind, &value));
    let others = [
        ("file", json!({"name": text})),
        ("directory", json!({"path": text})),
        ("mutex", json!({"name": text})),
        ("user-account", json!({"user_id": text})),
        ("autonomous-system", json!({"number": text.parse::<u64>().ok()})),
    ];
    of_value
        .chain(others.iter().filter_map(|(kind, value)| sco_id(kind, value)))
        .map(|id| id.as_str().to_owned())
        .collect()
}

/// What of a value is looked for.
fn pieces(value: &Value) -> BTreeSet<(Way, String)> {
    let mut all = Vec::new();
    texts(value, false, &mut all);
    let mut pieces = BTreeSet::new();
    for text in &all {
        let whole = plain(text.trim());
        if whole.chars().count() >= SHORTEST && Timestamp::parse(text).is_err() {
            pieces.insert((Way::Text, whole));
            pieces.extend(hashes(text).into_iter().map(|hash| (Way::Hash, hash)));
        }
        let parts = parts(text);
        let values = parts.iter().map(String::as_str).chain([text.as_str()]);
        pieces.extend(values.flat_map(ids).map(|id| (Way::Id, id)));
        pieces.extend(parts.into_iter().map(|part| (Way::Text, part)));
        if pieces.len() > MOST * 20 {
            break;
        }
    }
    pieces
}

/// Whether something stays that is a fingerprint of content.
fn has_fingerprints(copy: &Value) -> bool {
    let members = copy.as_object().into_iter().flatten();
    let mut all = Vec::new();
    members.filter(|(name, _)| !OWN.contains(&name.as_str())).for_each(|(name, value)| {
        all.push(name.clone());
        texts(value, true, &mut all);
    });
    all.iter().any(|text| text == "hashes" || text.contains("hashes."))
}

/// Traces of what is left out of an original in its copy. `drop`: each selector, and whether its label is narrower than the
/// copy's.
pub(crate) fn look(original: &Value, copy: &Value, drop: &[(Selector, bool)]) -> Vec<Found> {
    let stays: Vec<(&String, String)> = copy
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(name, _)| !OWN.contains(&name.as_str()))
        .flat_map(|(name, value)| {
            let mut all = Vec::new();
            texts(value, true, &mut all);
            all.into_iter().map(move |text| (name, plain(&text)))
        })
        .collect();
    let mut found = BTreeSet::new();
    for (selector, is_narrow) in drop {
        let Some(value) = selector.find(original) else { continue };
        let trace = |way: Way, property: &str, piece: &str| Found {
            way,
            property: property.to_owned(),
            left_out: selector.to_string(),
            piece: piece.to_owned(),
            is_narrow: *is_narrow,
        };
        let pieces = pieces(value);
        if pieces.len() > MOST * 20 {
            found.insert(trace(Way::Much, "", ""));
        }
        for (way, piece) in pieces.iter().take(MOST * 20) {
            let place = stays.iter().find(|(_, text)| text.contains(piece.as_str()));
            if let Some((property, _)) = place {
                found.insert(trace(*way, property, piece));
            }
        }
        if has_fingerprints(copy) && selector.first() != "hashes" {
            let softly = Found { is_narrow: false, ..trace(Way::Fingerprint, "hashes", "") };
            found.insert(softly);
        }
    }
    found.into_iter().collect()
}

/// Whether an id is made of content (UUID versions 3 and 5): whoever guesses the content knows that the guess is right.
pub(crate) fn is_made_of_content(id: &scr_stix::Id) -> bool {
    matches!(id.uuid().as_bytes().get(14), Some(b'3' | b'5'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn selectors(drop: &[&str]) -> Vec<(Selector, bool)> {
        drop.iter().map(|text| (Selector::parse(text).unwrap(), true)).collect()
    }

    fn ways(original: &Value, copy: &Value, drop: &[&str]) -> Vec<(Way, String)> {
        look(original, copy, &selectors(drop)).into_iter().map(|one| (one.way, one.property)).collect()
    }

    #[test]
    fn what_is_left_out_is_found_in_every_spelling() {
        let pattern = "[domain-name:value = 'wahl.example']";
        for rest in [
            "Seen at wahl.example today",
            "WAHL.example",
            "wahl[.]example",
            "hxxps://wahl(.)example/x",
            "wa\u{200b}hl.example",
            "https%3A%2F%2Fwahl%2Eexample",
        ] {
            let original = json!({"type": "indicator", "pattern": pattern, "name": rest});
            let copy = json!({"type": "indicator", "name": rest});
            assert_eq!(ways(&original, &copy, &["pattern"]), [(Way::Text, "name".to_owned())], "{rest}");
        }
        let original = json!({"type": "indicator", "pattern": pattern, "name": "A copy of the site"});
        assert!(ways(&original, &json!({"name": "A copy of the site"}), &["pattern"]).is_empty());
    }

    #[test]
    fn hashes_and_ids_that_are_made_of_it_are_found() {
        // SHA-256 of "wahl.example", by sha256sum (GNU coreutils 9.7).
        let hash = hashes("wahl.example").remove(0);
        let id = sco_id("domain-name", &json!({"value": "wahl.example"})).unwrap();
        let original = json!({"type": "x", "name": "wahl.example", "x_a": hash, "x_b": [id.as_str()]});
        let mut copy = original.clone();
        copy.as_object_mut().unwrap().remove("name");
        let found = ways(&original, &copy, &["name"]);
        assert_eq!(found, [(Way::Hash, "x_a".to_owned()), (Way::Id, "x_b".to_owned())]);
    }

    #[test]
    fn names_of_people_and_hosts_of_addresses_tell() {
        let original = json!({
            "description": "Told by Anna Kovacs of the office; see https://intern.example/report/7.", "name": "anna kovacs called",
            "labels": ["intern.example"],
        });
        let copy = json!({"name": "anna kovacs called", "labels": ["intern.example"]});
        let found = look(&original, &copy, &selectors(&["description"]));
        let pieces: Vec<&str> = found.iter().map(|one| one.piece.as_str()).collect();
        assert_eq!(pieces, ["intern.example", "anna kovacs"], "{found:?}");
        assert!(found.iter().all(|one| one.is_narrow && one.left_out == "description"));
    }

    #[test]
    fn fingerprints_of_a_content_are_named_and_times_are_not() {
        let original =
            json!({"payload_bin": "QUJDRA==", "hashes": {"MD5": "x"}, "x": "2026-11-01T00:00:00Z"});
        let copy = json!({"hashes": {"MD5": "x"}});
        assert_eq!(ways(&original, &copy, &["payload_bin"]), [(Way::Fingerprint, "hashes".to_owned())]);
        let copy = json!({"y": "2026-11-01T00:00:00Z"});
        assert!(ways(&original, &copy, &["x"]).is_empty());
    }

    #[test]
    fn ids_made_of_content_are_told_from_random_ones() {
        let of = |text: &str| is_made_of_content(&scr_stix::Id::parse(text).unwrap());
        assert!(!of("domain-name--7d3a0000-0000-4000-8000-000000000001"));
        assert!(of(sco_id("domain-name", &json!({"value": "example.com"})).unwrap().as_str()));
    }
}
