//! `scrutineer verify`

use crate::outcome::{Outcome, Problem};
use crate::source::{read_bytes, trust};
use scr_verify::history::HISTORY_RECEIPT;
use scr_verify::{DocumentError, DocumentFound, NumberError, NumberReport, PromiseFault, Report, Trust};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// Check one file offline.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  scrutineer verify entry-12.tlog-proof --policy trusted.policy\n  scrutineer verify entry-12.tlog-proof --policy trusted.policy --document minutes.pdf\n  scrutineer verify receipt.json --vkey log.emb.example/2026+1a2b3c4d+AbCd…\n\nThe file cannot vouch for itself: give a policy or a key that you have from somebody you trust."
)]
pub(crate) struct Args {
    /// A `.tlog-proof`, a promise, a number's receipt, a history, a mirror's evidence (split-view.json), an alert, or an audit record.
    file: PathBuf,
    /// The entry's bytes, when the proof does not carry them.
    #[arg(long)]
    entry: Option<PathBuf>,
    /// A C2SP tlog-policy: whom you trust.
    #[arg(long, conflicts_with = "vkey")]
    policy: Option<PathBuf>,
    /// A key that you trust, or a file of such keys. May be given more than once.
    #[arg(long)]
    vkey: Vec<String>,
    /// CVRs as columns that an audit record names by their SHA-256. May be given more than once.
    #[arg(long)]
    cvrs: Vec<PathBuf>,
    /// A document whose hash the entry states, or private content that was disclosed with its salt.
    #[arg(long)]
    document: Option<PathBuf>,
    /// The salt of the private content: 64 hexadecimal digits or base64.
    #[arg(long, requires = "document")]
    salt: Option<String>,
}

/// Longest document that is compared, in bytes.
const MAX_DOCUMENT_BYTES: u64 = 512 << 20;

/// What a file begins with.
fn begin_of(path: &Path) -> Result<String, Problem> {
    let mut begin = Vec::new();
    let file = std::fs::File::open(path)
        .map_err(|error| Problem::input("SCR-CLI-001", format!("{}: {error}", path.display())))?;
    file.take(4096)
        .read_to_end(&mut begin)
        .map_err(|error| Problem::input("SCR-CLI-001", format!("{}: {error}", path.display())))?;
    Ok(String::from_utf8_lossy(&begin).into_owned())
}

pub(crate) fn run(args: &Args) -> Result<Outcome, Problem> {
    // An audit record is recognised by its first bytes, because it may be longer than everything else.
    let begin = begin_of(&args.file)?;
    if begin.trim_start().starts_with('{') && begin.contains("\"scrutineer/audit-record/") {
        let trust = (args.policy.as_deref(), args.vkey.as_slice());
        return super::audit_record::check_file(&args.file, &args.cvrs, trust);
    }
    // A history is the longest of what else is verified.
    let bytes = read_bytes(&args.file, scr_verify::MAX_HISTORY_BYTES as u64)?;
    let entry = args.entry.as_ref().map(|path| read_bytes(path, 65_535)).transpose()?;
    let trust = trust(args.policy.as_deref(), &args.vkey, None)?;
    if scr_alerts::Scanned::is_one(&bytes) {
        // A card is a policy, and says which election it is for.
        let card = args.policy.as_ref().and_then(|path| std::fs::read_to_string(path).ok());
        let card = card.and_then(|text| text.parse::<scr_alerts::Card>().ok());
        let election = card.as_ref().map(|card| card.election.as_str());
        return super::alert::examined(&bytes, &trust, election, &args.file);
    }
    let text = std::str::from_utf8(&bytes).map_err(|_| {
        Problem::input("SCR-CLI-002", "the file is none of: proof, promise, number's receipt")
    })?;
    if text.starts_with("scrutineer/promise/") {
        return promise(text, entry.as_deref(), &trust);
    }
    if text.trim_start().starts_with('{') && text.contains(scr_verify::SPLIT_VIEW) {
        return split(&bytes, &trust);
    }
    if text.trim_start().starts_with('{') {
        return if is_history(&bytes) { history(&bytes, &trust) } else { number(&bytes, &trust) };
    }
    let report = scr_verify::verify_proof(text, entry.as_deref(), &trust)
        .map_err(|e| Problem::new(e.exit_code(), e.code(), e))?;
    let Some(path) = &args.document else {
        return Ok(Outcome::done(proof_text(&report), json!({"holds": true, "proof": report})));
    };
    let found = document(path, args.salt.as_deref(), &report)?;
    let words = match &found {
        DocumentFound::Hash(field) => format!("The entry states the document's hash as {field}."),
        DocumentFound::Commitment(field) => {
            format!("The document, with this salt, is the private content {field} of the entry.")
        }
    };
    let text = format!("{words}\n{}", proof_text(&report));
    Ok(Outcome::done(text, json!({"holds": true, "document": found, "proof": report})))
}

fn document(path: &Path, salt: Option<&str>, report: &Report) -> Result<DocumentFound, Problem> {
    let coded = |error: DocumentError| match error {
        DocumentError::NotNamed(_) => Problem::does_not_hold("SCR-VERIFY-050", error),
        DocumentError::Salt => Problem::input("SCR-VERIFY-051", error),
    };
    let salt = salt.map(scr_verify::parse_salt).transpose().map_err(coded)?;
    let content = read_bytes(path, MAX_DOCUMENT_BYTES)?;
    scr_verify::verify_document(report.entry.as_ref(), &content, salt.as_ref()).map_err(coded)
}

