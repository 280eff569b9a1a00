//! The formula in words and numbers.

use super::assess::{Assessment, Change, Polls};
use scr_playbooks::severity::{Fraction, Level, Term};
use scr_web::Visit;
use scr_web::components::{Tag, Tone};

/// A level in the record and in texts.
pub(crate) fn level_word(level: Level) -> &'static str {
    match level {
        Level::Emergency => "emergency",
        Level::Severe => "severe",
        Level::High => "high",
        Level::Medium => "medium",
        Level::Low => "low",
        Level::BaselineMinor => "baseline-minor",
        Level::BaselineNegligible => "baseline-negligible",
    }
}

/// A level as a tag.
pub(crate) fn level_tag(visit: &Visit, level: Level) -> Tag {
    let tone = match level {
        Level::Emergency | Level::Severe => Tone::Alarm,
        Level::High | Level::Medium => Tone::Warn,
        Level::Low => Tone::Note,
        Level::BaselineMinor | Level::BaselineNegligible => Tone::Plain,
    };
    // i18n: severity-level-*
    Tag::new(tone, visit.t(&format!("severity-level-{}", level_word(level))))
}

/// A number rounded to one place, for people; the exact fraction stands beside it.
pub(crate) fn rounded(visit: &Visit, number: Fraction) -> String {
    visit.texts().decimal(&number.decimal(1))
}

/// A category.
pub(crate) fn category(visit: &Visit, name: &str) -> String {
    // i18n: severity-factor-*
    visit.t(&format!("severity-factor-{}", name.replace('_', "-")))
}

/// An option of a category.
pub(crate) fn option(visit: &Visit, category: &str, option: &str) -> String {
    // i18n: severity-option-*
    let key =
        format!("severity-option-{}-{}", category.replace('_', "-"), option.replace('_', "-").to_lowercase());
    visit.t(&key)
}

/// One term as the table shows it.
pub(crate) struct TermLine {
    pub(crate) factor: String,
    pub(crate) option: String,
    pub(crate) weight: i64,
    pub(crate) value: i64,
    pub(crate) product: i64,
}

/// The formula with the numbers put in. Lines in `formula` are left-to-right in every language.
pub(crate) struct Shown {
    pub(crate) score: String,
    pub(crate) level: Tag,
    pub(crate) result: String,
    pub(crate) terms: Vec<TermLine>,
    pub(crate) sum: i64,
    pub(crate) formula: Vec<String>,
    pub(crate) polls: String,
    pub(crate) changes: Vec<String>,
    pub(crate) cutoffs: Vec<(String, u8, bool)>,
    pub(crate) half_hours: String,
    pub(crate) voters_from: String,
    pub(crate) weight: u32,
}

/// Exactly, and rounded where it is no whole number.
fn exact(number: Fraction) -> String {
    if number.denominator() == 1 {
        number.numerator().to_string()
    } else {
        format!("{number} ≈ {}", number.decimal(2))
    }
}

/// The lines of the formula.
fn formula(one: &Assessment) -> Vec<String> {
    let (nciss, with) = (&one.nciss, &one.election);
    let sum: Vec<String> =
        nciss.terms.iter().map(|term| format!("{} × {}", term.weight, term.value)).collect();
    let (least, greatest) = (nciss.least, nciss.greatest);
    let half = one.answers.settings.half_minutes;
    let time = match one.answers.polls {
        Polls::Opens(minutes) => {
            format!("T = 1 + 1 / (1 + {minutes} / {half}) = {}", exact(with.time_factor))
        }
        Polls::Open => "T = 1 + 1 = 2".to_owned(),
        Polls::Far => "T = 1".to_owned(),
    };
    let (weight, scale) = (one.answers.settings.voters_weight, with.voters_scale);
    vec![
        format!("S = {} = {}", sum.join(" + "), nciss.sum),
        format!(
            "NCISS = 100 × (S − {least}) / ({greatest} − {least}) = 100 × {} / {} = {}",
            nciss.sum - least,
            greatest - least,
            exact(nciss.score)
        ),
        time,
        format!("V = 1 + {weight} / 100 × {scale} / 5 = {}", exact(with.voters_factor)),
        format!(
            "R = min(100, NCISS × T × V) = min(100, {} × {} × {}) = {}",
            with.score,
            with.time_factor,
            with.voters_factor,
            exact(with.result)
        ),
    ]
}

fn change(visit: &Visit, change: &Change) -> String {
    let args = [
        ("factor", category(visit, change.category).into()),
        ("option", option(visit, change.category, change.option).into()),
        ("result", rounded(visit, change.result).into()),
    ];
    let key = if change.is_more { "severity-change-more" } else { "severity-change-less" };
    visit.ta(key, &args)
}

