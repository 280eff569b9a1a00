//! Whom this program believes when it asks another server by https.

use crate::outcome::Problem;
use crate::source::read_bytes;
use std::path::{Path, PathBuf};
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};

const MAX_FILE_BYTES: u64 = 1 << 20;

/// Certificates of one's own authorities, on the command line.
#[derive(Debug, Clone, Default, clap::Args)]
pub(crate) struct CaArgs {
    /// Certificates of authorities that are believed beside the public ones, PEM.
    #[arg(long, env = "SCRUTINEER_CA", value_name = "FILE")]
    pub(crate) ca: Option<PathBuf>,
}

/// The certificates of one's own authorities, as the file has them; nothing where none is named.
pub(crate) fn bytes(ca: Option<&Path>) -> Result<Vec<u8>, Problem> {
    ca.map_or(Ok(Vec::new()), |path| read_bytes(path, MAX_FILE_BYTES))
}

/// How other servers are asked: the public authorities are believed, and those of the file.
pub(crate) fn tls(ca: Option<&Path>) -> Result<TlsConfig, Problem> {
    let Some(path) = ca else { return Ok(TlsConfig::default()) };
    let bytes = read_bytes(path, MAX_FILE_BYTES)?;
    let wrong = |what: &dyn std::fmt::Display| {
        Problem::input("SCR-TLS-006", format!("{}: {what}", path.display()))
            .help("give the authority's certificate in PEM form, the file that begins with -----BEGIN CERTIFICATE-----")
    };
    let mut own = Vec::new();
    for item in parse_pem(&bytes) {
        if let PemItem::Certificate(certificate) = item.map_err(|e| wrong(&e))? {
            own.push(certificate);
        }
    }
    if own.is_empty() {
        return Err(wrong(&"there is no certificate in it"));
    }
    let public = webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter();
    let public = public.map(|certificate| Certificate::from_der(certificate).to_owned());
    let all: Vec<Certificate<'static>> = own.into_iter().chain(public).collect();
    Ok(TlsConfig::builder().root_certs(RootCerts::from(all)).build())
}

/// The words for a failed request, with what to do where the certificate was refused.
pub(crate) fn explain(error: &dyn std::fmt::Display) -> String {
    let words = error.to_string();
    if words.contains("invalid peer certificate") {
        return format!(
            "{words} (is the server's certificate from an authority of your own? name it: --ca FILE)"
        );
    }
    words
}
