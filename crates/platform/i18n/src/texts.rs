//! The texts: Fluent messages of the shell and of every desk, checked when they are loaded.

use crate::dates::{self, Zone};
use crate::lang::Lang;
use crate::numbers;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::borrow::Cow;
use std::sync::Arc;
use unic_langid::LanguageIdentifier;

/// Marks that Fluent sets around every inserted value (first strong isolate, pop directional
/// isolate). Plain text drops them; HTML turns them into `<bdi>`.
const ISOLATE: char = '\u{2068}';
const POP: char = '\u{2069}';

/// Why texts could not be loaded: a fault of the program, found by its tests.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextsFault {
    /// A `.ftl` source is not well-formed.
    #[error("a {0} text is not well-formed Fluent: {1}")]
    Syntax(&'static str, String),
    /// Two sources define the same key.
    #[error("a {0} key is defined twice: {1}")]
    Twice(&'static str, String),
}

/// All texts in all languages.
pub struct Catalogue {
    bundles: [FluentBundle<FluentResource>; 4],
}

impl std::fmt::Debug for Catalogue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Catalogue")
    }
}

impl Catalogue {
    /// Loads `.ftl` sources of any number of desks.
    pub fn load(sources: &[(Lang, &str)]) -> Result<Arc<Self>, TextsFault> {
        let mut bundles = Lang::ALL.map(empty_bundle);
        for (lang, source) in sources {
            let resource = FluentResource::try_new((*source).to_owned())
                .map_err(|(_, errors)| TextsFault::Syntax(lang.code(), format!("{errors:?}")))?;
            bundles[*lang as usize]
                .add_resource(resource)
                .map_err(|errors| TextsFault::Twice(lang.code(), format!("{errors:?}")))?;
        }
        Ok(Arc::new(Self { bundles }))
    }

    /// The texts in one language.
    pub fn texts(self: &Arc<Self>, lang: Lang) -> Texts {
        Texts { lang, catalogue: Arc::clone(self) }
    }

    /// True when the key exists in this language.
    pub fn has(&self, lang: Lang, key: &str) -> bool {
        self.bundles[lang as usize].has_message(key)
    }
}

fn empty_bundle(lang: Lang) -> FluentBundle<FluentResource> {
    let id = LanguageIdentifier::from_bytes(lang.code().as_bytes()).unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    bundle.set_formatter(Some(match lang {
        Lang::En => |value, _| number_text(Lang::En, value),
        Lang::Fr => |value, _| number_text(Lang::Fr, value),
        Lang::Es => |value, _| number_text(Lang::Es, value),
        Lang::Ar => |value, _| number_text(Lang::Ar, value),
    }));
    bundle
}

fn number_text(lang: Lang, value: &FluentValue<'_>) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(numbers::decimal(lang, &number.value.to_string())),
        _ => None,
    }
}

/// A value for a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arg {
    /// A count: chooses the plural form and is grouped as the locale groups.
    Count(u64),
    /// Text that is inserted as it is.
    Text(String),
}

