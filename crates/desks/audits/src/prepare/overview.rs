//! One audit: what is done, who is waited for, and the order of events.

use super::words::{method_name, missing_words, next_words, phase_tag, sampler_name, what_name};
use super::{
    actor, audit_of, crumbs, href, is_administrator, just_recorded, next_page, page_of, place_href, role_in,
    run,
};
use crate::data::{self, Act, Kept};
use askama::Template;
use axum::extract::{Path, State};
use scr_audits::workflow::{Party, Phase, What};
use scr_core::Role;
use scr_engine::Fault;
use scr_web::components::{Crumb, Moment, Tag, Task, Tone};
use scr_web::{App, Reply, Seal, Visit, page};
use std::sync::Arc;

/// Events that are shown, the last ones.
const EVENTS: usize = 200;
/// Things that are missing, as far as they are listed.
const MISSING: usize = 20;

#[derive(Template)]
#[template(path = "prepare/overview.html")]
struct OverviewPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    kept: &'a Kept,
    tag: Tag,
    next: String,
    method: String,
    sampler: String,
    seal: Seal,
    recorded: Option<Seal>,
    tasks: Vec<Task>,
    missing: Vec<String>,
    more: usize,
    moments: Vec<Moment>,
    earlier: usize,
    may_reopen: bool,
    next_href: Option<String>,
    public_href: Option<String>,
}

pub(super) async fn overview(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        let kept = audit_of(&app, &id)?;
        let runs = is_administrator(visit, &kept);
        let missing = if runs { kept.audit.missing() } else { Vec::new() };
        let acts = app.engine.read(|views| data::acts(views, &id))?;
        let earlier = acts.len().saturating_sub(EVENTS);
        let template = OverviewPage {
            visit,
            crumbs: crumbs(visit, None, None),
            tag: phase_tag(visit, kept.audit.phase().as_str()),
            next: next_words(visit, kept.audit.phase()),
            method: method_name(visit, kept.audit.settings().method),
            sampler: sampler_name(visit, kept.audit.settings().sampler),
            seal: app.seal(kept.changed_index, kept.changed_at),
            recorded: just_recorded(&app, visit)?,
            tasks: [tasks(&app, visit, &kept), later(&app, visit, &kept)].concat(),
            next_href: next_page(&app, &kept).or_else(|| in_preparation(&kept)).filter(|_| runs),
            public_href: page_of(&app, "/audits/{audit}", &kept),
            more: missing.len().saturating_sub(MISSING),
            missing: if kept.audit.phase() == Phase::Draft {
                missing.iter().take(MISSING).map(|one| missing_words(visit, one)).collect()
            } else {
                Vec::new()
            },
            moments: acts.iter().skip(earlier).rev().map(|act| moment(&app, visit, act)).collect(),
            earlier,
            may_reopen: runs
                && !matches!(kept.audit.phase(), Phase::Draft | Phase::FullHandCount | Phase::Finished),
            kept: &kept,
        };
        Ok(page(&template).into())
    })
    .await
}

/// Where a draft goes on: the contests, then the jurisdictions and what they hand in.
fn in_preparation(kept: &Kept) -> Option<String> {
    let targeted = kept.audit.contests().iter().any(|contest| contest.targeted);
    let page = if targeted { "jurisdictions" } else { "contests" };
    (kept.audit.phase() == Phase::Draft).then(|| format!("{}/{page}", href(&kept.id)))
}

/// The steps before the seed, with how far each is.
fn tasks(app: &App, visit: &Visit, kept: &Kept) -> Vec<Task> {
    let audit = &kept.audit;
    let base = href(&kept.id);
    let done = |is_done: bool, of: String| Tag::new(if is_done { Tone::Good } else { Tone::Warn }, of);
    let task =
        |to: String, key: &str, tag: Tag| Task { href: to, text: visit.t(key), hint: None, tag: Some(tag) };
    let targeted = audit.contests().iter().any(|contest| contest.targeted);
    let count = |key: &str, count: usize| visit.ta(key, &[("count", count.into())]);
    let contests = done(targeted, count("audits-count-contests", audit.contests().len()));
    let mut tasks = vec![task(format!("{base}/contests"), "audits-contests-title", contests)];
    let needed = What::needed(audit.settings().method);
    let all = audit.jurisdictions();
    let handed = all.values().filter(|one| needed.iter().all(|what| one.uploads.contains_key(what))).count();
    let signed = all.values().filter(|one| one.signed.is_some()).count();
    let state = visit.ta(
        "audits-places-state",
        &[("handed", handed.into()), ("signed", signed.into()), ("total", all.len().into())],
    );
    let state = done(!all.is_empty() && signed == all.len(), state);
    match role_in(visit, kept, None) {
        Some(Party::Administrator) => {
            tasks.push(task(format!("{base}/jurisdictions"), "audits-places-title", state));
            let is_draft = audit.phase() == Phase::Draft;
            let commit = done(!is_draft, visit.t(if is_draft { "audits-not-yet" } else { "audits-done" }));
            let to = page_of(app, "/audits/{audit}", kept).filter(|_| !is_draft);
            tasks.push(task(to.unwrap_or(format!("{base}/commit")), "audits-commit-title", commit));
        }
        Some(Party::Jurisdiction(own)) if all.contains_key(&own) => {
            let one = done(all[&own].signed.is_some(), own_state(visit, kept, &own));
            let mut own_task = task(place_href(&kept.id, &own), "audits-places-own", one);
            own_task.hint = Some(own);
            tasks.push(own_task);
        }
        Some(Party::Jurisdiction(_)) => {
            tasks.push(task(format!("{base}/jurisdictions"), "audits-places-title", state));
        }
        _ => {}
    }
    tasks
}

