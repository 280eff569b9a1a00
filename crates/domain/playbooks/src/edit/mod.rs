//! Changes of a playbook that keep what is unknown and leave it sound.
//!
//! A change makes a new version: `modified` moves on, and signatures, which hold for the old bytes only, go. Whoever is
//! not the playbook's creator adopts it first ([`Edit::Adopt`]): the standard gives versions of one id to its creator
//! alone.

mod links;
mod steps;

use crate::check::check;
use crate::extension::{EXTENSION_ID, Evidence};
use crate::finding::Finding;
use crate::forms;
use crate::json::ReadError;
use crate::limits::Limits;
use crate::playbook::Playbook;
use scr_stix::Timestamp;
use serde_json::{Map, Value, json};

/// Where a step is put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Where {
    /// Behind a step, in the flow of things that went well.
    After(String),
    /// At the beginning of a branch: `true`, `false`, a case, or the number of a parallel branch.
    Branch(String, String),
}

/// A manual step as it is added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewStep {
    /// Its identifier: `action--UUID`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What is to be done.
    pub instruction: String,
    /// The agent who does it: one of the playbook's.
    pub agent: String,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// Makes the playbook one's own: a new identity that names the old one in `derived_from`.
    Adopt {
        /// The new identifier: `playbook--UUID`.
        id: String,
        /// The creator: `identity--UUID`.
        created_by: String,
        /// When, as `2026-11-03T20:00:00.000Z`.
        created: String,
    },
    /// Puts a manual step in.
    AddStep(NewStep, Where),
    /// Takes a step with commands out; what led to it leads to what followed it.
    RemoveStep(String),
    /// Puts a step with commands elsewhere.
    MoveStep(String, Where),
    /// Lets a way out of a step lead to another step, or nowhere.
    Link {
        /// The step.
        step: String,
        /// `on_completion`, `on_success`, `on_failure`, `on_true`, `on_false`, `next_steps/NUMBER` or `cases/CASE`.
        exit: String,
        /// The step to which it leads; `None` takes the way out away.
        to: Option<String>,
    },
    /// Another agent acts.
    SetAgent {
        /// The step.
        step: String,
        /// The agent: one of the playbook's.
        agent: String,
    },
    /// Adds a role, or changes it.
    PutAgent {
        /// Its identifier, such as `group--UUID`.
        id: String,
        /// Its name.
        name: String,
        /// The role's short name.
        role: Option<String>,
        /// The agent above it.
        reports_to: Option<String>,
    },
    /// When a step is late, and when it has failed: milliseconds, or no longer at all.
    SetTimes {
        /// The step.
        step: String,
        /// Late after.
        deadline: Option<u64>,
        /// Failed after.
        timeout: Option<u64>,
    },
    /// What must be handed in.
    SetEvidence {
        /// The step.
        step: String,
        /// What.
        evidence: Evidence,
    },
    /// Whether a second person signs.
    SetSignOff {
        /// The step.
        step: String,
        /// Whether.
        is_double: bool,
        /// Of which agent; of any where none is named.
        agent: Option<String>,
    },
    /// The bound of a loop.
    SetBound {
        /// The while-condition.
        step: String,
        /// Turns.
        max_turns: u64,
    },
    /// Texts of a step, or of the playbook where no step is named; what is `None` stays.
    SetText {
        /// The step.
        step: Option<String>,
        /// A language of the translations; the playbook's own where none is named.
        language: Option<String>,
        /// The name.
        name: Option<String>,
        /// The description.
        description: Option<String>,
        /// Texts of the manual commands, in their order.
        commands: Option<Vec<String>>,
    },
}

/// Why nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// No such step.
    #[error("there is no step {0}")]
    NoStep(String),
    /// A step that cannot be moved or removed so.
    #[error("{0} is no step with commands that something follows")]
    NotMovable(String),
    /// Nothing can be put there.
    #[error("nothing can be put there: {0}")]
    NoPlace(String),
    /// An identifier that is there already, or is of another type.
    #[error("{0} is no new identifier of the type that is wanted")]
    Id(String),
    /// A time that is none, or not after the last change.
    #[error("modified must be a time such as 2026-11-03T20:00:00.000Z, after {0}")]
    Time(String),
    /// A text for which there is no place.
    #[error("{0}")]
    Text(&'static str),
    /// What came out is not sound.
    #[error("the playbook would not be sound: {0}")]
    Unsound(Box<Finding>),
    /// It would not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
}

/// Changes a playbook, all of it or nothing; `modified` is the new version's time.
///
/// A playbook that was not sound before may stay so, with no more errors than it had.
///
/// # Errors
/// A change that cannot be made, or that would leave the playbook unsound: the error names what.
pub fn edit(
    playbook: &Playbook,
    edits: &[Edit],
    modified: &str,
    limits: &Limits,
) -> Result<Playbook, EditError> {
    let last = playbook.modified().unwrap_or_default().to_owned();
    let is_later = match (forms::instant(modified), forms::instant(&last)) {
        (Some(new), Some(old)) => new > old,
        (new, None) => new.is_some(),
        (None, _) => false,
    };
    if !is_later {
        return Err(EditError::Time(last));
    }
    let mut members = playbook.members().clone();
    for one in edits {
        apply(&mut members, one)?;
    }
    members.insert("modified".to_owned(), modified.into());
    unsign(&mut members);
    let before = check(playbook, limits);
    let after = Playbook::from_value(&Value::Object(members), limits)?;
    let report = check(&after, limits);
    if report.errors > before.errors {
        let new =
            report.findings.iter().find(|finding| finding.is_error() && !before.findings.contains(finding));
        if let Some(finding) = new.or_else(|| report.findings.iter().find(|finding| finding.is_error())) {
            return Err(EditError::Unsound(Box::new(finding.clone())));
        }
    }
    Ok(after)
}

