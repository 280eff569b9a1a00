//! What several pages show of a playbook.

use super::findings::{FindingRow, findings};
use super::picture::picture;
use super::place::label;
use super::steps::{NAME, Steps, agent_name, steps, text_in};
use crate::library::shelf::Book;
use crate::library::words::clipped;
use scr_playbooks::EXTENSION_ID;
use scr_web::Visit;
use serde_json::Value;

/// Roles in the table.
const MOST_ROLES: usize = 200;

/// A role of a playbook.
pub(super) struct RoleRow {
    pub(super) id: String,
    pub(super) name: String,
    /// The role's short name.
    pub(super) role: String,
    /// The role above it.
    pub(super) above: String,
}

impl RoleRow {
    /// Its identifier as it stands in an address.
    pub(super) fn address(&self) -> String {
        scr_web::in_address(&self.id)
    }
}

/// A playbook as a page shows it.
pub(super) struct Shown {
    pub(super) name: String,
    pub(super) description: String,
    pub(super) steps: Steps,
    pub(super) svg: Option<String>,
    pub(super) roles: Vec<RoleRow>,
    pub(super) findings: Vec<FindingRow>,
    pub(super) label: Option<&'static str>,
    /// Steps whose commands nothing here ever carries out.
    pub(super) carried: usize,
    /// Identifier, creator, times, types, as the file has them.
    pub(super) facts: Vec<(String, String)>,
}

/// What a page shows of a playbook.
pub(super) fn shown(visit: &Visit, book: &Book, code: &str) -> Shown {
    let steps = steps(visit, book);
    let name = book.name(visit.lang_code(), code);
    let title = visit.ta("library-picture-title", &[("name", name.as_str().into())]);
    let whole = book.playbook.value();
    let description =
        text_in(&whole, "playbook_extensions", visit.lang_code(), "description").unwrap_or_default();
    Shown {
        description: clipped(&description, 4_000),
        svg: picture(visit, book, &steps, &title),
        roles: roles(visit, book),
        findings: findings(visit, book, &steps),
        label: label(book),
        carried: steps.rows.iter().filter(|step| step.commands.iter().any(|one| one.is_carried)).count(),
        facts: facts(visit, book),
        steps,
        name,
    }
}

pub(super) fn roles(visit: &Visit, book: &Book) -> Vec<RoleRow> {
    let lang = visit.lang_code();
    let all = book.playbook.dictionary("agent_definitions").take(MOST_ROLES);
    all.map(|(id, agent)| {
        let own = |name: &str| agent.get("agent_target_extensions")?.get(EXTENSION_ID)?.get(name)?.as_str();
        RoleRow {
            id: id.to_owned(),
            name: agent_name(book, id, lang),
            role: clipped(own("role").unwrap_or_default(), 64),
            above: own("reports_to").map(|id| agent_name(book, id, lang)).unwrap_or_default(),
        }
    })
    .collect()
}

fn facts(visit: &Visit, book: &Book) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for (name, key) in [
        ("id", "library-fact-id"),
        ("created_by", "library-fact-created-by"),
        ("created", "library-fact-created"),
        ("modified", "library-fact-modified"),
        ("playbook_types", "library-fact-types"),
        ("derived_from", "library-fact-derived"),
    ] {
        // i18n: library-fact-*
        let text = match book.playbook.members().get(name) {
            Some(Value::String(text)) => clipped(text, NAME),
            Some(Value::Array(list)) => {
                let texts: Vec<&str> = list.iter().filter_map(Value::as_str).take(20).collect();
                clipped(&texts.join(", "), 400)
            }
            _ => continue,
        };
        all.push((visit.t(key), text));
    }
    all
}
