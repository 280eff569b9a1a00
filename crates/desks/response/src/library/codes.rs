//! Why something is refused. Each has its words in `texts/errors/library.*.ftl`.

/// Not for this role.
pub(crate) const NOT_YOURS: &str = "SCR-RSP-001";
/// There is no such playbook or version, or none for this reader.
pub(crate) const ABSENT: &str = "SCR-RSP-002";
/// The bytes are no JSON object that is read.
pub(crate) const UNREADABLE: &str = "SCR-RSP-003";
/// The newest version has the same bytes.
pub(crate) const SAME: &str = "SCR-RSP-004";
/// A reason is missing, too long, or names an address or number.
pub(crate) const REASON: &str = "SCR-RSP-005";
/// Its `modified` is not after that of the newest version.
pub(crate) const NOT_LATER: &str = "SCR-RSP-006";
/// A code that cannot be one.
pub(crate) const WRONG_CODE: &str = "SCR-RSP-007";
/// The playbook belongs to another organisation.
pub(crate) const FOREIGN: &str = "SCR-RSP-008";
/// It has errors.
pub(crate) const UNSOUND: &str = "SCR-RSP-009";
/// Whoever made the version does not adopt it.
pub(crate) const FOUR_EYES: &str = "SCR-RSP-010";
/// Not what was looked at.
pub(crate) const OTHER_BYTES: &str = "SCR-RSP-011";
/// This version is in force already.
pub(crate) const IN_FORCE: &str = "SCR-RSP-012";
/// No version is in force.
pub(crate) const NOT_IN_FORCE: &str = "SCR-RSP-013";
/// A change that cannot be made.
pub(crate) const NO_EDIT: &str = "SCR-RSP-014";
/// A change after which the playbook would have more errors than before.
pub(crate) const EDIT_UNSOUND: &str = "SCR-RSP-015";
/// More playbooks or versions than are kept.
pub(crate) const MANY: &str = "SCR-RSP-016";
/// The text was erased, or is not here.
pub(crate) const GONE: &str = "SCR-RSP-017";
/// A part of a crisis plan that is missing, too long or too many.
pub(crate) const PLAN_PART: &str = "SCR-RSP-018";
/// A crisis plan that names an address or number.
pub(crate) const PLAN_PERSONAL: &str = "SCR-RSP-019";
/// A review date that is none, past, or too far away.
pub(crate) const PLAN_REVIEW: &str = "SCR-RSP-020";
/// A crisis plan that begins a playbook that is not in force.
pub(crate) const PLAN_PLAYBOOK: &str = "SCR-RSP-021";
/// There is no such version of the plan.
pub(crate) const NO_PLAN: &str = "SCR-RSP-022";
/// No key that is taken.
pub(crate) const NO_KEY: &str = "SCR-RSP-023";
/// The key is pinned already, or is not pinned.
pub(crate) const KEY_STATE: &str = "SCR-RSP-024";
/// It begins a playbook that is not in force.
pub(crate) const CALLS_MISSING: &str = "SCR-RSP-025";
/// It begins playbooks that lead back to it, or too deep.
pub(crate) const CALLS_LOOP: &str = "SCR-RSP-026";
