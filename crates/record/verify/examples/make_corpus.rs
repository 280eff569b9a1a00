//! Writes files for two verifiers to judge alike: proofs, receipts of numbers, promises and documents, good
//! ones and each way of being wrong. The keys are public: test only.
//!
//! `make_corpus DIRECTORY`: the files, and `cases.json` with `{name, file, trust, status, code}`.

use std::error::Error;
use std::fs;
use std::path::Path;

use scr_canon::{Hash32, b64, sha256, to_canonical};
use scr_merkle::{consistency_proof, inclusion_proof, leaf_hash, root_of};
use scr_note::{Algorithm, Checkpoint, Note, Promise, SignerKey, TlogProof};
use serde_json::{Value, json};

const ORIGIN: &str = "corpus.scrutineer.example/2026";
const SIGNED_AT: u64 = 1_790_000_000;
const SALT: [u8; 32] = [5; 32];
const DOCUMENT: &[u8] = b"minutes of the count\n";

type Fallible<T> = Result<T, Box<dyn Error>>;

/// Keys, entries and rows of a small log.
struct World {
    log: SignerKey,
    post_quantum: SignerKey,
    witnesses: Vec<SignerKey>,
    entries: Vec<Vec<u8>>,
    rows: Vec<String>,
}

struct Corpus<'a> {
    folder: &'a Path,
    cases: Vec<Value>,
}

impl Corpus<'_> {
    /// One case; `code` is empty when it holds.
    fn add(&mut self, name: &str, file: &str, trust: &str, code: &str) -> Fallible<()> {
        let path = format!("{:03}.file", self.cases.len());
        fs::write(self.folder.join(&path), file)?;
        let status = match code {
            "" => 0,
            "SCR-VERIFY-001" | "SCR-VERIFY-007" | "SCR-VERIFY-030" | "SCR-VERIFY-070" => 2,
            code if code.starts_with("SCR-CLI-") => 2,
            _ => 1,
        };
        self.cases.push(json!({"name": name, "file": path, "trust": trust, "status": status, "code": code}));
        Ok(())
    }

    /// The last case is about a document.
    fn with_document(&mut self, document: &str, salt: &str) {
        if let Some(Value::Object(case)) = self.cases.last_mut() {
            case.insert("document".into(), document.into());
            case.insert("salt".into(), salt.into());
        }
    }
}

fn main() -> Fallible<()> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, folder] = arguments.as_slice() else { return Err("usage: make_corpus DIRECTORY".into()) };
    let folder = Path::new(folder);
    fs::create_dir_all(folder)?;
    let world = World::new()?;
    let mut corpus = Corpus { folder, cases: Vec::new() };
    proofs(&world, &mut corpus)?;
    policies(&world, &mut corpus)?;
    numbers(&world, &mut corpus)?;
    promises(&world, &mut corpus)?;
    documents(&world, &mut corpus)?;
    histories(world, &mut corpus)?;
    fs::write(folder.join("cases.json"), serde_json::to_vec_pretty(&corpus.cases)?)?;
    Ok(())
}

impl World {
    fn new() -> Fallible<Self> {
        let witness = |name: &str, seed| {
            SignerKey::from_seed(&format!("witness.{name}.example"), Algorithm::Cosignature, &[seed; 32])
        };
        let rows: Vec<String> =
            (0..11).map(|i| format!("{{\"unit\":\"{i:03}\",\"votes\":{{\"a\":{}}}}}", 100 + i)).collect();
        let leaves: Vec<Hash32> = rows.iter().map(|row| leaf_hash(row.as_bytes())).collect();
        let commitment = sha256(&[b"scrutineer/commit/v1\n".as_slice(), &SALT, &sha256(DOCUMENT).0].concat());
        let event = |public: Value| {
            to_canonical(&json!({"v": 1, "t": "results.table.imported/1", "id": "x", "iss": "org",
                "at": "2026-11-24T10:00:00Z", "sub": [], "seq": {}, "pub": public,
                "com": [{"n": "work", "h": commitment.to_string(), "k": "blob"}], "ref": [], "sig": []}))
        };
        let fields = json!({"rows": rows.len(), "rows_root": root_of(&leaves), "object": sha256(DOCUMENT)});
        let mut entries: Vec<Vec<u8>> = (0..18).map(|i| format!("entry-{i}").into_bytes()).collect();
        entries.push(event(fields)?);
        entries.push(event(json!({}))?);
        Ok(Self {
            log: SignerKey::from_seed(ORIGIN, Algorithm::Ed25519, &[1; 32])?,
            post_quantum: SignerKey::from_seed(ORIGIN, Algorithm::MlDsa44, &[2; 32])?,
            witnesses: vec![witness("party-a", 11)?, witness("party-b", 12)?, witness("observers", 13)?],
            entries,
            rows,
        })
    }

