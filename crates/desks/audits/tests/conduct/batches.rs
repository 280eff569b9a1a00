//! A comparison of batches: what is counted without being drawn, paper, a round that is given up, and a full hand count.

use crate::people::Course;
use crate::site::{Answer, SEED, Site, compared, site};
use axum::http::StatusCode;
use scr_audits::record::Decision;
use scr_audits::workflow::{BoardStep, Phase};
use scr_core::BoardKey;
use scr_desk_audits::acts::decide;
use scr_desk_audits::data;
use scr_desk_audits::rounds::{close_round, deal_boards};

const ROUNDS: &str = "/desk/audits/mayor-of-zilina/rounds";
const HAND: &str = "/desk/audits/mayor-of-zilina/hand-count";
const MARY: &str = "manager-mary";

fn seeded(site: &Site) -> Course<'_> {
    let course = site.committed(&compared(), false);
    course.seed(SEED);
    course
}

#[tokio::test]
async fn batches_that_are_counted_beside_the_drawn_ones_are_named() {
    let site = site();
    let _course = seeded(&site);
    let check = |extra: &'static str| {
        let site = &site;
        async move { site.post(MARY, &format!("{ROUNDS}/check"), &[("draws", "1"), ("extra", extra)]).await }
    };
    check("Alder 3, Birch").await.says("There is no batch “Alder 3”. Did you mean “Alder 1”?");
    check("Something else").await.says("There is no batch “Something else”.");
    check("Birch\nNorth / Alder 2, early").await.says("North / Alder 2, early; South / Birch");
    let fields = [("draws", "1"), ("extra", "Birch, Alder 1\nAlder 2, early")];
    let opened = site.post(MARY, &format!("{ROUNDS}/new"), &fields).await;
    assert!(opened.to.starts_with(&format!("{ROUNDS}/1")), "{}", opened.body);
    site.get(MARY, &opened.to).await.says("Counted although not drawn");
}

/// One draw and everything else beside it, dealt to a board in each jurisdiction.
async fn dealt(site: &Site) -> Course<'_> {
    let course = seeded(site);
    let fields = [("draws", "1"), ("extra", "Birch, Alder 1\nAlder 2, early")];
    site.post(MARY, &format!("{ROUNDS}/new"), &fields).await;
    for name in ["North", "South"] {
        deal_boards(course.engine, &crate::people::supervisor(name), &course.id, (name, 1)).unwrap();
    }
    course
}

#[tokio::test]
async fn every_sheet_says_what_it_belongs_to() {
    let site = site();
    let _course = dealt(&site).await;
    let north = format!("{ROUNDS}/1/jurisdictions/North");
    let sam = "supervisor-sam@North";
    for page in ["retrieval", "labels", "placeholders", "tally-sheets"] {
        let address = format!("{north}/{page}");
        let sheet = site.get(sam, &address).await;
        assert_eq!(sheet.status, StatusCode::OK, "{page}");
        sheet.says("Mayor of Žilina");
        sheet.says("Round 1 · North · <strong>Board 1</strong>");
        sheet.says("Page 1 of ");
        sheet.says("Alder 2, early");
        for who in ["supervisor-sue@South", "observer-olga", "clerk-carl"] {
            assert_eq!(site.get(who, &address).await.status, StatusCode::FORBIDDEN, "{who} {page}");
        }
        for lang in ["fr", "es", "ar"] {
            assert_eq!(site.get(MARY, &format!("{address}?lang={lang}")).await.status, StatusCode::OK);
        }
    }
    site.get(sam, &format!("{north}/tally-sheets")).await.says("Page 2 of 2");
    let csv = site.get(sam, &format!("{north}/retrieval.csv")).await;
    assert!(csv.body.starts_with("Container,Batch Name,Ballots in Batch,Ticket Numbers"), "{}", csv.body);
    assert_eq!(csv.body.lines().count(), 3);
}

