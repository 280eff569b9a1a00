//! What gateways say: what became of messages, and messages that came in.
//!
//! Whoever knows the secret segment of the address is the gateway. It can lie, repeat itself and come late: only references
//! that it was given by us count, each once, and "delivered" stays. Reports are written down many at a time: those that came
//! while the ones before were being written.

use super::gateway::{self, Gateway};
use super::listing::{fault, store};
use super::outbox::{self, Known, State};
use super::wire::Reason;
use crate::know;
use axum::body::{Bytes, to_bytes};
use axum::extract::{Path, Request, State as Extracted};
use axum::http::{Method, StatusCode, header};
use scr_alerts::acks::{Ack, Channel, Step};
use scr_engine::{ActError, Fault};
use scr_store::{Statement, sql};
use scr_web::App;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::oneshot;

/// Largest report, in bytes.
const MAX_BODY: usize = 16 << 10;
/// Longest time for a report to come in.
const MAX_WAIT: Duration = Duration::from_secs(10);
/// Reports that wait to be written; more are asked to come again.
const MAX_WAITING: usize = 20_000;
/// Longest text of a message that came in, in characters; longest number.
const MAX_TEXT: usize = 2_000;
const MAX_FROM: usize = 40;
/// Messages that came in and are kept, at most, and for how long: seven days in seconds.
const MAX_KEPT: u64 = 50_000;
pub(crate) const KEPT_FOR: i64 = 7 * 86_400;
const PURPOSE: &str = "alerts-inbound";

/// What is said of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Said {
    /// It has arrived.
    Delivered,
    /// The network has it.
    Taken,
    /// It will not arrive.
    Undelivered,
    /// Something that says nothing.
    Other,
}

impl Said {
    /// By Kannel's numbers (`%d`), or by the words that other gateways use.
    fn read(text: &str) -> Self {
        match text.trim().to_ascii_lowercase().as_str() {
            "1" | "delivered" | "delivrd" => Self::Delivered,
            "8" | "sent" | "accepted" | "acceptd" | "buffered" => Self::Taken,
            "2" | "16" | "undelivered" | "undeliv" | "failed" | "rejected" | "rejectd" | "expired" => {
                Self::Undelivered
            }
            _ => Self::Other,
        }
    }
}

/// A report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Report {
    pub(crate) name: String,
    pub(crate) said: Said,
}

/// A message that came in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Inbound {
    pub(crate) from: String,
    pub(crate) text: String,
}

/// What a request is.
#[derive(Debug, Clone, PartialEq, Eq)]
enum What {
    Report(Report),
    Inbound(Inbound),
}

fn what(pairs: &[(String, String)]) -> Option<What> {
    let get = |names: &[&str]| {
        let found =
            pairs.iter().find(|(name, value)| names.contains(&name.as_str()) && !value.trim().is_empty());
        found.map(|(_, value)| value.trim())
    };
    if let Some(name) = get(&["ref", "reference", "id"]) {
        let said = Said::read(get(&["type", "status"]).unwrap_or_default());
        let is_name = name.len() <= 100 && name.bytes().all(|byte| byte.is_ascii_graphic());
        return is_name.then(|| What::Report(Report { name: name.to_owned(), said }));
    }
    let (from, text) = (get(&["from", "sender"])?, get(&["text", "message"])?);
    let cut =
        |text: &str, most: usize| text.chars().filter(|c| !c.is_control() || *c == '\n').take(most).collect();
    Some(What::Inbound(Inbound { from: cut(from, MAX_FROM), text: cut(text, MAX_TEXT) }))
}

fn pairs(request_query: &str, media: &str, body: &Bytes) -> Option<Vec<(String, String)>> {
    let decode = |text: &str| serde_urlencoded::from_str::<Vec<(String, String)>>(text).ok();
    let mut all = decode(request_query)?;
    if media.starts_with("application/json") {
        let object: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(body).ok()?;
        all.extend(object.into_iter().filter_map(|(name, value)| match value {
            serde_json::Value::String(text) => Some((name, text)),
            serde_json::Value::Number(number) => Some((name, number.to_string())),
            _ => None,
        }));
    } else if media.starts_with("application/x-www-form-urlencoded") {
        all.extend(decode(std::str::from_utf8(body).ok()?)?);
    }
    all.truncate(40);
    Some(all)
}

