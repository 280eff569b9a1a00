//! A log read to its end, in both forms, in one piece and in pieces.

use crate::log::{Authority, BEGAN_MS, Log, Tiles};
use scr_canon::Hash32;
use scr_merkle::tile::{TilePath, TileReader};
use scr_merkle::{consistency_proof, inclusion_proof};
use scr_names::ct::{
    Advance, Batch, CtLimits, Cursor, DataTile, FoundName, SignedHead, Step, read_checkpoint,
    read_consistency, read_data_tile, read_entries, read_entry_and_proof, read_head, tiles_needed,
};

impl Log {
    pub(crate) fn inclusion(&self, index: u64, size: u64) -> Vec<Hash32> {
        inclusion_proof(&&self.leaves[..usize::try_from(size).unwrap()], index, size).unwrap()
    }
}

impl Tiles {
    /// A proof made of nothing but tiles.
    pub(crate) fn consistency(&self, old: u64, new: u64) -> Vec<Hash32> {
        if old == 0 || old == new {
            return Vec::new();
        }
        consistency_proof(&TileReader::new(self, new), old, new).unwrap()
    }
}

fn names_of(number: u64) -> Vec<String> {
    match number % 5 {
        0 => vec![format!("n{number}.example")],
        1 => vec![format!("*.n{number}.example"), format!("N{number}.Example")],
        _ => vec![format!("n{number}.vote-gov.com"), "xn--e1arm6r.gov".to_owned()],
    }
}

pub(crate) fn filled(indexed: bool, size: u64) -> (Authority, Log) {
    let (authority, mut log) = (Authority::new(), Log::new("ct.example/2026h2", indexed));
    for number in 0..size {
        let names = names_of(number);
        log.add(&authority, &names.iter().map(String::as_str).collect::<Vec<_>>());
    }
    (authority, log)
}

/// As RFC 6962 serves it: at most `most` entries an answer.
fn read_dynamic(log: &Log, sizes: &[u64], most: u64) -> (Cursor, Vec<FoundName>) {
    let (key, limits) = (log.log_key(), CtLimits::default());
    let mut cursor = Cursor::start(key.id());
    let mut found = Vec::new();
    for size in sizes {
        let head = log.head(*size, BEGAN_MS + size);
        let head = read_head(log.get_sth(&head).as_bytes(), key.id(), &limits).unwrap();
        while cursor.next() < *size || cursor.head() != Some(&head) {
            let old = cursor.head().map_or(0, |head| head.head.size);
            let end = size.min(&(cursor.next() + most)).to_owned();
            let growth = read_consistency(log.get_consistency(old, *size).as_bytes(), &limits).unwrap();
            let reach = read_consistency(log.get_consistency(end, *size).as_bytes(), &limits).unwrap();
            let leaves = read_entries(log.get_entries(cursor.next(), end).as_bytes(), &limits).unwrap();
            let batch = Batch { first: cursor.next(), leaves };
            let step = Step { head: &head, growth: &growth, batch: &batch, reach: &reach };
            let advance = cursor.advance(&key, &step, &limits).unwrap();
            found.extend(advance.found);
            assert_eq!(advance.unreadable, []);
            // The state is kept between steps.
            cursor = serde_json::from_str(&serde_json::to_string(&advance.cursor).unwrap()).unwrap();
        }
    }
    (cursor, found)
}

/// As a static log serves it, with proofs from the tiles that are said to be needed.
fn read_static(log: &Log, sizes: &[u64]) -> (Cursor, Vec<FoundName>) {
    let (key, limits) = (log.log_key(), CtLimits::default());
    let mut cursor = Cursor::start(key.id());
    let mut found = Vec::new();
    for size in sizes {
        let checkpoint = log.checkpoint(&log.head(*size, BEGAN_MS + size));
        let head = read_checkpoint(checkpoint.as_bytes(), &key, &log.origin, &limits).unwrap();
        while let Some(tile) = DataTile::with_entry(cursor.next(), *size) {
            let leaves = read_data_tile(&log.data_tile(tile), tile, &limits).unwrap();
            let batch = Batch::of_tile(tile, leaves, cursor.next());
            let (old, end) =
                (cursor.head().map_or(0, |head| head.head.size), tile.first() + u64::from(tile.width()));
            let mut tiles = log.tiles(*size);
            let needed: Vec<_> =
                tiles_needed(old, *size).into_iter().chain(tiles_needed(end, *size)).collect();
            tiles.0.retain(|path, _| needed.contains(path));
            let (growth, reach) = (tiles.consistency(old, *size), tiles.consistency(end, *size));
            let step = Step { head: &head, growth: &growth, batch: &batch, reach: &reach };
            let advance = cursor.advance(&key, &step, &limits).unwrap();
            found.extend(advance.found);
            cursor = advance.cursor;
        }
    }
    (cursor, found)
}

