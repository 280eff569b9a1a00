//! Erasing private content. The event is authoritative: whoever projects it removes the content from the
//! views and then destroys key and salt, and does so again at every start until both are done.

use crate::engine::Engine;
use crate::error::Fault;
use crate::event::Event;
use crate::views::MUST_REWRITE;
use rusqlite::{Connection, Transaction, params};
use scr_entry::{Entry, FieldSpec, FieldType, KindSpec};
use scr_ledger::LedgerReader;
use scr_merkle::leaf_hash;
use scr_vault::Vault;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

/// Payloads that one event names at most: so many fit into an entry.
pub const MAX_ERASED: usize = 250;

/// Private content was erased: whose key and salt are destroyed, on what legal basis, and who approved.
pub const PAYLOAD_ERASED: KindSpec = KindSpec {
    name: "privacy.payload.erased/1",
    public: &[
        FieldSpec::new("basis", FieldType::Code(32)),
        FieldSpec::new(
            "payloads",
            FieldType::List(
                MAX_ERASED,
                &FieldType::Object(&[
                    FieldSpec::new("entry", FieldType::Count),
                    FieldSpec::new("field", FieldType::Code(64)),
                ]),
            ),
        ),
        FieldSpec::new(
            "approvers",
            FieldType::List(
                8,
                &FieldType::Object(&[
                    FieldSpec::new("role", FieldType::Code(32)),
                    FieldSpec::new("org", FieldType::Code(64)),
                ]),
            ),
        ),
    ],
    private: &["scope", "reason"],
};

/// What of an entry was erased: by field, with the content where it could still be read.
pub type Erased = BTreeMap<String, Option<Vec<u8>>>;

/// A private field of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrivateField {
    /// Index of the entry.
    pub entry: u64,
    /// The field's name.
    pub field: String,
    /// Id of the payload.
    pub payload: String,
    /// Index of the entry that erased it.
    pub erased: Option<u64>,
}

impl Engine {
    /// The private fields of an entry.
    pub fn private_fields(&self, entry: u64) -> Result<Vec<PrivateField>, Fault> {
        self.read(|views| {
            let mut query = views.prepare_cached(
                "SELECT idx, field, payload, erased FROM engine_private WHERE idx = ?1 ORDER BY field",
            )?;
            query.query_map([entry.cast_signed()], field_of)?.collect()
        })
    }

    /// The private fields that a subject owns and that are not erased, in the order of their entries; at
    /// most `limit`.
    pub fn private_fields_of(&self, owner: &str, limit: usize) -> Result<Vec<PrivateField>, Fault> {
        let ids = self.vault.owned_by(owner, limit)?;
        let mut fields = self.read(|views| {
            let mut query = views.prepare_cached(
                "SELECT idx, field, payload, erased FROM engine_private WHERE payload = ?1",
            )?;
            let mut found = Vec::with_capacity(ids.len());
            for id in &ids {
                found.extend(query.query_map([id], field_of)?.collect::<Result<Vec<_>, _>>()?);
            }
            Ok(found)
        })?;
        fields.sort_by(|a, b| (a.entry, &a.field).cmp(&(b.entry, &b.field)));
        Ok(fields)
    }

    /// The subject that owns a payload; `None` when it is erased.
    pub fn owner_of(&self, payload: &str) -> Result<Option<String>, Fault> {
        Ok(self.vault.owner(payload)?)
    }
}

fn field_of(row: &rusqlite::Row<'_>) -> rusqlite::Result<PrivateField> {
    Ok(PrivateField {
        entry: row.get::<_, i64>(0)?.cast_unsigned(),
        field: row.get(1)?,
        payload: row.get(2)?,
        erased: row.get::<_, Option<i64>>(3)?.map(i64::cast_unsigned),
    })
}

/// Writes down the private fields of an event.
pub(crate) fn index_fields(tx: &Transaction<'_>, event: &Event) -> rusqlite::Result<()> {
    let mut insert =
        tx.prepare_cached("INSERT OR IGNORE INTO engine_private VALUES (?1, ?2, ?3, NULL, ?4)")?;
    for commitment in event.entry.commitments() {
        let taken = event.private.contains_key(&commitment.n);
        insert.execute(params![commitment.h.to_hex(), event.index.cast_signed(), commitment.n, taken])?;
    }
    Ok(())
}

/// What an event erases: for each earlier entry its fields.
pub(crate) fn named(event: &Event) -> BTreeMap<u64, BTreeSet<String>> {
    let mut named: BTreeMap<u64, BTreeSet<String>> = BTreeMap::new();
    if event.kind() != PAYLOAD_ERASED.name {
        return named;
    }
    for item in event.public().get("payloads").and_then(Value::as_array).into_iter().flatten() {
        if let (Some(entry), Some(field)) = (item["entry"].as_u64(), item["field"].as_str())
            && entry < event.index
        {
            named.entry(entry).or_default().insert(field.to_owned());
        }
    }
    named
}

/// Marks the fields of one entry as erased by `by`.
pub(crate) fn mark(
    tx: &Transaction<'_>,
    entry: u64,
    fields: &BTreeSet<String>,
    by: u64,
) -> rusqlite::Result<()> {
    let mut update = tx.prepare_cached(
        "UPDATE engine_private SET erased = ?3 WHERE idx = ?1 AND field = ?2 AND erased IS NULL",
    )?;
    for field in fields {
        update.execute(params![entry.cast_signed(), field, by.cast_signed()])?;
    }
    tx.pragma_update(None, "user_version", MUST_REWRITE)
}

