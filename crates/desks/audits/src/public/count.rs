//! How the votes were counted, round by round, for voters: who was eliminated when, and who got which seat.

use super::page::votes_bar;
use crate::assembled::object;
use crate::data::{self, Act, Kept};
use crate::desk::audit_of;
use crate::kinds::COMMITTED;
use askama::Template;
use axum::extract::{Path, State};
use scr_audits::record::Contest;
use scr_audits::workflow::tabulated::{Runoff, RunoffRound, seats};
use scr_canon::Hash32;
use scr_charts::{Bar, Colour, bars};
use scr_engine::ActError;
use scr_web::components::{Crumb, Frame};
use scr_web::{App, Reply, Visit, page, run};
use std::sync::Arc;

/// A round, drawn.
struct Drawn {
    frame: Frame,
    /// Names with their votes, and whether they are out at its end.
    lines: Vec<(String, u64, bool)>,
    exhausted: u64,
}

/// A seat: its number, whose it is, and the quotient that won it.
struct Seat {
    number: u64,
    list: String,
    votes: u64,
    divisor: u32,
    quotient: String,
}

/// A contest, counted.
struct Counted {
    name: String,
    answer: String,
    rounds: Vec<Drawn>,
    lists: Option<Frame>,
    won: Vec<(String, u64, u64)>,
    seats: Vec<Seat>,
}

#[derive(Template)]
#[template(path = "public/count.html")]
struct CountPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    contests: Vec<Counted>,
}

/// The instant runoffs that were counted from what was committed to in this version.
fn runoffs(app: &App, version: u32, acts: &[Act]) -> Result<Vec<Runoff>, ActError> {
    let committed = acts.iter().rfind(|act| act.kind == COMMITTED.name && act.version == version);
    let hash = committed.and_then(|act| act.detail.get("counts_object")?.as_str()?.parse::<Hash32>().ok());
    hash.map_or_else(|| Ok(Vec::new()), |hash| object(&app.engine, &hash))
}

/// Whether anything of an audit was counted in rounds.
pub(super) fn is_told(kept: &Kept, acts: &[Act]) -> bool {
    let version = kept.audit.version();
    let counts = |act: &Act| act.kind == COMMITTED.name && act.version == version;
    let ranked = acts.iter().any(|act| counts(act) && act.detail.get("counts_object").is_some());
    ranked || kept.audit.contests().iter().any(|contest| seats(contest).is_some())
}

pub(super) async fn show(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        let kept = audit_of(&app, &id)?;
        let acts = app.engine.read(|views| data::acts(views, &id))?;
        let all = kept.audit.contests();
        let mut contests = Vec::new();
        for one in runoffs(&app, kept.audit.version(), &acts)? {
            contests.extend(all.get(one.contest).map(|contest| ranked(visit, contest, &one)));
        }
        contests.extend(all.iter().filter_map(|contest| listed(visit, contest)));
        let crumbs = vec![
            Crumb::new("/audits", visit.t("audit-public-list")),
            Crumb::new(format!("/audits/{id}"), kept.audit.title()),
        ];
        Ok(page(&CountPage { visit, crumbs, contests }).into())
    })
    .await
}

fn name(contest: &Contest, at: usize) -> String {
    contest.choices.get(at).cloned().unwrap_or_default()
}

fn ranked(visit: &Visit, contest: &Contest, of: &Runoff) -> Counted {
    let rounds: Vec<Drawn> =
        of.rounds.iter().enumerate().map(|(at, round)| drawn(visit, contest, of, (at, round))).collect();
    let args = [("winner", name(contest, of.winner).into()), ("rounds", rounds.len().into())];
    Counted {
        name: contest.name.clone(),
        answer: visit.ta("audit-public-count-ranked", &args),
        rounds,
        lists: None,
        won: Vec::new(),
        seats: Vec::new(),
    }
}

fn drawn(visit: &Visit, contest: &Contest, of: &Runoff, (at, round): (usize, &RunoffRound)) -> Drawn {
    let is_last = at + 1 == of.rounds.len();
    let left = || round.votes.iter().enumerate().filter_map(|(at, votes)| Some((at, (*votes)?)));
    let sum: u64 = left().map(|(_, votes)| votes).sum();
    let bar = |(at, votes): (usize, u64)| votes_bar(visit, contest, at, (votes, sum));
    let all: Vec<Bar> = left().map(bar).collect();
    let out: Vec<String> = round.out.iter().map(|at| name(contest, *at)).collect();
    let key = if is_last { "audit-public-count-last" } else { "audit-public-count-round" };
    let who = if is_last { name(contest, of.winner) } else { out.join(", ") };
    let title = visit.ta(key, &[("round", (at + 1).into()), ("who", who.into())]);
    let subtitle = visit
        .ta("audit-public-count-subtitle", &[("votes", sum.into()), ("exhausted", round.exhausted.into())]);
    // All rounds have one scale: bars grow as votes come in.
    let scale = of.rounds.iter().flat_map(|round| round.votes.iter().flatten()).max().copied().unwrap_or(0);
    let svg = bars(&title, &subtitle, &all, scale, visit.is_rtl());
    let is_out = |at: usize| !is_last && round.out.contains(&at);
    Drawn {
        frame: Frame { title, subtitle, svg, svg_href: None, csv_href: None },
        lines: left().map(|(at, votes)| (name(contest, at), votes, is_out(at))).collect(),
        exhausted: round.exhausted,
    }
}

fn listed(visit: &Visit, contest: &Contest) -> Option<Counted> {
    let given = seats(contest)?;
    let of = |list: usize| given.iter().filter(|(one, _)| *one == list).count() as u64;
    let votes = |list: usize| contest.votes.get(list).copied().unwrap_or(0);
    let said = |seats: u64| visit.ta("audit-public-count-seats", &[("seats", seats.into())]);
    let bar = |list: usize| Bar {
        label: name(contest, list),
        value: of(list),
        figure: said(of(list)),
        colour: Colour::Mark(list + 1),
    };
    let all: Vec<Bar> = (0..contest.choices.len()).map(bar).collect();
    let args = [("seats", given.len().into())];
    let (title, subtitle) =
        (visit.ta("audit-public-count-lists", &args), visit.t("audit-public-count-lists-subtitle"));
    let svg = bars(&title, &subtitle, &all, 0, visit.is_rtl());
    let seat = |(number, (list, divisor)): (u64, &(usize, u32))| Seat {
        number,
        list: name(contest, *list),
        votes: votes(*list),
        divisor: *divisor,
        quotient: quotient(visit, votes(*list), *divisor),
    };
    Some(Counted {
        name: contest.name.clone(),
        answer: visit.t("audit-public-count-how"),
        rounds: Vec::new(),
        lists: Some(Frame { title, subtitle, svg, svg_href: None, csv_href: None }),
        won: (0..contest.choices.len()).map(|list| (name(contest, list), votes(list), of(list))).collect(),
        seats: (1..).zip(&given).map(seat).collect(),
    })
}

/// Votes over a divisor, cut to hundredths.
fn quotient(visit: &Visit, votes: u64, divisor: u32) -> String {
    let hundredths = u128::from(votes) * 100 / u128::from(divisor.max(1));
    visit.texts().decimal(&format!("{}.{:02}", hundredths / 100, hundredths % 100))
}
