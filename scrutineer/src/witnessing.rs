//! The folder `witness/` of a data folder: a key, what was seen of other logs, and the witnesses of one's own.

use crate::contradiction::confront;
use crate::outcome::Problem;
use crate::source::read_text;
use crate::ticker::{Ticker, Watched};
use scr_core::{Clock, Entropy};
use scr_engine::{Finding, Installation, KeyHome, Level};
use scr_ledger::Ledger;
use scr_note::{Algorithm, Policy, SignerKey};
use scr_web::{App, Gauge};
use scr_witness::{Board, Keeping, LogList, LogSide, Reply, Transport, Witness};
use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, RwLock};
use std::time::Duration;
use ureq::tls::TlsConfig;
use zeroize::Zeroizing;

/// A witness answers within this time or is late.
const ANSWER_TIME: Duration = Duration::from_secs(2);
/// Time between two rounds while the log grows: below the 86,400 a day that public witnesses allow.
const ROUND_EVERY: Duration = Duration::from_secs(10);
/// The first round after a start: the first checkpoint is signed by then.
const FIRST_ROUND: Duration = Duration::from_millis(1_500);
/// A log that does not grow is cosigned anew after this time, so that silence is seen.
const AGAIN_SECONDS: i64 = 600;
/// Who was late is asked again after this time.
const LATE_SECONDS: i64 = 60;

/// Where the files of a witness stand.
///
/// | file | what |
/// |---|---|
/// | `key` | signs cosignatures; another key than the log's |
/// | `logs` | which logs are cosigned (`logs/v0`) |
/// | `policy` | who cosigns one's own log (tlog-policy) |
/// | `seen.db` | the newest tree of each log; never in a backup |
/// | `rounds.db` | who has cosigned what of one's own log |
/// | `alarms/` | evidence that one's own log does not continue what it has signed |
pub(crate) struct WitnessFolder(PathBuf);

