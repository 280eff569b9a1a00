//! The demonstration as files, given by a web server that knows nothing of it.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod served;

use serde_json::Value;
use served::Server;
use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_scrutineer"));
    command.args(args).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn run(args: &[&str]) -> Output {
    command(args).output().unwrap()
}

/// The exit status, and what was said to the person.
fn said(args: &[&str]) -> (Option<i32>, String) {
    let output = run(args);
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

fn done(args: &[&str]) -> Value {
    let output = run(args);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap_or_default()
}

fn get(address: &str) -> (u16, Vec<u8>) {
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let mut response = agent.get(address).call().unwrap();
    (response.status().as_u16(), response.body_mut().with_config().limit(64 << 20).read_to_vec().unwrap())
}

/// The file that a plain web server gives for an address: the file itself, or `index.html` of a folder.
fn found(folder: &Path, address: &str) -> Option<PathBuf> {
    let path = address.split(['?', '#']).next()?.strip_prefix('/')?;
    let mut bytes = Vec::new();
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let digits = [rest.next()?, rest.next()?];
                u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?
            }
            other => other,
        });
    }
    let path = folder.join(String::from_utf8(bytes).ok()?);
    let path = if address.split(['?', '#']).next()?.ends_with('/') { path.join("index.html") } else { path };
    path.is_file().then_some(path)
}

/// A web server that knows files and nothing else.
fn serve(folder: &Path) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let folder = folder.to_owned();
    std::thread::spawn(move || listener.incoming().flatten().for_each(|stream| answer(&folder, stream)));
    address
}

fn answer(folder: &Path, mut stream: TcpStream) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
    let Some(Ok(first)) = lines.next() else { return };
    lines.take_while(|line| line.as_ref().is_ok_and(|line| !line.is_empty())).for_each(drop);
    let path = first.split(' ').nth(1).and_then(|address| found(folder, address));
    let (status, body) = path.map_or((404, Vec::new()), |path| (200, std::fs::read(path).unwrap()));
    let head = format!("HTTP/1.1 {status} x\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
    drop(stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body)));
}

/// Waits until everything that the demonstration records is under its checkpoint.
fn settled(server: &str) {
    let mut before = Vec::new();
    loop {
        std::thread::sleep(std::time::Duration::from_secs(3));
        let size = get(&format!("{server}/log/checkpoint")).1.split(|b| *b == b'\n').nth(1).unwrap().to_vec();
        if size == before {
            return;
        }
        before = size;
    }
}

/// What a page says, without its tags, its forms and what is confirmed since.
fn words(html: &[u8]) -> String {
    let mut html = scr_web::digested_body(std::str::from_utf8(html).unwrap());
    for (_, in_place_of_a_form) in scr_web::words_for_forms().unwrap() {
        html = html.replace(&in_place_of_a_form, "");
    }
    for (begin, end) in [("<form ", "</form>"), ("<a href=\"/desk", "</a>")] {
        while let Some(at) = html.find(begin) {
            let length = html[at..].find(end).unwrap() + end.len();
            html.replace_range(at..at + length, "");
        }
    }
    let texts = html.split('<').map(|part| part.split_once('>').map_or(part, |(_, words)| words));
    texts.flat_map(str::split_whitespace).collect()
}

fn manifest(folder: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(folder.join("manifest.json")).unwrap()).unwrap()
}

/// Each file, and the address of the server that it comes from.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let manifest = manifest(folder);
    let files = manifest["files"].as_object().unwrap();
    files
        .iter()
        .map(|(file, one)| (file.clone(), one["from"].as_str().unwrap_or_default().to_owned()))
        .collect()
}

/// Every link of every page leads to a file of the copy.
fn no_link_is_dead(folder: &Path, files: &BTreeMap<String, String>) -> usize {
    let mut count = 0;
    for file in files.keys().filter(|file| file.ends_with("index.html")) {
        let html = std::fs::read_to_string(folder.join(file)).unwrap();
        assert!(!html.contains("<form ") && !html.contains("/desk"), "{file}");
        for name in ["href=\"", "src=\"", "action=\""] {
            for value in html.split(name).skip(1).filter_map(|rest| rest.split('"').next()) {
                let link = value.replace("&amp;", "&").replace("&#38;", "&");
                let is_own = link.starts_with('/') && !link.starts_with("//");
                assert!(!is_own || found(folder, &link).is_some(), "{file} leads to {link}");
                count += usize::from(is_own);
            }
        }
    }
    count
}

