//! How a server is run: what the command line says, and for the rest a file.

use crate::authorities;
use crate::front::{Front, certificates};
use crate::logging::{self, LogFormat, LogLevel};
use crate::otlp::Exporter;
use crate::outcome::Problem;
use scr_core::{SystemClock, SystemEntropy};
use scr_engine::FIXITY_DAYS;
use scr_web::WebConfig;
use serde::Deserialize;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

const MAX_FILE_BYTES: usize = 64 * 1024;
/// The port of `serve` and `demo`, on this machine only.
pub(crate) const LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8080);

/// The settings of a server. The file has the same names; what it does not know, it refuses.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    /// Where to listen.
    pub(crate) listen: Option<SocketAddr>,
    /// The record's database, `postgresql://…`.
    pub(crate) database: Option<String>,
    /// A file whose first line is the record's database, where its password should not stand among the settings.
    pub(crate) database_file: Option<PathBuf>,
    /// The database of the keys of private content, where several nodes share it: `postgresql://…`, not the
    /// record's.
    pub(crate) keys_database: Option<String>,
    /// A file whose first line is the database of the keys.
    pub(crate) keys_database_file: Option<PathBuf>,
    /// Where objects are kept: a folder, `file://` with one, or `s3://BUCKET/PREFIX`.
    pub(crate) objects: Option<String>,
    /// Address of the S3-compatible store, `https://s3.example`; without it that of AWS in the region.
    pub(crate) s3_endpoint: Option<String>,
    /// Region that requests to the store are signed for; without it `us-east-1`.
    pub(crate) s3_region: Option<String>,
    /// A file with the store's access key and its secret, a line each; without it `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY` of the environment.
    pub(crate) s3_credentials_file: Option<PathBuf>,
    /// A file with certificates (PEM) of the authorities that vouch for the store, instead of the public ones.
    pub(crate) s3_ca_file: Option<PathBuf>,
    /// Whether the bucket stands in the path and not in the host name; true where `s3_endpoint` is given.
    pub(crate) s3_path_style: Option<bool>,
    /// Longest silence of the store, in seconds; 30 without it.
    pub(crate) s3_timeout_seconds: Option<u64>,
    /// The address under which readers reach the site, `https://results.example`.
    pub(crate) site: Option<String>,
    /// Addresses of proxies that are believed when they say whom they speak for.
    #[serde(default)]
    pub(crate) trusted_proxies: Vec<IpAddr>,
    /// The server's certificate and those above it, PEM; the server then speaks https itself. Read again when it
    /// changes.
    pub(crate) tls_certificate: Option<PathBuf>,
    /// The private key of the certificate, PEM without passphrase.
    pub(crate) tls_key: Option<PathBuf>,
    /// Where to listen in the clear, beside TLS, and do nothing but lead to the site.
    pub(crate) http_listen: Option<SocketAddr>,
    /// Certificates of authorities that are believed beside the public ones when other servers are asked, PEM.
    pub(crate) ca: Option<PathBuf>,
    /// The form of the lines on standard error.
    pub(crate) log_format: Option<LogFormat>,
    /// From where on a line is written.
    pub(crate) log_level: Option<LogLevel>,
    /// A collector of OpenTelemetry traces, `http://127.0.0.1:4318`; without it there are none.
    pub(crate) otlp_endpoint: Option<String>,
    /// Longest time for a request, in seconds.
    pub(crate) timeout_seconds: Option<u64>,
    /// Largest upload, in MiB.
    pub(crate) max_upload_mib: Option<usize>,
    /// A C2SP tlog-policy with the witnesses that are asked to cosign this log.
    pub(crate) policy: Option<PathBuf>,
    /// The logs that this server cosigns, in the form logs/v0.
    pub(crate) logs: Option<PathBuf>,
    /// Days after which everything that is held is hashed again, 1 to 365; without it 30.
    pub(crate) fixity_days: Option<u16>,
    /// Seconds after which what members of a community share with some of them only is recorded, 1 to 3600; without it 60.
    pub(crate) batch_seconds: Option<u16>,
    /// Whether that entry is written when there is nothing to record, too, so that its time says nothing; true without it.
    pub(crate) batch_when_empty: Option<bool>,
    /// Whether sources of objects and certificate logs may be servers of one's own network, and be asked without encryption;
    /// false without it.
    pub(crate) private_partners: Option<bool>,
    /// True in a drill: every page says so.
    #[serde(default)]
    pub(crate) exercise: bool,
}

