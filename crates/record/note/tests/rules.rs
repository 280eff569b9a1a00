//! The strict rules of the C2SP specifications, each with a text that breaks it.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use proptest::prelude::*;
use scr_canon::{Hash32, sha256};
use scr_note::{Algorithm, Checkpoint, Note, NoteError, Policy, Promise, SignerKey, TlogProof, VerifierKey};

fn signer(name: &str, algorithm: Algorithm, seed: u8) -> SignerKey {
    SignerKey::from_seed(name, algorithm, &[seed; 32]).unwrap()
}

fn checkpoint() -> String {
    Checkpoint::new("log.example/2026", 7, sha256(b"root")).to_string()
}

#[test]
fn every_type_of_key_signs_and_is_checked() {
    for algorithm in [Algorithm::Ed25519, Algorithm::Cosignature, Algorithm::MlDsa44] {
        let key = signer("log.example/2026", algorithm, 3);
        let text = SignerKey::private_text("log.example/2026", algorithm, &[3; 32]).unwrap();
        assert_eq!(SignerKey::parse(&text).unwrap().verifier(), key.verifier());
        assert_eq!(&key.verifier().to_string().parse::<VerifierKey>().unwrap(), key.verifier());
        let note = Note::sign(&checkpoint(), &[&key], 1_700_000_000).unwrap();
        let verified = note.open(&[key.verifier().clone()]).unwrap();
        let expected = (algorithm != Algorithm::Ed25519).then_some(1_700_000_000);
        assert_eq!(verified[0].time, expected);
        for position in [0, note.signatures[0].signature.len() - 1] {
            let mut bad = note.clone();
            bad.signatures[0].signature[position] ^= 1;
            assert!(matches!(bad.open(&[key.verifier().clone()]), Err(NoteError::BadSignature(_))));
        }
        assert!(!format!("{key:?}").contains("AwMD"), "Debug shows no secret");
    }
}

#[test]
fn unknown_keys_are_ignored_and_known_ones_must_hold() {
    let (a, b) = (signer("a", Algorithm::Ed25519, 1), signer("b", Algorithm::Ed25519, 2));
    let mut note = Note::sign("text\n", &[&a, &b], 0).unwrap();
    assert_eq!(note.open(&[a.verifier().clone()]).unwrap().len(), 1);
    note.signatures[1].signature[0] ^= 1;
    assert_eq!(note.open(&[a.verifier().clone()]).unwrap().len(), 1);
    assert!(note.open(&[a.verifier().clone(), b.verifier().clone()]).is_err());
    assert_eq!(note.open(&[signer("c", Algorithm::Ed25519, 9).verifier().clone()]), Err(NoteError::Unsigned));
    let twice = Note::sign("text\n", &[&a, &a], 0).unwrap();
    assert_eq!(twice.open(&[a.verifier().clone()]).unwrap().len(), 1, "one key counts once");
}

#[test]
fn notes_of_another_form_are_refused() {
    let good = Note::sign("one\n\ntwo\n", &[&signer("a", Algorithm::Ed25519, 1)], 0).unwrap().to_string();
    assert_eq!(good.parse::<Note>().unwrap().text, "one\n\ntwo\n", "the last blank line divides");
    let many = format!("t\n\n{}", "\u{2014} a AAAAAAA=\n".repeat(16));
    assert_eq!(many.parse::<Note>().unwrap().signatures.len(), 16);
    for wrong in [
        String::new(),
        "text\n".into(),
        "text\n\n".into(),
        good.trim_end().to_owned(),
        good.replace('\n', "\r\n"),
        good.replace("\u{2014} ", "- "),
        good.replace("\u{2014} a ", "\u{2014} a+b "),
        good.replace("\u{2014} a ", "\u{2014}  "),
        "t\n\n\u{2014} a AAAAAA==\n".replace("AAAAAA==", "AAAAAB=="),
        "t\n\n\u{2014} a AAAAAA==\n".into(),
        format!("t\n\n{}", "\u{2014} a AAAAAAA=\n".repeat(101)),
    ] {
        assert!(wrong.parse::<Note>().is_err(), "{wrong:?}");
    }
}

