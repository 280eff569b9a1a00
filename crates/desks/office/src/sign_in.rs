//! Signing in and out, by password or passkey.

use crate::door::act_error;
use crate::office::{Office, form_page, kept};
use askama::Template;
use scr_access::SignIn;
use scr_web::{FormState, PasskeyQuestion, Posted, Reply, Visit, asset, page, with_script};

#[derive(Template)]
#[template(path = "office/sign_in.html")]
struct SignInPage<'a> {
    visit: &'a Visit,
    form: &'a FormState,
    to: &'a str,
    /// True while the installation has no administrator: nobody can sign in yet.
    is_new: bool,
    has_passkeys: bool,
}

#[derive(Template)]
#[template(path = "office/sign_in_passkey.html")]
struct PasskeyPage<'a> {
    visit: &'a Visit,
    to: &'a str,
    question: PasskeyQuestion,
    script: String,
}

impl Office {
    fn sign_in_page(&self, visit: &Visit, form: &FormState, to: &str) -> Result<Reply, scr_engine::ActError> {
        let is_new = self.access.administrators().map_err(act_error)? == 0;
        let has_passkeys = self.access.has_passkeys();
        Ok(form_page(&SignInPage { visit, form, to, is_new, has_passkeys }, form))
    }
}

pub(crate) async fn form(office: Office, visit: Visit) -> Reply {
    let run = |office: &Office, visit: &Visit| {
        let to = visit.query.get("to").unwrap_or_default();
        office.sign_in_page(visit, &FormState::new(), to)
    };
    office.run(visit, run).await
}

pub(crate) async fn submit(office: Office, posted: Posted) -> Reply {
    let mut form = posted.form;
    office
        .run(posted.visit, move |office, visit| {
            let credentials = SignIn {
                email: form.value("email"),
                password: form.value("password"),
                address: &office.address,
            };
            let signed_in = office.access.sign_in(&credentials).map_err(act_error);
            match kept(visit, &mut form, signed_in)? {
                Some(signed_in) => Ok(office.entered(&signed_in, visit, destination(form.value("to")))),
                None => {
                    let to = form.value("to").to_owned();
                    office.sign_in_page(visit, &form, &to)
                }
            }
        })
        .await
}

/// Asks for a passkey; with its answer, signs in.
pub(crate) async fn passkey(office: Office, posted: Posted) -> Reply {
    let mut form = posted.form;
    office
        .run(posted.visit, move |office, visit| {
            let to = form.value("to").to_owned();
            if !form.value("answer").is_empty() {
                let signed_in =
                    office.access.finish_passkey_sign_in(form.value("challenge"), form.value("answer"));
                return match kept(visit, &mut form, signed_in.map_err(act_error))? {
                    Some(signed_in) => Ok(office.entered(&signed_in, visit, destination(&to))),
                    None => office.sign_in_page(visit, &form, &to),
                };
            }
            let start = office.access.start_passkey_sign_in(&office.address).map_err(act_error);
            let Some(start) = kept(visit, &mut form, start)? else {
                return office.sign_in_page(visit, &form, &to);
            };
            let question = PasskeyQuestion {
                challenge: start.challenge.reveal().to_owned(),
                options: start.options.to_string(),
            };
            let script = asset("passkey.js").href;
            Ok(with_script(page(&PasskeyPage { visit, to: &to, question, script })).into())
        })
        .await
}

pub(crate) async fn leave(office: Office, posted: Posted) -> Reply {
    office
        .run(posted.visit, |office, _| {
            office.access.sign_out(&office.login()?).map_err(act_error)?;
            Ok(Office::left())
        })
        .await
}

/// Only pages of the desk: a link must not send anybody elsewhere after signing in.
fn destination(to: &str) -> &str {
    let fine = to.starts_with("/desk")
        && !to.contains("//")
        && !to.contains('\\')
        && !to.contains("sign-")
        && !to.starts_with("/desk/join/");
    if fine { to } else { "/desk" }
}

#[cfg(test)]
mod tests {
    use super::destination;

    #[test]
    fn nobody_is_sent_elsewhere_after_signing_in() {
        assert_eq!(destination("/desk/elections/x"), "/desk/elections/x");
        for to in [
            "",
            "https://evil.example",
            "//evil.example",
            "/desk//evil.example",
            "/desk\\evil",
            "/desk/sign-out",
            "/desk/join/x",
        ] {
            assert_eq!(destination(to), "/desk", "{to}");
        }
    }
}
