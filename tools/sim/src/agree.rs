//! The same acts on several stores come to the same log.

use crate::check::Broken;
use crate::random::Random;
use scr_ledger::{Act, Claim, LedgerConfig, LogStore, Proposal, Slot, Stepper};
use scr_note::{Algorithm, SignerKey};
use std::sync::Arc;
use std::time::Duration;

const ORIGIN: &str = "sim.example/agree";
const ROUNDS: u64 = 40;

/// Runs the acts of a seed, accepted and refused ones, on each of these stores: answers, heads, tiles,
/// counters and signed checkpoints must be the same on all. Gives the size of the log.
pub fn agree(seed: u64, stores: Vec<Box<dyn LogStore>>) -> Result<u64, Broken> {
    let open = |store| Stepper::open(store, config()?).map_err(|e| e.to_string());
    let mut steppers = stores.into_iter().map(open).collect::<Result<Vec<_>, Broken>>()?;
    let mut random = Random::new(seed);
    for round in 0..ROUNDS {
        let acts = acts(round, &mut random);
        let mut told = None;
        for stepper in &mut steppers {
            let outcomes = stepper.commit(acts.clone());
            let first = told.get_or_insert_with(|| outcomes.clone());
            if *first != outcomes {
                return Err(format!(
                    "seed {seed}, round {round}: {first:?} on one store, {outcomes:?} on another"
                ));
            }
        }
        if random.one_in(4) {
            steppers.iter_mut().for_each(Stepper::sign);
        }
    }
    let mut same = None;
    for stepper in &mut steppers {
        stepper.sign();
        let seen = seen(stepper)?;
        let first = same.get_or_insert_with(|| seen.clone());
        if *first != seen {
            return Err(format!("seed {seed}: the stores hold different logs"));
        }
    }
    steppers.first().map_or(Ok(0), |stepper| stepper.reader().size().map_err(|e| e.to_string()))
}

/// Checkpoint, entries and counters as they are read.
type Seen = (Option<String>, Vec<Vec<u8>>, Vec<Vec<(u64, u64)>>);

fn seen(stepper: &Stepper) -> Result<Seen, Broken> {
    let reader = stepper.reader();
    let histories =
        (0..3).map(|n| reader.history(&format!("s{n}"), 0, 10_000)).collect::<Result<Vec<_>, _>>();
    let read = || Ok((reader.checkpoint_note()?, reader.entries(0, 10_000)?, histories?));
    read().map_err(|e: scr_ledger::ReadError| e.to_string())
}

fn config() -> Result<LedgerConfig, Broken> {
    Ok(LedgerConfig {
        origin: ORIGIN.to_owned(),
        log_key: Arc::new(
            SignerKey::from_seed(ORIGIN, Algorithm::Ed25519, &[1; 32]).map_err(|e| e.to_string())?,
        ),
        cosigners: Vec::new(),
        now: Arc::new(|| 1_800_000_000),
        guard: None,
        seen: Vec::new(),
        checkpoint_every: Duration::ZERO,
        republish_every: Duration::ZERO,
    })
}

/// Some acts of one to three entries; some expect a count that may be wrong, some give up while they are made.
fn acts(round: u64, random: &mut Random) -> Vec<Act> {
    let mut acts = Vec::new();
    for number in 0..=random.below(20) {
        let proposals = (0..=random.below(3)).map(|part| {
            let expected = random.one_in(4).then(|| random.below(12));
            let gives_up = random.one_in(15);
            let text = format!("{round}.{number}.{part} {}", "x".repeat(random.place(300)));
            let compose = Arc::new(move |slot: &Slot| {
                if gives_up {
                    Err("it gives up".to_owned())
                } else {
                    Ok(format!("{text} {slot:?}").into_bytes())
                }
            });
            let claim = Claim { subject: format!("s{}", random.below(3)), expected };
            let payloads = vec![(format!("p{}", random.below(4_000)), vec![7; random.place(50)])];
            Proposal { claims: vec![claim], compose, payloads }
        });
        acts.push(Act { proposals: proposals.collect(), statements: Vec::new() });
    }
    acts
}