#[test]
fn checkpoints_of_another_form_are_refused() {
    let root = sha256(b"root");
    assert!(format!("o\n9\n{root}\nextension\n").parse::<Checkpoint>().is_ok());
    for wrong in [
        format!("\n9\n{root}\n"),
        format!("o\n09\n{root}\n"),
        format!("o\n+9\n{root}\n"),
        format!("o\n-9\n{root}\n"),
        format!("o\n9223372036854775808\n{root}\n"),
        format!("o\n9\n{root}"),
        format!("o\n9\n{root}\n\n"),
        "o\n9\nAAAA\n".into(),
        "o\n9\n".into(),
        format!("o\n 9\n{root}\n"),
        format!("o\n9\n{}\n", root.to_hex()),
    ] {
        assert!(wrong.parse::<Checkpoint>().is_err(), "{wrong:?}");
    }
}

#[test]
fn proofs_of_another_form_are_refused() {
    let good = TlogProof {
        extra: Some(b"e".to_vec()),
        index: 3,
        hashes: vec![sha256(b"x")],
        checkpoint: checkpoint(),
    };
    let text = good.to_string();
    assert_eq!(text.parse::<TlogProof>().unwrap(), good);
    for wrong in [
        text.replace("@v1", "@v2"),
        text.replace("index 3", "index 03"),
        text.replace("index 3", "index +3"),
        text.replace("index 3", "index 3 "),
        text.replace("extra ZQ==", "extra ZQ"),
        text.replace("\n\n", "\n"),
        text.replace("extra ZQ==\nindex 3", "index 3\nextra ZQ=="),
        text.replace("index 3\n", &format!("index 3\n{}", format!("{}\n", sha256(b"x")).repeat(63))),
    ] {
        assert!(wrong.parse::<TlogProof>().is_err(), "{wrong:?}");
    }
}

#[test]
fn promises_hold_only_under_the_logs_key() {
    let log = signer("log.example/2026", Algorithm::Ed25519, 1);
    let promise = Promise {
        origin: "log.example/2026".into(),
        index: 12,
        leaf: Hash32([7; 32]),
        at: "2026-11-24T10:00:00Z".into(),
    };
    let note = promise.sign(&log).unwrap();
    assert_eq!(Promise::open(&note, &[log.verifier().clone()]), Ok(promise));
    assert!(Promise::open(&note.replace("index 12", "index 13"), &[log.verifier().clone()]).is_err());
    assert!(Promise::open(&note, &[signer("x", Algorithm::Ed25519, 2).verifier().clone()]).is_err());
    assert!(note.parse::<Note>().unwrap().text.parse::<Checkpoint>().is_err(), "no promise is a checkpoint");
}

fn policy(lines: &str) -> Result<Policy, scr_note::PolicyError> {
    let key = |name: &str, algorithm, seed| signer(name, algorithm, seed).verifier().to_string();
    lines
        .replace("LOG", &key("log.example/2026", Algorithm::Ed25519, 1))
        .replace("W1", &key("w1", Algorithm::Cosignature, 2))
        .replace("W2", &key("w2", Algorithm::MlDsa44, 3))
        .replace("W3", &key("w3", Algorithm::Cosignature, 4))
        .parse()
}

#[test]
fn quorums_by_groups() {
    let policy = policy(
        "# sectors\nlog LOG https://log.example\n\twitness a W1\nwitness b W2 https://b.example\nwitness c W3\n\
         group parties any a b\ngroup all 2 parties c\nquorum all\n",
    )
    .unwrap();
    let log = signer("log.example/2026", Algorithm::Ed25519, 1);
    let (a, b, c) = (
        signer("w1", Algorithm::Cosignature, 2),
        signer("w2", Algorithm::MlDsa44, 3),
        signer("w3", Algorithm::Cosignature, 4),
    );
    let check = |keys: &[&SignerKey]| policy.check(&Note::sign(&checkpoint(), keys, 5).unwrap().to_string());
    assert!(check(&[&log]).is_err());
    assert!(check(&[&log, &a, &b]).is_err(), "two parties do not stand for the third");
    assert!(check(&[&a, &c]).is_err(), "witnesses without the log");
    let verdict = check(&[&log, &b, &c]).unwrap();
    assert_eq!(verdict.witnesses, [("b".to_owned(), Some(5)), ("c".to_owned(), Some(5))]);
    assert_eq!(verdict.of, 3);
    // Written out and read again it decides the same, and says the same.
    let again: Policy = policy.to_string().parse().unwrap();
    assert_eq!(again.to_string(), policy.to_string());
    for (cosigned, met) in [(&["a", "b"][..], false), (&["b", "c"], true), (&["c"], false)] {
        assert_eq!((policy.is_met_by(cosigned), again.is_met_by(cosigned)), (met, met), "{cosigned:?}");
    }
}

