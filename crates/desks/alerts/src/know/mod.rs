//! How it is known that an alert arrived: acknowledgements are taken in durably here, and by nobody else.
//!
//! | module | is about |
//! |---|---|
//! | [`intake`], `rows`, `codec` | the way in: durable first, then answered |
//! | `batch`, `kinds`, `view` | the way to the record, exactly once |
//! | `boards`, `case` | how far each alert has come, in memory |

mod batch;
mod boards;
mod case;
mod codec;
mod intake;
mod kinds;
mod rows;
mod view;

pub use intake::take;
pub(crate) use kinds::KINDS;
pub(crate) use rows::TABLE;
pub(crate) use view::KnowView;

use scr_alerts::acks::{Channel, Step};
use scr_jobs::Work;
use scr_web::App;
use std::sync::Arc;

/// What this part does by itself.
pub(crate) fn works(app: &Arc<App>) -> Vec<Arc<dyn Work>> {
    let app = Arc::downgrade(app);
    vec![Arc::new(batch::RecordAcks(app))]
}

/// How a way is written in the table and in batches.
pub(crate) fn channel_byte(channel: Channel) -> u8 {
    match channel {
        Channel::Gateway => 0,
        Channel::Link => 1,
        Channel::Sms => 2,
        Channel::Telephone => 3,
        Channel::TearOff => 4,
    }
}

/// The way of such a number.
pub(crate) fn channel_of(byte: i64) -> Option<Channel> {
    [Channel::Gateway, Channel::Link, Channel::Sms, Channel::Telephone, Channel::TearOff]
        .into_iter()
        .find(|channel| i64::from(channel_byte(*channel)) == byte)
}

/// The step of such a number.
pub(crate) fn step_of(byte: i64) -> Option<Step> {
    Step::ALL.into_iter().find(|step| i64::from(step.byte()) == byte)
}