/// Puts an assessment into words.
pub(crate) fn shown(visit: &Visit, one: &Assessment) -> Shown {
    let nciss = &one.nciss;
    let settings = &one.answers.settings;
    let line = |term: &Term| TermLine {
        factor: category(visit, term.category),
        option: option(visit, term.category, term.option),
        weight: term.weight,
        value: term.value,
        product: term.product,
    };
    let levels = Level::ALL.iter().zip(one.answers.levels.from);
    let half = Fraction::new(i128::from(settings.half_minutes), 60).unwrap_or(Fraction::ZERO);
    Shown {
        score: rounded(visit, nciss.score),
        level: level_tag(visit, nciss.level),
        result: rounded(visit, one.election.result),
        terms: nciss.terms.iter().map(line).collect(),
        sum: nciss.sum,
        formula: formula(one),
        polls: polls(visit, one.answers.polls),
        changes: one.changes.iter().map(|one| change(visit, one)).collect(),
        cutoffs: levels
            .map(|(level, from)| (level_tag(visit, *level).text, from, *level == nciss.level))
            .collect(),
        half_hours: rounded(visit, half),
        voters_from: settings.voters_from.map(|from| from.to_string()).join(", "),
        weight: settings.voters_weight,
    }
}

fn polls(visit: &Visit, polls: Polls) -> String {
    match polls {
        Polls::Opens(minutes) => visit
            .ta("severity-polls-in", &[("hours", (minutes / 60).into()), ("minutes", (minutes % 60).into())]),
        Polls::Open => visit.t("severity-polls-open"),
        Polls::Far => visit.t("severity-polls-far"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::severity::{Answers, assess};
    use scr_i18n::Lang;
    use scr_playbooks::severity::{CATEGORIES, ElectionSettings, Levels};

    fn visit() -> Visit {
        let all: Vec<(Lang, &str)> =
            super::super::TEXTS.iter().chain(scr_web::SHELL_TEXTS).copied().collect();
        Visit::with_texts(Lang::En, &all)
    }

    /// Every option of every category has its words in every language.
    #[test]
    fn every_factor_and_option_has_words() {
        let all: Vec<(Lang, &str)> =
            super::super::TEXTS.iter().chain(scr_web::SHELL_TEXTS).copied().collect();
        for lang in Lang::ALL {
            let visit = Visit::with_texts(lang, &all);
            for one in &CATEGORIES {
                assert!(!category(&visit, one.name).starts_with('['), "{}", one.name);
                for (name, _) in one.options {
                    assert!(!option(&visit, one.name, name).starts_with('['), "{} {name}", one.name);
                }
            }
        }
    }

    #[test]
    fn the_formula_is_exact() {
        // The figures of scr-playbooks's own test (tests/examples.rs): 6·70 + 5·80 + 4·90 + 4·50 + 2·0 + 4·40 + 3·40 + 6·50 =
        // 1960, and 100·(1960 − 325)/3075 = 2180/41.
        let chosen = [
            ("functional_impact", "significant_critical"),
            ("observed_activity", "presence"),
            ("location_of_observed_activity", "L6_critical_systems"),
            ("actor_characterization", "unknown"),
            ("information_impact", "no_impact"),
            ("recoverability", "supplemented"),
            ("cross_sector_dependency", "government_facilities"),
            ("potential_impact", "moderate"),
        ];
        let answers = Answers {
            chosen: chosen.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
            polls: Polls::Opens(1_440),
            voters: 1_000,
            levels: Levels::default(),
            settings: ElectionSettings::default(),
        };
        let shown = shown(&visit(), &assess(&answers).unwrap());
        assert_eq!(
            shown.formula[0],
            "S = 6 × 70 + 5 × 80 + 4 × 90 + 4 × 50 + 2 × 0 + 4 × 40 + 3 × 40 + 6 × 50 = 1960"
        );
        assert_eq!(
            shown.formula[1],
            "NCISS = 100 × (S − 325) / (3400 − 325) = 100 × 1635 / 3075 = 2180/41 ≈ 53.17"
        );
        assert_eq!(shown.formula[2], "T = 1 + 1 / (1 + 1440 / 1440) = 3/2 ≈ 1.50");
        assert_eq!(shown.formula[3], "V = 1 + 100 / 100 × 3 / 5 = 8/5 ≈ 1.60");
        assert_eq!(shown.formula[4], "R = min(100, NCISS × T × V) = min(100, 2180/41 × 3/2 × 8/5) = 100");
        assert_eq!((shown.score.as_str(), shown.result.as_str()), ("53.2", "100.0"));
    }
}
