//! What can go wrong with the store of objects.

use std::io::ErrorKind;

/// The object store failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: {what}", self.trouble.code())]
pub struct ObjectsError {
    /// In words, without secrets.
    pub what: String,
    /// What kind of failure it is.
    pub trouble: Trouble,
}

/// Who can do something about a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// There is no room left: the operator can mend that, and nothing was kept.
    Full,
    /// The store does not answer, or answers with failures only. It may pass.
    Away,
    /// The store answers, and lets this program do nothing: credentials, bucket or region are wrong.
    Refused,
    /// Under this name stand other bytes than the name says.
    Altered,
    /// Anything else: a failing disk, an object that is larger than it may be.
    Other,
}

impl Trouble {
    /// The stable code (docs/reference/errors/obj.md).
    pub fn code(self) -> &'static str {
        match self {
            Self::Full => "SCR-ENG-006",
            Self::Away => "SCR-OBJ-001",
            Self::Refused => "SCR-OBJ-002",
            Self::Altered => "SCR-OBJ-003",
            Self::Other => "SCR-OBJ-004",
        }
    }
}

impl ObjectsError {
    pub(crate) fn new(trouble: Trouble, what: impl Into<String>) -> Self {
        Self { what: what.into(), trouble }
    }

    pub(crate) fn other(what: impl Into<String>) -> Self {
        Self::new(Trouble::Other, what)
    }

    /// Whether the store cannot be reached or used, so that what needs it waits.
    pub fn is_away(&self) -> bool {
        matches!(self.trouble, Trouble::Away | Trouble::Refused)
    }
}

impl From<std::io::Error> for ObjectsError {
    fn from(error: std::io::Error) -> Self {
        let full = [ErrorKind::StorageFull, ErrorKind::QuotaExceeded, ErrorKind::FileTooLarge];
        let trouble = match error.kind() {
            kind if full.contains(&kind) => Trouble::Full,
            ErrorKind::ConnectionAborted => Trouble::Away,
            _ => Trouble::Other,
        };
        Self::new(trouble, error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `/dev/full` gives the error of a full disk (full(4)).
    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_is_told_apart() {
        let error = std::fs::write("/dev/full", b"x").unwrap_err();
        assert_eq!(ObjectsError::from(error).trouble, Trouble::Full);
        let error = std::fs::read("/no/such/file").unwrap_err();
        assert_eq!(ObjectsError::from(error).trouble, Trouble::Other);
    }
}
