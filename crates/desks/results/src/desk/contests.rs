//! A contest, and who stands in it.

use super::data::{self, ElectionRow};
use super::draft::Draft;
use super::{actor, check_id, check_text, crumbs, form_page, go, reading, recorded, run};
use crate::commands::{self, NewContest};
use askama::Template;
use axum::extract::{Path, State};
use scr_core::{ElectionId, Refusal, RefusalKind, slug};
use scr_engine::ActError;
use scr_results::Contestant;
use scr_web::components::Crumb;
use scr_web::{App, FormState, Posted, Reply, Visit};
use std::sync::Arc;

#[derive(Template)]
#[template(path = "results/desk_contest_new.html")]
struct NewPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
}

pub(crate) async fn new(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        let election = data::election(&app, &id)?;
        let mut form = FormState::new().with("votes", 1);
        if let Some(hash) = visit.query.get("from") {
            form = from_file(&app, visit, &election, hash, form)?;
        }
        Ok(new_page(visit, &election, &form))
    })
    .await
}

/// Fills the form with the contestants of a file that is being imported.
fn from_file(
    app: &App,
    visit: &Visit,
    election: &ElectionRow,
    hash: &str,
    form: FormState,
) -> Result<FormState, ActError> {
    let draft = Draft::load(app, visit, hash)?.of(&election.id)?;
    let Some(table) = reading::of(app, &draft, None)?.table else { return Ok(form.with("from", hash)) };
    let line = |one: &Contestant| {
        let id = Some(slug(&one.id)).filter(|id| !id.is_empty()).unwrap_or_else(|| one.id.clone());
        format!("{id}; {}; {}", one.name, one.group.as_deref().unwrap_or_default())
            .trim_end_matches([';', ' '])
            .to_owned()
    };
    let lines: Vec<String> = table.contestants().iter().map(line).collect();
    Ok(form
        .with("from", hash)
        .with("title", &table.contest)
        .with("id", slug(&table.contest))
        .with("contestants", lines.join("\n")))
}

fn new_page(visit: &Visit, election: &ElectionRow, form: &FormState) -> Reply {
    form_page(&NewPage { visit, crumbs: crumbs(visit, Some(election)), form }, form)
}

pub(crate) async fn define(State(app): State<Arc<App>>, Path(id): Path<String>, posted: Posted) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let election = data::election(&app, &id)?;
        let Some(contest) = contest_of(visit, &election, &mut form)? else {
            return Ok(new_page(visit, &election, &form));
        };
        match commands::define_contest(&app.engine, actor(visit)?, &contest) {
            Ok(receipts) if form.value("from").is_empty() => Ok(recorded(&app, &election.href(), &receipts)),
            Ok(receipts) => {
                let mut draft = Draft::load(&app, visit, form.value("from"))?.of(&election.id)?;
                draft.contest.clone_from(&contest.id);
                let hash = draft.save(&app)?;
                drop(recorded(&app, "", &receipts));
                let index = receipts.last().map_or(0, |receipt| receipt.index);
                Ok(go(&format!("/desk/imports/{hash}/preview?recorded={index}")))
            }
            Err(ActError::Refused(refusal)) => {
                form.refuse(visit, &refusal);
                Ok(new_page(visit, &election, &form))
            }
            Err(fault) => Err(fault),
        }
    })
    .await
}

/// The contest of the form, or nothing and errors in the form.
fn contest_of(
    visit: &Visit,
    election: &ElectionRow,
    form: &mut FormState,
) -> Result<Option<NewContest>, ActError> {
    if form.value("id").is_empty() {
        let proposed = slug(form.value("title"));
        *form = std::mem::take(form).with("id", proposed);
    }
    check_text(visit, form, "title", 200);
    check_id(visit, form, "id");
    let votes = form.value("votes").parse::<u64>().ok().filter(|votes| (1..=200).contains(votes));
    if votes.is_none() {
        form.reject("votes", visit.t("results-desk-wrong-votes"));
    }
    let lines: Vec<String> = form.value("contestants").lines().map(str::to_owned).collect();
    let mut contestants = Vec::new();
    for (number, line) in (1u64..).zip(&lines).filter(|(_, line)| !line.trim().is_empty()) {
        match contestant(line) {
            Some(one) => contestants.push(one),
            None => form.reject(
                "contestants",
                visit.ta("results-desk-wrong-contestant", &[("line", number.into()), ("text", line.into())]),
            ),
        }
    }
    let Some(votes_per_ballot) = votes.filter(|_| form.is_fine()) else { return Ok(None) };
    let election = ElectionId::new(election.id.as_str())
        .map_err(|_| Refusal::new(RefusalKind::NotFound, "SCR-RES-009").with("id", &election.id))?;
    Ok(Some(NewContest {
        election,
        id: form.value("id").to_owned(),
        title: form.value("title").to_owned(),
        votes_per_ballot,
        contestants,
    }))
}

/// `id; name; party`, `; name; party`, or `name` alone; an id that is left out is made of the name.
fn contestant(line: &str) -> Option<Contestant> {
    let parts: Vec<&str> = line.split(';').map(str::trim).collect();
    let (id, name, group) = match parts[..] {
        [name] => ("", name, ""),
        [id, name] => (id, name, ""),
        [id, name, group] => (id, name, group),
        _ => return None,
    };
    let id = if id.is_empty() { slug(name) } else { id.to_owned() };
    // The form of an id is the same for all: letters a-z, digits and dashes.
    ElectionId::new(id.as_str()).ok()?;
    let fits = !name.is_empty() && name.len() <= 200 && group.len() <= 200;
    let group = Some(group.to_owned()).filter(|group| !group.is_empty());
    fits.then(|| Contestant { id, name: name.to_owned(), group })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_contestant_and_its_id_is_proposed() {
        let read = |line: &str| contestant(line).map(|c| (c.id, c.name, c.group));
        let new = |id: &str, name: &str, group: Option<&str>| {
            Some((id.to_owned(), name.to_owned(), group.map(str::to_owned)))
        };
        assert_eq!(read("Zofia Łęcka"), new("zofia-lecka", "Zofia Łęcka", None));
        assert_eq!(read("zl; Zofia Łęcka; Unia"), new("zl", "Zofia Łęcka", Some("Unia")));
        assert_eq!(read("; Zofia Łęcka; "), new("zofia-lecka", "Zofia Łęcka", None));
        for wrong in ["سلمى", "A B; Name", "a; b; c; d", "a;"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
        assert_eq!(read("salma; سلمى"), new("salma", "سلمى", None));
    }
}