    fn proof(&self, index: u64, signers: &[&SignerKey]) -> Fallible<String> {
        let leaves: Vec<Hash32> = self.entries.iter().map(|entry| leaf_hash(entry)).collect();
        let size = leaves.len() as u64;
        let text = Checkpoint::new(ORIGIN, size, root_of(&leaves)).to_string();
        let note = Note::sign(&text, signers, SIGNED_AT)?;
        let extra = self.entries.get(usize::try_from(index)?).cloned();
        let hashes = inclusion_proof(&leaves.as_slice(), index, size)?;
        Ok(TlogProof { extra, index, hashes, checkpoint: note.to_string() }.to_string())
    }

    /// Signed by the log with both keys, and by every witness.
    fn all(&self) -> Vec<&SignerKey> {
        [&self.log, &self.post_quantum].into_iter().chain(&self.witnesses).collect()
    }

    fn vkey(&self) -> String {
        self.log.verifier().to_string()
    }
}

fn proofs(world: &World, corpus: &mut Corpus<'_>) -> Fallible<()> {
    let (good, key) = (world.proof(7, &world.all())?, world.vkey());
    for index in [0, 1, 7, 15, 16, 19] {
        corpus.add(&format!("proof of entry {index}"), &world.proof(index, &world.all())?, &key, "")?;
    }
    let first_hash = good.lines().nth(3).unwrap_or_default().to_owned();
    let other_entry = (b64(b"entry-7"), b64(b"entry-8"));
    let extra = format!("extra {}\n", other_entry.0);
    let changes: [(&str, String, &str); 22] = [
        ("another header", good.replacen("@v1", "@v2", 1), "002"),
        ("lines of Windows", good.replace('\n', "\r\n"), "002"),
        ("a carriage return in the checkpoint", good.replacen("\n20\n", "\n20\r\n", 1), "004"),
        ("a leading zero", good.replacen("index 7", "index 07", 1), "002"),
        ("a sign", good.replacen("index 7", "index +7", 1), "002"),
        ("another index", good.replacen("index 7", "index 6", 1), "008"),
        ("an index beyond the tree", good.replacen("index 7", "index 20", 1), "008"),
        ("an index beyond 63 bits", good.replacen("index 7", "index 9223372036854775808", 1), "002"),
        ("no index", good.replacen("index 7\n", "", 1), "002"),
        ("bad base64 in the path", good.replacen(&first_hash, &first_hash.replace('=', ""), 1), "002"),
        ("a hash too few", good.replacen(&format!("{first_hash}\n"), "", 1), "008"),
        ("a hash twice", good.replacen(&first_hash, &format!("{first_hash}\n{first_hash}"), 1), "008"),
        ("another entry", good.replacen(&other_entry.0, &other_entry.1, 1), "008"),
        ("bad base64 in the entry", good.replacen(&other_entry.0, "entry-7!", 1), "002"),
        ("no entry", good.replacen(&extra, "", 1), "007"),
        ("another size", good.replacen("\n20\n", "\n21\n", 1), "004"),
        ("a size with a leading zero", good.replacen("\n20\n", "\n020\n", 1), "004"),
        ("another origin", good.replacen(&format!("\n{ORIGIN}\n"), "\nother.example\n", 1), "004"),
        ("a line more in what is signed", good.replacen("\n20\n", "\n20\nmore\n", 1), "004"),
        ("a hyphen for the dash", good.replace('\u{2014}', "-"), "004"),
        ("no end of the last line", good.trim_end().to_owned(), "004"),
        ("a byte order mark", format!("\u{feff}{good}"), "002"),
    ];
    for (name, file, code) in changes {
        corpus.add(&format!("proof with {name}"), &file, &key, &format!("SCR-VERIFY-{code}"))?;
    }
    corpus.add("proof without trust", &good, "", "SCR-VERIFY-001")?;
    let stranger = SignerKey::from_seed("other.example", Algorithm::Ed25519, &[9; 32])?;
    corpus.add("proof and a stranger's key", &good, &stranger.verifier().to_string(), "SCR-VERIFY-004")?;
    let namesake = SignerKey::from_seed(ORIGIN, Algorithm::Ed25519, &[9; 32])?;
    corpus.add("proof and a namesake's key", &good, &namesake.verifier().to_string(), "SCR-VERIFY-004")?;
    let witness = world.witnesses.first().ok_or("no witness")?.verifier().to_string();
    corpus.add("proof and a witness' key alone", &good, &witness, "SCR-VERIFY-006")?;
    corpus.add("proof and a broken key", &good, &key.replacen('+', "-", 1), "SCR-CLI-006")?;
    let both = [key, world.post_quantum.verifier().to_string(), witness].join("\n");
    corpus.add("proof and all kinds of keys", &good, &both, "")?;
    let hello = Note::sign("hello\n", &[&world.log], 0)?.to_string();
    let (head, _) = good.split_once("\n\n").ok_or("no blank line")?;
    corpus.add("proof under no checkpoint", &format!("{head}\n\n{hello}"), &world.vkey(), "SCR-VERIFY-005")
}

