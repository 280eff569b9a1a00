//! The operational tables of this crate.

use scr_ledger::{Param, Statement};
use scr_store::Migration;

/// Times are seconds since 1970, UTC; 0 is "not yet", the empty text is "none".
pub(crate) const MIGRATIONS: &[Migration] = &[
    Migration {
        number: 1,
        name: "people, grants, links, logins, tokens, passkeys, limits",
        sql: "
CREATE TABLE access_person (
    person TEXT PRIMARY KEY, email TEXT NOT NULL UNIQUE, name TEXT NOT NULL, language TEXT NOT NULL,
    password TEXT NOT NULL, active BIGINT NOT NULL, created_at BIGINT NOT NULL);
CREATE TABLE access_grant (
    person TEXT NOT NULL, org TEXT NOT NULL, role TEXT NOT NULL, place TEXT NOT NULL,
    granted_at BIGINT NOT NULL, PRIMARY KEY (person, org, role, place));
CREATE INDEX access_grant_org ON access_grant (org, role);
CREATE TABLE access_invitation (
    token TEXT PRIMARY KEY, kind TEXT NOT NULL, person TEXT NOT NULL, created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL);
CREATE INDEX access_invitation_person ON access_invitation (person);
CREATE TABLE access_login (
    token TEXT PRIMARY KEY, person TEXT NOT NULL, org TEXT NOT NULL, role TEXT NOT NULL,
    place TEXT NOT NULL, signed_in_at BIGINT NOT NULL, seen_at BIGINT NOT NULL,
    verified_at BIGINT NOT NULL);
CREATE INDEX access_login_person ON access_login (person);
CREATE TABLE access_token (
    token TEXT PRIMARY KEY, id TEXT NOT NULL UNIQUE, person TEXT NOT NULL, org TEXT NOT NULL,
    role TEXT NOT NULL, place TEXT NOT NULL, label TEXT NOT NULL, created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL, used_at BIGINT NOT NULL);
CREATE INDEX access_token_person ON access_token (person);
CREATE TABLE access_passkey (
    credential TEXT PRIMARY KEY, person TEXT NOT NULL, label TEXT NOT NULL, passkey TEXT NOT NULL,
    created_at BIGINT NOT NULL, used_at BIGINT NOT NULL);
CREATE INDEX access_passkey_person ON access_passkey (person);
CREATE TABLE access_challenge (
    token TEXT PRIMARY KEY, kind TEXT NOT NULL, person TEXT NOT NULL, state TEXT NOT NULL,
    expires_at BIGINT NOT NULL);
CREATE TABLE access_bucket (bucket TEXT PRIMARY KEY, full_at_ms BIGINT NOT NULL)",
    },
    Migration {
        number: 2,
        name: "organisations",
        sql: "
CREATE TABLE access_organisation (org TEXT PRIMARY KEY, name TEXT NOT NULL, created_at BIGINT NOT NULL)",
    },
    Migration {
        number: 3,
        name: "sign-offs",
        sql: "
CREATE TABLE access_sign_off (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, content TEXT NOT NULL, digest TEXT NOT NULL, rule TEXT NOT NULL,
    opened_by TEXT NOT NULL, opened_at BIGINT NOT NULL, ended_at BIGINT NOT NULL, outcome TEXT NOT NULL);
CREATE INDEX access_sign_off_kind ON access_sign_off (kind, ended_at, opened_at);
CREATE TABLE access_stand (
    sign_off TEXT NOT NULL, number BIGINT NOT NULL, stand TEXT NOT NULL, PRIMARY KEY (sign_off, number))",
    },
    Migration {
        number: 4,
        name: "passes and sessions of audit boards",
        sql: "
CREATE TABLE access_board_pass (
    audit TEXT NOT NULL, version BIGINT NOT NULL, round BIGINT NOT NULL, jurisdiction TEXT NOT NULL,
    board BIGINT NOT NULL, pass TEXT NOT NULL UNIQUE, org TEXT NOT NULL, given_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL, PRIMARY KEY (audit, version, round, jurisdiction, board));
CREATE TABLE access_board_session (
    token TEXT PRIMARY KEY, pass TEXT NOT NULL, joined_at BIGINT NOT NULL, ends_at BIGINT NOT NULL);
CREATE INDEX access_board_session_pass ON access_board_session (pass);
CREATE TABLE access_salt (purpose TEXT PRIMARY KEY, salt TEXT NOT NULL)",
    },
];

/// A statement from its text and values.
pub(crate) fn statement(sql: &str, params: Vec<Param>) -> Statement {
    Statement { sql: sql.to_owned(), params }
}

/// A text value.
pub(crate) fn text(value: impl Into<String>) -> Param {
    Param::Text(value.into())
}
