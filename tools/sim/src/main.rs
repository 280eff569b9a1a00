//! `scr-sim`: runs many histories, or one of which the seed is known.

use clap::Parser;
use scr_sim::{End, Mutation, run_without};
use std::collections::BTreeMap;
use std::process::ExitCode;
use std::time::{Duration, Instant};

#[derive(Parser)]
#[command(name = "scr-sim", about = "Simulates histories of the log in which things go wrong")]
struct Arguments {
    /// The first seed
    #[arg(long, default_value_t = 0)]
    from: u64,
    /// How many seeds
    #[arg(long, default_value_t = 200)]
    seeds: u64,
    /// Go on with further seeds for this many minutes
    #[arg(long)]
    minutes: Option<u64>,
    /// Steps of each history
    #[arg(long, default_value_t = 400)]
    steps: u64,
    /// Leave something out, to see that it is missed
    #[arg(long, value_enum)]
    without: Option<Without>,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Without {
    /// The guard
    Guard,
    /// The question to the witnesses at the start
    Comparison,
    /// The stop when a witness shows another tree
    Stop,
    /// The witnesses' memory
    Memory,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let until = arguments.minutes.map(|minutes| Instant::now() + Duration::from_secs(minutes * 60));
    let goes_on = |seed: u64| match until {
        Some(until) => Instant::now() < until,
        None => seed < arguments.from + arguments.seeds,
    };
    let (mut seed, mut broken) = (arguments.from, 0);
    let mut ends: BTreeMap<End, u64> = BTreeMap::new();
    let (mut acts, mut signed, mut rounds, mut cosigned) = (0, 0, 0, 0);
    let mutation = match arguments.without {
        None => Mutation::None,
        Some(Without::Guard) => Mutation::NoGuard,
        Some(Without::Comparison) => Mutation::NoComparison,
        Some(Without::Stop) => Mutation::NoStop,
        Some(Without::Memory) => Mutation::Forgetful,
    };
    while goes_on(seed) {
        match run_without(mutation, seed, arguments.steps) {
            Ok(history) => {
                *ends.entry(history.end).or_default() += 1;
                acts += history.acts;
                signed += history.signed;
                rounds += history.rounds;
                cosigned += history.cosigned;
            }
            Err(what) => {
                eprintln!(
                    "BROKEN: {what}\n  again: scr-sim --from {seed} --seeds 1 --steps {}",
                    arguments.steps
                );
                broken += 1;
            }
        }
        seed += 1;
    }
    println!(
        "{} histories, {acts} acts, {signed} signed trees, {rounds} rounds, {cosigned} cosignatures: {ends:?}, {broken} broken",
        seed - arguments.from
    );
    if broken == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
