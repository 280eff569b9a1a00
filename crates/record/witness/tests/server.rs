//! The statuses of C2SP tlog-witness, one by one, and what must hold between them.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod support;

use proptest::prelude::*;
use scr_canon::Hash32;
use scr_note::{Algorithm, Checkpoint, Note};
use scr_witness::{AddCheckpoint, LogList, Witness, WitnessedLog};
use std::sync::Arc;
use support::{Log, NOW, ORIGIN, signer, witness};

/// The request that shows the growth of a log.
fn grown(log: &Log, old: u64, new: u64) -> String {
    AddCheckpoint { old, proof: log.proof(old, new), checkpoint: log.note(new) }.to_string()
}

fn status(witness: &Witness, request: &str) -> u16 {
    witness.add_checkpoint(request.as_bytes(), NOW).status
}

#[test]
fn a_log_is_cosigned_as_it_grows() {
    let folder = tempfile::tempdir().unwrap();
    let (witness, log) = (witness(folder.path(), "w.example", 9), Log::new("", 300));
    assert_eq!(witness.checkpoint(&Witness::path_of(ORIGIN)[..64]).status, 404);
    for (old, new) in [(0, 5), (5, 8), (8, 8), (8, 300)] {
        let answer = witness.add_checkpoint(grown(&log, old, new).as_bytes(), NOW);
        assert_eq!(answer.status, 200, "{old} to {new}: {}", answer.body);
        let text = format!("{}\n{}", log.checkpoint(new), answer.body);
        let seen = text.parse::<Note>().unwrap().open(&[witness.verifier().clone()]).unwrap();
        assert_eq!(seen[0].time, Some(NOW.cast_unsigned()));
    }
    let kept = witness.checkpoint(&Witness::path_of(ORIGIN)[..64]);
    assert_eq!(kept.status, 200);
    let keys = [log.key.verifier().clone(), witness.verifier().clone()];
    assert_eq!(kept.body.parse::<Note>().unwrap().open(&keys).unwrap().len(), 2, "the log's and its own");
}

#[test]
fn a_stale_old_size_is_told_the_size_that_was_seen() {
    let folder = tempfile::tempdir().unwrap();
    let (witness, log) = (witness(folder.path(), "w.example", 9), Log::new("", 20));
    assert_eq!(status(&witness, &grown(&log, 0, 10)), 200);
    for (old, new) in [(0, 20), (4, 20), (4, 7), (0, 10)] {
        let answer = witness.add_checkpoint(grown(&log, old, new).as_bytes(), NOW);
        assert_eq!(
            (answer.status, answer.content_type, answer.body.as_str()),
            (409, "text/x.tlog.size", "10\n")
        );
    }
    assert_eq!(witness.add_checkpoint(grown(&log, 10, 20).as_bytes(), NOW).status, 200);
}

#[test]
fn who_may_sign_is_checked_before_anything_else() {
    let folder = tempfile::tempdir().unwrap();
    let (witness, log) = (witness(folder.path(), "w.example", 9), Log::new("", 20));
    let request = |note: String| AddCheckpoint { old: 0, proof: Vec::new(), checkpoint: note }.to_string();
    let signed_by = |key| Note::sign(&log.checkpoint(5).to_string(), &[key], 0).unwrap();
    let stranger = Checkpoint::new("other.example", 5, log.checkpoint(5).root).to_string();
    let other = signer("other.example", Algorithm::Ed25519, 1);
    let unknown = Note::sign(&stranger, &[&other], 0).unwrap().to_string();
    let answer = witness.add_checkpoint(request(unknown).as_bytes(), NOW);
    assert_eq!((answer.status, &answer.body[..12]), (404, "SCR-WIT-003:"));
    // The log's name, another key: not the log.
    let namesake = signer(ORIGIN, Algorithm::Ed25519, 2);
    let answer = request(signed_by(&namesake).to_string());
    let answer = witness.add_checkpoint(answer.as_bytes(), NOW);
    assert_eq!((answer.status, &answer.body[..12]), (403, "SCR-WIT-004:"));
    // The known key's name and id before a signature that does not hold, even beside one that does.
    let mut garbage = signed_by(&log.key);
    let mut bad = garbage.signatures[0].clone();
    bad.signature[7] ^= 1;
    assert_eq!(
        status(&witness, &request(Note { signatures: vec![bad.clone()], ..garbage.clone() }.to_string())),
        403
    );
    garbage.signatures.push(bad);
    assert_eq!(status(&witness, &request(garbage.to_string())), 403);
    // Signatures of strangers beside the log's are ignored.
    let both = Note::sign(&log.checkpoint(5).to_string(), &[&other, &log.key], 0).unwrap();
    assert_eq!(status(&witness, &request(both.to_string())), 200);
}

