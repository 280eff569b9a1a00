//! Servers that lie, and logs that sign what they may not: what the person reads, and what is kept.

use crate::support::{Log, Mirror, STALE_SECONDS, Server};
use scr_mirror::OwnPages;
use scr_verify::{Trust, verify_split};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// A log with some entries, a server before it, and a mirror that has them.
fn followed() -> (Arc<Log>, Server, tempfile::TempDir, Mirror) {
    let log = Arc::new(Log::new());
    log.file_all((0..5).map(|number| format!("paper {number}")));
    let server = Server::of(&log);
    let folder = tempfile::tempdir().unwrap();
    let mut mirror = Mirror::open(folder.path(), log.keys(), server.clone());
    assert_eq!(mirror.round(), Ok(()));
    (log, server, folder, mirror)
}

/// Two logs with one key and one beginning, and a mirror that has followed the first to its end.
fn forked(first: usize, second: usize) -> (Arc<Log>, Mirror, tempfile::TempDir) {
    let log = Log::new();
    log.file("common");
    let (left, right) = log.fork();
    left.file_all((0..first).map(|number| format!("left {number}")));
    right.file_all((0..second).map(|number| format!("right {number}")));
    let (left, right) = (Arc::new(left), Arc::new(right));
    let server = Server::of(&left);
    let folder = tempfile::tempdir().unwrap();
    let mut mirror = Mirror::open(folder.path(), left.keys(), server.clone());
    assert_eq!(mirror.round(), Ok(()));
    server.switch(&right);
    assert!(mirror.round().unwrap_err().starts_with("SCR-MIR-020"));
    (right, mirror, folder)
}

#[test]
fn a_fork_signed_with_the_real_key_is_shown_to_anybody() {
    // Of one size, larger, and smaller than what was seen.
    for (first, second) in [(2, 2), (1, 300), (4, 2)] {
        let (log, mirror, folder) = forked(first, second);
        let [(code, words)] = &mirror.alarms()[..] else { panic!("{:?}", mirror.alarms()) };
        assert_eq!(code, "SCR-MIR-020");
        assert!(
            words.contains("two signed checkpoints of log.test.example/2026 contradict each other"),
            "{words}"
        );
        let evidence = mirror.evidence("split-view.json");
        let report = verify_split(&evidence, &Trust::Keys(log.keys())).unwrap();
        assert_ne!(report.prefix_root, report.first_root);
        assert_eq!(mirror.evidence("served.checkpoint"), log.checkpoint().into_bytes());
        assert!(mirror.evidence("seen.checkpoint") != mirror.evidence("served.checkpoint"));
        // Nothing of the other record was taken, and the alarm outlives the process.
        assert_eq!(mirror.size(), 3 + first as u64);
        drop(mirror);
        let mirror = Mirror::open(folder.path(), log.keys(), Server::of(&log));
        assert_eq!(mirror.alarms().len(), 1);
    }
}

#[test]
fn an_older_checkpoint_is_a_rollback_until_the_log_is_back() {
    let (log, server, _folder, mut mirror) = followed();
    let old = log.checkpoint();
    log.file("new");
    assert_eq!(mirror.round(), Ok(()));
    let served = old.clone().into_bytes();
    server.lie(move |path, answer| if path == "/log/checkpoint" { Some(served.clone()) } else { answer });
    let words = mirror.round().unwrap_err();
    assert_eq!(
        words,
        "SCR-MIR-021: the log serves a signed checkpoint of 7 entries, but it has signed 8 before"
    );
    assert_eq!(mirror.size(), 8, "what was public is kept");
    assert_eq!(mirror.evidence("served.checkpoint"), old.into_bytes());
    mirror.round().unwrap_err();
    assert_eq!(mirror.alarms().len(), 1, "once");
    server.lie(|_, answer| answer);
    assert_eq!(mirror.round(), Ok(()));
    assert!(mirror.alarms().is_empty());
    assert_eq!(mirror.monitor.watch().now().alarms.len(), 1, "it stays in the list");
}

