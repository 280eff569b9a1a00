//! Another master key: every key in the database is wrapped anew, in one transaction.

use crate::master::{self, Held};
use crate::store::Rows;
use crate::wrap::{decrypt, key_of, payload_of, subject_of};
use crate::{Inspection, Master, Vault, VaultError};
use std::collections::BTreeMap;
use std::sync::Arc;
use zeroize::Zeroizing;

/// A change of the master key that has happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rotation {
    /// The generation of the master key from then on.
    pub generation: u64,
    /// Private contents whose keys were wrapped anew.
    pub payloads: u64,
}

/// Hears how many of how many contents are done.
pub type Told<'a> = dyn FnMut(u64, u64) + Send + 'a;

impl Vault {
    /// How often the master key in use was changed before it.
    pub fn generation(&self) -> u64 {
        self.held().map_or(0, |held| held.generation)
    }

    /// Looks whether the newest master key at hand opens the database.
    ///
    /// # Errors
    /// [`VaultError::OtherMaster`] where none does, or the database does not answer.
    pub fn check_master(&self) -> Result<(), VaultError> {
        self.renewed().map(drop)
    }

    /// Why nothing can be opened or sealed here: another node has changed the master key, and the new one is not at hand.
    pub fn closed(&self) -> Option<String> {
        self.closed.read().ok().and_then(|why| why.clone())
    }

    /// A look at the same database.
    pub fn inspection(&self) -> Inspection {
        Inspection(Arc::clone(&self.keys))
    }

    /// Makes new keys of all subjects, wraps every payload's key and salt by them and them by the new master key,
    /// in one transaction: it has happened wholly or not at all. The new generation is above `stated` as well.
    /// The database's files hold bytes of the old wrapping until [`Vault::rewrite`].
    ///
    /// # Errors
    /// [`VaultError::Integrity`] for the first key that does not open, [`VaultError::Rotated`] where another
    /// node was faster: then nothing has changed.
    pub fn rotate(&self, next: &Master, stated: u64, told: &mut Told<'_>) -> Result<Rotation, VaultError> {
        let held = self.held()?;
        let generation = held.generation.max(stated) + 1;
        let to = master::seal(generation, next, &self.random)?;
        let payloads = self
            .keys
            .rotate(held.generation, &to, &mut |rows| self.wrap_anew(rows, &held.master, next, told))?;
        self.hold(Held { generation, master: next.clone() })?;
        self.masters.in_use(next);
        Ok(Rotation { generation, payloads })
    }

    /// The changes of the master key beyond this generation, in order.
    pub fn rotations_after(&self, generation: u64) -> Result<Vec<Rotation>, VaultError> {
        let found = self.keys.rotations_after(generation)?;
        Ok(found.into_iter().map(|(generation, payloads)| Rotation { generation, payloads }).collect())
    }

    /// Writes the database's files anew where keys were deleted or wrapped anew and that was cut off; does nothing
    /// otherwise.
    pub fn rewrite(&self) -> Result<(), VaultError> {
        self.keys.rewrite()
    }

    fn wrap_anew(
        &self,
        rows: &mut dyn Rows,
        old: &Master,
        next: &Master,
        told: &mut Told<'_>,
    ) -> Result<u64, VaultError> {
        let total = rows.count()?;
        let (mut done, mut last) = (0, String::new());
        let mut at = (String::new(), String::new());
        loop {
            let subjects = rows.subjects(&last)?;
            let Some((newest, _)) = subjects.last() else { break };
            last.clone_from(newest);
            let mut keys = BTreeMap::new();
            let mut anew = Vec::with_capacity(subjects.len());
            for (subject, wrapped) in subjects {
                let associated = subject_of(&subject);
                let own = key_of(&Zeroizing::new(decrypt(old, &associated, &wrapped)?))?;
                let new = self.secret();
                anew.push((subject.clone(), self.encrypt(next, &associated, &*new)?));
                keys.insert(subject, (own, new));
            }
            rows.put_subjects(&anew)?;
            loop {
                let payloads = rows.payloads(&at, &last)?;
                let Some((id, subject, _)) = payloads.last() else { break };
                at = (subject.clone(), id.clone());
                let mut anew = Vec::with_capacity(payloads.len());
                for (id, subject, wrapped) in payloads {
                    // One whose subject has no key could not be opened before, and would not be seen again.
                    let (own, new) = keys.get(&subject).ok_or(VaultError::Integrity)?;
                    let associated = payload_of(&id, &subject);
                    let both = Zeroizing::new(decrypt(own, &associated, &wrapped)?);
                    let wrapped = self.encrypt(new, &associated, &both)?;
                    anew.push((id, wrapped));
                }
                rows.put_payloads(&anew)?;
                done += anew.len() as u64;
                told(done, total);
            }
        }
        if done == total { Ok(total) } else { Err(VaultError::Integrity) }
    }

    /// Works with the master key in use; once more with the newest one where the database is of another by now.
    pub(crate) fn with_master<T>(
        &self,
        work: impl Fn(&Held) -> Result<T, VaultError>,
    ) -> Result<T, VaultError> {
        let held = self.held()?;
        let is_other = match work(&held) {
            Err(VaultError::Rotated) => true,
            Err(VaultError::Integrity) => {
                self.keys.generation()?.is_some_and(|stated| stated.number != held.generation)
            }
            done => return done,
        };
        if is_other { work(&*self.renewed()?) } else { Err(VaultError::Integrity) }
    }

    fn renewed(&self) -> Result<Arc<Held>, VaultError> {
        let found = master::find(&*self.keys, &*self.masters, &self.random);
        let why = match &found {
            Ok(_) => None,
            Err(error @ VaultError::OtherMaster { .. }) => Some(error.to_string()),
            // A database that is away says nothing of the key.
            Err(_) => self.closed(),
        };
        *self.closed.write().map_err(|_| crate::panicked())? = why;
        self.hold(found?)?;
        self.held()
    }

    pub(crate) fn held(&self) -> Result<Arc<Held>, VaultError> {
        let held = self.held.read();
        held.map(|held| Arc::clone(&held)).map_err(|_| crate::panicked())
    }

    fn hold(&self, held: Held) -> Result<(), VaultError> {
        *self.held.write().map_err(|_| crate::panicked())? = Arc::new(held);
        Ok(())
    }
}
