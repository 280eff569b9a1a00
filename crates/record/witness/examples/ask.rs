//! `ask URL VKEY SIZE...`: a log in memory grows to each size and asks a witness of any maker to cosign it.
//! Without arguments it prints the log's key, which everybody knows: it is for tests only.

use scr_canon::Hash32;
use scr_merkle::{HashReader, ProofError, consistency_proof, leaf_hash, root_of};
use scr_note::{Algorithm, Checkpoint, Note, PolicyWitness, SignerKey};
use scr_witness::{Reply, Submission, Submitted, Transport, client::submit};
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::process::ExitCode;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

const ORIGIN: &str = "log.interop.example/2026";

/// Leaves of a log whose entries say `entry-0`, `entry-1`, …
struct Leaves(Vec<Hash32>);

impl HashReader for Leaves {
    type Error = ProofError;

    fn hash(&self, level: u8, index: u64) -> Result<Hash32, ProofError> {
        let first = usize::try_from(index << level).map_err(|_| ProofError::Range)?;
        self.0.get(first..first + (1 << level)).map(root_of).ok_or(ProofError::Range)
    }
}

/// HTTP/1.1 without TLS, one connection for each request.
struct Plain;

impl Plain {
    fn send(url: &str, method: &str, body: &[u8]) -> Result<Reply, String> {
        let rest = url.strip_prefix("http://").ok_or("only http://")?;
        let (host, path) = rest.split_once('/').ok_or("no path")?;
        let length = body.len();
        let head = format!(
            "{method} /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n"
        );
        let exchange = || -> std::io::Result<Vec<u8>> {
            let mut stream = TcpStream::connect(host)?;
            stream.set_read_timeout(Some(Duration::from_secs(5)))?;
            stream.write_all(head.as_bytes())?;
            stream.write_all(body)?;
            let mut answer = Vec::new();
            stream.read_to_end(&mut answer)?;
            Ok(answer)
        };
        let answer = exchange().map_err(|e| e.to_string())?;
        let text = String::from_utf8(answer).map_err(|e| e.to_string())?;
        let (head, body) = text.split_once("\r\n\r\n").ok_or("no end of the head")?;
        let status = head.split(' ').nth(1).and_then(|word| word.parse().ok()).ok_or("no status")?;
        let kind = head.lines().find_map(|line| {
            let (name, value) = line.split_once(": ")?;
            name.eq_ignore_ascii_case("content-type").then(|| value.to_owned())
        });
        Ok(Reply {
            status,
            content_type: kind.unwrap_or_default(),
            body: body.as_bytes().to_vec(),
            retry_after: None,
        })
    }
}

impl Transport for Plain {
    fn post(&self, url: &str, body: &[u8]) -> Result<Reply, String> {
        Self::send(url, "POST", body)
    }

    fn get(&self, url: &str) -> Result<Reply, String> {
        Self::send(url, "GET", &[])
    }
}

/// One size; `known` is what the witness is believed to have seen.
fn ask(
    witness: &PolicyWitness,
    log: &SignerKey,
    known: u64,
    size: u64,
    now: i64,
) -> Result<Submitted, String> {
    let leaves: Vec<Hash32> = (0..size).map(|i| leaf_hash(format!("entry-{i}").as_bytes())).collect();
    let checkpoint = Checkpoint::new(ORIGIN, size, root_of(&leaves));
    let leaves = Leaves(leaves);
    let note = Note::sign(&checkpoint.to_string(), &[log], 0).map_err(|e| e.to_string())?;
    let prove = |old, new| consistency_proof(&leaves, old, new).map_err(|e| e.to_string());
    let (log_keys, prove) = (std::slice::from_ref(log.verifier()), &prove as _);
    let submission = Submission { note: &note, checkpoint: &checkpoint, log_keys, prove, now };
    Ok(submit(witness, known, &submission, &Plain, &|| Ok(())))
}

fn run(arguments: &[String]) -> Result<bool, String> {
    let log = SignerKey::from_seed(ORIGIN, Algorithm::Ed25519, &[42; 32]).map_err(|e| e.to_string())?;
    let [url, key, sizes @ ..] = arguments else {
        println!("{}", log.verifier());
        return Ok(true);
    };
    let key = key.parse().map_err(|e| format!("{key}: {e}"))?;
    let witness = PolicyWitness { name: "asked".to_owned(), key, url: Some(url.clone()), per_day: None };
    #[expect(clippy::disallowed_methods, reason = "the real clock of a real exchange")]
    let now =
        SystemTime::now().duration_since(UNIX_EPOCH).map_err(|e| e.to_string())?.as_secs().cast_signed();
    let mut before = 0;
    for size in sizes {
        let size: u64 = size.parse().map_err(|e| format!("{size}: {e}"))?;
        // With what is known, and with nothing known: the witness then names what it has seen.
        for known in [before, 0] {
            let result = ask(&witness, &log, known, size, now)?;
            let Submitted::Cosigned { line, time } = result else {
                println!("size {size}: {result:?}");
                return Ok(false);
            };
            println!("size {size}, from {known}: cosigned by {} at {time}", line.name);
        }
        before = size;
    }
    Ok(true)
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(why) => {
            println!("{why}");
            ExitCode::from(2)
        }
    }
}
