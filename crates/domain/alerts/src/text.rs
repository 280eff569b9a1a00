//! The alert's text in its compact canonical form: at most 350 bytes, one spelling.
//!
//! The layout stands in docs/reference/alert-formats.md.

use crate::bytes::{Reader, length_byte, number_bytes};
use crate::{Broken, Part};
use serde::Serialize;

/// Longest compact form, in bytes.
pub const MAX_TEXT_BYTES: usize = 350;
/// Most areas of one alert; name a larger area instead of many small ones.
pub const MAX_AREAS: usize = 40;
/// Longest code of an area, in bytes.
pub const MAX_AREA_BYTES: usize = 24;
/// Most languages of one alert.
pub const MAX_LANGUAGES: usize = 4;
/// Most alerts that an update or a cancellation names.
pub const MAX_REFERENCES: usize = 4;
/// Longest time from sending to expiry: 90 days, in seconds.
pub const MAX_LIFE: u32 = 90 * 86_400;
const VERSION: u8 = 1;

macro_rules! coded {
    ($(#[$outer:meta])* $name:ident { $($(#[$inner:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$outer])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum $name { $($(#[$inner])* $variant),+ }

        impl $name {
            /// Its byte in the compact form.
            pub fn byte(self) -> u8 {
                match self { $(Self::$variant => $code),+ }
            }

            /// What a byte of the compact form stands for.
            pub fn of_byte(byte: u8) -> Option<Self> {
                match byte { $($code => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

coded! {
    /// What a message is (CAP 1.2 `msgType`).
    Kind {
        /// A first warning.
        Alert = 0x41,
        /// Takes the place of those that it names.
        Update = 0x55,
        /// Takes back those that it names.
        Cancel = 0x43,
    }
}

coded! {
    /// Whether it is meant (CAP 1.2 `status`). Any two of the bytes differ in four bits.
    Status {
        /// It is meant.
        Actual = 0x0F,
        /// A drill.
        Exercise = 0x33,
        /// A test of the channels; nobody does anything.
        Test = 0x55,
    }
}

coded! {
    /// CAP 1.2 `severity`.
    Severity {
        /// Not known.
        Unknown = 0,
        /// Little danger.
        Minor = 1,
        /// Possible danger.
        Moderate = 2,
        /// Considerable danger.
        Severe = 3,
        /// Extraordinary danger.
        Extreme = 4,
    }
}

coded! {
    /// Who should act (the CAP parameter `instruction-level`).
    Audience {
        /// Polling stations.
        Station = 1,
        /// Municipalities.
        Municipality = 2,
        /// Everybody.
        Public = 3,
    }
}

/// An earlier alert: its place in the log, and the beginning of its leaf hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Reference {
    /// Index of the entry.
    pub index: u64,
    /// The first eight bytes of its leaf hash, so that no other entry can be meant.
    #[serde(serialize_with = "as_hex")]
    pub leaf: [u8; 8],
}

fn as_hex<S: serde::Serializer>(bytes: &[u8; 8], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&format_args!("{:016x}", u64::from_be_bytes(*bytes)))
}

/// The words in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Wording {
    /// ISO 639-1 code, two lower-case letters.
    pub language: String,
    /// What has happened, 1 to 160 bytes of UTF-8.
    pub headline: String,
    /// What to do, at most 255 bytes of UTF-8.
    pub instruction: String,
}

/// What an alert says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AlertText {
    /// Number within the election, from 1: tear-off strips and lines of the sealed sheet go by it. Exercises and
    /// tests have numbers of their own.
    pub number: u16,
    /// What it is.
    pub kind: Kind,
    /// Whether it is meant.
    pub status: Status,
    /// How grave.
    pub severity: Severity,
    /// Who should act.
    pub audience: Audience,
    /// When it was sent: seconds since 1970, UTC.
    pub sent: u64,
    /// Seconds after `sent` at which it begins to hold.
    pub effective_after: u32,
    /// Seconds after `sent` at which it ends; more than `effective_after`, at most [`MAX_LIFE`].
    pub expires_after: u32,
    /// Alerts that an update or a cancellation names, ascending; none for a first alert.
    pub references: Vec<Reference>,
    /// Codes of areas, ascending, each once.
    pub areas: Vec<String>,
    /// The words, the main language first, each language once.
    pub wordings: Vec<Wording>,
}

/// What cannot be an alert's text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("SCR-ALR-001: {field}: {what}")]
pub struct TextError {
    /// The field.
    pub field: &'static str,
    /// What is wrong with it.
    pub what: &'static str,
}

fn wrong(field: &'static str, what: &'static str) -> TextError {
    TextError { field, what }
}

impl AlertText {
    /// When it begins to hold, seconds since 1970, UTC.
    pub fn effective(&self) -> u64 {
        self.sent.saturating_add(u64::from(self.effective_after))
    }

    /// When it ends, seconds since 1970, UTC: at this second it holds no more.
    pub fn expires(&self) -> u64 {
        self.sent.saturating_add(u64::from(self.expires_after))
    }

    /// The words in this language, else in the main one.
    pub fn wording(&self, language: &str) -> Option<&Wording> {
        self.wordings.iter().find(|one| one.language == language).or_else(|| self.wordings.first())
    }

    /// The compact form.
    ///
    /// # Errors
    /// [`TextError`] names the field that cannot be written.
    pub fn to_bytes(&self) -> Result<Vec<u8>, TextError> {
        self.check()?;
        let mut out = vec![VERSION, self.status.byte(), self.kind.byte(), self.severity.byte()];
        out.push(self.audience.byte());
        out.extend(self.number.to_be_bytes());
        out.extend(number_bytes::<5>(self.sent).ok_or(wrong("sent", "is too far away"))?);
        out.extend(self.effective_after.to_be_bytes());
        out.extend(self.expires_after.to_be_bytes());
        put_length(&mut out, self.references.len(), "references")?;
        for one in &self.references {
            out.extend(number_bytes::<6>(one.index).ok_or(wrong("references", "an index is too large"))?);
            out.extend(one.leaf);
        }
        put_length(&mut out, self.areas.len(), "areas")?;
        let mut before: &[u8] = b"";
        for area in &self.areas {
            let area = area.as_bytes();
            let shared = shared_prefix(before, area);
            put_length(&mut out, shared, "areas")?;
            let rest = area.get(shared..).unwrap_or_default();
            put_length(&mut out, rest.len(), "areas")?;
            out.extend(rest);
            before = area;
        }
        put_length(&mut out, self.wordings.len(), "languages")?;
        for one in &self.wordings {
            out.extend(one.language.as_bytes());
            put_length(&mut out, one.headline.len(), "headline")?;
            out.extend(one.headline.as_bytes());
            put_length(&mut out, one.instruction.len(), "instruction")?;
            out.extend(one.instruction.as_bytes());
        }
        if out.len() > MAX_TEXT_BYTES {
            return Err(wrong(
                "text",
                "is longer than 350 bytes in compact form: shorten headline or instruction",
            ));
        }
        Ok(out)
    }

    /// Reads a compact form; only bytes that [`Self::to_bytes`] could have written.
    ///
    /// # Errors
    /// [`Broken`], with the place.
    pub fn parse(bytes: &[u8]) -> Result<Self, Broken> {
        let mut reader = Reader::new(bytes, Part::Text);
        if bytes.len() > MAX_TEXT_BYTES {
            return Err(reader.broken("it is longer than 350 bytes"));
        }
        if reader.byte()? != VERSION {
            return Err(reader.broken("its version is not known"));
        }
        let status = Status::of_byte(reader.byte()?).ok_or_else(|| reader.broken("no such status"))?;
        let kind = Kind::of_byte(reader.byte()?).ok_or_else(|| reader.broken("no such kind"))?;
        let severity = Severity::of_byte(reader.byte()?).ok_or_else(|| reader.broken("no such severity"))?;
        let audience = Audience::of_byte(reader.byte()?).ok_or_else(|| reader.broken("no such audience"))?;
        let number = u16::from_be_bytes(reader.array()?);
        let sent = reader.number::<5>()?;
        let effective_after = u32::from_be_bytes(reader.array()?);
        let expires_after = u32::from_be_bytes(reader.array()?);
        let references = read_references(&mut reader)?;
        let areas = read_areas(&mut reader)?;
        let wordings = read_wordings(&mut reader)?;
        let text = Self {
            number,
            kind,
            status,
            severity,
            audience,
            sent,
            effective_after,
            expires_after,
            references,
            areas,
            wordings,
        };
        // Whatever could be written in two ways is refused here: prefixes that were not shared, for instance.
        if text.to_bytes().map_err(|error| reader.broken(error.what))? != bytes {
            return Err(reader.broken("it could be written in another way"));
        }
        reader.end()?;
        Ok(text)
    }

    fn check(&self) -> Result<(), TextError> {
        if self.number == 0 {
            return Err(wrong("number", "begins with 1"));
        }
        if self.expires_after <= self.effective_after {
            return Err(wrong("expires", "is not after the time at which it begins to hold"));
        }
        if self.expires_after > MAX_LIFE {
            return Err(wrong("expires", "is more than 90 days after it was sent"));
        }
        if self.references.len() > MAX_REFERENCES || (self.kind == Kind::Alert) != self.references.is_empty()
        {
            return Err(wrong(
                "references",
                "an update or a cancellation names 1 to 4 alerts, an alert names none",
            ));
        }
        if !self.references.is_sorted_by(|one, next| one.index < next.index) {
            return Err(wrong("references", "are not in ascending order, each once"));
        }
        if !(1..=MAX_AREAS).contains(&self.areas.len()) || !self.areas.iter().all(|area| is_area_code(area)) {
            return Err(wrong("areas", "1 to 40 codes of 1 to 24 letters, digits, dots, dashes or slashes"));
        }
        if !self.areas.is_sorted_by(|one, next| one < next) {
            return Err(wrong("areas", "are not in ascending order, each once"));
        }
        self.check_wordings()
    }

    fn check_wordings(&self) -> Result<(), TextError> {
        if !(1..=MAX_LANGUAGES).contains(&self.wordings.len()) {
            return Err(wrong("languages", "1 to 4"));
        }
        for (position, one) in self.wordings.iter().enumerate() {
            let code = one.language.as_bytes();
            if code.len() != 2 || !code.iter().all(u8::is_ascii_lowercase) {
                return Err(wrong("languages", "a language is two lower-case letters"));
            }
            if self.wordings.iter().take(position).any(|earlier| earlier.language == one.language) {
                return Err(wrong("languages", "a language stands there twice"));
            }
            if !(1..=160).contains(&one.headline.len()) || !is_plain(&one.headline) {
                return Err(wrong(
                    "headline",
                    "1 to 160 bytes, without control characters and spaces around it",
                ));
            }
            if one.instruction.len() > 255 || !is_plain(&one.instruction) {
                return Err(wrong(
                    "instruction",
                    "at most 255 bytes, without control characters and spaces around it",
                ));
            }
        }
        Ok(())
    }
}

/// Whether a text can be the code of an area: 1 to 24 ASCII letters, digits, `.`, `-`, `_`, `/`.
pub fn is_area_code(code: &str) -> bool {
    (1..=MAX_AREA_BYTES).contains(&code.len())
        && code.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'/'))
}

/// No control characters, nothing that turns the direction of what follows, nothing invisible, no space at the ends.
fn is_plain(text: &str) -> bool {
    let hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
    };
    text.trim() == text && !text.chars().any(hidden)
}

