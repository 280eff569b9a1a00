//! Following a server's alerts with nobody trusted but a card. The server only says that there is something: what it is, is read
//! from the bundle, on this machine, against the keys of the card.

use super::kept::{Folder, Kept};
use super::{Open, show};
use crate::commands::alert;
use crate::commands::server::{self, Server};
use crate::outcome::{Outcome, Problem};
use scr_alerts::{Authentic, Card, Known, Refused};
use scr_core::{Clock as _, SystemClock};
use scr_verify::Trust;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// How long one stream is listened to; it is opened again with the last place, so nothing is missed.
const LISTEN: Duration = Duration::from_mins(1);
/// How long a bundle may take.
const FETCH: Duration = Duration::from_secs(30);
/// How long one waits before looking again: where a proof is not there yet, and at least between two looks.
const AGAIN: Duration = Duration::from_secs(3);
const BREATH: Duration = Duration::from_secs(1);
/// And where the server is not there.
const LOST: Duration = Duration::from_secs(5);
/// How long `--once` waits for proofs.
const PATIENCE: Duration = Duration::from_secs(30);
/// Bytes of a stream that are read at most: a server's events are short.
const STREAM: u64 = 1 << 20;
/// How often something that was refused is fetched again: it may have been cut off.
const TRIES: u32 = 3;
/// Entries that are remembered; more than an election has.
const MOST: usize = 20_000;
const WHAT_TO_DO: &str = "Do not act on it; ask your municipality by the number that you know.";

/// Whom to follow, and whom to believe.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    at: Open,
    /// The card of the polling station: the keys that it trusts.
    #[arg(long)]
    card: PathBuf,
    /// A folder for the files of what was checked.
    #[arg(long, value_name = "FOLDER")]
    save: Option<PathBuf>,
    /// Check what there is, and end.
    #[arg(long)]
    once: bool,
    /// Language of the alerts' words: en, fr, es, ar.
    #[arg(long, default_value = "en")]
    lang: String,
}

/// A genuine alert, and what was said of it last.
struct Shown {
    found: Authentic,
    code: &'static str,
}

struct Follower<'a> {
    args: &'a Args,
    server: Server,
    trust: Trust,
    /// The card's election: what is about another one is nothing here.
    election: String,
    folder: Option<Folder>,
    known: Known,
    genuine: BTreeMap<u64, Shown>,
    /// Entries whose proof is not there yet.
    waiting: BTreeSet<u64>,
    /// Entries that the card does not confirm: how often they were looked at.
    refused: BTreeMap<u64, u32>,
    /// Genuine entries about other elections of the same log.
    others: BTreeSet<u64>,
    /// Entries that were kept earlier: the server has to have them, too.
    kept: BTreeSet<u64>,
    missing: BTreeSet<u64>,
    contradictions: usize,
    as_json: bool,
    /// What was said, for `--json --once`.
    documents: Vec<Value>,
}

pub(super) fn run(args: &Args, as_json: bool) -> Result<Outcome, Problem> {
    let card = alert::card_at(&args.card)?;
    let mut follower = Follower::new(args, &card, as_json)?;
    follower.read_kept()?;
    if args.once { follower.once() } else { follower.go_on() }
}

/// What came of the proof of an entry.
enum Looked {
    Genuine(Box<Authentic>, Vec<u8>),
    /// There is nothing to judge: not yet, or about another election, or it was refused.
    Nothing,
}

/// Whether a server may answer otherwise in a moment.
fn is_passing(status: u16) -> bool {
    status == 429 || status >= 500
}

impl<'a> Follower<'a> {
    fn new(args: &'a Args, card: &Card, as_json: bool) -> Result<Self, Problem> {
        let mut known = Known::default();
        if let Some(seen) = card.seen {
            known.note_time(seen.time);
        }
        Ok(Self {
            election: card.election.clone(),
            folder: args.save.as_deref().map(Folder::at).transpose()?,
            others: BTreeSet::new(),
            server: args.at.server()?,
            trust: Trust::Policy(Box::new(card.policy.clone())),
            args,
            known,
            genuine: BTreeMap::new(),
            waiting: BTreeSet::new(),
            refused: BTreeMap::new(),
            kept: BTreeSet::new(),
            missing: BTreeSet::new(),
            contradictions: 0,
            as_json,
            documents: Vec::new(),
        })
    }

