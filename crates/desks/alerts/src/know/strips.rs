//! Codes of tear-off strips, from whatever somebody typed to an acknowledgement.

use super::boards::{self, store};
use super::case::{self, Case};
use super::table::{guesses, set_guesses};
use crate::issued;
use scr_alerts::acks::{Ack, Channel, Step};
use scr_alerts::strips::{StripCode, StripError, Typed, check_strip};
use scr_alerts::{StationSecret, Status};
use scr_core::{Refusal, RefusalKind};
use scr_engine::{ActError, Fault};
use scr_store::StoreError;
use scr_web::App;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What was typed is longer than anybody types.
const MOST_TYPED: usize = 2_000;
/// Alerts of an organisation that are looked at, the newest.
const OPEN: u16 = 256;
/// Codes are taken for so long after an alert has expired: strips that were collected on paper.
const GRACE_SECONDS: u64 = 7 * 86_400;

/// A code that is right.
#[derive(Debug, Clone)]
pub(crate) struct Right {
    /// Of which alert.
    pub(crate) case: Arc<Case>,
    /// Of which station.
    pub(crate) station: u32,
    /// What it says.
    pub(crate) step: Step,
}

/// What a code is.
#[derive(Debug, Clone)]
pub(crate) enum Code {
    /// A station's word.
    Right(Right),
    /// No alert has it.
    Wrong {
        /// How many more may be wrong.
        left: u8,
    },
    /// Too many wrong ones.
    Closed {
        /// Until when, seconds since 1970, UTC.
        until: u64,
    },
    /// No open alert is for a station with that number.
    NoStation,
}

fn digit(c: char) -> Option<char> {
    let number = match c {
        '0'..='9' => c.to_digit(10),
        '\u{660}'..='\u{669}' => Some(u32::from(c) - 0x660),
        '\u{6f0}'..='\u{6f9}' => Some(u32::from(c) - 0x6f0),
        _ => None,
    };
    number.and_then(|number| char::from_digit(number, 10))
}

/// What people, telephones and scanners put between digits, and signs that nobody sees.
fn is_between(c: char) -> bool {
    c.is_whitespace()
        || "-–—.·,_/".contains(c)
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{61c}' | '\u{feff}')
}

/// Finds the code in whatever somebody typed: the digits that stand together, and of more than sixteen those that pass the check.
///
/// # Errors
/// [`StripError`]: there is none, or a digit is wrong.
pub(crate) fn find(text: &str) -> Result<StripCode, StripError> {
    let mut groups: Vec<String> = vec![String::new()];
    for c in text.chars().take(MOST_TYPED) {
        match digit(c) {
            Some(digit) => groups.iter_mut().next_back().into_iter().for_each(|group| group.push(digit)),
            None if is_between(c) => {}
            None => groups.push(String::new()),
        }
    }
    let mut found = Err(StripError::Length);
    for group in &groups {
        for start in 0..=group.len().saturating_sub(16) {
            let Some(window) = group.get(start..start + 16) else { continue };
            match StripCode::parse(window) {
                Ok(code) => return Ok(code),
                // More than sixteen digits are no code with a wrong digit.
                Err(error) if group.len() == 16 => found = Err(error),
                Err(_) => {}
            }
        }
    }
    found
}

/// An organisation's alerts whose codes are taken, by election.
fn open(app: &App, org: &str) -> Result<BTreeMap<String, Vec<Arc<Case>>>, ActError> {
    let issuers = issued::issuers(app.engine.ledger().origin(), org);
    // In a drill the time goes faster: what is open by its clock is open by the wall's, but for the moment of its release.
    let ends_after = app.clock.now() - GRACE_SECONDS.cast_signed() - 3_600;
    let newest = app.engine.read(|views| issued::newest_of(views, Some(&issuers), ends_after, OPEN))?;
    let mut all: BTreeMap<String, Vec<Arc<Case>>> = BTreeMap::new();
    for index in newest {
        let case = case::at(app, index)?;
        if case.now(app) < case.issued.text.expires().saturating_add(GRACE_SECONDS) {
            all.entry(case.issued.election.clone()).or_default().push(case);
        }
    }
    Ok(all)
}

