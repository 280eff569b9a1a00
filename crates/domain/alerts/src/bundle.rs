//! The bundle and its short form as bytes. Nothing is checked here but the form; see [`crate::verify`].
//!
//! The layouts stand in docs/reference/alert-formats.md.

use crate::bytes::{Reader, length_byte, number_bytes};
use crate::{Broken, Part, pack, unpack};
use scr_canon::{Hash32, sha256};
use scr_note::{Checkpoint, Note, Promise, TlogProof};

/// Longest bundle in bytes: what a QR code of version 40 holds at level L.
pub const MAX_BUNDLE_BYTES: usize = 2_953;
/// Longest short form in bytes.
pub const MAX_SHORT_BYTES: usize = 1_400;
/// Most cosignatures of one bundle.
pub const MAX_COSIGNATURES: usize = 16;
/// What a bundle begins with.
pub const BUNDLE_MAGIC: [u8; 4] = *b"SCB\x01";
/// What a short form begins with.
pub const SHORT_MAGIC: [u8; 4] = *b"SCS\x01";
/// A path in a tree of 2^48 leaves.
const MAX_PATH: usize = 48;
/// Bytes of an Ed25519 signature.
const SIGNATURE: usize = 64;
const CHECKSUM: usize = 4;

/// A witness' signature, without the name of its key: that stands on the reader's card.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cosignature {
    /// Id of the key (signed-note).
    pub key: [u8; 4],
    /// When the witness saw the checkpoint: seconds since 1970, UTC.
    pub time: u64,
    /// Ed25519.
    pub signature: [u8; SIGNATURE],
}

/// An entry with the proof that it is in the log, and who has seen that log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// The entry, byte for byte.
    pub entry: Vec<u8>,
    /// Its place.
    pub index: u64,
    /// Entries in the tree that was signed.
    pub size: u64,
    /// Root of that tree.
    pub root: Hash32,
    /// Path from the leaf upwards.
    pub path: Vec<Hash32>,
    /// Id of the log's key.
    pub log_key: [u8; 4],
    /// The log's Ed25519 signature.
    pub log_signature: [u8; SIGNATURE],
    /// Cosignatures, ascending by key, each key once.
    pub cosignatures: Vec<Cosignature>,
}

/// An entry with the log's signed promise to include it: without the proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Short {
    /// The entry, byte for byte.
    pub entry: Vec<u8>,
    /// Where the log has promised to put it.
    pub index: u64,
    /// When the log took it: seconds since 1970, UTC.
    pub at: u64,
    /// Id of the log's key.
    pub log_key: [u8; 4],
    /// The log's Ed25519 signature over the promise.
    pub signature: [u8; SIGNATURE],
}

/// Why no bundle can be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MakeError {
    /// The proof or the promise cannot be read, or the log has not signed it.
    #[error("SCR-ALR-002: {0}")]
    Source(String),
    /// It would not fit.
    #[error("SCR-ALR-003: it would have {found} bytes, at most {most} fit; shorten the alert's text")]
    TooLong {
        /// Bytes that it would have.
        found: usize,
        /// Bytes that fit.
        most: usize,
    },
}

fn source(error: impl std::fmt::Display) -> MakeError {
    MakeError::Source(error.to_string())
}

