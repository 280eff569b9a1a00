//! What organisations are called. The record has their ids; this installation knows the names of those that work here.

use crate::select::Entry;
use scr_access::Access;
use scr_core::OrgId;
use scr_engine::Fault;
use scr_web::App;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Names by id.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names(BTreeMap<OrgId, String>);

impl Names {
    /// The names that this installation knows.
    pub(crate) fn of(app: &App) -> Self {
        let behind = app.gate.behind().and_then(|behind| behind.downcast_ref::<Arc<Access>>());
        let all = behind.map(|access| access.organisations());
        let all = all.transpose().unwrap_or_else(|error| {
            Fault::log(&error);
            None
        });
        Self(all.into_iter().flatten().map(|one| (one.id, one.name)).collect())
    }

    /// The name of an organisation, or its id.
    pub(crate) fn say(&self, org: &str) -> String {
        let name = OrgId::new(org).ok().and_then(|org| self.0.get(&org).cloned());
        name.unwrap_or_else(|| org.to_owned())
    }

    /// Who shares an object, as others may know.
    pub(crate) fn by(&self, entry: &Entry) -> String {
        if entry.pseudonym.is_some() { entry.by().to_owned() } else { self.say(entry.by()) }
    }

    /// Several, after each other.
    pub(crate) fn list<'a>(&self, orgs: impl IntoIterator<Item = &'a OrgId>) -> String {
        orgs.into_iter().map(|org| self.say(org.as_str())).collect::<Vec<_>>().join(", ")
    }

    /// Every organisation that works here.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&OrgId, &str)> {
        self.0.iter().map(|(org, name)| (org, name.as_str()))
    }
}
