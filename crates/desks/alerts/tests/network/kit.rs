//! The kit: what is printed, by whom, and that its secrets stand nowhere else.

use crate::contacts::import;
use crate::site::{Site, manager, site};
use axum::http::StatusCode;
use scr_alerts::acks::Step;
use scr_alerts::spoken::{Side, code_words};
use scr_alerts::strips::strip_code;
use scr_alerts::words::Tongue;
use scr_alerts::{Card, Status};
use scr_core::Role;
use scr_desk_alerts::kit::{self, Run, What};
use scr_desk_alerts::network::contacts::Mode;
use scr_desk_alerts::network::secrets;
use scr_engine::ActError;
use scr_engine::testing::{TestEngine, file_with};

const KIT: &str = "/desk/alerts/kit/ex-2026";

fn code(error: ActError) -> String {
    match error {
        ActError::Refused(refusal) => refusal.code,
        ActError::Fault(fault) => panic!("{fault:?}"),
    }
}

fn strip(site: &Site, number: u32) -> String {
    let master = secrets::of(&site.app, "ex-2026").unwrap();
    strip_code(&master.station(number).unwrap(), Status::Actual, 1, Step::Read)
}

async fn printed(site: &Site, fields: &[(&str, &str)]) -> String {
    let answer = site.post("manager", &format!("{KIT}/print"), fields).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    assert_eq!(answer.headers["cache-control"], "no-store");
    answer.body
}

#[tokio::test]
async fn sealed_sheets_hold_the_codes_that_are_checked_later() {
    let site = site();
    let body = printed(&site, &[("what", "sheets"), ("area", "DK-N"), ("language", "en")]).await;
    let master = secrets::of(&site.app, "ex-2026").unwrap();
    for number in [1, 2, 3] {
        let secret = master.station(number).unwrap();
        for (status, line) in [(Status::Actual, 1), (Status::Exercise, 2)] {
            for side in [Side::Caller, Side::Station] {
                let words = code_words(&secret, status, side, line, Tongue::En).join(" ");
                assert!(body.contains(&words), "{number} {status:?} {words}");
            }
            let strip = strip_code(&secret, status, 2, Step::Acted);
            assert!(body.contains(&strip), "{number} {status:?}");
        }
        assert!(body.contains(secret.to_text().as_str()));
    }
    assert!(!body.contains(&strip(&site, 11)), "another area");
    assert_eq!(body.matches("SEALED, keep closed until needed").count(), 6, "two sheets of paper for each");
    assert!(body.contains("EXERCISE EXERCISE EXERCISE") && body.contains("Generation <bdi>1"), "{body}");
    let page = site.get("manager", KIT).await;
    assert!(page.body.contains("000001–000003"), "the run is in the list: {}", page.body);
    assert!(!page.body.contains(&strip(&site, 1)));
    let printed = site.app.engine.read(|views| kit::printed(views, "ex-2026")).unwrap();
    assert_eq!((printed.generation, printed.sheets), (1, 3));
    // No secret in the record, in the views, in logs of the store: only sealed.
    let folder = site.folder.path();
    assert_eq!(file_with(folder, strip(&site, 1).as_bytes()).unwrap(), None);
    let digits = strip(&site, 1).replace(' ', "");
    assert_eq!(file_with(folder, digits.as_bytes()).unwrap(), None);
}

#[tokio::test]
async fn each_station_has_its_own_language_where_its_contact_says_so() {
    let site = site();
    import(&site, crate::contacts::CONTACTS, Mode::All);
    let body = printed(&site, &[("what", "sheets"), ("language", "own")]).await;
    let master = secrets::of(&site.app, "ex-2026").unwrap();
    let secret = master.station(11).unwrap();
    let french = code_words(&secret, Status::Actual, Side::Caller, 1, Tongue::Fr).join(" ");
    assert!(body.contains(&french) && body.contains("lang=\"fr\""), "{french}");
    assert!(body.contains("SCELLÉ"));
    let from = printed(&site, &[("what", "sheets"), ("from", "12"), ("language", "ar")]).await;
    assert!(from.contains("000012") && !from.contains("000011") && from.contains("dir=\"rtl\""));
}

#[tokio::test]
async fn whoever_has_not_given_the_password_lately_is_asked_for_it_and_sees_no_secret() {
    let site = site();
    let fields = [("what", "sheets"), ("language", "en")];
    let asked = site.post("stale-manager", &format!("{KIT}/print"), &fields).await;
    assert!(asked.body.contains("fresh-password") && !asked.body.contains("SEALED"), "{}", asked.body);
    for who in ["supervisor", "administrator", "clerk", "observer", "viewer"] {
        let refused = site.post(who, &format!("{KIT}/print"), &fields).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{who}");
        assert_eq!(site.get(who, KIT).await.status, StatusCode::FORBIDDEN, "{who}");
    }
    assert_eq!(site.app.engine.read(|views| kit::printed(views, "ex-2026")).unwrap().sheets, 0);
}

