//! An object and what belongs to it, over time; and who is held to be behind it.

use super::behind::{self, Hypothesis, Minds, Opinion};
use super::gather::{Surroundings, gather};
use super::kinds;
use super::lanes::{self, Bar};
use super::near::{Item, Place};
use super::story::{self, Lane, What};
use super::{crumbs, in_place, page_of};
use askama::Template;
use axum::extract::{Path, State};
use scr_engine::rusqlite;
use scr_web::components::{Crumb, Tag, Tone};
use scr_web::{App, Reply, Visit, page, run};
use std::sync::Arc;

/// Steps from the object that are part of its story.
const STEPS: usize = 2;
/// Days that are named below the lanes.
const TICKS: i64 = 4;

/// A lane in the table.
struct Row {
    href: String,
    kind: String,
    title: String,
    what: String,
    from: Option<i64>,
    until: Option<i64>,
    shared: i64,
    by: String,
}

/// Somebody's claim.
pub(super) struct ClaimRow {
    pub(super) by: String,
    pub(super) at: i64,
    pub(super) sure: Option<u8>,
    pub(super) why: Option<String>,
}

/// Somebody's opinion.
pub(super) struct OpinionRow {
    pub(super) by: String,
    pub(super) at: i64,
    pub(super) tag: Tag,
    pub(super) why: Option<String>,
}

/// An answer to who is behind it.
pub(super) struct Card {
    pub(super) href: String,
    pub(super) title: String,
    pub(super) kind: String,
    pub(super) claims: Vec<ClaimRow>,
    pub(super) opinions: Vec<OpinionRow>,
}

#[derive(Template)]
#[template(path = "understand/timeline.html")]
struct TimelinePage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    title: String,
    graph: String,
    svg: String,
    rows: Vec<Row>,
    left_out: usize,
    cards: Vec<Card>,
    minds: String,
    is_about_somebody: bool,
}

struct Read {
    around: Surroundings,
    hypotheses: Vec<Hypothesis>,
}

fn read(place: &Place<'_>, id: &str) -> rusqlite::Result<Option<Read>> {
    let Some(around) = gather(place, id, STEPS)? else { return Ok(None) };
    Ok(Some(Read { around, hypotheses: behind::behind(place, id)? }))
}

pub(super) async fn timeline(
    State(app): State<Arc<App>>,
    Path((code, id)): Path<(String, String)>,
    visit: Visit,
) -> Reply {
    run(visit, move |visit| {
        let (name, found) = in_place(&app, visit, &code, |place| read(place, &id))?;
        let items = &found.around.items;
        let title = items.first().map_or("", Item::title).to_owned();
        let lanes = story::lanes(items);
        let template = TimelinePage {
            visit,
            crumbs: crumbs(visit, &code, &name, (&id, &title)),
            graph: page_of(&code, "graph", &id),
            svg: drawing(visit, &code, &title, items, &lanes, app.clock.now()),
            rows: lanes.iter().filter_map(|lane| row(visit, &code, items, lane)).collect(),
            left_out: found.around.left_out,
            cards: cards(visit, &code, &found.hypotheses),
            minds: minds(visit, &found.hypotheses),
            is_about_somebody: !found.hypotheses.is_empty()
                || id.starts_with("campaign--")
                || id.starts_with("intrusion-set--"),
            title,
        };
        Ok(page(&template).into())
    })
    .await
}

fn what(visit: &Visit, what: What) -> String {
    visit.t(match what {
        What::Seen => "understand-time-seen",
        What::Valid => "understand-time-valid",
        What::Published => "understand-time-published",
    })
}

fn row(visit: &Visit, code: &str, items: &[Item], lane: &Lane) -> Option<Row> {
    let item = items.get(lane.item)?;
    Some(Row {
        href: page_of(code, "objects", item.id()),
        kind: kinds::word(visit, item.kind()),
        title: item.title().to_owned(),
        what: what(visit, lane.what),
        from: lane.from,
        until: lane.until,
        shared: lane.shared,
        by: item.by.clone(),
    })
}

fn drawing(visit: &Visit, code: &str, title: &str, items: &[Item], lanes: &[Lane], now: i64) -> String {
    let span = story::span(lanes, now);
    let bar = |lane: &Lane| {
        let item = items.get(lane.item)?;
        let from = lane.from.or(lane.until);
        // What is published has a day; what is seen or valid goes on while nothing says that it has ended.
        let until = if lane.what == What::Published { from } else { lane.until };
        Some(Bar {
            label: format!("{}: {}", kinds::word(visit, item.kind()), item.title()),
            href: page_of(code, "objects", item.id()),
            colour: kinds::shape(item.kind()).colour(),
            span: from.map(|from| (from, until)),
            shared: lane.shared,
        })
    };
    let bars: Vec<Bar> = lanes.iter().filter_map(bar).collect();
    let date = |at: i64| visit.texts().date(at, &visit.zone);
    let ticks: Vec<(i64, String)> = story::ticks(span, TICKS).into_iter().map(|at| (at, date(at))).collect();
    let heading = visit.ta("understand-timeline-title", &[("name", title.into())]);
    let args = [("count", bars.len().into()), ("from", date(span.0).into()), ("to", date(span.1).into())];
    let description = visit.ta("understand-timeline-description", &args);
    lanes::draw(&heading, &description, &bars, span, &ticks, visit.is_rtl())
}

/// Whether members are of one mind, as a sentence.
pub(super) fn minds(visit: &Visit, all: &[Hypothesis]) -> String {
    match behind::minds(all) {
        Minds::Nobody => visit.t("understand-behind-nobody"),
        Minds::One => visit.t("understand-behind-one"),
        Minds::Disputed => visit.t("understand-behind-disputed"),
        Minds::Several => visit.ta("understand-behind-several", &[("count", all.len().into())]),
    }
}

/// Answers side by side.
pub(super) fn cards(visit: &Visit, code: &str, all: &[Hypothesis]) -> Vec<Card> {
    let card = |one: &Hypothesis| Card {
        href: page_of(code, "actors", one.who.id()),
        title: one.who.title().to_owned(),
        kind: kinds::word(visit, one.who.kind()),
        claims: one
            .claims
            .iter()
            .map(|claim| ClaimRow {
                by: claim.by.clone(),
                at: claim.at,
                sure: claim.confidence,
                why: claim.why.clone(),
            })
            .collect(),
        opinions: one.opinions.iter().map(|opinion| opinion_row(visit, opinion)).collect(),
    };
    all.iter().map(card).collect()
}

fn opinion_row(visit: &Visit, opinion: &Opinion) -> OpinionRow {
    let (tone, key) = match opinion.opinion.as_str() {
        "strongly-disagree" => (Tone::Warn, "understand-opinion-strongly-disagree"),
        "disagree" => (Tone::Warn, "understand-opinion-disagree"),
        "agree" => (Tone::Good, "understand-opinion-agree"),
        "strongly-agree" => (Tone::Good, "understand-opinion-strongly-agree"),
        _ => (Tone::Plain, "understand-opinion-neutral"),
    };
    OpinionRow {
        by: opinion.by.clone(),
        at: opinion.at,
        tag: Tag::new(tone, visit.t(key)),
        why: opinion.why.clone(),
    }
}
