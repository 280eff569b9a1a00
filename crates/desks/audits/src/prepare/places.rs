//! The jurisdictions of an audit, and what each has handed in.

use super::overview::{handed_at, own_state};
use super::words::{problem_lines, what_name};
use super::{
    actor, administered, audit_of, crumbs, form_page, href, is_administrator, just_recorded, place_href,
    place_of, recorded, refuse, role_in, run,
};
use crate::acts::{name_jurisdictions, not_yours};
use crate::data::{self, Kept};
use askama::Template;
use axum::extract::{Path, State};
use scr_audits::workflow::{Party, Phase, Upload, What};
use scr_core::Problem;
use scr_engine::ActError;
use scr_web::components::{Crumb, ProblemLine, Tag, Tone};
use scr_web::{App, FormState, Posted, Reply, Seal, Visit, page};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A jurisdiction in the table.
struct Row {
    name: String,
    href: String,
    /// Rows and ballots of each file, in the order of the columns.
    files: Vec<Option<(u64, u64)>>,
    tag: Tag,
}

#[derive(Template)]
#[template(path = "prepare/places.html")]
struct ListPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    problems: Vec<ProblemLine>,
    rows: Vec<Row>,
    columns: Vec<String>,
    base: String,
    signed: usize,
    may_change: bool,
    recorded: Option<Seal>,
}

fn state_tag(visit: &Visit, kept: &Kept, name: &str) -> Tag {
    let is_signed = kept.audit.jurisdictions().get(name).is_some_and(|one| one.signed.is_some());
    Tag::new(if is_signed { Tone::Good } else { Tone::Warn }, own_state(visit, kept, name))
}

pub(super) fn show(
    app: &App,
    visit: &Visit,
    kept: &Kept,
    (form, problems): (&FormState, &[Problem]),
) -> Result<Reply, ActError> {
    let own = match role_in(visit, kept, None) {
        Some(Party::Administrator) => None,
        Some(Party::Jurisdiction(own)) => Some(own).filter(|own| !own.is_empty()),
        _ => return Err(not_yours().into()),
    };
    let needed = What::needed(kept.audit.settings().method);
    let mine =
        kept.audit.jurisdictions().iter().filter(|(name, _)| own.as_ref().is_none_or(|own| own == *name));
    let row = |(name, one): (&String, &scr_audits::workflow::Jurisdiction)| Row {
        href: place_href(&kept.id, name),
        files: needed.iter().map(|what| one.uploads.get(what).map(|it| (it.rows, it.ballots))).collect(),
        tag: state_tag(visit, kept, name),
        name: name.clone(),
    };
    let rows: Vec<Row> = mine.map(row).collect();
    let template = ListPage {
        visit,
        crumbs: crumbs(visit, Some(kept), None),
        form,
        problems: problem_lines(visit, problems),
        rows,
        base: href(&kept.id),
        columns: needed.iter().map(|what| what_name(visit, *what)).collect(),
        signed: kept.audit.jurisdictions().values().filter(|one| one.signed.is_some()).count(),
        may_change: is_administrator(visit, kept) && kept.audit.phase() == Phase::Draft,
        recorded: just_recorded(app, visit)?,
    };
    Ok(form_page(&template, form))
}

pub(super) async fn list(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        let kept = audit_of(&app, &id)?;
        let names: Vec<&str> = kept.audit.jurisdictions().keys().map(String::as_str).collect();
        let form = FormState::new().with("names", names.join("\n"));
        show(&app, visit, &kept, (&form, &[]))
    })
    .await
}

