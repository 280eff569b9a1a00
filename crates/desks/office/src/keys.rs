//! What proves a person or a program beside the password: passkeys and API tokens.

use crate::account::{above, account_page, once};
use crate::door::act_error;
use crate::office::{Office, form_page, go, kept};
use askama::Template;
use axum::response::IntoResponse;
use scr_engine::ActError;
use scr_web::components::Crumb;
use scr_web::{FormState, PasskeyQuestion, Posted, Reply, Visit, asset, with_script};

/// Lifetimes that the page offers, in days.
const DAYS: [i64; 4] = [7, 30, 90, 365];

#[derive(Template)]
#[template(path = "office/passkey.html")]
struct PasskeyPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    question: PasskeyQuestion,
    script: String,
}

#[derive(Template)]
#[template(path = "office/token.html")]
struct TokenPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    label: &'a str,
    token: &'a str,
}

fn passkey_page(office: &Office, visit: &Visit, form: &FormState) -> Result<Reply, ActError> {
    let start = office.access.start_passkey(&office.login()?).map_err(act_error)?;
    let question = PasskeyQuestion {
        challenge: start.challenge.reveal().to_owned(),
        options: start.options.to_string(),
    };
    let script = asset("passkey.js").href;
    let template = PasskeyPage { visit, crumbs: above(visit), form, question, script };
    Ok(with_script(form_page(&template, form).into_response()).into())
}

/// Asks for a new passkey.
pub(crate) async fn new_passkey(office: Office, posted: Posted) -> Reply {
    office.run(posted.visit, |office, visit| passkey_page(office, visit, &FormState::new())).await
}

/// Keeps the passkey that answered.
pub(crate) async fn add_passkey(office: Office, posted: Posted) -> Reply {
    let mut form = posted.form;
    office
        .run(posted.visit, move |office, visit| {
            let added = office.access.finish_passkey(
                &office.login()?,
                form.value("challenge"),
                form.value("label"),
                form.value("answer"),
            );
            match kept(visit, &mut form, added.map_err(act_error))? {
                Some(()) => Ok(go("/desk/account?done=passkey")),
                None => passkey_page(office, visit, &form),
            }
        })
        .await
}

pub(crate) async fn remove_passkey(office: Office, posted: Posted) -> Reply {
    office
        .run(posted.visit, move |office, _| {
            let person = office.login()?.actor.person;
            office.access.remove_passkey(&person, posted.form.value("credential")).map_err(act_error)?;
            Ok(go("/desk/account?done=passkey-removed"))
        })
        .await
}

/// Makes a token in the role of this login, and shows it once.
pub(crate) async fn new_token(office: Office, posted: Posted) -> Reply {
    let mut form = posted.form;
    office
        .run(posted.visit, move |office, visit| {
            let login = office.login()?;
            let days = form.value("days").parse().ok().filter(|days| DAYS.contains(days)).unwrap_or(DAYS[0]);
            let made = office.access.new_api_token(&login, form.value("label"), days * 86_400);
            match kept(visit, &mut form, made.map_err(act_error))? {
                Some(token) => {
                    let (label, token) = (form.value("label"), token.reveal());
                    Ok(once(&TokenPage { visit, crumbs: above(visit), label, token }))
                }
                None => account_page(office, visit, &login, &form),
            }
        })
        .await
}

pub(crate) async fn revoke_token(office: Office, posted: Posted) -> Reply {
    office
        .run(posted.visit, move |office, _| {
            let person = office.login()?.actor.person;
            office.access.revoke_api_token(&person, posted.form.value("token")).map_err(act_error)?;
            Ok(go("/desk/account?done=token-revoked"))
        })
        .await
}
