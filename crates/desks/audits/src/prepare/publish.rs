//! Cast vote records become public: as they were committed to, or with rare styles pooled. Either is a decision that
//! the record keeps, with its reason.

use super::{actor, administered, crumbs, form_page, place_href, recorded, refuse, run_heavy};
use crate::acts::{ERASED, about_version, absent, not_yours, own, party, public_text};
use crate::data::{self, Kept};
use crate::kinds as k;
use askama::Template;
use axum::extract::{Path, State};
use scr_audits::record::Contest;
use scr_audits::workflow::hand_in::styles::{pooled, rare_styles};
use scr_audits::workflow::{Party, Phase, What, codes};
use scr_core::{Actor, Refusal, RefusalKind};
use scr_engine::{ActError, Engine, Receipt};
use scr_web::components::Crumb;
use scr_web::{App, FormState, Posted, Reply, Seal, Visit};
use serde_json::json;
use std::sync::Arc;

/// Styles of fewer cards can be pooled; 0: nothing is.
const SMALLEST: [u64; 4] = [0, 5, 10, 30];

/// What would be published, one way or another.
struct Choice {
    smallest: u64,
    styles: u64,
    cards: u64,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "prepare/publish.html")]
struct PublishPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    name: &'a str,
    form: &'a FormState,
    cards: u64,
    styles: u64,
    choices: Vec<Choice>,
    unanimous: u64,
    before: Option<Seal>,
    back: String,
}

/// The cast vote records that were committed to.
fn committed(engine: &Engine, kept: &Kept, name: &str) -> Result<Vec<u8>, ActError> {
    let named = kept.audit.jurisdictions().get(name).and_then(|one| one.uploads.get(&What::Cvrs));
    let none = || Refusal::new(RefusalKind::NotFound, codes::NOT_UPLOADED).with("what", What::Cvrs.as_str());
    let named = named.ok_or_else(none)?;
    let gone = || Refusal::new(RefusalKind::Conflict, ERASED).with("jurisdiction", name);
    let (bytes, _) = engine.read(|views| data::input(views, &kept.id, name, What::Cvrs))?.ok_or_else(gone)?;
    if scr_canon::sha256(&bytes) != named.sha256 {
        return Err(Refusal::new(RefusalKind::Conflict, codes::WRONG_OBJECT).with("what", "cvrs").into());
    }
    Ok(bytes)
}

/// While boards read, what machines recorded would not be unseen by them: only an audit that has ended publishes it.
fn has_ended(kept: &Kept) -> Result<(), Refusal> {
    let state = kept.audit.phase();
    if state == Phase::Finished {
        return Ok(());
    }
    Err(Refusal::new(RefusalKind::Conflict, codes::WRONG_STATE).with("state", state.as_str()))
}

/// How much would be pooled with styles of fewer cards than this.
fn choice(bytes: &[u8], contests: &[Contest], smallest: u64, chosen: bool) -> Result<Choice, ActError> {
    let styles = rare_styles(bytes, smallest)?.rare.len() as u64;
    let pools = if styles == 0 { Vec::new() } else { pooled(bytes, smallest, contests, &[])?.pools };
    Ok(Choice { smallest, styles, cards: pools.iter().map(|pool| pool.cards).sum(), chosen })
}

/// Publishes a jurisdiction's cast vote records, with styles of fewer cards than `smallest` pooled.
fn publish_cvrs(
    engine: &Engine,
    actor: &Actor,
    id: &str,
    (name, smallest, reason): (&str, u64, &str),
) -> Result<Vec<Receipt>, ActError> {
    let kept = engine.read(|views| data::audit(views, id))?.ok_or_else(absent)?;
    may(actor, &kept)?;
    if reason.trim().is_empty() {
        return Err(Refusal::new(RefusalKind::Invalid, codes::NO_REASON).on("reason").into());
    }
    public_text(reason)?;
    let bytes = committed(engine, &kept, name)?;
    let contests = kept.audit.contests();
    let made = choice(&bytes, contests, smallest, true)?;
    let bytes = if made.styles == 0 { bytes } else { pooled(&bytes, smallest, contests, &[])?.bytes };
    let object = engine.objects().put(&bytes)?;
    engine.record(actor, &|views, _| {
        let kept = own(views, actor, id)?;
        may(actor, &kept)?;
        let public = json!({"jurisdiction": name, "smallest": smallest, "styles": made.styles,
            "cards": made.cards, "reason": reason.trim(), "object": object});
        Ok(vec![about_version(&k::CVRS_PUBLISHED, &kept, public)])
    })
}

/// Whoever runs the audit, once it has ended.
fn may(actor: &Actor, kept: &Kept) -> Result<(), Refusal> {
    if kept.org() != actor.org.as_str() || party(actor, None) != Some(Party::Administrator) {
        return Err(not_yours());
    }
    has_ended(kept)
}

fn show(
    app: &App,
    visit: &Visit,
    (kept, address): (&Kept, &(String, String)),
    form: &FormState,
) -> Result<Reply, ActError> {
    let (id, name) = address;
    let bytes = committed(&app.engine, kept, name)?;
    let all = rare_styles(&bytes, 0)?;
    let one = |smallest: u64| {
        let chosen = form.is("smallest", smallest.to_string());
        choice(&bytes, kept.audit.contests(), smallest, chosen)
    };
    let published = app.engine.read(|views| data::published_cvrs(views, id, kept.audit.version()))?;
    let before = published.iter().find(|(own, ..)| own == name);
    let template = PublishPage {
        visit,
        crumbs: crumbs(visit, Some(kept), Some(name)),
        name,
        form,
        cards: all.cards,
        styles: all.styles,
        unanimous: all.unanimous,
        choices: SMALLEST.into_iter().map(one).collect::<Result<_, _>>()?,
        before: before.map(|(_, _, index, at)| app.seal(*index, *at)),
        back: place_href(id, name),
    };
    Ok(form_page(&template, form))
}

pub(super) async fn look(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path(address): Path<(String, String)>,
) -> Reply {
    run_heavy(Arc::clone(&app), visit, move |visit| {
        let kept = administered(&app, visit, &address.0)?;
        has_ended(&kept)?;
        show(&app, visit, (&kept, &address), &FormState::new().with("smallest", 10))
    })
    .await
}

pub(super) async fn publish(
    State(app): State<Arc<App>>,
    Path(address): Path<(String, String)>,
    posted: Posted,
) -> Reply {
    let mut form = posted.form;
    run_heavy(Arc::clone(&app), posted.visit, move |visit| {
        let kept = administered(&app, visit, &address.0)?;
        let (id, name) = &address;
        let smallest = form.value("smallest").parse().ok().filter(|number| SMALLEST.contains(number));
        let Some(smallest) = smallest else {
            form.reject("smallest", visit.t("audits-wrong-smallest"));
            return show(&app, visit, (&kept, &address), &form);
        };
        let how = (name.as_str(), smallest, form.value("reason"));
        match publish_cvrs(&app.engine, actor(visit)?, id, how) {
            Ok(receipts) => Ok(recorded(&app, &place_href(id, name), &receipts)),
            Err(error) => {
                refuse(visit, &mut form, error)?;
                show(&app, visit, (&kept, &address), &form)
            }
        }
    })
    .await
}
