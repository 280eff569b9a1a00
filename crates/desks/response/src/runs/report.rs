//! After a run: what took how long, what was late, who waited for whom. On the page, on paper, as JSON.

use super::board::actor;
use super::data::{self, Kept};
use super::words::{self, State, crumbs, duration, href, marked, seconds};
use askama::Template;
use axum::extract::{Path, State as Extract};
use axum::http::header;
use axum::response::IntoResponse as _;
use scr_engine::utc_text;
use scr_playbooks::run::{Outcome, Past, Place};
use scr_playbooks::{Doing, Plan};
use scr_web::components::{Crumb, Tag};
use scr_web::{App, Reply, Visit, page, run};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A step as it was gone through, times in milliseconds of the run's clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Passed {
    /// Which.
    pub(crate) place: Place,
    /// How it stands.
    pub(crate) state: State,
    /// Since when it could be done.
    pub(crate) from: i64,
    /// When it was to be done.
    pub(crate) due: Option<i64>,
    /// When it ended.
    pub(crate) at: i64,
    /// How long nobody had taken it up.
    pub(crate) waited: i64,
    /// How long somebody was at it.
    pub(crate) worked: i64,
    /// How long it waited for its second person.
    pub(crate) second: i64,
    /// By how much it was late; 0: it was not.
    pub(crate) late: i64,
}

/// Times of a step that has ended. Pauses do not count.
fn passed(kept: &Kept, place: &Place, past: &Past) -> Option<Passed> {
    let step = kept.plan.steps.get(place.step())?;
    if !matches!(step.doing, Doing::Act { .. } | Doing::Call { .. }) {
        return None;
    }
    let from = kept.fold.moment(past.since, step.delay, past.at);
    let handed = past.handed.as_ref().map_or(past.at, |handed| handed.at);
    let begun = past.begun.unwrap_or(handed).clamp(from.min(handed), handed);
    let due = step
        .extension
        .deadline
        .map(|length| kept.fold.moment(past.since, step.delay.saturating_add(length), past.at));
    Some(Passed {
        place: place.clone(),
        state: words::past_state(past),
        from,
        due,
        at: past.at,
        waited: active(kept, from, begun),
        worked: active(kept, begun, handed),
        second: if past.second.is_some() { active(kept, handed, past.at) } else { 0 },
        late: match past.outcome {
            Outcome::Cancelled => 0,
            _ => due.map_or(0, |due| (past.at - due).max(0)),
        },
    })
}

/// The part of a time in which the clocks did not stand.
fn active(kept: &Kept, from: i64, to: i64) -> i64 {
    if to <= from {
        return 0;
    }
    let whole = to - from;
    // The end of a time moves by the pauses in it: what it moves by is what they took.
    let mut low = 0;
    let mut high = whole;
    while low < high {
        let middle = low + (high - low) / 2;
        let length = u64::try_from(middle).unwrap_or_default();
        if kept.fold.moment(from, length, to) >= to {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}

/// All steps that have ended, in the order in which they did.
pub(crate) fn all_passed(kept: &Kept) -> Vec<Passed> {
    let each = kept.fold.past().iter().flat_map(|(place, all)| all.iter().map(move |past| (place, past)));
    let mut all: Vec<Passed> = each.filter_map(|(place, past)| passed(kept, place, past)).collect();
    all.sort_by_key(|one| (one.at, one.place.clone()));
    all
}

/// What a role was waited for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct OfRole {
    /// Steps.
    pub(crate) steps: usize,
    /// How long others waited until they took them up.
    pub(crate) waited: i64,
    /// How long they worked.
    pub(crate) worked: i64,
    /// How long others waited for their second signature.
    pub(crate) second: i64,
    /// Steps that were late.
    pub(crate) late: usize,
}

/// Times by role, by its number in the plan.
pub(crate) fn by_role(plan: &Plan, passed: &[Passed]) -> BTreeMap<usize, OfRole> {
    let mut roles: BTreeMap<usize, OfRole> = BTreeMap::new();
    for one in passed.iter().filter(|one| one.state != State::Left) {
        let Some(step) = plan.steps.get(one.place.step()) else { continue };
        if let Some(agent) = step.agent() {
            let of = roles.entry(agent).or_default();
            of.steps += 1;
            of.waited += one.waited;
            of.worked += one.worked;
            of.late += usize::from(one.late > 0);
        }
        if let Some(agent) = step.second {
            roles.entry(agent).or_default().second += one.second;
        }
    }
    roles
}

struct Line {
    step: String,
    role: String,
    tag: Tag,
    ended: i64,
    waited: String,
    worked: String,
    second: String,
    late: String,
}

struct RoleLine {
    role: String,
    steps: usize,
    waited: String,
    worked: String,
    second: String,
    late: usize,
}

#[derive(Template)]
#[template(path = "runs/report.html")]
struct ReportPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    kept: &'a Kept,
    body: Body,
    base: String,
    title: String,
}

#[derive(Template)]
#[template(path = "runs/report_paper.html")]
struct PaperPage<'a> {
    visit: &'a Visit,
    kept: &'a Kept,
    body: Body,
    title: String,
}

struct Body {
    answer: String,
    tag: Tag,
    began: i64,
    ended: Option<i64>,
    lasted: String,
    paused: String,
    done: usize,
    late: usize,
    slowest: Vec<String>,
    lines: Vec<Line>,
    roles: Vec<RoleLine>,
}

/// Steps that are named as slowest.
const SLOWEST: usize = 3;

