//! The ten-minute lesson for polling staff, on a screen and on paper, with alerts to practise on.

use askama::Template;
use axum::extract::Path;
use axum::http::header;
use axum::response::IntoResponse;
use scr_core::{Refusal, RefusalKind};
use scr_web::{Reply, Visit, page};

/// An exercise of an invented election, and the card that it is checked with. Their keys are public: for practice only.
const CARD: &str = include_str!("../../../../../fixtures/alerts/station.card");
const GENUINE: &str = include_str!("../../../../../fixtures/alerts/exercise.txt");
const EXERCISE_WORDS: &str = "SCRUTINEER EXERCISE EXERCISE 1 NOT AN ALERT";
const ACTUAL_WORDS: &str = "SCRUTINEER ALERT 1 ACTUAL";

/// Questions at the end.
const QUESTIONS: u8 = 6;

/// The same bytes under words that make a drill look real: what a forger would do, and what every check refuses.
fn forged() -> String {
    GENUINE.replacen(EXERCISE_WORDS, ACTUAL_WORDS, 1)
}

/// Without line ends: what a QR code holds.
pub(crate) fn in_one_line(text: &str) -> String {
    text.lines().collect::<Vec<_>>().join(" ")
}

struct Question {
    question: String,
    answer: String,
}

#[derive(Template)]
#[template(path = "kit/lesson.html")]
struct LessonPage<'a> {
    visit: &'a Visit,
    questions: Vec<Question>,
    genuine_start: String,
    forged_start: String,
}

#[derive(Template)]
#[template(path = "kit/lesson_paper.html")]
struct LessonPaper<'a> {
    visit: &'a Visit,
    questions: Vec<Question>,
    genuine_qr: Option<String>,
    forged_qr: Option<String>,
}

fn questions(visit: &Visit) -> Vec<Question> {
    (1..=QUESTIONS)
        .map(|at| Question {
            // i18n: lesson-question-*
            question: visit.t(&format!("lesson-question-{at}")),
            // i18n: lesson-answer-*
            answer: visit.t(&format!("lesson-answer-{at}")),
        })
        .collect()
}

/// The beginning of an alert's text, as somebody reads it.
fn start(text: &str) -> String {
    text.chars().take(120).collect::<String>() + " …"
}

pub(super) async fn show(visit: Visit) -> Reply {
    page(&LessonPage {
        visit: &visit,
        questions: questions(&visit),
        genuine_start: start(GENUINE),
        forged_start: start(&forged()),
    })
    .into()
}

pub(super) async fn paper(visit: Visit) -> Reply {
    page(&LessonPaper {
        visit: &visit,
        questions: questions(&visit),
        genuine_qr: scr_charts::qr_long(&in_one_line(GENUINE), &visit.t("lesson-practice-one")),
        forged_qr: scr_charts::qr_long(&in_one_line(&forged()), &visit.t("lesson-practice-two")),
    })
    .into()
}

/// What is practised on, as files: `card.txt`, `one.txt`, `two.txt`.
pub(super) async fn practice(visit: Visit, Path(name): Path<String>) -> Reply {
    let text = match name.as_str() {
        "card.txt" => CARD.to_owned(),
        "one.txt" => GENUINE.to_owned(),
        "two.txt" => forged(),
        _ => return Reply::refused(&visit, &Refusal::new(RefusalKind::NotFound, "SCR-ALR-314")),
    };
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use scr_alerts::{Card, Limits, Refused, Scanned, authenticate};
    use scr_verify::Trust;

    /// What the lesson says of its two alerts is what a device says of them.
    #[test]
    fn the_one_is_an_exercise_and_the_other_is_refused_for_its_words() {
        let card: Card = CARD.parse().unwrap();
        let trust = Trust::Policy(Box::new(card.policy));
        let check = |text: &str| {
            let scanned = Scanned::read(text.as_bytes()).unwrap();
            authenticate(&scanned, &trust, &Limits::default())
        };
        assert_eq!(check(GENUINE).unwrap().alert.status, scr_alerts::Status::Exercise);
        assert!(check(&in_one_line(GENUINE)).is_ok());
        assert!(matches!(check(&forged()), Err(Refused::Label)));
        assert!(matches!(check(&in_one_line(&forged())), Err(Refused::Label)));
    }
}
