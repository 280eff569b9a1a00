//! Values of the exchange in words.

use super::names::Names;
use scr_core::Tlp;
use scr_stix::tlp::label;
use scr_threats::{Collection, Community, Members, Outcome, Proposal, Sector};
use scr_web::Visit;
use scr_web::components::{Tag, Tone};

/// Types of objects that have a name here.
const KINDS: [&str; 32] = [
    "artifact",
    "attack-pattern",
    "autonomous-system",
    "campaign",
    "course-of-action",
    "domain-name",
    "email-addr",
    "email-message",
    "file",
    "grouping",
    "identity",
    "incident",
    "indicator",
    "infrastructure",
    "intrusion-set",
    "ipv4-addr",
    "ipv6-addr",
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
    "url",
    "vulnerability",
];

/// A type's name in a text's key.
pub(super) fn known(kind: &str) -> &str {
    if KINDS.contains(&kind) { kind } else { "other" }
}

/// What a type of objects is called.
pub(crate) fn kind_name(visit: &Visit, kind: &str) -> String {
    // i18n: threats-kind-*
    match known(kind) {
        "other" => visit.ta("threats-kind-other", &[("kind", kind.into())]),
        known => visit.t(&format!("threats-kind-{known}")),
    }
}

/// A label, never translated, with a tone.
pub(crate) fn label_tag(tlp: Tlp) -> Tag {
    let tone = match tlp {
        Tlp::Clear => Tone::Plain,
        Tlp::Green => Tone::Good,
        Tlp::Amber | Tlp::AmberStrict => Tone::Warn,
        Tlp::Red => Tone::Alarm,
    };
    Tag::new(tone, label(tlp))
}

/// The label of a row in the tables.
pub(super) fn label_of(name: &str) -> Tlp {
    crate::label::parse(name).unwrap_or(Tlp::Red)
}

/// What a label means, in a sentence.
pub(super) fn label_means(visit: &Visit, tlp: Tlp) -> String {
    // i18n: threats-tlp-means-*
    visit.t(&format!("threats-tlp-means-{}", crate::label::name(tlp)))
}

/// The labels as choices: the name, and what it means.
pub(crate) fn labels(visit: &Visit) -> Vec<(String, String)> {
    let all = [Tlp::Clear, Tlp::Green, Tlp::Amber, Tlp::AmberStrict, Tlp::Red];
    let one = |tlp: Tlp| {
        (crate::label::name(tlp).to_owned(), format!("{} – {}", label(tlp), label_means(visit, tlp)))
    };
    all.map(one).to_vec()
}

/// A sector.
pub(super) fn sector_name(visit: &Visit, sector: Sector) -> String {
    // i18n: threats-sector-*
    visit.t(&format!("threats-sector-{}", sector.as_str()))
}

/// The sectors as choices.
pub(super) fn sectors(visit: &Visit) -> Vec<(String, String)> {
    Sector::ALL.map(|sector| (sector.as_str().to_owned(), sector_name(visit, sector))).to_vec()
}

/// Some members in words.
pub(super) fn members_text(visit: &Visit, names: &Names, members: &Members) -> String {
    match members {
        Members::All => visit.t("threats-members-all"),
        Members::These(list) if list.is_empty() => visit.t("threats-members-none"),
        Members::These(list) => names.list(list),
    }
}

/// What the reader may do in a collection.
pub(super) fn rights(visit: &Visit, may_read: bool, may_write: bool) -> String {
    visit.t(match (may_read, may_write) {
        (true, true) => "threats-rights-both",
        (true, false) => "threats-rights-read",
        (false, true) => "threats-rights-write",
        (false, false) => "threats-rights-none",
    })
}

/// What a collection is for everybody else.
pub(super) fn openness(visit: &Visit, collection: &Collection) -> Tag {
    if collection.is_closed {
        Tag::new(Tone::Plain, visit.t("threats-collection-closed"))
    } else if collection.is_public {
        Tag::new(Tone::Note, visit.t("threats-collection-public"))
    } else {
        Tag::new(Tone::Plain, visit.t("threats-collection-members"))
    }
}

/// How far a community is.
pub(super) fn state_tag(visit: &Visit, community: &Community) -> Tag {
    if community.is_active() {
        return Tag::new(Tone::Good, visit.t("threats-state-active"));
    }
    let joined = community.members.values().filter(|member| member.since.is_some()).count();
    let args = [("joined", joined.into()), ("total", community.members.len().into())];
    Tag::new(Tone::Warn, visit.ta("threats-state-waiting", &args))
}

/// How a proposal stands.
pub(super) fn outcome_tag(visit: &Visit, proposal: &Proposal) -> Tag {
    match proposal.outcome {
        None => Tag::new(Tone::Note, visit.t("threats-outcome-open")),
        Some((Outcome::Adopted, _)) => Tag::new(Tone::Good, visit.t("threats-outcome-adopted")),
        Some((Outcome::Rejected, _)) => Tag::new(Tone::Plain, visit.t("threats-outcome-rejected")),
        Some((Outcome::Overtaken, _)) => Tag::new(Tone::Plain, visit.t("threats-outcome-overtaken")),
    }
}
