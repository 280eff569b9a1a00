//! Rule packs: what a country's tally sheet must add up to, as data.

mod expression;
mod pack;
mod shipped;

pub use expression::{Bound, Expression, MAX_RULE, MAX_TERMS, Operand, Outcome, Relation, SyntaxError, Term};
pub use pack::{
    BAD_ID, BAD_WORDS, BaseRate, Hardness, MAX_PACK, MAX_RULES, NOT_A_PACK, NOT_A_RULE, Pack, PackError,
    Rule, TOO_LARGE, Wording,
};
pub use shipped::{shipped, shipped_by_id, shipped_text};
