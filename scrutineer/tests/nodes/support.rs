//! An installation of several nodes: databases of its own, folders, servers, and a program that acts by the
//! interface of whichever node it likes.

use crate::served::Server;
use scr_access::{Access, FirstAdministrator, Grant, Invite, Settings, SignIn};
use scr_core::{Actor, OrgId, Role, SystemClock, SystemEntropy};
use scr_desk_alerts::AlertsDesk;
use scr_desk_audits::AuditsDesk;
use scr_desk_office::OfficeDesk;
use scr_desk_office::commands as office;
use scr_desk_record::RecordDesk;
use scr_desk_response::ResponseDesk;
use scr_desk_results::ResultsDesk;
use scr_desk_threats::ThreatsDesk;
use scr_engine::{Engine, Installation};
use scr_ledger::LedgerReader;
use scr_ledger::store::postgres;
use scr_objects::{Bucket, Credentials, Place, PutIf, S3Place};
use scr_store::Store;
use scr_testing::Database;
use scr_web::Desk;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

pub(crate) const DESKS: &[&dyn Desk] =
    &[&ResultsDesk, &AuditsDesk, &ThreatsDesk, &AlertsDesk, &ResponseDesk, &RecordDesk, &OfficeDesk];
pub(crate) const ORIGIN: &str = "log.nodes.example/2026";
const PASSWORD: &str = "seven lamps on the quay";

/// Starts PostgreSQL anew in the middle of whatever it does; `false` where nobody said how.
#[expect(clippy::disallowed_methods, reason = "tests learn from the environment where PostgreSQL is")]
pub(crate) fn restart_postgres() -> bool {
    let Ok(command) = std::env::var("SCRUTINEER_TEST_POSTGRES_RESTART") else { return false };
    assert!(Command::new(command).status().unwrap().success(), "PostgreSQL starts again");
    true
}

/// Databases of one's own for the record and the keys, gone at the end; folders of nodes beside them.
pub(crate) struct Site {
    pub(crate) record: Database,
    pub(crate) keys: Database,
    folder: tempfile::TempDir,
    bucket: Option<Arc<S3Place>>,
}

impl Site {
    pub(crate) fn new() -> Option<Self> {
        let what = "several nodes on PostgreSQL";
        let (record, keys) = (Database::new(what)?, Database::new(what)?);
        Some(Self { record, keys, folder: tempfile::tempdir().unwrap(), bucket: None })
    }

    /// The same with objects in a bucket of its own.
    pub(crate) fn with_bucket() -> Option<Self> {
        let endpoint = scr_testing::s3_beside_postgres("several nodes on PostgreSQL with objects in S3")?;
        let site = Self::new()?;
        let place = |prefix: &str| S3Place {
            endpoint: endpoint.clone(),
            bucket: site.record.url.rsplit('/').next().unwrap().replace('_', "-"),
            prefix: prefix.to_owned(),
            region: "us-east-1".to_owned(),
            path_style: true,
            credentials: Credentials {
                id: "AKIAIOSFODNN7EXAMPLE".to_owned(),
                secret: "secret".to_owned().into(),
                token: None,
            },
            authorities: None,
            timeout: Duration::from_secs(10),
            clock: Arc::new(SystemClock),
        };
        // A bucket is made by writing to its own address.
        let made = Bucket::open(&Arc::new(place(""))).unwrap();
        made.put("", b"", "application/xml", PutIf::Always).unwrap();
        std::fs::write(site.folder("s3-key"), "AKIAIOSFODNN7EXAMPLE\nsecret\n").unwrap();
        let bucket = Some(Arc::new(place("objects/")));
        Some(Self { bucket, ..site })
    }

    /// Where the nodes keep objects.
    pub(crate) fn place(&self) -> Place {
        self.bucket
            .as_ref()
            .map_or_else(|| Place::Folder(self.objects()), |place| Place::S3(Arc::clone(place)))
    }