fn body(visit: &Visit, kept: &Kept, now: i64) -> Body {
    let passed = all_passed(kept);
    let language = visit.lang_code();
    let end = kept.fold.ending().map(|(_, at)| at);
    let until = end.unwrap_or(now);
    let role_of = |place: &Place| {
        let agent = kept.plan.steps.get(place.step()).and_then(|step| step.agent());
        let agent = agent.and_then(|agent| kept.plan.agents.get(agent));
        agent.map(|agent| agent.name_in(language).to_owned()).unwrap_or_default()
    };
    let late = passed.iter().filter(|one| one.late > 0).count();
    let time = |ms: i64| if ms > 0 { duration(visit, ms) } else { "–".to_owned() };
    let line = |one: &Passed| Line {
        step: words::step_name(visit, kept, one.place.step()),
        role: role_of(&one.place),
        tag: one.state.tag(visit),
        ended: seconds(one.at),
        waited: time(one.waited),
        worked: time(one.worked),
        second: time(one.second),
        late: if one.late > 0 { duration(visit, one.late) } else { String::new() },
    };
    let mut slow: Vec<&Passed> = passed.iter().filter(|one| one.state != State::Left).collect();
    slow.sort_by_key(|one| std::cmp::Reverse(one.at - one.from));
    let slowest = slow.iter().take(SLOWEST).map(|one| {
        let name = words::step_name(visit, kept, one.place.step());
        visit.ta(
            "runs-report-slow",
            &[("step", name.into()), ("time", duration(visit, one.at - one.from).into())],
        )
    });
    let roles = by_role(&kept.plan, &passed);
    let role = |(agent, of): (&usize, &OfRole)| RoleLine {
        role: kept.plan.agents.get(*agent).map(|one| one.name_in(language).to_owned()).unwrap_or_default(),
        steps: of.steps,
        waited: time(of.waited),
        worked: time(of.worked),
        second: time(of.second),
        late: of.late,
    };
    let paused = (until - kept.row.run_at) - active(kept, kept.row.run_at, until);
    Body {
        answer: match end {
            None => visit.t("runs-report-open"),
            Some(_) if late > 0 => visit.ta("runs-report-late", &[("count", late.into())]),
            Some(_) => visit.t("runs-report-in-time"),
        },
        tag: words::run_tag(visit, kept, 0),
        began: seconds(kept.row.run_at),
        ended: end.map(seconds),
        lasted: duration(visit, until - kept.row.run_at),
        paused: time(paused),
        done: passed.iter().filter(|one| one.state == State::Done).count(),
        late,
        slowest: slowest.collect(),
        lines: passed.iter().map(line).collect(),
        roles: roles.iter().map(role).collect(),
    }
}

pub(super) async fn report(Extract(app): Extract<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        let kept = data::seen(&app.engine, actor(visit)?, &id)?;
        let visit = &marked(visit, kept.row.is_exercise());
        let template = ReportPage {
            visit,
            crumbs: crumbs(visit, Some(&kept)),
            body: body(visit, &kept, kept.now(app.clock.now_ms())),
            base: href(&id),
            title: kept.plan.name_in(visit.lang_code()).to_owned(),
            kept: &kept,
        };
        Ok(page(&template).into())
    })
    .await
}

pub(super) async fn paper(Extract(app): Extract<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        let kept = data::seen(&app.engine, actor(visit)?, &id)?;
        let visit = &marked(visit, kept.row.is_exercise());
        let body = body(visit, &kept, kept.now(app.clock.now_ms()));
        let title = kept.plan.name_in(visit.lang_code()).to_owned();
        Ok(page(&PaperPage { visit, kept: &kept, body, title }).into())
    })
    .await
}

/// The report for machines.
pub(crate) fn json_of(kept: &Kept) -> Value {
    let passed = all_passed(kept);
    let text = |ms: i64| utc_text(seconds(ms));
    let role = |agent: usize| kept.plan.agents.get(agent).map(|agent| agent.role.clone());
    let step = |one: &Passed| {
        let step = kept.plan.steps.get(one.place.step());
        json!({
            "place": one.place.to_string(), "step": step.map(|step| &step.id), "name": step.map(|step| &step.name),
            "role": step.and_then(|step| step.agent()).and_then(role), "state": one.state.as_str(),
            "from": text(one.from), "due": one.due.map(text), "ended": text(one.at),
            "waited_ms": one.waited, "worked_ms": one.worked, "second_ms": one.second, "late_ms": one.late,
        })
    };
    let of_role = |(agent, of): (&usize, &OfRole)| {
        json!({"role": role(*agent), "steps": of.steps, "waited_ms": of.waited, "worked_ms": of.worked,
            "second_ms": of.second, "late": of.late})
    };
    json!({
        "run": kept.row.run, "exercise": kept.row.is_exercise(), "mode": super::acts::mode_word(kept.row.mode),
        "drill": kept.row.drill, "playbook": kept.row.playbook, "version": kept.row.version,
        "digest": kept.row.digest, "name": kept.plan.name, "began": text(kept.row.run_at),
        "ended": kept.fold.ending().map(|(_, at)| text(at)),
        "ending": kept.fold.ending().map(|(ending, _)| data::ending_word(ending)),
        "steps": passed.iter().map(step).collect::<Vec<_>>(),
        "roles": by_role(&kept.plan, &passed).iter().map(of_role).collect::<Vec<_>>(),
    })
}

pub(super) async fn report_json(
    Extract(app): Extract<Arc<App>>,
    visit: Visit,
    Path(id): Path<String>,
) -> Reply {
    run(visit, move |visit| {
        let kept = data::seen(&app.engine, actor(visit)?, &id)?;
        let headers =
            [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "private, no-store")];
        Ok((headers, json_of(&kept).to_string()).into_response().into())
    })
    .await
}
