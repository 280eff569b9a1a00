//! The day on which an own object becomes public: set, changed, lifted; and the list of what is due.

use crate::craft::unseen_by_everybody;
use crate::exchange::{Exchange, schedule_publication};
use crate::pages::names::Names;
use crate::pages::object::{Found, for_member};
use crate::pages::place::{Place, actor, own};
use crate::pages::words::{kind_name, label_of, label_tag};
use crate::pages::{crumbs, refuse};
use crate::publication::{Day, days, narrow_parts};
use crate::select;
use askama::Template;
use axum::extract::{Path, State};
use scr_core::{Refusal, RefusalKind, Tlp};
use scr_engine::ActError;
use scr_threats::{ObjectKey, codes};
use scr_web::components::{Crumb, Tag, Tone};
use scr_web::{App, FormState, Posted, Reply, Visit, form_page, go, in_address, page, run};
use std::sync::Arc;

/// Whether a day can be set for an object that somebody finds.
pub(in crate::pages) fn may_have_day(place: &Place, found: &Found) -> bool {
    place.shares
        && found.entry.owner == place.org.as_str()
        && found.entry.pseudonym.is_none()
        && label_of(&found.entry.tlp) != Tlp::Clear
}

/// The day of an object, for its owner.
pub(in crate::pages) fn day_of(app: &App, place: &Place, found: &Found) -> Result<Option<Day>, ActError> {
    if !may_have_day(place, found) {
        return Ok(None);
    }
    let all = days(&Exchange::of(app), place.code(), &place.org)?;
    Ok(all.into_iter().find(|one| one.id == found.entry.id && one.collection == found.collection.id))
}

#[derive(Template)]
#[template(path = "craft/day.html")]
struct DayPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    name: &'a str,
    label: Tag,
    day: Option<Day>,
    has_narrow_parts: bool,
    is_public: bool,
    collection: &'a str,
    unseen: Vec<String>,
    zone: &'a str,
    batch_seconds: u16,
    copy: String,
    list: String,
    href: String,
    back: String,
}

/// An own object; of others' there is no such page, and nobody learns whether it is there.
fn own_object(app: &App, visit: &Visit, code: &str, id: &str) -> Result<(Place, Found), ActError> {
    let place = own(app, visit, code)?;
    let found = for_member(app, visit, &place, id)?;
    if found.entry.owner != place.org.as_str() || !place.shares {
        return Err(Refusal::new(RefusalKind::Forbidden, codes::NOT_YOURS).into());
    }
    if !may_have_day(&place, &found) {
        return Err(Refusal::new(RefusalKind::Conflict, codes::NO_DAY).into());
    }
    Ok((place, found))
}

fn show_form(
    app: &App,
    visit: &Visit,
    (place, found): (&Place, &Found),
    form: &FormState,
) -> Result<Reply, ActError> {
    let base = format!("{}/objects/{}", place.href(), found.entry.id);
    let query = format!("?collection={}", in_address(&found.collection.id));
    let template = DayPage {
        visit,
        crumbs: crumbs(visit, Some(place)),
        form,
        name: &found.title,
        label: label_tag(label_of(&found.entry.tlp)),
        day: day_of(app, place, found)?,
        has_narrow_parts: !narrow_parts(&found.content).is_empty(),
        is_public: found.collection.is_public,
        collection: &found.collection.title,
        unseen: unseen_by_everybody(app, &place.seen, &found.collection, &found.content)?,
        zone: visit.zone.name(),
        batch_seconds: app.config.batch_seconds,
        copy: format!("{base}/copy{query}"),
        list: format!("{}/days", place.href()),
        href: format!("{base}/day{query}"),
        back: format!("{base}{query}"),
    };
    Ok(form_page(&template, form))
}

pub(super) async fn form(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path((code, id)): Path<(String, String)>,
) -> Reply {
    run(visit, move |visit| {
        let (place, found) = own_object(&app, visit, &code, &id)?;
        let day = day_of(&app, &place, &found)?.and_then(|day| visit.zone.day_of(day.due));
        let form = FormState::new().with("day", day.unwrap_or_default());
        show_form(&app, visit, (&place, &found), &form)
    })
    .await
}

