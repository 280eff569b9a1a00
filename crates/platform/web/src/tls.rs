//! The server's own certificate: read from two files, and read again when they change.

use crate::metrics::Gauge;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::server::{ClientHello, ParsedCertificate, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use rustls::version::{TLS12, TLS13};
use rustls::{Error, ServerConfig};
use scr_canon::{Hash32, sha256};
use scr_engine::{Finding, Level};
use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

/// A chain with its keys is a few KiB.
const MAX_FILE_BYTES: u64 = 1 << 20;
const DAY_SECONDS: i64 = 86_400;
/// So many days before its end a certificate is worth a word, or a quarter of its whole time where that
/// is shorter: whoever renews by itself has done it by then.
const WARN_DAYS: i64 = 14;

/// Why the files of a certificate cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TlsFault {
    /// A file is missing, not readable, or too long.
    #[error("SCR-TLS-001: {path}: {reason}")]
    Unreadable {
        /// The file.
        path: String,
        /// In words.
        reason: String,
    },
    /// No certificate in PEM form.
    #[error("SCR-TLS-002: {path} holds no certificate: {reason}")]
    NoCertificate {
        /// The file.
        path: String,
        /// In words.
        reason: String,
    },
    /// No private key in PEM form that can be used.
    #[error("SCR-TLS-003: {path} holds no private key that can be used: {reason}")]
    NoKey {
        /// The file.
        path: String,
        /// In words.
        reason: String,
    },
    /// Two files that do not belong together.
    #[error("SCR-TLS-004: the key in {key} is not that of the first certificate in {certificate}")]
    KeyMismatch {
        /// The file of the certificate.
        certificate: String,
        /// The file of the key.
        key: String,
    },
}

impl TlsFault {
    /// The stable code (docs/reference/errors/tls.md).
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } => "SCR-TLS-001",
            Self::NoCertificate { .. } => "SCR-TLS-002",
            Self::NoKey { .. } => "SCR-TLS-003",
            Self::KeyMismatch { .. } => "SCR-TLS-004",
        }
    }
}

/// The two files.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Files {
    certificate: PathBuf,
    key: PathBuf,
}

/// What the files hold.
#[derive(Debug)]
struct Chain {
    signed: Arc<CertifiedKey>,
    /// When the first certificate begins and ends, seconds since 1970.
    from: i64,
    until: i64,
}

impl Files {
    /// The bytes of both, and a hash that changes with them.
    fn bytes(&self) -> Result<(Vec<u8>, Vec<u8>, Hash32), TlsFault> {
        let (certificate, key) = (bytes_of(&self.certificate)?, bytes_of(&self.key)?);
        let both = [sha256(&certificate).0, sha256(&key).0].concat();
        Ok((certificate, key, sha256(&both)))
    }

    fn chain(&self, certificate: &[u8], key: &[u8]) -> Result<Chain, TlsFault> {
        let (path, key_path) = (self.certificate.display().to_string(), self.key.display().to_string());
        let no_certificate = |reason: &dyn std::fmt::Display| TlsFault::NoCertificate {
            path: path.clone(),
            reason: reason.to_string(),
        };
        let no_key = |reason: &dyn std::fmt::Display| TlsFault::NoKey {
            path: key_path.clone(),
            reason: reason.to_string(),
        };
        let certificates: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(certificate).collect();
        let certificates = certificates.map_err(|e| no_certificate(&e))?;
        let first = certificates.first().ok_or_else(|| no_certificate(&"there is none in PEM form"))?;
        let (from, until) = times(first).ok_or_else(|| no_certificate(&"it cannot be read"))?;
        let encrypted = key.windows(17).any(|part| part == b"ENCRYPTED PRIVATE");
        let key = PrivateKeyDer::from_pem_slice(key).map_err(|e| match encrypted {
            true => no_key(
                &"it is encrypted; write it without a passphrase, readable by the server's account only",
            ),
            false => no_key(&e),
        })?;
        let signed = CertifiedKey::from_der(certificates, key, &ring::default_provider());
        let signed = signed.map_err(|error| match error {
            Error::InconsistentKeys(_) => {
                TlsFault::KeyMismatch { certificate: path.clone(), key: key_path.clone() }
            }
            Error::InvalidCertificate(reason) => no_certificate(&format_args!("{reason:?}")),
            other => no_key(&other),
        })?;
        Ok(Chain { signed: Arc::new(signed), from, until })
    }
}

