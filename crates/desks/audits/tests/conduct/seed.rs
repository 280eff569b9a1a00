//! The wall and the desk of the seed.

use crate::people::manager;
use crate::site::{SEED, polled, site};
use axum::http::StatusCode;
use scr_desk_audits::acts::reopen;

const DESK: &str = "/desk/audits/mayor-of-zilina/seed";
const WALL: &str = "/audits/mayor-of-zilina/seed";
const OTHER: &str = "00000678901234567890";

#[tokio::test]
async fn two_people_type_and_the_wall_says_what_happens() {
    let site = site();
    let course = site.committed(&polled(), false);
    let wall = || site.get("", WALL);
    let before = wall().await;
    before.says("20 ten-sided dice are thrown.");
    before.says("Nobody has typed yet");
    before.says(&course.kept().audit.committed().unwrap().root.to_hex());
    assert!(before.body.contains("http-equiv=\"refresh\" content=\"5\""));

    let answer = site.post("manager-mary", DESK, &[("seed", "12345 67890 12345 67890")]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    assert!(answer.to.starts_with(&format!("{DESK}?typed=first&recorded=")), "{}", answer.to);
    site.get("manager-mary", &answer.to).await.says("Now somebody else types the same dice.");
    let half = wall().await;
    half.says("One of two has typed");
    half.is_silent_about("12345");

    let answer = site.post("observer-olga!press", DESK, &[("seed", OTHER)]).await;
    site.get("observer-olga!press", &answer.to).await.says("Both typings are put aside.");
    let differs = wall().await;
    differs.says("The two typings differ: both type again (1 time so far)");
    differs.is_silent_about("12345");
    differs.is_silent_about("00000");

    // Whatever the keyboard gives.
    site.post("observer-olga!press", DESK, &[("seed", "١٢٣٤٥٦٧٨٩٠١٢٣٤٥٦٧٨٩٠")]).await;
    let answer = site.post("supervisor-sam@North", DESK, &[("seed", SEED)]).await;
    assert!(answer.to.contains("typed=agreed"), "{}", answer.to);
    site.get("supervisor-sam@North", &answer.to).await.says("You typed what the first person typed.");
    let agreed = wall().await;
    agreed.says("Two people typed the same digits.");
    for five in ["12345", "67890"] {
        assert_eq!(agreed.text().matches(five).count(), 2, "{}", agreed.text());
    }
    assert!(agreed.body.contains("class=\"seal"));
    site.get("manager-mary", DESK).await.is_silent_about("name=\"seed\"");
}

#[tokio::test]
async fn what_is_no_seed_stays_to_be_mended_and_nobody_types_twice() {
    let site = site();
    let course = site.committed(&polled(), false);
    let short = site.post("manager-mary", DESK, &[("seed", "12345 67890")]).await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(short.body.contains("value=\"12345 67890\""), "what was typed stays");
    assert!(short.body.contains("id=\"e-seed\""));
    site.post("manager-mary", DESK, &[("seed", SEED)]).await;
    let twice = site.post("manager-mary", DESK, &[("seed", SEED)]).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
    twice.is_silent_about("12345");

    // What was typed for a version that is no more is put aside.
    reopen(course.engine, &manager(), &course.id, "A manifest was late").unwrap();
    site.get("", WALL).await.says("Nothing is committed to yet, so no dice are thrown.");
    site.get("observer-olga", DESK).await.says("Nothing is committed to yet");
    let early = site.post("observer-olga", DESK, &[("seed", SEED)]).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    early.is_silent_about("name=\"seed\"");
}

#[tokio::test]
async fn whoever_has_no_part_in_it_does_not_type() {
    let site = site();
    site.committed(&polled(), false);
    for who in ["administrator-ada", "clerk-carl", "viewer-vera"] {
        assert_eq!(site.get(who, DESK).await.status, StatusCode::FORBIDDEN, "{who}");
        assert_eq!(site.post(who, DESK, &[("seed", SEED)]).await.status, StatusCode::FORBIDDEN, "{who}");
    }
    assert_eq!(site.get("manager-mary", "/desk/audits/none/seed").await.status, StatusCode::NOT_FOUND);
    assert_eq!(site.get("", "/audits/none/seed").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn each_page_is_there_in_each_language() {
    let site = site();
    let course = site.committed(&polled(), false);
    for lang in ["en", "fr", "es", "ar"] {
        for page in [WALL, DESK] {
            let answer = site.get("manager-mary", &format!("{page}?lang={lang}")).await;
            assert_eq!(answer.status, StatusCode::OK);
            assert!(answer.body.contains(&format!("<html lang=\"{lang}\"")));
        }
    }
    course.seed(SEED);
    for lang in ["en", "fr", "es", "ar"] {
        let answer = site.get("", &format!("{WALL}?lang={lang}")).await;
        assert!(answer.body.contains("12345"), "{lang}");
    }
}
