//! The feed of publications, bound to the record: each entry is named by its place in the log.

use super::read as rows;
use super::{encode, plain, read};
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use scr_engine::utc_text;
use scr_web::api::{fresh, tagged};
use scr_web::{App, Reply, Visit};
use std::fmt::Write as _;
use std::sync::Arc;

/// Atom (RFC 4287): one entry for each publication, named by its place in the log.
pub(crate) async fn feed(
    State(app): State<Arc<App>>,
    visit: Visit,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Reply {
    let found = read(&app, &visit, |views| {
        let Some(election) = rows::election(views, &id)? else { return Ok(None) };
        let mut items = Vec::new();
        for contest in rows::contests(views, &id)? {
            for publication in rows::publications(views, &id, &contest.id)? {
                items.push((contest.clone(), publication));
            }
        }
        Ok(Some((election, items)))
    });
    let (election, mut items) = match found {
        Ok(found) => found,
        Err(reply) => return *reply,
    };
    items.sort_by_key(|(_, publication)| std::cmp::Reverse(publication.index));
    let newest = items.first().map_or(election.index, |(_, p)| p.index);
    let tag = format!("feed-{}-{newest}", visit.lang_code());
    if let Some(unchanged) = fresh(&headers, &tag) {
        return unchanged.into();
    }
    let origin = app.engine.ledger().origin();
    let updated = items.first().map_or(election.at, |(_, p)| p.at);
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n<id>tag:{},2026:election/{}</id>\n<title>{}</title>\n<updated>{}</updated>\n<author><name>{}</name></author>\n",
        host(origin),
        xml(&election.id),
        xml(&election.title),
        utc_text(updated),
        xml(origin)
    );
    for (contest, p) in &items {
        // i18n: results-feed-entry
        let title = visit
            .ta("results-feed-entry", &[("contest", (&contest.title).into()), ("version", p.version.into())]);
        let _ = writeln!(
            out,
            "<entry><id>tag:{},2026:log/{}/{}</id><title>{}</title><updated>{}</updated><link rel=\"alternate\" href=\"/elections/{}/contests/{}\"/><link rel=\"related\" href=\"/receipts/{}\"/><summary>{}</summary></entry>",
            host(origin),
            xml(origin),
            p.index,
            xml(&title),
            utc_text(p.at),
            xml(&election.id),
            encode(&contest.id),
            p.index,
            xml(&p.reason)
        );
    }
    out.push_str("</feed>\n");
    Reply::from(tagged(plain("application/atom+xml", out), &tag))
}

/// The authority part of a tag: the log's host.
fn host(origin: &str) -> String {
    xml(origin.split('/').next().unwrap_or(origin))
}

/// Text in XML; characters that XML 1.0 does not allow are left out.
fn xml(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).fold(String::new(), |mut out, c| {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
        out
    })
}
