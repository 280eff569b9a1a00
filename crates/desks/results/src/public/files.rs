//! Published results as files.

use super::home::{Shown, shown};
use super::read::{self as rows, ContestRow, ElectionRow};
use super::stream::stream;
use super::{not_published, read};
use crate::views::MAX_TABLE_BYTES;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use scr_canon::Hash32;
use scr_engine::utc_text;
use scr_results::export::safe_cell;
use scr_results::nist::{self, Form};
use scr_results::published;
use scr_results::{Column, CountStatus, Table};
use scr_web::api::{fresh, tagged};
use scr_web::{App, Reply, Visit};
use serde_json::{Value, json};
use std::io::Write;
use std::sync::Arc;

const LINE_END: &[u8] = b"\r\n";

/// The election with what is published of each contest.
struct Published {
    election: ElectionRow,
    contests: Vec<(ContestRow, Shown)>,
    /// False while a contest has no publication.
    whole: bool,
}

impl Published {
    fn of(app: &Arc<App>, visit: &Visit, id: &str) -> Result<Self, Box<Reply>> {
        let found = read(app, visit, |views| {
            let Some(election) = rows::election(views, id)? else { return Ok(None) };
            let mut contests = Vec::new();
            let mut whole = true;
            for contest in rows::contests(views, id)? {
                match shown(app, visit, views, id, &contest)? {
                    Some(now) => contests.push((contest, now)),
                    None => whole = false,
                }
            }
            Ok(Some(Self { election, contests, whole }))
        })?;
        if found.contests.is_empty() { Err(Box::new(not_published(visit))) } else { Ok(found) }
    }

    /// Changes with every publication, and with nothing else.
    fn tag(&self, file: &str) -> String {
        let newest = self.contests.iter().map(|(_, shown)| shown.publication.index).max().unwrap_or(0);
        format!("{file}-{newest}")
    }
}

fn table_of(app: &App, shown: &Shown) -> Result<Table, String> {
    let hash: Hash32 = shown.table.object.parse().map_err(|e| format!("{e}"))?;
    let bytes = app.engine.objects().get(&hash, MAX_TABLE_BYTES).map_err(|e| e.to_string())?;
    published::read(&bytes.ok_or("the object is not here")?).map_err(|e| e.to_string())
}

