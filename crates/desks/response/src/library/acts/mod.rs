//! What people do with playbooks. Pages, API and command line call these.

mod calls;
mod change;
mod keys;
mod plan;

pub use change::{Changed, change, changed};
pub use keys::{pin, unpin};
pub use plan::{adopt_plan, draft_plan};

use super::kinds as k;
use super::read::{self, Version};
use super::shelf::{self, Book};
use super::{ADOPTERS, codes};
use rusqlite::Connection;
use scr_canon::Hash32;
use scr_core::{Actor, Refusal, RefusalKind, Role, Tlp, slug};
use scr_engine::rusqlite;
use scr_engine::{ActError, Ctx, Engine, KindSpec, NewEvent, Receipt};
use scr_playbooks::forms::type_of;
use scr_playbooks::signature::{PinnedKey, Verdict, verify};
use serde_json::{Value, json};

/// Playbooks of an installation.
const MOST: usize = 500;
/// Versions of a playbook.
const MOST_VERSIONS: u64 = 1_000;
/// Bytes of a reason.
const LONGEST_REASON: usize = 1_000;

/// A playbook to import.
#[derive(Debug, Clone, Copy)]
pub struct NewPlaybook<'a> {
    /// Its exact bytes.
    pub bytes: &'a [u8],
    /// Its code; where none is given, it is made of its name, and a playbook that is here already keeps its own.
    pub code: Option<&'a str>,
    /// Why it takes the place of the version before.
    pub reason: Option<&'a str>,
    /// Whether it is one of those that come with the program.
    pub is_starter: bool,
}

/// What was imported.
#[derive(Debug)]
pub struct Imported {
    /// The playbook's code.
    pub code: String,
    /// The version.
    pub version: u64,
    /// The entries.
    pub receipts: Vec<Receipt>,
}

/// Acts for an organisation are a manager's.
pub(super) fn decides(actor: &Actor) -> Result<(), Refusal> {
    let may = actor.role == Role::Manager && actor.place.is_none();
    if may { Ok(()) } else { Err(Refusal::new(RefusalKind::Forbidden, codes::NOT_YOURS)) }
}

/// What one person made, a manager or supervisor adopts.
fn signs(actor: &Actor) -> Result<(), Refusal> {
    let may = ADOPTERS.contains(&actor.role) && actor.place.is_none();
    if may { Ok(()) } else { Err(Refusal::new(RefusalKind::Forbidden, codes::NOT_YOURS)) }
}

/// A reason that fits and can be published; `None` where none is given.
fn reason_of(reason: Option<&str>) -> Result<Option<String>, Refusal> {
    let Some(reason) = reason.map(str::trim).filter(|reason| !reason.is_empty()) else { return Ok(None) };
    if reason.len() > LONGEST_REASON || !is_public(reason) {
        return Err(Refusal::new(RefusalKind::Invalid, codes::REASON).on("reason"));
    }
    Ok(Some(reason.to_owned()))
}

fn no_reason() -> Refusal {
    Refusal::new(RefusalKind::Invalid, codes::REASON).on("reason")
}

/// Whether a text names no address and no telephone number.
pub(super) fn is_public(text: &str) -> bool {
    let Value::Object(public) = json!({"reason": text}) else { return false };
    k::PUBLIC_TEXT.check(&public).is_ok()
}

fn subject(code: &str) -> String {
    format!("response:playbook:{code}")
}

/// The subject that owns the texts of a playbook, by which they can be erased.
fn owner(code: &str) -> String {
    format!("response-playbook:{code}")
}

/// Adds who acts, for those who may open it.
fn by(event: NewEvent, actor: &Actor) -> NewEvent {
    event.private("person", format!("person:{}", actor.person), actor.person.as_str().as_bytes())
}

fn about(kind: &'static KindSpec, code: &str, public: Value) -> NewEvent {
    NewEvent::about(kind, subject(code), public)
}

/// Imports a playbook as the next version of one of the organisation's, or as a new one. One with errors is taken too: as a
/// draft, which nobody can adopt.
///
/// # Errors
/// `SCR-RSP-001`, `-003` to `-008`, `-016`. Faults.
pub fn import(engine: &Engine, actor: &Actor, new: &NewPlaybook<'_>) -> Result<Imported, ActError> {
    decides(actor)?;
    let book = Book::read(new.bytes)?;
    let how = if new.is_starter { "starter" } else { "file" };
    keep(engine, actor, &Keep { book: &book, code: new.code, reason: new.reason, how, over: None })
}

/// A version that is to be recorded.
struct Keep<'a> {
    book: &'a Book,
    code: Option<&'a str>,
    reason: Option<&'a str>,
    how: &'static str,
    /// The version that was changed: it must still be the newest.
    over: Option<&'a Hash32>,
}

