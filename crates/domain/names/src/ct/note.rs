//! Checkpoints of static logs: a signed note (C2SP signed-note, tlog-checkpoint) with the signature of RFC 6962 in it.

use super::head::{LogKey, SignedHead, TreeHead};
use super::wire::Wire;
use super::{CtLimits, ReadFault};
use scr_canon::{sha256, unb64};

/// Longest checkpoint in bytes, whatever the limits.
const MAX_NOTE: usize = 1 << 16;
/// Most lines of signatures; witnesses add theirs.
const MAX_SIGNATURES: usize = 100;

/// Reads a checkpoint of the log with this key and origin (its submission prefix without scheme and final slash). Its
/// signature is found and unwrapped here, and checked by [`SignedHead::verify`]. Lines of other keys are passed over.
///
/// The origin is not covered by the signature (static-ct-api, "Checkpoints").
///
/// # Errors
/// [`ReadFault`]
pub fn read_checkpoint(
    body: &[u8],
    key: &LogKey,
    origin: &str,
    limits: &CtLimits,
) -> Result<SignedHead, ReadFault> {
    let wrong = ReadFault::Checkpoint;
    let (found, limit) = (body.len(), limits.body.min(MAX_NOTE));
    if found > limit {
        return Err(ReadFault::TooLong { found, limit });
    }
    let text = std::str::from_utf8(body).map_err(|_| wrong("not UTF-8"))?;
    if text.bytes().any(|byte| byte < 0x20 && byte != b'\n') {
        return Err(wrong("control characters"));
    }
    let split = text.rfind("\n\n").ok_or(wrong("no blank line before the signatures"))?;
    let (head, lines) = (&text[..split], &text[split + 2..]);
    let lines = lines.strip_suffix('\n').ok_or(wrong("the last line does not end"))?;
    let mut parts = head.split('\n');
    if parts.next() != Some(origin) {
        return Err(wrong("another origin"));
    }
    let size = parts.next().and_then(decimal).ok_or(wrong("the size is not a decimal number"))?;
    let root = parts.next().and_then(|line| line.parse().ok()).ok_or(wrong("the root is not a hash"))?;
    if parts.next().is_some() {
        return Err(wrong("extension lines, which this signature does not cover"));
    }
    let (timestamp_ms, signature) = signature_of(lines, key, origin)?;
    Ok(SignedHead { log: key.id(), head: TreeHead { size, timestamp_ms, root }, signature })
}

/// The RFC6962NoteSignature of the key: a timestamp, then the TreeHeadSignature.
fn signature_of(lines: &str, key: &LogKey, origin: &str) -> Result<(u64, Vec<u8>), ReadFault> {
    let wrong = ReadFault::Checkpoint;
    let mut of_key = [origin.as_bytes(), b"\n\x05"].concat();
    of_key.extend(key.id().0.0);
    let id = &sha256(&of_key).0[..4];
    let mut found = None;
    for (number, line) in lines.split('\n').enumerate() {
        if number == MAX_SIGNATURES {
            return Err(wrong("more than 100 signatures"));
        }
        let rest = line.strip_prefix("\u{2014} ").ok_or(wrong("a line of a signature has the wrong form"))?;
        let (name, code) = rest.split_once(' ').ok_or(wrong("a line of a signature has the wrong form"))?;
        let bytes = unb64(code).map_err(|_| wrong("a signature is not base64"))?;
        let (own, body) = bytes.split_at_checked(4).ok_or(wrong("a signature is too short"))?;
        if name != origin || own != id {
            continue;
        }
        let mut wire = Wire::new(body);
        let timestamp = wire.number(8).map_err(|_| wrong("a signature is too short"))?;
        let signature = body.get(wire.at()..).unwrap_or_default().to_vec();
        if found.replace((timestamp, signature)).is_some() {
            return Err(wrong("two signatures of the same key"));
        }
    }
    found.ok_or(wrong("no signature of this log's key"))
}

/// A decimal number up to 2^63-1: no sign, no leading zero.
fn decimal(text: &str) -> Option<u64> {
    let plain = !text.is_empty()
        && text.bytes().all(|byte| byte.is_ascii_digit())
        && (text == "0" || !text.starts_with('0'));
    plain.then(|| text.parse::<i64>().ok()).flatten().and_then(|number| u64::try_from(number).ok())
}
