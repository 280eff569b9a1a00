//! The vault: private payloads, encrypted so that they can be forgotten.
//!
//! Each payload has a data key and a 32-byte salt of its own. Both stand, wrapped by the key of ONE
//! owning subject, in a database of keys; subjects' keys stand there wrapped by the installation's master
//! key, which is a file. The ciphertext stands with the record. Destroying the row in the database of
//! keys erases: what is left is a ciphertext nobody can read and a commitment nobody can test.
//!
//! The database of keys is `keys.db` on one machine, and a database in PostgreSQL that several nodes
//! share: apart from the record's, with backups of its own.
//!
//! Encryption is XChaCha20-Poly1305; the associated data bind a wrapped key to its payload or
//! subject, so that it cannot be moved to another.

mod gather;
mod master;
mod postgres;
mod rotate;
mod sqlite;
mod store;
mod wrap;

use crate::gather::{Gathered, Secret};
use crate::master::Held;
use crate::store::{KeyStore, NewKey, SubjectKeys};
use crate::wrap::{key_of, payload_of, subject_key, subject_of, unwrap};
use scr_canon::Hash32;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, RwLock};
use zeroize::Zeroizing;

pub use master::{Inspection, KeyCounts, Master, MasterKeys};
pub use rotate::{Rotation, Told};
pub use wrap::{decrypt, encrypt};

/// Keys that are moved in one transaction.
const MOVED_TOGETHER: usize = 1_000;

/// Fills a buffer with random bytes.
pub type Random = Arc<dyn Fn(&mut [u8]) + Send + Sync>;

/// The vault failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// The database of keys failed.
    #[error("the database of keys failed: {0}")]
    Store(String),
    /// There is no room for another key.
    #[error("the database of keys failed: the disk is full")]
    Full,
    /// A key or ciphertext was altered, or belongs to another installation.
    #[error("a key or ciphertext does not belong here, or was altered")]
    Integrity,
    /// Keys were deleted, but another connection kept their bytes in the write-ahead log.
    #[error(
        "the key was deleted, but its bytes may still stand in the write-ahead log: close other users of keys.db and repeat"
    )]
    NotTruncated,
    /// The database that was named for the keys holds the record.
    #[error("the database for the keys holds the record: keys stand apart from what they open")]
    WithRecord,
    /// None of the master keys at hand is the one that the keys are wrapped by.
    #[error(
        "SCR-ENG-013: no master key in keys/ opens the database of keys, which is of generation {generation}; nothing is lost: put the master key of that generation (keys/vault of a node that works, or of the sealed copy) here as keys/vault.next"
    )]
    OtherMaster {
        /// How often the master key of the database was changed.
        generation: u64,
    },
    /// There is no master key.
    #[error("the master key: {0}")]
    NoMaster(String),
    /// Another node has changed the master key meanwhile.
    #[error("another node has changed the master key meanwhile")]
    Rotated,
    /// Somebody else changes or destroys keys at the moment.
    #[error("the database of keys is busy: keys are being changed or destroyed")]
    Busy,
}

fn panicked() -> VaultError {
    VaultError::Store("another thread panicked".to_owned())
}

/// A payload that was sealed: its keys are durable before the record names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// Id under which the ciphertext is kept: the commitment in hexadecimal.
    pub id: String,
    /// What is kept with the record.
    pub ciphertext: Vec<u8>,
    /// What stands in the entry.
    pub commitment: Hash32,
}

/// The keys of one installation.
pub struct Vault {
    keys: Arc<dyn KeyStore>,
    masters: Box<dyn MasterKeys>,
    held: RwLock<Arc<Held>>,
    /// Why no master key at hand opens the database any more.
    closed: RwLock<Option<String>>,
    random: Random,
    gathered: Gathered,
}

impl Vault {
    /// Opens or creates `keys.db` at `path`.
    pub fn open(path: &Path, masters: impl MasterKeys + 'static, random: Random) -> Result<Self, VaultError> {
        Self::over(Arc::new(sqlite::SqliteKeys::open(path)?), Box::new(masters), random)
    }

