//! Stable codes of the refusals (`docs/reference/errors/acc.md`).

/// The role is limited to another place.
pub const NOT_YOUR_PLACE: &str = "SCR-ACC-003";
/// E-mail address or password differ.
pub const WRONG_PASSWORD: &str = "SCR-ACC-004";
/// Too many attempts.
pub const TOO_MANY: &str = "SCR-ACC-005";
/// The password is too short or too long.
pub const PASSWORD_LENGTH: &str = "SCR-ACC-006";
/// The password is easy to guess.
pub const PASSWORD_GUESSABLE: &str = "SCR-ACC-007";
/// The link is unknown, used or too old.
pub const LINK_INVALID: &str = "SCR-ACC-008";
/// A signing act needs password or passkey again.
pub const CONFIRM_AGAIN: &str = "SCR-ACC-009";
/// Not an e-mail address.
pub const EMAIL: &str = "SCR-ACC-012";
/// A name is missing or too long.
pub const NAME: &str = "SCR-ACC-013";
/// The person has this role already.
pub const HAS_ROLE: &str = "SCR-ACC-014";
/// The passkey's answer was not accepted.
pub const PASSKEY: &str = "SCR-ACC-015";
/// Passkeys need a host name.
pub const NO_PASSKEYS: &str = "SCR-ACC-016";
/// The person has no role.
pub const NO_ROLE: &str = "SCR-ACC-017";
/// Too many passwords are being checked at the moment.
pub const BUSY: &str = "SCR-ACC-018";
/// The last administrator cannot be withdrawn.
pub const LAST_ADMINISTRATOR: &str = "SCR-ACC-019";
/// A limit on the number of tokens or passkeys.
pub const TOO_MANY_KEYS: &str = "SCR-ACC-020";
/// The organisation is unknown.
pub const NO_ORGANISATION: &str = "SCR-ACC-021";
/// Nobody can sign in here: no people stand behind the gate.
pub const NO_PEOPLE: &str = "SCR-ACC-022";
/// The organisation exists already.
pub const HAS_ORGANISATION: &str = "SCR-ACC-023";
/// The person does not have this role.
pub const HAS_NOT_ROLE: &str = "SCR-ACC-024";
/// There is no such person.
pub const NO_PERSON: &str = "SCR-ACC-025";
/// Not the form of an id.
pub const ID_FORM: &str = "SCR-ACC-026";
/// The place is too long, or the role reaches everywhere by its nature.
pub const PLACE: &str = "SCR-ACC-027";
/// The two new passwords differ.
pub const PASSWORDS_DIFFER: &str = "SCR-ACC-028";
/// Only an administrator does this.
pub const NOT_ADMINISTRATOR: &str = "SCR-ACC-029";
/// Not among those who may sign.
pub const NOT_ON_PANEL: &str = "SCR-ACC-030";
/// Has taken a stand already.
pub const STAND_TAKEN: &str = "SCR-ACC-031";
/// The stand is about other bytes.
pub const OTHER_BYTES: &str = "SCR-ACC-032";
/// Took part in the work and may not sign it off.
pub const TOOK_PART: &str = "SCR-ACC-033";
/// The sign-off is closed.
pub const CLOSED: &str = "SCR-ACC-034";
/// The words belong to no board.
pub const NO_BOARD_PASS: &str = "SCR-ACC-035";
