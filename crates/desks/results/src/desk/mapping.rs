//! Second step of an import: how the file is read. The proposal, its reasons, and what a person
//! makes of it.

use super::columns::{self, ColumnsView, name_of};
use super::data::{self, ElectionRow};
use super::draft::Draft;
use super::problems::{self, problem_line};
use super::upload::{limits, steps};
use super::{check_id, check_text, crumbs, form_page, go, run_heavy};
use askama::Template;
use axum::extract::{Path, State};
use scr_engine::ActError;
use scr_intake::{Encoding, FileSpec, Finding, Format, Input, Mapping, Proposal, propose_with};
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
const FIELDS: [&str; 7] = ["mapping", "contest", "source", "source_name", "encoding", "delimiter", "header"];
const MAX_NAME_BYTES: usize = 200;
pub(crate) const MAX_MAPPING_BYTES: usize = 200 * 1024;

/// One reason of the proposal, in words.
pub(crate) struct Reason {
    /// What it is about, as the proposal has it.
    pub(crate) code: &'static str,
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
    columns: Option<ColumnsView>,
    contests: Vec<(String, String)>,
}

pub(crate) async fn show(State(app): State<Arc<App>>, visit: Visit, Path(hash): Path<String>) -> Reply {
    run_heavy(Arc::clone(&app), visit, move |visit| {
        let draft = Draft::load(&app, visit, &hash)?;
        mapping_page(&app, visit, &hash, &draft, FormState::new())
    })
    .await
}

/// The mapping of a draft. One that nobody can read is as good as none: the page proposes anew.
fn mapping_of(draft: &Draft) -> Mapping {
    Mapping::parse(&draft.mapping, "mapping.toml").unwrap_or_else(|_| Mapping::new(Format::Delimited))
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
    let proposal = propose_with(input, &mapping.file, &limits(app));
    let form = filled_up(form, &FIELDS, &filled(draft, &mapping.file));
    let contests = app.engine.read(|views| data::contests(views, &election.id))?;
    let reasons: Vec<Reason> = proposal.findings.iter().map(|finding| reason(visit, finding)).collect();
    let columns = ColumnsView::of(visit, input, &mapping, &proposal, &reasons, &form, &limits(app));
    let file = FileView::of(visit, proposal);
    let template = MappingPage {
        crumbs: crumbs(visit, Some(&election)),
        steps: steps(visit),
        contests: std::iter::once((String::new(), visit.t("results-desk-contest-later")))
            .chain(contests.into_iter().map(|contest| (contest.id, contest.title)))
            .collect(),
        form: &form,
        columns,
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
fn filled(draft: &Draft, file: &FileSpec) -> FormState {
    filled_file(file)
        .with("mapping", &draft.mapping)
        .with("contest", &draft.contest)
        .with("source", &draft.source)
        .with("source_name", &draft.source_name)
}

fn reason(visit: &Visit, finding: &Finding) -> Reason {
    // i18n: results-desk-why-* results-desk-about-*
    let words = |key: String| if visit.texts().has(&key) { visit.t(&key) } else { String::new() };
    Reason {
        code: finding.about,
        about: words(format!("results-desk-about-{}", finding.about)),
        value: finding.value.clone(),
        read_as: finding.read_as.clone().unwrap_or_default(),
        why: words(format!("results-desk-why-{}", finding.reason)),
        confidence: finding.confidence,
        is_about_file: !matches!(finding.about, "column" | "unit" | "layout" | "format"),
    }
}

/// Keeps what was chosen, and goes on to the preview, or shows again what would be read.
pub(crate) async fn keep(State(app): State<Arc<App>>, Path(hash): Path<String>, posted: Posted) -> Reply {
    let Posted { mut form, pairs, visit } = posted;
    let has = move |name: &str| pairs.iter().any(|(field, _)| field == name);
    run_heavy(Arc::clone(&app), visit, move |visit| {
        let mut draft = Draft::load(&app, visit, &hash)?;
        let election = data::election(&app, &draft.election)?;
        if has("mapping") {
            check_mapping(visit, &mut form);
        }
        let mapping = if has("mapping") {
            form.value("mapping").replace("\r\n", "\n")
        } else {
            chosen(&app, visit, &draft, &mut form)?
        };
        let goes_on = has("source") && !form.is("again", "yes");
        if goes_on {
            check(&app, visit, &election, &mut form)?;
        }
        if !form.is_fine() {
            return mapping_page(&app, visit, &hash, &draft, form);
        }
        draft.mapping = mapping;
        for (field, value) in [
            ("contest", &mut draft.contest),
            ("source", &mut draft.source),
            ("source_name", &mut draft.source_name),
        ] {
            if has(field) && form.value(field).len() <= MAX_NAME_BYTES {
                form.value(field).clone_into(value);
            }
        }
        let hash = draft.save(&app)?;
        Ok(go(&if goes_on {
            format!("/desk/imports/{hash}/preview")
        } else {
            format!("/desk/imports/{hash}")
        }))
    })
    .await
}

/// The mapping with the roles of the form; as it was where the form has none.
fn chosen(app: &App, visit: &Visit, draft: &Draft, form: &mut FormState) -> Result<String, ActError> {
    if form.value(&name_of(0)).is_empty() {
        return Ok(draft.mapping.clone());
    }
    let bytes = draft.file(app)?;
    let input = Input { name: &draft.file_name, bytes: &bytes };
    let mapping = mapping_of(draft);
    let new = columns::apply(visit, input, &mapping, form, &limits(app));
    Ok(new.map_or_else(|| draft.mapping.clone(), |new| new.to_toml()))
}

fn check_mapping(visit: &Visit, form: &mut FormState) {
    let text = form.value("mapping").to_owned();
    if text.len() > MAX_MAPPING_BYTES {
        form.reject("mapping", visit.ta("results-desk-wrong-text", &[("max", MAX_MAPPING_BYTES.into())]));
    } else if let Err(problem) = Mapping::parse(&text, "mapping.toml") {
        form.reject("mapping", problems::sentence(visit, &problem));
    }
}

fn check(app: &App, visit: &Visit, election: &ElectionRow, form: &mut FormState) -> Result<(), ActError> {
    let contests = app.engine.read(|views| data::contests(views, &election.id))?;
    let contest = form.value("contest");
    if !contest.is_empty() && !contests.iter().any(|one| one.id == contest) {
        form.reject("contest", visit.t("results-desk-wrong-choice"));
    }
    check_text(visit, form, "source_name", MAX_NAME_BYTES);
    check_id(visit, form, "source");
    Ok(())
}

/// Proposes again: with what a person has chosen about the file, or anew.
pub(crate) async fn choices(State(app): State<Arc<App>>, Path(hash): Path<String>, posted: Posted) -> Reply {
    let mut form = posted.form;
    run_heavy(Arc::clone(&app), posted.visit, move |visit| {
        let mut draft = Draft::load(&app, visit, &hash)?;
        let mut file = FileSpec::default();
        if form.is("anew", "yes") {
            draft.like = None;
        } else {
            file = mapping_of(&draft).file;
            if !choose_file(visit, &mut form, &mut file) {
                return mapping_page(&app, visit, &hash, &draft, form);
            }
        }
        let bytes = draft.file(&app)?;
        let input = Input { name: &draft.file_name, bytes: &bytes };
        let mut mapping = propose_with(input, &file, &limits(&app)).mapping;
        mapping.file.header_row = file.header_row.or(mapping.file.header_row);
        draft.mapping = mapping.to_toml();
        let hash = draft.save(&app)?;
        Ok(go(&format!("/desk/imports/{hash}")))
    })
    .await
}
