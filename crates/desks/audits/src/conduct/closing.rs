//! The end of a round: closing it, which measures its risk; deciding what follows; giving it up.

use super::page::{actor, crumbs, form_page, go, href, own, recorded, run, run_heavy};
use super::passes::end_passes;
use super::place::ReasonPage;
use super::risk::Risks;
use super::rounds::{is_administrator, is_open, round_of};
use crate::acts::{abandon, decide, not_yours};
use crate::data::Kept;
use crate::rounds::close_round;
use askama::Template;
use axum::extract::{Path, State};
use scr_audits::record::Decision;
use scr_audits::workflow::{Phase, Round};
use scr_engine::ActError;
use scr_web::components::Crumb;
use scr_web::{App, FormState, Posted, Reply, Visit};
use std::sync::Arc;

type Address = (String, String);

/// A round of an audit that the reader runs.
struct Own {
    kept: Kept,
    round: Round,
}

impl Own {
    fn of(app: &App, visit: &Visit, (id, number): &Address) -> Result<Self, ActError> {
        let kept = own(app, visit, id)?;
        if !is_administrator(&kept, actor(visit)?) {
            return Err(not_yours().into());
        }
        let round = round_of(&kept, number)?.clone();
        Ok(Self { round, kept })
    }

    fn href(&self) -> String {
        format!("{}/rounds/{}", href(&self.kept.id), self.round.number)
    }

    fn is_open(&self) -> bool {
        is_open(&self.kept, &self.round)
    }

    fn is_closed(&self) -> bool {
        self.kept.audit.phase() == Phase::RoundClosed
            && self.kept.audit.rounds().len() == self.round.number as usize
    }

    fn crumbs(&self, visit: &Visit) -> Vec<Crumb> {
        let rounds = (format!("{}/rounds", href(&self.kept.id)), visit.t("audit-conduct-rounds-title"));
        let round = visit.ta("audit-conduct-round", &[("round", self.round.number.into())]);
        crumbs(visit, &self.kept, &[rounds, (self.href(), round)])
    }
}

#[derive(Template)]
#[template(path = "conduct/close.html")]
struct ClosePage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    number: u32,
    waits: Vec<String>,
    /// Everything drawn was read before.
    nothing_new: bool,
    contests: usize,
    back: String,
}

fn ask_close(visit: &Visit, own: &Own, form: &FormState) -> Reply {
    let template = ClosePage {
        visit,
        crumbs: own.crumbs(visit),
        form,
        number: own.round.number,
        waits: own.round.waits_for().map(str::to_owned).collect(),
        nothing_new: own.round.opening.units.values().all(|units| *units == 0),
        contests: own.kept.audit.contests().len(),
        back: own.href(),
    };
    form_page(&template, form)
}

pub(super) async fn closing(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path(address): Path<Address>,
) -> Reply {
    run(visit, move |visit| {
        let own = Own::of(&app, visit, &address)?;
        if !own.is_open() {
            return Ok(go(&own.href()));
        }
        Ok(ask_close(visit, &own, &FormState::new()))
    })
    .await
}

pub(super) async fn close(
    State(app): State<Arc<App>>,
    Path(address): Path<Address>,
    posted: Posted,
) -> Reply {
    let mut form = posted.form;
    run_heavy(Arc::clone(&app), posted.visit, move |visit| {
        let own = Own::of(&app, visit, &address)?;
        if !own.is_open() {
            return Ok(go(&own.href()));
        }
        match scr_web::kept(visit, &mut form, close_round(&app.engine, actor(visit)?, &own.kept.id))? {
            Some(receipts) => {
                end_passes(&app, &own.kept);
                Ok(recorded(&app, &own.href(), &receipts))
            }
            None => Ok(ask_close(visit, &own, &form)),
        }
    })
    .await
}

#[derive(Template)]
#[template(path = "conduct/decide.html")]
struct DecidePage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    number: u32,
    met: bool,
    risks: Option<Risks>,
    options: Vec<(&'static str, String)>,
    back: String,
}