/// The gateway of an address, if its secret is right. A gateway that does not exist takes the same way.
fn known(app: &App, id: &str, segment: &str) -> Result<Option<Gateway>, ActError> {
    let found = gateway::find(store(app)?, id).map_err(|error| fault(&error))?;
    Ok(found.filter(|one| one.open(&app.engine).is_some_and(|sealed| sealed.segment.is(segment))))
}

/// The answer: a status, and what whoever sent a code is told. Nothing else is said.
type Reply = (StatusCode, String);

fn plain(status: StatusCode) -> Reply {
    (status, String::new())
}

/// `/sms/{gateway}/{secret}`.
pub(crate) async fn receive(
    Extracted(app): Extracted<Arc<App>>,
    Path((id, segment)): Path<(String, String)>,
    request: Request,
) -> Reply {
    let (parts, body) = request.into_parts();
    let media = parts.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let media = media.unwrap_or_default().to_ascii_lowercase();
    let body = if parts.method == Method::POST { body } else { axum::body::Body::empty() };
    let body = match tokio::time::timeout(MAX_WAIT, to_bytes(body, MAX_BODY)).await {
        Ok(Ok(body)) => body,
        Ok(Err(_)) => return plain(StatusCode::PAYLOAD_TOO_LARGE),
        Err(_) => return plain(StatusCode::REQUEST_TIMEOUT),
    };
    let Some(what) = pairs(parts.uri.query().unwrap_or_default(), &media, &body).and_then(|all| what(&all))
    else {
        // Whoever does not know the secret learns no more from a request that is none.
        return plain(StatusCode::NOT_FOUND);
    };
    let (done, wait) = oneshot::channel();
    let intake = app.soft::<Intake>();
    if !intake.push(Waiting { id, segment, what, done }) {
        return plain(StatusCode::SERVICE_UNAVAILABLE);
    }
    if intake.begins() {
        drop(tokio::task::spawn_blocking(move || intake.write(|batch| write_batch(&app, batch))));
    }
    wait.await.unwrap_or_else(|_| plain(StatusCode::SERVICE_UNAVAILABLE))
}

struct Waiting {
    id: String,
    segment: String,
    what: What,
    done: oneshot::Sender<Reply>,
}

/// Requests that wait for being written.
#[derive(Default)]
struct Intake(Mutex<(Vec<Waiting>, bool)>);

/// A writer that broke down leaves its place to the next.
struct AfterPanic<'a>(&'a Intake);

impl Drop for AfterPanic<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.0.lock().unwrap_or_else(PoisonError::into_inner).1 = false;
        }
    }
}

impl Intake {
    fn push(&self, one: Waiting) -> bool {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let has_room = state.0.len() < MAX_WAITING;
        if has_room {
            state.0.push(one);
        }
        has_room
    }

    /// Whether the caller is to write: nobody else does.
    fn begins(&self) -> bool {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        !std::mem::replace(&mut state.1, true)
    }

    /// Writes until nothing waits.
    fn write(&self, mut batch_of: impl FnMut(Vec<Waiting>)) {
        let _after = AfterPanic(self);
        loop {
            let batch = {
                let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
                if state.0.is_empty() {
                    state.1 = false;
                    return;
                }
                std::mem::take(&mut state.0)
            };
            batch_of(batch);
        }
    }
}

/// What somebody brought, and where the answer goes.
type Caller = (What, oneshot::Sender<Reply>);

fn write_batch(app: &App, batch: Vec<Waiting>) {
    let mut by_door: BTreeMap<(String, String), Vec<Caller>> = BTreeMap::new();
    for one in batch {
        by_door.entry((one.id, one.segment)).or_default().push((one.what, one.done));
    }
    for ((id, segment), all) in by_door {
        let known = known(app, &id, &segment);
        let (reports, inbound): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|(what, _)| matches!(what, What::Report(_)));
        let said = reports.iter().filter_map(|(what, _)| match what {
            What::Report(report) => Some(report.clone()),
            What::Inbound(_) => None,
        });
        let said: Vec<Report> = said.collect();
        let status = judged(&known, |gateway| take_reports(app, gateway, &said).map(|()| String::new()));
        for (_, done) in reports {
            // Whoever asked may be gone.
            drop(done.send(status.clone()));
        }
        for (what, done) in inbound {
            let What::Inbound(message) = what else { continue };
            drop(done.send(judged(&known, |gateway| take_inbound(app, gateway, &message))));
        }
    }
}

