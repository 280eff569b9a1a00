//! Second step of an import: how the file is read. The proposal, its reasons, and what a person
//! makes of it.

use super::data::{self, ElectionRow};
use super::draft::Draft;
use super::problems::{self, problem_line};
use super::upload::{limits, steps};
use super::{check_id, check_text, crumbs, form_page, go, run, run_heavy};
use askama::Template;
use axum::extract::{Path, State};
use scr_engine::ActError;
use scr_intake::{Encoding, FileSpec, Finding, Input, Mapping, Proposal, propose_with};
use scr_web::components::{Crumb, ProblemLine};
use scr_web::{App, FormState, Posted, Reply, Visit};
use std::sync::Arc;

const ENCODINGS: [(&str, &str); 7] = [
    ("utf8", "UTF-8"),
    ("utf16le", "UTF-16 LE"),
    ("utf16be", "UTF-16 BE"),
    ("windows1250", "Windows-1250"),
    ("windows1251", "Windows-1251"),
    ("windows1252", "Windows-1252"),
    ("latin1", "ISO 8859-1"),
];
const DELIMITERS: [(&str, char); 4] = [("comma", ','), ("semicolon", ';'), ("tab", '\t'), ("pipe", '|')];
const FIELDS: [&str; 9] =
    ["mapping", "contest", "source", "source_name", "encoding", "delimiter", "header", "unit1", "unit2"];
pub(crate) const MAX_MAPPING_BYTES: usize = 200 * 1024;

/// One reason of the proposal, in words.
pub(crate) struct Reason {
    pub(crate) about: String,
    pub(crate) value: String,
    pub(crate) read_as: String,
    pub(crate) why: String,
    pub(crate) confidence: u8,
    /// Not about a column or what a column means.
    pub(crate) is_about_file: bool,
}

/// What the file itself says, and what can be chosen about it: the same for results and for registries.
pub(crate) struct FileView {
    pub(crate) reasons: Vec<Reason>,
    pub(crate) problems: Vec<ProblemLine>,
    pub(crate) headings: Vec<String>,
    pub(crate) sample: Vec<Vec<String>>,
    pub(crate) encodings: Vec<(&'static str, String)>,
    pub(crate) delimiters: Vec<(&'static str, String)>,
    pub(crate) is_text: bool,
}

impl FileView {
    pub(crate) fn of(visit: &Visit, proposal: Proposal) -> Self {
        Self {
            reasons: proposal.findings.iter().map(|finding| reason(visit, finding)).collect(),
            problems: proposal.problems.iter().map(|problem| problem_line(visit, problem)).collect(),
            encodings: ENCODINGS.iter().map(|(code, name)| (*code, (*name).to_owned())).collect(),
            delimiters: DELIMITERS.iter().map(|(code, _)| (*code, delimiter_text(visit, code))).collect(),
            is_text: proposal.findings.iter().any(|finding| finding.about == "delimiter"),
            headings: proposal.headings,
            sample: proposal.sample,
        }
    }

    /// Its columns as choices: none, the number of the row, and each heading.
    pub(crate) fn columns(&self, visit: &Visit) -> Vec<(String, String)> {
        let mut columns = vec![
            (String::new(), visit.t("results-desk-none")),
            ("@row".to_owned(), visit.t("results-desk-row-number")),
        ];
        columns.extend(self.headings.iter().map(|heading| (heading.clone(), heading.clone())));
        columns
    }
}

#[derive(Template)]
#[template(path = "results/desk_mapping.html")]
struct MappingPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    steps: Vec<String>,
    hash: &'a str,
    draft: &'a Draft,
    form: &'a FormState,
    file: FileView,
    columns: Vec<(String, String)>,
    contests: Vec<(String, String)>,
}

pub(crate) async fn show(State(app): State<Arc<App>>, visit: Visit, Path(hash): Path<String>) -> Reply {
    run_heavy(Arc::clone(&app), visit, move |visit| {
        let draft = Draft::load(&app, visit, &hash)?;
        mapping_page(&app, visit, &hash, &draft, FormState::new())
    })
    .await
}

/// What the file is known to be like, by the mapping so far.
fn known(draft: &Draft) -> (FileSpec, Vec<String>) {
    Mapping::parse(&draft.mapping, "mapping.toml")
        .map(|mapping| (mapping.file, mapping.unit.key))
        .unwrap_or_default()
}

fn proposal(app: &App, draft: &Draft, known: &FileSpec) -> Result<Proposal, ActError> {
    let file = draft.file(app)?;
    Ok(propose_with(Input { name: &draft.file_name, bytes: &file }, known, &limits(app)))
}

fn mapping_page(
    app: &App,
    visit: &Visit,
    hash: &str,
    draft: &Draft,
    form: FormState,
) -> Result<Reply, ActError> {
    let election = data::election(app, &draft.election)?;
    let (file, units) = known(draft);
    let proposal = proposal(app, draft, &file)?;
    let kept = filled(draft, &file, &units);
    let form = filled_up(form, &FIELDS, &kept);
    let contests = app.engine.read(|views| data::contests(views, &election.id))?;
    let file = FileView::of(visit, proposal);
    let template = MappingPage {
        crumbs: crumbs(visit, Some(&election)),
        steps: steps(visit),
        contests: std::iter::once((String::new(), visit.t("results-desk-contest-later")))
            .chain(contests.into_iter().map(|contest| (contest.id, contest.title)))
            .collect(),
        columns: file.columns(visit),
        form: &form,
        file,
        visit,
        hash,
        draft,
    };
    Ok(form_page(&template, &form))
}

fn delimiter_text(visit: &Visit, code: &str) -> String {
    // i18n: results-desk-delimiter-*
    visit.t(&format!("results-desk-delimiter-{code}"))
}

/// What was typed, and what is kept where nothing was.
pub(crate) fn filled_up(form: FormState, fields: &[&str], kept: &FormState) -> FormState {
    fields.iter().fold(form, |form, field| {
        if form.value(field).is_empty() && form.error(field).is_none() {
            form.with(field, kept.value(field))
        } else {
            form
        }
    })
}

/// What is known about the file, as the form has it.
pub(crate) fn filled_file(file: &FileSpec) -> FormState {
    let encoding = file.encoding.and_then(|encoding| serde_json::to_value(encoding).ok());
    let delimiter = DELIMITERS.iter().find(|(_, sign)| Some(*sign) == file.delimiter);
    FormState::new()
        .with("encoding", encoding.as_ref().and_then(|text| text.as_str()).unwrap_or_default())
        .with("delimiter", delimiter.map_or("", |(code, _)| code))
        .with("header", file.header_row.map(|row| row.to_string()).unwrap_or_default())
}

/// Takes what a person has chosen about the file; false when something of it is wrong.
pub(crate) fn choose_file(visit: &Visit, form: &mut FormState, file: &mut FileSpec) -> bool {
    let header = form.value("header").parse::<u64>().ok().filter(|row| *row > 0);
    if header.is_none() && !form.value("header").is_empty() {
        form.reject("header", visit.t("results-desk-wrong-header"));
        return false;
    }
    let encoding = serde_json::from_value::<Encoding>(form.value("encoding").into()).ok();
    let delimiter = DELIMITERS.iter().find(|(code, _)| form.is("delimiter", code)).map(|(_, sign)| *sign);
    file.encoding = encoding.or(file.encoding);
    file.delimiter = delimiter.or(file.delimiter);
    file.header_row = header;
    true
}

/// The form as the draft has it.
fn filled(draft: &Draft, file: &FileSpec, units: &[String]) -> FormState {
    let unit = |position: usize| units.get(position).map_or("", String::as_str);
    filled_file(file)
        .with("mapping", &draft.mapping)
        .with("contest", &draft.contest)
        .with("source", &draft.source)
        .with("source_name", &draft.source_name)
        .with("unit1", unit(0))
        .with("unit2", unit(1))
}

fn reason(visit: &Visit, finding: &Finding) -> Reason {
    // i18n: results-desk-why-* results-desk-about-*
    let words = |key: String| if visit.texts().has(&key) { visit.t(&key) } else { String::new() };
    Reason {
        about: words(format!("results-desk-about-{}", finding.about)),
        value: finding.value.clone(),
        read_as: finding.read_as.clone().unwrap_or_default(),
        why: words(format!("results-desk-why-{}", finding.reason)),
        confidence: finding.confidence,
        is_about_file: !matches!(finding.about, "column" | "unit" | "layout" | "format"),
    }
}

/// Keeps the mapping as typed, with contest and source, and goes on to the preview.
pub(crate) async fn keep(State(app): State<Arc<App>>, Path(hash): Path<String>, posted: Posted) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let mut draft = Draft::load(&app, visit, &hash)?;
        let election = data::election(&app, &draft.election)?;
        check(&app, visit, &election, &mut form)?;
        if !form.is_fine() {
            return mapping_page(&app, visit, &hash, &draft, form);
        }
        draft.mapping = form.value("mapping").replace("\r\n", "\n");
        for (field, value) in [
            ("contest", &mut draft.contest),
            ("source", &mut draft.source),
            ("source_name", &mut draft.source_name),
        ] {
            form.value(field).clone_into(value);
        }
        let hash = draft.save(&app)?;
        Ok(go(&format!("/desk/imports/{hash}/preview")))
    })
    .await
}