    /// The same as options of the program.
    fn object_options(&self) -> Vec<String> {
        let path = |path: PathBuf| path.to_str().unwrap().to_owned();
        match &self.bucket {
            None => vec!["--objects".to_owned(), path(self.objects())],
            Some(place) => vec![
                "--objects".to_owned(),
                format!("s3://{}/objects", place.bucket),
                "--s3-endpoint".to_owned(),
                place.endpoint.clone(),
                "--s3-credentials-file".to_owned(),
                path(self.folder("s3-key")),
            ],
        }
    }

    pub(crate) fn folder(&self, node: &str) -> PathBuf {
        self.folder.path().join(node)
    }

    fn objects(&self) -> PathBuf {
        self.folder.path().join("objects")
    }

    /// The engine of a node, in this process.
    pub(crate) fn engine(&self, node: &str) -> Engine {
        let folder = self.folder(node);
        let kinds: Vec<_> = DESKS.iter().flat_map(|desk| desk.kinds().iter().copied()).collect();
        let views = DESKS.iter().flat_map(|desk| desk.views()).collect();
        let installation = Installation::find(&folder).unwrap().with_objects(self.place());
        let parts = installation
            .with_keys_database(Some(&self.keys.url))
            .open(
                Some(&self.record.url),
                Duration::from_secs(1),
                Arc::new(SystemClock),
                Arc::new(SystemEntropy),
            )
            .unwrap();
        Engine::open(parts, &folder, &kinds, views).unwrap()
    }

    pub(crate) fn access(&self) -> Access {
        let store = Store::open_postgres(&self.record.url).unwrap();
        let settings = Settings::for_origin("http://localhost:8080");
        Access::open(store, settings, Arc::new(SystemClock), Arc::new(SystemEntropy)).unwrap()
    }

    /// Makes this folder a node by the command.
    pub(crate) fn join(&self, node: &str) {
        let (data, keys) = (self.folder(node), self.folder("one").join("keys"));
        let (data, keys) = (data.to_str().unwrap(), keys.to_str().unwrap());
        let said = run(&["node", "join", "--data", data, "--keys", keys, "--database", &self.record.url]);
        assert!(said.contains("is a node of log.nodes.example/2026 now"), "{said}");
    }

    pub(crate) fn serve(&self, node: &str) -> Server {
        let (data, objects) = (self.folder(node), self.object_options());
        let args = ["serve", "--data", data.to_str().unwrap()];
        let databases = ["--database", self.record.url.as_str(), "--keys-database", self.keys.url.as_str()];
        let objects: Vec<&str> = objects.iter().map(String::as_str).collect();
        Server::start(&[&args[..], &databases[..], &objects[..]].concat(), "serves http://")
    }

    /// The record itself.
    pub(crate) fn record(&self) -> LedgerReader {
        LedgerReader::new(postgres::read_only(&self.record.url).unwrap())
    }
}

/// The first node, with people; gives a manager's token and how the three of them act.
pub(crate) struct People {
    pub(crate) token: String,
    pub(crate) manager: Actor,
    pub(crate) administrator: Actor,
    pub(crate) supervisor: Actor,
    /// The entry that gave the manager the role, with the person's id as private content.
    pub(crate) granted: u64,
}

pub(crate) fn people(engine: &Engine, access: &Access) -> People {
    let org = OrgId::new("emb").unwrap();
    let link = access.first_link().unwrap().unwrap();
    let form = FirstAdministrator {
        name: "Ada",
        email: "administrator@emb.example",
        language: "en",
        password: PASSWORD,
        org: &org,
    };
    let (administrator, _) =
        office::first_administrator(engine, access, link.reveal(), &form, "Electoral body").unwrap();
    let mut entries = Vec::new();
    for role in [Role::Manager, Role::Supervisor] {
        let invite = Invite {
            name: format!("Test {}", role.as_str()),
            email: format!("{}@emb.example", role.as_str()),
            language: "en".to_owned(),
            grants: vec![Grant { org: org.clone(), role, place: None }],
        };
        let (invitation, receipts) = office::invite(engine, access, &administrator, &invite).unwrap();
        entries.push(receipts.last().unwrap().index);
        access.accept(invitation.link.unwrap().reveal(), PASSWORD).unwrap();
    }
    let login = |role: &str| {
        let email = format!("{role}@emb.example");
        access.sign_in(&SignIn { email: &email, password: PASSWORD, address: "192.0.2.1" }).unwrap().login
    };
    let (manager, supervisor) = (login("manager"), login("supervisor"));
    let token = access.new_api_token(&manager, "program", 3_600).unwrap().reveal().to_owned();
    People { token, manager: manager.actor, administrator, supervisor: supervisor.actor, granted: entries[0] }
}

