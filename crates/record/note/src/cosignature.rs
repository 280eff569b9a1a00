//! The messages that cosigners sign (C2SP tlog-cosignature).

use crate::checkpoint::Checkpoint;

/// cosignature/v1 (type 0x04): header, time, and the whole text of the note.
pub(crate) fn ed25519_message(time: u64, text: &str) -> Vec<u8> {
    format!("cosignature/v1\ntime {time}\n{text}").into_bytes()
}

/// subtree/v1 (type 0x06) for a whole checkpoint: the subtree from 0 to its size. Extension lines
/// are not covered. `None` when a name is longer than 255 bytes.
pub(crate) fn subtree_message(cosigner: &str, time: u64, checkpoint: &Checkpoint) -> Option<Vec<u8>> {
    let mut message = b"subtree/v1\n\0".to_vec();
    message.push(u8::try_from(cosigner.len()).ok()?);
    message.extend_from_slice(cosigner.as_bytes());
    message.extend_from_slice(&time.to_be_bytes());
    message.push(u8::try_from(checkpoint.origin.len()).ok()?);
    message.extend_from_slice(checkpoint.origin.as_bytes());
    message.extend_from_slice(&0u64.to_be_bytes());
    message.extend_from_slice(&checkpoint.size.to_be_bytes());
    message.extend_from_slice(&checkpoint.root.0);
    Some(message)
}
