//! What is kept of logs: settings, how far each one has been read, and what it did wrong.

use super::kept::{self, NewHit};
use super::source::LogKind;
use scr_canon::unb64;
use scr_core::{Actor, Refusal, RefusalKind};
use scr_engine::{ActError, Fault};
use scr_names::ct::{Cursor, LogKey, SignedHead};
use scr_store::{Row, Store, StoreError, sql};
use scr_threats::codes;

/// Logs that one installation follows.
pub(crate) const MAX_LOGS: usize = 100;
/// A lease ends so long after its holder's last word.
pub(crate) const LEASE_MS: i64 = 60_000;
/// Alarms that are kept of one log.
const MAX_ALARMS: i64 = 100;

const COLUMNS: &str =
    "log, name, kind, url, origin, public_key, begin_at, is_on, is_stopped, cursor, due_ms, failures,
    doubts, trouble, checked_at, unreadable, added_at, added_by";

fn fault(error: &StoreError) -> Fault {
    Fault::log(error)
}

/// A log as an administrator names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Setting {
    /// What people call it.
    pub(crate) name: String,
    pub(crate) kind: LogKind,
    /// Where it is read.
    pub(crate) url: String,
    /// Of a static log: its name in checkpoints.
    pub(crate) origin: String,
    /// SubjectPublicKeyInfo in base64.
    pub(crate) public_key: String,
    /// The entry with which reading begins; `None`: what is logged from now on.
    pub(crate) begin: Option<u64>,
}

/// A log that is followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Log {
    /// SHA-256 of its key, in hexadecimal digits.
    pub(crate) id: String,
    pub(crate) setting: Setting,
    pub(crate) is_on: bool,
    /// It did something that no honest log does, and nobody has decided yet.
    pub(crate) is_stopped: bool,
    pub(crate) cursor: Option<Cursor>,
    pub(crate) due_ms: i64,
    pub(crate) failures: u32,
    pub(crate) doubts: u32,
    /// Why the last round came to nothing; empty where it did not.
    pub(crate) trouble: String,
    /// When a round came to its end for the last time, in seconds; 0 for never.
    pub(crate) checked_at: i64,
    /// Entries whose certificate could not be read.
    pub(crate) unreadable: i64,
    pub(crate) added_at: i64,
    pub(crate) added_by: String,
}

impl Log {
    fn of(row: &Row) -> Result<Self, Fault> {
        let text = |column: &str| row.text(column).map(str::to_owned).map_err(|error| fault(&error));
        let int = |column: &str| row.int(column).map_err(|error| fault(&error));
        let flag = |column: &str| row.flag(column).map_err(|error| fault(&error));
        let kind = text("kind")?;
        let kind = LogKind::parse(&kind).ok_or_else(|| Fault::log(&format!("a log of the kind {kind}")))?;
        let cursor = Some(text("cursor")?).filter(|text| !text.is_empty());
        let cursor = cursor.map(|text| serde_json::from_str(&text).map_err(|error| Fault::log(&error)));
        let small = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
        Ok(Self {
            id: text("log")?,
            setting: Setting {
                name: text("name")?,
                kind,
                url: text("url")?,
                origin: text("origin")?,
                public_key: text("public_key")?,
                begin: u64::try_from(int("begin_at")?).ok(),
            },
            is_on: flag("is_on")?,
            is_stopped: flag("is_stopped")?,
            cursor: cursor.transpose()?,
            due_ms: int("due_ms")?,
            failures: small(int("failures")?),
            doubts: small(int("doubts")?),
            trouble: text("trouble")?,
            checked_at: int("checked_at")?,
            unreadable: int("unreadable")?,
            added_at: int("added_at")?,
            added_by: text("added_by")?,
        })
    }

    /// Entries read, or passed over, and entries of the newest tree.
    pub(crate) fn place(&self) -> Option<(u64, u64)> {
        let cursor = self.cursor.as_ref()?;
        Some((cursor.next(), cursor.head().map_or(0, |head| head.head.size)))
    }
}

