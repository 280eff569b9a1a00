//! The rule pack of an election: chosen among those of the program, or uploaded.

use super::data::{self, ElectionRow};
use super::draft::uploaded;
use super::spool::take;
use super::{EVERY_ROLE, MANAGERS, actor, crumbs, form_page, just_recorded, recorded, role, run};
use crate::registry::rules::{RulesRow, all_rules, choose_rules, pack};
use askama::Template;
use axum::extract::{Multipart, Path, State};
use scr_core::{ElectionId, Refusal, RefusalKind, Role};
use scr_engine::{ActError, Fault};
use scr_results::rules::{Hardness, Pack, Rule, shipped, shipped_text};
use scr_web::components::{Crumb, Tag, Tone};
use scr_web::{App, FormState, Posted, Reply, Routes, Seal, Visit};
use std::sync::Arc;

/// The routes of these pages.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/desk/elections/{id}/rules", EVERY_ROLE, show)
        .post("/desk/elections/{id}/rules", MANAGERS, choose)
        .post("/desk/elections/{id}/rules/upload", MANAGERS, upload)
}

/// A rule as a page shows it.
pub(crate) struct RuleLine {
    pub(crate) text: String,
    pub(crate) test: String,
    pub(crate) source: String,
    pub(crate) hardness: Tag,
}

/// A rule in the reader's language.
pub(crate) fn rule_line(visit: &Visit, rule: &Rule) -> RuleLine {
    RuleLine {
        text: rule.text.get(visit.lang_code()).to_owned(),
        test: rule.test.to_string(),
        source: rule.source.clone(),
        hardness: hardness_tag(visit, rule.hardness),
    }
}

/// How binding, as a word.
pub(crate) fn hardness_tag(visit: &Visit, hardness: Hardness) -> Tag {
    match hardness {
        Hardness::Hard => Tag::new(Tone::Note, visit.t("results-rule-hard")),
        Hardness::Soft => Tag::new(Tone::Plain, visit.t("results-rule-soft")),
    }
}

#[derive(Template)]
#[template(path = "results/desk_rules.html")]
struct RulesPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    recorded: Option<Seal>,
    pack_title: Option<String>,
    rules: Vec<RuleLine>,
    versions: Vec<(RulesRow, Seal)>,
    packs: Vec<(String, String)>,
    may_choose: bool,
    base: String,
    form: &'a FormState,
}

fn href(election: &ElectionRow) -> String {
    format!("{}/rules", election.href())
}

fn rules_page(app: &App, visit: &Visit, id: &str, form: &FormState) -> Result<Reply, ActError> {
    let election = data::election(app, id)?;
    let versions = app.engine.read(|views| all_rules(views, &election.id))?;
    let chosen: Option<Pack> =
        versions.first().map(|newest| pack(&app.engine, &newest.object)).transpose()?;
    let shipped = shipped().map_err(|error| Fault::log(&error))?;
    let language = visit.lang_code();
    let template = RulesPage {
        crumbs: crumbs(visit, Some(&election)),
        recorded: just_recorded(app, visit)?,
        pack_title: chosen.as_ref().map(|pack| pack.title.get(language).to_owned()),
        rules: chosen.iter().flat_map(|pack| &pack.rules).map(|rule| rule_line(visit, rule)).collect(),
        versions: versions.into_iter().map(|row| (row.clone(), app.seal(row.index, row.at))).collect(),
        packs: shipped.iter().map(|pack| (pack.id.clone(), pack.title.get(language).to_owned())).collect(),
        may_choose: role(visit) == Some(Role::Manager),
        base: href(&election),
        visit,
        form,
    };
    Ok(form_page(&template, form))
}

async fn show(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| rules_page(&app, visit, &id, &FormState::new())).await
}

async fn choose(State(app): State<Arc<App>>, Path(id): Path<String>, posted: Posted) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let Some(text) = shipped_text(form.value("pack")) else {
            form.reject("pack", visit.t("results-desk-wrong-choice"));
            return rules_page(&app, visit, &id, &form);
        };
        act(&app, visit, &id, text, form)
    })
    .await
}

async fn upload(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path(id): Path<String>,
    mut parts: Multipart,
) -> Reply {
    let upload = match take(&app, &visit, &mut parts).await {
        Ok(upload) => upload,
        Err(error) => return error.reply(&visit),
    };
    run(visit, move |visit| {
        let mut form = FormState::new().with("reason", &upload.reason);
        let bytes = upload.file.map(|file| uploaded(&app, &file)).transpose()?.unwrap_or_default();
        match std::str::from_utf8(&bytes) {
            Ok(text) if !text.is_empty() => act(&app, visit, &id, text, form),
            _ => {
                form.reject("file", visit.t("results-desk-rules-wrong-file"));
                rules_page(&app, visit, &id, &form)
            }
        }
    })
    .await
}

fn act(app: &App, visit: &Visit, id: &str, text: &str, mut form: FormState) -> Result<Reply, ActError> {
    let election = data::election(app, id)?;
    let id_of = ElectionId::new(election.id.as_str())
        .map_err(|_| Refusal::new(RefusalKind::NotFound, "SCR-RES-009"))?;
    let act = choose_rules(&app.engine, actor(visit)?, &id_of, text, Some(form.value("reason")));
    match scr_web::kept(visit, &mut form, act)? {
        Some(receipts) => Ok(recorded(app, &href(&election), &receipts)),
        None => rules_page(app, visit, id, &form),
    }
}
