//! A server with a certificate of its own, as a process: readers, mirrors, witnesses and the command line reach
//! it by an authority that is not a public one.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

#[path = "../../crates/platform/web/tests/authority/mod.rs"]
mod authority;
mod served;

use authority::{Authority, put};
use scr_testing::{free_address, within};
use served::Server;
use std::path::Path;
use std::process::{Command, Output};
use std::time::Duration;
use ureq::tls::{Certificate, RootCerts, TlsConfig};

fn scrutineer(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_scrutineer")).args(args).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&[&output.stdout[..], &output.stderr].concat()).into_owned()
}

struct Reader(ureq::Agent);

impl Reader {
    fn new(authority: &Authority) -> Self {
        let roots = RootCerts::new_with_certs(&[Certificate::from_pem(authority.pem.as_bytes()).unwrap()]);
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .tls_config(TlsConfig::builder().root_certs(roots).build());
        Self(config.build().into())
    }

    fn get(&self, address: &str) -> (u16, Vec<(String, String)>, String) {
        let mut response = self.0.get(address).call().unwrap();
        let text = |value: &ureq::http::HeaderValue| value.to_str().unwrap().to_owned();
        let headers =
            response.headers().iter().map(|(name, value)| (name.to_string(), text(value))).collect();
        (response.status().as_u16(), headers, response.body_mut().read_to_string().unwrap())
    }

    /// A figure of `/metrics`.
    fn figure(&self, address: &str, name: &str) -> i64 {
        let (_, _, figures) = self.get(&format!("{address}/metrics"));
        let line = figures.lines().find_map(|line| line.strip_prefix(&format!("{name} ")).map(str::to_owned));
        line.unwrap().parse().unwrap()
    }
}

fn header<'a>(headers: &'a [(String, String)], name: &str) -> &'a str {
    headers.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// The demonstration's record in a folder, without a server, and the key of its log.
fn record(data: &Path) -> String {
    let demo = Server::start(&["demo", "--data", path(data)], "scrutineer demo:");
    let mut response = ureq::get(format!("{}/log/vkey", demo.address)).call().unwrap();
    response.body_mut().read_to_string().unwrap().lines().next().unwrap().to_owned()
}

#[test]
fn the_server_speaks_https_itself() {
    let (folder, authority) = (tempfile::tempdir().unwrap(), Authority::new());
    let (data, ca) = (folder.path().join("data"), folder.path().join("ca.pem"));
    let (chain, key) = authority.write(folder.path(), 2098);
    put(&ca, &authority.pem);
    let vkey = record(&data);

    // A witness elsewhere, with a certificate of the same authority.
    let witness_folder = folder.path().join("witness");
    let made =
        ["witness", "init", "--data", path(&witness_folder), "--name", "witness.party.example", "--json"];
    let made: serde_json::Value = serde_json::from_slice(&scrutineer(&made).stdout).unwrap();
    std::fs::write(witness_folder.join("witness/logs"), format!("logs/v0\n\nvkey {vkey}\nqpd 86400\n"))
        .unwrap();
    let tls = ["--tls-certificate", path(&chain), "--tls-key", path(&key)];
    let args = [&["witness", "--data", path(&witness_folder)], &tls[..]].concat();
    let witness = Server::start(&args, "witnesses");
    let policy = folder.path().join("policy");
    let (witness_key, url) = (made["vkey"].as_str().unwrap(), &witness.address);
    std::fs::write(&policy, format!("log {vkey}\nwitness party {witness_key} {url}\nquorum party\n"))
        .unwrap();

    let clear = free_address().to_string();
    let more = ["--http-listen", &clear, "--ca", path(&ca), "--policy", path(&policy)];
    let args = [&["serve", "--data", path(&data), "--site", "https://localhost"], &tls[..], &more].concat();
    let mut server = Server::start(&args, "scrutineer serves");
    let (reader, address) = (Reader::new(&authority), server.address.clone());
    assert!(address.starts_with("https://"), "{address}");

    let (status, headers, _) = reader.get(&format!("{address}/desk/sign-in"));
    assert_eq!(status, 200);
    assert!(header(&headers, "strict-transport-security").starts_with("max-age="), "{headers:?}");
    let cookie = header(&headers, "set-cookie");
    assert!(cookie.contains("Secure") && cookie.contains("HttpOnly"), "{cookie}");
    let (status, headers, _) = reader.get(&format!("http://{clear}/record?lang=fr"));
    assert_eq!((status, header(&headers, "location")), (308, "https://localhost/record?lang=fr"));

    // The command line and a mirror, with the authority and without it.
    let fsck = ["log", "fsck", &address, "--vkey", &vkey];
    let found = scrutineer(&[&fsck[..], &["--ca", path(&ca)]].concat());
    assert_eq!(found.status.code(), Some(0), "{}", said(&found));
    let refused = scrutineer(&fsck);
    assert!(refused.status.code() == Some(2) && said(&refused).contains("--ca FILE"), "{}", said(&refused));
    let copy = folder.path().join("copy");
    let mirror = ["mirror", &address, "--vkey", &vkey, "--data", path(&copy), "--once"];
    let refused = scrutineer(&mirror);
    assert!(
        said(&refused).contains("SCR-MIR-001") && said(&refused).contains("--ca FILE"),
        "{}",
        said(&refused)
    );
    let followed = scrutineer(&[&mirror[..], &["--ca", path(&ca)]].concat());
    assert_eq!(followed.status.code(), Some(0), "{}", said(&followed));

    // The witness is asked over https.
    let is_cosigned =
        || reader.get(&format!("{address}/log/checkpoint")).2.contains("— witness.party.example");
    assert!(within(Duration::from_secs(40), is_cosigned), "nobody has cosigned");

    renews(&authority, folder.path(), &server, &reader);
    assert!(Command::new("kill").arg(server.process.id().to_string()).status().unwrap().success());
    assert_eq!(server.process.wait().unwrap().code(), Some(0), "SIGTERM ends it in order");
    asked_first(folder.path(), &data, &policy, &ca);
}

