//! Traces for an OpenTelemetry collector: finished spans as OTLP/HTTP with JSON bodies.
//!
//! Off unless an endpoint is named. Of a span only its name, its times and the fields of [`SHOWN`] leave the
//! program. A collector that is slow or away costs memory for one queue, and spans, which are counted.

use crate::outcome::Problem;
use scr_core::{Clock, Entropy};
use scr_web::Gauge;
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Metadata, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::Context;
use tracing_subscriber::registry::LookupSpan;
use ureq::tls::TlsConfig;

/// Spans that wait to be sent; what comes when there are so many is dropped and counted.
const QUEUE: usize = 4_096;
/// Spans of one request to the collector.
const BATCH: usize = 512;
/// So long the first span of a batch waits for others.
const WAIT: Duration = Duration::from_secs(2);
/// A collector takes a batch within this time, or it is lost.
const SEND: Duration = Duration::from_secs(5);
/// Fields that leave the program. None of them can hold anything personal: a route is the pattern, never
/// the address.
const SHOWN: [(&str, &str); 6] = [
    ("method", "http.request.method"),
    ("route", "http.route"),
    ("status", "http.response.status_code"),
    ("kind", "scrutineer.kind"),
    ("outcome", "scrutineer.outcome"),
    ("entries", "scrutineer.entries"),
];

/// A span that has ended.
struct Ended {
    name: &'static str,
    trace: [u8; 16],
    span: [u8; 8],
    parent: Option<[u8; 8]>,
    begin_ns: u128,
    took: Duration,
    fields: Vec<(&'static str, Value)>,
}

impl Ended {
    fn to_json(&self) -> Value {
        let status =
            self.fields.iter().find(|(name, _)| *name == "status").and_then(|(_, value)| value.as_u64());
        let is_request = self.name == "request";
        let attributes: Vec<Value> =
            self.fields.iter().filter_map(|(name, value)| attribute(name, value)).collect();
        let mut span = json!({
            "traceId": hex(&self.trace),
            "spanId": hex(&self.span),
            "name": self.title(),
            // SERVER or INTERNAL.
            "kind": if is_request { 2 } else { 1 },
            "startTimeUnixNano": self.begin_ns.to_string(),
            "endTimeUnixNano": (self.begin_ns + self.took.as_nanos()).to_string(),
            "attributes": attributes,
            // ERROR or UNSET.
            "status": if status.is_some_and(|status| status >= 500) { json!({"code": 2}) } else { json!({}) },
        });
        if let Some(parent) = &self.parent {
            span["parentSpanId"] = Value::from(hex(parent));
        }
        span
    }

