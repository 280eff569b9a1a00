//! Takes an uploaded file piece by piece: to the disk as it comes, hashed on the way, or not at all.

use super::draft::UPLOAD;
use axum::body::Bytes;
use axum::extract::Multipart;
use axum::extract::multipart::{Field, MultipartError};
use scr_canon::Hash32;
use scr_engine::{ActError, Fault};
use scr_web::{App, Visit};
use std::sync::Arc;
use std::time::Duration;

const MAX_TOKEN_BYTES: usize = 200;
const MAX_REASON_BYTES: usize = 10_000;
const MAX_FILE_NAME: usize = 200;
/// Pieces of an upload that wait to be written.
const PIECES_WAITING: usize = 16;
/// How long a sender may be silent.
const MAX_SILENCE: Duration = Duration::from_secs(30);

/// A file that has been kept; `file` is `None` when it was empty.
pub(crate) struct Upload {
    pub(crate) name: String,
    pub(crate) file: Option<Hash32>,
    /// What was typed in a field `reason` before the file.
    pub(crate) reason: String,
}

/// Why an upload was not taken. Then nothing of it is kept.
pub(crate) enum NotTaken {
    Status(u16, &'static str),
    Act(ActError),
}

impl From<MultipartError> for NotTaken {
    fn from(error: MultipartError) -> Self {
        if error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE {
            Self::Status(413, "SCR-WEB-005")
        } else {
            Self::Status(422, "SCR-WEB-006")
        }
    }
}

/// The token stands before the file, so nothing is read for a form that is not this site's.
pub(crate) async fn take(app: &Arc<App>, visit: &Visit, parts: &mut Multipart) -> Result<Upload, NotTaken> {
    let mut is_ours = false;
    let mut reason = Vec::new();
    while let Some(mut field) = parts.next_field().await? {
        match field.name() {
            Some("csrf") => {
                let mut token = Vec::new();
                while let Some(piece) = piece(&mut field).await? {
                    token.extend_from_slice(&piece);
                    if token.len() > MAX_TOKEN_BYTES {
                        return Err(NotTaken::Status(403, "SCR-WEB-003"));
                    }
                }
                is_ours = same(&token, &visit.csrf);
            }
            Some("reason") if is_ours => {
                while let Some(piece) = piece(&mut field).await? {
                    reason.extend_from_slice(&piece);
                    if reason.len() > MAX_REASON_BYTES {
                        return Err(NotTaken::Status(413, "SCR-WEB-005"));
                    }
                }
            }
            Some("file") if is_ours => {
                let name = file_name(field.file_name().unwrap_or_default());
                let reason = String::from_utf8_lossy(&reason).into_owned();
                return Ok(Upload { name, file: spool(app, field).await?, reason });
            }
            _ => break,
        }
    }
    Err(if is_ours { NotTaken::Status(422, "SCR-WEB-006") } else { NotTaken::Status(403, "SCR-WEB-003") })
}

/// The next piece; whoever sends nothing for too long is cut off.
async fn piece(field: &mut Field<'_>) -> Result<Option<Bytes>, NotTaken> {
    match tokio::time::timeout(MAX_SILENCE, field.chunk()).await {
        Ok(piece) => Ok(piece?),
        Err(_) => Err(NotTaken::Status(503, "SCR-WEB-008")),
    }
}

/// Writes a file to the object store as it comes, behind [`UPLOAD`]; a few pieces are in memory.
async fn spool(app: &Arc<App>, mut field: Field<'_>) -> Result<Option<Hash32>, NotTaken> {
    let (send, mut pieces) = tokio::sync::mpsc::channel::<Bytes>(PIECES_WAITING);
    let (send_end, whole) = tokio::sync::oneshot::channel::<()>();
    let keeper = Arc::clone(app);
    let writing = tokio::task::spawn_blocking(move || -> Result<Option<Hash32>, ActError> {
        let mut writer = keeper.engine.objects().writer()?;
        writer.write(UPLOAD)?;
        let mut is_empty = true;
        while let Some(piece) = pieces.blocking_recv() {
            is_empty &= piece.is_empty();
            writer.write(&piece)?;
        }
        // Cut off in the middle, or empty: nothing is kept.
        if is_empty || whole.blocking_recv().is_err() { Ok(None) } else { Ok(Some(writer.finish()?)) }
    });
    let mut size = 0;
    while let Some(piece) = piece(&mut field).await? {
        size += piece.len();
        if size > app.config.max_upload_bytes {
            return Err(NotTaken::Status(413, "SCR-WEB-005"));
        }
        if send.send(piece).await.is_err() {
            // The writer has failed, and says why.
            break;
        }
    }
    drop((send_end.send(()), send));
    let written = writing.await.map_err(|error| NotTaken::Act(Fault::log(&error).into()))?;
    written.map_err(NotTaken::Act)
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
