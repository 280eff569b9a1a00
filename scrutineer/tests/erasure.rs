//! Erasing over the whole program: a file's name, asked for, approved twice, gone from every file of the
//! installation; the entry's proof, taken before and after, verifies offline.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use scr_access::testing::TestAccess;
use scr_access::{Position, SignOffState};
use scr_core::{Actor, ElectionId, PersonId, Role};
use scr_desk_office::OfficeDesk;
use scr_desk_office::privacy::commands::{self, NewErasure};
use scr_desk_results::ResultsDesk;
use scr_desk_results::commands::{NewContest, NewElection, create_election, define_contest};
use scr_desk_results::entry::{self, NewEntry, SheetKey, open_entry, take_steps};
use scr_desk_results::registry::{NewRegistry, import_registry};
use scr_engine::testing::{NOW, TestEngine, file_with};
use scr_engine::{ActError, Engine, NewEvent, PAYLOAD_ERASED};
use scr_results::Contestant;
use scr_results::registry::Station;
use scr_results::sheet::SheetStep;
use scr_web::Desk;
use std::path::{Path, PathBuf};
use std::process::Command;

const SECRET: &str = "voters of Quince Lane, typed by L. Wintergreen.csv";
const DESKS: &[&dyn Desk] = &[&ResultsDesk, &OfficeDesk];

fn actor(name: &str, role: Role) -> Actor {
    Actor { person: PersonId::new(name).unwrap(), ..TestEngine::actor(role) }
}

fn holder(folder: &Path, text: &str) -> Option<PathBuf> {
    file_with(folder, text.as_bytes()).unwrap()
}

