//! Imports: entries on the record, and the files that they name.

use super::file::{self, Book, Family, MAX_BYTES, Source};
use crate::kinds::VOCABULARY_IMPORTED;
use crate::view::communities;
use rusqlite::{Connection, Row, Transaction, params};
use scr_canon::Hash32;
use scr_core::{Actor, OrgId, Refusal, RefusalKind, Role};
use scr_engine::rusqlite;
use scr_engine::{ActError, Ctx, Engine, Event, Fault, NewEvent, Objects, Receipt, ViewFault};
use scr_threats::{Sector, codes};
use serde_json::{Map, Value, json};
use std::io::Read as _;

/// Vocabularies of an installation.
const MOST: usize = 500;

/// Each import; the last one of a name counts.
pub(crate) const SCHEMA: &str = "
CREATE TABLE threats_vocabulary (idx INTEGER PRIMARY KEY, vocabulary TEXT NOT NULL, family TEXT NOT NULL, name TEXT NOT NULL,
    version TEXT, object TEXT NOT NULL, bytes INTEGER NOT NULL, techniques INTEGER NOT NULL, others INTEGER NOT NULL,
    odd INTEGER NOT NULL, at INTEGER NOT NULL, issuer TEXT NOT NULL);
CREATE INDEX threats_vocabulary_name ON threats_vocabulary (vocabulary, idx);
CREATE TABLE threats_term (term TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (term, seq)) WITHOUT ROWID;
CREATE INDEX threats_term_seq ON threats_term (seq);
";

/// The columns of the digest that mirrors compare.
pub(crate) const DIGEST: (&str, &str, &str) = (
    "threats_vocabulary",
    "idx, vocabulary, family, name, version, object, bytes, techniques, others, odd, at, issuer",
    "idx",
);

/// An import as the tables have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Import {
    /// Its entry.
    pub(crate) index: u64,
    /// When, in seconds.
    pub(crate) at: i64,
    /// The name under which it is kept.
    pub(crate) key: String,
    /// Its form.
    pub(crate) family: Family,
    /// How it is called.
    pub(crate) name: String,
    /// The version that it states.
    pub(crate) version: Option<String>,
    /// The file.
    pub(crate) object: Hash32,
    /// Its length.
    pub(crate) bytes: u64,
    /// Techniques, tags, entries.
    pub(crate) techniques: u64,
    /// Phases and remedies.
    pub(crate) others: u64,
    /// How much of it is odd.
    pub(crate) odd: u64,
    /// The organisation that imported it; the operator's own name where nobody else did.
    pub(crate) by: String,
}

const COLUMNS: &str =
    "idx, at, vocabulary, family, name, version, object, bytes, techniques, others, odd, issuer";

fn import(row: &Row<'_>) -> rusqlite::Result<Option<Import>> {
    let number = |at: usize| row.get::<_, i64>(at).map(i64::cast_unsigned);
    let (family, object): (String, String) = (row.get(3)?, row.get(6)?);
    let issuer: String = row.get(11)?;
    let Some((family, object)) = Family::parse(&family).zip(object.parse().ok()) else { return Ok(None) };
    Ok(Some(Import {
        index: number(0)?,
        at: row.get(1)?,
        key: row.get(2)?,
        family,
        name: row.get(4)?,
        version: row.get(5)?,
        object,
        bytes: number(7)?,
        techniques: number(8)?,
        others: number(9)?,
        odd: number(10)?,
        by: issuer.rsplit('/').next().unwrap_or_default().to_owned(),
    }))
}

/// What counts now: the last import of each name.
pub(crate) fn current(views: &Connection) -> rusqlite::Result<Vec<Import>> {
    let all: Vec<Option<Import>> = views
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM threats_vocabulary o WHERE NOT EXISTS
                (SELECT 1 FROM threats_vocabulary n WHERE n.vocabulary = o.vocabulary AND n.idx > o.idx)
             ORDER BY vocabulary"
        ))?
        .query_map([], import)?
        .collect::<Result<_, _>>()?;
    Ok(all.into_iter().flatten().collect())
}

/// All imports of a name, the newest first.
pub(crate) fn history(views: &Connection, key: &str) -> rusqlite::Result<Vec<Import>> {
    let all: Vec<Option<Import>> = views
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM threats_vocabulary WHERE vocabulary = ?1 ORDER BY idx DESC LIMIT 20"
        ))?
        .query_map([key], import)?
        .collect::<Result<_, _>>()?;
    Ok(all.into_iter().flatten().collect())
}

/// Takes an import into the tables.
pub(crate) fn apply(tx: &Transaction<'_>, event: &Event) -> Result<(), ViewFault> {
    let optional = |name: &str| event.public().get(name).and_then(Value::as_str).map(str::to_owned);
    let number = |name: &str| event.count(name).cast_signed();
    tx.execute(
        "INSERT INTO threats_vocabulary VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        params![
            event.index.cast_signed(),
            event.text("vocabulary"),
            event.text("family"),
            event.text("name"),
            optional("version"),
            event.text("object"),
            number("bytes"),
            number("techniques"),
            number("others"),
            number("odd"),
            event.at,
            event.entry.issuer()
        ],
    )?;
    Ok(())
}

/// Whether somebody may import: whoever runs the installation, and managers of election bodies and security teams.
pub(crate) fn may_import(views: &Connection, actor: &Actor) -> rusqlite::Result<bool> {
    if actor.place.is_some() {
        return Ok(false);
    }
    match actor.role {
        Role::Administrator => Ok(true),
        Role::Manager => is_official(views, &actor.org),
        _ => Ok(false),
    }
}

