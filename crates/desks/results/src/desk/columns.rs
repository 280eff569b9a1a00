//! What each column of a file is, as rows of a form, and what a person made of them.

use super::mapping::Reason;
use crate::entry::words::field_name;
use scr_intake::{Columns, Input, Limits, Mapping, Proposal, Role, RoleFault, columns_of, with_roles};
use scr_results::field;
use scr_web::components::{Tag, Tone};
use scr_web::{FormState, Visit};

/// Values that are shown of a column.
const VALUES: usize = 3;
/// Below this a person is asked to look, in percent.
const SURE: u8 = 70;
const PARTS: usize = 3;

/// Choices under one heading.
pub(crate) struct Choices {
    pub(crate) title: String,
    pub(crate) choices: Vec<(String, String)>,
}

/// One column.
pub(crate) struct ColumnLine {
    pub(crate) field: String,
    pub(crate) heading: String,
    pub(crate) values: Vec<String>,
    /// Its role as the form has it.
    pub(crate) chosen: String,
    pub(crate) why: String,
    pub(crate) doubt: Option<Tag>,
}

/// The columns of a file, as the page shows them.
pub(crate) struct ColumnsView {
    pub(crate) lines: Vec<ColumnLine>,
    pub(crate) groups: Vec<Choices>,
    pub(crate) by_row: bool,
    pub(crate) used: usize,
    pub(crate) doubts: usize,
}

/// The field of a column.
pub(crate) fn name_of(position: usize) -> String {
    format!("role-{position}")
}

impl ColumnsView {
    /// `None` for a file whose format says itself what its columns are, or that cannot be read as a table.
    pub(crate) fn of(
        visit: &Visit,
        input: Input<'_>,
        mapping: &Mapping,
        proposal: &Proposal,
        reasons: &[Reason],
        form: &FormState,
        limits: &Limits,
    ) -> Option<Self> {
        let columns = columns_of(input, mapping, limits)?;
        let proposed = columns_of(input, &proposal.mapping, limits);
        let lines: Vec<ColumnLine> = (0..columns.roles.len())
            .map(|at| line(visit, &columns, proposed.as_ref(), reasons, form, at))
            .collect();
        let is_posted = !form.value(&name_of(0)).is_empty();
        let by_row = mapping.unit.key.iter().any(|column| column == "@row");
        Some(Self {
            groups: groups(visit, &columns.roles),
            by_row: if is_posted { form.is("by-row", "yes") } else { by_row },
            used: lines.iter().filter(|line| line.chosen != "out").count(),
            doubts: lines.iter().filter(|line| line.doubt.is_some()).count(),
            lines,
        })
    }
}

fn line(
    visit: &Visit,
    columns: &Columns,
    proposed: Option<&Columns>,
    reasons: &[Reason],
    form: &FormState,
    at: usize,
) -> ColumnLine {
    let heading = &columns.headings[at];
    let role = &columns.roles[at];
    let of = |about: &str| {
        reasons.iter().find(|reason| {
            reason.code == about
                && (reason.value == *heading || reason.value.split(" + ").any(|v| v == heading))
        })
    };
    let reason = match role {
        Role::Code(_) => of("unit").or_else(|| of("column")),
        _ => of("column"),
    };
    let before = proposed.filter(|all| all.headings == columns.headings).map(|all| &all.roles[at]);
    let (why, doubt) = match (before, reason) {
        (Some(before), _) if before != role => {
            let other = role_name(visit, before);
            (visit.ta("results-desk-role-proposed", &[("role", other.into())]), false)
        }
        (_, Some(reason)) => (reason.why.clone(), *role != Role::Out && reason.confidence < SURE),
        _ => (String::new(), false),
    };
    let field = name_of(at);
    let typed = form.value(&field);
    ColumnLine {
        chosen: if typed.is_empty() { role.code() } else { typed.to_owned() },
        heading: heading.clone(),
        values: (columns.sample.iter().filter_map(|record| record.get(at)))
            .filter(|value| !value.trim().is_empty())
            .take(VALUES)
            .cloned()
            .collect(),
        doubt: doubt.then(|| Tag::new(Tone::Warn, visit.t("results-desk-role-doubt"))),
        field,
        why,
    }
}

