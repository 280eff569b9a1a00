//! One object in the middle of what belongs to it.

use super::gather::{Surroundings, gather};
use super::kinds::{self, Column};
use super::near::{Item, Place};
use super::picture::{Edge, Node, draw};
use super::state::{self, Feedback, Standing};
use super::{crumbs, in_place, page_of};
use crate::vocabulary::TermLink;
use crate::vocabulary::shelf::Books;
use askama::Template;
use axum::extract::{Path, State};
use scr_engine::rusqlite;
use scr_web::components::{Choice, Crumb, FilterGroup, Search, Tag};
use scr_web::{App, Reply, Visit, page, run};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Ways of attacking that are named of one object.
const TERMS: usize = 12;
/// Steps that can be asked for.
const STEPS: [usize; 3] = [1, 2, 3];
const USUAL: usize = 2;

/// An object in the table.
struct Row {
    href: String,
    kind: String,
    title: String,
    tlp: String,
    by: String,
    shared: i64,
    tag: Option<Tag>,
    /// Until when it counts, how often it was seen, what members say.
    worth: Vec<String>,
    /// Ways of attacking that it names.
    terms: Vec<TermLink>,
}

/// A connection in the table.
struct Line {
    from: String,
    from_href: String,
    word: String,
    to: String,
    to_href: String,
    by: String,
    confidence: Option<u8>,
}

#[derive(Template)]
#[template(path = "understand/graph.html")]
struct GraphPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    title: String,
    svg: String,
    rows: Vec<Row>,
    lines: Vec<Line>,
    filters: Vec<FilterGroup>,
    search: Option<Search>,
    others: usize,
    left_out: usize,
    missing: usize,
    unsaid: usize,
    timeline: String,
}

/// Objects, and what members say of the indicators among them.
struct Seen {
    around: Surroundings,
    feedback: BTreeMap<String, Feedback>,
}

fn read(place: &Place<'_>, id: &str, steps: usize) -> rusqlite::Result<Option<Seen>> {
    let Some(around) = gather(place, id, steps)? else { return Ok(None) };
    let mut feedback = BTreeMap::new();
    for item in around.items.iter().filter(|item| item.kind() == "indicator") {
        feedback.insert(item.id().to_owned(), state::feedback(place, item.id())?);
    }
    Ok(Some(Seen { around, feedback }))
}

pub(super) async fn graph(
    State(app): State<Arc<App>>,
    Path((code, id)): Path<(String, String)>,
    visit: Visit,
) -> Reply {
    run(visit, move |visit| {
        let asked = visit.query.get("steps").and_then(|text| text.parse().ok());
        let steps = asked.filter(|steps| STEPS.contains(steps)).unwrap_or(USUAL);
        let (name, seen) = in_place(&app, visit, &code, |place| read(place, &id, steps))?;
        let books = Books::of(&app)?;
        let view = Shown { visit, code: &code, now: app.clock.now(), seen: &seen, books: &books };
        let Some(first) = seen.around.items.first() else {
            return Err(scr_engine::Fault::log(&"nothing was found").into());
        };
        let drawing = view.drawing(first);
        let template = GraphPage {
            visit,
            crumbs: crumbs(visit, &code, &name, (&id, first.title())),
            title: first.title().to_owned(),
            svg: drawing.svg,
            rows: seen.around.items.iter().map(|item| view.row(item)).collect(),
            lines: view.lines(),
            filters: vec![choices(visit, steps)],
            search: None,
            others: seen.around.items.len() - 1,
            left_out: seen.around.left_out,
            missing: seen.around.missing,
            unsaid: drawing.unsaid,
            timeline: page_of(&code, "timeline", &id),
        };
        Ok(page(&template).into())
    })
    .await
}

