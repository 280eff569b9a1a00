//! What a comparison says in words.

use super::data::{RateRow, Side};
use scr_results::Contestant;
use scr_results::compare::Comparison;
use scr_web::Visit;

/// A source and its version, in words.
pub(crate) fn name_of(visit: &Visit, side: &Side) -> String {
    visit.ta("results-compare-side", &[("source", (&side.name).into()), ("version", side.version.into())])
}

/// A contestant's name, or the id of one who is not in the list.
pub(crate) fn contestant(contestants: &[Contestant], id: &str) -> String {
    contestants.iter().find(|c| c.id == id).map_or_else(|| id.to_owned(), |c| c.name.clone())
}

/// How many units differ, out of how many.
pub(crate) fn answer(visit: &Visit, comparison: &Comparison) -> String {
    let args = [("differ", comparison.rows_differing.into()), ("common", comparison.common.into())];
    match (comparison.common, comparison.rows_differing) {
        (0, _) => visit.t("results-compare-nothing-common"),
        (_, 0) => visit.ta("results-compare-no-difference", &args),
        _ => visit.ta("results-compare-answer", &args),
    }
}

/// The units that one source alone has, if there are any.
pub(crate) fn only(visit: &Visit, comparison: &Comparison, names: (&str, &str)) -> Vec<String> {
    [(comparison.only_left.len(), names.0), (comparison.only_right.len(), names.1)]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, name)| {
            visit.ta("results-compare-only", &[("count", count.into()), ("source", name.into())])
        })
        .collect()
}

/// Votes affected against the margin: the numbers, then what follows from them and what does not.
pub(crate) fn margin(visit: &Visit, comparison: &Comparison, contestants: &[Contestant]) -> Vec<String> {
    let affected = comparison.votes_affected;
    let mut said = vec![visit.ta("results-compare-affected", &[("votes", affected.into())])];
    let Some(margin) = &comparison.margin_right else { return said };
    said.push(visit.ta(
        "results-compare-margin",
        &[
            ("first", contestant(contestants, &margin.first).into()),
            ("second", contestant(contestants, &margin.second).into()),
            ("votes", margin.votes.into()),
        ],
    ));
    if affected > 0 {
        // A vote that moves from the second to the first changes the distance by two.
        let key = if affected.saturating_mul(2) < margin.votes {
            "results-compare-below-margin"
        } else {
            "results-compare-reaches-margin"
        };
        said.push(visit.ta(key, &[("votes", affected.into()), ("margin", margin.votes.into())]));
    }
    let leads_elsewhere = comparison.margin_left.as_ref().is_some_and(|left| left.first != margin.first);
    said.push(visit.t(if leads_elsewhere {
        "results-compare-order-changes"
    } else {
        "results-compare-order-same"
    }));
    said
}

/// One line of the table of base rates.
pub(crate) struct Rate {
    pub(crate) what: String,
    /// The text is data, in English.
    pub(crate) english: bool,
    pub(crate) differing: u64,
    pub(crate) common: u64,
}

/// This comparison, earlier ones of this installation, and those of public files.
pub(crate) fn rates(visit: &Visit, comparison: &Comparison, earlier: &[RateRow]) -> Vec<Rate> {
    let here = Rate {
        what: visit.t("results-compare-rate-this"),
        english: false,
        differing: comparison.rows_differing,
        common: comparison.common,
    };
    let earlier = earlier.iter().map(|one| Rate {
        what: format!("{}, {}: {} / {}", one.election, one.contest, one.first, one.second),
        english: false,
        differing: one.differing,
        common: one.common,
    });
    let known = comparison.base_rates.iter().map(|rate| Rate {
        what: rate.source.clone(),
        english: true,
        differing: rate.departing,
        common: rate.tested,
    });
    std::iter::once(here).chain(earlier).chain(known).collect()
}

/// How this rate compares with the others.
pub(crate) fn rate_sentence(visit: &Visit, rates: &[Rate]) -> String {
    let Some((here, others)) = rates.split_first() else { return String::new() };
    let per = |rate: &Rate, of: u64| u128::from(rate.differing) * u128::from(of);
    let higher = others.iter().filter(|other| per(here, other.common) > per(other, here.common)).count();
    let args = [("higher", higher.into()), ("all", others.len().into())];
    visit.ta("results-compare-rate-sentence", &args)
}
