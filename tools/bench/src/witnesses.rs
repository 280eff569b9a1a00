//! `scr-bench witnesses`: how long a round takes, every witness a server with a state of its own on this disk.

use crate::report::Report;
use crate::{Fault, Folder, log};
use scr_core::{Clock as _, SystemClock};
use scr_ledger::store::sqlite::SqliteStore;
use scr_ledger::{Ledger, LedgerReader};
use scr_note::{Algorithm, Policy, SignerKey};
use scr_witness::{Board, LogList, LogSide, Reply, Transport, Witness, WitnessedLog};
use std::fmt::Write as _;
use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// New entries before each round.
const GROWTH: u64 = 1_000;
const LIMIT: u64 = 1 << 20;

/// Measures, and prints the table.
pub(crate) fn run(dir: &Path, witnesses: u16, rounds: u16) -> Result<(), Fault> {
    let folder = Folder::below(dir)?;
    let ledger = log::open(SqliteStore::open(&log::record_path(folder.path()))?, folder.path())?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let key = log::log_key()?.verifier().clone();
    let mut policy = format!("log {key}\n");
    let mut names = Vec::new();
    for number in 0..witnesses {
        let [high, low] = number.to_be_bytes();
        let seed = std::array::from_fn(|i| if i == 0 { high } else { low });
        let name = format!("w{number}");
        let own = SignerKey::from_seed(&format!("{name}.bench.example"), Algorithm::Cosignature, &seed)?;
        let vkey = own.verifier().to_string();
        let listed =
            WitnessedLog { origin: key.name().to_owned(), key: key.clone(), per_day: None, contact: None };
        let state = folder.path().join(format!("{name}.db"));
        let witness = Arc::new(Witness::open(own, LogList::new(vec![listed]), &state)?);
        let router = scr_desk_record::witness_router(witness, Arc::new(|| SystemClock.now()));
        let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0"))?;
        let _ = writeln!(policy, "witness {name} {vkey} http://{}/witness", listener.local_addr()?);
        runtime.spawn(scr_web::serve(
            listener,
            None,
            router,
            scr_web::ServeLimits::default(),
            std::future::pending(),
        ));
        names.push(name);
    }
    let _ = writeln!(policy, "group all all {}\nquorum all", names.join(" "));
    let policy: Policy = policy.parse()?;
    let board = Board::open(policy, &folder.path().join("rounds.db"))?;
    let mut took = measure(&ledger, &board, rounds)?;
    took.sort_unstable();
    let (median, worst) = (took[took.len() / 2], took[took.len() - 1]);
    let mut report = Report::default();
    report.row(
        &format!("a round of {witnesses} witnesses, median of {rounds}"),
        format!("{median:.1?}"),
        "",
        None,
    );
    report.row("  the slowest", format!("{worst:.1?}"), "< 1 s", Some(worst < Duration::from_secs(1)));
    println!("{report}");
    // Connections are still open: nobody waits for them.
    runtime.shutdown_background();
    Ok(())
}

fn measure(ledger: &Ledger, board: &Board, rounds: u16) -> Result<Vec<Duration>, Fault> {
    let transport = Http(
        ureq::Agent::config_builder()
            .timeout_global(Some(Duration::from_secs(2)))
            .http_status_as_error(false)
            .build()
            .into(),
    );
    let mut took = Vec::new();
    for round in 1..=u64::from(rounds) {
        let mut act = log::act("", None);
        act.proposals =
            (0..GROWTH).flat_map(|i| log::act(format!("round {round} entry {i}"), None).proposals).collect();
        ledger.append(act)?;
        let note = signed(ledger.reader(), round * GROWTH)?;
        let prove = |old, new| ledger.reader().consistency(old, new).map_err(|e| e.to_string());
        let side = LogSide { note: &note, keys: ledger.verifiers(), prove: &prove };
        let begin = Instant::now();
        board.round(&side, &transport, SystemClock.now())?;
        took.push(begin.elapsed());
        let confirmed = board.confirmation(round * GROWTH - 1);
        if !confirmed.met {
            return Err(
                format!("round {round}: {} of {} have cosigned", confirmed.given, confirmed.of).into()
            );
        }
    }
    Ok(took)
}

/// Waits until the log has signed a tree of this size.
fn signed(log: &LedgerReader, size: u64) -> Result<String, Fault> {
    loop {
        if log.checkpoint()?.is_some_and(|checkpoint| checkpoint.size == size) {
            return Ok(log.checkpoint_note()?.unwrap_or_default());
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// As the server asks, connections kept open between rounds.
struct Http(ureq::Agent);

impl Transport for Http {
    fn post(&self, url: &str, body: &[u8]) -> Result<Reply, String> {
        let mut response = self.0.post(url).send(body).map_err(|e| e.to_string())?;
        let kind = response.headers().get("content-type").and_then(|value| value.to_str().ok());
        let content_type = kind.unwrap_or_default().to_owned();
        let (status, mut body) = (response.status().as_u16(), Vec::new());
        response.body_mut().as_reader().take(LIMIT).read_to_end(&mut body).map_err(|e| e.to_string())?;
        Ok(Reply { status, content_type, body, retry_after: None })
    }

    fn get(&self, url: &str) -> Result<Reply, String> {
        Err(format!("{url} is not asked for here"))
    }
}
