//! Histories of subjects and indexes of the record: whole, or refused for what is missing.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod common;

use common::{Log, ORIGIN, signer, trust};
use scr_canon::{Hash32, b64, to_canonical};
use scr_merkle::{consistency_proof, inclusion_proof, leaf_hash, root_of};
use scr_note::Algorithm;
use scr_verify::history::{HISTORY_RECEIPT, HistoryEntry, HistoryRow};
use scr_verify::{EntryRules, FsckError, HistoryError, HistoryReceipt, Trust, fsck, verify_history};
use serde_json::{Value, json};
use std::collections::BTreeMap;

fn ours() -> Trust {
    trust(&[&signer(ORIGIN, Algorithm::Ed25519, 1)])
}

fn entry(kind: &str, seq: &[(&str, u64)], public: &Value) -> Vec<u8> {
    let subjects: Vec<&str> = seq.iter().map(|(subject, _)| *subject).collect();
    let seq: BTreeMap<&str, u64> = seq.iter().copied().collect();
    to_canonical(
        &json!({"v": 1, "t": kind, "id": "x", "iss": "org", "at": "2026-11-24T10:00:00Z", "sub": subjects,
        "seq": seq, "pub": public, "com": [], "ref": [], "sig": []}),
    )
    .unwrap()
}

fn note(seq: &[(&str, u64)]) -> Vec<u8> {
    entry("case.note.added/1", seq, &json!({}))
}

/// What stands in the log before the index: about b 3 times, about d twice, about f once.
fn before() -> Vec<Vec<u8>> {
    vec![
        note(&[("case:b", 1)]),
        note(&[("case:d", 1), ("case:b", 2)]),
        note(&[("case:f", 1)]),
        note(&[("case:d", 2)]),
        note(&[("case:b", 3)]),
    ]
}

fn row(subject: &str, count: u64, index: u64, entries: &[Vec<u8>]) -> String {
    let last = leaf_hash(&entries[usize::try_from(index).unwrap()]);
    format!("{{\"count\":{count},\"index\":{index},\"last\":\"{last}\",\"subject\":\"{subject}\"}}")
}

fn rows() -> Vec<String> {
    let entries = before();
    vec![row("case:b", 3, 4, &entries), row("case:d", 2, 3, &entries), row("case:f", 1, 2, &entries)]
}

fn leaves_of<T: AsRef<[u8]>>(items: &[T]) -> Vec<Hash32> {
    items.iter().map(|item| leaf_hash(item.as_ref())).collect()
}

fn index(rows: &[String]) -> Vec<u8> {
    let root = root_of(&leaves_of(&before()));
    let public = json!({"size": 5, "root": root, "subjects": rows.len(),
        "subjects_root": root_of(&leaves_of(rows)), "object": root});
    entry("record.index.published/1", &[("record:index", 1)], &public)
}

/// The five entries, the index over these rows, and one entry that came later.
fn log(rows: &[String]) -> Log {
    let mut entries = before();
    entries.extend([index(rows), note(&[("case:b", 4)])]);
    Log::of(entries)
}

fn history(log: &Log, rows: &[String], subject: &str, places: &[usize], about: &[u64]) -> HistoryReceipt {
    let leaves = leaves_of(rows);
    let shown = |place: &usize| HistoryRow {
        row: rows[*place].clone(),
        row_index: *place as u64,
        path: inclusion_proof(&leaves.as_slice(), *place as u64, rows.len() as u64).unwrap(),
    };
    let one = |index: &u64| HistoryEntry {
        entry: b64(&log.entries[usize::try_from(*index).unwrap()]),
        index: *index,
        path: inclusion_proof(&log.leaves.as_slice(), *index, 7).unwrap(),
    };
    HistoryReceipt {
        kind: HISTORY_RECEIPT.to_owned(),
        subject: subject.to_owned(),
        rows: places.iter().map(shown).collect(),
        proof: log.proof(5, true).to_string(),
        consistency: consistency_proof(&log.leaves.as_slice(), 5, 7).unwrap(),
        entries: about.iter().map(one).collect(),
    }
}

fn check(receipt: &HistoryReceipt) -> Result<usize, &'static str> {
    verify_history(&serde_json::to_vec(receipt).unwrap(), &ours())
        .map(|report| report.entries.len())
        .map_err(|error| error.code())
}

#[test]
fn a_whole_history_holds_and_so_does_an_empty_one() {
    let (rows, log) = (rows(), log(&rows()));
    assert_eq!(check(&history(&log, &rows, "case:b", &[0], &[0, 1, 4])), Ok(3));
    assert_eq!(check(&history(&log, &rows, "case:d", &[1], &[1, 3])), Ok(2));
    // Before the first, between neighbours, after the last.
    for (subject, places) in
        [("case:a", &[0][..]), ("case:c", &[0, 1]), ("case:e", &[1, 2]), ("case:g", &[2])]
    {
        assert_eq!(check(&history(&log, &rows, subject, places, &[])), Ok(0), "{subject}");
    }
}

