//! People and their roles.

use crate::access::{Access, AccessError};
use crate::codes;
use crate::grant::Grant;
use crate::tables::{statement, text};
use scr_core::{OrgId, PersonId, Refusal, RefusalKind, Role};
use scr_ledger::{Param, Statement};
use scr_store::Row;

/// What is known about a person. Never part of the public record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Pseudonymous id.
    pub id: PersonId,
    /// Name, as the person writes it.
    pub name: String,
    /// E-mail address, in lower case.
    pub email: String,
    /// Language of pages and messages (`en`, `fr`, `es`, `ar`).
    pub language: String,
    /// Whether the person has chosen a password.
    pub accepted: bool,
}

/// Checks the form of an e-mail address and returns it in lower case. Refused with `SCR-ACC-012`.
pub fn check_email(email: &str) -> Result<String, Refusal> {
    let email = email.trim().to_lowercase();
    let fine = email.len() <= 254
        && !email.chars().any(|c| c.is_whitespace() || c.is_control() || "<>()[]\\,;:\"".contains(c))
        && email.split_once('@').is_some_and(|(local, host)| {
            (1..=64).contains(&local.len())
                && !host.contains('@')
                && host.split('.').count() >= 2
                && host.split('.').all(|label| !label.is_empty() && !label.starts_with('-'))
        });
    if fine { Ok(email) } else { Err(Refusal::new(RefusalKind::Invalid, codes::EMAIL).on("email")) }
}

/// Checks a name: 1 to 120 characters without control characters. Refused with `SCR-ACC-013`.
pub fn check_name(name: &str) -> Result<String, Refusal> {
    let name = name.trim();
    let fine = (1..=120).contains(&name.chars().count()) && !name.chars().any(char::is_control);
    if fine {
        Ok(name.to_owned())
    } else {
        Err(Refusal::new(RefusalKind::Invalid, codes::NAME).on("name").with("max", 120))
    }
}

const PERSON: &str = "SELECT p.person, p.name, p.email, p.language, p.password FROM access_person p";

/// Which people to list; empty texts match everybody.
#[derive(Debug, Clone, Copy, Default)]
pub struct PeopleFilter<'a> {
    /// Only people with a role in this organisation.
    pub org: &'a str,
    /// Only people with this role.
    pub role: &'a str,
    /// Only people with this in their name or e-mail address.
    pub words: &'a str,
}

const MATCHES: &str =
    "($3 = '' OR EXISTS (SELECT 1 FROM access_grant g WHERE g.person = p.person AND g.org = $3))
     AND ($4 = '' OR EXISTS (SELECT 1 FROM access_grant g WHERE g.person = p.person AND g.role = $4
                             AND ($3 = '' OR g.org = $3)))
     AND ($5 = '' OR lower(p.name) LIKE $5 ESCAPE '!' OR p.email LIKE $5 ESCAPE '!')";

impl PeopleFilter<'_> {
    fn params(&self) -> [Param; 3] {
        let mut like = String::new();
        for c in self.words.trim().to_lowercase().chars().take(120) {
            if matches!(c, '%' | '_' | '!') {
                like.push('!');
            }
            like.push(c);
        }
        let like = if like.is_empty() { like } else { format!("%{like}%") };
        [text(self.org), text(self.role), text(like)]
    }
}

impl Access {
    /// The person with this id.
    pub fn person(&self, id: &PersonId) -> Result<Option<Person>, AccessError> {
        let rows = self.rows(&format!("{PERSON} WHERE p.person = $1"), vec![text(id.as_str())])?;
        rows.first().map(person_of).transpose()
    }

    /// The person with this e-mail address.
    pub fn person_by_email(&self, email: &str) -> Result<Option<Person>, AccessError> {
        let rows = self.rows(&format!("{PERSON} WHERE p.email = $1"), vec![text(email.to_lowercase())])?;
        rows.first().map(person_of).transpose()
    }

    /// People who match, by name; at most `limit` after the name and id given.
    pub fn people(
        &self,
        filter: &PeopleFilter<'_>,
        after: Option<(&str, &str)>,
        limit: u16,
    ) -> Result<Vec<Person>, AccessError> {
        let (name, id) = after.unwrap_or_default();
        let mut params = vec![text(name), text(id)];
        params.extend(filter.params());
        params.push(Param::Int(i64::from(limit)));
        let rows = self.rows(
            &format!("{PERSON} WHERE (p.name, p.person) > ($1, $2) AND {MATCHES} ORDER BY p.name, p.person LIMIT $6"),
            params,
        )?;
        rows.iter().map(person_of).collect()
    }

    /// How many people match.
    pub fn people_count(&self, filter: &PeopleFilter<'_>) -> Result<i64, AccessError> {
        let mut params = vec![text(""), text("")];
        params.extend(filter.params());
        let sql = format!(
            "SELECT count(*) AS n FROM access_person p WHERE (p.name, p.person) > ($1, $2) AND {MATCHES}"
        );
        Ok(self.rows(&sql, params)?.first().map_or(Ok(0), |row| row.int("n"))?)
    }

    /// A person's roles, from the widest to the narrowest.
    pub fn grants(&self, person: &PersonId) -> Result<Vec<Grant>, AccessError> {
        let rows = self.rows(
            "SELECT org, role, place FROM access_grant WHERE person = $1 ORDER BY org, role, place",
            vec![text(person.as_str())],
        )?;
        let mut grants = rows.iter().map(grant_at).collect::<Result<Vec<_>, _>>()?;
        grants.sort_by_key(|grant| (grant.role, grant.org.clone()));
        Ok(grants)
    }

