//! The words of one language: the short ones that go by every channel, and the longer ones in three reading levels.

use super::super::acts;
use super::super::draft::{self, Draft, LANGUAGES, LEVELS, MAX_HEADLINE, MAX_LONG, Spoken};
use super::super::events::{self, Sentences};
use super::super::rules::longest;
use super::what::steps;
use super::{actor, crumbs, dressed, look, refuse, seen};
use crate::issued::Words;
use askama::Template;
use axum::extract::{Path, State};
use scr_alerts::Status;
use scr_core::{Refusal, RefusalKind};
use scr_engine::ActError;
use scr_web::components::Crumb;
use scr_web::{App, FormState, Posted, Reply, Visit, form_page, go, run};
use std::sync::Arc;

/// A language beside the others.
struct Tab {
    href: String,
    name: String,
    current: bool,
    bytes: usize,
}

/// The fields of one reading level.
struct Level {
    name: String,
    hint: String,
    headline: String,
    description: String,
    instruction: String,
    is_open: bool,
}

#[derive(Template)]
#[template(path = "write/words.html")]
struct WordsPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    draft: &'a Draft,
    language: &'a str,
    name: String,
    dir: &'static str,
    tabs: Vec<Tab>,
    levels: Vec<Level>,
    left: i64,
    over: u64,
    shorten: Option<String>,
    is_approved_before: bool,
    suggestion: Option<&'static Sentences>,
    marker: Option<String>,
    steps: Vec<String>,
}

fn show(
    app: &App,
    visit: &Visit,
    draft: &Draft,
    language: &str,
    form: &FormState,
) -> Result<Reply, ActError> {
    let (each, left) = draft::bytes(draft);
    let tab = |code: &str| Tab {
        href: format!("{}/words/{code}", draft.href()),
        name: look::say(visit, "language", code),
        current: code == language,
        bytes: each.get(code).copied().unwrap_or(0),
    };
    // i18n: alerts-level-*
    let level = |level: &str| Level {
        name: visit.t(&format!("alerts-level-{level}")),
        hint: visit.t(&format!("alerts-level-{level}-hint")),
        headline: format!("headline-{level}"),
        description: format!("description-{level}"),
        instruction: format!("instruction-{level}"),
        is_open: level == "public" || !form.value(&format!("headline-{level}")).is_empty(),
    };
    let hash = draft.words_hash(language)?.to_string();
    let approvals = app.engine.read(|views| super::super::view::approvals(views, &draft.id))?;
    let situation = if draft.kind == "cancel" { "cancel" } else { draft.event.as_str() };
    let visit = &dressed(visit, draft.status() == Status::Exercise);
    let template = WordsPage {
        visit,
        crumbs: crumbs(visit, Some(draft)),
        form,
        draft,
        language,
        name: look::say(visit, "language", language),
        dir: if language == "ar" { "rtl" } else { "ltr" },
        tabs: LANGUAGES.into_iter().map(tab).collect(),
        levels: LEVELS.into_iter().map(level).collect(),
        left,
        over: left.min(0).unsigned_abs(),
        shorten: longest(draft).filter(|_| left < 0).map(|code| look::say(visit, "language", code)),
        is_approved_before: approvals.iter().any(|one| one.language == language && one.hash == hash),
        suggestion: events::sentences(situation, language),
        marker: super::super::cap::marker(draft.status(), language),
        steps: steps(visit),
    };
    Ok(form_page(&template, form))
}

fn fields(version: u64, spoken: &Spoken) -> FormState {
    let mut form = FormState::new()
        .with("version", version)
        .with("headline", &spoken.headline)
        .with("instruction", &spoken.instruction);
    for (level, words) in &spoken.levels {
        form = form
            .with(&format!("headline-{level}"), &words.headline)
            .with(&format!("description-{level}"), &words.description)
            .with(&format!("instruction-{level}"), &words.instruction);
    }
    form
}

fn known(language: &str) -> Result<(), Refusal> {
    let wrong = || Refusal::new(RefusalKind::NotFound, super::super::codes::NO_DRAFT);
    if LANGUAGES.contains(&language) { Ok(()) } else { Err(wrong()) }
}

pub(super) async fn form(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path((id, language)): Path<(String, String)>,
) -> Reply {
    run(visit, move |visit| {
        known(&language)?;
        let kept = acts::open_draft(&app, actor(visit)?, &id)?;
        let spoken = kept.draft.words.get(&language).cloned().unwrap_or_default();
        let mut form = fields(kept.version, &spoken);
        let situation = if kept.draft.kind == "cancel" { "cancel" } else { kept.draft.event.as_str() };
        if visit.query.get("begin").is_some()
            && spoken.is_empty()
            && let Some(suggestion) = events::sentences(situation, &language)
        {
            form = form
                .with("headline", &suggestion.headline)
                .with("instruction", &suggestion.instruction)
                .with("headline-public", &suggestion.headline)
                .with("description-public", &suggestion.description)
                .with("instruction-public", &suggestion.what_to_do);
        }
        show(&app, visit, &kept.draft, &language, &form)
    })
    .await
}

pub(super) async fn save(
    State(app): State<Arc<App>>,
    Path((id, language)): Path<(String, String)>,
    posted: Posted,
) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        known(&language)?;
        let actor = actor(visit)?;
        let kept = acts::open_draft(&app, actor, &id)?;
        let spoken = spoken(visit, &mut form);
        let mut draft = kept.draft;
        if spoken.is_empty() {
            draft.words.remove(&language);
        } else {
            draft.words.insert(language.clone(), spoken);
        }
        if form.is_fine() {
            let to = match form.value("step") {
                "stay" => format!("{}/words/{language}", draft.href()),
                _ => draft.href(),
            };
            match acts::save(&app, actor, seen(&form), draft.clone()) {
                Ok(()) => return Ok(go(&to)),
                Err(error) => refuse(visit, &mut form, error)?,
            }
        }
        show(&app, visit, &draft, &language, &form)
    })
    .await
}

/// The words as the form has them; what is wrong stands in the form afterwards.
fn spoken(visit: &Visit, form: &mut FormState) -> Spoken {
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut spoken = Spoken {
        headline: one_line(form.value("headline")),
        instruction: one_line(form.value("instruction")),
        ..Spoken::default()
    };
    if spoken.headline.len() > 160 {
        form.reject("headline", visit.ta("alerts-wrong-bytes", &[("max", 160.into())]));
    }
    if spoken.instruction.len() > 255 {
        form.reject("instruction", visit.ta("alerts-wrong-bytes", &[("max", 255.into())]));
    }
    for level in LEVELS {
        let long = |name: &str| form.value(&format!("{name}-{level}")).replace("\r\n", "\n");
        let words = Words {
            headline: one_line(&long("headline")),
            description: long("description"),
            instruction: long("instruction"),
        };
        for (name, text, max) in [
            ("headline", &words.headline, MAX_HEADLINE),
            ("description", &words.description, MAX_LONG),
            ("instruction", &words.instruction, MAX_LONG),
        ] {
            if text.len() > max {
                form.reject(
                    &format!("{name}-{level}"),
                    visit.ta("alerts-wrong-bytes", &[("max", max.into())]),
                );
            }
        }
        if words != Words::default() && words.headline.is_empty() {
            form.reject(&format!("headline-{level}"), visit.t("alerts-wrong-headline"));
        }
        if words != Words::default() {
            spoken.levels.insert(level.to_owned(), words);
        }
    }
    spoken
}
