//! Domain objects, relationships and meta objects (STIX 2.1 sections 4, 5 and 7).

use super::kinds::Kind::{
    Bool, Closed, Closeds, Country, Dictionary, Elsewhere, Extensions, Int, Lang, Millis, Number, Objects,
    Observables, Open, Opens, Ref, Refs, Text, Texts, Time, Url,
};
use super::kinds::{Kind, Order, Shape, Targets, may, must};
use super::vocab;

const SOFTWARE: Kind = Ref(Targets::Only(&["software"]));
const KILL_CHAIN: Kind = Objects(&KILL_CHAIN_PHASE);
/// Neither end of a relationship, nor what is sighted, may be one of these (sections 5.1 and 5.2).
const NO_END: Targets =
    Targets::Not(&["relationship", "sighting", "bundle", "marking-definition", "language-content"]);
const SEEN: &[(&str, &str, Order)] = &[("last_seen", "first_seen", Order::NotBefore)];

/// Section 3.2.
pub(super) static COMMON: Shape = Shape::of(&[
    must("type", Elsewhere),
    must("id", Elsewhere),
    may("spec_version", Elsewhere),
    may("created_by_ref", Ref(Targets::Only(&["identity"]))),
    must("created", Millis),
    must("modified", Millis),
    may("revoked", Bool),
    may("labels", Texts),
    may("confidence", Int(0, 100)),
    may("lang", Lang),
    may("external_references", Objects(&EXTERNAL_REFERENCE)),
    may("object_marking_refs", Refs(Targets::Only(&["marking-definition"]))),
    may("granular_markings", Elsewhere),
    may("extensions", Extensions),
]);

/// Section 7.2.1: what common properties a marking definition has. It has no versions.
pub(super) static COMMON_OF_MARKINGS: Shape = Shape::of(&[
    must("type", Elsewhere),
    must("id", Elsewhere),
    may("spec_version", Elsewhere),
    may("created_by_ref", Ref(Targets::Only(&["identity"]))),
    must("created", Millis),
    may("external_references", Objects(&EXTERNAL_REFERENCE)),
    may("object_marking_refs", Refs(Targets::Only(&["marking-definition"]))),
    may("granular_markings", Elsewhere),
    may("extensions", Extensions),
]);

/// Section 2.5.
static EXTERNAL_REFERENCE: Shape = Shape::of(&[
    must("source_name", Text),
    may("description", Text),
    may("url", Url),
    may("hashes", Kind::Hashes),
    may("external_id", Text),
])
.one_of(&["description", "url", "external_id"]);

/// Section 2.11.
static KILL_CHAIN_PHASE: Shape = Shape::of(&[must("kill_chain_name", Text), must("phase_name", Text)]);

static ATTACK_PATTERN: Shape = Shape::of(&[
    must("name", Text),
    may("description", Text),
    may("aliases", Texts),
    may("kill_chain_phases", KILL_CHAIN),
]);

static CAMPAIGN: Shape = Shape::of(&[
    must("name", Text),
    may("description", Text),
    may("aliases", Texts),
    may("first_seen", Time),
    may("last_seen", Time),
    may("objective", Text),
])
.order(SEEN);

static COURSE_OF_ACTION: Shape = Shape::of(&[must("name", Text), may("description", Text)]);

static GROUPING: Shape = Shape::of(&[
    may("name", Text),
    may("description", Text),
    must("context", Open(vocab::GROUPING_CONTEXT)),
    must("object_refs", Refs(Targets::Any)),
]);

static IDENTITY: Shape = Shape::of(&[
    must("name", Text),
    may("description", Text),
    may("roles", Texts),
    may("identity_class", Open(vocab::IDENTITY_CLASS)),
    may("sectors", Opens(vocab::SECTOR)),
    may("contact_information", Text),
]);

static INCIDENT: Shape = Shape::of(&[must("name", Text), may("description", Text)]);

static INDICATOR: Shape = Shape::of(&[
    may("name", Text),
    may("description", Text),
    may("indicator_types", Opens(vocab::INDICATOR_TYPE)),
    must("pattern", Text),
    must("pattern_type", Open(vocab::PATTERN_TYPE)),
    may("pattern_version", Text),
    must("valid_from", Time),
    may("valid_until", Time),
    may("kill_chain_phases", KILL_CHAIN),
])
.order(&[("valid_until", "valid_from", Order::After)]);

