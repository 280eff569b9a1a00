//! Gateways: what there is, setting one up, trying it.

use super::super::gateway::{Gateway, Kind, Way};
use super::super::{acts, figures};
use super::{
    HOME, actor, crumbs, door, form, href, kind_name, may_change, rate_text, reason, state_tag, way_name,
};
use crate::issued;
use askama::Template;
use axum::extract::{Path, State};
use scr_core::{Refusal, RefusalKind};
use scr_engine::ActError;
use scr_i18n::Lang;
use scr_web::components::{Answer, Crumb, Tag};
use scr_web::{
    App, FormState, Posted, Reply, Seal, Visit, form_page, go, just_recorded, kept, live, page, recorded, run,
};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Alerts that the page lists.
const ALERTS: u16 = 20;

struct Row {
    href: String,
    name: String,
    shown: String,
    kind: String,
    tag: Tag,
    trouble: String,
    lately: u64,
    all: u64,
    cost: String,
}

struct Waiting {
    way: String,
    count: u64,
    is_late: bool,
    oldest: i64,
    has_gateway: bool,
}

struct AlertRow {
    href: String,
    headline: String,
    number: u64,
    marker: Option<String>,
    at: i64,
    total: u64,
    handed: u64,
    delivered: u64,
    failed: u64,
}

#[derive(Template)]
#[template(path = "send/home.html")]
struct HomePage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    rows: Vec<Row>,
    waiting: Vec<Waiting>,
    waits: u64,
    lies: u64,
    reasons: Vec<(String, String, u64)>,
    alerts: Vec<AlertRow>,
    codes: u64,
    others: u64,
    may_change: bool,
    seal: Option<Seal>,
}

fn row(app: &App, visit: &Visit, gateway: &Gateway, taken: &BTreeMap<String, figures::Taken>) -> Row {
    let taken = taken.get(&gateway.id).copied().unwrap_or_default();
    let cost = figures::cost(gateway, taken.parts);
    Row {
        href: href(gateway),
        name: gateway.name.clone(),
        shown: gateway.shown.clone(),
        kind: kind_name(visit, gateway.kind),
        tag: state_tag(app, visit, gateway),
        trouble: if gateway.failures > 0 { reason(visit, &gateway.trouble) } else { String::new() },
        lately: taken.lately,
        all: taken.messages,
        cost: if gateway.price == 0 {
            String::new()
        } else {
            format!("{} {}", visit.texts().decimal(&cost), gateway.currency)
        },
    }
}

fn marker(visit: &Visit, status: scr_alerts::Status) -> Option<String> {
    match status {
        scr_alerts::Status::Actual => None,
        scr_alerts::Status::Exercise => Some(visit.t("send-exercise")),
        scr_alerts::Status::Test => Some(visit.t("send-test")),
    }
}

fn alerts(app: &App, visit: &Visit, org: &str) -> Result<Vec<AlertRow>, ActError> {
    let issuers = issued::issuers(app.engine.ledger().origin(), org);
    let own: Vec<issued::Issued> = app.engine.read(|views| {
        let newest = issued::newest_of(views, Some(&issuers), i64::MIN, ALERTS)?;
        let all = newest.into_iter().map(|index| issued::at(views, index));
        Ok(all.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
    })?;
    own.iter()
        .map(|one| {
            let figures = figures(app, one.index)?;
            let words = one.text.wording(visit.lang_code());
            Ok(AlertRow {
                href: format!("/desk/alerts/{}/sending", one.id),
                headline: words.map(|words| words.headline.clone()).unwrap_or_default(),
                number: u64::from(one.text.number),
                marker: marker(visit, one.text.status),
                at: one.at,
                total: figures.total(),
                handed: figures.handed(),
                delivered: figures.all(super::super::State::Delivered),
                failed: figures.all(super::super::State::Failed),
            })
        })
        .collect()
}

pub(super) async fn home(State(app): State<Arc<App>>, visit: Visit) -> Reply {
    run(visit, move |visit| {
        let actor = actor(visit)?;
        let org = actor.org.as_str();
        let all = acts::all(&app, actor)?;
        let taken = figures::taken(&app)?;
        let (queue, now) = (figures::queue(&app, org)?, app.clock.now());
        let (codes, others) = figures::inbound(&app, org)?;
        let waiting: Vec<Waiting> = queue
            .iter()
            .map(|(way, (count, oldest))| Waiting {
                way: way_name(visit, *way),
                count: *count,
                is_late: *oldest < now - 60,
                oldest: *oldest,
                has_gateway: all.iter().any(|one| one.is_on && one.kind.way() == *way),
            })
            .collect();
        let template = HomePage {
            visit,
            crumbs: Vec::new(),
            rows: all.iter().map(|one| row(&app, visit, one, &taken)).collect(),
            waits: waiting.iter().map(|one| one.count).sum(),
            waiting,
            lies: all.iter().map(|one| one.lies).sum(),
            reasons: figures::reasons(&app, org, None)?
                .into_iter()
                .map(|(way, key, count)| (way_name(visit, way), reason(visit, &key), count))
                .collect(),
            alerts: alerts(&app, visit, org)?,
            codes,
            others,
            may_change: acts::may_change(actor),
            seal: just_recorded(&app, visit)?,
        };
        let shown = page(&template);
        Ok(if template.waits > 0 { live(shown, visit, 10) } else { shown.into() })
    })
    .await
}

#[derive(Template)]
#[template(path = "send/new.html")]
struct FormPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    title: String,
    form: &'a FormState,
    kind: &'a str,
    action: String,
    is_change: bool,
    yes_no: Vec<(String, String)>,
    tls: Vec<(String, String)>,
}

