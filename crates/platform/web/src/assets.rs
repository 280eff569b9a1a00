//! Static files, embedded; their names carry the hash of their content.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use scr_canon::sha256;
use std::sync::OnceLock;

/// A static file.
#[derive(Debug, Clone)]
pub struct Asset {
    /// Its plain name.
    pub name: &'static str,
    /// Its address.
    pub href: String,
    media_type: &'static str,
    body: String,
}

const ICON: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><circle cx="12" cy="12" r="12" fill="#fff"/><circle cx="12" cy="12" r="9.5" fill="none" stroke="#0b5566" stroke-width="3" pathLength="4" stroke-dasharray="0.86 0.14" transform="rotate(-83 12 12)"/><path d="M7.5 12.2l3.1 3.1 6-6.4" fill="none" stroke="#0b5566" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round"/></svg>"##;
pub(crate) const TOKENS: &str = include_str!("../assets/tokens.css");

fn all() -> &'static [Asset] {
    static ALL: OnceLock<Vec<Asset>> = OnceLock::new();
    ALL.get_or_init(|| {
        let css =
            [TOKENS, include_str!("../assets/base.css"), include_str!("../assets/components.css")].concat();
        vec![
            embed("scrutineer.css", "text/css; charset=utf-8", css),
            embed(
                "passkey.js",
                "text/javascript; charset=utf-8",
                include_str!("../assets/passkey.js").into(),
            ),
            embed("board.js", "text/javascript; charset=utf-8", include_str!("../assets/board.js").into()),
            embed("icon.svg", "image/svg+xml", ICON.into()),
        ]
    })
}

fn embed(name: &'static str, media_type: &'static str, body: String) -> Asset {
    let hash = sha256(body.as_bytes()).to_hex();
    Asset { name, href: format!("/static/{}/{name}", &hash[..16]), media_type, body }
}

/// The file of this name; the style sheet when there is none.
pub fn asset(name: &str) -> Asset {
    let all = all();
    all.iter().find(|asset| asset.name == name).unwrap_or(&all[0]).clone()
}

pub(crate) async fn serve(Path((hash, name)): Path<(String, String)>) -> Response {
    let wanted = format!("/static/{hash}/{name}");
    match all().iter().find(|asset| asset.href == wanted) {
        Some(asset) => {
            let cache = "public, max-age=31536000, immutable";
            let headers = [(header::CONTENT_TYPE, asset.media_type), (header::CACHE_CONTROL, cache)];
            (headers, asset.body.clone()).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(hex: &str) -> f64 {
        let part = |i: usize| {
            let v = f64::from(u8::from_str_radix(&hex[i..i + 2], 16).unwrap()) / 255.0;
            if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    }

    /// WCAG 2.2: contrast ratio.
    fn contrast(a: &str, b: &str) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn values(block: &str) -> std::collections::BTreeMap<&str, &str> {
        block
            .lines()
            .filter_map(|line| line.trim().strip_prefix("--")?.strip_suffix(';')?.split_once(": "))
            .filter(|(_, value)| value.starts_with('#'))
            .collect()
    }

    #[test]
    fn colours_keep_their_contrast() {
        let (light, dark) = TOKENS.split_once("@media").unwrap();
        for (scheme, colours) in [("light", values(light)), ("dark", values(dark))] {
            let check = |a: &str, b: &str, least: f64| {
                let ratio = contrast(colours[a], colours[b]);
                assert!(ratio >= least, "{scheme}: {a} on {b} is {ratio:.2}, must be {least}");
            };
            for tint in ["paper", "tint", "accent-tint", "good-tint", "note-tint", "warn-tint", "alarm-tint"]
            {
                check("ink", tint, 7.0);
                check("ink-soft", tint, 4.5);
                check("accent", tint, 4.5);
                check("alarm", tint, 4.5);
            }
            for tone in ["good", "note", "warn", "alarm"] {
                check(tone, &format!("{tone}-tint"), 4.5);
                check(tone, "paper", 4.5);
            }
            check("on-accent", "accent", 4.5);
            for mark in ["rule-strong", "focus", "c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8"] {
                check(mark, "paper", 3.0);
            }
        }
    }

    #[test]
    fn the_style_sheet_needs_nothing_from_elsewhere() {
        let css = asset("scrutineer.css").body;
        assert!(!css.contains("url(") && !css.contains("@import") && !css.contains("http"));
        assert!(css.len() < 44_000);
    }
}
