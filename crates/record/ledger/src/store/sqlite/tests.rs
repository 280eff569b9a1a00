//! Statements of acts on SQLite.

use super::*;

#[test]
fn parameters_are_bound_by_their_number_whatever_their_order_in_the_text() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = SqliteStore::open(&folder.path().join("record.db")).unwrap();
    store.begin().unwrap();
    let params = vec![Param::Text("first".into()), Param::Text("second".into())];
    let statements = [
        Statement { sql: "CREATE TABLE pair (a TEXT, b TEXT)".into(), params: Vec::new() },
        Statement { sql: "INSERT INTO pair (b, a) VALUES ($2, $1)".into(), params },
    ];
    assert_eq!(store.run(&statements).unwrap(), Ok(()));
    store.commit().unwrap();
    let row: (String, String) = store
        .connection()
        .query_row("SELECT a, b FROM pair", [], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap();
    assert_eq!(row, ("first".to_owned(), "second".to_owned()));
}

#[test]
fn a_statement_with_another_number_of_parameters_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = SqliteStore::open(&folder.path().join("record.db")).unwrap();
    store.begin().unwrap();
    let statement = Statement { sql: "SELECT $1".into(), params: Vec::new() };
    assert!(store.run(&[statement]).unwrap().is_err());
    let statement = Statement { sql: "DELETE FROM log_payload".into(), params: vec![Param::Null] };
    assert!(store.run(&[statement]).unwrap().is_err());
}

#[test]
fn statements_that_are_kept_leave_no_savepoint_open() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = SqliteStore::open(&folder.path().join("record.db")).unwrap();
    store.begin().unwrap();
    let create = Statement { sql: "CREATE TABLE op (id INTEGER)".into(), params: Vec::new() };
    store.run(&[create]).unwrap().unwrap();
    store.keep().unwrap();
    assert!(store.connection().execute_batch("ROLLBACK TO act").is_err());
    let wrong = Statement { sql: "INSERT INTO nothing VALUES (1)".into(), params: Vec::new() };
    assert!(store.run(&[wrong]).unwrap().is_err());
    assert!(store.connection().execute_batch("ROLLBACK TO act").is_err());
    store.commit().unwrap();
}

/// SQLite ends the whole transaction when the disk is full: that is not one act's fault.
#[test]
fn a_disk_that_is_full_in_a_statement_is_a_failure_of_the_store() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = SqliteStore::open(&folder.path().join("record.db")).unwrap();
    store.connection().pragma_update(None, "max_page_count", 30).unwrap();
    store.begin().unwrap();
    let create = Statement { sql: "CREATE TABLE op (bytes BLOB)".into(), params: Vec::new() };
    let fill = Statement { sql: "INSERT INTO op VALUES (zeroblob(1000000))".into(), params: Vec::new() };
    let error = store.run(&[create, fill]).unwrap_err();
    assert_eq!(error.kind, StoreErrorKind::Failed, "{error}");
}