    /// `GET /elections/{id}` for a request, as the semantic conventions for HTTP want it.
    fn title(&self) -> String {
        let text = |wanted: &str| {
            let field = self.fields.iter().find(|(name, _)| *name == wanted);
            field.and_then(|(_, value)| value.as_str()).unwrap_or_default()
        };
        match self.name {
            "request" => format!("{} {}", text("method"), text("route")).trim().to_owned(),
            name => name.to_owned(),
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// `KeyValue` of the protocol: integers of 64 bits are strings in JSON.
fn attribute(name: &str, value: &Value) -> Option<Value> {
    let (_, key) = SHOWN.iter().find(|(own, _)| *own == name)?;
    let value = match value {
        Value::Number(number) => json!({"intValue": number.to_string()}),
        Value::Bool(value) => json!({"boolValue": value}),
        other => json!({"stringValue": other.as_str()?}),
    };
    Some(json!({"key": key, "value": value}))
}

/// The body of `POST /v1/traces`: an `ExportTraceServiceRequest`.
fn body(spans: &[Ended]) -> Value {
    let version = env!("CARGO_PKG_VERSION");
    let text = |key: &str, value: &str| json!({"key": key, "value": {"stringValue": value}});
    json!({"resourceSpans": [{
        "resource": {"attributes": [text("service.name", "scrutineer"), text("service.version", version)]},
        "scopeSpans": [{
            "scope": {"name": "scrutineer", "version": version},
            "spans": spans.iter().map(Ended::to_json).collect::<Vec<_>>(),
        }],
    }]})
}

/// What is kept of a span while it is open.
struct Open {
    trace: [u8; 16],
    span: [u8; 8],
    parent: Option<[u8; 8]>,
    begin_ns: u128,
    begin: Instant,
    fields: Fields,
}

#[derive(Default)]
struct Fields(Vec<(&'static str, Value)>);

impl Fields {
    fn put(&mut self, field: &Field, value: Value) {
        if let Some((name, _)) = SHOWN.iter().find(|(name, _)| *name == field.name()) {
            self.0.retain(|(known, _)| known != name);
            self.0.push((name, value));
        }
    }
}

impl Visit for Fields {
    fn record_i64(&mut self, field: &Field, value: i64) {
        self.put(field, Value::from(value));
    }
    fn record_u64(&mut self, field: &Field, value: u64) {
        self.put(field, Value::from(value));
    }
    fn record_bool(&mut self, field: &Field, value: bool) {
        self.put(field, Value::from(value));
    }
    fn record_str(&mut self, field: &Field, value: &str) {
        self.put(field, Value::from(value));
    }
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        self.put(field, Value::from(format!("{value:?}")));
    }
}

/// What was sent and what was not.
#[derive(Default)]
struct Counts {
    sent: AtomicU64,
    dropped: AtomicU64,
}

/// The layer that takes spans in. It never waits.
pub(crate) struct Spans {
    queue: SyncSender<Ended>,
    counts: Arc<Counts>,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
}

impl<S> Layer<S> for Spans
where
    S: Subscriber + for<'a> LookupSpan<'a>,
{
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let Some(span) = context.span(id) else { return };
        let above = span
            .parent()
            .and_then(|parent| parent.extensions().get::<Open>().map(|open| (open.trace, open.span)));
        let mut fields = Fields::default();
        attributes.record(&mut fields);
        let open = Open {
            trace: above.map_or_else(|| self.entropy.bytes::<16>(), |(trace, _)| trace),
            span: self.entropy.bytes::<8>(),
            parent: above.map(|(_, span)| span),
            begin_ns: u128::try_from(self.clock.now_ms()).unwrap_or_default() * 1_000_000,
            begin: Instant::now(),
            fields,
        };
        span.extensions_mut().insert(open);
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        let Some(span) = context.span(id) else { return };
        if let Some(open) = span.extensions_mut().get_mut::<Open>() {
            values.record(&mut open.fields);
        }
    }

    fn on_close(&self, id: Id, context: Context<'_, S>) {
        let Some(span) = context.span(&id) else { return };
        let Some(open) = span.extensions_mut().remove::<Open>() else { return };
        let ended = Ended {
            name: span.metadata().name(),
            trace: open.trace,
            span: open.span,
            parent: open.parent,
            begin_ns: open.begin_ns,
            took: open.begin.elapsed(),
            fields: open.fields.0,
        };
        if self.queue.try_send(ended).is_err() {
            self.counts.dropped.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// Spans of our own crates, whatever the level of the lines is.
pub(crate) fn is_taken(metadata: &Metadata<'_>) -> bool {
    metadata.is_span()
        && (metadata.target().starts_with("scr_") || metadata.target().starts_with("scrutineer"))
}

/// The thread that sends. Dropped: it sends what waits, once, and ends.
pub(crate) struct Exporter {
    counts: Arc<Counts>,
    stop: Arc<std::sync::atomic::AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Exporter {
    /// Begins to send to a collector (`http://127.0.0.1:4318`), and gives the layer that takes spans in.
    pub(crate) fn start(
        endpoint: &str,
        tls: TlsConfig,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> Result<(Self, Spans), Problem> {
        let host = endpoint.strip_prefix("https://").or_else(|| endpoint.strip_prefix("http://"));
        if host.is_none_or(|host| host.is_empty() || host.contains(['@', '?', '#', ' '])) {
            let what = format!("{endpoint:?} is not the address of a collector");
            return Err(Problem::input("SCR-CLI-050", what).help("for instance http://127.0.0.1:4318"));
        }
        let url = format!("{}/v1/traces", endpoint.trim_end_matches('/'));
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .timeout_global(Some(SEND))
            .max_redirects(0)
            .tls_config(tls)
            .user_agent(concat!("scrutineer/", env!("CARGO_PKG_VERSION")))
            .build()
            .into();
        let (queue, waiting) = sync_channel(QUEUE);
        let counts = Arc::new(Counts::default());
        let stop = Arc::new(std::sync::atomic::AtomicBool::new(false));
        let (counted, stopped) = (Arc::clone(&counts), Arc::clone(&stop));
        let thread = std::thread::Builder::new().name("traces".to_owned()).spawn(move || {
            while !stopped.load(Ordering::Relaxed) {
                let batch = next(&waiting);
                if !batch.is_empty() {
                    send(&agent, &url, &batch, &counted);
                }
            }
        });
        let thread = thread.map_err(|e| Problem::fault("SCR-CLI-032", e))?;
        let spans = Spans { queue, counts: Arc::clone(&counts), clock, entropy };
        Ok((Self { counts, stop, thread: Some(thread) }, spans))
    }

    /// Figures for `/metrics`.
    pub(crate) fn gauges(&self) -> impl Fn() -> Vec<Gauge> + Send + Sync + 'static {
        let counts = Arc::clone(&self.counts);
        move || {
            let count = |counter: &AtomicU64| counter.load(Ordering::Relaxed).cast_signed();
            vec![Gauge {
                name: "scrutineer_spans",
                help: "Spans for the collector of traces since the start, by what became of them",
                values: vec![
                    ("outcome=\"sent\"".to_owned(), count(&counts.sent)),
                    ("outcome=\"dropped\"".to_owned(), count(&counts.dropped)),
                ],
            }]
        }
    }
}

impl Drop for Exporter {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

/// What has come: the first span is waited for, then as many as come within the time.
fn next(waiting: &Receiver<Ended>) -> Vec<Ended> {
    let mut batch = Vec::new();
    let until = Instant::now() + WAIT;
    while batch.len() < BATCH {
        match waiting.recv_timeout(until.saturating_duration_since(Instant::now())) {
            Ok(span) => batch.push(span),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
        }
    }
    batch
}

/// Once again where the collector says that it is busy; then the batch is lost.
fn send(agent: &ureq::Agent, url: &str, batch: &[Ended], counts: &Counts) {
    let text = body(batch).to_string();
    let count = batch.len() as u64;
    for attempt in 0..2 {
        match agent.post(url).header("content-type", "application/json").send(&text) {
            Ok(_) => {
                counts.sent.fetch_add(count, Ordering::Relaxed);
                return;
            }
            Err(ureq::Error::StatusCode(429 | 502 | 503 | 504)) if attempt == 0 => {
                std::thread::sleep(Duration::from_secs(1));
            }
            Err(error) => {
                // Without a span of its own: this thread is in none.
                tracing::warn!(%error, spans = count, "the collector of traces took nothing");
                break;
            }
        }
    }
    counts.dropped.fetch_add(count, Ordering::Relaxed);
}
