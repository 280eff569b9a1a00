//! The signature of CAP messages: by one key of this installation, named in the record; each alert's message once.

use super::cap;
use super::kinds::{CAP_SIGNED, SIGNER_NAMED};
use super::table::{fault, store};
use super::view;
use crate::issued::{self, Issued};
use scr_canon::{Hash32, sha256};
use scr_cap::Signer;
use scr_engine::{ActError, Fault, NewEvent};
use scr_jobs::{Task, Work, WorkError};
use scr_store::sql;
use scr_web::App;
use serde_json::json;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use zeroize::Zeroizing;

const PURPOSE: &str = "alerts-signer";
const OWNER: &str = "installation";

/// Held while something is signed on this node: what is looked up stays true until it is recorded.
#[derive(Debug, Default)]
struct Turn(Mutex<()>);

/// The key; made when it is asked for first. Of two nodes that make one at once the first wins.
fn signer(app: &App) -> Result<Signer, ActError> {
    let broken = |what: &str| ActError::from(Fault::log(&what));
    let select = sql!("SELECT sealed FROM alerts_signer WHERE number = 1");
    for _ in 0..2 {
        if let Some(row) = store(app)?.query_opt(&select).map_err(|error| fault(&error))? {
            let sealed = row.text("sealed").map_err(|error| fault(&error))?;
            let key = app.engine.open_secret(PURPOSE, OWNER, sealed);
            let key = key.ok_or_else(|| broken("the key that alerts are signed with cannot be opened"))?;
            let key: Zeroizing<[u8; 32]> = Zeroizing::new(
                key.as_slice()
                    .try_into()
                    .map_err(|_| broken("the key that alerts are signed with is cut"))?,
            );
            return Signer::from_bytes(&key).map_err(|error| Fault::log(&error).into());
        }
        let mut key = Zeroizing::new([0u8; 32]);
        // One in 2^32 is no key of the curve.
        while Signer::from_bytes(&key).is_err() {
            app.entropy.fill(&mut key[..]);
        }
        let sealed = app.engine.seal_secret(PURPOSE, OWNER, &key[..])?;
        let insert = sql!(
            "INSERT INTO alerts_signer (number, sealed) VALUES (1, $1) ON CONFLICT (number) DO NOTHING",
            sealed
        );
        store(app)?.execute(&insert).map_err(|error| fault(&error))?;
    }
    Err(broken("the key that alerts are signed with was not kept"))
}

/// The key with its fingerprint, named in the record before anything is signed with it.
fn named_signer(app: &App) -> Result<(Signer, Hash32), ActError> {
    let signer = signer(app)?;
    let public = signer.public_key().map_err(|error| Fault::log(&error))?;
    let (pem, fingerprint) = (public.to_pem(), Hash32(public.fingerprint()));
    let newest = app.engine.read(view::signers)?.into_iter().next();
    if newest.is_none_or(|(_, _, key)| key != pem.trim()) {
        let public = json!({"key": pem.trim(), "fingerprint": fingerprint});
        app.engine.record_by_itself(&NewEvent::about(&SIGNER_NAMED, "alerts:signer", public), &[])?;
    }
    Ok((signer, fingerprint))
}

/// The alerts that one names.
fn earlier(app: &App, one: &Issued) -> Result<Vec<Issued>, ActError> {
    let found = app.engine.read(|views| {
        let named = one.text.references.iter().map(|named| issued::at(views, named.index));
        named.collect::<Result<Vec<_>, _>>()
    })?;
    Ok(found.into_iter().flatten().collect())
}

/// Signs the CAP message of an alert and records it; nothing where that is done already. Gives the file's hash.
pub(crate) fn sign(app: &App, index: u64) -> Result<Option<Hash32>, ActError> {
    let turn = app.soft::<Turn>();
    let _turn = turn.0.lock().unwrap_or_else(PoisonError::into_inner);
    // What the log holds is in the views before anything is looked up.
    let (recorded, _) = app.engine.progress();
    app.engine.wait_for(recorded, std::time::Duration::from_secs(20));
    let found = app.engine.read(|views| Ok((issued::at(views, index)?, view::cap_of(views, index)?)))?;
    let (Some(one), None) = found else { return Ok(None) };
    let (signer, fingerprint) = named_signer(app)?;
    let message = cap::message(app.engine.ledger().origin(), &one, &earlier(app, &one)?);
    let file = signer.sign(&message).map_err(|error| Fault::log(&error))?;
    let object = app.engine.objects().put(file.as_bytes())?;
    debug_assert_eq!(object, sha256(file.as_bytes()));
    let public = json!({"alert": one.id, "entry": index, "object": object, "key": fingerprint});
    let event = NewEvent::about(&CAP_SIGNED, format!("alert:{}", one.id), public);
    app.engine.record_by_itself(&event, &[])?;
    Ok(Some(object))
}

/// Signs what a crash between release and signature has left; gives how many.
///
/// # Errors
/// Faults of the views.
pub fn sign_rest(app: &App) -> Result<u64, ActError> {
    if app.store().is_none() || app.engine.ledger().stopped().is_some() {
        return Ok(0);
    }
    let mut signed = 0;
    for index in app.engine.read(view::unsigned)? {
        // One that cannot be signed is tried again soon, and holds up no other.
        match sign(app, index) {
            Ok(done) => signed += u64::from(done.is_some()),
            Err(error) => {
                tracing::error!(%error, alert = index, "the CAP message of an alert could not be signed")
            }
        }
    }
    Ok(signed)
}

/// Does so by itself.
pub(crate) struct SignRest(pub(crate) Weak<App>);

impl Work for SignRest {
    fn kind(&self) -> &'static str {
        "alerts.sign"
    }

    fn every_seconds(&self) -> Option<i64> {
        Some(15)
    }

    fn run(&self, _: &Task<'_>) -> Result<String, WorkError> {
        let app: Arc<App> = self.0.upgrade().ok_or(WorkError::Stopped)?;
        let signed = sign_rest(&app).map_err(|error| WorkError::again(&error))?;
        Ok(signed.to_string())
    }
}
