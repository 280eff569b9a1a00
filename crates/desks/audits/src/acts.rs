//! The acts of an audit as a whole, called by pages, API and CLI alike. Each decides on the audit as it stands: who is
//! slower decides anew on what the faster has left.

use crate::data::{self, Kept};
use crate::kinds as k;
use crate::view::{input_owner, read_ceremony, seed_owner};
use rusqlite::Connection;
use scr_audits::assorter::CardStyle;
use scr_audits::record::{Contest, Decision, Settings};
use scr_audits::workflow::{Audit, Party, Step, Typed, Upload, What, codes};
use scr_canon::{Hash32, sha256, to_canonical};
use scr_core::{Actor, Refusal, RefusalKind, Role, slug};
use scr_engine::{ActError, Engine, Fault, KindSpec, NewEvent, Receipt};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// There is no such audit.
pub(crate) const ABSENT: &str = "SCR-AUD-259";
/// A text that cannot be made public.
pub(crate) const NOT_PUBLIC: &str = "SCR-AUD-258";
/// What was read or handed in was erased.
pub(crate) const ERASED: &str = "SCR-AUD-257";
/// Attempts at an id that is free.
const ATTEMPTS: u32 = 100;

/// A new audit.
#[derive(Debug, Clone)]
pub struct NewAudit {
    /// Its title.
    pub title: String,
    /// The election, where it is in the record.
    pub election: Option<String>,
    /// How it works.
    pub settings: Settings,
    /// Each round is drawn with a seed of its own.
    pub fresh_seeds: bool,
}

/// Something handed in, in its normal form.
#[derive(Debug, Clone)]
pub struct NewUpload<'a> {
    /// Whose.
    pub jurisdiction: String,
    /// What.
    pub what: What,
    /// Its normal form.
    pub bytes: &'a [u8],
    /// What the record says of it.
    pub upload: Upload,
    /// The name of the file: kept private.
    pub file_name: String,
}

pub(crate) fn absent() -> Refusal {
    Refusal::new(RefusalKind::NotFound, ABSENT)
}

pub(crate) fn subject(audit: &str) -> String {
    format!("audit:{audit}")
}

/// As what somebody acts on something of this jurisdiction. A supervisor without a place looks after all of them, as in
/// an office with one jurisdiction.
pub(crate) fn party(actor: &Actor, jurisdiction: Option<&str>) -> Option<Party> {
    match (actor.role, &actor.place) {
        (Role::Manager, None) => Some(Party::Administrator),
        (Role::Supervisor, Some(place)) => Some(Party::Jurisdiction(place.clone())),
        (Role::Supervisor, None) => Some(Party::Jurisdiction(jurisdiction.unwrap_or_default().to_owned())),
        (Role::Observer, _) => Some(Party::Observer),
        _ => None,
    }
}

/// The audit with this id, for somebody of the organisation that runs it.
pub(crate) fn own(views: &Connection, actor: &Actor, id: &str) -> Result<Kept, ActError> {
    let kept = data::audit(views, id)?.ok_or_else(absent)?;
    if kept.org() != actor.org.as_str() {
        return Err(not_yours().into());
    }
    Ok(kept)
}

pub(crate) fn not_yours() -> Refusal {
    Refusal::new(RefusalKind::Forbidden, codes::NOT_YOURS)
}

/// Whether settings go together.
fn fits(settings: &Settings) -> Result<(), Refusal> {
    let refuse = |code, field: &str| Err(Refusal::new(RefusalKind::Invalid, code).on(field));
    if !settings.method.is_drawn_with(settings.sampler) {
        return refuse(codes::WRONG_SAMPLER, "sampler");
    }
    if settings.card_style == CardStyle::Known && !settings.method.may_know_styles() {
        return refuse(codes::UNKNOWN_STYLES, "card_style");
    }
    Ok(())
}

