//! The registry of polling stations: versions, reasons, refusals, and the view made anew.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

use scr_core::{ElectionId, Role};
use scr_desk_results::ResultsDesk;
use scr_desk_results::commands::{NewElection, create_election};
use scr_desk_results::registry::rules::choose_rules;
use scr_desk_results::registry::{NewRegistry, import_registry};
use scr_engine::testing::TestEngine;
use scr_engine::{ActError, Engine};
use scr_results::registry::Station;
use scr_results::rules::shipped_text;
use scr_web::Desk;

fn station(unit: &str, registered: Option<u64>) -> Station {
    let parents = vec!["Land".to_owned(), "North".to_owned()];
    Station { unit: unit.into(), name: "School".into(), parents, registered, ..Station::default() }
}

fn import(engine: &Engine, role: Role, stations: &[Station], reason: Option<&str>) -> Result<(), ActError> {
    let new = NewRegistry {
        election: ElectionId::new("e26").unwrap(),
        stations,
        mapping: Some("version = 1\ncode = [\"Number\"]\n"),
        file_name: "stations.csv".into(),
        file: Some(b"Number\n1\n"),
        reason: reason.map(str::to_owned),
    };
    import_registry(engine, &TestEngine::actor(role), &new).map(drop)
}

fn code(outcome: Result<(), ActError>) -> String {
    match outcome {
        Err(ActError::Refused(refusal)) => refusal.code,
        other => panic!("{other:?}"),
    }
}

fn test_engine(folder: &std::path::Path) -> TestEngine {
    let test = TestEngine::new(folder, ResultsDesk.kinds(), ResultsDesk.views()).unwrap();
    let election = NewElection {
        id: ElectionId::new("e26").unwrap(),
        title: "Election 2026".into(),
        day: "2026-11-24".into(),
        zone: "UTC".into(),
    };
    create_election(&test.engine, &TestEngine::actor(Role::Manager), &election).unwrap();
    test
}

#[test]
fn a_registry_gets_versions_with_reasons_and_everything_else_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let test = test_engine(folder.path());
    let engine = &test.engine;
    let first = [station("2", Some(900)), station("1", None)];
    assert_eq!(code(import(engine, Role::Observer, &first, None)), "SCR-RES-001");
    assert_eq!(code(import(engine, Role::Manager, &[], None)), "SCR-RES-040");
    let twice = [station("1", None), station("1", Some(1))];
    assert_eq!(code(import(engine, Role::Manager, &twice, None)), "SCR-RES-041");
    import(engine, Role::Manager, &first, None).unwrap();
    assert_eq!(code(import(engine, Role::Manager, &first, Some("again"))), "SCR-RES-042");
    let second = [station("1", Some(10)), station("2", Some(900)), station("3", None)];
    assert_eq!(code(import(engine, Role::Manager, &second, Some(" "))), "SCR-RES-012");
    import(engine, Role::Manager, &second, Some("Station 3 was set up late.")).unwrap();
    let rows: Vec<(String, Option<i64>)> = engine
        .read(|views| {
            let sql = "SELECT unit, registered FROM results_station JOIN results_registry ON registry = idx
                WHERE version = ?1 ORDER BY pos";
            views.prepare(sql)?.query_map([2], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
        })
        .unwrap();
    assert_eq!(rows, [("1".into(), Some(10)), ("2".into(), Some(900)), ("3".into(), None)]);
    let [grown, rebuilt] = test.incremental_and_rebuilt(ResultsDesk.kinds(), ResultsDesk.views()).unwrap();
    assert_eq!(grown, rebuilt);
}

#[test]
fn rules_get_versions_with_reasons_and_broken_packs_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let test = test_engine(folder.path());
    let election = ElectionId::new("e26").unwrap();
    let choose = |role: Role, text: &str, reason: Option<&str>| {
        choose_rules(&test.engine, &TestEngine::actor(role), &election, text, reason).map(drop)
    };
    let (generic, own) = (shipped_text("generic").unwrap(), shipped_text("nl-eml").unwrap());
    assert_eq!(code(choose(Role::Observer, generic, None)), "SCR-RES-001");
    assert_eq!(code(choose(Role::Manager, "id = 7", None)), "SCR-RES-043");
    choose(Role::Manager, generic, None).unwrap();
    assert_eq!(code(choose(Role::Manager, generic, Some("again"))), "SCR-RES-044");
    assert_eq!(code(choose(Role::Manager, own, None)), "SCR-RES-012");
    choose(Role::Manager, own, Some("The law names other sums.")).unwrap();
    let [grown, rebuilt] = test.incremental_and_rebuilt(ResultsDesk.kinds(), ResultsDesk.views()).unwrap();
    assert_eq!(grown, rebuilt);
}
