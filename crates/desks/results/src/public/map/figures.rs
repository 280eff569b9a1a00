//! The figures of a map: sums over each place, the colours that show them, and their words.

use super::BUDGET;
use crate::maps::{self, MapRow};
use crate::public::home::{Shown, find, name_of};
use crate::public::read::{ContestRow, ElectionRow};
use crate::public::{encode, read};
use rusqlite::Connection;
use scr_charts::{Colour, Place, Position, areas, circles, swatch};
use scr_results::map::{Map, Shape};
use scr_web::components::{Choice, FilterGroup};
use scr_web::{App, Reply, Visit};
use std::sync::Arc;

/// Contestants with a colour of their own; the others share one.
const COLOURS: usize = 7;

/// A feature with the sums over its units.
#[derive(Debug, Clone)]
pub(super) struct AreaRow {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) units: u64,
    pub(super) counted: u64,
    pub(super) turnout: Option<(u64, u64)>,
    pub(super) votes: Vec<(String, Option<u64>)>,
}

impl AreaRow {
    pub(super) fn sum(&self) -> u64 {
        self.votes.iter().filter_map(|(_, votes)| *votes).sum()
    }

    fn votes(&self, id: &str) -> Option<u64> {
        self.votes.iter().find(|(own, _)| own == id).and_then(|(_, votes)| *votes)
    }

    /// Who has most votes here, and whether somebody else has as many.
    pub(super) fn leader(&self) -> Option<(&str, u64, bool)> {
        let most = self.votes.iter().filter_map(|(_, votes)| *votes).max().filter(|most| *most > 0)?;
        let mut first = self.votes.iter().filter(|(_, votes)| *votes == Some(most));
        let (id, _) = first.next()?;
        Some((id, most, first.next().is_some()))
    }

    fn is_elsewhere(&self) -> bool {
        self.code.is_empty()
    }
}

fn area_rows(views: &Connection, table: u64) -> rusqlite::Result<Vec<AreaRow>> {
    let mut query = views.prepare_cached(
        "SELECT code, name, units, counted, came, registered, votes FROM results_area WHERE tbl = ?1 ORDER BY pos",
    )?;
    let count = |value: i64| u64::try_from(value).unwrap_or(0);
    let rows = query.query_map([table.cast_signed()], |row| {
        let (came, registered): (Option<i64>, Option<i64>) = (row.get(4)?, row.get(5)?);
        let votes: String = row.get(6)?;
        Ok(AreaRow {
            code: row.get(0)?,
            name: row.get(1)?,
            units: count(row.get(2)?),
            counted: count(row.get(3)?),
            turnout: came.zip(registered).map(|(came, registered)| (count(came), count(registered))),
            votes: serde_json::from_str(&votes).unwrap_or_default(),
        })
    })?;
    rows.collect()
}

/// Whether a contest's page can offer a map.
pub(crate) fn exists(views: &Connection, table: u64) -> rusqlite::Result<bool> {
    views.prepare_cached("SELECT 1 FROM results_area WHERE tbl = ?1")?.exists([table.cast_signed()])
}

/// What the colours say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Layer {
    Leader,
    Turnout,
    Share(String),
    Reported,
}

impl Layer {
    fn of(visit: &Visit, contest: &ContestRow) -> Self {
        match visit.query.get("show") {
            Some("turnout") => Self::Turnout,
            Some("reported") => Self::Reported,
            Some("share") => {
                let of = visit.query.get("of").unwrap_or_default();
                let known = contest.contestants.iter().find(|one| one.id == of);
                known.map_or(Self::Leader, |one| Self::Share(one.id.clone()))
            }
            _ => Self::Leader,
        }
    }

    fn query(&self) -> String {
        match self {
            Self::Leader => "show=leader".to_owned(),
            Self::Turnout => "show=turnout".to_owned(),
            Self::Reported => "show=reported".to_owned(),
            Self::Share(of) => format!("show=share&of={}", encode(of)),
        }
    }

    /// What is shown in steps: a part and its whole.
    fn part(&self, area: &AreaRow) -> Option<(u64, u64)> {
        match self {
            Self::Turnout => area.turnout.filter(|(_, registered)| *registered > 0),
            Self::Share(of) => Some((area.votes(of)?, area.sum())).filter(|(_, sum)| *sum > 0),
            Self::Leader | Self::Reported => None,
        }
    }
}

/// Everything that page and drawing share.
pub(super) struct Looked {
    pub(super) election: ElectionRow,
    pub(super) contest: ContestRow,
    pub(super) shown: Shown,
    pub(super) map: MapRow,
    pub(super) areas: Vec<AreaRow>,
    pub(super) layer: Layer,
    pub(super) as_circles: bool,
    /// Contestants by their votes in the whole contest, which gives each its colour.
    ranking: Vec<String>,
    /// Five steps in whole percent: the lowest and the width of one.
    steps: Option<(u64, u64)>,
}

