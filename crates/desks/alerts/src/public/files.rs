//! The files of an alert: the signed CAP message, the bundle and the short form as bytes and as text; the signer's key.

use super::words::found;
use crate::issued::Issued;
use crate::kit;
use crate::write::{self, codes};
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use scr_alerts::bundle::MAX_COSIGNATURES;
use scr_alerts::{Bundle, Label, Limits, Scanned, Short, authenticate, to_armour};
use scr_core::{Refusal, RefusalKind};
use scr_engine::{ActError, Fault};
use scr_ledger::Recorded;
use scr_verify::Trust;
use scr_web::{App, Problem, Reply, Visit, run};
use std::sync::Arc;

/// Largest CAP message that is served, in bytes.
const MAX_CAP: u64 = 1 << 20;
/// Seconds after which it is worth asking again for what is not there yet.
const AGAIN: &str = "10";
/// What never changes once it is there.
const FOR_EVER: &str = "public, max-age=86400, immutable";
/// What gets better while cosignatures come.
const SHORTLY: &str = "public, max-age=10";

/// The files behind an alert's address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum File {
    Cap,
    Bundle,
    Short,
    Text,
}

/// Address and file, where a file is asked for.
pub(super) fn split(name: &str) -> Option<(&str, File)> {
    let (id, ending) = name.rsplit_once('.')?;
    let file = match ending {
        "cap" => File::Cap,
        "bundle" => File::Bundle,
        "short" => File::Short,
        "txt" => File::Text,
        _ => return None,
    };
    Some((id, file))
}

fn not_proven() -> ActError {
    Refusal::new(RefusalKind::Unavailable, codes::NOT_PROVEN).into()
}

/// Whether the checkpoint over an entry bears the signatures that the policy of witnesses asks for.
fn is_witnessed(app: &App, index: u64) -> Result<bool, ActError> {
    if let Some(board) = app.board() {
        return Ok(board.met().is_some_and(|kept| index < kept.size));
    }
    let signed = app.engine.log().checkpoint().map_err(|error| Fault::log(&error))?;
    Ok(signed.is_some_and(|signed| index < signed.size))
}

/// Whether whoever has a card of this log believes a bundle: it has room for fewer signatures, and for fewer kinds of them,
/// than the witnesses have given.
fn holds(app: &App, bundle: &[u8]) -> bool {
    // Without a card there are keys, which are held against what is in it.
    let Some(policy) = kit::policy(app) else { return true };
    let trust = Trust::Policy(Box::new(policy));
    Scanned::read(bundle).is_ok_and(|read| authenticate(&read, &trust, &Limits::default()).is_ok())
}

/// The bundle of an alert, with as many cosignatures as fit.
///
/// # Errors
/// `SCR-ALR-243` until enough witnesses have cosigned.
pub(crate) fn bundle(app: &App, one: &Issued) -> Result<Vec<u8>, ActError> {
    if !is_witnessed(app, one.index)? {
        return Err(not_proven());
    }
    let entry = app.engine.log().entry(one.index).map_err(|error| Fault::log(&error))?;
    let proof = app.proof(one.index).map_err(|_| not_proven())?.to_string();
    let made = (0..=MAX_COSIGNATURES)
        .rev()
        .find_map(|most| Bundle::from_proof(&proof, &entry, most).and_then(|bundle| bundle.to_bytes()).ok());
    made.filter(|bytes| holds(app, bytes)).ok_or_else(not_proven)
}

/// A bundle as text.
pub(super) fn armour(one: &Issued, bundle: &[u8]) -> String {
    to_armour(Label::Proven(one.text.status), bundle)
}

/// The short form: only the log's promise stands behind it. A mirror cannot make one, and has every alert with its proof.
///
/// # Errors
/// `SCR-ALR-249` where the log's key is not here.
fn short(app: &App, one: &Issued) -> Result<Vec<u8>, ActError> {
    let entry = app.engine.log().entry(one.index).map_err(|error| Fault::log(&error))?;
    let recorded = Recorded { index: one.index, leaf: one.leaf, at: one.at, seqs: Vec::new() };
    let no_key = || Refusal::new(RefusalKind::NotFound, codes::NO_SHORT);
    let promise = app.engine.ledger().promise(&recorded).ok_or_else(no_key)?;
    let made = Short::from_promise(&promise, &entry).and_then(|short| short.to_bytes());
    made.map_err(|error| Fault::log(&error).into())
}

/// The signed CAP message of an alert.
///
/// # Errors
/// `SCR-ALR-247` until it is signed.
pub(crate) fn cap(app: &App, one: &Issued) -> Result<Vec<u8>, ActError> {
    let not_signed = || ActError::from(Refusal::new(RefusalKind::Unavailable, codes::NOT_SIGNED));
    let (_, _, object) = app.engine.read(|views| write::cap_of(views, one.index))?.ok_or_else(not_signed)?;
    let bytes = app.engine.objects().get(&object, MAX_CAP)?;
    bytes.ok_or_else(|| Fault::log(&"the CAP message of an alert is not here").into())
}

/// A file of an alert. What is not ready is answered with 503, when to ask again, and words.
pub(super) fn serve(app: &App, visit: &Visit, name: &str, file: File) -> Result<Reply, ActError> {
    let one = found(app, name)?;
    let made = match file {
        File::Cap => cap(app, &one).map(|bytes| ("application/cap+xml", FOR_EVER, bytes)),
        File::Bundle => bundle(app, &one).map(|bytes| ("application/octet-stream", SHORTLY, bytes)),
        File::Short => short(app, &one).map(|bytes| ("application/octet-stream", FOR_EVER, bytes)),
        File::Text => bundle(app, &one).map(|bytes| {
            let text = format!("{}\n", armour(&one, &bytes));
            ("text/plain; charset=utf-8", SHORTLY, text.into_bytes())
        }),
    };
    match made {
        Ok((kind, cache, bytes)) => {
            let head = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, cache)];
            Ok((head, bytes).into_response().into())
        }
        Err(ActError::Refused(refusal)) if refusal.kind == RefusalKind::Unavailable => {
            Ok(later(visit, &refusal).into())
        }
        Err(error) => Err(error),
    }
}

/// 503 with words.
fn later(visit: &Visit, refusal: &Refusal) -> Response {
    let mut response = Reply::problem(visit, &Problem::refusal(visit, refusal)).into_response();
    response.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from_static(AGAIN));
    response
}

/// The keys that CAP messages are or were signed with, the newest first.
pub(super) async fn signer(State(app): State<Arc<App>>, visit: Visit) -> Reply {
    run(visit, move |_| {
        let keys = app.engine.read(write::signers)?;
        if keys.is_empty() {
            return Err(Refusal::new(RefusalKind::NotFound, codes::NO_ALERT).into());
        }
        let text: String = keys.iter().map(|(_, _, key)| format!("{key}\n")).collect();
        let head = [(header::CONTENT_TYPE, "application/x-pem-file"), (header::CACHE_CONTROL, SHORTLY)];
        Ok((StatusCode::OK, head, text).into_response().into())
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_ending_says() {
        assert_eq!(split("17.cap"), Some(("17", File::Cap)));
        assert_eq!(split("0191-ab.bundle"), Some(("0191-ab", File::Bundle)));
        assert_eq!(split("x.short"), Some(("x", File::Short)));
        assert_eq!(split("a.b.txt"), Some(("a.b", File::Text)));
        assert_eq!((split("17"), split("17.exe")), (None, None));
    }
}
