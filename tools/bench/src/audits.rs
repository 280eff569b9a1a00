//! `scr-bench audits`: 500 boards at once, a round closed, the public page of an audit with 160 jurisdictions.

use crate::report::Report;
use crate::{Durations, Fault, Folder};
use axum::body::Body;
use axum::http::Request;
use scr_audits::record::{Batch, Contest, Method, Sampler, Settings};
use scr_audits::verify::Size;
use scr_audits::workflow::hand_in::Prepared;
use scr_audits::workflow::{BallotReading, BoardStep, ContestReading, Inputs, Upload, What};
use scr_core::BoardKey;
use scr_core::{Actor, OrgId, PersonId, Role, SystemClock, SystemEntropy};
use scr_desk_audits::acts::{
    NewAudit, NewUpload, choose_contest, create, name_jurisdictions, sign_uploads, type_seed, upload,
};
use scr_desk_audits::boards::{board_step, work};
use scr_desk_audits::rounds::{close_round, commit, deal_boards, open_round};
use scr_desk_audits::{AuditsDesk, data};
use scr_engine::{Engine, Installation};
use scr_web::{App, Desk as _, Gate, LoginInfo, WebConfig, router};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tower::ServiceExt as _;

const DICE: &str = "62951413978082643715";
const BALLOTS: u32 = 200;

/// Measures, and prints the table.
pub(crate) fn run(dir: &Path, boards: usize, rounds: u32) -> Result<(), Fault> {
    let folder = Folder::below(dir)?;
    let mut report = Report::default();
    println!("{}", crate::machine::describe(folder.path())?);
    let engine = engine(&folder.path().join("boards"))?;
    let id = audit(&engine, 1, boards)?;
    let keys = dealt(&engine, &id, boards * 24, boards)?;
    crate::boards::measure(engine, (&keys, rounds), folder.path(), &mut report)?;
    let engine = engine_of(folder.path(), "close")?;
    close(&engine, &mut report)?;
    drop(engine);
    public_page(engine_of(folder.path(), "page")?, &mut report)?;
    println!("{report}");
    Ok(())
}

fn engine_of(folder: &Path, name: &str) -> Result<Engine, Fault> {
    engine(&folder.join(name))
}

fn engine(folder: &Path) -> Result<Engine, Fault> {
    let installation = Installation::create(folder, "log.bench.example/2026", &SystemEntropy)?;
    let parts =
        installation.open(None, Duration::from_secs(1), Arc::new(SystemClock), Arc::new(SystemEntropy))?;
    Ok(Engine::open(parts, folder, AuditsDesk.kinds(), AuditsDesk.views())?)
}

fn somebody(name: &str, role: Role) -> Result<Actor, Fault> {
    Ok(Actor { person: PersonId::new(name)?, org: OrgId::new("bench")?, role, place: None })
}

/// A poll that waits for its first round: jurisdictions with so many batches each.
fn audit(engine: &Engine, jurisdictions: usize, batches: usize) -> Result<String, Fault> {
    let (manager, supervisor) =
        (somebody("manager", Role::Manager)?, somebody("supervisor", Role::Supervisor)?);
    let settings = Settings::new(Method::BallotPolling, Sampler::ConsistentWithReplacement, 20);
    let new = NewAudit { title: "Bench".to_owned(), election: None, settings, fresh_seeds: false };
    let (id, _) = create(engine, &manager, &new)?;
    let names: Vec<String> = (0..jurisdictions).map(|at| format!("County of {at:03}")).collect();
    name_jurisdictions(engine, &manager, &id, &names.iter().cloned().collect())?;
    let all = u64::from(BALLOTS) * (jurisdictions * batches) as u64;
    let contest = Contest {
        name: "Governor".to_owned(),
        choices: vec!["Iris Elm".to_owned(), "Jonas Rowan".to_owned()],
        votes: vec![all * 3 / 5, all * 2 / 5],
        winners: 1,
        votes_allowed: 1,
        ballots: all,
        risk_limit: "0.05".to_owned(),
        targeted: true,
        ..Contest::default()
    };
    choose_contest(engine, &manager, &id, &contest)?;
    let mut inputs = Inputs::default();
    for name in &names {
        let bytes = name.as_bytes();
        let ballots = u64::from(BALLOTS) * batches as u64;
        let handed = Upload { sha256: scr_canon::sha256(bytes), rows: batches as u64, ballots };
        let new = NewUpload {
            jurisdiction: name.clone(),
            what: What::Manifest,
            bytes,
            upload: handed,
            file_name: String::new(),
        };
        upload(engine, &supervisor, &id, &new)?;
        let kept = engine.read(|views| data::audit(views, &id))?.ok_or("no audit")?;
        let over = kept.audit.to_sign(name).map_err(|refusal| refusal.code)?;
        sign_uploads(engine, &supervisor, &id, (name, &over))?;
        inputs.batches.extend((0..batches).map(|batch| Batch {
            jurisdiction: name.clone(),
            batch: format!("Batch {batch}"),
            ballots: BALLOTS,
            ..Batch::default()
        }));
    }
    let containers = vec![None; inputs.batches.len()];
    commit(engine, &manager, &id, &Prepared { inputs, containers, ..Prepared::default() })?;
    type_seed(engine, &manager, &id, DICE)?;
    type_seed(engine, &somebody("observer", Role::Observer)?, &id, DICE)?;
    Ok(id)
}

