//! A change is proposed: one form for each sort, and a look at what would change before it is signed.

use super::change::{self, Line};
use super::names::Names;
use super::place::{Place, actor, own};
use super::words::{label_of, labels, sectors};
use super::{crumbs, refuse};
use crate::acts;
use askama::Template;
use axum::extract::{Path, State};
use scr_core::{OrgId, Refusal, RefusalKind};
use scr_engine::ActError;
use scr_threats::{Change, Collection, Members, Rules, Sector, Step, codes};
use scr_web::components::Crumb;
use scr_web::{App, FormState, Posted, Reply, Visit, form_page, page, recorded, run};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A member or an organisation that can be chosen: its id, its name, and what the fields say of it.
struct Choosable {
    org: String,
    name: String,
    reads: bool,
    writes: bool,
    circle: bool,
    custodian: bool,
}

#[derive(Template)]
#[template(path = "pages/propose.html")]
struct ProposePage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    what: &'a str,
    title: String,
    answer: String,
    labels: Vec<(String, String)>,
    sectors: Vec<(String, String)>,
    /// Organisations to choose one from.
    orgs: Vec<(String, String)>,
    members: Vec<Choosable>,
    /// Collections that can be changed: the address, and the title.
    collections: Vec<(String, String)>,
    href: String,
    back: String,
}

/// What can be proposed, for somebody who decides for a member.
fn wanted(app: &App, visit: &Visit, code: &str, what: &str) -> Result<Place, ActError> {
    let place = own(app, visit, code)?;
    if !place.decides {
        return Err(Refusal::new(RefusalKind::Forbidden, codes::NOT_YOURS).into());
    }
    if !["rules", "collection", "admit", "exclude", "custodians"].contains(&what) {
        return Err(Refusal::new(RefusalKind::NotFound, codes::NO_PROPOSAL).into());
    }
    Ok(place)
}

fn show(visit: &Visit, names: &Names, (place, what): (&Place, &str), form: &FormState) -> Reply {
    let community = place.community();
    let member = |org: &OrgId| Choosable {
        org: org.to_string(),
        name: names.say(org.as_str()),
        reads: form.is(&format!("reads-{org}"), "yes"),
        writes: form.is(&format!("writes-{org}"), "yes"),
        circle: form.is(&format!("circle-{org}"), "yes"),
        custodian: form.is(&format!("custodian-{org}"), "yes"),
    };
    let named = |org: &OrgId| (org.to_string(), names.say(org.as_str()));
    let orgs: Vec<(String, String)> = if what == "exclude" {
        community.members.keys().map(named).collect()
    } else {
        names
            .all()
            .map(|(org, _)| org)
            .filter(|org| !community.members.contains_key(org))
            .map(named)
            .collect()
    };
    let href = format!("{}/propose/{what}", place.href());
    let collection = |one: &Collection| (format!("{href}?collection={}", one.id), one.title.clone());
    let template = ProposePage {
        visit,
        crumbs: crumbs(visit, Some(place)),
        form,
        what,
        // i18n: threats-propose-* threats-propose-answer-*
        title: visit.t(&format!("threats-propose-{what}")),
        answer: visit.t(&format!("threats-propose-answer-{what}")),
        labels: labels(visit),
        sectors: sectors(visit),
        orgs,
        members: community.members.keys().map(member).collect(),
        collections: community.collections.iter().map(collection).collect(),
        href,
        back: format!("{}/rules", place.href()),
    };
    form_page(&template, form)
}

/// The form as things stand now.
fn begin(visit: &Visit, place: &Place, what: &str) -> FormState {
    let community = place.community();
    let mut form = FormState::new();
    match what {
        "rules" => {
            form = form
                .with("text", &community.rules.text)
                .with("unmarked", crate::label::name(community.rules.unmarked))
                .with("more_than_percent", community.rules.more_than_percent);
        }
        "custodians" => {
            for org in &community.custodians {
                form = form.with(&format!("custodian-{org}"), "yes");
            }
        }
        "collection" => {
            let id = visit.query.get("collection").unwrap_or_default();
            form = match community.collection(id) {
                Some(one) => collection_form(one),
                None => form.with("readers", "all").with("writers", "all"),
            };
        }
        _ => form = form.with("sector", "other"),
    }
    form
}

fn collection_form(one: &Collection) -> FormState {
    let choice = |members: &Members| if *members == Members::All { "all" } else { "these" };
    let yes = |is: bool| if is { "yes" } else { "" };
    let mut form = FormState::new()
        .with("id", &one.id)
        .with("title", &one.title)
        .with("description", &one.description)
        .with("alias", one.alias.as_deref().unwrap_or_default())
        .with("readers", choice(&one.readers))
        .with("writers", choice(&one.writers))
        .with("public", yes(one.is_public))
        .with("closed", yes(one.is_closed));
    for (prefix, members) in [("reads", &one.readers), ("writes", &one.writers)] {
        if let Members::These(list) = members {
            form = list.iter().fold(form, |form, org| form.with(&format!("{prefix}-{org}"), "yes"));
        }
    }
    one.circle.iter().fold(form, |form, org| form.with(&format!("circle-{org}"), "yes"))
}

pub(super) async fn form(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path((code, what)): Path<(String, String)>,
) -> Reply {
    run(visit, move |visit| {
        let place = wanted(&app, visit, &code, &what)?;
        let form = begin(visit, &place, &what);
        Ok(show(visit, &Names::of(&app), (&place, &what), &form))
    })
    .await
}

