//! What jurisdictions hand in: a file of theirs becomes the normal form that an audit commits to, or a list of
//! everything that is wrong with it; and of all normal forms together follow the [`Inputs`](super::Inputs) of the record.
//!
//! Normal forms: of a manifest and of totals canonical JSON, of cast vote records the columns (`scrutineer/cvr/1`). The
//! same file gives the same bytes.

mod cvrs;
mod prepare;
mod public;
pub mod styles;
mod totals;

pub use prepare::{Prepared, inputs, inputs_named};
pub use public::{FORMAT, from_public, to_public};
pub use totals::ByBatch;

use super::audit::Audit;
use super::codes;
use super::parts::{Upload, What};
use crate::inputs::Limits;
use crate::inputs::Near;
use crate::inputs::Told;
use crate::inputs::manifest::{self, AuditKind, Manifest};
use crate::inputs::names::Mapping;
use crate::record::Method;
use scr_canon::{sha256, to_canonical};
use scr_core::{Problem, Severity};
use serde::Serialize;

/// A file in its normal form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedIn {
    /// The normal form.
    pub bytes: Vec<u8>,
    /// What the audit holds of it.
    pub upload: Upload,
    /// What somebody should look at.
    pub warnings: Vec<Problem>,
}

impl HandedIn {
    fn of(bytes: Vec<u8>, rows: u64, ballots: u64, warnings: Vec<Problem>) -> Self {
        let upload = Upload { sha256: sha256(&bytes), rows, ballots };
        Self { bytes, upload, warnings }
    }
}

/// Takes a file that a jurisdiction hands in. `file` is its name, `manifest` the normal form of the jurisdiction's
/// manifest, which comes first; `names` what people have said that names stand for, of all jurisdictions.
///
/// # Errors
/// Everything that is wrong, errors first: what the reader of the file says (SCR-AUD-010 to -049, `SCR-CVR`), and
/// SCR-AUD-250 where the manifest is missing, -251 where a batch has more cards than its manifest has ballots.
pub fn take(
    what: What,
    audit: &Audit,
    jurisdiction: &str,
    (file, bytes): (&str, &[u8]),
    manifest: Option<&[u8]>,
    names: &[Mapping],
) -> Result<HandedIn, Vec<Problem>> {
    if what == What::Manifest {
        return manifest_of(audit, file, bytes);
    }
    let manifest = manifest.and_then(|bytes| serde_json::from_slice::<Manifest>(bytes).ok());
    let problem = |code| Problem::new(code, Severity::Error, file);
    let manifest =
        manifest.ok_or_else(|| vec![problem(codes::NO_MANIFEST).with("jurisdiction", jurisdiction)])?;
    let handed = HandedFrom { audit, jurisdiction, file, manifest: &manifest, names };
    let unknown = handed.unknown_names();
    let taken = if what == What::Totals { handed.totals(bytes) } else { handed.cvrs(bytes) };
    match taken {
        Ok(taken) if unknown.is_empty() => Ok(taken),
        Ok(taken) => Err([unknown, taken.warnings].concat()),
        Err(problems) => Err([unknown, problems].concat()),
    }
}

/// A file with what it is compared with.
struct HandedFrom<'a> {
    audit: &'a Audit,
    jurisdiction: &'a str,
    file: &'a str,
    manifest: &'a Manifest,
    names: &'a [Mapping],
}

impl HandedFrom<'_> {
    /// What a person has said that the jurisdiction's names stand for, and that the audit does not have.
    fn unknown_names(&self) -> Vec<Problem> {
        let contests = self.audit.contests();
        let own = self.names.iter().filter(|name| name.jurisdiction == self.jurisdiction);
        let mut unknown = Vec::new();
        for name in own {
            let wanted = name.contest.as_ref().unwrap_or(&name.standard);
            let contest = contests.iter().find(|contest| contest.name == *wanted);
            let (sought, among): (&str, Vec<&str>) = match (contest, &name.contest) {
                (None, _) => (wanted, contests.iter().map(|contest| contest.name.as_str()).collect()),
                (Some(contest), Some(_)) if !contest.choices.contains(&name.standard) => {
                    (&name.standard, contest.choices.iter().map(String::as_str).collect())
                }
                _ => continue,
            };
            let problem = Problem::new("SCR-AUD-035", Severity::Error, self.file).with_value(sought);
            let problem = problem.with("jurisdiction", self.jurisdiction).with("used", &name.used);
            unknown.push(problem.closest_to(Near::among(among).to(sought)));
        }
        unknown
    }
}

fn manifest_of(audit: &Audit, file: &str, bytes: &[u8]) -> Result<HandedIn, Vec<Problem>> {
    let Told { input, warnings } = read_manifest(audit.settings().method, file, bytes)?;
    let (rows, ballots) = (input.batches.len() as u64, input.ballots());
    Ok(HandedIn::of(canonical(&input, file)?, rows, ballots, warnings))
}

/// Where assertions are compared, `N` in the column `CVR` says that of a batch only totals are known: a pool.
fn read_manifest(method: Method, file: &str, bytes: &[u8]) -> Result<Told<Manifest>, Vec<Problem>> {
    let limits = Limits::default();
    let read = |kind| manifest::read(bytes, file, kind, &limits);
    let compared = read(kind(method));
    let has_column = |problems: &Vec<Problem>| problems.iter().any(|problem| problem.code == "SCR-AUD-021");
    match compared {
        Err(problems) if method == Method::AssertionComparison && has_column(&problems) => {
            read(AuditKind::Hybrid)
        }
        compared => compared,
    }
}

fn kind(method: Method) -> AuditKind {
    match method {
        Method::Hybrid => AuditKind::Hybrid,
        _ if method.draws_batches() => AuditKind::BatchComparison,
        _ if method.compares_ballots() => AuditKind::BallotComparison,
        _ => AuditKind::BallotPolling,
    }
}

/// Counts above 2^53-1 have no canonical form.
fn canonical(what: &impl Serialize, file: &str) -> Result<Vec<u8>, Vec<Problem>> {
    to_canonical(what)
        .map_err(|error| vec![Problem::new("SCR-AUD-017", Severity::Error, file).with("what", error)])
}
