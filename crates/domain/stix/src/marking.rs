//! Which label an object has, and which its properties have.
//!
//! The strictest of an object's markings counts. A granular marking overrides it for its property, to the stricter or
//! to the looser side (STIX 2.1 section 7.2.3). A marking that nobody knows counts as TLP:RED, and so does a granular
//! marking that selects nothing: what cannot be understood must not widen anything.

use crate::object::{Granular, GranularWhat, Head, Object};
use crate::selector::Selector;
use crate::{Id, tlp};
use scr_core::Tlp;
use serde_json::Value;

/// What a marking definition says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// A label of TLP.
    Label(Tlp),
    /// A statement, such as a copyright: it changes no label.
    Statement,
}

/// What a marking definition that was received says; `None` for one that this program cannot follow. A label counts
/// only under the identifiers that are built in: whoever defines it anew may mean something else.
pub fn meaning_of(definition: &Object) -> Option<Meaning> {
    if definition.kind() != "marking-definition" {
        return None;
    }
    if let Some(label) = tlp::of_marking(definition.id()) {
        return Some(Meaning::Label(label));
    }
    let value = definition.value();
    let statement = value["definition_type"] == "statement" && value["definition"]["statement"].is_string();
    // An extension beside the statement may say more than the statement.
    (statement && value.get("extensions").is_none()).then_some(Meaning::Statement)
}

/// What the markings of an object come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effective {
    /// The label of the object, without its granular markings.
    pub label: Tlp,
    /// Whether a marking gave the label; otherwise the community's default did.
    pub marked: bool,
    /// Markings that nobody knows, each once. The sender is to be told.
    pub unknown: Vec<Id>,
    /// Properties with labels of their own, in the order of the object.
    pub properties: Vec<Property>,
}

/// A property with a label of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Property {
    /// As the object writes it.
    pub text: Box<str>,
    /// The same, read; `None` when it selects nothing by its form.
    pub selector: Option<Selector>,
    /// Its label.
    pub label: Tlp,
}

impl Effective {
    /// What an object's markings come to. `known` gives the definitions that the caller has; the built-in ones need not
    /// be among them. `for_no_marking` is the community's default; without one, the narrowest.
    pub fn of(head: &Head, known: &dyn Fn(&Id) -> Option<Meaning>, for_no_marking: Option<Tlp>) -> Self {
        let mut unknown: Vec<Id> = Vec::new();
        let mut label_of = |id: &Id| match tlp::of_marking(id).map(Meaning::Label).or_else(|| known(id)) {
            Some(Meaning::Label(label)) => Some(label),
            Some(Meaning::Statement) => None,
            None => {
                if !unknown.contains(id) {
                    unknown.push(id.clone());
                }
                Some(Tlp::Red)
            }
        };
        let given = head.object_marking_refs.iter().filter_map(&mut label_of).max();
        let mut properties = Vec::new();
        for Granular { what, selectors } in &head.granular_markings {
            if let GranularWhat::Marking(id) = what
                && let Some(label) = label_of(id)
            {
                properties.extend(selectors.iter().map(|text| Property {
                    text: text.clone(),
                    selector: Selector::parse(text).ok(),
                    label,
                }));
            }
        }
        let label = given.or(for_no_marking).unwrap_or(Tlp::Red);
        Self { label, marked: given.is_some(), unknown, properties }
    }

    /// What decides whether somebody sees the object at all: the strictest label on it or in it. A property marked RED
    /// keeps all of it back until somebody redacts it.
    pub fn ceiling(&self) -> Tlp {
        self.properties.iter().map(|property| property.label).fold(self.label, Ord::max)
    }

    /// The label of a property: of the markings that select it or a whole that it is in, the nearest counts; of equally
    /// near ones the strictest; without any, the object's.
    pub fn of_property(&self, place: &Selector) -> Tlp {
        let covering = self.properties.iter().filter_map(|property| {
            let selector = property.selector.as_ref().filter(|selector| selector.covers(place))?;
            Some((selector.steps().len(), property.label))
        });
        covering.max().map_or(self.label, |(_, label)| label)
    }

