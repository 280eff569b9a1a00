//! Signatures made by others, against pinned keys.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use scr_playbooks::signature::{PinnedKey, Verdict, verify};
use scr_playbooks::{Limits, Playbook};
use serde_json::{Value, json};

/// 2026-11-28T00:00:00Z in microseconds.
const NOW: i64 = 1_795_824_000_000_000;

struct Vector {
    algorithm: &'static str,
    pem: &'static str,
    text: &'static str,
}

/// Made here with Python's cryptography 45.0.7 and rfc8785 0.1.4 by `tools/interop/alerts/cacao.py` (`signed`), each with a
/// countersignature by the same key; the private keys were thrown away. `tools/interop/alerts/cacao_run` makes new ones.
const VECTORS: [Vector; 2] = [
    Vector {
        algorithm: "Ed25519",
        pem: "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEArAARiunBqdDK657EN14oEDQ3gG7X941qto2jIfStyeE=\n-----END PUBLIC KEY-----",
        text: r#"{"type":"playbook","id":"playbook--00000000-0000-4000-8000-000000000001","modified":"2026-11-28T00:00:00.000Z","name":"Wahl – é 🗳","x":[1,0.5,1e-07,true,null],"é":"\u0001\"","signatures":[{"type":"jss","id":"jss--00000000-0000-4000-8000-000000000007","created":"2026-11-28T00:00:00.000Z","modified":"2026-11-28T00:00:00.000Z","signee":"Python","related_to":"playbook--00000000-0000-4000-8000-000000000001","related_version":"2026-11-28T00:00:00.000Z","hash_algorithm":"sha-256","algorithm":"Ed25519","public_key":"MCowBQYDK2VwAyEArAARiunBqdDK657EN14oEDQ3gG7X941qto2jIfStyeE=","value":"bPJB-l7-QSW-5dExmpD-axfUCA44eip347kJauwTkqxHRlJ6IGqPP2UZ16F9L4G0PtgrpVz230kTYaDFRNMiBA","signature":{"type":"jss","id":"jss--00000000-0000-4000-8000-000000000007","created":"2026-11-28T00:00:00.000Z","modified":"2026-11-28T00:00:00.000Z","signee":"second","related_to":"playbook--00000000-0000-4000-8000-000000000001","related_version":"2026-11-28T00:00:00.000Z","hash_algorithm":"sha-256","algorithm":"Ed25519","public_key":"MCowBQYDK2VwAyEArAARiunBqdDK657EN14oEDQ3gG7X941qto2jIfStyeE=","value":"FtAIzvghl8CAV1T0ToGKOhI8dS17vSIjqAApmHpfhfMQ-DHpkWfSIYmX1Ga9pGOJHTfJUYCAPkJQPBi95bGTCQ"}}]}"#,
    },
    Vector {
        algorithm: "ES256",
        pem: "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAERs/XXV5yVLeCCywpFl9GZ6w70tYS\n73o/XzrnXvHgnKi6t21t0AOECLbzeiEYgXfFCtxogBXkN4nX+ANIFpl7Iw==\n-----END PUBLIC KEY-----",
        text: r#"{"type":"playbook","id":"playbook--00000000-0000-4000-8000-000000000001","modified":"2026-11-28T00:00:00.000Z","name":"Wahl – é 🗳","x":[1,0.5,1e-07,true,null],"é":"\u0001\"","signatures":[{"type":"jss","id":"jss--00000000-0000-4000-8000-000000000007","created":"2026-11-28T00:00:00.000Z","modified":"2026-11-28T00:00:00.000Z","signee":"Python","related_to":"playbook--00000000-0000-4000-8000-000000000001","related_version":"2026-11-28T00:00:00.000Z","hash_algorithm":"sha-512","algorithm":"ES256","public_key":"MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAERs/XXV5yVLeCCywpFl9GZ6w70tYS73o/XzrnXvHgnKi6t21t0AOECLbzeiEYgXfFCtxogBXkN4nX+ANIFpl7Iw==","value":"8PxJL2NkfGwOgVapEV4VFbe0VZCtAWjyM7jBHnwNS-SgdkqJ5FDHE2AjjKPPQmNizjoTs8RLsNNjxl7b0Xoidg","signature":{"type":"jss","id":"jss--00000000-0000-4000-8000-000000000007","created":"2026-11-28T00:00:00.000Z","modified":"2026-11-28T00:00:00.000Z","signee":"second","related_to":"playbook--00000000-0000-4000-8000-000000000001","related_version":"2026-11-28T00:00:00.000Z","hash_algorithm":"sha-512","algorithm":"ES256","public_key":"MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAERs/XXV5yVLeCCywpFl9GZ6w70tYS73o/XzrnXvHgnKi6t21t0AOECLbzeiEYgXfFCtxogBXkN4nX+ANIFpl7Iw==","value":"e5NjSpvuFSGlAVClkdJKWHNbEnGZu9rEZb-l4S45yia3tPdXEFYGBkG8MYKB6PYQt7sZRSgIlCSVIBnNFeOfHw"}}]}"#,
    },
];