    /// What was kept earlier is known: a server that hides it is found out.
    fn read_kept(&mut self) -> Result<(), Problem> {
        let Some(folder) = &self.folder else { return Ok(()) };
        let (trust, election) = (&self.trust, &self.election);
        let is_own = |found: &Authentic| found.must_be_about(election).is_ok();
        let all = folder.read(&|bytes| alert::genuine(bytes, trust).ok().filter(is_own), MOST)?;
        for one in all {
            match one {
                Kept::Genuine(found) => {
                    self.known.note(&found);
                    self.kept.insert(found.index);
                }
                Kept::Not(file) => {
                    let words = format!(
                        "The card does not confirm {file}, which was kept earlier. It is left there, and counts for nothing."
                    );
                    self.say(&words, json!({"genuine": false, "kept": file}));
                }
            }
        }
        Ok(())
    }

    /// Says something: to people at once, to programs as a document.
    fn say(&mut self, words: &str, document: Value) {
        match (self.as_json, self.args.once) {
            (true, true) => self.documents.push(document),
            (true, false) => drop(writeln!(std::io::stdout(), "{document}")),
            (false, _) => drop(writeln!(std::io::stdout(), "{}\n", words.trim_end())),
        }
        drop(std::io::stdout().flush());
    }

    fn refuse(&mut self, index: u64, code: &str, why: &str, bytes: &[u8]) -> Result<(), Problem> {
        let times = self.refused.entry(index).or_default();
        *times += 1;
        if *times > 1 {
            return Ok(());
        }
        let why = server::plain(why);
        let saved = match &self.folder {
            Some(folder) if !bytes.is_empty() => folder.keep_refused(index, bytes)?,
            _ => None,
        };
        let mut words = format!(
            "NOT CONFIRMED. The card does not confirm entry {index}.\n  {code}: {why}\n  {WHAT_TO_DO}"
        );
        if let Some(file) = &saved {
            words.push_str(&format!("\n  kept as   {file}"));
        }
        self.say(&words, json!({"genuine": false, "index": index, "code": code, "why": why, "saved": saved}));
        Ok(())
    }

    /// Fetches one entry's proof.
    fn look(&mut self, index: u64) -> Result<Looked, Problem> {
        let most = scr_alerts::armour::MAX_ARMOUR_BYTES as u64;
        let (status, bytes) = self.server.file(&format!("/alerts/{index}.bundle"), most, FETCH)?;
        if is_passing(status) {
            // 503: the witnesses have not confirmed it. Whatever else it is, it may be over in a moment.
            if self.waiting.insert(index) && status == 503 && !self.args.once {
                let words = format!(
                    "Entry {index} is announced; its proof is not there yet. It is no alert until the card confirms it."
                );
                self.say(&words, json!({"genuine": null, "index": index}));
            }
            return Ok(Looked::Nothing);
        }
        self.waiting.remove(&index);
        if status != 200 {
            let why = format!("the server gives no proof of it (it answered {status})");
            return self.refuse(index, "SCR-CLI-109", &why, &[]).map(|()| Looked::Nothing);
        }
        match self.confirmed(index, &bytes) {
            Ok(found) if found.must_be_about(&self.election).is_err() => {
                self.others.insert(index);
                Ok(Looked::Nothing)
            }
            Ok(found) => Ok(Looked::Genuine(Box::new(found), bytes)),
            Err((code, why)) => self.refuse(index, code, &why, &bytes).map(|()| Looked::Nothing),
        }
    }

