//! Tokens with which programs use the API, in one role of one person.

use crate::access::{Access, AccessError};
use crate::codes;
use crate::grant::Grant;
use crate::logins::{Login, Via};
use crate::people::{check_name, grant_at, grant_params, person_id};
use crate::tables::{statement, text};
use crate::token::{Secret, stored};
use scr_core::{PersonId, Refusal, RefusalKind};
use scr_ledger::Param;

/// Most tokens of one person.
const MOST: i64 = 20;
/// Longest life of a token.
const LONGEST_SECONDS: i64 = 366 * 24 * 3600;
/// `used_at` is written at most this often.
const TOUCH_SECONDS: i64 = 300;

/// A token as its owner sees it; the secret is shown once and not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiToken {
    /// Its id, for revoking.
    pub id: String,
    /// What the owner calls it.
    pub label: String,
    /// What it may act as.
    pub grant: Grant,
    /// When it was made, in seconds since 1970, UTC.
    pub created_at: i64,
    /// When it ends.
    pub expires_at: i64,
    /// When it was last used; `None` when never.
    pub used_at: Option<i64>,
}

impl Access {
    /// Makes a token that acts in the login's role for `seconds` (at most 366 days). Refused with
    /// `SCR-ACC-009`, `-013` (label), `-020` (20 tokens).
    pub fn new_api_token(&self, login: &Login, label: &str, seconds: i64) -> Result<Secret, AccessError> {
        self.require_fresh(login)?;
        let label = check_name(label).map_err(|refusal| refusal.on("label"))?;
        let person = &login.actor.person;
        let rows = self
            .rows("SELECT count(*) AS n FROM access_token WHERE person = $1", vec![text(person.as_str())])?;
        if rows.first().map_or(Ok(0), |row| row.int("n"))? >= MOST {
            return Err(Refusal::new(RefusalKind::Conflict, codes::TOO_MANY_KEYS).with("max", MOST).into());
        }
        let secret = Secret::new("scr_", &*self.entropy);
        let now = self.clock.now();
        let mut params = grant_params(person, &Grant::of(&login.actor));
        params.extend([
            text(stored("api", secret.reveal()).unwrap_or_default()),
            text(self.new_id()),
            text(label),
            Param::Int(now),
            Param::Int(now + seconds.clamp(60, LONGEST_SECONDS)),
        ]);
        self.apply(&[statement(
            "INSERT INTO access_token
               (person, org, role, place, token, id, label, created_at, expires_at, used_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0)",
            params,
        )])?;
        Ok(secret)
    }

    /// A person's tokens, newest first.
    pub fn api_tokens(&self, person: &PersonId) -> Result<Vec<ApiToken>, AccessError> {
        let rows = self.rows(
            "SELECT org, role, place, id, label, created_at, expires_at, used_at FROM access_token
             WHERE person = $1 ORDER BY created_at DESC, id DESC",
            vec![text(person.as_str())],
        )?;
        rows.iter()
            .map(|row| {
                Ok(ApiToken {
                    grant: grant_at(row)?,
                    id: row.text("id")?.to_owned(),
                    label: row.text("label")?.to_owned(),
                    created_at: row.int("created_at")?,
                    expires_at: row.int("expires_at")?,
                    used_at: Some(row.int("used_at")?).filter(|at| *at > 0),
                })
            })
            .collect()
    }

    /// Revokes one of the person's own tokens.
    pub fn revoke_api_token(&self, person: &PersonId, id: &str) -> Result<(), AccessError> {
        self.apply(&[statement(
            "DELETE FROM access_token WHERE person = $1 AND id = $2",
            vec![text(person.as_str()), text(id)],
        )])
    }

    /// Who acts by a bearer token; `None` when it is unknown, revoked or has ended.
    pub fn bearer(&self, token: &str) -> Result<Option<Login>, AccessError> {
        let Some(token) = stored("api", token) else { return Ok(None) };
        let now = self.clock.now();
        let rows = self.rows(
            "SELECT t.org, t.role, t.place, t.person, p.name, p.language, t.expires_at, t.used_at,
                    COALESCE(o.name, t.org) AS organisation
             FROM access_token t
             LEFT JOIN access_organisation o ON o.org = t.org
             JOIN access_person p ON p.person = t.person AND p.active = 1
             JOIN access_grant g ON g.person = t.person AND g.org = t.org AND g.role = t.role
                                AND g.place = t.place
             WHERE t.token = $1 AND t.expires_at > $2",
            vec![text(&token), Param::Int(now)],
        )?;
        let Some(row) = rows.first() else { return Ok(None) };
        if now - row.int("used_at")? >= TOUCH_SECONDS {
            self.apply(&[statement(
                "UPDATE access_token SET used_at = $1 WHERE token = $2",
                vec![Param::Int(now), text(&token)],
            )])?;
        }
        Ok(Some(Login {
            actor: grant_at(row)?.actor(&person_id(row.text("person")?)?),
            name: row.text("name")?.to_owned(),
            organisation: row.text("organisation")?.to_owned(),
            language: row.text("language")?.to_owned(),
            via: Via::Token,
            verified_at: 0,
            ends_at: row.int("expires_at")?,
            token,
        }))
    }
}
