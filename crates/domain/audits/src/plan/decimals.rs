//! Decimals and fractions as people write them: as text or as a number.

use super::problem;
use crate::assorter::Share;
use crate::decimal::{self, RiskLimit};
use num_traits::ToPrimitive as _;
use scr_core::Problem;
use serde::{Deserialize, Deserializer, Serialize};

/// "0.05", "5%", "2/3", or the number 0.05: kept as text, read where its meaning is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Decimal(pub String);

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged, expecting = "a decimal, as text or as a number")]
        enum Written {
            Text(String),
            Whole(u64),
            Number(f64),
        }
        Ok(Self(match Written::deserialize(from)? {
            Written::Text(text) => text,
            Written::Whole(number) => number.to_string(),
            Written::Number(number) => number.to_string(),
        }))
    }
}

impl Decimal {
    pub(super) fn limit(&self) -> Result<RiskLimit, Box<Problem>> {
        RiskLimit::parse(&self.0)
    }

    /// A number, 0 or above.
    pub(super) fn number(&self, name: &str) -> Result<f64, Box<Problem>> {
        let value = decimal::exact(self.0.trim()).and_then(|value| value.to_f64());
        value.ok_or_else(|| Box::new(problem("SCR-AUD-059", name, &self.0)))
    }

    /// A share above 0 and below 1: a fraction, a percentage or a decimal.
    pub(super) fn share(&self, name: &str) -> Result<Share, Box<Problem>> {
        let text = self.0.trim();
        let exact = match (text.split_once('/'), text.strip_suffix('%')) {
            (Some((above, below)), _) => decimal::exact(above.trim())
                .zip(decimal::exact(below.trim()).filter(|below| *below > num_traits::Zero::zero()))
                .map(|(above, below)| above / below),
            (None, Some(percent)) => {
                decimal::exact(percent.trim()).map(|value| value / num_bigint::BigInt::from(100))
            }
            (None, None) => decimal::exact(text),
        };
        let parts = exact.and_then(|value| Some((value.numer().to_u32()?, value.denom().to_u32()?)));
        let inside = parts.filter(|(above, below)| *above > 0 && above < below);
        inside
            .map(|(numerator, denominator)| Share { numerator, denominator })
            .ok_or_else(|| Box::new(problem("SCR-AUD-083", name, text)))
    }
}
