//! What pages say of drafts and alerts: titles, tags, lists to choose from.

use super::super::draft;
use super::super::draft::{Draft, word};
use crate::issued::{Issued, Standing};
use scr_alerts::{AlertText, Kind, Severity, Status};
use scr_web::Visit;
use scr_web::components::{Tag, Tone};

/// Values with their words: the texts `alerts-PREFIX-VALUE`.
pub(crate) fn options<'a>(
    visit: &Visit,
    prefix: &str,
    values: impl IntoIterator<Item = &'a str>,
) -> Vec<(String, String)> {
    // i18n: alerts-kind-* alerts-status-* alerts-severity-* alerts-audience-* alerts-goal-* alerts-event-* alerts-category-*
    // i18n: alerts-urgency-* alerts-certainty-* alerts-language-*
    let named = |value: &str| {
        let key = format!("alerts-{prefix}-{}", value.to_lowercase());
        (value.to_owned(), visit.t(&key))
    };
    values.into_iter().map(named).collect()
}

/// One value in words.
pub(crate) fn say(visit: &Visit, prefix: &str, value: &str) -> String {
    visit.t(&format!("alerts-{prefix}-{}", value.to_lowercase()))
}

/// What a draft is called: its headline in the reader's language, or in its own, or its event.
pub(super) fn title(visit: &Visit, draft: &Draft) -> String {
    let spoken = draft.words.get(visit.lang_code()).filter(|spoken| !spoken.headline.is_empty());
    let spoken = spoken.or_else(|| draft.words.get(&draft.main)).filter(|spoken| !spoken.headline.is_empty());
    spoken.map_or_else(|| say(visit, "event", &draft.event), |spoken| spoken.headline.clone())
}

/// Whether it is meant, as a tag that nobody overlooks.
pub(crate) fn status_tag(visit: &Visit, status: Status) -> Tag {
    let tone = match status {
        Status::Actual => Tone::Alarm,
        Status::Exercise => Tone::Warn,
        Status::Test => Tone::Note,
    };
    Tag::new(tone, say(visit, "status", word(&draft::STATUSES, &status)))
}

/// How grave, as a tag.
pub(crate) fn severity_tag(visit: &Visit, severity: Severity) -> Tag {
    let tone = match severity {
        Severity::Extreme | Severity::Severe => Tone::Alarm,
        Severity::Moderate => Tone::Warn,
        Severity::Minor | Severity::Unknown => Tone::Plain,
    };
    Tag::new(tone, say(visit, "severity", word(&draft::SEVERITIES, &severity)))
}

/// What holds now, as a tag. A cancellation has done its work as soon as it is there.
pub(crate) fn standing_tag(visit: &Visit, one: &Issued, standing: Standing) -> Tag {
    // i18n: alerts-standing-*
    let (tone, key) = match standing {
        Standing::ValidNow if one.text.kind == Kind::Cancel => (Tone::Plain, "cancels"),
        // What is not meant never reads as if it held.
        Standing::ValidNow if one.text.status != Status::Actual => (Tone::Note, "running"),
        Standing::ValidNow => (Tone::Good, "holds"),
        Standing::NotYet => (Tone::Note, "not-yet"),
        Standing::Expired => (Tone::Plain, "expired"),
        Standing::Superseded { .. } => (Tone::Plain, "superseded"),
        Standing::Cancelled { .. } => (Tone::Plain, "cancelled"),
    };
    Tag::new(tone, visit.t(&format!("alerts-standing-{key}")))
}

/// The headline of an alert for a reader, marked where it is no earnest.
pub(crate) fn headline(visit: &Visit, one: &Issued) -> String {
    headline_of(visit.lang_code(), &one.text)
}

/// The same in a language.
pub(crate) fn headline_of(language: &str, text: &AlertText) -> String {
    let Some(wording) = text.wording(language) else { return String::new() };
    crate::write::marked(text.status, &wording.language, &wording.headline)
}

/// How long it is until a moment, in words: hours and minutes.
pub(crate) fn left(visit: &Visit, seconds: i64) -> String {
    let minutes = seconds.max(0).div_euclid(60);
    let (hours, minutes) = (minutes.div_euclid(60), minutes.rem_euclid(60));
    visit.ta("alerts-left", &[("hours", hours.into()), ("minutes", minutes.into())])
}
