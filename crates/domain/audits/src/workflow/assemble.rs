//! The record that follows from an audit's course: what is committed to, what a seed draws, what a round measures, and
//! the document that anybody checks.

use super::audit::Audit;
use super::board::BoardWork;
use super::check::{conflict, invalid};
use super::codes;
use super::step::{Committed, Opening};
use crate::record::{
    Batch, Commitment, Counted, Cvr, CvrFile, Decision, Draw, FORMAT, FullCount, Measured, NameTrail,
    Published, Record, Signature,
};
use crate::verify::{AssertionRisk, Cvrs, Report, Size, next_round, verify_with};
use scr_canon::{Hash32, sha256, to_canonical};
use scr_core::Refusal;
use serde::Serialize;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// What jurisdictions have handed in, as the record has it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Inputs {
    /// The manifest with totals by batch: jurisdictions by name, each in the order of its file.
    pub batches: Vec<Batch>,
    /// Cast vote records that stand in the record itself.
    pub cvrs: Vec<Cvr>,
    /// Those that stand beside it, by their SHA-256.
    pub cvr_files: Vec<CvrFile>,
    /// What names stand for.
    pub names: Vec<NameTrail>,
}

/// What a log and people have witnessed of the audit as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Witnessed {
    /// When and where the commitment was published.
    pub published: Option<Published>,
    /// Who signed for it.
    pub signed: Vec<Signature>,
    /// When and where the commitments of earlier versions were published.
    pub past: Vec<Option<Published>>,
    /// What a full hand count found.
    pub full_counts: Vec<FullCount>,
}

/// What a round has drawn and read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RoundWork {
    /// The draws, in their order.
    pub draws: Vec<Draw>,
    /// What boards have signed.
    pub counted: Vec<Counted>,
    /// When and where the seed was published.
    pub seeded: Option<Published>,
    /// Who signed for the end of the round.
    pub signed: Vec<Signature>,
}

/// What is to be committed to before the seed.
///
/// # Errors
/// SCR-AUD-247 where a number is above 2^53-1, which canonical JSON has not.
pub fn commitment(audit: &Audit, inputs: &Inputs, software: &str) -> Result<Committed, Refusal> {
    let record = fixed(audit, inputs, software)?;
    let made = Commitment::of(&record).map_err(|error| invalid(codes::TOO_LONG).with("what", error))?;
    Ok(Committed { parts: made.parts, root: made.root, software: software.to_owned() })
}

/// What would not agree with each other once this is committed to, and what somebody should look at before: whoever
/// commits to votes that the CVRs do not have could draw nothing.
///
/// # Errors
/// SCR-AUD-247 where a number is above 2^53-1.
pub fn foreseen(audit: &Audit, inputs: &Inputs, cvrs: &Cvrs, software: &str) -> Result<Report, Refusal> {
    let mut record = fixed(audit, inputs, software)?;
    record.commitment =
        Commitment::of(&record).map_err(|error| invalid(codes::TOO_LONG).with("what", error))?;
    Ok(verify_with(&record, cvrs))
}

/// The record without its commitment and its rounds.
pub(super) fn fixed(audit: &Audit, inputs: &Inputs, software: &str) -> Result<Record, Refusal> {
    // By way of its JSON form: what later versions of the form add has its default there.
    let form = json!({
        "format": FORMAT,
        "title": audit.title(),
        "software": software,
        "settings": audit.settings(),
        "contests": audit.contests(),
        "batches": [],
        "commitment": {"parts": {}, "root": sha256(b"")},
        "rounds": [],
    });
    let mut record = formed::<Record>(form)?;
    record.batches.clone_from(&inputs.batches);
    record.cvrs.clone_from(&inputs.cvrs);
    record.cvr_files.clone_from(&inputs.cvr_files);
    record.names.clone_from(&inputs.names);
    Ok(record)
}

fn formed<T: serde::de::DeserializeOwned>(form: serde_json::Value) -> Result<T, Refusal> {
    serde_json::from_value(form).map_err(|error| invalid(codes::WRONG_OBJECT).with("what", error))
}