impl Settings {
    /// What a file says.
    fn read(path: &Path) -> Result<Self, Problem> {
        let problem = |what: &dyn std::fmt::Display| {
            Problem::input("SCR-CLI-035", format!("{}: {what}", path.display()))
        };
        let text = std::fs::read_to_string(path).map_err(|e| problem(&e))?;
        if text.len() > MAX_FILE_BYTES {
            return Err(problem(&"longer than 64 KiB"));
        }
        toml::from_str(&text).map_err(|e| problem(&e))
    }

    /// These settings, and what the file says, if there is one, where they say nothing.
    pub(crate) fn over_file(self, file: Option<&Path>) -> Result<Self, Problem> {
        match file {
            Some(path) => Ok(self.or(Self::read(path)?)),
            None => Ok(self),
        }
    }

    /// These settings, and what `other` says where they say nothing.
    #[must_use]
    pub(crate) fn or(self, other: Self) -> Self {
        let trusted_proxies =
            if self.trusted_proxies.is_empty() { other.trusted_proxies } else { self.trusted_proxies };
        Self {
            listen: self.listen.or(other.listen),
            database: self.database.or(other.database),
            database_file: self.database_file.or(other.database_file),
            keys_database: self.keys_database.or(other.keys_database),
            keys_database_file: self.keys_database_file.or(other.keys_database_file),
            objects: self.objects.or(other.objects),
            s3_endpoint: self.s3_endpoint.or(other.s3_endpoint),
            s3_region: self.s3_region.or(other.s3_region),
            s3_credentials_file: self.s3_credentials_file.or(other.s3_credentials_file),
            s3_ca_file: self.s3_ca_file.or(other.s3_ca_file),
            s3_path_style: self.s3_path_style.or(other.s3_path_style),
            s3_timeout_seconds: self.s3_timeout_seconds.or(other.s3_timeout_seconds),
            site: self.site.or(other.site),
            trusted_proxies,
            tls_certificate: self.tls_certificate.or(other.tls_certificate),
            tls_key: self.tls_key.or(other.tls_key),
            http_listen: self.http_listen.or(other.http_listen),
            ca: self.ca.or(other.ca),
            log_format: self.log_format.or(other.log_format),
            log_level: self.log_level.or(other.log_level),
            otlp_endpoint: self.otlp_endpoint.or(other.otlp_endpoint),
            timeout_seconds: self.timeout_seconds.or(other.timeout_seconds),
            max_upload_mib: self.max_upload_mib.or(other.max_upload_mib),
            policy: self.policy.or(other.policy),
            logs: self.logs.or(other.logs),
            fixity_days: self.fixity_days.or(other.fixity_days),
            batch_seconds: self.batch_seconds.or(other.batch_seconds),
            batch_when_empty: self.batch_when_empty.or(other.batch_when_empty),
            private_partners: self.private_partners.or(other.private_partners),
            exercise: self.exercise || other.exercise,
        }
    }

    /// Where the server listens.
    pub(crate) fn listen(&self) -> SocketAddr {
        self.listen.unwrap_or(LISTEN)
    }

    /// The record's database, stated or in a file of its own.
    pub(crate) fn database(&self) -> Result<Option<String>, Problem> {
        stated_or_in_file(self.database.as_ref(), self.database_file.as_deref())
    }

