//! The table.

use scr_store::Migration;

/// Times are milliseconds since 1970, UTC; 0 is "not yet", the empty text is "none".
pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    number: 1,
    name: "jobs",
    sql: "
CREATE TABLE job (
    id {id}, kind TEXT NOT NULL, key TEXT NOT NULL UNIQUE, owner TEXT NOT NULL, input TEXT NOT NULL,
    state TEXT NOT NULL, due_ms BIGINT NOT NULL, attempts BIGINT NOT NULL, max_attempts BIGINT NOT NULL,
    lease TEXT NOT NULL, lease_until_ms BIGINT NOT NULL, cancel BIGINT NOT NULL,
    done BIGINT NOT NULL, total BIGINT NOT NULL, message TEXT NOT NULL,
    created_ms BIGINT NOT NULL, started_ms BIGINT NOT NULL, seen_ms BIGINT NOT NULL, ended_ms BIGINT NOT NULL);
CREATE INDEX job_due ON job (state, due_ms);
CREATE INDEX job_owner ON job (owner, id)",
}];
