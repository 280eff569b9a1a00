//! What readers may know of a run: that it goes on, and how far it is. No words of the plan stand here, nor of the people;
//! a mirror shows the same. Exercises are never here.

use super::around;
use super::data::{self, PublicLine, Row0};
use super::words::seconds;
use askama::Template;
use axum::extract::{Path, State};
use scr_engine::ActError;
use scr_web::components::{Moment, Tag, Tone};
use scr_web::{App, Reply, Seal, Visit, page, run};
use std::sync::Arc;

#[derive(Template)]
#[template(path = "runs/public.html")]
struct PublicPage<'a> {
    visit: &'a Visit,
    row: &'a Row0,
    /// Who carries it out.
    org: String,
    tag: Tag,
    seal: Seal,
    began: i64,
    ended: Option<i64>,
    steps_done: usize,
    moments: Vec<Moment>,
}

fn tag(visit: &Visit, row: &Row0, is_paused: bool) -> Tag {
    match row.ending.as_str() {
        "completed" => Tag::new(Tone::Good, visit.t("runs-ending-completed")),
        "aborted" => Tag::new(Tone::Warn, visit.t("runs-ending-aborted")),
        "" if is_paused => Tag::new(Tone::Warn, visit.t("runs-paused")),
        "" => Tag::new(Tone::Note, visit.t("runs-under-way")),
        _ => Tag::new(Tone::Alarm, visit.t("runs-ending-failed")),
    }
}

/// Steps that were done: a place counts once for each time it was signed by all who sign.
fn done(lines: &[PublicLine]) -> usize {
    let signed = |line: &PublicLine| line.act == "countersigned";
    let double: Vec<&str> =
        lines.iter().filter(|line| signed(line)).map(|line| line.place.as_str()).collect();
    let single = |line: &&PublicLine| line.act == "done" && !double.contains(&line.place.as_str());
    lines.iter().filter(|line| signed(line)).count() + lines.iter().filter(single).count()
}

pub(super) async fn show(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        let found = app.engine.read(|views| {
            let Some(row) = data::row_of(views, &id)? else { return Ok(None) };
            let lines = data::public_lines(views, &id)?;
            let org = around::name_of(views, &row.org)?;
            Ok(Some((row, lines, org)))
        })?;
        let found = found.filter(|(row, ..)| row.is_public && !row.is_exercise());
        let (row, lines, org) = found.ok_or_else(|| ActError::from(data::absent()))?;
        let is_paused = lines
            .iter()
            .rfind(|line| matches!(line.act.as_str(), "paused" | "resumed"))
            .is_some_and(|line| line.act == "paused");
        let told = |line: &&PublicLine| {
            matches!(
                line.act.as_str(),
                "started"
                    | "done"
                    | "countersigned"
                    | "timed-out"
                    | "refused"
                    | "aborted"
                    | "ended"
                    | "paused"
                    | "resumed"
            )
        };
        let moment = |line: &PublicLine| Moment {
            at: seconds(line.run_at),
            // i18n: runs-public-*
            text: visit.ta(&format!("runs-public-{}", line.act), &[("place", line.place.as_str().into())]),
            seal: Some(app.seal(line.index, line.at)),
        };
        let template = PublicPage {
            visit,
            org,
            tag: tag(visit, &row, is_paused),
            seal: app.seal(row.index, row.at),
            began: seconds(row.run_at),
            ended: row.ended_at.map(seconds),
            steps_done: done(&lines),
            moments: lines.iter().rev().filter(told).map(moment).collect(),
            row: &row,
        };
        Ok(page(&template).into())
    })
    .await
}