    /// Keys in a database in PostgreSQL, which several nodes share. It is not the record's database: its
    /// backups are kept for a short time only, because they undo erasure.
    pub fn open_postgres(
        url: &str,
        masters: impl MasterKeys + 'static,
        random: Random,
    ) -> Result<Self, VaultError> {
        Self::over(Arc::new(postgres::PostgresKeys::open(url)?), Box::new(masters), random)
    }

    /// A vault in memory: for tests, and for mirrors, which hold nothing private.
    pub fn in_memory(masters: impl MasterKeys + 'static, random: Random) -> Result<Self, VaultError> {
        Self::over(Arc::new(sqlite::SqliteKeys::in_memory()?), Box::new(masters), random)
    }

    /// Refused where no master key at hand opens what stands there: sealing by another would lose content.
    fn over(
        keys: Arc<dyn KeyStore>,
        masters: Box<dyn MasterKeys>,
        random: Random,
    ) -> Result<Self, VaultError> {
        let held = master::find(&*keys, &*masters, &random)?;
        let (held, closed) = (RwLock::new(Arc::new(held)), RwLock::new(None));
        Ok(Self { keys, masters, held, closed, random, gathered: Gathered::default() })
    }

    /// Whether other nodes have the same keys: what one destroys, none can read any more.
    pub fn is_shared(&self) -> bool {
        self.keys.is_shared()
    }

    /// Seals contents, each for its owning subject, in one durable transaction: the keys of an act of a
    /// hundred steps cost one sync, and acts that come at the same time share it. `commit` makes a
    /// commitment from salt and content.
    pub fn seal_all(
        &self,
        contents: &[(&str, &[u8])],
        commit: impl Fn(&[u8; 32], &[u8]) -> Hash32,
    ) -> Result<Vec<Sealed>, VaultError> {
        if contents.is_empty() {
            return Ok(Vec::new());
        }
        let sealed = contents.iter().map(|(owner, content)| self.seal(owner, content, &commit));
        let (sealed, secrets): (Vec<Sealed>, Vec<Secret>) =
            sealed.collect::<Result<Vec<_>, VaultError>>()?.into_iter().unzip();
        self.gathered.add(secrets, |together| self.add(together))?;
        Ok(sealed)
    }

    /// Seals one content; its secret is still to be kept.
    fn seal(
        &self,
        owner: &str,
        content: &[u8],
        commit: &impl Fn(&[u8; 32], &[u8]) -> Hash32,
    ) -> Result<(Sealed, Secret), VaultError> {
        let (data_key, salt) = (self.secret(), self.secret());
        let commitment = commit(&salt, content);
        let id = commitment.to_hex();
        let ciphertext = self.encrypt(&data_key, id.as_bytes(), content)?;
        let mut both = Zeroizing::new(data_key.to_vec());
        both.extend_from_slice(&*salt);
        let secret = Secret { id: id.clone(), owner: owner.to_owned(), both };
        Ok((Sealed { id, ciphertext, commitment }, secret))
    }

    /// Keeps secrets, wrapped for their owners, in one durable transaction. One result for each request: an
    /// owner's key that was altered refuses the requests that need it, and no other.
    fn add(&self, requests: &[&[Secret]]) -> Result<Vec<Result<(), VaultError>>, VaultError> {
        let owners: BTreeSet<&str> = requests.iter().copied().flatten().map(|s| s.owner.as_str()).collect();
        self.with_master(|held| {
            let new = owners.iter().map(|owner| Ok((*owner, self.new_subject_key(held, owner)?)));
            let new: Vec<(&str, Vec<u8>)> = new.collect::<Result<_, VaultError>>()?;
            let mut results = Vec::new();
            self.keys.add(held.generation, &new, &mut |subjects: &SubjectKeys| {
                let wrapped: Vec<_> =
                    requests.iter().map(|secrets| self.wrap_all(held, secrets, subjects)).collect();
                results =
                    wrapped.iter().map(|rows| rows.as_ref().map(|_| ()).map_err(Clone::clone)).collect();
                Ok(wrapped.into_iter().flatten().flatten().collect())
            })?;
            Ok(results)
        })
    }

