//! How far it is, which sheets are where, and one sheet with its history.

use super::data::{self, Counts, Opening, SheetRow, SignedRow, Wanted};
use super::words::{Line, lines_with, state_colour, state_name, state_tag, step_name, warning_text};
use super::{SheetKey, crumbs, entry_of, key_of, place, view, work};
use crate::desk::{form_page, just_recorded, role, run};
use askama::Template;
use axum::extract::{Path, State};
use scr_charts::Part;
use scr_core::{Refusal, RefusalKind, Role};
use scr_results::sheet::{Sheet, SheetState};
use scr_web::components::{Choice, Crumb, FilterGroup, Moment, Pager, Search, Tag};
use scr_web::{App, FormState, Reply, Seal, Visit, page};
use std::sync::Arc;

/// Sheets on one page of the list.
const PAGE: usize = 50;

/// Counts as a bar: signed first, what nobody has typed last.
pub(super) fn bar(visit: &Visit, title: &str, counts: &Counts) -> String {
    let parts: Vec<Part> = SheetState::ALL
        .into_iter()
        .rev()
        .filter(|state| *state != SheetState::Empty)
        .map(|state| Part {
            label: state_name(visit, state.as_str()),
            value: counts.of(state),
            colour: state_colour(state),
        })
        .collect();
    scr_charts::progress(title, &parts, counts.total(), visit.is_rtl())
}

/// How long the rest takes at the pace of the last hour, in minutes.
pub(super) fn minutes_left(counts: &Counts, signed_in_hour: u64) -> Option<u64> {
    let left = counts.total() - counts.signed();
    (signed_in_hour > 0 && left > 0).then(|| (left * 60).div_ceil(signed_in_hour))
}

/// A state with its count and the list of its sheets.
pub(super) struct StateLine {
    pub(super) tag: Tag,
    pub(super) count: u64,
    pub(super) href: String,
}

pub(super) struct RegionLine {
    pub(super) name: String,
    pub(super) counts: Counts,
    pub(super) bar: String,
    pub(super) href: String,
}

/// Regions, those that lag first: by the share that is signed, then by name.
pub(super) fn regions(
    visit: &Visit,
    opening: &Opening,
    all: std::collections::BTreeMap<String, Counts>,
) -> Vec<RegionLine> {
    let mut regions: Vec<(String, Counts)> = all.into_iter().collect();
    let share = |counts: &Counts| counts.signed() * 1_000_000 / counts.total().max(1);
    regions.sort_by(|a, b| share(&a.1).cmp(&share(&b.1)).then_with(|| a.0.cmp(&b.0)));
    let list = format!("{}/sheets", opening.href());
    regions
        .into_iter()
        .map(|(region, counts)| {
            let name = if region.is_empty() { visit.t("entry-region-none") } else { region.clone() };
            RegionLine {
                bar: bar(visit, &name, &counts),
                href: visit.query.with(&list, "region", Some(&region)),
                counts,
                name,
            }
        })
        .collect()
}

#[derive(Template)]
#[template(path = "entry/progress.html")]
struct ProgressPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    opening: Opening,
    counts: Counts,
    bar: String,
    states: Vec<StateLine>,
    typed_in_hour: u64,
    signed_in_hour: u64,
    minutes_left: Option<u64>,
    regions: Vec<RegionLine>,
    role: Option<Role>,
    recorded: Option<Seal>,
    seal: Seal,
}

pub(super) async fn progress(State(app): State<Arc<App>>, visit: Visit, Path(entry): Path<String>) -> Reply {
    run(visit, move |visit| {
        let opening = entry_of(&app, &entry)?;
        let now = app.clock.now();
        let ((counts, by_region), (typed, signed)) = app.engine.read(|views| {
            Ok((data::counts(views, opening.index)?, data::pace(views, opening.index, now)?))
        })?;
        let list = format!("{}/sheets", opening.href());
        let states = SheetState::ALL.map(|state| StateLine {
            tag: state_tag(visit, state.as_str()),
            count: counts.of(state),
            href: format!("{list}?state={}", state.as_str()),
        });
        let template = ProgressPage {
            visit,
            crumbs: crumbs(visit, None, None),
            bar: bar(visit, &visit.t("entry-progress-title"), &counts),
            states: states.into(),
            typed_in_hour: typed,
            signed_in_hour: signed,
            minutes_left: minutes_left(&counts, signed),
            regions: regions(visit, &opening, by_region),
            role: role(visit),
            recorded: just_recorded(&app, visit)?,
            seal: app.seal(opening.index, opening.at),
            counts,
            opening,
        };
        Ok(page(&template).into())
    })
    .await
}

#[derive(Template)]
#[template(path = "entry/list.html")]
struct ListPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    opening: &'a Opening,
    groups: Vec<FilterGroup>,
    search: Option<Search>,
    rows: Vec<(SheetRow, Tag, String)>,
    pager: Pager,
}

