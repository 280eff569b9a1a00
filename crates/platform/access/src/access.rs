//! The one handle to everything about people and their rights.

use crate::password::Hasher;
use crate::tables::{MIGRATIONS, statement};
use scr_core::{Clock, Entropy, Refusal, uuid_v7};
use scr_ledger::{Param, Statement};
use scr_store::{Row, Store, StoreError};
use std::sync::Arc;
use webauthn_rs::prelude::Url;
use webauthn_rs::{Webauthn, WebauthnBuilder};

/// Why something was not done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AccessError {
    /// The person can mend it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// A failing database or a bug.
    #[error("{0}")]
    Fault(String),
}

impl AccessError {
    pub(crate) fn fault(what: &dyn std::fmt::Display) -> Self {
        Self::Fault(what.to_string())
    }
}

impl From<StoreError> for AccessError {
    fn from(error: StoreError) -> Self {
        Self::Fault(error.to_string())
    }
}

/// How long things last, in seconds, and under which address the site is reached.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Scheme, host and port, for instance `https://scrutineer.example`.
    pub origin: String,
    /// A login ends after so long without a page.
    pub idle_seconds: i64,
    /// A login ends after so long in any case.
    pub login_seconds: i64,
    /// The two of a viewer's login, for screens on a wall.
    pub viewer_idle_seconds: i64,
    /// See `viewer_idle_seconds`.
    pub viewer_login_seconds: i64,
    /// How long a password or passkey serves for signing acts.
    pub fresh_seconds: i64,
    /// How long an invitation is good for.
    pub invitation_seconds: i64,
}

impl Settings {
    /// The defaults: 30 minutes idle and 12 hours in all, a day idle and a week for wall screens,
    /// 5 minutes for signing acts, 7 days for invitations.
    pub fn for_origin(origin: &str) -> Self {
        Self {
            origin: origin.to_owned(),
            idle_seconds: 30 * 60,
            login_seconds: 12 * 3600,
            viewer_idle_seconds: 24 * 3600,
            viewer_login_seconds: 7 * 24 * 3600,
            fresh_seconds: 5 * 60,
            invitation_seconds: 7 * 24 * 3600,
        }
    }
}

/// People, roles, passwords, passkeys, logins, invitations and limits.
pub struct Access {
    pub(crate) store: Store,
    pub(crate) settings: Settings,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) hasher: Hasher,
    /// The hash that unknown accounts are checked against, so that they take the same time.
    pub(crate) nobody: String,
    /// What passphrases of boards are hashed with, the same on every node.
    pub(crate) board_salt: String,
    /// `None` where the site is reached by a bare address: passkeys need a host name.
    pub(crate) webauthn: Option<Webauthn>,
}

impl Access {
    /// Creates the tables where they are missing, and opens them.
    pub fn open(
        store: Store,
        settings: Settings,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> Result<Self, AccessError> {
        store.migrate("access", MIGRATIONS)?;
        let hasher = Hasher::new()?;
        let nobody = hasher.hash("nobody has this password", &*entropy)?;
        let board_salt = crate::boards::salt(&store, &*entropy)?;
        let webauthn = relying_party(&settings.origin);
        Ok(Self { store, settings, clock, entropy, hasher, nobody, board_salt, webauthn })
    }

    /// Applies statements that were prepared here, where nothing of it is to be recorded. Acts that
    /// are recorded hand them to the engine instead.
    pub fn apply(&self, statements: &[Statement]) -> Result<(), AccessError> {
        Ok(self.store.execute_all(statements)?)
    }

    /// The durations in force.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// A new pseudonymous id as text.
    pub(crate) fn new_id(&self) -> String {
        uuid_v7(&*self.clock, &*self.entropy)
    }

    pub(crate) fn rows(&self, sql: &str, params: Vec<Param>) -> Result<Vec<Row>, AccessError> {
        Ok(self.store.query(&statement(sql, params))?)
    }

    /// Runs statements in one transaction; gives how many rows each of them changed.
    pub(crate) fn change(&self, statements: &[Statement]) -> Result<Vec<u64>, AccessError> {
        self.store.transaction(|tx| statements.iter().map(|statement| Ok(tx.execute(statement)?)).collect())
    }

    /// Deletes what has ended: logins, links, challenges, passes and sessions of boards, full buckets. Called now and then.
    pub fn sweep(&self) -> Result<(), AccessError> {
        let now = self.clock.now();
        let int = Param::Int;
        let oldest = now - self.settings.viewer_login_seconds.max(self.settings.login_seconds);
        self.apply(&[
            statement("DELETE FROM access_login WHERE signed_in_at < $1", vec![int(oldest)]),
            statement("DELETE FROM access_invitation WHERE expires_at < $1", vec![int(now)]),
            statement("DELETE FROM access_challenge WHERE expires_at < $1", vec![int(now)]),
            statement("DELETE FROM access_token WHERE expires_at < $1", vec![int(now)]),
            statement("DELETE FROM access_board_session WHERE ends_at < $1", vec![int(now)]),
            statement("DELETE FROM access_board_pass WHERE ends_at < $1", vec![int(now)]),
            statement("DELETE FROM access_bucket WHERE full_at_ms < $1", vec![int(self.clock.now_ms())]),
        ])
    }
}

fn relying_party(origin: &str) -> Option<Webauthn> {
    let url = Url::parse(origin).ok()?;
    let host = url.domain()?.to_owned();
    WebauthnBuilder::new(&host, &url).ok()?.rp_name("scrutineer").build().ok()
}