impl WitnessFolder {
    pub(crate) fn of(data: &Path) -> Self {
        Self(data.join("witness"))
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// The key; `None` when none was made.
    pub(crate) fn key(&self) -> Result<Option<SignerKey>, Problem> {
        let home = KeyHome::witness(&self.0);
        let wrong = |what: &dyn std::fmt::Display| Problem::input("SCR-CLI-041", what);
        let Some(key) = home.signer().map_err(|e| wrong(&e))? else { return Ok(None) };
        if key.verifier().algorithm() != Algorithm::Cosignature {
            return Err(wrong(&format!("{}: not a witness' key (type 4)", home.file().display())));
        }
        Ok(Some(key))
    }

    /// Makes the key. Refused when there is one: what it has signed stands for ever.
    pub(crate) fn create_key(&self, name: &str, entropy: &dyn Entropy) -> Result<SignerKey, Problem> {
        let wrong = |what: &dyn std::fmt::Display| Problem::input("SCR-CLI-040", what);
        std::fs::create_dir_all(&self.0).map_err(|e| wrong(&format!("{}: {e}", self.0.display())))?;
        let seed = Zeroizing::new(entropy.bytes::<32>());
        let text = SignerKey::private_text(name, Algorithm::Cosignature, &seed).map_err(|e| wrong(&e))?;
        scr_engine::write_secret(&self.file("key"), text.as_bytes()).map_err(|e| wrong(&e))?;
        SignerKey::from_seed(name, Algorithm::Cosignature, &seed).map_err(|e| wrong(&e))
    }

    /// The logs to be cosigned: those of the file, which is `witness/logs` where no other is named.
    pub(crate) fn logs(&self, file: Option<&Path>) -> Result<LogList, Problem> {
        let own = self.file("logs");
        let Some(path) = file.or(own.exists().then_some(own.as_path())) else {
            return Ok(LogList::default());
        };
        read_logs(path, &read_text(path)?)
    }

    /// The policy of one's own log: the file, which is `witness/policy` where no other is named.
    pub(crate) fn policy(&self, file: Option<&Path>) -> Result<Option<Policy>, Problem> {
        let own = self.file("policy");
        let Some(path) = file.or(own.exists().then_some(own.as_path())) else { return Ok(None) };
        read_policy(path, &read_text(path)?).map(Some)
    }

    /// The witness of this folder; `None` without a key.
    pub(crate) fn witness(&self, logs: Option<&Path>) -> Result<Option<Witness>, Problem> {
        let Some(key) = self.key()? else { return Ok(None) };
        let witness = Witness::open(key, self.logs(logs)?, &self.file("seen.db"));
        witness.map(Some).map_err(|e| Problem::fault("SCR-CLI-030", e))
    }
}

fn read_logs(path: &Path, text: &str) -> Result<LogList, Problem> {
    text.parse().map_err(|e| Problem::input("SCR-CLI-042", format!("{}: {e}", path.display())))
}

fn read_policy(path: &Path, text: &str) -> Result<Policy, Problem> {
    text.parse().map_err(|e| Problem::input("SCR-CLI-005", format!("{}: {e}", path.display())))
}

/// A policy of another log confirms nothing here.
fn check_log(policy: &Policy, ledger: &Ledger) -> Result<(), Problem> {
    if policy.logs().iter().any(|log| ledger.verifiers().contains(&log.key)) {
        return Ok(());
    }
    let what = format!("the policy names other logs, not {}", ledger.origin());
    Err(Problem::input("SCR-CLI-043", what).help("its line `log` bears this log's key: /log/vkey"))
}

/// The name of a witness' key beside a log: it stays when the log of the next year begins.
pub(crate) fn key_name(origin: &str) -> String {
    format!("{}/witness", origin.split('/').next().unwrap_or(origin))
}

/// What a server is told of witnesses.
#[derive(Default)]
pub(crate) struct Witnessing {
    /// Who cosigns its log.
    pub(crate) board: Option<Board>,
    /// What it cosigns.
    pub(crate) witness: Option<Witness>,
    /// What carries requests, where that is not the network.
    pub(crate) transport: Option<Box<dyn Transport + Send>>,
    /// What others keep of its log, as they were asked before it was opened.
    pub(crate) seen: Vec<Keeping>,
    folder: PathBuf,
    policy: PathBuf,
    logs: PathBuf,
}

impl Witnessing {
    /// Reads the folder `witness/`; other files where the settings name them.
    pub(crate) fn open(data: &Path, policy: Option<&Path>, logs: Option<&Path>) -> Result<Self, Problem> {
        let folder = WitnessFolder::of(data);
        let fault = |e: &dyn std::fmt::Display| Problem::fault("SCR-CLI-030", e);
        let board = match folder.policy(policy)? {
            Some(policy) => {
                std::fs::create_dir_all(&folder.0).map_err(|e| fault(&e))?;
                Some(Board::open(policy, &folder.file("rounds.db")).map_err(|e| fault(&e))?)
            }
            None => None,
        };
        let witness = folder.witness(logs)?;
        let file = |named: Option<&Path>, name: &str| named.map_or_else(|| folder.file(name), Path::to_owned);
        let (policy, logs) = (file(policy, "policy"), file(logs, "logs"));
        Ok(Self { board, witness, transport: None, seen: Vec::new(), policy, logs, folder: folder.0 })
    }

    /// Asks over https with these authorities, where nothing else carries requests.
    pub(crate) fn over(mut self, tls: TlsConfig) -> Self {
        self.transport = Some(Box::new(Http::new(tls)));
        self
    }

    /// Asks every witness of the policy what it keeps of this log. Who does not answer within two seconds
    /// is passed by.
    pub(crate) fn ask(mut self, data: &Path) -> Result<Self, Problem> {
        let Some(board) = &self.board else { return Ok(self) };
        let wrong = |e: &dyn std::fmt::Display| Problem::input("SCR-CLI-031", e);
        let installation = Installation::find(data).map_err(|e| wrong(&e))?;
        let keys = [installation.log_verifier().map_err(|e| wrong(&e))?];
        let http = Http::new(TlsConfig::default());
        let transport: &dyn Transport = match &self.transport {
            Some(other) => &**other,
            None => &http,
        };
        self.seen = board.kept_elsewhere(installation.origin(), &keys, transport);
        Ok(self)
    }

