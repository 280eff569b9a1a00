//! The telephone desk: silent stations are called from a queue. Caller and station convince each other by words of the sealed
//! card, and the station reads a code of its strips out.

use super::boards::{self, Shown, store};
use super::case::{self, Case};
use super::due::{NOT_REACHED, REACHED};
use super::kinds::CALL_MADE;
use super::strips::{self, Code};
use super::{OPERATORS, crumbs, intake};
use crate::network::{contacts, line};
use askama::Template;
use axum::extract::{Path, State};
use scr_alerts::acks::Channel;
use scr_alerts::spoken::{CLOSED_FOR, CODE_WORDS, Heard, MOST_WRONG, Side, SpokenState, code_words};
use scr_alerts::words::Tongue;
use scr_core::{Actor, Refusal, RefusalKind};
use scr_engine::{ActError, Fault, NewEvent, Receipt};
use scr_store::{Row, Store, StoreError, sql};
use scr_web::components::Crumb;
use scr_web::{App, FormState, Posted, Reply, Routes, Visit, form_page, go, kept, run};
use serde_json::json;
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Whoever has a station has it for so long, in seconds.
const LEASE: i64 = 600;
/// Stations that are tried when others are faster.
const TRIES: usize = 40;
/// Minutes until the next try that are offered.
const WAITS: [u64; 3] = [5, 15, 60];

/// The pages.
pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/desk/alerts/{id}/calls", OPERATORS, show)
        .post("/desk/alerts/{id}/calls/next", OPERATORS, next)
        .post("/desk/alerts/{id}/calls/taken", OPERATORS, taken)
        .post("/desk/alerts/{id}/calls/missed", OPERATORS, missed)
        .post("/desk/alerts/{id}/calls/leave", OPERATORS, leave)
}

fn fault(error: impl std::fmt::Display) -> ActError {
    Fault::log(&error).into()
}

/// A station that somebody is calling.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Held {
    station: u32,
    until: i64,
    tries: u64,
    line: u32,
}

fn held_in(row: &Row) -> Result<Held, StoreError> {
    Ok(Held {
        station: u32::try_from(row.count("station")?).unwrap_or(u32::MAX),
        until: row.int("until_at")?,
        tries: row.count("tries")?,
        line: u32::try_from(row.count("line")?).unwrap_or(u32::MAX),
    })
}

/// The station that somebody has.
fn held(store: &Store, alert: u64, holder: &str, now: i64) -> Result<Option<Held>, ActError> {
    let rows = store.query(&sql!(
        "SELECT station, until_at, tries, line FROM alerts_phone WHERE alert = $1 AND holder = $2 AND until_at > $3
         ORDER BY until_at DESC LIMIT 1",
        alert.cast_signed(),
        holder,
        now,
    ));
    rows.map_err(fault)?.first().map(held_in).transpose().map_err(fault)
}

/// Stations that nobody is to call now: somebody has them, or the next try is later. And how many of each.
fn busy(store: &Store, case: &Case, app: &App) -> Result<(BTreeSet<u32>, u64, u64), ActError> {
    let (now, time) = (app.clock.now(), case.now(app).cast_signed());
    let rows = store.query(&sql!(
        "SELECT station, until_at FROM alerts_phone WHERE alert = $1 AND (until_at > $2 OR next_at > $3)",
        case.index().cast_signed(),
        now,
        time,
    ));
    let (mut all, mut called, mut later) = (BTreeSet::new(), 0, 0);
    for row in rows.map_err(fault)? {
        all.insert(u32::try_from(row.count("station").map_err(fault)?).unwrap_or(u32::MAX));
        if row.int("until_at").map_err(fault)? > now { called += 1 } else { later += 1 }
    }
    Ok((all, called, later))
}

