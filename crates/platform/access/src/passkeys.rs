//! Passkeys (Web Authentication Level 3): an enhancement over passwords, for signing in and for
//! confirming signing acts. Challenges are random bytes of the library's own generator, kept here
//! on the server, good once and for five minutes.

use crate::access::{Access, AccessError};
use crate::codes;
use crate::limits::Limit;
use crate::logins::{Login, SignedIn};
use crate::people::{check_name, person_id};
use crate::tables::{statement, text};
use crate::token::{Secret, stored};
use scr_canon::sha256;
use scr_core::{PersonId, Refusal, RefusalKind};
use scr_ledger::Param;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use webauthn_rs::Webauthn;
use webauthn_rs::prelude::{
    AuthenticationResult, DiscoverableAuthentication, Passkey, PasskeyAuthentication, PasskeyRegistration,
    PublicKeyCredential, RegisterPublicKeyCredential, Uuid,
};

/// Most passkeys of one person.
const MOST: usize = 20;
/// How long a challenge is good for.
const CHALLENGE_SECONDS: i64 = 300;
/// Longest answer of an authenticator that is read, in bytes.
const MAX_ANSWER: usize = 32 * 1024;

/// What the page's script needs to ask the authenticator.
#[derive(Debug, Clone)]
pub struct PasskeyStart {
    /// Comes back with the answer.
    pub challenge: Secret,
    /// `PublicKeyCredentialCreationOptions` or `…RequestOptions` as JSON (`{"publicKey": …}`).
    pub options: Value,
}

/// A passkey as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasskeyInfo {
    /// Its credential id, base64url.
    pub credential: String,
    /// What the owner calls it.
    pub label: String,
    /// When it was added, in seconds since 1970, UTC.
    pub created_at: i64,
    /// When it was last used; `None` when never.
    pub used_at: Option<i64>,
}

impl Access {
    /// Whether passkeys can be used: the site must be reached by a host name.
    pub fn has_passkeys(&self) -> bool {
        self.webauthn.is_some()
    }

    /// Begins to add a passkey. Refused with `SCR-ACC-009` (confirm first), `-016`, `-020`.
    pub fn start_passkey(&self, login: &Login) -> Result<PasskeyStart, AccessError> {
        self.require_fresh(login)?;
        let person = &login.actor.person;
        let held = self.held_passkeys(person)?;
        if held.len() >= MOST {
            return Err(Refusal::new(RefusalKind::Conflict, codes::TOO_MANY_KEYS).with("max", MOST).into());
        }
        let ids = held.iter().map(|passkey| passkey.cred_id().clone()).collect();
        let (options, state) = self
            .relying_party()?
            .start_passkey_registration(user_handle(person), &login.name, &login.name, Some(ids))
            .map_err(|e| AccessError::fault(&e))?;
        let mut options = serde_json::to_value(options).map_err(|e| AccessError::fault(&e))?;
        // A discoverable passkey signs in without an e-mail address, so nobody learns which
        // accounts exist; authenticators that cannot store one still serve for confirming.
        if let Some(selection) = options.pointer_mut("/publicKey/authenticatorSelection") {
            selection["residentKey"] = Value::from("preferred");
        }
        Ok(PasskeyStart { challenge: self.keep("add", person.as_str(), &state)?, options })
    }

    /// Adds the passkey that answered. Refused with `SCR-ACC-013` (label) or `-015`.
    pub fn finish_passkey(
        &self,
        login: &Login,
        challenge: &str,
        label: &str,
        answer: &str,
    ) -> Result<(), AccessError> {
        let label = check_name(label).map_err(|refusal| refusal.on("label"))?;
        let (person, state): (_, PasskeyRegistration) = self.recall("add", challenge)?;
        if person != login.actor.person.as_str() {
            return Err(not_accepted().into());
        }
        let answer: RegisterPublicKeyCredential = parse(answer)?;
        let passkey =
            self.relying_party()?.finish_passkey_registration(&answer, &state).map_err(|e| logged(&e))?;
        let json = serde_json::to_string(&passkey).map_err(|e| AccessError::fault(&e))?;
        let changed = self.change(&[statement(
            "INSERT INTO access_passkey (credential, person, label, passkey, created_at, used_at)
             VALUES ($1, $2, $3, $4, $5, 0) ON CONFLICT DO NOTHING",
            vec![
                text(credential_text(passkey.cred_id())),
                text(person),
                text(label),
                text(json),
                Param::Int(self.clock.now()),
            ],
        )])?;
        // A credential belongs to one account only (Web Authentication section 7.1, step 26).
        if changed.first() == Some(&1) { Ok(()) } else { Err(not_accepted().into()) }
    }

