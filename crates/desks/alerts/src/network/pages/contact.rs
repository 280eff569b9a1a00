//! One contact: added by hand, renewed, taken out.

use super::contacts::addresses;
use super::stations::network_of;
use super::words::{authority_name, holder_name, level_name, standing};
use super::{actor, crumbs, election_of, href, refuse, zone_of};
use crate::network;
use crate::network::contacts::{self, Against, Authority, Change, ContactLimits, Kept, Level, Mode, end_of};
use crate::network::view::Election;
use askama::Template;
use axum::extract::{Path, State};
use scr_core::{Refusal, RefusalKind};
use scr_engine::{ActError, Fault};
use scr_i18n::Lang;
use scr_web::components::{Crumb, Tag};
use scr_web::{App, FormState, Posted, Reply, Seal, Visit, form_page, just_recorded, recorded, run};
use std::sync::Arc;

#[derive(Template)]
#[template(path = "network/contact_new.html")]
struct NewPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    base: String,
    levels: Vec<(String, String)>,
    authorities: Vec<(String, String)>,
    languages: Vec<(String, String)>,
}

fn blank(visit: &Visit, election: &Election, form: &FormState) -> Reply {
    let template = NewPage {
        visit,
        crumbs: crumbs(visit, Some(election)),
        form,
        base: href(&election.id),
        levels: Level::ALL.map(|one| (one.as_str().to_owned(), level_name(visit, one))).into(),
        authorities: Authority::ALL.map(|one| (one.as_str().to_owned(), authority_name(visit, one))).into(),
        languages: Lang::ALL.map(|lang| (lang.code().to_owned(), lang.own_name().to_owned())).into(),
    };
    form_page(&template, form)
}

pub(super) async fn form(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        let (election, visit) = election_of(&app, visit, &id)?;
        network_of(&app, &id)?;
        let form = FormState::new()
            .with("station", visit.query.get("station").unwrap_or_default())
            .with("area", visit.query.get("area").unwrap_or_default())
            .with("level", "official")
            .with("authority", "local");
        Ok(blank(&visit, &election, &form))
    })
    .await
}

/// What was typed goes the way of a list of one row, so that the same rules hold.
fn as_list(form: &FormState) -> Result<String, Fault> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let columns = contacts::COLUMNS.map(|(name, _)| name);
    writer.write_record(columns).map_err(|error| Fault::log(&error))?;
    writer.write_record(columns.map(|name| form.value(name))).map_err(|error| Fault::log(&error))?;
    let bytes = writer.into_inner().map_err(|error| Fault::log(&error))?;
    String::from_utf8(bytes).map_err(|error| Fault::log(&error))
}

pub(super) async fn add(State(app): State<Arc<App>>, Path(id): Path<String>, posted: Posted) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let (election, visit) = election_of(&app, visit, &id)?;
        let network = network_of(&app, &id)?;
        let (zone, list) = (zone_of(&election), as_list(&form)?);
        let against = Against { network: &network, zone: &zone, now: app.clock.now() };
        let read = contacts::read(list.as_bytes(), "form", against, &ContactLimits::default());
        let contacts = match read {
            Ok(contacts) => contacts,
            Err(problems) => {
                for problem in problems {
                    let column = problem.column.clone().unwrap_or_else(|| match problem.code {
                        "SCR-ALR-214" => "station".to_owned(),
                        _ => "sms".to_owned(),
                    });
                    let args: Vec<_> =
                        problem.args.iter().map(|(name, value)| (name.as_str(), value.into())).collect();
                    form.reject(&column, visit.ta(&format!("error-{}", problem.code.to_lowercase()), &args));
                }
                return Ok(blank(&visit, &election, &form));
            }
        };
        match contacts::import(&app.engine, actor(&visit)?, &id, Mode::Added, &contacts) {
            Ok(receipts) => Ok(recorded(&app, &format!("{}/contacts", href(&id)), &receipts)),
            Err(error) => {
                refuse(&visit, &mut form, error)?;
                Ok(blank(&visit, &election, &form))
            }
        }
    })
    .await
}

#[derive(Template)]
#[template(path = "network/contact.html")]
struct ContactPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    base: String,
    kept: Kept,
    holder: String,
    level: String,
    authority: String,
    addresses: Vec<String>,
    language: String,
    tag: Tag,
    done: Option<Seal>,
}

fn one(
    app: &App,
    visit: &Visit,
    election: &Election,
    (id, form): (&str, &FormState),
) -> Result<Reply, ActError> {
    let kept = app.engine.read(|views| contacts::find(views, &election.id, id))?;
    let kept = kept.ok_or_else(|| Refusal::new(RefusalKind::NotFound, "SCR-ALR-207"))?;
    let network = network::of(app, &election.id)?;
    let contact = &kept.contact;
    let mut crumbs = crumbs(visit, Some(election));
    crumbs.push(Crumb::new(format!("{}/contacts", href(&election.id)), visit.t("alertnet-contacts-title")));
    let language = Lang::parse(&contact.language)
        .map_or_else(|| contact.language.clone(), |lang| lang.own_name().to_owned());
    let template = ContactPage {
        visit,
        crumbs,
        form,
        base: href(&election.id),
        holder: holder_name(visit, network.as_deref(), &contact.holder),
        level: level_name(visit, contact.level),
        authority: authority_name(visit, contact.authority),
        addresses: addresses(contact),
        language,
        tag: standing(visit, contact, app.clock.now()),
        kept,
        done: just_recorded(app, visit)?,
    };
    Ok(form_page(&template, form))
}

pub(super) async fn show(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path((id, contact)): Path<(String, String)>,
) -> Reply {
    run(visit, move |visit| {
        let (election, visit) = election_of(&app, visit, &id)?;
        one(&app, &visit, &election, (&contact, &FormState::new()))
    })
    .await
}

pub(super) async fn renew(
    State(app): State<Arc<App>>,
    Path((id, contact)): Path<(String, String)>,
    posted: Posted,
) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let (election, visit) = election_of(&app, visit, &id)?;
        let Some(until) = end_of(&zone_of(&election), form.value("until"), app.clock.now()) else {
            form.reject("until", visit.t("alertnet-wrong-until"));
            return one(&app, &visit, &election, (&contact, &form));
        };
        let ids = std::slice::from_ref(&contact);
        match contacts::change(&app.engine, actor(&visit)?, &id, ids, &Change::Renew(until)) {
            Ok(receipts) => Ok(recorded(&app, &format!("{}/contacts/one/{contact}", href(&id)), &receipts)),
            Err(error) => {
                refuse(&visit, &mut form, error)?;
                one(&app, &visit, &election, (&contact, &form))
            }
        }
    })
    .await
}

pub(super) async fn remove(
    State(app): State<Arc<App>>,
    Path((id, contact)): Path<(String, String)>,
    posted: Posted,
) -> Reply {
    run(posted.visit, move |visit| {
        let (_, visit) = election_of(&app, visit, &id)?;
        let ids = std::slice::from_ref(&contact);
        let receipts = contacts::change(&app.engine, actor(&visit)?, &id, ids, &Change::Remove)?;
        Ok(recorded(&app, &format!("{}/contacts", href(&id)), &receipts))
    })
    .await
}
