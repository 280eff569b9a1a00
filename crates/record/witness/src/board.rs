//! The log's side: which witnesses have cosigned what, kept in a file; who is late; what is published.
//!
//! A witness that does not answer stops nothing. Each round ends with a published checkpoint that bears
//! the cosignatures that came; how many that are, and whether they meet the policy, is what pages show.

use crate::budget::Budgets;
use crate::client::{Failure, Submission, Submitted, Transport, kept, submit};
use crate::rounds;
use rusqlite::{Connection, OptionalExtension};
use scr_canon::Hash32;
use scr_note::{Checkpoint, Note, NoteSignature, Policy, PolicyWitness, VerifierKey};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

/// Requests that a witness with a budget may get at once: a round may take three.
const REQUESTS_AT_ONCE: i64 = 3;
/// Witnesses that are asked at the same time.
const AT_ONCE: usize = 32;

/// The file of the board failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the state of the cosignatures: {0}")]
pub struct BoardError(pub String);

impl From<rusqlite::Error> for BoardError {
    fn from(error: rusqlite::Error) -> Self {
        Self(error.to_string())
    }
}

/// How one witness of the policy stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// What the policy says of it.
    pub witness: PolicyWitness,
    /// Entries under its newest cosignature; 0 when it has given none.
    pub size: u64,
    /// When that was, by its own clock.
    pub at: Option<i64>,
    /// Since when it has not answered as it should; `None` while it does.
    pub late_since: Option<i64>,
    /// What was wrong last, in one word ([`Failure::word`]).
    pub failure: Option<String>,
    /// The same in full.
    pub detail: Option<String>,
}

/// A witness has seen more of this log than there is, or another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alarm {
    /// The witness' key.
    pub vkey: String,
    /// The size that it named.
    pub size: u64,
    /// The size of our own tree then.
    pub own_size: u64,
    /// When, in seconds since 1970, UTC.
    pub at: i64,
    /// The larger checkpoint with our own signature. Without it, it is the witness' word alone.
    pub shown: Option<String>,
}

/// A checkpoint of this log that is kept elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keeping {
    /// Who keeps it.
    pub by: String,
    /// The note. Signed by the log's own key when it was shown; not held against the tree.
    pub note: String,
}

/// A checkpoint with cosignatures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// Entries.
    pub size: u64,
    /// The note.
    pub note: String,
    /// When its round was.
    pub at: i64,
}

/// Who has confirmed an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Confirmation {
    /// Witnesses that have cosigned a tree with the entry in it.
    pub given: u32,
    /// Witnesses that the policy names.
    pub of: u32,
    /// Whether those meet the policy's quorum.
    pub met: bool,
    /// When the quorum was first met for it.
    pub at: Option<i64>,
    /// Whether a witness holds a tree under our own signature that has another past at this place.
    pub disputed: bool,
}

/// The log whose checkpoints are cosigned.
pub struct LogSide<'a> {
    /// Its newest signed checkpoint.
    pub note: &'a str,
    /// Its keys.
    pub keys: &'a [VerifierKey],
    /// Its consistency proofs.
    pub prove: &'a (dyn Fn(u64, u64) -> Result<Vec<Hash32>, String> + Sync),
}

#[derive(Default)]
struct State {
    standings: Vec<Standing>,
    latest: Option<Arc<Published>>,
    met: Option<Arc<Published>>,
    alarms: Vec<Alarm>,
}

/// The witnesses of one log.
pub struct Board {
    policy: RwLock<Arc<Policy>>,
    budgets: Budgets,
    /// Before these times, in seconds since 1970, a witness does not want to be asked; by key.
    not_before: Mutex<BTreeMap<String, i64>>,
    file: Mutex<Connection>,
    state: RwLock<State>,
}

impl Board {
    /// Opens the board of a policy whose state stands in the file at `path`.
    pub fn open(policy: Policy, path: &Path) -> Result<Self, BoardError> {
        let file = rounds::open(path)?;
        let state = State {
            standings: policy
                .witnesses()
                .iter()
                .map(|witness| rounds::standing(&file, witness))
                .collect::<Result<_, _>>()?,
            latest: rounds::published(&file, "latest")?,
            met: rounds::published(&file, "met")?,
            alarms: rounds::alarms(&file)?,
        };
        Ok(Self {
            policy: RwLock::new(Arc::new(policy)),
            budgets: Budgets::new(REQUESTS_AT_ONCE),
            not_before: Mutex::default(),
            file: Mutex::new(file),
            state: RwLock::new(state),
        })
    }

