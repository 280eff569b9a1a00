//! Following an honest log: the copy is the log, byte for byte, and what follows from it is the same.

use crate::support::{FILED, Log, Mirror, Server};
use scr_engine::Engine;
use scr_mirror::FolderError;
use std::sync::Arc;
use std::time::Duration;

#[test]
fn the_copy_comes_to_the_same_bytes_and_digests_and_goes_on_after_a_restart() {
    let log = Arc::new(Log::new());
    log.file_all((0..30).map(|number| format!("paper {}", number % 7)));
    let server = Server::of(&log);
    let folder = tempfile::tempdir().unwrap();
    let mut mirror = Mirror::open(folder.path(), log.keys(), server.clone());
    assert_eq!(mirror.round(), Ok(()));
    assert_eq!(mirror.size(), log.engine().log().size().unwrap());
    drop(mirror);
    // Over the edge of a tile, and after a restart.
    log.file_all((0..260).map(|number| format!("later {number}")));
    let mut mirror = Mirror::open(folder.path(), log.keys(), server);
    assert_eq!(mirror.size(), 32);
    assert_eq!(mirror.round(), Ok(()));
    let size = log.engine().log().size().unwrap();
    assert_eq!(mirror.size(), size);
    assert!(mirror.alarms().is_empty(), "{:?}", mirror.alarms());

    let engine = Engine::open(mirror.parts.take().unwrap(), folder.path(), &[FILED], Vec::new()).unwrap();
    assert!(engine.wait_for(size, Duration::from_secs(20)));
    assert!(log.engine().wait_for(size, Duration::from_secs(20)));
    assert_eq!(engine.digests().unwrap(), log.engine().digests().unwrap());
    for resource in
        ["checkpoint", "tile/0/000", "tile/1/000.p/1", "tile/entries/000", "tile/entries/001.p/36"]
    {
        let (own, theirs) = (engine.log().resource(resource), log.engine().log().resource(resource));
        assert_eq!(own.unwrap(), theirs.unwrap(), "{resource}");
    }
    let paper = log.file("later 259");
    assert_eq!(engine.objects().get(&paper, 100).unwrap(), Some(b"later 259".to_vec()));
    // It adds nothing of its own, and has no key to sign with.
    let stopped = engine.ledger().stopped().unwrap().to_string();
    assert!(stopped.contains("this is a mirror of log.test.example/2026"), "{stopped}");
    let refused = engine
        .record(&scr_engine::testing::TestEngine::actor(scr_core::Role::Manager), &|_, _| Ok(Vec::new()));
    assert!(refused.is_err());
    assert_eq!(engine.log().size().unwrap(), size);
}

#[test]
fn a_mirror_does_not_work_in_the_folder_of_an_installation_or_of_another_log() {
    let log = Arc::new(Log::new());
    let open = |folder: &std::path::Path, keys| {
        let clock = Arc::new(scr_core::FixedClock::at(0));
        let opened =
            scr_mirror::MirrorFolder::open(folder, keys, clock, Arc::new(scr_core::SeededEntropy::new(1)));
        opened.map(|_| ()).map_err(|error| (error.code(), error.to_string()))
    };
    let (code, words) = open(log.folder.path(), log.keys()).unwrap_err();
    assert_eq!(code, "SCR-MIR-011");
    assert!(words.contains("a folder of its own"), "{words}");

    let folder = tempfile::tempdir().unwrap();
    assert_eq!(open(folder.path(), Vec::new()).unwrap_err().0, FolderError::NoKey.code());
    let other =
        scr_note::SignerKey::from_seed("log.other.example", scr_note::Algorithm::Ed25519, &[7; 32]).unwrap();
    let mut both = log.keys();
    both.push(other.verifier().clone());
    assert_eq!(open(folder.path(), both).unwrap_err().0, "SCR-MIR-012");

    let mut mirror = Mirror::open(folder.path(), log.keys(), Server::of(&log));
    assert_eq!(mirror.round(), Ok(()));
    let (code, words) = open(folder.path(), log.keys()).unwrap_err();
    assert_eq!(code, "SCR-MIR-010");
    assert!(words.contains("another process works in this folder"), "{words}");
    drop(mirror);
    let (code, words) = open(folder.path(), vec![other.verifier().clone()]).unwrap_err();
    assert_eq!(code, "SCR-MIR-010");
    assert!(words.contains("the checkpoint that this mirror keeps"), "{words}");
}
