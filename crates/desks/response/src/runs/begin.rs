//! Starting a run: which playbook, whether it is meant, who has which role.

use super::acts::{self, NewRun, may_start};
use super::around::{self, Drill, Election};
use super::board::actor;
use super::codes;
use super::data::{self, Assigned};
use super::doing::person;
use super::source::{self, Choice};
use super::words::{DESK_ROLES, crumbs, href};
use askama::Template;
use axum::extract::State;
use scr_canon::sha256;
use scr_core::{Actor, Refusal, RefusalKind, Role};
use scr_engine::ActError;
use scr_playbooks::Plan;
use scr_web::components::Crumb;
use scr_web::{App, FormState, Posted, Reply, Visit, form_page, kept as kept_in, page, recorded, run};
use std::collections::BTreeMap;
use std::sync::Arc;

struct Offered {
    href: String,
    name: String,
    description: String,
    is_in_force: bool,
}

#[derive(Template)]
#[template(path = "runs/choose.html")]
struct ChoosePage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    offered: Vec<Offered>,
}

struct RoleField {
    field: String,
    label: String,
}

struct ValueField {
    field: String,
    label: String,
    is_bool: bool,
}

#[derive(Template)]
#[template(path = "runs/begin.html")]
struct BeginPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    title: String,
    description: String,
    drills: Vec<(String, String)>,
    elections: Vec<(String, String)>,
    roles: Vec<RoleField>,
    who: Vec<(String, String)>,
    values: Vec<ValueField>,
    is_child: bool,
}

fn plan_of(choice: &Choice) -> Option<Arc<Plan>> {
    let digest = sha256(&choice.source.bytes).to_string();
    data::plan_of(&digest, &choice.source.bytes).map(|(_, plan)| plan)
}

/// The playbook that is meant: by its key, or by its identifier, as a step names it.
fn chosen(app: &App, actor: &Actor, key: &str) -> Result<Option<(Choice, Arc<Plan>)>, ActError> {
    let all = source::choices(&app.engine, &actor.org)?;
    let found = all.into_iter().filter_map(|choice| plan_of(&choice).map(|plan| (choice, plan)));
    Ok(found.into_iter().find(|(choice, plan)| choice.key == key || plan.id == key))
}

/// Who may have a role: people of an organisation, as `org` or `org|role`.
fn who(visit: &Visit, actor: &Actor, organisations: &[(String, String)]) -> Vec<(String, String)> {
    let own = actor.org.as_str();
    let named = organisations.iter().find(|(org, _)| org == own).map(|(_, name)| name.clone());
    let own_name = named.unwrap_or_else(|| own.to_owned());
    let mut who = vec![(own.to_owned(), visit.ta("runs-who-any", &[("org", own_name.as_str().into())]))];
    for role in DESK_ROLES {
        let text = visit.ta(
            "runs-who-role",
            &[("org", own_name.as_str().into()), ("role", visit.role_name(&role).into())],
        );
        who.push((format!("{own}|{}", role.as_str()), text));
    }
    for (org, name) in organisations.iter().filter(|(org, _)| org != own) {
        who.push((org.clone(), visit.ta("runs-who-any", &[("org", name.as_str().into())])));
    }
    who
}

fn assigned(text: &str) -> Option<Assigned> {
    let (org, desk) = text.split_once('|').map_or((text, None), |(org, desk)| (org, Some(desk)));
    let desk = match desk {
        None => None,
        Some(desk) => Some(Role::parse(desk)?),
    };
    (!org.is_empty()).then(|| Assigned { org: org.to_owned(), desk })
}

fn show(app: &App, visit: &Visit, plan: &Plan, form: &FormState) -> Result<Reply, ActError> {
    let person = actor(visit)?;
    let language = visit.lang_code();
    let (drills, elections, organisations) = app.engine.read(|views| {
        Ok((around::drills(views)?, around::elections(views)?, around::organisations(views)?))
    })?;
    let drill = |drill: Drill| (drill.drill.clone(), drill.title);
    let election = |election: Election| (election.election.clone(), election.title);
    let none = (String::new(), visit.t("runs-no-election"));
    let template = BeginPage {
        visit,
        crumbs: crumbs(visit, None),
        form,
        title: plan.name_in(language).to_owned(),
        description: plan.description_in(language).unwrap_or_default().to_owned(),
        drills: drills.into_iter().filter(|drill| drill.ended_at.is_none()).map(drill).collect(),
        elections: std::iter::once(none).chain(elections.into_iter().map(election)).collect(),
        roles: plan
            .agents
            .iter()
            .map(|agent| RoleField {
                field: format!("role-{}", agent.role),
                label: agent.name_in(language).to_owned(),
            })
            .collect(),
        who: who(visit, person, &organisations),
        values: plan
            .variables
            .iter()
            .filter(|(_, variable)| variable.is_external)
            .map(|(name, variable)| ValueField {
                field: format!("value-{name}"),
                label: variable.description.clone().unwrap_or_else(|| name.clone()),
                is_bool: variable.kind == "bool",
            })
            .collect(),
        is_child: !form.value("parent").is_empty(),
    };
    Ok(form_page(&template, form))
}

