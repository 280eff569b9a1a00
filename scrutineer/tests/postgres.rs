//! The whole server with its record in PostgreSQL: the same acts come to the same views as on SQLite, a
//! restart and a stranger's check find everything, and a second node follows the first.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod served;

use scr_core::{Clock, ElectionId, FixedClock, Role, SeededEntropy};
use scr_desk_alerts::AlertsDesk;
use scr_desk_audits::AuditsDesk;
use scr_desk_office::OfficeDesk;
use scr_desk_record::RecordDesk;
use scr_desk_response::ResponseDesk;
use scr_desk_results::ResultsDesk;
use scr_desk_results::commands::{
    NewContest, NewElection, NewPublication, NewTable, create_election, define_contest, import_table, publish,
};
use scr_desk_threats::ThreatsDesk;
use scr_engine::testing::{NOW, TestEngine};
use scr_engine::{Engine, Installation};
use scr_ledger::StopReason;
use scr_results::{Contestant, NewRow, RowKind, SourceInfo, Table};
use scr_testing::Database;
use scr_web::Desk;
use served::Server;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

const DESKS: &[&dyn Desk] =
    &[&ResultsDesk, &AuditsDesk, &ThreatsDesk, &AlertsDesk, &ResponseDesk, &RecordDesk, &OfficeDesk];
const ORIGIN: &str = "log.postgres.example/2026";

fn database() -> Option<Database> {
    Database::new("the server on PostgreSQL")
}

/// The engine of an installation, with a clock that stands still and repeatable randomness.
fn engine(folder: &Path, database: Option<&str>, seed: u64) -> Engine {
    let kinds: Vec<_> = DESKS.iter().flat_map(|desk| desk.kinds().iter().copied()).collect();
    let views = DESKS.iter().flat_map(|desk| desk.views()).collect();
    let clock: Arc<dyn Clock> = Arc::new(FixedClock::at(NOW));
    let installation = Installation::find(folder).unwrap();
    let every = Duration::from_millis(20);
    let parts = installation.open(database, every, clock, Arc::new(SeededEntropy::new(seed))).unwrap();
    Engine::open(parts, folder, &kinds, views).unwrap()
}

fn copy_keys(from: &Path, to: &Path) {
    std::fs::create_dir_all(to.join("keys")).unwrap();
    for file in from.join("keys").read_dir().unwrap().flatten() {
        std::fs::copy(file.path(), to.join("keys").join(file.file_name())).unwrap();
    }
}

fn election() -> ElectionId {
    ElectionId::new("mayor-2026").unwrap()
}

/// Two stations, in each of which Ann has so many votes.
fn table(contestants: &[Contestant], ann: u64) -> Table {
    let mut table = Table::new(SourceInfo::default(), "mayor");
    for one in contestants {
        table.add_contestant(one.clone()).unwrap();
    }
    for unit in ["1", "2"] {
        let row =
            NewRow { kind: RowKind::Unit, unit, name: "School", parents: &["North"], part: None, line: 1 };
        let row = table.push_row(&row).unwrap();
        table.set(row, table.column("ann").unwrap(), Some(ann)).unwrap();
        table.set(row, table.column("bob").unwrap(), Some(30)).unwrap();
    }
    table
}

/// An election from its creation to a correction.
fn story(engine: &Engine) {
    let manager = TestEngine::actor(Role::Manager);
    let new = NewElection {
        id: election(),
        title: "Mayor 2026".to_owned(),
        day: "2026-11-22".to_owned(),
        zone: "Europe/Warsaw".to_owned(),
    };
    create_election(engine, &manager, &new).unwrap();
    let contestants: Vec<Contestant> = ["ann", "bob"]
        .map(|id| Contestant { id: id.to_owned(), name: id.to_uppercase(), group: None })
        .into();
    let new = NewContest {
        election: election(),
        id: "mayor".to_owned(),
        title: "Mayor".to_owned(),
        votes_per_ballot: 1,
        contestants: contestants.clone(),
    };
    define_contest(engine, &manager, &new).unwrap();
    for (version, ann, reason) in [(1, 40, None), (2, 45, Some("The sheet of station 1 was read wrongly."))] {
        let table = table(&contestants, ann);
        let new = NewTable {
            election: election(),
            contest: "mayor".to_owned(),
            source: "final".to_owned(),
            source_name: "Final count".to_owned(),
            table: &table,
            findings: &serde_json::json!({"groups": []}),
            findings_count: 0,
            mapping: None,
            file_name: "results.csv".to_owned(),
            file: Some(b"results"),
            reason: reason.map(str::to_owned),
        };
        import_table(engine, &manager, &new).unwrap();
        let new = NewPublication {
            election: election(),
            contest: "mayor".to_owned(),
            source: "final".to_owned(),
            version,
            status: "unofficial-complete".to_owned(),
            reason: reason.map(str::to_owned),
        };
        publish(engine, &manager, &new).unwrap();
    }
}

