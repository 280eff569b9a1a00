//! Playbooks that are broken at random, as JSON and as bytes: read, checked, drawn and, where sound, run to their end.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

#[expect(dead_code, reason = "each test file uses its part")]
mod common;

use common::{T0, start_of, walk};
use scr_playbooks::graph::Graph;
use scr_playbooks::run::Run;
use scr_playbooks::starters::STARTERS;
use scr_playbooks::{Limits, Plan, Playbook, check, layout};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Broken copies of each file.
const COPIES: usize = 400;

struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 20).unwrap() % below.max(1)
    }
}

/// Every place in a value, as JSON pointers.
fn places(value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut waiting = vec![(String::new(), value)];
    while let Some((path, value)) = waiting.pop() {
        match value {
            Value::Object(members) => waiting.extend(members.iter().map(|(name, inner)| {
                (format!("{path}/{}", name.replace('~', "~0").replace('/', "~1")), inner)
            })),
            Value::Array(items) => {
                waiting.extend(items.iter().enumerate().map(|(at, inner)| (format!("{path}/{at}"), inner)));
            }
            _ => {}
        }
        found.push(path);
    }
    found
}

/// Puts the value of one place into another, or something small.
fn broken(value: &Value, places: &[String], dice: &mut Dice) -> Value {
    let mut value = value.clone();
    for _ in 0..=dice.roll(3) {
        let small = [json!(null), json!(0), json!(-1), json!(""), json!([]), json!({}), json!(true)];
        let new = match dice.roll(2) {
            0 => value.pointer(&places[dice.roll(places.len())]).cloned().unwrap_or_default(),
            _ => small[dice.roll(small.len())].clone(),
        };
        if let Some(place) = value.pointer_mut(&places[dice.roll(places.len())]) {
            *place = new;
        }
    }
    value
}

/// Whether it was sound.
fn all_of(text: &[u8], seed: u64) -> bool {
    let limits = Limits::default();
    let Ok(playbook) = Playbook::read(text, &limits) else { return false };
    assert_eq!(playbook.value(), serde_json::from_slice::<Value>(text).unwrap());
    let report = check(&playbook, &limits);
    assert!(report.findings.len() <= limits.findings + 1);
    let graph = Graph::of(&playbook, &limits);
    assert_eq!(layout(&graph).at.len(), graph.nodes.len());
    let Ok(plan) = Plan::of(&playbook, &limits) else {
        assert!(!report.is_sound());
        return false;
    };
    assert_eq!(plan.outline().len(), plan.steps.len());
    let external = plan.variables.iter().filter(|(_, variable)| variable.is_external);
    let variables: BTreeMap<String, String> =
        external.filter_map(|(name, variable)| Some((name.clone(), variable.value.clone()?))).collect();
    if let Ok(mut run) = Run::start(&plan, &start_of(&plan, variables), &limits) {
        let mut dice = Dice(seed | 1);
        walk(&plan, &mut run, T0, &mut || dice.roll(usize::MAX) as u64);
        assert!(run.is_closed());
    }
    true
}

#[test]
fn nothing_panics_and_what_is_sound_ends() {
    let mut sound = 0;
    for (number, starter) in (1_u64..).zip(STARTERS) {
        let value: Value = serde_json::from_str(starter.text).unwrap();
        let places = places(&value);
        let mut dice = Dice(number * 0x9e37_79b9);
        for copy in 0..COPIES {
            let other = broken(&value, &places, &mut dice);
            sound += usize::from(all_of(other.to_string().as_bytes(), number + copy as u64));
            let mut bytes = starter.text.as_bytes().to_vec();
            let at = dice.roll(bytes.len());
            bytes[at] = b"{}[],:\"\\0a\x00\xff"[dice.roll(12)];
            sound += usize::from(all_of(&bytes, number));
        }
    }
    // Both are tried: broken ones and sound ones.
    assert!(sound > 100 && sound < 2 * COPIES * STARTERS.len(), "{sound}");
}