    /// Takes another policy in the place of the one before, at once: who is in both keeps what is known of
    /// them, and what was confirmed counts by the new rule.
    pub fn use_policy(&self, policy: Policy) -> Result<(), BoardError> {
        let standings = {
            let file = self.lock();
            policy
                .witnesses()
                .iter()
                .map(|witness| rounds::standing(&file, witness))
                .collect::<Result<_, _>>()?
        };
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        let kept = [state.latest.clone(), state.met.clone()].into_iter().flatten();
        state.met = kept.filter(|kept| policy.check(&kept.note).is_ok()).max_by_key(|kept| kept.size);
        state.standings = standings;
        *self.policy.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(policy);
        Ok(())
    }

    /// The policy.
    pub fn policy(&self) -> Arc<Policy> {
        Arc::clone(&self.policy.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// How each witness stands, in the order of the policy.
    pub fn standings(&self) -> Vec<Standing> {
        self.read(|state| state.standings.clone())
    }

    /// What was signed of this log, as far as others show it now and as it was kept here: the tree must
    /// continue all of it before anything more is signed. A witness that is away, or shows nothing that
    /// our own key has signed, is passed by.
    pub fn kept_elsewhere(
        &self,
        origin: &str,
        log_keys: &[VerifierKey],
        transport: &dyn Transport,
    ) -> Vec<Keeping> {
        let ask = |standing: &Standing| match &standing.witness.url {
            Some(url) => kept(url, origin, log_keys, transport),
            None => Ok(None),
        };
        let standings = self.standings();
        let mut all = Vec::new();
        for (standing, answer) in standings.iter().zip(at_once(&standings, &ask)) {
            let by = standing.witness.name.clone();
            match answer.unwrap_or_else(|| Err(Failure::Wrong("its thread panicked".to_owned()))) {
                Ok(Some((_, note))) => all.push(Keeping { by, note }),
                Ok(None) => {}
                Err(failure) => tracing::warn!(by, %failure, "a witness does not show what it keeps"),
            }
        }
        for alarm in self.alarms() {
            let by = self.name_of(&alarm.vkey);
            all.extend(alarm.shown.map(|note| Keeping { by, note }));
        }
        let rounds = [self.latest(), self.met()].into_iter().flatten();
        all.extend(
            rounds.map(|kept| Keeping { by: "witness/rounds.db".to_owned(), note: kept.note.clone() }),
        );
        all
    }

    /// What the policy calls the witness of this key; the key's own name when it is no longer there.
    pub fn name_of(&self, vkey: &str) -> String {
        let policy = self.policy();
        let known = policy.witnesses().iter().find(|witness| witness.key.to_string() == vkey);
        known.map_or_else(
            || vkey.split('+').next().unwrap_or_default().to_owned(),
            |witness| witness.name.clone(),
        )
    }

    /// Witnesses that have seen more of this log than there is, or another one, newest first. Kept for ever.
    pub fn alarms(&self) -> Vec<Alarm> {
        self.read(|state| state.alarms.clone())
    }

    /// The checkpoint of the last round, with the cosignatures that came.
    pub fn latest(&self) -> Option<Arc<Published>> {
        self.read(|state| state.latest.clone())
    }

    /// The newest checkpoint that meets the policy's quorum.
    pub fn met(&self) -> Option<Arc<Published>> {
        self.read(|state| state.met.clone())
    }

    /// Who has confirmed the entry at this index.
    pub fn confirmation(&self, index: u64) -> Confirmation {
        let (names, of, disputed) = self.read(|state| {
            let given = state.standings.iter().filter(|s| s.size > index);
            let names: Vec<String> = given.map(|s| s.witness.name.clone()).collect();
            (names, state.standings.len(), state.alarms.iter().any(|alarm| disputes(alarm, state, index)))
        });
        let given: Vec<&str> = names.iter().map(String::as_str).collect();
        let met = !given.is_empty() && self.policy().is_met_by(&given);
        let at = if met { self.met_at(index).unwrap_or_default() } else { None };
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Confirmation { given: count(given.len()), of: count(of), met, at, disputed }
    }

    fn met_at(&self, index: u64) -> Result<Option<i64>, BoardError> {
        let file = self.lock();
        let mut query = file.prepare_cached("SELECT at FROM met WHERE size > ?1 ORDER BY size LIMIT 1")?;
        Ok(query.query_row([index.cast_signed()], |row| row.get(0)).optional()?)
    }

    /// Asks every witness for a cosignature of the log's newest checkpoint, keeps what came, and
    /// publishes it. `now` is in seconds since 1970, UTC.
    pub fn round(
        &self,
        log: &LogSide<'_>,
        transport: &dyn Transport,
        now: i64,
    ) -> Result<Arc<Published>, BoardError> {
        let wrong = |what: &dyn std::fmt::Display| BoardError(format!("the log's own checkpoint: {what}"));
        let note: Note = log.note.parse().map_err(|e| wrong(&e))?;
        note.open(log.keys).map_err(|e| wrong(&e))?;
        let checkpoint: Checkpoint = note.text.parse().map_err(|e| wrong(&e))?;
        let (log_keys, prove) = (log.keys, log.prove);
        let submission = Submission { note: &note, checkpoint: &checkpoint, log_keys, prove, now };
        let before = self.standings();
        let results = self.ask_all(&before, &submission, transport);
        let after: Vec<Standing> =
            before.iter().zip(&results).map(|(s, r)| moved_on(s, r, checkpoint.size, now)).collect();
        let note = self.with_cosignatures(note, &results);
        let policy = self.policy();
        let met = policy.witnesses().is_empty() || policy.check(&note.to_string()).is_ok();
        let published = Arc::new(Published { size: checkpoint.size, note: note.to_string(), at: now });
        let alarms_now = ahead(&before, &results, checkpoint.size, now);
        let kept = {
            let mut file = self.lock();
            rounds::keep(&mut file, &after, &alarms_now, &published, met)?;
            rounds::alarms(&file)?
        };
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        state.standings = after;
        state.alarms = kept;
        state.latest = Some(Arc::clone(&published));
        if met {
            state.met = Some(Arc::clone(&published));
        }
        Ok(published)
    }

    /// The note with new cosignatures, and with those that were given before for the very same tree
    /// by witnesses that did not answer now.
    fn with_cosignatures(&self, mut note: Note, results: &[Submitted]) -> Note {
        let earlier = self.latest().and_then(|kept| kept.note.parse::<Note>().ok());
        let earlier = earlier.filter(|kept| kept.text == note.text);
        for (witness, result) in self.policy().witnesses().iter().zip(results) {
            let own = |line: &&NoteSignature| line.name == witness.key.name() && line.id == witness.key.id();
            let line = match result {
                Submitted::Cosigned { line, .. } => Some(line),
                _ => earlier.as_ref().and_then(|kept| kept.signatures.iter().find(own)),
            };
            note.signatures.extend(line.cloned());
        }
        note
    }

    /// Asks all at the same time, so that the slowest decides how long a round takes.
    fn ask_all(
        &self,
        standings: &[Standing],
        submission: &Submission<'_>,
        transport: &dyn Transport,
    ) -> Vec<Submitted> {
        let ask = |standing: &Standing| {
            let may_ask = || self.may_ask(&standing.witness, submission.now);
            submit(&standing.witness, standing.size, submission, transport, &may_ask)
        };
        let died = || Submitted::Failed(Failure::Wrong("the thread that asked it has panicked".to_owned()));
        let answers = at_once(standings, &ask);
        let answers: Vec<Submitted> = answers.into_iter().map(|answer| answer.unwrap_or_else(died)).collect();
        let mut not_before = self.not_before.lock().unwrap_or_else(PoisonError::into_inner);
        for (standing, answer) in standings.iter().zip(&answers) {
            if let Submitted::Waits { seconds, told: true } = answer {
                let until = submission.now.saturating_add_unsigned(*seconds);
                not_before.insert(standing.witness.key.to_string(), until);
            }
        }
        answers
    }

    /// Whether a witness may be asked now: not before it wants to be, and not more often than the policy says.
    fn may_ask(&self, witness: &PolicyWitness, now: i64) -> Result<(), u64> {
        let key = witness.key.to_string();
        let not_before = self.not_before.lock().unwrap_or_else(PoisonError::into_inner);
        let wait = not_before.get(&key).map_or(0, |until| until.saturating_sub(now));
        drop(not_before);
        if let Some(seconds) = u64::try_from(wait).ok().filter(|wait| *wait > 0) {
            return Err(seconds);
        }
        witness.per_day.map_or(Ok(()), |per_day| self.budgets.take(&key, per_day, now))
    }

    fn lock(&self) -> MutexGuard<'_, Connection> {
        self.file.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read<T>(&self, take: impl FnOnce(&State) -> T) -> T {
        take(&self.state.read().unwrap_or_else(PoisonError::into_inner))
    }
}

/// One answer for each, in order; `None` where the thread panicked.
fn at_once<T: Send>(standings: &[Standing], ask: &(dyn Fn(&Standing) -> T + Sync)) -> Vec<Option<T>> {
    let mut answers = Vec::with_capacity(standings.len());
    for some in standings.chunks(AT_ONCE) {
        answers.extend(std::thread::scope(|scope| {
            let asked: Vec<_> = some.iter().map(|s| scope.spawn(move || ask(s))).collect();
            asked.into_iter().map(|thread| thread.join().ok()).collect::<Vec<_>>()
        }));
    }
    answers
}

/// Who says that this log was larger once, or another one.
fn ahead(standings: &[Standing], results: &[Submitted], own_size: u64, now: i64) -> Vec<Alarm> {
    let mut alarms = Vec::new();
    for (standing, result) in standings.iter().zip(results) {
        let (size, shown) = match result {
            Submitted::Ahead { size, shown } => (*size, shown.clone()),
            Submitted::Forked { size, shown } => (*size, Some(shown.clone())),
            Submitted::Cosigned { .. } | Submitted::Waits { .. } | Submitted::Failed(_) => continue,
        };
        let (vkey, proved) = (standing.witness.key.to_string(), shown.is_some());
        tracing::error!(vkey, size, own_size, proved, "a witness has seen more of this log, or another one");
        alarms.push(Alarm { vkey, size, own_size, at: now, shown });
    }
    alarms
}

/// Whether an alarm that is proved says that the entry at `index` took the place of another, or may have:
/// of two histories nobody says where they part. It no longer does once the witness has cosigned a tree that
/// continues what it had seen.
fn disputes(alarm: &Alarm, state: &State, index: u64) -> bool {
    let healed =
        |s: &Standing| s.failure.is_none() && s.size >= alarm.size && s.at.is_some_and(|at| at > alarm.at);
    alarm.shown.is_some()
        && (index < alarm.size && (alarm.size <= alarm.own_size || index >= alarm.own_size))
        && !state.standings.iter().any(|s| s.witness.key.to_string() == alarm.vkey && healed(s))
}

/// How a witness stands after a round.
fn moved_on(before: &Standing, result: &Submitted, size: u64, now: i64) -> Standing {
    let late = |word: &str, detail: String| Standing {
        late_since: before.late_since.or(Some(now)),
        failure: Some(word.to_owned()),
        detail: Some(detail),
        ..before.clone()
    };
    match result {
        Submitted::Cosigned { time, .. } => Standing {
            size,
            at: i64::try_from(*time).ok(),
            late_since: None,
            failure: None,
            detail: None,
            ..before.clone()
        },
        Submitted::Ahead { size: ahead, .. } => {
            late("ahead", format!("it has seen {ahead} entries of this log, which has {size}"))
        }
        Submitted::Forked { size: other, .. } => {
            late("forked", format!("it keeps another tree of {other} entries under this log's own key"))
        }
        Submitted::Waits { told: false, .. } => before.clone(),
        Submitted::Waits { seconds, .. } => {
            late("too-often", format!("it wants to be asked again after {seconds} seconds"))
        }
        Submitted::Failed(failure) => late(failure.word(), failure.to_string()),
    }
}
