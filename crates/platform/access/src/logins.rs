//! Logins: signing in and out, confirming again, changing the role.

use crate::access::{Access, AccessError};
use crate::codes;
use crate::grant::Grant;
use crate::limits::Limit;
use crate::password::check_password;
use crate::people::{check_email, grant_at, grant_params, person_id};
use crate::tables::{statement, text};
use crate::token::{Secret, stored};
use scr_canon::sha256;
use scr_core::{Actor, PersonId, Refusal, RefusalKind, Role};
use scr_ledger::Param;
use scr_store::Row;

/// `seen_at` is written at most this often, so that reading pages does not write.
const TOUCH_SECONDS: i64 = 60;

/// How a request proved who it is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Via {
    /// A browser's cookie.
    Page,
    /// A bearer token: a program.
    Token,
}

/// Somebody who has signed in, acting in exactly one role. Another role is another login.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Login {
    /// Who acts, for whom, in what role.
    pub actor: Actor,
    /// The person's name, for the page's head; never recorded.
    pub name: String,
    /// The organisation's name, or its id where it has none.
    pub organisation: String,
    /// The person's language.
    pub language: String,
    /// How the request proved itself.
    pub via: Via,
    /// When the password or passkey was last given, in seconds since 1970, UTC.
    pub verified_at: i64,
    /// When it ends at the latest.
    pub ends_at: i64,
    /// What the tables hold of the token.
    pub(crate) token: String,
}

/// A login as its owner sees it, to end those that are not theirs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenLogin {
    /// Its id, for ending it. Nothing of the secret can be learnt from it.
    pub id: String,
    /// What it acts as.
    pub grant: Grant,
    /// When it began, in seconds since 1970, UTC.
    pub signed_in_at: i64,
    /// When a page was last read with it.
    pub seen_at: i64,
    /// True for the login that asks.
    pub current: bool,
}

/// What somebody gives to sign in.
#[derive(Clone, Copy)]
pub struct SignIn<'a> {
    /// E-mail address.
    pub email: &'a str,
    /// Password.
    pub password: &'a str,
    /// The network address the request came from, for limits.
    pub address: &'a str,
}

/// A new login and the secret for its cookie.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// For the cookie.
    pub token: Secret,
    /// The login.
    pub login: Login,
}

impl Access {
    /// Signs somebody in, in the person's widest role. Refused with `SCR-ACC-004`, `-005`, `-017`,
    /// `-018`. Unknown accounts take the same steps and the same time.
    pub fn sign_in(&self, form: &SignIn<'_>) -> Result<SignedIn, AccessError> {
        let person = self.verify_password(form)?;
        self.new_login(&person, None)
    }

    /// The login of a cookie, or `None` when it has ended. Roles that were withdrawn end it.
    pub fn login(&self, cookie: &str) -> Result<Option<Login>, AccessError> {
        let Some(token) = stored("login", cookie) else { return Ok(None) };
        let rows = self.rows(
            "SELECT l.org, l.role, l.place, l.person, p.name, p.language, l.verified_at, l.signed_in_at,
                    l.seen_at, COALESCE(o.name, l.org) AS organisation
             FROM access_login l
             LEFT JOIN access_organisation o ON o.org = l.org
             JOIN access_person p ON p.person = l.person AND p.active = 1
             JOIN access_grant g ON g.person = l.person AND g.org = l.org AND g.role = l.role
                                AND g.place = l.place
             WHERE l.token = $1",
            vec![text(&token)],
        )?;
        let Some(row) = rows.first() else { return Ok(None) };
        let login = self.login_of(row, token)?;
        let (seen_at, now) = (row.int("seen_at")?, self.clock.now());
        let (idle, _) = self.durations(login.actor.role);
        if now > login.ends_at || now - seen_at > idle {
            self.sign_out(&login)?;
            return Ok(None);
        }
        if now - seen_at >= TOUCH_SECONDS {
            self.apply(&[statement(
                "UPDATE access_login SET seen_at = $1 WHERE token = $2 AND seen_at < $1",
                vec![Param::Int(now), text(&login.token)],
            )])?;
        }
        Ok(Some(login))
    }

