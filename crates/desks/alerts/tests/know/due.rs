//! Who is called where stations are silent.

use crate::site::{New, Site, site};
use axum::http::StatusCode;
use scr_alerts::Kind;
use scr_alerts::acks::{Ack, Callee, Channel, Step};
use scr_core::Clock as _;
use scr_desk_alerts::know::{self, DueCall, Teller};
use scr_desk_alerts::network::contacts::{self, Authority, Contact, Holder, Level, Mode};
use scr_engine::ActError;
use scr_web::App;
use std::sync::{Arc, Mutex};

/// Writes down what it is to send.
#[derive(Default)]
struct Notebook(Mutex<Vec<(usize, String, bool)>>);

impl Teller for Notebook {
    fn tell(&self, _: &App, call: &DueCall) -> Result<u64, ActError> {
        self.0.lock().unwrap().push((call.rung, call.area.0.clone(), call.is_exercise));
        Ok(1)
    }
}

fn areas(site: &Site, alert: u64) -> Vec<(usize, String)> {
    let due = know::due(&site.app, alert, 100).unwrap();
    let all = due.calls.into_iter().filter(|call| matches!(call.callee, Callee::Area(_)));
    all.map(|call| (call.rung, call.area.0)).collect()
}

fn read(site: &Site, alert: u64, stations: &[u32]) {
    let now = site.now();
    let acks: Vec<Ack> = stations
        .iter()
        .map(|station| Ack::new(*station, Step::Read, Channel::Link, now, now).unwrap())
        .collect();
    know::take(&site.app, alert, &acks).unwrap();
}

#[tokio::test]
async fn silence_escalates_by_the_line_and_survives_a_restart() {
    let site = site();
    let alert = site.release(&New::default());
    assert_eq!(know::due(&site.app, alert.index, 100).unwrap().calls, []);
    read(&site, alert.index, &[1, 2, 3, 4, 5]);
    // The default line: stations after 15 minutes, municipalities after 30, regions after 60, the nation after 120.
    site.clock.advance(15 * 60);
    let due = know::due(&site.app, alert.index, 100).unwrap();
    assert_eq!(due.calls.len(), 7, "silent stations");
    assert_eq!(due.next, Some(site.now() + 15 * 60));
    site.clock.advance(15 * 60);
    assert_eq!(areas(&site, alert.index), [(1, "EX-S1".to_owned()), (1, "EX-N2".to_owned())]);
    let site = site.restart();
    assert_eq!(areas(&site, alert.index), [(1, "EX-S1".to_owned()), (1, "EX-N2".to_owned())]);
    let notes = Arc::new(Notebook::default());
    site.work();
    assert!(site.get("clerk", &alert.desk("/arrival")).await.plain().contains("noted, not sent"));
    know::use_teller(&site.app, Arc::clone(&notes) as Arc<dyn Teller>);
    for _ in 0..3 {
        site.clock.advance(10);
        site.work();
    }
    let told = notes.0.lock().unwrap().clone();
    assert_eq!(told, [(1, "EX-S1".to_owned(), false), (1, "EX-N2".to_owned(), false)], "each once");
    assert!(site.get("clerk", &alert.desk("/arrival")).await.plain().contains("sent at"));
    let site = site.restart();
    know::use_teller(&site.app, Arc::clone(&notes) as Arc<dyn Teller>);
    site.clock.advance(10);
    site.work();
    assert_eq!(notes.0.lock().unwrap().len(), 2, "a restart tells nobody twice");
}

/// Sends word of every alert but one.
struct Broken(u64, Notebook);

impl Teller for Broken {
    fn tell(&self, app: &App, call: &DueCall) -> Result<u64, ActError> {
        if call.alert == self.0 {
            return Err(scr_engine::Fault::log(&"nobody takes it").into());
        }
        self.1.tell(app, call)
    }
}

#[tokio::test]
async fn an_alert_of_which_nobody_can_be_told_holds_no_other_up() {
    let site = site();
    let alert = site.release(&New::default());
    let newer = site.release(&New { number: 2, areas: &["EX-S"], ..New::default() });
    let teller = Arc::new(Broken(newer.index, Notebook::default()));
    know::use_teller(&site.app, Arc::clone(&teller) as Arc<dyn Teller>);
    site.clock.advance(30 * 60);
    site.work();
    assert_eq!(teller.1.0.lock().unwrap().len(), 3, "the municipalities of the older one");
    let told = "SELECT COUNT(*) AS told FROM alerts_due WHERE alert = $1 AND told_at > 0";
    let told = |alert: u64| {
        let rows = site.store.query(&scr_store::sql!(told, alert.cast_signed())).unwrap();
        rows[0].int("told").unwrap()
    };
    assert_eq!((told(alert.index), told(newer.index)), (3, 0), "it is tried again");
}

