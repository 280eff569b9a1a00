//! TAXII 2.1 envelopes (`{"objects": […], "more": …, "next": …}`) and STIX bundles, read as a stream.
//!
//! What is in memory at a time is one object, never the envelope. An object that is not taken does not keep the others
//! from being taken, as long as the JSON around it is sound.

mod source;

use crate::object::{Limits, Object, Rejected};
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;
use source::{Element, Source};
use std::io::Read;
use std::ops::ControlFlow;

/// Bytes of a member beside `objects`.
const LARGEST_MEMBER: usize = 64 << 10;

/// What stands beside the objects.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Envelope {
    /// Whether it calls itself a bundle.
    pub is_bundle: bool,
    /// A bundle's identifier, as it says.
    pub id: Option<String>,
    /// A bundle's `spec_version`: STIX 2.0 has it.
    pub spec_version: Option<String>,
    /// Whether there are more objects where this came from.
    pub more: Option<bool>,
    /// How to ask for them.
    pub next: Option<String>,
    /// Whether it has `objects` at all, even if none.
    pub has_objects: bool,
    /// How many objects were given to the caller, rejected ones among them.
    pub count: u64,
    /// How many bytes it has.
    pub bytes: u64,
}

/// Why the whole is not an envelope. Objects that came before have been given to the caller all the same: whoever
/// stores them waits for the end.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EnvelopeError {
    /// It could not be read on.
    #[error("cannot be read beyond byte {at}: {reason}")]
    Io {
        /// Bytes that were read.
        at: u64,
        /// What the source says.
        reason: String,
    },
    /// It is not JSON.
    #[error("not JSON at byte {at}")]
    Json {
        /// The byte, from 0.
        at: u64,
    },
    /// JSON, but neither an envelope nor a bundle.
    #[error("neither an envelope nor a bundle at byte {at}: {what}")]
    NotAnEnvelope {
        /// The byte, from 0.
        at: u64,
        /// What is wrong.
        what: &'static str,
    },
    /// More objects than are taken.
    #[error("more than {most} objects at byte {at}")]
    TooManyObjects {
        /// The byte, from 0.
        at: u64,
        /// How many are taken.
        most: u64,
    },
    /// More bytes than are taken.
    #[error("more than {most} bytes")]
    TooLarge {
        /// How many are taken.
        most: u64,
    },
    /// The caller has ended it.
    #[error("ended by the caller at byte {at}")]
    Ended {
        /// The byte, from 0.
        at: u64,
    },
}

impl EnvelopeError {
    /// The name by which programs know it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Io { .. } => "envelope-unreadable",
            Self::Json { .. } => "envelope-not-json",
            Self::NotAnEnvelope { .. } => "envelope-invalid",
            Self::TooManyObjects { .. } => "envelope-too-many-objects",
            Self::TooLarge { .. } => "envelope-too-large",
            Self::Ended { .. } => "envelope-ended",
        }
    }
}

/// Reads an envelope or a bundle to its end, and gives each object with its place, from 0, in order.
///
/// # Errors
/// When the whole is not sound: [`EnvelopeError`].
pub fn read_envelope<R: Read>(
    source: R,
    limits: &Limits,
    each: &mut dyn FnMut(u64, Result<Object, Box<Rejected>>) -> ControlFlow<()>,
) -> Result<Envelope, EnvelopeError> {
    let mut reader =
        Reader { source: Source::new(source, limits.total_bytes), limits, each, read: Envelope::default() };
    reader.whole()?;
    reader.read.bytes = reader.source.offset();
    Ok(reader.read)
}

struct Reader<'a, R> {
    source: Source<R>,
    limits: &'a Limits,
    each: &'a mut dyn FnMut(u64, Result<Object, Box<Rejected>>) -> ControlFlow<()>,
    read: Envelope,
}

