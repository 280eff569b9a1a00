//! What is to be sent, and how far it is. Rows change many at a time.

use super::gateway::{Gateway, Way};
use super::wire::Reason;
use scr_store::{Param, Row, Statement, Store, StoreError, sql};

/// Rows of one statement.
pub(crate) const ROWS: usize = 250;
/// Rows of one statement with values: SQLite finds a value by its name among all before it, so more would be slower.
const VALUED: usize = 32;
/// A lease ends so many seconds after it was taken or last renewed.
pub(crate) const LEASE: i64 = 30;
/// How long, in seconds, a report of the gateway may still settle what became of a message in doubt.
pub(crate) const GRACE: i64 = 20;
/// First pause before a message is tried again, in seconds; each is twice the one before.
const FIRST_PAUSE: i64 = 2;
const LONGEST_PAUSE: i64 = 300;

/// How far a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Waits for its turn, or for another attempt.
    Waiting,
    /// Is on its way to the gateway: written down before it goes.
    Going,
    /// The gateway has it.
    Handed,
    /// It has arrived.
    Delivered,
    /// It will not arrive.
    Failed,
    /// It was on its way when a server ended or an answer failed: nobody knows whether the gateway has it.
    Doubtful,
    /// Its alert was taken back, updated or has ended before it went.
    Overtaken,
}

impl State {
    /// All of them, in the order of their numbers.
    pub const ALL: [Self; 7] = [
        Self::Waiting,
        Self::Going,
        Self::Handed,
        Self::Delivered,
        Self::Failed,
        Self::Doubtful,
        Self::Overtaken,
    ];

    /// Its number in the table.
    pub(crate) fn number(self) -> i64 {
        match self {
            Self::Waiting => 0,
            Self::Going => 1,
            Self::Handed => 2,
            Self::Delivered => 3,
            Self::Failed => 4,
            Self::Doubtful => 5,
            Self::Overtaken => 6,
        }
    }

    pub(crate) fn of_number(number: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.number() == number)
    }
}

/// A message that is to be put into the outbox.
#[derive(Debug)]
pub(crate) struct NewMessage {
    pub(crate) reference: String,
    pub(crate) way: Way,
    pub(crate) station: Option<u32>,
    pub(crate) area: String,
    pub(crate) language: String,
    pub(crate) level: &'static str,
    /// What it says instead of the alert's own words; empty: those.
    pub(crate) note: String,
    pub(crate) sealed: String,
    pub(crate) shown: String,
    /// Why it cannot go, for an address that is none.
    pub(crate) broken: bool,
}

/// Puts messages of an alert into the outbox; those that are there stay as they are.
pub(crate) fn put(
    store: &Store,
    (alert, owner): (u64, &str),
    now: i64,
    all: &[NewMessage],
) -> Result<(), StoreError> {
    let statements: Vec<Statement> = all.chunks(VALUED).map(|some| insert(alert, owner, now, some)).collect();
    store.execute_all(&statements)
}

fn insert(alert: u64, owner: &str, now: i64, all: &[NewMessage]) -> Statement {
    let mut params = vec![Param::Int(alert.cast_signed()), Param::Int(now), Param::Text(owner.to_owned())];
    let mut rows = Vec::with_capacity(all.len());
    for one in all {
        let base = params.len();
        let texts = [&one.reference, &one.area, &one.language, &one.sealed, &one.shown, &one.note];
        params.extend(texts.into_iter().map(|text| Param::Text(text.clone())));
        // All values are parameters, so that the statement is the same for each full chunk and is prepared once.
        params.push(one.station.map_or(Param::Null, |number| Param::Int(number.into())));
        let (state, reason) =
            if one.broken { (State::Failed, Reason::Address.key()) } else { (State::Waiting, "") };
        let ended = if one.broken { "$2" } else { "0" };
        rows.push(format!(
            "($1, $3, ${}, {}, ${}, ${}, ${}, '{}', ${}, ${}, ${}, {}, '{reason}', 0, 0, $2, '', 0, '', '', 0, 0, {ended})",
            base + 1,
            one.way.byte(),
            base + 7,
            base + 2,
            base + 3,
            one.level,
            base + 6,
            base + 4,
            base + 5,
            state.number(),
        ));
    }
    Statement {
        sql: format!(
            "INSERT INTO alerts_message (alert, owner, ref, way, station, area, language, level, note, sealed, shown, state, reason, tries,
                doubts, due, lease, lease_until, gateway, theirs, parts, handed, ended)
             VALUES {} ON CONFLICT (ref) DO NOTHING",
            rows.join(", ")
        ),
        params,
    }
}

