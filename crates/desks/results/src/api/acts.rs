//! The commands: the same that the pages call, by programs with a token.

use crate::commands::{self, NewContest, NewElection, NewTable};
use crate::desk::against::Against;
use crate::desk::data;
use crate::desk::draft::{Draft, Purpose, UPLOAD};
use crate::desk::reading;
use axum::extract::{Path, State};
use scr_core::{ElectionId, Refusal, RefusalKind};
use scr_engine::Fault;
use scr_results::{Contestant, Severity, checks};
use scr_web::api::{Body, Command, Done, act, file_of, with_problems};
use scr_web::{App, Reply, Visit};
use serde::Deserialize;
use serde_json::json as value;
use std::collections::BTreeMap;
use std::sync::Arc;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ElectionBody {
    election: String,
    title: String,
    day: String,
    zone: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ContestBody {
    contest: String,
    title: String,
    votes_per_ballot: u64,
    contestants: Vec<ContestantBody>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ContestantBody {
    id: String,
    name: String,
    #[serde(default)]
    group: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TableBody {
    source: String,
    source_name: String,
    file_name: String,
    /// The file, base64.
    file: String,
    /// The mapping, TOML, as `scrutineer results propose` prints it.
    mapping: String,
    /// Contestants of the file, and whom of the contest they are.
    #[serde(default)]
    same_as: BTreeMap<String, String>,
    #[serde(default)]
    reason: Option<String>,
}

impl Body for ElectionBody {}
impl Body for ContestBody {}
impl Body for TableBody {
    const WITH_FILE: bool = true;
}

fn election_id(id: &str) -> Result<ElectionId, Refusal> {
    ElectionId::new(id).map_err(|_| Refusal::new(RefusalKind::NotFound, "SCR-RES-009").with("id", id))
}

fn wrong_id(field: &str) -> Refusal {
    Refusal::new(RefusalKind::Invalid, "SCR-API-007").on(field)
}

pub(super) async fn create_election(
    State(app): State<Arc<App>>,
    Command { visit, actor, body }: Command<ElectionBody>,
) -> Reply {
    let location = format!("/api/v1/elections/{}", crate::public::encode(&body.election));
    act(app, visit, move |app, _| {
        let id = ElectionId::new(body.election.as_str()).map_err(|_| wrong_id("election"))?;
        let new = NewElection { id, title: body.title, day: body.day, zone: body.zone };
        let receipts = commands::create_election(&app.engine, &actor, &new)?;
        Ok(Done::Recorded(receipts, location))
    })
    .await
}

pub(super) async fn define_contest(
    State(app): State<Arc<App>>,
    Path(election): Path<String>,
    Command { visit, actor, body }: Command<ContestBody>,
) -> Reply {
    let encode = crate::public::encode;
    let location = format!("/api/v1/elections/{}/contests/{}", encode(&election), encode(&body.contest));
    act(app, visit, move |app, _| {
        // Ids of contests and contestants stand in addresses: they have the form of an election's.
        ElectionId::new(body.contest.as_str()).map_err(|_| wrong_id("contest"))?;
        if body.contestants.iter().any(|one| ElectionId::new(one.id.as_str()).is_err()) {
            return Err(wrong_id("contestants").into());
        }
        if !(1..=200).contains(&body.votes_per_ballot) {
            return Err(Refusal::new(RefusalKind::Invalid, "SCR-API-006")
                .on("votes_per_ballot")
                .with("name", "votes_per_ballot")
                .with("max", 200)
                .into());
        }
        let contestant = |one: ContestantBody| Contestant {
            id: one.id,
            name: one.name,
            group: one.group.filter(|group| !group.trim().is_empty()),
        };
        let new = NewContest {
            election: election_id(&election)?,
            id: body.contest,
            title: body.title,
            votes_per_ballot: body.votes_per_ballot,
            contestants: body.contestants.into_iter().map(contestant).collect(),
        };
        let receipts = commands::define_contest(&app.engine, &actor, &new)?;
        Ok(Done::Recorded(receipts, location))
    })
    .await
}

pub(super) async fn import_table(
    State(app): State<Arc<App>>,
    Path((election, contest)): Path<(String, String)>,
    Command { visit, actor, body }: Command<TableBody>,
) -> Reply {
    let encode = crate::public::encode;
    let location = format!("/api/v1/elections/{}/contests/{}/tables", encode(&election), encode(&contest));
    // It holds a whole file in memory: few do at the same time.
    let turn = match app.heavy_turn().await {
        Ok(turn) => turn,
        Err(refusal) => return Reply::refused(&visit, &refusal),
    };
    act(app, visit, move |app, visit| {
        let _turn = turn;
        let row = data::election(app, &election)?;
        let absent = || Refusal::new(RefusalKind::NotFound, "SCR-RES-015").with("id", &contest);
        let defined = data::contest(app, &row.id, &contest)?.ok_or_else(absent)?;
        let file = file_of(app, &body.file)?;
        let kept = app.engine.objects().put(&[UPLOAD, file.as_slice()].concat())?;
        let mut draft = Draft::new(visit, Purpose::Results, &row.id, &kept, body.file_name)?;
        draft.mapping = body.mapping;
        draft.contest.clone_from(&contest);
        draft.source = body.source;
        draft.source_name = body.source_name;
        draft.same_as = body.same_as;
        let reading = reading::of(app, &draft, Some(&defined))?;
        let Some(table) = reading.table.as_ref().filter(|_| reading.unknown.is_empty()) else {
            return Ok(Done::Answered(cannot_be_read(visit, &reading)));
        };
        let input = checks::Input { votes_per_ballot: defined.votes_per_ballot, ..checks::Input::new(table) };
        // The registry and the rules of the election, as on the pages.
        let against = Against::of(app, &row)?;
        let report = against.check(&input);
        let mut findings = serde_json::to_value(&report).map_err(|error| Fault::log(&error))?;
        against.note(&mut findings);
        let new = NewTable {
            election: election_id(&election)?,
            contest: contest.clone(),
            source: draft.source.clone(),
            source_name: draft.source_name.clone(),
            table,
            findings: &findings,
            findings_count: report.count(),
            mapping: Some(&reading.mapping),
            file_name: draft.file_name.clone(),
            file: Some(&file),
            reason: body.reason,
        };
        let receipts = commands::import_table(&app.engine, &actor, &new)?;
        Ok(Done::Recorded(receipts, location))
    })
    .await
}

/// Everything that is wrong with a file, at once; nothing was taken in.
fn cannot_be_read(visit: &Visit, reading: &reading::Reading) -> Reply {
    let mut all = serde_json::to_value(&reading.problems).unwrap_or_default();
    if let Some(list) = all.as_array_mut() {
        list.extend(reading.unknown.iter().map(|(one, near)| {
            value!({"code": "SCR-RES-016", "severity": Severity::Error, "value": one.name,
                "closest": near.as_ref().map(|near| near.id.clone())})
        }));
        if list.is_empty() {
            // A file with several contests: the mapping must name one.
            list.push(value!({"code": "SCR-RES-015", "severity": Severity::Error, "found": reading.found}));
        }
    }
    let refusal = Refusal::new(RefusalKind::Invalid, "SCR-API-009").on("file");
    with_problems(visit, &refusal, &all).into()
}
