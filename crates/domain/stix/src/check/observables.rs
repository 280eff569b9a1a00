//! Observables (STIX 2.1 section 6).

use super::kinds::Kind::{
    Base64, Bool, Charset, Closed, Cpe, Dictionary, Domain, Elsewhere, Email, Extensions, Hashes, Header,
    Hex, Int, Ipv4, Ipv6, Mac, MediaType, Object, Objects, Open, Ref, Refs, Text, Texts, Time, Url,
};
use super::kinds::{Kind, Order, Shape, Targets, may, must};
use super::vocab;

/// Any integer that JSON readers agree upon (RFC 7493 section 2.2).
pub(super) const ANY: Kind = Int(-9_007_199_254_740_991, 9_007_199_254_740_991);
/// None below zero.
pub(super) const COUNT: Kind = Int(0, 9_007_199_254_740_991);
const PORT: Kind = Int(0, 65_535);
const ADDRESSES: Kind = Ref(Targets::Only(&["ipv4-addr", "ipv6-addr", "mac-addr", "domain-name"]));
const EMAIL_ADDR: Kind = Ref(Targets::Only(&["email-addr"]));
const EMAIL_ADDRS: Kind = Refs(Targets::Only(&["email-addr"]));
const ARTIFACT_REF: Kind = Ref(Targets::Only(&["artifact"]));
const USER: Kind = Ref(Targets::Only(&["user-account"]));
const TRAFFIC: Kind = Refs(Targets::Only(&["network-traffic"]));
const MACS: Kind = Refs(Targets::Only(&["mac-addr"]));
const SYSTEMS: Kind = Refs(Targets::Only(&["autonomous-system"]));

/// Section 3.2: the common properties that observables have.
pub(super) static COMMON: Shape = Shape::of(&[
    must("type", Elsewhere),
    must("id", Elsewhere),
    may("spec_version", Elsewhere),
    may("object_marking_refs", Refs(Targets::Only(&["marking-definition"]))),
    may("granular_markings", Elsewhere),
    may("defanged", Bool),
    may("extensions", Extensions),
]);

static ARTIFACT: Shape = Shape::of(&[
    may("mime_type", MediaType),
    may("payload_bin", Base64),
    may("url", Url),
    may("hashes", Hashes),
    may("encryption_algorithm", Closed(vocab::ENCRYPTION)),
    may("decryption_key", Text),
])
.one_of(&["payload_bin", "url"])
.exclusive(&[("payload_bin", "url")])
.needs(&[("url", "hashes"), ("decryption_key", "encryption_algorithm")]);

static AUTONOMOUS_SYSTEM: Shape = Shape::of(&[must("number", COUNT), may("name", Text), may("rir", Text)]);

static DIRECTORY: Shape = Shape::of(&[
    must("path", Text),
    may("path_enc", Charset),
    may("ctime", Time),
    may("mtime", Time),
    may("atime", Time),
    may("contains_refs", Refs(Targets::Only(&["file", "directory"]))),
]);

static DOMAIN_NAME: Shape = Shape::of(&[
    must("value", Domain),
    may("resolves_to_refs", Refs(Targets::Only(&["ipv4-addr", "ipv6-addr", "domain-name"]))),
]);

static EMAIL_ADDRESS: Shape =
    Shape::of(&[must("value", Email), may("display_name", Text), may("belongs_to_ref", USER)]);

static EMAIL_MESSAGE: Shape = Shape::of(&[
    must("is_multipart", Bool),
    may("date", Time),
    may("content_type", Text),
    may("from_ref", EMAIL_ADDR),
    may("sender_ref", EMAIL_ADDR),
    may("to_refs", EMAIL_ADDRS),
    may("cc_refs", EMAIL_ADDRS),
    may("bcc_refs", EMAIL_ADDRS),
    may("message_id", Text),
    may("subject", Text),
    may("received_lines", Texts),
    may("additional_header_fields", Header),
    may("body", Text),
    may("body_multipart", Objects(&MIME_PART)),
    may("raw_email_ref", ARTIFACT_REF),
])
.exclusive(&[("body", "body_multipart")]);