static INFRASTRUCTURE: Shape = Shape::of(&[
    must("name", Text),
    may("description", Text),
    may("infrastructure_types", Opens(vocab::INFRASTRUCTURE_TYPE)),
    may("aliases", Texts),
    may("kill_chain_phases", KILL_CHAIN),
    may("first_seen", Time),
    may("last_seen", Time),
])
.order(SEEN);

static INTRUSION_SET: Shape = Shape::of(&[
    must("name", Text),
    may("description", Text),
    may("aliases", Texts),
    may("first_seen", Time),
    may("last_seen", Time),
    may("goals", Texts),
    may("resource_level", Open(vocab::RESOURCE_LEVEL)),
    may("primary_motivation", Open(vocab::MOTIVATION)),
    may("secondary_motivations", Opens(vocab::MOTIVATION)),
])
.order(SEEN);

static LOCATION: Shape = Shape::of(&[
    may("name", Text),
    may("description", Text),
    may("latitude", Number(-90.0, 90.0)),
    may("longitude", Number(-180.0, 180.0)),
    may("precision", Number(0.0, f64::MAX)),
    may("region", Open(vocab::REGIONS)),
    may("country", Country),
    may("administrative_area", Text),
    may("city", Text),
    may("street_address", Text),
    may("postal_code", Text),
])
.one_of(&["region", "country", "latitude"])
.needs(&[("latitude", "longitude"), ("longitude", "latitude"), ("precision", "latitude")]);

static MALWARE: Shape = Shape::of(&[
    may("name", Text),
    may("description", Text),
    may("malware_types", Opens(vocab::MALWARE_TYPE)),
    must("is_family", Bool),
    may("aliases", Texts),
    may("kill_chain_phases", KILL_CHAIN),
    may("first_seen", Time),
    may("last_seen", Time),
    may("operating_system_refs", Refs(Targets::Only(&["software"]))),
    may("architecture_execution_envs", Opens(vocab::PROCESSOR)),
    may("implementation_languages", Opens(vocab::LANGUAGE_OF_PROGRAMS)),
    may("capabilities", Opens(vocab::MALWARE_CAPABILITY)),
    may("sample_refs", Refs(Targets::Only(&["artifact", "file"]))),
])
.order(SEEN);

static MALWARE_ANALYSIS: Shape = Shape::of(&[
    must("product", Text),
    may("version", Text),
    may("host_vm_ref", SOFTWARE),
    may("operating_system_ref", SOFTWARE),
    may("installed_software_refs", Refs(Targets::Only(&["software"]))),
    may("configuration_version", Text),
    may("modules", Texts),
    may("analysis_engine_version", Text),
    may("analysis_definition_version", Text),
    may("submitted", Time),
    may("analysis_started", Time),
    may("analysis_ended", Time),
    may("result_name", Text),
    may("result", Open(vocab::MALWARE_RESULT)),
    may("analysis_sco_refs", Refs(Targets::Observable)),
    may("sample_ref", Ref(Targets::Only(&["file", "network-traffic", "artifact"]))),
])
.one_of(&["result", "analysis_sco_refs"])
.order(&[("analysis_ended", "analysis_started", Order::Likely)]);

static NOTE: Shape = Shape::of(&[
    may("abstract", Text),
    must("content", Text),
    may("authors", Texts),
    must("object_refs", Refs(Targets::Any)),
]);

static OBSERVED_DATA: Shape = Shape::of(&[
    must("first_observed", Time),
    must("last_observed", Time),
    must("number_observed", Int(1, 999_999_999)),
    may("objects", Observables),
    may("object_refs", Refs(Targets::Any)),
])
.one_of(&["objects", "object_refs"])
.exclusive(&[("objects", "object_refs")])
.order(&[("last_observed", "first_observed", Order::NotBefore)]);

static OPINION: Shape = Shape::of(&[
    may("explanation", Text),
    may("authors", Texts),
    must("opinion", Closed(vocab::OPINION)),
    must("object_refs", Refs(Targets::Any)),
]);