#[test]
fn whatever_is_left_out_or_put_in_is_refused() {
    let (rows, log) = (rows(), log(&rows()));
    let good = history(&log, &rows, "case:b", &[0], &[0, 1, 4]);
    let code = |change: &dyn Fn(&mut HistoryReceipt)| {
        let mut changed = good.clone();
        change(&mut changed);
        check(&changed).unwrap_err()
    };
    assert_eq!(code(&|h| h.kind = "x".into()), "SCR-VERIFY-070");
    assert_eq!(code(&|h| h.rows = vec![h.rows[0].clone(); 3]), "SCR-VERIFY-070");
    assert_eq!(code(&|h| h.proof = log.proof(4, true).to_string()), "SCR-VERIFY-071");
    assert_eq!(code(&|h| h.consistency.truncate(1)), "SCR-VERIFY-072");
    assert_eq!(
        code(&|h| h.rows[0].row = h.rows[0].row.replace("\"count\":3", "\"count\":2")),
        "SCR-VERIFY-073"
    );
    assert_eq!(code(&|h| h.rows.push(h.rows[0].clone())), "SCR-VERIFY-073");
    assert_eq!(code(&|h| h.rows.clear()), "SCR-VERIFY-073", "that there is no row must be shown");
    assert_eq!(code(&|h| h.entries[1].index = 2), "SCR-VERIFY-074");
    assert_eq!(code(&|h| h.entries.swap(0, 1)), "SCR-VERIFY-074");
    assert_eq!(code(&|h| h.entries[1].entry = "x".into()), "SCR-VERIFY-074");
    assert_eq!(code(&|h| drop(h.entries.pop())), "SCR-VERIFY-075");
    assert_eq!(code(&|h| h.entries.push(h.entries[0].clone())), "SCR-VERIFY-075");
    // Another entry about another subject, and one after the index, in the place of the last.
    assert_eq!(check(&history(&log, &rows, "case:b", &[0], &[0, 1, 2])), Err("SCR-VERIFY-074"));
    assert_eq!(check(&history(&log, &rows, "case:b", &[0], &[0, 1, 6])), Err("SCR-VERIFY-074"));
    // Rows that are no neighbours do not show that nothing stands between them.
    assert_eq!(check(&history(&log, &rows, "case:c", &[0, 2], &[])), Err("SCR-VERIFY-073"));
    assert_eq!(check(&history(&log, &rows, "case:c", &[0], &[])), Err("SCR-VERIFY-073"));
    let nobody = verify_history(&serde_json::to_vec(&good).unwrap(), &Trust::Nobody).unwrap_err();
    assert_eq!((nobody.code(), nobody.exit_code()), ("SCR-VERIFY-001", 2));
    let long = verify_history(&vec![b' '; (16 << 20) + 1], &ours()).unwrap_err();
    assert!(matches!(long, HistoryError::File(_)));
}

/// An index that leaves an entry out, invents one, or has its rows in another order is named by the audit
/// of the whole log: so nobody can publish one unseen.
#[test]
fn an_index_that_lies_is_named() {
    let judged = |rows: &[String]| fsck(&log(rows).source(), &ours(), EntryRules::Scrutineer);
    assert_eq!(judged(&rows()).unwrap().subjects, 4);
    let entries = before();
    let mut unsorted = rows();
    unsorted.swap(0, 1);
    let mut more = rows();
    more.push(row("case:x", 1, 0, &entries));
    let mut fewer = rows();
    fewer.pop();
    let mut short = rows();
    short[0] = row("case:b", 2, 1, &entries);
    for wrong in [unsorted, more, fewer, short] {
        let error = judged(&wrong).unwrap_err();
        assert!(matches!(&error, FsckError::Index { index: 5, .. }), "{error}");
        assert_eq!((error.code(), error.exit_code()), ("SCR-VERIFY-076", 1));
    }
    let with = |public: Value| {
        let mut all = before();
        all.push(entry("record.index.published/1", &[("record:index", 1)], &public));
        fsck(&Log::of(all).source(), &ours(), EntryRules::Scrutineer).unwrap_err().code()
    };
    let root = root_of(&leaves_of(&before()));
    assert_eq!(
        with(json!({"size": 6, "root": root, "subjects": 3, "subjects_root": root})),
        "SCR-VERIFY-076"
    );
    assert_eq!(
        with(json!({"size": 4, "root": root, "subjects": 3, "subjects_root": root})),
        "SCR-VERIFY-076"
    );
    assert_eq!(with(json!({})), "SCR-VERIFY-076");
}

/// An index far behind many entries, across bundles: the state is taken back to the size that it speaks of.
#[test]
fn an_index_may_speak_of_an_earlier_bundle() {
    let mut entries: Vec<Vec<u8>> = (0..600_u64)
        .map(|number| {
            note(&[(["case:a", "case:b", "case:c"][usize::try_from(number % 3).unwrap()], number / 3 + 1)])
        })
        .collect();
    let size = 300;
    let counted = |subject: &str, last: u64| row(subject, 100, last, &entries);
    let rows = [counted("case:a", 297), counted("case:b", 298), counted("case:c", 299)];
    let root = root_of(&leaves_of(&entries[..size]));
    let public =
        json!({"size": size, "root": root, "subjects": 3, "subjects_root": root_of(&leaves_of(&rows))});
    entries.push(entry("record.index.published/1", &[("record:index", 1)], &public));
    let report = fsck(&Log::of(entries).source(), &ours(), EntryRules::Scrutineer).unwrap();
    assert_eq!((report.size, report.subjects), (601, 4));
}