/// Everything that is copied is what anybody gets who asks without a login; files are the same bytes.
fn as_anybody_gets_it(folder: &Path, files: &BTreeMap<String, String>, server: &str) {
    // What carries the newest checkpoint, or who has confirmed, is another one a moment later.
    let moves = [
        "/log/checkpoint",
        "/log/proof/",
        "/receipt?",
        "/record/about.json",
        "/witnesses",
        "/log/tile",
        "/record.json",
        ".bundle",
    ];
    for (at, (file, from)) in files.iter().enumerate() {
        let is_page = file.ends_with("index.html");
        if from.is_empty() || is_page && !at.is_multiple_of(20) {
            continue;
        }
        assert!(!["/desk", "/metrics", "/health", "/api"].iter().any(|one| from.starts_with(one)), "{from}");
        let (status, live) = get(&format!("{server}{from}"));
        assert_eq!(status, 200, "{from}");
        let own = std::fs::read(folder.join(file)).unwrap();
        if moves.iter().any(|one| from.contains(one)) {
            continue;
        }
        if is_page {
            assert!(words(&own) == words(&live), "{from} says something else in the copy");
        } else {
            assert_eq!(own, live, "{from}");
        }
    }
}

#[test]
fn the_demonstration_as_files_for_any_web_server() {
    let place = tempfile::tempdir().unwrap();
    let (data, copy) = (place.path().join("data"), place.path().join("www/site"));
    let server = Server::start(&["demo", "--data", data.to_str().unwrap()], "scrutineer demo:");
    settled(&server.address);
    let key = String::from_utf8(get(&format!("{}/log/vkey", server.address)).1).unwrap();
    let key = key.lines().next().unwrap();
    let folder = copy.to_str().unwrap();
    // One of the two contests is enough.
    let out = "/elections/president-2026/contests/referendum";
    let args =
        ["export", "site", folder, "--from", &server.address, "--vkey", key, "--leave-out", out, "--json"];
    let report = done(&args);
    let mut schemas = boon::Schemas::new();
    let schema = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/schemas/export.schema.json");
    let schema = boon::Compiler::new().compile(schema, &mut schemas).unwrap();
    assert!(schemas.validate(&report, schema).is_ok(), "{report}");
    assert_eq!((&report["trusted"], &report["changed"]), (&Value::Bool(true), &report["files"]));

    let files = files(&copy);
    let pages = files.keys().filter(|file| file.ends_with("index.html")).count();
    let in_arabic = files.keys().filter(|file| file.contains("lang=ar/index.html")).count();
    assert!(pages > 1_000 && in_arabic * 4 == pages, "{in_arabic} of {pages}");
    for file in
        ["verify.html", "log/checkpoint", "log/vkey", "_headers", "elections/president-2026/results.csv"]
    {
        assert!(files.contains_key(file), "{file}");
    }
    assert!(no_link_is_dead(&copy, &files) > 10_000);
    as_anybody_gets_it(&copy, &files, &server.address);

    // The log is checked from the files alone, by a folder and by a web server.
    let web = serve(&copy);
    for place in [folder, web.as_str()] {
        let checked = done(&["log", "fsck", place, "--vkey", key, "--json"]);
        assert_eq!(
            (&checked["log"]["size"], &checked["log"]["origin"]),
            (&report["size"], &report["origin"]),
            "{checked}"
        );
    }
    let proof = copy.join("log/proof/5");
    done(&["verify", proof.to_str().unwrap(), "--vkey", key, "--json"]);

    // Made again: what is as before is the same file, and nothing is lost.
    let modified = |file: &str| copy.join(file).metadata().unwrap().modified().unwrap();
    let before = (modified("verify.html"), modified("log/entry/5"));
    let again = done(&args);
    assert!(again["changed"].as_u64().unwrap() < report["files"].as_u64().unwrap() / 2, "{again}");
    assert_eq!(before, (modified("verify.html"), modified("log/entry/5")));
    assert_eq!(done(&["export", "check", folder, "--json"])["files"], again["files"]);
}

