//! Against OpenSSH's own `ssh-agent`, `ssh-add` and `ssh-keygen`, and against agents that lie, hang and drip.

#![cfg(unix)]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

use scr_agent::{Agent, AgentError, KeyPlace, WireError, private_key};
use scr_note::{Algorithm, Note, SignError, SignerKey, VerifierKey};
use scr_testing::SshAgent;
use socket2::{Domain, SockAddr, Socket, Type};
use std::io::{Read as _, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

const NAME: &str = "log.emb.example/2026";
const SEED: [u8; 32] = [3; 32];

fn signer() -> SignerKey {
    SignerKey::from_seed(NAME, Algorithm::Ed25519, &SEED).unwrap()
}

fn public() -> [u8; 32] {
    signer().verifier().public_bytes().try_into().unwrap()
}

/// The key of [`signer`] as a file for OpenSSH.
fn exported(folder: &Path) -> PathBuf {
    let path = folder.join("key");
    std::fs::write(&path, private_key(&SEED, &public(), NAME, [1, 2, 3, 4]).as_bytes()).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
    path
}

#[test]
fn openssh_takes_our_key_and_signs_what_we_verify() {
    let folder = tempfile::tempdir().unwrap();
    let Some(agent) = SshAgent::start(folder.path()) else { return };
    let key = exported(folder.path());
    let place = KeyPlace { key: signer().verifier().clone(), socket: agent.socket.clone() };
    assert!(place.check().unwrap_err().contains("does not hold the key SHA256:"), "nothing was added yet");
    // OpenSSH reads the file, and finds the same public key in it.
    let read = Command::new("ssh-keygen").arg("-y").arg("-f").arg(&key).output().unwrap();
    let read = String::from_utf8(read.stdout).unwrap();
    agent.add(&[key.to_str().unwrap()]);
    let listed = agent.add(&["-l"]);
    let own = &place.agent().identities().unwrap()[0];
    assert_eq!((own.public, own.comment.as_str()), (public(), NAME));
    assert!(listed.contains(&own.fingerprint()), "{listed}");
    assert!(agent.add(&["-L"]).starts_with(read.trim_end()), "{read}");
    place.check().unwrap();
    // Ed25519 signatures are determined by key and message (RFC 8032): the agent's are our own.
    let remote = place.signer().unwrap();
    let text = "log.emb.example/2026\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n";
    let note = Note::sign(text, &[&remote], 0).unwrap();
    assert_eq!(note, Note::sign(text, &[&signer()], 0).unwrap());
    assert_eq!(note.open(&[signer().verifier().clone()]).unwrap().len(), 1);
    let witness = VerifierKey::new("w", Algorithm::Cosignature, &public()).unwrap();
    let remote = KeyPlace { key: witness.clone(), socket: agent.socket.clone() }.signer().unwrap();
    assert_eq!(witness.verify(text, &remote.sign(text, 7).unwrap()), Some(Some(7)));

    agent.add(&["-D"]);
    let gone = Agent::at(&agent.socket, Duration::from_secs(5)).sign(&public(), b"x");
    assert_eq!(gone, Err(AgentError::Wire(WireError::Refused)));
    drop(agent);
    assert!(place.check().unwrap_err().contains("no agent answers"));
}

/// An agent that answers each request in its own way.
fn false_agent(folder: &Path, answer: impl Fn(&mut UnixStream) + Send + 'static) -> Agent {
    let socket = folder.join("false");
    let listener = UnixListener::bind(&socket).unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut request = [0; 4096];
            drop(stream.read(&mut request));
            answer(&mut stream);
        }
    });
    Agent::at(&socket, Duration::from_millis(300))
}

fn away(agent: &Agent) -> String {
    let begin = Instant::now();
    let Err(AgentError::Away { what, .. }) = agent.identities() else { panic!("it is not away") };
    assert!(begin.elapsed() < Duration::from_secs(5), "it kept us waiting for {:?}", begin.elapsed());
    what
}

#[test]
fn an_agent_that_hangs_drips_floods_or_hangs_up_costs_the_time_limit_at_most() {
    let folder = tempfile::tempdir().unwrap();
    let each = |name: &str, answer: fn(&mut UnixStream)| {
        let folder = folder.path().join(name);
        std::fs::create_dir(&folder).unwrap();
        away(&false_agent(&folder, answer))
    };
    assert_eq!(each("hangs", |_| std::thread::sleep(Duration::from_secs(20))), "it does not answer in time");
    let drips = |stream: &mut UnixStream| {
        for byte in [0, 0, 4, 0, 12].into_iter().chain([0; 1019]) {
            if stream.write_all(&[byte]).is_err() {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    };
    assert_eq!(each("drips", drips), "it does not answer in time");
    let floods = |stream: &mut UnixStream| drop(stream.write_all(&[255; 64]));
    assert_eq!(each("floods", floods), "an answer of more than 256 KiB");
    assert_eq!(each("hangs-up", |_| {}), "it hung up");
    assert!(away(&Agent::at(&folder.path().join("nobody"), Duration::from_secs(9))).contains("No such file"));
}

#[test]
fn an_agent_that_stands_still_with_a_full_queue_does_not_hold_us() {
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join("still");
    let nobody_accepts = Socket::new(Domain::UNIX, Type::STREAM, None).unwrap();
    nobody_accepts.bind(&SockAddr::unix(&socket).unwrap()).unwrap();
    nobody_accepts.listen(1).unwrap();
    let agent = Agent::at(&socket, Duration::from_millis(5));
    let begin = Instant::now();
    let said: Vec<String> = (0..20).map(|_| away(&agent)).collect();
    assert!(begin.elapsed() < Duration::from_secs(30));
    assert!(said.iter().any(|what| what != "it does not answer in time"), "the queue never filled");
}

#[test]
fn a_signature_that_does_not_hold_goes_nowhere() {
    let folder = tempfile::tempdir().unwrap();
    let lies = |stream: &mut UnixStream| {
        let mut answer = vec![0, 0, 0, 88, 14, 0, 0, 0, 83, 0, 0, 0, 11];
        answer.extend_from_slice(b"ssh-ed25519");
        answer.extend_from_slice(&[0, 0, 0, 64]);
        answer.extend_from_slice(&[9; 64]);
        drop(stream.write_all(&answer));
    };
    drop(false_agent(folder.path(), lies));
    let place = KeyPlace { key: signer().verifier().clone(), socket: folder.path().join("false") };
    let signed = place.signer().unwrap().sign("text\n", 0);
    assert_eq!(signed, Err(SignError::Away("the signature does not hold".to_owned())));
}

#[test]
fn the_file_says_what_it_says_and_nothing_else() {
    let text = format!("{}\n/run/agent/socket\n", signer().verifier());
    let place: KeyPlace = text.parse().unwrap();
    assert_eq!(place.to_string(), text);
    for wrong in [
        String::new(),
        signer().verifier().to_string(),
        format!("{}\nsocket\n", signer().verifier()),
        format!("{text}\n"),
        format!("{text}{text}"),
        text.replace("log.", "dog."),
        "x".repeat(5_000),
    ] {
        assert!(wrong.parse::<KeyPlace>().is_err(), "{wrong:?}");
    }
    let post_quantum = SignerKey::from_seed(NAME, Algorithm::MlDsa44, &SEED).unwrap();
    let place = KeyPlace { key: post_quantum.verifier().clone(), socket: PathBuf::from("/run/socket") };
    assert!(place.signer().is_err(), "no agent holds such a key");
}
