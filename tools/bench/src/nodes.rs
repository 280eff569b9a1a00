//! `scr-bench nodes`: what several nodes on one PostgreSQL take, each held to a share of a core, beside what
//! one takes; and the ledger alone without such limits, which shows where PostgreSQL ends.

use crate::report::{Report, rate};
use crate::{ENTRY_BYTES, Fault, Folder, log};
use scr_core::{Actor, OrgId, PersonId, Role, SystemClock, SystemEntropy};
use scr_engine::rusqlite::{Transaction, params};
use scr_engine::{
    Engine, Event, FieldSpec, FieldType, Installation, KindSpec, NewEvent, Objects, View, ViewFault,
};
use scr_ledger::store::postgres::PostgresStore;
use scr_store::{Store, sql};
use serde_json::json;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

const SAID: KindSpec = KindSpec {
    name: "bench.thing.said/1",
    public: &[FieldSpec::new("text", FieldType::Text(400))],
    private: &["who"],
};

/// What is asked for.
pub(crate) struct Run {
    /// A PostgreSQL in which databases may be made.
    pub(crate) postgres: String,
    /// Share of a core that each node gets, in percent.
    pub(crate) percent: u32,
    /// Seconds of each measurement.
    pub(crate) seconds: u64,
    /// Acts under way on each node.
    pub(crate) writers: usize,
}

/// What a node does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum What {
    /// The whole engine: decide, encrypt one private field, sign, append, project.
    Engine,
    /// The ledger alone: entries of 300 bytes.
    Ledger,
}

/// Measures, and prints the table.
pub(crate) fn run(dir: &Path, run: &Run) -> Result<(), Fault> {
    let mut report = Report::default();
    let share = format!("nodes with {} % of a core each", run.percent);
    let one = acts_per_second(dir, run, What::Engine, 1, Some(run.percent))?;
    report.row(&format!("whole engine, 1 of the {share}"), format!("{one:.0} acts/s"), "", None);
    let three = acts_per_second(dir, run, What::Engine, 3, Some(run.percent))?;
    report.row(&format!("whole engine, 3 {share}"), format!("{three:.0} acts/s"), "", None);
    let ratio = three / one.max(1e-9);
    report.row("three nodes beside one", format!("{ratio:.2} times"), ">= 2 times", Some(ratio >= 2.0));
    for nodes in [1, 3] {
        let all = acts_per_second(dir, run, What::Engine, nodes, None)?;
        report.row(&format!("whole engine, {nodes} without a limit"), format!("{all:.0} acts/s"), "", None);
    }
    for nodes in [1, 3] {
        let all = acts_per_second(dir, run, What::Ledger, nodes, None)?;
        let what = format!("ledger alone, {nodes} without a limit");
        report.row(&what, format!("{all:.0} entries/s"), "", None);
    }
    println!("{report}");
    println!("{} s each, {} acts under way on each node", run.seconds, run.writers);
    Ok(())
}

/// What so many nodes take together, on databases and in folders of their own.
fn acts_per_second(
    dir: &Path,
    run: &Run,
    what: What,
    nodes: usize,
    percent: Option<u32>,
) -> Result<f64, Fault> {
    let folder = Folder::below(dir)?;
    let databases = Databases::new(&run.postgres)?;
    let first = folder.path().join("0");
    Installation::create(&first, "log.bench.example/2026", &SystemEntropy)?;
    let mut running = Vec::new();
    for number in 0..nodes {
        let own = folder.path().join(number.to_string());
        if number > 0 {
            Installation::create_node(&own, &first.join("keys"))?;
            // Taken over from a node that is known to be sound: the first, on databases made just now.
            std::fs::copy(first.join("guard"), own.join("guard"))?;
        }
        running.push(Node::start(&own, &databases, run, what, percent)?);
        while !first.join("guard").exists() {
            std::thread::sleep(Duration::from_millis(20));
        }
    }
    let begin = Instant::now();
    for node in &mut running {
        node.process.stdin.as_mut().ok_or("no input")?.write_all(b"go\n")?;
    }
    let counts = running.iter_mut().map(Node::count).collect::<Result<Vec<u64>, Fault>>()?;
    Ok(rate(counts.iter().sum(), begin.elapsed()))
}