    /// Begins to sign in: any passkey of this site may answer.
    pub fn start_passkey_sign_in(&self, address: &str) -> Result<PasskeyStart, AccessError> {
        self.take(&format!("passkey address {address}"), Limit::ADDRESS)?;
        let (options, state) =
            self.relying_party()?.start_discoverable_authentication().map_err(|e| AccessError::fault(&e))?;
        let mut options = serde_json::to_value(options).map_err(|e| AccessError::fault(&e))?;
        if let Some(fields) = options.as_object_mut() {
            // The page decides between a button and the browser's own suggestion.
            fields.remove("mediation");
        }
        Ok(PasskeyStart { challenge: self.keep("sign-in", "", &state)?, options })
    }

    /// Signs in the owner of the passkey that answered. Refused with `SCR-ACC-015` or `-017`.
    pub fn finish_passkey_sign_in(&self, challenge: &str, answer: &str) -> Result<SignedIn, AccessError> {
        let (_, state): (_, DiscoverableAuthentication) = self.recall("sign-in", challenge)?;
        let answer: PublicKeyCredential = parse(answer)?;
        let relying_party = self.relying_party()?;
        let (handle, credential) =
            relying_party.identify_discoverable_authentication(&answer).map_err(|e| logged(&e))?;
        let rows = self.rows(
            "SELECT k.person, k.passkey FROM access_passkey k
             JOIN access_person p ON p.person = k.person AND p.active = 1 WHERE k.credential = $1",
            vec![text(credential_text(credential))],
        )?;
        let row = rows.first().ok_or_else(not_accepted)?;
        let person = person_id(row.text("person")?)?;
        if user_handle(&person) != handle {
            return Err(not_accepted().into());
        }
        let passkey: Passkey =
            serde_json::from_str(row.text("passkey")?).map_err(|e| AccessError::fault(&e))?;
        let result = relying_party
            .finish_discoverable_authentication_v2(&answer, state, &passkey)
            .map_err(|e| logged(&e))?;
        self.used(passkey, &result)?;
        self.new_login(&person, None)
    }

    /// Begins to confirm with a passkey that it is still the same person.
    pub fn start_passkey_confirmation(&self, login: &Login) -> Result<PasskeyStart, AccessError> {
        let held = self.held_passkeys(&login.actor.person)?;
        if held.is_empty() {
            return Err(not_accepted().into());
        }
        let (options, state) =
            self.relying_party()?.start_passkey_authentication(&held).map_err(|e| AccessError::fault(&e))?;
        let options = serde_json::to_value(options).map_err(|e| AccessError::fault(&e))?;
        Ok(PasskeyStart { challenge: self.keep("confirm", login.actor.person.as_str(), &state)?, options })
    }

    /// Confirms with the passkey that answered. Refused with `SCR-ACC-015`.
    pub fn finish_passkey_confirmation(
        &self,
        login: &Login,
        challenge: &str,
        answer: &str,
    ) -> Result<(), AccessError> {
        let (person, state): (_, PasskeyAuthentication) = self.recall("confirm", challenge)?;
        if person != login.actor.person.as_str() {
            return Err(not_accepted().into());
        }
        let answer: PublicKeyCredential = parse(answer)?;
        let result =
            self.relying_party()?.finish_passkey_authentication(&answer, &state).map_err(|e| logged(&e))?;
        let held = self.held_passkeys(&login.actor.person)?;
        let passkey = held.into_iter().find(|held| held.cred_id() == result.cred_id());
        // It may have been removed between question and answer.
        self.used(passkey.ok_or_else(not_accepted)?, &result)?;
        self.mark_verified(login)
    }

