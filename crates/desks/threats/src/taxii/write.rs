//! Objects come in, and are taken out again.

use super::answer::{Fail, with_type};
use super::ask::{Ask, blocking, is_taxii, taxii_turn};
use super::filters;
use super::roots::MAX_CONTENT;
use super::spool::Spool;
use crate::exchange::Exchange;
use crate::read;
use crate::select::{self, Found, Wanted};
use crate::share::{Line, Report, Sharing, Status, WRITERS, share, store};
use crate::turns::For;
use crate::vocabulary::warn;
use crate::withdraw::withdraw;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use scr_core::Actor;
use scr_engine::{ActError, Fault};
use scr_stix::{EnvelopeError, Limits, Object, RejectCode, Rejected, read_envelope};
use scr_web::App;
use std::ops::ControlFlow;
use std::sync::Arc;

/// Objects and bytes that are recorded together.
const PART_OBJECTS: usize = 1_000;
const PART_BYTES: usize = 4 << 20;

pub(super) async fn add(
    State(app): State<Arc<App>>,
    Path((root, id)): Path<(String, String)>,
    ask: Ask,
    request: Request,
) -> Response {
    let Some(actor) = ask.actor.clone() else { return ask.nothing().into_response() };
    let (own, path) = (Arc::clone(&app), (root.clone(), id.clone()));
    let allowed = scr_web::blocking(move || may_add(&own, &ask, &path)).await;
    match allowed {
        Ok(Ok(())) => {}
        Ok(Err(fail)) => return fail.into_response(),
        Err(error) => return Fail::from(Fault::log(&error)).into_response(),
    }
    let (parts, body) = request.into_parts();
    if !is_taxii(&parts.headers) {
        return Fail::new(415, "The media type is not taken")
            .because("an envelope has the type application/taxii+json;version=2.1")
            .into_response();
    }
    // Whoever asked has no turn for reading any more: an envelope may take minutes.
    let turn = match taxii_turn(For::Writing, Some(&actor.org)).await {
        Ok(turn) => turn,
        Err(fail) => return fail.into_response(),
    };
    let status = uuid::Builder::from_random_bytes(app.entropy.bytes::<16>()).into_uuid().to_string();
    let spool = match Spool::take(&parts.headers, body, &status).await {
        Ok(spool) => spool,
        Err(fail) => return fail.into_response(),
    };
    blocking(move || {
        let _turn = turn;
        let sharing = Sharing {
            community: root,
            collection: id,
            pseudonym: None,
            audience: None,
            unmarked: None,
            source: Some("taxii".to_owned()),
            despite: Vec::new(),
        };
        take(&app, &actor, &sharing, spool, &status)
    })
    .await
}

/// Whether this member may add to this collection, before anything of the body is read.
fn may_add(app: &App, ask: &Ask, (root, id): &(String, String)) -> Result<(), Fail> {
    let found = app.engine.read(|views| read::seen(views, root, ask.org()))?;
    let seen = found.ok_or_else(|| ask.nothing())?;
    let collection = seen.collection(id).ok_or_else(|| ask.nothing())?;
    let may = ask.actor.as_ref().is_some_and(|actor| WRITERS.contains(&actor.role) && actor.place.is_none());
    if !seen.may_write(collection) || !may {
        return Err(Fail::forbidden("this collection can be read, and not written"));
    }
    Ok(())
}

fn limits() -> Limits {
    Limits { total_bytes: MAX_CONTENT, ..Limits::default() }
}

/// What makes the whole envelope unusable.
fn unusable(error: &EnvelopeError) -> Fail {
    match error {
        EnvelopeError::TooLarge { .. } | EnvelopeError::TooManyObjects { .. } => {
            Fail::new(413, "The envelope is too large").because(error.to_string())
        }
        EnvelopeError::Io { .. } => Fail::from(Fault::log(error)),
        _ => Fail::new(422, "The body is not an envelope").because(error.to_string()),
    }
}

