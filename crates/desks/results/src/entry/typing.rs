//! Typing one sheet. Who types second never meets what the first typed.

use super::reserved::Reserved;
use super::steps::take_steps;
use super::words::{Line, lines_typed, lines_with, number_text, typed_numbers, warning_text};
use super::{Desk, SheetKey, key_of};
use crate::desk::{actor, go, run};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use scr_core::RefusalKind;
use scr_engine::ActError;
use scr_results::sheet::{Numbers, SheetState, SheetStep};
use scr_web::{App, FormState, Posted, Reply, Seal, Visit, page};
use std::sync::Arc;
use std::time::Duration;

#[derive(Template)]
#[template(path = "entry/type.html")]
struct TypePage<'a> {
    visit: &'a Visit,
    desk: &'a Desk,
    form: &'a FormState,
    lines: Vec<Line>,
    /// What the numbers do not agree with; asked once, before they are recorded.
    warnings: Vec<String>,
    /// A colleague opened the sheet then.
    held_since: Option<i64>,
    /// The first entry is there.
    is_second: bool,
}

/// Whether this person can type the sheet now.
fn is_open(desk: &Desk, visit: &Visit) -> Result<bool, ActError> {
    let person = &actor(visit)?.person;
    Ok(matches!(desk.sheet.state(), SheetState::Empty | SheetState::EnteredOnce)
        && desk.sheet.first_typist() != Some(person))
}

pub(super) async fn form(
    State(app): State<Arc<App>>,
    visit: Visit,
    address: Path<(String, String)>,
) -> Reply {
    run(visit, move |visit| {
        let desk = Desk::of(&app, actor(visit)?, key_of(address)?)?;
        if !is_open(&desk, visit)? {
            return Ok(go(&desk.href()));
        }
        let held = app.soft::<Reserved>().take(desk.key, &actor(visit)?.person, app.clock.now());
        Ok(show(visit, &desk, &FormState::new(), (Vec::new(), held), StatusCode::OK))
    })
    .await
}

fn show(
    visit: &Visit,
    desk: &Desk,
    form: &FormState,
    (warnings, held_since): (Vec<String>, Option<i64>),
    status: StatusCode,
) -> Reply {
    let template = TypePage {
        visit,
        desk,
        form,
        lines: lines_typed(visit, &desk.opening, form),
        warnings,
        held_since,
        is_second: desk.sheet.state() == SheetState::EnteredOnce,
    };
    (status, page(&template)).into_response().into()
}

pub(super) async fn enter(
    State(app): State<Arc<App>>,
    address: Path<(String, String)>,
    posted: Posted,
) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let actor = actor(visit)?;
        let desk = Desk::of(&app, actor, key_of(address)?)?;
        let numbers = typed_numbers(visit, &desk.opening, &mut form);
        if !form.is_fine() {
            return Ok(show(visit, &desk, &form, (Vec::new(), None), StatusCode::UNPROCESSABLE_ENTITY));
        }
        // The same form sent twice is one entry.
        if desk.sheet.typed_by(&actor.person) == Some(&numbers) {
            return Ok(go(&format!("{}/done", desk.href())));
        }
        let warnings = warnings(visit, &desk, &numbers);
        if !warnings.is_empty() && !form.is("looked", "yes") {
            if form.is("asked", "yes") {
                form.reject("looked", visit.t("entry-wrong-looked"));
            }
            let status = if form.is_fine() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
            return Ok(show(visit, &desk, &form, (warnings, None), status));
        }
        match take_steps(&app.engine, actor, desk.key, &[SheetStep::Enter(numbers)], None) {
            Ok(receipts) => {
                app.soft::<Reserved>().release(desk.key, &actor.person);
                let index = receipts.last().map_or(0, |receipt| receipt.index);
                app.engine.wait_for(index + 1, Duration::from_secs(10));
                Ok(go(&format!("{}/done", desk.href())))
            }
            Err(ActError::Refused(refusal)) => {
                let conflict = refusal.kind == RefusalKind::Conflict;
                form.refuse(visit, &refusal);
                let status = if conflict { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
                Ok(show(visit, &desk, &form, (Vec::new(), None), status))
            }
            Err(fault) => Err(fault),
        }
    })
    .await
}

fn warnings(visit: &Visit, desk: &Desk, numbers: &Numbers) -> Vec<String> {
    let found = desk.opening.paper.warnings(desk.row.registered, numbers);
    found.iter().map(|warning| warning_text(visit, &desk.opening, warning)).collect()
}

#[derive(Template)]
#[template(path = "entry/done.html")]
struct DonePage<'a> {
    visit: &'a Visit,
    desk: &'a Desk,
    lines: Vec<Line>,
    sum: String,
    seal: Seal,
}

/// What I typed, large, with the sum; and the next sheet.
pub(super) async fn done(
    State(app): State<Arc<App>>,
    visit: Visit,
    address: Path<(String, String)>,
) -> Reply {
    run(visit, move |visit| {
        let actor = actor(visit)?;
        let key: SheetKey = key_of(address)?;
        let desk = Desk::of(&app, actor, key)?;
        let Some(numbers) = desk.sheet.typed_by(&actor.person) else { return Ok(go(&desk.href())) };
        let template = DonePage {
            visit,
            lines: lines_with(visit, &desk.opening, numbers),
            sum: number_text(visit, desk.opening.paper.votes_sum(numbers)),
            seal: app.seal(desk.row.index, desk.row.at),
            desk: &desk,
        };
        Ok(page(&template).into())
    })
    .await
}
