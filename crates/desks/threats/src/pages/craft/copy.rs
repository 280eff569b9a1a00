//! A copy of an object without some of it: what is left out, for whom, and a last look.

use super::properties::{Line, field, lines, said};
use crate::craft::{
    Copied, Copying, Ids, Source, Trace, make, marked_above, narrower, plan_copy, share_copy,
};
use crate::label;
use crate::pages::names::Names;
use crate::pages::object::{Found, for_member};
use crate::pages::place::{Place, actor, own};
use crate::pages::planned::whom_text;
use crate::pages::send::first_failure;
use crate::pages::share::collection_text;
use crate::pages::words::{kind_name, label_means, label_of, label_tag, labels};
use crate::pages::{crumbs, refuse};
use askama::Template;
use axum::extract::{Path, State};
use scr_core::{OrgId, Refusal, RefusalKind, Tlp};
use scr_engine::ActError;
use scr_stix::{Limits, Object, Selector};
use scr_threats::{Collection, codes};
use scr_web::components::{Crumb, Tag};
use scr_web::{App, FormState, Posted, Reply, Visit, form_page, in_address, recorded, run, run_heavy};
use std::sync::Arc;

/// Seconds between the first look and the word that it shall be.
const PATIENCE: i64 = 3_600;

/// What is copied of an object that somebody finds here.
pub(crate) fn source_of(org: &OrgId, unmarked: Tlp, found: &Found) -> Result<Source, ActError> {
    let object = Object::read(found.content.as_bytes(), &Limits::default());
    let object = object
        .map_err(|_| Refusal::new(RefusalKind::Invalid, codes::NO_COPY).with("what", "redact-invalid"))?;
    let is_own = found.entry.owner == org.as_str();
    Ok(Source {
        object,
        tlp: label_of(&found.entry.tlp),
        collection: Some(found.collection.clone()),
        // Whom else it reaches is for its owner to know.
        audience: if is_own { found.entry.audience() } else { Vec::new() },
        is_own,
        pseudonym: found.entry.pseudonym.clone().filter(|_| is_own),
        unmarked,
    })
}

/// Whether somebody may make a copy of it at all: of what is narrow its source alone does.
pub(crate) fn may_copy(source: &Source) -> bool {
    source.is_own || matches!(source.tlp, Tlp::Clear | Tlp::Green)
}

/// A copy that somebody makes.
struct Desk {
    place: Place,
    found: Found,
    source: Source,
}

fn desk(app: &App, visit: &Visit, code: &str, id: &str) -> Result<Desk, ActError> {
    let place = own(app, visit, code)?;
    let found = for_member(app, visit, &place, id)?;
    let source = source_of(&place.org, place.community().rules.unmarked, &found)?;
    if !may_copy(&source) {
        return Err(Refusal::new(RefusalKind::Forbidden, codes::TOO_WIDE).into());
    }
    if !place.shares || !place.community().is_active() || place.writable().is_empty() {
        return Err(Refusal::new(RefusalKind::Forbidden, codes::NOT_YOURS).into());
    }
    Ok(Desk { place, found, source })
}

impl Desk {
    fn object_href(&self) -> String {
        format!("{}/objects/{}", self.place.href(), self.found.entry.id)
    }

    fn query(&self) -> String {
        format!("?collection={}", in_address(&self.found.collection.id))
    }

    /// The label under which a copy is proposed: that of the object without its narrower parts, or the next wider one.
    fn proposed(&self) -> Tlp {
        match narrower(&self.source.object, self.source.unmarked) {
            Some(label) => label,
            None if self.source.is_own && self.source.tlp > Tlp::Green => Tlp::Green,
            None => self.source.tlp,
        }
    }

    fn first_form(&self) -> FormState {
        let writable = self.place.writable();
        let same = writable.iter().find(|one| one.id == self.found.collection.id);
        let collection = same.or(writable.first()).map(|one| one.id.clone()).unwrap_or_default();
        let tlp = self.proposed();
        let form =
            FormState::new().with("label", label::name(tlp)).with("into", collection).with("disclose", "no");
        let marked = marked_above(&self.source, tlp);
        marked.iter().fold(form, |form, one| form.with(&field(&one.to_string()), "yes"))
    }

