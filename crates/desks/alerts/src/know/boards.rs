//! How far each alert has come, in memory. A board is made from what is recorded and from the rows that are not, and follows the
//! table: whatever is read twice changes nothing. Pages read snapshots, so that they keep nobody from writing.

use super::case::{self, Case};
use super::rows::{self, Kept};
use super::view;
use crate::network::{self, Network};
use scr_alerts::acks::Board;
use scr_core::{Refusal, RefusalKind};
use scr_engine::{ActError, Fault};
use scr_store::Store;
use scr_web::App;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::{Duration, Instant};

/// No areas and stations were imported for the election.
pub(crate) const NO_NETWORK: &str = "SCR-ALR-281";
/// Boards that are kept in memory; of 100,000 stations one takes some 20 MB.
const KEPT: usize = 12;
/// Rows that are read at once.
const READ: i64 = 50_000;
/// For how long a missing number is looked for: transactions that got it have ended by then.
const GAP: Duration = Duration::from_secs(60);
/// Missing numbers that are remembered.
const GAPS: usize = 10_000;
/// After a pause as long as this everything is read anew, because recorded rows are swept away.
const FORGET: Duration = Duration::from_secs(20 * 60);
/// Below so many stations a board is always brought up to date.
const SMALL: usize = 5_000;
/// How old a snapshot may be, as a multiple of what it took to make it.
const AGE: u32 = 8;
/// And at most.
const OLDEST: Duration = Duration::from_secs(1);

/// A board as it stood at one moment.
#[derive(Debug)]
pub(crate) struct Shown {
    /// The alert.
    pub(crate) case: Arc<Case>,
    /// The areas and stations.
    pub(crate) network: Arc<Network>,
    /// How far it has come.
    pub(crate) board: Board,
    /// For whom it is, by places in the tree: the areas that it names.
    pub(crate) roots: Vec<u32>,
    made: Instant,
    took: Duration,
}

#[derive(Debug)]
struct Live {
    board: Board,
    network: Arc<Network>,
    roots: Vec<u32>,
    is_new: bool,
    used: u64,
}

/// Follows the table. In PostgreSQL a number can be seen after a higher one: missing numbers are looked for a while.
#[derive(Debug, Default)]
struct Tail {
    high: i64,
    gaps: BTreeMap<i64, Instant>,
    read: Option<Instant>,
}

#[derive(Debug, Default)]
struct Inner {
    tail: Tail,
    live: BTreeMap<u64, Live>,
    uses: u64,
}

/// The boards of this node.
#[derive(Debug, Default)]
pub(crate) struct Boards {
    inner: Mutex<Inner>,
    shown: RwLock<BTreeMap<u64, Arc<Shown>>>,
}

fn fault(error: impl std::fmt::Display) -> ActError {
    Fault::log(&error).into()
}

/// The operational tables.
pub(crate) fn store(app: &App) -> Result<&Store, ActError> {
    app.store().ok_or_else(|| fault("the desk has no operational tables"))
}

impl Tail {
    /// Rows that were not read before.
    fn catch_up(&mut self, store: &Store) -> Result<Vec<Kept>, ActError> {
        let mut all = Vec::new();
        self.gaps.retain(|_, since| since.elapsed() < GAP);
        if !self.gaps.is_empty() {
            let numbers: Vec<i64> = self.gaps.keys().copied().collect();
            for chunk in numbers.chunks(500) {
                all.extend(rows::numbered(store, chunk).map_err(fault)?);
            }
            for row in &all {
                self.gaps.remove(&row.number);
            }
        }
        loop {
            let read = rows::after(store, self.high, READ).map_err(fault)?;
            let is_last = i64::try_from(read.len()).is_ok_and(|count| count < READ);
            for row in &read {
                for missing in (self.high + 1..row.number).take(GAPS.saturating_sub(self.gaps.len())) {
                    self.gaps.insert(missing, Instant::now());
                }
                self.high = row.number;
            }
            all.extend(read);
            if is_last {
                self.read = Some(Instant::now());
                return Ok(all);
            }
        }
    }
}

impl Inner {
    fn follow(&mut self, store: &Store) -> Result<(), ActError> {
        if self.tail.read.is_none_or(|read| read.elapsed() > FORGET) {
            self.live.clear();
            self.tail = Tail { high: rows::highest(store).map_err(fault)?, ..Tail::default() };
        }
        for row in self.tail.catch_up(store)? {
            let Some(live) = self.live.get_mut(&row.alert) else { continue };
            if let Some(ack) = row.taken.ack() {
                live.board.fold(&ack);
                live.is_new = true;
            }
        }
        Ok(())
    }

    /// The board of an alert, made where it is not there or where the stations are others now.
    fn of(&mut self, app: &App, case: &Case) -> Result<&mut Live, ActError> {
        let network = network_of(app, case)?;
        let is_there = self.live.get(&case.index()).is_some_and(|live| Arc::ptr_eq(&live.network, &network));
        self.uses += 1;
        if !is_there {
            // The newest is not the one that has not been used for longest, and goes last.
            let live = Live { used: self.uses, ..build(app, case, network)? };
            self.live.insert(case.index(), live);
        }
        while self.live.len() > KEPT {
            let Some((oldest, _)) = self.live.iter().min_by_key(|(_, live)| live.used) else { break };
            let oldest = *oldest;
            self.live.remove(&oldest);
        }
        let uses = self.uses;
        let live = self.live.get_mut(&case.index()).ok_or_else(|| fault("a board is gone"))?;
        live.used = uses;
        Ok(live)
    }
}