/// Reads the envelope once to see that it is whole, and once more to share what is in it.
fn take(
    app: &App,
    actor: &Actor,
    sharing: &Sharing,
    mut spool: Spool,
    status: &str,
) -> Result<Response, Fail> {
    let at = app.clock.now();
    let mut nameless = None;
    let mut look = |index: u64, object: Result<Object, Box<Rejected>>| {
        if let Err(rejected) = object
            && matches!(
                rejected.code,
                RejectCode::NotUtf8
                    | RejectCode::NotAnObject
                    | RejectCode::IdMissing
                    | RejectCode::TypeMissing
            )
        {
            nameless.get_or_insert(format!("object {index}: {}", rejected.message()));
        }
        ControlFlow::Continue(())
    };
    let io = |error: std::io::Error| Fail::from(Fault::log(&error));
    // A bundle has its objects in the same place, and clients send it.
    read_envelope(spool.read().map_err(io)?, &limits(), &mut look).map_err(|error| unusable(&error))?;
    if let Some(what) = nameless {
        return Err(Fail::new(422, "An object cannot be named in a status").because(what));
    }
    let mut parts = Parts {
        app,
        actor,
        sharing,
        status,
        objects: Vec::new(),
        bytes: 0,
        report: Report::default(),
        error: None,
    };
    let mut each = |_: u64, object: Result<Object, Box<Rejected>>| parts.add(object);
    let read = read_envelope(spool.read().map_err(io)?, &limits(), &mut each);
    parts.share();
    if let Some(error) = parts.error {
        return Err(error.into());
    }
    read.map_err(|error| unusable(&error))?;
    let status = Status::of(status, at, parts.report);
    status.keep(store(&Exchange::of(app))?, &actor.org, &sharing.community, at)?;
    let body = serde_json::to_string(&status).map_err(|error| Fail::from(Fault::log(&error)))?;
    Ok(with_type(StatusCode::ACCEPTED, body))
}

/// Objects that are shared part by part.
struct Parts<'a> {
    app: &'a App,
    actor: &'a Actor,
    sharing: &'a Sharing,
    status: &'a str,
    objects: Vec<Object>,
    bytes: usize,
    report: Report,
    error: Option<ActError>,
}

impl Parts<'_> {
    fn add(&mut self, object: Result<Object, Box<Rejected>>) -> ControlFlow<()> {
        match object {
            Ok(object) => {
                self.bytes += object.raw().len();
                self.objects.push(object);
                if self.objects.len() >= PART_OBJECTS || self.bytes >= PART_BYTES {
                    self.share();
                }
            }
            Err(rejected) => self.report.failures.push(Line {
                // An id that is none cannot be repeated: it may hold anything.
                id: match (&rejected.id, &rejected.kind) {
                    (Some(id), _) => id.to_string(),
                    (None, kind) => format!("{}--malformed", kind.as_deref().unwrap_or("object")),
                },
                version: rejected.version.as_deref().unwrap_or("1970-01-01T00:00:00.000Z").to_owned(),
                message: Some(format!("{} ({})", rejected.message(), rejected.code.as_str())),
            }),
        }
        if self.error.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    fn share(&mut self) {
        let objects = std::mem::take(&mut self.objects);
        self.bytes = 0;
        if objects.is_empty() || self.error.is_some() {
            return;
        }
        match share(&Exchange::of(self.app), self.actor, self.sharing, &objects, self.status) {
            Ok(mut report) => {
                // What stands on a list is taken: a program is told, and nothing fails.
                if let Err(fault) = warn::say_in(self.app, self.actor, &objects, &mut report) {
                    self.error = Some(fault.into());
                }
                self.report.take(report);
            }
            Err(error) => self.error = Some(error),
        }
    }
}

pub(super) async fn remove(
    State(app): State<Arc<App>>,
    Path((root, id, object)): Path<(String, String, String)>,
    ask: Ask,
) -> Response {
    blocking(move || {
        let Some(actor) = &ask.actor else { return Err(ask.nothing()) };
        // Without a version all of them go.
        let versions =
            if ask.parameter("match[version]").is_some() { filters::versions(&ask)? } else { None };
        let specs = filters::specs(&ask)?;
        let wanted = |versions| Wanted {
            ids: Some(vec![object.clone()]),
            versions,
            specs: specs.clone(),
            ..Wanted::default()
        };
        let found = app.engine.read(|views| {
            let Some(seen) = read::seen(views, &root, ask.org())? else { return Ok(Err(ask.nothing())) };
            let Some(collection) = seen.collection(&id) else { return Ok(Err(ask.nothing())) };
            if !seen.may_read(collection) || !seen.may_write(collection) || !WRITERS.contains(&actor.role) {
                return Ok(Err(Fail::forbidden("removing needs the rights to read and to write")));
            }
            let number = read::number(views, &collection.id)?.unwrap_or_default();
            let all = select::select(views, number, &seen.standing, &wanted(None), 1)?;
            if all.is_empty() {
                return Ok(Err(ask.nothing()));
            }
            let rows = select::select(views, number, &seen.standing, &wanted(versions), usize::MAX >> 1)?;
            Ok(Ok((collection.id.clone(), rows)))
        })?;
        let (collection, rows) = found?;
        if rows.is_empty() {
            return Err(ask.nothing());
        }
        let own: Vec<Found> = rows.into_iter().filter(|row| row.owner == actor.org.as_str()).collect();
        if own.is_empty() {
            return Err(Fail::forbidden("only who shared an object takes it out again"));
        }
        withdraw(&Exchange::of(&app), actor, &root, &collection, &own)?;
        Ok(with_type(StatusCode::OK, "{}".to_owned()))
    })
    .await
}
