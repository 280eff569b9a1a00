//! Sharing, in three steps: what, for whom, and a last look at exactly what goes to whom.

use super::chosen::{Chosen, chosen};
use super::content::{self, MAX_BYTES};
use super::craft;
use super::foreign;
use super::held::{Draft, Held, Key};
use super::names::Names;
use super::place::{Place, actor, own};
use super::planned::show_check;
use super::send::send;
use super::tag::{self, Tags};
use super::words::labels;
use super::{crumbs, refuse};
use crate::escrow;
use crate::exchange::Exchange;
use crate::label;
use crate::share;
use crate::vocabulary::shelf::Books;
use crate::vocabulary::warn;
use askama::Template;
use axum::extract::{Multipart, Path, State};
use scr_core::{Actor, OrgId, Refusal, RefusalKind};
use scr_engine::ActError;
use scr_threats::{Collection, codes};
use scr_web::components::Crumb;
use scr_web::{App, FormState, Posted, Reply, Visit, form_page, go, incoming, recorded, run, run_heavy};
use std::sync::Arc;

/// Objects that are listed one by one.
pub(super) const LISTED: usize = 200;

/// A community in which the reader shares.
fn sharing_in(app: &App, visit: &Visit, code: &str) -> Result<Place, ActError> {
    let place = own(app, visit, code)?;
    if !place.shares {
        return Err(Refusal::new(RefusalKind::Forbidden, codes::NOT_YOURS).into());
    }
    if !place.community().is_active() {
        return Err(Refusal::new(RefusalKind::Conflict, codes::NOT_ACTIVE).into());
    }
    if place.writable().is_empty() {
        return Err(Refusal::new(RefusalKind::Forbidden, codes::READ_ONLY).into());
    }
    Ok(place)
}

fn key(visit: &Visit, code: &str) -> Result<Key, Refusal> {
    Ok((code.to_owned(), actor(visit)?.person.as_str().to_owned()))
}

pub(super) fn steps(visit: &Visit) -> Vec<String> {
    ["threats-step-what", "threats-step-whom", "threats-step-check"].map(|key| visit.t(key)).to_vec()
}

#[derive(Template)]
#[template(path = "pages/share.html")]
struct SharePage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    steps: Vec<String>,
    sorts: Vec<(String, String)>,
    ends: Vec<(String, String)>,
    usual: String,
    sure: Vec<(String, String)>,
    tags: Tags,
    max_mib: usize,
    href: String,
    back: String,
}

fn show(app: &App, visit: &Visit, place: &Place, form: &FormState) -> Result<Reply, ActError> {
    // i18n: threats-seen-sort-* threats-sure-choice-* threats-end-*
    let sort = |name: &str| (name.to_owned(), visit.t(&format!("threats-seen-sort-{name}")));
    let sure = |name: &str| (name.to_owned(), visit.t(&format!("threats-sure-choice-{name}")));
    let template = SharePage {
        visit,
        crumbs: crumbs(visit, Some(place)),
        form,
        steps: steps(visit),
        sorts: content::SEEN.map(sort).to_vec(),
        ends: ["usual", "day", "none"]
            .map(|name| (name.to_owned(), visit.t(&format!("threats-end-{name}"))))
            .to_vec(),
        usual: content::usual_text(visit),
        sure: ["unsaid", "low", "medium", "high"].map(sure).to_vec(),
        tags: tag::tags(&*Books::of(app)?, form),
        max_mib: MAX_BYTES >> 20,
        href: format!("{}/share", place.href()),
        back: place.href(),
    };
    Ok(form_page(&template, form))
}

fn empty_form() -> FormState {
    FormState::new().with("sort", "domain").with("sure", "unsaid").with("end", "usual")
}

pub(super) async fn form(State(app): State<Arc<App>>, visit: Visit, Path(code): Path<String>) -> Reply {
    run(visit, move |visit| {
        let place = sharing_in(&app, visit, &code)?;
        show(&app, visit, &place, &empty_form())
    })
    .await
}

fn keep(app: &App, visit: &Visit, place: &Place, mut draft: Draft) -> Result<Reply, ActError> {
    (draft.seed, draft.at) = (app.entropy.bytes::<16>(), app.clock.now());
    app.soft::<Held>().keep(key(visit, place.code())?, draft, app.clock.now());
    Ok(go(&format!("{}/share/whom", place.href())))
}

pub(super) async fn from_form(
    State(app): State<Arc<App>>,
    Path(code): Path<String>,
    posted: Posted,
) -> Reply {
    let chosen = posted.pairs.iter().filter(|(name, _)| name == "technique");
    let chosen: Vec<&str> = chosen.map(|(_, value)| value.as_str()).collect();
    let mut form = posted.form.with(tag::CHOSEN, chosen.join("\n"));
    run(posted.visit, move |visit| {
        let place = sharing_in(&app, visit, &code)?;
        if form.is("step", "search") {
            // Nothing is checked yet: somebody looks for a technique.
            return show(&app, visit, &place, &form);
        }
        match content::from_form(&app, visit, actor(visit)?, &mut form)? {
            Some(draft) => keep(&app, visit, &place, draft),
            None => show(&app, visit, &place, &form),
        }
    })
    .await
}