pub(super) async fn list(State(app): State<Arc<App>>, visit: Visit, Path(entry): Path<String>) -> Reply {
    run(visit, move |visit| {
        let opening = entry_of(&app, &entry)?;
        let query = |name: &str| visit.query.get(name);
        let wanted = Wanted {
            state: query("state"),
            region: query("region"),
            place: place(visit),
            code: query("q"),
            from: query("after")
                .and_then(|text| text.parse::<u32>().ok())
                .map_or(0, |after| u64::from(after) + 1),
            limit: PAGE + 1,
        };
        let (mut rows, (all, regions)) = app.engine.read(|views| {
            Ok((data::sheets(views, opening.index, wanted)?, data::counts(views, opening.index)?))
        })?;
        let base = format!("{}/sheets", opening.href());
        let more = rows.len() > PAGE;
        rows.truncate(PAGE);
        let last = rows.last().map(|row| row.station.to_string());
        let next = last.filter(|_| more).map(|last| visit.query.with(&base, "after", Some(&last)));
        let counted = wanted.region.map_or(Some(&all), |region| regions.get(region));
        let in_state = |state: Option<&str>| match (counted, state) {
            (Some(counts), Some(state)) => counts.named(state),
            (Some(counts), None) => counts.total(),
            (None, _) => 0,
        };
        let with = |row: SheetRow| {
            let (tag, href) = (state_tag(visit, &row.state), opening.sheet_href(row.station));
            (row, tag, href)
        };
        let plain = wanted.place.is_none() && wanted.code.is_none();
        let template = ListPage {
            visit,
            crumbs: crumbs(visit, Some(&opening), None),
            groups: filters(visit, &base, (wanted.state, wanted.region), &in_state, regions.keys()),
            search: Some(Search {
                action: base.clone(),
                label: visit.t("entry-find-label"),
                value: wanted.code.unwrap_or_default().to_owned(),
                keep: visit.query.without(&["q", "after"]),
            }),
            pager: Pager {
                shown: rows.len() as u64,
                total: plain.then(|| in_state(wanted.state)),
                first: (wanted.from > 0).then(|| visit.query.with(&base, "after", None)),
                next,
                csv: None,
            },
            rows: rows.into_iter().map(with).collect(),
            opening: &opening,
        };
        Ok(page(&template).into())
    })
    .await
}

/// Regions that are offered as a filter; with more, the progress page leads to them.
const MAX_REGIONS: usize = 24;

fn filters<'r>(
    visit: &Visit,
    base: &str,
    (state, region): (Option<&str>, Option<&str>),
    in_state: &dyn Fn(Option<&str>) -> u64,
    regions: impl Iterator<Item = &'r String>,
) -> Vec<FilterGroup> {
    let choice = |wanted: Option<&str>| Choice {
        href: visit.query.with(base, "state", wanted),
        text: wanted.map_or_else(|| visit.t("entry-all"), |state| state_name(visit, state)),
        count: Some(in_state(wanted)),
        current: state == wanted,
    };
    let states = [None].into_iter().chain(SheetState::ALL.map(|state| Some(state.as_str())));
    let mut groups =
        vec![FilterGroup { label: visit.t("entry-state"), choices: states.map(choice).collect() }];
    let names: Vec<&String> = regions.filter(|name| !name.is_empty()).collect();
    if names.len() > 1 && names.len() <= MAX_REGIONS {
        let choice = |wanted: Option<&str>| Choice {
            href: visit.query.with(base, "region", wanted),
            text: wanted.map_or_else(|| visit.t("entry-all"), str::to_owned),
            count: None,
            current: region == wanted,
        };
        let all = [None].into_iter().chain(names.iter().map(|name| Some(name.as_str())));
        groups.push(FilterGroup { label: visit.t("entry-region"), choices: all.map(choice).collect() });
    }
    groups
}

/// Something that can be done with a sheet now.
struct Action {
    href: String,
    text: String,
}

#[derive(Template)]
#[template(path = "entry/sheet.html")]
struct SheetPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    row: &'a SheetRow,
    tag: Tag,
    actions: Vec<Action>,
    /// Why this person can do nothing now, where the sheet waits for others.
    others: bool,
    signed: Option<SignedView>,
    history: Vec<Moment>,
    recorded: Option<Seal>,
    print_href: String,
}

/// Signed numbers with what belongs to them.
struct SignedView {
    lines: Vec<Line>,
    people: u64,
    at: i64,
    seal: Seal,
    explained: Vec<(String, String)>,
}

impl SignedView {
    fn of(app: &App, visit: &Visit, opening: &Opening, row: &SheetRow, signed: SignedRow) -> Self {
        let found = opening.paper.warnings(row.registered, &signed.numbers);
        let words = |(id, text): (String, String)| {
            let known = found.iter().find(|one| one.id == id);
            (known.map_or(id, |warning| warning_text(visit, opening, warning)), text)
        };
        Self {
            lines: lines_with(visit, opening, &signed.numbers),
            people: signed.people,
            at: signed.at,
            seal: app.seal(signed.index, signed.at),
            explained: signed.explanations.into_iter().map(words).collect(),
        }
    }
}

