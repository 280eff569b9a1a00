//! What is made on pages and by programs goes out by the one way in, and leaves a status that its sender can ask for.

use crate::exchange::Exchange;
use crate::share::{self, Line, Sharing, Status};
use crate::vocabulary::warn;
use scr_core::{Actor, Refusal, RefusalKind, uuid_v7};
use scr_engine::{ActError, Fault, Receipt};
use scr_stix::{Limits, Object, Rejected};
use scr_threats::{codes, identity_of};
use scr_web::App;
use serde_json::{Value, json};

/// What became of what was sent.
pub(crate) struct Sent {
    /// Where the sender asks for it.
    pub(crate) status: Status,
    /// Entries that were recorded at once.
    pub(crate) receipts: Vec<Receipt>,
}

impl Sent {
    /// Whether something waits for the next batch.
    pub(crate) fn waits(&self) -> bool {
        self.status.pending_count > 0
    }
}

/// Shares, and keeps the status. `rejected`: what was not even readable.
pub(crate) fn send(
    app: &App,
    actor: &Actor,
    sharing: &Sharing,
    objects: &[Object],
    rejected: Vec<Line>,
) -> Result<Sent, ActError> {
    let exchange = Exchange::of(app);
    let store = share::store(&exchange)?;
    let id = uuid_v7(&*app.clock, &*app.entropy);
    let mut report = share::share(&exchange, actor, sharing, objects, &id)?;
    report.failures.extend(rejected);
    warn::say_in(app, actor, objects, &mut report)?;
    let receipts = std::mem::take(&mut report.receipts);
    let status = Status::of(&id, app.clock.now(), report);
    status.keep(store, &actor.org, &sharing.community, app.clock.now())?;
    Ok(Sent { status, receipts })
}

/// An object of STIX 2.1 that a member makes here.
pub(crate) fn made(
    app: &App,
    actor: &Actor,
    kind: &str,
    marking: Option<&str>,
    more: Value,
) -> Result<Object, ActError> {
    let uuid = uuid::Builder::from_random_bytes(app.entropy.bytes::<16>()).into_uuid();
    let now = format!("{}.000Z", scr_engine::utc_text(app.clock.now()).trim_end_matches('Z'));
    let mut object = json!({
        "type": kind, "spec_version": "2.1", "id": format!("{kind}--{uuid}"), "created_by_ref": identity_of(&actor.org),
        "created": now, "modified": now,
    });
    if let (Some(object), Value::Object(more)) = (object.as_object_mut(), more) {
        object.extend(more);
        if let Some(marking) = marking {
            object.insert("object_marking_refs".to_owned(), json!([marking]));
        }
    }
    let read = Object::read(object.to_string().as_bytes(), &Limits::default());
    read.map_err(|rejected| {
        Refusal::new(RefusalKind::Invalid, codes::NOT_TAKEN).with("what", rejected.message()).into()
    })
}

/// The first of what was not taken, as a refusal.
pub(crate) fn first_failure(status: &Status) -> Option<Refusal> {
    let line = status.failures.first()?;
    let what = format!("{}: {}", line.id, line.message.as_deref().unwrap_or_default());
    Some(Refusal::new(RefusalKind::Conflict, codes::NOT_TAKEN).with("what", what))
}

/// A fault where a status cannot be kept.
pub(crate) fn store_of(app: &App) -> Result<&scr_store::Store, Fault> {
    share::store(&Exchange::of(app))
}

/// The line of an object that cannot be read.
pub(crate) fn rejected_line(rejected: &Rejected) -> Line {
    Line {
        id: rejected.id.as_ref().map(ToString::to_string).unwrap_or_default(),
        version: rejected.version.as_deref().unwrap_or("1970-01-01T00:00:00.000Z").to_owned(),
        message: Some(format!("{} ({})", rejected.message(), rejected.code.as_str())),
    }
}