/// An election in which a code may be right: its open alerts, and the station's secret there.
struct Candidate {
    election: String,
    cases: Vec<Arc<Case>>,
    secret: StationSecret,
}

fn candidates(app: &App, org: &str, station: u32) -> Result<Vec<Candidate>, ActError> {
    let mut all = Vec::new();
    for (election, cases) in open(app, org)? {
        let knows = |case: &Arc<Case>| boards::network_of(app, case);
        let Some(network) = cases.first().map(knows).transpose().or_else(no_network)? else { continue };
        let stations = network.stations.all();
        if stations.binary_search_by_key(&station, |station| station.number).is_err() {
            continue;
        }
        if let Some(secret) = case::master(app, &election)?.station(station) {
            all.push(Candidate { election, cases, secret });
        }
    }
    Ok(all)
}

/// Checks a code against all open alerts of an organisation. `way`: by which way codes are guessed; each way has its own five of
/// an hour, so that nobody closes a station's telephone by messages. What is right for one election is no wrong guess at another,
/// and nobody guesses at the stations of another organisation.
///
/// # Errors
/// Faults.
pub(crate) fn check(app: &App, org: &str, way: &str, code: &StripCode) -> Result<Code, ActError> {
    let all = candidates(app, org, code.station)?;
    let now = app.clock.now().max(0).cast_unsigned();
    let looked = store(app)?.transaction(|tx| {
        let mut looked = Vec::new();
        for one in &all {
            let numbers: Vec<(Status, u16)> =
                one.cases.iter().map(|case| (case.issued.text.status, case.issued.text.number)).collect();
            let before = guesses(tx, &one.election, code.station, way)?;
            looked.push((one, before, check_strip(code, &one.secret, &numbers, before, now)));
        }
        let is_right = |typed: &Typed| matches!(typed, Typed::Right { .. });
        if let Some(right) = looked.iter().position(|(.., (typed, _))| is_right(typed)) {
            looked = vec![looked.swap_remove(right)];
        }
        for (one, before, (_, after)) in &looked {
            if after != before {
                set_guesses(tx, (&one.election, code.station, way), *after)?;
            }
        }
        Ok::<_, StoreError>(looked.into_iter().map(|(one, _, (typed, _))| (one, typed)).collect::<Vec<_>>())
    });
    let looked = looked.map_err(|error| Fault::log(&error))?;
    // Of several elections in which it is not right the strictest is said.
    let mut answer = Code::NoStation;
    for (one, typed) in looked {
        answer = match (typed, answer) {
            (Typed::Right { status, number, step }, _) => {
                let is_it = |case: &&Arc<Case>| {
                    (case.issued.text.status, case.issued.text.number) == (status, number)
                };
                let case = one.cases.iter().find(is_it).map(Arc::clone);
                case.map_or(Code::NoStation, |case| Code::Right(Right { case, station: code.station, step }))
            }
            (Typed::Closed { until }, Code::Closed { until: other }) => {
                Code::Closed { until: until.max(other) }
            }
            (Typed::Closed { until }, _) => Code::Closed { until },
            (Typed::Wrong { .. }, closed @ Code::Closed { .. }) => closed,
            (Typed::Wrong { left }, Code::Wrong { left: other }) => Code::Wrong { left: left.min(other) },
            (Typed::Wrong { left }, _) => Code::Wrong { left },
        };
    }
    Ok(answer)
}

fn no_network<T>(error: ActError) -> Result<Option<T>, ActError> {
    match error {
        ActError::Refused(refusal) if refusal.code == boards::NO_NETWORK => Ok(None),
        other => Err(other),
    }
}

impl Right {
    /// The acknowledgement that it is, now.
    ///
    /// # Errors
    /// A fault: strips say nothing that their way could not.
    pub(crate) fn ack(&self, app: &App, channel: Channel) -> Result<Ack, ActError> {
        let now = self.case.now(app);
        Ack::new(self.station, self.step, channel, now, now).map_err(|error| Fault::log(&error).into())
    }

    /// Whether it comes after the alert has expired.
    pub(crate) fn is_late(&self, app: &App) -> bool {
        self.case.now(app) >= self.case.issued.text.expires()
    }
}

