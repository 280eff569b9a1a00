//! `scr-bench mirror`: how fast a mirror takes in a log whose every entry an author has signed.

use crate::report::{Report, rate};
use crate::{Fault, Folder, log};
use axum::Router;
use axum::extract::{Path as Address, State};
use axum::http::StatusCode;
use axum::routing::get;
use scr_core::{SystemClock, SystemEntropy};
use scr_engine::{FieldSpec, FieldType, KindSpec, LOG_OPENED};
use scr_entry::Draft;
use scr_ledger::store::sqlite::SqliteStore;
use scr_ledger::{Act, Claim, Ledger, LedgerReader, Proposal, Slot};
use scr_mirror::{HttpRemote, MirrorFolder};
use scr_note::{Algorithm, SignerKey};
use serde_json::{Value, json};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

const SAID: KindSpec =
    KindSpec { name: "bench.thing.said/1", public: &[FieldSpec::new("n", FieldType::Count)], private: &[] };
/// Entries of one act while the log is filled.
const AT_ONCE: u64 = 1_000;
/// Each entry is about one of so many subjects.
const SUBJECTS: u64 = 1_000;

/// Measures, and prints the table.
pub(crate) fn run(dir: &Path, entries: u64) -> Result<(), Fault> {
    let folder = Folder::below(dir)?;
    let ledger = filled(&folder.path().join("origin"), entries)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0"))?;
    let address = format!("http://{}", listener.local_addr()?);
    let router = Router::new().route("/log/{*path}", get(resource)).with_state(ledger.reader().clone());
    runtime.spawn(scr_web::serve(
        listener,
        None,
        router,
        scr_web::ServeLimits::default(),
        std::future::pending(),
    ));
    let keys = vec![log::log_key()?.verifier().clone()];
    let (clock, entropy) = (Arc::new(SystemClock), Arc::new(SystemEntropy));
    let mut mirror = MirrorFolder::open(&folder.path().join("mirror"), keys, clock, entropy)?;
    let remote = HttpRemote::new(&address, &ureq::tls::TlsConfig::default()).ok_or("no address")?;
    let begin = Instant::now();
    mirror.follower.step(&remote, &mut |_, _| ()).map_err(|trouble| trouble.to_string())?;
    let took = begin.elapsed();
    let taken = mirror.follower.size();
    if taken <= entries {
        return Err(format!("the mirror holds {taken} entries").into());
    }
    let per_second = rate(taken, took);
    let mut report = Report::default();
    report.row(
        &format!("a mirror takes in {taken} signed entries"),
        format!("{per_second:.0}/s"),
        ">= 10,000/s",
        Some(per_second >= 10_000.0),
    );
    println!("{report}");
    // The mirror's connection is still open: nobody waits for it.
    runtime.shutdown_background();
    Ok(())
}

async fn resource(
    State(reader): State<LedgerReader>,
    Address(path): Address<String>,
) -> Result<Vec<u8>, StatusCode> {
    reader.resource(&path).map_err(|_| StatusCode::NOT_FOUND)
}

/// A new log in `folder` with so many entries, each signed by its author.
pub(crate) fn filled(folder: &Path, entries: u64) -> Result<Ledger, Fault> {
    std::fs::create_dir_all(folder)?;
    let ledger = log::open(SqliteStore::open(&log::record_path(folder))?, folder)?;
    eprintln!("filling a log of {entries} signed entries");
    fill(&ledger, entries)?;
    Ok(ledger)
}

/// The opening of the log, then entries by its operator, under one last checkpoint.
fn fill(ledger: &Ledger, entries: u64) -> Result<(), Fault> {
    let name = format!("{}/operator", ledger.origin());
    let operator = Arc::new(SignerKey::from_seed(&name, Algorithm::Ed25519, &[3; 32])?);
    let opened =
        json!({"origin": ledger.origin(), "keys": [], "operator_key": operator.verifier().to_string()});
    let opening = proposal(&LOG_OPENED, "log:origin".to_owned(), &opened, &operator)?;
    ledger.append(Act { proposals: vec![opening], statements: Vec::new() })?;
    let mut next = 0;
    while next < entries {
        let end = entries.min(next + AT_ONCE);
        let one = |n: u64| proposal(&SAID, format!("thing:{}", n % SUBJECTS), &json!({"n": n}), &operator);
        let proposals = (next..end).map(one).collect::<Result<_, _>>()?;
        ledger.append(Act { proposals, statements: Vec::new() })?;
        next = end;
    }
    while ledger.reader().checkpoint()?.is_none_or(|checkpoint| checkpoint.size <= entries) {
        std::thread::sleep(Duration::from_millis(20));
    }
    Ok(())
}

fn proposal(
    kind: &KindSpec,
    subject: String,
    public: &Value,
    author: &Arc<SignerKey>,
) -> Result<Proposal, Fault> {
    let public = public.as_object().cloned().unwrap_or_default();
    let draft = Draft::new(kind, "bench", std::slice::from_ref(&subject), public, Vec::new(), Vec::new())?;
    let author = Arc::clone(author);
    let compose = Arc::new(move |slot: &Slot| {
        draft.compose(slot.at, &slot.seqs, &author).map_err(|error| error.to_string())
    });
    Ok(Proposal { claims: vec![Claim { subject, expected: None }], compose, payloads: Vec::new() })
}
