//! A file is handed in: everything that is wrong with it at once, or what it says, to be confirmed.

use super::held::{Held, Key};
use super::words::{problem_lines, what_name};
use super::{actor, crumbs, form_page, go, place_href, place_of, recorded, refuse, run, run_heavy};
use crate::acts::{NewUpload, upload};
use crate::data::{self, Kept};
use askama::Template;
use axum::extract::{Multipart, Path, State};
use scr_audits::inputs::manifest::Manifest;
use scr_audits::workflow::hand_in::{ByBatch, HandedIn, styles, take};
use scr_audits::workflow::{What, codes};
use scr_core::{Problem, Refusal, RefusalKind};
use scr_engine::ActError;
use scr_web::components::{Crumb, ProblemLine};
use scr_web::{App, FormState, Posted, Reply, Visit, incoming};
use std::sync::Arc;

/// Rows of the preview.
const SHOWN: usize = 10;
/// Styles of fewer cards are pointed at.
const FEW: u64 = 10;

/// Audit, jurisdiction and what, as the address has them.
type Address = (String, String, String);

/// What is handed in, for whoever may.
fn wanted(app: &App, visit: &Visit, (id, name, what): &Address) -> Result<(Kept, What), ActError> {
    let kept = place_of(app, visit, &(id.clone(), name.clone()))?;
    let method = kept.audit.settings().method;
    let all = [What::Manifest, What::Totals, What::Cvrs];
    let found = all.into_iter().find(|one| one.as_str() == what && one.is_taken(method));
    let absent = || Refusal::new(RefusalKind::NotFound, codes::NOT_UPLOADED).with("what", what);
    Ok((kept, found.ok_or_else(absent)?))
}

fn key(visit: &Visit, (id, name, _): &Address, what: What) -> Result<Key, Refusal> {
    Ok((id.clone(), name.clone(), what, actor(visit)?.person.as_str().to_owned()))
}

fn check_href((id, name, what): &Address) -> String {
    format!("{}/files/{what}/check", place_href(id, name))
}

#[derive(Template)]
#[template(path = "prepare/file.html")]
struct FilePage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    title: String,
    name: &'a str,
    how: String,
    form: &'a FormState,
    problems: Vec<ProblemLine>,
    errors: usize,
    file_name: &'a str,
    max_mib: usize,
    place_href: String,
    needs_manifest: bool,
}

fn show(
    app: &App,
    visit: &Visit,
    (kept, address, what): (&Kept, &Address, What),
    (form, problems, file_name): (&FormState, &[Problem], &str),
) -> Result<Reply, ActError> {
    let (id, name, _) = address;
    let has_manifest = kept.audit.jurisdictions()[name].uploads.contains_key(&What::Manifest);
    let template = FilePage {
        visit,
        crumbs: crumbs(visit, Some(kept), Some(name)),
        title: what_name(visit, what),
        name,
        // i18n: audits-what-how-*
        how: visit.t(&format!("audits-what-how-{}", what.as_str())),
        form,
        problems: problem_lines(visit, problems),
        errors: problems.iter().filter(|one| one.severity == scr_core::Severity::Error).count(),
        file_name,
        max_mib: app.config.max_upload_bytes >> 20,
        place_href: place_href(id, name),
        needs_manifest: what != What::Manifest && !has_manifest,
    };
    Ok(form_page(&template, form))
}

pub(super) async fn form(State(app): State<Arc<App>>, visit: Visit, Path(address): Path<Address>) -> Reply {
    run(visit, move |visit| {
        let (kept, what) = wanted(&app, visit, &address)?;
        show(&app, visit, (&kept, &address, what), (&FormState::new(), &[], ""))
    })
    .await
}

pub(super) async fn receive(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path(address): Path<Address>,
    mut parts: Multipart,
) -> Reply {
    let mut bytes = Vec::new();
    let file = match incoming(&app, &visit, &mut parts, &mut bytes).await {
        Ok(file) => file,
        Err(error) => return error.reply(&visit),
    };
    run_heavy(Arc::clone(&app), visit, move |visit| {
        let (kept, what) = wanted(&app, visit, &address)?;
        let (id, name, _) = &address;
        let mut form = FormState::new();
        if bytes.is_empty() {
            form.reject("file", visit.t("audits-wrong-file"));
            return show(&app, visit, (&kept, &address, what), (&form, &[], ""));
        }
        let manifest = app.engine.read(|views| data::input(views, id, name, What::Manifest))?;
        let manifest = manifest.as_ref().map(|(bytes, _)| bytes.as_slice());
        match take(what, &kept.audit, name, (&file.name, &bytes), manifest, &[]) {
            Ok(handed) => {
                let now = app.clock.now();
                app.soft::<Held>().keep(key(visit, &address, what)?, handed, file.name, now);
                Ok(go(&check_href(&address)))
            }
            Err(problems) => {
                form.reject("file", visit.t("audits-wrong-problems"));
                show(&app, visit, (&kept, &address, what), (&form, &problems, &file.name))
            }
        }
    })
    .await
}

