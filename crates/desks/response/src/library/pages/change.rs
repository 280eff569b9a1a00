//! Changing a playbook step by step: a form, a page that shows what would differ, and the act that makes the next version.

mod choices;
mod edits;

use super::difference::{Parts, of_playbooks};
use super::place::{Place, absent, place};
use super::steps::{StepRow, Steps, steps};
use super::{actor, crumbs, href};
use crate::library::acts;
use askama::Template;
use axum::extract::{Path, State};
use choices::{Choices, choices};
use edits::{edits, filled};
use scr_canon::Hash32;
use scr_core::{Refusal, RefusalKind};
use scr_engine::ActError;
use scr_web::components::Crumb;
use scr_web::{App, FormState, Posted, Reply, Visit, form_page, kept, recorded, run};
use std::sync::Arc;

/// What can be changed, as the addresses have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// Name and description of the playbook.
    About,
    /// One step.
    Step,
    /// A new step.
    Add,
    /// A step goes.
    Remove,
    /// A step goes elsewhere.
    Move,
    /// A way out of a step.
    Link,
    /// A role.
    Role,
}

impl What {
    const ALL: [Self; 7] =
        [Self::About, Self::Step, Self::Add, Self::Remove, Self::Move, Self::Link, Self::Role];

    const fn as_str(self) -> &'static str {
        match self {
            Self::About => "about",
            Self::Step => "step",
            Self::Add => "add",
            Self::Remove => "remove",
            Self::Move => "move",
            Self::Link => "link",
            Self::Role => "role",
        }
    }

    fn parse(text: &str) -> Result<Self, ActError> {
        Self::ALL.into_iter().find(|one| one.as_str() == text).ok_or_else(absent)
    }

    /// Whether it is about a step that there is.
    const fn has_step(self) -> bool {
        matches!(self, Self::Step | Self::Remove | Self::Move | Self::Link)
    }
}

/// What a form is made from.
struct Desk<'a> {
    app: &'a App,
    visit: &'a Visit,
    what: What,
    place: Place,
    steps: Steps,
}

impl<'a> Desk<'a> {
    fn of(app: &'a App, visit: &'a Visit, (code, what): (&str, &str)) -> Result<Self, ActError> {
        let place = place(app, visit, code, None)?;
        if !place.is_own {
            return Err(Refusal::new(RefusalKind::Conflict, super::codes::FOREIGN).into());
        }
        let steps = steps(visit, &place.book);
        Ok(Self { app, visit, what: What::parse(what)?, place, steps })
    }

    fn href(&self) -> String {
        format!("{}/edit/{}", href(&self.place.version.code), self.what.as_str())
    }

    /// The step that is changed.
    fn step(&self, form: &FormState) -> Option<&StepRow> {
        self.steps.rows.iter().find(|row| row.id == form.value("step"))
    }

    fn crumbs(&self) -> Vec<Crumb> {
        crumbs(self.visit, Some((&self.place.version.code, &self.place.name(self.visit))))
    }

    fn title(&self) -> String {
        // i18n: library-edit-*
        self.visit.t(&format!("library-edit-{}", self.what.as_str()))
    }
}

#[derive(Template)]
#[template(path = "library/edit.html")]
struct EditPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    what: &'static str,
    title: String,
    href: String,
    back: String,
    step: Option<&'a StepRow>,
    /// Whether a step must be chosen first.
    must_choose: bool,
    choices: Choices,
}

fn render(desk: &Desk<'_>, form: &FormState) -> Reply {
    let step = desk.step(form);
    let template = EditPage {
        visit: desk.visit,
        crumbs: desk.crumbs(),
        form,
        what: desk.what.as_str(),
        title: desk.title(),
        href: desk.href(),
        back: href(&desk.place.version.code),
        must_choose: desk.what.has_step() && step.is_none(),
        choices: choices(desk, form, step),
        step,
    };
    form_page(&template, form)
}

pub(super) async fn form(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path((code, what)): Path<(String, String)>,
) -> Reply {
    run(visit, move |visit| {
        let desk = Desk::of(&app, visit, (&code, &what))?;
        let form = filled(&desk);
        Ok(render(&desk, &form))
    })
    .await
}

#[derive(Template)]
#[template(path = "library/edit_check.html")]
struct CheckPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    title: String,
    href: String,
    back: String,
    parts: Parts,
    errors: usize,
    warnings: usize,
    is_taken_over: bool,
    next: u64,
    over: String,
    /// What was typed, to be sent again.
    kept: Vec<(String, String)>,
}

/// Everything that was typed but for what the page asks anew.
fn typed(pairs: &[(String, String)]) -> Vec<(String, String)> {
    let is_kept = |name: &str| !["csrf", "reason", "over", "go"].contains(&name);
    pairs.iter().filter(|(name, _)| is_kept(name)).cloned().collect()
}

/// The page that shows what would differ; the form again where something is wrong.
fn look(desk: &Desk<'_>, mut form: FormState, pairs: &[(String, String)]) -> Result<Reply, ActError> {
    let Some(edits) = edits(desk, &mut form) else { return Ok(render(desk, &form)) };
    let code = &desk.place.version.code;
    let now = desk.app.clock.now();
    let changed = acts::changed(&desk.app.engine, actor(desk.visit)?, code, &edits, now);
    let Some(changed) = kept(desk.visit, &mut form, changed)? else { return Ok(render(desk, &form)) };
    let template = CheckPage {
        visit: desk.visit,
        crumbs: desk.crumbs(),
        title: desk.title(),
        href: desk.href(),
        back: href(code),
        parts: of_playbooks(desk.visit, &changed.old.playbook, &changed.new.playbook),
        errors: changed.new.report.errors,
        warnings: changed.new.report.warnings,
        is_taken_over: changed.is_taken_over,
        next: changed.before.version + 1,
        over: changed.before.sha256.to_hex(),
        kept: typed(pairs),
        form: &form,
    };
    Ok(form_page(&template, &form))
}

pub(super) async fn check(
    State(app): State<Arc<App>>,
    Path((code, what)): Path<(String, String)>,
    posted: Posted,
) -> Reply {
    let (form, pairs) = (posted.form, posted.pairs);
    run(posted.visit, move |visit| {
        let desk = Desk::of(&app, visit, (&code, &what))?;
        // Back from the page that shows the differences.
        if form.is("go", "change") {
            return Ok(render(&desk, &form));
        }
        look(&desk, form, &pairs)
    })
    .await
}

pub(super) async fn record(
    State(app): State<Arc<App>>,
    Path((code, what)): Path<(String, String)>,
    posted: Posted,
) -> Reply {
    let (mut form, pairs) = (posted.form, posted.pairs);
    run(posted.visit, move |visit| {
        let desk = Desk::of(&app, visit, (&code, &what))?;
        let Some(edits) = edits(&desk, &mut form) else { return Ok(render(&desk, &form)) };
        let over = Hash32::from_hex(form.value("over")).unwrap_or(Hash32([0; 32]));
        let reason = form.value("reason").to_owned();
        let done = acts::change(&app.engine, actor(visit)?, (&code, &over), &edits, &reason);
        match kept(visit, &mut form, done)? {
            Some(done) => Ok(recorded(&app, &href(&done.code), &done.receipts)),
            None => look(&desk, form, &pairs),
        }
    })
    .await
}
