//! Which relationships the standard lists between which types (STIX 2.1 appendix B, and the sections of the types).
//! Others are allowed.

/// Between any two types.
const ANYWHERE: [&str; 3] = ["derived-from", "duplicate-of", "related-to"];

/// Whether the standard lists it. Of custom types it lists nothing.
pub(super) fn is_listed(source: &str, relation: &str, target: &str) -> bool {
    let listed = |(from, name, to): &(&[&str], &str, &[&str])| {
        *name == relation && from.contains(&source) && to.contains(&target)
    };
    ANYWHERE.contains(&relation) || LISTED.iter().any(listed)
}

type Row = (&'static [&'static str], &'static str, &'static [&'static str]);

/// From what, how, to what.
const LISTED: &[Row] = &[
    (&["malware-analysis"], "analysis-of", &["malware"]),
    (&["threat-actor"], "attributed-to", &["identity"]),
    (&["campaign"], "attributed-to", &["intrusion-set", "threat-actor"]),
    (&["intrusion-set"], "attributed-to", &["threat-actor"]),
    (&["malware"], "authored-by", &["intrusion-set", "threat-actor"]),
    (&["indicator"], "based-on", &["observed-data"]),
    (&["malware"], "beacons-to", &["infrastructure"]),
    (&["ipv4-addr", "ipv6-addr"], "belongs-to", &["autonomous-system"]),
    (&["malware-analysis"], "characterizes", &["malware"]),
    (
        &["infrastructure"],
        "communicates-with",
        &["domain-name", "infrastructure", "ipv4-addr", "ipv6-addr", "url"],
    ),
    (&["malware"], "communicates-with", &["domain-name", "ipv4-addr", "ipv6-addr", "url"]),
    (&["campaign", "intrusion-set", "threat-actor"], "compromises", &["infrastructure"]),
    (
        &["infrastructure"],
        "consists-of",
        &[
            "artifact",
            "autonomous-system",
            "directory",
            "domain-name",
            "email-addr",
            "email-message",
            "file",
            "infrastructure",
            "ipv4-addr",
            "ipv6-addr",
            "mac-addr",
            "mutex",
            "network-traffic",
            "observed-data",
            "process",
            "software",
            "url",
            "user-account",
            "windows-registry-key",
            "x509-certificate",
        ],
    ),
    (&["infrastructure"], "controls", &["infrastructure", "malware"]),
    (&["malware"], "controls", &["malware"]),
    (&["attack-pattern", "infrastructure", "tool"], "delivers", &["malware"]),
    (&["malware"], "downloads", &["file", "malware", "tool"]),
    (&["malware"], "drops", &["file", "malware", "tool"]),
    (&["tool"], "drops", &["malware"]),
    (&["malware-analysis"], "dynamic-analysis-of", &["malware"]),
    (&["malware"], "exfiltrates-to", &["infrastructure"]),
    (&["malware"], "exploits", &["vulnerability"]),
    (&["infrastructure", "tool"], "has", &["vulnerability"]),
    (&["intrusion-set", "threat-actor"], "hosts", &["infrastructure"]),
    (&["infrastructure"], "hosts", &["malware", "tool"]),
    (&["threat-actor"], "impersonates", &["identity"]),
    (
        &["indicator"],
        "indicates",
        &["attack-pattern", "campaign", "infrastructure", "intrusion-set", "malware", "threat-actor", "tool"],
    ),
    (&["course-of-action"], "investigates", &["indicator"]),
    (&["identity", "infrastructure", "threat-actor"], "located-at", &["location"]),
    (
        &["course-of-action"],
        "mitigates",
        &["attack-pattern", "indicator", "malware", "tool", "vulnerability"],
    ),
    (&["campaign", "intrusion-set", "malware"], "originates-from", &["location"]),
    (&["intrusion-set", "threat-actor"], "owns", &["infrastructure"]),
    (&["course-of-action"], "remediates", &["malware", "vulnerability"]),
    (&["domain-name"], "resolves-to", &["domain-name", "ipv4-addr", "ipv6-addr"]),
    (&["ipv4-addr", "ipv6-addr"], "resolves-to", &["mac-addr"]),
    (&["malware-analysis"], "static-analysis-of", &["malware"]),
    (&["malware"], "targets", &["identity", "infrastructure", "location"]),
    (&["tool"], "targets", &["identity", "infrastructure", "location", "vulnerability"]),
    (
        &["attack-pattern", "campaign", "intrusion-set", "threat-actor"],
        "targets",
        &["identity", "location", "vulnerability"],
    ),
    (
        &["campaign", "intrusion-set", "malware", "threat-actor"],
        "uses",
        &["attack-pattern", "infrastructure", "malware", "tool"],
    ),
    (&["infrastructure", "tool"], "uses", &["infrastructure"]),
    (&["attack-pattern"], "uses", &["malware", "tool"]),
    (&["malware"], "variant-of", &["malware"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rows_of_the_standard_are_listed_and_nothing_else() {
        for (source, relation, target) in [
            ("indicator", "indicates", "campaign"),
            ("campaign", "attributed-to", "threat-actor"),
            ("threat-actor", "impersonates", "identity"),
            ("infrastructure", "consists-of", "x509-certificate"),
            ("incident", "related-to", "note"),
        ] {
            assert!(is_listed(source, relation, target), "{source} {relation} {target}");
        }
        for (source, relation, target) in [
            ("malware", "uses", "identity"),
            ("identity", "indicates", "campaign"),
            ("x-a-b", "uses", "tool"),
        ] {
            assert!(!is_listed(source, relation, target), "{source} {relation} {target}");
        }
    }
}