static MIME_PART: Shape = Shape::of(&[
    may("body", Text),
    may("body_raw_ref", Ref(Targets::Only(&["artifact", "file"]))),
    may("content_type", Text),
    may("content_disposition", Text),
])
.one_of(&["body", "body_raw_ref"])
.exclusive(&[("body", "body_raw_ref")]);

static FILE: Shape = Shape::of(&[
    may("hashes", Hashes),
    may("size", COUNT),
    may("name", Text),
    may("name_enc", Charset),
    may("magic_number_hex", Hex),
    may("mime_type", Text),
    may("ctime", Time),
    may("mtime", Time),
    may("atime", Time),
    may("parent_directory_ref", Ref(Targets::Only(&["directory"]))),
    may("contains_refs", Refs(Targets::Observable)),
    may("content_ref", ARTIFACT_REF),
])
.one_of(&["hashes", "name"]);

static IPV4_ADDR: Shape =
    Shape::of(&[must("value", Ipv4), may("resolves_to_refs", MACS), may("belongs_to_refs", SYSTEMS)]);

static IPV6_ADDR: Shape =
    Shape::of(&[must("value", Ipv6), may("resolves_to_refs", MACS), may("belongs_to_refs", SYSTEMS)]);

static MAC_ADDR: Shape = Shape::of(&[must("value", Mac)]);

static MUTEX: Shape = Shape::of(&[must("name", Text)]);

static NETWORK_TRAFFIC: Shape = Shape::of(&[
    may("start", Time),
    may("end", Time),
    may("is_active", Bool),
    may("src_ref", ADDRESSES),
    may("dst_ref", ADDRESSES),
    may("src_port", PORT),
    may("dst_port", PORT),
    must("protocols", Texts),
    may("src_byte_count", COUNT),
    may("dst_byte_count", COUNT),
    may("src_packets", COUNT),
    may("dst_packets", COUNT),
    may("ipfix", Dictionary),
    may("src_payload_ref", ARTIFACT_REF),
    may("dst_payload_ref", ARTIFACT_REF),
    may("encapsulates_refs", TRAFFIC),
    may("encapsulated_by_ref", Ref(Targets::Only(&["network-traffic"]))),
])
.one_of(&["src_ref", "dst_ref"])
.order(&[("end", "start", Order::NotBefore)]);

static PROCESS: Shape = Shape::of(&[
    may("is_hidden", Bool),
    may("pid", ANY),
    may("created_time", Time),
    may("cwd", Text),
    may("command_line", Text),
    may("environment_variables", Dictionary),
    may("opened_connection_refs", TRAFFIC),
    may("creator_user_ref", USER),
    may("image_ref", Ref(Targets::Only(&["file"]))),
    may("parent_ref", Ref(Targets::Only(&["process"]))),
    may("child_refs", Refs(Targets::Only(&["process"]))),
])
.one_of(&[
    "extensions",
    "is_hidden",
    "pid",
    "created_time",
    "cwd",
    "command_line",
    "environment_variables",
    "opened_connection_refs",
    "creator_user_ref",
    "image_ref",
    "parent_ref",
    "child_refs",
]);

static SOFTWARE: Shape = Shape::of(&[
    must("name", Text),
    may("cpe", Cpe),
    may("swid", Text),
    may("languages", Texts),
    may("vendor", Text),
    may("version", Text),
]);

static URL: Shape = Shape::of(&[must("value", Url)]);

