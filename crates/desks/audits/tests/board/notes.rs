//! Observers who note the same ballots.

use crate::hall::{Hall, record};
use crate::people::{Course, manager};
use axum::http::StatusCode;
use scr_audits::workflow::hand_in::Prepared;
use scr_audits::workflow::{BallotReading, BoardStep, BoardWork, ContestReading};
use scr_desk_audits::acts::abandon;
use scr_desk_audits::data;
use scr_desk_audits::rounds::close_round;
use std::time::Duration;

fn poll() -> Hall {
    let batches = [("North", "N 1", 2000), ("North", "N 2", 2040), ("South", "S 1", 2000)];
    Hall::open(&record("ballot-polling", "consistent-with-replacement", &batches), 24)
}

/// Boards see a mark for Ada, and nothing for sheriff.
fn read(_: &BoardWork, unit: usize) -> Vec<BoardStep> {
    let votes = ContestReading::Votes { choices: vec![0], invalid_write_in: false };
    let blank = ContestReading::Blank { invalid_write_in: false };
    let reading =
        BallotReading::Found { contests: vec![votes, blank], comment: "Zelda saw it too".to_owned() };
    vec![BoardStep::Read { unit, reading }]
}

/// The boards of the hall, at work until they have signed.
fn work(hall: &Hall) {
    let engine = &hall.app.engine;
    let course = Course { engine, id: hall.id.clone(), prepared: Prepared::default() };
    let lines = engine.read(|views| data::boards(views, (&hall.id, 1, 1), None)).unwrap();
    lines.iter().filter(|line| line.units > 0).for_each(|line| course.board(&line.key, &read));
}

fn settle(hall: &Hall) {
    hall.app.engine.wait_for(hall.app.engine.progress().1, Duration::from_secs(10));
}

const SAME: [(&str, &str); 2] = [("c0-0", "yes"), ("c1-blank", "yes")];
const OTHER: [(&str, &str); 2] = [("c0-1", "yes"), ("c1-blank", "yes")];

#[tokio::test]
async fn an_observer_sees_where_notes_differ_once_the_round_is_closed() {
    let hall = poll();
    work(&hall);
    settle(&hall);
    let mut observer = hall.signed_in("observer");
    let notes = format!("/desk/audits/{}/notes", hall.id);
    let board = format!("{notes}/1/1/1");
    let empty = observer.send(&format!("{board}/1"), &format!("{board}/1"), &[("c0-0", "yes")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.has("“Sheriff”: enter what is marked") && !empty.has("We disagree"));
    for (unit, fields) in [(1, SAME), (2, OTHER)] {
        let path = format!("{board}/{unit}");
        assert_eq!(observer.send(&path, &path, &fields).await.to, board);
    }
    for page in [&notes, &board, &format!("{board}/1"), &format!("{board}/2")] {
        let shown = observer.get(page).await;
        assert_eq!(shown.status, StatusCode::OK, "{page}: {}", shown.body);
        assert!(!shown.has("Zelda") && !shown.has("The board read"), "{page} shows what the board read");
    }
    let form = observer.get(&format!("{board}/2")).await;
    assert!(form.body.contains("name=\"c0-1\" value=\"yes\" checked"), "one's own note stands in the form");
    let mut rival = hall.signed_in("observer!rivals");
    assert!(rival.get(&board).await.has("0 of "), "another organisation's notes are its own");

    close_round(&hall.app.engine, &manager(), &hall.id).unwrap();
    settle(&hall);
    let closed = observer.get(&board).await;
    assert!(closed.has("1 of 2 ballots that both of you have differ"), "{}", closed.body);
    assert!(closed.has("The board read") && closed.has("Ada &#60;Lovelace&#62;") && closed.has("Ben"));
    assert_eq!(closed.body.matches("class=\"panel\"").count(), 1, "the one that is the same is not shown");
    let late = observer.send(&notes, &format!("{board}/3"), &SAME).await;
    assert_eq!(late.to, board, "nothing is noted after the round");
    assert!(rival.get(&board).await.has("0 of 0 ballots that both of you have differ"));
}

#[tokio::test]
async fn what_was_read_in_a_round_that_was_given_up_stays_out_of_sight() {
    let hall = poll();
    work(&hall);
    settle(&hall);
    let mut observer = hall.signed_in("observer");
    let board = format!("/desk/audits/{}/notes/1/1/1", hall.id);
    let path = format!("{board}/1");
    observer.send(&path, &path, &OTHER).await;
    abandon(&hall.app.engine, &manager(), &hall.id, "The hall was flooded").unwrap();
    settle(&hall);
    let shown = observer.get(&board).await;
    assert!(shown.has("1 of ") && !shown.has("The board read") && !shown.has("Zelda"), "{}", shown.body);
    let all = observer.get(&format!("/desk/audits/{}/notes", hall.id)).await;
    assert!(all.has("The round was given up"));
}

#[tokio::test]
async fn notes_are_for_observers_and_for_ballots_that_were_dealt() {
    let hall = poll();
    let notes = format!("/desk/audits/{}/notes", hall.id);
    for role in ["manager", "supervisor", "clerk", "viewer", "administrator"] {
        assert_eq!(hall.signed_in(role).get(&notes).await.status, StatusCode::FORBIDDEN, "{role}");
    }
    let mut observer = hall.signed_in("observer");
    for below in
        ["/1/1/9", "/9/1/1", "/1/9/1", "/1/0/1", "/1/1/0", "/x/1/1", "/1/1/1/999", "/1/1/1/0", "/1/1/1/x"]
    {
        let answer = observer.get(&format!("{notes}{below}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{below}");
    }
    assert_eq!(observer.get("/desk/audits/nothing/notes").await.status, StatusCode::NOT_FOUND);
    assert_eq!(observer.get("/board/work").await.to, "/board", "a login is no board");
}
