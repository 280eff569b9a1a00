//! What was observed: observed-data of bundles (STIX 2.1 §4.14, and the form of STIX 2.0), or plain lists of objects.

use crate::error::ObservationError;
use crate::moment::Moment;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Objects that only describe: no pattern begins at one of them, for patterns are about cyber-observable objects (§9.7).
const NOT_OBSERVABLE: [&str; 25] = [
    "attack-pattern",
    "bundle",
    "campaign",
    "course-of-action",
    "extension-definition",
    "grouping",
    "identity",
    "incident",
    "indicator",
    "infrastructure",
    "intrusion-set",
    "language-content",
    "location",
    "malware",
    "malware-analysis",
    "marking-definition",
    "note",
    "observed-data",
    "opinion",
    "relationship",
    "report",
    "sighting",
    "threat-actor",
    "tool",
    "vulnerability",
];

/// Observations that patterns are evaluated against.
#[derive(Debug, Default)]
pub struct Observations<'a> {
    pub(crate) list: Vec<Observation<'a>>,
    /// Objects that references may lead to, by id.
    scopes: Vec<BTreeMap<&'a str, &'a Value>>,
}

/// One instance of observed-data: its objects were seen together, so and so often.
#[derive(Debug)]
pub struct Observation<'a> {
    id: Option<&'a str>,
    pub(crate) roots: Vec<Root<'a>>,
    scope: usize,
    pub(crate) number: u64,
    pub(crate) time: Option<(Moment, Moment)>,
}

/// An object at which a pattern may begin.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Root<'a> {
    pub(crate) object_type: &'a str,
    pub(crate) object: &'a Value,
}

impl<'a> Observation<'a> {
    /// The id of the observed-data, or of the object that stands alone.
    pub fn id(&self) -> Option<&'a str> {
        self.id
    }

    /// How often it was seen.
    pub fn number_observed(&self) -> u64 {
        self.number
    }

    /// When it was first and last seen; `None` for an object that stands alone.
    pub fn time(&self) -> Option<(Moment, Moment)> {
        self.time
    }
}

impl<'a> Observations<'a> {
    /// The observed-data of bundles; the objects of all bundles may refer to each other, within what each observed-data
    /// lists (§9.7.4). Observed-data may also stand there without a bundle. Other objects that nothing lists are no
    /// observations.
    ///
    /// # Errors
    /// What is no STIX object, and observed-data without a count, times or objects.
    pub fn from_bundles(bundles: impl IntoIterator<Item = &'a Value>) -> Result<Self, ObservationError> {
        let objects = flattened(bundles)?;
        let by_id = by_id(&objects);
        let mut observations = Self::default();
        for (at, (object, object_type)) in objects.iter().enumerate() {
            if *object_type == "observed-data" {
                observations.add_observed_data(at, object, &by_id)?;
            }
        }
        Ok(observations)
    }

    /// Objects that were uploaded as a list: each is an observation of its own, seen once, without a time; references
    /// lead to other objects of the list. Bundles are taken apart. Observed-data among them counts as such, and what it
    /// lists does not stand alone beside it.
    ///
    /// # Errors
    /// As [`from_bundles`](Self::from_bundles).
    pub fn from_objects(list: impl IntoIterator<Item = &'a Value>) -> Result<Self, ObservationError> {
        let objects = flattened(list)?;
        let by_id = by_id(&objects);
        let mut observations = Self::default();
        let listed = listed(&objects);
        for (at, (object, object_type)) in objects.iter().enumerate() {
            if *object_type == "observed-data" {
                observations.add_observed_data(at, object, &by_id)?;
            } else if let Some(root) = root(object).filter(|_| !is_listed(object, &listed)) {
                observations.list.push(Observation {
                    id: text(object, "id"),
                    roots: vec![root],
                    scope: usize::MAX,
                    number: 1,
                    time: None,
                });
            }
        }
        let shared = observations.scopes.len();
        observations.scopes.push(by_id);
        for observation in &mut observations.list {
            observation.scope = observation.scope.min(shared);
        }
        Ok(observations)
    }

