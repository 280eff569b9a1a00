//! Acknowledgements go to the record, many in one entry; and the figures at an alert's expiry.

use super::boards::{self, store};
use super::case::{self, Case};
use super::codec::encode;
use super::kinds::{ACKS_RECORDED, FEWEST};
use super::rows::{self, Kept};
use super::view;
use scr_alerts::acks::{Board, Step, Tally};
use scr_core::{Refusal, RefusalKind};
use scr_engine::{ActError, Fault, NewEvent, rusqlite::Connection};
use scr_jobs::{Task, Work, WorkError};
use scr_web::App;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::{Arc, Weak};

/// Acknowledgements of one entry.
const MOST: usize = 20_000;
/// For how long recorded rows are kept, in seconds: boards of other nodes read them within that time.
const KEEP_SECONDS: i64 = 3_600;

/// How many stations the alert is for, and how many of them have come at least to each step.
pub(crate) fn reached(board: &Board, roots: &[u32]) -> (u64, [u64; 5]) {
    let mut sum = Tally::default();
    for root in roots {
        let tally = board.tally(*root);
        for (slot, count) in sum.stations.iter_mut().zip(tally.stations) {
            *slot = slot.saturating_add(count);
        }
    }
    let of = sum.of();
    (of, Step::ALL.map(|step| of.saturating_sub(sum.short_of(step))))
}