/// A message that is on its way: whoever holds the lease hands it over.
#[derive(Debug, Clone)]
pub(crate) struct Going {
    pub(crate) number: i64,
    pub(crate) alert: u64,
    pub(crate) reference: String,
    pub(crate) station: Option<u32>,
    pub(crate) language: String,
    pub(crate) level: String,
    pub(crate) note: String,
    pub(crate) sealed: String,
    pub(crate) tries: i64,
}

fn going(row: &Row) -> Result<Going, StoreError> {
    let text = |column: &str| row.text(column).map(str::to_owned);
    Ok(Going {
        number: row.int("number")?,
        alert: row.count("alert")?,
        reference: text("ref")?,
        station: row.opt_int("station")?.and_then(|number| u32::try_from(number).ok()),
        language: text("language")?,
        level: text("level")?,
        note: text("note")?,
        sealed: text("sealed")?,
        tries: row.int("tries")?,
    })
}

/// Takes messages that are due, for one gateway. When this returns it is written down that they are on their way: of two
/// nodes that ask at once each gets others.
pub(crate) fn claim(
    store: &Store,
    (gateway, lease): (&Gateway, &str),
    now: i64,
    most: usize,
) -> Result<Vec<Going>, StoreError> {
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let rows = store.query(&sql!(
        "UPDATE alerts_message SET state = 1, lease = $3, lease_until = $4, gateway = $2, tries = tries + 1, reason = ''
         WHERE state = 0 AND number IN (SELECT number FROM alerts_message WHERE state = 0 AND way = $1 AND owner = $7
            AND due <= $5
            ORDER BY due, number LIMIT $6)
         RETURNING number, alert, ref, station, language, level, note, sealed, tries",
        gateway.kind.way().byte(),
        &gateway.id,
        lease,
        now + LEASE,
        now,
        most,
        &gateway.org,
    ))?;
    rows.iter().map(going).collect()
}

/// Keeps the leases of a node that is still at work.
pub(crate) fn renew(store: &Store, lease: &str, now: i64) -> Result<(), StoreError> {
    let text = "UPDATE alerts_message SET lease_until = $2 WHERE state = 1 AND lease = $1";
    store.execute(&sql!(text, lease, now + LEASE)).map(drop)
}

/// What becomes of messages that were on their way.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Change {
    /// The gateway has them: with so many parts.
    Handed { parts: u64 },
    /// The same, with the gateway's own number of it.
    Numbered { parts: u64, theirs: String },
    /// Another attempt, at this time.
    Again { reason: Reason, due: i64 },
    /// They did not go at all: the attempt does not count.
    Back { due: i64 },
    /// None.
    Failed { reason: Reason },
    /// Nobody knows.
    Doubtful { reason: Reason },
}

impl Change {
    /// The statement for these messages.
    pub(crate) fn statement(&self, numbers: &[i64], now: i64) -> Statement {
        let all: Vec<String> = numbers.iter().map(i64::to_string).collect();
        let (set, params) = match self {
            Self::Handed { parts } => {
                (format!("state = 2, handed = $1, parts = {parts}, reason = ''"), vec![Param::Int(now)])
            }
            Self::Numbered { parts, theirs } => (
                format!("state = 2, handed = $1, parts = {parts}, reason = '', theirs = $2"),
                vec![Param::Int(now), Param::Text(theirs.clone())],
            ),
            Self::Again { reason, due } => {
                (format!("state = 0, due = $1, reason = '{}'", reason.key()), vec![Param::Int(*due)])
            }
            Self::Back { due } => {
                ("state = 0, due = $1, tries = tries - 1".to_owned(), vec![Param::Int(*due)])
            }
            Self::Failed { reason } => {
                (format!("state = 4, ended = $1, reason = '{}'", reason.key()), vec![Param::Int(now)])
            }
            Self::Doubtful { reason } => (
                format!("state = 5, due = $1, doubts = doubts + 1, reason = '{}'", reason.key()),
                vec![Param::Int(now + GRACE)],
            ),
        };
        // What a report has settled meanwhile stays so.
        let from = if matches!(self, Self::Handed { .. } | Self::Numbered { .. }) { "1, 5" } else { "1" };
        Statement {
            sql: format!(
                "UPDATE alerts_message SET lease = '', {set} WHERE state IN ({from}) AND number IN ({})",
                all.join(", ")
            ),
            params,
        }
    }
}

/// The pause before the next attempt, in seconds.
pub(crate) fn pause(tries: i64) -> i64 {
    let doublings = u32::try_from(tries.clamp(1, 20) - 1).unwrap_or(0);
    FIRST_PAUSE.saturating_mul(2i64.saturating_pow(doublings)).min(LONGEST_PAUSE)
}

