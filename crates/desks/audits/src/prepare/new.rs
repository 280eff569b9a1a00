//! A new audit.

use super::words::{METHODS, SAMPLERS, method_name, sampler_name};
use super::{actor, crumbs, form_page, href, recorded, refuse, run};
use crate::acts::{self, NewAudit};
use askama::Template;
use axum::extract::State;
use scr_audits::record::{Method, Settings, TestRule};
use scr_core::ElectionId;
use scr_web::components::Crumb;
use scr_web::{App, FormState, Posted, Reply, Visit};
use std::sync::Arc;

/// A method that can be chosen.
struct MethodChoice {
    value: &'static str,
    name: String,
    does: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "prepare/new.html")]
struct NewPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    methods: Vec<MethodChoice>,
    samplers: Vec<(String, String)>,
    styles: Vec<(String, String)>,
    tests: Vec<(String, String)>,
}

fn show(visit: &Visit, form: &FormState) -> Reply {
    let choice = |(value, method): &(&'static str, Method)| MethodChoice {
        value,
        name: method_name(visit, *method),
        // i18n: audits-method-does-*
        does: visit.t(&format!("audits-method-does-{value}")),
        chosen: form.is("method", value),
    };
    let option = |value: &str, key: &str| (value.to_owned(), visit.t(key));
    let mut samplers = vec![option("", "audits-sampler-usual")];
    samplers.extend(SAMPLERS.iter().map(|(value, one)| ((*value).to_owned(), sampler_name(visit, *one))));
    let template = NewPage {
        visit,
        crumbs: crumbs(visit, None, None),
        form,
        methods: METHODS.iter().map(choice).collect(),
        samplers,
        styles: vec![option("unknown", "audits-style-unknown"), option("known", "audits-style-known")],
        tests: vec![option("betting", "audits-test-betting"), option("alpha", "audits-test-alpha")],
    };
    form_page(&template, form)
}

pub(super) async fn form(visit: Visit) -> Reply {
    run(visit, move |visit| {
        let form = FormState::new().with("method", "batch-comparison").with("seed_digits", 20);
        Ok(show(visit, &form))
    })
    .await
}

pub(super) async fn create(State(app): State<Arc<App>>, posted: Posted) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let Some(new) = wanted(visit, &mut form) else { return Ok(show(visit, &form)) };
        match acts::create(&app.engine, actor(visit)?, &new) {
            Ok((id, receipts)) => Ok(recorded(&app, &href(&id), &receipts)),
            Err(error) => {
                refuse(visit, &mut form, error)?;
                Ok(show(visit, &form))
            }
        }
    })
    .await
}

fn wanted(visit: &Visit, form: &mut FormState) -> Option<NewAudit> {
    let title = form.value("title").to_owned();
    if title.is_empty() || title.len() > 200 {
        form.reject("title", visit.ta("audits-wrong-text", &[("max", 200.into())]));
    }
    let election = form.value("election").to_owned();
    if !election.is_empty() && ElectionId::new(election.as_str()).is_err() {
        form.reject("election", visit.t("audits-wrong-election"));
    }
    let method = METHODS.iter().find(|(value, _)| form.is("method", value)).map(|(_, method)| *method);
    if method.is_none() {
        form.reject("method", visit.t("audits-wrong-method"));
    }
    let digits = form.value("seed_digits").parse::<u32>().ok().filter(|digits| (20..=100).contains(digits));
    if digits.is_none() {
        form.reject("seed_digits", visit.t("audits-wrong-digits"));
    }
    let (method, digits) = method.zip(digits)?;
    let chosen = SAMPLERS.iter().find(|(value, _)| form.is("sampler", value)).map(|(_, sampler)| *sampler);
    let sampler = chosen.unwrap_or_else(|| method.usual_sampler());
    let mut settings = Settings::new(method, sampler, digits).styled(form.is("card_style", "known"));
    let test = if form.is("test", "alpha") { TestRule::ALPHA } else { TestRule::BETTING };
    settings.test = method.asserts().then_some(test);
    let fresh_seeds = form.is("fresh_seeds", "yes");
    let election = Some(election).filter(|election| !election.is_empty());
    form.is_fine().then_some(NewAudit { title, election, settings, fresh_seeds })
}
