//! What polling stations get on paper before anything happens: the card, the sealed sheet with the station's codes, the lesson.

mod card;
mod lesson;
mod page;
mod print;
mod sheet;
mod stream;
mod view;

pub use card::card;
pub(crate) use card::policy;
pub(crate) use lesson::in_one_line;
pub(crate) use view::KitView;
pub use view::{Print, Printed, printed, prints};

use crate::network::contacts::{must_be_own, must_manage};
use crate::network::secrets;
use scr_core::{Actor, Refusal, RefusalKind, Role};
use scr_engine::{ActError, FieldSpec, FieldType, KindSpec, NewEvent, Receipt};
use scr_i18n::Lang;
use scr_web::{Allow, App, Routes, in_address};
use serde_json::json;

/// Sheets or cards were printed, for stations from one number to another; no code of them stands here.
pub(crate) const PRINTED: KindSpec = KindSpec {
    name: "alerts.kit.printed/1",
    public: &[
        FieldSpec::new("election", FieldType::Code(64)),
        FieldSpec::new("generation", FieldType::Count),
        FieldSpec::new("what", FieldType::Code(16)),
        FieldSpec::optional("area", FieldType::Code(64)),
        FieldSpec::new("first", FieldType::Count),
        FieldSpec::new("last", FieldType::Count),
        FieldSpec::new("stations", FieldType::Count),
    ],
    private: &[],
};

/// The secrets of an election's stations are others from here on: all sheets of earlier generations are worth nothing.
pub(crate) const RENEWED: KindSpec = KindSpec {
    name: "alerts.kit.renewed/1",
    public: &[
        FieldSpec::new("election", FieldType::Code(64)),
        FieldSpec::new("generation", FieldType::Count),
        FieldSpec::new("reason", FieldType::Text(1_000)),
    ],
    private: &[],
};

/// All of them.
pub(crate) const KINDS: &[KindSpec] = &[PRINTED, RENEWED];

/// Stations of one print.
pub const MOST: usize = 400;

/// The texts of these pages.
pub(crate) const TEXTS: [(Lang, &str); 12] = [
    (Lang::En, include_str!("../../texts/kit.en.ftl")),
    (Lang::Fr, include_str!("../../texts/kit.fr.ftl")),
    (Lang::Es, include_str!("../../texts/kit.es.ftl")),
    (Lang::Ar, include_str!("../../texts/kit.ar.ftl")),
    (Lang::En, include_str!("../../texts/lesson.en.ftl")),
    (Lang::Fr, include_str!("../../texts/lesson.fr.ftl")),
    (Lang::Es, include_str!("../../texts/lesson.es.ftl")),
    (Lang::Ar, include_str!("../../texts/lesson.ar.ftl")),
    (Lang::En, include_str!("../../texts/errors/kit.en.ftl")),
    (Lang::Fr, include_str!("../../texts/errors/kit.fr.ftl")),
    (Lang::Es, include_str!("../../texts/errors/kit.es.ftl")),
    (Lang::Ar, include_str!("../../texts/errors/kit.ar.ftl")),
];

const MANAGERS: Allow = Allow::Roles(&[Role::Manager]);

/// The routes of these pages. Secrets stand in the answer to a form alone, never under an address that can be opened again.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/desk/alerts/kit/{election}", MANAGERS, page::show)
        .get("/desk/alerts/kit/{election}/card", MANAGERS, page::card_page)
        .get("/desk/alerts/kit/{election}/card.txt", MANAGERS, page::card_text)
        .post_fresh("/desk/alerts/kit/{election}/print", MANAGERS, print::print)
        .post_fresh("/desk/alerts/kit/{election}/renew", MANAGERS, page::renew)
        .get("/alerts/lesson", Allow::Public, lesson::show)
        .get("/alerts/lesson/paper", Allow::Public, lesson::paper)
        .get("/alerts/lesson/practice/{name}", Allow::Public, lesson::practice)
}

