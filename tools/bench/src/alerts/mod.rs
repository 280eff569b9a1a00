//! `scr-bench alerts`: an alert handed over to a gateway for very many polling stations, while their answers come in over
//! HTTP and somebody looks at the countdown page; then a restart.
//!
//! Clients and gateway share the processors with the server.

mod clients;
mod world;

use crate::machine::{Durations, peak_memory_kib};
use crate::report::{Report, rate};
use crate::{Fault, Folder};
use clients::{Pace, Taken};
use scr_desk_alerts::AlertsDesk;
use scr_web::{App, ServeLimits, router, serve};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Connections on which stations answer.
const ANSWERING: u32 = 250;
/// Connections to the gateway.
const TO_GATEWAY: u32 = 32;
/// After this a run has failed.
const PATIENCE: Duration = Duration::from_mins(10);
/// Answers are measured at least this long, also where everything was handed over sooner.
const AT_LEAST: Duration = Duration::from_secs(15);

/// Pages that are read all the time, each by one reader.
const PAGES: [(&str, &str); 3] = [
    ("countdown page, whole country,", "arrival"),
    ("countdown page, one region,", "arrival?area=EX-00"),
    ("wall", "wall"),
];

/// What is asked for.
#[derive(clap::Args)]
pub(crate) struct Wanted {
    /// Polling stations, each with one contact
    #[arg(long, default_value_t = 100_000)]
    stations: u32,
    /// Acknowledgements a second
    #[arg(long, default_value_t = 5_200)]
    acknowledgements: u32,
}

/// What came of it.
struct Course {
    alert: u64,
    handed_in: Duration,
    answered: Durations,
    answers: u64,
    answering: Duration,
    first: Duration,
    /// Of each of [`PAGES`].
    looked: Vec<Durations>,
}

/// Measures, and prints the table.
pub(crate) fn run(dir: &Path, wanted: &Wanted) -> Result<(), Fault> {
    let folder = Folder::below(dir)?;
    let mut report = Report::default();
    println!("{}", crate::machine::describe(folder.path())?);
    let stations = u64::from(wanted.stations);
    let app = world::open(folder.path())?;
    let begin = Instant::now();
    world::fill(&app, wanted.stations)?;
    let filled = format!("{:.1} s", begin.elapsed().as_secs_f64());
    report.row("lists of stations and contacts read, checked, recorded", filled, "", None);
    let (address, taken) = clients::sink()?;
    world::gateway(&app, address, TO_GATEWAY)?;
    let workers = world::works(&app)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let course = runtime.block_on(course(&app, wanted, &taken))?;
    drop(workers);
    runtime.shutdown_timeout(Duration::from_secs(5));
    let handed = world::handed(&app, course.alert)?;
    drop(app);
    told(&mut report, wanted, &course);
    let [lost, doubled] = taken.lost_and_doubled(0..stations);
    let figure = format!("{lost}, {doubled}");
    report.row(
        "polling stations without a message, messages too many",
        figure,
        "0, 0",
        Some(lost + doubled == 0),
    );
    let wrong = handed.abs_diff(stations);
    report.row("messages of which the server says otherwise", wrong.to_string(), "0", Some(wrong == 0));
    again(folder.path(), &course, stations, &mut report)?;
    let memory = peak_memory_kib(std::process::id())? / 1_024;
    report.row("peak memory, clients included", format!("{memory} MiB"), "", None);
    println!("{report}");
    Ok(())
}