#[test]
fn proofs_that_do_not_hold_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (witness, log, fork) = (witness(folder.path(), "w.example", 9), Log::new("", 40), Log::new("x", 40));
    // From nothing there is nothing to prove.
    let with_proof = AddCheckpoint { old: 0, proof: vec![Hash32([1; 32])], checkpoint: log.note(10) };
    assert_eq!(status(&witness, &with_proof.to_string()), 422);
    assert_eq!(status(&witness, &grown(&log, 0, 10)), 200);
    let mut proof = log.proof(10, 20);
    proof[0].0[3] ^= 1;
    let changed = AddCheckpoint { old: 10, proof, checkpoint: log.note(20) };
    let answer = witness.add_checkpoint(changed.to_string().as_bytes(), NOW);
    assert_eq!((answer.status, &answer.body[..12]), (422, "SCR-WIT-005:"));
    assert_eq!(status(&witness, &grown(&fork, 10, 20)), 422, "another history");
    let longer = AddCheckpoint { old: 10, proof: vec![Hash32([1; 32])], checkpoint: log.note(10) };
    assert_eq!(status(&witness, &longer.to_string()), 422, "a proof where nothing has grown");
    // What was refused has changed nothing.
    assert_eq!(status(&witness, &grown(&log, 10, 20)), 200);
}

#[test]
fn two_roots_for_one_size_are_refused_and_kept_as_evidence() {
    let folder = tempfile::tempdir().unwrap();
    let (witness, log, fork) = (witness(folder.path(), "w.example", 9), Log::new("", 10), Log::new("x", 10));
    assert_eq!(status(&witness, &grown(&log, 0, 10)), 200);
    assert_eq!(status(&witness, &grown(&fork, 10, 10)), 422);
    assert_eq!(
        status(&witness, &grown(&fork, 0, 10)),
        409,
        "it need not name the right size to betray itself"
    );
    let evidence = witness.evidence().unwrap();
    assert_eq!((evidence.len(), evidence[0].size), (1, 10));
    for note in [&evidence[0].cosigned, &evidence[0].other] {
        note.parse::<Note>().unwrap().open(&[log.key.verifier().clone()]).unwrap();
    }
    assert_ne!(evidence[0].cosigned, evidence[0].other);
}

#[test]
fn an_empty_log_has_the_empty_root() {
    let folder = tempfile::tempdir().unwrap();
    let (witness, log) = (witness(folder.path(), "w.example", 9), Log::new("", 4));
    let wrong = Checkpoint::new(ORIGIN, 0, Hash32([7; 32])).to_string();
    let wrong = Note::sign(&wrong, &[&log.key], 0).unwrap().to_string();
    let wrong = AddCheckpoint { old: 0, proof: Vec::new(), checkpoint: wrong };
    assert_eq!(status(&witness, &wrong.to_string()), 422);
    assert_eq!(status(&witness, &grown(&log, 0, 0)), 200);
    assert_eq!(status(&witness, &grown(&log, 0, 4)), 200, "size 0 was cosigned, and grows like any other");
}