static REPORT: Shape = Shape::of(&[
    must("name", Text),
    may("description", Text),
    may("report_types", Opens(vocab::REPORT_TYPE)),
    must("published", Time),
    must("object_refs", Refs(Targets::Any)),
]);

static THREAT_ACTOR: Shape = Shape::of(&[
    must("name", Text),
    may("description", Text),
    may("threat_actor_types", Opens(vocab::THREAT_ACTOR_TYPE)),
    may("aliases", Texts),
    may("first_seen", Time),
    may("last_seen", Time),
    may("roles", Opens(vocab::THREAT_ACTOR_ROLE)),
    may("goals", Texts),
    may("sophistication", Open(vocab::SOPHISTICATION)),
    may("resource_level", Open(vocab::RESOURCE_LEVEL)),
    may("primary_motivation", Open(vocab::MOTIVATION)),
    may("secondary_motivations", Opens(vocab::MOTIVATION)),
    may("personal_motivations", Opens(vocab::MOTIVATION)),
])
.order(SEEN);

static TOOL: Shape = Shape::of(&[
    must("name", Text),
    may("description", Text),
    may("tool_types", Opens(vocab::TOOL_TYPE)),
    may("aliases", Texts),
    may("kill_chain_phases", KILL_CHAIN),
    may("tool_version", Text),
]);

static VULNERABILITY: Shape = Shape::of(&[must("name", Text), may("description", Text)]);

static RELATIONSHIP: Shape = Shape::of(&[
    must("relationship_type", Text),
    may("description", Text),
    must("source_ref", Ref(NO_END)),
    must("target_ref", Ref(NO_END)),
    may("start_time", Time),
    may("stop_time", Time),
])
.order(&[("stop_time", "start_time", Order::After)]);

static SIGHTING: Shape = Shape::of(&[
    may("description", Text),
    may("first_seen", Time),
    may("last_seen", Time),
    may("count", Int(0, 999_999_999)),
    must("sighting_of_ref", Ref(NO_END)),
    may("observed_data_refs", Refs(Targets::Only(&["observed-data"]))),
    may("where_sighted_refs", Refs(Targets::Only(&["identity", "location"]))),
    may("summary", Bool),
])
.order(SEEN);

static LANGUAGE_CONTENT: Shape = Shape::of(&[
    must("object_ref", Ref(Targets::Not(&["bundle", "language-content"]))),
    may("object_modified", Time),
    must("contents", Dictionary),
]);

static MARKING_DEFINITION: Shape =
    Shape::of(&[may("name", Text), may("definition_type", Text), may("definition", Dictionary)]);

static EXTENSION_DEFINITION: Shape = Shape::of(&[
    must("name", Text),
    may("description", Text),
    must("schema", Text),
    must("version", Text),
    must("extension_types", Closeds(vocab::EXTENSION_TYPE)),
    may("extension_properties", Texts),
]);

/// What is in an extension by a definition; the rest is the definition's.
pub(super) static EXTENSION: Shape = Shape::of(&[must("extension_type", Closed(vocab::EXTENSION_TYPE))]);

/// The properties of a type beside the common ones.
pub(super) fn shape(kind: &str) -> Option<&'static Shape> {
    Some(match kind {
        "attack-pattern" => &ATTACK_PATTERN,
        "campaign" => &CAMPAIGN,
        "course-of-action" => &COURSE_OF_ACTION,
        "grouping" => &GROUPING,
        "identity" => &IDENTITY,
        "incident" => &INCIDENT,
        "indicator" => &INDICATOR,
        "infrastructure" => &INFRASTRUCTURE,
        "intrusion-set" => &INTRUSION_SET,
        "location" => &LOCATION,
        "malware" => &MALWARE,
        "malware-analysis" => &MALWARE_ANALYSIS,
        "note" => &NOTE,
        "observed-data" => &OBSERVED_DATA,
        "opinion" => &OPINION,
        "report" => &REPORT,
        "threat-actor" => &THREAT_ACTOR,
        "tool" => &TOOL,
        "vulnerability" => &VULNERABILITY,
        "relationship" => &RELATIONSHIP,
        "sighting" => &SIGHTING,
        "language-content" => &LANGUAGE_CONTENT,
        "marking-definition" => &MARKING_DEFINITION,
        "extension-definition" => &EXTENSION_DEFINITION,
        _ => return None,
    })
}
