//! One suite for both databases: on SQLite always, on PostgreSQL when there is one.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by unwrapping")]

use scr_store::{Migration, Param, Store, StoreError, sql};

const TABLES: &[Migration] = &[
    Migration {
        number: 1,
        name: "things",
        sql: "CREATE TABLE thing (id {id}, name TEXT NOT NULL UNIQUE, size BIGINT, body {bytes});
              CREATE INDEX thing_size ON thing (size)",
    },
    Migration { number: 2, name: "notes", sql: "ALTER TABLE thing ADD COLUMN note TEXT" },
];

type Case = fn(&Store);
const CASES: &[(&str, Case)] = &[
    ("values_come_back", values_come_back),
    ("values_go_where_their_number_says", values_go_where_their_number_says),
    ("wrong_columns_are_told", wrong_columns_are_told),
    ("rules_of_tables_are_told_apart", rules_of_tables_are_told_apart),
    ("transactions_are_all_or_nothing", transactions_are_all_or_nothing),
    ("a_panic_takes_back", a_panic_takes_back),
    ("migrations_run_once_and_never_change", migrations_run_once_and_never_change),
    ("counting_up_from_many_threads_loses_nothing", counting_up_from_many_threads_loses_nothing),
];

#[test]
fn sqlite() {
    for (name, case) in CASES {
        println!("{name}");
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open_sqlite(&dir.path().join("record.db")).unwrap();
        store.migrate("test", TABLES).unwrap();
        case(&store);
    }
}

#[test]
fn postgres() {
    for (name, case) in CASES {
        println!("{name}");
        let Some(database) = scr_testing::Database::new("scr-store on PostgreSQL") else { return };
        let store = Store::open_postgres(&database.url).unwrap();
        store.migrate("test", TABLES).unwrap();
        case(&store);
    }
}

fn values_come_back(store: &Store) {
    let insert = sql!(
        "INSERT INTO thing (name, size, body) VALUES ($1, $2, $3) RETURNING id, size IS NOT NULL AS sized",
        "a \u{0627} b",
        i64::MAX,
        vec![0u8, 255]
    );
    let rows = store.query(&insert).unwrap();
    assert_eq!(rows.len(), 1);
    assert!(rows[0].flag("sized").unwrap());
    let id = rows[0].int("id").unwrap();
    let row = store.query_opt(&sql!("SELECT * FROM thing WHERE id = $1", id)).unwrap().unwrap();
    assert_eq!(row.text("name").unwrap(), "a \u{0627} b");
    assert_eq!(row.int("size").unwrap(), i64::MAX);
    assert_eq!(row.count("size").unwrap(), u64::MAX / 2);
    assert_eq!(row.bytes("body").unwrap(), [0, 255]);
    assert_eq!(row.opt_text("note").unwrap(), None);
    assert_eq!(store.execute(&sql!("UPDATE thing SET size = $1", None::<i64>)).unwrap(), 1);
    let upsert = "INSERT INTO thing (name, size) VALUES ($1, $2)
        ON CONFLICT (name) DO UPDATE SET size = excluded.size";
    store.execute(&sql!(upsert, "a \u{0627} b", 7)).unwrap();
    let row = store.query_opt(&sql!("SELECT size FROM thing")).unwrap().unwrap();
    assert_eq!(row.opt_int("size").unwrap(), Some(7));
    assert_eq!(store.query_opt(&sql!("SELECT size FROM thing WHERE name = $1", "none")).unwrap(), None);
}

fn values_go_where_their_number_says(store: &Store) {
    store.execute(&sql!("INSERT INTO thing (size, name, note) VALUES ($2, $1, $1)", "a", 5)).unwrap();
    let row =
        store.query_opt(&sql!("SELECT * FROM thing WHERE size = $2 AND name = $1", "a", 5)).unwrap().unwrap();
    assert_eq!((row.text("note").unwrap(), row.int("size").unwrap()), ("a", 5));
    for wrong in [
        sql!("SELECT id FROM thing WHERE name = $1"),
        sql!("SELECT id FROM thing WHERE name = $1", "a", "b"),
        sql!("SELECT id FROM thing WHERE name = $2", "a"),
    ] {
        assert_eq!(store.query(&wrong).unwrap_err().code(), "SCR-STO-002", "{wrong:?}");
    }
}

fn wrong_columns_are_told(store: &Store) {
    store
        .execute(&sql!("INSERT INTO thing (name, size) VALUES ($1, $2), ($3, $4)", "a", -1, "b", 2))
        .unwrap();
    let row = store.query_opt(&sql!("SELECT * FROM thing WHERE name = $1", "a")).unwrap().unwrap();
    assert_eq!(row.text("colour").unwrap_err().code(), "SCR-STO-005");
    for error in [
        row.text("size").unwrap_err(),
        row.int("name").unwrap_err(),
        row.bytes("name").unwrap_err(),
        row.text("note").unwrap_err(),
        row.count("size").unwrap_err(),
        row.flag("size").unwrap_err(),
        store.query(&sql!("SELECT 1.5 AS half")).unwrap_err(),
    ] {
        assert_eq!(error.code(), "SCR-STO-006", "{error}");
    }
    assert_eq!(store.query_opt(&sql!("SELECT * FROM thing")).unwrap_err().code(), "SCR-STO-007");
}

