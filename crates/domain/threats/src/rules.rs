//! What members agree on.

use crate::codes;
use scr_core::{Refusal, RefusalKind, Tlp};
use serde::{Deserialize, Serialize};

/// Longest text of rules, in bytes.
const MAX_TEXT: usize = 8_000;

/// What sort of organisation a member is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sector {
    /// Runs elections.
    ElectionBody,
    /// A computer emergency response team or a security centre.
    Cert,
    /// A political party or a campaign.
    Party,
    /// A newsroom or a fact-checker.
    Media,
    /// An observer or another organisation of civil society.
    CivilSociety,
    /// An online platform.
    Platform,
    /// Makes or runs election technology.
    Vendor,
    /// Anything else.
    Other,
}

impl Sector {
    /// Every sector.
    pub const ALL: [Self; 8] = [
        Self::ElectionBody,
        Self::Cert,
        Self::Party,
        Self::Media,
        Self::CivilSociety,
        Self::Platform,
        Self::Vendor,
        Self::Other,
    ];

    /// Its name in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ElectionBody => "election-body",
            Self::Cert => "cert",
            Self::Party => "party",
            Self::Media => "media",
            Self::CivilSociety => "civil-society",
            Self::Platform => "platform",
            Self::Vendor => "vendor",
            Self::Other => "other",
        }
    }

    /// The sector of this name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sector| sector.as_str() == text)
    }
}

/// The rules of a community.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// In words: what is shared, with whom, and what members promise.
    pub text: String,
    /// The label of what comes without one.
    pub unmarked: Tlp,
    /// A change needs more than so many percent of the members, 50 to 99.
    pub more_than_percent: u8,
}

impl Rules {
    /// # Errors
    /// `SCR-THR-011`.
    pub fn check(&self) -> Result<(), Refusal> {
        let wrong = |field: &str| Err(Refusal::new(RefusalKind::Invalid, codes::WRONG_RULES).on(field));
        if self.text.trim().is_empty() || self.text.len() > MAX_TEXT {
            return wrong("text");
        }
        if !(50..100).contains(&self.more_than_percent) {
            return wrong("more_than_percent");
        }
        Ok(())
    }

    /// How many of so many members a change needs: never one alone, and never more than there are unless one is left.
    pub fn needed(&self, members: usize) -> usize {
        (members * usize::from(self.more_than_percent) / 100 + 1).min(members).max(2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_always_needs_two() {
        let rules =
            |percent| Rules { text: "We share.".into(), unmarked: Tlp::Amber, more_than_percent: percent };
        for (members, percent, needed) in [
            (1, 50, 2),
            (2, 50, 2),
            (3, 50, 2),
            (4, 50, 3),
            (5, 50, 3),
            (9, 66, 6),
            (3, 99, 3),
            (100, 99, 100),
        ] {
            assert_eq!(rules(percent).needed(members), needed, "{members} {percent}");
        }
        assert!(rules(50).check().is_ok());
        for wrong in [rules(49), rules(100), Rules { text: " ".into(), ..rules(50) }] {
            assert_eq!(wrong.check().unwrap_err().code, codes::WRONG_RULES);
        }
    }
}
