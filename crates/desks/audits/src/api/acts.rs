//! What programs do with audits: the acts that the pages call too.

use super::location;
use crate::acts::{self, NewAudit, NewUpload};
use crate::data;
use crate::desk::place_of;
use crate::rounds;
use axum::extract::{Path, State};
use scr_audits::record::{Contest, Method, Sampler, Settings, TestRule};
use scr_audits::workflow::hand_in::take;
use scr_audits::workflow::{What, codes};
use scr_core::{ElectionId, Refusal, RefusalKind};
use scr_engine::{ActError, Fault};
use scr_web::api::{Body, Command, Done, act, file_of, with_problems};
use scr_web::{App, Reply, Visit};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Digits of a seed where nothing else is said: twenty ten-sided dice.
const DICE: u32 = 20;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewBody {
    title: String,
    method: Method,
    #[serde(default)]
    election: Option<String>,
    #[serde(default)]
    sampler: Option<Sampler>,
    #[serde(default)]
    seed_digits: Option<u32>,
    #[serde(default)]
    known_styles: bool,
    #[serde(default)]
    test: Option<TestName>,
    #[serde(default)]
    fresh_seeds: bool,
}

/// The tests of assertions, with the usual figures of their authors.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum TestName {
    Betting,
    Alpha,
}

impl Body for NewBody {}

pub(super) async fn create(
    State(app): State<Arc<App>>,
    Command { visit, actor, body }: Command<NewBody>,
) -> Reply {
    act(app, visit, move |app, _| {
        let election = body.election.filter(|election| !election.is_empty());
        if election.as_deref().is_some_and(|election| ElectionId::new(election).is_err()) {
            return Err(Refusal::new(RefusalKind::Invalid, "SCR-API-007").on("election").into());
        }
        let sampler = body.sampler.unwrap_or_else(|| body.method.usual_sampler());
        let digits = body.seed_digits.unwrap_or(DICE);
        let mut settings = Settings::new(body.method, sampler, digits).styled(body.known_styles);
        let test = match body.test {
            Some(TestName::Alpha) => TestRule::ALPHA,
            Some(TestName::Betting) | None => TestRule::BETTING,
        };
        settings.test = body.method.asserts().then_some(test);
        let new = NewAudit { title: body.title, election, settings, fresh_seeds: body.fresh_seeds };
        let (id, receipts) = acts::create(&app.engine, &actor, &new)?;
        Ok(Done::Recorded(receipts, location(&id)))
    })
    .await
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NamesBody {
    jurisdictions: Vec<String>,
}

impl Body for NamesBody {}

pub(super) async fn name_jurisdictions(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Command { visit, actor, body }: Command<NamesBody>,
) -> Reply {
    act(app, visit, move |app, _| {
        let names: BTreeSet<String> = body.jurisdictions.iter().map(|name| name.trim().to_owned()).collect();
        let receipts = acts::name_jurisdictions(&app.engine, &actor, &id, &names)?;
        Ok(Done::Recorded(receipts, location(&id)))
    })
    .await
}

#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub(super) struct ContestBody(Contest);

impl Body for ContestBody {}

pub(super) async fn choose(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Command { visit, actor, body }: Command<ContestBody>,
) -> Reply {
    act(app, visit, move |app, _| {
        let receipts = acts::choose_contest(&app.engine, &actor, &id, &body.0)?;
        Ok(Done::Recorded(receipts, location(&id)))
    })
    .await
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DropBody {
    contest: String,
}

impl Body for DropBody {}

pub(super) async fn drop_contest(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Command { visit, actor, body }: Command<DropBody>,
) -> Reply {
    act(app, visit, move |app, _| {
        let receipts = acts::drop_contest(&app.engine, &actor, &id, &body.contest)?;
        Ok(Done::Recorded(receipts, location(&id)))
    })
    .await
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileBody {
    jurisdiction: String,
    what: What,
    file_name: String,
    /// The file, base64.
    file: String,
}

impl Body for FileBody {
    const WITH_FILE: bool = true;
}

pub(super) async fn hand_in(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Command { visit, actor, body }: Command<FileBody>,
) -> Reply {
    // It holds a whole file in memory: few do at the same time.
    let turn = match app.heavy_turn().await {
        Ok(turn) => turn,
        Err(refusal) => return Reply::refused(&visit, &refusal),
    };
    act(app, visit, move |app, visit| {
        let _turn = turn;
        let file = file_of(app, &body.file)?;
        let FileBody { jurisdiction, what, file_name, .. } = body;
        let kept = place_of(app, visit, &(id.clone(), jurisdiction.clone()))?;
        if !what.is_taken(kept.audit.settings().method) {
            let refusal = Refusal::new(RefusalKind::Invalid, codes::NOT_UPLOADED).on("what");
            return Err(refusal.with("jurisdiction", &jurisdiction).with("what", what.as_str()).into());
        }
        let manifest = app.engine.read(|views| data::input(views, &id, &jurisdiction, What::Manifest))?;
        let manifest = manifest.as_ref().map(|(bytes, _)| bytes.as_slice());
        let handed = match take(what, &kept.audit, &jurisdiction, (&file_name, &file), manifest, &[]) {
            Ok(handed) => handed,
            Err(problems) => return cannot_be_read(visit, &problems),
        };
        let upload = handed.upload;
        let new = NewUpload { jurisdiction, what, bytes: &handed.bytes, upload, file_name };
        let receipts = acts::upload(&app.engine, &actor, &id, &new)?;
        Ok(Done::Recorded(receipts, location(&id)))
    })
    .await
}

/// Everything that is wrong with a file, at once; nothing was taken in.
fn cannot_be_read(visit: &Visit, problems: &[scr_core::Problem]) -> Result<Done, ActError> {
    let all = serde_json::to_value(problems).map_err(|error| Fault::log(&error))?;
    let refusal = Refusal::new(RefusalKind::Invalid, "SCR-API-009").on("file");
    Ok(Done::Answered(with_problems(visit, &refusal, &all).into()))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BoardsBody {
    jurisdiction: String,
    boards: usize,
}

impl Body for BoardsBody {}

pub(super) async fn deal(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Command { visit, actor, body }: Command<BoardsBody>,
) -> Reply {
    act(app, visit, move |app, _| {
        if !(1..=rounds::MAX_BOARDS).contains(&body.boards) {
            let refusal = Refusal::new(RefusalKind::Invalid, "SCR-API-006").on("boards");
            return Err(refusal.with("name", "boards").with("max", rounds::MAX_BOARDS).into());
        }
        let to = (body.jurisdiction.as_str(), body.boards);
        let receipts = rounds::deal_boards(&app.engine, &actor, &id, to)?;
        Ok(Done::Recorded(receipts, location(&id)))
    })
    .await
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ExplanationBody {
    /// By place in the record's `batches`.
    batch: usize,
    #[serde(default)]
    position: Option<u32>,
    reason: String,
}

impl Body for ExplanationBody {}

pub(super) async fn explain(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Command { visit, actor, body }: Command<ExplanationBody>,
) -> Reply {
    act(app, visit, move |app, _| {
        let of = (body.batch, body.position);
        let receipts = rounds::explain(&app.engine, &actor, &id, of, &body.reason)?;
        Ok(Done::Recorded(receipts, location(&id)))
    })
    .await
}
