//! Codes of what a person can mend (`docs/reference/errors.md`).

/// The organisation is no member of this community.
pub const NO_MEMBER: &str = "SCR-THR-001";
/// There is no such community.
pub const NO_COMMUNITY: &str = "SCR-THR-002";
/// A name or an address that cannot be used.
pub const WRONG_NAME: &str = "SCR-THR-003";
/// There is a community of this name already.
pub const EXISTS: &str = "SCR-THR-004";
/// A community is founded by at least two organisations.
pub const FOUNDERS: &str = "SCR-THR-005";
/// It is as the proposal wants it already.
pub const NOTHING_CHANGES: &str = "SCR-THR-006";
/// There is no such proposal.
pub const NO_PROPOSAL: &str = "SCR-THR-007";
/// It is decided already, or the organisation has said already where it stands.
pub const DECIDED: &str = "SCR-THR-008";
/// The organisation that it is about has no say in it.
pub const CONCERNED: &str = "SCR-THR-009";
/// This role may not do it.
pub const NOT_YOURS: &str = "SCR-THR-010";
/// The rules are not complete.
pub const WRONG_RULES: &str = "SCR-THR-011";
/// There is no such collection.
pub const NO_COLLECTION: &str = "SCR-THR-012";
/// The member may not write into this collection.
pub const READ_ONLY: &str = "SCR-THR-013";
/// The settings of a collection cannot be used.
pub const WRONG_COLLECTION: &str = "SCR-THR-014";
/// Not all founders have joined yet.
pub const NOT_ACTIVE: &str = "SCR-THR-016";
/// There is nothing to share.
pub const NOTHING: &str = "SCR-THR-017";
/// Too many proposals are open.
pub const TOO_MANY: &str = "SCR-THR-018";
/// An object that cannot be shared.
pub const NOT_TAKEN: &str = "SCR-THR-019";
/// The organisation is no custodian of this community.
pub const NO_CUSTODIAN: &str = "SCR-THR-020";
/// There is no such pseudonym, or no such request.
pub const NO_PSEUDONYM: &str = "SCR-THR-021";
/// A second custodian has to agree, not the first one again.
pub const SAME_CUSTODIAN: &str = "SCR-THR-022";
/// A pseudonym that another member uses, or that cannot be one.
pub const WRONG_PSEUDONYM: &str = "SCR-THR-023";
/// A day that is past, or further than ten years away.
pub const WRONG_DAY: &str = "SCR-THR-024";
/// There is no such object.
pub const NO_OBJECT: &str = "SCR-THR-025";
/// A file that is no vocabulary.
pub const NO_VOCABULARY: &str = "SCR-THR-090";
/// Only who runs the installation, election bodies and security teams import vocabularies.
pub const NO_LIBRARIAN: &str = "SCR-THR-091";
/// A file that is too large.
pub const VOCABULARY_LARGE: &str = "SCR-THR-092";
/// There are too many vocabularies.
pub const VOCABULARIES_MANY: &str = "SCR-THR-093";
/// There is no such vocabulary, or no such term in it.
pub const NO_TERM: &str = "SCR-THR-094";
/// There is no such source of objects.
pub const NO_SOURCE: &str = "SCR-THR-050";
/// An address that cannot be a source's.
pub const WRONG_SOURCE: &str = "SCR-THR-051";
/// A login that cannot be used.
pub const WRONG_LOGIN: &str = "SCR-THR-052";
/// Seconds between two polls that are too few or too many.
pub const WRONG_INTERVAL: &str = "SCR-THR-053";
/// The organisation has too many sources.
pub const TOO_MANY_SOURCES: &str = "SCR-THR-054";
/// The other server gives nothing.
pub const NO_ANSWER: &str = "SCR-THR-055";
/// The source has not been told where its objects go.
pub const NOT_SET_UP: &str = "SCR-THR-056";
/// A collection that is not on the server of this source, or that we may not read there.
pub const NOT_OFFERED: &str = "SCR-THR-057";
/// A line of what is watched cannot be read.
pub const WRONG_ASSET: &str = "SCR-THR-041";
/// A custodian asks about a pseudonym while a request about it is open.
pub const ASKED: &str = "SCR-THR-070";
/// Of an object of this type, or one that was taken back, there is no redacted copy.
pub const NO_COPY: &str = "SCR-THR-072";
/// Something that the object cannot be without, or that is not in it, is to be left out.
pub const CANNOT_LEAVE_OUT: &str = "SCR-THR-073";
/// A property that stays has a narrower label than the copy.
pub const STILL_NARROWER: &str = "SCR-THR-074";
/// What is left out still stands in the copy.
pub const STILL_THERE: &str = "SCR-THR-075";
/// What may be a trace of what is left out: somebody has to look.
pub const LOOK: &str = "SCR-THR-076";
/// A copy of another member's object would go further than the object.
pub const TOO_WIDE: &str = "SCR-THR-077";
/// The id of the original is made from what is left out.
pub const ID_TELLS: &str = "SCR-THR-078";
/// An object that gets no day: it is public, or was shared under a pseudonym.
pub const NO_DAY: &str = "SCR-THR-079";
/// An object with parts whose label is narrower than its own gets no day.
pub const NARROW_PARTS: &str = "SCR-THR-080";
/// What is said of a certificate log cannot be: its name, address or beginning.
pub const WRONG_LOG: &str = "SCR-THR-110";
/// The public key of a certificate log cannot be read.
pub const WRONG_LOG_KEY: &str = "SCR-THR-111";
/// The certificate log is followed already, or there are too many.
pub const LOG_THERE: &str = "SCR-THR-112";
/// There is no such certificate log.
pub const NO_LOG: &str = "SCR-THR-113";
/// Nothing is to be decided about this certificate log.
pub const NOTHING_TO_DECIDE: &str = "SCR-THR-114";
/// There is no such name found in a certificate log.
pub const NO_SUCH_HIT: &str = "SCR-THR-115";
