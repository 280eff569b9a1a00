//! What people do with drafts. Pages, programs and the demonstration call these.

use super::draft::{Draft, LANGUAGES, STATUSES, Spoken, value};
use super::kinds::{AGREED, APPROVED, codes};
use super::rules::{self, Facts, Named, Turn};
use super::table::{self, Kept};
use super::{cap, sign, view};
use crate::drills;
use crate::issued::{self, Content, ISSUED, Issued, Reach, Standing};
use crate::network::{self, Network};
use rusqlite::Connection;
use scr_alerts::{AlertText, Kind, Reference};
use scr_canon::b64;
use scr_core::{Actor, Refusal, RefusalKind};
use scr_engine::rusqlite;
use scr_engine::{ActError, Ctx, Fault, NewEvent, Receipt};
use scr_i18n::Zone;
use scr_web::{App, issuer_name};
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;

fn refuse(kind: RefusalKind, code: &str) -> ActError {
    Refusal::new(kind, code).into()
}

/// What a draft begins with.
#[derive(Debug, Clone, Copy)]
pub struct Beginning<'a> {
    /// The election.
    pub election: &'a str,
    /// `actual`, `exercise`, `test`: chosen once.
    pub status: &'a str,
    /// The drill of an exercise.
    pub drill: Option<&'a str>,
    /// The entry of the alert that it updates or takes back, and `update` or `cancel`.
    pub of: Option<(u64, &'a str)>,
    /// Where it comes from: in words, and an address on this site.
    pub source: (&'a str, &'a str),
}

/// The election, where it is the actor's organisation's own: whoever defined an election releases alerts about it.
pub(crate) fn own_election(app: &App, actor: &Actor, code: &str) -> Result<view::Election, ActError> {
    let found = app.engine.read(|views| view::election(views, code))?;
    let is_own =
        |one: &view::Election| issuer_name(app.engine.ledger().origin(), &one.issuer) == actor.org.as_str();
    found
        .filter(is_own)
        .ok_or_else(|| Refusal::new(RefusalKind::NotFound, codes::NO_ELECTION).on("election").into())
}

/// Begins a draft. What updates or takes back an alert begins with that alert's areas and languages.
///
/// # Errors
/// `SCR-ALR-220`, `-223`, `-234`, `-236`, `-241`, `-245`.
pub fn begin(app: &App, actor: &Actor, new: &Beginning<'_>) -> Result<String, ActError> {
    let draft = prepare(app, actor, new)?;
    keep(app, actor, draft)
}

/// The draft that one begins with, before it is kept.
pub(crate) fn prepare(app: &App, actor: &Actor, new: &Beginning<'_>) -> Result<Draft, ActError> {
    rules::may_write(actor)?;
    own_election(app, actor, new.election)?;
    let wrong = |field: &str| Refusal::new(RefusalKind::Invalid, codes::WRONG_VALUE).on(field);
    value(&STATUSES, new.status).ok_or_else(|| wrong("status"))?;
    let mut draft = blank(app, actor, new);
    if let Some((index, kind)) = new.of {
        value(&super::draft::KINDS, kind).filter(|kind| *kind != Kind::Alert).ok_or_else(|| wrong("kind"))?;
        let found = app.engine.read(|views| issued::at(views, index))?;
        let found = found.filter(|one| one.election == new.election);
        let found = found.ok_or_else(|| refuse(RefusalKind::Invalid, codes::NOTHING_NAMED))?;
        follow(&mut draft, &found, kind);
    }
    let no_drill = || ActError::from(Refusal::new(RefusalKind::Conflict, codes::NO_DRILL).on("drill"));
    match draft.drill.as_deref() {
        Some(drill) if draft.status == "exercise" && drill_runs(app, drill, new.election)? => Ok(draft),
        None if draft.status != "exercise" => Ok(draft),
        _ => Err(no_drill()),
    }
}

/// Keeps a new draft; gives its id.
pub(crate) fn keep(app: &App, actor: &Actor, mut draft: Draft) -> Result<String, ActError> {
    rules::values(&draft)?;
    draft.areas.sort();
    draft.areas.dedup();
    for spoken in draft.words.values_mut() {
        actor.person.as_str().clone_into(&mut spoken.written_by);
    }
    let open = table::of_org(app, actor.org.as_str())?;
    table::insert(app, &draft, open.len())?;
    Ok(draft.id)
}