/// Waits until a checkpoint covers what is recorded; gives its size and root.
fn signed(engine: &Engine) -> (u64, String) {
    let size = engine.log().size().unwrap();
    loop {
        if let Some(checkpoint) = engine.log().checkpoint().unwrap().filter(|signed| signed.size >= size) {
            return (checkpoint.size, checkpoint.root.to_string());
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn the_same_acts_come_to_the_same_log_and_views_on_both_databases() {
    let Some(database) = database() else { return };
    let folder = tempfile::tempdir().unwrap();
    let (on_postgres, on_sqlite) = (folder.path().join("postgres"), folder.path().join("sqlite"));
    Installation::create(&on_postgres, ORIGIN, &SeededEntropy::new(1)).unwrap();
    copy_keys(&on_postgres, &on_sqlite);
    let outcome = |folder: &Path, database: Option<&str>| {
        let engine = engine(folder, database, 7);
        story(&engine);
        (signed(&engine), engine.digests().unwrap())
    };
    let postgres = outcome(&on_postgres, Some(&database.url));
    assert_eq!(postgres, outcome(&on_sqlite, None));
    assert!(!on_postgres.join("record.db").exists(), "nothing of the record is in the folder");
    // Views made anew from PostgreSQL are the same again.
    for file in on_postgres.read_dir().unwrap().flatten() {
        if file.file_name().to_string_lossy().starts_with("views-") {
            std::fs::remove_file(file.path()).unwrap();
        }
    }
    let again = engine(&on_postgres, Some(&database.url), 8);
    again.wait_for(postgres.0.0, Duration::from_secs(20));
    assert_eq!(again.digests().unwrap(), postgres.1);
}

fn run(args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_scrutineer")).args(args).output().unwrap();
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn stop(mut server: Server) {
    let told = Command::new("kill").args(["-TERM", &server.process.id().to_string()]).status().unwrap();
    assert!(told.success());
    assert!(server.process.wait().unwrap().success(), "it ends in order when told to");
}

#[test]
fn a_server_on_postgres_is_started_checked_by_a_stranger_and_started_again() {
    let Some(database) = database() else { return };
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    Installation::create(&data, ORIGIN, &SeededEntropy::new(1)).unwrap();
    let before = engine(&data, Some(&database.url), 7);
    story(&before);
    let (size, _) = signed(&before);
    let recorded = before.log().entries(0, 1_000).unwrap();
    assert_eq!(recorded.len() as u64, size);
    let vkey = before.ledger().verifiers()[0].to_string();
    drop(before);
    for _ in 0..2 {
        let folder_of_data = data.to_str().unwrap();
        let args = ["serve", "--database", &database.url, "--data", folder_of_data];
        let served = Server::start(&args, "serves http://");
        let said = run(&["log", "fsck", &served.address, "--vkey", &vkey]);
        // The server's own index of the record comes after what was there; that is the same, entry by entry.
        assert!(said.contains("is sound"), "{said}");
        for (index, bytes) in (0..).zip(&recorded) {
            assert_eq!(
                run(&["log", "entry", &served.address, &format!("{index}")]).trim_end().as_bytes(),
                bytes
            );
        }
        let proof = folder.path().join("proof");
        std::fs::write(&proof, run(&["log", "proof", &served.address, "3"])).unwrap();
        run(&["verify", proof.to_str().unwrap(), "--vkey", &vkey]);
        stop(served);
    }
}

#[test]
fn a_second_node_needs_a_guard_and_then_follows_the_first() {
    let Some(database) = database() else { return };
    let folder = tempfile::tempdir().unwrap();
    let (first, second) = (folder.path().join("first"), folder.path().join("second"));
    Installation::create(&first, ORIGIN, &SeededEntropy::new(1)).unwrap();
    copy_keys(&first, &second);
    let one = engine(&first, Some(&database.url), 7);
    story(&one);
    let (size, root) = signed(&one);
    // Both nodes see the same objects.
    let objects =
        Installation::find(&second).unwrap().with_objects(scr_objects::Place::Folder(first.join("objects")));
    let open = || {
        let kinds: Vec<_> = DESKS.iter().flat_map(|desk| desk.kinds().iter().copied()).collect();
        let views = DESKS.iter().flat_map(|desk| desk.views()).collect();
        let clock: Arc<dyn Clock> = Arc::new(FixedClock::at(NOW));
        let entropy = Arc::new(SeededEntropy::new(9));
        let parts = objects.open(Some(&database.url), Duration::from_millis(20), clock, entropy).unwrap();
        Engine::open(parts, &second, &kinds, views).unwrap()
    };
    assert!(matches!(open().ledger().stopped(), Some(StopReason::GuardMissing { .. })));
    // What the guide says: the first three lines of the checkpoint that the first node serves.
    std::fs::write(second.join("guard"), format!("{ORIGIN}\n{size}\n{root}\n")).unwrap();
    let two = open();
    assert_eq!(two.ledger().stopped(), None);
    assert!(two.wait_for(size, Duration::from_secs(20)));
    assert_eq!(two.digests().unwrap(), one.digests().unwrap());

    let new = |id: &str| NewElection {
        id: ElectionId::new(id).unwrap(),
        title: "Council".to_owned(),
        day: "2026-11-22".to_owned(),
        zone: "UTC".to_owned(),
    };
    let manager = TestEngine::actor(Role::Manager);
    let receipt = create_election(&one, &manager, &new("council-one")).unwrap().pop().unwrap();
    let begin = Instant::now();
    assert!(
        two.wait_for(receipt.index + 1, Duration::from_secs(1)),
        "the second node follows within a second"
    );
    println!("the second node followed within {:?}", begin.elapsed());
    // And the first one follows the second: its act is decided on what the first has recorded.
    let refused = create_election(&two, &manager, &new("council-one"));
    assert!(format!("{refused:?}").contains("SCR-RES-006"), "{refused:?}");
    let receipt = create_election(&two, &manager, &new("council-two")).unwrap().pop().unwrap();
    assert!(one.wait_for(receipt.index + 1, Duration::from_secs(1)));
    assert_eq!(two.digests().unwrap(), one.digests().unwrap());
}