fn promise(text: &str, entry: Option<&[u8]>, trust: &Trust) -> Result<Outcome, Problem> {
    let report = scr_verify::verify_promise(text, entry, trust).map_err(|error| match &error {
        PromiseFault::NoTrust => Problem::input("SCR-VERIFY-001", error),
        PromiseFault::Promise(_) => Problem::does_not_hold("SCR-VERIFY-020", error),
        PromiseFault::OtherEntry => Problem::does_not_hold("SCR-VERIFY-021", error),
        PromiseFault::OtherLog(_) => Problem::does_not_hold("SCR-VERIFY-022", error),
    })?;
    Ok(Outcome::done(
        format!("The promise holds.\n{}", report.means),
        json!({"holds": true, "promise": report}),
    ))
}

/// Evidence of two records: the answer "it shows a contradiction" is what the file claims, so exit 0.
fn split(bytes: &[u8], trust: &Trust) -> Result<Outcome, Problem> {
    let report =
        scr_verify::verify_split(bytes, trust).map_err(|e| Problem::new(e.exit_code(), e.code(), e))?;
    let text = format!(
        "The evidence holds: the log {} has signed two records that contradict each other.\n  one   {} entries, root {}\n  other {} entries, root {}\nOver its first {} entries the other has the root {}.\nThis proves:\n  - Whoever holds the log's key has signed both.\n  - Both cannot be of one list that only grows.\nThis does not prove:\n  - Which of the two is right, and who was shown which.",
        report.origin,
        report.first_size,
        report.first_root,
        report.second_size,
        report.second_root,
        report.first_size,
        report.prefix_root
    );
    Ok(Outcome::done(text, json!({"holds": true, "split_view": report})))
}

fn number(bytes: &[u8], trust: &Trust) -> Result<Outcome, Problem> {
    let report = scr_verify::verify_number(bytes, trust).map_err(|error| match &error {
        NumberError::File(_) => Problem::input("SCR-VERIFY-030", error),
        NumberError::Row(_) => Problem::does_not_hold("SCR-VERIFY-031", error),
        NumberError::Event(cause) => Problem::new(cause.exit_code(), cause.code(), cause),
        NumberError::NoRoot => Problem::does_not_hold("SCR-VERIFY-032", error),
        NumberError::NotIncluded { .. } => Problem::does_not_hold("SCR-VERIFY-033", error),
    })?;
    Ok(Outcome::done(number_text(&report), json!({"holds": true, "number": report})))
}

/// Whether a file says of itself that it is a history. (A number's receipt is asked as such otherwise.)
fn is_history(bytes: &[u8]) -> bool {
    let value: Result<Value, _> = serde_json::from_slice(bytes);
    value.is_ok_and(|value| value["type"] == HISTORY_RECEIPT)
}

fn history(bytes: &[u8], trust: &Trust) -> Result<Outcome, Problem> {
    let report = scr_verify::verify_history(bytes, trust)
        .map_err(|error| Problem::new(error.exit_code(), error.code(), error))?;
    let mut text = format!(
        "{} entries are about {} among the first {} of the log {}; none is left out:\n",
        report.entries.len(),
        report.subject,
        report.size,
        report.index.origin
    );
    for line in &report.entries {
        let _ = writeln!(text, "  entry {}  {}  {}", line.index, line.entry.at, line.entry.kind);
    }
    let _ = writeln!(
        text,
        "So states the index that is entry {}; their numbers run without a gap.",
        report.index.index
    );
    text += "Whoever checks the whole log (`scrutineer log fsck`) compares the index with every entry; this file cannot.\n\n";
    Ok(Outcome::done(text + &proof_text(&report.index), json!({"holds": true, "history": report})))
}

fn number_text(report: &NumberReport) -> String {
    let mut text =
        format!("This is row {} of {} of a table in the record:\n", report.row_index + 1, report.rows);
    if let Value::Object(fields) = &report.row {
        for (name, value) in fields {
            let _ = writeln!(text, "  {name}: {value}");
        }
    }
    text + "\n" + &proof_text(&report.event)
}

fn proof_text(report: &Report) -> String {
    let mut text = format!(
        "The proof holds: entry {} of the log {} (of {} entries).\n",
        report.index, report.origin, report.size
    );
    if let Some(entry) = &report.entry {
        let _ = writeln!(
            text,
            "  kind      {}\n  recorded  {}\n  by        {}",
            entry.kind, entry.at, entry.issuer
        );
    }
    let _ = writeln!(text, "  leaf      {}\n  root      {}", report.leaf, report.root);
    for signature in &report.log_signatures {
        let _ = writeln!(text, "  signed    {} ({})", signature.name, signature.algorithm);
    }
    for witness in &report.witnesses {
        let _ = writeln!(text, "  cosigned  {} {}", witness.name, witness.at.as_deref().unwrap_or(""));
    }
    for (heading, lines) in
        [("This proves:", &report.proves), ("This does not prove:", &report.does_not_prove)]
    {
        let _ = writeln!(text, "{heading}");
        for line in lines {
            let _ = writeln!(text, "  - {line}");
        }
    }
    text
}
