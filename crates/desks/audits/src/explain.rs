//! Explanations of discrepancies: a jurisdiction's, or the administrator's.

use crate::data::Explained;
use crate::desk::{actor, audit_of};
use crate::public::summary::{self, Difference};
use crate::rounds;
use askama::Template;
use axum::extract::{Path, State};
use scr_core::Role;
use scr_engine::ActError;
use scr_i18n::Lang;
use scr_web::components::Crumb;
use scr_web::{Allow, App, FormState, Posted, Reply, Routes, Visit, form_page, kept, recorded, run};
use std::sync::Arc;

/// The texts of these pages.
pub(crate) const TEXTS: [(Lang, &str); 4] = [
    (Lang::En, include_str!("../texts/explain.en.ftl")),
    (Lang::Fr, include_str!("../texts/explain.fr.ftl")),
    (Lang::Es, include_str!("../texts/explain.es.ftl")),
    (Lang::Ar, include_str!("../texts/explain.ar.ftl")),
];

const EXPLAINERS: Allow = Allow::Roles(&[Role::Manager, Role::Supervisor]);

/// The routes of these pages.
pub(crate) fn routes() -> Routes {
    Routes::new().get("/desk/audits/{audit}/discrepancies", EXPLAINERS, show).post(
        "/desk/audits/{audit}/discrepancies",
        EXPLAINERS,
        explain,
    )
}

/// A ballot or a batch: it is explained as one, whatever differs on it.
struct Line {
    /// Where it lies.
    one: Difference,
    /// What differs, contest by contest.
    changes: Vec<Difference>,
    explained: Option<Explained>,
    /// The form of this line was refused.
    is_wrong: bool,
}

#[derive(Template)]
#[template(path = "explain.html")]
struct ExplainPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    lines: Vec<Line>,
    missing: usize,
}

async fn show(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| make(&app, visit, &id, &FormState::new())).await
}

fn make(app: &Arc<App>, visit: &Visit, id: &str, form: &FormState) -> Result<Reply, ActError> {
    let audit = audit_of(app, id)?;
    let actor = actor(visit)?;
    if audit.org() != actor.org.as_str() {
        return Err(crate::acts::not_yours().into());
    }
    let version = audit.audit.version();
    let mut explained = app.engine.read(|views| crate::data::explained(views, id, version))?;
    let found = summary::of(app, &audit)?;
    let own = |one: &&Difference| actor.place.as_ref().is_none_or(|place| *place == one.jurisdiction);
    let shown: Vec<&Difference> = found.differences.iter().filter(own).collect();
    let line = |changes: &[&Difference]| {
        let one = Difference::clone(changes.first()?);
        Some(Line {
            explained: explained.remove(&one.key),
            is_wrong: !form.is_fine() && form.is("unit", one.unit()),
            changes: changes.iter().copied().cloned().collect(),
            one,
        })
    };
    // The contests of a ballot or a batch follow each other.
    let lines: Vec<Line> = shown.chunk_by(|one, next| one.key == next.key).filter_map(line).collect();
    let template = ExplainPage {
        visit,
        crumbs: vec![
            Crumb::new("/desk/audits", visit.t("audit-public-list")),
            Crumb::new(format!("/desk/audits/{id}"), audit.audit.title()),
        ],
        form,
        missing: lines.iter().filter(|line| line.explained.is_none()).count(),
        lines,
    };
    Ok(form_page(&template, form))
}

async fn explain(State(app): State<Arc<App>>, Path(id): Path<String>, posted: Posted) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let unit = form.value("unit").split_once('-');
        let numbers = unit.and_then(|(batch, position)| Some((batch.parse().ok()?, position.parse().ok()?)));
        let (batch, position): (usize, u32) = numbers.ok_or_else(crate::acts::absent)?;
        let place = (batch, (position > 0).then_some(position));
        let act = rounds::explain(&app.engine, actor(visit)?, &id, place, form.value("reason"));
        match kept(visit, &mut form, act)? {
            Some(receipts) => Ok(recorded(&app, &format!("/desk/audits/{id}/discrepancies"), &receipts)),
            None => make(&app, visit, &id, &form),
        }
    })
    .await
}
