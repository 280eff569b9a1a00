//! What the program notes of itself: that a delay is over, a timeout has passed, how a condition stands, that a run has ended.
//! All of it follows from the record and the clock, so that nothing is lost where the program stood still.

use super::data::{Row0, entry_id};
use scr_playbooks::Plan;
use scr_playbooks::run::{Act, Entry, Run, Todo, What};

/// Entries that one look notes at most; the next look goes on.
const MOST: usize = 200;

/// Entries that the run needs at this moment of its clock, applied to it; with their numbers.
pub(crate) fn settle(plan: &Plan, fold: &mut Run, (row, now): (&Row0, i64)) -> Vec<(u64, Entry)> {
    let mut out = Vec::new();
    let mut sequence = row.sequence;
    while out.len() < MOST {
        let todo = fold.todo(plan, now);
        let Some(act) = todo.iter().find_map(|todo| own_act(fold, todo, now)) else { break };
        sequence += 1;
        let entry = Entry { id: entry_id(&row.run, sequence), mode: row.mode, at: now, by: None, act };
        if fold.apply(plan, &entry).is_err() {
            break;
        }
        out.push((sequence, entry));
    }
    out
}

/// What the program does about it, where it is the program's.
fn own_act(fold: &Run, todo: &Todo, now: i64) -> Option<Act> {
    if let What::Close(ending) = todo.what {
        return Some(Act::Ended { ending });
    }
    let place = todo.place.clone()?;
    if fold.is_paused() {
        return None;
    }
    match &todo.what {
        What::TimeOut => Some(Act::TimedOut { place }),
        What::GoOn if todo.from <= now => Some(Act::Begun { place }),
        What::Evaluate(answer) if todo.from <= now => Some(Act::Evaluated { place, answer: answer.clone() }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runs::data::limits;
    use scr_core::DrillClock;
    use scr_playbooks::Playbook;
    use scr_playbooks::run::Mode;

    #[test]
    fn a_run_goes_past_its_start_and_no_further() {
        let starter = scr_playbooks::starters::STARTERS[0];
        let playbook = Playbook::read(starter.text.as_bytes(), &limits()).unwrap();
        let plan = Plan::of(&playbook, &limits()).unwrap();
        let act = Act::Started {
            playbook: plan.id.clone(),
            digest: plan.digest,
            variables: std::collections::BTreeMap::new(),
            clock: DrillClock::real(),
            depth: 0,
        };
        let entry = Entry { id: "r:0".into(), mode: Mode::Real, at: 1_000, by: None, act };
        let mut fold = Run::start(&plan, &entry, &limits()).unwrap();
        let again = fold.clone();
        let row = Row0 {
            run: "r".into(),
            index: 0,
            at: 1,
            org: String::new(),
            mode: Mode::Real,
            playbook: plan.id.clone(),
            version: plan.modified.clone(),
            digest: plan.digest.to_string(),
            steps: 1,
            run_at: 1_000,
            clock: DrillClock::real(),
            is_public: false,
            title: String::new(),
            drill: String::new(),
            election: String::new(),
            parent: String::new(),
            parent_place: String::new(),
            sequence: 0,
            ending: String::new(),
            ended_at: None,
        };
        settle(&plan, &mut fold, (&row, 1_000));
        let waits: Vec<What> = fold.todo(&plan, 1_000).into_iter().map(|todo| todo.what).collect();
        assert_eq!(waits, [What::Act]);
        let mut once_more = again;
        settle(&plan, &mut once_more, (&row, 1_000));
        assert_eq!(fold, once_more);
        assert!(settle(&plan, &mut fold, (&row, 2_000)).is_empty());
    }
}
