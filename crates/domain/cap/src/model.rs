//! The model of CAP 1.2 (section 3.2), in the order of its elements.

use crate::area::{Circle, Polygon};
use crate::fixed::Fixed;
use crate::time::Time;
use std::fmt;

macro_rules! closed {
    ($(#[$doc:meta])* $name:ident { $($(#[$own:meta])* $value:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$own])* $value,)*
        }

        impl $name {
            /// All values.
            pub const ALL: &'static [Self] = &[$(Self::$value),*];

            /// As it is written.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$value => $text,)* }
            }

            /// Reads exactly what is written.
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$value),)* _ => None }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

closed! {
    /// How an alert is to be taken.
    Status {
        /// It is meant.
        Actual = "Actual",
        /// For those who take part in the exercise.
        Exercise = "Exercise",
        /// For the network itself.
        System = "System",
        /// To be disregarded.
        Test = "Test",
        /// Not to be acted upon.
        Draft = "Draft",
    }
}

closed! {
    /// What a message is.
    MsgType {
        /// Something new.
        Alert = "Alert",
        /// Takes the place of the messages it refers to.
        Update = "Update",
        /// Ends the messages it refers to.
        Cancel = "Cancel",
        /// Acknowledges the messages it refers to.
        Ack = "Ack",
        /// Rejects the messages it refers to.
        Error = "Error",
    }
}

closed! {
    /// For whom a message is.
    Scope {
        /// Everybody.
        Public = "Public",
        /// Those whom the restriction describes.
        Restricted = "Restricted",
        /// The addresses.
        Private = "Private",
    }
}

closed! {
    /// Kinds of events.
    Category {
        /// Geophysical.
        Geo = "Geo",
        /// Weather.
        Met = "Met",
        /// General emergency and public safety.
        Safety = "Safety",
        /// Law enforcement, military, homeland, local and private security.
        Security = "Security",
        /// Rescue and recovery.
        Rescue = "Rescue",
        /// Fire.
        Fire = "Fire",
        /// Medical and public health.
        Health = "Health",
        /// Pollution and other of the environment.
        Env = "Env",
        /// Transport.
        Transport = "Transport",
        /// Utilities, telecommunication, other infrastructure.
        Infra = "Infra",
        /// Chemical, biological, radiological, nuclear, explosive.
        Cbrne = "CBRNE",
        /// Other.
        Other = "Other",
    }
}

closed! {
    /// What recipients are asked to do.
    ResponseType {
        /// Take shelter.
        Shelter = "Shelter",
        /// Leave.
        Evacuate = "Evacuate",
        /// Make preparations.
        Prepare = "Prepare",
        /// Carry out what is planned.
        Execute = "Execute",
        /// Avoid.
        Avoid = "Avoid",
        /// Watch for information.
        Monitor = "Monitor",
        /// Evaluate; not for public alerts.
        Assess = "Assess",
        /// The danger is over.
        AllClear = "AllClear",
        /// Nothing.
        None = "None",
    }
}

closed! {
    /// When to act.
    Urgency {
        /// Now.
        Immediate = "Immediate",
        /// Within the next hour.
        Expected = "Expected",
        /// In the near future.
        Future = "Future",
        /// No more.
        Past = "Past",
        /// Not known.
        Unknown = "Unknown",
    }
}

closed! {
    /// How grave it is.
    Severity {
        /// Extraordinary.
        Extreme = "Extreme",
        /// Significant.
        Severe = "Severe",
        /// Possible.
        Moderate = "Moderate",
        /// Minimal.
        Minor = "Minor",
        /// Not known.
        Unknown = "Unknown",
    }
}

closed! {
    /// How sure it is.
    Certainty {
        /// It has happened or goes on.
        Observed = "Observed",
        /// More than one half.
        Likely = "Likely",
        /// Up to one half.
        Possible = "Possible",
        /// Close to nothing.
        Unlikely = "Unlikely",
        /// Not known.
        Unknown = "Unknown",
    }
}

/// Versions of CAP that are read. Only 1.2 is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// 1.0, of 2004.
    V10,
    /// 1.1, of 2005.
    V11,
    /// 1.2, of 2010.
    V12,
}

impl Version {
    /// The name of its namespace.
    pub fn namespace(self) -> &'static str {
        match self {
            Self::V10 => "http://www.incident.com/cap/1.0",
            Self::V11 => "urn:oasis:names:tc:emergency:cap:1.1",
            Self::V12 => "urn:oasis:names:tc:emergency:cap:1.2",
        }
    }

    /// That with this namespace.
    pub fn of_namespace(namespace: &str) -> Option<Self> {
        [Self::V10, Self::V11, Self::V12].into_iter().find(|one| one.namespace() == namespace)
    }

    /// `1.0`, `1.1`, `1.2`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::V10 => "1.0",
            Self::V11 => "1.1",
            Self::V12 => "1.2",
        }
    }
}

