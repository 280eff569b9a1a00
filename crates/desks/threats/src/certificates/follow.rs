//! One round of following a log: its newest head, what is new below it, and what comes of it when something is wrong.

use super::fetch::Client;
use super::held::Matchers;
use super::kept::NewHit;
use super::source::{AskError, LIMITS, Source};
use super::table::{Ended, Held, Log, NewAlarm, key_of};
use scr_core::Entropy;
use scr_engine::Fault;
use scr_jobs::WorkError;
use scr_names::ct::{Batch, CtFault, Cursor, LogKey, SignedHead, Step};
use scr_store::Store;

/// Milliseconds between two looks at a log of which everything was read.
const EVERY_MS: i64 = 60_000;
/// The pause after a first failure; it doubles with each further one.
const FIRST_PAUSE_MS: i64 = 30_000;
const LONGEST_PAUSE_MS: i64 = 6 * 3_600_000;
/// Entries that are checked in one go.
const BATCH: usize = 1_024;
/// So often is a log asked again before what nobody has signed is held against it.
pub(crate) const DOUBTS: u32 = 3;

/// Why a round ends early.
#[derive(Debug)]
enum Stop {
    Ask(AskError),
    /// Somebody else has the log, or it was turned off.
    Lost,
    Work(WorkError),
    Fault(Fault),
}

impl From<AskError> for Stop {
    fn from(error: AskError) -> Self {
        Self::Ask(error)
    }
}

impl From<CtFault> for Stop {
    fn from(fault: CtFault) -> Self {
        Self::Ask(AskError::Log(fault))
    }
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// What a round needs.
pub(crate) struct Round<'a> {
    pub(crate) store: &'a Store,
    pub(crate) client: &'a Client,
    pub(crate) matchers: &'a Matchers,
    pub(crate) entropy: &'a dyn Entropy,
    pub(crate) now_ms: &'a dyn Fn() -> i64,
    /// When the round is to end although there is more.
    pub(crate) until_ms: i64,
    /// Says that the work goes on; fails when it must end.
    pub(crate) step: &'a dyn Fn() -> Result<(), WorkError>,
}

impl Round<'_> {
    /// Follows a log for a while and gives it back.
    pub(crate) fn run(&self, held: Held) -> Result<(), WorkError> {
        let followed = self.follow(&held);
        let (log, now_ms) = (held.log.clone(), (self.now_ms)());
        let again = |error: Fault| WorkError::again(&error);
        let ended = match followed {
            Ok(has_more) => Ended {
                due_ms: if has_more { now_ms } else { now_ms + self.shaken(EVERY_MS) },
                failures: 0,
                doubts: 0,
                trouble: String::new(),
                checked_at: Some(now_ms.div_euclid(1_000)),
            },
            Err(Stop::Lost) => return Ok(()),
            Err(Stop::Fault(fault)) => return Err(WorkError::again(&fault)),
            Err(Stop::Work(stop)) => {
                let ended = Ended {
                    due_ms: now_ms,
                    failures: log.failures,
                    doubts: log.doubts,
                    trouble: log.trouble,
                    checked_at: None,
                };
                held.end(self.store, &ended).map_err(again)?;
                return Err(stop);
            }
            Err(Stop::Ask(error)) => {
                let doubts = log.doubts.saturating_add(u32::from(is_doubtful(&error)));
                if let Some(alarm) = alarm(&error, doubts, log.cursor.as_ref()) {
                    tracing::error!(log = %log.setting.name, kind = alarm.kind, "{}", alarm.words);
                    return held.stop(self.store, &alarm, now_ms.div_euclid(1_000)).map_err(again);
                }
                self.troubled(&log, &error, doubts)
            }
        };
        held.end(self.store, &ended).map_err(again)
    }

    fn troubled(&self, log: &Log, error: &AskError, doubts: u32) -> Ended {
        let failures = log.failures.saturating_add(1);
        let asked = match error {
            AskError::Fetch(error) => error.wait_seconds(),
            _ => None,
        };
        let asked =
            asked.and_then(|seconds| i64::try_from(seconds).ok()).map_or(0, |seconds| seconds * 1_000);
        let pause = self.shaken(pause_ms(failures)).max(asked);
        tracing::warn!(log = %log.setting.name, failures, "{error}");
        Ended {
            due_ms: (self.now_ms)() + pause,
            failures,
            doubts,
            trouble: error.to_string(),
            checked_at: None,
        }
    }

    /// Between half of a time and one and a half of it, so that not everybody asks at the same moment.
    fn shaken(&self, milliseconds: i64) -> i64 {
        let random = i64::from(u16::from_be_bytes(self.entropy.bytes::<2>()));
        milliseconds / 2 + milliseconds * random / i64::from(u16::MAX)
    }

    fn step(&self) -> Result<bool, Stop> {
        (self.step)().map_err(Stop::Work)?;
        Ok((self.now_ms)() < self.until_ms)
    }

    /// `true` where there is more to read.
    fn follow(&self, held: &Held) -> Result<bool, Stop> {
        let setting = &held.log.setting;
        let Some(key) = key_of(&setting.public_key) else {
            return Err(Stop::Fault(Fault::log(&"the key of a log that is followed cannot be read")));
        };
        let source = Source {
            client: self.client,
            kind: setting.kind,
            url: &setting.url,
            origin: &setting.origin,
            key: &key,
        };
        self.step()?;
        let newest = source.head()?;
        let mut cursor = match &held.log.cursor {
            Some(cursor) => self.grown(&source, cursor, &newest)?,
            None => source.begin(&newest, setting.begin)?,
        };
        self.keep(held, &cursor, 0, &[])?;
        while let Some(head) = cursor.head().filter(|head| cursor.next() < head.head.size).cloned() {
            let place = (cursor.next(), head.head.size);
            let batch: Batch = source.entries(place, BATCH, || self.step())?;
            if batch.leaves.is_empty() {
                return Ok(true);
            }
            cursor = self.taken(held, &source, (&cursor, &head), &batch)?;
        }
        Ok(false)
    }

    /// The cursor under a newer head, where that is one.
    fn grown(&self, source: &Source<'_>, cursor: &Cursor, newest: &SignedHead) -> Result<Cursor, Stop> {
        let old = cursor.head().map_or(0, |head| head.head.size);
        let growth = source.consistency(old, newest.head.size)?;
        match advance(cursor, source.key, (newest, &growth), (&Batch::nothing(cursor.next()), &[])) {
            Ok((grown, _, _)) => Ok(grown),
            // A copy that lags: the head that is known serves.
            Err(CtFault::Stale { .. }) => Ok(cursor.clone()),
            Err(fault) => Err(fault.into()),
        }
    }

    fn taken(
        &self,
        held: &Held,
        source: &Source<'_>,
        (cursor, head): (&Cursor, &SignedHead),
        batch: &Batch,
    ) -> Result<Cursor, Stop> {
        let end = batch.first.saturating_add(u64::try_from(batch.leaves.len()).unwrap_or(u64::MAX));
        let reach = source.consistency(end, head.head.size)?;
        let (cursor, found, unreadable) = advance(cursor, source.key, (head, &[]), (batch, &reach))?;
        let hits = self.matchers.hits(&held.log.id, &found);
        self.keep(held, &cursor, unreadable, &hits)?;
        Ok(cursor)
    }

    fn keep(&self, held: &Held, cursor: &Cursor, unreadable: usize, hits: &[NewHit]) -> Result<(), Stop> {
        let kept = held.keep(self.store, (cursor, unreadable), hits, (self.now_ms)())?;
        if kept { Ok(()) } else { Err(Stop::Lost) }
    }
}

