//! Opening a round: how many draws, what is counted beside them, and a look at the answers before anything is drawn.

use super::page::{actor, crumbs, form_page, go, href, number, own, recorded, run_heavy};
use super::proposal::{self, Proposal};
use super::words::batch as batch_name;
use crate::acts::not_yours;
use crate::assembled::public_record;
use crate::data::Kept;
use crate::public::summary::recorded as recorded_by_machines;
use crate::rounds::open_round;
use askama::Template;
use axum::extract::{Path, State};
use scr_audits::record::{Cvr, Method, Record, Sampler};
use scr_audits::verify::Size;
use scr_audits::workflow::Phase;
use scr_core::Closest;
use scr_engine::ActError;
use scr_web::components::{Answer, Crumb};
use scr_web::{App, FormState, Posted, Reply, Visit};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Draws of one round, at most.
const MAX_DRAWS: u64 = 1_000_000;
/// Batches that are counted without being drawn, at most.
const MAX_EXTRA: usize = 5_000;

/// What a round of this audit is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// One sample.
    One,
    /// A sample for each targeted contest.
    Apart,
    /// Cards that are compared, and cards that are polled.
    Strata,
    /// For each contest so many cards in all.
    Wanted,
}

impl Shape {
    fn of(record: &Record) -> Self {
        let settings = &record.settings;
        let targeted = record.contests.iter().filter(|contest| contest.targeted).count();
        if settings.sampler == Sampler::Cryptorandom {
            Self::Wanted
        } else if settings.method == Method::Hybrid {
            Self::Strata
        } else if settings.method.draws_batches() && targeted > 1 {
            Self::Apart
        } else {
            Self::One
        }
    }
}

/// A number that is asked for.
struct Field {
    name: String,
    label: String,
    hint: String,
    error: Option<String>,
    value: String,
}

/// What the planner says of a contest.
struct Told {
    contest: String,
    words: String,
}

#[derive(Template)]
#[template(path = "conduct/open.html")]
struct OpenPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    number: usize,
    told: Vec<Told>,
    fields: Vec<Field>,
    batches: bool,
    base: String,
}

#[derive(Template)]
#[template(path = "conduct/open_check.html")]
struct CheckPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    number: usize,
    answers: Vec<Answer>,
    hidden: Vec<(String, String)>,
    base: String,
}

/// An audit that waits for its next round, with all that its form needs.
struct Opening {
    kept: Kept,
    record: Record,
    /// What machines recorded of the ballots that were compared in earlier rounds.
    machines: Vec<Cvr>,
    shape: Shape,
}

impl Opening {
    fn of(app: &App, visit: &Visit, id: &str) -> Result<Self, ActError> {
        let kept = own(app, visit, id)?;
        if !super::rounds::is_administrator(&kept, actor(visit)?) {
            return Err(not_yours().into());
        }
        let record = public_record(&app.engine, &kept)?;
        let machines = recorded_by_machines(app, &kept)?;
        Ok(Self { shape: Shape::of(&record), record, machines, kept })
    }

    fn number(&self) -> usize {
        self.kept.audit.rounds().len() + 1
    }

    /// The names of the numbers that are asked for, each with its label and a proposal.
    fn asked(&self, visit: &Visit, proposals: &[Proposal]) -> Vec<(String, String, Option<u64>)> {
        let of = |at: usize| proposals.iter().find(|one| one.contest == at).and_then(|one| one.draws);
        let contests = self.record.contests.iter().enumerate();
        match self.shape {
            Shape::One => {
                let most = proposals.iter().filter_map(|one| one.draws).max();
                vec![("draws".to_owned(), visit.t("audit-conduct-open-draws"), most)]
            }
            Shape::Apart => contests
                .filter(|(_, contest)| contest.targeted)
                .map(|(at, contest)| {
                    let args = [("contest", contest.name.as_str().into())];
                    (format!("draws-{at}"), visit.ta("audit-conduct-open-draws-for", &args), of(at))
                })
                .collect(),
            Shape::Strata => {
                let compared = ("compared".to_owned(), visit.t("audit-conduct-open-compared"), None);
                vec![compared, ("polled".to_owned(), visit.t("audit-conduct-open-polled"), None)]
            }
            Shape::Wanted => contests
                .map(|(at, contest)| {
                    let args = [("contest", contest.name.as_str().into())];
                    (format!("draws-{at}"), visit.ta("audit-conduct-open-wanted-for", &args), of(at))
                })
                .collect(),
        }
    }

