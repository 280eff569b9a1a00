//! Pages about sources: what there is, where one comes from, whereto it goes, and how it went.

use super::acts::{self, Found, Wanted, Whereto};
use super::fetch::Login;
use super::source::{Kind, Source};
use super::taxii::Offered;
use super::trouble::Trouble;
use crate::pages::{label_tag, labels};
use crate::read::{self, Seen};
use crate::share::{CLAIMED, FOREIGN, OTHER, WRITERS};
use askama::Template;
use axum::extract::{Path, State};
use scr_core::{Actor, Refusal, RefusalKind, Role, Tlp};
use scr_engine::ActError;
use scr_stix::tlp::label;
use scr_threats::codes;
use scr_web::components::{Answer, Crumb, Tag, Tone};
use scr_web::{Allow, App, FormState, Posted, Reply, Routes, Visit, form_page, go, kept, page, run};
use std::sync::Arc;

const HOME: &str = "/desk/threats/sources";
/// Intervals that the form offers, in seconds.
const OFFERED: [i64; 6] = [60, 300, 900, 3_600, 21_600, 86_400];

/// The routes.
pub(super) fn routes() -> Routes {
    const SHARERS: Allow = Allow::Roles(&WRITERS);
    const MANAGERS: Allow = Allow::Roles(&[Role::Manager]);
    Routes::new()
        .get("/desk/threats/sources", SHARERS, list)
        .get("/desk/threats/sources/new", MANAGERS, new_form)
        .post("/desk/threats/sources/new", MANAGERS, begin)
        .get("/desk/threats/sources/{source}", SHARERS, show)
        .get("/desk/threats/sources/{source}/setup", MANAGERS, setup_form)
        .post("/desk/threats/sources/{source}/setup", MANAGERS, set_up)
        .get("/desk/threats/sources/{source}/login", MANAGERS, login_form)
        .post("/desk/threats/sources/{source}/login", MANAGERS, relogin)
        .post("/desk/threats/sources/{source}/poll", SHARERS, poll_now)
        .post("/desk/threats/sources/{source}/switch", MANAGERS, switch)
        .get("/desk/threats/sources/{source}/remove", MANAGERS, remove_form)
        .post("/desk/threats/sources/{source}/remove", MANAGERS, remove)
}

fn actor(visit: &Visit) -> Result<&Actor, Refusal> {
    let actor = visit.login.as_ref().map(|login| &login.actor);
    actor.ok_or_else(|| Refusal::new(RefusalKind::Forbidden, codes::NOT_YOURS))
}

fn crumbs(visit: &Visit, source: Option<&Source>) -> Vec<Crumb> {
    let mut all = vec![Crumb::new("/desk/threats", visit.t("threats-nav"))];
    all.push(Crumb::new(HOME, visit.t("partners-title")));
    all.extend(source.map(|source| Crumb::new(href(source), source.name.as_str())));
    all
}

fn href(source: &Source) -> String {
    format!("{HOME}/{}", source.id)
}

/// What is wrong, and what to do.
fn said(visit: &Visit, trouble: &Trouble) -> String {
    // i18n: partners-trouble-*
    visit.ta(&format!("partners-trouble-{}", trouble.key()), &[("detail", trouble.detail().into())])
}

fn interval(visit: &Visit, seconds: i64) -> String {
    match seconds {
        seconds if seconds % 86_400 == 0 => {
            visit.ta("partners-days", &[("count", (seconds / 86_400).into())])
        }
        seconds if seconds % 3_600 == 0 => visit.ta("partners-hours", &[("count", (seconds / 3_600).into())]),
        seconds => visit.ta("partners-minutes", &[("count", (seconds / 60).into())]),
    }
}

fn login_name(visit: &Visit, kind: &str) -> String {
    // i18n: partners-login-*
    visit.t(&format!("partners-login-{kind}"))
}

fn kind_name(visit: &Visit, kind: Kind) -> String {
    // i18n: partners-kind-*
    visit.t(&format!("partners-kind-{}", kind.as_str()))
}

fn state_tag(app: &App, visit: &Visit, source: &Source) -> Tag {
    let (tone, key) = if !source.is_ready() {
        (Tone::Warn, "partners-state-begun")
    } else if !source.is_on {
        (Tone::Plain, "partners-state-paused")
    } else if source.is_polled_now(app.clock.now()) {
        (Tone::Note, "partners-state-polled")
    } else if source.trouble.is_some() {
        (Tone::Alarm, "partners-state-failing")
    } else if source.polled == 0 {
        (Tone::Note, "partners-state-first")
    } else {
        (Tone::Good, "partners-state-works")
    };
    Tag::new(tone, visit.t(key))
}

