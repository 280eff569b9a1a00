//! A request from a file: what is not known is named, with what was perhaps meant.

use super::request::{Asked, Request, Style};
use super::{MAX_CONTESTS, problem};
use crate::problems::limited;
use scr_core::{Closest, Problem};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// Styles of cards, at most.
const MAX_STYLES: usize = 10_000;

/// Reads a request in JSON.
///
/// # Errors
/// All problems, up to 200: SCR-AUD-062 for what is no request; each contest is looked at.
pub fn read(bytes: &[u8]) -> Result<Request, Vec<Problem>> {
    let value = serde_json::from_slice(bytes).map_err(|error| {
        let row = u64::try_from(error.line()).unwrap_or(0);
        vec![problem("SCR-AUD-062", "request", "").at_row(row).with("reason", error)]
    })?;
    of_value(value)
}

/// The same from what was read otherwise (TOML).
///
/// # Errors
/// As [`read`].
pub fn of_value(value: Value) -> Result<Request, Vec<Problem>> {
    let Value::Object(mut fields) = value else {
        return Err(vec![problem("SCR-AUD-062", "request", "").with("reason", "it is no object")]);
    };
    let mut problems = Vec::new();
    let contests: Vec<Asked> = list(&mut fields, "contests", MAX_CONTESTS, &mut problems);
    let styles: Vec<Style> = list(&mut fields, "styles", MAX_STYLES, &mut problems);
    fields.insert("contests".to_owned(), Value::Array(Vec::new()));
    match serde_json::from_value::<Request>(Value::Object(fields)) {
        Ok(request) if problems.is_empty() => Ok(Request { contests, styles, ..request }),
        Ok(_) => Err(limited(problems)),
        Err(error) => {
            problems.push(said("request", &error.to_string()));
            Err(limited(problems))
        }
    }
}

/// The items of a list, each looked at.
fn list<T: DeserializeOwned>(
    fields: &mut Map<String, Value>,
    name: &str,
    most: usize,
    problems: &mut Vec<Problem>,
) -> Vec<T> {
    let items = match fields.remove(name) {
        None => Vec::new(),
        Some(Value::Array(items)) if items.len() <= most => items,
        Some(Value::Array(items)) => {
            problems.push(problem("SCR-AUD-066", name, items.len()).with("most", most));
            Vec::new()
        }
        Some(_) => {
            problems.push(problem("SCR-AUD-062", name, "").with("reason", "it is no list"));
            Vec::new()
        }
    };
    let mut read = Vec::with_capacity(items.len());
    for (at, item) in items.into_iter().enumerate() {
        match serde_json::from_value(item) {
            Ok(item) => read.push(item),
            Err(error) => problems.push(said(&format!("{name}[{at}]"), &error.to_string())),
        }
    }
    read
}

/// The reader says "unknown field `vots`, expected `votes` or `share`": the names stand between back quotes.
fn said(place: &str, reason: &str) -> Problem {
    let mut names = reason.split('`').skip(1).step_by(2);
    let wrong = names.next().unwrap_or("");
    let problem = problem("SCR-AUD-062", place, wrong).with("reason", reason);
    let closest = if reason.starts_with("unknown") { Closest::among(names).to(wrong) } else { None };
    problem.closest_to(closest)
}
