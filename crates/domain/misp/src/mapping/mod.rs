//! What attributes and objects of MISP are in STIX, as tables that are read in both directions.
//!
//! The reference is misp-stix 2026.10.12; where the tables differ from it, `tests/to_stix.rs` says why.

mod attributes;
mod build;
mod domain;
mod observables;

pub(crate) use attributes::{AttributeRow, attribute_row, rows_of};
pub(crate) use build::{Item, Observed, build, observed_with_links, read_back};
pub(crate) use domain::{Domain, Put, domain_template};
pub(crate) use observables::{OBSERVABLES, observable_template};

/// How a value stands in a property.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// As a text.
    Text,
    /// As a number.
    Integer,
    /// As a truth value.
    Truth,
    /// As a point in time.
    Time,
    /// As one text of a list.
    List,
    /// As one text of a list, in small letters: protocols.
    Protocol,
    /// As a hash.
    Hash,
    /// As the address of something on a network, with its scheme.
    Url,
    /// As the key of a registry, whose root is written out.
    Key,
    /// As an observable of its own, of this type and with this property, to which the property refers.
    Linked(&'static str, &'static str),
    /// The same, as one of a list of references.
    LinkedList(&'static str, &'static str),
    /// As an address or a name of its own, to which the property refers.
    Address,
    /// The same, as one of a list of references.
    AddressList,
}

/// One relation of an object's template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Field {
    /// What it is called in MISP.
    pub(crate) relation: &'static str,
    /// The property of STIX; names within it are separated by dots, `[]` is an element of a list.
    pub(crate) property: &'static str,
    pub(crate) form: Form,
    /// The type of the attribute, for the way back.
    pub(crate) kind: &'static str,
}

pub(crate) const fn field(
    relation: &'static str,
    property: &'static str,
    form: Form,
    kind: &'static str,
) -> Field {
    Field { relation, property, form, kind }
}

/// A template of MISP objects that is one observable of STIX, with those to which it refers.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Template {
    /// The name of the object's template.
    pub(crate) name: &'static str,
    pub(crate) meta_category: &'static str,
    /// The type of the observable.
    pub(crate) kind: &'static str,
    /// Properties that all of them have.
    pub(crate) fixed: &'static [(&'static str, &'static str)],
    pub(crate) fields: &'static [Field],
}

impl Template {
    pub(crate) fn field(&self, relation: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.relation == relation)
    }
}

/// The path of a property in a pattern: names that are no words in quotes, elements of lists as `[*]`.
pub(crate) fn pattern_path(kind: &str, field: &Field) -> String {
    let mut path = format!("{kind}:");
    for (at, part) in field.property.split('.').enumerate() {
        if at > 0 {
            path.push('.');
        }
        let (name, list) = part.strip_suffix("[]").map_or((part, false), |name| (name, true));
        if name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
            path.push_str(name);
        } else {
            path.push('\'');
            path.push_str(name);
            path.push('\'');
        }
        if list {
            path.push_str("[*]");
        }
    }
    match field.form {
        Form::List | Form::Protocol => path.push_str("[*]"),
        Form::Linked(_, property) => {
            path.push('.');
            path.push_str(property);
        }
        Form::LinkedList(_, property) => {
            path.push_str("[*].");
            path.push_str(property);
        }
        Form::Address => path.push_str(".value"),
        Form::AddressList => path.push_str("[*].value"),
        _ => {}
    }
    path
}
