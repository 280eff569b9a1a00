//! A TAXII 2.1 server (OASIS Standard, June 2021): each community is an API root.

mod answer;
mod ask;
mod cursor;
mod filters;
mod objects;
mod roots;
pub(crate) mod spool;
mod write;

pub(crate) use answer::moment;

use scr_web::{Allow, Routes};

pub(crate) fn routes() -> Routes {
    let p = Allow::Partner;
    Routes::new()
        .get("/taxii2/", p, roots::discovery)
        .get("/taxii2", p, roots::discovery)
        .get("/taxii2/{root}/", p, roots::root)
        .get("/taxii2/{root}", p, roots::root)
        .get("/taxii2/{root}/status/{id}/", p, roots::status)
        .get("/taxii2/{root}/status/{id}", p, roots::status)
        .get("/taxii2/{root}/collections/", p, roots::collections)
        .get("/taxii2/{root}/collections", p, roots::collections)
        .get("/taxii2/{root}/collections/{id}/", p, roots::collection)
        .get("/taxii2/{root}/collections/{id}", p, roots::collection)
        .get("/taxii2/{root}/collections/{id}/manifest/", p, objects::manifest)
        .get("/taxii2/{root}/collections/{id}/manifest", p, objects::manifest)
        .get("/taxii2/{root}/collections/{id}/objects/", p, objects::objects)
        .get("/taxii2/{root}/collections/{id}/objects", p, objects::objects)
        .post("/taxii2/{root}/collections/{id}/objects/", p, write::add)
        .post("/taxii2/{root}/collections/{id}/objects", p, write::add)
        .get("/taxii2/{root}/collections/{id}/objects/{object}/", p, objects::object)
        .get("/taxii2/{root}/collections/{id}/objects/{object}", p, objects::object)
        .delete("/taxii2/{root}/collections/{id}/objects/{object}/", p, write::remove)
        .delete("/taxii2/{root}/collections/{id}/objects/{object}", p, write::remove)
        .get("/taxii2/{root}/collections/{id}/objects/{object}/versions/", p, objects::versions)
        .get("/taxii2/{root}/collections/{id}/objects/{object}/versions", p, objects::versions)
}
