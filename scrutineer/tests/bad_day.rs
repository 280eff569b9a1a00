//! A full disk while people type, and a clock that was set back: what the person at the page reads, what the
//! operator reads, and that nothing that was acknowledged is lost.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod person;
mod served;

use person::Person;
use scr_core::{FixedClock, Role, SystemClock, SystemEntropy};
use scr_desk_alerts::AlertsDesk;
use scr_desk_audits::AuditsDesk;
use scr_desk_office::OfficeDesk;
use scr_desk_office::drills::{Drill, NewDrill, record};
use scr_desk_record::RecordDesk;
use scr_desk_response::ResponseDesk;
use scr_desk_results::ResultsDesk;
use scr_desk_threats::ThreatsDesk;
use scr_engine::testing::TestEngine;
use scr_engine::{Engine, Installation};
use scr_web::Desk;
use served::Server;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;
use std::time::{Duration, Instant};

const PROGRAM: &str = env!("CARGO_BIN_EXE_scrutineer");
const CLERK: &str = "clerk1@demo.example";

fn scrutineer(args: &[&str]) -> Output {
    Command::new(PROGRAM).args(args).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&[&output.stdout[..], &output.stderr].concat()).into_owned()
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// Types a sheet: its address, or the page that said that it was not taken.
fn type_a_sheet(person: &mut Person) -> Result<String, String> {
    // The helper stops at the first answer that is not the one of a sheet that was taken.
    match catch_unwind(AssertUnwindSafe(|| person.type_a_sheet())) {
        Ok(Ok(sheet)) => Ok(sheet),
        Ok(Err(error)) => Err(error.to_string()),
        Err(panic) => Err(panic.downcast_ref::<String>().cloned().unwrap_or_default()),
    }
}

