//! What a request says before it is looked at: who asks, and for what.

use super::answer::No;
use axum::body::Body;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use http_body_util::{BodyExt as _, Limited};
use scr_core::OrgId;
use scr_misp::Limits;
use scr_misp::rest::{Request, read_index_request, read_request};
use scr_web::{App, LoginInfo, Partner};
use serde_json::{Map, Value};
use std::sync::Arc;
use std::time::Duration;

/// A search has at most so many bytes.
const MAX_BODY: usize = 1 << 20;
const MAX_QUERY: usize = 64 << 10;
/// How long a body may take to come.
const MAX_WAIT: Duration = Duration::from_secs(30);

/// Somebody who asks, or nobody in particular.
#[derive(Debug)]
pub(super) struct Anyone {
    /// Whose program it is.
    pub(super) login: Option<Box<LoginInfo>>,
    /// What is asked for, below `/misp`.
    pub(super) path: String,
    /// The parameters of the address, as they came.
    pub(super) query: String,
}

impl Anyone {
    /// The organisation for which somebody reads.
    pub(super) fn org(&self) -> Option<&OrgId> {
        self.login.as_ref().map(|login| &login.actor.org)
    }
}

impl FromRequestParts<Arc<App>> for Anyone {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Response> {
        let Ok(partner) = Partner::from_request_parts(parts, app).await;
        let path = parts.uri.path();
        let path = path.strip_prefix("/misp").unwrap_or(path).to_owned();
        let login = match partner {
            Partner::Anonymous => None,
            Partner::Member(login) => Some(login),
            Partner::Refused => {
                let message = "The key in the header Authorization opens nothing here. Use an API token of your account.";
                return Err(No::unauthorized(&path, message).into_response());
            }
        };
        Ok(Self { login, path, query: parts.uri.query().unwrap_or_default().to_owned() })
    }
}

/// Somebody who has said who they are.
#[derive(Debug)]
pub(super) struct Member {
    /// Who.
    pub(super) login: Box<LoginInfo>,
    /// What is asked for, below `/misp`.
    pub(super) path: String,
    query: String,
}

impl FromRequestParts<Arc<App>> for Member {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Response> {
        let Anyone { login, path, query } = Anyone::from_request_parts(parts, app).await?;
        let login = login.ok_or_else(|| {
            let message = "This needs a key: an API token of your account in the header Authorization. Without one there is the feed, /misp/feed/.";
            No::unauthorized(&path, message).into_response()
        })?;
        Ok(Self { login, path, query })
    }
}

impl Member {
    pub(super) fn org(&self) -> &OrgId {
        &self.login.actor.org
    }

    pub(super) fn wrong(&self, why: impl Into<String>) -> No {
        No::wrong(&self.path, why)
    }

    /// The bytes of a body in JSON.
    pub(super) async fn body(&self, headers: &HeaderMap, body: Body) -> Result<Vec<u8>, No> {
        let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let is_json = kind.is_none_or(|kind| {
            kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
        });
        if !is_json {
            let why = "A search is taken as application/json.";
            return Err(No::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, &self.path, why));
        }
        match tokio::time::timeout(MAX_WAIT, Limited::new(body, MAX_BODY).collect()).await {
            Ok(Ok(body)) => Ok(body.to_bytes().to_vec()),
            Ok(Err(error)) if error.is::<http_body_util::LengthLimitError>() => {
                let why = format!("A search has at most {MAX_BODY} bytes.");
                Err(No::new(StatusCode::PAYLOAD_TOO_LARGE, &self.path, why))
            }
            Ok(Err(_)) => Err(self.wrong("The body ended too early.")),
            Err(_) => {
                Err(No::new(StatusCode::REQUEST_TIMEOUT, &self.path, "The body did not come to its end."))
            }
        }
    }

    /// The parameters of the address as a body would have them: each once.
    pub(super) fn address(&self) -> Result<Vec<u8>, No> {
        if self.query.len() > MAX_QUERY {
            return Err(
                self.wrong("The query of the address is longer than 64 KiB. Send the search with POST.")
            );
        }
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(&self.query)
            .map_err(|_| self.wrong("The query of the address is not URL-encoded."))?;
        let mut map = Map::new();
        for (name, value) in pairs {
            let (name, is_list) = match name.strip_suffix("[]") {
                Some(name) => (name.to_owned(), true),
                None => (name, false),
            };
            match map.get_mut(&name) {
                None if is_list => drop(map.insert(name, Value::Array(vec![Value::String(value)]))),
                None => drop(map.insert(name, Value::String(value))),
                Some(Value::Array(list)) if is_list => list.push(Value::String(value)),
                Some(_) => return Err(self.wrong(twice(&[name]))),
            }
        }
        Ok(Value::Object(map).to_string().into_bytes())
    }

    /// The search in a body, of `events/index` where `is_index`; whatever of it is not understood is refused, because more
    /// would be found than was asked for.
    pub(super) fn search(&self, bytes: &[u8], now: i64, is_index: bool) -> Result<Request, No> {
        let limits = Limits { bytes: MAX_BODY, depth: 8, values: 30_000, ..Limits::default() };
        let read = if is_index { read_index_request } else { read_request };
        let request = read(bytes, now, &limits)
            .map_err(|error| self.wrong(format!("The search cannot be read: {error}.")))?;
        if !request.twice.is_empty() {
            return Err(self.wrong(twice(&request.twice)));
        }
        if !request.unsupported.is_empty() {
            let names = request.unsupported.join(", ");
            return Err(self.wrong(format!(
                "Not understood here, or not with this value: {names}. A search that passed it over would find more than you asked for."
            )));
        }
        Ok(request)
    }
}

fn twice(names: &[String]) -> String {
    format!("These stand in the search twice: {}.", names.join(", "))
}
