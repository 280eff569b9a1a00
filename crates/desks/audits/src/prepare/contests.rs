//! The contests of an audit.

use super::choices::{contest, laws, lines};
use super::words::limit_words;
use super::{
    actor, administered, audit_of, crumbs, form_page, href, in_address, is_administrator, just_recorded,
    recorded, refuse, run,
};
use crate::acts::{choose_contest, drop_contest};
use crate::data::Kept;
use askama::Template;
use axum::extract::{Path, State};
use scr_audits::contest::Outcome;
use scr_audits::record::Contest;
use scr_audits::workflow::Phase;
use scr_tabulation::seats::Divisors;
use scr_web::components::Crumb;
use scr_web::{App, FormState, Posted, Reply, Seal, Visit, page};
use std::sync::Arc;

/// A contest in the table.
struct Row<'a> {
    contest: &'a Contest,
    law: String,
    risk_limit: String,
    href: String,
}

#[derive(Template)]
#[template(path = "prepare/contests.html")]
struct ListPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    base: String,
    rows: Vec<Row<'a>>,
    may_change: bool,
    recorded: Option<Seal>,
}

/// The law of a contest by its name in the form.
fn law(contest: &Contest) -> &'static str {
    match &contest.rule {
        None | Some(Outcome::Plurality { .. }) if contest.runoff => "majority",
        None | Some(Outcome::Plurality { .. }) => "most",
        Some(Outcome::Share { .. }) => "share",
        Some(Outcome::Runoff { .. }) => "runoff",
        Some(Outcome::InstantRunoff { .. }) => "ranked",
        Some(rule @ Outcome::HighestAverages { .. }) => match rule.divisors() {
            Some(Divisors::DHondt) => "dhondt",
            _ => "sainte-lague",
        },
    }
}

pub(super) async fn list(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        let kept = audit_of(&app, &id)?;
        let row = |(at, contest): (usize, &'_ Contest)| {
            // i18n: audits-law-*
            let law = visit.t(&format!("audits-law-{}", law(contest)));
            let risk_limit = limit_words(&contest.risk_limit);
            (at, law, risk_limit)
        };
        let said: Vec<_> = kept.audit.contests().iter().enumerate().map(row).collect();
        let rows = kept.audit.contests().iter().zip(said).map(|(contest, (at, law, risk_limit))| Row {
            contest,
            law,
            risk_limit,
            href: format!("{}/contests/new?of={at}", href(&id)),
        });
        let template = ListPage {
            visit,
            crumbs: crumbs(visit, Some(&kept), None),
            base: href(&id),
            rows: rows.collect(),
            may_change: is_administrator(visit, &kept) && kept.audit.phase() == Phase::Draft,
            recorded: just_recorded(&app, visit)?,
        };
        Ok(page(&template).into())
    })
    .await
}

#[derive(Template)]
#[template(path = "prepare/contest.html")]
struct FormPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    base: String,
    form: &'a FormState,
    laws: Vec<(String, String)>,
    targets: Vec<(String, String)>,
    has_share: bool,
    has_ranks: bool,
}

fn show(visit: &Visit, kept: &Kept, form: &FormState) -> Reply {
    let laws = laws(kept.audit.settings().method);
    let option = |law: &&str| ((*law).to_owned(), visit.t(&format!("audits-law-{law}")));
    let mut crumbs = crumbs(visit, Some(kept), None);
    let base = href(&kept.id);
    crumbs.push(Crumb::new(format!("{base}/contests"), visit.t("audits-contests-title")));
    let template = FormPage {
        visit,
        crumbs,
        base,
        form,
        has_share: laws.contains(&"share"),
        has_ranks: laws.contains(&"ranked"),
        laws: laws.iter().map(option).collect(),
        targets: vec![
            ("yes".to_owned(), visit.t("audits-targeted")),
            ("no".to_owned(), visit.t("audits-opportunistic")),
        ],
    };
    form_page(&template, form)
}

/// The form of a contest whose name and choices are known from a list.
pub(super) fn href_of(audit: &str, name: &str, choices: &[String]) -> String {
    let choices: Vec<String> = choices.iter().map(|choice| format!("{choice}: ")).collect();
    let (name, choices) = (in_address(name), in_address(&choices.join("\n")));
    format!("{}/contests/new?name={name}&choices={choices}", href(audit))
}

/// The form of a contest that is there, or a new one.
fn filled(visit: &Visit, kept: &Kept) -> FormState {
    let query = |name: &str| visit.query.get(name).unwrap_or_default();
    let found = query("of").parse::<usize>().ok().and_then(|at| kept.audit.contests().get(at));
    let form = FormState::new();
    let Some(contest) = found else {
        return form
            .with("name", query("name"))
            .with("choices", query("choices"))
            .with("winners", 1)
            .with("votes_allowed", 1)
            .with("risk_limit", "5%")
            .with("law", "most")
            .with("targeted", "yes");
    };
    let mut form = form
        .with("name", &contest.name)
        .with("choices", lines(contest))
        .with("winners", contest.winners)
        .with("votes_allowed", contest.votes_allowed)
        .with("ballots", contest.ballots)
        .with("risk_limit", limit_words(&contest.risk_limit))
        .with("law", law(contest))
        .with("targeted", if contest.targeted { "yes" } else { "no" });
    match &contest.rule {
        Some(Outcome::Share { share, .. }) => {
            form = form.with("share", format!("{}/{}", share.numerator, share.denominator));
        }
        Some(Outcome::InstantRunoff { winner }) => {
            let name = contest.choices.get(usize::from(*winner)).cloned().unwrap_or_default();
            form = form.with("winner", name);
        }
        Some(Outcome::HighestAverages { seats, threshold, .. }) => {
            form = form.with("winners", seats.iter().sum::<u32>());
            if let Some(share) = threshold {
                form = form.with("share", format!("{}/{}", share.numerator, share.denominator));
            }
        }
        _ => {}
    }
    form
}

pub(super) async fn form(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        let kept = administered(&app, visit, &id)?;
        let form = filled(visit, &kept);
        Ok(show(visit, &kept, &form))
    })
    .await
}

pub(super) async fn choose(State(app): State<Arc<App>>, Path(id): Path<String>, posted: Posted) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let kept = administered(&app, visit, &id)?;
        let method = kept.audit.settings().method;
        let Some(contest) = contest(visit, &mut form, method) else {
            return Ok(show(visit, &kept, &form));
        };
        match choose_contest(&app.engine, actor(visit)?, &id, &contest) {
            Ok(receipts) => Ok(recorded(&app, &format!("{}/contests", href(&id)), &receipts)),
            Err(error) => {
                refuse(visit, &mut form, error)?;
                Ok(show(visit, &kept, &form))
            }
        }
    })
    .await
}

pub(super) async fn drop(State(app): State<Arc<App>>, Path(id): Path<String>, posted: Posted) -> Reply {
    run(posted.visit, move |visit| {
        administered(&app, visit, &id)?;
        let receipts = drop_contest(&app.engine, actor(visit)?, &id, posted.form.value("contest"))?;
        Ok(recorded(&app, &format!("{}/contests", href(&id)), &receipts))
    })
    .await
}