#[tokio::test]
async fn after_a_kit_is_lost_no_code_of_it_is_worth_anything() {
    let site = site();
    let before = strip(&site, 1);
    let without = site.post("manager", &format!("{KIT}/renew"), &[("reason", " ")]).await;
    assert!(without.body.contains("Say what happened"), "SCR-ALR-310: {}", without.body);
    assert_eq!(strip(&site, 1), before);
    let done = site.post("manager", &format!("{KIT}/renew"), &[("reason", "A box was stolen.")]).await;
    assert!(done.to().starts_with(&format!("{KIT}?recorded=")), "{}", done.body);
    assert_ne!(strip(&site, 1), before);
    assert_eq!(secrets::of(&site.app, "ex-2026").unwrap().generation(), 2);
    let body = printed(&site, &[("what", "sheets"), ("language", "en")]).await;
    assert!(body.contains("Generation <bdi>2") && body.contains(&strip(&site, 1)) && !body.contains(&before));
}

#[tokio::test]
async fn the_card_is_one_that_devices_read_and_says_its_words() {
    let site = site();
    let card: Card = site.get("manager", &format!("{KIT}/card.txt")).await.body.parse().unwrap();
    assert_eq!((card.election.as_str(), card.station), ("ex-2026", None));
    assert_eq!(card.policy.logs().len(), 1);
    let page = site.get("manager", &format!("{KIT}/card")).await;
    let words = Tongue::En.say(&scr_alerts::words::word_numbers(&card.digest(), 8)).join(" ");
    assert!(page.body.contains(&words) && page.body.contains("class=\"qr\""), "{words}");
    let cards = printed(&site, &[("what", "cards"), ("area", "DK-S"), ("language", "es")]).await;
    assert!(cards.contains("# station 000011") && cards.contains("# station 000012"), "{cards}");
    assert!(!cards.contains(&strip(&site, 11)), "cards are not secret");
}

#[tokio::test]
async fn runs_of_no_station_or_of_too_many_are_refused() {
    let site = site();
    let none = site.post("manager", &format!("{KIT}/print"), &[("from", "900000")]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY, "SCR-ALR-311");
    let unknown = site.post("manager", &format!("{KIT}/print"), &[("area", "nowhere")]).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    let run = Run { what: What::Sheets, area: None, first: 1, last: 999, stations: kit::MOST + 1 };
    let many = kit::record_print(&site.app, &manager(), "ex-2026", &run).unwrap_err();
    assert_eq!(code(many), "SCR-ALR-311");
    let clerk = TestEngine::actor(Role::Clerk);
    let run = Run { stations: 1, ..run };
    assert_eq!(code(kit::record_print(&site.app, &clerk, "ex-2026", &run).unwrap_err()), "SCR-ALR-200");
    assert_eq!(code(kit::renew(&site.app, &manager(), "other", "x").unwrap_err()), "SCR-ALR-204");
}

/// A code that no card can hold: `SCR-ALR-312`.
#[tokio::test]
async fn an_election_whose_code_no_card_can_hold_gets_none() {
    let site = site();
    assert_eq!(code(kit::card(&site.app, "ex 2026", None).unwrap_err()), "SCR-ALR-312");
}

#[tokio::test]
async fn the_lesson_is_for_anybody_in_four_languages_and_has_alerts_to_practise_on() {
    let site = site();
    for (lang, word) in
        [("en", "ten minutes"), ("fr", "dix minutes"), ("es", "diez minutos"), ("ar", "عشر دقائق")]
    {
        for path in ["/alerts/lesson", "/alerts/lesson/paper"] {
            let page = site.get("", &format!("{path}?lang={lang}")).await;
            assert!(page.status == StatusCode::OK && page.body.contains(word), "{path} {lang}");
            assert!(page.body.len() < 100_000 || path.ends_with("paper"), "{} bytes", page.body.len());
        }
    }
    let one = site.get("", "/alerts/lesson/practice/one.txt").await.body;
    let two = site.get("", "/alerts/lesson/practice/two.txt").await.body;
    assert!(one.starts_with("SCRUTINEER EXERCISE") && two.starts_with("SCRUTINEER ALERT 1 ACTUAL"));
    assert!(site.get("", "/alerts/lesson/practice/card.txt").await.body.parse::<Card>().is_ok());
    let absent = site.get("", "/alerts/lesson/practice/three.txt").await;
    assert_eq!(absent.status, StatusCode::NOT_FOUND, "SCR-ALR-314");
}

/// Somebody makes new secrets in the moment in which others print: what would be printed is worth nothing.
#[tokio::test]
async fn what_is_printed_has_the_secrets_that_are_in_force() {
    let site = site();
    let run = Run { what: What::Sheets, area: None, first: 1, last: 2, stations: 2 };
    let store = site.app.store().unwrap();
    store.execute(&scr_store::sql!("UPDATE alerts_secret SET generation = generation + 1")).unwrap();
    let before = kit::record_print(&site.app, &manager(), "ex-2026", &run);
    assert!(before.is_ok(), "the secret is made when it is asked for first");
    store.execute(&scr_store::sql!("UPDATE alerts_secret SET generation = generation + 1")).unwrap();
    assert_eq!(code(kit::record_print(&site.app, &manager(), "ex-2026", &run).unwrap_err()), "SCR-ALR-313");
    assert_eq!(code(kit::renew(&site.app, &manager(), "ex-2026", "Lost.").unwrap_err()), "SCR-ALR-313");
}
