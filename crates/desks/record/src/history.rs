//! Everything that is recorded about one subject: the page, and the file that shows that nothing is left out.

use crate::entries::{self, EntryRow, PAGE};
use askama::Template;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use rusqlite::{Connection, OptionalExtension};
use scr_canon::{Hash32, b64};
use scr_engine::{Fault, INDEX_PUBLISHED};
use scr_ledger::LedgerReader;
use scr_merkle::{inclusion_proof, leaf_hash};
use scr_note::{Checkpoint, Note};
use scr_web::components::{Crumb, Pager};
use scr_web::{App, Problem, Reply, Seal, Visit, page};
use serde_json::{Value, json};
use std::sync::Arc;

/// Longest index that is read into memory.
const MAX_INDEX_BYTES: u64 = 256 << 20;
/// As the verifier has it: longer histories are checked with the whole log.
const MAX_ENTRIES: u64 = 5_000;
const MAX_SUBJECT_BYTES: usize = 512;

/// The newest index that a checkpoint covers, as its entry states it.
struct Index {
    entry: EntryRow,
    size: u64,
    object: Hash32,
}

/// One row of an index.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    place: u64,
    line: String,
    count: u64,
}

/// What an index says of a subject: its row, or the rows between which it would stand.
struct Said {
    rows: Vec<Row>,
    leaves: Vec<Hash32>,
    count: u64,
}

fn newest_index(views: &Connection, below: u64) -> rusqlite::Result<Option<Index>> {
    let found: Option<i64> = views
        .prepare_cached(
            "SELECT idx FROM engine_event WHERE kind = ?1 AND idx < ?2 ORDER BY idx DESC LIMIT 1",
        )?
        .query_row((INDEX_PUBLISHED.name, below.cast_signed()), |row| row.get(0))
        .optional()?;
    let entry = found.map(|index| entries::at(views, index.cast_unsigned())).transpose()?.flatten();
    Ok(entry.and_then(|entry| {
        let size = entry.public.get("size")?.as_u64()?;
        let object = entry.public.get("object")?.as_str()?.parse().ok()?;
        Some(Index { entry, size, object })
    }))
}

fn index_of(app: &App) -> Result<Option<Index>, Fault> {
    let signed = app.engine.log().checkpoint().map_err(Fault::from)?.map_or(0, |checkpoint| checkpoint.size);
    app.engine.read(|views| newest_index(views, signed))
}

impl Said {
    fn of(app: &App, index: &Index, subject: &str) -> Result<Self, Fault> {
        let object = app.engine.objects().get(&index.object, MAX_INDEX_BYTES).map_err(Fault::from)?;
        let object = object.ok_or_else(|| Fault::log(&"the index's object is not here"))?;
        let text = String::from_utf8(object).map_err(|e| Fault::log(&e))?;
        let lines: Vec<&str> = text.lines().collect();
        let read = |line: &str| -> Option<(String, u64)> {
            let row: Value = serde_json::from_str(line).ok()?;
            Some((row["subject"].as_str()?.to_owned(), row["count"].as_u64()?))
        };
        let found = lines.binary_search_by(|line| {
            let named = read(line).map(|(named, _)| named).unwrap_or_default();
            named.as_str().cmp(subject)
        });
        let row = |at: usize| {
            let line = lines.get(at)?;
            Some(Row { place: at as u64, line: (*line).to_owned(), count: read(line)?.1 })
        };
        let (rows, count) = match found {
            Ok(at) => {
                let row = row(at);
                let count = row.as_ref().map_or(0, |row| row.count);
                (row.into_iter().collect(), count)
            }
            Err(at) => (at.checked_sub(1).and_then(row).into_iter().chain(row(at)).collect(), 0),
        };
        let leaves = lines.iter().map(|line| leaf_hash(line.as_bytes())).collect();
        Ok(Self { rows, leaves, count })
    }
}

/// The file that `scrutineer verify` reads; nothing where there is no index yet, or too much to show.
fn receipt(app: &App, subject: &str) -> Result<Option<Value>, Fault> {
    let Some(index) = index_of(app)? else { return Ok(None) };
    let said = Said::of(app, &index, subject)?;
    if said.count > MAX_ENTRIES {
        return Ok(None);
    }
    let log = app.engine.log();
    let Ok(proof) = log.proof(index.entry.index) else { return Ok(None) };
    // Everything below is shown under this very checkpoint; another may be signed meanwhile.
    let note: Note = proof.checkpoint.parse().map_err(|e| Fault::log(&e))?;
    let signed: Checkpoint = note.text.parse().map_err(|e| Fault::log(&e))?;
    let rows = said.rows.iter().map(|row| {
        let path = inclusion_proof(&said.leaves.as_slice(), row.place, said.leaves.len() as u64);
        let path = path.map_err(|e| Fault::log(&e))?;
        Ok(json!({"row": row.line, "row_index": row.place, "path": path}))
    });
    let rows = rows.collect::<Result<Vec<Value>, Fault>>()?;
    let consistency = log.consistency(index.size, signed.size).map_err(Fault::from)?;
    let entries = shown_entries(log, subject, said.count, signed.size)?;
    Ok(Some(json!({"type": "scrutineer/history/1", "subject": subject, "rows": rows,
        "proof": proof.to_string(), "consistency": consistency, "entries": entries})))
}

