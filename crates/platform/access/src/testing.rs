//! An [`Access`] for tests of everything that needs a login.

use crate::access::{Access, AccessError, Settings};
use crate::grant::Grant;
use crate::invitations::Invite;
use crate::logins::{SignIn, SignedIn};
use scr_core::{Clock, Entropy, FixedClock, OrgId, PersonId, Role, SeededEntropy};
use scr_store::Store;
use std::path::Path;
use std::sync::Arc;

/// A password that the rules accept.
pub const PASSWORD: &str = "seven lamps on the quay";

/// An [`Access`] with a clock that stands still.
pub struct TestAccess {
    /// The access.
    pub access: Arc<Access>,
    /// Its clock.
    pub clock: Arc<FixedClock>,
}

impl TestAccess {
    /// Nobody yet, in `record.db` of a folder that the caller keeps. `now` is in seconds since 1970,
    /// UTC.
    pub fn new(folder: &Path, now: i64) -> Result<Self, AccessError> {
        Self::with(folder, now, Settings::for_origin("http://localhost:8080"))
    }

    /// Nobody yet, with these settings.
    pub fn with(folder: &Path, now: i64, settings: Settings) -> Result<Self, AccessError> {
        let clock = Arc::new(FixedClock::at(now));
        let access = Access::open(
            Store::open_sqlite(&folder.join("record.db"))?,
            settings,
            Arc::clone(&clock) as Arc<dyn Clock>,
            Arc::new(SeededEntropy::new(11)) as Arc<dyn Entropy>,
        )?;
        Ok(Self { access: Arc::new(access), clock })
    }

    /// A person with this role and the password [`PASSWORD`]; the e-mail address is
    /// `<role>@<org>.example`.
    pub fn person(&self, role: Role, org: &OrgId) -> Result<PersonId, AccessError> {
        let prepared = self.access.prepare_invitation(&Invite {
            name: format!("Test {}", role.as_str()),
            email: format!("{}@{org}.example", role.as_str()),
            language: "en".to_owned(),
            grants: vec![Grant { org: org.clone(), role, place: None }],
        })?;
        self.access.apply(&prepared.statements)?;
        if let Some(link) = &prepared.link {
            self.access.accept(link.reveal(), PASSWORD)?;
        }
        Ok(prepared.person)
    }

    /// Makes such a person and signs them in.
    pub fn signed_in(&self, role: Role, org: &OrgId) -> Result<SignedIn, AccessError> {
        self.person(role, org)?;
        let email = format!("{}@{org}.example", role.as_str());
        self.access.sign_in(&SignIn { email: &email, password: PASSWORD, address: "192.0.2.1" })
    }
}
