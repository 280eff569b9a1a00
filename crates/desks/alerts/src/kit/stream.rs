//! Many sheets, made while they are sent: what is not yet sent takes a few pieces of memory.

use axum::body::{Body, Bytes};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use scr_engine::Fault;
use std::io;
use tokio::sync::mpsc::channel;
use tokio_stream::wrappers::ReceiverStream;

/// Pieces that wait for a slow reader.
const WAITING: usize = 4;

/// A page whose parts are made on a thread of its own. Where one fails the connection breaks off: nobody takes some of the sheets for
/// all of them.
pub(super) fn stream<I>(parts: I) -> Response
where
    I: Iterator<Item = Result<String, askama::Error>> + Send + 'static,
{
    let (to, from) = channel::<io::Result<Bytes>>(WAITING);
    tokio::task::spawn_blocking(move || {
        for part in parts {
            let piece = part.map(Bytes::from).map_err(|error| io::Error::other(Fault::log(&error).id));
            let failed = piece.is_err();
            if to.blocking_send(piece).is_err() || failed {
                return;
            }
        }
    });
    let kind = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
    (kind, Body::from_stream(ReceiverStream::new(from))).into_response()
}
