//! The rules of a community, what is proposed, what was decided; joining and leaving.

use super::change::{self, Line};
use super::community::changed;
use super::names::Names;
use super::place::{Place, actor, own, place};
use super::words::{outcome_tag, state_tag};
use super::{crumbs, refuse};
use crate::acts;
use crate::kinds::{PROPOSED, VOTED};
use crate::read::{self, Act};
use askama::Template;
use axum::extract::{Path, State};
use scr_core::{OrgId, Refusal, RefusalKind};
use scr_engine::ActError;
use scr_stix::tlp::label;
use scr_threats::{Community, Proposal, Step, codes};
use scr_web::components::{Crumb, Moment, Tag};
use scr_web::{
    App, FormState, Posted, Reply, Seal, Visit, form_page, go, just_recorded, page, recorded, run,
};
use std::sync::Arc;

/// What can be proposed, as the addresses have it.
const PROPOSABLE: [&str; 5] = ["rules", "collection", "admit", "exclude", "custodians"];

/// A proposal in a list.
pub(super) struct ProposalLine {
    pub(super) href: String,
    pub(super) title: String,
    pub(super) by: String,
    pub(super) tag: Tag,
    pub(super) state: String,
}

#[derive(Template)]
#[template(path = "pages/rules.html")]
struct RulesPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    place: &'a Place,
    tag: Tag,
    seal: Seal,
    recorded: Option<Seal>,
    unmarked: &'static str,
    needed: String,
    custodians: String,
    missing: String,
    open: Vec<ProposalLine>,
    decided: Vec<ProposalLine>,
    moments: Vec<Moment>,
    /// What can be proposed: the address, and what it is.
    proposable: Vec<(String, String)>,
}

pub(super) async fn show(State(app): State<Arc<App>>, visit: Visit, Path(code): Path<String>) -> Reply {
    run(visit, move |visit| {
        let place = place(&app, visit, &code)?;
        if !place.is_member() && !place.is_invited() {
            return Ok(go(&format!("/threats/{}", scr_web::in_address(&code))));
        }
        let (names, community) = (Names::of(&app), place.community());
        let (index, at) = changed(&app, &code)?;
        let acts = app.engine.read(|views| read::acts(views, &code))?;
        let (open, decided) = proposals(visit, &names, &place);
        let may_propose = place.decides && place.is_member() && community.is_active();
        // i18n: threats-propose-*
        let proposable = PROPOSABLE.iter().filter(|_| may_propose).map(|what| {
            (format!("{}/propose/{what}", place.href()), visit.t(&format!("threats-propose-{what}")))
        });
        let waiting = community.members.iter().filter(|(_, one)| one.since.is_none()).map(|(org, _)| org);
        let template = RulesPage {
            visit,
            crumbs: crumbs(visit, Some(&place)),
            tag: state_tag(visit, community),
            seal: app.seal(index, at),
            recorded: just_recorded(&app, visit)?,
            unmarked: label(community.rules.unmarked),
            needed: needed(visit, community),
            custodians: names.list(&community.custodians),
            missing: names.list(waiting),
            open,
            decided,
            moments: acts.iter().rev().map(|act| moment(&app, visit, (&names, community), act)).collect(),
            proposable: proposable.collect(),
            place: &place,
        };
        Ok(page(&template).into())
    })
    .await
}

/// How many members a change needs, in words.
pub(super) fn needed(visit: &Visit, community: &Community) -> String {
    let members = community.members.len();
    let args = [("needed", community.rules.needed(members).into()), ("members", members.into())];
    visit.ta("threats-needed", &args)
}

fn proposals(visit: &Visit, names: &Names, place: &Place) -> (Vec<ProposalLine>, Vec<ProposalLine>) {
    let community = place.community();
    let line = |(number, one): (usize, &Proposal)| {
        let agreed = one.stands.values().filter(|is_for| **is_for).count();
        let args = [("given", agreed.into()), ("needed", community.needed(&one.change).into())];
        let state = match one.outcome {
            None => visit.ta("threats-proposal-count", &args),
            Some((_, at)) => visit.texts().moment(at, &visit.zone),
        };
        let href = format!("{}/proposals/{number}", place.href());
        let title = change::title(visit, names, community, &one.change);
        let line =
            ProposalLine { href, title, by: names.say(one.by.as_str()), tag: outcome_tag(visit, one), state };
        (one.outcome.is_none(), line)
    };
    let numbered: Vec<(usize, &Proposal)> = (1..).zip(&community.proposals).collect();
    let all = numbered.into_iter().rev().map(line);
    let (open, decided): (Vec<_>, Vec<_>) = all.partition(|(is_open, _)| *is_open);
    let lines = |all: Vec<(bool, ProposalLine)>| all.into_iter().map(|(_, line)| line).collect();
    (lines(open), lines(decided))
}