#[test]
fn malformed_bodies_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (witness, log) = (witness(folder.path(), "w.example", 9), Log::new("", 20));
    let good = grown(&log, 5, 20);
    for wrong in [
        String::new(),
        "old 0\n".to_owned(),
        good.replacen("\n\n", "\n", 1),
        good.replacen("old 5", "old 05", 1),
        good.replacen("old 5", "old +5", 1),
        good.replacen("old 5", "old  5", 1),
        good.replacen("old 5", "old -1", 1),
        good.replacen("old 5", "old 9223372036854775808", 1),
        good.replacen("old 5", "size 5", 1),
        good.replace('\n', "\r\n"),
        good.replacen("old 5\n", "old 5\n\n", 1),
        good.replacen("old 5\n", "old 5\nAAAA\n", 1),
        good.replacen("old 5\n", &format!("old 5\n{}", format!("{}\n", Hash32([1; 32])).repeat(64)), 1),
        good.trim_end().to_owned(),
        format!("{}{}", good, "x".repeat(10)),
        good.replacen("\n20\n", "\n020\n", 1),
    ] {
        let answer = witness.add_checkpoint(wrong.as_bytes(), NOW);
        assert_eq!((answer.status, &answer.body[..12]), (400, "SCR-WIT-001:"), "{wrong:?}");
    }
    assert_eq!(witness.add_checkpoint(&[0xff; 40], NOW).status, 400);
    let answer = witness.add_checkpoint(&vec![b'x'; 300 << 10], NOW);
    assert_eq!((answer.status, &answer.body[..12]), (413, "SCR-WIT-007:"));
    let answer = witness.add_checkpoint(
        AddCheckpoint { old: 6, proof: Vec::new(), checkpoint: log.note(5) }.to_string().as_bytes(),
        NOW,
    );
    assert_eq!((answer.status, &answer.body[..12]), (400, "SCR-WIT-002:"));
    assert_eq!(witness.checkpoint("zz").body[..12], *"SCR-WIT-008:");
}

#[test]
fn what_was_seen_outlives_the_process_and_its_list() {
    let folder = tempfile::tempdir().unwrap();
    let log = Log::new("", 20);
    assert_eq!(status(&witness(folder.path(), "w.example", 9), &grown(&log, 0, 10)), 200);
    let again = witness(folder.path(), "w.example", 9);
    assert_eq!(status(&again, &grown(&log, 0, 20)), 409);
    again.use_logs(LogList::default());
    assert_eq!(status(&again, &grown(&log, 10, 20)), 404);
    assert_eq!(again.checkpoint(&Witness::path_of(ORIGIN)[..64]).status, 200);
    assert_eq!(again.seen().unwrap()[0].size, 10);
}

#[test]
fn a_clock_without_a_time_signs_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let answer =
        witness(folder.path(), "w.example", 9).add_checkpoint(grown(&Log::new("", 3), 0, 3).as_bytes(), 0);
    assert_eq!((answer.status, &answer.body[..12]), (500, "SCR-WIT-006:"));
}

/// Whoever is slower is told the size that counts; nobody makes the witness forget.
#[test]
fn requests_at_the_same_time_never_roll_back() {
    let folder = tempfile::tempdir().unwrap();
    let (witness, log) = (Arc::new(witness(folder.path(), "w.example", 9)), Arc::new(Log::new("", 64)));
    assert_eq!(status(&witness, &grown(&log, 0, 8)), 200);
    let threads: Vec<_> = (0..8u64)
        .map(|thread| {
            let (witness, log) = (Arc::clone(&witness), Arc::clone(&log));
            std::thread::spawn(move || {
                let mut cosigned = Vec::new();
                let (mut old, mut new) = (8, 9 + thread);
                while new <= 64 {
                    let answer = witness.add_checkpoint(grown(&log, old, new).as_bytes(), NOW);
                    match answer.status {
                        200 => {
                            let kept = witness.seen().unwrap()[0].size;
                            assert!(kept >= new, "cosigned {new}, and {kept} is kept");
                            cosigned.push((old, new));
                            (old, new) = (new, new + 8);
                        }
                        409 => {
                            old = answer.body.trim().parse().unwrap();
                            new = new.max(old + 1);
                        }
                        other => unreachable!("{other}"),
                    }
                }
                cosigned
            })
        })
        .collect();
    let mut steps: Vec<(u64, u64)> = threads.into_iter().flat_map(|t| t.join().unwrap()).collect();
    steps.sort_unstable();
    // Each step begins where another ended: one history, whoever made it.
    assert!(steps.windows(2).all(|pair| pair[0].1 == pair[1].0), "{steps:?}");
}