    /// What the card's keys confirm of some bytes; else the code and why not.
    fn confirmed(&self, index: u64, bytes: &[u8]) -> Result<Authentic, (&'static str, String)> {
        let found = alert::genuine(bytes, &self.trust).map_err(|error| said_of(&error))?;
        if found.index != index {
            let why = format!("the server gave the proof of entry {} for it", found.index);
            return Err(("SCR-ALR-014", why));
        }
        if !found.is_proven() {
            let why = "only the log's operator has signed it; there is no proof";
            return Err(("SCR-ALR-014", why.to_owned()));
        }
        Ok(found)
    }

    /// Says and keeps what the card confirms.
    fn confirm(&mut self, found: Authentic, bytes: &[u8]) -> Result<(), Problem> {
        let index = found.index;
        let verdict = match alert::verdict(&found, &self.known, SystemClock.now()) {
            Ok(verdict) => verdict,
            Err(error) => {
                let (code, why) = said_of(&error);
                return self.refuse(index, code, &why, bytes);
            }
        };
        self.refused.remove(&index);
        let is_same =
            |kept: &[u8]| alert::genuine(kept, &self.trust).is_ok_and(|kept| kept.leaf == found.leaf);
        let saved = match &self.folder {
            Some(folder) => Some(folder.keep_genuine((index, &found.leaf), bytes, &is_same)?),
            None => None,
        };
        let (mut words, mut document) = alert::told(&found, &verdict, &self.known, &self.args.lang);
        if let Some(file) = &saved {
            words.push_str(&format!("  kept as   {file}\n"));
        }
        document["saved"] = json!(saved);
        self.say(&words, document);
        self.genuine.insert(index, Shown { found, code: verdict.code() });
        Ok(())
    }

    /// Looks at everything that the server says there is and that is not judged yet. All of it is fetched before any of it is
    /// judged: an alert that was taken back is never said to hold. An entry that cannot be fetched holds up no other.
    fn catch_up(&mut self) -> Result<(), Problem> {
        let listed = show::entries(&self.server, &self.election, MOST)?;
        let (mut new, mut failed) = (Vec::new(), None);
        for index in &listed {
            let is_done = self.genuine.contains_key(index)
                || self.others.contains(index)
                || self.refused.get(index).is_some_and(|times| *times >= TRIES);
            if is_done {
                continue;
            }
            match self.look(*index) {
                Ok(Looked::Genuine(found, bytes)) => new.push((found, bytes)),
                Ok(Looked::Nothing) => {}
                Err(problem) if is_own_disk(&problem) => return Err(problem),
                Err(problem) => drop(failed.get_or_insert(problem)),
            }
        }
        for (found, _) in &new {
            self.known.note(found);
        }
        for (found, bytes) in new {
            self.confirm(*found, &bytes)?;
        }
        self.hidden(&listed);
        self.judge_again()?;
        failed.map_or(Ok(()), Err)
    }

    /// What is genuine and the server does not list any more.
    fn hidden(&mut self, listed: &BTreeSet<u64>) {
        let known: BTreeSet<u64> = self.genuine.keys().chain(&self.kept).copied().collect();
        for index in known.difference(listed) {
            if self.missing.insert(*index) {
                let words = format!(
                    "HIDDEN. The server does not list entry {index} any more, which the card confirms.\n  Something there is wrong: ask another mirror, and the number that you know."
                );
                self.say(&words, json!({"hidden": true, "index": index}));
            }
        }
        self.missing.retain(|index| !listed.contains(index));
    }

    /// Time goes on, and newer alerts change what older ones are.
    fn judge_again(&mut self) -> Result<(), Problem> {
        let now = SystemClock.now();
        let mut changed = Vec::new();
        for (index, shown) in &mut self.genuine {
            let Ok(verdict) = alert::verdict(&shown.found, &self.known, now) else { continue };
            if verdict.code() != shown.code {
                shown.code = verdict.code();
                changed.push((*index, shown.found.alert.number, verdict));
            }
        }
        for (index, number, verdict) in changed {
            let words = format!("Entry {index}, alert {number}: {}", alert::headline(&verdict));
            self.say(
                &words,
                json!({"genuine": true, "index": index, "code": verdict.code(), "verdict": verdict}),
            );
        }
        let contradictions = self.known.contradictions();
        if contradictions.len() > self.contradictions {
            self.contradictions = contradictions.len();
            let named: Vec<String> = contradictions.iter().map(u64::to_string).collect();
            let words = format!(
                "TWO DIFFERENT ENTRIES {} ARE KNOWN. Keep both files: they are evidence against the log's operator.",
                named.join(", ")
            );
            self.say(&words, json!({"contradictions": contradictions}));
        }
        Ok(())
    }

