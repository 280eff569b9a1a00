//! Second step of a registry: which columns name a station, and where it lies.

use super::super::data;
use super::super::draft::{Draft, Purpose};
use super::super::mapping::{FileView, MAX_MAPPING_BYTES, choose_file, filled_file, filled_up};
use super::super::problems;
use super::super::upload::{limits, steps};
use super::super::{crumbs, form_page, go, run_heavy};
use super::draft_href;
use askama::Template;
use axum::extract::{Path, State};
use scr_engine::ActError;
use scr_intake::{FileSpec, Input, RegistryMapping, propose_registry, propose_with};
use scr_web::components::Crumb;
use scr_web::{App, FormState, Posted, Reply, Visit};
use std::sync::Arc;

const CODE: [&str; 3] = ["code1", "code2", "code3"];
const PATH: [&str; 5] = ["path1", "path2", "path3", "path4", "path5"];
const REST: [&str; 7] = ["mapping", "encoding", "delimiter", "header", "label", "address", "registered"];

#[derive(Template)]
#[template(path = "results/desk_registry_mapping.html")]
struct MappingPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    steps: Vec<String>,
    hash: &'a str,
    draft: &'a Draft,
    form: &'a FormState,
    file: FileView,
    columns: Vec<(String, String)>,
}

pub(crate) async fn show(State(app): State<Arc<App>>, visit: Visit, Path(hash): Path<String>) -> Reply {
    run_heavy(Arc::clone(&app), visit, move |visit| {
        let draft = Draft::load_for(&app, visit, Purpose::Registry, &hash)?;
        mapping_page(&app, visit, &hash, &draft, FormState::new())
    })
    .await
}

/// The mapping of a draft. One that nobody can read is as good as none: the page proposes anew.
fn mapping_of(draft: &Draft) -> RegistryMapping {
    RegistryMapping::parse(&draft.mapping, "mapping.toml").unwrap_or_else(|_| RegistryMapping::new(&["@row"]))
}

fn mapping_page(
    app: &App,
    visit: &Visit,
    hash: &str,
    draft: &Draft,
    form: FormState,
) -> Result<Reply, ActError> {
    let election = data::election(app, &draft.election)?;
    let mapping = mapping_of(draft);
    let bytes = draft.file(app)?;
    let input = Input { name: &draft.file_name, bytes: &bytes };
    let mut file = FileView::of(visit, propose_with(input, &mapping.file, &limits(app)));
    // The proposal speaks of results; of a registry only what is about the file holds.
    file.reasons.retain(|reason| reason.is_about_file);
    let names: Vec<&str> = CODE.into_iter().chain(PATH).chain(REST).collect();
    let form = filled_up(form, &names, &filled(draft, &mapping));
    let template = MappingPage {
        crumbs: crumbs(visit, Some(&election)),
        steps: steps(visit),
        columns: file.columns(visit),
        form: &form,
        file,
        visit,
        hash,
        draft,
    };
    Ok(form_page(&template, &form))
}

/// The form as the draft has it.
fn filled(draft: &Draft, mapping: &RegistryMapping) -> FormState {
    let at = |columns: &[String], position: usize| columns.get(position).cloned().unwrap_or_default();
    let code: Vec<String> = mapping.code.iter().chain(&mapping.further).cloned().collect();
    let form = CODE
        .iter()
        .enumerate()
        .fold(filled_file(&mapping.file), |form, (position, field)| form.with(field, at(&code, position)));
    let form = PATH
        .iter()
        .enumerate()
        .fold(form, |form, (position, field)| form.with(field, at(&mapping.path, position)));
    form.with("label", mapping.label.as_deref().unwrap_or_default())
        .with("address", mapping.address.as_deref().unwrap_or_default())
        .with("registered", mapping.registered.as_deref().unwrap_or_default())
        .with("mapping", &draft.mapping)
}

/// Keeps the chosen columns, and goes on to the preview.
pub(crate) async fn keep(State(app): State<Arc<App>>, Path(hash): Path<String>, posted: Posted) -> Reply {
    let mut form = posted.form;
    run_heavy(Arc::clone(&app), posted.visit, move |visit| {
        let mut draft = Draft::load_for(&app, visit, Purpose::Registry, &hash)?;
        let mut mapping = mapping_of(&draft);
        let chosen = |fields: &[&str]| -> Vec<String> {
            let typed = fields.iter().map(|field| form.value(field).to_owned());
            typed.filter(|column| !column.is_empty()).collect()
        };
        // Further columns beyond the three of the form stay as the mapping has them.
        let more = mapping.code.iter().chain(&mapping.further).skip(CODE.len());
        let more: Vec<String> = more.cloned().collect();
        let code = chosen(&CODE);
        if code.is_empty() {
            form.reject("code1", visit.t("results-desk-registry-wrong-code"));
            return mapping_page(&app, visit, &hash, &draft, form);
        }
        mapping.code = code.into_iter().chain(more).collect();
        mapping.further.clear();
        let deeper: Vec<String> = mapping.path.iter().skip(PATH.len()).cloned().collect();
        mapping.path = chosen(&PATH).into_iter().chain(deeper).collect();
        let one = |field: &str| Some(form.value(field).to_owned()).filter(|column| !column.is_empty());
        mapping.label = one("label");
        mapping.address = one("address");
        mapping.registered = one("registered");
        draft.mapping = mapping.to_toml();
        let hash = draft.save(&app)?;
        Ok(go(&format!("{}/preview", draft_href(&hash))))
    })
    .await
}

/// Keeps a mapping as typed.
pub(crate) async fn typed(State(app): State<Arc<App>>, Path(hash): Path<String>, posted: Posted) -> Reply {
    let mut form = posted.form;
    run_heavy(Arc::clone(&app), posted.visit, move |visit| {
        let mut draft = Draft::load_for(&app, visit, Purpose::Registry, &hash)?;
        let text = form.value("mapping").replace("\r\n", "\n");
        if text.len() > MAX_MAPPING_BYTES {
            let max = [("max", MAX_MAPPING_BYTES.into())];
            form.reject("mapping", visit.ta("results-desk-wrong-text", &max));
        } else if let Err(problem) = RegistryMapping::parse(&text, "mapping.toml") {
            form.reject("mapping", problems::sentence(visit, &problem));
        }
        if !form.is_fine() {
            return mapping_page(&app, visit, &hash, &draft, form);
        }
        draft.mapping = text;
        let hash = draft.save(&app)?;
        Ok(go(&format!("{}/preview", draft_href(&hash))))
    })
    .await
}

/// Proposes again with what a person has chosen about the file.
pub(crate) async fn choices(State(app): State<Arc<App>>, Path(hash): Path<String>, posted: Posted) -> Reply {
    let mut form = posted.form;
    run_heavy(Arc::clone(&app), posted.visit, move |visit| {
        let mut draft = Draft::load_for(&app, visit, Purpose::Registry, &hash)?;
        let mut known = mapping_of(&draft).file;
        if form.is("anew", "yes") {
            known = FileSpec::default();
            draft.like = None;
        } else if !choose_file(visit, &mut form, &mut known) {
            return mapping_page(&app, visit, &hash, &draft, form);
        }
        let bytes = draft.file(&app)?;
        let input = Input { name: &draft.file_name, bytes: &bytes };
        let (mut mapping, _) = propose_registry(input, &known, &limits(&app));
        mapping.file.header_row = known.header_row.or(mapping.file.header_row);
        draft.mapping = mapping.to_toml();
        let hash = draft.save(&app)?;
        Ok(go(&draft_href(&hash)))
    })
    .await
}
