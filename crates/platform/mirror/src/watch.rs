//! What is known at this moment about the log that is followed, and the rounds that keep it so.

use crate::alarm::{Alarm, AlarmKind, Alarms, Finding};
use crate::follow::{Follower, OnProgress, Trouble};
use crate::pages::{OwnPages, PageLimits, compare};
use crate::remote::Remote;
use crate::split::Signed;
use scr_core::Clock;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

/// What is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WatchState {
    /// Where the log is.
    pub address: String,
    /// Its name.
    pub origin: String,
    /// Entries that were checked and are kept.
    pub size: u64,
    /// Entries under the newest checkpoint that the log has signed.
    pub signed: u64,
    /// When everything up to that checkpoint was checked for the last time.
    pub checked_at: Option<i64>,
    /// When a checkpoint came that had not come before.
    pub fresh_at: Option<i64>,
    /// Why the last round came to nothing: code and words.
    pub trouble: Option<(String, String)>,
    /// All alarms, the oldest first.
    pub alarms: Vec<Alarm>,
    /// Where their files are.
    pub folder: PathBuf,
    /// Pages that were compared at the present size, and found equal.
    pub pages_equal: u64,
    /// Pages that are known.
    pub pages_known: u64,
}

impl WatchState {
    /// Alarms that are not over.
    pub fn open_alarms(&self) -> u64 {
        self.alarms.iter().filter(|alarm| alarm.ended_at.is_none()).count() as u64
    }
}

/// The state, shared between the rounds and the pages.
#[derive(Debug, Default)]
pub struct Watch(Mutex<WatchState>);

impl Watch {
    /// The state as it is now.
    pub fn now(&self) -> WatchState {
        self.0.lock().map(|state| state.clone()).unwrap_or_default()
    }

    fn update(&self, change: impl FnOnce(&mut WatchState)) {
        if let Ok(mut state) = self.0.lock() {
            change(&mut state);
        }
    }
}

/// How a log is watched.
#[derive(Debug, Clone, Copy)]
pub struct MonitorConfig {
    /// Seconds without a new checkpoint after which an alarm is raised.
    pub stale_seconds: i64,
    /// How pages are compared.
    pub pages: PageLimits,
}

/// Everything that a mirror does, round by round.
pub struct Monitor {
    follower: Follower,
    remote: Box<dyn Remote>,
    pages: Option<Box<dyn OwnPages>>,
    alarms: Alarms,
    watch: Arc<Watch>,
    clock: Arc<dyn Clock>,
    config: MonitorConfig,
    fresh: Option<(String, i64)>,
    begun_at: i64,
    /// The pages that are known, and when they were looked for.
    known: (Vec<String>, i64),
    /// Pages of the present size that were not compared yet.
    waiting: Vec<String>,
    compared_at: u64,
    /// Where the next size begins: every page has its turn, also when the log grows all the time.
    turn: usize,
}

/// Seconds after which a mirror looks again which pages there are.
const LOOK_AGAIN_SECONDS: i64 = 600;

impl Monitor {
    /// Begins to watch. `address` is shown to people.
    pub fn new(
        follower: Follower,
        remote: Box<dyn Remote>,
        (folder, alarms): (PathBuf, Alarms),
        (address, origin): (&str, &str),
        clock: Arc<dyn Clock>,
        config: MonitorConfig,
    ) -> Self {
        let watch = Arc::new(Watch::default());
        watch.update(|state| {
            (state.address, state.origin) = (address.to_owned(), origin.to_owned());
            (state.size, state.folder) = (follower.size(), folder);
            state.signed = follower.seen().map_or(0, |seen| seen.checkpoint.size);
            state.alarms = alarms.all().to_vec();
        });
        let begun_at = clock.now();
        Self {
            follower,
            remote,
            pages: None,
            alarms,
            watch,
            clock,
            config,
            fresh: None,
            begun_at,
            known: (Vec::new(), i64::MIN),
            waiting: Vec::new(),
            compared_at: u64::MAX,
            turn: 0,
        }
    }

    /// Compares the origin's pages with these.
    pub fn with_pages(&mut self, pages: Box<dyn OwnPages>) {
        self.pages = Some(pages);
    }

    /// What is known, for pages and terminal.
    pub fn watch(&self) -> &Arc<Watch> {
        &self.watch
    }