/// Begins an audit; its id follows from its title.
pub fn create(engine: &Engine, actor: &Actor, new: &NewAudit) -> Result<(String, Vec<Receipt>), ActError> {
    if party(actor, None) != Some(Party::Administrator) {
        return Err(not_yours().into());
    }
    fits(&new.settings)?;
    let title = new.title.trim();
    let audit = Audit::new(title, new.settings.clone(), new.fresh_seeds)?;
    let object = put(engine, &new.settings)?;
    let id = free_id(engine, title)?;
    let receipts = engine.record(actor, &|views, _| {
        if data::exists(views, &id)? {
            return Err(Refusal::new(RefusalKind::Conflict, codes::WRONG_STATE).with("state", &id).into());
        }
        let mut public = json!({"audit": id, "title": title, "method": name_of(&new.settings.method)?,
            "sampler": name_of(&new.settings.sampler)?, "fresh_seeds": audit.fresh_seeds(), "object": object});
        if let Some(election) = &new.election {
            public["election"] = json!(election);
        }
        Ok(vec![NewEvent::about(&k::CREATED, subject(&id), public)])
    })?;
    Ok((id, receipts))
}

/// An id out of a title that no audit has.
fn free_id(engine: &Engine, title: &str) -> Result<String, ActError> {
    let base = Some(slug(title)).filter(|slug| !slug.is_empty()).unwrap_or_else(|| "audit".to_owned());
    let ids = std::iter::once(base.clone()).chain((2..ATTEMPTS).map(|number| format!("{base}-{number}")));
    for id in ids {
        if !engine.read(|views| data::exists(views, &id))? {
            return Ok(id);
        }
    }
    Err(Refusal::new(RefusalKind::Conflict, codes::TOO_LONG).on("title").into())
}

/// The name of a variant in the record.
pub(crate) fn name_of<T: Serialize>(value: &T) -> Result<String, Fault> {
    let value = serde_json::to_value(value).map_err(|error| Fault::log(&error))?;
    Ok(value.as_str().unwrap_or_default().to_owned())
}

/// Keeps a value as an object in canonical JSON.
pub(crate) fn put<T: Serialize>(engine: &Engine, value: &T) -> Result<Hash32, ActError> {
    let bytes = to_canonical(value)
        .map_err(|error| Refusal::new(RefusalKind::Invalid, codes::TOO_LONG).with("what", error))?;
    Ok(engine.objects().put(&bytes)?)
}

/// Takes a step: checks it on the audit as it stands, and records what `event` makes of it.
pub(crate) fn take(
    engine: &Engine,
    actor: &Actor,
    id: &str,
    (step, party): (&Step, Option<Party>),
    event: &dyn Fn(&Kept, &Audit) -> Result<NewEvent, ActError>,
) -> Result<Vec<Receipt>, ActError> {
    let party = party.ok_or_else(not_yours)?;
    engine.record(actor, &|views, _| {
        let kept = own(views, actor, id)?;
        let after = kept.audit.step(&party, step)?;
        Ok(vec![event(&kept, &after)?])
    })
}

/// An event about an audit.
fn about(kind: &'static KindSpec, kept: &Kept, mut public: Value) -> NewEvent {
    public["audit"] = json!(kept.id);
    NewEvent::about(kind, subject(&kept.id), public)
}

/// Words that will be published: they fit, and name no address or telephone number.
pub(crate) fn public_text(reason: &str) -> Result<(), Refusal> {
    let Value::Object(public) = json!({"reason": reason.trim()}) else { return Ok(()) };
    k::PUBLIC_TEXT.check(&public).map_err(|_| Refusal::new(RefusalKind::Invalid, NOT_PUBLIC).on("reason"))
}

/// Says which jurisdictions take part.
pub fn name_jurisdictions(
    engine: &Engine,
    actor: &Actor,
    id: &str,
    names: &BTreeSet<String>,
) -> Result<Vec<Receipt>, ActError> {
    let object = put(engine, names)?;
    let step = Step::NameJurisdictions(names.clone());
    take(engine, actor, id, (&step, party(actor, None)), &|kept, _| {
        let public = json!({"count": names.len(), "object": object});
        Ok(about(&k::JURISDICTIONS_NAMED, kept, public))
    })
}

