//! Names of the domain name system as they stand in certificates, zones and reports: read strictly, kept readable.

use idna::AsciiDenyList;
use psl::Psl as _;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Longest name in characters, without a final dot (RFC 1035 section 2.3.4: 255 octets on the wire).
pub const MAX_NAME: usize = 253;
/// Longest label in characters (RFC 1035 section 2.3.4).
pub const MAX_LABEL: usize = 63;
/// Longest text that is looked at: a name in Unicode is longer than its ASCII form.
const MAX_TEXT: usize = 1_024;

/// Why a text is no name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum NameFault {
    /// Nothing stands there.
    #[error("there is no name")]
    Empty,
    /// Longer than [`MAX_NAME`].
    #[error("the name is longer than {MAX_NAME} characters")]
    TooLong,
    /// Two dots beside each other, or one at the beginning.
    #[error("label {label} is empty")]
    EmptyLabel {
        /// Which label, from 1.
        label: usize,
    },
    /// Longer than [`MAX_LABEL`].
    #[error("label {label} is longer than {MAX_LABEL} characters")]
    LongLabel {
        /// Which label, from 1.
        label: usize,
    },
    /// Something other than letters, digits, hyphens and underscores; a `*` that is not the whole first label.
    #[error("label {label} has the character {character:?}, which no name has")]
    Character {
        /// Which label, from 1.
        label: usize,
        /// Which character.
        character: char,
    },
    /// The last label is a number: an address, not a name (RFC 1123 section 2.1).
    #[error("the last label is a number: an address is no name")]
    Address,
}

/// What is odd about a label of a name that was read all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Oddity {
    /// It begins with `xn--` and what follows is not punycode (RFC 3492), or not in its one form.
    InvalidPunycode,
    /// It is punycode of characters that UTS 46 does not allow in a name.
    NotAllowed,
    /// It begins or ends with a hyphen (RFC 1123 section 2.1 does not allow that).
    EdgeHyphen,
}

/// A label in both forms.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Label {
    /// End within `Name::ascii`.
    end: usize,
    /// What a person sees, where that is not the ASCII form.
    unicode: Option<String>,
}

/// A domain name: lower case, without a final dot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    ascii: String,
    labels: Vec<Label>,
    oddities: Vec<(usize, Oddity)>,
    wildcard: bool,
    suffix: usize,
}

impl Name {
    /// Reads a name. One final dot and a first label `*` (RFC 6125 section 6.4.3) are taken off; Unicode is turned into
    /// its ASCII form (UTS 46), also where UTS 46 does not allow it, which [`Name::oddities`] then says.
    ///
    /// # Errors
    /// [`NameFault`]: what makes the text no name.
    pub fn parse(text: &str) -> Result<Self, NameFault> {
        if text.len() > MAX_TEXT {
            return Err(NameFault::TooLong);
        }
        let bare = text.strip_suffix('.').unwrap_or(text);
        let wildcard = bare.starts_with("*.");
        let bare = if wildcard { &bare[2..] } else { bare };
        if bare.is_empty() {
            return Err(NameFault::Empty);
        }
        let ascii = if bare.is_ascii() { bare.to_ascii_lowercase() } else { to_ascii(bare) };
        Self::of_ascii(ascii, wildcard)
    }

