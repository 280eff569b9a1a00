//! Figures for operators, in Prometheus' text format. Nothing personal: no addresses, no paths, no names.

use crate::app::App;
use axum::http::StatusCode;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Upper bounds of the histogram, in milliseconds; the last bucket has none.
const BOUNDS_MS: [u64; 9] = [1, 5, 20, 50, 100, 500, 1_000, 5_000, 30_000];
const CLASSES: [&str; 5] = ["1xx", "2xx", "3xx", "4xx", "5xx"];

/// A figure that a part of the program states: its name, what it is, and labels with values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gauge {
    /// `scrutineer_…`, in lower case.
    pub name: &'static str,
    /// What it counts, in a few words.
    pub help: &'static str,
    /// Labels as they are written (`state="done"`, or empty) and values.
    pub values: Vec<(String, i64)>,
}

type Source = Box<dyn Fn() -> Vec<Gauge> + Send + Sync>;

/// Counters of this process.
pub(crate) struct Metrics {
    started_at: i64,
    running: AtomicI64,
    by_class: [AtomicU64; 5],
    buckets: [AtomicU64; BOUNDS_MS.len() + 1],
    all_us: AtomicU64,
    sources: Mutex<Vec<Source>>,
}

impl Metrics {
    pub(crate) fn begin(started_at: i64) -> Self {
        Self {
            started_at,
            running: AtomicI64::new(0),
            by_class: Default::default(),
            buckets: Default::default(),
            all_us: AtomicU64::new(0),
            sources: Mutex::default(),
        }
    }

    pub(crate) fn begin_request(&self) -> Running<'_> {
        self.running.fetch_add(1, Ordering::Relaxed);
        Running(self)
    }

    pub(crate) fn add(&self, source: Source) {
        self.sources.lock().unwrap_or_else(PoisonError::into_inner).push(source);
    }

    pub(crate) fn text(&self, app: &App) -> String {
        let (views, record) = app.engine.progress();
        let signed = app.engine.log().checkpoint().ok().flatten().map_or(0, |signed| signed.size);
        let one = |name, help, value: i64| Gauge { name, help, values: vec![(String::new(), value)] };
        let mut gauges = vec![
            one(
                "scrutineer_start_time_seconds",
                "When the process began, seconds since 1970",
                self.started_at,
            ),
            one("scrutineer_record_entries", "Entries in the record", record.cast_signed()),
            one("scrutineer_views_entries", "Entries that the views have taken in", views.cast_signed()),
            one(
                "scrutineer_checkpoint_entries",
                "Entries under the last signed checkpoint",
                signed.cast_signed(),
            ),
            one(
                "scrutineer_record_accepts",
                "1 while the log accepts and signs, else 0",
                i64::from(app.engine.ledger().stopped().is_none()),
            ),
            one(
                "scrutineer_record_signs",
                "0 while acts are accepted and whoever holds the log's key is away, else 1",
                i64::from(app.engine.ledger().unsigned().is_none()),
            ),
            one("scrutineer_requests_running", "Requests under way", self.running.load(Ordering::Relaxed)),
        ];
        if let Ok(Some(fixity)) = app.engine.last_fixity() {
            let (all, damaged) = (fixity.counts.all().cast_signed(), fixity.counts.damaged.cast_signed());
            let when = "When everything held was last hashed again, seconds since 1970";
            gauges.push(one("scrutineer_fixity_time_seconds", when, fixity.at));
            gauges.push(one("scrutineer_fixity_things", "Things that were looked at then", all));
            gauges.push(one(
                "scrutineer_fixity_damaged",
                "Things that were damaged or missing then",
                damaged,
            ));
        }
        for source in self.sources.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            gauges.extend(source());
        }
        let mut text = String::new();
        for gauge in gauges {
            let _ = writeln!(text, "# HELP {0} {1}\n# TYPE {0} gauge", gauge.name, gauge.help);
            for (labels, value) in gauge.values {
                let labels = if labels.is_empty() { labels } else { format!("{{{labels}}}") };
                let _ = writeln!(text, "{}{labels} {value}", gauge.name);
            }
        }
        self.requests(&mut text);
        text
    }

    fn requests(&self, text: &mut String) {
        let name = "scrutineer_requests_total";
        let _ = writeln!(text, "# HELP {name} Requests answered, by class of status\n# TYPE {name} counter");
        for (class, count) in CLASSES.iter().zip(&self.by_class) {
            let _ = writeln!(text, "{name}{{status=\"{class}\"}} {}", count.load(Ordering::Relaxed));
        }
        let name = "scrutineer_request_seconds";
        let _ = writeln!(text, "# HELP {name} Time until the answer began\n# TYPE {name} histogram");
        let mut count = 0;
        for (position, bucket) in self.buckets.iter().enumerate() {
            count += bucket.load(Ordering::Relaxed);
            let bound = match BOUNDS_MS.get(position) {
                Some(ms) => format!("{}.{:03}", ms / 1000, ms % 1000),
                None => "+Inf".to_owned(),
            };
            let _ = writeln!(text, "{name}_bucket{{le=\"{bound}\"}} {count}");
        }
        let all_us = self.all_us.load(Ordering::Relaxed);
        let _ = writeln!(
            text,
            "{name}_sum {}.{:06}\n{name}_count {count}",
            all_us / 1_000_000,
            all_us % 1_000_000
        );
    }
}

/// A request under way.
pub(crate) struct Running<'a>(&'a Metrics);

impl Running<'_> {
    pub(crate) fn end(self, status: StatusCode, took: Duration) {
        let class = usize::from(status.as_u16() / 100).clamp(1, 5) - 1;
        if let Some(counter) = self.0.by_class.get(class) {
            counter.fetch_add(1, Ordering::Relaxed);
        }
        let took_us = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let bucket = BOUNDS_MS.iter().position(|ms| took_us <= ms * 1000).unwrap_or(BOUNDS_MS.len());
        if let Some(counter) = self.0.buckets.get(bucket) {
            counter.fetch_add(1, Ordering::Relaxed);
        }
        self.0.all_us.fetch_add(took_us, Ordering::Relaxed);
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.0.running.fetch_sub(1, Ordering::Relaxed);
    }
}