/// Whether an address is one of this site: browsers take `//name` and `/\name` for another site's.
fn is_path(href: &str) -> bool {
    href.starts_with('/') && !href.starts_with("//") && !href.contains(['\\', '\n', '\r', '\t'])
}

fn blank(app: &App, actor: &Actor, new: &Beginning<'_>) -> Draft {
    let clip = |text: &str, most: usize| -> String { text.trim().chars().take(most).collect() };
    Draft {
        id: scr_core::uuid_v7(&*app.clock, &*app.entropy),
        org: actor.org.to_string(),
        election: new.election.to_owned(),
        nonce: app.entropy.bytes::<32>().iter().map(|byte| format!("{byte:02x}")).collect(),
        kind: "alert".to_owned(),
        names: Vec::new(),
        status: new.status.to_owned(),
        drill: new.drill.filter(|drill| !drill.is_empty()).map(str::to_owned),
        event: "official-disinformation".to_owned(),
        category: "Security".to_owned(),
        urgency: "Immediate".to_owned(),
        severity: "moderate".to_owned(),
        certainty: "Observed".to_owned(),
        audience: "station".to_owned(),
        areas: Vec::new(),
        effective: None,
        expires: None,
        acknowledge_minutes: Some(30),
        goal: "read".to_owned(),
        source: clip(new.source.0, 300),
        source_href: Some(clip(new.source.1, 500)).filter(|href| is_path(href)).unwrap_or_default(),
        main: "en".to_owned(),
        words: BTreeMap::new(),
        changed_by: actor.person.to_string(),
    }
}

/// Takes over what an update or a cancellation has from the alert that it names.
fn follow(draft: &mut Draft, of: &Issued, kind: &str) {
    use super::draft::{AUDIENCES, SEVERITIES, word};
    let (text, content) = (&of.text, &of.content);
    kind.clone_into(&mut draft.kind);
    draft.names = vec![of.index];
    word(&STATUSES, &text.status).clone_into(&mut draft.status);
    draft.drill.clone_from(&of.drill);
    draft.event.clone_from(&content.event);
    draft.category.clone_from(&content.category);
    draft.urgency = if kind == "cancel" { "Past".to_owned() } else { content.urgency.clone() };
    word(&SEVERITIES, &text.severity).clone_into(&mut draft.severity);
    draft.certainty.clone_from(&content.certainty);
    word(&AUDIENCES, &text.audience).clone_into(&mut draft.audience);
    draft.areas.clone_from(&text.areas);
    draft.goal.clone_from(&content.goal);
    if let Some(first) = text.wordings.first() {
        draft.main.clone_from(&first.language);
    }
    if kind == "update" {
        for wording in &text.wordings {
            let spoken = Spoken {
                headline: wording.headline.clone(),
                instruction: wording.instruction.clone(),
                levels: content.words.get(&wording.language).cloned().unwrap_or_default(),
                written_by: draft.changed_by.clone(),
            };
            draft.words.insert(wording.language.clone(), spoken);
        }
    }
}

fn drill_runs(app: &App, drill: &str, election: &str) -> Result<bool, Fault> {
    app.engine.read(|views| runs(views, drill, election))
}

fn runs(views: &Connection, drill: &str, election: &str) -> rusqlite::Result<bool> {
    let found = drills::find(views, drill)?;
    Ok(found.is_some_and(|one| one.ended_at.is_none() && one.election == election))
}

/// A draft of the actor's organisation.
///
/// # Errors
/// `SCR-ALR-220`, `-221`.
pub(crate) fn draft(app: &App, actor: &Actor, id: &str) -> Result<Kept, ActError> {
    rules::may_write(actor)?;
    let found = table::find(app, id)?.filter(|kept| kept.draft.org == actor.org.as_str());
    found.ok_or_else(|| refuse(RefusalKind::NotFound, codes::NO_DRAFT))
}

