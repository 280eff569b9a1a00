//! What people bring to be shared: STIX as a file or as text, or what they have seen, in words.

use super::held::Draft;
use super::send::made;
use super::tag;
use crate::vocabulary::shelf::Books;
use scr_core::{Actor, Severity};
use scr_engine::ActError;
use scr_patterns::{Pattern, Reading};
use scr_stix::check::Finding;
use scr_stix::{Limits, Object, RejectCode, Rejected, read_envelope};
use scr_web::components::{ProblemLine, Tag, Tone};
use scr_web::{App, FormState, Visit};
use serde_json::{Value, json};
use std::net::IpAddr;
use std::ops::ControlFlow;

/// Objects that are shared from a page; more than these are for programs.
pub(super) const MAX_OBJECTS: usize = 5_000;
/// Bytes that are taken on a page.
pub(super) const MAX_BYTES: usize = 32 << 20;
/// Problems that are listed.
const LISTED: usize = 100;
/// Values of one form.
const MAX_VALUES: usize = 100;

/// Objects out of a bundle, an envelope, or one alone; nothing where it is none of these, for the reason that is returned.
pub(super) fn stix(visit: &Visit, bytes: &[u8], name: &str) -> Result<Draft, String> {
    let mut draft = Draft { name: name.to_owned(), ..Draft::default() };
    // One object alone has an id of its own; a bundle has one too, and objects.
    if let Ok(object) = Object::read(bytes, &Limits::default()) {
        draft.objects.push(object);
        return Ok(checked(visit, draft, &[0]));
    }
    let limits = Limits { total_bytes: MAX_BYTES as u64, ..Limits::default() };
    // Where each of them stands in the file.
    let mut places = Vec::new();
    let mut each = |index: u64, object: Result<Object, Box<Rejected>>| {
        match object {
            Ok(object) => {
                draft.objects.push(object);
                places.push(index);
            }
            Err(rejected) => draft.problems.push(unreadable(visit, &rejected)),
        }
        if draft.objects.len() > MAX_OBJECTS { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let read = read_envelope(bytes, &limits, &mut each);
    if draft.objects.len() > MAX_OBJECTS {
        return Err(visit.ta("threats-wrong-many", &[("max", MAX_OBJECTS.into())]));
    }
    read.map_err(|error| visit.ta("threats-wrong-envelope", &[("why", error.to_string().into())]))?;
    if draft.objects.is_empty() && draft.problems.is_empty() {
        return Err(visit.t("threats-wrong-empty"));
    }
    Ok(checked(visit, draft, &places))
}

/// What breaks the standard, object by object; nothing of it keeps an object from being shared.
pub(super) fn checked(visit: &Visit, mut draft: Draft, places: &[u64]) -> Draft {
    let mut more = 0_usize;
    for (object, place) in draft.objects.iter().zip(places.iter().copied()) {
        let mut lines: Vec<ProblemLine> = scr_stix::check(object)
            .iter()
            .filter(|one| one.code.severity() == Severity::Error)
            .map(|one| finding(visit, place, one))
            .collect();
        lines.extend(pattern_problem(visit, place, object));
        let room = LISTED.saturating_sub(draft.problems.len());
        more += lines.len().saturating_sub(room);
        draft.problems.extend(lines.into_iter().take(room));
    }
    if more > 0 {
        let text = visit.ta("threats-problem-more", &[("count", more.into())]);
        draft.problems.push(problem(visit, String::new(), Severity::Warning, text, "more"));
    }
    draft
}

pub(super) fn problem(
    visit: &Visit,
    place: String,
    severity: Severity,
    text: String,
    code: &str,
) -> ProblemLine {
    let tag = match severity {
        Severity::Error => Tag::new(Tone::Alarm, visit.t("threats-problem-left-out")),
        _ => Tag::new(Tone::Warn, visit.t("threats-problem-look")),
    };
    ProblemLine { place, tag, text, code: code.to_owned() }
}

fn place_text(visit: &Visit, index: u64, path: &str) -> String {
    let place = visit.ta("threats-problem-place", &[("number", (index + 1).into())]);
    if path.is_empty() { place } else { format!("{place} · {path}") }
}

/// An object that cannot be read: it is left out.
pub(super) fn unreadable(visit: &Visit, rejected: &Rejected) -> ProblemLine {
    let key = match rejected.code {
        RejectCode::IdMissing
        | RejectCode::IdInvalid
        | RejectCode::TypeMissing
        | RejectCode::TypeInvalid
        | RejectCode::TypeDiffers => "threats-problem-id",
        RejectCode::TimestampInvalid | RejectCode::ModifiedBeforeCreated => "threats-problem-time",
        RejectCode::TooLarge
        | RejectCode::TooDeep
        | RejectCode::TooManyReferences
        | RejectCode::PathTooLong => "threats-problem-large",
        RejectCode::ReferenceInvalid | RejectCode::GranularInvalid => "threats-problem-reference",
        _ => "threats-problem-json",
    };
    let place = place_text(visit, rejected.index, &rejected.path);
    problem(visit, place, Severity::Error, visit.t(key), rejected.code.as_str())
}

/// Something that others may stumble over.
fn finding(visit: &Visit, index: u64, finding: &Finding) -> ProblemLine {
    let code = finding.code.as_str();
    let key = match code {
        "required-missing" => "threats-problem-required",
        "address-invalid" | "url-invalid" | "hash-invalid" | "hash-name-invalid" => "threats-problem-value",
        _ if code.starts_with("timestamp") => "threats-problem-time",
        _ if code.starts_with("reference") => "threats-problem-reference",
        _ => "threats-problem-standard",
    };
    let mut text = visit.t(key);
    if let Some(value) = finding.arg("value").or_else(|| finding.arg("name")) {
        text = format!("{text} ({value})");
    }
    problem(visit, place_text(visit, index, &finding.path), Severity::Warning, text, code)
}

fn pattern_problem(visit: &Visit, index: u64, object: &Object) -> Option<ProblemLine> {
    if object.kind() != "indicator" {
        return None;
    }
    let value = object.value();
    if value["pattern_type"].as_str() != Some("stix") {
        return None;
    }
    let pattern = value["pattern"].as_str()?;
    let error = Pattern::parse_as(pattern, Reading::Tools, &scr_patterns::Limits::default()).err()?;
    let text = visit.ta("threats-problem-pattern", &[("why", error.to_string().into())]);
    Some(problem(visit, place_text(visit, index, "pattern"), Severity::Warning, text, "pattern-invalid"))
}

/// What can be seen, as the form has it.
pub(super) const SEEN: [&str; 6] = ["domain", "url", "address", "email", "hash", "text"];

/// A value as people write it so that nobody clicks on it, as programs need it.
fn refanged(value: &str) -> String {
    let value = value.replace("[.]", ".").replace("(.)", ".").replace("[:]", ":").replace("[@]", "@");
    value.strip_prefix("hxxp").map(|rest| format!("http{rest}")).unwrap_or(value)
}

/// The constant of a pattern (STIX 2.1 section 9.2).
fn quoted(value: &str) -> String {
    format!("'{}'", value.replace('\\', "\\\\").replace('\'', "\\'"))
}

fn is_host(value: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    value.len() <= 253
        && value.contains('.')
        && value.split('.').all(label)
        && value.parse::<IpAddr>().is_err()
}

/// The pattern that looks for a value; `None` where the value is not of that sort.
fn pattern(sort: &str, value: &str) -> Option<String> {
    let pattern = match sort {
        "domain" if is_host(value) => format!("[domain-name:value = {}]", quoted(&value.to_lowercase())),
        "url"
            if value
                .split_once("://")
                .is_some_and(|(scheme, rest)| !scheme.is_empty() && !rest.is_empty()) =>
        {
            format!("[url:value = {}]", quoted(value))
        }
        "email" if value.split_once('@').is_some_and(|(name, host)| !name.is_empty() && is_host(host)) => {
            format!("[email-addr:value = {}]", quoted(value))
        }
        "address" => {
            let (address, length) = value.split_once('/').map_or((value, None), |(a, l)| (a, Some(l)));
            let parsed: IpAddr = address.parse().ok()?;
            let (kind, most) = if parsed.is_ipv4() { ("ipv4-addr", 32) } else { ("ipv6-addr", 128) };
            match length {
                Some(length) if length.parse::<u8>().is_ok_and(|length| length <= most) => {
                    format!("[{kind}:value ISSUBSET {}]", quoted(value))
                }
                Some(_) => return None,
                None => format!("[{kind}:value = {}]", quoted(&parsed.to_string())),
            }
        }
        "hash" if value.chars().all(|c| c.is_ascii_hexdigit()) => {
            let name = match value.len() {
                32 => "MD5",
                40 => "'SHA-1'",
                64 => "'SHA-256'",
                128 => "'SHA-512'",
                _ => return None,
            };
            format!("[file:hashes.{name} = {}]", quoted(&value.to_lowercase()))
        }
        _ => return None,
    };
    Pattern::parse(&pattern, &scr_patterns::Limits::default()).ok().map(|_| pattern)
}

/// Days for which a sign usually holds, by its sort: addresses change hands soon, the content of a file never does.
const USUAL: [(&str, i64); 5] =
    [("address", 30), ("url", 90), ("domain", 180), ("email", 180), ("hash", 730)];
const DAY: i64 = 86_400;

/// These days in words.
pub(super) fn usual_text(visit: &Visit) -> String {
    let args = USUAL.map(|(sort, days)| (sort, days.into()));
    visit.ta("threats-field-end-hint", &args)
}

/// When a sign of this sort usually ends, as a moment of STIX: so many days from today.
fn usual_end(app: &App, sort: &str) -> Option<String> {
    let (_, days) = USUAL.iter().find(|(name, _)| *name == sort)?;
    let today = app.clock.now().div_euclid(DAY) * DAY;
    Some(scr_engine::utc_text(today + days * DAY))
}

/// The day in a field as a moment of STIX; what is no day stands in the form afterwards.
fn day(visit: &Visit, form: &mut FormState, field: &str) -> Option<String> {
    let value = form.value(field).to_owned();
    if value.is_empty() {
        return None;
    }
    let text = format!("{value}T00:00:00Z");
    if scr_stix::Timestamp::parse(&text).is_ok() {
        return Some(text);
    }
    form.reject(field, visit.t("threats-wrong-day"));
    None
}

/// Since when and until when, as moments of STIX; what is wrong stands in the form afterwards.
fn times(app: &App, visit: &Visit, form: &mut FormState, sort: &str) -> (Option<String>, Option<String>) {
    let (since, mut until) = (day(visit, form, "since"), day(visit, form, "until"));
    match form.value("end") {
        "none" => until = None,
        "day" if until.is_none() && form.is_fine() => form.reject("until", visit.t("threats-wrong-end")),
        "day" => {}
        _ if until.is_none() && form.value("until").is_empty() => until = usual_end(app, sort),
        _ => {}
    }
    if since.as_ref().zip(until.as_ref()).is_some_and(|(since, until)| since >= until) {
        form.reject("until", visit.t("threats-wrong-order"));
    }
    (since, until)
}

/// Objects out of what somebody says that they have seen; what is wrong stands in the form afterwards.
pub(super) fn from_form(
    app: &App,
    visit: &Visit,
    actor: &Actor,
    form: &mut FormState,
) -> Result<Option<Draft>, ActError> {
    let (sort, text) = (form.value("sort").to_owned(), form.value("description").to_owned());
    let lines: Vec<String> = form
        .value("value")
        .lines()
        .map(|line| refanged(line.trim()))
        .filter(|line| !line.is_empty())
        .collect();
    let (since, until) = times(app, visit, form, &sort);
    let confidence = match form.value("sure") {
        "low" => Some(15),
        "medium" => Some(50),
        "high" => Some(85),
        _ => None,
    };
    let mut draft = Draft { is_made: true, ..Draft::default() };
    let books = Books::of(app)?;
    if !SEEN.contains(&sort.as_str()) {
        form.reject("sort", visit.t("threats-wrong-sort"));
    }
    if text.is_empty() || text.chars().count() > 5_000 {
        form.reject("description", visit.ta("threats-wrong-text", &[("max", 5_000.into())]));
    }
    if sort == "text" {
        if lines.len() != 1 {
            form.reject("value", visit.t("threats-wrong-headline"));
        }
        let mut more = json!({"name": lines.first(), "description": text});
        add(&mut more, "confidence", confidence.map(|one| json!(one)));
        tag::write(&books, form, &mut more);
        if form.is_fine() {
            draft.objects.push(made(app, actor, "incident", None, more)?);
        }
        return Ok(form.is_fine().then_some(draft));
    }
    if lines.is_empty() || lines.len() > MAX_VALUES {
        form.reject("value", visit.ta("threats-wrong-values", &[("max", MAX_VALUES.into())]));
    }
    for line in lines.iter().take(MAX_VALUES) {
        let Some(pattern) = pattern(&sort, line) else {
            let key = format!("threats-wrong-value-{sort}");
            if SEEN.contains(&sort.as_str()) {
                // i18n: threats-wrong-value-*
                form.reject("value", format!("{line}: {}", visit.t(&key)));
            }
            continue;
        };
        let from = since.clone().unwrap_or_else(|| scr_engine::utc_text(app.clock.now()));
        let mut more = json!({
            "name": line, "description": text, "pattern": pattern, "pattern_type": "stix", "pattern_version": "2.1",
            "valid_from": from,
        });
        add(&mut more, "valid_until", until.clone().map(Value::from));
        add(&mut more, "confidence", confidence.map(|one| json!(one)));
        tag::write(&books, form, &mut more);
        if form.is_fine() {
            draft.objects.push(made(app, actor, "indicator", None, more)?);
        }
    }
    Ok(form.is_fine().then_some(draft))
}

fn add(to: &mut Value, name: &str, value: Option<Value>) {
    if let Some(value) = value {
        to[name] = value;
    }
}

/// An object that was made here, with its label in it: the same bytes whenever it is asked for. `behind`: the identity of
/// its maker, and the one that stands there in its place.
pub(super) fn labelled(object: &Object, marking: &str, behind: Option<(&str, &str)>) -> Option<Object> {
    let is_marked = !object.head().object_marking_refs.is_empty();
    if is_marked && behind.is_none() {
        return Some(object.clone());
    }
    let mut value = object.value();
    if !is_marked {
        value["object_marking_refs"] = json!([marking]);
    }
    if let Some((_, pseudonym)) = behind.filter(|(own, _)| value["created_by_ref"] == *own) {
        value["created_by_ref"] = json!(pseudonym);
    }
    Object::read(value.to_string().as_bytes(), &Limits::default()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_becomes_a_pattern_or_is_refused() {
        let made = |sort: &str, value: &str| pattern(sort, &refanged(value));
        assert_eq!(made("domain", "Wahl[.]example").as_deref(), Some("[domain-name:value = 'wahl.example']"));
        assert_eq!(
            made("url", "hxxps://a[.]example/it's").as_deref(),
            Some("[url:value = 'https://a.example/it\\'s']")
        );
        assert_eq!(made("address", "203.0.113.7").as_deref(), Some("[ipv4-addr:value = '203.0.113.7']"));
        assert_eq!(
            made("address", "203.0.113.64/29").as_deref(),
            Some("[ipv4-addr:value ISSUBSET '203.0.113.64/29']")
        );
        assert_eq!(made("email", "a[@]b.example").as_deref(), Some("[email-addr:value = 'a@b.example']"));
        let hash = "D41D8CD98F00B204E9800998ECF8427E";
        assert!(made("hash", hash).is_some_and(|text| text.contains("file:hashes.MD5 = 'd41d8c")));
        for (sort, value) in [
            ("domain", "no host"),
            ("domain", "203.0.113.7"),
            ("address", "203.0.113.7/33"),
            ("address", "300.1.1.1"),
            ("hash", "abc"),
            ("email", "nobody"),
            ("url", "example.org"),
            ("text", "anything"),
        ] {
            assert_eq!(made(sort, value), None, "{sort} {value}");
        }
    }
}