/// Two databases that are gone at the end.
struct Databases {
    main: Store,
    names: [String; 2],
    urls: [String; 2],
}

impl Databases {
    fn new(url: &str) -> Result<Self, Fault> {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let number = format!("{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::SeqCst));
        let names = ["record", "keys"].map(|what| format!("bench_{what}_{number}"));
        let main = Store::open_postgres(url)?;
        for name in &names {
            main.execute(&sql!(format!("CREATE DATABASE {name}")))?;
        }
        let (server, _) = url.rsplit_once('/').ok_or("an address ends with the name of a database")?;
        let urls = names.each_ref().map(|name| format!("{server}/{name}"));
        Ok(Self { main, names, urls })
    }
}

impl Drop for Databases {
    fn drop(&mut self) {
        for name in &self.names {
            drop(self.main.execute(&sql!(format!("DROP DATABASE {name} WITH (FORCE)"))));
        }
    }
}

/// A process that waits for its turn.
struct Node {
    process: Child,
    says: BufReader<ChildStdout>,
    group: Option<PathBuf>,
}

impl Node {
    fn start(
        own: &Path,
        databases: &Databases,
        run: &Run,
        what: What,
        percent: Option<u32>,
    ) -> Result<Self, Fault> {
        let [database, keys] = &databases.urls;
        let mut process = Command::new(std::env::current_exe()?)
            .arg("node")
            .arg("--dir")
            .arg(own)
            .args(["--database", database, "--keys-database", keys])
            .args(["--what", if what == What::Engine { "engine" } else { "ledger" }])
            .args(["--seconds", &run.seconds.to_string(), "--writers", &run.writers.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let group = percent.map(|percent| hold(process.id(), percent)).transpose()?;
        let says = BufReader::new(process.stdout.take().ok_or("no output")?);
        let mut node = Self { process, says, group };
        node.line()?;
        Ok(node)
    }

    fn line(&mut self) -> Result<String, Fault> {
        let mut line = String::new();
        self.says.read_line(&mut line)?;
        if line.is_empty() { Err("a node ended".into()) } else { Ok(line) }
    }

    fn count(&mut self) -> Result<u64, Fault> {
        Ok(self.line()?.trim().parse()?)
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
        if let Some(group) = &self.group {
            drop(std::fs::remove_dir(group));
        }
    }
}

/// Holds a process to so many percent of a core, by a control group of its own (needs root).
fn hold(process: u32, percent: u32) -> Result<PathBuf, Fault> {
    const PERIOD_US: u32 = 20_000;
    let quota = PERIOD_US / 100 * percent;
    let root = Path::new("/sys/fs/cgroup");
    let (group, files) = if root.join("cgroup.controllers").exists() {
        (root.join(format!("scr-bench-{process}")), vec![("cpu.max", format!("{quota} {PERIOD_US}"))])
    } else {
        let files =
            vec![("cpu.cfs_period_us", PERIOD_US.to_string()), ("cpu.cfs_quota_us", quota.to_string())];
        (root.join("cpu").join(format!("scr-bench-{process}")), files)
    };
    let fault = |e: std::io::Error| format!("{}: {e}; control groups need root", group.display());
    std::fs::create_dir(&group).map_err(fault)?;
    for (file, value) in files {
        std::fs::write(group.join(file), value).map_err(fault)?;
    }
    std::fs::write(group.join("cgroup.procs"), process.to_string()).map_err(fault)?;
    Ok(group)
}

/// What a node is told.
#[derive(clap::Args)]
pub(crate) struct NodeArguments {
    #[arg(long)]
    dir: PathBuf,
    #[arg(long)]
    database: String,
    #[arg(long)]
    keys_database: String,
    #[arg(long)]
    what: What,
    #[arg(long)]
    seconds: u64,
    #[arg(long)]
    writers: usize,
}

/// One node: opens, says so, waits for a line, works, says how much it did.
pub(crate) fn node(arguments: &NodeArguments) -> Result<(), Fault> {
    let act: Box<dyn Fn(u64) -> Result<(), Fault> + Send + Sync> = match arguments.what {
        What::Engine => {
            let engine = engine(arguments)?;
            Box::new(move |number| said(&engine, number))
        }
        What::Ledger => {
            let ledger = log::open(PostgresStore::open(&arguments.database)?, &arguments.dir)?;
            Box::new(move |number| {
                let mut bytes = format!("{}-{number}", std::process::id()).into_bytes();
                bytes.resize(ENTRY_BYTES, b'x');
                Ok(ledger.append(log::act(bytes, None)).map(drop)?)
            })
        }
    };
    // The first act makes what is made once, and lets a guard be written.
    act(0)?;
    println!("ready");
    std::io::stdin().lock().read_line(&mut String::new())?;
    let until = Instant::now() + Duration::from_secs(arguments.seconds);
    let (next, done) = (AtomicU64::new(1), AtomicU64::new(0));
    std::thread::scope(|scope| {
        for _ in 0..arguments.writers {
            scope.spawn(|| {
                while Instant::now() < until {
                    match act(next.fetch_add(1, Ordering::Relaxed)) {
                        Ok(()) => {
                            done.fetch_add(1, Ordering::Relaxed);
                        }
                        // Busy: it comes back.
                        Err(_) => std::thread::sleep(Duration::from_millis(20)),
                    }
                }
            });
        }
    });
    println!("{}", done.into_inner());
    Ok(())
}

fn engine(arguments: &NodeArguments) -> Result<Engine, Fault> {
    let parts = Installation::find(&arguments.dir)?.with_keys_database(Some(&arguments.keys_database)).open(
        Some(&arguments.database),
        Duration::from_secs(1),
        Arc::new(SystemClock),
        Arc::new(SystemEntropy),
    )?;
    Ok(Engine::open(parts, &arguments.dir, &[SAID], vec![Box::new(Things)])?)
}

fn said(engine: &Engine, number: u64) -> Result<(), Fault> {
    let person = PersonId::new("person-1").map_err(|e| e.to_string())?;
    let actor = Actor {
        person,
        org: OrgId::new("emb").map_err(|e| e.to_string())?,
        role: Role::Manager,
        place: None,
    };
    let subject = format!("thing:{}-{number}", std::process::id());
    engine.record(&actor, &|_, _| {
        let text = "x".repeat(120);
        Ok(vec![
            NewEvent::about(&SAID, subject.as_str(), json!({"text": text})).private("who", "person:1", "Ada"),
        ])
    })?;
    Ok(())
}

/// One row for each event.
struct Things;

impl View for Things {
    fn name(&self) -> &'static str {
        "things"
    }
    fn schema(&self) -> &'static str {
        "CREATE TABLE things_thing (idx INTEGER PRIMARY KEY, text TEXT NOT NULL, who TEXT);"
    }
    fn apply(&self, tx: &Transaction<'_>, event: &Event, _: &Objects) -> Result<(), ViewFault> {
        if event.kind() == SAID.name {
            tx.prepare_cached("INSERT INTO things_thing VALUES (?1, ?2, ?3)")?.execute(params![
                event.index.cast_signed(),
                event.text("text"),
                event.private_text("who")
            ])?;
        }
        Ok(())
    }
    fn digests(&self) -> &'static [(&'static str, &'static str, &'static str)] {
        &[("things_thing", "idx, text", "idx")]
    }
}