static USER_ACCOUNT: Shape = Shape::of(&[
    may("user_id", Text),
    may("credential", Text),
    may("account_login", Text),
    may("account_type", Open(vocab::ACCOUNT_TYPE)),
    may("display_name", Text),
    may("is_service_account", Bool),
    may("is_privileged", Bool),
    may("can_escalate_privs", Bool),
    may("is_disabled", Bool),
    may("account_created", Time),
    may("account_expires", Time),
    may("credential_last_changed", Time),
    may("account_first_login", Time),
    may("account_last_login", Time),
])
.one_of(&[
    "extensions",
    "user_id",
    "credential",
    "account_login",
    "account_type",
    "display_name",
    "is_service_account",
    "is_privileged",
    "can_escalate_privs",
    "is_disabled",
    "account_created",
    "account_expires",
    "credential_last_changed",
    "account_first_login",
    "account_last_login",
]);

static WINDOWS_REGISTRY_KEY: Shape = Shape::of(&[
    may("key", Text),
    may("values", Objects(&REGISTRY_VALUE)),
    may("modified_time", Time),
    may("creator_user_ref", USER),
    may("number_of_subkeys", COUNT),
])
.one_of(&["key", "values", "modified_time", "creator_user_ref", "number_of_subkeys"]);

static REGISTRY_VALUE: Shape =
    Shape::of(&[may("name", Text), may("data", Text), may("data_type", Closed(vocab::REGISTRY_TYPE))])
        .one_of(&["name", "data", "data_type"]);

static X509_CERTIFICATE: Shape = Shape::of(&[
    may("is_self_signed", Bool),
    may("hashes", Hashes),
    may("version", Text),
    may("serial_number", Text),
    may("signature_algorithm", Text),
    may("issuer", Text),
    may("validity_not_before", Time),
    may("validity_not_after", Time),
    may("subject", Text),
    may("subject_public_key_algorithm", Text),
    may("subject_public_key_modulus", Text),
    may("subject_public_key_exponent", ANY),
    may("x509_v3_extensions", Object(&X509_V3)),
])
.one_of(&[
    "is_self_signed",
    "hashes",
    "version",
    "serial_number",
    "signature_algorithm",
    "issuer",
    "validity_not_before",
    "validity_not_after",
    "subject",
    "subject_public_key_algorithm",
    "subject_public_key_modulus",
    "subject_public_key_exponent",
    "x509_v3_extensions",
]);

static X509_V3: Shape = Shape::of(&[
    may("basic_constraints", Text),
    may("name_constraints", Text),
    may("policy_constraints", Text),
    may("key_usage", Text),
    may("extended_key_usage", Text),
    may("subject_key_identifier", Text),
    may("authority_key_identifier", Text),
    may("subject_alternative_name", Text),
    may("issuer_alternative_name", Text),
    may("subject_directory_attributes", Text),
    may("crl_distribution_points", Text),
    may("inhibit_any_policy", Text),
    may("private_key_usage_period_not_before", Time),
    may("private_key_usage_period_not_after", Time),
    may("certificate_policies", Text),
    may("policy_mappings", Text),
]);

/// The properties of an observable beside the common ones.
pub(super) fn shape(kind: &str) -> Option<&'static Shape> {
    Some(match kind {
        "artifact" => &ARTIFACT,
        "autonomous-system" => &AUTONOMOUS_SYSTEM,
        "directory" => &DIRECTORY,
        "domain-name" => &DOMAIN_NAME,
        "email-addr" => &EMAIL_ADDRESS,
        "email-message" => &EMAIL_MESSAGE,
        "file" => &FILE,
        "ipv4-addr" => &IPV4_ADDR,
        "ipv6-addr" => &IPV6_ADDR,
        "mac-addr" => &MAC_ADDR,
        "mutex" => &MUTEX,
        "network-traffic" => &NETWORK_TRAFFIC,
        "process" => &PROCESS,
        "software" => &SOFTWARE,
        "url" => &URL,
        "user-account" => &USER_ACCOUNT,
        "windows-registry-key" => &WINDOWS_REGISTRY_KEY,
        "x509-certificate" => &X509_CERTIFICATE,
        _ => return None,
    })
}