/// A disk of its own for a server, in a mount namespace of its own; `None` where this machine lets nobody
/// make one. The script fills it up when told to, makes room again, and starts the server again.
fn small_disk(folder: &Path, data: &Path, kib: u64) -> Option<Server> {
    let probe = ["--mount", "--map-root-user", "mount", "-t", "tmpfs", "tmpfs", "/mnt"];
    let may = Command::new("unshare").args(probe).output().is_ok_and(|output| output.status.success());
    if !may {
        return None;
    }
    let script = folder.join("small-disk");
    let text = format!(
        "set -e
disk={disk}/disk; flags={disk}; mkdir -p \"$disk\"
mount -t tmpfs -o size={kib}k tmpfs \"$disk\"
cp -a {data}/. \"$disk/data\"
serve() {{ {PROGRAM} serve --data \"$disk/data\" \"$@\" & server=$!; }}
serve \"$@\"
until [ -e \"$flags/fill\" ]; do sleep 0.1; done
cat /dev/zero > \"$disk/ballast\" 2>/dev/null || true
until [ -e \"$flags/free\" ]; do sleep 0.1; done
rm \"$disk/ballast\"
until [ -e \"$flags/again\" ]; do sleep 0.1; done
kill -9 $server; wait $server || true
{PROGRAM} log fsck \"$disk/data\" > \"$flags/fsck\" 2>&1 || true
serve \"$@\"
wait $server
",
        disk = path(folder),
        data = path(data),
    );
    std::fs::write(&script, text).unwrap();
    let mut command = Command::new("unshare");
    // A namespace of processes as well: whoever ends the first ends all.
    command.args(["--mount", "--map-root-user", "--pid", "--fork", "--kill-child", "bash", path(&script)]);
    command.args(["--listen", &scr_testing::free_address().to_string()]);
    Some(Server::of(command, "scrutineer serves"))
}

fn demonstration(data: &Path) {
    drop(Server::start(&["demo", "--data", path(data)], "scrutineer demo:"));
}

fn kib_of(folder: &Path) -> u64 {
    let output = Command::new("du").args(["-sk", path(folder)]).output().unwrap();
    String::from_utf8(output.stdout).unwrap().split_whitespace().next().unwrap().parse().unwrap()
}

#[test]
fn a_disk_that_is_full_while_people_type_loses_nothing_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    demonstration(&data);
    let Some(server) = small_disk(folder.path(), &data, kib_of(&data) + 24 * 1024) else {
        return scr_testing::skipped("a full disk: no mount namespace can be made here");
    };
    let mut clerk = Person::sign_in(&server.address, CLERK).unwrap();
    let mut kept: Vec<String> = (0..3).map(|_| type_a_sheet(&mut clerk).unwrap()).collect();
    std::fs::write(folder.path().join("fill"), "").unwrap();
    let begin = Instant::now();
    let page = loop {
        assert!(begin.elapsed() < Duration::from_secs(120), "the disk never filled up");
        match type_a_sheet(&mut clerk) {
            Ok(sheet) => kept.push(sheet),
            Err(page) => break page,
        }
    };
    // SCR-ENG-006 when the keys of private content have no room, SCR-ENG-003 when the record itself has none.
    let words =
        ["There is no room left on the server", "could not be written, so nothing of it was recorded"];
    assert!(words.iter().any(|words| page.contains(words)) && page.contains("Tell the operator"), "{page}");
    assert_eq!(clerk.get("/elections/president-2026").unwrap().status, 200, "what is there is read on");
    std::fs::write(folder.path().join("free"), "").unwrap();
    std::fs::write(folder.path().join("again"), "").unwrap();
    let begin = Instant::now();
    let mut clerk = loop {
        assert!(begin.elapsed() < Duration::from_secs(120), "it does not come back");
        std::thread::sleep(Duration::from_millis(200));
        let Ok(Ok(mut clerk)) = catch_unwind(|| Person::sign_in(&server.address, CLERK)) else { continue };
        if clerk.get("/health/ready").is_ok_and(|ready| ready.body.contains("accepts yes")) {
            break clerk;
        }
    };
    let fsck = std::fs::read_to_string(folder.path().join("fsck")).unwrap();
    assert!(fsck.contains("is sound"), "{fsck}");
    for sheet in &kept {
        assert_eq!(clerk.get(sheet).unwrap().status, 200, "{sheet} was acknowledged and is gone");
    }
    type_a_sheet(&mut clerk).unwrap();
}

/// The record of a machine whose clock went an hour fast, on a machine whose clock is right.
#[test]
fn a_clock_that_was_set_back_is_named_and_nothing_is_signed() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    demonstration(&data);
    an_hour_ahead(&data);
    let server = Server::start(&["serve", "--data", path(&data)], "scrutineer serves");
    let mut clerk = Person::sign_in(&server.address, CLERK).unwrap();
    let page = type_a_sheet(&mut clerk).unwrap_err();
    // SCR-ENG-003.
    assert!(page.contains("nothing of it was recorded: the clock went back by"), "{page}");
    assert!(page.contains("Tell the operator"), "{page}");
    let ready = clerk.get("/health/ready").unwrap().body;
    assert!(ready.contains("accepts no: the clock went back by"), "{ready}");
    assert_eq!(clerk.get("/elections/president-2026").unwrap().status, 200, "what is there is read on");
    let told = said(&scrutineer(&["doctor", "--data", path(&data)]));
    assert!(told.contains("alarm[SCR-DOC-005]") && told.contains("Mend the time service"), "{told}");
    drop(server);
    let sound = scrutineer(&["log", "fsck", path(&data)]);
    assert!(sound.status.success(), "{}", said(&sound));
}

/// Records one act by a clock that is an hour ahead.
fn an_hour_ahead(data: &Path) {
    use scr_core::Clock as _;
    let clock = Arc::new(FixedClock::at(SystemClock.now() + 3600));
    let parts = Installation::find(data).unwrap();
    let parts = parts.open(None, Duration::from_millis(20), clock, Arc::new(SystemEntropy)).unwrap();
    let desks: [&dyn Desk; 7] =
        [&ResultsDesk, &AuditsDesk, &ThreatsDesk, &AlertsDesk, &ResponseDesk, &RecordDesk, &OfficeDesk];
    let kinds: Vec<_> = desks.iter().flat_map(|desk| desk.kinds().iter().copied()).collect();
    let views = desks.iter().flat_map(|desk| desk.views()).collect();
    let engine = Engine::open(parts, data, &kinds, views).unwrap();
    let drill = NewDrill { drill: Drill::Backup, copy: None, minutes: 1 };
    record(&engine, &TestEngine::actor(Role::Administrator), &drill).unwrap();
}
