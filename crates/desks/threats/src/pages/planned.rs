//! The last look before something is shared: exactly what goes to whom, until when, and what somebody should think about.

use super::chosen::{Chosen, naming};
use super::held::Draft;
use super::names::Names;
use super::place::Place;
use super::share::{LISTED, steps};
use super::words::{kind_name, label_means, label_tag};
use super::{craft, crumbs};
use crate::share::{FOREIGN, Line, NAMES_OWNER, OTHER, Plan, Planned};
use crate::vocabulary::warn::{self, Warned};
use askama::Template;
use scr_core::{OrgId, Tlp};
use scr_stix::Object;
use scr_threats::{Collection, Members};
use scr_web::components::{Crumb, ProblemLine, Tag};
use scr_web::{App, FormState, Reply, Visit, form_page};

/// Warnings that are listed one by one.
const WARNED: usize = 50;

/// An object with what would become of it.
struct PlanLine {
    title: String,
    kind: String,
    tag: Tag,
    whom: String,
    /// Of a sign to look for: until when it holds.
    until: Option<String>,
}

/// A value that should not be blocked, in words.
struct WarningLine {
    value: String,
    text: String,
    list: String,
}

fn warning_line(visit: &Visit, one: &Warned) -> WarningLine {
    // i18n: threats-warn-*
    let text = visit.t(&format!("threats-warn-{}", one.why.name()));
    let list = match one.list.as_str() {
        "" => visit.ta("threats-warn-by-own", &[("entry", one.entry.as_str().into())]),
        list => visit.ta(
            "threats-warn-by",
            &[("list", warn::list_name(visit, list).into()), ("entry", one.entry.as_str().into())],
        ),
    };
    WarningLine { value: one.value.clone(), text, list }
}

/// Until when an indicator holds, in words.
fn until(visit: &Visit, object: &Object) -> Option<String> {
    if object.kind() != "indicator" {
        return None;
    }
    let at = object.head().valid_until.as_ref().map(|time| time.micros().div_euclid(1_000_000));
    Some(match at {
        Some(at) => {
            visit.ta("threats-planned-until", &[("date", visit.texts().date(at, &visit.zone).into())])
        }
        None => visit.t("threats-planned-no-end"),
    })
}

#[derive(Template)]
#[template(path = "pages/share_check.html")]
struct CheckPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    steps: Vec<String>,
    draft: &'a Draft,
    lines: Vec<PlanLine>,
    more: usize,
    total: usize,
    there: usize,
    failures: Vec<(String, String)>,
    uncopied: &'a [(String, String)],
    unknown: usize,
    problems: &'a [ProblemLine],
    warnings: Vec<WarningLine>,
    more_warnings: usize,
    collection: String,
    waits: usize,
    public: usize,
    pseudonym: Option<&'a str>,
    custodians: String,
    naming: Vec<String>,
    kept_back: usize,
    copied: usize,
    means: Vec<(String, String)>,
    batch_seconds: u16,
    digest: String,
    kept: Vec<(String, String)>,
    href: String,
    back: String,
}

/// With whom an object would be shared, by name.
pub(super) fn whom_text(
    visit: &Visit,
    names: &Names,
    (place, collection): (&Place, Option<&Collection>),
    planned: &Planned,
) -> String {
    let readers = collection.map(|one| &one.readers);
    // A label lets nobody in who may not read the collection.
    let gets = |org: &&OrgId| **org != place.org && readers.is_some_and(|readers| readers.include(org));
    let orgs: Vec<&OrgId> = match planned.tlp {
        // In whatever collection it is: the record is public.
        Tlp::Clear => return visit.t("threats-whom-everybody"),
        Tlp::Green => place.community().members.keys().filter(gets).collect(),
        _ => planned.audience.iter().filter(gets).collect(),
    };
    if orgs.is_empty() {
        return visit.t("threats-whom-nobody");
    }
    let list = names.list(orgs);
    if planned.tlp == Tlp::Green && readers == Some(&Members::All) {
        return visit.ta("threats-whom-members", &[("orgs", list.into())]);
    }
    list
}

fn fail_text(visit: &Visit, line: &Line) -> (String, String) {
    let why = match line.message.as_deref() {
        Some(OTHER) => visit.t("threats-fail-other"),
        Some(FOREIGN) => visit.t("threats-fail-foreign"),
        Some(NAMES_OWNER) => visit.t("craft-fail-names-owner"),
        other => other.unwrap_or_default().to_owned(),
    };
    (line.id.clone(), why)
}

pub(super) fn show_check(
    app: &App,
    visit: &Visit,
    (place, draft): (&Place, &Draft),
    (chosen, plan, warned): (&Chosen, &Plan, &[Warned]),
    (form, kept): (&FormState, Vec<(String, String)>),
) -> Reply {
    let names = Names::of(app);
    let community = place.community();
    let collection = community.collection(&chosen.sharing.collection);
    let line = |one: &Planned| PlanLine {
        title: one.object.head().title.as_deref().map_or_else(|| one.object.id().to_string(), str::to_owned),
        kind: match chosen.copies.ids.contains(one.object.id().as_str()) {
            true => visit.ta("craft-is-copy", &[("kind", kind_name(visit, one.object.kind()).into())]),
            false => kind_name(visit, one.object.kind()),
        },
        tag: label_tag(one.tlp),
        whom: whom_text(visit, &names, (place, collection), one),
        until: until(visit, &one.object),
    };
    let mut used: Vec<Tlp> = plan.planned.iter().map(|one| one.tlp).collect();
    used.dedup();
    let is_hidden = chosen.sharing.pseudonym.is_some();
    let template = CheckPage {
        visit,
        crumbs: crumbs(visit, Some(place)),
        form,
        steps: steps(visit),
        lines: plan.planned.iter().take(LISTED).map(line).collect(),
        more: plan.planned.len().saturating_sub(LISTED),
        total: plan.planned.len(),
        there: plan.there.len(),
        failures: plan.failures.iter().take(LISTED).map(|one| fail_text(visit, one)).collect(),
        uncopied: &chosen.copies.failures,
        unknown: plan.notes.len(),
        problems: &draft.problems,
        warnings: warned.iter().take(WARNED).map(|one| warning_line(visit, one)).collect(),
        more_warnings: warned.len().saturating_sub(WARNED),
        collection: collection.map(|one| one.title.clone()).unwrap_or_default(),
        waits: plan.planned.iter().filter(|one| one.tlp > Tlp::Green || is_hidden).count(),
        public: plan.planned.iter().filter(|one| one.tlp == Tlp::Clear).count(),
        pseudonym: chosen.sharing.pseudonym.as_deref(),
        custodians: names.list(&community.custodians),
        naming: naming(&names, place, chosen),
        kept_back: craft::kept_back(&draft.objects, community.rules.unmarked),
        copied: chosen.copies.ids.len(),
        means: used.into_iter().map(|tlp| (label_tag(tlp).text, label_means(visit, tlp))).collect(),
        batch_seconds: app.config.batch_seconds,
        digest: chosen.digest.clone(),
        kept,
        href: format!("{}/share", place.href()),
        back: place.href(),
        draft,
    };
    form_page(&template, form)
}
