//! The same tables in PostgreSQL, which several nodes share.

use crate::record;
use crate::site::{New, site};
use axum::http::StatusCode;
use scr_alerts::acks::Step;

#[test]
fn answers_go_to_the_record_from_postgres_too() {
    for run in [
        record::what_is_taken_is_recorded_once_and_a_restart_loses_and_doubles_nothing,
        record::two_nodes_that_record_at_once_record_once,
        record::the_figures_at_expiry_are_recorded_and_what_comes_later_is_late,
        record::a_station_that_says_the_future_or_the_past_is_set_right,
    ] {
        let Some(_tables) = scr_testing::InPostgres::new("answers of stations on PostgreSQL") else { return };
        run();
    }
}

#[tokio::test]
async fn links_strips_calls_and_escalation_live_in_postgres_too() {
    let Some(tables) = scr_testing::InPostgres::new("the desk of answers on PostgreSQL") else { return };
    let site = tables.aside(site);
    let alert = tables.aside(|| site.release(&New::default()));
    let link = tables.aside(|| site.link(&alert, 1));
    for step in ["read", "read", "acted"] {
        let answer = site.post("", &link, &[("step", step)]).await;
        assert_eq!(
            answer.status,
            StatusCode::SEE_OTHER,
            "{}",
            answer.plain().split_once("<main").unwrap_or_default().1
        );
    }
    let strip = tables.aside(|| site.strip(&alert, 2, Step::Acted));
    let taken = site.command("clerk", "/api/v1/alerts/strips", serde_json::json!({"codes": [strip]})).await;
    assert!(taken.status.is_success(), "{}", taken.body);
    // The telephone desk: claimed, tried later, the next one taken.
    let claim = alert.desk("/calls/next");
    assert_eq!(site.post("clerk", &claim, &[]).await.status, StatusCode::SEE_OTHER);
    let missed = site.post("clerk", &alert.desk("/calls/missed"), &[("minutes", "15")]).await;
    assert_eq!(missed.status, StatusCode::SEE_OTHER, "{}", missed.body);
    assert_eq!(site.post("clerk", &claim, &[]).await.status, StatusCode::SEE_OTHER);
    let page = site.get("clerk", &alert.desk("/calls")).await.plain();
    assert!(page.contains("School 23"), "{page}");
    let code = tables.aside(|| site.strip(&alert, 23, Step::Read));
    let answer = site.post("clerk", &alert.desk("/calls/taken"), &[("code", &code)]).await;
    assert_eq!(answer.to(), alert.desk("/calls?noted=taken"), "{}", answer.body);
    assert_eq!(tables.aside(|| site.reached(&alert)), [3, 3, 3, 2, 2]);
    // What is due is told once, and a restart forgets neither.
    site.clock.advance(30 * 60);
    tables.aside(|| site.work());
    let page = site.get("clerk", &alert.desk("/arrival")).await.plain();
    assert!(page.contains("3 of 12 polling stations") && page.contains("noted, not sent"), "{page}");
    let site = tables.aside(|| site.restart());
    assert_eq!(tables.aside(|| site.reached(&alert)), [3, 3, 3, 2, 2]);
    tables.aside(move || drop(site));
}
