//! Who is to get an alert: worked out once for each released alert, from the areas that it is for and the contacts that are
//! in force.

use super::gateway::{self, Way, hex};
use super::outbox::{self, NewMessage};
use super::wire::address;
use crate::issued::{self, Issued};
use crate::network;
use crate::network::contacts::{self, Contact, Holder, Level};
use hmac::{Hmac, KeyInit as _, Mac as _};
use scr_canon::sha256;
use scr_engine::{ActError, Engine, Fault};
use scr_store::{Store, StoreError, sql};
use scr_web::{App, issuer_name};
use sha2::Sha256;
use std::collections::{BTreeMap, BTreeSet};

/// Released alerts of an organisation that one look goes through, the newest; and for how long after their end, in seconds.
const LOOK: u16 = 200;
const LOOK_AFTER: i64 = 7 * 86_400;
/// Messages that are sealed and put into the outbox at a time.
const CHUNK: usize = 2_000;
const PURPOSE: &str = "alerts-message";

/// One message to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// The station that it is for.
    pub station: Option<u32>,
    /// Code of the area.
    pub area: String,
    /// By which way.
    pub way: Way,
    /// Number, address of e-mail, or of a program.
    pub address: String,
    /// ISO 639-1.
    pub language: String,
    /// The reading level.
    pub level: Level,
}

pub(crate) fn store(app: &App) -> Result<&Store, ActError> {
    app.store().ok_or_else(|| Fault::log(&"the desk has no operational tables").into())
}

pub(crate) fn fault(error: &StoreError) -> ActError {
    Fault::log(error).into()
}

/// Takes up alerts that were released and are not taken up yet, each exactly once, whoever looks and however often; gives how
/// many.
pub(crate) fn take_up(app: &App) -> Result<u64, ActError> {
    let store = store(app)?;
    let mut taken = 0;
    let ends_after = app.clock.now() - LOOK_AFTER;
    let found = app.engine.read(|views| issued::newest_of(views, None, ends_after, LOOK))?;
    let Some(oldest) = found.last().copied() else { return Ok(0) };
    let done = store
        .query(&sql!(
            "SELECT alert FROM alerts_dispatch WHERE alert >= $1 AND listed > 0",
            oldest.cast_signed()
        ))
        .and_then(|rows| rows.iter().map(|row| row.count("alert")).collect::<Result<BTreeSet<u64>, _>>())
        .map_err(|error| fault(&error))?;
    for alert in found.into_iter().rev().filter(|index| !done.contains(index)) {
        // An alert that cannot be taken up is tried again soon, and holds up no other.
        match take_up_one(app, alert) {
            Ok(()) => taken += 1,
            Err(error) => tracing::error!(%error, alert, "an alert could not be taken up"),
        }
    }
    Ok(taken)
}

fn take_up_one(app: &App, alert: u64) -> Result<(), ActError> {
    let Some(issued) = app.engine.read(|views| issued::at(views, alert))? else { return Ok(()) };
    let all = match ends(app, &issued)? {
        Some(_) => Recipients::default(),
        None => recipients(app, (&issued.election, &issued.text.areas), &owner(app, &issued))?,
    };
    list(app, alert, &all.all, all.unreached)
}

/// Why nothing more of an alert is sent: `overtaken` by an update or a cancellation of the same status, or `expired`. An exercise expires in real time,
/// too: that is the time which its messages say.
pub(crate) fn ends(app: &App, issued: &Issued) -> Result<Option<&'static str>, ActError> {
    let by = app.engine.read(|views| {
        let by = issued::superseded_by(views, issued.index)?;
        by.into_iter().map(|index| issued::at(views, index)).collect::<Result<Vec<_>, _>>()
    })?;
    // An exercise takes back no alert that is meant, and the other way round.
    let is_overtaken = by.iter().flatten().any(|newer| newer.text.status == issued.text.status);
    Ok(if is_overtaken {
        Some("overtaken")
    } else if app.clock.now() >= issued.text.expires().cast_signed() {
        Some("expired")
    } else {
        None
    })
}

/// The organisation that released an alert: it goes by its gateways.
pub(crate) fn owner(app: &App, issued: &Issued) -> String {
    issuer_name(app.engine.ledger().origin(), &issued.issuer).to_owned()
}

/// Puts an alert's messages into the outbox. Cut off in the middle and begun again it comes to the same: each message has
/// one reference. From the last step on it is never done again.
///
/// # Errors
/// Faults of the store.
pub fn list(app: &App, alert: u64, all: &[Recipient], unreached: u64) -> Result<(), ActError> {
    let store = store(app)?;
    let issued = app.engine.read(|views| issued::at(views, alert))?;
    let owner =
        issued.map(|issued| owner(app, &issued)).ok_or_else(|| Fault::log(&"no alert stands there"))?;
    let salt = salt(app, store, alert)?;
    let mut areas: BTreeMap<&str, ()> = BTreeMap::new();
    for chunk in all.chunks(CHUNK) {
        let messages = chunk.iter().map(|one| message(&app.engine, &salt, one, ""));
        let messages: Vec<NewMessage> = messages.collect::<Result<_, Fault>>()?;
        outbox::put(store, (alert, &owner), app.clock.now(), &messages).map_err(|error| fault(&error))?;
        areas.extend(chunk.iter().map(|one| (one.area.as_str(), ())));
    }
    let text = "UPDATE alerts_dispatch SET listed = $2, unreached = $3 WHERE alert = $1 AND listed = 0";
    let listed = sql!(text, alert.cast_signed(), app.clock.now().max(1), unreached.cast_signed());
    store.execute(&listed).map_err(|error| fault(&error))?;
    tracing::info!(alert, messages = all.len(), areas = areas.len(), "an alert is being sent");
    Ok(())
}

