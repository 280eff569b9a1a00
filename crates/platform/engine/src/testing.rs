//! An engine for tests: its own folder, a clock that stands still, repeatable randomness.

use crate::engine::Engine;
use crate::error::Fault;
use crate::installation::Installation;
use crate::view::View;
use scr_canon::Hash32;
use scr_core::{Actor, FixedClock, OrgId, PersonId, Role, SeededEntropy};
use scr_entry::KindSpec;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// 24 November 2026, 10:00 UTC.
pub const NOW: i64 = 1_795_514_400;

/// The file below a folder that holds these bytes. Where a file vanishes while it is read (one that is written
/// beside another and takes its name), everything is looked at again.
pub fn file_with(folder: &Path, bytes: &[u8]) -> std::io::Result<Option<PathBuf>> {
    loop {
        match search(folder, bytes) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && folder.exists() => {}
            found => return found,
        }
    }
}

fn search(folder: &Path, bytes: &[u8]) -> std::io::Result<Option<PathBuf>> {
    for file in folder.read_dir()? {
        let path = file?.path();
        let found = if path.is_dir() {
            search(&path, bytes)?
        } else {
            std::fs::read(&path)?.windows(bytes.len()).any(|window| window == bytes).then_some(path)
        };
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

/// An engine over a new record in a folder that the caller keeps.
pub struct TestEngine {
    /// The engine.
    pub engine: Arc<Engine>,
    /// Its clock.
    pub clock: Arc<FixedClock>,
    folder: PathBuf,
}

impl TestEngine {
    /// An engine with these kinds and views; `folder` must be empty or hold an earlier one.
    pub fn new(folder: &Path, kinds: &[KindSpec], views: Vec<Box<dyn View>>) -> Result<Self, Fault> {
        let clock = Arc::new(FixedClock::at(NOW));
        let entropy = Arc::new(SeededEntropy::new(7));
        let installation = if Installation::exists(folder) {
            Installation::find(folder)
        } else {
            Installation::create(folder, "log.test.example/2026", &*entropy)
        };
        let parts = installation
            .and_then(|i| {
                let clock: Arc<dyn scr_core::Clock> = Arc::clone(&clock) as _;
                i.open(None, Duration::from_millis(20), clock, entropy)
            })
            .map_err(|e| Fault::log(&e))?;
        let engine = Arc::new(Engine::open(parts, folder, kinds, views)?);
        Ok(Self { engine, clock, folder: folder.to_owned() })
    }

    /// Somebody who acts for `emb` in this role.
    pub fn actor(role: Role) -> Actor {
        let id = |text: &str| text.to_owned();
        let org = OrgId::new(id("emb"));
        let person = PersonId::new(format!("person-{}", role.as_str()));
        match (org, person) {
            (Ok(org), Ok(person)) => Actor { person, org, role, place: None },
            _ => unreachable!("both ids are well formed"),
        }
    }

    /// Digests of the views as they stand, and as they are when rebuilt from the record.
    pub fn incremental_and_rebuilt(
        self,
        kinds: &[KindSpec],
        views: Vec<Box<dyn View>>,
    ) -> Result<[BTreeMap<String, Hash32>; 2], Fault> {
        let (size, _) = self.engine.progress();
        self.engine.wait_for(size, Duration::from_secs(20));
        let incremental = self.engine.digests()?;
        let folder = self.folder.clone();
        drop(self);
        for file in folder.read_dir().map_err(|e| Fault::log(&e))?.flatten() {
            if file.file_name().to_string_lossy().starts_with("views-") {
                match std::fs::remove_file(file.path()) {
                    // A connection that closes takes its write-ahead log with it.
                    Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                        return Err(Fault::log(&error));
                    }
                    _ => {}
                }
            }
        }
        let again = Self::new(&folder, kinds, views)?;
        // A long record on a machine that also compiles.
        again.engine.wait_for(size, Duration::from_secs(180));
        let rebuilt = again.engine.digests()?;
        Ok([incremental, rebuilt])
    }
}
