//! The map: a mark for each polling station while they are few, hexagons where they are many. Which station stands where is worked
//! out once for each version of the list; a page only counts.

use super::arrival::shade;
use super::boards::Shown;
use super::sms::step_word;
use crate::network::Network;
use scr_alerts::acks::Step;
use scr_charts::{Bins, Colour, Hex, Mark, Position, Shape, Sheet, bins, filled, hexes, marks, symbol};
use scr_web::components::Frame;
use scr_web::{App, Visit, in_address};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError, Weak};

/// Stations that have a mark each; more are put together.
const MARKS: usize = 400;
/// Hexagons of a map.
const HEXES: usize = 240;
/// Layouts that are kept, each of 100,000 stations some megabytes.
const KEPT: usize = 12;

/// Where stations stand on the paper.
#[derive(Debug)]
struct Layout {
    sheet: Sheet,
    /// Numbers, ascending.
    numbers: Vec<u32>,
    /// The same order: where on the paper.
    at: Vec<(i32, i32)>,
    /// Hexagons, with the area that most of their stations are in, by its place in the tree.
    bins: Option<(Bins, Vec<Option<u32>>)>,
    /// Stations that the list does not place.
    without: usize,
}

/// What was laid out: of which network, which areas, which part.
type Key = (Weak<Network>, Vec<u32>, Option<u32>);

/// Layouts of this node.
#[derive(Debug, Default)]
struct Layouts(Mutex<Vec<(Key, Option<Arc<Layout>>)>>);

/// What one of its shapes says: drawing, word, stations.
pub(super) type Sign = (String, String, Option<u64>);

/// A map, and what its shapes say.
pub(super) struct Drawn {
    pub(super) frame: Frame,
    pub(super) key: Vec<Sign>,
    /// Stations that it does not show.
    pub(super) without: u64,
}

/// How a step is drawn.
fn sign(step: Option<Step>) -> (Shape, Colour) {
    match step {
        None => (Shape::Cross, Colour::Mark(2)),
        Some(Step::Sent) => (Shape::Triangle, Colour::Mark(7)),
        Some(Step::Delivered) => (Shape::Square, Colour::Mark(3)),
        Some(Step::Read) => (Shape::Diamond, Colour::Mark(1)),
        Some(Step::Understood) => (Shape::Circle, Colour::Mark(4)),
        Some(Step::Acted) => (Shape::Star, Colour::Mark(6)),
    }
}

fn lay_out(shown: &Shown, place: Option<u32>) -> Option<Layout> {
    let network = &shown.network;
    let (mut numbers, mut positions, mut areas) = (Vec::new(), Vec::<Position>::new(), Vec::new());
    let mut without = 0;
    for station in shown.board.stations().filter(|station| shown.is_in(station, place)) {
        let Some(point) = network.places.of(station.number) else {
            without += 1;
            continue;
        };
        numbers.push(station.number);
        positions.push((point.longitude(), point.latitude()));
        areas.push(station.area);
    }
    let sheet = Sheet::of(&positions)?;
    let at: Vec<(i32, i32)> = positions.into_iter().map(|position| sheet.on(position)).collect();
    let bins = (numbers.len() > MARKS).then(|| {
        let found = bins(&at, HEXES);
        let areas = areas_of(shown, place, (&found, &areas));
        (found, areas)
    });
    Some(Layout { sheet, numbers, at, bins, without })
}

/// For each hexagon the area of the page's table that most of its stations are in.
fn areas_of(shown: &Shown, place: Option<u32>, (found, areas): (&Bins, &[u32])) -> Vec<Option<u32>> {
    let lines: BTreeSet<u32> = shown.below(place).into_iter().collect();
    let mut line_of: BTreeMap<u32, Option<u32>> = BTreeMap::new();
    let mut counts: Vec<BTreeMap<u32, u64>> = vec![BTreeMap::new(); found.middles.len()];
    for (bin, area) in found.of.iter().zip(areas) {
        let line = *line_of
            .entry(*area)
            .or_insert_with(|| shown.network.tree.upwards(*area).find(|above| lines.contains(above)));
        if let (Some(line), Some(counts)) = (line, counts.get_mut(*bin)) {
            *counts.entry(line).or_default() += 1;
        }
    }
    let most = |counts: BTreeMap<u32, u64>| counts.into_iter().rev().max_by_key(|(_, count)| *count);
    counts.into_iter().map(|counts| most(counts).map(|(line, _)| line)).collect()
}

fn layout(app: &App, shown: &Shown, place: Option<u32>) -> Option<Arc<Layout>> {
    if shown.network.places.is_empty() {
        return None;
    }
    let kept = app.soft::<Layouts>();
    let is_it = |(network, roots, part): &Key| {
        std::ptr::eq(network.as_ptr(), Arc::as_ptr(&shown.network)) && *roots == shown.roots && *part == place
    };
    let known = {
        let all = kept.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.iter().find(|(key, _)| is_it(key)).map(|(_, layout)| layout.clone())
    };
    if let Some(known) = known {
        return known;
    }
    let made = lay_out(shown, place).map(Arc::new);
    let mut all = kept.0.lock().unwrap_or_else(PoisonError::into_inner);
    all.retain(|((network, _, _), _)| network.strong_count() > 0);
    all.insert(0, ((Arc::downgrade(&shown.network), shown.roots.clone(), place), made.clone()));
    all.truncate(KEPT);
    made
}

