//! The countdown: how far an alert has come, where it has not, how long there is, and who is called next.

use super::boards::{self, Shown};
use super::case::{self, Case};
use super::due::{self, DueCall, NOT_REACHED, REACHED, callee_text};
use super::figures::{AreaLine, Sum};
use super::map::{self, Drawn};
use super::pace::{self, Pace};
use super::silent::{csv_file, status_name};
use super::sms::step_word;
use super::view::{self, Batch};
use super::{LOOKERS, OPERATORS, crumbs, marked, phone};
use crate::cells::cell;
use askama::Template;
use axum::extract::{Path, State};
use scr_alerts::acks::{Callee, Step};
use scr_charts::{Colour, Part, Tile, progress, swatch, tiles};
use scr_core::{Refusal, RefusalKind};
use scr_engine::ActError;
use scr_web::components::{Crumb, Frame, Tag, Tone};
use scr_web::{App, Posted, Reply, Routes, Seal, Visit, in_address, live, page, run};
use std::sync::Arc;

/// There is no such area.
const NO_AREA: &str = "SCR-ALR-300";
/// No such call is due.
const NOT_DUE: &str = "SCR-ALR-301";
/// Areas of the table; the file has all.
const AREAS: usize = 60;
/// Calls that are shown.
const CALLS: usize = 8;
/// Areas on the wall.
const ON_WALL: usize = 8;

/// The pages.
pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/desk/alerts/{id}/arrival", LOOKERS, show)
        .get("/desk/alerts/{id}/arrival.csv", LOOKERS, areas_csv)
        .post("/desk/alerts/{id}/arrival/called", OPERATORS, called)
        .get("/desk/alerts/{id}/wall", LOOKERS, wall)
}

/// Hours and minutes until something, or since it.
pub(super) struct Left {
    pub(super) hours: u64,
    pub(super) minutes: u64,
    pub(super) is_over: bool,
}

impl Left {
    fn of(now: u64, until: u64) -> Self {
        let seconds = now.abs_diff(until);
        // What is left is rounded up: at "0 minutes" it is over.
        let minutes = if until > now { seconds.div_ceil(60) } else { seconds / 60 };
        Self { hours: minutes / 60, minutes: minutes % 60, is_over: until <= now }
    }
}

struct StepLine {
    word: String,
    reached: u64,
    voters: u64,
    is_goal: bool,
}

struct AreaRow {
    name: String,
    href: String,
    sum: Sum,
    bar: String,
}

struct CallRow {
    who: String,
    call: DueCall,
    since: Left,
    people: Vec<(String, String)>,
}

struct AtExpiry {
    reached: u64,
    stations: u64,
    seal: Seal,
    late: u64,
}

/// What the page and the wall have in common.
pub(super) struct Head {
    pub(super) headline: String,
    pub(super) goal: String,
    pub(super) sum: Sum,
    pub(super) reached: u64,
    pub(super) deadline: Left,
    pub(super) expiry: Left,
    pub(super) bar: String,
    /// What the colours of the bar say: drawing, word, stations.
    pub(super) key: [(String, String, u64); 3],
    pub(super) state: Tag,
}

/// The bar from zero to all stations: what has come to the goal, and what has come less far.
fn bar(visit: &Visit, sum: &Sum, goal: Step) -> String {
    let on_the_way = sum.reached(Step::Sent).saturating_sub(sum.reached(goal));
    let parts = [
        Part { label: step_word(visit.texts(), goal), value: sum.reached(goal), colour: 4 },
        Part { label: visit.t("know-on-the-way"), value: on_the_way, colour: 1 },
    ];
    progress(&visit.t("know-bar"), &parts, sum.of(), visit.is_rtl())
}

fn key(visit: &Visit, sum: &Sum, goal: Step) -> [(String, String, u64); 3] {
    let (reached, sent) = (sum.reached(goal), sum.reached(Step::Sent));
    [
        (swatch(&Colour::Mark(4)), step_word(visit.texts(), goal), reached),
        (swatch(&Colour::Mark(1)), visit.t("know-on-the-way"), sent.saturating_sub(reached)),
        (swatch(&Colour::Missing), visit.t("know-step-none"), sum.of().saturating_sub(sent)),
    ]
}