fn is_official(views: &Connection, org: &OrgId) -> rusqlite::Result<bool> {
    for code in crate::read::codes(views)? {
        let community = communities::read(views, &code)?;
        let sector = community.and_then(|one| one.members.get(org).map(|member| member.sector));
        if matches!(sector, Some(Sector::ElectionBody | Sector::Cert)) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What came of an import.
#[derive(Debug)]
pub(crate) struct Imported {
    /// What is in the file.
    pub(crate) book: Book,
    /// The entries; none where the very same file counts already.
    pub(crate) receipts: Vec<Receipt>,
}

fn refuse(code: &str) -> Refusal {
    Refusal::new(RefusalKind::Invalid, code).on("file")
}

/// Reads a file and keeps it among the objects.
fn keep(engine: &Engine, source: &mut dyn Source) -> Result<(Book, Hash32, u64), ActError> {
    let mut length = 0_u64;
    {
        let io = |error: std::io::Error| Fault::log(&error);
        let mut read = source.open().map_err(io)?.take(MAX_BYTES + 1);
        length += std::io::copy(&mut read, &mut std::io::sink()).map_err(io)?;
    }
    if length > MAX_BYTES {
        return Err(refuse(codes::VOCABULARY_LARGE).with("max", MAX_BYTES >> 20).into());
    }
    let book = file::read(source).map_err(|why| {
        let why: String = why.chars().take(300).collect();
        refuse(codes::NO_VOCABULARY).with("why", why)
    })?;
    let mut writer = engine.objects().writer()?;
    let mut read = source.open().map_err(|error| Fault::log(&error))?;
    let mut piece = vec![0_u8; 256 << 10];
    loop {
        let count = read.read(&mut piece).map_err(|error| Fault::log(&error))?;
        let Some(bytes) = piece.get(..count).filter(|bytes| !bytes.is_empty()) else { break };
        writer.write(bytes)?;
    }
    Ok((book, writer.finish()?, length))
}

/// A version as the record takes it: publishers write what they like.
fn version(book: &Book) -> Option<String> {
    let is_code = |c: char| c.is_alphanumeric() || "-_.:/ ".contains(c);
    let text: String = book.version.as_deref()?.chars().filter(|c| is_code(*c)).take(30).collect();
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

fn event(book: &Book, object: &Hash32, bytes: u64) -> NewEvent {
    let mut public = Map::new();
    let mut add = |name: &str, value: Value| public.insert(name.to_owned(), value);
    add("vocabulary", json!(book.key));
    add("family", json!(book.family.as_str()));
    add("name", json!(book.name));
    add("object", json!(object));
    add("bytes", json!(bytes));
    add("techniques", json!(book.techniques));
    add("others", json!(book.others));
    add("odd", json!(book.odd.len()));
    if let Some(version) = version(book) {
        add("version", json!(version));
    }
    NewEvent::about(&VOCABULARY_IMPORTED, format!("threats:vocabulary:{}", book.key), Value::Object(public))
}

/// Whether an import would change something.
fn is_new(views: &Connection, book: &Book, object: &Hash32) -> Result<bool, ActError> {
    let there = current(views)?;
    if there.len() >= MOST && !there.iter().any(|one| one.key == book.key) {
        return Err(refuse(codes::VOCABULARIES_MANY).with("max", MOST).into());
    }
    Ok(!there.iter().any(|one| one.key == book.key && one.object == *object))
}

/// Imports a file in somebody's name.
///
/// # Errors
/// `SCR-THR-090` to `-093`; faults.
pub(crate) fn import_as(
    engine: &Engine,
    actor: &Actor,
    source: &mut dyn Source,
) -> Result<Imported, ActError> {
    let forbidden = || Refusal::new(RefusalKind::Forbidden, codes::NO_LIBRARIAN);
    if !engine.read(|views| may_import(views, actor))? {
        return Err(forbidden().into());
    }
    let (book, object, bytes) = keep(engine, source)?;
    let decide = |views: &Connection, _: &Ctx<'_>| {
        if !may_import(views, actor)? {
            return Err(forbidden().into());
        }
        if !is_new(views, &book, &object)? {
            return Err(Refusal::new(RefusalKind::Conflict, codes::NOTHING).into());
        }
        Ok(vec![event(&book, &object, bytes)])
    };
    let receipts = match engine.record(actor, &decide) {
        Err(ActError::Refused(refusal)) if refusal.code == codes::NOTHING => Vec::new(),
        other => other?,
    };
    Ok(Imported { book, receipts })
}

/// Imports a file in the operator's own name: from the command line. Gives the entry; `None` where the very same file counts
/// already.
pub(crate) fn import_by_itself(
    engine: &Engine,
    source: &mut dyn Source,
) -> Result<(Book, Option<u64>), ActError> {
    let (book, object, bytes) = keep(engine, source)?;
    if !engine.read(|views| Ok(is_new(views, &book, &object)))?? {
        return Ok((book, None));
    }
    let recorded = engine.record_by_itself(&event(&book, &object, bytes), &[])?;
    Ok((book, Some(recorded.index)))
}

/// A file among the objects.
pub(crate) struct Kept<'a> {
    /// Where it is.
    pub(crate) objects: &'a Objects,
    /// Which.
    pub(crate) hash: Hash32,
}

impl Source for Kept<'_> {
    fn open(&mut self) -> std::io::Result<Box<dyn std::io::Read + '_>> {
        let reader = self.objects.reader(&self.hash).map_err(std::io::Error::other)?;
        let reader = reader.ok_or_else(|| std::io::Error::other("the file is not among the objects"))?;
        Ok(Box::new(std::io::BufReader::with_capacity(256 << 10, reader)))
    }
}
