//! The same outbox in PostgreSQL, which several nodes share.

use crate::fake::Fake;
use crate::site::{content, site, text};
use crate::{flow, hostile};
use axum::http::StatusCode;
use scr_desk_alerts::send::{State, Way};

#[test]
fn an_alert_is_handed_over_once_from_postgres_too() {
    for run in [
        flow::an_alert_reaches_each_station_once_however_often_somebody_looks,
        flow::exercises_and_tests_begin_with_their_word_in_each_language,
        flow::a_kill_loses_nothing_and_doubles_nothing_that_a_report_settles,
        flow::what_is_in_doubt_twice_ends_as_uncertain,
        flow::what_has_not_gone_is_dropped_when_an_alert_is_taken_back_or_ends,
        hostile::the_rate_of_a_gateway_is_kept,
    ] {
        let Some(_tables) = scr_testing::InPostgres::new("the outbox on PostgreSQL") else { return };
        run();
    }
}

#[tokio::test]
async fn reports_texts_and_pages_live_in_postgres_too() {
    let Some(tables) = scr_testing::InPostgres::new("reports of gateways on PostgreSQL") else { return };
    let folder = tempfile::tempdir().unwrap();
    let site = tables.aside(|| site(folder.path()));
    let fake = Fake::kind();
    let set_up = tables.aside(|| site.kannel(&fake.address));
    let index = tables.aside(|| {
        let index = site.release(&text(1), &content());
        site.send(Way::Sms);
        index
    });
    let asked = fake.asked();
    let one = asked.iter().find(|one| one.get("to") == "+4512345001").unwrap().reference();
    for kind in ["8", "1", "1", "2"] {
        let answer = site.ask("GET", &format!("{}?ref={one}&type={kind}", set_up.door), "", "").await;
        assert_eq!(answer.status, StatusCode::OK);
    }
    assert_eq!(tables.aside(|| site.sms(index, [State::Handed, State::Delivered, State::Failed])), [3, 1, 0]);
    let came = site.ask("GET", &format!("{}?from=%2B4512345002&text=read", set_up.door), "", "").await;
    assert_eq!(came.status, StatusCode::OK, "{}", came.body);
    for path in ["/desk/alerts/sending", "/desk/alerts/a1/sending"] {
        let page = site.ask("GET", path, "manager", "").await;
        assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.body);
    }
    tables.aside(move || drop(site));
}
