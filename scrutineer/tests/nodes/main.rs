//! Several nodes on one PostgreSQL, as processes of their own: any node takes writes, none loses or doubles
//! anything when another is killed, nodes come and go, the database is started anew, and what one erases
//! is erased on all.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

#[cfg(unix)]
mod agents;
mod bucket;
mod rotation;
#[path = "../served/mod.rs"]
mod served;
mod support;

use scr_access::{Position, SignOffState};
use scr_core::SystemEntropy;
use scr_desk_office::privacy::commands::{self, NewErasure};
use scr_engine::{Engine, Installation};
use served::Server;
use std::collections::BTreeMap;
use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock};
use std::time::Duration;
use support::{Answer, People, Site, act, get, holds, run, wait_until, wait_until_ready};

/// One test at a time: one of them starts the database anew under all.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The first node, with people, under a first checkpoint.
fn begin(site: &Site) -> People {
    Installation::create(&site.folder("one"), support::ORIGIN, &SystemEntropy).unwrap();
    let engine = site.engine("one");
    let people = support::people(&engine, &site.access());
    let size = engine.log().size().unwrap();
    wait_until("the first checkpoint", Duration::from_secs(10), || {
        engine.log().checkpoint().unwrap().is_some_and(|signed| signed.size >= size)
    });
    people
}

/// The servers by the name of their node; `None` while one is down.
type Servers = RwLock<BTreeMap<&'static str, Option<Server>>>;

fn addresses(servers: &Servers) -> Vec<String> {
    let servers = servers.read().unwrap_or_else(PoisonError::into_inner);
    servers.values().flatten().map(|server| server.address.clone()).collect()
}

fn put(servers: &Servers, node: &'static str, server: Option<Server>) -> Option<Server> {
    servers.write().unwrap_or_else(PoisonError::into_inner).insert(node, server).flatten()
}

/// Acts on whatever node comes next, each act until somebody says that it is recorded, until told to stop.
fn write(
    writer: usize,
    servers: &Servers,
    token: &str,
    stop: &AtomicBool,
    done: &AtomicU64,
) -> BTreeMap<String, Option<(u64, String)>> {
    let mut acknowledged = BTreeMap::new();
    let (mut turn, mut number) = (writer, 0);
    while !stop.load(Ordering::SeqCst) {
        number += 1;
        let name = format!("w{writer}-{number}");
        loop {
            let up = addresses(servers);
            turn += 1;
            match act(&up[turn % up.len()], token, &name) {
                Answer::Recorded(index, leaf) => {
                    acknowledged.insert(name, Some((index, leaf)));
                    break;
                }
                Answer::Before => {
                    acknowledged.insert(name, None);
                    break;
                }
                Answer::Unknown(_) => std::thread::sleep(Duration::from_millis(100)),
            }
        }
        done.fetch_add(1, Ordering::SeqCst);
    }
    acknowledged
}

/// Every act that was acknowledged is in the log, once, where its receipt says; no act is there twice.
fn check_record(site: &Site, acknowledged: &BTreeMap<String, Option<(u64, String)>>) {
    let record = site.record();
    let size = record.size().unwrap();
    let entries = record.entries(0, usize::try_from(size).unwrap() + 1).unwrap();
    assert_eq!(entries.len() as u64, size);
    let mut places: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    let mut indexes = 0;
    for (index, bytes) in (0..).zip(&entries) {
        let entry = scr_engine::entry(bytes).unwrap();
        match entry.kind() {
            "elections.election.created/1" => {
                places.entry(entry.text("election").unwrap().to_owned()).or_default().push(index);
            }
            "record.index.published/1" => indexes += 1,
            _ => {}
        }
    }
    for (name, receipt) in acknowledged {
        let found = places.get(name).unwrap_or_else(|| panic!("{name} was acknowledged and is not there"));
        assert_eq!(found.len(), 1, "{name} is there once: {found:?}");
        if let Some((index, leaf)) = receipt {
            assert_eq!(found[0], *index, "{name} is where its receipt says");
            assert_eq!(scr_merkle::leaf_hash(&entries[usize::try_from(*index).unwrap()]).to_string(), *leaf);
        }
    }
    let twice: Vec<_> = places.iter().filter(|(_, found)| found.len() > 1).collect();
    assert!(twice.is_empty(), "{twice:?}");
    // Once a day, by whichever node; a test may run over midnight.
    assert!(indexes <= 2, "{indexes} indexes were published");
}

/// The views of all these nodes come to the same, and to the same again when they are made anew.
fn check_views(site: &Site, nodes: &[&str]) {
    let size = site.record().size().unwrap();
    let digests = |node: &str| {
        let engine: Engine = site.engine(node);
        assert!(engine.wait_for(size, Duration::from_secs(60)), "{node}");
        engine.digests().unwrap()
    };
    site.join("fresh");
    let fresh = digests("fresh");
    for node in nodes {
        assert_eq!(digests(node), fresh, "{node}");
    }
}

