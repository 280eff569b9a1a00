//! Where a log is: a server, a directory of tiles, or an installation's own record.

use crate::authorities;
use crate::outcome::Problem;
use scr_ledger::{LedgerReader, ReadError, store::sqlite};
use scr_note::VerifierKey;
use scr_verify::{DirectorySource, FetchSource, LogSource, Trust};
use std::io::Read as _;
use std::path::Path;
use std::time::Duration;
use ureq::tls::TlsConfig;

/// Longest resource that is fetched: a bundle of 256 entries of 64 KiB.
const MAX_FETCH_BYTES: u64 = 17 << 20;

/// Opens the log at a URL or in a directory.
pub(crate) fn open(place: &str, ca: Option<&Path>) -> Result<Box<dyn LogSource>, Problem> {
    if place.starts_with("http://") || place.starts_with("https://") {
        return Ok(Box::new(server(place, authorities::tls(ca)?)));
    }
    let folder = Path::new(place);
    if folder.join("record.db").exists() {
        let record = sqlite::read_only(&folder.join("record.db"))
            .map_err(|e| Problem::input("SCR-CLI-004", format!("{place}: {e}")))?;
        return Ok(reader(LedgerReader::new(record)));
    }
    // A copy of a whole site (`export site`) has its log in a folder of its own.
    for folder in [folder.to_owned(), folder.join("log")] {
        if folder.join("checkpoint").exists() {
            return Ok(Box::new(DirectorySource::new(folder)));
        }
    }
    Err(Problem::input("SCR-CLI-004", format!("{place} is neither an address nor a folder with a log"))
        .help("give https://…, a folder with `checkpoint` and `tile/`, or an installation's data folder"))
}

/// A record that this machine can read.
pub(crate) fn reader(record: LedgerReader) -> Box<dyn LogSource> {
    Box::new(FetchSource(move |path: &str| match record.resource(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(ReadError::NotFound) => Ok(None),
        Err(error) => Err(error.to_string()),
    }))
}

fn server(
    place: &str,
    tls: TlsConfig,
) -> FetchSource<impl Fn(&str) -> Result<Option<Vec<u8>>, String> + use<>> {
    let base = place.trim_end_matches('/').trim_end_matches("/log").to_owned();
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .timeout_global(Some(Duration::from_secs(30)))
        .http_status_as_error(false)
        .tls_config(tls)
        .build()
        .into();
    FetchSource(move |path: &str| {
        let mut response =
            agent.get(format!("{base}/log/{path}")).call().map_err(|e| authorities::explain(&e))?;
        match response.status().as_u16() {
            200 => {
                let mut bytes = Vec::new();
                response
                    .body_mut()
                    .as_reader()
                    .take(MAX_FETCH_BYTES)
                    .read_to_end(&mut bytes)
                    .map_err(|e| e.to_string())?;
                Ok(Some(bytes))
            }
            404 => Ok(None),
            status => Err(format!("the server answered {status}")),
        }
    })
}

/// Whom the person trusts: a policy, or keys. An installation's own folder vouches for itself only
/// towards its own operator.
pub(crate) fn trust(
    policy: Option<&Path>,
    keys: &[String],
    own_folder: Option<&Path>,
) -> Result<Trust, Problem> {
    if let Some(path) = policy {
        let text = read_text(path)?;
        let policy =
            text.parse().map_err(|e| Problem::input("SCR-CLI-005", format!("{}: {e}", path.display())))?;
        return Ok(Trust::Policy(Box::new(policy)));
    }
    let mut parsed = keys
        .iter()
        .map(|text| {
            // A key, or a file that holds one on each line.
            let text = if Path::new(text).is_file() { read_text(Path::new(text))? } else { text.clone() };
            text.lines()
                .map(str::trim)
                .filter(|line| !line.is_empty())
                .map(|line| line.parse().map_err(|e| Problem::input("SCR-CLI-006", format!("{line}: {e}"))))
                .collect::<Result<Vec<VerifierKey>, Problem>>()
        })
        .collect::<Result<Vec<_>, _>>()?
        .concat();
    if parsed.is_empty()
        && let Some(folder) = own_folder
        && scr_engine::Installation::exists(folder)
    {
        let own = scr_engine::Installation::find(folder).and_then(|own| own.verifiers());
        parsed = own.map_err(|e| Problem::input("SCR-CLI-006", e))?;
    }
    Ok(if parsed.is_empty() { Trust::Nobody } else { Trust::Keys(parsed) })
}

/// Reads a text file of at most 4 MiB.
pub(crate) fn read_text(path: &Path) -> Result<String, Problem> {
    let bytes = read_bytes(path, 4 << 20)?;
    String::from_utf8(bytes)
        .map_err(|_| Problem::input("SCR-CLI-002", format!("{} is not UTF-8 text", path.display())))
}

/// Reads a file of at most `limit` bytes.
pub(crate) fn read_bytes(path: &Path, limit: u64) -> Result<Vec<u8>, Problem> {
    let wrong =
        |what: &dyn std::fmt::Display| Problem::input("SCR-CLI-001", format!("{}: {what}", path.display()));
    let file = std::fs::File::open(path).map_err(|e| wrong(&e))?;
    let mut bytes = Vec::new();
    file.take(limit + 1).read_to_end(&mut bytes).map_err(|e| wrong(&e))?;
    if bytes.len() as u64 > limit {
        return Err(Problem::input(
            "SCR-CLI-003",
            format!("{} is larger than {limit} bytes", path.display()),
        ));
    }
    Ok(bytes)
}
