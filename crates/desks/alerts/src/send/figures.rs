//! How far sending is: figures for pages and drills.

use super::gateway::{Gateway, Way};
use super::listing::{fault, store};
use super::outbox::{self, State};
use scr_engine::ActError;
use scr_store::{Row, StoreError, sql};
use scr_web::App;
use std::collections::BTreeMap;

/// Failures that a page lists.
const LISTED: i64 = 200;
/// Areas that a page lists.
const AREAS: i64 = 300;

/// How many messages of an alert are in each state, by way.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures {
    counts: BTreeMap<(Way, State), u64>,
    /// Stations of its areas for which there is no address at all.
    pub unreached: u64,
    /// When it was taken up; 0: not yet.
    pub begun: i64,
    /// When nothing was left to do; 0: not yet.
    pub ended: i64,
}

impl Figures {
    /// Messages in a state by a way.
    pub fn of(&self, way: Way, state: State) -> u64 {
        self.counts.get(&(way, state)).copied().unwrap_or_default()
    }

    /// Messages in a state by all ways.
    pub fn all(&self, state: State) -> u64 {
        Way::ALL.into_iter().map(|way| self.of(way, state)).sum()
    }

    /// All messages by a way.
    pub fn by(&self, way: Way) -> u64 {
        State::ALL.into_iter().map(|state| self.of(way, state)).sum()
    }

    /// All messages.
    pub fn total(&self) -> u64 {
        self.counts.values().sum()
    }

    /// Those that a gateway has taken, whatever came of them after.
    pub fn handed(&self) -> u64 {
        self.all(State::Handed) + self.all(State::Delivered)
    }
}

/// How far an alert is.
///
/// # Errors
/// Faults of the store.
pub fn figures(app: &App, alert: u64) -> Result<Figures, ActError> {
    let store = store(app)?;
    let read = || -> Result<Figures, StoreError> {
        let counts = outbox::counts(store, alert)?;
        let text = "SELECT begun, unreached, ended FROM alerts_dispatch WHERE alert = $1";
        let row = store.query_opt(&sql!(text, alert.cast_signed()))?;
        let int = |column: &str| row.as_ref().map_or(Ok(0), |row| row.int(column));
        Ok(Figures {
            counts: counts.into_iter().map(|(way, state, count)| ((way, state), count)).collect(),
            unreached: int("unreached")?.cast_unsigned(),
            begun: int("begun")?,
            ended: int("ended")?,
        })
    };
    read().map_err(|error| fault(&error))
}

/// Why messages failed, and how many.
pub(crate) fn reasons(
    app: &App,
    owner: &str,
    alert: Option<u64>,
) -> Result<Vec<(Way, String, u64)>, ActError> {
    let text = "SELECT way, reason, count(*) AS messages FROM alerts_message
         WHERE state = 4 AND owner = $2 AND ($1 < 0 OR alert = $1) GROUP BY way, reason ORDER BY 3 DESC, way, reason";
    let alert = alert.map_or(-1, u64::cast_signed);
    let rows = store(app)?.query(&sql!(text, alert, owner)).map_err(|error| fault(&error))?;
    let one = |row: &Row| {
        let way = Way::of_byte(row.int("way").ok()?)?;
        Some((way, row.text("reason").ok()?.to_owned(), row.count("messages").ok()?))
    };
    Ok(rows.iter().filter_map(one).collect())
}

/// A message that failed.
#[derive(Debug, Clone)]
pub(crate) struct Failure {
    pub(crate) way: Way,
    pub(crate) station: Option<i64>,
    pub(crate) area: String,
    pub(crate) shown: String,
    pub(crate) reason: String,
    pub(crate) tries: u64,
}

/// Messages of an alert that failed, by area and station.
pub(crate) fn failures(app: &App, alert: u64) -> Result<Vec<Failure>, ActError> {
    let text =
        "SELECT way, station, area, shown, reason, tries FROM alerts_message WHERE alert = $1 AND state = 4
         ORDER BY area, station, number LIMIT $2";
    let rows = store(app)?.query(&sql!(text, alert.cast_signed(), LISTED)).map_err(|error| fault(&error))?;
    let one = |row: &Row| {
        Some(Failure {
            way: Way::of_byte(row.int("way").ok()?)?,
            station: row.opt_int("station").ok()?,
            area: row.text("area").ok()?.to_owned(),
            shown: row.text("shown").ok()?.to_owned(),
            reason: row.text("reason").ok()?.to_owned(),
            tries: row.count("tries").ok()?,
        })
    };
    Ok(rows.iter().filter_map(one).collect())
}