pub(super) fn head(app: &App, visit: &Visit, shown: &Shown, area: Option<u32>) -> Result<Head, ActError> {
    let case = &*shown.case;
    let (sum, now) = (shown.sum(area), case.now(app));
    let state = match case::newer(app, case)? {
        Some(newer) if newer.issued.text.kind == scr_alerts::Kind::Cancel => {
            Tag::new(Tone::Alarm, visit.t("know-state-cancelled"))
        }
        Some(_) => Tag::new(Tone::Warn, visit.t("know-state-updated")),
        None if now >= case.issued.text.expires() => Tag::new(Tone::Plain, visit.t("know-state-expired")),
        None => Tag::new(Tone::Good, visit.t("know-state-open")),
    };
    Ok(Head {
        headline: case.words(visit.lang()).headline,
        goal: step_word(visit.texts(), case.goal),
        reached: sum.reached(case.goal),
        deadline: Left::of(now, case.deadline()),
        expiry: Left::of(now, case.issued.text.expires()),
        bar: bar(visit, &sum, case.goal),
        key: key(visit, &sum, case.goal),
        sum,
        state,
    })
}

#[derive(Template)]
#[template(path = "know/arrival.html")]
struct ArrivalPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    case: &'a Case,
    head: Head,
    here: String,
    area: Option<(String, String)>,
    steps: Vec<StepLine>,
    /// How long it took; of the whole alone.
    pace: Option<Pace>,
    at_expiry: Option<AtExpiry>,
    map: Frame,
    key: Vec<map::Sign>,
    /// Stations that the map does not show; nothing where there is no map.
    without: Option<u64>,
    rows: Vec<AreaRow>,
    more: usize,
    calls: Vec<CallRow>,
    more_calls: u64,
    next: Option<Left>,
    next_at: i64,
    batches: Vec<(Batch, Seal)>,
    may_call: bool,
    /// Whether the reader's role is for the whole election: queue, lists and strips are.
    is_whole: bool,
    now: i64,
    query: String,
}

/// The area that the address names.
pub(super) fn area(visit: &Visit, shown: &Shown) -> Result<Option<u32>, ActError> {
    let Some(code) = visit.query.get("area") else { return Ok(None) };
    let place = shown.network.tree.find(code).filter(|place| shown.board.tally(*place).of() > 0);
    place.map(Some).ok_or_else(|| Refusal::new(RefusalKind::NotFound, NO_AREA).into())
}

/// How dark a share is drawn, from 1 to 5; nothing where nobody has come to the goal.
pub(super) fn shade(reached: u64, of: u64) -> Colour {
    if reached == 0 {
        return Colour::Missing;
    }
    let fifth = reached.saturating_mul(5).div_ceil(of.max(1)).clamp(1, 5);
    Colour::Step(usize::try_from(fifth).unwrap_or(1))
}

fn area_row(visit: &Visit, shown: &Shown, base: &str, line: &AreaLine) -> Option<AreaRow> {
    let area = shown.network.tree.area(line.place)?;
    Some(AreaRow {
        name: area.name.clone(),
        href: format!("{base}/arrival?area={}", in_address(&area.code)),
        bar: bar(visit, &line.sum, shown.case.goal),
        sum: line.sum,
    })
}

