//! One log over HTTP, with the addresses that Tessera's hammer and fsck expect.

use crate::{Fault, log};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path as UrlPath, State};
use axum::http::{HeaderName, Method, Request, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use http_body_util::{BodyExt as _, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use scr_ledger::store::sqlite::SqliteStore;
use scr_ledger::{AppendError, Ledger, ReadError};
use scr_merkle::tile::MAX_ENTRY_BYTES;
use std::io::Write as _;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tower::ServiceExt as _;

/// Serves the log in `dir` until the process ends. Says its address first.
pub(crate) fn serve(dir: &Path, listen: SocketAddr) -> Result<(), Fault> {
    std::fs::create_dir_all(dir)?;
    let ledger = Arc::new(log::open(SqliteStore::open(&log::record_path(dir))?, dir)?);
    eprintln!("the log's key: {}", log::log_key()?.verifier());
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind(listen).await?;
        println!("{}", listener.local_addr()?);
        std::io::stdout().flush()?;
        accept(listener, ledger).await
    })
}

/// One connection after the other, on hyper's own HTTP/1.1: additions go to the ledger without a router between.
async fn accept(listener: TcpListener, ledger: Arc<Ledger>) -> Result<(), Fault> {
    let others = reads(Arc::clone(&ledger));
    let mut http = http1::Builder::new();
    // Answers are small: head and body in one piece.
    http.writev(false);
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let (ledger, others) = (Arc::clone(&ledger), others.clone());
        let service = service_fn(move |request: Request<Incoming>| {
            let (ledger, others) = (Arc::clone(&ledger), others.clone());
            async move {
                if request.method() == Method::POST && request.uri().path() == "/add" {
                    return Ok(add(&ledger, request.into_body()).await);
                }
                others.oneshot(request.map(Body::new)).await
            }
        });
        let connection = http.serve_connection(TokioIo::new(stream), service);
        // A generator that ends takes its connections away: nothing to be said about it.
        tokio::spawn(async move { drop(connection.await) });
    }
}

fn reads(ledger: Arc<Ledger>) -> Router {
    Router::new().route("/checkpoint", get(checkpoint)).route("/tile/{*path}", get(tile)).with_state(ledger)
}

/// The body becomes an entry; the answer, once it is durable, is its index in decimal.
async fn add(ledger: &Ledger, body: Incoming) -> Response {
    let Ok(body) = Limited::new(body, MAX_ENTRY_BYTES).collect().await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let body: Bytes = body.to_bytes();
    let (answer, answered) = oneshot::channel();
    ledger.append_with(log::act(body, None), Box::new(move |outcome| drop(answer.send(outcome))));
    match answered.await {
        Ok(Ok(recorded)) => {
            recorded.first().map(|one| one.index.to_string()).unwrap_or_default().into_response()
        }
        Ok(Err(error @ (AppendError::Busy | AppendError::Stopped(_)))) => {
            (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "1")], error.to_string()).into_response()
        }
        Ok(Err(error)) => (StatusCode::UNPROCESSABLE_ENTITY, error.to_string()).into_response(),
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

async fn checkpoint(State(ledger): State<Arc<Ledger>>) -> Response {
    const HEADERS: [(HeaderName, &str); 2] =
        [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")];
    read(ledger, "checkpoint".to_owned(), HEADERS).await
}

async fn tile(State(ledger): State<Arc<Ledger>>, UrlPath(path): UrlPath<String>) -> Response {
    const HEADERS: [(HeaderName, &str); 2] = [
        (header::CONTENT_TYPE, "application/octet-stream"),
        (header::CACHE_CONTROL, "max-age=31536000, immutable"),
    ];
    read(ledger, format!("tile/{path}"), HEADERS).await
}

async fn read(ledger: Arc<Ledger>, path: String, headers: [(HeaderName, &'static str); 2]) -> Response {
    let read = tokio::task::spawn_blocking(move || ledger.reader().resource(&path));
    match read.await {
        Ok(Ok(bytes)) => (headers, bytes).into_response(),
        Ok(Err(ReadError::NotFound)) => StatusCode::NOT_FOUND.into_response(),
        Ok(Err(error)) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load;
    use std::time::Duration;

    /// What the load generator counts is what stands in the log, and the log can be read over HTTP.
    #[test]
    fn what_was_added_is_in_the_log() {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(&log::record_path(folder.path())).unwrap();
        let ledger = Arc::new(log::open(store, folder.path()).unwrap());
        let served = Arc::clone(&ledger);
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = listener.local_addr().unwrap();
        runtime.spawn(async move { accept(listener, served).await });
        let load = load::run(address, 8, Duration::from_millis(300)).unwrap();
        assert!(load.done > 8, "{}", load.done);
        assert_eq!(load.refused, 0);
        assert_eq!(load.durations.len() as u64, load.done);
        assert_eq!(ledger.reader().size().unwrap(), load.done);
        assert!(
            ledger.reader().entries(0, 10).unwrap().iter().all(|entry| entry.len() == crate::ENTRY_BYTES)
        );
        let response = runtime.block_on(tile(State(ledger), UrlPath("0/x999/000".to_owned())));
        assert_eq!(response.status(), StatusCode::NOT_FOUND);
    }
}