impl Bundle {
    /// The bundle of a `.tlog-proof`, with at most `most` of its cosignatures: those that come first. Signatures by
    /// ML-DSA do not fit and are left out.
    ///
    /// # Errors
    /// [`MakeError::Source`] when the proof cannot be read or bears no Ed25519 signature by the origin.
    pub fn from_proof(proof: &str, entry: &[u8], most: usize) -> Result<Self, MakeError> {
        let proof: TlogProof = proof.parse().map_err(source)?;
        let note: Note = proof.checkpoint.parse().map_err(source)?;
        let checkpoint: Checkpoint = note.text.parse().map_err(source)?;
        if !checkpoint.extensions.is_empty() {
            return Err(source("the checkpoint has extension lines"));
        }
        let fixed = |bytes: &[u8]| <[u8; SIGNATURE]>::try_from(bytes).ok();
        let (log_key, log_signature) = note
            .signatures
            .iter()
            .filter(|line| line.name == checkpoint.origin)
            .find_map(|line| Some((line.id, fixed(&line.signature)?)))
            .ok_or_else(|| source("the log has not signed the checkpoint with Ed25519"))?;
        let mut cosignatures: Vec<Cosignature> = Vec::new();
        for line in &note.signatures {
            let Some((time, signature)) = line.signature.split_first_chunk::<8>() else { continue };
            let known = cosignatures.iter().any(|one| one.key == line.id);
            if let (Some(signature), false) = (fixed(signature), known || cosignatures.len() == most) {
                cosignatures.push(Cosignature { key: line.id, time: u64::from_be_bytes(*time), signature });
            }
        }
        cosignatures.sort();
        let Checkpoint { size, root, .. } = checkpoint;
        let TlogProof { index, hashes: path, .. } = proof;
        Ok(Self { entry: entry.to_vec(), index, size, root, path, log_key, log_signature, cosignatures })
    }

    /// Its bytes.
    ///
    /// # Errors
    /// [`MakeError::TooLong`] for more than [`MAX_BUNDLE_BYTES`].
    pub fn to_bytes(&self) -> Result<Vec<u8>, MakeError> {
        let mut out = BUNDLE_MAGIC.to_vec();
        put_entry(&mut out, &self.entry)?;
        out.extend(number_bytes::<6>(self.index).ok_or_else(|| source("the index is too large"))?);
        out.extend(number_bytes::<6>(self.size).ok_or_else(|| source("the size is too large"))?);
        out.extend(self.root.0);
        out.push(length_byte(self.path.len()).ok_or_else(|| source("the path is too long"))?);
        self.path.iter().for_each(|hash| out.extend(hash.0));
        out.extend(self.log_key);
        out.extend(self.log_signature);
        out.push(length_byte(self.cosignatures.len()).ok_or_else(|| source("too many cosignatures"))?);
        for one in &self.cosignatures {
            out.extend(one.key);
            out.extend(
                number_bytes::<5>(one.time).ok_or_else(|| source("a cosignature's time is too large"))?,
            );
            out.extend(one.signature);
        }
        sealed(out, MAX_BUNDLE_BYTES)
    }

    /// Reads a bundle; only bytes that [`Self::to_bytes`] could have written.
    ///
    /// # Errors
    /// [`Broken`], with the place. [`Part::Checksum`]: it was damaged on its way.
    pub fn parse(bytes: &[u8]) -> Result<Self, Broken> {
        let body = unsealed(bytes, BUNDLE_MAGIC, MAX_BUNDLE_BYTES)?;
        let mut reader = Reader::new(body, Part::Bundle);
        reader.take(BUNDLE_MAGIC.len())?;
        let entry = take_entry(&mut reader)?;
        let index = reader.number::<6>()?;
        let size = reader.number::<6>()?;
        let root = Hash32(reader.array()?);
        let count = reader.count(0..MAX_PATH + 1, "a path has at most 48 hashes")?;
        let path = (0..count).map(|_| Ok(Hash32(reader.array()?))).collect::<Result<_, Broken>>()?;
        let log_key = reader.array()?;
        let log_signature = reader.array()?;
        let count = reader.count(0..MAX_COSIGNATURES + 1, "at most 16 cosignatures")?;
        let mut cosignatures: Vec<Cosignature> = Vec::with_capacity(count);
        for _ in 0..count {
            let one =
                Cosignature { key: reader.array()?, time: reader.number::<5>()?, signature: reader.array()? };
            if cosignatures.last().is_some_and(|before| before.key >= one.key) {
                return Err(reader.broken("cosignatures are not in ascending order, each once"));
            }
            cosignatures.push(one);
        }
        reader.end()?;
        Ok(Self { entry, index, size, root, path, log_key, log_signature, cosignatures })
    }
}