/// The time of a next version: now, or a millisecond after the last version where that one says that it is from the future.
/// `now` in seconds since 1970.
pub fn next_modified(playbook: &Playbook, now: i64) -> String {
    let now = now.saturating_mul(1_000_000);
    let last = playbook.modified().and_then(forms::instant).map_or(i64::MIN, |time| time.micros());
    let next = if last >= now { last.saturating_add(1_000) } else { now };
    // Years beyond 9999 are refused by `edit`.
    Timestamp::from_micros(next).map(|time| time.to_millis().as_str().to_owned()).unwrap_or_default()
}

/// Signatures are for bytes that are no longer there.
fn unsign(members: &mut Map<String, Value>) {
    members.remove("signatures");
    if let Some(Value::Object(summary)) = members.get_mut("playbook_processing_summary") {
        for name in ["digital_signatures", "countersigned_signatures"] {
            if summary.contains_key(name) {
                summary.insert(name.to_owned(), false.into());
            }
        }
    }
}

fn apply(members: &mut Map<String, Value>, edit: &Edit) -> Result<(), EditError> {
    match edit {
        Edit::Adopt { id, created_by, created } => adopt(members, id, created_by, created),
        Edit::AddStep(step, place) => steps::add(members, step, place),
        Edit::RemoveStep(step) => links::unlink(members, step).map(|()| steps::drop_step(members, step)),
        Edit::MoveStep(step, place) => {
            links::unlink(members, step)?;
            links::link(members, step, place)
        }
        Edit::Link { step, exit, to } => links::set(members, step, exit, to.as_deref()),
        Edit::SetAgent { step, agent } => {
            steps::step(members, step)?.insert("agent".to_owned(), agent.as_str().into());
            Ok(())
        }
        Edit::PutAgent { id, name, role, reports_to } => {
            steps::put_agent(members, id, name, role.as_deref(), reports_to.as_deref())
        }
        Edit::SetTimes { step, deadline, timeout } => {
            steps::set(steps::step(members, step)?, "timeout", timeout.map(Value::from));
            extended(members, step, "deadline", deadline.map(Value::from))
        }
        Edit::SetEvidence { step, evidence } => {
            let value = (*evidence != Evidence::None).then(|| json!(evidence));
            extended(members, step, "evidence", value)
        }
        Edit::SetSignOff { step, is_double, agent } => {
            extended(members, step, "sign_off", is_double.then(|| 2.into()))?;
            let agent = agent.as_deref().filter(|_| *is_double).map(Value::from);
            extended(members, step, "sign_off_agent", agent)
        }
        Edit::SetBound { step, max_turns } => extended(members, step, "max_turns", Some((*max_turns).into())),
        Edit::SetText { step, language, name, description, commands } => {
            let texts = steps::NewTexts { name, description, commands };
            steps::set_text(members, step.as_deref(), language.as_deref(), &texts)
        }
    }
}

fn adopt(
    members: &mut Map<String, Value>,
    id: &str,
    created_by: &str,
    created: &str,
) -> Result<(), EditError> {
    let old = members.get("id").cloned().unwrap_or_default();
    if forms::type_of(id) != Some("playbook") || old == id {
        return Err(EditError::Id(id.to_owned()));
    }
    let mut from = members.get("derived_from").and_then(Value::as_array).cloned().unwrap_or_default();
    if !from.contains(&old) {
        from.push(old);
    }
    members.insert("derived_from".to_owned(), from.into());
    for (name, value) in [("id", id), ("created_by", created_by), ("created", created)] {
        members.insert(name.to_owned(), value.into());
    }
    Ok(())
}

/// Sets a property of our extension in a step, or takes it out.
fn extended(
    members: &mut Map<String, Value>,
    step: &str,
    name: &str,
    value: Option<Value>,
) -> Result<(), EditError> {
    let is_set = value.is_some();
    let holder = steps::step(members, step)?;
    put_extension(holder, "step_extensions", name, value);
    if is_set {
        define_extension(members);
    }
    Ok(())
}

/// Sets a property of our extension wherever it stands, and takes away what becomes empty.
fn put_extension(holder: &mut Map<String, Value>, extensions: &str, name: &str, value: Option<Value>) {
    if value.is_none() && holder.get(extensions).and_then(|all| all.get(EXTENSION_ID)).is_none() {
        return;
    }
    let all = holder.entry(extensions).or_insert_with(|| json!({}));
    let Value::Object(all) = all else { return };
    if let Value::Object(own) = all.entry(EXTENSION_ID).or_insert_with(|| json!({})) {
        steps::set(own, name, value);
        if own.is_empty() {
            all.remove(EXTENSION_ID);
        }
    }
    if all.is_empty() {
        holder.remove(extensions);
    }
}

/// An extension that is used must be defined.
fn define_extension(members: &mut Map<String, Value>) {
    let created_by = members.get("created_by").cloned().unwrap_or_default();
    let all = members.entry("extension_definitions").or_insert_with(|| json!({}));
    if let Value::Object(all) = all {
        all.entry(EXTENSION_ID).or_insert_with(|| {
            json!({
                "type": "extension-definition",
                "name": "scrutineer-tasks",
                "description": "Deadlines, evidence, second signatures, bounds of loops, lines of authority, translations.",
                "created_by": created_by,
                "schema": "https://scrutineer.example/schemas/cacao-tasks-1.json",
                "version": "1",
            })
        });
    }
}