/// The key of a log, in base64.
pub(crate) fn key_of(text: &str) -> Option<LogKey> {
    LogKey::from_der(&unb64(text.trim()).ok()?).ok()
}

/// All logs, by name.
pub(crate) fn logs(store: &Store) -> Result<Vec<Log>, Fault> {
    let rows = store.query(&sql!(format!("SELECT {COLUMNS} FROM threats_ct_log ORDER BY name, log")));
    rows.map_err(|error| fault(&error))?.iter().map(Log::of).collect()
}

/// One log.
pub(crate) fn log(store: &Store, id: &str) -> Result<Option<Log>, Fault> {
    let row = store.query_opt(&sql!(format!("SELECT {COLUMNS} FROM threats_ct_log WHERE log = $1"), id));
    row.map_err(|error| fault(&error))?.as_ref().map(Log::of).transpose()
}

/// Adds a log.
///
/// # Errors
/// `SCR-THR-111` where the key cannot be read, `SCR-THR-112` where it is there already or there are too many.
pub(crate) fn add(store: &Store, actor: &Actor, new: &Setting, now: i64) -> Result<String, ActError> {
    let wrong = || Refusal::new(RefusalKind::Invalid, codes::WRONG_LOG_KEY).on("key");
    let id = key_of(&new.public_key).ok_or_else(wrong)?.id().0.to_hex();
    let there = logs(store)?.len() >= MAX_LOGS;
    let begin = new.begin.map_or(-1, |begin| i64::try_from(begin).unwrap_or(i64::MAX));
    let added = if there {
        0
    } else {
        let statement = sql!(
            "INSERT INTO threats_ct_log (log, name, kind, url, origin, public_key, begin_at, is_on, is_stopped, cursor,
                due_ms, failures, doubts, trouble, checked_at, unreadable, lease, lease_until_ms, added_at, added_by)
             VALUES ($1, $2, $3, $4, $5, $6, $7, 1, 0, '', 0, 0, 0, '', 0, 0, '', 0, $8, $9) ON CONFLICT (log) DO NOTHING",
            &id,
            &new.name,
            new.kind.as_str(),
            &new.url,
            &new.origin,
            &new.public_key,
            begin,
            now,
            actor.person.as_str()
        );
        store.execute(&statement).map_err(|error| fault(&error))?
    };
    if added == 1 {
        Ok(id)
    } else {
        Err(Refusal::new(RefusalKind::Conflict, codes::LOG_THERE).on("key").with("max", MAX_LOGS).into())
    }
}

/// Turns a log on or off. Whoever follows it now notices before it keeps anything more.
pub(crate) fn turn(store: &Store, id: &str, is_on: bool) -> Result<bool, Fault> {
    let statement = sql!(
        "UPDATE threats_ct_log SET is_on = $2, due_ms = 0, failures = 0, lease = '', lease_until_ms = 0 WHERE log = $1",
        id,
        is_on
    );
    Ok(store.execute(&statement).map_err(|error| fault(&error))? == 1)
}

/// A log that this node follows, for as long as it says so.
#[derive(Debug)]
pub(crate) struct Held {
    pub(crate) log: Log,
    token: String,
}

/// Takes the log that has been due longest; of two nodes that ask at the same time one gets it.
pub(crate) fn claim(store: &Store, token: &str, now_ms: i64) -> Result<Option<Held>, Fault> {
    let row = store.query_opt(&sql!(
        format!(
            "UPDATE threats_ct_log SET lease = $1, lease_until_ms = $2 WHERE log = (
                SELECT log FROM threats_ct_log WHERE is_on = 1 AND is_stopped = 0 AND due_ms <= $3 AND lease_until_ms <= $3
                ORDER BY due_ms, log LIMIT 1)
             AND is_on = 1 AND is_stopped = 0 AND due_ms <= $3 AND lease_until_ms <= $3 RETURNING {COLUMNS}"
        ),
        token,
        now_ms + LEASE_MS,
        now_ms
    ));
    let row = row.map_err(|error| fault(&error))?;
    row.map(|row| Ok(Held { log: Log::of(&row)?, token: token.to_owned() })).transpose()
}