    /// The properties that have a stricter label than this one: what a redactor has to take out.
    pub fn above(&self, label: Tlp) -> Vec<&Property> {
        self.properties.iter().filter(|property| property.label > label).collect()
    }
}

/// A selector of a granular marking that selects nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dangling {
    /// Where it stands: `granular_markings.[0].selectors.[1]`.
    pub path: String,
    /// What stands there.
    pub selector: Box<str>,
    /// Whether it is a selector at all.
    pub well_formed: bool,
}

/// The selectors of an object's granular markings and languages that select nothing in it.
pub fn dangling(head: &Head, object: &Value) -> Vec<Dangling> {
    let mut found = Vec::new();
    for (place, granular) in head.granular_markings.iter().enumerate() {
        for (at, text) in granular.selectors.iter().enumerate() {
            let selector = Selector::parse(text).ok();
            if selector.as_ref().is_none_or(|selector| selector.find(object).is_none()) {
                found.push(Dangling {
                    path: format!("granular_markings.[{place}].selectors.[{at}]"),
                    selector: text.clone(),
                    well_formed: selector.is_some(),
                });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Limits;
    use proptest::prelude::*;
    use serde_json::json;

    fn marking(tlp: Tlp) -> String {
        tlp::marking_id(tlp)
    }

    fn object(more: &Value) -> Object {
        let mut value = json!({"type": "identity", "id": "identity--023d105b-752e-4e3c-941c-7d3f3cb15e9e", "name": "N",
            "created": "2016-04-06T20:03:00.000Z", "modified": "2016-04-06T20:03:00.000Z", "spec_version": "2.1",
            "description": "D", "external_references": [{"source_name": "s", "url": "u"}]});
        value.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        Object::read(value.to_string().as_bytes(), &Limits::default()).unwrap()
    }

    fn effective(more: &Value) -> Effective {
        Effective::of(object(more).head(), &|_| None, None)
    }

    fn at(text: &str) -> Selector {
        Selector::parse(text).unwrap()
    }

    #[test]
    fn the_strictest_of_several_counts() {
        for one in tlp::ALL {
            for other in tlp::ALL {
                let both = effective(&json!({"object_marking_refs": [marking(one), marking(other)]}));
                assert_eq!((both.label, both.ceiling(), both.marked), (one.max(other), one.max(other), true));
            }
        }
    }

    #[test]
    fn without_a_marking_the_default_counts_and_else_the_narrowest() {
        let nothing = object(&json!({}));
        for default in tlp::ALL {
            let effective = Effective::of(nothing.head(), &|_| None, Some(default));
            assert_eq!((effective.label, effective.marked), (default, false));
        }
        assert_eq!(effective(&json!({})).label, Tlp::Red);
    }

    #[test]
    fn unknown_markings_are_the_narrowest_and_statements_say_nothing() {
        let id = "marking-definition--d81f86b9-975b-4c0b-875e-810c5ad45a4f";
        let marked = json!({"object_marking_refs": [marking(Tlp::Green), id], "granular_markings": [{"marking_ref": id, "selectors": ["name"]}]});
        let unknown = effective(&marked);
        assert_eq!((unknown.label, unknown.ceiling()), (Tlp::Red, Tlp::Red));
        assert_eq!(unknown.unknown, [Id::parse(id).unwrap()]);
        let statement = json!({"type": "marking-definition", "spec_version": "2.1", "id": id, "created": "2017-01-20T00:00:00.000Z",
            "definition_type": "statement", "definition": {"statement": "Copyright"}});
        let mut foreign = statement.clone();
        foreign["definition_type"] = json!("tlp");
        foreign["definition"] = json!({"tlp": "white"});
        let mut extended = statement.clone();
        extended["extensions"] = json!({"extension-definition--3a65884d-005a-4290-8335-cb2d778a83ce": {"extension_type": "property-extension"}});
        let read = |value: &Value| {
            meaning_of(&Object::read(value.to_string().as_bytes(), &Limits::default()).unwrap())
        };
        assert_eq!(
            (read(&statement), read(&foreign), read(&extended)),
            (Some(Meaning::Statement), None, None)
        );
        let known = Effective::of(object(&marked).head(), &|_| read(&statement), None);
        assert_eq!((known.label, known.ceiling(), known.unknown.len()), (Tlp::Green, Tlp::Green, 0));
        // Nobody redefines what is built in.
        let widened = Effective::of(
            object(&json!({"object_marking_refs": [marking(Tlp::Red)]})).head(),
            &|_| Some(Meaning::Label(Tlp::Clear)),
            None,
        );
        assert_eq!(widened.label, Tlp::Red);
    }

    #[test]
    fn granular_markings_override_and_the_strictest_decides() {
        let looser = effective(&json!({"object_marking_refs": [marking(Tlp::Amber)], "granular_markings": [
            {"marking_ref": marking(Tlp::Green), "selectors": ["name", "external_references"]},
            {"marking_ref": marking(Tlp::Red), "selectors": ["external_references.[0].url"]},
            {"lang": "en", "selectors": ["description"]}]}));
        assert_eq!((looser.label, looser.ceiling()), (Tlp::Amber, Tlp::Red));
        assert_eq!(looser.of_property(&at("name")), Tlp::Green);
        assert_eq!(looser.of_property(&at("description")), Tlp::Amber);
        assert_eq!(looser.of_property(&at("external_references.[0].source_name")), Tlp::Green);
        assert_eq!(looser.of_property(&at("external_references.[0].url")), Tlp::Red);
        let above: Vec<&str> =
            looser.above(Tlp::Green).iter().map(|property| property.text.as_ref()).collect();
        assert_eq!(above, ["external_references.[0].url"]);
    }

    #[test]
    fn selectors_that_select_nothing_still_count() {
        let marked = json!({"object_marking_refs": [marking(Tlp::Green)], "granular_markings": [
            {"marking_ref": marking(Tlp::Red), "selectors": ["name", "nothing", "a..b", "external_references.[1]"]}]});
        assert_eq!(effective(&marked).ceiling(), Tlp::Red);
        let object = object(&marked);
        let found: Vec<(String, bool)> =
            dangling(object.head(), &object.value()).into_iter().map(|d| (d.path, d.well_formed)).collect();
        let path = |at: usize| format!("granular_markings.[0].selectors.[{at}]");
        assert_eq!(found, [(path(1), true), (path(2), false), (path(3), true)]);
    }

    proptest! {
        /// Whatever the markings: no property is stricter than what decides over the object, and one more marking
        /// never lets more people see it.
        #[test]
        fn nothing_widens(objects in prop::collection::vec(0_usize..5, 0..3), granular in prop::collection::vec((0_usize..5, 0_usize..4), 0..4), more in 0_usize..5) {
            let places = ["name", "description", "external_references", "external_references.[0].url"];
            let refs: Vec<String> = objects.iter().map(|at| marking(tlp::ALL[*at])).collect();
            let list: Vec<Value> = granular.iter()
                .map(|(label, place)| json!({"marking_ref": marking(tlp::ALL[*label]), "selectors": [places[*place]]})).collect();
            let one = effective(&json!({"object_marking_refs": refs, "granular_markings": list}));
            for place in places {
                prop_assert!(one.of_property(&at(place)) <= one.ceiling());
            }
            if !objects.is_empty() {
                let mut refs = refs;
                refs.push(marking(tlp::ALL[more]));
                let other = effective(&json!({"object_marking_refs": refs, "granular_markings": list}));
                prop_assert!(other.ceiling() >= one.ceiling());
            }
        }
    }
}
