//! The crisis plan of an organisation: who leads when, which playbook begins on what, who says what in public. Roles only:
//! people and their addresses live among the contacts of the alerts desk, where they expire and can be erased.

use super::codes;
use scr_core::{Refusal, RefusalKind};
use scr_playbooks::severity::Level;
use serde::{Deserialize, Serialize};

/// Rows of a section.
pub(crate) const MOST_ROWS: usize = 40;
/// Characters of a role or name.
const SHORT: usize = 120;
/// Characters of a sentence.
const LONG: usize = 600;
/// A plan is looked at again within two years.
const LONGEST_REVIEW: i64 = 2 * 366 * 86_400;

/// A level of authority.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Authority {
    /// The country.
    National,
    /// A region.
    Regional,
    /// A municipality or a polling station.
    Local,
    /// Allies, who are consulted.
    Allies,
}

impl Authority {
    /// All of them, the highest first.
    pub const ALL: [Self; 4] = [Self::National, Self::Regional, Self::Local, Self::Allies];

    /// Its name in the plan and in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::National => "national",
            Self::Regional => "regional",
            Self::Local => "local",
            Self::Allies => "allies",
        }
    }

    /// The level of this name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == text)
    }
}

/// Who leads at a level, and when that level leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lead {
    /// The level.
    pub level: Authority,
    /// The role that leads.
    pub role: String,
    /// The role that leads when that one cannot be reached; empty for none.
    pub deputy: String,
    /// When this level leads, and what it decides.
    pub when: String,
}

/// When a playbook begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trigger {
    /// The playbook's code.
    pub playbook: String,
    /// What has happened.
    pub when: String,
    /// From which severity on, as NCISS names levels.
    pub severity: Level,
    /// The role that begins it.
    pub role: String,
}

/// A role that must be reachable, and for what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// The role, as the contacts of the alerts desk name it.
    pub role: String,
    /// For what it is called.
    pub purpose: String,
}

/// What is said in public.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// About what.
    pub subject: String,
    /// The role that says it.
    pub role: String,
    /// How soon, and what is never said.
    pub how: String,
}

/// A crisis plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CrisisPlan {
    /// Its title.
    pub title: String,
    /// Lines of authority.
    pub leads: Vec<Lead>,
    /// Which playbook begins on what.
    pub triggers: Vec<Trigger>,
    /// Who must be reachable.
    pub contacts: Vec<Contact>,
    /// What is said in public, by whom.
    pub statements: Vec<Statement>,
    /// The last day before it is overdue: `2027-03-01`.
    pub review: String,
    /// Whether everybody may read it.
    pub public: bool,
}

/// The name of a severity in the plan.
pub(crate) fn severity_name(level: Level) -> &'static str {
    match level {
        Level::Emergency => "emergency",
        Level::Severe => "severe",
        Level::High => "high",
        Level::Medium => "medium",
        Level::Low => "low",
        Level::BaselineMinor => "baseline-minor",
        Level::BaselineNegligible => "baseline-negligible",
    }
}

/// The severity of this name.
pub(crate) fn severity_of(name: &str) -> Option<Level> {
    Level::ALL.into_iter().find(|level| severity_name(*level) == name)
}

/// The beginning of a day, in seconds since 1970, UTC.
pub(crate) fn day(text: &str) -> Option<i64> {
    (text.len() == 10).then(|| scr_engine::parse_utc(&format!("{text}T00:00:00Z"))).flatten()
}

/// Whether a plan's review day is past.
pub(crate) fn is_overdue(review: &str, now: i64) -> bool {
    day(review).is_some_and(|begin| now >= begin + 86_400)
}

impl CrisisPlan {
    /// Everything that is wrong with it, at the fields of its form. `playbooks`: codes that are in force.
    pub fn problems(&self, playbooks: &[String], now: i64) -> Vec<Refusal> {
        let mut found = Vec::new();
        for (field, text, most, must) in self.texts() {
            let length = text.trim().chars().count();
            if length > most || (must && length == 0) {
                found.push(part(&field, most));
            } else if !super::acts::is_public(text) {
                found.push(Refusal::new(RefusalKind::Invalid, codes::PLAN_PERSONAL).on(&field));
            }
        }
        let sections = [
            ("leads", self.leads.len()),
            ("triggers", self.triggers.len()),
            ("contacts", self.contacts.len()),
            ("statements", self.statements.len()),
        ];
        found.extend(
            sections
                .iter()
                .filter(|(_, count)| *count == 0 || *count > MOST_ROWS)
                .map(|(name, _)| part(name, MOST_ROWS)),
        );
        for (row, trigger) in self.triggers.iter().enumerate() {
            if !playbooks.contains(&trigger.playbook) {
                let refusal = Refusal::new(RefusalKind::Invalid, codes::PLAN_PLAYBOOK);
                let shown: String = trigger.playbook.chars().take(60).collect();
                found.push(refusal.on(&format!("trigger-{row}-playbook")).with("playbook", shown));
            }
        }
        let is_near = day(&self.review).is_some_and(|day| now < day + 86_400 && day - now <= LONGEST_REVIEW);
        if !is_near {
            found.push(Refusal::new(RefusalKind::Invalid, codes::PLAN_REVIEW).on("review"));
        }
        found
    }

    /// Every text: its field, the most characters that it may have, and whether it must be there.
    fn texts(&self) -> Vec<(String, &str, usize, bool)> {
        let mut all = vec![("title".to_owned(), self.title.as_str(), SHORT, true)];
        for (row, one) in self.leads.iter().enumerate() {
            all.push((format!("lead-{row}-role"), &one.role, SHORT, true));
            all.push((format!("lead-{row}-deputy"), &one.deputy, SHORT, false));
            all.push((format!("lead-{row}-when"), &one.when, LONG, true));
        }
        for (row, one) in self.triggers.iter().enumerate() {
            all.push((format!("trigger-{row}-when"), &one.when, LONG, true));
            all.push((format!("trigger-{row}-role"), &one.role, SHORT, true));
        }
        for (row, one) in self.contacts.iter().enumerate() {
            all.push((format!("contact-{row}-role"), &one.role, SHORT, true));
            all.push((format!("contact-{row}-purpose"), &one.purpose, LONG, true));
        }
        for (row, one) in self.statements.iter().enumerate() {
            all.push((format!("statement-{row}-subject"), &one.subject, SHORT, true));
            all.push((format!("statement-{row}-role"), &one.role, SHORT, true));
            all.push((format!("statement-{row}-how"), &one.how, LONG, true));
        }
        all
    }
}

fn part(field: &str, most: usize) -> Refusal {
    Refusal::new(RefusalKind::Invalid, codes::PLAN_PART).on(field).with("most", most)
}
