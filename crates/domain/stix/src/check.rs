//! Whether an object is what STIX 2.1 says, leniently: everything is read and kept, and what is wrong is listed.
//!
//! An error breaks a MUST, a warning a SHOULD. Nothing here refuses an object; [`Object::read`] has done so already
//! where it could not be served at all. The patterns of indicators are the business of another crate.

mod code;
mod domain;
mod extensions;
mod forms;
mod kinds;
mod observables;
mod relations;
mod rules;
mod together;
mod values;
mod vocab;

pub use code::Code;
pub use together::check_together;
pub use vocab::REGIONS;

use crate::object::Object;
use kinds::{Need, Order, Shape};
use scr_core::Severity;
use serde_json::{Map, Value};
use std::fmt;

/// Findings of one object that are listed.
const MOST: usize = 100;
/// Longest value that is repeated, in characters.
const LONGEST: usize = 200;

/// One thing that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What.
    pub code: Code,
    /// Where, as a selector; empty for the whole object.
    pub path: String,
    /// Further values for a message, by name: `value` is what stands there, at most 200 characters of it.
    pub args: Vec<(&'static str, String)>,
}

impl Finding {
    /// Whether it breaks a MUST.
    pub fn is_error(&self) -> bool {
        self.code.severity() == Severity::Error
    }

    /// A value for the message.
    pub fn arg(&self, name: &str) -> Option<&str> {
        self.args.iter().find_map(|(known, value)| (*known == name).then_some(value.as_str()))
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.code.as_str(), if self.path.is_empty() { "." } else { &self.path })?;
        self.args.iter().try_for_each(|(name, value)| write!(f, " {name}={value:?}"))
    }
}

/// Everything that is to be said of an object, in the order of the standard's tables; at most 100 findings.
pub fn check(object: &Object) -> Vec<Finding> {
    let mut checker = Checker { found: Vec::new(), path: String::new() };
    if let Value::Object(members) = object.value() {
        checker.object(object, &members);
    }
    checker.found
}

/// Whether the standard has this type of object.
pub fn is_known_type(kind: &str) -> bool {
    domain::shape(kind).is_some() || is_observable(kind)
}

/// Whether the standard has this type of observable.
pub fn is_observable(kind: &str) -> bool {
    observables::shape(kind).is_some()
}

/// Whether an object of this type must have this property.
pub fn is_required(kind: &str, name: &str) -> bool {
    let shapes = [domain::shape(kind), observables::shape(kind)];
    shapes
        .into_iter()
        .flatten()
        .filter_map(|shape| shape.property(name))
        .any(|(_, _, need)| *need == Need::Must)
}

struct Checker {
    found: Vec<Finding>,
    path: String,
}

