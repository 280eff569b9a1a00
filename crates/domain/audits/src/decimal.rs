//! Risk limits as people write them, and p-values as audit reports print them.
//!
//! A risk limit is an exact decimal ("0.05", "2.5 %"): laws name it, and Arlo's users asked for limits that
//! are not whole percents. A p-value is kept as its logarithm: after a large clean sample it is far below
//! what an `f64` can hold.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, ToPrimitive, Zero};
use scr_core::{Problem, Severity};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Digits after the point that a decimal may have.
const MAX_PLACES: usize = 18;

/// The largest chance that an audit leaves a wrong outcome standing: an exact decimal above 0 and below 1.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RiskLimit(BigRational);

impl RiskLimit {
    /// Reads "0.05", ".05", "5%" or "2.5 %".
    ///
    /// # Errors
    /// `SCR-AUD-050` where it is no such decimal, or not above 0 and below 1.
    pub fn parse(text: &str) -> Result<Self, Box<Problem>> {
        let refused = || Box::new(Problem::new("SCR-AUD-050", Severity::Error, "").with_value(text));
        let (number, percent) = match text.trim().strip_suffix('%') {
            Some(number) => (number.trim_end(), true),
            None => (text.trim(), false),
        };
        let mut value = exact(number).ok_or_else(refused)?;
        if percent {
            value /= BigInt::from(100);
        }
        if value > BigRational::zero() && value < BigRational::one() {
            return Ok(Self(value));
        }
        let percents = !percent && value >= BigRational::one() && value < BigInt::from(100).into();
        let meant = percents.then(|| format!("{number}%"));
        Err(Box::new(refused().closest_to(meant.as_deref())))
    }

    /// So many percent, as Arlo stores its limits. `None` unless from 1 to 99.
    pub fn percent(percent: u8) -> Option<Self> {
        let inside = (1..100).contains(&percent);
        inside.then(|| Self(BigRational::new(percent.into(), 100.into())))
    }

    /// The exact value.
    pub fn exact(&self) -> &BigRational {
        &self.0
    }

    /// The nearest `f64`.
    pub fn value(&self) -> f64 {
        self.0.to_f64().unwrap_or(0.0)
    }

    /// Its natural logarithm.
    pub fn ln(&self) -> f64 {
        self.value().ln()
    }
}

impl fmt::Display for RiskLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scaled = &self.0 * BigInt::from(10).pow(20);
        let digits = format!("{:0>20}", scaled.to_integer());
        write!(f, "0.{}", digits.trim_end_matches('0'))
    }
}

impl From<RiskLimit> for String {
    fn from(limit: RiskLimit) -> Self {
        limit.to_string()
    }
}

impl TryFrom<String> for RiskLimit {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).map_err(|problem| problem.to_string())
    }
}

/// The fraction that a plain decimal names exactly: digits, at most one point, at most 18 places; no sign, no
/// exponent. `None` otherwise.
pub fn exact(text: &str) -> Option<BigRational> {
    let (whole, places) = text.split_once('.').unwrap_or((text, ""));
    let digits = format!("{whole}{places}");
    let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    if !plain || places.len() > MAX_PLACES || whole.len() > MAX_PLACES {
        return None;
    }
    let scale = BigInt::from(10).pow(u32::try_from(places.len()).ok()?);
    Some(BigRational::new(digits.parse().ok()?, scale))
}

/// The measured risk: a p-value, kept as its natural logarithm so that it never underflows, and at most 1.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct PValue {
    ln: f64,
}

impl PValue {
    /// Nothing is known yet.
    pub const ONE: Self = Self { ln: 0.0 };
    /// Every ballot has been looked at.
    pub const ZERO: Self = Self { ln: f64::NEG_INFINITY };

    /// From a natural logarithm; what is above 0, or no number, means 1.
    pub fn from_ln(ln: f64) -> Self {
        if ln < 0.0 { Self { ln } } else { Self::ONE }
    }

    /// Its natural logarithm: 0 or below, minus infinity for [`Self::ZERO`].
    pub fn ln(self) -> f64 {
        self.ln
    }

    /// The nearest `f64`; 0 where it is smaller than an `f64` can say.
    pub fn value(self) -> f64 {
        self.ln.exp()
    }

    /// Whether this is at most the limit.
    pub fn meets(self, limit: &RiskLimit) -> bool {
        self.ln <= limit.ln()
    }

    /// The larger (less sure) of the two.
    #[must_use]
    pub fn max(self, other: Self) -> Self {
        Self { ln: self.ln.max(other.ln) }
    }
}

/// Ten decimals, and `<0.0000000001` below that, as Arlo's reports print them; a full count prints zeros.
impl fmt::Display for PValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ln > f64::NEG_INFINITY && self.ln < 1e-10_f64.ln() {
            return f.write_str("<0.0000000001");
        }
        write!(f, "{:.10}", self.value())
    }
}

impl Serialize for PValue {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// An `f64` as the shortest decimal text that reads back as the same number: records hold no floats.
pub mod text {
    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

    /// Writes it.
    ///
    /// # Errors
    /// Those of the serializer.
    pub fn serialize<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(value)
    }

    /// Reads it.
    ///
    /// # Errors
    /// Where the text is no number.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|_| D::Error::custom(format!("{text:?} is no number")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_exact_and_need_not_be_whole_percents() {
        for (text, shown) in
            [("0.05", "0.05"), (".1", "0.1"), ("5%", "0.05"), ("2.5 %", "0.025"), ("0.030000", "0.03")]
        {
            assert_eq!(RiskLimit::parse(text).unwrap().to_string(), shown, "{text}");
        }
        assert_eq!(RiskLimit::percent(5), RiskLimit::parse("0.05").ok());
        assert_eq!(RiskLimit::percent(0), None);
        let json = serde_json::to_string(&RiskLimit::parse("2.5%").unwrap()).unwrap();
        assert_eq!(json, r#""0.025""#);
        assert_eq!(serde_json::from_str::<RiskLimit>(&json).unwrap().to_string(), "0.025");
    }

    #[test]
    fn what_is_no_risk_limit_is_refused_with_what_was_perhaps_meant() {
        for text in ["", "0", "1", "-0.05", "0,05", "5e-2", "100%", "nan", "0.0000000000000000001", "1.2.3"] {
            assert_eq!(RiskLimit::parse(text).unwrap_err().code, "SCR-AUD-050", "{text}");
        }
        assert_eq!(RiskLimit::parse("5").unwrap_err().closest.as_deref(), Some("5%"));
    }

    #[test]
    fn p_values_print_as_in_reports_and_do_not_underflow() {
        assert_eq!(PValue::from_ln(0.0374_f64.ln()).to_string(), "0.0374000000");
        assert_eq!(PValue::from_ln(-10_000.0).to_string(), "<0.0000000001");
        assert_eq!(PValue::ZERO.to_string(), "0.0000000000");
        assert_eq!(PValue::from_ln(3.0).to_string(), "1.0000000000");
        assert_eq!(PValue::from_ln(f64::NAN), PValue::ONE);
        assert!(PValue::from_ln(-10_000.0) > PValue::from_ln(-10_001.0));
        assert!(PValue::from_ln(-10_000.0).meets(&RiskLimit::percent(1).unwrap()));
    }
}
