//! Addresses of other servers: which are taken, what of them may be shown, and which machines are never asked.

use ureq::http::Uri;

/// Longest address, in bytes.
const MAX_BYTES: usize = 2_000;
/// Parts of a path from this length on may be keys.
const LONG: usize = 16;

/// An address with `https://` or `http://`, without a login in it.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Address {
    uri: Uri,
}

/// Shows what everybody may see of it: logs have no secret from here.
impl std::fmt::Debug for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.shown())
    }
}

impl Address {
    /// Reads an address. `None` where it is none, has a login before the host, or a fragment.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let is_odd = |c: char| c.is_whitespace() || c.is_control() || "\\#".contains(c);
        if text.len() > MAX_BYTES || text.contains(is_odd) {
            return None;
        }
        let uri: Uri = text.parse().ok()?;
        let authority = uri.authority()?;
        let is_fine = matches!(uri.scheme_str(), Some("https" | "http"))
            && !authority.as_str().contains('@')
            && !authority.host().is_empty();
        is_fine.then_some(Self { uri })
    }

    /// The whole address, with what may be a secret in it.
    pub(crate) fn whole(&self) -> String {
        self.uri.to_string()
    }

    pub(crate) fn uri(&self) -> &Uri {
        &self.uri
    }

    pub(crate) fn is_https(&self) -> bool {
        self.uri.scheme_str() == Some("https")
    }

    /// Scheme, host and port.
    pub(crate) fn server(&self) -> String {
        let authority = self.uri.authority().map_or("", |authority| authority.as_str());
        format!("{}://{}", self.uri.scheme_str().unwrap_or_default(), authority.to_ascii_lowercase())
    }

    fn path(&self) -> &str {
        self.uri.path()
    }

    /// Whether the path is the root.
    pub(crate) fn is_bare(&self) -> bool {
        matches!(self.path(), "" | "/")
    }

    /// What may be shown: without values after `?`, and without parts of the path that may be a key.
    pub(crate) fn shown(&self) -> String {
        let parts: Vec<&str> =
            self.path().split('/').map(|part| if is_key(part) { "…" } else { part }).collect();
        let query = if self.uri.query().is_some() { "?…" } else { "" };
        format!("{}{}{query}", self.server(), parts.join("/"))
    }

    /// An address that stands in an answer of this one: whole, from the root of the server on, or below this one.
    pub(crate) fn join(&self, to: &str) -> Option<Self> {
        if to.contains("://") {
            return Self::read(to);
        }
        if to.starts_with("//") {
            return Self::read(&format!("{}:{to}", self.uri.scheme_str()?));
        }
        let path = if to.starts_with('/') {
            to.to_owned()
        } else {
            format!("{}{to}", self.path().rsplit_once('/').map_or("/".to_owned(), |(up, _)| format!("{up}/")))
        };
        Self::read(&format!("{}{path}", self.server()))
    }

    /// This address, as a folder, with something below it.
    pub(crate) fn below(&self, name: &str) -> Option<Self> {
        Self::read(&format!("{}{}/{name}", self.server(), self.path().trim_end_matches('/')))
    }

    /// With these parameters after those that it has.
    pub(crate) fn with_query(&self, pairs: &[(&str, &str)]) -> Option<Self> {
        let mut text = self.whole();
        for (name, value) in pairs {
            text.push(if text.contains('?') { '&' } else { '?' });
            text.push_str(&format!("{name}={}", scr_web::in_address(value)));
        }
        Self::read(&text)
    }

    /// Without its last part, where that is `name`.
    pub(crate) fn without_last(&self, name: &str) -> Option<Self> {
        let up = self.path().trim_end_matches('/').strip_suffix(name)?;
        up.ends_with('/').then(|| Self::read(&format!("{}{up}", self.server())))?
    }
}

/// Whether a part of a path may be a key: long, of letters and digits mixed, and no UUID.
fn is_key(part: &str) -> bool {
    let has = |test: fn(&char) -> bool| part.chars().any(|c| test(&c));
    part.len() >= LONG
        && !(part.len() == 36 && uuid::Uuid::try_parse(part).is_ok())
        && has(char::is_ascii_digit)
        && has(char::is_ascii_alphabetic)
        && !part.ends_with(".json")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_are_taken() {
        for text in ["https://taxii.example/taxii2/", "http://10.0.0.1:8080/x", "https://[2001:db8::1]/"] {
            assert!(Address::read(text).is_some(), "{text}");
        }
        let wrong = [
            "taxii.example",
            "ftp://a.example/",
            "https://",
            "https://user:word@a.example/",
            "https://a.example/#x",
            "https://a.example/a b",
            "https://a.example\\@b.example/",
            "file:///etc/passwd",
        ];
        for text in wrong {
            assert!(Address::read(text).is_none(), "{text}");
        }
    }

    #[test]
    fn what_may_be_a_key_is_not_shown() {
        let shown = |text: &str| Address::read(text).unwrap().shown();
        assert_eq!(
            shown("https://f.example/feed/8f14e45fceea167a5a36/misp/"),
            "https://f.example/feed/…/misp/"
        );
        assert_eq!(shown("https://f.example/feed?key=geheim"), "https://f.example/feed?…");
        let plain = "https://t.example/root/collections/365fed99-08fa-fdcd-a1b3-fb247eb41d01/objects/";
        assert_eq!(shown(plain), plain, "ids of collections are no keys");
        assert_eq!(
            format!("{:?}", Address::read("https://f.example/?k=geheim").unwrap()),
            "https://f.example/?…"
        );
    }

    #[test]
    fn addresses_within_answers() {
        let base = Address::read("https://t.example/taxii2/?x=1").unwrap();
        let to = |text: &str| base.join(text).map(|address| address.whole());
        assert_eq!(to("/root/").as_deref(), Some("https://t.example/root/"));
        assert_eq!(to("root/").as_deref(), Some("https://t.example/taxii2/root/"));
        assert_eq!(to("//o.example/r/").as_deref(), Some("https://o.example/r/"));
        assert_eq!(to("https://o.example/r/").as_deref(), Some("https://o.example/r/"));
        assert_eq!(to("javascript://x"), None);
        let below = base.below("manifest.json").unwrap();
        assert_eq!(below.whole(), "https://t.example/taxii2/manifest.json");
        let asked = below.with_query(&[("added_after", "2026-01-01T00:00:00Z"), ("next", "a&b")]).unwrap();
        assert_eq!(
            asked.whole(),
            "https://t.example/taxii2/manifest.json?added_after=2026-01-01T00%3A00%3A00Z&next=a%26b"
        );
    }
}
