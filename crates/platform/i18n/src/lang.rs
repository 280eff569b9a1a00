//! The languages and how one is chosen.

/// A language that every page exists in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// French.
    Fr,
    /// Spanish.
    Es,
    /// Arabic, written from right to left.
    Ar,
}

/// Longer `Accept-Language` headers are cut here: real ones have a handful of entries.
const MAX_ACCEPT_BYTES: usize = 512;

impl Lang {
    /// Every language, in the order in which a page offers them.
    pub const ALL: [Self; 4] = [Self::En, Self::Fr, Self::Es, Self::Ar];

    /// The BCP 47 tag: `lang` attribute, `?lang=` and cookie value.
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
            Self::Es => "es",
            Self::Ar => "ar",
        }
    }

    /// The direction of its script: the `dir` attribute.
    pub fn dir(self) -> &'static str {
        if self == Self::Ar { "rtl" } else { "ltr" }
    }

    /// True when it is written from right to left.
    pub fn is_rtl(self) -> bool {
        self == Self::Ar
    }

    /// What its speakers call it.
    pub fn own_name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Fr => "Français",
            Self::Es => "Español",
            Self::Ar => "العربية",
        }
    }

    /// Whether a native speaker has signed its texts. English is what the authors wrote.
    pub fn is_reviewed(self) -> bool {
        self == Self::En
    }

    /// The language of a tag such as `fr` or `fr-CA`.
    pub fn parse(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|lang| lang.code().eq_ignore_ascii_case(primary))
    }

    /// The reader's language: the address decides (`?lang=`), then the cookie, then the browser's
    /// `Accept-Language` (RFC 9110 section 12.5.4) by weight, then English.
    pub fn negotiate(query: Option<&str>, cookie: Option<&str>, accept: Option<&str>) -> Self {
        query
            .and_then(Self::parse)
            .or_else(|| cookie.and_then(Self::parse))
            .or_else(|| accept.and_then(Self::best_of))
            .unwrap_or_default()
    }

    fn best_of(accept: &str) -> Option<Self> {
        let end = (0..=accept.len().min(MAX_ACCEPT_BYTES)).rev().find(|i| accept.is_char_boundary(*i))?;
        let mut best: Option<(u32, Self)> = None;
        for item in accept[..end].split(',') {
            let mut parts = item.split(';');
            let Some(lang) = parts.next().map(str::trim).and_then(Self::parse) else { continue };
            let weight =
                parts.find_map(|part| part.trim().strip_prefix("q=").map(thousandths)).unwrap_or(1000);
            if weight > 0 && best.is_none_or(|(highest, _)| weight > highest) {
                best = Some((weight, lang));
            }
        }
        best.map(|(_, lang)| lang)
    }
}

/// A quality value (`0`, `0.8`, `1.000`) in thousandths; 0 for anything else.
fn thousandths(text: &str) -> u32 {
    let (whole, fraction) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    if fraction.len() > 3 || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return 0;
    }
    let padded: u32 = format!("{fraction:0<3}").parse().unwrap_or(0);
    match whole {
        "0" => padded,
        "1" if padded == 0 => 1000,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_wins_over_cookie_and_browser() {
        assert_eq!(Lang::negotiate(Some("ar"), Some("fr"), Some("es")), Lang::Ar);
        assert_eq!(Lang::negotiate(Some("xx"), Some("fr"), Some("es")), Lang::Fr);
        assert_eq!(Lang::negotiate(None, None, Some("es")), Lang::Es);
        assert_eq!(Lang::negotiate(None, None, None), Lang::En);
    }

    #[test]
    fn the_browsers_wish_is_weighed() {
        assert_eq!(Lang::negotiate(None, None, Some("de, fr-CH;q=0.7, es-MX;q=0.9, en;q=0.8")), Lang::Es);
        assert_eq!(Lang::negotiate(None, None, Some("fr;q=0, de")), Lang::En);
        assert_eq!(Lang::negotiate(None, None, Some("ar;q=1.5, fr;q=0.1")), Lang::Fr);
        assert_eq!(Lang::negotiate(None, None, Some(&"é,".repeat(1000))), Lang::En);
    }

    #[test]
    fn only_arabic_runs_from_right_to_left() {
        assert_eq!(Lang::ALL.map(Lang::dir), ["ltr", "ltr", "ltr", "rtl"]);
    }
}