/// A proposal by its number.
pub(super) fn numbered(community: &Community, number: u64) -> Option<&Proposal> {
    let place = usize::try_from(number).ok()?.checked_sub(1)?;
    community.proposals.get(place)
}

/// Something that was done, with what it was about.
pub(super) fn moment(
    app: &App,
    visit: &Visit,
    (names, community): (&Names, &Community),
    act: &Act,
) -> Moment {
    let mut words = vec![visit.kind_name(&act.kind), names.say(&act.org)];
    let proposal = act.detail["proposal"].as_u64().and_then(|number| numbered(community, number));
    if let Some(proposal) = proposal {
        words.push(change::title(visit, names, community, &proposal.change));
    }
    if act.kind == VOTED.name {
        let is_for = act.detail["stand"] == "for";
        words.push(visit.t(if is_for { "threats-stand-for" } else { "threats-stand-against" }));
    }
    Moment { at: act.at, text: words.join(" · "), seal: Some(app.seal(act.index, act.at)) }
}

/// Where a member stands.
struct Stand {
    name: String,
    /// `None`: it has not said.
    is_for: Option<bool>,
    at: Option<i64>,
    seal: Option<Seal>,
    is_own: bool,
}

#[derive(Template)]
#[template(path = "pages/proposal.html")]
struct ProposalPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    number: u32,
    title: String,
    by: String,
    at: i64,
    tag: Tag,
    recorded: Option<Seal>,
    /// How it ended.
    ended: Option<i64>,
    lines: Vec<Line>,
    consequence: String,
    stands: Vec<Stand>,
    given: usize,
    needed: usize,
    digest: String,
    seal: Option<Seal>,
    may_stand: bool,
    is_concerned: bool,
    own_stand: Option<bool>,
    href: String,
}

fn show_proposal(
    app: &App,
    visit: &Visit,
    place: &Place,
    (number, form): (u32, &FormState),
) -> Result<Reply, ActError> {
    let (names, community) = (Names::of(app), place.community());
    let found = numbered(community, number.into());
    let proposal = found.ok_or_else(|| Refusal::new(RefusalKind::NotFound, codes::NO_PROPOSAL))?;
    let acts = app.engine.read(|views| read::acts(views, place.code()))?;
    let is_made = |act: &&Act| act.kind == PROPOSED.name && act.detail["proposal"] == number;
    let made = acts.iter().find(is_made);
    let stands = stands(app, (&names, place), &acts, (number, proposal));
    let is_concerned = proposal.change.concerned() == Some(&place.org);
    let template = ProposalPage {
        visit,
        crumbs: crumbs_of(visit, place),
        form,
        number,
        title: change::title(visit, &names, community, &proposal.change),
        by: names.say(proposal.by.as_str()),
        at: proposal.at,
        tag: outcome_tag(visit, proposal),
        recorded: just_recorded(app, visit)?,
        ended: proposal.outcome.map(|(_, at)| at),
        lines: change::lines(visit, &names, community, &proposal.change),
        consequence: change::consequence(visit, &proposal.change),
        given: stands.iter().filter(|one| one.is_for == Some(true)).count(),
        needed: community.needed(&proposal.change),
        stands,
        digest: made.and_then(|act| act.detail["object"].as_str()).unwrap_or_default().to_owned(),
        seal: made.map(|act| app.seal(act.index, act.at)),
        may_stand: place.decides && place.is_member() && proposal.outcome.is_none() && !is_concerned,
        is_concerned,
        own_stand: proposal.stands.get(&place.org).copied(),
        href: format!("{}/proposals/{number}", place.href()),
    };
    Ok(form_page(&template, form))
}

/// Where each who has a say stands, with the entry that says so.
fn stands(
    app: &App,
    (names, place): (&Names, &Place),
    acts: &[Act],
    (number, proposal): (u32, &Proposal),
) -> Vec<Stand> {
    let community = place.community();
    let is_open = proposal.outcome.is_none();
    // Of a decided one those who have said something: members have come and gone since.
    let asked = community.members.keys().filter(|org| is_open && proposal.change.concerned() != Some(org));
    let mut all: Vec<&OrgId> = asked.chain(proposal.stands.keys()).collect();
    all.sort();
    all.dedup();
    let stand = |org: &OrgId| {
        let said = |act: &&Act| {
            let kinds = [VOTED.name, PROPOSED.name];
            act.org == org.as_str() && act.detail["proposal"] == number && kinds.contains(&act.kind.as_str())
        };
        let act = acts.iter().rev().find(said).filter(|_| proposal.stands.contains_key(org));
        Stand {
            name: names.say(org.as_str()),
            is_for: proposal.stands.get(org).copied(),
            at: act.map(|act| act.at),
            seal: act.map(|act| app.seal(act.index, act.at)),
            is_own: *org == place.org,
        }
    };
    all.into_iter().map(stand).collect()
}

