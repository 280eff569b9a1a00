//! All rounds of an audit, and one of them: how far it is, what waits for whom, and the risk once it is closed.

use super::page::{actor, audit_of, crumbs, href, in_address, just_recorded, run};
use super::risk::{self, Risks};
use super::words::{phase, round_tag};
use crate::acts::party;
use crate::data::{self, Kept, RoundLine};
use crate::rounds::{Progress, progress_of};
use askama::Template;
use axum::extract::{Path, State};
use scr_audits::workflow::{Party, Phase, Round, codes};
use scr_charts::Part;
use scr_core::{Actor, Refusal, RefusalKind};
use scr_engine::ActError;
use scr_web::components::{Crumb, Tag, Tone};
use scr_web::{App, Reply, Seal, Visit, page};
use std::sync::Arc;

/// A round in the list.
struct RoundRow {
    version: u32,
    number: u32,
    href: String,
    tag: Tag,
    draws: u64,
    units: u64,
    risks: Vec<String>,
    reason: String,
    seal: Option<Seal>,
    closed: Option<Seal>,
}

#[derive(Template)]
#[template(path = "conduct/rounds.html")]
struct RoundsPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    phase: String,
    rows: Vec<RoundRow>,
    act: Option<(String, String)>,
    recorded: Option<Seal>,
}

/// Whether the actor runs this audit.
pub(super) fn is_administrator(kept: &Kept, actor: &Actor) -> bool {
    kept.org() == actor.org.as_str() && party(actor, None) == Some(Party::Administrator)
}

/// The page on which an audit goes on, and what it is called; none before the commitment and after the end.
fn next_page(kept: &Kept) -> Option<(String, &'static str)> {
    let base = href(&kept.id);
    let last = kept.audit.rounds().len();
    Some(match kept.audit.phase() {
        Phase::Committed => (format!("{base}/seed"), "audit-conduct-act-seed"),
        Phase::Seeded => (format!("{base}/rounds/new"), "audit-conduct-act-open"),
        Phase::RoundOpen => (format!("{base}/rounds/{last}"), "audit-conduct-act-look"),
        Phase::RoundClosed => (format!("{base}/rounds/{last}/decide"), "audit-conduct-act-decide"),
        Phase::FullHandCount => (format!("{base}/hand-count"), "audit-conduct-act-hand-count"),
        Phase::Draft | Phase::Finished => return None,
    })
}

/// What the audit waits for, for whoever runs it; for others what they may look at or take part in.
fn next_act(visit: &Visit, kept: &Kept, actor: &Actor) -> Option<(String, String)> {
    let (to, text) = next_page(kept)?;
    let may = match kept.audit.phase() {
        Phase::Committed => party(actor, None).is_some(),
        Phase::RoundOpen => true,
        _ => is_administrator(kept, actor),
    };
    may.then(|| (to, visit.t(text)))
}

pub(super) async fn list(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        let kept = audit_of(&app, &id)?;
        let mut rows = Vec::new();
        let past = kept.audit.past().iter().map(|past| (past.version, past.rounds.as_slice()));
        for (version, rounds) in past.chain([(kept.audit.version(), kept.audit.rounds())]) {
            let lines = app.engine.read(|views| data::rounds(views, &id, version))?;
            let row = |round: &Round| {
                let line = lines.iter().find(|line| line.round == round.number);
                row_of(&app, visit, &kept, (version, round), line)
            };
            rows.extend(rounds.iter().map(row));
        }
        rows.reverse();
        let template = RoundsPage {
            visit,
            crumbs: crumbs(visit, &kept, &[]),
            phase: phase(visit, kept.audit.phase()),
            rows,
            act: next_act(visit, &kept, actor(visit)?),
            recorded: just_recorded(&app, visit)?,
        };
        Ok(page(&template).into())
    })
    .await
}

fn row_of(
    app: &App,
    visit: &Visit,
    kept: &Kept,
    (version, round): (u32, &Round),
    line: Option<&RoundLine>,
) -> RoundRow {
    let current = version == kept.audit.version();
    RoundRow {
        version,
        number: round.number,
        href: if current { format!("{}/rounds/{}", href(&kept.id), round.number) } else { String::new() },
        tag: round_tag(visit, round),
        draws: round.opening.draws,
        units: round.opening.units.values().sum(),
        risks: risk::sentences(visit, kept.audit.contests(), &round.measured),
        reason: round.reason.clone(),
        seal: line.map(|line| app.seal(line.index, line.at)),
        closed: line.and_then(|line| line.closed).map(|(_, index, at)| app.seal(index, at)),
    }
}

/// A jurisdiction in a round.
struct Line {
    name: String,
    href: String,
    progress: Progress,
    bar: String,
    waits: Tag,
}

