//! Large files, made while they are read: what is not yet sent takes at most a few pieces of memory.

use axum::body::{Body, Bytes};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use scr_engine::Fault;
use std::io::{self, Write};
use tokio::sync::mpsc::{Sender, channel};
use tokio_stream::wrappers::ReceiverStream;

/// Bytes of one piece.
const PIECE: usize = 64 * 1024;
/// Pieces that wait for a slow reader.
const WAITING: usize = 4;

/// Hands what is written to the reader, piece by piece.
struct Pieces {
    to: Sender<io::Result<Bytes>>,
    piece: Vec<u8>,
}

impl Pieces {
    fn send(&mut self) -> io::Result<()> {
        if self.piece.is_empty() {
            return Ok(());
        }
        let piece = std::mem::replace(&mut self.piece, Vec::with_capacity(PIECE));
        self.to.blocking_send(Ok(piece.into())).map_err(|_| io::ErrorKind::BrokenPipe.into())
    }
}

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.piece.extend_from_slice(bytes);
        if self.piece.len() >= PIECE {
            self.send()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.send()
    }
}

/// A file of this type that `work` writes on a thread of its own. Where `work` fails the connection
/// breaks off: nobody takes half a file for the whole.
pub(crate) fn stream<F>(kind: &'static str, work: F) -> Response
where
    F: FnOnce(&mut dyn Write) -> Result<(), String> + Send + 'static,
{
    let (to, from) = channel(WAITING);
    tokio::task::spawn_blocking(move || {
        let mut pieces = Pieces { to, piece: Vec::with_capacity(PIECE) };
        let done = work(&mut pieces).and_then(|()| pieces.flush().map_err(|error| error.to_string()));
        if let Err(what) = done {
            let fault = Fault::log(&what);
            drop(pieces.to.blocking_send(Err(io::Error::other(fault.id))));
        }
    });
    ([(header::CONTENT_TYPE, kind)], Body::from_stream(ReceiverStream::new(from))).into_response()
}