#[derive(Template)]
#[template(path = "pages/propose_check.html")]
struct CheckPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    title: String,
    lines: Vec<Line>,
    consequence: String,
    needed: usize,
    voters: String,
    kept: Vec<(String, String)>,
    href: String,
    back: String,
}

pub(super) async fn check(
    State(app): State<Arc<App>>,
    Path((code, what)): Path<(String, String)>,
    posted: Posted,
) -> Reply {
    let (mut form, mut pairs) = (posted.form, posted.pairs);
    run(posted.visit, move |visit| {
        let place = wanted(&app, visit, &code, &what)?;
        let names = Names::of(&app);
        if form.is("step", "change") {
            return Ok(show(visit, &names, (&place, &what), &form));
        }
        if what == "collection" && form.value("id").is_empty() {
            // The same from here on: what is signed is what was looked at.
            let id = uuid::Builder::from_random_bytes(app.entropy.bytes::<16>()).into_uuid().to_string();
            pairs.retain(|(name, _)| name != "id");
            pairs.push(("id".to_owned(), id.clone()));
            form = form.with("id", id);
        }
        let Some(change) = change_of(visit, &place, &what, &mut form) else {
            return Ok(show(visit, &names, (&place, &what), &form));
        };
        let step = Step::Propose(change.clone());
        if let Err(refusal) = place.community().clone().step(&place.org, step, app.clock.now()) {
            refuse(visit, &mut form, refusal.into())?;
            return Ok(show(visit, &names, (&place, &what), &form));
        }
        let community = place.community();
        let voters = community.members.keys().filter(|org| change.concerned() != Some(org));
        let href = format!("{}/propose/{what}", place.href());
        let template = CheckPage {
            visit,
            crumbs: crumbs(visit, Some(&place)),
            title: change::title(visit, &names, community, &change),
            lines: change::lines(visit, &names, community, &change),
            consequence: change::consequence(visit, &change),
            needed: community.needed(&change),
            voters: names.list(voters),
            kept: pairs.into_iter().filter(|(name, _)| name != "csrf" && name != "step").collect(),
            href,
            back: format!("{}/rules", place.href()),
        };
        Ok(page(&template).into())
    })
    .await
}

pub(super) async fn propose(
    State(app): State<Arc<App>>,
    Path((code, what)): Path<(String, String)>,
    posted: Posted,
) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let place = wanted(&app, visit, &code, &what)?;
        let names = Names::of(&app);
        let Some(change) = change_of(visit, &place, &what, &mut form) else {
            return Ok(show(visit, &names, (&place, &what), &form));
        };
        match acts::step(&app.engine, actor(visit)?, &code, &Step::Propose(change)) {
            Ok(receipts) => Ok(recorded(&app, &format!("{}/rules", place.href()), &receipts)),
            Err(error) => {
                refuse(visit, &mut form, error)?;
                Ok(show(visit, &names, (&place, &what), &form))
            }
        }
    })
    .await
}

/// The change that the form says; what is wrong stands in the form afterwards.
fn change_of(visit: &Visit, place: &Place, what: &str, form: &mut FormState) -> Option<Change> {
    let community = place.community();
    let chosen = |form: &FormState, prefix: &str| -> Vec<OrgId> {
        let is = |org: &&OrgId| form.is(&format!("{prefix}-{org}"), "yes");
        community.members.keys().filter(is).cloned().collect()
    };
    let change = match what {
        "rules" => {
            let percent = form.value("more_than_percent").parse::<u8>().ok();
            if percent.is_none() {
                form.reject("more_than_percent", visit.t("threats-wrong-percent"));
            }
            Change::Rules(Rules {
                text: form.value("text").replace("\r\n", "\n"),
                unmarked: label_of(form.value("unmarked")),
                more_than_percent: percent?,
            })
        }
        "collection" => {
            let members = |form: &FormState, field: &str, prefix: &str| {
                if form.is(field, "these") { Members::These(chosen(form, prefix)) } else { Members::All }
            };
            Change::Collection(Collection {
                id: form.value("id").to_owned(),
                title: form.value("title").to_owned(),
                description: form.value("description").to_owned(),
                alias: Some(form.value("alias").to_owned()).filter(|alias| !alias.is_empty()),
                readers: members(form, "readers", "reads"),
                writers: members(form, "writers", "writes"),
                circle: chosen(form, "circle"),
                is_public: form.is("public", "yes"),
                is_closed: form.is("closed", "yes"),
            })
        }
        "custodians" => {
            let orgs: BTreeSet<OrgId> = chosen(form, "custodian").into_iter().collect();
            if orgs.len() < 2 {
                form.reject("custodians", visit.t("threats-wrong-custodians"));
            }
            Change::Custodians(orgs)
        }
        _ => {
            let Ok(org) = OrgId::new(form.value("org")) else {
                form.reject("org", visit.t("threats-wrong-org"));
                return None;
            };
            if what == "admit" {
                Change::Admit { org, sector: Sector::parse(form.value("sector")).unwrap_or(Sector::Other) }
            } else {
                Change::Exclude { org, reason: form.value("reason").to_owned() }
            }
        }
    };
    form.is_fine().then_some(change)
}
