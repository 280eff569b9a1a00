//! An envelope on its way in: small ones stay in memory, large ones go to a file that nobody else sees.

use super::answer::Fail;
use super::roots::MAX_CONTENT;
use axum::body::Body;
use axum::http::{HeaderMap, header};
use http_body_util::BodyExt as _;
use scr_engine::Fault;
use std::fs::File;
use std::io::{Cursor, Read, Seek as _, Write as _};
use std::path::PathBuf;
use std::time::Duration;

const IN_MEMORY: usize = 4 << 20;
/// How long a sender may be silent.
const MAX_SILENCE: Duration = Duration::from_secs(30);
/// How long an envelope may take to come.
const MAX_TIME: Duration = Duration::from_secs(15 * 60);

/// What has come in.
pub(crate) enum Spool {
    /// In memory.
    Memory(Vec<u8>),
    /// In a file, which is removed with this.
    File(Kept),
}

pub(crate) struct Kept {
    file: File,
    path: PathBuf,
}

impl Drop for Kept {
    fn drop(&mut self) {
        drop(std::fs::remove_file(&self.path));
    }
}

fn too_large() -> Fail {
    Fail::new(413, "The envelope is too large").because(format!("at most {MAX_CONTENT} bytes"))
}

impl Spool {
    /// Takes a body in, up to the largest envelope.
    pub(super) async fn take(headers: &HeaderMap, body: Body, name: &str) -> Result<Self, Fail> {
        let taking = tokio::time::timeout(MAX_TIME, Self::take_in(headers, body, name)).await;
        taking.map_err(|_| Fail::new(408, "The envelope took too long to come"))?
    }

    async fn take_in(headers: &HeaderMap, body: Body, name: &str) -> Result<Self, Fail> {
        let said =
            headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
        if said.is_some_and(|length| length > MAX_CONTENT) {
            return Err(too_large());
        }
        let mut body = body;
        let (mut spool, mut total) = (Self::Memory(Vec::new()), 0_u64);
        loop {
            let frame = tokio::time::timeout(MAX_SILENCE, body.frame()).await;
            let frame = frame.map_err(|_| Fail::new(408, "The sender was silent for too long"))?;
            let Some(frame) = frame else { return Ok(spool) };
            let frame = frame.map_err(|error| {
                // The server's own limit on uploads is smaller than what TAXII clients are told.
                if error.to_string().contains("limit") {
                    too_large()
                } else {
                    Fail::wrong("the body ends early")
                }
            })?;
            let Ok(piece) = frame.into_data() else { continue };
            total += piece.len() as u64;
            if total > MAX_CONTENT {
                return Err(too_large());
            }
            spool = spool.with(&piece, name).map_err(|error| Fail::from(Fault::log(&error)))?;
        }
    }

    /// With a further piece. `name` is no other one's.
    pub(crate) fn with(self, piece: &[u8], name: &str) -> std::io::Result<Self> {
        match self {
            Self::Memory(mut bytes) => {
                bytes.extend_from_slice(piece);
                if bytes.len() <= IN_MEMORY {
                    return Ok(Self::Memory(bytes));
                }
                let path = std::env::temp_dir().join(format!("scrutineer-{name}.envelope"));
                let mut options = File::options();
                options.read(true).write(true).create_new(true);
                // Others work on the same machine: what is on its way in may be RED.
                #[cfg(unix)]
                std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
                let mut file = options.open(&path)?;
                file.write_all(&bytes)?;
                Ok(Self::File(Kept { file, path }))
            }
            Self::File(mut kept) => {
                kept.file.write_all(piece)?;
                Ok(Self::File(kept))
            }
        }
    }

    /// The bytes, from the beginning.
    pub(crate) fn read(&mut self) -> std::io::Result<Box<dyn Read + '_>> {
        Ok(match self {
            Self::Memory(bytes) => Box::new(Cursor::new(&bytes[..])),
            Self::File(kept) => {
                kept.file.rewind()?;
                Box::new(std::io::BufReader::with_capacity(256 << 10, &kept.file))
            }
        })
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    #[test]
    fn a_large_envelope_is_its_owners_alone_and_goes_with_its_request() {
        let name = format!("test-{}", std::process::id());
        let spool = Spool::Memory(vec![b'x'; IN_MEMORY]).with(b"y", &name).unwrap();
        let Spool::File(kept) = &spool else { panic!("it is still in memory") };
        assert_eq!(kept.file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        let path = kept.path.clone();
        assert!(path.exists());
        drop(spool);
        assert!(!path.exists());
    }
}
