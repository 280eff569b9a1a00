//! One-time links: for the first administrator, for invitations, for a new password.

use crate::access::{Access, AccessError};
use crate::codes;
use crate::grant::Grant;
use crate::password::check_password;
use crate::people::{Person, check_email, check_name, grant_statement, person_id};
use crate::tables::{statement, text};
use crate::token::{Secret, stored};
use scr_core::{Actor, OrgId, PersonId, Refusal, RefusalKind, Role};
use scr_ledger::{Param, Statement};

/// Whom to invite, and for what.
#[derive(Debug, Clone)]
pub struct Invite {
    /// Name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Language of the invitation and the pages.
    pub language: String,
    /// Roles to give. They take effect at once, but serve only who has accepted.
    pub grants: Vec<Grant>,
}

/// An invitation that takes effect with its statements.
#[derive(Debug, Clone)]
pub struct Invitation {
    /// Who is invited: a new id, or the person who has this e-mail address already.
    pub person: PersonId,
    /// The secret of the link; `None` when the person has a password already.
    pub link: Option<Secret>,
    /// The roles that are new.
    pub grants: Vec<Grant>,
    /// What to apply together with the recorded event.
    pub statements: Vec<Statement>,
}

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InviteKind {
    /// The first administrator of an installation.
    First,
    /// Somebody who was invited, or who needs a new password.
    Person,
}

/// A link that may still be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenInvitation {
    /// What it is for.
    pub kind: InviteKind,
    /// Whom it is for; nobody yet for the first administrator.
    pub person: Option<Person>,
    /// Until when, in seconds since 1970, UTC.
    pub expires_at: i64,
}

/// What the first administrator fills in.
#[derive(Debug, Clone, Copy)]
pub struct FirstAdministrator<'a> {
    /// Name.
    pub name: &'a str,
    /// E-mail address.
    pub email: &'a str,
    /// Language of the pages.
    pub language: &'a str,
    /// The new password.
    pub password: &'a str,
    /// The organisation that runs the installation.
    pub org: &'a OrgId,
}

impl Access {
    /// The first administrator's link, made by `scrutineer init`; `None` when there is an
    /// administrator. An earlier link stops working.
    pub fn first_link(&self) -> Result<Option<Secret>, AccessError> {
        if self.administrators()? > 0 {
            return Ok(None);
        }
        let secret = Secret::new("", &*self.entropy);
        self.apply(&[
            statement("DELETE FROM access_invitation WHERE kind = 'first'", Vec::new()),
            self.link_statement(&secret, "first", "")?,
        ])?;
        Ok(Some(secret))
    }

    /// Prepares an invitation. Refused with `SCR-ACC-012`, `-013`, or `-014` when the person has all
    /// the roles already.
    pub fn prepare_invitation(&self, invite: &Invite) -> Result<Invitation, AccessError> {
        let email = check_email(&invite.email)?;
        let name = check_name(&invite.name)?;
        let known = self.person_by_email(&email)?;
        let held = known.as_ref().map_or(Ok(Vec::new()), |person| self.grants(&person.id))?;
        let grants: Vec<Grant> = invite.grants.iter().filter(|g| !held.contains(g)).cloned().collect();
        if grants.is_empty() {
            return Err(Refusal::new(RefusalKind::Conflict, codes::HAS_ROLE).on("role").into());
        }
        let mut statements = Vec::new();
        let (person, accepted) = match known {
            Some(person) => (person.id, person.accepted),
            None => {
                let id = person_id(&self.new_id())?;
                statements.push(self.person_statement(&id, &email, &name, &invite.language, ""));
                (id, false)
            }
        };
        statements.extend(grants.iter().map(|grant| grant_statement(&person, grant, self.clock.now())));
        let link = (!accepted).then(|| Secret::new("", &*self.entropy));
        if let Some(secret) = &link {
            statements.push(self.link_statement(secret, "person", person.as_str())?);
        }
        Ok(Invitation { person, link, grants, statements })
    }

    /// A new link for somebody who has forgotten the password or lost the invitation. Earlier links
    /// of the person stop working.
    pub fn prepare_link(&self, person: &PersonId) -> Result<(Secret, Vec<Statement>), AccessError> {
        let secret = Secret::new("", &*self.entropy);
        let statements = vec![
            statement("DELETE FROM access_invitation WHERE person = $1", vec![text(person.as_str())]),
            self.link_statement(&secret, "person", person.as_str())?,
        ];
        Ok((secret, statements))
    }

