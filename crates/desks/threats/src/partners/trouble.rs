//! Why another server gave nothing, as it is kept and said.

use serde::{Deserialize, Serialize};

/// What is wrong. Nothing in it comes from an address or a login: it is kept, logged and shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub(crate) enum Trouble {
    /// The name leads to a machine that is not on the public internet.
    #[error("its address is not on the public internet")]
    Private,
    /// Without encryption.
    #[error("its address begins with http://, and nothing is asked without encryption")]
    Plain,
    /// There is no machine of this name.
    #[error("there is no server of this name")]
    NoHost,
    /// Nobody answers.
    #[error("it cannot be reached")]
    Unreachable,
    /// Too slow.
    #[error("it answers too slowly")]
    Slow,
    /// Its certificate is not believed.
    #[error("its certificate is not valid")]
    Certificate,
    /// It does not take the login.
    #[error("it does not accept the login ({status})")]
    Login {
        /// 401 or 403.
        status: u16,
    },
    /// Nothing is there.
    #[error("there is nothing at this address (404)")]
    Missing,
    /// It asks to be left alone.
    #[error("it is busy and asks to be left alone for {seconds} s")]
    Busy {
        /// For so long.
        seconds: i64,
    },
    /// Another answer that is none.
    #[error("it answers with the error {status}")]
    Status {
        /// Which.
        status: u16,
    },
    /// It sends to another server.
    #[error("it sends us on to another server, where the login must not go")]
    Redirect,
    /// Something that is not what was asked for.
    #[error("what it sends is not of the expected kind")]
    Media,
    /// What it sends cannot be read.
    #[error("what it sends cannot be read: {why}")]
    Broken {
        /// Where and what.
        why: String,
    },
    /// The connection broke off.
    #[error("the connection broke off in the middle")]
    CutOff,
    /// Too much at once.
    #[error("it sends more than {mebibytes} MiB at once")]
    TooLarge {
        /// How much is taken.
        mebibytes: u64,
    },
    /// It leads round in circles.
    #[error("its pages lead round in a circle")]
    Loop,
    /// It says that there is more, and not how to get it.
    #[error("it says that there is more, but not how to ask for it")]
    Stuck,
    /// The community or the collection here does not take it (any more).
    #[error("it cannot be shared here ({code})")]
    Here {
        /// Why.
        code: String,
    },
    /// The login cannot be read any more.
    #[error("its login cannot be read any more; type it again")]
    Secret,
    /// This server's own fault.
    #[error("this server has failed; it tries again")]
    Own,
}

impl Trouble {
    /// Its name in texts.
    pub(crate) fn key(&self) -> &'static str {
        match self {
            Self::Private => "private",
            Self::Plain => "plain",
            Self::NoHost => "no-host",
            Self::Unreachable => "unreachable",
            Self::Slow => "slow",
            Self::Certificate => "certificate",
            Self::Login { .. } => "login",
            Self::Missing => "missing",
            Self::Busy { .. } => "busy",
            Self::Status { .. } => "status",
            Self::Redirect => "redirect",
            Self::Media => "media",
            Self::Broken { .. } => "broken",
            Self::CutOff => "cut-off",
            Self::TooLarge { .. } => "too-large",
            Self::Loop => "loop",
            Self::Stuck => "stuck",
            Self::Here { .. } => "here",
            Self::Secret => "secret",
            Self::Own => "own",
        }
    }

    /// The number or the detail in it.
    pub(crate) fn detail(&self) -> String {
        match self {
            Self::Login { status } | Self::Status { status } => status.to_string(),
            Self::Busy { seconds } => seconds.to_string(),
            Self::Broken { why } => why.clone(),
            Self::TooLarge { mebibytes } => mebibytes.to_string(),
            Self::Here { code } => code.clone(),
            _ => String::new(),
        }
    }
}