/// Chooses a contest, or states one of this name anew.
pub fn choose_contest(
    engine: &Engine,
    actor: &Actor,
    id: &str,
    contest: &Contest,
) -> Result<Vec<Receipt>, ActError> {
    let object = put(engine, contest)?;
    let step = Step::ChooseContest(contest.clone());
    take(engine, actor, id, (&step, party(actor, None)), &|kept, _| {
        let public = json!({"contest": contest.name, "risk_limit": contest.risk_limit,
            "targeted": contest.targeted, "object": object});
        Ok(about(&k::CONTEST_CHOSEN, kept, public))
    })
}

/// Leaves a contest out again.
pub fn drop_contest(engine: &Engine, actor: &Actor, id: &str, name: &str) -> Result<Vec<Receipt>, ActError> {
    let step = Step::DropContest { name: name.to_owned() };
    take(engine, actor, id, (&step, party(actor, None)), &|kept, _| {
        Ok(about(&k::CONTEST_DROPPED, kept, json!({"contest": name})))
    })
}

/// Hands something in, in its normal form.
pub fn upload(
    engine: &Engine,
    actor: &Actor,
    id: &str,
    new: &NewUpload<'_>,
) -> Result<Vec<Receipt>, ActError> {
    if sha256(new.bytes) != new.upload.sha256 {
        return Err(Refusal::new(RefusalKind::Invalid, codes::WRONG_OBJECT).with("what", "sha256").into());
    }
    let (jurisdiction, what) = (&new.jurisdiction, new.what);
    let step = Step::Upload { jurisdiction: jurisdiction.clone(), what, upload: new.upload.clone() };
    take(engine, actor, id, (&step, party(actor, Some(jurisdiction))), &|kept, after| {
        let public = json!({"version": after.version(), "jurisdiction": jurisdiction, "what": what.as_str(),
            "sha256": new.upload.sha256, "rows": new.upload.rows, "ballots": new.upload.ballots});
        let owner = input_owner(&kept.id, jurisdiction);
        Ok(about(&k::UPLOAD_MADE, kept, public).private("content", owner.clone(), new.bytes).private(
            "file_name",
            owner,
            new.file_name.as_bytes(),
        ))
    })
}

/// Signs what a jurisdiction has handed in, as the signer saw it.
pub fn sign_uploads(
    engine: &Engine,
    actor: &Actor,
    id: &str,
    (jurisdiction, over): (&str, &Hash32),
) -> Result<Vec<Receipt>, ActError> {
    let step = Step::SignUploads { jurisdiction: jurisdiction.to_owned(), over: *over };
    take(engine, actor, id, (&step, party(actor, Some(jurisdiction))), &|kept, after| {
        let public = json!({"version": after.version(), "jurisdiction": jurisdiction, "over": over});
        Ok(about(&k::UPLOAD_SIGNED, kept, public))
    })
}

/// Goes back to before the seed: the next version.
pub fn reopen(engine: &Engine, actor: &Actor, id: &str, reason: &str) -> Result<Vec<Receipt>, ActError> {
    public_text(reason)?;
    let step = Step::Reopen { reason: reason.trim().to_owned() };
    take(engine, actor, id, (&step, party(actor, None)), &|kept, after| {
        let public = json!({"version": after.version(), "reason": reason.trim()});
        Ok(about(&k::REOPENED, kept, public))
    })
}

/// What came of the typing of a seed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SeedTyped {
    /// Another person types now.
    First,
    /// The two differ: two people type again.
    Differs,
    /// Both typed the same: the seed stands.
    Agreed,
}