    /// One object that stands alone.
    ///
    /// # Errors
    /// It is no STIX object.
    pub fn from_object(object: &'a Value) -> Result<Self, ObservationError> {
        Self::from_objects([object])
    }

    /// The observations, in the order of the input.
    pub fn as_slice(&self) -> &[Observation<'a>] {
        &self.list
    }

    /// What a reference leads to.
    pub(crate) fn referred(&self, observation: &Observation<'a>, id: &str) -> Option<&'a Value> {
        self.scopes.get(observation.scope)?.get(id).copied()
    }

    fn add_observed_data(
        &mut self,
        at: usize,
        object: &'a Value,
        by_id: &BTreeMap<&'a str, &'a Value>,
    ) -> Result<(), ObservationError> {
        let wrong = |property| ObservationError::Property {
            id: object.get("id").and_then(Value::as_str).map_or_else(|| at.to_string(), str::to_owned),
            property,
        };
        let time = |property| {
            let text = object.get(property).and_then(Value::as_str);
            text.and_then(|text| Moment::parse(text).ok()).ok_or_else(|| wrong(property))
        };
        let first = time("first_observed")?;
        let last = time("last_observed")?;
        if last < first {
            return Err(wrong("last_observed"));
        }
        let number = object.get("number_observed").and_then(Value::as_u64).filter(|number| *number > 0);
        let number = number.ok_or_else(|| wrong("number_observed"))?;
        let scope: BTreeMap<&str, &Value> = match (object.get("object_refs"), object.get("objects")) {
            (Some(Value::Array(references)), _) => references
                .iter()
                .filter_map(|reference| by_id.get_key_value(reference.as_str()?))
                .map(|(id, object)| (*id, *object))
                .collect(),
            (None, Some(Value::Object(embedded))) => {
                embedded.iter().map(|(key, object)| (key.as_str(), object)).collect()
            }
            _ => return Err(wrong("object_refs")),
        };
        self.list.push(Observation {
            id: object.get("id").and_then(Value::as_str),
            roots: scope.values().filter_map(|object| root(object)).collect(),
            scope: self.scopes.len(),
            number,
            time: Some((first, last)),
        });
        self.scopes.push(scope);
        Ok(())
    }
}

fn text<'a>(object: &'a Value, property: &str) -> Option<&'a str> {
    object.get(property)?.as_str()
}

fn root(object: &Value) -> Option<Root<'_>> {
    let object_type = text(object, "type")?;
    NOT_OBSERVABLE.binary_search(&object_type).is_err().then_some(Root { object_type, object })
}

/// Ids that observed-data lists.
fn listed<'a>(objects: &[(&'a Value, &'a str)]) -> BTreeSet<&'a str> {
    let observed = objects.iter().filter(|(_, object_type)| *object_type == "observed-data");
    let lists = observed.filter_map(|(object, _)| object.get("object_refs")?.as_array());
    lists.flatten().filter_map(Value::as_str).collect()
}

fn is_listed(object: &Value, listed: &BTreeSet<&str>) -> bool {
    text(object, "id").is_some_and(|id| listed.contains(id))
}

/// Of two objects with one id, the later.
fn by_id<'a>(objects: &[(&'a Value, &'a str)]) -> BTreeMap<&'a str, &'a Value> {
    objects.iter().filter_map(|(object, _)| Some((text(object, "id")?, *object))).collect()
}

/// Objects, those of bundles instead of the bundles.
fn flattened<'a>(
    list: impl IntoIterator<Item = &'a Value>,
) -> Result<Vec<(&'a Value, &'a str)>, ObservationError> {
    let mut objects = Vec::new();
    let mut at = 0;
    let mut add = |object: &'a Value| {
        let object_type = text(object, "type").ok_or(ObservationError::NotAnObject { at })?;
        at += 1;
        objects.push((object, object_type));
        Ok(())
    };
    for entry in list {
        match entry.get("objects") {
            Some(Value::Array(inner)) if text(entry, "type") == Some("bundle") => {
                inner.iter().try_for_each(&mut add)?;
            }
            None if text(entry, "type") == Some("bundle") => {}
            _ => add(entry)?,
        }
    }
    Ok(objects)
}
