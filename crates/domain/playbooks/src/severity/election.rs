//! What an election adds to a score: how near the polls are, and how many voters are affected. Stands beside NCISS, never
//! in its place.

use super::fraction::Fraction;
use serde::{Deserialize, Serialize};

/// Settings of the two factors. The defaults are those of our decision; an installation may set others, and pages show them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ElectionSettings {
    /// Minutes before the opening at which the polls add half of what they add at most (24 hours).
    pub half_minutes: u32,
    /// From how many affected voters on each step 1 to 5 of the scale is reached: decades.
    pub voters_from: [u64; 5],
    /// A full scale raises the score by this many hundredths (100: it doubles it).
    pub voters_weight: u32,
}

impl Default for ElectionSettings {
    fn default() -> Self {
        Self { half_minutes: 24 * 60, voters_from: [10, 100, 1_000, 10_000, 100_000], voters_weight: 100 }
    }
}

/// Settings that cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// No time.
    #[error("half_minutes is 1 or more")]
    NoTime,
    /// A scale that does not rise.
    #[error("voters_from rises from 1 on")]
    NoScale,
    /// Too much weight.
    #[error("voters_weight is at most 1000")]
    Weight,
}

/// Where the polls stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeToPolls {
    /// They open in so many minutes.
    Opens(u32),
    /// They are open.
    Open,
    /// They are closed, or no election is near: the polls add nothing.
    Far,
}

/// The score with the election's factors, and how it comes about:
/// `result = min(100, score × time factor × voters factor)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ElectionResult {
    /// What went in: 0 to 100.
    pub score: Fraction,
    /// `1 + 1 / (1 + minutes / half_minutes)`: from 1 (far) to 2 (at the opening and while the polls are open).
    pub time_factor: Fraction,
    /// 0 to 5: how many of the steps the number of affected voters reaches.
    pub voters_scale: u8,
    /// `1 + voters_weight / 100 × voters_scale / 5`: from 1 to 2.
    pub voters_factor: Fraction,
    /// The product before it is held at 100.
    pub product: Fraction,
    /// 0 to 100, exactly.
    pub result: Fraction,
}

/// The factors of an election on a score.
///
/// # Errors
/// Settings that cannot be used.
pub fn election(
    score: Fraction,
    polls: TimeToPolls,
    affected_voters: u64,
    settings: &ElectionSettings,
) -> Result<ElectionResult, SettingsError> {
    if settings.half_minutes == 0 {
        return Err(SettingsError::NoTime);
    }
    if settings.voters_from[0] == 0 || settings.voters_from.windows(2).any(|pair| pair[0] >= pair[1]) {
        return Err(SettingsError::NoScale);
    }
    if settings.voters_weight > 1_000 {
        return Err(SettingsError::Weight);
    }
    let half = i128::from(settings.half_minutes);
    let time_factor = match polls {
        TimeToPolls::Far => Fraction::ONE,
        TimeToPolls::Open => Fraction::whole(2),
        // 1 + 1/(1 + m/h) = (2h + m)/(h + m)
        TimeToPolls::Opens(minutes) => {
            let minutes = i128::from(minutes);
            Fraction::new(2 * half + minutes, half + minutes).unwrap_or(Fraction::ONE)
        }
    };
    let steps = settings.voters_from.iter().filter(|from| affected_voters >= **from).count();
    let voters_scale = u8::try_from(steps).unwrap_or(5);
    let raised = i128::from(settings.voters_weight) * i128::from(voters_scale);
    let voters_factor = Fraction::ONE.plus(Fraction::new(raised, 500).unwrap_or(Fraction::ZERO));
    let product = score.times(time_factor).times(voters_factor);
    let result = product.clamp(Fraction::ZERO, Fraction::whole(100));
    Ok(ElectionResult { score, time_factor, voters_scale, voters_factor, product, result })
}