/// What was on its way when its node ended is in doubt. What stays in doubt beyond the time for reports goes once more with
/// the same reference; the second time it ends as uncertain, unless the gateway recognises repeats (`repeats`: their ids).
pub(crate) fn settle(store: &Store, now: i64, repeats: &[String]) -> Result<(), StoreError> {
    let places: Vec<String> = (2..).take(repeats.len()).map(|number| format!("${number}")).collect();
    let knows =
        if places.is_empty() { "FALSE".to_owned() } else { format!("gateway IN ({})", places.join(", ")) };
    let mut params = vec![Param::Int(now)];
    params.extend(repeats.iter().map(|id| Param::Text(id.clone())));
    let with = |sql: String| Statement { sql, params: params.clone() };
    store.execute_all(&[
        // Whoever recognises repeats gets it again at once.
        with(format!(
            "UPDATE alerts_message SET state = 0, due = $1, lease = '' WHERE state = 1 AND lease_until < $1 AND {knows}"
        )),
        with(format!("UPDATE alerts_message SET state = 0 WHERE state = 5 AND due <= $1 AND {knows}")),
        sql!(
            "UPDATE alerts_message SET state = 5, doubts = doubts + 1, due = $1 + $2, lease = '', reason = $3
             WHERE state = 1 AND lease_until < $1",
            now,
            GRACE,
            Reason::Uncertain.key()
        ),
        sql!(
            "UPDATE alerts_message SET state = 4, ended = $1, reason = $2 WHERE state = 5 AND due <= $1 AND doubts > 1",
            now,
            Reason::Uncertain.key()
        ),
        sql!("UPDATE alerts_message SET state = 0 WHERE state = 5 AND due <= $1", now),
    ])
}

/// Drops what of an alert has not gone yet.
pub(crate) fn overtake(store: &Store, alert: u64, why: &str, now: i64) -> Result<u64, StoreError> {
    let text = "UPDATE alerts_message SET state = 6, ended = $2, reason = $3 WHERE alert = $1 AND state = 0";
    store.execute(&sql!(text, alert.cast_signed(), now, why))
}

/// How many messages of an alert (`None`: of all that are not ended) are in each state, by way.
pub(crate) fn counts(store: &Store, alert: u64) -> Result<Vec<(Way, State, u64)>, StoreError> {
    let text =
        "SELECT way, state, count(*) AS messages FROM alerts_message WHERE alert = $1 GROUP BY way, state";
    let rows = store.query(&sql!(text, alert.cast_signed()))?;
    let mut all = Vec::new();
    for row in &rows {
        let (way, state) = (Way::of_byte(row.int("way")?), State::of_number(row.int("state")?));
        if let (Some(way), Some(state)) = (way, state) {
            all.push((way, state, row.count("messages")?));
        }
    }
    Ok(all)
}

/// A message that a report may be about.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    pub(crate) number: i64,
    pub(crate) alert: u64,
    pub(crate) reference: String,
    pub(crate) theirs: String,
    pub(crate) station: Option<u32>,
    pub(crate) state: State,
}

/// Messages that this gateway was given, by our references or its own numbers.
pub(crate) fn known(store: &Store, gateway: &str, names: &[&str]) -> Result<Vec<Known>, StoreError> {
    let mut all = Vec::new();
    for some in names.chunks(ROWS) {
        let places: Vec<String> = (2..).take(some.len()).map(|number| format!("${number}")).collect();
        let places = places.join(", ");
        let mut params = vec![Param::Text(gateway.to_owned())];
        params.extend(some.iter().map(|name| Param::Text((*name).to_owned())));
        let columns = "SELECT number, alert, ref, theirs, station, state FROM alerts_message WHERE gateway = $1 AND tries > 0";
        for column in ["ref", "theirs"] {
            let also = if column == "theirs" { " AND theirs <> ''" } else { "" };
            let sql = format!("{columns}{also} AND {column} IN ({places})");
            for row in store.query(&Statement { sql, params: params.clone() })? {
                let state = State::of_number(row.int("state")?).unwrap_or(State::Failed);
                all.push(Known {
                    number: row.int("number")?,
                    alert: row.count("alert")?,
                    reference: row.text("ref")?.to_owned(),
                    theirs: row.text("theirs")?.to_owned(),
                    station: row.opt_int("station")?.and_then(|number| u32::try_from(number).ok()),
                    state,
                });
            }
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_up_to_five_minutes() {
        let all: Vec<i64> = [1, 2, 3, 4, 8, 9, 100, 0].map(pause).into();
        assert_eq!(all, [2, 4, 8, 16, 256, 300, 300, 2]);
    }
}
