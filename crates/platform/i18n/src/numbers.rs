//! Numbers and shares in the reader's locale, from exact integers.

use crate::lang::Lang;
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_decimal::options::DecimalFormatterOptions;
use icu_locale_core::{Locale, locale};
use std::sync::OnceLock;

/// No-break space, and the narrow one that French puts before a percent sign (CLDR 48).
const NO_BREAK: char = '\u{a0}';
const NARROW_NO_BREAK: char = '\u{202f}';

/// A whole number with the locale's grouping: `9,812`, `9 812`, `9812` (Spanish groups from
/// five digits on), `9,812`.
pub(crate) fn integer(lang: Lang, value: i128) -> String {
    decimal(lang, &value.to_string())
}

/// `part` of `whole` as a percentage with `places` decimals (at most 6), rounded half up from
/// exact integers. `None` when `whole` is 0: there is no share of nothing.
pub(crate) fn share(lang: Lang, part: u64, whole: u64, places: u8) -> Option<String> {
    let digits = share_digits(part, whole, places)?;
    let number = decimal(lang, &digits);
    Some(match lang {
        Lang::En => format!("{number}%"),
        Lang::Fr => format!("{number}{NARROW_NO_BREAK}%"),
        Lang::Es => format!("{number}{NO_BREAK}%"),
        // A left-to-right mark keeps sign and number together (CLDR 48, `ar` with Latin digits).
        Lang::Ar => format!("{number}\u{200e}%\u{200e}"),
    })
}

/// The digits of a percentage with a point, for instance `45.20`.
fn share_digits(part: u64, whole: u64, places: u8) -> Option<String> {
    if whole == 0 {
        return None;
    }
    let scale = 10u128.pow(u32::from(places.min(6)));
    let whole = u128::from(whole);
    let scaled = (u128::from(part) * 100 * scale * 2 + whole) / (whole * 2);
    let width = usize::from(places.min(6));
    if width == 0 {
        return Some(scaled.to_string());
    }
    Some(format!("{}.{:0width$}", scaled / scale, scaled % scale))
}

/// Formats plain digits (`-`, digits, one point) for the locale; gives them back unchanged when
/// they are not a number.
pub(crate) fn decimal(lang: Lang, digits: &str) -> String {
    match (formatter(lang), digits.parse::<Decimal>()) {
        (Some(formatter), Ok(value)) => formatter.format(&value).to_string(),
        _ => digits.to_owned(),
    }
}

fn formatter(lang: Lang) -> Option<&'static DecimalFormatter> {
    static FORMATTERS: OnceLock<[Option<DecimalFormatter>; 4]> = OnceLock::new();
    let all = FORMATTERS.get_or_init(|| {
        Lang::ALL.map(|lang| {
            DecimalFormatter::try_new(locale_of(lang).into(), DecimalFormatterOptions::default()).ok()
        })
    });
    all[lang as usize].as_ref()
}

fn locale_of(lang: Lang) -> Locale {
    match lang {
        Lang::En => locale!("en"),
        Lang::Fr => locale!("fr"),
        Lang::Es => locale!("es"),
        Lang::Ar => locale!("ar-u-nu-latn"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Expected figures: CLDR 48 number symbols (`en` `,`; `fr` U+202F; `es` `.` with at least two
    /// digits before the first separator; `ar` with `latn` `,`).
    #[test]
    fn whole_numbers_are_grouped_as_the_locale_groups_them() {
        assert_eq!(integer(Lang::En, 1_234_567), "1,234,567");
        assert_eq!(integer(Lang::Fr, 1_234_567), "1\u{202f}234\u{202f}567");
        assert_eq!(integer(Lang::Es, 1_234_567), "1.234.567");
        assert_eq!(integer(Lang::Es, 1_234), "1234");
        assert_eq!(integer(Lang::Es, 12_345), "12.345");
        assert_eq!(integer(Lang::Ar, 1_234_567), "1,234,567");
        assert_eq!(integer(Lang::En, i128::from(u64::MAX)), "18,446,744,073,709,551,615");
        assert_eq!(integer(Lang::En, 0), "0");
    }

    #[test]
    fn shares_come_from_exact_integers_rounded_half_up() {
        assert_eq!(share(Lang::En, 1, 8, 1).unwrap(), "12.5%");
        assert_eq!(share(Lang::En, 1, 16, 1).unwrap(), "6.3%", "6.25 is half way and goes up");
        assert_eq!(share(Lang::En, 2, 3, 2).unwrap(), "66.67%");
        assert_eq!(share(Lang::En, 9_812, 10_004, 1).unwrap(), "98.1%");
        assert_eq!(share(Lang::En, u64::MAX, u64::MAX, 2).unwrap(), "100.00%");
        assert_eq!(share(Lang::En, 0, 5, 0).unwrap(), "0%");
        assert_eq!(share(Lang::En, 5, 0, 1), None);
        // A binary float prints 1.00 for 1.005 and 1.01 is right.
        assert_eq!(share_digits(1005, 100_000, 2).unwrap(), "1.01");
    }

    #[test]
    fn the_percent_sign_stands_where_the_locale_puts_it() {
        assert_eq!(share(Lang::Fr, 452, 1000, 1).unwrap(), "45,2\u{202f}%");
        assert_eq!(share(Lang::Es, 452, 1000, 1).unwrap(), "45,2\u{a0}%");
        assert_eq!(share(Lang::Ar, 452, 1000, 1).unwrap(), "45.2\u{200e}%\u{200e}");
    }
}
