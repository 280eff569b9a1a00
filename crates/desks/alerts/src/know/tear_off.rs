//! Strips that were collected on paper: many codes at once, typed or scanned; and the same for programs.

use super::strips::{Checked, WrongLine, all_or_none};
use super::{OPERATORS, crumbs};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use scr_alerts::acks::Channel;
use scr_core::{OrgId, Refusal, RefusalKind};
use scr_engine::ActError;
use scr_i18n::Arg;
use scr_web::api::{Body, Command, Done, Operation, act, with_problems};
use scr_web::components::{Crumb, ProblemLine, Tag, Tone};
use scr_web::{App, FormState, Posted, Reply, Routes, Visit, form_page, go, run};
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;

/// Whose strips somebody enters: a code may be of any station, so it is for roles without a place, as the telephone desk is.
fn entering(visit: &Visit) -> Result<OrgId, ActError> {
    let actor = super::actor(visit)?;
    if actor.place.is_some() {
        return Err(Refusal::new(RefusalKind::Forbidden, "SCR-ALR-220").into());
    }
    Ok(actor.org)
}

/// Codes of one form.
const LINES: usize = 2_000;

/// The pages and the call.
pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/desk/alerts/strips", OPERATORS, show)
        .post("/desk/alerts/strips", OPERATORS, enter)
        .post("/api/v1/alerts/strips", OPERATORS, command)
}

/// The call below `/api/v1/`.
pub(super) const OPERATIONS: &[Operation] = &[Operation {
    method: "post",
    path: "/api/v1/alerts/strips",
    id: "acknowledgeAlertsByStrips",
    summary: "Take the codes of tear-off strips as polling stations' acknowledgements: all of them, or none",
    query: &[],
    body: Some("StripCodes"),
    answer: "TakenStrips",
}];

#[derive(Template)]
#[template(path = "know/strips.html")]
struct StripsPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    problems: Vec<ProblemLine>,
    right: usize,
    taken: Option<u64>,
    lines: usize,
}

/// What is wrong with a line, in the reader's words.
fn words(visit: &Visit, line: &WrongLine) -> String {
    let value: Arg = match line.code {
        "SCR-ALR-287" => visit.texts().time(line.value.cast_signed(), &visit.zone).into(),
        "SCR-ALR-288" => format!("{:06}", line.value).into(),
        _ => line.value.into(),
    };
    match line.code {
        "SCR-ALR-030" => visit.t("know-code-length"),
        "SCR-ALR-031" => visit.t("know-code-check"),
        // i18n: error-scr-alr-*
        code => visit.ta(&format!("error-{}", code.to_lowercase()), &[("value", value)]),
    }
}

fn problems(visit: &Visit, checked: &Checked) -> Vec<ProblemLine> {
    let line = |wrong: &WrongLine| ProblemLine {
        place: visit.ta("know-strips-line", &[("line", wrong.number.into())]),
        tag: Tag::new(Tone::Alarm, visit.t("know-strips-wrong")),
        text: format!("{} {}", wrong.typed, words(visit, wrong)).trim().to_owned(),
        code: wrong.code.to_owned(),
    };
    checked.wrong.iter().map(line).collect()
}

fn shown(visit: &Visit, form: &FormState, checked: &Checked) -> Reply {
    let template = StripsPage {
        visit,
        crumbs: crumbs(visit, None),
        form,
        problems: problems(visit, checked),
        right: checked.right.len(),
        taken: visit.query.get("taken").and_then(|taken| taken.parse().ok()),
        lines: LINES,
    };
    form_page(&template, form)
}

async fn show(visit: Visit) -> Reply {
    run(visit, move |visit| {
        entering(visit)?;
        Ok(shown(visit, &FormState::new(), &Checked::default()))
    })
    .await
}

async fn enter(State(app): State<Arc<App>>, posted: Posted) -> Reply {
    let Posted { mut form, visit, .. } = posted;
    run(visit, move |visit| {
        let org = entering(visit)?;
        let checked = all_or_none(&app, (org.as_str(), "desk"), form.value("codes"), LINES)?;
        match checked.take(&app, Channel::TearOff) {
            Ok(()) => Ok(go(&format!("/desk/alerts/strips?taken={}", checked.right.len()))),
            Err(ActError::Refused(refusal)) => {
                form.refuse(visit, &refusal);
                Ok(shown(visit, &form, &checked))
            }
            Err(fault) => Err(fault),
        }
    })
    .await
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct StripCodes {
    codes: Vec<String>,
}

impl Body for StripCodes {}

async fn command(State(app): State<Arc<App>>, command: Command<StripCodes>) -> Reply {
    let Command { visit, body, .. } = command;
    act(app, visit, move |app, visit| {
        let org = entering(visit)?;
        // One code for each line, whatever stands in it.
        let lines: Vec<String> = body.codes.iter().map(|code| code.replace(['\r', '\n'], " ")).collect();
        if lines.iter().any(|line| line.trim().is_empty()) {
            return Err(Refusal::new(RefusalKind::Invalid, "SCR-ALR-290").on("codes").into());
        }
        let checked = all_or_none(app, (org.as_str(), "desk"), &lines.join("\n"), LINES)?;
        if let Err(error) = checked.take(app, Channel::TearOff) {
            let ActError::Refused(refusal) = error else { return Err(error) };
            let all: Vec<_> = checked
                .wrong
                .iter()
                .map(|wrong| json!({"line": wrong.number, "code": wrong.code, "detail": words(visit, wrong)}))
                .collect();
            return Ok(Done::Answered(with_problems(visit, &refusal, &json!(all)).into()));
        }
        let taken: Vec<_> = checked
            .right
            .iter()
            .map(|right| {
                json!({
                    "alert": right.case.issued.id,
                    "entry": right.case.index(),
                    "station": right.station,
                    "step": step_name(right.step),
                    "exercise": right.case.is_exercise(),
                    "late": right.is_late(app),
                })
            })
            .collect();
        Ok(Done::Answered((StatusCode::CREATED, axum::Json(json!({"taken": taken}))).into_response().into()))
    })
    .await
}

/// The name of a step in files and answers.
pub(super) fn step_name(step: scr_alerts::acks::Step) -> &'static str {
    use scr_alerts::acks::Step;
    match step {
        Step::Sent => "sent",
        Step::Delivered => "delivered",
        Step::Read => "read",
        Step::Understood => "understood",
        Step::Acted => "acted",
    }
}
