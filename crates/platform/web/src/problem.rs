//! Errors: one object (RFC 9457) for pages and for the API.

use crate::visit::Visit;
use askama::Template;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use scr_core::{Refusal, RefusalKind};
use scr_engine::{ActError, Fault};
use serde::Serialize;

/// A problem document (RFC 9457).
#[derive(Debug, Clone, Serialize)]
pub struct Problem {
    /// Where the code is explained.
    #[serde(rename = "type")]
    pub kind: String,
    /// The status of the answer.
    pub status: u16,
    /// The stable code.
    pub code: String,
    /// In words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// The field it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The request or fault in the server's log.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instance: Option<String>,
}

impl Problem {
    /// A problem with this code.
    pub fn new(status: u16, code: &str) -> Self {
        let kind = format!("/errors#{}", code.to_lowercase());
        Self { kind, status, code: code.to_owned(), detail: None, field: None, instance: None }
    }

    /// A refusal in the reader's language.
    pub fn refusal(visit: &Visit, refusal: &Refusal) -> Self {
        let status = match refusal.kind {
            RefusalKind::Invalid => 422,
            RefusalKind::Forbidden => 403,
            RefusalKind::NotFound => 404,
            RefusalKind::Conflict => 409,
            RefusalKind::TooLarge => 413,
            RefusalKind::TooMany => 429,
            RefusalKind::Unavailable => 503,
        };
        let mut problem = Self::new(status, &refusal.code);
        problem.detail = Some(refusal_text(visit, refusal));
        problem.field.clone_from(&refusal.field);
        problem
    }

    /// The document as JSON.
    pub fn json(&self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_string(self).unwrap_or_default();
        (status, [(header::CONTENT_TYPE, "application/problem+json")], body).into_response()
    }
}

/// A refusal's words in the reader's language.
pub fn refusal_text(visit: &Visit, refusal: &Refusal) -> String {
    let args: Vec<_> = refusal.args.iter().map(|(name, value)| (name.as_str(), value.into())).collect();
    visit.ta(&refusal.message_key(), &args)
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage<'a> {
    visit: &'a Visit,
    title: String,
    text: String,
    detail: Option<&'a str>,
    code: &'a str,
}

/// What a handler answers: a page, a redirect, or a problem.
#[derive(Debug)]
pub struct Reply(Response);

impl Reply {
    /// A problem as a page, or as JSON below `/api/`.
    pub fn problem(visit: &Visit, problem: &Problem) -> Self {
        if visit.path.starts_with("/api/") {
            return Self(problem.json());
        }
        // i18n: shell-error-title-* shell-error-text-*
        let known = [401, 403, 404, 405, 409, 413, 422, 429, 503];
        let key = if known.contains(&problem.status) { problem.status } else { 500 };
        let page = ErrorPage {
            visit,
            title: visit.t(&format!("shell-error-title-{key}")),
            text: visit.t(&format!("shell-error-text-{key}")),
            detail: problem.detail.as_deref(),
            code: &problem.code,
        };
        let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self((status, page_body(&page)).into_response())
    }

    /// A refusal as a page or as JSON.
    pub fn refused(visit: &Visit, refusal: &Refusal) -> Self {
        Self::problem(visit, &Problem::refusal(visit, refusal))
    }

    /// A fault: its words stay in the server's log, under its id.
    pub fn fault(visit: &Visit, fault: &Fault) -> Self {
        if let Some(code) = fault.away {
            return Self::refused(visit, &Refusal::new(RefusalKind::Unavailable, code));
        }
        let mut problem = Problem::new(500, "SCR-WEB-001");
        problem.instance = Some(fault.id.clone());
        problem.detail = Some(visit.ta("shell-error-fault", &[("id", (&fault.id).into())]));
        Self::problem(visit, &problem)
    }

    /// An act that could not be done.
    pub fn act(visit: &Visit, error: &ActError) -> Self {
        match error {
            ActError::Refused(refusal) => Self::refused(visit, refusal),
            ActError::Fault(fault) => Self::fault(visit, fault),
        }
    }
}

impl From<Response> for Reply {
    fn from(response: Response) -> Self {
        Self(response)
    }
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        self.0
    }
}

/// A page from its template.
pub fn page<T: Template>(template: &T) -> Response {
    page_body(template)
}

fn page_body<T: Template>(template: &T) -> Response {
    match template.render() {
        Ok(html) => Html(html).into_response(),
        Err(error) => {
            let fault = Fault::log(&error);
            (StatusCode::INTERNAL_SERVER_ERROR, format!("SCR-WEB-001 {}", fault.id)).into_response()
        }
    }
}
