//! How the units of a table are joined to the features of a map.

use super::Collection;
use crate::model::{RowView, Table};
use scr_core::Closest;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

/// Unmatched codes that are listed; the others are counted.
const MAX_LISTED: usize = 50;
/// Longest prefix that is tried.
const MAX_PREFIX: u8 = 20;

/// What of a unit names its feature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// Its code.
    Unit,
    /// The place above it at this level, 1 the widest.
    Place(u8),
    /// The first characters of its code.
    Prefix(u8),
}

impl Rule {
    /// What names the feature of a row, folded; `None` where the row has none.
    pub fn key(self, row: &RowView<'_>) -> Option<String> {
        match self {
            Self::Unit => Some(fold(row.unit())),
            Self::Place(level) => row.parents().nth(usize::from(level).checked_sub(1)?).map(fold),
            Self::Prefix(length) => {
                let unit = row.unit();
                let (end, _) = unit.char_indices().nth(usize::from(length)).unwrap_or((unit.len(), ' '));
                unit.get(..end).map(fold)
            }
        }
    }
}

/// Codes are compared without regard to case and spaces around them.
pub(crate) fn fold(text: &str) -> String {
    text.trim().to_lowercase()
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unit => f.write_str("unit"),
            Self::Place(level) => write!(f, "place-{level}"),
            Self::Prefix(length) => write!(f, "prefix-{length}"),
        }
    }
}

impl FromStr for Rule {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let number = |text: &str| text.parse::<u8>().ok().filter(|n| (1..=MAX_PREFIX).contains(n)).ok_or(());
        match text.split_once('-') {
            None if text == "unit" => Ok(Self::Unit),
            Some(("place", level)) => Ok(Self::Place(number(level)?)),
            Some(("prefix", length)) => Ok(Self::Prefix(number(length)?)),
            _ => Err(()),
        }
    }
}

/// Units of one key, or a feature, that the other side does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmatched {
    /// The key, or the feature's code.
    pub code: String,
    /// Units with this key; 0 for a feature.
    pub units: u64,
    /// What the other side has that is most like it.
    pub closest: Option<String>,
}

/// How well a property and a rule join a table to a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matching {
    /// Units that have a feature.
    pub units_matched: u64,
    /// Units in all.
    pub units: u64,
    /// Features that have units.
    pub features_matched: u64,
    /// Features in all.
    pub features: u64,
    /// Units without a feature, by key: the first 50.
    pub units_left: Vec<Unmatched>,
    /// Features without a unit: the first 50.
    pub features_left: Vec<Unmatched>,
}

impl Matching {
    /// Joins them.
    pub fn of(table: &Table, collection: &Collection, property: &str, rule: Rule) -> Self {
        let keys = keys(table, rule);
        let codes: BTreeMap<String, &str> =
            collection.values(property).map(|value| (fold(value), value)).collect();
        let mut near_codes = Closest::among(codes.keys().map(String::as_str));
        let mut near_keys = Closest::among(keys.keys().map(String::as_str));
        let left = |code: &str, units: u64, closest: Option<&str>| Unmatched {
            code: code.to_owned(),
            units,
            closest: closest.map(str::to_owned),
        };
        let without: Vec<_> = keys.iter().filter(|(key, _)| !codes.contains_key(*key)).collect();
        let unused: Vec<_> = codes.keys().filter(|code| !keys.contains_key(*code)).collect();
        Self {
            units_matched: keys.iter().filter(|(key, _)| codes.contains_key(*key)).map(|(_, n)| n).sum(),
            units: table.units().map(|row| row.unit()).collect::<BTreeSet<_>>().len() as u64,
            features_matched: (codes.len() - unused.len()) as u64,
            features: collection.len() as u64,
            units_left: without
                .iter()
                .take(MAX_LISTED)
                .map(|(key, units)| left(key, **units, near_codes.to(key)))
                .collect(),
            features_left: unused
                .iter()
                .take(MAX_LISTED)
                .map(|code| left(codes.get(*code).unwrap_or(&""), 0, near_keys.to(code)))
                .collect(),
        }
    }
}

/// Units by their key.
fn keys(table: &Table, rule: Rule) -> BTreeMap<String, u64> {
    let mut units = BTreeSet::new();
    let mut keys = BTreeMap::new();
    for row in table.units() {
        if let Some(key) = rule.key(&row).filter(|_| units.insert(row.unit())) {
            *keys.entry(key).or_default() += 1;
        }
    }
    keys
}

