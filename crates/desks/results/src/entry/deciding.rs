//! Differences, line by line, and warnings, one by one.

use super::reserved::Reserved;
use super::steps::take_steps;
use super::words::{field_name, number_text, typed_number, warning_text};
use super::{Desk, crumbs, key_of, work};
use crate::desk::{actor, form_page, go, recorded, run};
use askama::Template;
use axum::extract::{Path, State};
use scr_engine::ActError;
use scr_results::sheet::{SheetState, SheetStep};
use scr_web::components::Crumb;
use scr_web::{App, FormState, Posted, Reply, Visit};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A line on which two numbers stand.
struct Two {
    column: String,
    label: String,
    first: String,
    second: String,
    error: Option<String>,
    pick: String,
    anew: String,
}

/// A line that is typed anew.
struct Anew {
    column: String,
    label: String,
    /// I typed it; now it needs somebody else.
    mine: bool,
    error: Option<String>,
    value: String,
}

#[derive(Template)]
#[template(path = "entry/differences.html")]
struct DifferencesPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    desk: &'a Desk,
    form: &'a FormState,
    two: Vec<Two>,
    anew: Vec<Anew>,
    same: Vec<(String, String)>,
    /// False for the two who typed.
    may_choose: bool,
    may_act: bool,
    may_give_back: bool,
}

pub(super) fn label(visit: &Visit, desk: &Desk, column: &str) -> String {
    if let Some(name) = column.strip_prefix("f-") {
        return field_name(visit, name);
    }
    let id = column.strip_prefix("c-").unwrap_or(column);
    desk.opening
        .paper
        .contestants
        .iter()
        .find(|one| one.id == id)
        .map_or(id, |one| one.name.as_str())
        .to_owned()
}

pub(super) async fn differences(
    State(app): State<Arc<App>>,
    visit: Visit,
    address: Path<(String, String)>,
) -> Reply {
    run(visit, move |visit| {
        let actor = actor(visit)?;
        let desk = Desk::of(&app, actor, key_of(address)?)?;
        if desk.sheet.state() != SheetState::Differs {
            return Ok(go(&desk.href()));
        }
        app.soft::<Reserved>().take(desk.key, &actor.person, app.clock.now());
        show(visit, &desk, &FormState::new())
    })
    .await
}

fn show(visit: &Visit, desk: &Desk, form: &FormState) -> Result<Reply, ActError> {
    let actor = actor(visit)?;
    let may_choose = desk.sheet.may_resolve(&actor.person);
    let two =
        desk.sheet.differences().into_iter().filter(|_| may_choose).map(|(column, first, second)| Two {
            column: column.to_owned(),
            label: label(visit, desk, column),
            first: number_text(visit, first),
            second: number_text(visit, second),
            error: form.error(&format!("pick-{column}")).or_else(|| form.error(column)).map(str::to_owned),
            pick: form.value(&format!("pick-{column}")).to_owned(),
            anew: form.value(column).to_owned(),
        });
    let anew = desk.sheet.typed_anew(&actor.person).into_iter().map(|(column, mine)| Anew {
        column: column.to_owned(),
        label: label(visit, desk, column),
        mine,
        error: form.error(column).map(str::to_owned),
        value: form.value(column).to_owned(),
    });
    let agreed = |column: &String| {
        Some((label(visit, desk, column), number_text(visit, *desk.sheet.agreed().get(column)?)))
    };
    let (two, anew): (Vec<Two>, Vec<Anew>) = (two.collect(), anew.collect());
    let template = DifferencesPage {
        visit,
        crumbs: crumbs(visit, Some(&desk.opening), Some((desk.href(), &desk.row.unit))),
        desk,
        form,
        two,
        anew,
        // Who typed one of the two sees nothing of the other before it is decided.
        same: if may_choose {
            desk.opening.paper.columns().iter().filter_map(agreed).collect()
        } else {
            Vec::new()
        },
        may_choose,
        may_act: work::may_act(&desk.sheet, actor),
        may_give_back: actor.role == scr_core::Role::Supervisor,
    };
    Ok(form_page(&template, form))
}

pub(super) async fn decide(
    State(app): State<Arc<App>>,
    address: Path<(String, String)>,
    posted: Posted,
) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let actor = actor(visit)?;
        let desk = Desk::of(&app, actor, key_of(address)?)?;
        let steps = decisions(visit, &desk, &mut form, actor);
        if !form.is_fine() {
            return show(visit, &desk, &form);
        }
        if steps.is_empty() {
            form.reject("", visit.t("entry-wrong-nothing"));
            return show(visit, &desk, &form);
        }
        match scr_web::kept(visit, &mut form, take_steps(&app.engine, actor, desk.key, &steps, None))? {
            Some(receipts) => Ok(recorded(&app, &desk.href(), &receipts)),
            None => show(visit, &desk, &form),
        }
    })
    .await
}