/// The names of a community and a collection, as the reader's organisation knows them.
fn place_name(app: &App, actor: &Actor, source: &Source) -> Result<String, ActError> {
    let seen = app.engine.read(|views| read::seen(views, &source.community, Some(&actor.org)))?;
    let name = |seen: Seen| {
        let collection = seen.collection(&source.collection).map(|one| one.title.clone()).unwrap_or_default();
        format!("{} – {collection}", seen.community.name)
    };
    Ok(seen.map_or_else(|| source.community.clone(), name))
}

struct Row {
    href: String,
    name: String,
    address: String,
    whereto: String,
    tag: Tag,
    trouble: String,
    polled: i64,
    taken: u64,
}

#[derive(Template)]
#[template(path = "partners/list.html")]
struct ListPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    rows: Vec<Row>,
    failing: usize,
    may_change: bool,
}

async fn list(State(app): State<Arc<App>>, visit: Visit) -> Reply {
    run(visit, move |visit| {
        let actor = actor(visit)?;
        let all = acts::all(&app, actor)?;
        let row = |source: &Source| -> Result<Row, ActError> {
            Ok(Row {
                href: if source.is_ready() { href(source) } else { format!("{}/setup", href(source)) },
                name: source.name.clone(),
                address: source.shown.clone(),
                whereto: if source.is_ready() { place_name(&app, actor, source)? } else { String::new() },
                tag: state_tag(&app, visit, source),
                trouble: source.trouble.as_ref().map(|trouble| said(visit, trouble)).unwrap_or_default(),
                polled: source.polled,
                taken: source.taken,
            })
        };
        let template = ListPage {
            visit,
            crumbs: vec![Crumb::new("/desk/threats", visit.t("threats-nav"))],
            failing: all.iter().filter(|source| source.is_on && source.trouble.is_some()).count(),
            rows: all.iter().map(row).collect::<Result<_, _>>()?,
            may_change: acts::may_change(actor),
        };
        Ok(page(&template).into())
    })
    .await
}

#[derive(Template)]
#[template(path = "partners/new.html")]
struct NewPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    steps: Vec<String>,
    form: &'a FormState,
    kinds: Vec<(String, String)>,
    logins: Vec<(String, String)>,
    /// The source that gets another login; none for a new one.
    source: Option<&'a Source>,
}

fn new_page(visit: &Visit, form: &FormState, source: Option<&Source>) -> Reply {
    let kinds = [Kind::Taxii, Kind::Misp].map(|kind| (kind.as_str().to_owned(), kind_name(visit, kind)));
    let logins =
        ["nothing", "password", "bearer", "key"].map(|kind| (kind.to_owned(), login_name(visit, kind)));
    let template = NewPage {
        visit,
        crumbs: crumbs(visit, source),
        steps: steps(visit),
        form,
        kinds: kinds.into(),
        logins: logins.into(),
        source,
    };
    form_page(&template, form)
}

fn steps(visit: &Visit) -> Vec<String> {
    vec![visit.t("partners-step-where"), visit.t("partners-step-whereto")]
}

/// The login that a form says. What is secret in it is taken from the form here, and goes into no page again.
fn login_of(form: &FormState) -> Login {
    let (user, secret) = (form.value("user").to_owned(), form.value("secret").to_owned());
    match form.value("login") {
        "password" => Login::Password { user, password: secret },
        "bearer" => Login::Bearer { token: secret },
        "key" => Login::Key { key: secret },
        _ => Login::Nothing,
    }
}

async fn new_form(visit: Visit) -> Reply {
    run(visit, move |visit| {
        let form = FormState::new().with("kind", "taxii").with("login", "password");
        Ok(new_page(visit, &form, None))
    })
    .await
}

async fn begin(State(app): State<Arc<App>>, posted: Posted) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let actor = actor(visit)?;
        let Some(kind) = Kind::parse(form.value("kind")) else {
            form.reject("kind", visit.t("partners-wrong-kind"));
            return Ok(new_page(visit, &form, None));
        };
        let wanted = Wanted {
            kind,
            name: form.value("name").to_owned(),
            address: form.value("address").to_owned(),
            login: login_of(&form),
        };
        let begun = acts::begin(&app, actor, &wanted);
        match kept(visit, &mut form, begun)? {
            Some(id) => Ok(go(&format!("{HOME}/{id}/setup"))),
            None => Ok(new_page(visit, &form, None)),
        }
    })
    .await
}

async fn login_form(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        let source = acts::one(&app, actor(visit)?, &id)?;
        let form = FormState::new().with("login", &source.login);
        Ok(new_page(visit, &form, Some(&source)))
    })
    .await
}

async fn relogin(State(app): State<Arc<App>>, Path(id): Path<String>, posted: Posted) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let actor = actor(visit)?;
        let source = acts::one(&app, actor, &id)?;
        let done = acts::relogin(&app, actor, &id, login_of(&form));
        if kept(visit, &mut form, done)?.is_none() {
            return Ok(new_page(visit, &form, Some(&source)));
        }
        let next = if source.is_ready() { href(&source) } else { format!("{}/setup", href(&source)) };
        Ok(go(&next))
    })
    .await
}

