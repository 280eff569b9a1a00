//! The master key that wraps subjects' keys: which of those at hand it is, and that it may be another tomorrow.
//!
//! The database says which generation of the master key it is of, and holds a known text sealed by that key. So
//! whoever opens it, or adds to it, knows whether what is at hand fits, also where there is no other key yet.

use crate::store::{Generation, KeyStore};
use crate::wrap::{decrypt, encrypt, subject_of};
use crate::{Random, VaultError};
use std::path::Path;
use std::sync::Arc;
use zeroize::Zeroizing;

const KNOWN: &[u8] = b"scrutineer/master-key/v1";

/// A master key.
pub type Master = Zeroizing<[u8; 32]>;

/// Who has the master key. The newest may come while the vault is open: another node has changed it.
pub trait MasterKeys: Send + Sync {
    /// Every master key that is at hand, the one in use first.
    ///
    /// # Errors
    /// In words, where there is none.
    fn at_hand(&self) -> Result<Vec<Master>, String>;
    /// This one opens the database of keys.
    fn in_use(&self, master: &Master);
}

/// One that never changes.
impl MasterKeys for Master {
    fn at_hand(&self) -> Result<Vec<Master>, String> {
        Ok(vec![self.clone()])
    }

    fn in_use(&self, _: &Master) {}
}

/// The master key in use, and of which generation it is.
pub(crate) struct Held {
    pub(crate) generation: u64,
    pub(crate) master: Master,
}

fn of_generation(number: u64) -> String {
    format!("master {number}")
}

/// What the database will know a master key by.
pub(crate) fn seal(number: u64, master: &[u8; 32], random: &Random) -> Result<Generation, VaultError> {
    let sealed = encrypt(random, master, of_generation(number).as_bytes(), KNOWN)?;
    Ok(Generation { number, sealed })
}

/// The one of these keys that a database is wrapped by, with its generation where the database states one.
fn fitting(
    keys: &dyn KeyStore,
    at_hand: Vec<Master>,
) -> Result<(Option<Generation>, Option<Master>), VaultError> {
    let stated = keys.generation()?;
    // A database of before there were generations is known by what it holds; one damaged row decides nothing.
    let held = if stated.is_none() { keys.some_subjects()? } else { Vec::new() };
    let fits = |master: &Master| match &stated {
        Some(one) => decrypt(master, of_generation(one.number).as_bytes(), &one.sealed).is_ok(),
        None => {
            let opens = |(subject, wrapped): &(String, Vec<u8>)| {
                decrypt(master, &subject_of(subject), wrapped).map(Zeroizing::new).is_ok()
            };
            held.is_empty() || held.iter().any(opens)
        }
    };
    let master = at_hand.into_iter().find(fits);
    Ok((stated, master))
}

/// Finds the master key of a database; one that states no generation yet does so from then on.
pub(crate) fn find(
    keys: &dyn KeyStore,
    masters: &dyn MasterKeys,
    random: &Random,
) -> Result<Held, VaultError> {
    let at_hand = || masters.at_hand().map_err(VaultError::NoMaster);
    let (mut stated, mut master) = fitting(keys, at_hand()?)?;
    if let (None, Some(first)) = (&stated, &master) {
        keys.begin(&seal(0, first, random)?)?;
        // Another node may have been faster.
        (stated, master) = fitting(keys, at_hand()?)?;
    }
    let generation = stated.map_or(0, |one| one.number);
    let master = master.ok_or(VaultError::OtherMaster { generation })?;
    masters.in_use(&master);
    Ok(Held { generation, master })
}

/// What stands in a database of keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyCounts {
    /// How often the master key was changed.
    pub generation: u64,
    /// Private contents that have keys.
    pub payloads: u64,
    /// Whose they are.
    pub subjects: u64,
    /// Deleted or replaced rows still stand in the database's files.
    pub must_rewrite: bool,
}

/// A look at a database of keys that changes nothing.
pub struct Inspection(pub(crate) Arc<dyn KeyStore>);

impl std::fmt::Debug for Inspection {
    /// Nothing of what stands there, and no address with a password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Inspection").finish_non_exhaustive()
    }
}

impl Inspection {
    /// Of a `keys.db`, which may be a copy; `None` where there is no such file.
    pub fn of_file(path: &Path) -> Result<Option<Self>, VaultError> {
        if !path.exists() {
            return Ok(None);
        }
        Ok(Some(Self(Arc::new(crate::sqlite::SqliteKeys::read_only(path)?))))
    }

    /// Of a database that nodes share.
    pub fn of_postgres(url: &str) -> Self {
        Self(Arc::new(crate::postgres::PostgresKeys::unprepared(url)))
    }

    /// Whether one of the master keys at hand opens it; `true` for one that is empty.
    pub fn fits(&self, masters: &dyn MasterKeys) -> Result<bool, VaultError> {
        Ok(fitting(&*self.0, masters.at_hand().map_err(VaultError::NoMaster)?)?.1.is_some())
    }

    /// How much stands there.
    pub fn counts(&self) -> Result<KeyCounts, VaultError> {
        self.0.counts()
    }

    /// Those of these payloads that have keys.
    pub fn with_keys(&self, ids: &[String]) -> Result<Vec<String>, VaultError> {
        self.0.with_keys(ids)
    }
}
