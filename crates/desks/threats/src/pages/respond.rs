//! Answers to an object: "we have seen this too", "this is a false alarm"; and taking out what is one's own.

use super::object::{Found, for_member, render};
use super::place::{Place, actor, own};
use super::send::{first_failure, made, send};
use super::words::label_of;
use super::{crumbs, refuse};
use crate::exchange::Exchange;
use crate::select::{self, Found as Row, Wanted};
use crate::share::Sharing;
use crate::withdraw;
use askama::Template;
use axum::extract::{Path, State};
use scr_core::{Actor, OrgId, Refusal, RefusalKind, Tlp};
use scr_engine::ActError;
use scr_stix::Object;
use scr_stix::tlp::{label, marking_id};
use scr_threats::{codes, identity_of};
use scr_web::components::Crumb;
use scr_web::{App, FormState, Posted, Reply, Visit, form_page, go, in_address, recorded, run};
use serde_json::json;
use std::sync::Arc;

/// Longest text of an answer, in characters.
const MAX_TEXT: usize = 2_000;
/// STIX 2.1 section 5.2: at most so often.
const MAX_COUNT: u64 = 999_999_999;

fn not_yours() -> ActError {
    Refusal::new(RefusalKind::Forbidden, codes::NOT_YOURS).into()
}

/// Where an answer goes: into the same collection, or else into the first that takes it; and to whom. It has the label of
/// what it answers. What was not for the whole community goes to whoever shared it, and to nobody else.
fn to(place: &Place, found: &Found) -> Option<(Sharing, Tlp)> {
    let writable = place.writable();
    let same = writable.iter().find(|one| one.id == found.collection.id);
    let collection = same.or(writable.first())?;
    let tlp = label_of(&found.entry.tlp);
    let is_narrow = !matches!(tlp, Tlp::Clear | Tlp::Green);
    // Who stands behind a pseudonym is not for the answer to tell: it goes to the circle.
    let named = OrgId::new(found.entry.owner.as_str()).ok().filter(|_| found.entry.pseudonym.is_none());
    let audience = if is_narrow { named.map(|owner| vec![owner]) } else { None };
    let sharing = Sharing {
        community: place.code().to_owned(),
        collection: collection.id.clone(),
        pseudonym: None,
        audience,
        unmarked: None,
        source: Some("page".to_owned()),
        despite: Vec::new(),
    };
    // What is CLEAR need not become public with each answer: answers are for the community.
    Some((sharing, if tlp == Tlp::Clear { Tlp::Green } else { tlp }))
}

/// Sends answers, and goes back to the object.
fn answer(
    app: &App,
    visit: &Visit,
    (place, found): (&Place, &Found),
    mut form: FormState,
    make: impl FnOnce(&Actor, &str) -> Result<Vec<Object>, ActError>,
) -> Result<Reply, ActError> {
    let actor = actor(visit)?;
    let (sharing, tlp) = to(place, found).filter(|_| place.shares).ok_or_else(not_yours)?;
    let sent =
        make(actor, &marking_id(tlp)).and_then(|objects| send(app, actor, &sharing, &objects, Vec::new()));
    let back = format!(
        "{}/objects/{}?collection={}",
        place.href(),
        found.entry.id,
        in_address(&found.collection.id)
    );
    match sent {
        Ok(sent) => {
            if let Some(refusal) = first_failure(&sent.status) {
                refuse(visit, &mut form, refusal.into())?;
                return render(app, visit, (place, found), &form);
            }
            if sent.waits() {
                return Ok(go(&format!("{}/status/{}", place.href(), sent.status.id)));
            }
            Ok(recorded(app, &back, &sent.receipts))
        }
        Err(error) => {
            refuse(visit, &mut form, error)?;
            render(app, visit, (place, found), &form)
        }
    }
}

/// A day in a field, as STIX has times.
fn moment(day: &str) -> Option<String> {
    let text = format!("{day}T00:00:00Z");
    scr_stix::Timestamp::parse(&text).ok().map(|_| text)
}

