//! What both pages of a comparison show.

use super::data::{self, Side};
use super::units::{List, Listed, Show};
use super::words::{self, Rate};
use super::{Number, comparison};
use crate::public::unit::field_name;
use scr_charts::{Change, Colour, changes};
use scr_engine::ActError;
use scr_results::Contestant;
use scr_results::compare::{ColumnChange, Comparison};
use scr_web::components::{Choice, FilterGroup, Frame, Pager, Search};
use scr_web::{App, FormState, Seal, Visit};
use std::sync::Arc;

/// Units of one page.
const PAGE: usize = 50;
const MAX_SEARCH_BYTES: usize = 200;

/// A contestant's or a field's line in the table.
pub(crate) struct Line {
    pub(crate) name: String,
    pub(crate) column: ColumnChange,
    pub(crate) change: i64,
    /// The change with its sign.
    pub(crate) net: String,
    pub(crate) total_first: u64,
    pub(crate) total_second: u64,
}

/// A unit with its numbers in words.
pub(crate) struct Unit {
    pub(crate) listed: Listed,
    pub(crate) numbers: Vec<(String, Option<u64>, Option<u64>)>,
}

/// The comparison of two versions, as a page shows it.
pub(crate) struct Compared {
    pub(crate) first: String,
    pub(crate) second: String,
    pub(crate) first_seal: Seal,
    pub(crate) second_seal: Seal,
    pub(crate) answer: String,
    pub(crate) only: Vec<String>,
    pub(crate) first_two: Option<String>,
    pub(crate) result: Arc<Comparison>,
    pub(crate) chart: Frame,
    pub(crate) lines: Vec<Line>,
    pub(crate) fields: Vec<Line>,
    pub(crate) margin: Vec<String>,
    pub(crate) rates: Vec<Rate>,
    pub(crate) rate_sentence: String,
    pub(crate) groups: Vec<FilterGroup>,
    pub(crate) search: Option<Search>,
    pub(crate) is_differing: bool,
    pub(crate) units: Vec<Unit>,
    pub(crate) pager: Pager,
}

/// What is asked for: two versions, and which of their units.
pub(crate) struct Asked {
    pub(crate) sides: Vec<Side>,
    /// Positions in `sides`; `None`: there is nothing to compare yet, or no such version.
    pub(crate) pair: Option<(usize, usize)>,
    /// Something was asked for that is not there.
    pub(crate) is_wrong: bool,
}

impl Asked {
    /// `first` and `second` of the address name entries. Without them: the newest of another source
    /// against the newest of all, or else a version against the one before it.
    pub(crate) fn of(visit: &Visit, sides: Vec<Side>) -> Self {
        let named = |name: &str| {
            let index = visit.query.get(name)?.parse::<u64>().ok()?;
            sides.iter().position(|side| side.index == index)
        };
        let asked = visit.query.get("first").is_some() || visit.query.get("second").is_some();
        let pair = if asked {
            named("first").zip(named("second")).filter(|(first, second)| first != second)
        } else {
            sides.first().and_then(|newest| {
                let other = sides.iter().position(|side| side.source != newest.source);
                other.or_else(|| (sides.len() > 1).then_some(1)).map(|other| (other, 0))
            })
        };
        Self { is_wrong: asked && pair.is_none(), sides, pair }
    }

    /// The choices of both lists.
    pub(crate) fn choices(&self, visit: &Visit) -> Vec<(String, String)> {
        self.sides.iter().map(|side| (side.index.to_string(), words::name_of(visit, side))).collect()
    }

    /// The lists as they stand.
    pub(crate) fn form(&self, visit: &Visit) -> FormState {
        let mut form = FormState::new();
        if let Some((first, second)) = self.pair {
            form = form.with("first", self.sides[first].index).with("second", self.sides[second].index);
        }
        if self.is_wrong {
            form.reject("second", visit.t("results-compare-wrong"));
        }
        form
    }

    /// The list that the address asks for.
    pub(crate) fn list<'a>(
        &'a self,
        visit: &Visit,
        pair: (usize, usize),
        comparison: &'a Comparison,
    ) -> List<'a> {
        let search = visit.query.get("q").map(str::trim).filter(|q| q.len() <= MAX_SEARCH_BYTES);
        List {
            comparison,
            first: &self.sides[pair.0],
            second: &self.sides[pair.1],
            show: Show::parse(visit.query.get("show").unwrap_or_default()),
            search: search.unwrap_or_default().to_owned(),
        }
    }
}

