//! Bytes that come in pieces, of which one JSON value at a time is kept.

use super::EnvelopeError;
use crate::swar::plain_until;
use std::io::{ErrorKind, Read};

/// Bytes that are asked for at a time.
const PIECE: usize = 64 << 10;
/// What is kept of a value that is too large.
const KEPT: usize = 64 << 10;

/// A value as it stands.
pub(super) enum Element<'a> {
    Whole(&'a [u8]),
    /// The beginning of one that has more bytes than were asked for; all of it has been passed by.
    Beginning(Vec<u8>),
}

pub(super) struct Source<R> {
    reader: R,
    buffer: Vec<u8>,
    /// What has been passed by in the buffer.
    at: usize,
    /// What has been read into the buffer.
    end: usize,
    /// What has been passed by before the buffer.
    before: u64,
    most: u64,
}

/// How far the end of a value is known.
#[derive(Default)]
struct Progress {
    length: usize,
    depth: usize,
    in_string: bool,
}

impl<R: Read> Source<R> {
    pub(super) fn new(reader: R, most: u64) -> Self {
        Self { reader, buffer: Vec::new(), at: 0, end: 0, before: 0, most }
    }

    /// Bytes passed by.
    pub(super) fn offset(&self) -> u64 {
        self.before + u64::try_from(self.at).unwrap_or(u64::MAX)
    }

    pub(super) fn pass(&mut self, count: usize) {
        self.at = (self.at + count).min(self.end);
    }

    /// The byte that stands here, after white space; `None` at the end.
    pub(super) fn peek(&mut self) -> Result<Option<u8>, EnvelopeError> {
        loop {
            while let Some(byte) = self.rest().first() {
                match byte {
                    b' ' | b'\t' | b'\n' | b'\r' => self.at += 1,
                    byte => return Ok(Some(*byte)),
                }
            }
            if !self.fill()? {
                return Ok(None);
            }
        }
    }

    /// What has been read and not been passed by.
    fn rest(&self) -> &[u8] {
        self.buffer.get(self.at..self.end).unwrap_or_default()
    }

    /// Reads on; `false` at the end.
    fn fill(&mut self) -> Result<bool, EnvelopeError> {
        // A source may give a byte at a time: what is there is moved only when there is no room behind it.
        if self.at > 0 && self.buffer.len() - self.end < PIECE / 4 {
            self.before = self.offset();
            self.buffer.copy_within(self.at..self.end, 0);
            self.end -= self.at;
            self.at = 0;
        }
        if self.buffer.len() - self.end < PIECE / 4 {
            self.buffer.resize((self.buffer.len() * 2).max(PIECE), 0);
        }
        let at = self.before.saturating_add(u64::try_from(self.end).unwrap_or(u64::MAX));
        let room = self.buffer.get_mut(self.end..).unwrap_or_default();
        let read = loop {
            match self.reader.read(room) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                other => break other,
            }
        };
        let read = read.map_err(|error| EnvelopeError::Io { at, reason: error.to_string() })?;
        let read = read.min(room.len());
        self.end += read;
        if at.saturating_add(u64::try_from(read).unwrap_or(u64::MAX)) > self.most {
            return Err(EnvelopeError::TooLarge { most: self.most });
        }
        Ok(read > 0)
    }

    /// Passes by the value that begins here, and gives it. Where it ends follows from its brackets and quotation
    /// marks; whether it is JSON is for its reader to say.
    pub(super) fn element(&mut self, most: usize) -> Result<Element<'_>, EnvelopeError> {
        let mut progress = Progress::default();
        let mut kept: Option<Vec<u8>> = None;
        let ended = loop {
            let bytes = self.buffer.get(self.at..self.end).unwrap_or_default();
            let ended = progress.run(bytes);
            if kept.is_none() && progress.length > most {
                kept = Some(bytes.get(..progress.length.min(KEPT)).unwrap_or_default().to_vec());
            }
            if kept.is_some() {
                self.at += progress.length;
                progress.length = 0;
            }
            if ended || !self.fill()? {
                break ended;
            }
        };
        // A number or word ends where the text ends; nothing else does. Where none begins, there is nothing.
        let open = !ended && (progress.depth > 0 || progress.in_string);
        if open || (kept.is_none() && progress.length == 0) {
            return Err(EnvelopeError::Json {
                at: self.offset() + u64::try_from(progress.length).unwrap_or(0),
            });
        }
        if let Some(kept) = kept {
            return Ok(Element::Beginning(kept));
        }
        let begin = self.at;
        self.at += progress.length;
        Ok(Element::Whole(self.buffer.get(begin..self.at).unwrap_or_default()))
    }
}

impl Progress {
    /// Goes on through bytes of which `length` are known; `true` when the end was found.
    fn run(&mut self, bytes: &[u8]) -> bool {
        while let Some(byte) = bytes.get(self.length) {
            if self.in_string {
                self.length = plain_until(bytes, self.length);
                match bytes.get(self.length) {
                    None => return false,
                    Some(b'\\') if bytes.len() < self.length + 2 => return false,
                    Some(b'\\') => self.length += 2,
                    Some(byte) => {
                        self.in_string = *byte != b'"';
                        self.length += 1;
                    }
                }
                if !self.in_string && self.depth == 0 {
                    return true;
                }
                continue;
            }
            match byte {
                b'"' => self.in_string = true,
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' => match self.depth {
                    0 => return true,
                    1 => {
                        self.length += 1;
                        self.depth = 0;
                        return true;
                    }
                    _ => self.depth -= 1,
                },
                b',' | b':' | b' ' | b'\t' | b'\n' | b'\r' if self.depth == 0 => return true,
                _ => {}
            }
            self.length += 1;
        }
        false
    }
}