fn keep(engine: &Engine, actor: &Actor, new: &Keep<'_>) -> Result<Imported, ActError> {
    let reason = reason_of(new.reason)?;
    let decided = std::cell::RefCell::new((String::new(), 0));
    let decide = |views: &Connection, ctx: &Ctx<'_>| {
        let code = code(views, actor, new)?;
        let before = read::versions(views, &code)?.into_iter().next();
        if let Some(before) = &before {
            may_follow(views, actor, (new, before), reason.as_deref())?;
        } else if read::newest(views, Some(&actor.org))?.len() >= MOST {
            return Err(Refusal::new(RefusalKind::Conflict, codes::MANY).with("most", MOST).into());
        }
        let version = before.map_or(0, |before| before.version) + 1;
        let signer = signer(views, actor, new.book, ctx.now)?;
        *decided.borrow_mut() = (code.clone(), version);
        let public = public(new, (&code, version), signer.as_deref(), reason.as_deref());
        let content = new.book.playbook.raw().as_bytes();
        Ok(vec![by(about(&k::IMPORTED, &code, public).private("content", owner(&code), content), actor)])
    };
    let receipts = engine.record(actor, &decide)?;
    let (code, version) = decided.into_inner();
    Ok(Imported { code, version, receipts })
}

fn public(new: &Keep<'_>, (code, version): (&str, u64), signer: Option<&str>, reason: Option<&str>) -> Value {
    let book = new.book;
    let mut public = json!({
        "playbook": code, "version": version, "sha256": book.sha256, "how": new.how,
        "bytes": book.playbook.raw().len(), "steps": book.graph.nodes.len(),
        "errors": book.report.errors, "warnings": book.report.warnings,
    });
    // What is no identifier is any text.
    let id = book.playbook.id().filter(|id| type_of(id) == Some("playbook"));
    for (name, value) in [("id", id), ("signed_by", signer), ("reason", reason)] {
        if let Some(value) = value {
            public[name] = json!(value);
        }
    }
    public
}

/// Which playbook it is: the one that was named, the one with its identifier, or a new one.
fn code(views: &Connection, actor: &Actor, new: &Keep<'_>) -> Result<String, ActError> {
    if let Some(code) = new.code.map(str::trim).filter(|code| !code.is_empty()) {
        if !is_code(code) {
            return Err(Refusal::new(RefusalKind::Invalid, codes::WRONG_CODE).on("code").into());
        }
        return Ok(code.to_owned());
    }
    let id = new.book.playbook.id().filter(|id| type_of(id) == Some("playbook"));
    if let Some(id) = id
        && let Some(code) = read::code_of(views, &actor.org, id)?
    {
        return Ok(code);
    }
    let wanted = wanted_code(new.book, id);
    let is_free = |code: &str| -> rusqlite::Result<bool> { Ok(read::versions(views, code)?.is_empty()) };
    for number in 1..=MOST {
        let code = if number == 1 { wanted.clone() } else { format!("{wanted}-{number}") };
        if is_code(&code) && is_free(&code)? {
            return Ok(code);
        }
    }
    Err(Refusal::new(RefusalKind::Invalid, codes::WRONG_CODE).on("code").into())
}

/// A code of the playbook's name; of its identifier where the name is not for everybody, because codes are public.
fn wanted_code(book: &Book, id: Option<&str>) -> String {
    let named = book.playbook.name().filter(|_| book.tlp == Tlp::Clear).map(slug).unwrap_or_default();
    let short: String = named.chars().take(40).collect();
    let short = short.trim_matches('-').to_owned();
    if is_code(&short) {
        return short;
    }
    let hash = id.map_or_else(|| book.sha256.to_hex(), |id| scr_canon::sha256(id.as_bytes()).to_hex());
    format!("playbook-{}", &hash[..8])
}

/// Small letters, digits and hyphens, and no name of a page.
fn is_code(code: &str) -> bool {
    let fine = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (2..=48).contains(&code.len())
        && code.bytes().all(fine)
        && code.as_bytes().first() != Some(&b'-')
        && !["new", "check", "keys"].contains(&code)
}

