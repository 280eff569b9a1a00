//! Pages whose links lead to files.

use super::address::{Address, link};
use scr_i18n::Lang;
use std::collections::BTreeMap;

/// Attributes that lead somewhere.
const NAMES: [&str; 3] = [" href=\"", " src=\"", " action=\""];

/// What a page leads to, as it stands in it.
pub(crate) fn values(html: &str) -> impl Iterator<Item = &str> {
    html.split('<').flat_map(|tag| {
        let tag = tag.split('>').next().unwrap_or_default();
        NAMES.iter().filter_map(|name| tag.split_once(name)?.1.split('"').next())
    })
}

/// A value of an attribute without its escapes, as far as addresses have them.
pub(crate) fn unescaped(value: &str) -> String {
    value.replace("&#38;", "&").replace("&#x26;", "&").replace("&#39;", "'").replace("&amp;", "&")
}

/// What is known of the copy when its pages are written.
pub(crate) struct Links<'a> {
    pub(crate) files: &'a BTreeMap<Address, String>,
    /// Where links lead that need a server.
    pub(crate) site: Option<&'a str>,
    /// What stands in place of a form, where there is no such server.
    pub(crate) words: &'a str,
    /// The page's own language: its links stay in it.
    pub(crate) lang: Lang,
}

/// Where an attribute is to lead.
enum Target {
    Kept,
    To(String),
    Nowhere,
}

impl Links<'_> {
    /// The page with its links leading to files. What needs a server leads to the site, or is taken out.
    pub(crate) fn rewritten(&self, html: &str) -> String {
        let mut out = String::with_capacity(html.len() + html.len() / 8);
        let mut rest = html;
        let mut is_said = false;
        while let Some((text, after)) = rest.split_once('<') {
            out.push_str(text);
            let (tag, after) = after.split_once('>').unwrap_or((after, ""));
            rest = after;
            if tag.starts_with("form ") && self.site.is_none() {
                rest = after.split_once("</form>").map_or("", |(_, after)| after);
                if !is_said {
                    out.push_str(self.words);
                }
                is_said = true;
            } else if let Some(tag) = self.tag(tag) {
                out.push('<');
                out.push_str(&tag);
                out.push('>');
            } else {
                rest = without_link(&mut out, after);
            }
        }
        out.push_str(rest);
        out
    }

    /// A tag that leads to files; nothing for a link to what only people with a login have.
    fn tag(&self, tag: &str) -> Option<String> {
        let mut tag = tag.to_owned();
        for name in NAMES {
            let Some((before, after)) = tag.split_once(name) else { continue };
            let Some((value, after)) = after.split_once('"') else { continue };
            let value = unescaped(value);
            let target = match self.site {
                // Files answer no form.
                Some(site) if tag.starts_with("form ") => Target::To(format!("{site}{value}")),
                _ => self.target(&value),
            };
            match target {
                Target::Kept => {}
                Target::To(to) => tag = format!("{before}{name}{}\"{after}", to.replace('&', "&amp;")),
                Target::Nowhere if tag.starts_with("a ") && value.starts_with("/desk") => return None,
                Target::Nowhere => tag = format!("{before}{after}"),
            }
        }
        Some(tag)
    }

    fn target(&self, value: &str) -> Target {
        let Some(address) = Address::parse(value) else { return Target::Kept };
        if address.path() == "/verify.html" {
            return Target::Kept;
        }
        let fragment = value.split_once('#').map_or(String::new(), |(_, part)| format!("#{part}"));
        // A file is the same in every language, unless its address states one.
        let wanted = address.lang.or(Some(self.lang));
        let tries = [address.in_language(wanted), address.clone(), address.in_language(None)];
        match (tries.iter().find_map(|one| self.files.get(one)), self.site) {
            (Some(file), _) => Target::To(format!("{}{fragment}", link(file))),
            (None, Some(site)) => Target::To(format!("{site}{value}")),
            (None, None) => Target::Nowhere,
        }
    }
}

/// Leaves a link out, with the point of a list that holds nothing else.
fn without_link<'a>(out: &mut String, after: &'a str) -> &'a str {
    let after = after.split_once("</a>").map_or("", |(_, after)| after);
    match (out.strip_suffix("<li>"), after.strip_prefix("</li>")) {
        (Some(before), Some(after)) => {
            out.truncate(before.len());
            after
        }
        _ => after,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &[u8] = b"<!DOCTYPE html><p>";

    fn files() -> BTreeMap<Address, String> {
        let known = |address: &str, body: &[u8]| {
            let address = Address::parse(address).unwrap();
            let file = address.file(body);
            (address, file)
        };
        BTreeMap::from([
            known("/a?lang=en", PAGE),
            known("/a?lang=fr", PAGE),
            known("/b?u=1&lang=fr", PAGE),
            known("/s/x.css", b"p {}"),
        ])
    }

    #[test]
    fn links_stay_in_their_language_and_lead_to_files() {
        let files = files();
        let links = Links { files: &files, site: Some("https://live.example"), words: "", lang: Lang::Fr };
        let html = r##"<a class="x" href="/a#x">1</a> <a href="/b?u=1&#38;lang=fr">2</a> <a href="/a?lang=en">3</a>
<link href="/s/x.css"> <form action="/a?a=1&amp;b=2"> <a href="https://other/">4</a> <a href="#top">5</a> <a href="/verify.html?lang=fr">6</a>"##;
        let wanted = r##"<a class="x" href="/a/~lang=fr/#x">1</a> <a href="/b/~u=1,lang=fr/">2</a> <a href="/a/">3</a>
<link href="/s/x.css"> <form action="https://live.example/a?a=1&amp;b=2"> <a href="https://other/">4</a> <a href="#top">5</a> <a href="/verify.html?lang=fr">6</a>"##;
        assert_eq!(links.rewritten(html), wanted);
        assert_eq!(values(html).count(), 8);
    }

    #[test]
    fn what_needs_a_server_is_said_once_and_taken_out() {
        let files = files();
        let links = Links { files: &files, site: None, words: "<p>no server</p>", lang: Lang::En };
        let html = r#"<form method="get" action="/a"><input name="q"></form><ul><li><a href="/a">1</a></li><li><a href="/desk">For officials</a></li></ul><form action="/x"></form><p><a href="/gone" class="y">2</a> <a href="/desk/x">3</a></p>"#;
        let wanted = r#"<p>no server</p><ul><li><a href="/a/">1</a></li></ul><p><a class="y">2</a> </p>"#;
        assert_eq!(links.rewritten(html), wanted);
    }
}