fn policies(world: &World, corpus: &mut Corpus<'_>) -> Fallible<()> {
    let names = ["w0", "w1", "w2"];
    let mut begin = format!("# Whom we trust\nlog {}\n", world.log.verifier());
    for (name, witness) in names.iter().zip(&world.witnesses) {
        begin += &format!("witness {name} {} https://{name}.example\n", witness.verifier());
    }
    let [a, b, c] = world.witnesses.as_slice() else { return Err("three witnesses".into()) };
    let groups = format!("{begin}group parties any w0 w1\ngroup sectors all parties w2\nquorum sectors\n");
    for (name, signers, code) in [
        ("a party and the observers", vec![&world.log, a, c], ""),
        ("the other party and the observers", vec![&world.log, b, c], ""),
        ("two parties", vec![&world.log, a, b], "SCR-VERIFY-003"),
        ("nobody", vec![&world.log], "SCR-VERIFY-003"),
        ("witnesses alone", vec![a, b, c], "SCR-VERIFY-003"),
    ] {
        corpus.add(
            &format!("quorum by groups, signed by {name}"),
            &world.proof(7, &signers)?,
            &groups,
            code,
        )?;
    }
    let good = world.proof(7, &world.all())?;
    let twin = SignerKey::from_seed("twin.example", Algorithm::Cosignature, &[11; 32])?;
    for (name, policy) in [
        ("no quorum", begin.clone()),
        ("two quorums", format!("{begin}quorum none\nquorum none\n")),
        ("a name before its line", format!("{begin}group g any w9\nquorum g\n")),
        ("a threshold of nought", format!("{begin}group g 0 w0 w1\nquorum g\n")),
        ("a threshold with a leading zero", format!("{begin}group g 01 w0 w1\nquorum g\n")),
        ("one key twice", format!("{begin}witness w9 {}\nquorum none\n", twin.verifier())),
        ("a member of two groups", format!("{begin}group g any w0\ngroup h any w0\nquorum g\n")),
    ] {
        corpus.add(&format!("policy with {name}"), &good, &policy, "SCR-CLI-005")?;
    }
    let changed = good.replacen("witness.party-a.example ", "witness.party-a.example AAAA", 1);
    corpus.add("a cosignature that was changed", &changed, &groups, "")?;
    Ok(())
}

