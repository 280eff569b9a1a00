//! Commitment, rounds, boards' lists, and the measuring of risk.

use crate::acts::{about_round, about_version, party, put, take};
use crate::assembled::{assemble, cvrs, object, prepared, read_so_far};
use crate::board_key::InRecord as _;
use crate::data::{self, Kept};
use crate::kinds as k;
use scr_audits::record::{Decision, Draw};
use scr_audits::verify::{Size, recorded};
use scr_audits::workflow::hand_in::{self, Prepared};
use scr_audits::workflow::paper::{Row, retrieval};
use scr_audits::workflow::tabulated::runoffs;
use scr_audits::workflow::{
    Party, Round, Step, Unit, codes, commitment, foreseen, hash_of, measure_claims, open,
};
use scr_core::{Actor, BoardKey, Refusal, RefusalKind};
use scr_engine::{ActError, Engine, Receipt};
use serde_json::json;
use std::collections::BTreeMap;

/// Boards that a jurisdiction is dealt to, at most.
pub(crate) const MAX_BOARDS: usize = 1_000;
/// Program and version that draw and measure.
pub(crate) const SOFTWARE: &str = concat!("scrutineer ", env!("CARGO_PKG_VERSION"));

/// Fixes everything before the seed. What does not agree with itself is refused: nobody could draw from it.
pub fn commit(
    engine: &Engine,
    actor: &Actor,
    id: &str,
    prepared: &Prepared,
) -> Result<Vec<Receipt>, ActError> {
    let kept = engine.read(|views| data::audit(views, id))?.ok_or_else(crate::acts::absent)?;
    let report = foreseen(&kept.audit, &prepared.inputs, &prepared.cvrs, SOFTWARE)?;
    if let Some(first) = report.deviations.first() {
        let what = format!("{} {}", first.code, first.what);
        return Err(Refusal::new(RefusalKind::Conflict, codes::UNFIT).with("what", what).into());
    }
    let committed = commitment(&kept.audit, &prepared.inputs, SOFTWARE)?;
    let object = engine.objects().put(&hand_in::to_public(prepared)?)?;
    let counts = runoffs(&kept.audit, &prepared.inputs, &prepared.cvrs, SOFTWARE)?;
    let counts = (!counts.is_empty()).then(|| put(engine, &counts)).transpose()?;
    let parts: Vec<_> =
        committed.parts.iter().map(|(name, sha256)| json!({"name": name, "sha256": sha256})).collect();
    let before = kept.audit;
    let step = Step::Commit(committed.clone());
    take(engine, actor, id, (&step, party(actor, None)), &|kept, _| {
        // The inputs were read before: what has changed since is another commitment.
        if kept.audit != before {
            return Err(Refusal::new(RefusalKind::Conflict, codes::SIGNED_OTHER).into());
        }
        let mut public =
            json!({"parts": parts, "root": committed.root, "software": committed.software, "object": object});
        if let Some(counts) = counts {
            public["counts_object"] = json!(counts);
        }
        Ok(about_version(&k::COMMITTED, kept, public))
    })
}

/// Opens the next round. `extra`: batches that are counted although they are not drawn, by place in the record.
pub fn open_round(
    engine: &Engine,
    actor: &Actor,
    id: &str,
    (size, extra): (&Size, &[usize]),
) -> Result<Vec<Receipt>, ActError> {
    let kept = engine.read(|views| data::audit(views, id))?.ok_or_else(crate::acts::absent)?;
    let inputs = prepared(engine, &kept)?.inputs;
    let record = assemble(engine, &kept, &inputs, Vec::new())?;
    let too_early = || Refusal::new(RefusalKind::Conflict, codes::TOO_EARLY);
    let seed = kept.audit.seed().ok_or_else(too_early)?;
    let cards = cvrs(engine, &kept, &inputs.cvr_files)?;
    let (draws, opening) = open(&record, &cards, seed, size, extra)?;
    let draws_object = put(engine, &draws)?;
    let opening_object = put(engine, &opening)?;
    let units: u64 = opening.units.values().sum();
    let step = Step::OpenRound(opening);
    take(engine, actor, id, (&step, party(actor, None)), &|kept, after| {
        let mut public = json!({"draws": draws.len(), "units": units, "object": opening_object, "draws_object": draws_object});
        public["version"] = json!(after.version());
        public["round"] = json!(after.rounds().len());
        Ok(about_round(&k::ROUND_OPENED, kept, public))
    })
}

