//! Contacts come in as a list: everything that is wrong with it at once, or what it says, to be confirmed.

use super::held::Held;
use super::import::{key, text_of};
use super::stations::network_of;
use super::words::{holder_name, level_name, problem_lines};
use super::{actor, crumbs, election_of, href, refuse, zone_of};
use crate::network::contacts::{self, Against, Contact, ContactLimits, Counted, Holder, Mode};
use crate::network::view::Election;
use askama::Template;
use axum::extract::{Multipart, Path, State};
use scr_core::Problem;
use scr_engine::ActError;
use scr_web::components::{Crumb, ProblemLine};
use scr_web::{App, FormState, Posted, Reply, Visit, form_page, go, incoming, recorded, run, run_heavy};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Rows of the preview.
const SHOWN: usize = 10;

/// Contacts that wait.
#[derive(Debug)]
struct Waiting {
    contacts: Vec<Contact>,
    file: String,
    sha256: String,
}

#[derive(Template)]
#[template(path = "network/contacts_import.html")]
struct ImportPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    base: String,
    problems: Vec<ProblemLine>,
    columns: Vec<(&'static str, bool, String)>,
    max_mib: usize,
    rows: usize,
}

fn show(
    app: &App,
    visit: &Visit,
    election: &Election,
    (form, problems): (&FormState, &[Problem]),
) -> Result<Reply, ActError> {
    network_of(app, &election.id)?;
    // i18n: alertnet-column-*
    let column =
        |(name, must): (&'static str, bool)| (name, must, visit.t(&format!("alertnet-column-{name}")));
    let template = ImportPage {
        visit,
        crumbs: crumbs(visit, Some(election)),
        form,
        base: href(&election.id),
        problems: problem_lines(visit, problems),
        columns: contacts::COLUMNS.into_iter().map(column).collect(),
        max_mib: (app.config.max_upload_bytes >> 20).min(ContactLimits::default().bytes >> 20),
        rows: contacts::MOST,
    };
    Ok(form_page(&template, form))
}

pub(super) async fn form(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        let (election, visit) = election_of(&app, visit, &id)?;
        show(&app, &visit, &election, (&FormState::new(), &[]))
    })
    .await
}

pub(super) async fn receive(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path(id): Path<String>,
    mut parts: Multipart,
) -> Reply {
    let mut bytes = Vec::new();
    let file = match incoming(&app, &visit, &mut parts, &mut bytes).await {
        Ok(file) => file,
        Err(error) => return error.reply(&visit),
    };
    run_heavy(Arc::clone(&app), visit, move |visit| {
        let (election, visit) = election_of(&app, visit, &id)?;
        let network = network_of(&app, &id)?;
        let mut form = FormState::new();
        let Some(text) = text_of(&visit, bytes, &mut form) else {
            return show(&app, &visit, &election, (&form, &[]));
        };
        let (zone, now) = (zone_of(&election), app.clock.now());
        let against = Against { network: &network, zone: &zone, now };
        match contacts::read(text.as_bytes(), &file.name, against, &ContactLimits::default()) {
            Ok(contacts) => {
                let sha256 = scr_canon::sha256(text.as_bytes()).to_hex();
                let waiting = Waiting { contacts, file: file.name, sha256 };
                app.soft::<Held<Waiting>>().keep(key(&visit, &id)?, waiting, now);
                Ok(go(&format!("{}/contacts/check", href(&id))))
            }
            Err(problems) => {
                form.reject("file", visit.t("alertnet-wrong-problems"));
                show(&app, &visit, &election, (&form, &problems))
            }
        }
    })
    .await
}

struct Row {
    holder: String,
    function: String,
    level: String,
    addresses: Vec<String>,
    until: i64,
}

#[derive(Template)]
#[template(path = "network/contacts_check.html")]
struct CheckPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    base: String,
    file: &'a str,
    sha256: &'a str,
    total: usize,
    stations: usize,
    all_stations: usize,
    rows: Vec<Row>,
    before: Counted,
    modes: Vec<(String, String)>,
}

fn preview(
    app: &App,
    visit: &Visit,
    election: &Election,
    (form, waiting): (&FormState, &Waiting),
) -> Result<Reply, ActError> {
    let id = &election.id;
    let network = network_of(app, id)?;
    let before = app.engine.read(|views| contacts::counted(views, id, app.clock.now()))?;
    let row = |one: &Contact| Row {
        holder: holder_name(visit, Some(&network), &one.holder),
        function: one.function.clone(),
        level: level_name(visit, one.level),
        addresses: super::contacts::addresses(one),
        until: one.until,
    };
    let stations: BTreeSet<&Holder> = waiting
        .contacts
        .iter()
        .map(|one| &one.holder)
        .filter(|one| matches!(one, Holder::Station(_)))
        .collect();
    let template = CheckPage {
        visit,
        crumbs: crumbs(visit, Some(election)),
        form,
        base: href(id),
        file: &waiting.file,
        sha256: &waiting.sha256,
        total: waiting.contacts.len(),
        stations: stations.len(),
        all_stations: network.stations.all().len(),
        rows: waiting.contacts.iter().take(SHOWN).map(row).collect(),
        before,
        modes: vec![
            ("all".to_owned(), visit.t("alertnet-mode-all")),
            ("added".to_owned(), visit.t("alertnet-mode-added")),
        ],
    };
    Ok(form_page(&template, form))
}

pub(super) async fn look(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        let (election, visit) = election_of(&app, visit, &id)?;
        let form = FormState::new().with("mode", "all");
        match app.soft::<Held<Waiting>>().get(&key(&visit, &id)?, app.clock.now()) {
            Some(waiting) => preview(&app, &visit, &election, (&form, &waiting)),
            None => Ok(go(&format!("{}/contacts/import", href(&id)))),
        }
    })
    .await
}

pub(super) async fn confirm(State(app): State<Arc<App>>, Path(id): Path<String>, posted: Posted) -> Reply {
    let mut form = posted.form;
    run_heavy(Arc::clone(&app), posted.visit, move |visit| {
        let (election, visit) = election_of(&app, visit, &id)?;
        let (held, key) = (app.soft::<Held<Waiting>>(), key(&visit, &id)?);
        // What is confirmed is what was shown.
        let waiting = held.get(&key, app.clock.now()).filter(|one| form.is("sha256", &one.sha256));
        let Some(waiting) = waiting else { return Ok(go(&format!("{}/contacts/import", href(&id)))) };
        let mode = if form.is("mode", "added") { Mode::Added } else { Mode::All };
        match contacts::import(&app.engine, actor(&visit)?, &id, mode, &waiting.contacts) {
            Ok(receipts) => {
                held.forget(&key);
                Ok(recorded(&app, &format!("{}/contacts", href(&id)), &receipts))
            }
            Err(error) => {
                refuse(&visit, &mut form, error)?;
                preview(&app, &visit, &election, (&form, &waiting))
            }
        }
    })
    .await
}
