//! Alert levels as the Center for Internet Security and the MS-ISAC publish them: five colours from
//! `(criticality + lethality) − (system countermeasures + network countermeasures)`, each from 1 to 5.
//!
//! The bands (−8 to −5, −4 to −2, −1 to 2, 3 to 5, 6 to 8) are from public knowledge of that page, which was not at hand.

use serde::{Deserialize, Serialize};

/// The five levels, the lowest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AlertLevel {
    /// Green: low.
    Green,
    /// Blue: guarded.
    Blue,
    /// Yellow: elevated.
    Yellow,
    /// Orange: high.
    Orange,
    /// Red: severe.
    Red,
}

/// What goes in, each from 1 to 5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AlertInput {
    /// How important what is attacked is.
    pub criticality: u8,
    /// How much harm is likely.
    pub lethality: u8,
    /// How well systems are protected.
    pub system_countermeasures: u8,
    /// How well the network is.
    pub network_countermeasures: u8,
}

/// The level, and the sum of which it is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AlertResult {
    /// What went in.
    pub input: AlertInput,
    /// −8 to 8.
    pub score: i8,
    /// The colour.
    pub level: AlertLevel,
}

/// A number that is not from 1 to 5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0} is a number from 1 to 5")]
pub struct AlertError(pub &'static str);

/// The alert level.
///
/// # Errors
/// A number that is not from 1 to 5.
pub fn alert_level(input: AlertInput) -> Result<AlertResult, AlertError> {
    let one = |name: &'static str, number: u8| {
        i8::try_from(number).ok().filter(|number| (1..=5).contains(number)).ok_or(AlertError(name))
    };
    let threat = one("criticality", input.criticality)? + one("lethality", input.lethality)?;
    let system = one("system_countermeasures", input.system_countermeasures)?;
    let score = threat - system - one("network_countermeasures", input.network_countermeasures)?;
    let level = match score {
        ..=-5 => AlertLevel::Green,
        -4..=-2 => AlertLevel::Blue,
        -1..=2 => AlertLevel::Yellow,
        3..=5 => AlertLevel::Orange,
        6.. => AlertLevel::Red,
    };
    Ok(AlertResult { input, score, level })
}