fn rules_of_tables_are_told_apart(store: &Store) {
    let insert = sql!("INSERT INTO thing (name) VALUES ($1)", "a");
    store.execute(&insert).unwrap();
    assert_eq!(store.execute(&insert).unwrap_err().code(), "SCR-STO-003");
    let nothing = sql!("INSERT INTO thing (name) VALUES ($1)", Param::Null);
    assert_eq!(store.execute(&nothing).unwrap_err().code(), "SCR-STO-003");
    assert_eq!(store.execute(&sql!("SELEC 1")).unwrap_err().code(), "SCR-STO-002");
    assert_eq!(store.query(&sql!("SELECT * FROM nowhere")).unwrap_err().code(), "SCR-STO-002");
}

fn count(store: &Store) -> i64 {
    store.query_opt(&sql!("SELECT count(*) AS n FROM thing")).unwrap().unwrap().int("n").unwrap()
}

fn transactions_are_all_or_nothing(store: &Store) {
    let insert = |name: &str| sql!("INSERT INTO thing (name) VALUES ($1)", name);
    let failed: Result<(), StoreError> = store.transaction(|tx| {
        tx.execute(&insert("a"))?;
        assert_eq!(tx.query(&sql!("SELECT id FROM thing"))?.len(), 1, "a transaction sees its own rows");
        tx.execute(&insert("a"))?;
        Ok(())
    });
    assert_eq!(failed.unwrap_err().code(), "SCR-STO-003");
    assert_eq!(count(store), 0);
    store.execute_all(&[insert("a"), insert("b")]).unwrap();
    assert_eq!(count(store), 2);
    assert!(store.execute_all(&[insert("c"), insert("b")]).is_err());
    assert_eq!(count(store), 2);
}

fn a_panic_takes_back(store: &Store) {
    let clone = store.clone();
    let thread = std::thread::spawn(move || {
        let _: Result<(), StoreError> = clone.transaction(|tx| {
            tx.execute(&sql!("INSERT INTO thing (name) VALUES ($1)", "a"))?;
            panic!("on purpose");
        });
    });
    assert!(thread.join().is_err());
    assert_eq!(count(store), 0);
    store.execute(&sql!("INSERT INTO thing (name) VALUES ($1)", "a")).unwrap();
}

fn migrations_run_once_and_never_change(store: &Store) {
    assert_eq!(store.migrate("test", TABLES).unwrap(), 0);
    let more = [
        TABLES[0],
        TABLES[1],
        Migration {
            number: 3,
            name: "more",
            sql: "CREATE TABLE more (id {id}); CREATE TABLE most (id {id})",
        },
    ];
    let broken = [
        TABLES[0],
        TABLES[1],
        Migration {
            number: 3,
            name: "more",
            sql: "CREATE TABLE more (id {id}); CREATE TABLE thing (id {id})",
        },
    ];
    assert_eq!(store.migrate("test", &broken).unwrap_err().code(), "SCR-STO-002");
    assert_eq!(store.migrate("test", &more).unwrap(), 1, "nothing of the broken step is left");
    assert_eq!(store.migrate("test", &broken).unwrap_err().code(), "SCR-STO-008");
    assert_eq!(store.migrate("test", TABLES), Ok(0), "the version before goes on beside a newer one");
    let changed = [TABLES[1], TABLES[0]].map(|one| Migration { number: 3 - one.number, ..one });
    assert_eq!(store.migrate("test", &changed).unwrap_err().code(), "SCR-STO-008");
    assert_eq!(store.migrate("test", &more[1..]).unwrap_err().code(), "SCR-STO-009");
    assert_eq!(store.migrate("other", &[]).unwrap(), 0);
}

fn counting_up_from_many_threads_loses_nothing(store: &Store) {
    store.execute(&sql!("INSERT INTO thing (name, size) VALUES ($1, $2)", "counter", 0)).unwrap();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..10 {
                    store
                        .transaction(|tx| {
                            let add = sql!(
                                "UPDATE thing SET size = size + 1 WHERE name = $1 RETURNING size",
                                "counter"
                            );
                            tx.query(&add).map(drop)
                        })
                        .unwrap();
                }
            });
        }
    });
    let row = store.query_opt(&sql!("SELECT size FROM thing")).unwrap().unwrap();
    assert_eq!(row.int("size").unwrap(), 40);
}

#[test]
fn a_database_out_of_reach_or_in_use_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let nowhere = Store::open_sqlite(&dir.path().join("no/such/folder/record.db"));
    assert_eq!(nowhere.unwrap_err().code(), "SCR-STO-001");
    let refused = Store::open_postgres("postgresql://postgres@127.0.0.1:1/postgres");
    assert_eq!(refused.unwrap_err().code(), "SCR-STO-001");
    let nonsense = Store::open_postgres("postgresql://[");
    assert_eq!(nonsense.unwrap_err().code(), "SCR-STO-001");
}

/// A transaction that holds the right to write longer than the other's patience (10 s).
#[test]
fn waiting_too_long_is_busy() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("record.db");
    let store = Store::open_sqlite(&path).unwrap();
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert_eq!(store.migrate("test", TABLES).unwrap_err().code(), "SCR-STO-004");
}
