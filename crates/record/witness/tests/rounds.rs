//! The log's side: rounds over several witnesses, honest, slow, lying and gone.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod support;

use scr_note::{Algorithm, Note, Policy, SignerKey};
use scr_witness::{Board, LogSide, Published, Reply, Transport, Witness};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use support::{Log, NOW, signer, witness};

/// What answers at an address.
enum Peer {
    Honest(Witness),
    Down,
    Slow(Witness, Duration),
    Says(u16, &'static str, String),
    /// Shows this to whoever asks what it keeps.
    Keeps(String),
}

/// A network in memory.
#[derive(Default)]
struct Net {
    peers: BTreeMap<String, Peer>,
    asked: Mutex<Vec<String>>,
    hosts: Mutex<Vec<String>>,
    /// What the witnesses' clocks show.
    now: Mutex<i64>,
}

impl Net {
    fn of(&self, url: &str) -> (&Peer, String) {
        let (host, path) = url.strip_prefix("http://").unwrap().split_once('/').unwrap();
        (&self.peers[host], path.to_owned())
    }
}

impl Transport for Net {
    fn post(&self, url: &str, body: &[u8]) -> Result<Reply, String> {
        self.asked.lock().unwrap().push(String::from_utf8_lossy(&body[..7]).trim_end().to_owned());
        let (peer, path) = self.of(url);
        assert_eq!(path, "add-checkpoint");
        let host = url.strip_prefix("http://").and_then(|rest| rest.split('/').next());
        self.hosts.lock().unwrap().push(host.unwrap_or_default().to_owned());
        let now = *self.now.lock().unwrap();
        let answer = match peer {
            Peer::Down | Peer::Keeps(_) => return Err("connection refused".to_owned()),
            Peer::Says(status, content_type, body) => {
                return Ok(Reply {
                    status: *status,
                    content_type: (*content_type).to_owned(),
                    body: body.clone().into_bytes(),
                    retry_after: Some(90),
                });
            }
            Peer::Slow(witness, time) => {
                std::thread::sleep(*time);
                witness.add_checkpoint(body, now)
            }
            Peer::Honest(witness) => witness.add_checkpoint(body, now),
        };
        let content_type = answer.content_type.split(';').next().unwrap().to_owned();
        let (status, retry_after) = (answer.status, answer.retry_after);
        Ok(Reply { status, content_type, body: answer.body.into_bytes(), retry_after })
    }