#[test]
fn what_came_wrong_is_named_and_not_kept() {
    let (log, server, _folder, mut mirror) = followed();
    let paper = log.file("new");
    server.lie(|path, answer| match (path.starts_with("/log/tile/entries"), answer) {
        (true, Some(mut bytes)) => {
            let last = bytes.len() - 3;
            bytes[last] ^= 1;
            Some(bytes)
        }
        (_, answer) => answer,
    });
    let words = mirror.round().unwrap_err();
    assert_eq!(words, "SCR-MIR-005: entry 7 differs from its leaf in the tree");
    server.lie(|path, answer| answer.filter(|_| !path.starts_with("/log/tile/entries")));
    assert!(mirror.round().unwrap_err().contains("tile/entries/000.p/8 is missing"));
    server.lie(|path, answer| answer.filter(|_| !path.starts_with("/objects")));
    let words = mirror.round().unwrap_err();
    assert!(words.starts_with("SCR-MIR-006") && words.contains(&paper.to_hex()), "{words}");
    server.lie(|path, answer| if path.starts_with("/objects") { Some(b"other".to_vec()) } else { answer });
    assert!(mirror.round().unwrap_err().starts_with("SCR-MIR-007"));
    server.lie(|path, answer| if path == "/log/checkpoint" { Some(b"no note".to_vec()) } else { answer });
    assert!(mirror.round().unwrap_err().starts_with("SCR-MIR-004"));
    server.lie(|path, answer| if path == "/log/checkpoint" { Some(vec![b'a'; 1 << 20]) } else { answer });
    assert_eq!(
        mirror.round().unwrap_err(),
        "SCR-MIR-002: /log/checkpoint is longer than the 65536 bytes that it can have"
    );
    assert_eq!(mirror.size(), 7);
    assert_eq!(mirror.monitor.watch().now().trouble.unwrap().0, "SCR-MIR-002");
    assert!(mirror.alarms().is_empty(), "anybody in between could have sent that: {:?}", mirror.alarms());
    server.lie(|_, answer| answer);
    assert_eq!(mirror.round(), Ok(()));
    assert_eq!(mirror.size(), 8);
}

#[test]
fn tiles_that_do_not_lead_to_the_signed_root_are_an_alarm_while_they_are_served() {
    let (log, server, _folder, mut mirror) = followed();
    log.file("new");
    server.lie(|path, answer| match (path.starts_with("/log/tile/0/"), answer) {
        (true, Some(mut bytes)) => {
            bytes[40] ^= 1;
            Some(bytes)
        }
        (_, answer) => answer,
    });
    assert!(mirror.round().unwrap_err().starts_with("SCR-MIR-023"));
    let [(code, words)] = &mirror.alarms()[..] else { panic!("{:?}", mirror.alarms()) };
    assert_eq!(code, "SCR-MIR-023");
    assert!(words.contains("its checkpoint of 8 entries continues the one of 7"), "{words}");
    server.lie(|_, answer| answer);
    assert_eq!(mirror.round(), Ok(()));
    assert!(mirror.alarms().is_empty());
}

#[test]
fn a_log_that_falls_silent_is_an_alarm_until_it_signs_again() {
    let (log, server, _folder, mut mirror) = followed();
    mirror.clock.advance(STALE_SECONDS - 1);
    assert_eq!(mirror.round(), Ok(()));
    assert!(mirror.alarms().is_empty());
    server.lie(|_, _| None);
    mirror.clock.advance(61);
    assert!(mirror.round().unwrap_err().starts_with("SCR-MIR-004"));
    assert_eq!(
        mirror.alarms(),
        [("SCR-MIR-024".to_owned(), "there has been no new checkpoint for 31 minutes".to_owned())]
    );
    assert!(!mirror.evidence("seen.checkpoint").is_empty());
    server.lie(|_, answer| answer);
    log.file("again");
    assert_eq!(mirror.round(), Ok(()));
    assert!(mirror.alarms().is_empty());
}

/// Pages that follow from the record, as the test says.
struct Made;

impl OwnPages for Made {
    fn wait_for(&self, _: u64) -> bool {
        true
    }

    fn addresses(&self, _: usize) -> Vec<String> {
        vec!["/".to_owned(), "/record".to_owned()]
    }

    fn own(&self, address: &str) -> Option<Vec<u8>> {
        Some(format!("page {address}").into_bytes())
    }

    fn compared(&self, body: Vec<u8>) -> Vec<u8> {
        body
    }
}

