//! Addresses of a site as files that any web server finds, and pages that lead to them.
//!
//! A page `/a/b` is the file `a/b/index.html`. Web servers pass over what follows a question mark, so a page with
//! parameters, or in another language than English, is a page of its own: `/a/b?unit=7&lang=fr` is
//! `a/b/~unit=7,lang=fr/index.html`.

use scr_i18n::Lang;
use std::fmt::Write as _;

/// Longest name of a folder for parameters: longer ones are named by their hash.
const MAX_QUERY_NAME: usize = 150;
/// Longest address that is followed.
const MAX_ADDRESS: usize = 2_000;
/// Endings of files; an id of an election may have a dot as well.
const ENDINGS: [&str; 11] = ["atom", "css", "csv", "html", "js", "json", "mjs", "png", "svg", "woff2", "xml"];

/// An address on the site, without its fragment, its language apart.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Address {
    /// As it is asked for, without parameters.
    path: String,
    /// The other parameters, as they are asked for.
    query: String,
    /// The language that it states.
    pub(crate) lang: Option<Lang>,
}

impl Address {
    /// An address of this site, as a page names it; nothing for one elsewhere or one that names no file.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.split('#').next().unwrap_or_default();
        if !text.starts_with('/') || text.starts_with("//") || text.len() > MAX_ADDRESS {
            return None;
        }
        let (path, query) = text.split_once('?').unwrap_or((text, ""));
        let path = if path.len() > 1 { path.trim_end_matches('/') } else { path };
        path.split('/').skip(1).try_for_each(|part| segment(part).map(|_| ()))?;
        if query.bytes().any(|b| b.is_ascii_control() || b.is_ascii_whitespace()) {
            return None;
        }
        // One file for every language: it reads its address itself.
        let query = if path == "/verify.html" { "" } else { query };
        let parts = query.split('&').filter(|part| !part.is_empty());
        let (languages, others): (Vec<&str>, Vec<&str>) = parts.partition(|part| part.starts_with("lang="));
        let lang = languages.first().and_then(|part| Lang::parse(part.trim_start_matches("lang=")));
        Some(Self { path: path.to_owned(), query: others.join("&"), lang })
    }

    /// The part without parameters.
    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    /// The same in this language, or in none.
    pub(crate) fn in_language(&self, lang: Option<Lang>) -> Self {
        Self { lang, ..self.clone() }
    }

    /// As it is asked for.
    pub(crate) fn to_request(&self) -> String {
        let lang = self.lang.map(|lang| format!("lang={}", lang.code()));
        let parts: Vec<&str> = [self.query.as_str(), lang.as_deref().unwrap_or_default()]
            .into_iter()
            .filter(|p| !p.is_empty())
            .collect();
        if parts.is_empty() { self.path.clone() } else { format!("{}?{}", self.path, parts.join("&")) }
    }

    /// The file for what was answered: a page, or a file that has a name or takes that of its form.
    pub(crate) fn file(&self, body: &[u8]) -> String {
        let (folder, name) = self.path.rsplit_once('/').unwrap_or_default();
        let decoded = |path: &str| path.split('/').filter_map(segment).collect::<Vec<_>>().join("/");
        let parameters = self.folder_of_parameters();
        let (folder, name) = if self.is_named() {
            (decoded(folder), segment(name).unwrap_or_default())
        } else {
            (decoded(&self.path), format!("index.{}", form(body)))
        };
        let parts = [folder.trim_start_matches('/'), &parameters, &name];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/")
    }

    /// Whether it names a file: `/verify.html`, `/log/entry/7`, `/objects/…`. Every other address is a page, or
    /// takes the name of its form.
    pub(crate) fn is_named(&self) -> bool {
        let ending = self.path.rsplit('/').next().and_then(|name| name.rsplit_once('.'));
        ending.is_some_and(|(_, ending)| ENDINGS.contains(&ending))
            || ["/log/", "/objects/"].iter().any(|begin| self.path.starts_with(begin))
    }

    fn folder_of_parameters(&self) -> String {
        let english = self.lang.is_none_or(|lang| lang == Lang::En);
        let lang = if english { String::new() } else { format!("lang={}", self.lang.map_or("", Lang::code)) };
        let parts: Vec<&str> =
            [self.query.as_str(), &lang].into_iter().filter(|part| !part.is_empty()).collect();
        if parts.is_empty() {
            return String::new();
        }
        let mut name = "~".to_owned();
        for byte in parts.join("&").bytes() {
            match byte {
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'=' | b'.' | b'-' => name.push(char::from(byte)),
                b'&' => name.push(','),
                _ => {
                    let _ = write!(name, "_{byte:02X}");
                }
            }
        }
        if name.len() <= MAX_QUERY_NAME {
            return name;
        }
        format!("~{}", scr_canon::sha256(name.as_bytes()).to_hex())
    }
}