/// What the command says when it refuses.
pub(crate) fn refusal(args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_scrutineer")).args(args).output().unwrap();
    assert!(!output.status.success(), "{args:?}");
    String::from_utf8(output.stderr).unwrap()
}

/// What the command says, whether it answers yes or no.
pub(crate) fn told(args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_scrutineer")).args(args).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

pub(crate) fn run(args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_scrutineer")).args(args).output().unwrap();
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// What a node answered to one act.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// It is recorded: index and leaf.
    Recorded(u64, String),
    /// It was recorded before.
    Before,
    /// Nobody knows: the node was killed, or its database was away.
    Unknown(String),
}

/// Creates an election of this name by the interface of a node.
pub(crate) fn act(address: &str, token: &str, name: &str) -> Answer {
    let body = json!({"election": name, "title": name, "day": "2026-11-22", "zone": "UTC"});
    post(address, token, "/api/v1/elections", &body)
}

/// Sends a command to a node.
pub(crate) fn post(address: &str, token: &str, path: &str, body: &Value) -> Answer {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .timeout_global(Some(Duration::from_secs(60)))
        .http_status_as_error(false)
        .build()
        .into();
    let answer = agent
        .post(format!("{address}{path}"))
        .header("authorization", format!("Bearer {token}"))
        .header("content-type", "application/json")
        .send(body.to_string())
        .and_then(|mut answer| Ok((answer.status().as_u16(), answer.body_mut().read_to_string()?)));
    let (status, text) = match answer {
        Ok(answer) => answer,
        Err(error) => return Answer::Unknown(error.to_string()),
    };
    let found: Value = serde_json::from_str(&text).unwrap_or_default();
    match status {
        201 => {
            let last = found["recorded"].as_array().unwrap().last().unwrap();
            let leaf = last["leaf"].as_str().unwrap().to_owned();
            Answer::Recorded(last["entry"].as_u64().unwrap(), leaf)
        }
        409 if found["code"] == "SCR-RES-006" => Answer::Before,
        422 if found["code"] == "SCR-RES-012" => Answer::Before,
        // One person sends so many commands a minute to a node; another node is asked meanwhile.
        429 => {
            std::thread::sleep(Duration::from_millis(500));
            Answer::Unknown(text)
        }
        500.. => Answer::Unknown(text),
        _ => panic!("{status}: {text}"),
    }
}

/// What a page says; nothing while the node does not answer.
pub(crate) fn get(address: &str, path: &str) -> Option<(u16, String)> {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .timeout_global(Some(Duration::from_secs(10)))
        .http_status_as_error(false)
        .build()
        .into();
    let mut answer = agent.get(format!("{address}{path}")).call().ok()?;
    Some((answer.status().as_u16(), answer.body_mut().read_to_string().ok()?))
}

/// Waits until something holds.
pub(crate) fn wait_until(what: &str, limit: Duration, holds: impl Fn() -> bool) {
    let until = Instant::now() + limit;
    while !holds() {
        assert!(Instant::now() < until, "{what}: not within {limit:?}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// Ready, accepting, with all that is recorded in its pages.
pub(crate) fn wait_until_ready(address: &str) {
    wait_until(address, Duration::from_secs(60), || {
        get(address, "/health/ready")
            .is_some_and(|(status, text)| status == 200 && text.contains("accepts yes"))
    });
}

/// A name under the folder of a node, in any file.
pub(crate) fn holds(folder: &Path, text: &str) -> bool {
    scr_engine::testing::file_with(folder, text.as_bytes()).unwrap().is_some()
}
