//! Pages about sending: gateways and how they are, how far an alert is.

mod alert;
mod form;
mod gateways;

use super::acts;
use super::gateway::{Gateway, Kind, Way};
use scr_core::{Actor, Refusal, RefusalKind, Role};
use scr_web::components::{Crumb, Tag, Tone};
use scr_web::{Allow, App, NavItem, Routes, Visit};

const HOME: &str = "/desk/alerts/sending";

/// The entry of the navigation.
pub(crate) const NAV: &[NavItem] = &[NavItem { group: "alerts-nav", text: "send-title", href: HOME }];

pub(super) const READERS: Allow = Allow::Roles(&[Role::Manager, Role::Supervisor, Role::Viewer]);
const MANAGERS: Allow = Allow::Roles(&[Role::Manager]);

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/desk/alerts/sending", READERS, gateways::home)
        .get("/desk/alerts/sending/new", MANAGERS, gateways::new_form)
        .post_fresh("/desk/alerts/sending/new", MANAGERS, gateways::set_up)
        .get("/desk/alerts/sending/{gateway}", READERS, gateways::show)
        .get("/desk/alerts/sending/{gateway}/change", MANAGERS, gateways::change_form)
        .post_fresh("/desk/alerts/sending/{gateway}/change", MANAGERS, gateways::change)
        .post_fresh("/desk/alerts/sending/{gateway}/switch", MANAGERS, gateways::switch)
        .get("/desk/alerts/sending/{gateway}/remove", MANAGERS, gateways::remove_form)
        .post_fresh("/desk/alerts/sending/{gateway}/remove", MANAGERS, gateways::remove)
        .post_fresh("/desk/alerts/sending/{gateway}/test", MANAGERS, gateways::test)
        .get("/desk/alerts/{id}/sending", READERS, alert::show)
}

/// Who acts. Routes let nobody in without a login; this makes it certain.
fn actor(visit: &Visit) -> Result<&Actor, Refusal> {
    let actor = visit.login.as_ref().map(|login| &login.actor);
    actor.ok_or_else(|| Refusal::new(RefusalKind::Forbidden, "SCR-ALR-250"))
}

fn crumbs(visit: &Visit, gateway: Option<&Gateway>) -> Vec<Crumb> {
    let mut all = vec![Crumb::new(HOME, visit.t("send-title"))];
    all.extend(gateway.map(|gateway| Crumb::new(href(gateway), gateway.name.as_str())));
    all
}

fn href(gateway: &Gateway) -> String {
    format!("{HOME}/{}", gateway.id)
}

fn kind_name(visit: &Visit, kind: Kind) -> String {
    // i18n: send-kind-*
    visit.t(&format!("send-kind-{}", kind.as_str()))
}

fn way_name(visit: &Visit, way: Way) -> String {
    // i18n: send-way-*
    visit.t(&format!("send-way-{}", way.key()))
}

/// What is wrong, and what to do.
fn reason(visit: &Visit, key: &str) -> String {
    // i18n: send-reason-*
    visit.t(&format!("send-reason-{}", if key.is_empty() { "status" } else { key }))
}

fn state_tag(app: &App, visit: &Visit, gateway: &Gateway) -> Tag {
    let (tone, key) = if !gateway.is_on {
        (Tone::Plain, "send-state-off")
    } else if gateway.failures > 0 {
        let is_paused = gateway.paused_until > app.clock.now();
        (Tone::Alarm, if is_paused { "send-state-paused" } else { "send-state-failing" })
    } else if gateway.ok_at == 0 {
        (Tone::Note, "send-state-unused")
    } else {
        (Tone::Good, "send-state-works")
    };
    Tag::new(tone, visit.t(key))
}

fn rate_text(visit: &Visit, gateway: &Gateway) -> String {
    if gateway.rate == 0 {
        visit.t("send-rate-free")
    } else {
        visit.ta("send-rate", &[("count", u64::from(gateway.rate).into())])
    }
}

/// The address under which a gateway reports back.
fn door(app: &App, gateway: &Gateway, door: &str) -> String {
    let own =
        gateway.open(&app.engine).map(|sealed| sealed.settings.callback().to_owned()).unwrap_or_default();
    let site = app.config.site.clone().unwrap_or_default();
    let base = if own.is_empty() { site } else { own };
    format!("{}{door}", base.trim_end_matches('/'))
}

fn may_change(visit: &Visit) -> bool {
    visit.login.as_ref().is_some_and(|login| acts::may_change(&login.actor))
}
