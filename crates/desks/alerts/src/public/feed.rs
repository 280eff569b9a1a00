//! The feed of alerts (Atom, RFC 4287).

use super::words::{Said, sender};
use crate::issued::{self, Issued};
use crate::write;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use scr_canon::sha256;
use scr_engine::{ActError, utc_text};
use scr_web::{App, Reply, Visit, run};
use std::fmt::Write as _;
use std::sync::Arc;

/// Entries of the feed.
const MOST: u16 = 50;

/// An alert with what the feed says of it.
struct Entry {
    one: Issued,
    /// When it or what is said of it changed last.
    updated: i64,
    /// Whether its CAP message is signed.
    is_signed: bool,
}

fn entries(app: &App) -> Result<Vec<Entry>, ActError> {
    Ok(app.engine.read(|views| {
        let mut found = Vec::new();
        for one in issued::of_election(views, None, None, MOST)? {
            let mut updated = one.at;
            for index in issued::superseded_by(views, one.index)? {
                updated = updated.max(issued::at(views, index)?.map_or(0, |later| later.at));
            }
            let cap = write::cap_of(views, one.index)?;
            updated = updated.max(cap.map_or(0, |(_, at, _)| at));
            found.push(Entry { one, updated, is_signed: cap.is_some() });
        }
        Ok(found)
    })?)
}

/// Text for XML, without the characters that it does not have.
fn escape(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut out, letter| {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' => out.push(letter),
            '\u{fffe}' | '\u{ffff}' => {}
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
        out
    })
}

fn feed(app: &App, visit: &Visit, entries: &[Entry]) -> String {
    let site = app.config.site.as_deref().unwrap_or_default().trim_end_matches('/');
    let origin = app.engine.ledger().origin();
    // An alert of a log exists before any: its feed is as old as nothing.
    let updated = utc_text(entries.iter().map(|entry| entry.updated).max().unwrap_or(0));
    let lang = visit.lang_code();
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    let _ = write!(
        out,
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{lang}\">\n<id>https://{}/alerts</id>\n<title>{}</title>\n\
         <updated>{updated}</updated>\n<link rel=\"self\" type=\"application/atom+xml\" href=\"{site}/alerts/feed.atom\"/>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{site}/alerts\"/>\n<author><name>{}</name></author>\n",
        escape(origin),
        escape(&visit.t("alerts-public-feed")),
        escape(origin),
    );
    for entry in entries {
        one(&mut out, app, visit, (entry, site));
    }
    out.push_str("</feed>\n");
    out
}

fn one(out: &mut String, app: &App, visit: &Visit, (entry, site): (&Entry, &str)) {
    let one = &entry.one;
    let said = Said::of(one, visit.lang_code(), "public");
    let href = format!("{site}/alerts/{}", one.id);
    let _ = write!(
        out,
        "<entry xml:lang=\"{}\">\n<id>urn:uuid:{}</id>\n<title>{}</title>\n<updated>{}</updated>\n<published>{}</published>\n\
         <author><name>{}</name></author>\n<link rel=\"alternate\" type=\"text/html\" href=\"{href}\"/>\n",
        said.language,
        escape(&one.id),
        escape(&said.headline),
        utc_text(entry.updated),
        utc_text(one.at),
        escape(&sender(app, one)),
    );
    if entry.is_signed {
        let _ = writeln!(out, "<link rel=\"enclosure\" type=\"application/cap+xml\" href=\"{href}.cap\"/>");
    }
    let status = write::status_word(one.text.status);
    let _ =
        writeln!(out, "<category term=\"{status}\"/>\n<category term=\"{}\"/>", escape(&one.content.event));
    let text = [said.words.description, said.words.instruction].join("\n\n");
    let text = if text.trim().is_empty() { said.first } else { text };
    let text = write::marked(one.text.status, &said.language, &text);
    let _ = writeln!(out, "<content type=\"text\">{}</content>\n</entry>", escape(&text));
}

/// A moment as HTTP writes it (RFC 9110, 5.6.7): `Fri, 27 Nov 2026 10:00:00 GMT`.
fn http_date(at: i64) -> String {
    const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let text = utc_text(at);
    let part = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
    let month = part(5, 7).parse::<usize>().ok().and_then(|month| MONTHS.get(month.checked_sub(1)?));
    let day = usize::try_from(at.div_euclid(86_400).rem_euclid(7)).ok().and_then(|day| DAYS.get(day));
    format!(
        "{}, {} {} {} {} GMT",
        day.unwrap_or(&"Thu"),
        part(8, 10),
        month.unwrap_or(&"Jan"),
        part(0, 4),
        part(11, 19)
    )
}

/// Whether the reader has it already: by its tag, or else by its time (RFC 9110, 13.2.2).
fn is_known(headers: &HeaderMap, tag: &str, modified: &str) -> bool {
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    match text(header::IF_NONE_MATCH) {
        Some(known) => {
            known.split(',').any(|one| one.trim().trim_start_matches("W/") == tag || one.trim() == "*")
        }
        None => text(header::IF_MODIFIED_SINCE).is_some_and(|since| since == modified),
    }
}

pub(super) async fn show(State(app): State<Arc<App>>, visit: Visit, headers: HeaderMap) -> Reply {
    run(visit, move |visit| {
        let entries = entries(&app)?;
        let body = feed(&app, visit, &entries);
        let tag = format!("\"{}\"", sha256(body.as_bytes()).to_hex().get(..32).unwrap_or_default());
        let modified = http_date(entries.iter().map(|entry| entry.updated).max().unwrap_or(0));
        let mut response: Response = if is_known(&headers, &tag, &modified) {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            ([(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")], body).into_response()
        };
        for (name, value) in [(header::ETAG, tag), (header::LAST_MODIFIED, modified)] {
            if let Ok(value) = HeaderValue::from_str(&value) {
                response.headers_mut().insert(name, value);
            }
        }
        let head = response.headers_mut();
        head.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=10"));
        head.insert(header::VARY, HeaderValue::from_static("Accept-Language, Cookie"));
        Ok(response.into())
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_written_as_http_writes_it() {
        // RFC 9110, 5.6.7.
        assert_eq!(http_date(784_111_777), "Sun, 06 Nov 1994 08:49:37 GMT");
        assert_eq!(http_date(0), "Thu, 01 Jan 1970 00:00:00 GMT");
    }

    #[test]
    fn a_reader_that_has_it_is_told_so() {
        let with = |name: header::HeaderName, value: &'static str| {
            HeaderMap::from_iter([(name, HeaderValue::from_static(value))])
        };
        assert!(is_known(&with(header::IF_NONE_MATCH, "\"x\", W/\"a\""), "\"a\"", "then"));
        assert!(!is_known(&with(header::IF_NONE_MATCH, "\"x\""), "\"a\"", "then"));
        assert!(is_known(&with(header::IF_MODIFIED_SINCE, "then"), "\"a\"", "then"));
        assert!(!is_known(&HeaderMap::new(), "\"a\"", "then"));
    }

    #[test]
    fn nothing_in_a_text_ends_an_element() {
        assert_eq!(escape("a<b>&\"\u{b}\n"), "a&lt;b&gt;&amp;&quot;\n");
    }
}
