//! Machine tags, `namespace:predicate="value"`.

use std::fmt;

/// A tag in its three parts. Tags may also be plain words; those are not machine tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct MachineTag<'t> {
    /// Such as `tlp` or `misp-galaxy`: everything before the first colon.
    pub namespace: &'t str,
    /// Such as `amber+strict` or `threat-actor`; may contain colons (`veris:action:malware:variety`).
    pub predicate: &'t str,
    /// What stands between the quotes; `tlp:red` has none.
    pub value: Option<&'t str>,
}

impl<'t> MachineTag<'t> {
    /// The parts of a tag; `None` for a plain word, an empty part or a quote that is not closed.
    pub fn parse(tag: &'t str) -> Option<Self> {
        let tag = tag.trim();
        let (namespace, rest) = tag.split_once(':')?;
        let (predicate, value) = match rest.split_once("=\"") {
            Some((predicate, quoted)) => (predicate, Some(quoted.strip_suffix('"')?)),
            None if rest.contains(['"', '=']) => return None,
            None => (rest, None),
        };
        let name_like =
            |text: &str| !text.is_empty() && !text.contains(|c: char| c.is_control() || c == '"' || c == '=');
        let fine = name_like(namespace)
            && !namespace.contains(char::is_whitespace)
            && name_like(predicate)
            && value.is_none_or(|value| !value.contains(char::is_control));
        fine.then_some(Self { namespace, predicate, value })
    }
}

impl fmt::Display for MachineTag<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.namespace, self.predicate)?;
        match self.value {
            Some(value) => write!(f, "=\"{value}\""),
            None => Ok(()),
        }
    }
}

/// The tag of a cluster of a galaxy: `misp-galaxy:disarm-techniques="…"`. Quotes in the value become apostrophes: the
/// grammar has no way to write them.
pub fn galaxy_tag(galaxy: &str, value: &str) -> String {
    let value = value.replace('"', "'");
    MachineTag { namespace: "misp-galaxy", predicate: galaxy, value: Some(&value) }.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_taken_apart_and_written_again() {
        for (tag, namespace, predicate, value) in [
            ("tlp:amber+strict", "tlp", "amber+strict", None),
            ("tlp:ex:chr", "tlp", "ex:chr", None),
            ("osint:source-type=\"blog-post\"", "osint", "source-type", Some("blog-post")),
            ("veris:action:malware:variety=\"Worm\"", "veris", "action:malware:variety", Some("Worm")),
            ("misp-galaxy:sector=\"a=\"b\"\"", "misp-galaxy", "sector", Some("a=\"b\"")),
            ("a:b=\"\"", "a", "b", Some("")),
        ] {
            let parsed = MachineTag::parse(tag).unwrap();
            assert_eq!((parsed.namespace, parsed.predicate, parsed.value), (namespace, predicate, value));
            assert_eq!(parsed.to_string(), tag);
        }
        for plain in ["", "word", ":b", "a:", "a:b=c", "a:b=\"c", "a b:c", "a:\"c\"", "a:b\nc"] {
            assert_eq!(MachineTag::parse(plain), None, "{plain}");
        }
        assert_eq!(galaxy_tag("sector", "the \"x\""), "misp-galaxy:sector=\"the 'x'\"");
    }
}
