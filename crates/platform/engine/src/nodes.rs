//! What several nodes of one installation share beside the record: signing keys, and the keys of private
//! content.

use crate::installation::{Installation, InstallationError, error, write_secret};
use crate::master::MasterFiles;
use scr_core::Entropy;
use scr_vault::Vault;
use std::path::Path;
use std::sync::Arc;
use zeroize::Zeroizing;

/// Beside `keys.db`: says that keys stand in a shared database, so that a node which was not told where
/// does not begin to keep keys of its own.
pub(crate) const SHARED_KEYS: &str = "shared-keys";

impl Installation {
    /// The folder of a further node: with a copy of the keys in `keys`, which another node has. Refused
    /// where there is an installation already.
    pub fn create_node(folder: &Path, keys: &Path) -> Result<Self, InstallationError> {
        let read = |name: &str| {
            let path = keys.join(name);
            std::fs::read(&path).map(Zeroizing::new).map_err(|e| error(&path, &e))
        };
        // Where an agent holds the log's key, it holds it for every node; each reaches it by its own socket.
        let log = if keys.join("log.agent").exists() { "log.agent" } else { "log.key" };
        let mut names = vec!["secret", "log-mldsa44.key", log];
        names.extend(["vault", "vault.next"].into_iter().filter(|name| keys.join(name).exists()));
        let files = names.iter().map(|name| Ok((*name, read(name)?))).collect::<Result<Vec<_>, _>>()?;
        let own = Self::prepare_folder(folder)?;
        for (name, bytes) in files {
            write_secret(&own.join(name), &bytes)?;
        }
        Self::find(folder)
    }

    /// The keys of private content. Whoever opens them holds the lock.
    pub(crate) fn vault(&self, entropy: Arc<dyn Entropy>) -> Result<Vault, InstallationError> {
        let (own, marker) = (self.folder().join("keys.db"), self.folder().join(SHARED_KEYS));
        let random: scr_vault::Random = Arc::new(move |buffer: &mut [u8]| entropy.fill(buffer));
        let masters = || MasterFiles::of(self.folder());
        let Some(url) = &self.keys_database else {
            if marker.exists() {
                let what = "the keys of private content stand in a shared database: name it (keys_database)";
                return Err(error(&marker, &what));
            }
            return Vault::open(&own, masters(), random).map_err(|e| error(&own, &e));
        };
        let database = Path::new("database of keys");
        if !own.exists() {
            let shared = Vault::open_postgres(url, masters(), random);
            return self.share(shared.map_err(|e| error(database, &e))?);
        }
        // The first start with a shared database: what was kept here moves there. Until then the master key of either
        // is needed.
        let shared = Vault::open_postgres(url, masters().unsettled(), random.clone());
        let shared = shared.map_err(|e| error(database, &e))?;
        let alone = Vault::open(&own, masters().unsettled(), random).map_err(|e| error(&own, &e))?;
        let moved = alone.move_to(&shared).map_err(|e| error(database, &e))?;
        tracing::info!(moved, "keys of private content were moved to the shared database");
        drop(alone);
        std::fs::remove_file(&own).map_err(|e| error(&own, &e))?;
        self.share(shared)
    }

    /// Remembers that keys stand in a shared database.
    fn share(&self, vault: Vault) -> Result<Vault, InstallationError> {
        let marker = self.folder().join(SHARED_KEYS);
        if !marker.exists() {
            std::fs::write(&marker, "").map_err(|e| error(&marker, &e))?;
        }
        Ok(vault)
    }
}
