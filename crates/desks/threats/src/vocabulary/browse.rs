//! One vocabulary: its phases in the framework's order, what is in each, and what is odd about its file.

use super::file::Family;
use super::library::{count_text, publisher};
use super::model::{Kind, Term, Vocabulary};
use super::record::{Import, history};
use super::shelf::{Books, Shelved, href};
use super::{PATH, absent, crumbs};
use crate::pages::Names;
use askama::Template;
use axum::extract::{Path, State};
use scr_web::components::{Crumb, FilterGroup, Search};
use scr_web::{App, Reply, Seal, Visit, just_recorded, page, run};
use std::sync::Arc;

/// Terms of a phase, and results of a search.
const SHOWN: usize = 400;

/// A term in a list, with its parts.
pub(super) struct Line {
    pub(super) href: String,
    pub(super) id: String,
    pub(super) name: String,
    pub(super) summary: String,
    pub(super) parts: Vec<Line>,
}

/// A phase with what is in it.
struct Phase {
    id: String,
    name: String,
    href: String,
    summary: String,
    count: usize,
    lines: Vec<Line>,
}

/// A fact about the file.
struct Version {
    text: String,
    by: String,
    at: i64,
    seal: Seal,
}

#[derive(Template)]
#[template(path = "vocabulary/browse.html")]
struct BrowsePage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    recorded: Option<Seal>,
    is_same: bool,
    import: &'a Import,
    title: String,
    about: &'a str,
    publisher: &'static str,
    count: String,
    is_disarm: bool,
    filters: Vec<FilterGroup>,
    search: Option<Search>,
    all: String,
    found: Option<Vec<Line>>,
    phases: Vec<Phase>,
    rest: Vec<Line>,
    has_terms: bool,
    odd: &'a [String],
    versions: Vec<Version>,
    object: String,
}

/// The id that people know.
pub(super) fn id_of(family: Family, term: &Term) -> &str {
    let is_external = matches!(family, Family::Attack | Family::Disarm)
        || term.id.starts_with(|c: char| c.is_ascii_uppercase());
    if is_external { &term.id } else { "" }
}

pub(super) fn line(import: &Import, term: &Term) -> Line {
    Line {
        href: href(&import.key, &term.id),
        id: id_of(import.family, term).to_owned(),
        name: term.name.clone(),
        summary: term.summary.clone(),
        parts: Vec::new(),
    }
}

/// Wholes with their parts; a part whose whole is not among them stands by itself.
fn nested(import: &Import, terms: &[&Term]) -> Vec<Line> {
    let is_here = |id: &str| terms.iter().any(|one| one.id == id);
    let mut lines: Vec<Line> = Vec::new();
    for term in terms.iter().take(SHOWN).filter(|one| !one.parent.as_deref().is_some_and(is_here)) {
        let parts = terms.iter().filter(|one| one.parent.as_deref() == Some(&term.id));
        lines.push(Line { parts: parts.map(|one| line(import, one)).collect(), ..line(import, term) });
    }
    lines
}

fn phases(one: &Shelved) -> Vec<Phase> {
    let vocabulary: &Vocabulary = &one.vocabulary;
    let phase = |id: &String| {
        let term = vocabulary.term(id)?;
        let terms = vocabulary.of_phase(id);
        Some(Phase {
            id: id_of(one.import.family, term).to_owned(),
            name: term.name.clone(),
            href: href(&one.import.key, id),
            summary: term.summary.clone(),
            count: terms.len(),
            lines: nested(&one.import, &terms),
        })
    };
    // Phases of matrices that are not kept up any more have nothing in use.
    vocabulary.order.iter().filter_map(phase).filter(|phase| phase.count > 0).collect()
}

pub(super) async fn show(State(app): State<Arc<App>>, visit: Visit, Path(key): Path<String>) -> Reply {
    run(visit, move |visit| {
        let books = Books::of(&app)?;
        let import = books.imports.iter().find(|one| one.key == key).ok_or_else(absent)?;
        let shelved = books.vocabulary(&key);
        let names = Names::of(&app);
        let query = visit.query.get("q").unwrap_or_default().trim().to_owned();
        let found = (!query.is_empty() && shelved.is_some()).then(|| {
            let found = books.search(Some(&key), &query, 100);
            found.iter().map(|known| line(import, known.term)).collect::<Vec<Line>>()
        });
        let version = |one: Import| Version {
            text: one.version.clone().unwrap_or_default(),
            by: names.say(&one.by),
            at: one.at,
            seal: app.seal(one.index, one.at),
        };
        let template = BrowsePage {
            visit,
            crumbs: crumbs(visit),
            recorded: just_recorded(&app, visit)?,
            is_same: visit.query.get("same").is_some(),
            import,
            title: shelved.map_or_else(|| import.name.clone(), |one| one.vocabulary.name.clone()),
            about: shelved.map_or("", |one| &one.vocabulary.about),
            publisher: publisher(import.family),
            count: count_text(visit, import),
            is_disarm: import.family == Family::Disarm,
            filters: Vec::new(),
            search: Some(Search {
                action: format!("{PATH}/{key}"),
                label: visit.t("vocabulary-search"),
                value: query,
                keep: Vec::new(),
            }),
            all: format!("{PATH}/{key}"),
            phases: if found.is_some() { Vec::new() } else { shelved.map(phases).unwrap_or_default() },
            rest: match (&found, shelved) {
                (None, Some(one)) => nested(import, &rest(&one.vocabulary)),
                _ => Vec::new(),
            },
            has_terms: import.family.has_terms(),
            odd: books.odd(&key),
            versions: app.engine.read(|views| history(views, &key))?.into_iter().map(version).collect(),
            object: import.object.to_hex(),
            found,
        };
        Ok(page(&template).into())
    })
    .await
}

/// What belongs to no phase; remedies come last.
fn rest(vocabulary: &Vocabulary) -> Vec<&Term> {
    let mut rest = vocabulary.rest();
    rest.sort_by_key(|term| term.kind == Kind::Remedy);
    rest
}
