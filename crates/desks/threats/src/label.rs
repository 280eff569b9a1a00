//! Labels in the tables.

use scr_core::Tlp;

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
    [Tlp::Clear, Tlp::Green, Tlp::Amber, Tlp::AmberStrict, Tlp::Red]
        .into_iter()
        .find(|tlp| self::name(*tlp) == name)
}