type Taken = (Cursor, Vec<scr_names::ct::FoundName>, usize);

fn advance(
    cursor: &Cursor,
    key: &LogKey,
    (head, growth): (&SignedHead, &[scr_canon::Hash32]),
    (batch, reach): (&Batch, &[scr_canon::Hash32]),
) -> Result<Taken, CtFault> {
    let advance = cursor.advance(key, &Step { head, growth, batch, reach }, &LIMITS)?;
    Ok((advance.cursor, advance.found, advance.unreadable.len()))
}

fn pause_ms(failures: u32) -> i64 {
    (FIRST_PAUSE_MS << failures.saturating_sub(1).min(12)).min(LONGEST_PAUSE_MS)
}

/// What may be the fault of somebody between the log and this server, because nobody has signed it.
fn is_doubtful(error: &AskError) -> bool {
    matches!(
        error,
        AskError::Head { .. } | AskError::Log(CtFault::Inconsistent { .. } | CtFault::EntriesDiffer { .. })
    )
}

/// What is held against a log: at once where its own signatures contradict each other; what is not signed when it has come
/// several times.
fn alarm(error: &AskError, doubts: u32, cursor: Option<&Cursor>) -> Option<NewAlarm> {
    let known = cursor.and_then(Cursor::head);
    let (kind, first, second) = match error {
        AskError::Log(CtFault::SplitView { first, second }) => ("split-view", Some(&**first), &**second),
        AskError::Log(CtFault::Rollback { earlier, later }) => ("rollback", Some(&**earlier), &**later),
        _ if doubts < DOUBTS => return None,
        AskError::Log(CtFault::Inconsistent { earlier, later, .. }) => {
            ("inconsistent", Some(&**earlier), &**later)
        }
        AskError::Log(CtFault::EntriesDiffer { head, .. }) => ("entries", known, &**head),
        AskError::Head { head, .. } => ("signature", known, &**head),
        _ => return None,
    };
    Some(NewAlarm { kind, words: error.to_string(), first: first.cloned(), second: Some(second.clone()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_a_limit() {
        assert_eq!((1..4).map(pause_ms).collect::<Vec<_>>(), [30_000, 60_000, 120_000]);
        assert_eq!((pause_ms(12), pause_ms(u32::MAX)), (LONGEST_PAUSE_MS, LONGEST_PAUSE_MS));
    }
}
