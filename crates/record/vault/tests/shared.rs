//! Keys that two nodes share in PostgreSQL.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use scr_canon::Hash32;
use scr_testing::Database;
use scr_vault::{Random, Sealed, Vault, VaultError};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use zeroize::Zeroizing;

fn database() -> Option<Database> {
    Database::new("keys in PostgreSQL")
}

fn shared(database: &Database, seed: u64) -> Vault {
    Vault::open_postgres(&database.url, Zeroizing::new([9; 32]), counting(seed)).unwrap()
}

/// Distinct bytes at each call and for each seed.
fn counting(seed: u64) -> Random {
    let calls = AtomicU64::new(seed << 32);
    Arc::new(move |buffer| {
        let n = calls.fetch_add(1, Ordering::SeqCst).to_be_bytes();
        buffer.iter_mut().zip(n.iter().cycle()).for_each(|(slot, byte)| *slot = *byte ^ 0xA5);
    })
}

fn commit(salt: &[u8; 32], content: &[u8]) -> Hash32 {
    scr_canon::sha256(&[&salt[..], content].concat())
}

fn seal(vault: &Vault, owner: &str, content: &[u8]) -> Sealed {
    vault.seal_all(&[(owner, content)], commit).unwrap().remove(0)
}

#[test]
fn what_one_node_seals_the_other_opens_and_what_one_destroys_neither_does() {
    let Some(database) = database() else { return };
    let (one, two) = (shared(&database, 1), shared(&database, 2));
    assert!(one.is_shared());
    let ada = seal(&one, "person:1", b"Ada");
    let bob = seal(&two, "person:1", b"Bob");
    assert_eq!(two.open_payload(&ada.id, &ada.ciphertext).unwrap().as_deref(), Some(&b"Ada"[..]));
    assert_eq!(one.open_payload(&bob.id, &bob.ciphertext).unwrap().as_deref(), Some(&b"Bob"[..]));
    assert_eq!(commit(&two.salt(&ada.id).unwrap().unwrap(), b"Ada"), ada.commitment);
    let mut both = vec![ada.id.clone(), bob.id.clone()];
    both.sort();
    assert_eq!(one.owned_by("person:1", 10), Ok(both));

    assert_eq!(two.shred([ada.id.as_str()]), Ok(1));
    assert_eq!(one.shred([ada.id.as_str()]), Ok(0), "it may be repeated, on any node");
    for node in [&one, &two] {
        assert_eq!(node.open_payload(&ada.id, &ada.ciphertext), Ok(None));
        assert_eq!(node.salt(&ada.id), Ok(None));
        assert!(node.open_payload(&bob.id, &bob.ciphertext).unwrap().is_some());
    }
    assert_eq!(one.shred([bob.id.as_str()]), Ok(1));
    let mut client = scr_postgres::connect(&database.url).unwrap();
    for table in ["subject_key", "payload_key", "must_rewrite"] {
        let left: i64 = client.query_one(&format!("SELECT count(*) FROM {table}"), &[]).unwrap().get(0);
        assert_eq!(left, 0, "{table}: whose it was is forgotten too");
        let bytes: i64 =
            client.query_one(&format!("SELECT pg_relation_size('{table}')"), &[]).unwrap().get(0);
        assert!(table == "must_rewrite" || bytes == 0, "{table} was written anew: {bytes}");
    }
}

/// Both nodes meet each person for the first time at the same moment, while a third destroys.
#[test]
fn nodes_that_seal_and_destroy_at_the_same_time_lose_no_key() {
    let Some(database) = database() else { return };
    let nodes = [shared(&database, 1), shared(&database, 2)];
    let sealed: Vec<Sealed> = std::thread::scope(|scope| {
        let sealing = nodes.each_ref().map(|node| {
            scope.spawn(move || {
                let mut all = Vec::new();
                for person in 0..40 {
                    let (own, next) = (format!("person:{person}"), format!("person:{}", person + 1));
                    let contents = [(next.as_str(), &b"kept"[..]), (own.as_str(), &b"gone"[..])];
                    all.extend(node.seal_all(&contents, commit).unwrap());
                    let gone = all.pop().unwrap();
                    assert_eq!(node.shred([gone.id.as_str()]), Ok(1));
                }
                all
            })
        });
        sealing.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(sealed.len(), 80);
    for one in &sealed {
        for node in &nodes {
            assert_eq!(node.open_payload(&one.id, &one.ciphertext).unwrap().as_deref(), Some(&b"kept"[..]));
        }
    }
}

#[test]
fn keys_do_not_go_into_the_record_s_database() {
    let Some(database) = database() else { return };
    let mut client = scr_postgres::connect(&database.url).unwrap();
    client.batch_execute("CREATE TABLE log_entry (idx BIGINT)").unwrap();
    let refused = Vault::open_postgres(&database.url, Zeroizing::new([9; 32]), counting(1)).err();
    assert_eq!(refused, Some(VaultError::WithRecord));
}

/// An installation that outgrows its machine: even two nodes that kept keys of their own come together.
#[test]
fn keys_of_one_machine_move_to_the_shared_database() {
    let Some(database) = database() else { return };
    let folder = tempfile::tempdir().unwrap();
    let alone = |seed: u64| {
        let path = folder.path().join(format!("{seed}.db"));
        Vault::open(&path, Zeroizing::new([9; 32]), counting(seed)).unwrap()
    };
    let shared = shared(&database, 3);
    for seed in [1, 2] {
        let alone = alone(seed);
        let ada = seal(&alone, "person:1", b"Ada");
        assert_eq!(alone.move_to(&shared), Ok(1));
        assert_eq!(alone.open_payload(&ada.id, &ada.ciphertext), Ok(None));
        assert_eq!(shared.open_payload(&ada.id, &ada.ciphertext).unwrap().as_deref(), Some(&b"Ada"[..]));
        assert_eq!(alone.move_to(&shared), Ok(0), "it may be repeated");
    }
    assert_eq!(shared.owned_by("person:1", 10).unwrap().len(), 2);
}
