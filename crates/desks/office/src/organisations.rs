//! Organisations: the list, and a new one.

use crate::commands;
use crate::door::act_error;
use crate::join::organisation_id;
use crate::office::{Office, crumbs, form_page, kept};
use crate::views;
use askama::Template;
use scr_access::Organisation;
use scr_engine::ActError;
use scr_web::components::Crumb;
use scr_web::{FormState, Posted, Reply, Seal, Visit, page};

#[derive(Template)]
#[template(path = "office/organisations.html")]
struct ListPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    recorded: Option<Seal>,
    organisations: Vec<(Organisation, Option<Seal>)>,
}

#[derive(Template)]
#[template(path = "office/organisation_new.html")]
struct NewPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
}

pub(crate) async fn list(office: Office, visit: Visit) -> Reply {
    office
        .run(visit, |office, visit| {
            let mut organisations = Vec::new();
            for one in office.access.organisations().map_err(act_error)? {
                let place = office.app.engine.read(|views| views::organisation(views, one.id.as_str()))?;
                organisations.push((one, place.map(|(index, at)| office.app.seal(index, at))));
            }
            let recorded = office.just_recorded(visit)?;
            Ok(page(&ListPage { visit, crumbs: start(visit), recorded, organisations }).into())
        })
        .await
}

fn start(visit: &Visit) -> Vec<Crumb> {
    crumbs(visit, &[("/desk", "office-start")])
}

fn new_page(visit: &Visit, form: &FormState) -> Reply {
    let crumbs = crumbs(visit, &[("/desk", "office-start"), ("/desk/organisations", "office-organisations")]);
    form_page(&NewPage { visit, crumbs, form }, form)
}

pub(crate) async fn new(_: Office, visit: Visit) -> Reply {
    new_page(&visit, &FormState::new())
}

pub(crate) async fn create(office: Office, posted: Posted) -> Reply {
    let mut form = posted.form;
    office
        .run(posted.visit, move |office, visit| {
            let receipts = add(office, &form);
            match kept(visit, &mut form, receipts)? {
                Some(receipts) => Ok(office.recorded("/desk/organisations", &receipts)),
                None => Ok(new_page(visit, &form)),
            }
        })
        .await
}

fn add(office: &Office, form: &FormState) -> Result<Vec<scr_engine::Receipt>, ActError> {
    let id = organisation_id(form.value("org"))?;
    let actor = office.login()?.actor;
    commands::create_organisation(&office.app.engine, &office.access, &actor, &id, form.value("name"))
}