/// Whether a version may follow another.
fn may_follow(
    views: &Connection,
    actor: &Actor,
    (new, before): (&Keep<'_>, &Version),
    reason: Option<&str>,
) -> Result<(), ActError> {
    let refuse = |code| Err(Refusal::new(RefusalKind::Conflict, code).into());
    if before.org != actor.org.as_str() {
        return refuse(codes::FOREIGN);
    }
    if new.over.is_some_and(|over| *over != before.sha256) {
        return refuse(codes::OTHER_BYTES);
    }
    if before.sha256 == new.book.sha256 {
        return refuse(codes::SAME);
    }
    if before.version >= MOST_VERSIONS {
        return Err(Refusal::new(RefusalKind::Conflict, codes::MANY).with("most", MOST_VERSIONS).into());
    }
    // Two texts of one identifier and one time would be two versions that nobody can tell apart.
    if let Some(content) = read::content(views, &before.sha256)? {
        let old = Book::read(&content)?;
        let time = |book: &Book| book.playbook.modified().and_then(scr_playbooks::forms::micros);
        let is_same = old.playbook.id().is_some() && old.playbook.id() == new.book.playbook.id();
        if is_same && time(new.book) <= time(&old) {
            let modified = old.playbook.modified().unwrap_or_default().chars().take(40).collect::<String>();
            return Err(Refusal::new(RefusalKind::Conflict, codes::NOT_LATER)
                .with("modified", modified)
                .into());
        }
    }
    if reason.is_none() {
        return Err(no_reason().into());
    }
    Ok(())
}

/// Which of the organisation's pinned keys signed it.
fn signer(views: &Connection, actor: &Actor, book: &Book, now: i64) -> Result<Option<String>, ActError> {
    let pinned: Vec<PinnedKey> = read::keys(views, actor.org.as_str())?
        .iter()
        .filter_map(|key| PinnedKey::parse(&key.name, &key.spki).ok())
        .collect();
    let signed = verify(&book.playbook, &pinned, now.saturating_mul(1_000_000));
    Ok(signed.into_iter().find_map(|one| match one.verdict {
        Verdict::Good(name) if one.level == 0 => Some(name),
        _ => None,
    }))
}

/// Puts a version in force for the actor's organisation. Its own, or another's that is published.
///
/// # Errors
/// `SCR-RSP-001`, `-002`, `-009` to `-012`, `-017`, `-025`, `-026`. Faults.
pub fn adopt(
    engine: &Engine,
    actor: &Actor,
    (code, number): (&str, u64),
    over: &Hash32,
) -> Result<Vec<Receipt>, ActError> {
    signs(actor)?;
    let absent = || Refusal::new(RefusalKind::NotFound, codes::ABSENT);
    let found = engine.read(|views| read::version(views, code, number))?.ok_or_else(absent)?;
    let content = shelf::bytes(engine, &found.sha256)?.ok_or_else(shelf::gone)?;
    let book = Book::read(&content)?;
    if !book.report.is_sound() || book.plan.is_none() {
        let errors = book.report.errors.max(1);
        return Err(Refusal::new(RefusalKind::Conflict, codes::UNSOUND).with("errors", errors).into());
    }
    let others = calls::fit(engine, actor, code, &book)?;
    let is_public = book.tlp == Tlp::Clear;
    // An object must be there before an entry names it.
    let object = if is_public { Some(engine.objects().put(&content)?) } else { None };
    let decide = |views: &Connection, _: &Ctx<'_>| {
        let refuse = |kind, code| Err(Refusal::new(kind, code).into());
        let version = read::version(views, code, number)?.ok_or_else(absent)?;
        if !shelf::may_read(views, Some(&actor.org), &version)? {
            return Err(absent().into());
        }
        if version.sha256 != *over {
            return refuse(RefusalKind::Conflict, codes::OTHER_BYTES);
        }
        if read::maker(views, version.index)?.as_deref() == Some(actor.person.as_str()) {
            return refuse(RefusalKind::Forbidden, codes::FOUR_EYES);
        }
        let is_in_force = |one: &read::Adopted| one.code == code && one.version == number;
        let adopted = read::adopted(views, Some(&actor.org))?;
        if adopted.iter().any(is_in_force) {
            return refuse(RefusalKind::Conflict, codes::IN_FORCE);
        }
        // What it begins was looked at together with what was in force then.
        if others.as_ref().is_some_and(|seen| *seen != adopted) {
            return refuse(RefusalKind::Conflict, codes::OTHER_BYTES);
        }
        let mut public = json!({"playbook": code, "version": number, "sha256": version.sha256});
        if let Some(object) = &object {
            public["object"] = json!(object);
        }
        Ok(vec![by(about(&k::ADOPTED, code, public), actor)])
    };
    engine.record(actor, &decide)
}

/// Says that no version of a playbook is in force for the actor's organisation any more.
///
/// # Errors
/// `SCR-RSP-001`, `-005`, `-013`. Faults.
pub fn withdraw(engine: &Engine, actor: &Actor, code: &str, reason: &str) -> Result<Vec<Receipt>, ActError> {
    decides(actor)?;
    let reason = reason_of(Some(reason))?.ok_or_else(no_reason)?;
    let decide = |views: &Connection, _: &Ctx<'_>| {
        let all = read::adopted(views, Some(&actor.org))?;
        let absent = || Refusal::new(RefusalKind::Conflict, codes::NOT_IN_FORCE);
        let one = all.iter().find(|one| one.code == code).ok_or_else(absent)?;
        let public = json!({"playbook": code, "version": one.version, "reason": reason});
        Ok(vec![by(about(&k::WITHDRAWN, code, public), actor)])
    };
    engine.record(actor, &decide)
}
