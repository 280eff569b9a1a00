//! The plan as files, for spreadsheets and programs.

use super::typed::{Contest, Wanted};
use super::work::{Enough, Method, Outcome, Plan, Row, SEED, Size, Sizes};
use scr_web::FormState;
use serde_json::{Map, Value, json};

/// A line for each size: contest, method, what it is, draws, ballots, batches. Empty: not known.
pub(super) fn csv(wanted: &Wanted, plan: &Plan) -> String {
    let mut text = String::from("contest,ballots,method,size,draws,ballots_looked_at,batches_looked_at\r\n");
    for (contest, planned) in wanted.contests.iter().zip(&plan.contests) {
        let head = format!("{},{}", quoted(&contest.name), contest.ballots);
        if planned.margin.is_none() {
            text.push_str(&format!("{head},,full-hand-count,,{},\r\n", contest.ballots));
        }
        for row in &planned.rows {
            lines(&mut text, &head, row.method, &row.outcome, contest.ballots);
        }
    }
    for one in &plan.together {
        let all = wanted.contests.first().map_or(0, |contest| contest.ballots);
        let outcome = Outcome::Sample(one.sizes.clone());
        lines(&mut text, &format!(",{all}"), one.method, &outcome, all);
    }
    text
}

fn lines(text: &mut String, head: &str, method: Method, outcome: &Outcome, all: u64) {
    let name = method.name();
    let mut line = |what: &str, draws: Option<u64>, ballots: Option<u64>, batches: Option<u64>| {
        let [draws, ballots, batches] =
            [draws, ballots, batches].map(|one| one.map(|one| one.to_string()).unwrap_or_default());
        text.push_str(&format!("{head},{name},{what},{draws},{ballots},{batches}\r\n"));
    };
    let sizes = match outcome {
        Outcome::Sample(sizes) => sizes,
        Outcome::Full => return line("full-hand-count", None, Some(all), None),
        Outcome::Beyond(most) => return line("more-than", None, Some(*most), None),
    };
    let expected = sizes.expected;
    line("expected", Some(expected.draws), Some(expected.ballots), expected.batches);
    for (percent, enough) in &sizes.enough {
        let what = format!("enough-in-{percent}-percent");
        match enough {
            Enough::Size(size) => line(&what, Some(size.draws), Some(size.ballots), size.batches),
            Enough::All => line(&what, None, Some(all), None),
            Enough::Unknown => line(&what, None, None, None),
        }
    }
}

/// RFC 4180, and safe to open in a spreadsheet.
fn quoted(cell: &str) -> String {
    let safe =
        if cell.starts_with(['=', '+', '-', '@', '\t']) { format!("'{cell}") } else { cell.to_owned() };
    format!("\"{}\"", safe.replace('"', "\"\""))
}

/// The same as JSON.
pub(super) fn json(wanted: &Wanted, plan: &Plan) -> Value {
    let contests: Vec<Value> = wanted
        .contests
        .iter()
        .zip(&plan.contests)
        .map(|(contest, planned)| {
            let mut value = head(contest);
            if let Some(margin) = &planned.margin {
                value.insert(
                    "hardest".to_owned(),
                    json!({ "claim": margin.claim, "votes": margin.votes, "claims": margin.claims }),
                );
            }
            value.insert("tie".to_owned(), planned.margin.is_none().into());
            value.insert("methods".to_owned(), planned.rows.iter().map(row).collect());
            Value::Object(value)
        })
        .collect();
    let together: Vec<Value> = plan
        .together
        .iter()
        .map(|one| {
            let mut value = sizes(one.method, &one.sizes);
            value.insert("largest".to_owned(), wanted.contests[one.largest].name.clone().into());
            Value::Object(value)
        })
        .collect();
    json!({
        "risk_limit": wanted.limit, "overstatements_per_thousand": wanted.errors, "batches": wanted.batches,
        "seed": SEED, "contests": contests, "together": together,
    })
}

fn head(contest: &Contest) -> Map<String, Value> {
    let fields = [
        ("name", contest.name.clone().into()),
        ("rule", contest.rule.name().into()),
        ("ballots", contest.ballots.into()),
    ];
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn row(row: &Row) -> Value {
    let mut value = match &row.outcome {
        Outcome::Sample(found) => Value::Object(sizes(row.method, found)),
        Outcome::Full => json!({ "method": row.method.name(), "full_hand_count": true }),
        Outcome::Beyond(most) => json!({ "method": row.method.name(), "more_than": most }),
    };
    if let Some(request) = &row.request {
        value["request"] = serde_json::to_value(request).unwrap_or_default();
    }
    value
}

fn sizes(method: Method, sizes: &Sizes) -> Map<String, Value> {
    let size = |size: Size| json!({ "draws": size.draws, "ballots": size.ballots, "batches": size.batches });
    let enough = sizes.enough.iter().map(|(percent, enough)| {
        let found = match enough {
            Enough::Size(found) => size(*found),
            Enough::All => json!("full-hand-count"),
            Enough::Unknown => Value::Null,
        };
        json!({ "percent": percent, "size": found })
    });
    let fields = [
        ("method", method.name().into()),
        ("expected", size(sizes.expected)),
        ("enough", enough.collect()),
        ("audits_run_on_paper", sizes.audits.into()),
        (
            "formula",
            sizes.formula.map_or(Value::Null, |(name, draws)| json!({ "name": name, "draws": draws })),
        ),
    ];
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// What is wrong with what was asked.
pub(super) fn problems(form: &FormState) -> Value {
    let problem = |error: &scr_web::FieldError| json!({ "field": error.field, "text": error.text });
    json!({ "problems": form.errors.iter().map(problem).collect::<Vec<_>>() })
}
