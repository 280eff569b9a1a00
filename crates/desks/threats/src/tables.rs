//! Operational tables: what became of requests, what waits for its batch, and a secret of this installation.

use scr_store::Migration;

/// `state`: `pending` or `complete`. Times are seconds since 1970, UTC.
pub(crate) const TABLES: &[Migration] = &[WAITING, PARTNERS];

const WAITING: Migration = Migration {
    number: 1,
    name: "statuses of requests, what waits for its batch, secrets",
    sql: "
CREATE TABLE threats_status (
    id TEXT PRIMARY KEY, org TEXT NOT NULL, community TEXT NOT NULL, at BIGINT NOT NULL, state TEXT NOT NULL,
    content TEXT NOT NULL);
CREATE INDEX threats_status_at ON threats_status (at);
CREATE TABLE threats_waiting (
    number {id}, status TEXT NOT NULL, org TEXT NOT NULL, at BIGINT NOT NULL, content TEXT NOT NULL);
CREATE TABLE threats_secret (purpose TEXT PRIMARY KEY, secret TEXT NOT NULL)",
};

/// `sealed`: address and login, encrypted. `place`: how far it was read, JSON. `due`, `polled`, `lease_until`, `failing_since`
/// are seconds since 1970, 0 for never. `trouble`: why the last poll failed, JSON, or nothing. `last`: what it came to, JSON.
/// `stamp`: the time of an event of a feed that is here.
const PARTNERS: Migration = Migration {
    number: 2,
    name: "servers of others",
    sql: "
CREATE TABLE threats_source (
    id TEXT PRIMARY KEY, org TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, shown TEXT NOT NULL, login TEXT NOT NULL,
    sealed TEXT NOT NULL, community TEXT NOT NULL, collection TEXT NOT NULL, at_least TEXT NOT NULL, every BIGINT NOT NULL,
    is_on BIGINT NOT NULL, person TEXT NOT NULL, made BIGINT NOT NULL, place TEXT NOT NULL, due BIGINT NOT NULL,
    polled BIGINT NOT NULL, lease TEXT NOT NULL, lease_until BIGINT NOT NULL, fails BIGINT NOT NULL,
    failing_since BIGINT NOT NULL, trouble TEXT NOT NULL, taken BIGINT NOT NULL, refused BIGINT NOT NULL, last TEXT NOT NULL);
CREATE INDEX threats_source_org ON threats_source (org);
CREATE INDEX threats_source_due ON threats_source (is_on, due);
CREATE TABLE threats_source_event (
    source TEXT NOT NULL, event TEXT NOT NULL, stamp BIGINT NOT NULL, PRIMARY KEY (source, event))",
};
