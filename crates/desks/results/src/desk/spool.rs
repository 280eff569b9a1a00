//! Takes an uploaded file piece by piece: to the disk as it comes, hashed on the way, or not at all.

use super::draft::UPLOAD;
use axum::body::Bytes;
use axum::extract::Multipart;
use scr_canon::Hash32;
use scr_engine::{ActError, Fault};
use scr_web::{App, Incoming, Keep, NotTaken, Visit, incoming};
use std::sync::Arc;
use tokio::sync::mpsc::{Sender, channel};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// Pieces of an upload that wait to be written.
const PIECES_WAITING: usize = 16;

/// A file that has been kept; `file` is `None` when it was empty.
pub(crate) struct Upload {
    pub(crate) name: String,
    pub(crate) file: Option<Hash32>,
    /// What was typed in a field `reason` before the file.
    pub(crate) reason: String,
}

pub(crate) async fn take(app: &Arc<App>, visit: &Visit, parts: &mut Multipart) -> Result<Upload, NotTaken> {
    let mut spool = Spool { app: Arc::clone(app), begun: None };
    let Incoming { name, reason } = incoming(app, visit, parts, &mut spool).await?;
    Ok(Upload { name, file: spool.end().await?, reason })
}

/// Writes a file to the object store as it comes, behind [`UPLOAD`]; a few pieces are in memory. Nothing is begun before
/// the first piece of a file that may come in.
struct Spool {
    app: Arc<App>,
    begun: Option<Begun>,
}

struct Begun {
    pieces: Sender<Bytes>,
    /// Says that the file is whole: without it nothing is kept.
    whole: oneshot::Sender<()>,
    written: JoinHandle<Result<Option<Hash32>, ActError>>,
}

impl Keep for Spool {
    async fn keep(&mut self, piece: Bytes) -> bool {
        let app = &self.app;
        let begun = self.begun.get_or_insert_with(|| Begun::of(Arc::clone(app)));
        // A writer that has failed says why at the end.
        begun.pieces.send(piece).await.is_ok()
    }
}

impl Spool {
    async fn end(self) -> Result<Option<Hash32>, NotTaken> {
        let Some(Begun { pieces, whole, written }) = self.begun else { return Ok(None) };
        drop((whole.send(()), pieces));
        let written = written.await.map_err(|error| NotTaken::Act(Fault::log(&error).into()))?;
        written.map_err(NotTaken::Act)
    }
}

impl Begun {
    fn of(app: Arc<App>) -> Self {
        let (pieces, mut waiting) = channel::<Bytes>(PIECES_WAITING);
        let (whole, is_whole) = oneshot::channel::<()>();
        let written = tokio::task::spawn_blocking(move || -> Result<Option<Hash32>, ActError> {
            let mut writer = app.engine.objects().writer()?;
            writer.write(UPLOAD)?;
            let mut is_empty = true;
            while let Some(piece) = waiting.blocking_recv() {
                is_empty &= piece.is_empty();
                writer.write(&piece)?;
            }
            // Cut off in the middle, or empty: nothing is kept.
            if is_empty || is_whole.blocking_recv().is_err() { Ok(None) } else { Ok(Some(writer.finish()?)) }
        });
        Self { pieces, whole, written }
    }
}
