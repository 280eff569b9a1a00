//! One suite, run once for each store.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

mod support;

use scr_ledger::store::memory::MemoryStore;
use scr_ledger::store::postgres::PostgresStore;
use scr_ledger::store::sqlite::SqliteStore;
use scr_ledger::{Act, AppendError, Ledger, LogStore, Param, Proposal, ReadError, Statement};
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

fn suite(sort: &str, fresh: &dyn Fn(&str) -> OwnedFactory) {
    let tests: [Test; 6] = [
        ("places", entries_get_places_counts_and_times),
        ("conflict", a_conflict_refuses_that_act_alone),
        ("whole", acts_are_recorded_whole_or_not_at_all),
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

/// The address of a PostgreSQL for tests, or `None`, said and noted for CI.
fn postgres_url() -> Option<String> {
    #[expect(clippy::disallowed_methods, reason = "a test finds its database by the environment")]
    let (url, skips) = (std::env::var("SCRUTINEER_TEST_POSTGRES"), std::env::var("SCRUTINEER_SKIPS"));
    if let Ok(url) = url {
        return Some(url);
    }
    println!(
        "skipped: no PostgreSQL (set SCRUTINEER_TEST_POSTGRES, or run tools/postgres-for-tests cargo test)"
    );
    if let Ok(file) = skips {
        use std::io::Write as _;
        let mut file = std::fs::OpenOptions::new().create(true).append(true).open(file).unwrap();
        writeln!(file, "scr-ledger conformance: postgres").unwrap();
    }
    None
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
