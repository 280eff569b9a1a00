//! Who is reached and called: contacts of polling stations and of areas, each with a day on which it ends.
//!
//! Contacts are personal. The record says how many there are, never who: the rows are private payloads, a few hundred
//! together, so that one can be taken out by writing down the others of its payload again. What was recorded before is
//! then erased like any private content: by its entry, with two approvals.

mod file;
mod view;

pub use file::{Against, ContactLimits, read};
pub use view::{
    Counted, Kept, by_entry, counted, expired, find, for_areas, listed, of_area, of_station, superseded,
};

pub(crate) use file::{COLUMNS, end_of};
pub(crate) use view::{DIGESTS, SCHEMA, apply, forget};

use crate::login::is_own;
use scr_core::{Actor, Refusal, RefusalKind, Role};
use scr_engine::{ActError, Ctx, Engine, Fault, FieldSpec, FieldType, KindSpec, NewEvent, Receipt, rusqlite};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Contacts of an election. `part` of `parts`, all of one act; `mode`: `all` (they take the place of those before) or `added`.
pub(crate) const IMPORTED: KindSpec = KindSpec {
    name: "alerts.contacts.imported/1",
    public: &[
        FieldSpec::new("election", FieldType::Code(64)),
        FieldSpec::new("version", FieldType::Count),
        FieldSpec::new("part", FieldType::Count),
        FieldSpec::new("parts", FieldType::Count),
        FieldSpec::new("contacts", FieldType::Count),
        FieldSpec::new("mode", FieldType::Code(16)),
    ],
    private: &["contacts"],
};

/// Contacts of one earlier entry as they are from here on. `replaces`: that entry; `change`: `removed`, `renewed` or
/// `corrected`. Nothing private where none is left.
pub(crate) const CHANGED: KindSpec = KindSpec {
    name: "alerts.contacts.changed/1",
    public: &[
        FieldSpec::new("election", FieldType::Code(64)),
        FieldSpec::new("version", FieldType::Count),
        FieldSpec::new("replaces", FieldType::Count),
        FieldSpec::new("contacts", FieldType::Count),
        FieldSpec::new("change", FieldType::Code(16)),
    ],
    private: &["contacts"],
};

/// Contacts of one payload.
pub const PER_PAYLOAD: usize = 250;
/// Contacts of one election.
pub const MOST: usize = 200_000;
/// Longest time for which a contact may be in force, in days: thirteen months.
pub const LONGEST_DAYS: i64 = 396;
/// Days before its end from which on a contact is shown as needing renewal.
pub const RENEW_DAYS: i64 = 30;

const DAY: i64 = 86_400;

/// Whose contact it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Holder {
    /// A polling station, by its number.
    Station(u32),
    /// An area, by its code.
    Area(String),
}

/// The reading level that a contact is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// With technical detail.
    Expert,
    /// For election officials.
    Official,
    /// For everybody.
    Public,
}

/// At which level a contact decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Authority {
    /// The whole country.
    National,
    /// A region.
    Regional,
    /// A municipality or a polling station.
    Local,
    /// Another country or body.
    Ally,
}

impl Level {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Expert, Self::Official, Self::Public];

    /// Its name in files and in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Expert => "expert",
            Self::Official => "official",
            Self::Public => "public",
        }
    }

    /// The level of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == name)
    }
}

impl Authority {
    /// All of them, from above.
    pub const ALL: [Self; 4] = [Self::National, Self::Regional, Self::Local, Self::Ally];

    /// Its name in files and in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::National => "national",
            Self::Regional => "regional",
            Self::Local => "local",
            Self::Ally => "ally",
        }
    }

    /// The authority of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == name)
    }
}

/// Somebody who is reached or called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Sixteen hexadecimal digits; stays as long as the contact does.
    pub id: String,
    /// Whose contact it is.
    pub holder: Holder,
    /// What they are, for instance "duty officer of the municipality".
    pub function: String,
    /// What they are sent.
    pub level: Level,
    /// In which language, ISO 639-1.
    pub language: String,
    /// At which level they decide.
    pub authority: Authority,
    /// Number for messages, E.164 (`+4512345678`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sms: Option<String>,
    /// Address for e-mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Number for calls, E.164.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub telephone: Option<String>,
    /// Where a program is told, `https://…`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub webhook: Option<String>,
    /// Not used from then on, seconds since 1970, UTC.
    pub until: i64,
    /// Who of the same holder comes first: the smaller.
    pub order: u16,
}

impl Contact {
    /// Whether it may be used.
    pub fn is_in_force(&self, now: i64) -> bool {
        now < self.until
    }

    /// Whether it must be renewed soon, or is over.
    pub fn needs_renewal(&self, now: i64) -> bool {
        now >= self.until.saturating_sub(RENEW_DAYS * DAY)
    }
}

/// What becomes of the contacts before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// The new ones take their place.
    All,
    /// They stay.
    Added,
}

impl Mode {
    /// Its name in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Added => "added",
        }
    }
}

fn subject(election: &str) -> String {
    format!("alerts:contacts:{election}")
}

pub(crate) fn must_manage(actor: &Actor) -> Result<(), Refusal> {
    if actor.role == Role::Manager && actor.place.is_none() {
        Ok(())
    } else {
        Err(Refusal::new(RefusalKind::Forbidden, "SCR-ALR-200"))
    }
}

