//! Problems of a file and findings of the checks, in the reader's language.

use scr_results::checks::{Group, Report};
use scr_results::rules::Pack;
use scr_results::{Problem, Severity};
use scr_web::Visit;
use scr_web::components::{ProblemLine, Tag, Tone};

/// A problem as a row of the table of problems.
pub(crate) fn problem_line(visit: &Visit, problem: &Problem) -> ProblemLine {
    let (tone, key) = match problem.severity {
        Severity::Error => (Tone::Alarm, "results-desk-severity-error"),
        Severity::Warning => (Tone::Warn, "results-desk-severity-warning"),
        Severity::Note => (Tone::Note, "results-desk-severity-note"),
    };
    let mut place = problem.file.clone();
    if let Some(row) = problem.row {
        place.push_str(&visit.ta("results-desk-place-row", &[("row", row.to_string().into())]));
    }
    if let Some(column) = &problem.column {
        place.push_str(&visit.ta("results-desk-place-column", &[("column", column.into())]));
    }
    let text = sentence(visit, problem);
    ProblemLine { place, tag: Tag::new(tone, visit.t(key)), text, code: problem.code.to_owned() }
}

/// What is wrong, what stands there, what was perhaps meant, and what to do.
pub(crate) fn sentence(visit: &Visit, problem: &Problem) -> String {
    let args: Vec<_> = problem.args.iter().map(|(name, value)| (name.as_str(), value.into())).collect();
    let mut text = visit.ta(&format!("error-{}", problem.code.to_lowercase()), &args);
    let mut add = |more: String| {
        text.push(' ');
        text.push_str(&more);
    };
    if let Some(value) = &problem.value {
        add(visit.ta("results-desk-problem-value", &[("value", value.into())]));
    }
    if let Some(closest) = &problem.closest {
        add(visit.ta("results-desk-problem-closest", &[("closest", closest.into())]));
    }
    if !problem.args.is_empty() {
        let details: Vec<String> =
            problem.args.iter().map(|(name, value)| format!("{name}: {value}")).collect();
        add(visit.ta("results-desk-problem-details", &[("details", details.join("; ").into())]));
    }
    text
}

/// The findings of one check, for the preview.
pub(crate) struct CheckLine {
    pub(crate) title: String,
    pub(crate) count: u64,
    pub(crate) tested: u64,
    /// The first few, each with its two numbers.
    pub(crate) examples: Vec<String>,
}

const EXAMPLES: usize = 8;

/// The checks that could be applied, with what they found.
pub(crate) fn check_lines(visit: &Visit, report: &Report, packs: &[Pack]) -> Vec<CheckLine> {
    let line = |group: &Group| CheckLine {
        title: title(visit, group, packs),
        count: group.count,
        tested: group.tested,
        examples: group.findings.iter().take(EXAMPLES).map(|finding| example(visit, finding)).collect(),
    };
    report.groups.iter().filter(|group| group.lacks.is_none()).map(line).collect()
}

/// The rule's own words, or the name of the check.
fn title(visit: &Visit, group: &Group, packs: &[Pack]) -> String {
    let rule = group.rule.as_deref().and_then(|name| {
        let (pack, rule) = name.split_once('/')?;
        packs.iter().find(|one| one.id == pack)?.rules.iter().find(|one| one.id == rule)
    });
    match rule {
        Some(rule) => rule.text.get(visit.lang_code()).to_owned(),
        // i18n: results-desk-check-*
        None => visit.t(&format!("results-desk-check-{}", group.check)),
    }
}

fn example(visit: &Visit, finding: &scr_results::checks::Finding) -> String {
    let mut text = finding.unit.clone();
    if !finding.name.is_empty() {
        text = format!("{text} {}", finding.name);
    }
    if let Some(closest) = finding.args.get("closest") {
        text =
            visit.ta("results-desk-finding-closest", &[("unit", text.into()), ("closest", closest.into())]);
    }
    match (finding.left, finding.right) {
        (Some(left), Some(right)) => visit.ta(
            "results-desk-finding-figures",
            &[("unit", text.into()), ("left", left.into()), ("right", right.into())],
        ),
        _ => text,
    }
}
