//! `scrutineer alert …`: alerts, checked without a network; and those of a server (`alert_server`).

use super::{alert_check, alert_server};
use crate::outcome::{Outcome, Problem};
use crate::source::{read_bytes, read_text};
use scr_alerts::words::{COMPARED, Tongue, comparing_words, word_numbers};
use scr_alerts::{
    Authentic, Backing, Card, ClockState, Kind, Known, Limits, Refused, Scanned, State, Status, Verdict,
    authenticate, judge,
};
use scr_core::{Clock as _, SystemClock};
use scr_entry::{parse_utc, utc_text};
use scr_verify::Trust;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Alerts: genuine or not, and whether they hold.
#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Check an alert offline, against the keys on a polling station's card.
    #[command(
        after_help = "Examples:\n  scrutineer alert verify alert.bundle --card station.card\n  scrutineer alert verify typed.txt --card station.card --known cancel.bundle --lang fr\n\nThe file is a bundle (.bundle), a short form, or the text form of either as it was scanned or typed.\nExit status: 0 it is genuine, meant, and holds now; 1 it is forged, an exercise, not yet or no longer valid, taken\nback, or the clock cannot be right; 2 the file or the card cannot be read, or was damaged on its way."
    )]
    Verify(Args),
    /// Say what in an alert is not as CAP 1.2 has it, and what its signatures are worth.
    #[command(
        after_help = "Example:\n  scrutineer alert check warning.cap --pin commission.pem\n\nA key or certificate inside the alert proves nothing about who signed it: name the one you trust, which you have by\nanother way, with --pin (public keys or certificates in PEM; as often as needed). CAP 1.1 and 1.0 are read too.\n\nExit status 1 when there are errors, when a signature is broken, or when --pin is given and no signature is valid under\nit; with --strict also when there are warnings. Nothing is fetched from the network."
    )]
    Check(alert_check::Args),
    /// Read a card, and say the words by which two people compare it.
    #[command(
        after_help = "Example:\n  scrutineer alert card station.card --lang ar\n\nThe eight words stand for every character of the card. Read them aloud to whoever issued it."
    )]
    Card {
        /// The card.
        file: PathBuf,
        /// Language of the words: en, fr, es, ar.
        #[arg(long, default_value = "en")]
        lang: String,
    },
    /// Alerts on a server.
    #[command(flatten)]
    Server(alert_server::Command),
}

/// What is checked, and against what.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The alert: bytes or text.
    file: PathBuf,
    /// The card of the polling station: the keys that it trusts.
    #[arg(long)]
    card: PathBuf,
    /// The time to judge by, such as 2026-11-27T10:00:00Z; without it, this machine's clock.
    #[arg(long)]
    at: Option<String>,
    /// Another alert that is known here, such as a cancellation. May be given more than once.
    #[arg(long)]
    known: Vec<PathBuf>,
    /// Take exercises and tests for what they are, and end with 0 where they hold now.
    #[arg(long)]
    exercise: bool,
    /// Language of the alert's words and of the words to compare: en, fr, es, ar.
    #[arg(long, default_value = "en")]
    lang: String,
}

/// `as_json`: what goes on is said as a document on each line.
pub(crate) fn run(command: &Command, as_json: bool) -> Result<Outcome, Problem> {
    match command {
        Command::Verify(args) => verify(args),
        Command::Check(args) => alert_check::run(args),
        Command::Card { file, lang } => Ok(show(&card_at(file)?, lang)),
        Command::Server(command) => alert_server::run(command, as_json),
    }
}

pub(super) fn card_at(path: &Path) -> Result<Card, Problem> {
    read_text(path)?.parse().map_err(|error: scr_alerts::CardError| {
        let words = error.to_string();
        let words = words.strip_prefix("SCR-ALR-004: ").unwrap_or(&words);
        Problem::input("SCR-ALR-004", format!("{}: {words}", path.display()))
    })
}

fn show(card: &Card, lang: &str) -> Outcome {
    let tongue = Tongue::of_code(lang).unwrap_or(Tongue::En);
    let words = tongue.say(&word_numbers(&card.digest(), COMPARED + 2));
    let logs: Vec<&str> = card.policy.logs().iter().map(|log| log.key.name()).collect();
    let witnesses: Vec<&str> = card.policy.witnesses().iter().map(|one| one.name.as_str()).collect();
    let station = card.station.map(|number| format!("{number:06}"));
    let text = format!(
        "Card of the election {}, station {}\n  log       {}\n  witnesses {}\n  compare   {}",
        card.election,
        station.as_deref().unwrap_or("any"),
        logs.join(", "),
        witnesses.join(", "),
        words.join(" ")
    );
    let document = json!({
        "election": card.election, "station": station, "logs": logs, "witnesses": witnesses, "compare": words,
        "digest": card.digest(),
    });
    Outcome::done(text, document)
}

