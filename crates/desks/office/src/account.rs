//! My account: language, password, roles, logins.

use crate::door::act_error;
use crate::join::{new_password, password_hint};
use crate::office::{Office, crumbs, form_page, go, kept};
use crate::people::{grant_text, languages};
use crate::person::wanted_grant;
use askama::Template;
use axum::response::IntoResponse;
use scr_access::{ApiToken, Grant, Login, OpenLogin, PasskeyInfo};
use scr_engine::ActError;
use scr_i18n::Lang;
use scr_web::components::Crumb;
use scr_web::{FormState, Posted, Reply, Visit, page};

#[derive(Template)]
#[template(path = "office/account.html")]
struct AccountPage<'a> {
    visit: &'a Visit,
    form: &'a FormState,
    email: String,
    acting: String,
    /// The person's other roles, to go on in.
    others: Vec<(String, Grant)>,
    languages: Vec<(String, String)>,
    logins: Vec<(String, OpenLogin)>,
    passkeys: Vec<PasskeyInfo>,
    has_passkeys: bool,
    tokens: Vec<(String, ApiToken)>,
    done: Option<String>,
}

#[derive(Template)]
#[template(path = "office/password.html")]
struct PasswordPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    email: String,
    password_hint: String,
}

/// The way back to this page.
pub(crate) fn above(visit: &Visit) -> Vec<Crumb> {
    crumbs(visit, &[("/desk", "office-start"), ("/desk/account", "shell-account")])
}

/// What was just done, in words; unknown values say nothing.
fn done(visit: &Visit) -> Option<String> {
    let what = visit.query.get("done")?;
    let known = ["password", "language", "logins", "passkey", "passkey-removed", "token-revoked"];
    // i18n: office-done-*
    known.contains(&what).then(|| visit.t(&format!("office-done-{what}")))
}

/// The page, with what is wrong in one of its forms.
pub(crate) fn account_page(
    office: &Office,
    visit: &Visit,
    login: &Login,
    form: &FormState,
) -> Result<Reply, ActError> {
    let access = &office.access;
    let person = &login.actor.person;
    let acting = Grant::of(&login.actor);
    let words = |grant: &Grant| grant_text(visit, grant);
    let grants = access.grants(person).map_err(act_error)?;
    let logins = access.logins(login).map_err(act_error)?;
    let tokens = access.api_tokens(person).map_err(act_error)?;
    let template = AccountPage {
        visit,
        form,
        email: email(office, login)?,
        acting: words(&acting),
        others: grants.into_iter().filter(|one| *one != acting).map(|one| (words(&one), one)).collect(),
        languages: languages(),
        logins: logins.into_iter().map(|one| (words(&one.grant), one)).collect(),
        passkeys: access.passkeys(person).map_err(act_error)?,
        has_passkeys: access.has_passkeys(),
        tokens: tokens.into_iter().map(|one| (words(&one.grant), one)).collect(),
        done: done(visit),
    };
    Ok(form_page(&template, form))
}

fn email(office: &Office, login: &Login) -> Result<String, ActError> {
    let person = office.access.person(&login.actor.person).map_err(act_error)?;
    Ok(person.map(|person| person.email).unwrap_or_default())
}

pub(crate) async fn show(office: Office, visit: Visit) -> Reply {
    office
        .run(visit, |office, visit| {
            let login = office.login()?;
            let form = FormState::new().with("language", &login.language).with("days", 90);
            account_page(office, visit, &login, &form)
        })
        .await
}

pub(crate) async fn language(office: Office, posted: Posted) -> Reply {
    office
        .run(posted.visit, move |office, _| {
            let language = Lang::parse(posted.form.value("language")).unwrap_or(Lang::En).code();
            let login = office.login()?;
            office.access.set_language(&login.actor.person, language).map_err(act_error)?;
            // The shell keeps the language that an address names.
            Ok(go(&format!("/desk/account?lang={language}&done=language")))
        })
        .await
}

fn password_page(office: &Office, visit: &Visit, login: &Login, form: &FormState) -> Result<Reply, ActError> {
    let email = email(office, login)?;
    let template =
        PasswordPage { visit, crumbs: above(visit), form, email, password_hint: password_hint(visit) };
    Ok(form_page(&template, form))
}

pub(crate) async fn password_form(office: Office, visit: Visit) -> Reply {
    office.run(visit, |office, visit| password_page(office, visit, &office.login()?, &FormState::new())).await
}

pub(crate) async fn change_password(office: Office, posted: Posted) -> Reply {
    let mut form = posted.form;
    office
        .run(posted.visit, move |office, visit| {
            let login = office.login()?;
            let old = form.value("old");
            let changed = new_password(&form).map_err(ActError::from).and_then(|new| {
                office.access.change_password(&login, old, new, &office.address).map_err(act_error)
            });
            match kept(visit, &mut form, changed)? {
                Some(()) => Ok(go("/desk/account?done=password")),
                None => password_page(office, visit, &login, &form),
            }
        })
        .await
}

/// Goes on in another role: another login, with its own cookie.
pub(crate) async fn switch_role(office: Office, posted: Posted) -> Reply {
    office
        .run(posted.visit, move |office, visit| {
            let grant = wanted_grant(&posted.form)?;
            let signed_in = office.access.switch_role(&office.login()?, &grant).map_err(act_error)?;
            Ok(office.entered(&signed_in, visit, "/desk"))
        })
        .await
}

/// Ends one of the person's logins, or all but this one.
pub(crate) async fn end_logins(office: Office, posted: Posted) -> Reply {
    office
        .run(posted.visit, move |office, _| {
            let login = office.login()?;
            let ended = match posted.form.value("login") {
                "" => office.access.sign_out_elsewhere(&login).map(|_| ()),
                id => office.access.end_login(&login, id),
            };
            ended.map_err(act_error)?;
            Ok(go("/desk/account?done=logins"))
        })
        .await
}

/// A page that shows something once.
pub(crate) fn once<T: Template>(template: &T) -> Reply {
    page(template).into_response().into()
}
