//! The presentation language of TLS (RFC 5246 section 4): numbers and vectors with lengths before them.

/// What is wrong with a structure, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("byte {at}: {what}")]
pub struct WireFault {
    /// Offset from the beginning of the structure.
    pub at: usize,
    /// What is wrong there.
    pub what: &'static str,
}

/// Reads a structure from its beginning on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wire<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Wire<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    pub(super) fn at(&self) -> usize {
        self.at
    }

    pub(super) fn is_done(&self) -> bool {
        self.at == self.bytes.len()
    }

    pub(super) fn fault(&self, what: &'static str) -> WireFault {
        WireFault { at: self.at, what }
    }

    pub(super) fn take(&mut self, length: usize) -> Result<&'a [u8], WireFault> {
        let end = self.at.checked_add(length);
        let taken = end.and_then(|end| self.bytes.get(self.at..end));
        let taken = taken.ok_or_else(|| self.fault("the structure ends too early"))?;
        self.at += length;
        Ok(taken)
    }

    pub(super) fn array<const N: usize>(&mut self) -> Result<[u8; N], WireFault> {
        let taken = self.take(N)?;
        taken.try_into().map_err(|_| self.fault("the structure ends too early"))
    }

    /// A number of `width` bytes, at most 8, the most significant first.
    pub(super) fn number(&mut self, width: usize) -> Result<u64, WireFault> {
        Ok(self.take(width)?.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }

    /// A vector with a length of `width` bytes before it.
    pub(super) fn vector(&mut self, width: usize) -> Result<&'a [u8], WireFault> {
        let length = self.number(width)?;
        let length = usize::try_from(length).map_err(|_| self.fault("a vector is too long"))?;
        self.take(length)
    }

    /// A vector of at least one byte.
    pub(super) fn some(&mut self, width: usize) -> Result<&'a [u8], WireFault> {
        let start = self.at;
        let vector = self.vector(width)?;
        let empty = WireFault { at: start, what: "a vector is empty that may not be" };
        if vector.is_empty() { Err(empty) } else { Ok(vector) }
    }

    /// What was read since `start`.
    pub(super) fn since(&self, start: usize) -> &'a [u8] {
        self.bytes.get(start..self.at).unwrap_or_default()
    }

    pub(super) fn end(&self) -> Result<(), WireFault> {
        if self.is_done() { Ok(()) } else { Err(self.fault("more follows than there may be")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_vectors_are_read_and_never_past_the_end() {
        let mut wire = Wire::new(&[0, 1, 2, 0, 0, 2, 7, 8, 9]);
        assert_eq!(wire.number(3), Ok(0x0102));
        assert_eq!(wire.vector(3), Ok(&[7, 8][..]));
        assert_eq!(wire.end(), Err(WireFault { at: 8, what: "more follows than there may be" }));
        assert_eq!(wire.array::<2>(), Err(WireFault { at: 8, what: "the structure ends too early" }));
        assert_eq!(wire.array::<1>(), Ok([9]));
        assert_eq!(wire.end(), Ok(()));
        assert!(Wire::new(&[255, 255, 255, 255, 255, 255, 255, 255]).vector(8).is_err());
        assert!(Wire::new(&[0, 0]).some(2).is_err());
    }
}
