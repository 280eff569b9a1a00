//! What is done to a whole run: its clocks stand and go on, it is broken off, a variable gets a value.

use super::acts::{self, Deed};
use super::board::actor;
use super::data::{self, Kept};
use super::doing::person;
use super::words::{crumbs, href, marked};
use askama::Template;
use axum::extract::{Path, State};
use scr_engine::ActError;
use scr_web::components::Crumb;
use scr_web::{App, FormState, Posted, Reply, Visit, form_page, kept as kept_in, recorded, run};
use std::sync::Arc;

/// Which of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Pause,
    Resume,
    Abort,
}

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Self::Pause => "pause",
            Self::Resume => "resume",
            Self::Abort => "abort",
        }
    }
}

#[derive(Template)]
#[template(path = "runs/whole.html")]
struct WholePage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    base: String,
    title: String,
    text: String,
    act: String,
    needs_reason: bool,
    is_grave: bool,
}

fn show(visit: &Visit, kept: &Kept, kind: Kind, form: &FormState) -> Reply {
    let visit = &marked(visit, kept.row.is_exercise());
    // i18n: runs-whole-*
    let text = |what: &str| visit.t(&format!("runs-whole-{}-{what}", kind.word()));
    let template = WholePage {
        visit,
        crumbs: crumbs(visit, Some(kept)),
        form,
        base: href(&kept.row.run),
        title: text("title"),
        text: text("text"),
        act: text("act"),
        needs_reason: kind != Kind::Resume,
        is_grave: kind == Kind::Abort,
    };
    form_page(&template, form)
}

async fn ask(app: Arc<App>, visit: Visit, id: String, kind: Kind) -> Reply {
    run(visit, move |visit| {
        let kept = data::seen(&app.engine, actor(visit)?, &id)?;
        Ok(show(visit, &kept, kind, &FormState::new()))
    })
    .await
}

async fn act(app: Arc<App>, posted: Posted, id: String, kind: Kind) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let reason = form.value("reason").to_owned();
        let deed = match kind {
            Kind::Pause => Deed::Pause { reason },
            Kind::Resume => Deed::Resume,
            Kind::Abort => Deed::Abort { reason },
        };
        let result = acts::act(&app.engine, person(visit)?, &id, &deed);
        match kept_in(visit, &mut form, result)? {
            Some(receipts) => Ok(recorded(&app, &href(&id), &receipts)),
            None => Ok(show(visit, &data::seen(&app.engine, actor(visit)?, &id)?, kind, &form)),
        }
    })
    .await
}

pub(super) async fn ask_pause(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    ask(app, visit, id, Kind::Pause).await
}

pub(super) async fn ask_resume(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    ask(app, visit, id, Kind::Resume).await
}

pub(super) async fn ask_abort(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    ask(app, visit, id, Kind::Abort).await
}

pub(super) async fn pause(State(app): State<Arc<App>>, Path(id): Path<String>, posted: Posted) -> Reply {
    act(app, posted, id, Kind::Pause).await
}

pub(super) async fn resume(State(app): State<Arc<App>>, Path(id): Path<String>, posted: Posted) -> Reply {
    act(app, posted, id, Kind::Resume).await
}

pub(super) async fn abort(State(app): State<Arc<App>>, Path(id): Path<String>, posted: Posted) -> Reply {
    act(app, posted, id, Kind::Abort).await
}

struct Variable {
    name: String,
    label: String,
    value: String,
    is_bool: bool,
    waits: bool,
}

#[derive(Template)]
#[template(path = "runs/variables.html")]
struct VariablesPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    base: String,
    variables: Vec<Variable>,
}

fn show_variables(app: &App, visit: &Visit, kept: &Kept, form: &FormState) -> Reply {
    use scr_playbooks::run::What;
    let visit = &marked(visit, kept.row.is_exercise());
    let now = kept.now(app.clock.now_ms());
    let wanted: Vec<String> = kept
        .fold
        .todo(&kept.plan, now)
        .into_iter()
        .filter_map(|todo| if let What::SetVariables(names) = todo.what { Some(names) } else { None })
        .flatten()
        .collect();
    let open = kept.plan.variables.iter().filter(|(_, variable)| !variable.is_constant);
    let variable = |(name, variable): (&String, &scr_playbooks::Variable)| Variable {
        name: name.clone(),
        label: variable.description.clone().unwrap_or_else(|| name.clone()),
        value: kept.fold.variables().get(name).map(|written| written.value.clone()).unwrap_or_default(),
        is_bool: variable.kind == "bool",
        waits: wanted.contains(name),
    };
    let template = VariablesPage {
        visit,
        crumbs: crumbs(visit, Some(kept)),
        form,
        base: href(&kept.row.run),
        variables: open.map(variable).collect(),
    };
    form_page(&template, form)
}

pub(super) async fn ask_variables(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path(id): Path<String>,
) -> Reply {
    run(visit, move |visit| {
        let kept = data::seen(&app.engine, actor(visit)?, &id)?;
        Ok(show_variables(&app, visit, &kept, &FormState::new()))
    })
    .await
}

pub(super) async fn set_variable(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    posted: Posted,
) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| -> Result<Reply, ActError> {
        let name = form.value("name").to_owned();
        let deed = Deed::SetVariable { value: form.value(&format!("value-{name}")).to_owned(), name };
        let result = acts::act(&app.engine, person(visit)?, &id, &deed);
        match kept_in(visit, &mut form, result)? {
            Some(receipts) => Ok(recorded(&app, &href(&id), &receipts)),
            None => Ok(show_variables(&app, visit, &data::seen(&app.engine, actor(visit)?, &id)?, &form)),
        }
    })
    .await
}
