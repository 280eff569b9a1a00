//! Sign-offs as they are kept while people sign: in operational tables, until what was signed is
//! recorded. Each stand has its number, so that of two people who sign at the same moment one is second.

use crate::access::{Access, AccessError};
use crate::sign_off::{Position, SignOff, SignOffRule, Stand};
use crate::tables::{statement, text};
use scr_canon::Hash32;
use scr_core::{Actor, Refusal};
use scr_ledger::{Param, Statement};
use scr_store::Row;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Something that several people are to sign.
#[derive(Debug, Clone)]
pub struct NewSignOff<'a> {
    /// What it is for, as `area.what`.
    pub kind: &'static str,
    /// What they sign: integers and texts only. It is private.
    pub content: &'a Value,
    /// Who must sign.
    pub rule: &'a SignOffRule,
    /// Who asks for it.
    pub opened_by: &'a Actor,
}

/// A sign-off that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptSignOff {
    /// Its id.
    pub id: String,
    /// What is signed; null once it has ended.
    pub content: Value,
    /// Who asked for it.
    pub opened_by: Actor,
    /// When, in seconds since 1970, UTC.
    pub opened_at: i64,
    /// When it ended, and how: a word of the desk that it belongs to.
    pub ended: Option<(i64, String)>,
    /// Who must sign and who has.
    pub sign_off: SignOff,
}

const COLUMNS: &str = "id, content, digest, rule, opened_by, opened_at, ended_at, outcome";

impl Access {
    /// Prepares a sign-off; gives its id and the statement that keeps it.
    pub fn prepare_sign_off(&self, new: &NewSignOff<'_>) -> Result<(String, Statement), AccessError> {
        let id = self.new_id();
        let content = scr_canon::to_canonical(new.content).map_err(|e| fault(&e))?;
        let over = SignOff::content(&content);
        let params = vec![
            text(id.as_str()),
            text(new.kind),
            text(String::from_utf8(content).map_err(|e| fault(&e))?),
            text(over.to_string()),
            text(json(new.rule)?),
            text(json(new.opened_by)?),
            Param::Int(self.clock.now()),
        ];
        let sql = "INSERT INTO access_sign_off VALUES ($1, $2, $3, $4, $5, $6, $7, 0, '')";
        Ok((id, statement(sql, params)))
    }

    /// The sign-off with this id.
    pub fn kept_sign_off(&self, kind: &str, id: &str) -> Result<Option<KeptSignOff>, AccessError> {
        let sql = format!("SELECT {COLUMNS} FROM access_sign_off WHERE kind = $1 AND id = $2");
        let rows = self.rows(&sql, vec![text(kind), text(id)])?;
        rows.first().map(|row| self.kept_from(row)).transpose()
    }

    /// The newest sign-offs of a kind, those that wait before those that have ended.
    pub fn kept_sign_offs(&self, kind: &str, limit: u16) -> Result<Vec<KeptSignOff>, AccessError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM access_sign_off WHERE kind = $1
             ORDER BY CASE WHEN ended_at = 0 THEN 0 ELSE 1 END, opened_at DESC, id LIMIT $2"
        );
        let rows = self.rows(&sql, vec![text(kind), Param::Int(limit.into())])?;
        rows.iter().map(|row| self.kept_from(row)).collect()
    }

    fn kept_from(&self, row: &Row) -> Result<KeptSignOff, AccessError> {
        let id = row.text("id")?.to_owned();
        let over: Hash32 = row.text("digest")?.parse().map_err(|e| fault(&e))?;
        let mut sign_off = SignOff::new(parsed(row.text("rule")?)?, over);
        let sql = "SELECT stand FROM access_stand WHERE sign_off = $1 ORDER BY number";
        for row in self.rows(sql, vec![text(id.as_str())])? {
            sign_off.take(parsed(row.text("stand")?)?).map_err(|e| fault(&e))?;
        }
        let ended = Some((row.int("ended_at")?, row.text("outcome")?.to_owned())).filter(|(at, _)| *at > 0);
        let content = parsed(row.text("content")?)?;
        let (opened_by, opened_at) = (parsed(row.text("opened_by")?)?, row.int("opened_at")?);
        Ok(KeptSignOff { id, content, opened_by, opened_at, ended, sign_off })
    }

    /// Prepares a person's stand; gives the sign-off as it then is, and the statement that keeps it, which
    /// the database refuses when somebody else was faster. Refused with `SCR-ACC-030` to `-034`.
    pub fn prepare_stand(
        &self,
        kept: &KeptSignOff,
        actor: &Actor,
        position: Position,
        over: Hash32,
    ) -> Result<(SignOff, Statement), AccessError> {
        if kept.ended.is_some() {
            return Err(Refusal::new(scr_core::RefusalKind::Conflict, crate::codes::CLOSED).into());
        }
        let stand = Stand { actor: actor.clone(), position, over, at: self.clock.now() };
        let mut after = kept.sign_off.clone();
        let number = i64::try_from(after.stands().len()).map_err(|e| fault(&e))?;
        let params = vec![text(kept.id.as_str()), Param::Int(number), text(json(&stand)?)];
        after.take(stand)?;
        Ok((after, statement("INSERT INTO access_stand VALUES ($1, $2, $3)", params)))
    }

    /// The statement that ends a sign-off. Its content is not kept: what is to stay is recorded.
    pub fn prepare_end(&self, id: &str, outcome: &str) -> Statement {
        let sql = "UPDATE access_sign_off SET content = 'null', ended_at = $2, outcome = $3 WHERE id = $1";
        statement(sql, vec![text(id), Param::Int(self.clock.now()), text(outcome)])
    }
}

fn fault(what: &dyn std::fmt::Display) -> AccessError {
    AccessError::Fault(what.to_string())
}

fn json<T: Serialize>(value: &T) -> Result<String, AccessError> {
    serde_json::to_string(value).map_err(|e| fault(&e))
}

fn parsed<T: DeserializeOwned>(text: &str) -> Result<T, AccessError> {
    serde_json::from_str(text).map_err(|e| fault(&e))
}
