//! Keys that two nodes share in PostgreSQL.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod keys;

use keys::{Ring, commit, counting, master, seal};
use scr_testing::Database;
use scr_vault::{Inspection, Rotation, Sealed, Vault, VaultError};
use std::sync::atomic::{AtomicBool, Ordering};
use zeroize::Zeroizing;

fn database() -> Option<Database> {
    Database::new("keys in PostgreSQL")
}

fn shared(database: &Database, seed: u64) -> Vault {
    Vault::open_postgres(&database.url, Zeroizing::new([9; 32]), counting(seed)).unwrap()
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

#[test]
fn a_rotation_by_one_node_is_taken_by_the_other_and_one_without_the_new_key_loses_nothing() {
    let Some(database) = database() else { return };
    let open = |ring: &Ring, seed| Vault::open_postgres(&database.url, ring.clone(), counting(seed)).unwrap();
    let (both, late) = (Ring::of(&[9, 4]), Ring::of(&[9]));
    let (one, two, three) = (open(&Ring::of(&[9]), 1), open(&both, 2), open(&late, 3));
    let names: Vec<String> = (0..700).map(|n| format!("person:{n}")).collect();
    let contents: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), name.as_bytes())).collect();
    let sealed = two.seal_all(&contents, commit).unwrap();
    assert_eq!(one.rotate(&master(4), 0, &mut |_, _| {}), Ok(Rotation { generation: 1, payloads: 700 }));
    one.rewrite().unwrap();
    let mut client = scr_postgres::connect(&database.url).unwrap();
    let left: i64 = client.query_one("SELECT count(*) FROM must_rewrite", &[]).unwrap().get(0);
    assert_eq!(left, 0, "the tables were written anew");
    for node in [&one, &two] {
        for (one, name) in sealed.iter().zip(&names) {
            let opened = node.open_payload(&one.id, &one.ciphertext).unwrap();
            assert_eq!(opened.as_deref(), Some(name.as_bytes()));
        }
    }
    assert_eq!(both.taken(), Some(4));

    // Who lacks the new key refuses, and seals nothing with the old one.
    let refused = Err(VaultError::OtherMaster { generation: 1 });
    assert_eq!(three.open_payload(&sealed[0].id, &sealed[0].ciphertext), refused);
    assert_eq!(
        three.seal_all(&[("person:new", b"new")], commit),
        Err(VaultError::OtherMaster { generation: 1 })
    );
    assert!(three.closed().unwrap().contains("SCR-ENG-013"));
    assert_eq!(three.owned_by("person:new", 10), Ok(Vec::new()));
    assert_eq!(three.shred([sealed[1].id.as_str()]), Ok(1), "erasing needs no key");
    assert_eq!(
        Vault::open_postgres(&database.url, master(9), counting(4)).err(),
        Some(VaultError::OtherMaster { generation: 1 })
    );
    late.bring(4);
    assert_eq!(three.check_master(), Ok(()));
    assert_eq!((three.closed(), three.generation()), (None, 1));
    let new = seal(&three, "person:new", b"new");
    assert_eq!(one.open_payload(&new.id, &new.ciphertext).unwrap().as_deref(), Some(&b"new"[..]));
    assert_eq!(one.open_payload(&sealed[1].id, &sealed[1].ciphertext), Ok(None));
    let looked = Inspection::of_postgres(&database.url);
    assert_eq!((looked.fits(&master(4)), looked.fits(&master(9))), (Ok(true), Ok(false)));
    let counts = looked.counts().unwrap();
    assert_eq!(
        (counts.generation, counts.payloads, counts.subjects, counts.must_rewrite),
        (1, 700, 700, false)
    );
}

/// Two nodes change the key at the same moment, with different ones, while a third seals and destroys.
#[test]
fn of_two_rotations_at_once_one_happens_and_no_key_is_lost() {
    let Some(database) = database() else { return };
    let ring = Ring::of(&[9, 4, 5]);
    let open = |seed| Vault::open_postgres(&database.url, ring.clone(), counting(seed)).unwrap();
    let nodes = [open(1), open(2), open(3)];
    let done = AtomicBool::new(false);
    let (sealed, rotations) = std::thread::scope(|scope| {
        let sealing = scope.spawn(|| {
            let mut all = Vec::new();
            while !done.load(Ordering::SeqCst) || all.len() < 60 {
                let person = format!("person:{}", all.len());
                all.push(seal(&nodes[2], &person, b"kept"));
                let gone = seal(&nodes[2], &person, b"gone");
                assert_eq!(nodes[2].shred([gone.id.as_str()]), Ok(1));
            }
            all
        });
        let rotating = [(0, 4), (1, 5)].map(|(node, byte)| {
            let node = &nodes[node];
            scope.spawn(move || node.rotate(&master(byte), 0, &mut |_, _| {}))
        });
        let rotations = rotating.map(|thread| thread.join().unwrap());
        done.store(true, Ordering::SeqCst);
        (sealing.join().unwrap(), rotations)
    });
    let happened = rotations.iter().filter(|one| one.as_ref().is_ok_and(|one| one.generation == 1)).count();
    assert_eq!(happened, 1, "{rotations:?}");
    assert!(rotations.contains(&Err(VaultError::Rotated)), "{rotations:?}");
    for node in &nodes {
        for one in &sealed {
            assert_eq!(node.open_payload(&one.id, &one.ciphertext).unwrap().as_deref(), Some(&b"kept"[..]));
        }
    }
}