fn verify(args: &Args) -> Result<Outcome, Problem> {
    let card = card_at(&args.card)?;
    let trust = Trust::Policy(Box::new(card.policy.clone()));
    let mut known = Known::default();
    if let Some(seen) = card.seen {
        known.note_time(seen.time);
    }
    for path in &args.known {
        known.note(&about(&read(path)?, &trust, Some(&card.election)).map_err(|p| refused(&p, path))?);
    }
    let now = match &args.at {
        Some(text) => parse_utc(text).ok_or_else(|| {
            Problem::input("SCR-CLI-118", format!("{text} is no time such as 2026-11-27T10:00:00Z"))
        })?,
        None => SystemClock.now(),
    };
    let found =
        about(&read(&args.file)?, &trust, Some(&card.election)).map_err(|p| refused(&p, &args.file))?;
    known.note(&found);
    let (verdict, outcome) = judged(&found, &known, now, &args.lang, &args.file)?;
    let contradictions = known.contradictions();
    let holds = verdict.code() == "valid-now"
        || (args.exercise
            && verdict.status != Status::Actual
            && verdict.state == State::ValidNow
            && !is_behind(verdict.clock));
    Ok(if holds && contradictions.is_empty() { outcome } else { outcome.answering_no() })
}

fn is_behind(clock: ClockState) -> bool {
    matches!(clock, ClockState::Behind { .. })
}

/// An alert for `scrutineer verify`: whether it is genuine; what holds now is said, but decides nothing.
/// `election`: of the card, where the policy is one.
pub(crate) fn examined(
    bytes: &[u8],
    trust: &Trust,
    election: Option<&str>,
    path: &Path,
) -> Result<Outcome, Problem> {
    let found = about(bytes, trust, election).map_err(|p| refused(&p, path))?;
    judged(&found, &Known::default(), SystemClock.now(), "en", path).map(|(_, outcome)| outcome)
}

fn read(path: &Path) -> Result<Vec<u8>, Problem> {
    read_bytes(path, scr_alerts::armour::MAX_ARMOUR_BYTES as u64)
}

pub(super) fn genuine(bytes: &[u8], trust: &Trust) -> Result<Authentic, Refused> {
    // A scanner puts a line end behind what it read; a bundle's own last byte is covered by its checksum.
    let scanned = Scanned::read(bytes).or_else(|error| match bytes.strip_suffix(b"\n") {
        Some(shorter) => Scanned::read(shorter).map_err(|_| error),
        None => Err(error),
    })?;
    authenticate(&scanned, trust, &Limits::default())
}

/// A genuine alert about the election of the card.
fn about(bytes: &[u8], trust: &Trust, election: Option<&str>) -> Result<Authentic, Refused> {
    let found = genuine(bytes, trust)?;
    election.map_or(Ok(()), |election| found.must_be_about(election))?;
    Ok(found)
}

fn refused(error: &Refused, path: &Path) -> Problem {
    let code = error.code();
    let text = error.to_string();
    let text = text.strip_prefix(&format!("{code}: ")).unwrap_or(&text).to_owned();
    let problem = Problem::new(error.exit_code(), code, format!("{}: {text}", path.display()));
    match error.exit_code() {
        1 => problem.help("do not act on it; keep it, and ask your municipality by the number that you know"),
        _ => problem,
    }
}

fn judged(
    found: &Authentic,
    known: &Known,
    now: i64,
    lang: &str,
    path: &Path,
) -> Result<(Verdict, Outcome), Problem> {
    let verdict = verdict(found, known, now).map_err(|error| refused(&error, path))?;
    let (text, document) = told(found, &verdict, known, lang);
    Ok((verdict, Outcome::done(text, document)))
}

/// What holds of an alert at a time, seconds since 1970, UTC.
pub(super) fn verdict(found: &Authentic, known: &Known, now: i64) -> Result<Verdict, Refused> {
    judge(found, known, u64::try_from(now).unwrap_or(0), &Limits::default())
}