/// Takes bytes, from a field or a file.
fn take(
    app: &App,
    visit: &Visit,
    place: &Place,
    (field, bytes, name): (&str, &[u8], &str),
    mut form: FormState,
) -> Result<Reply, ActError> {
    if bytes.is_empty() {
        form.reject(field, visit.t("threats-wrong-nothing"));
        return show(app, visit, place, &form);
    }
    if bytes.len() > MAX_BYTES {
        form.reject(field, visit.ta("threats-wrong-large", &[("max", (MAX_BYTES >> 20).into())]));
        return show(app, visit, place, &form);
    }
    let unmarked = place.community().rules.unmarked;
    match foreign::any(app, visit, actor(visit)?, (bytes, name, unmarked))? {
        Ok(draft) => keep(app, visit, place, draft),
        Err(why) => {
            form.reject(field, why);
            show(app, visit, place, &form)
        }
    }
}

pub(super) async fn from_text(
    State(app): State<Arc<App>>,
    Path(code): Path<String>,
    posted: Posted,
) -> Reply {
    let form = posted.form;
    run(posted.visit, move |visit| {
        let place = sharing_in(&app, visit, &code)?;
        let text = form.value("text").to_owned();
        let form = form.with("sort", "domain").with("sure", "unsaid").with("end", "usual");
        take(&app, visit, &place, ("text", text.as_bytes(), ""), form)
    })
    .await
}

pub(super) async fn from_file(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path(code): Path<String>,
    mut parts: Multipart,
) -> Reply {
    let mut bytes = Vec::new();
    let file = match incoming(&app, &visit, &mut parts, &mut bytes).await {
        Ok(file) => file,
        Err(error) => return error.reply(&visit),
    };
    run_heavy(Arc::clone(&app), visit, move |visit| {
        let place = sharing_in(&app, visit, &code)?;
        take(&app, visit, &place, ("file", &bytes, &file.name), empty_form())
    })
    .await
}

/// A member that can be named.
struct Nameable {
    org: String,
    name: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "pages/share_whom.html")]
struct WhomPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    steps: Vec<String>,
    draft: &'a Draft,
    marked: usize,
    labels: Vec<(String, String)>,
    collections: Vec<(String, String)>,
    members: Vec<Nameable>,
    /// Objects that a narrower part keeps from others.
    kept_back: usize,
    names: Vec<(String, String)>,
    pseudonym_hint: String,
    custodians: String,
    href: String,
    back: String,
}

/// A collection as a choice.
pub(super) fn collection_text(one: &Collection) -> (String, String) {
    let text = if one.description.is_empty() {
        one.title.clone()
    } else {
        format!("{} – {}", one.title, one.description)
    };
    (one.id.clone(), text)
}

/// How many objects have a label of their own.
fn marked(draft: &Draft) -> usize {
    draft.objects.iter().filter(|one| !one.head().object_marking_refs.is_empty()).count()
}

fn show_whom(
    app: &App,
    visit: &Visit,
    (place, draft): (&Place, &Draft),
    form: &FormState,
) -> Result<Reply, ActError> {
    let names = Names::of(app);
    let used = app.engine.read(|views| escrow::own_pseudonyms(views, place.code(), &place.org))?;
    let own = visit.ta("craft-as-name", &[("org", names.say(place.org.as_str()).into())]);
    let nameable = |org: OrgId| Nameable {
        name: names.say(org.as_str()),
        chosen: form.is(&format!("to-{org}"), "yes"),
        org: org.to_string(),
    };
    let template = WhomPage {
        visit,
        crumbs: crumbs(visit, Some(place)),
        form,
        steps: steps(visit),
        marked: marked(draft),
        labels: labels(visit),
        collections: place.writable().into_iter().map(collection_text).collect(),
        members: place.others().into_iter().map(nameable).collect(),
        kept_back: craft::kept_back(&draft.objects, place.community().rules.unmarked),
        names: vec![("name".to_owned(), own), ("pseudonym".to_owned(), visit.t("craft-as-pseudonym"))],
        pseudonym_hint: if used.is_empty() {
            visit.t("craft-field-pseudonym-hint")
        } else {
            visit.ta("craft-field-pseudonym-used", &[("names", used.join(", ").into())])
        },
        custodians: names.list(&place.community().custodians),
        href: format!("{}/share", place.href()),
        back: place.href(),
        draft,
    };
    Ok(form_page(&template, form))
}

pub(super) async fn whom(State(app): State<Arc<App>>, visit: Visit, Path(code): Path<String>) -> Reply {
    run(visit, move |visit| {
        let place = sharing_in(&app, visit, &code)?;
        let Some(draft) = app.soft::<Held>().get(&key(visit, &code)?, app.clock.now()) else {
            return Ok(go(&format!("{}/share", place.href())));
        };
        let first = place.writable().first().map(|one| one.id.clone()).unwrap_or_default();
        let form = FormState::new()
            .with("label", label::name(place.community().rules.unmarked))
            .with("collection", first)
            .with("as", "name")
            .with("copies", "yes");
        show_whom(&app, visit, (&place, &draft), &form)
    })
    .await
}

