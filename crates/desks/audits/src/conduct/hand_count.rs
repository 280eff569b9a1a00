//! What a full hand count found: the votes of each choice and who won, contest by contest.

use super::page::{actor, crumbs, form_page, go, href, number, own, recorded, run};
use super::rounds::is_administrator;
use crate::acts::{finish, not_yours};
use crate::data::Kept;
use askama::Template;
use axum::extract::{Path, State};
use scr_audits::record::{Contest, FullCount};
use scr_audits::workflow::Phase;
use scr_engine::ActError;
use scr_web::components::Crumb;
use scr_web::{App, FormState, Posted, Reply, Visit};
use std::sync::Arc;

/// Votes of one choice, at most: as canonical JSON has them.
const MAX_VOTES: u64 = 9_007_199_254_740_991;

/// A choice with what was reported and what is typed.
struct ChoiceRow {
    name: String,
    field: String,
    won_field: String,
    reported: u64,
    typed: String,
    won: bool,
    error: Option<String>,
}

struct ContestRows {
    name: String,
    winners: usize,
    ranked: bool,
    error_field: String,
    error: Option<String>,
    choices: Vec<ChoiceRow>,
}

#[derive(Template)]
#[template(path = "conduct/hand_count.html")]
struct HandCountPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    contests: Vec<ContestRows>,
    back: String,
}

fn counting(app: &App, visit: &Visit, id: &str) -> Result<Kept, ActError> {
    let kept = own(app, visit, id)?;
    if is_administrator(&kept, actor(visit)?) { Ok(kept) } else { Err(not_yours().into()) }
}

fn show(visit: &Visit, kept: &Kept, form: &FormState) -> Reply {
    let back = format!("{}/rounds", href(&kept.id));
    let rows = |(at, contest): (usize, &Contest)| {
        let choice = |(choice, name): (usize, &String)| {
            let (field, won_field) = (format!("votes-{at}-{choice}"), format!("won-{at}-{choice}"));
            ChoiceRow {
                name: name.clone(),
                reported: contest.votes.get(choice).copied().unwrap_or_default(),
                typed: form.value(&field).to_owned(),
                won: form.is(&won_field, "yes"),
                error: form.error(&field).map(str::to_owned),
                field,
                won_field,
            }
        };
        let error_field = format!("won-{at}");
        ContestRows {
            name: contest.name.clone(),
            winners: contest.winners,
            ranked: contest.is_ranked(),
            error: form.error(&error_field).map(str::to_owned),
            error_field,
            choices: contest.choices.iter().enumerate().map(choice).collect(),
        }
    };
    let template = HandCountPage {
        visit,
        crumbs: crumbs(visit, kept, &[(back.clone(), visit.t("audit-conduct-rounds-title"))]),
        form,
        contests: kept.audit.contests().iter().enumerate().map(rows).collect(),
        back,
    };
    form_page(&template, form)
}

/// What was typed; what is wrong stands in the form. Under a law of its own a contest may have fewer winners than
/// seats.
fn typed(visit: &Visit, kept: &Kept, form: &mut FormState) -> Vec<FullCount> {
    let mut found = Vec::new();
    for (at, contest) in kept.audit.contests().iter().enumerate() {
        let mut votes = Vec::with_capacity(contest.choices.len());
        let mut winners = Vec::new();
        for (choice, _) in (0_u16..).zip(&contest.choices) {
            let field = format!("votes-{at}-{choice}");
            let count = number(form.value(&field)).filter(|count| *count <= MAX_VOTES);
            if count.is_none() {
                form.reject(&field, visit.t("audit-conduct-wrong-count"));
            }
            votes.push(count.unwrap_or_default());
            if form.is(&format!("won-{at}-{choice}"), "yes") {
                winners.push(choice);
            }
        }
        let fits = match contest.rule {
            None => winners.len() == contest.winners,
            Some(_) => !winners.is_empty() && winners.len() <= contest.winners.max(2),
        };
        if !fits {
            let args = [("contest", (&contest.name).into()), ("count", contest.winners.into())];
            form.reject(&format!("won-{at}"), visit.ta("audit-conduct-wrong-winners", &args));
        }
        found.push(FullCount { contest: at, votes, winners });
    }
    found
}

pub(super) async fn form(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        let kept = counting(&app, visit, &id)?;
        if kept.audit.phase() != Phase::FullHandCount {
            return Ok(go(&format!("{}/rounds", href(&id))));
        }
        Ok(show(visit, &kept, &FormState::new()))
    })
    .await
}

pub(super) async fn enter(State(app): State<Arc<App>>, Path(id): Path<String>, posted: Posted) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let kept = counting(&app, visit, &id)?;
        let found = typed(visit, &kept, &mut form);
        if !form.is_fine() {
            return Ok(show(visit, &kept, &form));
        }
        match scr_web::kept(visit, &mut form, finish(&app.engine, actor(visit)?, &id, &found))? {
            Some(receipts) => Ok(recorded(&app, &format!("{}/rounds", href(&id)), &receipts)),
            None => Ok(show(visit, &kept, &form)),
        }
    })
    .await
}
