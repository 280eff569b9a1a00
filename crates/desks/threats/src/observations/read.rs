//! What people and programs bring of what they have seen: STIX, a table, or lines of text.

use scr_misp::paste::{LeftOut, Reason, read_table, read_text};
use scr_patterns::Observations;
use serde_json::{Value, json};

/// Bytes that are taken at once.
pub(super) const MAX_BYTES: usize = 16 << 20;
/// Objects that are taken at once.
pub(super) const MAX_OBJECTS: usize = 20_000;

/// Why something cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wrong {
    /// There is nothing in it that a pattern could be held against.
    Nothing,
    /// More than [`MAX_BYTES`], or than [`MAX_OBJECTS`].
    TooMuch,
    /// Neither STIX nor text; the reason, for people.
    Form(String),
}

/// The objects of what was brought: observed-data with what it lists, or observables that stand alone.
pub(super) fn objects(bytes: &[u8]) -> Result<Vec<Value>, Wrong> {
    if bytes.len() > MAX_BYTES {
        return Err(Wrong::TooMuch);
    }
    let first = bytes.iter().find(|byte| !byte.is_ascii_whitespace());
    let objects = match first {
        Some(b'{' | b'[') => stix(bytes)?,
        _ => lines(std::str::from_utf8(bytes).map_err(|error| Wrong::Form(error.to_string()))?)?,
    };
    if objects.len() > MAX_OBJECTS {
        return Err(Wrong::TooMuch);
    }
    let seen = Observations::from_objects(&objects).map_err(|error| Wrong::Form(error.to_string()))?;
    if seen.as_slice().is_empty() {
        return Err(Wrong::Nothing);
    }
    Ok(objects)
}

/// A bundle, an envelope, a list, or one object. `serde_json` ends at a depth of 128.
fn stix(bytes: &[u8]) -> Result<Vec<Value>, Wrong> {
    let value: Value = serde_json::from_slice(bytes).map_err(|error| Wrong::Form(error.to_string()))?;
    Ok(match value {
        Value::Array(list) => list,
        Value::Object(mut one) => match one.remove("objects") {
            // Observed-data of STIX 2.0 has its objects within it, by number.
            Some(objects @ Value::Object(_)) => {
                one.insert("objects".to_owned(), objects);
                vec![Value::Object(one)]
            }
            Some(Value::Array(list)) => list,
            Some(_) => return Err(Wrong::Nothing),
            None => vec![Value::Object(one)],
        },
        _ => return Err(Wrong::Nothing),
    })
}

/// Addresses, names, links and hashes out of text or a table, each as an observable of its own.
fn lines(text: &str) -> Result<Vec<Value>, Wrong> {
    let limits = scr_misp::Limits { bytes: MAX_BYTES, ..scr_misp::Limits::default() };
    let reading = match read_table(text, &limits) {
        Ok(table) if !table.reading.indicators.is_empty() => table.reading,
        _ => read_text(text, &limits).map_err(|error| Wrong::Form(error.to_string()))?,
    };
    if reading.unlisted > 0 && reading.indicators.len() >= MAX_OBJECTS {
        return Err(Wrong::TooMuch);
    }
    // A name of which nobody sells the last part is taken too: it may be of one's own network, and one that is none
    // matches nothing.
    let own = |one: &LeftOut| {
        (one.reason == Reason::UnknownSuffix).then(|| {
            let value = one.text.to_lowercase();
            json!({"type": "domain-name", "spec_version": "2.1", "id": format!("domain-name--{value}"), "value": value})
        })
    };
    let observables = reading.indicators.iter().flat_map(|one| one.observables());
    Ok(observables.chain(reading.left_out.iter().filter_map(own)).collect())
}

/// What was seen, in a few words: the value of an object, else its type.
pub(super) fn words(object: &Value) -> Option<String> {
    let text = |name: &str| object.get(name).and_then(Value::as_str);
    let hash = || object.get("hashes")?.as_object()?.values().next()?.as_str();
    let found = text("value").or_else(hash).or_else(|| text("name")).or_else(|| text("id"))?;
    Some(found.chars().take(200).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn lines_tables_and_stix_are_read() {
        let text = objects(b"hxxp://login.vote[.]example/a and 192.0.2.7\nd41d8cd98f00b204e9800998ecf8427e")
            .unwrap();
        let seen: Vec<_> = text.iter().filter_map(words).collect();
        assert_eq!(seen, ["http://login.vote.example/a", "192.0.2.7", "d41d8cd98f00b204e9800998ecf8427e"]);
        assert_eq!(
            objects(b"vote.example").unwrap().iter().filter_map(words).collect::<Vec<_>>(),
            ["vote.example"]
        );
        let one = json!({"type": "domain-name", "id": "domain-name--0", "value": "vote.example"});
        let bundle = json!({"type": "bundle", "id": "bundle--0", "objects": [one]});
        for form in [json!([one]), json!({"objects": [one]}), one, bundle] {
            assert_eq!(objects(form.to_string().as_bytes()).unwrap().len(), 1, "{form}");
        }
        let old = json!({
            "type": "observed-data", "id": "observed-data--1", "first_observed": "2026-11-01T00:00:00Z",
            "last_observed": "2026-11-01T00:00:00Z", "number_observed": 1, "objects": {"0": {"type": "domain-name", "value": "a.example"}},
        });
        assert_eq!(objects(old.to_string().as_bytes()).unwrap().len(), 1);
    }

    #[test]
    fn what_holds_nothing_is_said_so() {
        assert_eq!(objects(b"nothing to see"), Err(Wrong::Nothing));
        assert_eq!(objects(b""), Err(Wrong::Nothing));
        assert_eq!(objects(br#"{"objects": 3}"#), Err(Wrong::Nothing));
        assert!(matches!(objects(b"{\"a\":"), Err(Wrong::Form(_))));
        assert!(matches!(objects(b"\xff\xfe"), Err(Wrong::Form(_))));
        assert!(matches!(
            objects(br#"{"type":"observed-data","id":"observed-data--1"}"#),
            Err(Wrong::Form(_))
        ));
        assert_eq!(objects(&vec![b' '; MAX_BYTES + 1]), Err(Wrong::TooMuch));
        let deep = [vec![b'['; 200], vec![b']'; 200]].concat();
        assert!(matches!(objects(&deep), Err(Wrong::Form(_))));
    }
}
