//! How it is known that an alert arrived: acknowledgements are taken in durably here, and by nobody else.

use crate::issued::Issued;
use crate::network;
use scr_alerts::acks::{Ack, Board, Channel, Step};
use scr_engine::{ActError, Fault};
use scr_store::{Migration, Statement, Store, sql};
use scr_web::App;

/// `alert`: index of the alert's entry. `batch`: index of the entry that recorded it; nothing until then.
pub(crate) const TABLE: Migration = Migration {
    number: 2,
    name: "acknowledgements, until they are recorded",
    sql: "
CREATE TABLE alerts_ack (number {id}, alert BIGINT NOT NULL, station BIGINT NOT NULL, step BIGINT NOT NULL,
    channel BIGINT NOT NULL, at BIGINT NOT NULL, received BIGINT NOT NULL, batch BIGINT);
CREATE INDEX alerts_ack_alert ON alerts_ack (alert, number)",
};

/// Rows of one statement.
const ROWS: usize = 500;

/// Takes acknowledgements of one alert in. They are durable when this returns; taken twice they count once.
///
/// # Errors
/// Faults of the store.
pub fn take(app: &App, alert: u64, acks: &[Ack]) -> Result<(), ActError> {
    let store = app.store().ok_or_else(|| Fault::log(&"the desk has no operational tables"))?;
    keep(store, alert, acks, app.clock.now()).map_err(|error| Fault::log(&error).into())
}

fn keep(store: &Store, alert: u64, acks: &[Ack], now: i64) -> Result<(), scr_store::StoreError> {
    let statements: Vec<Statement> = acks.chunks(ROWS).map(|chunk| insert(alert, chunk, now)).collect();
    store.execute_all(&statements)
}

fn insert(alert: u64, acks: &[Ack], now: i64) -> Statement {
    let rows: Vec<String> = acks
        .iter()
        .map(|ack| {
            let (step, channel) = (ack.step().byte(), channel_byte(ack.channel()));
            format!("($1, {}, {step}, {channel}, {}, $2, NULL)", ack.station(), ack.at())
        })
        .collect();
    let mut statement = sql!("", alert.cast_signed(), now);
    statement.sql = format!(
        "INSERT INTO alerts_ack (alert, station, step, channel, at, received, batch) VALUES {}",
        rows.join(", ")
    );
    statement
}

/// The board of an alert: what its stations have said. `None` where no areas and stations were imported.
///
/// # Errors
/// Faults of the store.
pub fn board(app: &App, alert: &Issued) -> Result<Option<Board>, ActError> {
    let Some(network) = network::of(app, &alert.election)? else { return Ok(None) };
    let within =
        network.tree.within(&alert.text.areas).map_err(|unknown| Fault::log(&format!("{unknown:?}")))?;
    let stations = network.stations.within(&within);
    let mut board = Board::new(alert.text.sent, alert.text.expires(), &network.tree, stations);
    let store = app.store().ok_or_else(|| Fault::log(&"the desk has no operational tables"))?;
    let select = sql!(
        "SELECT station, step, channel, at, received FROM alerts_ack WHERE alert = $1",
        alert.index.cast_signed()
    );
    for row in store.query(&select).map_err(|error| Fault::log(&error))? {
        let int = |column: &str| row.int(column).map_err(|error| Fault::log(&error));
        let (Some(step), Some(channel)) = (step_of(int("step")?), channel_of(int("channel")?)) else {
            continue;
        };
        let station = u32::try_from(int("station")?).unwrap_or(u32::MAX);
        let (at, received) = (int("at")?.cast_unsigned(), int("received")?.cast_unsigned());
        if let Ok(ack) = Ack::new(station, step, channel, at, received) {
            board.fold(&ack);
        }
    }
    Ok(Some(board))
}

/// How a way is written in the table and in batches.
pub(crate) fn channel_byte(channel: Channel) -> u8 {
    match channel {
        Channel::Gateway => 0,
        Channel::Link => 1,
        Channel::Sms => 2,
        Channel::Telephone => 3,
        Channel::TearOff => 4,
    }
}

/// The way of such a number.
pub(crate) fn channel_of(byte: i64) -> Option<Channel> {
    [Channel::Gateway, Channel::Link, Channel::Sms, Channel::Telephone, Channel::TearOff]
        .into_iter()
        .find(|channel| i64::from(channel_byte(*channel)) == byte)
}

/// The step of such a number.
pub(crate) fn step_of(byte: i64) -> Option<Step> {
    Step::ALL.into_iter().find(|step| i64::from(step.byte()) == byte)
}
