//! The inputs of the record as anybody may see them: what a mirror assembles the record from. No CVR is in it, only
//! their SHA-256.

use super::prepare::Prepared;
use crate::record::{Batch, CvrFile, NameTrail};
use crate::workflow::Inputs;
use crate::workflow::check::invalid;
use crate::workflow::codes;
use scr_canon::to_canonical;
use scr_core::Refusal;
use serde::{Deserialize, Serialize};

/// The format that it names.
pub const FORMAT: &str = "scrutineer/audit-inputs/1";

#[derive(Serialize)]
struct Public<'a> {
    format: &'a str,
    batches: &'a [Batch],
    containers: &'a [Option<String>],
    cvr_files: &'a [CvrFile],
    names: &'a [NameTrail],
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Read {
    format: String,
    batches: Vec<Batch>,
    containers: Vec<Option<String>>,
    cvr_files: Vec<CvrFile>,
    names: Vec<NameTrail>,
}

/// Canonical JSON of batches with totals and containers, of the names of CVR files and of the trail of names.
///
/// # Errors
/// SCR-AUD-247 where a number is above 2^53-1.
pub fn to_public(prepared: &Prepared) -> Result<Vec<u8>, Refusal> {
    let Inputs { batches, cvr_files, names, .. } = &prepared.inputs;
    let public = Public { format: FORMAT, batches, containers: &prepared.containers, cvr_files, names };
    to_canonical(&public).map_err(|error| invalid(codes::TOO_LONG).with("what", error))
}

/// What [`to_public`] has written: the inputs, and for each batch where it lies.
///
/// # Errors
/// SCR-AUD-248 where it is not of this form.
pub fn from_public(bytes: &[u8]) -> Result<(Inputs, Vec<Option<String>>), Refusal> {
    let wrong = |what: &str| invalid(codes::WRONG_OBJECT).with("what", what);
    let read: Read = serde_json::from_slice(bytes).map_err(|error| wrong(&error.to_string()))?;
    if read.format != FORMAT {
        return Err(wrong("format"));
    }
    if read.containers.len() != read.batches.len() {
        return Err(wrong("containers"));
    }
    let Read { batches, containers, cvr_files, names, .. } = read;
    Ok((Inputs { batches, cvrs: Vec::new(), cvr_files, names }, containers))
}