/// From the release until everything is handed over.
async fn course(app: &Arc<App>, wanted: &Wanted, taken: &Taken) -> Result<Course, Fault> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let server = listener.local_addr()?;
    let limits = ServeLimits { head: Duration::from_mins(1), ..ServeLimits::default() };
    tokio::spawn(serve(listener, None, router(app, &[&AlertsDesk]), limits, std::future::pending()));
    let begin = Instant::now();
    let alert = world::release(app)?;
    let links = world::links(app, alert, wanted.stations)?;
    let ends = Arc::new(AtomicBool::new(false));
    let looking = PAGES.map(|(_, page)| {
        let path = format!("/desk/alerts/speed/{page}");
        tokio::spawn(clients::look(server, path, Arc::clone(&ends)))
    });
    let every = Duration::from_secs_f64(f64::from(ANSWERING) / f64::from(wanted.acknowledgements));
    let answering = Instant::now();
    let posting: Vec<_> = (0..ANSWERING)
        .map(|connection| {
            let own = links.iter().skip(connection as usize).step_by(ANSWERING as usize).cloned().collect();
            let pace = Pace { first: every * connection / ANSWERING, every };
            tokio::spawn(clients::post(server, own, pace, Arc::clone(&ends)))
        })
        .collect();
    while taken.count() < u64::from(wanted.stations) {
        if begin.elapsed() > PATIENCE {
            return Err(format!("{} were handed over in time", taken.count()).into());
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let handed_in = begin.elapsed();
    tokio::time::sleep(AT_LEAST.saturating_sub(answering.elapsed())).await;
    ends.store(true, Ordering::Relaxed);
    let mut answered = Vec::new();
    for one in posting {
        answered.extend(one.await??);
    }
    let answering = answering.elapsed();
    let (mut first, mut looked) = (Duration::ZERO, Vec::new());
    for one in looking {
        let mut times = one.await??;
        first = first.max(times.remove(0));
        looked.push(Durations::new(times));
    }
    let answers = answered.len() as u64;
    Ok(Course { alert, handed_in, answered: Durations::new(answered), answers, answering, first, looked })
}

fn told(report: &mut Report, wanted: &Wanted, course: &Course) {
    let what = format!("from the release to the last of {} messages at the gateway", wanted.stations);
    let within = course.handed_in <= Duration::from_mins(1);
    report.row(&what, format!("{:.1} s", course.handed_in.as_secs_f64()), "<= 60 s", Some(within));
    let per_second = rate(course.answers, course.answering);
    let figure = format!("{per_second:.0}/s ({} in all)", course.answers);
    report.row(
        "acknowledgements meanwhile, by link, durable",
        figure,
        ">= 5,000/s",
        Some(per_second >= 5_000.0),
    );
    report.row("of these: latency p50, p99", both(&course.answered), "", None);
    let within = |page: Duration| Some(page < Duration::from_millis(100));
    report.row(
        "slowest of these pages' first after the release",
        shown(course.first),
        "< 100 ms",
        within(course.first),
    );
    for ((name, _), looked) in PAGES.iter().zip(&course.looked) {
        let slowest = looked.percentile(100);
        let what = format!("{name} meanwhile: p50, p99, slowest");
        report.row(&what, format!("{}, {}", both(looked), shown(slowest)), "< 100 ms", within(slowest));
    }
}

/// The same folder, opened anew.
fn again(folder: &Path, course: &Course, stations: u64, report: &mut Report) -> Result<(), Fault> {
    let app = world::open(folder)?;
    let (size, _) = app.engine.progress();
    app.engine.wait_for(size, PATIENCE);
    let begin = Instant::now();
    let [read, acted] = world::reached(&app, course.alert)?;
    report.row("board made anew after a restart", shown(begin.elapsed()), "", None);
    // Whoever acted has read.
    let wanted = [course.answers.min(stations), course.answers.saturating_sub(stations)];
    let lost = read.abs_diff(wanted[0]) + acted.abs_diff(wanted[1]);
    report.row("acknowledgements lost or doubled after it", lost.to_string(), "0", Some(lost == 0));
    Ok(())
}

fn both(durations: &Durations) -> String {
    format!("{}, {}", shown(durations.percentile(50)), shown(durations.percentile(99)))
}

fn shown(duration: Duration) -> String {
    format!("{:.1} ms", duration.as_secs_f64() * 1_000.0)
}
