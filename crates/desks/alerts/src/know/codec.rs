//! Acknowledgements as bytes: what the private payload of a batch holds.
//!
//! ```text
//! 01                    version
//! sent u40              when the alert was sent, seconds since 1970
//! then, for each, ascending by station, step, time, way:
//!   station u24, big-endian
//!   step and way u8     step * 16 + way
//!   at, received        LEB128: seconds after the alert was sent; seconds from one to the other
//! ```
//! All times go by the alert's clock: in a drill that is the drill's.

use super::{channel_byte, channel_of, step_of};
use scr_alerts::acks::{Ack, Channel, Step};

const VERSION: u8 = 1;
/// Most bytes of a number of seconds.
const MAX_VARINT: u32 = 10;

/// An acknowledgement and when it came in, both by the alert's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Taken {
    /// The station.
    pub(crate) station: u32,
    /// What it said.
    pub(crate) step: Step,
    /// When, by its own account; not after `received`.
    pub(crate) at: u64,
    /// By which way.
    pub(crate) channel: Channel,
    /// When it came in.
    pub(crate) received: u64,
}

impl Taken {
    /// What was taken, with the time.
    pub(crate) fn of(ack: &Ack, received: u64) -> Self {
        Self { station: ack.station(), step: ack.step(), at: ack.at(), channel: ack.channel(), received }
    }

    /// As boards fold it; `None` for what nobody could have said.
    pub(crate) fn ack(&self) -> Option<Ack> {
        Ack::new(self.station, self.step, self.channel, self.at, self.received).ok()
    }

    fn order(&self) -> (u32, Step, u64, Channel, u64) {
        (self.station, self.step, self.at, self.channel, self.received)
    }
}

fn put(out: &mut Vec<u8>, mut number: u64) {
    loop {
        let low = u8::try_from(number & 0x7f).unwrap_or(0);
        number >>= 7;
        out.push(if number == 0 { low } else { low | 0x80 });
        if number == 0 {
            return;
        }
    }
}

/// The bytes of these; the same set gives the same bytes.
pub(crate) fn encode(sent: u64, taken: &[Taken]) -> Vec<u8> {
    let mut all = taken.to_vec();
    all.sort_unstable_by_key(Taken::order);
    all.dedup();
    let mut out = Vec::with_capacity(6 + all.len() * 8);
    out.push(VERSION);
    out.extend(sent.to_be_bytes().iter().skip(3));
    for one in &all {
        out.extend(one.station.to_be_bytes().iter().skip(1));
        out.push(one.step.byte() << 4 | channel_byte(one.channel));
        // What is said to be from before the alert was sent counts from then: so the board takes it, too.
        let at = one.at.max(sent);
        put(&mut out, at - sent);
        put(&mut out, one.received.saturating_sub(at));
    }
    out
}

struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn big_endian(&mut self, bytes: u8) -> Option<u64> {
        (0..bytes).try_fold(0u64, |number, _| Some(number << 8 | u64::from(self.byte()?)))
    }

    fn varint(&mut self) -> Option<u64> {
        let mut number = 0u64;
        for place in 0..MAX_VARINT {
            let byte = self.byte()?;
            let part = u64::from(byte & 0x7f);
            let shifted = part.checked_shl(place * 7).filter(|shifted| shifted >> (place * 7) == part)?;
            number |= shifted;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }
}

/// Reads what [`encode`] writes; `None` for anything else.
pub(crate) fn decode(bytes: &[u8]) -> Option<Vec<Taken>> {
    let mut reader = Reader(bytes);
    if reader.byte()? != VERSION {
        return None;
    }
    let sent = reader.big_endian(5)?;
    let mut all = Vec::with_capacity(bytes.len() / 6);
    while !reader.0.is_empty() {
        let station = u32::try_from(reader.big_endian(3)?).ok()?;
        let both = reader.byte()?;
        let (step, channel) = (step_of(i64::from(both >> 4))?, channel_of(i64::from(both & 0x0f))?);
        let at = sent.checked_add(reader.varint()?)?;
        let received = at.checked_add(reader.varint()?)?;
        all.push(Taken { station, step, at, channel, received });
    }
    Some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(station: u32, step: Step, at: u64, received: u64) -> Taken {
        Taken { station, step, at, channel: Channel::Link, received }
    }

    #[test]
    fn the_layout_is_as_it_is_documented() {
        let bytes = encode(
            0x01_0203_0405,
            &[taken(0x0A_0B0C, Step::Acted, 0x01_0203_0405 + 300, 0x01_0203_0405 + 301)],
        );
        assert_eq!(bytes, [1, 1, 2, 3, 4, 5, 0x0A, 0x0B, 0x0C, 0x41, 0xAC, 0x02, 0x01]);
    }

    #[test]
    fn what_is_written_is_read_and_any_order_gives_the_same_bytes() {
        let sent = 1_795_773_600;
        let all: Vec<Taken> = (0..500)
            .map(|n| {
                taken(
                    n * 7,
                    Step::ALL[usize::try_from(n % 5).unwrap()].max(Step::Delivered),
                    sent + u64::from(n) * 11,
                    sent + u64::from(n) * 13,
                )
            })
            .collect();
        let mut backwards = all.clone();
        backwards.reverse();
        backwards.extend(all.iter().take(20).copied());
        assert_eq!(encode(sent, &all), encode(sent, &backwards));
        assert_eq!(decode(&encode(sent, &backwards)).unwrap(), all);
    }

    #[test]
    fn other_bytes_are_refused() {
        let fine = encode(5, &[taken(1, Step::Read, 6, 7)]);
        assert!(decode(&fine).is_some());
        for cut in 0..fine.len() {
            let empty = cut == 6;
            assert_eq!(decode(&fine[..cut]).is_some(), empty, "{cut}");
        }
        let mut wild = fine.clone();
        wild[9] = 0xF1;
        assert_eq!(decode(&wild), None, "no such step");
        assert_eq!(
            decode(&[fine.as_slice(), &[0, 0, 1, 0x21], &[0xff; 11]].concat()),
            None,
            "a number without end"
        );
    }
}
