//! Publishing: which version, how far the count is, and what follows from it in words.

use super::data::{self, ContestRow, ElectionRow, PublicationRow, TableRow};
use super::elections::status_text;
use super::{actor, crumbs, form_page, recorded, run};
use crate::commands::{self, NewPublication};
use askama::Template;
use axum::extract::{Path, State};
use scr_core::{ElectionId, Refusal, RefusalKind};
use scr_engine::ActError;
use scr_web::components::{Answer, Crumb};
use scr_web::{App, FormState, Posted, Reply, Visit};
use std::sync::Arc;

const STATUSES: [&str; 3] = ["unofficial-partial", "unofficial-complete", "certified"];

#[derive(Template)]
#[template(path = "results/desk_publish.html")]
struct PublishPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    contest: &'a ContestRow,
    href: String,
    import_href: String,
    versions: Vec<(String, String)>,
    statuses: Vec<(&'static str, String)>,
    shown: Option<String>,
    /// What is confirmed, when the choice is made.
    answers: Option<Vec<Answer>>,
    form: &'a FormState,
}

/// A contest that something may be published of.
struct Choices {
    election: ElectionRow,
    contest: ContestRow,
    tables: Vec<TableRow>,
    shown: Option<PublicationRow>,
}

impl Choices {
    fn of(app: &App, election: &str, contest: &str) -> Result<Self, ActError> {
        let election = data::election(app, election)?;
        let absent = || Refusal::new(RefusalKind::NotFound, "SCR-RES-015").with("id", contest);
        let found = data::contest(app, &election.id, contest)?.ok_or_else(absent)?;
        let (mut tables, publications) = app.engine.read(|views| {
            Ok((data::tables(views, &election.id)?, data::publications(views, &election.id)?))
        })?;
        tables.retain(|table| table.contest == contest);
        let shown = publications.into_iter().find(|one| one.contest == contest);
        Ok(Self { election, contest: found, tables, shown })
    }

    /// `source@version`: neither has an `@`.
    fn chosen(&self, text: &str) -> Option<&TableRow> {
        self.tables.iter().find(|table| format!("{}@{}", table.source, table.version) == text)
    }

    fn page(&self, visit: &Visit, form: &FormState, chosen: Option<&TableRow>) -> Reply {
        let name = |table: &TableRow| {
            visit.ta(
                "results-desk-version-of",
                &[
                    ("source", (&table.source_name).into()),
                    ("version", table.version.into()),
                    ("rows", table.rows.into()),
                ],
            )
        };
        let answer = |key: &str, answer: String| Answer { question: visit.t(key), answer, change: None };
        let answers = chosen.map(|table| {
            let status = status_text(visit, form.value("status"));
            let mut answers = vec![
                answer("results-desk-contest", self.contest.title.clone()),
                answer("results-desk-version", name(table)),
                answer("results-desk-status", status),
            ];
            if self.shown.is_some() {
                answers.push(answer("results-desk-reason", form.value("reason").to_owned()));
            }
            answers
        });
        let version = |table: &TableRow| (format!("{}@{}", table.source, table.version), name(table));
        let href = format!("{}/contests/{}/publish", self.election.href(), self.contest.id);
        let template = PublishPage {
            visit,
            crumbs: crumbs(visit, Some(&self.election)),
            contest: &self.contest,
            href,
            import_href: format!("{}/import", self.election.href()),
            versions: self.tables.iter().map(version).collect(),
            statuses: STATUSES.iter().map(|status| (*status, status_text(visit, status))).collect(),
            shown: self.shown.as_ref().map(|shown| {
                visit.ta(
                    "results-desk-shown-now",
                    &[("source", (&shown.source).into()), ("version", shown.version.into())],
                )
            }),
            answers,
            form,
        };
        form_page(&template, form)
    }
}

pub(crate) async fn choose(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path((election, contest)): Path<(String, String)>,
) -> Reply {
    run(visit, move |visit| {
        let choices = Choices::of(&app, &election, &contest)?;
        Ok(choices.page(visit, &FormState::new(), None))
    })
    .await
}

/// First the confirmation that repeats what follows; with `confirmed=yes`, the act.
pub(crate) async fn publish(
    State(app): State<Arc<App>>,
    Path((election, contest)): Path<(String, String)>,
    posted: Posted,
) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let choices = Choices::of(&app, &election, &contest)?;
        let chosen = choices.chosen(form.value("version"));
        if chosen.is_none() {
            form.reject("version", visit.t("results-desk-wrong-choice"));
        }
        if !STATUSES.contains(&form.value("status")) {
            form.reject("status", visit.t("results-desk-wrong-choice"));
        }
        if choices.shown.is_some() && form.value("reason").is_empty() {
            form.reject("reason", visit.t("results-desk-wrong-reason"));
        }
        let Some(table) = chosen.filter(|_| form.is_fine()) else {
            return Ok(choices.page(visit, &form, None));
        };
        if !form.is("confirmed", "yes") {
            return Ok(choices.page(visit, &form, Some(table)));
        }
        let new = NewPublication {
            election: ElectionId::new(election.as_str())
                .map_err(|_| Refusal::new(RefusalKind::NotFound, "SCR-RES-009"))?,
            contest: contest.clone(),
            source: table.source.clone(),
            version: table.version,
            status: form.value("status").to_owned(),
            reason: Some(form.value("reason").to_owned()),
        };
        match scr_web::kept(visit, &mut form, commands::publish(&app.engine, actor(visit)?, &new))? {
            Some(receipts) => Ok(recorded(&app, &choices.election.href(), &receipts)),
            None => Ok(choices.page(visit, &form, None)),
        }
    })
    .await
}
