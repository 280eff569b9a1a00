//! Audits below `/api/v1/`: what the pages show, and what programs do. To fix an audit, to open and close its rounds and
//! to say what follows is to sign, and a program never signs: these are done on the pages.

mod acts;
mod reads;

use scr_core::Role;
use scr_web::api::Operation;
use scr_web::{Allow, Routes};

/// Every call.
pub(crate) const OPERATIONS: &[Operation] = &[
    Operation::get("/api/v1/audits", "listAudits", "Audits", "All audits, the one that changed last first"),
    Operation::get(
        "/api/v1/audits/{audit}",
        "getAudit",
        "Audit",
        "One audit: how it works, who takes part, and how far its rounds are",
    ),
    Operation::post("/api/v1/audits", "createAudit", "NewAudit", "Begin an audit"),
    Operation::post(
        "/api/v1/audits/{audit}/jurisdictions",
        "nameJurisdictions",
        "NewJurisdictions",
        "Say which jurisdictions take part",
    ),
    Operation::post(
        "/api/v1/audits/{audit}/contests",
        "chooseContest",
        "AuditContest",
        "Choose a contest, or state the one of this name anew",
    ),
    Operation::post(
        "/api/v1/audits/{audit}/contests/drop",
        "dropContest",
        "DroppedContest",
        "Leave a contest out again",
    ),
    Operation::post(
        "/api/v1/audits/{audit}/files",
        "handIn",
        "NewFile",
        "Hand in a jurisdiction's manifest, totals or cast vote records",
    ),
    Operation::post(
        "/api/v1/audits/{audit}/boards",
        "dealBoards",
        "NewBoards",
        "Deal what a jurisdiction reads in the open round to its boards",
    ),
    Operation::post(
        "/api/v1/audits/{audit}/explanations",
        "explainDiscrepancy",
        "NewExplanation",
        "Explain why people read something else than machines reported",
    ),
];

const MANAGERS: Allow = Allow::Roles(&[Role::Manager]);
const LOCALS: Allow = Allow::Roles(&[Role::Manager, Role::Supervisor]);

/// The routes.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/audits", Allow::Public, reads::audits)
        .get("/api/v1/audits/{audit}", Allow::Public, reads::audit)
        .post("/api/v1/audits", MANAGERS, acts::create)
        .post("/api/v1/audits/{audit}/jurisdictions", MANAGERS, acts::name_jurisdictions)
        .post("/api/v1/audits/{audit}/contests", MANAGERS, acts::choose)
        .post("/api/v1/audits/{audit}/contests/drop", MANAGERS, acts::drop_contest)
        .post("/api/v1/audits/{audit}/files", LOCALS, acts::hand_in)
        .post("/api/v1/audits/{audit}/boards", LOCALS, acts::deal)
        .post("/api/v1/audits/{audit}/explanations", LOCALS, acts::explain)
}

/// The address of an audit.
fn location(audit: &str) -> String {
    format!("/api/v1/audits/{}", scr_web::in_address(audit))
}
