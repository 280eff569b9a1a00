//! An installation whose objects stand in an S3-compatible store, by the commands of the program.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use scr_core::Role;
use scr_engine::testing::{NOW, TestEngine};
use scr_objects::testing::{Fake, Fault};
use serde_json::Value;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};

struct Site {
    folder: tempfile::TempDir,
    stores: [Fake; 2],
    status: Arc<AtomicU16>,
}

impl Site {
    fn new() -> Self {
        let status = Arc::new(AtomicU16::new(0));
        let store = || {
            let answers = Arc::clone(&status);
            let behaviour = move |_: &str, _: &str, _| match answers.load(Ordering::SeqCst) {
                0 => None,
                status => Some(Fault::Status(status, "")),
            };
            Fake::start(NOW, Arc::new(behaviour)).unwrap()
        };
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("key"), "AKIAIOSFODNN7EXAMPLE\nsecret\n").unwrap();
        let test = TestEngine::new(&folder.path().join("data"), &[], Vec::new()).unwrap();
        test.engine.record(&TestEngine::actor(Role::Manager), &|_, _| Ok(Vec::new())).unwrap();
        while test.engine.log().checkpoint().unwrap().is_none_or(|signed| signed.size == 0) {
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        drop(test);
        Self { stores: [store(), store()], folder, status }
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }

    /// Runs the program on one of the stores; gives its status and what it says to programs.
    fn run(&self, store: usize, args: &[&str]) -> (i32, Value) {
        let key = self.path("key");
        let output = Command::new(env!("CARGO_BIN_EXE_scrutineer"))
            .args(args)
            .args(["--objects", "s3://bucket/objects", "--s3-endpoint", &self.stores[store].endpoint])
            .args(["--s3-credentials-file", &key, "--json"])
            .output()
            .unwrap();
        let said = if output.stdout.is_empty() { output.stderr } else { output.stdout };
        let text = String::from_utf8_lossy(&said).into_owned();
        (output.status.code().unwrap(), serde_json::from_str(&text).unwrap())
    }
}

/// The object with these bytes, under its name in the bucket.
fn named(bytes: &[u8]) -> String {
    let name = scr_canon::sha256(bytes).to_hex();
    format!("objects/{}/{name}", &name[..2])
}

#[test]
fn backup_restore_and_fsck_know_the_bucket() {
    let site = Site::new();
    let (data, backup) = (site.path("data"), site.path("backup"));
    site.stores[0].state().objects.insert(named(b"results"), (b"results".to_vec(), NOW));
    let (status, fsck) = site.run(0, &["log", "fsck", &data]);
    assert_eq!((status, &fsck["beside"]["objects"]), (0, &Value::from(1)), "{fsck}");
    let (status, made) = site.run(0, &["backup", "create", "--data", &data, "--to", &backup]);
    assert_eq!((status, &made["objects"], &made["object_bytes"]), (0, &1.into(), &7.into()), "{made}");
    let name = scr_canon::sha256(b"results").to_hex();
    assert!(Path::new(&backup).join("objects").join(&name[..2]).join(&name).exists());
    // The bucket is lost; another takes its place.
    let (status, done) = site.run(1, &["restore", "--from", &backup, "--data", &data, "--replace"]);
    assert_eq!((status, &done["objects"]), (0, &1.into()), "{done}");
    assert_eq!(site.stores[1].state().objects[&named(b"results")].0, b"results");
    assert!(!Path::new(&data).join("restoring").exists());
    // Somebody alters the object: named by fsck, and taken into no backup.
    site.stores[1].state().objects.insert(named(b"results"), (b"resultz".to_vec(), NOW));
    let (status, fsck) = site.run(1, &["log", "fsck", &data]);
    assert_eq!((status, &fsck["code"]), (1, &"SCR-INST-006".into()), "{fsck}");
    assert!(fsck["title"].as_str().unwrap().contains(&name));
    let (status, made) = site.run(1, &["backup", "create", "--data", &data, "--to", &site.path("again")]);
    assert_eq!((status, &made["code"]), (1, &"SCR-BAK-003".into()), "{made}");
}

#[test]
fn doctor_says_what_the_store_answers() {
    let site = Site::new();
    let data = site.path("data");
    let found = |status: u16| {
        site.status.store(status, Ordering::SeqCst);
        let (_, said) = site.run(0, &["doctor", "--data", &data]);
        let codes = said["findings"].as_array().unwrap().iter();
        codes.map(|finding| finding["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert!(!found(0).iter().any(|code| code.starts_with("SCR-DOC-06")));
    assert!(found(503).contains(&"SCR-DOC-060".to_owned()));
    assert!(found(403).contains(&"SCR-DOC-061".to_owned()));
}
