//! Operational tables: what became of requests, what waits for its batch, a secret of this installation, and what comes from
//! certificate logs.

use scr_store::Migration;

/// `state`: `pending` or `complete`. Times are seconds since 1970, UTC.
pub(crate) const TABLES: &[Migration] = &[WAITING, OBSERVED, CERTIFICATES, PARTNERS];

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

const OBSERVED: Migration = Migration {
    number: 2,
    name: "what organisations have seen, how far it was held against what is shared, and what it matches",
    sql: "
CREATE TABLE threats_observed (
    number {id}, org TEXT NOT NULL, at BIGINT NOT NULL, objects BIGINT NOT NULL, bytes BIGINT NOT NULL,
    content TEXT NOT NULL);
CREATE INDEX threats_observed_org ON threats_observed (org);
CREATE TABLE threats_hunted (
    org TEXT NOT NULL, collection TEXT NOT NULL, added BIGINT NOT NULL, PRIMARY KEY (org, collection));
CREATE TABLE threats_met (
    org TEXT NOT NULL, community TEXT NOT NULL, id TEXT NOT NULL, at BIGINT NOT NULL, seen TEXT NOT NULL,
    PRIMARY KEY (org, community, id))",
};

const CERTIFICATES: Migration = Migration {
    number: 3,
    name: "certificate logs that are followed, what they did wrong, names found in them",
    sql: "
CREATE TABLE threats_ct_log (
    log TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, url TEXT NOT NULL, origin TEXT NOT NULL,
    public_key TEXT NOT NULL, begin_at BIGINT NOT NULL, is_on BIGINT NOT NULL, is_stopped BIGINT NOT NULL,
    cursor TEXT NOT NULL, due_ms BIGINT NOT NULL, failures BIGINT NOT NULL, doubts BIGINT NOT NULL,
    trouble TEXT NOT NULL, checked_at BIGINT NOT NULL, unreadable BIGINT NOT NULL, lease TEXT NOT NULL,
    lease_until_ms BIGINT NOT NULL, added_at BIGINT NOT NULL, added_by TEXT NOT NULL);
CREATE TABLE threats_ct_alarm (
    number {id}, log TEXT NOT NULL, at BIGINT NOT NULL, kind TEXT NOT NULL, words TEXT NOT NULL, first TEXT NOT NULL,
    second TEXT NOT NULL, decided_at BIGINT NOT NULL, decided_by TEXT NOT NULL, decision TEXT NOT NULL,
    reason TEXT NOT NULL);
CREATE INDEX threats_ct_alarm_log ON threats_ct_alarm (log, number);
CREATE TABLE threats_ct_hit (
    number {id}, org TEXT NOT NULL, name TEXT NOT NULL, looks_like TEXT NOT NULL, score BIGINT NOT NULL,
    reasons TEXT NOT NULL, log TEXT NOT NULL, entry BIGINT NOT NULL, issuer TEXT NOT NULL, not_before BIGINT NOT NULL,
    not_after BIGINT NOT NULL, fingerprint TEXT NOT NULL, logged_ms BIGINT NOT NULL, at BIGINT NOT NULL,
    certificates BIGINT NOT NULL, is_dismissed BIGINT NOT NULL, UNIQUE (org, name));
CREATE INDEX threats_ct_hit_org ON threats_ct_hit (org, is_dismissed, score);
CREATE TABLE threats_ct_left_out (org TEXT PRIMARY KEY, hits BIGINT NOT NULL)",
};

const PARTNERS: Migration = Migration {
    number: 4,
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
