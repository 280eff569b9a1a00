//! The table in which acknowledgements are durable until the record has them, and a while longer.

use super::codec::Taken;
use super::{channel_byte, channel_of, step_of};
use scr_store::{Migration, Row, Statement, Store, StoreError, sql};

/// `alert`: index of the alert's entry. `at` and `received` go by the alert's clock, `kept` by the wall's. `batch`: the batch of
/// that alert that recorded it; nothing until then.
pub(crate) const TABLE: Migration = Migration {
    number: 2,
    name: "acknowledgements, until they are recorded",
    sql: "
CREATE TABLE alerts_ack (number {id}, alert BIGINT NOT NULL, station BIGINT NOT NULL, step BIGINT NOT NULL,
    channel BIGINT NOT NULL, at BIGINT NOT NULL, received BIGINT NOT NULL, kept BIGINT NOT NULL, batch BIGINT);
CREATE INDEX alerts_ack_alert ON alerts_ack (alert, station);
CREATE INDEX alerts_ack_open ON alerts_ack (alert, number) WHERE batch IS NULL",
};

/// Rows of one statement.
const ROWS: usize = 500;
/// Runs of numbers of one statement.
const RUNS: usize = 200;

/// A row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Kept {
    /// Its number: rises, but is no order of commits.
    pub(crate) number: i64,
    /// The alert.
    pub(crate) alert: u64,
    /// What was taken.
    pub(crate) taken: Taken,
}

/// The statements that keep these, `wall` being the time on the wall.
pub(crate) fn insert(all: &[(u64, Taken)], wall: i64) -> Vec<Statement> {
    all.chunks(ROWS)
        .map(|chunk| {
            let rows: Vec<String> = chunk
                .iter()
                .map(|(alert, one)| {
                    let (step, channel) = (one.step.byte(), channel_byte(one.channel));
                    let (station, at, received) = (one.station, one.at, one.received);
                    format!("({alert}, {station}, {step}, {channel}, {at}, {received}, $1, NULL)")
                })
                .collect();
            sql!(
                format!(
                    "INSERT INTO alerts_ack (alert, station, step, channel, at, received, kept, batch) VALUES {}",
                    rows.join(", ")
                ),
                wall
            )
        })
        .collect()
}

fn kept(row: &Row) -> Result<Option<Kept>, StoreError> {
    let (Some(step), Some(channel)) = (step_of(row.int("step")?), channel_of(row.int("channel")?)) else {
        return Ok(None);
    };
    let station = u32::try_from(row.int("station")?).unwrap_or(u32::MAX);
    let taken = Taken { station, step, at: row.count("at")?, channel, received: row.count("received")? };
    Ok(Some(Kept { number: row.int("number")?, alert: row.count("alert")?, taken }))
}

fn all(rows: &[Row]) -> Result<Vec<Kept>, StoreError> {
    rows.iter().filter_map(|row| kept(row).transpose()).collect()
}

const COLUMNS: &str = "number, alert, station, step, channel, at, received";

/// Rows after a number, by number.
pub(crate) fn after(store: &Store, number: i64, most: i64) -> Result<Vec<Kept>, StoreError> {
    let text = format!("SELECT {COLUMNS} FROM alerts_ack WHERE number > $1 ORDER BY number LIMIT $2");
    all(&store.query(&sql!(text, number, most))?)
}

/// Rows with these numbers.
pub(crate) fn numbered(store: &Store, numbers: &[i64]) -> Result<Vec<Kept>, StoreError> {
    let list = numbers.iter().map(i64::to_string).collect::<Vec<_>>().join(", ");
    all(&store.query(&sql!(format!("SELECT {COLUMNS} FROM alerts_ack WHERE number IN ({list})")))?)
}

/// The highest number.
pub(crate) fn highest(store: &Store) -> Result<i64, StoreError> {
    let row = store.query_opt(&sql!("SELECT MAX(number) AS number FROM alerts_ack"))?;
    Ok(row.map(|row| row.opt_int("number")).transpose()?.flatten().unwrap_or(0))
}

/// All rows of an alert.
pub(crate) fn of_alert(store: &Store, alert: u64) -> Result<Vec<Kept>, StoreError> {
    let text = format!("SELECT {COLUMNS} FROM alerts_ack WHERE alert = $1");
    all(&store.query(&sql!(text, alert.cast_signed()))?)
}

/// Rows of one station that are not recorded yet.
pub(crate) fn of_station(store: &Store, alert: u64, station: u32) -> Result<Vec<Kept>, StoreError> {
    let text = format!(
        "SELECT {COLUMNS} FROM alerts_ack WHERE alert = $1 AND station = $2 AND batch IS NULL ORDER BY number"
    );
    all(&store.query(&sql!(text, alert.cast_signed(), station))?)
}

/// Rows of an alert that are not recorded, by number; `before`: only what came in before that time of the alert's clock.
pub(crate) fn open_of(
    store: &Store,
    alert: u64,
    before: Option<u64>,
    most: i64,
) -> Result<Vec<Kept>, StoreError> {
    let text = format!(
        "SELECT {COLUMNS} FROM alerts_ack WHERE alert = $1 AND batch IS NULL AND received < $2 ORDER BY number LIMIT $3"
    );
    let before = before.map_or(i64::MAX, u64::cast_signed);
    all(&store.query(&sql!(text, alert.cast_signed(), before, most))?)
}

/// Alerts with rows that are not recorded.
pub(crate) fn open_alerts(store: &Store) -> Result<Vec<u64>, StoreError> {
    let rows =
        store.query(&sql!("SELECT DISTINCT alert FROM alerts_ack WHERE batch IS NULL ORDER BY alert"))?;
    rows.iter().map(|row| row.count("alert")).collect()
}

/// The statements that mark exactly these rows of an alert as recorded by a batch. Numbers that lie between belong to rows whose
/// transaction may not have ended yet, so they are not touched.
pub(crate) fn mark(alert: u64, numbers: &[i64], batch: u64) -> Vec<Statement> {
    let mut sorted = numbers.to_vec();
    sorted.sort_unstable();
    let mut runs: Vec<(i64, i64)> = Vec::new();
    for number in sorted {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 >= number => *last = number,
            _ => runs.push((number, number)),
        }
    }
    runs.chunks(RUNS)
        .map(|chunk| {
            let ranges: Vec<String> =
                chunk.iter().map(|(first, last)| format!("number BETWEEN {first} AND {last}")).collect();
            sql!(
                format!(
                    "UPDATE alerts_ack SET batch = $1 WHERE alert = $2 AND batch IS NULL AND ({})",
                    ranges.join(" OR ")
                ),
                batch.cast_signed(),
                alert.cast_signed()
            )
        })
        .collect()
}

/// Removes what is recorded, and was kept before this time on the wall.
pub(crate) fn sweep(store: &Store, before: i64) -> Result<u64, StoreError> {
    store.execute(&sql!("DELETE FROM alerts_ack WHERE batch IS NOT NULL AND kept < $1", before))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_numbers_themselves_are_marked() {
        let statements = mark(7, &[5, 3, 4, 9, 11, 10, 20], 2);
        assert_eq!(statements.len(), 1);
        assert!(
            statements[0]
                .sql
                .ends_with("(number BETWEEN 3 AND 5 OR number BETWEEN 9 AND 11 OR number BETWEEN 20 AND 20)"),
            "{}",
            statements[0].sql
        );
        let apart: Vec<i64> = (0..450).map(|n| n * 2).collect();
        assert_eq!(mark(7, &apart, 2).len(), 3);
    }
}
