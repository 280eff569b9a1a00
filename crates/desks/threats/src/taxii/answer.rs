//! Answers, and what went wrong, as TAXII has them.

use crate::turns::PATIENCE;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use scr_core::{Refusal, RefusalKind};
use scr_engine::{ActError, Fault, utc_text};
use serde_json::{Value, json};

/// The media type of every answer, refusals too.
pub(super) const MEDIA_TYPE: &str = "application/taxii+json;version=2.1";
const MICROS: i64 = 1_000_000;

/// A moment in microseconds, with six digits.
pub(crate) fn moment(micros: i64) -> String {
    let seconds = utc_text(micros.div_euclid(MICROS));
    format!("{}.{:06}Z", seconds.trim_end_matches('Z'), micros.rem_euclid(MICROS))
}

/// Why a request is not answered as it wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fail {
    status: u16,
    title: String,
    description: Option<String>,
    code: Option<String>,
    id: Option<String>,
}

impl Fail {
    pub(super) fn new(status: u16, title: &str) -> Self {
        Self { status, title: title.to_owned(), description: None, code: None, id: None }
    }

    /// With more to say.
    pub(super) fn because(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Nothing of this name, or nothing for this reader: the two are the same answer.
    pub(super) fn absent() -> Self {
        Self::new(404, "The resource is not found")
    }

    /// Who asks has to say who they are.
    pub(super) fn unauthorized() -> Self {
        Self::new(401, "The request needs a user name and a token")
            .because("HTTP Basic: the organisation's id as user name, a token as password")
    }

    pub(super) fn forbidden(why: &str) -> Self {
        Self::new(403, "The request is not allowed").because(why)
    }

    /// Too much of one organisation at the same time.
    pub(super) fn busy() -> Self {
        Self::new(429, "Your organisation asks too much at once")
            .because("others of your requests are still being worked on; ask again when they are done")
    }

    pub(super) fn wrong(why: impl Into<String>) -> Self {
        Self::new(400, "The request cannot be understood").because(why)
    }
}

impl From<Refusal> for Fail {
    fn from(refusal: Refusal) -> Self {
        let status = match refusal.kind {
            RefusalKind::Invalid => 422,
            RefusalKind::Forbidden => 403,
            RefusalKind::NotFound => return Self::absent(),
            RefusalKind::Conflict => 409,
            RefusalKind::TooLarge => 413,
            RefusalKind::TooMany => 429,
            RefusalKind::Unavailable => 503,
        };
        Self { code: Some(refusal.code.clone()), ..Self::new(status, "The request is refused") }
            .because(refusal.to_string())
    }
}

impl From<Fault> for Fail {
    fn from(fault: Fault) -> Self {
        if fault.away.is_some() {
            return Self::new(503, "The server cannot reach its store at the moment");
        }
        Self {
            id: Some(fault.id),
            code: Some("SCR-WEB-001".to_owned()),
            ..Self::new(500, "The server failed")
        }
    }
}

impl From<ActError> for Fail {
    fn from(error: ActError) -> Self {
        match error {
            ActError::Refused(refusal) => refusal.into(),
            ActError::Fault(fault) => fault.into(),
        }
    }
}

impl IntoResponse for Fail {
    fn into_response(self) -> Response {
        let mut body = json!({"title": self.title, "http_status": self.status.to_string()});
        let fields = [("description", self.description), ("error_code", self.code), ("error_id", self.id)];
        for (name, value) in fields {
            if let Some(value) = value {
                body[name] = Value::String(value);
            }
        }
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = with_type(status, body.to_string());
        if self.status == 401 {
            let realm = HeaderValue::from_static("Basic realm=\"scrutineer\", charset=\"UTF-8\"");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, realm);
        }
        if self.status == 429 {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(PATIENCE.as_secs()));
        }
        response
    }
}

/// An answer in TAXII's media type.
pub(super) fn with_type(status: StatusCode, body: String) -> Response {
    (status, [(header::CONTENT_TYPE, MEDIA_TYPE), (header::CACHE_CONTROL, "no-store")], body).into_response()
}

/// An answer.
pub(super) fn ok(body: &Value) -> Response {
    with_type(StatusCode::OK, body.to_string())
}

/// An answer with the times of the first and the last object on the page; an empty page has neither.
pub(super) fn dated(body: String, span: Option<(i64, i64)>) -> Response {
    let mut response = with_type(StatusCode::OK, body);
    if let Some((first, last)) = span {
        for (name, micros) in [("x-taxii-date-added-first", first), ("x-taxii-date-added-last", last)] {
            if let Ok(value) = HeaderValue::from_str(&moment(micros)) {
                response.headers_mut().insert(name, value);
            }
        }
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_have_six_digits() {
        assert_eq!(moment(1_795_514_400_000_001), "2026-11-24T10:00:00.000001Z");
        assert_eq!(moment(0), "1970-01-01T00:00:00.000000Z");
    }
}