/// The record of this version, as far as the audit has come. `rounds`: what each round of the version has drawn and
/// read.
///
/// # Errors
/// SCR-AUD-221 while it is a draft; -248 where inputs, draws or readings are not those that were committed to, drawn
/// and closed with.
pub fn record(
    audit: &Audit,
    inputs: &Inputs,
    witnessed: &Witnessed,
    rounds: &[RoundWork],
) -> Result<Record, Refusal> {
    let draft = || conflict(codes::WRONG_STATE).with("state", audit.phase().as_str());
    let committed = audit.committed().ok_or_else(draft)?;
    let made = commitment(audit, inputs, &committed.software)?;
    if let Some((part, _)) = made.parts.iter().find(|(part, hash)| committed.parts.get(*part) != Some(hash)) {
        return Err(other("part").with("part", part));
    }
    let mut record = fixed(audit, inputs, &committed.software)?;
    let (published, signed) = (witnessed.published.clone(), witnessed.signed.clone());
    record.commitment = Commitment { parts: made.parts, root: made.root, published, signed };
    let versions = audit.past().iter().map(|past| json!({"root": past.root, "reason": past.reason}));
    record.versions = formed(versions.collect())?;
    for (version, published) in record.versions.iter_mut().zip(&witnessed.past) {
        version.published.clone_from(published);
    }
    if let Some(result) = audit.result() {
        if hash_of(&witnessed.full_counts)? != *result {
            return Err(other("full_counts"));
        }
        record.full_counts.clone_from(&witnessed.full_counts);
    }
    if rounds.len() != audit.rounds().len() {
        return Err(other("rounds").with("rounds", audit.rounds().len()));
    }
    for (round, work) in audit.rounds().iter().zip(rounds) {
        let wrong = |what: &str| other(what).with("round", round.number);
        if hash_of(&work.draws)? != round.opening.list {
            return Err(wrong("draws"));
        }
        if round.counted.is_some() && round.counted != Some(hash_of(&work.counted)?) {
            return Err(wrong("counted"));
        }
        let mut made: crate::record::Round = formed(json!({
            "number": round.number,
            "seed": round.seed,
            "wanted": round.opening.wanted,
            "draws": [],
            "counted": [],
            "measured": round.measured,
            "decision": round.decision,
            "reason": round.reason,
        }))?;
        made.seeded.clone_from(&work.seeded);
        made.draws.clone_from(&work.draws);
        made.counted.clone_from(&work.counted);
        made.signed.clone_from(&work.signed);
        record.rounds.push(made);
    }
    Ok(record)
}

fn other(what: &str) -> Refusal {
    conflict(codes::WRONG_OBJECT).with("what", what)
}

/// The SHA-256 of a list in canonical JSON: of draws, or of what was read.
///
/// # Errors
/// SCR-AUD-247 where a number is above 2^53-1.
pub fn hash_of<T: Serialize>(list: &[T]) -> Result<Hash32, Refusal> {
    to_canonical(&list)
        .map(|bytes| sha256(&bytes))
        .map_err(|error| invalid(codes::TOO_LONG).with("what", error))
}

/// The draws of the next round, and what it opens with: how much has to be read, jurisdiction by jurisdiction. `extra`:
/// batches that are counted although they are not drawn; those that are drawn all the same are none.
///
/// # Errors
/// SCR-AUD-234 where nothing can be drawn, with what keeps the record from it, or where ballots would be extra.
pub fn open(
    record: &Record,
    cvrs: &Cvrs,
    seed: &str,
    size: &Size,
    extra: &[usize],
) -> Result<(Vec<Draw>, Opening), Refusal> {
    if !extra.is_empty() && !record.settings.method.draws_batches() {
        return Err(invalid(codes::NO_DRAWS).on("extra"));
    }
    let draws = next_round(record, cvrs, seed, size).map_err(|deviations| {
        let refusal = invalid(codes::NO_DRAWS);
        let first = deviations.first();
        first.map_or(refusal.clone(), |first| refusal.with("code", &first.code).with("what", &first.what))
    })?;
    let wanted = if let Size::Wanted(wanted) = size { wanted.clone() } else { Vec::new() };
    let opening = Opening { wanted, ..opening(record, &draws, extra)? };
    Ok((draws, opening))
}

