//! The table at which a board sits: its list, and the names of the places in it. Nothing that a machine has counted,
//! no risk and nothing of another board can stand here.

use super::reading::{Asked, asked};
use crate::assembled::prepared;
use crate::boards;
use crate::data::Kept;
use scr_audits::record::Batch;
use scr_audits::workflow::hand_in::Prepared;
use scr_audits::workflow::{BoardStep, BoardWork, ContestForm, Sheet, Unit, codes};
use scr_canon::sha256;
use scr_core::{BoardKey, BoardLogin, Refusal, RefusalKind};
use scr_engine::{ActError, Receipt};
use scr_web::{App, FormState, Markup, Visit, asset};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Ballots that the script on the tablet can go on with while the network is away.
const AHEAD: usize = 60;
/// Versions of which the places are kept in memory.
const MOST_KNOWN: usize = 8;

/// A board with its list.
pub(super) struct Table {
    pub(super) key: BoardKey,
    /// The audit's title.
    pub(super) title: String,
    pub(super) work: BoardWork,
    places: Arc<Places>,
}

/// A contest with its choices and the votes that both members counted.
pub(super) type CountedContest = (String, Vec<(String, u64)>);

/// The batches of a version, by place in the record: whose, where, and how many ballots by the manifest.
pub(crate) type Places = Vec<(String, Place, u64)>;

/// The batches of the versions at which boards are at work, so that not every page reads them anew.
#[derive(Default)]
struct Known(Mutex<BTreeMap<(String, u32), Arc<Places>>>);

/// Where a ballot or a batch lies, as the manifest names it; empty where it names nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) container: String,
    pub(crate) tabulator: String,
    pub(crate) batch: String,
}

/// A unit of the list.
pub(super) struct Listed {
    /// Its place in the list, from 1.
    pub(super) number: usize,
    pub(super) href: String,
    /// What it is called, in the reader's language.
    pub(super) label: String,
    pub(super) place: Place,
}

/// What a unit is called, in the reader's language.
pub(crate) fn label(visit: &Visit, unit: &Unit, place: &Place) -> String {
    match unit.position {
        Some(position) => {
            // As it stands on the paper: no grouping of digits.
            let args =
                [("position", position.to_string().as_str().into()), ("batch", place.batch.as_str().into())];
            visit.ta("board-ballot", &args)
        }
        None => visit.ta("board-batch", &[("batch", place.batch.as_str().into())]),
    }
}

/// What the script needs to go on while the network is away.
pub(super) struct Offline {
    pub(super) units: Vec<Listed>,
    pub(super) contests: Vec<Asked>,
    pub(super) blank: FormState,
}

/// Takes a step of the board.
pub(super) fn take(app: &App, board: &BoardLogin, step: &BoardStep) -> Result<Vec<Receipt>, ActError> {
    boards::board_step(&app.engine, &board.key, step)
}

/// Where the batches of a version lie. Only this leaves what was committed to: no totals, no names of cast vote records.
pub(crate) fn places(app: &App, kept: &Kept) -> Result<Arc<Places>, ActError> {
    let (known, version) = (app.soft::<Known>(), (kept.id.clone(), kept.audit.version()));
    if let Some(there) = known.0.lock().unwrap_or_else(PoisonError::into_inner).get(&version) {
        return Ok(Arc::clone(there));
    }
    let Prepared { inputs, containers, .. } = prepared(&app.engine, kept)?;
    let containers = containers.into_iter().chain(std::iter::repeat(None));
    let place = |(batch, container): (Batch, Option<String>)| {
        let place = Place {
            container: container.unwrap_or_default(),
            tabulator: batch.tabulator.unwrap_or_default(),
            batch: batch.batch,
        };
        (batch.jurisdiction, place, u64::from(batch.ballots))
    };
    let places: Arc<Places> = Arc::new(inputs.batches.into_iter().zip(containers).map(place).collect());
    let mut all = known.0.lock().unwrap_or_else(PoisonError::into_inner);
    if all.len() >= MOST_KNOWN {
        all.clear();
    }
    all.insert(version, Arc::clone(&places));
    Ok(places)
}

