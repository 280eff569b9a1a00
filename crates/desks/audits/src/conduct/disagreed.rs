//! What the members of a board disagree about: the jurisdiction reads what each said and decides, with a reason.

use super::page::{actor, form_page, recorded, run};
use super::place::{Place, board_of};
use super::words::{batch as batch_name, reading};
use crate::acts::not_yours;
use crate::assembled::prepared;
use crate::boards::{resolve, work};
use askama::Template;
use axum::extract::{Path, State};
use scr_audits::workflow::{BallotReading, BoardWork, ContestForm, ContestReading, Entry, codes};
use scr_core::BoardKey;
use scr_core::{Refusal, RefusalKind};
use scr_engine::ActError;
use scr_web::components::Crumb;
use scr_web::{App, FormState, Posted, Reply, Visit};
use std::sync::Arc;

/// A contest on the ballot.
struct Asked {
    at: usize,
    name: String,
    /// What the members wrote, or what both read.
    said: String,
    torn: bool,
    ranked: bool,
    choices: Vec<(usize, String, String)>,
    kind: String,
    error: Option<String>,
}

#[derive(Template)]
#[template(path = "conduct/disagreed.html")]
struct DisagreedPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    board: u32,
    batch: String,
    position: u32,
    comment: String,
    asked: Vec<Asked>,
    back: String,
}

/// Whether the members disagree in this contest.
pub(super) fn is_torn(reading: &ContestReading) -> bool {
    matches!(reading, ContestReading::Disagreement { .. })
}

/// The ballot that a board disagrees about.
struct Ballot {
    place: Place,
    key: BoardKey,
    unit: usize,
    work: BoardWork,
    contests: Vec<ContestReading>,
    comment: String,
}

type Address = (String, String, String, String, String);

impl Ballot {
    fn of(app: &App, visit: &Visit, (id, round, name, board, unit): Address) -> Result<Self, ActError> {
        let place = Place::of(app, visit, &(id, round, name))?;
        if !place.local {
            return Err(not_yours().into());
        }
        let key = place.key(board_of(&place, &board)?);
        let (_, work) = app.engine.read(|views| Ok(work(views, &key)))??;
        let absent = || Refusal::new(RefusalKind::NotFound, codes::NOT_DEALT).with("unit", &unit);
        let at = unit.parse::<usize>().ok().and_then(|unit| unit.checked_sub(1)).ok_or_else(absent)?;
        let resolved = || Refusal::new(RefusalKind::Conflict, codes::DISAGREED).with("unit", &unit);
        match work.entry(at) {
            Some(Entry::Ballot { reading: ballot @ BallotReading::Found { contests, comment }, .. })
                if ballot.is_disagreed() =>
            {
                let (contests, comment) = (contests.clone(), comment.clone());
                Ok(Self { place, key, unit: at, work, contests, comment })
            }
            _ => Err(resolved().into()),
        }
    }

    fn show(&self, app: &App, visit: &Visit, form: &FormState) -> Result<Reply, ActError> {
        let prepared = prepared(&app.engine, &self.place.kept)?;
        let dealt = &self.work.units()[self.unit];
        let batch = prepared.inputs.batches.get(dealt.batch).map(batch_name).unwrap_or_default();
        let back = self.place.href();
        let template = DisagreedPage {
            visit,
            crumbs: self.place.crumbs(visit, &[(back.clone(), self.place.name.clone())]),
            form,
            board: self.key.board,
            batch,
            position: dealt.position.unwrap_or_default(),
            comment: self.comment.clone(),
            asked: self.asked(visit, form),
            back,
        };
        Ok(form_page(&template, form))
    }

