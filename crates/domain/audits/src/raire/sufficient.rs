//! The proof that assertions suffice: every order of elimination with another winner is contradicted.

use super::Assertion;

/// An order of elimination that no assertion contradicts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// Who is eliminated first stands first, who would win last.
    pub order: Vec<usize>,
}

/// Walks all orders of elimination from their ends, leaving out what an assertion contradicts. Shares no code with
/// the search.
///
/// # Errors
/// The first order that is left.
pub fn sufficient(assertions: &[&Assertion], candidates: usize, winner: usize) -> Result<(), Gap> {
    let mut end = Vec::with_capacity(candidates);
    for other in (0..candidates).filter(|other| *other != winner) {
        end.push(other);
        walk(assertions, candidates, &mut end)?;
        end.pop();
    }
    Ok(())
}

pub(super) fn is_sufficient(assertions: &[&Assertion], candidates: usize, winner: usize) -> bool {
    sufficient(assertions, candidates, winner).is_ok()
}

/// `end` stands from the winner back to the first eliminated, so that it grows at its end.
fn walk(assertions: &[&Assertion], candidates: usize, end: &mut Vec<usize>) -> Result<(), Gap> {
    let order: Vec<usize> = end.iter().rev().copied().collect();
    if assertions.iter().any(|assertion| assertion.excludes(&order)) {
        return Ok(());
    }
    if order.len() == candidates {
        return Err(Gap { order });
    }
    for next in 0..candidates {
        if !end.contains(&next) {
            end.push(next);
            walk(assertions, candidates, end)?;
            end.pop();
        }
    }
    Ok(())
}
