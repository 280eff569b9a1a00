//! How much work an evaluation has done, and what it could not decide on the way.

use crate::error::EvalError;
use crate::limits::EvalLimits;

/// Counts steps down.
#[derive(Debug)]
pub(crate) struct Work {
    limit: u64,
    left: u64,
    pub(crate) copies: usize,
    /// The first comparison that could not be decided.
    trouble: Option<EvalError>,
}

impl Work {
    pub(crate) fn new(limits: &EvalLimits) -> Self {
        Self { limit: limits.steps, left: limits.steps, copies: limits.copies, trouble: None }
    }

    /// Takes so many steps.
    pub(crate) fn spend(&mut self, steps: usize) -> Result<(), EvalError> {
        let steps = u64::try_from(steps).unwrap_or(u64::MAX);
        self.left = self.left.checked_sub(steps).ok_or_else(|| self.too_much())?;
        Ok(())
    }

    /// Looks through a text of so many bytes.
    pub(crate) fn spend_text(&mut self, bytes: usize) -> Result<(), EvalError> {
        self.spend(1 + bytes / 64)
    }

    pub(crate) fn too_much(&self) -> EvalError {
        EvalError::TooMuchWork { steps: self.limit }
    }

    /// Notes what could not be decided.
    pub(crate) fn note(&mut self, trouble: impl FnOnce() -> EvalError) {
        if self.trouble.is_none() {
            self.trouble = Some(trouble());
        }
    }

    pub(crate) fn take_trouble(&mut self) -> Option<EvalError> {
        self.trouble.take()
    }
}
