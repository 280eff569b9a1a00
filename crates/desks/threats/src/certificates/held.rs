//! Names from certificates, held against those that organisations protect. Each organisation has a matcher of its own: what
//! one of them protects or allows hides nothing from another.

use super::kept::NewHit;
use crate::understand::matcher;
use crate::view::assets::watched;
use scr_engine::{Fault, rusqlite};
use scr_names::ct::FoundName;
use scr_names::{Matcher, Name};
use scr_web::App;
use std::sync::Arc;

/// Matchers of all organisations that watch a name.
pub(crate) struct Matchers(Vec<(String, Arc<Matcher>)>);

impl Matchers {
    /// As the lists are now.
    pub(crate) fn of(app: &App) -> Result<Self, Fault> {
        let lists = app.engine.read(|views| {
            let orgs: Vec<String> = views
                .prepare_cached("SELECT DISTINCT org FROM threats_asset ORDER BY org")?
                .query_map([], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            orgs.into_iter()
                .map(|org| watched(views, &org).map(|list| (org, list)))
                .collect::<Result<Vec<_>, _>>()
        })?;
        let of = |(org, list): (String, Vec<String>)| matcher(&list).map(|matcher| (org, matcher));
        Ok(Self(lists.into_iter().filter_map(of).collect()))
    }

    /// What of a batch looks like a protected name.
    pub(crate) fn hits(&self, log: &str, found: &[FoundName]) -> Vec<NewHit> {
        let mut hits = Vec::new();
        for entry in found {
            // With and without `*.` it is the same name.
            let mut names: Vec<Name> = entry.names.iter().filter_map(|name| Name::parse(name).ok()).collect();
            names.sort_by(|one, other| one.as_str().cmp(other.as_str()));
            names.dedup_by(|one, other| one.as_str() == other.as_str());
            for name in &names {
                hits.extend(self.0.iter().filter_map(|(org, matcher)| {
                    let hit = matcher.check(name)?;
                    Some(NewHit {
                        org: org.clone(),
                        name: name.as_str().to_owned(),
                        looks_like: hit.looks_like,
                        score: hit.score,
                        reasons: serde_json::to_string(&hit.reasons).ok()?,
                        log: log.to_owned(),
                        entry: entry.index,
                        issuer: entry.issuer.clone(),
                        not_before: entry.not_before,
                        not_after: entry.not_after,
                        fingerprint: entry.fingerprint.to_hex(),
                        logged_ms: i64::try_from(entry.logged_ms).unwrap_or(i64::MAX),
                    })
                }));
            }
        }
        hits
    }
}
