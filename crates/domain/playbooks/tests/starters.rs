//! The playbooks that come with the program: sound, complete in four languages, and each way through them ends.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

#[expect(dead_code, reason = "each test file uses its part")]
mod common;

use common::{T0, plan_of, start_of, walk};
use scr_playbooks::run::{Ending, Run};
use scr_playbooks::starters::{LANGUAGES, STARTERS};
use scr_playbooks::{Doing, Limits, Plan, Playbook, Way, check, layout};
use std::collections::{BTreeMap, BTreeSet};

fn all() -> Vec<(&'static str, Playbook, Plan)> {
    let read = |text: &str| Playbook::read(text.as_bytes(), &Limits::default()).unwrap();
    STARTERS.iter().map(|one| (one.name, read(one.text), plan_of(&read(one.text)))).collect()
}

#[test]
fn nothing_is_wrong_with_them() {
    for (name, playbook, plan) in all() {
        let report = check(&playbook, &Limits::default());
        assert_eq!(report.findings, [], "{name}");
        assert_eq!(plan.extension.situation.as_deref(), Some(name));
    }
}

#[test]
fn they_have_manual_steps_with_a_role_a_deadline_and_two_signatures_where_it_matters() {
    for (name, _, plan) in all() {
        let acts: Vec<_> = plan.steps.iter().filter(|step| step.agent().is_some()).collect();
        assert!(acts.len() >= 9, "{name}: {}", acts.len());
        assert!(acts.iter().filter(|step| step.extension.is_double()).count() >= 3, "{name}");
        for step in acts {
            assert!(matches!(step.doing, Doing::Act { way: Way::Manual, .. }), "{name} {}", step.name);
            assert!(step.extension.deadline.is_some(), "{name} {}", step.name);
            let agent = &plan.agents[step.agent().unwrap()];
            assert!(
                plan.line_above(agent).iter().any(|above| above.role == "national-authority"),
                "{}",
                agent.name
            );
        }
    }
}

#[test]
fn every_text_stands_in_four_languages() {
    for (name, _, plan) in all() {
        for language in &LANGUAGES[1..] {
            assert_ne!(plan.name_in(language), plan.name, "{name} {language}");
            assert_ne!(plan.description_in(language), plan.description.as_deref());
            for step in &plan.steps {
                let own = &step.extension.texts[*language];
                assert!(
                    own.name.as_deref().is_some_and(|text| !text.is_empty()),
                    "{name} {language} {}",
                    step.name
                );
                assert_eq!(
                    own.commands.len(),
                    step.commands_in("en").len(),
                    "{name} {language} {}",
                    step.name
                );
                for (own, english) in step.commands_in(language).iter().zip(step.commands_in("en")) {
                    assert_ne!(*own, english, "{name} {language} {}", step.name);
                }
            }
            for agent in &plan.agents {
                assert!(!agent.texts[*language].name.as_deref().unwrap_or_default().is_empty());
            }
        }
        assert_eq!(plan.name_in("fr-CA"), plan.name_in("fr"));
        assert_eq!(plan.name_in("de"), plan.name);
    }
}

/// Many ways through each: all end, and together they go through every step.
#[test]
fn every_step_is_gone_through_on_some_way_and_every_way_ends() {
    for (name, _, plan) in all() {
        let mut seen: BTreeSet<usize> = BTreeSet::new();
        let mut endings: BTreeSet<Ending> = BTreeSet::new();
        for seed in 0_u64..200 {
            let mut run = Run::start(&plan, &start_of(&plan, BTreeMap::new()), &Limits::default()).unwrap();
            let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
            let mut next = || {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                state
            };
            walk(&plan, &mut run, T0, &mut next);
            seen.extend(run.past().keys().map(|place| place.step()));
            endings.insert(run.ending().unwrap().0);
        }
        // The made values of a text are cases of none: the default is gone through, other cases by the run's own test.
        let missing: Vec<&str> = (0..plan.steps.len())
            .filter(|step| !seen.contains(step))
            .map(|step| plan.steps[step].name.as_str())
            .collect();
        let has_switch = plan.steps.iter().any(|step| matches!(step.doing, Doing::Switch(_)));
        assert!(missing.is_empty() || has_switch, "{name}: {missing:?}");
        assert_eq!(endings, BTreeSet::from([Ending::Completed, Ending::Failed]), "{name}");
    }
}

/// The picture of each: no two steps in one place, lines lead to the right but for a loop's way back.
#[test]
fn they_are_drawn() {
    for (name, playbook, _) in all() {
        let graph = scr_playbooks::graph::Graph::of(&playbook, &Limits::default());
        let picture = layout(&graph);
        let places: BTreeSet<(usize, usize)> = picture.at.iter().copied().collect();
        assert_eq!(places.len(), graph.nodes.len(), "{name}");
        for line in &picture.lines {
            let (from, to) = (picture.at[line.from].0, picture.at[line.to].0);
            assert_eq!(line.is_back, to <= from, "{name} {line:?}");
        }
        assert!(picture.at.iter().all(|(column, row)| *column < picture.columns && *row < picture.rows));
    }
}
