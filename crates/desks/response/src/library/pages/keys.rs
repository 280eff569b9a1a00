//! Keys that an organisation trusts to sign playbooks.

use super::{actor, crumbs, decides};
use crate::library::acts;
use crate::library::read::{self, Key};
use askama::Template;
use axum::extract::State;
use scr_canon::Hash32;
use scr_engine::ActError;
use scr_web::components::Crumb;
use scr_web::{App, FormState, Posted, Reply, Seal, Visit, form_page, just_recorded, kept, recorded, run};
use std::sync::Arc;

const HERE: &str = "/desk/response/playbooks/keys";

#[derive(Template)]
#[template(path = "library/keys.html")]
struct KeysPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    recorded: Option<Seal>,
    keys: Vec<(Key, String, Seal)>,
    may_write: bool,
}

fn render(app: &App, visit: &Visit, form: &FormState) -> Result<Reply, ActError> {
    let actor = actor(visit)?;
    let keys = app.engine.read(|views| read::keys(views, actor.org.as_str()))?;
    let template = KeysPage {
        visit,
        crumbs: crumbs(visit, None),
        form,
        recorded: just_recorded(app, visit)?,
        keys: keys
            .into_iter()
            .map(|key| {
                let seal = app.seal(key.index, key.at);
                let hex = key.key.to_hex();
                (key, hex, seal)
            })
            .collect(),
        may_write: decides(actor),
    };
    Ok(form_page(&template, form))
}

pub(super) async fn show(State(app): State<Arc<App>>, visit: Visit) -> Reply {
    run(visit, move |visit| render(&app, visit, &FormState::new())).await
}

pub(super) async fn pin(State(app): State<Arc<App>>, posted: Posted) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let done = acts::pin(&app.engine, actor(visit)?, form.value("name"), form.value("key"));
        match kept(visit, &mut form, done)? {
            Some(receipts) => Ok(recorded(&app, HERE, &receipts)),
            None => render(&app, visit, &form),
        }
    })
    .await
}

pub(super) async fn unpin(State(app): State<Arc<App>>, posted: Posted) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let key = Hash32::from_hex(form.value("key")).unwrap_or(Hash32([0; 32]));
        let done = acts::unpin(&app.engine, actor(visit)?, &key, form.value("reason"));
        match kept(visit, &mut form, done)? {
            Some(receipts) => Ok(recorded(&app, HERE, &receipts)),
            None => {
                // What stands in the form for a new key is something else.
                let mut empty = FormState::new();
                empty.errors = form.errors;
                render(&app, visit, &empty)
            }
        }
    })
    .await
}
