//! Alerts that reach the last polling station: what they say in few bytes, how they are verified without a network, how
//! it is known that they arrived, and who is called when they did not.
//!
//! | module | is about |
//! |---|---|
//! | [`text`] | the alert in at most 350 bytes |
//! | [`bundle`], [`pack`](mod@pack), [`armour`] | the bundle in one QR code, its short form, and both as text |
//! | [`card`] | the keys that a station trusts, on paper |
//! | [`verify`], [`known`] | genuine or not, and what holds now |
//! | [`secret`], [`words`], [`spoken`], [`strips`] | what a station's sealed sheet holds: words for the telephone, codes to tear off |
//! | [`areas`] | polling districts, stations, and which an alert is for |
//! | [`acks`] | sent, delivered, read, understood, acted; and who is called next |
//!
//! Layouts: docs/reference/alert-formats.md.

pub mod acks;
pub mod areas;
pub mod armour;
pub mod bundle;
mod bytes;
pub mod card;
mod error;
pub mod known;
pub mod pack;
pub mod secret;
pub mod spoken;
pub mod strips;
pub mod text;
pub mod verify;
pub mod words;

pub use armour::{Label, from_armour, to_armour};
pub use bundle::{Bundle, Cosignature, MAX_BUNDLE_BYTES, MakeError, Short};
pub use card::{Card, CardError, Seen};
pub use error::{Broken, Part, Refused};
pub use known::Known;
pub use pack::{pack, unpack};
pub use secret::StationSecret;
pub use text::{AlertText, Audience, Kind, Reference, Severity, Status, TextError, Wording};
pub use verify::{
    ALERT_FIELD, Authentic, Backing, ClockState, ISSUED, Limits, Scanned, SeenBy, State, Verdict,
    authenticate, judge,
};
