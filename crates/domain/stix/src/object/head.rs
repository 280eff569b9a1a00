//! From the members of an object to its head.

use super::reader::{LONGEST_TITLE, Problem, Reader, clipped};
use super::{Granular, GranularWhat, Head, Object, RejectCode, Rejected};
use crate::{Id, Timestamp, id};
use serde::Deserialize;
use std::borrow::Cow;

/// What is kept of a version that cannot be read.
const LONGEST_VERSION: usize = 64;

impl Reader<'_, '_> {
    pub(super) fn finish(mut self) -> Result<Object, Box<Rejected>> {
        let id = self.identifier();
        let (Some(id), None) = (id, &self.problem) else { return Err(self.first_problem()) };
        let head = self.head(id);
        if self.problem.is_some() {
            return Err(self.first_problem());
        }
        let raw = self.scan.text.get(self.begin..self.end).unwrap_or_default();
        Ok(Object { raw: raw.into(), head })
    }

    fn first_problem(&mut self) -> Box<Rejected> {
        let none = Problem { code: RejectCode::NotAnObject, path: Box::default(), offset: 0 };
        let problem = self.problem.take().unwrap_or(none);
        self.rejected(problem)
    }

    pub(super) fn rejected(&self, problem: Problem) -> Box<Rejected> {
        let Problem { code, path, offset } = problem;
        let version = text_of(self.top.modified).or(text_of(self.top.created));
        Box::new(Rejected {
            index: 0,
            id: text_of(self.top.id).and_then(|text| Id::parse(&text).ok()),
            kind: text_of(self.top.kind).filter(|kind| id::is_kind(kind.as_bytes())).map(Box::from),
            version: version.map(|text| clipped(&text, LONGEST_VERSION)),
            code,
            path,
            offset: u64::try_from(offset).unwrap_or(u64::MAX),
        })
    }

    /// The head; what is wrong with it is noted.
    fn head(&mut self, id: Id) -> Head {
        let spec_version = self.top.spec_version.and_then(|slice| {
            let text = text_of(Some(slice));
            if text.is_none() {
                self.note_at(RejectCode::SpecVersionInvalid, "spec_version");
            }
            text.map(|text| clipped(&text, LONGEST_VERSION))
        });
        let created = self.timestamp(self.top.created, "created");
        let modified = self.timestamp(self.top.modified, "modified");
        if modified.is_some() && created.is_some() && modified < created {
            self.note_at(RejectCode::ModifiedBeforeCreated, "modified");
        }
        let valid_from = self.timestamp(self.top.valid_from, "valid_from");
        let valid_until = self.timestamp(self.top.valid_until, "valid_until");
        let revoked = self.typed(self.top.revoked, RejectCode::RevokedInvalid, "revoked");
        let created_by_ref =
            self.typed(self.top.created_by_ref, RejectCode::ReferenceInvalid, "created_by_ref");
        let object_marking_refs: Option<Vec<Id>> =
            self.typed(self.top.object_marking_refs, RejectCode::ReferenceInvalid, "object_marking_refs");
        let granular_markings = self.granular();
        let confidence =
            self.top.confidence.and_then(|slice| slice.parse().ok()).filter(|value| *value <= 100);
        let labels = self.top.labels.and_then(|slice| serde_json::from_str(slice).ok());
        Head {
            title: self.title(&id),
            id,
            spec_version,
            created,
            modified,
            revoked: revoked.unwrap_or(false),
            created_by_ref,
            object_marking_refs: object_marking_refs.unwrap_or_default(),
            granular_markings,
            refs: std::mem::take(&mut self.refs),
            valid_from,
            valid_until,
            confidence,
            labels: labels.unwrap_or_default(),
        }
    }

    fn identifier(&mut self) -> Option<Id> {
        let Some(kind) = self.top.kind else {
            self.note_at(RejectCode::TypeMissing, "type");
            return None;
        };
        let Some(kind) = text_of(Some(kind)).filter(|kind| id::is_kind(kind.as_bytes())) else {
            self.note_at(RejectCode::TypeInvalid, "type");
            return None;
        };
        let Some(id) = self.top.id else {
            self.note_at(RejectCode::IdMissing, "id");
            return None;
        };
        let Some(id) = text_of(Some(id)).and_then(|text| Id::parse(&text).ok()) else {
            self.note_at(RejectCode::IdInvalid, "id");
            return None;
        };
        if id.kind() != kind {
            self.note_at(RejectCode::TypeDiffers, "id");
        } else if kind == "bundle" {
            self.note_at(RejectCode::BundleInside, "type");
        }
        Some(id)
    }

    fn timestamp(&mut self, slice: Option<&str>, name: &str) -> Option<Timestamp> {
        let read = text_of(Some(slice?)).and_then(|text| Timestamp::parse(&text).ok());
        if read.is_none() {
            self.note_at(RejectCode::TimestampInvalid, name);
        }
        read
    }

    fn typed<T: for<'de> Deserialize<'de>>(
        &mut self,
        slice: Option<&str>,
        code: RejectCode,
        name: &str,
    ) -> Option<T> {
        let read = serde_json::from_str(slice?).ok();
        if read.is_none() {
            self.note_at(code, name);
        }
        read
    }

    fn granular(&mut self) -> Vec<Granular> {
        let all: Option<Vec<Written>> =
            self.typed(self.top.granular_markings, RejectCode::GranularInvalid, "granular_markings");
        let mut read = Vec::new();
        for (at, written) in all.into_iter().flatten().enumerate() {
            let what = match (written.marking_ref, written.lang) {
                (Some(id), None) => Some(GranularWhat::Marking(id)),
                (None, Some(lang)) => Some(GranularWhat::Lang(lang)),
                _ => None,
            };
            match what {
                Some(what) if !written.selectors.is_empty() => {
                    read.push(Granular { what, selectors: written.selectors });
                }
                _ => self.note_at(RejectCode::GranularInvalid, &format!("granular_markings.[{at}]")),
            }
        }
        read
    }

    fn title(&self, id: &Id) -> Option<Box<str>> {
        let (_, slice) = self.top.title?;
        if slice.starts_with('"') {
            return text_of(Some(slice)).map(|text| clipped(&text, LONGEST_TITLE));
        }
        (id.kind() == "autonomous-system").then(|| format!("AS{}", clipped(slice, 20)).into())
    }
}

#[derive(Deserialize)]
struct Written {
    marking_ref: Option<Id>,
    lang: Option<Box<str>>,
    selectors: Vec<Box<str>>,
}

/// What a string says that has been found to be one; `None` for anything else.
fn text_of(slice: Option<&str>) -> Option<Cow<'_, str>> {
    let inner = slice?.strip_prefix('"')?.strip_suffix('"')?;
    if inner.contains('\\') {
        serde_json::from_str(slice?).ok().map(Cow::Owned)
    } else {
        Some(Cow::Borrowed(inner))
    }
}
