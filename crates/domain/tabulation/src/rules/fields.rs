//! Values of a document by name, with a problem for each that is not what it should be.

use crate::read::Problems;
use scr_core::Closest;
use serde_json::{Map, Value};

/// What is left of a table.
pub(super) struct Fields {
    /// What stands before its names.
    prefix: &'static str,
    left: Map<String, Value>,
}

impl Fields {
    pub(super) fn new(prefix: &'static str, value: Value, problems: &mut Problems) -> Self {
        match value {
            Value::Object(left) => Self { prefix, left },
            other => {
                let name = prefix.trim_end_matches('.');
                let problem = problems.error("SCR-TAB-055").in_column(name).with_value(&other.to_string());
                problems.add(problem.with("needs", "a table"));
                Self { prefix, left: Map::new() }
            }
        }
    }

    fn take<T>(
        &mut self,
        name: &str,
        needs: &str,
        problems: &mut Problems,
        read: impl FnOnce(&Value) -> Option<T>,
    ) -> Option<T> {
        let value = self.left.remove(name)?;
        let found = read(&value);
        if found.is_none() {
            let column = format!("{}{name}", self.prefix);
            let said = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            let problem = problems.error("SCR-TAB-055").in_column(&column).with_value(&said);
            problems.add(problem.with("needs", needs));
        }
        found
    }

    pub(super) fn text(&mut self, name: &str, problems: &mut Problems) -> Option<String> {
        self.take(name, "a text", problems, |value| value.as_str().map(str::to_owned))
    }

    pub(super) fn texts(&mut self, name: &str, problems: &mut Problems) -> Vec<String> {
        let each = |value: &Value| {
            value
                .as_array()?
                .iter()
                .map(|value| value.as_str().map(str::to_owned))
                .collect::<Option<Vec<_>>>()
        };
        self.take(name, "a list of texts", problems, each).unwrap_or_default()
    }

    pub(super) fn number(&mut self, name: &str, problems: &mut Problems) -> Option<u64> {
        // Seats and votes alike; what is too many is said where it is used.
        let most = if matches!(name, "seats" | "winners") { u64::from(u32::MAX) } else { u64::MAX };
        self.take(name, "a whole number from 0", problems, |value| {
            value.as_u64().filter(|number| *number <= most)
        })
    }

    pub(super) fn truth(&mut self, name: &str, problems: &mut Problems) -> Option<bool> {
        self.take(name, "true or false", problems, Value::as_bool)
    }

    pub(super) fn one_of(
        &mut self,
        name: &str,
        words: &[&'static str],
        problems: &mut Problems,
    ) -> Option<&'static str> {
        let known = |value: &Value| words.iter().copied().find(|word| Some(*word) == value.as_str());
        self.take(name, &words.join(" or "), problems, known)
    }

    /// A share, as a fraction above 0.
    pub(super) fn share(&mut self, name: &str, problems: &mut Problems) -> Option<(u32, u32)> {
        let needs = "a fraction in quotes, \"1/20\", \"5%\" or \"0.05\", above 0";
        self.take(name, needs, problems, |value| fraction(value.as_str()?))
    }

    pub(super) fn table(&mut self, name: &str) -> Option<Value> {
        self.left.remove(name)
    }

    /// Says what nobody asked for.
    pub(super) fn finish(self, known: &[&'static str], problems: &mut Problems) {
        let mut closest = Closest::among(known.iter().copied());
        for name in self.left.keys() {
            let problem = problems.error("SCR-TAB-059").in_column(&format!("{}{name}", self.prefix));
            problems.add(problem.closest_to(closest.to(name)));
        }
    }
}

/// `2/3`, `66.7%`, `0.05`: exact, above 0.
fn fraction(text: &str) -> Option<(u32, u32)> {
    let text = text.trim();
    let (above, below) = if let Some((above, below)) = text.split_once('/') {
        (above.trim().parse::<u32>().ok()?, below.trim().parse::<u32>().ok()?)
    } else if let Some(percent) = text.strip_suffix('%') {
        let (above, below) = decimal(percent.trim())?;
        (above, below.checked_mul(100)?)
    } else {
        decimal(text)?
    };
    (above > 0 && below > 0).then(|| {
        let common = num_integer::gcd(above, below);
        (above / common, below / common)
    })
}

fn decimal(text: &str) -> Option<(u32, u32)> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(part) {
        return None;
    }
    let below = 10_u32.checked_pow(u32::try_from(part.len()).ok()?)?;
    Some((format!("{whole}{part}").parse().ok()?, below))
}
