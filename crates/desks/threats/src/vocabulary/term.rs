//! One term: what it is in plain words, its publisher's own text, and which of the objects that the reader may see refer to it.

use super::browse::{Line, id_of, line};
use super::file::Family;
use super::library::publisher;
use super::model::{Kind, Term};
use super::refer::Reference;
use super::shelf::{Books, Known};
use super::{PATH, TermLink, absent, actor, crumbs};
use crate::pages::{Names, Place, all_own, heading, kind_name};
use crate::select::{self, Entry, latest, using};
use askama::Template;
use axum::extract::{Path, State};
use scr_engine::{ActError, rusqlite};
use scr_web::components::Crumb;
use scr_web::{App, Reply, Visit, in_address, page, run};
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Objects that are looked at in each community, and shown in all.
const MOST: usize = 200;
const SHOWN: usize = 100;

/// An object that refers to a term.
struct Use {
    href: String,
    title: String,
    kind: String,
    by: String,
    community: String,
    at: i64,
}

#[derive(Template)]
#[template(path = "vocabulary/term.html")]
struct TermPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    term: &'a Term,
    id: &'a str,
    means: String,
    vocabulary: &'a str,
    version: &'a str,
    publisher: &'static str,
    paragraphs: Vec<&'a str>,
    phases: Vec<TermLink>,
    parent: Option<TermLink>,
    instead: Option<TermLink>,
    parts: Vec<Line>,
    uses: Vec<Use>,
    more: bool,
    links_out: bool,
}

impl Known<'_> {
    /// The id that people know; empty where there is none.
    pub(crate) fn shown_id(&self) -> &str {
        id_of(self.of.import.family, self.term)
    }

    /// Under which keys the index finds objects that refer to it.
    fn keys(&self) -> Vec<String> {
        let term = self.term;
        let mut keys: Vec<Reference> = term.stix.iter().cloned().map(Reference::Pattern).collect();
        if !self.shown_id().is_empty() {
            keys.push(Reference::External(term.id.to_ascii_uppercase(), false));
        }
        keys.extend(term.tag.clone().map(Reference::Tag));
        keys.extend(term.short.clone().map(|short| Reference::Phase(String::new(), short)));
        keys.iter().map(Reference::key).collect()
    }
}

/// Whether a reference by this object means this very term: two vocabularies may have the same id.
fn means(books: &Books, value: &Value, known: &Known<'_>) -> bool {
    books.meant_by(value).iter().any(|one| {
        (&one.of.import.key, &one.term.id) == (&known.of.import.key, &known.term.id)
            || one.term.tag.is_some() && one.term.tag == known.term.tag
    })
}

/// An object that refers to a term; of a connection, what it begins at.
fn used(
    views: &rusqlite::Connection,
    (numbers, place): (&[i64], &Place),
    entry: Entry,
    value: &Value,
) -> rusqlite::Result<Option<Entry>> {
    if entry.kind != "relationship" {
        return Ok(Some(entry));
    }
    let end = |name: &str| value[name].as_str().filter(|id| !id.starts_with("attack-pattern--"));
    match end("source_ref").or_else(|| end("target_ref")) {
        Some(id) => latest(views, numbers, &place.seen.standing, id),
        None => Ok(None),
    }
}

fn uses(app: &App, visit: &Visit, books: &Books, known: &Known<'_>) -> Result<Vec<Use>, ActError> {
    let (names, keys) = (Names::of(app), known.keys());
    let mut all = Vec::new();
    for place in all_own(app, actor(visit)?)?.iter().filter(|place| place.is_member()) {
        let found = app.engine.read(|views| {
            let numbers: Vec<i64> = place.readable(views)?.into_iter().map(|(_, number)| number).collect();
            let standing = &place.seen.standing;
            let (mut seen, mut found) = (BTreeSet::new(), Vec::new());
            for entry in using(views, &numbers, standing, &keys, MOST)? {
                let value: Value =
                    serde_json::from_str(&select::content(views, entry.seq)?).unwrap_or_default();
                if entry.revoked || !means(books, &value, known) {
                    continue;
                }
                let Some(entry) = used(views, (&numbers, place), entry, &value)? else { continue };
                if seen.insert(entry.id.clone()) {
                    found.push((heading(views, visit, (&numbers, standing), &entry)?, entry));
                }
            }
            Ok(found)
        })?;
        all.extend(found.into_iter().map(|(title, entry)| Use {
            href: format!("{}/objects/{}", place.href(), in_address(&entry.id)),
            title,
            kind: kind_name(visit, &entry.kind),
            by: names.by(&entry),
            community: place.community().name.clone(),
            at: entry.added.div_euclid(1_000_000),
        }));
    }
    all.sort_by_key(|one| std::cmp::Reverse(one.at));
    Ok(all)
}

pub(super) async fn show(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path((key, id)): Path<(String, String)>,
) -> Reply {
    run(visit, move |visit| {
        let books = Books::of(&app)?;
        let known = books.term(&key, &id).ok_or_else(absent)?;
        let (of, term) = (known.of, known.term);
        let link = |id: &String| books.term(&key, id).map(|known| TermLink::of(&known));
        let parts = of.vocabulary.terms.iter().filter(|one| {
            let is_part = one.parent.as_deref() == Some(&term.id);
            let is_in = term.kind == Kind::Phase && one.phases.contains(&term.id) && one.parent.is_none();
            (is_part || is_in) && !one.is_old
        });
        let mut uses = uses(&app, visit, &books, &known)?;
        let more = uses.len() > SHOWN;
        uses.truncate(SHOWN);
        let mut crumbs = crumbs(visit);
        crumbs.push(Crumb::new(format!("{PATH}/{key}"), of.vocabulary.name.as_str()));
        // i18n: vocabulary-means-*
        let template = TermPage {
            visit,
            crumbs,
            term,
            id: known.shown_id(),
            means: visit.t(&format!("vocabulary-means-{}", term.kind.name())),
            vocabulary: &of.vocabulary.name,
            version: of.import.version.as_deref().unwrap_or_default(),
            publisher: publisher(of.import.family),
            paragraphs: term.text.lines().map(str::trim).filter(|line| !line.is_empty()).collect(),
            phases: term.phases.iter().filter_map(link).collect(),
            parent: term.parent.as_ref().and_then(link),
            instead: term.instead.as_ref().and_then(link),
            parts: parts.map(|one| line(&of.import, one)).collect(),
            uses,
            more,
            links_out: links_out(of.import.family, term),
        };
        Ok(page(&template).into())
    })
    .await
}

/// Whether a publisher's address is its own: files may say anything.
fn links_out(family: Family, term: &Term) -> bool {
    let own = match family {
        Family::Attack => "https://attack.mitre.org/",
        _ => "https://github.com/DISARMFoundation/",
    };
    term.url.as_deref().is_some_and(|url| url.starts_with(own))
}
