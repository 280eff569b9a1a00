//! One-time links: the first administrator takes the installation over, others accept an invitation.

use crate::commands;
use crate::door::act_error;
use crate::office::{Office, form_page, kept};
use askama::Template;
use axum::extract::Path;
use scr_access::{FirstAdministrator, InviteKind, MAX_CHARACTERS, MIN_CHARACTERS, Person, SignIn, codes};
use scr_core::{OrgId, Refusal, RefusalKind};
use scr_engine::ActError;
use scr_web::{FormState, Posted, Reply, Visit};

#[derive(Template)]
#[template(path = "office/first.html")]
struct FirstPage<'a> {
    visit: &'a Visit,
    form: &'a FormState,
    until: i64,
    password_hint: String,
}

#[derive(Template)]
#[template(path = "office/join.html")]
struct JoinPage<'a> {
    visit: &'a Visit,
    form: &'a FormState,
    person: &'a Person,
    until: i64,
    password_hint: String,
}

pub(crate) fn password_hint(visit: &Visit) -> String {
    visit.ta("office-password-hint", &[("min", MIN_CHARACTERS.into()), ("max", MAX_CHARACTERS.into())])
}

fn join_page(office: &Office, visit: &Visit, link: &str, form: &FormState) -> Result<Reply, ActError> {
    let open = office.access.open_invitation(link).map_err(act_error)?;
    let (until, password_hint) = (open.expires_at, password_hint(visit));
    match open.person {
        Some(person) => Ok(form_page(&JoinPage { visit, form, person: &person, until, password_hint }, form)),
        None => Ok(form_page(&FirstPage { visit, form, until, password_hint }, form)),
    }
}

pub(crate) async fn show(office: Office, visit: Visit, Path(link): Path<String>) -> Reply {
    office.run(visit, move |office, visit| join_page(office, visit, &link, &FormState::new())).await
}

pub(crate) async fn accept(office: Office, Path(link): Path<String>, posted: Posted) -> Reply {
    let mut form = posted.form;
    office
        .run(posted.visit, move |office, visit| {
            let open = office.access.open_invitation(&link).map_err(act_error)?;
            let joined = if open.kind == InviteKind::First {
                first(office, visit, &link, &form)
            } else {
                person(office, &link, &form)
            };
            let Some(email) = kept(visit, &mut form, joined)? else {
                return join_page(office, visit, &link, &form);
            };
            let credentials =
                SignIn { email: &email, password: form.value("password"), address: &office.address };
            let signed_in = office.access.sign_in(&credentials).map_err(act_error)?;
            Ok(office.entered(&signed_in, visit, "/desk"))
        })
        .await
}

/// The new password, typed twice the same.
pub(crate) fn new_password(form: &FormState) -> Result<&str, Refusal> {
    let password = form.value("password");
    if password == form.value("again") {
        Ok(password)
    } else {
        Err(Refusal::new(RefusalKind::Invalid, codes::PASSWORDS_DIFFER).on("again"))
    }
}

fn first(office: &Office, visit: &Visit, link: &str, form: &FormState) -> Result<String, ActError> {
    let org = organisation_id(form.value("org"))?;
    let details = FirstAdministrator {
        name: form.value("name"),
        email: form.value("email"),
        language: visit.lang_code(),
        password: new_password(form)?,
        org: &org,
    };
    let organisation = form.value("organisation");
    commands::first_administrator(&office.app.engine, &office.access, link, &details, organisation)?;
    Ok(details.email.to_owned())
}

fn person(office: &Office, link: &str, form: &FormState) -> Result<String, ActError> {
    let person = office.access.accept(link, new_password(form)?).map_err(act_error)?;
    let person = office.access.person(&person).map_err(act_error)?;
    Ok(person.map(|person| person.email).unwrap_or_default())
}

/// Ids stand in addresses and in the record. Refused with `SCR-ACC-026`.
pub(crate) fn organisation_id(text: &str) -> Result<OrgId, Refusal> {
    OrgId::new(text).map_err(|_| Refusal::new(RefusalKind::Invalid, codes::ID_FORM).on("org"))
}
