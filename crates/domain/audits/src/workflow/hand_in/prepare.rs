//! What an audit makes of all that was handed in.

use super::cvrs::{Naming, sheets};
use super::totals::{ByBatch, counted};
use crate::inputs::cards::{self, Source};
use crate::inputs::manifest::{Manifest, ManifestBatch};
use crate::inputs::names::Mapping;
use crate::record::{Batch, CvrFile, Method, NameTrail};
use crate::verify::Cvrs;
use crate::workflow::audit::Audit;
use crate::workflow::check::conflict;
use crate::workflow::codes;
use crate::workflow::{Inputs, What};
use scr_canon::sha256;
use scr_core::{Problem, Refusal};
use scr_tabulation::cvr::columns::Columns;
use std::collections::{BTreeMap, BTreeSet};

/// Everything that was handed in, as the record has it.
#[derive(Debug, Default)]
pub struct Prepared {
    /// Batches, files of CVRs and names.
    pub inputs: Inputs,
    /// The CVRs themselves, by their SHA-256.
    pub cvrs: Cvrs,
    /// For each batch of the record where it lies, as far as its manifest says.
    pub containers: Vec<Option<String>>,
}

/// The inputs of the record from the normal forms of everything that was handed in: jurisdictions by name, each in the
/// order of its rows. Those are the rows of the totals where batches are drawn, as in Arlo, else those of the manifest.
///
/// # Errors
/// SCR-AUD-225 where something is missing, -248 where something is not what the audit names by its SHA-256, -249 where
/// it does not fit the contests or the manifest as they stand now.
pub fn inputs(
    audit: &Audit,
    handed: &BTreeMap<String, BTreeMap<What, Vec<u8>>>,
) -> Result<Prepared, Refusal> {
    inputs_named(audit, handed, &[])
}

/// The same with what people have said that names in CVRs stand for; what differs in spelling alone is found anyway.
///
/// # Errors
/// Those of [`inputs`].
pub fn inputs_named(
    audit: &Audit,
    handed: &BTreeMap<String, BTreeMap<What, Vec<u8>>>,
    names: &[Mapping],
) -> Result<Prepared, Refusal> {
    let mut prepared = Prepared::default();
    for jurisdiction in audit.jurisdictions().keys() {
        let own = Own { audit, jurisdiction, handed: handed.get(jurisdiction), names };
        own.add_to(&mut prepared)?;
    }
    Ok(prepared)
}

/// What a jurisdiction has handed in.
struct Own<'a> {
    audit: &'a Audit,
    jurisdiction: &'a str,
    handed: Option<&'a BTreeMap<What, Vec<u8>>>,
    names: &'a [Mapping],
}

