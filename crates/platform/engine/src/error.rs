//! What can go wrong: refusals, which people can mend, and faults, which they cannot.

use scr_core::{Refusal, RefusalKind};
use scr_objects::{ObjectsError, Trouble};
use scr_vault::VaultError;

/// A bug or a failing disk. Pages show the id; the log has the rest.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("internal error {id}")]
pub struct Fault {
    /// Finds the message in the log.
    pub id: String,
    /// The code where the store of objects cannot be reached or used: it may pass, and the rest goes on.
    pub away: Option<&'static str>,
}

impl Fault {
    /// Logs what happened under a new id.
    pub fn log(what: &dyn std::fmt::Display) -> Self {
        // The id only has to find one line of the log: a hash of the message and a counter will do.
        static COUNT: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
        let count = COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let hash = scr_canon::sha256(format!("{count} {what}").as_bytes()).to_hex();
        let id = hash.chars().take(12).collect::<String>();
        tracing::error!(fault = %id, "{what}");
        Self { id, away: None }
    }
}

/// Why an act was not recorded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ActError {
    /// The person can mend it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Nobody can but the operator.
    #[error(transparent)]
    Fault(#[from] Fault),
}

macro_rules! faults {
    ($($error:ty),+ $(,)?) => {$(
        impl From<$error> for Fault {
            fn from(error: $error) -> Self {
                Self::log(&error)
            }
        }
        impl From<$error> for ActError {
            fn from(error: $error) -> Self {
                Self::Fault(Fault::log(&error))
            }
        }
    )+};
}

faults!(rusqlite::Error, scr_ledger::ReadError, scr_entry::DraftError, crate::view::ViewFault,);

impl From<VaultError> for Fault {
    fn from(error: VaultError) -> Self {
        Self::log(&error)
    }
}

impl From<ObjectsError> for Fault {
    fn from(error: ObjectsError) -> Self {
        Self { away: error.is_away().then(|| error.trouble.code()), ..Self::log(&error) }
    }
}

impl From<ObjectsError> for ActError {
    fn from(error: ObjectsError) -> Self {
        if error.trouble == Trouble::Full || error.is_away() {
            tracing::error!(%error, "an object was not kept");
            return Refusal::new(RefusalKind::Unavailable, error.trouble.code()).into();
        }
        Self::Fault(Fault::log(&error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_pass_is_a_refusal_and_every_other_failure_a_fault() {
        let error = |trouble| ActError::from(ObjectsError { what: "write".to_owned(), trouble });
        for (trouble, code) in [
            (Trouble::Full, "SCR-ENG-006"),
            (Trouble::Away, "SCR-OBJ-001"),
            (Trouble::Refused, "SCR-OBJ-002"),
        ] {
            assert!(matches!(error(trouble), ActError::Refused(refusal) if refusal.code == code));
        }
        assert!(matches!(error(Trouble::Altered), ActError::Fault(fault) if fault.away.is_none()));
        for (error, code) in [
            (VaultError::Full, "SCR-ENG-006"),
            (VaultError::OtherMaster { generation: 1 }, "SCR-ENG-013"),
            (VaultError::Busy, "SCR-ENG-014"),
            (VaultError::Rotated, "SCR-ENG-015"),
        ] {
            assert!(matches!(ActError::from(error), ActError::Refused(refusal) if refusal.code == code));
        }
        assert!(matches!(ActError::from(VaultError::Integrity), ActError::Fault(_)));
    }
}
