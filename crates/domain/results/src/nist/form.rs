//! One stream of elements, written as XML or as JSON while it is made.
//!
//! The two forms of SP 1500-100 are two spellings of one model: what repeats is an array in JSON and
//! repeated elements in XML; a type is `xsi:type` where XML's declared type is abstract, and `@type`
//! everywhere in JSON.

use std::io::{self, Write};

/// Name space of version 2.
const NAMESPACE: &str = "http://itl.nist.gov/ns/voting/1500-100/v2";

/// How a report is spelt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// JSON, as the published JSON schema says.
    Json,
    /// XML, as the published XML schema says.
    Xml,
}

/// An element of the model.
#[derive(Clone, Copy, Default)]
pub(super) struct Head<'a> {
    pub(super) class: &'a str,
    /// Its identifier, where it is referred to.
    pub(super) id: Option<&'a str>,
    /// True where XML's declared type is abstract.
    pub(super) derived: bool,
}

impl<'a> Head<'a> {
    pub(super) fn of(class: &'a str) -> Self {
        Self { class, ..Self::default() }
    }
}

/// Writes elements; each function must be called in the order of the XML schema's sequences.
pub(super) struct Writer<W> {
    out: W,
    form: Form,
    /// Whether something stands before, in the object or array that is open.
    filled: bool,
}

impl<W: Write> Writer<W> {
    pub(super) fn new(out: W, form: Form) -> Self {
        Self { out, form, filled: false }
    }

    /// The whole document.
    pub(super) fn root<E: From<io::Error>>(
        &mut self,
        body: impl FnOnce(&mut Self) -> Result<(), E>,
    ) -> Result<(), E> {
        match self.form {
            Form::Json => {
                self.object(Head::of("ElectionReport"), body)?;
                self.out.write_all(b"\n")?;
            }
            Form::Xml => {
                let schema = "http://www.w3.org/2001/XMLSchema-instance";
                write!(
                    self.out,
                    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ElectionReport xmlns=\"{NAMESPACE}\" xmlns:xsi=\"{schema}\">\n"
                )?;
                body(self)?;
                self.out.write_all(b"</ElectionReport>\n")?;
            }
        }
        self.out.flush()?;
        Ok(())
    }

    /// What stands once.
    pub(super) fn one<E: From<io::Error>>(
        &mut self,
        name: &str,
        head: Head<'_>,
        body: impl FnOnce(&mut Self) -> Result<(), E>,
    ) -> Result<(), E> {
        match self.form {
            Form::Json => {
                self.key(name)?;
                self.object(head, body)
            }
            Form::Xml => self.element(name, head, body),
        }
    }

    /// What repeats: `body` calls [`Writer::item`] for each. Must not be empty in JSON where the schema
    /// wants at least one.
    pub(super) fn many<E: From<io::Error>>(
        &mut self,
        name: &str,
        body: impl FnOnce(&mut Self) -> Result<(), E>,
    ) -> Result<(), E> {
        if self.form == Form::Xml {
            return body(self);
        }
        self.key(name)?;
        self.out.write_all(b"[")?;
        self.filled = false;
        body(self)?;
        self.out.write_all(b"]")?;
        self.filled = true;
        Ok(())
    }

    /// One of what repeats.
    pub(super) fn item<E: From<io::Error>>(
        &mut self,
        name: &str,
        head: Head<'_>,
        body: impl FnOnce(&mut Self) -> Result<(), E>,
    ) -> Result<(), E> {
        match self.form {
            Form::Json => {
                self.comma()?;
                self.object(head, body)
            }
            Form::Xml => self.element(name, head, body),
        }
    }

    /// A text.
    pub(super) fn text(&mut self, name: &str, value: &str) -> io::Result<()> {
        match self.form {
            Form::Json => {
                self.key(name)?;
                serde_json::to_writer(&mut self.out, value).map_err(io::Error::from)
            }
            Form::Xml => writeln!(self.out, "<{name}>{}</{name}>", Escaped(value)),
        }
    }

    /// A whole number.
    pub(super) fn number(&mut self, name: &str, value: u64) -> io::Result<()> {
        match self.form {
            Form::Json => {
                self.key(name)?;
                write!(self.out, "{value}")
            }
            Form::Xml => writeln!(self.out, "<{name}>{value}</{name}>"),
        }
    }

    /// Something that is so.
    pub(super) fn flag(&mut self, name: &str) -> io::Result<()> {
        match self.form {
            Form::Json => {
                self.key(name)?;
                self.out.write_all(b"true")
            }
            Form::Xml => writeln!(self.out, "<{name}>true</{name}>"),
        }
    }

    /// References to several elements: an array, or a list divided by spaces. Nothing when empty.
    pub(super) fn references(&mut self, name: &str, ids: &[String]) -> io::Result<()> {
        if ids.is_empty() {
            return Ok(());
        }
        match self.form {
            Form::Json => {
                self.key(name)?;
                serde_json::to_writer(&mut self.out, ids).map_err(io::Error::from)
            }
            Form::Xml => writeln!(self.out, "<{name}>{}</{name}>", ids.join(" ")),
        }
    }

    /// A text with its language, which is not stated: BCP 47 `und`.
    pub(super) fn words(&mut self, name: &str, value: &str) -> io::Result<()> {
        if self.form == Form::Xml {
            return writeln!(self.out, "<{name}><Text Language=\"und\">{}</Text></{name}>", Escaped(value));
        }
        self.one(name, Head::of("InternationalizedText"), |w| {
            w.many("Text", |w| {
                w.item("Text", Head::of("LanguageString"), |w| {
                    w.text("Content", value)?;
                    w.text("Language", "und")
                })
            })
        })
    }

    fn element<E: From<io::Error>>(
        &mut self,
        name: &str,
        head: Head<'_>,
        body: impl FnOnce(&mut Self) -> Result<(), E>,
    ) -> Result<(), E> {
        write!(self.out, "<{name}")?;
        if let Some(id) = head.id {
            write!(self.out, " ObjectId=\"{id}\"")?;
        }
        if head.derived {
            write!(self.out, " xsi:type=\"{}\"", head.class)?;
        }
        self.out.write_all(b">")?;
        body(self)?;
        writeln!(self.out, "</{name}>")?;
        Ok(())
    }

    fn object<E: From<io::Error>>(
        &mut self,
        head: Head<'_>,
        body: impl FnOnce(&mut Self) -> Result<(), E>,
    ) -> Result<(), E> {
        write!(self.out, "{{\"@type\":\"ElectionResults.{}\"", head.class)?;
        if let Some(id) = head.id {
            write!(self.out, ",\"@id\":\"{id}\"")?;
        }
        self.filled = true;
        body(self)?;
        self.out.write_all(b"}")?;
        self.filled = true;
        Ok(())
    }

    fn key(&mut self, name: &str) -> io::Result<()> {
        self.comma()?;
        write!(self.out, "\"{name}\":")
    }

    fn comma(&mut self) -> io::Result<()> {
        if self.filled {
            self.out.write_all(b",")?;
        }
        self.filled = true;
        Ok(())
    }
}

/// Text in XML; characters that XML 1.0 does not allow are left out.
struct Escaped<'a>(&'a str);

impl std::fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        use std::fmt::Write as _;
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\t' | '\n' => f.write_char(c)?,
                '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}
