//! The page of an audit.

use super::answer::{answer, percent, tag, unit};
use super::summary::{self, Summary};
use super::{count, events};
use crate::assembled::object;
use crate::data::{self, Act, Explained, Kept};
use crate::desk::audit_of;
use crate::kinds::ROUND_CLOSED;
use crate::rounds::{Progress, progress};
use askama::Template;
use axum::extract::{Path, State};
use scr_audits::contest::Outcome;
use scr_audits::record::{Contest, Decision, Sampler};
use scr_audits::verify::AssertionRisk;
use scr_audits::workflow::{Audit, Phase, What};
use scr_canon::Hash32;
use scr_charts::{Bar, Chance, Colour, bars, scale};
use scr_engine::ActError;
use scr_web::components::{Crumb, Frame, Moment, Tag};
use scr_web::run;
use scr_web::{App, Reply, Seal, Visit, page};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A contest with what was checked of it.
struct Card {
    name: String,
    targeted: bool,
    /// Reported votes of each choice, drawn.
    chart: Frame,
    lines: Vec<Choice>,
    /// The risk after each closed round against the limit, drawn.
    risk: Option<Frame>,
    limit: String,
    risks: Vec<RiskLine>,
    /// What together means the outcome, in the words of the calculation, with the risk of each.
    claims: Vec<(String, String)>,
}

struct Choice {
    name: String,
    votes: u64,
    /// What was reported of it: elected, going on, or with so many seats.
    won: Option<String>,
    /// In what was read: by machines, where they are compared, and by people.
    reported: Option<u64>,
    read: Option<u64>,
}

struct RiskLine {
    round: u32,
    risk: String,
    met: bool,
}

/// A difference with its explanation.
struct DifferenceLine {
    one: summary::Difference,
    explained: Option<Explained>,
    seal: Option<Seal>,
}

/// A round in a line.
struct RoundLine {
    number: u32,
    draws: u64,
    units: u64,
    state: String,
    reason: String,
    seal: Option<Seal>,
}

/// A jurisdiction in a line.
struct PlaceLine {
    name: String,
    rows: u64,
    ballots: u64,
    signed: bool,
    progress: Option<Progress>,
}

#[derive(Template)]
#[template(path = "public/audit.html")]
struct AuditPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    kept: &'a Kept,
    audit: &'a Audit,
    answer: Vec<String>,
    state: Tag,
    seal: Seal,
    unit: &'static str,
    method: String,
    means: String,
    cards: Vec<Card>,
    summary: Arc<Summary>,
    differences: Vec<DifferenceLine>,
    more: u64,
    rounds: Vec<RoundLine>,
    places: Vec<PlaceLine>,
    ballots: u64,
    signed: u64,
    moments: Vec<Moment>,
    cvrs: Vec<(String, String, Seal)>,
    has_record: bool,
    has_sampler: bool,
    needs_cvrs: bool,
    /// Boards are at work.
    is_open: bool,
    /// Some contest was counted in rounds, which have a page.
    counted_in_rounds: bool,
    origin: String,
}

pub(super) async fn show(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        let kept = audit_of(&app, &id)?;
        make(&app, visit, &kept)
    })
    .await
}

fn make(app: &Arc<App>, visit: &Visit, kept: &Kept) -> Result<Reply, ActError> {
    let audit = &kept.audit;
    let progress = progress(&app.engine, kept)?;
    let summary = summary::of(app, kept)?;
    let version = audit.version();
    let (acts, explained, cvrs, lines) = app.engine.read(|views| {
        Ok((
            data::acts(views, &kept.id)?,
            data::explained(views, &kept.id, version)?,
            data::published_cvrs(views, &kept.id, version)?,
            data::rounds(views, &kept.id, version)?,
        ))
    })?;
    let method = crate::acts::name_of(&audit.settings().method)?;
    let places: Vec<PlaceLine> = places(audit, &progress);
    let more = (summary.compared.all.len() as u64).saturating_sub(summary.differences.len() as u64);
    let template = AuditPage {
        visit,
        crumbs: vec![Crumb::new("/audits", visit.t("audit-public-list"))],
        kept,
        audit,
        answer: answer(visit, kept, &progress),
        state: tag(visit, audit.phase()),
        seal: app.seal(kept.changed_index, kept.changed_at),
        unit: unit(audit.settings().method),
        // i18n: audit-public-method-*, audit-public-means-*
        method: visit.t(&format!("audit-public-method-{method}")),
        means: visit.t(&format!("audit-public-means-{method}")),
        cards: cards(visit, audit, (&summary, &claims(app, version, &acts)?)),
        differences: differences(app, &summary, &explained),
        summary,
        more,
        rounds: rounds(app, visit, audit, &lines),
        ballots: places.iter().map(|place| place.ballots).sum(),
        signed: places.iter().filter(|place| place.signed).count() as u64,
        places,
        moments: events::moments(app, visit, &acts, true),
        cvrs: cvrs
            .into_iter()
            .map(|(name, hash, index, at)| (name, hash.to_hex(), app.seal(index, at)))
            .collect(),
        has_record: audit.committed().is_some(),
        has_sampler: !audit.rounds().is_empty() && has_inputs(audit.settings().sampler),
        needs_cvrs: What::needed(audit.settings().method).contains(&What::Cvrs),
        is_open: audit.phase() == Phase::RoundOpen,
        counted_in_rounds: count::is_told(kept, &acts),
        origin: app.engine.ledger().origin().to_owned(),
    };
    Ok(page(&template).into())
}

