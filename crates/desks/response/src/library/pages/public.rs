//! What everybody may read: playbooks that are in force, and crisis plans that their organisations publish. Only what the
//! record says in public is shown, so that a mirror shows the same.

use super::names::Names;
use super::one::{bytes, force};
use super::parts::{Shown, shown};
use super::place::{absent, asked, place};
use super::plan::{PlanShown, read_plan, shown_plan};
use crate::library::read;
use crate::library::shelf::book;
use askama::Template;
use axum::extract::{Path, State};
use scr_engine::ActError;
use scr_web::components::{Crumb, Tag};
use scr_web::{App, Reply, Seal, Visit, page, run};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A playbook in the list.
struct Row {
    href: String,
    name: String,
    orgs: String,
    seal: Seal,
}

#[derive(Template)]
#[template(path = "library/public_list.html")]
struct ListPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    rows: Vec<Row>,
    /// Plans: address, organisation, whether it is overdue.
    plans: Vec<(String, String, Option<Tag>, Seal)>,
}

pub(super) async fn list(State(app): State<Arc<App>>, visit: Visit) -> Reply {
    run(visit, move |visit| {
        let names = Names::of(&app);
        let (all, plans) =
            app.engine.read(|views| Ok((read::adopted(views, None)?, read::public_plans(views)?)))?;
        let mut by_code: BTreeMap<&str, Vec<&read::Adopted>> = BTreeMap::new();
        for one in all.iter().filter(|one| one.is_public) {
            by_code.entry(&one.code).or_default().push(one);
        }
        let mut rows = Vec::new();
        for (code, adopted) in by_code {
            let Some(newest) = adopted.iter().max_by_key(|one| one.index) else { continue };
            rows.push(Row {
                href: format!("/response/playbooks/{}", scr_web::in_address(code)),
                name: name_of(&app, visit, newest)?,
                orgs: adopted.iter().map(|one| names.say(&one.org)).collect::<Vec<_>>().join(", "),
                seal: app.seal(newest.index, newest.at),
            });
        }
        let plan = |one: &read::PlanVersion| {
            let (index, at) = one.adopted.unwrap_or((one.index, one.at));
            let href = format!("/response/plans/{}", scr_web::in_address(&one.org));
            let tag = super::plan::overdue_tag(visit, &one.review, app.clock.now());
            (href, names.say(&one.org), tag, app.seal(index, at))
        };
        let plans = plans.iter().map(plan).collect();
        Ok(page(&ListPage { visit, crumbs: Vec::new(), rows, plans }).into())
    })
    .await
}

/// A mirror that has not fetched the text yet still has its code.
fn name_of(app: &App, visit: &Visit, one: &read::Adopted) -> Result<String, ActError> {
    match book(app, &one.sha256) {
        Ok(book) => Ok(book.name(visit.lang_code(), &one.code)),
        Err(ActError::Refused(_)) => Ok(one.code.clone()),
        Err(fault) => Err(fault),
    }
}

#[derive(Template)]
#[template(path = "library/public.html")]
struct PublicPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    shown: Shown,
    version: u64,
    sha256: String,
    seal: Option<Seal>,
    /// For whom which version is in force.
    force: Vec<(String, u64)>,
    is_in_force: bool,
    href: String,
    others: Vec<u64>,
}

fn crumbs(visit: &Visit) -> Vec<Crumb> {
    vec![Crumb::new("/response/playbooks", visit.t("library-public-title"))]
}

pub(super) async fn show(State(app): State<Arc<App>>, visit: Visit, Path(code): Path<String>) -> Reply {
    run(visit, move |visit| {
        let asked = asked(visit, "version");
        let first = place(&app, visit, &code, asked)?;
        // What is in force comes first, where no version is asked for.
        let in_force = first.history.iter().find(|one| one.ended.is_none()).map(|one| one.version);
        let place = match (asked, in_force) {
            (None, Some(number)) => place(&app, visit, &code, Some(number))?,
            _ => first,
        };
        let number = place.version.version;
        let stated = place.history.iter().find(|one| one.version == number);
        let names = Names::of(&app);
        let template = PublicPage {
            visit,
            crumbs: crumbs(visit),
            shown: shown(visit, &place.book, &code),
            version: number,
            sha256: place.version.sha256.to_hex(),
            seal: stated.map(|one| app.seal(one.index, one.at)),
            is_in_force: place.history.iter().any(|one| one.version == number && one.ended.is_none()),
            force: force(&names, &place.history),
            href: format!("/response/playbooks/{}", scr_web::in_address(&code)),
            others: place.versions.iter().map(|one| one.version).filter(|one| *one != number).collect(),
        };
        Ok(page(&template).into())
    })
    .await
}

pub(super) async fn file(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path((code, number)): Path<(String, u64)>,
) -> Reply {
    run(visit, move |visit| bytes(&app, &place(&app, visit, &code, Some(number))?)).await
}

#[derive(Template)]
#[template(path = "library/public_plan.html")]
struct PlanPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    shown: PlanShown,
    org: String,
    version: u64,
    overdue: Option<Tag>,
    seal: Seal,
    sha256: String,
}

pub(super) async fn plan(State(app): State<Arc<App>>, visit: Visit, Path(org): Path<String>) -> Reply {
    run(visit, move |visit| {
        let all = app.engine.read(read::public_plans)?;
        let version = all.into_iter().find(|one| one.org == org).ok_or_else(absent)?;
        let plan = read_plan(&app, &version)?;
        let (index, at) = version.adopted.unwrap_or((version.index, version.at));
        let template = PlanPage {
            visit,
            crumbs: crumbs(visit),
            shown: shown_plan(&app, visit, &plan, "/response/playbooks")?,
            org: Names::of(&app).say(&org),
            version: version.version,
            overdue: super::plan::overdue_tag(visit, &version.review, app.clock.now()),
            seal: app.seal(index, at),
            sha256: version.sha256.to_hex(),
        };
        Ok(page(&template).into())
    })
    .await
}
