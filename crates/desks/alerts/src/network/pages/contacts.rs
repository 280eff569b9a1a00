//! The list of contacts, for managers: who must be renewed first, who holds what.

use super::stations::{holder_query, next};
use super::words::{authority_name, holder_name, level_name, standing};
use super::{actor, crumbs, election_of, href, refuse, zone_of};
use crate::cells::cell_or_number;
use crate::network::contacts::{self, Change, Contact, Counted, Holder, Kept, RENEW_DAYS, end_of};
use crate::network::view::Election;
use crate::network::{self, Network};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::IntoResponse;
use scr_engine::{ActError, Fault};
use scr_web::components::{Choice, Crumb, FilterGroup, Pager, Tag};
use scr_web::{
    App, FormState, Posted, Reply, Seal, Visit, form_page, just_recorded, recorded, run, run_heavy,
};
use std::sync::Arc;

/// Contacts of a page.
const ROWS: u16 = 100;
/// Contacts that are renewed at once.
const RENEWED: u16 = 5_000;

struct Row {
    href: String,
    holder: String,
    holder_href: String,
    contact: Contact,
    level: String,
    authority: String,
    addresses: Vec<String>,
    tag: Tag,
}

#[derive(Template)]
#[template(path = "network/contacts.html")]
struct ContactsPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    base: String,
    counted: Counted,
    stations: usize,
    groups: Vec<FilterGroup>,
    of: Option<String>,
    rows: Vec<Row>,
    pager: Pager,
    ending: bool,
    superseded: Vec<u64>,
    has_network: bool,
    done: Option<Seal>,
}

/// Every address of a contact.
pub(super) fn addresses(contact: &Contact) -> Vec<String> {
    [&contact.sms, &contact.email, &contact.telephone, &contact.webhook]
        .into_iter()
        .flatten()
        .cloned()
        .collect()
}

/// The holder that the address names.
fn holder(visit: &Visit) -> Option<Holder> {
    let station = visit.query.get("station").and_then(|text| text.parse().ok()).map(Holder::Station);
    station.or_else(|| visit.query.get("area").map(|code| Holder::Area(code.to_owned())))
}

/// Until when a contact counts as ending.
fn soon(now: i64) -> i64 {
    now.saturating_add(RENEW_DAYS * 86_400)
}

fn found(app: &App, visit: &Visit, id: &str, ending: bool) -> Result<Vec<Kept>, Fault> {
    let (after, now) = (visit.query.get("after"), app.clock.now());
    app.engine.read(|views| {
        if !ending {
            return contacts::listed(views, id, holder(visit).as_ref(), after, ROWS + 1);
        }
        let after = after.and_then(|text| {
            let (until, id) = text.split_once('-')?;
            Some((until.parse().ok()?, id))
        });
        contacts::expired(views, id, soon(now), after, ROWS + 1)
    })
}

fn show(app: &App, visit: &Visit, election: &Election, form: &FormState) -> Result<Reply, ActError> {
    let (id, now) = (&election.id, app.clock.now());
    let ending = visit.query.get("show") == Some("ending");
    let network = network::of(app, id)?;
    let mut kept = found(app, visit, id, ending)?;
    let has_more = kept.len() > usize::from(ROWS);
    kept.truncate(usize::from(ROWS));
    let (counted, superseded) = app
        .engine
        .read(|views| Ok((contacts::counted(views, id, now)?, contacts::superseded(views, id, 20)?)))?;
    let path = format!("{}/contacts", href(id));
    let last = kept.last().filter(|_| has_more).map(|last| {
        let id = &last.contact.id;
        if ending { format!("{}-{id}", last.contact.until) } else { id.clone() }
    });
    let of = holder(visit);
    let total = if ending { counted.expired + counted.ending } else { counted.all };
    let pager = Pager {
        shown: u64::try_from(kept.len()).unwrap_or(0),
        total: Some(total).filter(|_| of.is_none()),
        first: visit.query.get("after").map(|_| visit.query.with(&path, "after", None)),
        next: last.map(|last| next(visit, &path, &last)),
        csv: Some(format!("{}/contacts.csv", href(id))).filter(|_| counted.all > 0),
    };
    let template = ContactsPage {
        visit,
        crumbs: crumbs(visit, Some(election)),
        form,
        base: href(id),
        counted,
        stations: network.as_ref().map_or(0, |network| network.stations.all().len()),
        groups: vec![group(visit, &path, ending, counted)],
        of: of.as_ref().map(|of| holder_name(visit, network.as_deref(), of)),
        rows: kept.into_iter().map(|one| row(visit, network.as_deref(), (id, now), one)).collect(),
        pager,
        ending,
        superseded,
        has_network: network.is_some(),
        done: just_recorded(app, visit)?,
    };
    Ok(form_page(&template, form))
}