/// Codes that were typed, in their order, and nothing of them taken while one is not right.
///
/// # Errors
/// Faults; for each line what is wrong: `SCR-ALR-030`, `-031`, `-286` (of no open alert), `-287` (closed), `-288` (no such
/// station), `-289` (too many lines).
pub(crate) fn all_or_none(
    app: &App,
    (org, way): (&str, &str),
    text: &str,
    most: usize,
) -> Result<Checked, ActError> {
    let mut checked = Checked::default();
    let lines = (1u64..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    for (place, (number, line)) in lines.enumerate() {
        if place >= most {
            checked.wrong.push(WrongLine {
                number,
                typed: String::new(),
                code: "SCR-ALR-289",
                value: most as u64,
            });
            break;
        }
        let typed: String = line.trim().chars().take(60).collect();
        let mut wrong =
            |code, value| checked.wrong.push(WrongLine { number, typed: typed.clone(), code, value });
        match find(line) {
            Err(StripError::Length) => wrong("SCR-ALR-030", 0),
            Err(StripError::Check) => wrong("SCR-ALR-031", 0),
            Ok(code) => match check(app, org, way, &code)? {
                Code::Right(right) => checked.right.push(right),
                Code::Wrong { left } => wrong("SCR-ALR-286", u64::from(left)),
                Code::Closed { until } => wrong("SCR-ALR-287", until),
                Code::NoStation => wrong("SCR-ALR-288", u64::from(code.station)),
            },
        }
    }
    Ok(checked)
}

/// Lines that were looked at.
#[derive(Debug, Default)]
pub(crate) struct Checked {
    /// Those that are right.
    pub(crate) right: Vec<Right>,
    /// Those that are not.
    pub(crate) wrong: Vec<WrongLine>,
}

/// A line that is not right.
#[derive(Debug, Clone)]
pub(crate) struct WrongLine {
    /// Its number, from 1.
    pub(crate) number: u64,
    /// What stands in it.
    pub(crate) typed: String,
    /// Why.
    pub(crate) code: &'static str,
    /// How many more may be wrong, until when it is closed, the station, or how many lines may be.
    pub(crate) value: u64,
}

impl Checked {
    /// Takes all of them, if none is wrong: by alert, in one transaction each.
    ///
    /// # Errors
    /// `SCR-ALR-290` when there is none; faults.
    pub(crate) fn take(&self, app: &App, channel: Channel) -> Result<(), ActError> {
        if self.right.is_empty() || !self.wrong.is_empty() {
            return Err(Refusal::new(RefusalKind::Invalid, "SCR-ALR-290").on("codes").into());
        }
        let mut by_alert: BTreeMap<u64, Vec<Ack>> = BTreeMap::new();
        for right in &self.right {
            by_alert.entry(right.case.index()).or_default().push(right.ack(app, channel)?);
        }
        super::intake::take_all(app, &by_alert)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use scr_alerts::strips::strip_code;

    #[test]
    fn a_code_is_found_in_whatever_somebody_types() {
        let secret = StationSecret::new(4_711, [7; 32]).unwrap();
        let code = strip_code(&secret, Status::Actual, 3, Step::Read);
        let plain = code.replace(' ', "");
        let expected = StripCode::parse(&code).unwrap();
        let arabic: String = code
            .chars()
            .map(|c| c.to_digit(10).and_then(|digit| char::from_u32(0x660 + digit)).unwrap_or(c))
            .collect();
        for typed in [
            code.clone(),
            plain.clone(),
            code.replace(' ', "-"),
            code.replace(' ', " – "),
            format!("Station 4711: {code}. Merci!"),
            format!("hello\n{code}\nbest, 2 of us"),
            format!("\u{200f}{arabic}\u{200e}"),
            format!("lu le code {} ", plain.replace(&plain[8..], &format!("  {}", &plain[8..]))),
        ] {
            assert_eq!(find(&typed), Ok(expected.clone()), "{typed}");
        }
        let mut wrong = plain.clone();
        wrong.replace_range(3..4, if &plain[3..4] == "1" { "2" } else { "1" });
        assert_eq!(find(&wrong), Err(StripError::Check));
        for nothing in ["", "ok", "understood", &plain[..15], "1234 and 5678 and 9012 and 3456"] {
            assert_eq!(find(nothing), Err(StripError::Length), "{nothing}");
        }
    }
}
