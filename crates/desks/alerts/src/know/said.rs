//! What many polling stations said on the telephone, taken from a program: with each goes the code of a strip that the station read
//! out. Nobody says for a station what its strips do not say.

use super::boards;
use super::case::Case;
use super::due::REACHED;
use super::strips::{self, Code, Right};
use super::tear_off::step_name;
use super::{intake, phone};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use scr_alerts::acks::{Ack, Channel};
use scr_alerts::strips::StripError;
use scr_core::{Refusal, RefusalKind};
use scr_engine::{ActError, Fault, parse_utc, utc_text};
use scr_web::api::{Body, Command, Done, act, with_problems};
use scr_web::{App, Reply, Visit};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

/// Acknowledgements of one request.
const MOST: usize = 500;
/// The time is before the alert was sent, after now, or none.
const NO_TIME: &str = "SCR-ALR-303";
/// The code says another step.
const OTHER_STEP: &str = "SCR-ALR-304";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Acknowledgements {
    acknowledgements: Vec<Said>,
}

impl Body for Acknowledgements {}

/// What one station said.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    station: u32,
    code: String,
    /// What the caller understood; the code has to say the same.
    #[serde(default)]
    step: Option<String>,
    /// When it was said, on the wall; now when left out.
    #[serde(default)]
    at: Option<String>,
}

/// Why something is not taken: in which field, the code, and its words.
struct Wrong {
    field: &'static str,
    code: &'static str,
    args: Vec<(&'static str, String)>,
}

fn wrong(field: &'static str, code: &'static str) -> Wrong {
    Wrong { field, code, args: Vec::new() }
}

impl Wrong {
    fn with(mut self, name: &'static str, value: impl std::fmt::Display) -> Self {
        self.args.push((name, value.to_string()));
        self
    }

    /// In the reader's words.
    fn refusal(&self) -> Refusal {
        let refusal = Refusal::new(RefusalKind::Invalid, self.code).on(self.field);
        self.args.iter().fold(refusal, |refusal, (name, value)| refusal.with(name, value))
    }
}

/// A station's word with its acknowledgement, and whether it came after the alert's end.
struct Taken {
    right: Right,
    ack: Ack,
}

/// When it was said, by the alert's clock.
fn time(app: &App, case: &Case, said: &Said) -> Result<u64, Wrong> {
    let now = case.now(app);
    let Some(text) = &said.at else { return Ok(now) };
    let wall = parse_utc(text).ok_or_else(|| wrong("at", NO_TIME))?;
    // Seconds are as exact as it gets: what is said of this second is said now.
    let at = case.time(wall.saturating_mul(1_000));
    let is_one = wall <= app.clock.now() && at >= case.issued.text.sent;
    if is_one { Ok(at.min(now)) } else { Err(wrong("at", NO_TIME)) }
}

fn look(app: &App, visit: &Visit, case: &Case, said: &Said) -> Result<Result<Taken, Wrong>, ActError> {
    let at = match time(app, case, said) {
        Ok(at) => at,
        Err(wrong) => return Ok(Err(wrong)),
    };
    let code = match strips::find(&said.code) {
        Ok(code) => code,
        Err(StripError::Length) => return Ok(Err(wrong("code", "SCR-ALR-296"))),
        Err(StripError::Check) => return Ok(Err(wrong("code", "SCR-ALR-297"))),
    };
    let number = |station: u32| format!("{station:06}");
    let other = |station| wrong("station", "SCR-ALR-298").with("station", number(station));
    // A slip of the caller is nobody's guess.
    if code.station != said.station {
        return Ok(Err(other(code.station)));
    }
    let org = super::actor(visit)?.org;
    let right = match strips::check(app, org.as_str(), "telephone", &code)? {
        Code::Right(right) => right,
        Code::Wrong { left } => return Ok(Err(wrong("code", "SCR-ALR-286").with("value", left))),
        Code::Closed { until } => {
            let until = visit.texts().time(until.cast_signed(), &case.zone);
            return Ok(Err(wrong("code", "SCR-ALR-287").with("value", until)));
        }
        Code::NoStation => {
            return Ok(Err(wrong("station", "SCR-ALR-288").with("value", number(code.station))));
        }
    };
    if right.case.index() != case.index() {
        return Ok(Err(other(right.station)));
    }
    let step = step_name(right.step);
    if said.step.as_deref().is_some_and(|said| said != step) {
        return Ok(Err(wrong("step", OTHER_STEP).with("step", step)));
    }
    let ack = Ack::new(right.station, right.step, Channel::Telephone, at, case.now(app));
    Ok(Ok(Taken { ack: ack.map_err(|error| Fault::log(&error))?, right }))
}

fn problem(visit: &Visit, row: usize, wrong: &Wrong) -> Value {
    let detail = scr_web::refusal_text(visit, &wrong.refusal());
    json!({"row": row, "column": wrong.field, "code": wrong.code, "detail": detail})
}

pub(super) async fn command(
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    Command { visit, actor, body }: Command<Acknowledgements>,
) -> Reply {
    act(app, visit, move |app, visit| {
        let case = phone::calling(app, visit, &name)?;
        let all = &body.acknowledgements;
        let refuse = |code: &str| Refusal::new(RefusalKind::Invalid, code).on("acknowledgements");
        if all.is_empty() {
            return Err(refuse("SCR-ALR-290").into());
        }
        if all.len() > MOST {
            return Err(refuse("SCR-ALR-289").with("value", MOST).into());
        }
        let board = boards::fresh(app, &case)?;
        let (mut taken, mut problems) = (Vec::new(), Vec::new());
        for (row, said) in (1..).zip(all) {
            match look(app, visit, &case, said)? {
                Ok(one) => taken.push(one),
                Err(wrong) => problems.push(problem(visit, row, &wrong)),
            }
        }
        if !problems.is_empty() {
            return Ok(Done::Answered(with_problems(visit, &refuse("SCR-ALR-290"), &json!(problems)).into()));
        }
        let acks: Vec<Ack> = taken.iter().map(|one| one.ack).collect();
        intake::take(app, case.index(), &acks)?;
        // Whoever sends the same again has called nobody again.
        let is_new = |one: &&Taken| board.board.step(one.ack.station()) < Some(one.ack.step());
        let mut called: Vec<String> =
            taken.iter().filter(is_new).map(|one| format!("station:{:06}", one.ack.station())).collect();
        called.sort();
        called.dedup();
        if !called.is_empty() {
            phone::record_calls(app, &actor, &case, (phone::rung(app, &case)?, &called), REACHED)?;
        }
        let one = |one: &Taken| {
            json!({"station": one.ack.station(), "step": step_name(one.ack.step()),
                "at": utc_text(one.ack.at().cast_signed()), "late": one.right.is_late(app)})
        };
        let answer = json!({
            "alert": case.issued.id, "status": crate::write::status_word(case.issued.text.status),
            "taken": taken.iter().map(one).collect::<Vec<_>>(),
        });
        Ok(Done::Answered((StatusCode::CREATED, axum::Json(answer)).into_response().into()))
    })
    .await
}
