//! A released alert at the desk: until when it holds, how to go on before it ends, and what became of it.

use super::super::view;
use super::{actor, allies, crumbs, dressed, look};
use crate::issued::{self, Issued, Standing};
use askama::Template;
use axum::extract::{Path, State};
use scr_alerts::{Kind, Status};
use scr_core::{Refusal, RefusalKind};
use scr_web::components::{Crumb, Moment, Tag};
use scr_web::{App, Reply, Seal, Visit, issuer_name, just_recorded, page, run};
use std::sync::Arc;

#[derive(Template)]
#[template(path = "write/released.html")]
struct ReleasedPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    one: &'a Issued,
    title: String,
    recorded: Option<Seal>,
    seal: Seal,
    status: Tag,
    severity: Tag,
    standing: Tag,
    is_open: bool,
    ends: i64,
    left: String,
    is_soon: bool,
    areas: String,
    languages: String,
    moments: Vec<Moment>,
    is_signed: bool,
    /// Whom the line of authority has consulted or told, while it holds.
    allies: Vec<String>,
}

/// What happened, in its order.
fn course(
    app: &App,
    visit: &Visit,
    one: &Issued,
    (approvals, agreed): (Vec<view::Said>, &[view::Said]),
    (cap, later): (Option<(u64, i64)>, &[Issued]),
) -> Vec<Moment> {
    let moment = |at: i64, index: u64, text: String| Moment { at, text, seal: Some(app.seal(index, at)) };
    let mut moments: Vec<Moment> = Vec::new();
    for said in approvals {
        let language = look::say(visit, "language", &said.language);
        let text = visit.ta("alerts-was-approved", &[("language", language.into())]);
        moments.push(moment(said.at, said.index, text));
    }
    moments.extend(agreed.iter().map(|said| moment(said.at, said.index, visit.t("alerts-was-agreed"))));
    moments.push(moment(one.at, one.index, visit.t("alerts-was-released")));
    moments.extend(cap.map(|(index, at)| moment(at, index, visit.t("alerts-was-signed"))));
    for later in later {
        let key = if later.text.kind == Kind::Cancel { "alerts-was-cancelled" } else { "alerts-was-updated" };
        moments.push(moment(later.at, later.index, visit.ta(key, &[("number", later.text.number.into())])));
    }
    moments.sort_by_key(|one| one.at);
    moments
}

pub(super) async fn show(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        let actor = actor(visit)?;
        super::super::rules::may_write(actor)?;
        let now = app.clock.now();
        let found = app.engine.read(|views| {
            let Some(one) = issued::find(views, &id)? else { return Ok(None) };
            let standing = issued::standing(views, &one, now)?;
            let cap = view::cap_of(views, one.index)?;
            let approvals = view::approvals(views, &id)?;
            let agreed = view::agreements(views, &id)?;
            let mut later = Vec::new();
            for index in issued::superseded_by(views, one.index)? {
                later.extend(issued::at(views, index)?);
            }
            Ok(Some((one, standing, cap, approvals, agreed, later)))
        })?;
        let is_own =
            |one: &Issued| issuer_name(app.engine.ledger().origin(), &one.issuer) == actor.org.as_str();
        let Some((one, standing, cap, approvals, agreed, later)) = found.filter(|found| is_own(&found.0))
        else {
            return Err(Refusal::new(RefusalKind::NotFound, super::super::codes::NO_ALERT).into());
        };
        let moments =
            course(&app, visit, &one, (approvals, &agreed), (cap.map(|(index, at, _)| (index, at)), &later));
        let ends = one.text.expires().cast_signed();
        let recorded = just_recorded(&app, visit)?;
        let visit = &dressed(visit, one.text.status == Status::Exercise);
        let is_open =
            matches!(standing, Standing::ValidNow | Standing::NotYet) && one.text.kind != Kind::Cancel;
        let level = Some((one.text.status, one.text.severity)).filter(|_| is_open);
        let told =
            level.map(|level| app.engine.read(|views| allies::told(views, visit, &one.election, level)));
        let names = |code: &String| one.content.areas.get(code).unwrap_or(code).clone();
        let said = |wording: &scr_alerts::Wording| look::say(visit, "language", &wording.language);
        let template = ReleasedPage {
            visit,
            crumbs: crumbs(visit, None),
            title: look::headline(visit, &one),
            recorded,
            seal: app.seal(one.index, one.at),
            status: look::status_tag(visit, one.text.status),
            severity: look::severity_tag(visit, one.text.severity),
            standing: look::standing_tag(visit, &one, standing),
            is_open,
            ends,
            left: look::left(visit, ends - now),
            is_soon: is_open && ends - now < 2 * 3_600,
            areas: one.text.areas.iter().map(names).collect::<Vec<_>>().join(", "),
            languages: one.text.wordings.iter().map(said).collect::<Vec<_>>().join(", "),
            moments,
            is_signed: cap.is_some(),
            allies: told.transpose()?.unwrap_or_default(),
            one: &one,
        };
        Ok(page(&template).into())
    })
    .await
}
