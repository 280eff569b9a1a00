//! Playbooks that begin others: what is put in force must fit what is in force.

use crate::library::shelf::{self, Book};
use crate::library::{codes, read};
use scr_core::{Actor, Refusal, RefusalKind};
use scr_engine::{ActError, Engine};
use scr_playbooks::{Code, Doing, Limits, Plan, check_together};

fn calls(plan: &Plan) -> bool {
    plan.steps.iter().any(|step| matches!(step.doing, Doing::Call { .. }))
}

/// Looks at a playbook together with those that are in force for the organisation. Answers with what was in force, where it begins
/// any.
///
/// # Errors
/// `SCR-RSP-025`, `-026`. Faults.
pub(super) fn fit(
    engine: &Engine,
    actor: &Actor,
    code: &str,
    book: &Book,
) -> Result<Option<Vec<read::Adopted>>, ActError> {
    let Some(plan) = book.plan.as_ref().filter(|plan| calls(plan)) else { return Ok(None) };
    let adopted = engine.read(|views| read::adopted(views, Some(&actor.org)))?;
    let mut plans = vec![plan.clone()];
    // It takes the place of its own version before.
    for one in adopted.iter().filter(|one| one.code != code) {
        let Some(content) = shelf::bytes(engine, &one.sha256)? else { continue };
        plans.extend(Book::read(&content)?.plan);
    }
    let report = check_together(&plans, &Limits::default()).into_iter().next().unwrap_or_default();
    let Some(finding) = report.findings.first() else { return Ok(Some(adopted)) };
    let code = if finding.code == Code::PlaybookMissing { codes::CALLS_MISSING } else { codes::CALLS_LOOP };
    let named = finding.args.iter().find(|(name, _)| *name == "value");
    let id = named.map_or("", |(_, value)| value.as_str());
    // A name says more than an identifier, where the playbook is at hand.
    let known = plans.iter().find(|plan| plan.id == id);
    let name: String = known.map_or(id, |plan| plan.name.as_str()).chars().take(200).collect();
    Err(Refusal::new(RefusalKind::Conflict, code).with("playbook", name).into())
}