/// Whether the views hold content of an entry's fields that cannot be read any more: another node was
/// faster and has destroyed the keys, and what the views hold cannot be told from the rest.
pub(crate) fn holds_unreadable(tx: &Transaction<'_>, entry: u64, erased: &Erased) -> rusqlite::Result<bool> {
    let mut taken =
        tx.prepare_cached("SELECT 1 FROM engine_private WHERE idx = ?1 AND field = ?2 AND taken = 1")?;
    for (field, _) in erased.iter().filter(|(_, content)| content.is_none()) {
        if taken.exists(params![entry.cast_signed(), field])? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Reads an entry for the views: with the private fields that the vault can open, or `None` for bytes
/// that are no entry (another program's log).
pub(crate) fn event_at(
    reader: &LedgerReader,
    vault: &Vault,
    index: u64,
    bytes: &[u8],
) -> Result<Option<Event>, Fault> {
    Ok(events_from(reader, vault, index, &[bytes])?.pop().flatten())
}

/// The same for consecutive entries, the first at `first`: ciphertexts and keys are asked for all at once.
pub(crate) fn events_from(
    reader: &LedgerReader,
    vault: &Vault,
    first: u64,
    entries: &[impl AsRef<[u8]>],
) -> Result<Vec<Option<Event>>, Fault> {
    let parsed: Vec<Option<Entry>> = entries.iter().map(|bytes| Entry::parse(bytes.as_ref()).ok()).collect();
    let ids: Vec<String> = parsed
        .iter()
        .flatten()
        .flat_map(Entry::commitments)
        .map(|commitment| commitment.h.to_hex())
        .collect();
    let ciphertexts = reader.payloads(&ids.iter().map(String::as_str).collect::<Vec<_>>())?;
    let contents = vault.open_payloads(&ciphertexts)?;
    let events = (first..).zip(parsed).zip(entries).map(|((index, entry), bytes)| {
        let entry = entry?;
        let fields = entry.commitments().iter();
        let private =
            fields.filter_map(|c| Some((c.n.clone(), contents.get(&c.h.to_hex())?.clone()))).collect();
        Some(Event { index, at: entry.at(), leaf: leaf_hash(bytes.as_ref()), entry, private })
    });
    Ok(events.collect())
}

/// The list of payloads that were ever erased here: a file beside the guard and, like it, in no backup.
/// A backup that is put back knows nothing of later erasures; this file makes them hold all the same.
pub(crate) struct ErasedList(PathBuf);

impl ErasedList {
    pub(crate) fn in_folder(folder: &Path) -> Self {
        Self(folder.join("erased"))
    }

    /// The ids of payloads. A line that was cut off by a crash is passed by: it is written again.
    pub(crate) fn read(&self) -> std::io::Result<BTreeSet<String>> {
        match std::fs::read_to_string(&self.0) {
            Ok(text) => Ok(text.lines().filter(|id| is_payload_id(id)).map(str::to_owned).collect()),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(BTreeSet::new()),
            Err(error) => Err(error),
        }
    }

    /// Adds those that are not there yet, durably, and gives all.
    pub(crate) fn add(&self, ids: Vec<String>) -> std::io::Result<BTreeSet<String>> {
        let mut all = self.read()?;
        let new: Vec<String> = ids.into_iter().filter(|id| !all.contains(id)).collect();
        if !new.is_empty() {
            let mut file = File::options().create(true).append(true).open(&self.0)?;
            // Begins a line of its own after one that was cut off.
            file.write_all(format!("\n{}\n", new.join("\n")).as_bytes())?;
            file.sync_all()?;
            if let Some(folder) = self.0.parent() {
                File::open(folder)?.sync_all()?;
            }
            all.extend(new);
        }
        Ok(all)
    }
}

fn is_payload_id(id: &str) -> bool {
    scr_canon::Hash32::from_hex(id).is_some()
}

/// Destroys key and salt of everything that is marked as erased, and empties the views' write-ahead log.
/// May be repeated, and is, until it succeeds.
pub(crate) fn destroy(views: &Connection, list: &ErasedList, vault: &Vault) -> Result<(), Fault> {
    let marked: Vec<String> = {
        let mut query = views.prepare("SELECT payload FROM engine_private WHERE erased IS NOT NULL")?;
        let rows = query.query_map([], |row| row.get(0))?;
        rows.collect::<Result<_, _>>()?
    };
    let all = list.add(marked).map_err(|e| Fault::log(&format!("the list of erased payloads: {e}")))?;
    if all.is_empty() {
        return Ok(());
    }
    let gone = vault.shred(all.iter().map(String::as_str))?;
    if gone > 0 {
        tracing::info!(gone, "keys and salts of erased content are destroyed");
    }
    let version: i64 = views.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if version == MUST_REWRITE {
        // As in the vault: pages that were divided hold copies of rows, in spite of `secure_delete`.
        views.execute_batch("VACUUM")?;
        views.pragma_update(None, "user_version", 0)?;
    }
    let busy: i64 = views.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if busy != 0 {
        return Err(Fault::log(
            &"a reader holds the views' write-ahead log; it is emptied as soon as it can be",
        ));
    }
    Ok(())
}
