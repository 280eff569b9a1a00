//! Numbers as people type them. The results are plain digits; what is not certainly a number is none.

/// Between groups of three digits: as locales write them, and as people do.
const GROUPS: [char; 7] = [' ', ',', '.', '\'', '\u{2019}', '\u{a0}', '\u{202f}'];
/// The Arabic mark between groups.
const ARABIC_GROUP: char = '\u{66c}';
/// Digits of a number, at most.
const MAX_DIGITS: usize = 15;

/// Arabic-Indic and Persian digits as the others; marks of direction are left out.
fn plain(text: &str) -> String {
    let western = |c: char| match u32::from(c) {
        n @ 0x660..=0x669 => char::from_digit(n - 0x660, 10).unwrap_or(c),
        n @ 0x6f0..=0x6f9 => char::from_digit(n - 0x6f0, 10).unwrap_or(c),
        _ => c,
    };
    let is_mark =
        |c: &char| matches!(u32::from(*c), 0x200e | 0x200f | 0x61c | 0x202a..=0x202e | 0x2066..=0x2069);
    text.trim().chars().filter(|c| !is_mark(c)).map(western).collect::<String>().trim().to_owned()
}

/// A whole number: digits, or groups of three with one mark between them. At most 15 digits.
pub(super) fn whole(text: &str) -> Option<u64> {
    let text = plain(text);
    let mark = text.chars().find(|c| GROUPS.contains(c) || *c == ARABIC_GROUP);
    let groups: Vec<&str> = match mark {
        Some(mark) => text.split(mark).collect(),
        None => vec![&text],
    };
    let fits = |(at, group): (usize, &&str)| match (mark, at) {
        (None, _) => !group.is_empty(),
        (Some(_), 0) => (1..=3).contains(&group.len()),
        (Some(_), _) => group.len() == 3,
    };
    let digits: String = groups.concat();
    let is_number = groups.iter().enumerate().all(fits)
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && digits.len() <= MAX_DIGITS;
    if is_number { digits.parse().ok() } else { None }
}

/// A decimal with at most three digits before its mark and six after it, as digits with a point.
pub(super) fn decimal(text: &str) -> Option<String> {
    let text = plain(text).replace([',', '\u{66b}'], ".");
    let (whole, places) = text.split_once('.').unwrap_or((&text, "0"));
    let digits = |part: &str, most: usize| {
        (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    (digits(whole, 3) && digits(places, 6)).then_some(text)
}

/// A percentage, with its sign or without, above 0 and below 100: as a decimal with `%` behind it.
pub(super) fn percent(text: &str) -> Option<String> {
    let text = plain(text);
    let number = text.strip_suffix(['%', '\u{66a}']).unwrap_or(&text);
    let digits = decimal(number)?;
    let value: f64 = digits.parse().ok()?;
    (value > 0.0 && value < 100.0).then(|| format!("{digits}%"))
}

/// A share of the votes: a percentage, or a fraction like 2/3.
pub(super) fn share(text: &str) -> Option<String> {
    let text = plain(text);
    let Some((above, below)) = text.split_once('/') else { return percent(&text) };
    let (above, below) = (whole(above)?, whole(below)?);
    (above > 0 && above < below && below <= 1_000).then(|| format!("{above}/{below}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_of_three_and_have_one_mark() {
        for text in
            ["12345", "12,345", "12.345", "12 345", "12\u{202f}345", "١٢٣٤٥", "۱۲٬۳۴۵", "\u{200f}12345 "]
        {
            assert_eq!(whole(text), Some(12_345), "{text}");
        }
        assert_eq!((whole("0"), whole("1,234,567"), whole("007")), (Some(0), Some(1_234_567), Some(7)));
        for text in [
            "",
            "-1",
            "+1",
            "1.5",
            "1,2345",
            "12,34",
            ",345",
            "1,234.567",
            "1e3",
            "0x1f",
            "１２",
            "१२",
            "½",
            "Ⅻ",
            "1234,567",
            "1234567890123456",
            "twelve",
        ] {
            assert_eq!(whole(text), None, "{text}");
        }
    }

    #[test]
    fn decimals_and_shares_are_bounded() {
        assert_eq!((decimal("2,5"), decimal("٢٫٥")), (Some("2.5".into()), Some("2.5".into())));
        for text in ["", ".", "5.", ".5", "-1", "1e3", "1234", "0.1234567", "nan", "inf", "1.2.3"] {
            assert_eq!(decimal(text), None, "{text}");
        }
        assert_eq!((percent("5"), percent("2,5 %")), (Some("5%".into()), Some("2.5%".into())));
        assert_eq!((percent("5%%"), percent("٥٪")), (None, Some("5%".into())));
        assert_eq!((percent("0"), percent("100"), percent("0.000")), (None, None, None));
        assert_eq!(
            (share("2/3"), share("60"), share("٢/٣")),
            (Some("2/3".into()), Some("60%".into()), Some("2/3".into()))
        );
        assert_eq!((share("3/2"), share("0/3"), share("1/0"), share("1/2/3")), (None, None, None, None));
    }
}