/// Gives somebody the silent station with most voters that nobody has. Two never get the same.
fn claim(app: &App, shown: &Shown, holder: &str) -> Result<Option<Held>, ActError> {
    let (case, store) = (&*shown.case, store(app)?);
    let (now, time) = (app.clock.now(), case.now(app).cast_signed());
    if let Some(held) = held(store, case.index(), holder, now)? {
        return Ok(Some(held));
    }
    let (busy, ..) = busy(store, case, app)?;
    let mut silent: Vec<_> =
        shown.board.silent(case.goal).filter(|station| !busy.contains(&station.number)).collect();
    silent.sort_by_key(|station| (Reverse(station.voters), station.number));
    for station in silent.into_iter().take(TRIES) {
        let got = store.query_opt(&sql!(
            "INSERT INTO alerts_phone (alert, station, holder, until_at, tries, next_at, line) VALUES ($1, $2, $3, $4, 0, 0, 0)
             ON CONFLICT (alert, station) DO UPDATE SET holder = $3, until_at = $4
             WHERE alerts_phone.until_at <= $5 AND alerts_phone.next_at <= $6
             RETURNING station, until_at, tries, line",
            case.index().cast_signed(),
            station.number,
            holder,
            now + LEASE,
            now,
            time,
        ));
        if let Some(row) = got.map_err(fault)? {
            let held = held_in(&row).map_err(fault)?;
            let line = strike(store, case, station.number, now)?;
            let keep = sql!(
                "UPDATE alerts_phone SET line = $3 WHERE alert = $1 AND station = $2",
                case.index().cast_signed(),
                station.number,
                line
            );
            store.execute(&keep).map_err(fault)?;
            return Ok(Some(Held { line, ..held }));
        }
    }
    Ok(None)
}

/// The next line of a station's card, struck out before it is said: whatever becomes of the call, it is said once.
fn strike(store: &Store, case: &Case, station: u32, now: i64) -> Result<u32, ActError> {
    let row = store.query_opt(&sql!(
        "INSERT INTO alerts_spoken (election, station, status, used, used_at, wrong, closed_until) VALUES ($1, $2, $3, 1, $4, 0, 0)
         ON CONFLICT (election, station, status) DO UPDATE SET used = alerts_spoken.used + 1, used_at = $4 RETURNING used",
        &case.issued.election,
        station,
        i64::from(case.issued.text.status.byte()),
        now,
    ));
    let used = row.map_err(fault)?.map_or(Ok(1), |row| row.count("used")).map_err(fault)?;
    Ok(u32::try_from(used).unwrap_or(u32::MAX))
}

/// What is remembered of a station's card.
fn spoken(store: &Store, case: &Case, station: u32) -> Result<SpokenState, ActError> {
    let row = store.query_opt(&sql!(
        "SELECT used, used_at, wrong, closed_until FROM alerts_spoken WHERE election = $1 AND station = $2 AND status = $3",
        &case.issued.election,
        station,
        i64::from(case.issued.text.status.byte()),
    ));
    let Some(row) = row.map_err(fault)? else { return Ok(SpokenState::default()) };
    let read = || {
        let until = row.count("closed_until")?;
        Ok::<_, StoreError>(SpokenState {
            used: u32::try_from(row.count("used")?).unwrap_or(u32::MAX),
            used_at: row.count("used_at")?,
            wrong: u8::try_from(row.count("wrong")?).unwrap_or(u8::MAX),
            closed_until: (until > 0).then_some(until),
        })
    };
    read().map_err(fault)
}