fn bytes_of(path: &Path) -> Result<Vec<u8>, TlsFault> {
    let wrong = |reason: &dyn std::fmt::Display| TlsFault::Unreadable {
        path: path.display().to_string(),
        reason: reason.to_string(),
    };
    let file = std::fs::File::open(path).map_err(|e| wrong(&e))?;
    let mut bytes = Vec::new();
    file.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes).map_err(|e| wrong(&e))?;
    if bytes.len() as u64 > MAX_FILE_BYTES {
        return Err(wrong(&"longer than 1 MiB"));
    }
    Ok(bytes)
}

/// From when to when a certificate is good.
fn times(certificate: &CertificateDer<'_>) -> Option<(i64, i64)> {
    let (_, parsed) = x509_parser::parse_x509_certificate(certificate).ok()?;
    let validity = parsed.validity();
    Some((validity.not_before.timestamp(), validity.not_after.timestamp()))
}

/// The certificate that is shown to readers.
#[derive(Debug)]
struct Shown(RwLock<Arc<Chain>>);

impl Shown {
    fn get(&self) -> Arc<Chain> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl ResolvesServerCert for Shown {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(Arc::clone(&self.get().signed))
    }
}

/// What was seen in the files last: their bytes, or why they could not be used.
#[derive(Debug, PartialEq, Eq)]
struct Seen {
    bytes: Option<Hash32>,
    fault: Option<TlsFault>,
}

/// The certificate of a server. Connections keep the one that they began with.
#[derive(Debug)]
pub struct Certificates {
    files: Files,
    shown: Arc<Shown>,
    seen: Mutex<Seen>,
    config: Arc<ServerConfig>,
}

impl Certificates {
    /// Reads the files: a chain of certificates, the server's own first, and its private key, both in
    /// PEM form.
    pub fn read(certificate: &Path, key: &Path) -> Result<Self, TlsFault> {
        let files = Files { certificate: certificate.to_owned(), key: key.to_owned() };
        let (certificate, key, hash) = files.bytes()?;
        let chain = files.chain(&certificate, &key)?;
        let shown = Arc::new(Shown(RwLock::new(Arc::new(chain))));
        let provider = Arc::new(ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider).with_protocol_versions(&[&TLS13, &TLS12]);
        let config = config
            .map_err(|e| TlsFault::NoKey { path: files.key.display().to_string(), reason: e.to_string() })?;
        let mut config = config.with_no_client_auth().with_cert_resolver(Arc::clone(&shown) as _);
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        let seen = Mutex::new(Seen { bytes: Some(hash), fault: None });
        Ok(Self { files, shown, seen, config: Arc::new(config) })
    }

    pub(crate) fn config(&self) -> Arc<ServerConfig> {
        Arc::clone(&self.config)
    }

    /// When the certificate that is shown ends, seconds since 1970.
    pub fn until(&self) -> i64 {
        self.shown.get().until
    }