    fn wrap_all(
        &self,
        held: &Held,
        secrets: &[Secret],
        subjects: &SubjectKeys,
    ) -> Result<Vec<NewKey>, VaultError> {
        let rows = secrets.iter().map(|Secret { id, owner, both }| {
            let key = subject_key(held, owner, subjects.get(owner).ok_or(VaultError::Integrity)?)?;
            let wrapped = self.encrypt(&key, &payload_of(id, owner), both)?;
            Ok(NewKey { id: id.clone(), subject: owner.clone(), wrapped })
        });
        rows.collect()
    }

    /// The content of a payload; `None` when its key was destroyed.
    pub fn open_payload(&self, id: &str, ciphertext: &[u8]) -> Result<Option<Vec<u8>>, VaultError> {
        match self.keys_of(id)? {
            Some(both) => decrypt(&*key_of(&both)?, id.as_bytes(), ciphertext).map(Some),
            None => Ok(None),
        }
    }

    /// The contents of payloads by id, with one question to the database of keys; those whose keys were
    /// destroyed are left out.
    pub fn open_payloads(
        &self,
        ciphertexts: &BTreeMap<String, Vec<u8>>,
    ) -> Result<BTreeMap<String, Vec<u8>>, VaultError> {
        if ciphertexts.is_empty() {
            return Ok(BTreeMap::new());
        }
        let ids: Vec<&str> = ciphertexts.keys().map(String::as_str).collect();
        self.with_master(|held| {
            let keys = self.keys.wrapped(&ids)?;
            let contents = keys.iter().filter_map(|(id, keys)| Some((id, keys, ciphertexts.get(id)?)));
            let opened = contents.map(|(id, keys, ciphertext)| {
                let content = decrypt(&*key_of(&unwrap(held, id, keys)?)?, id.as_bytes(), ciphertext)?;
                Ok((id.clone(), content))
            });
            opened.collect()
        })
    }

    /// The salt of a payload, which its owner may hand out together with the content so that others
    /// can check the commitment. `None` when it was destroyed.
    pub fn salt(&self, id: &str) -> Result<Option<[u8; 32]>, VaultError> {
        let Some(both) = self.keys_of(id)? else { return Ok(None) };
        let salt = both.get(32..64).and_then(|salt| salt.try_into().ok()).ok_or(VaultError::Integrity)?;
        Ok(Some(salt))
    }

