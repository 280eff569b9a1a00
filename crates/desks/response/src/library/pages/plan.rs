//! The crisis plan of an organisation: what is in force, what is drafted, what differs, on paper.

use super::difference::{Parts, of_values};
use super::names::Names;
use super::place::asked;
use super::{PLAN, actor, decides, signs};
use crate::library::plan::{self, CrisisPlan, severity_name};
use crate::library::read::{self, PlanVersion};
use crate::library::shelf::{self, book};
use crate::library::{acts, codes};
use askama::Template;
use axum::extract::State;
use scr_canon::Hash32;
use scr_core::{Refusal, RefusalKind};
use scr_engine::{ActError, Fault};
use scr_web::components::{Crumb, Moment, Tag, Tone};
use scr_web::{
    App, FormState, Posted, Reply, Seal, Visit, form_page, go, just_recorded, kept, page, recorded, run,
};
use std::sync::Arc;

/// When a playbook begins, for a page.
pub(super) struct TriggerRow {
    pub(super) name: String,
    pub(super) href: String,
    pub(super) when: String,
    pub(super) severity: String,
    pub(super) role: String,
}

/// A plan as a page shows it.
pub(super) struct PlanShown {
    pub(super) title: String,
    /// Level in words, role, deputy, when.
    pub(super) leads: Vec<(String, String, String, String)>,
    pub(super) triggers: Vec<TriggerRow>,
    /// Role, purpose.
    pub(super) contacts: Vec<(String, String)>,
    /// Subject, role, how.
    pub(super) statements: Vec<(String, String, String)>,
    /// The beginning of the review day.
    pub(super) review: i64,
    pub(super) is_public: bool,
}

/// The plan of a version.
pub(super) fn read_plan(app: &App, version: &PlanVersion) -> Result<CrisisPlan, ActError> {
    let content = shelf::bytes(&app.engine, &version.sha256)?.ok_or_else(shelf::gone)?;
    serde_json::from_slice(&content).map_err(|error| Fault::log(&error).into())
}

/// What a level is called.
pub(super) fn level_name(visit: &Visit, level: plan::Authority) -> String {
    // i18n: library-level-*
    visit.t(&format!("library-level-{}", level.as_str()))
}

/// What a severity is called.
pub(super) fn severity_words(visit: &Visit, level: scr_playbooks::severity::Level) -> String {
    // i18n: library-nciss-*
    visit.t(&format!("library-nciss-{}", severity_name(level)))
}

/// A plan as a page shows it; `playbooks`: where its playbooks are.
pub(super) fn shown_plan(
    app: &App,
    visit: &Visit,
    plan: &CrisisPlan,
    playbooks: &str,
) -> Result<PlanShown, ActError> {
    let all = app.engine.read(|views| read::adopted(views, None))?;
    let mut triggers = Vec::new();
    for one in &plan.triggers {
        let known = all.iter().find(|known| known.code == one.playbook);
        let name = match known.map(|known| book(app, &known.sha256)) {
            Some(Ok(book)) if playbooks == super::PATH || known.is_some_and(|known| known.is_public) => {
                book.name(visit.lang_code(), &one.playbook)
            }
            Some(Err(fault @ ActError::Fault(_))) => return Err(fault),
            _ => one.playbook.clone(),
        };
        let is_linked = playbooks == super::PATH || known.is_some_and(|known| known.is_public);
        triggers.push(TriggerRow {
            name,
            href: if is_linked {
                format!("{playbooks}/{}", scr_web::in_address(&one.playbook))
            } else {
                String::new()
            },
            when: one.when.clone(),
            severity: severity_words(visit, one.severity),
            role: one.role.clone(),
        });
    }
    let lead = |one: &plan::Lead| {
        (level_name(visit, one.level), one.role.clone(), one.deputy.clone(), one.when.clone())
    };
    let mut leads: Vec<&plan::Lead> = plan.leads.iter().collect();
    leads.sort_by_key(|one| one.level);
    Ok(PlanShown {
        title: plan.title.clone(),
        leads: leads.into_iter().map(lead).collect(),
        triggers,
        contacts: plan.contacts.iter().map(|one| (one.role.clone(), one.purpose.clone())).collect(),
        statements: plan
            .statements
            .iter()
            .map(|one| (one.subject.clone(), one.role.clone(), one.how.clone()))
            .collect(),
        review: plan::day(&plan.review).unwrap_or_default(),
        is_public: plan.public,
    })
}