/// One area's messages: all, handed over (and more), delivered, failed.
#[derive(Debug, Clone)]
pub(crate) struct OfArea {
    pub(crate) area: String,
    pub(crate) all: u64,
    pub(crate) handed: u64,
    pub(crate) delivered: u64,
    pub(crate) failed: u64,
}

/// By area, those with most failures first.
pub(crate) fn by_area(app: &App, alert: u64) -> Result<Vec<OfArea>, ActError> {
    let text = "SELECT area, count(*) AS messages, sum(CASE WHEN state IN (2, 3) THEN 1 ELSE 0 END) AS handed,
            sum(CASE WHEN state = 3 THEN 1 ELSE 0 END) AS delivered, sum(CASE WHEN state = 4 THEN 1 ELSE 0 END) AS failed
         FROM alerts_message WHERE alert = $1 GROUP BY area ORDER BY 5 DESC, 1 LIMIT $2";
    let rows = store(app)?.query(&sql!(text, alert.cast_signed(), AREAS)).map_err(|error| fault(&error))?;
    let one = |row: &Row| {
        Some(OfArea {
            area: row.text("area").ok()?.to_owned(),
            all: row.count("messages").ok()?,
            handed: row.count("handed").ok()?,
            delivered: row.count("delivered").ok()?,
            failed: row.count("failed").ok()?,
        })
    };
    Ok(rows.iter().filter_map(one).collect())
}

/// What waits by each way: messages, and since when the oldest does.
pub(crate) fn queue(app: &App, owner: &str) -> Result<BTreeMap<Way, (u64, i64)>, ActError> {
    let text = "SELECT way, count(*) AS messages, min(due) AS oldest FROM alerts_message WHERE state IN (0, 1, 5) AND owner = $1
         GROUP BY way";
    let rows = store(app)?.query(&sql!(text, owner)).map_err(|error| fault(&error))?;
    let one = |row: &Row| {
        let way = Way::of_byte(row.int("way").ok()?)?;
        Some((way, (row.count("messages").ok()?, row.int("oldest").ok()?)))
    };
    Ok(rows.iter().filter_map(one).collect())
}

/// What a gateway has taken: messages, parts, and those of the last minute.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Taken {
    pub(crate) messages: u64,
    pub(crate) parts: u64,
    pub(crate) lately: u64,
}

/// By gateway.
pub(crate) fn taken(app: &App) -> Result<BTreeMap<String, Taken>, ActError> {
    let text = "SELECT gateway, count(*) AS messages, CAST(sum(parts) AS BIGINT) AS parts, sum(CASE WHEN handed > $1 THEN 1 ELSE 0 END) AS lately
         FROM alerts_message WHERE handed > 0 GROUP BY gateway";
    let minute_ago = app.clock.now() - 60;
    let rows = store(app)?.query(&sql!(text, minute_ago)).map_err(|error| fault(&error))?;
    let one = |row: &Row| {
        let taken = Taken {
            messages: row.count("messages").ok()?,
            parts: row.count("parts").ok()?,
            lately: row.count("lately").ok()?,
        };
        Some((row.text("gateway").ok()?.to_owned(), taken))
    };
    Ok(rows.iter().filter_map(one).collect())
}

/// What a gateway has cost, in the currency with two places: `12.50`.
pub(crate) fn cost(gateway: &Gateway, parts: u64) -> String {
    let cents = gateway.price.saturating_mul(parts).div_ceil(10);
    format!("{}.{:02}", cents / 100, cents % 100)
}

/// Messages that came in within a week: with a code, and others.
pub(crate) fn inbound(app: &App, owner: &str) -> Result<(u64, u64), ActError> {
    let text = "SELECT kind, count(*) AS messages FROM alerts_inbound
         WHERE gateway IN (SELECT id FROM alerts_gateway WHERE org = $1) GROUP BY kind";
    let rows = store(app)?.query(&sql!(text, owner)).map_err(|error| fault(&error))?;
    let of = |kind: i64| {
        let found = rows.iter().find(|row| row.int("kind").ok() == Some(kind));
        found.and_then(|row| row.count("messages").ok()).unwrap_or_default()
    };
    Ok((of(1), of(0)))
}