    /// What a link is for. Refused with `SCR-ACC-008` when it is unknown, used or too old.
    pub fn open_invitation(&self, link: &str) -> Result<OpenInvitation, AccessError> {
        let refused = || Refusal::new(RefusalKind::NotFound, codes::LINK_INVALID);
        let token = stored("invitation", link).ok_or_else(refused)?;
        let rows = self.rows(
            "SELECT kind, person, expires_at FROM access_invitation
             WHERE token = $1 AND expires_at >= $2",
            vec![text(token), Param::Int(self.clock.now())],
        )?;
        let row = rows.first().ok_or_else(refused)?;
        let first = row.text("kind")? == "first";
        if first && self.administrators()? > 0 {
            return Err(refused().into());
        }
        let person = if first { None } else { self.person(&person_id(row.text("person")?)?)? };
        let kind = if first { InviteKind::First } else { InviteKind::Person };
        Ok(OpenInvitation { kind, person, expires_at: row.int("expires_at")? })
    }

    /// Uses an invitation: sets the password and ends every earlier login of the person.
    pub fn accept(&self, link: &str, password: &str) -> Result<PersonId, AccessError> {
        let refused = || Refusal::new(RefusalKind::NotFound, codes::LINK_INVALID);
        let person = self.open_invitation(link)?.person.ok_or_else(refused)?;
        check_password(password, &[&person.name, &person.email])?;
        let hash = self.hasher.hash(password, &*self.entropy)?;
        let token = stored("invitation", link).ok_or_else(refused)?;
        let id = || text(person.id.as_str());
        let changed = self.change(&[
            statement(
                "UPDATE access_person SET password = $1 WHERE person = $2 AND EXISTS
                 (SELECT 1 FROM access_invitation WHERE token = $3)",
                vec![text(hash), id(), text(token)],
            ),
            statement("DELETE FROM access_invitation WHERE person = $1", vec![id()]),
            statement("DELETE FROM access_login WHERE person = $1", vec![id()]),
        ])?;
        // Two requests with one link: the second finds it gone.
        if changed.first() == Some(&1) { Ok(person.id) } else { Err(refused().into()) }
    }

    /// Prepares the first administrator: who will act, and what to apply with the events that create
    /// the organisation and give the role.
    pub fn prepare_first(
        &self,
        link: &str,
        form: &FirstAdministrator<'_>,
    ) -> Result<(Actor, Vec<Statement>), AccessError> {
        if self.open_invitation(link)?.kind != InviteKind::First {
            return Err(Refusal::new(RefusalKind::NotFound, codes::LINK_INVALID).into());
        }
        let name = check_name(form.name)?;
        let email = check_email(form.email)?;
        check_password(form.password, &[&name, &email, form.org.as_str()])?;
        let hash = self.hasher.hash(form.password, &*self.entropy)?;
        let person = person_id(&self.new_id())?;
        let grant = Grant { org: form.org.clone(), role: Role::Administrator, place: None };
        let statements = vec![
            self.person_statement(&person, &email, &name, form.language, &hash),
            grant_statement(&person, &grant, self.clock.now()),
            statement("DELETE FROM access_invitation WHERE kind = 'first'", Vec::new()),
        ];
        Ok((grant.actor(&person), statements))
    }

    fn person_statement(
        &self,
        id: &PersonId,
        email: &str,
        name: &str,
        language: &str,
        password: &str,
    ) -> Statement {
        statement(
            "INSERT INTO access_person (person, email, name, language, password, active, created_at)
             VALUES ($1, $2, $3, $4, $5, 1, $6) ON CONFLICT DO NOTHING",
            vec![
                text(id.as_str()),
                text(email),
                text(name),
                text(language),
                text(password),
                Param::Int(self.clock.now()),
            ],
        )
    }

    fn link_statement(&self, secret: &Secret, kind: &str, person: &str) -> Result<Statement, AccessError> {
        let token = stored("invitation", secret.reveal())
            .ok_or_else(|| AccessError::Fault("a new secret has an unexpected form".to_owned()))?;
        let now = self.clock.now();
        Ok(statement(
            "INSERT INTO access_invitation (token, kind, person, created_at, expires_at)
             VALUES ($1, $2, $3, $4, $5)",
            vec![
                text(token),
                text(kind),
                text(person),
                Param::Int(now),
                Param::Int(now + self.settings.invitation_seconds),
            ],
        ))
    }
}
