//! Boards that read ballots.

use crate::hall::{Hall, REPORTED, Tablet, record};
use crate::people::{manager, supervisor};
use axum::http::StatusCode;
use scr_audits::workflow::{BallotReading, ContestReading};
use scr_desk_audits::acts::abandon;
use scr_desk_audits::boards::resolve;

fn poll() -> Hall {
    let batches = [("North", "N 1", 2000), ("North", "N 2", 2040), ("South", "S 1", 2000)];
    Hall::open(&record("ballot-polling", "consistent-with-replacement", &batches), 24)
}

/// One mark for mayor, nothing for sheriff.
const PLAIN: [(&str, &str); 2] = [("c0-0", "yes"), ("c1-blank", "yes")];

async fn enter(tablet: &mut Tablet<'_>, unit: usize, fields: &[(&str, &str)]) -> crate::hall::Answer {
    let path = format!("/board/units/{unit}");
    tablet.send(&path, &path, fields).await
}

/// Reads everything that is open the same way.
async fn read_all(tablet: &mut Tablet<'_>) {
    for _ in 0..100 {
        let list = tablet.get("/board/work").await.body;
        let Some(next) = list.split("class=\"button\" href=\"/board/units/").nth(1) else { return };
        let unit = next.split('"').next().unwrap().parse().unwrap();
        assert_eq!(enter(tablet, unit, &PLAIN).await.status, StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn a_board_comes_in_reads_and_signs() {
    let hall = poll();
    let words = hall.give("North", 1);
    let mut tablet = hall.tablet();
    assert_eq!(tablet.get("/board/work").await.to, "/board");
    let wrong = tablet.send("/board", "/board", &[("words", "acorn agile amber anchor")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.has("acorn agile amber anchor"), "what was typed stays");
    let typed = words.replace('-', "  ").to_uppercase();
    let inside = tablet.send("/board", "/board", &[("words", &typed)]).await;
    assert_eq!((inside.status, inside.to.as_str()), (StatusCode::SEE_OTHER, "/board/work"));
    assert_eq!(tablet.get("/board/work").await.to, "/board/names");
    let same = [("first", "Ines"), ("second", "ines")];
    let refused = tablet.send("/board/names", "/board/names", &same).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.has("field-error") && refused.has("value=\"Ines\""), "SCR-AUD-243 at its field");
    let names = [("first", "Ines Ortega"), ("second", "Omar Haddad")];
    assert!(tablet.send("/board/names", "/board/names", &names).await.to.starts_with("/board/work"));

    let nothing = enter(&mut tablet, 1, &[("c0-0", "yes")]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nothing.has("“Sheriff”: enter what is marked") && nothing.has("value=\"yes\" checked"));
    let both = enter(&mut tablet, 1, &[("c0-0", "yes"), ("c0-1", "yes"), ("c1-absent", "yes")]).await;
    assert!(both.to.starts_with("/board/units/1/done"), "{}", both.body);
    let done = tablet.get(&both.to).await;
    assert!(
        done.has("Ada &#60;Lovelace&#62;") && done.has("Overvote: 2 are marked, 1 allowed"),
        "{}",
        done.body
    );
    assert!(done.has("This contest is not on the ballot") && done.body.contains("/board/units/2\""));
    read_all(&mut tablet).await;

    let sign = tablet.get("/board/sign").await;
    let over =
        sign.body.split("name=\"over\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let mut fields = vec![("over", over.as_str()), ("first", "Ines Ortega"), ("second", "Omar H.")];
    let unlooked = tablet.send("/board/sign", "/board/sign", &fields).await;
    assert!(unlooked.has("Look through the list"), "{}", unlooked.body);
    fields.push(("looked", "yes"));
    let other = tablet.send("/board/sign", "/board/sign", &fields).await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY, "other names than they joined with");
    fields[2] = ("second", "Omar Haddad");
    let signed = tablet.send("/board/sign", "/board/sign", &fields).await;
    assert!(signed.to.starts_with("/board/work?recorded="), "{}", signed.body);
    let list = tablet.get(&signed.to).await;
    assert!(
        list.has("Your list is signed") && list.has(&over) && !list.body.contains("href=\"/board/sign\"")
    );
    let late = tablet.send("/board/work", "/board/units/1", &PLAIN).await;
    assert_eq!(late.to, "/board/units/1/done", "what was read stays");
    assert!(!tablet.get("/board/units/1/done").await.body.contains("href=\"/board/units/1\""));
}

#[tokio::test]
async fn a_board_sees_its_own_list_and_nothing_that_was_counted() {
    let hall = poll();
    let mut south = hall.seated("South", 1).await;
    let fields = [("c0-1", "yes"), ("c1-blank", "yes"), ("comment", "a fold through Zelda")];
    enter(&mut south, 1, &fields).await;
    let mut north = hall.seated("North", 1).await;
    read_all(&mut north).await;
    for page in ["/board/work", "/board/units/1", "/board/units/1/done", "/board/sign", "/board/names"] {
        let shown = north.get(page).await;
        assert_eq!(shown.status, StatusCode::OK, "{page}");
        for hidden in REPORTED.into_iter().chain(["Zelda", "S 1", "risk"]) {
            assert!(!shown.has(hidden), "{page} shows {hidden}");
        }
    }
    for (page, status) in [
        ("/board/units/99", StatusCode::NOT_FOUND),
        ("/board/units/0", StatusCode::NOT_FOUND),
        ("/board/units/-1/done", StatusCode::NOT_FOUND),
        ("/board/units/1/members/0", StatusCode::NOT_FOUND),
    ] {
        let answer = north.get(page).await;
        assert_eq!(answer.status, status, "{page}");
    }
}

#[tokio::test]
async fn the_same_ballot_sent_twice_is_one_reading_and_another_takes_its_place() {
    let hall = poll();
    let mut tablet = hall.seated("North", 1).await;
    enter(&mut tablet, 2, &PLAIN).await;
    let again = enter(&mut tablet, 2, &PLAIN).await;
    assert_eq!((again.status, again.to.as_str()), (StatusCode::SEE_OTHER, "/board/units/2/done"));
    assert_eq!(hall.worked().len(), 1, "a tablet may send again what it does not know to have arrived");
    let form = tablet.get("/board/units/2").await;
    assert!(form.body.contains("name=\"c0-0\" value=\"yes\" checked"), "what was read stands in the form");
    let gone = enter(&mut tablet, 2, &[("gone", "yes"), ("comment", "the box ends at 30")]).await;
    let done = tablet.get(&gone.to).await;
    assert!(done.has("The ballot was not found.") && done.has("the box ends at 30"));
    assert_eq!(hall.worked().len(), 2, "both readings stand in the record");
    assert!(!hall.worked()[1].to_string().contains("box"), "and neither in public");
}

#[tokio::test]
async fn what_the_members_disagree_about_waits_for_the_jurisdiction() {
    let hall = poll();
    let mut tablet = hall.seated("North", 1).await;
    let torn = [("c0-note", "a cross beside the box"), ("c1-writein", "yes")];
    let done = enter(&mut tablet, 1, &torn).await;
    assert!(tablet.get(&done.to).await.has("You disagree: a cross beside the box"));
    read_all(&mut tablet).await;
    let list = tablet.get("/board/work").await;
    assert!(list.has("You can sign when the jurisdiction has decided") && !list.body.contains("/board/sign"));
    assert_eq!(tablet.get("/board/sign").await.to, "/board/work");
    let votes = ContestReading::Votes { choices: vec![0], invalid_write_in: false };
    let blank = ContestReading::Blank { invalid_write_in: true };
    let decided = BallotReading::Found { contests: vec![votes, blank], comment: String::new() };
    let key = hall.key("North", 1);
    let key = scr_core::BoardKey {
        audit: key.audit,
        version: 1,
        round: 1,
        jurisdiction: key.jurisdiction,
        board: 1,
    };
    resolve(&hall.app.engine, &supervisor("North"), &key, (0, &decided, "the intent is clear")).unwrap();
    hall.app.engine.wait_for(hall.app.engine.progress().1, std::time::Duration::from_secs(10));
    assert!(tablet.get("/board/work").await.has("decided by the jurisdiction"));
    assert_eq!(tablet.get("/board/units/1").await.to, "/board/units/1/done", "the board does not undo it");
    let before = hall.worked().len();
    enter(&mut tablet, 1, &PLAIN).await;
    assert_eq!(hall.worked().len(), before);
}

#[tokio::test]
async fn a_tablet_is_out_when_its_words_are_replaced_or_its_round_is_over() {
    let hall = poll();
    let mut old = hall.seated("North", 1).await;
    assert_eq!(old.get("/board").await.status, StatusCode::OK);
    let words = hall.give("North", 1);
    assert_eq!(old.get("/board/work").await.to, "/board");
    let late = old.send("/board", "/board/units/1", &PLAIN).await;
    assert_eq!(late.status, StatusCode::UNAUTHORIZED);
    assert!(late.has("SCR-WEB-012"));
    let mut new = hall.tablet();
    new.send("/board", "/board", &[("words", &words)]).await;
    assert!(new.get("/board/work").await.has("Ines Ortega and Omar Haddad"), "the board goes on");
    let left = new.send("/board/work", "/board/leave", &[]).await;
    assert_eq!((left.to.as_str(), new.cookies.contains_key("scr_board")), ("/board", false));
    assert_eq!(new.get("/board/work").await.to, "/board");

    new.send("/board", "/board", &[("words", &words)]).await;
    abandon(&hall.app.engine, &manager(), &hall.id, "The hall was flooded").unwrap();
    hall.app.engine.wait_for(hall.app.engine.progress().1, std::time::Duration::from_secs(10));
    let over = new.get("/board/work").await;
    assert_eq!(over.status, StatusCode::NOT_FOUND, "{}", over.body);
    assert!(over.has("SCR-AUD-238"));
}