/// The address of an election's kit.
pub(crate) fn href(election: &str) -> String {
    format!("/desk/alerts/kit/{}", in_address(election))
}

/// What is printed for stations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// The sealed sheet with the station's codes.
    Sheets,
    /// The card with the keys.
    Cards,
}

impl What {
    /// Its name in the record and in forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sheets => "sheets",
            Self::Cards => "cards",
        }
    }
}

/// Stations that are printed for.
#[derive(Debug, Clone, Copy)]
pub struct Run<'a> {
    /// What is printed.
    pub what: What,
    /// The area; all where there is none.
    pub area: Option<&'a str>,
    /// The first station's number.
    pub first: u32,
    /// The last station's number.
    pub last: u32,
    /// How many.
    pub stations: usize,
}

fn subject(election: &str) -> String {
    format!("alerts:kit:{election}")
}

/// Records that something is printed; gives the secrets it is printed with.
///
/// # Errors
/// `SCR-ALR-200` (another role), `-204` (no such election), `-311` (no stations, or more than [`MOST`]); faults.
pub fn record_print(
    app: &App,
    actor: &Actor,
    election: &str,
    run: &Run<'_>,
) -> Result<(secrets::Master, Vec<Receipt>), ActError> {
    must_manage(actor)?;
    if !(1..=MOST).contains(&run.stations) {
        return Err(Refusal::new(RefusalKind::Invalid, "SCR-ALR-311").on("area").with("most", MOST).into());
    }
    app.engine.read(|views| Ok(must_be_own(&app.engine, views, election, actor)))??;
    let master = secrets::of(app, election)?;
    let receipts = app.engine.record(actor, &|views, _| {
        must_be_own(&app.engine, views, election, actor)?;
        // Somebody has renewed the secrets in this moment: what would be printed is worth nothing.
        if printed(views, election)?.generation != master.generation() {
            return Err(Refusal::new(RefusalKind::Conflict, "SCR-ALR-313").into());
        }
        let mut public = json!({"election": election, "generation": master.generation(), "what": run.what.as_str(),
            "first": run.first, "last": run.last, "stations": run.stations});
        if let (Some(area), Some(fields)) = (run.area, public.as_object_mut()) {
            fields.insert("area".to_owned(), json!(area));
        }
        Ok(vec![NewEvent::about(&PRINTED, subject(election), public)])
    })?;
    Ok((master, receipts))
}

/// Makes new secrets for all stations of an election, because a kit is lost: codes of all earlier sheets are worth nothing.
///
/// # Errors
/// `SCR-ALR-200` (another role), `-204` (no such election), `-310` (no reason); faults.
pub fn renew(app: &App, actor: &Actor, election: &str, reason: &str) -> Result<Vec<Receipt>, ActError> {
    must_manage(actor)?;
    let reason = reason.trim();
    if reason.is_empty() || reason.len() > 1_000 {
        return Err(Refusal::new(RefusalKind::Invalid, "SCR-ALR-310").on("reason").into());
    }
    app.engine.read(|views| Ok(must_be_own(&app.engine, views, election, actor)))??;
    let before = secrets::of(app, election)?.generation();
    let (generation, statement) = secrets::next(app, election, before)?;
    app.engine.record_with(
        actor,
        &|views, _| {
            must_be_own(&app.engine, views, election, actor)?;
            if printed(views, election)?.generation != before {
                return Err(Refusal::new(RefusalKind::Conflict, "SCR-ALR-313").into());
            }
            let public = json!({"election": election, "generation": generation, "reason": reason});
            Ok(vec![NewEvent::about(&RENEWED, subject(election), public)])
        },
        &[statement],
    )
}

/// A station's number as it is printed: six digits.
pub(crate) fn six(number: impl std::borrow::Borrow<u32>) -> String {
    format!("{:06}", number.borrow())
}
