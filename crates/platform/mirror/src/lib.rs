//! Following somebody else's log: everything that it serves is checked before it is kept, and what
//! contradicts what was seen before is kept as evidence.
//!
//! | module | does |
//! |---|---|
//! | [`remote`] | asks the other server, within limits on all that it sends |
//! | [`follow`] | from checkpoint to checkpoint: consistency, entries, objects |
//! | [`batch`] | a piece of the log: its entries against the signed tree, and against the rules of entries |
//! | [`split`] | what two signed checkpoints show when they do not fit |
//! | [`alarm`] | alarms, and the files of evidence behind them |
//! | [`folder`] | the mirror's folder |
//! | [`pages`] | whether the origin's pages follow from its record |
//! | [`watch`] | what is known at this moment, for pages and terminal; the loop that keeps it so |

pub mod alarm;
pub mod batch;
pub mod folder;
pub mod follow;
pub mod pages;
pub mod remote;
pub mod split;
pub mod watch;

pub use alarm::{Alarm, AlarmKind, Alarms, Finding};
pub use folder::{FolderError, MirrorFolder};
pub use follow::{FollowConfig, Follower, Trouble};
pub use pages::{OwnPages, PageLimits};
pub use remote::{HttpRemote, MAX_BUNDLE_BYTES, MAX_CHECKPOINT_BYTES, MAX_OBJECT_BYTES, Remote, RemoteError};
pub use watch::{Monitor, MonitorConfig, Watch, WatchState};
