//! Elections: the list, a new one, and everything about one.

use super::data::{self, ContestRow, ElectionRow, PublicationRow, TableRow};
use super::{actor, check_id, crumbs, form_page, just_recorded, recorded, role, run};
use crate::commands::{self, NewElection};
use askama::Template;
use axum::extract::{Path, State};
use scr_core::{ElectionId, Role, slug};
use scr_web::components::Crumb;
use scr_web::{App, FormState, Posted, Reply, Seal, Visit, issuer_name, page};
use std::sync::Arc;

#[derive(Template)]
#[template(path = "results/desk_elections.html")]
struct ListPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    elections: Vec<(ElectionRow, Seal)>,
    may_create: bool,
}

pub(crate) async fn list(State(app): State<Arc<App>>, visit: Visit) -> Reply {
    run(visit, move |visit| {
        let rows = app.engine.read(data::elections)?;
        let elections = rows.into_iter().map(|row| (row.clone(), app.seal(row.index, row.at))).collect();
        let crumbs = crumbs(visit, None).into_iter().take(1).collect();
        let may_create = role(visit) == Some(Role::Manager);
        Ok(page(&ListPage { visit, crumbs, elections, may_create }).into())
    })
    .await
}

#[derive(Template)]
#[template(path = "results/desk_election_new.html")]
struct NewPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
}

pub(crate) async fn new(State(app): State<Arc<App>>, visit: Visit) -> Reply {
    let form = FormState::new().with("zone", app.config.zone.name());
    run(visit, move |visit| Ok(new_page(visit, &form))).await
}

fn new_page(visit: &Visit, form: &FormState) -> Reply {
    form_page(&NewPage { visit, crumbs: crumbs(visit, None), form }, form)
}

pub(crate) async fn create(State(app): State<Arc<App>>, posted: Posted) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        if form.value("id").is_empty() {
            let proposed = slug(form.value("title"));
            form = form.with("id", proposed);
        }
        check_id(visit, &mut form, "id");
        let id = ElectionId::new(form.value("id")).ok().filter(|_| form.is_fine());
        let Some(id) = id else { return Ok(new_page(visit, &form)) };
        let election = NewElection {
            title: form.value("title").to_owned(),
            day: form.value("day").to_owned(),
            zone: form.value("zone").to_owned(),
            id,
        };
        match scr_web::kept(
            visit,
            &mut form,
            commands::create_election(&app.engine, actor(visit)?, &election),
        )? {
            Some(receipts) => Ok(recorded(&app, &format!("/desk/elections/{}", election.id), &receipts)),
            None => Ok(new_page(visit, &form)),
        }
    })
    .await
}

/// A contest with its versions and publications, each with its seal.
struct ContestView {
    contest: ContestRow,
    publish_href: String,
    tables: Vec<(TableRow, Seal)>,
    publications: Vec<(PublicationRow, Seal, String)>,
}

#[derive(Template)]
#[template(path = "results/desk_election.html")]
struct DetailPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    election: ElectionRow,
    seal: Seal,
    recorded: Option<Seal>,
    contests: Vec<ContestView>,
    is_manager: bool,
    may_import: bool,
}

pub(crate) async fn detail(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        let election = data::election(&app, &id)?;
        let (contests, tables, publications) = app.engine.read(|views| {
            Ok((data::contests(views, &id)?, data::tables(views, &id)?, data::publications(views, &id)?))
        })?;
        let view = |contest: ContestRow| ContestView {
            tables: tables
                .iter()
                .filter(|table| table.contest == contest.id)
                .map(|table| {
                    let issuer = issuer_name(app.engine.ledger().origin(), &table.issuer).to_owned();
                    (TableRow { issuer, ..table.clone() }, app.seal(table.index, table.at))
                })
                .collect(),
            publications: publications
                .iter()
                .filter(|one| one.contest == contest.id)
                .map(|one| (one.clone(), app.seal(one.index, one.at), status_text(visit, &one.status)))
                .collect(),
            publish_href: format!("{}/contests/{}/publish", election.href(), contest.id),
            contest,
        };
        let template = DetailPage {
            crumbs: crumbs(visit, None),
            seal: app.seal(election.index, election.at),
            recorded: just_recorded(&app, visit)?,
            contests: contests.into_iter().map(view).collect(),
            is_manager: role(visit) == Some(Role::Manager),
            may_import: matches!(role(visit), Some(Role::Manager | Role::Observer)),
            election,
            visit,
        };
        Ok(page(&template).into())
    })
    .await
}

/// The status of a publication in words.
pub(crate) fn status_text(visit: &Visit, status: &str) -> String {
    // i18n: results-desk-status-*
    visit.t(&format!("results-desk-status-{status}"))
}
