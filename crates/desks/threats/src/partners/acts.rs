//! What members do with their sources. Pages and programs call these.

use super::address::Address;
use super::fetch::{Client, Login, Rules};
use super::source::{self, Kind, NewSource, Secret, Source, Terms};
use super::taxii::{self, Offer};
use super::trouble::Trouble;
use super::{misp, work};
use crate::exchange::Exchange;
use crate::share::{self, Sharing, WRITERS};
use scr_core::{Actor, Refusal, RefusalKind, Role, Tlp, uuid_v7};
use scr_engine::ActError;
use scr_store::{Statement, Store};
use scr_threats::{Batch, SourceAct, SourceTerms, codes};
use scr_web::App;

/// Sources of one organisation.
const MAX_SOURCES: usize = 50;
/// Longest name, in characters.
const MAX_NAME: usize = 100;
/// Seconds between two polls: a minute to a week.
pub(crate) const INTERVALS: std::ops::RangeInclusive<i64> = 60..=7 * 86_400;

fn refuse(kind: RefusalKind, code: &str) -> Refusal {
    Refusal::new(kind, code)
}

/// Whether somebody sees the sources of their organisation.
pub(crate) fn may_see(actor: &Actor) -> bool {
    WRITERS.contains(&actor.role) && actor.place.is_none()
}

/// Whether somebody decides about them.
pub(crate) fn may_change(actor: &Actor) -> bool {
    actor.role == Role::Manager && actor.place.is_none()
}

fn decides(actor: &Actor) -> Result<(), Refusal> {
    if may_change(actor) { Ok(()) } else { Err(refuse(RefusalKind::Forbidden, codes::NOT_YOURS)) }
}

fn sees(actor: &Actor) -> Result<(), Refusal> {
    if may_see(actor) { Ok(()) } else { Err(refuse(RefusalKind::Forbidden, codes::NOT_YOURS)) }
}

fn store(app: &App) -> Result<&Store, ActError> {
    Ok(share::store(&Exchange::of(app))?)
}

/// All sources of an organisation.
pub(crate) fn all(app: &App, actor: &Actor) -> Result<Vec<Source>, ActError> {
    sees(actor)?;
    Ok(source::all(store(app)?, &actor.org)?)
}

/// One of them.
pub(crate) fn one(app: &App, actor: &Actor, id: &str) -> Result<Source, ActError> {
    sees(actor)?;
    let found = source::read(store(app)?, &actor.org, id)?;
    found.ok_or_else(|| refuse(RefusalKind::NotFound, codes::NO_SOURCE).into())
}

/// From where somebody wants objects.
pub(crate) struct Wanted {
    /// What stands there.
    pub(crate) kind: Kind,
    /// What they call it; the server's name without it.
    pub(crate) name: String,
    /// The address, as typed.
    pub(crate) address: String,
    /// The login.
    pub(crate) login: Login,
}

impl Wanted {
    fn read(&self, rules: &Rules) -> Result<Address, Refusal> {
        let wrong = || refuse(RefusalKind::Invalid, codes::WRONG_SOURCE).on("address");
        let address = Address::read(&self.address).ok_or_else(wrong)?;
        if !address.is_https() && !rules.may_be_private {
            return Err(wrong());
        }
        if !self.login.is_usable() {
            return Err(refuse(RefusalKind::Invalid, codes::WRONG_LOGIN).on("login"));
        }
        Ok(address)
    }

    /// The name, or the server's.
    fn name(&self, address: &Address) -> String {
        let name: String = self.name.trim().chars().filter(|c| !c.is_control()).take(MAX_NAME).collect();
        if name.is_empty() { address.uri().host().unwrap_or_default().to_owned() } else { name }
    }
}