fn put_length(out: &mut Vec<u8>, length: usize, field: &'static str) -> Result<(), TextError> {
    out.push(length_byte(length).ok_or(wrong(field, "is too long"))?);
    Ok(())
}

fn shared_prefix(one: &[u8], other: &[u8]) -> usize {
    one.iter().zip(other).take_while(|(left, right)| left == right).count()
}

fn read_references(reader: &mut Reader<'_>) -> Result<Vec<Reference>, Broken> {
    let count = reader.count(0..MAX_REFERENCES + 1, "too many references")?;
    (0..count).map(|_| Ok(Reference { index: reader.number::<6>()?, leaf: reader.array()? })).collect()
}

fn read_areas(reader: &mut Reader<'_>) -> Result<Vec<String>, Broken> {
    let count = reader.count(1..MAX_AREAS + 1, "no area, or too many")?;
    let mut areas: Vec<String> = Vec::with_capacity(count);
    for _ in 0..count {
        let shared = usize::from(reader.byte()?);
        let length = usize::from(reader.byte()?);
        let rest = utf8(reader, length)?;
        let before = areas.last().map_or("", String::as_str);
        let front = before.get(..shared).ok_or_else(|| reader.broken("an area shares more than there is"))?;
        areas.push(format!("{front}{rest}"));
    }
    Ok(areas)
}

fn read_wordings(reader: &mut Reader<'_>) -> Result<Vec<Wording>, Broken> {
    let count = reader.count(1..MAX_LANGUAGES + 1, "no language, or too many")?;
    let mut wordings = Vec::with_capacity(count);
    for _ in 0..count {
        let language = utf8(reader, 2)?;
        let length = usize::from(reader.byte()?);
        let headline = utf8(reader, length)?;
        let length = usize::from(reader.byte()?);
        let instruction = utf8(reader, length)?;
        wordings.push(Wording { language, headline, instruction });
    }
    Ok(wordings)
}

fn utf8(reader: &mut Reader<'_>, length: usize) -> Result<String, Broken> {
    let bytes = reader.take(length)?;
    let text = std::str::from_utf8(bytes).map_err(|_| reader.broken("it is not UTF-8"))?;
    Ok(text.to_owned())
}
