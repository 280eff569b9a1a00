//! One log over HTTP, with the addresses that Tessera's hammer and fsck expect.

use crate::{Fault, log};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path as UrlPath, State};
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use scr_ledger::store::sqlite::SqliteStore;
use scr_ledger::{AppendError, Ledger, ReadError};
use scr_merkle::tile::MAX_ENTRY_BYTES;
use std::io::Write as _;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use tokio::sync::oneshot;

/// Serves the log in `dir` until the process ends. Says its address first.
pub(crate) fn serve(dir: &Path, listen: SocketAddr) -> Result<(), Fault> {
    std::fs::create_dir_all(dir)?;
    let ledger = Arc::new(log::open(SqliteStore::open(&log::record_path(dir))?, dir)?);
    eprintln!("the log's key: {}", log::log_key()?.verifier());
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(listen).await?;
        println!("{}", listener.local_addr()?);
        std::io::stdout().flush()?;
        axum::serve(listener, routes(ledger)).await?;
        Ok(())
    })
}

fn routes(ledger: Arc<Ledger>) -> Router {
    Router::new()
        .route("/add", post(add))
        .route("/checkpoint", get(checkpoint))
        .route("/tile/{*path}", get(tile))
        .layer(DefaultBodyLimit::max(MAX_ENTRY_BYTES))
        .with_state(ledger)
}

/// The body becomes an entry; the answer, once it is durable, is its index in decimal.
async fn add(State(ledger): State<Arc<Ledger>>, body: Bytes) -> Response {
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
        let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = listener.local_addr().unwrap();
        runtime.spawn(async move { axum::serve(listener, routes(served)).await });
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