/// Whether an election is there and is somebody's organisation's. To others it is not there.
pub(crate) fn must_be_own(
    engine: &Engine,
    views: &rusqlite::Connection,
    election: &str,
    actor: &Actor,
) -> Result<(), ActError> {
    if is_own(views, engine.ledger().origin(), election, actor)? {
        Ok(())
    } else {
        Err(Refusal::new(RefusalKind::NotFound, "SCR-ALR-204").into())
    }
}

/// Records contacts, which [`read`] has checked. The ids that they bring are not looked at: each gets one.
///
/// # Errors
/// `SCR-ALR-200` (another role), `-204` (no such election), `-205` (none, or more than [`MOST`] with those that stay).
pub fn import(
    engine: &Engine,
    actor: &Actor,
    election: &str,
    mode: Mode,
    contacts: &[Contact],
) -> Result<Vec<Receipt>, ActError> {
    must_manage(actor)?;
    let mut contacts = contacts.to_vec();
    contacts.sort_by(|a, b| (&a.holder, a.order).cmp(&(&b.holder, b.order)));
    for contact in &mut contacts {
        contact.id = new_id(engine);
    }
    let payloads: Vec<Vec<u8>> = contacts.chunks(PER_PAYLOAD).map(payload).collect::<Result<_, Fault>>()?;
    engine.record(actor, &|views, ctx: &Ctx<'_>| {
        must_be_own(engine, views, election, actor)?;
        let stays = if mode == Mode::Added { counted(views, election, ctx.now)?.all } else { 0 };
        let too_many = contacts.len().saturating_add(usize::try_from(stays).unwrap_or(usize::MAX)) > MOST;
        if contacts.is_empty() || too_many {
            return Err(Refusal::new(RefusalKind::Invalid, "SCR-ALR-205").with("most", MOST).into());
        }
        let version = view::version(views, election)? + 1;
        let parts = (1u64..).zip(contacts.chunks(PER_PAYLOAD)).zip(&payloads);
        let events = parts.map(|((part, some), bytes)| {
            let public = json!({"election": election, "version": version, "part": part, "parts": payloads.len(),
                "contacts": some.len(), "mode": mode.as_str()});
            let owner = format!("{}:{version}:{part}", subject(election));
            NewEvent::about(&IMPORTED, subject(election), public).private("contacts", owner, bytes.clone())
        });
        Ok(events.collect())
    })
}

fn new_id(engine: &Engine) -> String {
    engine.entropy().bytes::<8>().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn payload(contacts: &[Contact]) -> Result<Vec<u8>, Fault> {
    serde_json::to_vec(contacts).map_err(|error| Fault::log(&error))
}

/// What is done with a contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// It is taken out.
    Remove,
    /// It ends later: seconds since 1970, UTC.
    Renew(i64),
    /// It is this from here on; id and holder stay.
    Correct(Box<Contact>),
}

impl Change {
    fn name(&self) -> &'static str {
        match self {
            Self::Remove => "removed",
            Self::Renew(_) => "renewed",
            Self::Correct(_) => "corrected",
        }
    }

    fn done(&self, contact: Contact, now: i64) -> Result<Option<Contact>, Refusal> {
        match self {
            Self::Remove => Ok(None),
            Self::Renew(until) => {
                if *until <= now || *until > now.saturating_add(LONGEST_DAYS * DAY) {
                    return Err(Refusal::new(RefusalKind::Invalid, "SCR-ALR-206").on("until"));
                }
                Ok(Some(Contact { until: *until, ..contact }))
            }
            Self::Correct(new) => {
                Ok(Some(Contact { id: contact.id, holder: contact.holder, ..(**new).clone() }))
            }
        }
    }
}

/// Changes contacts by their ids: those of the same entry are written down again, with the change.
///
/// # Errors
/// `SCR-ALR-200` (another role), `-204` (no such election), `-206` (an end that is over, or later than thirteen months),
/// `-207` (no such contact).
pub fn change(
    engine: &Engine,
    actor: &Actor,
    election: &str,
    ids: &[String],
    change: &Change,
) -> Result<Vec<Receipt>, ActError> {
    must_manage(actor)?;
    engine.record(actor, &|views, ctx: &Ctx<'_>| {
        must_be_own(engine, views, election, actor)?;
        let mut version = view::version(views, election)?;
        let mut events = Vec::new();
        for (entry, of_entry) in view::entries_of(views, election, ids)? {
            let mut left = Vec::new();
            for contact in by_entry(views, entry)? {
                if of_entry.contains(&contact.id) {
                    left.extend(change.done(contact, ctx.now)?);
                } else {
                    left.push(contact);
                }
            }
            version += 1;
            let public = json!({"election": election, "version": version, "replaces": entry, "contacts": left.len(),
                "change": change.name()});
            let event = NewEvent::about(&CHANGED, subject(election), public);
            let owner = format!("{}:{version}:1", subject(election));
            events.push(if left.is_empty() { event } else { event.private("contacts", owner, payload(&left)?) });
        }
        if events.is_empty() {
            return Err(Refusal::new(RefusalKind::NotFound, "SCR-ALR-207").into());
        }
        Ok(events)
    })
}
