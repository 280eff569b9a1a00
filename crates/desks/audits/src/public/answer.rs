//! The answer in a sentence: where the audit stands, and what that says about the result.

use crate::data::Kept;
use crate::rounds::Progress;
use scr_audits::record::{Decision, Method};
use scr_audits::workflow::Phase;
use scr_web::Visit;
use scr_web::components::{Tag, Tone};
use std::collections::BTreeMap;

/// A risk in words: `3.4%`, `less than 0.1%`.
pub(super) fn percent(visit: &Visit, p_value: &str) -> String {
    let value: f64 = p_value.strip_prefix('<').unwrap_or(p_value).parse().unwrap_or(1.0);
    let text = format!("{:.0}", (value * 1e6).clamp(0.0, 1e6));
    let millionths: u64 = text.parse().unwrap_or(1_000_000);
    if millionths < 1_000 {
        return visit.ta(
            "audit-public-less-than",
            &[("risk", visit.texts().share(1, 1_000, 1).unwrap_or_default().into())],
        );
    }
    let places = u8::from(!millionths.is_multiple_of(10_000));
    visit.texts().share(millionths, 1_000_000, places).unwrap_or_default()
}

/// Ballots, or whole batches.
pub(crate) fn unit(method: Method) -> &'static str {
    if method.draws_batches() { "batches" } else { "ballots" }
}

/// The state as a tag.
pub(crate) fn tag(visit: &Visit, phase: Phase) -> Tag {
    let tone = match phase {
        Phase::Finished => Tone::Good,
        Phase::RoundOpen | Phase::RoundClosed | Phase::FullHandCount => Tone::Note,
        _ => Tone::Plain,
    };
    // i18n: audit-public-phase-*
    Tag::new(tone, visit.t(&format!("audit-public-phase-{}", phase.as_str())))
}

/// The answer, sentence by sentence.
pub(super) fn answer(visit: &Visit, kept: &Kept, progress: &BTreeMap<String, Progress>) -> Vec<String> {
    let audit = &kept.audit;
    let last = audit.rounds().last();
    let round = last.map_or(0, |round| round.number);
    match audit.phase() {
        Phase::Draft if audit.past().is_empty() => vec![visit.t("audit-public-answer-draft")],
        Phase::Draft => {
            let version = audit.version();
            vec![visit.ta("audit-public-answer-reopened", &[("version", version.into())])]
        }
        Phase::Committed => vec![visit.t("audit-public-answer-committed")],
        Phase::Seeded => vec![visit.t("audit-public-answer-seeded")],
        Phase::RoundOpen => {
            let due: u64 = progress.values().map(|one| one.due).sum();
            let unread: u64 = progress.values().map(|one| one.unread).sum();
            let unit = unit(audit.settings().method);
            let args = [
                ("round", round.into()),
                ("read", due.saturating_sub(unread).into()),
                ("due", due.into()),
                ("unit", unit.into()),
            ];
            vec![visit.ta("audit-public-answer-open", &args)]
        }
        Phase::RoundClosed => closed(visit, kept, round),
        Phase::FullHandCount => vec![visit.t("audit-public-answer-full")],
        Phase::Finished => finished(visit, kept),
    }
}

fn closed(visit: &Visit, kept: &Kept, round: u32) -> Vec<String> {
    let key = if kept.audit.all_met() { "audit-public-answer-met" } else { "audit-public-answer-not-met" };
    vec![visit.ta(key, &[("round", round.into())])]
}

fn finished(visit: &Visit, kept: &Kept) -> Vec<String> {
    let audit = &kept.audit;
    let stopped = audit.rounds().last().is_some_and(|round| round.decision == Decision::Stop);
    if !stopped {
        return vec![visit.t("audit-public-answer-counted")];
    }
    let targeted = audit.contests().iter().enumerate().filter(|(_, contest)| contest.targeted);
    let limits: Vec<&str> = targeted.map(|(_, contest)| contest.risk_limit.as_str()).collect();
    let limit = limits.first().copied().unwrap_or("0.05");
    let largest = limits.iter().fold(limit, |a, b| {
        let value = |text: &str| text.parse::<f64>().unwrap_or(1.0);
        if value(b) > value(a) { b } else { a }
    });
    let args = [("limit", percent(visit, largest).into()), ("contests", (limits.len() as u64).into())];
    vec![visit.ta("audit-public-answer-confirmed", &args), visit.ta("audit-public-answer-means", &args)]
}
