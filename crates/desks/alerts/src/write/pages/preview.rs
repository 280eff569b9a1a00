//! Everything that will go out, on one page: each channel with its length and what it costs.

use super::super::channels::{self, Preview};
use super::super::draft::Draft;
use super::{Place, actor, crumbs, dressed, look, organisation};
use crate::login::decides;
use askama::Template;
use axum::extract::{Path, State};
use scr_alerts::Status;
use scr_core::{Refusal, RefusalKind};
use scr_engine::ActError;
use scr_web::components::{Crumb, Tag};
use scr_web::{App, FormState, Posted, Reply, Visit, form_page, go, refusal_text, run};
use std::sync::Arc;

/// What goes out in one language.
struct Line {
    name: String,
    code: String,
    dir: &'static str,
    is_approved: bool,
    sms: String,
    alphabet: &'static str,
    parts: u64,
    contacts: u64,
    messages: u64,
    cost: Option<String>,
    subject: String,
    mail: String,
    spoken: String,
}

#[derive(Template)]
#[template(path = "write/preview.html")]
struct PreviewPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    draft: &'a Draft,
    status: Tag,
    refusal: Option<String>,
    preview: &'a Preview,
    lines: Vec<Line>,
    /// Of all languages together.
    messages: u64,
    cost: Option<String>,
    qr_version: Option<usize>,
    cap_lines: usize,
    may_price: bool,
    price: Option<String>,
}

fn render(app: &App, visit: &Visit, place: &Place, form: &FormState) -> Result<Reply, ActError> {
    let draft = place.draft();
    let preview =
        channels::preview(app, &organisation(visit), draft, (&place.facts, place.network.as_deref()))?;
    let mut lines = Vec::new();
    for one in &preview.languages {
        lines.push(Line {
            name: look::say(visit, "language", &one.language),
            code: one.language.clone(),
            dir: if one.language == "ar" { "rtl" } else { "ltr" },
            is_approved: one.is_approved,
            sms: one.sms.clone(),
            alphabet: channels::alphabet(one.coding),
            parts: one.parts,
            contacts: one.contacts,
            messages: one.messages,
            cost: Preview::cost(app, visit, one.messages)?,
            subject: one.mail.0.clone(),
            mail: one.mail.1.clone(),
            spoken: one.spoken.clone(),
        });
    }
    let login = actor(visit)?;
    let price = channels::price(app, login.org.as_str())?;
    let price =
        price.map(|(price, currency)| format!("{}.{:05} {currency}", price / 100_000, price % 100_000));
    let may_price = decides(login);
    let visit = &dressed(visit, draft.status() == Status::Exercise);
    let template = PreviewPage {
        visit,
        crumbs: crumbs(visit, Some(draft)),
        form,
        draft,
        status: look::status_tag(visit, draft.status()),
        refusal: preview.refusal.as_ref().map(|refusal| refusal_text(visit, refusal)),
        lines,
        messages: preview.messages(),
        cost: Preview::cost(app, visit, preview.messages())?,
        qr_version: channels::qr_version(preview.bundle),
        cap_lines: preview.cap.lines().count(),
        may_price,
        price,
        preview: &preview,
    };
    Ok(form_page(&template, form))
}

pub(super) async fn show(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        let place = Place::open(&app, visit, &id)?;
        render(&app, visit, &place, &FormState::new().with("currency", "EUR"))
    })
    .await
}

pub(super) async fn price(State(app): State<Arc<App>>, posted: Posted) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        // The price is the whole organisation's.
        if !decides(actor(visit)?) {
            return Err(Refusal::new(RefusalKind::Forbidden, "SCR-ALR-220").into());
        }
        let id = form.value("draft").to_owned();
        let place = Place::open(&app, visit, &id)?;
        let price = channels::read_price(form.value("price"));
        if price.is_none() {
            form.reject("price", visit.t("alerts-wrong-price"));
        }
        let currency = form.value("currency").to_owned();
        if currency.len() != 3 || !currency.bytes().all(|byte| byte.is_ascii_uppercase()) {
            form.reject("currency", visit.t("alerts-wrong-currency"));
        }
        match price.filter(|_| form.is_fine()) {
            Some(price) => {
                channels::set_price(&app, actor(visit)?.org.as_str(), price, &currency)?;
                Ok(go(&format!("{}/preview", place.draft().href())))
            }
            None => render(&app, visit, &place, &form),
        }
    })
    .await
}
