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