fn differences(
    app: &App,
    summary: &Summary,
    explained: &BTreeMap<(usize, u32), Explained>,
) -> Vec<DifferenceLine> {
    let line = |one: &summary::Difference| {
        // A ballot is explained as one, and differs in several contests.
        let explained = explained.get(&one.key).cloned();
        let seal = explained.as_ref().map(|explained| app.seal(explained.index, explained.at));
        DifferenceLine { one: one.clone(), explained, seal }
    };
    summary.differences.iter().map(line).collect()
}

fn places(audit: &Audit, progress: &BTreeMap<String, Progress>) -> Vec<PlaceLine> {
    let line = |(name, one): (&String, &scr_audits::workflow::Jurisdiction)| {
        let manifest = one.uploads.get(&What::Manifest);
        PlaceLine {
            name: name.clone(),
            rows: manifest.map_or(0, |upload| upload.rows),
            ballots: manifest.map_or(0, |upload| upload.ballots),
            signed: one.signed.is_some(),
            progress: progress.get(name).cloned(),
        }
    };
    audit.jurisdictions().iter().map(line).collect()
}

fn rounds(app: &App, visit: &Visit, audit: &Audit, lines: &[data::RoundLine]) -> Vec<RoundLine> {
    let line = |(round, line): (&scr_audits::workflow::Round, &data::RoundLine)| {
        let state = match (round.decision, &line.closed) {
            (Decision::Abandoned, _) => "abandoned",
            (Decision::Stop, _) => "stop",
            (Decision::NextRound, _) => "next",
            (Decision::FullHandCount, _) => "full",
            (Decision::Open, Some(_)) => "closed",
            (Decision::Open, None) => "open",
        };
        let (index, at) = line.closed.as_ref().map_or((line.index, line.at), |(_, index, at)| (*index, *at));
        RoundLine {
            number: round.number,
            draws: round.opening.draws,
            units: round.opening.units.values().sum(),
            // i18n: audit-public-round-*
            state: visit.t(&format!("audit-public-round-{state}")),
            reason: round.reason.clone(),
            seal: Some(app.seal(index, at)),
        }
    };
    audit.rounds().iter().zip(lines).map(line).collect()
}

/// Of the methods by assertions for each contest those that were tested, with the risk of each after the last round
/// that was closed.
fn claims(app: &App, version: u32, acts: &[Act]) -> Result<Vec<Vec<AssertionRisk>>, ActError> {
    let closed = acts.iter().rfind(|act| act.kind == ROUND_CLOSED.name && act.version == version);
    let hash = closed.and_then(|act| act.detail.get("claims_object")?.as_str()?.parse::<Hash32>().ok());
    hash.map_or_else(|| Ok(Vec::new()), |hash| object(&app.engine, &hash))
}

fn cards(visit: &Visit, audit: &Audit, (summary, claims): (&Summary, &[Vec<AssertionRisk>])) -> Vec<Card> {
    let card = |(at, contest): (usize, &Contest)| {
        let sums = summary.compared.sums.get(at);
        let has_reported = summary.compared.compared > 0;
        let line = |(choice, name): (usize, &String)| Choice {
            name: name.clone(),
            votes: contest.votes.get(choice).copied().unwrap_or(0),
            won: won(visit, contest, choice),
            reported: sums.filter(|_| has_reported).and_then(|sums| sums.reported.get(choice).copied()),
            read: sums.and_then(|sums| sums.read.get(choice).copied()),
        };
        let closed = audit.rounds().iter().filter(|round| round.counted.is_some());
        let risks: Vec<(u32, &scr_audits::record::Measured)> =
            closed.filter_map(|round| Some((round.number, round.measured.get(at)?))).collect();
        let risk_line = |(round, one): &(u32, &scr_audits::record::Measured)| RiskLine {
            round: *round,
            risk: percent(visit, &one.p_value),
            met: one.met,
        };
        Card {
            name: contest.name.clone(),
            targeted: contest.targeted,
            chart: votes(visit, contest),
            lines: contest.choices.iter().enumerate().map(line).collect(),
            risk: (!risks.is_empty()).then(|| risk(visit, contest, &risks)),
            limit: percent(visit, &contest.risk_limit),
            risks: risks.iter().map(risk_line).collect(),
            claims: claims
                .get(at)
                .into_iter()
                .flatten()
                .map(|one| (one.claim.clone(), percent(visit, &one.p_value)))
                .collect(),
        }
    };
    audit.contests().iter().enumerate().map(card).collect()
}

