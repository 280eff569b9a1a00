//! What was erased, what waits for approval, and which holds are in force.

use super::commands::{KIND, release_hold};
use super::view::{self, Erasure, Hold};
use super::{above, basis_text, hold_text, scope_text};
use crate::door::act_error;
use crate::office::{Office, kept, status};
use askama::Template;
use axum::extract::Path;
use axum::response::IntoResponse;
use scr_access::{KeptSignOff, Position};
use scr_core::{Refusal, RefusalKind, Role};
use scr_engine::ActError;
use scr_web::components::{Answer, Crumb, FilterGroup, Search};
use scr_web::{FormState, Posted, Reply, Seal, Visit, page};

/// Requests and erasures on the page.
const SHOWN: u16 = 50;

struct RequestRow {
    id: String,
    at: i64,
    scope: String,
    basis: String,
    payloads: u64,
    given: usize,
}

struct HoldRow {
    hold: Hold,
    scope: String,
    basis: String,
    seal: Seal,
}

struct ErasureRow {
    erasure: Erasure,
    basis: String,
    approvers: Vec<String>,
    seal: Seal,
}

#[derive(Template)]
#[template(path = "privacy/overview.html")]
struct OverviewPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    recorded: Option<Seal>,
    groups: Vec<FilterGroup>,
    search: Option<Search>,
    requests: Vec<RequestRow>,
    holds: Vec<HoldRow>,
    erasures: Vec<ErasureRow>,
    erased: u64,
    may_hold: bool,
}

pub(super) fn search_box(visit: &Visit, value: &str) -> Search {
    Search {
        action: "/desk/privacy/find".to_owned(),
        label: visit.t("privacy-find"),
        value: value.to_owned(),
        keep: Vec::new(),
    }
}

/// Whether the person may ask for an erasure and place holds.
pub(super) fn may_ask(visit: &Visit) -> bool {
    let role = visit.login.as_ref().map(|login| login.actor.role);
    role.is_some_and(|role| matches!(role, Role::Administrator | Role::Manager))
}

/// How many have approved.
pub(super) fn given(kept: &KeptSignOff) -> usize {
    kept.sign_off.stands().iter().filter(|stand| stand.position == Position::Signs).count()
}

fn request_row(office: &Office, visit: &Visit, kept: &KeptSignOff) -> Result<RequestRow, ActError> {
    let text = |name: &str| kept.content[name].as_str().unwrap_or_default();
    Ok(RequestRow {
        id: kept.id.clone(),
        at: kept.opened_at,
        scope: scope_text(office, visit, text("scope"))?,
        basis: basis_text(visit, text("basis")),
        payloads: kept.content["payloads"].as_array().map_or(0, Vec::len) as u64,
        given: given(kept),
    })
}

pub(super) async fn show(office: Office, visit: Visit) -> Reply {
    office.run(visit, overview).await
}

fn overview(office: &Office, visit: &Visit) -> Result<Reply, ActError> {
    let app = &office.app;
    let kept = office.access.kept_sign_offs(KIND, SHOWN).map_err(act_error)?;
    let waiting = kept.iter().filter(|one| one.ended.is_none());
    let requests = waiting.map(|one| request_row(office, visit, one)).collect::<Result<_, _>>()?;
    let (holds, (erasures, erased)) =
        app.engine.read(|views| Ok((view::holds(views)?, view::erasures(views, SHOWN)?)))?;
    let mut rows = Vec::with_capacity(holds.len());
    for hold in holds {
        let scope = scope_text(office, visit, &hold.scope)?;
        let (basis, seal) = (hold_text(visit, &hold.basis), app.seal(hold.index, hold.at));
        rows.push(HoldRow { scope, basis, seal, hold });
    }
    let approver = |(role, org): &(String, String)| match Role::parse(role) {
        Some(role) => {
            visit.ta("office-grant", &[("role", (&visit.role_name(&role)).into()), ("org", org.into())])
        }
        None => format!("{role}, {org}"),
    };
    let erasures = erasures.into_iter().map(|erasure| ErasureRow {
        basis: basis_text(visit, &erasure.basis),
        approvers: erasure.approvers.iter().map(approver).collect(),
        seal: app.seal(erasure.index, erasure.at),
        erasure,
    });
    let template = OverviewPage {
        visit,
        crumbs: above(visit, false),
        recorded: office.just_recorded(visit)?,
        groups: Vec::new(),
        search: Some(search_box(visit, "")),
        requests,
        holds: rows,
        erasures: erasures.collect(),
        erased,
        may_hold: may_ask(visit),
    };
    Ok(page(&template).into())
}

#[derive(Template)]
#[template(path = "privacy/release.html")]
struct ReleasePage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    hold: &'a str,
    form: &'a FormState,
    answers: Vec<Answer>,
}

fn release_page(office: &Office, visit: &Visit, id: &str, form: &FormState) -> Result<Reply, ActError> {
    let hold = office.app.engine.read(|views| view::hold(views, id))?;
    let hold = hold.ok_or_else(|| Refusal::new(RefusalKind::NotFound, super::commands::ABSENT))?;
    let answer = |key: &str, answer: String| Answer { question: visit.t(key), answer, change: None };
    let template = ReleasePage {
        visit,
        crumbs: above(visit, true),
        hold: &hold.id,
        form,
        answers: vec![
            answer("privacy-covers", scope_text(office, visit, &hold.scope)?),
            answer("privacy-hold-why", hold_text(visit, &hold.basis)),
            answer("privacy-reason", hold.reason),
        ],
    };
    Ok((status(form), page(&template)).into_response().into())
}

pub(super) async fn ask_release(office: Office, visit: Visit, Path(id): Path<String>) -> Reply {
    office.run(visit, move |office, visit| release_page(office, visit, &id, &FormState::new())).await
}

pub(super) async fn release(office: Office, Path(id): Path<String>, posted: Posted) -> Reply {
    let mut form = posted.form;
    office
        .run(posted.visit, move |office, visit| {
            let actor = office.login()?.actor;
            let done = release_hold(&office.app.engine, &actor, &id, form.value("reason"));
            match kept(visit, &mut form, done)? {
                Some(receipts) => Ok(office.recorded("/desk/privacy", &receipts)),
                None => release_page(office, visit, &id, &form),
            }
        })
        .await
}
