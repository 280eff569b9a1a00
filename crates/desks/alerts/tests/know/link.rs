//! A station's own link.

use crate::site::{INSTRUCTION, New, Released, Site, site};
use axum::http::StatusCode;
use scr_alerts::Kind;

/// The place of a sentence in the question.
fn place_of(page: &str, sentence: &str) -> Option<usize> {
    (0..3).find(|place| {
        let label = format!("<label for=\"f-choice-{place}\">");
        page.split(&label).nth(1).is_some_and(|rest| rest.starts_with(sentence))
    })
}

async fn understood(site: &Site, alert: &Released, station: u32) -> usize {
    let page = site.get("", &site.link(alert, station)).await;
    place_of(&page.plain(), INSTRUCTION).unwrap()
}

#[tokio::test]
async fn opening_says_nothing_and_each_button_says_one_step() {
    let site = site();
    let alert = site.release(&New::default());
    let link = site.link(&alert, 3);
    // A program that looks into mail opens it, again and again.
    for _ in 0..3 {
        let page = site.get("", &link).await;
        assert_eq!(page.status, StatusCode::OK);
        assert_eq!(page.headers["cache-control"], "no-store");
        let text = page.plain();
        assert!(
            text.contains("Do not use the electronic list of voters") && text.contains(INSTRUCTION),
            "{text}"
        );
        assert!(
            text.contains("School 3") && text.contains("Alert number 1") && text.contains("I have read it")
        );
    }
    assert_eq!(site.reached(&alert), [0; 5]);
    let read = site.say(&link, "step=read").await;
    assert_eq!((read.status, read.to()), (StatusCode::SEE_OTHER, format!("{link}#said").as_str()));
    assert_eq!(site.reached(&alert), [1, 1, 1, 0, 0]);
    let page = site.get("", &link).await.plain();
    assert!(page.contains("Which of these sentences says what is to be done?"), "{page}");
    let right = place_of(&page, INSTRUCTION).unwrap();
    for wrong in (0..3).filter(|place| *place != right).map(|place| place.to_string()).chain([String::new()])
    {
        let answer = site.say(&link, &format!("step=understood&choice={wrong}&lang=en")).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.plain().contains("That is not what this alert asks for"));
    }
    assert_eq!(site.reached(&alert), [1, 1, 1, 0, 0]);
    site.say(&link, &format!("step=understood&choice={right}&lang=en")).await;
    assert_eq!(site.reached(&alert), [1, 1, 1, 1, 0]);
    site.say(&link, "step=acted").await;
    // Twice, and late in the order: nothing changes.
    site.say(&link, "step=acted").await;
    site.say(&link, "step=read").await;
    assert_eq!(site.reached(&alert), [1, 1, 1, 1, 1]);
    assert!(site.get("", &link).await.plain().contains("There is nothing more to say here"));
}

#[tokio::test]
async fn two_stations_read_the_same_words_and_the_sentences_stand_in_another_order() {
    let site = site();
    let alert = site.release(&New::default());
    let words = scr_alerts::words::comparing_words(&alert.leaf, scr_alerts::words::Tongue::En).join(" ");
    let mut places = Vec::new();
    for station in [1, 2, 3, 4, 5, 11, 12, 13] {
        let link = site.link(&alert, station);
        let page = site.get("", &link).await.plain();
        assert!(page.contains(&words) && page.contains(&format!("Entry {} of", alert.index)), "{page}");
        site.say(&link, "step=read").await;
        places.push(understood(&site, &alert, station).await);
    }
    assert!(places.iter().any(|place| *place != places[0]), "{places:?}");
}

#[tokio::test]
async fn the_page_speaks_the_language_that_is_asked_for() {
    let site = site();
    let alert = site.release(&New::default());
    let link = site.link(&alert, 3);
    let french = site.get("", &format!("{link}?lang=fr")).await;
    assert!(french.body.contains("<html lang=\"fr\"") && french.plain().contains("Gardez la liste imprimée"));
    // The alert has no Spanish words: its main language.
    let spanish = site.get("", &format!("{link}?lang=es")).await;
    assert!(spanish.body.contains("<html lang=\"en\"") && spanish.plain().contains(INSTRUCTION));
}

