//! The forms of single values: identifiers, names of variables, times (CACAO 2.0 sections 10.10, 10.16 and 10.18).

use scr_stix::Timestamp;

/// The type in front of an identifier `type--UUID`; `None` when the text is no identifier.
///
/// The UUID is of RFC 4122: a version from 1 to 5 and the variant 8, 9, a or b, in letters of either case.
pub fn type_of(id: &str) -> Option<&str> {
    let (kind, uuid) = id.split_at_checked(id.len().checked_sub(38)?)?;
    let uuid = uuid.strip_prefix("--")?;
    let bytes = kind.as_bytes();
    let (first, last) = (bytes.first()?, bytes.last()?);
    let fine = bytes.len() >= 3
        && first.is_ascii_lowercase()
        && (last.is_ascii_lowercase() || last.is_ascii_digit())
        && bytes.iter().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'-');
    (fine && is_uuid(uuid)).then_some(kind)
}

fn is_uuid(text: &str) -> bool {
    text.bytes().enumerate().all(|(at, byte)| match at {
        8 | 13 | 18 | 23 => byte == b'-',
        14 => (b'1'..=b'5').contains(&byte),
        19 => matches!(byte, b'8' | b'9' | b'a' | b'b' | b'A' | b'B'),
        _ => byte.is_ascii_hexdigit(),
    }) && text.len() == 36
}

/// Whether a text is the name of a variable: `__name__`, beginning with a letter or an underscore.
pub fn is_variable(name: &str) -> bool {
    let Some(inner) = name.strip_prefix("__").and_then(|rest| rest.strip_suffix("__")) else { return false };
    let mut bytes = inner.bytes();
    bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_')
        && inner.len() <= 200
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
}

/// Whether a text has the form of a time as the schema asks; there need not be such a day.
pub(crate) fn is_time(text: &str) -> bool {
    let bytes = text.as_bytes();
    let number = |from: usize, to: usize| -> Option<u32> {
        bytes
            .get(from..to)?
            .iter()
            .try_fold(0, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + u32::from(byte - b'0')))
    };
    let at = |place: usize, byte: u8| bytes.get(place) == Some(&byte);
    let fraction = match bytes.get(19..) {
        Some([b'Z']) => true,
        Some([b'.', digits @ .., b'Z']) => !digits.is_empty() && digits.iter().all(u8::is_ascii_digit),
        _ => false,
    };
    fraction
        && at(4, b'-')
        && at(7, b'-')
        && at(10, b'T')
        && at(13, b':')
        && at(16, b':')
        && number(0, 4).is_some()
        && number(5, 7).is_some_and(|month| (1..=12).contains(&month))
        && number(8, 10).is_some_and(|day| (1..=31).contains(&day))
        && number(11, 13).is_some_and(|hour| hour < 24)
        && number(14, 16).is_some_and(|minute| minute < 60)
        && number(17, 19).is_some_and(|second| second <= 60)
}

/// A time as an instant; `None` where there is no such day, or more than nine digits of a fraction.
pub(crate) fn instant(text: &str) -> Option<Timestamp> {
    Timestamp::parse(text).ok()
}

/// Microseconds since 1970 of a time; `None` where it is none.
pub fn micros(text: &str) -> Option<i64> {
    instant(text).map(|time| time.micros())
}

/// The names `__name__:value` that a text uses, in their order, each once.
pub fn variables_in(text: &str) -> Vec<&str> {
    let mut found: Vec<&str> = Vec::new();
    for reference in references(text) {
        if !found.contains(&reference.name) {
            found.push(reference.name);
        }
    }
    found
}

/// One `__name__:value` in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct VariableUse<'a> {
    /// The name with its underscores.
    pub(crate) name: &'a str,
    /// Where it begins, in bytes.
    pub(crate) start: usize,
    /// Where it ends, behind `:value`.
    pub(crate) end: usize,
}

/// Every use of a variable in a text: the longest run of name characters before `:value` that is a name.
pub(crate) fn references(text: &str) -> Vec<VariableUse<'_>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(colon) = text.get(from..).and_then(|rest| rest.find("__:value")).map(|at| from + at + 2) {
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_' || *byte == b'-';
        let length = bytes[from..colon].iter().rev().take_while(|byte| is_part(byte)).count();
        let run = colon - length;
        // The name begins at the first "__" of the run.
        if let Some(start) = text[run..colon].find("__").map(|at| run + at) {
            let name = &text[start..colon];
            if is_variable(name) {
                found.push(VariableUse { name, start, end: colon + ":value".len() });
            }
        }
        from = colon + ":value".len();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_types_and_uuids() {
        assert_eq!(type_of("action--eb9372d4-d524-49fc-bf24-be26ea084779"), Some("action"));
        assert_eq!(type_of("http-api--1C3900b4-f86b-430d-b415-12312b9e31f4"), Some("http-api"));
        for wrong in [
            "",
            "action--eb9372d4-d524-69fc-bf24-be26ea084779",
            "action--eb9372d4-d524-49fc-cf24-be26ea084779",
            "Action--eb9372d4-d524-49fc-bf24-be26ea084779",
            "ab--eb9372d4-d524-49fc-bf24-be26ea084779",
            "-ab--eb9372d4-d524-49fc-bf24-be26ea084779",
            "soarca-fin-pong-f896bb3b-bb37-429e-8ece-2d4286cf326d",
            "é--eb9372d4-d524-49fc-bf24-be26ea084779é",
        ] {
            assert_eq!(type_of(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn variables_and_their_uses() {
        assert!(is_variable("__a__") && is_variable("__a-1_b__") && is_variable("_____"));
        assert!(!is_variable("__1a__") && !is_variable("____") && !is_variable("__é__") && !is_variable("a"));
        assert_eq!(variables_in("x__a__:value/__b_c__:value __a__:value"), ["__a__", "__b_c__"]);
        assert_eq!(variables_in("__a__ __:value ____:value"), Vec::<&str>::new());
        assert_eq!(references("é __a__:value")[0], VariableUse { name: "__a__", start: 3, end: 14 });
    }

    #[test]
    fn times_have_the_form_of_the_schema() {
        assert!(is_time("2026-11-03T20:00:00.123456Z") && is_time("2026-02-31T00:00:60Z"));
        assert!(instant("2026-02-31T00:00:00Z").is_none());
        for wrong in ["2026-11-03T20:00:00", "2026-11-03T20:00:00.Z", "2026-13-03T20:00:00Z", "é"] {
            assert!(!is_time(wrong), "{wrong}");
        }
    }
}
