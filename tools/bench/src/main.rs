//! `just bench`: the figures of the record, measured on this machine and this disk, as one table.
//!
//! The server of a log is another process than the load generator, so that the processor time of each
//! is known. Everything happens below one folder, on one disk, in one run.

mod alerts;
mod audits;
mod boards;
mod counting;
mod fill;
mod load;
mod log;
mod machine;
mod mirror;
mod nodes;
mod peers;
mod report;
mod results;
mod server;
mod verify;
mod witnesses;

use clap::{Args, Parser, Subcommand};
use machine::{Durations, cpu_time, fsync_durations};
use report::{Report, rate};
use scr_ledger::Ledger;
use scr_ledger::store::sqlite::SqliteStore;
use scr_merkle::{leaf_hash, verify_inclusion};
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

/// Bytes of an entry, as Tessera's hammer sends them.
pub(crate) const ENTRY_BYTES: usize = 300;
const FSYNC_SAMPLES: usize = 150;
const PROOF_SAMPLES: u64 = 10_000;
const COUNTED_ENTRIES: u64 = 100_000;

/// What can go wrong here is said and ends the run.
pub(crate) type Fault = Box<dyn std::error::Error + Send + Sync>;

#[derive(Parser)]
#[command(name = "scr-bench", about = "Measures the record on this machine and prints a table")]
struct Arguments {
    #[command(subcommand)]
    part: Option<Part>,
    #[command(flatten)]
    run: RunArguments,
}

#[derive(Args)]
struct RunArguments {
    /// Folder on the disk to be measured; a folder is made in it and removed afterwards
    #[arg(long, default_value = ".")]
    dir: PathBuf,
    /// Entries of the log that is restarted and proved from (the target is stated for 10000000)
    #[arg(long, default_value_t = 1_000_000)]
    entries: u64,
    /// Writers, each with one connection and one entry under way
    #[arg(long, default_value_t = 1_024)]
    writers: usize,
    /// Seconds that many writers, then one writer, are measured for
    #[arg(long, default_value_t = 15)]
    seconds: u64,
}