#[test]
fn how_often_a_witness_may_be_asked_is_a_comment_to_others() {
    let text = "log LOG\nwitness a W1\nwitness b W3\n# qpd is not this line\n#qpd b 8640\nquorum a\n";
    let with = policy(text).unwrap();
    let budgets = |policy: &Policy| policy.witnesses().iter().map(|w| w.per_day).collect::<Vec<_>>();
    assert_eq!(budgets(&with), [None, Some(8_640)]);
    assert_eq!(budgets(&with.to_string().parse().unwrap()), [None, Some(8_640)]);
    let plain = text.lines().filter(|line| !line.starts_with('#'));
    let plain = policy(&plain.map(|line| format!("{line}\n")).collect::<String>()).unwrap();
    assert_eq!(budgets(&plain), [None, None]);
    assert_eq!(plain.is_met_by(&["a"]), with.is_met_by(&["a"]));
}

#[test]
fn another_origin_under_the_same_key_is_refused() {
    let policy = policy("log LOG\nquorum none\n").unwrap();
    let log = signer("log.example/2026", Algorithm::Ed25519, 1);
    let other = Checkpoint::new("log.example/2027", 7, sha256(b"root")).to_string();
    assert!(policy.check(&Note::sign(&other, &[&log], 0).unwrap().to_string()).is_err());
}

#[test]
fn policies_of_another_form_are_refused() {
    for wrong in [
        "",
        "log LOG\n",
        "quorum none\n",
        "log LOG\nquorum none\nquorum none\n",
        "log LOG\nlog LOG\nquorum none\n",
        "log LOG\nquorum a\n",
        "log LOG\nwitness a W1\nwitness b W1\nquorum a\n",
        "log LOG\nwitness none W1\nquorum none\n",
        "log LOG\nwitness a W1\nwitness a W3\nquorum a\n",
        "log LOG\nwitness a LOG\nquorum a\n",
        "log W1\nquorum none\n",
        "log LOG\nwitness a W1\ngroup g 0 a\nquorum g\n",
        "log LOG\nwitness a W1\ngroup g 2 a\nquorum g\n",
        "log LOG\nwitness a W1\ngroup g all\nquorum g\n",
        "log LOG\nwitness a W1\ngroup g all a a\nquorum g\n",
        "log LOG\nwitness a W1\ngroup g all a\ngroup h all a\nquorum g\n",
        "log LOG\ngroup g all g\nquorum g\n",
        "log LOG\nwitness a W1\ngroup g 01 a\nquorum g\n",
        "log LOG\r\nquorum none\r\n",
        "logs LOG\nquorum none\n",
        "log LOG a b\nquorum none\n",
        "log LOG\nwitness a W1\n#qpd a 0\nquorum a\n",
        "log LOG\nwitness a W1\n#qpd a 08\nquorum a\n",
        "log LOG\nwitness a W1\n#qpd a\nquorum a\n",
        "log LOG\n#qpd a 8\nwitness a W1\nquorum a\n",
    ] {
        assert!(policy(wrong).is_err(), "{wrong:?}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "(?s).{0,300}") {
        let _ = text.parse::<Note>();
        let _ = text.parse::<Checkpoint>();
        let _ = text.parse::<TlogProof>();
        let _ = text.parse::<Policy>();
        let _ = text.parse::<Promise>();
        let _ = text.parse::<VerifierKey>();
        let _ = SignerKey::parse(&text);
    }
}