fn choices(visit: &Visit, taken: usize) -> FilterGroup {
    let choice = |steps: usize| Choice {
        href: visit.query.with(&visit.path, "steps", Some(&steps.to_string())),
        text: visit.ta("understand-steps", &[("count", steps.into())]),
        count: None,
        current: steps == taken,
    };
    FilterGroup { label: visit.t("understand-how-far"), choices: STEPS.map(choice).into() }
}

struct Shown<'a> {
    visit: &'a Visit,
    code: &'a str,
    now: i64,
    seen: &'a Seen,
    books: &'a Books,
}

impl Shown<'_> {
    /// Of an indicator, its state.
    fn state(&self, item: &Item) -> Option<state::State> {
        let feedback = self.seen.feedback.get(item.id()).copied()?;
        Some(state::state_of(&item.head, feedback, self.now))
    }

    fn standing(&self, item: &Item) -> Option<Standing> {
        let revoked = || item.head.revoked.then_some(Standing::Revoked);
        self.state(item).map(|state| state.standing).or_else(revoked)
    }

    fn drawing(&self, first: &Item) -> super::picture::Drawing {
        let nodes: Vec<Node> = self.seen.around.items.iter().map(|item| self.node(item)).collect();
        let edge = |link: &super::gather::Link| Edge {
            from: link.from,
            to: link.to,
            word: kinds::link(self.visit, &link.word),
        };
        // Two members who say the same make one line.
        let mut edges: Vec<Edge> = Vec::new();
        for one in self.seen.around.links.iter().map(edge) {
            if !edges
                .iter()
                .any(|other| other.from == one.from && other.to == one.to && other.word == one.word)
            {
                edges.push(one);
            }
        }
        let title = self.visit.ta("understand-graph-title", &[("name", first.title().into())]);
        let description = self.visit.ta(
            "understand-graph-description",
            &[("objects", nodes.len().into()), ("connections", edges.len().into())],
        );
        let headings = Column::ALL.map(|column| column.heading(self.visit));
        draw(&title, &description, &nodes, &edges, &headings, self.visit.is_rtl())
    }

    fn node(&self, item: &Item) -> Node {
        let state = self.standing(item).filter(|standing| *standing != Standing::Valid);
        Node {
            column: kinds::column(item.kind()),
            shape: kinds::shape(item.kind()),
            kind: kinds::word(self.visit, item.kind()),
            title: item.title().to_owned(),
            href: page_of(self.code, "objects", item.id()),
            state: state.map(|standing| state::tag(self.visit, standing).text),
        }
    }

    fn row(&self, item: &Item) -> Row {
        Row {
            href: page_of(self.code, "objects", item.id()),
            kind: kinds::word(self.visit, item.kind()),
            title: item.title().to_owned(),
            tlp: tlp(&item.found.tlp),
            by: item.by.clone(),
            shared: item.shared(),
            tag: self.standing(item).map(|standing| state::tag(self.visit, standing)),
            worth: self.state(item).map(|state| state::sentences(self.visit, &state)).unwrap_or_default(),
            terms: self.books.meant_by(&item.value).iter().take(TERMS).map(TermLink::of).collect(),
        }
    }

    fn lines(&self) -> Vec<Line> {
        let items = &self.seen.around.items;
        let line = |link: &super::gather::Link| {
            let (from, to) = (items.get(link.from)?, items.get(link.to)?);
            Some(Line {
                from: from.title().to_owned(),
                from_href: page_of(self.code, "objects", from.id()),
                word: kinds::link(self.visit, &link.word),
                to: to.title().to_owned(),
                to_href: page_of(self.code, "objects", to.id()),
                by: link.by.clone(),
                confidence: link.confidence,
            })
        };
        self.seen.around.links.iter().filter_map(line).collect()
    }
}

/// A label as FIRST writes it: never translated.
pub(super) fn tlp(name: &str) -> String {
    match name {
        "amber-strict" => "TLP:AMBER+STRICT".to_owned(),
        name => format!("TLP:{}", name.to_uppercase()),
    }
}