#[test]
fn a_page_that_departs_from_the_record_is_kept_beside_the_right_one() {
    let (log, server, _folder, mut mirror) = followed();
    mirror.monitor.with_pages(Box::new(Made));
    assert_eq!(mirror.round(), Ok(()));
    let state = mirror.monitor.watch().now();
    assert_eq!((state.pages_equal, state.pages_known), (2, 2));
    server.lie(|path, answer| if path == "/record" { Some(b"41 more votes".to_vec()) } else { answer });
    log.file("a new size");
    assert_eq!(mirror.round(), Ok(()));
    let [(code, words)] = &mirror.alarms()[..] else { panic!("{:?}", mirror.alarms()) };
    assert_eq!(code, "SCR-MIR-025");
    assert!(words.starts_with("at 8 entries the origin shows /record with digest"), "{words}");
    assert_eq!(mirror.evidence("origin.page"), b"41 more votes");
    assert_eq!(mirror.evidence("record.page"), b"page /record");
    assert!(mirror.folder().join("..").join("record.db").exists());
    server.lie(|_, answer| answer);
    log.file("another size");
    assert_eq!(mirror.round(), Ok(()));
    assert!(mirror.alarms().is_empty());
}

/// A log that asks witnesses serves its checkpoint seconds after its pages show an entry, more of them on a busy machine.
#[test]
fn a_page_that_is_ahead_of_a_late_checkpoint_is_no_alarm() {
    let (log, server, _folder, mut mirror) = followed();
    mirror.monitor.with_pages(Box::new(Made));
    let asked = AtomicU32::new(0);
    server.lie(move |path, answer| {
        let is_ahead = path == "/record" && asked.fetch_add(1, Ordering::Relaxed) < 6;
        if is_ahead { Some(b"the next entry".to_vec()) } else { answer }
    });
    log.file("a new size");
    assert_eq!(mirror.round(), Ok(()));
    assert_eq!(mirror.alarms(), []);
    assert_eq!(mirror.monitor.watch().now().pages_equal, 2);
}

/// What a log says of its end, signed by its own key.
fn end_of(log: &Log, size: u64, root: scr_canon::Hash32) -> String {
    let key = std::fs::read_to_string(log.folder.path().join("keys/log.key")).unwrap();
    let key = scr_note::SignerKey::parse(key.trim()).unwrap();
    let next =
        scr_note::SignerKey::from_seed("log.next.example", scr_note::Algorithm::Ed25519, &[7; 32]).unwrap();
    let end = scr_note::Retirement {
        origin: "log.test.example/2026".to_owned(),
        size,
        root,
        successor: next.verifier().clone(),
        at: "2026-11-24T10:00:00Z".to_owned(),
        reason: "The election is over.".to_owned(),
    };
    end.sign(&key).unwrap()
}

fn serve_end(server: &Server, note: String) {
    server.lie(
        move |path, answer| if path == "/log/retired" { Some(note.clone().into_bytes()) } else { answer },
    );
}

#[test]
fn the_end_of_a_log_is_kept_and_served_and_is_no_silence() {
    let (log, server, folder, mut mirror) = followed();
    let signed = log.engine().log().checkpoint().unwrap().unwrap();
    let note = end_of(&log, signed.size, signed.root);
    // What the log has not signed is no end.
    serve_end(&server, note.replace("over.", "over!"));
    assert_eq!(mirror.round(), Ok(()));
    assert!(!folder.path().join("retired").exists());
    serve_end(&server, note.clone());
    assert_eq!(mirror.round(), Ok(()));
    assert_eq!(mirror.parts.as_ref().unwrap().ledger.retirement(), Some(note.clone()));
    // The origin no longer shows it, and says nothing for days: a log that has ended does that.
    server.lie(|_, answer| answer);
    mirror.clock.advance(10 * STALE_SECONDS);
    assert_eq!(mirror.round(), Ok(()));
    assert_eq!(mirror.alarms(), []);
    drop(mirror);
    let mirror = Mirror::open(folder.path(), log.keys(), server);
    assert_eq!(mirror.parts.as_ref().unwrap().ledger.retirement(), Some(note));
}

/// SCR-MIR-026
#[test]
fn a_log_that_goes_on_after_its_end_is_shown_by_two_files() {
    for of_one_size in [true, false] {
        let (log, server, _folder, mut mirror) = followed();
        let signed = log.engine().log().checkpoint().unwrap().unwrap();
        let size = if of_one_size { signed.size } else { signed.size - 1 };
        let note = end_of(&log, size, scr_canon::Hash32([7; 32]));
        serve_end(&server, note.clone());
        let words = mirror.round().unwrap_err();
        assert!(words.starts_with("SCR-MIR-026") && words.contains("has signed another tree"), "{words}");
        assert_eq!(mirror.evidence("retired"), note.into_bytes());
        assert_eq!(mirror.evidence("seen.checkpoint"), log.checkpoint().into_bytes());
    }
}
