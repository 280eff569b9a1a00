//! Kinds of entries: what of each may be public.

use crate::lint::personal;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The form of one public field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldType {
    /// Words, at most so many bytes; checked for e-mail addresses, telephone numbers and IP addresses.
    Text(usize),
    /// The public name of a thing, an organisation or a contestant, at most so many bytes.
    Name(usize),
    /// A code or id: letters, digits and `-_.:/ ` of any script, at most so many bytes.
    Code(usize),
    /// A non-negative integer.
    Count,
    /// Any integer.
    Integer,
    /// True or false.
    Flag,
    /// A SHA-256 value in base64.
    Hash,
    /// A time, RFC 3339 UTC.
    Time,
    /// At most so many items of one form.
    List(usize, &'static FieldType),
    /// Fields of their own.
    Object(&'static [FieldSpec]),
}

/// One public field of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldSpec {
    /// Its name.
    pub name: &'static str,
    /// Its form.
    pub form: FieldType,
    /// Whether it may be left out.
    pub optional: bool,
}

impl FieldSpec {
    /// A field that must be there.
    pub const fn new(name: &'static str, form: FieldType) -> Self {
        Self { name, form, optional: false }
    }

    /// A field that may be left out.
    pub const fn optional(name: &'static str, form: FieldType) -> Self {
        Self { name, form, optional: true }
    }
}

/// One version of one kind of entry. A published version never changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KindSpec {
    /// `area.noun.verb_past/N`.
    pub name: &'static str,
    /// Everything that may be public.
    pub public: &'static [FieldSpec],
    /// Names of the private fields: committed to, kept in the vault.
    pub private: &'static [&'static str],
}

/// A public field that the kind's whitelist does not allow.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("public field {field} of {kind}: {what}")]
pub struct WhitelistError {
    /// The kind.
    pub kind: String,
    /// The path to the field.
    pub field: String,
    /// What is wrong, in words.
    pub what: String,
}

impl KindSpec {
    /// Checks public fields against the whitelist.
    pub fn check(&self, public: &Map<String, Value>) -> Result<(), WhitelistError> {
        check_object(self.public, public, "").map_err(|(field, what)| WhitelistError {
            kind: self.name.to_owned(),
            field,
            what,
        })
    }

    /// Whether the name has the form `area.noun.verb_past/N`.
    pub fn well_named(&self) -> bool {
        let Some((words, version)) = self.name.split_once('/') else { return false };
        let lower =
            |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        version.parse::<u32>().is_ok_and(|n| n > 0 && n.to_string() == version)
            && words.split('.').count() >= 2
            && words.split('.').all(lower)
    }
}

type Wrong = (String, String);

fn check_object(specs: &[FieldSpec], object: &Map<String, Value>, path: &str) -> Result<(), Wrong> {
    for name in object.keys() {
        if !specs.iter().any(|spec| spec.name == name) {
            return Err((format!("{path}{name}"), "not on the whitelist".to_owned()));
        }
    }
    for spec in specs {
        let here = format!("{path}{}", spec.name);
        match object.get(spec.name) {
            Some(value) => check_value(spec.form, value, &here)?,
            None if spec.optional => {}
            None => return Err((here, "missing".to_owned())),
        }
    }
    Ok(())
}

fn check_value(form: FieldType, value: &Value, path: &str) -> Result<(), Wrong> {
    let wrong = |what: &str| Err((path.to_owned(), what.to_owned()));
    match (form, value) {
        (FieldType::Text(max), Value::String(text)) => match personal(text) {
            Some(what) => wrong(&format!("it seems to contain {what}, which must not be recorded in public")),
            None if text.len() > max => wrong(&format!("longer than {max} bytes")),
            None => Ok(()),
        },
        (FieldType::Name(max), Value::String(text)) if text.len() > max => {
            wrong(&format!("longer than {max} bytes"))
        }
        (FieldType::Name(_), Value::String(_)) => Ok(()),
        (FieldType::Code(max), Value::String(text)) => {
            let fine = text.chars().all(|c| c.is_alphanumeric() || "-_.:/ *()'#,".contains(c));
            if fine && text.len() <= max {
                Ok(())
            } else {
                wrong(&format!("not a code of at most {max} bytes"))
            }
        }
        (FieldType::Count, Value::Number(n)) if n.as_u64().is_some() => Ok(()),
        (FieldType::Integer, Value::Number(n)) if n.as_i64().is_some() => Ok(()),
        (FieldType::Flag, Value::Bool(_)) => Ok(()),
        (FieldType::Hash, Value::String(text)) if text.parse::<scr_canon::Hash32>().is_ok() => Ok(()),
        (FieldType::Time, Value::String(text)) if crate::parse_utc(text).is_some() => Ok(()),
        (FieldType::List(max, _), Value::Array(items)) if items.len() > max => {
            wrong(&format!("more than {max} items"))
        }
        (FieldType::List(_, form), Value::Array(items)) => items
            .iter()
            .enumerate()
            .try_for_each(|(position, item)| check_value(*form, item, &format!("{path}[{position}]"))),
        (FieldType::Object(specs), Value::Object(object)) => check_object(specs, object, &format!("{path}.")),
        _ => wrong("of another form than the whitelist says"),
    }
}

/// All kinds that this program knows. Others are kept, shown raw, and verified all the same.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    kinds: BTreeMap<&'static str, KindSpec>,
    /// From the older version's name to the newer one's, and how to get there.
    upcasts: BTreeMap<&'static str, (&'static str, Upcast)>,
}

/// Turns the public fields of one version of a kind into those of a later one. Pure.
pub type Upcast = fn(Map<String, Value>) -> Map<String, Value>;

