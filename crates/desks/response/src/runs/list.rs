//! All runs: what needs me, what goes on, what has ended.

use super::acts::may_start;
use super::board::{Card, actor, cards};
use super::data::{self, Kept, Row0};
use super::words::{self, crumbs, href, seconds};
use askama::Template;
use axum::extract::State;
use scr_web::components::{Crumb, Tag, Task, Tone};
use scr_web::{App, NavItem, Reply, Seal, Visit, page, run};
use std::sync::Arc;

/// The entries of the navigation.
pub(crate) const NAV: [NavItem; 2] = [
    NavItem { group: "response-nav", text: "runs-nav", href: "/desk/response/runs" },
    NavItem { group: "response-nav", text: "runs-targets-nav", href: "/desk/response/targets" },
];

struct Line {
    href: String,
    name: String,
    occasion: String,
    is_exercise: bool,
    tag: Tag,
    began: i64,
    open: usize,
    seal: Seal,
}

#[derive(Template)]
#[template(path = "runs/list.html")]
struct ListPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    answer: String,
    tasks: Vec<Task>,
    running: Vec<Line>,
    ended: Vec<Line>,
    may_start: bool,
    /// The mark of an exercise in a row.
    exercise: Tag,
}

fn line(app: &App, visit: &Visit, kept: &Kept, cards: &[Card]) -> Line {
    let late = cards.iter().filter(|card| card.is_late).count();
    Line {
        href: href(&kept.row.run),
        name: kept.plan.name_in(visit.lang_code()).to_owned(),
        occasion: kept.start.occasion.clone(),
        is_exercise: kept.row.is_exercise(),
        tag: words::run_tag(visit, kept, late),
        began: seconds(kept.row.run_at),
        open: cards.len(),
        seal: app.seal(kept.row.index, kept.row.at),
    }
}

/// The step in words of a task; an exercise says that it is one.
fn task(visit: &Visit, kept: &Kept, card: Card) -> Task {
    let exercise =
        if kept.row.is_exercise() { format!("{} · ", visit.t("runs-exercise")) } else { String::new() };
    let name = kept.plan.name_in(visit.lang_code());
    let parts = [card.what.as_str(), name, card.left.as_str()];
    let hint: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    Task {
        href: card.href,
        text: format!("{exercise}{}", card.step),
        hint: Some(hint.join(" · ")),
        tag: Some(card.tag),
    }
}

pub(super) async fn list(State(app): State<Arc<App>>, visit: Visit) -> Reply {
    run(visit, move |visit| {
        let person = actor(visit)?;
        let wall = app.clock.now_ms();
        let all = |has_ended: bool| -> Result<Vec<Kept>, scr_engine::Fault> {
            app.engine.read(|views| {
                let rows: Vec<Row0> = data::rows(views, has_ended)?;
                let mut all = Vec::new();
                for row in rows {
                    all.extend(data::find(views, &row.run)?.filter(|kept| kept.is_seen_by(person)));
                }
                Ok(all)
            })
        };
        let mut tasks: Vec<(bool, i64, Task)> = Vec::new();
        let mut running = Vec::new();
        for kept in all(false)? {
            let now = kept.now(wall);
            let cards = cards(visit, &kept, person, now);
            running.push(line(&app, visit, &kept, &cards));
            // In a drill an hour may be a minute: what comes first is what comes first on the wall.
            let due = |card: &Card| {
                card.due.map_or(i64::MAX, |due| kept.row.clock.wall_time(due.saturating_mul(1_000)))
            };
            for card in cards.into_iter().filter(|card| card.is_mine && !kept.fold.is_paused()) {
                tasks.push((!card.is_late, due(&card), task(visit, &kept, card)));
            }
        }
        tasks.sort_by_key(|(in_time, due, _)| (*in_time, *due));
        let ended = all(true)?;
        let template = ListPage {
            visit,
            crumbs: crumbs(visit, None).into_iter().take(1).collect(),
            answer: if tasks.is_empty() {
                visit.t("runs-list-nothing")
            } else {
                visit.ta("runs-list-answer", &[("count", tasks.len().into())])
            },
            tasks: tasks.into_iter().map(|(_, _, task)| task).collect(),
            running,
            ended: ended.iter().map(|kept| line(&app, visit, kept, &[])).collect(),
            may_start: may_start(person),
            exercise: Tag::new(Tone::Alarm, visit.t("runs-exercise")),
        };
        Ok(page(&template).into())
    })
    .await
}
