//! What everybody may know: which communities there are, who is in them, their rules and decisions, and what is CLEAR in
//! their public collections. It is made of the public record alone, so that mirrors show the same.

use super::community::changed;
use super::names::Names;
use super::object::{Found, Named, Story, absent, file, find, story};
use super::place::{readable, standing};
use super::rules::{moment, needed};
use super::words::{kind_name, label_means, label_tag, outcome_tag, sector_name, state_tag};
use super::{change, home::QUIET};
use crate::read::{self, Seen};
use crate::select::{self, Entry, Filter, latest, newest};
use crate::view::communities;
use askama::Template;
use axum::extract::{Path, State};
use scr_core::{Refusal, RefusalKind, Tlp};
use scr_engine::{ActError, Fault, rusqlite};
use scr_stix::tlp::label;
use scr_threats::{Collection, Community, codes};
use scr_web::components::{Crumb, Moment, Pager, Tag};
use scr_web::{App, Reply, Seal, Visit, in_address, page, run};
use std::sync::Arc;

/// Objects of a page.
const ROWS: usize = 30;
/// Decisions of a page.
const MOMENTS: usize = 60;

struct Row {
    href: String,
    name: String,
    line: String,
    tag: Tag,
    seal: Seal,
}

#[derive(Template)]
#[template(path = "pages/public_list.html")]
struct ListPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    rows: Vec<Row>,
}

/// The address of a community for everybody.
fn href(code: &str) -> String {
    format!("/threats/{}", in_address(code))
}

/// A community as everybody sees it.
fn seen(app: &App, code: &str) -> Result<Seen, ActError> {
    let found = app.engine.read(|views| standing(views, code, None))?;
    Ok(found.ok_or_else(|| Refusal::new(RefusalKind::NotFound, codes::NO_COMMUNITY))?)
}

pub(super) async fn list(State(app): State<Arc<App>>, visit: Visit) -> Reply {
    run(visit, move |visit| {
        let all = app.engine.read(|views| {
            let one = |code: String| Ok(communities::read(views, &code)?.map(|community| (code, community)));
            read::codes(views)?.into_iter().map(one).collect::<rusqlite::Result<Vec<_>>>()
        })?;
        let row = |(code, community): (String, Community)| -> Result<Row, Fault> {
            let (index, at) = changed(&app, &code)?;
            let members = community.members.values().filter(|one| one.since.is_some()).count();
            let public = community.collections.iter().filter(|one| one.is_public).count();
            let args = [("members", members.into()), ("public", public.into())];
            Ok(Row {
                href: href(&code),
                tag: state_tag(visit, &community),
                line: visit.ta("threats-public-line", &args),
                name: community.name,
                seal: app.seal(index, at),
            })
        };
        let rows = all.into_iter().flatten().map(row).collect::<Result<Vec<_>, Fault>>()?;
        let crumbs = vec![Crumb::new("/", visit.t("threats-public-home"))];
        Ok(page(&ListPage { visit, crumbs, rows }).into())
    })
    .await
}

struct Line {
    /// Since when it is public, where its owner had set the day.
    released: Option<i64>,
    href: String,
    title: String,
    kind: String,
    by: String,
    at: i64,
    seal: Seal,
}

struct MemberLine {
    name: String,
    sector: String,
    since: Option<i64>,
}

struct DecisionLine {
    title: String,
    by: String,
    tag: Tag,
}

#[derive(Template)]
#[template(path = "pages/public_community.html")]
struct CommunityPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    community: &'a Community,
    answer: String,
    tag: Tag,
    seal: Seal,
    lines: Vec<Line>,
    is_released: bool,
    has_public: bool,
    pager: Pager,
    members: Vec<MemberLine>,
    unmarked: &'static str,
    needed: String,
    decisions: Vec<DecisionLine>,
    moments: Vec<Moment>,
    code: &'a str,
}

pub(super) async fn show(State(app): State<Arc<App>>, visit: Visit, Path(code): Path<String>) -> Reply {
    run(visit, move |visit| {
        let seen = seen(&app, &code)?;
        let collections = app.engine.read(|views| readable(views, &seen))?;
        let numbers: Vec<i64> = collections.iter().map(|(_, number)| *number).collect();
        let after = visit.query.get("after");
        let mut entries = app.engine.read(|views| {
            // Pages go on after an object: its moment is this server's own, and mirrors have another.
            let last = after.map(|id| latest(views, &numbers, &seen.standing, id)).transpose()?.flatten();
            let is_released = visit.query.get("only") == Some("released");
            let filter = Filter {
                without: QUIET,
                is_released,
                before: last.map(|one| one.added),
                ..Filter::default()
            };
            newest(views, &numbers, &seen.standing, &filter, ROWS + 1)
        })?;
        let edge = (entries.len() > ROWS).then(|| entries[ROWS - 1].added);
        entries.retain(|one| edge.is_none_or(|edge| one.added >= edge));
        let template = community_page(&app, visit, &seen, (&collections, &entries, edge.is_some()))?;
        Ok(page(&template).into())
    })
    .await
}

