//! Alerts as they are released, as server-sent events. The number of an event is the alert's place in the log, so a reader that
//! comes back names the last one that it has, and misses none.

use crate::issued::{self, Issued};
use crate::write::{look, status_word};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use scr_core::{Refusal, RefusalKind};
use scr_engine::utc_text;
use scr_web::{App, Reply, Visit};
use serde_json::json;
use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::sync::mpsc::{Sender, channel};
use tokio_stream::wrappers::ReceiverStream;

/// Readers of one node at a time.
const MOST: usize = 500;
/// How often it is looked whether anything came.
const PAUSE: Duration = Duration::from_millis(500);
/// Alerts of one look.
const AT_ONCE: usize = 100;
/// What a browser waits before it comes back.
const RETRY: Duration = Duration::from_secs(2);

/// Readers that are there.
#[derive(Debug, Default)]
struct Readers(AtomicUsize);

/// One of them; gone when dropped.
struct Reader(Arc<Readers>);

impl Drop for Reader {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Whether there is room for another reader.
fn room(readers: usize) -> Result<(), Refusal> {
    if readers < MOST { Ok(()) } else { Err(Refusal::new(RefusalKind::Unavailable, "SCR-ALR-248")) }
}

fn enter(app: &App) -> Option<Reader> {
    let readers = app.soft::<Readers>();
    let reader = Reader(Arc::clone(&readers));
    (readers.0.fetch_add(1, Ordering::Relaxed) < MOST).then_some(reader)
}

/// The event of an alert.
fn event(one: &Issued, language: &str) -> Event {
    let data = json!({
        "index": one.index, "id": one.id, "election": one.election, "number": one.text.number,
        "status": status_word(one.text.status), "kind": one.text.kind, "severity": one.text.severity,
        "headline": look::headline_of(language, &one.text), "recorded": utc_text(one.at),
        "expires": utc_text(one.text.expires().cast_signed()), "href": format!("/alerts/{}", one.id),
        "names": one.text.references.iter().map(|named| named.index).collect::<Vec<_>>(),
    });
    Event::default().id(one.index.to_string()).event("alert").retry(RETRY).data(data.to_string())
}

/// Sends what comes after `last` until the reader goes.
async fn follow(app: Arc<App>, language: &'static str, mut last: i64, to: Sender<Result<Event, Infallible>>) {
    let Some(_reader) = enter(&app) else { return };
    let mut looked = None;
    let mut pause = tokio::time::interval(PAUSE);
    loop {
        tokio::select! {
            _ = pause.tick() => {}
            () = to.closed() => return,
        }
        // Nothing is asked of the views while the log stands still.
        let (_, size) = app.engine.progress();
        if looked == Some(size) {
            continue;
        }
        let from = Arc::clone(&app);
        let found = scr_web::blocking(move || from.engine.read(|views| issued::after(views, last, AT_ONCE)));
        let Ok(Ok(found)) = found.await else { continue };
        looked = (found.len() < AT_ONCE).then_some(size);
        for one in found {
            last = one.index.cast_signed();
            if to.send(Ok(event(&one, language))).await.is_err() {
                return;
            }
        }
    }
}

pub(super) async fn show(State(app): State<Arc<App>>, visit: Visit, headers: HeaderMap) -> Reply {
    let named = headers.get("last-event-id").and_then(|value| value.to_str().ok());
    let named = named.or_else(|| visit.query.get("after")).and_then(|text| text.trim().parse::<u32>().ok());
    let (_, size) = app.engine.progress();
    // Who comes for the first time is sent what is released from now on.
    let last = named.map_or_else(|| size.cast_signed() - 1, i64::from);
    if let Err(refusal) = room(app.soft::<Readers>().0.load(Ordering::Relaxed)) {
        return Reply::refused(&visit, &refusal);
    }
    let (to, from) = channel(16);
    tokio::spawn(follow(app, visit.lang_code(), last, to));
    let mut response: Response = Sse::new(ReceiverStream::new(from))
        .keep_alive(KeepAlive::new().interval(Duration::from_secs(15)))
        .into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
    response.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readers_are_not_taken_without_end() {
        assert_eq!(room(MOST - 1), Ok(()));
        assert_eq!(room(MOST).unwrap_err().code, "SCR-ALR-248");
    }
}
