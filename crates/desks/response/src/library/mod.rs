//! Playbooks and the crisis plan: imported, checked, changed, adopted by a second person; and shown to everybody, because a
//! plan that is public is a norm to which an office can be held.
//!
//! A playbook is somebody else's text. Nothing in it is ever carried out here, and everything in it is shown as text.

mod acts;
mod api;
mod codes;
mod kinds;
mod pages;
mod plan;
mod read;
mod shelf;
mod view;
mod words;

pub use acts::{
    Changed, Imported, NewPlaybook, adopt, adopt_plan, change, changed, draft_plan, import, pin, unpin,
    withdraw,
};
pub use plan::{Authority, Contact, CrisisPlan, Lead, Statement, Trigger};
pub use read::{Adopted, Key, PlanVersion, Version, adopted, newest, plans, version, versions};
pub use shelf::{Book, book, bytes};

pub(crate) use api::OPERATIONS;
pub(crate) use kinds::KINDS;
pub(crate) use pages::NAV;
pub(crate) use view::LibraryView;

use scr_core::Role;
use scr_i18n::Lang;

/// The texts of this part.
pub(crate) const TEXTS: [(Lang, &str); 8] = [
    (Lang::En, include_str!("../../texts/library.en.ftl")),
    (Lang::Fr, include_str!("../../texts/library.fr.ftl")),
    (Lang::Es, include_str!("../../texts/library.es.ftl")),
    (Lang::Ar, include_str!("../../texts/library.ar.ftl")),
    (Lang::En, include_str!("../../texts/errors/library.en.ftl")),
    (Lang::Fr, include_str!("../../texts/errors/library.fr.ftl")),
    (Lang::Es, include_str!("../../texts/errors/library.es.ftl")),
    (Lang::Ar, include_str!("../../texts/errors/library.ar.ftl")),
];

/// Who puts in force what another person made.
const ADOPTERS: [Role; 2] = [Role::Manager, Role::Supervisor];

/// Pages and calls of this part.
pub(crate) fn routes() -> scr_web::Routes {
    pages::routes().and(api::routes())
}
