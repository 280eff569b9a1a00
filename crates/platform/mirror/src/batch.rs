//! A piece of the log: first that its entries are those of the signed tree, then that they keep the
//! rules of entries. Only what passes both is kept.

use crate::follow::Trouble;
use crate::remote::Remote;
use crate::split::{RemoteTiles, Signed, TileFault, resource};
use scr_canon::Hash32;
use scr_ledger::{LedgerReader, ReadError, ReplicaBatch};
use scr_merkle::tile::{TilePath, TileReader, TileSource as _, bundle_entries};
use scr_merkle::{consistency_proof, inclusion_proof, leaf_hash, verify_consistency, verify_inclusion};
use scr_note::TlogProof;
use scr_verify::{AuthorCheck, Authors, EntryHead, EntryOrder, FsckError, first_unsigned};
use std::collections::BTreeMap;

/// Entries of one piece, and bytes after which it takes no further bundle.
pub const MAX_ENTRIES: usize = 4_096;
const MAX_BYTES: usize = 8 << 20;
/// Entries that certify keys of one organisation, at most.
const MAX_KEYS: usize = 100;

/// Entries whose place in the signed tree is proven.
pub struct Piece {
    /// Index of the first.
    pub first: u64,
    /// Their bytes.
    pub entries: Vec<Vec<u8>>,
    /// Root of the tree with them.
    pub root: Hash32,
}

/// Fetches the entries from `first` on, at most as many as one piece takes, and proves that the tree with
/// them is the beginning of the signed one. `root_with` gives the root of the own tree with entries.
pub fn fetch(
    remote: &dyn Remote,
    target: &Signed,
    first: u64,
    root_with: &dyn Fn(&[Vec<u8>]) -> Hash32,
) -> Result<Piece, Trouble> {
    let size = target.checkpoint.size;
    let mut entries: Vec<Vec<u8>> = Vec::new();
    let mut bytes = 0;
    let mut next = first;
    while next < size && entries.len() + 256 <= MAX_ENTRIES && bytes < MAX_BYTES {
        for entry in bundle(remote, next, size)? {
            bytes += entry.len();
            entries.push(entry);
        }
        next = first + entries.len() as u64;
    }
    let root = root_with(&entries);
    if let Err(reason) = prove(remote, target, next, &root)? {
        return Err(wrong_entry(remote, target, first, &entries, &reason));
    }
    Ok(Piece { first, entries, root })
}

/// The rest of a bundle, from entry `next` on.
fn bundle(remote: &dyn Remote, next: u64, size: u64) -> Result<Vec<Vec<u8>>, Trouble> {
    let (index, skip) = (next / 256, usize::try_from(next % 256).unwrap_or(0));
    let width = (size - index * 256).min(256);
    let path = u16::try_from(width).ok().and_then(|width| TilePath::entries(index, width));
    let path = path.ok_or_else(|| Trouble::wrong("no such bundle"))?;
    let bytes = resource(remote, &path)?.ok_or_else(|| Trouble::wrong(format!("tile/{path} is missing")))?;
    let all = bundle_entries(&bytes)
        .ok_or_else(|| Trouble::wrong(format!("tile/{path} does not divide into entries")))?;
    let taken = all.get(skip..usize::from(path.width()));
    let taken = taken.ok_or_else(|| Trouble::wrong(format!("tile/{path} holds too few entries")))?;
    Ok(taken.iter().map(|entry| entry.to_vec()).collect())
}

/// Whether a tree of `size` entries with this root is the beginning of the signed one.
fn prove(
    remote: &dyn Remote,
    target: &Signed,
    size: u64,
    root: &Hash32,
) -> Result<Result<(), String>, Trouble> {
    let signed = &target.checkpoint;
    if size == signed.size {
        let same = *root == signed.root;
        return Ok(same
            .then_some(())
            .ok_or_else(|| "they lead to another root than the signed one".to_owned()));
    }
    let tiles = RemoteTiles(remote);
    let proof = match consistency_proof(&TileReader::new(&tiles, signed.size), size, signed.size) {
        Ok(proof) => proof,
        Err(TileFault::Remote(error)) => return Err(error.into()),
        Err(TileFault::Proof(error)) => return Ok(Err(error.to_string())),
    };
    let held = verify_consistency(&proof, size, signed.size, root, &signed.root);
    Ok(held.map_err(|error| error.to_string()))
}

/// Names the first entry that differs from the leaf in its tile, if one does.
fn wrong_entry(
    remote: &dyn Remote,
    target: &Signed,
    first: u64,
    entries: &[Vec<u8>],
    reason: &str,
) -> Trouble {
    let tiles = RemoteTiles(remote);
    for (index, entry) in (first..).zip(entries) {
        let Some(path) = TilePath::at_size(0, index / 256, target.checkpoint.size) else { break };
        let Ok(tile) = tiles.tile(&path) else { break };
        let at = usize::try_from(index % 256).unwrap_or(0) * 32;
        let leaf = tile.get(at..at + 32).and_then(|bytes| Hash32::from_slice(bytes).ok());
        if leaf.is_some_and(|leaf| leaf != leaf_hash(entry)) {
            return Trouble::wrong(format!("entry {index} differs from its leaf in the tree"));
        }
    }
    let last = first + entries.len() as u64;
    Trouble::wrong(format!("the entries {first} to {last} are not those of the signed tree: {reason}"))
}