fn public(case: &Case, batch: u64, acks: usize, kind: Batch, reached: Option<(u64, [u64; 5])>) -> Value {
    let mut public = json!({
        "alert": case.index(),
        "batch": batch,
        "acks": acks,
        "closing": kind == Batch::Closing,
        "late": kind == Batch::Late,
    });
    let enough = |of: &u64| usize::try_from(*of).is_ok_and(|of| of >= FEWEST);
    if let (Some((of, counts)), Some(fields)) = (reached.filter(|(of, _)| enough(of)), public.as_object_mut())
    {
        fields.insert("stations".to_owned(), json!(of));
        let names = ["sent", "delivered", "read", "understood", "acted"];
        fields.extend(names.into_iter().map(str::to_owned).zip(counts.map(|count| json!(count))));
    }
    public
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Batch {
    Running,
    Closing,
    Late,
}

/// The figures at expiry: of what came in before, whatever has come since.
fn at_expiry(app: &App, case: &Case, open: &[Kept]) -> Result<(Board, Vec<u32>), ActError> {
    let network = boards::network_of(app, case)?;
    let (mut board, roots) = boards::empty(case, &network);
    app.engine.read(|views| {
        view::heard(views, case.index(), &mut |taken| {
            if let Some(ack) = taken.ack() {
                board.fold(&ack);
            }
        })
    })?;
    for ack in open.iter().filter_map(|row| row.taken.ack()) {
        board.fold(&ack);
    }
    Ok((board, roots))
}

fn figures(
    app: &App,
    case: &Arc<Case>,
    kind: Batch,
    open: &[Kept],
) -> Result<Option<(u64, [u64; 5])>, ActError> {
    let found = match kind {
        Batch::Closing => at_expiry(app, case, open).map(|(board, roots)| reached(&board, &roots)),
        _ => boards::fresh(app, case).map(|shown| reached(&shown.board, &shown.roots)),
    };
    match found {
        Ok(reached) => Ok(Some(reached)),
        // Without stations nobody can say how many of them: what was said is recorded all the same.
        Err(ActError::Refused(refusal)) if refusal.code == boards::NO_NETWORK => Ok(None),
        Err(error) => Err(error),
    }
}

/// Another node has recorded it meanwhile.
fn overtaken() -> ActError {
    Refusal::new(RefusalKind::Conflict, "SCR-ENG-001").into()
}

/// Records one batch of an alert. Gives whether there may be more; `None` when there was nothing.
fn record_one(app: &App, case: &Arc<Case>) -> Result<Option<bool>, ActError> {
    let (index, expires) = (case.index(), case.issued.text.expires());
    let (last, closed) = app.engine.read(|views| {
        let last = view::batches(views, index, 1)?.first().map_or(0, |batch| batch.batch);
        Ok((last, view::closing(views, index)?.is_some()))
    })?;
    let is_over = case.now(app) >= expires;
    let before = (!closed).then_some(expires);
    let most = i64::try_from(MOST).unwrap_or(i64::MAX);
    let open = rows::open_of(store(app)?, index, before, most).map_err(|error| Fault::log(&error))?;
    let kind = match (closed, is_over && open.len() < MOST) {
        (true, _) => Batch::Late,
        (false, true) => Batch::Closing,
        (false, false) => Batch::Running,
    };
    if open.is_empty() && kind != Batch::Closing {
        return Ok(None);
    }
    let figures = figures(app, case, kind, &open)?;
    if open.is_empty() && figures.is_none() {
        return Ok(None);
    }
    let taken: Vec<_> = open.iter().map(|row| row.taken).collect();
    let subject = format!("alerts:acks:{index}");
    let event = NewEvent::about(&ACKS_RECORDED, &subject, public(case, last + 1, taken.len(), kind, figures))
        .private("acks", &subject, encode(case.issued.text.sent, &taken));
    let numbers: Vec<i64> = open.iter().map(|row| row.number).collect();
    let statements = rows::mark(index, &numbers, last + 1);
    let decide = |views: &Connection| {
        let newest = view::batches(views, index, 1)?.first().map_or(0, |batch| batch.batch);
        if newest == last { Ok(vec![event.clone()]) } else { Err(overtaken()) }
    };
    app.engine.decide_by_itself_with(&decide, &statements)?;
    Ok(Some(open.len() >= MOST || kind == Batch::Closing))
}

/// Records what waits: each acknowledgement in one entry and never in two, whatever happens in between. Gives how many entries.
///
/// # Errors
/// Faults.
pub(crate) fn record_all(
    app: &App,
    step: &mut dyn FnMut() -> Result<(), WorkError>,
) -> Result<u64, WorkError> {
    let again = |error: ActError| WorkError::again(&error);
    let open = rows::open_alerts(store(app).map_err(again)?).map_err(|error| WorkError::again(&error))?;
    let mut all: BTreeSet<u64> = open.into_iter().collect();
    let unclosed = app
        .engine
        .read(|views| view::unclosed(views, app.clock.now()))
        .map_err(|error| WorkError::again(&error))?;
    for index in unclosed {
        let case = case::at(app, index).map_err(again)?;
        if case.now(app) >= case.issued.text.expires() {
            all.insert(index);
        }
    }
    let mut recorded = 0;
    for index in all {
        // An alert that the views do not have yet waits for the next time.
        let case = match case::at(app, index) {
            Err(ActError::Refused(_)) => continue,
            Err(error) => {
                failed(index, &error);
                continue;
            }
            Ok(case) => case,
        };
        loop {
            step()?;
            match record_one(app, &case) {
                Ok(Some(more)) => {
                    recorded += 1;
                    if !more {
                        break;
                    }
                }
                Ok(None) => break,
                Err(ActError::Refused(refusal)) if refusal.code == "SCR-ENG-001" => break,
                Err(error) => {
                    failed(index, &error);
                    break;
                }
            }
        }
    }
    Ok(recorded)
}

/// What fails for one alert is tried again soon, and holds up no other.
fn failed(alert: u64, error: &ActError) {
    tracing::error!(%error, alert, "what stations said could not be recorded");
}

/// Records what waits, at each interval.
pub(crate) struct RecordAcks(pub(crate) Weak<App>);

impl Work for RecordAcks {
    fn kind(&self) -> &'static str {
        "alerts.acks"
    }

    fn every_seconds(&self) -> Option<i64> {
        self.0.upgrade().map(|app| i64::from(app.config.batch_seconds))
    }

    fn run(&self, task: &Task<'_>) -> Result<String, WorkError> {
        let Some(app) = self.0.upgrade() else { return Err(WorkError::Stopped) };
        let Some(store) = app.store() else { return Ok(String::new()) };
        let recorded = record_all(&app, &mut || task.step(0, 0))?;
        // Only what the views have: a board that is made anew reads it there.
        let (size, seen) = app.engine.progress();
        if seen >= size {
            let before = app.clock.now().saturating_sub(KEEP_SECONDS);
            rows::sweep(store, before).map_err(|error| WorkError::again(&error))?;
        }
        Ok(recorded.to_string())
    }
}
