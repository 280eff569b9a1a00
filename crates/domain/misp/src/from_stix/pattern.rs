//! What a pattern looks for, where it is simple enough to be attributes.

use super::terms::Terms;
use crate::event::instant;
use crate::event::stix_time;
use scr_patterns::ast::{
    ComparisonExpression, Constant, ObjectPath, ObservationExpression, Operator, PropertyTest, Step,
};
use scr_patterns::{Limits, Pattern};

/// Alternatives that a pattern may have.
const ALTERNATIVES: usize = 500;

/// The comparisons of a pattern of one observation: equalities that must all hold, of which each may have several
/// values. Where whole comparisons stand beside one another with `OR`, each is an alternative of its own: any of them
/// is reason enough. `None` for any other pattern.
pub(super) fn terms_of(pattern: &str) -> Option<Vec<Terms>> {
    let pattern = Pattern::parse(pattern, &Limits::default()).ok()?;
    let ObservationExpression::Single(comparison) = pattern.expression() else { return None };
    let all = match comparison {
        ComparisonExpression::Or(choices) => match together(comparison) {
            Some(terms) => vec![terms],
            None if choices.len() <= ALTERNATIVES => {
                choices.iter().map(together).collect::<Option<Vec<Terms>>>()?
            }
            None => return None,
        },
        other => vec![together(other)?],
    };
    all.iter().all(|terms| !terms.is_empty()).then_some(all)
}

/// What must hold together.
fn together(comparison: &ComparisonExpression) -> Option<Terms> {
    let mut terms = Terms::default();
    match comparison {
        ComparisonExpression::And(parts) => {
            for part in parts {
                part_of(part, &mut terms)?;
            }
        }
        other => part_of(other, &mut terms)?,
    }
    Some(terms)
}

/// One part of what must hold: a comparison, or a choice between values of one property.
fn part_of(part: &ComparisonExpression, terms: &mut Terms) -> Option<()> {
    match part {
        ComparisonExpression::Test(test) => one(test, terms),
        ComparisonExpression::Or(choices) => {
            let mut path: Option<String> = None;
            for choice in choices {
                let test = chosen(choice)?;
                let this = path_text(&test.path);
                if path.as_ref().is_some_and(|path| *path != this) {
                    return None;
                }
                path = Some(this);
                one(test, terms)?;
            }
            Some(())
        }
        ComparisonExpression::And(_) => None,
    }
}

/// `a = 'x'`, or `ref.type = '…' AND ref.value = 'x'`.
fn chosen(choice: &ComparisonExpression) -> Option<&PropertyTest> {
    match choice {
        ComparisonExpression::Test(test) => Some(test),
        ComparisonExpression::And(parts) => match parts.as_slice() {
            [ComparisonExpression::Test(of_type), ComparisonExpression::Test(test)]
                if is_type(&of_type.path) =>
            {
                Some(test)
            }
            _ => None,
        },
        ComparisonExpression::Or(_) => None,
    }
}

fn one(test: &PropertyTest, terms: &mut Terms) -> Option<()> {
    if test.negated {
        return None;
    }
    let value = match &test.operator {
        Operator::Equal(constant) => text_of(constant)?,
        Operator::IsSubset(network) => network.to_string(),
        _ => return None,
    };
    // Which of the two versions of the protocol, or that it is a name: the value says it too.
    if is_type(&test.path) {
        return Some(());
    }
    terms.add(&test.path.object_type, path_text(&test.path), value)
}

fn is_type(path: &ObjectPath) -> bool {
    matches!(path.steps.as_slice(), [.., Step::Key(reference), Step::Key(last)] if reference.ends_with("_ref") && &**last == "type")
}

fn text_of(constant: &Constant) -> Option<String> {
    Some(match constant {
        Constant::Text(text) => text.to_string(),
        Constant::Integer(number) => number.to_string(),
        Constant::Float(number) => number.to_string(),
        Constant::Boolean(truth) => u8::from(*truth).to_string(),
        Constant::Timestamp(moment) => {
            let seconds = i64::try_from(moment.nanoseconds() / 1_000_000_000).ok()?;
            let rest = i32::try_from(moment.nanoseconds() % 1_000_000_000).ok()?;
            stix_time(jiff::Timestamp::new(seconds, rest).ok().or_else(|| instant("1970-01-01"))?)
        }
        Constant::Hex(_) | Constant::Binary(_) => return None,
    })
}