impl Short {
    /// The short form of a promise (the note that answers an act).
    ///
    /// # Errors
    /// [`MakeError::Source`] when the promise cannot be read, or is about another entry.
    pub fn from_promise(promise: &str, entry: &[u8]) -> Result<Self, MakeError> {
        let note: Note = promise.parse().map_err(source)?;
        let said: Promise = note.text.parse().map_err(source)?;
        if said.leaf != scr_merkle::leaf_hash(entry) {
            return Err(source("the promise is about another entry"));
        }
        let at = scr_entry::parse_utc(&said.at).and_then(|at| u64::try_from(at).ok());
        let (log_key, signature) = note
            .signatures
            .iter()
            .filter(|line| line.name == said.origin)
            .find_map(|line| Some((line.id, <[u8; SIGNATURE]>::try_from(line.signature.as_slice()).ok()?)))
            .ok_or_else(|| source("the log has not signed the promise with Ed25519"))?;
        Ok(Self {
            entry: entry.to_vec(),
            index: said.index,
            at: at.ok_or_else(|| source("the promise states no time"))?,
            log_key,
            signature,
        })
    }

    /// Its bytes.
    ///
    /// # Errors
    /// [`MakeError::TooLong`] for more than [`MAX_SHORT_BYTES`].
    pub fn to_bytes(&self) -> Result<Vec<u8>, MakeError> {
        let mut out = SHORT_MAGIC.to_vec();
        put_entry(&mut out, &self.entry)?;
        out.extend(number_bytes::<6>(self.index).ok_or_else(|| source("the index is too large"))?);
        out.extend(number_bytes::<5>(self.at).ok_or_else(|| source("the time is too large"))?);
        out.extend(self.log_key);
        out.extend(self.signature);
        sealed(out, MAX_SHORT_BYTES)
    }

    /// Reads a short form; only bytes that [`Self::to_bytes`] could have written.
    ///
    /// # Errors
    /// As [`Bundle::parse`].
    pub fn parse(bytes: &[u8]) -> Result<Self, Broken> {
        let body = unsealed(bytes, SHORT_MAGIC, MAX_SHORT_BYTES)?;
        let mut reader = Reader::new(body, Part::Bundle);
        reader.take(SHORT_MAGIC.len())?;
        let entry = take_entry(&mut reader)?;
        let (index, at) = (reader.number::<6>()?, reader.number::<5>()?);
        let (log_key, signature) = (reader.array()?, reader.array()?);
        reader.end()?;
        Ok(Self { entry, index, at, log_key, signature })
    }
}

fn put_entry(out: &mut Vec<u8>, entry: &[u8]) -> Result<(), MakeError> {
    let packed = pack(entry).ok_or_else(|| source("the entry is longer than any may be"))?;
    let length = u16::try_from(packed.len())
        .map_err(|_| MakeError::TooLong { found: packed.len(), most: MAX_BUNDLE_BYTES })?;
    out.extend(length.to_be_bytes());
    out.extend(packed);
    Ok(())
}

fn take_entry(reader: &mut Reader<'_>) -> Result<Vec<u8>, Broken> {
    let length = usize::from(u16::from_be_bytes(reader.array()?));
    unpack(reader.take(length)?)
}

/// The bytes with their checksum. It tells damage from forgery; whoever forges can mend it.
fn sealed(mut out: Vec<u8>, most: usize) -> Result<Vec<u8>, MakeError> {
    let sum = sha256(&out);
    out.extend(sum.0.iter().take(CHECKSUM));
    if out.len() > most { Err(MakeError::TooLong { found: out.len(), most }) } else { Ok(out) }
}

fn unsealed(bytes: &[u8], magic: [u8; 4], most: usize) -> Result<&[u8], Broken> {
    let broken = |part, what| Broken { part, offset: 0, what };
    if bytes.len() > most {
        return Err(broken(Part::Bundle, "it is longer than it may be"));
    }
    if !bytes.starts_with(&magic) {
        return Err(broken(Part::Bundle, "it does not begin as this version of a bundle does"));
    }
    let (body, sum) =
        bytes.split_last_chunk::<CHECKSUM>().ok_or(broken(Part::Bundle, "it ends too early"))?;
    if sha256(body).0.starts_with(sum) {
        Ok(body)
    } else {
        Err(broken(Part::Checksum, "it was damaged on its way: scan or type it again"))
    }
}
