//! The JSON interface below `/api/v1/`: the calls that desks bring to it, and what their handlers are made with.

mod command;
mod openapi;
mod read;

pub use command::{Body, Command, Done, act, file_of, with_problems};
pub use openapi::{Operation, document};
pub use read::{fresh, read, tagged};

pub(crate) use openapi::serve;

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

fn json(status: StatusCode, body: String) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json")], body).into_response()
}