fn forbidden(actor: &Actor) -> Result<(), Refusal> {
    if may_start(actor) { Ok(()) } else { Err(Refusal::new(RefusalKind::Forbidden, codes::MAY_NOT_START)) }
}

pub(super) async fn form(State(app): State<Arc<App>>, visit: Visit) -> Reply {
    run(visit, move |visit| {
        let person = actor(visit)?;
        forbidden(person)?;
        let key = visit.query.get("playbook").unwrap_or_default();
        if let Some((choice, plan)) = chosen(&app, person, key)? {
            let usual = if choice.source.is_in_force { "real" } else { "exercise" };
            let mut form = FormState::new().with("playbook", &choice.key).with("mode", usual);
            for name in ["parent", "place"] {
                form = form.with(name, visit.query.get(name).unwrap_or_default());
            }
            if let Some(parent) = visit.query.get("parent") {
                let kept = data::seen(&app.engine, person, parent)?;
                let mode = if kept.row.is_exercise() { "exercise" } else { "real" };
                form = form
                    .with("mode", mode)
                    .with("drill", &kept.row.drill)
                    .with("election", &kept.row.election);
            }
            if visit.query.get("drill").is_some() {
                form =
                    form.with("mode", "exercise").with("drill", visit.query.get("drill").unwrap_or_default());
            }
            return show(&app, visit, &plan, &form);
        }
        let language = visit.lang_code();
        let offered = source::choices(&app.engine, &person.org)?.into_iter().filter_map(|choice| {
            let plan = plan_of(&choice)?;
            Some(Offered {
                href: visit.query.with(&visit.path, "playbook", Some(&choice.key)),
                name: plan.name_in(language).to_owned(),
                description: plan.description_in(language).unwrap_or_default().to_owned(),
                is_in_force: choice.source.is_in_force,
            })
        });
        let template = ChoosePage { visit, crumbs: crumbs(visit, None), offered: offered.collect() };
        Ok(page(&template).into())
    })
    .await
}

fn new_run(form: &FormState, source: super::Source, plan: &Plan) -> Result<NewRun, Refusal> {
    let mut roles = BTreeMap::new();
    for agent in &plan.agents {
        let given = assigned(form.value(&format!("role-{}", agent.role)));
        roles.extend(given.map(|assigned| (agent.role.clone(), assigned)));
    }
    let variables =
        plan.variables.iter().filter(|(_, variable)| variable.is_external).filter_map(|(name, _)| {
            let value = form.value(&format!("value-{name}"));
            (!value.is_empty()).then(|| (name.clone(), value.to_owned()))
        });
    let some = |name: &str| Some(form.value(name).to_owned()).filter(|value| !value.is_empty());
    // Only two answers: an exercise needs its drill, and whatever is meant has none.
    let drill = match form.value("mode") {
        "real" => None,
        "exercise" => Some(form.value("drill").to_owned()),
        _ => return Err(Refusal::new(RefusalKind::Invalid, codes::DRILL).on("mode")),
    };
    let parent = match (some("parent"), form.value("place").parse()) {
        (Some(parent), Ok(place)) => Some((parent, place)),
        (Some(_), Err(_)) => return Err(Refusal::new(RefusalKind::Conflict, codes::CHILD)),
        _ => None,
    };
    Ok(NewRun {
        source,
        drill,
        election: some("election"),
        occasion: form.value("occasion").to_owned(),
        is_public: form.is("is_public", "yes"),
        roles,
        variables: variables.collect(),
        parent,
    })
}

pub(super) async fn start(State(app): State<Arc<App>>, posted: Posted) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let person_here = actor(visit)?;
        forbidden(person_here)?;
        let no = || Refusal::new(RefusalKind::NotFound, codes::NO_PLAYBOOK);
        let (choice, plan) = chosen(&app, person_here, form.value("playbook"))?.ok_or_else(no)?;
        let started = new_run(&form, choice.source, &plan)
            .map_err(ActError::from)
            .and_then(|new| acts::start(&app.engine, person(visit)?, &new));
        match kept_in(visit, &mut form, started)? {
            Some((id, receipts)) => Ok(recorded(&app, &href(&id), &receipts)),
            None => show(&app, visit, &plan, &form),
        }
    })
    .await
}
