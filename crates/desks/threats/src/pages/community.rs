//! A community: what its members share with the reader, where, and who they are.

use super::crumbs;
use super::home::QUIET;
use super::names::Names;
use super::place::{Place, place};
use super::words::{kind_name, label_of, label_tag, openness, rights, sector_name, state_tag};
use crate::select::{Entry, Filter, latest, newest};
use askama::Template;
use axum::extract::{Path, State};
use scr_engine::rusqlite::{self, Connection};
use scr_engine::{ActError, Fault};
use scr_stix::tlp::label;
use scr_threats::{Collection, Standing};
use scr_web::components::{Choice, Crumb, FilterGroup, Pager, Search, Tag};
use scr_web::{App, Reply, Seal, Visit, go, in_address, just_recorded, page, run};
use std::sync::Arc;

/// Rows of a page.
const ROWS: usize = 50;

/// What people look for, by the types that it stands for.
const SORTS: [(&str, &[&str]); 6] = [
    ("signs", &["indicator"]),
    ("reports", &["report", "grouping"]),
    ("campaigns", &["campaign", "incident"]),
    ("actors", &["intrusion-set", "threat-actor"]),
    ("means", &["malware", "tool", "infrastructure", "attack-pattern", "vulnerability", "course-of-action"]),
    ("answers", &["sighting", "opinion", "note"]),
];

/// An object in the table.
pub(super) struct Line {
    pub(super) href: String,
    pub(super) title: String,
    pub(super) kind: String,
    pub(super) tag: Tag,
    pub(super) by: String,
    pub(super) is_hidden: bool,
    pub(super) is_revoked: bool,
    pub(super) collection: String,
    pub(super) at: i64,
    pub(super) seal: Seal,
}

/// What an object is called in a list: by itself, or by what it is about.
pub(crate) fn heading(
    views: &Connection,
    visit: &Visit,
    (collections, standing): (&[i64], &Standing),
    entry: &Entry,
) -> rusqlite::Result<String> {
    // What somebody says of a thing is called by the thing.
    let is_answer = matches!(entry.kind.as_str(), "sighting" | "opinion");
    if let Some(title) = entry.title.as_ref().filter(|_| !is_answer) {
        return Ok(title.clone());
    }
    let about: Option<String> = views
        .prepare_cached(
            "SELECT target FROM threats_ref WHERE seq = ?1 AND path IN ('sighting_of_ref', 'object_refs.[0]', 'source_ref')",
        )?
        .query_map([entry.seq], |row| row.get(0))?
        .next()
        .transpose()?;
    let target = about.map(|id| latest(views, collections, standing, &id)).transpose()?.flatten();
    let kind = kind_name(visit, &entry.kind);
    Ok(match target.and_then(|target| target.title) {
        Some(title) => visit.ta("threats-about", &[("kind", kind.into()), ("title", title.into())]),
        None => entry.title.clone().unwrap_or(kind),
    })
}

struct CollectionLine {
    title: String,
    description: String,
    rights: String,
    tag: Tag,
    address: String,
}

struct MemberLine {
    name: String,
    sector: String,
    since: Option<i64>,
    is_own: bool,
}

#[derive(Template)]
#[template(path = "pages/community.html")]
struct CommunityPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    place: &'a Place,
    tag: Tag,
    seal: Seal,
    recorded: Option<Seal>,
    answer: String,
    may_share: bool,
    groups: Vec<FilterGroup>,
    search: Option<Search>,
    lines: Vec<Line>,
    is_filtered: bool,
    several: bool,
    pager: Pager,
    collections: Vec<CollectionLine>,
    members: Vec<MemberLine>,
    missing: String,
}

/// What the address asks for.
fn filter(visit: &Visit) -> Filter {
    let get = |name: &str| visit.query.get(name);
    let sort = SORTS.iter().find(|(name, _)| get("what") == Some(name));
    Filter {
        kinds: sort.map(|(_, kinds)| kinds.to_vec()).unwrap_or_default(),
        without: if get("what") == Some("all") { &[] } else { QUIET },
        tlp: get("label").and_then(crate::label::parse).map(|tlp| crate::label::name(tlp).to_owned()),
        owner: get("by").map(str::to_owned),
        text: get("q").map(str::to_owned),
        before: get("after").and_then(|text| text.parse().ok()),
        ..Filter::default()
    }
}

