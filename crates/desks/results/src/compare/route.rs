//! The addresses of the comparison: for everybody, and at the desk.

use super::data::sides;
use super::page::{Asked, Compared, compared};
use crate::desk::{self, EVERY_ROLE};
use crate::public;
use crate::public::read as rows;
use askama::Template;
use axum::extract::{Path, State};
use scr_core::{Refusal, RefusalKind};
use scr_engine::ActError;
use scr_results::Contestant;
use scr_web::components::Crumb;
use scr_web::{Allow, App, FormState, Reply, Routes, Visit, page};
use std::sync::Arc;

/// The pages for everybody.
pub(crate) fn public_routes() -> Routes {
    Routes::new().get("/elections/{election}/contests/{contest}/compare", Allow::Public, public_page).get(
        "/elections/{election}/contests/{contest}/compare.csv",
        Allow::Public,
        public_csv,
    )
}

/// The pages of the desk: also before anything is published.
pub(crate) fn desk_routes() -> Routes {
    Routes::new().get("/desk/elections/{id}/contests/{contest}/compare", EVERY_ROLE, desk_page).get(
        "/desk/elections/{id}/contests/{contest}/compare.csv",
        EVERY_ROLE,
        desk_csv,
    )
}

/// Where a comparison is asked for.
struct Place {
    base: String,
    crumbs: Vec<Crumb>,
    contest_title: String,
    contestants: Vec<Contestant>,
    asked: Asked,
    /// The page of one unit, up to its code.
    unit_href: Option<String>,
}

#[derive(Template)]
#[template(path = "results/public_compare.html")]
struct PublicPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    contest_title: &'a str,
    base: &'a str,
    choices: Vec<(String, String)>,
    form: &'a FormState,
    compared: Option<Compared>,
    unit_href: Option<String>,
}

#[derive(Template)]
#[template(path = "results/desk_compare.html")]
struct DeskPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    contest_title: &'a str,
    base: &'a str,
    choices: Vec<(String, String)>,
    form: &'a FormState,
    compared: Option<Compared>,
    unit_href: Option<String>,
}

fn absent() -> ActError {
    Refusal::new(RefusalKind::NotFound, "SCR-RES-017").into()
}

fn public_place(app: &App, visit: &Visit, election: &str, contest: &str) -> Result<Place, ActError> {
    let found = app.engine.read(|views| {
        let Some(election) = rows::election(views, election)? else { return Ok(None) };
        let Some(contest) = rows::contest(views, &election.id, contest)? else { return Ok(None) };
        let is_published = !rows::publications(views, &election.id, &contest.id)?.is_empty();
        let sides = sides(views, &election.id, &contest.id)?;
        Ok(is_published.then_some((election, contest, sides)))
    })?;
    let (election, contest, sides) = found.ok_or_else(absent)?;
    let above = format!("/elections/{}/contests/{}", election.id, public::encode(&contest.id));
    Ok(Place {
        crumbs: public::crumbs(visit, &election, Some((&above, &contest))),
        base: format!("{above}/compare"),
        contest_title: contest.title,
        contestants: contest.contestants,
        asked: Asked::of(visit, sides),
        unit_href: Some(format!("{above}/unit?unit=")),
    })
}

fn desk_place(app: &App, visit: &Visit, election: &str, contest: &str) -> Result<Place, ActError> {
    let election = desk::data::election(app, election)?;
    let absent = || Refusal::new(RefusalKind::NotFound, "SCR-RES-015").with("id", contest);
    let contest = desk::data::contest(app, &election.id, contest)?.ok_or_else(absent)?;
    let sides = app.engine.read(|views| sides(views, &election.id, &contest.id))?;
    Ok(Place {
        crumbs: desk::crumbs(visit, Some(&election)),
        base: format!("{}/contests/{}/compare", election.href(), contest.id),
        contest_title: contest.title,
        contestants: contest.contestants,
        asked: Asked::of(visit, sides),
        unit_href: None,
    })
}

impl Place {
    fn compared(&self, app: &App, visit: &Visit) -> Result<Option<Compared>, ActError> {
        let Some(pair) = self.asked.pair else { return Ok(None) };
        compared(app, visit, &self.base, &self.contestants, &self.asked, pair).map(Some)
    }

    /// The list of the page as a file.
    fn csv(&self, app: &App, visit: &Visit) -> Result<Reply, ActError> {
        let pair = self.asked.pair.ok_or_else(absent)?;
        let (first, second) = (&self.asked.sides[pair.0], &self.asked.sides[pair.1]);
        let result = super::comparison(app, first, second)?;
        let list = self.asked.list(visit, pair, &result);
        let text = app.engine.read(|views| list.csv(views))?;
        Ok(public::plain("text/csv; charset=utf-8; header=present", text).into())
    }
}

async fn public_page(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path((election, contest)): Path<(String, String)>,
) -> Reply {
    desk::run(visit, move |visit| {
        let place = public_place(&app, visit, &election, &contest)?;
        let template = PublicPage {
            compared: place.compared(&app, visit)?,
            choices: place.asked.choices(visit),
            form: &place.asked.form(visit),
            crumbs: place.crumbs,
            contest_title: &place.contest_title,
            base: &place.base,
            unit_href: place.unit_href,
            visit,
        };
        Ok(page(&template).into())
    })
    .await
}

async fn public_csv(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path((election, contest)): Path<(String, String)>,
) -> Reply {
    desk::run(visit, move |visit| public_place(&app, visit, &election, &contest)?.csv(&app, visit)).await
}

async fn desk_page(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path((election, contest)): Path<(String, String)>,
) -> Reply {
    desk::run(visit, move |visit| {
        let place = desk_place(&app, visit, &election, &contest)?;
        let template = DeskPage {
            compared: place.compared(&app, visit)?,
            choices: place.asked.choices(visit),
            form: &place.asked.form(visit),
            crumbs: place.crumbs,
            contest_title: &place.contest_title,
            base: &place.base,
            unit_href: place.unit_href,
            visit,
        };
        Ok(page(&template).into())
    })
    .await
}

async fn desk_csv(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path((election, contest)): Path<(String, String)>,
) -> Reply {
    desk::run(visit, move |visit| desk_place(&app, visit, &election, &contest)?.csv(&app, visit)).await
}