fn check_found(found: &[FoundName], first: u64, last: u64) {
    assert_eq!(found.len(), usize::try_from(last - first).unwrap());
    for (number, entry) in (first..last).zip(found) {
        let want: Vec<String> = names_of(number).iter().map(|name| name.to_lowercase()).collect();
        assert_eq!((entry.index, &entry.names), (number, &want));
        assert_eq!(entry.precertificate, number % 2 == 0);
        assert_eq!((entry.logged_ms, entry.left_out), (BEGAN_MS + number, 0));
        // 2026-11-02 and 2027-02-01, 00:00 UTC.
        assert_eq!((entry.not_before, entry.not_after), (1_793_577_600, 1_801_440_000));
        assert!(entry.issuer.contains("CN=Test Authority"), "{}", entry.issuer);
    }
}

#[test]
fn a_log_is_read_to_its_end_in_answers_of_any_length() {
    let (_, log) = filled(false, 70);
    let mut ends = Vec::new();
    for (sizes, most) in [(&[70][..], 70), (&[70], 1), (&[1, 2, 8, 64, 70], 7), (&[33, 33, 70], 16)] {
        let (cursor, found) = read_dynamic(&log, sizes, most);
        check_found(&found, 0, 70);
        assert_eq!(cursor.root(), log.head(70, 0).head.root);
        ends.push((cursor.next(), cursor.root()));
    }
    ends.dedup();
    assert_eq!(ends.len(), 1);
}

#[test]
fn both_forms_of_a_log_give_the_same() {
    let (_, log) = filled(true, 600);
    let (dynamic, by_answers) = read_dynamic(&log, &[300, 600], 256);
    let (fixed, by_tiles) = read_static(&log, &[300, 301, 512, 600]);
    check_found(&by_tiles, 0, 600);
    assert_eq!(by_answers, by_tiles);
    assert_eq!((dynamic.next(), dynamic.root()), (fixed.next(), fixed.root()));
}

#[test]
fn a_log_can_be_followed_from_its_end_on() {
    let (_, log) = filled(true, 600);
    let (key, limits) = (log.log_key(), CtLimits::default());
    for begin in [1, 2, 3, 64, 255, 256, 257, 511, 512, 513] {
        let head = log.head(begin, BEGAN_MS);
        let last = log.leaves[usize::try_from(begin - 1).unwrap()];
        let by_proof = Cursor::from_end(&key, &head, last, &log.inclusion(begin - 1, begin)).unwrap();
        let tiles = log.tiles(begin).0;
        let by_tiles = Cursor::from_tiles(&key, &head, |path| tiles.get(path).cloned()).unwrap();
        assert_eq!(by_proof, by_tiles);
        let new = log.head(600, BEGAN_MS + 1);
        let leaves = read_entries(log.get_entries(begin, 600).as_bytes(), &limits).unwrap();
        let (growth, batch) = (log.consistency(begin, 600), Batch { first: begin, leaves });
        let step = Step { head: &new, growth: &growth, batch: &batch, reach: &[] };
        let advance = by_proof.advance(&key, &step, &limits).unwrap();
        check_found(&advance.found, begin, 600);
    }
    let empty = log.head(0, BEGAN_MS);
    let cursor = Cursor::from_end(&key, &empty, log.leaves[0], &[]).unwrap();
    assert_eq!(cursor.next(), 0);
    assert_eq!(Cursor::from_tiles(&key, &empty, |_| None).unwrap(), cursor);
}

