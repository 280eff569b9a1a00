//! The private content of one entry or of one subject: what there is, what holds it, and the two forms
//! that act on it. The content itself is not shown.

use super::commands::{self, EVERYTHING, NewErasure};
use super::overview::{may_ask, search_box};
use super::view::Hold;
use super::{above, basis_text, choices, field_text, hold_text, scope_text, scope_typed};
use crate::office::{Office, go, kept, status};
use askama::Template;
use axum::response::IntoResponse;
use rusqlite::OptionalExtension;
use scr_engine::{ActError, PrivateField};
use scr_web::components::{Crumb, FilterGroup, Search};
use scr_web::{FormState, Posted, Reply, Seal, Visit, page};

/// Fields that the page lists; all of them are acted on.
const SHOWN: usize = 100;

struct FieldRow {
    field: PrivateField,
    kind: String,
    at: i64,
    name: String,
}

#[derive(Template)]
#[template(path = "privacy/found.html")]
struct FoundPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    groups: Vec<FilterGroup>,
    search: Option<Search>,
    scope: String,
    scope_text: String,
    everything: bool,
    rows: Vec<FieldRow>,
    total: usize,
    kept: usize,
    holds: Vec<(String, Seal)>,
    form: &'a FormState,
    bases: Vec<(String, String)>,
    hold_bases: Vec<(String, String)>,
    may_ask: bool,
}

pub(super) async fn show(office: Office, visit: Visit) -> Reply {
    office
        .run(visit, |office, visit| {
            let typed = visit.query.get("q").unwrap_or_default();
            if typed.is_empty() {
                return Ok(go("/desk/privacy"));
            }
            let scope = scope_typed(office, visit, typed)?;
            found_page(office, visit, &scope, &FormState::new())
        })
        .await
}

fn found_page(office: &Office, visit: &Visit, scope: &str, form: &FormState) -> Result<Reply, ActError> {
    let engine = &office.app.engine;
    let everything = scope == EVERYTHING;
    let fields = if everything { Vec::new() } else { commands::fields_of(engine, scope)? };
    let holds = commands::holds_on(engine, scope, &fields)?;
    let (total, kept) = (fields.len(), fields.iter().filter(|field| field.erased.is_none()).count());
    let covering = |hold: &Hold| (hold_text(visit, &hold.basis), office.app.seal(hold.index, hold.at));
    let mut rows = Vec::new();
    for field in fields.into_iter().take(SHOWN) {
        let sql = "SELECT kind, at FROM engine_event WHERE idx = ?1";
        let entry = field.entry.cast_signed();
        let found: Option<(String, i64)> = engine.read(|views| {
            let mut query = views.prepare_cached(sql)?;
            query.query_row([entry], |row| Ok((row.get(0)?, row.get(1)?))).optional()
        })?;
        let (kind, at) = found.unwrap_or_default();
        rows.push(FieldRow {
            kind: visit.kind_name(&kind),
            at,
            name: field_text(visit, &field.field),
            field,
        });
    }
    let written = if scope.parse::<u64>().is_ok() { format!("#{scope}") } else { scope.to_owned() };
    let template = FoundPage {
        visit,
        crumbs: above(visit, true),
        groups: Vec::new(),
        search: Some(search_box(visit, scope)),
        scope_text: scope_text(office, visit, &written)?,
        scope: scope.to_owned(),
        everything,
        rows,
        total,
        kept,
        holds: holds.iter().map(covering).collect(),
        form,
        bases: choices(visit, commands::BASES, basis_text),
        hold_bases: choices(visit, commands::HOLD_BASES, hold_text),
        may_ask: may_ask(visit),
    };
    Ok((status(form), page(&template)).into_response().into())
}

/// Asks for an erasure. Signing: who asked, on what grounds, is part of what the others approve.
pub(super) async fn ask(office: Office, posted: Posted) -> Reply {
    let mut form = posted.form;
    office
        .run(posted.visit, move |office, visit| {
            let actor = office.login()?.actor;
            let scope = form.value("scope").to_owned();
            let new = NewErasure { scope: &scope, basis: form.value("basis"), reason: form.value("reason") };
            let asked = commands::ask_erasure(&office.app.engine, &office.access, &actor, &new);
            match kept(visit, &mut form, asked)? {
                Some(id) => Ok(go(&format!("/desk/privacy/requests/{id}"))),
                None => found_page(office, visit, &scope, &form),
            }
        })
        .await
}

pub(super) async fn hold(office: Office, posted: Posted) -> Reply {
    let mut form = posted.form;
    office
        .run(posted.visit, move |office, visit| {
            let actor = office.login()?.actor;
            let scope = form.value("scope").to_owned();
            let (basis, reason) = (form.value("basis"), form.value("reason"));
            let placed = commands::place_hold(&office.app.engine, &actor, &scope, basis, reason);
            match kept(visit, &mut form, placed)? {
                Some(receipts) => Ok(office.recorded("/desk/privacy", &receipts)),
                None => found_page(office, visit, &scope, &form),
            }
        })
        .await
}
