//! The gate of the site, over the people of this installation and the boards of its audits.

use scr_access::{Access, AccessError, Login};
use scr_core::{BoardLogin, Refusal, RefusalKind};
use scr_engine::{ActError, Fault};
use scr_web::{Gate, LoginInfo, PasskeyQuestion, Proof, Secret};
use std::any::Any;
use std::sync::Arc;

/// Logins, confirmations and bearer tokens over [`Access`].
pub struct Door(pub Arc<Access>);

impl Gate for Door {
    fn login(&self, token: &str) -> Option<LoginInfo> {
        self.of_cookie(token).map(info)
    }

    fn look(&self, secret: &Secret) -> Result<Option<LoginInfo>, Fault> {
        let found = match secret {
            Secret::Cookie(token) => self.0.login(token),
            Secret::Bearer(token) => self.0.bearer(token),
        };
        match found {
            Ok(login) => Ok(login.map(info)),
            Err(AccessError::Refused(_)) => Ok(None),
            Err(AccessError::Fault(what)) => Err(Fault::log(&what)),
        }
    }

    fn board(&self, token: &str) -> Result<Option<BoardLogin>, Fault> {
        match self.0.board_of(token) {
            Ok(board) => Ok(board),
            Err(AccessError::Refused(_)) => Ok(None),
            Err(AccessError::Fault(what)) => Err(Fault::log(&what)),
        }
    }

    fn is_fresh(&self, token: &str) -> bool {
        self.of_cookie(token).is_some_and(|login| self.0.require_fresh(&login).is_ok())
    }

    fn confirm(&self, token: &str, proof: &Proof, address: &str) -> Result<(), ActError> {
        let login = self.0.login(token).map_err(act_error)?.ok_or_else(no_login)?;
        let confirmed = match proof {
            Proof::Password(password) => self.0.confirm(&login, password, address),
            Proof::Passkey { challenge, answer } => {
                self.0.finish_passkey_confirmation(&login, challenge, answer)
            }
        };
        confirmed.map_err(act_error)
    }

    fn ask_passkey(&self, token: &str) -> Option<PasskeyQuestion> {
        let login = self.of_cookie(token)?;
        let start = self.0.start_passkey_confirmation(&login).ok()?;
        Some(PasskeyQuestion {
            challenge: start.challenge.reveal().to_owned(),
            options: start.options.to_string(),
        })
    }

    fn behind(&self) -> Option<&(dyn Any + Send + Sync)> {
        Some(&self.0)
    }
}

impl Door {
    fn of_cookie(&self, token: &str) -> Option<Login> {
        self.0.login(token).map_err(|error| Fault::log(&error)).ok().flatten()
    }
}

fn info(login: Login) -> LoginInfo {
    LoginInfo { actor: login.actor, name: login.name, organisation: login.organisation }
}

/// The login has ended between two steps of one request.
pub(crate) fn no_login() -> Refusal {
    Refusal::new(RefusalKind::Forbidden, "SCR-ACC-017")
}

/// A refusal stays one; a fault goes to the server's log.
pub(crate) fn act_error(error: AccessError) -> ActError {
    match error {
        AccessError::Refused(refusal) => refusal.into(),
        AccessError::Fault(what) => Fault::log(&what).into(),
    }
}