pub(super) async fn show(State(app): State<Arc<App>>, visit: Visit, Path(code): Path<String>) -> Reply {
    run(visit, move |visit| {
        let place = place(&app, visit, &code)?;
        if place.is_invited() {
            return Ok(go(&format!("{}/rules", place.href())));
        }
        if !place.is_member() {
            return Ok(go(&format!("/threats/{}", in_address(&code))));
        }
        make(&app, visit, &place)
    })
    .await
}

fn make(app: &App, visit: &Visit, place: &Place) -> Result<Reply, ActError> {
    let names = Names::of(app);
    let filter = filter(visit);
    let chosen = visit.query.get("collection");
    let (readable, entries, titles) = app.engine.read(|views| {
        let readable = place.readable(views)?;
        let is_chosen = |one: &&(Collection, i64)| {
            chosen.is_none_or(|name| one.0.id == name || one.0.alias.as_deref() == Some(name))
        };
        let numbers: Vec<i64> = readable.iter().filter(is_chosen).map(|(_, number)| *number).collect();
        let all: Vec<i64> = readable.iter().map(|(_, number)| *number).collect();
        let standing = &place.seen.standing;
        let mut entries = newest(views, &numbers, standing, &filter, ROWS + 1)?;
        let edge = (entries.len() > ROWS).then(|| entries[ROWS - 1].added);
        entries.retain(|one| edge.is_none_or(|edge| one.added >= edge));
        let headings = entries.iter().map(|one| heading(views, visit, (&all, standing), one));
        let headings = headings.collect::<rusqlite::Result<Vec<_>>>()?;
        Ok((readable, (entries, edge), headings))
    })?;
    let (entries, edge) = entries;
    let path = place.href();
    let pager = Pager {
        shown: entries.len() as u64,
        total: None,
        first: filter.before.map(|_| visit.query.with(&path, "after", None)),
        next: edge.map(|edge| after(visit, &path, edge)),
        csv: None,
    };
    let lines = entries.iter().zip(titles).map(|(entry, title)| {
        let collection = readable.iter().find(|(_, number)| *number == entry.collection).map(|(one, _)| one);
        line(app, visit, &names, (place, collection), (entry, title))
    });
    let lines = lines.collect();
    let groups = groups(visit, &names, place, &readable);
    let several = readable.len() > 1;
    let template = page_of(app, visit, (place, &names), Listed { lines, groups, several, pager })?;
    Ok(page(&template).into())
}

/// What the table is made of.
struct Listed {
    lines: Vec<Line>,
    groups: Vec<FilterGroup>,
    several: bool,
    pager: Pager,
}

fn page_of<'a>(
    app: &App,
    visit: &'a Visit,
    (place, names): (&'a Place, &Names),
    listed: Listed,
) -> Result<CommunityPage<'a>, Fault> {
    let community = place.community();
    let (index, at) = changed(app, place.code())?;
    let waiting = community.members.iter().filter(|(_, one)| one.since.is_none()).map(|(org, _)| org);
    let asked = ["what", "label", "by", "q", "collection", "after"];
    Ok(CommunityPage {
        visit,
        crumbs: crumbs(visit, None),
        tag: state_tag(visit, community),
        seal: app.seal(index, at),
        recorded: just_recorded(app, visit)?,
        answer: answer(visit, place),
        may_share: place.shares && community.is_active() && !place.writable().is_empty(),
        groups: listed.groups,
        search: Some(Search {
            action: place.href(),
            label: visit.t("threats-search"),
            value: visit.query.get("q").unwrap_or_default().to_owned(),
            keep: visit.query.without(&["q", "after", "recorded"]),
        }),
        lines: listed.lines,
        is_filtered: asked.iter().any(|name| visit.query.get(name).is_some()),
        several: listed.several,
        pager: listed.pager,
        collections: collections(visit, app, place),
        members: members(visit, names, place),
        missing: names.list(waiting),
        place,
    })
}

/// The next page: paging alone changes, so that every filter stays.
fn after(visit: &Visit, path: &str, edge: i64) -> String {
    visit.query.with(path, "after", Some(&edge.to_string()))
}

