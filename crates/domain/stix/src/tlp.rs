//! Traffic Light Protocol 2.0 (FIRST, August 2022) in STIX: an extension of marking definitions, and the fixed
//! definitions of TLP 1 that STIX 2.1 has built in (section 7.2.1.4). Bundles refer to them without carrying them.

use crate::Id;
use crate::object::Object;
use scr_core::Tlp;
use serde_json::{Value, json};

/// The extension definition of TLP 2.0.
pub const EXTENSION: &str = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d";

/// All labels, from the widest to the narrowest.
pub const ALL: [Tlp; 5] = [Tlp::Clear, Tlp::Green, Tlp::Amber, Tlp::AmberStrict, Tlp::Red];

/// TLP 2.0: label, value in the extension, UUID of the definition.
const VERSION_2: [(Tlp, &str, &str); 5] = [
    (Tlp::Clear, "clear", "94868c89-83c2-464b-929b-a1a8aa3c8487"),
    (Tlp::Green, "green", "bab4a63c-aed9-4cf5-a766-dfca5abac2bb"),
    (Tlp::Amber, "amber", "55d920b0-5e8b-4f79-9ee9-91f868d9b421"),
    (Tlp::AmberStrict, "amber+strict", "939a9414-2ddd-4d32-a0cd-375ea402b003"),
    (Tlp::Red, "red", "e828b379-4e03-4974-9ac4-e53a884c97c1"),
];

/// TLP 1, with the labels of TLP 2.0 that are read from them: its amber is not narrower than AMBER, its white is CLEAR.
const VERSION_1: [(Tlp, &str, &str); 4] = [
    (Tlp::Clear, "white", "613f2e26-407d-48c7-9eca-b8e91df99dc9"),
    (Tlp::Green, "green", "34098fce-860f-48ae-8e50-ebd3cc5e41da"),
    (Tlp::Amber, "amber", "f88d31f6-486f-44da-b317-01333bde0b82"),
    (Tlp::Red, "red", "5e57c739-391a-4eb3-b6be-7d15ca92d5ed"),
];

/// The label as it is printed: capitals, never translated.
pub fn label(tlp: Tlp) -> &'static str {
    match tlp {
        Tlp::Clear => "TLP:CLEAR",
        Tlp::Green => "TLP:GREEN",
        Tlp::Amber => "TLP:AMBER",
        Tlp::AmberStrict => "TLP:AMBER+STRICT",
        Tlp::Red => "TLP:RED",
    }
}

/// The label that people or other formats write: `TLP:GREEN`, `tlp:amber+strict`, `white`; `None` for anything else.
pub fn parse_label(text: &str) -> Option<Tlp> {
    let text = text.to_ascii_lowercase();
    let word = text.strip_prefix("tlp:").unwrap_or(&text);
    VERSION_2.iter().chain(&VERSION_1).find_map(|(tlp, value, _)| (*value == word).then_some(*tlp))
}

/// The label that a marking has, if it is one of the nine that are built in.
pub fn of_marking(id: &Id) -> Option<Tlp> {
    if id.kind() != "marking-definition" {
        return None;
    }
    VERSION_2.iter().chain(&VERSION_1).find_map(|(tlp, _, uuid)| (*uuid == id.uuid()).then_some(*tlp))
}

/// The identifier of a label's definition in TLP 2.0.
pub fn marking_id(tlp: Tlp) -> String {
    let uuid = VERSION_2.iter().find_map(|(of, _, uuid)| (*of == tlp).then_some(*uuid));
    format!("marking-definition--{}", uuid.unwrap_or_default())
}

/// The definition that belongs to a built-in marking, to be sent along on export; `None` for other markings.
pub fn definition(id: &Id) -> Option<Value> {
    let of = |table: &[(Tlp, &'static str, &str)]| {
        table.iter().find_map(|(tlp, value, uuid)| (*uuid == id.uuid()).then_some((*tlp, *value)))
    };
    of_marking(id)?;
    if let Some((tlp, value)) = of(&VERSION_2) {
        return Some(json!({
            "type": "marking-definition",
            "spec_version": "2.1",
            "id": id.as_str(),
            "created": "2022-10-01T00:00:00.000Z",
            "name": label(tlp),
            "extensions": { EXTENSION: { "extension_type": "property-extension", "tlp_2_0": value } }
        }));
    }
    let (_, value) = of(&VERSION_1)?;
    Some(json!({
        "type": "marking-definition",
        "spec_version": "2.1",
        "id": id.as_str(),
        "created": "2017-01-20T00:00:00.000Z",
        "definition_type": "tlp",
        "name": format!("TLP:{}", value.to_ascii_uppercase()),
        "definition": { "tlp": value }
    }))
}

/// The built-in markings to which objects refer, each once, in the order of their identifiers: what an export adds.
pub fn definitions_for<'o>(objects: impl IntoIterator<Item = &'o Object>) -> Vec<Value> {
    let used: std::collections::BTreeSet<&Id> = objects
        .into_iter()
        .flat_map(|object| object.head().refs.iter().map(|reference| &reference.id))
        .filter(|id| of_marking(id).is_some())
        .collect();
    used.into_iter().filter_map(definition).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Limits;

    #[test]
    fn the_nine_definitions_are_objects_with_their_labels() {
        for (tlp, value, uuid) in VERSION_2.iter().chain(&VERSION_1) {
            let id = Id::parse(&format!("marking-definition--{uuid}")).unwrap();
            assert_eq!(of_marking(&id), Some(*tlp));
            assert_eq!(parse_label(&format!("TLP:{}", value.to_uppercase())), Some(*tlp));
            let definition = definition(&id).unwrap().to_string();
            let object = Object::read(definition.as_bytes(), &Limits::default()).unwrap();
            assert_eq!((object.id(), object.kind()), (&id, "marking-definition"));
        }
        for tlp in ALL {
            assert_eq!(of_marking(&Id::parse(&marking_id(tlp)).unwrap()), Some(tlp));
            assert_eq!(parse_label(label(tlp)), Some(tlp));
        }
        assert!(ALL.is_sorted());
    }

    #[test]
    fn others_have_no_label() {
        // The same UUID as TLP:CLEAR under another type.
        let other = Id::parse("identity--94868c89-83c2-464b-929b-a1a8aa3c8487").unwrap();
        assert_eq!((of_marking(&other), definition(&other)), (None, None));
        for text in ["", "TLP", "TLP:", "TLP: RED", "TLP:BLUE", "ambar", "TLP:TLP:RED"] {
            assert_eq!(parse_label(text), None, "{text}");
        }
    }

    /// STIX 2.1 section 7.2.1.4, as python-stix2 3.0.2 (PyPI) writes `stix2.TLP_AMBER`.
    #[test]
    fn tlp_1_is_defined_as_the_standard_prints_it() {
        let id = Id::parse("marking-definition--f88d31f6-486f-44da-b317-01333bde0b82").unwrap();
        let theirs: Value = serde_json::from_str(
            r#"{"type": "marking-definition", "spec_version": "2.1", "id": "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82",
                "created": "2017-01-20T00:00:00.000Z", "definition_type": "tlp", "name": "TLP:AMBER", "definition": {"tlp": "amber"}}"#,
        )
        .unwrap();
        assert_eq!(definition(&id), Some(theirs));
    }
}