    /// Gives both to the pages and begins the rounds. Refused when the policy is of another log.
    pub(crate) fn begin(self, app: &Arc<App>) -> Result<Ticker, Problem> {
        let ledger = app.engine.ledger();
        if let Some(board) = &self.board {
            check_log(&board.policy(), ledger)?;
        }
        if let Some(witness) = self.witness {
            app.use_witness(Arc::new(witness));
        }
        let alarms = self.folder.join("alarms");
        confront(ledger, &self.seen, &alarms, &*app.clock).map_err(|e| Problem::fault("SCR-CLI-030", e))?;
        let mut rounds = Rounds {
            app: Arc::clone(app),
            transport: self.transport.unwrap_or_else(|| Box::new(Http::new(TlsConfig::default()))),
            alarms,
            file: self.folder.join("rounds.db"),
            policy: Watched::at(self.policy),
            logs: Watched::at(self.logs),
            troubles: Arc::default(),
            is_first: true,
        };
        if let Some(board) = self.board {
            rounds.take_board(board);
        }
        rounds.show_troubles();
        Ticker::start("witnesses", FIRST_ROUND, ROUND_EVERY, move |woken| rounds.next(woken))
    }
}

fn add_metrics(app: &Arc<App>, board: &Arc<Board>) {
    let board = Arc::clone(board);
    app.add_metrics(move || {
        let standings = board.standings();
        let late = standings.iter().filter(|s| s.late_since.is_some()).count();
        let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        let entries = board.met().map_or(0, |published| published.size.cast_signed());
        vec![
            Gauge {
                name: "scrutineer_witnesses",
                help: "Organisations that cosign this log, by state",
                values: vec![
                    ("state=\"late\"".to_owned(), count(late)),
                    ("state=\"current\"".to_owned(), count(standings.len() - late)),
                ],
            },
            Gauge {
                name: "scrutineer_cosigned_entries",
                help: "Entries under the newest checkpoint that meets the policy",
                values: vec![(String::new(), entries)],
            },
            Gauge {
                name: "scrutineer_rollback_alarms",
                help: "Witnesses that have seen more of this log than there is",
                values: vec![(String::new(), count(board.alarms().len()))],
            },
        ]
    });
}

/// What asks the witnesses, and takes another policy or list of logs when people change the files.
struct Rounds {
    app: Arc<App>,
    transport: Box<dyn Transport + Send>,
    /// Where evidence goes.
    alarms: PathBuf,
    /// Where the state of a board stands.
    file: PathBuf,
    policy: Watched,
    logs: Watched,
    /// What is wrong with a file that was changed, by its name: what was read before goes on.
    troubles: Arc<RwLock<BTreeMap<&'static str, String>>>,
    is_first: bool,
}

impl Rounds {
    fn next(&mut self, woken: bool) {
        if let Some(changed) = self.policy.changed(woken) {
            let done = changed.and_then(|text| self.take_policy(&text).map_err(|problem| problem.words()));
            self.note("policy", done);
        }
        if let Some(changed) = self.logs.changed(woken) {
            let done = changed.and_then(|text| self.take_logs(&text).map_err(|problem| problem.words()));
            self.note("logs", done);
        }
        let Some(board) = self.app.board() else { return };
        let log = self.app.engine.ledger();
        let is_first = std::mem::take(&mut self.is_first);
        let done = round(log, board, &*self.transport, &*self.app.clock, is_first)
            .and_then(|()| confront(log, &proofs(board), &self.alarms, &*self.app.clock));
        if let Err(error) = done {
            tracing::error!(%error, "no round of witnesses");
        }
    }

    fn take_board(&self, board: Board) {
        let board = Arc::new(board);
        self.app.use_board(Arc::clone(&board));
        add_metrics(&self.app, &board);
    }

    /// All of it or nothing: a policy that cannot be used leaves the one before in its place.
    fn take_policy(&self, text: &str) -> Result<(), Problem> {
        let policy = read_policy(self.policy.path(), text)?;
        check_log(&policy, self.app.engine.ledger())?;
        let fault = |e: &dyn std::fmt::Display| Problem::fault("SCR-CLI-030", e);
        match self.app.board() {
            Some(board) => board.use_policy(policy).map_err(|e| fault(&e))?,
            None => self.take_board(Board::open(policy, &self.file).map_err(|e| fault(&e))?),
        }
        Ok(())
    }

    fn take_logs(&self, text: &str) -> Result<(), Problem> {
        let logs = read_logs(self.logs.path(), text)?;
        if let Some(witness) = self.app.witness() {
            witness.use_logs(logs);
        }
        Ok(())
    }