/// Answers with the file that `write` makes of what is published, unless the reader has it.
fn answer(
    app: &Arc<App>,
    visit: &Visit,
    headers: &HeaderMap,
    id: &str,
    (file, kind): (&str, &'static str),
    write: fn(&App, &Published, &mut dyn Write) -> Result<(), String>,
) -> Reply {
    let published = match Published::of(app, visit, id) {
        Ok(found) => found,
        Err(reply) => return *reply,
    };
    let tag = published.tag(file);
    if let Some(unchanged) = fresh(headers, &tag) {
        return unchanged.into();
    }
    let app = Arc::clone(app);
    let response: Response = stream(kind, move |out| write(&app, &published, out));
    Reply::from(tagged(response, &tag))
}

macro_rules! handlers {
    ($($name:ident: $file:literal, $kind:literal, $write:expr;)+) => {$(
        pub(crate) async fn $name(
            State(app): State<Arc<App>>,
            visit: Visit,
            headers: HeaderMap,
            Path(id): Path<String>,
        ) -> Reply {
            answer(&app, &visit, &headers, &id, ($file, $kind), $write)
        }
    )+};
}

handlers! {
    csv: "csv", "text/csv; charset=utf-8; header=present", write_csv;
    json: "json", "application/json", write_json;
    nist_json: "nist-json", "application/json", |app, published, out| write_nist(app, published, Form::Json, out);
    nist_xml: "nist-xml", "application/xml", |app, published, out| write_nist(app, published, Form::Xml, out);
}

/// One line for each unit and column: long, so that every contest fits into one file. RFC 4180.
fn write_csv(app: &App, published: &Published, out: &mut dyn Write) -> Result<(), String> {
    let text = |error: std::io::Error| error.to_string();
    out.write_all(b"election,contest,source,version,entry,unit,part,name,kind,column,value\r\n")
        .map_err(text)?;
    for (contest, shown) in &published.contests {
        let table = table_of(app, shown)?;
        let (version, entry) = (shown.publication.version.to_string(), shown.table.index.to_string());
        for row in table.units() {
            for column in table.columns() {
                let Some(value) = row.value(column) else { continue };
                let cells = [
                    published.election.id.as_str(),
                    &contest.id,
                    &shown.publication.source,
                    &version,
                    &entry,
                    row.unit(),
                    row.part().unwrap_or_default(),
                    row.name(),
                    if matches!(column, Column::Field(_)) { "field" } else { "votes" },
                    table.column_name(column),
                    &value.to_string(),
                ];
                out.write_all(cells.map(quoted).join(",").as_bytes()).map_err(text)?;
                out.write_all(LINE_END).map_err(text)?;
            }
        }
    }
    Ok(())
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

/// `docs/schemas/results.schema.json` says what stands in it.
fn write_json(app: &App, published: &Published, out: &mut dyn Write) -> Result<(), String> {
    let text = |error: std::io::Error| error.to_string();
    let election = &published.election;
    let head = json!({"election": election.id, "title": election.title, "day": election.day}).to_string();
    let open = head.strip_suffix('}').unwrap_or(&head);
    write!(out, "{open},\"contests\":[").map_err(text)?;
    for (position, (contest, shown)) in published.contests.iter().enumerate() {
        let table = table_of(app, shown)?;
        let head = json!({
            "contest": contest.id, "title": contest.title, "status": shown.publication.status,
            "source": shown.publication.source, "version": shown.publication.version,
            "contestants": contest.contestants,
            "recorded": {"import_entry": shown.table.index, "publication_entry": shown.publication.index,
                "published_at": utc_text(shown.publication.at), "log": app.engine.ledger().origin()},
        })
        .to_string();
        let comma = if position > 0 { "," } else { "" };
        let open = head.strip_suffix('}').unwrap_or(&head);
        write!(out, "{comma}{open},\"units\":[").map_err(text)?;
        for (position, row) in table.units().enumerate() {
            let numbers: serde_json::Map<String, Value> = table
                .columns()
                .filter_map(|column| Some((table.column_name(column).to_owned(), json!(row.value(column)?))))
                .collect();
            let unit =
                json!({"unit": row.unit(), "part": row.part(), "name": row.name(), "numbers": numbers});
            let comma = if position > 0 { "," } else { "" };
            write!(out, "{comma}{unit}").map_err(text)?;
        }
        out.write_all(b"]}").map_err(text)?;
    }
    out.write_all(b"]}\n").map_err(text)
}

fn write_nist(app: &App, published: &Published, form: Form, out: &mut dyn Write) -> Result<(), String> {
    let contests: Vec<nist::Contest> = published.contests.iter().map(nist_contest).collect();
    let newest = published.contests.iter().map(|(_, shown)| &shown.publication).max_by_key(|p| p.index);
    let least = contests.iter().map(|contest| contest.status).min_by_key(|status| how_far(*status));
    let report = nist::Report {
        election: published.election.id.clone(),
        title: published.election.title.clone(),
        day: published.election.day.clone(),
        generated: utc_text(newest.map_or(published.election.at, |p| p.at)),
        issuer: published.election.issuer.clone(),
        log: app.engine.ledger().origin().to_owned(),
        status: least.filter(|_| published.whole).unwrap_or(CountStatus::UnofficialPartial),
        is_test: app.config.exercise,
        contests,
    };
    let mut table = |index: usize| {
        let (_, shown) = published.contests.get(index).ok_or("no such contest")?;
        table_of(app, shown)
    };
    nist::write(&report, form, &mut table, out).map_err(|error| error.to_string())
}

fn nist_contest((contest, shown): &(ContestRow, Shown)) -> nist::Contest {
    nist::Contest {
        id: contest.id.clone(),
        title: contest.title.clone(),
        votes_per_ballot: contest.votes_per_ballot,
        contestants: contest.contestants.clone(),
        publication: shown.publication.index,
        import: shown.table.index,
        status: match shown.publication.status.as_str() {
            "certified" => CountStatus::Certified,
            "unofficial-complete" => CountStatus::UnofficialComplete,
            _ => CountStatus::UnofficialPartial,
        },
    }
}

/// The report is as far as its last contest.
fn how_far(status: CountStatus) -> u8 {
    match status {
        CountStatus::PreElection => 0,
        CountStatus::UnofficialPartial => 1,
        CountStatus::UnofficialComplete => 2,
        CountStatus::Certified => 3,
    }
}
