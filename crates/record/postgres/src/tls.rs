//! TLS to PostgreSQL, by rustls: the server's certificate is always checked, its name too.
//!
//! What libpq calls `require` without a root certificate encrypts towards whoever answers; here it is refused.

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_rustls::client::TlsStream;
use tokio_rustls::{Connect, TlsConnector};

/// What an address says of TLS, taken out of it: the driver knows neither `sslrootcert` nor the modes that
/// check a certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Address {
    /// The rest, for the driver.
    pub(crate) rest: String,
    /// The file of the authority's certificate, where TLS is asked for.
    pub(crate) tls: Option<Result<String, &'static str>>,
}

impl Address {
    /// Takes `sslmode` and `sslrootcert` out of a URL or of `name=value` pairs.
    pub(crate) fn parse(address: &str) -> Self {
        let (mut mode, mut root) = (None, None);
        let mut keep = |pair: &str, decode: bool| {
            let value = |text: &str| if decode { decoded(text) } else { text.to_owned() };
            match pair.split_once('=') {
                Some(("sslmode", text)) => mode = Some(value(text)),
                Some(("sslrootcert", text)) => root = Some(value(text)),
                _ => return true,
            }
            false
        };
        let rest = if address.starts_with("postgres://") || address.starts_with("postgresql://") {
            let (before, query) = address.split_once('?').unwrap_or((address, ""));
            let left: Vec<&str> =
                query.split('&').filter(|pair| !pair.is_empty() && keep(pair, true)).collect();
            if left.is_empty() { before.to_owned() } else { format!("{before}?{}", left.join("&")) }
        } else {
            address.split_whitespace().filter(|pair| keep(pair, false)).collect::<Vec<_>>().join(" ")
        };
        let tls = match (mode.as_deref(), root) {
            (None | Some("disable" | "allow" | "prefer"), None) => None,
            (Some("disable"), Some(_)) => Some(Err("sslmode=disable and sslrootcert contradict each other")),
            (None | Some("verify-full" | "verify-ca" | "require" | "prefer" | "allow"), Some(root)) => {
                Some(Ok(root))
            }
            (Some("verify-full" | "verify-ca" | "require"), None) => Some(Err(
                "name the authority's certificate, sslrootcert=FILE: without it anybody could answer",
            )),
            _ => Some(Err("sslmode is disable or verify-full")),
        };
        Self { rest, tls }
    }
}

/// Text of a URL's query, `%41` and the like written out.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = (*first == b'%').then(|| after.get(..2)).flatten();
        let code = code.and_then(|code| u8::from_str_radix(std::str::from_utf8(code).ok()?, 16).ok());
        match code {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Makes encrypted connections, or says why it cannot.
#[derive(Clone)]
pub(crate) struct Tls(Result<TlsConnector, String>);

impl Tls {
    /// Believes the authorities in this PEM file.
    pub(crate) fn new(root: &Result<String, &'static str>) -> Self {
        Self(match root {
            Ok(path) => config(path).map(|config| TlsConnector::from(Arc::new(config))),
            Err(reason) => Err((*reason).to_owned()),
        })
    }
}

fn config(path: &str) -> Result<ClientConfig, String> {
    let wrong = |what: &dyn std::fmt::Display| format!("sslrootcert {path}: {what}");
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_file_iter(path).map_err(|e| wrong(&e))? {
        roots.add(certificate.map_err(|e| wrong(&e))?).map_err(|e| wrong(&e))?;
    }
    if roots.is_empty() {
        return Err(wrong(&"there is no certificate in it"));
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|e| wrong(&e))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(config)
}

/// A connection to a server of this name.
pub(crate) struct TlsTo {
    connector: TlsConnector,
    name: ServerName<'static>,
}

impl<S> postgres::tls::MakeTlsConnect<S> for Tls
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    type Stream = Encrypted<S>;
    type TlsConnect = TlsTo;
    type Error = Box<dyn std::error::Error + Send + Sync>;

    fn make_tls_connect(&mut self, domain: &str) -> Result<TlsTo, Self::Error> {
        let connector = self.0.clone()?;
        Ok(TlsTo { connector, name: ServerName::try_from(domain.to_owned())? })
    }
}

impl<S> postgres::tls::TlsConnect<S> for TlsTo
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    type Stream = Encrypted<S>;
    type Error = io::Error;
    type Future = Connecting<S>;

    fn connect(self, stream: S) -> Connecting<S> {
        Connecting(Box::new(self.connector.connect(self.name, stream)))
    }
}

/// A handshake under way.
pub(crate) struct Connecting<S>(Box<Connect<S>>);

impl<S: AsyncRead + AsyncWrite + Unpin> Future for Connecting<S> {
    type Output = io::Result<Encrypted<S>>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(self.0.as_mut()).poll(cx).map_ok(Encrypted)
    }
}

/// An encrypted connection. Without channel binding: the certificate is checked.
pub(crate) struct Encrypted<S>(TlsStream<S>);

impl<S: AsyncRead + AsyncWrite + Unpin> postgres::tls::TlsStream for Encrypted<S> {
    fn channel_binding(&self) -> postgres::tls::ChannelBinding {
        postgres::tls::ChannelBinding::none()
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncRead for Encrypted<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(cx, buffer)
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Encrypted<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_of_tls_is_taken_out_of_the_address() {
        let parse = |address: &str| {
            let Address { rest, tls } = Address::parse(address);
            (rest, tls)
        };
        let plain = "postgresql://emb:a%40b@db/record";
        assert_eq!(parse(plain), (plain.to_owned(), None));
        let local = "postgresql://emb@db/record?connect_timeout=5&sslmode=disable";
        assert_eq!(parse(local), ("postgresql://emb@db/record?connect_timeout=5".to_owned(), None));
        let full = format!("{plain}?sslmode=verify-full&sslrootcert=%2Fetc%2Fdb%20ca.pem");
        assert_eq!(parse(&full), (plain.to_owned(), Some(Ok("/etc/db ca.pem".to_owned()))));
        let pairs = "host=db sslmode=verify-full user=emb sslrootcert=/etc/ca.pem";
        assert_eq!(parse(pairs), ("host=db user=emb".to_owned(), Some(Ok("/etc/ca.pem".to_owned()))));
        for wrong in ["sslmode=require", "sslmode=verify-full", "sslmode=sometimes"] {
            let address = format!("{plain}?{wrong}");
            assert!(matches!(parse(&address).1, Some(Err(_))), "{wrong}");
        }
        let both = format!("{plain}?sslmode=disable&sslrootcert=ca.pem");
        assert!(matches!(parse(&both).1, Some(Err(_))));
    }
}