/// One part of a path, decoded; nothing for one that cannot be the name of a file.
fn segment(part: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = part.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(if byte == b'%' {
            let digits = [rest.next()?, rest.next()?];
            u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?
        } else {
            byte
        });
    }
    let name = String::from_utf8(bytes).ok()?;
    let is_name = !matches!(name.as_str(), "." | "..")
        && !name.starts_with('~')
        && name.len() <= 200
        && !name.chars().any(|letter| letter.is_control() || matches!(letter, '/' | '\\' | '\0'));
    is_name.then_some(name)
}

/// The form of what was answered under a name that does not say it.
fn form(body: &[u8]) -> &'static str {
    match body.trim_ascii_start().first() {
        Some(b'{' | b'[') => "json",
        Some(b'<') if is_page(body) => "html",
        Some(b'<') => "xml",
        _ => "txt",
    }
}

/// Whether this is a page.
pub(crate) fn is_page(body: &[u8]) -> bool {
    body.trim_ascii_start().get(..9).is_some_and(|begin| begin.eq_ignore_ascii_case(b"<!doctype"))
}

/// The address under which a web server gives this file.
pub(crate) fn link(file: &str) -> String {
    let file = file.strip_suffix("index.html").unwrap_or(file);
    file.bytes().fold("/".to_owned(), |mut link, byte| {
        if byte.is_ascii_alphanumeric() || b"/-._~=,".contains(&byte) {
            link.push(char::from(byte));
        } else {
            let _ = write!(link, "%{byte:02X}");
        }
        link
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &[u8] = b"<!DOCTYPE html><p>";

    fn file(address: &str, body: &[u8]) -> String {
        Address::parse(address).unwrap().file(body)
    }

    #[test]
    fn every_address_is_a_file_that_a_web_server_finds() {
        for (address, wanted) in [
            ("/", "index.html"),
            ("/elections/x", "elections/x/index.html"),
            ("/elections/x/?lang=en#top", "elections/x/index.html"),
            ("/?lang=ar", "~lang=ar/index.html"),
            ("/a/unit?unit=4%2F7&lang=fr", "a/unit/~unit=4_252F7,lang=fr/index.html"),
            ("/elections/caf%C3%A9", "elections/café/index.html"),
            ("/verify.html", "verify.html"),
            ("/verify.html?lang=fr", "verify.html"),
            ("/elections/lindenland.2026", "elections/lindenland.2026/index.html"),
            ("/log/proof/7", "log/proof/7"),
            ("/a/map.svg?by=votes", "a/~by=votes/map.svg"),
        ] {
            assert_eq!(file(address, PAGE), wanted, "{address}");
        }
        assert_eq!(file("/a/receipt?unit=1", b"{\"a\":1}"), "a/receipt/~unit=1/index.json");
        assert_eq!(link("elections/café/~lang=fr/index.html"), "/elections/caf%C3%A9/~lang=fr/");
        let long = format!("/a?q={}", "x".repeat(400));
        assert_eq!(file(&long, PAGE).len(), "a/~/index.html".len() + 64);
    }

    #[test]
    fn what_could_leave_the_folder_is_no_address() {
        for address in [
            "//other",
            "https://other/",
            "/a/../b",
            "/a/%2e%2e/b",
            "/a%2Fb",
            "/a%00",
            "/~x",
            "/a\\b",
            "/%zz",
            "x",
        ] {
            assert_eq!(Address::parse(address), None, "{address}");
        }
    }
}