    /// Destroys key and salt of payloads. Gives how many there were; those that are gone already do not
    /// count, so that it can be repeated until it succeeds. The rows are written out of the database's
    /// files as well, as far as the database can be made to.
    pub fn shred<'a>(&self, ids: impl IntoIterator<Item = &'a str>) -> Result<usize, VaultError> {
        self.keys.destroy(&ids.into_iter().collect::<Vec<_>>())
    }

    /// The subject that owns a payload; `None` when its key was destroyed.
    pub fn owner(&self, id: &str) -> Result<Option<String>, VaultError> {
        Ok(self.keys.wrapped(&[id])?.remove(id).map(|keys| keys.subject))
    }

    /// The payloads of a subject, at most `limit`.
    pub fn owned_by(&self, subject: &str, limit: usize) -> Result<Vec<String>, VaultError> {
        self.keys.owned_by(subject, limit)
    }

    /// Destroys the keys of payloads that the record does not name: they were written for acts that
    /// were refused or never finished. Gives how many. Not beside others that share the keys: what they
    /// are about to record is not named yet.
    pub fn sweep(&self, is_recorded: impl Fn(&str) -> bool) -> Result<usize, VaultError> {
        let ids = self.keys.all()?;
        self.shred(ids.iter().map(String::as_str).filter(|id| !is_recorded(id)))
    }

    /// Moves all keys to another database of the same installation: they are durable there before they are
    /// destroyed here. Gives how many payloads there were; may be repeated after it was cut off.
    pub fn move_to(&self, other: &Self) -> Result<usize, VaultError> {
        let ids = self.keys.all()?;
        for ids in ids.chunks(MOVED_TOGETHER) {
            let mut secrets = Vec::with_capacity(ids.len());
            for id in ids {
                let (Some(both), Some(owner)) = (self.keys_of(id)?, self.owner(id)?) else { continue };
                secrets.push(Secret { id: id.clone(), owner, both });
            }
            other.add(&[&secrets])?.into_iter().collect::<Result<(), _>>()?;
        }
        self.shred(ids.iter().map(String::as_str))
    }

    fn keys_of(&self, id: &str) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError> {
        self.with_master(|held| {
            self.keys.wrapped(&[id])?.get(id).map(|keys| unwrap(held, id, keys)).transpose()
        })
    }

    /// A key for a subject that has none yet, wrapped.
    fn new_subject_key(&self, held: &Held, subject: &str) -> Result<Vec<u8>, VaultError> {
        self.encrypt(&held.master, &subject_of(subject), &*self.secret())
    }

    fn secret(&self) -> Zeroizing<[u8; 32]> {
        let mut bytes = Zeroizing::new([0; 32]);
        (self.random)(&mut *bytes);
        bytes
    }

    fn encrypt(&self, key: &[u8; 32], associated: &[u8], content: &[u8]) -> Result<Vec<u8>, VaultError> {
        encrypt(&self.random, key, associated, content)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rusqlite::{Connection, params};
    use std::sync::atomic::{AtomicU64, Ordering};

    /// Distinct bytes at each call, recognisable in a file.
    fn counting() -> Random {
        let calls = AtomicU64::new(1);
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

    fn vault(path: &Path) -> Vault {
        Vault::open(path, Zeroizing::new([9; 32]), counting()).unwrap()
    }

    #[test]
    fn what_is_sealed_is_opened_by_its_own_key_only() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys.db");
        let vault = vault(&path);
        let one = seal(&vault, "person:1", b"Ada");
        let two = seal(&vault, "person:1", b"Ada");
        assert_ne!(one.commitment, two.commitment, "equal contents do not show");
        assert_eq!(vault.open_payload(&one.id, &one.ciphertext).unwrap(), Some(b"Ada".to_vec()));
        assert_eq!(vault.open_payload(&one.id, &two.ciphertext), Err(VaultError::Integrity));
        let mut altered = one.ciphertext.clone();
        altered[30] ^= 1;
        assert_eq!(vault.open_payload(&one.id, &altered), Err(VaultError::Integrity));
        assert_eq!(commit(&vault.salt(&one.id).unwrap().unwrap(), b"Ada"), one.commitment);
        drop(vault);
        let other = Vault::open(&path, Zeroizing::new([8; 32]), counting()).err();
        assert_eq!(other, Some(VaultError::OtherMaster { generation: 0 }), "it would seal what nobody opens");
    }

    #[test]
    fn keys_cannot_be_moved_to_another_payload() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys.db");
        let vault = vault(&path);
        let one = seal(&vault, "person:1", b"Ada");
        let two = seal(&vault, "person:2", b"Bob");
        let keys = Connection::open(&path).unwrap();
        keys.execute(
            "UPDATE payload_key SET wrapped = (SELECT wrapped FROM payload_key WHERE id = ?1) WHERE id = ?2",
            params![one.id, two.id],
        )
        .unwrap();
        drop(keys);
        assert_eq!(vault.open_payload(&two.id, &two.ciphertext), Err(VaultError::Integrity));
    }

    /// Acts share a transaction: one person's damaged key is nobody else's refusal.
    #[test]
    fn an_altered_key_refuses_only_those_who_need_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys.db");
        let vault = vault(&path);
        seal(&vault, "person:2", b"Bob");
        Connection::open(&path)
            .unwrap()
            .execute("UPDATE subject_key SET wrapped = zeroblob(72) WHERE subject = 'person:2'", [])
            .unwrap();
        let secret = |id: &str, owner: &str| Secret {
            id: id.to_owned(),
            owner: owner.to_owned(),
            both: Zeroizing::new(vec![1; 64]),
        };
        let requests =
            [vec![secret("a", "person:1")], vec![secret("b", "person:1"), secret("c", "person:2")]];
        let kept = vault.add(&[&requests[0][..], &requests[1][..]]);
        assert_eq!(kept, Ok(vec![Ok(()), Err(VaultError::Integrity)]));
        assert_eq!(vault.owner("a"), Ok(Some("person:1".to_owned())));
        assert_eq!(vault.owner("b"), Ok(None), "a request is kept whole or not at all");
    }

    #[test]
    fn shredding_leaves_no_byte_of_the_wrapped_key_in_any_file() {
        let folder = tempfile::tempdir().unwrap();
        let vault = vault(&folder.path().join("keys.db"));
        let one = seal(&vault, "person:1", b"Ada");
        let kept = seal(&vault, "person:1", b"Bob");
        let wrapped: Vec<u8> = Connection::open(folder.path().join("keys.db"))
            .unwrap()
            .query_row("SELECT wrapped FROM payload_key WHERE id = ?1", [&one.id], |row| row.get(0))
            .unwrap();
        let holds = |needle: &[u8]| {
            folder.path().read_dir().unwrap().any(|file| {
                let bytes = std::fs::read(file.unwrap().path()).unwrap();
                bytes.windows(needle.len()).any(|window| window == needle)
            })
        };
        assert!(holds(&wrapped), "it is there before");
        assert!(vault.shred([one.id.as_str()]).unwrap() == 1);
        assert!(!holds(&wrapped), "and nowhere afterwards");
        assert!(!holds(one.id.as_bytes()));
        assert_eq!(vault.open_payload(&one.id, &one.ciphertext).unwrap(), None);
        assert_eq!(vault.open_payload(&kept.id, &kept.ciphertext).unwrap(), Some(b"Bob".to_vec()));
        assert_eq!(vault.shred([one.id.as_str()]), Ok(0));
    }

    /// `secure_delete` alone does not pass this: dividing a page leaves copies of rows in its gap.
    #[test]
    fn shredding_leaves_nothing_in_pages_that_were_divided() {
        let folder = tempfile::tempdir().unwrap();
        let vault = vault(&folder.path().join("keys.db"));
        let contents = vec![("person:1", &b"Ada"[..]); 400];
        // One act at a time, as they come: pages fill and are divided.
        let all: Vec<Sealed> = contents.iter().map(|one| seal(&vault, one.0, one.1)).collect();
        let wrapped: Vec<Vec<u8>> = {
            let keys = Connection::open(folder.path().join("keys.db")).unwrap();
            let mut query = keys.prepare("SELECT wrapped FROM payload_key").unwrap();
            let rows = query.query_map([], |row| row.get(0)).unwrap();
            rows.collect::<Result<_, _>>().unwrap()
        };
        assert_eq!(vault.shred(all.iter().map(|one| one.id.as_str())), Ok(400));
        assert_eq!(vault.owned_by("person:1", 10), Ok(Vec::new()));
        for file in folder.path().read_dir().unwrap() {
            let bytes = std::fs::read(file.unwrap().path()).unwrap();
            // The nonce and the beginning of a wrapped key are unlike anything else in the file.
            let starts: BTreeSet<&[u8]> = wrapped.iter().map(|key| &key[..32]).collect();
            assert!(!bytes.windows(32).any(|window| starts.contains(window)));
            assert!(!bytes.windows(8).any(|window| window == b"person:1"), "its owner is forgotten too");
        }
    }

    #[test]
    fn many_are_sealed_together_each_for_its_owner() {
        let folder = tempfile::tempdir().unwrap();
        let vault = vault(&folder.path().join("keys.db"));
        let contents: [(&str, &[u8]); 3] = [("person:1", b"Ada"), ("entry:7", b"12"), ("person:1", b"Bob")];
        let sealed = vault.seal_all(&contents, commit).unwrap();
        for ((_, content), one) in contents.iter().zip(&sealed) {
            assert_eq!(vault.open_payload(&one.id, &one.ciphertext).unwrap().as_deref(), Some(*content));
        }
        assert_eq!(vault.seal_all(&[], commit).unwrap(), []);
    }

    #[test]
    fn orphans_are_swept() {
        let vault = Vault::in_memory(Zeroizing::new([9; 32]), counting()).unwrap();
        let recorded = seal(&vault, "person:1", b"a");
        let orphan = seal(&vault, "person:1", b"b");
        assert_eq!(vault.sweep(|id| id == recorded.id).unwrap(), 1);
        assert_eq!(vault.open_payload(&orphan.id, &orphan.ciphertext).unwrap(), None);
        assert!(vault.open_payload(&recorded.id, &recorded.ciphertext).unwrap().is_some());
    }
}