impl Table {
    /// The table of a board. Refused with `SCR-AUD-238` where its round is over.
    pub(super) fn of(app: &App, board: &BoardLogin) -> Result<Self, ActError> {
        let key = board.key.clone();
        let (kept, work) = app.engine.read(|views| Ok(boards::work(views, &key)))??;
        let places = places(app, &kept)?;
        Ok(Self { key, title: kept.audit.title().to_owned(), work, places })
    }

    /// The name of a batch of the record.
    pub(super) fn batch_name(&self, batch: usize) -> String {
        self.places.get(batch).map(|(_, place, _)| place.batch.clone()).unwrap_or_default()
    }

    /// The batches of the jurisdiction that have this name, with their ballots.
    pub(super) fn batches_named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = (usize, u64)> + 'a {
        let own = move |(whose, place, _): &(String, Place, u64)| {
            *whose == self.key.jurisdiction && place.batch == name
        };
        let all = self.places.iter().enumerate();
        all.filter(move |(_, one)| own(one)).map(|(batch, (_, _, ballots))| (batch, *ballots))
    }

    /// A count in words.
    pub(super) fn counted(&self, votes: &Sheet) -> Vec<CountedContest> {
        let contests = self.contests().iter().zip(votes);
        contests
            .map(|(form, votes)| {
                (form.name.clone(), form.choices.iter().cloned().zip(votes.iter().copied()).collect())
            })
            .collect()
    }

    /// What the tablet keeps things under: the same for the board after it has come in again.
    pub(super) fn id(&self) -> String {
        let key = &self.key;
        let text =
            format!("{}\n{}\n{}\n{}\n{}", key.audit, key.version, key.round, key.jurisdiction, key.board);
        sha256(text.as_bytes()).to_hex()[..16].to_owned()
    }

    pub(super) fn script(&self) -> String {
        asset("board.js").href
    }

    /// The board with its jurisdiction.
    pub(super) fn who(&self, visit: &Visit) -> Markup {
        let args =
            [("number", self.key.board.into()), ("jurisdiction", self.key.jurisdiction.as_str().into())];
        visit.tha("board-of", &args)
    }

    /// Both members.
    pub(super) fn members(&self, visit: &Visit) -> Markup {
        match self.work.names() {
            [first, second] => {
                let args = [("first", first.as_str().into()), ("second", second.as_str().into())];
                visit.tha("board-members", &args)
            }
            _ => Markup::default(),
        }
    }

    /// The contests of the forms.
    pub(super) fn contests(&self) -> &[ContestForm] {
        self.work.contests()
    }

    /// A unit by its place in the list, from 0; `None` beyond its end.
    pub(super) fn listed(&self, visit: &Visit, unit: usize) -> Option<Listed> {
        let dealt = self.work.units().get(unit)?;
        let (_, place, _) = self.places.get(dealt.batch)?.clone();
        let label = label(visit, dealt, &place);
        let number = unit + 1;
        Some(Listed { number, href: format!("/board/units/{number}"), label, place })
    }

    /// A unit by its place in the list, from 0. Refused with `SCR-AUD-239` where the board was not dealt it.
    pub(super) fn unit(&self, visit: &Visit, unit: usize) -> Result<Listed, Refusal> {
        let absent =
            || Refusal::new(RefusalKind::NotFound, codes::NOT_DEALT).with("unit", unit.saturating_add(1));
        self.listed(visit, unit).ok_or_else(absent)
    }

    /// The first unit that waits for the board, after this one or from the start of the list.
    pub(super) fn next(&self, visit: &Visit, after: Option<usize>) -> Option<Listed> {
        let mut unread = self.work.unread().filter(|unit| Some(*unit) != after);
        let first = unread.next()?;
        let later = std::iter::once(first).chain(unread).find(|unit| after.is_none_or(|after| *unit > after));
        self.listed(visit, later.unwrap_or(first))
    }

    /// Whether the board counts batches.
    pub(super) fn is_batches(&self) -> bool {
        self.work.units().first().is_some_and(|unit| unit.position.is_none())
    }

    /// The next ballots with their form; `None` for batches, which need the other member's count.
    pub(super) fn offline(&self, visit: &Visit) -> Option<Offline> {
        if self.is_batches() || self.work.signed().is_some() || !self.work.is_joined() {
            return None;
        }
        let units = self.work.unread().take(AHEAD).filter_map(|unit| self.listed(visit, unit));
        Some(Offline { units: units.collect(), contests: asked(self.contests()), blank: FormState::new() })
    }
}
