//! One run of a playbook as a fold over what happened. Nothing here knows the time or acts: state and a moment give what
//! is to be done, by whom, and what is late.

mod apply;
mod event;
mod moves;
mod refusal;
mod rights;
mod state;
mod todo;

pub use event::{Act, By, Clock, Ending, Entry, Mode};
pub use refusal::Refusal;
pub use state::{Applied, Handed, Outcome, Past, Place, PlaceError, Run, Task, Written};
pub use todo::{Todo, What};
