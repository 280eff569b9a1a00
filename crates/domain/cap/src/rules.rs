//! What CAP 1.2 says in words and no schema can see (section 3.2), and what readers of alerts stumble over.

use crate::area::{Circle, Polygon};
use crate::finding::{Code, Finding, Findings};
use crate::forms;
use crate::model::{Alert, Area, Info, MsgType, Resource, Scope, Status, is_plain};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::collections::BTreeSet;

/// Longest headline, in characters (CAP 1.2, 3.2.2: about 160).
pub(crate) const HEADLINE: usize = 160;

/// Everything that is to be said of a message, in the order of its elements; at most 200 findings.
pub fn check(alert: &Alert) -> Vec<Finding> {
    let mut found = Findings::default();
    identity(alert, &mut found);
    audience(alert, &mut found);
    references(alert, &mut found);
    let mut seen = BTreeSet::new();
    for (at, info) in alert.infos.iter().enumerate() {
        let path = format!("alert/info[{}]", at + 1);
        // Without a language, en-US counts (3.2.2). One message may carry several events.
        let language = info.language.as_deref().unwrap_or("en-US").to_ascii_lowercase();
        if !seen.insert((language, info.event.trim().to_owned(), &info.event_codes)) {
            found.say(Code::LanguageRepeated, &path, info.language.as_deref().unwrap_or_default());
        }
        check_info(alert, info, &path, &mut found);
    }
    found.into_vec()
}

fn identity(alert: &Alert, found: &mut Findings) {
    for (path, text) in [("alert/identifier", &alert.identifier), ("alert/sender", &alert.sender)] {
        if !text.trim().is_empty() && !is_plain(text) {
            found.say(Code::IdentifierCharacters, path, text);
        }
    }
}

fn audience(alert: &Alert, found: &mut Findings) {
    let is_restricted = alert.scope == Scope::Restricted;
    if is_restricted != alert.restriction.is_some() {
        found.say(Code::ScopeRestriction, "alert/scope", alert.scope.as_str());
    }
    if alert.scope == Scope::Private && alert.addresses.is_empty() {
        found.say(Code::ScopeAddresses, "alert/scope", alert.scope.as_str());
    }
    let needs_note = alert.status == Status::Exercise || alert.msg_type == MsgType::Error;
    if needs_note && alert.note.is_none() {
        found.say(Code::NoteMissing, "alert", alert.status.as_str());
    }
    let is_news = matches!(alert.msg_type, MsgType::Alert | MsgType::Update);
    if is_news && alert.infos.is_empty() {
        found.say(Code::InfoMissing, "alert", alert.msg_type.as_str());
    }
}

fn references(alert: &Alert, found: &mut Findings) {
    let path = "alert/references";
    let needs = alert.msg_type != MsgType::Alert;
    match (needs, alert.references.is_empty()) {
        (true, true) => found.say(Code::ReferencesMissing, "alert", alert.msg_type.as_str()),
        (false, false) => found.say(Code::ReferencesUnexpected, path, alert.msg_type.as_str()),
        _ => {}
    }
    let mut seen = BTreeSet::new();
    for one in &alert.references {
        let text = one.to_string();
        if one.sender == alert.sender && one.identifier == alert.identifier {
            found.say(Code::ReferenceSelf, path, &text);
        } else if one.sent > alert.sent {
            found.say(Code::ReferenceLater, path, &text);
        }
        if !seen.insert(one) {
            found.say(Code::ReferenceRepeated, path, &text);
        }
    }
}

fn check_info(alert: &Alert, info: &Info, path: &str, found: &mut Findings) {
    if let Some(expires) = info.expires {
        let at = format!("{path}/expires");
        let text = expires.to_string();
        if expires <= alert.sent {
            found.say(Code::ExpiresSent, &at, &text);
        }
        if info.effective.is_some_and(|effective| expires <= effective) {
            found.say(Code::ExpiresEffective, &at, &text);
        }
        if info.onset.is_some_and(|onset| expires <= onset) {
            found.say(Code::ExpiresOnset, &at, &text);
        }
    }
    let headline = info.headline.as_deref().unwrap_or_default();
    if headline.chars().count() > HEADLINE {
        found.say(Code::HeadlineLong, &format!("{path}/headline"), headline);
    }
    if let Some(web) = info.web.as_deref().filter(|web| !forms::is_absolute_uri(web)) {
        found.say(Code::WebRelative, &format!("{path}/web"), web);
    }
    for (at, resource) in info.resources.iter().enumerate() {
        check_resource(resource, &format!("{path}/resource[{}]", at + 1), found);
    }
    for (at, area) in info.areas.iter().enumerate() {
        check_area(area, &format!("{path}/area[{}]", at + 1), found);
    }
}

fn check_resource(resource: &Resource, path: &str, found: &mut Findings) {
    let uri = resource.uri.as_deref().unwrap_or_default();
    if !uri.is_empty() && !forms::is_absolute_uri(uri) && resource.deref_uri.is_none() {
        found.say(Code::UriRelative, &format!("{path}/uri"), uri);
    }
    if !resource.mime_type.trim().is_empty() && !forms::is_media_type(&resource.mime_type) {
        found.say(Code::MimeTypeForm, &format!("{path}/mimeType"), &resource.mime_type);
    }
    if let Some(file) = &resource.deref_uri {
        let packed: String = file.chars().filter(|one| !one.is_ascii_whitespace()).collect();
        if STANDARD.decode(packed).is_err() {
            found.say(Code::DerefUriForm, &format!("{path}/derefUri"), file);
        }
    }
    let is_digest = |text: &str| {
        let text = text.trim();
        text.len() == 40 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    if let Some(digest) = resource.digest.as_deref().filter(|digest| !is_digest(digest)) {
        found.say(Code::DigestForm, &format!("{path}/digest"), digest);
    }
}

fn check_area(area: &Area, path: &str, found: &mut Findings) {
    for (at, fault) in area.polygons.iter().map(Polygon::fault).enumerate() {
        if let Some(code) = fault {
            found.say(code, &format!("{path}/polygon[{}]", at + 1), "");
        }
    }
    for (at, circle) in area.circles.iter().enumerate() {
        if let Some(code) = Circle::fault(circle) {
            found.say(code, &format!("{path}/circle[{}]", at + 1), &circle.to_string());
        }
    }
    let at = format!("{path}/ceiling");
    match (area.altitude, area.ceiling) {
        (None, Some(ceiling)) => found.say(Code::CeilingAltitude, &at, &ceiling.to_string()),
        (Some(altitude), Some(ceiling)) if ceiling <= altitude => {
            found.say(Code::CeilingBelow, &at, &ceiling.to_string());
        }
        _ => {}
    }
}