/// The first rows of a file, as they will be recorded.
struct Preview {
    head: Vec<String>,
    /// The name, and figures.
    rows: Vec<(String, Vec<u64>)>,
}

#[derive(Template)]
#[template(path = "prepare/check.html")]
struct CheckPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    title: String,
    form: &'a FormState,
    handed: &'a HandedIn,
    file_name: &'a str,
    warnings: Vec<ProblemLine>,
    preview: Option<Preview>,
    /// Styles, cards in all, and how many styles few cards have.
    rare: Option<styles::Rare>,
    few: u64,
    is_private: bool,
    replaces: bool,
    was_signed: bool,
    back: String,
}

fn preview(
    app: &App,
    visit: &Visit,
    (kept, address, what): (&Kept, &Address, What),
    form: &FormState,
) -> Result<Reply, ActError> {
    let (id, name, slug) = address;
    let back = format!("{}/files/{slug}", place_href(id, name));
    let waiting = app.soft::<Held>().get(&key(visit, address, what)?, app.clock.now());
    let Some(waiting) = waiting else { return Ok(go(&back)) };
    let handed = &*waiting.handed;
    let own = &kept.audit.jurisdictions()[name];
    let template = CheckPage {
        visit,
        crumbs: crumbs(visit, Some(kept), Some(name)),
        title: visit.ta("audits-check-title", &[("what", what_name(visit, what).into())]),
        form,
        handed,
        file_name: &waiting.file_name,
        warnings: problem_lines(visit, &handed.warnings),
        preview: rows(visit, what, &handed.bytes),
        rare: if what == What::Cvrs { styles::rare_styles(&handed.bytes, FEW).ok() } else { None },
        few: FEW,
        is_private: what != What::Manifest,
        replaces: own.uploads.contains_key(&what),
        was_signed: own.signed.is_some(),
        back,
    };
    Ok(form_page(&template, form))
}

fn rows(visit: &Visit, what: What, bytes: &[u8]) -> Option<Preview> {
    match what {
        What::Manifest => {
            let manifest: Manifest = serde_json::from_slice(bytes).ok()?;
            let row = |batch: &scr_audits::inputs::manifest::ManifestBatch| {
                let parts =
                    [batch.container.as_deref(), batch.tabulator.as_deref(), Some(batch.name.as_str())];
                let name = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
                (name, vec![u64::from(batch.ballots)])
            };
            let head = vec![visit.t("audits-ballots")];
            Some(Preview { head, rows: manifest.batches.iter().take(SHOWN).map(row).collect() })
        }
        What::Totals => {
            let totals: ByBatch = serde_json::from_slice(bytes).ok()?;
            let head = totals.contests.iter().flat_map(|contest| {
                contest.choices.iter().map(move |choice| format!("{} · {choice}", contest.name))
            });
            let head = head.collect();
            let row =
                |batch: &scr_audits::inputs::totals::TotalsBatch| (batch.name.clone(), batch.votes.concat());
            Some(Preview { head, rows: totals.batches.iter().take(SHOWN).map(row).collect() })
        }
        What::Cvrs => None,
    }
}

pub(super) async fn check(State(app): State<Arc<App>>, visit: Visit, Path(address): Path<Address>) -> Reply {
    run_heavy(Arc::clone(&app), visit, move |visit| {
        let (kept, what) = wanted(&app, visit, &address)?;
        preview(&app, visit, (&kept, &address, what), &FormState::new())
    })
    .await
}

pub(super) async fn confirm(
    State(app): State<Arc<App>>,
    Path(address): Path<Address>,
    posted: Posted,
) -> Reply {
    let mut form = posted.form;
    run_heavy(Arc::clone(&app), posted.visit, move |visit| {
        let (kept, what) = wanted(&app, visit, &address)?;
        let (id, name, _) = &address;
        let key = key(visit, &address, what)?;
        let held = app.soft::<Held>();
        let waiting = held.get(&key, app.clock.now());
        // What is confirmed is what was shown.
        let waiting = waiting.filter(|one| form.is("sha256", one.handed.upload.sha256.to_hex()));
        let Some(waiting) = waiting else {
            form.reject("file", visit.t("audits-wrong-waited"));
            return show(&app, visit, (&kept, &address, what), (&form, &[], ""));
        };
        let new = NewUpload {
            jurisdiction: name.clone(),
            what,
            bytes: &waiting.handed.bytes,
            upload: waiting.handed.upload.clone(),
            file_name: waiting.file_name.clone(),
        };
        match upload(&app.engine, actor(visit)?, id, &new) {
            Ok(receipts) => {
                held.forget(&key);
                Ok(recorded(&app, &place_href(id, name), &receipts))
            }
            Err(error) => {
                refuse(visit, &mut form, error)?;
                preview(&app, visit, (&kept, &address, what), &form)
            }
        }
    })
    .await
}