    fn of_ascii(ascii: String, wildcard: bool) -> Result<Self, NameFault> {
        if ascii.len() > MAX_NAME {
            return Err(NameFault::TooLong);
        }
        let (mut labels, mut oddities) = (Vec::with_capacity(4), Vec::new());
        let mut end = 0;
        for (at, label) in ascii.split('.').enumerate() {
            check_label(at + 1, label)?;
            end += label.len();
            if label.starts_with('-') || label.ends_with('-') {
                oddities.push((at, Oddity::EdgeHyphen));
            }
            let unicode = label.strip_prefix("xn--").and_then(|code| match decode(code) {
                Some(shown) => {
                    if idna::domain_to_unicode(label).1.is_err() {
                        oddities.push((at, Oddity::NotAllowed));
                    }
                    Some(shown)
                }
                None => {
                    oddities.push((at, Oddity::InvalidPunycode));
                    None
                }
            });
            labels.push(Label { end, unicode });
            end += 1;
        }
        let mut name = Self { ascii, labels, oddities, wildcard, suffix: 0 };
        if name.ascii_label(name.labels.len() - 1).bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(NameFault::Address);
        }
        name.suffix = name.suffix_labels();
        Ok(name)
    }

    /// The ASCII form, without `*.`.
    pub fn as_str(&self) -> &str {
        &self.ascii
    }

    /// Whether `*.` stood before it.
    pub fn is_wildcard(&self) -> bool {
        self.wildcard
    }

    /// What a person sees who is shown Unicode; labels that are not punycode stay as they are.
    pub fn unicode(&self) -> String {
        let labels: Vec<&str> = (0..self.labels.len()).map(|at| self.label(at)).collect();
        labels.join(".")
    }

    /// What is odd, with the label (from 0) of which it is said.
    pub fn oddities(&self) -> &[(usize, Oddity)] {
        &self.oddities
    }

    /// Number of labels.
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// Never: a name has a label.
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// A label as a person sees it. Empty where there is none of this number.
    pub(crate) fn label(&self, at: usize) -> &str {
        match self.labels.get(at) {
            Some(Label { unicode: Some(shown), .. }) => shown,
            _ => self.ascii_label(at),
        }
    }

    /// Whether the label is shown in Unicode.
    pub(crate) fn is_unicode(&self, at: usize) -> bool {
        self.labels.get(at).is_some_and(|label| label.unicode.is_some())
    }

    fn ascii_label(&self, at: usize) -> &str {
        let start =
            at.checked_sub(1).and_then(|before| self.labels.get(before)).map_or(0, |label| label.end + 1);
        self.labels.get(at).and_then(|label| self.ascii.get(start..label.end)).unwrap_or_default()
    }

    /// The part from label `at` on, in ASCII; empty past the end.
    pub(crate) fn tail(&self, at: usize) -> &str {
        let start =
            at.checked_sub(1).and_then(|before| self.labels.get(before)).map_or(0, |label| label.end + 1);
        self.ascii.get(start..).unwrap_or_default()
    }

    /// How many labels stand before the public suffix. A name that is itself a public suffix has its last label taken
    /// for the suffix, so that something is left; a single label is all suffix.
    pub(crate) fn core(&self) -> usize {
        self.labels.len() - self.suffix
    }

    /// The public suffix (publicsuffix.org) in ASCII.
    pub fn suffix(&self) -> &str {
        self.tail(self.core())
    }

    /// The public suffix and the label before it, in ASCII: what somebody can register.
    pub fn registrable(&self) -> &str {
        self.tail(self.core().saturating_sub(1))
    }

    fn suffix_labels(&self) -> usize {
        let all = self.labels.len();
        // The list has its labels in Unicode, and looks from the right.
        let info = psl::List.find((0..all).rev().map(|at| self.label(at).as_bytes()));
        let (mut labels, mut length) = (0, 0);
        while labels < all && length < info.len {
            length += self.label(all - 1 - labels).len() + usize::from(labels > 0);
            labels += 1;
        }
        if labels == all && all > 1 { 1 } else { labels.max(1) }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.wildcard {
            f.write_str("*.")?;
        }
        f.write_str(&self.ascii)
    }
}

fn check_label(number: usize, label: &str) -> Result<(), NameFault> {
    let allowed = |c: &char| matches!(c, 'a'..='z' | '0'..='9' | '-' | '_');
    if label.is_empty() {
        return Err(NameFault::EmptyLabel { label: number });
    }
    match label.chars().find(|c| !allowed(c)) {
        Some(character) => Err(NameFault::Character { label: number, character }),
        None if label.len() > MAX_LABEL => Err(NameFault::LongLabel { label: number }),
        None => Ok(()),
    }
}

/// UTS 46 where it allows the name, else each label by itself, so that nobody hides behind a name that is not allowed.
fn to_ascii(text: &str) -> String {
    if let Ok(ascii) = idna::domain_to_ascii_cow(text.as_bytes(), AsciiDenyList::EMPTY) {
        return ascii.into_owned();
    }
    let lower = text.to_lowercase();
    let labels = lower.split(['.', '\u{3002}', '\u{ff0e}', '\u{ff61}']).map(|label| {
        let coded = if label.is_ascii() { None } else { idna::punycode::encode_str(label) };
        coded.map_or_else(|| label.to_owned(), |code| format!("xn--{code}"))
    });
    labels.collect::<Vec<_>>().join(".")
}

