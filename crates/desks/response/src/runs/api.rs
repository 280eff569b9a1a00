//! Runs below `/api/v1/`: what goes on, and the acts of people who have the roles. To sign as the second person, and to break
//! a run off, is done on the pages: a program never signs.

use super::acts::{self, Deed, NewRun, Person};
use super::data::{self, Assigned, Kept};
use super::{Source, codes, report, source, words};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::IntoResponse as _;
use scr_core::{Refusal, RefusalKind};
use scr_engine::{ActError, utc_text};
use scr_playbooks::run::Place;
use scr_web::api::{Body, Command, Done, Operation, act, file_of, read};
use scr_web::{App, Reply, Visit};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Every call.
pub(crate) const OPERATIONS: &[Operation] = &[
    Operation::get(
        "/api/v1/response/runs",
        "listRuns",
        "Runs",
        "Runs of playbooks that one's organisation takes part in",
    ),
    Operation::get(
        "/api/v1/response/runs/{run}",
        "getRun",
        "Run",
        "One run: what is to be done by whom, and the steps that have ended with their times",
    ),
    Operation::post("/api/v1/response/runs", "startRun", "NewRun", "Start a run of a playbook"),
    Operation::post(
        "/api/v1/response/runs/{run}/steps",
        "actInRun",
        "RunAct",
        "Take a step up, hand it in, refuse it, give a variable a value, let the clocks stand or go on",
    ),
];

/// What is not for everybody is kept by nobody on its way.
async fn privately<F>(visit: Visit, headers: HeaderMap, work: F) -> Reply
where
    F: FnOnce(&Visit) -> Result<Option<Value>, ActError> + Send + 'static,
{
    let mut response = read(visit, headers, work).await.into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    response.into()
}

pub(super) async fn runs(State(app): State<Arc<App>>, visit: Visit, headers: HeaderMap) -> Reply {
    privately(visit, headers, move |visit| {
        let actor = super::board::actor(visit)?;
        let all = app.engine.read(|views| {
            let mut all = Vec::new();
            for row in data::rows(views, false)?.into_iter().chain(data::rows(views, true)?) {
                all.extend(data::find(views, &row.run)?.filter(|kept| kept.is_seen_by(actor)));
            }
            Ok(all)
        })?;
        Ok(Some(json!({"runs": all.iter().map(head).collect::<Vec<_>>()})))
    })
    .await
}

fn head(kept: &Kept) -> Value {
    json!({
        "run": kept.row.run, "entry": kept.row.index, "mode": acts::mode_word(kept.row.mode),
        "exercise": kept.row.is_exercise(), "drill": kept.row.drill, "playbook": kept.row.playbook,
        "version": kept.row.version, "name": kept.plan.name, "began": utc_text(words::seconds(kept.row.run_at)),
        "ending": kept.row.ending, "paused": kept.fold.is_paused(),
    })
}

pub(super) async fn one(
    State(app): State<Arc<App>>,
    visit: Visit,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Reply {
    privately(visit, headers, move |visit| {
        let kept = data::seen(&app.engine, super::board::actor(visit)?, &id)?;
        let now = kept.now(app.clock.now_ms());
        let text = |ms: i64| utc_text(words::seconds(ms));
        let todo = kept.fold.todo(&kept.plan, now);
        let todo = todo.iter().filter_map(|todo| {
            let place = todo.place.as_ref()?;
            let agent = todo.agent.and_then(|agent| kept.plan.agents.get(agent));
            Some(json!({
                "place": place.to_string(), "name": kept.plan.steps.get(place.step()).map(|step| &step.name),
                "state": words::todo_state(&kept, todo, now).as_str(), "role": agent.map(|agent| &agent.role),
                "from": text(todo.from), "due": todo.due.map(text), "times_out": todo.times_out.map(text),
                "late": todo.is_late, "taken_by": todo.begun_by,
            }))
        });
        let mut body = head(&kept);
        body["todo"] = json!(todo.collect::<Vec<_>>());
        body["now"] = json!(text(now));
        body["report"] = report::json_of(&kept);
        Ok(Some(body))
    })
    .await
}

/// A run to start. `roles`: for each role of the playbook the organisation, and its role on the desk where it is one.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewBody {
    playbook: String,
    occasion: String,
    #[serde(default)]
    drill: Option<String>,
    #[serde(default)]
    election: Option<String>,
    #[serde(default)]
    is_public: bool,
    #[serde(default)]
    roles: BTreeMap<String, Assigned>,
    #[serde(default)]
    variables: BTreeMap<String, String>,
}

