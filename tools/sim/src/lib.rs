//! A simulator of the log: whole histories from one number, with everything that can go wrong.
//!
//! Each history has nodes on one database, people who act, a clock that jumps, connections that break, disks
//! that fill up, processes that die between any two steps, and on some machines a disk that lies. After each
//! step, and at the end of the whole, what must hold is checked by computations of its own. The same seed
//! gives the same history.

mod agree;
mod check;
mod disk;
mod random;
mod world;

pub use agree::agree;
pub use check::Broken;
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
}

/// Runs the history of a seed. Every second seed has an honest disk.
pub fn run(seed: u64, steps: u64) -> Result<History, Broken> {
    let hardware = match seed % 4 {
        1 => Hardware::Lies,
        3 => Hardware::LiesAndTears,
        _ => Hardware::Honest,
    };
    let mut world = world::World::new(seed, hardware)?;
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
    Ok(History { hardware, end, acts: world.told, signed: world.signed.len() })
}
