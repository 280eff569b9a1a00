//! `scrutineer audit desk …`: what a program does with an audit on a server, with a token. To fix, to open and close
//! rounds and to say what follows is to sign, and a program never signs: these are done on the pages.

mod server;

use crate::authorities::CaArgs;
use crate::outcome::{Outcome, Problem};
use crate::source::{read_bytes, read_text};
use serde_json::{Value, json};
use server::Server;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Bytes of a file that is handed in, at most.
const MAX_FILE: u64 = 512 << 20;

/// Where the server is, and with whose token it is asked.
#[derive(Debug, clap::Args)]
pub(crate) struct At {
    /// The address of the audit, `https://emb.example/audits/mayor`; of a new one that of the server.
    url: String,
    /// A file that holds a token (*My account*, *API tokens*).
    #[arg(long, env = "SCRUTINEER_TOKEN_FILE", value_name = "FILE")]
    token_file: Option<PathBuf>,
    #[command(flatten)]
    ca: CaArgs,
}

/// An audit on a server.
#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Begin an audit.
    #[command(
        after_help = "Example:\n  scrutineer audit desk new https://emb.example --token-file token --title \"Mayor of Lindenau\" \\\n    --method batch-comparison"
    )]
    New {
        #[command(flatten)]
        at: At,
        /// What it is called.
        #[arg(long)]
        title: String,
        /// The method, as records name it: `batch-comparison`, `ballot-comparison`, `ballot-polling` …
        #[arg(long)]
        method: String,
        /// The sampler; left out: the one that the method is mostly drawn with.
        #[arg(long)]
        sampler: Option<String>,
        /// The election, where it is in the record.
        #[arg(long)]
        election: Option<String>,
        /// Each round is drawn with a seed of its own.
        #[arg(long)]
        fresh_seeds: bool,
    },
    /// How far an audit is.
    Show {
        #[command(flatten)]
        at: At,
    },
    /// Say which jurisdictions take part: a file with a name on each line.
    Jurisdictions {
        #[command(flatten)]
        at: At,
        /// The file.
        file: PathBuf,
    },
    /// Choose a contest, or state the one of its name anew: a JSON file as records have contests.
    #[command(
        after_help = "Example:\n  scrutineer audit desk contest https://emb.example/audits/mayor mayor.json --token-file token\n\nwith {\"name\": \"Mayor\", \"choices\": [\"Elm\", \"Rowan\"], \"votes\": [4100, 3900], \"winners\": 1, \"votes_allowed\": 1,\n      \"ballots\": 8050, \"risk_limit\": \"0.05\", \"targeted\": true}"
    )]
    Contest {
        #[command(flatten)]
        at: At,
        /// The file.
        file: PathBuf,
    },
    /// Leave a contest out again.
    DropContest {
        #[command(flatten)]
        at: At,
        /// Its name.
        name: String,
    },
    /// Hand in a manifest, batch totals or cast vote records of one jurisdiction, or of all.
    #[command(
        after_help = "Examples:\n  scrutineer audit desk hand-in https://emb.example/audits/mayor manifest --file adams.csv --jurisdiction Adams\n  scrutineer audit desk hand-in https://emb.example/audits/mayor totals --each totals/\n\nWith --each every file of the folder is handed in for the jurisdiction that it is named after (`Adams.csv`). A file\nwith something wrong in it is not taken; the others are."
    )]
    HandIn {
        #[command(flatten)]
        at: At,
        /// `manifest`, `totals` or `cvrs`.
        what: String,
        /// The file of one jurisdiction.
        #[arg(long, requires = "jurisdiction")]
        file: Option<PathBuf>,
        /// Whose it is.
        #[arg(long, requires = "file")]
        jurisdiction: Option<String>,
        /// A folder with a file for each jurisdiction.
        #[arg(long, conflicts_with = "file", required_unless_present = "file")]
        each: Option<PathBuf>,
    },
    /// Deal what a jurisdiction reads in the open round to its boards.
    Deal {
        #[command(flatten)]
        at: At,
        /// Whose boards.
        #[arg(long)]
        jurisdiction: String,
        /// How many.
        #[arg(long)]
        boards: u32,
    },
    /// Explain why people read something else than machines reported.
    Explain {
        #[command(flatten)]
        at: At,
        /// The batch, by its place in the record, from 0.
        #[arg(long)]
        batch: u64,
        /// The ballot in it, from 1; left out: the whole batch.
        #[arg(long)]
        position: Option<u32>,
        /// Why.
        #[arg(long)]
        reason: String,
    },
}

