//! `scrutineer fixity`, with and without a server in the folder, and a server that is killed meanwhile.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

mod served;

use serde_json::Value;
use served::Server;
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

fn run(args: &[&str]) -> (i32, Value) {
    let output = Command::new(env!("CARGO_BIN_EXE_scrutineer")).args(args).arg("--json").output().unwrap();
    let text = if output.stdout.is_empty() { &output.stderr } else { &output.stdout };
    let json = serde_json::from_slice(text).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(text)));
    (output.status.code().unwrap(), json)
}

fn checks(data: &Path) -> u64 {
    let views = data.read_dir().unwrap().flatten().map(|file| file.path());
    let views = views.into_iter().find(|path| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        name.starts_with("views-") && name.ends_with(".db")
    });
    let sql = "SELECT count(*) FROM engine_event WHERE kind = 'vault.fixity.checked/1'";
    let open = views.map(|path| rusqlite::Connection::open(path).unwrap());
    open.map_or(0, |views| views.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap_or(0).cast_unsigned())
}

#[test]
fn a_server_is_asked_and_does_it_also_when_it_is_killed_meanwhile() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let place = data.to_str().unwrap();
    assert_eq!(run(&["init", "--data", place, "--origin", "log.emb.example/2026"]).0, 0);
    let server = Server::start(&["serve", "--data", place], "serves");
    let (status, asked) = run(&["fixity", "--data", place]);
    assert_eq!((status, asked["job"].is_i64()), (0, true), "{asked}");
    // At whatever moment: nothing of the check, or all of it, is recorded.
    drop(server);
    let server = Server::start(&["serve", "--data", place], "serves");
    // Whoever was killed held the job for a minute.
    let until = Instant::now() + Duration::from_secs(120);
    while checks(&data) == 0 {
        assert!(Instant::now() < until, "the job is not taken up again");
        std::thread::sleep(Duration::from_millis(100));
    }
    assert_eq!(checks(&data), 1);
    let mut stream = std::net::TcpStream::connect(server.address.trim_start_matches("http://")).unwrap();
    write!(stream, "GET /metrics HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").unwrap();
    let mut figures = String::new();
    stream.read_to_string(&mut figures).unwrap();
    assert!(figures.contains("\nscrutineer_fixity_damaged 0\n"), "{figures}");
}

#[test]
fn without_a_server_it_is_done_at_once_and_damage_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let place = data.to_str().unwrap();
    assert_eq!(run(&["init", "--data", place, "--origin", "log.emb.example/2026"]).0, 0);
    let (status, sound) = run(&["fixity", "--data", place]);
    assert_eq!((status, &sound["fixity"]["counts"]["damaged"]), (0, &Value::from(0)), "{sound}");
    let name = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
    let objects = data.join("objects/2c");
    std::fs::create_dir_all(&objects).unwrap();
    // `printf hello | sha256sum`
    std::fs::write(objects.join(name), "hello").unwrap();
    assert_eq!(run(&["fixity", "--data", place]).0, 0);
    std::fs::write(objects.join(name), "hullo").unwrap();
    let (status, damaged) = run(&["fixity", "--data", place]);
    assert_eq!(
        (status, &damaged["fixity"]["damaged"][0]["args"]["object"]),
        (1, &Value::from(name)),
        "{damaged}"
    );
    let (status, told) = run(&["doctor", "--data", place]);
    assert_eq!(status, 1);
    assert!(told["findings"].to_string().contains("SCR-DOC-030"), "{told}");
    assert_eq!(checks(&data), 3);
}