/// When a community changed last.
pub(super) fn changed(app: &App, code: &str) -> Result<(u64, i64), Fault> {
    app.engine.read(|views| {
        views
            .prepare_cached("SELECT changed_idx, changed_at FROM threats_community WHERE community = ?1")?
            .query_row([code], |row| Ok((row.get::<_, i64>(0)?.cast_unsigned(), row.get(1)?)))
    })
}

fn answer(visit: &Visit, place: &Place) -> String {
    let community = place.community();
    if !community.is_active() {
        return visit.t("threats-community-waiting");
    }
    let args = [
        ("members", community.members.len().into()),
        ("readable", place.seen.collections().iter().filter(|one| place.seen.may_read(one)).count().into()),
    ];
    visit.ta("threats-community-answer", &args)
}

pub(super) fn line(
    app: &App,
    visit: &Visit,
    names: &Names,
    (place, collection): (&Place, Option<&Collection>),
    (entry, title): (&Entry, String),
) -> Line {
    let name = collection.map(|one| one.alias.as_deref().unwrap_or(&one.id)).unwrap_or_default();
    Line {
        href: format!("{}/objects/{}?collection={}", place.href(), entry.id, in_address(name)),
        title,
        kind: kind_name(visit, &entry.kind),
        tag: label_tag(label_of(&entry.tlp)),
        by: names.by(entry),
        is_hidden: entry.pseudonym.is_some(),
        is_revoked: entry.revoked,
        collection: collection.map(|one| one.title.clone()).unwrap_or_default(),
        at: entry.added.div_euclid(1_000_000),
        seal: app.seal(entry.index, entry.at),
    }
}

/// The filters: what, which label, by whom, and where.
fn groups(visit: &Visit, names: &Names, place: &Place, readable: &[(Collection, i64)]) -> Vec<FilterGroup> {
    let path = place.href();
    let choice = |name: &str, value: Option<&str>, text: String| Choice {
        href: visit.query.with(&path, name, value),
        text,
        count: None,
        current: visit.query.get(name) == value,
    };
    let group = |key: &str, name: &str, rest: Vec<(String, String)>| FilterGroup {
        label: visit.t(key),
        choices: std::iter::once(choice(name, None, visit.t("threats-filter-any")))
            .chain(rest.into_iter().map(|(value, text)| choice(name, Some(&value), text)))
            .collect(),
    };
    // i18n: threats-filter-what-*
    let sorts = SORTS.iter().map(|(name, _)| *name).chain(["all"]);
    let sorts = sorts.map(|name| (name.to_owned(), visit.t(&format!("threats-filter-what-{name}"))));
    let labels = ["clear", "green", "amber", "amber-strict", "red"];
    let labels =
        labels.map(|name| (name.to_owned(), label(label_of(name)).trim_start_matches("TLP:").to_owned()));
    let members = place.community().members.keys().filter(|org| place.community().has(org));
    let members = members.map(|org| (org.to_string(), names.say(org.as_str())));
    let mut groups = vec![
        group("threats-filter-what", "what", sorts.collect()),
        group("threats-filter-label", "label", labels.to_vec()),
        group("threats-filter-by", "by", members.collect()),
    ];
    if readable.len() > 1 {
        let own =
            readable.iter().map(|(one, _)| (one.alias.clone().unwrap_or(one.id.clone()), one.title.clone()));
        groups.push(group("threats-filter-collection", "collection", own.collect()));
    }
    groups
}

fn collections(visit: &Visit, app: &App, place: &Place) -> Vec<CollectionLine> {
    let site = app.config.site.clone().unwrap_or_default();
    let line = |one: &Collection| CollectionLine {
        title: one.title.clone(),
        description: one.description.clone(),
        rights: rights(visit, place.seen.may_read(one), place.seen.may_write(one)),
        tag: openness(visit, one),
        address: format!("{site}/taxii2/{}/collections/{}/", place.code(), one.id),
    };
    place.seen.collections().into_iter().map(line).collect()
}

fn members(visit: &Visit, names: &Names, place: &Place) -> Vec<MemberLine> {
    let line = |(org, member): (&scr_core::OrgId, &scr_threats::Member)| MemberLine {
        name: names.say(org.as_str()),
        sector: sector_name(visit, member.sector),
        since: member.since,
        is_own: *org == place.org,
    };
    place.community().members.iter().map(line).collect()
}
