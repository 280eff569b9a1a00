//! What programs ask before they search, single events, and what there is not.

use super::VERSION;
use super::answer::{No, json, of_reader};
use super::ask::Member;
use super::kept::{Shelf, from_shelf};
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use scr_engine::Fault;
use scr_misp::derived;
use scr_misp::event::Org;
use scr_misp::rest::{
    AttributeHit, Entry, Me, Query, attribute_found, describe_types_answer, event_found, me_answer,
    pymisp_version_answer, version_answer,
};
use scr_web::App;
use serde_json::{Value, json};
use std::sync::Arc;
use uuid::Uuid;

const NO_EVENT: &str = "Invalid event: there is none of this id.";
const NO_ATTRIBUTE: &str = "Invalid attribute: there is none of this id.";

pub(super) async fn pymisp_version(_: Member) -> Response {
    json(pymisp_version_answer(VERSION).to_string())
}

pub(super) async fn version(_: Member) -> Response {
    json(version_answer(VERSION, VERSION).to_string())
}

pub(super) async fn describe_types(_: Member) -> Response {
    json(describe_types_answer().to_string())
}

/// Who asks, as far as programs must know: the organisation. Persons stay unnamed.
pub(super) async fn me(ask: Member) -> Response {
    let org = ask.org();
    let uuid = derived(&["org", org.as_str()]);
    let me = Me {
        id: uuid.as_u64_pair().1 & 0x7fff_ffff,
        email: format!("{org}@exchange.invalid"),
        org: Org { uuid, name: ask.login.organisation.clone() },
    };
    json(me_answer(&me).to_string())
}

pub(super) async fn event(State(app): State<Arc<App>>, Path(id): Path<String>, ask: Member) -> Response {
    shown(app, ask, id, false).await
}

/// As PyMISP asks when it wants what is withdrawn as well.
pub(super) async fn event_as_asked(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    ask: Member,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let bytes = match ask.body(&headers, body).await {
        Ok(bytes) => bytes,
        Err(no) => return no.into_response(),
    };
    let deleted = match wanted(&ask, &bytes) {
        Ok(deleted) => deleted,
        Err(no) => return no.into_response(),
    };
    shown(app, ask, id, deleted).await
}

/// Whether what is withdrawn is wanted too. Events that go on from another one are not joined with it here.
fn wanted(ask: &Member, bytes: &[u8]) -> Result<bool, No> {
    let bytes: &[u8] = if bytes.trim_ascii().is_empty() { b"{}" } else { bytes };
    let Ok(Value::Object(map)) = serde_json::from_slice::<Value>(bytes) else {
        return Err(ask.wrong("The body is no JSON object."));
    };
    let is_true =
        |value: &Value| matches!(value, Value::Bool(true)) || *value == json!(1) || *value == json!("1");
    let mut deleted = false;
    for (name, value) in &map {
        match (name.as_str(), value) {
            ("deleted", Value::Array(list)) => deleted = list.iter().any(is_true),
            ("deleted", one) => deleted = is_true(one),
            ("extended", one) if !is_true(one) => {}
            _ => return Err(ask.wrong(format!("Not understood here, or not with this value: {name}."))),
        }
    }
    Ok(deleted)
}

async fn shown(app: Arc<App>, ask: Member, id: String, deleted: bool) -> Response {
    let path = ask.path.clone();
    from_shelf(app, Some(ask.org().clone()), ask.path, move |shelf| {
        let Some((plan, event)) = shelf.find(&id)? else { return Ok(Err(No::absent(&path, NO_EVENT))) };
        let query = Query::default().with_attachments();
        let query = if deleted { query.with_deleted() } else { query };
        let entry = Entry { id: plan.number(), event: &event };
        Ok(Ok(json(event_found(&query, entry).to_string())))
    })
    .await
}

pub(super) async fn attribute(State(app): State<Arc<App>>, Path(id): Path<String>, ask: Member) -> Response {
    let path = ask.path.clone();
    from_shelf(app, Some(ask.org().clone()), ask.path, move |shelf| {
        let found = match Uuid::try_parse(&id) {
            Ok(uuid) => attribute_of(shelf, uuid)?,
            // Attributes have no numbers here.
            Err(_) => None,
        };
        Ok(found.map(|value| json(value.to_string())).ok_or_else(|| No::absent(&path, NO_ATTRIBUTE)))
    })
    .await
}

fn attribute_of(shelf: &Shelf, uuid: Uuid) -> Result<Option<Value>, Fault> {
    for plan in &shelf.pool.plans {
        let Some(event) = shelf.event(plan)? else { continue };
        let own = event.attributes.iter().map(|one| (None, one));
        let of_objects = event
            .objects
            .iter()
            .flat_map(|object| object.attributes.iter().map(move |one| (Some(object), one)));
        if let Some((object, attribute)) = own.chain(of_objects).find(|(_, one)| one.uuid == uuid) {
            let entry = Entry { id: plan.number(), event: &event };
            let query = Query::default().with_attachments();
            let found = attribute_found(&query, &AttributeHit { entry, object, attribute });
            return Ok(Some(json!({"Attribute": found})));
        }
    }
    Ok(None)
}

/// Everything else that MISP has.
pub(super) async fn not_offered(ask: Member) -> Response {
    let message = "This server offers the feed, events/restSearch, attributes/restSearch, events/index, events/view and attributes/view of MISP, and nothing else.";
    No::absent(&ask.path, message).into_response()
}

/// Nothing is written in MISP's words: there would be no label, no audience and no receipt.
pub(super) async fn read_only(ask: Member) -> Response {
    let message = "MISP's interface only reads here. To share an event, upload it at /desk/threats, or send its objects by TAXII 2.1 or /api/v1/threats.";
    let answer = scr_misp::rest::error_answer(&ask.path, message);
    let mut response = of_reader(StatusCode::METHOD_NOT_ALLOWED, "application/json", answer.to_string());
    response
        .headers_mut()
        .insert(axum::http::header::ALLOW, axum::http::HeaderValue::from_static("GET, HEAD"));
    response
}
