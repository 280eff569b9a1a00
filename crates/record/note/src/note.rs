//! C2SP signed-note: a text, a blank line, and lines of signatures.

use crate::keys::{Algorithm, SignError, SignerKey, VerifierKey, check_name};
use scr_canon::{b64, unb64};
use std::fmt;
use std::str::FromStr;

/// Longest note that is read, in bytes.
pub const MAX_NOTE_BYTES: usize = 1 << 20;
/// Most signatures that are read. The specification demands at least 16.
pub const MAX_SIGNATURES: usize = 100;

/// Why a note is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// The form is wrong; what, in words.
    #[error("not a signed note: {0}")]
    Malformed(&'static str),
    /// A signature by a key that the reader trusts does not hold.
    #[error("the signature of {0} does not hold")]
    BadSignature(String),
    /// None of the trusted keys has signed.
    #[error("none of the trusted keys has signed this note")]
    Unsigned,
}

/// One line of a signature, not yet checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteSignature {
    /// Name of the signer, as it stands in the line.
    pub name: String,
    /// The first four bytes: which key.
    pub id: [u8; 4],
    /// The rest: the signature itself.
    pub signature: Vec<u8>,
}

/// A note: its text, which ends with a line end, and its signatures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// What is signed.
    pub text: String,
    /// By whom, unchecked.
    pub signatures: Vec<NoteSignature>,
}

/// A signature that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// Name of the key.
    pub name: String,
    /// Its id.
    pub id: [u8; 4],
    /// Its type.
    pub algorithm: Algorithm,
    /// The time that the signer states, in seconds since 1970, UTC.
    pub time: Option<u64>,
}

impl Note {
    /// A note over `text` by these keys.
    ///
    /// # Errors
    /// [`SignError`] of the first key that does not sign.
    pub fn sign(text: &str, signers: &[&SignerKey], time: u64) -> Result<Self, SignError> {
        let signatures = signers
            .iter()
            .map(|signer| {
                let signature = signer.sign(text, time)?;
                let (name, id) = (signer.verifier().name().to_owned(), signer.verifier().id());
                Ok(NoteSignature { name, id, signature })
            })
            .collect::<Result<Vec<_>, SignError>>()?;
        Ok(Self { text: text.to_owned(), signatures })
    }

    /// The signatures by keys in `trusted`, each key once. Other keys' signatures are ignored; one
    /// bad signature by a trusted key refuses the whole note, and so does the lack of any.
    pub fn open(&self, trusted: &[VerifierKey]) -> Result<Vec<Verified>, NoteError> {
        let mut verified: Vec<Verified> = Vec::new();
        for line in &self.signatures {
            let Some(key) = trusted.iter().find(|key| key.name() == line.name && key.id() == line.id) else {
                continue;
            };
            let time = key
                .verify(&self.text, &line.signature)
                .ok_or_else(|| NoteError::BadSignature(line.name.clone()))?;
            if !verified.iter().any(|seen| seen.name == line.name && seen.id == line.id) {
                verified.push(Verified {
                    name: line.name.clone(),
                    id: line.id,
                    algorithm: key.algorithm(),
                    time,
                });
            }
        }
        if verified.is_empty() { Err(NoteError::Unsigned) } else { Ok(verified) }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        self.signatures.iter().try_for_each(|line| write!(f, "{line}"))
    }
}

impl fmt::Display for NoteSignature {
    /// The whole line, with its end.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = self.id.to_vec();
        bytes.extend_from_slice(&self.signature);
        writeln!(f, "\u{2014} {} {}", self.name, b64(&bytes))
    }
}

impl FromStr for Note {
    type Err = NoteError;

    fn from_str(source: &str) -> Result<Self, NoteError> {
        if source.len() > MAX_NOTE_BYTES {
            return Err(NoteError::Malformed("longer than 1 MiB"));
        }
        if source.bytes().any(|b| b < 0x20 && b != b'\n') {
            return Err(NoteError::Malformed("it contains control characters"));
        }
        let split =
            source.rfind("\n\n").ok_or(NoteError::Malformed("no blank line before the signatures"))?;
        let (text, lines) = (&source[..=split], &source[split + 2..]);
        let lines = lines.strip_suffix('\n').ok_or(NoteError::Malformed("the last line does not end"))?;
        let signatures = lines.split('\n').map(signature_line).collect::<Result<Vec<_>, _>>()?;
        if signatures.len() > MAX_SIGNATURES {
            return Err(NoteError::Malformed("more than 100 signatures"));
        }
        Ok(Self { text: text.to_owned(), signatures })
    }
}

fn signature_line(line: &str) -> Result<NoteSignature, NoteError> {
    let wrong = NoteError::Malformed("a line of a signature has the wrong form");
    let rest = line.strip_prefix("\u{2014} ").ok_or(wrong.clone())?;
    let (name, signature) = rest.split_once(' ').ok_or(wrong.clone())?;
    check_name(name).map_err(|_| wrong.clone())?;
    let bytes = unb64(signature).map_err(|_| wrong.clone())?;
    let (id, signature) = bytes.split_first_chunk::<4>().filter(|(_, rest)| !rest.is_empty()).ok_or(wrong)?;
    Ok(NoteSignature { name: name.to_owned(), id: *id, signature: signature.to_vec() })
}