#[derive(Subcommand)]
enum Part {
    /// Serve one log: POST /add, GET /checkpoint, GET /tile/… (what Tessera's hammer and fsck need)
    Serve {
        /// Folder of the log
        #[arg(long)]
        dir: PathBuf,
        /// Address to listen on
        #[arg(long, default_value = "127.0.0.1:0")]
        listen: SocketAddr,
    },
    /// Load any server that has POST /add, ours or another's, and print appends a second
    Load {
        /// Its address
        address: SocketAddr,
        /// Writers, each with one connection and one entry under way
        #[arg(long, default_value_t = 1_024)]
        writers: usize,
        /// Seconds, after two that are not counted
        #[arg(long, default_value_t = 15)]
        seconds: u64,
    },
    /// A results file from bytes to publication, and views rebuilt
    Results {
        /// Folder on the disk to be measured; a folder is made in it and removed afterwards
        #[arg(long, default_value = ".")]
        dir: PathBuf,
        /// Polling stations, with 10 contestants each
        #[arg(long, default_value_t = 100_000)]
        units: u64,
        /// Events that the views are rebuilt from
        #[arg(long, default_value_t = 200_000)]
        events: u64,
    },
    /// Rounds of witnesses, each a server of its own on this disk
    Witnesses {
        /// Folder on the disk to be measured; a folder is made in it and removed afterwards
        #[arg(long, default_value = ".")]
        dir: PathBuf,
        /// Witnesses
        #[arg(long, default_value_t = 20)]
        witnesses: u16,
        /// Rounds, with 1,000 new entries before each
        #[arg(long, default_value_t = 20)]
        rounds: u16,
    },
    /// A mirror takes in a log whose every entry is signed
    Mirror {
        /// Folder on the disk to be measured; a folder is made in it and removed afterwards
        #[arg(long, default_value = ".")]
        dir: PathBuf,
        /// Entries of the log
        #[arg(long, default_value_t = 100_000)]
        entries: u64,
    },
    /// Three nodes on one PostgreSQL beside one, each held to a share of a core (needs root)
    Nodes {
        /// Folder on the disk to be measured; a folder is made in it and removed afterwards
        #[arg(long, default_value = ".")]
        dir: PathBuf,
        /// A PostgreSQL in which databases may be made
        #[arg(long, env = "SCRUTINEER_TEST_POSTGRES")]
        postgres: String,
        /// Share of a core that each node gets, in percent
        #[arg(long, default_value_t = 15)]
        percent: u32,
        /// Seconds of each measurement
        #[arg(long, default_value_t = 15)]
        seconds: u64,
        /// Acts under way on each node
        #[arg(long, default_value_t = 64)]
        writers: usize,
    },
    /// One of the nodes
    #[command(hide = true)]
    Node(nodes::NodeArguments),
    /// A whole log is checked, as `scrutineer log fsck` does
    Verify {
        /// Folder on the disk to be measured; a folder is made in it and removed afterwards
        #[arg(long, default_value = ".")]
        dir: PathBuf,
        /// Entries of the log
        #[arg(long, default_value_t = 1_000_000)]
        entries: u64,
    },
    /// Ballots counted, samples drawn, assertions found, an audit checked again
    Counting {
        /// CVRs that are counted from columns
        #[arg(long, default_value_t = 10_000_000)]
        cards: u32,
        /// The folder of public data, for figures on real elections
        #[arg(long, env = "SCRUTINEER_DATA")]
        data: Option<PathBuf>,
        #[command(flatten)]
        peers: peers::Peers,
    },
    /// Audits on the record: boards at once, a round closed, the public page
    Audits {
        /// Folder on the disk to be measured; a folder is made in it and removed afterwards
        #[arg(long, default_value = ".")]
        dir: PathBuf,
        /// Boards that enter at once
        #[arg(long, default_value_t = 500)]
        boards: usize,
        /// Ballots that each enters
        #[arg(long, default_value_t = 8)]
        ballots: u32,
    },
    /// An alert for very many polling stations handed over while their answers come in and the countdown page is read
    Alerts {
        /// Folder on the disk to be measured; a folder is made in it and removed afterwards
        #[arg(long, default_value = ".")]
        dir: PathBuf,
        #[command(flatten)]
        wanted: alerts::Wanted,
    },
    /// Fill a log without HTTP, then wait to be ended
    #[command(hide = true)]
    Fill {
        #[arg(long)]
        dir: PathBuf,
        #[arg(long)]
        entries: u64,
        /// Each entry is about one of 1,000 subjects
        #[arg(long)]
        counted: bool,
    },
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let result = match arguments.part {
        Some(Part::Serve { dir, listen }) => server::serve(&dir, listen),
        Some(Part::Load { address, writers, seconds }) => load_other(address, writers, seconds),
        Some(Part::Results { dir, units, events }) => results::run(&dir, units, events),
        Some(Part::Witnesses { dir, witnesses, rounds }) => witnesses::run(&dir, witnesses, rounds),
        Some(Part::Mirror { dir, entries }) => mirror::run(&dir, entries),
        Some(Part::Nodes { dir, postgres, percent, seconds, writers }) => {
            nodes::run(&dir, &nodes::Run { postgres, percent, seconds, writers })
        }
        Some(Part::Node(arguments)) => nodes::node(&arguments),
        Some(Part::Counting { cards, data, peers }) => counting::run(cards, data.as_deref(), &peers),
        Some(Part::Audits { dir, boards, ballots }) => audits::run(&dir, boards, ballots),
        Some(Part::Alerts { dir, wanted }) => alerts::run(&dir, &wanted),
        Some(Part::Verify { dir, entries }) => verify::run(&dir, entries),
        Some(Part::Fill { dir, entries, counted }) => fill::run(&dir, entries, counted),
        None => measure(&arguments.run),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("scr-bench: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The same load on any server, so that peers are measured with one measure.
fn load_other(address: SocketAddr, writers: usize, seconds: u64) -> Result<(), Fault> {
    load::run(address, writers, Duration::from_secs(2))?;
    let load = load::run(address, writers, Duration::from_secs(seconds))?;
    let per_second = rate(load.done, load.took);
    let durations = Durations::new(load.durations);
    println!(
        "{writers} writers: {per_second:.0} appends/s, p50 {:.1?}, p99 {:.1?}, {} refused",
        durations.percentile(50),
        durations.percentile(99),
        load.refused
    );
    Ok(())
}

/// A folder that is removed at the end, also after an error.
struct Folder(PathBuf);

impl Folder {
    /// A new folder below `dir`, named after this process.
    fn below(dir: &Path) -> Result<Self, Fault> {
        let folder = Self(std::path::absolute(dir)?.join(format!("scr-bench-{}", std::process::id())));
        std::fs::create_dir_all(&folder.0)?;
        Ok(folder)
    }

    fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

fn measure(run: &RunArguments) -> Result<(), Fault> {
    let folder = Folder::below(&run.dir)?;
    let mut report = Report::default();
    println!("{}", machine::describe(&folder.0)?);
    let mut fsync = fsync_durations(&folder.0, FSYNC_SAMPLES)?;
    let http = measure_http(&folder.0.join("http"), run)?;
    fsync.extend(fsync_durations(&folder.0, FSYNC_SAMPLES)?);
    http.report(&mut report, &Durations::new(fsync), run.writers);
    measure_store(&folder.0, run.entries, &mut report)?;
    print!("{report}");
    println!(
        "\nmany and one writer: {} s each; checkpoints every second, Ed25519 and ML-DSA-44",
        run.seconds
    );
    println!("load at the end: {}", machine::load_average()?);
    Ok(())
}

/// A part of this program that runs as a process of its own, and what it said first.
struct PartProcess {
    child: Child,
    said: String,
}

impl PartProcess {
    fn start(arguments: &[&str], dir: &Path) -> Result<Self, Fault> {
        let mut child = Command::new(std::env::current_exe()?)
            .args(arguments)
            .arg("--dir")
            .arg(dir)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut said = String::new();
        if let Some(output) = child.stdout.take() {
            BufReader::new(output).read_line(&mut said)?;
        }
        if said.is_empty() {
            child.kill()?;
            return Err(format!("the part {arguments:?} did not start").into());
        }
        Ok(Self { child, said: said.trim().to_owned() })
    }

    /// Ends it as a power cut would: without a chance to tidy up.
    fn kill(mut self) -> Result<(), Fault> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }
}

/// What was measured over HTTP.
struct Http {
    many: load::Load,
    one: load::Load,
    /// Processor seconds of load generator and server while many wrote.
    generator_cpu: f64,
    server_cpu: f64,
    server_memory_kib: u64,
}

fn measure_http(dir: &Path, run: &RunArguments) -> Result<Http, Fault> {
    let server = PartProcess::start(&["serve"], dir)?;
    let address: SocketAddr = server.said.parse()?;
    let own = std::process::id();
    let seconds = Duration::from_secs(run.seconds);
    load::run(address, run.writers, Duration::from_secs(2))?;
    let (before, server_before) = (cpu_time(own)?, cpu_time(server.child.id())?);
    let many = load::run(address, run.writers, seconds)?;
    let (generator_cpu, server_cpu) = (cpu_time(own)? - before, cpu_time(server.child.id())? - server_before);
    std::thread::sleep(Duration::from_secs(1));
    let one = load::run(address, 1, seconds)?;
    let server_memory_kib = machine::peak_memory_kib(server.child.id())?;
    server.kill()?;
    Ok(Http { many, one, generator_cpu, server_cpu, server_memory_kib })
}

impl Http {
    fn report(&self, report: &mut Report, fsync: &Durations, writers: usize) {
        let median = fsync.percentile(50);
        report.row("disk: append of 4 KiB and fsync, median", format!("{median:.1?}"), "", None);
        let per_second = rate(self.many.done, self.many.took);
        report.row(
            &format!("appends over HTTP, {writers} writers, {ENTRY_BYTES}-byte entries"),
            format!("{per_second:.0}/s"),
            ">= 10,000/s",
            Some(per_second >= 10_000.0),
        );
        let many = Durations::new(self.many.durations.clone());
        let latency = format!("{:.1?}, {:.1?}", many.percentile(50), many.percentile(99));
        report.row("  of these: latency p50, p99", latency, "", None);
        report.row("  refused (503)", self.many.refused.to_string(), "", None);
        let took = self.many.took.as_secs_f64();
        let all = self.generator_cpu + self.server_cpu;
        let shares =
            format!("{:.0} % of {:.2} cores in use", 100.0 * self.generator_cpu / all.max(0.01), all / took);
        report.row("  load generator's share of the processor time", shares, "", None);
        report.row("  server's peak memory", format!("{} MiB", self.server_memory_kib / 1024), "", None);
        let one = Durations::new(self.one.durations.clone());
        let (p50, p99) = (one.percentile(50), one.percentile(99));
        report.row("append over HTTP, one writer, p50", format!("{p50:.1?}"), "", None);
        report.row("append over HTTP, one writer, p99", format!("{p99:.1?}"), "", None);
        let ratio = p50.as_secs_f64() / median.as_secs_f64().max(1e-9);
        report.row("  p50 in fsyncs", format!("{ratio:.2}"), "<= 2", Some(ratio <= 2.0));
    }
}

fn measure_store(folder: &Path, entries: u64, report: &mut Report) -> Result<(), Fault> {
    let dir = folder.join("raw");
    let per_second = fill_and_kill(&dir, entries, false)?;
    report.row(&format!("appends without HTTP, {entries} entries"), format!("{per_second:.0}/s"), "", None);
    let (after_kill, ledger) = restart(&dir)?;
    let target = if entries >= 10_000_000 { "< 1 s" } else { "< 1 s (at 10,000,000)" };
    let met = |took: Duration| Some(took < Duration::from_secs(1));
    let label = format!("restart with {entries} entries, after kill -9");
    report.row(&label, format!("{after_kill:.1?}"), target, met(after_kill));
    drop(ledger);
    let (after_close, ledger) = restart(&dir)?;
    let label = format!("restart with {entries} entries, after a clean end");
    report.row(&label, format!("{after_close:.1?}"), target, met(after_close));
    let proofs = Durations::new(proofs(&ledger, entries)?);
    let p99 = proofs.percentile(99);
    report.row(
        "inclusion proof with entry and checkpoint, p50",
        format!("{:.1?}", proofs.percentile(50)),
        "",
        None,
    );
    report.row("inclusion proof, p99", format!("{p99:.1?}"), "< 5 ms", Some(p99 < Duration::from_millis(5)));
    drop(ledger);
    #[expect(clippy::cast_precision_loss, reason = "figures for people")]
    let bytes_per_entry = |dir: &Path, entries: u64| -> Result<f64, Fault> {
        Ok(std::fs::metadata(log::record_path(dir))?.len() as f64 / entries as f64)
    };
    let target = 1.2 * 300.0 + 32.0;
    let size = bytes_per_entry(&dir, entries)?;
    report.row("disk per entry of 300 bytes", format!("{size:.1} B"), "<= 392 B", Some(size <= target));
    let counted = folder.join("counted");
    fill_and_kill(&counted, COUNTED_ENTRIES, true)?;
    drop(restart(&counted)?);
    let size = bytes_per_entry(&counted, COUNTED_ENTRIES)?;
    report.row("  with one counted subject each", format!("{size:.1} B"), "<= 392 B", Some(size <= target));
    Ok(())
}

/// Appends per second of a fill in a process of its own, which is then killed.
fn fill_and_kill(dir: &Path, entries: u64, counted: bool) -> Result<f64, Fault> {
    let entries = entries.to_string();
    let mut arguments = vec!["fill", "--entries", &entries];
    if counted {
        arguments.push("--counted");
    }
    eprintln!("filling a log of {entries} entries");
    let process = PartProcess::start(&arguments, dir)?;
    let per_second = process.said.parse()?;
    process.kill()?;
    Ok(per_second)
}

fn restart(dir: &Path) -> Result<(Duration, Ledger), Fault> {
    let start = Instant::now();
    let ledger = log::open(SqliteStore::open(&log::record_path(dir))?, dir)?;
    let took = start.elapsed();
    match ledger.stopped() {
        None => Ok((took, ledger)),
        Some(reason) => Err(format!("the log does not accept after the restart: {reason}").into()),
    }
}

/// How long proofs of entries all over the log take. Each is verified, outside the measured time.
fn proofs(ledger: &Ledger, entries: u64) -> Result<Vec<Duration>, Fault> {
    let reader = ledger.reader();
    let root = reader.checkpoint()?.ok_or("no checkpoint")?.root;
    let mut durations = Vec::new();
    let mut index = 0u64;
    for _ in 0..PROOF_SAMPLES {
        // Knuth's multiplicative step: spread over the log, the same in every run.
        index = index.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let place = (index >> 20) % entries;
        let start = Instant::now();
        let proof = reader.proof(place)?;
        durations.push(start.elapsed());
        let leaf = leaf_hash(proof.extra.as_deref().unwrap_or_default());
        verify_inclusion(&proof.hashes, place, entries, &leaf, &root)?;
    }
    std::io::stdout().flush()?;
    Ok(durations)
}