fn terminate(mut server: Server) {
    let told = Command::new("kill").args(["-TERM", &server.process.id().to_string()]).status().unwrap();
    assert!(told.success());
    assert!(server.process.wait().unwrap().success(), "it ends in order when told to");
}

fn erase(site: &Site, people: &People, node: &str, entry: u64) {
    let (engine, access) = (site.engine(node), site.access());
    let scope = format!("#{entry}");
    let asked = NewErasure { scope: &scope, basis: "unlawful", reason: "It names somebody." };
    let id = commands::ask_erasure(&engine, &access, &people.manager, &asked).unwrap();
    let over = *access.kept_sign_offs("privacy.erasure", 1).unwrap()[0].sign_off.over();
    let stand = |who| commands::take_stand(&engine, &access, who, &id, Position::Signs, over).unwrap().0;
    assert_eq!(stand(&people.administrator), SignOffState::Open { missing: 1 });
    assert_eq!(stand(&people.supervisor), SignOffState::Complete);
}

/// Acts without pause by four programs on whatever nodes are up, while `meanwhile` goes on; it is given what
/// waits for so many more acts. Gives what was acknowledged.
fn under_load(
    servers: &Servers,
    people: &People,
    meanwhile: impl FnOnce(&dyn Fn(u64)),
) -> BTreeMap<String, Option<(u64, String)>> {
    let (stop, done) = (AtomicBool::new(false), AtomicU64::new(0));
    let more = |acts: u64| {
        let from = done.load(Ordering::SeqCst);
        wait_until("more acts", Duration::from_secs(90), || done.load(Ordering::SeqCst) >= from + acts);
    };
    std::thread::scope(|scope| {
        let (token, stop, done) = (people.token.as_str(), &stop, &done);
        let writing: Vec<_> =
            (0..4).map(|writer| scope.spawn(move || write(writer, servers, token, stop, done))).collect();
        meanwhile(&more);
        stop.store(true, Ordering::SeqCst);
        writing.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    })
}

/// The whole log, as a stranger reads it from a node.
fn check_log(address: &str, size: u64) {
    wait_until_ready(address);
    wait_until("a checkpoint over everything", Duration::from_secs(10), || {
        let line = |text: String| text.lines().nth(1).and_then(|line| line.parse::<u64>().ok());
        get(address, "/log/checkpoint").and_then(|(_, text)| line(text)).is_some_and(|signed| signed >= size)
    });
    let keys = get(address, "/log/vkey").unwrap().1;
    let said = run(&["log", "fsck", address, "--vkey", keys.lines().next().unwrap()]);
    assert!(said.contains("is sound"), "{said}");
}

/// Three nodes that serve; the first stands already.
fn three(site: &Site) -> Servers {
    let servers = Servers::default();
    for node in ["one", "two", "three"] {
        if node != "one" {
            site.join(node);
        }
        put(&servers, node, Some(site.serve(node)));
    }
    addresses(&servers).iter().for_each(|address| wait_until_ready(address));
    servers
}

#[test]
fn nodes_are_killed_added_and_removed_and_nothing_is_lost_or_doubled() {
    let _alone = alone();
    let Some(site) = Site::new() else { return };
    let people = begin(&site);
    let secret = people.manager.person.as_str();
    let servers = three(&site);
    // What one node has sealed the others read: their pages say it.
    wait_until("private content on every node", Duration::from_secs(10), || {
        ["one", "two", "three"].iter().all(|node| holds(&site.folder(node), secret))
    });
    let acknowledged = under_load(&servers, &people, |more| {
        more(20);
        for round in 0..4_usize {
            // Whichever it is, by the process ids that the system gives.
            let node = ["one", "two", "three"][(std::process::id() as usize + round) % 3];
            let mut killed = put(&servers, node, None).unwrap();
            killed.process.kill().unwrap();
            killed.process.wait().unwrap();
            more(15);
            put(&servers, node, Some(site.serve(node)));
            more(15);
        }
        site.join("four");
        put(&servers, "four", Some(site.serve("four")));
        more(20);
        terminate(put(&servers, "two", None).unwrap());
        more(20);
    });
    println!("{} acts were acknowledged", acknowledged.len());
    erase(&site, &people, "two", people.granted);
    let size = site.record().size().unwrap();
    addresses(&servers).iter().for_each(|address| check_log(address, size));
    for node in ["one", "two", "three", "four"] {
        wait_until("erased on every node", Duration::from_secs(30), || !holds(&site.folder(node), secret));
    }
    check_record(&site, &acknowledged);
    let running = std::mem::take(&mut *servers.write().unwrap());
    running.into_values().flatten().for_each(terminate);
    check_views(&site, &["one", "two", "three", "four"]);
}