    fn note(&self, name: &'static str, done: Result<(), String>) {
        let Ok(mut troubles) = self.troubles.write() else { return };
        match done {
            Ok(()) => {
                tracing::info!(file = name, "a file of the witnesses was changed and is in use");
                troubles.remove(name);
            }
            Err(reason) => {
                tracing::error!(
                    file = name,
                    %reason,
                    "a file of the witnesses cannot be used; what was read before goes on"
                );
                troubles.insert(name, reason);
            }
        }
    }

    fn show_troubles(&self) {
        let troubles = Arc::clone(&self.troubles);
        self.app.use_findings(move || {
            let troubles = troubles.read().map(|troubles| troubles.clone()).unwrap_or_default();
            let finding = |reason: String| Finding {
                code: "SCR-DOC-024",
                level: Level::Warn,
                args: BTreeMap::from([("reason".to_owned(), reason)]),
            };
            troubles.into_values().map(finding).collect()
        });
    }
}

/// What witnesses have shown under the log's own key that did not fit when they showed it.
fn proofs(board: &Board) -> Vec<Keeping> {
    let alarms = board.alarms().into_iter();
    alarms.filter_map(|alarm| Some(Keeping { by: board.name_of(&alarm.vkey), note: alarm.shown? })).collect()
}

/// A round, when one is due; the first after a start always is, so that pages show what is so now.
fn round(
    ledger: &Ledger,
    board: &Board,
    transport: &dyn Transport,
    clock: &dyn Clock,
    is_first: bool,
) -> Result<(), String> {
    let log = ledger.reader();
    let now = clock.now();
    let size = log.checkpoint().map_err(|e| e.to_string())?.map(|checkpoint| checkpoint.size);
    let Some(size) = size.filter(|size| *size > 0) else { return Ok(()) };
    let is_late = board.standings().iter().any(|s| s.late_since.is_some() || s.size != size);
    let rest = if is_late { LATE_SECONDS } else { AGAIN_SECONDS };
    if !is_first && board.latest().is_some_and(|last| last.size == size && now - last.at < rest) {
        return Ok(());
    }
    let _round = tracing::info_span!("round", entries = size).entered();
    let note = log.checkpoint_note().map_err(|e| e.to_string())?.unwrap_or_default();
    let prove = |old, new| log.consistency(old, new).map_err(|e| e.to_string());
    let side = LogSide { note: &note, keys: ledger.verifiers(), prove: &prove };
    board.round(&side, transport, now).map(drop).map_err(|e| e.to_string())
}

/// HTTP with a time limit and a limit on what is read; redirects are not followed.
pub(crate) struct Http(ureq::Agent);

impl Http {
    pub(crate) fn new(tls: TlsConfig) -> Self {
        let config = ureq::Agent::config_builder()
            .tls_config(tls)
            .timeout_global(Some(ANSWER_TIME))
            .http_status_as_error(false)
            .max_redirects(0)
            .user_agent(concat!("scrutineer/", env!("CARGO_PKG_VERSION")))
            .build();
        Self(config.into())
    }
}

impl Transport for Http {
    fn post(&self, url: &str, body: &[u8]) -> Result<Reply, String> {
        let sent = self.0.post(url).header("content-type", "text/plain; charset=utf-8").send(body);
        reply(sent.map_err(|e| e.to_string())?)
    }

    fn get(&self, url: &str) -> Result<Reply, String> {
        reply(self.0.get(url).call().map_err(|e| e.to_string())?)
    }
}

fn reply(mut response: ureq::http::Response<ureq::Body>) -> Result<Reply, String> {
    let status = response.status().as_u16();
    let kind =
        response.headers().get("content-type").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let content_type = kind.split(';').next().unwrap_or_default().trim().to_owned();
    let retry = response.headers().get("retry-after").and_then(|value| value.to_str().ok());
    let retry_after = retry.and_then(|text| text.trim().parse().ok());
    let mut body = Vec::new();
    let limit = scr_witness::client::MAX_ANSWER_BYTES as u64;
    response.body_mut().as_reader().take(limit + 1).read_to_end(&mut body).map_err(|e| e.to_string())?;
    if body.len() as u64 > limit {
        return Err(format!("an answer of more than {limit} bytes"));
    }
    Ok(Reply { status, content_type, body, retry_after })
}
