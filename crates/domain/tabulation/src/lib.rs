//! Counting: cast vote records as vendors export them, ballots as columns, and every method by which a law
//! turns votes into winners and seats.
//!
//! Pure: no files, no clock, no randomness. Readers take `Read` and give cards to a [`cvr::Sink`]; counting is
//! exact (integers and fractions), and a lot is an input, never a choice of the program.

pub mod cvr;
pub mod lots;
pub mod ranked;
pub mod read;
pub mod rules;
pub mod seats;
pub mod votes;