#[test]
fn a_log_can_be_followed_from_any_entry_on() {
    let (_, log) = filled(true, 600);
    let (key, limits) = (log.log_key(), CtLimits::default());
    let head = log.head(550, BEGAN_MS);
    for begin in [0, 1, 2, 255, 256, 257, 300, 512, 549, 550] {
        let (last, path) = match begin {
            0 => (log.leaves[0], Vec::new()),
            _ => {
                let answer = log.get_entry_and_proof(begin - 1, begin);
                let (leaf, path) = read_entry_and_proof(answer.as_bytes(), &limits).unwrap();
                (leaf.hash, path)
            }
        };
        let reach = log.consistency(begin, 550);
        let by_proof = Cursor::from_index(&key, &head, begin, (last, &path), &reach).unwrap();
        // The tiles of the head's tree, which are wider than those of the smaller one.
        let tiles = log.tiles(550).0;
        let wider = |path: &TilePath| {
            let level = path.level_number();
            tiles.get(&TilePath::at_size(level, path.index(), 550)?).cloned()
        };
        let by_tiles = Cursor::from_tiles_at(&key, &head, begin, wider, &reach).unwrap();
        assert_eq!((by_proof.next(), &by_proof), (begin, &by_tiles));
        let leaves = read_entries(log.get_entries(begin, 550).as_bytes(), &limits).unwrap();
        let batch = Batch { first: begin, leaves };
        let step = Step { head: &head, growth: &[], batch: &batch, reach: &[] };
        check_found(&by_proof.advance(&key, &step, &limits).unwrap().found, begin, 550);
        if begin > 1 {
            let other = (log.leaves[0], &path[..]);
            assert!(Cursor::from_index(&key, &head, begin, other, &reach).is_err(), "{begin}");
        }
    }
    assert!(Cursor::from_index(&key, &head, 551, (log.leaves[550], &log.inclusion(550, 551)), &[]).is_err());
}

#[test]
fn what_cannot_be_read_is_named_and_passed_over() {
    let (authority, mut log) = filled(false, 2);
    let mut entry = BEGAN_MS.to_be_bytes().to_vec();
    entry.extend([0, 0, 0, 0, 3, 1, 2, 3, 0, 0]);
    log.push(&entry, &[0, 0, 0], &[0, 0]);
    log.add(&authority, &["last.example"]);
    log.add(&authority, &[]);
    let (advance, _) = whole(&log);
    assert_eq!(advance.found.iter().map(|found| found.index).collect::<Vec<_>>(), [0, 1, 3]);
    assert_eq!(advance.unreadable.iter().map(|entry| entry.index).collect::<Vec<_>>(), [2]);
    assert_eq!(advance.cursor.next(), 5);
}

/// The whole log in one step.
pub(crate) fn whole(log: &Log) -> (Advance, SignedHead) {
    let (key, limits) = (log.log_key(), CtLimits::default());
    let head = log.head(log.size(), BEGAN_MS);
    let leaves = read_entries(log.get_entries(0, log.size()).as_bytes(), &limits).unwrap();
    let batch = Batch { first: 0, leaves };
    let step = Step { head: &head, growth: &[], batch: &batch, reach: &[] };
    (Cursor::start(key.id()).advance(&key, &step, &limits).unwrap(), head)
}

#[test]
fn chains_and_precertificates_are_kept_as_they_are() {
    let (authority, log) = filled(true, 2);
    let limits = CtLimits::default();
    let dynamic = read_entries(log.get_entries(0, 2).as_bytes(), &limits).unwrap();
    let tile = DataTile::new(0, 2).unwrap();
    let fixed = read_data_tile(&log.data_tile(tile), tile, &limits).unwrap();
    for (one, other) in dynamic.iter().zip(&fixed) {
        assert_eq!(
            (&one.kind, one.hash, &one.precertificate),
            (&other.kind, other.hash, &other.precertificate)
        );
        assert_eq!(one.chain, std::slice::from_ref(&authority.der));
        assert_eq!(other.chain_hashes, [scr_canon::sha256(&authority.der)]);
    }
    assert!(dynamic[0].precertificate.is_some() && dynamic[1].precertificate.is_none());
    assert_eq!(fixed.iter().map(|leaf| leaf.leaf_index().unwrap()).collect::<Vec<_>>(), [Some(0), Some(1)]);
}

#[test]
fn names_in_a_log_are_matched() {
    use scr_names::{Allow, Matcher, Protected, Settings};
    let (_, log) = filled(false, 5);
    let protected = [Protected::new("vote.gov", "US").unwrap()];
    let matcher = Matcher::build(&protected, &Allow::new(), &Settings::default()).unwrap();
    let found = whole(&log).0.found;
    let hits: Vec<(u64, String)> = found
        .iter()
        .flat_map(|entry| entry.hits(&matcher).into_iter().map(|(name, _)| (entry.index, name.to_string())))
        .collect();
    let want = [2, 3, 4].map(|n: u64| [(n, format!("n{n}.vote-gov.com")), (n, "xn--e1arm6r.gov".to_owned())]);
    assert_eq!(hits, want.concat());
}