impl Body for NewBody {}

pub(super) async fn start(
    State(app): State<Arc<App>>,
    Command { visit, actor, body }: Command<NewBody>,
) -> Reply {
    act(app, visit, move |app, visit| {
        let source = source::source_of(&app.engine, &actor.org, &body.playbook)?;
        let source: Source = source.ok_or_else(|| Refusal::new(RefusalKind::NotFound, codes::NO_PLAYBOOK))?;
        let new = NewRun {
            source,
            drill: body.drill,
            election: body.election,
            occasion: body.occasion,
            is_public: body.is_public,
            roles: body.roles,
            variables: body.variables,
            parent: None,
        };
        let (run, receipts) = acts::start(&app.engine, Person { actor: &actor, name: name(visit) }, &new)?;
        Ok(Done::Recorded(receipts, location(&run)))
    })
    .await
}

fn name(visit: &Visit) -> &str {
    visit.login.as_ref().map_or("", |login| login.name.as_str())
}

fn location(run: &str) -> String {
    format!("/api/v1/response/runs/{}", scr_web::in_address(run))
}

/// What somebody does in a run.
#[derive(Debug, Deserialize)]
#[serde(tag = "act", rename_all = "kebab-case", deny_unknown_fields)]
pub(super) enum ActBody {
    Take {
        place: String,
        #[serde(default)]
        over: bool,
    },
    Done {
        place: String,
        #[serde(default)]
        note: String,
        #[serde(default)]
        file: Option<String>,
        #[serde(default)]
        outputs: BTreeMap<String, String>,
    },
    SendBack {
        place: String,
        reason: String,
    },
    Refuse {
        place: String,
        reason: String,
    },
    SetVariable {
        name: String,
        value: String,
    },
    Pause {
        reason: String,
    },
    Resume,
}

impl Body for ActBody {
    const WITH_FILE: bool = true;
}

fn place_of(text: &str) -> Result<Place, Refusal> {
    text.parse().map_err(|_| Refusal::new(RefusalKind::NotFound, codes::NOTHING_WAITS).on("place"))
}

fn deed(app: &App, body: ActBody) -> Result<Deed, ActError> {
    Ok(match body {
        ActBody::Take { place, over } => Deed::Take { place: place_of(&place)?, over },
        ActBody::Done { place, note, file, outputs } => {
            let file = file.map(|file| file_of(app, &file)).transpose()?;
            Deed::Done { place: place_of(&place)?, note, file, outputs }
        }
        ActBody::SendBack { place, reason } => Deed::SendBack { place: place_of(&place)?, reason },
        ActBody::Refuse { place, reason } => Deed::Refuse { place: place_of(&place)?, reason },
        ActBody::SetVariable { name, value } => Deed::SetVariable { name, value },
        ActBody::Pause { reason } => Deed::Pause { reason },
        ActBody::Resume => Deed::Resume,
    })
}

pub(super) async fn step(
    State(app): State<Arc<App>>,
    Path(run): Path<String>,
    Command { visit, actor, body }: Command<ActBody>,
) -> Reply {
    act(app, visit, move |app, visit| {
        let deed = deed(app, body)?;
        let person = Person { actor: &actor, name: name(visit) };
        let receipts = acts::act(&app.engine, person, &run, &deed)?;
        Ok(Done::Recorded(receipts, location(&run)))
    })
    .await
}
