//! `scr-bench results`: a national results file from bytes to a public page, and views rebuilt.

use crate::report::{Report, rate};
use crate::{Fault, Folder};
use scr_core::{Actor, ElectionId, OrgId, PersonId, Role, SystemClock, SystemEntropy};
use scr_desk_results::ResultsDesk;
use scr_desk_results::commands::{
    NewContest, NewElection, NewPublication, NewTable, create_election, define_contest, import_table, publish,
};
use scr_engine::{Engine, Installation, KindSpec, NewEvent};
use scr_intake::{Input, Limits};
use scr_results::Contestant;
use scr_results::checks::{self, check};
use scr_web::Desk as _;
use serde_json::json;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

const CONTESTANTS: usize = 10;
/// An event as small as they come, to measure views and not parsing.
const TICK: KindSpec = KindSpec {
    name: "bench.tick.counted/1",
    public: &[scr_engine::FieldSpec::new("n", scr_engine::FieldType::Count)],
    private: &[],
};
/// Events in one act while the log is filled.
const PER_ACT: u64 = 500;

/// Measures, and prints the table.
pub(crate) fn run(dir: &Path, units: u64, events: u64) -> Result<(), Fault> {
    let folder = Folder::below(dir)?;
    let mut report = Report::default();
    import(&folder.path().join("import"), units, &mut report)?;
    rebuild(&folder.path().join("rebuild"), events, &mut report)?;
    println!("{report}");
    Ok(())
}

fn import(folder: &Path, units: u64, report: &mut Report) -> Result<(), Fault> {
    let csv = file(units);
    let engine = engine(folder)?;
    let manager = manager()?;
    let id = ElectionId::new("bench-2026")?;
    prepare(&engine, &manager, &id)?;
    let whole = Instant::now();
    let limits = Limits::default();
    let input = Input { name: "bench.csv", bytes: csv.as_bytes() };
    let mapping = scr_intake::propose(input, &limits).mapping;
    let intake = scr_intake::read(input, &mapping, &limits);
    let table = intake.tables.first().ok_or_else(|| format!("{:?}", intake.problems))?;
    report.row("file read by the proposed mapping", format!("{:.2?}", whole.elapsed()), "", None);
    let found = check(&checks::Input::new(table));
    let findings = serde_json::to_value(&found)?;
    report.row("and checked", format!("{:.2?}", whole.elapsed()), "", None);
    import_table(
        &engine,
        &manager,
        &NewTable {
            election: id.clone(),
            contest: "president".to_owned(),
            source: "final".to_owned(),
            source_name: "Final count".to_owned(),
            table,
            findings: &findings,
            findings_count: found.count(),
            mapping: None,
            file_name: "bench.csv".to_owned(),
            file: Some(csv.as_bytes()),
            reason: None,
        },
    )?;
    let publication = NewPublication {
        election: id,
        contest: "president".to_owned(),
        source: "final".to_owned(),
        version: 1,
        status: "certified".to_owned(),
        reason: None,
    };
    publish(&engine, &manager, &publication)?;
    let took = whole.elapsed();
    let met = took < Duration::from_secs(10);
    report.row(
        &format!("{units} units imported, checked, published"),
        format!("{took:.2?}"),
        "10 s",
        Some(met),
    );
    let peak = peak_megabytes()?;
    report.row("peak resident memory", format!("{peak} MB"), "300 MB", Some(peak <= 300));
    Ok(())
}

fn prepare(engine: &Engine, manager: &Actor, id: &ElectionId) -> Result<(), Fault> {
    let new = NewElection {
        id: id.clone(),
        title: "Bench".to_owned(),
        day: "2026-11-24".to_owned(),
        zone: "UTC".to_owned(),
    };
    create_election(engine, manager, &new)?;
    let contestants = (0..CONTESTANTS)
        .map(|n| Contestant { id: format!("Contestant {n}"), name: format!("Contestant {n}"), group: None })
        .collect();
    let contest = NewContest {
        election: id.clone(),
        id: "president".to_owned(),
        title: "President".to_owned(),
        votes_per_ballot: 1,
        contestants,
    };
    define_contest(engine, manager, &contest)?;
    Ok(())
}

/// A delimited file as an office would export it.
fn file(units: u64) -> String {
    let mut csv = String::from("Station code,Station name,Registered,Ballots cast,Valid votes");
    for n in 0..CONTESTANTS {
        let _ = write!(csv, ",Contestant {n}");
    }
    csv.push('\n');
    for unit in 0..units {
        let votes: Vec<u64> = (0..CONTESTANTS as u64).map(|n| (unit * 31 + n * 7) % 90).collect();
        let valid: u64 = votes.iter().sum();
        let _ = write!(csv, "{unit:07},School number {unit},{},{},{valid}", valid + 400, valid + 3);
        for votes in votes {
            let _ = write!(csv, ",{votes}");
        }
        csv.push('\n');
    }
    csv
}

fn rebuild(folder: &Path, events: u64, report: &mut Report) -> Result<(), Fault> {
    let first = engine(folder)?;
    let manager = manager()?;
    for act in 0..events.div_ceil(PER_ACT) {
        let subject = format!("tick:{}", act % 1_000);
        first.record(&manager, &|_, _| {
            let tick = |n| NewEvent::about(&TICK, format!("{subject}-{n}"), json!({"n": n}));
            Ok((0..PER_ACT).map(tick).collect())
        })?;
    }
    let size = first.log().size()?;
    drop(first);
    for file in folder.read_dir()?.flatten() {
        if file.file_name().to_string_lossy().starts_with("views-") {
            std::fs::remove_file(file.path())?;
        }
    }
    let start = Instant::now();
    let again = engine(folder)?;
    if !again.wait_for(size, Duration::from_secs(600)) {
        return Err("the views did not catch up within ten minutes".into());
    }
    let per_second = rate(size, start.elapsed());
    report.row(
        &format!("views rebuilt from {size} events"),
        format!("{per_second:.0}/s"),
        "40000/s",
        Some(per_second >= 40_000.0),
    );
    Ok(())
}

fn engine(folder: &Path) -> Result<Engine, Fault> {
    let installation = if Installation::exists(folder) {
        Installation::find(folder)?
    } else {
        Installation::create(folder, "log.bench.example/2026", &SystemEntropy)?
    };
    let parts =
        installation.open(None, Duration::from_secs(1), Arc::new(SystemClock), Arc::new(SystemEntropy))?;
    let kinds: Vec<KindSpec> = ResultsDesk.kinds().iter().copied().chain([TICK]).collect();
    Ok(Engine::open(parts, folder, &kinds, ResultsDesk.views())?)
}

fn manager() -> Result<Actor, Fault> {
    Ok(Actor { person: PersonId::new("bench")?, org: OrgId::new("bench")?, role: Role::Manager, place: None })
}

/// The most that this process ever held, as the kernel says (`VmHWM`).
fn peak_megabytes() -> Result<u64, Fault> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no VmHWM")?;
    let kilobytes: u64 = line.trim().trim_end_matches("kB").trim().parse()?;
    Ok(kilobytes / 1024)
}