fn community_page<'a>(
    app: &App,
    visit: &'a Visit,
    seen: &'a Seen,
    (collections, entries, has_more): (&[(Collection, i64)], &[Entry], bool),
) -> Result<CommunityPage<'a>, ActError> {
    let (names, community, path) = (Names::default(), &seen.community, href(&seen.code));
    let (index, at) = changed(app, &seen.code)?;
    let acts = app.engine.read(|views| read::acts(views, &seen.code))?;
    let released = app.engine.read(|views| {
        entries.iter().map(|one| select::released(views, one.seq)).collect::<rusqlite::Result<Vec<_>>>()
    })?;
    let is_released = visit.query.get("only") == Some("released");
    let page = |name: &str, value: Option<&str>| visit.query.with(&path, name, value);
    let line = |(entry, released): (&Entry, Option<i64>)| Line {
        released,
        href: format!("{path}/objects/{}", entry.id),
        title: entry.title.clone().unwrap_or_else(|| kind_name(visit, &entry.kind)),
        kind: kind_name(visit, &entry.kind),
        by: names.by(entry),
        // The second of its entry, which mirrors know; the moment that members page by is this server's own.
        at: entry.at,
        seal: app.seal(entry.index, entry.at),
    };
    let member = |(org, member): (&scr_core::OrgId, &scr_threats::Member)| MemberLine {
        name: names.say(org.as_str()),
        sector: sector_name(visit, member.sector),
        since: member.since,
    };
    let decision = |one: &scr_threats::Proposal| DecisionLine {
        title: change::title(visit, &names, community, &one.change),
        by: names.say(one.by.as_str()),
        tag: outcome_tag(visit, one),
    };
    let joined = community.members.values().filter(|one| one.since.is_some()).count();
    let moments = acts.iter().rev().take(MOMENTS);
    Ok(CommunityPage {
        visit,
        crumbs: vec![Crumb::new("/threats", visit.t("threats-public-title"))],
        answer: visit.ta("threats-public-answer", &[("members", joined.into())]),
        tag: state_tag(visit, community),
        seal: app.seal(index, at),
        lines: entries.iter().zip(released).map(line).collect(),
        is_released,
        has_public: !collections.is_empty(),
        pager: Pager {
            shown: entries.len() as u64,
            total: None,
            first: visit.query.get("after").map(|_| page("after", None)),
            next: entries.last().filter(|_| has_more).map(|last| page("after", Some(&last.id))),
            csv: None,
        },
        members: community.members.iter().map(member).collect(),
        unmarked: label(community.rules.unmarked),
        needed: needed(visit, community),
        decisions: community.proposals.iter().rev().map(decision).collect(),
        moments: moments.map(|act| moment(app, visit, (&names, community), act)).collect(),
        code: &seen.code,
        community,
    })
}

#[derive(Template)]
#[template(path = "pages/public_object.html")]
struct ObjectPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    found: &'a Found,
    story: Story,
    kind: String,
    by: String,
    label: Tag,
    label_means: String,
    seal: Seal,
    raw: String,
    raw_href: String,
    community_href: String,
    since: i64,
    released: bool,
}

/// An object that everybody may see.
fn public(app: &App, visit: &Visit, code: &str, id: &str) -> Result<(Seen, Found), ActError> {
    let seen = seen(app, code)?;
    let collections = app.engine.read(|views| readable(views, &seen))?;
    let named = Named { id, collection: None, version: visit.query.get("version") };
    let found = find(app, visit, (&collections, &seen.standing), named)?;
    // Whatever stood in the tables: nothing else goes out here.
    if found.entry.tlp != crate::label::name(Tlp::Clear) {
        return Err(absent());
    }
    Ok((seen, found))
}

/// The file of an object. What has no version of its own has a moment, which is each server's own.
fn raw_href(path: &str, entry: &Entry) -> String {
    let version = entry.version_text.as_deref().map(|text| format!("?version={}", in_address(text)));
    format!("{path}/objects/{}/raw.json{}", entry.id, version.unwrap_or_default())
}

pub(super) async fn object(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path((code, id)): Path<(String, String)>,
) -> Reply {
    run(visit, move |visit| {
        let (seen, found) = public(&app, visit, &code, &id)?;
        let (entry, path) = (&found.entry, href(&code));
        let mut crumbs = vec![Crumb::new("/threats", visit.t("threats-public-title"))];
        crumbs.push(Crumb::new(path.clone(), seen.community.name.as_str()));
        let mut story = story(visit, entry, &found.content, app.clock.now());
        if entry.kind == "indicator" {
            // The last step is an answer, which members give.
            story.todo.pop();
        }
        let template = ObjectPage {
            visit,
            crumbs,
            story,
            kind: kind_name(visit, &entry.kind),
            by: Names::default().by(entry),
            label: label_tag(Tlp::Clear),
            label_means: label_means(visit, Tlp::Clear),
            seal: app.seal(entry.index, entry.at),
            raw: found.content.chars().take(100_000).collect(),
            raw_href: raw_href(&path, entry),
            since: found
                .versions
                .iter()
                .filter(|one| one.tlp == entry.tlp)
                .map(|one| one.at)
                .min()
                .unwrap_or(entry.at),
            released: app.engine.read(|views| select::released(views, entry.seq))?.is_some(),
            community_href: path,
            found: &found,
        };
        Ok(page(&template).into())
    })
    .await
}

pub(super) async fn raw(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path((code, id)): Path<(String, String)>,
) -> Reply {
    run(visit, move |visit| Ok(file(&public(&app, visit, &code, &id)?.1))).await
}
