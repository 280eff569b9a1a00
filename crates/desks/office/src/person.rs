//! One person: roles given and withdrawn, a new link.

use crate::commands;
use crate::door::act_error;
use crate::join::organisation_id;
use crate::office::{Office, crumbs, form_page, kept, status};
use crate::people::{grant_text, organisations, roles};
use crate::views;
use askama::Template;
use axum::extract::Path;
use axum::response::IntoResponse;
use scr_access::{Grant, Person, Secret, codes};
use scr_core::{PersonId, Refusal, RefusalKind, Role};
use scr_engine::{ActError, Receipt};
use scr_web::components::{Answer, Crumb};
use scr_web::{FormState, Posted, Reply, Seal, Visit, page};

/// A role of the person, with its seal.
struct RoleRow {
    text: String,
    grant: Grant,
    seal: Option<Seal>,
}

#[derive(Template)]
#[template(path = "office/person.html")]
struct PersonPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    recorded: Option<Seal>,
    person: &'a Person,
    held: Vec<RoleRow>,
    form: &'a FormState,
    organisations: Vec<(String, String)>,
    roles: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "office/withdraw.html")]
struct WithdrawPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    href: String,
    form: &'a FormState,
    answers: Vec<Answer>,
}

#[derive(Template)]
#[template(path = "office/link.html")]
struct LinkPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    person: &'a Person,
    link: String,
    seal: Option<Seal>,
    days: i64,
}

fn person(office: &Office, id: &str) -> Result<Person, ActError> {
    let absent = || Refusal::new(RefusalKind::NotFound, codes::NO_PERSON);
    let id = PersonId::new(id).map_err(|_| absent())?;
    Ok(office.access.person(&id).map_err(act_error)?.ok_or_else(absent)?)
}

/// The role that a form asks for. Refused with `SCR-ACC-026` or `-017`.
pub(crate) fn wanted_grant(form: &FormState) -> Result<Grant, Refusal> {
    let org = organisation_id(form.value("org"))?;
    let role = Role::parse(form.value("role"))
        .ok_or_else(|| Refusal::new(RefusalKind::Invalid, codes::NO_ROLE).on("role"))?;
    let place = Some(form.value("place").to_owned()).filter(|place| !place.is_empty());
    Ok(Grant { org, role, place })
}

fn above(visit: &Visit) -> Vec<Crumb> {
    crumbs(visit, &[("/desk", "office-start"), ("/desk/people", "office-people")])
}

fn person_page(office: &Office, visit: &Visit, person: &Person, form: &FormState) -> Result<Reply, ActError> {
    let mut held = Vec::new();
    for grant in office.access.grants(&person.id).map_err(act_error)? {
        let place = office.app.engine.read(|views| views::grant(views, person.id.as_str(), &grant))?;
        held.push(RoleRow {
            text: grant_text(visit, &grant),
            seal: place.map(|(index, at)| office.app.seal(index, at)),
            grant,
        });
    }
    let template = PersonPage {
        visit,
        crumbs: above(visit),
        recorded: office.just_recorded(visit)?,
        person,
        held,
        form,
        organisations: organisations(office)?,
        roles: roles(visit),
    };
    Ok(form_page(&template, form))
}

pub(crate) async fn show(office: Office, visit: Visit, Path(id): Path<String>) -> Reply {
    office
        .run(visit, move |office, visit| {
            let form = FormState::new().with("role", Role::Clerk.as_str());
            person_page(office, visit, &person(office, &id)?, &form)
        })
        .await
}

/// Gives a role. The form repeats what will be recorded; a signing act.
pub(crate) async fn grant(office: Office, Path(id): Path<String>, posted: Posted) -> Reply {
    let mut form = posted.form;
    office
        .run(posted.visit, move |office, visit| {
            let person = person(office, &id)?;
            let actor = office.login()?.actor;
            let done = wanted_grant(&form).map_err(ActError::from).and_then(|grant| {
                commands::grant_role(&office.app.engine, &office.access, &actor, &person.id, &grant)
            });
            match kept(visit, &mut form, done)? {
                Some(receipts) => Ok(office.recorded(&format!("/desk/people/{}", person.id), &receipts)),
                None => person_page(office, visit, &person, &form),
            }
        })
        .await
}

/// What withdrawing a role means, before it is done.
pub(crate) async fn ask_withdraw(office: Office, visit: Visit, Path(id): Path<String>) -> Reply {
    office
        .run(visit, move |office, visit| {
            let query = |name| visit.query.get(name).unwrap_or_default();
            let form = FormState::new()
                .with("org", query("org"))
                .with("role", query("role"))
                .with("place", query("place"));
            withdraw_page(office, visit, &id, &form)
        })
        .await
}

fn withdraw_page(office: &Office, visit: &Visit, id: &str, form: &FormState) -> Result<Reply, ActError> {
    let person = person(office, id)?;
    let grant = wanted_grant(form)?;
    let answer = |key: &str, answer: String| Answer { question: visit.t(key), answer, change: None };
    let template = WithdrawPage {
        visit,
        crumbs: above(visit),
        href: format!("/desk/people/{}", person.id),
        form,
        answers: vec![answer("office-name", person.name), answer("office-role", grant_text(visit, &grant))],
    };
    Ok((status(form), page(&template)).into_response().into())
}

pub(crate) async fn withdraw(office: Office, Path(id): Path<String>, posted: Posted) -> Reply {
    let mut form = posted.form;
    office
        .run(posted.visit, move |office, visit| {
            let person = person(office, &id)?;
            let grant = wanted_grant(&form)?;
            let actor = office.login()?.actor;
            let done =
                commands::withdraw_role(&office.app.engine, &office.access, &actor, &person.id, &grant);
            match kept(visit, &mut form, done)? {
                Some(receipts) => Ok(office.recorded(&format!("/desk/people/{}", person.id), &receipts)),
                None => withdraw_page(office, visit, &id, &form),
            }
        })
        .await
}

/// A new link for somebody who lost the invitation or the password.
pub(crate) async fn new_link(office: Office, Path(id): Path<String>, posted: Posted) -> Reply {
    office
        .run(posted.visit, move |office, visit| {
            let person = person(office, &id)?;
            let actor = office.login()?.actor;
            let (link, receipts) =
                commands::issue_link(&office.app.engine, &office.access, &actor, &person.id)?;
            link_page(office, visit, &person.id, &link, &receipts)
        })
        .await
}

/// Shows a link, once.
pub(crate) fn link_page(
    office: &Office,
    visit: &Visit,
    id: &PersonId,
    link: &Secret,
    receipts: &[Receipt],
) -> Result<Reply, ActError> {
    let settings = office.access.settings();
    let template = LinkPage {
        visit,
        crumbs: above(visit),
        person: &person(office, id.as_str())?,
        link: format!("{}/desk/join/{}", settings.origin, link.reveal()),
        seal: receipts.last().map(|receipt| office.app.seal(receipt.index, receipt.at)),
        days: settings.invitation_seconds / 86_400,
    };
    Ok(page(&template).into())
}
