//! The folder of one installation: keys, record, objects, views.

use crate::engine::EngineParts;
use crate::key_home::KeyHome;
use crate::keys::RoleKeys;
use crate::master::{read_master, write_master};
use scr_agent::KeyPlace;
use scr_core::{Clock, Entropy};
use scr_ledger::store::postgres::PostgresStore;
use scr_ledger::store::sqlite::SqliteStore;
use scr_ledger::{Ledger, LedgerConfig, LogStore, Sighting, lock_file};
use scr_note::{Algorithm, SignerKey, VerifierKey};
use scr_objects::{Objects, Place};
use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use zeroize::Zeroizing;

/// The folder cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {what}")]
pub struct InstallationError {
    /// The file or folder.
    pub path: String,
    /// In words.
    pub what: String,
}

/// A data folder:
///
/// | file | what |
/// |---|---|
/// | `keys/log.key`, `keys/log-mldsa44.key` | the log's signing keys |
/// | `keys/log.agent` | instead of the first: its public key, and which agent holds the private one |
/// | `keys/secret` | master secret of the role keys |
/// | `keys/vault` | master key of the vault; in installations made before there was this file, `keys/secret` serves as one |
/// | `keys/vault.next` | the master key that the next rotation will take |
/// | `record.db`, `keys.db`, `views-….db`, `objects/` | record, payload keys, views, bulk data |
/// | `shared-keys` | the keys of private content stand in a database that several nodes share |
/// | `guard` | what was last signed; never in a backup |
/// | `retired` | the statement that the log has ended; never in a backup |
/// | `lock` | held by the process that works in the folder |
pub struct Installation {
    folder: PathBuf,
    origin: String,
    objects: Place,
    seen: Vec<Sighting>,
    /// The database of the keys of private content, where several nodes share it.
    pub(crate) keys_database: Option<String>,
}

impl Installation {
    /// Creates a new installation. Refused when the folder holds one already.
    pub fn create(folder: &Path, origin: &str, entropy: &dyn Entropy) -> Result<Self, InstallationError> {
        let keys = Self::prepare_folder(folder)?;
        write_key(&keys, "log-mldsa44.key", origin, Algorithm::MlDsa44, entropy)?;
        write_secrets(&keys, entropy)?;
        // Last, because it is what makes the folder an installation.
        write_key(&keys, "log.key", origin, Algorithm::Ed25519, entropy)?;
        Self::find(folder)
    }

    /// Creates a new installation whose log has a key that an agent holds; its name is the origin.
    pub fn create_with_agent(
        folder: &Path,
        log: &KeyPlace,
        entropy: &dyn Entropy,
    ) -> Result<Self, InstallationError> {
        let keys = Self::prepare_folder(folder)?;
        write_key(&keys, "log-mldsa44.key", log.key.name(), Algorithm::MlDsa44, entropy)?;
        write_secrets(&keys, entropy)?;
        KeyHome::log(folder).give_to_agent(log)?;
        Self::find(folder)
    }

    /// Makes the folder of the keys in a folder that holds no installation.
    pub(crate) fn prepare_folder(folder: &Path) -> Result<PathBuf, InstallationError> {
        let keys = folder.join("keys");
        if Self::exists(folder) {
            return Err(error(folder, &"there is an installation here already"));
        }
        #[cfg(unix)]
        let is_new = !folder.exists();
        std::fs::create_dir_all(&keys).map_err(|e| error(&keys, &e))?;
        #[cfg(unix)]
        if is_new {
            // Keys, names of people: for the account that runs the server alone.
            let mode = std::os::unix::fs::PermissionsExt::from_mode(0o700);
            std::fs::set_permissions(folder, mode).map_err(|e| error(folder, &e))?;
        }
        Ok(keys)
    }

    /// The installation in this folder.
    pub fn find(folder: &Path) -> Result<Self, InstallationError> {
        let home = KeyHome::log(folder);
        let key = home.verifier()?.ok_or_else(|| error(home.file(), &"there is no such key"))?;
        let (folder, origin) = (folder.to_owned(), key.name().to_owned());
        let objects = Place::Folder(folder.join("objects"));
        Ok(Self { objects, folder, origin, seen: Vec::new(), keys_database: None })
    }

    /// The same installation with its objects at another place, which several nodes may share.
    #[must_use]
    pub fn with_objects(self, objects: Place) -> Self {
        Self { objects, ..self }
    }

    /// The same installation, whose log signs nothing before it was held against these checkpoints that
    /// others keep of it.
    #[must_use]
    pub fn with_seen(self, seen: Vec<Sighting>) -> Self {
        Self { seen, ..self }
    }