impl Looked {
    pub(super) fn at(
        app: &Arc<App>,
        visit: &Visit,
        election: &str,
        contest: &str,
    ) -> Result<Self, Box<Reply>> {
        let (election, contest, shown) = find(app, visit, election, contest)?;
        let (map, areas) = read(app, visit, |views| {
            let Some(map) = maps::newest(views, &election.id)? else { return Ok(None) };
            let areas = area_rows(views, shown.table.index)?;
            Ok((!areas.is_empty()).then_some((map, areas)))
        })?;
        let layer = Layer::of(visit, &contest);
        let percents: Vec<u64> = areas
            .iter()
            .filter(|area| !area.is_elsewhere())
            .filter_map(|area| layer.part(area))
            .map(|(part, whole)| percent(part, whole))
            .collect();
        let steps = percents
            .iter()
            .min()
            .zip(percents.iter().max())
            .map(|(low, high)| (*low, (high + 1 - low).div_ceil(5).max(1)));
        let ranking = shown.table.totals.ranking().into_iter().map(|(id, _)| id.to_owned()).collect();
        let as_circles = visit.query.get("as") == Some("circles");
        Ok(Self { election, contest, shown, map, areas, layer, as_circles, ranking, steps })
    }

    pub(super) fn base(&self) -> String {
        format!("/elections/{}/contests/{}", self.election.id, encode(&self.contest.id))
    }

    pub(super) fn href(&self, file: &str, layer: &Layer, as_circles: bool) -> String {
        let kind = if as_circles { "circles" } else { "areas" };
        format!("{}/{file}?{}&as={kind}", self.base(), layer.query())
    }

    pub(super) fn tag(&self, visit: &Visit) -> String {
        let layer = self.layer.query();
        format!(
            "map-{}-{}-{layer}-{}-{}",
            self.map.index,
            self.shown.publication.index,
            self.as_circles,
            visit.lang_code()
        )
    }

    fn colour(&self, area: &AreaRow) -> Colour {
        match &self.layer {
            Layer::Leader => match area.leader() {
                Some((_, _, true)) => tie(),
                Some((id, _, false)) => self.colour_of(id),
                None => Colour::Missing,
            },
            Layer::Reported => match (area.counted, area.units) {
                (_, 0) | (0, _) => Colour::Missing,
                (counted, units) if counted == units => Colour::Step(4),
                _ => Colour::Step(2),
            },
            layer => match (layer.part(area), self.steps) {
                (Some((part, whole)), Some((low, width))) => {
                    let step = percent(part, whole).saturating_sub(low) / width;
                    Colour::Step(usize::try_from(step).unwrap_or(4) + 1)
                }
                _ => Colour::Missing,
            },
        }
    }

    fn colour_of(&self, id: &str) -> Colour {
        match self.ranking.iter().position(|own| own == id) {
            Some(at) if at < COLOURS => Colour::Mark(at + 1),
            _ => Colour::Mark(COLOURS + 1),
        }
    }

    pub(super) fn name(&self, visit: &Visit, area: &AreaRow) -> String {
        if area.is_elsewhere() { visit.t("results-map-elsewhere") } else { area.name.clone() }
    }

    pub(super) fn figure(&self, visit: &Visit, area: &AreaRow) -> String {
        let texts = visit.texts();
        let share = |part: u64, whole: u64| texts.share(part, whole, 1).unwrap_or_default();
        match &self.layer {
            Layer::Leader => match area.leader() {
                Some((_, _, true)) => visit.t("results-map-tie"),
                Some((id, votes, false)) => {
                    format!("{}, {}", name_of(&self.contest, id), share(votes, area.sum()))
                }
                None => visit.t("results-map-none"),
            },
            Layer::Reported => visit
                .ta("results-map-counted", &[("counted", area.counted.into()), ("units", area.units.into())]),
            layer => layer.part(area).map_or_else(
                || visit.t("results-map-none"),
                |(part, whole)| {
                    let of = [("part", part.into()), ("whole", whole.into())];
                    format!("{} ({})", share(part, whole), visit.ta("results-map-of", &of))
                },
            ),
        }
    }

    /// The finding, as a sentence.
    pub(super) fn title(&self, visit: &Visit) -> String {
        let on_map = || self.areas.iter().filter(|area| !area.is_elsewhere());
        match &self.layer {
            Layer::Leader => {
                let with = on_map().filter(|area| area.leader().is_some()).count() as u64;
                let Some(first) = self.ranking.first() else { return visit.t("results-map-none") };
                let led =
                    on_map().filter(|area| area.leader().is_some_and(|(id, _, tied)| !tied && id == first));
                visit.ta(
                    "results-map-title-leader",
                    &[
                        ("name", name_of(&self.contest, first).into()),
                        ("places", (led.count() as u64).into()),
                        ("of", with.into()),
                    ],
                )
            }
            Layer::Reported => {
                let whole =
                    on_map().filter(|area| area.units > 0 && area.counted == area.units).count() as u64;
                let of = on_map().filter(|area| area.units > 0).count() as u64;
                visit.ta("results-map-title-reported", &[("places", whole.into()), ("of", of.into())])
            }
            layer => {
                let parts: Vec<(u64, u64)> = on_map().filter_map(|area| layer.part(area)).collect();
                let by = |pair: &&(u64, u64)| u128::from(pair.0) * 1_000_000 / u128::from(pair.1.max(1));
                let ends = parts.iter().min_by_key(by).zip(parts.iter().max_by_key(by));
                let Some((low, high)) = ends else { return visit.t("results-map-none") };
                let share = |pair: &(u64, u64)| visit.texts().share(pair.0, pair.1, 1).unwrap_or_default();
                let (low, high) = (share(low), share(high));
                match layer {
                    Layer::Share(of) => {
                        let name = name_of(&self.contest, of);
                        let args = [("name", name.into()), ("low", low.into()), ("high", high.into())];
                        visit.ta("results-map-title-share", &args)
                    }
                    _ => visit.ta("results-map-title-turnout", &[("low", low.into()), ("high", high.into())]),
                }
            }
        }
    }

