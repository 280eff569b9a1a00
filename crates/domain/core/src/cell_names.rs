//! Names of cells that the library for workbooks (calamine 0.38) would stumble on: it multiplies them out without looking,
//! and a name of seven letters overflows.

use std::io::{self, Write};

/// Letters of a column and digits of a row, at most: no sheet has more than `XFD1048576`.
const MOST: (usize, usize) = (3, 7);

/// Looks at the attributes `r` and `ref` of an XML document that is written to it, byte by byte: a workbook passes through
/// it before it is opened.
#[derive(Debug, Default)]
pub struct CellNames {
    in_tag: bool,
    /// The attribute's name so far: as many of its letters as matter.
    name: Vec<u8>,
    /// The name has ended, or `=` has come.
    has_ended: bool,
    is_assigned: bool,
    quote: Option<u8>,
    letters: usize,
    digits: usize,
    is_wrong: bool,
}

impl CellNames {
    /// Whether a cell was named that cannot be.
    pub fn are_wrong(&self) -> bool {
        self.is_wrong
    }

    fn value(&mut self, byte: u8, quote: u8) {
        if byte == quote {
            (self.quote, self.has_ended, self.is_assigned) = (None, false, false);
            self.name.clear();
        } else if matches!(self.name.as_slice(), b"r" | b"ref") {
            match byte {
                _ if byte.is_ascii_alphabetic() => self.letters += 1,
                _ if byte.is_ascii_digit() => self.digits += 1,
                _ => (self.letters, self.digits) = (0, 0),
            }
            self.is_wrong |= self.letters > MOST.0 || self.digits > MOST.1;
        }
    }

    fn tag(&mut self, byte: u8) {
        match byte {
            b'>' => self.in_tag = false,
            b'"' | b'\'' if self.is_assigned => {
                (self.quote, self.letters, self.digits) = (Some(byte), 0, 0);
            }
            b'=' => self.is_assigned = true,
            _ if byte.is_ascii_whitespace() => self.has_ended = true,
            _ => {
                if self.has_ended {
                    (self.has_ended, self.is_assigned) = (false, false);
                    self.name.clear();
                }
                if self.name.len() < 4 {
                    self.name.push(byte);
                }
            }
        }
    }
}

impl Write for CellNames {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for byte in bytes {
            match self.quote {
                Some(quote) => self.value(*byte, quote),
                None if self.in_tag => self.tag(*byte),
                None if *byte == b'<' => {
                    (self.in_tag, self.has_ended, self.is_assigned) = (true, false, false);
                    self.name.clear();
                }
                None => {}
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_that_cannot_be_are_seen() {
        let wrong = |text: &str| {
            let mut references = CellNames::default();
            // Also where a name is torn apart between two pieces.
            text.as_bytes().chunks(3).for_each(|piece| references.write_all(piece).unwrap());
            references.are_wrong()
        };
        for text in [
            "<c r=\"ABCDEFGH1\"/>",
            "<c t='s' r = 'AAAA1'>",
            "<row r=\"12345678\">",
            "<dimension ref=\"A1:ABCD2\"/>",
        ] {
            assert!(wrong(text), "{text}");
        }
        for text in [
            "<c r=\"XFD1048576\" t=\"inlineStr\">",
            "<dimension ref=\"A1:XFD1048576\"/>",
            "<x:sheet r:id=\"rId1\" name=\"ABCDEFGH\"/>",
            "<t>r=\"ABCDEFGH1\"</t>",
            "<color rgb=\"FF00FF00\"/>",
        ] {
            assert!(!wrong(text), "{text}");
        }
    }
}