    /// The key under which its log's checkpoints count.
    pub fn log_verifier(&self) -> Result<VerifierKey, InstallationError> {
        let home = KeyHome::log(&self.folder);
        home.verifier()?.ok_or_else(|| error(home.file(), &"there is no such key"))
    }

    /// The same installation with the keys of private content in PostgreSQL, where several nodes share them.
    #[must_use]
    pub fn with_keys_database(self, url: Option<&str>) -> Self {
        Self { keys_database: url.map(str::to_owned), ..self }
    }

    /// Whether the folder holds an installation.
    pub fn exists(folder: &Path) -> bool {
        KeyHome::log(folder).exists()
    }

    /// The public keys of its log; the first is the log's own.
    pub fn verifiers(&self) -> Result<Vec<VerifierKey>, InstallationError> {
        let beside = read_key(&self.folder.join("keys/log-mldsa44.key"))?;
        Ok(vec![self.log_verifier()?, beside.verifier().clone()])
    }

    /// Name of its log.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Its folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Opens record, vault and objects, for one process at a time. With `database` the record stands in PostgreSQL.
    pub fn open(
        &self,
        database: Option<&str>,
        checkpoint_every: Duration,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> Result<EngineParts, InstallationError> {
        let at = |name: &str| self.folder.join(name);
        let lock = lock_file(&at("lock")).map_err(|e| error(&at("lock"), &e))?;
        let lock = lock.ok_or_else(|| error(&self.folder, &"another process works in this folder"))?;
        let store: Box<dyn LogStore> = match database {
            Some(url) => Box::new(PostgresStore::open(url).map_err(|e| error(Path::new("database"), &e))?),
            None => Box::new(SqliteStore::open(&at("record.db")).map_err(|e| error(&at("record.db"), &e))?),
        };
        let log_key = KeyHome::log(&self.folder).signer()?;
        let log_key = log_key.ok_or_else(|| error(&at("keys/log.key"), &"there is no such key"))?;
        let now = Arc::clone(&clock);
        let config = LedgerConfig {
            origin: self.origin.clone(),
            log_key: Arc::new(log_key),
            cosigners: vec![read_key(&at("keys/log-mldsa44.key"))?],
            now: Arc::new(move || now.now()),
            guard: Some(at("guard")),
            seen: self.seen.clone(),
            checkpoint_every,
            republish_every: Duration::from_secs(600),
        };
        let ledger = Ledger::open(store, config).map_err(|e| error(&self.folder, &e))?;
        Ok(EngineParts {
            ledger,
            vault: self.vault(Arc::clone(&entropy))?,
            objects: self.objects()?,
            role_keys: RoleKeys::new(&self.origin, read_master(&at("keys/secret"))?),
            clock,
            entropy,
            lock: Some(lock),
        })
    }

    /// Bulk data. A store elsewhere is not asked yet.
    pub fn objects(&self) -> Result<Objects, InstallationError> {
        let pieces = self.folder.join("objects-unfinished");
        let opened = Objects::open_at(&self.objects, &pieces);
        opened.map_err(|e| InstallationError { path: format!("{:?}", self.objects), what: e.to_string() })
    }
}

fn read_key(path: &Path) -> Result<SignerKey, InstallationError> {
    let text = Zeroizing::new(std::fs::read_to_string(path).map_err(|e| error(path, &e))?);
    SignerKey::parse(text.trim()).map_err(|e| error(path, &e))
}

fn write_key(
    keys: &Path,
    name: &str,
    origin: &str,
    algorithm: Algorithm,
    entropy: &dyn Entropy,
) -> Result<(), InstallationError> {
    let seed = Zeroizing::new(entropy.bytes::<32>());
    let text = SignerKey::private_text(origin, algorithm, &seed).map_err(|e| error(keys, &e))?;
    write_secret(&keys.join(name), text.as_bytes())
}

/// The secret of the role keys, and the master key of the vault.
fn write_secrets(keys: &Path, entropy: &dyn Entropy) -> Result<(), InstallationError> {
    let new = || Zeroizing::new(entropy.bytes::<32>());
    write_master(&keys.join("secret"), &new())?;
    write_master(&keys.join("vault"), &new())
}

/// Writes a new file that only its owner can read, durably.
pub fn write_secret(path: &Path, bytes: &[u8]) -> Result<(), InstallationError> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).map_err(|e| error(path, &e))?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(|e| error(path, &e))
}

pub(crate) fn error(path: &Path, what: &dyn std::fmt::Display) -> InstallationError {
    InstallationError { path: path.display().to_string(), what: what.to_string() }
}
