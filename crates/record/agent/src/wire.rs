//! The messages, as bytes (draft-miller-ssh-agent; strings and key formats: RFC 4251 section 5, RFC 8709).

use scr_canon::{b64, sha256};

/// Longest message that is read, in bytes: OpenSSH's own limit.
pub(crate) const MAX_MESSAGE_BYTES: usize = 256 * 1024;
/// Keys of an agent that are read.
const MAX_KEYS: u32 = 1_024;
/// A comment is shown up to this length.
const MAX_COMMENT_CHARS: usize = 200;

const FAILURE: u8 = 5;
const REQUEST_IDENTITIES: u8 = 11;
const IDENTITIES_ANSWER: u8 = 12;
const SIGN_REQUEST: u8 = 13;
const SIGN_RESPONSE: u8 = 14;
const ED25519: &[u8] = b"ssh-ed25519";

/// Why an answer is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WireError {
    /// The agent says no: it is locked, the key is gone, or a person did not confirm.
    #[error("the agent refuses")]
    Refused,
    /// It is no answer of the protocol.
    #[error("the agent's answer is malformed: {0}")]
    Malformed(&'static str),
}

/// An Ed25519 key that an agent holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The public key.
    pub public: [u8; 32],
    /// What the agent calls it; nobody vouches for that.
    pub comment: String,
}

impl Identity {
    /// Its fingerprint as `ssh-add -l` shows it.
    pub fn fingerprint(&self) -> String {
        fingerprint(&self.public)
    }
}

/// `SHA256:` and the unpadded base64 of the SHA-256 of the key in its form for SSH.
pub fn fingerprint(public: &[u8; 32]) -> String {
    format!("SHA256:{}", b64(&sha256(&key_blob(public)).0).trim_end_matches('='))
}

/// The body of an answer to the question which keys are there: its Ed25519 keys. Others are passed by.
pub fn read_identities(body: &[u8]) -> Result<Vec<Identity>, WireError> {
    let mut reader = Reader::open(body, IDENTITIES_ANSWER)?;
    let count = reader.number()?;
    if count > MAX_KEYS {
        return Err(WireError::Malformed("more than 1,024 keys"));
    }
    let mut identities = Vec::new();
    for _ in 0..count {
        let (blob, comment) = (reader.string()?, reader.string()?);
        let Some(public) = public_key(blob)? else { continue };
        let comment = String::from_utf8_lossy(comment);
        let comment = comment.chars().filter(|c| !c.is_control()).take(MAX_COMMENT_CHARS).collect();
        identities.push(Identity { public, comment });
    }
    reader.end()?;
    Ok(identities)
}

/// The body of an answer to the wish for a signature: 64 bytes, not yet checked.
pub fn read_signature(body: &[u8]) -> Result<[u8; 64], WireError> {
    let mut reader = Reader::open(body, SIGN_RESPONSE)?;
    let mut signature = Reader(reader.string()?);
    reader.end()?;
    if signature.string()? != ED25519 {
        return Err(WireError::Malformed("the signature is not of type ssh-ed25519"));
    }
    let bytes = signature.string()?;
    signature.end()?;
    bytes.try_into().map_err(|_| WireError::Malformed("the signature is not 64 bytes long"))
}

/// The question which keys are there, with its length.
pub(crate) fn request_identities() -> Vec<u8> {
    framed(&[REQUEST_IDENTITIES])
}

/// The wish for a signature over `message`, with its length.
pub(crate) fn sign_request(public: &[u8; 32], message: &[u8]) -> Vec<u8> {
    let mut body = vec![SIGN_REQUEST];
    put(&mut body, &key_blob(public));
    put(&mut body, message);
    body.extend_from_slice(&0_u32.to_be_bytes());
    framed(&body)
}

/// A public key in its form for SSH (RFC 8709 section 4).
pub(crate) fn key_blob(public: &[u8; 32]) -> Vec<u8> {
    let mut blob = Vec::new();
    put(&mut blob, ED25519);
    put(&mut blob, public);
    blob
}

/// Adds a string of RFC 4251: its length in four bytes, then its bytes.
pub(crate) fn put(into: &mut Vec<u8>, bytes: &[u8]) {
    into.extend_from_slice(&u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_be_bytes());
    into.extend_from_slice(bytes);
}

fn framed(body: &[u8]) -> Vec<u8> {
    let mut message = Vec::new();
    put(&mut message, body);
    message
}

