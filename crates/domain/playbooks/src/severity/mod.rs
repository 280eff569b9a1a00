//! How severe an incident is: NCISS, alert levels in colours, and what an election adds. Whole numbers and exact fractions
//! throughout; rounding is for display. Every result comes with the terms of which it is made, so that a page can show
//! the sum.

mod colours;
mod election;
mod fraction;
mod nciss;

pub use colours::{AlertError, AlertInput, AlertLevel, AlertResult, alert_level};
pub use election::{ElectionResult, ElectionSettings, SettingsError, TimeToPolls, election};
pub use fraction::Fraction;
pub use nciss::{
    CATEGORIES, Category, Level, Levels, LevelsError, NcissError, NcissResult, SOURCE, Term, nciss,
};
