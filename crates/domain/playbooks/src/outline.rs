//! A plan as a list: step after step, branches indented, as people read it.

use crate::plan::Plan;

/// How one gets to a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lead {
    /// From the line before, or from the branches before.
    Next,
    /// Into a branch: what leads there.
    Branch(String),
    /// When the step was not done.
    Failure,
    /// When a step failed and nothing else takes it up.
    Exception,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutlineLine {
    /// The number of the step in the plan.
    pub step: usize,
    /// How far it is indented: branches around it.
    pub depth: usize,
    /// How one gets there.
    pub lead: Lead,
}

impl Plan {
    /// Every step once, in the order in which they are met.
    pub fn outline(&self) -> Vec<OutlineLine> {
        let mut seen = vec![false; self.steps.len()];
        let mut lines = Vec::new();
        let mut waiting: Vec<OutlineLine> = self
            .exception
            .map(|step| OutlineLine { step, depth: 0, lead: Lead::Exception })
            .into_iter()
            .collect();
        waiting.push(OutlineLine { step: self.start, depth: 0, lead: Lead::Next });
        while let Some(line) = waiting.pop() {
            if std::mem::replace(&mut seen[line.step], true) {
                continue;
            }
            let (step, depth) = (&self.steps[line.step], line.depth);
            let to = |step: usize, depth: usize, lead: Lead| OutlineLine { step, depth, lead };
            // The last is taken first: branches, then what follows, then what follows a failure.
            waiting.extend(step.otherwise.map(|next| to(next, depth, Lead::Failure)));
            waiting.extend(step.next.map(|next| to(next, depth, Lead::Next)));
            for (label, next) in step.branches.iter().rev() {
                waiting.push(to(*next, depth + 1, Lead::Branch(label.clone())));
            }
            lines.push(line);
        }
        lines
    }
}
