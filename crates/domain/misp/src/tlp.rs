//! MISP's tags and distributions as TLP 2.0, and the other way about.
//!
//! | distribution | without a TLP tag | beside a TLP tag, at least |
//! |---|---|---|
//! | 0 organisation | AMBER+STRICT | AMBER+STRICT |
//! | 1 community | AMBER | GREEN |
//! | 2 connected | GREEN | - |
//! | 3 all | GREEN | - |
//! | 4 sharing group | AMBER+STRICT | AMBER+STRICT |
//! | 5 inherit | as the event | as the event |
//! | none | the caller's choice, else AMBER+STRICT | - |
//!
//! A tag is what the originator says about the information, a distribution how far a server may carry it, so the tag
//! leads. A distribution of 0 or 4 names who may have the item, which no tag widens; one of 1 keeps it from the public.
//! No distribution makes anything CLEAR: to share with every server is not to publish. MISP's default is 0, so an item
//! that says nothing is for the organisation alone.

use crate::event::{Distribution, Tag};
use scr_core::Tlp;
use scr_stix::tlp::parse_label;

/// A label as people write it: `TLP:AMBER+STRICT`, `amber`, `TLP white`.
pub fn tlp_named(text: &str) -> Option<Tlp> {
    let lower = text.trim().to_ascii_lowercase();
    let word = lower
        .strip_prefix("tlp")
        .map_or(lower.as_str(), |rest| rest.trim_start_matches([':', ' ', '-', '_']));
    match word {
        "amber-strict" | "amber strict" | "amberstrict" => Some(Tlp::AmberStrict),
        word => parse_label(word),
    }
}

/// The label of a tag of the `tlp` taxonomy; `None` for other tags, and for `tlp:ex:chr`, `tlp:unclear` and what else
/// is no label.
pub fn tlp_of_tag(tag: &str) -> Option<Tlp> {
    is_tlp(tag).then(|| parse_label(tag.trim())).flatten()
}

/// The tag of a label.
pub fn tag_of_tlp(tlp: Tlp) -> &'static str {
    match tlp {
        Tlp::Clear => "tlp:clear",
        Tlp::Green => "tlp:green",
        Tlp::Amber => "tlp:amber",
        Tlp::AmberStrict => "tlp:amber+strict",
        Tlp::Red => "tlp:red",
    }
}

/// Whether a tag asks for the Chatham House rule: what is said may be used, who said it is not to be told.
pub fn is_chatham_house(tag: &str) -> bool {
    tag.trim().eq_ignore_ascii_case("tlp:ex:chr")
}

/// Whether a tag belongs to the `tlp` taxonomy.
pub(crate) fn is_tlp(tag: &str) -> bool {
    tag.trim().get(..4).is_some_and(|start| start.eq_ignore_ascii_case("tlp:"))
}

/// What the tags of an item say: the narrowest label.
pub(crate) fn of_tags(tags: &[Tag]) -> Option<Tlp> {
    let of_one = |tag: &Tag| match tlp_of_tag(&tag.name) {
        // Chatham House says nothing about how far; without a label beside it, not farther than who needs to know.
        None if is_chatham_house(&tag.name) => None,
        // A label that is not known (`tlp:unclear`, a mistyped one) is the narrowest.
        None if is_tlp(&tag.name) => Some(Tlp::Red),
        label => label,
    };
    let narrowest = tags.iter().filter_map(of_one).max();
    narrowest.or_else(|| tags.iter().any(|tag| is_chatham_house(&tag.name)).then_some(Tlp::Amber))
}

/// The label of an event.
pub(crate) fn of_event(tags: &[Tag], distribution: Option<Distribution>, unmarked: Tlp) -> Tlp {
    match (of_tags(tags), distribution) {
        (Some(tag), distribution) => tag.max(distribution.map_or(Tlp::Clear, beside_a_tag)),
        (None, Some(distribution)) => alone(distribution, unmarked),
        (None, None) => unmarked,
    }
}