/// A draft that can still be changed: `SCR-ALR-240` where it is released or given up.
pub(crate) fn open_draft(app: &App, actor: &Actor, id: &str) -> Result<Kept, ActError> {
    let kept = draft(app, actor, id)?;
    let is_released = app.engine.read(|views| Ok(issued::find(views, id)?.is_some()))?;
    if kept.is_dropped || is_released {
        return Err(refuse(RefusalKind::Conflict, codes::DONE));
    }
    Ok(kept)
}

/// Saves a change of a draft as its next version. Words that changed are marked as written by the actor, so that somebody
/// else approves them.
///
/// # Errors
/// `SCR-ALR-220` to `-223`, `-235`, `-236`, `-240`.
pub(crate) fn save(app: &App, actor: &Actor, seen: u64, mut new: Draft) -> Result<(), ActError> {
    let before = open_draft(app, actor, &new.id)?;
    let old = &before.draft;
    rules::stays(old, &new)?;
    rules::values(&new)?;
    for language in LANGUAGES {
        // The words alone: whoever wrote them does not approve them, whatever else was changed by others since.
        let same = new.says(language) == old.says(language);
        let by = if same { old.words.get(language).map(|spoken| spoken.written_by.clone()) } else { None };
        if let Some(spoken) = new.words.get_mut(language) {
            spoken.written_by = by.unwrap_or_else(|| actor.person.to_string());
        }
    }
    new.areas.sort();
    new.areas.dedup();
    new.changed_by = actor.person.to_string();
    table::update(app, &new, seen)
}

/// What is known around a draft now.
pub(crate) fn facts(
    views: &Connection,
    draft: &Draft,
    network: Option<&Network>,
    (day, now): (Option<(i64, i64)>, i64),
) -> Result<Facts, ActError> {
    let mut named = Vec::new();
    for index in &draft.names {
        let Some(one) = issued::at(views, *index)? else { continue };
        let standing = issued::standing(views, &one, now)?;
        let is_open =
            matches!(standing, Standing::ValidNow | Standing::NotYet) && one.text.kind != Kind::Cancel;
        let leaf = one.leaf.0.first_chunk().copied().unwrap_or_default();
        let place = Reference { index: one.index, leaf };
        named.push(Named { place, election: one.election, status: one.text.status, is_open });
    }
    let mut approved = BTreeMap::new();
    for said in view::approvals(views, &draft.id)? {
        if said.hash == draft.words_hash(&said.language)?.to_string() {
            approved.insert(said.language.clone(), said);
        }
    }
    let drill = draft.drill.as_deref();
    Ok(Facts {
        now,
        day,
        has_network: network.is_some(),
        unknown_areas: network
            .and_then(|network| network.tree.within(&draft.areas).err())
            .filter(|_| !draft.areas.is_empty())
            .unwrap_or_default(),
        drill_runs: drill.map_or(Ok(false), |drill| runs(views, drill, &draft.election))?,
        named,
        approved,
    })
}

/// When the day of an election begins and ends, in its own time zone.
fn day_of(app: &App, actor: &Actor, code: &str) -> Option<(i64, i64)> {
    let election = own_election(app, actor, code).ok()?;
    let zone = Zone::named(&election.zone).unwrap_or_else(|_| Zone::utc());
    let from = zone.begin_of(&election.day)?;
    Some((from, from + 86_400))
}

/// What is known around a draft, with its network.
pub(crate) fn known(
    app: &App,
    actor: &Actor,
    draft: &Draft,
) -> Result<(Facts, Option<Arc<Network>>), ActError> {
    let network = network::of(app, &draft.election)?;
    let day = day_of(app, actor, &draft.election);
    let now = app.clock.now();
    let found = app.engine.read(|views| Ok(facts(views, draft, network.as_deref(), (day, now))))??;
    Ok((found, network))
}

