//! Which vocabularies and warning lists are here; and importing one.

use super::file::{Family, Source};
use super::model::Kind;
use super::record::{Import, import_as, may_import};
use super::shelf::Books;
use super::warn::{list_about, list_name};
use super::{PATH, actor};
use crate::pages::Names;
use crate::taxii::spool::Spool;
use askama::Template;
use axum::body::Bytes;
use axum::extract::{Multipart, State};
use scr_engine::{ActError, Fault};
use scr_web::components::Crumb;
use scr_web::{
    App, FormState, Keep, Reply, Seal, Visit, form_page, go, incoming, just_recorded, recorded, run,
    run_heavy,
};
use std::io::Read;
use std::sync::Arc;

/// A vocabulary in the table.
struct Row {
    href: String,
    name: String,
    publisher: String,
    version: String,
    count: String,
    odd: u64,
    by: String,
    at: i64,
    seal: Seal,
}

/// A warning list in the table.
struct ListRow {
    href: Option<String>,
    name: String,
    about: String,
    means: String,
    count: u64,
    seal: Option<Seal>,
}

#[derive(Template)]
#[template(path = "vocabulary/library.html")]
struct LibraryPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    recorded: Option<Seal>,
    rows: Vec<Row>,
    lists: Vec<ListRow>,
    techniques: u64,
    may_import: bool,
    max_mib: u64,
}

/// How much is in a file, in words.
pub(super) fn count_text(visit: &Visit, one: &Import) -> String {
    let key = match one.family {
        Family::Attack | Family::Disarm => "vocabulary-count-techniques",
        Family::Clusters => "vocabulary-count-terms",
        Family::Taxonomy => "vocabulary-count-tags",
        Family::WarningList => "vocabulary-count-entries",
        Family::Columns | Family::Galaxy => "vocabulary-count-phases",
    };
    visit.ta(key, &[("count", one.techniques.into()), ("others", one.others.into())])
}

/// Who publishes files of a form.
pub(super) fn publisher(family: Family) -> &'static str {
    match family {
        Family::Attack => "The MITRE Corporation",
        Family::Disarm | Family::Columns => "DISARM Foundation",
        Family::Clusters | Family::Galaxy | Family::Taxonomy => "MISP Project",
        // Anybody makes one; the file does not say who.
        Family::WarningList => "",
    }
}

fn render(app: &App, visit: &Visit, form: &FormState) -> Result<Reply, ActError> {
    let actor = actor(visit)?;
    let books = Books::of(app)?;
    let names = Names::of(app);
    let row = |one: &Import| Row {
        href: format!("{PATH}/{}", one.key),
        name: one.name.clone(),
        publisher: publisher(one.family).to_owned(),
        version: one.version.clone().unwrap_or_default(),
        count: count_text(visit, one),
        odd: one.odd,
        by: names.say(&one.by),
        at: one.at,
        seal: app.seal(one.index, one.at),
    };
    // i18n: vocabulary-list-*
    let list = |(why, name, about, count): (super::warn::Why, &str, &str, usize)| {
        let import = books.imports.iter().find(|one| one.family == Family::WarningList && one.name == name);
        ListRow {
            href: import.map(|one| format!("{PATH}/{}", one.key)),
            name: list_name(visit, name),
            about: list_about(visit, name, about),
            means: visit.t(&format!("vocabulary-list-{}", why.name())),
            count: count as u64,
            seal: import.map(|one| app.seal(one.index, one.at)),
        }
    };
    let techniques = books.shelved.iter().map(|one| one.vocabulary.of(Kind::Technique).count() as u64).sum();
    let template = LibraryPage {
        visit,
        crumbs: vec![Crumb::new("/desk/threats", visit.t("threats-nav"))],
        form,
        recorded: just_recorded(app, visit)?,
        rows: books.imports.iter().filter(|one| one.family != Family::WarningList).map(row).collect(),
        lists: books.warnings.all().map(list).collect(),
        techniques,
        may_import: app.engine.read(|views| may_import(views, actor))?,
        max_mib: super::file::MAX_BYTES >> 20,
    };
    Ok(form_page(&template, form))
}

pub(super) async fn show(State(app): State<Arc<App>>, visit: Visit) -> Reply {
    run(visit, move |visit| render(&app, visit, &FormState::new())).await
}

/// A file on its way in: what is large goes to the disk.
struct Incoming {
    spool: Option<Spool>,
    name: String,
    length: u64,
    fault: Option<Fault>,
}

impl Keep for Incoming {
    async fn keep(&mut self, piece: Bytes) -> bool {
        self.length += piece.len() as u64;
        // One byte more than is read: whoever reads it says that it is too large.
        if self.length > super::file::MAX_BYTES + (1 << 20) {
            return false;
        }
        let Some(spool) = self.spool.take() else { return false };
        match spool.with(&piece, &self.name) {
            Ok(spool) => {
                self.spool = Some(spool);
                true
            }
            Err(error) => {
                self.fault = Some(Fault::log(&error));
                false
            }
        }
    }
}

impl Source for Spool {
    fn open(&mut self) -> std::io::Result<Box<dyn Read + '_>> {
        self.read()
    }
}

pub(super) async fn import(State(app): State<Arc<App>>, visit: Visit, mut parts: Multipart) -> Reply {
    let name = uuid::Builder::from_random_bytes(app.entropy.bytes::<16>()).into_uuid().to_string();
    let mut file = Incoming { spool: Some(Spool::Memory(Vec::new())), name, length: 0, fault: None };
    if let Err(error) = incoming(&app, &visit, &mut parts, &mut file).await {
        return error.reply(&visit);
    }
    run_heavy(Arc::clone(&app), visit, move |visit| {
        let mut form = FormState::new();
        let Some(mut spool) = file.spool.filter(|_| file.fault.is_none()) else {
            return Err(file.fault.unwrap_or_else(|| Fault::log(&"an upload ended early")).into());
        };
        if file.length == 0 {
            form.reject("file", visit.t("threats-wrong-nothing"));
            return render(&app, visit, &form);
        }
        match import_as(&app.engine, actor(visit)?, &mut spool) {
            Ok(done) => {
                let to = format!("{PATH}/{}", done.book.key);
                if done.receipts.is_empty() {
                    return Ok(go(&format!("{to}?same=yes")));
                }
                Ok(recorded(&app, &to, &done.receipts))
            }
            Err(ActError::Refused(refusal)) => {
                form.refuse(visit, &refusal);
                render(&app, visit, &form)
            }
            Err(fault) => Err(fault),
        }
    })
    .await
}