impl Own<'_> {
    fn add_to(&self, prepared: &mut Prepared) -> Result<(), Refusal> {
        let method = self.audit.settings().method;
        let manifest: Manifest = self.form(What::Manifest)?;
        let pools = counted(method, &manifest);
        let totals = if method.draws_batches() || has_pools(method, &pools) {
            Some(self.totals(&pools)?)
        } else {
            None
        };
        if let Some(totals) = totals.as_ref().filter(|_| method.draws_batches()) {
            self.batches_of_totals(&manifest, totals, prepared);
        } else {
            self.batches_of_manifest(&manifest, totals.as_ref(), prepared);
        }
        prepared.inputs.names.extend(totals.map(|totals| totals.names).unwrap_or_default());
        if method.compares_ballots() {
            self.cvrs(&manifest, prepared)?;
        }
        Ok(())
    }

    fn refused(&self, code: &str, what: What) -> Refusal {
        conflict(code).with("jurisdiction", self.jurisdiction).with("what", what.as_str())
    }

    /// The bytes that the audit names.
    fn bytes(&self, what: What) -> Result<&[u8], Refusal> {
        let named = self.audit.jurisdictions().get(self.jurisdiction).and_then(|own| own.uploads.get(&what));
        let named = named.ok_or_else(|| self.refused(codes::NOT_UPLOADED, what))?;
        let bytes = self.handed.and_then(|handed| handed.get(&what));
        let bytes = bytes.filter(|bytes| sha256(bytes) == named.sha256);
        bytes.map(Vec::as_slice).ok_or_else(|| self.refused(codes::WRONG_OBJECT, what))
    }

    fn form<T: serde::de::DeserializeOwned>(&self, what: What) -> Result<T, Refusal> {
        serde_json::from_slice(self.bytes(what)?).map_err(|_| self.refused(codes::WRONG_OBJECT, what))
    }

    fn totals(&self, manifest: &Manifest) -> Result<ByBatch, Refusal> {
        let totals: ByBatch = self.form(What::Totals)?;
        if totals.fit(self.audit.contests(), manifest) {
            Ok(totals)
        } else {
            Err(self.refused(codes::OUTDATED, What::Totals))
        }
    }

    fn batch(&self, of: &ManifestBatch) -> Batch {
        Batch {
            jurisdiction: self.jurisdiction.to_owned(),
            tabulator: of.tabulator.clone(),
            batch: of.name.clone(),
            ballots: of.ballots,
            ..Batch::default()
        }
    }

    fn batches_of_totals(&self, manifest: &Manifest, totals: &ByBatch, prepared: &mut Prepared) {
        let known: BTreeMap<&str, &ManifestBatch> =
            manifest.batches.iter().map(|batch| (batch.name.as_str(), batch)).collect();
        for totals in &totals.batches {
            // They have the batches of the manifest: that was checked.
            let Some(batch) = known.get(totals.name.as_str()) else { continue };
            prepared.inputs.batches.push(Batch { votes: totals.votes.clone(), ..self.batch(batch) });
            prepared.containers.push(batch.container.clone());
        }
    }

    fn batches_of_manifest(&self, manifest: &Manifest, pools: Option<&ByBatch>, prepared: &mut Prepared) {
        let method = self.audit.settings().method;
        let votes: BTreeMap<&str, &Vec<Vec<u64>>> = pools
            .iter()
            .flat_map(|totals| &totals.batches)
            .map(|totals| (totals.name.as_str(), &totals.votes))
            .collect();
        for of in &manifest.batches {
            let mut batch = self.batch(of);
            batch.cvrs = of.has_cvrs.filter(|_| method == Method::Hybrid);
            batch.pool = method == Method::AssertionComparison && of.has_cvrs == Some(false);
            if let Some(votes) = votes.get(of.name.as_str()).filter(|_| batch.pool) {
                batch.votes.clone_from(votes);
            }
            prepared.inputs.batches.push(batch);
            prepared.containers.push(of.container.clone());
        }
    }

    fn cvrs(&self, manifest: &Manifest, prepared: &mut Prepared) -> Result<(), Refusal> {
        let bytes = self.bytes(What::Cvrs)?;
        let columns = Columns::read(bytes).map_err(|_| self.refused(codes::WRONG_OBJECT, What::Cvrs))?;
        let outdated = |problems: Vec<Problem>| {
            let refusal = self.refused(codes::OUTDATED, What::Cvrs);
            problems.first().map_or(refusal.clone(), |first| refusal.with("code", first.code))
        };
        let sources = [Source { file: "", columns: &columns }];
        cards::compare(self.jurisdiction, manifest, &sources, &BTreeMap::new(), "").map_err(outdated)?;
        let sheets = sheets(manifest, &columns, "");
        if !sheets.is_empty() {
            return Err(outdated(sheets));
        }
        let naming = Naming {
            contests: self.audit.contests(),
            jurisdiction: self.jurisdiction,
            alone: self.audit.jurisdictions().len() < 2,
            names: self.names,
            file: "",
        };
        let trail = naming.trail(&columns).map_err(outdated)?.input;
        let trail: BTreeSet<_> = trail.iter().collect();
        prepared.inputs.names.extend(trail.into_iter().map(|name| -> NameTrail { name.trail() }));
        let (jurisdiction, sha256) = (self.jurisdiction.to_owned(), sha256(bytes));
        let file = CvrFile { jurisdiction, sha256, cards: columns.cards() };
        prepared.inputs.cvr_files.push(file);
        prepared.cvrs.insert(sha256, columns);
        Ok(())
    }
}

fn has_pools(method: Method, pools: &Manifest) -> bool {
    method == Method::AssertionComparison && !pools.batches.is_empty()
}