/// An entry of a kind that this program knows, brought to the newest version of that kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The newest version.
    pub spec: KindSpec,
    /// The public fields in its form.
    pub public: Map<String, Value>,
}

impl Catalogue {
    /// Collects kinds. Gives the name of one that is there twice or badly named.
    pub fn new(kinds: impl IntoIterator<Item = KindSpec>) -> Result<Self, &'static str> {
        let mut all = BTreeMap::new();
        for kind in kinds {
            if !kind.well_named() || all.insert(kind.name, kind).is_some() {
                return Err(kind.name);
            }
        }
        Ok(Self { kinds: all, upcasts: BTreeMap::new() })
    }

    /// Registers the step from a version of a kind to a later one. `Err` names a kind that is not
    /// in the catalogue, or a step that does not lead to a later version of the same kind.
    pub fn with_upcast(
        mut self,
        from: &'static str,
        to: &'static str,
        step: Upcast,
    ) -> Result<Self, &'static str> {
        let parts = |name: &'static str| -> Option<(&'static str, u32)> {
            let (words, version) = name.split_once('/')?;
            Some((words, version.parse().ok()?))
        };
        for name in [from, to] {
            if !self.kinds.contains_key(name) {
                return Err(name);
            }
        }
        match (parts(from), parts(to)) {
            (Some((old, n)), Some((new, later))) if old == new && n < later => {}
            _ => return Err(to),
        }
        self.upcasts.insert(from, (to, step));
        Ok(self)
    }

    /// The entry in the newest version of its kind; `None` for a kind that is not known here.
    ///
    /// # Errors
    /// When the fields do not have the form of their kind: this program did not write them.
    pub fn decode(&self, entry: &crate::Entry) -> Result<Option<Known>, WhitelistError> {
        let Some(mut spec) = self.get(entry.kind()) else { return Ok(None) };
        spec.check(entry.public())?;
        let mut public = entry.public().clone();
        // Every step leads to a later version, so this ends.
        while let Some((to, step)) = self.upcasts.get(spec.name) {
            let Some(next) = self.get(to) else { break };
            spec = next;
            public = step(public);
            spec.check(&public)?;
        }
        Ok(Some(Known { spec: *spec, public }))
    }

    /// The kind of this name.
    pub fn get(&self, name: &str) -> Option<&KindSpec> {
        self.kinds.get(name)
    }

    /// Every kind, by name.
    pub fn iter(&self) -> impl Iterator<Item = &KindSpec> {
        self.kinds.values()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const PARTS: &[FieldSpec] = &[FieldSpec::new("name", FieldType::Name(20))];
    const KIND: KindSpec = KindSpec {
        name: "results.table.imported/1",
        public: &[
            FieldSpec::new("rows", FieldType::Count),
            FieldSpec::new("root", FieldType::Hash),
            FieldSpec::optional("reason", FieldType::Text(40)),
            FieldSpec::optional("contestants", FieldType::List(2, &FieldType::Object(PARTS))),
        ],
        private: &["file_name"],
    };

    fn check(value: &Value) -> Result<(), String> {
        KIND.check(value.as_object().unwrap()).map_err(|e| e.to_string())
    }

    #[test]
    fn only_the_whitelist_is_public() {
        let root = scr_canon::sha256(b"").to_string();
        assert_eq!(check(&json!({"rows": 3, "root": root})), Ok(()));
        for (wrong, word) in [
            (json!({"root": root}), "missing"),
            (json!({"rows": -1, "root": root}), "another form"),
            (json!({"rows": 3, "root": "x"}), "another form"),
            (json!({"rows": 3, "root": root, "name": "x"}), "whitelist"),
            (json!({"rows": 3, "root": root, "reason": "ask a@example.org"}), "e-mail"),
            (json!({"rows": 3, "root": root, "reason": "x".repeat(41)}), "longer"),
            (
                json!({"rows": 3, "root": root, "contestants": [{"name": "a"}, {"name": "b"}, {"name": "c"}]}),
                "more than 2",
            ),
            (
                json!({"rows": 3, "root": root, "contestants": [{"name": "a", "age": 3}]}),
                "contestants[0].age",
            ),
        ] {
            let said = check(&wrong).unwrap_err();
            assert!(said.contains(word), "{said}");
        }
    }

    #[test]
    fn kinds_have_one_form_of_name() {
        assert!(KIND.well_named());
        for name in [
            "results.table.imported",
            "results/1",
            "Results.table/1",
            "results.table.imported/0",
            "a..b/1",
            "a.b/01",
        ] {
            assert!(!KindSpec { name, public: &[], private: &[] }.well_named(), "{name}");
        }
        assert_eq!(Catalogue::new([KIND, KIND]).unwrap_err(), KIND.name);
    }

    #[test]
    fn steps_lead_to_later_versions_of_the_same_kind() {
        const OLD: KindSpec = KindSpec { name: "a.b.c/1", public: &[], private: &[] };
        const NEW: KindSpec = KindSpec { name: "a.b.c/2", public: &[], private: &[] };
        let both = || Catalogue::new([OLD, NEW, KIND]).unwrap();
        assert!(both().with_upcast(OLD.name, NEW.name, |p| p).is_ok());
        for (from, to, named) in [
            (NEW.name, OLD.name, OLD.name),
            (OLD.name, OLD.name, OLD.name),
            (OLD.name, KIND.name, KIND.name),
            (OLD.name, "a.b.c/3", "a.b.c/3"),
        ] {
            assert_eq!(both().with_upcast(from, to, |p| p).unwrap_err(), named);
        }
    }
}