    /// Ends a login.
    pub fn sign_out(&self, login: &Login) -> Result<(), AccessError> {
        self.apply(&[statement("DELETE FROM access_login WHERE token = $1", vec![text(&login.token)])])
    }

    /// Ends every login of a person except this one; returns how many there were.
    pub fn sign_out_elsewhere(&self, login: &Login) -> Result<u64, AccessError> {
        let changed = self.change(&[statement(
            "DELETE FROM access_login WHERE person = $1 AND token <> $2",
            vec![text(login.actor.person.as_str()), text(&login.token)],
        )])?;
        Ok(changed.first().copied().unwrap_or_default())
    }

    /// The open logins of a person, the last used first.
    pub fn logins(&self, login: &Login) -> Result<Vec<OpenLogin>, AccessError> {
        let rows = self.rows(
            "SELECT token, org, role, place, signed_in_at, seen_at FROM access_login WHERE person = $1
             ORDER BY seen_at DESC, token",
            vec![text(login.actor.person.as_str())],
        )?;
        rows.iter()
            .map(|row| {
                let token = row.text("token")?;
                Ok(OpenLogin {
                    id: login_id(token),
                    grant: grant_at(row)?,
                    signed_in_at: row.int("signed_in_at")?,
                    seen_at: row.int("seen_at")?,
                    current: token == login.token,
                })
            })
            .collect()
    }

    /// Ends one of the person's own logins, by its id.
    pub fn end_login(&self, login: &Login, id: &str) -> Result<(), AccessError> {
        let rows = self.rows(
            "SELECT token FROM access_login WHERE person = $1",
            vec![text(login.actor.person.as_str())],
        )?;
        for row in &rows {
            let token = row.text("token")?;
            if login_id(token) == id {
                self.apply(&[statement("DELETE FROM access_login WHERE token = $1", vec![text(token)])])?;
            }
        }
        Ok(())
    }

    /// Goes on in another of the person's roles: a new login takes the place of this one. Refused
    /// with `SCR-ACC-017` when the person does not have that role.
    pub fn switch_role(&self, login: &Login, grant: &Grant) -> Result<SignedIn, AccessError> {
        let new = self.new_login(&login.actor.person, Some(grant))?;
        self.apply(&[statement(
            "UPDATE access_login SET verified_at = $1 WHERE token = $2",
            vec![Param::Int(login.verified_at), text(&new.login.token)],
        )])?;
        self.sign_out(login)?;
        Ok(SignedIn { login: Login { verified_at: login.verified_at, ..new.login }, token: new.token })
    }

    /// Whether this login may sign now. Refused with `SCR-ACC-009` when the password or passkey was
    /// given too long ago, and always for a bearer token: signing needs a person.
    pub fn require_fresh(&self, login: &Login) -> Result<(), Refusal> {
        let age = self.clock.now() - login.verified_at;
        if login.via == Via::Page && (0..=self.settings.fresh_seconds).contains(&age) {
            Ok(())
        } else {
            Err(Refusal::new(RefusalKind::Forbidden, codes::CONFIRM_AGAIN))
        }
    }

    /// Confirms with the password that it is still the same person.
    pub fn confirm(&self, login: &Login, password: &str, address: &str) -> Result<(), AccessError> {
        let email = self.email_of(&login.actor.person)?;
        self.verify_password(&SignIn { email: &email, password, address })?;
        self.mark_verified(login)
    }

    /// Changes the password and ends the person's other logins. The old one is asked for.
    pub fn change_password(
        &self,
        login: &Login,
        old: &str,
        new: &str,
        address: &str,
    ) -> Result<(), AccessError> {
        let email = self.email_of(&login.actor.person)?;
        check_password(new, &[&login.name, &email])?;
        self.verify_password(&SignIn { email: &email, password: old, address })?;
        let hash = self.hasher.hash(new, &*self.entropy)?;
        self.apply(&[statement(
            "UPDATE access_person SET password = $1 WHERE person = $2",
            vec![text(hash), text(login.actor.person.as_str())],
        )])?;
        self.sign_out_elsewhere(login)?;
        self.mark_verified(login)
    }

