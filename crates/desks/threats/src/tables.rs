//! Operational tables: what became of requests, what waits for its batch, and a secret of this installation.

use scr_store::Migration;

/// `state`: `pending` or `complete`. Times are seconds since 1970, UTC.
pub(crate) const TABLES: &[Migration] = &[
    Migration {
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
    },
    Migration {
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
    },
];