/// Puts messages with words of their own beside an alert's: each goes once, however often it is asked for.
pub(super) fn add(app: &App, alert: u64, all: &[(Recipient, String)]) -> Result<(), ActError> {
    let store = store(app)?;
    let issued = app.engine.read(|views| issued::at(views, alert))?;
    let owner =
        issued.map(|issued| owner(app, &issued)).ok_or_else(|| Fault::log(&"no alert stands there"))?;
    let salt = salt(app, store, alert)?;
    let messages = all.iter().map(|(one, note)| message(&app.engine, &salt, one, note));
    let messages: Vec<NewMessage> = messages.collect::<Result<_, Fault>>()?;
    outbox::put(store, (alert, &owner), app.clock.now(), &messages).map_err(|error| fault(&error))
}

/// The key of an alert's references. Of two nodes that make one at once the first wins.
pub(super) fn salt(app: &App, store: &Store, alert: u64) -> Result<String, ActError> {
    let fresh = sha256(&app.entropy.bytes::<32>()).to_hex();
    let text = "INSERT INTO alerts_dispatch (alert, salt, begun, listed, unreached, ended) VALUES ($1, $2, $3, 0, 0, 0)
         ON CONFLICT (alert) DO NOTHING";
    store.execute(&sql!(text, alert.cast_signed(), fresh, app.clock.now())).map_err(|error| fault(&error))?;
    let row = store
        .query_opt(&sql!("SELECT salt FROM alerts_dispatch WHERE alert = $1", alert.cast_signed()))
        .map_err(|error| fault(&error))?;
    let row = row.ok_or_else(|| Fault::log(&"an alert was not taken up"))?;
    Ok(row.text("salt").map_err(|error| fault(&error))?.to_owned())
}

fn message(engine: &Engine, salt: &str, one: &Recipient, note: &str) -> Result<NewMessage, Fault> {
    let address = whereto(one);
    let reference = reference(&format!("{salt}{note}"), one);
    let whereto = address.as_deref().unwrap_or_default();
    let shown = match one.way {
        Way::Webhook => address::server(&one.address),
        _ => address::masked(&one.address),
    };
    Ok(NewMessage {
        way: one.way,
        station: one.station,
        area: one.area.clone(),
        language: one.language.clone(),
        level: one.level.as_str(),
        note: note.to_owned(),
        sealed: engine.seal_secret(PURPOSE, &reference, whereto.as_bytes())?,
        shown,
        broken: address.is_none(),
        reference,
    })
}

/// The address as a gateway takes it; `None` for one that is none: nothing is sent there.
fn whereto(one: &Recipient) -> Option<String> {
    match one.way {
        Way::Sms => address::telephone(&one.address),
        Way::Email => address::email(&one.address).map(|address| address.to_string()),
        Way::Webhook => address::read(&one.address).map(|_| one.address.clone()),
    }
}

/// The recipient's address; `None` where it cannot be opened here.
pub(crate) fn open(engine: &Engine, reference: &str, sealed: &str) -> Option<String> {
    let bytes = engine.open_secret(PURPOSE, reference, sealed)?;
    String::from_utf8(bytes.to_vec()).ok()
}

/// The reference of a message: 96 bits that follow from the alert's salt and the recipient, and that nobody can guess.
fn reference(salt: &str, one: &Recipient) -> String {
    // HMAC takes keys of any length: the branch without a key does not exist.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(salt.as_bytes()) else { return String::new() };
    let station = one.station.map(|number| number.to_string()).unwrap_or_default();
    for part in [one.way.key(), &station, &one.area, &one.address] {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part.as_bytes());
    }
    hex(mac.finalize().into_bytes().get(..12).unwrap_or_default())
}

/// Messages, and stations that have nobody to reach.
#[derive(Debug, Default)]
struct Recipients {
    all: Vec<Recipient>,
    unreached: u64,
}

/// What the outbox would hold for an alert, counted: the messages that would go, and whom none reaches.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Counted {
    /// Messages by way, the contact's language (ISO 639-1) and reading level.
    pub messages: BTreeMap<(Way, String, Level), u64>,
    /// Stations that have nobody to reach.
    pub unreached: u64,
}

impl Counted {
    /// All messages of a way.
    pub fn of(&self, way: Way) -> u64 {
        self.messages.iter().filter(|((one, _, _), _)| *one == way).map(|(_, count)| count).sum()
    }
}