/// A tile for each area, or for each station where there is nothing below.
fn tiled(visit: &Visit, shown: &Shown, lines: &[AreaLine], place: Option<u32>) -> Frame {
    let (goal, tree) = (shown.case.goal, &shown.network.tree);
    let goal_word = step_word(visit.texts(), goal);
    let drawn: Vec<Tile> = if lines.is_empty() {
        let all = place.into_iter().flat_map(|place| shown.stations(place));
        all.map(|station| {
            let step = shown.board.step(station.number);
            let level = step.map_or_else(|| visit.t("know-step-none"), |step| step_word(visit.texts(), step));
            Tile {
                text: format!("{}: {level}", shown.network.name(station.number)),
                colour: step.map_or(Colour::Missing, |step| Colour::Step(usize::from(step.byte()) + 1)),
            }
        })
        .collect()
    } else {
        let mut by_code: Vec<&AreaLine> = lines.iter().collect();
        by_code.sort_by_key(|line| line.place);
        by_code
            .into_iter()
            .map(|line| {
                let name = tree.area(line.place).map_or("", |area| area.name.as_str());
                let (reached, of) = (line.sum.reached(goal), line.sum.of());
                Tile { text: format!("{name}: {reached} / {of}"), colour: shade(reached, of) }
            })
            .collect()
    };
    let title = if lines.is_empty() {
        visit.ta("know-map-stations", &[("count", drawn.len().into())])
    } else {
        let lagging = lines.iter().filter(|line| line.sum.silent(goal) > 0).count();
        visit.ta("know-map-areas", &[("lagging", lagging.into()), ("areas", lines.len().into())])
    };
    let subtitle = visit.ta("know-map-subtitle", &[("goal", goal_word.as_str().into())]);
    let svg = tiles(&title, &subtitle, &drawn, visit.is_rtl());
    Frame { title, subtitle, svg, svg_href: None, csv_href: None }
}

/// Whether the reader calls stations: for those the numbers of contacts are, in the organisation that defined the election.
fn may_see_numbers(app: &App, visit: &Visit, case: &Case) -> Result<bool, ActError> {
    let actor = crate::login::actor(visit)?;
    if !OPERATORS.admits(Some(actor.role)) {
        return Ok(false);
    }
    let (origin, election) = (app.engine.ledger().origin(), case.issued.election.as_str());
    Ok(app.engine.read(|views| crate::login::is_own(views, origin, election, actor))?)
}

fn call_rows(app: &App, visit: &Visit, shown: &Shown, calls: Vec<DueCall>) -> Result<Vec<CallRow>, ActError> {
    let (now, wall) = (shown.case.now(app), app.clock.now());
    let has_numbers = may_see_numbers(app, visit, &shown.case)?;
    let mut rows = Vec::new();
    for call in calls {
        let people = match call.callee {
            Callee::Area(_) if has_numbers => app
                .engine
                .read(|views| crate::network::contacts::of_area(views, &call.election, &call.area.0, wall))?,
            Callee::Area(_) | Callee::Station(_) => Vec::new(),
        };
        let people = people.into_iter().filter_map(|one| Some((one.function, one.telephone?)));
        let body = if call.body.is_empty() { visit.t("know-call-area") } else { call.body.clone() };
        let who = match call.callee {
            Callee::Station(number) => shown.network.name(number),
            Callee::Area(_) => format!("{body}: {}", call.area.1),
        };
        rows.push(CallRow { who, since: Left::of(now, call.since), people: people.take(2).collect(), call });
    }
    Ok(rows)
}

fn steps(visit: &Visit, sum: &Sum, goal: Step) -> Vec<StepLine> {
    Step::ALL
        .into_iter()
        .map(|step| StepLine {
            word: step_word(visit.texts(), step),
            reached: sum.reached(step),
            voters: sum.voters_reached(step),
            is_goal: step == goal,
        })
        .collect()
}

fn pace(app: &App, visit: &Visit, shown: &Arc<Shown>) -> Option<Pace> {
    if shown.board.is_empty() {
        return None;
    }
    let measures = pace::measures(app, shown);
    let names = pace::area_names(&measures, &shown.network);
    Some(Pace::of(visit, &measures, &names, shown.case.goal))
}

