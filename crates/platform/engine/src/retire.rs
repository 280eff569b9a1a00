//! The end of a log.

use crate::engine::{Engine, NewEvent};
use crate::error::{ActError, Fault};
use crate::keys::LOG_RETIRED;
use scr_core::{Refusal, RefusalKind};
use scr_ledger::RetireError;
use scr_note::VerifierKey;
use serde_json::json;
use std::time::Duration;

impl Engine {
    /// Ends this log for ever: its last entry names the successor, and the signed statement is the
    /// answer. A log that has stopped, for instance after a rollback, ends without that entry.
    pub fn retire(&self, successor: &VerifierKey, reason: &str) -> Result<String, ActError> {
        let fault = |e: &dyn std::fmt::Display| Fault::log(&e);
        let refuse = |error: RetireError| {
            ActError::from(Refusal::new(RefusalKind::Invalid, "SCR-ENG-008").with("reason", error))
        };
        if !scr_note::retirement::is_reason(reason) {
            return Err(refuse(RetireError::Reason));
        }
        self.refuse_unsigned()?;
        if self.ledger().stopped().is_none() {
            let public = json!({"origin": self.ledger().origin(), "successor": successor.to_string(), "reason": reason});
            let event = NewEvent::about(&LOG_RETIRED, "log:origin", public);
            self.record_as_operator(&event)?;
            let size = self.ledger().reader().size()?;
            let is_signed = || -> Result<bool, Fault> {
                Ok(self.ledger().reader().checkpoint()?.is_some_and(|signed| signed.size >= size))
            };
            while self.ledger().stopped().is_none() && !is_signed()? {
                self.refuse_unsigned()?;
                std::thread::sleep(Duration::from_millis(20));
            }
        }
        let retired = self.ledger().retire(successor, reason, self.clock().now());
        retired.map_err(|error| match error {
            RetireError::Failed(_) => fault(&error).into(),
            refused => refuse(refused),
        })
    }

    fn refuse_unsigned(&self) -> Result<(), ActError> {
        match self.ledger().unsigned() {
            Some(why) => {
                Err(Refusal::new(RefusalKind::Unavailable, "SCR-ENG-012").with("reason", why).into())
            }
            None => Ok(()),
        }
    }
}