/// What a jurisdiction fetches in the last round, dealt to so many boards.
pub fn list(
    engine: &Engine,
    kept: &Kept,
    prepared: &Prepared,
    (jurisdiction, boards): (&str, usize),
) -> Result<Vec<Row>, ActError> {
    let lines = engine.read(|views| data::rounds(views, &kept.id, kept.audit.version()))?;
    let draws: Vec<Vec<Draw>> =
        lines.iter().map(|line| object(engine, &line.draws)).collect::<Result<_, ActError>>()?;
    let Some((last, earlier)) = draws.split_last() else { return Ok(Vec::new()) };
    let counts =
        |at: &usize| kept.audit.rounds().get(*at).is_some_and(|round| round.decision != Decision::Abandoned);
    let earlier: Vec<&[Draw]> =
        (0..earlier.len()).filter(counts).filter_map(|at| earlier.get(at)).map(Vec::as_slice).collect();
    let Prepared { inputs, containers, .. } = prepared;
    Ok(retrieval(jurisdiction, &inputs.batches, containers, &earlier, last, boards))
}

/// The lists of a jurisdiction's boards: what is new in the round, and batches that are counted without being drawn.
pub(crate) fn units(
    kept: &Kept,
    prepared: &Prepared,
    (jurisdiction, rows): (&str, &[Row]),
    boards: usize,
) -> Vec<Vec<Unit>> {
    let mut lists = vec![Vec::new(); boards];
    let new = rows.iter().filter(|row| !row.read_before);
    for row in new {
        let at = usize::try_from(row.board).unwrap_or(0).saturating_sub(1);
        let unit = Unit { batch: row.at, position: row.position, ballots: row.ballots, extra: false };
        if let Some(list) = lists.get_mut(at) {
            list.push(unit);
        }
    }
    let extra = kept.audit.rounds().last().map(|round| round.opening.extra.clone()).unwrap_or_default();
    let batch = |at: usize| prepared.inputs.batches.get(at).map(|batch| (at, batch));
    for (at, batch) in extra.into_iter().filter_map(batch).filter(|(_, one)| one.jurisdiction == jurisdiction)
    {
        if let Some(least) = lists.iter_mut().min_by_key(|list| list.len()) {
            least.push(Unit { batch: at, position: None, ballots: u64::from(batch.ballots), extra: true });
        }
    }
    lists
}

/// Deals a jurisdiction's ballots or batches to so many boards; one container stays with one board.
pub fn deal_boards(
    engine: &Engine,
    actor: &Actor,
    id: &str,
    (jurisdiction, boards): (&str, usize),
) -> Result<Vec<Receipt>, ActError> {
    let kept = engine.read(|views| data::audit(views, id))?.ok_or_else(crate::acts::absent)?;
    let prepared = prepared(engine, &kept)?;
    let rows = list(engine, &kept, &prepared, (jurisdiction, boards.clamp(1, MAX_BOARDS)))?;
    let lists = units(&kept, &prepared, (jurisdiction, &rows), boards.clamp(1, MAX_BOARDS));
    let object = put(engine, &lists)?;
    let step = Step::DealBoards {
        jurisdiction: jurisdiction.to_owned(),
        units: lists.iter().map(|list| list.len() as u64).collect(),
    };
    take(engine, actor, id, (&step, party(actor, Some(jurisdiction))), &|kept, _| {
        let public = json!({"jurisdiction": jurisdiction, "boards": lists.len(), "object": object});
        let mut event = about_round(&k::BOARDS_DEALT, kept, public);
        event.guard.push(BoardKey::first(kept, jurisdiction).jurisdiction_subject());
        Ok(event)
    })
}

