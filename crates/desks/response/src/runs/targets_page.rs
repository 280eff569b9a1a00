//! The allow list: what playbooks may send requests to.

use super::board::actor;
use super::doing::person;
use super::targets::{self, Listed, METHODS, Target};
use super::words::crumbs;
use askama::Template;
use axum::extract::{Path, State};
use scr_core::Role;
use scr_engine::ActError;
use scr_playbooks::http::Allowed;
use scr_web::components::Crumb;
use scr_web::{
    App, FormState, Posted, Reply, Seal, Visit, form_page, just_recorded, kept as kept_in, recorded, run,
};
use std::sync::Arc;

const HERE: &str = "/desk/response/targets";

struct Line {
    listed: Listed,
    address: String,
    seal: Seal,
}

#[derive(Template)]
#[template(path = "runs/targets.html")]
struct TargetsPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    lines: Vec<Line>,
    may: bool,
    may_be_private: bool,
    /// Each with whether it is chosen.
    methods: Vec<(&'static str, bool)>,
    recorded: Option<Seal>,
}

fn show(app: &App, visit: &Visit, form: &FormState, chosen: &[String]) -> Result<Reply, ActError> {
    let person = actor(visit)?;
    let all = app.engine.read(|views| targets::of_org(views, person.org.as_str()))?;
    let line = |listed: Listed| {
        let allowed = &listed.target.allowed;
        let scheme = if allowed.plain { "http" } else { "https" };
        let port = allowed.port.map(|port| format!(":{port}")).unwrap_or_default();
        Line {
            address: format!(
                "{} {scheme}://{}{port}{}",
                allowed.methods.join(" "),
                allowed.host,
                allowed.path
            ),
            seal: app.seal(listed.index, listed.at),
            listed,
        }
    };
    let template = TargetsPage {
        visit,
        crumbs: crumbs(visit, None),
        form,
        lines: all.into_iter().map(line).collect(),
        may: person.role == Role::Manager,
        may_be_private: app.config.private_partners,
        methods: METHODS.map(|method| (method, chosen.iter().any(|one| one == method))).into(),
        recorded: just_recorded(app, visit)?,
    };
    Ok(form_page(&template, form))
}

pub(super) async fn list(State(app): State<Arc<App>>, visit: Visit) -> Reply {
    run(visit, move |visit| show(&app, visit, &FormState::new(), &["POST".to_owned()])).await
}

pub(super) async fn allow(State(app): State<Arc<App>>, posted: Posted) -> Reply {
    let mut form = posted.form;
    let methods: Vec<String> =
        posted.pairs.iter().filter(|(name, _)| name == "methods").map(|(_, value)| value.clone()).collect();
    run(posted.visit, move |visit| {
        let port = form.value("port");
        let target = Target {
            name: form.value("name").to_owned(),
            allowed: Allowed {
                methods: methods.clone(),
                host: form.value("host").to_ascii_lowercase(),
                // What is no number is no port.
                port: if port.is_empty() { None } else { Some(port.parse().unwrap_or(0)) },
                path: form.value("path").to_owned(),
                plain: form.is("plain", "yes"),
                credential: None,
            },
        };
        let result = targets::allow(&app.engine, person(visit)?, &target, app.config.private_partners);
        match kept_in(visit, &mut form, result)? {
            Some(receipts) => Ok(recorded(&app, HERE, &receipts)),
            None => show(&app, visit, &form, &methods),
        }
    })
    .await
}

pub(super) async fn remove(State(app): State<Arc<App>>, Path(id): Path<String>, posted: Posted) -> Reply {
    run(posted.visit, move |visit| {
        let receipts = targets::remove(&app.engine, person(visit)?, &id)?;
        Ok(recorded(&app, HERE, &receipts))
    })
    .await
}
