//! Reading and writing the binary forms, byte by byte.

use crate::{Broken, Part};
use std::ops::Range;

/// Reads from the front; knows where it is, for the message.
pub(crate) struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    part: Part,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8], part: Part) -> Self {
        Self { bytes, at: 0, part }
    }

    /// What is wrong at the place that was read last.
    pub(crate) fn broken(&self, what: &'static str) -> Broken {
        Broken { part: self.part, offset: self.at, what }
    }

    pub(crate) fn take(&mut self, length: usize) -> Result<&'a [u8], Broken> {
        let end = self.at.checked_add(length).ok_or_else(|| self.broken("a length is too large"))?;
        let taken = self.bytes.get(self.at..end).ok_or_else(|| self.broken("it ends too early"))?;
        self.at = end;
        Ok(taken)
    }

    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N], Broken> {
        let taken = self.take(N)?;
        <[u8; N]>::try_from(taken).map_err(|_| self.broken("it ends too early"))
    }

    pub(crate) fn byte(&mut self) -> Result<u8, Broken> {
        let [one] = self.array()?;
        Ok(one)
    }

    /// A number of `N` bytes, big-endian; `N` is at most 8.
    pub(crate) fn number<const N: usize>(&mut self) -> Result<u64, Broken> {
        let digits: [u8; N] = self.array()?;
        Ok(digits.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }

    /// A count within these bounds.
    pub(crate) fn count(&mut self, bounds: Range<usize>, what: &'static str) -> Result<usize, Broken> {
        let count = usize::from(self.byte()?);
        if bounds.contains(&count) { Ok(count) } else { Err(self.broken(what)) }
    }

    /// Nothing may follow.
    pub(crate) fn end(self) -> Result<(), Broken> {
        if self.at == self.bytes.len() { Ok(()) } else { Err(self.broken("something follows the end")) }
    }
}

/// The last `N` bytes of a number, big-endian; `None` when it needs more.
pub(crate) fn number_bytes<const N: usize>(number: u64) -> Option<[u8; N]> {
    let all = number.to_be_bytes();
    let (front, back) = all.split_at(8_usize.checked_sub(N)?);
    if front.iter().any(|byte| *byte != 0) { None } else { back.try_into().ok() }
}

/// A length in one byte.
pub(crate) fn length_byte(length: usize) -> Option<u8> {
    u8::try_from(length).ok()
}
