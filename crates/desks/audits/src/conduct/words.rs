//! States, risks and places in the reader's language.

use scr_audits::record::{Batch, Decision};
use scr_audits::workflow::{BallotReading, ContestForm, ContestReading, Phase, Round};
use scr_web::Visit;
use scr_web::components::{Tag, Tone};

/// Where an audit stands, as a sentence.
pub(super) fn phase(visit: &Visit, phase: Phase) -> String {
    // i18n: audit-conduct-phase-*
    visit.t(&format!("audit-conduct-phase-{}", phase.as_str()))
}

/// What became of a round.
pub(super) fn round_tag(visit: &Visit, round: &Round) -> Tag {
    let (tone, state) = match round.decision {
        Decision::Open if round.counted.is_some() => (Tone::Warn, "closed"),
        Decision::Open => (Tone::Note, "open"),
        Decision::Stop => (Tone::Good, "stop"),
        Decision::NextRound => (Tone::Plain, "next-round"),
        Decision::FullHandCount => (Tone::Plain, "full-hand-count"),
        Decision::Abandoned => (Tone::Plain, "abandoned"),
    };
    // i18n: audit-conduct-state-*
    Tag::new(tone, visit.t(&format!("audit-conduct-state-{state}")))
}

/// A decimal as parts of ten to the ten; what is no decimal is nothing.
fn parts(decimal: &str) -> Option<u64> {
    let value: f64 = decimal.trim_start_matches('<').parse().ok()?;
    (0.0..=1.0).contains(&value).then(|| format!("{:.0}", value * 1e10).parse().ok()).flatten()
}

/// The value of a decimal between 0 and 1.
pub(super) fn value(decimal: &str) -> f64 {
    decimal.trim_start_matches('<').parse().ok().filter(|value| (0.0..=1.0).contains(value)).unwrap_or(1.0)
}

/// A risk or its limit as a percentage: with two decimals, and below a hundredth of a percent in words.
pub(super) fn percent(visit: &Visit, decimal: &str) -> String {
    match parts(decimal) {
        Some(parts) if parts < 1_000_000 => visit.t("audit-conduct-risk-below"),
        Some(parts) => {
            let whole = parts.is_multiple_of(100_000_000);
            let places = if whole { 0 } else { 2 };
            visit.texts().share(parts, 10_000_000_000, places).unwrap_or_default()
        }
        None => decimal.to_owned(),
    }
}

/// What a board has read in a contest.
pub(super) fn reading(visit: &Visit, form: &ContestForm, reading: &ContestReading) -> String {
    match reading {
        ContestReading::Votes { choices, .. } => {
            let name = |choice: &u16| form.choices.get(usize::from(*choice)).cloned().unwrap_or_default();
            choices.iter().map(name).collect::<Vec<_>>().join(", ")
        }
        ContestReading::Blank { .. } => visit.t("audit-conduct-reading-blank"),
        ContestReading::NotOnBallot => visit.t("audit-conduct-reading-none"),
        ContestReading::Disagreement { note } => note.clone(),
    }
}

/// The contests of a ballot that was found.
pub(super) fn contests_of(reading: &BallotReading) -> &[ContestReading] {
    match reading {
        BallotReading::Found { contests, .. } => contests,
        BallotReading::NotFound { .. } => &[],
    }
}

/// A batch as people call it, with its scanner where it has one.
pub(super) fn batch(batch: &Batch) -> String {
    batch.tabulator.as_ref().map_or_else(|| batch.batch.clone(), |by| format!("{by} - {}", batch.batch))
}

#[cfg(test)]
mod tests {
    use super::*;
    use scr_i18n::Lang;

    #[test]
    fn risks_are_percentages_that_never_round_to_nothing() {
        let visit = Visit::with_texts(Lang::En, &super::super::TEXTS);
        for (decimal, text) in [
            ("0.05", "5%"),
            ("0.0344762864", "3.45%"),
            ("1", "100%"),
            ("0.00012", "0.01%"),
            ("<0.0000000001", "less than 0.01%"),
            ("x", "x"),
        ] {
            assert_eq!(percent(&visit, decimal), text, "{decimal}");
        }
    }
}
