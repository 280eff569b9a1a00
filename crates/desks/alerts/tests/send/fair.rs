//! Organisations that share an installation: nobody's messages wait for somebody else's gateway.

use crate::fake::{Fake, answer};
use crate::site::{content, site, text};
use scr_desk_alerts::send::{State, Way};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// A gateway of one organisation that takes seconds for each message, set up before a fast one of another.
#[test]
fn a_slow_gateway_holds_nobody_else_up() {
    let folder = tempfile::tempdir().unwrap();
    let site = site(folder.path());
    let slow = Fake::new(|_, stream| {
        std::thread::sleep(Duration::from_millis(2_600));
        answer(stream, "202 X", "0: Accepted")
    });
    let begun = Instant::now();
    let came = Arc::new(Mutex::new(Vec::new()));
    let times = Arc::clone(&came);
    let fast = Fake::new(move |_, stream| {
        times.lock().unwrap().push(begun.elapsed());
        answer(stream, "202 X", "0: Accepted")
    });
    site.kannel_of("emb", &slow.address, 1);
    site.kannel_of("party", &fast.address, 4);
    let own = site.release(&text(1), &content());
    let others = site.release_for("party", &text(2), &content());
    let before = begun.elapsed();
    site.send(Way::Sms);
    let ended = begun.elapsed();
    let last = came.lock().unwrap().iter().max().copied().unwrap();
    assert!(ended - before > Duration::from_secs(10), "four messages one after another: {ended:?}");
    assert!(last - before < Duration::from_secs(4), "the others' waited {last:?}");
    // What was taken and did not go before the turn ended was given back, and went once.
    assert_eq!((slow.asked().len(), fast.asked().len()), (4, 4));
    assert_eq!((site.sms(own, [State::Handed]), site.sms(others, [State::Handed])), ([4], [4]));
}

/// The login of a gateway cannot be opened here: the others send, and another of its own organisation takes its place.
#[test]
fn a_gateway_that_fails_ends_nobody_elses_turn() {
    let folder = tempfile::tempdir().unwrap();
    let site = site(folder.path());
    let (broken, second, other) = (Fake::kind(), Fake::kind(), Fake::kind());
    let set_up = site.kannel(&broken.address);
    site.kannel(&second.address);
    site.kannel_of("party", &other.address, 4);
    let text_of = "UPDATE alerts_gateway SET sealed = 'broken' WHERE id = $1";
    site.app.store().unwrap().execute(&scr_store::sql!(text_of, &set_up.id)).unwrap();
    site.release(&text(1), &content());
    site.release_for("party", &text(2), &content());
    assert_eq!(site.send(Way::Sms), 8);
    assert_eq!([&broken, &second, &other].map(|fake| fake.asked().len()), [0, 4, 4]);
    let rows = site
        .app
        .store()
        .unwrap()
        .query(&scr_store::sql!("SELECT trouble FROM alerts_gateway WHERE id = $1", &set_up.id));
    assert_eq!(rows.unwrap()[0].text("trouble").unwrap(), "sealed");
}

/// An alert that cannot be taken up, or closed, holds no other up.
#[test]
fn an_alert_that_fails_holds_no_other_up() {
    // The failure is one of SQLite's triggers.
    if scr_testing::tables().is_some() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let site = site(folder.path());
    let fake = Fake::kind();
    site.kannel(&fake.address);
    let first = site.release(&text(1), &content());
    let second = site.release_for("party", &text(2), &content());
    let fails = |table: &str, act: &str| {
        let text = format!(
            "CREATE TRIGGER fails_{act} BEFORE {act} ON {table} WHEN NEW.alert = {first} BEGIN SELECT RAISE(ABORT, 'no'); END"
        );
        site.app.store().unwrap().execute(&scr_store::sql!(text)).unwrap();
    };
    fails("alerts_message", "INSERT");
    site.dispatch();
    assert_eq!((site.figures(first).total(), site.figures(second).of(Way::Sms, State::Waiting)), (0, 4));
    site.app.store().unwrap().execute(&scr_store::sql!("DROP TRIGGER fails_INSERT")).unwrap();
    site.dispatch();
    assert_eq!(site.figures(first).of(Way::Sms, State::Waiting), 4, "it is tried again");
    fails("alerts_message", "UPDATE");
    site.later(4_000);
    site.dispatch();
    let overtaken = [first, second].map(|alert| site.figures(alert).of(Way::Sms, State::Overtaken));
    assert_eq!(overtaken, [0, 4]);
}

/// However many alerts another organisation releases, the page shows one's own, and they are taken up.
#[tokio::test]
async fn many_alerts_of_another_organisation_push_none_aside() {
    let folder = tempfile::tempdir().unwrap();
    let site = site(folder.path());
    let own = site.release(&text(1), &content());
    site.release_many("party", 100..305);
    site.dispatch();
    assert_eq!(site.figures(own).of(Way::Sms, State::Waiting), 4);
    let home = site.ask("GET", "/desk/alerts/sending", "manager", "").await.body;
    assert!(home.contains("/desk/alerts/a1/sending"), "{home}");
}
