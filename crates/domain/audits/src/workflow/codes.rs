//! Why a step is refused. Each code has a row in `docs/reference/errors/audit-workflow.md`.

/// This is another's to do.
pub const NOT_YOURS: &str = "SCR-AUD-220";
/// The audit is not in a state for this.
pub const WRONG_STATE: &str = "SCR-AUD-221";
/// A reason is missing.
pub const NO_REASON: &str = "SCR-AUD-222";
/// A contest cannot be audited as it stands, or none is targeted.
pub const NO_CONTEST: &str = "SCR-AUD-223";
/// No jurisdictions, or none of this name.
pub const NO_JURISDICTION: &str = "SCR-AUD-224";
/// A jurisdiction has not handed in what the method needs.
pub const NOT_UPLOADED: &str = "SCR-AUD-225";
/// A jurisdiction has not signed what it handed in.
pub const NOT_SIGNED: &str = "SCR-AUD-226";
/// What was signed is not what stands there.
pub const SIGNED_OTHER: &str = "SCR-AUD-227";
/// The commitment does not hang together.
pub const WRONG_ROOT: &str = "SCR-AUD-228";
/// A seed before the commitment.
pub const TOO_EARLY: &str = "SCR-AUD-229";
/// No digits, too few, or too many.
pub const NO_SEED: &str = "SCR-AUD-230";
/// The second person must be another.
pub const SAME_PERSON: &str = "SCR-AUD-231";
/// The seed was used before.
pub const SPENT_SEED: &str = "SCR-AUD-232";
/// Nothing has changed since an earlier version.
pub const UNCHANGED: &str = "SCR-AUD-233";
/// No draws, or the list does not fit them.
pub const NO_DRAWS: &str = "SCR-AUD-234";
/// Something drawn has not been read and signed.
pub const NOT_COMPLETE: &str = "SCR-AUD-235";
/// Measured risks do not fit the contests or their limits.
pub const WRONG_RISK: &str = "SCR-AUD-236";
/// A targeted contest has not met its limit.
pub const NOT_MET: &str = "SCR-AUD-237";
/// There is no such board.
pub const NO_BOARD: &str = "SCR-AUD-238";
/// The board was not dealt this.
pub const NOT_DEALT: &str = "SCR-AUD-239";
/// What was read has not the form of the contests.
pub const WRONG_FORM: &str = "SCR-AUD-240";
/// Boards do not share out what is to be read.
pub const WRONG_DEAL: &str = "SCR-AUD-241";
/// Something dealt has not been read.
pub const UNREAD: &str = "SCR-AUD-242";
/// The names of the members are missing, equal, or not those who joined.
pub const WRONG_MEMBER: &str = "SCR-AUD-243";
/// The members disagree about a ballot, and nobody has decided.
pub const DISAGREED: &str = "SCR-AUD-244";
/// Two counts of a batch differ.
pub const COUNTS_DIFFER: &str = "SCR-AUD-245";
/// The board has signed.
pub const SIGNED: &str = "SCR-AUD-246";
/// A text or a list is longer than the limit.
pub const TOO_LONG: &str = "SCR-AUD-247";
/// Inputs, draws or readings are not those that the audit names.
pub const WRONG_OBJECT: &str = "SCR-AUD-248";
/// What was handed in does not fit the contests or the manifest as they stand now.
pub const OUTDATED: &str = "SCR-AUD-249";
/// The jurisdiction's manifest comes first.
pub const NO_MANIFEST: &str = "SCR-AUD-250";
/// A batch has more cards than its manifest has ballots: ballots of several sheets.
pub const SHEETS: &str = "SCR-AUD-251";
/// The sampler does not draw what the method measures.
pub const WRONG_SAMPLER: &str = "SCR-AUD-252";
/// The style of cards is relied on where not every ballot has its cast vote record.
pub const UNKNOWN_STYLES: &str = "SCR-AUD-253";
/// What is to be committed to does not agree with itself: nothing could be drawn or measured.
pub const UNFIT: &str = "SCR-AUD-254";
