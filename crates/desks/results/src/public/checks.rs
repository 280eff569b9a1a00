//! What the checks found in the published table, with the rules in the reader's language.

use super::contest::object_href;
use super::home::{Shown, find};
use super::{crumbs, encode};
use crate::desk::rules::{RuleLine, hardness_tag, rule_line};
use crate::desk::run;
use crate::registry::rules::pack;
use askama::Template;
use axum::extract::{Path, State};
use scr_canon::Hash32;
use scr_engine::{ActError, Fault};
use scr_results::rules::{Hardness, Pack, shipped_by_id};
use scr_web::components::{Crumb, Tag};
use scr_web::{App, Reply, Visit, page};
use serde_json::Value;
use std::sync::Arc;

/// Findings of each check that are shown; the file has them all.
const FINDINGS: usize = 20;
const MAX_FINDINGS_BYTES: u64 = 128 << 20;

/// One finding.
struct FoundLine {
    unit: String,
    name: String,
    closest: String,
    left: Option<u64>,
    right: Option<u64>,
}

/// One check, or one rule.
struct CheckLine {
    title: String,
    rule: Option<RuleLine>,
    identity: String,
    hardness: Tag,
    tested: u64,
    count: u64,
    votes_affected: u64,
    margin: Option<u64>,
    rates: Vec<(u64, u64, String)>,
    findings: Vec<FoundLine>,
}

#[derive(Template)]
#[template(path = "results/public_checks.html")]
struct ChecksPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    contest_title: String,
    shown: Shown,
    file: String,
    base: String,
    checks: Vec<CheckLine>,
    passed: Vec<CheckLine>,
    lacking: u64,
}

pub(crate) async fn checks(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path((election, contest)): Path<(String, String)>,
) -> Reply {
    run(visit, move |visit| {
        let (election, contest, shown) = match find(&app, visit, &election, &contest) {
            Ok(found) => found,
            Err(reply) => return Ok(*reply),
        };
        let report = report(&app, &shown.table.findings_object)?;
        let rules = report["rules"]["object"].as_str();
        let rules = rules.map(|object| pack(&app.engine, object)).transpose()?;
        let groups = report["groups"].as_array().cloned().unwrap_or_default();
        let (tested, lacking): (Vec<&Value>, Vec<&Value>) =
            groups.iter().partition(|group| group["lacks"].is_null());
        let lines = tested.into_iter().map(|group| line(visit, group, rules.as_ref()));
        let (checks, passed) = lines.partition(|line: &CheckLine| line.count > 0);
        let base = format!("/elections/{}/contests/{}", election.id, encode(&contest.id));
        let template = ChecksPage {
            crumbs: crumbs(visit, &election, Some((&base, &contest))),
            contest_title: contest.title,
            file: object_href(&shown.table.findings_object),
            lacking: lacking.len() as u64,
            visit,
            shown,
            base,
            checks,
            passed,
        };
        Ok(page(&template).into())
    })
    .await
}

/// The findings as they were recorded with the table.
fn report(app: &App, object: &str) -> Result<Value, ActError> {
    let hash: Hash32 = object.parse().map_err(|error| Fault::log(&error))?;
    let bytes = app.engine.objects().get(&hash, MAX_FINDINGS_BYTES)?;
    let bytes = bytes.ok_or_else(|| Fault::log(&"the object of the findings is not here"))?;
    Ok(serde_json::from_slice(&bytes).map_err(|error| Fault::log(&error))?)
}

fn line(visit: &Visit, group: &Value, rules: Option<&Pack>) -> CheckLine {
    let text = |field: &str| group[field].as_str().unwrap_or_default().to_owned();
    let count = |field: &str| group[field].as_u64().unwrap_or(0);
    // i18n: results-desk-check-*
    let title = visit.t(&format!("results-desk-check-{}", text("check")));
    let hard = if text("hardness") == "hard" { Hardness::Hard } else { Hardness::Soft };
    let rates = group["base_rates"].as_array().into_iter().flatten().map(|rate| {
        let of = |field: &str| rate[field].as_u64().unwrap_or(0);
        (of("departing"), of("tested"), rate["source"].as_str().unwrap_or_default().to_owned())
    });
    CheckLine {
        title,
        rule: group["rule"].as_str().and_then(|rule| named_rule(visit, rule, rules)),
        identity: text("identity"),
        hardness: hardness_tag(visit, hard),
        tested: count("tested"),
        count: count("count"),
        votes_affected: count("votes_affected"),
        margin: group["margin"].as_u64(),
        rates: rates.collect(),
        findings: group["findings"].as_array().into_iter().flatten().take(FINDINGS).map(found).collect(),
    }
}

fn found(finding: &Value) -> FoundLine {
    let text = |field: &Value| field.as_str().unwrap_or_default().to_owned();
    FoundLine {
        unit: text(&finding["unit"]),
        name: text(&finding["name"]),
        closest: text(&finding["args"]["closest"]),
        left: finding["left"].as_u64(),
        right: finding["right"].as_u64(),
    }
}

/// A rule by `pack/rule`: of the pack that was recorded, or of the program's own.
fn named_rule(visit: &Visit, name: &str, rules: Option<&Pack>) -> Option<RuleLine> {
    let (pack_id, rule_id) = name.split_once('/')?;
    let of =
        |pack: &Pack| pack.rules.iter().find(|rule| rule.id == rule_id).map(|rule| rule_line(visit, rule));
    match rules.filter(|pack| pack.id == pack_id) {
        Some(pack) => of(pack),
        None => shipped_by_id(pack_id).ok().flatten().as_ref().and_then(of),
    }
}