/// Opens a round of so many draws and deals it; the boards with something to read.
fn dealt(engine: &Engine, id: &str, draws: usize, each: usize) -> Result<Vec<BoardKey>, Fault> {
    let (manager, supervisor) =
        (somebody("manager", Role::Manager)?, somebody("supervisor", Role::Supervisor)?);
    open_round(engine, &manager, id, (&Size::Draws(draws), &[]))?;
    let kept = engine.read(|views| data::audit(views, id))?.ok_or("no audit")?;
    let last = kept.audit.rounds().last().ok_or("no round")?;
    for name in last.opening.units.keys() {
        deal_boards(engine, &supervisor, id, (name, each))?;
    }
    let lines = engine.read(|views| data::boards(views, (id, 1, last.number), None))?;
    Ok(lines.into_iter().filter(|line| line.units > 0).map(|line| line.key).collect())
}

/// As [`dealt`], with their names typed.
fn boards(engine: &Engine, id: &str, draws: usize, each: usize) -> Result<Vec<BoardKey>, Fault> {
    let busy = dealt(engine, id, draws, each)?;
    let names = vec!["Ada".to_owned(), "Ben".to_owned()];
    for key in &busy {
        board_step(engine, key, &BoardStep::Join { names: names.clone() })?;
    }
    Ok(busy)
}

fn ballot(unit: usize) -> BallotReading {
    let choices = vec![u16::from(unit % 5 > 2)];
    let contests = vec![ContestReading::Votes { choices, invalid_write_in: false }];
    BallotReading::Found { contests, comment: String::new() }
}

/// A round of about 1,000 ballots is closed: everything read is put into the record, and its risk measured.
fn close(engine: &Engine, report: &mut Report) -> Result<(), Fault> {
    let id = audit(engine, 10, 40)?;
    let keys = boards(engine, &id, 1_000, 4)?;
    let mut read = 0;
    for key in &keys {
        let units = engine.read(|views| Ok(work(views, key)))??.1.units().len();
        for unit in 0..units {
            board_step(engine, key, &BoardStep::Read { unit, reading: ballot(unit) })?;
        }
        let over = engine.read(|views| Ok(work(views, key)))??.1.to_sign().map_err(|refusal| refusal.code)?;
        let names = vec!["Ada".to_owned(), "Ben".to_owned()];
        board_step(engine, key, &BoardStep::Sign { names, over })?;
        read += units;
    }
    let start = Instant::now();
    close_round(engine, &somebody("manager", Role::Manager)?, &id)?;
    let took = start.elapsed();
    report.row(
        &format!("a round of {read} ballots closed, its risk measured"),
        format!("{took:.1?}"),
        "1 s",
        Some(took < Duration::from_secs(1)),
    );
    Ok(())
}

struct Nobody;

impl Gate for Nobody {
    fn login(&self, _token: &str) -> Option<LoginInfo> {
        None
    }
}

fn public_page(engine: Engine, report: &mut Report) -> Result<(), Fault> {
    let id = audit(&engine, 160, 24)?;
    let keys = boards(&engine, &id, 600, 1)?;
    for key in &keys {
        let list = engine.read(|views| Ok(work(views, key)))??.1;
        for unit in 0..list.units().len() {
            board_step(&engine, key, &BoardStep::Read { unit, reading: ballot(unit) })?;
        }
        let over = engine.read(|views| Ok(work(views, key)))??.1.to_sign().map_err(|refusal| refusal.code)?;
        let names = vec!["Ada".to_owned(), "Ben".to_owned()];
        board_step(&engine, key, &BoardStep::Sign { names, over })?;
    }
    close_round(&engine, &somebody("manager", Role::Manager)?, &id)?;
    let app = App::new(engine, Arc::new(Nobody), WebConfig::default(), &[&AuditsDesk])?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut took = Vec::new();
    let mut bytes = 0;
    for _ in 0..101 {
        let request = Request::get(format!("/audits/{id}")).body(Body::empty())?;
        let start = Instant::now();
        bytes = runtime.block_on(async {
            let answer = router(&app, &[&AuditsDesk]).oneshot(request).await?;
            let body = axum::body::to_bytes(answer.into_body(), 1 << 24).await?;
            Ok::<_, Fault>(body.len())
        })?;
        took.push(start.elapsed());
    }
    let first = took.remove(0);
    let durations = Durations::new(took);
    report.row("public page with 160 jurisdictions, first after a change", format!("{first:.1?}"), "", None);
    let p99 = durations.percentile(99);
    report.row("of 100 more: p99", format!("{p99:.1?}"), "50 ms", Some(p99 < Duration::from_millis(50)));
    report.row("its size, uncompressed", format!("{bytes} B"), "100 KB", Some(bytes < 100_000));
    Ok(())
}
