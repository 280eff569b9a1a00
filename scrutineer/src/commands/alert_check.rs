//! `scrutineer alert check`: an alert in the Common Alerting Protocol, in a file.

use crate::outcome::{Outcome, Problem};
use scr_cap::{Alert, Finding, Limits, Pin, Profile, Reading, Refusal, State, check_profile, read, verify};
use scr_core::{Clock as _, SystemClock};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// Largest file of keys, in bytes.
const MAX_PINS: usize = 1 << 20;

/// What is checked, and under which keys.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The file.
    file: PathBuf,
    /// A file with public keys or certificates that you trust, in PEM.
    #[arg(long)]
    pin: Vec<PathBuf>,
    /// Check the election profile too; the name of the scheme of polling-district codes (valueName of geocode).
    #[arg(long, value_name = "SCHEME")]
    districts: Option<String>,
    /// Longest time from sending to expiry under the election profile, in hours.
    #[arg(long, value_name = "HOURS", default_value_t = 24, requires = "districts")]
    hours: u32,
    /// Count warnings as errors.
    #[arg(long)]
    strict: bool,
}

pub(crate) fn run(args: &Args) -> Result<Outcome, Problem> {
    let Args { file, pin, districts, hours, strict } = args;
    let limits = Limits::default();
    let reading = read(&bytes(file, limits.bytes, "SCR-CLI-130")?, &limits)
        .map_err(|error| Problem::input("SCR-CLI-130", format!("{}: {error}", file.display())))?;
    let pins = pins(pin)?;
    let mut findings = reading.check();
    if let (Some(scheme), Some(alert)) = (districts, &reading.alert) {
        let profile = Profile { longest_validity: i64::from(*hours) * 3_600, ..Profile::new(scheme) };
        findings.extend(reading.with_lines(check_profile(alert, &profile)));
    }
    Ok(said(&reading, &findings, &pins, &limits, *strict))
}

