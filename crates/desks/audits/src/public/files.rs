//! An audit as files: the record that anybody checks, what was drawn from, the report in the sections that users of
//! Arlo know.

use super::{proven, summary};
use crate::acts::absent;
use crate::assembled::{prepared, public_record};
use crate::data;
use crate::desk::audit_of;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::IntoResponse;
use scr_audits::sample::inputs::SamplerInputs;
use scr_audits::workflow::report::{Facts, csv, sections};
use scr_engine::{Fault, utc_text};
use scr_web::run;
use scr_web::{App, Reply, Visit};
use std::sync::Arc;

fn json_file(value: &impl serde::Serialize) -> Result<Reply, Fault> {
    let bytes = serde_json::to_vec(value).map_err(|error| Fault::log(&error))?;
    Ok(([(header::CONTENT_TYPE, "application/json")], bytes).into_response().into())
}

/// The record of the version that the audit stands in, with the log's proofs of when commitments and seeds were published.
pub(super) async fn record(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |_| {
        let mut record = public_record(&app.engine, &audit_of(&app, &id)?)?;
        proven::prove(&app, &mut record);
        Ok(json_file(&record)?)
    })
    .await
}

/// What the rounds were drawn from.
pub(super) async fn sampler_inputs(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path(id): Path<String>,
) -> Reply {
    run(visit, move |_| {
        let record = public_record(&app.engine, &audit_of(&app, &id)?)?;
        let inputs = SamplerInputs::of_record(&record).ok_or_else(absent)?;
        Ok(json_file(&inputs)?)
    })
    .await
}

/// The report. Ballots are shown beside what machines recorded of them, where that is published.
pub(super) async fn report(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |_| {
        let kept = audit_of(&app, &id)?;
        let mut record = public_record(&app.engine, &kept)?;
        record.cvrs = summary::recorded(&app, &kept)?;
        let lines = app.engine.read(|views| data::rounds(views, &id, kept.audit.version()))?;
        let end =
            |line: &data::RoundLine| line.closed.as_ref().map(|(_, _, at)| utc_text(*at)).unwrap_or_default();
        let facts = Facts {
            organization: kept.org().to_owned(),
            election: kept.election.clone().unwrap_or_default(),
            online: true,
            times: lines.iter().map(|line| (utc_text(line.at), end(line))).collect(),
            containers: prepared(&app.engine, &kept)?.containers,
            ..Facts::default()
        };
        let bytes = csv(&sections(&record, &facts));
        let name = format!("attachment; filename=\"{id}-report.csv\"");
        let head = [
            (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
            (header::CONTENT_DISPOSITION, name),
        ];
        Ok((head, bytes).into_response().into())
    })
    .await
}
