//! One acknowledgement.

use serde::Serialize;

/// How far an alert has come at a station. Each step holds the ones before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// Handed to a gateway, or read out by a caller.
    Sent,
    /// It has reached the station's device or desk.
    Delivered,
    /// Somebody has read it.
    Read,
    /// Somebody says what it asks for.
    Understood,
    /// It was done.
    Acted,
}

impl Step {
    /// All steps, ascending.
    pub const ALL: [Self; 5] = [Self::Sent, Self::Delivered, Self::Read, Self::Understood, Self::Acted];

    /// Its byte in what is computed: 0 to 4.
    pub fn byte(self) -> u8 {
        match self {
            Self::Sent => 0,
            Self::Delivered => 1,
            Self::Read => 2,
            Self::Understood => 3,
            Self::Acted => 4,
        }
    }

    pub(crate) fn place(self) -> usize {
        usize::from(self.byte())
    }
}

/// By which way it came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// A gateway's report that it has sent or delivered.
    Gateway,
    /// The station's own link.
    Link,
    /// A message with a code of a tear-off strip.
    Sms,
    /// An operator on the telephone who typed the code that was read out.
    Telephone,
    /// Strips that were collected on paper.
    TearOff,
}

/// An acknowledgement whose sender is known: its code, token or report was checked before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Ack {
    station: u32,
    step: Step,
    at: u64,
    channel: Channel,
}

/// Why something is no acknowledgement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AckRefused {
    /// A gateway cannot know that somebody has read, understood or acted; a station does not say "sent".
    #[error("SCR-ALR-032: nobody can say {step:?} by {channel:?}")]
    NotByThisWay {
        /// What was said.
        step: Step,
        /// By which way.
        channel: Channel,
    },
}

impl Ack {
    /// What the station with this number said: `at` is when by its own account, `received` when it came here (seconds since
    /// 1970, UTC). A station offline may say so hours later; it cannot say so of the future.
    ///
    /// # Errors
    /// [`AckRefused`]
    pub fn new(
        station: u32,
        step: Step,
        channel: Channel,
        at: u64,
        received: u64,
    ) -> Result<Self, AckRefused> {
        let may = match channel {
            Channel::Gateway => step <= Step::Delivered,
            Channel::Telephone => true,
            Channel::Link | Channel::Sms | Channel::TearOff => step >= Step::Delivered,
        };
        if may {
            Ok(Self { station, step, at: at.min(received), channel })
        } else {
            Err(AckRefused::NotByThisWay { step, channel })
        }
    }

    /// Number of the station.
    pub fn station(&self) -> u32 {
        self.station
    }

    /// What it said.
    pub fn step(&self) -> Step {
        self.step
    }

    /// When, seconds since 1970, UTC.
    pub fn at(&self) -> u64 {
        self.at
    }

    /// By which way.
    pub fn channel(&self) -> Channel {
        self.channel
    }
}
