//! Where objects are kept: in the folder, in another one, or in an S3-compatible store.

use crate::config::Settings;
use crate::outcome::Problem;
use crate::source::{read_bytes, read_text};
use scr_core::SystemClock;
use scr_objects::{Credentials, Place, S3Place};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use zeroize::Zeroizing;

const DEFAULT_REGION: &str = "us-east-1";
const DEFAULT_TIMEOUT_SECONDS: u64 = 30;
const MAX_AUTHORITIES_BYTES: u64 = 1 << 20;

/// What every command asks that may need objects.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "Where objects are kept")]
pub(crate) struct ObjectsArgs {
    /// Another folder for objects, or s3://BUCKET/PREFIX; several nodes may share it.
    #[arg(long, env = "SCRUTINEER_OBJECTS")]
    objects: Option<String>,
    /// Address of the S3-compatible store [default: that of AWS in the region].
    #[arg(long, env = "SCRUTINEER_S3_ENDPOINT", value_name = "URL")]
    s3_endpoint: Option<String>,
    /// The store's region [default: us-east-1].
    #[arg(long, env = "SCRUTINEER_S3_REGION", value_name = "REGION")]
    s3_region: Option<String>,
    /// A file with the access key and its secret, a line each [default: AWS_ACCESS_KEY_ID and
    /// AWS_SECRET_ACCESS_KEY of the environment].
    #[arg(long, env = "SCRUTINEER_S3_CREDENTIALS_FILE", value_name = "FILE")]
    s3_credentials_file: Option<PathBuf>,
    /// Certificates (PEM) of the authorities that vouch for the store [default: the public ones].
    #[arg(long, env = "SCRUTINEER_S3_CA_FILE", value_name = "FILE")]
    s3_ca_file: Option<PathBuf>,
    /// Whether the bucket stands in the path, not in the host name [default: true with --s3-endpoint].
    #[arg(long, env = "SCRUTINEER_S3_PATH_STYLE", value_name = "true|false")]
    s3_path_style: Option<bool>,
}

impl ObjectsArgs {
    /// As settings, which a file may add to.
    pub(crate) fn settings(&self) -> Settings {
        Settings {
            objects: self.objects.clone(),
            s3_endpoint: self.s3_endpoint.clone(),
            s3_region: self.s3_region.clone(),
            s3_credentials_file: self.s3_credentials_file.clone(),
            s3_ca_file: self.s3_ca_file.clone(),
            s3_path_style: self.s3_path_style,
            ..Settings::default()
        }
    }

    /// The place, where it is not the installation's own folder.
    pub(crate) fn place(&self) -> Result<Option<Place>, Problem> {
        place(&self.settings())
    }
}

/// The place of the objects, where it is not the installation's own folder. Refused with `SCR-CLI-037`,
/// `-050`.
pub(crate) fn place(settings: &Settings) -> Result<Option<Place>, Problem> {
    let Some(objects) = &settings.objects else { return Ok(None) };
    if let Some(address) = objects.strip_prefix("s3://") {
        return Ok(Some(Place::S3(Arc::new(s3(settings, address)?))));
    }
    let folder = objects.strip_prefix("file://").unwrap_or(objects);
    if folder.is_empty() || folder.contains("://") {
        return Err(wrong(format!("objects cannot be kept at {objects:?}")));
    }
    Ok(Some(Place::Folder(PathBuf::from(folder))))
}

/// A bucket and a prefix, and how they are reached.
pub(crate) fn s3(settings: &Settings, address: &str) -> Result<S3Place, Problem> {
    let (bucket, prefix) = address.split_once('/').unwrap_or((address, ""));
    let prefix = prefix.trim_matches('/');
    let is_bucket = (3..=63).contains(&bucket.len())
        && bucket.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b".-".contains(&b));
    if !is_bucket {
        return Err(wrong(format!("{bucket:?} is no name of a bucket")));
    }
    let is_part = |part: &str| {
        !part.is_empty()
            && !matches!(part, "." | "..")
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b))
    };
    if prefix.len() > 512 || !(prefix.is_empty() || prefix.split('/').all(is_part)) {
        return Err(wrong(format!("{prefix:?} cannot be the beginning of names")));
    }
    let region = settings.s3_region.clone().unwrap_or_else(|| DEFAULT_REGION.to_owned());
    let endpoint = match &settings.s3_endpoint {
        Some(endpoint) => checked_endpoint(endpoint)?,
        None => format!("https://s3.{region}.amazonaws.com"),
    };
    let authorities = settings
        .s3_ca_file
        .as_ref()
        .or(settings.ca.as_ref())
        .map(|path| read_bytes(path, MAX_AUTHORITIES_BYTES));
    Ok(S3Place {
        bucket: bucket.to_owned(),
        prefix: if prefix.is_empty() { String::new() } else { format!("{prefix}/") },
        path_style: settings.s3_path_style.unwrap_or(settings.s3_endpoint.is_some()),
        endpoint,
        region,
        credentials: credentials(settings)?,
        authorities: authorities.transpose()?,
        timeout: Duration::from_secs(settings.s3_timeout_seconds.unwrap_or(DEFAULT_TIMEOUT_SECONDS).max(1)),
        clock: Arc::new(SystemClock),
    })
}

