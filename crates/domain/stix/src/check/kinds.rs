//! What a property may hold.

/// What a property may hold.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    Text,
    Texts,
    Bool,
    Int(i64, i64),
    Number(f64, f64),
    Time,
    /// `created` and `modified`: milliseconds at least.
    Millis,
    Ref(Targets),
    Refs(Targets),
    /// One of an open vocabulary.
    Open(&'static [&'static str]),
    Opens(&'static [&'static str]),
    /// One of a closed vocabulary.
    Closed(&'static [&'static str]),
    Closeds(&'static [&'static str]),
    Hashes,
    Dictionary,
    /// A dictionary of texts or lists of texts.
    Header,
    /// Observables of STIX 2.0, in a dictionary.
    Observables,
    Hex,
    Base64,
    Url,
    Ipv4,
    Ipv6,
    Mac,
    Domain,
    Email,
    MediaType,
    Charset,
    Lang,
    Country,
    Cpe,
    Object(&'static Shape),
    Objects(&'static Shape),
    Extensions,
    /// Read with the head, or looked at by a rule of its own.
    Elsewhere,
}

/// To what a reference may lead.
#[derive(Debug, Clone, Copy)]
pub(super) enum Targets {
    Any,
    Only(&'static [&'static str]),
    Not(&'static [&'static str]),
    Observable,
}

/// A property of a type.
pub(super) type Property = (&'static str, Kind, Need);

/// Whether a property must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    Must,
    May,
}

/// How two timestamps follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// The standard wants the first not to be before the second.
    NotBefore,
    /// The standard wants the first to be after the second.
    After,
    /// The standard says nothing, but the first is not before the second by its meaning.
    Likely,
}

/// What an object or a part of one may hold.
#[derive(Debug)]
pub(super) struct Shape {
    pub(super) properties: &'static [Property],
    /// At least one of these must be there; empty: no such rule.
    pub(super) one_of: &'static [&'static str],
    /// The later, the earlier, and how sure that is.
    pub(super) order: &'static [(&'static str, &'static str, Order)],
    /// Not both of them.
    pub(super) exclusive: &'static [(&'static str, &'static str)],
    /// The first only with the second.
    pub(super) needs: &'static [(&'static str, &'static str)],
}

impl Shape {
    pub(super) const fn of(properties: &'static [Property]) -> Self {
        Self { properties, one_of: &[], order: &[], exclusive: &[], needs: &[] }
    }

    pub(super) const fn one_of(mut self, names: &'static [&'static str]) -> Self {
        self.one_of = names;
        self
    }

    pub(super) const fn order(mut self, order: &'static [(&'static str, &'static str, Order)]) -> Self {
        self.order = order;
        self
    }

    pub(super) const fn exclusive(mut self, pairs: &'static [(&'static str, &'static str)]) -> Self {
        self.exclusive = pairs;
        self
    }

    pub(super) const fn needs(mut self, pairs: &'static [(&'static str, &'static str)]) -> Self {
        self.needs = pairs;
        self
    }

    pub(super) fn property(&self, name: &str) -> Option<&'static Property> {
        self.properties.iter().find(|(known, _, _)| *known == name)
    }
}

pub(super) const fn must(name: &'static str, kind: Kind) -> Property {
    (name, kind, Need::Must)
}

pub(super) const fn may(name: &'static str, kind: Kind) -> Property {
    (name, kind, Need::May)
}