fn shown_entries(log: &LedgerReader, subject: &str, count: u64, size: u64) -> Result<Vec<Value>, Fault> {
    let limit = usize::try_from(count).unwrap_or(usize::MAX);
    let history =
        if limit == 0 { Vec::new() } else { log.history(subject, 0, limit).map_err(Fault::from)? };
    let one = |(_, index): &(u64, u64)| {
        let entry = log.entry(*index).map_err(Fault::from)?;
        let path = log.inclusion(*index, size).map_err(Fault::from)?;
        Ok(json!({"entry": b64(&entry), "index": index, "path": path}))
    };
    history.iter().map(one).collect()
}

/// An entry about the subject, with its number among these.
struct Line {
    number: u64,
    entry: EntryRow,
    seal: Seal,
}

#[derive(Template)]
#[template(path = "record/about.html")]
struct AboutPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    subject: &'a str,
    count: u64,
    lines: Vec<Line>,
    pager: Pager,
    /// The index's entry, how many it states, and of how many entries.
    index: Option<(EntryRow, u64, u64)>,
}

impl AboutPage<'_> {
    fn is_short(&self) -> bool {
        self.index.as_ref().is_some_and(|(_, stated, _)| *stated <= MAX_ENTRIES)
    }
}

/// The subject that is asked for.
fn asked(visit: &Visit) -> Option<&str> {
    let subject = visit.query.get("subject").map(str::trim).unwrap_or_default();
    (!subject.is_empty() && subject.len() <= MAX_SUBJECT_BYTES).then_some(subject)
}

pub(crate) async fn page_about(State(app): State<Arc<App>>, visit: Visit) -> Reply {
    let Some(subject) = asked(&visit) else {
        return Reply::problem(&visit, &Problem::new(404, "SCR-REC-002"));
    };
    match about(&app, &visit, subject) {
        Ok(reply) => reply,
        Err(fault) => Reply::fault(&visit, &fault),
    }
}

fn about(app: &App, visit: &Visit, subject: &str) -> Result<Reply, Fault> {
    let log = app.engine.log();
    let count = log.version(subject).map_err(Fault::from)?;
    // The newest first: the page before the one that begins with number `before`.
    let before = visit.query.get("before").and_then(|text| text.parse::<u64>().ok()).unwrap_or(count + 1);
    let first = before.saturating_sub(PAGE as u64 + 1);
    let shown = usize::try_from(before.saturating_sub(1) - first).unwrap_or(0);
    let history = if shown == 0 {
        Vec::new()
    } else {
        log.history(subject, first, shown.min(PAGE)).map_err(Fault::from)?
    };
    let found = app.engine.read(|views| {
        history
            .iter()
            .map(|(number, index)| Ok((*number, entries::at(views, *index)?)))
            .collect::<rusqlite::Result<Vec<_>>>()
    })?;
    let line = |(number, entry): (u64, Option<EntryRow>)| {
        entry.map(|entry| Line { number, seal: app.seal(entry.index, entry.at), entry })
    };
    let lines: Vec<Line> = found.into_iter().rev().filter_map(line).collect();
    let index = index_of(app)?;
    let index = index.map(|index| {
        let stated = Said::of(app, &index, subject)?.count;
        Ok::<_, Fault>((index.entry, stated, index.size))
    });
    let at = |before: Option<&str>| visit.query.with("/record/about", "before", before);
    let template = AboutPage {
        crumbs: vec![Crumb::new("/", visit.t("record-home")), Crumb::new("/record", visit.t("record-title"))],
        subject,
        count,
        pager: Pager {
            shown: lines.len() as u64,
            first: (before <= count).then(|| at(None)),
            next: (first > 0).then(|| at(Some(&(first + 1).to_string()))),
            ..Pager::default()
        },
        lines,
        index: index.transpose()?,
        visit,
    };
    Ok(page(&template).into())
}

pub(crate) async fn file_about(State(app): State<Arc<App>>, visit: Visit) -> Reply {
    let found = match asked(&visit) {
        Some(subject) => receipt(&app, subject),
        None => Ok(None),
    };
    match found {
        Ok(Some(body)) => {
            let headers = [
                (header::CONTENT_TYPE, "application/json"),
                (header::CONTENT_DISPOSITION, "attachment; filename=\"history.json\""),
            ];
            Reply::from((headers, body.to_string()).into_response())
        }
        Ok(None) => Reply::problem(&visit, &Problem::new(404, "SCR-REC-002")),
        Err(fault) => Reply::fault(&visit, &fault),
    }
}
