//! Where a key is: in a file of the installation, or with an agent. One way to read either.

use crate::installation::{InstallationError, error, write_secret};
use scr_agent::KeyPlace;
use scr_note::{SignerKey, VerifierKey};
use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

const MAX_FILE_BYTES: u64 = 64 * 1024;

/// The two places of one key. When both are there, the agent counts, and the file should be gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyHome {
    file: PathBuf,
    agent: PathBuf,
}

impl KeyHome {
    /// The key of the log of the installation in this folder: `keys/log.key` or `keys/log.agent`.
    pub fn log(data: &Path) -> Self {
        Self { file: data.join("keys/log.key"), agent: data.join("keys/log.agent") }
    }

    /// The key of the witness whose files stand in this folder: `key` or `key.agent`.
    pub fn witness(folder: &Path) -> Self {
        Self { file: folder.join("key"), agent: folder.join("key.agent") }
    }

    /// The file of the private key.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// The file that names the agent.
    pub fn agent(&self) -> &Path {
        &self.agent
    }

    /// Whether there is a key.
    pub fn exists(&self) -> bool {
        self.file.exists() || self.agent.exists()
    }

    /// Whether the private key stands in a file, although an agent holds it.
    pub fn is_doubled(&self) -> bool {
        self.file.exists() && self.agent.exists()
    }

    /// Which agent holds it; `None` when it is in a file, or nowhere.
    ///
    /// # Errors
    /// A malformed file; so for all of these.
    pub fn place(&self) -> Result<Option<KeyPlace>, InstallationError> {
        if !self.agent.exists() {
            return Ok(None);
        }
        read(&self.agent)?.parse().map(Some).map_err(|e: String| error(&self.agent, &e))
    }

    /// The key, to sign with; `None` when there is none. Whether an agent is there is not asked here.
    pub fn signer(&self) -> Result<Option<SignerKey>, InstallationError> {
        if let Some(place) = self.place()? {
            return place.signer().map(Some).map_err(|e| error(&self.agent, &e));
        }
        self.in_file()
    }

    /// The public key; `None` when there is none.
    pub fn verifier(&self) -> Result<Option<VerifierKey>, InstallationError> {
        match self.place()? {
            Some(place) => Ok(Some(place.key)),
            None => Ok(self.in_file()?.map(|key| key.verifier().clone())),
        }
    }

    /// The private key that stands in the file, as text; `None` when it does not.
    pub fn private_text(&self) -> Result<Option<Zeroizing<String>>, InstallationError> {
        if self.file.exists() { read(&self.file).map(Some) } else { Ok(None) }
    }

    fn in_file(&self) -> Result<Option<SignerKey>, InstallationError> {
        let Some(text) = self.private_text()? else { return Ok(None) };
        SignerKey::parse(text.trim()).map(Some).map_err(|e| error(&self.file, &e))
    }

    /// Writes down that an agent holds the key, and then destroys the file of the private key, if there is one.
    /// Whoever is cut off between the two has both, and the agent counts.
    pub fn give_to_agent(&self, place: &KeyPlace) -> Result<(), InstallationError> {
        let beside = self.agent.with_extension("agent.new");
        if beside.exists() {
            std::fs::remove_file(&beside).map_err(|e| error(&beside, &e))?;
        }
        write_secret(&beside, place.to_string().as_bytes())?;
        std::fs::rename(&beside, &self.agent).map_err(|e| error(&self.agent, &e))?;
        sync_folder(&self.agent)?;
        destroy(&self.file)
    }
}

fn read(path: &Path) -> Result<Zeroizing<String>, InstallationError> {
    let length = path.metadata().map_err(|e| error(path, &e))?.len();
    if length > MAX_FILE_BYTES {
        return Err(error(path, &"longer than 64 KiB"));
    }
    std::fs::read_to_string(path).map(Zeroizing::new).map_err(|e| error(path, &e))
}

/// Overwrites a file and removes it, durably. On flash disks old bytes may outlive that: the guide says so.
pub(crate) fn destroy(path: &Path) -> Result<(), InstallationError> {
    if !path.exists() {
        return Ok(());
    }
    let destroyed = || -> std::io::Result<()> {
        overwrite(&File::options().write(true).open(path)?)?;
        std::fs::remove_file(path)
    };
    destroyed().map_err(|e| error(path, &e))?;
    sync_folder(path)
}

/// Overwrites what a file holds, also one that has no name any more.
pub(crate) fn overwrite(mut file: &File) -> std::io::Result<()> {
    let length = usize::try_from(file.metadata()?.len().min(MAX_FILE_BYTES)).unwrap_or(0);
    file.write_all(&vec![0; length])?;
    file.sync_all()
}

pub(crate) fn sync_folder(path: &Path) -> Result<(), InstallationError> {
    let Some(folder) = path.parent() else { return Ok(()) };
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(|e| error(folder, &e))
}
