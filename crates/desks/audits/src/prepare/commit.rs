//! Everything is fixed before the seed; and how one goes back to before it.

use super::words::{method_name, missing_words, sampler_name};
use super::{actor, administered, crumbs, form_page, go, href, recorded, refuse, run, run_heavy};
use crate::acts;
use crate::assembled::handed_in;
use crate::data::Kept;
use crate::rounds::{self, SOFTWARE};
use askama::Template;
use axum::extract::{Path, State};
use scr_audits::verify::Deviation;
use scr_audits::workflow::hand_in::Prepared;
use scr_audits::workflow::{Committed, Phase, codes, commitment, foreseen};
use scr_core::{Refusal, RefusalKind};
use scr_engine::{ActError, Receipt};
use scr_web::components::Crumb;
use scr_web::{App, FormState, Posted, Reply, Visit};
use std::sync::Arc;

/// What is missing or does not fit, as far as it is listed.
const LISTED: usize = 50;

/// What would be committed to, or why nothing can be.
struct Ready {
    missing: Vec<Refusal>,
    committed: Option<(Prepared, Committed)>,
    deviations: Vec<Deviation>,
    notices: Vec<Deviation>,
}

impl Ready {
    fn of(app: &App, kept: &Kept) -> Result<Self, ActError> {
        let missing = kept.audit.missing();
        let mut ready = Self { missing, committed: None, deviations: Vec::new(), notices: Vec::new() };
        if !ready.missing.is_empty() {
            return Ok(ready);
        }
        let prepared = match handed_in(&app.engine, kept) {
            Ok(prepared) => prepared,
            Err(ActError::Refused(refusal)) => {
                ready.missing.push(refusal);
                return Ok(ready);
            }
            Err(fault) => return Err(fault),
        };
        let report = foreseen(&kept.audit, &prepared.inputs, &prepared.cvrs, SOFTWARE)?;
        ready.deviations = report.deviations;
        ready.notices = report.notices;
        let committed = commitment(&kept.audit, &prepared.inputs, SOFTWARE)?;
        ready.committed = Some((prepared, committed));
        Ok(ready)
    }

    fn may_commit(&self) -> bool {
        self.committed.is_some() && self.deviations.is_empty()
    }
}

/// Something that does not fit, as the check of records says it.
struct Line {
    code: String,
    what: String,
}

#[derive(Template)]
#[template(path = "prepare/commit.html")]
struct CommitPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    base: String,
    kept: &'a Kept,
    form: &'a FormState,
    missing: Vec<String>,
    more: usize,
    deviations: Vec<Line>,
    notices: Vec<Line>,
    committed: Option<&'a Committed>,
    parts: Vec<(String, String)>,
    method: String,
    sampler: String,
    batches: usize,
    ballots: u64,
    may_commit: bool,
}

fn lines(of: &[Deviation]) -> Vec<Line> {
    let line = |one: &Deviation| Line { code: one.code.clone(), what: one.what.clone() };
    of.iter().take(LISTED).map(line).collect()
}

fn show(visit: &Visit, kept: &Kept, ready: &Ready, form: &FormState) -> Reply {
    let batches = ready.committed.iter().flat_map(|(prepared, _)| &prepared.inputs.batches);
    let committed = ready.committed.as_ref().map(|(_, committed)| committed);
    let part = |(name, hash): (&String, &scr_canon::Hash32)| {
        // i18n: audits-part-*
        (visit.t(&format!("audits-part-{name}")), hash.to_hex())
    };
    let template = CommitPage {
        visit,
        crumbs: crumbs(visit, Some(kept), None),
        base: href(&kept.id),
        kept,
        form,
        missing: ready.missing.iter().take(LISTED).map(|one| missing_words(visit, one)).collect(),
        more: ready.missing.len().saturating_sub(LISTED),
        deviations: lines(&ready.deviations),
        notices: lines(&ready.notices),
        parts: committed.iter().flat_map(|committed| &committed.parts).map(part).collect(),
        committed,
        method: method_name(visit, kept.audit.settings().method),
        sampler: sampler_name(visit, kept.audit.settings().sampler),
        batches: batches.clone().count(),
        ballots: batches.map(|batch| u64::from(batch.ballots)).sum(),
        may_commit: ready.may_commit(),
    };
    form_page(&template, form)
}

pub(super) async fn look(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run_heavy(Arc::clone(&app), visit, move |visit| {
        let kept = administered(&app, visit, &id)?;
        if kept.audit.phase() != Phase::Draft {
            return Ok(go(&href(&id)));
        }
        let ready = Ready::of(&app, &kept)?;
        Ok(show(visit, &kept, &ready, &FormState::new()))
    })
    .await
}

pub(super) async fn commit(State(app): State<Arc<App>>, Path(id): Path<String>, posted: Posted) -> Reply {
    let mut form = posted.form;
    run_heavy(Arc::clone(&app), posted.visit, move |visit| {
        let kept = administered(&app, visit, &id)?;
        if !form.is("looked", "yes") {
            form.reject("looked", visit.t("audits-wrong-looked"));
        }
        if form.is_fine() {
            match as_seen(&app, visit, &kept, &form) {
                Ok(receipts) => return Ok(recorded(&app, &href(&id), &receipts)),
                Err(error) => refuse(visit, &mut form, error)?,
            }
        }
        Ok(show(visit, &kept, &Ready::of(&app, &kept)?, &form))
    })
    .await
}

/// Commits to what the page has shown, or to nothing.
fn as_seen(app: &App, visit: &Visit, kept: &Kept, form: &FormState) -> Result<Vec<Receipt>, ActError> {
    if let Some(missing) = kept.audit.missing().into_iter().next() {
        return Err(missing.into());
    }
    let prepared = handed_in(&app.engine, kept)?;
    let committed = commitment(&kept.audit, &prepared.inputs, SOFTWARE)?;
    if !form.is("root", committed.root.to_hex()) {
        return Err(Refusal::new(RefusalKind::Conflict, codes::SIGNED_OTHER).into());
    }
    rounds::commit(&app.engine, actor(visit)?, &kept.id, &prepared)
}

#[derive(Template)]
#[template(path = "prepare/reopen.html")]
struct ReopenPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    base: String,
    kept: &'a Kept,
    form: &'a FormState,
}

fn show_reopen(visit: &Visit, kept: &Kept, form: &FormState) -> Reply {
    let crumbs = crumbs(visit, Some(kept), None);
    form_page(&ReopenPage { visit, crumbs, base: href(&kept.id), kept, form }, form)
}

pub(super) async fn ask(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        let kept = administered(&app, visit, &id)?;
        if kept.audit.committed().is_none() {
            return Ok(go(&href(&id)));
        }
        Ok(show_reopen(visit, &kept, &FormState::new()))
    })
    .await
}

pub(super) async fn reopen(State(app): State<Arc<App>>, Path(id): Path<String>, posted: Posted) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let kept = administered(&app, visit, &id)?;
        match acts::reopen(&app.engine, actor(visit)?, &id, form.value("reason")) {
            Ok(receipts) => {
                crate::conduct::end_passes(&app, &kept);
                Ok(recorded(&app, &href(&id), &receipts))
            }
            Err(error) => {
                refuse(visit, &mut form, error)?;
                Ok(show_reopen(visit, &kept, &form))
            }
        }
    })
    .await
}
