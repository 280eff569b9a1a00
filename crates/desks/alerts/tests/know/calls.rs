//! The telephone desk.

use crate::site::{New, Released, Site, site};
use axum::http::StatusCode;
use scr_alerts::Status;
use scr_alerts::acks::Step;
use scr_alerts::spoken::{Side, code_words};
use scr_alerts::words::Tongue;

async fn next(site: &Site, who: &str, alert: &Released) -> String {
    let answer = site.post(who, &alert.desk("/calls/next"), &[]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    site.get(who, answer.to()).await.plain()
}

fn words(site: &Site, station: u32, side: Side, line: u32) -> String {
    code_words(&site.secret(station), Status::Actual, side, line, Tongue::En).join(" ")
}

#[tokio::test]
async fn two_operators_never_get_the_same_station_and_each_code_is_taken_from_its_own() {
    let site = site();
    let alert = site.release(&New::default());
    let first = next(&site, "clerk", &alert).await;
    // The silent one with most voters: School 24 with 1,140.
    assert!(first.contains("School 24") && first.contains(&words(&site, 24, Side::Caller, 1)), "{first}");
    assert!(first.contains(&words(&site, 24, Side::Station, 1)));
    let second = next(&site, "supervisor", &alert).await;
    assert!(second.contains("School 23") && !second.contains("School 24"), "{second}");
    assert!(next(&site, "clerk", &alert).await.contains("School 24"), "whoever has one keeps it");
    let taken = alert.desk("/calls/taken");
    let refused = |code: String| {
        let (site, taken) = (&site, taken.clone());
        async move {
            let answer = site.post("clerk", &taken, &[("code", &code)]).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
            answer.plain()
        }
    };
    assert!(refused("12".to_owned()).await.contains("A code has 16 digits. Ask the station"));
    let right = site.strip(&alert, 24, Step::Acted);
    let mut digits: Vec<char> = right.chars().collect();
    digits[8] = if digits[8] == '1' { '2' } else { '1' };
    assert!(refused(digits.into_iter().collect()).await.contains("A digit is wrong"));
    assert!(
        refused(site.strip(&alert, 23, Step::Acted)).await.contains("another polling station (000023)"),
        "SCR-ALR-298"
    );
    let answer = site.post("clerk", &taken, &[("code", &right)]).await;
    assert_eq!(answer.to(), alert.desk("/calls?noted=taken"));
    assert_eq!(site.reached(&alert), [1; 5]);
    let page = site.get("manager", &alert.desk("/stations/24")).await.plain();
    assert!(
        page.contains("telephone") && page.contains("One call was made.") && page.contains("reached"),
        "{page}"
    );
    let text = site.app.engine.read(|views| {
        views.query_row("SELECT public FROM engine_event WHERE kind = 'alerts.call.made/1'", [], |row| {
            row.get::<_, String>(0)
        })
    });
    assert!(!text.unwrap().contains("24"), "the log does not say which station cannot be reached");
}

/// Between the look at the lease and the end of the call the lease is over, and somebody else has the station.
#[tokio::test]
async fn a_call_that_ends_too_late_frees_nobody_elses() {
    // Who comes between is one of SQLite's triggers.
    if scr_testing::tables().is_some() {
        return;
    }
    let site = site();
    let alert = site.release(&New::default());
    next(&site, "clerk", &alert).await;
    let between = "CREATE TRIGGER comes_between AFTER INSERT ON alerts_ack BEGIN
        UPDATE alerts_phone SET holder = 'person-supervisor', until_at = until_at + 600; END";
    site.store.execute(&scr_store::sql!(between)).unwrap();
    let code = site.strip(&alert, 24, Step::Read);
    let answer = site.post("clerk", &alert.desk("/calls/taken"), &[("code", &code)]).await;
    assert_eq!(answer.to(), alert.desk("/calls?noted=taken"));
    let rows = site.store.query(&scr_store::sql!("SELECT holder, tries FROM alerts_phone")).unwrap();
    assert_eq!((rows[0].text("holder").unwrap(), rows[0].int("tries").unwrap()), ("person-supervisor", 0));
    assert!(site.get("supervisor", &alert.desk("/calls")).await.plain().contains("School 24"));
}

#[tokio::test]
async fn who_is_not_reached_is_tried_again_later_with_the_next_line_of_the_card() {
    let site = site();
    let alert = site.release(&New { areas: &["EX-S1"], ..New::default() });
    next(&site, "clerk", &alert).await;
    let wrong = site.post("clerk", &alert.desk("/calls/missed"), &[("minutes", "999")]).await;
    assert!(wrong.plain().contains("Choose when to try again."), "SCR-ALR-299");
    site.post("clerk", &alert.desk("/calls/missed"), &[("minutes", "5")]).await;
    let seen: Vec<String> = {
        let mut seen = Vec::new();
        for _ in 0..3 {
            seen.push(next(&site, "clerk", &alert).await);
            site.post("clerk", &alert.desk("/calls/missed"), &[("minutes", "60")]).await;
        }
        seen
    };
    assert!(seen.iter().all(|page| !page.contains("School 24")), "{seen:?}");
    let none = site.post("clerk", &alert.desk("/calls/next"), &[]).await;
    assert!(
        site.get("clerk", none.to()).await.plain().contains("There is no station to call at this moment")
    );
    site.clock.advance(301);
    let again = next(&site, "clerk", &alert).await;
    assert!(again.contains("School 24") && again.contains(&words(&site, 24, Side::Caller, 2)), "{again}");
    // A lease ends by itself, and whoever comes late is told.
    site.clock.advance(601);
    let late = site
        .post("clerk", &alert.desk("/calls/taken"), &[("code", &site.strip(&alert, 24, Step::Read))])
        .await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(late.plain().contains("The station is no longer yours"), "SCR-ALR-295: {}", late.plain());
    assert!(next(&site, "supervisor", &alert).await.contains(&words(&site, 24, Side::Caller, 3)));
    let left = site.post("supervisor", &alert.desk("/calls/leave"), &[]).await;
    assert_eq!(left.status, StatusCode::SEE_OTHER);
    assert!(next(&site, "clerk", &alert).await.contains("School 24"));
}

#[tokio::test]
async fn words_that_are_not_the_stations_end_the_call() {
    let site = site();
    let alert = site.release(&New::default());
    next(&site, "clerk", &alert).await;
    let code = site.strip(&alert, 24, Step::Read);
    let say = |words: String| {
        let (site, code, path) = (&site, code.clone(), alert.desk("/calls/taken"));
        async move { site.post("clerk", &path, &[("code", &code), ("words", &words)]).await.plain() }
    };
    assert!(say("zzzz yyyy xxxx".to_owned()).await.contains("A word is not in the list"), "SCR-ALR-291");
    // The words of another station, five times.
    for left in [4, 3, 2, 1] {
        let page = say(words(&site, 23, Side::Station, 1)).await;
        assert!(page.contains(&format!("{left} more of 5 may be wrong")), "SCR-ALR-293: {page}");
    }
    assert!(say(words(&site, 23, Side::Station, 1)).await.contains("closed for 60 minutes"), "SCR-ALR-294");
    assert!(say(words(&site, 24, Side::Station, 1)).await.contains("closed for 60 minutes"));
    assert_eq!(site.reached(&alert), [0; 5]);
    // Another station, its right words, and those of a line that is not this call's.
    site.post("clerk", &alert.desk("/calls/missed"), &[("minutes", "60")]).await;
    next(&site, "clerk", &alert).await;
    let path = alert.desk("/calls/taken");
    let code = site.strip(&alert, 23, Step::Read);
    let heard = words(&site, 23, Side::Station, 2);
    let other = site.post("clerk", &path, &[("code", &code), ("words", &heard)]).await.plain();
    assert!(other.contains("These words stand on another line"), "SCR-ALR-292: {other}");
    let heard = words(&site, 23, Side::Station, 1);
    let right = site.post("clerk", &path, &[("code", &code), ("words", &heard)]).await;
    assert_eq!(right.status, StatusCode::SEE_OTHER);
    assert_eq!(site.reached(&alert), [1, 1, 1, 0, 0]);
}

#[tokio::test]
async fn only_operators_call() {
    let site = site();
    let alert = site.release(&New::default());
    for who in ["viewer", "observer", "administrator"] {
        assert_eq!(site.get(who, &alert.desk("/calls")).await.status, StatusCode::FORBIDDEN, "{who}");
    }
    let gone = site.get("clerk", "/desk/alerts/none/calls").await;
    assert!(gone.status == StatusCode::NOT_FOUND && gone.plain().contains("SCR-ALR-280"));
}
