//! A group or an actor, followed over time: campaigns, what they use, how often it was seen, and who says that it is them.

use super::behind::{self, Hypothesis};
use super::gather::{Link, gather};
use super::kinds;
use super::near::{Item, Place};
use super::state::times;
use super::story;
use super::timeline::{Card, cards, minds};
use super::{crumbs, in_place, page_of};
use askama::Template;
use axum::extract::{Path, State};
use scr_charts::{Colour, bars};
use scr_engine::rusqlite;
use scr_web::components::{Crumb, Frame};
use scr_web::{App, Reply, Visit, page, run};
use std::collections::BTreeMap;
use std::sync::Arc;

/// From a group by a campaign and an indicator to a sighting.
const STEPS: usize = 3;
/// Months that the chart shows.
const MONTHS: i64 = 12;

/// A campaign or something that they use.
struct Row {
    href: String,
    kind: String,
    title: String,
    first: Option<i64>,
    last: Option<i64>,
    by: String,
    sure: Option<u8>,
}

/// A month of the chart.
struct MonthRow {
    name: String,
    count: u64,
}

#[derive(Template)]
#[template(path = "understand/actor.html")]
struct ActorPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    title: String,
    kind: String,
    description: Option<String>,
    graph: String,
    timeline: String,
    campaigns: Vec<Row>,
    means: Vec<Row>,
    frame: Frame,
    months: Vec<MonthRow>,
    total: u64,
    cards: Vec<Card>,
    minds: String,
}

struct Followed {
    item: Item,
    /// With the connection that leads to them.
    campaigns: Vec<(Item, Link)>,
    means: Vec<(Item, Link)>,
    sightings: Vec<Item>,
    hypotheses: Vec<Hypothesis>,
}

fn read(place: &Place<'_>, id: &str) -> rusqlite::Result<Option<Followed>> {
    let Some(around) = gather(place, id, STEPS)? else { return Ok(None) };
    let Some(item) = around.items.first().cloned() else { return Ok(None) };
    let (mut campaigns, mut means) = (Vec::new(), Vec::new());
    let mut own = vec![0];
    for link in around.links.iter().filter(|link| link.word == "attributed-to" && link.to == 0) {
        campaigns.extend(around.items.get(link.from).map(|item| (item.clone(), link.clone())));
        own.push(link.from);
    }
    let uses = |link: &&Link| ["uses", "controls", "owns", "compromises"].contains(&link.word.as_str());
    for link in around.links.iter().filter(uses).filter(|link| own.contains(&link.from)) {
        let used = around
            .items
            .get(link.to)
            .filter(|_| !means.iter().any(|(_, other): &(Item, Link)| other.to == link.to));
        means.extend(used.map(|item| (item.clone(), link.clone())));
    }
    let sightings =
        around.items.iter().filter(|item| item.kind() == "sighting" && !item.head.revoked).cloned().collect();
    let hypotheses = behind::behind(place, id)?;
    Ok(Some(Followed { item, campaigns, means, sightings, hypotheses }))
}

pub(super) async fn follow(
    State(app): State<Arc<App>>,
    Path((code, id)): Path<(String, String)>,
    visit: Visit,
) -> Reply {
    run(visit, move |visit| {
        let (name, found) = in_place(&app, visit, &code, |place| read(place, &id))?;
        let title = found.item.title().to_owned();
        let months = per_month(visit, &found.sightings, app.clock.now());
        let total = months.iter().map(|month| month.count).fold(0, u64::saturating_add);
        let template = ActorPage {
            visit,
            crumbs: crumbs(visit, &code, &name, (&id, &title)),
            kind: kinds::word(visit, found.item.kind()),
            description: found.item.text("description").map(str::to_owned),
            graph: page_of(&code, "graph", &id),
            timeline: page_of(&code, "timeline", &id),
            campaigns: found.campaigns.iter().map(|one| row(visit, &code, "timeline", one)).collect(),
            means: found.means.iter().map(|one| row(visit, &code, "objects", one)).collect(),
            frame: frame(visit, &title, &months, total),
            total,
            months,
            cards: cards(visit, &code, &found.hypotheses),
            minds: minds(visit, &found.hypotheses),
            title,
        };
        Ok(page(&template).into())
    })
    .await
}

fn row(visit: &Visit, code: &str, to: &str, (item, link): &(Item, Link)) -> Row {
    Row {
        href: page_of(code, to, item.id()),
        kind: kinds::word(visit, item.kind()),
        title: item.title().to_owned(),
        first: item.time("first_seen"),
        last: item.time("last_seen"),
        by: link.by.clone(),
        sure: link.confidence,
    }
}

/// How often something of theirs was seen in each of the last months; of a sighting that spans several, the first counts.
fn per_month(visit: &Visit, sightings: &[Item], now: i64) -> Vec<MonthRow> {
    let mut counts: BTreeMap<(i64, i64), u64> = BTreeMap::new();
    for sighting in sightings {
        let at = sighting
            .time("first_seen")
            .or_else(|| sighting.time("last_seen"))
            .unwrap_or_else(|| sighting.shared());
        let count = counts.entry(story::month(at)).or_default();
        *count = count.saturating_add(times(sighting));
    }
    let row = |(year, number): (i64, i64)| {
        // i18n: understand-month-*
        let name = format!("{} {year}", visit.t(&format!("understand-month-{number}")));
        MonthRow { name, count: counts.get(&(year, number)).copied().unwrap_or_default() }
    };
    story::months(now, MONTHS).into_iter().map(row).collect()
}

fn frame(visit: &Visit, title: &str, months: &[MonthRow], total: u64) -> Frame {
    let heading = visit.ta("understand-sightings-title", &[("count", total.into())]);
    // Months before the first sighting say nothing.
    let first = months.iter().position(|month| month.count > 0).unwrap_or(months.len().saturating_sub(1));
    let bar = |month: &MonthRow| scr_charts::Bar {
        label: month.name.clone(),
        value: month.count,
        figure: visit.texts().number(month.count),
        colour: Colour::Mark(6),
    };
    let list: Vec<scr_charts::Bar> = months.iter().skip(first).map(bar).collect();
    let svg = bars(
        &heading,
        &visit.ta("understand-sightings-description", &[("name", title.into())]),
        &list,
        1,
        visit.is_rtl(),
    );
    Frame {
        title: heading,
        subtitle: visit.t("understand-sightings-how"),
        svg,
        svg_href: None,
        csv_href: None,
    }
}
