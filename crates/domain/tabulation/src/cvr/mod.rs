//! Cast vote records: what is on a card, and who takes cards.

pub mod columns;
mod model;
pub mod privacy;
pub mod table;

pub use model::{
    Card, Choice, ChoiceKind, ChoiceNo, Contest, ContestNo, Contests, MAX_CHOICES, MAX_CONTESTS, Mark,
    Reading, Sink, TooMany,
};