fn at_expiry(app: &App, case: &Case, now_reached: u64) -> Result<Option<AtExpiry>, ActError> {
    let closing = app.engine.read(|views| view::closing(views, case.index()))?;
    let place = usize::from(case.goal.byte());
    Ok(closing.and_then(|batch| {
        let (stations, counts) = batch.reached?;
        let reached = counts.get(place).copied().unwrap_or(0);
        let seal = app.seal(batch.index, batch.at);
        Some(AtExpiry { reached, stations, seal, late: now_reached.saturating_sub(reached) })
    }))
}

pub(super) fn base(case: &Case) -> String {
    format!("/desk/alerts/{}", in_address(&case.issued.id))
}

/// The name of an area, and the address of the page one level up.
fn above(shown: &Shown, base: &str, place: u32) -> Option<(String, String)> {
    let tree = &shown.network.tree;
    let parent = tree.area(place)?.parent.filter(|_| !shown.roots.contains(&place));
    // What is above the only area that is named is the page of everything.
    let parent = parent.filter(|parent| shown.roots.as_slice() != [*parent]);
    let code = parent.and_then(|parent| tree.area(parent)).map(|area| in_address(&area.code));
    let href = code.map_or_else(|| format!("{base}/arrival"), |code| format!("{base}/arrival?area={code}"));
    Some((shown.path(place), href))
}

async fn show(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        let case = case::own(&app, visit, &id)?;
        let visit = &marked(visit, &case);
        let shown = boards::shown(&app, &case)?;
        let place = area(visit, &shown)?;
        let lines = shown.lines(place, case.goal);
        let head = head(&app, visit, &shown, place)?;
        let due = due::due_of(&app, &shown, CALLS, true)?;
        let base = base(&case);
        let is_whole = super::actor(visit)?.place.is_none();
        let drawn = map::map(&app, visit, &shown, place);
        let (map, key) = match &drawn {
            Some(drawn) => (drawn.frame.clone(), drawn.key.clone()),
            None => (tiled(visit, &shown, &lines, place), Vec::new()),
        };
        let batches = app.engine.read(|views| view::batches(views, case.index(), 3))?;
        let query =
            visit.query.get("area").map_or_else(String::new, |code| format!("?area={}", in_address(code)));
        let template = ArrivalPage {
            crumbs: crumbs(visit, Some(&case)),
            steps: steps(visit, &head.sum, case.goal),
            pace: if place.is_none() { pace(&app, visit, &shown) } else { None },
            at_expiry: if place.is_none() { at_expiry(&app, &case, head.reached)? } else { None },
            without: drawn.as_ref().map(|drawn| drawn.without),
            key,
            map,
            more: lines.len().saturating_sub(AREAS),
            rows: lines.iter().take(AREAS).filter_map(|line| area_row(visit, &shown, &base, line)).collect(),
            more_calls: due.more,
            next: due.next.map(|next| Left::of(case.now(&app), next)),
            next_at: due.next.map_or(0, |next| case.wall(next)),
            calls: call_rows(&app, visit, &shown, due.calls)?,
            batches: batches
                .into_iter()
                .map(|one| {
                    let seal = app.seal(one.index, one.at);
                    (one, seal)
                })
                .collect(),
            may_call: is_whole
                && visit.login.as_ref().is_some_and(|login| OPERATORS.admits(Some(login.actor.role))),
            is_whole,
            area: place.and_then(|place| above(&shown, &base, place)),
            now: app.clock.now(),
            here: base,
            query,
            head,
            case: &case,
            visit,
        };
        Ok(live(page(&template), visit, 20))
    })
    .await
}