/// Approves exactly the words of a language. `seen`: the hash that the page showed.
///
/// # Errors
/// `SCR-ALR-220`, `-221`, `-228`, `-231`, `-232`, `-240`.
pub fn approve(
    app: &App,
    actor: &Actor,
    id: &str,
    language: &str,
    seen: &str,
) -> Result<Vec<Receipt>, ActError> {
    let kept = open_draft(app, actor, id)?;
    let draft = kept.draft;
    rules::may_approve(actor, &draft, language)?;
    let hash = draft.words_hash(language)?;
    if hash.to_string() != seen {
        return Err(refuse(RefusalKind::Conflict, codes::OTHER_WORDS));
    }
    let public = json!({"alert": id, "language": language, "hash": hash});
    app.engine.record(actor, &|_, _| {
        let event = NewEvent::about(&APPROVED, format!("alert:{id}"), public.clone());
        Ok(vec![by_person(event, actor)])
    })
}

fn by_person(event: NewEvent, actor: &Actor) -> NewEvent {
    event.private("person", format!("person:{}", actor.person), actor.person.as_str().as_bytes())
}

/// What somebody who releases has seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// The draft's version.
    pub version: u64,
    /// The number that the alert was to get.
    pub number: u16,
}

/// What came of an agreement.
#[derive(Debug)]
pub struct Done {
    /// What was recorded.
    pub receipts: Vec<Receipt>,
    /// Whether the alert is released; otherwise somebody else has to agree too.
    pub released: bool,
}

/// Whom a draft reaches.
pub(crate) fn reach(app: &App, draft: &Draft, network: &Network) -> Result<Reach, ActError> {
    let version = app.engine.read(|views| network::current(views, &draft.election))?;
    let within = network.tree.within(&draft.areas).ok();
    let mut reach = Reach { network: version.map_or(0, |one| one.version), stations: 0, voters: 0 };
    for station in within.iter().flat_map(|within| network.stations.within(within)) {
        reach.stations += 1;
        reach.voters += u64::from(station.voters);
    }
    Ok(reach)
}

/// The content of the alert that a draft becomes at `now`.
pub(crate) fn content(
    app: &App,
    sender: &str,
    draft: &Draft,
    (facts, network): (&Facts, &Network),
) -> Result<Content, ActError> {
    let languages = rules::going_out(draft, facts);
    let words = |language: &&str| Some(((*language).to_owned(), draft.words.get(*language)?.filled()));
    let name = |code: &String| {
        let area = network.tree.find(code).and_then(|place| network.tree.area(place));
        (code.clone(), area.map_or_else(|| code.clone(), |area| area.name.clone()))
    };
    let approved = |language: &&str| Some(((*language).to_owned(), facts.approved.get(*language)?.index));
    let by = draft.acknowledge_minutes.map(|minutes| facts.now + i64::from(minutes) * 60);
    Ok(Content {
        drill: draft.drill.clone(),
        category: draft.category.clone(),
        event: draft.event.clone(),
        urgency: draft.urgency.clone(),
        certainty: draft.certainty.clone(),
        acknowledge_by: by.and_then(|by| u64::try_from(by).ok()),
        goal: draft.goal.clone(),
        words: languages.iter().filter_map(words).collect(),
        areas: draft.areas.iter().map(name).collect(),
        sender_name: Some(sender.to_owned()).filter(|sender| !sender.is_empty()),
        site: app.config.site.clone().map(|site| site.trim_end_matches('/').to_owned()),
        reach: Some(reach(app, draft, network)?),
        nonce: Some(draft.nonce.clone()),
        approved: languages.iter().filter_map(approved).collect(),
    })
}

/// The alert that a draft becomes, as the views will have it, at a place in the log that is not known yet.
pub(crate) fn as_issued(draft: &Draft, text: &AlertText, content: &Content, now: i64) -> Issued {
    Issued {
        index: u64::from(u32::MAX),
        id: draft.id.clone(),
        election: draft.election.clone(),
        at: now,
        leaf: scr_canon::Hash32([0; 32]),
        issuer: String::new(),
        drill: draft.drill.clone(),
        text: text.clone(),
        content: content.clone(),
    }
}

/// Holds the message that will be made against the standard and the profile, before anything is recorded.
pub(crate) fn check_message(
    app: &App,
    draft: &Draft,
    one: &Issued,
    network: &Network,
) -> Result<(), ActError> {
    let earlier = app.engine.read(|views| {
        draft.names.iter().map(|index| issued::at(views, *index)).collect::<rusqlite::Result<Vec<_>>>()
    })?;
    let earlier: Vec<Issued> = earlier.into_iter().flatten().collect();
    let message = cap::message(app.engine.ledger().origin(), one, &earlier);
    let districts = network.tree.areas().iter().map(|area| area.code.clone()).collect();
    Ok(cap::check(&message, cap::LONGEST, districts)?)
}

