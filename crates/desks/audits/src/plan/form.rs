//! The form: fields of the whole plan, and a block for each contest.

use super::typed::{MAX_CONTESTS, Rule, at};
use scr_web::{FormState, Visit};

/// The fields of one contest.
pub(super) struct Block {
    pub(super) title: String,
    pub(super) name: String,
    pub(super) rule: String,
    pub(super) votes: String,
    pub(super) winners: String,
    pub(super) marks: String,
    pub(super) ballots: String,
    pub(super) share: String,
    /// Whether something is typed in it.
    pub(super) used: bool,
    /// Whether something is typed, or missing, in the fields that only some rules have.
    pub(super) special: bool,
}

/// Blocks for what is typed, and an empty one.
pub(super) fn blocks(visit: &Visit, form: &FormState) -> Vec<Block> {
    let blocks = (1..=MAX_CONTESTS).map(|number| block(visit, form, number));
    let all: Vec<Block> = blocks.collect();
    let used = all.iter().rposition(|block| block.used).map_or(1, |last| last + 1);
    all.into_iter().take(used + 1).collect()
}

fn block(visit: &Visit, form: &FormState, number: usize) -> Block {
    let filled = |field: &str| !form.value(&at(field, number)).is_empty();
    let wrong = |field: &str| form.error(&at(field, number)).is_some();
    Block {
        title: visit.ta("audit-plan-contest-number", &[("number", number.into())]),
        name: at("name", number),
        rule: at("rule", number),
        votes: at("votes", number),
        winners: at("winners", number),
        marks: at("marks", number),
        ballots: at("ballots", number),
        share: at("share", number),
        used: number == 1
            || ["name", "votes", "winners", "marks", "ballots", "share"].into_iter().any(filled),
        special: ["winners", "marks", "share"].into_iter().any(|field| filled(field) || wrong(field)),
    }
}

/// The rules with their words.
pub(super) fn rules(visit: &Visit) -> Vec<(&'static str, String)> {
    // i18n: audit-plan-rule-*
    Rule::ALL.map(|rule| (rule.name(), visit.t(&format!("audit-plan-rule-{}", rule.name())))).into()
}
