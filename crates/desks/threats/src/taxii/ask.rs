//! What a request says before it is looked at: who asks, what they take, and with which filters.

use super::answer::{Fail, MEDIA_TYPE};
use crate::read::{self, Seen};
use crate::turns::{self, For, Turn};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use scr_core::{Actor, OrgId};
use scr_engine::rusqlite;
use scr_threats::Collection;
use scr_web::{App, Partner};
use std::sync::Arc;

/// A request.
#[derive(Debug)]
pub(super) struct Ask {
    /// Who acts, where a token said so.
    pub(super) actor: Option<Actor>,
    /// The parameters, each once.
    pub(super) query: Vec<(String, String)>,
    /// The organisation's turn, for as long as this is at work.
    turn: Option<Turn>,
}

const MAX_QUERY_BYTES: usize = 64 << 10;

impl FromRequestParts<Arc<App>> for Ask {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Response> {
        let Ok(partner) = Partner::from_request_parts(parts, app).await;
        let mut ask = Self::of(partner, &parts.headers, parts.uri.query().unwrap_or_default())
            .map_err(IntoResponse::into_response)?;
        ask.turn = Some(taxii_turn(For::Reading, ask.org()).await.map_err(IntoResponse::into_response)?);
        Ok(ask)
    }
}

impl Ask {
    fn of(partner: Partner, headers: &HeaderMap, query: &str) -> Result<Self, Fail> {
        let actor = match partner {
            Partner::Refused => return Err(Fail::unauthorized()),
            Partner::Anonymous => None,
            Partner::Member(login) => Some(login.actor),
        };
        let accepts: Vec<&str> =
            headers.get_all(header::ACCEPT).iter().filter_map(|one| one.to_str().ok()).collect();
        if !accepts.is_empty() && !accepts.iter().any(|one| accepts_taxii(one)) {
            return Err(Fail::new(406, "The media type is not offered")
                .because(format!("this server answers with {MEDIA_TYPE}")));
        }
        if query.len() > MAX_QUERY_BYTES {
            return Err(Fail::wrong("the query is longer than 64 KiB"));
        }
        let query: Vec<(String, String)> =
            serde_urlencoded::from_str(query).map_err(|_| Fail::wrong("the query is not URL-encoded"))?;
        let mut names: Vec<&str> = query.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        if let Some(pair) = names.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(Fail::wrong(format!("the parameter {} stands there twice", pair[0])));
        }
        Ok(Self { actor, query, turn: None })
    }

    /// A parameter.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// Whose program asks.
    pub(super) fn org(&self) -> Option<&OrgId> {
        self.actor.as_ref().map(|actor| &actor.org)
    }

    /// What somebody gets who asks for what is not there, or not for them.
    pub(super) fn nothing(&self) -> Fail {
        if self.actor.is_some() { Fail::absent() } else { Fail::unauthorized() }
    }

    /// The community behind an API root.
    pub(super) fn root(&self, views: &rusqlite::Connection, root: &str) -> Result<Seen, Failed> {
        read::seen(views, root, self.org())?.ok_or_else(|| self.nothing().into())
    }

    /// A collection of which the reader knows.
    pub(super) fn collection(&self, seen: &Seen, name: &str) -> Result<Collection, Failed> {
        seen.collection(name).cloned().ok_or_else(|| self.nothing().into())
    }
}

/// A turn of the organisation that asks.
pub(super) async fn taxii_turn(what: For, org: Option<&OrgId>) -> Result<Turn, Fail> {
    turns::turn(what, org).await.ok_or_else(Fail::busy)
}

/// A reading that failed: by the tables, or because the answer is no.
#[derive(Debug)]
pub(super) enum Failed {
    /// The tables.
    Views(rusqlite::Error),
    /// The answer is no.
    No(Box<Fail>),
}

impl From<rusqlite::Error> for Failed {
    fn from(error: rusqlite::Error) -> Self {
        Self::Views(error)
    }
}

impl From<Fail> for Failed {
    fn from(fail: Fail) -> Self {
        Self::No(Box::new(fail))
    }
}

/// Reads from one snapshot of the views where blocking is allowed.
pub(super) async fn from_views<F>(app: Arc<App>, work: F) -> Response
where
    F: FnOnce(&rusqlite::Connection) -> Result<Response, Failed> + Send + 'static,
{
    blocking(move || {
        let read = app.engine.read(|views| match work(views) {
            Ok(response) => Ok(Ok(response)),
            Err(Failed::No(fail)) => Ok(Err(*fail)),
            Err(Failed::Views(error)) => Err(error),
        });
        read.map_err(Fail::from)?
    })
    .await
}

/// Works where blocking is allowed.
pub(super) async fn blocking<F>(work: F) -> Response
where
    F: FnOnce() -> Result<Response, Fail> + Send + 'static,
{
    match scr_web::blocking(work).await {
        Ok(Ok(response)) => response,
        Ok(Err(fail)) => fail.into_response(),
        Err(error) => Fail::from(scr_engine::Fault::log(&error)).into_response(),
    }
}

/// Whether one of the types in an `Accept` header is TAXII 2.1, or any.
fn accepts_taxii(text: &str) -> bool {
    text.split(',').any(|one| {
        let mut parts = one.split(';').map(str::trim);
        let kind = parts.next().unwrap_or_default().to_ascii_lowercase();
        let (mut version, mut quality) = (None, 1.0_f32);
        for part in parts {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            match name.trim().to_ascii_lowercase().as_str() {
                "version" => version = Some(value.trim().trim_matches('"').to_owned()),
                "q" => quality = value.trim().parse().unwrap_or(0.0),
                _ => {}
            }
        }
        let fits = match kind.as_str() {
            "application/taxii+json" => version.is_none_or(|version| version == "2.1"),
            "*/*" | "application/*" => version.is_none(),
            _ => false,
        };
        fits && quality > 0.0
    })
}

/// Whether a body is a TAXII 2.1 envelope.
pub(super) fn is_taxii(headers: &HeaderMap) -> bool {
    let Some(text) = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()) else {
        return false;
    };
    text.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/taxii+json"))
        && accepts_taxii(text)
        && !text.contains(',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_media_type_is_found_in_its_many_spellings() {
        for fine in [
            "application/taxii+json;version=2.1",
            "application/taxii+json; version=2.1",
            "application/taxii+json ;  Version=\"2.1\"",
            "application/taxii+json",
            "text/html, application/taxii+json;version=2.1;q=0.5",
            "*/*",
            "text/html;q=0.9, */*;q=0.1",
        ] {
            assert!(accepts_taxii(fine), "{fine}");
        }
        for wrong in [
            "application/json",
            "application/taxii+json;version=2.0",
            "application/vnd.oasis.taxii+json; version=2.0",
            "application/taxii+json;version=2.1;q=0",
            "application/stix+json;version=2.1",
            "",
        ] {
            assert!(!accepts_taxii(wrong), "{wrong}");
        }
    }
}
