//! States, methods and problems in the reader's language.

use scr_audits::record::{Method, Sampler};
use scr_audits::workflow::{Phase, What, codes};
use scr_core::{Problem, Refusal, Severity};
use scr_web::Visit;
use scr_web::components::{ProblemLine, Tag, Tone};

/// What an audit waits for, in a word.
pub(super) fn phase_tag(visit: &Visit, phase: &str) -> Tag {
    let tone = match phase {
        "draft" => Tone::Plain,
        "finished" => Tone::Good,
        "round-closed" | "full-hand-count" => Tone::Warn,
        _ => Tone::Note,
    };
    // i18n: audits-phase-*
    Tag::new(tone, visit.t(&format!("audits-phase-{phase}")))
}

/// What comes next, in a sentence.
pub(super) fn next_words(visit: &Visit, phase: Phase) -> String {
    // i18n: audits-next-*
    visit.t(&format!("audits-next-{}", phase.as_str()))
}

pub(super) fn what_name(visit: &Visit, what: What) -> String {
    // i18n: audits-what-*
    visit.t(&format!("audits-what-{}", what.as_str()))
}

/// Every method by its name in the record, in the order in which they are offered.
pub(super) const METHODS: [(&str, Method); 9] = [
    ("batch-comparison", Method::BatchComparison),
    ("ballot-comparison", Method::BallotComparison),
    ("ballot-comparison-colorado", Method::BallotComparisonColorado),
    ("assertion-comparison", Method::AssertionComparison),
    ("ballot-polling", Method::BallotPolling),
    ("minerva", Method::Minerva),
    ("providence", Method::Providence),
    ("assertion-polling", Method::AssertionPolling),
    ("hybrid", Method::Hybrid),
];

/// Every sampler by its name in the record.
pub(super) const SAMPLERS: [(&str, Sampler); 5] = [
    ("arlo-ppeb", Sampler::ArloPpeb),
    ("consistent-with-replacement", Sampler::ConsistentWithReplacement),
    ("consistent-without-replacement", Sampler::ConsistentWithoutReplacement),
    ("colorado", Sampler::Colorado),
    ("cryptorandom", Sampler::Cryptorandom),
];

pub(super) fn method_name(visit: &Visit, method: Method) -> String {
    let name = METHODS.iter().find(|(_, one)| *one == method).map_or("", |(name, _)| *name);
    // i18n: audits-method-*
    visit.t(&format!("audits-method-{name}"))
}

pub(super) fn sampler_name(visit: &Visit, sampler: Sampler) -> String {
    let name = SAMPLERS.iter().find(|(_, one)| *one == sampler).map_or("", |(name, _)| *name);
    // i18n: audits-sampler-*
    visit.t(&format!("audits-sampler-{name}"))
}

/// A risk limit as people say it.
pub(super) fn limit_words(limit: &str) -> String {
    match limit.parse::<f64>() {
        Ok(value) => format!("{}%", (value * 100_000.0).round() / 1_000.0),
        Err(_) => limit.to_owned(),
    }
}

/// Problems of a file, as rows of the table of problems.
pub(super) fn problem_lines(visit: &Visit, problems: &[Problem]) -> Vec<ProblemLine> {
    problems.iter().map(|problem| problem_line(visit, problem)).collect()
}

fn problem_line(visit: &Visit, problem: &Problem) -> ProblemLine {
    let (tone, key) = match problem.severity {
        Severity::Error => (Tone::Alarm, "audits-severity-error"),
        Severity::Warning => (Tone::Warn, "audits-severity-warning"),
        Severity::Note => (Tone::Note, "audits-severity-note"),
    };
    let mut place = Vec::new();
    if let Some(row) = problem.row {
        place.push(visit.ta("audits-place-row", &[("row", row.into())]));
    }
    if let Some(column) = &problem.column {
        place.push(visit.ta("audits-place-column", &[("column", column.into())]));
    }
    if place.is_empty() {
        place.push(visit.t("audits-place-file"));
    }
    let text = sentence(visit, problem);
    let tag = Tag::new(tone, visit.t(key));
    ProblemLine { place: place.join(", "), tag, text, code: problem.code.to_owned() }
}

/// What is wrong, what stands there, what was perhaps meant, and the figures.
fn sentence(visit: &Visit, problem: &Problem) -> String {
    let key = if problem.code.starts_with("SCR-CVR-") {
        "error-scr-cvr".to_owned()
    } else {
        format!("error-{}", problem.code.to_lowercase())
    };
    let mut text = vec![visit.t(&key)];
    if let Some(value) = &problem.value {
        text.push(visit.ta("audits-problem-value", &[("value", value.into())]));
    }
    if let Some(closest) = &problem.closest {
        text.push(visit.ta("audits-problem-closest", &[("closest", closest.into())]));
    }
    let is_row = |name: &str| name == "first" && problem.code == "SCR-AUD-019";
    if let Some((_, row)) = problem.args.iter().find(|(name, _)| is_row(name)) {
        text.push(visit.ta("audits-problem-first", &[("row", row.into())]));
    }
    let details: Vec<String> = problem
        .args
        .iter()
        .filter(|(name, _)| !is_row(name))
        .map(|(name, value)| format!("{name}: {value}"))
        .collect();
    if !details.is_empty() {
        text.push(visit.ta("audits-problem-details", &[("details", details.join("; ").into())]));
    }
    text.join(" ")
}

/// Something that is missing before the commitment, with whose it is.
pub(super) fn missing_words(visit: &Visit, missing: &Refusal) -> String {
    let text = visit.t(&missing.message_key());
    let Some(name) = missing.args.get("jurisdiction") else { return text };
    // i18n: audits-what-*
    let what = missing.args.get("what").map(|what| visit.t(&format!("audits-what-{what}")));
    match (missing.code.as_str(), what) {
        (codes::NOT_UPLOADED, Some(what)) => {
            visit.ta("audits-missing-file", &[("jurisdiction", name.into()), ("what", what.into())])
        }
        (codes::NOT_SIGNED, _) => visit.ta("audits-missing-signature", &[("jurisdiction", name.into())]),
        (_, Some(what)) => format!("{name}, {what}: {text}"),
        (_, None) => format!("{name}: {text}"),
    }
}
