//! What the forms of a change offer.

use super::{Desk, What};
use crate::library::pages::parts::roles;
use crate::library::pages::steps::{StepRow, branch_name, flow_name};
use crate::library::words::clipped;
use scr_i18n::Lang;
use scr_playbooks::graph::{Flow, StepKind};
use scr_web::{FormState, Visit};

/// Choices of one select.
type Options = Vec<(String, String)>;

/// What the forms of a change offer.
#[derive(Debug, Default)]
pub(super) struct Choices {
    /// Steps that the change can be made to.
    pub(super) steps: Options,
    /// All steps, and none.
    pub(super) targets: Options,
    /// Roles.
    pub(super) agents: Options,
    /// Roles, and none of them.
    pub(super) others: Options,
    /// Where a step can stand.
    pub(super) places: Options,
    /// Ways out of the step.
    pub(super) exits: Options,
    /// Units of time.
    pub(super) units: Options,
    /// What is handed in.
    pub(super) evidence: Options,
    /// Languages of texts: address, name, whether it is the one that is shown.
    pub(super) languages: Vec<(String, String, bool)>,
    /// Whether only texts of another language are changed.
    pub(super) is_translation: bool,
    /// Commands that people carry out: the field, and which it is.
    pub(super) commands: Vec<(String, u64)>,
    /// The step has commands at all.
    pub(super) is_act: bool,
    /// The step is a loop.
    pub(super) is_loop: bool,
}

pub(super) fn choices(desk: &Desk<'_>, form: &FormState, step: Option<&StepRow>) -> Choices {
    let visit = desk.visit;
    let agents: Options = roles(visit, &desk.place.book).into_iter().map(|one| (one.id, one.name)).collect();
    let with = |first: &str, rest: &Options| {
        let mut all = vec![(String::new(), visit.t(first))];
        all.extend(rest.iter().cloned());
        all
    };
    let all: Options = desk.steps.rows.iter().map(|row| (row.id.clone(), row.label())).collect();
    // i18n: library-choose-nowhere, library-choose-new, library-choose-any
    let first = if desk.what == What::Role { "library-choose-new" } else { "library-choose-any" };
    Choices {
        steps: steps(desk),
        targets: with("library-choose-nowhere", &all),
        others: with(first, &agents),
        agents,
        places: places(desk, step),
        exits: step.map(|step| exits(visit, desk, step)).unwrap_or_default(),
        units: units(visit),
        evidence: ["none", "note", "file"]
            // i18n: library-evidence-*
            .map(|name| (name.to_owned(), visit.t(&format!("library-evidence-{name}"))))
            .into(),
        languages: languages(desk, form, step),
        is_translation: !form.value("in").is_empty(),
        commands: (0..step.map_or(0, manual))
            .zip(1..)
            .map(|(at, number)| (format!("command-{at}"), number))
            .collect(),
        is_act: step.is_some_and(|step| step.kind == StepKind::Action),
        is_loop: step.is_some_and(|step| step.kind == StepKind::While),
    }
}

/// How many commands can be changed: those of steps that people do.
pub(super) fn manual(step: &StepRow) -> usize {
    let is_manual = step.more_commands == 0 && step.commands.iter().all(|one| one.kind == "manual");
    if is_manual { step.commands.len() } else { 0 }
}

fn steps(desk: &Desk<'_>) -> Options {
    let fits = |row: &&StepRow| match desk.what {
        What::Remove | What::Move => matches!(row.kind, StepKind::Action | StepKind::Playbook),
        What::Link => row.kind != StepKind::End,
        _ => !matches!(row.kind, StepKind::Start | StepKind::End),
    };
    desk.steps.rows.iter().filter(fits).map(|row| (row.id.clone(), row.label())).collect()
}

/// Units of time with their milliseconds.
pub(super) const UNITS: [(&str, u64); 4] =
    [("minutes", 60_000), ("hours", 3_600_000), ("days", 86_400_000), ("seconds", 1_000)];

fn units(visit: &Visit) -> Options {
    // i18n: library-unit-*
    UNITS.map(|(name, _)| (name.to_owned(), visit.t(&format!("library-unit-{name}")))).into()
}

/// Behind each step, and at the beginning of each branch.
fn places(desk: &Desk<'_>, moved: Option<&StepRow>) -> Options {
    let visit = desk.visit;
    let mut all = Vec::new();
    let others = desk.steps.rows.iter().filter(|row| moved.is_none_or(|moved| moved.id != row.id));
    for row in others {
        let Some(node) = desk.place.book.graph.place(&row.id).map(|at| &desk.place.book.graph.nodes[at])
        else {
            continue;
        };
        for (label, _) in &node.branches {
            let branch = branch_name(visit, row.kind, label);
            let text =
                visit.ta("library-place-branch", &[("step", row.label().into()), ("branch", branch.into())]);
            all.push((format!("branch:{}:{label}", row.id), text));
        }
        if node.next().is_some() {
            all.push((
                format!("after:{}", row.id),
                visit.ta("library-place-after", &[("step", row.label().into())]),
            ));
        }
    }
    all
}

/// The ways out that a step has or can have.
fn exits(visit: &Visit, desk: &Desk<'_>, step: &StepRow) -> Options {
    let mut all: Options = Vec::new();
    let Some(at) = desk.place.book.graph.place(&step.id) else { return all };
    let node = &desk.place.book.graph.nodes[at];
    match step.kind {
        StepKind::If => {
            all.push(("on_true".to_owned(), branch_name(visit, step.kind, "true")));
            all.push(("on_false".to_owned(), branch_name(visit, step.kind, "false")));
        }
        StepKind::While => all.push(("on_true".to_owned(), branch_name(visit, step.kind, "true"))),
        StepKind::Parallel => {
            for number in 0..=node.branches.len() {
                let name = branch_name(visit, step.kind, &number.to_string());
                all.push((format!("next_steps/{number}"), name));
            }
        }
        StepKind::Switch => {
            let cases = node.branches.iter();
            all.extend(cases.map(|(case, _)| (format!("cases/{case}"), branch_name(visit, step.kind, case))));
        }
        _ => {}
    }
    for (name, flow) in
        [("on_completion", Flow::Completion), ("on_success", Flow::Success), ("on_failure", Flow::Failure)]
    {
        all.push((name.to_owned(), flow_name(visit, flow)));
    }
    all
}

/// The playbook's own language, and every language of this program.
fn languages(desk: &Desk<'_>, form: &FormState, step: Option<&StepRow>) -> Vec<(String, String, bool)> {
    if !matches!(desk.what, What::Step | What::About) {
        return Vec::new();
    }
    let step = step.map(|step| format!("step={}&", scr_web::in_address(&step.id))).unwrap_or_default();
    let chosen = form.value("in");
    let own = desk.place.book.plan.as_ref().and_then(|plan| plan.extension.language.clone());
    let address = |lang: &str| format!("{}?{step}in={lang}", desk.href());
    let named = own.as_deref().map_or_else(
        || desk.visit.t("library-language-own"),
        |own| {
            let name = Lang::parse(own).map_or(own.to_owned(), |lang| lang.own_name().to_owned());
            desk.visit.ta("library-language-first", &[("language", clipped(&name, 40).into())])
        },
    );
    let mut all = vec![(address(""), named, chosen.is_empty())];
    let others = Lang::ALL.into_iter().filter(|lang| Some(lang.code()) != own.as_deref());
    all.extend(others.map(|lang| (address(lang.code()), lang.own_name().to_owned(), chosen == lang.code())));
    all
}
