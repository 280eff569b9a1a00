//! Organisations that people act for. The record has them; this table is what pages read names from,
//! changed in the same transaction.

use crate::access::{Access, AccessError};
use crate::codes;
use crate::people::check_name;
use crate::tables::{statement, text};
use scr_core::{OrgId, Refusal, RefusalKind};
use scr_ledger::{Param, Statement};

/// An organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// Its id, as in the record.
    pub id: OrgId,
    /// Its name.
    pub name: String,
    /// People who have a role in it.
    pub people: i64,
}

impl Access {
    /// The statement that adds an organisation. Refused with `SCR-ACC-013` (name) or `-023` (there
    /// is one with this id).
    pub fn prepare_organisation(&self, id: &OrgId, name: &str) -> Result<Statement, AccessError> {
        let name = check_name(name)?;
        if self.organisation(id)?.is_some() {
            return Err(Refusal::new(RefusalKind::Conflict, codes::HAS_ORGANISATION)
                .on("org")
                .with("id", id)
                .into());
        }
        Ok(statement(
            "INSERT INTO access_organisation (org, name, created_at) VALUES ($1, $2, $3)
             ON CONFLICT DO NOTHING",
            vec![text(id.as_str()), text(name), Param::Int(self.clock.now())],
        ))
    }

    /// All organisations, by name.
    pub fn organisations(&self) -> Result<Vec<Organisation>, AccessError> {
        let rows = self.rows(
            "SELECT o.org, o.name, (SELECT count(DISTINCT g.person) FROM access_grant g WHERE g.org = o.org)
             AS people FROM access_organisation o ORDER BY o.name, o.org",
            Vec::new(),
        )?;
        rows.iter()
            .map(|row| {
                Ok(Organisation {
                    id: OrgId::new(row.text("org")?).map_err(|e| AccessError::fault(&e))?,
                    name: row.text("name")?.to_owned(),
                    people: row.int("people")?,
                })
            })
            .collect()
    }

    /// The organisation with this id.
    pub fn organisation(&self, id: &OrgId) -> Result<Option<Organisation>, AccessError> {
        Ok(self.organisations()?.into_iter().find(|one| one.id == *id))
    }
}
