//! How severe an incident is, as the server works it out: every term of the formula.

use super::pair;
use crate::commands::at::{At, plain};
use crate::outcome::{Outcome, Problem};
use serde_json::{Value, json};
use std::fmt::Write as _;

/// The answers to the questions, and whether it is recorded.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    at: At,
    /// The answers: NAME=VALUE.
    #[arg(value_parser = pair, value_name = "NAME=VALUE", required = true)]
    answers: Vec<(String, String)>,
    /// Record it under this title, for everybody to check.
    #[arg(long, value_name = "TITLE")]
    record: Option<String>,
}

fn shown(one: &Value) -> String {
    let mut said = format!("Severity for the election: {}\n", figure(&one["result"]));
    let _ = writeln!(
        said,
        "\n  {:<32} {:<24} {:>7} {:>7} {:>9}",
        "category", "answer", "weight", "value", "product"
    );
    for term in one["terms"].as_array().into_iter().flatten() {
        let _ = writeln!(
            said,
            "  {:<32} {:<24} {:>7} {:>7} {:>9}",
            plain(&term["category"]),
            plain(&term["option"]),
            figure(&term["weight"]),
            figure(&term["value"]),
            figure(&term["product"])
        );
    }
    let _ = writeln!(
        said,
        "\n  NCISS {}, level {} = 100 × (sum {} − least {}) / (greatest {} − least {})",
        figure(&one["nciss"]),
        plain(&one["level"]),
        figure(&one["sum"]),
        figure(&one["least"]),
        figure(&one["greatest"]),
        figure(&one["least"])
    );
    let _ = writeln!(
        said,
        "  × time to the polls {}  × voters affected {}  =  {}",
        figure(&one["time_factor"]),
        figure(&one["voters_factor"]),
        figure(&one["result"])
    );
    let changes = one["would_change_most"].as_array().map(Vec::as_slice).unwrap_or_default();
    if !changes.is_empty() {
        said.push_str("\nIt would change most with\n");
    }
    for change in changes {
        let _ = writeln!(
            said,
            "  {:<32} {:<24} {}",
            plain(&change["category"]),
            plain(&change["option"]),
            figure(&change["result"])
        );
    }
    said
}

/// A number as the server says it: a number, or a fraction, which is said in decimals as well.
fn figure(value: &Value) -> String {
    let Some(text) = value.as_str() else { return value.to_string() };
    let parts =
        text.split_once('/').and_then(|(over, under)| Some((over.parse().ok()?, under.parse().ok()?)));
    match parts {
        Some((over, 1)) => i128::to_string(&over),
        Some((over, under)) if under > 0 => {
            // Two decimals, cut off and not rounded: the fraction beside them is exact.
            let hundredths = over.saturating_mul(100) / under;
            format!("{over}/{under} ({}.{:02})", hundredths / 100, hundredths.abs() % 100)
        }
        _ => plain(value),
    }
}

pub(super) fn run(args: &Args) -> Result<Outcome, Problem> {
    let server = args.at.server()?;
    let query: Vec<String> = args
        .answers
        .iter()
        .map(|(name, value)| format!("{}={}", scr_web::in_address(name), scr_web::in_address(value)))
        .collect();
    let one = server.get_own(&format!("/api/v1/response/severity?{}", query.join("&")))?;
    let mut said = shown(&one);
    let Some(title) = &args.record else {
        said.push_str("\nNothing was recorded.\n");
        return Ok(Outcome::done(said, one));
    };
    let election = args.answers.iter().find(|(name, _)| name == "election").map(|(_, code)| code);
    let body = json!({
        "title": title, "election": election, "chosen": one["chosen"], "polls": one["polls"], "minutes": one["minutes"],
        "voters": one["voters"],
    });
    let (recorded, location) = server.post("/api/v1/response/severity", &body)?;
    let entry = &recorded["recorded"][0];
    let _ = writeln!(
        said,
        "\nRecorded as entry {} at {}: {}",
        entry["entry"],
        plain(&entry["recorded_at"]),
        server.page(&location)
    );
    Ok(Outcome::done(said, json!({"severity": one, "recorded": recorded["recorded"]})))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_are_said_exactly_and_in_decimals() {
        assert_eq!(figure(&json!("100/1")), "100");
        assert_eq!(figure(&json!("5/3")), "5/3 (1.66)");
        assert_eq!([figure(&json!("a\u{1b}/0")), figure(&json!(7))], ["a /0", "7"]);
    }
}
