//! A collection: what is shared in one place, who reads it and who adds to it.

use crate::codes;
use scr_core::{OrgId, Refusal, RefusalKind};
use serde::{Deserialize, Serialize};

const MAX_TITLE: usize = 200;
const MAX_DESCRIPTION: usize = 2_000;
const MAX_ALIAS: usize = 64;
/// Most organisations in one list.
const MAX_LIST: usize = 1_000;

/// Some members of a community.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Members {
    /// All of them.
    All,
    /// These.
    These(Vec<OrgId>),
}

impl Members {
    /// Whether this member is one of them.
    pub fn include(&self, org: &OrgId) -> bool {
        match self {
            Self::All => true,
            Self::These(list) => list.contains(org),
        }
    }
}

/// A collection of a community.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Collection {
    /// A UUID, by which TAXII clients name it.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What belongs into it.
    pub description: String,
    /// A name that people can type in place of the id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alias: Option<String>,
    /// Who reads it.
    pub readers: Members,
    /// Who adds to it.
    pub writers: Members,
    /// Members to whom AMBER and AMBER+STRICT go when whoever shares names nobody: the circle of this collection.
    pub circle: Vec<OrgId>,
    /// Whether everybody may read what is CLEAR in it.
    pub is_public: bool,
    /// Whether it takes nothing any more.
    #[serde(default)]
    pub is_closed: bool,
}

impl Collection {
    /// # Errors
    /// `SCR-THR-014`, on the field.
    pub fn check(&self) -> Result<(), Refusal> {
        let wrong = |field: &str| Err(Refusal::new(RefusalKind::Invalid, codes::WRONG_COLLECTION).on(field));
        if uuid::Uuid::try_parse(&self.id).is_err()
            || self.id.len() != 36
            || self.id != self.id.to_lowercase()
        {
            return wrong("id");
        }
        if self.title.trim().is_empty() || self.title.len() > MAX_TITLE {
            return wrong("title");
        }
        if self.description.len() > MAX_DESCRIPTION {
            return wrong("description");
        }
        let is_name = |text: &String| {
            let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
            (1..=MAX_ALIAS).contains(&text.len())
                && text.bytes().all(allowed)
                && uuid::Uuid::try_parse(text).is_err()
        };
        if !self.alias.as_ref().is_none_or(is_name) {
            return wrong("alias");
        }
        let lists = [&self.readers, &self.writers];
        let is_long = |members: &&Members| matches!(members, Members::These(list) if list.len() > MAX_LIST);
        if lists.iter().any(is_long) || self.circle.len() > MAX_LIST {
            return wrong("circle");
        }
        Ok(())
    }
}