fn ask_decide(visit: &Visit, own: &Own, form: &FormState) -> Reply {
    let met = own.kept.audit.all_met();
    let stop = met.then_some(("stop", visit.t("audit-conduct-decide-stop")));
    let go_on = [
        ("next-round", visit.t("audit-conduct-decide-next-round")),
        ("full-hand-count", visit.t("audit-conduct-decide-full-hand-count")),
    ];
    let template = DecidePage {
        visit,
        crumbs: own.crumbs(visit),
        form,
        number: own.round.number,
        met,
        risks: Risks::of(visit, own.kept.audit.contests(), &own.round.measured),
        options: stop.into_iter().chain(go_on).collect(),
        back: own.href(),
    };
    form_page(&template, form)
}

pub(super) async fn deciding(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path(address): Path<Address>,
) -> Reply {
    run(visit, move |visit| {
        let own = Own::of(&app, visit, &address)?;
        if !own.is_closed() {
            return Ok(go(&own.href()));
        }
        Ok(ask_decide(visit, &own, &FormState::new()))
    })
    .await
}

pub(super) async fn decided(
    State(app): State<Arc<App>>,
    Path(address): Path<Address>,
    posted: Posted,
) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let own = Own::of(&app, visit, &address)?;
        if !own.is_closed() {
            return Ok(go(&own.href()));
        }
        let decision = match form.value("decision") {
            "stop" => Decision::Stop,
            "next-round" => Decision::NextRound,
            "full-hand-count" => Decision::FullHandCount,
            _ => {
                form.reject("decision", visit.t("audit-conduct-wrong-decision"));
                return Ok(ask_decide(visit, &own, &form));
            }
        };
        let act = decide(&app.engine, actor(visit)?, &own.kept.id, (decision, form.value("reason")));
        Ok(match scr_web::kept(visit, &mut form, act)? {
            Some(receipts) => recorded(&app, &format!("{}/rounds", href(&own.kept.id)), &receipts),
            None => ask_decide(visit, &own, &form),
        })
    })
    .await
}

fn ask_abandon(visit: &Visit, own: &Own, form: &FormState) -> Reply {
    let fresh = own.kept.audit.fresh_seeds();
    let then = if fresh { "audit-conduct-abandon-fresh" } else { "audit-conduct-abandon-same" };
    let then = visit.t(then);
    let template = ReasonPage {
        visit,
        crumbs: own.crumbs(visit),
        form,
        title: visit.ta("audit-conduct-abandon-title", &[("round", own.round.number.into())]),
        answer: visit.t("audit-conduct-abandon-answer"),
        consequence: format!("{} {then}", visit.t("audit-conduct-abandon-consequence")),
        will: visit.t("audit-conduct-abandon-will"),
        act: visit.t("audit-conduct-abandon-act"),
        back: own.href(),
    };
    form_page(&template, form)
}

pub(super) async fn abandoning(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path(address): Path<Address>,
) -> Reply {
    run(visit, move |visit| {
        let own = Own::of(&app, visit, &address)?;
        if !own.is_open() {
            return Ok(go(&own.href()));
        }
        Ok(ask_abandon(visit, &own, &FormState::new()))
    })
    .await
}

pub(super) async fn abandoned(
    State(app): State<Arc<App>>,
    Path(address): Path<Address>,
    posted: Posted,
) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let own = Own::of(&app, visit, &address)?;
        if !own.is_open() {
            return Ok(go(&own.href()));
        }
        let act = abandon(&app.engine, actor(visit)?, &own.kept.id, form.value("reason"));
        let Some(receipts) = scr_web::kept(visit, &mut form, act)? else {
            return Ok(ask_abandon(visit, &own, &form));
        };
        end_passes(&app, &own.kept);
        Ok(recorded(&app, &own.href(), &receipts))
    })
    .await
}