/// What names a message everywhere: `sender,identifier,sent`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reference {
    /// Its sender.
    pub sender: String,
    /// Its identifier, which the sender gives once.
    pub identifier: String,
    /// When it was sent.
    pub sent: Time,
}

impl Reference {
    /// Reads `sender,identifier,sent`; `None` for another form.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split(',');
        let (sender, identifier, sent) = (parts.next()?, parts.next()?, parts.next()?);
        let is_whole = parts.next().is_none() && is_plain(sender) && is_plain(identifier);
        let sent = Time::parse_lenient(sent).ok()?.time;
        is_whole.then(|| Self { sender: sender.to_owned(), identifier: identifier.to_owned(), sent })
    }
}

/// Without white space, comma, `<` and `&`, and not empty (CAP 1.2, 3.2.1: identifier and sender).
pub(crate) fn is_plain(text: &str) -> bool {
    !text.is_empty() && !text.contains(|one: char| one.is_whitespace() || matches!(one, ',' | '<' | '&'))
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{},{},{}", self.sender, self.identifier, self.sent)
    }
}

/// A name that the sender chooses, and a value: eventCode, parameter, geocode.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Named {
    /// valueName.
    pub name: String,
    /// value.
    pub value: String,
}

/// A whole message (CAP 1.2, 3.2.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    /// Unique for the sender.
    pub identifier: String,
    /// Unique for everybody.
    pub sender: String,
    /// When it was sent.
    pub sent: Time,
    /// How it is to be taken.
    pub status: Status,
    /// What it is.
    pub msg_type: MsgType,
    /// Who or what it comes from.
    pub source: Option<String>,
    /// For whom it is.
    pub scope: Scope,
    /// Whom scope Restricted means.
    pub restriction: Option<String>,
    /// Whom scope Private means.
    pub addresses: Vec<String>,
    /// Codes for handling.
    pub codes: Vec<String>,
    /// Purpose, above all of exercises and errors.
    pub note: Option<String>,
    /// The messages it is about.
    pub references: Vec<Reference>,
    /// Names of incidents it belongs to.
    pub incidents: Vec<String>,
    /// Contents, one for each language and event.
    pub infos: Vec<Info>,
}

impl Alert {
    /// What names it everywhere.
    pub fn reference(&self) -> Reference {
        Reference { sender: self.sender.clone(), identifier: self.identifier.clone(), sent: self.sent }
    }

    /// When its last info block expires; `None` when one of them does not, or there is none.
    pub fn expires(&self) -> Option<Time> {
        let all: Option<Vec<Time>> = self.infos.iter().map(|info| info.expires).collect();
        all?.into_iter().max()
    }
}

/// What is said, in one language (CAP 1.2, 3.2.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Info {
    /// RFC 5646; without one en-US counts.
    pub language: Option<String>,
    /// At least one.
    pub categories: Vec<Category>,
    /// In words.
    pub event: String,
    /// What to do.
    pub response_types: Vec<ResponseType>,
    /// When to act.
    pub urgency: Urgency,
    /// How grave.
    pub severity: Severity,
    /// How sure.
    pub certainty: Certainty,
    /// For whom, in words.
    pub audience: Option<String>,
    /// The event in codes.
    pub event_codes: Vec<Named>,
    /// From when on the message counts; without one, from `sent` on.
    pub effective: Option<Time>,
    /// When the event begins.
    pub onset: Option<Time>,
    /// Until when the message counts.
    pub expires: Option<Time>,
    /// Name of the sender for people.
    pub sender_name: Option<String>,
    /// One line.
    pub headline: Option<String>,
    /// What happens.
    pub description: Option<String>,
    /// What to do.
    pub instruction: Option<String>,
    /// Address of a page with more.
    pub web: Option<String>,
    /// Whom to ask.
    pub contact: Option<String>,
    /// Whatever systems agree upon.
    pub parameters: Vec<Named>,
    /// Files.
    pub resources: Vec<Resource>,
    /// Where.
    pub areas: Vec<Area>,
}

/// A file that belongs to an alert (CAP 1.2, 3.2.3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    /// In words.
    pub description: String,
    /// RFC 2046.
    pub mime_type: String,
    /// In bytes.
    pub size: Option<u64>,
    /// Where it is.
    pub uri: Option<String>,
    /// The file itself, as base64.
    pub deref_uri: Option<String>,
    /// SHA-1 of it, in hexadecimal: the standard's choice, which proves nothing today.
    pub digest: Option<String>,
}

/// Where an alert holds (CAP 1.2, 3.2.4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    /// In words.
    pub description: String,
    /// Outlines.
    pub polygons: Vec<Polygon>,
    /// Circles.
    pub circles: Vec<Circle>,
    /// Codes.
    pub geocodes: Vec<Named>,
    /// Least height, in feet above mean sea level.
    pub altitude: Option<Fixed>,
    /// Greatest height, in feet above mean sea level.
    pub ceiling: Option<Fixed>,
}
