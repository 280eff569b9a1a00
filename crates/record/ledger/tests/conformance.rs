//! One suite, run once for each store.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

mod support;

use scr_canon::Hash32;
use scr_ledger::store::memory::MemoryStore;
use scr_ledger::store::postgres::PostgresStore;
use scr_ledger::store::sqlite::SqliteStore;
use scr_ledger::{Act, AppendError, Ledger, LogStore, Param, Proposal, Put, ReadError, Statement};
use scr_merkle::tile::TilePath;
use scr_merkle::{Frontier, leaf_hash, root_of, verify_consistency, verify_inclusion};
use scr_note::{Checkpoint, Note, Promise};
use std::sync::Arc;
use support::{ORIGIN, act, append, clock, config, open, published};

/// A new, empty store of one sort, which can be opened again.
type Factory<'a> = &'a dyn Fn() -> Box<dyn LogStore>;
type Test = (&'static str, fn(Factory<'_>));
type OwnedFactory = Box<dyn Fn() -> Box<dyn LogStore>>;

fn ledger(make: Factory<'_>) -> Ledger {
    Ledger::open(make(), config(&clock(), None)).unwrap()
}

fn entries_get_places_counts_and_times(make: Factory<'_>) {
    let ledger = ledger(make);
    let first = append(&ledger, "a", &[("unit:1", None), ("election:x", Some(0))]);
    let second = append(&ledger, "b", &[("unit:2", Some(0)), ("election:x", Some(1))]);
    assert_eq!((first.index, first.seqs.as_slice()), (0, &[1, 1][..]));
    assert_eq!((second.index, second.seqs.as_slice()), (1, &[1, 2][..]));
    let reader = ledger.reader();
    assert_eq!(reader.entry(0).unwrap(), b"a index=0 at=1795514400 seqs=[1, 1]");
    assert_eq!(leaf_hash(&reader.entry(1).unwrap()), second.leaf);
    assert_eq!(reader.history("election:x", 0, 10).unwrap(), [(1, 0), (2, 1)]);
    assert_eq!(reader.history("election:x", 1, 10).unwrap(), [(2, 1)]);
    assert_eq!(reader.version("election:x").unwrap(), 2);
    assert_eq!(reader.version("election:y").unwrap(), 0);
    assert_eq!(reader.entry(2), Err(ReadError::NotFound));
}

fn a_conflict_refuses_that_act_alone(make: Factory<'_>) {
    let ledger = ledger(make);
    append(&ledger, "a", &[("unit:1", Some(0))]);
    let refused = ledger.append(act("b", &[("unit:1", Some(0))])).unwrap_err();
    assert_eq!(refused, AppendError::Conflict { subject: "unit:1".into(), expected: 0, found: 1 });
    append(&ledger, "c", &[("unit:1", Some(1))]);
    assert_eq!(ledger.reader().size().unwrap(), 2);
    assert_eq!(ledger.reader().history("unit:1", 0, 10).unwrap(), [(1, 0), (2, 1)]);
}

fn acts_are_recorded_whole_or_not_at_all(make: Factory<'_>) {
    let ledger = ledger(make);
    let mut two = act("a", &[("unit:1", Some(0))]);
    two.proposals.push(Proposal { payloads: vec![("p".into(), vec![1])], ..two.proposals[0].clone() });
    assert!(matches!(ledger.append(two), Err(AppendError::Conflict { expected: 0, found: 1, .. })));
    let mut broken = act("a", &[("unit:1", Some(0))]);
    broken.proposals.push(Proposal {
        claims: vec![],
        compose: Arc::new(|_| Err("no".into())),
        payloads: vec![("p".into(), vec![1])],
    });
    assert_eq!(ledger.append(broken), Err(AppendError::Compose("no".into())));
    let long = Proposal { claims: vec![], compose: Arc::new(|_| Ok(vec![0; 65_536])), payloads: vec![] };
    assert!(matches!(
        ledger.append(Act { proposals: vec![long], statements: vec![] }),
        Err(AppendError::TooLong { found: 65_536, .. })
    ));
    assert_eq!(ledger.reader().size().unwrap(), 0);
    assert_eq!(ledger.reader().payload("p").unwrap(), None);
    let mut kept = act("a", &[("unit:1", Some(0))]);
    kept.proposals[0].payloads.push(("p".into(), vec![7, 8]));
    ledger.append(kept).unwrap();
    assert_eq!(ledger.reader().payload("p").unwrap(), Some(vec![7, 8]));
}