#[tokio::test]
async fn a_wrong_link_shows_nothing_of_the_alert_and_many_are_stopped() {
    let site = site();
    let (alert, other) = (site.release(&New::default()), site.release(&New { number: 2, ..New::default() }));
    let link = site.link(&alert, 3);
    let token = link.rsplit('/').next().unwrap();
    for wrong in [
        format!("/a/{}/3/{}", alert.index, "0".repeat(30)),
        format!("/a/{}/4/{token}", alert.index),
        format!("/a/{}/3/{}", alert.index, &token[..29]),
        "/a/99999/3/abc".to_owned(),
        "/a/x/y/z".to_owned(),
        format!("/a/{}/1000000/{token}", alert.index),
        format!("/a/{}/-3/{token}", alert.index),
    ] {
        for answer in [site.get("", &wrong).await, site.say(&wrong, "step=acted").await] {
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{wrong}");
            let text = answer.plain();
            assert!(text.contains("SCR-ALR-283") && text.contains("call your municipality"), "{text}");
            assert!(!text.contains("printed list"), "{text}");
        }
    }
    // The same station's link with the number of another alert: it is told where it belongs.
    let mixed = site.get("", &format!("/a/{}/3/{token}", other.index)).await;
    assert_eq!(mixed.status, StatusCode::NOT_FOUND);
    assert!(mixed.plain().contains("alert number 1") && mixed.body.contains(&link), "{}", mixed.plain());
    let mut stopped = None;
    for _ in 0..40 {
        let answer = site.get("", "/a/1/3/wrong").await;
        if answer.status == StatusCode::TOO_MANY_REQUESTS {
            stopped = Some(answer.plain());
            break;
        }
    }
    let stopped = stopped.unwrap();
    assert!(stopped.contains("SCR-ALR-284") && stopped.contains("Wait 15 seconds"), "{stopped}");
    // Whoever has a right link is heard from the same connection.
    assert_eq!(site.say(&link, "step=read").await.status, StatusCode::SEE_OTHER);
    site.clock.advance(16);
    assert_eq!(site.get("", "/a/1/3/wrong").await.status, StatusCode::NOT_FOUND);
    assert_eq!(site.reached(&alert), [1, 1, 1, 0, 0]);
}

#[tokio::test]
async fn nothing_else_can_be_said() {
    let site = site();
    let alert = site.release(&New::default());
    let link = site.link(&alert, 3);
    let long = format!("step=read&x={}", "y".repeat(5_000));
    for form in ["step=sent", "step=delivered", "", "step=read%00", "\u{0}", long.as_str()] {
        let answer = site.say(&link, form).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{form}");
        assert!(answer.plain().contains("SCR-ALR-285"), "{form}");
    }
    // Another site's page cannot post for somebody.
    let request = axum::http::Request::post(&link).header("sec-fetch-site", "cross-site");
    let answer = site.send(request.body("step=acted".into()).unwrap()).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert_eq!(site.reached(&alert), [0; 5]);
}

#[tokio::test]
async fn what_is_taken_back_replaced_or_over_is_said_and_answers_are_late() {
    let site = site();
    let alert = site.release(&New::default());
    let link = site.link(&alert, 3);
    site.clock.advance(60);
    let named = Some((alert.index, alert.leaf));
    let update = site.release(&New { number: 2, kind: Kind::Update, names: named, ..New::default() });
    let page = site.get("", &link).await;
    assert!(page.plain().contains("There is a newer version") && page.body.contains(&site.link(&update, 3)));
    site.clock.advance(60);
    let named = Some((update.index, update.leaf));
    site.release(&New { number: 3, kind: Kind::Cancel, names: named, ..New::default() });
    assert!(site.get("", &site.link(&update, 3)).await.plain().contains("This alert was taken back"));
    let third = site.release(&New { number: 4, minutes: 10, ..New::default() });
    let link = site.link(&third, 3);
    site.say(&link, "step=read").await;
    site.clock.advance(600);
    let page = site.get("", &link).await.plain();
    assert!(page.contains("This alert is over") && page.contains("It expired on"), "{page}");
    let right = understood(&site, &third, 3).await;
    site.say(&link, &format!("step=understood&choice={right}")).await;
    let page = site.get("", &link).await.plain();
    assert!(
        page.contains("understood, 11:12") || page.contains("(late: after the alert had expired)"),
        "{page}"
    );
    assert_eq!(page.matches("(late:").count(), 1, "{page}");
}

#[tokio::test]
async fn an_exercise_says_so_wherever_it_is_read() {
    let site = site();
    site.drill("d1", 60);
    let alert =
        site.release(&New { status: scr_alerts::Status::Exercise, drill: Some("d1"), ..New::default() });
    let page = site.get("", &site.link(&alert, 3)).await;
    assert!(page.body.contains("class=\"is-exercise\"") && page.body.contains("exercise-bar"));
    assert!(page.plain().contains("This is an exercise"));
    // Two minutes on the wall are two hours in the drill: it is over.
    site.clock.advance(120);
    assert!(site.get("", &site.link(&alert, 3)).await.plain().contains("This alert is over"));
}