#[test]
fn lists_of_logs() {
    let key = |seed| signer("log.example", Algorithm::Ed25519, seed).verifier().to_string();
    let (a, b) = (key(1), key(2));
    let list: LogList = format!("# ours\nlogs/v0\n\nvkey {a}\nqpd 8640\ncontact emb@example\n\nvkey {b}\norigin go.sum database tree\n").parse().unwrap();
    assert_eq!((list.logs()[0].per_day, list.logs()[0].origin.as_str()), (Some(8640), "log.example"));
    assert_eq!(list.keys("go.sum database tree")[0].to_string(), b);
    let witness_key = signer("w", Algorithm::Cosignature, 3).verifier().to_string();
    for wrong in [
        String::new(),
        "logs/v1\n".to_owned(),
        format!("vkey {a}\n"),
        format!("logs/v0\nqpd 5\nvkey {a}\n"),
        format!("logs/v0\nvkey {a}\nvkey {a}\n"),
        format!("logs/v0\nvkey {a}\nqpd 0\n"),
        format!("logs/v0\nvkey {a}\nqpd many\n"),
        format!("logs/v0\nvkey {a}\nurl https://x\n"),
        format!("logs/v0\nvkey {witness_key}\n"),
        format!("logs/v0\nvkey {a}x\n"),
    ] {
        assert!(wrong.parse::<LogList>().is_err(), "{wrong:?}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "(?s)(old [0-9]{1,3}\n)?.{0,200}") {
        if let Ok(request) = text.parse::<AddCheckpoint>() {
            prop_assert_eq!(request.to_string(), text);
        }
    }
}

/// SCR-WIT-010
#[test]
fn a_log_comes_as_often_as_the_list_says() {
    let folder = tempfile::tempdir().unwrap();
    let log = Log::new("", 100);
    let per_day = Some(8_640);
    let listed =
        WitnessedLog { origin: ORIGIN.to_owned(), key: log.key.verifier().clone(), per_day, contact: None };
    let key = signer("w.example", Algorithm::Cosignature, 2);
    let witness = Witness::open(key, LogList::new(vec![listed]), &folder.path().join("seen.db")).unwrap();
    let ask = |old: u64, new: u64, now: i64| {
        let body = AddCheckpoint { old, proof: log.proof(old, new), checkpoint: log.note(new) }.to_string();
        witness.add_checkpoint(body.as_bytes(), now)
    };
    // Somebody repeats a public checkpoint until its budget is used up.
    assert_eq!(ask(0, 1, NOW).status, 200);
    let repeated: Vec<u16> = (0..20).map(|_| ask(1, 1, NOW).status).collect();
    assert_eq!(repeated.iter().filter(|status| **status == 200).count(), 12);
    let answer = ask(1, 1, NOW);
    assert_eq!((answer.status, answer.retry_after), (429, Some(10)));
    assert!(
        answer.body.starts_with("SCR-WIT-010") && answer.body.contains("8640 times a day"),
        "{}",
        answer.body
    );
    // What makes the log grow has a budget of its own: eleven more at once, then one in ten seconds.
    let grown: Vec<u16> = (1..20).map(|size| ask(size, size + 1, NOW).status).collect();
    assert_eq!(grown.iter().filter(|status| **status == 200).count(), 11);
    assert_eq!(ask(12, 13, NOW + 9).status, 429);
    assert_eq!(ask(12, 13, NOW + 10).status, 200);
    // A stranger uses up nobody's budget.
    let stranger = AddCheckpoint {
        old: 13,
        proof: Vec::new(),
        checkpoint: Log::new("x", 20).note(13).replace('A', "B"),
    };
    assert!((0..50).all(|_| witness.add_checkpoint(stranger.to_string().as_bytes(), NOW + 20).status != 429));
    assert_eq!(ask(13, 14, NOW + 20).status, 200);
}
