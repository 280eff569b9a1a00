//! Several organisations work on one installation: however many alerts one of them has open, the others' are looked at.

use crate::site::{New, Site, site};
use scr_alerts::Status;
use scr_alerts::acks::{Ack, Channel, Step};
use scr_desk_alerts::know::{self, DueCall, Teller};
use scr_engine::ActError;
use scr_web::App;
use std::sync::{Arc, Mutex};

/// An older alert of the commission, and newer open tests of a party that all stay open for a day.
fn crowded(minutes: u32, tests: u16) -> (Site, crate::site::Released) {
    let site = site();
    site.election("party-2026", "party");
    let alert = site.release(&New { minutes, ..New::default() });
    let test = New {
        status: Status::Test,
        minutes: 1_440,
        areas: &["EX-S1"],
        election: "party-2026",
        org: "party",
        ..New::default()
    };
    site.release_many(&test, tests);
    (site, alert)
}

#[tokio::test]
async fn codes_links_and_the_list_know_an_alert_behind_others_of_another_organisation() {
    let (site, alert) = crowded(120, 260);
    let code = site.strip(&alert, 3, Step::Read);
    assert!(know::sms(&site.app, "emb", "+451", &code).unwrap().starts_with("Thank you"));
    let list = site.get("manager", "/desk/alerts/arrival").await;
    assert!(list.body.contains(&alert.desk("/arrival")), "{}", list.body);
    // The token of this alert in an address with the place of another.
    let link =
        site.link(&alert, 3).replace(&format!("/a/{}/", alert.index), &format!("/a/{}/", alert.index + 1));
    assert!(site.get("", &link).await.plain().contains("another alert"), "the page says of which it is");
}

/// Writes down of which alerts it is to send word.
#[derive(Default)]
struct Notebook(Mutex<Vec<u64>>);

impl Teller for Notebook {
    fn tell(&self, _: &App, call: &DueCall) -> Result<u64, ActError> {
        self.0.lock().unwrap().push(call.alert);
        Ok(1)
    }
}

#[tokio::test]
async fn silence_escalates_however_many_tests_others_have_open() {
    let (site, alert) = crowded(120, 70);
    let notes = Arc::new(Notebook::default());
    know::use_teller(&site.app, Arc::clone(&notes) as Arc<dyn Teller>);
    site.clock.advance(30 * 60);
    site.work();
    let told = notes.0.lock().unwrap().iter().filter(|one| **one == alert.index).count();
    assert_eq!(told, 3, "the municipalities");
}

#[tokio::test]
async fn the_figures_at_an_end_are_recorded_however_many_others_are_open() {
    let (site, alert) = crowded(20, 210);
    let now = site.now();
    let ack = Ack::new(3, Step::Read, Channel::Link, now, now).unwrap();
    know::take(&site.app, alert.index, &[ack]).unwrap();
    // What was said is recorded before the end; at the end nothing new is there by which the alert would be looked at.
    site.work_at_once();
    site.clock.advance(21 * 60);
    site.work_at_once();
    let closed = site.app.engine.read(|views| {
        views.query_row("SELECT COUNT(*) FROM alertsknow_batch WHERE closing = 1", [], |row| {
            row.get::<_, i64>(0)
        })
    });
    assert_eq!(closed.unwrap(), 1);
}