    fn asked(&self, visit: &Visit, form: &FormState) -> Vec<Asked> {
        let one = |(at, (contest, said)): (usize, (&ContestForm, &ContestReading))| Asked {
            at,
            name: contest.name.clone(),
            said: reading(visit, contest, said),
            torn: is_torn(said),
            ranked: contest.ranked,
            choices: (0..)
                .zip(&contest.choices)
                .map(|(choice, name)| {
                    (choice, name.clone(), form.value(&format!("vote-{at}-{choice}")).to_owned())
                })
                .collect(),
            kind: form.value(&format!("kind-{at}")).to_owned(),
            error: form.error(&format!("kind-{at}")).map(str::to_owned),
        };
        self.work.contests().iter().zip(&self.contests).enumerate().map(one).collect()
    }

    /// What stands on the ballot, as it was decided; what is wrong stands in the form.
    fn decided(&self, visit: &Visit, form: &mut FormState) -> BallotReading {
        let pairs = self.work.contests().iter().zip(&self.contests).enumerate();
        let decided = pairs.map(
            |(at, (contest, said))| {
                if is_torn(said) { decide(visit, form, at, contest) } else { said.clone() }
            },
        );
        BallotReading::Found { contests: decided.collect(), comment: self.comment.clone() }
    }
}

fn decide(visit: &Visit, form: &mut FormState, at: usize, contest: &ContestForm) -> ContestReading {
    let field = format!("kind-{at}");
    match form.value(&field) {
        "blank" => return ContestReading::Blank { invalid_write_in: false },
        "none" => return ContestReading::NotOnBallot,
        "votes" => {}
        _ => {
            form.reject(&field, visit.ta("audit-conduct-wrong-kind", &[("contest", (&contest.name).into())]));
            return ContestReading::NotOnBallot;
        }
    }
    let chosen = chosen(form, at, contest);
    let key = match &chosen {
        None => "audit-conduct-wrong-ranks",
        Some(none) if none.is_empty() => "audit-conduct-wrong-votes",
        Some(_) => "",
    };
    if !key.is_empty() {
        let args = [("contest", (&contest.name).into()), ("most", contest.choices.len().into())];
        form.reject(&field, visit.ta(key, &args));
    }
    let choices = chosen.unwrap_or_default();
    ContestReading::Votes { choices, invalid_write_in: false }
}

/// The choices that were decided on, in the order of their ranks where voters rank. `None`: a rank that is none, or one
/// that stands twice, gives no order.
fn chosen(form: &FormState, at: usize, contest: &ContestForm) -> Option<Vec<u16>> {
    let mut chosen: Vec<(u64, u16)> = Vec::new();
    for (choice, _) in (0_u16..).zip(&contest.choices) {
        let typed = form.value(&format!("vote-{at}-{choice}"));
        if typed.is_empty() {
            continue;
        }
        let rank = if contest.ranked { super::page::number(typed)? } else { 1 };
        if !(1..=contest.choices.len() as u64).contains(&rank) {
            return None;
        }
        chosen.push((rank, choice));
    }
    chosen.sort_unstable();
    let twice = contest.ranked && chosen.windows(2).any(|pair| pair[0].0 == pair[1].0);
    (!twice).then(|| chosen.into_iter().map(|(_, choice)| choice).collect())
}

pub(super) async fn form(State(app): State<Arc<App>>, visit: Visit, Path(address): Path<Address>) -> Reply {
    run(visit, move |visit| Ballot::of(&app, visit, address)?.show(&app, visit, &FormState::new())).await
}

pub(super) async fn enter(
    State(app): State<Arc<App>>,
    Path(address): Path<Address>,
    posted: Posted,
) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let ballot = Ballot::of(&app, visit, address)?;
        let decided = ballot.decided(visit, &mut form);
        if !form.is_fine() {
            return ballot.show(&app, visit, &form);
        }
        let reason = form.value("reason").to_owned();
        match scr_web::kept(
            visit,
            &mut form,
            resolve(&app.engine, actor(visit)?, &ballot.key, (ballot.unit, &decided, &reason)),
        )? {
            Some(receipts) => Ok(recorded(&app, &ballot.place.href(), &receipts)),
            None => ballot.show(&app, visit, &form),
        }
    })
    .await
}
