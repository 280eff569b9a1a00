//! The plan in words, as a drawing and as a table.

use super::form::{self, Block};
use super::typed::{Contest, Wanted};
use super::work::{Enough, Family, Method, Outcome, Plan, Planned, SEED, Size, Sizes, Together};
use askama::Template;
use scr_charts::{Colour, Strip, Tick, strips};
use scr_i18n::Arg;
use scr_web::components::{Crumb, Frame};
use scr_web::{FormState, Visit};

/// The page, empty or with a plan.
#[derive(Template)]
#[template(path = "plan/page.html")]
pub(super) struct Page<'a> {
    pub(super) visit: &'a Visit,
    pub(super) form: &'a FormState,
    pub(super) crumbs: Vec<Crumb>,
    pub(super) blocks: Vec<Block>,
    /// Whether more than one contest is typed.
    pub(super) several: bool,
    pub(super) rules: Vec<(&'static str, String)>,
    pub(super) shown: Option<Shown>,
}

/// What the page shows of a plan.
pub(super) struct Shown {
    /// The answer, sentence by sentence.
    answer: Vec<String>,
    together: Option<Drawn>,
    contests: Vec<ShownContest>,
    families: Vec<ShownFamily>,
    limit: String,
    errors: String,
    /// One in two audits or more was run on paper.
    simulated: bool,
    csv: String,
    json: String,
}

struct ShownContest {
    name: String,
    answer: Vec<String>,
    margin: Option<String>,
    claim: Option<(usize, String)>,
    drawn: Option<Drawn>,
}

/// A drawing with its table.
struct Drawn {
    frame: Frame,
    lines: Vec<Line>,
}

/// One method's line in the table.
struct Line {
    method: String,
    /// One cell over all columns, where there are no sizes.
    instead: Option<String>,
    cells: Vec<Cell>,
    /// Audits run on paper.
    audits: Option<u32>,
}

struct Cell {
    text: String,
    /// What more is to be said: draws, where they are more than ballots, or batches.
    more: Option<String>,
}

/// What people do.
struct ShownFamily {
    title: String,
    does: String,
    needs: String,
    better: String,
}

/// Makes the page; `query` is what stands behind `?` in the address.
pub(super) fn page<'a>(
    visit: &'a Visit,
    form: &'a FormState,
    plan: Option<(&Wanted, &Plan)>,
    query: &str,
) -> Page<'a> {
    let shown = plan.map(|(wanted, plan)| Words { visit, wanted }.shown(plan, query));
    let blocks = form::blocks(visit, form);
    Page {
        several: blocks.iter().filter(|block| block.used).count() > 1,
        blocks,
        rules: form::rules(visit),
        crumbs: vec![Crumb::new("/audits", visit.t("audit-public-list"))],
        visit,
        form,
        shown,
    }
}

/// The name of a method.
pub(super) fn method_name(visit: &Visit, method: Method) -> String {
    // i18n: audit-plan-method-*
    visit.t(&format!("audit-plan-method-{}", method.name()))
}

struct Words<'a> {
    visit: &'a Visit,
    wanted: &'a Wanted,
}

