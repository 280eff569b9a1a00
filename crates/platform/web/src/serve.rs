//! The listener: limits on connections and on the heads of requests, and an end that lets requests finish.

use crate::tls::Certificates;
use axum::Router;
use axum::extract::{ConnectInfo, Request};
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt as _;

/// What a connection may ask of the server before a handler sees anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ServeLimits {
    /// Connections at the same time; more wait to be accepted.
    pub connections: usize,
    /// Time for the handshake of TLS, for the head of a request, and between two requests of a connection.
    pub head: Duration,
    /// Bytes of the head of a request. Not under 8 KiB.
    pub head_bytes: usize,
    /// Header lines of a request.
    pub headers: usize,
    /// Time that requests have to finish when the server is told to stop.
    pub end: Duration,
}

impl Default for ServeLimits {
    fn default() -> Self {
        Self {
            connections: 2_048,
            head: Duration::from_secs(15),
            head_bytes: 32 << 10,
            headers: 100,
            end: Duration::from_secs(20),
        }
    }
}

/// Serves until `stop` is ready; then nothing new is accepted, and requests under way finish or run out
/// of their time. With `certificates` by TLS 1.2 or 1.3, without in the clear.
pub async fn serve(
    listener: TcpListener,
    certificates: Option<Arc<Certificates>>,
    router: Router,
    limits: ServeLimits,
    stop: impl Future<Output = ()>,
) {
    let mut stop = std::pin::pin!(stop);
    let graceful = GracefulShutdown::new();
    let (stopping, is_stopping) = watch::channel(false);
    let places = Arc::new(Semaphore::new(limits.connections));
    let acceptor = certificates.map(|certificates| TlsAcceptor::from(certificates.config()));
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .max_headers(limits.headers)
        .max_buf_size(limits.head_bytes.max(8 << 10));
    loop {
        let accepted = tokio::select! {
            accepted = accept(&listener, &places) => accepted,
            () = &mut stop => break,
        };
        let Some((stream, peer, place)) = accepted else { continue };
        let one =
            Connection { peer, router: router.clone(), http: http.clone(), watcher: graceful.watcher() };
        let (acceptor, mut is_stopping) = (acceptor.clone(), is_stopping.clone());
        tokio::spawn(async move {
            let Some(acceptor) = acceptor else { return one.serve(stream, place).await };
            // Nobody has asked for anything yet: at the end this is not waited for.
            let shaken = tokio::select! {
                shaken = tokio::time::timeout(limits.head, acceptor.accept(stream)) => shaken,
                _ = is_stopping.wait_for(|is_stopping| *is_stopping) => return,
            };
            match shaken {
                Ok(Ok(stream)) => one.serve(stream, place).await,
                Ok(Err(error)) => tracing::debug!(%error, "no TLS"),
                Err(_) => tracing::debug!("no TLS within the time"),
            }
        });
    }
    drop(listener);
    stopping.send_replace(true);
    if tokio::time::timeout(limits.end, graceful.shutdown()).await.is_err() {
        tracing::warn!("requests were still under way when the time to end was over");
    }
}

/// What a connection needs until it ends.
struct Connection {
    peer: SocketAddr,
    router: Router,
    http: http1::Builder,
    watcher: Watcher,
}

impl Connection {
    async fn serve<S>(self, stream: S, place: tokio::sync::OwnedSemaphorePermit)
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let Self { peer, router, http, watcher } = self;
        let service = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo(peer));
            router.clone().oneshot(request)
        });
        // A reader that went away, or sent no request: its own affair.
        if let Err(error) = watcher.watch(http.serve_connection(TokioIo::new(stream), service)).await {
            tracing::debug!(%error, "a connection ended early");
        }
        drop(place);
    }
}

/// What a listener in the clear says beside the one with TLS: that the site is elsewhere. It never
/// takes anything, and the address is the operator's, not one that the request names.
pub fn redirect_router(site: &str) -> Router {
    let site: Arc<str> = site.into();
    Router::new().fallback(move |request: Request| {
        let site = Arc::clone(&site);
        async move { elsewhere(&site, &request) }
    })
}

fn elsewhere(site: &str, request: &Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let text = format!("Nothing is taken without encryption. The site is {site}\n");
        return (StatusCode::FORBIDDEN, text).into_response();
    }
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    // `//host` after the site's own address would still be below it, but nobody means it.
    let path = format!("/{}", path.trim_start_matches('/'));
    (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, format!("{site}{path}"))]).into_response()
}

type Accepted = Option<(TcpStream, SocketAddr, tokio::sync::OwnedSemaphorePermit)>;

async fn accept(listener: &TcpListener, places: &Arc<Semaphore>) -> Accepted {
    let place = Arc::clone(places).acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, peer)) => {
            // Small answers must not wait for more to send.
            drop(stream.set_nodelay(true));
            Some((stream, peer, place))
        }
        Err(error) => {
            // Out of file handles, as a rule: connections that end give some back.
            tracing::warn!(%error, "a connection could not be accepted");
            tokio::time::sleep(Duration::from_millis(100)).await;
            None
        }
    }
}
