//! What managers do with gateways.

use super::gateway::{self, Gateway, Kind, MailTls, Sealed, Segment, Settings, Way};
use super::kinds::{REMOVED, SET};
use super::listing::{fault, store};
use super::prepare::Cache;
use super::wire::{Line, Outcome, Ready, Rules, address, check_template, rules};
use scr_core::{Actor, Refusal, RefusalKind, Role, uuid_v7};
use scr_engine::{ActError, NewEvent, Receipt};
use scr_i18n::Lang;
use scr_web::App;
use serde_json::json;
use std::time::Duration;

/// Gateways of one organisation.
const MAX_GATEWAYS: usize = 20;
const MAX_NAME: usize = 80;
/// Longest login, in bytes.
const MAX_SECRET: usize = 1_000;
/// Shortest key of a signature, in bytes.
const MIN_KEY: usize = 16;
const MAX_RATE: u32 = 100_000;
const MAX_CONNECTIONS: u32 = 256;
const MAX_PRICE: u64 = 100_000;

fn refuse(kind: RefusalKind, code: &str) -> Refusal {
    Refusal::new(kind, code)
}

fn wrong(code: &str, field: &str) -> Refusal {
    refuse(RefusalKind::Invalid, code).on(field)
}

/// Whether somebody decides about gateways.
pub(crate) fn may_change(actor: &Actor) -> bool {
    actor.role == Role::Manager && actor.place.is_none()
}

fn decides(actor: &Actor) -> Result<(), Refusal> {
    if may_change(actor) { Ok(()) } else { Err(refuse(RefusalKind::Forbidden, "SCR-ALR-250")) }
}

/// A gateway as somebody wants it.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// What people call it; the server's name without it.
    pub name: String,
    /// Address and login.
    pub settings: Settings,
    /// Messages a second; 0: as many as it takes.
    pub rate: u32,
    /// Connections at a time.
    pub connections: u32,
    /// Price of one part, in thousandths of the currency.
    pub price: u64,
    /// The currency: three capital letters, or nothing.
    pub currency: String,
}

fn check_address(text: &str, field: &str, may_be_private: bool) -> Result<(), Refusal> {
    let uri = address::read(text).ok_or_else(|| wrong("SCR-ALR-251", field))?;
    if uri.scheme_str() != Some("https") && !may_be_private {
        return Err(wrong("SCR-ALR-263", field));
    }
    Ok(())
}

fn check_callback(text: &str) -> Result<(), Refusal> {
    if text.is_empty() || address::read(text).is_some_and(|uri| uri.query().is_none()) {
        Ok(())
    } else {
        Err(wrong("SCR-ALR-262", "callback"))
    }
}

/// No control characters, not too long.
fn is_plain(text: &str) -> bool {
    text.len() <= MAX_SECRET && !text.contains(char::is_control)
}

