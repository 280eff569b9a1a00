//! The form of the crisis plan, and its check.

use super::plan::{PlanShown, level_name, read_plan, severity_words, shown_plan};
use super::{PLAN, actor};
use crate::library::plan::{
    Authority, Contact, CrisisPlan, Lead, MOST_ROWS, Statement, Trigger, severity_name, severity_of,
};
use crate::library::shelf::book;
use crate::library::{acts, read};
use askama::Template;
use axum::extract::State;
use scr_engine::ActError;
use scr_playbooks::severity::Level;
use scr_web::components::Crumb;
use scr_web::{App, FormState, Posted, Reply, Visit, form_page, kept, recorded, run};
use std::sync::Arc;

/// Empty rows behind those that are filled.
const SPARE: usize = 2;

#[derive(Template)]
#[template(path = "library/plan_edit.html")]
struct EditPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    /// Rows of each section: leads, triggers, contacts, statements.
    rows: [Vec<usize>; 4],
    levels: Vec<(String, String)>,
    severities: Vec<(String, String)>,
    playbooks: Vec<(String, String)>,
}

/// The sections: what their fields begin with, and the fields of a row.
const SECTIONS: [(&str, &[&str]); 4] = [
    ("lead", &["level", "role", "deputy", "when"]),
    ("trigger", &["playbook", "when", "severity", "role"]),
    ("contact", &["role", "purpose"]),
    ("statement", &["subject", "role", "how"]),
];
/// Fields that are chosen, and so never empty.
const CHOSEN: [&str; 3] = ["level", "severity", "playbook"];

/// The rows of a section in which something is typed.
fn filled(form: &FormState, (section, fields): (&str, &[&str])) -> Vec<usize> {
    let is_typed = |row: &usize| {
        fields
            .iter()
            .any(|name| !CHOSEN.contains(name) && !form.value(&format!("{section}-{row}-{name}")).is_empty())
    };
    (0..MOST_ROWS).filter(is_typed).collect()
}

fn render(app: &App, visit: &Visit, form: &FormState) -> Result<Reply, ActError> {
    let rows = SECTIONS.map(|section| {
        let used = filled(form, section).last().map_or(0, |row| row + 1);
        (0..(used + SPARE).min(MOST_ROWS)).collect()
    });
    let org = &actor(visit)?.org;
    let force = app.engine.read(|views| read::adopted(views, Some(org)))?;
    let mut playbooks = vec![(String::new(), visit.t("library-choose-playbook"))];
    for one in force {
        let name = book(app, &one.sha256)?.name(visit.lang_code(), &one.code);
        playbooks.push((one.code, name));
    }
    let template = EditPage {
        visit,
        crumbs: vec![Crumb::new(PLAN, visit.t("library-plan"))],
        form,
        rows,
        levels: Authority::ALL.map(|one| (one.as_str().to_owned(), level_name(visit, one))).into(),
        severities: Level::ALL.map(|one| (severity_name(one).to_owned(), severity_words(visit, one))).into(),
        playbooks,
    };
    Ok(form_page(&template, form))
}

/// The form of a plan.
fn form_of(plan: &CrisisPlan) -> FormState {
    let mut form = FormState::new()
        .with("title", &plan.title)
        .with("review", &plan.review)
        .with("public", if plan.public { "yes" } else { "no" });
    let mut add = |section: &str, row: usize, fields: &[(&str, &str)]| {
        for (name, text) in fields {
            form = std::mem::take(&mut form).with(&format!("{section}-{row}-{name}"), text);
        }
    };
    for (row, one) in plan.leads.iter().enumerate() {
        let fields = [
            ("level", one.level.as_str()),
            ("role", &one.role),
            ("deputy", &one.deputy),
            ("when", &one.when),
        ];
        add("lead", row, &fields);
    }
    for (row, one) in plan.triggers.iter().enumerate() {
        let severity = severity_name(one.severity);
        let fields = [
            ("playbook", one.playbook.as_str()),
            ("when", &one.when),
            ("severity", severity),
            ("role", &one.role),
        ];
        add("trigger", row, &fields);
    }
    for (row, one) in plan.contacts.iter().enumerate() {
        add("contact", row, &[("role", &one.role), ("purpose", &one.purpose)]);
    }
    for (row, one) in plan.statements.iter().enumerate() {
        add("statement", row, &[("subject", &one.subject), ("role", &one.role), ("how", &one.how)]);
    }
    form
}

/// The plan of a form, and its rows without gaps, as the errors count them.
fn plan_of(form: &FormState) -> CrisisPlan {
    let rows = |at: usize| {
        let section = SECTIONS[at];
        let text = move |row: usize, name: &str| {
            form.value(&format!("{}-{row}-{name}", section.0)).replace("\r\n", "\n")
        };
        filled(form, section).into_iter().map(move |row| move |name: &str| text(row, name))
    };
    CrisisPlan {
        title: form.value("title").to_owned(),
        leads: rows(0)
            .map(|of| Lead {
                level: Authority::parse(&of("level")).unwrap_or(Authority::Local),
                role: of("role"),
                deputy: of("deputy"),
                when: of("when"),
            })
            .collect(),
        triggers: rows(1)
            .map(|of| Trigger {
                playbook: of("playbook"),
                when: of("when"),
                severity: severity_of(&of("severity")).unwrap_or(Level::High),
                role: of("role"),
            })
            .collect(),
        contacts: rows(2).map(|of| Contact { role: of("role"), purpose: of("purpose") }).collect(),
        statements: rows(3)
            .map(|of| Statement { subject: of("subject"), role: of("role"), how: of("how") })
            .collect(),
        review: form.value("review").to_owned(),
        public: form.is("public", "yes"),
    }
}