#[tokio::test]
async fn a_full_hand_count_ends_the_audit() {
    let site = site();
    let course = dealt(&site).await;
    let lines = course.engine.read(|views| data::boards(views, (&course.id, 1, 1), None)).unwrap();
    let counts = |key: &BoardKey| {
        course.board(key, &|_, unit| {
            (0..2).map(|member| BoardStep::Count { unit, member, votes: vec![vec![12, 8]] }).collect()
        });
    };
    lines.iter().for_each(|line| counts(&line.key));
    close_round(course.engine, &crate::people::manager(), &course.id).unwrap();
    let page = site.get(MARY, &format!("{ROUNDS}/1/decide")).await;
    page.says("the audit goes on");
    page.is_silent_about("The audit stops");
    let stop = site.post(MARY, &format!("{ROUNDS}/1/decide"), &[("decision", "stop")]).await;
    assert_eq!(stop.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(site.get(MARY, HAND).await.status, StatusCode::SEE_OTHER, "nobody counts everything yet");
    decide(course.engine, &crate::people::manager(), &course.id, (Decision::FullHandCount, "")).unwrap();

    assert_eq!(site.get("supervisor-sam@North", HAND).await.status, StatusCode::FORBIDDEN);
    assert!(site.get(MARY, ROUNDS).await.body.contains(HAND));
    for lang in ["en", "fr", "es", "ar"] {
        assert_eq!(site.get(MARY, &format!("{HAND}?lang={lang}")).await.status, StatusCode::OK);
    }
    let fine = [("votes-0-0", "36"), ("votes-0-1", "24"), ("won-0-0", "yes")];
    for wrong in [&fine[..2], &fine[1..], &fine[..1]] {
        let answer = site.post(MARY, HAND, wrong).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong:?}");
    }
    let both = [fine[0], fine[1], fine[2], ("won-0-1", "yes")];
    site.post(MARY, HAND, &both).await.says("Mayor: say who won. Winners: 1.");
    let answer = site.post(MARY, HAND, &fine).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    assert_eq!(course.kept().audit.phase(), Phase::Finished);
    let record = course.record();
    assert_eq!(
        (record.full_counts[0].votes.clone(), record.full_counts[0].winners.clone()),
        (vec![36, 24], vec![0])
    );
}

/// All boards of the last round count every batch as it was reported, and the round is closed.
fn counted(course: &Course<'_>) {
    let round = u32::try_from(course.kept().audit.rounds().len()).unwrap();
    let lines = course.engine.read(|views| data::boards(views, (&course.id, 1, round), None)).unwrap();
    for line in lines.iter().filter(|line| line.units > 0) {
        course.board(&line.key, &|_, unit| {
            (0..2).map(|member| BoardStep::Count { unit, member, votes: vec![vec![15, 5]] }).collect()
        });
    }
    close_round(course.engine, &crate::people::manager(), &course.id).unwrap();
}

/// Another round of so many draws.
async fn again(site: &Site, round: u32, draws: &str) -> Answer {
    let decide = format!("{ROUNDS}/{}/decide", round - 1);
    let fields = [("decision", "next-round"), ("reason", "the law wants several rounds")];
    assert_eq!(site.post(MARY, &decide, &fields).await.status, StatusCode::SEE_OTHER);
    let opened = site.post(MARY, &format!("{ROUNDS}/new"), &[("draws", draws)]).await;
    assert_eq!(opened.to.split('?').next(), Some(format!("{ROUNDS}/{round}").as_str()), "{}", opened.body);
    site.get(MARY, &opened.to).await
}

#[tokio::test]
async fn what_is_drawn_after_it_was_counted_beside_is_read_for_the_sample_and_then_no_more() {
    let site = site();
    let course = dealt(&site).await;
    counted(&course);
    again(&site, 2, "30").await.says("The jurisdiction: deal to boards");
    let units = course.kept().audit.rounds()[1].opening.units.clone();
    assert_eq!(units.values().sum::<u64>(), 2, "all but the one of the first round");
    for name in units.keys() {
        deal_boards(course.engine, &crate::people::supervisor(name), &course.id, (name, 1)).unwrap();
    }
    counted(&course);
    // Nothing new: the round is offered to be closed at once.
    let round = again(&site, 3, "3").await;
    round.says("Everything that was drawn was read in earlier rounds");
    round.says("Close the round");
    let closed = site.post(MARY, &format!("{ROUNDS}/3/close"), &[]).await;
    assert_eq!(closed.status, StatusCode::SEE_OTHER, "{}", closed.body);
    assert_eq!(course.kept().audit.phase(), Phase::RoundClosed);
}
