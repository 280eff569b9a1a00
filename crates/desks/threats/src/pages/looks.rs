//! What an indicator looks for, as far as it can be said in a sentence.

use scr_patterns::ast::{Constant, Operator, PropertyTest};
use scr_patterns::{Limits, Pattern, Reading};

/// Values that are named.
const NAMED: usize = 20;

/// What people have in their logs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sort {
    /// The name of a site or a server.
    Domain,
    /// An address of the web.
    Url,
    /// An address of the internet, or several.
    Address,
    /// Mail.
    Email,
    /// A file.
    File,
    /// Something else.
    Other,
}

impl Sort {
    /// Its name in texts.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Domain => "domain",
            Self::Url => "url",
            Self::Address => "address",
            Self::Email => "email",
            Self::File => "file",
            Self::Other => "other",
        }
    }
}

/// Something that an indicator looks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Looked {
    pub(super) sort: Sort,
    pub(super) value: String,
}

fn sort_of(test: &PropertyTest) -> Sort {
    match &*test.path.object_type {
        "domain-name" => Sort::Domain,
        "url" => Sort::Url,
        "ipv4-addr" | "ipv6-addr" | "network-traffic" | "autonomous-system" => Sort::Address,
        "email-addr" | "email-message" => Sort::Email,
        "file" | "artifact" => Sort::File,
        _ => Sort::Other,
    }
}

fn constant(constant: &Constant) -> Option<String> {
    match constant {
        Constant::Text(text) => Some(text.to_string()),
        Constant::Integer(number) => Some(number.to_string()),
        _ => None,
    }
}

fn values(operator: &Operator) -> Vec<String> {
    match operator {
        Operator::Equal(one) => constant(one).into_iter().collect(),
        Operator::In(list) => list.iter().filter_map(constant).collect(),
        Operator::IsSubset(network) => vec![network.to_string()],
        _ => Vec::new(),
    }
}

/// What a STIX pattern looks for; nothing where that cannot be said without showing the pattern itself.
pub(super) fn looks_for(pattern: &str) -> Vec<Looked> {
    let Ok(pattern) = Pattern::parse_as(pattern, Reading::Tools, &Limits::default()) else {
        return Vec::new();
    };
    let mut all: Vec<Looked> = Vec::new();
    for test in pattern.expression().tests() {
        if test.negated {
            continue;
        }
        for value in values(&test.operator) {
            let one = Looked { sort: sort_of(test), value };
            if all.len() < NAMED && !all.contains(&one) {
                all.push(one);
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_pattern_looks_for_is_named() {
        let said = |text: &str| -> Vec<(Sort, String)> {
            looks_for(text).into_iter().map(|one| (one.sort, one.value)).collect()
        };
        assert_eq!(said("[domain-name:value = 'a.example']"), [(Sort::Domain, "a.example".to_owned())]);
        let net = said("[ipv4-addr:value ISSUBSET '203.0.113.64/29']");
        assert_eq!(net, [(Sort::Address, "203.0.113.64/29".to_owned())]);
        let two = said(
            "[file:hashes.'SHA-256' = 'aa' OR url:value IN ('https://a.example/', 'https://b.example/')]",
        );
        assert_eq!(two.iter().map(|one| one.0).collect::<Vec<_>>(), [Sort::File, Sort::Url, Sort::Url]);
        assert_eq!(said("[domain-name:value NOT = 'a.example']"), []);
        assert_eq!(said("no pattern"), []);
    }
}
