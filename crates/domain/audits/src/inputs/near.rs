//! The name that was perhaps meant, with what spreadsheets and keyboards do to names.

use scr_core::Closest;
use std::collections::HashMap;

/// A name without what does not tell names apart: its letters and digits, in lower case. What stands between two
/// digits does tell names apart: `1-2` is not `12`.
pub fn folded(name: &str) -> String {
    let mut text = String::new();
    let mut apart = false;
    for letter in name.chars() {
        if !letter.is_alphanumeric() {
            apart = true;
            continue;
        }
        if apart && letter.is_numeric() && text.ends_with(char::is_numeric) {
            text.push('-');
        }
        apart = false;
        text.extend(letter.to_lowercase());
    }
    text
}

/// The same, and without zeros before a number: `Box 0012` and `BOX-12` are `box12`.
fn stripped(name: &str) -> String {
    let mut text = String::new();
    let mut zeros = 0;
    for letter in folded(name).chars() {
        let begins = !text.ends_with(|last: char| last.is_ascii_digit());
        if letter == '0' && begins {
            zeros += 1;
            continue;
        }
        if zeros > 0 && !letter.is_ascii_digit() {
            text.push('0');
        }
        zeros = 0;
        text.push(letter);
    }
    if zeros > 0 {
        text.push('0');
    }
    text
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The two numbers of a name such as `1-2` or `3/14`, the smaller first.
fn two_numbers(name: &str) -> Option<(u64, u64)> {
    let (one, two) = name.trim().split_once(['-', '/', '.'])?;
    let (one, two) = (one.trim().parse().ok()?, two.trim().parse().ok()?);
    Some(if one <= two { (one, two) } else { (two, one) })
}

/// The two numbers of which a spreadsheet makes a date such as `2-Jan`, `Jan-02` or `1/2/2026`.
fn from_date(name: &str) -> Option<(u64, u64)> {
    let parts: Vec<&str> = name.trim().split(['-', '/', ' ']).filter(|part| !part.is_empty()).collect();
    let month = |text: &str| {
        let at = MONTHS.iter().position(|month| text.eq_ignore_ascii_case(month))?;
        u64::try_from(at + 1).ok()
    };
    let number = |text: &str| text.parse::<u64>().ok();
    let (one, two) = match parts.as_slice() {
        [day, name] | [day, name, _] if month(name).is_some() && number(day).is_some() => {
            (number(day)?, month(name)?)
        }
        [name, day] if month(name).is_some() => (month(name)?, number(day)?),
        [one, two, year] if year.len() == 4 => (number(one)?, number(two)?),
        _ => return None,
    };
    Some(if one <= two { (one, two) } else { (two, one) })
}

/// A number as spreadsheets write long ones: `1.23457E+11`.
fn scientific(name: &str) -> Option<f64> {
    let (mantissa, exponent) = name.trim().split_once("E+")?;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let plain =
        mantissa.split_once('.').map_or(digits(mantissa), |(whole, part)| digits(whole) && digits(part));
    (plain && digits(exponent) && exponent.len() <= 3).then(|| name.trim().parse().ok()).flatten()
}

/// What a spreadsheet has made of a name, where it is plain to see: `date`, `number` or `error`.
pub(super) fn damage(name: &str) -> Option<&'static str> {
    let errors = ["#REF!", "#NAME?", "#VALUE!", "#N/A", "#DIV/0!", "#NUM!", "#NULL!"];
    if errors.iter().any(|error| name.eq_ignore_ascii_case(error))
        || (name.len() > 2 && name.bytes().all(|byte| byte == b'#'))
    {
        Some("error")
    } else if scientific(name).is_some() {
        Some("number")
    } else if from_date(name).is_some_and(|(one, two)| one > 0 && two <= 31) && !name.contains(' ') {
        Some("date")
    } else {
        None
    }
}

/// Looks for the name that was perhaps meant: first without regard to case, blanks and punctuation, then to zeros
/// before numbers, then for what a spreadsheet makes a date or a rounded number of, then by [`Closest`].
#[derive(Debug)]
pub struct Near<'a> {
    names: Vec<&'a str>,
    folded: HashMap<String, &'a str>,
    stripped: HashMap<String, &'a str>,
    dates: HashMap<(u64, u64), &'a str>,
    closest: Closest<'a>,
}

impl<'a> Near<'a> {
    /// Among these names; of several that are equally near the first in order of text.
    pub fn among(names: impl IntoIterator<Item = &'a str>) -> Self {
        let mut names: Vec<&str> = names.into_iter().collect();
        names.sort_unstable();
        names.dedup();
        let mut near = Self {
            folded: HashMap::new(),
            stripped: HashMap::new(),
            dates: HashMap::new(),
            closest: Closest::among(names.iter().copied()),
            names: Vec::new(),
        };
        for name in &names {
            near.folded.entry(folded(name)).or_insert(name);
            near.stripped.entry(stripped(name)).or_insert(name);
            if let Some(numbers) = two_numbers(name) {
                near.dates.entry(numbers).or_insert(name);
            }
        }
        near.names = names;
        near
    }

    /// The nearest to this one.
    pub fn to(&mut self, name: &str) -> Option<&'a str> {
        if let Some(found) = self.folded.get(&folded(name)).or_else(|| self.stripped.get(&stripped(name))) {
            return Some(found);
        }
        if let Some(found) = from_date(name).and_then(|numbers| self.dates.get(&numbers)) {
            return Some(found);
        }
        let closest = self.closest.to(name);
        let Some(number) = scientific(name).filter(|_| closest.is_none()) else { return closest };
        // Spreadsheets keep six digits.
        let is_near = |name: &&&str| {
            name.trim().parse::<f64>().is_ok_and(|other| (other - number).abs() <= number.abs() * 1e-5)
        };
        self.names.iter().find(is_near).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_that_was_meant_is_found() {
        let names = ["Batch 1", "0012", "1-2", "Box 007 A", "123456789012", "Mayor's Race", "10-0"];
        let mut near = Near::among(names);
        for (damaged, meant) in [
            ("BATCH1", "Batch 1"),
            ("12", "0012"),
            ("2-Jan", "1-2"),
            ("Jan-02", "1-2"),
            ("1/2/2026", "1-2"),
            ("box 7a", "Box 007 A"),
            ("1.23457E+11", "123456789012"),
            ("Mayors Race", "Mayor's Race"),
            ("Batch 11", "Batch 1"),
        ] {
            assert_eq!(near.to(damaged), Some(meant), "{damaged}");
        }
        assert_eq!(near.to("Something else"), None);
        assert_eq!(
            (stripped("0"), stripped("a0b"), stripped("100")),
            ("0".into(), "a0b".into(), "100".into())
        );
    }

    #[test]
    fn damage_is_seen_and_sound_names_are_left_alone() {
        for (name, what) in [
            ("1.23457E+11", Some("number")),
            ("2-Jan", Some("date")),
            ("Jan-02", Some("date")),
            ("#REF!", Some("error")),
            ("######", Some("error")),
            ("1-2", None),
            ("1/2", None),
            ("Early 2-Jan", None),
            ("AV 1E5", None),
            ("May 5", None),
        ] {
            assert_eq!(damage(name), what, "{name}");
        }
    }
}