/// Checks the words that the station answered; refusals say what to do.
fn hear(app: &App, case: &Case, held: &Held, words: &str) -> Result<(), ActError> {
    let Some(secret) = case::master(app, &case.issued.election)?.station(held.station) else { return Ok(()) };
    let (store, now) = (store(app)?, app.clock.now().max(0).cast_unsigned());
    let before = spoken(store, case, held.station)?;
    // The line was struck out when the call began: what was used before it is what is compared with.
    let state = SpokenState { used: held.line.saturating_sub(1), ..before };
    let status = case.issued.text.status;
    let (heard, after) = state.hear((&secret, status, Side::Station), (words, tongue(case)), None, now);
    let refuse = |code: &str| Refusal::new(RefusalKind::Invalid, code).on("words");
    let refusal = match heard {
        Heard::Right { line } if line == held.line => None,
        Heard::NoWord => Some(refuse("SCR-ALR-291")),
        Heard::Right { .. } | Heard::Replayed { .. } => Some(refuse("SCR-ALR-292")),
        Heard::Wrong { left } => Some(refuse("SCR-ALR-293").with("left", left).with("most", MOST_WRONG)),
        Heard::Closed { .. } => Some(refuse("SCR-ALR-294").with("minutes", CLOSED_FOR / 60)),
    };
    let keep = sql!(
        "UPDATE alerts_spoken SET wrong = $4, closed_until = $5 WHERE election = $1 AND station = $2 AND status = $3",
        &case.issued.election,
        held.station,
        i64::from(status.byte()),
        i64::from(after.wrong),
        after.closed_until.unwrap_or(0).cast_signed(),
    );
    store.execute(&keep).map_err(fault)?;
    refusal.map_or(Ok(()), |refusal| Err(refusal.into()))
}

/// The language of the words on a card.
fn tongue(case: &Case) -> Tongue {
    Tongue::of_code(case.lang().code()).unwrap_or(Tongue::En)
}

/// The rung on which stations themselves are called; the first where the line has none.
pub(super) fn rung(app: &App, case: &Case) -> Result<usize, ActError> {
    let line = app.engine.read(|views| line::of(views, &case.issued.election))?;
    Ok(line.rungs().iter().position(|rung| rung.depth.is_none()).unwrap_or(0))
}

/// Records a call.
///
/// # Errors
/// Refusals of the log, faults.
pub(super) fn record_call(
    app: &App,
    actor: &Actor,
    case: &Case,
    (rung, callee): (usize, &str),
    outcome: &str,
) -> Result<Vec<Receipt>, ActError> {
    record_calls(app, actor, case, (rung, &[callee.to_owned()]), outcome)
}

/// Records calls that came to the same.
///
/// # Errors
/// As [`record_call`].
pub(super) fn record_calls(
    app: &App,
    actor: &Actor,
    case: &Case,
    (rung, callees): (usize, &[String]),
    outcome: &str,
) -> Result<Vec<Receipt>, ActError> {
    let subject = format!("alerts:calls:{}", case.index());
    let event = |callee: &String| {
        NewEvent::about(&CALL_MADE, &subject, json!({"alert": case.index(), "rung": rung}))
            .private("callee", &subject, callee.as_str())
            .private("outcome", &subject, outcome)
    };
    app.engine.record(actor, &|_, _| Ok(callees.iter().map(event).collect()))
}

struct Person {
    function: String,
    telephone: String,
}

struct Sheet {
    held: Held,
    name: String,
    area: String,
    voters: u32,
    step: Option<String>,
    people: Vec<Person>,
    say: String,
    expect: String,
}

#[derive(Template)]
#[template(path = "know/calls.html")]
struct CallsPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    case: &'a Case,
    headline: String,
    form: &'a FormState,
    sheet: Option<Sheet>,
    silent: u64,
    called: u64,
    later: u64,
    of: u64,
    waits: [u64; 3],
    noted: Option<&'static str>,
    words: usize,
}