    /// The database of the keys, stated or in a file of its own. It goes with a record in PostgreSQL.
    pub(crate) fn keys_database(&self) -> Result<Option<String>, Problem> {
        let keys = self.named_keys_database()?;
        if keys.is_some() && self.database()?.is_none() {
            let what = "keys in a database that nodes share go with a record in a database";
            return Err(Problem::input("SCR-CLI-060", what)
                .help("name the record's database too, or leave keys_database out"));
        }
        Ok(keys)
    }

    /// The same, whatever the record is in: to look at it.
    pub(crate) fn named_keys_database(&self) -> Result<Option<String>, Problem> {
        stated_or_in_file(self.keys_database.as_ref(), self.keys_database_file.as_deref())
    }

    /// Scheme and host under which readers reach the site.
    pub(crate) fn site(&self) -> Result<String, Problem> {
        let Some(site) = &self.site else {
            let scheme = if self.tls_certificate.is_some() { "https" } else { "http" };
            return Ok(local_site(scheme, self.listen()));
        };
        // As browsers copy it.
        let site = site.strip_suffix('/').unwrap_or(site);
        let host = site.strip_prefix("https://").or_else(|| site.strip_prefix("http://"));
        if host.is_none_or(|host| host.is_empty() || host.contains('/')) {
            let what = format!("{site:?} is not an address of a site");
            return Err(Problem::input("SCR-CLI-036", what)
                .help("for instance https://results.example, without a path"));
        }
        if self.tls_certificate.is_some() && site.starts_with("http://") {
            let what = format!("the server has a certificate, but its site is {site}");
            return Err(Problem::input("SCR-TLS-005", what)
                .help("the site of a server with TLS begins with https://"));
        }
        Ok(site.to_owned())
    }

    /// Begins to write lines on standard error, and to send traces where a collector is named.
    pub(crate) fn start_log(&self) -> Result<Option<Exporter>, Problem> {
        let (exporter, spans) = match &self.otlp_endpoint {
            None => (None, None),
            Some(endpoint) => {
                let (clock, entropy) = (Arc::new(SystemClock), Arc::new(SystemEntropy));
                let (exporter, spans) = Exporter::start(endpoint, self.client_tls()?, clock, entropy)?;
                (Some(exporter), Some(spans))
            }
        };
        logging::start(self.log_format.unwrap_or_default(), self.log_level.unwrap_or_default(), spans);
        Ok(exporter)
    }

    /// The listener, with its certificate where one is named.
    pub(crate) fn front(&self) -> Result<Front, Problem> {
        let certificates = certificates(self.tls_certificate.as_deref(), self.tls_key.as_deref())?;
        if certificates.is_none() && self.http_listen.is_some() {
            let what = "a listener in the clear that leads to the site needs a certificate for the other one";
            return Err(Problem::input("SCR-TLS-005", what)
                .help("name --tls-certificate and --tls-key, or leave --http-listen out"));
        }
        let site = self.site()?;
        let redirect = self.http_listen.map(|listen| (listen, site));
        Ok(Front { listen: self.listen(), certificates, redirect })
    }

    /// How other servers are asked.
    pub(crate) fn client_tls(&self) -> Result<ureq::tls::TlsConfig, Problem> {
        authorities::tls(self.ca.as_deref())
    }

    /// Days between two checks of everything that is held.
    pub(crate) fn fixity_days(&self) -> u16 {
        self.fixity_days.unwrap_or(FIXITY_DAYS).clamp(1, 365)
    }