    pub(crate) fn mark_verified(&self, login: &Login) -> Result<(), AccessError> {
        self.apply(&[statement(
            "UPDATE access_login SET verified_at = $1 WHERE token = $2",
            vec![Param::Int(self.clock.now()), text(&login.token)],
        )])
    }

    /// Makes a login in the grant given, or in the widest.
    pub(crate) fn new_login(
        &self,
        person: &PersonId,
        wanted: Option<&Grant>,
    ) -> Result<SignedIn, AccessError> {
        let grants = self.grants(person)?;
        let grant = match wanted {
            Some(wanted) => grants.into_iter().find(|grant| grant == wanted),
            None => grants.into_iter().next(),
        };
        let grant = grant.ok_or_else(|| Refusal::new(RefusalKind::Forbidden, codes::NO_ROLE))?;
        let secret = Secret::new("", &*self.entropy);
        let token = stored("login", secret.reveal()).unwrap_or_default();
        let mut params = grant_params(person, &grant);
        params.extend([text(token), Param::Int(self.clock.now())]);
        self.apply(&[statement(
            "INSERT INTO access_login
               (person, org, role, place, token, signed_in_at, seen_at, verified_at)
             VALUES ($1, $2, $3, $4, $5, $6, $6, $6)",
            params,
        )])?;
        let login = self
            .login(secret.reveal())?
            .ok_or_else(|| Refusal::new(RefusalKind::Forbidden, codes::NO_ROLE))?;
        Ok(SignedIn { token: secret, login })
    }

    /// The person to whom address and password belong; takes from the buckets before anything else.
    fn verify_password(&self, form: &SignIn<'_>) -> Result<PersonId, AccessError> {
        let refused = || Refusal::new(RefusalKind::Forbidden, codes::WRONG_PASSWORD);
        self.take(&format!("sign-in address {}", form.address), Limit::ADDRESS)?;
        let email = check_email(form.email).unwrap_or_default();
        // The buckets of unknown accounts look like those of known ones.
        let account = sha256(email.as_bytes()).to_hex();
        let here = format!("sign-in account {account} at {}", form.address);
        let everywhere = format!("sign-in account {account}");
        self.take(&here, Limit::ACCOUNT_AT_ADDRESS)?;
        self.take(&everywhere, Limit::ACCOUNT)?;
        let rows = self.rows(
            "SELECT person, password FROM access_person WHERE email = $1 AND active = 1 AND password <> ''",
            vec![text(email)],
        )?;
        let known =
            rows.first().map(|row| Ok::<_, AccessError>((row.text("person")?, row.text("password")?)));
        let known = known.transpose()?;
        let hash = known.map_or(self.nobody.as_str(), |(_, hash)| hash);
        let matches = self.hasher.verify(form.password, hash)?;
        match known {
            Some((person, _)) if matches => {
                self.refill(&here)?;
                self.refill(&everywhere)?;
                person_id(person)
            }
            _ => Err(refused().into()),
        }
    }

    fn email_of(&self, person: &PersonId) -> Result<String, AccessError> {
        let person = self.person(person)?;
        person
            .map(|person| person.email)
            .ok_or_else(|| Refusal::new(RefusalKind::Forbidden, codes::NO_ROLE).into())
    }

    fn durations(&self, role: Role) -> (i64, i64) {
        if role == Role::Viewer {
            (self.settings.viewer_idle_seconds, self.settings.viewer_login_seconds)
        } else {
            (self.settings.idle_seconds, self.settings.login_seconds)
        }
    }

    fn login_of(&self, row: &Row, token: String) -> Result<Login, AccessError> {
        let actor = grant_at(row)?.actor(&person_id(row.text("person")?)?);
        let (_, longest) = self.durations(actor.role);
        Ok(Login {
            name: row.text("name")?.to_owned(),
            organisation: row.text("organisation")?.to_owned(),
            language: row.text("language")?.to_owned(),
            via: Via::Page,
            verified_at: row.int("verified_at")?,
            ends_at: row.int("signed_in_at")? + longest,
            actor,
            token,
        })
    }
}

/// The hash of what the tables hold, which is itself a hash of the secret.
fn login_id(token: &str) -> String {
    sha256(token.as_bytes()).to_hex()[..16].to_owned()
}