    /// What a form says; what is wrong stands in it afterwards.
    fn chosen(
        &self,
        visit: &Visit,
        pairs: &[(String, String)],
        form: &mut FormState,
        ids: Ids,
    ) -> Option<Copying<'_>> {
        let tlp = label::parse(form.value("label"));
        if tlp.is_none() {
            form.reject("label", visit.t("threats-wrong-label"));
        }
        let collection = self.place.writable().into_iter().find(|one| form.is("into", &one.id));
        if collection.is_none() {
            form.reject("into", visit.t("threats-wrong-collection"));
        }
        let dropped = pairs
            .iter()
            .filter(|(_, value)| value == "yes")
            .filter_map(|(name, _)| name.strip_prefix("drop-"));
        let drop: Vec<Selector> = dropped.filter_map(|text| Selector::parse(text).ok()).collect();
        if drop.is_empty() {
            form.reject("drop", visit.t("craft-wrong-nothing"));
        }
        let others = self.place.others().into_iter();
        let named: Vec<OrgId> = others.filter(|org| form.is(&format!("to-{org}"), "yes")).collect();
        let (tlp, collection) = tlp.zip(collection).filter(|_| form.is_fine())?;
        Some(Copying {
            drop,
            tlp,
            collection,
            audience: Some(named).filter(|named| !named.is_empty()),
            discloses: form.is("disclose", "yes"),
            ids,
            placeholder: visit.t("craft-placeholder"),
        })
    }
}

/// A member that can be named.
struct Nameable {
    org: String,
    name: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "craft/copy.html")]
struct FormPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    steps: Vec<String>,
    name: &'a str,
    kind: String,
    label: Tag,
    lines: Vec<Line>,
    marked: usize,
    is_own: bool,
    pseudonym: Option<&'a str>,
    labels: Vec<(String, String)>,
    collections: Vec<(String, String)>,
    disclosures: Vec<(String, String)>,
    members: Vec<Nameable>,
    href: String,
    back: String,
}

fn steps(visit: &Visit) -> Vec<String> {
    ["craft-step-leave-out", "threats-step-check"].map(|key| visit.t(key)).to_vec()
}

fn show_form(app: &App, visit: &Visit, desk: &Desk, form: &FormState) -> Reply {
    let (names, source) = (Names::of(app), &desk.source);
    let nameable = |org: OrgId| Nameable {
        name: names.say(org.as_str()),
        chosen: form.is(&format!("to-{org}"), "yes"),
        org: org.to_string(),
    };
    let allowed = |(name, _): &(String, String)| {
        source.is_own || label::parse(name).is_some_and(|tlp| tlp >= source.tlp)
    };
    let lines = lines(visit, source, form);
    // i18n: craft-disclose-*
    let template = FormPage {
        visit,
        crumbs: crumbs(visit, Some(&desk.place)),
        form,
        steps: steps(visit),
        name: &desk.found.title,
        kind: kind_name(visit, source.object.kind()),
        label: label_tag(source.tlp),
        marked: lines.iter().filter(|one| one.tag.is_some()).count(),
        lines,
        is_own: source.is_own,
        pseudonym: source.pseudonym.as_deref(),
        labels: labels(visit).into_iter().filter(allowed).collect(),
        collections: desk.place.writable().into_iter().map(collection_text).collect(),
        disclosures: ["no", "yes"]
            .map(|name| (name.to_owned(), visit.t(&format!("craft-disclose-{name}"))))
            .to_vec(),
        members: desk.place.others().into_iter().map(nameable).collect(),
        href: format!("{}/copy{}", desk.object_href(), desk.query()),
        back: format!("{}{}", desk.object_href(), desk.query()),
    };
    form_page(&template, form)
}

pub(super) async fn form(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path((code, id)): Path<(String, String)>,
) -> Reply {
    run(visit, move |visit| {
        let desk = desk(&app, visit, &code, &id)?;
        Ok(show_form(&app, visit, &desk, &desk.first_form()))
    })
    .await
}

/// Something of the copy, in words.
struct Said {
    name: String,
    value: String,
}

#[derive(Template)]
#[template(path = "craft/copy_check.html")]
struct CheckPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    steps: Vec<String>,
    stays: Vec<Said>,
    left_out: Vec<String>,
    label: Tag,
    label_means: String,
    whom: String,
    is_public: bool,
    collection: &'a str,
    by: String,
    id: &'a str,
    discloses: bool,
    has_link: bool,
    replaced: Vec<String>,
    references: Vec<String>,
    traces: Vec<String>,
    failure: Option<String>,
    waits: bool,
    is_hidden: bool,
    batch_seconds: u16,
    raw: String,
    link: String,
    digest: String,
    kept: Vec<(String, String)>,
    share: String,
    change: String,
    back: String,
}

