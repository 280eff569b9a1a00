//! The secret of a polling station, and what is computed from it.

use crate::armour::{Label, from_armour, to_armour};
use crate::{Broken, Part, Status};
use hmac::{Hmac, KeyInit as _, Mac as _};
use scr_canon::Hash32;
use sha2::Sha256;
use std::fmt;
use zeroize::Zeroizing;

/// 32 random bytes that one station's sealed sheet holds, and whoever issues alerts. Wiped when dropped, never printed by `Debug`.
#[derive(Clone)]
pub struct StationSecret {
    station: u32,
    key: Zeroizing<[u8; 32]>,
}

impl fmt::Debug for StationSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StationSecret({:06})", self.station)
    }
}

impl StationSecret {
    /// The secret of the station with this number; `None` when the number has more than six digits.
    pub fn new(station: u32, key: [u8; 32]) -> Option<Self> {
        (station < crate::card::MAX_STATIONS).then(|| Self { station, key: Zeroizing::new(key) })
    }

    /// The station's number, below a million.
    pub fn station(&self) -> u32 {
        self.station
    }

    /// The secret as a text for the sealed part of the card.
    pub fn to_text(&self) -> Zeroizing<String> {
        let bytes = Zeroizing::new([&self.station.to_be_bytes()[..], &self.key[..]].concat());
        Zeroizing::new(to_armour(Label::Secret, &bytes))
    }

    /// Reads such a text.
    ///
    /// # Errors
    /// [`Broken`]: a typing error, or another text.
    pub fn parse(text: &str) -> Result<Self, Broken> {
        let (label, bytes) = from_armour(text)?;
        let bytes = Zeroizing::new(bytes);
        let broken = Broken { part: Part::Armour, offset: 0, what: "it is no station's secret" };
        let (station, key) = bytes.split_first_chunk::<4>().ok_or(broken.clone())?;
        let key = <[u8; 32]>::try_from(key).map_err(|_| broken.clone())?;
        let own = Self::new(u32::from_be_bytes(*station), key).filter(|_| label == Label::Secret);
        own.ok_or(broken)
    }

    /// HMAC-SHA256 (RFC 2104) under the secret over `purpose`, a line end, the station's number (4 bytes, big-endian),
    /// the status byte, and `rest`.
    pub(crate) fn mac(&self, purpose: &str, status: Status, rest: &[&[u8]]) -> Hash32 {
        // HMAC takes keys of any length: the branch without a key does not exist.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.key[..]) else { return Hash32([0; 32]) };
        mac.update(purpose.as_bytes());
        mac.update(b"\n");
        mac.update(&self.station.to_be_bytes());
        mac.update(&[status.byte()]);
        rest.iter().for_each(|part| mac.update(part));
        Hash32(mac.finalize().into_bytes().into())
    }
}

/// Whether two values are equal, in a time that does not depend on where they differ.
pub(crate) fn same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).fold(0, |sum, (left, right)| sum | (left ^ right)) == 0
}
