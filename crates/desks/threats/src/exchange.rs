//! What sharing needs of a server, and the ways in for whoever has no request: the demonstration, the command line.

use crate::publication;
use crate::share::{self, Sharing};
use crate::watch;
use scr_core::{Actor, OrgId, Refusal, RefusalKind, uuid_v7};
use scr_engine::{ActError, Engine, Receipt};
use scr_stix::{Limits, Object};
use scr_store::Store;
use scr_threats::{ObjectKey, codes};
use scr_web::App;

/// The record, and the operational tables beside it.
#[derive(Clone, Copy)]
pub struct Exchange<'a> {
    /// The record.
    pub engine: &'a Engine,
    /// The tables; a mirror has none.
    pub store: Option<&'a Store>,
}

impl std::fmt::Debug for Exchange<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Exchange").field("store", &self.store.is_some()).finish_non_exhaustive()
    }
}

/// Objects of one member for one collection.
#[derive(Debug, Clone, Copy)]
pub struct Share<'a> {
    /// The community's code.
    pub community: &'a str,
    /// The collection's id or alias.
    pub collection: &'a str,
    /// For whom AMBER and RED are meant; `None`: the circle of the collection, and nobody for RED.
    pub audience: Option<&'a [OrgId]>,
    /// The objects, as STIX has them.
    pub objects: &'a [String],
}

impl<'a> Exchange<'a> {
    /// Of a running server.
    pub fn of(app: &'a App) -> Self {
        Self { engine: &app.engine, store: app.store() }
    }

    /// Shares objects; all of them are taken, or the first one that is not is named.
    ///
    /// # Errors
    /// `SCR-THR-010`, `-012`, `-013`, `-016`, `-019`.
    pub fn share(&self, actor: &Actor, new: &Share<'_>) -> Result<Vec<Receipt>, ActError> {
        self.share_as(actor, new, None)
    }

    fn share_as(
        &self,
        actor: &Actor,
        new: &Share<'_>,
        pseudonym: Option<&str>,
    ) -> Result<Vec<Receipt>, ActError> {
        let refuse = |what: String| {
            ActError::from(Refusal::new(RefusalKind::Invalid, codes::NOT_TAKEN).with("what", what))
        };
        let read = |(place, text): (usize, &String)| {
            Object::read(text.as_bytes(), &Limits::default())
                .map_err(|rejected| refuse(format!("{}: {}", place + 1, rejected.message())))
        };
        let objects: Vec<Object> = new.objects.iter().enumerate().map(read).collect::<Result<_, _>>()?;
        let sharing = Sharing {
            community: new.community.to_owned(),
            collection: new.collection.to_owned(),
            pseudonym: pseudonym.map(str::to_owned),
            audience: new.audience.map(<[OrgId]>::to_vec),
            unmarked: None,
            source: None,
            despite: Vec::new(),
        };
        let status = uuid_v7(&**self.engine.clock(), &**self.engine.entropy());
        let report = share::share(self, actor, &sharing, &objects, &status)?;
        if let Some(line) = report.failures.first() {
            return Err(refuse(format!("{}: {}", line.id, line.message.as_deref().unwrap_or_default())));
        }
        Ok(report.receipts)
    }

    /// Says what an organisation watches, one name, address or file each; it takes the place of what it said before.
    ///
    /// # Errors
    /// `SCR-THR-010`, `-041`.
    pub fn watch(&self, actor: &Actor, assets: &[String]) -> Result<(), ActError> {
        watch::watch(self, actor, assets)
    }
}

/// Shares objects of which others see a pseudonym only; they come with the next batch.
///
/// # Errors
/// As [`Exchange::share`], and `SCR-THR-023`.
pub fn share_under_pseudonym(
    exchange: &Exchange<'_>,
    actor: &Actor,
    community: &str,
    collection: &str,
    pseudonym: &str,
    objects: &[String],
) -> Result<(), ActError> {
    let new = Share { community, collection, audience: None, objects };
    exchange.share_as(actor, &new, Some(pseudonym)).map(drop)
}

/// Sets the day, in seconds since 1970, on which an object of one's own becomes public, or takes it back; it is recorded
/// with the next batch.
///
/// # Errors
/// `SCR-THR-010`, `-024`, `-025`, `-079`, `-080`; faults.
pub fn schedule_publication(
    exchange: &Exchange<'_>,
    actor: &Actor,
    collection: &str,
    object: ObjectKey,
    at: Option<i64>,
) -> Result<(), ActError> {
    publication::schedule(exchange, actor, collection, object, at)
}

/// Closes the batch now, as the server does at each interval.
///
/// # Errors
/// Refusals of the log, faults.
pub fn close_batch(app: &App) -> Result<u64, ActError> {
    share::close_batch(&Exchange::of(app))
}

/// Publishes what is due, as the server does by itself.
///
/// # Errors
/// Refusals of the log, faults.
pub fn publish_due(app: &App) -> Result<u64, ActError> {
    publication::publish_due(&Exchange::of(app))
}