/// The verdict for people and for programs.
pub(super) fn told(found: &Authentic, verdict: &Verdict, known: &Known, lang: &str) -> (String, Value) {
    let tongue = Tongue::of_code(lang).unwrap_or(Tongue::En);
    let words = comparing_words(&found.leaf, tongue);
    let contradictions = known.contradictions();
    let document = json!({
        "genuine": true, "code": verdict.code(), "verdict": verdict, "alert": found.alert, "origin": found.origin,
        "index": found.index, "leaf": found.leaf, "recorded": time(found.recorded), "issuer": found.issuer,
        "backing": found.backing, "expires": time(found.alert.expires()), "effective": time(found.alert.effective()),
        "compare": words, "contradictions": contradictions,
    });
    (said(found, verdict, &words, lang, &contradictions), document)
}

fn time(seconds: u64) -> Value {
    Value::from(words_of_time(seconds))
}

fn words_of_time(seconds: u64) -> String {
    utc_text(i64::try_from(seconds).unwrap_or(i64::MAX).min(253_402_300_799))
}

pub(super) fn headline(verdict: &Verdict) -> &'static str {
    match verdict.code() {
        "exercise" => "EXERCISE. This is a drill. It is genuine, and no alert.",
        "test" => "TEST. This is a test of the channels. It is genuine, and no alert.",
        "cancelled" => "TAKEN BACK. The alert is genuine, but was cancelled.",
        "superseded" => "REPLACED. The alert is genuine, but a newer one took its place.",
        "clock-doubtful" => "THE CLOCK IS WRONG. The alert is genuine; whether it holds now cannot be said.",
        "not-yet" => "NOT YET. The alert is genuine and will hold later.",
        "expired" => "OVER. The alert is genuine; its time has passed.",
        _ => "VALID NOW. The alert is genuine.",
    }
}

fn said(found: &Authentic, verdict: &Verdict, words: &[&str], lang: &str, contradictions: &[u64]) -> String {
    let alert = &found.alert;
    let mut text = format!("{}\n", headline(verdict));
    if alert.kind == Kind::Cancel {
        let named: Vec<String> = alert.references.iter().map(|named| named.index.to_string()).collect();
        let _ = writeln!(text, "It takes back entry {}.", named.join(", "));
    }
    if let Some(wording) = alert.wording(lang) {
        let _ = writeln!(text, "\n  {}\n  {}\n", wording.headline, wording.instruction);
    }
    let code = |value: Value| value.as_str().unwrap_or_default().to_owned();
    let _ = writeln!(
        text,
        "  number    {} ({}, {}, severity {})\n  areas     {}\n  for       {}\n  holds     {} to {}\n  issued    by {}, entry {} of {}",
        alert.number,
        code(json!(alert.status)),
        code(json!(alert.kind)),
        code(json!(alert.severity)),
        alert.areas.join(", "),
        code(json!(alert.audience)),
        words_of_time(alert.effective()),
        words_of_time(alert.expires()),
        found.issuer,
        found.index,
        found.origin
    );
    match &found.backing {
        Backing::Included { witnesses, of, .. } => {
            let _ =
                writeln!(text, "  proven    in the log; {} of {of} witnesses have seen it:", witnesses.len());
            for one in witnesses {
                let _ = writeln!(
                    text,
                    "            {} {}",
                    one.name,
                    one.time.map(words_of_time).unwrap_or_default()
                );
            }
        }
        Backing::Promised => {
            text += "  NOT PROVEN: only the log's operator has signed it. Nobody else has seen it. Ask for the bundle.\n";
        }
    }
    let _ = writeln!(text, "  clock     {}", clock_words(verdict.clock));
    if let Some(index) = verdict.announced {
        let _ = writeln!(
            text,
            "  Entry {index} says that it replaces this alert, without proof. Ask for its bundle."
        );
    }
    for index in contradictions {
        let _ = writeln!(
            text,
            "  TWO DIFFERENT ENTRIES {index} ARE KNOWN. Keep both files: they are evidence against the log's operator."
        );
    }
    let _ = writeln!(text, "  compare   {}", words.join(" "));
    text
}

fn clock_words(clock: ClockState) -> String {
    match clock {
        ClockState::Plausible { age } => format!("plausible; the newest signed time is {age} seconds ago"),
        ClockState::Old { age } => {
            format!(
                "the newest signed time is {} hours ago: newer alerts are probably missing here",
                age / 3_600
            )
        }
        ClockState::Behind { by } => {
            format!("wrong: at least {by} seconds behind times that others have signed")
        }
    }
}
