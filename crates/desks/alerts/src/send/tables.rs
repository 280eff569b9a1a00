//! Operational tables: gateways, what is to be sent, what came in that is no code.

use scr_store::Migration;

/// `alerts_gateway`: `org` whose it is; `sealed` holds address and login. `alerts_dispatch`: one row for each alert that was taken up, `salt`
/// the key of its references. `alerts_message`: `owner` the organisation that released the alert; `state` see [`super::outbox::State`]; `sealed` the recipient's address;
/// `shown` what of it may be shown; `lease` who has it in flight; `doubts` how often it was in flight when a server ended.
pub(crate) const TABLE: Migration = Migration {
    number: 7,
    name: "gateways and messages of alerts",
    sql: "
CREATE TABLE alerts_gateway (id TEXT PRIMARY KEY, org TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, shown TEXT NOT NULL,
    sealed TEXT NOT NULL, rate BIGINT NOT NULL, connections BIGINT NOT NULL, price BIGINT NOT NULL, currency TEXT NOT NULL,
    is_on BIGINT NOT NULL, ok_at BIGINT NOT NULL, failing_since BIGINT NOT NULL, trouble TEXT NOT NULL,
    paused_until BIGINT NOT NULL, failures BIGINT NOT NULL, lies BIGINT NOT NULL);
CREATE TABLE alerts_dispatch (alert BIGINT PRIMARY KEY, salt TEXT NOT NULL, begun BIGINT NOT NULL, listed BIGINT NOT NULL,
    unreached BIGINT NOT NULL, ended BIGINT NOT NULL);
CREATE TABLE alerts_message (number {id}, alert BIGINT NOT NULL, owner TEXT NOT NULL, ref TEXT NOT NULL UNIQUE, way BIGINT NOT NULL,
    station BIGINT, area TEXT NOT NULL, language TEXT NOT NULL, level TEXT NOT NULL, note TEXT NOT NULL, sealed TEXT NOT NULL,
    shown TEXT NOT NULL, state BIGINT NOT NULL, reason TEXT NOT NULL, tries BIGINT NOT NULL, doubts BIGINT NOT NULL,
    due BIGINT NOT NULL, lease TEXT NOT NULL, lease_until BIGINT NOT NULL, gateway TEXT NOT NULL, theirs TEXT NOT NULL,
    parts BIGINT NOT NULL, handed BIGINT NOT NULL, ended BIGINT NOT NULL);
CREATE INDEX alerts_message_due ON alerts_message (state, way, owner, due, number);
CREATE INDEX alerts_message_alert ON alerts_message (alert, state);
CREATE INDEX alerts_message_theirs ON alerts_message (theirs) WHERE theirs <> '';
CREATE TABLE alerts_inbound (number {id}, gateway TEXT NOT NULL, at BIGINT NOT NULL, kind BIGINT NOT NULL,
    sealed TEXT NOT NULL);
CREATE INDEX alerts_inbound_at ON alerts_inbound (at)",
};
