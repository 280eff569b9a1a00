//! Types of attributes that are observables: which template, and which of its relations.

use super::observables::OBSERVABLES;
use super::{Field, Template};

/// A type of attributes.
#[derive(Debug)]
pub(crate) struct AttributeRow {
    /// The type.
    pub(crate) kind: &'static str,
    /// The type of the observable.
    observable: &'static str,
    /// The template whose relations these are; empty where the first of the observable's type is meant.
    template: &'static str,
    /// The relation of the value, or of the first half of it.
    pub(crate) left: &'static str,
    /// The relation of the second half; empty for types with one value.
    pub(crate) right: &'static str,
}

const fn row(
    kind: &'static str,
    observable: &'static str,
    template: &'static str,
    left: &'static str,
    right: &'static str,
) -> AttributeRow {
    AttributeRow { kind, observable, template, left, right }
}

/// Of those with the same template and relations the first is the one for the way back.
const ATTRIBUTES: &[AttributeRow] = &[
    row("AS", "autonomous-system", "asn", "asn", ""),
    row("domain", "domain-name", "domain-ip", "domain", ""),
    row("hostname", "domain-name", "domain-ip", "hostname", ""),
    row("domain|ip", "domain-name", "domain-ip", "domain", "ip"),
    row("ip-dst", "network-traffic", "ip-port", "ip-dst", ""),
    row("ip-src", "network-traffic", "ip-port", "ip-src", ""),
    row("ip-dst|port", "network-traffic", "ip-port", "ip-dst", "dst-port"),
    row("ip-src|port", "network-traffic", "ip-port", "ip-src", "src-port"),
    row("hostname|port", "network-traffic", "ip-port", "hostname", "dst-port"),
    row("port", "network-traffic", "ip-port", "dst-port", ""),
    row("http-method", "network-traffic", "http-request", "method", ""),
    row("user-agent", "network-traffic", "http-request", "user-agent", ""),
    row("url", "url", "url", "url", ""),
    row("uri", "network-traffic", "http-request", "uri", ""),
    row("link", "url", "url", "url", ""),
    row("email", "email-addr", "", "value", ""),
    row("email-src", "email-message", "email", "from", ""),
    row("email-dst", "email-message", "email", "to", ""),
    row("email-subject", "email-message", "email", "subject", ""),
    row("email-body", "email-message", "email", "email-body", ""),
    row("email-header", "email-message", "email", "header", ""),
    row("email-reply-to", "email-message", "email", "reply-to", ""),
    row("email-x-mailer", "email-message", "email", "x-mailer", ""),
    row("email-message-id", "email-message", "email", "message-id", ""),
    row("email-attachment", "email-message", "email", "attachment", ""),
    row("mac-address", "mac-addr", "", "value", ""),
    row("mutex", "mutex", "mutex", "name", ""),
    row("regkey", "windows-registry-key", "registry-key", "key", ""),
    row("regkey|value", "windows-registry-key", "registry-key", "key", "data"),
    row("github-username", "user-account", "github-user", "username", ""),
    row("x509-fingerprint-md5", "x509-certificate", "x509", "x509-fingerprint-md5", ""),
    row("x509-fingerprint-sha1", "x509-certificate", "x509", "x509-fingerprint-sha1", ""),
    row("x509-fingerprint-sha256", "x509-certificate", "x509", "x509-fingerprint-sha256", ""),
    row("filename", "file", "file", "filename", ""),
    row("size-in-bytes", "file", "file", "size-in-bytes", ""),
    row("md5", "file", "file", "md5", ""),
    row("sha1", "file", "file", "sha1", ""),
    row("sha224", "file", "file", "sha224", ""),
    row("sha256", "file", "file", "sha256", ""),
    row("sha384", "file", "file", "sha384", ""),
    row("sha512", "file", "file", "sha512", ""),
    row("sha512/224", "file", "file", "sha512/224", ""),
    row("sha512/256", "file", "file", "sha512/256", ""),
    row("sha3-224", "file", "file", "sha3-224", ""),
    row("sha3-256", "file", "file", "sha3-256", ""),
    row("sha3-384", "file", "file", "sha3-384", ""),
    row("sha3-512", "file", "file", "sha3-512", ""),
    row("ssdeep", "file", "file", "ssdeep", ""),
    row("tlsh", "file", "file", "tlsh", ""),
    row("authentihash", "file", "file", "authentihash", ""),
    row("imphash", "file", "file", "imphash", ""),
    row("vhash", "file", "file", "vhash", ""),
    row("pehash", "file", "file", "pehash", ""),
    row("impfuzzy", "file", "file", "impfuzzy", ""),
    row("cdhash", "file", "file", "cdhash", ""),
    row("telfhash", "file", "file", "telfhash", ""),
    row("filename|md5", "file", "file", "filename", "md5"),
    row("filename|sha1", "file", "file", "filename", "sha1"),
    row("filename|sha224", "file", "file", "filename", "sha224"),
    row("filename|sha256", "file", "file", "filename", "sha256"),
    row("filename|sha384", "file", "file", "filename", "sha384"),
    row("filename|sha512", "file", "file", "filename", "sha512"),
    row("filename|sha512/224", "file", "file", "filename", "sha512/224"),
    row("filename|sha512/256", "file", "file", "filename", "sha512/256"),
    row("filename|sha3-224", "file", "file", "filename", "sha3-224"),
    row("filename|sha3-256", "file", "file", "filename", "sha3-256"),
    row("filename|sha3-384", "file", "file", "filename", "sha3-384"),
    row("filename|sha3-512", "file", "file", "filename", "sha3-512"),
    row("filename|ssdeep", "file", "file", "filename", "ssdeep"),
    row("filename|tlsh", "file", "file", "filename", "tlsh"),
    row("filename|authentihash", "file", "file", "filename", "authentihash"),
    row("filename|imphash", "file", "file", "filename", "imphash"),
    row("filename|vhash", "file", "file", "filename", "vhash"),
    row("filename|pehash", "file", "file", "filename", "pehash"),
    row("filename|impfuzzy", "file", "file", "filename", "impfuzzy"),
    row("malware-sample", "file", "file", "filename", "md5"),
    row("attachment", "file", "file", "filename", ""),
];

impl AttributeRow {
    /// Its template.
    pub(crate) fn template(&self) -> Option<&'static Template> {
        OBSERVABLES.iter().find(|template| template.kind == self.observable && template.name == self.template)
    }

    /// The fields of its halves.
    pub(crate) fn fields(&self) -> Option<(&'static Field, Option<&'static Field>)> {
        let template = self.template()?;
        let right = if self.right.is_empty() { None } else { Some(template.field(self.right)?) };
        Some((template.field(self.left)?, right))
    }
}

/// The row of a type.
pub(crate) fn attribute_row(kind: &str) -> Option<&'static AttributeRow> {
    ATTRIBUTES.iter().find(|row| row.kind == kind)
}

/// The rows of a type of observable, in order.
pub(crate) fn rows_of(observable: &str) -> impl Iterator<Item = &'static AttributeRow> {
    ATTRIBUTES.iter().filter(move |row| row.observable == observable)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::{Kind, part_kinds};

    #[test]
    fn every_row_names_what_is_there() {
        for row in ATTRIBUTES {
            let kind = Kind::find(row.kind).unwrap_or_else(|| panic!("{}", row.kind));
            assert!(row.fields().is_some(), "{}", kind.name);
            let two = part_kinds(row.kind).is_some();
            assert_eq!(two, !row.right.is_empty(), "{}", row.kind);
        }
    }
}