/// How far each station of a layout has come, in its order.
fn steps(shown: &Shown, layout: &Layout) -> Vec<Option<Step>> {
    let mut all = shown.board.steps();
    let mut steps = Vec::with_capacity(layout.numbers.len());
    for number in &layout.numbers {
        // Both are in the order of numbers.
        let found = all.find(|(station, _)| station.number == *number);
        steps.push(found.and_then(|(_, step)| step));
    }
    steps
}

fn is_silent(step: Option<Step>, goal: Step) -> bool {
    step.is_none_or(|step| step < goal)
}

/// The map of everything or of one area; nothing where the list places no station of it.
pub(super) fn map(app: &App, visit: &Visit, shown: &Shown, place: Option<u32>) -> Option<Drawn> {
    let layout = layout(app, shown, place)?;
    let (steps, goal) = (steps(shown, &layout), shown.case.goal);
    let goal_word = step_word(visit.texts(), goal);
    let silent = steps.iter().filter(|step| is_silent(**step, goal)).count();
    let title = visit.ta(
        "know-geo-title",
        &[("silent", silent.into()), ("of", steps.len().into()), ("goal", goal_word.as_str().into())],
    );
    let words = if layout.bins.is_some() { "know-geo-hexes" } else { "know-geo-marks" };
    let subtitle = visit.ta(words, &[("goal", goal_word.as_str().into())]);
    let (svg, key) = match &layout.bins {
        Some((found, areas)) => {
            let drawn = hexagons(visit, shown, (found, areas), (&steps, place));
            (hexes(&title, &subtitle, (&layout.sheet, found.radius), &drawn), key_of_hexes(visit))
        }
        None => {
            let drawn = signs(visit, shown, &layout, &steps);
            (marks(&title, &subtitle, &layout.sheet, &drawn), key_of_marks(visit, &steps))
        }
    };
    let frame = Frame { title, subtitle, svg, svg_href: None, csv_href: None };
    Some(Drawn { frame, key, without: u64::try_from(layout.without).unwrap_or(u64::MAX) })
}

fn signs(visit: &Visit, shown: &Shown, layout: &Layout, steps: &[Option<Step>]) -> Vec<Mark> {
    let words = step_words(visit);
    let all = layout.numbers.iter().zip(&layout.at).zip(steps);
    all.map(|((number, at), step)| {
        let (shape, colour) = sign(*step);
        let word = words.get(step).map_or("", String::as_str);
        Mark {
            at: *at,
            shape,
            colour,
            text: format!("{}: {word}", shown.network.name(*number)),
            href: format!("stations/{number}"),
        }
    })
    .collect()
}

fn step_words(visit: &Visit) -> BTreeMap<Option<Step>, String> {
    let mut words: BTreeMap<Option<Step>, String> =
        Step::ALL.iter().map(|step| (Some(*step), step_word(visit.texts(), *step))).collect();
    words.insert(None, visit.t("know-step-none"));
    words
}

fn key_of_marks(visit: &Visit, steps: &[Option<Step>]) -> Vec<Sign> {
    let mut counts: BTreeMap<Option<Step>, u64> = BTreeMap::new();
    for step in steps {
        *counts.entry(*step).or_default() += 1;
    }
    let words = step_words(visit);
    let line = |(step, count): (&Option<Step>, &u64)| {
        let (shape, colour) = sign(*step);
        (symbol(shape, &colour), words.get(step).cloned().unwrap_or_default(), Some(*count))
    };
    counts.iter().map(line).collect()
}

fn key_of_hexes(visit: &Visit) -> Vec<Sign> {
    let up_to = |fifth: u64| {
        let share = visit.texts().share(fifth, 5, 0).unwrap_or_default();
        let word = visit.ta("know-geo-up-to", &[("share", share.as_str().into())]);
        (filled(fifth, 5, &shade(fifth, 5)), word, None)
    };
    let none = (filled(0, 5, &Colour::Missing), visit.t("know-geo-none-silent"), None);
    std::iter::once(none).chain((1..=5).map(up_to)).collect()
}

fn hexagons(
    visit: &Visit,
    shown: &Shown,
    (found, areas): (&Bins, &[Option<u32>]),
    (steps, place): (&[Option<Step>], Option<u32>),
) -> Vec<Hex> {
    let goal = shown.case.goal;
    let mut counts = vec![(0_u64, 0_u64); found.middles.len()];
    for (bin, step) in found.of.iter().zip(steps) {
        if let Some((of, silent)) = counts.get_mut(*bin) {
            *of += 1;
            *silent += u64::from(is_silent(*step, goal));
        }
    }
    let tree = &shown.network.tree;
    let all = found.middles.iter().zip(areas).zip(counts);
    all.map(|((middle, line), (of, silent))| {
        // Where nothing is below, the list of its stations.
        let (path, place) = if line.is_some() { ("arrival", *line) } else { ("arrival/silent", place) };
        let area = place.and_then(|place| tree.area(place));
        let (name, code) = area.map_or(("", ""), |area| (area.name.as_str(), area.code.as_str()));
        let text =
            visit.ta("know-geo-hex", &[("area", name.into()), ("silent", silent.into()), ("of", of.into())]);
        Hex {
            at: *middle,
            weight: of,
            part: silent,
            colour: shade(silent, of),
            text,
            href: format!("{path}?area={}", in_address(code)),
        }
    })
    .collect()
}
