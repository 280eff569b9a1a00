//! The label of an object: from its own markings, or what the community gives to what comes without one.

use scr_core::Tlp;
use scr_stix::{Head, Id};

/// A label in the tables.
pub(crate) fn name(tlp: Tlp) -> &'static str {
    match tlp {
        Tlp::Clear => "clear",
        Tlp::Green => "green",
        Tlp::Amber => "amber",
        Tlp::AmberStrict => "amber-strict",
        Tlp::Red => "red",
    }
}

/// The label of this name.
pub(crate) fn parse(name: &str) -> Option<Tlp> {
    [Tlp::Clear, Tlp::Green, Tlp::Amber, Tlp::AmberStrict, Tlp::Red].into_iter().find(|tlp| self::name(*tlp) == name)
}

/// What was found out about an object's markings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Label {
    /// The strictest of them.
    pub(crate) tlp: Tlp,
    /// Markings that nobody here knows: they count as the narrowest.
    pub(crate) unknown: Vec<Id>,
}

/// The label of an object: the strictest of its markings. A marking that is neither TLP nor known counts as RED.
pub(crate) fn of(head: &Head, unmarked: Tlp, mut known: impl FnMut(&Id) -> bool) -> Label {
    let mut label = Label { tlp: Tlp::Clear, unknown: Vec::new() };
    let mut is_marked = false;
    let granular = head.granular_markings.iter().filter_map(|one| match &one.what {
        scr_stix::GranularWhat::Marking(id) => Some(id),
        scr_stix::GranularWhat::Lang(_) => None,
    });
    for id in head.object_marking_refs.iter() {
        if let Some(tlp) = tlp_of(id) {
            is_marked = true;
            label.tlp = label.tlp.max(tlp);
        } else if !known(id) {
            is_marked = true;
            label.tlp = Tlp::Red;
            label.unknown.push(id.clone());
        }
    }
    if !is_marked {
        label.tlp = unmarked;
    }
    // A property that is narrower keeps the whole object until somebody signs a redacted one.
    for id in granular {
        match tlp_of(id) {
            Some(tlp) => label.tlp = label.tlp.max(tlp),
            None if known(id) => {}
            None => {
                label.tlp = Tlp::Red;
                label.unknown.push(id.clone());
            }
        }
    }
    label
}

/// The label behind the id of a TLP marking definition: of TLP 2.0 (FIRST, August 2022) and of TLP 1 in STIX 2.1.
pub(crate) fn tlp_of(id: &Id) -> Option<Tlp> {
    let uuid = id.as_str().strip_prefix("marking-definition--")?;
    Some(match uuid {
        "94868c89-83c2-464b-929b-a1a8aa3c8487" | "613f2e26-407d-48c7-9eca-b8e91df99dc9" => Tlp::Clear,
        "bab4a63c-aed9-4cf5-a766-dfca5abac2bb" | "34098fce-860f-48ae-8e50-ebd3cc5e41da" => Tlp::Green,
        "55d920b0-5e8b-4f79-9ee9-91f868d9b421" | "f88d31f6-486f-44da-b317-01333bde0b82" => Tlp::Amber,
        "939a9414-2ddd-4d32-a0cd-375ea402b003" => Tlp::AmberStrict,
        "e828b379-4e03-4974-9ac4-e53a884c97c1" | "5e57c739-391a-4eb3-b6be-7d15ca92d5ed" => Tlp::Red,
        _ => return None,
    })
}