/// Only what is small: the log, the start page and a few more.
const SMALL: [&str; 6] = ["--leave-out", "/elections", "--leave-out", "/rec", "--leave-out", "/log/entry"];

fn small<'a>(folder: &'a str, from: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let args = ["export", "site", folder, "--from", from];
    args.into_iter().chain(SMALL).chain(more.iter().copied()).collect()
}

#[test]
fn what_goes_wrong_leaves_the_earlier_copy_and_is_said() {
    let place = tempfile::tempdir().unwrap();
    let data = place.path().join("data");
    let copy = place.path().join("site");
    let folder = copy.to_str().unwrap();
    let server = Server::start(&["demo", "--data", data.to_str().unwrap()], "scrutineer demo:");
    settled(&server.address);
    let site = ["--site", "https://results.example", "--json"];
    let report = done(&small(folder, &server.address, &site));
    assert_eq!(report["trusted"], false);
    let page = std::fs::read_to_string(copy.join("verify/index.html")).unwrap();
    assert!(page.contains(r#"action="https://results.example/verify""#), "{page}");
    assert!(page.contains(r#"href="https://results.example/desk""#), "{page}");

    // Killed at several moments: the earlier copy is whole each time, and the next export works.
    for pause_ms in [20, 150, 400] {
        let mut killed = command(&["export", "site", folder, "--from", &server.address]).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(pause_ms));
        killed.kill().unwrap();
        killed.wait().unwrap();
        assert_eq!(done(&["export", "check", folder, "--json"])["files"], report["files"]);
    }
    done(&small(folder, &server.address, &["--json"]));

    let refused = |args: &[&str], status: i32, code: &str| {
        let (found, words) = said(args);
        assert!(found == Some(status) && words.contains(code), "{code}: {found:?} {words}");
        assert_eq!(done(&["export", "check", folder, "--json"])["holds"], true, "{code}");
    };
    refused(&small(folder, "http://127.0.0.1:9", &[]), 3, "SCR-EXPORT-001");
    refused(&small(folder, "results.example", &[]), 2, "SCR-EXPORT-009");
    refused(&small(folder, &server.address, &["--site", "https://a b"]), 2, "SCR-EXPORT-009");
    refused(&small(folder, &server.address, &["--limit", "5"]), 2, "SCR-EXPORT-003");
    refused(&small(data.to_str().unwrap(), &server.address, &[]), 2, "SCR-EXPORT-002");

    // Servers that show another log, a smaller one, or none.
    let other = place.path().join("other");
    std::fs::create_dir_all(other.join("log")).unwrap();
    let web = serve(&other);
    refused(&small(folder, &web, &[]), 3, "SCR-EXPORT-004");
    let note = std::fs::read_to_string(copy.join("log/checkpoint")).unwrap();
    let origin = note.lines().next().unwrap();
    std::fs::write(other.join("log/checkpoint"), note.replacen(origin, "log.other.example", 1)).unwrap();
    refused(&small(folder, &web, &[]), 2, "SCR-EXPORT-002");
    let size = note.lines().nth(1).unwrap();
    std::fs::write(other.join("log/checkpoint"), note.replacen(&format!("\n{size}\n"), "\n3\n", 1)).unwrap();
    refused(&small(folder, &web, &[]), 1, "SCR-EXPORT-008");

    // A file that was altered is named, and fetched anew.
    std::fs::write(copy.join("verify/index.html"), "other").unwrap();
    let (status, words) = said(&["export", "check", folder]);
    assert!(
        status == Some(1) && words.contains("SCR-EXPORT-006") && words.contains("verify/index.html"),
        "{words}"
    );
    done(&small(folder, &server.address, &["--json"]));
    assert_eq!(done(&["export", "check", folder, "--json"])["holds"], true);

    // The disk takes nothing there.
    let file = place.path().join("file");
    std::fs::write(&file, "x").unwrap();
    refused(&small(file.join("site").to_str().unwrap(), &server.address, &[]), 3, "SCR-EXPORT-005");
}