fn checkpoints_tiles_and_proofs_hold(make: Factory<'_>) {
    let ledger = ledger(make);
    let mut leaves = Vec::new();
    for round in 0..4 {
        let proposals = (0..150).flat_map(|i| act(&format!("entry {round} {i}"), &[]).proposals).collect();
        let recorded = ledger.append(Act { proposals, statements: vec![] }).unwrap();
        leaves.extend(recorded.iter().map(|r| r.leaf));
        assert_eq!(
            Promise::open(&ledger.promise(&recorded[0]).unwrap(), &ledger.verifiers()[..1]).unwrap().leaf,
            recorded[0].leaf
        );
    }
    let checkpoint = published(&ledger, 600);
    assert_eq!((checkpoint.size, checkpoint.root), (600, root_of(&leaves)));
    let note: Note = ledger.reader().checkpoint_note().unwrap().unwrap().parse().unwrap();
    assert_eq!(note.open(ledger.verifiers()).unwrap().len(), 2, "Ed25519 and ML-DSA-44");
    for index in [0, 255, 256, 599] {
        let proof = ledger.reader().proof(index).unwrap();
        assert_eq!(leaf_hash(proof.extra.as_deref().unwrap()), leaves[usize::try_from(index).unwrap()]);
        verify_inclusion(
            &proof.hashes,
            index,
            600,
            &leaves[usize::try_from(index).unwrap()],
            &checkpoint.root,
        )
        .unwrap();
    }
    let proof = ledger.reader().consistency(257, 600).unwrap();
    verify_consistency(&proof, 257, 600, &root_of(&leaves[..257]), &checkpoint.root).unwrap();
    for (path, length) in [("0/000", 8192), ("0/002.p/88", 88 * 32), ("0/002.p/3", 96), ("1/000.p/2", 64)] {
        assert_eq!(ledger.reader().published_tile(&path.parse().unwrap()).unwrap().len(), length, "{path}");
    }
    let bundle = ledger.reader().published_tile(&"entries/002.p/88".parse().unwrap()).unwrap();
    assert_eq!(scr_merkle::tile::bundle_entries(&bundle).unwrap().len(), 88);
    for path in
        ["0/002", "0/002.p/89", "0/003.p/1", "1/000.p/3", "2/000.p/1", "entries/002", "entries/003.p/1"]
    {
        let path: TilePath = path.parse().unwrap();
        assert_eq!(ledger.reader().published_tile(&path), Err(ReadError::NotFound), "{path}");
    }
    assert_eq!(ledger.reader().proof(600), Err(ReadError::NotFound));
}

fn a_ledger_that_is_opened_again_goes_on(make: Factory<'_>) {
    let first = ledger(make);
    let mut leaves: Vec<_> =
        (0..300).map(|i| append(&first, &format!("{i}"), &[("s:s", Some(i))]).leaf).collect();
    drop(first);
    let again = ledger(make);
    leaves.push(append(&again, "next", &[("s:s", Some(300))]).leaf);
    assert_eq!(published(&again, 301).root, root_of(&leaves));
    let mut frontier = Frontier::new();
    frontier.extend(&leaves);
    assert_eq!(frontier.root(), root_of(&leaves));
}

