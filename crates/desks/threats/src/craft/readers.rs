//! Who would read a copy, and what of other objects all of them may see: to these alone a copy refers.

use crate::select;
use rusqlite::Connection;
use scr_core::{OrgId, Tlp};
use scr_engine::rusqlite;
use scr_stix::Id;
use scr_threats::{Collection, Members, Standing};

/// The readers of a copy.
#[derive(Debug, Clone)]
pub(crate) struct Readers<'a> {
    /// Its label.
    pub(crate) tlp: Tlp,
    /// Its collection.
    pub(crate) collection: &'a Collection,
    /// For whom it is meant, where its label names somebody.
    pub(crate) named: Vec<OrgId>,
}

impl Readers<'_> {
    /// Whether all of them read another collection too.
    fn all_read(&self, other: &Collection) -> bool {
        let named = || self.named.iter().all(|org| other.readers.include(org));
        match self.tlp {
            _ if other.id == self.collection.id => true,
            Tlp::Clear => other.is_public,
            Tlp::Green => other.readers == Members::All || other.readers == self.collection.readers,
            _ => named(),
        }
    }

    /// Whether all of them may see an object of this label, which is meant for these.
    fn all_see(&self, tlp: Tlp, (owner, audience): (&str, &[OrgId])) -> bool {
        match tlp {
            Tlp::Clear => true,
            Tlp::Green => self.tlp != Tlp::Clear,
            _ => {
                let reads = |org: &OrgId| org.as_str() == owner || audience.contains(org);
                !matches!(self.tlp, Tlp::Clear | Tlp::Green) && self.named.iter().all(reads)
            }
        }
    }

    /// The label under which all readers of the copy see an object; `None` where one of them does not.
    pub(crate) fn label_of(
        &self,
        views: &Connection,
        (collections, standing): (&[(Collection, i64)], &Standing),
        id: &Id,
    ) -> rusqlite::Result<Option<Tlp>> {
        for (_, number) in collections.iter().filter(|(one, _)| self.all_read(one)) {
            for entry in select::versions(views, *number, standing, id.as_str())? {
                let tlp = crate::label::parse(&entry.tlp).unwrap_or(Tlp::Red);
                if self.all_see(tlp, (&entry.owner, &entry.audience())) {
                    // A narrower label for the very same readers is none to them.
                    return Ok(Some(tlp.min(self.tlp)));
                }
            }
        }
        Ok(None)
    }
}
