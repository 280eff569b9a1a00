//! Conducting an audit: the seed, its rounds, what jurisdictions do in them, and what follows.

mod closing;
mod disagreed;
mod hand_count;
mod opening;
mod page;
mod paper;
mod passes;
mod place;
mod proposal;
mod risk;
mod rounds;
mod seed;
mod words;

pub(crate) use passes::end_passes;

use scr_core::Role;
use scr_i18n::Lang;
use scr_web::{Allow, Routes};

/// The texts of these pages.
pub(crate) const TEXTS: [(Lang, &str); 4] = [
    (Lang::En, include_str!("../../texts/conduct.en.ftl")),
    (Lang::Fr, include_str!("../../texts/conduct.fr.ftl")),
    (Lang::Es, include_str!("../../texts/conduct.es.ftl")),
    (Lang::Ar, include_str!("../../texts/conduct.ar.ftl")),
];

/// Who may type a seed.
const TYPISTS: Allow = Allow::Roles(&[Role::Manager, Role::Supervisor, Role::Observer]);
const EVERY_ROLE: Allow = Allow::Roles(&Role::ALL);
const MANAGERS: Allow = Allow::Roles(&[Role::Manager]);
const SUPERVISORS: Allow = Allow::Roles(&[Role::Supervisor]);
const LOCALS: Allow = Allow::Roles(&[Role::Manager, Role::Supervisor]);

/// The routes of these pages.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/audits/{audit}/seed", Allow::Public, seed::wall)
        .get("/desk/audits/{audit}/seed", TYPISTS, seed::form)
        .post("/desk/audits/{audit}/seed", TYPISTS, seed::enter)
        .get("/desk/audits/{audit}/rounds", EVERY_ROLE, rounds::list)
        .get("/desk/audits/{audit}/rounds/new", MANAGERS, opening::form)
        .post_fresh("/desk/audits/{audit}/rounds/new", MANAGERS, opening::open)
        .post("/desk/audits/{audit}/rounds/check", MANAGERS, opening::look)
        .get("/desk/audits/{audit}/rounds/{round}", EVERY_ROLE, rounds::one)
        .get("/desk/audits/{audit}/rounds/{round}/close", MANAGERS, closing::closing)
        .post_fresh("/desk/audits/{audit}/rounds/{round}/close", MANAGERS, closing::close)
        .get("/desk/audits/{audit}/rounds/{round}/decide", MANAGERS, closing::deciding)
        .post_fresh("/desk/audits/{audit}/rounds/{round}/decide", MANAGERS, closing::decided)
        .get("/desk/audits/{audit}/rounds/{round}/abandon", MANAGERS, closing::abandoning)
        .post_fresh("/desk/audits/{audit}/rounds/{round}/abandon", MANAGERS, closing::abandoned)
        .get("/desk/audits/{audit}/hand-count", MANAGERS, hand_count::form)
        .post_fresh("/desk/audits/{audit}/hand-count", MANAGERS, hand_count::enter)
        .and(in_jurisdictions())
}

fn in_jurisdictions() -> Routes {
    const PLACE: &str = "/desk/audits/{audit}/rounds/{round}/jurisdictions/{name}";
    const DEAL: &str = "/desk/audits/{audit}/rounds/{round}/jurisdictions/{name}/deal";
    const PASSES: &str = "/desk/audits/{audit}/rounds/{round}/jurisdictions/{name}/passes";
    const RETRIEVAL: &str = "/desk/audits/{audit}/rounds/{round}/jurisdictions/{name}/retrieval";
    const CSV: &str = "/desk/audits/{audit}/rounds/{round}/jurisdictions/{name}/retrieval.csv";
    const LABELS: &str = "/desk/audits/{audit}/rounds/{round}/jurisdictions/{name}/labels";
    const PLACEHOLDERS: &str = "/desk/audits/{audit}/rounds/{round}/jurisdictions/{name}/placeholders";
    const TALLY: &str = "/desk/audits/{audit}/rounds/{round}/jurisdictions/{name}/tally-sheets";
    const UNIT: &str = "/desk/audits/{audit}/rounds/{round}/jurisdictions/{name}/boards/{board}/units/{unit}";
    const REOPEN: &str = "/desk/audits/{audit}/rounds/{round}/jurisdictions/{name}/boards/{board}/reopen";
    Routes::new()
        .get(PLACE, LOCALS, place::look)
        .post(DEAL, SUPERVISORS, place::deal)
        .post(PASSES, SUPERVISORS, passes::give)
        .get(UNIT, SUPERVISORS, disagreed::form)
        .post(UNIT, SUPERVISORS, disagreed::enter)
        .get(REOPEN, MANAGERS, place::reopening)
        .post(REOPEN, MANAGERS, place::reopen)
        .get(RETRIEVAL, LOCALS, paper::retrieval)
        .get(CSV, LOCALS, paper::csv)
        .get(LABELS, LOCALS, paper::labels)
        .get(PLACEHOLDERS, LOCALS, paper::placeholders)
        .get(TALLY, LOCALS, paper::tally)
}