/// How a round ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ended {
    pub(crate) due_ms: i64,
    pub(crate) failures: u32,
    pub(crate) doubts: u32,
    pub(crate) trouble: String,
    /// When, where it came to its end.
    pub(crate) checked_at: Option<i64>,
}

/// What stands against a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NewAlarm {
    /// `split-view`, `rollback`, `inconsistent`, `entries`, `signature`.
    pub(crate) kind: &'static str,
    pub(crate) words: String,
    pub(crate) first: Option<SignedHead>,
    pub(crate) second: Option<SignedHead>,
}

impl Held {
    /// Keeps how far the log was read, with what was found on the way: all of it or nothing. `false` where the log is not
    /// held any more; then nothing is kept.
    pub(crate) fn keep(
        &self,
        store: &Store,
        (cursor, unreadable): (&Cursor, usize),
        hits: &[NewHit],
        now_ms: i64,
    ) -> Result<bool, Fault> {
        let text = serde_json::to_string(cursor).map_err(|error| Fault::log(&error))?;
        let unreadable = i64::try_from(unreadable).unwrap_or(i64::MAX);
        let kept = store.transaction(|tx| -> Result<bool, StoreError> {
            let held = tx.execute(&sql!(
                "UPDATE threats_ct_log SET cursor = $3, lease_until_ms = $4, unreadable = unreadable + $5
                 WHERE log = $1 AND lease = $2 AND is_on = 1 AND is_stopped = 0",
                &self.log.id,
                &self.token,
                &text,
                now_ms + LEASE_MS,
                unreadable
            ))?;
            if held == 1 {
                hits.iter().try_for_each(|hit| kept::keep(tx, hit, now_ms.div_euclid(1_000)))?;
                kept::bound(tx, hits)?;
            }
            Ok(held == 1)
        });
        kept.map_err(|error| fault(&error))
    }

    /// Gives the log back.
    pub(crate) fn end(self, store: &Store, ended: &Ended) -> Result<(), Fault> {
        let statement = sql!(
            "UPDATE threats_ct_log SET lease = '', lease_until_ms = 0, due_ms = $3, failures = $4, doubts = $5, trouble = $6,
                checked_at = coalesce($7, checked_at)
             WHERE log = $1 AND lease = $2",
            &self.log.id,
            &self.token,
            ended.due_ms,
            ended.failures,
            ended.doubts,
            ended.trouble.chars().take(500).collect::<String>(),
            ended.checked_at
        );
        store.execute(&statement).map(drop).map_err(|error| fault(&error))
    }

    /// Stops following, with what stands against the log.
    pub(crate) fn stop(self, store: &Store, alarm: &NewAlarm, now: i64) -> Result<(), Fault> {
        let text = |head: &Option<SignedHead>| {
            head.as_ref().map_or(Ok(String::new()), serde_json::to_string).map_err(|error| Fault::log(&error))
        };
        let (first, second) = (text(&alarm.first)?, text(&alarm.second)?);
        let stopped = store.transaction(|tx| -> Result<(), StoreError> {
            let held = tx.execute(&sql!(
                "UPDATE threats_ct_log SET lease = '', lease_until_ms = 0, is_stopped = 1, trouble = '', doubts = 0
                 WHERE log = $1 AND lease = $2",
                &self.log.id,
                &self.token
            ))?;
            if held != 1 {
                return Ok(());
            }
            tx.execute(&sql!(
                "INSERT INTO threats_ct_alarm (log, at, kind, words, first, second, decided_at, decided_by, decision, reason)
                 VALUES ($1, $2, $3, $4, $5, $6, 0, '', '', '')",
                &self.log.id,
                now,
                alarm.kind,
                &alarm.words,
                &first,
                &second
            ))?;
            // The oldest that somebody has decided about go first; what is open stays.
            tx.execute(&sql!(
                "DELETE FROM threats_ct_alarm WHERE log = $1 AND decided_at > 0 AND number NOT IN (
                    SELECT number FROM threats_ct_alarm WHERE log = $1 ORDER BY number DESC LIMIT $2)",
                &self.log.id,
                MAX_ALARMS
            ))?;
            Ok(())
        });
        stopped.map_err(|error| fault(&error))
    }
}