fn sheet(app: &App, visit: &Visit, shown: &Shown, held: Held) -> Result<Sheet, ActError> {
    let case = &*shown.case;
    let number = held.station;
    let all = shown.network.stations.all();
    let station =
        all.binary_search_by_key(&number, |station| station.number).ok().and_then(|at| all.get(at)).copied();
    let now = app.clock.now();
    let people = app.engine.read(|views| contacts::of_station(views, &case.issued.election, number, now))?;
    let secret = case::master(app, &case.issued.election)?.station(number);
    let words = |side| {
        secret.as_ref().map_or_else(String::new, |secret| {
            code_words(secret, case.issued.text.status, side, held.line, tongue(case)).join(" ")
        })
    };
    Ok(Sheet {
        name: shown.network.name(number),
        area: station.map_or_else(String::new, |station| shown.path(station.area)),
        voters: station.map_or(0, |station| station.voters),
        step: shown.board.step(number).map(|step| super::sms::step_word(visit.texts(), step)),
        people: people
            .into_iter()
            .filter_map(|one| Some(Person { telephone: one.telephone?, function: one.function }))
            .collect(),
        say: words(Side::Caller),
        expect: words(Side::Station),
        held,
    })
}

fn calls(app: &App, visit: &Visit, case: &Arc<Case>, form: &FormState) -> Result<Reply, ActError> {
    let visit = super::marked(visit, case);
    let shown = boards::shown(app, case)?;
    let holder = super::person(&visit)?;
    let store = store(app)?;
    let held = held(store, case.index(), &holder, app.clock.now())?;
    let (_, called, later) = busy(store, case, app)?;
    let sum = shown.sum(None);
    let template = CallsPage {
        crumbs: crumbs(&visit, Some(case)),
        headline: case.words(visit.lang()).headline,
        case,
        form,
        sheet: held.map(|held| sheet(app, &visit, &shown, held)).transpose()?,
        silent: sum.silent(case.goal),
        called,
        later,
        of: sum.of(),
        waits: WAITS,
        noted: match visit.query.get("noted") {
            Some("taken") => Some("taken"),
            Some("missed") => Some("missed"),
            Some("none") => Some("none"),
            _ => None,
        },
        words: CODE_WORDS,
        visit: &visit,
    };
    Ok(form_page(&template, form))
}

/// The alert that somebody calls for, or whose silent stations somebody lists. Not for a role for a part of the country only: the
/// queue is that of the whole alert, and shows the words of every card.
pub(super) fn calling(app: &App, visit: &Visit, id: &str) -> Result<Arc<Case>, ActError> {
    if super::actor(visit)?.place.is_some() {
        return Err(Refusal::new(RefusalKind::Forbidden, "SCR-ALR-220").into());
    }
    case::own(app, visit, id)
}

async fn show(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| calls(&app, visit, &calling(&app, visit, &id)?, &FormState::new())).await
}

fn to(id: &str, noted: &str) -> Reply {
    go(&format!("/desk/alerts/{}/calls{noted}", scr_web::in_address(id)))
}

async fn next(State(app): State<Arc<App>>, Path(id): Path<String>, posted: Posted) -> Reply {
    run(posted.visit, move |visit| {
        let shown = boards::fresh(&app, &calling(&app, visit, &id)?)?;
        let got = claim(&app, &shown, &super::person(visit)?)?;
        Ok(to(&id, if got.is_some() { "" } else { "?noted=none" }))
    })
    .await
}

/// Whoever acts, and the station that they have.
fn holding(app: &App, visit: &Visit, case: &Case) -> Result<(Actor, Held), ActError> {
    let actor = super::actor(visit)?;
    let held = held(store(app)?, case.index(), actor.person.as_str(), app.clock.now())?;
    // The lease has ended, and somebody else may be calling.
    let held = held.ok_or_else(|| Refusal::new(RefusalKind::Conflict, "SCR-ALR-295"))?;
    Ok((actor, held))
}

/// Ends a call. Whoever has the station meanwhile, because the lease is over, keeps it.
fn ended(app: &App, case: &Case, (held, holder): (&Held, &str), next_at: u64) -> Result<(), ActError> {
    let end = sql!(
        "UPDATE alerts_phone SET until_at = 0, holder = '', tries = tries + 1, next_at = $3
         WHERE alert = $1 AND station = $2 AND holder = $4 AND until_at = $5",
        case.index().cast_signed(),
        held.station,
        next_at.cast_signed(),
        holder,
        held.until,
    );
    store(app)?.execute(&end).map(drop).map_err(fault)
}