/// That a plan is past its review day.
pub(super) fn overdue_tag(visit: &Visit, review: &str, now: i64) -> Option<Tag> {
    plan::is_overdue(review, now).then(|| Tag::new(Tone::Alarm, visit.t("library-overdue")))
}

/// The versions of the reader's organisation, and the one that is asked for: in force, else the newest.
struct Own {
    versions: Vec<PlanVersion>,
    version: Option<PlanVersion>,
    /// The one that is in force.
    in_force: Option<u64>,
}

fn own(app: &App, visit: &Visit, number: Option<u64>) -> Result<Own, ActError> {
    let org = actor(visit)?.org.clone();
    let versions = app.engine.read(|views| read::plans(views, org.as_str()))?;
    let latest = versions.iter().filter(|one| one.adopted.is_some()).max_by_key(|one| one.adopted);
    let in_force = latest.map(|one| one.version);
    let version = match number {
        Some(number) => {
            let found = versions.iter().find(|one| one.version == number).cloned();
            Some(found.ok_or_else(|| Refusal::new(RefusalKind::NotFound, codes::NO_PLAN))?)
        }
        None => latest.or(versions.first()).cloned(),
    };
    Ok(Own { versions, version, in_force })
}

#[derive(Template)]
#[template(path = "library/plan.html")]
struct PlanPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    recorded: Option<Seal>,
    /// The plan, its version, its state, its seal.
    shown: Option<(PlanShown, PlanVersion, Tag, Seal)>,
    overdue: Option<Tag>,
    is_in_force: bool,
    /// A newer draft that is not in force.
    draft: Option<u64>,
    moments: Vec<Moment>,
    may_write: bool,
    may_adopt: bool,
    is_maker: bool,
    public_href: String,
}

pub(super) async fn show(State(app): State<Arc<App>>, visit: Visit) -> Reply {
    run(visit, move |visit| {
        let actor = actor(visit)?;
        let own = own(&app, visit, asked(visit, "version"))?;
        let is_in_force = own.version.as_ref().is_some_and(|one| Some(one.version) == own.in_force);
        let newest = own.versions.first();
        let draft = newest.filter(|one| one.adopted.is_none());
        let maker = match draft {
            Some(draft) => app.engine.read(|views| read::maker(views, draft.index))?,
            None => None,
        };
        let is_maker = maker.as_deref() == Some(actor.person.as_str());
        let mut shown = None;
        let mut overdue = None;
        if let Some(version) = own.version.clone() {
            let plan = read_plan(&app, &version)?;
            let (index, at) = version.adopted.unwrap_or((version.index, version.at));
            if is_in_force {
                overdue = overdue_tag(visit, &version.review, app.clock.now());
            }
            let plan = shown_plan(&app, visit, &plan, super::PATH)?;
            shown = Some((plan, version, state(visit, is_in_force), app.seal(index, at)));
        }
        let template = PlanPage {
            visit,
            crumbs: Vec::new(),
            recorded: just_recorded(&app, visit)?,
            shown,
            overdue,
            is_in_force,
            draft: draft.map(|one| one.version),
            moments: moments(&app, visit, &own.versions),
            may_write: decides(actor),
            may_adopt: draft.is_some() && signs(actor) && !is_maker,
            is_maker: draft.is_some() && is_maker,
            public_href: format!("/response/plans/{}", scr_web::in_address(actor.org.as_str())),
        };
        Ok(page(&template).into())
    })
    .await
}

fn state(visit: &Visit, is_in_force: bool) -> Tag {
    match is_in_force {
        true => Tag::new(Tone::Good, visit.t("library-state-in-force")),
        false => Tag::new(Tone::Note, visit.t("library-state-not-in-force")),
    }
}

fn moments(app: &App, visit: &Visit, versions: &[PlanVersion]) -> Vec<Moment> {
    let mut all = Vec::new();
    for one in versions {
        let args = [("number", one.version.into())];
        if let Some((index, at)) = one.adopted {
            let text = visit.ta("library-moment-plan-adopted", &args);
            all.push((index, Moment { at, text, seal: Some(app.seal(index, at)) }));
        }
        let mut text = visit.ta("library-moment-plan-drafted", &args);
        if !one.reason.is_empty() {
            text = format!("{text} · {}", one.reason);
        }
        all.push((one.index, Moment { at: one.at, text, seal: Some(app.seal(one.index, one.at)) }));
    }
    all.sort_by_key(|(index, _)| std::cmp::Reverse(*index));
    all.into_iter().map(|(_, moment)| moment).take(100).collect()
}