fn numbers(world: &World, corpus: &mut Corpus<'_>) -> Fallible<()> {
    let leaves: Vec<Hash32> = world.rows.iter().map(|row| leaf_hash(row.as_bytes())).collect();
    let row = world.rows.get(6).ok_or("no row")?;
    let receipt = |row: &str, index: u64, entry: u64| -> Fallible<Value> {
        let path = inclusion_proof(&leaves.as_slice(), 6, 11)?;
        let proof = world.proof(entry, &world.all())?;
        Ok(
            json!({"type": "scrutineer/number-receipt/1", "row": row, "row_index": index, "path": path, "proof": proof}),
        )
    };
    let good = receipt(row, 6, 18)?.to_string();
    let more = good.replacen('{', "{\"more\":1,", 1);
    let twice = good.replacen('{', "{\"row_index\":6,", 1);
    for (name, file, code) in [
        ("as published", good.clone(), ""),
        ("a forged number", receipt(&row.replace("106", "107"), 6, 18)?.to_string(), "SCR-VERIFY-033"),
        ("another row's place", receipt(row, 5, 18)?.to_string(), "SCR-VERIFY-033"),
        ("a place beyond the table", receipt(row, 11, 18)?.to_string(), "SCR-VERIFY-033"),
        ("a space in the row", receipt(&row.replace(',', ", "), 6, 18)?.to_string(), "SCR-VERIFY-031"),
        ("an entry without a table", receipt(row, 6, 19)?.to_string(), "SCR-VERIFY-032"),
        ("a foreign entry", receipt(row, 6, 3)?.to_string(), "SCR-VERIFY-032"),
        ("another type", good.replacen("receipt/1", "receipt/2", 1), "SCR-VERIFY-030"),
        ("a field too many", more, "SCR-VERIFY-030"),
        ("a field twice", twice, "SCR-VERIFY-030"),
        ("half a place", good.replacen("\"row_index\":6", "\"row_index\":6.5", 1), "SCR-VERIFY-030"),
        ("half a file", good.chars().take(300).collect(), "SCR-VERIFY-030"),
        ("another index of its entry", good.replacen("index 18", "index 17", 1), "SCR-VERIFY-008"),
    ] {
        corpus.add(&format!("number: {name}"), &file, &world.vkey(), code)?;
    }
    corpus.add("number without trust", &good, "", "SCR-VERIFY-001")
}

fn promises(world: &World, corpus: &mut Corpus<'_>) -> Fallible<()> {
    let promise = |origin: &str| {
        let at = "2026-11-24T10:00:00Z".to_owned();
        let promise = Promise { origin: origin.to_owned(), index: 7, leaf: leaf_hash(b"entry-7"), at };
        promise.sign(&world.log)
    };
    let (good, key) = (promise(ORIGIN)?, world.vkey());
    corpus.add("promise", &good, &key, "")?;
    corpus.add("promise, another index", &good.replace("index 7", "index 8"), &key, "SCR-VERIFY-020")?;
    corpus.add("promise, no end of the last line", good.trim_end(), &key, "SCR-VERIFY-020")?;
    corpus.add("promise of another log", &promise("another.example")?, &key, "SCR-VERIFY-022")?;
    corpus.add("promise without trust", &good, "", "SCR-VERIFY-001")
}

fn documents(world: &World, corpus: &mut Corpus<'_>) -> Fallible<()> {
    fs::write(corpus.folder.join("minutes"), DOCUMENT)?;
    fs::write(corpus.folder.join("other"), "other minutes\n")?;
    let (proof, key) = (world.proof(18, &world.all())?, world.vkey());
    let hex = Hash32(SALT).to_hex();
    let coded = b64(&SALT);
    let wrong = "0".repeat(64);
    for (name, document, salt, code) in [
        ("by its hash", "minutes", "", ""),
        ("by its salt", "minutes", hex.as_str(), ""),
        ("by its salt in base64", "minutes", coded.as_str(), ""),
        ("that is another", "other", "", "SCR-VERIFY-050"),
        ("with another salt", "minutes", wrong.as_str(), "SCR-VERIFY-050"),
        ("another with the salt", "other", hex.as_str(), "SCR-VERIFY-050"),
    ] {
        corpus.add(&format!("document {name}"), &proof, &key, code)?;
        corpus.with_document(document, salt);
    }
    corpus.add("document beside a foreign entry", &world.proof(3, &world.all())?, &key, "SCR-VERIFY-050")?;
    corpus.with_document("minutes", "");
    Ok(())
}

