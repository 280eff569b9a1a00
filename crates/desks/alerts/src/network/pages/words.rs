//! Problems, levels and authorities in the reader's language.

use crate::network::Network;
use crate::network::contacts::{Authority, Contact, Holder, Level};
use scr_core::Problem;
use scr_web::Visit;
use scr_web::components::{ProblemLine, Tag, Tone};

/// Problems of a file as rows of a table.
pub(crate) fn problem_lines(visit: &Visit, problems: &[Problem]) -> Vec<ProblemLine> {
    problems.iter().map(|one| problem_line(visit, one)).collect()
}

fn problem_line(visit: &Visit, problem: &Problem) -> ProblemLine {
    let mut place = problem.file.clone();
    if let Some(row) = problem.row {
        place.push_str(&visit.ta("alertnet-place-row", &[("row", row.to_string().into())]));
    }
    if let Some(column) = &problem.column {
        place.push_str(&visit.ta("alertnet-place-column", &[("column", column.into())]));
    }
    let args: Vec<_> = problem.args.iter().map(|(name, value)| (name.as_str(), value.into())).collect();
    // i18n: error-scr-alr-*
    let mut text = visit.ta(&format!("error-{}", problem.code.to_lowercase()), &args);
    if let Some(value) = problem.value.as_ref().filter(|value| !value.is_empty()) {
        text.push(' ');
        text.push_str(&visit.ta("alertnet-problem-value", &[("value", value.into())]));
    }
    if let Some(closest) = &problem.closest {
        text.push(' ');
        text.push_str(&visit.ta("alertnet-problem-closest", &[("closest", closest.into())]));
    }
    let tag = Tag::new(Tone::Alarm, visit.t("alertnet-problem"));
    ProblemLine { place, tag, text, code: problem.code.to_owned() }
}

pub(crate) fn level_name(visit: &Visit, level: Level) -> String {
    // i18n: alertnet-level-*
    visit.t(&format!("alertnet-level-{}", level.as_str()))
}

pub(crate) fn authority_name(visit: &Visit, authority: Authority) -> String {
    // i18n: alertnet-authority-*
    visit.t(&format!("alertnet-authority-{}", authority.as_str()))
}

/// The step that is asked for.
pub(crate) fn goal_name(visit: &Visit, goal: &str) -> String {
    // i18n: alertnet-goal-*
    visit.t(&format!("alertnet-goal-{goal}"))
}

/// The name of whoever has the contact.
pub(crate) fn holder_name(visit: &Visit, network: Option<&Network>, holder: &Holder) -> String {
    match holder {
        Holder::Station(number) => {
            let name = network.map(|network| network.name(*number)).unwrap_or_default();
            let args = [("number", format!("{number:06}").into()), ("name", name.into())];
            visit.ta("alertnet-holder-station", &args)
        }
        Holder::Area(code) => {
            let area = network.and_then(|network| network.tree.area(network.tree.find(code)?));
            let name = area.map_or_else(|| code.clone(), |area| area.name.clone());
            visit.ta("alertnet-holder-area", &[("code", code.into()), ("name", name.into())])
        }
    }
}

/// How a contact stands.
pub(crate) fn standing(visit: &Visit, contact: &Contact, now: i64) -> Tag {
    if !contact.is_in_force(now) {
        Tag::new(Tone::Alarm, visit.t("alertnet-over"))
    } else if contact.needs_renewal(now) {
        Tag::new(Tone::Warn, visit.t("alertnet-ending"))
    } else {
        Tag::new(Tone::Good, visit.t("alertnet-in-force"))
    }
}
