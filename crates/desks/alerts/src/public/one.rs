//! One alert: what has happened, what to do first, until when, and how anybody checks it.

use super::codes::{Codes, codes};
use super::files::{self, split};
use super::words::{Said, areas, compared, dressed, found, is_cancel, sender, standing};
use crate::issued::{self, Issued, Standing};
use crate::know;
use crate::write::{self, look};
use askama::Template;
use axum::extract::{Path, State};
use scr_alerts::Status;
use scr_alerts::acks::Step;
use scr_engine::ActError;
use scr_web::components::{Crumb, Tag};
use scr_web::{App, Reply, Seal, Visit, page, run};
use std::sync::Arc;

/// How many stations had come to which step when it expired.
struct Arrived {
    stations: u64,
    steps: Vec<(String, u64)>,
    seal: Seal,
}

/// A link to the same alert in other words.
struct Choice {
    href: String,
    text: String,
    current: bool,
}

#[derive(Template)]
#[template(path = "public/one.html")]
struct OnePage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    one: &'a Issued,
    said: Said,
    languages: Vec<Choice>,
    levels: Vec<Choice>,
    status: Tag,
    is_test: bool,
    severity: Tag,
    standing: Tag,
    holds: bool,
    is_cancel: bool,
    names_title: String,
    /// Alerts that it names, and those that name it: address and headline.
    names: Vec<(String, String)>,
    replaced_by: Vec<(String, String)>,
    effective: i64,
    until: i64,
    areas: Vec<String>,
    sender: String,
    event: String,
    words: String,
    codes: Option<Codes>,
    arrived: Option<Arrived>,
    is_signed: bool,
    seal: Seal,
    origin: &'a str,
}

/// Whether the page is for reading now, or about what was.
fn holds(one: &Issued, standing: Standing) -> bool {
    matches!(standing, Standing::ValidNow | Standing::NotYet) && !is_cancel(one)
}

fn choices(visit: &Visit, one: &Issued, said: &Said) -> (Vec<Choice>, Vec<Choice>) {
    let here = format!("/alerts/{}", one.id);
    let language = |wording: &scr_alerts::Wording| Choice {
        href: visit.query.with(&here, "words", Some(&wording.language)),
        text: look::say(visit, "language", &wording.language),
        current: wording.language == said.language,
    };
    let level = |level: &String| Choice {
        href: visit.query.with(&here, "level", Some(level)),
        text: visit.t(&format!("alerts-level-{level}")),
        current: *level == said.level,
    };
    (one.text.wordings.iter().map(language).collect(), said.levels.iter().map(level).collect())
}

/// Recorded figures alone: while an alert runs, nothing is said of who has not answered.
fn arrived(app: &App, visit: &Visit, one: &Issued) -> Result<Option<Arrived>, ActError> {
    let found = app.engine.read(|views| know::at_expiry(views, one.index))?;
    Ok(found.map(|found| Arrived {
        stations: found.stations,
        steps: Step::ALL
            .map(|step| know::step_word(visit.texts(), step))
            .into_iter()
            .zip(found.reached)
            .collect(),
        seal: app.seal(found.entry.0, found.entry.1),
    }))
}

pub(super) async fn show(State(app): State<Arc<App>>, visit: Visit, Path(name): Path<String>) -> Reply {
    run(visit, move |visit| {
        if let Some((id, file)) = split(&name) {
            return files::serve(&app, visit, id, file);
        }
        let one = found(&app, &name)?;
        let standing = standing(&app, &one)?;
        let language = visit.query.get("words").unwrap_or(visit.lang_code());
        let said = Said::of(&one, language, visit.query.get("level").unwrap_or("public"));
        let link = |other: &Issued| (format!("/alerts/{}", other.id), look::headline(visit, other));
        let (names, replaced_by, is_signed) = app.engine.read(|views| {
            let mut names = Vec::new();
            for named in &one.text.references {
                names.extend(issued::at(views, named.index)?.as_ref().map(link));
            }
            let mut later = Vec::new();
            for index in issued::superseded_by(views, one.index)? {
                let found = issued::at(views, index)?.filter(|other| other.text.status == one.text.status);
                later.extend(found.as_ref().map(link));
            }
            Ok((names, later, write::cap_of(views, one.index)?.is_some()))
        })?;
        let (languages, levels) = choices(visit, &one, &said);
        let visit = &dressed(visit, &one);
        let template = OnePage {
            visit,
            crumbs: vec![Crumb::new("/alerts", visit.t("alerts-public-list"))],
            languages,
            levels,
            status: look::status_tag(visit, one.text.status),
            is_test: one.text.status == Status::Test,
            severity: look::severity_tag(visit, one.text.severity),
            standing: look::standing_tag(visit, &one, standing),
            holds: holds(&one, standing),
            is_cancel: is_cancel(&one),
            names_title: visit.t(if is_cancel(&one) {
                "alerts-public-cancels"
            } else {
                "alerts-public-names"
            }),
            names,
            replaced_by,
            effective: one.text.effective().cast_signed(),
            until: one.text.expires().cast_signed(),
            areas: areas(&one),
            sender: sender(&app, &one),
            event: look::say(visit, "event", &one.content.event),
            words: compared(&one, &said.language),
            codes: codes(&app, visit, &one)?,
            arrived: arrived(&app, visit, &one)?,
            is_signed,
            seal: app.seal(one.index, one.at),
            origin: app.engine.ledger().origin(),
            said,
            one: &one,
        };
        Ok(page(&template).into())
    })
    .await
}