    fn get(&self, url: &str) -> Result<Reply, String> {
        let (peer, path) = self.of(url);
        let witness = match peer {
            Peer::Honest(witness) => witness,
            Peer::Keeps(note) => {
                let body = note.clone().into_bytes();
                return Ok(Reply { status: 200, body, ..Reply::default() });
            }
            _ => return Err("connection refused".to_owned()),
        };
        let answer = witness.checkpoint(path.strip_suffix("/checkpoint").unwrap());
        Ok(Reply { status: answer.status, body: answer.body.into_bytes(), ..Reply::default() })
    }
}

fn key(seed: u8) -> SignerKey {
    signer(&format!("w{seed}.example"), Algorithm::Cosignature, seed)
}

/// Witnesses 2, 3, 4 (a commission, two parties); two sectors must have cosigned.
fn policy() -> Policy {
    let mut text = format!("log {}\n", Log::new("", 0).key.verifier());
    for seed in [2, 3, 4] {
        text += &format!("witness w{seed} {} http://w{seed}/\n", key(seed).verifier());
    }
    (text + "group parties any w3 w4\ngroup sectors all w2 parties\nquorum sectors\n").parse().unwrap()
}

struct Site {
    folder: tempfile::TempDir,
    net: Net,
    log: Log,
}

fn site() -> Site {
    let folder = tempfile::tempdir().unwrap();
    let mut net = Net { now: Mutex::new(NOW), ..Net::default() };
    for seed in [2, 3, 4] {
        let witness = witness(folder.path(), &format!("w{seed}.example"), seed);
        net.peers.insert(format!("w{seed}"), Peer::Honest(witness));
    }
    Site { folder, net, log: Log::new("", 100) }
}

fn board(folder: &Path) -> Board {
    Board::open(policy(), &folder.join("rounds.db")).unwrap()
}

fn round(board: &Board, site: &Site, log: &Log, size: u64, now: i64) -> Arc<Published> {
    let prove = |old: u64, new: u64| Ok(log.proof(old, new));
    let keys = [log.key.verifier().clone()];
    let side = LogSide { note: &log.note(size), keys: &keys, prove: &prove };
    board.round(&side, &site.net, now).unwrap()
}

#[test]
fn a_round_gathers_every_cosignature() {
    let site = site();
    let board = board(site.folder.path());
    assert_eq!(board.confirmation(0).given, 0);
    let published = round(&board, &site, &site.log, 10, NOW);
    let verdict = policy().check(&published.note).unwrap();
    assert_eq!((verdict.witnesses.len(), verdict.checkpoint.size), (3, 10));
    let confirmed = board.confirmation(9);
    assert_eq!((confirmed.given, confirmed.of, confirmed.met, confirmed.at), (3, 3, true, Some(NOW)));
    assert_eq!(board.confirmation(10).given, 0, "what came later is not confirmed");
    round(&board, &site, &site.log, 64, NOW + 10);
    assert_eq!(board.confirmation(9).at, Some(NOW), "the first time counts");
    assert_eq!(board.confirmation(63).at, Some(NOW + 10));
    // From the second round on each is asked once, with the size that it is known to have seen.
    assert_eq!(*site.net.asked.lock().unwrap(), ["old 0", "old 0", "old 0", "old 10", "old 10", "old 10"]);
}

#[test]
fn a_witness_that_knows_more_or_less_is_met_where_it_is() {
    let site = site();
    round(&board(site.folder.path()), &site, &site.log, 10, NOW);
    // A board that has lost its file begins at 0, and is told.
    std::fs::remove_file(site.folder.path().join("rounds.db")).unwrap();
    let board = board(site.folder.path());
    round(&board, &site, &site.log, 20, NOW);
    assert_eq!(board.confirmation(19).given, 3);
}

#[test]
fn who_is_down_is_late_and_stops_nobody() {
    let mut site = site();
    let board = board(site.folder.path());
    round(&board, &site, &site.log, 10, NOW);
    let Some(Peer::Honest(gone)) = site.net.peers.insert("w3".into(), Peer::Down) else { unreachable!() };
    let published = round(&board, &site, &site.log, 20, NOW + 10);
    assert_eq!(policy().check(&published.note).unwrap().witnesses.len(), 2);
    round(&board, &site, &site.log, 30, NOW + 20);
    let late = &board.standings()[1];
    assert_eq!((late.late_since, late.failure.as_deref()), (Some(NOW + 10), Some("unreachable")));
    assert_eq!((board.confirmation(5).given, board.confirmation(15).given), (3, 2));
    // Below the quorum it is published all the same, and says so; the last that met it is kept.
    site.net.peers.insert("w4".into(), Peer::Down);
    let published = round(&board, &site, &site.log, 40, NOW + 30);
    assert_eq!(published.size, 40);
    assert!(policy().check(&published.note).is_err());
    assert_eq!((board.latest().unwrap().size, board.met().unwrap().size), (40, 30));
    let confirmed = board.confirmation(35);
    assert_eq!((confirmed.given, confirmed.met, confirmed.at), (1, false, None));
    site.net.peers.insert("w3".into(), Peer::Honest(gone));
    round(&board, &site, &site.log, 40, NOW + 40);
    assert_eq!(board.standings()[1].late_since, None);
    assert_eq!(board.confirmation(35).at, Some(NOW + 40));
    // All of it is there after a restart.
    let again = Board::open(policy(), &site.folder.path().join("rounds.db")).unwrap();
    assert_eq!(
        (again.standings(), again.latest(), again.met()),
        (board.standings(), board.latest(), board.met())
    );
}

#[test]
fn cosignatures_of_the_same_tree_are_not_lost() {
    let mut site = site();
    let board = board(site.folder.path());
    round(&board, &site, &site.log, 10, NOW);
    site.net.peers.insert("w2".into(), Peer::Down);
    let published = round(&board, &site, &site.log, 10, NOW + 600);
    assert_eq!(policy().check(&published.note).unwrap().witnesses.len(), 3);
}

#[test]
fn a_log_that_was_rolled_back_hears_of_it() {
    let site = site();
    let board = board(site.folder.path());
    round(&board, &site, &site.log, 50, NOW);
    // The same log, restored from a copy with 20 entries.
    let published = round(&board, &site, &site.log, 20, NOW + 60);
    assert!(policy().check(&published.note).is_err());
    let alarms = board.alarms();
    assert_eq!((alarms.len(), alarms[0].size, alarms[0].own_size), (3, 50, 20));
    let shown: Note = alarms[0].shown.as_ref().unwrap().parse().unwrap();
    shown.open(&[site.log.key.verifier().clone()]).unwrap();
    assert_eq!(board.standings()[0].failure.as_deref(), Some("ahead"));
    // Grown anew, with other entries: the witnesses do not follow, and show what they keep instead.
    let other = Log::new("x", 100);
    round(&board, &site, &other, 60, NOW + 120);
    assert!(board.standings().iter().all(|s| s.failure.as_deref() == Some("forked")));
    let forked = board.alarms().into_iter().filter(|alarm| alarm.own_size == 60).count();
    assert_eq!(forked, 0, "the first time that a witness showed this tree is kept");
    let again = Board::open(policy(), &site.folder.path().join("rounds.db")).unwrap();
    assert_eq!(again.alarms().len(), 3);
    assert_eq!((again.confirmation(19).disputed, again.confirmation(20).disputed), (false, true));
    // The newest copy is found after all: what continues what was seen is confirmed again.
    *site.net.now.lock().unwrap() += 180;
    round(&again, &site, &site.log, 60, NOW + 180);
    assert_eq!((again.confirmation(20).disputed, again.confirmation(20).given), (false, 3));
    assert_eq!(again.alarms().len(), 3, "the alarms are kept");
}

#[test]
fn a_log_with_another_past_is_shown_the_one_that_was_cosigned() {
    let mut site = site();
    let first = board(site.folder.path());
    round(&first, &site, &site.log, 50, NOW);
    // Without a board that remembers: the same key, the same length and a larger one, other entries.
    for size in [50, 60] {
        std::fs::remove_file(site.folder.path().join("rounds.db")).unwrap();
        let board = board(site.folder.path());
        round(&board, &site, &Log::new("x", 100), size, NOW + 60);
        assert!(board.standings().iter().all(|s| s.failure.as_deref() == Some("forked")));
        let alarms = board.alarms();
        assert_eq!((alarms.len(), alarms[0].size, alarms[0].own_size), (3, 50, size));
        let shown: Note = alarms[0].shown.as_ref().unwrap().parse().unwrap();
        assert_eq!(shown.text, site.log.checkpoint(50).to_string());
        assert_eq!((board.confirmation(49).disputed, board.confirmation(50).disputed), (true, false));
    }
    // A witness that only says so shows nothing.
    site.net.peers.insert("w2".into(), Peer::Says(422, "text/plain", "no".to_owned()));
    std::fs::remove_file(site.folder.path().join("rounds.db")).unwrap();
    let board = board(site.folder.path());
    round(&board, &site, &site.log, 50, NOW + 120);
    assert_eq!(board.standings()[0].failure.as_deref(), Some("bad-proof"));
    assert_eq!(board.alarms(), []);
}

#[test]
fn what_is_kept_elsewhere_is_asked_of_all_and_only_signed_notes_count() {
    let mut site = site();
    let board = board(site.folder.path());
    let keys = [site.log.key.verifier().clone()];
    let ask = |board: &Board, site: &Site| {
        let kept = board.kept_elsewhere("log.example/2026", &keys, &site.net).into_iter();
        let size = |note: &str| note.lines().nth(1).unwrap().parse::<u64>().unwrap();
        kept.map(|one| (one.by, size(&one.note))).collect::<Vec<_>>()
    };
    assert_eq!(ask(&board, &site), [], "nothing was ever cosigned");
    round(&board, &site, &site.log, 50, NOW);
    let own = || ("witness/rounds.db".to_owned(), 50);
    let all = ["w2", "w3", "w4"].map(|name| (name.to_owned(), 50));
    assert_eq!(ask(&board, &site), [&all[..], &[own(), own()]].concat());
    site.net.peers.insert("w2".into(), Peer::Down);
    site.net.peers.insert("w3".into(), Peer::Keeps(Log::new("", 100).note(70)));
    assert_eq!(ask(&board, &site), [("w3".to_owned(), 70), all[2].clone(), own(), own()]);
    let unsigned = site.log.note(70).replace("— log.example/2026", "— somebody.else");
    for lie in
        [unsigned, "<html>".to_owned(), String::new(), Log::new("", 0).note(0).replace("2026\n", "2025\n")]
    {
        site.net.peers.insert("w3".into(), Peer::Keeps(lie));
        assert_eq!(ask(&board, &site), [all[2].clone(), own(), own()]);
    }
}

#[test]
fn witnesses_that_lie_are_not_believed() {
    let mut site = site();
    let line = |note: String| note.split_once("\n\n").unwrap().1.to_owned();
    let cosigned = |size, time| {
        line(Note::sign(&site.log.checkpoint(size).to_string(), &[&key(2)], time).unwrap().to_string())
    };
    let now = NOW.cast_unsigned();
    let other = Note::sign(&site.log.checkpoint(10).to_string(), &[&key(9)], now).unwrap().to_string();
    for (status, kind, body, word) in [
        (200, "text/plain", cosigned(9, now), "wrong-answer"),
        // The clock of the witness is fast, or an old cosignature of this very tree is replayed.
        (200, "text/plain", cosigned(10, 0), "wrong-time"),
        (200, "text/plain", cosigned(10, now + 86_400), "wrong-time"),
        (200, "text/plain", cosigned(10, now - 86_400), "wrong-time"),
        (429, "text/plain", "later".to_owned(), "too-often"),
        (200, "text/plain", line(other), "wrong-answer"),
        (200, "text/plain", "<html>".to_owned(), "wrong-answer"),
        (409, "text/x.tlog.size", "999\n".to_owned(), "ahead"),
        (409, "text/x.tlog.size", "3".to_owned(), "refused"),
        (409, "text/plain", "3\n".to_owned(), "refused"),
        (404, "text/plain", "no such log".to_owned(), "unknown-log"),
        (403, "text/plain", "no such key".to_owned(), "unknown-key"),
        (500, "text/plain", "\u{1b}[2J".to_owned(), "refused"),
    ] {
        site.net.peers.insert("w2".into(), Peer::Says(status, kind, body.clone()));
        let folder = tempfile::tempdir().unwrap();
        let board = board(folder.path());
        round(&board, &site, &site.log, 10, NOW);
        let standing = &board.standings()[0];
        assert_eq!((standing.failure.as_deref(), standing.size), (Some(word), 0), "{body}");
        assert!(!standing.detail.as_ref().unwrap().contains('\u{1b}'));
        // Its word alone is kept as such: no checkpoint under our own key stands behind it.
        assert_eq!(
            board.alarms().first().map(|a| (a.size, a.shown.clone())),
            (word == "ahead").then_some((999, None))
        );
    }
}

#[test]
fn a_witness_is_not_asked_more_often_than_the_policy_says() {
    let site = site();
    let text = policy().to_string().replace("group parties", "#qpd w3 24\ngroup parties");
    let board = Board::open(text.parse().unwrap(), &site.folder.path().join("rounds.db")).unwrap();
    // Every ten minutes for a day; three at once at the beginning.
    let rounds = 24 * 6;
    for number in 1..=rounds {
        *site.net.now.lock().unwrap() = NOW + number * 600;
        let size = u64::try_from(number.min(100)).unwrap();
        round(&board, &site, &site.log, size, NOW + number * 600);
    }
    let asked = site.net.hosts.lock().unwrap().clone();
    let of = |host: &str| asked.iter().filter(|asked| *asked == host).count();
    assert_eq!((of("w2"), of("w3")), (144, 24 + 2), "in a day");
    // To wait as the policy says is not to be late.
    assert_eq!(board.standings()[1].late_since, None);
}

#[test]
fn a_witness_that_wants_to_be_left_alone_is() {
    let mut site = site();
    let board = board(site.folder.path());
    let Some(honest) = site.net.peers.insert("w2".into(), Peer::Says(429, "text/plain", "slowly".into()))
    else {
        unreachable!()
    };
    round(&board, &site, &site.log, 10, NOW);
    assert_eq!(board.standings()[0].failure.as_deref(), Some("too-often"));
    site.net.peers.insert("w2".into(), honest);
    let asked = |site: &Site| site.net.hosts.lock().unwrap().iter().filter(|host| *host == "w2").count();
    round(&board, &site, &site.log, 20, NOW + 89);
    assert_eq!((asked(&site), board.standings()[0].size), (1, 0), "it said 90 seconds");
    round(&board, &site, &site.log, 20, NOW + 90);
    assert_eq!((asked(&site), board.standings()[0].size, board.standings()[0].late_since), (2, 20, None));
}

#[test]
fn another_policy_counts_at_once_and_keeps_what_is_known() {
    let site = site();
    let board = board(site.folder.path());
    round(&board, &site, &site.log, 10, NOW);
    let of_w2 = board.standings()[0].clone();
    let log = site.log.key.verifier();
    let (old, new) = (key(2).verifier().clone(), key(7).verifier().clone());
    let strict = format!(
        "log {log}\nwitness w2 {old} http://w2/\nwitness w7 {new}\ngroup all all w2 w7\nquorum all\n"
    );
    board.use_policy(strict.parse().unwrap()).unwrap();
    assert_eq!(board.standings()[0], of_w2);
    assert_eq!((board.standings()[1].size, board.met()), (0, None), "w7 has not cosigned");
    let confirmed = board.confirmation(9);
    assert_eq!((confirmed.given, confirmed.of, confirmed.met), (1, 2, false));
    board.use_policy(strict.replace("all all", "all any").parse().unwrap()).unwrap();
    assert_eq!((board.met().unwrap().size, board.confirmation(9).met), (10, true));
}

#[test]
fn a_round_takes_as_long_as_the_slowest() {
    let mut site = site();
    for seed in [2, 3, 4] {
        let slow = witness(site.folder.path(), &format!("w{seed}.example"), seed);
        site.net.peers.insert(format!("w{seed}"), Peer::Slow(slow, Duration::from_millis(300)));
    }
    let (board, begin) = (board(site.folder.path()), Instant::now());
    round(&board, &site, &site.log, 10, NOW);
    assert!(begin.elapsed() < Duration::from_millis(800), "{:?}", begin.elapsed());
    assert_eq!(board.confirmation(9).given, 3);
}

#[test]
fn digits_to_read_aloud_belong_to_one_key_and_name() {
    let digits =
        |name: &str, seed| scr_witness::check_digits(signer(name, Algorithm::Cosignature, seed).verifier());
    let one = digits("w.example", 1);
    assert!(
        one.split(' ').count() == 6
            && one.split(' ').all(|g| g.len() == 5 && g.bytes().all(|b| b.is_ascii_digit()))
    );
    assert_ne!(one, digits("w.example", 2));
    assert_ne!(one, digits("v.example", 1));
}
