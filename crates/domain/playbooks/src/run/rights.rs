//! Who may do what in a run, and which values may be given.

use super::event::{By, Entry};
use super::refusal::Refusal;
use super::state::{Place, Run, Written};
use crate::check::values::is_value_of;
use crate::plan::{Doing, Plan, Step, Variable, Way};
use std::collections::BTreeMap;

impl Run {
    pub(super) fn program(&self, entry: &Entry) -> Result<(), Refusal> {
        if entry.by.is_none() { Ok(()) } else { Err(Refusal::Who) }
    }

    /// A person in any role of the playbook.
    pub(super) fn person<'a>(&self, plan: &Plan, entry: &'a Entry) -> Result<&'a By, Refusal> {
        let by = entry.by.as_ref().ok_or(Refusal::Who)?;
        if plan.agents.iter().any(|agent| agent.role == by.role) {
            return Ok(by);
        }
        let roles: Vec<&str> = plan.agents.iter().map(|agent| agent.role.as_str()).collect();
        Err(Refusal::Role { wanted: roles.join(", ") })
    }

    /// A person in the role of one agent.
    pub(super) fn in_role<'a>(&self, plan: &Plan, entry: &'a Entry, agent: usize) -> Result<&'a By, Refusal> {
        let by = entry.by.as_ref().ok_or(Refusal::Who)?;
        let wanted = plan.agents.get(agent).map_or("", |agent| agent.role.as_str());
        if by.role == wanted { Ok(by) } else { Err(Refusal::Role { wanted: wanted.to_owned() }) }
    }

    /// Who acts in a step: the agent's role, or the program where it may send a request.
    pub(super) fn acts(&self, plan: &Plan, step: &Step, entry: &Entry) -> Result<(), Refusal> {
        match &step.doing {
            Doing::Act { way: Way::Http, .. } if entry.by.is_none() => Ok(()),
            Doing::Act { agent, .. } => self.in_role(plan, entry, *agent).map(|_| ()),
            _ => self.program(entry),
        }
    }

    /// Whether values are those that a step returns, all of them and in their types.
    pub(super) fn returns(
        &self,
        plan: &Plan,
        step: &Step,
        outputs: &BTreeMap<String, String>,
    ) -> Result<(), Refusal> {
        if let Some(name) = outputs.keys().find(|name| !step.returns.contains(name)) {
            return Err(wrong(name, "the step does not return it"));
        }
        for name in &step.returns {
            let value = outputs.get(name).ok_or_else(|| wrong(name, "the step returns it"))?;
            let variable = step.variables.get(name).or_else(|| plan.variables.get(name));
            let variable = variable.ok_or_else(|| wrong(name, "not defined"))?;
            if variable.is_constant {
                return Err(wrong(name, "a constant"));
            }
            self.fits(name, variable, value)?;
        }
        Ok(())
    }

    pub(super) fn fits(&self, name: &str, variable: &Variable, value: &str) -> Result<(), Refusal> {
        if is_value_of(&variable.kind, value) { Ok(()) } else { Err(wrong(name, "not a value of its type")) }
    }

    /// Values for the whole playbook. Of two the later counts, whichever was noted first.
    pub(super) fn write(&mut self, plan: &Plan, place: &Place, outputs: &BTreeMap<String, String>, at: i64) {
        for (name, value) in outputs {
            let is_local = plan.steps[place.step].variables.contains_key(name);
            if !is_local {
                let place = Some(place.clone());
                self.put(name, Written { value: value.clone(), at, place });
            }
        }
    }

    pub(super) fn put(&mut self, name: &str, written: Written) {
        let is_later = self
            .variables
            .get(name)
            .is_none_or(|known| (known.at, &known.place) <= (written.at, &written.place));
        if is_later {
            self.variables.insert(name.to_owned(), written);
        }
    }
}

pub(super) fn wrong(name: &str, why: &'static str) -> Refusal {
    Refusal::Value { name: crate::finding::clipped(name), why }
}