pub(super) async fn seen(
    State(app): State<Arc<App>>,
    Path((code, id)): Path<(String, String)>,
    posted: Posted,
) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let place = own(&app, visit, &code)?;
        let found = for_member(&app, visit, &place, &id)?;
        let count = form.value("count").parse::<u64>().ok().filter(|count| (1..=MAX_COUNT).contains(count));
        if count.is_none() {
            form.reject("count", visit.t("threats-wrong-count"));
        }
        let (first, last) = (moment(form.value("first")), moment(form.value("last")));
        for (field, value) in [("first", &first), ("last", &last)] {
            if value.is_none() && !form.value(field).is_empty() {
                form.reject(field, visit.t("threats-wrong-day"));
            }
        }
        if first.as_ref().zip(last.as_ref()).is_some_and(|(first, last)| first > last) {
            form.reject("last", visit.t("threats-wrong-order"));
        }
        if form.value("note").chars().count() > MAX_TEXT {
            form.reject("note", visit.ta("threats-wrong-text", &[("max", MAX_TEXT.into())]));
        }
        let Some(count) = count.filter(|_| form.is_fine()) else {
            return render(&app, visit, (&place, &found), &form);
        };
        let note = form.value("note").to_owned();
        answer(&app, visit, (&place, &found), form, |actor, marking| {
            let mut more = json!({
                "sighting_of_ref": found.entry.id, "count": count, "where_sighted_refs": [identity_of(&actor.org)],
            });
            let optional = [("first_seen", first), ("last_seen", last), ("description", Some(note))];
            for (name, value) in optional {
                if let Some(value) = value.filter(|value| !value.is_empty()) {
                    more[name] = json!(value);
                }
            }
            Ok(vec![made(&app, actor, "sighting", Some(marking), more)?])
        })
    })
    .await
}

pub(super) async fn doubt(
    State(app): State<Arc<App>>,
    Path((code, id)): Path<(String, String)>,
    posted: Posted,
) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let place = own(&app, visit, &code)?;
        let found = for_member(&app, visit, &place, &id)?;
        let reason = form.value("reason").to_owned();
        if reason.is_empty() {
            form.reject("reason", visit.t("threats-wrong-reason"));
        } else if reason.chars().count() > MAX_TEXT {
            form.reject("reason", visit.ta("threats-wrong-text", &[("max", MAX_TEXT.into())]));
        }
        if !form.is_fine() {
            return render(&app, visit, (&place, &found), &form);
        }
        answer(&app, visit, (&place, &found), form, |actor, marking| {
            let refs = json!([found.entry.id]);
            let opinion = json!({"opinion": "strongly-disagree", "explanation": reason, "object_refs": refs});
            let note = json!({"abstract": "False alarm", "content": reason, "object_refs": refs});
            Ok(vec![
                made(&app, actor, "opinion", Some(marking), opinion)?,
                made(&app, actor, "note", Some(marking), note)?,
            ])
        })
    })
    .await
}

#[derive(Template)]
#[template(path = "pages/withdraw.html")]
struct WithdrawPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    name: &'a str,
    label: &'static str,
    is_public: bool,
    count: usize,
    href: String,
    back: String,
}

/// An own object, for somebody who may take it out.
fn withdrawn(app: &App, visit: &Visit, code: &str, id: &str) -> Result<(Place, Found), ActError> {
    let place = own(app, visit, code)?;
    let found = for_member(app, visit, &place, id)?;
    let may =
        found.entry.owner == place.org.as_str() && place.shares && place.seen.may_write(&found.collection);
    if may { Ok((place, found)) } else { Err(not_yours()) }
}

fn ask(visit: &Visit, (place, found): (&Place, &Found), form: &FormState) -> Reply {
    let tlp = label_of(&found.entry.tlp);
    let query = format!("?collection={}", in_address(&found.collection.id));
    let back = format!("{}/objects/{}{query}", place.href(), found.entry.id);
    let template = WithdrawPage {
        visit,
        crumbs: crumbs(visit, Some(place)),
        form,
        name: &found.title,
        label: label(tlp),
        is_public: tlp == Tlp::Clear,
        count: found.versions.iter().filter(|one| one.owner == place.org.as_str()).count(),
        href: format!("{}/objects/{}/withdraw{query}", place.href(), found.entry.id),
        back,
    };
    form_page(&template, form)
}

pub(super) async fn withdraw_form(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path((code, id)): Path<(String, String)>,
) -> Reply {
    run(visit, move |visit| {
        let (place, found) = withdrawn(&app, visit, &code, &id)?;
        Ok(ask(visit, (&place, &found), &FormState::new()))
    })
    .await
}

pub(super) async fn withdraw(
    State(app): State<Arc<App>>,
    Path((code, id)): Path<(String, String)>,
    posted: Posted,
) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let (place, found) = withdrawn(&app, visit, &code, &id)?;
        if !form.is("looked", "yes") {
            form.reject("looked", visit.t("threats-wrong-looked"));
            return Ok(ask(visit, (&place, &found), &form));
        }
        let wanted = Wanted { ids: Some(vec![id.clone()]), ..Wanted::default() };
        let number = found.entry.collection;
        let rows = app
            .engine
            .read(|views| select::select(views, number, &place.seen.standing, &wanted, usize::MAX >> 1))?;
        let rows: Vec<Row> = rows.into_iter().filter(|row| row.owner == place.org.as_str()).collect();
        let receipts =
            withdraw::withdraw(&Exchange::of(&app), actor(visit)?, &code, &found.collection.id, &rows)?;
        Ok(recorded(&app, &place.href(), &receipts))
    })
    .await
}