    /// Whether somebody has this grant.
    pub fn has_grant(&self, person: &PersonId, grant: &Grant) -> Result<bool, AccessError> {
        Ok(self.grants(person)?.contains(grant))
    }

    /// The statement that gives a role. Refused with `SCR-ACC-014` when the person has it.
    pub fn prepare_grant(&self, person: &PersonId, grant: &Grant) -> Result<Statement, AccessError> {
        if self.has_grant(person, grant)? {
            return Err(Refusal::new(RefusalKind::Conflict, codes::HAS_ROLE).into());
        }
        Ok(grant_statement(person, grant, self.clock.now()))
    }

    /// The statements that withdraw a role and end everything that acts by it. The last
    /// administrator stays (`SCR-ACC-019`).
    pub fn prepare_revocation(
        &self,
        person: &PersonId,
        grant: &Grant,
    ) -> Result<Vec<Statement>, AccessError> {
        if !self.has_grant(person, grant)? {
            return Err(Refusal::new(RefusalKind::Conflict, codes::HAS_NOT_ROLE).into());
        }
        self.keep_an_administrator(person, grant)?;
        let delete = |table: &str| {
            statement(
                &format!("DELETE FROM {table} WHERE person = $1 AND org = $2 AND role = $3 AND place = $4"),
                grant_params(person, grant),
            )
        };
        Ok(["access_grant", "access_login", "access_token"].into_iter().map(delete).collect())
    }

    /// Whether somebody else, or the same person by another role, stays administrator when this role
    /// is withdrawn. Refused with `SCR-ACC-019`.
    pub fn keep_an_administrator(&self, person: &PersonId, grant: &Grant) -> Result<(), AccessError> {
        if grant.role != Role::Administrator {
            return Ok(());
        }
        let rows = self.rows(
            "SELECT count(*) AS n FROM access_grant g JOIN access_person p ON p.person = g.person
             WHERE g.role = 'administrator' AND p.active = 1 AND p.password <> ''
             AND NOT (g.person = $1 AND g.org = $2 AND g.role = $3 AND g.place = $4)",
            grant_params(person, grant),
        )?;
        if rows.first().map_or(Ok(0), |row| row.int("n"))? > 0 {
            return Ok(());
        }
        Err(Refusal::new(RefusalKind::Conflict, codes::LAST_ADMINISTRATOR).into())
    }

    /// How many administrators can sign in.
    pub fn administrators(&self) -> Result<i64, AccessError> {
        let rows = self.rows(
            "SELECT count(DISTINCT g.person) AS n FROM access_grant g JOIN access_person p ON p.person = g.person
             WHERE g.role = 'administrator' AND p.active = 1 AND p.password <> ''",
            Vec::new(),
        )?;
        Ok(rows.first().map_or(Ok(0), |row| row.int("n"))?)
    }

    /// Sets the language of a person's pages.
    pub fn set_language(&self, person: &PersonId, language: &str) -> Result<(), AccessError> {
        self.apply(&[statement(
            "UPDATE access_person SET language = $1 WHERE person = $2",
            vec![text(language), text(person.as_str())],
        )])
    }
}

pub(crate) fn grant_statement(person: &PersonId, grant: &Grant, now: i64) -> Statement {
    let mut params = grant_params(person, grant);
    params.push(Param::Int(now));
    statement(
        "INSERT INTO access_grant (person, org, role, place, granted_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT DO NOTHING",
        params,
    )
}

pub(crate) fn grant_params(person: &PersonId, grant: &Grant) -> Vec<Param> {
    vec![
        text(person.as_str()),
        text(grant.org.as_str()),
        text(grant.role.as_str()),
        text(grant.place.clone().unwrap_or_default()),
    ]
}

/// The grant in a row's columns `org`, `role` and `place`.
pub(crate) fn grant_at(row: &Row) -> Result<Grant, AccessError> {
    let (role, place) = (row.text("role")?, row.text("place")?);
    Ok(Grant {
        org: OrgId::new(row.text("org")?).map_err(|e| AccessError::fault(&e))?,
        role: Role::parse(role).ok_or_else(|| AccessError::Fault(format!("no role is called {role:?}")))?,
        place: (!place.is_empty()).then(|| place.to_owned()),
    })
}

pub(crate) fn person_id(text: &str) -> Result<PersonId, AccessError> {
    PersonId::new(text).map_err(|e| AccessError::fault(&e))
}

fn person_of(row: &Row) -> Result<Person, AccessError> {
    Ok(Person {
        id: person_id(row.text("person")?)?,
        name: row.text("name")?.to_owned(),
        email: row.text("email")?.to_owned(),
        language: row.text("language")?.to_owned(),
        accepted: !row.text("password")?.is_empty(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_names_have_a_form() {
        assert_eq!(check_email(" Ada@EMB.example ").unwrap(), "ada@emb.example");
        for wrong in ["", "ada", "ada@", "@emb.example", "a@b", "a b@c.d", "a@b@c.d", "a@b..c", "a@-b.c\n"] {
            assert_eq!(check_email(wrong).unwrap_err().code, "SCR-ACC-012", "{wrong:?}");
        }
        assert_eq!(check_name("  آدا لوفليس ").unwrap(), "آدا لوفليس");
        for wrong in ["", "  ", "a\u{0}b", &"x".repeat(121)] {
            assert_eq!(check_name(wrong).unwrap_err().code, "SCR-ACC-013");
        }
    }
}
