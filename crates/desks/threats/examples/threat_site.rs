//! A server with two communities, for clients of other makers: prints one line of JSON that says where it is and who may
//! come in, and serves until its standard input is closed. `threat_site [--data DIR] [--port N]`; with a folder
//! that it has served before it goes on with what is in it. `--watch NAME,NAME` is what alpha protects. The bearer token
//! `administrator-password` is an administrator's; certificate logs on this machine may be followed.
#![expect(clippy::unwrap_used, reason = "what it serves is made up, and there is nobody to tell")]

use scr_core::{Actor, OrgId, PersonId, Role, SystemClock, SystemEntropy, Tlp};
use scr_desk_threats::{Asking, Exchange, ThreatsDesk, acts, ask_logs};
use scr_engine::{Engine, Installation};
use scr_jobs::{Jobs, Worker};
use scr_store::Store;
use scr_threats::{Collection, Founding, Members, Rules, Sector, Step};
use scr_web::{App, Desk, Gate, LoginInfo, WebConfig, router};
use serde_json::{Map, Value, json};
use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// Members by the name that scripts give them: organisation, its name, community. Two act for the same organisation.
const MEMBERS: [(&str, &str, &str, &str); 5] = [
    ("alpha", "alpha", "Office of Alpha", "exchange"),
    ("alpha2", "alpha", "Office of Alpha", "exchange"),
    ("beta", "beta", "Beta Observers", "exchange"),
    ("gamma", "gamma", "Gamma Press", "elsewhere"),
    ("delta", "delta", "Delta Systems", "elsewhere"),
];

/// Collections: name, community, whether members read and write it, whether it is public. None is: nobody comes in without
/// a name.
const COLLECTIONS: [(&str, &str, bool, bool, bool); 6] = [
    ("exchange", "exchange", true, true, false),
    ("empty", "exchange", true, true, false),
    ("read_only", "exchange", true, false, false),
    ("write_only", "exchange", false, true, false),
    ("closed", "exchange", false, false, false),
    ("elsewhere", "elsewhere", true, true, false),
];

/// Whoever says `NAME-password` is the member of that name.
struct ByName;

impl Gate for ByName {
    fn login(&self, _: &str) -> Option<LoginInfo> {
        None
    }

    fn bearer(&self, token: &str) -> Option<LoginInfo> {
        let name = token.strip_suffix("-password")?;
        if name == "administrator" {
            let actor = Actor { role: Role::Administrator, ..actor("alpha") };
            return Some(LoginInfo { actor, name: name.to_owned(), organisation: name.to_owned() });
        }
        let (_, org, title, _) = MEMBERS.iter().find(|(own, ..)| *own == name)?;
        Some(LoginInfo { actor: actor(org), name: name.to_owned(), organisation: (*title).to_owned() })
    }
}

fn actor(org: &str) -> Actor {
    Actor {
        person: PersonId::new("p-1").unwrap(),
        org: OrgId::new(org).unwrap(),
        role: Role::Manager,
        place: None,
    }
}

fn id(number: usize) -> String {
    format!("0badcafe-0000-4000-8000-{number:012}")
}

fn found(engine: &Engine) {
    for (community, founders) in [("exchange", ["alpha", "beta"]), ("elsewhere", ["gamma", "delta"])] {
        let members = |are: bool| if are { Members::All } else { Members::These(Vec::new()) };
        let own = (1..).zip(COLLECTIONS).filter(|(_, plan)| plan.1 == community);
        let collections = own.map(|(number, (name, _, reads, writes, is_public))| Collection {
            id: id(number),
            title: name.to_owned(),
            description: String::new(),
            alias: None,
            readers: members(reads),
            writers: members(writes),
            circle: Vec::new(),
            is_public,
            is_closed: false,
        });
        let founding = Founding {
            name: community.to_owned(),
            rules: Rules { text: "For tests.".to_owned(), unmarked: Tlp::Green, more_than_percent: 50 },
            founders: founders.map(|org| (OrgId::new(org).unwrap(), Sector::Other)).into_iter().collect(),
            collections: collections.collect(),
        };
        acts::found(engine, &actor(founders[0]), community, &founding).unwrap();
        acts::step(engine, &actor(founders[1]), community, &Step::Join).unwrap();
    }
}