/// As [`open`], of draws that are known.
fn opening(record: &Record, draws: &[Draw], extra: &[usize]) -> Result<Opening, Refusal> {
    let place = |draw: &Draw| (draw.batch, draw.position);
    let counting = || record.rounds.iter().filter(|round| round.decision != Decision::Abandoned);
    let before: BTreeSet<Place> = counting().flat_map(|round| round.draws.iter().map(place)).collect();
    // What was counted without being drawn never enters the risk: once it is drawn it is read for the sample.
    let beside = counting().flat_map(|round| &round.counted).filter(|one| one.extra);
    let beside: BTreeSet<Place> = beside.map(|one| (one.batch, one.position)).collect();
    let drawn: BTreeSet<Place> = draws.iter().map(place).collect();
    let extra: BTreeSet<usize> = extra
        .iter()
        .copied()
        .filter(|at| *at < record.batches.len())
        .filter(|at| [&drawn, &before, &beside].iter().all(|known| !known.contains(&(*at, None))))
        .collect();
    let new = drawn.iter().filter(|place| !before.contains(place)).map(|(at, _)| at).chain(&extra);
    let mut units: BTreeMap<String, u64> = BTreeMap::new();
    for batch in new.filter_map(|at| record.batches.get(*at)) {
        *units.entry(batch.jurisdiction.clone()).or_default() += 1;
    }
    let extra = extra.into_iter().collect();
    Ok(Opening { draws: draws.len() as u64, units, extra, wanted: Vec::new(), list: hash_of(draws)? })
}

/// A batch with the position of a ballot in it.
type Place = (usize, Option<u32>);

/// What a board has read, as the record has it, under the board's public name; with the signatures of both members
/// once they have signed, the first and the second, not by their names.
pub fn counted(board: &BoardWork, name: &str) -> Vec<Counted> {
    let member = |which: &str| Signature {
        role: "board member".to_owned(),
        by: format!("{name}, {which} member"),
        entry: None,
    };
    let signed: Vec<Signature> =
        board.signed().map(|_| vec![member("first"), member("second")]).unwrap_or_default();
    let one = |(unit, votes): (usize, Vec<Option<Vec<u64>>>)| {
        let dealt = board.units().get(unit)?;
        Some(Counted {
            batch: dealt.batch,
            position: dealt.position,
            votes,
            together: board.together(unit),
            extra: dealt.extra,
            board: name.to_owned(),
            signed: signed.clone(),
        })
    };
    board.read().into_iter().filter_map(one).collect()
}

/// The risk of each contest after the last round of a record, computed by what checks records, and only where
/// everything else in the record agrees.
///
/// # Errors
/// SCR-AUD-248 with the first thing that does not agree; -236 where a contest cannot be measured.
pub fn measure(record: &Record, cvrs: &Cvrs) -> Result<Vec<Measured>, Refusal> {
    measure_claims(record, cvrs).map(|(measured, _)| measured)
}

/// The same, and of the methods by assertions for each contest the risk of each assertion, the hardest first.
///
/// # Errors
/// As [`measure`].
pub fn measure_claims(
    record: &Record,
    cvrs: &Cvrs,
) -> Result<(Vec<Measured>, Vec<Vec<AssertionRisk>>), Refusal> {
    let mut report = verify_with(record, cvrs);
    if let Some(first) = report.deviations.first() {
        return Err(other(&first.what).with("code", &first.code));
    }
    let none = || conflict(codes::WRONG_RISK);
    let risks = report.rounds.pop().ok_or_else(none)?;
    let of = |(at, (risk, met)): (usize, (&Option<String>, &bool))| {
        let contest = record.contests.get(at).ok_or_else(none)?;
        let p_value = risk.clone().ok_or_else(|| none().with("contest", &contest.name))?;
        Ok(Measured { contest: at, met: *met, p_value })
    };
    let measured: Result<_, Refusal> = risks.p_values.iter().zip(&risks.met).enumerate().map(of).collect();
    Ok((measured?, risks.assertions))
}