/// The newest version's plan, to be changed.
fn newest(app: &App, visit: &Visit) -> Result<Option<CrisisPlan>, ActError> {
    let org = actor(visit)?.org.clone();
    let versions = app.engine.read(|views| read::plans(views, org.as_str()))?;
    versions.first().map(|version| read_plan(app, version)).transpose()
}

pub(super) async fn form(State(app): State<Arc<App>>, visit: Visit) -> Reply {
    run(visit, move |visit| {
        let plan = newest(&app, visit)?;
        let empty = || {
            let form =
                FormState::new().with("title", visit.t("library-plan-title-first")).with("public", "yes");
            // The three levels and the allies: who leads is what is asked.
            Authority::ALL.iter().enumerate().fold(form, |form, (row, level)| {
                form.with(&format!("lead-{row}-level"), level.as_str()).with(
                    &format!("lead-{row}-when"),
                    visit.t(&format!("library-plan-when-{}", level.as_str())),
                )
            })
            // i18n: library-plan-when-*
        };
        let form = plan.as_ref().map_or_else(empty, form_of);
        // Nobody is to choose the gravest by not choosing.
        let used = plan.map_or(0, |plan| plan.triggers.len());
        let high = severity_name(Level::High);
        let form =
            (used..MOST_ROWS).fold(form, |form, row| form.with(&format!("trigger-{row}-severity"), high));
        render(&app, visit, &form)
    })
    .await
}

#[derive(Template)]
#[template(path = "library/plan_check.html")]
struct CheckPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    shown: PlanShown,
    /// Whether a reason is asked for.
    is_later: bool,
    kept: Vec<(String, String)>,
}

/// The page that shows the plan before it is kept; the form again where something is wrong.
fn look(app: &App, visit: &Visit, form: &FormState) -> Result<Reply, ActError> {
    let plan = plan_of(form);
    let mut form = carried(&plan, form);
    let org = &actor(visit)?.org;
    let force = app.engine.read(|views| read::adopted(views, Some(org)))?;
    let codes: Vec<String> = force.into_iter().map(|one| one.code).collect();
    let problems = plan.problems(&codes, app.clock.now());
    if !problems.is_empty() {
        problems.iter().for_each(|problem| form.refuse(visit, problem));
        return render(app, visit, &form);
    }
    let kept = pairs(&plan);
    let template = CheckPage {
        visit,
        crumbs: vec![Crumb::new(PLAN, visit.t("library-plan"))],
        shown: shown_plan(app, visit, &plan, super::PATH)?,
        is_later: newest(app, visit)?.is_some(),
        kept,
        form: &form,
    };
    Ok(form_page(&template, &form))
}

/// The form again without gaps between its rows, with its reason and what was already wrong.
fn carried(plan: &CrisisPlan, form: &FormState) -> FormState {
    let mut next = form_of(plan).with("reason", form.value("reason"));
    next.errors.clone_from(&form.errors);
    next
}

/// Everything that is typed, as hidden fields.
fn pairs(plan: &CrisisPlan) -> Vec<(String, String)> {
    let form = form_of(plan);
    let mut names: Vec<String> = ["title", "review", "public"].map(str::to_owned).into();
    for (section, fields) in SECTIONS {
        for row in filled(&form, (section, fields)) {
            names.extend(fields.iter().map(|name| format!("{section}-{row}-{name}")));
        }
    }
    names.into_iter().map(|name| (name.clone(), form.value(&name).to_owned())).collect()
}

pub(super) async fn check(State(app): State<Arc<App>>, posted: Posted) -> Reply {
    let form = posted.form;
    run(posted.visit, move |visit| {
        // More rows, or back from the check.
        if form.is("go", "rows") || form.is("go", "change") {
            return render(&app, visit, &form);
        }
        look(&app, visit, &form)
    })
    .await
}

pub(super) async fn draft(State(app): State<Arc<App>>, posted: Posted) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let plan = plan_of(&form);
        let reason = form.value("reason").to_owned();
        let done = acts::draft_plan(&app.engine, actor(visit)?, &plan, Some(&reason));
        match kept(visit, &mut form, done)? {
            Some(receipts) => {
                let org = actor(visit)?.org.clone();
                let versions = app.engine.read(|views| read::plans(views, org.as_str()))?;
                let number = versions.first().map_or(1, |one| one.version);
                Ok(recorded(&app, &format!("{PLAN}?version={number}"), &receipts))
            }
            None => look(&app, visit, &form),
        }
    })
    .await
}
