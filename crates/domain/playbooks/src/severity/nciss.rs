//! The National Cyber Incident Scoring System of CISA: `100 × (Σ weight × value − least) / (greatest − least)`, held
//! between 0 and 100.

use super::fraction::Fraction;
use serde::{Deserialize, Serialize};

/// Where weights and values come from: facts of the public documentation, carried over. Least and greatest sums follow
/// from them (325 and 3,400), which a test holds against the file.
pub const SOURCE: &str =
    "values of CISA's NCISS in the seed data of CMU-SEI's CITE (public documentation of Crucible)";

/// A category: what is asked of an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Category {
    /// Its name in data.
    pub name: &'static str,
    /// How much it counts.
    pub weight: i64,
    /// What may be answered, with its value.
    pub options: &'static [(&'static str, i64)],
}

/// The eight categories.
pub const CATEGORIES: [Category; 8] = [
    Category {
        name: "functional_impact",
        weight: 6,
        options: &[
            ("no_impact", 0),
            ("no_impact_to_services", 20),
            ("minimal_noncritical", 35),
            ("minimal_critical", 40),
            ("significant_noncritical", 50),
            ("denial_noncritical", 60),
            ("significant_critical", 70),
            ("denial_critical_or_loss_of_control", 100),
        ],
    },
    Category {
        name: "observed_activity",
        weight: 5,
        options: &[("none", 0), ("prepare", 40), ("engage", 70), ("presence", 80), ("effect", 100)],
    },
    Category {
        name: "location_of_observed_activity",
        weight: 4,
        options: &[
            ("L1_business_dmz", 30),
            ("L2_business_network", 40),
            ("unknown", 50),
            ("L3_business_network_management", 60),
            ("L4_critical_system_dmz", 70),
            ("L5_critical_system_management", 80),
            ("L6_critical_systems", 90),
            ("L7_safety_systems", 100),
        ],
    },
    Category {
        name: "actor_characterization",
        weight: 4,
        options: &[
            ("hacktivists", 20),
            ("unwitting_insider", 30),
            ("criminal", 40),
            ("unknown", 50),
            ("witting_insider", 65),
            ("apt", 80),
            ("apt_targeted", 100),
        ],
    },
    Category {
        name: "information_impact",
        weight: 2,
        options: &[
            ("no_impact", 0),
            ("suspected_not_identified", 10),
            ("privacy_data_loss", 20),
            ("proprietary_information_loss", 50),
            ("destruction_noncritical_system", 60),
            ("critical_systems_data_breach", 70),
            ("core_credential_compromise", 80),
            ("destruction_critical_system", 100),
        ],
    },
    Category {
        name: "recoverability",
        weight: 4,
        options: &[("regular", 20), ("supplemented", 40), ("extended", 60), ("not_recoverable", 100)],
    },
    Category {
        name: "cross_sector_dependency",
        weight: 3,
        options: &[
            ("agriculture_food", 20),
            ("banking_finance", 35),
            ("chemical", 20),
            ("commercial_facilities", 30),
            ("communications", 75),
            ("critical_manufacturing", 50),
            ("dams", 25),
            ("defense_industrial_base", 35),
            ("emergency_services", 25),
            ("energy", 100),
            ("government_facilities", 40),
            ("healthcare", 30),
            ("information_technology", 80),
            ("nuclear", 15),
            ("transportation", 75),
            ("water", 60),
        ],
    },
    Category {
        name: "potential_impact",
        weight: 6,
        options: &[("minimal", 0), ("low", 25), ("moderate", 50), ("high", 75), ("severe", 100)],
    },
];

/// One term of the sum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The category.
    pub category: &'static str,
    /// The answer.
    pub option: &'static str,
    /// Its value.
    pub value: i64,
    /// The category's weight.
    pub weight: i64,
    /// Their product.
    pub product: i64,
}

/// The levels of the federal schema, the highest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Emergency.
    Emergency,
    /// Severe.
    Severe,
    /// High.
    High,
    /// Medium.
    Medium,
    /// Low.
    Low,
    /// Baseline, minor.
    BaselineMinor,
    /// Baseline, negligible.
    BaselineNegligible,
}