pub(super) async fn set(
    State(app): State<Arc<App>>,
    Path((code, id)): Path<(String, String)>,
    posted: Posted,
) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let (place, found) = own_object(&app, visit, &code, &id)?;
        let at = if form.is("step", "lift") {
            None
        } else {
            let at = visit.zone.begin_of(form.value("day"));
            if at.is_none() {
                form.reject("day", visit.t("threats-wrong-day"));
            }
            if !form.is("looked", "yes") {
                form.reject("looked", visit.t("threats-wrong-looked"));
            }
            at
        };
        if !form.is_fine() {
            return show_form(&app, visit, (&place, &found), &form);
        }
        let key = ObjectKey { id: id.clone(), version: found.entry.version };
        match schedule_publication(&Exchange::of(&app), actor(visit)?, &found.collection.id, key, at) {
            Ok(()) => {
                let query = in_address(&found.collection.id);
                Ok(go(&format!("{}/objects/{id}/day?collection={query}", place.href())))
            }
            Err(error) => {
                refuse(visit, &mut form, error)?;
                show_form(&app, visit, (&place, &found), &form)
            }
        }
    })
    .await
}

/// A day in the list.
pub(super) struct Row {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) kind: String,
    pub(super) collection: String,
    pub(super) label: Tlp,
    pub(super) due: i64,
    pub(super) waits: bool,
    /// The day has come, and a later version has parts that are for fewer.
    pub(super) is_held: bool,
}

/// What is due in a community, of the reader's own organisation.
pub(super) fn rows(app: &App, visit: &Visit, place: &Place) -> Result<Vec<Row>, ActError> {
    let all = days(&Exchange::of(app), place.code(), &place.org)?;
    let now = app.clock.now();
    let found = app.engine.read(|views| {
        let mut rows = Vec::new();
        for day in all {
            let number = crate::read::number(views, &day.collection)?;
            let standing = &place.seen.standing;
            let entries =
                number.map(|number| select::versions(views, number, standing, &day.id)).transpose()?;
            let own = entries.into_iter().flatten().find(|one| one.owner == place.org.as_str());
            // What was taken out meanwhile does not become public.
            let Some(entry) = own else { continue };
            let is_late = day.due <= now && !day.waits;
            let is_held = is_late && !narrow_parts(&select::content(views, entry.seq)?).is_empty();
            rows.push(Row {
                title: entry.title.clone().unwrap_or_else(|| kind_name(visit, &entry.kind)),
                kind: kind_name(visit, &entry.kind),
                label: label_of(&entry.tlp),
                id: day.id,
                collection: day.collection,
                due: day.due,
                waits: day.waits,
                is_held,
            });
        }
        Ok(rows)
    })?;
    Ok(found)
}

struct Line {
    href: String,
    title: String,
    kind: String,
    label: Tag,
    due: i64,
    tag: Tag,
}

#[derive(Template)]
#[template(path = "craft/days.html")]
struct ListPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    lines: Vec<Line>,
    org: String,
    public: String,
}

pub(super) async fn list(State(app): State<Arc<App>>, visit: Visit, Path(code): Path<String>) -> Reply {
    run(visit, move |visit| {
        let place = own(&app, visit, &code)?;
        let line = |row: Row| {
            let tag = match (row.is_held, row.waits) {
                (true, _) => Tag::new(Tone::Warn, visit.t("craft-day-held")),
                (false, true) => Tag::new(Tone::Note, visit.t("craft-day-waits")),
                (false, false) => Tag::new(Tone::Good, visit.t("craft-day-recorded")),
            };
            Line {
                href: format!(
                    "{}/objects/{}/day?collection={}",
                    place.href(),
                    row.id,
                    in_address(&row.collection)
                ),
                title: row.title,
                kind: row.kind,
                label: label_tag(row.label),
                due: row.due,
                tag,
            }
        };
        let template = ListPage {
            visit,
            crumbs: crumbs(visit, Some(&place)),
            lines: rows(&app, visit, &place)?.into_iter().map(line).collect(),
            org: Names::of(&app).say(place.org.as_str()),
            public: format!("/threats/{}?only=released", in_address(&code)),
        };
        Ok(page(&template).into())
    })
    .await
}