fn verdicts(value: &Value, keys: &[PinnedKey], now: i64) -> Vec<Verdict> {
    let playbook = Playbook::from_value(value, &Limits::default()).unwrap();
    verify(&playbook, keys, now).into_iter().map(|one| one.verdict).collect()
}

#[test]
fn signatures_and_countersignatures_hold_and_changes_show() {
    let keys: Vec<PinnedKey> =
        VECTORS.iter().map(|one| PinnedKey::parse(one.algorithm, one.pem).unwrap()).collect();
    for (vector, other) in VECTORS.iter().zip(keys.iter().rev()) {
        let value: Value = serde_json::from_str(vector.text).unwrap();
        let good = || Verdict::Good(vector.algorithm.into());
        assert_eq!(verdicts(&value, &keys, NOW), [good(), good()], "{}", vector.algorithm);
        // The key that comes with the playbook proves nothing.
        assert_eq!(verdicts(&value, &[], NOW), [Verdict::UnknownKey, Verdict::UnknownKey]);
        assert_eq!(
            verdicts(&value, std::slice::from_ref(other), NOW),
            [Verdict::UnknownKey, Verdict::UnknownKey]
        );
        let with = |change: &dyn Fn(&mut Value)| {
            let mut value = value.clone();
            change(&mut value);
            verdicts(&value, &keys, NOW)
        };
        assert_eq!(with(&|value| value["name"] = json!("other")), [Verdict::Bad, Verdict::Bad]);
        assert_eq!(
            with(&|value| value["modified"] = json!("2027-01-01T00:00:00.000Z"))[0],
            Verdict::ForAnother
        );
        let first =
            |name: &'static str, new: Value| with(&move |value| value["signatures"][0][name] = new.clone());
        assert_eq!(first("signee", json!("x")), [Verdict::Bad, Verdict::Bad]);
        assert_eq!(first("revoked", json!(true))[0], Verdict::Revoked);
        assert_eq!(first("revoked", json!("no"))[0], Verdict::Malformed);
        assert_eq!(first("valid_from", json!("2026-11-28T00:00:01Z"))[0], Verdict::OutOfTime);
        assert_eq!(first("valid_until", json!("2026-11-28T00:00:00Z"))[0], Verdict::OutOfTime);
        assert_eq!(first("algorithm", json!("HS256"))[0], Verdict::Unsupported("HS256".into()));
        assert_eq!(first("hash_algorithm", json!("md5"))[0], Verdict::Unsupported("md5".into()));
        assert_eq!(first("value", json!("AAAA"))[0], Verdict::Bad);
        assert_eq!(first("value", json!(1))[0], Verdict::Malformed);
        assert!(matches!(first("public_key", Value::Null)[0], Verdict::Unsupported(_)));
    }
}

#[test]
fn other_keys_are_no_keys() {
    for text in ["", "AAAA", "-----BEGIN PUBLIC KEY-----\n!!\n-----END PUBLIC KEY-----"] {
        assert!(PinnedKey::parse("x", text).is_err(), "{text}");
    }
}

#[test]
fn there_is_an_end_to_signatures() {
    let value = json!({"signatures": vec![json!({}); 1_000]});
    assert_eq!(verdicts(&value, &[], NOW).len(), 32);
}
