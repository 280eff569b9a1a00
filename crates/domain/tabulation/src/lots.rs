//! Lots: where a law lets chance decide, a person draws and the result is an input.

use serde::{Deserialize, Serialize};

/// Places that can go to more than there are of them: the count stops here until somebody has drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("SCR-TAB-040 {what}: {} are equal, and {places} of them can have it; draw lots and state who was drawn", among.join(", "))]
pub struct LotNeeded {
    /// For what, in words.
    pub what: String,
    /// Who are equal, by name, in the order of the list.
    pub among: Vec<String>,
    /// How many of them.
    pub places: usize,
}

/// Why a count with lots cannot go on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LotError {
    /// A lot has to be drawn.
    #[error(transparent)]
    Needed(#[from] LotNeeded),
    /// Somebody was stated as drawn who is not among the equal.
    #[error("SCR-TAB-041 {drawn} was stated as drawn for {what}, and only {} are equal there", among.join(", "))]
    NotAmong {
        /// Who was stated.
        drawn: String,
        /// For what.
        what: String,
        /// Who are equal.
        among: Vec<String>,
    },
    /// Lots were stated that nothing asks for.
    #[error("SCR-TAB-042 {0} was stated as drawn, and no lot was needed for it")]
    NotNeeded(
        /// Who was stated.
        String,
    ),
}

/// A lot that was used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lot {
    /// For what.
    pub what: String,
    /// Who were equal, by their places in the list.
    pub among: Vec<usize>,
    /// Who was drawn.
    pub drawn: Vec<usize>,
}

/// The names that were drawn, in the order in which they are needed.
#[derive(Debug)]
pub(crate) struct Lots<'a> {
    names: &'a [String],
    drawn: std::slice::Iter<'a, String>,
    /// What was used.
    pub(crate) used: Vec<Lot>,
}

impl<'a> Lots<'a> {
    pub(crate) fn new(names: &'a [String], drawn: &'a [String]) -> Self {
        Self { names, drawn: drawn.iter(), used: Vec::new() }
    }

    /// `places` of these who are equal: all of them where they are no more, otherwise those who were drawn.
    pub(crate) fn choose(
        &mut self,
        what: &str,
        among: &[usize],
        places: usize,
    ) -> Result<Vec<usize>, LotError> {
        if among.len() <= places {
            return Ok(among.to_vec());
        }
        let named = || among.iter().map(|at| self.names[*at].clone()).collect::<Vec<_>>();
        let mut chosen = Vec::with_capacity(places);
        while chosen.len() < places {
            let Some(name) = self.drawn.next() else {
                return Err(LotNeeded { what: what.to_owned(), among: named(), places }.into());
            };
            let free = |at: &&usize| self.names[**at] == *name && !chosen.contains(*at);
            let Some(at) = among.iter().find(free) else {
                return Err(LotError::NotAmong {
                    drawn: name.clone(),
                    what: what.to_owned(),
                    among: named(),
                });
            };
            chosen.push(*at);
        }
        self.used.push(Lot { what: what.to_owned(), among: among.to_vec(), drawn: chosen.clone() });
        Ok(chosen)
    }

    /// Nothing that was stated may be left over.
    pub(crate) fn finish(mut self) -> Result<Vec<Lot>, LotError> {
        match self.drawn.next() {
            Some(name) => Err(LotError::NotNeeded(name.clone())),
            None => Ok(self.used),
        }
    }
}