fn bytes(path: &Path, most: usize, code: &str) -> Result<Vec<u8>, Problem> {
    let unreadable = |error: std::io::Error| Problem::input(code, format!("{}: {error}", path.display()));
    let mut bytes = Vec::new();
    // One byte more than the limit: whoever reads says that it is too long.
    let file = File::open(path).map_err(unreadable)?;
    file.take(most as u64 + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    Ok(bytes)
}

fn pins(files: &[PathBuf]) -> Result<Vec<Pin>, Problem> {
    let mut pins = Vec::new();
    for path in files {
        let text = String::from_utf8_lossy(&bytes(path, MAX_PINS, "SCR-CLI-131")?).into_owned();
        let found = Pin::from_pem(&path.display().to_string(), &text)
            .map_err(|error| Problem::input("SCR-CLI-131", format!("{}: {error}", path.display())))?;
        pins.extend(found);
    }
    Ok(pins)
}

fn said(reading: &Reading, findings: &[Finding], pins: &[Pin], limits: &Limits, strict: bool) -> Outcome {
    let signatures = verify(reading, pins, Some(SystemClock.now()), limits);
    let errors = findings.iter().filter(|finding| finding.is_error()).count();
    let warnings = findings.len() - errors;
    let is_trusted = signatures.iter().any(scr_cap::Checked::is_valid);
    let is_broken = signatures.iter().any(|one| matches!(one.state, State::Broken(_)));
    let mut text = String::new();
    if let Some(alert) = &reading.alert {
        let _ = writeln!(text, "{}", summary(alert));
    }
    for finding in findings {
        let kind = if finding.is_error() { "error" } else { "warning" };
        let line = finding.line.map_or_else(String::new, |line| format!("line {line}, "));
        let _ = writeln!(text, "{kind}[{}]: {line}{finding}", finding.code.as_str());
    }
    for one in &signatures {
        let _ = writeln!(text, "signature on line {}: {}", one.line, words(&one.state, pins));
    }
    if signatures.is_empty() {
        text.push_str("there is no signature: anybody can have written this\n");
    } else if !pins.is_empty() && !is_trusted {
        text.push_str("no signature is valid under a key that you trust: do not act on this alert as if it were signed\n");
    }
    let _ = write!(text, "CAP {}, {errors} errors, {warnings} warnings", reading.version.as_str());
    let document = json!({
        "cap": reading.version.as_str(), "alert": reading.alert.as_ref().map(named), "errors": errors,
        "warnings": warnings, "findings": findings.iter().map(finding).collect::<Vec<_>>(), "trusted": is_trusted,
        "signatures": signatures.iter().map(|one| signature(one.line, &one.state, pins)).collect::<Vec<_>>(),
    });
    let outcome = Outcome::done(text, document);
    let is_sound =
        errors == 0 && (!strict || warnings == 0) && (is_trusted || (pins.is_empty() && !is_broken));
    if is_sound { outcome } else { outcome.answering_no() }
}

fn summary(alert: &Alert) -> String {
    let (sender, identifier) = (alert.sender.escape_debug(), alert.identifier.escape_debug());
    let expires =
        alert.expires().map_or_else(|| "does not expire".to_owned(), |time| format!("expires {time}"));
    format!("{} ({}) {identifier} of {sender}, sent {}, {expires}", alert.msg_type, alert.status, alert.sent)
}

fn named(alert: &Alert) -> Value {
    json!({
        "identifier": alert.identifier, "sender": alert.sender, "sent": alert.sent.to_string(),
        "status": alert.status.as_str(), "msgType": alert.msg_type.as_str(),
        "expires": alert.expires().map(|time| time.to_string()),
    })
}

fn finding(finding: &Finding) -> Value {
    json!({
        "severity": if finding.is_error() { "error" } else { "warning" }, "code": finding.code.as_str(),
        "path": finding.path, "line": finding.line, "value": finding.value, "message": finding.to_string(),
    })
}

/// What a signature is worth, for somebody who has never heard of one.
fn words(state: &State, pins: &[Pin]) -> String {
    let name = |pin: usize| pins.get(pin).map_or("", Pin::name);
    match state {
        State::Valid { pin } => format!("valid: made with the key that you trust, {}", name(*pin)),
        State::PinOutOfDate { pin } => {
            format!("made with {}, but this certificate is not valid today: ask for the new one", name(*pin))
        }
        State::UnknownSigner { key, subject } => {
            let subject = subject.as_deref().unwrap_or("nobody");
            format!(
                "consistent with the key inside, but nobody vouches for that key: the signer is unknown. It calls itself {} ({key})",
                subject.escape_debug()
            )
        }
        State::NoKey => {
            "made with a key that is neither inside nor among those that you trust: it cannot be checked"
                .to_owned()
        }
        State::Broken(why) => format!("BROKEN: {why}"),
        State::Weak(what) => format!("does not count: {} can be forged", what.escape_debug()),
        State::Refused(why) => format!("does not count: {}", why.to_string().escape_debug()),
    }
}

fn signature(line: u32, state: &State, pins: &[Pin]) -> Value {
    let (key, subject) = match state {
        State::Valid { pin } | State::PinOutOfDate { pin } => (pins.get(*pin).map(Pin::key), None),
        State::UnknownSigner { key, subject } => (Some(key), subject.as_deref()),
        _ => (None, None),
    };
    let reason = match state {
        State::Refused(Refusal::Misplaced) => "misplaced",
        State::Refused(Refusal::TooMany) => "too-many",
        State::Refused(Refusal::DuplicateId(_)) => "duplicate-id",
        State::Refused(Refusal::Covers(_)) => "covers",
        State::Refused(Refusal::Transform(_)) => "transform",
        State::Refused(Refusal::Algorithm(_)) => "algorithm",
        State::Refused(Refusal::Malformed(_)) => "malformed",
        State::Broken(scr_cap::Broken::Digest) => "digest",
        State::Broken(scr_cap::Broken::Signature) => "signature",
        _ => "",
    };
    json!({
        "line": line, "state": state.as_str(), "reason": reason, "key": key.map(ToString::to_string),
        "subject": subject, "message": words(state, pins),
    })
}