/// Begins with a source; nothing is polled until it has a place to go to.
///
/// # Errors
/// `SCR-THR-010`, `-051`, `-052`, `-054`.
pub(crate) fn begin(app: &App, actor: &Actor, wanted: &Wanted) -> Result<String, ActError> {
    decides(actor)?;
    let address = wanted.read(&work::rules(app))?;
    let store = store(app)?;
    if source::all(store, &actor.org)?.len() >= MAX_SOURCES {
        return Err(refuse(RefusalKind::Conflict, codes::TOO_MANY_SOURCES).into());
    }
    let id = uuid_v7(&*app.clock, &*app.entropy);
    let secret = Secret { address: address.whole(), login: wanted.login.clone() };
    let new = NewSource {
        id: &id,
        org: &actor.org,
        kind: wanted.kind,
        name: &wanted.name(&address),
        shown: &address.shown(),
        login: wanted.login.kind(),
        sealed: &secret.seal(&app.engine, &id)?,
        person: actor.person.as_str(),
        made: app.clock.now(),
    };
    source::begin(store, &new)?;
    Ok(id)
}

/// What the server of a source has.
pub(crate) enum Found {
    /// Collections.
    Collections(Offer),
    /// A feed: how many events, and the title and time of the newest.
    Feed {
        /// How many.
        events: usize,
        /// The newest: title and seconds since 1970.
        newest: Option<(String, i64)>,
    },
}

/// Asks the server of a source what it has.
pub(crate) fn look(app: &App, source: &Source) -> Result<Found, Trouble> {
    let (address, login) = source.secret(&app.engine)?;
    // Somebody waits for the page.
    let seconds = std::time::Duration::from_secs;
    let rules = Rules { begin: seconds(8), silence: seconds(8), whole: seconds(20), ..work::rules(app) };
    let client = Client::new(&address, &login, &rules)?;
    let begun = std::time::Instant::now();
    let mut beat = || begun.elapsed() < seconds(30);
    match source.kind {
        Kind::Taxii => taxii::offer(&client, &address, &mut beat).map(Found::Collections),
        Kind::Misp => {
            let manifest = misp::manifest(&client, &address, &mut beat)?;
            let newest = manifest.entries.values().max_by_key(|entry| entry.timestamp);
            let newest = newest.map(|entry| (entry.info.chars().take(200).collect(), entry.timestamp));
            Ok(Found::Feed { events: manifest.entries.len(), newest })
        }
    }
}

/// Where a source is to go.
pub(crate) struct Whereto<'a> {
    /// The collection of theirs, where the server has several: an address of the same server.
    pub(crate) theirs: Option<&'a str>,
    /// The community's code.
    pub(crate) community: &'a str,
    /// The collection's id or short name.
    pub(crate) collection: &'a str,
    /// What comes is at least this narrow.
    pub(crate) at_least: Tlp,
    /// Seconds between two polls.
    pub(crate) every: i64,
}

/// Says where a source goes, and switches it on.
///
/// # Errors
/// `SCR-THR-002`, `-010`, `-012`, `-013`, `-050`, `-053`, `-057`.
pub(crate) fn set_up(app: &App, actor: &Actor, id: &str, to: &Whereto<'_>) -> Result<(), ActError> {
    decides(actor)?;
    let source = one(app, actor, id)?;
    if !INTERVALS.contains(&to.every) {
        return Err(refuse(RefusalKind::Invalid, codes::WRONG_INTERVAL).on("every").into());
    }
    let sharing = Sharing {
        community: to.community.to_owned(),
        collection: to.collection.to_owned(),
        pseudonym: None,
        audience: None,
        unmarked: None,
        source: None,
        despite: Vec::new(),
    };
    let placed = app.engine.read(|views| Ok(share::place(views, actor, &sharing)))?;
    let (_, collection) = placed?;
    let mut statements = Vec::new();
    let mut shown = source.shown.clone();
    if let Some(theirs) = to.theirs {
        let (relogin, at) = chosen(app, &source, theirs)?;
        statements.extend(relogin);
        shown = at;
    }
    if (source.community.as_str(), source.collection.as_str()) != (to.community, collection.id.as_str()) {
        // What came into the one place has yet to come into the other.
        statements.extend(source::from_the_beginning(id));
    }
    let terms =
        Terms { community: to.community, collection: &collection.id, at_least: to.at_least, every: to.every };
    statements.push(source::settle(id, &terms, actor.person.as_str(), app.clock.now()));
    let recorded = SourceTerms {
        kind: source.kind.as_str().to_owned(),
        address: shown,
        community: to.community.to_owned(),
        collection: collection.id.clone(),
        at_least: to.at_least,
        every_seconds: u32::try_from(to.every).unwrap_or(u32::MAX),
    };
    statements.extend(recording(app, actor, id, Some(recorded))?);
    store(app)?.execute_all(&statements).map_err(|error| scr_engine::Fault::log(&error).into())
}