/// The draft, or the way back to the beginning.
fn waiting(app: &App, visit: &Visit, place: &Place) -> Result<Option<Arc<Draft>>, ActError> {
    Ok(app.soft::<Held>().get(&key(visit, place.code())?, app.clock.now()))
}

pub(super) async fn check(State(app): State<Arc<App>>, Path(code): Path<String>, posted: Posted) -> Reply {
    let (mut form, pairs) = (posted.form, posted.pairs);
    run_heavy(Arc::clone(&app), posted.visit, move |visit| {
        let place = sharing_in(&app, visit, &code)?;
        let Some(draft) = waiting(&app, visit, &place)? else {
            return Ok(go(&format!("{}/share", place.href())));
        };
        if form.is("step", "change") {
            return show_whom(&app, visit, (&place, &draft), &form);
        }
        let Some(chosen) = chosen(&app, visit, (&place, &draft), &mut form)? else {
            return show_whom(&app, visit, (&place, &draft), &form);
        };
        last_look(&app, visit, (&place, &draft), &chosen, (form, pairs))
    })
    .await
}

/// Exactly what would go to whom, and what somebody should think about first.
fn last_look(
    app: &App,
    visit: &Visit,
    (place, draft): (&Place, &Draft),
    chosen: &Chosen,
    (mut form, pairs): (FormState, Vec<(String, String)>),
) -> Result<Reply, ActError> {
    let actor = actor(visit)?;
    match share::plan(&Exchange::of(app), actor, &chosen.sharing, &chosen.objects) {
        Ok(plan) => {
            let warned = warn::of_all(app, actor, plan.planned.iter().map(|one| &one.object))?;
            let dropped = ["csrf", "step", "digest", "despite"];
            let kept = pairs.into_iter().filter(|(name, _)| !dropped.contains(&name.as_str())).collect();
            Ok(show_check(app, visit, (place, draft), (chosen, &plan, &warned), (&form, kept)))
        }
        Err(error) => {
            refuse(visit, &mut form, error)?;
            show_whom(app, visit, (place, draft), &form)
        }
    }
}

/// What stands on a list and has not been confirmed; what was confirmed is noted.
fn confirmed(app: &App, actor: &Actor, form: &FormState, chosen: &mut Chosen) -> Result<bool, ActError> {
    let plan = share::plan(&Exchange::of(app), actor, &chosen.sharing, &chosen.objects)?;
    let warned = warn::of_all(app, actor, plan.planned.iter().map(|one| &one.object))?;
    chosen.sharing.despite = warn::noted(&warned);
    Ok(warned.is_empty() || form.is("despite", "yes"))
}

pub(super) async fn confirm(State(app): State<Arc<App>>, Path(code): Path<String>, posted: Posted) -> Reply {
    let (mut form, pairs) = (posted.form, posted.pairs);
    run_heavy(Arc::clone(&app), posted.visit, move |visit| {
        let place = sharing_in(&app, visit, &code)?;
        let Some(draft) = waiting(&app, visit, &place)? else {
            let mut form = empty_form();
            form.reject("", visit.t("threats-wrong-waited"));
            return show(&app, visit, &place, &form);
        };
        let chosen = chosen(&app, visit, (&place, &draft), &mut form)?;
        // What is confirmed is what was shown.
        let Some(mut chosen) = chosen.filter(|one| form.is("digest", &one.digest)) else {
            form.reject("", visit.t("threats-wrong-changed"));
            return show_whom(&app, visit, (&place, &draft), &form);
        };
        match confirmed(&app, actor(visit)?, &form, &mut chosen) {
            Ok(true) => {}
            Ok(false) => {
                form.reject("despite", visit.t("threats-wrong-despite"));
                return last_look(&app, visit, (&place, &draft), &chosen, (form, pairs));
            }
            Err(error) => {
                refuse(visit, &mut form, error)?;
                return show_whom(&app, visit, (&place, &draft), &form);
            }
        }
        match finish(&app, visit, actor(visit)?, (&place, &chosen)) {
            Ok(reply) => Ok(reply),
            Err(error) => {
                refuse(visit, &mut form, error)?;
                show_whom(&app, visit, (&place, &draft), &form)
            }
        }
    })
    .await
}

fn finish(
    app: &App,
    visit: &Visit,
    actor: &Actor,
    (place, chosen): (&Place, &Chosen),
) -> Result<Reply, ActError> {
    let sent = send(app, actor, &chosen.sharing, &chosen.objects, Vec::new())?;
    app.soft::<Held>().forget(&key(visit, place.code())?);
    let status = format!("{}/status/{}", place.href(), sent.status.id);
    Ok(recorded(app, &status, &sent.receipts))
}
