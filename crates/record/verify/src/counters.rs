//! The counters of an entry: which subjects it is about, and the number of each.

use std::borrow::Cow;
use std::ops::Deref;

use scr_canon::{items_of, members_of, text_of};

/// A subject's name as it stands, and its number.
pub(crate) type Counter<'a> = (&'a [u8], u64);

/// Subjects with their counters, each subject once. One alone, as nearly all entries have, takes no memory of its own.
#[derive(Debug, Clone)]
pub struct Counters<'a>(Held<'a>);

#[derive(Debug, Clone)]
enum Held<'a> {
    One([(Cow<'a, str>, u64); 1]),
    Many(Vec<(Cow<'a, str>, u64)>),
}

impl<'a> Deref for Counters<'a> {
    type Target = [(Cow<'a, str>, u64)];

    fn deref(&self) -> &Self::Target {
        match &self.0 {
            Held::One(one) => one,
            Held::Many(many) => many,
        }
    }
}

impl<'a, 'b> IntoIterator for &'b Counters<'a> {
    type Item = &'b (Cow<'a, str>, u64);
    type IntoIter = std::slice::Iter<'b, (Cow<'a, str>, u64)>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl PartialEq for Counters<'_> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Counters<'_> {}

impl<'a> From<(&'a str, u64)> for Counters<'a> {
    fn from((subject, count): (&'a str, u64)) -> Self {
        Self(Held::One([(Cow::Borrowed(subject), count)]))
    }
}

/// `seq` names each subject of `sub` once, and no other. Canonical bytes of two texts are equal when the texts are.
pub(crate) fn all_counters<'a>(
    subjects: Option<&'a [u8]>,
    numbers: Option<&'a [u8]>,
) -> Result<Counters<'a>, String> {
    let text = |raw: Option<&'a [u8]>| raw.and_then(|raw| std::str::from_utf8(raw).ok());
    let mut named = text(subjects).and_then(items_of).ok_or("it has no subjects (sub)")?;
    let mut counted = text(numbers).and_then(members_of).ok_or("it has no counters (seq)")?;
    for subject in &mut named {
        let inner = subject.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        *subject = inner.ok_or("a subject is not a text")?;
    }
    named.sort_unstable();
    if !named.is_sorted_by(|one, next| one < next) {
        return Err("a subject is named twice".to_owned());
    }
    counted.sort_unstable();
    let mut counted = counted.into_iter().peekable();
    let mut counters = Vec::with_capacity(named.len());
    for subject in named {
        let number = counted.next_if(|(name, _)| *name == subject).and_then(|(_, raw)| raw.parse().ok());
        let number = number.ok_or("a subject has no counter, or a counter names no subject")?;
        let text = if subject.contains('\\') {
            Cow::Owned(text_of(&format!("\"{subject}\"")).unwrap_or_default().into_owned())
        } else {
            Cow::Borrowed(subject)
        };
        counters.push((text, number));
    }
    match counted.next() {
        None => Ok(Counters(Held::Many(counters))),
        Some(_) => Err("a counter names no subject".to_owned()),
    }
}

/// The counter of an entry about one subject whose name needs no escape, with the name; `None` for any other.
pub(crate) fn one_counter<'a>(subjects: &'a [u8], numbers: &[u8]) -> Option<Counter<'a>> {
    let name = subjects.strip_prefix(b"[\"")?.strip_suffix(b"\"]")?;
    if name.iter().any(|byte| matches!(byte, b'"' | b'\\')) {
        return None;
    }
    let number =
        numbers.strip_prefix(b"{\"")?.strip_prefix(name)?.strip_prefix(b"\":")?.strip_suffix(b"}")?;
    let is_number = number.iter().all(u8::is_ascii_digit);
    is_number.then(|| Some((name, std::str::from_utf8(number).ok()?.parse().ok()?))).flatten()
}
