//! A new community: what it is called, what holds in it, who founds it, and its first collection.

use super::names::Names;
use super::place::actor;
use super::words::{labels, sector_name, sectors};
use super::{crumbs, href, refuse};
use crate::acts;
use askama::Template;
use axum::extract::State;
use scr_core::{Actor, OrgId};
use scr_stix::tlp::label;
use scr_threats::{Collection, Founding, Members, Rules, Sector};
use scr_web::components::{Answer, Crumb};
use scr_web::{App, FormState, Posted, Reply, Visit, form_page, recorded, run};
use std::collections::BTreeMap;
use std::sync::Arc;

/// An organisation that can be asked to found with the reader's.
struct Candidate {
    org: String,
    name: String,
    chosen: bool,
    /// Sectors, with the one that is chosen.
    sectors: Vec<(String, String, bool)>,
}

#[derive(Template)]
#[template(path = "pages/found.html")]
struct FoundPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    labels: Vec<(String, String)>,
    sectors: Vec<(String, String)>,
    candidates: Vec<Candidate>,
}

fn show(visit: &Visit, names: &Names, own: &OrgId, form: &FormState) -> Reply {
    let candidate = |(org, name): (&OrgId, &str)| Candidate {
        chosen: form.is(&format!("founder-{org}"), "yes"),
        sectors: sectors(visit)
            .into_iter()
            .map(|(value, text)| {
                let chosen = form.is(&format!("sector-{org}"), &value);
                (value, text, chosen)
            })
            .collect(),
        org: org.to_string(),
        name: name.to_owned(),
    };
    let template = FoundPage {
        visit,
        crumbs: crumbs(visit, None),
        form,
        labels: labels(visit),
        sectors: sectors(visit),
        candidates: names.all().filter(|(org, _)| *org != own).map(candidate).collect(),
    };
    form_page(&template, form)
}

pub(super) async fn form(State(app): State<Arc<App>>, visit: Visit) -> Reply {
    run(visit, move |visit| {
        let form = FormState::new()
            .with("unmarked", "green")
            .with("more_than_percent", 50)
            .with("text", visit.t("threats-rules-example"))
            .with("sector", "election-body");
        Ok(show(visit, &Names::of(&app), &actor(visit)?.org, &form))
    })
    .await
}

#[derive(Template)]
#[template(path = "pages/found_check.html")]
struct CheckPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    answers: Vec<Answer>,
    name: &'a str,
    others: String,
    /// Everything that was typed.
    kept: Vec<(String, String)>,
}

pub(super) async fn check(State(app): State<Arc<App>>, posted: Posted) -> Reply {
    let (mut form, pairs) = (posted.form, posted.pairs);
    run(posted.visit, move |visit| {
        let (names, actor) = (Names::of(&app), actor(visit)?);
        if form.is("step", "change") {
            return Ok(show(visit, &names, &actor.org, &form));
        }
        let Some((code, founding)) = wanted(&app, visit, (&names, actor), &mut form) else {
            return Ok(show(visit, &names, &actor.org, &form));
        };
        if let Err(refusal) = scr_threats::Community::found(&actor.org, founding.clone(), app.clock.now()) {
            refuse(visit, &mut form, refusal.into())?;
            return Ok(show(visit, &names, &actor.org, &form));
        }
        let others = names.list(founding.founders.keys().filter(|org| **org != actor.org));
        let template = CheckPage {
            visit,
            crumbs: crumbs(visit, None),
            answers: answers(visit, &names, &code, &founding),
            name: &founding.name,
            others,
            kept: pairs.into_iter().filter(|(name, _)| name != "csrf" && name != "step").collect(),
        };
        Ok(scr_web::page(&template).into())
    })
    .await
}

fn answers(visit: &Visit, names: &Names, code: &str, founding: &Founding) -> Vec<Answer> {
    let answer = |key: &str, answer: String| Answer { question: visit.t(key), answer, change: None };
    let founder = |(org, sector): (&OrgId, &Sector)| {
        format!("{} ({})", names.say(org.as_str()), sector_name(visit, *sector))
    };
    let founders: Vec<String> = founding.founders.iter().map(founder).collect();
    let needed = founding.rules.needed(founding.founders.len());
    let args = [("needed", needed.into()), ("members", founding.founders.len().into())];
    let mut all = vec![
        answer("threats-field-name", founding.name.clone()),
        answer("threats-field-code", format!("/threats/{code}")),
        answer("threats-founders", founders.join(", ")),
        answer("threats-field-text", founding.rules.text.clone()),
        answer("threats-field-unmarked", label(founding.rules.unmarked).to_owned()),
        answer("threats-field-percent", visit.ta("threats-needed", &args)),
    ];
    for collection in &founding.collections {
        all.push(answer("threats-first-collection", collection.title.clone()));
        let is_public = if collection.is_public { "threats-yes" } else { "threats-no" };
        all.push(answer("threats-field-public", visit.t(is_public)));
    }
    all
}

pub(super) async fn found(State(app): State<Arc<App>>, posted: Posted) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let (names, actor) = (Names::of(&app), actor(visit)?);
        let Some((code, founding)) = wanted(&app, visit, (&names, actor), &mut form) else {
            return Ok(show(visit, &names, &actor.org, &form));
        };
        match acts::found(&app.engine, actor, &code, &founding) {
            Ok(receipts) => Ok(recorded(&app, &href(&code), &receipts)),
            Err(error) => {
                refuse(visit, &mut form, error)?;
                Ok(show(visit, &names, &actor.org, &form))
            }
        }
    })
    .await
}

/// What the form says; what is wrong stands in the form afterwards.
fn wanted(
    app: &App,
    visit: &Visit,
    (names, actor): (&Names, &Actor),
    form: &mut FormState,
) -> Option<(String, Founding)> {
    let mut founders = BTreeMap::new();
    let mut candidates: Vec<(OrgId, String)> = names
        .all()
        .filter(|(org, _)| form.is(&format!("founder-{org}"), "yes"))
        .map(|(org, _)| (org.clone(), format!("sector-{org}")))
        .collect();
    candidates.push((actor.org.clone(), "sector".to_owned()));
    for (org, field) in candidates {
        founders.insert(org, Sector::parse(form.value(&field)).unwrap_or(Sector::Other));
    }
    if founders.len() < 2 {
        form.reject("founders", visit.t("threats-wrong-founders"));
    }
    let unmarked = crate::label::parse(form.value("unmarked"));
    if unmarked.is_none() {
        form.reject("unmarked", visit.t("threats-wrong-label"));
    }
    let percent = form.value("more_than_percent").parse::<u8>().ok();
    if percent.is_none() {
        form.reject("more_than_percent", visit.t("threats-wrong-percent"));
    }
    if form.value("title").is_empty() {
        form.reject("title", visit.t("threats-wrong-title"));
    }
    let (unmarked, more_than_percent) = unmarked.zip(percent)?;
    let alias = Some(form.value("alias").to_owned()).filter(|alias| !alias.is_empty());
    let collection = Collection {
        id: uuid::Builder::from_random_bytes(app.entropy.bytes::<16>()).into_uuid().to_string(),
        title: form.value("title").to_owned(),
        description: form.value("description").to_owned(),
        alias,
        readers: Members::All,
        writers: Members::All,
        circle: Vec::new(),
        is_public: form.is("public", "yes"),
        is_closed: false,
    };
    let founding = Founding {
        name: form.value("name").to_owned(),
        rules: Rules { text: form.value("text").to_owned(), unmarked, more_than_percent },
        founders,
        collections: vec![collection],
    };
    form.is_fine().then(|| (form.value("code").to_owned(), founding))
}