fn the_form(app: &App, visit: &Visit, form: &FormState, kind: Kind, gateway: Option<&Gateway>) -> Reply {
    let yes_no = ["no", "yes"].map(|value| {
        // i18n: send-answer-*
        (value.to_owned(), visit.t(&format!("send-answer-{value}")))
    });
    let ways: &[&str] =
        if app.config.private_partners { &["starttls", "tls", "nothing"] } else { &["starttls", "tls"] };
    // i18n: send-tls-*
    let tls = ways.iter().map(|value| ((*value).to_owned(), visit.t(&format!("send-tls-{value}")))).collect();
    let template = FormPage {
        visit,
        crumbs: crumbs(visit, gateway),
        title: kind_name(visit, kind),
        form,
        kind: kind.as_str(),
        action: gateway.map_or_else(|| format!("{HOME}/new"), |gateway| format!("{}/change", href(gateway))),
        is_change: gateway.is_some(),
        yes_no: yes_no.into(),
        tls,
    };
    form_page(&template, form)
}

#[derive(Template)]
#[template(path = "send/kinds.html")]
struct KindsPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    kinds: Vec<(String, String, String)>,
}

pub(super) async fn new_form(State(app): State<Arc<App>>, visit: Visit) -> Reply {
    run(visit, move |visit| {
        let kind = visit.query.get("kind").and_then(Kind::parse);
        let Some(kind) = kind else {
            let kinds = Kind::ALL.map(|kind| {
                let about = visit.t(&format!("send-about-{}", kind.as_str()));
                // i18n: send-about-*
                (format!("{HOME}/new?kind={}", kind.as_str()), kind_name(visit, kind), about)
            });
            return Ok(page(&KindsPage { visit, crumbs: crumbs(visit, None), kinds: kinds.into() }).into());
        };
        Ok(the_form(&app, visit, &form::blank(kind), kind, None))
    })
    .await
}

#[derive(Template)]
#[template(path = "send/door.html")]
struct DoorPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    gateway: &'a Gateway,
    kind: &'a str,
    door: String,
    href: String,
}

/// After setting up: the address for reports, where there are any; it is not shown again.
fn done(app: &App, visit: &Visit, done: &acts::SetUp) -> Result<Reply, ActError> {
    let gateway = acts::one(app, actor(visit)?, &done.id)?;
    if gateway.kind.way() != Way::Sms {
        return Ok(recorded(app, &href(&gateway), &done.receipts));
    }
    let template = DoorPage {
        visit,
        crumbs: crumbs(visit, Some(&gateway)),
        kind: gateway.kind.as_str(),
        door: door(app, &gateway, &done.door),
        href: href(&gateway),
        gateway: &gateway,
    };
    Ok(page(&template).into())
}

pub(super) async fn set_up(State(app): State<Arc<App>>, posted: Posted) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let wrong = || Refusal::new(RefusalKind::Invalid, "SCR-ALR-257").on("kind");
        let kind = Kind::parse(form.value("kind")).ok_or_else(wrong)?;
        let made = form::wanted(kind, &form)
            .map_err(ActError::from)
            .and_then(|wanted| acts::set_up(&app, actor(visit)?, &wanted));
        match kept(visit, &mut form, made)? {
            Some(made) => done(&app, visit, &made),
            None => Ok(the_form(&app, visit, &form, kind, None)),
        }
    })
    .await
}

pub(super) async fn change_form(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        let gateway = acts::one(&app, actor(visit)?, &id)?;
        let form = match gateway.open(&app.engine) {
            Some(sealed) => form::filled(&gateway, &sealed),
            None => form::blank(gateway.kind),
        };
        Ok(the_form(&app, visit, &form, gateway.kind, Some(&gateway)))
    })
    .await
}