/// What is answered to whoever came to a door.
fn judged(
    known: &Result<Option<Gateway>, ActError>,
    act: impl FnOnce(&Gateway) -> Result<String, ActError>,
) -> Reply {
    match known {
        Ok(None) => plain(StatusCode::NOT_FOUND),
        Ok(Some(gateway)) => match act(gateway) {
            Ok(words) => (StatusCode::OK, words),
            Err(_) => plain(StatusCode::SERVICE_UNAVAILABLE),
        },
        Err(_) => plain(StatusCode::SERVICE_UNAVAILABLE),
    }
}

/// What a report changes of a message: the state that it has then.
fn after(state: State, said: Said) -> Option<State> {
    match (said, state) {
        (Said::Other, _) | (_, State::Delivered) => None,
        (Said::Delivered, _) => Some(State::Delivered),
        // It settles whether the gateway got it.
        (Said::Taken, State::Going | State::Doubtful | State::Waiting) => Some(State::Handed),
        (Said::Taken, _) | (Said::Undelivered, State::Failed | State::Overtaken) => None,
        (Said::Undelivered, _) => Some(State::Failed),
    }
}

pub(crate) fn take_reports(app: &App, gateway: &Gateway, reports: &[Report]) -> Result<(), ActError> {
    if reports.is_empty() {
        return Ok(());
    }
    let (store, now) = (store(app)?, app.clock.now());
    let names: Vec<&str> = reports.iter().map(|one| one.name.as_str()).collect();
    let found = outbox::known(store, &gateway.id, &names).map_err(|error| fault(&error))?;
    let mut by_name: BTreeMap<String, Known> = BTreeMap::new();
    for one in found {
        if !one.theirs.is_empty() {
            by_name.insert(one.theirs.clone(), one.clone());
        }
        by_name.insert(one.reference.clone(), one);
    }
    let (mut lies, mut acks) = (0u64, BTreeMap::<u64, Vec<Ack>>::new());
    let mut changed: BTreeMap<State, Vec<i64>> = BTreeMap::new();
    for report in reports {
        let Some(known) = by_name.get_mut(&report.name) else {
            lies += 1;
            continue;
        };
        let Some(state) = after(known.state, report.said) else { continue };
        known.state = state;
        changed.entry(state).or_default().push(known.number);
        let step = match state {
            State::Delivered => Step::Delivered,
            State::Handed => Step::Sent,
            _ => continue,
        };
        if let Some(station) = known.station {
            let seconds = know::at(app, known.alert)?.now(app);
            let ack = Ack::new(station, step, Channel::Gateway, seconds, seconds);
            acks.entry(known.alert).or_default().extend(ack.ok());
        }
    }
    for (alert, acks) in &acks {
        know::take(app, *alert, acks)?;
    }
    let mut statements: Vec<Statement> = Vec::new();
    for (state, numbers) in &changed {
        statements.extend(numbers.chunks(outbox::ROWS).map(|some| update(*state, some, now)));
    }
    if lies > 0 {
        let text = "UPDATE alerts_gateway SET lies = lies + $2 WHERE id = $1";
        statements.push(sql!(text, &gateway.id, lies.cast_signed()));
        tracing::warn!(lies, "a gateway reports on messages that it was not given");
    }
    store.execute_all(&statements).map_err(|error| fault(&error))
}

fn update(state: State, numbers: &[i64], now: i64) -> Statement {
    let all: Vec<String> = numbers.iter().map(i64::to_string).collect();
    let (set, guard) = match state {
        State::Delivered => ("state = 3, ended = $1, reason = '', lease = ''", "state <> 3"),
        State::Handed => ("state = 2, lease = '', handed = $1", "state IN (0, 1, 5)"),
        _ => ("state = 4, ended = $1, reason = $2, lease = ''", "state IN (0, 1, 2, 5)"),
    };
    let text = format!("UPDATE alerts_message SET {set} WHERE {guard} AND number IN ({})", all.join(", "));
    let mut statement = sql!(text, now);
    if set.contains("$2") {
        statement.params.push(scr_store::Param::Text(Reason::Undelivered.key().to_owned()));
    }
    statement
}