    /// Looks at the files again. What changed and can be used is shown to whoever comes from now on;
    /// what cannot be used is written to the log once, and the certificate before stays.
    pub fn look(&self) {
        let read = self.files.bytes();
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let bytes = read.as_ref().ok().map(|(_, _, hash)| *hash);
        if bytes.is_some() && bytes == seen.bytes {
            return;
        }
        let chain = read.and_then(|(certificate, key, _)| self.files.chain(&certificate, &key));
        let fault = match chain {
            Ok(chain) => {
                tracing::info!(until = chain.until, "another certificate is shown from now on");
                *self.shown.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(chain);
                None
            }
            Err(fault) => Some(fault),
        };
        if let Some(error) = fault.as_ref().filter(|fault| seen.fault.as_ref() != Some(*fault)) {
            tracing::error!(%error, "the new certificate cannot be used; the one before is still shown");
        }
        *seen = Seen { bytes, fault };
    }

    /// Figures for `/metrics`.
    pub fn gauges(&self) -> Vec<Gauge> {
        let is_fine = self.seen.lock().unwrap_or_else(PoisonError::into_inner).fault.is_none();
        let one = |name, help, value| Gauge { name, help, values: vec![(String::new(), value)] };
        vec![
            one(
                "scrutineer_certificate_end_time_seconds",
                "When the certificate ends, seconds since 1970",
                self.until(),
            ),
            one(
                "scrutineer_certificate_files_good",
                "1 while the files of the certificate can be used, else 0",
                i64::from(is_fine),
            ),
        ]
    }

    /// What is wrong with the files at this time, for readers of this site.
    pub fn examine(&self, site: Option<&str>, now: i64) -> Vec<Finding> {
        examine_files(&self.files.certificate, &self.files.key, site, now)
    }
}

/// What is wrong with a certificate and its key, beside a running server or without one.
pub fn examine_files(certificate: &Path, key: &Path, site: Option<&str>, now: i64) -> Vec<Finding> {
    let files = Files { certificate: certificate.to_owned(), key: key.to_owned() };
    let finding = |level, code, args: &[(&str, String)]| {
        let args = args.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
        Finding { code, level, args: args.collect::<BTreeMap<_, _>>() }
    };
    let chain = files.bytes().and_then(|(certificate, key, _)| files.chain(&certificate, &key));
    let chain = match chain {
        Ok(chain) => chain,
        Err(fault) => return vec![finding(Level::Alarm, "SCR-DOC-042", &[("reason", fault.to_string())])],
    };
    let mut found = Vec::new();
    let path = certificate.display().to_string();
    let left = chain.until - now;
    let warn = (WARN_DAYS * DAY_SECONDS).min((chain.until - chain.from) / 4);
    if left <= 0 || now < chain.from {
        let hours = if left <= 0 { -left } else { chain.from - now } / 3600;
        found.push(finding(
            Level::Alarm,
            "SCR-DOC-040",
            &[("file", path.clone()), ("hours", hours.to_string())],
        ));
    } else if left < warn {
        let days = (left / DAY_SECONDS).to_string();
        found.push(finding(Level::Warn, "SCR-DOC-041", &[("file", path.clone()), ("days", days)]));
    }
    let host = site.and_then(|site| host_of(site.strip_prefix("https://")?));
    if let Some(host) = host
        && !is_for(&chain, host)
    {
        found.push(finding(Level::Alarm, "SCR-DOC-043", &[("file", path), ("host", host.to_owned())]));
    }
    if scr_engine::readable_by_others(key) {
        found.push(finding(Level::Alarm, "SCR-DOC-044", &[("file", key.display().to_string())]));
    }
    found
}

/// The host of `host[:port][/…]`, without the brackets of IPv6.
fn host_of(rest: &str) -> Option<&str> {
    let authority = rest.split('/').next()?;
    match authority.strip_prefix('[') {
        Some(address) => address.split(']').next(),
        None => authority.split(':').next(),
    }
}

fn is_for(chain: &Chain, host: &str) -> bool {
    let Ok(name) = ServerName::try_from(host) else { return false };
    let first = chain.signed.cert.first().and_then(|first| ParsedCertificate::try_from(first).ok());
    first.is_some_and(|first| rustls::client::verify_server_name(&first, &name).is_ok())
}