fn check_settings(settings: &Settings, may_be_private: bool) -> Result<(), Refusal> {
    match settings {
        Settings::Kannel { address, user, password, sender, callback, .. } => {
            check_address(address, "address", may_be_private)?;
            if user.is_empty() || password.is_empty() || !is_plain(user) || !is_plain(password) {
                return Err(wrong("SCR-ALR-252", "user"));
            }
            if sender.len() > 20 || !sender.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'+') {
                return Err(wrong("SCR-ALR-254", "sender"));
            }
            check_callback(callback)
        }
        Settings::Json { address, header, secret, template, id_at, ok_at, ok_is, callback, .. } => {
            check_address(address, "address", may_be_private)?;
            let is_token = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
            if !is_token(header)
                || header.len() > 60
                || header.is_empty() != secret.is_empty()
                || !is_plain(secret)
            {
                return Err(wrong("SCR-ALR-252", "header"));
            }
            check_template(template).ok_or_else(|| wrong("SCR-ALR-253", "template"))?;
            let is_pointer = |text: &str| {
                text.is_empty() || (text.starts_with('/') && text.len() <= 200 && is_plain(text))
            };
            if !is_pointer(id_at)
                || !is_pointer(ok_at)
                || !is_plain(ok_is)
                || ok_at.is_empty() != ok_is.is_empty()
            {
                return Err(wrong("SCR-ALR-264", "ok_at"));
            }
            check_callback(callback)
        }
        Settings::Smtp { host, port, tls, user, password, from } => {
            let is_host = (1..=253).contains(&host.len())
                && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:".contains(&byte));
            if !is_host || *port == 0 {
                return Err(wrong("SCR-ALR-261", "host"));
            }
            if *tls == MailTls::Nothing && !may_be_private {
                return Err(wrong("SCR-ALR-263", "tls"));
            }
            if user.is_empty() != password.is_empty() || !is_plain(user) || !is_plain(password) {
                return Err(wrong("SCR-ALR-252", "user"));
            }
            address::email(from).map(drop).ok_or_else(|| wrong("SCR-ALR-254", "from"))
        }
        Settings::Webhook { address, secret } => {
            if !address.is_empty() {
                check_address(address, "address", may_be_private)?;
            }
            let is_key = (MIN_KEY..=MAX_SECRET).contains(&secret.len()) && is_plain(secret);
            if is_key { Ok(()) } else { Err(wrong("SCR-ALR-265", "key")) }
        }
    }
}

fn check(wanted: &Wanted, may_be_private: bool) -> Result<String, Refusal> {
    check_settings(&wanted.settings, may_be_private)?;
    if wanted.rate > MAX_RATE
        || !(1..=MAX_CONNECTIONS).contains(&wanted.connections)
        || wanted.price > MAX_PRICE
    {
        return Err(wrong("SCR-ALR-255", "rate"));
    }
    let is_currency =
        wanted.currency.len() == 3 && wanted.currency.bytes().all(|byte| byte.is_ascii_uppercase());
    if !(is_currency || (wanted.currency.is_empty() && wanted.price == 0)) {
        return Err(wrong("SCR-ALR-255", "currency"));
    }
    let name = wanted.name.trim();
    if name.chars().count() > MAX_NAME || name.contains(char::is_control) {
        return Err(wrong("SCR-ALR-258", "name"));
    }
    Ok(if name.is_empty() { wanted.settings.shown() } else { name.to_owned() })
}

fn event(gateway: &str, kind: Kind, change: &str) -> NewEvent {
    let public = json!({"gateway": gateway, "kind": kind.as_str(), "change": change});
    NewEvent::about(&SET, "alerts:gateways", public)
}

/// What came of setting a gateway up.
#[derive(Debug)]
pub struct SetUp {
    /// Its id.
    pub id: String,
    /// The part of the address under which it reports back; it is shown this once.
    pub door: String,
    /// What was recorded.
    pub receipts: Vec<Receipt>,
}

fn set(
    app: &App,
    actor: &Actor,
    (id, segment): (String, Segment),
    wanted: &Wanted,
    change: &str,
) -> Result<SetUp, ActError> {
    let name = check(wanted, app.config.private_partners)?;
    let kind = wanted.settings.kind();
    let sealed = Sealed { settings: wanted.settings.clone(), segment };
    let gateway = Gateway {
        org: actor.org.as_str().to_owned(),
        kind,
        name,
        shown: wanted.settings.shown(),
        rate: wanted.rate,
        connections: wanted.connections,
        price: wanted.price,
        currency: wanted.currency.clone(),
        is_on: true,
        ok_at: 0,
        failing_since: 0,
        trouble: String::new(),
        paused_until: 0,
        failures: 0,
        lies: 0,
        sealed: gateway::seal(&app.engine, &id, &sealed)?,
        id,
    };
    let receipts = app.engine.record(actor, &|_, _| Ok(vec![event(&gateway.id, kind, change)]))?;
    gateway.keep(store(app)?).map_err(|error| fault(&error))?;
    let door = format!("/sms/{}/{}", gateway.id, sealed.segment.0);
    Ok(SetUp { id: gateway.id, door, receipts })
}

