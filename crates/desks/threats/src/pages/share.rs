//! Sharing, in three steps: what, for whom, and a last look at exactly what goes to whom.

use super::content::{self, MAX_BYTES, labelled};
use super::foreign;
use super::held::{Draft, Held, Key};
use super::names::Names;
use super::place::{Place, actor, own};
use super::planned::show_check;
use super::send::send;
use super::tag::{self, Tags};
use super::words::labels;
use super::{crumbs, refuse};
use crate::exchange::Exchange;
use crate::label;
use crate::share::{self, Sharing};
use crate::vocabulary::shelf::Books;
use crate::vocabulary::warn;
use askama::Template;
use axum::extract::{Multipart, Path, State};
use scr_core::{Actor, OrgId, Refusal, RefusalKind};
use scr_engine::ActError;
use scr_stix::Object;
use scr_stix::tlp::marking_id;
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

fn keep(app: &App, visit: &Visit, place: &Place, draft: Draft) -> Result<Reply, ActError> {
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
    href: String,
    back: String,
}

/// How many objects have a label of their own.
fn marked(draft: &Draft) -> usize {
    draft.objects.iter().filter(|one| !one.head().object_marking_refs.is_empty()).count()
}

fn show_whom(visit: &Visit, names: &Names, (place, draft): (&Place, &Draft), form: &FormState) -> Reply {
    let nameable = |org: OrgId| Nameable {
        name: names.say(org.as_str()),
        chosen: form.is(&format!("to-{org}"), "yes"),
        org: org.to_string(),
    };
    let collection = |one: &Collection| {
        let text = if one.description.is_empty() {
            one.title.clone()
        } else {
            format!("{} – {}", one.title, one.description)
        };
        (one.id.clone(), text)
    };
    let template = WhomPage {
        visit,
        crumbs: crumbs(visit, Some(place)),
        form,
        steps: steps(visit),
        marked: marked(draft),
        labels: labels(visit),
        collections: place.writable().into_iter().map(collection).collect(),
        members: place.others().into_iter().map(nameable).collect(),
        href: format!("{}/share", place.href()),
        back: place.href(),
        draft,
    };
    form_page(&template, form)
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
            .with("collection", first);
        Ok(show_whom(visit, &Names::of(&app), (&place, &draft), &form))
    })
    .await
}

/// What was chosen: the sharing, and the objects as they would go out.
pub(super) struct Chosen {
    pub(super) sharing: Sharing,
    pub(super) objects: Vec<Object>,
    /// Over everything that was chosen and is shared.
    pub(super) digest: String,
}

fn chosen(visit: &Visit, place: &Place, draft: &Draft, form: &mut FormState) -> Option<Chosen> {
    let tlp = label::parse(form.value("label"));
    if tlp.is_none() {
        form.reject("label", visit.t("threats-wrong-label"));
    }
    let collection = place.writable().into_iter().find(|one| form.is("collection", &one.id));
    if collection.is_none() {
        form.reject("collection", visit.t("threats-wrong-collection"));
    }
    let (tlp, collection) = tlp.zip(collection)?;
    let named: Vec<OrgId> =
        place.others().into_iter().filter(|org| form.is(&format!("to-{org}"), "yes")).collect();
    let marking = marking_id(tlp);
    let objects: Vec<Object> = if draft.is_made {
        draft.objects.iter().filter_map(|one| labelled(one, &marking)).collect()
    } else {
        draft.objects.clone()
    };
    let mut text = format!("{}\n{}\n{named:?}\n", collection.id, label::name(tlp));
    objects.iter().for_each(|one| text.push_str(one.raw()));
    let sharing = Sharing {
        community: place.code().to_owned(),
        collection: collection.id.clone(),
        pseudonym: None,
        audience: Some(named).filter(|named| !named.is_empty()),
        unmarked: Some(tlp),
        source: Some("page".to_owned()),
        despite: Vec::new(),
    };
    Some(Chosen { sharing, objects, digest: scr_canon::sha256(text.as_bytes()).to_hex() })
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
        let names = Names::of(&app);
        if form.is("step", "change") {
            return Ok(show_whom(visit, &names, (&place, &draft), &form));
        }
        let Some(chosen) = chosen(visit, &place, &draft, &mut form) else {
            return Ok(show_whom(visit, &names, (&place, &draft), &form));
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
            Ok(show_whom(visit, &Names::of(app), (place, draft), &form))
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
        let names = Names::of(&app);
        let chosen = chosen(visit, &place, &draft, &mut form);
        // What is confirmed is what was shown.
        let Some(mut chosen) = chosen.filter(|one| form.is("digest", &one.digest)) else {
            form.reject("", visit.t("threats-wrong-changed"));
            return Ok(show_whom(visit, &names, (&place, &draft), &form));
        };
        match confirmed(&app, actor(visit)?, &form, &mut chosen) {
            Ok(true) => {}
            Ok(false) => {
                form.reject("despite", visit.t("threats-wrong-despite"));
                return last_look(&app, visit, (&place, &draft), &chosen, (form, pairs));
            }
            Err(error) => {
                refuse(visit, &mut form, error)?;
                return Ok(show_whom(visit, &names, (&place, &draft), &form));
            }
        }
        match finish(&app, visit, actor(visit)?, (&place, &chosen)) {
            Ok(reply) => Ok(reply),
            Err(error) => {
                refuse(visit, &mut form, error)?;
                Ok(show_whom(visit, &names, (&place, &draft), &form))
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
