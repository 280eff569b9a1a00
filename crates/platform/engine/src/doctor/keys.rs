//! Private content against its keys, and the master key against them: in `keys.db`, or in the database that nodes share.

use super::{DAY_SECONDS, Examination, Level, Notes, count, views_file};
use crate::keys::VAULT_KEY_ROTATED;
use crate::master::MasterFiles;
use crate::nodes::SHARED_KEYS;
use scr_vault::{Inspection, KeyCounts, VaultError};
use std::collections::BTreeSet;

/// A master key that is older is worth a word.
const OLD_DAYS: i64 = 366;
/// A master key that was prepared longer ago, and that nothing is wrapped by, is worth a word.
const PREPARED_DAYS: i64 = 7;
const ASKED_TOGETHER: usize = 1_000;

pub(super) fn check(what: &Examination<'_>, notes: &mut Notes) -> rusqlite::Result<()> {
    let private = private(what)?;
    if let Some(shared) = what.keys {
        match look(shared, what, &private, notes) {
            Ok(counts) => notes.add(
                Level::Note,
                "SCR-DOC-076",
                &[
                    ("keys", &counts.payloads),
                    ("owners", &counts.subjects),
                    ("generation", &counts.generation),
                ],
            ),
            Err(error) => notes.add(Level::Alarm, "SCR-DOC-074", &[("reason", &error)]),
        }
        return Ok(());
    }
    if what.folder.join(SHARED_KEYS).exists() {
        notes.add(Level::Note, "SCR-DOC-073", &[]);
        return Ok(());
    }
    let own = Inspection::of_file(&what.folder.join("keys.db"));
    let looked = own.and_then(|keys| keys.map(|keys| look(&keys, what, &private, notes)).transpose());
    if let Err(error) = looked {
        notes.add(Level::Alarm, "SCR-DOC-018", &[("reason", &error)]);
    }
    Ok(())
}

/// The payloads that the views know, and whether each is erased.
fn private(what: &Examination<'_>) -> rusqlite::Result<Option<Vec<(String, bool)>>> {
    let Some(views) = views_file(what)? else { return Ok(None) };
    let mut all = views.prepare("SELECT payload, erased IS NOT NULL FROM engine_private")?;
    let rows = all.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.collect::<rusqlite::Result<_>>().map(Some)
}

fn look(
    keys: &Inspection,
    what: &Examination<'_>,
    private: &Option<Vec<(String, bool)>>,
    notes: &mut Notes,
) -> Result<KeyCounts, VaultError> {
    let counts = keys.counts()?;
    match keys.fits(&MasterFiles::of(what.folder)) {
        Ok(false) => notes.add(Level::Alarm, "SCR-DOC-070", &[("generation", &counts.generation)]),
        // Files that lack are told of elsewhere.
        Ok(true) | Err(VaultError::NoMaster(_)) => {}
        Err(error) => return Err(error),
    }
    if counts.must_rewrite {
        notes.add(Level::Warn, "SCR-DOC-075", &[]);
    }
    let Some(private) = private else { return Ok(counts) };
    let (mut without, mut undestroyed, mut named) = (0_u64, 0_u64, 0_u64);
    for some in private.chunks(ASKED_TOGETHER) {
        let ids: Vec<String> = some.iter().map(|(id, _)| id.clone()).collect();
        let has_key: BTreeSet<String> = keys.with_keys(&ids)?.into_iter().collect();
        for (id, is_erased) in some {
            match (has_key.contains(id), is_erased) {
                (true, true) => undestroyed += 1,
                (true, false) => named += 1,
                (false, false) => without += 1,
                (false, true) => {}
            }
        }
    }
    let orphans = counts.payloads.saturating_sub(named + undestroyed);
    if without > 0 {
        notes.add(Level::Warn, "SCR-DOC-012", &[("count", &without)]);
    }
    if undestroyed > 0 {
        notes.add(Level::Alarm, "SCR-DOC-013", &[("count", &undestroyed)]);
    }
    if orphans > 0 {
        notes.add(Level::Note, "SCR-DOC-014", &[("count", &orphans)]);
    }
    Ok(counts)
}

/// How old the master key is, and whether another one waits.
pub(super) fn age(what: &Examination<'_>, notes: &mut Notes) -> rusqlite::Result<()> {
    let waits = MasterFiles::of(what.folder).next_path().metadata().and_then(|file| file.modified());
    let made = waits.ok().and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
    let waits_days = made.map_or(0, |made| (what.now - made.as_secs().cast_signed()) / DAY_SECONDS);
    if waits_days > PREPARED_DAYS {
        notes.add(Level::Note, "SCR-DOC-072", &[("days", &waits_days)]);
    }
    let Some(views) = views_file(what)? else { return Ok(()) };
    let kind = VAULT_KEY_ROTATED.name;
    let made = format!(
        "SELECT coalesce((SELECT max(at) FROM engine_event WHERE kind = '{kind}'), min(at), 0) FROM engine_event"
    );
    let made = count(&views, &made)?;
    let days = (what.now - made) / DAY_SECONDS;
    if made > 0 && days > OLD_DAYS {
        notes.add(Level::Note, "SCR-DOC-071", &[("days", &days)]);
    }
    Ok(())
}