/// `http://` or `https://` and a host; a name and password in it would end up in logs.
fn checked_endpoint(endpoint: &str) -> Result<String, Problem> {
    let endpoint = endpoint.strip_suffix('/').unwrap_or(endpoint);
    let host = endpoint.strip_prefix("https://").or_else(|| endpoint.strip_prefix("http://"));
    let is_host = |host: &str| {
        !host.is_empty()
            && host.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b".-:[]".contains(&b))
    };
    if host.is_some_and(is_host) {
        return Ok(endpoint.to_owned());
    }
    // It is not repeated: it may hold a password.
    Err(wrong(
        "the address of the store is not http(s)://HOST or http(s)://HOST:PORT, in small letters".to_owned(),
    ))
}

/// From the file of the settings, or by the names that every tool for S3 reads.
fn credentials(settings: &Settings) -> Result<Credentials, Problem> {
    let found = match &settings.s3_credentials_file {
        Some(path) => {
            let text = Zeroizing::new(read_text(path)?);
            let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned);
            (lines.next(), lines.next().map(Zeroizing::new), lines.next().map(Zeroizing::new))
        }
        None => {
            let variable = |name: &str| crate::config::variable(name).filter(|text| !text.is_empty());
            (
                variable("AWS_ACCESS_KEY_ID"),
                variable("AWS_SECRET_ACCESS_KEY").map(Zeroizing::new),
                variable("AWS_SESSION_TOKEN").map(Zeroizing::new),
            )
        }
    };
    let (Some(id), Some(secret), token) = found else {
        let what = "there is no access key for the object store";
        return Err(Problem::input("SCR-CLI-090", what).help(
            "give --s3-credentials-file with access key and secret, a line each, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
        ));
    };
    if !id.bytes().all(|b| b.is_ascii_graphic()) || !secret.bytes().all(|b| b.is_ascii_graphic()) {
        let what = "access key and secret are letters, digits and signs without spaces";
        return Err(Problem::input("SCR-CLI-090", what));
    }
    Ok(Credentials { id, secret, token })
}

fn wrong(what: String) -> Problem {
    Problem::input("SCR-CLI-037", what).help(
        "give a folder, or s3://BUCKET/PREFIX with --s3-endpoint https://STORE (small letters, digits, dots, hyphens)",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(objects: &str, folder: &std::path::Path) -> Settings {
        let credentials = folder.join("s3");
        std::fs::write(&credentials, "AKIAIOSFODNN7EXAMPLE\nwJalrXUtnFEMI/K7MDENG\n").unwrap();
        Settings {
            objects: Some(objects.to_owned()),
            s3_credentials_file: Some(credentials),
            ..Settings::default()
        }
    }

    #[test]
    fn an_address_is_bucket_and_prefix() {
        let folder = tempfile::tempdir().unwrap();
        let read = |settings: &Settings| match place(settings).ok().flatten() {
            Some(Place::S3(place)) => format!("{} {} {place:?}", place.region, place.path_style),
            _ => String::new(),
        };
        let mut settings = settings("s3://emb-record/objects/2026/", folder.path());
        assert_eq!(
            read(&settings),
            "us-east-1 false s3://emb-record/objects/2026/ at https://s3.us-east-1.amazonaws.com"
        );
        settings.s3_endpoint = Some("http://127.0.0.1:9000/".to_owned());
        settings.s3_region = Some("lindenland".to_owned());
        assert_eq!(read(&settings), "lindenland true s3://emb-record/objects/2026/ at http://127.0.0.1:9000");
    }

    #[test]
    fn what_is_no_place_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        for objects in ["", "ftp://host/x", "s3://", "s3://UPPER/x", "s3://bucket/../x", "s3://bucket/a b"] {
            assert!(place(&settings(objects, folder.path())).is_err(), "{objects}");
        }
        let mut wrong = settings("s3://bucket", folder.path());
        for endpoint in ["https://key:secret@store", "file:///x", "https://store/path"] {
            wrong.s3_endpoint = Some(endpoint.to_owned());
            assert!(place(&wrong).is_err(), "{endpoint}");
        }
        let half = settings("s3://bucket", folder.path());
        std::fs::write(half.s3_credentials_file.as_ref().unwrap(), "onlyone\n").unwrap();
        assert!(place(&half).is_err());
    }
}