    fn once(mut self) -> Result<Outcome, Problem> {
        let begun = Instant::now();
        self.catch_up()?;
        while !self.waiting.is_empty() && begun.elapsed() < PATIENCE {
            std::thread::sleep(AGAIN);
            self.catch_up()?;
        }
        for index in std::mem::take(&mut self.waiting) {
            self.refuse(index, "SCR-ALR-243", "not enough witnesses have confirmed it yet", &[])?;
        }
        let is_fine = self.refused.is_empty() && self.missing.is_empty() && self.contradictions == 0;
        let words = match (self.genuine.len(), self.refused.len()) {
            (0, 0) => "The server lists no alert of this election.".to_owned(),
            (genuine, 0) => format!("{genuine} of {genuine} are genuine."),
            (genuine, refused) => {
                format!("{genuine} of {} are genuine. {refused} NOT CONFIRMED.", genuine + refused)
            }
        };
        let document = json!({"genuine": self.genuine.keys().collect::<Vec<_>>(), "not_confirmed": self.refused.keys().collect::<Vec<_>>(),
            "hidden": self.missing, "other_elections": self.others, "alerts": self.documents});
        let outcome = Outcome::done(words, document);
        Ok(if is_fine { outcome } else { outcome.answering_no() })
    }

    fn go_on(mut self) -> Result<Outcome, Problem> {
        let mut is_lost = false;
        loop {
            let began = Instant::now();
            let looked = self.catch_up().and_then(|()| {
                if std::mem::take(&mut is_lost) {
                    eprintln!("Connected again.");
                }
                if self.waiting.is_empty() {
                    return self.listen();
                }
                std::thread::sleep(AGAIN);
                Ok(())
            });
            match looked {
                Ok(()) => {}
                Err(problem) if is_own_disk(&problem) => return Err(problem),
                Err(problem) => {
                    // Alerts come to their end whether there is a connection or not.
                    self.judge_again()?;
                    if !std::mem::replace(&mut is_lost, true) {
                        let words = problem.words();
                        eprintln!(
                            "The connection is lost ({words}). It is tried again; alerts may be missing here."
                        );
                    }
                    std::thread::sleep(LOST);
                }
            }
            std::thread::sleep(BREATH.saturating_sub(began.elapsed()));
        }
    }

    /// Waits until the server says that something came, or a minute is over.
    fn listen(&self) -> Result<(), Problem> {
        let last = self.genuine.keys().chain(self.refused.keys()).max();
        let last = last.map_or_else(String::new, |index| format!("?after={index}"));
        let mut answer = self.server.stream(&format!("/alerts/stream{last}"), LISTEN)?;
        let mut lines = BufReader::new(answer.body_mut().as_reader().take(STREAM));
        let mut line = Vec::new();
        loop {
            line.clear();
            match lines.read_until(b'\n', &mut line) {
                Ok(0) => return Ok(()),
                // The minute is over, or the connection is lost: the next look says which.
                Err(_) => return Ok(()),
                Ok(_) if line.starts_with(b"data:") => return Ok(()),
                Ok(_) => {}
            }
        }
    }
}

/// A file that cannot be written: that gets no better by asking again.
fn is_own_disk(problem: &Problem) -> bool {
    problem.code() == "SCR-CLI-101"
}

fn said_of(error: &Refused) -> (&'static str, String) {
    let words = error.to_string();
    let words = words.strip_prefix(&format!("{}: ", error.code())).unwrap_or(&words).to_owned();
    (error.code(), words)
}
