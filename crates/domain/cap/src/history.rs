//! What holds of a set of messages, in whatever order they came (CAP 1.2, 3.2.1: msgType and references).
//!
//! The set decides, not the course: whoever has the same messages sees the same, whichever arrived first. A Cancel or
//! Update whose alert is not there yet is held, and takes effect when it comes. One that is older than what it names is
//! refused: by the places in the log where both are known, else by the time they were sent.

use crate::model::{Alert, MsgType, Reference, Status};
use crate::time::Time;
use std::collections::{BTreeMap, BTreeSet};

/// SHA-256 of the file.
type Hash = [u8; 32];

/// What of a message matters for what holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// What names it.
    pub reference: Reference,
    /// What it is.
    pub msg_type: MsgType,
    /// An exercise does not change what is meant, nor the other way round.
    pub status: Status,
    /// The messages it is about.
    pub references: Vec<Reference>,
    /// From when on it does not count.
    pub expires: Option<Time>,
    /// Its place in the log; `None` where it came by another way.
    pub index: Option<u64>,
    /// SHA-256 of the file: two files with one name are told apart.
    pub hash: Hash,
}

impl Message {
    /// Of an alert.
    pub fn of(alert: &Alert, index: Option<u64>, hash: Hash) -> Self {
        Self {
            reference: alert.reference(),
            msg_type: alert.msg_type,
            status: alert.status,
            references: alert.references.clone(),
            expires: alert.expires(),
            index,
            hash,
        }
    }

    fn may_be_ended(&self) -> bool {
        matches!(self.msg_type, MsgType::Alert | MsgType::Update)
    }

    /// Those in the log first, in its order.
    fn order(&self) -> (bool, Option<u64>, Hash) {
        (self.index.is_none(), self.index, self.hash)
    }
}

/// Whether the first sender may update and cancel what the second has sent. That a sender is who it says is another
/// question: see [`crate::verify`].
pub type Authority<'a> = &'a dyn Fn(&str, &str) -> bool;

/// What holds of an alert or an update.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It counts.
    Active,
    /// Its time is over.
    Expired,
    /// An update has taken its place.
    Superseded {
        /// The first one that did.
        by: Reference,
    },
    /// It was cancelled; it stays readable.
    Cancelled {
        /// The first that did.
        by: Reference,
    },
}

/// What a message does to one that it refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// It ends it.
    Applied,
    /// The other is not there yet.
    Held,
    /// Nothing, for this reason.
    Refused(Ineffective),
}

/// Why an update or a cancel does nothing to a message that it refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Ineffective {
    /// It refers to itself.
    #[error("it refers to itself")]
    Itself,
    /// It is older: somebody plays back an old all-clear.
    #[error("it is older than the message it refers to")]
    Older,
    /// Only alerts and updates can be ended.
    #[error("it refers to a message that is neither an alert nor an update")]
    NotAnAlert,
    /// An exercise, a test and what is meant stay apart.
    #[error("one of the two is an exercise or a test and the other is not")]
    OtherStatus,
    /// Another sender, without authority.
    #[error("its sender has no authority over the sender of the message it refers to")]
    NoAuthority,
}

/// A set of messages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct History {
    messages: BTreeMap<Reference, BTreeMap<Hash, Message>>,
}

impl History {
    /// None.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a message; one that is there already changes nothing, save that its place in the log becomes known (the
    /// first, where there are several).
    pub fn add(&mut self, message: Message) {
        let files = self.messages.entry(message.reference.clone()).or_default();
        match files.get_mut(&message.hash) {
            Some(known) => {
                known.index = [known.index, message.index].into_iter().flatten().min();
            }
            None => {
                files.insert(message.hash, message);
            }
        }
    }

    /// The message with this name. Of several files with one name the first in the log counts.
    pub fn message(&self, reference: &Reference) -> Option<&Message> {
        self.messages.get(reference)?.values().min_by_key(|message| message.order())
    }

    /// All that count, by name.
    pub fn messages(&self) -> impl Iterator<Item = &Message> {
        self.messages.values().filter_map(|files| files.values().min_by_key(|message| message.order()))
    }

    /// What an update or a cancel does to each message that it refers to; nothing for other messages.
    pub fn effects(&self, message: &Message, authority: Authority<'_>) -> Vec<(Reference, Effect)> {
        if !matches!(message.msg_type, MsgType::Update | MsgType::Cancel) {
            return Vec::new();
        }
        let references: BTreeSet<&Reference> = message.references.iter().collect();
        references.into_iter().map(|one| (one.clone(), self.effect(message, one, authority))).collect()
    }

    fn effect(&self, message: &Message, reference: &Reference, authority: Authority<'_>) -> Effect {
        if message.reference == *reference {
            return Effect::Refused(Ineffective::Itself);
        }
        if message.reference.sent < reference.sent {
            return Effect::Refused(Ineffective::Older);
        }
        if !authority(&message.reference.sender, &reference.sender) {
            return Effect::Refused(Ineffective::NoAuthority);
        }
        let Some(target) = self.message(reference) else { return Effect::Held };
        let is_older = message.index.zip(target.index).is_some_and(|(own, other)| own < other);
        let fault = if is_older {
            Ineffective::Older
        } else if !target.may_be_ended() {
            Ineffective::NotAnAlert
        } else if target.status != message.status {
            Ineffective::OtherStatus
        } else {
            return Effect::Applied;
        };
        Effect::Refused(fault)
    }

    /// What holds of every alert and update at a time. What was ended does not come back when that which ended it
    /// expires or is ended itself.
    pub fn standings(&self, at: Time, authority: Authority<'_>) -> BTreeMap<Reference, Standing> {
        let mut acting: Vec<&Message> = self.messages().collect();
        acting.sort_by_key(|message| (message.index.is_none(), message.index, &message.reference));
        let (mut cancelled, mut superseded) = (BTreeMap::new(), BTreeMap::new());
        for message in acting {
            let ended = if message.msg_type == MsgType::Cancel { &mut cancelled } else { &mut superseded };
            for (reference, effect) in self.effects(message, authority) {
                if effect == Effect::Applied {
                    ended.entry(reference).or_insert_with(|| message.reference.clone());
                }
            }
        }
        let standing = |message: &Message| {
            let ended = |by: &BTreeMap<Reference, Reference>| by.get(&message.reference).cloned();
            if let Some(by) = ended(&cancelled) {
                return Standing::Cancelled { by };
            }
            if let Some(by) = ended(&superseded) {
                return Standing::Superseded { by };
            }
            let is_over = message.expires.is_some_and(|expires| at >= expires);
            if is_over { Standing::Expired } else { Standing::Active }
        };
        let alerts = self.messages().filter(|message| message.may_be_ended());
        alerts.map(|message| (message.reference.clone(), standing(message))).collect()
    }
}
