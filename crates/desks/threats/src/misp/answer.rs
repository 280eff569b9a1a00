//! Answers, and what went wrong, as MISP writes them.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use scr_engine::Fault;
use scr_misp::rest::error_answer;

const JSON: &str = "application/json";

/// Why a request is not answered as it wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct No {
    status: StatusCode,
    path: String,
    message: String,
}

impl No {
    /// `path` is what was asked for, below `/misp`.
    pub(super) fn new(status: StatusCode, path: &str, message: impl Into<String>) -> Self {
        Self { status, path: path.to_owned(), message: message.into() }
    }

    /// Nothing of this name, or nothing for this reader: the two are the same answer.
    pub(super) fn absent(path: &str, what: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, path, what)
    }

    /// Who asks has to say who they are.
    pub(super) fn unauthorized(path: &str, message: &str) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, path, message)
    }

    pub(super) fn wrong(path: &str, why: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, path, why)
    }

    pub(super) fn fault(path: &str, fault: &Fault) -> Self {
        if fault.away.is_some() {
            let message = "The server cannot reach its store at the moment.";
            return Self::new(StatusCode::SERVICE_UNAVAILABLE, path, message);
        }
        let message = format!("The server failed. Its log knows the reason under {}.", fault.id);
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, path, message)
    }
}

impl IntoResponse for No {
    fn into_response(self) -> Response {
        let mut response = of_reader(self.status, JSON, error_answer(&self.path, &self.message).to_string());
        if self.status == StatusCode::UNAUTHORIZED {
            let realm = HeaderValue::from_static("Basic realm=\"scrutineer\", charset=\"UTF-8\"");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, realm);
        }
        response
    }
}

/// An answer that is the reader's own: nobody on the way keeps it.
pub(super) fn of_reader(status: StatusCode, media_type: &'static str, body: impl Into<String>) -> Response {
    let head = [(header::CONTENT_TYPE, media_type), (header::CACHE_CONTROL, "no-store")];
    (status, head, body.into()).into_response()
}

/// JSON.
pub(super) fn json(body: impl Into<String>) -> Response {
    of_reader(StatusCode::OK, JSON, body)
}

/// A file of the feed with its mark, so that whoever has it already need not fetch it again. Who asks decides what is in
/// it, so nobody on the way gives it to somebody else.
pub(super) fn file(media_type: &'static str, etag: &str, body: impl Into<Body>) -> Response {
    marked((StatusCode::OK, [(header::CONTENT_TYPE, media_type)], body.into()).into_response(), etag)
}

/// That whoever asks has it already.
pub(super) fn unchanged(etag: &str) -> Response {
    marked(StatusCode::NOT_MODIFIED.into_response(), etag)
}

fn marked(mut response: Response, etag: &str) -> Response {
    let head = response.headers_mut();
    head.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    head.insert(header::VARY, HeaderValue::from_static("authorization"));
    if let Ok(value) = HeaderValue::from_str(etag) {
        head.insert(header::ETAG, value);
    }
    response
}