/// Sets a gateway up; it is used from then on.
///
/// # Errors
/// `SCR-ALR-250` to `-256`, `-258`, `-261` to `-265`.
pub fn set_up(app: &App, actor: &Actor, wanted: &Wanted) -> Result<SetUp, ActError> {
    decides(actor)?;
    if all(app, actor)?.len() >= MAX_GATEWAYS {
        return Err(refuse(RefusalKind::Conflict, "SCR-ALR-256").with("most", MAX_GATEWAYS).into());
    }
    let id = uuid_v7(&*app.clock, &*app.entropy);
    set(app, actor, (id, Segment::new(&*app.entropy)), wanted, "new")
}

/// The gateways of somebody's organisation.
pub(crate) fn all(app: &App, actor: &Actor) -> Result<Vec<Gateway>, ActError> {
    let mut all = gateway::all(store(app)?).map_err(|error| fault(&error))?;
    all.retain(|one| one.org == actor.org.as_str());
    Ok(all)
}

/// One of them.
pub(crate) fn one(app: &App, actor: &Actor, id: &str) -> Result<Gateway, ActError> {
    let found = gateway::find(store(app)?, id).map_err(|error| fault(&error))?;
    found
        .filter(|one| one.org == actor.org.as_str())
        .ok_or_else(|| refuse(RefusalKind::NotFound, "SCR-ALR-257").into())
}

/// Changes a gateway. A secret that is left empty stays as long as it goes to the same server; the door gets another secret, so whoever knew the one before knows
/// nothing now.
///
/// # Errors
/// As for [`set_up`], and `SCR-ALR-257`.
pub(crate) fn change(app: &App, actor: &Actor, id: &str, mut wanted: Wanted) -> Result<SetUp, ActError> {
    decides(actor)?;
    let gateway = one(app, actor, id)?;
    if let Some(before) = gateway.open(&app.engine) {
        keep_secrets(&mut wanted.settings, &before.settings);
    }
    set(app, actor, (gateway.id, Segment::new(&*app.entropy)), &wanted, "changed")
}

/// Whether a login goes to where it has gone before: scheme, server, port and path, and no less encrypted. A secret that
/// followed a gateway elsewhere would be told to whoever is there.
fn is_same_server(new: &Settings, before: &Settings) -> bool {
    let place = |text: &str| {
        let uri = address::read(text)?;
        Some((
            uri.scheme_str()?.to_owned(),
            uri.authority()?.as_str().to_ascii_lowercase(),
            uri.path().to_owned(),
        ))
    };
    match (new, before) {
        (Settings::Kannel { address: new, .. }, Settings::Kannel { address: before, .. })
        | (Settings::Json { address: new, .. }, Settings::Json { address: before, .. }) => {
            place(new).is_some_and(|new| place(before) == Some(new))
        }
        // A signature does not tell its key; but whoever is told of alerts is told on purpose. Without an address contacts name theirs.
        (Settings::Webhook { address: new, .. }, Settings::Webhook { address: before, .. }) => {
            new == before || place(new).is_some_and(|new| place(before) == Some(new))
        }
        (
            Settings::Smtp { host, port, tls, .. },
            Settings::Smtp { host: old_host, port: old_port, tls: old_tls, .. },
        ) => {
            host.eq_ignore_ascii_case(old_host)
                && port == old_port
                && (*tls != MailTls::Nothing || *old_tls == MailTls::Nothing)
        }
        _ => false,
    }
}