    pub(super) fn description(&self, visit: &Visit) -> String {
        let key = if self.as_circles { "results-map-text-circles" } else { "results-map-text-areas" };
        visit.t(key)
    }

    /// The colours in words, those that occur on the map.
    pub(super) fn key(&self, visit: &Visit) -> Vec<(String, String)> {
        let mut entries: Vec<(Colour, String)> = Vec::new();
        match &self.layer {
            Layer::Leader => {
                entries.extend(
                    self.ranking
                        .iter()
                        .take(COLOURS)
                        .map(|id| (self.colour_of(id), name_of(&self.contest, id))),
                );
                entries.push((Colour::Mark(COLOURS + 1), visit.t("results-map-others")));
                entries.push((tie(), visit.t("results-map-tie")));
            }
            Layer::Reported => {
                entries.push((Colour::Step(4), visit.t("results-map-all")));
                entries.push((Colour::Step(2), visit.t("results-map-some")));
            }
            _ => {
                if let Some((low, width)) = self.steps {
                    entries.extend((0..5_u64).zip(1..).map(|(at, step)| {
                        let args =
                            [("from", (low + at * width).into()), ("to", (low + (at + 1) * width).into())];
                        (Colour::Step(step), visit.ta("results-map-step", &args))
                    }));
                }
            }
        }
        entries.push((Colour::Missing, visit.t("results-map-none")));
        let used: Vec<Colour> =
            self.areas.iter().filter(|area| !area.is_elsewhere()).map(|area| self.colour(area)).collect();
        entries.retain(|(colour, _)| used.contains(colour));
        entries.into_iter().map(|(colour, text)| (swatch(&colour), text)).collect()
    }

    pub(super) fn choices(&self, visit: &Visit) -> Vec<FilterGroup> {
        let mut layers = vec![(Layer::Leader, visit.t("results-map-show-leader"))];
        if self.areas.iter().any(|area| area.turnout.is_some()) {
            layers.push((Layer::Turnout, visit.t("results-turnout")));
        }
        layers.push((Layer::Reported, visit.t("results-map-show-reported")));
        layers.extend(self.ranking.iter().take(COLOURS).map(|id| {
            let name = name_of(&self.contest, id);
            (Layer::Share(id.clone()), visit.ta("results-map-show-share", &[("name", name.into())]))
        }));
        let choice = |(layer, text): (Layer, String)| Choice {
            href: self.href("map", &layer, self.as_circles),
            text,
            count: None,
            current: layer == self.layer,
        };
        let forms = [(false, "results-map-as-areas"), (true, "results-map-as-circles")];
        let form = |(as_circles, key): (bool, &str)| Choice {
            href: self.href("map", &self.layer, as_circles),
            text: visit.t(key),
            count: None,
            current: as_circles == self.as_circles,
        };
        vec![
            FilterGroup {
                label: visit.t("results-map-show"),
                choices: layers.into_iter().map(choice).collect(),
            },
            FilterGroup { label: visit.t("results-map-as"), choices: forms.into_iter().map(form).collect() },
        ]
    }

    pub(super) fn draw(&self, visit: &Visit, map: &Map) -> String {
        let none: &[Vec<Position>] = &[];
        let places: Vec<Place<'_>> = map
            .features
            .iter()
            .zip(&self.areas)
            .map(|(feature, area)| {
                let (rings, at) = match &feature.shape {
                    Shape::Area(rings) => (rings.as_slice(), None),
                    Shape::Point(at) => (none, Some(*at)),
                };
                let text = format!("{}: {}", self.name(visit, area), self.figure(visit, area));
                Place { rings, at, weight: area.sum(), colour: self.colour(area), text }
            })
            .collect();
        let (title, text) = (self.title(visit), self.description(visit));
        let points = map.kind == scr_results::map::Kind::Points;
        if points || self.as_circles {
            circles(&title, &text, &places, BUDGET)
        } else {
            areas(&title, &text, &places, BUDGET)
        }
    }
}

fn percent(part: u64, whole: u64) -> u64 {
    let share = u128::from(part) * 100 / u128::from(whole.max(1));
    u64::try_from(share).unwrap_or(u64::MAX)
}

/// Equal votes at the top: a grey that no contestant has.
fn tie() -> Colour {
    Colour::official("#9a9b94").unwrap_or(Colour::Missing)
}