/// What the form decides: lines that nobody touched stay as they are.
fn decisions(visit: &Visit, desk: &Desk, form: &mut FormState, actor: &scr_core::Actor) -> Vec<SheetStep> {
    let mut steps = Vec::new();
    for (column, first, second) in desk.sheet.differences() {
        let column = column.to_owned();
        let pick = form.value(&format!("pick-{column}")).to_owned();
        match pick.as_str() {
            "first" => steps.push(SheetStep::Resolve { column, value: first }),
            "second" => steps.push(SheetStep::Resolve { column, value: second }),
            "neither" => {
                let value = typed_number(visit, form, &column);
                steps.push(SheetStep::Retype { column, value });
            }
            _ if !form.value(&column).is_empty() => {
                form.reject(&format!("pick-{column}"), visit.t("entry-wrong-pick"));
            }
            _ => {}
        }
    }
    for (column, mine) in desk.sheet.typed_anew(&actor.person) {
        if !mine && !form.value(column).is_empty() {
            let value = typed_number(visit, form, column);
            steps.push(SheetStep::Retype { column: column.to_owned(), value });
        }
    }
    steps
}

/// A warning with its words and the explanation.
struct Asked {
    id: String,
    text: String,
    words: String,
    error: Option<String>,
    done: bool,
}

#[derive(Template)]
#[template(path = "entry/warnings.html")]
struct WarningsPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    desk: &'a Desk,
    form: &'a FormState,
    asked: Vec<Asked>,
    lines: Vec<super::words::Line>,
    may_give_back: bool,
}

pub(super) async fn warnings(
    State(app): State<Arc<App>>,
    visit: Visit,
    address: Path<(String, String)>,
) -> Reply {
    run(visit, move |visit| {
        let actor = actor(visit)?;
        let desk = Desk::of(&app, actor, key_of(address)?)?;
        if desk.sheet.state() != SheetState::Warned {
            return Ok(go(&desk.href()));
        }
        app.soft::<Reserved>().take(desk.key, &actor.person, app.clock.now());
        show_warnings(visit, &desk, &FormState::new())
    })
    .await
}

/// The words of each warning that the agreed numbers raise.
pub(super) fn warning_words(visit: &Visit, desk: &Desk) -> BTreeMap<String, String> {
    let found = desk.opening.paper.warnings(desk.row.registered, desk.sheet.agreed());
    let words = |id: &String| {
        let known = found.iter().find(|one| one.id == *id);
        known.map_or_else(|| id.clone(), |warning| warning_text(visit, &desk.opening, warning))
    };
    desk.sheet.warnings().iter().map(|id| (id.clone(), words(id))).collect()
}

fn show_warnings(visit: &Visit, desk: &Desk, form: &FormState) -> Result<Reply, ActError> {
    let explained = desk.sheet.explanations();
    let asked = warning_words(visit, desk).into_iter().map(|(id, text)| Asked {
        words: explained.get(&id).cloned().unwrap_or_else(|| form.value(&id).to_owned()),
        error: form.error(&id).map(str::to_owned),
        done: explained.contains_key(&id),
        text,
        id,
    });
    let template = WarningsPage {
        visit,
        crumbs: crumbs(visit, Some(&desk.opening), Some((desk.href(), &desk.row.unit))),
        desk,
        form,
        asked: asked.collect(),
        lines: super::words::lines_with(visit, &desk.opening, desk.sheet.agreed()),
        may_give_back: actor(visit)?.role == scr_core::Role::Supervisor,
    };
    Ok(form_page(&template, form))
}

pub(super) async fn explain(
    State(app): State<Arc<App>>,
    address: Path<(String, String)>,
    posted: Posted,
) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let actor = actor(visit)?;
        let desk = Desk::of(&app, actor, key_of(address)?)?;
        let mut words = BTreeMap::new();
        for id in desk.sheet.unexplained().map(str::to_owned).collect::<Vec<_>>() {
            let text = form.value(&id).to_owned();
            if text.is_empty() {
                form.reject(&id, visit.t("entry-wrong-words"));
            } else if !form.is(&format!("seen-{id}"), "yes") {
                form.reject(&id, visit.t("entry-wrong-looked"));
            }
            words.insert(id, text);
        }
        if !form.is_fine() {
            return show_warnings(visit, &desk, &form);
        }
        match scr_web::kept(
            visit,
            &mut form,
            take_steps(&app.engine, actor, desk.key, &[SheetStep::Explain(words)], None),
        )? {
            Some(receipts) => Ok(recorded(&app, &desk.href(), &receipts)),
            None => show_warnings(visit, &desk, &form),
        }
    })
    .await
}
