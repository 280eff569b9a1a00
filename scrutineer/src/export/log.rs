//! The signed log of a copy: checkpoint, tiles and bundles.

use super::Trouble;
use super::folder::Staged;
use scr_canon::Hash32;
use scr_merkle::Frontier;
use scr_merkle::tile::{TilePath, bundle_entries};
use scr_mirror::{MAX_BUNDLE_BYTES, MAX_CHECKPOINT_BYTES, Remote};
use scr_note::{Checkpoint, Note};
use std::path::Path;

/// Its place in a copy, and on the server.
pub(crate) const CHECKPOINT: &str = "log/checkpoint";

/// The checkpoint that a server shows now, and what it says.
fn fetch(remote: &dyn Remote) -> Result<(Vec<u8>, Checkpoint), Trouble> {
    let bytes = remote
        .get("/log/checkpoint", MAX_CHECKPOINT_BYTES)
        .map_err(|e| Trouble::Source(e.to_string()))?
        .ok_or_else(|| Trouble::NoLog("it has no checkpoint".to_owned()))?;
    let checkpoint = parse(&bytes)?;
    Ok((bytes, checkpoint))
}

fn parse(bytes: &[u8]) -> Result<Checkpoint, Trouble> {
    let wrong = |what: &dyn std::fmt::Display| Trouble::NoLog(format!("its checkpoint: {what}"));
    let note: Note = std::str::from_utf8(bytes).map_err(|e| wrong(&e))?.parse().map_err(|e| wrong(&e))?;
    note.text.parse().map_err(|e| wrong(&e))
}

/// Before anything is fetched: whether the server still shows the record that the folder holds a copy of.
pub(crate) fn first_look(remote: &dyn Remote, staged: &Staged) -> Result<(), Trouble> {
    let (_, now) = fetch(remote)?;
    let Some(before) = staged.before() else { return Ok(()) };
    if before.origin != now.origin {
        let (theirs, ours) = (&now.origin, &before.origin);
        return Err(Trouble::Other(format!("the server shows {theirs}, the folder holds {ours}")));
    }
    if before.size > now.size {
        return Err(Trouble::Departs(format!(
            "the server shows {} entries, the earlier copy holds {} of the same log",
            now.size, before.size
        )));
    }
    Ok(())
}

/// Copies the log; its checkpoint is younger than every page, and is written after its tiles. The tiles of
/// earlier copies stay: somebody may hold an earlier checkpoint.
pub(crate) fn copy(remote: &dyn Remote, staged: &mut Staged, step: &dyn Fn()) -> Result<Checkpoint, Trouble> {
    let (note, checkpoint) = fetch(remote)?;
    for path in tiles(checkpoint.size) {
        let file = format!("log/tile/{path}");
        if staged.keep(&file)? {
            continue;
        }
        let from = format!("/{file}");
        let body = remote.get(&from, MAX_BUNDLE_BYTES).map_err(|e| Trouble::Source(e.to_string()))?;
        let body = body.ok_or_else(|| Trouble::NoLog(format!("tile/{path} is missing")))?;
        staged.write(&file, Some(&from), &body)?;
        step();
    }
    staged.keep_all("log/tile/")?;
    staged.write(CHECKPOINT, Some("/log/checkpoint"), &note)?;
    Ok(checkpoint)
}

