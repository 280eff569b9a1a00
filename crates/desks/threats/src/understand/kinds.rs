//! What types of objects and connections are called, where they stand in a picture, and the shape that goes with them.

use scr_web::Visit;

/// The columns of a picture, from who to what can be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Column {
    /// Who.
    Who,
    /// What they do, and what is written about it.
    What,
    /// With what.
    How,
    /// What can be seen of it.
    Signs,
}

impl Column {
    /// All of them, in their order.
    pub(crate) const ALL: [Self; 4] = [Self::Who, Self::What, Self::How, Self::Signs];

    /// Its heading.
    pub(crate) fn heading(self, visit: &Visit) -> String {
        visit.t(match self {
            Self::Who => "understand-column-who",
            Self::What => "understand-column-what",
            Self::How => "understand-column-how",
            Self::Signs => "understand-column-signs",
        })
    }
}

/// The column of a type.
pub(crate) fn column(kind: &str) -> Column {
    match kind {
        "threat-actor" | "intrusion-set" | "identity" => Column::Who,
        "campaign" | "incident" | "report" | "grouping" | "note" | "opinion" | "relationship" => Column::What,
        "attack-pattern" | "malware" | "tool" | "infrastructure" | "vulnerability" | "course-of-action"
        | "location" => Column::How,
        "indicator" | "observed-data" | "sighting" | "malware-analysis" => Column::Signs,
        kind if scr_stix::id::contributing(kind).is_some() || kind == "process" => Column::Signs,
        _ => Column::How,
    }
}

/// What comes first where not everything has a place.
pub(crate) fn rank(kind: &str) -> u8 {
    match kind {
        "intrusion-set" | "threat-actor" => 0,
        "campaign" | "incident" => 1,
        "infrastructure" | "malware" | "tool" => 2,
        "indicator" => 3,
        "attack-pattern" => 4,
        "report" | "grouping" => 5,
        "sighting" => 6,
        "opinion" | "note" => 7,
        "identity" => 8,
        _ => 9,
    }
}

/// A shape, and one of the eight colours: never the colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Who is behind it.
    Circle,
    /// What they do.
    Diamond,
    /// What they use.
    Square,
    /// How they do it.
    Hexagon,
    /// What gives them away.
    Triangle,
    /// What was seen.
    Ring,
    /// What is written.
    Page,
    /// All else.
    Cross,
}

impl Shape {
    /// Its colour, from 1.
    pub(crate) fn colour(self) -> usize {
        match self {
            Self::Circle => 1,
            Self::Diamond => 2,
            Self::Square => 3,
            Self::Hexagon => 4,
            Self::Triangle => 5,
            Self::Ring => 6,
            Self::Page => 7,
            Self::Cross => 8,
        }
    }
}

/// The shape of a type.
pub(crate) fn shape(kind: &str) -> Shape {
    match kind {
        "threat-actor" | "intrusion-set" | "identity" => Shape::Circle,
        "campaign" | "incident" => Shape::Diamond,
        "infrastructure" | "malware" | "tool" | "vulnerability" => Shape::Square,
        "attack-pattern" | "course-of-action" => Shape::Hexagon,
        "indicator" => Shape::Triangle,
        "sighting" | "observed-data" => Shape::Ring,
        "report" | "grouping" | "note" | "opinion" => Shape::Page,
        _ => Shape::Cross,
    }
}

/// What a type is called; the type itself where it has no name here.
pub(crate) fn word(visit: &Visit, kind: &str) -> String {
    // i18n: understand-kind-*
    named(visit, &format!("understand-kind-{kind}"), kind)
}

/// What a connection is called.
pub(crate) fn link(visit: &Visit, word: &str) -> String {
    // i18n: understand-link-*
    named(visit, &format!("understand-link-{}", word.replace('_', "-")), word)
}

fn named(visit: &Visit, key: &str, own: &str) -> String {
    if visit.texts().has(key) { visit.t(key) } else { own.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_has_a_place() {
        assert_eq!(column("domain-name"), Column::Signs);
        assert_eq!(column("x-election-thing"), Column::How);
        assert_eq!(column("campaign"), Column::What);
        assert!(rank("campaign") < rank("x-thing"));
        assert_eq!(shape("x-thing"), Shape::Cross);
    }
}