/// Agrees to the release of a draft, and releases it where that is enough: then the entry of the alert is recorded in the same
/// act, and its CAP message is signed. `sender`: what the actor's organisation is called.
///
/// # Errors
/// Everything that `rules::missing` finds; `SCR-ALR-220` to `-222`, `-229`, `-230`, `-237`, `-238`, `-240`, `-244`.
pub fn release(app: &App, actor: &Actor, sender: &str, id: &str, seen: Seen) -> Result<Done, ActError> {
    rules::may_decide(actor)?;
    let kept = open_draft(app, actor, id)?;
    if kept.version != seen.version {
        return Err(refuse(RefusalKind::Conflict, codes::CHANGED));
    }
    let draft = kept.draft;
    let (found, network) = known(app, actor, &draft)?;
    first(rules::missing(&draft, &found))?;
    let network = network.ok_or_else(|| refuse(RefusalKind::Invalid, codes::NO_NETWORK))?;
    let content = content(app, sender, &draft, (&found, &network))?;
    let languages = rules::going_out(&draft, &found);
    let (text, _) = rules::compact(&draft, &languages, seen.number.max(1), &found.named, found.now)?;
    check_message(app, &draft, &as_issued(&draft, &text, &content, found.now), &network)?;
    let bytes = scr_canon::to_canonical(&content).map_err(|error| Fault::log(&error))?;
    let object = app.engine.objects().put(&bytes)?;
    let hash = draft.hash()?;
    let decide = |views: &Connection, _: &Ctx<'_>| -> Result<Vec<NewEvent>, ActError> {
        if issued::find(views, id)?.is_some() {
            return Err(refuse(RefusalKind::Conflict, codes::DONE));
        }
        let again = facts(views, &draft, Some(&network), (found.day, found.now))?;
        first(rules::missing(&draft, &again))?;
        if rules::going_out(&draft, &again) != languages {
            return Err(refuse(RefusalKind::Conflict, codes::CHANGED));
        }
        let mut agreed = view::agreements(views, id)?;
        agreed.retain(|one| one.hash == hash.to_string());
        let public = json!({"alert": id, "hash": hash});
        let mut events = vec![by_person(NewEvent::about(&AGREED, format!("alert:{id}"), public), actor)];
        if rules::turn(&draft, &agreed, actor.person.as_str())? == Turn::First {
            return Ok(events);
        }
        if issued::next_number(views, &draft.election, draft.status())? != Some(seen.number) {
            return Err(refuse(RefusalKind::Conflict, codes::NUMBER_TAKEN));
        }
        let (_, coded) = rules::compact(&draft, &languages, seen.number, &again.named, found.now)?;
        let public = json!({"alert": b64(&coded), "object": object});
        let mut event = NewEvent::about(&ISSUED, format!("alert:{id}"), public);
        event.guard.push(format!("election:{}", draft.election));
        // What it names must not be over by the time it is recorded.
        events.push(event);
        Ok(events)
    };
    let receipts = app.engine.record(actor, &decide)?;
    let issued = receipts.iter().find(|receipt| receipt.kind == ISSUED.name);
    if let Some(issued) = issued {
        released(app, issued.index);
    }
    Ok(Done { released: issued.is_some(), receipts })
}

/// What is done at once when an alert is in the log. It is out whatever becomes of this: works that look for what is left do it
/// later, and a page makes the board that is not there.
pub fn released(app: &App, index: u64) {
    crate::send::nudge(app, index);
    if let Err(error) = crate::know::prepare(app, index) {
        tracing::warn!(index, %error, "the board of the alert is made by the first page");
    }
    if let Err(error) = sign::sign(app, index) {
        tracing::warn!(index, %error, "the CAP message is not signed yet");
    }
}

fn first(found: Vec<Refusal>) -> Result<(), ActError> {
    found.into_iter().next().map_or(Ok(()), |refusal| Err(refusal.into()))
}
