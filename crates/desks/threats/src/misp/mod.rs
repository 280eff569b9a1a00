//! What is shared, as programs for MISP read it: a static feed, and the part of MISP's REST interface that reads (decision
//! 38). Nothing is written here; every way to objects goes by `select`.

mod answer;
mod ask;
mod event;
mod feed;
mod find;
mod index;
mod kept;
mod pool;
mod rest;
mod scope;

use scr_web::{Allow, Routes};

/// The version of MISP whose interface this is, and of PyMISP with which it is tested.
const VERSION: &str = "2.5.34";

pub(crate) fn routes() -> Routes {
    let p = Allow::Partner;
    Routes::new()
        .get("/misp/feed", p, feed::listing)
        .get("/misp/feed/", p, feed::listing)
        .get("/misp/feed/{name}", p, feed::file)
        .get("/misp/servers/getPyMISPVersion.json", p, rest::pymisp_version)
        .get("/misp/servers/getVersion", p, rest::version)
        .get("/misp/servers/getVersion.json", p, rest::version)
        .get("/misp/users/view/me", p, rest::me)
        .get("/misp/users/view/me.json", p, rest::me)
        .get("/misp/attributes/describeTypes.json", p, rest::describe_types)
        .get("/misp/events/restSearch", p, find::events_by_address)
        .post("/misp/events/restSearch", p, find::events)
        .get("/misp/attributes/restSearch", p, find::attributes_by_address)
        .post("/misp/attributes/restSearch", p, find::attributes)
        .get("/misp/events/index", p, index::by_address)
        .post("/misp/events/index", p, index::by_body)
        .get("/misp/events/view/{id}", p, rest::event)
        .post("/misp/events/view/{id}", p, rest::event_as_asked)
        .get("/misp/attributes/view/{id}", p, rest::attribute)
        .get("/misp/{*path}", p, rest::not_offered)
        .post("/misp/{*path}", p, rest::read_only)
        .put("/misp/{*path}", p, rest::read_only)
        .delete("/misp/{*path}", p, rest::read_only)
}