/// A sheet as everybody may look at it.
struct Looked {
    opening: Opening,
    row: SheetRow,
    signed: Option<SignedRow>,
    acts: Vec<data::ActRow>,
    sheet: Option<Sheet>,
}

fn look(app: &App, key: SheetKey) -> Result<Looked, scr_engine::ActError> {
    let found = app.engine.read(|views| {
        let Some(opening) = data::opening(views, key.entry)? else { return Ok(None) };
        let Some(row) = data::sheet_row(views, key)? else { return Ok(None) };
        let sheet = view::read_sheet(views, (key.entry.cast_signed(), key.station.cast_signed()))?;
        let (signed, acts) = (data::signed(views, key)?, data::acts(views, key)?);
        Ok(Some(Looked { opening, row, signed, acts, sheet }))
    })?;
    found.ok_or_else(|| Refusal::new(RefusalKind::NotFound, super::steps::ABSENT).into())
}

pub(super) async fn sheet(
    State(app): State<Arc<App>>,
    visit: Visit,
    address: Path<(String, String)>,
) -> Reply {
    run(visit, move |visit| {
        let Looked { opening, row, signed, acts, sheet } = look(&app, key_of(address)?)?;
        let actions = actions(visit, &opening, &row, sheet.as_ref());
        let moment = |act: &data::ActRow| {
            let mut text = step_name(visit, &act.step);
            if act.version > 1 {
                text = format!("{text} ({})", visit.ta("entry-version", &[("version", act.version.into())]));
            }
            if !act.reason.is_empty() {
                text = format!("{text}: {}", act.reason);
            }
            Moment { at: act.at, text, seal: Some(app.seal(act.index, act.at)) }
        };
        let works = matches!(role(visit), Some(Role::Clerk | Role::Supervisor));
        let template = SheetPage {
            visit,
            crumbs: crumbs(visit, Some(&opening), None),
            tag: state_tag(visit, &row.state),
            others: works && actions.is_empty() && row.state != "signed",
            actions,
            signed: signed.map(|signed| SignedView::of(&app, visit, &opening, &row, signed)),
            history: acts.iter().map(moment).collect(),
            recorded: just_recorded(&app, visit)?,
            print_href: format!("{}/print", opening.sheet_href(row.station)),
            row: &row,
        };
        Ok(form_page(&template, &FormState::new()))
    })
    .await
}

/// What this person can do with the sheet now.
fn actions(visit: &Visit, opening: &Opening, row: &SheetRow, sheet: Option<&Sheet>) -> Vec<Action> {
    let Some(actor) = visit.login.as_ref().map(|login| &login.actor) else { return Vec::new() };
    let path: Vec<&str> = row.parents.iter().chain([&row.unit]).map(String::as_str).collect();
    let ours = opening.issuer.ends_with(&format!("/org/{}", actor.org));
    if !ours || scr_access::place_covers(actor, &path).is_err() {
        return Vec::new();
    }
    let (clerk, supervisor) = (actor.role == Role::Clerk, actor.role == Role::Supervisor);
    let may = sheet.is_none_or(|sheet| work::may_act(sheet, actor));
    let base = opening.sheet_href(row.station);
    let action = |page: &str, key: &str| Action { href: format!("{base}/{page}"), text: visit.t(key) };
    let mut actions = Vec::new();
    match row.state.as_str() {
        "empty" | "entered-once" if clerk && may => actions.push(action("type", "entry-act-type")),
        "differs" if (clerk || supervisor) && may => {
            actions.push(action("differences", "entry-next-decide"));
        }
        "warned" if clerk || supervisor => actions.push(action("warnings", "entry-next-explain")),
        "ready" if supervisor && may => actions.push(action("sign", "entry-next-sign")),
        "signed" if supervisor => actions.push(action("correct", "entry-act-correct")),
        _ => {}
    }
    if supervisor && !matches!(row.state.as_str(), "empty" | "signed") {
        actions.push(action("give-back", "entry-act-give-back"));
    }
    actions
}

#[derive(Template)]
#[template(path = "entry/print.html")]
struct PrintPage<'a> {
    visit: &'a Visit,
    opening: &'a Opening,
    row: &'a SheetRow,
    signed: Option<SignedView>,
    /// The lines without numbers, where nothing is signed.
    blank: Vec<Line>,
}

pub(super) async fn print(
    State(app): State<Arc<App>>,
    visit: Visit,
    address: Path<(String, String)>,
) -> Reply {
    run(visit, move |visit| {
        let Looked { opening, row, signed, .. } = look(&app, key_of(address)?)?;
        let template = PrintPage {
            visit,
            blank: super::words::lines(visit, &opening),
            signed: signed.map(|signed| SignedView::of(&app, visit, &opening, &row, signed)),
            opening: &opening,
            row: &row,
        };
        Ok(page(&template).into())
    })
    .await
}
