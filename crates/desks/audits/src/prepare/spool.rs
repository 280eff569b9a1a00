//! Takes an uploaded file piece by piece, up to a limit.

use axum::body::Bytes;
use axum::extract::Multipart;
use axum::extract::multipart::{Field, MultipartError};
use scr_web::{App, Problem, Reply, Visit};
use std::time::Duration;

const MAX_TOKEN_BYTES: usize = 200;
const MAX_FILE_NAME: usize = 200;
/// How long a sender may be silent.
const MAX_SILENCE: Duration = Duration::from_secs(30);

/// An uploaded file; empty where none was chosen.
pub(super) struct Upload {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

/// Why it was not taken: the status and the code.
struct NotTaken(u16, &'static str);

const FOREIGN: NotTaken = NotTaken(403, "SCR-WEB-003");
const TOO_LARGE: NotTaken = NotTaken(413, "SCR-WEB-005");
const NO_FORM: NotTaken = NotTaken(422, "SCR-WEB-006");
const SILENT: NotTaken = NotTaken(503, "SCR-WEB-008");

impl From<MultipartError> for NotTaken {
    fn from(error: MultipartError) -> Self {
        if error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE { TOO_LARGE } else { NO_FORM }
    }
}

/// The token stands before the file, so nothing is read for a form that is not this site's.
pub(super) async fn take(app: &App, visit: &Visit, parts: &mut Multipart) -> Result<Upload, Reply> {
    let taken = read(app.config.max_upload_bytes, &visit.csrf, parts).await;
    taken.map_err(|NotTaken(status, code)| Reply::problem(visit, &Problem::new(status, code)))
}

async fn read(limit: usize, token: &str, parts: &mut Multipart) -> Result<Upload, NotTaken> {
    let mut is_ours = false;
    while let Some(mut field) = parts.next_field().await? {
        match field.name() {
            Some("csrf") => {
                let given = whole(&mut field, MAX_TOKEN_BYTES).await.map_err(|_| FOREIGN)?;
                is_ours = same(&given, token);
            }
            Some("file") if is_ours => {
                let name = file_name(field.file_name().unwrap_or_default());
                return Ok(Upload { name, bytes: whole(&mut field, limit).await? });
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

/// The next piece; whoever sends nothing for too long is cut off.
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