/// One way to join a file to a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// The property of the features.
    pub property: String,
    /// What of a unit it is compared with.
    pub rule: Rule,
    /// Units that find their feature.
    pub units_matched: u64,
}

/// The ways that join at least one unit, the best first.
pub fn propose(table: &Table, collection: &Collection) -> Vec<Way> {
    let depth = table.units().map(|row| row.parents().len()).max().unwrap_or(0);
    let mut rules = vec![Rule::Unit];
    rules.extend((1..=depth).filter_map(|level| u8::try_from(level).ok()).map(Rule::Place));
    let mut found = Vec::new();
    for property in collection.names() {
        let codes: BTreeSet<String> = collection.values(property).map(fold).collect();
        let mut own = rules.clone();
        // Codes of one length may be the beginning of longer ones: 1465 of 146501.
        let lengths: BTreeSet<usize> = codes.iter().map(|code| code.chars().count()).collect();
        if let [length] = lengths.iter().copied().collect::<Vec<_>>()[..] {
            own.extend(u8::try_from(length).ok().filter(|n| *n <= MAX_PREFIX).map(Rule::Prefix));
        }
        for rule in own {
            let keys = keys(table, rule);
            let units_matched = keys.iter().filter(|(key, _)| codes.contains(*key)).map(|(_, n)| n).sum();
            if units_matched > 0 {
                found.push(Way { property: property.to_owned(), rule, units_matched });
            }
        }
    }
    found.sort_by(|a, b| b.units_matched.cmp(&a.units_matched).then_with(|| a.rule.cmp(&b.rule)));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::table;

    fn collection(codes: &[&str]) -> Collection {
        let features: Vec<String> = codes
            .iter()
            .map(|code| {
                format!(
                    r#"{{"properties":{{"terc":"{code}","name":"Name {code}"}},"geometry":{{"type":"Point","coordinates":[0,0]}}}}"#
                )
            })
            .collect();
        let text = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","));
        Collection::read(text.as_bytes()).unwrap()
    }

    #[test]
    fn the_way_that_joins_most_units_is_proposed_first() {
        let units = table(
            "unit,part,place,#a\n0201-1,x,Name 02,1\n0201-1,y,Name 02,2\n0202-1,,Name 02,1\n0401-1,,Other,1\n",
        );
        let ways: Vec<_> = propose(&units, &collection(&["02", "04"]))
            .into_iter()
            .map(|way| (way.property, way.rule.to_string(), way.units_matched))
            .collect();
        assert_eq!(
            ways,
            [("terc".to_owned(), "prefix-2".to_owned(), 3), ("name".to_owned(), "place-1".to_owned(), 2)]
        );
    }

    #[test]
    fn what_is_left_names_the_closest() {
        let units = table("unit,place,#a\n1,Warszawa,1\n2,Warszawa,1\n3,krakow ,1\n");
        let file = r#"{"type":"FeatureCollection","features":[
            {"properties":{"n":"Warzawa"},"geometry":{"type":"Point","coordinates":[0,0]}},
            {"properties":{"n":"Krakow"},"geometry":{"type":"Point","coordinates":[0,0]}}]}"#;
        let collection = Collection::read(file.as_bytes()).unwrap();
        let matching = Matching::of(&units, &collection, "n", Rule::Place(1));
        assert_eq!((matching.units_matched, matching.units), (1, 3));
        assert_eq!((matching.features_matched, matching.features), (1, 2));
        let left = Unmatched { code: "warszawa".into(), units: 2, closest: Some("warzawa".into()) };
        assert_eq!(matching.units_left, [left]);
        assert_eq!(matching.features_left[0].closest.as_deref(), Some("warszawa"));
    }

    #[test]
    fn rules_are_written_as_they_are_read() {
        for rule in [Rule::Unit, Rule::Place(1), Rule::Prefix(4)] {
            assert_eq!(rule.to_string().parse(), Ok(rule));
        }
        for wrong in ["", "units", "place-0", "prefix-21", "prefix-", "place-x", "unit-1"] {
            assert_eq!(wrong.parse::<Rule>(), Err(()), "{wrong}");
        }
    }
}
