//! Redacted copies: an object without what its readers may not see, and nothing in it that gives away what was left out.

mod copy;
mod readers;
mod trace;

pub(crate) use copy::{
    Copied, Copying, Ids, Source, make, marked_above, narrower, plan_copy, share_copy, unseen_by_everybody,
};
pub(crate) use trace::Found as Trace;
