//! What was made for a reader, kept while the reader would get the same again.
//!
//! Everything is kept under the mark of all that the reader may see: when any of it changes, nothing is found here any more.
//! Readers who may see the same share it.

use super::answer::No;
use super::event::{gather, made};
use super::pool::{Plan, Pool, Stamp, pool, stamp};
use super::scope::{Place, places};
use axum::body::Bytes;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use scr_core::OrgId;
use scr_engine::Fault;
use scr_misp::event::Event;
use scr_web::App;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::Semaphore;
use uuid::Uuid;

/// Readers whose events are known at the same time.
const POOLS: usize = 8;
/// Kilobytes of events that are kept, as far as they can be counted.
const WEIGHT: usize = 50_000;
/// Requests that are worked on at the same time: each may go through all that its reader sees.
const AT_ONCE: usize = 2;
/// How long a request waits for its turn.
const WAIT: Duration = Duration::from_secs(30);

/// The two files of a feed that are made of all events.
#[derive(Debug)]
pub(super) struct Feed {
    /// `manifest.json`.
    pub(super) manifest: Bytes,
    /// `hashes.csv`.
    pub(super) hashes: Bytes,
}

#[derive(Default)]
struct Events {
    all: BTreeMap<(Stamp, Uuid), Option<Arc<Event>>>,
    weight: usize,
}

/// What is kept.
pub(super) struct Kept {
    pools: Mutex<Vec<(Stamp, Arc<Pool>)>>,
    feeds: Mutex<Vec<(Stamp, Arc<Feed>)>>,
    events: Mutex<Events>,
    turns: Arc<Semaphore>,
}

impl Default for Kept {
    fn default() -> Self {
        Self {
            pools: Mutex::default(),
            feeds: Mutex::default(),
            events: Mutex::default(),
            turns: Arc::new(Semaphore::new(AT_ONCE)),
        }
    }
}

/// Of the marks that are kept the oldest goes.
fn keep<T>(list: &Mutex<Vec<(Stamp, Arc<T>)>>, stamp: Stamp, one: &Arc<T>) {
    let mut list = list.lock().unwrap_or_else(PoisonError::into_inner);
    list.retain(|(known, _)| *known != stamp);
    if list.len() >= POOLS {
        list.remove(0);
    }
    list.push((stamp, Arc::clone(one)));
}

fn kept<T>(list: &Mutex<Vec<(Stamp, Arc<T>)>>, stamp: &Stamp) -> Option<Arc<T>> {
    let list = list.lock().unwrap_or_else(PoisonError::into_inner);
    list.iter().find(|(known, _)| known == stamp).map(|(_, one)| Arc::clone(one))
}

/// About how many kilobytes an event takes.
fn weight(event: &Event) -> usize {
    let attributes = event.all_attributes().map(|one| {
        let texts = one.value.len() + one.comment.len() + one.data.as_ref().map_or(0, String::len);
        1 + (texts >> 10)
    });
    let reports = event.reports.iter().map(|one| 1 + (one.content.len() >> 10));
    1 + attributes.chain(reports).sum::<usize>() + event.objects.len()
}

/// The events as one reader gets them.
pub(super) struct Shelf {
    app: Arc<App>,
    kept: Arc<Kept>,
    places: Vec<Place>,
    /// The mark of all that the reader may see.
    pub(super) stamp: Stamp,
    /// The events before they are made.
    pub(super) pool: Arc<Pool>,
}

impl Shelf {
    fn open(app: &Arc<App>, reader: Option<&OrgId>) -> Result<Self, Fault> {
        let shelf: Arc<Kept> = app.soft();
        let (places, stamp, pool) = app.engine.read(|views| {
            let places = places(views, reader)?;
            let stamp = stamp(views, &places)?;
            let known = kept(&shelf.pools, &stamp);
            let pool = match known {
                Some(pool) => pool,
                None => Arc::new(pool(views, &places)?),
            };
            Ok((places, stamp, pool))
        })?;
        keep(&shelf.pools, stamp, &pool);
        Ok(Self { app: Arc::clone(app), kept: shelf, places, stamp, pool })
    }

    /// An event; nothing where MISP has no counterpart for what it is made of.
    pub(super) fn event(&self, plan: &Plan) -> Result<Option<Arc<Event>>, Fault> {
        let key = (self.stamp, plan.uuid);
        {
            let events = self.kept.events.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(event) = events.all.get(&key) {
                return Ok(event.clone());
            }
        }
        let parts = self.app.engine.read(|views| gather(views, &self.places, plan))?;
        if parts.left_out > 0 {
            tracing::warn!(event = %plan.uuid, left_out = parts.left_out, "an event for MISP is too large");
        }
        let event = made(&parts, &self.places, (plan, &self.pool.taken)).map(Arc::new);
        let weight = event.as_ref().map_or(1, |event| weight(event));
        let mut events = self.kept.events.lock().unwrap_or_else(PoisonError::into_inner);
        if events.weight + weight > WEIGHT {
            *events = Events::default();
        }
        events.weight += weight;
        events.all.insert(key, event.clone());
        Ok(event)
    }

    /// The event of this id or number.
    pub(super) fn find(&self, id: &str) -> Result<Option<(&Plan, Arc<Event>)>, Fault> {
        let number = id.parse::<u64>().ok();
        let uuid = Uuid::try_parse(id).ok();
        let is_it = |plan: &&Plan| Some(plan.uuid) == uuid || Some(plan.number()) == number;
        let Some(plan) = self.pool.plans.iter().find(is_it) else { return Ok(None) };
        Ok(self.event(plan)?.map(|event| (plan, event)))
    }

    /// The files of the feed that are made of all events, which `make` makes where they are not kept.
    pub(super) fn feed(&self, make: impl FnOnce(&Self) -> Result<Feed, Fault>) -> Result<Arc<Feed>, Fault> {
        if let Some(feed) = kept(&self.kept.feeds, &self.stamp) {
            return Ok(feed);
        }
        let feed = Arc::new(make(self)?);
        keep(&self.kept.feeds, self.stamp, &feed);
        Ok(feed)
    }
}

/// Answers out of the events of a reader, where blocking is allowed; few requests do so at the same time.
pub(super) async fn from_shelf<F>(app: Arc<App>, reader: Option<OrgId>, path: String, work: F) -> Response
where
    F: FnOnce(&Shelf) -> Result<Result<Response, No>, Fault> + Send + 'static,
{
    let kept: Arc<Kept> = app.soft();
    let turn = Arc::clone(&kept.turns).acquire_owned();
    let Ok(Ok(turn)) = tokio::time::timeout(WAIT, turn).await else {
        let message = "The server is busy with other searches. Ask again in a minute.";
        return No::new(StatusCode::SERVICE_UNAVAILABLE, &path, message).into_response();
    };
    let answer = scr_web::blocking(move || {
        // Until the work is done, whether or not somebody still waits for it.
        let _turn = turn;
        Shelf::open(&app, reader.as_ref()).and_then(|shelf| work(&shelf))
    });
    match answer.await {
        Ok(Ok(Ok(response))) => response,
        Ok(Ok(Err(no))) => no.into_response(),
        Ok(Err(fault)) => No::fault(&path, &fault).into_response(),
        Err(error) => No::fault(&path, &Fault::log(&error)).into_response(),
    }
}
