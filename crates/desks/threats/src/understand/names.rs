//! Newly reported names, held against those that an organisation protects.

use super::actor;
use super::reasons;
use crate::certificates;
use crate::read;
use crate::share::WRITERS;
use crate::view::assets::watched;
use crate::watch::{self, Line};
use askama::Template;
use axum::extract::State;
use scr_canon::{Hash32, sha256};
use scr_engine::{ActError, Fault};
use scr_names::{Allow, Hit, Matcher, Name, Protected, Settings};
use scr_patterns::assets::Asset;
use scr_web::components::{Crumb, Tag, Tone};
use scr_web::{App, FormState, Posted, Reply, Visit, form_page, in_address, run};
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

/// Names that are looked at in one go.
const MOST: usize = 5_000;
/// Names in the table.
const SHOWN: usize = 300;
/// From this score on somebody should look today.
const HIGH: u8 = 80;

/// A name in the table.
struct Row {
    name: String,
    /// As people see it, where that is something else.
    shown: Option<String>,
    like: String,
    score: u8,
    tag: Tag,
    reasons: Vec<String>,
}

/// A community in which they can be shared.
struct Place {
    href: String,
    name: String,
}

#[derive(Template)]
#[template(path = "understand/names.html")]
struct NamesPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: FormState,
    protected: Vec<String>,
    allowed: Vec<String>,
    checked: Option<usize>,
    not_names: usize,
    total: usize,
    rows: Vec<Row>,
    places: Vec<Place>,
    text: String,
    may_share: bool,
    /// What was found in certificate logs.
    found: Option<certificates::Part>,
}

/// What is protected, and what is known to be in order.
struct Own {
    /// Names; the owner of each is the line on which it stands.
    protected: Vec<Protected>,
    allowed: Vec<String>,
    allow: Allow,
}

/// Reads a list of what is watched.
fn own(list: &[String]) -> Own {
    let mut own = Own { protected: Vec::new(), allowed: Vec::new(), allow: Allow::new() };
    for line in list {
        match watch::read(line) {
            Ok(Line::Allowed(name)) => {
                // It was read when the list came.
                if own.allow.add(&name).is_ok() {
                    own.allowed.push(name);
                }
            }
            Ok(Line::Watched(
                Asset::Domain(name) | Asset::Host(name) | Asset::EmailDomain(name) | Asset::Name(name),
            )) => {
                own.protected.extend(Protected::new(&name, line));
            }
            Ok(Line::Watched(_)) | Err(_) => {}
        }
    }
    own
}

/// Matchers that were made before: views are made entry by entry, and lists change rarely.
static MADE: LazyLock<Mutex<BTreeMap<Hash32, Arc<Matcher>>>> = LazyLock::new(Mutex::default);
/// Matchers that are kept.
const MAX_MADE: usize = 200;

/// The matcher of a list; `None` where it protects no name.
pub(crate) fn matcher(list: &[String]) -> Option<Arc<Matcher>> {
    let key = sha256(list.join("\n").as_bytes());
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = made.get(&key) {
        return Some(Arc::clone(known));
    }
    let own = own(list);
    if own.protected.is_empty() {
        return None;
    }
    // A list has far fewer lines than a matcher takes.
    let built = Arc::new(Matcher::build(&own.protected, &own.allow, &Settings::default()).ok()?);
    if made.len() >= MAX_MADE {
        made.clear();
    }
    made.insert(key, Arc::clone(&built));
    Some(built)
}

pub(super) async fn look(State(app): State<Arc<App>>, visit: Visit) -> Reply {
    run(visit, move |visit| show(&app, visit, FormState::new())).await
}

/// Looks names up. Nothing is recorded.
pub(super) async fn check(State(app): State<Arc<App>>, posted: Posted) -> Reply {
    run(posted.visit, move |visit| show(&app, visit, posted.form)).await
}

fn show(app: &App, visit: &Visit, mut form: FormState) -> Result<Reply, ActError> {
    let actor = actor(visit)?;
    let (list, places) = app
        .engine
        .read(|views| Ok((watched(views, actor.org.as_str())?, read::all_seen(views, Some(&actor.org))?)))?;
    let own = own(&list);
    let lines = watch::lines(form.value("names"));
    if lines.len() > MOST {
        form.reject("names", visit.ta("understand-names-too-many", &[("count", MOST.into())]));
    }
    let found = if form.is_fine() { found(&own, &lines)? } else { Found::default() };
    let rows: Vec<Row> = found.hits.iter().take(SHOWN).map(|(name, hit)| row(visit, name, hit)).collect();
    let may_share = WRITERS.contains(&actor.role) && actor.place.is_none();
    let place = |one: read::Seen| Place {
        href: format!("/desk/threats/{}/share/text", in_address(&one.code)),
        name: one.community.name,
    };
    let template = NamesPage {
        visit,
        crumbs: vec![Crumb::new("/desk/threats", visit.t("understand-home"))],
        checked: (!lines.is_empty() && form.is_fine()).then_some(lines.len()),
        not_names: found.not_names,
        total: found.hits.len(),
        text: rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>().join("\n"),
        rows,
        places: places.into_iter().filter(|one| one.member().is_some()).map(place).collect(),
        protected: texts(&own.protected),
        allowed: own.allowed,
        may_share,
        found: certificates::found_part(app, visit, actor.org.as_str())?,
        form,
    };
    Ok(form_page(&template, &template.form))
}

/// Names as they are shown, each once: that of a site may be that of mail addresses, too.
fn texts(protected: &[Protected]) -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    for text in protected.iter().map(Protected::text) {
        if !texts.iter().any(|known| known == text) {
            texts.push(text.to_owned());
        }
    }
    texts
}

#[derive(Default)]
struct Found {
    hits: Vec<(Name, Hit)>,
    not_names: usize,
}

/// The names that look like a protected one, the likest first.
fn found(own: &Own, lines: &[String]) -> Result<Found, Fault> {
    let mut found = Found::default();
    if own.protected.is_empty() {
        return Ok(found);
    }
    let matcher = Matcher::build(&own.protected, &own.allow, &Settings::default())
        .map_err(|error| Fault::log(&error))?;
    for line in lines {
        match Name::parse(line) {
            Ok(name) => {
                if let Some(hit) = matcher.check(&name) {
                    found.hits.push((name, hit));
                }
            }
            Err(_) => found.not_names += 1,
        }
    }
    found.hits.sort_by(|(one, a), (other, b)| (b.score, one.as_str()).cmp(&(a.score, other.as_str())));
    found.hits.dedup_by(|(one, _), (other, _)| one.as_str() == other.as_str());
    Ok(found)
}

fn row(visit: &Visit, name: &Name, hit: &Hit) -> Row {
    let shown = name.unicode();
    let (tone, key) = match hit.score {
        HIGH.. => (Tone::Alarm, "understand-names-very"),
        65.. => (Tone::Warn, "understand-names-much"),
        _ => (Tone::Note, "understand-names-some"),
    };
    Row {
        shown: (shown != name.as_str()).then_some(shown),
        name: name.as_str().to_owned(),
        like: hit.looks_like.clone(),
        score: hit.score,
        tag: Tag::new(tone, visit.t(key)),
        reasons: hit.reasons.iter().map(|reason| reasons::words(visit, reason)).collect(),
    }
}
