//! Names of hosts and of everything else, in the one form in which they are compared.

use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization as _;

/// The longest host name (RFC 1035 §2.3.4).
const LONGEST: usize = 253;

/// A host name of at least two labels in ASCII and small letters; `None` where it is none. Names in other scripts are
/// brought to ASCII as browsers do (UTS 46); underscores, which names of services have, are taken.
pub(super) fn host(text: &str) -> Option<Cow<'_, str>> {
    let text = text.trim_end_matches('.');
    if text.is_empty() || text.len() > 4 * LONGEST {
        return None;
    }
    let name: Cow<'_, str> = if !text.is_ascii() {
        Cow::Owned(idna::domain_to_ascii(text).ok()?)
    } else if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(text.to_ascii_lowercase())
    } else {
        Cow::Borrowed(text)
    };
    is_host(&name).then_some(name)
}

fn is_host(name: &str) -> bool {
    let is_label = |label: &str| {
        let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        (1..=63).contains(&label.len()) && label.bytes().all(is_part)
    };
    // A name that ends in a number is an address, or part of one.
    let ends_in_letters =
        name.rsplit('.').next().is_some_and(|last| last.bytes().any(|byte| byte.is_ascii_alphabetic()));
    name.len() <= LONGEST && name.contains('.') && ends_in_letters && name.split('.').all(is_label)
}

/// A name and those above it, down to two labels and then one: `a.b.c`, `b.c`, `c`.
pub(super) fn upwards(name: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(name), |name| name.split_once('.').map(|(_, rest)| rest))
}

/// The words of a text: runs of letters and digits, NFC-normalised and in small letters, with a space between each.
pub(super) fn words(text: &str) -> String {
    let small: String = text.nfc().flat_map(char::to_lowercase).collect();
    let mut words = String::with_capacity(small.len());
    for word in small.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    words
}