#[tokio::test]
async fn a_call_that_reached_somebody_is_recorded_and_no_longer_due() {
    let site = site();
    let alert = site.release(&New::default());
    site.clock.advance(30 * 60);
    let path = alert.desk("/arrival/called");
    let fields = |callee: &'static str, outcome: &'static str| {
        [("rung", "1"), ("callee", callee), ("outcome", outcome)]
    };
    let missed = site.post("clerk", &path, &fields("area:EX-S1", "not-reached")).await;
    assert_eq!(missed.status, StatusCode::SEE_OTHER);
    assert_eq!(areas(&site, alert.index).len(), 3);
    site.post("clerk", &path, &fields("area:EX-S1", "reached")).await;
    assert_eq!(areas(&site, alert.index), [(1, "EX-N1".to_owned()), (1, "EX-N2".to_owned())]);
    for (callee, rung) in [("area:EX-S1", "1"), ("area:EX", "3"), ("station:000001", "0"), ("area:XX", "1")] {
        let fields = [("rung", rung), ("callee", callee), ("outcome", "reached")];
        let refused = site.post("clerk", &path, &fields).await;
        assert!(
            refused.status == StatusCode::CONFLICT && refused.plain().contains("SCR-ALR-301"),
            "{callee}"
        );
    }
    assert_eq!(
        site.post("viewer", &path, &fields("area:EX-N1", "reached")).await.status,
        StatusCode::FORBIDDEN
    );
    let site = site.restart();
    assert_eq!(areas(&site, alert.index), [(1, "EX-N1".to_owned()), (1, "EX-N2".to_owned())]);
}

#[tokio::test]
async fn numbers_of_contacts_are_for_those_who_call() {
    let site = site();
    let contact = Contact {
        id: String::new(),
        holder: Holder::Area("EX-S1".to_owned()),
        function: "Town clerk".to_owned(),
        level: Level::Official,
        language: "en".to_owned(),
        authority: Authority::Local,
        sms: None,
        email: None,
        telephone: Some("+33145678901".to_owned()),
        webhook: None,
        until: site.clock.now() + 86_400,
        order: 1,
    };
    let engine = &site.app.engine;
    contacts::import(engine, &crate::site::manager(), "ex-2026", Mode::All, &[contact]).unwrap();
    let alert = site.release(&New::default());
    site.clock.advance(30 * 60);
    for (who, sees) in [("manager", true), ("supervisor", true), ("clerk", true), ("viewer", false)] {
        let page = site.get(who, &alert.desk("/arrival")).await;
        assert_eq!(page.status, StatusCode::OK, "{who}");
        let text = page.plain();
        assert!(text.contains("Southport"), "{who} sees which area is silent");
        assert_eq!(text.contains("+33145678901"), sees, "{who}");
        assert_eq!(text.contains("Town clerk"), sees, "{who}");
        let wall = site.get(who, &alert.desk("/wall")).await;
        assert!(wall.status == StatusCode::OK && !wall.body.contains("33145678901"), "{who}");
    }
    for who in ["manager!party", "clerk!party"] {
        let page = site.get(who, &alert.desk("/arrival")).await;
        assert!(page.status == StatusCode::NOT_FOUND && !page.body.contains("33145678901"), "{who}");
    }
}

#[tokio::test]
async fn nobody_is_called_for_what_is_over_or_taken_back_and_a_drill_has_its_own_time() {
    let site = site();
    let alert = site.release(&New { minutes: 40, ..New::default() });
    site.drill("d1", 60);
    let drill =
        site.release(&New { status: scr_alerts::Status::Exercise, drill: Some("d1"), ..New::default() });
    // Half a minute on the wall is half an hour in the drill.
    site.clock.advance(30);
    assert_eq!(areas(&site, alert.index), []);
    assert_eq!(areas(&site, drill.index).len(), 3);
    assert!(know::due(&site.app, drill.index, 1).unwrap().calls[0].is_exercise);
    site.clock.advance(30 * 60 - 30);
    assert_eq!(areas(&site, alert.index).len(), 3);
    let names = Some((alert.index, alert.leaf));
    site.release(&New { number: 2, kind: Kind::Cancel, names, ..New::default() });
    assert_eq!(areas(&site, alert.index), []);
    let other = site.release(&New { number: 3, minutes: 40, ..New::default() });
    site.clock.advance(41 * 60);
    assert_eq!(areas(&site, other.index), []);
}
