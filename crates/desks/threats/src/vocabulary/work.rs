//! Importing without a page: from the command line, by itself or by the server that works in the folder.

use super::file::MAX_BYTES;
use super::record::{Kept, import_by_itself};
use scr_canon::Hash32;
use scr_engine::{ActError, Engine};
use scr_jobs::{NewJob, Task, Work, WorkError};
use scr_web::App;
use serde::Serialize;
use std::path::Path;
use std::sync::Weak;

/// The work's kind.
const VOCABULARY_WORK: &str = "threats.vocabulary";

/// What was found in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FoundVocabulary {
    /// Under which name it is kept.
    pub vocabulary: String,
    /// Its form.
    pub family: String,
    /// How it is called.
    pub name: String,
    /// The version that it states.
    pub version: Option<String>,
    /// Techniques; of a taxonomy its tags, of a list its entries.
    pub techniques: u64,
    /// Phases and remedies.
    pub others: u64,
    /// What is odd, in English.
    pub odd: Vec<String>,
    /// Its entry on the record; `None` where the very same file counts already.
    pub entry: Option<u64>,
}

/// Imports a file in the operator's own name.
///
/// # Errors
/// `SCR-THR-090`, `-092`, `-093`; faults.
pub fn import_file(engine: &Engine, file: &Path) -> Result<FoundVocabulary, ActError> {
    let (book, entry) = import_by_itself(engine, &mut file.to_path_buf())?;
    Ok(FoundVocabulary {
        vocabulary: book.key,
        family: book.family.as_str().to_owned(),
        name: book.name,
        version: book.version,
        techniques: book.techniques,
        others: book.others,
        odd: book.odd,
        entry,
    })
}

/// The job by which a server imports a file that is among its objects.
pub fn vocabulary_job(file: &Hash32, now_ms: i64) -> NewJob {
    NewJob {
        kind: VOCABULARY_WORK.to_owned(),
        key: format!("{VOCABULARY_WORK}/{}/{now_ms}", file.to_hex()),
        owner: String::new(),
        input: file.to_string(),
        max_attempts: 3,
    }
}

/// The work.
pub(crate) struct Import(pub(crate) Weak<App>);

impl Work for Import {
    fn kind(&self) -> &'static str {
        VOCABULARY_WORK
    }

    fn every_seconds(&self) -> Option<i64> {
        None
    }

    fn run(&self, task: &Task<'_>) -> Result<String, WorkError> {
        let Some(app) = self.0.upgrade() else { return Err(WorkError::Stopped) };
        let hash: Hash32 =
            task.job().input.parse().map_err(|_| WorkError::Never("the job names no file".to_owned()))?;
        let objects = app.engine.objects();
        let size = objects.size(&hash).map_err(|error| WorkError::again(&error))?;
        if size.is_none_or(|size| size > MAX_BYTES) {
            return Err(WorkError::Never("the file is not here, or too large".to_owned()));
        }
        match import_by_itself(&app.engine, &mut Kept { objects, hash }) {
            Ok((book, _)) => Ok(format!("{} · {}", book.name, book.techniques)),
            Err(ActError::Refused(refusal)) => {
                let why = refusal.args.get("why").cloned().unwrap_or_default();
                Err(WorkError::Never(format!("{} {why}", refusal.code)))
            }
            Err(ActError::Fault(fault)) => Err(WorkError::again(&fault)),
        }
    }
}
