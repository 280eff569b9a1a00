//! Boards at their tablets, through the pages: each comes in by its words, opens a ballot, types it and sends it.

use crate::report::Report;
use crate::{Durations, Fault};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header, request};
use scr_access::{Access, BoardPass, Settings};
use scr_audits::workflow::passphrase::passphrase;
use scr_core::{BoardKey, BoardLogin, OrgId, SystemClock, SystemEntropy};
use scr_desk_audits::AuditsDesk;
use scr_engine::Engine;
use scr_store::Store;
use scr_web::{App, Gate, LoginInfo, WebConfig, router};
use std::any::Any;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;
use tokio::task::JoinSet;
use tower::ServiceExt as _;

/// Nobody reads a ballot and types it in less.
pub(crate) const PAUSE: Duration = Duration::from_secs(4);

struct Boards(Arc<Access>);

impl Gate for Boards {
    fn login(&self, _token: &str) -> Option<LoginInfo> {
        None
    }

    fn board(&self, token: &str) -> Result<Option<BoardLogin>, scr_engine::Fault> {
        self.0.board_of(token).map_err(|error| scr_engine::Fault::log(&error))
    }

    fn behind(&self) -> Option<&(dyn Any + Send + Sync)> {
        Some(&self.0)
    }
}

/// A tablet with its cookies.
struct Tablet {
    site: Router,
    cookies: BTreeMap<String, String>,
}

impl Tablet {
    async fn ask(&mut self, request: request::Builder, body: String) -> Result<(StatusCode, String), Fault> {
        let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = request.header(header::COOKIE, cookies.join("; ")).body(Body::from(body))?;
        let response = self.site.clone().oneshot(request).await?;
        for cookie in response.headers().get_all(header::SET_COOKIE) {
            let pair = cookie.to_str()?.split(';').next().and_then(|pair| pair.split_once('='));
            if let Some((name, value)) = pair {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let status = response.status();
        let body = to_bytes(response.into_body(), 1 << 20).await?;
        Ok((status, String::from_utf8(body.to_vec())?))
    }

    /// Opens a page: its form's token.
    async fn open(&mut self, path: &str) -> Result<String, Fault> {
        let (status, page) = self.ask(Request::get(path), String::new()).await?;
        let token = page.split("name=\"csrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
        match token {
            Some(token) if status == StatusCode::OK => Ok(token.to_owned()),
            _ => Err(format!("{path}: {status}").into()),
        }
    }

    async fn send(&mut self, path: &str, fields: &str) -> Result<(), Fault> {
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let (status, page) = self.ask(request, fields.to_owned()).await?;
        if status == StatusCode::SEE_OTHER { Ok(()) } else { Err(format!("{path}: {status}: {page}").into()) }
    }

    async fn come_in(&mut self, words: &str) -> Result<(), Fault> {
        let token = self.open("/board").await?;
        self.send("/board", &format!("csrf={token}&words={words}")).await?;
        let token = self.open("/board/names").await?;
        self.send("/board/names", &format!("csrf={token}&first=Ada&second=Ben")).await
    }

    /// Opens a ballot and enters it: how long each took.
    async fn enter(&mut self, unit: u32) -> Result<[Duration; 2], Fault> {
        let path = format!("/board/units/{unit}");
        let start = Instant::now();
        let token = self.open(&path).await?;
        let opened = start.elapsed();
        let start = Instant::now();
        self.send(&path, &format!("csrf={token}&c0-{}=yes", u8::from(unit % 5 > 2))).await?;
        Ok([opened, start.elapsed()])
    }
}

/// Every board enters so many ballots, with a pause before each that spreads them as people do; then one more ballot each,
/// all in the same instant.
pub(crate) fn measure(
    engine: Engine,
    (keys, ballots): (&[BoardKey], u32),
    folder: &Path,
    report: &mut Report,
) -> Result<(), Fault> {
    let store = Store::open_sqlite(&folder.join("people.db"))?;
    let settings = Settings::for_origin("http://localhost:8080");
    let access = Arc::new(Access::open(store, settings, Arc::new(SystemClock), Arc::new(SystemEntropy))?);
    let app = App::new(engine, Arc::new(Boards(Arc::clone(&access))), WebConfig::default(), &[&AuditsDesk])?;
    let site = router(&app, &[&AuditsDesk]);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let mut tablets = Vec::with_capacity(keys.len());
    for key in keys {
        let mut tablet = Tablet { site: site.clone(), cookies: BTreeMap::new() };
        runtime.block_on(tablet.come_in(&words(&access, key, &app)?))?;
        tablets.push(tablet);
    }
    let (tablets, spread) = entered(&runtime, tablets, 1..=ballots, PAUSE)?;
    told(
        report,
        &format!("{} boards, {ballots} ballots each, {} s apart", keys.len(), PAUSE.as_secs()),
        spread,
        true,
    );
    let next = ballots + 1;
    let (_, burst) = entered(&runtime, tablets, next..=next, Duration::ZERO)?;
    told(report, "one more ballot each, all in the same instant", burst, false);
    Ok(())
}

fn words(access: &Access, key: &BoardKey, app: &App) -> Result<String, Fault> {
    let until = app.clock.now() + 86_400;
    let pass = BoardPass { key: key.clone(), org: OrgId::new("bench")?, until };
    let (words, statements) = access.prepare_board_pass(&pass, passphrase)?;
    access.apply(&statements)?;
    Ok(words)
}

type Took = Vec<[Duration; 2]>;

/// All tablets at once enter these ballots.
fn entered(
    runtime: &Runtime,
    tablets: Vec<Tablet>,
    units: std::ops::RangeInclusive<u32>,
    pause: Duration,
) -> Result<(Vec<Tablet>, Took), Fault> {
    runtime.block_on(async {
        let mut all = JoinSet::new();
        for (at, mut tablet) in tablets.into_iter().enumerate() {
            let units = units.clone();
            let spread = u32::try_from(at).unwrap_or(0) * 7_919 % 1_000;
            all.spawn(async move {
                tokio::time::sleep(pause * spread / 1_000).await;
                let mut took = Took::new();
                for unit in units {
                    took.push(tablet.enter(unit).await.map_err(|error| error.to_string())?);
                    tokio::time::sleep(pause).await;
                }
                Ok::<_, String>((tablet, took))
            });
        }
        let (mut tablets, mut took) = (Vec::new(), Took::new());
        while let Some(done) = all.join_next().await {
            let (tablet, own) = done??;
            tablets.push(tablet);
            took.extend(own);
        }
        Ok((tablets, took))
    })
}

fn told(report: &mut Report, what: &str, took: Took, is_promised: bool) {
    let (opened, sent): (Vec<_>, Vec<_>) = took.into_iter().map(|[opened, sent]| (opened, sent)).unzip();
    let p99 = |of| Durations::new(of).percentile(99);
    let (opened, median) = (p99(opened), Durations::new(sent.clone()).percentile(50));
    let sent = p99(sent);
    report.row(&format!("{what}: entering one, median"), format!("{median:.1?}"), "", None);
    for (name, took) in [("entering one, p99", sent), ("its page, p99", opened)] {
        let target = if is_promised { "100 ms" } else { "" };
        let met = is_promised.then_some(took < Duration::from_millis(100));
        report.row(&format!("of these: {name}"), format!("{took:.1?}"), target, met);
    }
}