fn take(app: &App, visit: &Visit, case: &Arc<Case>, form: &FormState) -> Result<(), ActError> {
    let (actor, held) = holding(app, visit, case)?;
    let refuse = |code: &str| Refusal::new(RefusalKind::Invalid, code).on("code");
    if !form.value("words").is_empty() {
        hear(app, case, &held, form.value("words"))?;
    }
    let code = strips::find(form.value("code")).map_err(|error| match error {
        scr_alerts::strips::StripError::Length => refuse("SCR-ALR-296"),
        scr_alerts::strips::StripError::Check => refuse("SCR-ALR-297"),
    })?;
    let right = match strips::check(app, actor.org.as_str(), "telephone", &code)? {
        Code::Right(right) => right,
        Code::Wrong { left } => return Err(refuse("SCR-ALR-286").with("value", left).into()),
        Code::Closed { until } => {
            let at = visit.texts().time(until.cast_signed(), &case.zone);
            return Err(refuse("SCR-ALR-287").with("value", at).into());
        }
        Code::NoStation => {
            return Err(refuse("SCR-ALR-288").with("value", format!("{:06}", code.station)).into());
        }
    };
    if right.station != held.station || right.case.index() != case.index() {
        return Err(refuse("SCR-ALR-298").with("station", format!("{:06}", right.station)).into());
    }
    intake::take(app, case.index(), &[right.ack(app, Channel::Telephone)?])?;
    let callee = format!("station:{:06}", held.station);
    record_call(app, &actor, case, (rung(app, case)?, &callee), REACHED)?;
    ended(app, case, (&held, actor.person.as_str()), 0)
}

async fn taken(State(app): State<Arc<App>>, Path(id): Path<String>, posted: Posted) -> Reply {
    let Posted { mut form, visit, .. } = posted;
    run(visit, move |visit| {
        let case = calling(&app, visit, &id)?;
        let taken = take(&app, visit, &case, &form);
        match kept(visit, &mut form, taken)? {
            Some(()) => Ok(to(&id, "?noted=taken")),
            None => calls(&app, visit, &case, &form),
        }
    })
    .await
}

async fn missed(State(app): State<Arc<App>>, Path(id): Path<String>, posted: Posted) -> Reply {
    let Posted { form, visit, .. } = posted;
    run(visit, move |visit| {
        let case = calling(&app, visit, &id)?;
        let (actor, held) = holding(&app, visit, &case)?;
        let minutes = form.value("minutes").parse::<u64>().ok().filter(|minutes| WAITS.contains(minutes));
        let minutes = minutes.ok_or_else(|| Refusal::new(RefusalKind::Invalid, "SCR-ALR-299"))?;
        let callee = format!("station:{:06}", held.station);
        record_call(&app, &actor, &case, (rung(&app, &case)?, &callee), NOT_REACHED)?;
        let until = case.now(&app).saturating_add(minutes * 60);
        ended(&app, &case, (&held, actor.person.as_str()), until)?;
        Ok(to(&id, "?noted=missed"))
    })
    .await
}

async fn leave(State(app): State<Arc<App>>, Path(id): Path<String>, posted: Posted) -> Reply {
    run(posted.visit, move |visit| {
        let case = calling(&app, visit, &id)?;
        let (actor, held) = holding(&app, visit, &case)?;
        let end = sql!(
            "UPDATE alerts_phone SET until_at = 0, holder = ''
             WHERE alert = $1 AND station = $2 AND holder = $3 AND until_at = $4",
            case.index().cast_signed(),
            held.station,
            actor.person.as_str(),
            held.until,
        );
        store(&app)?.execute(&end).map_err(fault)?;
        Ok(to(&id, ""))
    })
    .await
}