    fn show(&self, visit: &Visit, form: &FormState) -> Reply {
        let proposals = proposal::of(&self.record, &self.machines);
        let asked = self.asked(visit, &proposals);
        let typed = asked.iter().any(|(name, ..)| !form.value(name).is_empty()) || !form.is_fine();
        let field = |(name, label, proposed): &(String, String, Option<u64>)| Field {
            name: name.clone(),
            label: label.clone(),
            hint: proposed.map_or_else(
                || visit.t("audit-conduct-open-no-proposal"),
                |draws| visit.ta("audit-conduct-open-proposed", &[("count", draws.into())]),
            ),
            error: form.error(name).map(str::to_owned),
            value: match proposed {
                Some(draws) if !typed => draws.to_string(),
                _ => form.value(name).to_owned(),
            },
        };
        let template = OpenPage {
            visit,
            crumbs: self.crumbs(visit),
            form,
            number: self.number(),
            told: self.told(visit, &proposals),
            fields: asked.iter().map(field).collect(),
            batches: self.record.settings.method.draws_batches(),
            base: format!("{}/rounds", href(&self.kept.id)),
        };
        form_page(&template, form)
    }

    fn crumbs(&self, visit: &Visit) -> Vec<Crumb> {
        let rounds = (format!("{}/rounds", href(&self.kept.id)), visit.t("audit-conduct-rounds-title"));
        crumbs(visit, &self.kept, &[rounds])
    }

    fn told(&self, visit: &Visit, proposals: &[Proposal]) -> Vec<Told> {
        let told = |one: &Proposal| {
            let words = match (one.draws, one.percent) {
                (None, _) => visit.t("audit-conduct-open-hand-count"),
                (Some(draws), Some(percent)) => visit
                    .ta("audit-conduct-open-enough", &[("count", draws.into()), ("percent", percent.into())]),
                (Some(draws), None) => visit.ta("audit-conduct-open-formula", &[("count", draws.into())]),
            };
            Told { contest: self.record.contests[one.contest].name.clone(), words }
        };
        proposals.iter().map(told).collect()
    }

    /// The size as it was typed; what is wrong stands in the form.
    fn size(&self, visit: &Visit, form: &mut FormState) -> Size {
        let mut draws = |name: &str| {
            let typed = number(form.value(name)).filter(|draws| *draws <= MAX_DRAWS);
            if typed.is_none() {
                form.reject(name, visit.ta("audit-conduct-wrong-number", &[("most", MAX_DRAWS.into())]));
            }
            usize::try_from(typed.unwrap_or_default()).unwrap_or_default()
        };
        let contests = self.record.contests.iter().enumerate();
        match self.shape {
            Shape::One => Size::Draws(draws("draws")),
            Shape::Apart => Size::ByContest(
                contests
                    .filter(|(_, contest)| contest.targeted)
                    .map(|(at, _)| (at, draws(&format!("draws-{at}"))))
                    .collect(),
            ),
            Shape::Strata => Size::Strata { compared: draws("compared"), polled: draws("polled") },
            Shape::Wanted => {
                Size::Wanted(contests.map(|(at, _)| draws(&format!("draws-{at}")) as u64).collect())
            }
        }
    }
}