/// The label of an item within an event: never wider than the event's.
pub(crate) fn of_item(tags: &[Tag], distribution: Distribution, event: Tlp) -> Tlp {
    let own = match (of_tags(tags), distribution) {
        (Some(tag), distribution) => tag.max(beside_a_tag(distribution)),
        (None, Distribution::Inherit) => event,
        // What is said of the item itself is a distribution alone; the label of the event stands beside it.
        (None, distribution) => beside_a_tag(distribution),
    };
    own.max(event)
}

fn alone(distribution: Distribution, unmarked: Tlp) -> Tlp {
    match distribution {
        Distribution::Organisation | Distribution::SharingGroup => Tlp::AmberStrict,
        Distribution::Community => Tlp::Amber,
        Distribution::Connected | Distribution::All => Tlp::Green,
        Distribution::Inherit => unmarked,
    }
}

fn beside_a_tag(distribution: Distribution) -> Tlp {
    match distribution {
        Distribution::Organisation | Distribution::SharingGroup => Tlp::AmberStrict,
        Distribution::Community => Tlp::Green,
        Distribution::Connected | Distribution::All | Distribution::Inherit => Tlp::Clear,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(names: &[&str]) -> Vec<Tag> {
        names.iter().map(|name| Tag::named(*name)).collect()
    }

    #[test]
    fn labels_are_understood_as_people_write_them() {
        for (text, tlp) in [
            ("TLP:AMBER+STRICT", Some(Tlp::AmberStrict)),
            ("tlp: amber", Some(Tlp::Amber)),
            ("White", Some(Tlp::Clear)),
            ("TLP RED", Some(Tlp::Red)),
            ("amber+", None),
            ("", None),
            ("tlp", None),
        ] {
            assert_eq!(tlp_named(text), tlp, "{text}");
        }
        assert_eq!(tlp_of_tag("red"), None);
        assert_eq!(tlp_of_tag("TLP:Red"), Some(Tlp::Red));
    }

    #[test]
    fn the_narrowest_counts_and_nothing_is_public_by_silence() {
        use Distribution::{All, Community, Inherit, Organisation, SharingGroup};
        let event = |names: &[&str], distribution| of_event(&tags(names), distribution, Tlp::AmberStrict);
        assert_eq!(event(&["tlp:white"], Some(All)), Tlp::Clear);
        assert_eq!(event(&["tlp:clear"], None), Tlp::Clear);
        assert_eq!(event(&["tlp:clear", "tlp:red"], None), Tlp::Red);
        assert_eq!(event(&["tlp:white"], Some(Organisation)), Tlp::AmberStrict);
        assert_eq!(event(&["tlp:white"], Some(Community)), Tlp::Green);
        assert_eq!(event(&["tlp:red"], Some(All)), Tlp::Red);
        assert_eq!(event(&[], Some(All)), Tlp::Green);
        assert_eq!(event(&[], Some(Community)), Tlp::Amber);
        assert_eq!(event(&[], Some(SharingGroup)), Tlp::AmberStrict);
        assert_eq!(event(&[], Some(Inherit)), Tlp::AmberStrict);
        assert_eq!(event(&[], None), Tlp::AmberStrict);
        assert_eq!(event(&["tlp:ex:chr"], Some(All)), Tlp::Amber);
        assert_eq!(event(&["tlp:ex:chr", "tlp:green"], Some(All)), Tlp::Green);
        assert_eq!(event(&["tlp:unclear", "tlp:green"], None), Tlp::Red);
        assert_eq!(event(&["pap:red"], Some(All)), Tlp::Green);
        assert_eq!(of_item(&[], Inherit, Tlp::Clear), Tlp::Clear);
        assert_eq!(of_item(&tags(&["tlp:clear"]), Inherit, Tlp::Amber), Tlp::Amber);
        assert_eq!(of_item(&[], Organisation, Tlp::Clear), Tlp::AmberStrict);
        assert_eq!(of_item(&[], All, Tlp::Clear), Tlp::Clear);
        assert_eq!(of_item(&tags(&["tlp:red"]), All, Tlp::Clear), Tlp::Red);
    }
}
