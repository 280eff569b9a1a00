//! A poll from its first round to its end, through the pages of those who run it and those who look after a jurisdiction.

use crate::people::Course;
use crate::site::{SEED, Site, polled, site};
use axum::http::StatusCode;
use scr_audits::workflow::{BallotReading, BoardStep, BoardWork, ContestReading, Phase};
use scr_core::BoardKey;
use scr_desk_audits::boards::board_step;

const ROUNDS: &str = "/desk/audits/mayor-of-zilina/rounds";
const ROUND: &str = "/desk/audits/mayor-of-zilina/rounds/1";
const NORTH: &str = "/desk/audits/mayor-of-zilina/rounds/1/jurisdictions/North";
const SOUTH: &str = "/desk/audits/mayor-of-zilina/rounds/1/jurisdictions/South";
const MARY: &str = "manager-mary";
const SAM: &str = "supervisor-sam@North";
const SUE: &str = "supervisor-sue@South";

fn key(jurisdiction: &str, board: u32) -> BoardKey {
    let (audit, jurisdiction) = ("mayor-of-zilina".to_owned(), jurisdiction.to_owned());
    BoardKey { audit, version: 1, round: 1, jurisdiction, board }
}

/// Three of four ballots are for Ada.
fn ballot(position: u32) -> BallotReading {
    let choices = vec![u16::from(position.is_multiple_of(4))];
    let contests = vec![ContestReading::Votes { choices, invalid_write_in: false }];
    BallotReading::Found { contests, comment: String::new() }
}

fn read(board: &BoardWork, unit: usize) -> Vec<BoardStep> {
    vec![BoardStep::Read { unit, reading: ballot(board.units()[unit].position.unwrap()) }]
}

fn names() -> Vec<String> {
    vec!["Ines".to_owned(), "Omar".to_owned()]
}

/// An audit whose seed is known.
fn seeded(site: &Site) -> Course<'_> {
    let course = site.committed(&polled(), false);
    course.seed(SEED);
    course
}

async fn opened(site: &Site) -> Course<'_> {
    let course = seeded(site);
    let answer = site.post(MARY, &format!("{ROUNDS}/new"), &[("draws", "80")]).await;
    assert!(answer.to.starts_with(&format!("{ROUND}?recorded=")), "{} {}", answer.to, answer.body);
    course
}