impl Checker {
    fn add(&mut self, code: Code, args: Vec<(&'static str, String)>) {
        match self.found.len() {
            0..MOST => self.found.push(Finding { code, path: self.path.clone(), args }),
            MOST => self.found.push(Finding { code: Code::More, path: String::new(), args: Vec::new() }),
            _ => {}
        }
    }

    fn say(&mut self, code: Code, value: &str) {
        self.add(code, vec![("value", clipped(value))]);
    }

    /// Goes to a property and back.
    fn at(&mut self, name: &str, run: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        if length > 0 {
            self.path.push('.');
        }
        self.path.push_str(name);
        run(self);
        self.path.truncate(length);
    }

    /// Goes to an item of a list and back.
    fn item(&mut self, at: usize, run: impl FnOnce(&mut Self)) {
        self.at(&format!("[{at}]"), run);
    }

    fn object(&mut self, object: &Object, members: &Map<String, Value>) {
        let kind = object.kind();
        let observable = observables::shape(kind);
        let specific = observable.or_else(|| domain::shape(kind));
        let versioned = members.contains_key("created") || members.contains_key("modified");
        let common = match specific {
            Some(_) if observable.is_some() => &observables::COMMON,
            None if !versioned => &observables::COMMON,
            _ if kind == "marking-definition" => &domain::COMMON_OF_MARKINGS,
            _ => &domain::COMMON,
        };
        let version = object.head().spec_version.as_deref();
        let old = version == Some("2.0") || (version.is_none() && observable.is_none() && specific.is_some());
        if old {
            self.at("spec_version", |checker| checker.add(Code::Stix20, Vec::new()));
        } else if let Some(version) = version.filter(|version| *version != "2.1") {
            let code =
                if forms::is_version(version) { Code::SpecVersionUnknown } else { Code::SpecVersionInvalid };
            self.at("spec_version", |checker| checker.say(code, version));
        }
        self.names(kind, members, [Some(common), specific]);
        self.shape(members, common, kind, old);
        if let Some(shape) = specific {
            self.shape(members, shape, kind, old);
        }
        self.rules(object, members, old);
    }

    /// Names, nulls and emptiness, of all members.
    fn names(&mut self, kind: &str, members: &Map<String, Value>, shapes: [Option<&'static Shape>; 2]) {
        let known = shapes[1].is_some();
        let described = rules::extension_types(members);
        if !known && !["new-sdo", "new-sco", "new-sro"].iter().any(|new| described.contains(new)) {
            self.at("type", |checker| checker.say(Code::CustomType, kind));
        }
        let has = |name: &str| shapes.iter().flatten().any(|shape| shape.property(name).is_some());
        for (name, value) in members {
            self.at(name, |checker| {
                if !forms::is_property_name(name) {
                    checker.say(Code::NameInvalid, name);
                } else if ["severity", "action", "username", "phone_numbers"].contains(&name.as_str()) {
                    checker.say(Code::NameReserved, name);
                } else if known && !has(name) && !described.contains(&"toplevel-property-extension") {
                    checker.say(Code::CustomProperty, name);
                }
                match value {
                    Value::Null => checker.add(Code::Null, Vec::new()),
                    Value::Array(items)
                        if items.is_empty() && (!has(name) || name == "granular_markings") =>
                    {
                        checker.add(Code::Empty, Vec::new())
                    }
                    _ => {}
                }
            });
        }
    }

    /// What a table says of members. Objects of STIX 2.0 need other properties than those of 2.1.
    fn shape(&mut self, members: &Map<String, Value>, shape: &'static Shape, kind: &str, old: bool) {
        for (name, what, need) in shape.properties {
            match members.get(*name) {
                None if *need == Need::Must && !old => {
                    self.at(name, |checker| checker.add(Code::RequiredMissing, Vec::new()));
                }
                None | Some(Value::Null) => {}
                Some(value) => self.at(name, |checker| checker.value(value, *what, kind)),
            }
        }
        let has = |name: &str| members.contains_key(name);
        if !old && !shape.one_of.is_empty() && !shape.one_of.iter().any(|name| has(name)) {
            self.add(Code::OneNeeded, vec![("properties", shape.one_of.join(", "))]);
        }
        for (one, other) in shape.exclusive.iter().filter(|(one, other)| has(one) && has(other)) {
            self.exclusive(one, other);
        }
        for (name, other) in shape.needs.iter().filter(|(name, other)| has(name) && !has(other) && !old) {
            self.at(name, |checker| checker.add(Code::Needs, vec![("other", (*other).to_owned())]));
        }
        for (later, earlier, order) in shape.order {
            self.order(members, later, earlier, *order);
        }
    }

    fn exclusive(&mut self, one: &str, other: &str) {
        self.add(Code::Exclusive, vec![("properties", format!("{one}, {other}"))]);
    }

    fn order(&mut self, members: &Map<String, Value>, later: &str, earlier: &str, order: Order) {
        let time =
            |name: &str| members.get(name)?.as_str().and_then(|text| crate::Timestamp::parse(text).ok());
        let (Some(after), Some(before)) = (time(later), time(earlier)) else { return };
        let code = if order == Order::Likely { Code::TimestampOrderUnlikely } else { Code::TimestampOrder };
        if after < before || (after == before && order == Order::After) {
            self.at(later, |checker| {
                checker.add(
                    code,
                    vec![
                        ("value", after.to_string()),
                        ("other", earlier.to_owned()),
                        ("other_value", before.to_string()),
                    ],
                );
            });
        }
    }
}

fn clipped(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}