/// The steps from the seed on, as soon as they can be taken.
fn later(app: &App, visit: &Visit, kept: &Kept) -> Vec<Task> {
    let audit = &kept.audit;
    if audit.committed().is_none() {
        return Vec::new();
    }
    let seeded = audit.seed().is_some();
    let seed = if seeded { (Tone::Good, "audits-done") } else { (Tone::Warn, "audits-not-yet") };
    let seed = Tag::new(seed.0, visit.t(seed.1));
    let rounds = visit.ta("audits-count-rounds", &[("count", audit.rounds().len().into())]);
    let ended = matches!(audit.phase(), Phase::Finished);
    let rounds = Tag::new(if ended { Tone::Good } else { Tone::Note }, rounds);
    let role = actor(visit).ok().map(|actor| actor.role);
    let admits = |path: &str| app.matrix().iter().any(|one| one.path == path && one.allow.admits(role));
    let pages = [
        ("/desk/audits/{audit}/seed", "audits-seed-title", seed, !seeded),
        ("/desk/audits/{audit}/rounds", "audits-rounds-title", rounds, true),
    ];
    let task = |(route, key, tag, is_open): (&str, &str, Tag, bool)| {
        // The wall shows a seed that stands, and is for whoever does not type one.
        let route = if is_open && admits(route) { route } else { "/audits/{audit}/seed" };
        let to = page_of(app, route, kept)?;
        Some(Task { href: to, text: visit.t(key), hint: None, tag: Some(tag) })
    };
    let mut tasks: Vec<Task> = pages.into_iter().filter_map(task).collect();
    tasks.extend(discrepancies(app, visit, kept));
    let observes = actor(visit).is_ok_and(|actor| actor.role == Role::Observer);
    if observes && !audit.rounds().is_empty() {
        let notes = page_of(app, "/desk/audits/{audit}/notes", kept);
        let text = visit.t("audits-notes-title");
        tasks.extend(notes.map(|to| Task { href: to, text, hint: None, tag: None }));
    }
    tasks
}

/// Where people and machines differ, for whoever can say why, as soon as a round is closed.
fn discrepancies(app: &App, visit: &Visit, kept: &Kept) -> Option<Task> {
    let method = kept.audit.settings().method;
    let compares = method.compares_ballots() || method.draws_batches();
    let is_read = kept.audit.rounds().iter().any(|round| round.counted.is_some());
    let explains = matches!(role_in(visit, kept, None), Some(Party::Administrator | Party::Jurisdiction(_)));
    let to = page_of(app, "/desk/audits/{audit}/discrepancies", kept)?;
    let text = visit.t("audit-explain-title");
    (compares && is_read && explains).then_some(Task { href: to, text, hint: None, tag: None })
}

/// How far a jurisdiction is, in a word.
pub(super) fn own_state(visit: &Visit, kept: &Kept, name: &str) -> String {
    let Some(one) = kept.audit.jurisdictions().get(name) else { return String::new() };
    let needed = What::needed(kept.audit.settings().method);
    if one.signed.is_some() {
        visit.t("audits-state-signed")
    } else if needed.iter().all(|what| one.uploads.contains_key(what)) {
        visit.t("audits-state-unsigned")
    } else {
        visit.t("audits-state-missing")
    }
}

/// An event with what it names in public.
fn moment(app: &App, visit: &Visit, act: &Act) -> Moment {
    let text = |field: &str| act.detail[field].as_str().unwrap_or_default();
    let mut words = vec![visit.kind_name(&act.kind)];
    words.extend(
        [text("contest"), text("jurisdiction")].into_iter().filter(|one| !one.is_empty()).map(str::to_owned),
    );
    let what =
        [What::Manifest, What::Totals, What::Cvrs].into_iter().find(|what| what.as_str() == text("what"));
    words.extend(what.map(|what| what_name(visit, what)));
    let mut sentence = words.join(" · ");
    if !text("reason").is_empty() {
        sentence =
            visit.ta("audits-event-reason", &[("event", sentence.into()), ("reason", text("reason").into())]);
    }
    Moment { at: act.at, text: sentence, seal: Some(app.seal(act.index, act.at)) }
}

/// A file name and a moment of what was handed in.
pub(super) fn handed_at(app: &App, kept: &Kept, name: &str, what: What) -> Result<Option<Seal>, Fault> {
    let acts = app.engine.read(|views| data::acts(views, &kept.id))?;
    let is = |act: &&Act| {
        act.kind == crate::kinds::UPLOAD_MADE.name
            && act.detail["jurisdiction"] == name
            && act.detail["what"] == what.as_str()
    };
    Ok(acts.iter().rev().find(is).map(|act| app.seal(act.index, act.at)))
}
