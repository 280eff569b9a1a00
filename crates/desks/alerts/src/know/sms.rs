//! Text messages with the code of a strip.

use super::boards::store;
use super::intake;
use super::strips::{self, Code, Right};
use super::table::Limit;
use crate::issued;
use scr_alerts::acks::{Channel, Step};
use scr_alerts::strips::StripError;
use scr_engine::{ActError, Fault};
use scr_i18n::{Lang, Texts};
use scr_web::App;

/// Takes a text message from a station in, which came by a gateway of the organisation `org`, and gives what to answer: short enough for one message in Latin letters, two in Arabic.
/// Nothing where that number has sent too many without a right code: no answer is sent then.
///
/// # Errors
/// Faults.
pub fn sms(app: &App, org: &str, from: &str, text: &str) -> Result<String, ActError> {
    let code = match strips::find(text) {
        Ok(code) => code,
        Err(StripError::Length) => return refused(app, (org, from), text, |texts| texts.t("know-sms-none")),
        Err(StripError::Check) => {
            return refused(app, (org, from), text, |texts| texts.t("know-sms-mistyped"));
        }
    };
    match strips::check(app, org, "sms", &code)? {
        Code::Right(right) => {
            intake::take(app, right.case.index(), &[right.ack(app, Channel::Sms)?])?;
            taken(app, text, &right)
        }
        Code::Wrong { left } => {
            refused(app, (org, from), text, |texts| texts.ta("know-sms-wrong", &[("left", left.into())]))
        }
        Code::Closed { until } => {
            let minutes = until.saturating_sub(app.clock.now().max(0).cast_unsigned()).div_ceil(60);
            refused(app, (org, from), text, |texts| {
                texts.ta("know-sms-closed", &[("minutes", minutes.into())])
            })
        }
        Code::NoStation => refused(app, (org, from), text, |texts| {
            let station = format!("{:06}", code.station);
            texts.ta("know-sms-no-station", &[("station", station.into())])
        }),
    }
}

fn refused(
    app: &App,
    (org, from): (&str, &str),
    typed: &str,
    words: impl FnOnce(&Texts) -> String,
) -> Result<String, ActError> {
    let wait = Limit::SMS.take(store(app)?, "sms", &format!("{org}\n{from}"), app.clock.now_ms());
    if wait.map_err(|error| Fault::log(&error))?.is_some() {
        return Ok(String::new());
    }
    let lang = if is_arabic(typed) { Lang::Ar } else { newest_language(app, org)? };
    Ok(words(&app.texts(lang)))
}

/// Whether somebody writes with Arabic letters or digits.
fn is_arabic(typed: &str) -> bool {
    typed.chars().any(|c| matches!(c, '\u{600}'..='\u{6ff}'))
}

/// The main language of the organisation's newest alert: of a message that names no alert nobody knows more.
fn newest_language(app: &App, org: &str) -> Result<Lang, ActError> {
    let issuers = issued::issuers(app.engine.ledger().origin(), org);
    let newest = app.engine.read(|views| issued::newest_of(views, Some(&issuers), 0, 1))?;
    newest.first().map_or(Ok(Lang::En), |index| super::case::at(app, *index).map(|case| case.lang()))
}

fn taken(app: &App, typed: &str, right: &Right) -> Result<String, ActError> {
    let case = &right.case;
    let own = super::link::station_language(app, case, right.station)?;
    let typed = (is_arabic(typed) && case.speaks(Lang::Ar)).then_some(Lang::Ar);
    let lang = own.or(typed).unwrap_or_else(|| case.lang());
    let texts = app.texts(lang);
    let values = [
        ("station", format!("{:06}", right.station).into()),
        ("alert", case.issued.text.number.into()),
        ("step", step_word(&texts, right.step).into()),
    ];
    let mut answer = texts.ta("know-sms-taken", &values);
    if right.is_late(app) {
        answer = format!("{answer} {}", texts.t("know-sms-late"));
    }
    Ok(mark(&texts, case.issued.text.status, &answer))
}

/// The word EXERCISE or TEST before and after, where an alert is not meant.
pub(crate) fn mark(texts: &Texts, status: scr_alerts::Status, text: &str) -> String {
    let word = match status {
        scr_alerts::Status::Actual => return text.to_owned(),
        scr_alerts::Status::Exercise => texts.t("know-exercise"),
        scr_alerts::Status::Test => texts.t("know-test"),
    };
    format!("{word}. {text} {word}.")
}

/// The name of a step.
pub(crate) fn step_word(texts: &Texts, step: Step) -> String {
    texts.t(match step {
        Step::Sent => "know-step-sent",
        Step::Delivered => "know-step-delivered",
        Step::Read => "know-step-read",
        Step::Understood => "know-step-understood",
        Step::Acted => "know-step-acted",
    })
}
