//! The description of the interface (OpenAPI 3.1), made from the desks' calls and the published schemas.

use super::json;
use crate::app::App;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Map, Value, json as value};
use std::sync::Arc;

/// The schemas of bodies and answers: `$defs` of a JSON Schema that is published by itself.
const SCHEMAS: &str = include_str!("../../../../../docs/schemas/api.schema.json");

/// One call of the interface.
#[derive(Debug, Clone, Copy)]
pub struct Operation {
    /// `get` or `post`.
    pub method: &'static str,
    /// The path as the route has it.
    pub path: &'static str,
    /// Its name for generated clients.
    pub id: &'static str,
    /// What it does.
    pub summary: &'static str,
    /// Parameters after `?`: name and what it is.
    pub query: &'static [(&'static str, &'static str)],
    /// The schema of the body.
    pub body: Option<&'static str>,
    /// The schema of the answer.
    pub answer: &'static str,
}

impl Operation {
    /// Something that anybody may read.
    pub const fn get(
        path: &'static str,
        id: &'static str,
        answer: &'static str,
        summary: &'static str,
    ) -> Self {
        Self { method: "get", path, id, summary, query: &[], body: None, answer }
    }

    /// A command, which answers with what was recorded.
    pub const fn post(
        path: &'static str,
        id: &'static str,
        body: &'static str,
        summary: &'static str,
    ) -> Self {
        Self { method: "post", path, id, summary, query: &[], body: Some(body), answer: "Recorded" }
    }
}

pub(crate) async fn serve(State(app): State<Arc<App>>) -> Response {
    json(StatusCode::OK, document(&app.operations).to_string())
}

/// The document that describes these calls.
pub fn document(operations: &[Operation]) -> Value {
    let mut paths: Map<String, Value> = Map::new();
    for operation in operations {
        let path = paths.entry(operation.path.to_owned()).or_insert_with(|| value!({}));
        path[operation.method] = described(operation);
    }
    let text = SCHEMAS.replace("#/$defs/", "#/components/schemas/");
    let schemas: Value = serde_json::from_str(&text).unwrap_or_default();
    value!({
        "openapi": "3.1.0",
        "info": {
            "title": "scrutineer",
            "version": "1",
            "description": "Elections and their audits with the record that proves them. Reading needs no login. Commands take a bearer token; every error is a problem document (RFC 9457) with a stable code.",
            "license": {"name": "Apache-2.0 OR MIT", "identifier": "Apache-2.0 OR MIT"}
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": schemas["$defs"],
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    })
}

fn described(operation: &Operation) -> Value {
    let mut parameters: Vec<Value> = operation
        .path
        .split('/')
        .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
        .map(|name| {
            let schema = match name {
                "entry" | "position" | "index" => value!({"type": "integer", "minimum": 0}),
                _ => value!({"type": "string", "minLength": 1}),
            };
            value!({"name": name, "in": "path", "required": true, "schema": schema})
        })
        .collect();
    parameters.extend(operation.query.iter().map(|(name, description)| {
        let schema = match *name {
            "after" => value!({"type": "integer", "minimum": 0, "maximum": u32::MAX}),
            "limit" => value!({"type": "integer", "minimum": 1, "maximum": 1000}),
            _ => value!({"type": "string", "minLength": 1, "maxLength": 200}),
        };
        value!({"name": name, "in": "query", "description": description, "schema": schema})
    }));
    let refer = |name: &str| value!({"schema": {"$ref": format!("#/components/schemas/{name}")}});
    let answer =
        |text: &str| value!({"description": text, "content": {"application/json": refer(operation.answer)}});
    let problem =
        |text: &str| value!({"description": text, "content": {"application/problem+json": refer("Problem")}});
    let is_read = operation.method == "get";
    let mut responses = value!({
        "404": problem("There is no such thing"),
        "default": problem("A fault of the server, or too many requests"),
    });
    if is_read {
        responses["200"] = answer("Found");
        responses["304"] = value!({"description": "Unchanged since the ETag that was sent"});
    } else {
        responses["201"] = answer("Recorded: the log's promise of each entry");
        for (status, text) in [
            ("401", "No token, or one that has ended"),
            ("403", "The role does not allow this"),
            ("409", "It is there already, or somebody was faster"),
            ("413", "Too large"),
            ("422", "Something in the body is wrong: `field` says where"),
            ("429", "Too many commands in this minute"),
        ] {
            responses[status] = problem(text);
        }
    }
    if !operation.query.is_empty() {
        responses["422"] = problem("A parameter is wrong: `field` says which");
    }
    let mut described = value!({
        "operationId": operation.id, "summary": operation.summary, "parameters": parameters,
        "responses": responses,
    });
    if let Some(body) = operation.body {
        described["requestBody"] = value!({"required": true, "content": {"application/json": refer(body)}});
        described["security"] = value!([{"token": []}]);
    }
    described
}
