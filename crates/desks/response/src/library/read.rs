//! What the tables say: versions, what is in force, plans, keys.

use rusqlite::{Connection, OptionalExtension as _, Row};
use scr_canon::Hash32;
use scr_core::OrgId;
use scr_engine::rusqlite;

/// A version of a playbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The playbook's code.
    pub code: String,
    /// From 1.
    pub version: u64,
    /// Its entry.
    pub index: u64,
    /// When it was recorded, in seconds.
    pub at: i64,
    /// The organisation whose playbook it is.
    pub org: String,
    /// Of its exact bytes.
    pub sha256: Hash32,
    /// Its identifier in CACAO, where that is one.
    pub id: Option<String>,
    /// `file`, `starter` or `edit`.
    pub how: String,
    /// Its length.
    pub bytes: u64,
    /// Steps of its workflow.
    pub steps: u64,
    /// Findings that keep it from being adopted.
    pub errors: u64,
    /// Findings that somebody should look at.
    pub warnings: u64,
    /// Who signed it, as the organisation calls the pinned key.
    pub signed_by: Option<String>,
    /// Why it took the place of the version before; empty for the first.
    pub reason: String,
}

/// That a version is, or was, in force for an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adopted {
    /// The entry that says so.
    pub index: u64,
    /// For which organisation.
    pub org: String,
    /// The playbook's code.
    pub code: String,
    /// The version.
    pub version: u64,
    /// From when on, in seconds.
    pub at: i64,
    /// Of its exact bytes.
    pub sha256: Hash32,
    /// Whether everybody may read it.
    pub is_public: bool,
    /// The entry that ended it, when, and why; the reason is empty where another version took its place.
    pub ended: Option<(u64, i64, String)>,
}

/// A version of an organisation's crisis plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanVersion {
    /// Whose.
    pub org: String,
    /// From 1.
    pub version: u64,
    /// Its entry.
    pub index: u64,
    /// When it was drafted.
    pub at: i64,
    /// Of its canonical JSON.
    pub sha256: Hash32,
    /// Why it was changed; empty for the first.
    pub reason: String,
    /// The entry by which it was adopted, and when.
    pub adopted: Option<(u64, i64)>,
    /// The last day before it is overdue, as `2027-03-01`; empty for a draft.
    pub review: String,
    /// Whether everybody may read it.
    pub is_public: bool,
}

/// A key that an organisation trusts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// SHA-256 of its SubjectPublicKeyInfo.
    pub key: Hash32,
    /// What the organisation calls whoever has it.
    pub name: String,
    /// The SubjectPublicKeyInfo in base64.
    pub spki: String,
    /// Its entry.
    pub index: u64,
    /// When it was pinned.
    pub at: i64,
}

fn number(row: &Row<'_>, at: usize) -> rusqlite::Result<u64> {
    row.get::<_, i64>(at).map(i64::cast_unsigned)
}

fn hash(row: &Row<'_>, at: usize) -> rusqlite::Result<Hash32> {
    row.get::<_, String>(at)?.parse().map_err(|_| rusqlite::Error::InvalidQuery)
}