fn facts(address: &str) -> Value {
    let members: Map<String, Value> = MEMBERS
        .iter()
        .map(|(name, org, title, community)| {
            let password = format!("{name}-password");
            let one =
                json!({"user": org, "password": password, "misp_key": password, "organisation": title, "community": community});
            ((*name).to_owned(), one)
        })
        .collect();
    let collections: Map<String, Value> = (1..)
        .zip(COLLECTIONS)
        .map(|(number, (name, community, reads, writes, _))| {
            let all: Vec<&str> = MEMBERS.iter().filter(|one| one.3 == community).map(|one| one.0).collect();
            let listed = |may: bool| if may { json!(all) } else { json!([]) };
            let root = format!("/taxii2/{community}/");
            let one = json!({"id": id(number), "can_read": listed(reads), "can_write": listed(writes), "api_root": root});
            (name.to_owned(), one)
        })
        .collect();
    json!({
        "server": "scrutineer", "address": address, "api_root": "/taxii2/exchange/", "max_page_size": 1000,
        "members": members, "collections": collections,
    })
}

fn open(data: &Path) -> Arc<App> {
    let is_new = !Installation::exists(data);
    let installation = if is_new {
        Installation::create(data, "log.threats.example/2026", &SystemEntropy)
    } else {
        Installation::find(data)
    };
    let parts = installation
        .and_then(|one| {
            one.open(None, Duration::from_secs(1), Arc::new(SystemClock), Arc::new(SystemEntropy))
        })
        .unwrap();
    let engine = Engine::open(parts, data, ThreatsDesk.kinds(), ThreatsDesk.views()).unwrap();
    let size = engine.progress().0;
    engine.wait_for(size, Duration::from_secs(60));
    if is_new {
        found(&engine);
    }
    let config = WebConfig { batch_seconds: 1, ..WebConfig::default() };
    let app = App::new(engine, Arc::new(ByName), config, &[&ThreatsDesk]).unwrap();
    app.use_store(Store::open_sqlite(&data.join("record.db")).unwrap(), &[&ThreatsDesk]).unwrap();
    app
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let after = |name: &str| {
        arguments.iter().position(|one| one == name).and_then(|at| arguments.get(at + 1)).cloned()
    };
    let throw_away = tempfile::tempdir()?;
    let data = after("--data").map_or_else(|| throw_away.path().join("data"), PathBuf::from);
    let port: u16 = after("--port").map_or(Ok(0), |text| text.parse())?;
    let own = data.clone();
    let app = tokio::task::spawn_blocking(move || open(&own)).await?;
    ask_logs(&app, &Asking { may_be_near: true, ..Asking::default() });
    if let Some(names) = after("--watch") {
        let names: Vec<String> = names.split(',').map(str::to_owned).collect();
        let own = Arc::clone(&app);
        tokio::task::spawn_blocking(move || Exchange::of(&own).watch(&actor("alpha"), &names).unwrap())
            .await?;
    }
    let store = Store::open_sqlite(&data.join("record.db"))?;
    let jobs = Jobs::open(store, Arc::new(SystemClock), Arc::new(SystemEntropy))?;
    let workers = Worker::new(jobs, ThreatsDesk.works(&app), Arc::new(SystemClock)).start(1)?;
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
    println!("{}", facts(&format!("http://{}", listener.local_addr()?)));
    let closed = tokio::task::spawn_blocking(|| std::io::copy(&mut std::io::stdin(), &mut std::io::sink()));
    let serving = axum::serve(listener, router(&app, &[&ThreatsDesk]).into_make_service());
    tokio::select! {
        ended = serving => ended?,
        _ = closed => {}
    }
    tokio::task::spawn_blocking(move || drop((workers, app))).await?;
    Ok(())
}
