//! The ceremony of the seed: dice are thrown in public, two people type the digits, and both must have typed the same.
//! What the first has typed is shown to nobody before the second has typed.

use super::audit::Audit;
use super::check::{self, conflict};
use super::codes;
use super::parts::Phase;
use scr_core::{PersonId, Refusal, RefusalKind};
use serde::{Deserialize, Serialize};

/// A ceremony that waits for its first or second person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ceremony {
    first: Option<(PersonId, String)>,
    failed: u32,
}

/// What follows when somebody has typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Typed {
    /// Another person types now.
    First(Ceremony),
    /// The two differ: both are put aside, and two people type again from the same dice.
    Differs(Ceremony),
    /// Both typed the same.
    Agreed {
        /// The seed.
        seed: String,
        /// How often two people had typed different digits before.
        failed: u32,
    },
}

impl Ceremony {
    /// How often two people typed different digits.
    pub fn failed(&self) -> u32 {
        self.failed
    }

    /// Whether one person has typed.
    pub fn is_half(&self) -> bool {
        self.first.is_some()
    }

    /// Whether it was this person.
    pub fn typed_by(&self, person: &PersonId) -> bool {
        self.first.as_ref().is_some_and(|(by, _)| by == person)
    }

    /// After somebody has typed. Spaces between groups of digits are no part of the seed.
    ///
    /// # Errors
    /// SCR-AUD-229 before the commitment, -221 when no seed is due, -230 and -232 where these are no digits of a
    /// seed, -231 where the same person types twice.
    pub fn typed(&self, audit: &Audit, person: &PersonId, digits: &str) -> Result<Typed, Refusal> {
        match audit.phase() {
            Phase::Committed => {}
            Phase::Draft => return Err(conflict(codes::TOO_EARLY)),
            other => return Err(conflict(codes::WRONG_STATE).with("state", other.as_str())),
        }
        let seed: String = digits.chars().filter(|letter| !letter.is_whitespace()).collect();
        check::seed(audit, &seed)?;
        match &self.first {
            None => Ok(Typed::First(Self { first: Some((person.clone(), seed)), failed: self.failed })),
            Some((first, _)) if first == person => {
                Err(Refusal::new(RefusalKind::Forbidden, codes::SAME_PERSON))
            }
            Some((_, typed)) if *typed == seed => Ok(Typed::Agreed { seed, failed: self.failed }),
            Some(_) => Ok(Typed::Differs(Self { first: None, failed: self.failed.saturating_add(1) })),
        }
    }
}
