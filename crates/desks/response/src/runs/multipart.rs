//! A form with a file: texts first, the file last.

use super::acts::MAX_FILE;
use axum::extract::Multipart;
use axum::extract::multipart::Field;
use scr_web::{FormState, Problem, Reply, Visit};
use std::time::Duration;

const MAX_FIELDS: usize = 60;
const MAX_TEXT: usize = 16 << 10;
/// How long a sender may be silent.
const MAX_SILENCE: Duration = Duration::from_secs(30);

/// What was typed, and the file.
pub(super) struct Sent {
    pub(super) form: FormState,
    pub(super) file: Vec<u8>,
}

fn refuse(visit: &Visit, status: u16, code: &str) -> Reply {
    Reply::problem(visit, &Problem::new(status, code))
}

/// Takes a form whose field `csrf` stands before everything else. A file that is longer than one may be is read no further
/// than that.
pub(super) async fn take(visit: &Visit, parts: &mut Multipart) -> Result<Sent, Reply> {
    let broken = || refuse(visit, 422, "SCR-WEB-006");
    let mut sent = Sent { form: FormState::new(), file: Vec::new() };
    let mut is_ours = false;
    for _ in 0..MAX_FIELDS {
        let Some(mut field) = parts.next_field().await.map_err(|_| broken())? else { break };
        let name: String = field.name().unwrap_or_default().chars().take(200).collect();
        if name == "file" && is_ours {
            sent.file = read(visit, &mut field, MAX_FILE + 1).await?;
            if sent.file.len() > MAX_FILE {
                // The act refuses it; nobody reads the rest.
                return Ok(sent);
            }
            continue;
        }
        let bytes = read(visit, &mut field, MAX_TEXT + 1).await?;
        if bytes.len() > MAX_TEXT {
            return Err(refuse(visit, 413, "SCR-WEB-005"));
        }
        let text = String::from_utf8(bytes).map_err(|_| broken())?;
        if name == "csrf" {
            is_ours = same(text.as_bytes(), &visit.csrf);
        } else if is_ours {
            // Browsers send line ends of two characters.
            sent.form = sent.form.with(&name, text.replace("\r\n", "\n"));
        }
        if !is_ours {
            return Err(refuse(visit, 403, "SCR-WEB-003"));
        }
    }
    if is_ours { Ok(sent) } else { Err(refuse(visit, 403, "SCR-WEB-003")) }
}

/// At most so many bytes.
async fn read(visit: &Visit, field: &mut Field<'_>, most: usize) -> Result<Vec<u8>, Reply> {
    let mut bytes = Vec::new();
    loop {
        let piece = tokio::time::timeout(MAX_SILENCE, field.chunk()).await;
        match piece {
            Err(_) => return Err(refuse(visit, 503, "SCR-WEB-008")),
            Ok(Err(_)) => return Err(refuse(visit, 413, "SCR-WEB-005")),
            Ok(Ok(None)) => return Ok(bytes),
            Ok(Ok(Some(piece))) => {
                let left = most.saturating_sub(bytes.len());
                bytes.extend_from_slice(piece.get(..left.min(piece.len())).unwrap_or_default());
                if bytes.len() >= most {
                    return Ok(bytes);
                }
            }
        }
    }
}

/// Compares without telling by its duration how much was right.
fn same(given: &[u8], wanted: &str) -> bool {
    let differs = given.iter().zip(wanted.bytes()).fold(0, |all, (a, b)| all | (a ^ b));
    !wanted.is_empty() && given.len() == wanted.len() && differs == 0
}
