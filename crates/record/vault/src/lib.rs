//! The vault: private payloads, encrypted so that they can be forgotten.
//!
//! Each payload has a data key and a 32-byte salt of its own. Both stand, wrapped by the key of ONE
//! owning subject, in `keys.db`; subjects' keys stand there wrapped by the installation's master
//! key, which is a file. The ciphertext stands with the record. Destroying the row in `keys.db`
//! erases: what is left is a ciphertext nobody can read and a commitment nobody can test.
//!
//! Encryption is XChaCha20-Poly1305; the associated data bind a wrapped key to its payload or
//! subject, so that it cannot be moved to another.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use rusqlite::{Connection, OptionalExtension, params};
use scr_canon::Hash32;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard};
use zeroize::Zeroizing;

const NONCE_BYTES: usize = 24;
/// The value of `user_version` between a deletion and the rewriting of the file.
const MUST_REWRITE: i64 = 1;
const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS subject_key (subject TEXT PRIMARY KEY, wrapped BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS payload_key (id TEXT PRIMARY KEY, subject TEXT NOT NULL, wrapped BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS payload_key_subject ON payload_key (subject);
";

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
}

impl From<rusqlite::Error> for VaultError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DiskFull) => Self::Full,
            _ => Self::Store(error.to_string()),
        }
    }
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
    keys: Mutex<Connection>,
    master: Zeroizing<[u8; 32]>,
    random: Random,
}

impl Vault {
    /// Opens or creates `keys.db` at `path`.
    pub fn open(path: &Path, master: Zeroizing<[u8; 32]>, random: Random) -> Result<Self, VaultError> {
        Self::prepare(Connection::open(path)?, master, random)
    }

    /// A vault in memory: for tests, and for mirrors, which hold nothing private.
    pub fn in_memory(master: Zeroizing<[u8; 32]>, random: Random) -> Result<Self, VaultError> {
        Self::prepare(Connection::open_in_memory()?, master, random)
    }

    fn prepare(keys: Connection, master: Zeroizing<[u8; 32]>, random: Random) -> Result<Self, VaultError> {
        keys.busy_timeout(std::time::Duration::from_secs(10))?;
        keys.pragma_update(None, "auto_vacuum", "FULL")?;
        keys.pragma_update(None, "journal_mode", "WAL")?;
        keys.pragma_update(None, "synchronous", "FULL")?;
        keys.pragma_update(None, "secure_delete", "ON")?;
        // Rewriting the file after a deletion must not leave a copy among the system's temporary files.
        keys.pragma_update(None, "temp_store", "MEMORY")?;
        keys.execute_batch(SCHEMA)?;
        Ok(Self { keys: Mutex::new(keys), master, random })
    }

    /// Seals contents, each for its owning subject, in one durable transaction: the keys of an act of a
    /// hundred steps cost one sync. `commit` makes a commitment from salt and content.
    pub fn seal_all(
        &self,
        contents: &[(&str, &[u8])],
        commit: impl Fn(&[u8; 32], &[u8]) -> Hash32,
    ) -> Result<Vec<Sealed>, VaultError> {
        if contents.is_empty() {
            return Ok(Vec::new());
        }
        let mut keys = self.lock()?;
        let transaction = keys.transaction()?;
        let sealed = contents.iter().map(|(owner, content)| self.seal(&transaction, owner, content, &commit));
        let sealed = sealed.collect::<Result<Vec<_>, _>>()?;
        transaction.commit()?;
        Ok(sealed)
    }

    fn seal(
        &self,
        keys: &Connection,
        owner: &str,
        content: &[u8],
        commit: &impl Fn(&[u8; 32], &[u8]) -> Hash32,
    ) -> Result<Sealed, VaultError> {
        let (data_key, salt) = (self.secret(), self.secret());
        let commitment = commit(&salt, content);
        let id = commitment.to_hex();
        let ciphertext = self.encrypt(&data_key, id.as_bytes(), content)?;
        let subject_key = self.subject_key(keys, owner)?;
        let mut both = Zeroizing::new(data_key.to_vec());
        both.extend_from_slice(&*salt);
        let wrapped = self.encrypt(&subject_key, format!("payload {id} of {owner}").as_bytes(), &both)?;
        keys.prepare_cached("INSERT INTO payload_key (id, subject, wrapped) VALUES (?1, ?2, ?3)")?
            .execute(params![id, owner, wrapped])?;
        Ok(Sealed { id, ciphertext, commitment })
    }

    /// The content of a payload; `None` when its key was destroyed.
    pub fn open_payload(&self, id: &str, ciphertext: &[u8]) -> Result<Option<Vec<u8>>, VaultError> {
        match self.keys_of(id)? {
            Some(both) => decrypt(&*key_of(&both)?, id.as_bytes(), ciphertext).map(Some),
            None => Ok(None),
        }
    }