/// The source at another collection of its own server.
fn chosen(app: &App, source: &Source, theirs: &str) -> Result<(Vec<Statement>, String), ActError> {
    let wrong = || refuse(RefusalKind::Invalid, codes::NOT_OFFERED).on("theirs");
    let (before, login) =
        source.secret(&app.engine).map_err(|_| refuse(RefusalKind::Conflict, codes::WRONG_LOGIN))?;
    let address =
        Address::read(theirs).filter(|address| address.server() == before.server()).ok_or_else(wrong)?;
    let is_other = address.whole() != before.whole();
    let secret = Secret { address: address.whole(), login };
    let sealed = secret.seal(&app.engine, &source.id)?;
    let shown = address.shown();
    Ok((source::relogin(&source.id, (&shown, secret.login.kind(), &sealed), is_other), shown))
}

/// What is recorded of an act, with the next batch: for the members' own later proof, and for nobody else.
fn recording(
    app: &App,
    actor: &Actor,
    id: &str,
    terms: Option<SourceTerms>,
) -> Result<Vec<Statement>, ActError> {
    let act = SourceAct { owner: actor.org.clone(), source: id.to_owned(), terms };
    share::hidden(&Exchange::of(app), actor, &Batch { sources: vec![act], ..Batch::new(0) })
}

/// Another login for a source.
///
/// # Errors
/// `SCR-THR-010`, `-050`, `-052`.
pub(crate) fn relogin(app: &App, actor: &Actor, id: &str, login: Login) -> Result<(), ActError> {
    decides(actor)?;
    let source = one(app, actor, id)?;
    if !login.is_usable() {
        return Err(refuse(RefusalKind::Invalid, codes::WRONG_LOGIN).on("login").into());
    }
    let (address, _) =
        source.secret(&app.engine).map_err(|_| refuse(RefusalKind::Conflict, codes::WRONG_SOURCE))?;
    let secret = Secret { address: address.whole(), login };
    let sealed = secret.seal(&app.engine, id)?;
    let mut statements = source::relogin(id, (&source.shown, secret.login.kind(), &sealed), false);
    statements.push(source::due_now(id, app.clock.now()));
    store(app)?.execute_all(&statements).map_err(|error| scr_engine::Fault::log(&error).into())
}

/// Stops a source, or lets it go on.
///
/// # Errors
/// `SCR-THR-010`, `-050`, `-056`.
pub(crate) fn switch(app: &App, actor: &Actor, id: &str, is_on: bool) -> Result<(), ActError> {
    decides(actor)?;
    ready(one(app, actor, id)?)?;
    Ok(source::switch(store(app)?, id, is_on, app.clock.now())?)
}

/// Asks for a poll at once.
///
/// # Errors
/// `SCR-THR-010`, `-050`, `-056`.
pub(crate) fn poll_now(app: &App, actor: &Actor, id: &str) -> Result<(), ActError> {
    let source = ready(one(app, actor, id)?)?;
    if !source.is_on {
        return Err(refuse(RefusalKind::Conflict, codes::NOT_SET_UP).into());
    }
    Ok(source::hurry(store(app)?, id, app.clock.now())?)
}

fn ready(source: Source) -> Result<Source, Refusal> {
    if source.is_ready() { Ok(source) } else { Err(refuse(RefusalKind::Conflict, codes::NOT_SET_UP)) }
}

/// Takes a source out. What came from it stays.
///
/// # Errors
/// `SCR-THR-010`, `-050`.
pub(crate) fn remove(app: &App, actor: &Actor, id: &str) -> Result<(), ActError> {
    decides(actor)?;
    let source = one(app, actor, id)?;
    let mut statements = source::remove(id);
    if source.is_ready() {
        statements.extend(recording(app, actor, id, None)?);
    }
    store(app)?.execute_all(&statements).map_err(|error| scr_engine::Fault::log(&error).into())
}
