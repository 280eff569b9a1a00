//! An import that is not finished: kept as private objects, named by their hash in the address.
//!
//! Uploads are kept behind [`UPLOAD`], so no uploaded file can pass for a draft, and a draft names
//! nothing but uploads. Objects are public only when an entry names them; no entry names these.

use super::actor;
use scr_canon::Hash32;
use scr_core::{Refusal, RefusalKind};
use scr_engine::{ActError, Fault, Objects};
use scr_web::{App, Visit};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::Read as _;

/// What stands before the bytes of an uploaded file in its object.
pub(crate) const UPLOAD: &[u8] = b"scrutineer/upload/1\n";
const FORMAT: &str = "scrutineer/import-draft/1";
/// How the bytes of a draft begin: the format is its first field.
const BEGINS: &[u8] = b"{\"format\":\"scrutineer/import-draft/1\"";
const MAX_DRAFT_BYTES: u64 = 1 << 20;

/// What an upload is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Purpose {
    /// Results of a contest.
    Results,
    /// The polling stations of an election.
    Registry,
}

/// What is known so far about an import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Draft {
    format: String,
    purpose: Purpose,
    /// The organisation whose draft it is: nobody else opens it.
    org: String,
    pub(crate) election: String,
    /// The upload's object, hexadecimal.
    file: String,
    pub(crate) file_name: String,
    /// The mapping as TOML.
    pub(crate) mapping: String,
    /// The contest that the numbers are of; empty until it is chosen.
    pub(crate) contest: String,
    pub(crate) source: String,
    pub(crate) source_name: String,
    /// When the earlier file was recorded that this one is read like.
    #[serde(default)]
    pub(crate) like: Option<i64>,
    /// Contestants of the file, and whom of the contest they are.
    pub(crate) same_as: BTreeMap<String, String>,
}

fn absent() -> ActError {
    Refusal::new(RefusalKind::NotFound, "SCR-RES-032").into()
}

impl Draft {
    /// A draft for an upload that has just been kept.
    pub(crate) fn new(
        visit: &Visit,
        purpose: Purpose,
        election: &str,
        file: &Hash32,
        file_name: String,
    ) -> Result<Self, Refusal> {
        Ok(Self {
            format: FORMAT.to_owned(),
            purpose,
            org: actor(visit)?.org.to_string(),
            election: election.to_owned(),
            file: file.to_hex(),
            file_name,
            mapping: String::new(),
            contest: String::new(),
            source: String::new(),
            source_name: String::new(),
            like: None,
            same_as: BTreeMap::new(),
        })
    }

    /// The draft of results at this address, if there is one and it is this organisation's.
    pub(crate) fn load(app: &App, visit: &Visit, hash: &str) -> Result<Self, ActError> {
        Self::load_for(app, visit, Purpose::Results, hash)
    }

    /// The draft for this purpose at this address.
    pub(crate) fn load_for(app: &App, visit: &Visit, purpose: Purpose, hash: &str) -> Result<Self, ActError> {
        let hash = Hash32::from_hex(hash).ok_or_else(absent)?;
        let bytes = object(app, &hash, MAX_DRAFT_BYTES)?.ok_or_else(absent)?;
        let draft: Self = serde_json::from_slice(&bytes).map_err(|_| absent())?;
        let is_ours = draft.format == FORMAT && draft.org == actor(visit)?.org.as_str();
        if is_ours && draft.purpose == purpose { Ok(draft) } else { Err(absent()) }
    }

    /// The draft, if it is of this election.
    pub(crate) fn of(self, election: &str) -> Result<Self, ActError> {
        if self.election == election { Ok(self) } else { Err(absent()) }
    }

    /// Keeps the draft; the answer is its address.
    pub(crate) fn save(&self, app: &App) -> Result<String, ActError> {
        let bytes = serde_json::to_vec(self).map_err(|error| Fault::log(&error))?;
        Ok(app.engine.objects().put(&bytes)?.to_hex())
    }

    /// The address of its mapping, where it is kept under this hash.
    pub(crate) fn href(&self, hash: &str) -> String {
        match self.purpose {
            Purpose::Results => format!("/desk/imports/{hash}"),
            Purpose::Registry => super::registry::draft_href(hash),
        }
    }

    /// The file's bytes.
    pub(crate) fn file(&self, app: &App) -> Result<Vec<u8>, ActError> {
        uploaded(app, &Hash32::from_hex(&self.file).ok_or_else(absent)?)
    }
}

/// The bytes of a file that was uploaded.
pub(crate) fn uploaded(app: &App, hash: &Hash32) -> Result<Vec<u8>, ActError> {
    let limit = (app.config.max_upload_bytes + UPLOAD.len()) as u64;
    let mut bytes = object(app, hash, limit)?.ok_or_else(absent)?;
    if !bytes.starts_with(UPLOAD) {
        return Err(absent());
    }
    bytes.drain(..UPLOAD.len());
    Ok(bytes)
}

/// What an object is to the sweeper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Found {
    /// A draft, and the upload that it names.
    Draft(Option<Hash32>),
    /// An upload.
    Upload,
    /// None of this desk's unfinished things.
    Other,
}

/// Looks at the beginning of an object, and at the whole only of a draft.
pub(crate) fn look(objects: &Objects, hash: &Hash32) -> Result<Found, Fault> {
    let Some(file) = objects.reader(hash)? else { return Ok(Found::Other) };
    let size = file.size();
    let mut begin = Vec::new();
    let longest = UPLOAD.len().max(BEGINS.len()) as u64;
    file.take(longest).read_to_end(&mut begin).map_err(|error| Fault::log(&error))?;
    if begin.starts_with(UPLOAD) {
        return Ok(Found::Upload);
    }
    if !begin.starts_with(BEGINS) {
        return Ok(Found::Other);
    }
    if size > MAX_DRAFT_BYTES {
        return Ok(Found::Other);
    }
    let draft =
        objects.get(hash, MAX_DRAFT_BYTES)?.and_then(|bytes| serde_json::from_slice::<Draft>(&bytes).ok());
    Ok(draft.map_or(Found::Other, |draft| Found::Draft(Hash32::from_hex(&draft.file))))
}

/// An object of at most `limit` bytes; a larger one is not what was asked for.
fn object(app: &App, hash: &Hash32, limit: u64) -> Result<Option<Vec<u8>>, ActError> {
    let objects = app.engine.objects();
    let Some(size) = objects.size(hash)? else { return Ok(None) };
    if size > limit { Ok(None) } else { Ok(objects.get(hash, limit)?) }
}