/// Whether the copied log continues the one of the earlier copy: its first entries give the earlier root.
pub(crate) fn continues(earlier: &Path, folder: &Path, size: u64) -> Result<(), Trouble> {
    let own = |e: std::io::Error| Trouble::Own(format!("{}: {e}", earlier.display()));
    let before = parse(&std::fs::read(earlier.join(CHECKPOINT)).map_err(own)?)?;
    let mut frontier = Frontier::new();
    for path in bundles(size) {
        if frontier.size() >= before.size {
            break;
        }
        let bundle = std::fs::read(folder.join(format!("log/tile/{path}"))).map_err(own)?;
        let entries = bundle_entries(&bundle).ok_or_else(|| Trouble::NoLog(format!("tile/{path}")))?;
        let wanted = usize::try_from(before.size - frontier.size()).unwrap_or(usize::MAX);
        let leaves: Vec<Hash32> = entries.into_iter().take(wanted).map(scr_merkle::leaf_hash).collect();
        if leaves.is_empty() {
            break;
        }
        frontier.extend(&leaves);
    }
    if frontier.size() == before.size && frontier.root() == before.root {
        return Ok(());
    }
    Err(Trouble::Departs(format!(
        "the record that the server shows does not continue the earlier copy: its first {} entries have another root",
        before.size
    )))
}

fn bundles(size: u64) -> impl Iterator<Item = TilePath> {
    let last = u16::try_from(size % 256).ok().and_then(|width| TilePath::entries(size / 256, width));
    (0..size / 256).filter_map(|index| TilePath::entries(index, 256)).chain(last)
}

/// Every tile and bundle of a tree of this size.
fn tiles(size: u64) -> impl Iterator<Item = TilePath> {
    let full = (0..8_u8).flat_map(move |level| {
        let count = size.checked_shr(8 * (u32::from(level) + 1)).unwrap_or(0);
        (0..count).filter_map(move |index| TilePath::hashes(level, index, 256))
    });
    full.chain(bundles(size)).chain(TilePath::edge(size))
}

#[cfg(test)]
mod tests {
    use super::*;
    use scr_merkle::tile::bundle_push;

    /// The example of C2SP tlog-tiles, "Partial Tiles": a tree of 70,000 leaves has 273 full tiles of level 0
    /// and one of width 112, one full tile of level 1 and one of width 17, and one of level 2 of width 1.
    #[test]
    fn a_tree_has_the_tiles_of_the_specification() {
        let all: Vec<String> = tiles(70_000).map(|tile| tile.to_string()).collect();
        let count = |begin: &str| all.iter().filter(|tile| tile.starts_with(begin)).count();
        assert_eq!((count("0/"), count("1/"), count("2/"), count("entries/")), (274, 2, 1, 274));
        for tile in ["0/272", "0/273.p/112", "1/000", "1/001.p/17", "2/000.p/1", "entries/273.p/112"] {
            assert!(all.iter().any(|one| one == tile), "{tile}");
        }
    }

    #[test]
    fn a_copy_continues_the_earlier_one_or_is_none() {
        let place = tempfile::tempdir().unwrap();
        let (earlier, folder) = (place.path().join("earlier"), place.path().join("now"));
        let entries: [&[u8]; 3] = [b"one", b"two", b"three"];
        let signed = |entries: &[&[u8]]| {
            let leaves: Vec<Hash32> = entries.iter().map(|entry| scr_merkle::leaf_hash(entry)).collect();
            let root = scr_merkle::root_of(&leaves);
            let text = Checkpoint::new("log.example", entries.len() as u64, root).to_string();
            let key = scr_note::SignerKey::from_seed("log.example", scr_note::Algorithm::Ed25519, &[1; 32]);
            std::fs::create_dir_all(earlier.join("log")).unwrap();
            let note = Note::sign(&text, &[&key.unwrap()], 0).unwrap();
            std::fs::write(earlier.join(CHECKPOINT), note.to_string()).unwrap();
        };
        let mut bundle = Vec::new();
        entries.iter().for_each(|entry| bundle_push(&mut bundle, entry).unwrap());
        std::fs::create_dir_all(folder.join("log/tile/entries/000.p")).unwrap();
        std::fs::write(folder.join("log/tile/entries/000.p/3"), bundle).unwrap();
        signed(&entries[..2]);
        assert!(continues(&earlier, &folder, 3).is_ok());
        signed(&[b"one", b"other"]);
        assert_eq!(continues(&earlier, &folder, 3).unwrap_err().code(), "SCR-EXPORT-008");
    }
}