/// A collection of theirs to choose.
struct Theirs {
    value: String,
    title: String,
    root: String,
    description: String,
    can_read: bool,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "partners/setup.html")]
struct SetupPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    steps: Vec<String>,
    form: &'a FormState,
    source: &'a Source,
    href: String,
    trouble: Option<String>,
    theirs: Vec<Theirs>,
    elsewhere: u64,
    feed: Option<String>,
    newest: Option<(String, i64)>,
    places: Vec<(String, String)>,
    labels: Vec<(String, String)>,
    intervals: Vec<(String, String)>,
}

impl SetupPage<'_> {
    /// Whether there is something to be set up.
    fn is_there(&self) -> bool {
        self.feed.is_some() || self.theirs.iter().any(|one| one.can_read)
    }
}

/// Collections into which the reader's organisation may put something: `community/id`, and their names.
fn places(app: &App, actor: &Actor) -> Result<Vec<(String, String)>, ActError> {
    let all = app.engine.read(|views| read::all_seen(views, Some(&actor.org)))?;
    let mut places = Vec::new();
    for seen in all.iter().filter(|seen| seen.member().is_some() && seen.community.is_active()) {
        for one in seen.collections().into_iter().filter(|one| seen.may_write(one)) {
            places.push((
                format!("{}/{}", seen.code, one.id),
                format!("{} – {}", seen.community.name, one.title),
            ));
        }
    }
    Ok(places)
}

fn setup_page(app: &App, visit: &Visit, source: &Source, form: &FormState) -> Result<Reply, ActError> {
    let found = acts::look(app, source);
    let current = source.secret(&app.engine).map(|(address, _)| address.whole()).unwrap_or_default();
    let one = |one: &Offered| {
        let value = one.address.whole();
        let is_current = value == current || format!("{value}objects/") == current;
        Theirs {
            chosen: if form.value("theirs").is_empty() { is_current } else { form.is("theirs", &value) },
            title: one.title.clone(),
            root: one.root.clone(),
            description: one.description.clone(),
            can_read: one.can_read,
            value,
        }
    };
    let mut template = SetupPage {
        visit,
        crumbs: crumbs(visit, Some(source)),
        steps: steps(visit),
        form,
        source,
        href: href(source),
        trouble: None,
        theirs: Vec::new(),
        elsewhere: 0,
        feed: None,
        newest: None,
        places: places(app, actor(visit)?)?,
        labels: labels(visit),
        intervals: OFFERED.iter().map(|seconds| (seconds.to_string(), interval(visit, *seconds))).collect(),
    };
    match found {
        Ok(Found::Collections(offer)) => {
            template.theirs = offer.collections.iter().map(one).collect();
            template.elsewhere = offer.elsewhere;
            let readable: Vec<usize> =
                (0..template.theirs.len()).filter(|at| template.theirs[*at].can_read).collect();
            if let [only] = readable[..] {
                template.theirs[only].chosen = true;
            }
        }
        Ok(Found::Feed { events, newest }) => {
            template.feed = Some(visit.ta("partners-feed-found", &[("count", events.into())]));
            template.newest = newest;
        }
        Err(trouble) => template.trouble = Some(said(visit, &trouble)),
    }
    Ok(form_page(&template, form))
}

async fn setup_form(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        let source = acts::one(&app, actor(visit)?, &id)?;
        let form = FormState::new()
            .with("place", format!("{}/{}", source.community, source.collection))
            .with("at_least", crate::label::name(source.at_least))
            .with("every", source.every);
        setup_page(&app, visit, &source, &form)
    })
    .await
}

async fn set_up(State(app): State<Arc<App>>, Path(id): Path<String>, posted: Posted) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let actor = actor(visit)?;
        let source = acts::one(&app, actor, &id)?;
        let Some((at_least, every)) = terms(visit, &source, &mut form) else {
            return setup_page(&app, visit, &source, &form);
        };
        let (community, collection) = form.value("place").split_once('/').unwrap_or_default();
        let theirs = Some(form.value("theirs")).filter(|text| !text.is_empty());
        let to = Whereto { theirs, community, collection, at_least, every };
        let done = acts::set_up(&app, actor, &id, &to);
        match kept(visit, &mut form, done)? {
            Some(()) => Ok(go(&format!("{}?asked=yes", href(&source)))),
            None => setup_page(&app, visit, &source, &form),
        }
    })
    .await
}