/// Ends the open round and measures its risk.
pub fn close_round(engine: &Engine, actor: &Actor, id: &str) -> Result<Vec<Receipt>, ActError> {
    let kept = engine.read(|views| data::audit(views, id))?.ok_or_else(crate::acts::absent)?;
    kept.audit.may_measure()?;
    let inputs = prepared(engine, &kept)?.inputs;
    let read = engine.read(|views| Ok(read_so_far(views, id, &kept.audit)))??;
    let counted = hash_of(&read)?;
    let record = assemble(engine, &kept, &inputs, read.clone())?;
    let cards = cvrs(engine, &kept, &inputs.cvr_files)?;
    let (measured, claims) = measure_claims(&record, &cards)?;
    let object = put(engine, &read)?;
    let machines = record.settings.method.compares_ballots().then(|| {
        let places = read.iter().filter_map(|one| Some((one.batch, one.position?)));
        put(engine, &recorded(&record, &cards, places))
    });
    let machines = machines.transpose()?;
    let claims = record.settings.method.asserts().then(|| put(engine, &claims)).transpose()?;
    let measured_object = put(engine, &measured)?;
    let step = Step::CloseRound { counted, measured };
    take(engine, actor, id, (&step, party(actor, None)), &|kept, after| {
        // A board whose list was given back meanwhile has read something else.
        let now = engine.read(|views| Ok(read_so_far(views, id, &kept.audit)))??;
        if now != read {
            return Err(Refusal::new(RefusalKind::Conflict, codes::SIGNED_OTHER).into());
        }
        let mut public =
            json!({"met": after.all_met(), "object": object, "measured_object": measured_object});
        if let Some(machines) = machines {
            public["cvrs_object"] = json!(machines);
        }
        if let Some(claims) = claims {
            public["claims_object"] = json!(claims);
        }
        Ok(about_round(&k::ROUND_CLOSED, kept, public))
    })
}

/// How far each jurisdiction is in the last round: boards dealt, signed, and what is not read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Progress {
    /// Ballots or batches to read.
    pub due: u64,
    /// Boards.
    pub boards: u64,
    /// Boards that have signed.
    pub signed: u64,
    /// Not read yet.
    pub unread: u64,
    /// Waiting for the jurisdiction.
    pub disagreed: u64,
}

/// The progress of the last round, by jurisdiction.
pub fn progress(engine: &Engine, kept: &Kept) -> Result<BTreeMap<String, Progress>, ActError> {
    kept.audit.rounds().last().map_or_else(|| Ok(BTreeMap::new()), |last| progress_of(engine, kept, last))
}

/// The progress of a round of the version that an audit stands in, by jurisdiction.
pub(crate) fn progress_of(
    engine: &Engine,
    kept: &Kept,
    round: &Round,
) -> Result<BTreeMap<String, Progress>, ActError> {
    let mut all: BTreeMap<String, Progress> = BTreeMap::new();
    for (name, due) in &round.opening.units {
        all.insert(name.clone(), Progress { due: *due, unread: *due, ..Progress::default() });
    }
    let key = (kept.id.as_str(), kept.audit.version(), round.number);
    let lines = engine.read(|views| data::boards(views, key, None))?;
    for (at, line) in lines.iter().enumerate() {
        let one = all.entry(line.key.jurisdiction.clone()).or_default();
        if at == 0 || lines[at - 1].key.jurisdiction != line.key.jurisdiction {
            one.unread = 0;
        }
        one.boards += 1;
        // A board without work has nothing to sign.
        one.signed += u64::from(line.signed_index.is_some() || line.units == 0);
        one.unread += line.unread;
        one.disagreed += line.disagreed;
    }
    Ok(all)
}

/// Explains why people read something else than machines reported: of a batch of the record, or of the ballot at a
/// position in it.
pub fn explain(
    engine: &Engine,
    actor: &Actor,
    id: &str,
    (batch, position): (usize, Option<u32>),
    reason: &str,
) -> Result<Vec<Receipt>, ActError> {
    crate::acts::public_text(reason)?;
    let kept = engine.read(|views| data::audit(views, id))?.ok_or_else(crate::acts::absent)?;
    let prepared = prepared(engine, &kept)?;
    let not_there = || Refusal::new(RefusalKind::NotFound, codes::NOT_DEALT).with("unit", batch);
    let jurisdiction = &prepared.inputs.batches.get(batch).ok_or_else(not_there)?.jurisdiction;
    let party = party(actor, Some(jurisdiction)).ok_or_else(crate::acts::not_yours)?;
    if party != Party::Administrator && party != Party::Jurisdiction(jurisdiction.clone()) {
        return Err(crate::acts::not_yours().into());
    }
    if reason.trim().is_empty() {
        return Err(Refusal::new(RefusalKind::Invalid, codes::NO_REASON).on("reason").into());
    }
    engine.record(actor, &|views, _| {
        let kept = crate::acts::own(views, actor, id)?;
        let mut public = json!({"jurisdiction": jurisdiction, "batch": batch, "reason": reason.trim()});
        if let Some(position) = position {
            public["position"] = json!(position);
        }
        Ok(vec![about_version(&k::DISCREPANCY_EXPLAINED, &kept, public)])
    })
}