/// A call to the office of an area was made.
async fn called(State(app): State<Arc<App>>, Path(id): Path<String>, posted: Posted) -> Reply {
    let Posted { form, visit, .. } = posted;
    run(visit, move |visit| {
        let case = phone::calling(&app, visit, &id)?;
        let shown = boards::fresh(&app, &case)?;
        let actor = super::actor(visit)?;
        let refuse = || ActError::from(Refusal::new(RefusalKind::Conflict, NOT_DUE));
        let rung: usize = form.value("rung").parse().map_err(|_| refuse())?;
        let due = due::due_of(&app, &shown, usize::MAX, true)?;
        let is_it = |call: &&DueCall| {
            call.rung == rung && callee_text(call.callee, &shown.network.tree) == form.value("callee")
        };
        let call = due.calls.iter().find(is_it).ok_or_else(refuse)?;
        let outcome = if form.is("outcome", REACHED) { REACHED } else { NOT_REACHED };
        let callee = callee_text(call.callee, &shown.network.tree);
        let receipts = phone::record_call(&app, &actor, &case, (rung, &callee), outcome)?;
        Ok(scr_web::recorded(&app, &format!("{}/arrival", base(&case)), &receipts))
    })
    .await
}

async fn areas_csv(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        let case = case::own(&app, visit, &id)?;
        let shown = boards::shown(&app, &case)?;
        let place = area(visit, &shown)?;
        let names = [
            "status",
            "area",
            "name",
            "stations",
            "sent",
            "delivered",
            "read",
            "understood",
            "acted",
            "silent",
        ];
        let mut rows =
            vec![names.iter().chain(&["voters", "voters_silent"]).map(|name| (*name).to_owned()).collect()];
        for line in shown.lines(place, case.goal) {
            let Some(area) = shown.network.tree.area(line.place) else { continue };
            let mut row =
                vec![status_name(&case), area.code.clone(), cell(&area.name), line.sum.of().to_string()];
            row.extend(Step::ALL.map(|step| line.sum.reached(step).to_string()));
            row.push(line.sum.silent(case.goal).to_string());
            row.push(line.sum.voters().to_string());
            row.push(line.sum.voters().saturating_sub(line.sum.voters_reached(case.goal)).to_string());
            rows.push(row);
        }
        csv_file(&case, "arrival", &rows)
    })
    .await
}

#[derive(Template)]
#[template(path = "know/wall.html")]
struct WallPage<'a> {
    visit: &'a Visit,
    case: &'a Case,
    head: Head,
    steps: Vec<StepLine>,
    map: Option<Drawn>,
    rows: Vec<AreaRow>,
    others: usize,
    due: u64,
    now: i64,
}

async fn wall(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        let case = case::own(&app, visit, &id)?;
        let visit = &marked(visit, &case);
        let shown = boards::shown(&app, &case)?;
        let head = head(&app, visit, &shown, None)?;
        let lines = shown.lines(None, case.goal);
        let due = due::due_of(&app, &shown, 0, true)?;
        let drawn = map::map(&app, visit, &shown, None);
        // Beside a map there is room for half of them.
        let most = if drawn.is_some() { ON_WALL / 2 } else { ON_WALL };
        let lagging = lines.iter().filter(|line| line.sum.silent(case.goal) > 0);
        let template = WallPage {
            steps: steps(visit, &head.sum, case.goal),
            others: lagging.clone().count().saturating_sub(most),
            rows: lagging.take(most).filter_map(|line| area_row(visit, &shown, &base(&case), line)).collect(),
            map: drawn,
            due: due.more,
            now: app.clock.now(),
            head,
            case: &case,
            visit,
        };
        Ok(page(&template).into())
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_is_rounded_up_and_what_is_over_down() {
        let left = |now, until| {
            let left = Left::of(now, until);
            (left.hours, left.minutes, left.is_over)
        };
        assert_eq!(left(0, 1), (0, 1, false));
        assert_eq!(left(0, 3_600), (1, 0, false));
        assert_eq!(left(3_600, 3_600), (0, 0, true));
        assert_eq!(left(3_659, 3_600), (0, 0, true));
        assert_eq!(left(7_260, 3_600), (1, 1, true));
    }

    #[test]
    fn shades_are_shares_and_nothing_is_no_shade() {
        assert_eq!(shade(0, 10), Colour::Missing);
        assert_eq!(shade(1, 1_000), Colour::Step(1));
        assert_eq!(shade(10, 10), Colour::Step(5));
        assert_eq!(shade(6, 10), Colour::Step(3));
    }
}
