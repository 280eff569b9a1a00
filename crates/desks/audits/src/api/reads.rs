//! What anybody may read of audits.

use crate::data::{self, Kept};
use crate::rounds::progress_of;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use scr_audits::workflow::{Jurisdiction, Round};
use scr_engine::{ActError, Engine, utc_text};
use scr_web::api::read;
use scr_web::{App, Reply, Visit, in_address};
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// Every audit.
pub(super) async fn audits(State(app): State<Arc<App>>, visit: Visit, headers: HeaderMap) -> Reply {
    read(visit, headers, move |_| {
        let lines = app.engine.read(data::audits)?;
        let one = |line: &data::Line| {
            json!({"audit": line.id, "title": line.title, "state": line.phase, "organisation": line.org,
                "changed": utc_text(line.changed_at), "entry": line.changed_index,
                "record": format!("/audits/{}/record.json", in_address(&line.id))})
        };
        Ok(Some(json!({"audits": lines.iter().map(one).collect::<Vec<_>>()})))
    })
    .await
}

/// One audit.
pub(super) async fn audit(
    State(app): State<Arc<App>>,
    visit: Visit,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Reply {
    read(visit, headers, move |_| {
        let kept = app.engine.read(|views| data::audit(views, &id))?;
        kept.map(|kept| described(&app.engine, &kept)).transpose()
    })
    .await
}

fn described(engine: &Engine, kept: &Kept) -> Result<Value, ActError> {
    let audit = &kept.audit;
    let rounds: Vec<Value> =
        audit.rounds().iter().map(|one| round(engine, kept, one)).collect::<Result<_, _>>()?;
    let parties: Vec<Value> = audit.jurisdictions().iter().map(jurisdiction).collect();
    Ok(json!({
        "audit": kept.id, "title": audit.title(), "state": audit.phase().as_str(),
        "organisation": kept.org(), "election": kept.election, "version": audit.version(),
        "settings": audit.settings(), "fresh_seeds": audit.fresh_seeds(), "contests": audit.contests(),
        "jurisdictions": parties, "committed": audit.committed().map(|committed| committed.root),
        "seed": audit.seed(), "rounds": rounds, "changed": utc_text(kept.changed_at),
        "entry": kept.changed_index,
    }))
}

fn jurisdiction((name, one): (&String, &Jurisdiction)) -> Value {
    let file = |(what, upload): (&scr_audits::workflow::What, &scr_audits::workflow::Upload)| {
        let said = json!({"sha256": upload.sha256, "rows": upload.rows, "ballots": upload.ballots});
        (what.as_str().to_owned(), said)
    };
    let files: Map<String, Value> = one.uploads.iter().map(file).collect();
    json!({"jurisdiction": name, "files": files, "signed": one.signed.is_some()})
}

/// A round, and how far each jurisdiction is in it. What boards have read is nobody's to see before it is closed.
fn round(engine: &Engine, kept: &Kept, round: &Round) -> Result<Value, ActError> {
    let boards: Vec<Value> = progress_of(engine, kept, round)?
        .iter()
        .map(|(name, one)| {
            json!({"jurisdiction": name, "to_read": one.due, "boards": one.boards, "signed": one.signed,
                "unread": one.unread, "disagreed": one.disagreed})
        })
        .collect();
    Ok(json!({"round": round.number, "seed": round.seed, "draws": round.opening.draws,
        "decision": round.decision, "reason": round.reason, "measured": round.measured, "boards": boards}))
}
