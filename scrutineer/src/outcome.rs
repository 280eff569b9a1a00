//! What a command ends with: a result or a problem, for people or for programs.

use serde_json::{Value, json};
use std::io::Write as _;
use std::process::ExitCode;

/// The result of a command.
pub(crate) struct Outcome {
    /// For people.
    text: String,
    /// For programs.
    json: Value,
    /// 0, or 1 when the answer is "no".
    status: u8,
}

impl Outcome {
    /// Done.
    pub(crate) fn done(text: impl Into<String>, json: Value) -> Self {
        Self { text: text.into(), json, status: 0 }
    }

    /// The answer is "no": exit 1.
    pub(crate) fn answering_no(self) -> Self {
        Self { status: 1, ..self }
    }

    /// The command has written its result itself.
    pub(crate) fn silent() -> Self {
        Self::done("", Value::Null)
    }
}

/// A command that could not do its work, or whose answer is "does not hold".
pub(crate) struct Problem {
    status: u8,
    code: String,
    detail: String,
    help: String,
}

impl Problem {
    /// The thing that was examined does not hold: exit 1.
    pub(crate) fn does_not_hold(code: &str, detail: impl ToString) -> Self {
        Self::new(1, code, detail)
    }

    /// Wrong usage or input: exit 2.
    pub(crate) fn input(code: &str, detail: impl ToString) -> Self {
        Self::new(2, code, detail)
    }

    /// A fault of the machine or of this program: exit 3.
    pub(crate) fn fault(code: &str, detail: impl ToString) -> Self {
        Self::new(3, code, detail)
    }

    /// With an exit status that a library has chosen.
    #[expect(clippy::needless_pass_by_value, reason = "an error is handed over and used up")]
    pub(crate) fn new(status: u8, code: &str, detail: impl ToString) -> Self {
        let detail = detail.to_string();
        // Libraries put their code in front of the message; it is shown once.
        let detail = detail.strip_prefix(&format!("{code}: ")).unwrap_or(&detail).to_owned();
        Self { status, code: code.to_owned(), detail, help: String::new() }
    }

    /// The stable code.
    pub(crate) fn code(&self) -> &str {
        &self.code
    }

    /// Whether something that was given is wrong, and not the machine or the way to it.
    pub(crate) fn is_about_input(&self) -> bool {
        self.status == 2
    }

    /// Code and detail in one line, for a log.
    pub(crate) fn words(&self) -> String {
        format!("{}: {}", self.code, self.detail)
    }

    /// Adds what to do.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }
}

/// Prints and gives the exit status.
pub(crate) fn finish(outcome: Result<Outcome, Problem>, as_json: bool) -> ExitCode {
    match outcome {
        Ok(outcome) => {
            let text = if as_json && !outcome.json.is_null() {
                outcome.json.to_string()
            } else {
                outcome.text.trim_end().to_owned()
            };
            // A reader that has seen enough (`| head`) closes the pipe: that is no fault.
            if !text.is_empty() {
                drop(writeln!(std::io::stdout(), "{text}"));
            }
            ExitCode::from(outcome.status)
        }
        Err(problem) => {
            if as_json {
                // RFC 9457, as the HTTP API answers.
                let mut document = json!({
                    "type": format!("urn:scrutineer:error:{}", problem.code.to_lowercase()),
                    "code": problem.code,
                    "title": problem.detail,
                });
                if !problem.help.is_empty() {
                    document["help"] = Value::from(problem.help);
                }
                eprintln!("{document}");
            } else {
                eprintln!("error[{}]: {}", problem.code, problem.detail);
                if !problem.help.is_empty() {
                    eprintln!("  help: {}", problem.help);
                }
            }
            ExitCode::from(problem.status)
        }
    }
}