/// Whether a text holds a code of sixteen digits.
pub(crate) fn has_code(text: &str) -> bool {
    let is_digit = |c: char| matches!(c, '0'..='9' | '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}');
    let mut count = 0;
    let mut ends = false;
    for c in text.chars().chain(['.', 'x']) {
        if is_digit(c) {
            count += 1;
        } else if c.is_whitespace() || matches!(c, '-' | '·') {
            continue;
        } else {
            ends |= count == 16;
            count = 0;
        }
    }
    ends
}

/// A message with a code goes to whoever knows codes; all are counted and kept sealed for seven days, for nobody's eyes but
/// those who will work on them.
/// What is answered goes back to whoever sent the code.
fn take_inbound(app: &App, gateway: &Gateway, message: &Inbound) -> Result<String, ActError> {
    let is_code = has_code(&message.text);
    let words =
        if is_code { know::sms(app, &gateway.org, &message.from, &message.text)? } else { String::new() };
    let (store, now) = (store(app)?, app.clock.now());
    let row = store
        .query_opt(&sql!("SELECT count(*) AS kept FROM alerts_inbound"))
        .map_err(|error| fault(&error))?;
    let kept = row.and_then(|row| row.count("kept").ok()).unwrap_or_default();
    if kept >= MAX_KEPT {
        tracing::warn!("too many messages came in to keep this one");
        return Ok(words);
    }
    let bytes = serde_json::to_vec(message).map_err(|error| Fault::log(&error))?;
    let sealed = app.engine.seal_secret(PURPOSE, &gateway.id, &bytes)?;
    let text = "INSERT INTO alerts_inbound (gateway, at, kind, sealed) VALUES ($1, $2, $3, $4)";
    store
        .execute(&sql!(text, &gateway.id, now, i64::from(is_code), sealed))
        .map(|_| words)
        .map_err(|error| fault(&error))
}

/// Deletes what was kept for seven days.
pub(crate) fn sweep(app: &App) -> Result<u64, ActError> {
    let before = app.clock.now() - KEPT_FOR;
    store(app)?
        .execute(&sql!("DELETE FROM alerts_inbound WHERE at < $1", before))
        .map_err(|error| fault(&error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_that_breaks_its_writer_ends_none_of_the_next() {
        let intake = Intake::default();
        let waiting = || {
            let what = What::Report(Report { name: "x".to_owned(), said: Said::Other });
            let (done, answer) = oneshot::channel();
            (Waiting { id: "a".to_owned(), segment: "b".to_owned(), what, done }, answer)
        };
        let (first, mut answer) = waiting();
        assert!(intake.push(first) && intake.begins() && !intake.begins());
        let broken = std::panic::AssertUnwindSafe(|| intake.write(|_| panic!("it broke")));
        assert!(std::panic::catch_unwind(broken).is_err());
        assert!(answer.try_recv().is_err(), "whoever asked is told to come again");
        let (second, mut answer) = waiting();
        assert!(intake.push(second) && intake.begins(), "somebody writes again");
        intake.write(|batch| {
            batch.into_iter().for_each(|one| drop(one.done.send(plain(StatusCode::OK))));
        });
        assert_eq!(answer.try_recv().unwrap().0, StatusCode::OK);
    }

    #[test]
    fn codes_are_found_in_texts() {
        for text in
            ["1234 5678 9012 3456", "Code: 1234567890123456.", "ok ١٢٣٤٥٦٧٨٩٠١٢٣٤٥٦ !", "1234-5678-9012-3456"]
        {
            assert!(has_code(text), "{text}");
        }
        for text in ["", "1234 5678 9012 345", "12345678901234567", "call +43 660 1234567, then 12345"] {
            assert!(!has_code(text), "{text}");
        }
    }

    #[test]
    fn reports_converge_in_any_order() {
        use Said::{Delivered, Other, Taken, Undelivered};
        for order in [
            [Taken, Undelivered, Delivered],
            [Delivered, Undelivered, Taken],
            [Undelivered, Delivered, Taken],
        ] {
            let end = order.into_iter().fold(State::Going, |state, said| after(state, said).unwrap_or(state));
            assert_eq!(end, State::Delivered, "{order:?}");
        }
        assert_eq!(after(State::Handed, Other), None);
        assert_eq!(after(State::Delivered, Delivered), None, "twice is once");
    }
}
