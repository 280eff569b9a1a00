//! Codes of strips: by message, on paper, by a program.

use crate::site::{New, site};
use axum::http::StatusCode;
use scr_alerts::Status;
use scr_alerts::acks::Step;
use scr_desk_alerts::know;
use serde_json::{Value, json};

fn arabic(code: &str) -> String {
    code.chars()
        .map(|c| c.to_digit(10).and_then(|digit| char::from_u32(0x660 + digit)).unwrap_or(c))
        .collect()
}

/// The same code with another keyed part and a right check digit.
fn forged(code: &str) -> String {
    let digits: Vec<char> = code.chars().filter(char::is_ascii_digit).collect();
    for other in 0..1_000_000_000u64 {
        let text: String =
            digits[..6].iter().chain(format!("{other:09}").chars().collect::<Vec<_>>().iter()).collect();
        for check in 0..10 {
            let whole = format!("{text}{check}");
            if scr_alerts::strips::StripCode::parse(&whole).is_ok()
                && whole != digits.iter().collect::<String>()
            {
                return whole;
            }
        }
    }
    unreachable!()
}

#[tokio::test]
async fn a_message_with_a_code_is_answered_with_what_was_taken() {
    let site = site();
    let alert = site.release(&New::default());
    let sms = |text: &str| know::sms(&site.app, "emb", "+4512345678", text).unwrap();
    let code = site.strip(&alert, 3, Step::Understood);
    let taken = "Thank you. Noted: station 000003, alert 1: understood.";
    assert_eq!(sms(&format!("Hello, {code} ok?")), taken);
    assert_eq!(sms(&code.replace(' ', "-")), taken, "twice is once");
    assert_eq!(sms(&arabic(&code)), taken);
    assert_eq!(site.reached(&alert), [1, 1, 1, 1, 0]);
    assert!(sms("we have understood").starts_with("No code was found"));
    let mut digits: Vec<char> = code.chars().collect();
    digits[8] = if digits[8] == '1' { '2' } else { '1' };
    assert!(sms(&digits.iter().collect::<String>()).starts_with("A digit of your code is wrong"));
    let unknown = scr_alerts::StationSecret::new(999, [1; 32]).unwrap();
    let strange = scr_alerts::strips::strip_code(&unknown, Status::Actual, 1, Step::Read);
    assert!(sms(&strange).contains("no open alert for polling station 000999"));
    // Late.
    site.clock.advance(3 * 3_600);
    assert!(sms(&site.strip(&alert, 4, Step::Read)).ends_with("noted as late."));
}

