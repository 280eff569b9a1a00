//! What all these pages are made with.

use crate::acts::{absent, not_yours};
use crate::data::{self, Kept};
use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use rusqlite::OptionalExtension;
use scr_core::{Actor, Refusal};
use scr_engine::{ActError, Fault, Receipt};
use scr_web::components::Crumb;
use scr_web::{App, FormState, Reply, Seal, Visit};
use std::sync::Arc;
use std::time::Duration;

/// Makes a page where blocking is allowed: reading views and objects, and recording.
pub(super) async fn run<F>(visit: Visit, work: F) -> Reply
where
    F: FnOnce(&Visit) -> Result<Reply, ActError> + Send + 'static,
{
    let words = visit.clone();
    match scr_web::blocking(move || work(&visit)).await {
        Ok(Ok(reply)) => reply,
        Ok(Err(error)) => Reply::act(&words, &error),
        Err(error) => Reply::fault(&words, &Fault::log(&error)),
    }
}

/// As [`run`], for work that holds a whole manifest or CVRs in memory: few do at the same time.
pub(super) async fn run_heavy<F>(app: Arc<App>, visit: Visit, work: F) -> Reply
where
    F: FnOnce(&Visit) -> Result<Reply, ActError> + Send + 'static,
{
    match app.heavy_turn().await {
        Ok(turn) => {
            let work = move |visit: &Visit| {
                let _turn = turn;
                work(visit)
            };
            run(visit, work).await
        }
        Err(refusal) => Reply::refused(&visit, &refusal),
    }
}

/// Who acts. Routes let nobody in without a login; this makes it certain.
pub(super) fn actor(visit: &Visit) -> Result<&Actor, Refusal> {
    visit.login.as_ref().map(|login| &login.actor).ok_or_else(not_yours)
}

/// An audit that everybody may look at.
pub(super) fn audit_of(app: &App, id: &str) -> Result<Kept, ActError> {
    Ok(app.engine.read(|views| data::audit(views, id))?.ok_or_else(absent)?)
}

/// An audit of the actor's own organisation.
pub(super) fn own(app: &App, visit: &Visit, id: &str) -> Result<Kept, ActError> {
    let kept = audit_of(app, id)?;
    if kept.org() == actor(visit)?.org.as_str() { Ok(kept) } else { Err(not_yours().into()) }
}

/// A page with a form: its status says whether something in it is wrong.
pub(super) fn form_page<T: Template>(template: &T, form: &FormState) -> Reply {
    let status = if form.is_fine() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    (status, scr_web::page(template)).into_response().into()
}

pub(super) fn go(to: &str) -> Reply {
    Redirect::to(to).into_response().into()
}

/// After an act: the page `to`, which shows the receipt, once the views have the act.
pub(super) fn recorded(app: &App, to: &str, receipts: &[Receipt]) -> Reply {
    let Some(last) = receipts.last() else { return go(to) };
    app.engine.wait_for(last.index + 1, Duration::from_secs(10));
    let and = if to.contains('?') { '&' } else { '?' };
    go(&format!("{to}{and}recorded={}", last.index))
}

/// The seal of the act that led to this page.
pub(super) fn just_recorded(app: &App, visit: &Visit) -> Result<Option<Seal>, Fault> {
    let Some(index) = visit.query.get("recorded").and_then(|text| text.parse::<u32>().ok()) else {
        return Ok(None);
    };
    let at: Option<i64> = app.engine.read(|views| {
        views
            .prepare_cached("SELECT at FROM engine_event WHERE idx = ?1")?
            .query_row([index], |row| row.get(0))
            .optional()
    })?;
    Ok(at.map(|at| app.seal(u64::from(index), at)))
}

/// A name as a part of an address.
pub(super) fn in_address(name: &str) -> String {
    let byte = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    name.bytes().map(byte).collect()
}

/// The desk's page of an audit.
pub(super) fn href(audit: &str) -> String {
    format!("/desk/audits/{}", in_address(audit))
}

/// The pages above a page of an audit.
pub(super) fn crumbs(visit: &Visit, kept: &Kept, more: &[(String, String)]) -> Vec<Crumb> {
    let mut crumbs = vec![
        Crumb::new("/desk", visit.t("audit-conduct-crumb-desk")),
        Crumb::new("/desk/audits", visit.t("audit-conduct-crumb-audits")),
        Crumb::new(href(&kept.id), kept.audit.title()),
    ];
    crumbs.extend(more.iter().map(|(href, text)| Crumb::new(href.clone(), text.clone())));
    crumbs
}

/// Western, Arabic-Indic and Persian digits as western ones: whatever the keyboard gives.
pub(super) fn western(text: &str) -> String {
    let digit = |letter: char| {
        let first = match letter {
            '٠'..='٩' => '٠',
            '۰'..='۹' => '۰',
            _ => return letter,
        };
        let value = u32::from(letter) - u32::from(first);
        char::from_digit(value, 10).unwrap_or(letter)
    };
    text.chars().map(digit).collect()
}

/// A whole number as people type it: with digits of any script, and spaces between groups.
pub(super) fn number(text: &str) -> Option<u64> {
    let digits: String = western(text).chars().filter(|letter| !letter.is_whitespace()).collect();
    let fine = !digits.is_empty() && digits.len() <= 12 && digits.bytes().all(|one| one.is_ascii_digit());
    digits.parse().ok().filter(|_| fine)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_typed_with_digits_of_any_script_and_nothing_else() {
        for (typed, value) in [("412", 412), ("٤١٢", 412), ("۴ ۱۲", 412), ("1 000", 1_000)] {
            assert_eq!(number(typed), Some(value), "{typed}");
        }
        for wrong in ["", " ", "-1", "1.5", "x", "9999999999999"] {
            assert_eq!(number(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn names_stand_in_addresses_whatever_they_hold() {
        assert_eq!(in_address("St. John/Ž?"), "St.%20John%2F%C5%BD%3F");
    }
}