/// What was reported of a choice, in words; `None`: that it lost.
fn won(visit: &Visit, contest: &Contest, choice: usize) -> Option<String> {
    match &contest.rule {
        Some(Outcome::HighestAverages { seats, .. }) => {
            let seats = seats.get(choice).copied().filter(|seats| *seats > 0)?;
            Some(visit.ta("audit-public-seats", &[("seats", seats.into())]))
        }
        Some(rule) => {
            let two = matches!(rule, Outcome::Runoff { advancing, .. } if advancing.len() > 1);
            let key = if two { "audit-public-goes-on" } else { "audit-public-won" };
            rule.winners().into_iter().any(|one| usize::from(one) == choice).then(|| visit.t(key))
        }
        None => with_most_votes(contest).contains(&choice).then(|| visit.t("audit-public-won")),
    }
}

/// The choices with the most votes, by place: as many as are elected.
fn with_most_votes(contest: &Contest) -> Vec<usize> {
    let mut order: Vec<usize> = (0..contest.votes.len()).collect();
    order.sort_by_key(|at| (std::cmp::Reverse(contest.votes[*at]), *at));
    order.truncate(contest.winners);
    order
}

/// The bar of a choice: its votes, and their share of all.
pub(super) fn votes_bar(visit: &Visit, contest: &Contest, at: usize, (votes, all): (u64, u64)) -> Bar {
    let share = visit.texts().share(votes, all, 1).unwrap_or_default();
    Bar {
        label: contest.choices.get(at).cloned().unwrap_or_default(),
        value: votes,
        figure: format!("{} ({share})", visit.texts().number(votes)),
        colour: Colour::Mark(at + 1),
    }
}

fn votes(visit: &Visit, contest: &Contest) -> Frame {
    let sum: u64 = contest.votes.iter().sum();
    let bar = |(at, votes): (usize, &u64)| votes_bar(visit, contest, at, (*votes, sum));
    let all: Vec<Bar> = contest.votes.iter().enumerate().map(bar).collect();
    let title = visit.ta("audit-public-votes-title", &[("contest", contest.name.as_str().into())]);
    let subtitle = visit.ta("audit-public-votes-subtitle", &[("ballots", contest.ballots.into())]);
    let svg = bars(&title, &subtitle, &all, 0, visit.is_rtl());
    Frame { title, subtitle, svg, svg_href: None, csv_href: None }
}

fn risk(visit: &Visit, contest: &Contest, risks: &[(u32, &scr_audits::record::Measured)]) -> Frame {
    let value = |text: &str| text.strip_prefix('<').unwrap_or(text).parse::<f64>().unwrap_or(1.0);
    let limit = value(&contest.risk_limit);
    let chance = |(round, one): &(u32, &scr_audits::record::Measured)| Chance {
        label: visit.ta("audit-public-after-round", &[("round", (*round).into())]),
        value: value(&one.p_value),
        figure: percent(visit, &one.p_value),
        colour: Colour::Mark(1),
    };
    let ticks: Vec<(f64, String)> = [(1.0, "1"), (0.1, "0.1"), (0.01, "0.01"), (0.001, "0.001")]
        .map(|(value, text)| (value, percent(visit, text)))
        .into();
    let limit_text = visit.ta("audit-public-limit", &[("limit", percent(visit, &contest.risk_limit).into())]);
    let last = risks.last().map_or(String::new(), |(_, one)| percent(visit, &one.p_value));
    let title = visit.ta("audit-public-risk-title", &[("risk", last.into())]);
    let subtitle = visit.t("audit-public-risk-subtitle");
    let chances: Vec<Chance> = risks.iter().map(chance).collect();
    let svg = scale(&title, &subtitle, &chances, (limit, &limit_text), &ticks, visit.is_rtl());
    Frame { title, subtitle, svg, svg_href: None, csv_href: None }
}

/// Whether what is drawn from can be written down as sampler inputs.
fn has_inputs(sampler: Sampler) -> bool {
    !matches!(sampler, Sampler::Colorado | Sampler::Cryptorandom)
}