fn role_name(visit: &Visit, role: &Role) -> String {
    match role {
        Role::Field(name) => field_name(visit, name),
        Role::Code(part) if *part > PARTS => visit.t(&format!("results-desk-role-code-{PARTS}")),
        // i18n: results-desk-role-*
        other => visit.t(&format!("results-desk-role-{}", other.code())),
    }
}

/// Every role there is, and those that only this mapping has.
fn groups(visit: &Visit, own: &[Role]) -> Vec<Choices> {
    let station = (1..=PARTS).map(Role::Code).chain([Role::Name, Role::Place, Role::Part]);
    let votes = [Role::Contestant, Role::Who, Role::Votes, Role::Group, Role::Contest];
    let lines = field::STANDARD.iter().map(|name| Role::Field((*name).to_owned()));
    let mut groups: Vec<(&str, Vec<Role>)> = vec![
        ("results-desk-roles-station", station.collect()),
        ("results-desk-roles-votes", votes.to_vec()),
        ("results-desk-roles-lines", lines.collect()),
    ];
    for role in own.iter().filter(|role| **role != Role::Out) {
        let group = match role {
            Role::Code(_) => 0,
            _ => 2,
        };
        if !groups.iter().any(|(_, roles)| roles.contains(role)) {
            groups[group].1.push(role.clone());
        }
    }
    let choice = |role: &Role| (role.code(), role_name(visit, role));
    groups
        .into_iter()
        .map(|(title, roles)| Choices { title: visit.t(title), choices: roles.iter().map(choice).collect() })
        .collect()
}

/// Makes a mapping of the roles in a form; what is wrong stands beside its column.
pub(crate) fn apply(
    visit: &Visit,
    input: Input<'_>,
    mapping: &Mapping,
    form: &mut FormState,
    limits: &Limits,
) -> Option<Mapping> {
    let mut roles = Vec::new();
    while !form.value(&name_of(roles.len())).is_empty() {
        let field = name_of(roles.len());
        let role = Role::parse(form.value(&field));
        if role.is_none() {
            form.reject(&field, visit.t("results-desk-wrong-choice"));
        }
        roles.push(role.unwrap_or(Role::Out));
    }
    if !form.is_fine() {
        return None;
    }
    match with_roles(input, mapping, &roles, form.is("by-row", "yes"), limits) {
        Ok(new) => Some(new),
        Err(faults) => {
            for fault in faults {
                reject(visit, form, &roles, fault);
            }
            None
        }
    }
}

fn reject(visit: &Visit, form: &mut FormState, roles: &[Role], fault: RoleFault) {
    let of = |wanted: &[Role]| roles.iter().position(|role| wanted.contains(role)).map(name_of);
    match fault {
        RoleFault::NoCode => form.reject("by-row", visit.t("results-desk-role-wrong-no-code")),
        RoleFault::Twice(at) => {
            let role = roles.get(at).map(|role| role_name(visit, role)).unwrap_or_default();
            form.reject(&name_of(at), visit.ta("results-desk-role-wrong-twice", &[("role", role.into())]));
        }
        RoleFault::NoNumbers => form.reject("role-0", visit.t("results-desk-role-wrong-no-numbers")),
        RoleFault::HalfLong => {
            let field = of(&[Role::Who, Role::Votes]).unwrap_or_default();
            form.reject(&field, visit.t("results-desk-role-wrong-half-long"));
        }
        RoleFault::WideAndLong(at) => {
            form.reject(&name_of(at), visit.t("results-desk-role-wrong-wide-and-long"));
        }
        RoleFault::OtherFile => form.reject("", visit.t("results-desk-role-wrong-other-file")),
    }
}
