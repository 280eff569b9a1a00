//! Objects as one reader finds them in one community, and what they refer to. Everything goes by `select`: what the reader
//! may not see is the same as what is not there.

use crate::read::{self, Seen};
use crate::select::{self, Found, Versions, Wanted};
use rusqlite::{Connection, params_from_iter};
use scr_core::OrgId;
use scr_engine::rusqlite;
use scr_stix::{Head, Limits, Object, Timestamp};
use scr_threats::{Standing, readers_of};
use serde_json::Value;

const MICROS: i64 = 1_000_000;
/// References that say who wrote or marked an object, not what it is about.
const ASIDE: [&str; 3] = ["created_by_ref", "object_marking_refs", "granular_markings"];

/// A community as a reader finds it.
pub(crate) struct Place<'a> {
    views: &'a Connection,
    /// The community.
    pub(crate) seen: Seen,
    numbers: Vec<i64>,
}

/// The newest version of an object that the reader may see.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    /// Its row.
    pub(crate) found: Found,
    /// Its head.
    pub(crate) head: Head,
    /// All of it.
    pub(crate) value: Value,
    /// Who shares it: an organisation, or the name under which it does.
    pub(crate) by: String,
}

impl Item {
    /// Its id.
    pub(crate) fn id(&self) -> &str {
        &self.found.id
    }

    /// Its type.
    pub(crate) fn kind(&self) -> &str {
        self.head.kind()
    }

    /// What people call it; else its id.
    pub(crate) fn title(&self) -> &str {
        self.head.title.as_deref().filter(|title| !title.trim().is_empty()).unwrap_or_else(|| self.id())
    }

    /// A text property.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.value.get(name).and_then(Value::as_str).filter(|text| !text.is_empty())
    }

    /// A time property, in seconds.
    pub(crate) fn time(&self, name: &str) -> Option<i64> {
        self.text(name)
            .and_then(|text| Timestamp::parse(text).ok())
            .map(|time| time.micros().div_euclid(MICROS))
    }

    /// When it was shared, in seconds.
    pub(crate) fn shared(&self) -> i64 {
        self.found.added.div_euclid(MICROS)
    }

    /// Its references to what it is about: the property, and to what. At most `most`.
    pub(crate) fn about(&self, most: usize) -> Vec<(String, String)> {
        let name = |path: &str| path.split(['.', '[']).next().unwrap_or_default().to_owned();
        let all = self.head.refs.iter().map(|one| (name(&one.path), one.id.as_str().to_owned()));
        all.filter(|(name, _)| !ASIDE.contains(&name.as_str())).take(most).collect()
    }
}

/// Seconds of a timestamp.
pub(crate) fn seconds(time: &Timestamp) -> i64 {
    time.micros().div_euclid(MICROS)
}

impl<'a> Place<'a> {
    /// The community, where the reader knows of it.
    pub(crate) fn open(views: &'a Connection, code: &str, reader: &OrgId) -> rusqlite::Result<Option<Self>> {
        let Some(seen) = read::seen(views, code, Some(reader))? else { return Ok(None) };
        let mut numbers = Vec::new();
        for collection in seen.collections().into_iter().filter(|one| seen.may_read(one)) {
            numbers.extend(read::number(views, &collection.id)?);
        }
        Ok(Some(Self { views, seen, numbers }))
    }

    /// As whom the reader reads.
    fn standing(&self) -> &Standing {
        &self.seen.standing
    }

    /// The newest version of an object in any collection.
    pub(crate) fn get(&self, id: &str) -> rusqlite::Result<Option<Item>> {
        let wanted = Wanted {
            ids: Some(vec![id.to_owned()]),
            versions: Some(vec![Versions::Last]),
            ..Wanted::default()
        };
        let mut best: Option<Found> = None;
        for number in &self.numbers {
            for found in select::select(self.views, *number, self.standing(), &wanted, 8)? {
                let is_better = best.as_ref().is_none_or(|best| {
                    (found.version, std::cmp::Reverse(found.added))
                        > (best.version, std::cmp::Reverse(best.added))
                });
                if is_better {
                    best = Some(found);
                }
            }
        }
        best.map(|found| self.item(found)).transpose().map(Option::flatten)
    }

    fn item(&self, found: Found) -> rusqlite::Result<Option<Item>> {
        let content = select::content(self.views, found.seq)?;
        let by = match select::pseudonym(self.views, found.seq)? {
            Some(name) => name,
            None => found.owner.clone(),
        };
        let Ok(object) = Object::read(content.as_bytes(), &Limits::default()) else { return Ok(None) };
        Ok(Some(Item { head: object.head().clone(), value: object.value(), found, by }))
    }

    /// Ids of objects that are about an object, in the order of their ids; at most `most`.
    pub(crate) fn referring(&self, id: &str, most: usize) -> rusqlite::Result<Vec<String>> {
        let readers = readers_of(self.standing());
        let marks = |count: usize| vec!["?"; count].join(", ");
        let text = format!(
            "SELECT DISTINCT o.id FROM threats_ref f JOIN threats_object o ON o.seq = f.seq
             WHERE f.target = ? AND f.path <> 'created_by_ref' AND f.path NOT LIKE 'object\\_marking\\_refs%' ESCAPE '\\'
             AND f.path NOT LIKE 'granular\\_markings%' ESCAPE '\\' AND o.collection IN ({})
             AND EXISTS (SELECT 1 FROM threats_reach r WHERE r.collection = o.collection AND r.added = o.added AND r.reader IN ({}))
             ORDER BY o.id LIMIT ?",
            marks(self.numbers.len()),
            marks(readers.len())
        );
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let mut values: Vec<&dyn rusqlite::ToSql> = vec![&id];
        values.extend(self.numbers.iter().map(|number| number as &dyn rusqlite::ToSql));
        values.extend(readers.iter().map(|reader| reader as &dyn rusqlite::ToSql));
        values.push(&most);
        self.views.prepare_cached(&text)?.query_map(params_from_iter(values), |row| row.get(0))?.collect()
    }

    /// Newest versions of objects of these types that are about an object.
    pub(crate) fn saying(&self, id: &str, kinds: &[&str], most: usize) -> rusqlite::Result<Vec<Item>> {
        let mut all = Vec::new();
        for other in self.referring(id, most)? {
            if !other.split_once("--").is_some_and(|(kind, _)| kinds.contains(&kind)) {
                continue;
            }
            // A newer version may be about something else.
            all.extend(
                self.get(&other)?.filter(|item| item.about(most).iter().any(|(_, target)| target == id)),
            );
        }
        Ok(all)
    }
}
