//! To the record: exactly once, whatever happens in between; and the same state in any order.

use crate::site::{New, Released, Site, kinds, site};
use scr_alerts::acks::{Ack, Channel, Step};
use scr_desk_alerts::{AlertsDesk, know};
use scr_engine::testing::TestEngine;
use scr_store::sql;
use scr_web::Desk as _;
use serde_json::Value;

fn ack(site: &Site, station: u32, step: Step, after: u64) -> Ack {
    let at = site.now() - after.min(site.now());
    Ack::new(station, step, Channel::Link, at, site.now()).unwrap()
}

/// The public fields of the batches, the oldest first.
fn batches(site: &Site) -> Vec<Value> {
    let text: Vec<String> = site
        .app
        .engine
        .read(|views| {
            let mut rows = views.prepare(
                "SELECT public FROM engine_event WHERE kind = 'alerts.acks.recorded/1' ORDER BY idx",
            )?;
            rows.query_map([], |row| row.get(0))?.collect()
        })
        .unwrap();
    text.iter().map(|text| serde_json::from_str(text).unwrap()).collect()
}

/// What the record says that stations have said.
fn heard(site: &Site) -> Vec<(i64, i64, i64, i64)> {
    site.app
        .engine
        .read(|views| {
            let mut rows = views.prepare(
                "SELECT station, step, at, channel FROM alertsknow_heard ORDER BY alert, station, step",
            )?;
            rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?.collect()
        })
        .unwrap()
}

fn open_rows(site: &Site) -> i64 {
    let row =
        site.store.query_opt(&sql!("SELECT COUNT(*) AS rows FROM alerts_ack WHERE batch IS NULL")).unwrap();
    row.unwrap().int("rows").unwrap()
}

#[test]
pub(crate) fn what_is_taken_is_recorded_once_and_a_restart_loses_and_doubles_nothing() {
    let site = site();
    let alert = site.release(&New::default());
    know::take(&site.app, alert.index, &[ack(&site, 1, Step::Read, 0), ack(&site, 2, Step::Acted, 0)])
        .unwrap();
    // Killed between taking and recording.
    let site = site.restart();
    assert_eq!(site.reached(&alert), [2, 2, 2, 1, 1]);
    assert_eq!(open_rows(&site), 2);
    site.work();
    assert_eq!(open_rows(&site), 0);
    let site = site.restart();
    assert_eq!(site.reached(&alert), [2, 2, 2, 1, 1]);
    site.clock.advance(2);
    site.work();
    let recorded = batches(&site);
    assert_eq!(recorded.len(), 1, "{recorded:?}");
    assert_eq!(recorded[0]["acks"], 2);
    assert_eq!(
        (&recorded[0]["stations"], &recorded[0]["read"], &recorded[0]["acted"]),
        (&12.into(), &2.into(), &1.into())
    );
    assert_eq!(heard(&site).len(), 2);
    // Rows that are swept away later change nothing.
    site.clock.advance(4_000);
    know::take(&site.app, alert.index, &[ack(&site, 3, Step::Read, 0)]).unwrap();
    site.work();
    let rows = site.store.query_opt(&sql!("SELECT COUNT(*) AS rows FROM alerts_ack")).unwrap().unwrap();
    assert_eq!(rows.int("rows").unwrap(), 1);
    let site = site.restart();
    assert_eq!(site.reached(&alert), [3, 3, 3, 1, 1]);
}

#[test]
pub(crate) fn two_nodes_that_record_at_once_record_once() {
    let site = site();
    let alert = site.release(&New::default());
    let all: Vec<Ack> = [1, 2, 3, 4, 5].map(|station| ack(&site, station, Step::Read, 0)).into();
    know::take(&site.app, alert.index, &all).unwrap();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| site.work_at_once());
        }
    });
    let acks: u64 = batches(&site).iter().map(|batch| batch["acks"].as_u64().unwrap()).sum();
    assert_eq!(acks, 5);
    assert_eq!(open_rows(&site), 0);
}