/// An alarm that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Alarm {
    pub(crate) number: i64,
    pub(crate) at: i64,
    pub(crate) kind: String,
    pub(crate) words: String,
    /// Signed heads, as JSON; empty where there is none.
    pub(crate) first: String,
    pub(crate) second: String,
    pub(crate) decided_at: i64,
    pub(crate) decided_by: String,
    pub(crate) decision: String,
    pub(crate) reason: String,
}

/// Alarms of a log, the newest first.
pub(crate) fn alarms(store: &Store, log: &str) -> Result<Vec<Alarm>, Fault> {
    let rows = store.query(&sql!(
        "SELECT number, at, kind, words, first, second, decided_at, decided_by, decision, reason FROM threats_ct_alarm
         WHERE log = $1 ORDER BY number DESC",
        log
    ));
    let alarm = |row: &Row| {
        let text = |column: &str| row.text(column).map(str::to_owned);
        Ok(Alarm {
            number: row.int("number")?,
            at: row.int("at")?,
            kind: text("kind")?,
            words: text("words")?,
            first: text("first")?,
            second: text("second")?,
            decided_at: row.int("decided_at")?,
            decided_by: text("decided_by")?,
            decision: text("decision")?,
            reason: text("reason")?,
        })
    };
    let rows = rows.map_err(|error| fault(&error))?;
    rows.iter().map(alarm).collect::<Result<_, StoreError>>().map_err(|error| fault(&error))
}

/// What an administrator decides about a log that was stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Decision {
    /// Go on where reading stopped: the log must still fit what is known of it.
    GoOn,
    /// Begin anew with the head that the log shows next.
    Anew,
    /// Follow it no more.
    Off,
}

impl Decision {
    pub(crate) const ALL: [Self; 3] = [Self::GoOn, Self::Anew, Self::Off];

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::GoOn => "go-on",
            Self::Anew => "anew",
            Self::Off => "off",
        }
    }

    pub(crate) fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == text)
    }
}

/// Decides about a log that was stopped; the alarm stays, with who decided and why.
///
/// # Errors
/// `SCR-THR-114` where nothing is to be decided.
pub(crate) fn decide(
    store: &Store,
    actor: &Actor,
    id: &str,
    (decision, reason): (Decision, &str),
    now: i64,
) -> Result<(), ActError> {
    let more = match decision {
        Decision::GoOn => "",
        Decision::Anew => ", cursor = '', begin_at = -1",
        Decision::Off => ", is_on = 0",
    };
    let decided = store.transaction(|tx| -> Result<bool, StoreError> {
        let stopped = tx.execute(&sql!(
            format!(
                "UPDATE threats_ct_log SET is_stopped = 0, due_ms = 0, failures = 0, doubts = 0{more}
                 WHERE log = $1 AND is_stopped = 1"
            ),
            id
        ))?;
        tx.execute(&sql!(
            "UPDATE threats_ct_alarm SET decided_at = $2, decided_by = $3, decision = $4, reason = $5
             WHERE log = $1 AND decided_at = 0",
            id,
            now,
            actor.person.as_str(),
            decision.as_str(),
            reason
        ))?;
        Ok(stopped == 1)
    });
    if decided.map_err(|error| fault(&error))? {
        Ok(())
    } else {
        Err(Refusal::new(RefusalKind::Conflict, codes::NOTHING_TO_DECIDE).into())
    }
}