impl Words<'_> {
    fn shown(&self, plan: &Plan, query: &str) -> Shown {
        let visit = self.visit;
        let alone = plan.contests.len() == 1;
        let pairs = || self.wanted.contests.iter().zip(&plan.contests);
        let contests: Vec<ShownContest> =
            pairs().map(|(contest, planned)| self.contest(contest, planned)).collect();
        let is_there = |family: Family| {
            plan.contests.iter().flat_map(|planned| &planned.rows).any(|row| row.method.family() == family)
        };
        let rows = || plan.contests.iter().flat_map(|planned| &planned.rows);
        let simulated =
            rows().any(|row| matches!(&row.outcome, Outcome::Sample(sizes) if sizes.audits.is_some()));
        let together = self.together(plan);
        let answer = match contests.first() {
            Some(first) if alone => first.answer.clone(),
            _ => self.for_all(plan, together.is_some()),
        };
        Shown {
            answer,
            together,
            families: Family::ALL
                .into_iter()
                .filter(|family| is_there(*family))
                .map(|f| self.family(f))
                .collect(),
            contests,
            limit: visit.texts().decimal(self.wanted.limit.trim_end_matches('%')),
            errors: visit.texts().decimal(&self.wanted.errors),
            simulated,
            csv: format!("/audits/plan.csv?{query}"),
            json: format!("/audits/plan.json?{query}"),
        }
    }

    fn family(&self, family: Family) -> ShownFamily {
        // i18n: audit-plan-family-* audit-plan-does-* audit-plan-needs-* audit-plan-better-*
        let text = |what: &str| self.visit.t(&format!("audit-plan-{what}-{}", family.name()));
        ShownFamily {
            title: text("family"),
            does: text("does"),
            needs: text("needs"),
            better: text("better"),
        }
    }

    fn contest(&self, contest: &Contest, planned: &Planned) -> ShownContest {
        let visit = self.visit;
        let all = contest.ballots;
        let margin = planned.margin.as_ref().and_then(|margin| {
            let votes = margin.votes?;
            let share = visit.texts().share(votes, all, 2).unwrap_or_default();
            let args = [("votes", votes.into()), ("share", share.into()), ("ballots", all.into())];
            Some(visit.ta("audit-plan-margin", &args))
        });
        let claim = planned.margin.as_ref().map(|margin| (margin.claims, margin.claim.clone()));
        let rows: Vec<(Method, &Outcome)> =
            planned.rows.iter().map(|row| (row.method, &row.outcome)).collect();
        ShownContest {
            name: contest.name.clone(),
            answer: self.answer(all, planned),
            margin,
            claim,
            drawn: (!rows.is_empty()).then(|| self.drawn(all, &rows)),
        }
    }

    /// A sentence for each kind of work.
    fn answer(&self, all: u64, planned: &Planned) -> Vec<String> {
        if planned.margin.is_none() {
            return vec![self.visit.ta("audit-plan-answer-tie", &[("ballots", all.into())])];
        }
        let first = |family: Family| planned.rows.iter().find(|row| row.method.family() == family);
        let rows = Family::ALL.into_iter().filter_map(first);
        rows.map(|row| self.sentence(all, row.method.family(), &row.outcome)).collect()
    }

    fn sentence(&self, all: u64, family: Family, outcome: &Outcome) -> String {
        // i18n: audit-plan-answer-*
        let text = |kind: &str, args: &[(&str, Arg)]| {
            self.visit.ta(&format!("audit-plan-answer-{}{kind}", family.name()), args)
        };
        match outcome {
            Outcome::Full => text("-full", &[("ballots", all.into())]),
            Outcome::Beyond(most) => text("-beyond", &[("most", (*most).into()), ("ballots", all.into())]),
            Outcome::Sample(sizes) => {
                let Size { ballots, batches, .. } = sizes.expected;
                let looked = ("looked", ballots.into());
                match batches {
                    Some(batches) => {
                        let of = self.wanted.batches.unwrap_or(batches);
                        text("", &[looked, ("batches", batches.into()), ("of", of.into())])
                    }
                    None => text("", &[looked, ("ballots", all.into())]),
                }
            }
        }
    }

    /// The answer for several contests.
    fn for_all(&self, plan: &Plan, together: bool) -> Vec<String> {
        let visit = self.visit;
        let count = plan.contests.len();
        if !together {
            return vec![visit.ta("audit-plan-apart", &[("count", count.into())])];
        }
        let all = self.wanted.contests.first().map_or(0, |contest| contest.ballots);
        let mut sentences = vec![visit.ta("audit-plan-one-sample", &[("count", count.into())])];
        let first = |family: Family| plan.together.iter().find(|one| one.method.family() == family);
        for one in Family::ALL.into_iter().filter_map(first) {
            sentences.push(self.sentence(all, one.method.family(), &Outcome::Sample(one.sizes.clone())));
        }
        sentences
    }

    fn together(&self, plan: &Plan) -> Option<Drawn> {
        let all = self.wanted.contests.first()?.ballots;
        let outcomes: Vec<(&Together, Outcome)> =
            plan.together.iter().map(|one| (one, Outcome::Sample(one.sizes.clone()))).collect();
        let rows: Vec<(Method, &Outcome)> =
            outcomes.iter().map(|(one, outcome)| (one.method, outcome)).collect();
        let mut drawn = (!rows.is_empty()).then(|| self.drawn(all, &rows))?;
        let names = outcomes.iter().map(|(one, _)| &self.wanted.contests[one.largest].name);
        let name = names.into_iter().next()?;
        drawn.frame.title = self.visit.ta("audit-plan-largest", &[("name", name.into())]);
        Some(drawn)
    }

    fn drawn(&self, all: u64, rows: &[(Method, &Outcome)]) -> Drawn {
        let visit = self.visit;
        let least = rows.iter().filter_map(|(method, outcome)| match outcome {
            Outcome::Sample(sizes) => Some((*method, sizes.expected.ballots)),
            _ => None,
        });
        let title = match least.min_by_key(|(_, ballots)| *ballots) {
            Some((method, ballots)) => {
                let name = method_name(visit, method);
                let args = [("method", name.into()), ("looked", ballots.into()), ("ballots", all.into())];
                visit.ta("audit-plan-chart-title", &args)
            }
            None => visit.ta("audit-plan-chart-title-full", &[("ballots", all.into())]),
        };
        let drawn: Vec<Strip> =
            rows.iter().map(|(method, outcome)| self.strip(all, *method, outcome)).collect();
        let ticks = self.ticks(all, &drawn);
        let frame = Frame {
            svg: strips(&title, &visit.t("audit-plan-chart-text"), &drawn, &ticks, visit.is_rtl()),
            title,
            subtitle: visit.t("audit-plan-chart-subtitle"),
            svg_href: None,
            csv_href: None,
        };
        Drawn {
            frame,
            lines: rows.iter().map(|(method, outcome)| self.line(all, *method, outcome)).collect(),
        }
    }

    fn strip(&self, all: u64, method: Method, outcome: &Outcome) -> Strip {
        let visit = self.visit;
        let colour = match method.family() {
            Family::Comparison => Colour::Mark(1),
            Family::Polling => Colour::Mark(2),
            Family::Batches => Colour::Mark(3),
        };
        let (figure, dot, band, beyond) = match outcome {
            Outcome::Full => {
                (visit.ta("audit-plan-all", &[("ballots", all.into())]), Some(all), Vec::new(), None)
            }
            Outcome::Beyond(most) => {
                (visit.ta("audit-plan-beyond", &[("most", (*most).into())]), None, Vec::new(), Some(*most))
            }
            Outcome::Sample(sizes) => {
                (self.figure(sizes), Some(sizes.expected.ballots), band(sizes, all), None)
            }
        };
        Strip { label: method_name(visit, method), figure, dot, band, beyond, colour }
    }

    fn figure(&self, sizes: &Sizes) -> String {
        let looked = sizes.expected.ballots;
        if let Some(batches) = sizes.expected.batches {
            let args = [("looked", looked.into()), ("batches", batches.into())];
            return self.visit.ta("audit-plan-figure-batches", &args);
        }
        let ninety = sizes.enough.iter().find(|(percent, _)| *percent == 90);
        match ninety {
            Some((_, Enough::Size(size))) if sizes.audits.is_some() => {
                let args = [("looked", looked.into()), ("enough", size.ballots.into())];
                self.visit.ta("audit-plan-figure-ninety", &args)
            }
            Some((_, Enough::All)) => {
                self.visit.ta("audit-plan-figure-ninety-all", &[("looked", looked.into())])
            }
            _ => self.visit.ta("audit-plan-figure", &[("looked", looked.into())]),
        }
    }

    /// Powers of ten, and all ballots at the end.
    fn ticks(&self, all: u64, strips: &[Strip]) -> Vec<Tick> {
        let sizes = strips
            .iter()
            .flat_map(|strip| strip.dot.into_iter().chain(strip.band.iter().copied()).chain(strip.beyond));
        let least = sizes.min().unwrap_or(1).clamp(1, all.max(1));
        let first = 10_u64.pow(least.ilog10());
        let powers: Vec<u64> = std::iter::successors(Some(first), |value| value.checked_mul(10))
            .take_while(|value| *value < all || *value == first)
            .collect();
        // Five numbers stand beside each other on a telephone, and the last is the longest.
        let length = |from: u64| (all as f64).log10() - (from as f64).log10();
        let step = powers.len().div_ceil(4).max(1);
        let texts = self.visit.texts();
        let tick = |(at, value): (usize, u64)| {
            let said = at == 0 || (at % step == 0 && length(value) >= length(first) * 0.32);
            Tick { value, text: if said { texts.number(value) } else { String::new() } }
        };
        let mut ticks: Vec<Tick> = powers.into_iter().enumerate().map(tick).collect();
        ticks.push(Tick {
            value: all,
            text: self.visit.ta("audit-plan-all-short", &[("ballots", all.into())]),
        });
        ticks
    }

    fn line(&self, all: u64, method: Method, outcome: &Outcome) -> Line {
        let visit = self.visit;
        let method = method_name(visit, method);
        let instead = |text: String| Line {
            method: method.clone(),
            instead: Some(text),
            cells: Vec::new(),
            audits: None,
        };
        match outcome {
            Outcome::Full => instead(visit.ta("audit-plan-all", &[("ballots", all.into())])),
            Outcome::Beyond(most) => instead(visit.ta("audit-plan-beyond-long", &[("most", (*most).into())])),
            Outcome::Sample(sizes) => {
                let mut cells = vec![self.cell(sizes.expected)];
                for percent in super::work::PERCENTS {
                    let found = sizes.enough.iter().find(|(one, _)| *one == percent);
                    cells.push(match found {
                        Some((_, Enough::Size(size))) => self.cell(*size),
                        Some((_, Enough::All)) => Cell {
                            text: visit.ta("audit-plan-all-short", &[("ballots", all.into())]),
                            more: None,
                        },
                        _ => Cell { text: "–".to_owned(), more: None },
                    });
                }
                Line { method, instead: None, cells, audits: sizes.audits }
            }
        }
    }

    fn cell(&self, size: Size) -> Cell {
        let more = match size.batches {
            Some(batches) => Some(self.visit.ta("audit-plan-batches", &[("batches", batches.into())])),
            None if size.draws != size.ballots => {
                Some(self.visit.ta("audit-plan-draws", &[("draws", size.draws.into())]))
            }
            None => None,
        };
        Cell { text: self.visit.texts().number(size.ballots), more }
    }
}

/// From what is enough in half of the audits to what is in nine of ten, and on to the last that is known.
fn band(sizes: &Sizes, all: u64) -> Vec<u64> {
    let known = sizes.enough.iter().map_while(|(_, enough)| match enough {
        Enough::Size(size) => Some(size.ballots),
        Enough::All => Some(all),
        Enough::Unknown => None,
    });
    let mut band: Vec<u64> = known.collect();
    // The last of a hundred is not known of few audits.
    if let (3, Some(last)) = (band.len(), band.last().copied()) {
        band.push(last);
    }
    if band.len() < 4 || sizes.audits.is_none() { Vec::new() } else { band }
}

impl Shown {
    /// The seed of what was run on paper.
    fn seed(&self) -> &'static str {
        SEED
    }
}
