//! Adding a source: where it comes from, and, once its server has said what it has, what of it goes where.

use super::super::acts::{self, Found, Wanted, Whereto};
use super::super::fetch::Login;
use super::super::source::{Kind, Source};
use super::super::taxii::Offered;
use super::{HOME, actor, crumbs, href, interval, kind_name, login_name, said};
use crate::pages::labels;
use crate::read;
use askama::Template;
use axum::extract::{Path, State};
use scr_core::{Actor, Tlp};
use scr_engine::ActError;
use scr_web::components::Crumb;
use scr_web::{App, FormState, Posted, Reply, Visit, form_page, go, kept, run};
use std::sync::Arc;

/// Intervals that the form offers, in seconds.
const OFFERED: [i64; 6] = [60, 300, 900, 3_600, 21_600, 86_400];

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

pub(super) async fn new_form(visit: Visit) -> Reply {
    run(visit, move |visit| {
        let form = FormState::new().with("kind", "taxii").with("login", "password");
        Ok(new_page(visit, &form, None))
    })
    .await
}

pub(super) async fn begin(State(app): State<Arc<App>>, posted: Posted) -> Reply {
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

pub(super) async fn login_form(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        let source = acts::one(&app, actor(visit)?, &id)?;
        let form = FormState::new().with("login", &source.login);
        Ok(new_page(visit, &form, Some(&source)))
    })
    .await
}

pub(super) async fn relogin(State(app): State<Arc<App>>, Path(id): Path<String>, posted: Posted) -> Reply {
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

pub(super) async fn setup_form(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
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

pub(super) async fn set_up(State(app): State<Arc<App>>, Path(id): Path<String>, posted: Posted) -> Reply {
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