impl<R: Read> Reader<'_, R> {
    fn invalid(&self, what: &'static str) -> EnvelopeError {
        EnvelopeError::NotAnEnvelope { at: self.source.offset(), what }
    }

    fn json(&self) -> EnvelopeError {
        EnvelopeError::Json { at: self.source.offset() }
    }

    fn take(&mut self, byte: u8) -> Result<(), EnvelopeError> {
        if self.source.peek()? != Some(byte) {
            return Err(self.json());
        }
        self.source.pass(1);
        Ok(())
    }

    fn more(&mut self, close: u8) -> Result<bool, EnvelopeError> {
        let next = self.source.peek()?;
        if next != Some(b',') && next != Some(close) {
            return Err(self.json());
        }
        self.source.pass(1);
        Ok(next == Some(b','))
    }

    fn whole(&mut self) -> Result<(), EnvelopeError> {
        match self.source.peek()? {
            Some(b'{') => self.source.pass(1),
            Some(b'[' | b'"' | b'-' | b'0'..=b'9') => return Err(self.invalid("an object is expected")),
            _ => return Err(self.json()),
        }
        if self.source.peek()? == Some(b'}') {
            self.source.pass(1);
        } else {
            self.member()?;
            while self.more(b'}')? {
                self.member()?;
            }
        }
        if self.source.peek()?.is_some() {
            return Err(self.json());
        }
        Ok(())
    }

    fn member(&mut self) -> Result<(), EnvelopeError> {
        if self.source.peek()? != Some(b'"') {
            return Err(self.json());
        }
        let name: String = self.small()?;
        self.take(b':')?;
        if name == "objects" {
            return self.objects();
        }
        let at = self.source.offset();
        let twice = EnvelopeError::NotAnEnvelope { at, what: "the same member stands there twice" };
        match name.as_str() {
            "type" => {
                let kind: String = self.small()?;
                if kind != "bundle" {
                    return Err(EnvelopeError::NotAnEnvelope { at, what: "its type is not bundle" });
                }
                if std::mem::replace(&mut self.read.is_bundle, true) { Err(twice) } else { Ok(()) }
            }
            "id" => {
                let value = self.small()?;
                set(&mut self.read.id, value, twice)
            }
            "spec_version" => {
                let value = self.small()?;
                set(&mut self.read.spec_version, value, twice)
            }
            "more" => {
                let value = self.small()?;
                set(&mut self.read.more, value, twice)
            }
            "next" => {
                let value = self.small()?;
                set(&mut self.read.next, value, twice)
            }
            _ => self.small::<IgnoredAny>().map(drop),
        }
    }

    /// A member of no great size.
    fn small<T: DeserializeOwned>(&mut self) -> Result<T, EnvelopeError> {
        self.source.peek()?;
        let at = self.source.offset();
        match self.source.element(LARGEST_MEMBER)? {
            Element::Whole(bytes) => {
                // Read as a value even where nothing is asked of it: what is passed over is not looked at closely.
                let value: Value = serde_json::from_slice(bytes).map_err(|_| EnvelopeError::Json { at })?;
                serde_json::from_value(value)
                    .map_err(|_| EnvelopeError::NotAnEnvelope { at, what: "a member is of another type" })
            }
            Element::Beginning(_) => {
                Err(EnvelopeError::NotAnEnvelope { at, what: "a member beside objects is too large" })
            }
        }
    }

    fn objects(&mut self) -> Result<(), EnvelopeError> {
        if std::mem::replace(&mut self.read.has_objects, true) {
            return Err(self.invalid("the same member stands there twice"));
        }
        if self.source.peek()? != Some(b'[') {
            let at = self.source.offset();
            self.small::<IgnoredAny>()?;
            return Err(EnvelopeError::NotAnEnvelope { at, what: "objects is no list" });
        }
        self.source.pass(1);
        if self.source.peek()? == Some(b']') {
            self.source.pass(1);
            return Ok(());
        }
        self.object()?;
        while self.more(b']')? {
            self.object()?;
        }
        Ok(())
    }

    fn object(&mut self) -> Result<(), EnvelopeError> {
        self.source.peek()?;
        let at = self.source.offset();
        if self.read.count >= self.limits.objects {
            return Err(EnvelopeError::TooManyObjects { at, most: self.limits.objects });
        }
        let mut read = match self.source.element(self.limits.object_bytes)? {
            Element::Whole(bytes) => Object::read(bytes, self.limits),
            Element::Beginning(bytes) => Err(Object::too_large(&bytes, self.limits)),
        };
        if let Err(rejected) = &mut read {
            if rejected.code.breaks_json() {
                return Err(EnvelopeError::Json { at: at + rejected.offset });
            }
            rejected.index = self.read.count;
        }
        let index = self.read.count;
        self.read.count += 1;
        match (self.each)(index, read) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(EnvelopeError::Ended { at }),
        }
    }
}

fn set<T>(place: &mut Option<T>, value: T, twice: EnvelopeError) -> Result<(), EnvelopeError> {
    if place.replace(value).is_some() { Err(twice) } else { Ok(()) }
}