/// Counts what would be sent now to these areas by an organisation: chosen as for the outbox, so that a preview and the sending do
/// not differ. An address that is none costs nothing, and one that a station has twice is written to once.
///
/// # Errors
/// Faults of the store.
pub fn counted(app: &App, (election, areas): (&str, &[String]), owner: &str) -> Result<Counted, ActError> {
    let found = recipients(app, (election, areas), owner)?;
    let mut counted = Counted { unreached: found.unreached, ..Counted::default() };
    let mut seen = BTreeSet::new();
    for one in &found.all {
        let mut is_new = || seen.insert((one.way, one.station, one.area.as_str(), one.address.as_str()));
        if whereto(one).is_some() && is_new() {
            *counted.messages.entry((one.way, one.language.clone(), one.level)).or_default() += 1;
        }
    }
    Ok(counted)
}

fn recipients(app: &App, (election, areas): (&str, &[String]), owner: &str) -> Result<Recipients, ActError> {
    let mut found = Recipients::default();
    if let Some(network) = network::of(app, election)? {
        let known: Vec<String> =
            areas.iter().filter(|code| network.tree.find(code).is_some()).cloned().collect();
        if known.len() < areas.len() {
            tracing::warn!(election, "an alert names areas that the newest network does not have");
        }
        let within =
            network.tree.within(&known).map_err(|codes| Fault::log(&format!("no areas {codes:?}")))?;
        let now = app.clock.now();
        let contacts =
            app.engine.read(|views| contacts::for_areas(views, election, &network, &within, now))?;
        let codes: BTreeMap<u32, u32> =
            network.stations.within(&within).map(|station| (station.number, station.area)).collect();
        let mut reached = BTreeSet::new();
        for contact in &contacts {
            let (station, area) = match &contact.holder {
                Holder::Station(number) => {
                    let area = codes.get(number).and_then(|area| network.tree.area(*area));
                    (Some(*number), area.map(|area| area.code.clone()).unwrap_or_default())
                }
                Holder::Area(code) => (None, code.clone()),
            };
            let before = found.all.len();
            found.all.extend(of_contact(contact, station, &area));
            if found.all.len() > before {
                reached.extend(station);
            }
        }
        found.unreached = codes.len().saturating_sub(reached.len()) as u64;
    }
    found.all.extend(programs(app, owner)?);
    Ok(found)
}

pub(super) fn of_contact(contact: &Contact, station: Option<u32>, area: &str) -> Vec<Recipient> {
    let ways = [(Way::Sms, &contact.sms), (Way::Email, &contact.email), (Way::Webhook, &contact.webhook)];
    let ways = ways.into_iter().filter_map(|(way, address)| Some((way, address.clone()?)));
    let recipient = |(way, address)| Recipient {
        station,
        area: area.to_owned(),
        way,
        address,
        language: contact.language.clone(),
        level: contact.level,
    };
    ways.map(recipient).collect()
}

/// Programs that are told of every alert: webhooks with an address of their own.
fn programs(app: &App, owner: &str) -> Result<Vec<Recipient>, ActError> {
    let all = gateway::all(store(app)?).map_err(|error| fault(&error))?;
    let is_own = |one: &&gateway::Gateway| one.org == owner && one.kind.way() == Way::Webhook && one.is_on;
    let own = all.iter().filter(is_own).filter_map(|one| {
        let sealed = one.open(&app.engine)?;
        let gateway::Settings::Webhook { address, .. } = sealed.settings else { return None };
        (!address.is_empty()).then(|| Recipient {
            station: None,
            area: String::new(),
            way: Way::Webhook,
            address,
            language: "en".to_owned(),
            level: Level::Official,
        })
    });
    Ok(own.collect())
}

/// Drops what is left of alerts that have ended or were overtaken, and closes those of which nothing is left.
pub(crate) fn close(app: &App) -> Result<(), ActError> {
    let store = store(app)?;
    let open = store
        .query(&sql!("SELECT alert FROM alerts_dispatch WHERE ended = 0 AND listed > 0"))
        .and_then(|rows| rows.iter().map(|row| row.count("alert")).collect::<Result<Vec<u64>, _>>())
        .map_err(|error| fault(&error))?;
    for alert in open {
        if let Err(error) = close_one(app, store, alert) {
            tracing::error!(%error, alert, "whether an alert has ended could not be written down");
        }
    }
    Ok(())
}

fn close_one(app: &App, store: &Store, alert: u64) -> Result<(), ActError> {
    let now = app.clock.now();
    let issued = app.engine.read(|views| issued::at(views, alert))?;
    let why = match &issued {
        Some(issued) => ends(app, issued)?,
        None => None,
    };
    if let Some(why) = why {
        let dropped = outbox::overtake(store, alert, why, now).map_err(|error| fault(&error))?;
        if dropped > 0 {
            tracing::info!(alert, dropped, why, "what was left of an alert is not sent any more");
        }
    }
    let text = "UPDATE alerts_dispatch SET ended = $2 WHERE alert = $1 AND NOT EXISTS
         (SELECT 1 FROM alerts_message WHERE alert = $1 AND state IN (0, 1, 5))";
    store.execute(&sql!(text, alert.cast_signed(), now)).map(drop).map_err(|error| fault(&error))
}