/// Types the digits of the dice. Whoever has one of these roles may, of any organisation.
pub fn type_seed(
    engine: &Engine,
    actor: &Actor,
    id: &str,
    digits: &str,
) -> Result<(SeedTyped, Vec<Receipt>), ActError> {
    if party(actor, None).is_none() {
        return Err(not_yours().into());
    }
    let outcome = std::cell::Cell::new(SeedTyped::First);
    let receipts = engine.record(actor, &|views, _| {
        let kept = data::audit(views, id)?.ok_or_else(absent)?;
        let before = read_ceremony(views, id)?.unwrap_or_default();
        let typed = before.typed(&kept.audit, &actor.person, digits)?;
        let base = json!({"version": kept.audit.version(), "round": kept.audit.rounds().len() + 1});
        let person = format!("person:{}", actor.person);
        let (kind, mut public, now) = match &typed {
            Typed::First(_) => (&k::SEED_TYPED, base, SeedTyped::First),
            Typed::Differs(_) => (&k::SEED_TYPED, base, SeedTyped::Differs),
            Typed::Agreed { .. } => (&k::SEED_DRAWN, base, SeedTyped::Agreed),
        };
        outcome.set(now);
        let event = match typed {
            Typed::Agreed { seed, failed } => {
                let step = Step::Seed { seed: seed.clone(), failed };
                kept.audit.step(&Party::Administrator, &step)?;
                public["seed"] = json!(seed);
                public["failed"] = json!(failed);
                about(kind, &kept, public)
            }
            _ => {
                public["outcome"] = json!(if now == SeedTyped::First { "first" } else { "differs" });
                about(kind, &kept, public).private("digits", seed_owner(id), digits.as_bytes())
            }
        };
        Ok(vec![event.private("person", person, actor.person.as_str().as_bytes())])
    })?;
    Ok((outcome.get(), receipts))
}

/// Says what follows a closed round.
pub fn decide(
    engine: &Engine,
    actor: &Actor,
    id: &str,
    (decision, reason): (Decision, &str),
) -> Result<Vec<Receipt>, ActError> {
    public_text(reason)?;
    let step = Step::Decide { decision, reason: reason.trim().to_owned() };
    take(engine, actor, id, (&step, party(actor, None)), &|kept, _| {
        let mut public = round(kept);
        public["decision"] = json!(decision);
        if !reason.trim().is_empty() {
            public["reason"] = json!(reason.trim());
        }
        Ok(about(&k::ROUND_DECIDED, kept, public))
    })
}

/// Gives up the open round.
pub fn abandon(engine: &Engine, actor: &Actor, id: &str, reason: &str) -> Result<Vec<Receipt>, ActError> {
    public_text(reason)?;
    let step = Step::Abandon { reason: reason.trim().to_owned() };
    take(engine, actor, id, (&step, party(actor, None)), &|kept, _| {
        let mut public = round(kept);
        public["reason"] = json!(reason.trim());
        Ok(about(&k::ROUND_ABANDONED, kept, public))
    })
}

/// Ends the audit with what a full hand count found.
pub fn finish(
    engine: &Engine,
    actor: &Actor,
    id: &str,
    found: &[scr_audits::record::FullCount],
) -> Result<Vec<Receipt>, ActError> {
    let object = put(engine, &found)?;
    let step = Step::Finish { result: object };
    take(engine, actor, id, (&step, party(actor, None)), &|kept, _| {
        let public = json!({"version": kept.audit.version(), "object": object});
        Ok(about(&k::FINISHED, kept, public))
    })
}

/// Version and number of the last round.
pub(crate) fn round(kept: &Kept) -> Value {
    json!({"version": kept.audit.version(), "round": kept.audit.rounds().len()})
}

/// An event about an audit and its last round.
pub(crate) fn about_round(kind: &'static KindSpec, kept: &Kept, more: Value) -> NewEvent {
    let mut public = round(kept);
    if let (Some(public), Value::Object(more)) = (public.as_object_mut(), more) {
        public.extend(more);
    }
    about(kind, kept, public)
}

/// An event about a version of an audit.
pub(crate) fn about_version(kind: &'static KindSpec, kept: &Kept, mut public: Value) -> NewEvent {
    public["version"] = json!(kept.audit.version());
    about(kind, kept, public)
}