fn many_writers_lose_and_double_nothing(make: Factory<'_>) {
    let ledger = ledger(make);
    let mut recorded: Vec<(u64, String)> = std::thread::scope(|scope| {
        let writers: Vec<_> = (0..8)
            .map(|writer| {
                let ledger = &ledger;
                scope.spawn(move || {
                    (0..50)
                        .map(|i| {
                            let text = format!("writer {writer} entry {i}");
                            (append(ledger, &text, &[("all:all", None)]).index, text)
                        })
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        writers.into_iter().flat_map(|writer| writer.join().unwrap()).collect()
    });
    recorded.sort();
    assert_eq!(recorded.iter().map(|(index, _)| *index).collect::<Vec<_>>(), (0..400).collect::<Vec<_>>());
    let entries = ledger.reader().entries(0, 1000).unwrap();
    assert_eq!(entries.len(), 400);
    for ((index, text), entry) in recorded.iter().zip(&entries) {
        let expected = format!("{text} index={index} at=1795514400 seqs=[{}]", index + 1);
        assert_eq!(std::str::from_utf8(entry).unwrap(), expected);
    }
}

/// Operational rows become durable with the entry, and go with it when it is refused.
fn statements_belong_to_their_act(make: Factory<'_>) {
    let statement = |sql: &str, params: Vec<Param>| Statement { sql: sql.to_owned(), params };
    let ledger = ledger(make);
    let create = "CREATE TABLE op (id BIGINT PRIMARY KEY, name TEXT)";
    ledger.append(Act { proposals: vec![], statements: vec![statement(create, vec![])] }).unwrap();
    let insert =
        |id| statement("INSERT INTO op VALUES ($1, $2)", vec![Param::Int(id), Param::Text("n".into())]);
    let mut kept = act("a", &[("unit:1", Some(0))]);
    kept.statements.push(insert(1));
    ledger.append(kept).unwrap();
    let mut refused = act("b", &[("unit:1", Some(0))]);
    refused.statements.push(insert(2));
    assert!(matches!(ledger.append(refused), Err(AppendError::Conflict { .. })));
    let mut doubled = act("c", &[]);
    doubled.statements = vec![insert(2), insert(1)];
    assert!(matches!(ledger.append(doubled), Err(AppendError::Statement(_))));
    // 2 was never kept, so it can be inserted now.
    ledger.append(Act { proposals: vec![], statements: vec![insert(2)] }).unwrap();
    assert_eq!(ledger.reader().size().unwrap(), 1);
}

/// A ciphertext is never replaced: the act that brings its id again is refused, and the log goes on.
fn a_payload_id_is_written_once(make: Factory<'_>) {
    let ledger = ledger(make);
    let with = |text: &str, ids: &[&str]| {
        let mut one = act(text, &[("unit:1", None)]);
        one.proposals[0].payloads = ids.iter().map(|id| ((*id).to_owned(), text.into())).collect();
        one
    };
    let taken = |id: &str| Err(AppendError::PayloadExists { id: id.to_owned() });
    ledger.append(with("a", &["p"])).unwrap();
    assert_eq!(ledger.append(with("b", &["o", "p"])), taken("p"));
    assert_eq!(ledger.append(with("c", &["q", "q"])), taken("q"));
    // Many at once, so that some meet in one transaction.
    let outcomes: Vec<_> = std::thread::scope(|scope| {
        let one = || ledger.append(with("d", &["r"]));
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(one)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    assert_eq!(outcomes.iter().filter(|outcome| **outcome == taken("r")).count(), 7);
    append(&ledger, "e", &[("unit:1", Some(2))]);
    assert_eq!(ledger.reader().size().unwrap(), 3);
    assert_eq!(ledger.reader().payload("p").unwrap().as_deref(), Some(&b"a"[..]));
    assert_eq!(ledger.reader().payload("o").unwrap(), None);
}

/// What one store cannot hold, none takes: PostgreSQL has no NUL in a text and no endless keys.
fn names_that_not_every_store_holds_are_refused(make: Factory<'_>) {
    let ledger = ledger(make);
    for name in ["", "unit:\0", "unit:\n1", &"x".repeat(1_001)] {
        let refused = ledger.append(act("a", &[(name, None)])).unwrap_err();
        assert!(matches!(refused, AppendError::Name(_)), "{refused:?}");
        let mut one = act("a", &[]);
        one.proposals[0].payloads.push((name.to_owned(), vec![]));
        assert!(matches!(ledger.append(one), Err(AppendError::Name(_))), "{name:?}");
    }
    append(&ledger, "b", &[(&"x".repeat(1_000), Some(0))]);
    assert_eq!(ledger.stopped(), None);
}

fn a_panic_in_compose_refuses_that_act_alone(make: Factory<'_>) {
    let ledger = ledger(make);
    let broken =
        Proposal { claims: vec![], compose: Arc::new(|_| panic!("no such field")), payloads: vec![] };
    let refused = ledger.append(Act { proposals: vec![broken], statements: vec![] }).unwrap_err();
    assert!(matches!(&refused, AppendError::Compose(what) if what.contains("no such field")), "{refused:?}");
    assert_eq!(append(&ledger, "a", &[]).index, 0);
}

/// A store keeps one root for each size, and no smaller size after a larger one.
fn a_store_keeps_no_other_root(make: Factory<'_>) {
    let mut store = make();
    let mut put = |size, root: u8, note: &str| {
        store.begin().unwrap();
        let put = store.put_checkpoint(&Checkpoint::new(ORIGIN, size, Hash32([root; 32])), note).unwrap();
        store.commit().unwrap();
        (put, store.checkpoint().unwrap().unwrap())
    };
    assert_eq!(put(5, 1, "a"), (Put::Kept, "a".into()));
    assert_eq!(put(5, 1, "b"), (Put::Kept, "b".into()));
    assert_eq!(put(5, 2, "c"), (Put::OtherRoot, "b".into()));
    assert_eq!(put(4, 1, "d"), (Put::LargerKept(5), "b".into()));
    assert_eq!(put(6, 2, "e"), (Put::Kept, "e".into()));
}

/// What was put and written in a transaction that is given up was never there.
fn a_transaction_that_is_given_up_leaves_nothing(make: Factory<'_>) {
    let mut store = make();
    store.begin().unwrap();
    store.put_checkpoint(&Checkpoint::new(ORIGIN, 5, Hash32([1; 32])), "a").unwrap();
    store.rollback().unwrap();
    assert_eq!(store.checkpoint().unwrap(), None);
    assert_eq!(store.begin().unwrap(), scr_ledger::Head::default());
}

fn suite(sort: &str, fresh: &dyn Fn(&str) -> OwnedFactory) {
    let tests: [Test; 11] = [
        ("places", entries_get_places_counts_and_times),
        ("conflict", a_conflict_refuses_that_act_alone),
        ("whole", acts_are_recorded_whole_or_not_at_all),
        ("payload", a_payload_id_is_written_once),
        ("names", names_that_not_every_store_holds_are_refused),
        ("panic", a_panic_in_compose_refuses_that_act_alone),
        ("roots", a_store_keeps_no_other_root),
        ("given_up", a_transaction_that_is_given_up_leaves_nothing),
        ("proofs", checkpoints_tiles_and_proofs_hold),
        ("again", a_ledger_that_is_opened_again_goes_on),
        ("writers", many_writers_lose_and_double_nothing),
    ];
    for (name, test) in tests {
        println!("{sort}: {name}");
        test(fresh(name).as_ref());
    }
}

#[test]
fn memory() {
    suite("memory", &|_| {
        let store = MemoryStore::new();
        Box::new(move || Box::new(store.clone()))
    });
}

#[test]
fn sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let fresh = |name: &str| -> OwnedFactory {
        let path = folder.path().join(format!("{name}.db"));
        Box::new(move || Box::new(SqliteStore::open(&path).unwrap()))
    };
    suite("sqlite", &fresh);
    statements_belong_to_their_act(fresh("statements").as_ref());
}

#[test]
fn sqlite_has_one_writer() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record.db");
    let first = SqliteStore::open(&path).unwrap();
    let refused = SqliteStore::open(&path).err().unwrap().to_string();
    assert!(refused.contains("another process"), "{refused}");
    drop(first);
    assert!(SqliteStore::open(&path).is_ok());
}

fn postgres_url() -> Option<String> {
    scr_testing::postgres("scr-ledger on PostgreSQL")
}

/// Each test gets a schema of its own.
fn postgres_schema(url: &str, name: &str) -> String {
    let mut client = ::postgres::Client::connect(url, ::postgres::NoTls).unwrap();
    client.batch_execute(&format!("DROP SCHEMA IF EXISTS t_{name} CASCADE; CREATE SCHEMA t_{name}")).unwrap();
    let joint = if url.contains('?') { '&' } else { '?' };
    format!("{url}{joint}options=-csearch_path%3Dt_{name}")
}

#[test]
fn postgres() {
    let Some(url) = postgres_url() else { return };
    let fresh = |name: &str| -> OwnedFactory {
        let url = postgres_schema(&url, name);
        Box::new(move || Box::new(PostgresStore::open(&url).unwrap()))
    };
    suite("postgres", &fresh);
    statements_belong_to_their_act(fresh("statements").as_ref());
}

/// Two nodes on one PostgreSQL: contiguous, nothing doubled, one tree.
#[test]
fn two_nodes_write_one_log_in_postgres() {
    let Some(url) = postgres_url() else { return };
    let url = postgres_schema(&url, "nodes");
    let nodes =
        [open(PostgresStore::open(&url).unwrap(), None), open(PostgresStore::open(&url).unwrap(), None)];
    let mut indexes: Vec<u64> = std::thread::scope(|scope| {
        let writers: Vec<_> = (0..6)
            .map(|writer| {
                let node = &nodes[writer % 2];
                scope.spawn(move || {
                    (0..60)
                        .map(|i| append(node, &format!("{writer}/{i}"), &[("all:all", None)]).index)
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        writers.into_iter().flat_map(|writer| writer.join().unwrap()).collect()
    });
    indexes.sort_unstable();
    assert_eq!(indexes, (0..360).collect::<Vec<_>>());
    let checkpoint = published(&nodes[0], 360);
    let leaves: Vec<_> =
        nodes[1].reader().entries(0, 1000).unwrap().iter().map(|entry| leaf_hash(entry)).collect();
    assert_eq!((checkpoint.size, checkpoint.root), (360, root_of(&leaves)));
    assert_eq!(nodes[0].reader().version("all:all").unwrap(), 360);
    let note: Note = nodes[1].reader().checkpoint_note().unwrap().unwrap().parse().unwrap();
    assert_eq!(note.text.parse::<Checkpoint>().unwrap().origin, ORIGIN);
}

/// The server closes the writer's connection: nothing is lost, the log goes on.
#[test]
fn a_lost_connection_to_postgres_is_made_again() {
    let Some(url) = postgres_url() else { return };
    let admin = url.clone();
    let url = format!("{}&application_name=t_lost", postgres_schema(&url, "lost"));
    let ledger = open(PostgresStore::open(&url).unwrap(), None);
    append(&ledger, "a", &[("unit:1", Some(0))]);
    let close = || {
        let mut client = ::postgres::Client::connect(&admin, ::postgres::NoTls).unwrap();
        let sql = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 't_lost'";
        assert!(!client.query(sql, &[]).unwrap().is_empty());
    };
    close();
    append(&ledger, "b", &[("unit:1", Some(1))]);
    // Inside a transaction, before the commit: the act is refused, nothing is recorded.
    let mut cut = act("c", &[("unit:1", Some(2))]);
    cut.statements
        .push(Statement { sql: "SELECT pg_terminate_backend(pg_backend_pid())".to_owned(), params: vec![] });
    assert_eq!(ledger.append(cut), Err(AppendError::Busy));
    assert_eq!(ledger.stopped(), None);
    append(&ledger, "d", &[("unit:1", Some(2))]);
    assert_eq!(published(&ledger, 3).size, 3);
}

/// The connection breaks while the commit is on its way, over and over: each act is in the log exactly once
/// when it was acknowledged, not at all when it was refused, and the log never stops.
#[test]
fn a_commit_that_nobody_answered_is_asked_about() {
    let Some(url) = postgres_url() else { return };
    let admin = url.clone();
    let url = format!("{}&application_name=t_asked", postgres_schema(&url, "asked"));
    let ledger = open(PostgresStore::open(&url).unwrap(), None);
    let (stop, stopped) = std::sync::mpsc::channel::<()>();
    let killer = std::thread::spawn(move || {
        let mut client = ::postgres::Client::connect(&admin, ::postgres::NoTls).unwrap();
        let sql = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 't_asked'";
        let mut killed = 0;
        while stopped.recv_timeout(std::time::Duration::from_millis(25)).is_err() {
            killed += client.query(sql, &[]).unwrap().len();
        }
        killed
    });
    let mut acknowledged = 0_u64;
    for round in 0..200 {
        match ledger.append(act(&format!("r{round}"), &[("unit:1", Some(acknowledged))])) {
            Ok(recorded) => {
                assert_eq!(recorded[0].index, acknowledged);
                acknowledged += 1;
            }
            Err(refusal) => assert_eq!(refusal, AppendError::Busy, "round {round}"),
        }
    }
    stop.send(()).unwrap();
    assert!(killer.join().unwrap() > 10, "connections were broken");
    assert!(acknowledged > 20, "{acknowledged} of 200");
    assert_eq!(ledger.stopped(), None);
    assert_eq!(published(&ledger, acknowledged).size, acknowledged);
}

/// A deadlock, and a value of the wrong type, are answered; neither stops the log.
#[test]
fn errors_of_postgres_that_changed_nothing_do_not_stop_the_log() {
    let Some(url) = postgres_url() else { return };
    let url = postgres_schema(&url, "errors");
    let ledger = open(PostgresStore::open(&url).unwrap(), None);
    let with = |sql: &str, params: Vec<Param>| {
        let mut one = act("a", &[]);
        one.statements.push(Statement { sql: sql.to_owned(), params });
        one
    };
    for code in ["40001", "40P01", "55P03"] {
        let sql = format!("DO $do$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '{code}'; END $do$");
        assert_eq!(ledger.append(with(&sql, vec![])), Err(AppendError::Busy), "{code}");
    }
    let refused = ledger.append(with("SELECT $1::int4", vec![Param::Int(1)])).unwrap_err();
    assert!(matches!(refused, AppendError::Statement(_)), "{refused:?}");
    assert_eq!(ledger.stopped(), None);
    assert_eq!(append(&ledger, "b", &[]).index, 0);
}