/// Punycode in its one form, of at least one character that is not ASCII.
fn decode(code: &str) -> Option<String> {
    let shown = idna::punycode::decode_to_string(code)?;
    let again = idna::punycode::encode_str(&shown)?;
    (!shown.is_ascii() && again == code).then_some(shown)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fault(text: &str) -> NameFault {
        Name::parse(text).unwrap_err()
    }

    #[test]
    fn names_are_read_in_one_form() {
        let name = Name::parse("*.Vote.GOV.").unwrap();
        assert_eq!(
            (name.as_str(), name.is_wildcard(), name.to_string().as_str()),
            ("vote.gov", true, "*.vote.gov")
        );
        assert_eq!((name.suffix(), name.registrable(), name.core()), ("gov", "vote.gov", 1));
        let deep = Name::parse("a.sos.ca.gov").unwrap();
        assert_eq!((deep.suffix(), deep.registrable(), deep.tail(1)), ("gov", "ca.gov", "sos.ca.gov"));
        let british = Name::parse("www.electoralcommission.org.uk").unwrap();
        assert_eq!((british.suffix(), british.core()), ("org.uk", 2));
        let under = Name::parse("_dmarc.results.vote.example").unwrap();
        assert_eq!((under.suffix(), under.registrable()), ("example", "vote.example"));
    }

    #[test]
    fn what_is_no_name_is_said_with_its_place() {
        assert_eq!(fault(""), NameFault::Empty);
        assert_eq!(fault("."), NameFault::Empty);
        assert_eq!(fault("*."), NameFault::Character { label: 1, character: '*' });
        assert_eq!(fault("a..b"), NameFault::EmptyLabel { label: 2 });
        assert_eq!(fault("a.b.."), NameFault::EmptyLabel { label: 3 });
        assert_eq!(fault(".a"), NameFault::EmptyLabel { label: 1 });
        assert_eq!(fault("a.*.b"), NameFault::Character { label: 2, character: '*' });
        assert_eq!(fault("w*.b"), NameFault::Character { label: 1, character: '*' });
        assert_eq!(fault("vote.gov/x"), NameFault::Character { label: 2, character: '/' });
        assert_eq!(fault("192.0.2.7"), NameFault::Address);
        assert_eq!(fault(&format!("{}.org", "a".repeat(64))), NameFault::LongLabel { label: 1 });
        assert!(Name::parse(&format!("{}.org", "a".repeat(63))).is_ok());
        assert_eq!(Name::parse(&"a.".repeat(127)).unwrap().as_str().len(), MAX_NAME);
        assert_eq!(fault(&"a.".repeat(128)), NameFault::TooLong);
        assert_eq!(fault(&"ab.".repeat(90)), NameFault::TooLong);
        assert_eq!(fault(&"a".repeat(5_000)), NameFault::TooLong);
    }

    #[test]
    fn punycode_is_shown_and_what_is_none_is_said() {
        let name = Name::parse("xn--e1arm6r.gov").unwrap();
        assert_eq!((name.unicode().as_str(), name.oddities()), ("ѵоте.gov", &[][..]));
        let written = Name::parse("ѵоте.gov").unwrap();
        assert_eq!(written, name);
        // A code that decodes to plain ASCII, and one that overflows.
        for wrong in ["xn--vote-.gov", "xn--99999999.gov"] {
            assert!(
                Name::parse(wrong).unwrap().oddities().contains(&(0, Oddity::InvalidPunycode)),
                "{wrong}"
            );
        }
        assert_eq!(Name::parse("vote-.gov").unwrap().oddities(), [(0, Oddity::EdgeHyphen)]);
        // A zero-width joiner at the beginning is not allowed; the name is kept, and what is wrong with it.
        let hidden = Name::parse("\u{200d}vote.gov").unwrap();
        assert_eq!(hidden.oddities(), [(0, Oddity::NotAllowed)]);
    }

    #[test]
    fn suffixes_in_unicode_are_known() {
        // президент.рф: .рф is a suffix of its own; 公司.cn is one below .cn.
        assert_eq!(Name::parse("выборы.рф").unwrap().suffix(), "xn--p1ai");
        assert_eq!(Name::parse("投票.公司.cn").unwrap().suffix(), "xn--55qx5d.cn");
        assert_eq!(Name::parse("github.io").unwrap().core(), 1);
        assert_eq!(Name::parse("localhost").unwrap().core(), 0);
    }

    proptest! {
        #[test]
        fn what_is_read_is_read_again_as_the_same(text in "(\\*\\.)?[a-zA-Z0-9_\\-.áöжيß\u{200d}]{1,40}") {
            if let Ok(name) = Name::parse(&text) {
                prop_assert_eq!(Name::parse(&name.to_string()).unwrap(), name);
            }
        }

        #[test]
        fn any_text_is_a_name_or_a_fault(text in ".{0,80}") {
            if let Ok(name) = Name::parse(&text) {
                prop_assert!(name.as_str().len() <= MAX_NAME && !name.suffix().is_empty());
                prop_assert!(name.as_str().ends_with(name.registrable()));
            }
        }
    }
}
