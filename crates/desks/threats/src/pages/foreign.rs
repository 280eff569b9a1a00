//! Content of other forms: text and tables in which indicators stand, and events of MISP.

use super::content::{self, MAX_BYTES, MAX_OBJECTS, checked, problem};
use super::held::Draft;
use super::send::made;
use scr_core::{Actor, Severity, Tlp};
use scr_engine::ActError;
use scr_misp::event::read_events;
use scr_misp::paste::{Doubt, Indicator, LeftOut, Problem, Reading, RowError, read_table, read_text};
use scr_misp::to_stix::{Options, to_stix};
use scr_stix::tlp::{marking_id, of_marking};
use scr_stix::{Limits, Object};
use scr_web::components::ProblemLine;
use scr_web::{App, Visit};
use serde_json::json;

/// Problems of rows that are listed.
const LISTED: usize = 100;

fn limits() -> scr_misp::Limits {
    scr_misp::Limits { bytes: MAX_BYTES, ..scr_misp::Limits::default() }
}

/// Whatever somebody brings: STIX, an event of MISP, a table, or text. The refusal is for people.
pub(super) fn any(
    app: &App,
    visit: &Visit,
    actor: &Actor,
    (bytes, name, unmarked): (&[u8], &str, Tlp),
) -> Result<Result<Draft, String>, ActError> {
    let first = bytes.iter().find(|byte| !byte.is_ascii_whitespace());
    if matches!(first, Some(b'{' | b'[')) {
        let stix = content::stix(visit, bytes, name);
        return Ok(match stix {
            Ok(draft) => Ok(draft),
            Err(why) => misp(visit, bytes, name, unmarked).ok_or(why),
        });
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => pasted(app, visit, actor, (text, name)),
        Err(_) => Ok(Err(visit.t("threats-wrong-text-form"))),
    }
}

/// Events of MISP as STIX; nothing where there are none.
fn misp(visit: &Visit, bytes: &[u8], name: &str, unmarked: Tlp) -> Option<Draft> {
    let events = read_events(bytes, &limits()).ok()?;
    let mut draft = Draft { name: name.to_owned(), ..Draft::default() };
    let options = Options { unmarked, ..Options::default() };
    for event in &events.events {
        let converted = to_stix(event, &options, &limits());
        for value in &converted.objects {
            if draft.objects.len() > MAX_OBJECTS {
                break;
            }
            match Object::read(value.to_string().as_bytes(), &Limits::default()) {
                // The built-in labels are known everywhere.
                Ok(object) if of_marking(object.id()).is_some() => {}
                Ok(object) => draft.objects.push(object),
                Err(rejected) => draft.problems.push(content::unreadable(visit, &rejected)),
            }
        }
    }
    (!draft.objects.is_empty() && draft.objects.len() <= MAX_OBJECTS).then(|| {
        let places: Vec<u64> = (0..draft.objects.len() as u64).collect();
        checked(visit, draft, &places)
    })
}

/// Indicators out of a table, or out of running text.
fn pasted(
    app: &App,
    visit: &Visit,
    actor: &Actor,
    (text, name): (&str, &str),
) -> Result<Result<Draft, String>, ActError> {
    let (reading, errors) = match read_table(text, &limits()) {
        Ok(table) => (table.reading, table.errors),
        Err(_) => match read_text(text, &limits()) {
            Ok(reading) => (reading, Vec::new()),
            Err(error) => {
                return Ok(Err(visit.ta("threats-wrong-envelope", &[("why", error.to_string().into())])));
            }
        },
    };
    if reading.indicators.is_empty() {
        return Ok(Err(visit.t("threats-wrong-no-signs")));
    }
    if reading.indicators.len() > MAX_OBJECTS {
        return Ok(Err(visit.ta("threats-wrong-many", &[("max", MAX_OBJECTS.into())])));
    }
    let mut draft = Draft { is_made: true, name: name.to_owned(), ..Draft::default() };
    for one in &reading.indicators {
        draft.objects.push(object(app, actor, one)?);
    }
    draft.problems = problems(visit, &reading, &errors);
    Ok(Ok(draft))
}

/// An indicator, or a weakness where it is the number of one.
fn object(app: &App, actor: &Actor, one: &Indicator) -> Result<Object, ActError> {
    let marking = one.tlp.map(marking_id);
    let Some(pattern) = one.pattern() else {
        let more = json!({
            "name": one.value, "external_references": [{"source_name": "cve", "external_id": one.value}],
        });
        return made(app, actor, "vulnerability", marking.as_deref(), more);
    };
    let now = scr_engine::utc_text(app.clock.now());
    let from = one.first_seen.as_ref().map_or(now, ToString::to_string);
    let mut more = json!({
        "name": one.value, "pattern": pattern, "pattern_type": "stix", "pattern_version": "2.1", "valid_from": from,
    });
    if !one.comment.is_empty() {
        more["description"] = json!(one.comment);
    }
    made(app, actor, "indicator", marking.as_deref(), more)
}

fn at(visit: &Visit, line: u64) -> String {
    visit.ta("threats-problem-line", &[("line", line.into())])
}

/// What was not taken, and what somebody should look at, in the order of the lines.
fn problems(visit: &Visit, reading: &Reading, errors: &[RowError]) -> Vec<ProblemLine> {
    let wrong = |one: &RowError| {
        let key = match one.problem {
            Problem::BadTime => "threats-paste-time",
            Problem::UnknownTlp => "threats-paste-label",
            Problem::UnknownType | Problem::OtherType { .. } => "threats-paste-type",
            Problem::Empty | Problem::NoIndicator { .. } => "threats-paste-none",
            Problem::Broken => "threats-paste-broken",
        };
        let place = format!("{} · {}", at(visit, one.row), one.column);
        problem(visit, place, Severity::Error, with_value(visit.t(key), &one.value), "row")
    };
    let left_out = |one: &LeftOut| {
        let text = with_value(visit.t("threats-paste-left-out"), &one.text);
        problem(visit, at(visit, one.line), Severity::Error, text, "left-out")
    };
    let mut all: Vec<ProblemLine> = errors.iter().map(wrong).collect();
    all.extend(reading.left_out.iter().map(left_out));
    for one in &reading.indicators {
        let line = one.lines.first().copied().unwrap_or(1);
        for doubt in &one.doubts {
            let text = with_value(visit.t(doubt_key(*doubt)), &one.value);
            all.push(problem(visit, at(visit, line), Severity::Warning, text, "doubt"));
        }
    }
    let more = all.len().saturating_sub(LISTED) as u64 + reading.unlisted;
    all.truncate(LISTED);
    if more > 0 {
        let text = visit.ta("threats-problem-more", &[("count", more.into())]);
        all.push(problem(visit, String::new(), Severity::Warning, text, "more"));
    }
    all
}

fn with_value(text: String, value: &str) -> String {
    if value.is_empty() { text } else { format!("{text} ({value})") }
}

fn doubt_key(doubt: Doubt) -> &'static str {
    match doubt {
        Doubt::PublicSuffix | Doubt::WideNetwork => "threats-doubt-wide",
        Doubt::ReservedAddress | Doubt::HashOfNothing => "threats-doubt-nothing",
        Doubt::NotDefanged => "threats-doubt-source",
        Doubt::SchemeAdded => "threats-doubt-scheme",
        Doubt::MixedScripts => "threats-doubt-scripts",
        Doubt::UnknownSuffix | Doubt::FileNamePerhaps | Doubt::VersionPerhaps => "threats-doubt-other",
    }
}
