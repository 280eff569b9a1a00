//! What MISP knows about types and categories of attributes, and about the forms of their values.

mod form;
mod table;

pub use form::{hash_length, is_domain, is_email, is_ip, is_ip_or_network, looks_right};

use serde_json::{Map, Value, json};
use table::{CATEGORIES, Row, TYPES};

/// What MISP knows about one type of attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind {
    /// Its name, such as `ip-dst` or `filename|md5`.
    pub name: &'static str,
    /// The category that it has unless somebody says otherwise.
    pub default_category: &'static str,
    /// Whether it is meant for detection unless somebody says otherwise.
    pub to_ids: bool,
    categories: u16,
}

impl Kind {
    /// The type of this name.
    pub fn find(name: &str) -> Option<Self> {
        let at = TYPES.binary_search_by(|row| row.name.cmp(name)).ok()?;
        TYPES.get(at).map(Self::of)
    }

    /// All types, by name.
    pub fn all() -> impl Iterator<Item = Self> {
        TYPES.iter().map(Self::of)
    }

    fn of(row: &Row) -> Self {
        Self {
            name: row.name,
            default_category: category(row.default_category),
            to_ids: row.to_ids,
            categories: row.categories,
        }
    }

    /// Whether an attribute of this category may have the type.
    pub fn may_stand_in(&self, category: &str) -> bool {
        CATEGORIES
            .iter()
            .position(|name| *name == category)
            .is_some_and(|at| self.categories & (1 << at) != 0)
    }

    /// The categories that may have the type.
    pub fn categories(&self) -> impl Iterator<Item = &'static str> {
        let bits = self.categories;
        CATEGORIES.iter().enumerate().filter(move |(at, _)| bits & (1 << at) != 0).map(|(_, name)| *name)
    }
}

fn category(at: u8) -> &'static str {
    CATEGORIES.get(usize::from(at)).copied().unwrap_or("Other")
}

/// The categories, in MISP's order.
pub fn categories() -> &'static [&'static str] {
    CATEGORIES
}

/// Whether a type holds two values, `a|b`. A malware sample is `filename|md5` without saying so in its name.
pub fn is_composite(kind: &str) -> bool {
    kind.contains('|') || kind == "malware-sample"
}

/// The two values of a composite type. Where there could be several places to part them, the side that cannot contain
/// a `|` decides: a hash, a port and an address cannot, a file name and the data of a registry value can.
pub fn parts<'v>(kind: &str, value: &'v str) -> Option<(&'v str, &'v str)> {
    if !is_composite(kind) {
        return None;
    }
    if kind.starts_with("filename|") || kind == "malware-sample" {
        value.rsplit_once('|')
    } else {
        value.split_once('|')
    }
}

/// The types of the two values of a composite type: `filename|md5` has `filename` and `md5`.
pub fn part_kinds(kind: &str) -> Option<(&str, &str)> {
    match kind {
        "malware-sample" => Some(("filename", "md5")),
        // The second name is short for another type.
        "domain|ip" => Some(("domain", "ip-dst")),
        "regkey|value" => Some(("regkey", "text")),
        _ => kind.split_once('|'),
    }
}

/// The table as `attributes/describeTypes.json` gives it, under `result`.
pub fn describe_types() -> Value {
    let mut defaults = Map::new();
    let mut of_category: Map<String, Value> =
        CATEGORIES.iter().map(|name| ((*name).to_owned(), Value::Array(Vec::new()))).collect();
    for kind in Kind::all() {
        defaults.insert(
            kind.name.to_owned(),
            json!({"default_category": kind.default_category, "to_ids": u8::from(kind.to_ids)}),
        );
        for name in kind.categories() {
            if let Some(Value::Array(types)) = of_category.get_mut(name) {
                types.push(kind.name.into());
            }
        }
    }
    json!({
        "sane_defaults": defaults,
        "types": Kind::all().map(|kind| kind.name).collect::<Vec<_>>(),
        "categories": CATEGORIES,
        "category_type_mappings": of_category,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order_and_whole() {
        assert_eq!((TYPES.len(), CATEGORIES.len()), (194, 16));
        assert!(TYPES.windows(2).all(|two| two[0].name < two[1].name));
        for kind in Kind::all() {
            assert!(kind.may_stand_in(kind.default_category), "{}", kind.name);
        }
        let ip = Kind::find("ip-dst").unwrap();
        assert_eq!((ip.default_category, ip.to_ids), ("Network activity", true));
        assert!(ip.may_stand_in("Payload delivery") && !ip.may_stand_in("Person"));
        assert!(Kind::find("ip").is_none());
    }

    #[test]
    fn composites_are_parted_where_only_one_side_can_hold_a_bar() {
        assert_eq!(parts("filename|md5", "a|b.exe|d41d"), Some(("a|b.exe", "d41d")));
        assert_eq!(parts("regkey|value", "HKLM\\x|a|b"), Some(("HKLM\\x", "a|b")));
        assert_eq!(parts("ip-dst|port", "192.0.2.1|443"), Some(("192.0.2.1", "443")));
        assert_eq!(parts("url", "http://x/a|b"), None);
        assert_eq!(parts("domain|ip", "example.org"), None);
        assert_eq!(part_kinds("domain|ip"), Some(("domain", "ip-dst")));
    }
}
