//! Handing one message to a gateway, by each interface. A gateway is not trusted: which machine it is, how long and how much
//! it answers is limited here, and no redirect is followed.

pub(crate) mod address;
mod http;
mod json;
mod kannel;
mod smtp;
mod webhook;

pub(crate) use http::{Rules, rules};
pub(crate) use json::check_template;

use super::gateway::{Sealed, Settings};

/// Why a message was not taken on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Reason {
    /// Its address is none: a wrong number, a misspelt domain.
    Address,
    /// The gateway says that it will not take this message.
    Refused,
    /// The gateway asks to be left alone for a while.
    Busy,
    /// The gateway does not know our login.
    Login,
    /// Its certificate is not believed.
    Certificate,
    /// It is not on the public internet.
    Private,
    /// Its name leads nowhere.
    NoHost,
    /// Nobody answers there.
    Unreachable,
    /// No answer within the time.
    Slow,
    /// An answer that is an error.
    Status,
    /// It says 200, and in the body that it has failed.
    Answer,
    /// More than an answer can be.
    TooLarge,
    /// The connection ended within the answer.
    CutOff,
    /// It sends us to another server.
    Redirect,
    /// It was in flight when a server ended, twice.
    Uncertain,
    /// The network says that it cannot be delivered.
    Undelivered,
    /// The secret of the gateway cannot be opened here.
    Sealed,
}

impl Reason {
    #[cfg(test)]
    pub(crate) const ALL: [Self; 17] = [
        Self::Address,
        Self::Refused,
        Self::Busy,
        Self::Login,
        Self::Certificate,
        Self::Private,
        Self::NoHost,
        Self::Unreachable,
        Self::Slow,
        Self::Status,
        Self::Answer,
        Self::TooLarge,
        Self::CutOff,
        Self::Redirect,
        Self::Uncertain,
        Self::Undelivered,
        Self::Sealed,
    ];

    /// Its name in tables and keys of texts.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::Refused => "refused",
            Self::Busy => "busy",
            Self::Login => "login",
            Self::Certificate => "certificate",
            Self::Private => "private",
            Self::NoHost => "no-host",
            Self::Unreachable => "unreachable",
            Self::Slow => "slow",
            Self::Status => "status",
            Self::Answer => "answer",
            Self::TooLarge => "too-large",
            Self::CutOff => "cut-off",
            Self::Redirect => "redirect",
            Self::Uncertain => "uncertain",
            Self::Undelivered => "undelivered",
            Self::Sealed => "sealed",
        }
    }
}

/// What came of handing a message over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The gateway has it; perhaps with its own number of it.
    Handed(Option<String>),
    /// It will never take this one.
    Refused(Reason),
    /// It has not taken this one, for certain; it may another time.
    Later(Reason),
    /// It takes nothing at present, for certain not this one.
    Down(Reason),
    /// It did not go yet: something that goes with it is not there.
    Early,
    /// Nobody knows: it was on its way when the answer failed.
    Unknown(Reason),
}

/// One message, ready to go.
#[derive(Debug, Clone)]
pub(crate) struct Ready<'a> {
    /// Our reference: it is the same whenever this message is handed over.
    pub(crate) reference: &'a str,
    /// Whereto.
    pub(crate) to: &'a str,
    /// Short message: the text. E-mail: the body. Webhook: the JSON.
    pub(crate) text: &'a str,
    /// Subject of an e-mail.
    pub(crate) subject: &'a str,
    /// Files with an e-mail: name, media type, bytes.
    pub(crate) files: &'a [(String, &'static str, Vec<u8>)],
    /// Address of the site: for lists and ids of mail; empty where none is configured.
    pub(crate) site: &'a str,
    /// Address under which the gateway reports on this message; empty where it cannot.
    pub(crate) report_to: &'a str,
    /// Now, seconds since 1970, UTC.
    pub(crate) now: i64,
}

/// A connection to a gateway, kept open from message to message; one for each thread.
pub(crate) enum Line {
    Http(Box<http::Agent>),
    Smtp(Box<smtp::Post>),
}

impl Line {
    /// A line by these settings; nothing is connected yet.
    pub(crate) fn new(settings: &Settings, rules: &Rules) -> Self {
        match settings {
            Settings::Smtp { .. } => Self::Smtp(Box::new(smtp::Post::new(rules))),
            _ => Self::Http(Box::new(http::Agent::new(rules))),
        }
    }

    /// Hands one message over.
    pub(crate) fn hand(&mut self, sealed: &Sealed, message: &Ready<'_>) -> Outcome {
        match (self, &sealed.settings) {
            (Self::Smtp(post), Settings::Smtp { .. }) => post.hand(&sealed.settings, message),
            (Self::Http(agent), Settings::Kannel { .. }) => kannel::hand(agent, &sealed.settings, message),
            (Self::Http(agent), Settings::Json { .. }) => json::hand(agent, &sealed.settings, message),
            (Self::Http(agent), Settings::Webhook { .. }) => webhook::hand(agent, &sealed.settings, message),
            _ => Outcome::Down(Reason::Sealed),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_reason_has_words() {
        let english = include_str!("../../../texts/send.en.ftl");
        for reason in Reason::ALL {
            assert!(english.contains(&format!("send-reason-{} = ", reason.key())), "{reason:?}");
        }
    }
}