#[derive(Template)]
#[template(path = "library/plan_print.html")]
struct PrintPage<'a> {
    visit: &'a Visit,
    shown: PlanShown,
    org: String,
    version: PlanVersion,
    state: Tag,
    overdue: Option<Tag>,
    receipt: u64,
    at: i64,
    sha256: String,
}

pub(super) async fn print(State(app): State<Arc<App>>, visit: Visit) -> Reply {
    run(visit, move |visit| {
        let own = own(&app, visit, asked(visit, "version"))?;
        let Some(version) = own.version else { return Ok(go(PLAN)) };
        let plan = read_plan(&app, &version)?;
        let (receipt, at) = version.adopted.unwrap_or((version.index, version.at));
        let is_in_force = Some(version.version) == own.in_force;
        let template = PrintPage {
            visit,
            shown: shown_plan(&app, visit, &plan, super::PATH)?,
            org: Names::of(&app).say(&version.org),
            state: state(visit, is_in_force),
            overdue: overdue_tag(visit, &version.review, app.clock.now()).filter(|_| is_in_force),
            receipt,
            at,
            sha256: version.sha256.to_hex(),
            version,
        };
        Ok(page(&template).into())
    })
    .await
}

#[derive(Template)]
#[template(path = "library/changes.html")]
struct ChangesPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    name: String,
    old: u64,
    new: u64,
    parts: Parts,
    others: Vec<(String, u64)>,
}

fn crumbs(visit: &Visit) -> Vec<Crumb> {
    vec![Crumb::new(PLAN, visit.t("library-plan"))]
}

pub(super) async fn changes(State(app): State<Arc<App>>, visit: Visit) -> Reply {
    run(visit, move |visit| {
        let absent = || Refusal::new(RefusalKind::NotFound, codes::NO_PLAN);
        let own = own(&app, visit, asked(visit, "to"))?;
        let new = own.version.ok_or_else(absent)?;
        let from = asked(visit, "from").or_else(|| new.version.checked_sub(1));
        let old = own.versions.iter().find(|one| Some(one.version) == from).ok_or_else(absent)?;
        let value = |plan: &CrisisPlan| serde_json::to_value(plan).unwrap_or_default();
        let (before, after) = (value(&read_plan(&app, old)?), value(&read_plan(&app, &new)?));
        let other = |number: u64| (format!("{PLAN}/changes?from={number}&to={}", new.version), number);
        let template = ChangesPage {
            visit,
            crumbs: crumbs(visit),
            name: visit.t("library-plan"),
            old: old.version,
            new: new.version,
            parts: of_values(visit, visit.t("library-plan"), &before, &after),
            others: own
                .versions
                .iter()
                .map(|one| one.version)
                .filter(|number| *number != new.version && *number != old.version)
                .take(20)
                .map(other)
                .collect(),
        };
        Ok(page(&template).into())
    })
    .await
}

#[derive(Template)]
#[template(path = "library/plan_adopt.html")]
struct AdoptPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    shown: PlanShown,
    number: u64,
    over: String,
}

fn ask(app: &App, visit: &Visit, form: &FormState) -> Result<Reply, ActError> {
    let own = own(app, visit, None)?;
    let Some(draft) = own.versions.first().filter(|one| one.adopted.is_none()) else { return Ok(go(PLAN)) };
    let template = AdoptPage {
        visit,
        crumbs: crumbs(visit),
        form,
        shown: shown_plan(app, visit, &read_plan(app, draft)?, super::PATH)?,
        number: draft.version,
        over: draft.sha256.to_hex(),
    };
    Ok(form_page(&template, form))
}

pub(super) async fn adopt_form(State(app): State<Arc<App>>, visit: Visit) -> Reply {
    run(visit, move |visit| ask(&app, visit, &FormState::new())).await
}

pub(super) async fn adopt(State(app): State<Arc<App>>, posted: Posted) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        if !form.is("looked", "yes") {
            form.reject("looked", visit.t("library-wrong-looked"));
            return ask(&app, visit, &form);
        }
        let over = Hash32::from_hex(form.value("over")).unwrap_or(Hash32([0; 32]));
        let number = form.value("version").parse().unwrap_or_default();
        let done = acts::adopt_plan(&app.engine, actor(visit)?, number, &over);
        match kept(visit, &mut form, done)? {
            Some(receipts) => Ok(recorded(&app, PLAN, &receipts)),
            None => ask(&app, visit, &form),
        }
    })
    .await
}
