//! Who may do what: people, roles, passwords, passkeys, logins, invitations, limits, sign-off, and passes of audit
//! boards, who have no account.
//!
//! Names, e-mail addresses and secrets stand in operational tables and never in the public record;
//! there a person is a pseudonymous id. Tokens are 256 random bits, and only their SHA-256 is kept.
//! Changes that matter for security (a role given or withdrawn) come as [`Statement`]s, which the
//! desk hands to the engine, so that the table and the public entry change in one transaction.

mod access;
mod bearer;
mod boards;
pub mod codes;
mod grant;
mod invitations;
mod limits;
mod logins;
mod organisations;
mod passkeys;
mod password;
mod people;
mod sign_off;
mod sign_offs;
mod tables;
pub mod testing;
mod token;

pub use access::{Access, AccessError, Settings};
pub use bearer::ApiToken;
pub use boards::BoardPass;
pub use grant::{Grant, place_covers};
pub use invitations::{FirstAdministrator, Invitation, Invite, InviteKind, OpenInvitation};
pub use limits::Limit;
pub use logins::{Login, OpenLogin, SignIn, SignedIn, Via};
pub use organisations::Organisation;
pub use passkeys::{PasskeyInfo, PasskeyStart};
pub use password::{MAX_CHARACTERS, MIN_CHARACTERS, check_password};
pub use people::{PeopleFilter, Person, check_email, check_name};
pub use scr_core::{Audience, BoardKey, BoardLogin, Marking, Tlp, Viewer, may_see};
pub use scr_ledger::{Param, Statement};
pub use sign_off::{Need, Position, SignOff, SignOffRule, SignOffState, Stand};
pub use sign_offs::{KeptSignOff, NewSignOff};
pub use token::Secret;