/// The areas and stations of an alert's election.
///
/// # Errors
/// `SCR-ALR-281`, faults.
pub(crate) fn network_of(app: &App, case: &Case) -> Result<Arc<Network>, ActError> {
    let network = network::of(app, &case.issued.election)?;
    network.ok_or_else(|| Refusal::new(RefusalKind::NotFound, NO_NETWORK).into())
}

/// A board without any acknowledgement, and the areas that the alert names.
pub(crate) fn empty(case: &Case, network: &Network) -> (Board, Vec<u32>) {
    let (text, tree) = (&case.issued.text, &network.tree);
    // Areas that a later version of the scheme has not any more have no stations either.
    let known: Vec<String> = text.areas.iter().filter(|code| tree.find(code).is_some()).cloned().collect();
    let within = tree.within(&known).ok();
    let stations = within.iter().flat_map(|within| network.stations.within(within)).collect::<Vec<_>>();
    let roots = known.iter().filter_map(|code| tree.find(code)).collect::<Vec<_>>();
    let top =
        roots.iter().copied().filter(|root| !tree.upwards(*root).skip(1).any(|above| roots.contains(&above)));
    (Board::new(text.sent, text.expires(), tree, stations), top.collect())
}

fn build(app: &App, case: &Case, network: Arc<Network>) -> Result<Live, ActError> {
    let (mut board, roots) = empty(case, &network);
    app.engine.read(|views| {
        view::heard(views, case.index(), &mut |taken| {
            if let Some(ack) = taken.ack() {
                board.fold(&ack);
            }
        })
    })?;
    for row in rows::of_alert(store(app)?, case.index()).map_err(fault)? {
        if let Some(ack) = row.taken.ack() {
            board.fold(&ack);
        }
    }
    Ok(Live { board, network, roots, is_new: true, used: 0 })
}

impl Boards {
    fn snapshot(&self, index: u64) -> Option<Arc<Shown>> {
        self.shown.read().unwrap_or_else(PoisonError::into_inner).get(&index).map(Arc::clone)
    }

    fn refresh(&self, app: &App, case: &Arc<Case>, inner: &mut Inner) -> Result<Arc<Shown>, ActError> {
        let begin = Instant::now();
        inner.follow(store(app)?)?;
        let live = inner.of(app, case)?;
        let before = self.snapshot(case.index());
        if let Some(before) = before.filter(|before| !live.is_new && before.took < OLDEST) {
            return Ok(before);
        }
        let shown = Arc::new(Shown {
            case: Arc::clone(case),
            network: Arc::clone(&live.network),
            board: live.board.clone(),
            roots: live.roots.clone(),
            took: begin.elapsed(),
            made: Instant::now(),
        });
        live.is_new = false;
        let there: Vec<u64> = inner.live.keys().copied().collect();
        let mut all = self.shown.write().unwrap_or_else(PoisonError::into_inner);
        all.retain(|index, _| there.contains(index));
        all.insert(case.index(), Arc::clone(&shown));
        Ok(shown)
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shown {
    fn is_young(&self) -> bool {
        self.board.len() > SMALL && self.made.elapsed() < (self.took * AGE).min(OLDEST)
    }
}

/// The board for a page: at most a second behind.
///
/// # Errors
/// `SCR-ALR-281`, faults.
pub(crate) fn shown(app: &App, case: &Arc<Case>) -> Result<Arc<Shown>, ActError> {
    let boards = app.soft::<Boards>();
    let kept = boards.snapshot(case.index());
    if let Some(kept) = kept.as_ref().filter(|kept| kept.is_young()) {
        return Ok(Arc::clone(kept));
    }
    if let Some(kept) = kept.filter(|kept| kept.board.len() > SMALL) {
        // One page brings it up to date, the others go on with what there is.
        return match boards.inner.try_lock() {
            Ok(mut inner) => boards.refresh(app, case, &mut inner),
            Err(_) => Ok(kept),
        };
    }
    fresh(app, case)
}

/// The board with everything that was durable when this was called.
///
/// # Errors
/// `SCR-ALR-281`, faults.
pub(crate) fn fresh(app: &App, case: &Arc<Case>) -> Result<Arc<Shown>, ActError> {
    let boards = app.soft::<Boards>();
    let mut inner = boards.lock();
    boards.refresh(app, case, &mut inner)
}

/// Makes the board of an alert before somebody looks: at 100,000 stations the first page would wait for it. Without a list of
/// stations there is nothing to make.
///
/// # Errors
/// `SCR-ALR-280`, faults.
pub(crate) fn prepare(app: &App, index: u64) -> Result<(), ActError> {
    match fresh(app, &case::at(app, index)?) {
        Err(ActError::Refused(refusal)) if refusal.code == NO_NETWORK => Ok(()),
        made => made.map(drop),
    }
}