#[test]
fn the_database_is_started_anew_and_nodes_go_on_by_themselves() {
    let _alone = alone();
    let Some(site) = Site::new() else { return };
    let people = begin(&site);
    site.join("two");
    let servers = Servers::default();
    for node in ["one", "two"] {
        put(&servers, node, Some(site.serve(node)));
    }
    for address in addresses(&servers) {
        wait_until_ready(&address);
    }
    let mut restarted = true;
    let acknowledged = under_load(&servers, &people, |more| {
        for _ in 0..3 {
            more(15);
            restarted &= support::restart_postgres();
        }
        more(20);
    });
    assert!(
        restarted,
        "say with SCRUTINEER_TEST_POSTGRES_RESTART how the database is started anew, as tools/postgres-for-tests does"
    );
    for address in addresses(&servers) {
        // The same processes, and both take acts again.
        wait_until_ready(&address);
        let name = format!("after-{}", address.rsplit(':').next().unwrap());
        wait_until("an act", Duration::from_secs(30), || {
            !matches!(act(&address, &people.token, &name), Answer::Unknown(_))
        });
    }
    check_record(&site, &acknowledged);
    let running = std::mem::take(&mut *servers.write().unwrap());
    running.into_values().flatten().for_each(terminate);
    check_views(&site, &["one", "two"]);
}

#[test]
fn a_node_does_not_join_what_is_not_sound_or_not_the_newest() {
    let _alone = alone();
    let Some(site) = Site::new() else { return };
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let keys = site.folder("one").join("keys");
    let (keys, two) = (keys.to_str().unwrap(), path("two"));
    let join = |more: &[&str]| {
        let args = ["node", "join", "--data", &two, "--database", &site.record.url];
        support::refusal(&[&args[..], more].concat())
    };
    let said = join(&[]);
    assert!(said.contains("SCR-CLI-061"), "no keys: {said}");
    begin(&site);
    let said = join(&["--keys", &path("nowhere")]);
    assert!(said.contains("SCR-CLI-061"), "{said}");
    std::fs::write(path("note"), "a checkpoint, says somebody").unwrap();
    let said = join(&["--keys", keys, "--checkpoint", &path("note")]);
    assert!(said.contains("SCR-CLI-064"), "{said}");
    // The same log in another database went another way: somebody keeps what it has signed.
    let other = Site::new().unwrap();
    Installation::create_node(&other.folder("one"), &site.folder("one").join("keys")).unwrap();
    let engine = other.engine("one");
    support::people(&engine, &other.access());
    wait_until("a checkpoint", Duration::from_secs(10), || {
        engine.log().checkpoint().unwrap().is_some_and(|signed| signed.size > 3)
    });
    std::fs::write(path("note"), engine.log().checkpoint_note().unwrap().unwrap()).unwrap();
    let said = join(&["--keys", keys, "--checkpoint", &path("note")]);
    assert!(said.contains("SCR-CLI-065"), "{said}");
    // Somebody has edited an entry.
    let store = scr_store::Store::open_postgres(&site.record.url).unwrap();
    let edit = |from: &str, to: &str| {
        let text =
            "UPDATE log_entry SET bytes = convert_to(replace(convert_from(bytes, 'UTF8'), $1, $2), 'UTF8')
                    WHERE idx = 1";
        assert_eq!(store.execute(&scr_store::sql!(text, from, to)), Ok(1));
    };
    edit("\"org\"", "\"oRg\"");
    let said = join(&["--keys", keys]);
    assert!(said.contains("SCR-CLI-063"), "{said}");
    edit("\"oRg\"", "\"org\"");
    let note = site.record().checkpoint_note().unwrap().unwrap();
    std::fs::write(path("note"), note).unwrap();
    let args =
        ["node", "join", "--data", &two, "--database", &site.record.url, "--checkpoint", &path("note")];
    assert!(run(&args).contains("entries were checked"));
    let said = join(&[]);
    assert!(said.contains("SCR-CLI-062"), "{said}");
}

#[test]
fn keys_are_shared_beside_a_shared_record_only() {
    let folder = tempfile::tempdir().unwrap();
    Installation::create(folder.path(), support::ORIGIN, &SystemEntropy).unwrap();
    let data = folder.path().to_str().unwrap();
    let said = support::refusal(&["serve", "--data", data, "--keys-database", "postgresql://db/keys"]);
    assert!(said.contains("SCR-CLI-060"), "{said}");
    // Whoever once had shared keys does not begin with keys of its own.
    std::fs::write(folder.path().join("shared-keys"), "").unwrap();
    let said = support::refusal(&["serve", "--data", data]);
    assert!(said.contains("keys_database"), "{said}");
}
