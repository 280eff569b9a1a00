//! The record of an audit, put together from what the log and its objects say: the same on every mirror.

use crate::acts::{ERASED, absent};
use crate::data::{self, Kept};
use crate::step::MAX_OBJECT;
use crate::view::read_work;
use rusqlite::Connection;
use scr_audits::record::{Counted, CvrFile, Decision, Draw, FullCount, Published, Record, Signature};
use scr_audits::verify::Cvrs;
use scr_audits::workflow::hand_in::{self, Prepared};
use scr_audits::workflow::{Audit, Inputs, RoundWork, What, Witnessed, codes, counted, record};
use scr_canon::Hash32;
use scr_core::{Refusal, RefusalKind};
use scr_engine::{ActError, Engine, Fault, utc_text};
use scr_tabulation::cvr::columns::Columns;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

/// An object in canonical JSON.
pub(crate) fn object<T: DeserializeOwned>(engine: &Engine, hash: &Hash32) -> Result<T, ActError> {
    let bytes = engine.objects().get(hash, MAX_OBJECT)?;
    let bytes =
        bytes.ok_or_else(|| Refusal::new(RefusalKind::NotFound, codes::WRONG_OBJECT).with("what", hash))?;
    Ok(serde_json::from_slice(&bytes).map_err(|error| Fault::log(&error))?)
}

/// What was committed to in the version that an audit stands in, without cast vote records.
pub(crate) fn prepared(engine: &Engine, kept: &Kept) -> Result<Prepared, ActError> {
    let committed = engine.read(|views| data::commit(views, &kept.id, kept.audit.version()))?;
    let draft =
        || Refusal::new(RefusalKind::Conflict, codes::WRONG_STATE).with("state", kept.audit.phase().as_str());
    let (hash, ..) = committed.filter(|_| kept.audit.committed().is_some()).ok_or_else(draft)?;
    let bytes = engine.objects().get(&hash, MAX_OBJECT)?.ok_or_else(absent)?;
    let (inputs, containers) = hand_in::from_public(&bytes)?;
    Ok(Prepared { inputs, cvrs: Cvrs::new(), containers })
}

/// What all jurisdictions have handed in, as it would be committed to.
pub fn handed_in(engine: &Engine, kept: &Kept) -> Result<Prepared, ActError> {
    let mut handed: BTreeMap<String, BTreeMap<What, Vec<u8>>> = BTreeMap::new();
    for (name, jurisdiction) in kept.audit.jurisdictions() {
        for (what, upload) in &jurisdiction.uploads {
            let gone = || Refusal::new(RefusalKind::Conflict, ERASED).with("jurisdiction", name);
            let (bytes, _) =
                engine.read(|views| data::input(views, &kept.id, name, *what))?.ok_or_else(gone)?;
            if scr_canon::sha256(&bytes) != upload.sha256 {
                return Err(Refusal::new(RefusalKind::Conflict, codes::SIGNED_OTHER).into());
            }
            handed.entry(name.clone()).or_default().insert(*what, bytes);
        }
    }
    Ok(hand_in::inputs(&kept.audit, &handed)?)
}

/// The cast vote records of this version, as they were handed in.
pub(crate) fn cvrs(engine: &Engine, kept: &Kept, files: &[CvrFile]) -> Result<Cvrs, ActError> {
    let mut cvrs = Cvrs::new();
    for file in files {
        let input = engine.read(|views| data::input(views, &kept.id, &file.jurisdiction, What::Cvrs))?;
        let gone = || Refusal::new(RefusalKind::Conflict, ERASED).with("jurisdiction", &file.jurisdiction);
        let (bytes, _) = input.ok_or_else(gone)?;
        let columns = Columns::read(&bytes).map_err(|error| Fault::log(&error))?;
        cvrs.insert(file.sha256, columns);
    }
    Ok(cvrs)
}

/// The record of the version that an audit stands in. What boards have read in an open round is left out: it is
/// theirs until the round is closed.
pub fn public_record(engine: &Engine, kept: &Kept) -> Result<Record, ActError> {
    let prepared = prepared(engine, kept)?;
    assemble(engine, kept, &prepared.inputs, Vec::new())
}