    /// A person's passkeys, oldest first.
    pub fn passkeys(&self, person: &PersonId) -> Result<Vec<PasskeyInfo>, AccessError> {
        let rows = self.rows(
            "SELECT credential, label, created_at, used_at FROM access_passkey
             WHERE person = $1 ORDER BY created_at, credential",
            vec![text(person.as_str())],
        )?;
        rows.iter()
            .map(|row| {
                Ok(PasskeyInfo {
                    credential: row.text("credential")?.to_owned(),
                    label: row.text("label")?.to_owned(),
                    created_at: row.int("created_at")?,
                    used_at: Some(row.int("used_at")?).filter(|at| *at > 0),
                })
            })
            .collect()
    }

    /// Removes one of the person's own passkeys. The password stays.
    pub fn remove_passkey(&self, person: &PersonId, credential: &str) -> Result<(), AccessError> {
        self.apply(&[statement(
            "DELETE FROM access_passkey WHERE person = $1 AND credential = $2",
            vec![text(person.as_str()), text(credential)],
        )])
    }

    fn relying_party(&self) -> Result<&Webauthn, Refusal> {
        self.webauthn.as_ref().ok_or_else(|| Refusal::new(RefusalKind::Unavailable, codes::NO_PASSKEYS))
    }

    fn held_passkeys(&self, person: &PersonId) -> Result<Vec<Passkey>, AccessError> {
        let rows = self.rows(
            "SELECT passkey FROM access_passkey WHERE person = $1 ORDER BY created_at, credential",
            vec![text(person.as_str())],
        )?;
        rows.iter()
            .map(|row| serde_json::from_str(row.text("passkey")?).map_err(|e| AccessError::fault(&e)))
            .collect()
    }

    /// Stores the new counter, and that the passkey was used.
    fn used(&self, mut passkey: Passkey, result: &AuthenticationResult) -> Result<(), AccessError> {
        passkey.update_credential(result);
        let json = serde_json::to_string(&passkey).map_err(|e| AccessError::fault(&e))?;
        self.apply(&[statement(
            "UPDATE access_passkey SET passkey = $1, used_at = $2 WHERE credential = $3",
            vec![text(json), Param::Int(self.clock.now()), text(credential_text(passkey.cred_id()))],
        )])
    }

    fn keep(&self, kind: &str, person: &str, state: &impl Serialize) -> Result<Secret, AccessError> {
        let secret = Secret::new("", &*self.entropy);
        let state = serde_json::to_string(state).map_err(|e| AccessError::fault(&e))?;
        self.apply(&[statement(
            "INSERT INTO access_challenge (token, kind, person, state, expires_at)
             VALUES ($1, $2, $3, $4, $5)",
            vec![
                text(stored("challenge", secret.reveal()).unwrap_or_default()),
                text(kind),
                text(person),
                text(state),
                Param::Int(self.clock.now() + CHALLENGE_SECONDS),
            ],
        )])?;
        Ok(secret)
    }

    /// Takes a challenge out: it is good once.
    fn recall<T: DeserializeOwned>(&self, kind: &str, challenge: &str) -> Result<(String, T), AccessError> {
        let token = stored("challenge", challenge).ok_or_else(not_accepted)?;
        let rows = self.rows(
            "DELETE FROM access_challenge WHERE token = $1 AND kind = $2 RETURNING person, state, expires_at",
            vec![text(token), text(kind)],
        )?;
        let row = rows.first().ok_or_else(not_accepted)?;
        if row.int("expires_at")? < self.clock.now() {
            return Err(not_accepted().into());
        }
        let state = serde_json::from_str(row.text("state")?).map_err(|e| AccessError::fault(&e))?;
        Ok((row.text("person")?.to_owned(), state))
    }
}

fn parse<T: DeserializeOwned>(answer: &str) -> Result<T, Refusal> {
    if answer.len() > MAX_ANSWER {
        return Err(not_accepted());
    }
    serde_json::from_str(answer).map_err(|e| logged(&e))
}

fn not_accepted() -> Refusal {
    Refusal::new(RefusalKind::Forbidden, codes::PASSKEY)
}

/// The reason goes to the operator's log; the person only learns that it was not accepted.
fn logged(reason: &dyn std::fmt::Display) -> Refusal {
    tracing::info!("a passkey was not accepted: {reason}");
    not_accepted()
}

/// The user handle: opaque, and not the id that stands in the record.
fn user_handle(person: &PersonId) -> Uuid {
    let hash = sha256(format!("scrutineer/passkey-user/v1\n{person}").as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.0[..16]);
    Uuid::from_bytes(bytes)
}

fn credential_text(id: &[u8]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(id)
}
