//! Measured risks beside their limits: a sentence for each contest, a drawn scale, and the table beside it.

use super::words::{percent, value};
use scr_audits::record::{Contest, Measured};
use scr_charts::{Chance, Colour};
use scr_web::Visit;
use scr_web::components::Frame;

/// The risk of a contest in the table.
pub(super) struct RiskRow {
    pub(super) contest: String,
    pub(super) targeted: bool,
    pub(super) risk: String,
    pub(super) limit: String,
    pub(super) met: bool,
}

/// Risks of a round: contests with the same limit share a scale.
pub(super) struct Risks {
    pub(super) frames: Vec<Frame>,
    pub(super) rows: Vec<RiskRow>,
}

fn rows(visit: &Visit, contests: &[Contest], measured: &[Measured]) -> Vec<RiskRow> {
    let row = |one: &Measured| {
        let contest = contests.get(one.contest)?;
        Some(RiskRow {
            contest: contest.name.clone(),
            targeted: contest.targeted,
            risk: percent(visit, &one.p_value),
            limit: percent(visit, &contest.risk_limit),
            met: one.met,
        })
    };
    measured.iter().filter_map(row).collect()
}

/// A sentence for each contest.
pub(super) fn sentences(visit: &Visit, contests: &[Contest], measured: &[Measured]) -> Vec<String> {
    let sentence = |row: RiskRow| {
        let key = if row.met { "audit-conduct-risk-met" } else { "audit-conduct-risk-not-met" };
        let args = [
            ("contest", row.contest.as_str().into()),
            ("risk", row.risk.as_str().into()),
            ("limit", row.limit.as_str().into()),
        ];
        visit.ta(key, &args)
    };
    rows(visit, contests, measured).into_iter().map(sentence).collect()
}

impl Risks {
    /// `None` where nothing was measured.
    pub(super) fn of(visit: &Visit, contests: &[Contest], measured: &[Measured]) -> Option<Self> {
        let rows = rows(visit, contests, measured);
        if rows.is_empty() {
            return None;
        }
        let mut limits: Vec<&str> = contests.iter().map(|contest| contest.risk_limit.as_str()).collect();
        limits.sort_unstable();
        limits.dedup();
        let frames = limits.iter().filter_map(|limit| frame(visit, contests, measured, limit));
        Some(Self { frames: frames.collect(), rows })
    }
}

fn frame(visit: &Visit, contests: &[Contest], measured: &[Measured], limit: &str) -> Option<Frame> {
    let of = |one: &&Measured| contests.get(one.contest).is_some_and(|contest| contest.risk_limit == limit);
    let own: Vec<&Measured> = measured.iter().filter(of).collect();
    let chance = |one: &&Measured| Chance {
        label: contests.get(one.contest).map(|contest| contest.name.clone()).unwrap_or_default(),
        value: value(&one.p_value),
        figure: percent(visit, &one.p_value),
        colour: Colour::Mark(1),
    };
    let chances: Vec<Chance> = own.iter().map(chance).collect();
    if chances.is_empty() {
        return None;
    }
    let tick = |decimal: &str| (value(decimal), visit.texts().decimal(&hundredfold(decimal)) + "%");
    let ticks: Vec<(f64, String)> = ["1", "0.1", "0.01", "0.001", "0.0001"].map(tick).into();
    let met = own.iter().filter(|one| one.met).count();
    let title = visit.ta("audit-conduct-risk-finding", &[("met", met.into()), ("all", own.len().into())]);
    let words = visit.ta("audit-conduct-risk-limit-is", &[("limit", percent(visit, limit).into())]);
    let sentences = sentences(visit, contests, measured).join(" ");
    let svg = scr_charts::scale(&title, &sentences, &chances, (value(limit), &words), &ticks, visit.is_rtl());
    let subtitle = visit.t("audit-conduct-risk-subtitle");
    Some(Frame { title, subtitle, svg, svg_href: None, csv_href: None })
}

/// A power of ten as a percentage: `0.001` is `0.1`.
fn hundredfold(decimal: &str) -> String {
    match decimal {
        "1" => "100",
        "0.1" => "10",
        "0.01" => "1",
        "0.001" => "0.1",
        _ => "0.01",
    }
    .to_owned()
}
