//! What was found in a playbook: what, where, and what to do.

use super::steps::Steps;
use crate::library::shelf::Book;
use crate::library::words::clipped;
use scr_core::Severity;
use scr_playbooks::{Code, Finding};
use scr_web::Visit;
use scr_web::components::{Tag, Tone};
use serde_json::{Value, json};

/// One finding.
pub(super) struct FindingRow {
    /// How grave.
    pub(super) tag: Tag,
    /// What, and what to do.
    pub(super) text: String,
    /// The step that it is about: its number in the table, and its name.
    pub(super) step: Option<(usize, String)>,
    /// Where exactly, as a JSON pointer.
    pub(super) path: String,
    /// What stands there.
    pub(super) value: Option<String>,
    /// What should.
    pub(super) wanted: Option<String>,
    /// Its stable name.
    pub(super) code: &'static str,
}

/// The findings of a playbook, the gravest first.
pub(super) fn findings(visit: &Visit, book: &Book, steps: &Steps) -> Vec<FindingRow> {
    let mut all: Vec<&Finding> = book.report.findings.iter().collect();
    all.sort_by_key(|finding| match finding.code.severity() {
        Severity::Error => 0,
        Severity::Warning => 1,
        Severity::Note => 2,
    });
    all.into_iter().map(|finding| row(visit, book, steps, finding)).collect()
}

/// The finding in words.
pub(super) fn words(visit: &Visit, code: Code) -> String {
    // i18n: library-finding-*
    visit.t(&format!("library-finding-{}", code.as_str()))
}

fn row(visit: &Visit, book: &Book, steps: &Steps, finding: &Finding) -> FindingRow {
    let (tone, key) = match finding.code.severity() {
        Severity::Error => (Tone::Alarm, "library-severity-error"),
        Severity::Warning => (Tone::Warn, "library-severity-warning"),
        Severity::Note => (Tone::Note, "library-severity-note"),
    };
    // i18n: library-severity-*
    let id = finding.path.strip_prefix("/workflow/").and_then(|rest| rest.split('/').next());
    let id = id.map(|id| id.replace("~1", "/").replace("~0", "~"));
    let step = id.and_then(|id| steps.place[book.graph.place(&id)?]).and_then(|row| steps.rows.get(row));
    FindingRow {
        tag: Tag::new(tone, visit.t(key)),
        text: words(visit, finding.code),
        step: step.map(|step| (step.number, step.name.clone())),
        path: clipped(&finding.path, 300),
        value: finding.arg("value").map(|value| clipped(value, 200)),
        wanted: finding.arg("wanted").map(|value| clipped(value, 200)),
        code: finding.code.as_str(),
    }
}

/// The findings for programs.
pub(in crate::library) fn as_json(visit: &Visit, book: &Book) -> Value {
    let one = |finding: &Finding| {
        let severity = match finding.code.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        let mut value = json!({
            "code": finding.code.as_str(), "severity": severity, "path": finding.path,
            "text": words(visit, finding.code),
        });
        for name in ["value", "wanted"] {
            if let Some(text) = finding.arg(name) {
                value[name] = json!(text);
            }
        }
        value
    };
    book.report.findings.iter().map(one).collect()
}