/// What a copy says: of a list its parts, in place of how many there are.
fn stays(lines: Vec<Line>, visit: &Visit) -> Vec<Said> {
    let whole: Vec<bool> = lines.iter().skip(1).map(|one| one.is_part).chain([false]).collect();
    let said_in_full = lines.into_iter().zip(whole).filter(|(one, has_parts)| one.is_part || !has_parts);
    let name = |line: &Line| said(visit, line.field.trim_start_matches("drop-"));
    said_in_full.map(|(one, _)| Said { name: name(&one), value: one.value }).collect()
}

/// A trace in words.
pub(super) fn trace_text(visit: &Visit, trace: &Trace) -> String {
    let args = [
        ("piece", trace.piece.chars().take(100).collect::<String>().into()),
        ("where", said(visit, &trace.property).into()),
        ("what", said(visit, &trace.left_out).into()),
    ];
    // i18n: craft-trace-*
    visit.ta(&format!("craft-trace-{}", trace.way.name()), &args)
}

/// Over everything that is shown and would be shared.
fn digest(copying: &Copying<'_>, copied: &Copied) -> String {
    let (copy, link) = (copied.redacted.copy.raw(), copied.redacted.relationship.raw());
    let text =
        format!("{copy}\n{link}\n{}\n{:?}\n{}", copying.collection.id, copying.audience, copying.discloses);
    scr_canon::sha256(text.as_bytes()).to_hex()
}