#[tokio::test]
async fn a_round_is_opened_after_a_look_at_the_answers() {
    let site = site();
    let _course = seeded(&site);
    let list = site.get(MARY, ROUNDS).await;
    list.says("The next round can be opened.");
    assert!(list.body.contains(&format!("href=\"{ROUNDS}/new\"")));
    assert!(!site.get("observer-olga", ROUNDS).await.body.contains("rounds/new"));
    assert_eq!(site.get(SAM, &format!("{ROUNDS}/new")).await.status, StatusCode::FORBIDDEN);
    assert_eq!(site.get("manager-eve!rivals", &format!("{ROUNDS}/new")).await.status, StatusCode::FORBIDDEN);

    let form = site.get(MARY, &format!("{ROUNDS}/new")).await;
    form.says("draws are enough in 90 of 100 audits");
    form.says("Proposed: ");
    for wrong in ["", "no", "-1", "1.5", "99999999"] {
        let answer = site.post(MARY, &format!("{ROUNDS}/check"), &[("draws", wrong)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        assert!(answer.body.contains(&format!("value=\"{wrong}\"")), "what was typed stays: {wrong}");
    }
    let check = site.post(MARY, &format!("{ROUNDS}/check"), &[("draws", "80")]).await;
    check.says("Look once more.");
    check.says(SEED);
    assert!(check.body.contains("<input type=\"hidden\" name=\"draws\" value=\"80\">"));
    let change = site.post(MARY, &format!("{ROUNDS}/check"), &[("draws", "80"), ("change", "yes")]).await;
    assert!(change.body.contains("value=\"80\""));
    let nothing = site.post(MARY, &format!("{ROUNDS}/new"), &[("draws", "0")]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY, "a round has draws");
    let answer = site.post(MARY, &format!("{ROUNDS}/new"), &[("draws", "80")]).await;
    let round = site.get(MARY, &answer.to).await;
    round.says("The jurisdiction: deal to boards");
    round.says("80 draws");
    assert!(round.body.contains(NORTH) && round.body.contains(SOUTH));
    let local = site.get(SAM, ROUND).await;
    assert!(local.body.contains(NORTH) && !local.body.contains(SOUTH), "only the own one");
    assert_eq!(site.get(MARY, &format!("{ROUNDS}/2")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(site.get(MARY, &format!("{ROUNDS}/x")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(site.get(MARY, &format!("{ROUNDS}/new")).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_jurisdiction_deals_and_gives_each_board_its_words_once() {
    let site = site();
    let course = opened(&site).await;
    for who in [SUE, "manager-eve!rivals", "supervisor-eve@North!rivals"] {
        assert_eq!(site.get(who, NORTH).await.status, StatusCode::FORBIDDEN, "{who}");
    }
    for who in ["observer-olga", "clerk-carl", "viewer-vera", "administrator-ada"] {
        assert_eq!(site.get(who, NORTH).await.status, StatusCode::FORBIDDEN, "{who}");
    }
    site.get(MARY, NORTH).await.is_silent_about("Number of boards");
    assert_eq!(site.get(MARY, &NORTH.replace("North", "West")).await.status, StatusCode::NOT_FOUND);
    for wrong in ["", "0", "x", "1001"] {
        let answer = site.post(SAM, &format!("{NORTH}/deal"), &[("boards", wrong)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
    }
    site.get(SAM, &format!("{NORTH}?boards=2")).await.says("Who would get what");
    let dealt = site.post(SAM, &format!("{NORTH}/deal"), &[("boards", "2")]).await;
    let page = site.get(SAM, &dealt.to).await;
    page.says("Boards and their containers");
    page.says("Has not begun");
    assert_eq!(
        site.post(SUE, &format!("{NORTH}/deal"), &[("boards", "2")]).await.status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(
        site.post(SUE, &format!("{NORTH}/passes"), &[("board", "1")]).await.status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(
        site.post(MARY, &format!("{NORTH}/passes"), &[("board", "1")]).await.status,
        StatusCode::FORBIDDEN
    );

    let cards = site.post(SAM, &format!("{NORTH}/passes"), &[("board", "all")]).await;
    cards.says("Board 1");
    cards.says("Board 2");
    cards.says("https://audit.example/board");
    assert!(cards.body.contains("class=\"qr\""));
    let words = words(&cards.body);
    assert_eq!(words.len(), 2);
    let login = site.access.board_of(site.access.join_board(&words[1], "192.0.2.1").unwrap().reveal());
    assert_eq!(login.unwrap().unwrap().key.board, 2);
    // New words end the earlier ones.
    let again = site.post(SAM, &format!("{NORTH}/passes"), &[("board", "2")]).await;
    let new = self::words(&again.body);
    assert_eq!(new.len(), 1);
    assert!(site.access.join_board(&words[1], "192.0.2.1").is_err());
    assert!(site.access.join_board(&new[0], "192.0.2.1").is_ok());
    // Words end with their round.
    let abandoned = site.post(MARY, &format!("{ROUND}/abandon"), &[("reason", "The hall was flooded")]).await;
    assert_eq!(abandoned.status, StatusCode::SEE_OTHER, "{}", abandoned.body);
    assert!(site.access.join_board(&new[0], "192.0.2.1").is_err());
    let list = site.get("viewer-vera", ROUNDS).await;
    list.says("Given up");
    list.says("The hall was flooded");
    assert_eq!(course.kept().audit.phase(), Phase::Seeded);
}

/// The passphrases on cards.
fn words(html: &str) -> Vec<String> {
    let cards = html.split("shown-once").skip(1);
    let code = |card: &str| card.split("<code>").nth(1).unwrap().split("</code>").next().unwrap().to_owned();
    cards.map(code).collect()
}

#[tokio::test]
async fn from_a_disagreement_to_a_decision() {
    let site = site();
    let course = opened(&site).await;
    for (who, place) in [(SAM, NORTH), (SUE, SOUTH)] {
        site.post(who, &format!("{place}/deal"), &[("boards", "1")]).await;
    }
    let north = key("North", 1);
    board_step(course.engine, &north, &BoardStep::Join { names: names() }).unwrap();
    let torn = BallotReading::Found {
        contests: vec![ContestReading::Disagreement { note: "a cross beside the box".into() }],
        comment: String::new(),
    };
    board_step(course.engine, &north, &BoardStep::Read { unit: 0, reading: torn }).unwrap();
    site.get(MARY, ROUND).await.says("The jurisdiction: decide");
    site.get(MARY, NORTH).await.is_silent_about("a cross beside the box");
    site.get(SAM, NORTH).await.says("a cross beside the box");
    let unit = format!("{NORTH}/boards/1/units/1");
    for who in [MARY, SUE, "observer-olga"] {
        assert_eq!(site.get(who, &unit).await.status, StatusCode::FORBIDDEN, "{who}");
    }
    site.get(SAM, &unit).await.says("The members wrote:");
    let fine = [("kind-0", "votes"), ("vote-0-0", "yes"), ("reason", "the intent is clear")];
    for wrong in [&fine[..0], &fine[..1], &fine[..2]] {
        let answer = site.post(SAM, &unit, wrong).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong:?}");
    }
    let answer = site.post(SAM, &unit, &fine).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    assert_eq!(site.get(SAM, &unit).await.status, StatusCode::CONFLICT, "it is decided");
    assert_eq!(site.get(SAM, &format!("{NORTH}/boards/9/units/1")).await.status, StatusCode::NOT_FOUND);

    let early = site.get(MARY, &format!("{ROUND}/close")).await;
    early.says("It waits for 2 jurisdictions:");
    let refused = site.post(MARY, &format!("{ROUND}/close"), &[]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    finish_reading(&course);
    give_back(&site, &course).await;
    close_and_decide(&site, &course).await;
}

/// Both boards read what is left, and sign.
fn finish_reading(course: &Course<'_>) {
    let north = key("North", 1);
    for unit in course.work(&north).unread().collect::<Vec<_>>() {
        read(&course.work(&north), unit)
            .iter()
            .for_each(|step| drop(board_step(course.engine, &north, step)));
    }
    sign(course, &north);
    course.board(&key("South", 1), &read);
}

fn sign(course: &Course<'_>, key: &BoardKey) {
    let over = course.work(key).to_sign().unwrap();
    board_step(course.engine, key, &BoardStep::Sign { names: names(), over }).unwrap();
}

async fn give_back(site: &Site, course: &Course<'_>) {
    let page = site.get(SAM, NORTH).await;
    page.says("Signed");
    page.is_silent_about("Deal anew");
    let reopen = format!("{NORTH}/boards/1/reopen");
    assert!(site.get(MARY, NORTH).await.body.contains(&reopen));
    assert_eq!(site.get(SAM, &reopen).await.status, StatusCode::FORBIDDEN);
    site.get(MARY, &reopen).await.says("Give the list back to board 1 of North");
    let empty = site.post(MARY, &reopen, &[("reason", " ")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let answer = site.post(MARY, &reopen, &[("reason", "Two piles were exchanged")]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    site.get(MARY, ROUND).await.says("Boards: sign");
    sign(course, &key("North", 1));
}

async fn close_and_decide(site: &Site, course: &Course<'_>) {
    site.get(MARY, ROUND).await.says("Close the round");
    for who in [SAM, "observer-olga", "manager-eve!rivals"] {
        assert_eq!(
            site.post(who, &format!("{ROUND}/close"), &[]).await.status,
            StatusCode::FORBIDDEN,
            "{who}"
        );
    }
    site.get(MARY, &format!("{ROUND}/close")).await.says("Everything that was drawn is read and signed.");
    let closed = site.post(MARY, &format!("{ROUND}/close"), &[]).await;
    assert_eq!(closed.to.split('?').next(), Some(ROUND), "{}", closed.body);
    let page = site.get("viewer-vera", ROUND).await;
    page.says("1 of 1 contests have met their risk limit.");
    page.says("limit 10%");
    assert!(page.body.contains("<svg"));

    let decide = format!("{ROUND}/decide");
    site.get(MARY, &decide).await.says("the audit can stop");
    assert_eq!(site.get(SAM, &decide).await.status, StatusCode::FORBIDDEN);
    let nothing = site.post(MARY, &decide, &[]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    let more = site.post(MARY, &decide, &[("decision", "next-round")]).await;
    assert_eq!(more.status, StatusCode::UNPROCESSABLE_ENTITY, "it needs a reason");
    for lang in ["en", "fr", "es", "ar"] {
        for page in [ROUNDS, ROUND, NORTH, decide.as_str()] {
            let answer = site.get(MARY, &format!("{page}?lang={lang}")).await;
            assert_eq!(answer.status, StatusCode::OK, "{page} {lang}");
        }
    }
    site.post(MARY, &decide, &[("decision", "stop")]).await;
    site.get(MARY, ROUNDS).await.says("Closed: the audit ended");
    assert_eq!(course.kept().audit.phase(), Phase::Finished);
}
