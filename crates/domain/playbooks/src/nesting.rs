//! Playbooks that start each other: all of a library at once.

use crate::finding::{Code, Findings, Report};
use crate::limits::Limits;
use crate::plan::{Doing, Plan};
use std::collections::BTreeMap;

/// Looks at playbooks that start each other: rings, chains deeper than the limit, and playbooks that are not at hand.
///
/// One report for each plan, in their order. Of several versions of one playbook all are followed.
pub fn check_together(plans: &[Plan], limits: &Limits) -> Vec<Report> {
    let mut by_id: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, plan) in plans.iter().enumerate() {
        by_id.entry(&plan.id).or_default().push(at);
    }
    let depths = depths(plans, &by_id);
    plans
        .iter()
        .map(|plan| {
            let mut found = Findings::new(limits.findings);
            found.at("workflow", |found| {
                for (step, playbook, version) in calls(plan) {
                    found.at(step, |found| {
                        found.at("playbook_id", |found| {
                            called(found, plans, &by_id, &depths, playbook, version, limits);
                        });
                    });
                }
            });
            found.into_report()
        })
        .collect()
}

fn calls(plan: &Plan) -> impl Iterator<Item = (&str, &str, Option<&str>)> {
    plan.steps.iter().filter_map(|step| match &step.doing {
        Doing::Call { playbook, version } => Some((step.id.as_str(), playbook.as_str(), version.as_deref())),
        _ => None,
    })
}

fn called(
    found: &mut Findings,
    plans: &[Plan],
    by_id: &BTreeMap<&str, Vec<usize>>,
    depths: &[Option<u32>],
    playbook: &str,
    version: Option<&str>,
    limits: &Limits,
) {
    let fits = |at: &&usize| version.is_none_or(|version| plans[**at].modified == version);
    let at_hand: Vec<usize> = by_id.get(playbook).into_iter().flatten().filter(fits).copied().collect();
    if at_hand.is_empty() {
        found.say(Code::PlaybookMissing, "value", playbook);
    } else if at_hand.iter().any(|at| depths[*at].is_none_or(|depth| depth >= limits.playbooks)) {
        found.say(Code::PlaybookLoop, "value", playbook);
    }
}

/// How deep the calls of each plan go; `None` where they come back to it, or to another ring.
fn depths(plans: &[Plan], by_id: &BTreeMap<&str, Vec<usize>>) -> Vec<Option<u32>> {
    let leads: Vec<Vec<usize>> = plans
        .iter()
        .map(|plan| calls(plan).flat_map(|(_, id, _)| by_id.get(id).into_iter().flatten().copied()).collect())
        .collect();
    let mut depths: Vec<Option<u32>> = vec![None; plans.len()];
    // As often as there are plans, at most: what then has no depth leads into a ring.
    for _ in 0..plans.len() {
        let mut has_changed = false;
        for (at, leads) in leads.iter().enumerate() {
            if depths[at].is_none() && leads.iter().all(|to| depths[*to].is_some()) {
                let inner = leads.iter().filter_map(|to| depths[*to]).max();
                depths[at] = Some(inner.map_or(0, |depth| depth.saturating_add(1)));
                has_changed = true;
            }
        }
        if !has_changed {
            break;
        }
    }
    depths
}
