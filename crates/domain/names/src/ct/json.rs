//! The answers of RFC 6962 section 4, as JSON.

use super::head::{LogId, SignedHead, TreeHead};
use super::leaf::Leaf;
use super::{CtLimits, ReadFault};
use scr_canon::{Hash32, unb64};
use serde::Deserialize;

#[derive(Deserialize)]
struct HeadJson {
    tree_size: u64,
    timestamp: u64,
    sha256_root_hash: String,
    tree_head_signature: String,
}

#[derive(Deserialize)]
struct EntriesJson {
    entries: Vec<EntryJson>,
}

#[derive(Deserialize)]
struct EntryJson {
    leaf_input: String,
    extra_data: String,
}

#[derive(Deserialize)]
struct EntryAndProofJson {
    leaf_input: String,
    extra_data: String,
    audit_path: Vec<String>,
}

#[derive(Deserialize)]
struct ConsistencyJson {
    consistency: Vec<String>,
}

/// Reads the answer to get-sth (section 4.3). Nothing is verified: the answer does not even say which log it is of.
///
/// # Errors
/// [`ReadFault`]
pub fn read_head(body: &[u8], log: LogId, limits: &CtLimits) -> Result<SignedHead, ReadFault> {
    let json: HeadJson = parse(body, limits)?;
    let root = hash(&json.sha256_root_hash, "sha256_root_hash", 0)?;
    let signature = bytes(&json.tree_head_signature, "tree_head_signature", 0)?;
    let head = TreeHead { size: json.tree_size, timestamp_ms: json.timestamp, root };
    Ok(SignedHead { log, head, signature })
}

/// Reads the answer to get-entries (section 4.6): the leaves in their order. A log may give fewer than were asked for.
///
/// # Errors
/// [`ReadFault`]
pub fn read_entries(body: &[u8], limits: &CtLimits) -> Result<Vec<Leaf>, ReadFault> {
    let json: EntriesJson = parse(body, limits)?;
    if json.entries.len() > limits.entries {
        return Err(ReadFault::TooMany { limit: limits.entries });
    }
    let decode = |(entry, json): (usize, &EntryJson)| {
        let leaf_input = bytes(&json.leaf_input, "leaf_input", entry)?;
        let extra_data = bytes(&json.extra_data, "extra_data", entry)?;
        Leaf::decode(&leaf_input, &extra_data).map_err(|fault| ReadFault::Wire { entry, fault })
    };
    json.entries.iter().enumerate().map(decode).collect()
}

/// Reads the answer to get-sth-consistency (section 4.4).
///
/// # Errors
/// [`ReadFault`]
pub fn read_consistency(body: &[u8], limits: &CtLimits) -> Result<Vec<Hash32>, ReadFault> {
    let json: ConsistencyJson = parse(body, limits)?;
    if json.consistency.len() > limits.proof {
        return Err(ReadFault::TooMany { limit: limits.proof });
    }
    json.consistency.iter().enumerate().map(|(at, text)| hash(text, "consistency", at)).collect()
}

/// Reads the answer to get-entry-and-proof (section 4.8): a leaf, and its proof of inclusion.
///
/// # Errors
/// [`ReadFault`]
pub fn read_entry_and_proof(body: &[u8], limits: &CtLimits) -> Result<(Leaf, Vec<Hash32>), ReadFault> {
    let json: EntryAndProofJson = parse(body, limits)?;
    if json.audit_path.len() > limits.proof {
        return Err(ReadFault::TooMany { limit: limits.proof });
    }
    let (leaf_input, extra_data) =
        (bytes(&json.leaf_input, "leaf_input", 0)?, bytes(&json.extra_data, "extra_data", 0)?);
    let leaf = Leaf::decode(&leaf_input, &extra_data).map_err(|fault| ReadFault::Wire { entry: 0, fault })?;
    let path = json.audit_path.iter().enumerate().map(|(at, text)| hash(text, "audit_path", at));
    Ok((leaf, path.collect::<Result<_, _>>()?))
}

/// Members that the standard does not name are passed over, as logs add some; one that stands there twice is refused.
fn parse<'a, T: Deserialize<'a>>(body: &'a [u8], limits: &CtLimits) -> Result<T, ReadFault> {
    ReadFault::check_length(body, limits)?;
    serde_json::from_slice(body).map_err(|error| ReadFault::Json(error.to_string()))
}

fn bytes(text: &str, field: &'static str, entry: usize) -> Result<Vec<u8>, ReadFault> {
    unb64(text).map_err(|_| ReadFault::Base64 { field, entry })
}

fn hash(text: &str, field: &'static str, entry: usize) -> Result<Hash32, ReadFault> {
    text.parse().map_err(|_| ReadFault::Base64 { field, entry })
}
