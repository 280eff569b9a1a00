//! Objects and their properties as tables, and the walk that holds a value against them.

use super::values;
use crate::finding::{Code, Findings};
use crate::forms;
use serde_json::{Map, Value};

/// What a value must be.
#[derive(Clone, Copy)]
pub(super) enum Form {
    Any,
    Object,
    Text,
    TextOrNull,
    Bool,
    /// A whole number within bounds.
    Integer(i64, i64),
    Id,
    /// An identifier of one of these types.
    IdOf(&'static [&'static str]),
    Time,
    TimeOrNull,
    /// One of these texts.
    Enum(&'static [&'static str]),
    /// Should be one of these texts.
    Open(&'static [&'static str]),
    Url,
    Ipv4,
    Ipv6,
    Mac,
    /// Each like this, and so many at least.
    List(&'static Form, usize),
    /// Keys like this, values like that, and so many at least.
    Dict(Key, &'static Form, usize),
    /// An object of this shape.
    Shape(&'static Shape),
    /// The shape goes by the type that the key begins with, or that the object says.
    ByKey(&'static [(&'static str, &'static Shape)]),
    /// A command: the schema looks into what all commands have, the standard into the rest.
    Command,
}

/// What the keys of a dictionary are.
#[derive(Clone, Copy)]
pub(super) enum Key {
    Any,
    /// Letters, digits, `_` and `-`, at most 250.
    Plain,
    Variable,
    IdOf(&'static str),
}

impl Key {
    fn takes(self, key: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Plain => {
                let fine = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
                key.len() <= 250 && key.bytes().all(fine)
            }
            Self::Variable => forms::is_variable(key),
            Self::IdOf(kind) => forms::type_of(key) == Some(kind),
        }
    }
}

/// Whether a property must be there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    Must,
    May,
    /// The standard's text says that it must not, and so does the schema.
    Never,
}

/// Properties of an object.
pub(super) struct Shape {
    /// What all objects of the family have.
    pub(super) base: Option<&'static Shape>,
    pub(super) properties: &'static [(&'static str, Form, Need)],
}

impl Shape {
    fn knows(&self, name: &str) -> bool {
        self.properties.iter().any(|(known, ..)| *known == name)
            || self.base.is_some_and(|base| base.knows(name))
    }
}

/// Holds an object against a shape.
pub(super) fn object(found: &mut Findings, members: &Map<String, Value>, shape: &'static Shape) {
    properties(found, members, shape);
    unknown(found, members, shape);
}

/// Says which properties the standard does not have.
pub(super) fn unknown(found: &mut Findings, members: &Map<String, Value>, shape: &'static Shape) {
    for name in members.keys().filter(|name| !shape.knows(name)) {
        found.at(name, |found| found.add(Code::UnknownProperty, Vec::new()));
    }
}

/// Holds the properties of a shape against an object, whatever else it holds.
pub(super) fn properties(found: &mut Findings, members: &Map<String, Value>, shape: &'static Shape) {
    if let Some(base) = shape.base {
        properties(found, members, base);
    }
    for (name, form, need) in shape.properties {
        match (members.get(*name), need) {
            (None, Need::Must) => found.at(name, |found| found.add(Code::Missing, Vec::new())),
            (Some(_), Need::Never) => found.at(name, |found| found.add(Code::Forbidden, Vec::new())),
            (Some(value), _) => found.at(name, |found| value_of(found, value, form)),
            (None, _) => {}
        }
    }
}

/// Holds a value against a form.
pub(super) fn value_of(found: &mut Findings, value: &Value, form: &'static Form) {
    match form {
        Form::Any => {}
        Form::List(each, least) => list(found, value, each, *least),
        Form::Dict(key, each, least) => dictionary(found, value, *key, each, *least),
        Form::Object => {
            of_type(found, value.as_object(), "object");
        }
        Form::Shape(shape) => {
            if let Some(members) = of_type(found, value.as_object(), "object") {
                object(found, members, shape);
            }
        }
        Form::ByKey(shapes) => by_key(found, value, shapes),
        Form::Command => {
            if let Some(members) = of_type(found, value.as_object(), "object") {
                super::commands::command(found, members);
            }
        }
        simple => values::simple(found, value, simple),
    }
}

/// The value in its type, or a finding.
pub(super) fn of_type<T>(found: &mut Findings, value: Option<T>, wanted: &'static str) -> Option<T> {
    if value.is_none() {
        found.say(Code::WrongType, "wanted", wanted);
    }
    value
}

fn list(found: &mut Findings, value: &Value, each: &'static Form, least: usize) {
    let Some(items) = of_type(found, value.as_array(), "list") else { return };
    if items.len() < least {
        found.say(Code::TooFew, "wanted", &least.to_string());
    }
    for (at, item) in items.iter().enumerate() {
        found.at(&at.to_string(), |found| value_of(found, item, each));
    }
}

fn dictionary(found: &mut Findings, value: &Value, key: Key, each: &'static Form, least: usize) {
    let Some(entries) = of_type(found, value.as_object(), "object") else { return };
    if entries.len() < least {
        found.say(Code::TooFew, "wanted", &least.to_string());
    }
    for (name, entry) in entries {
        found.at(name, |found| {
            if key.takes(name) {
                value_of(found, entry, each);
            } else {
                // The schemas pass over such entries; they mean to refuse them (unevaluatedProperties).
                found.say(Code::BadKey, "value", name);
            }
        });
    }
}

fn by_key(found: &mut Findings, value: &Value, shapes: &'static [(&'static str, &'static Shape)]) {
    let Some(entries) = of_type(found, value.as_object(), "object") else { return };
    for (name, entry) in entries {
        found.at(name, |found| {
            let Some(kind) = forms::type_of(name) else { return found.say(Code::BadKey, "value", name) };
            if let Some((_, shape)) = shapes.iter().find(|(known, _)| *known == kind) {
                if let Some(members) = of_type(found, entry.as_object(), "object") {
                    object(found, members, shape);
                }
            } else {
                found.say(Code::UnknownType, "value", kind);
                found.beyond_the_schema(|found| {
                    of_type(found, entry.as_object(), "object");
                });
            }
        });
    }
}