pub(crate) fn run(command: &Command) -> Result<Outcome, Problem> {
    match command {
        Command::New { at, title, method, sampler, election, fresh_seeds } => {
            let body = json!({"title": title, "method": method, "sampler": sampler, "election": election,
                "fresh_seeds": fresh_seeds});
            recorded(&Server::of_site(at)?, "", &body)
        }
        Command::Show { at } => show(at),
        Command::Jurisdictions { at, file } => {
            let text = read_text(file)?;
            let names: Vec<&str> = text.lines().map(str::trim).filter(|name| !name.is_empty()).collect();
            recorded(&Server::of_audit(at)?, "/jurisdictions", &json!({"jurisdictions": names}))
        }
        Command::Contest { at, file } => {
            let body = serde_json::from_str(&read_text(file)?)
                .map_err(|error| Problem::input("SCR-CLI-111", format!("{}: {error}", file.display())))?;
            recorded(&Server::of_audit(at)?, "/contests", &body)
        }
        Command::DropContest { at, name } => {
            recorded(&Server::of_audit(at)?, "/contests/drop", &json!({"contest": name}))
        }
        Command::HandIn { at, what, file, jurisdiction, each } => {
            let server = Server::of_audit(at)?;
            match (file.as_deref().zip(jurisdiction.as_deref()), each) {
                (Some((file, name)), _) => recorded(&server, "/files", &handed_in(what, name, file)?),
                (None, Some(folder)) => hand_in_each(&server, what, folder),
                // The command line asks for one of them.
                (None, None) => Err(Problem::input("SCR-CLI-111", "give --file or --each")),
            }
        }
        Command::Deal { at, jurisdiction, boards } => {
            let body = json!({"jurisdiction": jurisdiction, "boards": boards});
            recorded(&Server::of_audit(at)?, "/boards", &body)
        }
        Command::Explain { at, batch, position, reason } => {
            let body = json!({"batch": batch, "position": position, "reason": reason});
            recorded(&Server::of_audit(at)?, "/explanations", &body)
        }
    }
}

/// Sends a command, and says where in the log it stands.
fn recorded(server: &Server, path: &str, body: &Value) -> Result<Outcome, Problem> {
    let (answer, location) = server.post(path, body)?;
    let mut text = String::new();
    for one in answer["recorded"].as_array().into_iter().flatten() {
        let kind = one["kind"].as_str().unwrap_or_default();
        let _ = writeln!(text, "Recorded as entry {}: {kind}", one["entry"]);
    }
    if path.is_empty() {
        let _ = writeln!(text, "The audit is {}", server.page(&location));
    }
    Ok(Outcome::done(text, answer))
}

fn show(at: &At) -> Result<Outcome, Problem> {
    let audit = Server::of_audit(at)?.get("")?;
    let text_of = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut text = format!("{}: {}\n", text_of(&audit["title"]), text_of(&audit["state"]));
    let all = audit["jurisdictions"].as_array().map(Vec::as_slice).unwrap_or_default();
    let signed = all.iter().filter(|one| one["signed"] == true).count();
    let _ = writeln!(text, "{signed} of {} jurisdictions have signed.", all.len());
    for one in all.iter().filter(|one| one["signed"] != true) {
        let files = one["files"].as_object().map(|files| files.keys().cloned().collect::<Vec<_>>());
        let files = files.filter(|files| !files.is_empty()).map(|files| files.join(", "));
        let has = files.map_or_else(|| "nothing yet".to_owned(), |files| format!("has {files}"));
        let _ = writeln!(text, "  {}: {has}", text_of(&one["jurisdiction"]));
    }
    for round in audit["rounds"].as_array().into_iter().flatten() {
        let decision = text_of(&round["decision"]);
        let _ = writeln!(text, "Round {}: {} draws, {decision}", round["round"], round["draws"]);
        for board in round["boards"].as_array().into_iter().flatten() {
            if board["unread"] != 0 || board["signed"] != board["boards"] {
                let (name, unread) = (text_of(&board["jurisdiction"]), &board["unread"]);
                let _ = writeln!(
                    text,
                    "  {name}: {unread} of {} not read, {} of {} boards have signed",
                    board["to_read"], board["signed"], board["boards"]
                );
            }
        }
    }
    Ok(Outcome::done(text, audit))
}

/// The body that hands a file in.
fn handed_in(what: &str, jurisdiction: &str, file: &Path) -> Result<Value, Problem> {
    let bytes = read_bytes(file, MAX_FILE)?;
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(json!({"what": what, "jurisdiction": jurisdiction, "file_name": name, "file": scr_canon::b64(&bytes)}))
}

/// The files of a folder with the jurisdictions that they are named after.
fn files_of(folder: &Path) -> Result<Vec<(String, PathBuf)>, Problem> {
    let wrong =
        |error: std::io::Error| Problem::input("SCR-CLI-001", format!("{}: {error}", folder.display()));
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(wrong)? {
        let path = entry.map_err(wrong)?.path();
        let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        // What an editor or a system keeps for itself is nobody's file.
        if path.is_file() && !name.starts_with('.') {
            files.push((name, path));
        }
    }
    files.sort();
    if files.is_empty() {
        return Err(Problem::input("SCR-CLI-111", format!("{} holds no file", folder.display())));
    }
    Ok(files)
}

fn hand_in_each(server: &Server, what: &str, folder: &Path) -> Result<Outcome, Problem> {
    let files = files_of(folder)?;
    let bar = indicatif::ProgressBar::new(files.len() as u64);
    let (mut taken, mut refused, mut text) = (Vec::new(), Vec::new(), String::new());
    for (name, file) in &files {
        match handed_in(what, name, file).and_then(|body| server.post("/files", &body)) {
            Ok((answer, _)) => taken.push(json!({"jurisdiction": name, "recorded": answer["recorded"]})),
            // Without the server, or the right to act, no other file would fare better.
            Err(problem) if taken.is_empty() && !problem.is_about_input() => return Err(problem),
            Err(problem) => {
                let words = problem.words();
                let _ = writeln!(text, "{name}: {words}");
                refused.push(json!({"jurisdiction": name, "problem": words}));
            }
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    let _ = writeln!(text, "{} of {} files are handed in.", taken.len(), files.len());
    let is_whole = refused.is_empty();
    let outcome = Outcome::done(text, json!({"handed_in": taken, "refused": refused}));
    Ok(if is_whole { outcome } else { outcome.answering_no() })
}