/// Batches by what people call them: their name, with the jurisdiction before a slash where several have it. A line is
/// one name, which may have commas in it, or several between commas.
fn extra(record: &Record, visit: &Visit, form: &mut FormState) -> Vec<usize> {
    let mut known: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, batch) in record.batches.iter().enumerate() {
        for name in [batch_name(batch), format!("{} / {}", batch.jurisdiction, batch_name(batch))] {
            known.entry(name).or_default().push(at);
        }
    }
    let names = |line: &str| -> Vec<String> {
        let one = known.contains_key(line);
        let parts = line.split(move |letter: char| letter == ',' && !one);
        parts.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
    };
    let typed: Vec<String> = form.value("extra").lines().flat_map(|line| names(line.trim())).collect();
    if typed.len() > MAX_EXTRA {
        form.reject("extra", visit.ta("audit-conduct-wrong-number", &[("most", MAX_EXTRA.into())]));
        return Vec::new();
    }
    let mut closest = Closest::among(known.keys().map(String::as_str));
    let mut found = Vec::new();
    for name in typed {
        let said = match known.get(&name).map(Vec::as_slice) {
            Some([one]) => {
                found.push(*one);
                continue;
            }
            Some(_) => visit.ta("audit-conduct-extra-several", &[("name", (&name).into())]),
            None => match closest.to(&name) {
                Some(near) => {
                    visit.ta("audit-conduct-extra-near", &[("name", (&name).into()), ("near", near.into())])
                }
                None => visit.ta("audit-conduct-extra-unknown", &[("name", (&name).into())]),
            },
        };
        form.reject("extra", said);
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The empty form.
pub(super) async fn form(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run_heavy(Arc::clone(&app), visit, move |visit| {
        let opening = Opening::of(&app, visit, &id)?;
        if opening.kept.audit.phase() != Phase::Seeded {
            return Ok(go(&format!("{}/rounds", href(&id))));
        }
        Ok(opening.show(visit, &FormState::new()))
    })
    .await
}

/// The answers as they would be drawn, or the form again: where something is wrong, or to change something. A list of
/// batches can be longer than an address.
pub(super) async fn look(State(app): State<Arc<App>>, Path(id): Path<String>, posted: Posted) -> Reply {
    let mut form = posted.form;
    run_heavy(Arc::clone(&app), posted.visit, move |visit| {
        let opening = Opening::of(&app, visit, &id)?;
        if form.is("change", "yes") {
            return Ok(opening.show(visit, &form));
        }
        opening.size(visit, &mut form);
        let extra = extra(&opening.record, visit, &mut form);
        if form.is_fine() {
            Ok(check(visit, &opening, &form, &extra))
        } else {
            Ok(opening.show(visit, &form))
        }
    })
    .await
}

fn check(visit: &Visit, opening: &Opening, form: &FormState, extra: &[usize]) -> Reply {
    let asked = opening.asked(visit, &[]);
    let mut answers: Vec<Answer> = asked
        .iter()
        .map(|(name, label, _)| Answer {
            question: label.clone(),
            answer: visit.texts().number(i128::from(number(form.value(name)).unwrap_or_default())),
            change: None,
        })
        .collect();
    let name = |at: &usize| {
        let batch = &opening.record.batches[*at];
        format!("{} / {}", batch.jurisdiction, batch_name(batch))
    };
    if !extra.is_empty() {
        answers.push(Answer {
            question: visit.t("audit-conduct-open-extra"),
            answer: extra.iter().map(name).collect::<Vec<_>>().join("; "),
            change: None,
        });
    }
    let seed = opening.kept.audit.seed().unwrap_or_default().to_owned();
    answers.push(Answer { question: visit.t("audit-conduct-seed-title"), answer: seed, change: None });
    let mut hidden: Vec<(String, String)> =
        asked.into_iter().map(|(name, ..)| (name.clone(), form.value(&name).to_owned())).collect();
    hidden.push(("extra".to_owned(), extra.iter().map(name).collect::<Vec<_>>().join("\n")));
    let (crumbs, base) = (opening.crumbs(visit), format!("{}/rounds", href(&opening.kept.id)));
    form_page(&CheckPage { visit, crumbs, number: opening.number(), answers, hidden, base }, form)
}

pub(super) async fn open(State(app): State<Arc<App>>, Path(id): Path<String>, posted: Posted) -> Reply {
    let mut form = posted.form;
    run_heavy(Arc::clone(&app), posted.visit, move |visit| {
        let opening = Opening::of(&app, visit, &id)?;
        let size = opening.size(visit, &mut form);
        let extra = extra(&opening.record, visit, &mut form);
        if !form.is_fine() {
            return Ok(opening.show(visit, &form));
        }
        match scr_web::kept(visit, &mut form, open_round(&app.engine, actor(visit)?, &id, (&size, &extra)))? {
            Some(receipts) => {
                let round = format!("{}/rounds/{}", href(&id), opening.number());
                Ok(recorded(&app, &round, &receipts))
            }
            None => Ok(opening.show(visit, &form)),
        }
    })
    .await
}