pub(super) async fn name(State(app): State<Arc<App>>, Path(id): Path<String>, posted: Posted) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let kept = administered(&app, visit, &id)?;
        let typed = form.value("names").to_owned();
        let lines = typed.lines().map(str::trim).filter(|line| !line.is_empty());
        let names: BTreeSet<String> = lines.clone().map(str::to_owned).collect();
        if names.is_empty() {
            form.reject("names", visit.t("audits-wrong-names"));
        } else if names.len() != lines.count() {
            form.reject("names", visit.t("audits-wrong-names-twice"));
        }
        let gone: Vec<&str> = kept
            .audit
            .jurisdictions()
            .iter()
            .filter(|(name, one)| !names.contains(*name) && !one.uploads.is_empty())
            .map(|(name, _)| name.as_str())
            .collect();
        if !gone.is_empty() && !form.is("leave", "yes") {
            let names = gone.join(", ");
            form.reject("names", visit.ta("audits-wrong-names-gone", &[("names", names.into())]));
        }
        if !form.is_fine() {
            return show(&app, visit, &kept, (&form, &[]));
        }
        match name_jurisdictions(&app.engine, actor(visit)?, &id, &names) {
            Ok(receipts) => Ok(recorded(&app, &format!("{}/jurisdictions", href(&id)), &receipts)),
            Err(error) => {
                refuse(visit, &mut form, error)?;
                show(&app, visit, &kept, (&form, &[]))
            }
        }
    })
    .await
}

/// A file that a jurisdiction hands in.
struct FileLine {
    title: String,
    hint: String,
    href: String,
    upload: Option<Upload>,
    file_name: String,
    seal: Option<Seal>,
    is_needed: bool,
}

#[derive(Template)]
#[template(path = "prepare/place.html")]
struct PlacePage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    name: &'a str,
    tag: Tag,
    files: Vec<FileLine>,
    over: String,
    is_signed: bool,
    may_hand_in: bool,
    may_sign: bool,
    /// Everything is there and not signed.
    waits: bool,
    sign_href: String,
    /// Where cast vote records are published, for whoever may.
    publish_href: Option<String>,
    recorded: Option<Seal>,
}

pub(super) async fn one(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path(address): Path<(String, String)>,
) -> Reply {
    run(visit, move |visit| {
        let kept = place_of(&app, visit, &address)?;
        let (id, name) = &address;
        let own = &kept.audit.jurisdictions()[name];
        let base = place_href(id, name);
        let mut lines = Vec::new();
        for (what, is_needed) in What::taken(kept.audit.settings().method) {
            let kept_file = app.engine.read(|views| data::input(views, id, name, what))?;
            lines.push(FileLine {
                title: what_name(visit, what),
                // i18n: audits-what-hint-*
                hint: visit.t(&format!("audits-what-hint-{}", what.as_str())),
                href: format!("{base}/files/{}", what.as_str()),
                upload: own.uploads.get(&what).cloned(),
                file_name: kept_file.map(|(_, file_name)| file_name).unwrap_or_default(),
                seal: handed_at(&app, &kept, name, what)?,
                is_needed,
            });
        }
        let is_draft = kept.audit.phase() == Phase::Draft;
        let complete = lines.iter().all(|line| !line.is_needed || line.upload.is_some());
        let is_theirs = matches!(role_in(visit, &kept, Some(name)), Some(Party::Jurisdiction(_)));
        let mut crumbs = crumbs(visit, Some(&kept), Some(name));
        crumbs.pop();
        let template = PlacePage {
            visit,
            crumbs,
            waits: is_draft && complete && own.signed.is_none(),
            name,
            tag: state_tag(visit, &kept, name),
            over: kept.audit.to_sign(name)?.to_hex(),
            is_signed: own.signed.is_some(),
            may_hand_in: is_draft,
            may_sign: is_draft && is_theirs && complete && own.signed.is_none(),
            sign_href: format!("{base}/sign"),
            publish_href: Some(format!("{base}/publish")).filter(|_| {
                kept.audit.phase() == Phase::Finished
                    && own.uploads.contains_key(&What::Cvrs)
                    && is_administrator(visit, &kept)
            }),
            files: lines,
            recorded: just_recorded(&app, visit)?,
        };
        Ok(page(&template).into())
    })
    .await
}