/// As [`public_record`], with what was read in the open round.
pub(crate) fn assemble(
    engine: &Engine,
    kept: &Kept,
    inputs: &Inputs,
    read: Vec<Counted>,
) -> Result<Record, ActError> {
    let (lines, moments) = engine.read(|views| {
        Ok((data::rounds(views, &kept.id, kept.audit.version())?, Moments::of(views, kept)?))
    })?;
    let origin = engine.ledger().origin();
    let published = |(index, at): (u64, i64)| Published {
        at: utc_text(at),
        origin: origin.to_owned(),
        index,
        evidence: None,
    };
    let mut rounds = Vec::with_capacity(lines.len());
    let mut open = Some(read);
    for (round, line) in kept.audit.rounds().iter().zip(&lines) {
        let draws: Vec<Draw> = object(engine, &line.draws)?;
        let counted = match &line.closed {
            Some((hash, ..)) => object(engine, hash)?,
            None if round.decision == Decision::Open => open.take().unwrap_or_default(),
            None => Vec::new(),
        };
        let seeded = moments.seeds.get(rounds.len()).copied().flatten().map(published);
        rounds.push(RoundWork { draws, counted, seeded, signed: Vec::new() });
    }
    let full_counts: Vec<FullCount> = match kept.audit.result() {
        Some(hash) => object(engine, hash)?,
        None => Vec::new(),
    };
    let witnessed = Witnessed {
        published: moments.committed.map(published),
        signed: moments.signed,
        past: moments.past.into_iter().map(|moment| moment.map(published)).collect(),
        full_counts,
    };
    Ok(record(&kept.audit, inputs, &witnessed, &rounds)?)
}

/// When the log has witnessed what.
struct Moments {
    committed: Option<(u64, i64)>,
    past: Vec<Option<(u64, i64)>>,
    seeds: Vec<Option<(u64, i64)>>,
    signed: Vec<Signature>,
}

impl Moments {
    fn of(views: &Connection, kept: &Kept) -> rusqlite::Result<Self> {
        let moment = |version| {
            Ok::<_, rusqlite::Error>(
                data::commit(views, &kept.id, version)?.map(|(_, index, at)| (index, at)),
            )
        };
        let audit = &kept.audit;
        let seeds = audit.rounds().iter().map(|round| data::seed(views, &kept.id, &round.seed));
        Ok(Self {
            committed: moment(audit.version())?,
            past: audit.past().iter().map(|past| moment(past.version)).collect::<Result<_, _>>()?,
            seeds: seeds.collect::<Result<_, _>>()?,
            signed: signatures(views, kept)?,
        })
    }
}

/// The jurisdictions' signatures that stood when the version was committed to.
fn signatures(views: &Connection, kept: &Kept) -> rusqlite::Result<Vec<Signature>> {
    let signed = |act: &data::Act| act.kind == crate::kinds::UPLOAD_SIGNED.name;
    let mut newest = BTreeMap::new();
    for act in data::acts(views, &kept.id)?.into_iter().filter(signed) {
        let name = act.detail["jurisdiction"].as_str().unwrap_or_default().to_owned();
        newest.insert(name, act.index);
    }
    let there = kept.audit.jurisdictions().iter().filter(|(_, one)| one.signed.is_some());
    let signature = |name: &String| Signature {
        role: "jurisdiction manager".to_owned(),
        by: name.clone(),
        entry: newest.get(name).copied(),
    };
    Ok(there.map(|(name, _)| signature(name)).collect())
}

/// The public name of a board.
pub(crate) fn board_name(jurisdiction: &str, board: u32) -> String {
    format!("{jurisdiction}, board {board}")
}

/// What the boards of the open round have read and signed, in the order of jurisdictions and boards.
pub(crate) fn read_so_far(views: &Connection, id: &str, audit: &Audit) -> Result<Vec<Counted>, ActError> {
    let round = u32::try_from(audit.rounds().len()).unwrap_or(u32::MAX);
    let mut all = Vec::new();
    for line in data::boards(views, (id, audit.version(), round), None)? {
        let gone =
            || Refusal::new(RefusalKind::Conflict, ERASED).with("jurisdiction", &line.key.jurisdiction);
        let work = read_work(views, &line.key)?.ok_or_else(gone)?;
        all.extend(counted(&work, &board_name(&line.key.jurisdiction, line.key.board)));
    }
    Ok(all)
}
