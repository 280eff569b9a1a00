//! What tests ask of the machine on which they run, and how they say that it is not there. Only for tests.
//!
//! A test that cannot run says so with a line, and adds the line to the file that `SCRUTINEER_SKIPS` names: `.ci/run`
//! fails on lines that no other of its legs answers for.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]
#![expect(clippy::disallowed_methods, reason = "tests learn from the environment what the machine has")]

#[cfg(unix)]
mod agent;

#[cfg(unix)]
pub use agent::SshAgent;
use scr_entry::{FieldSpec, FieldType, KindSpec};
use std::cell::RefCell;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

/// Says that a test cannot run, and why.
pub fn skipped(why: &str) {
    println!("skipped: {why}");
    if let Ok(list) = std::env::var("SCRUTINEER_SKIPS") {
        let mut list = std::fs::File::options().create(true).append(true).open(list).unwrap();
        // In one write: tests run beside each other, and lines must not run together.
        list.write_all(format!("skipped: {why}\n").as_bytes()).unwrap();
    }
}

/// A file or folder of the public data (`SCRUTINEER_DATA`, or what stands beside the checkout); `None`, said, where it
/// is missing.
pub fn data(below: &str) -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let path = std::env::var("SCRUTINEER_DATA").map_or_else(|_| beside(), PathBuf::from).join(below);
    if path.exists() {
        return Some(path);
    }
    skipped(&format!("{} is missing (set SCRUTINEER_DATA)", path.display()));
    None
}

/// The kind by which an election is defined, for tests of desks that read it and do not have it.
pub const ELECTION_CREATED: KindSpec = KindSpec {
    name: "elections.election.created/1",
    public: &[
        FieldSpec::new("election", FieldType::Code(64)),
        FieldSpec::new("title", FieldType::Name(200)),
        FieldSpec::new("day", FieldType::Code(10)),
        FieldSpec::new("zone", FieldType::Code(64)),
    ],
    private: &[],
};

/// How a value differs from a published schema (`docs/schemas/api.schema.json`), by the name of its definition.
pub fn schema_fault(definition: &str, value: &serde_json::Value) -> Option<String> {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/schemas/api.schema.json");
    let mut schemas = boon::Schemas::new();
    let schema = boon::Compiler::new().compile(&format!("{file}#/$defs/{definition}"), &mut schemas).unwrap();
    schemas.validate(value, schema).err().map(|error| format!("{error:#}"))
}

/// A PostgreSQL in which databases may be made; `None`, said, where there is none for `what`.
pub fn postgres(what: &str) -> Option<String> {
    service(what, "SCRUTINEER_TEST_POSTGRES", "tools/postgres-for-tests")
}

/// An S3; `None`, said, where there is none for `what`.
pub fn s3(what: &str) -> Option<String> {
    service(what, "SCRUTINEER_TEST_S3", "tools/s3-for-tests")
}

/// The same for tests that need a PostgreSQL beside it: `.ci/run` has a leg with both.
pub fn s3_beside_postgres(what: &str) -> Option<String> {
    s3(what)
}

fn service(what: &str, variable: &str, tool: &str) -> Option<String> {
    let address = std::env::var(variable).ok();
    if address.is_none() {
        skipped(&format!("{what} (set {variable}, or run {tool})"));
    }
    address
}

/// A PostgreSQL database of one's own, gone when it is dropped.
pub struct Database {
    server: String,
    name: String,
    /// Its address.
    pub url: String,
}

impl Database {
    /// An empty one; `None`, said, where there is no PostgreSQL for `what`.
    pub fn new(what: &str) -> Option<Self> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let server = postgres(what)?;
        let name = format!("test_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::SeqCst));
        execute(&server, &format!("CREATE DATABASE {name}")).unwrap();
        let (address, _) = server.rsplit_once('/').unwrap();
        let url = format!("{address}/{name}");
        Some(Self { server, name, url })
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // Whatever a test has found wrong matters more than a database that stays.
        drop(execute(&self.server, &format!("DROP DATABASE {} WITH (FORCE)", self.name)));
    }
}

thread_local! {
    static TABLES: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// While it lives, a test of this thread keeps its operational tables ([`tables`]) in a database of its own.
pub struct InPostgres(Database);

impl InPostgres {
    /// `None`, said, where there is no PostgreSQL for `what`.
    pub fn new(what: &str) -> Option<Self> {
        let database = Database::new(what)?;
        TABLES.set(Some(database.url.clone()));
        Some(Self(database))
    }

    /// On a thread that may wait: whoever speaks to PostgreSQL waits, which no asynchronous thread may.
    pub fn aside<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        let url = self.0.url.clone();
        std::thread::scope(|scope| {
            let run = || {
                TABLES.set(Some(url));
                work()
            };
            scope.spawn(run).join().unwrap()
        })
    }
}

impl Drop for InPostgres {
    fn drop(&mut self) {
        TABLES.set(None);
    }
}

/// Where a test of this thread keeps its operational tables; `None`: in a file of its own.
pub fn tables() -> Option<String> {
    TABLES.with_borrow(Clone::clone)
}

/// In a thread of its own: the driver runs an event loop, and some tests run in one.
fn execute(url: &str, sql: &str) -> Result<(), postgres::Error> {
    let run = || postgres::Client::connect(url, postgres::NoTls)?.batch_execute(sql);
    std::thread::scope(|scope| scope.spawn(run).join()).unwrap()
}

/// The test of this name of the same program, as a process that can be killed: `variable` tells it that it is one, and
/// which folder it works in.
pub fn child(test: &str, variable: &str, folder: &Path) -> std::process::Child {
    std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture"])
        .env(variable, folder)
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap()
}

/// Whether something comes to hold within this time.
pub fn within(time: Duration, mut holds: impl FnMut() -> bool) -> bool {
    let end = Instant::now() + time;
    loop {
        if holds() {
            return true;
        }
        if Instant::now() >= end {
            return false;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// An address of this machine at which nobody listens.
pub fn free_address() -> std::net::SocketAddr {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}
