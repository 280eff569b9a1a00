//! Which type of attribute, or which template of objects, values of an observable are.

use crate::mapping::{
    AttributeRow, Field, Form, OBSERVABLES, Template, attribute_row, pattern_path, rows_of,
};
use crate::types::is_ip_or_network;

/// Values of one type of observable, by path as patterns write it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Terms {
    pub(super) kind: String,
    list: Vec<(String, Vec<String>)>,
}

impl Terms {
    /// Adds a value; `None` where it belongs to another type.
    pub(super) fn add(&mut self, kind: &str, path: String, value: String) -> Option<()> {
        if self.kind.is_empty() {
            kind.clone_into(&mut self.kind);
        }
        if self.kind != kind {
            return None;
        }
        match self.list.iter_mut().find(|(known, _)| *known == path) {
            Some((_, values)) => values.push(value),
            None => self.list.push((path, vec![value])),
        }
        Some(())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub(super) fn list(&self) -> &[(String, Vec<String>)] {
        &self.list
    }

    fn get(&self, path: &str) -> Option<&[String]> {
        self.list.iter().find(|(known, _)| known == path).map(|(_, values)| values.as_slice())
    }

    /// Without protocols that follow from the addresses, or that are those of nearly everything.
    fn without_protocols(&self) -> Self {
        let says_nothing =
            |values: &[String]| values.iter().all(|v| matches!(v.as_str(), "ip" | "ipv4" | "ipv6" | "tcp"));
        let mut rest = self.clone();
        rest.list.retain(|(path, values)| path != "network-traffic:protocols[*]" || !says_nothing(values));
        rest
    }

    /// Without the properties that all objects of a template have; `None` where they are not there.
    fn beside(&self, template: &Template) -> Option<Self> {
        let mut rest = self.clone();
        for (name, value) in template.fixed {
            let path = format!("{}:{name}", template.kind);
            let there = rest
                .list
                .iter()
                .position(|(known, values)| *known == path && values.as_slice() == [*value])?;
            rest.list.remove(there);
        }
        Some(rest)
    }
}

/// What values are in MISP.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shape {
    /// Attributes: type and value.
    Attributes(Vec<(&'static str, String)>),
    /// An object of a template: relation, type of the attribute, value.
    Object(&'static Template, Vec<(&'static Field, String)>),
}

/// What values are. `said_type` and `said_name` are what MISP has said of them before.
pub(super) fn shape(terms: &Terms, said_type: Option<&str>, said_name: Option<&str>) -> Option<Shape> {
    if let Some(name) = said_name {
        let template =
            OBSERVABLES.iter().find(|template| template.name == name && template.kind == terms.kind);
        if let Some(shape) = template.and_then(|template| as_object(terms, template)) {
            return Some(shape);
        }
    }
    let plain = terms.without_protocols();
    if let Some(row) = said_type.and_then(attribute_row)
        && let Some(values) = as_attributes(&plain, row)
    {
        return Some(Shape::Attributes(values));
    }
    // Networks of a connection are told by which end they are at; names by how many labels they have.
    let of_row =
        rows_of(&plain.kind).filter(|row| fits(row, &plain)).find_map(|row| as_attributes(&plain, row));
    if let Some(values) = of_row.or_else(|| bare_address(terms)) {
        return Some(Shape::Attributes(values));
    }
    let named = |template: &&Template| template.kind == terms.kind && !template.name.is_empty();
    let of_service = OBSERVABLES.iter().filter(named).filter(|template| !template.fixed.is_empty());
    let others = OBSERVABLES.iter().filter(named).filter(|template| template.fixed.is_empty());
    of_service.chain(others).find_map(|template| as_object(terms, template))
}

/// `ipv4-addr`, `ipv6-addr` by themselves.
fn bare_address(terms: &Terms) -> Option<Vec<(&'static str, String)>> {
    match (terms.kind.as_str(), terms.list()) {
        ("ipv4-addr" | "ipv6-addr", [(path, values)]) if path.ends_with(":value") => {
            Some(values.iter().map(|value| ("ip-dst", value.clone())).collect())
        }
        _ => None,
    }
}

/// Whether the values suit a type where several types have the same paths.
fn fits(row: &AttributeRow, terms: &Terms) -> bool {
    let values = || terms.list().iter().flat_map(|(_, values)| values);
    match row.kind {
        "ip-dst" | "ip-src" | "ip-dst|port" | "ip-src|port" => values().any(|value| is_ip_or_network(value)),
        "hostname|port" => !values().any(|value| is_ip_or_network(value)),
        "domain" => values().all(|value| is_registered_domain(value)),
        "uri" => values().all(|value| !value.contains("://")),
        // Attachments have a content.
        "attachment" | "malware-sample" => false,
        _ => true,
    }
}

/// Whether a name is one that can be registered, not one below it: MISP calls the others host names.
fn is_registered_domain(name: &str) -> bool {
    psl::domain_str(name).is_none_or(|domain| domain.len() == name.trim_end_matches('.').len())
}

fn as_attributes(terms: &Terms, row: &AttributeRow) -> Option<Vec<(&'static str, String)>> {
    let template = row.template()?;
    let rest = terms.beside(template)?;
    let (left, right) = row.fields()?;
    let kind = crate::types::Kind::find(row.kind)?.name;
    let values = |field: &Field| rest.get(&pattern_path(template.kind, field));
    match (rest.list().len(), right) {
        (1, None) => Some(values(left)?.iter().map(|value| (kind, value.clone())).collect()),
        (2, Some(right)) => match (values(left)?, values(right)?) {
            ([left], [right]) => Some(vec![(kind, format!("{left}|{right}"))]),
            _ => None,
        },
        _ => None,
    }
}

fn as_object(terms: &Terms, template: &'static Template) -> Option<Shape> {
    let rest = terms.beside(template)?;
    let mut values = Vec::new();
    for (path, found) in rest.list() {
        for value in found {
            values.push((field_for(template, path, value)?, value.clone()));
        }
    }
    (!values.is_empty()).then_some(Shape::Object(template, values))
}

/// The relation of a value. Several may lead to one property: ends of a connection that are addresses or names,
/// protocols by their layer.
pub(super) fn field_for(template: &'static Template, path: &str, value: &str) -> Option<&'static Field> {
    let mut fields = template.fields.iter().filter(|field| pattern_path(template.kind, field) == path);
    let first = fields.clone().next()?;
    let suits = |field: &&Field| match field.form {
        Form::Address => is_ip_or_network(value) == field.kind.starts_with("ip-"),
        Form::Protocol => match field.relation {
            "layer3-protocol" => matches!(value, "ip" | "ipv4" | "ipv6" | "icmp" | "arp"),
            "layer4-protocol" => matches!(value, "tcp" | "udp" | "sctp"),
            _ => true,
        },
        _ if template.name == "domain-ip" && field.property == "value" => {
            is_registered_domain(value) == (field.relation == "domain")
        }
        _ if field.property.ends_with("request_value") => value.contains("://") == (field.relation == "url"),
        _ => true,
    };
    Some(fields.find(suits).unwrap_or(first))
}

#[cfg(test)]
mod tests {
    use super::super::pattern::terms_of;
    use super::*;

    fn attributes(pattern: &str) -> Vec<(&'static str, String)> {
        match shape(&terms_of(pattern).unwrap()[0], None, None) {
            Some(Shape::Attributes(values)) => values,
            other => panic!("{pattern}: {other:?}"),
        }
    }

    #[test]
    fn values_find_their_types() {
        for (pattern, kind, value) in [
            ("[domain-name:value = 'example.org']", "domain", "example.org"),
            ("[domain-name:value = 'www.example.co.uk']", "hostname", "www.example.co.uk"),
            (
                "[domain-name:value = 'example.org' AND domain-name:resolves_to_refs[*].value = '192.0.2.1']",
                "domain|ip",
                "example.org|192.0.2.1",
            ),
            ("[ipv4-addr:value = '192.0.2.1']", "ip-dst", "192.0.2.1"),
            ("[ipv6-addr:value ISSUBSET '2001:db8::/32']", "ip-dst", "2001:db8::/32"),
            ("[network-traffic:src_ref.value = '192.0.2.1']", "ip-src", "192.0.2.1"),
            (
                "[network-traffic:dst_ref.value = '192.0.2.1' AND network-traffic:dst_port = 443]",
                "ip-dst|port",
                "192.0.2.1|443",
            ),
            (
                "[network-traffic:dst_ref.value = 'a.example' AND network-traffic:dst_port = 443]",
                "hostname|port",
                "a.example|443",
            ),
            (
                "[file:hashes.MD5 = 'd41d8cd98f00b204e9800998ecf8427e']",
                "md5",
                "d41d8cd98f00b204e9800998ecf8427e",
            ),
            ("[file:name = 'a.exe' AND file:hashes.'SHA-256' = 'x']", "filename|sha256", "a.exe|x"),
            ("[email-message:from_ref.value = 'a@example.org']", "email-src", "a@example.org"),
            ("[email-message:subject = 'x']", "email-subject", "x"),
            ("[url:value = 'https://example.org/']", "url", "https://example.org/"),
            (
                "[user-account:account_type = 'github' AND user-account:account_login = 'x']",
                "github-username",
                "x",
            ),
            ("[windows-registry-key:key = 'HKEY_USERS\\\\x']", "regkey", "HKEY_USERS\\x"),
            ("[x509-certificate:hashes.'SHA-1' = 'x']", "x509-fingerprint-sha1", "x"),
            ("[autonomous-system:number = 64496]", "AS", "64496"),
        ] {
            assert_eq!(attributes(pattern), [(kind, value.to_owned())], "{pattern}");
        }
        assert_eq!(attributes("[url:value = 'http://a' OR url:value = 'http://b']").len(), 2);
    }

    #[test]
    fn several_values_are_objects() {
        let object = |pattern: &str| match shape(&terms_of(pattern).unwrap()[0], None, None) {
            Some(Shape::Object(template, values)) => {
                let values: Vec<_> =
                    values.iter().map(|(field, value)| (field.relation, value.clone())).collect();
                (template.name, values)
            }
            other => panic!("{pattern}: {other:?}"),
        };
        let of = |pairs: &[(&'static str, &str)]| {
            pairs.iter().map(|(r, v)| (*r, (*v).to_owned())).collect::<Vec<_>>()
        };
        assert_eq!(
            object("[file:hashes.MD5 = 'a' AND file:hashes.'SHA-1' = 'b' AND file:size = 7]"),
            ("file", of(&[("md5", "a"), ("sha1", "b"), ("size-in-bytes", "7")]))
        );
        assert_eq!(
            object(
                "[network-traffic:src_ref.value = '192.0.2.1' AND network-traffic:dst_ref.value = 'a.example' AND network-traffic:protocols[*] = 'tcp']"
            ),
            (
                "network-connection",
                of(&[("ip-src", "192.0.2.1"), ("hostname-dst", "a.example"), ("layer4-protocol", "tcp")])
            )
        );
        assert_eq!(
            object(
                "[user-account:account_type = 'twitter' AND user-account:user_id = '1' AND user-account:display_name = 'x']"
            ),
            ("twitter-account", of(&[("id", "1"), ("displayed-name", "x")]))
        );
        assert_eq!(shape(&terms_of("[file:x_custom = 'a']").unwrap()[0], None, None), None);
        assert_eq!(shape(&terms_of("[x-thing:value = 'a']").unwrap()[0], None, None), None);
    }
}
