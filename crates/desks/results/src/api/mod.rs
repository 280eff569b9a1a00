//! The JSON interface: what the pages read, and the same commands that the pages call.

mod acts;
mod reads;

use scr_core::Role;
use scr_web::api::Operation;
use scr_web::{Allow, Routes};

/// Every call.
pub(crate) const OPERATIONS: &[Operation] = &[
    Operation::get("/api/v1/elections", "listElections", "Elections", "All elections, the newest day first"),
    Operation::get("/api/v1/elections/{election}", "getElection", "Election", "One election"),
    Operation::get(
        "/api/v1/elections/{election}/contests",
        "listContests",
        "Contests",
        "The contests of an election",
    ),
    Operation::get(
        "/api/v1/elections/{election}/contests/{contest}",
        "getContest",
        "Contest",
        "One contest with its contestants",
    ),
    Operation::get(
        "/api/v1/elections/{election}/contests/{contest}/tables",
        "listTables",
        "Tables",
        "Every version of every source, the newest first",
    ),
    Operation::get(
        "/api/v1/elections/{election}/contests/{contest}/publications",
        "listPublications",
        "Publications",
        "What was published, the newest first",
    ),
    Operation::get(
        "/api/v1/tables/{entry}",
        "getTable",
        "Table",
        "One table, by the index of the entry that recorded it",
    ),
    Operation {
        method: "get",
        path: "/api/v1/tables/{entry}/rows",
        id: "listRows",
        summary: "Rows of a table in their order; `next` continues after the last one",
        query: &[
            ("after", "The position after which to go on, from `next`"),
            ("limit", "Rows of one answer, 1 to 1000; 100 when left out"),
            ("unit", "Only rows whose unit has this code or contains this text"),
        ],
        body: None,
        answer: "Rows",
    },
    Operation::get(
        "/api/v1/tables/{entry}/checks",
        "getChecks",
        "Checks",
        "What the checks found when the table was imported",
    ),
    Operation::get(
        "/api/v1/tables/{entry}/rows/{position}/receipt",
        "getReceipt",
        "NumberReceipt",
        "The receipt of one row: it is verified without this server",
    ),
    Operation::get("/api/v1/entries/{index}", "getEntry", "Entry", "One entry of the log with its proof"),
    Operation::post("/api/v1/elections", "createElection", "NewElection", "Create an election"),
    Operation::post(
        "/api/v1/elections/{election}/contests",
        "defineContest",
        "NewContest",
        "Define a contest",
    ),
    Operation::post(
        "/api/v1/elections/{election}/contests/{contest}/tables",
        "importTable",
        "NewTable",
        "Import a results file as the next version of its source",
    ),
];

const MANAGERS: Allow = Allow::Roles(&[Role::Manager]);
const IMPORTERS: Allow = Allow::Roles(&[Role::Manager, Role::Observer]);

/// The routes.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/elections", Allow::Public, reads::elections)
        .get("/api/v1/elections/{election}", Allow::Public, reads::election)
        .get("/api/v1/elections/{election}/contests", Allow::Public, reads::contests)
        .get("/api/v1/elections/{election}/contests/{contest}", Allow::Public, reads::contest)
        .get("/api/v1/elections/{election}/contests/{contest}/tables", Allow::Public, reads::tables)
        .get(
            "/api/v1/elections/{election}/contests/{contest}/publications",
            Allow::Public,
            reads::publications,
        )
        .get("/api/v1/tables/{entry}", Allow::Public, reads::table)
        .get("/api/v1/tables/{entry}/rows", Allow::Public, reads::rows)
        .get("/api/v1/tables/{entry}/checks", Allow::Public, reads::checks)
        .get("/api/v1/tables/{entry}/rows/{position}/receipt", Allow::Public, reads::receipt)
        .get("/api/v1/entries/{index}", Allow::Public, reads::entry)
        .post("/api/v1/elections", MANAGERS, acts::create_election)
        .post("/api/v1/elections/{election}/contests", MANAGERS, acts::define_contest)
        .post("/api/v1/elections/{election}/contests/{contest}/tables", IMPORTERS, acts::import_table)
}
