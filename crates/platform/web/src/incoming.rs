//! An uploaded file, piece by piece, up to a limit: the token of the form stands before it, so nothing is read for a form
//! that is not this site's.

use crate::app::App;
use crate::problem::{Problem, Reply};
use crate::visit::Visit;
use axum::body::Bytes;
use axum::extract::Multipart;
use axum::extract::multipart::{Field, MultipartError};
use scr_engine::ActError;
use std::time::Duration;

const MAX_TOKEN_BYTES: usize = 200;
const MAX_REASON_BYTES: usize = 10_000;
const MAX_FILE_NAME: usize = 200;
/// How long a sender may be silent.
const MAX_SILENCE: Duration = Duration::from_secs(30);

/// Why an upload was not taken. Then nothing of it is kept.
#[derive(Debug)]
pub enum NotTaken {
    /// A status and a code.
    Status(u16, &'static str),
    /// What keeping it met.
    Act(ActError),
}

const FOREIGN: NotTaken = NotTaken::Status(403, "SCR-WEB-003");
const TOO_LARGE: NotTaken = NotTaken::Status(413, "SCR-WEB-005");
const NO_FORM: NotTaken = NotTaken::Status(422, "SCR-WEB-006");
const SILENT: NotTaken = NotTaken::Status(503, "SCR-WEB-008");

impl NotTaken {
    /// The page that says so.
    pub fn reply(&self, visit: &Visit) -> Reply {
        match self {
            Self::Status(status, code) => Reply::problem(visit, &Problem::new(*status, code)),
            Self::Act(error) => Reply::act(visit, error),
        }
    }
}

impl From<MultipartError> for NotTaken {
    fn from(error: MultipartError) -> Self {
        if error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE { TOO_LARGE } else { NO_FORM }
    }
}

/// Where the pieces of a file go.
pub trait Keep: Send {
    /// Takes a piece. False: no more is wanted, and the keeper knows why.
    fn keep(&mut self, piece: Bytes) -> impl Future<Output = bool> + Send;
}

impl Keep for Vec<u8> {
    async fn keep(&mut self, piece: Bytes) -> bool {
        self.extend_from_slice(&piece);
        true
    }
}

/// A file that has come in.
#[derive(Debug)]
pub struct Incoming {
    /// The last part of the name that the sender gives, without control characters.
    pub name: String,
    /// What was typed in a field `reason` before the file.
    pub reason: String,
}

/// Takes the field `file` of a form whose field `csrf` stands before it.
///
/// # Errors
/// SCR-WEB-003 where the form is not this site's, -006 where it has no file, -005 for what is longer than the server's
/// limit, -008 where the sender is silent for too long. The keeper has then seen a part of it, or nothing.
pub async fn incoming(
    app: &App,
    visit: &Visit,
    parts: &mut Multipart,
    keeper: &mut impl Keep,
) -> Result<Incoming, NotTaken> {
    let mut is_ours = false;
    let mut reason = String::new();
    while let Some(mut field) = parts.next_field().await? {
        match field.name() {
            Some("csrf") => {
                let given = whole(&mut field, MAX_TOKEN_BYTES).await.map_err(|_| FOREIGN)?;
                is_ours = same(&given, &visit.csrf);
            }
            Some("reason") if is_ours => {
                let given = whole(&mut field, MAX_REASON_BYTES).await?;
                reason = String::from_utf8_lossy(&given).into_owned();
            }
            Some("file") if is_ours => {
                let name = file_name(field.file_name().unwrap_or_default());
                let mut left = app.config.max_upload_bytes;
                while let Some(piece) = piece(&mut field).await? {
                    left = left.checked_sub(piece.len()).ok_or(TOO_LARGE)?;
                    if !keeper.keep(piece).await {
                        break;
                    }
                }
                return Ok(Incoming { name, reason });
            }
            _ => break,
        }
    }
    Err(if is_ours { NO_FORM } else { FOREIGN })
}

async fn whole(field: &mut Field<'_>, limit: usize) -> Result<Vec<u8>, NotTaken> {
    let mut bytes = Vec::new();
    while let Some(piece) = piece(field).await? {
        if bytes.len().saturating_add(piece.len()) > limit {
            return Err(TOO_LARGE);
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}

async fn piece(field: &mut Field<'_>) -> Result<Option<Bytes>, NotTaken> {
    match tokio::time::timeout(MAX_SILENCE, field.chunk()).await {
        Ok(piece) => Ok(piece?),
        Err(_) => Err(SILENT),
    }
}

/// Compares without telling by its duration how much was right.
fn same(given: &[u8], wanted: &str) -> bool {
    let differs = given.iter().zip(wanted.bytes()).fold(0, |all, (a, b)| all | (a ^ b));
    !wanted.is_empty() && given.len() == wanted.len() && differs == 0
}

/// The last part of a path, without control characters.
fn file_name(given: &str) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = last.chars().filter(|c| !c.is_control()).take(MAX_FILE_NAME).collect();
    if name.is_empty() { "file".to_owned() } else { name }
}