#[derive(Template)]
#[template(path = "conduct/round.html")]
struct RoundPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    round: &'a Round,
    tag: Tag,
    /// The round is the last one, and boards read.
    open: bool,
    all: Progress,
    bar: String,
    lines: Vec<Line>,
    risks: Option<Risks>,
    base: String,
    may_run: bool,
    may_close: bool,
    decide: bool,
    opened: Option<Seal>,
    closed: Option<Seal>,
    recorded: Option<Seal>,
}

/// A round of the version that the audit stands in, by its number in the address.
pub(super) fn round_of<'k>(kept: &'k Kept, number: &str) -> Result<&'k Round, Refusal> {
    let absent = || Refusal::new(RefusalKind::NotFound, codes::WRONG_STATE).with("state", "round");
    let number: u32 = number.parse().map_err(|_| absent())?;
    kept.audit.rounds().iter().find(|round| round.number == number).ok_or_else(absent)
}

/// Whether boards read in this round.
pub(super) fn is_open(kept: &Kept, round: &Round) -> bool {
    kept.audit.phase() == Phase::RoundOpen
        && kept.audit.rounds().last().is_some_and(|last| last.number == round.number)
}

/// Signed, read and not signed, disagreed, unread: what a bar shows of a jurisdiction's work.
pub(super) fn bar(visit: &Visit, title: &str, progress: &Progress) -> String {
    let read = progress.due.saturating_sub(progress.unread);
    let parts = [
        Part { label: visit.t("audit-conduct-read"), value: read - read.min(progress.disagreed), colour: 4 },
        Part { label: visit.t("audit-conduct-disagreed"), value: read.min(progress.disagreed), colour: 2 },
    ];
    scr_charts::progress(title, &parts, progress.due, visit.is_rtl())
}

/// What a jurisdiction waits for.
pub(super) fn waits(visit: &Visit, progress: &Progress) -> Tag {
    let (tone, what) = if progress.due == 0 {
        (Tone::Good, "nothing")
    } else if progress.boards == 0 {
        (Tone::Warn, "deal")
    } else if progress.disagreed > 0 {
        (Tone::Warn, "resolve")
    } else if progress.unread > 0 {
        (Tone::Note, "read")
    } else if progress.signed < progress.boards {
        (Tone::Note, "sign")
    } else {
        (Tone::Good, "nothing")
    };
    // i18n: audit-conduct-waits-*
    Tag::new(tone, visit.t(&format!("audit-conduct-waits-{what}")))
}

fn sum<'p>(all: impl Iterator<Item = &'p Progress>) -> Progress {
    all.fold(Progress::default(), |sum, one| Progress {
        due: sum.due + one.due,
        boards: sum.boards + one.boards,
        signed: sum.signed + one.signed,
        unread: sum.unread + one.unread,
        disagreed: sum.disagreed + one.disagreed,
    })
}

pub(super) async fn one(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path((id, number)): Path<(String, String)>,
) -> Reply {
    run(visit, move |visit| show(&app, visit, (&id, &number))).await
}

fn show(app: &App, visit: &Visit, (id, number): (&str, &str)) -> Result<Reply, ActError> {
    let kept = audit_of(app, id)?;
    let round = round_of(&kept, number)?;
    let actor = actor(visit)?;
    let base = format!("{}/rounds/{}", href(id), round.number);
    let progress = progress_of(&app.engine, &kept, round)?;
    let local = |name: &str| {
        let own = kept.org() == actor.org.as_str();
        let part = party(actor, Some(name));
        own && (part == Some(Party::Administrator) || part == Some(Party::Jurisdiction(name.to_owned())))
    };
    let lines = progress.iter().map(|(name, progress)| Line {
        href: if local(name) { format!("{base}/jurisdictions/{}", in_address(name)) } else { String::new() },
        bar: bar(visit, name, progress),
        waits: waits(visit, progress),
        name: name.clone(),
        progress: progress.clone(),
    });
    let all = sum(progress.values());
    let found = app.engine.read(|views| data::rounds(views, id, kept.audit.version()))?;
    let line = found.iter().find(|line| line.round == round.number);
    let open = is_open(&kept, round);
    let may_run = is_administrator(&kept, actor);
    let last = kept.audit.rounds().len() == round.number as usize;
    let template = RoundPage {
        visit,
        crumbs: crumbs(
            visit,
            &kept,
            &[(format!("{}/rounds", href(id)), visit.t("audit-conduct-rounds-title"))],
        ),
        tag: round_tag(visit, round),
        open,
        bar: bar(visit, &visit.t("audit-conduct-progress"), &all),
        lines: lines.collect(),
        all,
        risks: Risks::of(visit, kept.audit.contests(), &round.measured),
        may_close: may_run && open && kept.audit.may_measure().is_ok(),
        decide: may_run && last && kept.audit.phase() == Phase::RoundClosed,
        may_run: may_run && open,
        base,
        opened: line.map(|line| app.seal(line.index, line.at)),
        closed: line.and_then(|line| line.closed).map(|(_, index, at)| app.seal(index, at)),
        recorded: just_recorded(app, visit)?,
        round,
    };
    Ok(page(&template).into())
}