impl Level {
    /// All of them, the highest first.
    pub const ALL: [Self; 7] = [
        Self::Emergency,
        Self::Severe,
        Self::High,
        Self::Medium,
        Self::Low,
        Self::BaselineMinor,
        Self::BaselineNegligible,
    ];
}

/// From which score on each level is reached, the highest first. The defaults 100, 80, 65, 50, 35, 20, 0 are not verified
/// against a text of CISA, and other public tables use bands of 20: an installation sets them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Levels {
    /// Scores from 0 to 100, falling, the last 0.
    pub from: [u8; 7],
}

impl Default for Levels {
    fn default() -> Self {
        Self { from: [100, 80, 65, 50, 35, 20, 0] }
    }
}

/// Cut-offs that do not fall, or do not end with 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the cut-offs of levels fall from at most 100 to 0, each below the one before")]
pub struct LevelsError;

impl Levels {
    /// Whether the cut-offs can be used.
    ///
    /// # Errors
    /// They do not fall strictly, begin above 100 or do not end with 0.
    pub fn check(&self) -> Result<(), LevelsError> {
        let falls = self.from.windows(2).all(|pair| pair[0] > pair[1]);
        if falls && self.from[0] <= 100 && self.from[6] == 0 { Ok(()) } else { Err(LevelsError) }
    }

    /// The level of a score.
    pub fn level(&self, score: Fraction) -> Level {
        let reached = |(from, _): &(&u8, &Level)| score >= Fraction::whole(i64::from(**from));
        self.from.iter().zip(&Level::ALL).find(reached).map_or(Level::BaselineNegligible, |(_, level)| *level)
    }
}

/// A score, and how it comes about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NcissResult {
    /// The terms, in the order of the categories.
    pub terms: Vec<Term>,
    /// Their sum.
    pub sum: i64,
    /// The least sum that there is.
    pub least: i64,
    /// The greatest.
    pub greatest: i64,
    /// 0 to 100, exactly.
    pub score: Fraction,
    /// The level.
    pub level: Level,
}

/// Why there is no score.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NcissError {
    /// A category without an answer.
    #[error("{0} has no answer")]
    Missing(&'static str),
    /// An answer that is not one.
    #[error("{category} has no option {option:?}")]
    NoSuchOption {
        /// The category.
        category: &'static str,
        /// The answer.
        option: String,
    },
    /// The cut-offs.
    #[error(transparent)]
    Levels(#[from] LevelsError),
}

/// The score of an incident; `answer` gives the option of a category.
///
/// # Errors
/// A category without an answer, an option that does not exist, cut-offs that cannot be used.
pub fn nciss<'a>(
    answer: &dyn Fn(&str) -> Option<&'a str>,
    levels: &Levels,
) -> Result<NcissResult, NcissError> {
    levels.check()?;
    let mut result = NcissResult {
        terms: Vec::new(),
        sum: 0,
        least: 0,
        greatest: 0,
        score: Fraction::ZERO,
        level: Level::BaselineNegligible,
    };
    for category in &CATEGORIES {
        let given = answer(category.name).ok_or(NcissError::Missing(category.name))?;
        let (option, value) = *category.options.iter().find(|(name, _)| *name == given).ok_or_else(|| {
            NcissError::NoSuchOption { category: category.name, option: given.chars().take(80).collect() }
        })?;
        let values = || category.options.iter().map(|(_, value)| *value);
        let (weight, product) = (category.weight, category.weight * value);
        result.terms.push(Term { category: category.name, option, value, weight, product });
        result.sum += product;
        result.least += weight * values().min().unwrap_or(0);
        result.greatest += weight * values().max().unwrap_or(0);
    }
    let score = Fraction::new(
        100 * i128::from(result.sum - result.least),
        i128::from(result.greatest - result.least),
    );
    result.score = score.unwrap_or(Fraction::ZERO).clamp(Fraction::ZERO, Fraction::whole(100));
    result.level = levels.level(result.score);
    Ok(result)
}
