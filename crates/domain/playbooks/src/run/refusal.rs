//! Why an entry is not taken.

use super::state::Place;

/// Why an entry is not taken into a run. The run stays as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The first entry must be the start, of this playbook in this version.
    #[error("a run begins with its start, and this is no start of this playbook in these bytes")]
    NotThisPlaybook,
    /// It has begun already.
    #[error("the run has begun already")]
    Begun,
    /// An id that was used for something else.
    #[error("the id {0} stands for another entry already")]
    OtherEntry(String),
    /// A drill's entry in earnest, or the other way round.
    #[error("the entry is of another mode than the run: a drill is never mixed with the real thing")]
    OtherMode,
    /// The clock of a real run is the wall's.
    #[error(
        "the clock cannot be taken: a real run has the time of the wall, a drill goes 1 to 10,000 times as fast"
    )]
    Clock,
    /// Too many playbooks within each other.
    #[error("playbooks start each other deeper than {0}")]
    TooDeep(u32),
    /// A time that cannot be.
    #[error("the time is before what it follows, or outside of the calendar")]
    Time,
    /// Nothing is to be done there.
    #[error("nothing waits at {0}: it has ended, or it has not begun")]
    NotThere(Place),
    /// Something else is to be done there.
    #[error("{0} waits for something else")]
    NotNow(Place),
    /// Not before the delay is over.
    #[error("{place} does not begin before {from}")]
    TooEarly {
        /// Where.
        place: Place,
        /// Milliseconds since 1970.
        from: i64,
    },
    /// The timeout has passed; it is to be noted first.
    #[error("the timeout of {0} has passed")]
    TooLate(Place),
    /// The timeout has not passed, or there is none.
    #[error("the timeout of {0} has not passed")]
    NoTimeout(Place),
    /// Who acts must be named, or must not.
    #[error("a person acts here, or the program: not the other")]
    Who,
    /// The wrong role.
    #[error("this is for {wanted}")]
    Role {
        /// The role.
        wanted: String,
    },
    /// One person for two.
    #[error("a second person must sign, another than the first")]
    SamePerson,
    /// Something must be handed in.
    #[error("{0} must be handed in")]
    Evidence(&'static str),
    /// Not what the step returns.
    #[error("{name}: {why}")]
    Value {
        /// The variable.
        name: String,
        /// Why not.
        why: &'static str,
    },
    /// Another answer than the variables give.
    #[error("the answer is {0:?}")]
    Answer(String),
    /// Variables without a value.
    #[error("no value yet: {}", .0.join(", "))]
    NoValue(Vec<String>),
    /// The clocks stand.
    #[error("the run stood still at that time")]
    Paused,
    /// They do not stand.
    #[error("the run does not stand still")]
    NotPaused,
    /// It is over.
    #[error("the run has ended")]
    Ended,
    /// It is not, or not so.
    #[error("the run has not ended so")]
    NotEnded,
    /// Too much of something.
    #[error("too much: {0}")]
    TooMuch(&'static str),
}