fn about(kind: &str, seq: &Value, public: &Value) -> Fallible<Vec<u8>> {
    let subjects: Vec<&String> = seq.as_object().map(|seq| seq.keys().collect()).unwrap_or_default();
    Ok(to_canonical(&json!({"v": 1, "t": kind, "id": "x", "iss": "org", "at": "2026-11-24T10:00:00Z",
        "sub": subjects, "seq": seq, "pub": public, "com": [], "ref": [], "sig": []}))?)
}

/// Three entries about `b`, one about `d`, and the index over them.
fn histories(mut world: World, corpus: &mut Corpus<'_>) -> Fallible<()> {
    let seqs = [json!({"b": 1}), json!({"b": 2, "d": 1}), json!({"b": 3})];
    world.entries =
        seqs.iter().map(|seq| about("case.note.added/1", seq, &json!({}))).collect::<Result<_, _>>()?;
    let leaves: Vec<Hash32> = world.entries.iter().map(|entry| leaf_hash(entry)).collect();
    let row = |subject: &str, count: u64, index: u64, last: &Hash32| {
        format!("{{\"count\":{count},\"index\":{index},\"last\":\"{last}\",\"subject\":\"{subject}\"}}")
    };
    let [_, second, third] = leaves.as_slice() else { return Err("three entries".into()) };
    let rows = [row("b", 3, 2, third), row("d", 1, 1, second)];
    let row_leaves: Vec<Hash32> = rows.iter().map(|row| leaf_hash(row.as_bytes())).collect();
    let public = json!({"size": 3, "root": root_of(&leaves), "subjects": 2,
        "subjects_root": root_of(&row_leaves), "object": root_of(&row_leaves)});
    world.entries.push(about("record.index.published/1", &json!({"record:index": 1}), &public)?);
    world.entries.push(about("case.note.added/1", &json!({"b": 4}), &json!({}))?);
    let leaves: Vec<Hash32> = world.entries.iter().map(|entry| leaf_hash(entry)).collect();
    let history = |subject: &str, places: &[u64], shown: &[u64]| -> Fallible<Value> {
        let mut all_rows = Vec::new();
        for place in places {
            let path = inclusion_proof(&row_leaves.as_slice(), *place, 2)?;
            let row = rows.get(usize::try_from(*place)?).ok_or("no row")?;
            all_rows.push(json!({"row": row, "row_index": place, "path": path}));
        }
        let mut entries = Vec::new();
        for index in shown {
            let path = inclusion_proof(&leaves.as_slice(), *index, 5)?;
            let entry = world.entries.get(usize::try_from(*index)?).ok_or("no entry")?;
            entries.push(json!({"entry": b64(entry), "index": index, "path": path}));
        }
        Ok(json!({"type": "scrutineer/history/1", "subject": subject, "rows": all_rows, "entries": entries,
            "proof": world.proof(3, &world.all())?, "consistency": consistency_proof(&leaves.as_slice(), 3, 5)?}))
    };
    let good = history("b", &[0], &[0, 1, 2])?;
    let with = |field: &str, value: Value| {
        let mut changed = good.clone();
        changed[field] = value;
        changed
    };
    let no_index = json!(world.proof(4, &world.all())?);
    for (name, file, code) in [
        ("whole", good.clone(), ""),
        ("without entries, before the first", history("a", &[0], &[])?, ""),
        ("without entries, between two", history("c", &[0, 1], &[])?, ""),
        ("without entries, after the last", history("e", &[1], &[])?, ""),
        ("an entry left out", history("b", &[0], &[0, 1])?, "SCR-VERIFY-075"),
        ("another entry for the last", history("b", &[0], &[0, 1, 4])?, "SCR-VERIFY-074"),
        ("entries in another order", history("b", &[0], &[1, 0, 2])?, "SCR-VERIFY-074"),
        ("a subject passed over", history("c", &[0], &[])?, "SCR-VERIFY-073"),
        ("another subject's row", with("subject", json!("d")), "SCR-VERIFY-073"),
        ("no way from tree to tree", with("consistency", json!([])), "SCR-VERIFY-072"),
        ("an entry that is no index", with("proof", no_index), "SCR-VERIFY-071"),
        ("a field too many", with("more", json!(1)), "SCR-VERIFY-070"),
    ] {
        corpus.add(&format!("history: {name}"), &file.to_string(), &world.vkey(), code)?;
    }
    corpus.add("history without trust", &good.to_string(), "", "SCR-VERIFY-001")
}
