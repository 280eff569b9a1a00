//! The rule pack of an election: which rules its tally sheets must follow.

use crate::commands::{election_exists, election_subject, must_be};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use scr_canon::Hash32;
use scr_core::{Actor, ElectionId, Refusal, RefusalKind, Role};
use scr_engine::{ActError, Engine, Event, Fault, FieldSpec, FieldType, KindSpec, NewEvent, Receipt};
use scr_results::rules::{MAX_PACK, Pack};
use serde_json::json;

/// An election has a rule pack: the next version, never an overwrite.
pub(crate) const RULES_CHOSEN: KindSpec = KindSpec {
    name: "elections.rules.chosen/1",
    public: &[
        FieldSpec::new("election", FieldType::Code(64)),
        FieldSpec::new("version", FieldType::Count),
        FieldSpec::new("pack", FieldType::Code(64)),
        FieldSpec::new("pack_version", FieldType::Count),
        FieldSpec::new("rules", FieldType::Count),
        FieldSpec::new("object", FieldType::Hash),
        FieldSpec::optional("reason", FieldType::Text(1_000)),
    ],
    private: &[],
};

/// Chooses the rule pack of an election. A later choice needs a reason.
pub fn choose_rules(
    engine: &Engine,
    actor: &Actor,
    election: &ElectionId,
    pack_toml: &str,
    reason: Option<&str>,
) -> Result<Vec<Receipt>, ActError> {
    must_be(actor, &[Role::Manager])?;
    let pack = Pack::parse(pack_toml).map_err(|error| {
        Refusal::new(RefusalKind::Invalid, "SCR-RES-043")
            .on("file")
            .with("code", error.code)
            .with("line", error.line)
            .with("column", error.column)
            .with("what", error.what)
    })?;
    let object = engine.objects().put(pack_toml.as_bytes())?;
    engine.record(actor, &|views, _| {
        if !election_exists(views, election.as_str())? {
            return Err(Refusal::new(RefusalKind::NotFound, "SCR-RES-009").with("id", election).into());
        }
        let before = newest_rules(views, election.as_str())?;
        let version = before.as_ref().map_or(0, |before| before.version) + 1;
        if before.is_some_and(|before| before.object == object.to_string()) {
            return Err(Refusal::new(RefusalKind::Conflict, "SCR-RES-044").into());
        }
        let reason = reason.map(str::trim).filter(|reason| !reason.is_empty());
        if version > 1 && reason.is_none() {
            return Err(Refusal::new(RefusalKind::Invalid, "SCR-RES-012").on("reason").into());
        }
        let mut public = json!({"election": election, "version": version, "pack": pack.id,
            "pack_version": pack.version, "rules": pack.rules.len(), "object": object});
        if let Some(reason) = reason {
            public["reason"] = json!(reason);
        }
        let event = NewEvent::about(&RULES_CHOSEN, format!("rules:{election}"), public);
        Ok(vec![event.also(election_subject(election))])
    })
}

/// A choice of rules.
#[derive(Debug, Clone)]
pub(crate) struct RulesRow {
    pub(crate) index: u64,
    pub(crate) version: u64,
    pub(crate) at: i64,
    pub(crate) pack: String,
    pub(crate) object: String,
    pub(crate) reason: String,
}

fn rules_row(row: &Row<'_>) -> rusqlite::Result<RulesRow> {
    let whole = |column| row.get::<_, i64>(column).map(|n| u64::try_from(n).unwrap_or(0));
    Ok(RulesRow {
        index: whole(0)?,
        version: whole(1)?,
        at: row.get(2)?,
        pack: row.get(3)?,
        object: row.get(4)?,
        reason: row.get(5)?,
    })
}

const RULES: &str = "idx, version, at, pack, object, reason FROM results_rules";

/// Every choice of rules of an election, the newest first.
pub(crate) fn all_rules(views: &Connection, election: &str) -> rusqlite::Result<Vec<RulesRow>> {
    let sql = format!("SELECT {RULES} WHERE election = ?1 ORDER BY version DESC");
    views.prepare_cached(&sql)?.query_map([election], rules_row)?.collect()
}

/// The rules in force.
pub(crate) fn newest_rules(views: &Connection, election: &str) -> rusqlite::Result<Option<RulesRow>> {
    let sql = format!("SELECT {RULES} WHERE election = ?1 ORDER BY version DESC LIMIT 1");
    views.prepare_cached(&sql)?.query_row([election], rules_row).optional()
}

/// The pack that an object holds; the hash as an entry states it.
pub(crate) fn pack(engine: &Engine, object: &str) -> Result<Pack, Fault> {
    let hash: Hash32 = object.parse().map_err(|error| Fault::log(&error))?;
    let bytes = engine.objects().get(&hash, MAX_PACK as u64)?;
    let bytes = bytes.ok_or_else(|| Fault::log(&"the object of a rule pack is not here"))?;
    let text = String::from_utf8(bytes).map_err(|error| Fault::log(&error))?;
    Pack::parse(&text).map_err(|error| Fault::log(&error))
}

pub(super) fn project(tx: &Transaction<'_>, event: &Event) -> rusqlite::Result<()> {
    tx.execute(
        "INSERT INTO results_rules VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            event.index.cast_signed(),
            event.text("election"),
            event.count("version").cast_signed(),
            event.at,
            event.entry.issuer(),
            event.text("pack"),
            event.text("object"),
            event.text("reason"),
        ],
    )?;
    Ok(())
}
