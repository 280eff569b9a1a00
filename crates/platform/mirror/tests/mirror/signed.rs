//! A log that signs entries which break the rules: the tree is right, and the log has signed it.

use crate::support::Mirror;
use scr_engine::testing::NOW;
use scr_engine::{FieldSpec, FieldType, KindSpec, LOG_OPENED};
use scr_entry::Draft;
use scr_ledger::store::memory::MemoryStore;
use scr_ledger::{Act, Claim, Ledger, LedgerConfig, LedgerReader, Proposal, ReadError};
use scr_mirror::remote::Sink;
use scr_mirror::{Remote, RemoteError};
use scr_note::{Algorithm, SignerKey};
use scr_verify::{Trust, verify_proof};
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;

const ORIGIN: &str = "log.test.example/2026";
const SAID: KindSpec =
    KindSpec { name: "test.thing.said/1", public: &[FieldSpec::new("n", FieldType::Count)], private: &[] };

/// The log as a server gives it, without objects.
struct Plain(LedgerReader);

impl Remote for Plain {
    fn fetch(&self, path: &str, _: u64, sink: Sink<'_>) -> Result<bool, RemoteError> {
        match self.0.resource(path.strip_prefix("/log/").unwrap()) {
            Ok(bytes) => sink(&bytes).map(|()| true).map_err(|error| panic!("{error}")),
            Err(ReadError::NotFound) => Ok(false),
            Err(error) => panic!("{error}"),
        }
    }
}

fn key(name: &str, seed: u8) -> Arc<SignerKey> {
    Arc::new(SignerKey::from_seed(name, Algorithm::Ed25519, &[seed; 32]).unwrap())
}

/// What a mirror says of a log with these entries after its opening: (count that the entry states,
/// author, seconds after the opening).
fn said_of(entries: &[(u64, Arc<SignerKey>, i64)]) -> (String, Mirror, SignerKey) {
    let operator = key(&format!("{ORIGIN}/operator"), 2);
    let config = LedgerConfig {
        origin: ORIGIN.to_owned(),
        log_key: key(ORIGIN, 1),
        cosigners: Vec::new(),
        now: Arc::new(|| NOW),
        guard: None,
        seen: Vec::new(),
        checkpoint_every: Duration::from_millis(10),
        republish_every: Duration::from_secs(600),
    };
    let ledger = Ledger::open(Box::new(MemoryStore::default()), config).unwrap();
    let opened = json!({"origin": ORIGIN, "keys": [], "operator_key": operator.verifier().to_string()});
    append(&ledger, &LOG_OPENED, "log:origin", &opened, (1, Arc::clone(&operator), 0));
    for entry in entries {
        append(&ledger, &SAID, "thing:a", &json!({"n": 1}), entry.clone());
    }
    while ledger.reader().checkpoint().unwrap().is_none_or(|c| c.size <= entries.len() as u64) {
        std::thread::sleep(Duration::from_millis(5));
    }
    let folder = tempfile::tempdir().unwrap();
    let keys = vec![key(ORIGIN, 1).verifier().clone()];
    let mut mirror = Mirror::open(folder.path(), keys, Plain(ledger.reader().clone()));
    let words = mirror.round().err().unwrap_or_default();
    // The folder is looked into by the test; the system removes it.
    drop(folder.keep());
    (words, mirror, SignerKey::from_seed(ORIGIN, Algorithm::Ed25519, &[1; 32]).unwrap())
}

fn append(
    ledger: &Ledger,
    kind: &KindSpec,
    subject: &str,
    public: &serde_json::Value,
    (count, author, after): (u64, Arc<SignerKey>, i64),
) {
    let public = public.as_object().unwrap().clone();
    let draft = Draft::new(kind, "id-1", &[subject.to_owned()], public, Vec::new(), Vec::new()).unwrap();
    let compose = Arc::new(move |_: &scr_ledger::Slot| {
        draft.compose(NOW + after, &[count], &author).map_err(|error| error.to_string())
    });
    let claims = vec![Claim { subject: subject.to_owned(), expected: None }];
    let proposals = vec![Proposal { claims, compose, payloads: Vec::new() }];
    ledger.append(Act { proposals, statements: Vec::new() }).unwrap();
}

#[test]
fn an_entry_that_breaks_the_rules_is_named_and_kept_with_its_proof() {
    let operator = key(&format!("{ORIGIN}/operator"), 2);
    let stranger = key(&format!("{ORIGIN}/org/party"), 3);
    let forger = key(&format!("{ORIGIN}/operator"), 4);
    for (entries, index, words) in [
        (
            vec![(1, Arc::clone(&operator), 0), (3, Arc::clone(&operator), 0)],
            2,
            "entry 2 counts 3 for thing:a, the next number is 2",
        ),
        (
            vec![(1, Arc::clone(&operator), 5), (2, Arc::clone(&operator), 0)],
            2,
            "before the entry that precedes it",
        ),
        (
            vec![(1, Arc::clone(&stranger), 0)],
            1,
            "entry 1: no signature by a key that the record has certified for",
        ),
        (vec![(1, forger, 0)], 1, "entry 1: no signature by a key that the record has certified for"),
    ] {
        let (said, mirror, log_key) = said_of(&entries);
        assert!(said.starts_with("SCR-MIR-022: ") && said.contains(words), "{said}");
        let [(code, told)] = &mirror.alarms()[..] else { panic!("{:?}", mirror.alarms()) };
        assert!(code == "SCR-MIR-022" && told.contains(words), "{told}");
        // The proof shows to anybody that the log has signed this entry.
        let proof = String::from_utf8(mirror.evidence("entry.tlog-proof")).unwrap();
        let report = verify_proof(&proof, None, &Trust::Keys(vec![log_key.verifier().clone()])).unwrap();
        assert_eq!(report.index, index);
        assert_eq!(mirror.size(), 0, "nothing of the piece is kept");
    }
    assert_eq!(said_of(&[(1, operator, 0)]).0, "", "an entry that keeps the rules");
}
