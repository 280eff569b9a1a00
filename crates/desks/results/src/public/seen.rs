//! "Which result did you see?": whether the authority ever published a total.

use super::home::{find, name_of};
use super::read::{self as rows, ContestRow, PublicationRow};
use super::{crumbs, encode, read};
use askama::Template;
use axum::extract::{Path, State};
use scr_web::components::Crumb;
use scr_web::{App, Reply, Seal, Visit, page};
use std::sync::Arc;

/// A publication that had the total.
struct Hit {
    publication: PublicationRow,
    seal: Seal,
    current: bool,
}

#[derive(Template)]
#[template(path = "results/public_seen.html")]
struct SeenPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    contest: ContestRow,
    contestant: String,
    unknown: bool,
    asked: Option<u64>,
    typed: &'a str,
    hits: Vec<Hit>,
    base: String,
    now: Option<u64>,
}

/// Arabic-Indic and Persian digits as the digits that the record uses.
fn western(c: char) -> char {
    let digit = match u32::from(c) {
        n @ 0x660..=0x669 => n - 0x660,
        n @ 0x6f0..=0x6f9 => n - 0x6f0,
        _ => return c,
    };
    char::from_digit(digit, 10).unwrap_or(c)
}

pub(crate) async fn seen(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path((election, contest)): Path<(String, String)>,
) -> Reply {
    let (election, contest, shown) = match find(&app, &visit, &election, &contest) {
        Ok(found) => found,
        Err(reply) => return *reply,
    };
    let id = visit.query.get("contestant").unwrap_or_default();
    // "Never published" may only be said of somebody who stands in this contest.
    let known = contest.contestants.iter().any(|contestant| contestant.id == id);
    let typed = visit.query.get("votes").map(str::trim).filter(|t| t.len() <= 40).unwrap_or_default();
    // As people write numbers: groups divided by spaces, dots, commas or apostrophes.
    let digits: String =
        typed.chars().filter(|c| !" .,'\u{a0}\u{202f}\u{2019}\u{66c}".contains(*c)).map(western).collect();
    let asked: Option<u64> = digits.parse().ok().filter(|_| known);
    let found = read(&app, &visit, |views| {
        let mut hits = Vec::new();
        for publication in rows::publications(views, &election.id, &contest.id)? {
            let table = rows::table(views, publication.table)?;
            let votes = table.and_then(|t| t.totals.votes.iter().find(|v| v.id == id).and_then(|v| v.votes));
            if asked.is_some() && votes == asked {
                hits.push(publication);
            }
        }
        Ok(Some(hits))
    });
    let hits = match found {
        Ok(hits) => hits,
        Err(reply) => return *reply,
    };
    let base = format!("/elections/{}/contests/{}", election.id, encode(&contest.id));
    let template = SeenPage {
        crumbs: crumbs(&visit, &election, Some((&base, &contest))),
        hits: hits
            .into_iter()
            .map(|p| Hit {
                seal: app.seal(p.index, p.at),
                current: p.index == shown.publication.index,
                publication: p,
            })
            .collect(),
        now: shown.table.totals.votes.iter().find(|v| v.id == id).and_then(|v| v.votes),
        contestant: if known { name_of(&contest, id) } else { String::new() },
        unknown: !known && !typed.is_empty(),
        contest,
        asked,
        typed,
        base,
        visit: &visit,
    };
    page(&template).into()
}