fn keep_secrets(new: &mut Settings, before: &Settings) {
    if !is_same_server(new, before) {
        return;
    }
    let keep = |new: &mut String, before: &String| {
        if new.is_empty() {
            before.clone_into(new);
        }
    };
    match (new, before) {
        (Settings::Kannel { password, .. }, Settings::Kannel { password: before, .. }) => {
            keep(password, before)
        }
        (Settings::Json { secret, header, .. }, Settings::Json { secret: before, .. })
            if !header.is_empty() =>
        {
            keep(secret, before);
        }
        (Settings::Smtp { password, user, .. }, Settings::Smtp { password: before, .. })
            if !user.is_empty() =>
        {
            keep(password, before);
        }
        (Settings::Webhook { secret, .. }, Settings::Webhook { secret: before, .. }) => keep(secret, before),
        _ => {}
    }
}

/// Uses a gateway, or does not.
///
/// # Errors
/// `SCR-ALR-250`, `-257`.
pub fn switch(app: &App, actor: &Actor, id: &str, is_on: bool) -> Result<Vec<Receipt>, ActError> {
    decides(actor)?;
    let gateway = one(app, actor, id)?;
    let change = if is_on { "on" } else { "off" };
    let receipts = app.engine.record(actor, &|_, _| Ok(vec![event(id, gateway.kind, change)]))?;
    gateway::switch(store(app)?, id, is_on).map_err(|error| fault(&error))?;
    Ok(receipts)
}

/// Removes a gateway with its login. What it was given stays counted; what waits goes by another of its kind.
///
/// # Errors
/// `SCR-ALR-250`, `-257`.
pub fn remove(app: &App, actor: &Actor, id: &str) -> Result<Vec<Receipt>, ActError> {
    decides(actor)?;
    let gateway = one(app, actor, id)?;
    let receipts = app.engine.record(actor, &|_, _| {
        let public = json!({"gateway": id, "kind": gateway.kind.as_str()});
        Ok(vec![NewEvent::about(&REMOVED, "alerts:gateways", public)])
    })?;
    gateway::remove(store(app)?, id).map_err(|error| fault(&error))?;
    Ok(receipts)
}

/// Sends one message, marked as a test, to one address; gives what came of it: nothing where it was handed over, else the key
/// of the reason.
///
/// # Errors
/// `SCR-ALR-250`, `-257`, `-259`.
pub fn test(
    app: &App,
    actor: &Actor,
    id: &str,
    to: &str,
    language: Lang,
) -> Result<Option<&'static str>, ActError> {
    decides(actor)?;
    let gateway = one(app, actor, id)?;
    let way = gateway.kind.way();
    let to = match way {
        Way::Sms => address::telephone(to),
        Way::Email => address::email(to).map(|address| address.to_string()),
        Way::Webhook => address::read(to).map(|uri| uri.to_string()),
    };
    let to = to.ok_or_else(|| wrong("SCR-ALR-259", "to"))?;
    let Some(sealed) = gateway.open(&app.engine) else { return Ok(Some("sealed")) };
    // Somebody waits for the page.
    let (connect, whole) = (Duration::from_secs(8), Duration::from_secs(15));
    let rules = Rules { connect, whole, letter: whole, ..rules(app) };
    let cache = Cache::new(app)?;
    let now = app.clock.now();
    let (subject, mut text) = cache.writer().test(language, way, now);
    if way == Way::Webhook {
        text = json!({"type": "scrutineer.test/1", "text": text.trim()}).to_string();
    }
    let reference = format!("test-{}", uuid_v7(&*app.clock, &*app.entropy));
    let message = Ready {
        reference: &reference,
        to: &to,
        text: &text,
        subject: &subject,
        files: &[],
        site: cache.writer().site(),
        report_to: "",
        now,
    };
    Ok(match Line::new(&sealed.settings, &rules).hand(&sealed, &message) {
        Outcome::Handed(_) | Outcome::Early => None,
        Outcome::Refused(reason)
        | Outcome::Later(reason)
        | Outcome::Down(reason)
        | Outcome::Unknown(reason) => Some(reason.key()),
    })
}
