//! Boards that count batches.

use crate::hall::{Answer, Hall, REPORTED, Tablet, record};
use axum::http::StatusCode;

fn counted() -> Hall {
    let batches =
        [("North", "N 1", 2000), ("North", "N 2", 2040), ("North", "N 3", 1000), ("North", "N 4", 1000)];
    Hall::open(&record("batch-comparison", "arlo-ppeb", &batches), 8)
}

async fn count(tablet: &mut Tablet<'_>, member: u8, counts: [&str; 5]) -> Answer {
    let path = format!("/board/units/1/members/{member}");
    let page = tablet.get(&path).await;
    let state =
        page.body.split("name=\"state\" value=\"").nth(1).unwrap_or_default().split('"').next().unwrap();
    count_in(tablet, member, state, counts).await
}

/// With a form that was opened when the count stood so.
async fn count_in(tablet: &mut Tablet<'_>, member: u8, state: &str, counts: [&str; 5]) -> Answer {
    let path = format!("/board/units/1/members/{member}");
    let names = ["c0-0", "c0-1", "c1-0", "c1-1", "c1-2"];
    let mut fields: Vec<(&str, &str)> = names.into_iter().zip(counts).collect();
    fields.push(("state", state));
    tablet.send(&path, &path, &fields).await
}

const RIGHT: [&str; 5] = ["737", "251", "988", "0", "0"];
const WRONG: [&str; 5] = ["736", "252", "988", "0", "0"];

#[tokio::test]
async fn both_members_count_apart_until_they_come_to_the_same() {
    let hall = counted();
    let mut tablet = hall.seated("North", 1).await;
    let empty = count(&mut tablet, 0, ["737", "", "988", "0", "-1"]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.has("value=\"737\"") && empty.body.matches("field-error").count() == 2, "{}", empty.body);
    let first = count(&mut tablet, 0, RIGHT).await;
    assert!(first.to.starts_with("/board/units/1?recorded="), "{}", first.body);
    // Whoever counts second meets no number of the first, wherever they look.
    for page in ["/board/units/1", "/board/units/1/members/1", "/board/units/1/members/0", "/board/work"] {
        let shown = tablet.get(page).await;
        for hidden in ["737", "251", "988"].into_iter().chain(REPORTED) {
            assert!(!shown.has(hidden), "{page} shows {hidden}");
        }
    }
    assert!(tablet.get("/board/units/1").await.has("Hand the tablet to Omar Haddad"));
    count(&mut tablet, 1, WRONG).await;
    let differs = tablet.get("/board/units/1").await;
    assert!(differs.has("Your two counts differ") && !differs.has("737") && !differs.has("736"));
    count(&mut tablet, 1, RIGHT).await;
    count(&mut tablet, 0, RIGHT).await;
    let agreed = tablet.get("/board/units/1").await;
    assert!(agreed.has("Both counts are the same") && agreed.has("737"), "{}", agreed.body);
    assert_eq!(hall.worked().len(), 4);
}

#[tokio::test]
async fn a_count_sent_twice_is_one_and_one_for_another_state_is_asked_again() {
    let hall = counted();
    let mut tablet = hall.seated("North", 1).await;
    for _ in 0..2 {
        assert_eq!(count_in(&mut tablet, 0, "none", RIGHT).await.status, StatusCode::SEE_OTHER);
    }
    assert_eq!(hall.worked().len(), 1);
    count_in(&mut tablet, 1, "once-0", WRONG).await;
    let late = count_in(&mut tablet, 1, "once-0", WRONG).await;
    assert_eq!(late.status, StatusCode::CONFLICT, "it made both count again and is not the new count");
    assert!(late.has("Something else was entered for this batch meanwhile"));
    assert_eq!(hall.worked().len(), 2);
    for path in ["/board/units/1/members/2", "/board/units/1/members/x"] {
        assert_eq!(tablet.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn batches_that_lie_mixed_are_counted_as_one() {
    let hall = counted();
    let mut tablet = hall.seated("North", 1).await;
    let path = "/board/units/1/combine";
    let page = tablet.get("/board/units/1").await;
    let own =
        (1..=4).map(|n| format!("N {n}")).find(|name| page.has(&format!("Count batch {name}"))).unwrap();
    let other = if own == "N 4" { "N 3" } else { "N 4" };
    let wrong = tablet.send(path, path, &[("with", "N 9"), ("reason", "")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.has("There is no batch “N 9”") && wrong.has("Say why in a few words"), "{}", wrong.body);
    let itself = tablet.send(path, path, &[("with", &own), ("reason", "mixed")]).await;
    assert!(itself.has(&format!("There is no batch “{own}”")));
    let done = tablet.send(path, path, &[("with", other), ("reason", "They lay in one box")]).await;
    assert!(done.to.starts_with("/board/units/1?recorded="), "{}", done.body);
    assert!(tablet.get("/board/units/1").await.has(&format!("Counted as one with: {other}")));
}
