//! Commands: the same that the pages call, by programs with a token.

use super::json;
use crate::app::App;
use crate::problem::{Problem, Reply};
use crate::visit::Visit;
use axum::body::to_bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use scr_core::{Actor, Refusal, RefusalKind};
use scr_engine::{ActError, Fault, Receipt, utc_text};
use serde::de::DeserializeOwned;
use serde_json::{Value, json as value};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Largest body of a command without a file.
const MAX_BODY_BYTES: usize = 256 * 1024;
/// Commands of one person in one minute.
const MAX_COMMANDS: u32 = 120;
/// How long an act waits until what it recorded can be read.
const SEEN_WAIT: Duration = Duration::from_secs(10);

/// The body of a command.
pub trait Body: DeserializeOwned {
    /// Whether it holds a file, in base64.
    const WITH_FILE: bool = false;
}

/// Who acts, and what they sent. Only programs with a token come in, because the gate takes nothing else below `/api/`:
/// a form of another site cannot send one.
#[derive(Debug)]
pub struct Command<T> {
    /// The request's language and address.
    pub visit: Visit,
    /// Whose token it is.
    pub actor: Actor,
    /// What they sent.
    pub body: T,
}

impl<T: Body> FromRequest<Arc<App>> for Command<T> {
    type Rejection = Reply;

    /// Refused with `SCR-API-002` to `-004`: no such JSON, too large, too many commands.
    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Reply> {
        let (mut parts, body) = request.into_parts();
        let Ok(visit) = Visit::from_request_parts(&mut parts, app).await;
        let refuse = |kind, code: &str| Reply::refused(&visit, &Refusal::new(kind, code));
        let Some(actor) = visit.login.as_ref().map(|login| login.actor.clone()) else {
            return Err(Reply::problem(&visit, &Problem::new(401, "SCR-WEB-002")));
        };
        if !may_act(&actor, app.clock.now()) {
            return Err(refuse(RefusalKind::TooMany, "SCR-API-004"));
        }
        // A file travels as base64: four bytes for three.
        let file = if T::WITH_FILE { app.config.max_upload_bytes / 3 * 4 } else { 0 };
        let bytes = to_bytes(body, file + MAX_BODY_BYTES)
            .await
            .map_err(|_| refuse(RefusalKind::TooLarge, "SCR-API-003"))?;
        let body = serde_json::from_slice(&bytes).map_err(|error| {
            let refusal = Refusal::new(RefusalKind::Invalid, "SCR-API-002").with("why", error);
            Reply::refused(&visit, &refusal)
        })?;
        Ok(Self { visit, actor, body })
    }
}

/// Whether a person may send another command in this minute.
fn may_act(actor: &Actor, now: i64) -> bool {
    static SENT: Mutex<BTreeMap<String, (i64, u32)>> = Mutex::new(BTreeMap::new());
    let minute = now.div_euclid(60);
    let mut sent = SENT.lock().unwrap_or_else(PoisonError::into_inner);
    sent.retain(|_, (at, _)| *at == minute);
    let (_, count) = sent.entry(actor.person.to_string()).or_insert((minute, 0));
    *count += 1;
    *count <= MAX_COMMANDS
}

/// The file of a body, from its base64.
///
/// # Errors
/// `SCR-API-008` where it is no base64, `-003` where it is empty or larger than an upload may be.
pub fn file_of(app: &App, text: &str) -> Result<Vec<u8>, Refusal> {
    let file =
        scr_canon::unb64(text).map_err(|_| Refusal::new(RefusalKind::Invalid, "SCR-API-008").on("file"))?;
    if file.is_empty() || file.len() > app.config.max_upload_bytes {
        return Err(Refusal::new(RefusalKind::TooLarge, "SCR-API-003"));
    }
    Ok(file)
}

/// What came of a command.
#[derive(Debug)]
pub enum Done {
    /// It is recorded, and can be read at this address.
    Recorded(Vec<Receipt>, String),
    /// It was answered otherwise.
    Answered(Reply),
}

/// Does what a command says, where blocking is allowed. The answer is the log's promise of each entry; what was
/// recorded can be read at once.
pub async fn act<F>(app: Arc<App>, visit: Visit, work: F) -> Reply
where
    F: FnOnce(&Arc<App>, &Visit) -> Result<Done, ActError> + Send + 'static,
{
    let words = visit.clone();
    let done = crate::blocking(move || {
        let done = work(&app, &visit)?;
        if let Done::Recorded(receipts, _) = &done
            && let Some(last) = receipts.last()
        {
            app.engine.wait_for(last.index + 1, SEEN_WAIT);
        }
        Ok::<_, ActError>(done)
    });
    match done.await {
        Ok(Ok(Done::Recorded(receipts, location))) => recorded(&receipts, &location),
        Ok(Ok(Done::Answered(reply))) => reply,
        Ok(Err(error)) => Reply::act(&words, &error),
        Err(error) => Reply::fault(&words, &Fault::log(&error)),
    }
}

/// The promise of each entry: whoever keeps it holds the log to it.
fn recorded(receipts: &[Receipt], location: &str) -> Reply {
    let all: Vec<Value> = receipts
        .iter()
        .map(|one| {
            value!({"entry": one.index, "leaf": one.leaf, "id": one.id, "kind": one.kind,
                "recorded_at": utc_text(one.at), "promise": one.promise})
        })
        .collect();
    let mut response = json(StatusCode::CREATED, value!({"recorded": all}).to_string());
    if let Ok(to) = HeaderValue::from_str(location) {
        response.headers_mut().insert(header::LOCATION, to);
    }
    response.into()
}

/// A problem in the form of RFC 9457 with the places where a file is wrong.
pub fn with_problems(visit: &Visit, refusal: &Refusal, problems: &Value) -> Response {
    let mut document = serde_json::to_value(Problem::refusal(visit, refusal)).unwrap_or_default();
    document["problems"] = problems.clone();
    let kind = [(header::CONTENT_TYPE, "application/problem+json")];
    (StatusCode::UNPROCESSABLE_ENTITY, kind, document.to_string()).into_response()
}