fn show_check(
    app: &App,
    visit: &Visit,
    desk: &Desk,
    (copying, copied): (&Copying<'_>, &Copied),
    (form, kept): (&FormState, Vec<(String, String)>),
) -> Result<Reply, ActError> {
    let names = Names::of(app);
    let (source, copy) = (&desk.source, &copied.redacted.copy);
    let plan = plan_copy(app, actor(visit)?, &desk.place.seen, (source, copying, copied))?;
    let failed = plan.failures.first();
    let whom = plan
        .planned
        .first()
        .map(|one| whom_text(visit, &names, (&desk.place, Some(copying.collection)), one));
    let of_copy = Source { object: copy.clone(), unmarked: copying.tlp, ..source.clone() };
    let stays = stays(lines(visit, &of_copy, &FormState::new()), visit);
    let mut left_out: Vec<String> = copying.drop.iter().map(|one| said(visit, &one.to_string())).collect();
    left_out.dedup();
    let template = CheckPage {
        visit,
        crumbs: crumbs(visit, Some(&desk.place)),
        form,
        steps: steps(visit),
        stays,
        left_out,
        label: label_tag(copying.tlp),
        label_means: label_means(visit, copying.tlp),
        whom: whom.unwrap_or_default(),
        is_public: copying.tlp == Tlp::Clear,
        collection: &copying.collection.title,
        by: source.pseudonym.clone().unwrap_or_else(|| names.say(desk.place.org.as_str())),
        id: copy.id().as_str(),
        discloses: copying.discloses,
        has_link: copying.home(&desk.place.seen, source).is_some(),
        replaced: copied.redacted.replaced.iter().map(|one| said(visit, &one.to_string())).collect(),
        references: copied.redacted.references.iter().map(|one| said(visit, &one.path)).collect(),
        traces: copied.traces.iter().map(|one| trace_text(visit, one)).collect(),
        failure: failed.map(|line| line.message.clone().unwrap_or_default()),
        is_hidden: source.pseudonym.is_some(),
        waits: copying.tlp > Tlp::Green || source.pseudonym.is_some(),
        batch_seconds: app.config.batch_seconds,
        raw: copy.raw().to_owned(),
        link: copied.redacted.relationship.raw().to_owned(),
        digest: digest(copying, copied),
        kept,
        share: format!("{}/copy/share{}", desk.object_href(), desk.query()),
        change: format!("{}/copy{}", desk.object_href(), desk.query()),
        back: format!("{}{}", desk.object_href(), desk.query()),
    };
    Ok(form_page(&template, form))
}

/// The ids that a form carries from the first look to the last.
fn carried(app: &App, form: &FormState) -> Option<Ids> {
    let uuid = |name: &str| uuid::Uuid::parse_str(form.value(name)).ok();
    let at = form.value("at").parse::<i64>().ok()?;
    let now = app.clock.now();
    let is_fresh = at <= now && at.saturating_add(PATIENCE) >= now;
    is_fresh.then_some(Ids { copy: uuid("copy")?, link: uuid("link")?, at })
}

/// Makes the copy; what speaks against it stands in the form afterwards.
fn made(
    app: &App,
    visit: &Visit,
    desk: &Desk,
    copying: &Copying<'_>,
    form: &mut FormState,
) -> Result<Option<Copied>, ActError> {
    match make(app, &desk.place.seen, &desk.place.org, (&desk.source, copying)) {
        Ok(copied) => {
            for trace in copied.traces.iter().filter(|one| one.is_narrow) {
                form.reject(&field(&trace.property), trace_text(visit, trace));
            }
            Ok(form.is_fine().then_some(copied))
        }
        Err(error) => {
            refuse(visit, form, error)?;
            Ok(None)
        }
    }
}

/// Fields that are not carried on.
const NOT_KEPT: [&str; 7] = ["csrf", "step", "digest", "looked", "copy", "link", "at"];

fn kept(pairs: &[(String, String)], ids: Ids) -> Vec<(String, String)> {
    let mut kept: Vec<(String, String)> =
        pairs.iter().filter(|(name, _)| !NOT_KEPT.contains(&name.as_str())).cloned().collect();
    let own = [("copy", ids.copy.to_string()), ("link", ids.link.to_string()), ("at", ids.at.to_string())];
    kept.extend(own.map(|(name, value)| (name.to_owned(), value)));
    kept
}

pub(super) async fn check(
    State(app): State<Arc<App>>,
    Path((code, id)): Path<(String, String)>,
    posted: Posted,
) -> Reply {
    let (mut form, pairs) = (posted.form, posted.pairs);
    run_heavy(Arc::clone(&app), posted.visit, move |visit| {
        let desk = desk(&app, visit, &code, &id)?;
        if form.is("step", "change") {
            return Ok(show_form(&app, visit, &desk, &form));
        }
        let ids = Ids::random(&app);
        let Some(copying) = desk.chosen(visit, &pairs, &mut form, ids) else {
            return Ok(show_form(&app, visit, &desk, &form));
        };
        match made(&app, visit, &desk, &copying, &mut form)? {
            Some(copied) => show_check(&app, visit, &desk, (&copying, &copied), (&form, kept(&pairs, ids))),
            None => Ok(show_form(&app, visit, &desk, &form)),
        }
    })
    .await
}

pub(super) async fn share(
    State(app): State<Arc<App>>,
    Path((code, id)): Path<(String, String)>,
    posted: Posted,
) -> Reply {
    let (mut form, pairs) = (posted.form, posted.pairs);
    run_heavy(Arc::clone(&app), posted.visit, move |visit| {
        let desk = desk(&app, visit, &code, &id)?;
        let Some(ids) = carried(&app, &form) else {
            form.reject("", visit.t("threats-wrong-waited"));
            return Ok(show_form(&app, visit, &desk, &form));
        };
        let Some(copying) = desk.chosen(visit, &pairs, &mut form, ids) else {
            return Ok(show_form(&app, visit, &desk, &form));
        };
        let Some(copied) = made(&app, visit, &desk, &copying, &mut form)? else {
            return Ok(show_form(&app, visit, &desk, &form));
        };
        // What is confirmed is what was shown.
        if !form.is("digest", digest(&copying, &copied)) {
            form.reject("", visit.t("threats-wrong-changed"));
            return Ok(show_form(&app, visit, &desk, &form));
        }
        if let Some(refusal) = copied.refusal(form.is("looked", "yes")) {
            let refusal = if refusal.code == codes::LOOK { refusal.on("looked") } else { refusal };
            refuse(visit, &mut form, refusal.into())?;
            return show_check(&app, visit, &desk, (&copying, &copied), (&form, kept(&pairs, ids)));
        }
        let sent = share_copy(&app, actor(visit)?, &desk.place.seen, (&desk.source, &copying, &copied))
            .and_then(|sent| first_failure(&sent.status).map_or(Ok(sent), |refusal| Err(refusal.into())));
        match sent {
            Ok(sent) => {
                let status = format!("{}/status/{}", desk.place.href(), sent.status.id);
                Ok(recorded(&app, &status, &sent.receipts))
            }
            Err(error) => {
                refuse(visit, &mut form, error)?;
                show_check(&app, visit, &desk, (&copying, &copied), (&form, kept(&pairs, ids)))
            }
        }
    })
    .await
}

/// A collection by its id or short name, to which the reader may add.
pub(super) fn writable<'a>(place: &'a [&'a Collection], name: &str) -> Option<&'a Collection> {
    place.iter().find(|one| one.id == name || one.alias.as_deref() == Some(name)).copied()
}
