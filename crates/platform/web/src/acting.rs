//! What handlers of pages and forms are made with: work where blocking is allowed, and the answers after an act.

use crate::app::App;
use crate::forms::FormState;
use crate::problem::{Reply, page};
use crate::seal::{Seal, SealState};
use crate::visit::Visit;
use askama::Template;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect};
use scr_engine::rusqlite::OptionalExtension;
use scr_engine::{ActError, Fault, Receipt};
use std::sync::Arc;
use std::time::Duration;

/// How long an act waits until the page after it can show it.
const SEEN_WAIT: Duration = Duration::from_secs(10);

/// Makes a page where blocking is allowed: reading views, files and objects, and recording.
pub async fn run<F>(visit: Visit, work: F) -> Reply
where
    F: FnOnce(&Visit) -> Result<Reply, ActError> + Send + 'static,
{
    let words = visit.clone();
    match crate::blocking(move || work(&visit)).await {
        Ok(Ok(reply)) => reply,
        Ok(Err(error)) => Reply::act(&words, &error),
        Err(error) => Reply::fault(&words, &Fault::log(&error)),
    }
}

/// As [`run`], for work that holds a whole file in memory: few do at the same time.
pub async fn run_heavy<F>(app: Arc<App>, visit: Visit, work: F) -> Reply
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

/// A redirect.
pub fn go(to: &str) -> Reply {
    Redirect::to(to).into_response().into()
}

/// The status of a page with a form: whether something in it is wrong.
pub fn form_status(form: &FormState) -> StatusCode {
    if form.is_fine() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }
}

/// A page with a form, under its status.
pub fn form_page<T: Template>(template: &T, form: &FormState) -> Reply {
    (form_status(form), page(template)).into_response().into()
}

/// A page that a browser asks for again every so many seconds, until its reader stops that ([`Visit::is_live`]). A header does it and
/// no element, which nothing on the page could stop.
pub fn live(reply: impl IntoResponse, visit: &Visit, seconds: u8) -> Reply {
    let mut response = reply.into_response();
    if visit.is_live() {
        response.headers_mut().insert("refresh", HeaderValue::from(u16::from(seconds)));
    }
    response.into()
}

/// A refusal stays beside its field; a fault ends the request.
///
/// # Errors
/// Faults.
pub fn kept<T>(
    visit: &Visit,
    form: &mut FormState,
    result: Result<T, ActError>,
) -> Result<Option<T>, ActError> {
    match result {
        Ok(done) => Ok(Some(done)),
        Err(ActError::Refused(refusal)) => {
            form.refuse(visit, &refusal);
            Ok(None)
        }
        Err(fault) => Err(fault),
    }
}

/// After an act: the page `to`, which shows the receipt, once the views have the act.
pub fn recorded(app: &App, to: &str, receipts: &[Receipt]) -> Reply {
    let Some(last) = receipts.last() else { return go(to) };
    app.engine.wait_for(last.index + 1, SEEN_WAIT);
    let and = if to.contains('?') { '&' } else { '?' };
    go(&format!("{to}{and}recorded={}", last.index))
}

/// The seal of the act that led to this page; while the views do not have it yet, one that waits.
///
/// # Errors
/// When the views cannot be read.
pub fn just_recorded(app: &App, visit: &Visit) -> Result<Option<Seal>, Fault> {
    let Some(index) = visit.query.get("recorded").and_then(|text| text.parse::<u32>().ok()) else {
        return Ok(None);
    };
    let at: Option<i64> = app.engine.read(|views| {
        views
            .prepare_cached("SELECT at FROM engine_event WHERE idx = ?1")?
            .query_row([index], |row| row.get(0))
            .optional()
    })?;
    let waits = || {
        let is_recorded = u64::from(index) < app.engine.progress().0;
        let href = format!("/receipts/{index}");
        is_recorded.then_some(Seal { state: SealState::Waiting, at: None, href })
    };
    Ok(at.map(|at| app.seal(u64::from(index), at)).or_else(waits))
}

/// Percent-encoding of one value in an address (RFC 3986: unreserved characters stay).
pub fn in_address(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_in_addresses_whatever_they_hold() {
        assert_eq!(in_address("St. John/Ž?"), "St.%20John%2F%C5%BD%3F");
    }
}
