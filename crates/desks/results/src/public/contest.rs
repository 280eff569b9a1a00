//! The result of a contest.

use super::corrections::{self, Correction, corrections};
use super::home::{Shown, find, name_of, status_tag};
use super::missing::{Reported, reported};
use super::read::{self as rows, ContestRow, ElectionRow, PublicationRow, TableRow, UnitRow};
use super::{crumbs, encode, map, read};
use crate::compare;
use askama::Template;
use axum::extract::{Path, State};
use scr_canon::Hash32;
use scr_charts::{Bar, Colour, bars};
use scr_results::published::PublishedRow;
use scr_web::components::{Crumb, Frame, Moment, Pager};
use scr_web::{App, Reply, Seal, Visit, page};
use std::sync::Arc;

/// Units of one page.
const PAGE: usize = 40;

/// A contestant's line in the table beside the chart.
struct Line {
    name: String,
    group: String,
    votes: u64,
}

/// A source version with its seal and the address of its object.
struct Source {
    table: TableRow,
    seal: Seal,
    href: String,
}

#[derive(Template)]
#[template(path = "results/public_contest.html")]
struct ContestPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    election: ElectionRow,
    contest: ContestRow,
    shown: Shown,
    lines: Vec<Line>,
    sum: u64,
    chart: Frame,
    reported: Option<Reported>,
    corrections: Vec<Correction>,
    history: Vec<Moment>,
    sources: Vec<Source>,
    search: &'a str,
    units: Vec<StationLine>,
    pager: Pager,
    has_map: bool,
    base: String,
}

pub(crate) async fn contest(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path((election, contest)): Path<(String, String)>,
) -> Reply {
    let (election, contest, shown) = match find(&app, &visit, &election, &contest) {
        Ok(found) => found,
        Err(reply) => return *reply,
    };
    let search = visit.query.get("q").map(str::trim).filter(|q| q.len() <= 200).unwrap_or_default();
    let from = visit.query.get("from").and_then(|text| text.parse().ok()).unwrap_or(0);
    let found = read(&app, &visit, |views| {
        Ok(Some((
            rows::units(views, shown.table.index, search, from, PAGE + 1)?,
            rows::tables(views, &election.id, &contest.id)?,
            rows::publications(views, &election.id, &contest.id)?,
            reported(views, &election.id, (shown.table.index, &shown.table.object))?,
            compare::data::corrections(views, shown.table.index, corrections::UNITS)?,
            map::exists(views, shown.table.index)?,
        )))
    });
    let (mut units, tables, publications, reported, corrected, has_map) = match found {
        Ok(found) => found,
        Err(reply) => return *reply,
    };
    let base = format!("/elections/{}/contests/{}", election.id, encode(&contest.id));
    let next = units.get(PAGE).map(|unit| visit.query.with(&base, "from", Some(&unit.position.to_string())));
    units.truncate(PAGE);
    let template = ContestPage {
        crumbs: crumbs(&visit, &election, None),
        lines: lines(&contest, &shown),
        sum: shown.table.totals.sum(),
        chart: chart(&visit, &contest, &shown, &election.id),
        corrections: corrections(&app, &visit, &contest, &base, corrected),
        reported,
        history: history(&app, &visit, &publications),
        sources: sources(&app, tables),
        search,
        pager: Pager {
            shown: units.len() as u64,
            total: search.is_empty().then_some(shown.table.rows),
            first: (from > 0).then(|| visit.query.with(&base, "from", None)),
            next,
            csv: Some(format!("/elections/{}/results.csv", election.id)),
        },
        units: units.into_iter().map(|unit| station_line(&contest, unit)).collect(),
        has_map,
        base,
        visit: &visit,
        election,
        contest,
        shown,
    };
    page(&template).into()
}

/// A polling station in the list, with what its sheet says at first sight.
struct StationLine {
    unit: UnitRow,
    valid: Option<u64>,
    first: Option<(String, u64)>,
}

fn station_line(contest: &ContestRow, unit: UnitRow) -> StationLine {
    let row: Option<PublishedRow> = serde_json::from_str(&unit.line).ok();
    let votes = row.map(|row| row.votes).unwrap_or_default();
    let most = votes.values().max().copied().filter(|most| *most > 0);
    let first = most.and_then(|most| {
        let mut at_the_top = votes.iter().filter(|(_, votes)| **votes == most);
        let (id, _) = at_the_top.next()?;
        // Of several with equal votes none is first.
        let name = contest.contestants.iter().find(|c| c.id == *id)?.name.clone();
        at_the_top.next().is_none().then_some((name, most))
    });
    StationLine { unit, valid: (!votes.is_empty()).then(|| votes.values().sum()), first }
}

fn history(app: &App, visit: &Visit, publications: &[PublicationRow]) -> Vec<Moment> {
    let moment = |p: &PublicationRow| Moment {
        at: p.at,
        text: moment_text(visit, &p.status, &p.reason),
        seal: Some(app.seal(p.index, p.at)),
    };
    publications.iter().map(moment).collect()
}

fn sources(app: &App, tables: Vec<TableRow>) -> Vec<Source> {
    let source = |table: TableRow| Source {
        seal: app.seal(table.index, table.at),
        href: object_href(&table.object),
        table,
    };
    tables.into_iter().map(source).collect()
}

fn moment_text(visit: &Visit, status: &str, reason: &str) -> String {
    let status = status_tag(visit, status).text;
    if reason.is_empty() { status } else { format!("{status}. {reason}") }
}

fn lines(contest: &ContestRow, shown: &Shown) -> Vec<Line> {
    let group = |id: &str| contest.contestants.iter().find(|c| c.id == id).and_then(|c| c.group.clone());
    shown
        .table
        .totals
        .ranking()
        .into_iter()
        .map(|(id, votes)| Line { name: name_of(contest, id), group: group(id).unwrap_or_default(), votes })
        .collect()
}

/// The address of an object by the hash that an entry states in base64.
pub(crate) fn object_href(hash: &str) -> String {
    hash.parse::<Hash32>().map_or_else(|_| String::new(), |hash| format!("/objects/{}", hash.to_hex()))
}

fn chart(visit: &Visit, contest: &ContestRow, shown: &Shown, election: &str) -> Frame {
    let sum = shown.table.totals.sum();
    let ranking = shown.table.totals.ranking();
    let most = ranking.first().map_or(1, |(_, votes)| (*votes).max(1));
    let title = match &shown.leader {
        Some(_) if shown.table.totals.is_tied() => visit.t("results-chart-title-tie"),
        Some((name, _)) => visit.ta("results-chart-title", &[("name", name.into())]),
        None => visit.t("results-chart-title-none"),
    };
    let bars_of: Vec<Bar> = (1..)
        .zip(ranking)
        .map(|(i, (id, votes))| Bar {
            label: name_of(contest, id),
            value: votes,
            figure: format!(
                "{} · {}",
                visit.texts().number(votes),
                visit.texts().share(votes, sum, 1).unwrap_or_default()
            ),
            colour: Colour::Mark(i),
        })
        .collect();
    Frame {
        svg: bars(&title, &visit.t("results-chart-text"), &bars_of, most, visit.is_rtl()),
        title,
        subtitle: visit.ta(
            "results-chart-subtitle",
            &[("sum", sum.into()), ("source", (&shown.table.source_name).into())],
        ),
        svg_href: None,
        csv_href: Some(format!("/elections/{election}/results.csv")),
    }
}