fn some(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<String>> {
    Ok(Some(row.get::<_, String>(at)?).filter(|text| !text.is_empty()))
}

const VERSION: &str =
    "playbook, version, idx, at, org, sha256, id, how, bytes, steps, errors, warnings, signed_by, reason";

fn version_of(row: &Row<'_>) -> rusqlite::Result<Version> {
    Ok(Version {
        code: row.get(0)?,
        version: number(row, 1)?,
        index: number(row, 2)?,
        at: row.get(3)?,
        org: row.get(4)?,
        sha256: hash(row, 5)?,
        id: some(row, 6)?,
        how: row.get(7)?,
        bytes: number(row, 8)?,
        steps: number(row, 9)?,
        errors: number(row, 10)?,
        warnings: number(row, 11)?,
        signed_by: some(row, 12)?,
        reason: row.get(13)?,
    })
}

/// One version of a playbook.
///
/// # Errors
/// Faults of the views.
pub fn version(views: &Connection, code: &str, version: u64) -> rusqlite::Result<Option<Version>> {
    views
        .prepare_cached(&format!(
            "SELECT {VERSION} FROM responselib_version WHERE playbook = ?1 AND version = ?2"
        ))?
        .query_row((code, version.cast_signed()), version_of)
        .optional()
}

/// All versions of a playbook, the newest first.
///
/// # Errors
/// Faults of the views.
pub fn versions(views: &Connection, code: &str) -> rusqlite::Result<Vec<Version>> {
    views
        .prepare_cached(&format!(
            "SELECT {VERSION} FROM responselib_version WHERE playbook = ?1 ORDER BY version DESC"
        ))?
        .query_map([code], version_of)?
        .collect()
}

/// The newest version of each playbook, in the order of their codes; of one organisation, or of all.
///
/// # Errors
/// Faults of the views.
pub fn newest(views: &Connection, org: Option<&OrgId>) -> rusqlite::Result<Vec<Version>> {
    views
        .prepare_cached(&format!(
            "SELECT {VERSION} FROM responselib_version v WHERE (?1 = '' OR org = ?1) AND version =
                (SELECT MAX(version) FROM responselib_version n WHERE n.playbook = v.playbook) ORDER BY playbook"
        ))?
        .query_map([org.map_or("", OrgId::as_str)], version_of)?
        .collect()
}

/// The code of the organisation's playbook whose newest version has this identifier.
pub(crate) fn code_of(views: &Connection, org: &OrgId, id: &str) -> rusqlite::Result<Option<String>> {
    Ok(newest(views, Some(org))?.into_iter().find(|one| one.id.as_deref() == Some(id)).map(|one| one.code))
}

const ADOPTED: &str = "idx, org, playbook, version, at, sha256, object, ended_idx, ended_at, ended_reason";

fn adopted_of(row: &Row<'_>) -> rusqlite::Result<Adopted> {
    let ended: Option<i64> = row.get(7)?;
    let ended_at: Option<i64> = row.get(8)?;
    let reason: String = row.get(9)?;
    Ok(Adopted {
        index: number(row, 0)?,
        org: row.get(1)?,
        code: row.get(2)?,
        version: number(row, 3)?,
        at: row.get(4)?,
        sha256: hash(row, 5)?,
        is_public: some(row, 6)?.is_some(),
        ended: ended.zip(ended_at).map(|(index, at)| (index.cast_unsigned(), at, reason)),
    })
}

/// What is in force, in the order of the codes: for one organisation, or for all.
///
/// # Errors
/// Faults of the views.
pub fn adopted(views: &Connection, org: Option<&OrgId>) -> rusqlite::Result<Vec<Adopted>> {
    views
        .prepare_cached(&format!(
            "SELECT {ADOPTED} FROM responselib_force WHERE (?1 = '' OR org = ?1) AND ended_idx IS NULL
             ORDER BY playbook, org"
        ))?
        .query_map([org.map_or("", OrgId::as_str)], adopted_of)?
        .collect()
}

/// Everything that was ever in force of a playbook, the newest first.
pub(crate) fn history(views: &Connection, code: &str) -> rusqlite::Result<Vec<Adopted>> {
    views
        .prepare_cached(&format!(
            "SELECT {ADOPTED} FROM responselib_force WHERE playbook = ?1 ORDER BY idx DESC"
        ))?
        .query_map([code], adopted_of)?
        .collect()
}

/// Who made what an entry says; `None` where that was erased, or is not known here.
pub(crate) fn maker(views: &Connection, index: u64) -> rusqlite::Result<Option<String>> {
    let person: Option<String> = views
        .prepare_cached("SELECT person FROM responselib_private WHERE idx = ?1")?
        .query_row([index.cast_signed()], |row| row.get(0))
        .optional()?;
    Ok(person.filter(|person| !person.is_empty()))
}

/// The private text with this hash, where it is still here.
pub(crate) fn content(views: &Connection, sha256: &Hash32) -> rusqlite::Result<Option<Vec<u8>>> {
    views
        .prepare_cached(
            "SELECT content FROM responselib_private WHERE sha256 = ?1 AND content IS NOT NULL LIMIT 1",
        )?
        .query_row([sha256.to_string()], |row| row.get(0))
        .optional()
}

const PLAN: &str = "org, version, idx, at, sha256, reason, adopted_idx, adopted_at, review, object";

fn plan_of(row: &Row<'_>) -> rusqlite::Result<PlanVersion> {
    let adopted: Option<i64> = row.get(6)?;
    let at: Option<i64> = row.get(7)?;
    Ok(PlanVersion {
        org: row.get(0)?,
        version: number(row, 1)?,
        index: number(row, 2)?,
        at: row.get(3)?,
        sha256: hash(row, 4)?,
        reason: row.get(5)?,
        adopted: adopted.map(i64::cast_unsigned).zip(at),
        review: row.get(8)?,
        is_public: some(row, 9)?.is_some(),
    })
}

/// All versions of an organisation's plan, the newest first.
///
/// # Errors
/// Faults of the views.
pub fn plans(views: &Connection, org: &str) -> rusqlite::Result<Vec<PlanVersion>> {
    views
        .prepare_cached(&format!("SELECT {PLAN} FROM responselib_plan WHERE org = ?1 ORDER BY version DESC"))?
        .query_map([org], plan_of)?
        .collect()
}

/// The plans that are in force and that everybody may read, in the order of the organisations.
pub(crate) fn public_plans(views: &Connection) -> rusqlite::Result<Vec<PlanVersion>> {
    let all: Vec<PlanVersion> = views
        .prepare_cached(&format!(
            "SELECT {PLAN} FROM responselib_plan p WHERE adopted_idx =
                (SELECT MAX(adopted_idx) FROM responselib_plan n WHERE n.org = p.org) ORDER BY org"
        ))?
        .query_map([], plan_of)?
        .collect::<Result<_, _>>()?;
    Ok(all.into_iter().filter(|one| one.is_public).collect())
}

/// The keys that an organisation trusts, in the order of their names.
pub(crate) fn keys(views: &Connection, org: &str) -> rusqlite::Result<Vec<Key>> {
    views
        .prepare_cached(
            "SELECT key, name, spki, idx, at FROM responselib_key WHERE org = ?1 ORDER BY name, key",
        )?
        .query_map([org], |row| {
            Ok(Key {
                key: hash(row, 0)?,
                name: row.get(1)?,
                spki: row.get(2)?,
                index: number(row, 3)?,
                at: row.get(4)?,
            })
        })?
        .collect()
}

/// Whether the private text with this hash is still here.
pub(crate) fn is_here(views: &Connection, sha256: &Hash32) -> rusqlite::Result<bool> {
    views
        .prepare_cached("SELECT 1 FROM responselib_private WHERE sha256 = ?1 AND content IS NOT NULL")?
        .exists([sha256.to_string()])
}
