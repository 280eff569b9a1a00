//! The planner: how much work an audit would be, method by method, for whoever asks. Everything is in the address, so
//! that a plan can be linked.

mod even;
mod files;
mod form;
mod guess;
mod lines;
mod numbers;
mod page;
mod typed;
mod work;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use scr_engine::Fault;
use scr_i18n::Lang;
use scr_web::{Allow, App, FormState, Reply, Routes, Visit};
use std::sync::Arc;
use typed::{Typed, Wanted};
use work::Plan;

/// The texts of these pages.
pub(crate) const TEXTS: [(Lang, &str); 4] = [
    (Lang::En, include_str!("../../texts/plan.en.ftl")),
    (Lang::Fr, include_str!("../../texts/plan.fr.ftl")),
    (Lang::Es, include_str!("../../texts/plan.es.ftl")),
    (Lang::Ar, include_str!("../../texts/plan.ar.ftl")),
];

/// The routes of these pages.
pub(crate) fn routes() -> Routes {
    Routes::new().get("/audits/plan", Allow::Public, show).get("/audits/plan.csv", Allow::Public, csv).get(
        "/audits/plan.json",
        Allow::Public,
        json,
    )
}

type Parameters = Result<Query<Vec<(String, String)>>, QueryRejection>;

/// What was asked, and what became of it.
struct Asked {
    form: FormState,
    plan: Option<(Wanted, Plan)>,
    /// Nothing was typed.
    empty: bool,
}

async fn show(
    State(app): State<Arc<App>>,
    visit: Visit,
    RawQuery(query): RawQuery,
    typed: Parameters,
) -> Reply {
    answer(app, visit, query, typed, |visit, asked, query| {
        let plan = asked.plan.as_ref().map(|(wanted, plan)| (wanted, plan));
        if asked.empty {
            return scr_web::page(&page::page(visit, &typed::empty(), None, query));
        }
        let response = scr_web::page(&page::page(visit, &asked.form, plan, query));
        if plan.is_some() { response } else { (StatusCode::UNPROCESSABLE_ENTITY, response).into_response() }
    })
    .await
}

async fn csv(
    State(app): State<Arc<App>>,
    visit: Visit,
    RawQuery(query): RawQuery,
    typed: Parameters,
) -> Reply {
    answer(app, visit, query, typed, |_, asked, _| match &asked.plan {
        Some((wanted, plan)) => file("text/csv; charset=utf-8; header=present", files::csv(wanted, plan)),
        None => (StatusCode::UNPROCESSABLE_ENTITY, wrong(&asked.form)).into_response(),
    })
    .await
}

async fn json(
    State(app): State<Arc<App>>,
    visit: Visit,
    RawQuery(query): RawQuery,
    typed: Parameters,
) -> Reply {
    answer(app, visit, query, typed, |_, asked, _| match &asked.plan {
        Some((wanted, plan)) => file("application/json", files::json(wanted, plan).to_string()),
        None => {
            let said = files::problems(&asked.form).to_string();
            (StatusCode::UNPROCESSABLE_ENTITY, file("application/json", said)).into_response()
        }
    })
    .await
}

fn file(kind: &'static str, body: String) -> Response {
    ([(header::CONTENT_TYPE, kind)], body).into_response()
}

/// What is wrong, a line for each mistake: `field: what`.
fn wrong(form: &FormState) -> String {
    form.errors.iter().map(|error| format!("{}: {}\n", error.field, error.text)).collect()
}

/// Plans on a thread where that may take a while; few plan at the same time.
async fn answer<F>(app: Arc<App>, visit: Visit, query: Option<String>, typed: Parameters, show: F) -> Reply
where
    F: FnOnce(&Visit, &Asked, &str) -> Response + Send + 'static,
{
    // Bytes that are no text were not typed.
    let pairs = typed.map(|Query(pairs)| pairs).unwrap_or_default();
    // Whoever only opens the form does not wait for others' plans.
    let is_asked = pairs.iter().any(|(name, value)| name != "lang" && !value.is_empty());
    let turn = if is_asked { Some(app.heavy_turn().await) } else { None };
    let turn = match turn.transpose() {
        Ok(turn) => turn,
        Err(refusal) => return Reply::refused(&visit, &refusal),
    };
    let words = visit.clone();
    let made = scr_web::blocking(move || {
        let _turn = turn;
        let query = query.unwrap_or_default();
        let asked = asked(&visit, pairs, query.len());
        show(&visit, &asked, &query)
    });
    match made.await {
        Ok(response) => response.into(),
        Err(error) => Reply::fault(&words, &Fault::log(&error)),
    }
}

fn asked(visit: &Visit, pairs: Vec<(String, String)>, address: usize) -> Asked {
    let Typed { mut form, wanted, empty } = typed::read(visit, pairs, address);
    let plan = wanted.and_then(|wanted| match work::plan(&wanted) {
        Ok(plan) => Some((wanted, plan)),
        Err(problems) => {
            for (number, problem) in problems {
                let text = visit.ta("audit-plan-wrong-engine", &[("code", problem.code.into())]);
                form.reject(&typed::at("votes", number), text);
            }
            None
        }
    });
    Asked { form, plan, empty }
}