fn check(app: &App, visit: &Visit, election: &ElectionRow, form: &mut FormState) -> Result<(), ActError> {
    let text = form.value("mapping").to_owned();
    if text.len() > MAX_MAPPING_BYTES {
        form.reject("mapping", visit.ta("results-desk-wrong-text", &[("max", MAX_MAPPING_BYTES.into())]));
    } else if let Err(problem) = Mapping::parse(&text, "mapping.toml") {
        form.reject("mapping", problems::sentence(visit, &problem));
    }
    let contests = app.engine.read(|views| data::contests(views, &election.id))?;
    let contest = form.value("contest");
    if !contest.is_empty() && !contests.iter().any(|one| one.id == contest) {
        form.reject("contest", visit.t("results-desk-wrong-choice"));
    }
    check_id(visit, form, "source");
    check_text(visit, form, "source_name", 200);
    Ok(())
}

/// Proposes again with what a person has chosen.
pub(crate) async fn choices(State(app): State<Arc<App>>, Path(hash): Path<String>, posted: Posted) -> Reply {
    let mut form = posted.form;
    run_heavy(Arc::clone(&app), posted.visit, move |visit| {
        let mut draft = Draft::load(&app, visit, &hash)?;
        let (mut file, units) = known(&draft);
        if !choose_file(visit, &mut form, &mut file) {
            return mapping_page(&app, visit, &hash, &draft, form);
        }
        let header = file.header_row;
        let mut mapping = proposal(&app, &draft, &file)?.mapping;
        mapping.file.header_row = header.or(mapping.file.header_row);
        let chosen: Vec<String> = [form.value("unit1"), form.value("unit2")]
            .into_iter()
            .filter(|column| !column.is_empty())
            .map(str::to_owned)
            .collect();
        let before: Vec<&String> = units.iter().take(2).collect();
        if !chosen.is_empty() && before != chosen.iter().collect::<Vec<_>>() {
            mapping.unit.key = chosen;
        }
        draft.mapping = mapping.to_toml();
        let hash = draft.save(&app)?;
        Ok(go(&format!("/desk/imports/{hash}")))
    })
    .await
}