#[tokio::test]
async fn five_wrong_codes_close_a_station_for_an_hour_and_no_other() {
    let site = site();
    let alert = site.release(&New::default());
    let code = site.strip(&alert, 3, Step::Read);
    let wrong = forged(&code);
    let mut answers = Vec::new();
    for from in 0..6 {
        answers.push(know::sms(&site.app, "emb", &format!("+45{from}"), &wrong).unwrap());
    }
    assert!(answers[0].contains("You can try 4 more times"), "{answers:?}");
    assert!(answers[4].contains("Nothing is taken for 60 minutes") && answers[5].contains("60 minutes"));
    // The right one is not heard either, nor is anything said about it.
    assert!(know::sms(&site.app, "emb", "+459", &code).unwrap().contains("60 minutes"));
    assert!(
        know::sms(&site.app, "emb", "+459", &site.strip(&alert, 4, Step::Read))
            .unwrap()
            .starts_with("Thank you")
    );
    // Paper and telephone have tries of their own.
    for _ in 0..5 {
        site.post("clerk", "/desk/alerts/strips", &[("codes", &wrong)]).await;
    }
    let closed = site.post("clerk", "/desk/alerts/strips", &[("codes", &wrong)]).await.plain();
    assert!(closed.contains("Too many wrong codes"), "SCR-ALR-287: {closed}");
    site.clock.advance(3_601);
    let answer = site.post("clerk", "/desk/alerts/strips", &[("codes", &code)]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    site.clock.advance(3_601);
    assert!(know::sms(&site.app, "emb", "+459", &code).unwrap().starts_with("Thank you"));
    assert_eq!(site.reached(&alert), [2, 2, 2, 0, 0]);
}

#[tokio::test]
async fn a_number_that_floods_gets_no_answer_any_more_and_is_heard_with_a_right_code() {
    let site = site();
    let alert = site.release(&New::default());
    let mut answered = 0;
    for _ in 0..50 {
        answered += usize::from(!know::sms(&site.app, "emb", "+1900", "win a prize").unwrap().is_empty());
    }
    assert_eq!(answered, 10);
    assert!(!know::sms(&site.app, "emb", "+4512345678", "hello").unwrap().is_empty());
    assert!(
        know::sms(&site.app, "emb", "+1900", &site.strip(&alert, 3, Step::Read))
            .unwrap()
            .starts_with("Thank you")
    );
}

#[tokio::test]
async fn an_exercise_is_marked_in_the_answer_and_counts_for_no_alert_that_is_meant() {
    let site = site();
    site.drill("d1", 10);
    let meant = site.release(&New::default());
    let drill = site.release(&New { status: Status::Exercise, drill: Some("d1"), ..New::default() });
    let answer = know::sms(&site.app, "emb", "+45", &site.strip(&drill, 3, Step::Acted)).unwrap();
    assert!(answer.starts_with("EXERCISE. Thank you") && answer.ends_with("EXERCISE."), "{answer}");
    assert_eq!((site.reached(&meant), site.reached(&drill)), ([0; 5], [1; 5]));
}

#[tokio::test]
async fn strips_are_taken_all_or_not_at_all_with_every_problem_by_its_line() {
    let site = site();
    let alert = site.release(&New::default());
    let codes: Vec<String> = [1, 2, 3].map(|station| site.strip(&alert, station, Step::Acted)).into();
    let text = format!("{}\n\n12 34\n{}\n{}\n", codes[0], forged(&codes[1]), codes[2]);
    let answer = site.post("clerk", "/desk/alerts/strips", &[("codes", &text)]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = answer.plain();
    for said in ["Line 3", "SCR-ALR-030", "Line 4", "SCR-ALR-286", "2 of the lines are wrong, 2 are right"] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert!(page.contains(&codes[2]), "what was typed is still there");
    assert_eq!(site.reached(&alert), [0; 5]);
    let answer = site.post("clerk", "/desk/alerts/strips", &[("codes", &codes.join("\n"))]).await;
    assert_eq!((answer.status, answer.to()), (StatusCode::SEE_OTHER, "/desk/alerts/strips?taken=3"));
    assert!(site.get("clerk", answer.to()).await.plain().contains("3 codes were taken."));
    assert_eq!(site.reached(&alert), [3; 5]);
    let empty = site.post("clerk", "/desk/alerts/strips", &[("codes", " ")]).await;
    assert!(empty.plain().contains("enter at least one code"));
    let many = vec![codes[0].as_str(); 2_001].join("\n");
    let many = site.post("clerk", "/desk/alerts/strips", &[("codes", &many)]).await;
    assert!(many.plain().contains("SCR-ALR-289") && many.plain().contains("More than 2,000 lines"));
}

#[tokio::test]
async fn a_program_hands_codes_in_and_reads_what_is_wrong() {
    let site = site();
    let alert = site.release(&New::default());
    let path = "/api/v1/alerts/strips";
    let code = site.strip(&alert, 21, Step::Understood);
    let unknown = scr_alerts::StationSecret::new(999, [1; 32]).unwrap();
    let strange = scr_alerts::strips::strip_code(&unknown, Status::Actual, 1, Step::Read);
    let answer = site.command("clerk", path, json!({"codes": [code, strange, "x"]})).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let body: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(body["code"], "SCR-ALR-290");
    assert_eq!(body["problems"][0]["line"], 2);
    assert_eq!(body["problems"][0]["code"], "SCR-ALR-288");
    assert_eq!(body["problems"][1]["code"], "SCR-ALR-030");
    let answer = site.command("clerk", path, json!({"codes": [code]})).await;
    assert_eq!(answer.status, StatusCode::CREATED);
    let body: Value = serde_json::from_str(&answer.body).unwrap();
    let taken = json!({"alert": alert.id, "entry": alert.index, "station": 21, "step": "understood", "exercise": false, "late": false});
    assert_eq!(body, json!({"taken": [taken]}));
    assert_eq!(site.command("viewer", path, json!({"codes": [code]})).await.status, StatusCode::FORBIDDEN);
    assert_eq!(site.command("nobody", path, json!({"codes": [code]})).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(site.reached(&alert), [1, 1, 1, 1, 0]);
}

/// Two elections of one organisation have open alerts, and each has a station 3.
#[tokio::test]
async fn a_code_that_is_right_for_one_election_is_no_wrong_guess_at_another() {
    let site = site();
    site.election("ey-2026", "emb");
    let first = site.release(&New::default());
    let second = site.release(&New { election: "ey-2026", ..New::default() });
    for _ in 0..6 {
        for step in [Step::Read, Step::Understood] {
            let code = site.strip_in("ey-2026", &second, 3, step);
            assert!(know::sms(&site.app, "emb", "+451", &code).unwrap().starts_with("Thank you"));
            let code = site.strip(&first, 3, step);
            assert!(know::sms(&site.app, "emb", "+451", &code).unwrap().starts_with("Thank you"));
        }
    }
    assert_eq!((site.reached(&first), site.reached(&second)), ([1, 1, 1, 1, 0], [1, 1, 1, 1, 0]));
    // What is right for neither counts at both.
    let wrong = forged(&site.strip(&first, 3, Step::Read));
    for _ in 0..5 {
        know::sms(&site.app, "emb", "+452", &wrong).unwrap();
    }
    let right = site.strip_in("ey-2026", &second, 3, Step::Acted);
    assert!(know::sms(&site.app, "emb", "+453", &right).unwrap().contains("60 minutes"));
}

/// Nor does another organisation close a station by guessing through a gateway or a form of its own, and no right code of one
/// organisation is taken by another's door.
#[tokio::test]
async fn another_organisation_closes_no_station() {
    let site = site();
    site.election("party-2026", "party");
    let alert = site.release(&New::default());
    site.release(&New { election: "party-2026", org: "party", ..New::default() });
    let code = site.strip(&alert, 3, Step::Read);
    let wrong = forged(&code);
    for _ in 0..6 {
        know::sms(&site.app, "party", "+451", &wrong).unwrap();
        site.post("clerk!party", "/desk/alerts/strips", &[("codes", &wrong)]).await;
    }
    assert!(!know::sms(&site.app, "party", "+452", &code).unwrap().starts_with("Thank you"));
    assert_eq!(site.reached(&alert), [0; 5]);
    assert!(know::sms(&site.app, "emb", "+451", &code).unwrap().starts_with("Thank you"));
    let answer = site.post("clerk", "/desk/alerts/strips", &[("codes", &code)]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
}

/// A code may be of any station: who has a role for a part of the country types none.
#[tokio::test]
async fn a_role_for_one_area_enters_no_strips() {
    let site = site();
    let alert = site.release(&New::default());
    let code = site.strip(&alert, 21, Step::Read);
    let form = site.get("clerk@EX-N1", "/desk/alerts/strips").await;
    let posted = site.post("clerk@EX-N1", "/desk/alerts/strips", &[("codes", &code)]).await;
    let body = json!({"codes": [code]});
    let command = site.command("clerk@EX-N1", "/api/v1/alerts/strips", body).await;
    for answer in [form, posted, command] {
        assert!(
            answer.status == StatusCode::FORBIDDEN && answer.body.contains("SCR-ALR-220"),
            "{}",
            answer.body
        );
    }
    assert_eq!(site.reached(&alert), [0; 5]);
}