    /// The settings of the pages.
    pub(crate) fn web(&self) -> Result<WebConfig, Problem> {
        let default = WebConfig::default();
        Ok(WebConfig {
            site: Some(self.site()?),
            https: self.site()?.starts_with("https://"),
            exercise: self.exercise,
            timeout_seconds: self.timeout_seconds.unwrap_or(default.timeout_seconds).max(1),
            max_upload_bytes: self.max_upload_mib.map_or(default.max_upload_bytes, |mib| mib.max(1) << 20),
            trusted_proxies: self.trusted_proxies.clone(),
            fixity_days: self.fixity_days(),
            batch_seconds: self.batch_seconds.unwrap_or(60).clamp(1, 3600),
            batch_when_empty: self.batch_when_empty.unwrap_or(true),
            private_partners: self.private_partners.unwrap_or(false),
            authorities: authorities::bytes(self.ca.as_deref())?,
            ..default
        })
    }
}

/// A secret that is stated, or the first line of a file of its own.
fn stated_or_in_file(stated: Option<&String>, file: Option<&Path>) -> Result<Option<String>, Problem> {
    let (None, Some(path)) = (stated, file) else { return Ok(stated.cloned()) };
    let text = std::fs::read_to_string(path);
    let text = text.map_err(|e| Problem::input("SCR-CLI-035", format!("{}: {e}", path.display())))?;
    Ok(text.lines().next().map(|line| line.trim().to_owned()))
}

/// A variable of the environment whose name others have given it: those of this program are read with the
/// command line.
#[expect(clippy::disallowed_methods, reason = "this is the one place")]
pub(crate) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// The site at this address: by name on this machine, because passkeys need a name.
pub(crate) fn local_site(scheme: &str, listen: SocketAddr) -> String {
    if listen.ip().is_loopback() {
        format!("{scheme}://localhost:{}", listen.port())
    } else {
        format!("{scheme}://{listen}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_goes_before_the_file() {
        let file: Settings = toml::from_str(
            "listen = \"0.0.0.0:80\"\nsite = \"https://results.example\"\ntrusted_proxies = [\"10.0.0.1\"]",
        )
        .unwrap();
        let line = Settings { listen: Some(LISTEN), ..Settings::default() };
        let both = line.or(file);
        assert_eq!((both.listen(), both.site().ok().as_deref()), (LISTEN, Some("https://results.example")));
        let web = both.web().ok().unwrap();
        assert!(web.https);
        assert_eq!(web.trusted_proxies.len(), 1);
        assert!(!Settings::default().web().ok().unwrap().https);
    }

    #[test]
    fn the_settings_of_tls_agree_with_each_other() {
        let with_tls: Settings =
            toml::from_str("tls_certificate = \"none.pem\"\ntls_key = \"none.key\"\nlog_format = \"json\"")
                .unwrap();
        assert_eq!(with_tls.site().ok().as_deref(), Some("https://localhost:8080"));
        assert!(with_tls.web().ok().unwrap().https);
        let refused = |settings: &Settings| settings.front().err().map(|problem| problem.code().to_owned());
        assert_eq!(refused(&with_tls).as_deref(), Some("SCR-TLS-001"));
        let half = Settings { tls_key: None, ..with_tls.clone() };
        assert_eq!(refused(&half).as_deref(), Some("SCR-TLS-005"));
        let clear = Settings { site: Some("http://results.example".to_owned()), ..with_tls };
        assert!(clear.site().is_err_and(|problem| problem.code() == "SCR-TLS-005"));
        let redirect = Settings { http_listen: Some(LISTEN), ..Settings::default() };
        assert_eq!(refused(&redirect).as_deref(), Some("SCR-TLS-005"));
    }

    #[test]
    fn a_secret_may_stand_in_a_file_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("database");
        let settings = Settings { database_file: Some(path.clone()), ..Settings::default() };
        assert!(settings.database().is_err());
        std::fs::write(&path, "postgresql://emb:secret@db/record\n").unwrap();
        assert_eq!(settings.database().ok().flatten().as_deref(), Some("postgresql://emb:secret@db/record"));
        let stated = Settings { database: Some("postgresql://other".to_owned()), ..settings };
        assert_eq!(stated.database().ok().flatten().as_deref(), Some("postgresql://other"));
    }
}