#[test]
pub(crate) fn the_figures_at_expiry_are_recorded_and_what_comes_later_is_late() {
    let site = site();
    let alert = site.release(&New { minutes: 10, ..New::default() });
    know::take(&site.app, alert.index, &[ack(&site, 1, Step::Read, 0)]).unwrap();
    site.work();
    site.clock.advance(599);
    know::take(&site.app, alert.index, &[ack(&site, 2, Step::Read, 0)]).unwrap();
    site.clock.advance(1);
    // Late before anybody has recorded the figures at expiry.
    know::take(&site.app, alert.index, &[ack(&site, 3, Step::Read, 0), ack(&site, 4, Step::Acted, 300)])
        .unwrap();
    site.work();
    let recorded = batches(&site);
    let kinds: Vec<(bool, bool, u64, u64)> = recorded
        .iter()
        .map(|one| {
            let flag = |name: &str| one[name].as_bool().unwrap();
            (flag("closing"), flag("late"), one["acks"].as_u64().unwrap(), one["read"].as_u64().unwrap())
        })
        .collect();
    assert_eq!(kinds, [(false, false, 1, 1), (true, false, 1, 2), (false, true, 2, 4)]);
    let totals = know::totals(&site.app, alert.index).unwrap().unwrap();
    assert_eq!(totals.reached, [4, 4, 4, 1, 1]);
    assert_eq!(totals.at_expiry.unwrap().0, [2, 2, 2, 0, 0]);
    // An alert that nobody answered has figures, too; and small ones have none.
    let small = site.release(&New { number: 2, areas: &["EX-S1"], minutes: 10, ..New::default() });
    site.clock.advance(600);
    site.work();
    site.clock.advance(2);
    site.work();
    let last = batches(&site).pop().unwrap();
    assert_eq!(
        (&last["alert"], &last["closing"], &last["acks"]),
        (&small.index.into(), &true.into(), &0.into())
    );
    assert_eq!(last.get("stations"), None, "four stations are too few for public figures");
    assert_eq!(know::totals(&site.app, small.index).unwrap(), None);
    assert_eq!(batches(&site).len(), 4);
}

#[test]
fn views_are_the_same_when_they_are_made_anew() {
    let site = site();
    let alert = site.release(&New::default());
    for (station, step, after) in
        [(1, Step::Read, 0), (1, Step::Read, 30), (2, Step::Acted, 10), (21, Step::Understood, 5)]
    {
        know::take(&site.app, alert.index, &[ack(&site, station, step, after)]).unwrap();
        site.work();
        site.clock.advance(2);
    }
    let before = heard(&site);
    let folder = site.folder.path().to_owned();
    let Site { app, folder: kept, .. } = site;
    drop(app);
    let test = TestEngine::new(&folder, &kinds(), AlertsDesk.views()).unwrap();
    let [incremental, rebuilt] = test.incremental_and_rebuilt(&kinds(), AlertsDesk.views()).unwrap();
    assert_eq!(incremental, rebuilt);
    let again = TestEngine::new(&folder, &kinds(), AlertsDesk.views()).unwrap();
    again.engine.wait_for(again.engine.progress().0, std::time::Duration::from_secs(20));
    let after: Vec<(i64, i64, i64, i64)> = again
        .engine
        .read(|views| {
            let mut rows = views.prepare(
                "SELECT station, step, at, channel FROM alertsknow_heard ORDER BY alert, station, step",
            )?;
            rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?.collect()
        })
        .unwrap();
    assert_eq!(before, after);
    assert_eq!(before.len(), 3);
    drop(kept);
}

/// A small generator, so that the orders are the same on every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }
}

type Rows = Vec<(i64, i64, i64, i64)>;

/// Says all of it in some order, some of it twice, with recordings and restarts in between.
fn play(seed: u64, said: &[(u32, Step, u64)]) -> ([u64; 5], Rows) {
    let mut dice = Dice(seed);
    let mut order: Vec<(u32, Step, u64)> = said.to_vec();
    order.extend((0..said.len() / 2).map(|_| said[dice.roll(said.len())]));
    for place in (1..order.len()).rev() {
        order.swap(place, dice.roll(place + 1));
    }
    let mut site = site();
    let alert: Released = site.release(&New::default());
    site.clock.advance(3_000);
    let begin = site.now() - 3_000;
    for chunk in order.chunks(7) {
        let acks: Vec<Ack> = chunk
            .iter()
            .map(|(station, step, at)| {
                Ack::new(*station, *step, Channel::TearOff, begin + at, site.now()).unwrap()
            })
            .collect();
        know::take(&site.app, alert.index, &acks).unwrap();
        match dice.roll(4) {
            0 => site.work_at_once(),
            1 => site = site.restart(),
            _ => {}
        }
    }
    site.work_at_once();
    let site = site.restart();
    (site.reached(&alert), heard(&site))
}

