//! Published results as files, and the feed of publications.

use super::home::{Shown, shown};
use super::read::{self as rows, ContestRow, ElectionRow};
use super::{encode, fault, not_published, plain, read};
use crate::views::MAX_TABLE_BYTES;
use axum::extract::{Path, State};
use scr_canon::Hash32;
use scr_engine::utc_text;
use scr_results::Table;
use scr_results::export::safe_cell;
use scr_results::published;
use scr_web::{App, Reply, Visit};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::sync::Arc;

/// The election with what is published of each contest.
type Published = (ElectionRow, Vec<(ContestRow, Shown)>);

fn published_contests(app: &Arc<App>, visit: &Visit, id: &str) -> Result<Published, Box<Reply>> {
    read(app, visit, |views| {
        let Some(election) = rows::election(views, id)? else { return Ok(None) };
        let mut out = Vec::new();
        for contest in rows::contests(views, id)? {
            if let Some(now) = shown(app, visit, views, id, &contest)? {
                out.push((contest, now));
            }
        }
        Ok(Some((election, out)))
    })
}

fn table_of(app: &Arc<App>, shown: &Shown) -> Result<Table, String> {
    let hash: Hash32 = shown.table.object.parse().map_err(|e| format!("{e}"))?;
    let bytes = app.engine.objects().get(&hash, MAX_TABLE_BYTES).map_err(|e| e.to_string())?;
    published::read(&bytes.ok_or("the object is not here")?).map_err(|e| e.to_string())
}

/// One line for each unit and column: long, so that every contest fits into one file.
pub(crate) async fn csv(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    let (election, contests) = match published_contests(&app, &visit, &id) {
        Ok(found) => found,
        Err(reply) => return *reply,
    };
    if contests.is_empty() {
        return not_published(&visit);
    }
    let mut out = String::from("election,contest,source,version,entry,unit,part,name,kind,column,value\r\n");
    for (contest, shown) in &contests {
        let table = match table_of(&app, shown) {
            Ok(table) => table,
            Err(what) => return fault(&visit, &what),
        };
        for row in table.units() {
            for column in table.columns() {
                let Some(value) = row.value(column) else { continue };
                let kind = if matches!(column, scr_results::Column::Field(_)) { "field" } else { "votes" };
                let cells = [
                    election.id.as_str(),
                    &contest.id,
                    &shown.publication.source,
                    &shown.publication.version.to_string(),
                    &shown.table.index.to_string(),
                    row.unit(),
                    row.part().unwrap_or_default(),
                    row.name(),
                    kind,
                    table.column_name(column),
                    &value.to_string(),
                ];
                out.push_str(&cells.map(quoted).join(","));
                out.push_str("\r\n");
            }
        }
    }
    Reply::from(plain("text/csv; charset=utf-8; header=present", out))
}

/// RFC 4180, and safe to open in a spreadsheet.
fn quoted(cell: &str) -> String {
    let cell = safe_cell(cell);
    if cell.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_string()
    }
}

pub(crate) async fn json(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    let (election, contests) = match published_contests(&app, &visit, &id) {
        Ok(found) => found,
        Err(reply) => return *reply,
    };
    let mut all: Vec<Value> = Vec::new();
    for (contest, shown) in &contests {
        let table = match table_of(&app, shown) {
            Ok(table) => table,
            Err(what) => return fault(&visit, &what),
        };
        let units: Vec<Value> = table
            .units()
            .map(|row| {
                let numbers: serde_json::Map<String, Value> = table
                    .columns()
                    .filter_map(|column| {
                        Some((table.column_name(column).to_owned(), json!(row.value(column)?)))
                    })
                    .collect();
                json!({"unit": row.unit(), "part": row.part(), "name": row.name(), "numbers": numbers})
            })
            .collect();
        all.push(json!({
            "contest": contest.id, "title": contest.title, "status": shown.publication.status,
            "source": shown.publication.source, "version": shown.publication.version,
            "contestants": contest.contestants,
            "recorded": {"import_entry": shown.table.index, "publication_entry": shown.publication.index,
                "published_at": utc_text(shown.publication.at), "log": app.engine.ledger().origin()},
            "units": units,
        }));
    }
    let document =
        json!({"election": election.id, "title": election.title, "day": election.day, "contests": all});
    Reply::from(plain("application/json", document.to_string()))
}

/// Atom (RFC 4287): one entry for each publication, named by its place in the log.
pub(crate) async fn feed(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
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
    Reply::from(plain("application/atom+xml", out))
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