/// Label and interval of the form; what is wrong stands in it afterwards.
fn terms(visit: &Visit, source: &Source, form: &mut FormState) -> Option<(Tlp, i64)> {
    if source.kind == Kind::Taxii && form.value("theirs").is_empty() {
        form.reject("theirs", visit.t("partners-wrong-theirs"));
    }
    if form.value("place").is_empty() {
        form.reject("place", visit.t("partners-wrong-place"));
    }
    let at_least = crate::label::parse(form.value("at_least"));
    if at_least.is_none() {
        form.reject("at_least", visit.t("partners-wrong-label"));
    }
    let every = form.value("every").parse::<i64>().ok();
    if every.is_none() {
        form.reject("every", visit.t("partners-wrong-interval"));
    }
    at_least.zip(every).filter(|_| form.is_fine())
}

/// Why objects were not taken, how often, and one of them.
struct Reason {
    why: String,
    count: u64,
    example: String,
}

#[derive(Template)]
#[template(path = "partners/one.html")]
struct OnePage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    source: &'a Source,
    href: String,
    tag: Tag,
    answer: String,
    trouble: Option<String>,
    facts: Vec<Answer>,
    label: Tag,
    reasons: Vec<Reason>,
    was_asked: bool,
    is_polled: bool,
    may_change: bool,
}

fn reason(visit: &Visit, why: &str) -> String {
    match why {
        OTHER => visit.t("threats-fail-other"),
        FOREIGN => visit.t("threats-fail-foreign"),
        CLAIMED => visit.t("partners-fail-claimed"),
        "its file is not there" => visit.t("partners-fail-missing"),
        "" => visit.t("partners-fail-more"),
        other => other.to_owned(),
    }
}

fn answer(visit: &Visit, source: &Source) -> String {
    let last = &source.last;
    if !source.is_on {
        visit.t("partners-answer-paused")
    } else if source.trouble.is_some() {
        visit.t("partners-answer-failing")
    } else if source.polled == 0 {
        visit.t("partners-answer-first")
    } else if last.more {
        visit.ta("partners-answer-more", &[("count", last.taken.into())])
    } else {
        visit.ta("partners-answer-works", &[("count", source.taken.into())])
    }
}

async fn show(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        let actor = actor(visit)?;
        let source = acts::one(&app, actor, &id)?;
        if !source.is_ready() {
            return Ok(go(&format!("{}/setup", href(&source))));
        }
        let fact = |key: &str, answer: String| Answer { question: visit.t(key), answer, change: None };
        let facts = vec![
            fact("partners-fact-kind", kind_name(visit, source.kind)),
            fact("partners-fact-address", source.shown.clone()),
            fact("partners-fact-login", login_name(visit, &source.login)),
            fact("partners-fact-whereto", place_name(&app, actor, &source)?),
            fact("partners-fact-label", label(source.at_least).to_owned()),
            fact("partners-fact-every", interval(visit, source.every)),
        ];
        let reasons = source.last.refused.0.iter();
        let template = OnePage {
            visit,
            crumbs: crumbs(visit, None),
            href: href(&source),
            tag: state_tag(&app, visit, &source),
            answer: answer(visit, &source),
            trouble: source.trouble.as_ref().map(|trouble| said(visit, trouble)),
            facts,
            label: label_tag(source.at_least),
            reasons: reasons
                .map(|(why, one)| Reason {
                    why: reason(visit, why),
                    count: one.count,
                    example: one.example.clone(),
                })
                .collect(),
            was_asked: visit.query.get("asked").is_some(),
            is_polled: source.is_polled_now(app.clock.now()),
            may_change: acts::may_change(actor),
            source: &source,
        };
        Ok(page(&template).into())
    })
    .await
}

async fn poll_now(State(app): State<Arc<App>>, Path(id): Path<String>, posted: Posted) -> Reply {
    run(posted.visit, move |visit| {
        acts::poll_now(&app, actor(visit)?, &id)?;
        Ok(go(&format!("{HOME}/{id}?asked=yes")))
    })
    .await
}

async fn switch(State(app): State<Arc<App>>, Path(id): Path<String>, posted: Posted) -> Reply {
    let form = posted.form;
    run(posted.visit, move |visit| {
        acts::switch(&app, actor(visit)?, &id, form.is("on", "yes"))?;
        Ok(go(&format!("{HOME}/{id}")))
    })
    .await
}

#[derive(Template)]
#[template(path = "partners/remove.html")]
struct RemovePage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    source: &'a Source,
    href: String,
}

async fn remove_form(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        let source = acts::one(&app, actor(visit)?, &id)?;
        let crumbs = crumbs(visit, Some(&source));
        Ok(page(&RemovePage { visit, crumbs, href: href(&source), source: &source }).into())
    })
    .await
}

async fn remove(State(app): State<Arc<App>>, Path(id): Path<String>, posted: Posted) -> Reply {
    run(posted.visit, move |visit| {
        acts::remove(&app, actor(visit)?, &id)?;
        Ok(go(HOME))
    })
    .await
}
