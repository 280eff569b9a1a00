//! Codes of refusals.

/// There is no such run, or it is not theirs to see, or its content was erased.
pub(crate) const NO_RUN: &str = "SCR-RSP-040";
/// The role does not start runs.
pub(crate) const MAY_NOT_START: &str = "SCR-RSP-041";
/// The playbook cannot be carried out.
pub(crate) const NO_PLAYBOOK: &str = "SCR-RSP-042";
/// No drill, one that is over, or one where it is meant.
pub(crate) const DRILL: &str = "SCR-RSP-043";
/// A role of the playbook that nobody has.
pub(crate) const NOBODY: &str = "SCR-RSP-044";
/// Somebody has done it already.
pub(crate) const DONE_ALREADY: &str = "SCR-RSP-045";
/// Somebody else has taken it up.
pub(crate) const TAKEN: &str = "SCR-RSP-046";
/// For another role.
pub(crate) const OTHER_ROLE: &str = "SCR-RSP-047";
/// One person for two.
pub(crate) const SAME_PERSON: &str = "SCR-RSP-048";
/// A file must be handed in.
pub(crate) const NO_FILE: &str = "SCR-RSP-049";
/// A note must be handed in.
pub(crate) const NO_NOTE: &str = "SCR-RSP-050";
/// A value that is none.
pub(crate) const VALUE: &str = "SCR-RSP-051";
/// Nothing waits there.
pub(crate) const NOTHING_WAITS: &str = "SCR-RSP-052";
/// Too early.
pub(crate) const TOO_EARLY: &str = "SCR-RSP-053";
/// Too late.
pub(crate) const TOO_LATE: &str = "SCR-RSP-054";
/// The run stands still.
pub(crate) const PAUSED: &str = "SCR-RSP-055";
/// It does not.
pub(crate) const NOT_PAUSED: &str = "SCR-RSP-056";
/// It has ended.
pub(crate) const ENDED: &str = "SCR-RSP-057";
/// A reason is needed, and not too long a one.
pub(crate) const REASON: &str = "SCR-RSP-058";
/// The file is too large.
pub(crate) const FILE_SIZE: &str = "SCR-RSP-059";
/// Values are missing at the start.
pub(crate) const VALUES_MISSING: &str = "SCR-RSP-060";
/// Something else is wrong.
pub(crate) const OTHER: &str = "SCR-RSP-061";
/// An entry of the allow list that cannot be.
pub(crate) const TARGET: &str = "SCR-RSP-062";
/// No such entry of the allow list.
pub(crate) const NO_TARGET: &str = "SCR-RSP-063";
/// The request is not to be repeated now.
pub(crate) const NO_REPEAT: &str = "SCR-RSP-064";
/// The role does not change the allow list.
pub(crate) const MAY_NOT_ALLOW: &str = "SCR-RSP-065";
/// An exercise is never public.
pub(crate) const PUBLIC_EXERCISE: &str = "SCR-RSP-066";
/// The other playbook is under way already, or it is another one.
pub(crate) const CHILD: &str = "SCR-RSP-067";
/// The playbook is not in force, and the run would be meant.
pub(crate) const NOT_IN_FORCE: &str = "SCR-RSP-068";
/// Its drill has ended: it can only be broken off.
pub(crate) const DRILL_ENDED: &str = "SCR-RSP-069";
/// Too many runs of the organisation are under way.
pub(crate) const TOO_MANY: &str = "SCR-RSP-078";
