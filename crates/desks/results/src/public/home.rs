//! The first page, and the page of an election.

use super::read::{self as rows, ContestRow, ElectionRow, PublicationRow, TableRow};
use super::{not_published, read};
use askama::Template;
use axum::extract::{Path, State};
use scr_web::components::{Crumb, Tag, Tone};
use scr_web::{App, Reply, Seal, Visit, page};
use std::sync::Arc;

#[derive(Template)]
#[template(path = "results/public_home.html")]
struct HomePage<'a> {
    visit: &'a Visit,
    elections: Vec<ElectionRow>,
}

pub(crate) async fn home(State(app): State<Arc<App>>, visit: Visit) -> Reply {
    match read(&app, &visit, |views| rows::elections(views).map(Some)) {
        Ok(elections) => page(&HomePage { visit: &visit, elections }).into(),
        Err(reply) => *reply,
    }
}

/// A contest as the election's page shows it.
struct ContestCard {
    contest: ContestRow,
    published: Option<Shown>,
}

/// What is published of a contest.
pub(crate) struct Shown {
    pub(crate) publication: PublicationRow,
    pub(crate) table: TableRow,
    pub(crate) seal: Seal,
    pub(crate) leader: Option<(String, u64)>,
    pub(crate) status: Tag,
    pub(crate) corrected: bool,
}

#[derive(Template)]
#[template(path = "results/public_election.html")]
struct ElectionPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    election: ElectionRow,
    cards: Vec<ContestCard>,
    seal: Seal,
}

pub(crate) async fn election(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    let found = read(&app, &visit, |views| {
        let Some(election) = rows::election(views, &id)? else { return Ok(None) };
        let mut cards = Vec::new();
        for contest in rows::contests(views, &id)? {
            let published = shown(&app, &visit, views, &id, &contest)?;
            cards.push(ContestCard { contest, published });
        }
        Ok(Some((election, cards)))
    });
    let (election, cards) = match found {
        Ok(found) => found,
        Err(reply) => return *reply,
    };
    let seal = app.seal(election.index, election.at);
    let crumbs = vec![Crumb::new("/", visit.t("results-home"))];
    page(&ElectionPage { visit: &visit, crumbs, election, cards, seal }).into()
}

/// What is published of a contest now, if anything is.
pub(crate) fn shown(
    app: &Arc<App>,
    visit: &Visit,
    views: &rusqlite::Connection,
    election: &str,
    contest: &ContestRow,
) -> rusqlite::Result<Option<Shown>> {
    let publications = rows::publications(views, election, &contest.id)?;
    let corrected = publications.len() > 1;
    let Some(publication) = publications.into_iter().next() else { return Ok(None) };
    let Some(table) = rows::table(views, publication.table)? else { return Ok(None) };
    let leader = table.totals.ranking().first().map(|(id, votes)| (name_of(contest, id), *votes));
    let seal = app.seal(publication.index, publication.at);
    let status = status_tag(visit, &publication.status);
    Ok(Some(Shown { publication, table, seal, leader, status, corrected }))
}

/// A contestant's name, or the id of one who is not in the list.
pub(crate) fn name_of(contest: &ContestRow, id: &str) -> String {
    contest.contestants.iter().find(|c| c.id == id).map_or_else(|| id.to_owned(), |c| c.name.clone())
}

/// How far the count is, as a word with a shape.
pub(crate) fn status_tag(visit: &Visit, status: &str) -> Tag {
    match status {
        "certified" => Tag::new(Tone::Good, visit.t("results-status-certified")),
        "unofficial-complete" => Tag::new(Tone::Note, visit.t("results-status-complete")),
        _ => Tag::new(Tone::Warn, visit.t("results-status-partial")),
    }
}

/// The election and contest of an address, or the page that says there is none.
pub(crate) fn find(
    app: &Arc<App>,
    visit: &Visit,
    election: &str,
    contest: &str,
) -> Result<(ElectionRow, ContestRow, Shown), Box<Reply>> {
    let found = read(app, visit, |views| {
        let Some(e) = rows::election(views, election)? else { return Ok(None) };
        let Some(c) = rows::contest(views, election, contest)? else { return Ok(None) };
        let published = shown(app, visit, views, election, &c)?;
        Ok(Some((e, c, published)))
    })?;
    match found {
        (election, contest, Some(shown)) => Ok((election, contest, shown)),
        _ => Err(Box::new(not_published(visit))),
    }
}