/// The key in a blob; `None` for a key of another type.
fn public_key(blob: &[u8]) -> Result<Option<[u8; 32]>, WireError> {
    let mut reader = Reader(blob);
    if reader.string()? != ED25519 {
        return Ok(None);
    }
    let public = reader.string()?;
    reader.end()?;
    public.try_into().map(Some).map_err(|_| WireError::Malformed("an Ed25519 key is not 32 bytes long"))
}

/// What is left to read.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    /// The rest of an answer of this type.
    fn open(body: &'a [u8], wanted: u8) -> Result<Self, WireError> {
        match body.split_first() {
            Some((kind, rest)) if *kind == wanted => Ok(Self(rest)),
            Some((&FAILURE, [])) => Err(WireError::Refused),
            Some(_) => Err(WireError::Malformed("it is of another type")),
            None => Err(WireError::Malformed("it is empty")),
        }
    }

    fn number(&mut self) -> Result<u32, WireError> {
        let (bytes, rest) = self.0.split_first_chunk::<4>().ok_or(WireError::Malformed("it is cut off"))?;
        self.0 = rest;
        Ok(u32::from_be_bytes(*bytes))
    }

    fn string(&mut self) -> Result<&'a [u8], WireError> {
        let length = usize::try_from(self.number()?).unwrap_or(usize::MAX);
        let (bytes, rest) = self.0.split_at_checked(length).ok_or(WireError::Malformed("it is cut off"))?;
        self.0 = rest;
        Ok(bytes)
    }

    fn end(&self) -> Result<(), WireError> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(WireError::Malformed("there is more than there should be"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MALFORMED: fn(&'static str) -> WireError = WireError::Malformed;

    fn answer(kind: u8, parts: &[&[u8]]) -> Vec<u8> {
        let mut body = vec![kind];
        parts.iter().for_each(|part| body.extend_from_slice(part));
        body
    }

    fn string(bytes: &[u8]) -> Vec<u8> {
        let mut into = Vec::new();
        put(&mut into, bytes);
        into
    }

    #[test]
    fn refusals_and_nonsense_are_told_apart() {
        assert_eq!(read_signature(&[5]), Err(WireError::Refused));
        assert_eq!(read_signature(&[5, 0]), Err(MALFORMED("it is of another type")));
        assert_eq!(read_identities(&[]), Err(MALFORMED("it is empty")));
        assert_eq!(read_identities(&[14]), Err(MALFORMED("it is of another type")));
        assert_eq!(read_identities(&[12, 0, 0]), Err(MALFORMED("it is cut off")));
        assert_eq!(read_identities(&[12, 0, 0, 4, 1]), Err(MALFORMED("more than 1,024 keys")));
        assert_eq!(read_identities(&[12, 0, 0, 0, 1]), Err(MALFORMED("it is cut off")));
        assert_eq!(
            read_identities(&[12, 0, 0, 0, 0, 9]),
            Err(MALFORMED("there is more than there should be"))
        );
        let huge = answer(12, &[&[0, 0, 0, 1], &[255, 255, 255, 255]]);
        assert_eq!(read_identities(&huge), Err(MALFORMED("it is cut off")));
    }

    #[test]
    fn only_ed25519_counts() {
        let rsa = [string(b"ssh-rsa"), string(b"e"), string(b"n")].concat();
        let short = [string(ED25519), string(&[1; 31])].concat();
        let (own, comment) = (key_blob(&[7; 32]), string("log\u{7} key\n".as_bytes()));
        let listed = answer(12, &[&[0, 0, 0, 2], &string(&rsa), &comment, &string(&own), &comment]);
        let identities = read_identities(&listed).unwrap();
        assert_eq!(identities, [Identity { public: [7; 32], comment: "log key".to_owned() }]);
        let listed = answer(12, &[&[0, 0, 0, 1], &string(&short), &comment]);
        assert_eq!(read_identities(&listed), Err(MALFORMED("an Ed25519 key is not 32 bytes long")));
        let signature = |kind: &[u8], bytes: &[u8]| {
            read_signature(&answer(14, &[&string(&[string(kind), string(bytes)].concat())]))
        };
        assert_eq!(signature(ED25519, &[9; 64]), Ok([9; 64]));
        assert_eq!(
            signature(b"ssh-rsa", &[9; 64]),
            Err(MALFORMED("the signature is not of type ssh-ed25519"))
        );
        assert_eq!(signature(ED25519, &[9; 63]), Err(MALFORMED("the signature is not 64 bytes long")));
    }
}
