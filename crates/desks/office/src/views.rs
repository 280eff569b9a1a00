//! When organisations and roles were recorded, for the seals of these pages.

use crate::kinds::{ORGANISATION_CREATED, ROLE_GRANTED, ROLE_WITHDRAWN};
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use scr_access::Grant;
use scr_engine::{Erased, Event, Objects, View, ViewFault};

/// The one view of this desk.
pub(crate) struct OfficeView;

impl View for OfficeView {
    fn name(&self) -> &'static str {
        "office"
    }

    fn schema(&self) -> &'static str {
        "
CREATE TABLE office_organisation (org TEXT PRIMARY KEY, name TEXT NOT NULL, idx INTEGER NOT NULL, at INTEGER NOT NULL)
    WITHOUT ROWID;
CREATE TABLE office_grant (idx INTEGER PRIMARY KEY, at INTEGER NOT NULL, person TEXT NOT NULL, org TEXT NOT NULL,
    role TEXT NOT NULL, place TEXT NOT NULL, withdrawn INTEGER NOT NULL);
CREATE INDEX office_grant_person ON office_grant (person, org, role, place);
"
    }

    fn apply(&self, tx: &Transaction<'_>, event: &Event, _: &Objects) -> Result<(), ViewFault> {
        let index = event.index.cast_signed();
        let person = || event.private_text("person").unwrap_or_default();
        match event.kind() {
            kind if kind == ORGANISATION_CREATED.name => {
                tx.execute(
                    "INSERT OR REPLACE INTO office_organisation VALUES (?1, ?2, ?3, ?4)",
                    params![event.text("org"), event.text("name"), index, event.at],
                )?;
            }
            kind if kind == ROLE_GRANTED.name => {
                tx.execute(
                    "INSERT INTO office_grant VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0)",
                    params![
                        index,
                        event.at,
                        person(),
                        event.text("org"),
                        event.text("role"),
                        event.text("place")
                    ],
                )?;
            }
            kind if kind == ROLE_WITHDRAWN.name => {
                tx.execute(
                    "UPDATE office_grant SET withdrawn = ?1 WHERE person = ?2 AND org = ?3 AND role = ?4
                     AND place = ?5 AND withdrawn = 0",
                    params![index, person(), event.text("org"), event.text("role"), event.text("place")],
                )?;
            }
            _ => {}
        }
        Ok(())
    }

    fn forget(&self, tx: &Transaction<'_>, event: &Event, _: &Erased) -> Result<(), ViewFault> {
        let person = event.private_text("person").unwrap_or_default();
        tx.execute(
            "UPDATE office_grant SET person = ?2 WHERE idx = ?1",
            params![event.index.cast_signed(), person],
        )?;
        Ok(())
    }

    fn digests(&self) -> &'static [(&'static str, &'static str, &'static str)] {
        &[
            ("office_organisation", "org, name, idx, at", "org"),
            // Which grant a withdrawal ends is known by its private person alone, so it is no public row.
            ("office_grant", "idx, at, org, role, place", "idx"),
        ]
    }
}

/// Where an organisation stands in the record: index and time.
pub(crate) fn organisation(views: &Connection, org: &str) -> rusqlite::Result<Option<(u64, i64)>> {
    views
        .prepare_cached("SELECT idx, at FROM office_organisation WHERE org = ?1")?
        .query_row([org], |row| Ok((row.get::<_, i64>(0)?.cast_unsigned(), row.get(1)?)))
        .optional()
}

/// Where a person's role stands in the record: index and time.
pub(crate) fn grant(views: &Connection, person: &str, grant: &Grant) -> rusqlite::Result<Option<(u64, i64)>> {
    views
        .prepare_cached(
            "SELECT idx, at FROM office_grant WHERE person = ?1 AND org = ?2 AND role = ?3 AND place = ?4
             AND withdrawn = 0 ORDER BY idx DESC LIMIT 1",
        )?
        .query_row(
            params![
                person,
                grant.org.as_str(),
                grant.role.as_str(),
                grant.place.as_deref().unwrap_or_default()
            ],
            |row| Ok((row.get::<_, i64>(0)?.cast_unsigned(), row.get(1)?)),
        )
        .optional()
}
