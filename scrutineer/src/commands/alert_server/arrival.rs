//! How far an alert has come, once or as it goes on.

use super::{At, count, mark, named, plain, text};
use crate::commands::server::Server;
use crate::outcome::{Outcome, Problem};
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use serde_json::Value;
use std::fmt::Write as _;
use std::io::{IsTerminal as _, Write as _};
use std::time::Duration;

/// Areas that are named; `--json` has all.
const AREAS: usize = 20;

/// Which alert, and for how long.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    at: At,
    /// Its id, its place in the log, or the address of its page.
    alert: String,
    /// Only of this area, by its code.
    #[arg(long)]
    area: Option<String>,
    /// Go on until no station is silent or the alert is over.
    #[arg(long)]
    watch: bool,
    /// Seconds between two looks with --watch.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u64).range(1..=3600), requires = "watch")]
    every: u64,
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap_or(0)
}

/// The first line: what it is, and until when.
fn head(board: &Value) -> String {
    let state = match text(&board["state"]) {
        "open" => "open".to_owned(),
        "expired" => "over".to_owned(),
        "cancelled" => format!("taken back by entry {}", board["newer"]),
        "updated" => format!("replaced by entry {}", board["newer"]),
        _ => "unknown".to_owned(),
    };
    let area = board["area"]
        .is_object()
        .then(|| format!(", in {} ({})", plain(&board["area"]["name"]), plain(&board["area"]["code"])));
    format!(
        "{}Alert {}, entry {}: {state}; \"{}\" is asked for by {}{}{}",
        mark(&board["status"]),
        board["number"],
        board["entry"],
        text(&board["goal"]),
        plain(&board["deadline"]),
        if number(&board["rate"]) > 1 { " by the drill's clock" } else { "" },
        area.unwrap_or_default(),
    )
}

fn silent(board: &Value) -> String {
    let mut said = match number(&board["silent"]) {
        0 => "No polling station is silent.".to_owned(),
        one => {
            let (are, voters) = (if one == 1 { "is" } else { "are" }, number(&board["silent_voters"]));
            format!("{} {are} silent, with {}.", count(one, "polling station"), count(voters, "voter"))
        }
    };
    if number(&board["calls_due"]) > 0 {
        let _ = write!(said, " Due: {}.", count(number(&board["calls_due"]), "call"));
    }
    if let Some(late) = board["at_expiry"]["figures"]["late"].as_u64() {
        let _ = write!(said, " Since its end {late} more came.");
    }
    said
}

fn whole(board: &Value) -> String {
    let mut said = format!("{}\n", head(board));
    for step in board["steps"].as_array().into_iter().flatten() {
        let asked = if step["step"] == board["goal"] { "  (asked for)" } else { "" };
        let of = format!("{} of {}", step["stations"], board["stations"]);
        let _ = writeln!(said, "  {:<11} {of:>16} polling stations{asked}", text(&step["step"]));
    }
    let _ = writeln!(said, "{}", silent(board));
    let areas = board["areas"].as_array().map(Vec::as_slice).unwrap_or_default();
    let lagging: Vec<&Value> = areas.iter().filter(|area| number(&area["silent"]) > 0).collect();
    for area in lagging.iter().take(AREAS) {
        let of = format!("{} of {}", area["silent"], area["stations"]);
        let _ = writeln!(said, "  silent {of:>12}  {} ({})", plain(&area["name"]), plain(&area["code"]));
    }
    if lagging.len() > AREAS {
        let _ =
            writeln!(said, "  and {} (--json has all)", count((lagging.len() - AREAS) as u64, "more area"));
    }
    said
}

/// All steps in one line, for a log.
fn one_line(board: &Value) -> String {
    let steps = board["steps"].as_array().into_iter().flatten();
    let steps: Vec<String> =
        steps.map(|step| format!("{} {}", text(&step["step"]), step["stations"])).collect();
    format!(
        "{}{}  {}  silent {} of {}",
        mark(&board["status"]),
        plain(&board["now"]),
        steps.join("  "),
        board["silent"],
        board["stations"]
    )
}

/// A line of progress for each step.
struct Bars {
    all: MultiProgress,
    head: ProgressBar,
    steps: Vec<ProgressBar>,
}

impl Bars {
    fn new(board: &Value) -> Self {
        let all = MultiProgress::new();
        let line = |template: &str, length| {
            let bar = all.add(ProgressBar::new(length));
            if let Ok(style) = ProgressStyle::with_template(template) {
                bar.set_style(style);
            }
            bar
        };
        let head = line("{msg}", 0);
        let steps = board["steps"].as_array().into_iter().flatten();
        let steps =
            steps.map(|_| line("  {msg:<11} {bar:40} {pos} of {len}", number(&board["stations"]))).collect();
        Self { all, head, steps }
    }

    fn show(&self, board: &Value) {
        self.head.set_message(format!("{}\n{}", head(board), silent(board)));
        let steps = board["steps"].as_array().into_iter().flatten();
        for (bar, step) in self.steps.iter().zip(steps) {
            bar.set_length(number(&board["stations"]));
            bar.set_position(number(&step["stations"]));
            bar.set_message(text(&step["step"]).to_owned());
        }
    }
}

/// Whether there is nothing to wait for.
fn is_over(board: &Value) -> bool {
    number(&board["silent"]) == 0 || matches!(text(&board["state"]), "expired" | "cancelled")
}

fn watch(server: &Server, path: &str, every: Duration) -> Result<Value, Problem> {
    let mut board = server.get_own(path)?;
    let bars = std::io::stderr().is_terminal().then(|| Bars::new(&board));
    let mut said = String::new();
    let mut out = std::io::stdout();
    loop {
        let line = one_line(&board);
        match &bars {
            Some(bars) => bars.show(&board),
            // The time alone is nothing new.
            None if line.split_once("  ").map(|(_, rest)| rest.to_owned()) != Some(said.clone()) => {
                drop(writeln!(out, "{line}"));
                drop(out.flush());
            }
            None => {}
        }
        said = line.split_once("  ").map(|(_, rest)| rest.to_owned()).unwrap_or_default();
        if is_over(&board) {
            if let Some(bars) = bars {
                drop(bars.all.clear());
            }
            return Ok(board);
        }
        std::thread::sleep(every);
        board = server.get_patiently(path, every)?;
    }
}

pub(super) fn run(args: &Args) -> Result<Outcome, Problem> {
    let server = args.at.server()?;
    let area = args.area.as_deref().map(|code| format!("?area={}", scr_web::in_address(code)));
    let path = format!("/api/v1/alerts/{}/arrival{}", named(&args.alert), area.unwrap_or_default());
    if !args.watch {
        let board = server.get_own(&path)?;
        return Ok(Outcome::done(whole(&board), board));
    }
    let board = watch(&server, &path, Duration::from_secs(args.every))?;
    let is_silent = number(&board["silent"]) > 0;
    let outcome = Outcome::done(whole(&board), board);
    Ok(if is_silent { outcome.answering_no() } else { outcome })
}
