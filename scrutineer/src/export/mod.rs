//! The public site as files for any web server, cache or bucket.

mod address;
mod crawl;
mod folder;
mod links;
mod log;
mod serving;

pub(crate) use crawl::{Crawl, Rules};
pub(crate) use folder::{Staged, check};
pub(crate) use log::{continues, first_look};

/// Why there is no copy.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Trouble {
    /// The server could not be read.
    #[error("{0}")]
    Source(String),
    /// The folder holds something else.
    #[error("{0}")]
    Other(String),
    /// More than the limit.
    #[error("the site has more than {0} pages and files")]
    TooMany(usize),
    /// The server's log cannot be copied.
    #[error("the log cannot be copied: {0}")]
    NoLog(String),
    /// The folder cannot be written.
    #[error("{0}")]
    Own(String),
    /// A file is not what the list says.
    #[error("{0}")]
    Damaged(String),
    /// Another process makes a copy there.
    #[error("another export into {0} is under way")]
    Busy(String),
    /// The server has another record than the one that the folder holds.
    #[error("{0}")]
    Departs(String),
}

impl Trouble {
    /// The stable code (docs/reference/errors/export.md).
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Source(_) => "SCR-EXPORT-001",
            Self::Other(_) => "SCR-EXPORT-002",
            Self::TooMany(_) => "SCR-EXPORT-003",
            Self::NoLog(_) => "SCR-EXPORT-004",
            Self::Own(_) => "SCR-EXPORT-005",
            Self::Damaged(_) => "SCR-EXPORT-006",
            Self::Busy(_) => "SCR-EXPORT-007",
            Self::Departs(_) => "SCR-EXPORT-008",
        }
    }
}