/// What writes a last entry asks the witness first, by the authority that it is told; a machine with the keys, and without
/// the record, therefore signs nothing.
fn asked_first(folder: &Path, data: &Path, policy: &Path, ca: &Path) {
    let lost = |name: &str| {
        let lost = folder.join(name);
        for part in ["keys", "witness"] {
            std::fs::create_dir_all(lost.join(part)).unwrap();
        }
        for key in data.join("keys").read_dir().unwrap().flatten() {
            std::fs::copy(key.path(), lost.join("keys").join(key.file_name())).unwrap();
        }
        std::fs::copy(policy, lost.join("witness/policy")).unwrap();
        lost
    };
    let first = lost("first");
    let found = scrutineer(&["fixity", "--data", path(&first), "--ca", path(ca)]);
    assert!(said(&found).contains("The log has stopped"), "{}", said(&found));
    let second = lost("second");
    let found = scrutineer(&["fixity", "--data", path(&second)]);
    assert!(
        said(&found).contains("Recorded as entry"),
        "who cannot be asked stops nothing: {}",
        said(&found)
    );

    let next = folder.join("next");
    let made = ["init", "--data", path(&next), "--origin", "log.next.example/2027"];
    assert!(scrutineer(&made).status.success());
    let shown = scrutineer(&["keys", "show", "--data", path(&next), "--json"]).stdout;
    let shown: serde_json::Value = serde_json::from_slice(&shown).unwrap();
    let successor = shown["keys"][0]["key"].as_str().unwrap();
    let third = lost("third");
    let ended = ["log", "retire", "--data", path(&third), "--origin", "log.demo.example/2026"];
    let why = ["--successor", successor, "--reason", "lost", "--ca", path(ca)];
    let note = said(&scrutineer(&[&ended[..], &why].concat()));
    let size = note.lines().nth(2).and_then(|line| line.strip_prefix("size ")?.parse::<u64>().ok());
    assert!(size.is_some_and(|size| size > 50), "it names the tree that the witness keeps: {note}");
}

/// A certificate that is renewed, then one that is broken, without a stop.
fn renews(authority: &Authority, folder: &Path, server: &Server, reader: &Reader) {
    let address = &server.address;
    let until = || reader.figure(address, "scrutineer_certificate_end_time_seconds");
    let before = until();
    authority.write(folder, 2099);
    let hang_up = ["-HUP", &server.process.id().to_string()];
    assert!(Command::new("kill").args(hang_up).status().unwrap().success());
    assert!(within(Duration::from_secs(5), || until() > before), "SIGHUP lets it look at once");
    put(&folder.join("chain.pem"), "no certificate");
    let good = || reader.figure(address, "scrutineer_certificate_files_good");
    assert!(within(Duration::from_secs(20), || good() == 0), "it looks by itself");
    assert!(until() > before, "and shows what it had");
}

#[test]
fn what_is_wrong_is_said_at_the_start() {
    let (folder, authority) = (tempfile::tempdir().unwrap(), Authority::new());
    let (chain, key) = authority.write(folder.path(), 2098);
    let data = folder.path().join("data");
    assert!(
        scrutineer(&["init", "--data", path(&data), "--origin", "log.test.example/2026"]).status.success()
    );
    let refused = |more: &[&str]| {
        let output = scrutineer(&[&["serve", "--data", path(&data)], more].concat());
        assert_eq!(output.status.code(), Some(2), "{}", said(&output));
        said(&output)
    };
    let (chain, key) = (path(&chain), path(&key));
    assert!(refused(&["--tls-certificate", chain]).contains("SCR-TLS-005"));
    assert!(refused(&["--tls-certificate", "/none.pem", "--tls-key", key]).contains("SCR-TLS-001"));
    let site = ["--tls-certificate", chain, "--tls-key", key, "--site", "http://results.example"];
    assert!(refused(&site).contains("SCR-TLS-005"));
    assert!(refused(&["--ca", key]).contains("SCR-TLS-006"), "a key is no authority");
    let other = folder.path().join("other.pem");
    put(&other, &authority.certify(&["localhost"], 2098).1);
    let words = refused(&["--tls-certificate", chain, "--tls-key", path(&other)]);
    assert!(
        words.contains("SCR-TLS-004") && words.contains("other.pem") && words.contains("chain.pem"),
        "{words}"
    );

    // The doctor knows the certificate from the settings.
    let settings = folder.path().join("scrutineer.toml");
    let text =
        format!("site = \"https://results.example\"\ntls_certificate = {chain:?}\ntls_key = {key:?}\n");
    std::fs::write(&settings, text).unwrap();
    let told = scrutineer(&["doctor", "--data", path(&data), "--config", path(&settings)]);
    assert!(told.status.code() == Some(1) && said(&told).contains("SCR-DOC-043"), "{}", said(&told));
}
