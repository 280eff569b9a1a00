//! What a running server says of itself, line by line on standard error.
//!
//! Nothing personal: no names, addresses, tokens or typed content (a test of the whole program looks for
//! them). The level is that of our own crates; what others write is shown from a warning on, because
//! nobody here knows what they put into their lines.

use crate::otlp::{Spans, is_taken};
use serde::Deserialize;
use std::io::IsTerminal as _;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, Layer as _, fmt};

/// The form of a line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub(crate) enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// One JSON object a line, for programs.
    Json,
}

/// From where on a line is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub(crate) enum LogLevel {
    /// What must be mended.
    Error,
    /// And what should be looked at.
    Warn,
    /// And what happens now and then.
    #[default]
    Info,
    /// And every request, by its route.
    Debug,
}

impl LogLevel {
    fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warn => "warn",
            Self::Info => "info",
            Self::Debug => "debug",
        }
    }
}

/// What the command line says of it.
#[derive(Debug, Clone, Copy, clap::Args)]
pub(crate) struct LogArgs {
    /// The form of the lines on standard error [default: text].
    #[arg(long, env = "SCRUTINEER_LOG_FORMAT")]
    pub(crate) log_format: Option<LogFormat>,
    /// From where on a line is written; at debug every request, by its route [default: info].
    #[arg(long, env = "SCRUTINEER_LOG_LEVEL")]
    pub(crate) log_level: Option<LogLevel>,
}

impl LogArgs {
    pub(crate) fn start(self) {
        start(self.log_format.unwrap_or_default(), self.log_level.unwrap_or_default(), None);
    }
}

/// Begins to write, and to give spans to `spans`. A second call changes nothing.
pub(crate) fn start(format: LogFormat, level: LogLevel, spans: Option<Spans>) {
    let own = level.as_str();
    let filter = EnvFilter::new(format!("warn,scr_={own},scrutineer={own}"));
    let lines = fmt::layer().with_writer(std::io::stderr);
    let lines = match format {
        LogFormat::Text => lines.with_ansi(std::io::stderr().is_terminal()).boxed(),
        LogFormat::Json => lines.json().flatten_event(true).boxed(),
    };
    let spans = spans.map(|spans| spans.with_filter(filter_fn(is_taken)));
    drop(tracing_subscriber::registry().with(lines.with_filter(filter)).with(spans).try_init());
}
