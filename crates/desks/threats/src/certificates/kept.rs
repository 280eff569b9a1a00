//! Names found in certificate logs, each for the organisation that protects what it looks like.

use scr_core::{Refusal, RefusalKind};
use scr_engine::{ActError, Fault};
use scr_store::{Row, Store, StoreError, Tx, sql};
use scr_threats::codes;
use std::collections::BTreeSet;

/// Names that are kept for one organisation; of more, those that look least like one of its own go.
const MAX_HITS: i64 = 2_000;

fn fault(error: &StoreError) -> Fault {
    Fault::log(error)
}

/// A name in a certificate that looks like one of an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NewHit {
    pub(crate) org: String,
    pub(crate) name: String,
    pub(crate) looks_like: String,
    pub(crate) score: u8,
    /// As JSON.
    pub(crate) reasons: String,
    pub(crate) log: String,
    pub(crate) entry: u64,
    pub(crate) issuer: String,
    pub(crate) not_before: i64,
    pub(crate) not_after: i64,
    pub(crate) fingerprint: String,
    pub(crate) logged_ms: i64,
}

/// The first certificate stays as evidence; those that follow are counted.
pub(super) fn keep(tx: &mut Tx<'_>, hit: &NewHit, now: i64) -> Result<(), StoreError> {
    tx.execute(&sql!(
        "INSERT INTO threats_ct_hit (org, name, looks_like, score, reasons, log, entry, issuer, not_before, not_after,
            fingerprint, logged_ms, at, certificates, is_dismissed)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1, 0)
         ON CONFLICT (org, name) DO UPDATE SET certificates = threats_ct_hit.certificates + 1",
        &hit.org,
        &hit.name,
        &hit.looks_like,
        i64::from(hit.score),
        &hit.reasons,
        &hit.log,
        i64::try_from(hit.entry).unwrap_or(i64::MAX),
        &hit.issuer,
        hit.not_before,
        hit.not_after,
        &hit.fingerprint,
        hit.logged_ms,
        now
    ))?;
    Ok(())
}

/// Keeps the number of hits within bounds: what was dismissed goes first, then what looks least like a name of one's own,
/// of equals the newest, so that nobody pushes out what is there already. How many went is counted.
pub(super) fn bound(tx: &mut Tx<'_>, hits: &[NewHit]) -> Result<(), StoreError> {
    let orgs: BTreeSet<&str> = hits.iter().map(|hit| hit.org.as_str()).collect();
    for org in orgs {
        let gone = tx.execute(&sql!(
            "DELETE FROM threats_ct_hit WHERE org = $1 AND number NOT IN (
                SELECT number FROM threats_ct_hit WHERE org = $1 ORDER BY is_dismissed, score DESC, number LIMIT $2)",
            org,
            MAX_HITS
        ))?;
        if gone > 0 {
            tx.execute(&sql!(
                "INSERT INTO threats_ct_left_out (org, hits) VALUES ($1, $2)
                 ON CONFLICT (org) DO UPDATE SET hits = threats_ct_left_out.hits + $2",
                org,
                i64::try_from(gone).unwrap_or(i64::MAX)
            ))?;
        }
    }
    Ok(())
}

/// A hit that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hit {
    pub(crate) number: i64,
    pub(crate) found: NewHit,
    /// When it was found here, in seconds.
    pub(crate) at: i64,
    /// Certificates in which the name was found.
    pub(crate) certificates: i64,
}

const HIT: &str =
    "number, org, name, looks_like, score, reasons, log, entry, issuer, not_before, not_after, fingerprint,
    logged_ms, at, certificates";

impl Hit {
    fn of(row: &Row) -> Result<Self, StoreError> {
        let text = |column: &str| row.text(column).map(str::to_owned);
        Ok(Self {
            number: row.int("number")?,
            at: row.int("at")?,
            certificates: row.int("certificates")?,
            found: NewHit {
                org: text("org")?,
                name: text("name")?,
                looks_like: text("looks_like")?,
                score: u8::try_from(row.int("score")?).unwrap_or(100),
                reasons: text("reasons")?,
                log: text("log")?,
                entry: row.count("entry")?,
                issuer: text("issuer")?,
                not_before: row.int("not_before")?,
                not_after: row.int("not_after")?,
                fingerprint: text("fingerprint")?,
                logged_ms: row.int("logged_ms")?,
            },
        })
    }
}

/// Hits of an organisation, the newest first, at most `most`.
pub(crate) fn hits(store: &Store, org: &str, most: i64) -> Result<Vec<Hit>, Fault> {
    let rows = store.query(&sql!(
        format!(
            "SELECT {HIT} FROM threats_ct_hit WHERE org = $1 AND is_dismissed = 0 ORDER BY at DESC, number DESC LIMIT $2"
        ),
        org,
        most
    ));
    let rows = rows.map_err(|error| fault(&error))?;
    rows.iter().map(Hit::of).collect::<Result<_, _>>().map_err(|error| fault(&error))
}

/// A hit of an organisation; another's is not there.
///
/// # Errors
/// `SCR-THR-115`
pub(crate) fn hit(store: &Store, org: &str, number: i64) -> Result<Hit, ActError> {
    let row = store.query_opt(&sql!(
        format!("SELECT {HIT} FROM threats_ct_hit WHERE org = $1 AND number = $2 AND is_dismissed = 0"),
        org,
        number
    ));
    let found = row.and_then(|row| row.as_ref().map(Hit::of).transpose()).map_err(|error| fault(&error))?;
    found.ok_or_else(|| Refusal::new(RefusalKind::NotFound, codes::NO_SUCH_HIT).into())
}

/// How many hits an organisation has since a moment, how many in all, and how many found no place.
pub(crate) fn counts(store: &Store, org: &str, since: i64) -> Result<(usize, usize, u64), Fault> {
    let read = || {
        let row = store.query_opt(&sql!(
            "SELECT count(*) AS hits, coalesce(sum(CASE WHEN at > $2 THEN 1 ELSE 0 END), 0) AS fresh
             FROM threats_ct_hit WHERE org = $1 AND is_dismissed = 0",
            org,
            since
        ))?;
        let gone = store.query_opt(&sql!("SELECT hits FROM threats_ct_left_out WHERE org = $1", org))?;
        let gone = gone.map(|row| row.count("hits")).transpose()?.unwrap_or(0);
        let Some(row) = row else { return Ok((0, 0, gone)) };
        Ok((row.count("fresh")?, row.count("hits")?, gone))
    };
    let (fresh, all, gone) = read().map_err(|error: StoreError| fault(&error))?;
    let size = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    Ok((size(fresh), size(all), gone))
}

/// Hides a hit.
pub(crate) fn dismiss(store: &Store, org: &str, number: i64) -> Result<(), Fault> {
    let statement =
        sql!("UPDATE threats_ct_hit SET is_dismissed = 1 WHERE org = $1 AND number = $2", org, number);
    store.execute(&statement).map(drop).map_err(|error| fault(&error))
}
