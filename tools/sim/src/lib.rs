//! A simulator of the log: whole histories from one number, with everything that can go wrong.
//!
//! Each history has nodes on one database, people who act, a clock that jumps, connections that break, disks
//! that fill up, processes that die between any two steps, on some machines a disk that lies, and witnesses behind a
//! network that loses, delays, doubles and replays, one of which lies. After each
//! step, and at the end of the whole, what must hold is checked by computations of its own. The same seed
//! gives the same history.

mod agree;
mod check;
mod disk;
mod net;
mod random;
mod rounds;
mod world;

pub use agree::agree;
pub use check::Broken;
pub use rounds::Mutation;
pub use world::{End, Hardware};

/// What a history was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    /// The machine it ran on.
    pub hardware: Hardware,
    /// How it ended.
    pub end: End,
    /// Acts that were answered.
    pub acts: u64,
    /// Trees that were signed.
    pub signed: usize,
    /// Rounds in which all witnesses were asked.
    pub rounds: u64,
    /// Cosignatures that honest witnesses gave.
    pub cosigned: usize,
    /// Calls to witnesses that did not go as they should.
    pub faults: u64,
}

/// Runs the history of a seed. Every second seed has an honest disk.
pub fn run(seed: u64, steps: u64) -> Result<History, Broken> {
    run_without(Mutation::None, seed, steps)
}

/// The same with something left out, to show that it is missed.
pub fn run_without(mutation: Mutation, seed: u64, steps: u64) -> Result<History, Broken> {
    let hardware = match seed % 4 {
        1 => Hardware::Lies,
        3 => Hardware::LiesAndTears,
        _ => Hardware::Honest,
    };
    let mut world = world::World::new(seed, hardware, mutation)?;
    let mut end = None;
    for step in 0..steps {
        end = world.step().map_err(|broken| format!("seed {seed}, step {step}: {broken}"))?;
        if end.is_some() {
            break;
        }
    }
    let end = match end {
        Some(end) => end,
        None => world.finish().map_err(|broken| format!("seed {seed}, at the end: {broken}"))?,
    };
    let (cosigned, faults) = world
        .net
        .honest()
        .fold((0, 0), |(cosigned, faults), peer| (cosigned + peer.cosigned.len(), faults + peer.faults));
    let (acts, signed, rounds) = (world.told, world.signed.len(), world.rounds);
    Ok(History { hardware, end, acts, signed, rounds, cosigned, faults })
}
