//! Another master key for `keys.db`: all content opens as before, the old key opens nothing, and a key that does not
//! open stops it before anything has changed.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod keys;

use keys::{Ring, counting, master, seal};
use rusqlite::{Connection, params};
use scr_vault::{Inspection, Rotation, Sealed, Vault, VaultError};
use std::path::Path;

const OLD: u8 = 9;
const NEW: u8 = 4;

fn vault(path: &Path, at_hand: &Ring) -> Vault {
    Vault::open(path, at_hand.clone(), counting(1)).unwrap()
}

fn wrapped(path: &Path, id: &str) -> Vec<u8> {
    let keys = Connection::open(path).unwrap();
    keys.query_row("SELECT wrapped FROM payload_key WHERE id = ?1", [id], |row| row.get(0)).unwrap()
}

fn fits(path: &Path, byte: u8) -> bool {
    Inspection::of_file(path).unwrap().unwrap().fits(&master(byte)).unwrap()
}

#[test]
fn after_a_rotation_the_new_master_opens_all_and_the_old_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys.db");
    assert!(Inspection::of_file(&path).unwrap().is_none());
    let ring = Ring::of(&[OLD]);
    let own = vault(&path, &ring);
    assert!(fits(&path, OLD) && !fits(&path, NEW), "known also while there is no key");
    let contents: Vec<(String, String)> =
        (0..1_300).map(|n| (format!("person:{}", n % 700), format!("content {n}"))).collect();
    let sealed: Vec<Sealed> =
        contents.iter().map(|(owner, text)| seal(&own, owner, text.as_bytes())).collect();
    let salts: Vec<_> = sealed.iter().map(|one| own.salt(&one.id).unwrap()).collect();
    let erased = seal(&own, "person:1", b"to be forgotten");
    let kept_by_a_thief = wrapped(&path, &erased.id);
    assert_eq!(own.shred([erased.id.as_str()]), Ok(1));
    let before = wrapped(&path, &sealed[0].id);
    let mut told = Vec::new();
    let rotation = own.rotate(&master(NEW), 0, &mut |done, total| told.push((done, total)));
    assert_eq!(rotation, Ok(Rotation { generation: 1, payloads: 1_300 }));
    assert_eq!(told.last(), Some(&(1_300, 1_300)));
    assert_eq!(ring.taken(), Some(NEW));
    own.rewrite().unwrap();
    let later = seal(&own, "person:1", b"later");
    drop(own);
    assert!(fits(&path, NEW) && !fits(&path, OLD));
    let reopened = vault(&path, &Ring::of(&[OLD, NEW]));
    for ((one, (_, text)), salt) in sealed.iter().zip(&contents).zip(salts) {
        let opened = reopened.open_payload(&one.id, &one.ciphertext).unwrap();
        assert_eq!(opened.as_deref(), Some(text.as_bytes()), "the content is not encrypted anew");
        assert_eq!(reopened.salt(&one.id).unwrap(), salt, "the commitment still holds");
    }
    assert_eq!(reopened.open_payload(&later.id, &later.ciphertext).unwrap().as_deref(), Some(&b"later"[..]));
    assert_eq!(
        reopened.open_payload(&erased.id, &erased.ciphertext),
        Ok(None),
        "what was erased stays erased"
    );
    drop(reopened);
    let refused = Vault::open(&path, master(OLD), counting(2)).err();
    assert_eq!(refused, Some(VaultError::OtherMaster { generation: 1 }));
    for file in folder.path().read_dir().unwrap().flatten() {
        let bytes = std::fs::read(file.path()).unwrap();
        assert!(!bytes.windows(before.len()).any(|window| window == before), "no old wrapping is left");
    }
    // A row that somebody kept from before opens nothing among the rows of today, with whichever master key.
    let keys = Connection::open(&path).unwrap();
    keys.execute("INSERT INTO payload_key VALUES (?1, 'person:1', ?2)", params![erased.id, kept_by_a_thief])
        .unwrap();
    let thief = vault(&path, &Ring::of(&[OLD, NEW]));
    assert_eq!(thief.open_payload(&erased.id, &erased.ciphertext), Err(VaultError::Integrity));
}

#[test]
fn a_key_that_does_not_open_stops_a_rotation_and_nothing_has_changed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys.db");
    let own = vault(&path, &Ring::of(&[OLD]));
    let (good, bad) = (seal(&own, "person:1", b"Ada"), seal(&own, "person:2", b"Bob"));
    let change = |sql: &str| Connection::open(&path).unwrap().execute(sql, [&bad.id]).unwrap();
    let kept = wrapped(&path, &bad.id);
    change("UPDATE payload_key SET wrapped = zeroblob(104) WHERE id = ?1");
    assert_eq!(own.rotate(&master(NEW), 0, &mut |_, _| {}), Err(VaultError::Integrity));
    assert_eq!(own.open_payload(&good.id, &good.ciphertext).unwrap().as_deref(), Some(&b"Ada"[..]));
    assert!(fits(&path, OLD));
    let keys = Connection::open(&path).unwrap();
    keys.execute("UPDATE payload_key SET wrapped = ?2 WHERE id = ?1", params![bad.id, kept]).unwrap();
    // A payload whose owner has no key: nobody would see it again.
    keys.execute("DELETE FROM subject_key WHERE subject = 'person:2'", []).unwrap();
    assert_eq!(own.rotate(&master(NEW), 0, &mut |_, _| {}), Err(VaultError::Integrity));
    keys.execute("UPDATE payload_key SET subject = 'person:0' WHERE id = ?1", [&bad.id]).unwrap();
    assert_eq!(own.rotate(&master(NEW), 0, &mut |_, _| {}), Err(VaultError::Integrity));
    assert!(fits(&path, OLD));
}

#[test]
fn the_generation_is_above_what_the_record_states_and_a_wrong_key_is_refused_before_it_seals() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys.db");
    let own = vault(&path, &Ring::of(&[OLD]));
    assert_eq!(own.rotate(&master(NEW), 5, &mut |_, _| {}).unwrap().generation, 6);
    assert_eq!(own.rotate(&master(OLD), 6, &mut |_, _| {}).unwrap().generation, 7);
    let stated =
        |after| own.rotations_after(after).unwrap().iter().map(|one| one.generation).collect::<Vec<_>>();
    assert_eq!((stated(0), stated(6), stated(7)), (vec![6, 7], vec![7], vec![]));
    drop(own);
    assert_eq!(
        Vault::open(&path, master(NEW), counting(1)).err(),
        Some(VaultError::OtherMaster { generation: 7 })
    );
}

/// A database from before there were generations is known by what it holds.
#[test]
fn a_database_without_a_generation_takes_the_key_that_opens_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys.db");
    let own = vault(&path, &Ring::of(&[OLD]));
    let ada = seal(&own, "person:1", b"Ada");
    drop(own);
    let forget = || Connection::open(&path).unwrap().execute_batch("DROP TABLE master_key").unwrap();
    forget();
    assert!(fits(&path, OLD) && !fits(&path, NEW));
    assert_eq!(
        Vault::open(&path, master(NEW), counting(1)).err(),
        Some(VaultError::OtherMaster { generation: 0 })
    );
    forget();
    let own = vault(&path, &Ring::of(&[NEW, OLD]));
    assert_eq!(own.open_payload(&ada.id, &ada.ciphertext).unwrap().as_deref(), Some(&b"Ada"[..]));
}