    /// The salt of a payload, which its owner may hand out together with the content so that others
    /// can check the commitment. `None` when it was destroyed.
    pub fn salt(&self, id: &str) -> Result<Option<[u8; 32]>, VaultError> {
        let Some(both) = self.keys_of(id)? else { return Ok(None) };
        let salt = both.get(32..64).and_then(|salt| salt.try_into().ok()).ok_or(VaultError::Integrity)?;
        Ok(Some(salt))
    }

    /// Destroys key and salt of payloads. Gives how many there were; those that are gone already do not
    /// count, so that it can be repeated until it succeeds. The file is written anew, because SQLite
    /// leaves copies of rows behind in pages that it has divided, in spite of `secure_delete`.
    pub fn shred<'a>(&self, ids: impl IntoIterator<Item = &'a str>) -> Result<usize, VaultError> {
        let mut keys = self.lock()?;
        let transaction = keys.transaction()?;
        let mut gone = 0;
        {
            let mut delete = transaction.prepare_cached("DELETE FROM payload_key WHERE id = ?1")?;
            for id in ids {
                gone += delete.execute([id])?;
            }
        }
        if gone > 0 {
            // A subject that owns nothing any more is forgotten too: its name can be a person's.
            transaction.execute(
                "DELETE FROM subject_key WHERE subject NOT IN (SELECT subject FROM payload_key)",
                [],
            )?;
            // Whoever is cut off before the file is written anew does it the next time.
            transaction.pragma_update(None, "user_version", MUST_REWRITE)?;
        }
        transaction.commit()?;
        let version: i64 = keys.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        if version == MUST_REWRITE {
            keys.execute_batch("VACUUM")?;
            keys.pragma_update(None, "user_version", 0)?;
        }
        fold_in(&keys)?;
        Ok(gone)
    }

    /// The subject that owns a payload; `None` when its key was destroyed.
    pub fn owner(&self, id: &str) -> Result<Option<String>, VaultError> {
        let keys = self.lock()?;
        let mut query = keys.prepare_cached("SELECT subject FROM payload_key WHERE id = ?1")?;
        Ok(query.query_row([id], |row| row.get(0)).optional()?)
    }

    /// The payloads of a subject, at most `limit`.
    pub fn owned_by(&self, subject: &str, limit: usize) -> Result<Vec<String>, VaultError> {
        let keys = self.lock()?;
        let mut query =
            keys.prepare_cached("SELECT id FROM payload_key WHERE subject = ?1 ORDER BY id LIMIT ?2")?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = query.query_map(params![subject, limit], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Destroys the keys of payloads that the record does not name: they were written for acts that
    /// were refused or never finished. Gives how many.
    pub fn sweep(&self, is_recorded: impl Fn(&str) -> bool) -> Result<usize, VaultError> {
        let keys = self.lock()?;
        let ids: Vec<String> = {
            let mut query = keys.prepare("SELECT id FROM payload_key")?;
            let rows = query.query_map([], |row| row.get(0))?;
            rows.collect::<Result<_, _>>()?
        };
        drop(keys);
        self.shred(ids.iter().map(String::as_str).filter(|id| !is_recorded(id)))
    }

    fn keys_of(&self, id: &str) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError> {
        let keys = self.lock()?;
        let row: Option<(String, Vec<u8>)> = keys
            .prepare_cached("SELECT subject, wrapped FROM payload_key WHERE id = ?1")?
            .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let Some((owner, wrapped)) = row else { return Ok(None) };
        let subject_key = self.subject_key(&keys, &owner)?;
        let both = decrypt(&subject_key, format!("payload {id} of {owner}").as_bytes(), &wrapped)?;
        Ok(Some(Zeroizing::new(both)))
    }

    /// The subject's key, made at its first use.
    fn subject_key(&self, keys: &Connection, subject: &str) -> Result<Zeroizing<[u8; 32]>, VaultError> {
        let associated = format!("subject {subject}");
        let wrapped: Option<Vec<u8>> = keys
            .prepare_cached("SELECT wrapped FROM subject_key WHERE subject = ?1")?
            .query_row([subject], |row| row.get(0))
            .optional()?;
        if let Some(wrapped) = wrapped {
            return key_of(&decrypt(&self.master, associated.as_bytes(), &wrapped)?);
        }
        let key = self.secret();
        let wrapped = self.encrypt(&self.master, associated.as_bytes(), &*key)?;
        keys.execute(
            "INSERT INTO subject_key (subject, wrapped) VALUES (?1, ?2)",
            params![subject, wrapped],
        )?;
        Ok(key)
    }

    fn secret(&self) -> Zeroizing<[u8; 32]> {
        let mut bytes = Zeroizing::new([0; 32]);
        (self.random)(&mut *bytes);
        bytes
    }

    fn encrypt(&self, key: &[u8; 32], associated: &[u8], content: &[u8]) -> Result<Vec<u8>, VaultError> {
        let mut nonce = [0; NONCE_BYTES];
        (self.random)(&mut nonce);
        let body = XChaCha20Poly1305::new(&Key::from(*key))
            .encrypt(&XNonce::from(nonce), Payload { msg: content, aad: associated })
            .map_err(|_| VaultError::Integrity)?;
        Ok([&nonce[..], &body].concat())
    }

    fn lock(&self) -> Result<MutexGuard<'_, Connection>, VaultError> {
        self.keys.lock().map_err(|_| VaultError::Store("another thread panicked".to_owned()))
    }
}