fn crumbs_of(visit: &Visit, place: &Place) -> Vec<Crumb> {
    let mut crumbs = crumbs(visit, Some(place));
    crumbs.push(Crumb::new(format!("{}/rules", place.href()), visit.t("threats-rules-title")));
    crumbs
}

pub(super) async fn proposal(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path((code, number)): Path<(String, u32)>,
) -> Reply {
    run(visit, move |visit| {
        let place = own(&app, visit, &code)?;
        show_proposal(&app, visit, &place, (number, &FormState::new()))
    })
    .await
}

pub(super) async fn stand(
    State(app): State<Arc<App>>,
    Path((code, number)): Path<(String, u32)>,
    posted: Posted,
) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let place = own(&app, visit, &code)?;
        let is_for = match form.value("stand") {
            "for" => true,
            "against" => false,
            _ => {
                form.reject("stand", visit.t("threats-wrong-stand"));
                return show_proposal(&app, visit, &place, (number, &form));
            }
        };
        match acts::step(&app.engine, actor(visit)?, &code, &Step::Stand { proposal: number, is_for }) {
            Ok(receipts) => Ok(recorded(&app, &format!("{}/proposals/{number}", place.href()), &receipts)),
            Err(error) => {
                refuse(visit, &mut form, error)?;
                show_proposal(&app, visit, &place, (number, &form))
            }
        }
    })
    .await
}

#[derive(Template)]
#[template(path = "pages/step.html")]
struct StepPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    place: &'a Place,
    title: String,
    answer: String,
    consequence: String,
    record: String,
    act: String,
    looked: String,
    grave: bool,
    href: String,
}

/// The page on which an organisation joins or leaves.
fn show_step(visit: &Visit, place: &Place, step: &'static str, form: &FormState) -> Reply {
    let args = [("name", place.community().name.as_str().into())];
    // i18n: threats-join-* threats-leave-*
    let text = |part: &str| visit.t(&format!("threats-{step}-{part}"));
    let template = StepPage {
        visit,
        crumbs: crumbs_of(visit, place),
        form,
        title: visit.ta(&format!("threats-{step}-title"), &args),
        answer: text("answer"),
        consequence: text("consequence"),
        record: text("record"),
        act: text("act"),
        looked: text("looked"),
        grave: step == "leave",
        href: format!("{}/{step}", place.href()),
        place,
    };
    form_page(&template, form)
}

/// A founder that has not joined, or a member that goes.
fn stepping(app: &App, visit: &Visit, code: &str, step: &str) -> Result<Place, ActError> {
    let place = place(app, visit, code)?;
    let may = if step == "join" { place.is_invited() } else { place.is_member() };
    if may { Ok(place) } else { Err(Refusal::new(RefusalKind::Forbidden, codes::NO_MEMBER).into()) }
}

pub(super) async fn join_form(State(app): State<Arc<App>>, visit: Visit, Path(code): Path<String>) -> Reply {
    run(visit, move |visit| {
        let place = stepping(&app, visit, &code, "join")?;
        Ok(show_step(visit, &place, "join", &FormState::new()))
    })
    .await
}

pub(super) async fn leave_form(State(app): State<Arc<App>>, visit: Visit, Path(code): Path<String>) -> Reply {
    run(visit, move |visit| {
        let place = stepping(&app, visit, &code, "leave")?;
        Ok(show_step(visit, &place, "leave", &FormState::new()))
    })
    .await
}

async fn take(app: Arc<App>, code: String, posted: Posted, name: &'static str, step: Step) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let place = stepping(&app, visit, &code, name)?;
        if !form.is("looked", "yes") {
            form.reject("looked", visit.t("threats-wrong-looked"));
            return Ok(show_step(visit, &place, name, &form));
        }
        match acts::step(&app.engine, actor(visit)?, &code, &step) {
            Ok(receipts) => {
                let to = if name == "join" { place.href() } else { "/desk/threats".to_owned() };
                Ok(recorded(&app, &to, &receipts))
            }
            Err(error) => {
                refuse(visit, &mut form, error)?;
                Ok(show_step(visit, &place, name, &form))
            }
        }
    })
    .await
}

pub(super) async fn join(State(app): State<Arc<App>>, Path(code): Path<String>, posted: Posted) -> Reply {
    take(app, code, posted, "join", Step::Join).await
}

pub(super) async fn leave(State(app): State<Arc<App>>, Path(code): Path<String>, posted: Posted) -> Reply {
    take(app, code, posted, "leave", Step::Leave).await
}