macro_rules! counts {
    ($($kind:ty),+) => {$(
        impl From<$kind> for Arg {
            fn from(value: $kind) -> Self {
                u64::try_from(value).map_or_else(|_| Self::Text(value.to_string()), Self::Count)
            }
        }
        impl From<&$kind> for Arg {
            fn from(value: &$kind) -> Self {
                Self::from(*value)
            }
        }
    )+};
}
counts!(u8, u16, u32, u64, usize, i32, i64);

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&&str> for Arg {
    fn from(text: &&str) -> Self {
        Self::Text((*text).to_owned())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&String> for Arg {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

/// The texts, numbers and dates of one language: what a page holds.
#[derive(Debug, Clone)]
pub struct Texts {
    lang: Lang,
    catalogue: Arc<Catalogue>,
}

impl Texts {
    /// The language.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// The same texts in another language.
    pub fn other(&self, lang: Lang) -> Self {
        self.catalogue.texts(lang)
    }

    /// True when the key exists.
    pub fn has(&self, key: &str) -> bool {
        self.catalogue.has(self.lang, key)
    }

    /// The text of a key as plain text. A missing key shows itself in brackets; the check in every
    /// desk's tests keeps that from happening.
    pub fn t(&self, key: &str) -> String {
        self.ta(key, &[])
    }

    /// The text of a key with values filled in, as plain text without isolation marks: safe in
    /// attributes.
    pub fn ta(&self, key: &str, args: &[(&str, Arg)]) -> String {
        self.format(key, args).replace([ISOLATE, POP], "")
    }

    /// The text of a key as HTML: everything escaped, every inserted value inside `<bdi>`, so that
    /// numbers, names and hashes keep their direction.
    pub fn html(&self, key: &str, args: &[(&str, Arg)]) -> String {
        let text = self.format(key, args);
        let mut out = String::with_capacity(text.len() + 16);
        for c in text.chars() {
            match c {
                ISOLATE => out.push_str("<bdi>"),
                POP => out.push_str("</bdi>"),
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '"' => out.push_str("&quot;"),
                '\'' => out.push_str("&#39;"),
                c => out.push(c),
            }
        }
        out
    }

    fn format(&self, key: &str, args: &[(&str, Arg)]) -> String {
        let bundle = &self.catalogue.bundles[self.lang as usize];
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            return format!("[{key}]");
        };
        let mut values = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            values.set(*name, fluent_value(self.lang, value));
        }
        let mut errors = Vec::new();
        bundle.format_pattern(pattern, Some(&values), &mut errors).into_owned()
    }

    /// A whole number, grouped.
    pub fn number(&self, value: impl Into<i128>) -> String {
        numbers::integer(self.lang, value.into())
    }

    /// `part` of `whole` as a percentage with `places` decimals, rounded half up from exact
    /// integers; `None` when `whole` is 0.
    pub fn share(&self, part: u64, whole: u64, places: u8) -> Option<String> {
        numbers::share(self.lang, part, whole, places)
    }

    /// Plain digits with a point (`45.20`) in the locale's form.
    pub fn decimal(&self, digits: &str) -> String {
        numbers::decimal(self.lang, digits)
    }

    /// A calendar day written `2026-11-24` in words.
    pub fn day(&self, iso: &str) -> String {
        dates::day(self.lang, iso)
    }

    /// The date of a moment (seconds since 1970, UTC) in a zone.
    pub fn date(&self, at: i64, zone: &Zone) -> String {
        dates::date(self.lang, at, zone)
    }

    /// The time of day of a moment in a zone, `14:32`.
    pub fn time(&self, at: i64, zone: &Zone) -> String {
        dates::time(at, zone)
    }

    /// Date, time and zone of a moment.
    pub fn moment(&self, at: i64, zone: &Zone) -> String {
        dates::moment(self.lang, at, zone)
    }

    /// The moment for machines: `2026-11-24T14:32:05Z`.
    pub fn machine(&self, at: i64) -> String {
        dates::machine(at)
    }
}

fn fluent_value(lang: Lang, value: &Arg) -> FluentValue<'static> {
    match value {
        // Fluent's numbers are binary floats; beyond 2^53 the digits would change.
        Arg::Count(count) if *count > (1 << 53) => {
            FluentValue::String(Cow::Owned(numbers::integer(lang, i128::from(*count))))
        }
        Arg::Count(count) => FluentValue::from(*count),
        Arg::Text(text) => FluentValue::String(Cow::Owned(text.replace([ISOLATE, POP], ""))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EN: &str = "stations = { $n ->\n    [one] { $n } polling station\n   *[other] { $n } polling stations\n}\nhello = Hello { $name }, welcome\nplain = Save";
    const AR: &str = "stations = { $n ->\n    [zero] لا مراكز\n    [one] مركز واحد\n    [two] مركزان\n    [few] { $n } مراكز\n    [many] { $n } مركزا\n   *[other] { $n } مركز\n}\nhello = مرحبا { $name } أهلا\nplain = حفظ";

    fn catalogue() -> Arc<Catalogue> {
        Catalogue::load(&[(Lang::En, EN), (Lang::Ar, AR)]).unwrap()
    }

    #[test]
    fn counts_choose_the_plural_form_and_are_grouped() {
        let english = catalogue().texts(Lang::En);
        assert_eq!(english.ta("stations", &[("n", 1u64.into())]), "1 polling station");
        assert_eq!(english.ta("stations", &[("n", 10_004u64.into())]), "10,004 polling stations");
        let big = english.ta("stations", &[("n", ((1u64 << 53) + 1).into())]);
        assert_eq!(big, "9,007,199,254,740,993 polling stations");
    }

    /// CLDR plural rules of Arabic: zero, one, two, few (3-10), many (11-99), other.
    #[test]
    fn arabic_has_six_plural_forms() {
        let arabic = catalogue().texts(Lang::Ar);
        let of = |n: u64| arabic.ta("stations", &[("n", n.into())]);
        assert_eq!(of(0), "لا مراكز");
        assert_eq!(of(1), "مركز واحد");
        assert_eq!(of(2), "مركزان");
        assert_eq!(of(7), "7 مراكز");
        assert_eq!(of(11), "11 مركزا");
        assert_eq!(of(100), "100 مركز");
    }

    #[test]
    fn values_stand_in_bdi_and_cannot_break_out() {
        let arabic = catalogue().texts(Lang::Ar);
        let name = "<b>\u{2069}x";
        assert_eq!(arabic.html("hello", &[("name", name.into())]), "مرحبا <bdi>&lt;b&gt;x</bdi> أهلا");
        assert_eq!(arabic.ta("hello", &[("name", name.into())]), "مرحبا <b>x أهلا");
    }

    #[test]
    fn a_missing_key_shows_itself() {
        assert_eq!(catalogue().texts(Lang::En).t("nowhere"), "[nowhere]");
        assert!(!catalogue().texts(Lang::Fr).has("plain"));
    }

    #[test]
    fn broken_and_repeated_sources_are_refused() {
        assert!(matches!(Catalogue::load(&[(Lang::En, "a = { $x")]), Err(TextsFault::Syntax("en", _))));
        assert!(matches!(
            Catalogue::load(&[(Lang::En, "a = 1"), (Lang::En, "a = 2")]),
            Err(TextsFault::Twice("en", _))
        ));
    }
}