#[test]
fn any_order_any_repetition_and_any_restart_come_to_the_same() {
    let steps = [Step::Delivered, Step::Read, Step::Understood, Step::Acted];
    let mut dice = Dice(11);
    let said: Vec<(u32, Step, u64)> = (0..40)
        .map(|_| {
            let station = [1, 2, 3, 4, 5, 11, 12, 13, 21, 22, 23, 24][dice.roll(12)];
            (station, steps[dice.roll(4)], dice.roll(3_000) as u64)
        })
        .collect();
    let first = play(1, &said);
    assert!(first.0[1] > 5 && first.1.len() > 20, "{first:?}");
    for seed in 2..6 {
        assert_eq!(play(seed, &said), first, "seed {seed}");
    }
}

#[test]
pub(crate) fn a_station_that_says_the_future_or_the_past_is_set_right() {
    let site = site();
    let alert = site.release(&New::default());
    let (now, sent) = (site.now() + 60, site.now());
    site.clock.advance(60);
    let future = Ack::new(1, Step::Read, Channel::TearOff, now + 9_999, now).unwrap();
    let past = Ack::new(2, Step::Read, Channel::TearOff, 5, now).unwrap();
    know::take(&site.app, alert.index, &[future, past]).unwrap();
    site.work();
    let heard = heard(&site);
    assert_eq!(heard[0].2.cast_unsigned(), now);
    assert_eq!(heard[1].2.cast_unsigned(), sent);
}

#[test]
fn a_copy_without_tables_has_the_recorded_figures() {
    let site = site();
    let alert = site.release(&New::default());
    know::take(&site.app, alert.index, &[ack(&site, 1, Step::Acted, 0)]).unwrap();
    site.work();
    know::take(&site.app, alert.index, &[ack(&site, 2, Step::Acted, 0)]).unwrap();
    let (app, _folder) = site.without_tables();
    let totals = know::totals(&app, alert.index).unwrap().unwrap();
    assert_eq!((totals.stations, totals.reached, totals.at_expiry), (12, [1; 5], None));
}

/// What stations said of one alert cannot be written down: that of the others is recorded all the same.
#[tokio::test]
async fn an_alert_that_cannot_be_recorded_holds_no_other_up() {
    // The failure is one of SQLite's triggers.
    if scr_testing::tables().is_some() {
        return;
    }
    let site = site();
    let (first, second) = (site.release(&New::default()), site.release(&New { number: 2, ..New::default() }));
    let now = site.now();
    for alert in [&first, &second] {
        let ack = Ack::new(3, Step::Read, Channel::Link, now, now).unwrap();
        know::take(&site.app, alert.index, &[ack]).unwrap();
    }
    let text = format!(
        "CREATE TRIGGER fails BEFORE UPDATE ON alerts_ack WHEN NEW.alert = {} BEGIN SELECT RAISE(ABORT, 'no'); END",
        first.index
    );
    site.store.execute(&scr_store::sql!(text)).unwrap();
    site.work_at_once();
    let batches = || {
        let all = site.app.engine.read(|views| {
            let mut all = views.prepare("SELECT alert FROM alertsknow_batch ORDER BY alert")?;
            all.query_map([], |row| row.get::<_, i64>(0).map(i64::cast_unsigned))?
                .collect::<Result<Vec<_>, _>>()
        });
        all.unwrap()
    };
    assert_eq!(batches(), [second.index]);
    site.store.execute(&scr_store::sql!("DROP TRIGGER fails")).unwrap();
    site.work_at_once();
    assert_eq!(batches(), [first.index, second.index], "it is tried again");
}
