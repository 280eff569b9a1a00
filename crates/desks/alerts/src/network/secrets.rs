//! The secrets of polling stations: all follow from one of the election, which is sealed in an operational table. Sealed
//! cards hold them on paper; codes and links are checked with them.

use hmac::{Hmac, KeyInit as _, Mac as _};
use scr_alerts::StationSecret;
use scr_engine::{ActError, Fault};
use scr_store::{Migration, Statement, sql};
use scr_web::App;
use sha2::Sha256;
use zeroize::Zeroizing;

/// The table. `generation`: from 1; cards of an earlier one are worth nothing.
pub(crate) const TABLE: Migration = Migration {
    number: 1,
    name: "secrets of elections' polling stations",
    sql: "
CREATE TABLE alerts_secret (election TEXT PRIMARY KEY, generation BIGINT NOT NULL, sealed TEXT NOT NULL)",
};

const PURPOSE: &str = "alerts-stations";

/// The election's secret, from which all stations' follow. Never printed, wiped when dropped.
pub struct Master {
    key: Zeroizing<Vec<u8>>,
    generation: u64,
}

impl std::fmt::Debug for Master {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Master")
    }
}

impl Master {
    /// How often it was made, from 1: sheets of earlier ones are worth nothing.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// A station's secret: HMAC-SHA256 under the election's over `scrutineer/alerts/station/1`, a line end, and the number
    /// (4 bytes, big-endian). `None` when the number has more than six digits.
    pub fn station(&self, number: u32) -> Option<StationSecret> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.key).ok()?;
        mac.update(b"scrutineer/alerts/station/1\n");
        mac.update(&number.to_be_bytes());
        StationSecret::new(number, mac.finalize().into_bytes().into())
    }
}

/// The newest secret of an election; made when it is asked for first.
///
/// # Errors
/// Faults: no operational tables, a secret that this installation cannot open.
pub fn of(app: &App, election: &str) -> Result<Master, ActError> {
    let fault = |error: &dyn std::fmt::Display| ActError::from(Fault::log(error));
    let store = app.store().ok_or_else(|| fault(&"the desk has no operational tables"))?;
    let select =
        sql!("SELECT generation, sealed FROM alerts_secret WHERE election = $1", election.to_owned());
    for _ in 0..2 {
        if let Some(row) = store.query_opt(&select).map_err(|error| fault(&error))? {
            let sealed = row.text("sealed").map_err(|error| fault(&error))?;
            let generation = row.int("generation").map_err(|error| fault(&error))?.cast_unsigned();
            let opened = app.engine.open_secret(PURPOSE, election, sealed);
            let master = opened.map(|key| Master { key, generation });
            return master.ok_or_else(|| fault(&"the secret of an election cannot be opened"));
        }
        let sealed = sealed(app, election)?;
        // Of two nodes that make one at once the first wins, and the other reads it.
        let insert = sql!(
            "INSERT INTO alerts_secret (election, generation, sealed) VALUES ($1, 1, $2) ON CONFLICT (election) DO NOTHING",
            election.to_owned(),
            sealed
        );
        store.execute(&insert).map_err(|error| fault(&error))?;
    }
    Err(fault(&"the secret of an election was not kept"))
}

/// New random bytes, sealed.
fn sealed(app: &App, election: &str) -> Result<String, Fault> {
    let mut key = Zeroizing::new([0u8; 32]);
    app.entropy.fill(&mut key[..]);
    app.engine.seal_secret(PURPOSE, election, &key[..])
}

/// The next generation, and the statement that puts it in the place of this one, to be made together with what is recorded.
pub(crate) fn next(app: &App, election: &str, before: u64) -> Result<(u64, Statement), ActError> {
    let generation = before.saturating_add(1);
    let statement = sql!(
        "UPDATE alerts_secret SET generation = $1, sealed = $2 WHERE election = $3 AND generation = $4",
        generation.cast_signed(),
        sealed(app, election)?,
        election.to_owned(),
        before.cast_signed()
    );
    Ok((generation, statement))
}