pub(super) async fn change(State(app): State<Arc<App>>, Path(id): Path<String>, posted: Posted) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let actor = actor(visit)?;
        let gateway = acts::one(&app, actor, &id)?;
        let made = form::wanted(gateway.kind, &form)
            .map_err(ActError::from)
            .and_then(|wanted| acts::change(&app, actor, &id, wanted));
        match kept(visit, &mut form, made)? {
            Some(made) => done(&app, visit, &made),
            None => Ok(the_form(&app, visit, &form, gateway.kind, Some(&gateway))),
        }
    })
    .await
}

#[derive(Template)]
#[template(path = "send/gateway.html")]
struct GatewayPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    gateway: &'a Gateway,
    href: String,
    tag: Tag,
    trouble: Option<String>,
    row: Row,
    facts: Vec<Answer>,
    form: &'a FormState,
    languages: Vec<(String, String)>,
    tested: Option<Tested>,
    may_change: bool,
    is_sms: bool,
    seal: Option<Seal>,
}

struct Tested {
    is_fine: bool,
    text: String,
}

fn the_gateway(
    app: &App,
    visit: &Visit,
    gateway: &Gateway,
    form: &FormState,
    tested: Option<Tested>,
) -> Result<Reply, ActError> {
    let fact = |key: &str, answer: String| Answer { question: visit.t(key), answer, change: None };
    let facts = vec![
        fact("send-field-kind", kind_name(visit, gateway.kind)),
        // An address reads from left to right in every language.
        fact("send-fact-server", format!("\u{2066}{}\u{2069}", gateway.shown)),
        fact("send-field-rate", rate_text(visit, gateway)),
        fact("send-field-connections", gateway.connections.to_string()),
        fact("send-fact-login", visit.t("send-login-kept")),
    ];
    let template = GatewayPage {
        visit,
        crumbs: crumbs(visit, None),
        href: href(gateway),
        tag: state_tag(app, visit, gateway),
        trouble: (gateway.failures > 0).then(|| reason(visit, &gateway.trouble)),
        row: row(app, visit, gateway, &figures::taken(app)?),
        facts,
        form,
        languages: Lang::ALL.map(|lang| (lang.code().to_owned(), lang.own_name().to_owned())).into(),
        tested,
        may_change: may_change(visit),
        is_sms: gateway.kind.way() == Way::Sms,
        seal: just_recorded(app, visit)?,
        gateway,
    };
    Ok(form_page(&template, form))
}

pub(super) async fn show(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        let gateway = acts::one(&app, actor(visit)?, &id)?;
        the_gateway(&app, visit, &gateway, &FormState::new().with("language", visit.lang_code()), None)
    })
    .await
}

pub(super) async fn test(State(app): State<Arc<App>>, Path(id): Path<String>, posted: Posted) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let actor = actor(visit)?;
        let gateway = acts::one(&app, actor, &id)?;
        let language = Lang::parse(form.value("language")).unwrap_or(visit.lang());
        let came = acts::test(&app, actor, &id, form.value("to"), language);
        let tested = kept(visit, &mut form, came)?.map(|came| Tested {
            is_fine: came.is_none(),
            text: came.map_or_else(|| visit.t("send-tested"), |key| reason(visit, key)),
        });
        the_gateway(&app, visit, &gateway, &form, tested)
    })
    .await
}

pub(super) async fn switch(State(app): State<Arc<App>>, Path(id): Path<String>, posted: Posted) -> Reply {
    let form = posted.form;
    run(posted.visit, move |visit| {
        let receipts = acts::switch(&app, actor(visit)?, &id, form.is("on", "yes"))?;
        Ok(recorded(&app, &format!("{HOME}/{id}"), &receipts))
    })
    .await
}

#[derive(Template)]
#[template(path = "send/remove.html")]
struct RemovePage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    gateway: &'a Gateway,
    href: String,
}

pub(super) async fn remove_form(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        let gateway = acts::one(&app, actor(visit)?, &id)?;
        let crumbs = crumbs(visit, Some(&gateway));
        Ok(page(&RemovePage { visit, crumbs, href: href(&gateway), gateway: &gateway }).into())
    })
    .await
}

pub(super) async fn remove(State(app): State<Arc<App>>, Path(id): Path<String>, posted: Posted) -> Reply {
    run(posted.visit, move |visit| {
        let receipts = acts::remove(&app, actor(visit)?, &id)?;
        if receipts.is_empty() {
            return Ok(go(HOME));
        }
        Ok(recorded(&app, HOME, &receipts))
    })
    .await
}