/// The path as our tables write it: any element of a list is `[*]`.
fn path_text(path: &ObjectPath) -> String {
    let mut text = format!("{}:", path.object_type);
    for (at, step) in path.steps.iter().enumerate() {
        match step {
            Step::Key(key) => {
                if at > 0 {
                    text.push('.');
                }
                let of_hash = matches!(at.checked_sub(1).and_then(|at| path.steps.get(at)), Some(Step::Key(name)) if &**name == "hashes");
                let key: &str = if of_hash { algorithm(key) } else { key };
                if key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
                    text.push_str(key);
                } else {
                    text.push('\'');
                    text.push_str(key);
                    text.push('\'');
                }
            }
            Step::Index(_) | Step::Any => text.push_str("[*]"),
        }
    }
    text
}

/// Algorithms as STIX writes them; many patterns have them in their own way.
fn algorithm(key: &str) -> &str {
    let plain: String = key.to_ascii_lowercase().chars().filter(|c| *c != '-' && *c != '_').collect();
    match plain.as_str() {
        "md5" => "MD5",
        "sha1" => "SHA-1",
        "sha224" => "SHA-224",
        "sha256" => "SHA-256",
        "sha384" => "SHA-384",
        "sha512" => "SHA-512",
        "ssdeep" => "SSDEEP",
        "tlsh" => "TLSH",
        _ => key,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(pattern: &str) -> Option<Vec<(String, Vec<String>)>> {
        terms_of(pattern).map(|all| all.iter().flat_map(|terms| terms.list().to_vec()).collect())
    }

    #[test]
    fn simple_patterns_are_lists_of_values() {
        let one = |path: &str, values: &[&str]| {
            (path.to_owned(), values.iter().map(|v| (*v).to_owned()).collect::<Vec<_>>())
        };
        for (pattern, expected) in [
            ("[domain-name:value = 'a.example']", Some(vec![one("domain-name:value", &["a.example"])])),
            (
                "[file:hashes.'SHA-1' = 'x' AND (file:name = 'a' OR file:name = 'b')]",
                Some(vec![one("file:hashes.'SHA-1'", &["x"]), one("file:name", &["a", "b"])]),
            ),
            (
                "[network-traffic:dst_ref.type = 'ipv4-addr' AND network-traffic:dst_ref.value ISSUBSET '192.0.2.0/24' AND network-traffic:dst_port = 80]",
                Some(vec![
                    one("network-traffic:dst_ref.value", &["192.0.2.0/24"]),
                    one("network-traffic:dst_port", &["80"]),
                ]),
            ),
            ("[url:value = 'a' OR url:value = 'b']", Some(vec![one("url:value", &["a", "b"])])),
            (
                "[email-message:to_refs[0].value = 'a@b']",
                Some(vec![one("email-message:to_refs[*].value", &["a@b"])]),
            ),
            ("[url:value LIKE 'a%']", None),
            ("[url:value != 'a']", None),
            ("[NOT url:value = 'a']", None),
            ("[url:value NOT = 'a']", None),
            ("[url:value = 'a'] AND [url:value = 'b']", None),
            ("[url:value = 'a'] WITHIN 5 SECONDS", None),
            (
                "[url:value = 'a' OR domain-name:value = 'b']",
                Some(vec![one("url:value", &["a"]), one("domain-name:value", &["b"])]),
            ),
            (
                "[file:hashes.md5 = 'a' AND file:hashes.SHA256 = 'b']",
                Some(vec![one("file:hashes.MD5", &["a"]), one("file:hashes.'SHA-256'", &["b"])]),
            ),
            ("[url:value = 'a' AND domain-name:value = 'b']", None),
            ("[url:value = 'a' OR url:value LIKE 'b%']", None),
            ("nonsense", None),
        ] {
            assert_eq!(terms(pattern), expected, "{pattern}");
        }
    }
}