    /// One round: the next checkpoint with all that belongs to it, the age of the newest one, some pages.
    /// `Ok(true)` when everything that there is was looked at and nothing is left to do.
    pub fn round(&mut self, progress: OnProgress<'_>) -> Result<bool, Trouble> {
        let result = self.follow(progress).and_then(|signed| self.compare(&signed));
        let aged = self.age();
        let now = self.clock.now();
        self.watch.update(|state| {
            state.size = self.follower.size();
            state.signed = self.follower.seen().map_or(0, |seen| seen.checkpoint.size);
            state.fresh_at = self.fresh.as_ref().map(|(_, at)| *at);
            state.alarms = self.alarms.all().to_vec();
            state.trouble = match &result {
                Ok(_) => None,
                Err(trouble) => Some((trouble.code().to_owned(), trouble.to_string())),
            };
            if result.is_ok() {
                state.checked_at = Some(now);
            }
        });
        aged?;
        result
    }

    fn follow(&mut self, progress: OnProgress<'_>) -> Result<Signed, Trouble> {
        let watch = Arc::clone(&self.watch);
        let stepped = self.follower.step(&*self.remote, &mut |size, signed| {
            watch.update(|state| (state.size, state.signed) = (size, signed));
            progress(size, signed);
        });
        let now = self.clock.now();
        match stepped {
            Ok(signed) => {
                if self.fresh.as_ref().is_none_or(|(note, _)| *note != signed.note) {
                    self.fresh = Some((signed.note.clone(), now));
                }
                for kind in [AlarmKind::Rollback, AlarmKind::Unproven, AlarmKind::Stale] {
                    if kind != AlarmKind::Stale || self.silent_seconds(now) == 0 {
                        self.alarms.end(kind, None, now)?;
                    }
                }
                if let Some(finding) = self.follower.take_end(&*self.remote)? {
                    self.raise(&finding)?;
                    return Err(Trouble::Alarm(Box::new(finding)));
                }
                Ok(signed)
            }
            Err(Trouble::Alarm(finding)) => {
                self.raise(&finding)?;
                Err(Trouble::Alarm(finding))
            }
            Err(trouble) => Err(trouble),
        }
    }

    fn raise(&mut self, finding: &Finding) -> Result<(), Trouble> {
        if self.alarms.raise(finding, self.clock.now())? {
            tracing::error!(code = finding.kind.code(), "{}", finding.words);
        }
        Ok(())
    }

    fn silent_seconds(&self, now: i64) -> i64 {
        now - self.fresh.as_ref().map_or(self.begun_at, |(_, at)| *at)
    }

    /// Raises an alarm when there has been no new checkpoint for long.
    fn age(&mut self) -> Result<(), Trouble> {
        let silent = self.silent_seconds(self.clock.now());
        // A log that has ended says nothing more.
        if silent < self.config.stale_seconds || self.follower.has_ended() {
            return Ok(());
        }
        let minutes = silent / 60;
        let files = self.follower.seen().map(|seen| ("seen.checkpoint", seen.note.clone().into_bytes()));
        self.raise(&Finding {
            kind: AlarmKind::Stale,
            key: String::new(),
            words: format!("there has been no new checkpoint for {minutes} minutes"),
            args: BTreeMap::from([("minutes".to_owned(), minutes.to_string())]),
            files: files.into_iter().collect(),
        })
    }

    /// Compares some of the pages that wait. `true` when none waits any more.
    fn compare(&mut self, signed: &Signed) -> Result<bool, Trouble> {
        let Some(pages) = &self.pages else { return Ok(true) };
        let size = signed.checkpoint.size;
        if !pages.wait_for(size) {
            return Ok(false);
        }
        if self.compared_at != size {
            self.compared_at = size;
            let now = self.clock.now();
            if now.saturating_sub(self.known.1) >= LOOK_AGAIN_SECONDS {
                self.known = (pages.addresses(self.config.pages.known), now);
            }
            self.waiting.clone_from(&self.known.0);
            let begin = self.turn % self.waiting.len().max(1);
            self.waiting.rotate_left(begin);
            let known = self.waiting.len() as u64;
            self.watch.update(|state| (state.pages_known, state.pages_equal) = (known, 0));
        }
        let rest = self.waiting.len().min(self.config.pages.at_once);
        let now_on: Vec<String> = self.waiting.drain(..rest).collect();
        self.turn = self.turn.wrapping_add(rest);
        let compared = compare(&*self.remote, &**pages, signed, &now_on, self.config.pages.settle)?;
        self.watch.update(|state| state.pages_equal += compared.equal.len() as u64);
        let now = self.clock.now();
        for address in &compared.equal {
            self.alarms.end(AlarmKind::PageDiffers, Some(address), now)?;
        }
        for finding in &compared.differ {
            self.raise(finding)?;
        }
        Ok(self.waiting.is_empty())
    }
}
