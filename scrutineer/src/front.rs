//! The listener of a server: in the clear, or with a certificate of its own.

use crate::outcome::Problem;
use axum::Router;
use scr_core::{Clock as _, SystemClock};
use scr_web::{Certificates, ServeLimits};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;

/// How often the files of the certificate are looked at.
const LOOK_EVERY: Duration = Duration::from_secs(10);

/// The certificate on the command line.
#[derive(Debug, Clone, Default, clap::Args)]
pub(crate) struct TlsArgs {
    /// The server's certificate and those above it, PEM: the server then speaks https itself. It is read again
    /// when the file changes.
    #[arg(long, env = "SCRUTINEER_TLS_CERTIFICATE", value_name = "FILE")]
    pub(crate) tls_certificate: Option<PathBuf>,
    /// The private key of the certificate, PEM without passphrase.
    #[arg(long, env = "SCRUTINEER_TLS_KEY", value_name = "FILE")]
    pub(crate) tls_key: Option<PathBuf>,
}

impl TlsArgs {
    /// The listener that these arguments and this address describe.
    pub(crate) fn front(&self, listen: SocketAddr) -> Result<Front, Problem> {
        let certificates = certificates(self.tls_certificate.as_deref(), self.tls_key.as_deref())?;
        Ok(Front { listen, certificates, redirect: None })
    }
}

/// Reads the certificate, where one is named.
pub(crate) fn certificates(
    certificate: Option<&Path>,
    key: Option<&Path>,
) -> Result<Option<Arc<Certificates>>, Problem> {
    let (certificate, key) = match (certificate, key) {
        (None, None) => return Ok(None),
        (Some(certificate), Some(key)) => (certificate, key),
        (one, _) => {
            let (there, missing) =
                if one.is_some() { ("certificate", "key") } else { ("key", "certificate") };
            let what = format!("there is a TLS {there}, but no {missing}");
            return Err(
                Problem::input("SCR-TLS-005", what).help(format!("name both; add --tls-{missing} FILE"))
            );
        }
    };
    let read = Certificates::read(certificate, key);
    let read = read.map_err(|e| {
        Problem::input(e.code(), e).help("the server was not started; see the error reference")
    })?;
    if read.until() <= SystemClock.now() {
        let file = certificate.display();
        eprintln!(
            "warning: the certificate in {file} has ended: browsers will refuse it. Put a new one in its place."
        );
    }
    Ok(Some(Arc::new(read)))
}

/// Where and how a server is reached.
pub(crate) struct Front {
    pub(crate) listen: SocketAddr,
    /// With TLS; `None`: in the clear.
    pub(crate) certificates: Option<Arc<Certificates>>,
    /// A listener in the clear that leads to the site, and the site's address.
    pub(crate) redirect: Option<(SocketAddr, String)>,
}

impl Front {
    /// In the clear.
    pub(crate) fn plain(listen: SocketAddr) -> Self {
        Self { listen, certificates: None, redirect: None }
    }

    fn scheme(&self) -> &'static str {
        if self.certificates.is_some() { "https" } else { "http" }
    }

    /// Listens and serves until the process is told to stop. `ready` is given the address that it has.
    pub(crate) async fn serve(
        self,
        router: Router,
        ready: impl FnOnce(Reached) + Send,
    ) -> Result<(), Problem> {
        let listener = bind(self.listen, "--listen").await?;
        let address = listener.local_addr().map_err(|e| Problem::fault("SCR-CLI-032", e))?;
        let scheme = self.scheme();
        let beside = match self.redirect {
            Some((listen, site)) => {
                let router = scr_web::redirect_router(&site);
                Some((bind(listen, "--http-listen").await?, router))
            }
            None => None,
        };
        let looking = self.certificates.clone().map(|certificates| tokio::spawn(keep_looking(certificates)));
        ready(Reached { scheme, address });
        let limits = ServeLimits::default();
        let redirects = async {
            if let Some((listener, router)) = beside {
                scr_web::serve(listener, None, router, limits, told_to_stop()).await;
            }
        };
        tokio::join!(scr_web::serve(listener, self.certificates, router, limits, told_to_stop()), redirects);
        if let Some(looking) = looking {
            looking.abort();
        }
        Ok(())
    }
}

async fn bind(listen: SocketAddr, option: &str) -> Result<TcpListener, Problem> {
    TcpListener::bind(listen).await.map_err(|e| {
        Problem::input("SCR-CLI-033", format!("{listen}: {e}"))
            .help(format!("give another address with {option}"))
    })
}

/// Where a server is reached: `https://127.0.0.1:8443`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reached {
    scheme: &'static str,
    pub(crate) address: SocketAddr,
}

impl std::fmt::Display for Reached {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}://{}", self.scheme, self.address)
    }
}

/// Looks at the files of the certificate every few seconds, and at once on SIGHUP.
async fn keep_looking(certificates: Arc<Certificates>) {
    let mut hung_up = HangUp::new();
    loop {
        tokio::select! {
            () = tokio::time::sleep(LOOK_EVERY) => {}
            () = hung_up.next() => {}
        }
        let certificates = Arc::clone(&certificates);
        drop(tokio::task::spawn_blocking(move || certificates.look()).await);
    }
}

/// The signal SIGHUP, where there is one.
pub(crate) struct HangUp {
    #[cfg(unix)]
    signal: Option<tokio::signal::unix::Signal>,
}

impl HangUp {
    pub(crate) fn new() -> Self {
        Self {
            #[cfg(unix)]
            signal: tokio::signal::unix::signal(tokio::signal::unix::SignalKind::hangup()).ok(),
        }
    }

    pub(crate) async fn next(&mut self) {
        #[cfg(unix)]
        if let Some(signal) = &mut self.signal
            && signal.recv().await.is_some()
        {
            return;
        }
        std::future::pending::<()>().await;
    }
}

pub(crate) async fn told_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    drop(interrupt.await);
}