fn group(visit: &Visit, path: &str, ending: bool, counted: Counted) -> FilterGroup {
    let choice = |value: Option<&str>, text: &str, count, current| Choice {
        href: visit.query.with(path, "show", value),
        text: visit.t(text),
        count: Some(count),
        current,
    };
    let choices = vec![
        choice(None, "alertnet-show-all", counted.all, !ending),
        choice(Some("ending"), "alertnet-show-ending", counted.expired + counted.ending, ending),
    ];
    FilterGroup { label: visit.t("alertnet-show"), choices }
}

fn row(visit: &Visit, network: Option<&Network>, (id, now): (&str, i64), kept: Kept) -> Row {
    let contact = kept.contact;
    Row {
        href: format!("{}/contacts/one/{}", href(id), contact.id),
        holder: holder_name(visit, network, &contact.holder),
        holder_href: format!("{}/contacts?{}", href(id), holder_query(&contact.holder)),
        level: level_name(visit, contact.level),
        authority: authority_name(visit, contact.authority),
        addresses: addresses(&contact),
        tag: standing(visit, &contact, now),
        contact,
    }
}

pub(super) async fn list(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        let (election, visit) = election_of(&app, visit, &id)?;
        show(&app, &visit, &election, &FormState::new())
    })
    .await
}

/// Renews all that are over or end soon, until one day.
pub(super) async fn renew(State(app): State<Arc<App>>, Path(id): Path<String>, posted: Posted) -> Reply {
    let mut form = posted.form;
    run_heavy(Arc::clone(&app), posted.visit, move |visit| {
        let (election, visit) = election_of(&app, visit, &id)?;
        let now = app.clock.now();
        let Some(until) = end_of(&zone_of(&election), form.value("until"), now) else {
            form.reject("until", visit.t("alertnet-wrong-until"));
            return show(&app, &visit, &election, &form);
        };
        let ending = app.engine.read(|views| contacts::expired(views, &id, soon(now), None, RENEWED))?;
        let ids: Vec<String> = ending.into_iter().map(|kept| kept.contact.id).collect();
        match contacts::change(&app.engine, actor(&visit)?, &id, &ids, &Change::Renew(until)) {
            Ok(receipts) => Ok(recorded(&app, &format!("{}/contacts", href(&id)), &receipts)),
            Err(error) => {
                refuse(&visit, &mut form, error)?;
                show(&app, &visit, &election, &form)
            }
        }
    })
    .await
}

/// All contacts in the form in which they come in, so that a list can be mended and handed in again.
pub(super) async fn csv(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run_heavy(Arc::clone(&app), visit, move |visit| {
        let (election, visit) = election_of(&app, visit, &id)?;
        let zone = zone_of(&election);
        let mut writer = csv::Writer::from_writer(Vec::new());
        let columns = contacts::COLUMNS.map(|(name, _)| name).into_iter().filter(|name| *name != "unit");
        writer.write_record(columns).map_err(|error| Fault::log(&error))?;
        let mut after: Option<String> = None;
        loop {
            let some =
                app.engine.read(|views| contacts::listed(views, &id, None, after.as_deref(), 10_000))?;
            for one in some.iter().map(|kept| &kept.contact) {
                let cells = cells(one, &zone).map(|text| cell_or_number(&text));
                writer.write_record(cells).map_err(|error| Fault::log(&error))?;
            }
            match some.last() {
                Some(last) if some.len() == 10_000 => after = Some(last.contact.id.clone()),
                _ => break,
            }
        }
        let bytes = writer.into_inner().map_err(|error| Fault::log(&error))?;
        drop(visit);
        let headers = [
            (header::CONTENT_TYPE, "text/csv; charset=utf-8; header=present"),
            (header::CONTENT_DISPOSITION, "attachment; filename=\"contacts.csv\""),
        ];
        Ok((headers, bytes).into_response().into())
    })
    .await
}

fn cells(one: &Contact, zone: &scr_i18n::Zone) -> [String; 12] {
    let (station, area) = match &one.holder {
        Holder::Station(number) => (number.to_string(), String::new()),
        Holder::Area(code) => (String::new(), code.clone()),
    };
    let text = |field: &Option<String>| field.clone().unwrap_or_default();
    [
        station,
        area,
        one.function.clone(),
        one.level.as_str().to_owned(),
        one.language.clone(),
        one.authority.as_str().to_owned(),
        text(&one.sms),
        text(&one.email),
        text(&one.telephone),
        text(&one.webhook),
        // The last day, not the moment after it.
        zone.day_of(one.until.saturating_sub(1)).unwrap_or_default(),
        one.order.to_string(),
    ]
}