/// Compares, and puts into words.
pub(crate) fn compared(
    app: &App,
    visit: &Visit,
    base: &str,
    contestants: &[Contestant],
    asked: &Asked,
    pair: (usize, usize),
) -> Result<Compared, ActError> {
    let (first, second) = (&asked.sides[pair.0], &asked.sides[pair.1]);
    let result = comparison(app, first, second)?;
    let list = asked.list(visit, pair, &result);
    let after = visit.query.get("after").and_then(|text| text.parse::<usize>().ok());
    let (mut units, earlier) = app.engine.read(|views| {
        Ok((list.page(views, after, PAGE + 1)?, data::rates(views, (first.index, second.index))?))
    })?;
    let more = units.len() > PAGE;
    units.truncate(PAGE);
    let last = units.last().filter(|_| more).map(|unit| unit.key.to_string());
    let (first_name, second_name) = (words::name_of(visit, first), words::name_of(visit, second));
    let all = match list.show {
        Show::Differing => result.rows_differing,
        Show::OnlyFirst => result.only_left.len() as u64,
        Show::OnlySecond => result.only_right.len() as u64,
    };
    let rates = words::rates(visit, &result, &earlier);
    let lines = |contestant: bool| -> Vec<Line> {
        let of = result.columns.iter().filter(move |column| column.contestant == contestant);
        of.map(|column| line(visit, contestants, column)).collect()
    };
    Ok(Compared {
        first_seal: app.seal(first.index, first.at),
        second_seal: app.seal(second.index, second.at),
        answer: words::answer(visit, &result),
        only: words::only(visit, &result, (&first_name, &second_name)),
        first_two: first_two(visit, &result, contestants),
        chart: chart(visit, &lines(true), (&first_name, &second_name), result.common),
        lines: lines(true),
        fields: lines(false),
        margin: words::margin(visit, &result, contestants),
        rate_sentence: words::rate_sentence(visit, &rates),
        rates,
        groups: filters(visit, base, &result, list.show),
        search: Some(Search {
            action: base.to_owned(),
            label: visit.t("results-stations-search"),
            value: list.search.clone(),
            keep: visit.query.without(&["q", "after"]),
        }),
        is_differing: list.show == Show::Differing,
        pager: Pager {
            shown: units.len() as u64,
            total: list.search.is_empty().then_some(all),
            first: after.map(|_| visit.query.with(base, "after", None)),
            next: last.map(|last| visit.query.with(base, "after", Some(&last))),
            csv: Some(visit.query.with(&format!("{base}.csv"), "second", Some(&second.index.to_string())))
                .map(|href| with_first(&href, first)),
        },
        units: units.into_iter().map(|listed| unit(visit, contestants, listed)).collect(),
        first: first_name,
        second: second_name,
        result,
    })
}

/// The file names both versions, also where the page took them by default.
fn with_first(href: &str, first: &Side) -> String {
    if href.contains("first=") { href.to_owned() } else { format!("{href}&first={}", first.index) }
}

fn line(visit: &Visit, contestants: &[Contestant], column: &ColumnChange) -> Line {
    let name = if column.contestant {
        words::contestant(contestants, &column.column)
    } else {
        field_name(visit, &column.column)
    };
    let change = i64::try_from(column.change()).unwrap_or_default();
    Line {
        name,
        change,
        net: signed(visit, change),
        total_first: column.left + column.only_left,
        total_second: column.right + column.only_right,
        column: column.clone(),
    }
}

fn first_two(visit: &Visit, result: &Comparison, contestants: &[Contestant]) -> Option<String> {
    let margin = result.margin_right.as_ref().filter(|_| result.rows_differing > 0)?;
    Some(visit.ta(
        "results-compare-first-two",
        &[
            ("count", result.rows_differing_first_two.into()),
            ("first", words::contestant(contestants, &margin.first).into()),
            ("second", words::contestant(contestants, &margin.second).into()),
        ],
    ))
}

fn unit(visit: &Visit, contestants: &[Contestant], listed: Listed) -> Unit {
    let name = |number: &Number| {
        if number.votes {
            words::contestant(contestants, &number.column)
        } else {
            field_name(visit, &number.column)
        }
    };
    let numbers = listed.numbers.iter().map(|number| (name(number), number.before, number.now)).collect();
    Unit { listed, numbers }
}

fn filters(visit: &Visit, base: &str, result: &Comparison, show: Show) -> Vec<FilterGroup> {
    let choice = |one: Show, key: &str, count: u64| Choice {
        href: visit.query.with(base, "show", Some(one.code())),
        text: visit.t(key),
        count: Some(count),
        current: one == show,
    };
    let choices = vec![
        choice(Show::Differing, "results-compare-show-differing", result.rows_differing),
        choice(Show::OnlyFirst, "results-compare-show-first", result.only_left.len() as u64),
        choice(Show::OnlySecond, "results-compare-show-second", result.only_right.len() as u64),
    ];
    vec![FilterGroup { label: visit.t("results-compare-show"), choices }]
}

fn chart(visit: &Visit, lines: &[Line], names: (&str, &str), common: u64) -> Frame {
    let all: Vec<Change> = (1..)
        .zip(lines)
        .map(|(position, line)| Change {
            label: line.name.clone(),
            value: line.change,
            figure: line.net.clone(),
            colour: Colour::Mark(position),
        })
        .collect();
    let title = visit.t("results-compare-chart-title");
    Frame {
        svg: changes(&title, &visit.t("results-compare-chart-text"), &all, visit.is_rtl()),
        title,
        subtitle: visit.ta(
            "results-compare-chart-subtitle",
            &[("common", common.into()), ("first", names.0.into()), ("second", names.1.into())],
        ),
        svg_href: None,
        csv_href: None,
    }
}

/// A number with its sign.
fn signed(visit: &Visit, value: i64) -> String {
    let figure = visit.texts().number(value.unsigned_abs());
    match value {
        0 => figure,
        1.. => format!("+{figure}"),
        _ => format!("\u{2212}{figure}"),
    }
}
