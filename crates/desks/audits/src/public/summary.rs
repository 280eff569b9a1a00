//! What the page says of what was read, made once for each state of the audit: a record with thousands of batches is
//! not put together again for each reader.

use crate::assembled::{object, public_record};
use crate::data::{self, Kept};
use scr_audits::record::{Cvr, Record};
use scr_audits::workflow::discrepancy::{Compared, compare};
use scr_engine::ActError;
use scr_web::{App, Visit};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// Audits whose summaries are kept.
const KEPT: usize = 32;
/// Differences that the page shows; the report has all of them.
const SHOWN: usize = 60;

/// A difference with the names of its place.
#[derive(Debug, Clone)]
pub(crate) struct Difference {
    pub(crate) jurisdiction: String,
    /// The batch, with its scanner where the manifest names one.
    pub(crate) batch: String,
    /// Place in the record, and position: the key of its explanation.
    pub(crate) key: (usize, u32),
    /// Batches that were counted as one with it.
    pub(crate) together: usize,
    pub(crate) contest: String,
    /// `A: +1; B: -1`, reported less audited.
    words: String,
    /// Where voters rank: the ranking of the machine and that of people.
    ranks: Option<(String, String)>,
    missing: bool,
    /// People do not find the contest on the ballot, and the machine has recorded it.
    absent: bool,
}

impl Difference {
    /// The key of its explanation as a form has it.
    pub(crate) fn unit(&self) -> String {
        format!("{}-{}", self.key.0, self.key.1)
    }

    /// Whether it says how many votes less people read.
    pub(crate) fn is_votes(&self) -> bool {
        !self.missing && !self.absent && self.ranks.is_none()
    }

    /// What differs, in words.
    pub(crate) fn say(&self, visit: &Visit) -> String {
        match &self.ranks {
            _ if self.missing => visit.t("audit-public-missing"),
            Some((reported, read)) => {
                let args = [("reported", reported.as_str().into()), ("read", read.as_str().into())];
                visit.ta("audit-public-ranks", &args)
            }
            None if self.absent => visit.t("audit-public-absent"),
            None => self.words.clone(),
        }
    }
}

/// What was read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Summary {
    pub(crate) compared: Compared,
    pub(crate) differences: Vec<Difference>,
}

/// Summaries by audit, with the entry that changed it last.
#[derive(Default)]
struct Cache(Mutex<BTreeMap<String, (u64, Arc<Summary>)>>);

/// The summary of an audit as it stands.
pub(crate) fn of(app: &Arc<App>, kept: &Kept) -> Result<Arc<Summary>, ActError> {
    let cache = app.soft::<Cache>();
    let has_read = kept.audit.rounds().iter().any(|round| round.counted.is_some());
    if !has_read {
        return Ok(Arc::default());
    }
    if let Ok(all) = cache.0.lock()
        && let Some((index, found)) = all.get(&kept.id)
        && *index == kept.changed_index
    {
        return Ok(Arc::clone(found));
    }
    let made = Arc::new(make(app, kept)?);
    if let Ok(mut all) = cache.0.lock() {
        if all.len() >= KEPT {
            all.clear();
        }
        all.insert(kept.id.clone(), (kept.changed_index, Arc::clone(&made)));
    }
    Ok(made)
}

fn make(app: &Arc<App>, kept: &Kept) -> Result<Summary, ActError> {
    let record = public_record(&app.engine, kept)?;
    let recorded = recorded(app, kept)?;
    let compared = compare(&record, &recorded);
    let differences = compared.all.iter().take(SHOWN).filter_map(|one| difference(&record, one)).collect();
    Ok(Summary { compared, differences })
}

/// What machines recorded of the ballots that were drawn, as the closed rounds have published it.
pub(crate) fn recorded(app: &App, kept: &Kept) -> Result<Vec<Cvr>, ActError> {
    let lines = app.engine.read(|views| data::rounds(views, &kept.id, kept.audit.version()))?;
    let mut all = Vec::new();
    for hash in lines.iter().filter_map(|line| line.cvrs.as_ref()) {
        all.extend(object::<Vec<Cvr>>(&app.engine, hash)?);
    }
    Ok(all)
}

fn difference(record: &Record, one: &scr_audits::workflow::discrepancy::Discrepancy) -> Option<Difference> {
    let batch = record.batches.get(one.batch)?;
    let contest = record.contests.get(one.contest)?;
    let name = match &batch.tabulator {
        Some(tabulator) => format!("{tabulator} - {}", batch.batch),
        None => batch.batch.clone(),
    };
    Some(Difference {
        jurisdiction: batch.jurisdiction.clone(),
        batch: one.position.map_or_else(|| name.clone(), |position| format!("{name}, {position}")),
        key: (one.batch, one.position.unwrap_or(0)),
        together: one.together.len(),
        contest: contest.name.clone(),
        words: one.change.words(contest),
        ranks: one.change.rankings(contest),
        missing: one.missing,
        absent: one.change.absent,
    })
}