fn decrypt(key: &[u8; 32], associated: &[u8], sealed: &[u8]) -> Result<Vec<u8>, VaultError> {
    let (nonce, body) = sealed.split_first_chunk::<NONCE_BYTES>().ok_or(VaultError::Integrity)?;
    XChaCha20Poly1305::new(&Key::from(*key))
        .decrypt(&XNonce::from(*nonce), Payload { msg: body, aad: associated })
        .map_err(|_| VaultError::Integrity)
}

fn key_of(bytes: &[u8]) -> Result<Zeroizing<[u8; 32]>, VaultError> {
    let key = bytes.get(..32).and_then(|key| key.try_into().ok()).ok_or(VaultError::Integrity)?;
    Ok(Zeroizing::new(key))
}

/// Brings deletions from the write-ahead log into the file and empties the log.
fn fold_in(keys: &Connection) -> Result<(), VaultError> {
    let busy: i64 = keys.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if busy == 0 { Ok(()) } else { Err(VaultError::NotTruncated) }
}

#[cfg(test)]
mod tests {
    use super::*;
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
        let other = Vault::open(&path, Zeroizing::new([8; 32]), counting()).unwrap();
        assert_eq!(other.open_payload(&one.id, &one.ciphertext), Err(VaultError::Integrity));
    }

    #[test]
    fn keys_cannot_be_moved_to_another_payload() {
        let folder = tempfile::tempdir().unwrap();
        let vault = vault(&folder.path().join("keys.db"));
        let one = seal(&vault, "person:1", b"Ada");
        let two = seal(&vault, "person:2", b"Bob");
        let keys = vault.lock().unwrap();
        keys.execute(
            "UPDATE payload_key SET wrapped = (SELECT wrapped FROM payload_key WHERE id = ?1) WHERE id = ?2",
            params![one.id, two.id],
        )
        .unwrap();
        drop(keys);
        assert_eq!(vault.open_payload(&two.id, &two.ciphertext), Err(VaultError::Integrity));
    }

    #[test]
    fn shredding_leaves_no_byte_of_the_wrapped_key_in_any_file() {
        let folder = tempfile::tempdir().unwrap();
        let vault = vault(&folder.path().join("keys.db"));
        let one = seal(&vault, "person:1", b"Ada");
        let kept = seal(&vault, "person:1", b"Bob");
        let wrapped: Vec<u8> = vault
            .lock()
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
            let keys = vault.lock().unwrap();
            let mut query = keys.prepare("SELECT wrapped FROM payload_key").unwrap();
            let rows = query.query_map([], |row| row.get(0)).unwrap();
            rows.collect::<Result<_, _>>().unwrap()
        };
        assert_eq!(vault.shred(all.iter().map(|one| one.id.as_str())), Ok(400));
        assert_eq!(vault.owned_by("person:1", 10), Ok(Vec::new()));
        for file in folder.path().read_dir().unwrap() {
            let bytes = std::fs::read(file.unwrap().path()).unwrap();
            // The nonce and the beginning of a wrapped key are unlike anything else in the file.
            let starts: std::collections::BTreeSet<&[u8]> = wrapped.iter().map(|key| &key[..32]).collect();
            assert!(!bytes.windows(32).any(|window| starts.contains(window)));
            assert!(!bytes.windows(8).any(|window| window == b"person:1"), "its owner is forgotten too");
        }
    }

    /// SQLite reports a log that could not be emptied in the first column, not as an error.
    #[test]
    fn shredding_does_not_succeed_while_a_reader_keeps_the_log() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys.db");
        let vault = vault(&path);
        let one = seal(&vault, "person:1", b"Ada");
        vault.lock().unwrap().busy_timeout(std::time::Duration::from_millis(50)).unwrap();
        let reader = Connection::open(&path).unwrap();
        reader.execute_batch("BEGIN; SELECT count(*) FROM payload_key;").unwrap();
        assert!(vault.shred([one.id.as_str()]).is_err(), "a reader keeps the old bytes");
        reader.execute_batch("COMMIT").unwrap();
        vault.shred([one.id.as_str()]).unwrap();
        assert_eq!(vault.owner(&one.id), Ok(None), "it is gone, and now the log is empty too");
        assert_eq!(std::fs::metadata(folder.path().join("keys.db-wal")).unwrap().len(), 0);
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