fn run(args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_scrutineer")).args(args).output().unwrap();
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// An election with a registry from a file of this name; gives the entry of the registry.
fn import(engine: &Engine, manager: &Actor) -> u64 {
    let election = ElectionId::new("demo").unwrap();
    let new = NewElection {
        id: election.clone(),
        title: "Election".to_owned(),
        day: "2026-11-22".to_owned(),
        zone: "Europe/Warsaw".to_owned(),
    };
    create_election(engine, manager, &new).unwrap();
    let station = Station { unit: "0001".to_owned(), name: "School".to_owned(), ..Station::default() };
    let new = NewRegistry {
        election,
        stations: &[station],
        mapping: None,
        file_name: SECRET.to_owned(),
        file: None,
        reason: None,
    };
    import_registry(engine, manager, &new).unwrap().last().unwrap().index
}

#[test]
fn a_file_name_is_gone_from_every_file_and_proofs_verify_as_before() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    std::fs::create_dir(&data).unwrap();
    let kinds: Vec<_> = DESKS.iter().flat_map(|desk| desk.kinds().iter().copied()).collect();
    let views = DESKS.iter().flat_map(|desk| desk.views()).collect();
    let test = TestEngine::new(&data, &kinds, views).unwrap();
    let access = TestAccess::new(&data, NOW).unwrap();
    let (engine, people) = (&test.engine, &access.access);
    let manager = actor("manager-1", Role::Manager);
    let entry = import(engine, &manager);
    let signed = || engine.log().checkpoint().unwrap().map_or(0, |signed| signed.size);
    while signed() <= entry {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let place = data.to_str().unwrap();
    let (before, after) = (folder.path().join("before.tlog-proof"), folder.path().join("after.tlog-proof"));
    std::fs::write(&before, run(&["log", "proof", place, &entry.to_string()])).unwrap();

    let scope = format!("#{entry}");
    let asked = NewErasure { scope: &scope, basis: "unlawful", reason: "It names somebody." };
    let id = commands::ask_erasure(engine, people, &manager, &asked).unwrap();
    let over = *people.kept_sign_offs("privacy.erasure", 1).unwrap()[0].sign_off.over();
    let stand = |name, role| {
        commands::take_stand(engine, people, &actor(name, role), &id, Position::Signs, over).unwrap()
    };
    assert_eq!(stand("administrator-1", Role::Administrator).0, SignOffState::Open { missing: 1 });
    let (state, receipts) = stand("supervisor-1", Role::Supervisor);
    assert_eq!(state, SignOffState::Complete);
    assert_eq!(holder(&data, SECRET), None);
    let again = commands::ask_erasure(engine, people, &manager, &asked).unwrap_err();
    assert!(format!("{again:?}").contains("SCR-VLT-001"), "{again:?}");

    let erased = receipts.last().unwrap().index;
    while signed() <= erased {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    std::fs::write(&after, run(&["log", "proof", place, &entry.to_string()])).unwrap();
    let vkey = engine.ledger().verifiers()[0].to_string();
    run(&["log", "fsck", place]);
    let [grown, rebuilt] = {
        let views = DESKS.iter().flat_map(|desk| desk.views()).collect();
        drop(access);
        test.incremental_and_rebuilt(&kinds, views).unwrap()
    };
    assert_eq!(grown, rebuilt);
    assert_eq!(holder(&data, SECRET), None);
    // Without the installation.
    std::fs::remove_dir_all(&data).unwrap();
    for proof in [before, after] {
        run(&["verify", proof.to_str().unwrap(), "--vkey", &vkey]);
    }
}

/// A contest of two stations, open for typing; gives its entry.
fn open_typing(engine: &Engine, manager: &Actor) -> u64 {
    let election = ElectionId::new("demo").unwrap();
    let contestant = |id: &str| Contestant { id: id.to_owned(), name: id.to_uppercase(), group: None };
    let contest = NewContest {
        election: election.clone(),
        id: "mayor".to_owned(),
        title: "Mayor".to_owned(),
        votes_per_ballot: 1,
        contestants: vec![contestant("ann"), contestant("bob")],
    };
    define_contest(engine, manager, &contest).unwrap();
    let new = NewEntry {
        election,
        contest: "mayor".to_owned(),
        source: "typed".to_owned(),
        source_name: "Typed by hand".to_owned(),
        fields: vec!["votes_valid".to_owned()],
        pack: None,
    };
    let station = |unit: &str| entry::Station {
        unit: unit.to_owned(),
        name: unit.to_owned(),
        parents: Vec::new(),
        registered: None,
    };
    let stations = [station("0001"), station("0002")];
    open_entry(engine, manager, &new, &stations).unwrap().last().unwrap().index
}

/// What is erased of a sheet that is not finished: its content stops it, a person alone does not.
#[test]
fn a_sheet_whose_content_is_erased_stops_and_one_whose_typist_is_erased_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let kinds: Vec<_> = DESKS.iter().flat_map(|desk| desk.kinds().iter().copied()).collect();
    let views = || DESKS.iter().flat_map(|desk| desk.views()).collect();
    let test = TestEngine::new(folder.path(), &kinds, views()).unwrap();
    let engine = &test.engine;
    let manager = actor("manager-1", Role::Manager);
    import(engine, &manager);
    let entry = open_typing(engine, &manager);
    let kept = [("f-votes_valid", 50), ("c-ann", 30), ("c-bob", 20)];
    let numbers = || kept.iter().map(|(column, value)| ((*column).to_owned(), Some(*value))).collect();
    let typed = |clerk, station| {
        let key = SheetKey { entry, station };
        take_steps(engine, &actor(clerk, Role::Clerk), key, &[SheetStep::Enter(numbers())], None)
    };
    let first: Vec<u64> =
        (0..2).map(|station| typed("clerk-wintergreen", station).unwrap().last().unwrap().index).collect();
    let payloads =
        serde_json::json!([{"entry": first[0], "field": "work"}, {"entry": first[1], "field": "person"}]);
    let public = serde_json::json!({"basis": "objection", "payloads": payloads, "approvers": []});
    let erase = |_: &rusqlite::Connection, _: &scr_engine::Ctx<'_>| {
        Ok(vec![NewEvent::about(&PAYLOAD_ERASED, "privacy:register", public.clone())])
    };
    engine.record(&manager, &erase).unwrap();
    let ActError::Refused(refusal) = typed("clerk-2", 0).unwrap_err() else { panic!("a fault") };
    assert_eq!(refusal.code, "SCR-RES-317");
    typed("clerk-2", 1).unwrap();
    let faults = |views: &rusqlite::Connection| {
        views.query_row("SELECT count(*) FROM engine_fault", [], |row| row.get::<_, i64>(0))
    };
    assert_eq!(engine.read(faults).unwrap(), 0);
    let sheets = |views: &rusqlite::Connection| {
        let mut query = views.prepare("SELECT pos, sheet LIKE '%clerk-wintergreen%' FROM entry_work")?;
        query
            .query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, bool>(1)?)))?
            .collect::<Result<Vec<_>, _>>()
    };
    assert_eq!(engine.read(sheets).unwrap(), [(1, false)], "one is gone, the other has forgotten who");
    let [grown, rebuilt] = test.incremental_and_rebuilt(&kinds, views()).unwrap();
    assert_eq!(grown, rebuilt);
}