/// Entries that keep the rules, ready to be kept, and the objects that they name.
pub struct Checked {
    /// What is kept.
    pub batch: ReplicaBatch,
    /// Objects with the entry that names them.
    pub objects: Vec<(u64, Hash32)>,
}

/// Checks entries against the rules: form, counters without gaps, time, authors' signatures.
pub fn check(
    piece: &Piece,
    last_at: i64,
    reader: &LedgerReader,
    authors: &mut Authors,
) -> Result<Checked, (u64, FsckError)> {
    let heads = parse(piece)?;
    let fault = |error: &ReadError| {
        (piece.first, FsckError::NotAnEntry { index: piece.first, reason: error.to_string() })
    };
    let counters = counters(&heads, reader).map_err(|error| fault(&error))?;
    let before = if piece.first == 0 { String::new() } else { scr_engine::utc_text(last_at) };
    let mut order = EntryOrder::after(before, counters);
    let mut checked = Checked { batch: ReplicaBatch::default(), objects: Vec::new() };
    let mut signatures: Vec<(u64, AuthorCheck)> = Vec::with_capacity(heads.len());
    for (index, head) in (piece.first..).zip(&heads) {
        order.check(index, head).map_err(|error| (index, error))?;
        learn(authors, &head.issuer, reader).map_err(|error| fault(&error))?;
        let author = authors.take(index, head);
        let author = author.map_err(|reason| (index, FsckError::Author { index, reason }))?;
        signatures.push((index, author));
        checked.batch.subjects.extend(
            head.counters.iter().map(|(subject, count)| (subject.clone().into_owned(), *count, index)),
        );
        checked.objects.extend(objects_of(head).into_iter().map(|hash| (index, hash)));
    }
    if let Some(index) = first_unsigned(&signatures) {
        return Err((index, FsckError::signature(index)));
    }
    checked.batch.entries.clone_from(&piece.entries);
    let last = heads.last().and_then(|head| scr_engine::parse_utc(&head.at));
    checked.batch.last_at = last.unwrap_or(last_at);
    Ok(checked)
}

/// Reads all entries, by the verifier's own code and by the program's: both must take them.
fn parse(piece: &Piece) -> Result<Vec<EntryHead<'_>>, (u64, FsckError)> {
    let wrong = |index: u64, reason: String| (index, FsckError::NotAnEntry { index, reason });
    let mut heads = Vec::with_capacity(piece.entries.len());
    for (index, entry) in (piece.first..).zip(&piece.entries) {
        heads.push(EntryHead::parse(entry).map_err(|reason| wrong(index, reason))?);
        if scr_engine::entry(entry).is_none() {
            return Err(wrong(index, "it is not in the form of scrutineer's entries".to_owned()));
        }
    }
    Ok(heads)
}

/// What the replica has counted so far of the subjects that these entries name.
fn counters(heads: &[EntryHead<'_>], reader: &LedgerReader) -> Result<BTreeMap<String, u64>, ReadError> {
    let mut counters = BTreeMap::new();
    for (subject, _) in heads.iter().flat_map(|head| &head.counters) {
        if !counters.contains_key(subject.as_ref()) {
            counters.insert(subject.clone().into_owned(), reader.version(subject)?);
        }
    }
    Ok(counters)
}

/// After a restart: the keys that the replica's own entries certify, when an issuer is met again.
fn learn(authors: &mut Authors, issuer: &str, reader: &LedgerReader) -> Result<(), ReadError> {
    if authors.knows(issuer) || reader.size()? == 0 {
        return Ok(());
    }
    let mut indices = vec![0];
    if let Some((_, org)) = issuer.rsplit_once('/') {
        let added = reader.history(&format!("org-key:{org}"), 0, MAX_KEYS)?;
        indices.extend(added.into_iter().map(|(_, index)| index));
    }
    for index in indices {
        // They were checked when they came.
        let entry = reader.entry(index)?;
        if let Ok(head) = EntryHead::parse(&entry) {
            drop(authors.take(index, &head));
        }
    }
    Ok(())
}

/// The objects that an entry makes public: fields named `object` or `…_object`.
fn objects_of(head: &EntryHead<'_>) -> Vec<Hash32> {
    let public = head.public();
    let named = public.iter().filter(|(name, _)| *name == "object" || name.ends_with("_object"));
    named.filter_map(|(_, value)| value.as_str().and_then(|text| text.parse().ok())).collect()
}

/// The proof that an entry stands in the signed tree: whoever has it can show the entry to anybody.
pub fn proof_of(remote: &dyn Remote, target: &Signed, index: u64, entry: &[u8]) -> Option<String> {
    let signed = &target.checkpoint;
    let tiles = RemoteTiles(remote);
    let hashes = inclusion_proof(&TileReader::new(&tiles, signed.size), index, signed.size).ok()?;
    verify_inclusion(&hashes, index, signed.size, &leaf_hash(entry), &signed.root).ok()?;
    let proof = TlogProof { extra: Some(entry.to_vec()), index, hashes, checkpoint: target.note.clone() };
    Some(proof.to_string())
}
